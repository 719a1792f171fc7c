"""What customers bring to the business (vai trò của khách hàng đối với doanh nghiệp)."""

from __future__ import annotations

from khachhang.taxonomy._sources import CUSTOMER
from khachhang.taxonomy.category import Category, term

_SECTION = f"{CUSTOMER} — Vai trò của khách hàng đối với doanh nghiệp"


class Contribution(
    Category,
    vi="Vai trò đóng góp",
    en="Contribution",
    definition_vi="Những điều khách đóng góp cho bên bán.",
    definition_en="What the customer contributes to the seller.",
    source=_SECTION,
):
    """What a customer brings to the business; one customer may bring several things."""

    IMPROVES_PRODUCT = term(
        "improves_product",
        vi="Giúp cải thiện sản phẩm, dịch vụ",
        en="Improves the product",
        definition_vi="Khách nêu ý kiến để bên bán hoàn thiện sản phẩm, dịch vụ.",
        definition_en="Says what helps the seller to make its products and services better.",
        source=f"{_SECTION}: Giúp doanh nghiệp cải thiện sản phẩm hoặc dịch vụ",
    )
    SHAPES_STRATEGY = term(
        "shapes_strategy",
        vi="Góp phần định hình chiến lược",
        en="Shapes strategy",
        definition_vi="Khách trả lời khảo sát, làm căn cứ cho kế hoạch kinh doanh.",
        definition_en="Answers surveys on which business plans can rest.",
        source=f"{_SECTION}: Có chiến lược kinh doanh tốt hơn",
    )
    GUIDES_EXPANSION = term(
        "guides_expansion",
        vi="Định hướng việc mở rộng",
        en="Guides expansion",
        definition_vi="Khách cho ý kiến về địa điểm mới, sáp nhập, mua lại hoặc liên doanh.",
        definition_en="Gives a view on a new place, a merger, an acquisition or a joint venture.",
        source=f"{_SECTION}: Mở rộng công ty",
    )
    BRINGS_PROFIT = term(
        "brings_profit",
        vi="Mang lại nguồn thu, lợi nhuận",
        en="Brings profit",
        definition_vi="Khách chi tiền mua hàng, trừ phần trả lại vẫn còn dương.",
        definition_en="Spends money with the seller, and more than is given back for returns.",
        source=f"{_SECTION}: Tăng trưởng khả năng sinh lời",
    )
    SELLS_FOR_US = term(
        "sells_for_us",
        vi="Giúp bán hàng qua truyền miệng",
        en="Sells for us",
        definition_vi="Khách giới thiệu, chia sẻ hoặc khen ngợi để người khác tìm đến.",
        definition_en="Recommends, shares or praises, so that others come.",
        source=f"{_SECTION}: Khách hàng là một nhân tố bán hàng tiềm năng",
    )
    STRENGTHENS_RELATIONSHIP = term(
        "strengthens_relationship",
        vi="Giúp vun đắp quan hệ",
        en="Strengthens the relationship",
        definition_vi="Khách để bên bán gỡ khúc mắc hoặc đáp lại khi được chăm sóc, nhờ đó quan hệ bền hơn.",
        definition_en="Lets the seller settle a complaint or answers when cared for, so that the relation lasts.",
        source=f"{_SECTION}: Giúp cải thiện và duy trì mối quan hệ khách hàng",
    )
    MEASURES_VALUE = term(
        "measures_value",
        vi="Là thước đo giá trị",
        en="Measures value",
        definition_vi="Khách chấm điểm hoặc đánh giá, cho thấy giá trị thật của bên bán.",
        definition_en="Rates or reviews, and so shows what the seller is really worth.",
        source=f"{_SECTION}: Là thước đo giá trị của khách hàng về doanh nghiệp",
    )
