"""What is left of a policy file when its faulty parts are taken out.

What lives here: dropping parts whose shape is wrong, so that the rest can still be checked for what does
not fit together. What never comes in: mending; a salvaged policy is only looked at, never used.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kinerja.errors import Issue
from kinerja.policy.model import PolicyModel
from kinerja.policy.shape import shape
from kinerja.policy.source import Tree, path_parts

__all__ = ["salvaged"]

#: Sections that hold named parts, each of which can be taken out alone.
_NAMED: Final = ("bases", "scales", "inputs", "choices", "steps", "reasons")
#: What stands in for a required key that is wrong or missing.
_STAND_IN: Final[dict[str, Tree]] = {
    "schema": "1",
    "id": "x",
    "version": "0.0.0",
    "title": "x",
    "in_force": {"from": "2000-01-01"},
    "bases": {},
    "inputs": {"x": {"type": "text", "title": "x"}},
    "publish": ["x"],
}
#: Each round takes out what the one before could not see; a file needs two at most.
_ROUNDS: Final = 4


def salvaged(
    tree: dict[str, Tree], issues: Iterable[Issue]
) -> tuple[PolicyModel, frozenset[str]] | None:
    """Take out the parts whose shape is wrong.

    Args:
        tree: The file.
        issues: What is wrong with its shape.

    Returns:
        The rest, and the names that are missing from it: of inputs, scales, bases and steps, and the
        sections replaced; `None` when nothing useful is left.
    """
    left = {key: dict(part) if isinstance(part, dict) else part for key, part in tree.items()}
    absent: set[str] = set()
    found = list(issues)
    for _ in range(_ROUNDS):
        for issue in found:
            _take_out(left, path_parts(issue.path), issue, absent)
        model = shape(PolicyModel, left, ())
        if not isinstance(model, list):
            return model, frozenset(absent)
        found = model
    return None


def _take_out(
    left: dict[str, Tree], path: tuple[str | int, ...], issue: Issue, absent: set[str]
) -> None:
    # A missing key has the path of what it is missing from.
    section = str(path[0]) if path else issue.details.get("expected", "").strip('"')
    part = left.get(section)
    if section in _NAMED and isinstance(part, dict) and len(path) > 1:
        part.pop(str(path[1]), None)
        absent.add(str(path[1]))
        return
    absent.add(section)
    if section in _STAND_IN:
        left[section] = _STAND_IN[section]
    else:
        left.pop(section, None)
