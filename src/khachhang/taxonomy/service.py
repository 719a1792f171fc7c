"""Serving individual customers: the specialist's skills and duties, and good practice."""

from __future__ import annotations

from types import MappingProxyType

from khachhang.taxonomy._sources import INDIVIDUAL
from khachhang.taxonomy.category import Category, term

_SKILLS = f"{INDIVIDUAL} — Kỹ năng cần có đối với chuyên viên khách hàng cá nhân"
_PRACTICES = f"{INDIVIDUAL} — Những lưu ý khi làm việc với khách hàng cá nhân"


class Skill(
    Category,
    vi="Kỹ năng",
    en="Skill",
    definition_vi="Kỹ năng của chuyên viên khách hàng cá nhân.",
    definition_en="What a specialist for individual customers is good at.",
    source=_SKILLS,
):
    """The nine skills of a specialist for individual customers."""

    COMMUNICATION = term(
        "communication",
        vi="Giao tiếp",
        en="Communication",
        definition_vi="Diễn đạt rõ ràng và tạo thiện cảm khi trao đổi.",
        definition_en="Speaks clearly and pleasantly.",
        source=_SKILLS,
    )
    CUSTOMER_RELATIONS = term(
        "customer_relations",
        vi="Quan hệ khách hàng",
        en="Customer relations",
        definition_vi="Gây dựng và gìn giữ quan hệ với khách.",
        definition_en="Builds relations with customers and keeps them.",
        source=_SKILLS,
    )
    TEAMWORK = term(
        "teamwork",
        vi="Làm việc đội nhóm",
        en="Teamwork",
        definition_vi="Phối hợp với đồng nghiệp vì mục tiêu chung.",
        definition_en="Works with colleagues towards a common goal.",
        source=_SKILLS,
    )
    PROBLEM_HANDLING = term(
        "problem_handling",
        vi="Xử lý vấn đề, công việc",
        en="Handling problems and work",
        definition_vi="Gỡ vướng mắc và hoàn thành việc được giao.",
        definition_en="Sorts out difficulties and gets the work done.",
        source=_SKILLS,
    )
    SEIZING_OPPORTUNITIES = term(
        "seizing_opportunities",
        vi="Nắm bắt cơ hội",
        en="Seizing opportunities",
        definition_vi="Nhận ra và tận dụng thời điểm thuận lợi.",
        definition_en="Sees a good moment and uses it.",
        source=_SKILLS,
    )
    QUICK_ANALYSIS = term(
        "quick_analysis",
        vi="Phân tích nhanh, quyết đoán",
        en="Quick and decisive analysis",
        definition_vi="Hiểu nhanh tình hình và dứt khoát khi chọn.",
        definition_en="Grasps a situation fast and is firm in choosing.",
        source=_SKILLS,
    )
    LISTENING = term(
        "listening",
        vi="Lắng nghe",
        en="Listening",
        definition_vi="Chú ý nghe để hiểu đúng điều khách cần.",
        definition_en="Listens well enough to understand what the customer needs.",
        source=_SKILLS,
    )
    PLANNING = term(
        "planning",
        vi="Lên kế hoạch, phân chia công việc",
        en="Planning and dividing work",
        definition_vi="Sắp việc theo thứ tự và giao việc hợp lý.",
        definition_en="Puts work in order and shares it out sensibly.",
        source=_SKILLS,
    )
    SCENARIOS = term(
        "scenarios",
        vi="Lên kịch bản tư vấn, chăm sóc khách hàng",
        en="Writing advice and care scenarios",
        definition_vi="Chuẩn bị sẵn tình huống và cách ứng đáp.",
        definition_en="Prepares situations and the answers to them in advance.",
        source=_SKILLS,
    )


class Duty(
    Category,
    vi="Nhiệm vụ",
    en="Duty",
    definition_vi="Việc mà chuyên viên khách hàng cá nhân phải làm.",
    definition_en="What a specialist for individual customers has to do.",
    source=_SKILLS,
):
    """The duties of a specialist for individual customers."""

    INTRODUCE = term(
        "introduce",
        vi="Giới thiệu",
        en="Introduce",
        definition_vi="Cho khách biết bên bán có những gì.",
        definition_en="Makes the seller's products and services known to customers.",
        source=_SKILLS,
    )
    INFORM = term(
        "inform",
        vi="Cung cấp thông tin",
        en="Inform",
        definition_vi="Đưa ra thông tin đúng và đủ về sản phẩm, dịch vụ.",
        definition_en="Gives correct and complete information on products and services.",
        source=_SKILLS,
    )
    ADVISE = term(
        "advise",
        vi="Tư vấn",
        en="Advise",
        definition_vi="Giúp khách chọn thứ hợp với nhu cầu và khả năng.",
        definition_en="Helps customers to choose what suits their needs and means.",
        source=_SKILLS,
    )
    SOLVE = term(
        "solve",
        vi="Giải quyết vấn đề",
        en="Solve",
        definition_vi="Gỡ những vướng mắc mà khách gặp phải.",
        definition_en="Settles the problems that customers meet.",
        source=_SKILLS,
    )
    CARE = term(
        "care",
        vi="Chăm sóc",
        en="Care",
        definition_vi="Hỏi thăm và hỗ trợ khách cả sau khi mua.",
        definition_en="Stays in touch with customers and supports them, after the purchase too.",
        source=_SKILLS,
    )
    REPRESENT = term(
        "represent",
        vi="Đại diện thương hiệu",
        en="Represent",
        definition_vi="Thay mặt thương hiệu khi tiếp xúc với khách.",
        definition_en="Stands for the brand before customers.",
        source=_SKILLS,
    )


class Practice(
    Category,
    vi="Lưu ý khi làm việc với khách",
    en="Practice",
    definition_vi="Điều nên làm khi phục vụ khách hàng cá nhân.",
    definition_en="Good practice in working with individual customers.",
    source=_PRACTICES,
):
    """What to mind when working with individual customers."""

    KNOW_FIRST = term(
        "know_first",
        vi="Tìm hiểu trước",
        en="Know first",
        definition_vi="Thu thập và phân tích thông tin về khách, phác họa chân dung khách lý tưởng trước khi gặp.",
        definition_en="Gathers and studies what is known of the customer, and sketches the ideal one, before meeting.",
        source=_PRACTICES,
    )
    MEET_IN_PERSON = term(
        "meet_in_person",
        vi="Gặp trực tiếp",
        en="Meet in person",
        definition_vi="Tận dụng dịp gặp mặt để tư vấn và hỗ trợ.",
        definition_en="Uses every chance to meet, so as to advise and support face to face.",
        source=_PRACTICES,
    )
    ASSESS_MEANS = term(
        "assess_means",
        vi="Thẩm định khả năng chi trả",
        en="Assess the means",
        definition_vi="Xem khách muốn mua có đủ điều kiện chi trả hay không.",
        definition_en="Checks whether a customer who wishes to buy is able to pay.",
        source=_PRACTICES,
    )
    REACH_OUT_FIRST = term(
        "reach_out_first",
        vi="Chủ động tìm đến khách",
        en="Reach out first",
        definition_vi="Tự đi tìm khách, không ngồi chờ khách đến.",
        definition_en="Goes to find customers, and does not wait for them to come.",
        source=_PRACTICES,
    )
    SPEAK_TO_FEELINGS = term(
        "speak_to_feelings",
        vi="Chạm đến cảm xúc",
        en="Speak to feelings",
        definition_vi="Đưa ra nội dung tiếp thị khiến khách rung động.",
        definition_en="Uses marketing that moves people.",
        source=_PRACTICES,
    )
    FOLLOW_UP = term(
        "follow_up",
        vi="Theo dõi sau tư vấn",
        en="Follow up",
        definition_vi="Theo sát việc tư vấn, chăm sóc để xử lý kịp thời và làm tốt hơn.",
        definition_en="Keeps watch over advice and care, so as to act in time and improve.",
        source=_PRACTICES,
    )

    @property
    def function(self) -> str | None:
        """The full name of the library's function that helps with it; None where none does.

        >>> Practice.KNOW_FIRST.function
        'khachhang.facts_of'
        """
        return _FUNCTIONS.get(self)


_FUNCTIONS = MappingProxyType(
    {
        Practice.KNOW_FIRST: "khachhang.facts_of",
        Practice.ASSESS_MEANS: "khachhang.advice.affordability",
        Practice.REACH_OUT_FIRST: "khachhang.advice.next_changes",
        Practice.FOLLOW_UP: "khachhang.advice.follow_up",
    },
)
