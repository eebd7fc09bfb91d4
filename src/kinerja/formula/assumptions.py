"""What a condition tells about its parts when it holds, or when it does not.

What lives here: the facts that follow from a condition, as narrower reaches of the parts of a formula.
What never comes in: the reach of a part as such; it is asked for.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from typing import Any, Final, TypeAlias

from kinerja.formula import nodes as n
from kinerja.formula.intervals import overlap, without
from kinerja.formula.reaches import Reach, flags, join, narrow, numbers
from kinerja.values import Interval

__all__ = ["Facts", "facts_of", "joined_facts", "merged_facts", "outcomes"]

#: Parts of a formula with the reach that they are known to have.
Facts: TypeAlias = dict[n.Node, Reach]
#: Gives the reach of a part before anything is assumed.
Look: TypeAlias = Callable[[n.Node], Reach]

#: Most ways in which a condition may come about that are kept apart.
MAX_ALTERNATIVES: Final = 16

#: Most nodes of a choice between cases that is traced back to the case taken.
MAX_NODES: Final = 40

_OPPOSITE: Final[dict[n.Comparison, n.Comparison]] = {
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
    "==": "!=",
    "!=": "==",
}
_SWAPPED: Final[dict[n.Comparison, n.Comparison]] = {
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
    "==": "==",
    "!=": "!=",
}
_COMPARE: Final[dict[n.Comparison, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


class _ContradictionError(Exception):
    """What was assumed cannot be."""


def facts_of(condition: n.Node, look: Look, *, holds: bool) -> list[Facts]:
    """Give what is known when a condition is there, and holds or does not.

    Args:
        condition: A flag.
        look: Reach of any part of it.
        holds: Whether it holds.

    Returns:
        One set of facts for each way in which that can come about, at least one of which is true;
        none where it cannot come about.
    """
    return [] if holds not in look(condition).flags else _Assumption(look).facts(condition, holds)


def merged_facts(first: Facts, second: Facts) -> Facts | None:
    """Give what is known when both are true, or `None` where they contradict each other."""
    merged = dict(first)
    for node, reach in second.items():
        merged[node] = narrow(merged[node], reach) if node in merged else reach
        if not merged[node].is_possible:
            return None
    return merged


def joined_facts(alternatives: Sequence[Facts]) -> Facts:
    """Give what is known when one of several is true; there is at least one."""
    first, *rest = alternatives
    shared = [node for node in first if all(node in other for other in rest)]
    return {node: join(*(facts[node] for facts in alternatives)) for node in shared}


class _Assumption:
    def __init__(self, look: Look) -> None:
        self.look = look

    def facts(self, condition: n.Node, holds: bool) -> list[Facts]:  # noqa: FBT001 - the flag is the subject
        if holds not in self.look(condition).flags:
            return []
        own = {} if isinstance(condition, n.Truth) else {condition: flags(holds)}
        found = (merged_facts(facts, own) for facts in self._parts(condition, holds))
        return [facts for facts in found if facts is not None]

    def _parts(self, condition: n.Node, holds: bool) -> list[Facts]:  # noqa: FBT001, PLR0911 - as above; one case a node
        match condition:
            case n.Named():
                return self.facts(condition.value, holds)
            case n.Not():
                return self.facts(condition.arg, not holds)
            case n.And() | n.Or() if isinstance(condition, n.And) == holds:
                return self._all((arg, holds) for arg in condition.args)
            case n.And() | n.Or():
                return self._any(condition.args, holds)
            case n.IsMissing() if holds:
                return [{condition.arg: Reach(may_be_missing=True)}]
            case n.IsMissing():
                return self._if_possible(lambda facts: self._present(condition.arg, facts))
            case n.Compare():
                return self._compared(condition, holds)

        def note(facts: Facts) -> None:
            self._present(condition, facts)
            self._note(condition, flags(holds), facts)

        return self._if_possible(note)

    def _if_possible(self, note: Callable[[Facts], None]) -> list[Facts]:
        facts: Facts = {}
        try:
            note(facts)
        except _ContradictionError:
            return []
        return [facts]

    def _all(self, conditions: Iterable[tuple[n.Node, bool]]) -> list[Facts]:
        together: list[Facts] = [{}]
        for condition, holds in conditions:
            ways = self.facts(condition, holds)
            if len(together) * len(ways) > MAX_ALTERNATIVES:
                ways = [joined_facts(ways)]
            merged = (merged_facts(before, now) for before in together for now in ways)
            together = [facts for facts in merged if facts is not None]
        return together

    def _any(self, args: tuple[n.Node, ...], holds: bool) -> list[Facts]:  # noqa: FBT001 - as above
        ways = [facts for arg in args for facts in self.facts(arg, holds)]
        return [joined_facts(ways)] if len(ways) > MAX_ALTERNATIVES else ways

    # Comparisons.

    def _compared(self, node: n.Compare, holds: bool) -> list[Facts]:  # noqa: FBT001 - as above
        op = node.op if holds else _OPPOSITE[node.op]
        for flag, written in ((node.left, node.right), (node.right, node.left)):
            if isinstance(written, n.Truth):
                return self.facts(flag, written.value == (op == "=="))
        left, right = self.look(node.left).present(), self.look(node.right).present()

        def note(facts: Facts) -> None:
            self._present(node.left, facts)
            self._present(node.right, facts)
            self._note(node.left, narrowed(left, op, right, node.order), facts)
            self._note(node.right, narrowed(right, _SWAPPED[op], left, node.order), facts)

        return self._if_possible(note)

    def _note(self, node: n.Node, reach: Reach, facts: Facts) -> None:
        """Note the reach of a part, and what follows from it for what the part is made of."""
        if not reach.may_be_there:
            raise _ContradictionError
        if isinstance(node, n.Number | n.Label | n.Truth):
            return
        _note_one(node, reach, facts)
        if isinstance(node, n.Named):
            self._note(node.value, reach, facts)
        if isinstance(node, n.Where) and _is_small(node):
            self._note_branch(node, reach, facts)

    def _note_branch(self, node: n.Where, reach: Reach, facts: Facts) -> None:
        """Note which case was taken, where only one gives such a value."""
        values = [*(value for _, value in node.cases), node.otherwise]
        taken = [
            place
            for place, value in enumerate(values)
            if narrow(self.look(value).present(), reach).may_be_there
        ]
        if not taken:
            raise _ContradictionError
        if len(taken) > 1:
            return
        place = taken[0]
        conditions = [(condition, False) for condition, _ in node.cases[:place]]
        conditions += [(condition, True) for condition, _ in node.cases[place : place + 1]]
        ways = self._all(conditions)
        if not ways:
            raise _ContradictionError
        for part, known in joined_facts(ways).items():
            _note_one(part, known, facts)
        self._note(values[place], narrow(self.look(values[place]).present(), reach), facts)

    def _present(self, node: n.Node, facts: Facts) -> None:
        """Note that a part is there, and so every part that it cannot do without."""
        reach = self.look(node)
        if not reach.may_be_missing:
            return
        _note_one(node, reach.present(), facts)
        for child in _needed(node):
            self._present(child, facts)
        if isinstance(node, n.Divide):
            divisor = self.look(node.denominator)
            span = divisor.numbers and without(divisor.numbers, Fraction(0))
            self._note(node.denominator, numbers(span, divisor.grid), facts)


def _is_small(node: n.Node) -> bool:
    """Tell whether a part is so small that looking at its branches again costs nothing."""
    return len(list(islice(n.walk(node), MAX_NODES + 1))) <= MAX_NODES


def _note_one(node: n.Node, reach: Reach, facts: Facts) -> None:
    facts[node] = narrow(facts[node], reach) if node in facts else reach
    if not facts[node].is_possible:
        raise _ContradictionError


def _needed(node: n.Node) -> tuple[n.Node, ...]:
    """Give the parts without which a part is missing."""
    match node:
        case n.Where():
            return tuple(condition for condition, _ in node.cases[:1])
        case n.And() | n.Or() | n.Coalesce() | n.IsMissing() | n.Reduce():
            return ()
    return tuple(n.children(node))


def narrowed(
    reach: Reach, op: n.Comparison, other: Reach, order: tuple[str, ...] | None = None
) -> Reach:
    """Give the values that compare so with some value of another reach."""
    span, grid = reach.numbers, reach.grid
    if span is not None and other.numbers is not None:
        span = _narrowed_span(span, op, other.numbers)
    kept = numbers(span, grid) if span is not None else Reach()
    return replace(
        kept,
        labels=frozenset(
            label
            for label in reach.labels
            if other.other or True in _pairs((label,), op, other.labels, order)
        ),
        flags=frozenset(flag for flag in reach.flags if True in _pairs((flag,), op, other.flags)),
        other=reach.other,
        order=reach.order,
    )


def _narrowed_span(span: Interval, op: n.Comparison, other: Interval) -> Interval | None:
    match op:
        case "<" | "<=":
            is_open = other.high is not None and (other.high_open or op == "<")
            return overlap(span, Interval(high=other.high, high_open=is_open))
        case ">" | ">=":
            is_open = other.low is not None and (other.low_open or op == ">")
            return overlap(span, Interval(low=other.low, low_open=is_open))
        case "==":
            return overlap(span, other)
    if other.low is not None and other.low == other.high:
        return without(span, other.low)
    return span


def outcomes(
    op: n.Comparison, left: Reach, right: Reach, order: tuple[str, ...] | None = None
) -> frozenset[bool]:
    """Give the outcomes that a comparison can have when both sides are there."""
    if left.other or right.other:
        return frozenset((False, True)) if left.may_be_there and right.may_be_there else frozenset()
    found = _pairs(left.labels, op, right.labels, order) | _pairs(left.flags, op, right.flags)
    if left.numbers is not None and right.numbers is not None:
        for outcome, asked in ((True, op), (False, _OPPOSITE[op])):
            if _narrowed_span(left.numbers, asked, right.numbers) is not None:
                found |= {outcome}
    return found


def _pairs(
    left: Iterable[str | bool],
    op: n.Comparison,
    right: Iterable[str | bool],
    order: tuple[str, ...] | None = None,
) -> frozenset[bool]:
    """Give the outcomes over all pairs of labels or flags."""
    others = list(right)
    places = {label: place for place, label in enumerate(order or ())}
    if op in ("==", "!=") or not places:
        return frozenset(_COMPARE[op](one, other) for one in left for other in others)
    return frozenset(
        _COMPARE[op](places[str(one)], places[str(other)]) for one in left for other in others
    )
