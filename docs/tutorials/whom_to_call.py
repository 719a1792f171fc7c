# %% [markdown]
# # Whom to call this week, and why
#
# The first tutorial classified the 23,570 customers of CDNOW. A label by itself sells nothing, so now we ask what to
# *do* in the week after 1998-06-30, the last day that the records know:
#
# - which good customers have stayed away too long, and are to be reached;
# - which of those who still buy will be lost within the week if nobody calls;
# - whom of them to call first: the ones most like our loyal customers.
#
# The data comes from the first tutorial, whose file stands beside this one.

# %%
import importlib
import io
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import khachhang as kh

# As a script and as a notebook it is found in the same folder; as a module, in the same package.
first = importlib.import_module("first_segmentation" if __name__ == "__main__" else f"{__package__}.first_segmentation")

BENEFIT = kh.classifiers.benefit()
WEEK = 7
SHOWN = 5

# %% [markdown]
# ## Good customers who have stayed away
#
# `follow_up` says for each customer which practices its state calls for. To *reach out first* is what a lapsed loyal
# customer needs. The default calls one lapsed after a year; CDNOW sold music, and half a year is long enough. The
# policy says so, and nothing else has to change. Complaints are not on record, so whether there is one to follow up is
# left open, and not taken for a no.

# %%
POLICY = kh.advice.FollowUpPolicy(lapsed_days=180)


def lapsed(base: Sequence[kh.Customer]) -> list[kh.advice.CustomerCare]:
    """The customers to be reached, those who spent most first."""
    care = kh.advice.follow_up(base, first.AS_OF, policy=POLICY, business=first.SHOP)
    return sorted(care.calling_for(kh.Practice.REACH_OUT_FIRST), key=lambda one: one.facts.spend or 0, reverse=True)


def told_lapsed(found: Sequence[kh.advice.CustomerCare]) -> Iterator[str]:
    """How many they are, and why the first ones are to be called."""
    yield f"Lapsed loyal customers: {len(found):,}; those who spent most:"
    for one in found[:SHOWN]:
        reach = next(due for due in one.practices if due.practice is kh.Practice.REACH_OUT_FIRST)
        yield f"  {one.customer_id} ({one.facts.spend:,} {first.SHOP.currency}) · {reach.explain('vi')}"
        yield f"  {'':>5} {reach.explain('en')}"


# %% [markdown]
# ## Those who will be lost within the week
#
# `next_changes` gives the days on which a label will change if nothing happens. One who bought within the year is loyal
# or an occasional customer; on the 366th day after the last purchase that is over. The call has to come before.


# %%
@dataclass(frozen=True)
class Leaving:
    """A customer who will lose the label within the week."""

    customer: kh.Customer
    change: kh.advice.LabelChange
    match: kh.advice.Match


def leaving(base: Sequence[kh.Customer], persona: kh.advice.Persona) -> list[Leaving]:
    """Those who will be lost, the best match with the persona first, then the sooner day."""
    found = []
    for customer in base:
        changes = kh.advice.next_changes(
            customer,
            [BENEFIT],
            first.AS_OF,
            horizon_days=WEEK,
            business=first.SHOP,
            assume=kh.RECORDED_IS_ALL,
        )
        for change in changes:
            known = kh.facts_of(customer, first.AS_OF, business=first.SHOP)
            found.append(Leaving(customer, change, persona.match(known)))
    return sorted(found, key=lambda one: (-one.match.certain, one.change.day, one.customer.id))


# %% [markdown]
# ## Most like our loyal customers
#
# Many leave every week, so the call list needs an order. A persona drawn from the population says what most loyal
# customers have in common and others less often, with its support. The facts by which the table itself decides are left
# out: they would only repeat its rules. We look at money and time, which is what the records hold.


# %%
def ideal(known: Sequence[kh.Facts]) -> kh.advice.Persona:
    """What most loyal customers have in common."""
    return kh.advice.Persona.drawn_from(
        [facts.assuming(kh.RECORDED_IS_ALL) for facts in known],
        BENEFIT,
        kh.Benefit.LOYAL,
        name="Khách trung thành",
        facts=[kh.fact.spend, kh.fact.mean_purchase_gap, kh.fact.days_since_first_purchase],
    )


def told_leaving(found: Sequence[Leaving], persona: kh.advice.Persona) -> Iterator[str]:
    """How many are lost on which day, and whom to call first."""
    yield f"\n{persona.explain('vi')}\n{persona.explain('en')}"
    days = Counter(one.change.day for one in found)
    loyal = sum(one.change.before.label is kh.Benefit.LOYAL for one in found)
    yield f"\nLost within {WEEK} days if nobody calls: {len(found):,} customers, {loyal:,} of them loyal"
    for day, count in sorted(days.items()):
        yield f"  {day}: {count:>4,}"
    yield "\nTo be called first:"
    for one in found[:SHOWN]:
        yield f"\n{one.customer.id}\n{one.change.explain('vi')}\n{one.match.explain('vi')}"


# %%
if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # Vietnamese, whatever a pipe or a console expects
    everybody = first.customers(first.load())
    print(*told_lapsed(lapsed(everybody)), sep="\n")
    wanted = ideal(first.facts(everybody))
    print(*told_leaving(leaving(everybody, wanted), wanted), sep="\n")
