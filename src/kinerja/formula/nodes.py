"""The formula language as values: what a rule may say, and nothing else.

What lives here: one frozen class for each operation, operators to build with, and a walk through the
tree. What never comes in: evaluation, text, types; each of those reads these classes and has a module
of its own. A node that is not here cannot be scored, explained, analysed or run on columns.

A formula has one of five types: number (exact), label (a text of a scale), flag (yes or no), date and
text; and in place of any value it may be *missing* with reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Final, Literal, TypeAlias, get_args

from kinerja.exact import ExactInput, Rounding, exact
from kinerja.values import Bands, Interval
from kinerja.words import Text

__all__ = [
    "COMPARISONS",
    "OPPOSITE",
    "REDUCTIONS",
    "Absent",
    "Add",
    "And",
    "Band",
    "Clip",
    "Coalesce",
    "Compare",
    "Comparison",
    "Divide",
    "Field",
    "IsMissing",
    "Label",
    "Lookup",
    "Maximum",
    "Minimum",
    "Multiply",
    "Named",
    "Node",
    "Not",
    "Number",
    "Or",
    "Reduce",
    "Reduction",
    "Ref",
    "Round",
    "Subtract",
    "Truth",
    "Where",
    "all_of",
    "children",
    "inside",
    "numeric",
    "replace_nodes",
    "walk",
]

Comparison = Literal["<", "<=", ">", ">=", "==", "!="]
COMPARISONS: Final[tuple[Comparison, ...]] = get_args(Comparison)
#: The comparison that holds where another does not.
OPPOSITE: Final[Mapping[Comparison, Comparison]] = {
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
    "==": "!=",
    "!=": "==",
}

Reduction = Literal[
    "sum",
    "count",
    "mean",
    "min",
    "max",
    "median",
    "trimmed_mean",
    "quantile",
    "count_distinct",
    "last",
]
REDUCTIONS: Final[tuple[Reduction, ...]] = get_args(Reduction)

Operand: TypeAlias = "Node | ExactInput"


@dataclass(frozen=True, slots=True)
class Node:
    """Base of every formula; the operators build new formulas."""

    def __add__(self, other: Operand) -> Node:
        """Add; nested sums are kept flat."""
        left = self.terms if isinstance(self, Add) else (self,)
        right = numeric(other)
        return Add(left + (right.terms if isinstance(right, Add) else (right,)))

    def __radd__(self, other: ExactInput) -> Node:
        """Add to a number."""
        return numeric(other) + self

    def __sub__(self, other: Operand) -> Node:
        """Subtract."""
        return Subtract(self, numeric(other))

    def __rsub__(self, other: ExactInput) -> Node:
        """Subtract from a number."""
        return Subtract(numeric(other), self)

    def __mul__(self, other: Operand) -> Node:
        """Multiply; nested products are kept flat."""
        left = self.factors if isinstance(self, Multiply) else (self,)
        right = numeric(other)
        return Multiply(left + (right.factors if isinstance(right, Multiply) else (right,)))

    def __rmul__(self, other: ExactInput) -> Node:
        """Multiply a number."""
        return numeric(other) * self

    def __truediv__(self, other: Operand) -> Node:
        """Divide; a zero divisor gives a missing value, not an exception."""
        return Divide(self, numeric(other))

    def __rtruediv__(self, other: ExactInput) -> Node:
        """Divide a number."""
        return Divide(numeric(other), self)

    # The comparisons have names: `==` and `<` on frozen values must stay what they are in Python.
    def below(self, other: Operand) -> Compare:
        """`self < other`."""
        return Compare("<", self, numeric(other))

    def at_most(self, other: Operand) -> Compare:
        """`self <= other`."""
        return Compare("<=", self, numeric(other))

    def above(self, other: Operand) -> Compare:
        """`self > other`."""
        return Compare(">", self, numeric(other))

    def at_least(self, other: Operand) -> Compare:
        """`self >= other`."""
        return Compare(">=", self, numeric(other))

    def equals(self, other: Operand) -> Compare:
        """`self == other`, for numbers; for labels give a `Label`."""
        return Compare("==", self, numeric(other))


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A figure written in the policy."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Label(Node):
    """A label written in the policy."""

    value: str


@dataclass(frozen=True, slots=True)
class Truth(Node):
    """Yes or no, written in the policy."""

    value: bool


@dataclass(frozen=True, slots=True)
class Ref(Node):
    """The value of an input of the record, or of a step."""

    name: str


@dataclass(frozen=True, slots=True)
class Field(Node):
    """A field of the list item at hand; only inside a reduction or a step per item."""

    name: str


@dataclass(frozen=True, slots=True)
class Absent(Node):
    """A missing value that the policy states, with its reason (`reason.<code>` in the words)."""

    reason: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Add(Node):
    """The sum of one or more numbers; also date + days."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Subtract(Node):
    """A difference; of two dates it is a number of days."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Multiply(Node):
    """The product of one or more numbers."""

    factors: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Divide(Node):
    """A quotient; a zero divisor gives a missing value with the reason `division_by_zero`."""

    numerator: Node
    denominator: Node


@dataclass(frozen=True, slots=True)
class Minimum(Node):
    """The smallest of the arguments; missing when one of them is."""

    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Maximum(Node):
    """The largest of the arguments; missing when one of them is."""

    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Clip(Node):
    """A number held between limits, each a formula or `None`; `low` is at most `high`."""

    value: Node
    low: Node | None = None
    high: Node | None = None


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """A comparison, as a flag.

    `order` lists the labels from the lowest to the highest where labels of an ordered scale are
    compared by `<`; the type check fills it in.
    """

    op: Comparison
    left: Node
    right: Node
    order: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class And(Node):
    """All of the arguments; a `no` decides even where another argument is missing."""

    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """Any of the arguments; a `yes` decides even where another argument is missing."""

    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """The opposite of a flag."""

    arg: Node


@dataclass(frozen=True, slots=True)
class Where(Node):
    """The value of the first case whose condition holds, or `otherwise`.

    A condition that is missing makes the whole missing: no case after it is looked at.
    """

    cases: tuple[tuple[Node, Node], ...]
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Lookup(Node):
    """A table keyed by labels or flags, each row a written figure, label or flag.

    A key that is not in the table gives a missing value with the reason `not_in_table`.
    """

    keys: tuple[Node, ...]
    rows: tuple[tuple[tuple[str | bool, ...], Number | Label | Truth | Absent], ...]


@dataclass(frozen=True, slots=True)
class Band(Node):
    """The label of the band that holds a number; outside all bands missing (`outside_bands`)."""

    value: Node
    bands: Bands


@dataclass(frozen=True, slots=True)
class Round(Node):
    """A number rounded as named."""

    value: Node
    rounding: Rounding


@dataclass(frozen=True, slots=True)
class IsMissing(Node):
    """Whether a value is missing; itself never missing."""

    arg: Node


@dataclass(frozen=True, slots=True)
class Coalesce(Node):
    """The first argument that is not missing; missing, with all reasons, when all are."""

    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Reduce(Node):
    """One value from the items of a list.

    Attributes:
        op: The reduction. `sum` of no items is 0 and `count` is 0; every other reduction of no items
            is missing (`no_items`). `trimmed_mean` leaves out `floor(n x parameter)` items at each
            end; `quantile` interpolates linearly between order statistics (type 7 of Hyndman and
            Fan 1996, doi:10.2307/2684934); `last` takes the item with the largest `by`.
        over: Name of the list input.
        value: What is reduced, a formula of the item's fields; `None` only for `count`.
        where: Which items count; `None` for all. A condition that is missing makes the whole missing.
        skip_missing: Items whose `value` is missing are left out; otherwise one makes the whole
            missing.
        parameter: The share of `trimmed_mean` (0 to below 1/2, at each end) or of `quantile` (0 to 1).
        by: Order of `last`: a number or date of the item.
    """

    op: Reduction
    over: str
    value: Node | None = None
    where: Node | None = None
    skip_missing: bool = False
    parameter: Fraction | None = None
    by: Node | None = None


@dataclass(frozen=True, slots=True)
class Named(Node):
    """A part of a formula that readers should see on a line of its own.

    The scorer computes it once, as a step `<step>.<key>`; the same key means the same part.
    """

    key: str
    title: Text
    value: Node


def numeric(value: Operand) -> Node:
    """Turn a figure into a node; a node stays as it is."""
    return value if isinstance(value, Node) else Number(exact(value))


def all_of(*conditions: Node) -> Node:
    """Join conditions; one condition stays as it is."""
    return conditions[0] if len(conditions) == 1 else And(conditions)


def inside(value: Node, interval: Interval) -> Node:
    """Build the condition that a number lies in an interval; of one without ends it always holds."""
    conditions: list[Node] = []
    if interval.low is not None:
        low = Number(interval.low)
        conditions.append(Compare(">" if interval.low_open else ">=", value, low))
    if interval.high is not None:
        high = Number(interval.high)
        conditions.append(Compare("<" if interval.high_open else "<=", value, high))
    return all_of(*conditions) if conditions else Truth(value=True)


def children(node: Node) -> Iterator[Node]:
    """Give the nodes directly below a node, in reading order."""
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple) and not isinstance(node, Lookup):
            yield from _nodes_in(value)
        elif isinstance(node, Lookup) and field.name == "keys":
            yield from value


def _nodes_in(parts: tuple[object, ...]) -> Iterator[Node]:
    for part in parts:
        if isinstance(part, Node):
            yield part
        elif isinstance(part, tuple):
            yield from _nodes_in(part)


def walk(node: Node) -> Iterator[Node]:
    """Give a node and everything below it, parents first."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(list(children(current))))


def replace_nodes(node: Node, change: Callable[[Node], Node | None]) -> Node:
    """Give a formula in which `change` replaced nodes, parents first.

    Args:
        node: The formula.
        change: Gives the replacement of a node (which is not walked further), or `None` to keep it
            and go on below it.
    """
    replacement = change(node)
    if replacement is not None:
        return replacement
    values = {}
    for field in fields(node):
        old = getattr(node, field.name)
        new = _replaced(old, change)
        if new is not old:
            values[field.name] = new
    if not values:
        return node
    return type(node)(**{f.name: values.get(f.name, getattr(node, f.name)) for f in fields(node)})


def _replaced(value: object, change: Callable[[Node], Node | None]) -> object:
    if isinstance(value, Node):
        return replace_nodes(value, change)
    if isinstance(value, tuple):
        new = tuple(_replaced(part, change) for part in value)
        same = all(a is b for a, b in zip(new, value, strict=True))
        return value if same else new
    return value
