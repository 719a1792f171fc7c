"""The phrases of an answer on affordability, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from khachhang.rules.wording import number_text

if TYPE_CHECKING:
    from collections.abc import Callable


@attrs.frozen
class Phrases:
    """What is said; a key of True, False or None is the answer, or whether there are other obligations."""

    headline: dict[bool | None, str]
    instalment: str
    interest: str
    compared: dict[bool | None, str]
    besides: dict[bool | None, str]
    longer: str
    cheaper: str
    assumed: str
    ask: str
    missing: dict[str, str]
    months: Callable[[int], str]


PHRASES: dict[str, Phrases] = {
    "vi": Phrases(
        headline={
            True: "Khách đủ khả năng chi trả {price} trong {months}.",
            False: "Khách chưa đủ khả năng chi trả {price} trong {months}.",
            None: "Chưa biết khách có đủ khả năng chi trả {price} trong {months} hay không.",
        },
        instalment="  - Mỗi tháng phải trả {amount}{interest}.",
        interest=", đã gồm lãi {rate} một tháng",
        compared={
            True: "  - Số này nằm trong phần thu nhập được dành để trả góp ({share}{besides}).",
            False: "  - Số này vượt quá phần thu nhập được dành để trả góp ({share}{besides}).",
            None: "  - Phần thu nhập được dành để trả góp: {share}{besides}.",
        },
        besides={
            True: ", đã trừ các khoản phải trả khác",
            False: ", coi như không còn khoản phải trả nào khác",
            None: ", chưa kể các khoản phải trả khác",
        },
        longer="  - Nếu trả trong {months} thì khách trả được.",
        cheaper="  - Nếu giá không quá {price} thì khách trả được trong {months}.",
        assumed="Thu nhập ở đây là giả định.",
        ask="Cần hỏi thêm: {facts}.",
        missing={"income": "thu nhập hằng tháng", "obligations": "các khoản khác phải trả hằng tháng"},
        months=lambda count: f"{number_text(count, 'vi')} tháng",
    ),
    "en": Phrases(
        headline={
            True: "Affordable: {price} over {months}.",
            False: "Not affordable: {price} over {months}.",
            None: "Not known yet whether it is affordable: {price} over {months}.",
        },
        instalment="  - The instalment is {amount} a month{interest}.",
        interest=", with interest of {rate} a month",
        compared={
            True: "  - It is within the share of the income that may go to instalments ({share}{besides}).",
            False: "  - It is above the share of the income that may go to instalments ({share}{besides}).",
            None: "  - The share of the income that may go to instalments is {share}{besides}.",
        },
        besides={
            True: ", less the other obligations",
            False: ", taking it that there are no other obligations",
            None: ", the other obligations not counted",
        },
        longer="  - Over {months} it would be affordable.",
        cheaper="  - At a price of at most {price} it would be affordable over {months}.",
        assumed="The income is assumed.",
        ask="To settle it, find out: {facts}.",
        missing={"income": "the monthly income", "obligations": "the other monthly obligations"},
        months=lambda count: "1 month" if count == 1 else f"{number_text(count, 'en')} months",
    ),
}
