"""The fingerprint of a policy: same meaning, same fingerprint.

What lives here: the canonical form of a program and its hash. What counts as meaning: inputs with types
and limits, formulas, scales, roundings, what is published, what follows. What does not: titles, notes,
legal bases, dates, the order of keys and of the terms of a sum, and how a figure is written (`0.6`,
`60 %`, `3/5`). The order of labels counts where the scale is ordered.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Final

from kinerja.formula import nodes as n
from kinerja.formula.types import ListType
from kinerja.scorer import Program
from kinerja.values import LabelDef, Scale

__all__ = ["fingerprint"]

#: Changes when the canonical form does, so that two libraries never mean different things by one hash.
FORM: Final = "kinerja-1"


def fingerprint(program: Program) -> str:
    """Give `sha256:` and the hash of a program's meaning in hexadecimal."""
    meaning = {
        "form": FORM,
        "inputs": {
            i.name: [_canonical(i.type), "required" if i.required else "optional"]
            for i in program.inputs
        },
        "steps": {s.name: [_canonical(s.node), _canonical(s.type), s.over] for s in program.steps},
        "publish": list(program.published),
        "follow_ups": sorted([f.step, f.id] for f in program.follow_ups),
        "plugins": sorted(program.note.plugins),
    }
    return f"sha256:{hashlib.sha256(_text(meaning).encode('utf-8', 'surrogatepass')).hexdigest()}"


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _canonical(value: object) -> object:  # noqa: PLR0911 - one line a kind
    match value:
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
        case LabelDef():
            return value.id
        case Mapping():
            return {str(key): _canonical(part) for key, part in value.items()}
        case tuple() | list():
            return [_canonical(part) for part in value]
        case set() | frozenset():
            return sorted(map(str, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    parts = {field.name: _canonical(getattr(value, field.name)) for field in fields(value)}
    for name in _unordered(value):
        parts[name] = sorted(parts[name], key=_text)  # type: ignore[call-overload]
    return [type(value).__name__, *parts.values()]


def _unordered(value: object) -> tuple[str, ...]:
    """Give the fields of a value whose parts may stand in any order."""
    match value:
        case Scale(ordered=False):
            return ("labels",)
        case ListType():
            return ("key",)
        case n.Lookup():
            return ("rows",)
        case n.Add() | n.Multiply() | n.Minimum() | n.Maximum() | n.And() | n.Or():
            return tuple(field.name for field in fields(value))
    return ()
