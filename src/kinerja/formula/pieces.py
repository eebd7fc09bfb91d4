"""A formula as a function of one name: what it gives on each piece of the line.

What lives here: where the value of a step changes as one number moves, everything else known, exactly
and with open and closed ends told apart. What never comes in: records, searching, floats.

A number stays a chain of straight lines and roundings, and only what decides (a comparison, a band, a
limit) is followed back through it; so a rounding to two decimals costs nothing, however many steps it has.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, TypeAlias, cast

from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.evaluate import Scope, Value, evaluate
from kinerja.values import Interval, Missing

__all__ = ["Chain", "Cut", "Pieces", "pieces_of"]

ZERO: Final = Fraction(0)


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """A place that divides the line.

    Attributes:
        value: Where.
        after: The number itself still belongs to what lies below.
    """

    value: Fraction
    after: bool = False

    def is_reached_by(self, number: Fraction) -> bool:
        """Tell whether a number belongs to what lies above."""
        return number > self.value or (number == self.value and not self.after)


@dataclass(frozen=True, slots=True)
class Chain:
    """A number that moves with the one name: straight lines `(slope, offset)` and roundings in turn."""

    links: tuple[tuple[Fraction, Fraction] | Rounding, ...] = ()

    def lined(self, slope: Fraction, offset: Fraction) -> Chain:
        """Multiply by a number other than 0, then add one."""
        if self.links and isinstance(self.links[-1], tuple):
            *before, (a, b) = cast("Sequence[tuple[Fraction, Fraction]]", self.links)
            return Chain((*before, (a * slope, b * slope + offset)))
        return Chain((*self.links, (slope, offset)))

    def rounded(self, rounding: Rounding) -> Chain:
        """Round."""
        return Chain((*self.links, rounding))

    def line(self) -> tuple[Fraction, Fraction] | None:
        """Give slope and offset of a number that is never rounded; `None` otherwise."""
        if not self.links:
            return Fraction(1), ZERO
        [link, *more] = self.links
        return None if more or isinstance(link, Rounding) else link

    def at(self, number: Fraction) -> Fraction:
        """Give the number for a value of the name."""
        for link in self.links:
            number = (
                link.apply(number) if isinstance(link, Rounding) else link[0] * number + link[1]
            )
        return number

    def back(self, cut: Cut) -> tuple[Cut, bool]:
        """Give the cut of the name that stands for a cut of the number.

        Returns:
            The cut, and whether what lies above it is what lies above the cut of the number.
        """
        rises = True
        for link in reversed(self.links):
            if isinstance(link, Rounding):
                cut = _before_rounding(cut, link)
                continue
            slope, offset = link
            falls = slope < 0
            cut = Cut((cut.value - offset) / slope, cut.after != falls)
            rises ^= falls
        return cut, rises


def _before_rounding(cut: Cut, rounding: Rounding) -> Cut:  # noqa: PLR0911 - one line a mode
    """Give the first number that is rounded to the far side of a cut."""
    step = (
        Fraction(1, 10) ** rounding.digits
        if rounding.digits >= 0
        else Fraction(10) ** -rounding.digits
    )
    steps = cut.value / step
    place = steps.numerator // steps.denominator
    place += place < steps or cut.after
    below, middle, there = (place - 1) * step, (2 * place - 1) * step / 2, place * step
    match rounding.mode:
        case "floor":
            return Cut(there)
        case "ceiling":
            return Cut(below, after=True)
        case "down":
            return Cut(there) if place > 0 else Cut(below, after=True)
        case "up":
            return Cut(below, after=True) if place > 0 else Cut(there)
        case "half_up":
            return Cut(middle, after=middle < 0)
        case "half_down":
            return Cut(middle, after=middle > 0)
        case _:
            return Cut(middle, after=place % 2 == 1)


#: What a formula gives on a piece.
Piece: TypeAlias = Value | Chain


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a formula gives along the line.

    Attributes:
        cuts: Where it changes, rising.
        values: What it gives below the first cut, between two, and above the last; one more than the cuts.
    """

    cuts: tuple[Cut, ...]
    values: tuple[Piece, ...]

    def at(self, number: Fraction) -> Piece:
        """Give what holds for a value of the name."""
        place = bisect_right(self.cuts, Cut(number))
        return self.values[place]

    def between(self, low: Cut | None, high: Cut | None) -> tuple[tuple[Cut | None, Piece], ...]:
        """Give the pieces of a part of the line, each with where it begins."""
        first = 0 if low is None else bisect_right(self.cuts, low)
        found: list[tuple[Cut | None, Piece]] = [(low, self.values[first])]
        for cut, value in zip(self.cuts[first:], self.values[first + 1 :], strict=True):
            if high is not None and cut >= high:
                break
            found.append((cut, value))
        return tuple(found)


class _NotPiecewiseError(Exception):
    """The formula bends, or two moving numbers meet."""


def pieces_of(
    steps: Sequence[tuple[str, n.Node]], name: str, output: str, scope: Scope
) -> Pieces | None:
    """Give what a step gives along the line of one number.

    Args:
        steps: Names and formulas of the steps between the number and the output, in the order of
            computation; see `kinerja.scorer.graph.affected`.
        name: The input or step that moves.
        output: The step that is asked about.
        scope: Everything else that these steps read.

    Returns:
        The pieces, neighbours different; `None` where the formula cannot be followed: the number bends it,
        or moves two rounded numbers that meet.

    Examples:
        >>> from kinerja.formula.parse import parse_formula
        >>> steps = [("lulus", parse_formula("0.7 * skp + 0.3 * perilaku >= 76"))]
        >>> pieces = pieces_of(steps, "skp", "lulus", {"perilaku": Fraction(69)})
        >>> pieces.cuts, pieces.values
        ((Cut(value=Fraction(79, 1), after=False),), (False, True))
    """
    walk = _Walk(name, dict(steps), scope)
    try:
        return _joined(walk.of_name(output))
    except _NotPiecewiseError:
        return None


def _joined(pieces: Pieces) -> Pieces:
    """Join neighbours that give the same."""
    cuts: list[Cut] = []
    values: list[Piece] = [pieces.values[0]]
    for cut, value in zip(pieces.cuts, pieces.values[1:], strict=True):
        if type(value) is not type(values[-1]) or value != values[-1]:
            cuts.append(cut)
            values.append(value)
    return Pieces(tuple(cuts), tuple(values))


def _glued(parts: Sequence[tuple[Cut | None, Piece]]) -> Pieces:
    """Make pieces of parts that follow each other."""
    cuts = tuple(cast("Cut", start) for start, _ in parts[1:])
    return Pieces(cuts, tuple(value for _, value in parts))


def _always(value: Piece) -> Pieces:
    return Pieces((), (value,))


def _combined(args: Sequence[Pieces], combine: Callable[[tuple[Piece, ...]], Pieces]) -> Pieces:
    """Give what follows from arguments that change at different places."""
    cuts = sorted({cut for arg in args for cut in arg.cuts})
    found: list[tuple[Cut | None, Piece]] = []
    for low, high in zip([None, *cuts], [*cuts, None], strict=True):
        values = tuple(
            arg.values[0 if low is None else bisect_right(arg.cuts, low)] for arg in args
        )
        found += combine(values).between(low, high)
    return _glued(found)


def _through(chain: Chain, pieces: Pieces) -> Pieces:
    """Give, along the line of the name, what is known along the line of a number that moves with it.

    A `Chain` among the pieces stands for that number as it is, and becomes the chain.
    """
    values = [chain if isinstance(value, Chain) else value for value in pieces.values]
    back = [chain.back(cut) for cut in pieces.cuts]
    cuts = [cut for cut, _ in back]
    if back and not back[0][1]:
        cuts.reverse()
        values.reverse()
    found: list[tuple[Cut | None, Piece]] = [(None, values[0])]
    for cut, value in zip(cuts, values[1:], strict=True):
        # Cuts that a rounding throws together leave nothing between them.
        if found[-1][0] == cut:
            found.pop()
        found.append((cut, value))
    return _glued(found)


@dataclass(slots=True)
class _Walk:
    """One walk through a formula and the steps that it reads."""

    name: str
    steps: Mapping[str, n.Node]
    scope: Scope
    made: dict[str, Pieces] = field(default_factory=dict)

    def of_name(self, name: str) -> Pieces:
        if name == self.name:
            return _always(Chain())
        if name not in self.steps:
            return _always(cast("Value", self.scope[name]))
        if name not in self.made:
            self.made[name] = self.of(self.steps[name])
        return self.made[name]

    def moves(self, node: n.Node) -> bool:
        return any(
            isinstance(part, n.Ref) and (part.name == self.name or part.name in self.steps)
            for part in n.walk(node)
        )

    def of(self, node: n.Node) -> Pieces:
        if not self.moves(node):
            return _always(evaluate(node, self.scope))
        match node:
            case n.Ref():
                return self.of_name(node.name)
            case n.Named():
                return self.of(node.value)
            case n.Where():
                return self.of_cases(node.cases, node.otherwise)
            case n.Reduce():
                raise _NotPiecewiseError
            case n.Clip():
                ends = [end for end in (node.low, node.high) if end is not None]
                args = [self.of(part) for part in (node.value, *ends)]
            case _:
                args = [self.of(part) for part in n.children(node)]
        return _combined(args, lambda values: _value_of(node, values))

    def of_cases(self, cases: tuple[tuple[n.Node, n.Node], ...], otherwise: n.Node) -> Pieces:
        """Follow each case only where it applies."""
        if not cases:
            return self.of(otherwise)
        (condition, value), *rest = cases
        holds = self.of(condition)
        taken: dict[bool, Pieces] = {}
        found: list[tuple[Cut | None, Piece]] = []
        for low, high, flag in zip(
            (None, *holds.cuts), (*holds.cuts, None), holds.values, strict=True
        ):
            if isinstance(flag, Missing):
                found.append((low, flag))
                continue
            if bool(flag) not in taken:
                taken[bool(flag)] = (
                    self.of(value) if flag else self.of_cases(tuple(rest), otherwise)
                )
            found += taken[bool(flag)].between(low, high)
        return _glued(found)


def _value_of(node: n.Node, values: tuple[Piece, ...]) -> Pieces:  # noqa: C901, PLR0911 - one case a node
    """Give what a node makes of its arguments on one piece."""
    missing = [value for value in values if isinstance(value, Missing)]
    match node:
        case n.IsMissing():
            return _always(bool(missing))
        case n.Coalesce():
            there = [value for value in values if not isinstance(value, Missing)]
            return _always(there[0] if there else Missing.joined(missing))
    moving = [value for value in values if isinstance(value, Chain)]
    if not moving:
        return _always(_evaluated(node, cast("tuple[Value, ...]", values)))
    if missing and not isinstance(node, n.And | n.Or):
        return _always(Missing.joined(missing))
    match node:
        case n.Add():
            return _always(_sum(values))
        case n.Subtract():
            return _always(_sum((values[0], _scaled(values[1], Fraction(-1)))))
        case n.Multiply():
            return _always(_product(values))
        case n.Divide():
            return _always(_quotient(values))
        case n.Round():
            return _always(moving[0].rounded(node.rounding))
        case n.Band():
            return _through(moving[0], _of_bands(node))
        case n.Compare():
            return _compared(node, values)
        case n.Clip() | n.Minimum() | n.Maximum():
            return _limited(node, values)
    raise _NotPiecewiseError


def _evaluated(node: n.Node, values: tuple[Value, ...]) -> Value:
    """Evaluate a node whose arguments are known."""
    names = {str(place): value for place, value in enumerate(values)}
    refs = iter([n.Ref(name) for name in names])
    own = set(map(id, n.children(node)))
    standing = n.replace_nodes(node, lambda part: next(refs) if id(part) in own else None)
    return evaluate(standing, names)


def _scaled(value: Piece, factor: Fraction) -> Piece:
    if isinstance(value, Chain):
        return value.lined(factor, ZERO)
    return cast("Fraction", value) * factor


def _sum(values: tuple[Piece, ...]) -> Piece:
    moving = [value for value in values if isinstance(value, Chain)]
    rest = sum((cast("Fraction", v) for v in values if not isinstance(v, Chain)), ZERO)
    if len(moving) == 1:
        return moving[0].lined(Fraction(1), rest)
    lines = [chain.line() for chain in moving]
    if None in lines:
        raise _NotPiecewiseError
    known = cast("list[tuple[Fraction, Fraction]]", lines)
    slope, offset = (sum(parts, ZERO) for parts in zip(*known, strict=True))
    return Chain().lined(slope, offset + rest) if slope else offset + rest


def _product(values: tuple[Piece, ...]) -> Piece:
    factor = Fraction(1)
    for value in values:
        factor *= Fraction(1) if isinstance(value, Chain) else cast("Fraction", value)
    moving = [value for value in values if isinstance(value, Chain)]
    if factor == 0:
        return ZERO
    if len(moving) > 1:
        raise _NotPiecewiseError
    return moving[0].lined(factor, ZERO)


def _quotient(values: tuple[Piece, ...]) -> Piece:
    top, bottom = values
    if isinstance(bottom, Chain):
        raise _NotPiecewiseError
    if bottom == 0:
        return Missing.because("division_by_zero")
    return _scaled(top, 1 / cast("Fraction", bottom))


def _of_bands(node: n.Band) -> Pieces:
    """Give the label of every number; between and outside bands there is none."""
    outside = Missing.because("outside_bands")
    found: list[tuple[Cut | None, Piece]] = [(None, outside)]
    for band in node.bands.closed():
        low, high = _ends(band.interval)
        if found[-1][0] == low:
            found.pop()
        found.append((low, band.label))
        if high is not None:
            found.append((high, outside))
    return _glued(found)


def _ends(interval: Interval) -> tuple[Cut | None, Cut | None]:
    low = None if interval.low is None else Cut(interval.low, interval.low_open)
    high = None if interval.high is None else Cut(interval.high, not interval.high_open)
    return low, high


def _compared(node: n.Compare, values: tuple[Piece, ...]) -> Pieces:
    left, right = values
    if isinstance(left, Chain) and isinstance(right, Chain):
        left, right = _sum((left, _scaled(right, Fraction(-1)))), ZERO
        if not isinstance(left, Chain):
            return _always(_evaluated(node, (left, right)))
    chain, limit, op = left, right, node.op
    if not isinstance(chain, Chain):
        chain, limit = cast("Chain", right), left
        mirrored: dict[str, n.Comparison] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
        op = mirrored.get(op, op)
    here = cast("Fraction", limit)
    at, above = Cut(here), Cut(here, after=True)
    along: dict[str, Pieces] = {
        ">=": Pieces((at,), (False, True)),
        "<": Pieces((at,), (True, False)),
        ">": Pieces((above,), (False, True)),
        "<=": Pieces((above,), (True, False)),
        "==": Pieces((at, above), (False, True, False)),
        "!=": Pieces((at, above), (True, False, True)),
    }
    return _through(chain, along[op])


def _limited(node: n.Clip | n.Minimum | n.Maximum, values: tuple[Piece, ...]) -> Pieces:
    """Hold a moving number between known limits."""
    moving = [value for value in values if isinstance(value, Chain)]
    if len(moving) > 1 or (isinstance(node, n.Clip) and not isinstance(values[0], Chain)):
        raise _NotPiecewiseError
    known = [cast("Fraction", value) for value in values if not isinstance(value, Chain)]
    low: Fraction | None = None
    high: Fraction | None = None
    match node:
        case n.Clip():
            rest = iter(known)
            low = None if node.low is None else next(rest)
            high = None if node.high is None else next(rest)
        case n.Maximum():
            low = max(known, default=None)
        case n.Minimum():
            high = min(known, default=None)
    found: list[tuple[Cut | None, Piece]] = [(None, Chain())]
    if low is not None:
        found = [(None, low), (Cut(low), Chain())]
    if high is not None:
        found.append((Cut(high, after=True), high))
    if low is not None and high is not None and low >= high:
        # The upper limit is applied last, so it wins where the limits lie the wrong way round.
        found = [(None, high)]
    return _through(moving[0], _glued(found))
