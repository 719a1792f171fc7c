"""What was bought, and what for."""

from __future__ import annotations

from khachhang.taxonomy._sources import CUSTOMER, INDIVIDUAL
from khachhang.taxonomy.category import Category, term

_PRIVATE = f"{INDIVIDUAL} — Khách hàng cá nhân là gì?"
_FOR_OTHERS = f"{INDIVIDUAL} — Phân biệt khách hàng cá nhân và khách hàng doanh nghiệp"
_RESALE = f"{CUSTOMER} — 8 kiểu khách hàng của doanh nghiệp: Khách hàng trung gian"
_EXCHANGE = f"{CUSTOMER} — Tổng quan về khách hàng"


class Purpose(
    Category,
    vi="Mục đích mua",
    en="Purpose",
    definition_vi="Khách mua để làm gì, cho ai.",
    definition_en="What a purchase is for, and for whom.",
    source=_PRIVATE,
):
    """What a purchase is for."""

    SELF = term(
        "self",
        vi="Cho bản thân",
        en="For oneself",
        definition_vi="Mua để chính mình dùng.",
        definition_en="Bought for the buyer's own use.",
        source=_PRIVATE,
    )
    FAMILY = term(
        "family",
        vi="Cho gia đình",
        en="For family",
        definition_vi="Mua để người nhà dùng.",
        definition_en="Bought for the buyer's family to use.",
        source=_PRIVATE,
    )
    FRIENDS = term(
        "friends",
        vi="Cho bạn bè",
        en="For friends",
        definition_vi="Mua để bạn bè dùng.",
        definition_en="Bought for the buyer's friends to use.",
        source=_PRIVATE,
    )
    GIFT = term(
        "gift",
        vi="Làm quà tặng",
        en="As a gift",
        definition_vi="Mua để tặng người khác.",
        definition_en="Bought to be given away.",
        source=_PRIVATE,
    )
    ORGANIZATION = term(
        "organization",
        vi="Cho tổ chức mình đại diện",
        en="For the organisation represented",
        definition_vi="Mua thay cho tổ chức và vì lợi ích của tổ chức ấy.",
        definition_en="Bought on behalf of an organisation and in its interest.",
        source=_FOR_OTHERS,
    )
    RESALE = term(
        "resale",
        vi="Để bán lại",
        en="For resale",
        definition_vi="Mua để bán tiếp cho người khác.",
        definition_en="Bought to be sold on.",
        source=_RESALE,
    )


class Offering(
    Category,
    vi="Thứ được mua",
    en="Offering",
    definition_vi="Thứ khách nhận về khi mua.",
    definition_en="What the customer gets in a purchase.",
    source=_EXCHANGE,
):
    """What sort of thing was bought."""

    PRODUCT = term(
        "product",
        vi="Sản phẩm",
        en="Product",
        definition_vi="Hàng hóa giao cho người mua.",
        definition_en="Goods that are handed over to the buyer.",
        source=_EXCHANGE,
    )
    SERVICE = term(
        "service",
        vi="Dịch vụ",
        en="Service",
        definition_vi="Công việc làm cho người mua.",
        definition_en="Work that is done for the buyer.",
        source=_EXCHANGE,
    )
    IDEA = term(
        "idea",
        vi="Ý tưởng",
        en="Idea",
        definition_vi="Sáng kiến, bản quyền hoặc hiểu biết trao cho người mua.",
        definition_en="A concept, a right or knowledge that is passed to the buyer.",
        source=_EXCHANGE,
    )
