"""Names that a caller chooses among, checked in one manner.

What lives here: the issue that a choice has a name that there is not. What never comes in: what the
choices mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kinerja.errors import Issue, unknown_name

__all__ = ["check_choices"]


def check_choices(chosen: Mapping[str, tuple[object, Sequence[str]]]) -> list[Issue]:
    """Give an issue for each argument whose value is none of those there are."""
    return [
        unknown_name("KNJ033", name, str(value), known)
        for name, (value, known) in chosen.items()
        if value not in known
    ]
