"""Who is a customer within a stated period (Six Sigma)."""

from __future__ import annotations

from khachhang.taxonomy._sources import CUSTOMER
from khachhang.taxonomy.category import Category, term

_SECTION = f"{CUSTOMER} — Khách hàng là gì?: Six Sigma"


class Standing(
    Category,
    vi="Tình trạng giao dịch",
    en="Standing",
    definition_vi="Khách còn giao dịch, đã ngừng, có triển vọng hay không phải khách hàng, tính trong kỳ xét.",
    definition_en=(
        "Whether the customer is dealing with the seller, has stopped, has prospects or is no customer at "
        "all, within a stated period."
    ),
    source=_SECTION,
):
    """How a party stands to the business within a stated period.

    A purchase or an interaction in the period makes a party active; an enquiry before it makes nobody a customer.
    """

    ACTIVE = term(
        "active",
        vi="Khách hàng hiện hữu",
        en="Active customer",
        definition_vi="Khách có mua hàng hoặc trao đổi với bên bán trong kỳ đang xét.",
        definition_en="Bought from the seller or was in touch with it within the period.",
        source=_SECTION,
    )
    FORMER = term(
        "former",
        vi="Khách hàng đã ngừng giao dịch",
        en="Former customer",
        definition_vi="Khách từng mua nhưng không mua hay trao đổi gì trong kỳ đang xét.",
        definition_en="Bought before, with no purchase or contact within the period.",
        source=_SECTION,
    )
    PROSPECT = term(
        "prospect",
        vi="Khách hàng triển vọng",
        en="Prospect",
        definition_vi=(
            "Người chưa từng mua, không giao dịch trong kỳ, nhưng có quan tâm hoặc có ít nhất một dấu hiệu phù hợp."
        ),
        definition_en=(
            "Never bought and had no dealing within the period, but shows interest or at least one sign of a fit."
        ),
        source=_SECTION,
    )
    NOT_A_CUSTOMER = term(
        "not_a_customer",
        vi="Không phải khách hàng",
        en="Not a customer",
        definition_vi="Người chưa từng mua, không giao dịch trong kỳ, không quan tâm và không có dấu hiệu phù hợp nào.",
        definition_en=(
            "Never bought, had no dealing within the period, and shows neither interest nor any sign of a fit."
        ),
        source=_SECTION,
    )
