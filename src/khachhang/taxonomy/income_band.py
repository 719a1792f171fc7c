"""Individual customers by income (theo thu nhập)."""

from __future__ import annotations

from khachhang.taxonomy._sources import INDIVIDUAL, LIBRARY
from khachhang.taxonomy.category import Category, term

_SECTION = f"{INDIVIDUAL} — Phân loại khách hàng cá nhân: theo thu nhập"
_BANDS = f"{LIBRARY} — theo năm nhóm thu nhập của khảo sát hộ gia đình"


class IncomeBand(
    Category,
    vi="Bậc thu nhập",
    en="Income band",
    definition_vi="Nhóm của khách khi xếp theo thu nhập hằng tháng.",
    definition_en="The group a customer falls in when customers are ordered by monthly income.",
    source=_SECTION,
):
    """Five income bands in rising order, for persons only.

    The source names income as a basis and gives no bands; five are taken, as household surveys do. Where one ends and
    the next begins is never fixed here: a policy gives the cut points, or they are fitted on a population.
    """

    LOWEST = term(
        "lowest",
        vi="Thu nhập thấp nhất",
        en="Lowest income",
        definition_vi="Bậc đầu tiên khi xếp khách theo thu nhập tăng dần.",
        definition_en="The first band when customers are ordered by rising income.",
        source=_BANDS,
    )
    LOWER = term(
        "lower",
        vi="Thu nhập dưới trung bình",
        en="Lower income",
        definition_vi="Bậc thứ hai khi xếp khách theo thu nhập tăng dần.",
        definition_en="The second band when customers are ordered by rising income.",
        source=_BANDS,
    )
    MIDDLE = term(
        "middle",
        vi="Thu nhập trung bình",
        en="Middle income",
        definition_vi="Bậc đứng giữa khi xếp khách theo thu nhập tăng dần.",
        definition_en="The band in the middle when customers are ordered by rising income.",
        source=_BANDS,
    )
    HIGHER = term(
        "higher",
        vi="Thu nhập khá",
        en="Higher income",
        definition_vi="Bậc thứ tư khi xếp khách theo thu nhập tăng dần.",
        definition_en="The fourth band when customers are ordered by rising income.",
        source=_BANDS,
    )
    HIGHEST = term(
        "highest",
        vi="Thu nhập cao nhất",
        en="Highest income",
        definition_vi="Bậc cuối cùng khi xếp khách theo thu nhập tăng dần.",
        definition_en="The last band when customers are ordered by rising income.",
        source=_BANDS,
    )
