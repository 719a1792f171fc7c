"""The seller: the industry that a business is in."""

from __future__ import annotations

from khachhang.taxonomy._sources import CUSTOMER, LIBRARY
from khachhang.taxonomy.category import Category, term

_CLIENT = f"{CUSTOMER} — Khách hàng là gì?: Khách hàng - Client"
_CUSTOMER = f"{CUSTOMER} — Khách hàng là gì?: Khách hàng - Customer"


class Industry(
    Category,
    vi="Ngành kinh doanh",
    en="Industry",
    definition_vi="Ngành mà bên bán hoạt động.",
    definition_en="The line of business that the seller is in.",
    source=_CLIENT,
):
    """The industries that the source names when it sets clients and customers apart, and one for all the rest.

    Which of the two an industry speaks of is told by `Engagement.industries`.
    """

    LAW_FIRM = term(
        "law_firm",
        vi="Công ty luật",
        en="Law firm",
        definition_vi="Tư vấn và đại diện về pháp luật.",
        definition_en="Advises and represents people in matters of law.",
        source=_CLIENT,
    )
    DESIGN_STUDIO = term(
        "design_studio",
        vi="Xưởng thiết kế",
        en="Design studio",
        definition_vi="Làm dịch vụ thiết kế.",
        definition_en="Designs on commission.",
        source=_CLIENT,
    )
    ACCOUNTING_FIRM = term(
        "accounting_firm",
        vi="Công ty kế toán",
        en="Accounting firm",
        definition_vi="Làm dịch vụ kế toán, kiểm toán.",
        definition_en="Keeps or audits accounts for others.",
        source=_CLIENT,
    )
    HEALTHCARE_PROVIDER = term(
        "healthcare_provider",
        vi="Cơ sở y tế",
        en="Healthcare provider",
        definition_vi="Khám, chữa bệnh và chăm sóc sức khỏe.",
        definition_en="Examines, treats and cares for patients.",
        source=_CLIENT,
    )
    INSURANCE_AGENCY = term(
        "insurance_agency",
        vi="Đơn vị bảo hiểm",
        en="Insurance agency",
        definition_vi="Bán và tư vấn bảo hiểm.",
        definition_en="Sells insurance and advises on it.",
        source=_CLIENT,
    )
    ADVERTISING_AGENCY = term(
        "advertising_agency",
        vi="Công ty quảng cáo",
        en="Advertising agency",
        definition_vi="Làm dịch vụ quảng cáo.",
        definition_en="Plans and makes advertising for others.",
        source=_CLIENT,
    )
    REAL_ESTATE = term(
        "real_estate",
        vi="Bất động sản",
        en="Real estate",
        definition_vi="Mua bán, cho thuê, môi giới nhà đất.",
        definition_en="Sells, lets or brokers land and buildings.",
        source=_CLIENT,
    )
    FINANCE = term(
        "finance",
        vi="Dịch vụ tài chính",
        en="Finance",
        definition_vi="Làm dịch vụ tài chính ngoài ngân hàng.",
        definition_en="Offers financial services other than those of a bank.",
        source=_CLIENT,
    )
    INVESTMENT = term(
        "investment",
        vi="Đầu tư",
        en="Investment",
        definition_vi="Tư vấn và quản lý đầu tư.",
        definition_en="Advises on investments and manages them.",
        source=_CLIENT,
    )
    COMMUNICATIONS = term(
        "communications",
        vi="Truyền thông",
        en="Communications",
        definition_vi="Làm dịch vụ truyền thông.",
        definition_en="Offers media and public relations services.",
        source=_CLIENT,
    )
    RETAIL_SHOP = term(
        "retail_shop",
        vi="Cửa hàng bán lẻ",
        en="Retail shop",
        definition_vi="Bán lẻ hàng hóa cho người dùng.",
        definition_en="Sells goods in small amounts to those who use them.",
        source=_CUSTOMER,
    )
    RESTAURANT = term(
        "restaurant",
        vi="Nhà hàng",
        en="Restaurant",
        definition_vi="Phục vụ ăn uống.",
        definition_en="Serves food and drink.",
        source=_CUSTOMER,
    )
    SUPERMARKET = term(
        "supermarket",
        vi="Siêu thị",
        en="Supermarket",
        definition_vi="Bán lẻ tự chọn nhiều mặt hàng.",
        definition_en="Sells a wide range of goods by self-service.",
        source=_CUSTOMER,
    )
    BANK = term(
        "bank",
        vi="Ngân hàng",
        en="Bank",
        definition_vi="Nhận tiền gửi, cho vay và thanh toán.",
        definition_en="Takes deposits, lends and makes payments.",
        source=_CUSTOMER,
    )
    SERVICE_STATION = term(
        "service_station",
        vi="Trạm dịch vụ (xăng dầu, BOT)",
        en="Service station",
        definition_vi="Trạm xăng dầu, trạm thu phí đường bộ.",
        definition_en="Sells fuel by the road, or collects road tolls.",
        source=_CUSTOMER,
    )
    AMUSEMENT_PARK = term(
        "amusement_park",
        vi="Công viên giải trí",
        en="Amusement park",
        definition_vi="Phục vụ vui chơi giải trí.",
        definition_en="Offers rides and entertainment.",
        source=_CUSTOMER,
    )
    OTHER = term(
        "other",
        vi="Ngành khác",
        en="Other industry",
        definition_vi="Ngành không có trong danh sách.",
        definition_en="Any industry that is not in the list.",
        source=LIBRARY,
    )
