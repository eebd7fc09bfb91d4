"""English: what is said of a whole unit.

What lives here: words. What never comes in: logic.
"""

from __future__ import annotations

from typing import Final

__all__ = ["WORDS"]

WORDS: Final[dict[str, str]] = {
    # a unit as a whole, kinerja unit
    "KNJ861.message": "this policy publishes no step with labels named {found}; there are: {expected}",
    "KNJ861.way_out": "name one of these steps: {nearest}",
    "KNJ862.message": "this policy publishes no number named {found}; there are: {expected}",
    "KNJ862.way_out": "name one of these steps: {nearest}",
    "unit.title": "A whole unit in one report",
    "unit.contents": "Contents",
    "unit.nothing": "–",
    "unit.policy": "policy",
    "unit.fingerprint": "fingerprint",
    "unit.data": "data",
    "unit.period": "assessment period",
    "unit.summary.title": "Summary",
    "unit.summary.people": "people",
    "unit.summary.status.complete": "complete",
    "unit.summary.status.incomplete": "incomplete",
    "unit.summary.status.refused": "data refused",
    "unit.summary.reasons": "why incomplete",
    "unit.summary.reason": "{count} people: {reason}",
    "unit.summary.reason.one": "{count} person: {reason}",
    "unit.summary.reasons_rest": "and {count} more reasons",
    "unit.summary.reasons_rest.one": "and {count} more reason",
    "unit.summary.unit": "unit",
    "unit.summary.units": "By unit",
    "unit.summary.no_unit": "(no unit)",
    "unit.summary.total": "total",
    "unit.summary.without_label": "without predicate",
    "unit.summary.not_complete": "incomplete",
    "unit.summary.follow_ups": "What follows",
    # end of unit
    # distribution
    # end of distribution
    # ranking
    # end of ranking
    # periods
    # end of periods
    # publication
    # end of publication
    # quality
    # end of quality
    # appeals
    # end of appeals
}
