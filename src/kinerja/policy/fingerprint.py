"""The fingerprint of a policy: same meaning, same fingerprint.

What lives here: the canonical form of a program and its hash. What counts as meaning: inputs with types
and limits, formulas, scales, roundings, what is published, what follows. What does not: titles, notes,
legal bases, dates, the order of keys, and how a figure is written (`0.6`, `60 %`, `3/5`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Final

from kinerja.formula import nodes as n
from kinerja.scorer import Program
from kinerja.values import LabelDef

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
        "follow_ups": [[f.id, f.step] for f in program.follow_ups],
        "plugins": list(program.note.plugins),
    }
    text = json.dumps(meaning, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _canonical(value: object) -> object:  # noqa: PLR0911 - one line a kind of value
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, LabelDef):
        return value.id
    if isinstance(value, n.Named):
        return ["Named", value.key, _canonical(value.value)]
    if is_dataclass(value) and not isinstance(value, type):
        parts = [_canonical(getattr(value, field.name)) for field in fields(value)]
        return [type(value).__name__, *parts]
    if isinstance(value, Mapping):
        return {str(key): _canonical(part) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [_canonical(part) for part in value]
    if isinstance(value, (set, frozenset)):
        return sorted(str(part) for part in value)
    return value
