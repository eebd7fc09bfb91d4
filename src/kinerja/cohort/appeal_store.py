"""The stored form of appeals: plain data for a database, lossless, with receipts that show any alteration.

What lives here: receipts (hashes of stored forms), writing and reading. What never comes in: files,
databases, deciding.

A receipt shows that content was altered; it is no signature: whoever alters the content can make another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from hashlib import sha256
from typing import Final, cast

from kinerja.cohort.appeals import Appeal, AppealCase, AppealOutcome
from kinerja.errors import InputError, quoted
from kinerja.result import PolicyNote, Result, StepChange, ValueChange, WhatIf
from kinerja.result.plain import SCHEMA, Reading, write
from kinerja.words import Text

__all__ = [
    "appeal_from_dict",
    "appeal_receipt",
    "appeal_to_dict",
    "content_hash",
    "result_receipt",
]

#: What an appeal keeps of its comparison beside both results.
_DIFFERENCE: Final[dict[str, object]] = {
    "inputs": tuple[ValueChange, ...],
    "results": tuple[ValueChange, ...],
    "steps": tuple[StepChange, ...],
    "unmoved": int,
    "reasons": tuple[tuple[Text, ...], tuple[Text, ...]],
    "follow_ups": tuple[tuple[Text, ...], tuple[Text, ...]],
}
_CASE: Final = tuple(field.name for field in fields(AppealCase))
_DATES: Final = ("filed", "decided", "received")
_KEYS: Final = (
    "id",
    "outcome",
    "case",
    "policy",
    "contested_receipt",
    "decided_receipt",
    "previous",
    "veiled",
    "contested",
    "decided",
    "difference",
    "receipt",
)


def result_receipt(result: Result) -> str:
    """Give the hash of the stored form of a result: the same for a fresh one and one read back.

    Examples:
        >>> from kinerja.asn import load
        >>> result = load("kuadran-6-2022").score({"id": "p7"})
        >>> result_receipt(result) == result_receipt(Result.from_dict(result.to_dict()))
        True
    """
    return content_hash(result.to_dict())


def appeal_receipt(appeal: Appeal) -> str:
    """Give the hash of the stored form of an appeal, without the receipt that stands in it."""
    return content_hash(_plain(appeal))


def appeal_to_dict(appeal: Appeal) -> dict[str, object]:
    """Give an appeal as plain data; see `Appeal.to_dict`.

    `decided` is `null` where the contested result was confirmed. Both results carry their inputs, so a
    column with this form needs the same protection as one with results.
    """
    plain = _plain(appeal)
    return {**plain, "receipt": content_hash(plain)}


def _plain(appeal: Appeal) -> dict[str, object]:
    case = appeal.case
    dates = {name: getattr(case, name) for name in _DATES}
    return {
        "schema": SCHEMA,
        "id": case.id,
        "outcome": appeal.outcome,
        "case": {
            "id": case.id,
            "office": case.office,
            "grounds": case.grounds,
            **{name: None if day is None else day.isoformat() for name, day in dates.items()},
        },
        "policy": write(appeal.policy),
        "contested_receipt": appeal.contested_receipt,
        "decided_receipt": appeal.decided_receipt,
        "previous": appeal.previous,
        "veiled": list(appeal.veiled),
        "contested": appeal.contested.to_dict(),
        "decided": None if appeal.outcome == "confirmed" else appeal.decided.to_dict(),
        "difference": {name: write(getattr(appeal.difference, name)) for name in _DIFFERENCE},
    }


def content_hash(plain: object) -> str:
    """Give the hash of plain data, whatever the order of its keys."""
    text = json.dumps(_ordered(plain), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _ordered(plain: object) -> object:
    """Give data in one order: databases keep neither that of keys nor what is derived from it."""
    if isinstance(plain, Mapping):
        return {
            key: sorted(part) if key == "numbers" and _are_texts(part) else _ordered(part)
            for key, part in plain.items()
        }
    return [_ordered(part) for part in plain] if isinstance(plain, list) else plain


def _are_texts(part: object) -> bool:
    return isinstance(part, list) and all(isinstance(text, str) for text in part)


def appeal_from_dict(data: object) -> Appeal:
    """Read back what `appeal_to_dict` gave; see `Appeal.from_dict`.

    Raises:
        InputError: The data is not the stored form of an appeal, or its content was altered; every issue
            at once.
    """
    reading = Reading()
    found = reading.stored(data, "") or {}
    reading.finish()
    reading.keyed(found, "", dict.fromkeys(_KEYS, True))
    reading.finish()
    outcome = reading.value(AppealOutcome, found["outcome"], "outcome")
    texts = {
        name: cast("str", reading.value(str, found[name], name))
        for name in ("contested_receipt", "decided_receipt", "receipt")
    }
    policy = reading.value(PolicyNote, found["policy"], "policy")
    previous = cast("str | None", reading.value(str | None, found["previous"], "previous"))
    veiled = cast("tuple[str, ...]", reading.value(tuple[str, ...], found["veiled"], "veiled"))
    case = _case(reading, found["case"])
    contested = _result(reading, found["contested"], "contested")
    decided = contested
    if outcome == "changed":
        decided = _result(reading, found["decided"], "decided")
    elif found["decided"] is not None:
        reading.refuse("KNJ444", "decided", found="object", expected="null")
    difference = _difference(reading, found["difference"])
    reading.finish()
    appeal = Appeal(
        case=cast("AppealCase", case),
        outcome=cast("AppealOutcome", outcome),
        contested=cast("Result", contested),
        decided=cast("Result", decided),
        contested_receipt=texts["contested_receipt"],
        decided_receipt=texts["decided_receipt"],
        difference=WhatIf(
            policy=cast("PolicyNote", policy),
            before=cast("Result", contested),
            after=cast("Result", decided),
            **difference,  # type: ignore[arg-type]
        ),
        veiled=veiled,
        previous=previous,
    )
    _check(reading, appeal, found)
    return appeal


def _check(reading: Reading, appeal: Appeal, found: Mapping[str, object]) -> None:
    """Refuse content that does not fit its receipts."""
    plain = {key: value for key, value in found.items() if key != "receipt"}
    for name, computed in (
        ("contested_receipt", result_receipt(appeal.contested)),
        ("decided_receipt", result_receipt(appeal.decided)),
        ("receipt", content_hash({"schema": SCHEMA, **plain})),
    ):
        if found[name] != computed:
            stored = quoted(str(found[name]))
            reading.refuse("KNJ859", name, found=stored, expected=quoted(computed))
    if found["id"] != appeal.case.id:
        reading.refuse("KNJ859", "id", found=str(found["id"]), expected=str(appeal.case.id))
    reading.finish()


def _case(reading: Reading, data: object) -> AppealCase | None:
    found = reading.keyed(data, "case", dict.fromkeys(_CASE, True))
    if found is None or reading.issues:
        return None
    read: dict[str, object] = {
        "id": reading.value(str | None, found["id"], "case.id"),
        "office": reading.value(str, found["office"], "case.office"),
        "grounds": reading.value(str, found["grounds"], "case.grounds"),
    }
    for name in _DATES:
        hint = str | None if name == "received" else str
        text = reading.value(hint, found[name], f"case.{name}")
        try:
            read[name] = date.fromisoformat(text) if isinstance(text, str) else None
        except ValueError:
            reading.refuse("KNJ410", f"case.{name}", found=quoted(text))
    return None if reading.issues else AppealCase(**read)  # type: ignore[arg-type]


def _result(reading: Reading, data: object, path: str) -> Result | None:
    try:
        return Result.from_dict(cast("Mapping[str, object]", data))
    except InputError as error:
        reading.issues += [
            issue.at(path=f"{path}.{issue.path}" if issue.path else path) for issue in error.issues
        ]
        return None


def _difference(reading: Reading, data: object) -> dict[str, object]:
    found = reading.keyed(data, "difference", dict.fromkeys(_DIFFERENCE, True)) or {}
    return {
        name: reading.value(hint, found[name], f"difference.{name}")
        for name, hint in _DIFFERENCE.items()
        if name in found
    }
