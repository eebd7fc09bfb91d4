"""How far a record is from what is wanted of it: the measure that a search makes smaller.

What lives here: the distance of one run from a branch, a value or a comparison, read off the formulas. What
never comes in: changes of records. A distance guides and decides nothing: whether a record does what is
wanted is told by the exact run alone, so floats are good enough here.

The measure is that of search-based testing (Korel 1990, doi:10.1109/32.57624; McMinn 2004,
doi:10.1002/stvr.294): 0 where it holds, below 1 for one number that is off, added up where several things
must hold, the least where one of several will do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Final, TypeAlias, cast

from kinerja.formula import nodes as n
from kinerja.formula.evaluate import Item, Scope, Value, evaluate
from kinerja.scorer import Program
from kinerja.scorer.program import Step
from kinerja.values import Interval, Missing
from kinerja.verify.coverage import Branch
from kinerja.verify.edges import Edge

__all__ = ["Run"]

#: A flag, a label or a presence that is not what it should be.
OTHER: Final = 1.0
#: A comparison that just fails: less than any number that is off, and more than nothing.
TOUCH: Final = 1e-6

_Goal: TypeAlias = "Callable[[Item | None], float]"
_Key: TypeAlias = "str | bool"


@dataclass(frozen=True, slots=True)
class Run:
    """One record run through a program.

    Attributes:
        program: The program.
        state: Every input and step, as `run_steps` gives them.
    """

    program: Program
    state: Scope

    # Branches.

    def from_branch(self, branch: Branch) -> float:
        """Tell how far the run is from taking a branch; infinite where no way to it is known."""
        return self._from(branch.step, branch.node, lambda item: self._at(branch, item))

    def from_edge(self, edge: Edge) -> float:
        """Tell how far the run is from standing on an edge, of a step per item with some item."""
        at = Interval(low=edge.at, high=edge.at)
        return self._from(edge.step, edge.node, lambda item: self._inside(edge.value, at, item))

    def from_condition(self, step: str, part: n.Node, condition: n.Node) -> float:
        """Tell how far the run is from computing a part of a step where a condition holds there."""
        return self._from(step, part, lambda item: self._holds(condition, True, item))

    def value_of(self, edge: Edge, place: int | None = None) -> Fraction | None:
        """Give the number that meets an edge, of a step per item that of one item; `None` where missing."""
        item = None if edge.over is None else self._items(edge.over)[place or 0]
        value = self._value(edge.value, item)
        return value if isinstance(value, Fraction) else None

    def values_of(self, edge: Edge) -> Iterator[tuple[int | None, Fraction]]:
        """Give each number that meets an edge, with the place of its item; of the record `None`."""
        places = [None] if edge.over is None else range(len(self._items(edge.over)))
        for place in places:
            value = self.value_of(edge, place)
            if value is not None:
                yield place, value

    def stands_on(self, edge: Edge) -> Iterator[int | None]:
        """Give the places of the items that stand on an edge; of a step of the record `None`."""
        yield from (place for place, value in self.values_of(edge) if value == edge.at)

    def _from(self, step: str, part: n.Node, goal: _Goal) -> float:
        found = self.program.step(step)
        if found.over is None:
            return self._towards(found.node, part, None, goal)
        return min(
            (self._towards(found.node, part, item, goal) for item in self._items(found.over)),
            default=2 * OTHER,
        )

    def _at(self, branch: Branch, item: Item | None) -> float:  # noqa: PLR0911 - one case a branch
        node, place = branch.node, branch.place
        match branch.which:
            case "flag":
                return self._holds(node, bool(place), item)
            case "band":
                band = cast("n.Band", node)
                return self._inside(
                    band.value, band.bands.closed()[cast("int", place)].interval, item
                )
            case "row":
                keys = cast("n.Lookup", node).keys
                wanted = cast("tuple[str | bool, ...]", place)
                return sum(
                    self._is(key, value, item) for key, value in zip(keys, wanted, strict=True)
                )
            case "case" | "otherwise":
                cases = cast("n.Where", node).cases
                last = len(cases) if place is None else cast("int", place)
                before = sum(self._holds(condition, False, item) for condition, _ in cases[:last])
                if place is None:
                    return before
                return before + self._holds(cases[last][0], True, item)
            case "kept" | "left_out":
                reduce = cast("n.Reduce", node)
                where = cast("n.Node", reduce.where)
                return min(
                    (
                        self._holds(where, branch.which == "kept", i)
                        for i in self._items(reduce.over)
                    ),
                    default=2 * OTHER,
                )
            case "below" | "within" | "above":
                return self._of_clip(cast("n.Clip", node), branch.which, item)
        if isinstance(node, n.Coalesce):
            args = node.args
            at = cast("int", place)
            return sum(self._gone(arg, item) for arg in args[:at]) + self._there(args[at], item)
        extreme = cast("n.Minimum | n.Maximum", node)
        op: n.Comparison = "<=" if isinstance(node, n.Minimum) else ">="
        own = extreme.args[cast("int", place)]
        return sum(self._holds(n.Compare(op, own, arg), True, item) for arg in extreme.args)

    def _of_clip(self, node: n.Clip, which: str, item: Item | None) -> float:
        # A limit that is missing makes the whole missing; of two that bite, the lower one counts.
        limits = (limit for limit in (node.low, node.high) if limit is not None)
        found = sum(self._there(limit, item) for limit in limits)
        if node.low is not None:
            low = n.Compare("<" if which == "below" else ">=", node.value, node.low)
            found += self._holds(low, True, item)
        if node.high is not None and which != "below":
            high = n.Compare(">" if which == "above" else "<=", node.value, node.high)
            found += self._holds(high, True, item)
        return found

    def _towards(self, node: n.Node, target: n.Node, item: Item | None, goal: _Goal) -> float:
        """Tell how far the run is from computing a part of a formula, and there from a goal."""
        if node == target:
            return goal(item)
        if not any(part == target for part in n.walk(node)):
            return inf
        found: list[float] = []
        match node:
            case n.Where():
                before = 0.0
                for condition, value in node.cases:
                    found.append(before + self._towards(condition, target, item, goal))
                    inside = before + self._holds(condition, True, item)
                    found.append(inside + self._towards(value, target, item, goal))
                    before += self._holds(condition, False, item)
                found.append(before + self._towards(node.otherwise, target, item, goal))
            case n.Coalesce():
                before = 0.0
                for arg in node.args:
                    found.append(before + self._towards(arg, target, item, goal))
                    before += self._gone(arg, item)
            case n.Reduce():
                for each in self._items(node.over):
                    kept = 0.0
                    if node.where is not None:
                        found.append(self._towards(node.where, target, each, goal))
                        kept = self._holds(node.where, True, each)
                    parts = [part for part in (node.value, node.by) if part is not None]
                    found += [kept + self._towards(part, target, each, goal) for part in parts]
                found.append(3 * OTHER)
            case _:
                found += [self._towards(part, target, item, goal) for part in n.children(node)]
        return min(found)

    # What is wanted of a part of a formula. Its own value says whether it is so; where it is not, some
    # distance is left, however near the parts of it are.

    def _value(self, node: n.Node, item: Item | None) -> Value:
        return evaluate(node, self.state, item)

    def _items(self, name: str) -> Sequence[Item]:
        items = self.state[name]
        return () if isinstance(items, Missing) else cast("Sequence[Item]", items)

    def _step(self, node: n.Node) -> Step | None:
        """Give the step that a part refers to, if its formula can be looked into."""
        if not isinstance(node, n.Ref):
            return None
        steps = (step for step in self.program.steps if step.name == node.name)
        return next((step for step in steps if step.over is None), None)

    def _is(self, node: n.Node, wanted: _Key, item: Item | None) -> float:
        if isinstance(wanted, str):
            return self._equals(node, wanted, item)
        return self._holds(node, wanted, item)

    def _equals(self, node: n.Node, label: str, item: Item | None) -> float:
        if self._value(node, item) == label:
            return 0.0
        return max(TOUCH, self._from_label(node, label, item))

    def _from_label(self, node: n.Node, label: str, item: Item | None) -> float:  # noqa: PLR0911 - one case a node
        step = self._step(node)
        if step is not None:
            return self._equals(step.node, label, item)
        match node:
            case n.Named():
                return self._equals(node.value, label, item)
            case n.Label():
                return inf
            case n.Band():
                return min(
                    (
                        self._inside(node.value, band.interval, item)
                        for band in node.bands.closed()
                        if band.label == label
                    ),
                    default=inf,
                )
            case n.Lookup():
                return self._of_rows(node, n.Label(label), item)
            case n.Where():
                return self._of_cases(node, lambda part: self._equals(part, label, item), item)
            case n.Coalesce():
                return self._of_first(node, lambda part: self._equals(part, label, item), item)
        return OTHER

    def _of_rows(self, node: n.Lookup, wanted: n.Node, item: Item | None) -> float:
        return min(
            (
                sum(self._is(key, value, item) for key, value in zip(node.keys, row, strict=True))
                for row, cell in node.rows
                if cell == wanted
            ),
            default=inf,
        )

    def _of_cases(self, node: n.Where, goal: Callable[[n.Node], float], item: Item | None) -> float:
        before, found = 0.0, inf
        for condition, value in node.cases:
            found = min(found, before + self._holds(condition, True, item) + goal(value))
            before += self._holds(condition, False, item)
        return min(found, before + goal(node.otherwise))

    def _of_first(
        self, node: n.Coalesce, goal: Callable[[n.Node], float], item: Item | None
    ) -> float:
        before, found = 0.0, inf
        for arg in node.args:
            found = min(found, before + self._there(arg, item) + goal(arg))
            before += self._gone(arg, item)
        return found

    def _holds(self, node: n.Node, wanted: object, item: Item | None) -> float:
        if self._value(node, item) is wanted:
            return 0.0
        return max(TOUCH, self._from_flag(node, wanted, item))

    def _from_flag(self, node: n.Node, wanted: object, item: Item | None) -> float:  # noqa: C901, PLR0911 - one case a node
        step = self._step(node)
        if step is not None:
            return self._holds(step.node, wanted, item)
        match node:
            case n.Named():
                return self._holds(node.value, wanted, item)
            case n.Truth():
                return inf
            case n.Not():
                return self._holds(node.arg, not wanted, item)
            case n.And() | n.Or():
                each = [self._holds(arg, wanted, item) for arg in node.args]
                return sum(each) if wanted == isinstance(node, n.And) else min(each)
            case n.IsMissing():
                return (self._gone if wanted else self._there)(node.arg, item)
            case n.Compare():
                return self._compares(node, node.op if wanted else n.OPPOSITE[node.op], item)
            case n.Lookup():
                return self._of_rows(node, n.Truth(bool(wanted)), item)
            case n.Where():
                return self._of_cases(node, lambda part: self._holds(part, wanted, item), item)
            case n.Coalesce():
                return self._of_first(node, lambda part: self._holds(part, wanted, item), item)
        return OTHER

    def _compares(self, node: n.Compare, op: n.Comparison, item: Item | None) -> float:
        left, right = self._value(node.left, item), self._value(node.right, item)
        if isinstance(left, Missing) or isinstance(right, Missing):
            return OTHER + self._there(node.left, item) + self._there(node.right, item)
        if isinstance(left, Fraction) and isinstance(right, Fraction):
            return TOUCH + (0.0 if op == "!=" else _size(left - right))
        if op == "==":
            for part, other in ((node.left, right), (node.right, left)):
                if isinstance(other, str) and not isinstance(part, n.Label):
                    return self._equals(part, other, item)
        if node.order is not None and isinstance(right, str):
            place = node.order.index(right) if right in node.order else 0
            good = node.order[: place + 1] if op in {"<", "<="} else node.order[place:]
            return min(self._equals(node.left, label, item) for label in good) or OTHER
        return OTHER

    def _inside(self, node: n.Node, wanted: Interval, item: Item | None) -> float:
        value = self._value(node, item)
        if not isinstance(value, Fraction):
            return OTHER + self._there(node, item)
        if value in wanted:
            return 0.0
        ends = [end for end in (wanted.low, wanted.high) if end is not None]
        return TOUCH + min((_size(value - end) for end in ends), default=0.0)

    # Presence.

    def _there(self, node: n.Node, item: Item | None) -> float:
        if not isinstance(self._value(node, item), Missing):
            return 0.0
        return max(TOUCH, self._from_presence(node, item))

    def _from_presence(self, node: n.Node, item: Item | None) -> float:  # noqa: PLR0911 - one case a node
        step = self._step(node)
        if step is not None:
            return self._there(step.node, item)
        match node:
            case n.Absent():
                return inf
            case n.Where():
                return self._of_cases(node, lambda part: self._there(part, item), item)
            case n.Coalesce():
                return min(self._there(arg, item) for arg in node.args)
            case n.Band():
                inside = (self._inside(node.value, b.interval, item) for b in node.bands.closed())
                return min(inside)
            case n.Lookup():
                cells = {cell for _, cell in node.rows if not isinstance(cell, n.Absent)}
                return min((self._of_rows(node, cell, item) for cell in cells), default=inf)
            case n.Reduce() | n.Divide():
                return OTHER
        return max(OTHER / 2, sum(self._there(part, item) for part in n.children(node)))

    def _gone(self, node: n.Node, item: Item | None) -> float:
        if isinstance(self._value(node, item), Missing):
            return 0.0
        return max(TOUCH, self._from_absence(node, item))

    def _from_absence(self, node: n.Node, item: Item | None) -> float:  # noqa: PLR0911 - one case a node
        step = self._step(node)
        if step is not None:
            return self._gone(step.node, item)
        match node:
            case n.Ref() | n.Field():
                return OTHER
            case n.Number() | n.Label() | n.Truth() | n.IsMissing():
                return inf
            case n.Reduce():
                return _size(Fraction(len(self._items(node.over)))) if node.op != "count" else inf
            case n.Coalesce():
                return sum(self._gone(arg, item) for arg in node.args)
            case n.Where():
                return self._of_cases(node, lambda part: self._gone(part, item), item)
            case n.Divide():
                zero = n.Compare("==", node.denominator, n.Number(Fraction(0)))
                return min(
                    self._gone(node.numerator, item),
                    self._gone(node.denominator, item),
                    self._holds(zero, True, item),
                )
        return min((self._gone(part, item) for part in n.children(node)), default=inf)


def _size(gap: Fraction) -> float:
    """Give a distance below 1, the larger the farther."""
    size = abs(gap)
    return float(size / (size + 1))
