"""Searching for a record that two policies judge otherwise: where they differ, and by chance.

What was not found need not be equal; the time and the seed of a search say how far it went. Looked at are
the examples, then records on the branches and edges of the steps that are not alike and on the ties of
their rounding (found by the search that suggests examples), then single changes of all these, and records
by chance.
"""
# ruff: noqa: S311 - random records guard no secret

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from decimal import Decimal, InvalidOperation
from itertools import chain, cycle, islice, repeat
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "columns"))

import strategies_tables as drawing
from solving import meetings, solved

from kinerja.errors import InputError, PolicyError
from kinerja.formula.types import FlagType, ItemType, LabelType, ListType, NumberType, TextType
from kinerja.policy import Policy
from kinerja.policy.read import fit_policy
from kinerja.scorer import Program, Scorer, Step
from kinerja.scorer.read import read_record
from kinerja.verify.changes import Changes, figures_of
from kinerja.verify.coverage import Branch, branches_of
from kinerja.verify.edges import Edge, edges_of
from kinerja.verify.search import Search

__all__ = ["differing"]

Record = Mapping[str, object]
#: Runs that the search for one branch or edge may take.
RUNS = 200
#: Records that one number of which is moved onto a tie or figure, at a time.
TRIES = 2
#: Single changes of a record that are made at once, and how many of them are looked at.
MADE, LOOKED_AT = 400, 40
#: Divisors that bring quotients onto ties of two to four digits.
DIVISORS = ("8", "16", "32", "40", "80", "160", "200", "400", "800", "2000")


def differing(
    policy: Policy,
    other: Policy,
    known: Sequence[Record],
    *,
    seed: int,
    seconds: float,
    variants: Sequence[Mapping[str, str]] = (),
) -> Record | None:
    """Search for a record that comes out otherwise; `None` where none was found in some time.

    Args:
        policy: One policy.
        other: The other one; its inputs are the same.
        known: Records beside which is searched.
        seed: What chance begins with.
        seconds: How long to search.
        variants: Options that are looked at together, such as those of examples.
    """
    random, end = Random(seed), time.monotonic() + seconds
    pairs = [
        (Scorer(one), Scorer(two), _candidates(random, one, two, known))
        for one, two in _programs(policy, other, variants)
        if one.steps != two.steps
    ]
    # The policy as it is has every second turn.
    others = cycle(pairs[1:])
    turns = chain.from_iterable(zip(repeat(pairs[0]), others)) if pairs[1:] else cycle(pairs)
    for one, two, candidates in turns:
        if time.monotonic() >= end:
            break
        for record in next(candidates):
            if _answer(one, record) != _answer(two, record):
                return record
    return None


def _programs(
    policy: Policy, other: Policy, variants: Sequence[Mapping[str, str]]
) -> Iterator[tuple[Program, Program]]:
    """Give both policies as they are, in other variants, and with every other option by itself."""
    choices = policy.model.choices.items()
    single = ({name: option} for name, choice in choices for option in choice.options or ())
    tried: list[Mapping[str, str]] = []
    for changed in chain([{}], variants, single):
        variant = {**policy.variant, **changed}
        if variant in tried:
            continue
        tried.append(variant)
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


def _candidates(
    random: Random, one: Program, two: Program, known: Sequence[Record]
) -> Iterator[Sequence[Record]]:
    """Give records to look at, some at a time, without end."""
    yield known
    found = [record for record in known if not read_record(record, one.inputs)[1]]
    for sought in chain(_sought(random, one, two, known), repeat(())):
        yield sought
        found += sought
        yield tuple(_records(random, one, two, found))
        yield tuple(_met(random, one, two, found))


# What is sought.


def _sought(
    random: Random, one: Program, two: Program, known: Sequence[Record]
) -> Iterator[Sequence[Record]]:
    """Give records on the branches and edges that only one of two programs has."""
    ways = [
        way
        for program, other in ((two, one), (one, two))
        for way in _ways(program, other, Search(program, known, runs=RUNS))
    ]
    random.shuffle(ways)
    for search, goal in ways:
        if isinstance(goal, Branch):
            record, near = search.branch(goal), ()
        else:
            record = search.edge(goal)
            near = () if record is None else search.beside(record, goal)
        yield tuple(found for found in (record, *near) if found is not None)


def _ways(
    program: Program, other: Program, search: Search
) -> Iterator[tuple[Search, Branch | Edge]]:
    changed = {step.name for step in _changed(program, other)}
    there = set(branches_of(other))
    for goal in (*branches_of(program), *edges_of(program)):
        if goal.step in changed and goal not in there:
            yield search, goal


def _changed(program: Program, other: Program) -> tuple[Step, ...]:
    nodes = {step.name: step.node for step in other.steps}
    return tuple(step for step in program.steps if nodes.get(step.name) != step.node)


def _met(random: Random, one: Program, two: Program, known: Sequence[Record]) -> Iterator[Record]:
    """Give records on ties and figures of the steps that are not alike, inside lists too."""
    for program in (one, two):
        parts = meetings(_changed(program, one if program is two else two))
        for _ in range(TRIES if parts and known else 0):
            record, part = random.choice(known), random.choice(parts)
            yield from solved(random, program, record, part)


# By chance.


def _records(
    random: Random, one: Program, two: Program, known: Sequence[Record]
) -> Iterator[Record]:
    """Give records by chance, and known ones with a few values changed."""
    drawn = drawing.random_table(random, one)
    for row in range(drawn.rows):
        yield drawing.row_values(drawn, row)
    figures = tuple(dict.fromkeys((*figures_of(one), *figures_of(two))))
    if known:
        changes = Changes(one.inputs, figures).of(random.choice(known))
        some = [change.record for change in islice(changes, MADE)]
        yield from random.sample(some, min(len(some), LOOKED_AT))
    pool = [*(str(float(value)) for value in figures), *DIVISORS]
    kinds = {i.name: i.type for i in one.inputs}
    for _ in range(60 if known else 0):
        record = deepcopy(dict(random.choice(known)))
        for _ in range(random.choice((1, 1, 2, 3, 6))):
            name = random.choice(list(kinds))
            _change(random, record, name, kinds[name], pool)
        yield record


def _change(
    random: Random, record: dict[str, object], name: str, kind: ItemType, pool: list[str]
) -> None:
    items = record.get(name)
    if not random.randrange(12):
        record.pop(name, None)
    elif not isinstance(kind, ListType):
        record[name] = _value(random, record.get(name), kind, pool)
    elif isinstance(items, list) and items and all(isinstance(item, dict) for item in items):
        at = random.randrange(len(items))
        field = random.choice(list(kind.fields))
        way = random.randrange(6)
        if way == 0:
            del items[at]
        elif way == 1:
            new = dict(items[at])
            for key in kind.key:
                new[key] = _value(random, new.get(key), kind.fields[key], pool)
            items.append(new)
        elif way == 2:
            # All that are alike: a group, an aspect, one who rates.
            alike = items[at].get(field)
            record[name] = [item for item in items if item.get(field) != alike]
        elif way == 3:
            items[at].pop(field, None)
        else:
            value = _value(random, items[at].get(field), kind.fields[field], pool)
            for item in items if way == 4 else [items[at]]:
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
            digits = random.choice((0, 0, 1, 2, 3)) if kind.digits is None else kind.digits
            drawn = round(drawn, digits)
            near = str(_near(random, now))
            return random.choice((str(drawn), str(drawn), near, random.choice(pool), *ends))
    return now


def _near(random: Random, value: object) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return Decimal(1)
    by = random.choice(("1", "0.5", "0.1", "0.01", "0.005"))
    return number + random.choice((1, -1)) * Decimal(by)
