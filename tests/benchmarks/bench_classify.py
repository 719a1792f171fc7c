"""`kh.classify` with the general template against one hand-written function that computes the same labels."""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.benchmarks._timing import medians, report

import khachhang as kh
from khachhang import (
    AgeBand,
    Benefit,
    Capacity,
    Contribution,
    Engagement,
    InteractionKind,
    Personality,
    Purpose,
    RelationshipType,
    Scope,
    Sentiment,
    Side,
    Standing,
    Subject,
    TieKind,
    Topic,
)

AS_OF = date(2026, 6, 30)
SHOP = kh.Business("Sông Hồng", industry=kh.Industry.RETAIL_SHOP)
ZERO = Decimal(0)
INSIDE = {
    TieKind.EMPLOYEE_OF_DEPARTMENT: Scope.DEPARTMENT,
    TieKind.EMPLOYEE_OF_BRANCH: Scope.BRANCH,
    TieKind.EMPLOYEE: Scope.EMPLOYEE,
    TieKind.SHAREHOLDER: Scope.SHAREHOLDER,
    TieKind.OTHER_INSIDER: Scope.OTHER_INSIDER,
}
OUTSIDE = {
    TieKind.SUPPLIER: Scope.PARTNER,
    TieKind.BANK: Scope.PARTNER,
    TieKind.COMPETITOR: Scope.PARTNER,
    TieKind.RESELLER: Scope.PARTNER,
    TieKind.STATE_BODY: Scope.STATE_AGENCY,
    TieKind.VOLUNTARY_ORGANIZATION: Scope.VOLUNTARY_ORGANIZATION,
    TieKind.RESIDENT: Scope.COMMUNITY,
    TieKind.PROFESSIONAL_ASSOCIATION: Scope.COMMUNITY,
}


def by_hand(customer: kh.Customer, as_of: date) -> dict[str, Any]:  # noqa: C901, PLR0912, PLR0915  # fused on purpose
    """The labels of a person of whom everything is known, in one pass, with the default thresholds."""
    days: set[date] = set()
    bought: set[date] = set()
    kept = discounted = for_organization = resale = 0
    paid = returned = ZERO
    first = last = None
    for purchase in customer.purchases or ():
        day = purchase.day
        if day > as_of:
            break
        paid += purchase.amount
        bought.add(day)
        if purchase.returned:
            returned += purchase.returned
            if purchase.returned == purchase.amount:
                continue
        kept += 1
        days.add(day)
        last = day
        if first is None:
            first = day
        if purchase.list_amount > purchase.amount:  # type: ignore[operator]  # known of everybody here
            discounted += 1
        if purchase.purpose is Purpose.RESALE:
            resale += 1
        elif purchase.purpose is Purpose.ORGANIZATION:
            for_organization += 1
    unresolved = resolved = negative = positive = reviews = surveys = scored = expansion = 0
    feedback = referrals = shares = answered = 0
    dealt = last
    for event in customer.interactions or ():
        if event.day > as_of:
            break
        kind = event.kind
        if kind is InteractionKind.COMPLAINT:
            if event.resolved_on is not None and event.resolved_on <= as_of:
                resolved += 1
            else:
                unresolved += 1
        elif kind is InteractionKind.REVIEW:
            reviews += 1
            if event.sentiment is Sentiment.NEGATIVE:
                negative += 1
            elif event.sentiment is Sentiment.POSITIVE:
                positive += 1
        elif kind is InteractionKind.SURVEY:
            surveys += 1
            scored += event.score is not None
            expansion += event.topic is Topic.EXPANSION
        elif kind is InteractionKind.FEEDBACK:
            feedback += 1
            expansion += event.topic is Topic.EXPANSION
        elif kind is InteractionKind.REFERRAL:
            referrals += 1
        elif kind is InteractionKind.SHARE:
            shares += 1
        elif kind is InteractionKind.CARE_CALL:
            answered += event.resolved_on is not None and event.resolved_on <= as_of
        if kind.is_dealing and (dealt is None or event.day > dealt):
            dealt = event.day
    standing_ties = {tie.kind for tie in customer.ties or () if tie.holds_on(as_of)}
    count = len(days)
    since_last = (as_of - last).days if last is not None else 10**6
    since_first = (as_of - first).days if first is not None else 10**6
    party: Any = customer.party
    need: Any = customer.need
    wants = need.has_need and need.has_means and need.taste_matches

    born = party.birth_date
    age = as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))
    if age < 15:
        age_band = AgeBand.UNDER_15
    elif age < 22:
        age_band = AgeBand.FROM_15_TO_22
    elif age <= 50:
        age_band = AgeBand.FROM_22_TO_50
    else:
        age_band = AgeBand.OVER_50

    subject = Subject.INDIVIDUAL
    if customer.declared_capacity is Capacity.BUSINESS or (
        customer.declared_capacity is None and count and (for_organization + resale) / kept >= 0.5
    ):
        subject = Subject.BUSINESS

    if unresolved >= 2 or (len(bought) >= 2 and float(returned / paid if paid else ZERO) >= 0.5) or negative >= 2:
        benefit: Benefit | None = Benefit.NEGATIVE
    elif count >= 5 and since_last <= 365:
        benefit = Benefit.LOYAL
    elif count and since_last <= 365:
        benefit = Benefit.WALK_IN
    elif count or wants:
        benefit = Benefit.POTENTIAL
    else:
        benefit = None

    kinds: set[RelationshipType] = set()
    if not count and wants:
        kinds.add(RelationshipType.POTENTIAL)
    if count >= 5 and since_last <= 365 and discounted / kept < 0.5:
        kinds.add(RelationshipType.LOYAL)
    if 1 <= count < 5 and since_first <= 90:
        kinds.add(RelationshipType.NEW)
    if count >= 2 and discounted == kept:
        kinds.add(RelationshipType.DISCOUNT)
    if count and since_last > 365:
        kinds.add(RelationshipType.FORMER)
    scope = next((INSIDE[kind] for kind in INSIDE if kind in standing_ties), None)
    kinds.add(RelationshipType.EXTERNAL if scope is None else RelationshipType.INTERNAL)
    if (count and resale / kept >= 0.5) or TieKind.RESELLER in standing_ties:
        kinds.add(RelationshipType.INTERMEDIARY)
    side = Side.EXTERNAL if scope is None else Side.INTERNAL
    if scope is None:
        scope = next((OUTSIDE[kind] for kind in OUTSIDE if kind in standing_ties), Scope.INDIVIDUAL)

    scores = {style: getattr(party.styles, style.value) for style in Personality}
    best = max(scores.values())
    leading = [style for style, score in scores.items() if score == best]

    if dealt is not None and (as_of - dealt).days <= 365:
        standing = Standing.ACTIVE
    elif count:
        standing = Standing.FORMER
    elif need.is_interested or need.has_need or need.has_means or need.taste_matches:
        standing = Standing.PROSPECT
    else:
        standing = Standing.NOT_A_CUSTOMER

    brings: set[Contribution] = set()
    if feedback or surveys or unresolved or resolved:
        brings.add(Contribution.IMPROVES_PRODUCT)
    if surveys:
        brings.add(Contribution.SHAPES_STRATEGY)
    if expansion:
        brings.add(Contribution.GUIDES_EXPANSION)
    if paid > returned:
        brings.add(Contribution.BRINGS_PROFIT)
    if referrals or shares or positive:
        brings.add(Contribution.SELLS_FOR_US)
    if resolved or answered:
        brings.add(Contribution.STRENGTHENS_RELATIONSHIP)
    if reviews or scored:
        brings.add(Contribution.MEASURES_VALUE)
    return {
        "subject": subject,
        "benefit": benefit,
        "age_band": age_band,
        "relationship_type": kinds,
        "scope": scope,
        "side": side,
        "engagement": Engagement.CUSTOMER,  # SHOP is a retail shop
        "personality": leading[0] if len(leading) == 1 else None,
        "standing": standing,
        "contribution": brings,
    }


def customers(size: int, purchases: int) -> list[kh.Customer]:
    """Persons of whom everything is known."""
    rng = random.Random(11)  # noqa: S311  # nothing secret
    kinds = list(InteractionKind)

    def purchase() -> kh.Purchase:
        day = AS_OF - timedelta(days=rng.randint(0, 900))
        amount = rng.randint(50, 2_000) * 1_000
        back = rng.choice([0] * 15 + [amount, amount // 2])
        return kh.Purchase(
            day,
            amount,
            list_amount=amount + rng.choice([0, 0, 10_000]),
            returned=back,
            purpose=rng.choice(list(Purpose)),
        )

    def interaction() -> kh.Interaction:
        day = AS_OF - timedelta(days=rng.randint(0, 900))
        return kh.Interaction(
            day, rng.choice(kinds), sentiment=rng.choice(list(Sentiment)), topic=rng.choice(list(Topic))
        )

    return [
        kh.Customer(
            id=f"KH-{number}",
            party=kh.Person(
                name="Nguyễn Thị Lan",
                birth_date=date(1950 + number % 65, 4, 2),
                styles=kh.StyleScores(*(rng.randint(0, 100) for _ in range(4))),
            ),
            purchases=[purchase() for _ in range(purchases)],
            interactions=[interaction() for _ in range(4)],
            ties=[] if rng.random() < 0.95 else [kh.Tie(rng.choice(list(TieKind)))],
            need=kh.Need(
                **{flag: rng.random() < 0.7 for flag in ("has_need", "has_means", "taste_matches", "is_interested")}
            ),
        )
        for number in range(size)
    ]


def main() -> None:
    """Print the ratio."""
    print(f"Python {sys.version.split()[0]}")
    for purchases in (20, 0):
        people = customers(200, purchases)
        for person in people:
            profile = kh.classify(person, as_of=AS_OF, business=SHOP)
            for facet, label in by_hand(person, AS_OF).items():
                answer = profile[facet]
                assert (answer.labels if isinstance(label, set) else answer.label) == label, (facet, answer, label)

        def ours(people: list[kh.Customer] = people) -> None:
            for person in people:
                kh.classify(person, as_of=AS_OF, business=SHOP)

        def hand(people: list[kh.Customer] = people) -> None:
            for person in people:
                by_hand(person, AS_OF)

        def facts(people: list[kh.Customer] = people) -> None:
            for person in people:
                kh.facts_of(person, AS_OF, business=SHOP)

        taken = medians({"one function by hand": hand, "kh.classify": ours, "kh.facts_of alone": facts}, rounds=21)
        print(f"{len(people)} customers with {purchases} purchases each:")
        report(taken, "one function by hand", {"kh.classify": 3} if purchases else {})


if __name__ == "__main__":
    main()
