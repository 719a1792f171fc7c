"""Colours that people with any kind of colour vision can tell apart.

Source:
    Okabe and Ito, *Color Universal Design*, https://jfly.uni-koeln.de/color/ (labels without an order, seven of them);
    viridis by van der Walt and Smith, https://bids.github.io/colormap/ (labels in an order, or more of them), which is
    also a scheme of Vega: from dark to light, so that it is read in grey as well.
"""

from __future__ import annotations

OKABE_ITO = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442")
VIRIDIS = ("#440154", "#472D7B", "#3B528B", "#2C728E", "#21918C", "#28AE80", "#5EC962", "#ADDC30", "#FDE725")

BLUE, WARNING = "#0072B2", "#D55E00"
NOTICE = "#FBE3BF"
"""A tint of Okabe and Ito's orange, for what is worth a look and no fault."""
NO_LABEL = "#999999"
"""Who has no label is grey everywhere, and no label ever is."""
INK, PAPER = "#000000", "#FFFFFF"

_MIDDLE = 0.179
"""Where black and white stand out equally well, by WCAG 2: the root of 1.05 x 0.05, less 0.05."""

_DARKEST = 0.04045
"""Up to here sRGB is linear."""


def colours(count: int, *, ordered: bool = False) -> list[str]:
    """A colour for each of so many labels, in their order.

    Args:
        count: How many labels.
        ordered: Whether the labels go from less to more.

    >>> colours(2), colours(3, ordered=True)
    (['#0072B2', '#E69F00'], ['#440154', '#21918C', '#FDE725'])
    """
    if not ordered and count <= len(OKABE_ITO):
        return list(OKABE_ITO[:count])
    return [_between(place / max(count - 1, 1)) for place in range(count)]


def ink_on(colour: str) -> str:
    """Black or white, whichever is read better on a colour (WCAG 2, relative luminance).

    >>> ink_on("#0072B2"), ink_on("#F0E442")
    ('#FFFFFF', '#000000')
    """
    red, green, blue = (_linear(part / 255) for part in bytes.fromhex(colour[1:]))
    return INK if 0.2126 * red + 0.7152 * green + 0.0722 * blue > _MIDDLE else PAPER


def _linear(part: float) -> float:
    return part / 12.92 if part <= _DARKEST else ((part + 0.055) / 1.055) ** 2.4


def _between(share: float) -> str:
    """The colour of viridis that stands at a share of the way."""
    at = share * (len(VIRIDIS) - 1)
    place = min(int(at), len(VIRIDIS) - 2)
    low, high = (bytes.fromhex(VIRIDIS[each][1:]) for each in (place, place + 1))
    mixed = (round(one + (other - one) * (at - place)) for one, other in zip(low, high, strict=True))
    return "#" + "".join(f"{part:02X}" for part in mixed)
