"""By what a party is identified and reached: kinds of numbers and papers, kinds of contact data."""

from __future__ import annotations

from khachhang.taxonomy._sources import LIBRARY
from khachhang.taxonomy.category import Category, term


class IdentifierKind(
    Category,
    vi="Loại mã số, giấy tờ",
    en="Kind of identifier",
    definition_vi="Mã số hoặc giấy tờ dùng để xác định đúng một cá nhân hay tổ chức.",
    definition_en="Which number or paper tells one person or organisation from all others.",
    source=LIBRARY,
):
    """What sort of number or paper identifies a party."""

    TAX_CODE = term(
        "tax_code",
        vi="Mã số thuế",
        en="Tax code",
        definition_vi="Mã số dùng khi kê khai, nộp thuế; cá nhân nay dùng luôn số định danh làm mã số thuế.",
        definition_en="The number used for taxes; that of an individual is now the citizen number.",
        source=LIBRARY,
    )
    CITIZEN_NUMBER = term(
        "citizen_number",
        vi="Số định danh cá nhân",
        en="Citizen number",
        definition_vi="Dãy số riêng của mỗi công dân Việt Nam, in trên thẻ căn cước.",
        definition_en="The number of a Vietnamese citizen, as printed on the identity card.",
        source=LIBRARY,
    )
    PASSPORT = term(
        "passport",
        vi="Hộ chiếu",
        en="Passport",
        definition_vi="Số hộ chiếu do một quốc gia cấp.",
        definition_en="The number of a passport of any country.",
        source=LIBRARY,
    )
    OTHER = term(
        "other",
        vi="Mã số, giấy tờ khác",
        en="Other identifier",
        definition_vi="Mã số hoặc giấy tờ không thuộc các loại kể trên.",
        definition_en="Any other number or paper.",
        source=LIBRARY,
    )


class ContactKind(
    Category,
    vi="Cách liên lạc",
    en="Kind of contact",
    definition_vi="Con đường để tìm đến hoặc liên lạc với khách.",
    definition_en="The way in which a party can be reached.",
    source=LIBRARY,
):
    """By what way a party can be reached."""

    PHONE = term(
        "phone",
        vi="Điện thoại",
        en="Phone",
        definition_vi="Số điện thoại di động hoặc cố định.",
        definition_en="The number of a mobile or fixed telephone.",
        source=LIBRARY,
    )
    EMAIL = term(
        "email",
        vi="Email",
        en="Email",
        definition_vi="Địa chỉ thư điện tử.",
        definition_en="An address for electronic mail.",
        source=LIBRARY,
    )
    ADDRESS = term(
        "address",
        vi="Địa chỉ",
        en="Address",
        definition_vi="Nơi ở hoặc nơi làm việc, có thể gửi thư, giao hàng tới.",
        definition_en="A place where letters and parcels arrive.",
        source=LIBRARY,
    )
    OTHER = term(
        "other",
        vi="Cách liên lạc khác",
        en="Other contact",
        definition_vi="Cách liên lạc không thuộc các loại kể trên, như tài khoản mạng xã hội.",
        definition_en="Any other way, such as an account on a social site.",
        source=LIBRARY,
    )
