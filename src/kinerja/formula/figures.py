"""Formulas with the figures of one record put in.

What lives here: two ways to put a figure for a name, alone (`9,12 ÷ 12`) and behind its title
(`realisasi (9,12)`), the case of a choice that applies, and the items behind a reduction. What may come
in: a formula and the values of the record. What never comes in: layout; `kinerja.formula.wording` has
it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, TypeAlias, cast

from kinerja.formula import nodes as n
from kinerja.formula.evaluate import Item, Scope, Value, evaluate, reduce_numbers
from kinerja.formula.wording import (
    ATOM,
    OF,
    PRODUCT,
    SUFFIXED,
    SUM,
    Pen,
    Written,
    owner_of,
    value_words,
    write,
    write_table,
)
from kinerja.values import Missing
from kinerja.words import number

__all__ = ["MAX_ITEMS", "Figures"]

#: Most items of a list whose figures are shown one by one.
MAX_ITEMS: Final = 12

#: Reductions whose value says it all.
_ONE_VALUE: Final = ("count", "count_distinct", "last")
#: Reductions that read the items in the order of their values.
_SORTED: Final = ("median", "quantile", "trimmed_mean")
#: What an item may be written out with, figure by figure.
_PLAIN: Final = (n.Number, n.Ref, n.Field, n.Named, n.Add, n.Subtract, n.Multiply, n.Divide)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The values that figures are taken from.

    Attributes:
        scope: Inputs and steps by name.
        item: The list item at hand, or `None`.
    """

    scope: Scope
    item: Item | None = None

    def value(self, node: n.Node) -> Value:
        """Give the exact value of a part of the formula."""
        return evaluate(node, self.scope, self.item)

    def alone(self, pen: Pen) -> Pen:
        """Give a pen that writes figures in place of names."""
        return replace(pen, special=self._alone)

    def named(self, pen: Pen) -> Pen:
        """Give a pen that writes each figure behind the title it belongs to."""
        return replace(pen, special=self._named)

    def chosen(self, node: n.Where | n.Coalesce) -> int | None:
        """Tell which case applies or which argument is there; `None` where none is.

        The count of the cases stands for `otherwise`.
        """
        if isinstance(node, n.Coalesce):
            there = (not isinstance(self.value(arg), Missing) for arg in node.args)
            return next((place for place, present in enumerate(there) if present), None)
        for place, (condition, _) in enumerate(node.cases):
            holds = self.value(condition)
            if isinstance(holds, Missing):
                return None
            if holds:
                return place
        return len(node.cases)

    def branch(self, node: n.Where | n.Coalesce) -> n.Node | None:
        """Give the formula of the case that applies, or `None`."""
        place = self.chosen(node)
        if place is None:
            return None
        if isinstance(node, n.Coalesce):
            return node.args[place]
        return node.otherwise if place == len(node.cases) else node.cases[place][1]

    def _alone(self, node: n.Node, pen: Pen) -> Written | None:
        match node:
            case n.Ref() | n.Field() | n.Named():
                return Written(value_words(self.value(node), owner_of(node, pen), pen), ATOM)
            case n.Where() | n.Coalesce():
                return self._branch(node, pen)
            case n.Compare() | n.And() | n.Or() | n.Not() | n.IsMissing():
                return write(node, self.named(pen)) if self._needs_titles(node) else None
            case n.Lookup():
                return write_table(node, self.named(pen))
            case n.Reduce():
                return self._reduction(node, pen)
        return None

    def _named(self, node: n.Node, pen: Pen) -> Written | None:
        match node:
            case n.Ref() | n.Field() | n.Named() | n.Reduce() | n.Lookup() | n.Band():
                title = write(node, replace(pen, special=_plain))
                value = self.value(node)
                words = value_words(value, owner_of(node, pen), pen)
                if isinstance(value, Missing):
                    return Written(f"{title.text} {words}", title.level)
                return Written(pen.say("valued", name=title.text, value=words), title.level)
            case n.Where() | n.Coalesce():
                return self._branch(node, pen)
            case n.Compare("==", n.Ref() | n.Field() | n.Named() | n.Reduce() as left, right):
                if _is_written(right) and self.value(left) == self.value(right):
                    return write(node, replace(pen, special=_plain))
            case n.IsMissing():
                if isinstance(self.value(node.arg), Missing):
                    return write(node, replace(pen, special=_plain))
        return None

    def _needs_titles(self, node: n.Node) -> bool:
        """Tell whether figures alone would not be understood: labels, flags, joined conditions."""
        if not isinstance(node, n.Compare):
            return True
        sides = (self.value(node.left), self.value(node.right))
        return any(isinstance(side, str | bool) for side in sides)

    def _branch(self, node: n.Where | n.Coalesce, pen: Pen) -> Written:
        branch = self.branch(node)
        return Written(pen.say("missing"), ATOM) if branch is None else write(branch, pen)

    def _reduction(self, node: n.Reduce, pen: Pen) -> Written:
        whole = self.value(node)
        taken = None if node.op in _ONE_VALUE else self._taken(node)
        together = taken is not None and (
            len(taken) > MAX_ITEMS or (len(taken) > 1 and node.over in pen.titles.together)
        )
        if not taken or (together and isinstance(whole, Missing)):
            return Written(value_words(whole, owner_of(node, pen), pen), ATOM)
        inside = replace(pen, over=node.over, owner="")
        return (_many if together else _few)(node, taken, inside)

    def _taken(self, node: n.Reduce) -> _Taken | None:
        """Give the items a reduction takes, each with its value; `None` where that is unknown."""
        items = self.scope[node.over]
        taken: _Taken = []
        for item in () if isinstance(items, Missing) else cast("Sequence[Item]", items):
            figures = Figures(scope=self.scope, item=item)
            holds = node.where is None or figures.value(node.where)
            if isinstance(holds, Missing):
                return None
            value = figures.value(cast("n.Node", node.value))
            if holds and not (node.skip_missing and isinstance(value, Missing)):
                taken.append((figures, value))
        return taken


_Taken: TypeAlias = list[tuple[Figures, Value]]


def _few(node: n.Reduce, taken: _Taken, pen: Pen) -> Written:
    """Write every item."""
    formula = cast("n.Node", node.value)
    parts = [_item(formula, figures, value, pen) for figures, value in taken]
    ordered = _in_order(taken)
    if node.op in _SORTED and ordered is not None:
        kept = _kept(node, ordered)
        parts = [Written(value_words(v, owner_of(formula, pen), pen), ATOM) for v in kept]
    if len(parts) == 1:
        return parts[0]
    listed = "; ".join(part.held(SUFFIXED) for part in parts)
    if node.op in ("median", "quantile"):
        return Written(pen.say(f"few.{node.op}", figures=listed, share=_share(node, pen)), OF)
    if node.op in ("min", "max"):
        key = "smallest" if node.op == "min" else "largest"
        return Written(pen.say(key, args=listed), ATOM)
    total = " + ".join(part.held(SUM, first=place == 0) for place, part in enumerate(parts))
    if node.op == "sum":
        return Written(total, SUM)
    return Written(f"({total}) ÷ {len(parts)}", PRODUCT)


def _many(node: n.Reduce, taken: _Taken, pen: Pen) -> Written:
    """Write the sum and the number of the items, or what came of them."""
    values = _kept(node, cast("list[Fraction]", _in_order(taken)))
    if node.op in ("mean", "trimmed_mean"):
        total = number(sum(values, Fraction(0)), pen.lang)
        return Written(pen.say(f"many.{node.op}", figures=f"{total} ÷ {len(values)}"), PRODUCT)
    whole = cast("Fraction", reduce_numbers(node.op, values, node.parameter, node.over))
    blanks = {"figures": number(whole, pen.lang), "count": len(taken), "share": _share(node, pen)}
    return Written(pen.say(f"many.{node.op}", **blanks), ATOM)


def _item(formula: n.Node, figures: Figures, value: Value, pen: Pen) -> Written:
    """Write one item: its formula with figures where that is plain arithmetic, else its value."""
    if isinstance(value, Missing) or any(not isinstance(p, _PLAIN) for p in n.walk(formula)):
        return Written(value_words(value, owner_of(formula, pen), pen), ATOM)
    return write(formula, figures.alone(pen))


def _in_order(taken: _Taken) -> list[Fraction] | None:
    values = [value for _, value in taken if isinstance(value, Fraction)]
    return sorted(values) if len(values) == len(taken) else None


def _kept(node: n.Reduce, ordered: list[Fraction]) -> list[Fraction]:
    """Leave out what a trimmed mean leaves out."""
    if node.op != "trimmed_mean":
        return ordered
    cut = int(len(ordered) * cast("Fraction", node.parameter))
    return ordered[cut : len(ordered) - cut]


def _share(node: n.Reduce, pen: Pen) -> str:
    return "" if node.parameter is None else f"{number(node.parameter * 100, pen.lang)} %"


def _plain(node: n.Node, pen: Pen) -> Written | None:  # noqa: ARG001 - the type of `Special`
    return None


def _is_written(node: n.Node) -> bool:
    return isinstance(node, n.Number | n.Label | n.Truth)
