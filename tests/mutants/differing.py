"""Searching for a record that two policies judge otherwise: by chance, and beside the examples.

What was not found need not be equal; the time and the seed of a search say how far it went.
"""
# ruff: noqa: S311 - random records guard no secret

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "columns"))

import strategies_tables as drawing

from kinerja.errors import InputError, PolicyError
from kinerja.formula.types import FlagType, ItemType, LabelType, ListType, NumberType, TextType
from kinerja.policy import Policy
from kinerja.policy.read import fit_policy
from kinerja.scorer import Program, Scorer
from kinerja.verify.changes import figures_of

__all__ = ["differing"]

Record = Mapping[str, object]


def differing(
    policy: Policy, other: Policy, known: Sequence[Record], *, seed: int, seconds: float
) -> Record | None:
    """Search for a record that comes out otherwise; `None` where none was found in some time.

    Args:
        policy: One policy.
        other: The other one; its inputs are the same.
        known: Records beside which is searched.
        seed: What chance begins with.
        seconds: How long to search.
    """
    random, end = Random(seed), time.monotonic() + seconds
    pairs = [(Scorer(one), Scorer(two)) for one, two in _programs(policy, other)]
    while time.monotonic() < end:
        for one, two in pairs:
            for record in _records(random, one.program, known):
                if _answer(one, record) != _answer(two, record):
                    return record
    return None


def _programs(policy: Policy, other: Policy) -> Iterator[tuple[Program, Program]]:
    yield policy.program, other.program
    for name, choice in policy.model.choices.items():
        for option in choice.options or ():
            if option == policy.variant[name]:
                continue
            variant = {**policy.variant, name: option}
            try:
                yield (
                    fit_policy(policy.source, variant, base=policy.base).program,
                    fit_policy(other.source, variant, base=other.base).program,
                )
            except PolicyError:
                continue


def _answer(scorer: Scorer, record: Record) -> object:
    try:
        result = scorer.score(record)
    except InputError as error:
        return sorted((issue.code, issue.path) for issue in error.issues)
    return result.status, tuple(map(str, result.reasons)), dict(result.values)


def _records(random: Random, program: Program, known: Sequence[Record]) -> Iterator[Record]:
    """Give records by chance, and examples with a few values changed."""
    drawn = drawing.random_table(random, program)
    for row in range(drawn.rows):
        yield drawing.row_values(drawn, row)
    pool = [str(float(value)) for value in figures_of(program)] or ["1"]
    for _ in range(60):
        record = deepcopy(dict(random.choice(known)))
        kinds = {i.name: i.type for i in program.inputs}
        for _ in range(random.choice((1, 1, 2, 3, 6))):
            name = random.choice(list(kinds))
            _change(random, record, name, kinds[name], pool)
        yield record


def _change(
    random: Random, record: dict[str, object], name: str, kind: ItemType, pool: list[str]
) -> None:
    items = record.get(name)
    if not isinstance(kind, ListType):
        record[name] = _value(random, record.get(name), kind, pool)
    elif isinstance(items, list) and items:
        at = random.randrange(len(items))
        way = random.randrange(4)
        if way == 0:
            del items[at]
        elif way == 1:
            new = dict(items[at])
            for key in kind.key:
                new[key] = _value(random, new.get(key), kind.fields[key], pool)
            items.append(new)
        elif isinstance(items[at], dict):
            field = random.choice(list(kind.fields))
            value = _value(random, items[at].get(field), kind.fields[field], pool)
            for item in items if way == 2 else [items[at]]:
                item[field] = value


def _value(random: Random, now: object, kind: ItemType, pool: list[str]) -> object:
    match kind:
        case LabelType():
            return random.choice(kind.scale.ids)
        case FlagType():
            return random.choice((True, False))
        case TextType():
            return f"t{random.randrange(50)}"
        case NumberType():
            limits = kind.limits
            ends = [str(float(end)) for end in (limits.low, limits.high) if end is not None]
            low = float(limits.low) if limits.low is not None else 0.0
            high = float(limits.high) if limits.high is not None else 200.0
            drawn = random.uniform(low, high)
            drawn = round(drawn, random.choice((0, 1, 2)) if kind.digits is None else kind.digits)
            near = (
                str(float(str(now)) + random.choice((1, -1, 0.01, -0.01)))
                if _is_number(now)
                else "1"
            )
            return random.choice((str(drawn), str(drawn), near, random.choice(pool), *ends))
    return now


def _is_number(value: object) -> bool:
    try:
        float(str(value))
    except ValueError:
        return False
    return True
