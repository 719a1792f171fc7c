"""The eight types of customer by their relation to the business (tám kiểu khách hàng)."""

from __future__ import annotations

from types import MappingProxyType

from khachhang.taxonomy._sources import CUSTOMER
from khachhang.taxonomy.category import Category, term

_SECTION = f"{CUSTOMER} — 8 kiểu khách hàng của doanh nghiệp"


class RelationshipType(
    Category,
    vi="Kiểu khách hàng",
    en="Relationship type",
    definition_vi="Các kiểu quan hệ của khách với bên bán; một khách có thể thuộc nhiều kiểu.",
    definition_en="The kinds of relation between the customer and the seller; several may apply at once.",
    source=_SECTION,
):
    """The eight types of customer; one customer carries every type that applies.

    The order is that of the source. Which of several labels is the primary one is for a business to choose, and stands
    in its table.
    """

    POTENTIAL = term(
        "potential",
        vi="Khách hàng tiềm năng",
        en="Potential customer",
        definition_vi="Người chưa mua nhưng có đủ nhu cầu, ngân sách và thị hiếu phù hợp.",
        definition_en="Someone who has not bought yet but has the need, the means and a matching taste.",
        source=f"{_SECTION}: Khách hàng tiềm năng",
    )
    LOYAL = term(
        "loyal",
        vi="Khách hàng thân thiết",
        en="Regular customer",
        definition_vi="Khách mua đi mua lại, không chỉ trông vào khuyến mại, dù giá và số lượng có xê dịch đôi chút.",
        definition_en=(
            "A customer who buys again and again, not for discounts alone, whatever small changes there are in "
            "price or quantity."
        ),
        source=f"{_SECTION}: Khách hàng thân thiết",
    )
    NEW = term(
        "new",
        vi="Khách hàng mới",
        en="New customer",
        definition_vi=(
            "Khách vừa mua lần đầu cách đây chưa lâu, dù mới biết đến ngành hàng hay chuyển từ thương hiệu khác sang."
        ),
        definition_en=(
            "A customer whose first purchase was not long ago, whether new to the field or come over from another "
            "brand."
        ),
        source=f"{_SECTION}: Khách hàng mới",
    )
    DISCOUNT = term(
        "discount",
        vi="Khách hàng săn giảm giá",
        en="Discount customer",
        definition_vi="Khách chỉ mua khi có giảm giá hoặc khuyến mại.",
        definition_en="A customer who buys only when there is a discount or promotion.",
        source=f"{_SECTION}: Khách hàng giảm giá",
    )
    FORMER = term(
        "former",
        vi="Khách hàng cũ",
        en="Former customer",
        definition_vi="Khách từng mua nhưng đã lâu không quay lại.",
        definition_en="A customer who bought before and has long not come back.",
        source=f"{_SECTION}: Khách hàng cũ",
    )
    INTERNAL = term(
        "internal",
        vi="Khách hàng nội bộ",
        en="Internal customer",
        definition_vi="Người hoặc bên thuộc về tổ chức của bên bán, như nhân viên hoặc cổ đông.",
        definition_en="Someone who belongs to the seller's own organisation, such as an employee or shareholder.",
        source=f"{_SECTION}: Khách hàng nội bộ",
    )
    EXTERNAL = term(
        "external",
        vi="Khách hàng bên ngoài",
        en="External customer",
        definition_vi="Khách không thuộc tổ chức của bên bán.",
        definition_en="A customer who does not belong to the seller's organisation.",
        source=f"{_SECTION}: Khách hàng bên ngoài",
    )
    INTERMEDIARY = term(
        "intermediary",
        vi="Khách hàng trung gian",
        en="Intermediary customer",
        definition_vi="Khách mua để bán lại cho người khác.",
        definition_en="A customer who buys in order to sell on to others.",
        source=f"{_SECTION}: Khách hàng trung gian",
    )

    @property
    def switching_rank(self) -> int | None:
        """How easily such a customer changes brand, from 1 (most easily); None where the source does not compare.

        Source: the eight types of customer, which compares discount, new and loyal customers.

        >>> RelationshipType.DISCOUNT.switching_rank, RelationshipType.FORMER.switching_rank
        (1, None)
        """
        return _SWITCHING_RANKS.get(self)


_SWITCHING_RANKS = MappingProxyType(
    {RelationshipType.DISCOUNT: 1, RelationshipType.NEW: 2, RelationshipType.LOYAL: 3},
)
