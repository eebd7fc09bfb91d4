"""Random well-typed formulas, and records to evaluate them on.

For every test that holds an evaluator, a printer or an analysis against the exact evaluator:

- `declarations()` draws which inputs there are: numbers with limits and digits, labels of an ordered and
  of a plain scale, flags, dates, text, and one list with fields of all these types; some are optional.
- `formulas(declared, want)` draws a formula over them that passes the type check and gives `want`:
  `"number"`, `"flag"`, `"date"`, or a scale for labels. Its figures come from the same few values as the
  records, so that comparisons, bands and roundings meet exact ties, and divisors are often zero. Shapes
  that policies are made of (ratios guarded against zero, renormalised means, weights of list items, the
  same part in a condition and behind it) come up often.
- `records(declared)` draws a record as the exact evaluator reads it, with optional inputs missing.
- `cases()` draws all of it at once, formula checked; `chains()` several steps that build on each other.
- `moves(declared, target)` draws two records that differ in one input only, or in one field of one item.

The depth of a formula bounds its size; 3 gives about 20 nodes, hundreds at most.
"""
# ruff: noqa: S311 - random records guard no secret

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache
from itertools import count, product
from random import Random

from hypothesis import strategies as st

from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.check import check_types
from kinerja.formula.evaluate import Item, Scope, Value, evaluate
from kinerja.formula.types import (
    DateType,
    FlagType,
    ItemType,
    LabelType,
    ListType,
    NumberType,
    TextType,
    ValueType,
)
from kinerja.values import Band, Bands, Interval, LabelDef, Missing, Scale
from kinerja.words import Text

#: What a formula is to give.
Want = str | Scale


def scale(*ids: str, ordered: bool) -> Scale:
    return Scale(labels=tuple(LabelDef(i, Text.same(i.title())) for i in ids), ordered=ordered)


ORDERED = scale("kurang", "cukup", "baik", "sangat_baik", ordered=True)
PLAIN = scale("atasan", "rekan", "bawahan", ordered=False)


def _number_type(low: str | None, high: str | None, digits: int | None, **ends: bool) -> NumberType:
    limits = Interval(
        low=None if low is None else Fraction(low),
        high=None if high is None else Fraction(high),
        **ends,
    )
    return NumberType(limits=limits, digits=digits)


NUMBER_TYPES = (
    NumberType(),
    _number_type(None, None, 2),
    _number_type("0", None, None),
    _number_type("0", None, 0),
    _number_type("0", "100", 2),
    _number_type("0", "10", 1, low_open=True),
    _number_type("-5", "5", 1),
    _number_type("1", "5", 0),
    _number_type(None, "0", None, high_open=True),
)

#: Figures of formulas and records alike: edges, ties, neighbours of edges, a decimal without end.
FIGURES = tuple(
    Fraction(text)
    for text in (
        *("0", "0", "1", "-1", "2", "5", "10", "24", "50", "76", "100", "120"),
        *("1/2", "-1/2", "1/10", "1/4", "5/2", "-5", "12.5", "86.625", "23.9", "24.1", "2/3"),
        *("99.995", "0.005"),
    )
)
SMALL = tuple(Fraction(value) for value in ("0", "1", "2", "1/2", "3", "4", "5"))
SHARES = tuple(Fraction(share) for share in ("0", "0.1", "0.25", "0.4", "0.6", "1"))
ROUNDINGS = tuple(
    Rounding(digits=digits, mode=mode)
    for digits in (0, 2, -1)
    for mode in ("half_up", "half_even", "half_down", "down", "up", "floor", "ceiling")
)
COMPARISONS = n.COMPARISONS

BANDS = (
    Bands(
        bands=(
            Band(label="kurang", interval=Interval(high=Fraction(0), high_open=True)),
            Band(label="cukup", interval=Interval(low=Fraction(0), high=Fraction(24))),
            Band(
                label="baik",
                interval=Interval(
                    low=Fraction(24), high=Fraction(100), low_open=True, high_open=True
                ),
            ),
            Band(label="sangat_baik", interval=Interval(low=Fraction(100))),
        )
    ),
    Bands(
        bands=(
            Band(label="cukup", interval=Interval(low=Fraction(0), high=Fraction(5))),
            Band(label="baik", interval=Interval(low=Fraction(10), high=Fraction(50))),
        ),
        between="missing",
    ),
    Bands(
        bands=(
            Band(label="cukup", interval=Interval(low=Fraction(0), high=Fraction("4.99"))),
            Band(label="baik", interval=Interval(low=Fraction(5), high=Fraction("9.99"))),
            Band(label="sangat_baik", interval=Interval(low=Fraction(10))),
        ),
        grid=Fraction(1, 100),
    ),
    Bands(
        bands=(
            Band(label="kurang", interval=Interval(high=Fraction(1))),
            Band(label="baik", interval=Interval(low=Fraction(2), high=Fraction(10))),
            Band(label="sangat_baik", interval=Interval(low=Fraction(50))),
        ),
        between="lower_bounds",
    ),
    # Too little and too much earn one label: no rising order.
    Bands(
        bands=(
            Band(label="kurang", interval=Interval(high=Fraction(1), high_open=True)),
            Band(label="baik", interval=Interval(low=Fraction(1), high=Fraction(10))),
            Band(label="kurang", interval=Interval(low=Fraction(24))),
        ),
        between="upper_bounds",
    ),
)


@dataclass(frozen=True)
class Declared:
    """Inputs with their types, and which of them may be missing.

    Steps that were computed before count as inputs here; all of them may be missing.
    """

    known: Mapping[str, ValueType]
    optional: frozenset[str] = frozenset()
    #: Steps in order: name, formula, list they are computed for.
    steps: tuple[tuple[str, n.Node, str | None], ...] = field(default=())

    def named(self, *types: type) -> list[str]:
        return [name for name, kind in self.known.items() if isinstance(kind, types)]

    @property
    def inputs(self) -> dict[str, ValueType]:
        """The declared inputs alone, lists without the fields that steps added."""
        added = {name for name, _, _ in self.steps}
        return {
            name: replace(kind, fields={k: v for k, v in kind.fields.items() if k not in added})
            if isinstance(kind, ListType)
            else kind
            for name, kind in self.known.items()
            if name not in added
        }


@dataclass(frozen=True)
class Case:
    """A formula that passed the type check, and records to evaluate it on.

    Attributes:
        declared: What it may refer to.
        node: The checked formula.
        type: Its type.
        over: List for whose items it is computed, or `None`.
        records: Records of the declared inputs.
    """

    declared: Declared
    node: n.Node
    type: ItemType
    over: str | None
    records: tuple[Scope, ...]

    def values(self, record: Scope) -> list[Value]:
        """Evaluate exactly: one value, or one for each item."""
        if self.over is None:
            return [evaluate(self.node, record)]
        items = record[self.over]
        if isinstance(items, Missing):
            return []
        return [evaluate(self.node, record, item) for item in items]  # type: ignore[union-attr]


# Declarations and records. One drawn number decides each of them: what is drawn number by number takes
# hypothesis ten times as long, and a failing formula shrinks better while its record stays the same.

SEEDS = st.integers(0, 2**24)


def declarations() -> st.SearchStrategy[Declared]:
    """Draw inputs: `a`, `b`, `r`, `t`, `p`, `q`, `grade`, `group`, `day`, `note`, and the list `items`."""
    return SEEDS.map(lambda seed: random_inputs(Random(seed)))


def records(declared: Declared) -> st.SearchStrategy[Scope]:
    """Draw a record of the inputs as the exact evaluator reads it."""
    return SEEDS.map(lambda seed: random_record(Random(seed), declared))


def moves(declared: Declared, target: str) -> st.SearchStrategy[tuple[Scope, Scope]]:
    """Draw two records that differ in one input only, where it is there in both.

    Args:
        declared: The inputs.
        target: A number, label, flag or date; or `items.x` for that field of one item alone.

    Returns:
        The record with the lower value (by number, order of the scale, no before yes), then the other.
    """
    return SEEDS.map(lambda seed: random_move(Random(seed), declared, target))


def random_inputs(random: Random) -> Declared:
    weights = [NUMBER_TYPES[place] for place in (2, 4, 5, 0)]
    item_types: dict[str, ItemType] = {
        "x": random.choice(NUMBER_TYPES),
        "w": random.choice(weights),
        "seen": FlagType(),
        "rank": LabelType(scale=ORDERED),
        "by": LabelType(scale=PLAIN),
        "on": DateType(),
        "who": TextType(),
    }
    few = random.sample(sorted(item_types), random.choice((0, 0, 1, 2, 3)))
    known: dict[str, ValueType] = {
        "a": random.choice(NUMBER_TYPES),
        "b": random.choice(NUMBER_TYPES),
        "r": NUMBER_TYPES[2],
        "t": random.choice([NUMBER_TYPES[place] for place in (3, 2, 5)]),
        "p": FlagType(),
        "q": FlagType(),
        "grade": LabelType(scale=ORDERED),
        "group": LabelType(scale=PLAIN),
        "day": DateType(),
        "note": TextType(),
        "items": ListType(fields=item_types, optional=frozenset(few)),
    }
    some = random.sample(sorted(known), random.choice((0, 0, 1, 3, 6)))
    return Declared(known, frozenset(some))


def random_record(random: Random, declared: Declared) -> Scope:
    """Give a record; an optional input is missing one time in four."""
    record: dict[str, object] = {}
    for name, kind in declared.inputs.items():
        if name in declared.optional and not random.randrange(4):
            record[name] = Missing.because("input_missing", name)
        elif isinstance(kind, ListType):
            record[name] = _random_items(random, kind, random.randrange(5))
        else:
            record[name] = random_value(random, kind)
    return record  # type: ignore[return-value]


def _random_items(random: Random, kind: ListType, count: int) -> tuple[Item, ...]:
    def value(name: str, type_: ItemType) -> Value:
        if name in kind.optional and not random.randrange(4):
            return Missing.because("input_missing", name)
        return random_value(random, type_)

    return tuple(
        {name: value(name, type_) for name, type_ in kind.fields.items()} for _ in range(count)
    )


def random_value(random: Random, kind: ItemType) -> Value:  # noqa: PLR0911 - one case a type
    """Give a value of a type; two numbers of three are figures that formulas are written with."""
    match kind:
        case NumberType():
            fitting = _fitting(kind)
            if random.randrange(3):
                return random.choice(fitting)
            grid = Fraction(1, 10) ** (3 if kind.digits is None else kind.digits)
            for _ in range(4):
                value = Fraction(random.randint(-2_000, 12_000), 100) // grid * grid
                if _fits(value, kind):
                    return value
            return random.choice(fitting)
        case LabelType():
            return random.choice(kind.scale.ids)
        case FlagType():
            return random.random() < 0.5
        case DateType():
            return Fraction(random.choice((0, 1, 738_000, 738_001, 738_365)))
    return random.choice(("budi", "sari", "atasan", ""))


@cache
def _fitting(kind: NumberType) -> tuple[Fraction, ...]:
    ends = [value for value in (kind.limits.low, kind.limits.high) if value is not None]
    return tuple(value for value in (*FIGURES, *ends) if _fits(value, kind))


def _fits(value: Fraction, kind: NumberType) -> bool:
    on_grid = kind.digits is None or not value % (Fraction(1, 10) ** kind.digits)
    return value in kind.limits and on_grid


def random_move(random: Random, declared: Declared, target: str) -> tuple[Scope, Scope]:
    record = dict(random_record(random, declared))
    name, _, part = target.partition(".")
    kind = declared.inputs[name]
    if not isinstance(kind, ListType):
        low, high = _two(random, kind)
        return {**record, name: low}, {**record, name: high}
    items = list(_random_items(random, kind, random.randint(1, 3)))
    place = random.randrange(len(items))
    low, high = _two(random, kind.fields[part])
    changed = [
        (*items[:place], {**items[place], part: value}, *items[place + 1 :])
        for value in (low, high)
    ]
    return {**record, name: changed[0]}, {**record, name: changed[1]}


def _two(random: Random, kind: ItemType) -> tuple[Value, Value]:
    one, other = random_value(random, kind), random_value(random, kind)
    rank = kind.scale.ids.index if isinstance(kind, LabelType) else lambda value: value
    return (one, other) if rank(one) <= rank(other) else (other, one)  # type: ignore[arg-type, operator]


def with_steps(record: Scope, declared: Declared) -> Scope:
    """Add the values of the steps to a record."""
    scope = dict(record)
    for name, node, over in declared.steps:
        if over is None:
            scope[name] = evaluate(node, scope)
        elif not isinstance(scope[over], Missing):
            scope[over] = tuple(
                {**item, name: evaluate(node, scope, item)}
                for item in scope[over]  # type: ignore[union-attr]
            )
    return scope


# Formulas.


_UPTO = [st.integers(0, most) for most in range(64)]


class _Builder:
    """Draws formulas over declared inputs; one method for each thing wanted."""

    def __init__(
        self,
        draw: st.DrawFn,
        declared: Declared,
        fields: Mapping[str, ItemType] | None = None,
        *,
        reducing: bool = False,
        keys: Iterator[int] | None = None,
    ) -> None:
        self.draw = draw
        self.declared = declared
        self.fields = fields
        self.reducing = reducing
        # The same key means the same part, so no two parts share one.
        self.keys = count() if keys is None else keys

    def upto(self, most: int) -> int:
        return self.draw(_UPTO[most])

    def pick(self, options: Sequence) -> object:
        return options[self.upto(len(options) - 1)]

    def coin(self) -> bool:
        return self.upto(1) == 1

    def some(self, make: Callable[[], n.Node], most: int = 3) -> tuple[n.Node, ...]:
        return tuple(make() for _ in range(1 + self.upto(most - 1)))

    def leaf(self, fits: Callable[[ItemType], bool]) -> n.Node | None:
        """A plain input or field of a fitting type, fields first inside lists."""
        found: list[n.Node] = [
            n.Ref(name) for name, kind in self.declared.known.items() if _fits_item(kind, fits)
        ]
        if self.fields is not None:
            own = [n.Field(name) for name, kind in self.fields.items() if fits(kind)]
            found = own * 3 + found
        return self.pick(found) if found else None  # type: ignore[return-value]

    def want(self, want: Want, depth: int) -> n.Node:
        if want == "number":
            return self.number(depth)
        if want == "flag":
            return self.flag(depth)
        if want == "date":
            return self.date(depth)
        assert isinstance(want, Scale)
        return self.label(want, depth)

    # Parts that give any type.

    def shared(self, want: Want, depth: int) -> n.Node:  # noqa: PLR0911 - one case a shape
        """Cases, first value present, absent, a named part: the same for every type."""
        shape = self.pick(("where", "where", "coalesce", "named", "present", "repeated", "absent"))
        below = depth - 1
        match shape:
            case "where":
                cases = tuple(
                    (self.flag(below), self.want(want, below)) for _ in range(1 + self.upto(2))
                )
                return n.Where(cases, self.want(want, below))
            case "coalesce":
                return n.Coalesce(self.some(lambda: self.want(want, below)))
            case "present":
                part = self.leaf(lambda _: True)
                assert part is not None
                condition: n.Node = n.IsMissing(part)
                if self.coin():
                    return n.Where(
                        ((n.Not(condition), self.want(want, below)),), self.want(want, below)
                    )
                return n.Where(((condition, self.want(want, below)),), self.want(want, below))
            case "repeated":
                # The same part decides and is decided about.
                part = self.number(below)
                condition = n.Compare(self.pick(COMPARISONS), part, self.figure())  # type: ignore[arg-type]
                mine: n.Node = part if want == "number" else self.want(want, below)
                return n.Where(((condition, mine),), self.want(want, below))
            case "absent":
                return n.Where(
                    ((self.flag(below), n.Absent("zero_target")),), self.want(want, below)
                )
        key = f"part{next(self.keys)}"
        return n.Named(key, Text.same(key), self.want(want, below))

    # Numbers.

    def figure(self) -> n.Node:
        return n.Number(self.pick(FIGURES))  # type: ignore[arg-type]

    def number_leaf(self) -> n.Node:
        return self.leaf(lambda kind: isinstance(kind, NumberType)) or self.figure()

    def number(self, depth: int) -> n.Node:
        if depth <= 0:
            return self.number_leaf() if self.upto(3) else self.figure()
        below = depth - 1
        make = {
            "add": lambda: n.Add(self.some(lambda: self.number(below))),
            "subtract": lambda: n.Subtract(self.number(below), self.number(below)),
            "multiply": lambda: n.Multiply(self.some(lambda: self.number(below))),
            "divide": lambda: n.Divide(self.number(below), self.number(below)),
            "ratio": self.ratio,
            "min": lambda: n.Minimum(self.some(lambda: self.number(below))),
            "max": lambda: n.Maximum(self.some(lambda: self.number(below))),
            "clip": lambda: self.clip(below),
            "round": lambda: n.Round(self.number(below), self.pick(ROUNDINGS)),  # type: ignore[arg-type]
            "shared": lambda: self.shared("number", depth),
            "threshold": lambda: self.threshold(below),
            "lookup": lambda: self.lookup(below, lambda: n.Number(self.pick(FIGURES))),  # type: ignore[arg-type]
            "mean": lambda: self.renormalised(below),
            "reduce": lambda: self.reduction(below),
            "item_mean": lambda: self.item_mean(below),
            "days": lambda: n.Subtract(self.date(below), self.date(below)),
        }
        shapes = [
            *("add", "subtract", "multiply", "divide", "ratio", "ratio", "min", "max", "clip"),
            *("round", "shared", "shared", "shared", "threshold", "lookup", "mean", "days"),
        ]
        if not self.reducing:
            shapes += ["reduce", "reduce", "reduce", "item_mean"]
        return make[self.pick(shapes)]()  # type: ignore[index]

    def ratio(self) -> n.Node:
        """An achievement, often guarded against a target of zero."""
        actual, target = self.number_leaf(), self.number_leaf()
        hundred = n.Number(Fraction(100))
        plain = n.Divide(actual, target)
        mirrored = n.Divide(n.Subtract(n.Multiply((n.Number(Fraction(2)), target)), actual), target)
        value = n.Multiply((self.pick((plain, mirrored)), hundred))  # type: ignore[arg-type]
        if self.coin():
            return value
        op = self.pick(("==", "<=", "<"))
        zero = n.Compare(op, target, n.Number(Fraction(0)))  # type: ignore[arg-type]
        return n.Where(((zero, self.figure()),), value)

    def threshold(self, depth: int) -> n.Node:
        """Pieces of a number, meeting at a figure or not."""
        part = self.number_leaf() if self.coin() else self.number(depth)
        edge = self.figure()
        slopes = [n.Number(self.pick(SMALL)) for _ in range(2)]  # type: ignore[arg-type]
        low = n.Multiply((slopes[0], part))
        jump = n.Number(self.pick(FIGURES))  # type: ignore[arg-type]
        meeting = n.Multiply((slopes[0], edge))
        rising = n.Multiply((slopes[1], n.Subtract(part, edge)))
        high = n.Add((meeting, rising) if self.coin() else (jump, rising))
        condition = n.Compare(self.pick(("<", "<=")), part, edge)  # type: ignore[arg-type]
        return n.Where(((condition, low),), high)

    def clip(self, depth: int) -> n.Node:
        ends = sorted((self.pick(FIGURES), self.pick(FIGURES)))  # type: ignore[type-var]
        low, high = (n.Number(end) for end in ends)
        part = self.number(depth)
        match self.upto(3):
            case 0:
                return n.Clip(part, low, high)
            case 1:
                return n.Clip(part, low)
            case 2:
                return n.Clip(part, None, high)
        ends = [self.number(depth), self.number(depth)]
        if all(isinstance(end, n.Number) for end in ends):
            ends.sort(key=lambda end: end.value)
        return n.Clip(part, *ends)

    def renormalised(self, depth: int) -> n.Node:
        """A weighted mean over the parts that are there, in the ways that it is written."""
        zero = n.Number(Fraction(0))
        style = self.upto(3)
        above: list[n.Node] = []
        below: list[n.Node] = []
        for _ in range(1 + self.upto(2)):
            part = self.number_leaf() if self.coin() else self.number(depth)
            weight: n.Node = n.Number(self.pick(SHARES))  # type: ignore[arg-type]
            if not self.upto(4):
                weight = self.number_leaf()
            gone = n.IsMissing(part) if self.upto(3) else self.flag(depth)
            there = n.Where(((gone, zero),), part)
            weighed = n.Where(((gone, zero),), weight)
            if style == 0:
                above.append(n.Multiply((weight, there)))
            elif style == 1:
                above.append(n.Multiply((weighed, there)))
            elif style == 2:
                above.append(n.Where(((gone, zero),), n.Multiply((weight, part))))
            else:
                weighed = n.Where(((n.Not(gone), weight),), zero)
                above.append(n.Multiply((n.Where(((n.Not(gone), part),), zero), weight)))
            below.append(weighed)
        return n.Divide(n.Add(tuple(above)), n.Add(tuple(below)))

    # Flags.

    def flag(self, depth: int) -> n.Node:
        if depth <= 0:
            part = self.leaf(lambda kind: isinstance(kind, FlagType))
            if part is None or not self.upto(5):
                return n.Truth(self.coin())
            return part
        below = depth - 1
        make = {
            "number": lambda: n.Compare(self.op(), self.number(below), self.number(below)),
            "figure": lambda: n.Compare(self.op(), self.number_leaf(), self.figure()),
            "date": lambda: n.Compare(self.op(), self.date(below), self.date(below)),
            "label": lambda: self.label_comparison(below),
            "text": lambda: n.Compare(self.equality(), self.text(), n.Label("budi")),
            "flag": lambda: n.Compare(self.equality(), self.flag(below), self.flag(below)),
            "and": lambda: n.And(self.some(lambda: self.flag(below))),
            "or": lambda: n.Or(self.some(lambda: self.flag(below))),
            "not": lambda: n.Not(self.flag(below)),
            "missing": lambda: n.IsMissing(self.number(below)),
            "shared": lambda: self.shared("flag", depth),
            "lookup": lambda: self.lookup(below, lambda: n.Truth(self.coin())),
            "last": lambda: self.last(FlagType(), below),
        }
        shapes = [*("number", "figure", "figure", "date", "label", "label", "text", "flag")]
        shapes += ["and", "and", "or", "or", "not", "missing", "shared", "lookup"]
        if not self.reducing:
            shapes.append("last")
        return make[self.pick(shapes)]()  # type: ignore[index]

    def op(self) -> n.Comparison:
        return self.pick(COMPARISONS)  # type: ignore[return-value]

    def equality(self) -> n.Comparison:
        return self.pick(("==", "!="))  # type: ignore[return-value]

    def text(self) -> n.Node:
        return self.leaf(lambda kind: isinstance(kind, TextType)) or n.Ref("note")

    def label_comparison(self, depth: int) -> n.Node:
        labels = self.pick((ORDERED, PLAIN))
        assert isinstance(labels, Scale)
        op = self.op() if labels.ordered else self.equality()
        sides = [self.scaled(labels, depth), self.label(labels, depth)]
        if self.coin():
            sides.reverse()
        return n.Compare(op, *sides)

    # Labels and tables.

    def scaled(self, labels: Scale, depth: int) -> n.Node:
        """A label formula that surely carries its scale, not only labels written in it."""
        part = self.leaf(lambda kind: isinstance(kind, LabelType) and kind.scale == labels)
        assert part is not None
        if depth > 0 and not self.upto(2):
            return n.Coalesce((part, self.label(labels, depth - 1)))
        return part

    def label(self, labels: Scale, depth: int) -> n.Node:
        if depth <= 0:
            return self.scaled(labels, 0) if self.coin() else self.constant(labels)
        below = depth - 1
        make = {
            "scaled": lambda: self.scaled(labels, depth),
            "shared": lambda: self.shared(labels, depth),
            "lookup": lambda: self.lookup(below, lambda: self.constant(labels)),
            "band": lambda: self.band(below),
            "last": lambda: self.last(LabelType(scale=labels), below),
        }
        shapes = ["scaled", "shared", "shared", "lookup", "lookup"]
        if labels == ORDERED:
            shapes += ["band", "band"]
        if not self.reducing:
            shapes.append("last")
        return make[self.pick(shapes)]()  # type: ignore[index]

    def constant(self, labels: Scale) -> n.Label:
        return n.Label(self.pick(labels.ids))  # type: ignore[arg-type]

    def band(self, depth: int) -> n.Band:
        value = self.number(depth)
        if self.coin():
            value = n.Round(value, Rounding(digits=2, mode="half_up"))
        return n.Band(value, self.pick(BANDS))  # type: ignore[arg-type]

    def key(self, depth: int) -> tuple[n.Node, tuple[str | bool, ...]]:
        """A key of a table, and every label or flag that it can be."""
        match self.upto(3):
            case 0:
                return self.flag(depth), (False, True)
            case 1:
                band = self.band(depth)
                return band, tuple(dict.fromkeys(b.label for b in band.bands.bands))
            case 2:
                return self.scaled(ORDERED, depth), ORDERED.ids
        return self.scaled(PLAIN, depth), PLAIN.ids

    def lookup(self, depth: int, value: Callable[[], n.Node]) -> n.Lookup:
        keys = [self.key(depth) for _ in range(1 + self.upto(1))]
        few = [value() for _ in range(3)]
        style = self.upto(2)
        rows = []
        for place, cell in enumerate(product(*(domain for _, domain in keys))):
            # In the order of the figures: a table that rises with its keys.
            rising = sorted(few, key=_row_order)[min(place // 2, 2)]
            chosen = rising if style == 0 else self.pick(few)
            if style == 2 and not self.upto(6):
                chosen = n.Absent("not_in_table", "cell")
            rows.append((cell, chosen))
        return n.Lookup(tuple(node for node, _ in keys), tuple(rows))  # type: ignore[arg-type]

    # Dates.

    def date(self, depth: int) -> n.Node:  # noqa: PLR0911 - one case a shape
        part = self.leaf(lambda kind: isinstance(kind, DateType))
        assert part is not None
        if depth <= 0:
            return part
        below = depth - 1
        shapes = ["add", "subtract", "min", "shared", "plain"] + ["last"] * (not self.reducing)
        match self.pick(shapes):
            case "add":
                return n.Add((self.date(below), self.number(below)))
            case "subtract":
                return n.Subtract(self.date(below), self.number(below))
            case "min":
                kind = self.pick((n.Minimum, n.Maximum))
                return kind(self.some(lambda: self.date(below)))  # type: ignore[operator]
            case "shared":
                return self.shared("date", depth)
            case "last":
                return self.last(DateType(), below)
        return part

    # Lists.

    def inside(self) -> tuple[str, _Builder]:
        over = self.pick(self.declared.named(ListType))
        kind = self.declared.known[over]  # type: ignore[index]
        assert isinstance(kind, ListType)
        return over, _Builder(self.draw, self.declared, kind.fields, reducing=True, keys=self.keys)  # type: ignore[return-value]

    def where_of(self, inside: _Builder, depth: int) -> n.Node | None:
        match self.upto(3):
            case 0:
                return inside.flag(depth)
            case 1:
                return n.Compare("==", n.Field("by"), inside.constant(PLAIN))
            case 2:
                return n.Not(n.IsMissing(n.Field(self.pick(("x", "w")))))  # type: ignore[arg-type]
        return None

    def reduction(self, depth: int) -> n.Node:
        over, inside = self.inside()
        op = self.pick(n.REDUCTIONS)
        where = self.where_of(inside, min(depth, 1))
        if op == "count":
            return n.Reduce(op, over, where=where)
        if op == "last":
            return self.last(NumberType(), depth)
        if op == "count_distinct":
            kind = self.pick(("number", "flag", ORDERED, PLAIN))
            value = inside.want(kind, min(depth, 1))  # type: ignore[arg-type]
        else:
            value = inside.number(min(depth, 2))
        parameter = None
        if op == "trimmed_mean":
            parameter = self.pick([Fraction(s) for s in ("0", "0.1", "0.25", "1/3", "0.49")])
        if op == "quantile":
            parameter = self.pick([Fraction(s) for s in ("0", "0.25", "0.5", "0.9", "1")])
        skip = self.coin()
        return n.Reduce(op, over, value, where, skip, parameter)  # type: ignore[arg-type]

    def last(self, kind: ItemType, depth: int) -> n.Node:
        over, inside = self.inside()
        match kind:
            case LabelType():
                value = inside.label(kind.scale, min(depth, 1))
            case FlagType():
                value = inside.flag(min(depth, 1))
            case DateType():
                value = inside.date(0)
            case _:
                value = inside.number(min(depth, 1))
        by = n.Field("on") if self.coin() else inside.number(0)
        where = self.where_of(inside, 0)
        return n.Reduce("last", over, value, where, self.coin(), None, by)

    def item_mean(self, depth: int) -> n.Node:
        """Items weighted by a field, in the ways that it is written."""
        over, inside = self.inside()
        weight = n.Field("w") if self.coin() else inside.number(0)
        value = inside.number(min(depth, 1))
        where = self.where_of(inside, 0)
        skip = self.coin()
        there = n.Not(n.IsMissing(value))
        counted = where
        if self.coin():
            counted = there if where is None else n.And((where, there))
        above = n.Reduce("sum", over, n.Multiply((weight, value)), where, skip)
        return n.Divide(above, n.Reduce("sum", over, weight, counted))


def _fits_item(kind: ValueType, fits: Callable[[ItemType], bool]) -> bool:
    return not isinstance(kind, ListType) and fits(kind)


def _row_order(value: n.Node) -> object:
    match value:
        case n.Label() if value.value in ORDERED.ids:
            return ORDERED.ids.index(value.value)
        case n.Number() | n.Label() | n.Truth():
            return value.value
    return 0


@st.composite
def formulas(
    draw: st.DrawFn,
    declared: Declared,
    want: Want,
    *,
    depth: int = 3,
    over: str | None = None,
) -> n.Node:
    """Draw a formula that passes the type check, not checked yet.

    Args:
        draw: Given by hypothesis.
        declared: What it may refer to.
        want: `"number"`, `"flag"`, `"date"`, or the scale of a label.
        depth: How deep operations are nested.
        over: List whose fields it reads, for a formula computed for each item.
    """
    fields = None
    if over is not None:
        kind = declared.known[over]
        assert isinstance(kind, ListType)
        fields = kind.fields
    # Mostly as deep as allowed, so that few draws are spent on single inputs.
    levels = (*range(depth + 1), depth, depth, depth)
    return _Builder(draw, declared, fields).want(want, levels[-1 - draw(_UPTO[len(levels) - 1])])


WANTS: tuple[Want, ...] = ("number", "number", "number", "flag", ORDERED, PLAIN, "date")


@st.composite
def cases(
    draw: st.DrawFn,
    *,
    want: Want | None = None,
    depth: int = 3,
    record_count: int = 4,
    per_item: bool | None = None,
) -> Case:
    """Draw declared inputs, a checked formula over them and records.

    Args:
        draw: Given by hypothesis.
        want: What the formula gives; any by default.
        depth: How deep operations are nested.
        record_count: How many records.
        per_item: Whether the formula is computed for each item of the list; now and then by default.
    """
    declared = draw(declarations())
    if per_item is None:
        per_item = not draw(_UPTO[5])
    over = "items" if per_item else None
    wanted = WANTS[draw(_UPTO[len(WANTS) - 1])] if want is None else want
    node = draw(formulas(declared, wanted, depth=depth, over=over))
    checked = checked_formula(node, declared, wanted, over)
    random = Random(draw(SEEDS))
    drawn = tuple(random_record(random, declared) for _ in range(record_count))
    return Case(declared, checked[0], checked[1], over, drawn)


def checked_formula(
    node: n.Node, declared: Declared, want: Want, over: str | None = None
) -> tuple[n.Node, ItemType]:
    """Run the type check on a drawn formula; it never refuses one."""
    kind = None if over is None else declared.known[over]
    checked = check_types(
        node,
        declared.known,
        fields=kind.fields if isinstance(kind, ListType) else None,
        expected_scale=want if isinstance(want, Scale) else None,
    )
    return checked.node, checked.type


@st.composite
def chains(draw: st.DrawFn, *, length: int = 3, depth: int = 2) -> Declared:
    """Draw declared inputs with steps that build on each other, some of them computed per item."""
    declared = draw(declarations())
    for place in range(1 + draw(_UPTO[length - 1])):
        over = None if draw(_UPTO[4]) else "items"
        want = WANTS[draw(_UPTO[len(WANTS) - 1])]
        node = draw(formulas(declared, want, depth=depth, over=over))
        checked, kind = checked_formula(node, declared, want, over)
        name = f"step{place}"
        known = dict(declared.known)
        if over is None:
            known[name] = kind
        else:
            items = known[over]
            assert isinstance(items, ListType)
            known[over] = replace(items, fields={**items.fields, name: kind})
        declared = replace(declared, known=known, steps=(*declared.steps, (name, checked, over)))
    return declared
