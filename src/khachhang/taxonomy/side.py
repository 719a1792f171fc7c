"""Customers inside or outside the organisation, and no further (nội bộ, bên ngoài)."""

from __future__ import annotations

from khachhang.taxonomy._sources import INDIVIDUAL
from khachhang.taxonomy.category import Category, term

_SECTION = f"{INDIVIDUAL} — Phân loại khách hàng cá nhân: ngành Ngân hàng"


class Side(
    Category,
    vi="Nội bộ hay bên ngoài",
    en="Side",
    definition_vi="Khách đứng ở phía trong hay phía ngoài tổ chức của bên bán.",
    definition_en="Whether the customer stands inside or outside the seller's organisation.",
    source=_SECTION,
):
    """The two halves of `Scope` alone.

    A facet of its own, since banks divide their individual customers so and no further.
    """

    INTERNAL = term(
        "internal",
        vi="Nội bộ",
        en="Internal",
        definition_vi="Khách thuộc về tổ chức của bên bán.",
        definition_en="The customer belongs to the seller's organisation.",
        source=_SECTION,
    )
    EXTERNAL = term(
        "external",
        vi="Bên ngoài",
        en="External",
        definition_vi="Khách không thuộc về tổ chức của bên bán.",
        definition_en="The customer does not belong to the seller's organisation.",
        source=_SECTION,
    )
