"""Individual customers by personality, and the style that leads in their scores."""

from __future__ import annotations

from khachhang.taxonomy._sources import INDIVIDUAL, LIBRARY
from khachhang.taxonomy.category import Category, term

_SECTION = f"{INDIVIDUAL} — Phân loại khách hàng cá nhân: theo tính cách"
_STYLES = f"{LIBRARY} — theo mô hình DISC"

_DOMINANCE = term(
    "dominance",
    vi="Quyết đoán (D)",
    en="Dominance",
    definition_vi="Người thẳng thắn, chọn nhanh và coi trọng kết quả.",
    definition_en="Plain-spoken, quick to choose, and set on results.",
    source=_STYLES,
)
_INFLUENCE = term(
    "influence",
    vi="Ảnh hưởng (I)",
    en="Influence",
    definition_vi="Người cởi mở, giàu cảm xúc, thích trò chuyện và thuyết phục.",
    definition_en="Open and warm, fond of talking and persuading.",
    source=_STYLES,
)
_STEADINESS = term(
    "steadiness",
    vi="Kiên định (S)",
    en="Steadiness",
    definition_vi="Người điềm tĩnh, ưa ổn định và cần thời gian để tin cậy.",
    definition_en="Calm, fond of stability, and slow to give trust.",
    source=_STYLES,
)
_CONSCIENTIOUSNESS = term(
    "conscientiousness",
    vi="Cẩn trọng (C)",
    en="Conscientiousness",
    definition_vi="Người tỉ mỉ, coi trọng số liệu, quy tắc và sự chính xác.",
    definition_en="Thorough, and mindful of figures, rules and accuracy.",
    source=_STYLES,
)


class Personality(
    Category,
    vi="Nhóm tính cách",
    en="Personality",
    definition_vi="Phong cách ứng xử nổi trội nhất của khách.",
    definition_en="The style that stands out most in how the customer behaves.",
    source=_SECTION,
):
    """The four styles of behaviour, for persons only.

    The source names personality as a basis and gives no groups; the four widely used DISC styles are taken.
    """

    DOMINANCE = _DOMINANCE
    INFLUENCE = _INFLUENCE
    STEADINESS = _STEADINESS
    CONSCIENTIOUSNESS = _CONSCIENTIOUSNESS


class LeadingStyle(
    Category,
    vi="Phong cách dẫn đầu",
    en="Leading style",
    definition_vi="Phong cách có điểm cao nhất của khách, hoặc tình trạng ngang điểm.",
    definition_en="The style with the customer's highest score, or that the highest is shared.",
    source=_STYLES,
):
    """Which of the four personality scores is the highest.

    A fact, not a facet: it has a value for a shared highest score, to which no `Personality` answers.
    """

    DOMINANCE = _DOMINANCE
    INFLUENCE = _INFLUENCE
    STEADINESS = _STEADINESS
    CONSCIENTIOUSNESS = _CONSCIENTIOUSNESS
    TIED = term(
        "tied",
        vi="Ngang điểm",
        en="Tied",
        definition_vi="Từ hai phong cách trở lên cùng đạt điểm cao nhất.",
        definition_en="Two or more styles share the highest score.",
        source=_STYLES,
    )
