"""The stored form of results and explanations: plain data for a database, lossless.

What lives here: what a stored result holds, and the reading of data that may be damaged. What never
comes in: files, databases, scoring.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeVar, cast

from kinerja.errors import quoted
from kinerja.result.explanation import Explanation
from kinerja.result.plain import SCHEMA, Reading, scalars_to_plain, write
from kinerja.result.result import Result, Scalar, Status
from kinerja.values import Reason

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from kinerja.result.what_if import WhatIf

__all__ = ["from_plain", "result_from_dict", "result_to_dict", "to_plain", "what_if_to_dict"]

T = TypeVar("T", bound="DataclassInstance")

#: Attributes of a result with their types; the stored form names them alike.
_ATTRIBUTES: Final[dict[str, object]] = {
    "policy_id": str,
    "policy_version": str,
    "fingerprint": str,
    "library_version": str,
    "plugins": tuple[str, ...],
    "id": str | None,
    "reasons": tuple[Reason, ...],
    "follow_ups": tuple[str, ...],
    "warnings": tuple[str, ...],
}
_KEYS: Final = ("status", "values", "steps", "numbers", "inputs", "explanation", *_ATTRIBUTES)


class _Stored:
    """What a result gives on demand, as it was stored."""

    __slots__ = ("_explanation", "_inputs", "_steps")

    def __init__(
        self,
        explanation: Explanation,
        steps: Mapping[str, Scalar],
        inputs: Mapping[str, object],
    ) -> None:
        self._explanation = explanation
        self._steps = steps
        self._inputs = inputs

    def explain(self) -> Explanation:
        return self._explanation

    def steps(self) -> Mapping[str, Scalar]:
        return self._steps

    def inputs(self) -> Mapping[str, object]:
        return self._inputs


def to_plain(value: DataclassInstance) -> dict[str, object]:
    """Give an explanation, or a value that stands in one, as plain data that JSON can carry.

    Args:
        value: An `Explanation` (its form carries the number `schema`), `LegalBasis`, `Line`, ….

    Examples:
        >>> from kinerja.values import LegalBasis
        >>> to_plain(LegalBasis(title="PP 30/2019", clause="Pasal 41", status="primary"))
        {'title': 'PP 30/2019', 'clause': 'Pasal 41', 'status': 'primary'}
    """
    plain = cast("dict[str, object]", write(value))
    return {"schema": SCHEMA, **plain} if isinstance(value, Explanation) else plain


def from_plain(cls: type[T], data: object) -> T:
    """Read back what `to_plain` gave.

    Args:
        cls: What the data is the plain form of.
        data: The plain form, as JSON gave it back.

    Raises:
        InputError: The data is not that form; every issue at once.
    """
    reading = Reading()
    value = _read(reading, cls, data, "")
    reading.finish()
    return cast("T", value)


def _read(reading: Reading, cls: type[T], data: object, path: str) -> object:
    if cls is not Explanation:
        return reading.value(cls, data, path)
    found = reading.stored(data, path)
    return None if found is None else reading.value(cls, found, path)


def result_to_dict(result: Result) -> dict[str, object]:
    """Give a result as plain data: keys named as its attributes, values that a query can read.

    `values` holds the published values and `steps` those of all other steps: a label as text, a flag as
    `true` or `false`, a missing value as `null`, and a number as text such as `"81.25"`, or `"2/37"`
    where its decimal never ends; `numbers` lists the names of the numbers.
    """
    steps = {name: v for name, v in result.steps.items() if name not in result.values}
    values, numbers = scalars_to_plain(result.values)
    other_values, other_numbers = scalars_to_plain(steps)
    return {
        "schema": SCHEMA,
        "policy_id": result.policy_id,
        "policy_version": result.policy_version,
        "fingerprint": result.fingerprint,
        "library_version": result.library_version,
        "plugins": list(result.plugins),
        "id": result.id,
        "status": result.status,
        "values": values,
        "steps": other_values,
        "numbers": numbers + other_numbers,
        "reasons": write(result.reasons),
        "follow_ups": list(result.follow_ups),
        "warnings": list(result.warnings),
        "inputs": Reading().json(result.inputs, "inputs"),
        "explanation": to_plain(result.explanation),
    }


def what_if_to_dict(comparison: WhatIf) -> dict[str, object]:
    """Give a comparison as plain data: what changed, and the values of both results; no records."""
    return {
        "schema": SCHEMA,
        "policy": write(comparison.policy),
        "id": comparison.before.id,
        "before": _answers(comparison.before),
        "after": _answers(comparison.after),
        "inputs": write(comparison.inputs),
        "results": write(comparison.results),
        "steps": write(comparison.steps),
        "unmoved": comparison.unmoved,
    }


def _answers(result: Result) -> dict[str, object]:
    values, numbers = scalars_to_plain(result.values)
    return {
        "status": result.status,
        "values": values,
        "numbers": numbers,
        "reasons": write(result.reasons),
        "follow_ups": list(result.follow_ups),
        "warnings": list(result.warnings),
    }


def result_from_dict(data: object) -> Result:
    """Read back what `result_to_dict` gave.

    Raises:
        InputError: The data is not the stored form of a result; every issue at once.
    """
    reading = Reading()
    found = reading.stored(data, "") or {}
    reading.finish()
    reading.keyed(found, "", dict.fromkeys(_KEYS, True))
    parts = {
        name: reading.value(hint, found[name], name)
        for name, hint in _ATTRIBUTES.items()
        if name in found
    }
    values = reading.scalars(found.get("values", {}), "values")
    steps = reading.scalars(found.get("steps", {}), "steps")
    reading.numbers(found.get("numbers", []), "numbers", {"values": values, "steps": steps})
    inputs = found.get("inputs", {})
    if not isinstance(inputs, Mapping):
        reading.keyed(inputs, "inputs", {})
    copied = reading.json(inputs, "inputs")
    explanation = None
    if "explanation" in found:
        explanation = _read(reading, Explanation, found["explanation"], "explanation")
    if "status" in found:
        reading.value(Status, found["status"], "status")
    reading.finish()
    result = Result(
        values=values,
        source=_Stored(
            cast("Explanation", explanation),
            {**values, **steps},
            cast("dict[str, object]", copied),
        ),
        **parts,  # type: ignore[arg-type]
    )
    if found["status"] != result.status:
        details = {"found": quoted(str(found["status"])), "expected": result.status}
        reading.refuse("KNJ448", "status", **details)
        reading.finish()
    return result
