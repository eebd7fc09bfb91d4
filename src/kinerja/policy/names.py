"""Names that a policy may not give to its steps, inputs and fields.

What lives here: names that would mean two things, in formulas or in results. What never comes in: how a
name is spelt; the models of the file say that.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from kinerja.errors import Issue, quoted
from kinerja.formula.parse import RESERVED_NAMES
from kinerja.policy.model import PolicyModel

__all__ = ["name_issues"]

#: Columns of results, and keys of examples, beside the steps; a field of a list may have such a name.
_RESULT_COLUMNS: Final = frozenset({"status", "reasons", "error", "follow_ups"})


def name_issues(model: PolicyModel, steps: Collection[str]) -> list[Issue]:
    """Give the issues of names that are taken.

    Args:
        model: The file's keys.
        steps: Names of all steps, those that options add too.
    """
    reserved = {"id"} | _RESULT_COLUMNS | RESERVED_NAMES
    issues = [
        Issue(code="KNJ213", path=f"steps.{name}", details={"found": quoted(name)})
        for name in steps
        if name in model.inputs
    ]
    fields = (
        (f"inputs.{name}.fields", part.fields) for name, part in model.inputs.items() if part.fields
    )
    for path, names in (("steps", steps), ("inputs", model.inputs), *fields):
        spared = _RESULT_COLUMNS if path.endswith("fields") else frozenset()
        issues.extend(
            Issue(code="KNJ214", path=f"{path}.{name}", details={"found": quoted(name)})
            for name in names
            if name in reserved and name not in spared
        )
    return issues
