"""What a caller gives beside the data, checked in one manner.

What lives here: the issue that a choice has a name that there is not, and that a figure is none. What
never comes in: what the choices and figures mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from kinerja.errors import Issue, quoted, unknown_name
from kinerja.exact import ExactInput, NotANumberError, exact

__all__ = ["check_choices", "check_figures", "figure_of"]


def check_choices(chosen: Mapping[str, tuple[object, Sequence[str]]]) -> list[Issue]:
    """Give an issue for each argument whose value is none of those there are."""
    return [
        unknown_name("KNJ033", name, str(value), known)
        for name, (value, known) in chosen.items()
        if value not in known
    ]


def figure_of(value: ExactInput) -> Fraction | None:
    """Read a number exactly; `None` for what is no number."""
    try:
        return exact(value)
    except NotANumberError:
        return None


def check_figures(given: Mapping[str, ExactInput]) -> list[Issue]:
    """Give an issue for each value that is no number, by its path."""
    return [
        Issue(
            code="KNJ035",
            path=path,
            details={"found": quoted(value), "expected": "-∞ < x < ∞"},
        )
        for path, value in given.items()
        if figure_of(value) is None
    ]
