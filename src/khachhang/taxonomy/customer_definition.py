"""What a customer is: six definitions."""

from __future__ import annotations

from khachhang.taxonomy._sources import CUSTOMER
from khachhang.taxonomy.category import Category, term

_MARKETING = f"{CUSTOMER} — Khái niệm khách hàng"
_WHAT = f"{CUSTOMER} — Khách hàng là gì?"
_EXCHANGE = f"{CUSTOMER} — Tổng quan về khách hàng"
_HABIT = f"{CUSTOMER} — Khách hàng là gì?: Khách hàng - Customer"


class CustomerDefinition(
    Category,
    vi="Cách hiểu về khách hàng",
    en="Definition of a customer",
    definition_vi="Thế nào thì được coi là khách hàng.",
    definition_en="What makes someone a customer.",
    source=_WHAT,
):
    """The six definitions of a customer that the sources cite; they overlap, and none is preferred."""

    MARKETING = term(
        "marketing",
        vi="Theo marketing",
        en="Marketing",
        definition_vi="Mọi người hoặc tổ chức mà bên bán hướng hoạt động tiếp thị tới.",
        definition_en="Any person or organisation that the seller aims its marketing at.",
        source=_MARKETING,
    )
    DRUCKER = term(
        "drucker",
        vi="Theo Peter Drucker (1954)",
        en="Peter Drucker (1954)",
        definition_vi="Tập hợp những ai cần sản phẩm, dịch vụ và muốn nhu cầu ấy được đáp ứng.",
        definition_en="All those who need the product or service and wish that need to be met.",
        source=_WHAT,
    )
    PETERS = term(
        "peters",
        vi="Theo Tom Peters (1987)",
        en="Tom Peters (1987)",
        definition_vi="Tài sản làm tăng giá trị dù không sổ sách nào ghi, nên cần được quản lý như một nguồn vốn.",
        definition_en="An asset that adds value although no ledger shows it, and is to be managed like capital.",
        source=_WHAT,
    )
    SIX_SIGMA = term(
        "six_sigma",
        vi="Theo Six Sigma",
        en="Six Sigma",
        definition_vi=(
            "Bên giao dịch tích cực trong một kỳ xác định, kể cả người từng dùng, trừ người không quan tâm và "
            "không có triển vọng."
        ),
        definition_en=(
            "A party that deals actively within a stated period, past users included, but not one without "
            "interest or prospects."
        ),
        source=_WHAT,
    )
    EXCHANGE = term(
        "exchange",
        vi="Theo quan điểm trao đổi",
        en="Exchange",
        definition_vi="Bên đưa tiền hoặc vật ngang giá để nhận sản phẩm, dịch vụ hay ý tưởng.",
        definition_en="A party that gives money, or something of equal worth, for a product, service or idea.",
        source=_EXCHANGE,
    )
    HABIT = term(
        "habit",
        vi="Theo thói quen mua",
        en="Habit",
        definition_vi="Bên đã thành nếp mua hàng, tức là không chỉ mua một lần rồi thôi.",
        definition_en="A party with the habit of buying, and so not one that bought once and no more.",
        source=_HABIT,
    )
