"""What each component brings to one person's number, so that the parts add up to it exactly.

What lives here: taking a formula apart into the terms it adds, and the most each could bring. What never
comes in: other people, other weights, words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import cast

from kinerja.errors import InputError, Issue, quoted
from kinerja.formula import nodes as n
from kinerja.formula.evaluate import Item, evaluate, items_of
from kinerja.formula.reaches import Reach
from kinerja.result import Result
from kinerja.scorer import NumberStep, Program, Scorer, number_step
from kinerja.scorer.graph import chosen
from kinerja.scorer.ground import Ground
from kinerja.scorer.naming import all_titles
from kinerja.scorer.pinned import PinnedReaches
from kinerja.scorer.read import read_record
from kinerja.scorer.run import State, run_steps
from kinerja.values import Missing
from kinerja.words import Text

__all__ = ["Contribution", "Contributions", "contributions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one component brings.

    Attributes:
        name: The input or step, `list[place]` for an item; empty for what the formula adds for everybody.
        title: As people read it; `None` for what the formula adds for everybody.
        points: What it brings to the number; negative where it takes away.
        best: The most it could bring with its value at the best its limits allow; `None` where it has no
            such limit, or where its value is set for the person.
    """

    name: str
    title: Text | None
    points: Fraction
    best: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributions:
    """One person's number as a sum.

    Attributes:
        id: Id of the record, or `None`.
        step: The number.
        parts: The terms, in the order of the formula; they add up to `exact`.
        exact: The number before its rounding.
        value: The number as the policy publishes it.
    """

    id: str | None
    step: NumberStep
    parts: tuple[Contribution, ...]
    exact: Fraction
    value: Fraction

    def __post_init__(self) -> None:
        """Refuse parts that do not add up."""
        if sum((part.points for part in self.parts), Fraction(0)) != self.exact:
            msg = "the parts do not add up to the number"
            raise ValueError(msg)


def contributions(result: Result, *, scorer: Scorer, step: str | None = None) -> Contributions:
    """Take one person's number apart into what each component brings.

    A sum is taken apart into its terms, whatever they are divided or multiplied by; a number that is
    nothing but another one, times or divided by figures, is followed to that one as long as it is not
    rounded; a sum over named items is taken apart into them. What is no sum is one part.

    Args:
        result: The result, of this scorer.
        scorer: The policy.
        step: Name of a published number; by default the one whose losses explanations tell.

    Raises:
        InputError: There is no such number, or the person has none (KNJ061).

    Examples:
        >>> import kinerja
        >>> scorer = kinerja.load("pp30-2019")
        >>> record = {"nilai_skp": 90, "nilai_perilaku": 80, "memakai_rekan_dan_bawahan": False}
        >>> found = contributions(scorer.score(record), scorer=scorer)
        >>> [(part.name, str(part.points)) for part in found.parts], str(found.exact)
        ([('nilai_skp', '63'), ('nilai_perilaku', '24')], '87')
    """
    number = number_step(scorer.program, step)
    reading, issues, _ = read_record(dict(result.inputs), scorer.program.inputs)
    if issues:
        raise InputError(issues)
    state = run_steps(scorer.program, reading)
    value = state[number.name]
    if isinstance(value, Missing):
        details = {"found": quoted(result.id or "–"), "name": number.name}
        raise InputError([Issue(code="KNJ061", path=number.name, details=details)])
    taker = _Taker(scorer.program, state)
    node = scorer.program.step(number.name).node
    inner = node.value if isinstance(node, n.Round) else node
    parts = taker.parts(inner)
    return Contributions(
        id=result.id,
        step=number,
        parts=tuple(parts),
        exact=cast("Fraction", evaluate(inner, state)),
        value=cast("Fraction", value),
    )


class _Taker:
    def __init__(self, program: Program, state: State) -> None:
        self.program = program
        self.state = state
        self.steps = {step.name: step for step in program.steps}
        self.inputs = {one.name: one for one in program.inputs}
        self.titles = all_titles(program)
        self.ground = Ground(program)
        self.pinned = PinnedReaches(self.ground, state)

    def parts(self, node: n.Node) -> list[Contribution]:
        """Take a formula apart; what comes twice is added up."""
        found = [*self._terms(chosen(node, self.state), Fraction(1))]
        joined: dict[str, Contribution] = {}
        for part in found:
            before = joined.get(part.name)
            if before is None:
                joined[part.name] = part
            else:
                both = (before.best, part.best)
                best = None if None in both else sum(cast("tuple[Fraction, Fraction]", both))
                joined[part.name] = replace(
                    before, points=before.points + part.points, best=cast("Fraction | None", best)
                )
        kept = [part for part in joined.values() if part.name or part.points]
        if len(kept) == 1 and (deeper := self._behind(kept[0])) is not None:
            return deeper
        return kept

    def _behind(self, only: Contribution) -> list[Contribution] | None:
        """Follow a number that is nothing but another one, times figures."""
        step = self.steps.get(only.name)
        if step is None or step.over is not None or isinstance(step.node, n.Round):
            return None
        value = self.state[step.name]
        if not isinstance(value, Fraction) or not value:
            return None
        factor = only.points / value
        below = self.parts(step.node)
        if len(below) == 1 and below[0].name == only.name:
            return None
        return [
            replace(
                part,
                points=part.points * factor,
                best=None if part.best is None or factor < 0 else part.best * factor,
            )
            for part in below
        ]

    def _terms(self, node: n.Node, factor: Fraction) -> Iterator[Contribution]:
        match node:
            case n.Named():
                yield from self._terms(node.value, factor)
            case n.Add():
                for term in node.terms:
                    yield from self._terms(term, factor)
            case n.Subtract():
                yield from self._terms(node.left, factor)
                yield from self._terms(node.right, -factor)
            case n.Multiply():
                yield from self._product(node, factor)
            case n.Divide():
                divisor = cast("Fraction", evaluate(node.denominator, self.state))
                yield from self._terms(node.numerator, factor / divisor)
            case n.Number():
                yield Contribution(name="", title=None, points=factor * node.value)
            case n.Ref():
                yield self._value(node, factor)
            case n.Reduce() if self._is_told(node):
                yield from self._items(node, factor)
            case _:
                yield self._whole(node, factor)

    def _product(self, node: n.Multiply, factor: Fraction) -> Iterator[Contribution]:
        others = [part for part in node.factors if not isinstance(part, n.Number)]
        for part in node.factors:
            factor *= part.value if isinstance(part, n.Number) else 1
        if len(others) == 1:
            yield from self._terms(others[0], factor)
        elif others:
            yield self._whole(n.Multiply(tuple(others)), factor)
        else:
            yield Contribution(name="", title=None, points=factor)

    def _value(self, node: n.Ref, factor: Fraction) -> Contribution:
        value = cast("Fraction", self.state[node.name])
        reach = self._reach(node.name)
        span = None if reach is None else reach.numbers
        end = None if span is None else span.high if factor > 0 else span.low
        return Contribution(
            name=node.name,
            title=self.titles.get(node.name, Text.same(node.name)),
            points=factor * value,
            best=None if end is None else factor * end,
        )

    def _reach(self, name: str) -> Reach | None:
        """Give where a value can lie; `None` where it is set for the person."""
        if name not in self.ground.in_hand:
            return None
        if name in self.steps:
            return self.pinned.of_step(name)
        found = self.ground.reaches[name]
        return found if isinstance(found, Reach) else None

    def _whole(self, node: n.Node, factor: Fraction) -> Contribution:
        """Give what is no sum as one part, under the names it reads."""
        names = [one.name for one in n.walk(node) if isinstance(one, n.Ref)]
        names += [one.over for one in n.walk(node) if isinstance(one, n.Reduce)]
        names = list(dict.fromkeys(name for name in names if name))
        titles = [self.titles.get(name, Text.same(name)) for name in names]
        return Contribution(
            name=" ".join(names),
            title=Text(
                ", ".join(title.id for title in titles), ", ".join(title.en for title in titles)
            ),
            points=factor * cast("Fraction", evaluate(node, self.state)),
        )

    def _is_told(self, node: n.Reduce) -> bool:
        """Tell whether a sum is told item by item: the policy names its items."""
        declared = self.inputs.get(node.over)
        return (
            node.op == "sum"
            and node.value is not None
            and declared is not None
            and declared.item_title is not None
            and not declared.hidden
        )

    def _items(self, node: n.Reduce, factor: Fraction) -> Iterator[Contribution]:
        items = cast("Sequence[Item]", self.state[node.over])
        title = cast("str", self.inputs[node.over].item_title)
        taken = items_of(node, items, self.state)
        for item, value in [] if isinstance(taken, Missing) else taken:
            at = next(place for place, one in enumerate(items) if one is item)
            if isinstance(value, Fraction):
                yield Contribution(
                    name=f"{node.over}[{at}]",
                    title=Text.same(str(item[title])),
                    points=factor * value,
                )
