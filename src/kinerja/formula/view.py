"""The reach of every part of a formula, seen from one place of it.

What lives here: the walk that gives each node its reach, and what is assumed where it stands: the
conditions of the cases it lies in, the fields of the list item at hand. What never comes in: data,
directions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from math import prod
from typing import Final, TypeAlias

from kinerja.formula import nodes as n
from kinerja.formula.assumptions import (
    Facts,
    facts_of,
    joined_facts,
    merged_facts,
    outcomes,
)
from kinerja.formula.intervals import (
    added,
    larger,
    multiplied,
    negated,
    point,
    rounded,
    smaller,
)
from kinerja.formula.patterns import conjuncts
from kinerja.formula.reach_of_list import reach_of_items
from kinerja.formula.reach_of_quotient import reach_of_quotient
from kinerja.formula.reach_of_table import reach_of_band, reach_of_lookup, reach_of_written
from kinerja.formula.reaches import (
    NOTHING,
    ListReach,
    Reach,
    common_grid,
    flags,
    join,
    narrow,
    numbers,
)
from kinerja.values import Interval

__all__ = ["ScopeReach", "View"]

#: What inputs and steps can be, by name.
ScopeReach: TypeAlias = Mapping[str, Reach | ListReach]

ZERO: Final = Fraction(0)
ONE: Final = Fraction(1)

#: How often a part may be looked at again under further assumptions, nested looks multiplied.
EFFORT: Final = 64
#: Looks of all views of one question together after which no part is looked at again: far more than
#: real policies take, and the end of formulas that are nested to take for ever.
MAX_LOOKS: Final = 20_000


class Work:
    """Counts the looks at parts, over all views of one question."""

    def __init__(self) -> None:
        self.looks = 0

    @property
    def is_enough(self) -> bool:
        """Whether only what must be looked at should still be."""
        return self.looks >= MAX_LOOKS


class View:
    """What is known at one place of a formula."""

    def __init__(
        self,
        scope: ScopeReach,
        *,
        item: Mapping[str, Reach] | None = None,
        facts: Facts | None = None,
        effort: int = EFFORT,
        work: Work | None = None,
    ) -> None:
        self.scope = scope
        self.item = item
        self.facts: Facts = {} if facts is None else facts
        self.effort = effort
        self.work = Work() if work is None else work
        self._reaches: dict[n.Node, Reach] = {}
        self._assumed: dict[tuple[n.Node, bool], View | None] = {}

    def reach(self, node: n.Node) -> Reach:
        """Give the reach of a part that stands here."""
        found = self._reaches.get(node)
        if found is None:
            self.work.looks += 1
            found = self._computed(node)
            if node in self.facts:
                found = narrow(found, self.facts[node])
            self._reaches[node] = found
        return found

    # Other places.

    def knowing(self, facts: Facts, *, effort: int | None = None) -> View | None:
        """Give the view where more is known, or `None` where that cannot be."""
        merged = merged_facts(self.facts, facts)
        if merged is None:
            return None
        effort = self.effort if effort is None else effort
        return View(self.scope, item=self.item, facts=merged, effort=effort, work=self.work)

    def elsewhere(self, scope: ScopeReach, item: Mapping[str, Reach] | None, facts: Facts) -> View:
        """Give a view of another scope that shares the work of this one."""
        return View(scope, item=item, facts=facts, effort=self.effort, work=self.work)

    def assume(self, condition: n.Node, *, holds: bool) -> View | None:
        """Give the view where a condition is there and holds, or does not; `None` if that cannot be."""
        key = (condition, holds)
        if key not in self._assumed:
            ways = facts_of(condition, self.reach, holds=holds)
            self._assumed[key] = self.knowing(joined_facts(ways)) if ways else None
        return self._assumed[key]

    def spent(self) -> View | None:
        """Give the same view with half of the effort left, or `None` where none is left."""
        if self.effort <= 1 or self.work.is_enough:
            return None
        effort = self.effort // 2
        return View(self.scope, item=self.item, facts=self.facts, effort=effort, work=self.work)

    def inside(self, items: ListReach) -> View:
        """Give the view of a list item; what is known of fields here says nothing there."""
        facts: Facts = {}
        facts.update((node, known) for node, known in self.facts.items() if isinstance(node, n.Ref))
        return self.elsewhere(self.scope, items.fields, facts)

    def under(self, condition: n.Node, value: n.Node, *, holds: bool) -> Reach:
        """Give the reach that a part has where a condition holds, or does not.

        Each way in which the condition can come about is looked at by itself, as far as the effort
        allows: where not both of two groups are missing, one of them is there.
        """
        ways = facts_of(condition, self.reach, holds=holds)
        if 1 < len(ways) <= self.effort and not self.work.is_enough:
            effort = self.effort // len(ways)
            views = [self.knowing(facts, effort=effort) for facts in ways]
        else:
            views = [self.assume(condition, holds=holds)]
        return join(*(view.reach(value) for view in views if view is not None))

    # The reach of each node.

    def _computed(self, node: n.Node) -> Reach:  # noqa: C901, PLR0911, PLR0912 - one case a node
        match node:
            case n.Number() | n.Label() | n.Truth() | n.Absent():
                return reach_of_written(node)
            case n.Ref():
                return _value_of(self.scope[node.name])
            case n.Field():
                if self.item is None:
                    msg = f"field {node.name!r} outside a list"
                    raise TypeError(msg)
                return self.item[node.name]
            case n.Named():
                return self.reach(node.value)
            case n.Add():
                return self._folded(node.terms, added, common_grid)
            case n.Subtract():
                return self._folded((node.left, node.right), _subtracted, common_grid)
            case n.Multiply():
                return self._folded(node.factors, multiplied, _product_grid)
            case n.Divide():
                return reach_of_quotient(node, self)
            case n.Minimum():
                return self._folded(node.args, smaller, common_grid)
            case n.Maximum():
                return self._folded(node.args, larger, common_grid)
            case n.Clip():
                return self._clipped(node)
            case n.Round():
                return self._rounded(node)
            case n.Compare():
                left, right = self.reach(node.left), self.reach(node.right)
                found = flags(*outcomes(node.op, left, right, node.order))
                return found.maybe_missing(when=left.may_be_missing or right.may_be_missing)
            case n.And():
                return self._decided(node.args, deciding=False)
            case n.Or():
                return self._decided(node.args, deciding=True)
            case n.Not():
                arg = self.reach(node.arg)
                return flags(*(not flag for flag in arg.flags)).maybe_missing(
                    when=arg.may_be_missing
                )
            case n.Where():
                return self._where(node)
            case n.Lookup():
                return reach_of_lookup(node, [self.reach(key) for key in node.keys])
            case n.Band():
                return reach_of_band(node, self.reach(node.value))
            case n.IsMissing():
                arg = self.reach(node.arg)
                return flags(*([True] * arg.may_be_missing + [False] * arg.may_be_there))
            case n.Coalesce():
                return self._coalesce(node)
            case n.Reduce():
                return self._reduce(node)
        msg = f"unknown node {type(node).__name__}"
        raise TypeError(msg)

    def _folded(
        self,
        parts: Sequence[n.Node],
        combine: Callable[[Interval, Interval], Interval],
        grid: Callable[[Iterable[Fraction | None]], Fraction | None],
    ) -> Reach:
        reaches = [self.reach(part) for part in parts]
        missing = any(reach.may_be_missing for reach in reaches)
        spans = [reach.numbers for reach in reaches if reach.numbers is not None]
        if len(spans) < len(reaches):
            return Reach(may_be_missing=missing)
        found = numbers(reduce(combine, spans), grid(reach.grid for reach in reaches))
        return found.maybe_missing(when=missing)

    # Numbers.

    def _clipped(self, node: n.Clip) -> Reach:
        value: n.Node = node.value
        if node.low is not None:
            value = n.Maximum((value, node.low))
        if node.high is not None:
            value = n.Minimum((value, node.high))
        return self.reach(value)

    def _rounded(self, node: n.Round) -> Reach:
        value = self.reach(node.value)
        if value.numbers is None:
            return value
        unit = Fraction(1, 10) ** node.rounding.digits
        if value.grid and not value.grid % unit:
            return value
        found = numbers(rounded(value.numbers, node.rounding), unit)
        return found.maybe_missing(when=value.may_be_missing)

    # Flags, branches, tables.

    def _decided(self, args: Sequence[n.Node], *, deciding: bool) -> Reach:
        """Give the reach of `and` and `or`: one flag decides, whatever the other arguments are."""
        can_decide, can_pass, can_miss = False, True, False
        view = self.spent()
        # What is always there comes first: it may rule out that another argument is missing.
        for arg in sorted(args, key=lambda arg: self.reach(arg).may_be_missing):
            reach = self.reach(arg) if view is None else view.reach(arg)
            if reach == flags(deciding):
                return reach
            can_decide = can_decide or deciding in reach.flags
            can_pass = can_pass and (not deciding) in reach.flags
            can_miss = can_miss or reach.may_be_missing
            # From here on only what this argument leaves open matters.
            if view is not None and not reach.may_be_missing:
                view = view.assume(arg, holds=not deciding)
                if view is None:
                    return flags(deciding) if can_decide else NOTHING
        found = [flag for flag, can in ((deciding, can_decide), (not deciding, can_pass)) if can]
        return flags(*found).maybe_missing(when=can_miss)

    def _where(self, node: n.Where) -> Reach:
        view: View = self
        found = NOTHING
        for place, (condition, value) in enumerate(node.cases):
            holds = view.reach(condition)
            found = join(
                found,
                Reach(may_be_missing=holds.may_be_missing),
                view.under(condition, value, holds=True),
            )
            if place == len(node.cases) - 1:
                return join(found, view.under(condition, node.otherwise, holds=False))
            following = view.assume(condition, holds=False)
            if following is None:
                return found
            view = following
        return self.reach(node.otherwise)

    def _coalesce(self, node: n.Coalesce) -> Reach:
        found = NOTHING
        for arg in node.args:
            reach = self.reach(arg)
            found = join(found, reach.present())
            if not reach.may_be_missing:
                return found
        return found.maybe_missing()

    # Lists.

    def _reduce(self, node: n.Reduce) -> Reach:
        items = self.scope[node.over]
        if not isinstance(items, ListReach):
            msg = f"{node.over!r} is no list"
            raise TypeError(msg)
        whole = self.reach(n.Ref(node.over))
        if not whole.may_be_there:
            return whole
        inside = self.inside(items)
        missing = whole.may_be_missing
        fewest = items.count.low or ZERO
        chosen: View | None = inside
        if node.where is not None:
            holds = inside.reach(node.where)
            missing = missing or holds.may_be_missing
            fewest = ZERO if False in holds.flags else fewest
            chosen = inside.assume(node.where, holds=True)
        value = NOTHING
        if chosen is not None:
            value = numbers(point(ONE)) if node.value is None else chosen.reach(node.value)
            missing = missing or (node.by is not None and chosen.reach(node.by).may_be_missing)
        if value.may_be_missing:
            missing = missing or not node.skip_missing
            fewest = ZERO
        most = items.count.high if value.may_be_there else ZERO
        fewest = max(fewest, self._known_count(node))
        count = Interval(low=fewest if most is None else min(fewest, most), high=most)
        return reach_of_items(node, value.present(), count).maybe_missing(when=missing)

    def _known_count(self, node: n.Reduce) -> Fraction:
        """Give how many items a reduction takes at least, by what is known of counts of the list."""
        wanted = {*conjuncts(node.where)}
        if node.skip_missing and node.value is not None:
            wanted.add(n.Not(n.IsMissing(node.value)))
        return max(
            (
                reach.numbers.low
                for known, reach in self.facts.items()
                if isinstance(known, n.Reduce)
                and known.op in ("count", "count_distinct")
                and known.over == node.over
                and wanted <= {*conjuncts(known.where)}
                and reach.numbers is not None
                and reach.numbers.low is not None
            ),
            default=ZERO,
        )


def _subtracted(first: Interval, second: Interval) -> Interval:
    return added(first, negated(second))


def _value_of(found: Reach | ListReach) -> Reach:
    if isinstance(found, ListReach):
        return Reach(other=True, may_be_missing=found.may_be_missing)
    return found


def _product_grid(grids: Iterable[Fraction | None]) -> Fraction | None:
    known = list(grids)
    return None if None in known else prod((grid or ZERO for grid in known), start=ONE)
