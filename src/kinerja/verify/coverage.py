"""Which branches of a policy its examples reach, and which none does.

What lives here: the branches that a policy has, found in its formulas, and those that a record takes.
What never comes in: files, printing.

A branch is a band, a row of a table or matrix, a case of a condition, a limit that bites or does not, a
fallback for a missing value, an item that a filter keeps or leaves out, a flag that is yes or no. What the
ranges evaluator proves unreachable is no branch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, Literal, TypeAlias, cast

from kinerja.errors import PolicyError
from kinerja.formula import nodes as n
from kinerja.formula.evaluate import Item, Scope, Value, evaluate
from kinerja.formula.ranges import ListReach, Reach, reach, reach_of_type, scope_with
from kinerja.formula.reach_of_table import bands_met, rows_met
from kinerja.formula.types import FlagType, ListType, ValueType
from kinerja.formula.view import View
from kinerja.policy import Policy
from kinerja.policy.read import fit_policy
from kinerja.scorer import Program
from kinerja.scorer.graph import behind
from kinerja.scorer.program import Step
from kinerja.scorer.read import read_record
from kinerja.scorer.run import run_some
from kinerja.values import Interval, Missing
from kinerja.verify.reading import Example

__all__ = [
    "Branch",
    "Coverage",
    "Walk",
    "branches_of",
    "cover",
    "scope_of",
    "taken",
    "variants_of",
    "views_of",
]

Which: TypeAlias = Literal[
    "band",
    "row",
    "case",
    "otherwise",
    "below",
    "within",
    "above",
    "chosen",
    "kept",
    "left_out",
    "flag",
]


#: Records in which everything that is required is there, or any.
Records: TypeAlias = Literal["complete", "any"]
#: What branches; a step with a flag does too.
_FORKS: Final = n.Where | n.Coalesce | n.Reduce | n.Band | n.Lookup | n.Clip | n.Minimum | n.Maximum


@dataclass(frozen=True, slots=True)
class Branch:
    """One way that a step can go.

    Attributes:
        step: The step.
        node: The part of its formula that branches.
        which: What kind of branch.
        place: Which one: the place of the band or case, the keys of the row, the flag.
    """

    step: str
    node: n.Node
    which: Which
    place: object = None

    @property
    def condition(self) -> n.Node:  # noqa: PLR0911 - one case a branch
        """What holds where it is taken, as a formula: of an item, for a branch of items."""
        node, place = self.node, cast("int", self.place)
        match self.which:
            case "band":
                band = cast("n.Band", node)
                return n.inside(band.value, band.bands.closed()[place].interval)
            case "row":
                keys = cast("tuple[str | bool, ...]", self.place)
                pairs = zip(cast("n.Lookup", node).keys, keys, strict=True)
                return n.all_of(*(_equal(key, value) for key, value in pairs))
            case "case" | "otherwise":
                cases = [condition for condition, _ in cast("n.Where", node).cases]
                return cases[place] if self.which == "case" else n.all_of(*map(_not, cases))
            case "kept" | "left_out":
                where = cast("n.Node", cast("n.Reduce", node).where)
                return where if self.which == "kept" else _not(where)
            case "flag":
                return node if self.place else _not(node)
            case "below" | "within" | "above":
                return _beyond(cast("n.Clip", node), self.which)
        if isinstance(node, n.Coalesce):
            gone = (n.IsMissing(arg) for arg in node.args[:place])
            return n.all_of(*gone, _not(n.IsMissing(node.args[place])))
        args = cast("n.Minimum | n.Maximum", node).args
        op: n.Comparison = "<=" if isinstance(node, n.Minimum) else ">="
        others = (arg for at, arg in enumerate(args) if at != place)
        return n.all_of(*(n.Compare(op, args[place], other) for other in others))


def _equal(key: n.Node, value: str | bool) -> n.Node:  # noqa: FBT001 - a key of a table
    return n.Compare("==", key, n.Label(value) if isinstance(value, str) else n.Truth(value))


def _not(condition: n.Node) -> n.Node:
    match condition:
        case n.Not():
            return condition.arg
        case n.Compare():
            return replace(condition, op=n.OPPOSITE[condition.op])
    return n.Not(condition)


def _beyond(node: n.Clip, which: Which) -> n.Node:
    ends: list[n.Node] = []
    if node.low is not None and which != "above":
        ends.append(n.Compare("<" if which == "below" else ">=", node.value, node.low))
    if node.high is not None and which != "below":
        ends.append(n.Compare(">" if which == "above" else "<=", node.value, node.high))
    return n.all_of(*ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What examples reach.

    Attributes:
        branches: Every branch that can be reached, in the order of the policy: with its defaults, then
            those that other options bring.
        reached: Those that some example takes.
        options: Of those that only an option brings that is not the default: choice and option.
    """

    branches: tuple[Branch, ...]
    reached: frozenset[Branch]
    options: Mapping[Branch, Mapping[str, str]]

    @property
    def unreached(self) -> tuple[Branch, ...]:
        """The branches that no example takes."""
        return tuple(branch for branch in self.branches if branch not in self.reached)


def cover(policy: Policy, examples: Iterable[Example]) -> Coverage:
    """Find what examples reach.

    Args:
        policy: The policy; every option of its choices is looked at, the other choices at what they are.
        examples: Its examples. A record that is refused reaches nothing.
    """
    branches: dict[Branch, Mapping[str, str]] = {}
    for option, program in variants_of(policy):
        for branch in branches_of(program):
            branches.setdefault(branch, option)
    left: dict[str, set[Branch]] = {}
    for branch in branches:
        left.setdefault(branch.step, set()).add(branch)
    walks: dict[int, Walk] = {}
    for example in examples:
        # Only what is still looked for is computed: most examples have nothing new to tell.
        names = {name for name, some in left.items() if some}
        if not names:
            break
        walk = walks.setdefault(id(example.program), Walk(example.program))
        for branch in walk.taken(example.record, names):
            left.get(branch.step, set()).discard(branch)
    unreached = {branch for some in left.values() for branch in some}
    return Coverage(
        branches=tuple(branches),
        reached=frozenset(branches.keys() - unreached),
        options={branch: option for branch, option in branches.items() if option},
    )


def variants_of(policy: Policy) -> Iterator[tuple[Mapping[str, str], Program]]:
    """Give the policy as it is, and with every other option of each choice: what is chosen, the program."""
    yield {}, policy.program
    for name, choice in policy.model.choices.items():
        for option in choice.options or ():
            if option != policy.variant[name]:
                try:
                    other = fit_policy(
                        policy.source, {**policy.variant, name: option}, base=policy.base
                    )
                except PolicyError:
                    continue  # told by the check of the policy's options
                yield {name: option}, other.program


# The branches there are.


def branches_of(program: Program, *, records: Records = "complete") -> Iterator[Branch]:
    """Give every branch of a program that can be reached, in the order of its steps.

    Args:
        program: The program.
        records: Whether what is required is there.
    """
    for step, view in views_of(program, records=records):
        yield from _of_step(step, view)


def views_of(program: Program, *, records: Records = "complete") -> Iterator[tuple[Step, View]]:
    """Give each step with what is known of all that stands before it."""
    scope: Mapping[str, object] = scope_of(program, records=records)
    for step in program.steps:
        known = cast("dict[str, ListReach]", scope)
        view = View(known)
        yield step, view if step.over is None else view.inside(known[step.over])
        scope = scope_with(known, step.name, reach(step.node, known, over=step.over), step.over)


def scope_of(program: Program, *, records: Records) -> dict[str, Reach | ListReach]:
    """Give what is known of each input.

    Args:
        program: The program.
        records: Whether what is required is there. A record with gaps is scored too: what holds of every
            record holds of `any`.
    """
    return {
        i.name: _with_gaps(i.type)
        if records == "any"
        else reach_of_type(i.type, optional=not i.required)
        for i in program.inputs
    }


def _with_gaps(kind: ValueType) -> Reach | ListReach:
    if isinstance(kind, ListType):
        kind = replace(kind, optional=frozenset(kind.fields))
    return reach_of_type(kind, optional=True)


def _of_step(step: Step, view: View) -> Iterator[Branch]:
    for node, which, place in _of_node(step.node, view):
        yield Branch(step.name, node, which, place)
    if isinstance(step.type, FlagType):
        for flag in sorted(view.reach(step.node).flags):
            yield Branch(step.name, step.node, "flag", flag)


Found: TypeAlias = "tuple[n.Node, Which, object]"


def _of_node(node: n.Node, view: View) -> Iterator[Found]:  # noqa: C901, PLR0912 - one case a node
    match node:
        case n.Where():
            yield from _of_where(node, view)
            return
        case n.Coalesce():
            for place, arg in enumerate(node.args):
                if view.reach(arg).may_be_there:
                    yield node, "chosen", place
                yield from _of_node(arg, view)
                if not view.reach(arg).may_be_missing:
                    return
            return
        case n.Reduce():
            yield from _of_reduce(node, view)
            return
        case n.Band():
            met = {label for label, _ in bands_met(node, view.reach(node.value))}
            for place, band in enumerate(node.bands.bands):
                if band.label in met:
                    yield node, "band", place
        case n.Lookup():
            keys = [view.reach(key) for key in node.keys]
            for row, _ in rows_met(node, keys):
                yield node, "row", row
        case n.Clip():
            yield from _of_clip(node, view)
        case n.Minimum() | n.Maximum():
            yield from _of_extreme(node, view)
    for child in n.children(node):
        yield from _of_node(child, view)


def _of_where(node: n.Where, view: View) -> Iterator[Found]:
    for place, (condition, value) in enumerate(node.cases):
        yield from _of_node(condition, view)
        flags = view.reach(condition).flags
        inside = view.assume(condition, holds=True) if True in flags else None
        if inside is not None:
            yield node, "case", place
            yield from _of_node(value, inside)
        following = view.assume(condition, holds=False) if False in flags else None
        if following is None:
            return
        view = following
    yield node, "otherwise", None
    yield from _of_node(node.otherwise, view)


def _of_reduce(node: n.Reduce, view: View) -> Iterator[Found]:
    items = view.scope[node.over]
    if not isinstance(items, ListReach):
        return
    inside: View | None = view.inside(items)
    if node.where is not None and inside is not None:
        flags = inside.reach(node.where).flags
        yield from _of_node(node.where, inside)
        if True in flags:
            yield node, "kept", None
        if False in flags:
            yield node, "left_out", None
        inside = inside.assume(node.where, holds=True)
    if inside is not None:
        for part in (node.value, node.by):
            if part is not None:
                yield from _of_node(part, inside)


def _of_clip(node: n.Clip, view: View) -> Iterator[Found]:
    span = view.reach(node.value).numbers
    if span is None:
        return
    low = None if node.low is None else view.reach(node.low).numbers
    high = None if node.high is None else view.reach(node.high).numbers
    if low is not None and _may_be_below(span, low):
        yield node, "below", None
    if high is not None and _may_be_below(high, span):
        yield node, "above", None
    yield node, "within", None


def _of_extreme(node: n.Minimum | n.Maximum, view: View) -> Iterator[Found]:
    spans = [view.reach(arg).numbers for arg in node.args]
    if len(node.args) < 2 or None in spans:  # noqa: PLR2004 - a pair
        return
    known = cast("list[Interval]", spans)
    for place, span in enumerate(known):
        others = [other for at, other in enumerate(known) if at != place]
        least = isinstance(node, n.Minimum)
        if all(_may_be_below(*((span, o) if least else (o, span))) for o in others):
            yield node, "chosen", place


def _may_be_below(first: Interval, second: Interval) -> bool:
    """Tell whether some number of the first range lies below some number of the second."""
    return first.low is None or second.high is None or first.low < second.high


# The branches that a record takes.


def taken(program: Program, record: Mapping[str, object]) -> Iterator[Branch]:
    """Give the branches that a record takes, some more than once; none where it is refused."""
    return Walk(program).taken(record)


class Walk:
    """Walks through the formulas of one program as records go."""

    def __init__(self, program: Program) -> None:
        self._program = program
        #: Parts that branch somewhere, by identity: all others are passed over.
        self._forks: set[int] = set()
        for step in program.steps:
            self._find_forks(step.node)

    def _find_forks(self, node: n.Node) -> bool:
        below = [self._find_forks(child) for child in n.children(node)]
        forks = any(below) or isinstance(node, _FORKS)
        if forks:
            self._forks.add(id(node))
        return forks

    def taken(
        self, record: Mapping[str, object], names: Collection[str] | None = None
    ) -> Iterator[Branch]:
        """Give the branches that a record takes in some steps, or in all of them."""
        program = self._program
        reading, issues, _ = read_record(record, program.inputs)
        if issues:
            return
        if names is None:
            names = {step.name for step in program.steps}
        reads = behind(program, names)
        state = run_some((step for step in program.steps if step.name in reads), reading)
        for step in program.steps:
            if step.name not in names:
                continue
            if step.over is None:
                yield from self._by_step(step, state, None)
                continue
            items = state[step.over]
            if not isinstance(items, Missing):
                for item in cast("Sequence[Item]", items):
                    yield from self._by_step(step, state, item)

    def _by_step(self, step: Step, scope: Scope, item: Item | None) -> Iterator[Branch]:
        for node, which, place in self._by_node(step.node, scope, item):
            yield Branch(step.name, node, which, place)
        if isinstance(step.type, FlagType):
            value = evaluate(step.node, scope, item)
            if not isinstance(value, Missing):
                yield Branch(step.name, step.node, "flag", value)

    def _by_node(  # noqa: C901, PLR0912 - one case a node
        self, node: n.Node, scope: Scope, item: Item | None
    ) -> Iterator[Found]:
        if id(node) not in self._forks:
            return
        match node:
            case n.Where():
                yield from self._by_where(node, scope, item)
                return
            case n.Coalesce():
                for place, arg in enumerate(node.args):
                    yield from self._by_node(arg, scope, item)
                    if not isinstance(evaluate(arg, scope, item), Missing):
                        yield node, "chosen", place
                        return
                return
            case n.Reduce():
                yield from self._by_reduce(node, scope)
                return
            case n.Band():
                value = evaluate(node.value, scope, item)
                if isinstance(value, Fraction):
                    for place, band in enumerate(node.bands.closed()):
                        if value in band.interval:
                            yield node, "band", place
            case n.Lookup():
                keys = tuple(evaluate(key, scope, item) for key in node.keys)
                if any(keys == row for row, _ in node.rows):
                    yield node, "row", keys
            case n.Clip() | n.Minimum() | n.Maximum():
                yield from _by_limits(node, scope, item)
        for child in n.children(node):
            yield from self._by_node(child, scope, item)

    def _by_where(self, node: n.Where, scope: Scope, item: Item | None) -> Iterator[Found]:
        for place, (condition, value) in enumerate(node.cases):
            yield from self._by_node(condition, scope, item)
            holds = evaluate(condition, scope, item)
            if isinstance(holds, Missing):
                return
            if holds:
                yield node, "case", place
                yield from self._by_node(value, scope, item)
                return
        yield node, "otherwise", None
        yield from self._by_node(node.otherwise, scope, item)

    def _by_reduce(self, node: n.Reduce, scope: Scope) -> Iterator[Found]:
        items = scope[node.over]
        for item in () if isinstance(items, Missing) else cast("Sequence[Item]", items):
            if node.where is not None:
                yield from self._by_node(node.where, scope, item)
                holds = evaluate(node.where, scope, item)
                if holds is not True:
                    if holds is False:
                        yield node, "left_out", None
                    continue
                yield node, "kept", None
            for part in (node.value, node.by):
                if part is not None:
                    yield from self._by_node(part, scope, item)


def _by_limits(
    node: n.Clip | n.Minimum | n.Maximum, scope: Scope, item: Item | None
) -> Iterator[Found]:
    def value_of(part: n.Node | None) -> Value | None:
        return None if part is None else evaluate(part, scope, item)

    if isinstance(node, n.Clip):
        value, low, high = value_of(node.value), value_of(node.low), value_of(node.high)
        if not isinstance(value, Fraction) or isinstance(low, Missing) or isinstance(high, Missing):
            return
        below = isinstance(low, Fraction) and value < low
        above = isinstance(high, Fraction) and value > high
        yield node, "below" if below else "above" if above else "within", None
        return
    values = [evaluate(arg, scope, item) for arg in node.args]
    if any(not isinstance(value, Fraction) for value in values):
        return
    numbers = cast("list[Fraction]", values)
    extreme = min(numbers) if isinstance(node, n.Minimum) else max(numbers)
    for place, value in enumerate(numbers):
        if value == extreme:
            yield node, "chosen", place
