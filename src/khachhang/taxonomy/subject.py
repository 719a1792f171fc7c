"""In what capacity customers buy: as individuals or for a business (theo tư cách chủ thể)."""

from __future__ import annotations

import attrs

from khachhang.taxonomy._sources import CUSTOMER, INDIVIDUAL
from khachhang.taxonomy.category import Category, Words, term

_SECTION = f"{CUSTOMER} — Phân loại khách hàng: theo tư cách chủ thể"
_PRIVATE = f"{INDIVIDUAL} — Khách hàng cá nhân là gì?"
_FOR_OTHERS = f"{INDIVIDUAL} — Phân biệt khách hàng cá nhân và khách hàng doanh nghiệp"


@attrs.frozen
class Contrast:
    """One point in which individual and business customers differ.

    Args:
        aspect: What is compared.
        individual: How it is with individual customers.
        business: How it is with business customers.
    """

    aspect: Words
    individual: Words
    business: Words


class Subject(
    Category,
    vi="Tư cách chủ thể",
    en="Subject",
    definition_vi="Khách mua với tư cách cá nhân hay thay mặt một tổ chức.",
    definition_en="Whether the customer buys as an individual or on behalf of an organisation.",
    source=_SECTION,
):
    """In what capacity a customer buys.

    The capacity counts, not the number of people: one person who buys for a company is a business customer, and a
    family that buys for itself is an individual one.
    """

    INDIVIDUAL = term(
        "individual",
        vi="Khách hàng cá nhân",
        en="Individual customer",
        definition_vi=(
            "Người hoặc nhóm người tự quyết định mua để dùng cho mình, người thân, bạn bè hay để tặng, không thay "
            "mặt tổ chức nào."
        ),
        definition_en=(
            "A person or group that decides for itself and buys for its own use, for family or friends, or as a "
            "gift, representing no organisation."
        ),
        source=_PRIVATE,
    )
    BUSINESS = term(
        "business",
        vi="Khách hàng doanh nghiệp",
        en="Business customer",
        definition_vi="Tổ chức, hoặc người và nhóm người đứng ra mua vì nhu cầu và lợi ích của một tổ chức.",
        definition_en="An organisation, or a person or group that buys for the needs and in the interest of one.",
        source=_FOR_OTHERS,
    )

    @classmethod
    def contrasts(cls) -> tuple[Contrast, ...]:
        """The seven points in which the two kinds of customer differ, as the sources tell them apart.

        Source: the individual-customer document, on what marks individual customers and how business customers differ.

        >>> Subject.contrasts()[0].aspect.en
        'Headcount'
        """
        return _CONTRASTS


_CONTRASTS = (
    Contrast(
        aspect=Words(vi="Số lượng khách", en="Headcount"),
        individual=Words(vi="Rất đông và ngày càng đông thêm.", en="Very many, and ever more."),
        business=Words(vi="Ít hơn nhiều.", en="Far fewer."),
    ),
    Contrast(
        aspect=Words(vi="Lượng và giá trị mỗi lần mua", en="Quantity and value of one purchase"),
        individual=Words(
            vi="Nhỏ trong từng lần, nhưng cộng tất cả lại thì rất lớn.",
            en="Small each time, though huge when all are added up.",
        ),
        business=Words(vi="Lớn trong từng lần.", en="Large each time."),
    ),
    Contrast(
        aspect=Words(vi="Tiếp cận và thuyết phục", en="Reach and persuasion"),
        individual=Words(vi="Dễ gặp và dễ thuyết phục.", en="Easy to reach and to persuade."),
        business=Words(vi="Khó gặp và khó thuyết phục.", en="Hard to reach and to persuade."),
    ),
    Contrast(
        aspect=Words(vi="Sự thay đổi của nhu cầu", en="Change of need"),
        individual=Words(vi="Hay đổi và tăng dần theo thời gian.", en="Changes often, and grows."),
        business=Words(vi="Lâu mới đổi.", en="Seldom changes."),
    ),
    Contrast(
        aspect=Words(vi="Nhân khẩu học", en="Demography"),
        individual=Words(
            vi="Đa dạng về tuổi, giới tính, nghề nghiệp, thu nhập.", en="Varied in age, gender, occupation and income."
        ),
        business=Words(vi="Không đa dạng như thế.", en="Not varied in such ways."),
    ),
    Contrast(
        aspect=Words(vi="Điều chi phối quyết định", en="What decides"),
        individual=Words(
            vi="Cảm xúc, ý muốn riêng và hoàn cảnh của người mua.",
            en="The buyer's feelings, own wishes and circumstances.",
        ),
        business=Words(vi="Nhu cầu và lợi ích của tổ chức.", en="The needs and the interest of the organisation."),
    ),
    Contrast(
        aspect=Words(vi="Người dùng cuối cùng", en="Final consumer"),
        individual=Words(vi="Đúng: mua về để tiêu dùng.", en="Yes: bought to be consumed."),
        business=Words(
            vi="Không: mua cho tổ chức hoạt động hoặc để bán tiếp.",
            en="No: bought to run the organisation, or to be sold on.",
        ),
    ),
)
