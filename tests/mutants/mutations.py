"""Faults that people make when they write a policy, one at a time: what examples ought to catch.

`mutations(policy)` gives every single fault of its kinds that the file of a policy admits: a point of
weight moved from one part to another, the edge of a band moved by one or given to the other side, a
neighbouring label or figure in a cell, a cap moved, a direction turned round, another rounding, another
treatment of what is missing, a figure of a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from fractions import Fraction

from kinerja.errors import PolicyError
from kinerja.exact import NotANumberError, exact
from kinerja.policy import Policy
from kinerja.policy.read import fit_policy

__all__ = ["KINDS", "Mutation", "mutated", "mutations"]

KINDS = (
    "weight",
    "edge",
    "closedness",
    "cell",
    "limit",
    "direction",
    "rounding",
    "missing",
    "figure",
)

Path = tuple[str | int, ...]
#: What a key may say instead.
OTHERWISE: Mapping[tuple[str, ...], tuple[str, Sequence[str]]] = {
    ("better",): ("direction", ("higher", "lower")),
    ("lower_is",): ("direction", ("two_minus_ratio", "target_over_actual")),
    ("round", "mode"): ("rounding", ("half_up", "half_even", "half_down", "floor", "ceiling")),
    ("missing",): ("missing", ("incomplete", "renormalise", "zero", "skip")),
    ("missing_group",): ("missing", ("incomplete", "zero", "renormalise")),
    ("unanswered",): ("missing", ("incomplete", "skip")),
    ("too_few",): ("missing", ("incomplete", "missing_group")),
    ("coverage", "below"): ("missing", ("incomplete", "renormalise")),
    ("within",): ("figure", ("mean", "median")),
    ("beyond",): ("limit", ("clip", "refuse")),
    ("how",): ("figure", ("mean", "sum", "last", "highest")),
}
_LOW_ENDS = {"from": "above", "above": "from"}
_HIGH_ENDS = {"to": "below", "below": "to"}
_ENDS = {**_LOW_ENDS, **_HIGH_ENDS}
_FIGURE = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")


@dataclass(frozen=True, slots=True)
class Mutation:
    """One fault.

    Attributes:
        kind: One of `KINDS`.
        path: Where it is.
        before: What was right.
        after: What stands there now.
        edits: Every change of the tree that it takes: path and new value, `None` for no such key.
    """

    kind: str
    path: Path
    before: str
    after: str
    edits: tuple[tuple[Path, object], ...]

    def __str__(self) -> str:
        """Tell the fault on a line."""
        return f"{self.kind} {'.'.join(map(str, self.path))}: {self.before} -> {self.after}"


def mutated(policy: Policy, mutation: Mutation) -> Policy | None:
    """Give the policy with a fault, or `None` where the check refuses it at once."""
    tree = deepcopy(policy.source.tree)
    for path, value in mutation.edits:
        *above, key = path
        part = tree
        for step in above:
            part = part[step]
        if value is None:
            del part[key]
        else:
            part[key] = value
    source = replace(policy.source, tree=tree)
    try:
        return fit_policy(source, {}, base=policy.base, unnamed="assume")
    except PolicyError:
        return None


def mutations(policy: Policy) -> Iterator[Mutation]:
    """Give every fault that the steps of a policy and of its options admit."""
    tree = policy.source.tree
    places = [("steps",)]
    for name, choice in tree.get("choices", {}).items():
        for option, body in (choice.get("options") or {}).items():
            if isinstance(body, dict) and "steps" in body:
                places.append(("choices", name, "options", option, "steps"))
    for place in places:
        part = tree
        for key in place:
            part = part[key]
        for step, body in part.items():
            if isinstance(body, dict):
                yield from _of_part(body, (*place, step), policy)


def _of_part(part: object, path: Path, policy: Policy) -> Iterator[Mutation]:
    if isinstance(part, list):
        if path[-1] in {"bands", "segments"}:
            yield from _of_ends(part, path)
        for place, value in enumerate(part):
            if path[-1] == "compositions" and isinstance(value, dict):
                yield from _of_weights(value, (*path, place))
            else:
                yield from _of_part(value, (*path, place), policy)
        return
    if not isinstance(part, dict):
        return
    for key, value in part.items():
        yield from _of_entry(key, value, (*path, key), policy)


def _of_entry(key: str, value: object, path: Path, policy: Policy) -> Iterator[Mutation]:
    if key in {"title", "basis", "note", "unit"}:
        return
    if key == "weights" and isinstance(value, dict):
        yield from _of_weights(value, path)
    elif key in {"cells", "rows"}:
        yield from _of_cells(value, path, policy)
    elif key in {"at", "minimum", "maximum", "at_least", "at_most", "not_below", "digits"}:
        yield from _of_number(value, path, "rounding" if key == "digits" else "limit")
    elif key in {"is", "of", "when", "amount", "value", "otherwise"}:
        yield from _of_formula(value, path)
    else:
        yield from _of_words(value, path)
        yield from _of_part(value, path, policy)


def _changed(number: str, by: Fraction) -> str | None:
    """Give a written number with another value, written alike."""
    text, _, unit = number.partition(" ")
    if "/" in text or "e" in text.lower():
        return None
    try:
        value = exact(text) + by
    except NotANumberError:
        return None
    digits = len(text.partition(".")[2])
    scaled = value * 10**digits
    if scaled.denominator != 1:
        return None
    whole = str(abs(scaled.numerator)).rjust(digits + 1, "0")
    written = whole if not digits else f"{whole[:-digits]}.{whole[-digits:]}"
    return ("-" if value < 0 else "") + written + (f" {unit}" if unit else "")


def _unit(number: str) -> Fraction:
    """Give one of what a number counts in: its last digit, but not below a hundredth of it all."""
    digits = len(number.partition(" ")[0].partition(".")[2])
    return Fraction(1, 10**digits)


def _of_number(value: object, path: Path, kind: str) -> Iterator[Mutation]:
    if not isinstance(value, str):
        return
    for sign in (1, -1):
        after = _changed(value, sign * _unit(value))
        if after is not None:
            yield Mutation(kind, path, value, after, ((path, after),))


def _of_weights(weights: Mapping[str, object], path: Path) -> Iterator[Mutation]:
    names = [name for name, value in weights.items() if isinstance(value, str)]
    for place, name in enumerate(names):
        other = names[(place + 1) % len(names)]
        own, others = str(weights[name]), str(weights[other])
        unit = max(_unit(own), _unit(others))
        more, less = _changed(own, unit), _changed(others, -unit)
        if name != other and more and less and not less.startswith("-"):
            here = (*path, name)
            edits = ((here, more), ((*path, other), less))
            yield Mutation("weight", here, f"{own}, {other} {others}", f"{more}, {less}", edits)


def _of_words(value: object, path: Path) -> Iterator[Mutation]:
    for keys, (kind, words) in OTHERWISE.items():
        if path[-len(keys) :] == keys and isinstance(value, str) and value in words:
            for word in words:
                if word != value:
                    yield Mutation(kind, path, value, word, ((path, word),))


def _of_cells(cells: object, path: Path, policy: Policy) -> Iterator[Mutation]:
    if isinstance(cells, dict):
        for key, value in cells.items():
            yield from _of_cells(value, (*path, key), policy)
        return
    if not isinstance(cells, str):
        return
    for scale in policy.source.tree.get("scales", {}).values():
        labels = list(scale["labels"])
        if cells in labels and _changed(cells, Fraction(1)) is None:
            place = labels.index(cells)
            for other in labels[max(0, place - 1) : place] + labels[place + 1 : place + 2]:
                yield Mutation("cell", path, cells, other, ((path, other),))
            return
    yield from _of_number(cells, path, "cell")


def _of_formula(value: object, path: Path) -> Iterator[Mutation]:
    if not isinstance(value, str):
        return
    for found in _FIGURE.finditer(value):
        # A digit behind a name or in quotes is no figure.
        if value[: found.start()].count('"') % 2 or value[: found.start()].count("'") % 2:
            continue
        after = _changed(found[0], _unit(found[0]))
        if after is not None:
            text = value[: found.start()] + after + value[found.end() :]
            yield Mutation("figure", path, value, text, ((path, text),))


def _of_ends(bands: Sequence[object], path: Path) -> Iterator[Mutation]:
    """Move edges; the band on the other side of an edge goes with it."""
    found: dict[str, list[tuple[Path, str]]] = {}
    for place, band in enumerate(bands):
        if isinstance(band, dict):
            for key in _ENDS.keys() & band.keys():
                if isinstance(band[key], str):
                    found.setdefault(band[key], []).append(((*path, place), key))
    for at, ends in found.items():
        first = (*ends[0][0], ends[0][1])
        for sign in (1, -1):
            after = _changed(at, sign * _unit(at))
            if after is not None:
                edits = tuple(((*place, key), after) for place, key in ends)
                yield Mutation("edge", first, at, after, edits)
        edits = ()
        for place, key in ends:
            edits += (((*place, key), None), ((*place, _ENDS[key]), at))
        before, after = (
            ", ".join(keys) for keys in ([k for _, k in ends], [_ENDS[k] for _, k in ends])
        )
        yield Mutation("closedness", first, f"{before} {at}", f"{after} {at}", edits)
