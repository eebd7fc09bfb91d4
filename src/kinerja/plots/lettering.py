"""How wide texts are, and where their lines break.

What lives here: measuring with the font that matplotlib draws with, wrapping by width. What never comes in:
where a text stands. Imported only where something is drawn: it needs matplotlib.

Texts are measured with DejaVu Sans, the font that matplotlib brings along. The fonts that browsers put in
its place in an SVG are narrower, so what fits here fits there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

__all__ = ["FAMILY", "NORMAL", "SMALL", "TITLE", "height_of", "line_height", "width_of", "wrapped"]

#: The font, and sizes in points on paper.
FAMILY: Final = "DejaVu Sans"
TITLE: Final = 11.0
NORMAL: Final = 9.0
SMALL: Final = 8.0
#: How much wider letters may become when a screen draws them on whole dots.
_SLACK: Final = 1.06
#: From one line to the next, in sizes.
_LINE: Final = 1.25
#: A number and its sign stay on one line.
_PERCENT: Final = "\N{NO-BREAK SPACE}%"
#: Where a long name may break besides blanks.
_JOINTS: Final = "-/_.,:"


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, *, weight: str = "normal") -> float:
    """Give the width of the widest line of a text, in points."""
    font = FontProperties(family=FAMILY, size=size, weight=weight)
    return _SLACK * max(
        (
            text_to_path.get_text_width_height_descent(line, font, ismath=False)[0]
            for line in text.split("\n")
            if line
        ),
        default=0.0,
    )


def line_height(size: float) -> float:
    """Give the distance between two lines, in points."""
    return size * _LINE


def height_of(text: str, size: float) -> float:
    """Give the height of the lines of a text, in points."""
    return line_height(size) * (text.count("\n") + 1) if text else 0.0


def wrapped(
    text: str, *, within: float, size: float, lines: int = 3, weight: str = "normal"
) -> str:
    """Break a text into lines no wider than some points.

    Args:
        text: One line.
        within: The width.
        size: Size of the letters.
        lines: Most lines; what is longer ends in `…` there.
        weight: Weight of the letters.
    """

    def fits(piece: str) -> bool:
        return width_of(piece, size, weight=weight) <= within

    done: list[str] = []
    line = ""
    for piece in text.replace(" %", _PERCENT).split(" "):
        word = piece.replace(_PERCENT, " %")
        joined = f"{line} {word}" if line else word
        if fits(joined):
            line = joined
            continue
        if line:
            done.append(line)
        *full, line = _broken(word, fits)
        done += full
    done.append(line)
    if len(done) <= lines:
        return "\n".join(done)
    last = done[lines - 1]
    while last and not fits(f"{last}…"):
        last = last[:-1].rstrip()
    return "\n".join([*done[: lines - 1], f"{last}…"])


def _broken(word: str, fits: Callable[[str], bool]) -> list[str]:
    """Break a word that is too wide alone, at a joint where it has one."""
    pieces: list[str] = []
    while word and not fits(word):
        end = max((at for at in range(1, len(word)) if fits(word[:at])), default=1)
        joint = max((at + 1 for at in range(end) if word[at] in _JOINTS), default=0)
        end = joint or end
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]
