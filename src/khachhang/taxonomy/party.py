"""Who a customer is: kinds of party, declared capacity, gender, kinds of organisation."""

from __future__ import annotations

from khachhang.taxonomy._sources import CUSTOMER, INDIVIDUAL, LIBRARY
from khachhang.taxonomy.category import Category, term

_WHAT = f"{CUSTOMER} — Khách hàng là gì?"
_CAPACITY = f"{CUSTOMER} — Phân loại khách hàng: theo tư cách chủ thể"
_TRAITS = f"{INDIVIDUAL} — Đặc điểm nổi bật của khách hàng cá nhân"
_OUTSIDE = f"{CUSTOMER} — Khách hàng ngoài doanh nghiệp"


class PartyKind(
    Category,
    vi="Loại chủ thể",
    en="Kind of party",
    definition_vi="Khách là một con người, một tổ chức hay một nhóm người.",
    definition_en="Whether the customer is one human being, an organisation or several people together.",
    source=_WHAT,
):
    """What sort of party a customer is."""

    PERSON = term(
        "person",
        vi="Cá nhân",
        en="Person",
        definition_vi="Một con người cụ thể.",
        definition_en="One human being.",
        source=_WHAT,
    )
    ORGANIZATION = term(
        "organization",
        vi="Tổ chức",
        en="Organisation",
        definition_vi="Doanh nghiệp, cơ quan, hội hoặc đơn vị có tư cách riêng.",
        definition_en="A company, public body, association or other unit that acts in its own name.",
        source=_WHAT,
    )
    GROUP = term(
        "group",
        vi="Nhóm người",
        en="Group",
        definition_vi="Nhiều người cùng hành động mà không lập thành tổ chức.",
        definition_en="Several people who act together without forming an organisation.",
        source=_WHAT,
    )


class Capacity(
    Category,
    vi="Tư cách khai báo",
    en="Declared capacity",
    definition_vi="Điều khách tự khai về việc mua cho mình hay mua thay cho tổ chức.",
    definition_en="What the customer has said about buying privately or on behalf of an organisation.",
    source=_CAPACITY,
):
    """In what capacity a customer has declared to buy.

    That nothing was declared is knowledge too, and so has a label of its own.
    """

    INDIVIDUAL = term(
        "individual",
        vi="Tư cách cá nhân",
        en="As an individual",
        definition_vi="Khách khai rằng mình mua cho nhu cầu riêng.",
        definition_en="The customer has said that they buy for their own needs.",
        source=_CAPACITY,
    )
    BUSINESS = term(
        "business",
        vi="Thay mặt tổ chức",
        en="For an organisation",
        definition_vi="Khách khai rằng mình mua thay cho một tổ chức.",
        definition_en="The customer has said that they buy for an organisation.",
        source=_CAPACITY,
    )
    UNDECLARED = term(
        "undeclared",
        vi="Không khai tư cách",
        en="Undeclared",
        definition_vi="Đã biết rằng khách không khai mua với tư cách nào.",
        definition_en="The customer is known to have declared no capacity.",
        source=LIBRARY,
    )


class Gender(
    Category,
    vi="Giới tính",
    en="Gender",
    definition_vi="Giới tính của người khách.",
    definition_en="The gender of a customer who is a person.",
    source=_TRAITS,
):
    """The gender of a person, as far as it was given."""

    FEMALE = term(
        "female",
        vi="Nữ",
        en="Female",
        definition_vi="Khách có giới tính nữ.",
        definition_en="The customer is a woman or a girl.",
        source=LIBRARY,
    )
    MALE = term(
        "male",
        vi="Nam",
        en="Male",
        definition_vi="Khách có giới tính nam.",
        definition_en="The customer is a man or a boy.",
        source=LIBRARY,
    )
    OTHER = term(
        "other",
        vi="Khác",
        en="Other",
        definition_vi="Khách có giới tính khác nam và nữ.",
        definition_en="The customer's gender is neither female nor male.",
        source=LIBRARY,
    )


class OrganizationKind(
    Category,
    vi="Loại tổ chức",
    en="Kind of organisation",
    definition_vi="Tổ chức của khách thuộc loại nào.",
    definition_en="What sort of organisation the customer is.",
    source=_OUTSIDE,
):
    """What sort of organisation a party is."""

    COMPANY = term(
        "company",
        vi="Công ty",
        en="Company",
        definition_vi="Doanh nghiệp thành lập để kinh doanh.",
        definition_en="An enterprise set up to do business.",
        source=_TRAITS,
    )
    SHOP = term(
        "shop",
        vi="Cửa hàng, hộ kinh doanh",
        en="Shop",
        definition_vi="Đơn vị buôn bán nhỏ, như cửa hàng hay hộ kinh doanh.",
        definition_en="A small trading unit, such as a shop or a household business.",
        source=_TRAITS,
    )
    STATE_AGENCY = term(
        "state_agency",
        vi="Cơ quan nhà nước",
        en="State agency",
        definition_vi="Đơn vị thuộc bộ máy nhà nước.",
        definition_en="A unit of the machinery of the state.",
        source=_OUTSIDE,
    )
    VOLUNTARY_ORGANIZATION = term(
        "voluntary_organization",
        vi="Tổ chức tình nguyện, từ thiện",
        en="Voluntary or charity organisation",
        definition_vi="Tổ chức thiện nguyện, không vì lợi nhuận.",
        definition_en="An organisation that works for a good cause and not for profit.",
        source=_OUTSIDE,
    )
    PROFESSIONAL_ASSOCIATION = term(
        "professional_association",
        vi="Hội nghề nghiệp",
        en="Professional association",
        definition_vi="Hội của những người hoặc đơn vị cùng nghề.",
        definition_en="An association of people or firms of the same trade.",
        source=_OUTSIDE,
    )
