# %% [markdown]
# # A first segmentation: 23,570 real customers
#
# CDNOW sold music over the internet. Its purchase records from 1997-01-01 to 1998-06-30 are public: one line for each,
# with the customer's number, the day, the number of CDs and the dollars paid. We classify every one of these customers
# by the general template as of the last day, and see
#
# - what such a table of purchases can tell, and what it can not;
# - what changes where the shop says *what is not on record did not happen*;
# - which facts are worth finding out next;
# - how the same is done on a dataframe, and who moved from one label to another within nine months.
#
# The file comes inside the wheel of the package `lifetimes`, which is read and never imported:
#
#     pip install 'khachhang[frames]' polars tqdm
#     pip install --no-deps lifetimes==0.11.3

# %%
import io
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import metadata
from pathlib import Path

import polars as pl
from tqdm import tqdm

import khachhang as kh

AS_OF = date(1998, 6, 30)
SHOP = kh.Business(name="CDNOW", industry=kh.Industry.RETAIL_SHOP, currency="USD")
TEMPLATE = kh.templates.general

# %% [markdown]
# ## From rows to entities
#
# A row becomes a `kh.Purchase`, which checks it: the amount is read as an exact decimal, never as a float. A row that
# can not be a purchase is an error and not a row less. Rows worth 0.00 are purchases: somebody was given something.


# %%
def data_file() -> Path:
    """Where the wheel of `lifetimes` has put the file."""
    hint = "Hint: pip install --no-deps lifetimes==0.11.3"
    try:
        files = metadata.files("lifetimes") or []
    except metadata.PackageNotFoundError:
        message = f"CDNOW_master.txt comes inside the package lifetimes, which is not installed\n{hint}"
        raise FileNotFoundError(message) from None
    for file in files:
        if file.name == "CDNOW_master.txt":
            return Path(str(file.locate()))
    message = f"the installed package lifetimes {metadata.version('lifetimes')} has no CDNOW_master.txt\n{hint}"
    raise FileNotFoundError(message)


def purchase(row: str) -> tuple[str, kh.Purchase]:
    """The customer's number and the purchase of one row."""
    customer, day, quantity, dollars = row.split()
    return customer, kh.Purchase(date.fromisoformat(day), dollars, currency="USD", quantity=quantity)


def histories(lines: Iterable[str]) -> dict[str, list[kh.Purchase]]:
    """The purchases of each customer; one error names every row that is none."""
    found: dict[str, list[kh.Purchase]] = defaultdict(list)
    wrong: list[str] = []
    rows = iter(lines)
    next(rows, None)  # the heading
    for number, row in enumerate(rows, start=2):
        try:
            customer, bought = purchase(row)
        except ValueError as error:
            wrong.append(f"line {number}: {row.strip()!r}: {error}")
        else:
            found[customer].append(bought)
    if wrong:
        raise ValueError("\n".join([f"{len(wrong)} rows are no purchases, the first of them:", *wrong[:10]]))
    return dict(found)


def load() -> dict[str, list[kh.Purchase]]:
    """The purchases of each customer of CDNOW."""
    return histories(data_file().read_text(encoding="ascii").splitlines())


# %% [markdown]
# A history belongs to a party. CDNOW has numbers and no names, and does not tell a household from a company: we take
# each customer to be a person, as one may of a shop that sells music. Whatever is not given stays *not known*: ages,
# ties, complaints, discounts, what the purchases were for.


# %%
def customers(purchases: dict[str, list[kh.Purchase]]) -> list[kh.Customer]:
    """A customer for each history."""
    return [
        kh.Customer(id=number, party=kh.Person(name=f"CDNOW {number}"), purchases=history)
        for number, history in purchases.items()
    ]


# %% [markdown]
# ## From entities to facts
#
# `kh.facts_of` says what is known of one customer on a day: several receipts of one day are one time of buying.


# %%
def facts(base: Sequence[kh.Customer]) -> list[kh.Facts]:
    """What is known of each customer on the last day."""
    return [kh.facts_of(customer, AS_OF, business=SHOP) for customer in base]


def overview(base: Sequence[kh.Customer], known: Sequence[kh.Facts]) -> str:
    """The base in a few figures."""
    rows = [row for customer in base for row in customer.purchases or ()]
    times = [(one.purchase_count or 0) for one in known]
    idle = [one.days_since_last_purchase for one in known if one.days_since_last_purchase is not None]
    recent = ", ".join(f"{sum(days <= limit for days in idle):,} within {limit}" for limit in (30, 90, 180, 365))
    double = sum(len(customer.purchases or ()) > count for customer, count in zip(base, times, strict=True))
    spend = sum((one.spend or 0) for one in known)
    return "\n".join(
        [
            f"{SHOP.name} on {AS_OF}: {len(base):,} customers, {len(rows):,} rows, {spend:,} {SHOP.currency}",
            f"  bought on one day only: {times.count(1):,}; on several days: {sum(count > 1 for count in times):,}",
            f"  days since the last purchase: {recent}",
            f"  several rows on one day (they count once): {double:,} customers",
            f"  worth 0.00 (gifts, which count): {sum(row.amount == 0 for row in rows)} rows",
        ]
    )


# %% [markdown]
# ## From facts to labels
#
# `kh.classify_all` yields the profile of one customer after the other. From each answer we keep the labels that are
# certain, the outcome, and the facts that are missing. A facet such as the relationship type gives several labels at
# once, so its shares may add up to more than 100%, and some of its labels can be certain while others are still open.


# %%
@dataclass
class Segmentation:
    """How many customers have which answer; labels, outcomes and missing facts by facet."""

    customers: int = 0
    labels: dict[str, Counter[kh.Category]] = field(default_factory=lambda: defaultdict(Counter))
    outcomes: dict[str, Counter[kh.Outcome]] = field(default_factory=lambda: defaultdict(Counter))
    missing: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    to_find_out: Counter[str] = field(default_factory=Counter)
    """For each missing fact the customers for whom it would help, whatever the facet."""

    def add(self, profile: kh.Profile) -> None:
        """Counts one customer more."""
        self.customers += 1
        wanted: set[str] = set()
        for classifier, answer in profile.items():
            self.labels[classifier.name].update(answer.labels)
            self.outcomes[classifier.name][answer.outcome] += 1
            self.missing[classifier.name].update(answer.missing)
            wanted.update(answer.missing)
        self.to_find_out.update(wanted)


def segment(base: Sequence[kh.Customer], assume: kh.Assumption | None = None) -> Segmentation:
    """Every customer classified by the general template."""
    made = Segmentation()
    profiles = kh.classify_all(base, as_of=AS_OF, template=TEMPLATE, business=SHOP, assume=assume)
    title = "strictly" if assume is None else assume.name
    for profile in tqdm(profiles, title, len(base), leave=False, unit=" customers", disable=None):
        made.add(profile)
    return made


# %% [markdown]
# ## What an analyst reads
#
# Both runs stand side by side. *Strictly*: only what the file says. *RECORDED_IS_ALL*: no complaint on record means no
# complaint, no discount on record means no discount, and so on; ages and needs are still not known. That is the shop's
# own claim about its records, and not ours: it is made in one argument and repeated by every explanation.


# %%
def both(vi: str, en: str) -> str:
    """One text in both languages."""
    return f"{vi} · {en}"


def line(strict: int, assumed: int, of: int, text: str) -> str:
    """Customers and shares of both runs, and what they are."""
    return f"{strict:>8,} {strict / of:>7.1%} {assumed:>11,} {assumed / of:>7.1%}   {text}"


def shares(strict: Segmentation, assumed: Segmentation) -> Iterator[str]:
    """A table for each facet that the data can tell, then those of which it says nothing."""
    silent: list[str] = []
    for classifier in TEMPLATE:
        facet, name = classifier.category, classifier.name
        title = both(facet.facet_title("vi"), facet.facet_title("en"))
        if not (strict.labels[name] or assumed.labels[name]):
            silent.append(title)
            continue
        yield f"\n{title}"
        yield f"{'strictly':>16} {'RECORDED_IS_ALL':>19}"
        for label in facet:
            counts = strict.labels[name][label], assumed.labels[name][label]
            yield line(*counts, strict.customers, both(label.label("vi"), label.label("en")))
        for outcome, text in (
            (kh.Outcome.UNDETERMINED, both("(chưa xác định)", "(not known yet)")),
            (kh.Outcome.UNMATCHED, both("(không thuộc nhãn nào)", "(no label)")),
        ):
            yield line(strict.outcomes[name][outcome], assumed.outcomes[name][outcome], strict.customers, text)
    yield "\nOf these the data can tell nothing: " + "; ".join(silent)
    yield "Left out, for want of a policy: " + ", ".join(TEMPLATE.left_out)


def question(name: str) -> str:
    """A fact in words, in both languages."""
    fact = kh.fact[name]
    vi, en = fact.label("vi"), fact.label("en")
    return both(f"{vi} hay không", f"whether {en}") if fact.type is bool else both(vi, en)


def open_questions(strict: Segmentation, assumed: Segmentation) -> Iterator[str]:
    """Which facts would settle what is undetermined, those that help most customers first."""
    yield "\nWhat to find out: customers with an answer that waits for the fact, and the facets concerned"
    yield f"{'strictly':>16} {'RECORDED_IS_ALL':>19}"
    counts = {fact.name: (assumed.to_find_out[fact.name], strict.to_find_out[fact.name]) for fact in kh.fact}
    for name in sorted(counts, key=lambda name: counts[name], reverse=True):
        still, before = counts[name]
        if before or still:
            facets = ", ".join(facet for facet, missing in strict.missing.items() if missing[name])
            yield line(before, still, strict.customers, f"{question(name)} → {facets}")


# %% [markdown]
# ## One customer in full
#
# Every answer has its reason, in either language: the rule, the values read, what was assumed, what is missing.


# %%
def explained(customer: kh.Customer) -> str:
    """All of one customer's answers with their reasons, in Vietnamese."""
    profile = kh.classify(customer, as_of=AS_OF, template=TEMPLATE, business=SHOP, assume=kh.RECORDED_IS_ALL)
    return f"\nKhách hàng {customer.id}\n\n{profile.explain('vi')}"


# %% [markdown]
# ## The way to another label
#
# A table also says the shortest way from what is known to another label: by the fewest facts that change, then by the
# smallest change, and only in ways in which a fact can change at all (what was bought is not unbought). Somebody who
# bought four times has one purchase to go.


# %%
def way_to_loyal(customer: kh.Customer) -> str:
    """Why a customer is not called loyal, and what it takes, in both languages."""
    benefit = kh.classifiers.benefit()
    known = kh.facts_of(customer, as_of=AS_OF, business=SHOP).assuming(kh.RECORDED_IS_ALL)
    (shortest, *_) = benefit.paths_to(kh.Benefit.LOYAL, known)
    vi, en = benefit.explain(known, "vi", why_not=kh.Benefit.LOYAL), shortest.explain("en")
    return f"\nKhách hàng {customer.id}\n\n{vi}\n{shortest.explain('vi')}\n\n{en}"


# %% [markdown]
# ## The same on a dataframe
#
# Whoever has the purchases in a dataframe needs no objects: `kh.frames.facts` makes one row of facts a customer, and
# `kh.frames.classify` adds a column for each facet. Here it is Polars; pandas, DuckDB, Spark and others take the same
# two calls. The columns bear the names of the entities' fields.


# %%
def table() -> pl.DataFrame:
    """The file as a dataframe; a row that is no purchase has nulls, and is refused by what follows."""
    rows = pl.DataFrame({"row": data_file().read_text(encoding="ascii").splitlines()[1:]})
    fields = r"^\s*(?<customer_id>\d+)\s+(?<day>\d{8})\s+(?<quantity>\d+)\s+(?<amount>[\d.]+)\s*$"
    return (
        rows.select(pl.col("row").str.extract_groups(fields))
        .unnest("row")
        .with_columns(pl.col("day").str.to_date("%Y%m%d"), pl.col("amount").cast(pl.Decimal(12, 2)))
    )


def classified(bought: pl.DataFrame, as_of: date, assume: kh.Assumption | None = None) -> pl.DataFrame:
    """A row of facts and labels for each customer of the table, as of a day; again each is taken to be a person."""
    persons = bought.select("customer_id").unique(maintain_order=True).with_columns(party_kind=pl.lit("person"))
    known = kh.frames.facts(bought, as_of=as_of, customers=persons, business=SHOP, only=TEMPLATE)
    return kh.frames.classify(known, TEMPLATE, assume, reasons=True)


# %% [markdown]
# The figures are those of the objects, facet by facet and label by label: a table of rules means the same everywhere.
# A facet with several labels has a column of truth values for each; null there is *not known yet*.


# %%
def counted(frame: pl.DataFrame) -> Segmentation:
    """The same counts as of profiles, but for the missing facts."""
    made = Segmentation(customers=frame.height)
    for classifier in TEMPLATE:
        name = classifier.name
        flags = {label: f"{name}_{label.value}" for label in classifier.category}
        for label, column in flags.items():
            held = frame[column] if column in frame.columns else frame[name] == label.value
            made.labels[name][label] = int(held.sum())
        for outcome in kh.Outcome:
            made.outcomes[name][outcome] = int((frame[f"{name}_outcome"] == outcome.value).sum())
    return made


def agree(one: Segmentation, other: Segmentation) -> bool:
    """Whether two ways have led to the same counts of labels and outcomes."""
    names = [classifier.name for classifier in TEMPLATE]
    return all(
        +one.labels[name] == +other.labels[name] and +one.outcomes[name] == +other.outcomes[name] for name in names
    )


# %% [markdown]
# ## Who moved
#
# Nine months lie between 1997-09-30 and 1998-06-30. `kh.frames.transitions` counts who bore which label before and
# after: the walk-in customers who became loyal, and those who stayed away and are potential customers again.

# %%
BEFORE = date(1997, 9, 30)


def then_and_now(bought: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Facts and labels on both days."""
    return classified(bought, BEFORE, kh.RECORDED_IS_ALL), classified(bought, AS_OF, kh.RECORDED_IS_ALL)


def moves(bought: pl.DataFrame) -> pl.DataFrame:
    """How many customers went from which label of benefit to which, those who stayed included."""
    return kh.frames.transitions(*then_and_now(bought), kh.Benefit)


def on_a_dataframe(bought: pl.DataFrame, runs: Sequence[Segmentation]) -> Iterator[str]:
    """The second half in words."""
    frames = [classified(bought, AS_OF, assume) for assume in (None, kh.RECORDED_IS_ALL)]
    same = all(agree(counted(frame), run) for frame, run in zip(frames, runs, strict=True))
    yield f"\nOn a dataframe: {bought.height:,} rows, {frames[0].height:,} customers"
    yield f"  the same counts of every label and outcome: {'yes' if same else 'NO'}"
    yield f"\n{both(kh.Benefit.facet_title('vi'), kh.Benefit.facet_title('en'))}, {BEFORE} → {AS_OF}"
    for before, after, count in moves(bought).iter_rows():
        old, new = kh.Benefit(before), kh.Benefit(after)
        text = f"{both(old.label('vi'), old.label('en'))} → {both(new.label('vi'), new.label('en'))}"
        yield f"{count:>8,} {count / frames[0].height:>7.1%}   {text}"


# %%
if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # Vietnamese, whatever a pipe or a console expects
    everybody = customers(load())
    print(overview(everybody, facts(everybody)))
    runs = segment(everybody), segment(everybody, assume=kh.RECORDED_IS_ALL)
    print(*shares(*runs), *open_questions(*runs), sep="\n")
    print(explained(everybody[2]))
    print(way_to_loyal(everybody[10]))
    print(*on_a_dataframe(table(), runs), sep="\n")


# %% [markdown]
# ## As a picture
#
# In a notebook, `kh.charts` draws the same (`pip install 'khachhang[charts]'`): on the left the labels of the first day,
# on the right those of the last, and between them bands as broad as there are customers who went that way.


# %%
def picture() -> object:
    """Who moved."""
    import altair as alt  # noqa: PLC0415  # a script has no need of it

    alt.renderers.enable("svg")  # a still picture, which needs no network
    return kh.charts.transitions(*then_and_now(table()), kh.Benefit, lang="en", names=(str(BEFORE), str(AS_OF)))


# %% mystnb={"image": {"alt": "Where the customers of CDNOW went, from label to label, within nine months"}}
picture() if "get_ipython" in globals() else None
