"""Age band: completed years, for persons only."""

from __future__ import annotations

import attrs

from khachhang.classifiers.policy import Policy, chosen, count
from khachhang.errors import Fault, InvalidError, repr_of
from khachhang.facts import DecisionTable, fact
from khachhang.rules import HitPolicy, when
from khachhang.taxonomy import AgeBand


@attrs.frozen(kw_only=True)
class AgeBandPolicy(Policy):
    """Thresholds of `age_band`, in completed years.

    Args:
        youth_from: The first age of the second band.
        adult_from: The first age of the third band.
        adult_to: The last age of the third band.
    """

    youth_from: int = count(15)
    adult_from: int = count(22)
    adult_to: int = count(50)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if not self.youth_from < self.adult_from <= self.adult_to:
            ages = ", ".join(map(repr_of, (self.youth_from, self.adult_from, self.adult_to)))
            raise InvalidError(
                "AgeBandPolicy", [Fault("youth_from, adult_from, adult_to", f"{ages} do not rise", "let the ages rise")]
            )


def age_band(policy: AgeBandPolicy | None = None) -> DecisionTable[AgeBand]:
    """The four age bands; for an organisation or a group there is none.

    The source lets 22 stand in two bands. Decision: it opens the third, whose last year is 50.

    Args:
        policy: The thresholds; None for the defaults.

    Source: Khách hàng là gì?, dựa theo độ tuổi.
    """
    policy = chosen(policy, AgeBandPolicy)
    return DecisionTable(
        name=AgeBand.facet(),
        category=AgeBand,
        given=fact.age.exists,
        rules=[
            when(fact.age < policy.youth_from).then(AgeBand.UNDER_15),
            when(fact.age.between(policy.youth_from, policy.adult_from, closed="left")).then(AgeBand.FROM_15_TO_22),
            when(fact.age.between(policy.adult_from, policy.adult_to)).then(AgeBand.FROM_22_TO_50),
            when(fact.age > policy.adult_to).then(AgeBand.OVER_50),
        ],
        hit=HitPolicy.UNIQUE,
        source=AgeBand.facet_source(),
    )
