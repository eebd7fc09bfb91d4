"""The type check: every formula that passes it can be evaluated on any record.

What lives here: the walk that infers the type of a formula from the types of inputs and steps, notes
every issue, and fills in what evaluation needs (the order of labels compared by `<`). What never
comes in: values of records, text of formulas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kinerja.errors import quoted
from kinerja.formula import nodes as n
from kinerja.formula.check_pairs import comparison_order, table_kind
from kinerja.formula.check_reductions import check_reduction_parts
from kinerja.formula.findings import Findings, operation, sketch
from kinerja.formula.kinds import Anything, Kind, Loose, join_kinds, kind_name, settle
from kinerja.formula.types import (
    DateType,
    FlagType,
    ItemType,
    ListType,
    NumberType,
    ValueType,
)
from kinerja.values import Scale

__all__ = ["Checked", "check_types"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A formula that passed the type check.

    Attributes:
        node: The formula, with the order filled in where labels are compared by `<` and its like.
        type: Its type. Limits and digits are those of the input where the formula is a plain input.
    """

    node: n.Node
    type: ItemType


def check_types(
    node: n.Node,
    known: Mapping[str, ValueType],
    *,
    fields: Mapping[str, ItemType] | None = None,
    path: str = "",
    expected_scale: Scale | None = None,
) -> Checked:
    """Check a formula, and infer its type.

    Args:
        node: The formula.
        known: Types of the inputs and of the steps it may refer to.
        fields: Types of the fields of the list item at hand, for a formula that is computed for each
            item of a list; `None` outside lists.
        path: Where the formula stands in the policy, for issues.
        expected_scale: Scale that the policy declares for the labels it gives, or `None`: then labels
            written in the formula make a scale of their own, ordered only where bands give them.

    Raises:
        PolicyError: Names, types, labels or tables do not fit; every issue at once.

    Examples:
        >>> known = {"realisasi": NumberType(), "target": NumberType()}
        >>> check_types(n.Ref("realisasi") / n.Ref("target") * 100, known).type
        NumberType(limits=Interval(low=None, high=None, low_open=False, high_open=False), digits=None)
    """
    findings = Findings(path)
    checked, kind = _Check(known, fields, findings).visit(node)
    result = settle(kind, expected_scale, sketch(node), findings)
    findings.raise_any()
    return Checked(node=checked, type=result)


class _Check:
    """One walk: the names in sight, and where issues go."""

    def __init__(
        self,
        known: Mapping[str, ValueType],
        fields: Mapping[str, ItemType] | None,
        findings: Findings,
        reducing: str | None = None,
    ) -> None:
        self.known = known
        self.fields = fields
        self.findings = findings
        self.reducing = reducing

    def visit(self, node: n.Node) -> tuple[n.Node, Kind]:  # noqa: C901, PLR0911, PLR0912 - one case a node
        """Give the formula, filled in, and its kind."""
        match node:
            case n.Number():
                return node, NumberType()
            case n.Label():
                return node, Loose((node.value,))
            case n.Truth():
                return node, FlagType()
            case n.Absent():
                return node, Anything()
            case n.Ref():
                return node, self._ref(node)
            case n.Field():
                return node, self._field(node)
            case n.Named():
                value, kind = self.visit(node.value)
                return replace(node, value=value), kind
            case n.Add():
                terms, kinds = self._visit_all(node.terms, node)
                return replace(node, terms=terms), self._sum(node, kinds)
            case n.Subtract():
                return self._difference(node)
            case n.Multiply():
                factors, kinds = self._visit_all(node.factors, node)
                return replace(node, factors=factors), self._numbers(node, node.factors, kinds)
            case n.Divide():
                (top, bottom), kinds = self._visit_all((node.numerator, node.denominator), node)
                kind = self._numbers(node, (node.numerator, node.denominator), kinds)
                return replace(node, numerator=top, denominator=bottom), kind
            case n.Minimum() | n.Maximum():
                args, kinds = self._visit_all(node.args, node)
                return replace(node, args=args), self._choice(node, node.args, kinds)
            case n.Clip():
                return self._clip(node)
            case n.Round():
                value, kind = self.visit(node.value)
                return replace(node, value=value), self._numbers(node, (node.value,), (kind,))
            case n.Compare():
                (left, right), kinds = self._visit_all((node.left, node.right), node)
                order = comparison_order(node, kinds[0], kinds[1], self.findings)
                return replace(node, left=left, right=right, order=order), FlagType()
            case n.And() | n.Or():
                args, kinds = self._visit_all(node.args, node)
                return replace(node, args=args), self._flags(node, node.args, kinds)
            case n.Not():
                arg, kind = self.visit(node.arg)
                return replace(node, arg=arg), self._flags(node, (node.arg,), (kind,))
            case n.Where():
                return self._where(node)
            case n.Coalesce():
                args, kinds = self._visit_all(node.args, node)
                kind = join_kinds(kinds, operation(node), self.findings)
                return replace(node, args=args), kind
            case n.Lookup():
                keys, kinds = self._visit_all(node.keys, node)
                return replace(node, keys=keys), table_kind(node, kinds, self.findings)
            case n.Band():
                return self._band(node)
            case n.IsMissing():
                return self._is_missing(node), FlagType()
            case n.Reduce():
                return self._reduce(node)
        msg = f"unknown node {type(node).__name__}"
        raise TypeError(msg)

    def _visit_all(
        self, parts: Sequence[n.Node], parent: n.Node
    ) -> tuple[tuple[n.Node, ...], tuple[Kind, ...]]:
        if not parts:
            self.findings.add("KNJ248", operation=operation(parent))
        visited = [self.visit(part) for part in parts]
        return tuple(node for node, _ in visited), tuple(kind for _, kind in visited)

    # Names.

    def _ref(self, node: n.Ref) -> Kind:
        found = self.known.get(node.name)
        if isinstance(found, ListType):
            self.findings.add("KNJ242", found=quoted(node.name))
            return Anything()
        if found is None:
            self.findings.add_unknown("KNJ230", node.name, self.known)
            return Anything()
        return found

    def _field(self, node: n.Field) -> Kind:
        if self.fields is None:
            self.findings.add("KNJ232", found=quoted(node.name))
            return Anything()
        found = self.fields.get(node.name)
        if found is None:
            self.findings.add_unknown("KNJ231", node.name, self.fields)
            return Anything()
        return found

    def _is_missing(self, node: n.IsMissing) -> n.Node:
        # A list as a whole may be asked for.
        if isinstance(node.arg, n.Ref) and isinstance(self.known.get(node.arg.name), ListType):
            return node
        return replace(node, arg=self.visit(node.arg)[0])

    # What operations need.

    def _need(self, node: n.Node, part: n.Node, kind: Kind, expected: str) -> None:
        if isinstance(kind, Anything) or kind_name(kind) == expected:
            return
        self.findings.add(
            "KNJ233",
            operation=operation(node),
            part=quoted(sketch(part)),
            found=quoted(kind_name(kind)),
            expected=quoted(expected),
        )

    def _numbers(self, node: n.Node, parts: Sequence[n.Node], kinds: Sequence[Kind]) -> Kind:
        for part, kind in zip(parts, kinds, strict=True):
            self._need(node, part, kind, "number")
        return NumberType()

    def _flags(self, node: n.Node, parts: Sequence[n.Node], kinds: Sequence[Kind]) -> Kind:
        for part, kind in zip(parts, kinds, strict=True):
            self._need(node, part, kind, "flag")
        return FlagType()

    def _choice(self, node: n.Node, parts: Sequence[n.Node], kinds: Sequence[Kind]) -> Kind:
        """Check an operation that gives one of its arguments: all numbers or all dates."""
        if any(isinstance(kind, DateType) for kind in kinds) and all(
            isinstance(kind, DateType | Anything) for kind in kinds
        ):
            return DateType()
        return self._numbers(node, parts, kinds)

    def _sum(self, node: n.Add, kinds: Sequence[Kind]) -> Kind:
        dates = [place for place, kind in enumerate(kinds) if isinstance(kind, DateType)]
        if len(dates) != 1:
            return self._numbers(node, node.terms, kinds)
        date = dates[0]
        days = node.terms[:date] + node.terms[date + 1 :]
        self._numbers(node, days, [*kinds[:date], *kinds[date + 1 :]])
        return DateType()

    def _difference(self, node: n.Subtract) -> tuple[n.Node, Kind]:
        (left, right), (first, second) = self._visit_all((node.left, node.right), node)
        checked = replace(node, left=left, right=right)
        if isinstance(second, DateType):
            self._need(node, node.left, first, "date")
            return checked, NumberType()
        if isinstance(first, DateType):
            self._need(node, node.right, second, "number")
            return checked, DateType()
        return checked, self._numbers(node, (node.left, node.right), (first, second))

    def _clip(self, node: n.Clip) -> tuple[n.Node, Kind]:
        value, kind = self.visit(node.value)
        low = None if node.low is None else self.visit(node.low)
        high = None if node.high is None else self.visit(node.high)
        parts = [(node.value, kind)]
        parts += [(node.low, low[1])] if node.low is not None and low is not None else []
        parts += [(node.high, high[1])] if node.high is not None and high is not None else []
        result = self._choice(node, [part for part, _ in parts], [kind for _, kind in parts])
        if (
            isinstance(node.low, n.Number)
            and isinstance(node.high, n.Number)
            and node.low.value > node.high.value
        ):
            limits = {"low": sketch(node.low), "high": sketch(node.high)}
            self.findings.add("KNJ249", **limits)
        checked = replace(node, value=value, low=low and low[0], high=high and high[0])
        return checked, result

    # Branches, tables, bands.

    def _where(self, node: n.Where) -> tuple[n.Node, Kind]:
        conditions = [self.visit(condition) for condition, _ in node.cases]
        for (condition, _), (_, kind) in zip(node.cases, conditions, strict=True):
            self._need(node, condition, kind, "flag")
        values = [self.visit(value) for _, value in node.cases]
        otherwise, last = self.visit(node.otherwise)
        kind = join_kinds([*(kind for _, kind in values), last], operation(node), self.findings)
        cases = tuple(
            (condition, value)
            for (condition, _), (value, _) in zip(conditions, values, strict=True)
        )
        return n.Where(cases, otherwise), kind

    def _band(self, node: n.Band) -> tuple[n.Node, Kind]:
        value, kind = self.visit(node.value)
        self._need(node, node.value, kind, "number")
        labels = [band.label for band in node.bands.bands]
        distinct = tuple(dict.fromkeys(labels))
        # A label of two bands (too little and too much) has no place in a rising order.
        return replace(node, value=value), Loose(distinct, ordered=len(distinct) == len(labels))

    # Lists.

    def _reduce(self, node: n.Reduce) -> tuple[n.Node, Kind]:
        if self.reducing is not None:
            self.findings.add("KNJ243", operation=node.op, found=quoted(self.reducing))
        items = self.known.get(node.over)
        if items is None:
            lists = [name for name, kind in self.known.items() if isinstance(kind, ListType)]
            self.findings.add_unknown("KNJ230", node.over, lists)
        elif not isinstance(items, ListType):
            self.findings.add("KNJ241", found=quoted(node.over), expected=quoted(kind_name(items)))
        check_reduction_parts(node, self.findings)
        if not isinstance(items, ListType):
            return node, NumberType() if node.op not in ("min", "max", "last") else Anything()
        inside = _Check(self.known, items.fields, self.findings, reducing=node.op)
        value = None if node.value is None else inside.visit(node.value)
        where = None if node.where is None else inside.visit(node.where)
        by = None if node.by is None else inside.visit(node.by)
        if node.where is not None and where is not None:
            self._need(node, node.where, where[1], "flag")
        if node.by is not None and by is not None and not isinstance(by[1], DateType):
            self._need(node, node.by, by[1], "number")
        checked = replace(node, value=value and value[0], where=where and where[0], by=by and by[0])
        return checked, self._reduced(node, Anything() if value is None else value[1])

    def _reduced(self, node: n.Reduce, kind: Kind) -> Kind:
        match node.op:
            case "count" | "count_distinct":
                return NumberType()
            case "last":
                return NumberType() if isinstance(kind, NumberType) else kind
            case "min" | "max" if isinstance(kind, DateType):
                return kind
        if node.value is not None:
            self._need(node, node.value, kind, "number")
        return NumberType()
