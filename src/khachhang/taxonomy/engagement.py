"""Short rounds of buying or a lasting bond (Customer hay Client)."""

from __future__ import annotations

from types import MappingProxyType

from khachhang.taxonomy._sources import CUSTOMER
from khachhang.taxonomy.business import Industry
from khachhang.taxonomy.category import Category, term

_SECTION = f"{CUSTOMER} — Khách hàng là gì?: Customer và Client"


class Engagement(
    Category,
    vi="Hình thức gắn kết",
    en="Engagement",
    definition_vi="Khách mua theo từng lượt ngắn hay gắn bó theo dịch vụ dài hạn.",
    definition_en="Whether the customer buys in short rounds or keeps a long bond through services.",
    source=_SECTION,
):
    """How a customer is bound to the seller: as a *customer* or as a *client*."""

    CUSTOMER = term(
        "customer",
        vi="Khách mua hàng (Customer)",
        en="Customer",
        definition_vi="Khách mua thành những lượt ngắn, ít hình thành quan hệ lâu dài với bên bán.",
        definition_en="Buys in short rounds that seldom grow into a lasting relation with the seller.",
        source=_SECTION,
    )
    CLIENT = term(
        "client",
        vi="Khách hàng dịch vụ gắn bó (Client)",
        en="Client",
        definition_vi="Khách dùng dịch vụ chuyên môn theo chu kỳ dài, gắn bó với bên bán gần như đối tác.",
        definition_en="Uses professional services over long cycles, bound to the seller almost as a partner.",
        source=_SECTION,
    )

    @property
    def industries(self) -> frozenset[Industry]:
        """The industries whose buyers the source calls so; `Industry.OTHER` is in neither set.

        Source: the comparison of Customer and Client, with its lists of businesses.

        >>> Industry.LAW_FIRM in Engagement.CLIENT.industries
        True
        """
        return _INDUSTRIES[self]


_INDUSTRIES = MappingProxyType(
    {
        Engagement.CUSTOMER: frozenset(
            {
                Industry.RETAIL_SHOP,
                Industry.RESTAURANT,
                Industry.SUPERMARKET,
                Industry.BANK,
                Industry.SERVICE_STATION,
                Industry.AMUSEMENT_PARK,
            }
        ),
        Engagement.CLIENT: frozenset(
            {
                Industry.LAW_FIRM,
                Industry.DESIGN_STUDIO,
                Industry.ACCOUNTING_FIRM,
                Industry.HEALTHCARE_PROVIDER,
                Industry.INSURANCE_AGENCY,
                Industry.ADVERTISING_AGENCY,
                Industry.REAL_ESTATE,
                Industry.FINANCE,
                Industry.INVESTMENT,
                Industry.COMMUNICATIONS,
            }
        ),
    }
)
