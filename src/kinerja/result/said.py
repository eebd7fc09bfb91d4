"""What a line says beyond its value, each thing once.

What lives here: figures that are more than the value again, the rounding told apart from other notes, and
the shape of a text: what is left of it without its names. What never comes in: layout.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kinerja.result.explanation import Line
from kinerja.words import Text

__all__ = ["Said", "is_per_item", "said_by", "shape_of"]

_NUMBER: Final = re.compile(r"[0-9]+(?:,[0-9]+)?")
_SIGN: Final = re.compile(r"[-+−×÷=<>≤≥]")
_QUOTED: Final = re.compile(r"“[^”]*”")


@dataclass(frozen=True, slots=True)
class Said:
    """What a line says beyond its value.

    Attributes:
        figures: The figures, unless they are the value again.
        rounding: How the value was rounded, without the figure before it; `None` where nothing changed.
        notes: What else applied.
        reasons: Why the value is missing.
    """

    figures: Text | None
    rounding: Text | None
    notes: tuple[Text, ...]
    reasons: tuple[Text, ...]


def is_per_item(line: Line) -> bool:
    """Tell whether a step has a value for each item of a list and none of its own.

    A value that is missing always says why.
    """
    return line.value is None and not line.applied


def said_by(line: Line) -> Said:
    """Tell apart what a line says."""
    if line.value is None:
        return Said(line.figures, None, (), line.applied)
    notes = [text for text in line.applied if _rounding(line, text) is None]
    figures = line.figures
    if figures == line.value or (figures is not None and _repeat(notes, figures)):
        figures = None
    roundings = [text for text in (_rounding(line, a) for a in line.applied) if text is not None]
    return Said(figures, roundings[0] if roundings else None, tuple(notes), ())


def _repeat(notes: list[Text], figures: Text) -> bool:
    """Tell whether figures without any sign between them stand in a note again, as in a band."""
    if _SIGN.search(figures.id):
        return False
    said = {number for note in notes for number in _NUMBER.findall(note.id)}
    return bool(said) and said.issuperset(_NUMBER.findall(figures.id))


def _rounding(line: Line, applied: Text) -> Text | None:
    """Give a note on the rounding without the figure it begins with, which `unrounded` shows."""
    exact = line.unrounded
    if exact is None or not (
        applied.id.startswith(f"{exact.id} ") and applied.en.startswith(f"{exact.en} ")
    ):
        return None
    return Text(applied.id.removeprefix(f"{exact.id} "), applied.en.removeprefix(f"{exact.en} "))


def shape_of(text: Text | None, *, figures: bool) -> tuple[str, ...]:
    """Give what two texts of the same rule share: signs and figures, or else the first word.

    Args:
        text: A formula or a note; names stand in it as words or between quotation marks.
        figures: Figures count; a formula with another weight is another formula.
    """
    if text is None:
        return ()
    words = _QUOTED.sub(" ", text.id).split()
    signs = [word for word in words if not any(c.isalpha() for c in word)]
    if not figures:
        signs = ["#" if any(c.isdigit() for c in sign) else sign for sign in signs]
    return tuple(signs) or tuple(words[:1])
