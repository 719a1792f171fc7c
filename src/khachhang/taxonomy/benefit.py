"""What the relation with customers is worth to the seller (theo lợi ích mang lại)."""

from __future__ import annotations

from khachhang.taxonomy._sources import CUSTOMER
from khachhang.taxonomy.category import Category, term

_SECTION = f"{CUSTOMER} — Phân loại khách hàng: theo lợi ích mang lại"


class Benefit(
    Category,
    vi="Lợi ích mang lại",
    en="Benefit",
    definition_vi=(
        "Mối quan hệ với khách đem lại lợi hay gây thiệt cho bên bán; lợi ích ở đây hiểu là lợi ích của bên bán."
    ),
    definition_en=(
        "What the relation with the customer is worth to the seller: benefit is read as the seller's, not the "
        "customer's."
    ),
    source=_SECTION,
):
    """What the relation with a customer is worth to the seller.

    The source speaks of the benefit brought "to the customer"; its labels plainly tell what the customer is worth to
    the seller, and so they are read here.
    """

    NEGATIVE = term(
        "negative",
        vi="Khách hàng tiêu cực",
        en="Negative customer",
        definition_vi=(
            "Khách có nhiều dấu hiệu bất lợi cho bên bán như trả hàng nhiều, khiếu nại còn treo hoặc đánh giá xấu "
            "lặp lại."
        ),
        definition_en=(
            "A customer with signs of harm to the seller that outweigh, such as many returns, open complaints or "
            "repeated bad reviews."
        ),
        source=_SECTION,
    )
    LOYAL = term(
        "loyal",
        vi="Khách hàng trung thành",
        en="Loyal customer",
        definition_vi="Khách đã mua nhiều lần và gần đây vẫn còn mua.",
        definition_en="A customer who has bought many times and still does.",
        source=_SECTION,
    )
    WALK_IN = term(
        "walk_in",
        vi="Khách hàng vãng lai",
        en="Occasional customer",
        definition_vi="Khách gần đây có mua nhưng còn lẻ tẻ, chưa thành mối gắn bó.",
        definition_en="A customer who bought lately but only now and then, without a lasting bond yet.",
        source=_SECTION,
    )
    POTENTIAL = term(
        "potential",
        vi="Khách hàng tiềm năng",
        en="Potential customer",
        definition_vi=(
            "Người có đủ nhu cầu, ngân sách và thị hiếu phù hợp mà chưa mua, hoặc người mua cũ có thể quay lại."
        ),
        definition_en=(
            "Someone with the need, the means and a matching taste who has not bought, or a past buyer who may "
            "come back."
        ),
        source=_SECTION,
    )
