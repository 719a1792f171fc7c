"""How customer and seller were in touch: kind, topic, sentiment, channel."""

from __future__ import annotations

from khachhang.taxonomy._sources import CUSTOMER, INDIVIDUAL, LIBRARY
from khachhang.taxonomy.category import Category, term

_IMPROVE = f"{CUSTOMER} — Vai trò của khách hàng: Giúp doanh nghiệp cải thiện sản phẩm hoặc dịch vụ"
_EXPAND = f"{CUSTOMER} — Vai trò của khách hàng: Mở rộng công ty"
_PROFIT = f"{CUSTOMER} — Vai trò của khách hàng: Tăng trưởng khả năng sinh lời"
_SELL = f"{CUSTOMER} — Vai trò của khách hàng: Khách hàng là một nhân tố bán hàng tiềm năng"
_KEEP = f"{CUSTOMER} — Vai trò của khách hàng: Giúp cải thiện và duy trì mối quan hệ khách hàng"
_AIMED = f"{CUSTOMER} — Khái niệm khách hàng"
_OUTSIDE = f"{CUSTOMER} — Khách hàng ngoài doanh nghiệp"
_CARE = f"{INDIVIDUAL} — Kỹ năng cần có đối với chuyên viên khách hàng cá nhân"


class InteractionKind(
    Category,
    vi="Loại tương tác",
    en="Kind of interaction",
    definition_vi="Khách và bên bán đã tiếp xúc với nhau theo cách nào.",
    definition_en="In what way the customer and the seller were in touch.",
    source=_KEEP,
):
    """What an interaction is.

    The last three are what the business sends out by itself; they are no dealings (`is_dealing`).
    """

    ENQUIRY = term(
        "enquiry",
        vi="Hỏi thông tin",
        en="Enquiry",
        definition_vi="Khách hỏi về sản phẩm, dịch vụ hay cách mua.",
        definition_en="The customer asks about a product, a service or how to buy.",
        source=LIBRARY,
    )
    VISIT = term(
        "visit",
        vi="Ghé thăm",
        en="Visit",
        definition_vi="Khách đến nơi bán hoặc vào trang của bên bán.",
        definition_en="The customer comes to the seller's premises or site.",
        source=LIBRARY,
    )
    SURVEY = term(
        "survey",
        vi="Trả lời khảo sát",
        en="Survey answered",
        definition_vi="Khách trả lời một cuộc khảo sát của bên bán.",
        definition_en="The customer answers a survey of the seller.",
        source=_IMPROVE,
    )
    FEEDBACK = term(
        "feedback",
        vi="Góp ý",
        en="Feedback",
        definition_vi="Khách tự nêu ý kiến với bên bán.",
        definition_en="The customer tells the seller an opinion unasked.",
        source=_KEEP,
    )
    REVIEW = term(
        "review",
        vi="Đánh giá",
        en="Review",
        definition_vi="Khách nhận xét công khai về sản phẩm, dịch vụ.",
        definition_en="The customer judges a product or service in public.",
        source=_SELL,
    )
    COMPLAINT = term(
        "complaint",
        vi="Khiếu nại",
        en="Complaint",
        definition_vi="Khách phản ánh điều chưa vừa ý và chờ giải quyết.",
        definition_en="The customer reports something unsatisfactory and waits for it to be put right.",
        source=_KEEP,
    )
    REFERRAL = term(
        "referral",
        vi="Giới thiệu khách",
        en="Referral",
        definition_vi="Khách giới thiệu bên bán với người khác.",
        definition_en="The customer recommends the seller to someone else.",
        source=_SELL,
    )
    SHARE = term(
        "share",
        vi="Chia sẻ trên mạng xã hội",
        en="Social share",
        definition_vi="Khách chia sẻ về bên bán trên mạng xã hội.",
        definition_en="The customer posts about the seller on a social site.",
        source=_SELL,
    )
    CARE_CALL = term(
        "care_call",
        vi="Liên hệ chăm sóc",
        en="Care call",
        definition_vi="Bên bán chủ động liên hệ để hỏi thăm, chăm sóc khách.",
        definition_en="The seller gets in touch to ask how the customer is doing.",
        source=_CARE,
    )
    CAMPAIGN = term(
        "campaign",
        vi="Chiến dịch tiếp thị",
        en="Marketing campaign",
        definition_vi="Bên bán gửi nội dung tiếp thị đến khách.",
        definition_en="The seller sends the customer marketing.",
        source=_AIMED,
    )
    NEWSLETTER = term(
        "newsletter",
        vi="Bản tin",
        en="Newsletter",
        definition_vi="Bên bán gửi tin tức định kỳ đến khách.",
        definition_en="The seller sends the customer its regular news.",
        source=_KEEP,
    )
    APOLOGY = term(
        "apology",
        vi="Lời xin lỗi",
        en="Apology",
        definition_vi="Bên bán gửi lời xin lỗi hoặc đính chính đến khách.",
        definition_en="The seller sends the customer an apology or a correction.",
        source=_KEEP,
    )

    @property
    def is_dealing(self) -> bool:
        """Whether it counts as a dealing: both sides take part, and not the business alone by sending something.

        >>> InteractionKind.ENQUIRY.is_dealing, InteractionKind.NEWSLETTER.is_dealing
        (True, False)
        """
        return self not in _SENT_BY_THE_BUSINESS


_SENT_BY_THE_BUSINESS = frozenset({InteractionKind.CAMPAIGN, InteractionKind.NEWSLETTER, InteractionKind.APOLOGY})


class Topic(
    Category,
    vi="Chủ đề",
    en="Topic",
    definition_vi="Lần tương tác nói về việc gì.",
    definition_en="What an interaction is about.",
    source=_IMPROVE,
):
    """What an interaction is about."""

    PRODUCT = term(
        "product",
        vi="Sản phẩm",
        en="Product",
        definition_vi="Nói về chính hàng hóa.",
        definition_en="About the goods themselves.",
        source=_IMPROVE,
    )
    SERVICE = term(
        "service",
        vi="Dịch vụ",
        en="Service",
        definition_vi="Nói về dịch vụ hay cách phục vụ.",
        definition_en="About a service, or how the customer was served.",
        source=_IMPROVE,
    )
    PRICE = term(
        "price",
        vi="Giá cả",
        en="Price",
        definition_vi="Nói về giá hoặc khuyến mại.",
        definition_en="About prices or promotions.",
        source=_PROFIT,
    )
    EXPANSION = term(
        "expansion",
        vi="Mở rộng kinh doanh",
        en="Expansion",
        definition_vi="Nói về địa điểm mới, sáp nhập, mua lại hoặc liên doanh.",
        definition_en="About a new place, a merger, an acquisition or a joint venture.",
        source=_EXPAND,
    )
    OTHER = term(
        "other",
        vi="Chủ đề khác",
        en="Other topic",
        definition_vi="Nói về việc khác.",
        definition_en="About something else.",
        source=LIBRARY,
    )


class Sentiment(
    Category,
    vi="Thái độ",
    en="Sentiment",
    definition_vi="Lời lẽ của khách tỏ ý hài lòng hay không.",
    definition_en="Whether the customer's words show satisfaction.",
    source=LIBRARY,
):
    """How the customer's words sound."""

    POSITIVE = term(
        "positive",
        vi="Tích cực",
        en="Positive",
        definition_vi="Lời lẽ tỏ ý hài lòng.",
        definition_en="The words show satisfaction.",
        source=LIBRARY,
    )
    NEUTRAL = term(
        "neutral",
        vi="Trung lập",
        en="Neutral",
        definition_vi="Lời lẽ không khen, không chê.",
        definition_en="The words neither praise nor blame.",
        source=LIBRARY,
    )
    NEGATIVE = term(
        "negative",
        vi="Tiêu cực",
        en="Negative",
        definition_vi="Lời lẽ tỏ ý không hài lòng.",
        definition_en="The words show dissatisfaction.",
        source=LIBRARY,
    )


class Channel(
    Category,
    vi="Kênh liên hệ",
    en="Channel",
    definition_vi="Hai bên tiếp xúc với nhau qua phương tiện nào.",
    definition_en="The means by which the two sides are in touch.",
    source=_KEEP,
):
    """By what means an interaction took place."""

    WEBSITE_POPUP = term(
        "website_popup",
        vi="Cửa sổ pop-up trên website",
        en="Website pop-up",
        definition_vi="Khung hỏi bật lên khi khách xem trang web.",
        definition_en="A box that opens while the customer views a web page.",
        source=_IMPROVE,
    )
    FORM = term(
        "form",
        vi="Biểu mẫu",
        en="Form",
        definition_vi="Mẫu điền sẵn các mục cần trả lời.",
        definition_en="A sheet with set fields to fill in.",
        source=_IMPROVE,
    )
    CHATBOT = term(
        "chatbot",
        vi="Chatbot",
        en="Chatbot",
        definition_vi="Chương trình trò chuyện tự động.",
        definition_en="A program that chats by itself.",
        source=_IMPROVE,
    )
    EMAIL = term(
        "email",
        vi="Email",
        en="Email",
        definition_vi="Thư điện tử.",
        definition_en="Electronic mail.",
        source=_IMPROVE,
    )
    HOTLINE = term(
        "hotline",
        vi="Đường dây nóng",
        en="Hotline",
        definition_vi="Số điện thoại chuyên tiếp nhận phản ánh.",
        definition_en="A telephone number kept for customers' reports.",
        source=_KEEP,
    )
    PHONE = term(
        "phone",
        vi="Điện thoại",
        en="Phone",
        definition_vi="Cuộc gọi thường, ngoài đường dây nóng.",
        definition_en="An ordinary call, not to the hotline.",
        source=_OUTSIDE,
    )
    IN_PERSON = term(
        "in_person",
        vi="Gặp trực tiếp",
        en="In person",
        definition_vi="Hai bên gặp mặt nhau.",
        definition_en="The two sides meet face to face.",
        source=_OUTSIDE,
    )
    ONLINE = term(
        "online",
        vi="Trực tuyến",
        en="Online",
        definition_vi="Kênh qua mạng không thuộc các kênh kể trên.",
        definition_en="Over the internet, by none of the other channels.",
        source=_OUTSIDE,
    )
    SOCIAL = term(
        "social",
        vi="Mạng xã hội",
        en="Social media",
        definition_vi="Trao đổi hoặc bài đăng trên mạng xã hội.",
        definition_en="A message or post on a social site.",
        source=_SELL,
    )
