"""Affordability: whether a price can be paid out of an income, and what price or term could be.

All of it is reckoned exactly, in fractions; only what is answered is rounded, to the unit of the currency and always
against the optimistic side: an instalment up, what may go to it and a price down.
"""

from __future__ import annotations

import math
from decimal import ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from khachhang.advice._checks import chosen, to_months, to_rate
from khachhang.advice._means_words import PHRASES
from khachhang.advice._wording import share_text
from khachhang.classifiers.policy import Policy, count
from khachhang.entities import Business, Customer, Person
from khachhang.entities._checks import Faults, Refused, to_amount, to_currency, to_instance
from khachhang.facts import Facts
from khachhang.rules.wording import check_language, number_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from khachhang.advice._means_words import Phrases
    from khachhang.classifiers.policy import Check
    from khachhang.taxonomy import Language

_DECIMALS = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
         "XPF"),
        0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}  # fmt: skip
"""The decimals of each currency that has not two. Source: ISO 4217, minor units."""
_MOST_DECIMALS = 2
_WIDE = Context(prec=60)
_WORD_DIGITS = 2


def unit_of(currency: str) -> Decimal:
    """The smallest unit of a currency, by ISO 4217; that of an unknown one is the hundredth.

    >>> unit_of("VND"), unit_of("USD")
    (Decimal('1'), Decimal('0.01'))
    """
    return Decimal(1).scaleb(-_DECIMALS.get(currency, _MOST_DECIMALS))


def _to_share(value: Decimal | float | str) -> Decimal:
    """The share, or what is none as it is, for the policy to refuse."""
    try:
        return to_rate(value)
    except Refused:
        return value  # type: ignore[return-value]  # the check follows


def _is_share(value: object) -> bool:
    return isinstance(value, Decimal) and value.is_finite() and 0 <= value <= 1


_SHARE: Check = ("a share from 0 to 1, such as '0.4'", _is_share)


@attrs.frozen(kw_only=True)
class AffordabilityPolicy(Policy):
    """What a business thinks bearable.

    Args:
        share: Share of the monthly income that may go to all instalments together, itself included; existing
            obligations are taken out of it.
        longest_term: Months up to which a longer term is looked for, themselves included.
    """

    share: Decimal = attrs.field(default=Decimal("0.4"), converter=_to_share, metadata={"check": _SHARE})
    longest_term: int = count(360)


@attrs.frozen(kw_only=True)
class Affordability:
    """Whether a price can be paid over a term, with the figures. Money is in `currency`, rounded to its unit.

    What follows from the income is personal: `repr` shows none of it, and `explain` neither the income nor what may go
    to the instalment; the price that it proposes is rounded down to two digits.

    Args:
        is_affordable: True, False, or None where it is not known.
        price: What is to be paid.
        months: Over how many months.
        currency: In which currency.
        share: The share of the income that may go to all instalments together.
        monthly_interest: The interest a month.
        instalment: What is to be paid a month, rounded up.
        allowance: What may go to it a month, never below 0, rounded down; None where it is not known.
        affordable_price: The highest price that is affordable over these months, rounded down; None where it is not
            known.
        affordable_months: The shortest term over which this price is affordable; None where there is none up to the
            longest one of the policy, or it is not known.
        has_obligations: Whether there are obligations beside it; None where that is not known.
        missing: What is to be found out, `income` or `obligations`; empty where the answer is known.
        is_assumed: Whether the income is assumed rather than known.
    """

    is_affordable: bool | None
    price: Decimal
    months: int
    currency: str
    share: Decimal
    monthly_interest: Decimal
    instalment: Decimal
    allowance: Decimal | None = attrs.field(default=None, repr=False)
    affordable_price: Decimal | None = attrs.field(default=None, repr=False)
    affordable_months: int | None = attrs.field(default=None, repr=False)
    has_obligations: bool | None = attrs.field(default=None, repr=False)
    missing: tuple[str, ...] = ()
    is_assumed: bool = False

    @property
    def left(self) -> Decimal | None:
        """What is left a month of what may go to it; below 0 what is lacking, None where it is not known."""
        return None if self.allowance is None else _WIDE.subtract(self.allowance, self.instalment)

    def explain(self, lang: Language) -> str:
        """The answer with its reason, and where it is no, what would be affordable.

        Args:
            lang: ``"vi"`` or ``"en"``.

        Raises:
            UnknownLanguageError: For another language.
        """
        check_language(lang)
        return "\n".join(self._lines(PHRASES[lang], lang))

    def _lines(self, say: Phrases, lang: Language) -> Iterator[str]:
        months = say.months(self.months)
        headline = say.headline[self.is_affordable]
        yield headline.format(price=self._money(self.price, lang), months=months)
        rate = share_text(Fraction(self.monthly_interest), lang)
        interest = say.interest.format(rate=rate) if self.monthly_interest else ""
        yield say.instalment.format(amount=self._money(self.instalment, lang), interest=interest)
        share = share_text(Fraction(self.share), lang)
        yield say.compared[self.is_affordable].format(share=share, besides=say.besides[self.has_obligations])
        if self.is_affordable is False and self.affordable_months is not None:
            yield say.longer.format(months=say.months(self.affordable_months))
        if self.is_affordable is False and self.affordable_price:
            yield say.cheaper.format(price=self._money(_readable(self.affordable_price), lang), months=months)
        if self.is_assumed:
            yield say.assumed
        if self.missing:
            yield say.ask.format(facts="; ".join(say.missing[name] for name in self.missing))

    def _money(self, amount: Decimal, lang: Language) -> str:
        return f"{number_text(amount, lang)} {self.currency}"


def _readable(amount: Decimal) -> Decimal:
    """The amount rounded down to two digits, or as it is where it has no more."""
    step = Decimal(1).scaleb(amount.adjusted() + 1 - _WORD_DIGITS)
    return amount.quantize(step, ROUND_FLOOR, _WIDE)


def affordability(
    price: Decimal | int | str,
    months: int,
    income: Decimal | int | str | None,
    obligations: Decimal | int | str | None = 0,
    *,
    share: Decimal | float | str | None = None,
    monthly_interest: Decimal | float | str = 0,
    currency: str = "VND",
    policy: AffordabilityPolicy | None = None,
) -> Affordability:
    """Whether a price can be paid in equal instalments at the end of each month.

    What may go to the instalment is a share of the income, less the obligations that there are already. Without
    interest the instalment is the price divided by the months; with interest it is that of the annuity,
    ``price * i / (1 - (1 + i) ** -months)``. It is rounded up to the unit of the currency, what may go to it is rounded
    down, and the price is affordable where the first is not above the second.

    Args:
        price: What is to be paid, 0 or more. Floats are refused here as for all money.
        months: Over how many months, from 1 to 1,200.
        income: The income a month; None where it is not known, and then only what no income changes is.
        obligations: What has to be paid a month already; None where it is not known. 0 says that there is none.
        share: The share of the income that may go to instalments, from 0 to 1; None for that of the policy.
        monthly_interest: The interest a month, from 0 to 1: 1% is ``"0.01"``.
        currency: In which currency all of it is.
        policy: The default share, and how long a term may be; None for the defaults.

    Raises:
        InvalidError: If an argument is of the wrong type or out of range; all of them at once, an income by its name
            alone.
        PolicyError: If the policy is another one.

    >>> answer = affordability(price=24_000_000, months=12, income=10_000_000, obligations=1_000_000, share="0.4")
    >>> answer.is_affordable, answer.instalment, answer.allowance, answer.left
    (True, Decimal('2000000'), Decimal('3000000'), Decimal('1000000'))
    """
    limits = chosen(policy, AffordabilityPolicy)
    try:
        asked = _Asked(
            to_amount(price),
            to_months(months),
            None if income is None else to_amount(income),
            None if obligations is None else to_amount(obligations),
            limits.share if share is None else to_rate(share),
            to_rate(monthly_interest),
            to_currency(currency),
        )
    except Refused:
        faults = Faults("affordability")
        faults.check("price", to_amount, price)
        faults.check("months", to_months, months)
        faults.check_known("income", to_amount, income, personal=True)
        faults.check_known("obligations", to_amount, obligations, personal=True)
        faults.check_known("share", to_rate, share)
        faults.check("monthly_interest", to_rate, monthly_interest)
        faults.check("currency", to_currency, currency)
        raise faults.error() from None
    return asked.answer(limits)


def affordability_of(
    who: Facts | Customer,
    price: Decimal | int | str,
    months: int,
    obligations: Decimal | int | str | None = 0,
    *,
    share: Decimal | float | str | None = None,
    monthly_interest: Decimal | float | str = 0,
    business: Business | None = None,
    policy: AffordabilityPolicy | None = None,
) -> Affordability:
    """The same for one customer, whose income is as recorded.

    Args:
        who: A customer, or what is known of one. An organisation or a group has no income of its own here: not known.
        price: What is to be paid, in the business's currency.
        months: Over how many months.
        obligations: What the customer has to pay a month already; None where it is not known.
        share: The share of the income that may go to instalments; None for that of the policy.
        monthly_interest: The interest a month.
        business: The seller, whose currency it is; without it the facts' own, or else dong.
        policy: The default share, and how long a term may be; None for the defaults.

    Raises:
        InvalidError: If an argument is of the wrong type or out of range.
        PolicyError: If the policy is another one.

    >>> from khachhang.entities import Person
    >>> lan = Customer(id="KH-001", party=Person(name="Nguyễn Thị Lan", monthly_income=18_000_000))
    >>> affordability_of(lan, price=60_000_000, months=12).is_affordable
    True
    """
    try:
        to_instance(who, Facts, Customer)
        currency = _currency(who, business)
    except Refused:
        faults = Faults("affordability_of")
        faults.check("who", to_instance, who, Facts, Customer)
        faults.check_known("business", _to_business, business)
        raise faults.error() from None
    answer = affordability(
        price,
        months,
        _income(who),
        obligations,
        share=share,
        monthly_interest=monthly_interest,
        currency=currency,
        policy=policy,
    )
    is_assumed = isinstance(who, Facts) and "monthly_income" in who.assumed
    return attrs.evolve(answer, is_assumed=is_assumed)


def _income(who: Facts | Customer) -> Decimal | None:
    if isinstance(who, Facts):
        return who.monthly_income
    return who.party.monthly_income if isinstance(who.party, Person) else None


def _to_business(value: object) -> Business:
    to_instance(value, Business)
    return value  # type: ignore[return-value]  # just checked


def _currency(who: Facts | Customer, business: Business | None) -> str:
    if business is not None:
        return _to_business(business).currency
    own = who.currency if isinstance(who, Facts) else None
    return "VND" if own is None else own


@attrs.frozen
class _Asked:
    """What is asked, checked; reckoned in whole units of the currency."""

    price: Decimal
    months: int
    income: Decimal | None
    obligations: Decimal | None
    share: Decimal
    interest: Decimal
    currency: str

    def answer(self, limits: AffordabilityPolicy) -> Affordability:
        instalment = self.instalment(self.months)
        allowance = None if self.obligations is None else self.allowance(self.obligations)
        price: int | None = None
        term: int | None = None
        if allowance is not None:
            price = math.floor(allowance * self.worth(self.months))
            term = self.shortest(allowance, max(self.months, limits.longest_term))
        least, most = (0, self.allowance(Decimal(0))) if allowance is None else (allowance, allowance)
        is_too_much = most is not None and instalment > most
        is_affordable = True if instalment <= least else False if is_too_much else None
        return Affordability(
            is_affordable=is_affordable,
            price=self.price,
            months=self.months,
            currency=self.currency,
            share=self.share,
            monthly_interest=self.interest,
            instalment=self.money(instalment),
            allowance=None if allowance is None else self.money(allowance),
            affordable_price=None if price is None else self.money(price),
            affordable_months=term,
            has_obligations=None if self.obligations is None else self.obligations > 0,
            missing=() if is_affordable is not None else tuple(self.unknown()),
        )

    def unknown(self) -> Iterator[str]:
        if self.income is None:
            yield "income"
        if self.obligations is None:
            yield "obligations"

    def money(self, units: int) -> Decimal:
        return _WIDE.multiply(Decimal(units), unit_of(self.currency))

    def units(self, amount: Decimal) -> Fraction:
        return Fraction(amount) / Fraction(unit_of(self.currency))

    def worth(self, months: int) -> Fraction:
        """What one a month is worth today: the price that it pays."""
        if not self.interest:
            return Fraction(months)
        growth = (1 + Fraction(self.interest)) ** months
        return (growth - 1) / (Fraction(self.interest) * growth)

    def instalment(self, months: int) -> int:
        return math.ceil(self.units(self.price) / self.worth(months))

    def allowance(self, obligations: Decimal) -> int | None:
        if self.income is None:
            return None if self.share else 0
        left = Fraction(self.share) * self.units(self.income) - self.units(obligations)
        return max(0, math.floor(left))

    def shortest(self, allowance: int, longest: int) -> int | None:
        """The shortest term whose instalment is not above what may go to it: instalments fall with the term."""
        if self.instalment(longest) > allowance:
            return None
        low, high = 1, longest
        while low < high:
            middle = (low + high) // 2
            if self.instalment(middle) <= allowance:
                high = middle
            else:
                low = middle + 1
        return high
