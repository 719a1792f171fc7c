"""Colours: each can be told from the others by people with any kind of colour vision."""

from __future__ import annotations

from itertools import combinations

import pytest

from khachhang.charts.palette import INK, NO_LABEL, OKABE_ITO, PAPER, VIRIDIS, colours, ink_on

# Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency (2009):
# what people without one kind of cones see, on linear RGB.
DEFICIENCIES = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> list[float]:
    parts = [part / 255 for part in bytes.fromhex(colour[1:])]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def seen(colour: str, deficiency: str) -> tuple[float, float, float]:
    """The colour as CIE L*a*b*, after what the eye does not tell is taken from it."""
    red, green, blue = (
        min(max(sum(weight * part for weight, part in zip(row, linear(colour), strict=True)), 0), 1)
        for row in DEFICIENCIES[deficiency]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    root = [part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z)]
    return 116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])


def distance(one: str, other: str, deficiency: str) -> float:
    pairs = zip(seen(one, deficiency), seen(other, deficiency), strict=True)
    return float(sum((left - right) ** 2 for left, right in pairs) ** 0.5)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("count", range(2, 9))
@pytest.mark.parametrize("ordered", [False, True])
def test_any_two_labels_can_be_told_apart(count: int, ordered: bool, deficiency: str) -> None:
    for one, other in combinations(colours(count, ordered=ordered), 2):
        assert distance(one, other, deficiency) > 9, (one, other)  # 2.3 is just noticeable


def test_labels_in_an_order_grow_lighter() -> None:
    lights = [seen(colour, "none")[0] for colour in colours(12, ordered=True)]
    assert lights == sorted(lights)
    assert colours(9, ordered=True) == list(VIRIDIS)
    assert colours(1, ordered=True) == [VIRIDIS[0]]


def test_no_label_is_grey() -> None:
    for count in range(1, 30):
        assert NO_LABEL not in colours(count)
        assert len(set(colours(count))) == count


@pytest.mark.parametrize("colour", [*OKABE_ITO, *VIRIDIS, NO_LABEL])
def test_words_on_a_colour_are_read_with_the_better_contrast(colour: str) -> None:
    def contrast(ink: str) -> float:
        light, dark = sorted(
            (0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in (linear(ink), linear(colour))),
            reverse=True,
        )
        return (light + 0.05) / (dark + 0.05)

    assert contrast(ink_on(colour)) == max(contrast(INK), contrast(PAPER)) >= 4.5  # WCAG 2, level AA
