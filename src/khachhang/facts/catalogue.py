"""The catalogue of facts: everything that can be known of a customer on one date, with type, unit, range and words.

Each fact says in its docstring how it follows from a customer's history. Throughout, what happened after the as-of date
does not exist, a purchase that was wholly returned vanishes from every fact but `returned_share` and `bought_count`,
and a history that is not known leaves its facts not known.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar, overload

from khachhang.errors import PredicateError, UnknownFactError, nearest
from khachhang.rules.fact import (
    BooleanFact,
    ChoiceFact,
    Fact,
    MoneyFact,
    RealFact,
    TextFact,
    WholeFact,
    custom_variable,
    handle,
)
from khachhang.rules.variable import Change, Variable
from khachhang.taxonomy import (
    Capacity,
    Category,
    Gender,
    Industry,
    LeadingStyle,
    OrganizationKind,
    PartyKind,
    TieKind,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from khachhang.rules.predicate import Predicate

C = TypeVar("C", bound=Category)

_TIMES = Words("lần", "")
_DAYS = Words("ngày", "days")


def _choice(name: str, kind: type[C], words: Words, derivation: str, **more: Any) -> ChoiceFact[C]:
    return ChoiceFact(Variable(name, kind, label=words, derivation=derivation, **more))


def _text(name: str, words: Words, derivation: str, **more: Any) -> TextFact:
    return TextFact(Variable(name, str, label=words, derivation=derivation, **more))


def _count(name: str, words: Words, derivation: str, **more: Any) -> WholeFact:
    settings: dict[str, Any] = {"unit": _TIMES, "low": 0, "change": Change.GROWS, **more}
    return WholeFact(Variable(name, int, label=words, derivation=derivation, **settings))


def _days(name: str, words: Words, derivation: str, exists: Predicate, change: Change) -> WholeFact:
    made = Variable(name, int, label=words, derivation=derivation, exists=exists, unit=_DAYS, low=0, change=change)
    return WholeFact(made)


def _share(name: str, words: Words, derivation: str, exists: Predicate) -> RealFact:
    made = Variable(name, float, label=words, derivation=derivation, exists=exists, low=0.0, high=1.0, is_share=True)
    return RealFact(made)


def _money(name: str, words: Words, derivation: str, **more: Any) -> MoneyFact:
    return MoneyFact(Variable(name, Decimal, label=words, derivation=derivation, low=Decimal(0), **more))


def _score(name: str, words: Words, derivation: str) -> RealFact:
    return RealFact(Variable(name, float, label=words, derivation=derivation, low=0.0, high=10.0, is_private=True))


def _flag(name: str, words: Words, negation: Words, derivation: str, **more: Any) -> BooleanFact:
    return BooleanFact(Variable(name, bool, label=words, negation=negation, derivation=derivation, **more))


def _tie(kind: TieKind) -> BooleanFact:
    vi, en = (kind.label(lang)[:1].lower() + kind.label(lang)[1:] for lang in ("vi", "en"))
    return _flag(
        f"tie_{kind.value}",
        Words(f"khách đang là {vi}", f"the customer is tied to the business as {en}"),
        Words(f"khách không là {vi}", f"the customer is not tied to the business as {en}"),
        f"Whether a tie of kind `{kind.value}` stands on the as-of date: from `since` to `until`, both included;\n"
        "without `since` it has long stood, without `until` it still stands. Not known where the ties are not known.",
        flag=kind.rank,
    )


class Ties:
    """The ties as facts, one Boolean fact a kind."""

    def has(self, kind: TieKind | str) -> BooleanFact:
        """Whether a tie of this kind stands.

        Raises:
            UnknownFactError: If there is no such kind.
        """
        if not isinstance(kind, TieKind) and (type(kind) is not str or kind not in list(TieKind)):
            raise UnknownFactError("kind of tie", kind, (), f"use kh.TieKind: {', '.join(TieKind)}")
        found: BooleanFact = getattr(fact, f"tie_{TieKind(kind).value}")
        return found


class Catalogue:
    """Every fact, by its name: ``fact.age``; a user's own by `custom`. Iterating gives the facts in order."""

    party_kind = _choice(
        "party_kind", PartyKind, Words("chủ thể", "the party"), "What the party is: person, organisation or group."
        " Given a fact of persons (of organisations) alone, it follows from that.", change=Change.FIXED,
    )  # fmt: skip
    organization_kind = _choice(
        "organization_kind", OrganizationKind, Words("loại tổ chức", "the kind of organisation"),
        "What kind of organisation it is; has a value for organisations only.",
        exists=party_kind == PartyKind.ORGANIZATION, change=Change.FIXED,
    )  # fmt: skip
    _person = party_kind == PartyKind.PERSON
    age = WholeFact(
        Variable(
            "age", int, label=Words("tuổi", "the age"), unit=Words("", "years"), low=0, exists=_person,
            change=Change.GROWS,
            derivation="Completed years on the as-of date by the calendar: a year is completed on the birthday\n"
            "itself. Born on 29 February, one turns a year older on 1 March of a common year, or on 28 February with\n"
            "`leap_day='02-28'`. Persons only; not known where the birth date is not.",
        )
    )  # fmt: skip
    gender = _choice(
        "gender", Gender, Words("giới tính", "the gender"), "As recorded; persons only.", exists=_person,
        change=Change.FIXED,
    )  # fmt: skip
    occupation = _text(
        "occupation", Words("nghề nghiệp", "the occupation"), "As recorded, a text; persons only.", exists=_person
    )
    monthly_income = _money(
        "monthly_income", Words("thu nhập hằng tháng", "the monthly income"),
        "As recorded, in the business's currency, a month; persons only.", exists=_person, is_private=True,
    )  # fmt: skip
    investable_assets = _money(
        "investable_assets", Words("tài sản có thể đem đầu tư", "the value of investable assets"),
        "As recorded, in the business's currency; persons only.", exists=_person, is_private=True,
    )  # fmt: skip
    leading_style = _choice(
        "leading_style", LeadingStyle, Words("phong cách nổi trội", "the leading style"),
        "The style with the highest of the four scores, or `tied` where several share it; persons only; not known\n"
        "where the scores are not.", exists=_person, change=Change.FIXED,
    )  # fmt: skip
    declared_capacity = _choice(
        "declared_capacity", Capacity, Words("tư cách đã khai", "the declared capacity"),
        "What the customer declared; a customer without a declaration is `undeclared`, which is known.",
    )  # fmt: skip
    currency = _text(
        "currency", Words("đồng tiền của bên bán", "the business's currency"),
        "The business's currency, a code such as VND; not known where no business is given.", change=Change.FIXED,
    )  # fmt: skip
    seller_industry = _choice(
        "seller_industry", Industry, Words("ngành của bên bán", "the seller's industry"),
        "The business's industry; not known where no business is given, or its industry is not.", change=Change.FIXED,
    )  # fmt: skip

    purchase_count = _count(
        "purchase_count", Words("số lần mua", "the number of purchases"),
        "Distinct days with a purchase that was not wholly returned: two purchases on one day count once, and a\n"
        "purchase for 0.00 counts.",
    )  # fmt: skip
    _bought = purchase_count >= 1
    days_since_first_purchase = _days(
        "days_since_first_purchase", Words("thời gian từ lần mua đầu tiên", "the time since the first purchase"),
        "Days from the first such purchase to the as-of date, 0 on the day itself; no value where nothing was bought.",
        _bought, Change.GROWS,
    )  # fmt: skip
    days_since_last_purchase = _days(
        "days_since_last_purchase", Words("thời gian từ lần mua gần nhất", "the time since the last purchase"),
        "Days from the last such purchase to the as-of date, 0 on the day itself; no value where nothing was bought.",
        _bought, Change.RESETS,
    )  # fmt: skip
    mean_purchase_gap = RealFact(
        Variable(
            "mean_purchase_gap", float,
            label=Words("khoảng cách trung bình giữa hai lần mua", "the mean gap between purchases"),
            unit=_DAYS, low=0.0, exists=purchase_count >= 2,  # noqa: PLR2004  # a gap lies between two
            derivation="Days from the first to the last day of buying, divided by their number less one; no value\n"
            "with fewer than two days of buying.",
        )
    )  # fmt: skip
    bought_count = _count(
        "bought_count", Words("số ngày có mua", "the number of days of buying"),
        "Distinct days with any purchase, wholly returned ones among them.",
    )  # fmt: skip
    spend = _money(
        "spend", Words("chi mua thực", "the net spend"),
        "The sum of amounts less what was returned, in the business's currency; 0 where nothing was bought.",
    )  # fmt: skip
    discounted_share = _share(
        "discounted_share", Words("tỷ lệ lần mua có giảm giá", "the share of discounted purchases"),
        "Purchases whose list amount is higher than the amount, divided by all purchases, none of them wholly\n"
        "returned; a share of their number. Not known where a list amount is not; no value where nothing was bought.",
        _bought,
    )  # fmt: skip
    returned_share = _share(
        "returned_share", Words("tỷ lệ giá trị trả lại", "the share of spend returned"),
        "The amount returned, divided by the amount of all purchases, wholly returned ones among them; 0 where all\n"
        "amounts are 0. No value where there is no purchase at all.", bought_count >= 1,
    )  # fmt: skip
    organization_share = _share(
        "organization_share", Words("tỷ lệ lần mua cho tổ chức", "the share of purchases for an organisation"),
        "Purchases for an organisation or for resale, divided by all purchases, none of them wholly returned; a share\n"
        "of their number. Not known where a purpose is not; no value where nothing was bought.", _bought,
    )  # fmt: skip
    resale_share = _share(
        "resale_share", Words("tỷ lệ lần mua để bán lại", "the share of purchases for resale"),
        "Purchases for resale, divided by all purchases, none of them wholly returned; a share of their number. Not\n"
        "known where a purpose is not; no value where nothing was bought.", _bought,
    )  # fmt: skip

    dealing_count = _count(
        "dealing_count", Words("số ngày có giao dịch", "the number of dealings"),
        "Distinct days with a purchase not wholly returned or with an interaction; what the business sends (campaign,\n"
        "newsletter, apology) is none. Known only where purchases and interactions both are.",
    )  # fmt: skip
    days_since_last_dealing = _days(
        "days_since_last_dealing", Words("thời gian từ giao dịch gần nhất", "the time since the last dealing"),
        "Days from the last dealing to the as-of date, 0 on the day itself; no value where there was none.",
        dealing_count >= 1, Change.RESETS,
    )  # fmt: skip
    unresolved_complaint_count = _count(
        "unresolved_complaint_count", Words("số khiếu nại chưa giải quyết", "the number of unresolved complaints"),
        "Complaints up to the as-of date that were not resolved by then (resolved on that day is resolved).",
        change=Change.FREE,
    )  # fmt: skip
    resolved_complaint_count = _count(
        "resolved_complaint_count", Words("số khiếu nại đã giải quyết", "the number of resolved complaints"),
        "Complaints resolved on the as-of date or before.",
    )  # fmt: skip
    negative_review_count = _count(
        "negative_review_count", Words("số đánh giá tiêu cực", "the number of negative reviews"),
        "Reviews of negative sentiment; not known where the sentiment of a review is not.",
    )  # fmt: skip
    positive_review_count = _count(
        "positive_review_count", Words("số đánh giá tích cực", "the number of positive reviews"),
        "Reviews of positive sentiment; not known where the sentiment of a review is not.",
    )  # fmt: skip
    review_count = _count("review_count", Words("số đánh giá", "the number of reviews"), "All reviews.")
    survey_count = _count(
        "survey_count", Words("số khảo sát đã trả lời", "the number of surveys answered"), "All surveys answered."
    )
    scored_survey_count = _count(
        "scored_survey_count", Words("số khảo sát có chấm điểm", "the number of surveys with a score"),
        "Surveys answered with a score; a survey without one counts as given none.",
    )  # fmt: skip
    expansion_response_count = _count(
        "expansion_response_count",
        Words("số ý kiến về việc mở rộng", "the number of opinions on expansion"),
        "Surveys and feedback whose topic is expansion; not known where the topic of one is not.",
    )  # fmt: skip
    feedback_count = _count(
        "feedback_count", Words("số lần góp ý", "the number of pieces of feedback"), "All feedback."
    )
    referral_count = _count(
        "referral_count", Words("số lần giới thiệu khách", "the number of referrals"), "All referrals."
    )
    share_count = _count(
        "share_count", Words("số lần chia sẻ", "the number of social shares"), "All shares on social sites."
    )
    answered_care_count = _count(
        "answered_care_count", Words("số lần hồi đáp chăm sóc", "the number of care calls answered"),
        "Care calls answered on the as-of date or before.",
    )  # fmt: skip
    campaign_count = _count(
        "campaign_count", Words("số lần được gửi tiếp thị", "the number of campaigns received"),
        "Campaigns and newsletters that the business sent.",
    )  # fmt: skip
    mean_score = _score(
        "mean_score", Words("điểm trung bình", "the mean score"),
        "The mean of all scores given, 0 to 10; no value where none was given.",
    )  # fmt: skip
    last_score = _score(
        "last_score", Words("điểm gần nhất", "the last score"),
        "The score given last, 0 to 10; the lowest where several were given that day; no value where none was given.",
    )  # fmt: skip

    has_need = _flag(
        "has_need", Words("khách có nhu cầu", "there is a need"), Words("khách không có nhu cầu", "there is no need"),
        "Whether there is a need for what is sold; as recorded.",
    )  # fmt: skip
    has_means = _flag(
        "has_means", Words("khách có đủ ngân sách", "there are the means"),
        Words("khách không đủ ngân sách", "the means are lacking"),
        "Whether the means suffice; as recorded.",
    )  # fmt: skip
    taste_matches = _flag(
        "taste_matches", Words("thị hiếu phù hợp", "the taste matches"),
        Words("thị hiếu không phù hợp", "the taste does not match"),
        "Whether the taste matches what is sold; as recorded.",
    )  # fmt: skip
    is_interested = _flag(
        "is_interested", Words("khách có quan tâm", "there is interest"),
        Words("khách không quan tâm", "there is no interest"),
        "Whether there is interest in what is sold; as recorded.",
    )  # fmt: skip

    tie_employee_of_department = _tie(TieKind.EMPLOYEE_OF_DEPARTMENT)
    tie_employee_of_branch = _tie(TieKind.EMPLOYEE_OF_BRANCH)
    tie_employee = _tie(TieKind.EMPLOYEE)
    tie_shareholder = _tie(TieKind.SHAREHOLDER)
    tie_other_insider = _tie(TieKind.OTHER_INSIDER)
    tie_supplier = _tie(TieKind.SUPPLIER)
    tie_bank = _tie(TieKind.BANK)
    tie_competitor = _tie(TieKind.COMPETITOR)
    tie_state_body = _tie(TieKind.STATE_BODY)
    tie_voluntary_organization = _tie(TieKind.VOLUNTARY_ORGANIZATION)
    tie_resident = _tie(TieKind.RESIDENT)
    tie_professional_association = _tie(TieKind.PROFESSIONAL_ASSOCIATION)
    tie_reseller = _tie(TieKind.RESELLER)

    ties = Ties()

    def __getattr__(self, name: str) -> Any:
        raise UnknownFactError("fact", name, nearest(name, VARIABLES))

    def __getitem__(self, name: str) -> Fact[Any]:
        """The fact of that name.

        Raises:
            UnknownFactError: If the catalogue has none.
        """
        if not isinstance(name, str):
            raise no_name_of_a_fact(name)
        if name not in _FACTS:
            raise UnknownFactError("fact", name, nearest(name, VARIABLES))
        return _FACTS[name]

    def __iter__(self) -> Iterator[Fact[Any]]:
        return iter(_FACTS.values())

    def __len__(self) -> int:
        return len(_FACTS)

    @overload
    def custom(  # type: ignore[overload-overlap]  # to a type checker a bool is an int
        self, name: str, kind: type[bool], *, vi: str | None = None, en: str | None = None
    ) -> BooleanFact: ...
    @overload
    def custom(  # type: ignore[overload-overlap]  # to a type checker a label is a str
        self, name: str, kind: type[C], *, vi: str | None = None, en: str | None = None
    ) -> ChoiceFact[C]: ...
    @overload
    def custom(self, name: str, kind: type[str], *, vi: str | None = None, en: str | None = None) -> TextFact: ...
    @overload
    def custom(
        self, name: str, kind: type[int], *, low: int | None = None, high: int | None = None,
        vi: str | None = None, en: str | None = None, unit: Words | None = None, change: Change = Change.FREE,
    ) -> WholeFact: ...  # fmt: skip
    @overload
    def custom(
        self, name: str, kind: type[float], *, low: float | None = None, high: float | None = None,
        vi: str | None = None, en: str | None = None, unit: Words | None = None, change: Change = Change.FREE,
    ) -> RealFact: ...  # fmt: skip
    @overload
    def custom(
        self, name: str, kind: type[Decimal], *, low: Decimal | int | None = None, high: Decimal | int | None = None,
        vi: str | None = None, en: str | None = None, unit: Words | None = None, change: Change = Change.FREE,
    ) -> MoneyFact: ...  # fmt: skip
    def custom(self, name: str, kind: type[Any], **more: Any) -> Fact[Any]:  # noqa: D417  # the overloads name them
        """A fact of the user's own, held in ``Facts(extra={name: ...})`` or in a column of that name.

        Args:
            name: The key or column; none of the catalogue's names.
            kind: ``int``, ``float``, ``Decimal``, ``bool``, ``str`` or a label set.
            low: The smallest possible number, itself possible; None where there is none.
            high: The largest possible number, itself possible; None where there is none.
            vi: A Vietnamese noun phrase (for a Boolean fact, the sentence true of it) for explanations.
            en: The same in English.
            unit: What the numbers count.
            change: How the fact can change for one customer.

        Raises:
            PredicateError: If the name is taken or empty, the type is none of these, or the range can not be.

        >>> fact.custom("nps", int, low=0, high=10) >= 9
        Comparison(variable=<fact nps>, operator='>=', constant=9)
        """
        check_custom_name(name)
        return handle(custom_variable(name, kind, **more), kind)


def no_name_of_a_fact(given: object) -> UnknownFactError:
    """The error where something stands for a fact's name that is no text."""
    return UnknownFactError("fact", given, (), "facts are called by their names, which are texts")


def check_custom_name(name: str) -> None:
    """An error where a user's own fact would hide one of the catalogue.

    Raises:
        PredicateError: If the catalogue has a fact of this name.
    """
    if isinstance(name, str) and name in VARIABLES:
        problem = f"{name!r} is a fact of the catalogue"
        raise PredicateError(problem, f"use kh.fact.{name}, or give your own fact another name")


_FACTS: dict[str, Fact[Any]] = {found.name: found for found in vars(Catalogue).values() if isinstance(found, Fact)}
VARIABLES: dict[str, Variable] = {name: found.variable for name, found in _FACTS.items()}
"""Every variable of the catalogue by its name, in order."""

fact = Catalogue()
"""The catalogue of facts."""
