"""What a party needs, as far as anybody knows."""

from __future__ import annotations

import attrs

from khachhang.entities._checks import Faults, Refused, to_flag


@attrs.frozen(init=False, kw_only=True)
class Need:
    """The three tests of a potential customer, and whether there is interest at all.

    Each is True, False, or None where it is not known; nothing else counts as one of them. All are given by keyword.

    Args:
        has_need: Whether there is a need that the offering meets.
        has_means: Whether the party can pay for it.
        taste_matches: Whether it is to the party's taste.
        is_interested: Whether the party is interested in it.

    Raises:
        InvalidError: If a field is neither True, False nor None; all wrong fields at once.

    >>> from khachhang.entities import Need
    >>> Need(has_need=True, has_means=False)
    Need(has_need=True, has_means=False, taste_matches=None, is_interested=None)
    """

    has_need: bool | None = None
    has_means: bool | None = None
    taste_matches: bool | None = None
    is_interested: bool | None = None

    def __init__(
        self,
        *,
        has_need: bool | None = None,
        has_means: bool | None = None,
        taste_matches: bool | None = None,
        is_interested: bool | None = None,
    ) -> None:
        try:
            self.__attrs_init__(
                has_need=None if has_need is None else to_flag(has_need),
                has_means=None if has_means is None else to_flag(has_means),
                taste_matches=None if taste_matches is None else to_flag(taste_matches),
                is_interested=None if is_interested is None else to_flag(is_interested),
            )
        except Refused:
            faults = Faults("Need")
            faults.check_known("has_need", to_flag, has_need)
            faults.check_known("has_means", to_flag, has_means)
            faults.check_known("taste_matches", to_flag, taste_matches)
            faults.check_known("is_interested", to_flag, is_interested)
            raise faults.error() from None
