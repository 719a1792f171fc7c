"""Individual customers by age (theo độ tuổi)."""

from __future__ import annotations

from khachhang.taxonomy._sources import CUSTOMER
from khachhang.taxonomy.category import Category, term

_SECTION = f"{CUSTOMER} — Phân loại khách hàng: theo độ tuổi"


class AgeBand(
    Category,
    vi="Độ tuổi",
    en="Age band",
    definition_vi="Số tuổi tròn của người khách tại ngày xét nằm trong khoảng nào.",
    definition_en="The range in which a person's completed years fall on the day considered.",
    source=_SECTION,
):
    """The four age bands of the source, for persons only.

    The source lets 22 stand in two bands; here it belongs to the later one, and 50 is the last year of that band.
    """

    UNDER_15 = term(
        "under_15",
        vi="Dưới 15 tuổi",
        en="Under 15",
        definition_vi="Khách chưa tròn 15 tuổi tại ngày xét.",
        definition_en="A person who has not completed 15 years on the day considered.",
        source=_SECTION,
    )
    FROM_15_TO_22 = term(
        "from_15_to_22",
        vi="Từ 15 đến dưới 22 tuổi",
        en="15 to under 22",
        definition_vi="Khách đã tròn 15 tuổi nhưng chưa tròn 22 tuổi.",
        definition_en="A person who has completed 15 years but not 22.",
        source=_SECTION,
    )
    FROM_22_TO_50 = term(
        "from_22_to_50",
        vi="Từ 22 đến 50 tuổi",
        en="22 to 50",
        definition_vi="Khách đã tròn 22 tuổi và chưa tròn 51 tuổi.",
        definition_en="A person who has completed 22 years but not 51.",
        source=_SECTION,
    )
    OVER_50 = term(
        "over_50",
        vi="Trên 50 tuổi",
        en="Over 50",
        definition_vi="Khách đã tròn 51 tuổi trở lên.",
        definition_en="A person who has completed 51 years or more.",
        source=_SECTION,
    )
