"""Where a new customer comes from."""

from __future__ import annotations

from khachhang.taxonomy._sources import CUSTOMER
from khachhang.taxonomy.category import Category, term

_NEW = f"{CUSTOMER} — 8 kiểu khách hàng của doanh nghiệp: Khách hàng mới"


class Origin(
    Category,
    vi="Nguồn khách mới",
    en="Origin",
    definition_vi="Khách mới biết đến ngành hàng hay từ thương hiệu khác chuyển sang.",
    definition_en="Whether the customer is new to the field or came over from another brand.",
    source=_NEW,
):
    """Where a customer was before buying here."""

    NEW_TO_FIELD = term(
        "new_to_field",
        vi="Mới biết đến ngành hàng",
        en="New to the field",
        definition_vi="Trước đây khách chưa dùng loại sản phẩm, dịch vụ này của bên nào.",
        definition_en="The customer had used nothing of the kind before, from anyone.",
        source=_NEW,
    )
    SWITCHED_BRAND = term(
        "switched_brand",
        vi="Chuyển từ thương hiệu khác",
        en="Switched brand",
        definition_vi="Trước đây khách dùng của một thương hiệu khác.",
        definition_en="The customer used another brand before.",
        source=_NEW,
    )
