"""Individual customers by their means (theo bậc tài chính)."""

from __future__ import annotations

from khachhang.taxonomy._sources import INDIVIDUAL, LIBRARY
from khachhang.taxonomy.category import Category, term

_SECTION = f"{INDIVIDUAL} — Phân loại khách hàng cá nhân: theo bậc tài chính"
_TIERS = f"{LIBRARY} — theo cách gọi quen dùng trong ngành quản lý tài sản"


class FinancialTier(
    Category,
    vi="Bậc tài chính",
    en="Financial tier",
    definition_vi="Nhóm của khách khi xếp theo tài sản có thể đem đầu tư.",
    definition_en="The group a customer falls in when customers are ordered by the assets they can invest.",
    source=_SECTION,
):
    """Five tiers of investable assets in rising order, for persons only.

    The source names financial tiers as a basis and gives none; the customary names of wealth management are taken. The
    thresholds, and the currency they are in, belong to a policy.
    """

    MASS = term(
        "mass",
        vi="Đại chúng",
        en="Mass",
        definition_vi="Bậc có tài sản đầu tư thấp nhất, nơi phần đông khách đứng.",
        definition_en="The tier with the least investable assets, where most customers stand.",
        source=_TIERS,
    )
    MASS_AFFLUENT = term(
        "mass_affluent",
        vi="Cận giàu",
        en="Mass affluent",
        definition_vi="Bậc trên đại chúng, đã tích lũy được đáng kể nhưng chưa gọi là giàu.",
        definition_en="Above the mass tier, with considerable savings but not yet called affluent.",
        source=_TIERS,
    )
    AFFLUENT = term(
        "affluent",
        vi="Giàu có",
        en="Affluent",
        definition_vi="Bậc có tài sản đầu tư lớn, ngay dưới bậc tài sản ròng cao.",
        definition_en="With large investable assets, just below high net worth.",
        source=_TIERS,
    )
    HIGH_NET_WORTH = term(
        "high_net_worth",
        vi="Tài sản ròng cao",
        en="High net worth",
        definition_vi="Bậc của những người có tài sản đầu tư rất lớn, quen gọi là HNWI.",
        definition_en="With very large investable assets; often called HNWI.",
        source=_TIERS,
    )
    ULTRA_HIGH_NET_WORTH = term(
        "ultra_high_net_worth",
        vi="Siêu giàu",
        en="Ultra-high net worth",
        definition_vi="Bậc cao nhất về tài sản đầu tư, quen gọi là UHNWI.",
        definition_en="The highest tier of investable assets; often called UHNWI.",
        source=_TIERS,
    )
