"""Colours that survive grey paper and colour-blind eyes.

What lives here: a scale for labels that have an order, colours and hatches for things that have none, and
the ink that is readable on each. What never comes in: matplotlib, what the colours stand for.

Fills are the same on white and on dark paper; only ink changes. So one drawing serves both, and `svg` needs
no second copy of it.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "CATEGORIES",
    "DARK_INK",
    "EMPTY",
    "HATCHES",
    "LIGHT_INK",
    "MARKERS",
    "categories",
    "edge_for",
    "grey_of",
    "ink_for",
    "ink_on",
    "ordered",
]

#: Ink on light paper, and ink on dark paper.
DARK_INK: Final = "#18222d"
LIGHT_INK: Final = "#e7edf3"
#: Ink inside light fills, and inside dark ones. No ink of the paper, so that it stays as it is when the
#: paper changes.
_IN_LIGHT: Final = "#000000"
_IN_DARK: Final = "#ffffff"

#: Fill of a cell that holds nothing: the light end of the scale, on dark paper too.
EMPTY: Final = "#f6f9fb"
#: From the lowest label to the highest: one hue whose lightness falls evenly.
_SCALE: Final = ("#e3edf5", "#a9c9e2", "#6a9fc8", "#356f9e", "#123f66")
#: Okabe and Ito (2008), Color Universal Design, without black; those first whose greys differ most.
CATEGORIES: Final = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#f0e442")
#: What tells categories apart where colours do not.
HATCHES: Final = ("", "//", "..", "\\\\", "xx", "--", "++")
MARKERS: Final = ("o", "s", "^", "D", "v", "P", "X")

#: Relative luminance from which on paper is light; white and black ink contrast alike at 0.18.
_LIGHT_FROM: Final = 0.18


def ordered(count: int) -> list[str]:
    """Give a fill for each of some labels in order, from light to dark.

    Examples:
        >>> ordered(3)
        ['#e3edf5', '#6a9fc8', '#123f66']
    """
    last = len(_SCALE) - 1
    if count == 1:
        return [_SCALE[last // 2]]
    found = []
    for at in range(count):
        place = at * last / (count - 1)
        lower = min(int(place), last - 1)
        found.append(_between(_SCALE[lower], _SCALE[lower + 1], place - lower))
    return found


def categories(count: int) -> list[str]:
    """Give a colour for each of some things without order; more than seven begin again.

    Examples:
        >>> categories(2)
        ['#0072b2', '#e69f00']
    """
    return [CATEGORIES[at % len(CATEGORIES)] for at in range(count)]


def ink_for(paper: str) -> str:
    """Give the ink for paper of a colour.

    Examples:
        >>> ink_for("#ffffff"), ink_for("#17202a")
        ('#18222d', '#e7edf3')
    """
    return DARK_INK if grey_of(paper) >= _LIGHT_FROM else LIGHT_INK


def ink_on(fill: str) -> str:
    """Give the ink for text inside a fill.

    Examples:
        >>> ink_on("#e3edf5"), ink_on("#123f66")
        ('#000000', '#ffffff')
    """
    return _IN_LIGHT if grey_of(fill) >= _LIGHT_FROM else _IN_DARK


def edge_for(fill: str, paper_ink: str) -> str:
    """Give the outline of a fill: dark around a light one, and ink around a dark one.

    Examples:
        >>> edge_for("#e3edf5", LIGHT_INK), edge_for("#123f66", LIGHT_INK)
        ('#000000', '#e7edf3')
    """
    return _IN_LIGHT if grey_of(fill) >= _LIGHT_FROM else paper_ink


def grey_of(colour: str) -> float:
    """Give the relative luminance of a colour (WCAG 2.2), which is its grey on paper: 0 black, 1 white.

    Args:
        colour: Six hex digits after `#`.
    """
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _between(first: str, second: str, share: float) -> str:
    pairs = zip(_parts(first), _parts(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
