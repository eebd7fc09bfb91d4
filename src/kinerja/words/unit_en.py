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
    "KNJ850.message": "the policy is not the one of the contested result: {found} in the result, {expected} in this policy",
    "KNJ850.way_out": "load the policy in the version and with the choices used then; the contested result has its fingerprint",
    "KNJ851.message": "the contested result is not the same when scored again: stored {found}, scored again {expected}",
    "KNJ851.way_out": "take the contested result as it was published; if that is what was published, look at who altered what is stored",
    "KNJ852.message": "{expected} is empty",
    "KNJ852.way_out": "fill in {expected}; a decision needs the office that decided and its grounds, a correction its input and the new value",
    "KNJ853.message": "the date {found} is before {expected}",
    "KNJ853.way_out": "check the dates: the result is received, then the appeal filed, then decided",
    "KNJ854.message": "this correction changes nothing: the value is the one in the record",
    "KNJ854.way_out": "give the right value, or leave the corrections empty where the contested result is confirmed",
    "KNJ855.message": "this decision is about {found}, but the contested result belongs to {expected}",
    "KNJ855.way_out": "put the decision to the result of the same person",
    "KNJ856.message": "there must be exactly one result for {found}, there are {count}",
    "KNJ856.way_out": "check the id (nearest: {nearest}), and give the contested result only",
    "KNJ857.message": "{found} contradicts {expected} in {other}, for the same person",
    "KNJ857.way_out": "make both rows say the same, or take one of them out",
    "KNJ858.message": "this policy has no override named {found} that can be filled in; there are: {expected}",
    "KNJ858.way_out": "name the step: {nearest}",
    "KNJ859.message": "the content does not fit its receipt: written is {found}, the content gives {expected}",
    "KNJ859.way_out": "read back the data as to_dict() made it, unchanged",
    "unit.appeals.title": "Appeals",
    "unit.appeals.none": "There are no appeals.",
    "unit.appeals.count": "{count} appeals decided. Result changed: {moved}; record corrected, same result: {kept}; result confirmed: {confirmed}.",
    "unit.appeals.count.one": "1 appeal decided. Result changed: {moved}; record corrected, same result: {kept}; result confirmed: {confirmed}.",
    "unit.appeals.late": "{count} appeals were filed or decided late.",
    "unit.appeals.late.one": "1 appeal was filed or decided late.",
    "unit.appeals.none_late": "All that can be checked were in time.",
    "unit.appeals.item": "{id}: {outcome}",
    "unit.appeals.outcome.confirmed": "result confirmed",
    "unit.appeals.outcome.changed": "result changed",
    "unit.appeals.outcome.kept": "record corrected, same result",
    "unit.appeals.no_id": "without id",
    "unit.appeals.outcome": "Decision",
    "unit.appeals.id": "Id",
    "unit.appeals.result": "Result",
    "unit.appeals.corrected": "Corrected",
    "unit.appeals.steps": "Steps",
    "unit.appeals.office": "Decided by",
    "unit.appeals.grounds": "Grounds",
    "unit.appeals.filing": "Filed",
    "unit.appeals.decision": "Decided",
    "unit.appeals.received": "Result received",
    "unit.appeals.same": "{title}: still {value}",
    "unit.appeals.moved": "{title}: {before} → {after}",
    "unit.appeals.moved_by": "{title}: {before} → {after} ({moved})",
    "unit.appeals.items_changed": "{title}: {note}",
    "unit.appeals.per_item": "{title}, for each item",
    "unit.appeals.veiled": "{count} steps on the way changed. They and their values are not shown, since the corrected list holds ratings that must not be read one by one.",
    "unit.appeals.veiled.one": "1 step on the way changed. It and its value are not shown, since the corrected list holds ratings that must not be read one by one.",
    "unit.appeals.veiled_short": "{count} steps on the way changed; their values are not shown, to keep raters anonymous",
    "unit.appeals.veiled_short.one": "1 step on the way changed; its value is not shown, to keep raters anonymous",
    "unit.appeals.in_time": "{day}, working day {taken}, in time (limit {days} working days, at the latest {last}; {basis})",
    "unit.appeals.same_day": "{day}, the same day, in time (limit {days} working days, at the latest {last}; {basis})",
    "unit.appeals.too_late": "{day}, working day {taken}, late by {count} working days (limit {days} working days, at the latest {last}; {basis})",
    "unit.appeals.too_late.one": "{day}, working day {taken}, late by 1 working day (limit {days} working days, at the latest {last}; {basis})",
    "unit.appeals.page_title": "Decision on an appeal",
    "unit.appeals.contents": "Parts of the page",
    "unit.appeals.missing": "–",
    "unit.appeals.results_title": "Results before and after the decision",
    "unit.appeals.results_confirmed": "Results confirmed",
    "unit.appeals.corrections_title": "What was corrected",
    "unit.appeals.no_corrections": "Nothing in the record was corrected. The contested result stands.",
    "unit.appeals.steps_title": "How the change came about",
    "unit.appeals.receipts_title": "Policy and receipts",
    "unit.appeals.column.name": "Name",
    "unit.appeals.column.before": "Before",
    "unit.appeals.column.after": "After",
    "unit.appeals.column.difference": "Difference",
    "unit.appeals.policy": "Policy",
    "unit.appeals.policy_line": "{title} ({id} version {version})",
    "unit.appeals.fingerprint": "Fingerprint of the policy",
    "unit.appeals.contested_receipt": "Receipt, contested result",
    "unit.appeals.decided_receipt": "Receipt, result decided",
    "unit.appeals.previous": "Receipt, previous decision",
    "unit.appeals.same_policy": "Both results were scored by the same policy: the same version, choices and fingerprint. The contested result stays stored as it was.",
    "unit.appeals.unchanged": "same",
    "unit.appeals.changed": "changed",
    "unit.appeals.overrides_title": "Decisions in place of computed labels",
    "unit.appeals.no_overrides": "No decision stands in place of a computed label.",
    "unit.appeals.overrides_count": "{count} decisions are recorded, {other} of them with another label than the computed one.",
    "unit.appeals.overrides_count.one": "1 decision is recorded, {other} of them with another label than the computed one.",
    "unit.appeals.column.id": "Id",
    "unit.appeals.column.step": "Step",
    "unit.appeals.column.replaced": "Computed",
    "unit.appeals.column.gave": "Decided",
    "unit.appeals.column.who": "Office",
    "unit.appeals.column.why": "Grounds",
    "unit.appeals.not_counted": "does not count: office or grounds missing",
    # end of appeals
}
