"""The scales of labels that a policy declares, and those that its rules bring.

What lives here: making scales, and the titles that would mean two labels. What never comes in: which step
uses which scale.
"""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.errors import Issue, quoted
from kinerja.policy.model import ScaleModel
from kinerja.rules import FollowUpRule
from kinerja.rules.follow_up import NONE
from kinerja.values import LabelDef, Scale
from kinerja.words import phrase

__all__ = ["follow_up_scale", "scale_of", "title_issues"]


def scale_of(part: ScaleModel) -> Scale:
    """Make the scale that a policy declares."""
    labels = tuple(LabelDef(name, title) for name, title in part.labels.items())
    return Scale(labels=labels, ordered=part.ordered)


def follow_up_scale(rule: FollowUpRule) -> Scale:
    """Make the scale of what may follow, and of nothing."""
    # An action of that name is refused when the rule is built.
    taken = (action for action in rule.actions if action.id != NONE)
    actions = tuple(LabelDef(action.id, action.title) for action in taken)
    none = LabelDef(NONE, phrase("rule.follow_up.none"))
    return Scale(labels=(*actions, none), ordered=False)


def title_issues(name: str, scale: Scale) -> Iterator[Issue]:
    """Find texts that mean two labels: data may write a label by its id or by its title."""
    owners = {label.id: label.id for label in scale.labels}
    for label in scale.labels:
        for title in dict.fromkeys((label.title.id, label.title.en)):
            owner = owners.setdefault(title, label.id)
            if owner != label.id:
                details = {"found": quoted(title), "first": quoted(owner)}
                path = f"scales.{name}.labels.{label.id}"
                yield Issue(code="KNJ226", path=path, details=details)
                break
