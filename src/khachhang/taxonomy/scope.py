"""Customers inside and outside the organisation, by kind (bên trong, bên ngoài)."""

from __future__ import annotations

from khachhang.taxonomy._sources import CUSTOMER
from khachhang.taxonomy.category import Category, term

_SECTION = f"{CUSTOMER} — Phân loại khách hàng theo các khái niệm khách hàng"
_INSIDE = f"{CUSTOMER} — Khách hàng trong doanh nghiệp"
_OUTSIDE = f"{CUSTOMER} — Khách hàng ngoài doanh nghiệp"
_INTERNAL = f"{CUSTOMER} — 8 kiểu khách hàng của doanh nghiệp: Khách hàng nội bộ"


class Scope(
    Category,
    vi="Bên trong hay bên ngoài",
    en="Scope",
    definition_vi="Vị trí của khách so với tổ chức của bên bán.",
    definition_en="Where the customer stands in relation to the seller's organisation.",
    source=_SECTION,
):
    """Where a customer stands, inside or outside the organisation, and as what.

    The sources disagree about stakeholders: shareholders and other interested parties are taken as inside, residents
    and professional associations as outside.
    """

    DEPARTMENT = term(
        "department",
        vi="Nhân viên các bộ phận",
        en="Department staff",
        definition_vi="Người đang làm tại một bộ phận, phòng ban của bên bán.",
        definition_en="Someone who works in a department of the seller.",
        source=_INSIDE,
    )
    BRANCH = term(
        "branch",
        vi="Nhân viên chi nhánh",
        en="Branch staff",
        definition_vi="Người đang làm tại một chi nhánh của bên bán.",
        definition_en="Someone who works at a branch of the seller.",
        source=_INSIDE,
    )
    EMPLOYEE = term(
        "employee",
        vi="Nhân viên chưa rõ đơn vị",
        en="Staff, unit not known",
        definition_vi="Người đang làm cho bên bán mà chưa rõ ở bộ phận hay chi nhánh nào.",
        definition_en="Someone who works for the seller; in which department or branch is not known.",
        source=_INSIDE,
    )
    SHAREHOLDER = term(
        "shareholder",
        vi="Cổ đông",
        en="Shareholder",
        definition_vi="Người hoặc tổ chức đang giữ cổ phần của bên bán.",
        definition_en="A person or organisation that holds shares in the seller.",
        source=_INTERNAL,
    )
    OTHER_INSIDER = term(
        "other_insider",
        vi="Người trong cuộc khác",
        en="Other insider",
        definition_vi="Người hoặc bên gắn với nội bộ bên bán mà không phải nhân viên hay cổ đông.",
        definition_en="A party inside the seller's organisation that is neither an employee nor a shareholder.",
        source=_INTERNAL,
    )
    INDIVIDUAL = term(
        "individual",
        vi="Cá nhân bên ngoài",
        en="Outside individual",
        definition_vi="Người hoặc nhóm người bên ngoài, không có ràng buộc đặc biệt nào với bên bán.",
        definition_en="A person or group outside the organisation, with no particular tie to the seller.",
        source=_OUTSIDE,
    )
    PARTNER = term(
        "partner",
        vi="Đối tác và bên kinh doanh liên quan",
        en="Partner or related trader",
        definition_vi="Bên kinh doanh có liên quan đến bên bán: nhà cung cấp, bên bán lại, ngân hàng hoặc đối thủ.",
        definition_en="A supplier, reseller, bank or competitor that has to do with the seller.",
        source=_OUTSIDE,
    )
    STATE_AGENCY = term(
        "state_agency",
        vi="Cơ quan nhà nước",
        en="State agency",
        definition_vi="Cơ quan công quyền có quan hệ hoặc ảnh hưởng đến bên bán.",
        definition_en="A public authority that deals with the seller or whose decisions touch it.",
        source=_OUTSIDE,
    )
    VOLUNTARY_ORGANIZATION = term(
        "voluntary_organization",
        vi="Tổ chức tình nguyện, từ thiện",
        en="Voluntary or charity organisation",
        definition_vi="Tổ chức hoạt động thiện nguyện, không vì lợi nhuận.",
        definition_en="An organisation that works for a good cause and not for profit.",
        source=_OUTSIDE,
    )
    COMMUNITY = term(
        "community",
        vi="Cộng đồng và hội nghề nghiệp",
        en="Community and professional associations",
        definition_vi="Bên liên quan ở ngoài, như người dân quanh nơi hoạt động hoặc hội nghề nghiệp.",
        definition_en="Interested parties outside, such as residents of the area and professional associations.",
        source=_OUTSIDE,
    )
    ORGANIZATION = term(
        "organization",
        vi="Doanh nghiệp, tổ chức khác",
        en="Other organisation",
        definition_vi="Tổ chức bên ngoài không thuộc các nhóm kể trên.",
        definition_en="An organisation outside that is none of the above.",
        source=_OUTSIDE,
    )
