"""How a party stands to the business."""

from __future__ import annotations

from khachhang.taxonomy._sources import CUSTOMER
from khachhang.taxonomy.category import Category, term

_INSIDE = f"{CUSTOMER} — Khách hàng trong doanh nghiệp"
_OUTSIDE = f"{CUSTOMER} — Khách hàng ngoài doanh nghiệp"
_INTERNAL = f"{CUSTOMER} — 8 kiểu khách hàng của doanh nghiệp: Khách hàng nội bộ"
_INTERMEDIARY = f"{CUSTOMER} — 8 kiểu khách hàng của doanh nghiệp: Khách hàng trung gian"


class TieKind(
    Category,
    vi="Quan hệ với bên bán",
    en="Tie to the seller",
    definition_vi="Ngoài việc mua, khách còn có quan hệ gì với bên bán.",
    definition_en="How the party stands to the seller apart from buying.",
    source=_OUTSIDE,
):
    """How a party stands to the business, apart from buying.

    The sources disagree about stakeholders: shareholders and other interested parties are taken as internal, residents
    and professional associations as external (`is_internal`).
    """

    EMPLOYEE_OF_DEPARTMENT = term(
        "employee_of_department",
        vi="Nhân viên bộ phận",
        en="Department employee",
        definition_vi="Đang làm tại một bộ phận của bên bán.",
        definition_en="Works in a department of the seller.",
        source=_INSIDE,
    )
    EMPLOYEE_OF_BRANCH = term(
        "employee_of_branch",
        vi="Nhân viên chi nhánh",
        en="Branch employee",
        definition_vi="Đang làm tại một chi nhánh của bên bán.",
        definition_en="Works at a branch of the seller.",
        source=_INSIDE,
    )
    EMPLOYEE = term(
        "employee",
        vi="Nhân viên chưa rõ đơn vị",
        en="Employee, unit not known",
        definition_vi="Đang làm cho bên bán mà chưa rõ ở bộ phận hay chi nhánh nào.",
        definition_en="Works for the seller; in which department or branch is not known.",
        source=_INSIDE,
    )
    SHAREHOLDER = term(
        "shareholder",
        vi="Cổ đông",
        en="Shareholder",
        definition_vi="Đang giữ cổ phần của bên bán.",
        definition_en="Holds shares in the seller.",
        source=_INTERNAL,
    )
    OTHER_INSIDER = term(
        "other_insider",
        vi="Người trong cuộc khác",
        en="Other insider",
        definition_vi="Gắn với nội bộ bên bán theo cách khác, không phải nhân viên hay cổ đông.",
        definition_en="Belongs inside the seller in some other way than as an employee or shareholder.",
        source=_INTERNAL,
    )
    SUPPLIER = term(
        "supplier",
        vi="Nhà cung cấp",
        en="Supplier",
        definition_vi="Cung cấp hàng hóa, dịch vụ cho bên bán.",
        definition_en="Supplies the seller with goods or services.",
        source=_OUTSIDE,
    )
    BANK = term(
        "bank",
        vi="Ngân hàng",
        en="Bank",
        definition_vi="Cung cấp dịch vụ ngân hàng cho bên bán.",
        definition_en="Provides the seller with banking services.",
        source=_OUTSIDE,
    )
    COMPETITOR = term(
        "competitor",
        vi="Đối thủ cạnh tranh",
        en="Competitor",
        definition_vi="Kinh doanh cùng thị trường và cạnh tranh với bên bán.",
        definition_en="Competes with the seller in the same market.",
        source=_OUTSIDE,
    )
    STATE_BODY = term(
        "state_body",
        vi="Cơ quan nhà nước",
        en="State body",
        definition_vi="Cơ quan công quyền có ảnh hưởng đến bên bán.",
        definition_en="A public authority whose decisions touch the seller.",
        source=_OUTSIDE,
    )
    VOLUNTARY_ORGANIZATION = term(
        "voluntary_organization",
        vi="Tổ chức tình nguyện, từ thiện",
        en="Voluntary organisation",
        definition_vi="Tổ chức thiện nguyện có quan hệ với bên bán.",
        definition_en="A charitable organisation that has to do with the seller.",
        source=_OUTSIDE,
    )
    RESIDENT = term(
        "resident",
        vi="Người dân địa phương",
        en="Local resident",
        definition_vi="Sống trong vùng bên bán hoạt động.",
        definition_en="Lives in the area where the seller operates.",
        source=_OUTSIDE,
    )
    PROFESSIONAL_ASSOCIATION = term(
        "professional_association",
        vi="Hội nghề nghiệp",
        en="Professional association",
        definition_vi="Hội của những người cùng nghề có liên quan đến bên bán.",
        definition_en="An association of a trade that concerns the seller.",
        source=_OUTSIDE,
    )
    RESELLER = term(
        "reseller",
        vi="Bên bán lại",
        en="Reseller",
        definition_vi="Mua của bên bán để bán tiếp.",
        definition_en="Buys from the seller in order to sell on.",
        source=_INTERMEDIARY,
    )

    @property
    def is_internal(self) -> bool:
        """Whether the tie puts the party inside the business: employees, shareholders and other insiders.

        >>> TieKind.SHAREHOLDER.is_internal, TieKind.SUPPLIER.is_internal
        (True, False)
        """
        return self in _INTERNAL_KINDS


_INTERNAL_KINDS = frozenset(
    {
        TieKind.EMPLOYEE_OF_DEPARTMENT,
        TieKind.EMPLOYEE_OF_BRANCH,
        TieKind.EMPLOYEE,
        TieKind.SHAREHOLDER,
        TieKind.OTHER_INSIDER,
    }
)
