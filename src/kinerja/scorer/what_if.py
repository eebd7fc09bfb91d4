"""What other values of the inputs would change: two runs of one program, compared step by step.

What lives here: which steps a change reaches, where it stops, and by how much numbers move. What never
comes in: layout, reading names of inputs; words come from the explanation, which shows the same steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import zip_longest
from typing import Final, TypeAlias, cast

from kinerja.exact import Rounding, decimal_digits
from kinerja.formula import nodes as n
from kinerja.formula.evaluate import Item, Value, evaluate
from kinerja.formula.types import DateType, ItemType, LabelType, ListType
from kinerja.result import ItemTable, Line, Result, StepChange, ValueChange, WhatIf
from kinerja.result.what_if import Stop
from kinerja.scorer.advice import ValuePlace
from kinerja.scorer.explain import Explainer
from kinerja.scorer.graph import asked, chosen, needed, read_by
from kinerja.scorer.program import Input, Program, Step
from kinerja.scorer.read import Reading
from kinerja.scorer.run import State, published_values, run_steps
from kinerja.values import Missing
from kinerja.words import LANGUAGES, Text, number, phrase

__all__ = ["compare_runs"]

#: A move whose decimal never ends is shown so, marked.
SHOWN_MOVE: Final = Rounding(digits=2, mode="half_up")

#: What a step gave: its value, or that of each item.
Given: TypeAlias = "Value | list[Value]"
#: An item by its name, as people read it.
_NamedItem: TypeAlias = "tuple[Text | None, Item | None]"


def compare_runs(
    program: Program,
    readings: tuple[Reading, Reading],
    results: tuple[Result, Result],
    places: Sequence[ValuePlace],
) -> WhatIf:
    """Compare what a program says about a record before and after a change.

    Args:
        program: The program.
        readings: The inputs before and after, as `read_record` gives them.
        results: The results of both.
        places: What was changed, in the order in which it was named.
    """
    return _Comparison(program, readings, places).compare(results)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two runs."""

    state: State
    explainer: Explainer
    rests_on: set[str]

    @classmethod
    def of(cls, program: Program, reading: Reading) -> _Side:
        state = run_steps(program, reading)
        return cls(state, Explainer(program, state), needed(program, state))

    def given(self, step: Step) -> Given:
        if step.over is None:
            return cast("Value", self.state[step.name])
        items = self.state[step.over]
        if isinstance(items, Missing):
            return items
        return [item[step.name] for item in cast("Sequence[Item]", items)]

    def items(self, name: str) -> Sequence[Item]:
        """Give the items of a list; none where it is missing."""
        items = self.state[name]
        return () if isinstance(items, Missing) else cast("Sequence[Item]", items)

    def scopes(self, step: Step) -> Sequence[Item | None]:
        """Give the items that a step is computed for; one `None` for a step of the record."""
        return (None,) if step.over is None else self.items(step.over)

    def inner(self, node: n.Node, step: Step) -> list[Value]:
        """Give what a part of the formula of a step gives, for each item or for the record."""
        return [evaluate(node, self.state, item) for item in self.scopes(step)]

    def unrounded(self, step: Step) -> Given:
        """Give what a step gave before its own rounding."""
        if not isinstance(step.node, n.Round):
            return self.given(step)
        return self.inner(step.node.value, step)

    def line(self, step: Step) -> Line:
        """Give the line of a step alone; its items are compared, not listed."""
        return replace(self.explainer.line(step), parts=(), items=None)


class _Comparison:
    def __init__(
        self,
        program: Program,
        readings: tuple[Reading, Reading],
        places: Sequence[ValuePlace],
    ) -> None:
        self.program = program
        self.places = places
        self.before, self.after = (_Side.of(program, reading) for reading in readings)
        self.inputs = {declared.name: declared for declared in program.inputs}
        self.changed = {name for name in self.inputs if readings[0][name] != readings[1][name]}

    def compare(self, results: tuple[Result, Result]) -> WhatIf:
        steps = tuple(self._steps())
        used = self.before.rests_on | self.after.rests_on
        moved = {change.name for change in steps if change.stops is None}
        sides = (self.before, self.after)
        said = [published_values(self.program, side.state) for side in sides]
        titles = {follow_up.id: follow_up.title for follow_up in self.program.follow_ups}
        reasons = [side.explainer.reasons(one[1]) for side, one in zip(sides, said, strict=True)]
        follow_ups = [tuple(titles[name] for name in names) for _, _, names in said]
        return WhatIf(
            policy=self.program.note,
            before=results[0],
            after=results[1],
            inputs=tuple(self._inputs()),
            results=tuple(self._result(self.program.step(p)) for p in self.program.published),
            steps=steps,
            unmoved=sum(s.name in used and s.name not in moved for s in self.program.steps),
            reasons=(reasons[0], reasons[1]),
            follow_ups=(follow_ups[0], follow_ups[1]),
        )

    # Steps.

    def _steps(self) -> Iterator[StepChange]:
        """Give the steps that the change reached, in the order of computation."""
        moved: set[str] = set()
        used = self.before.rests_on | self.after.rests_on
        for step in self.program.steps:
            change = self._step(step, moved, is_used=step.name in used)
            if change is None:
                continue
            if change.stops is None:
                moved.add(step.name)
            yield change

    def _step(self, step: Step, moved: set[str], *, is_used: bool) -> StepChange | None:
        before, after = self.before.given(step), self.after.given(step)
        same = before == after
        if same and not is_used:
            return None
        lines = self.before.line(step), self.after.line(step)
        # Of several things that follow the value of a step names the first, its line all.
        same = same and lines[0].value == lines[1].value
        if same and lines[0] == lines[1]:
            exact_same = self.before.unrounded(step) == self.after.unrounded(step)
            if exact_same and not self._is_reached(step, moved):
                return None
        read = dict.fromkeys(name for line in lines for name in line.uses)
        return StepChange(
            name=step.name,
            title=step.title,
            before=lines[0],
            after=lines[1],
            moved=_move(before, after, step.type, step.rounding),
            stops=self._stop(step) if same else None,
            follows=tuple(n for n in read if n in moved or self._reads_change(step, n)),
            items=None if step.over is None else self._items(step, step.over),
            used=is_used,
        )

    def _reads_change(self, step: Step, name: str) -> bool:
        """Tell whether an input was changed, and of a list a field that the step reads."""
        kind = self.inputs[name].type if name in self.changed else None
        if not isinstance(kind, ListType):
            return kind is not None
        before, after = (side.items(name) for side in (self.before, self.after))
        if len(before) != len(after):
            return True
        named = {part.name for part in n.walk(step.node) if isinstance(part, n.Field)}
        fields = named & kind.fields.keys()
        return any(old[f] != new[f] for f in fields for old, new in zip(before, after, strict=True))

    def _is_reached(self, step: Step, moved: set[str]) -> bool:
        """Tell whether a step looked at a value of its own that moved.

        Of a list that was changed only the items count that a step is computed for: which ones any other
        step reads shows in its figures.
        """
        if isinstance(self.before.given(step), Missing):
            return False
        if step.over in self.changed:
            items = zip(self.before.scopes(step), self.after.scopes(step), strict=True)
            return any(_is_reached_item(step, *pair) for pair in items)
        singles = {
            name for name in self.changed if not isinstance(self.inputs[name].type, ListType)
        } | {name for name in moved if self.program.step(name).over is None}
        states = (self.before.state, self.after.state)
        return any(name in singles for state in states for name in asked(self.program, step, state))

    def _stop(self, step: Step) -> Stop:
        if self.before.unrounded(step) != self.after.unrounded(step):
            return "rounding"
        if isinstance(step.type, LabelType):
            # Which case applies to an item differs from item to item.
            node = step.node if step.over else chosen(step.node, self.after.state)
            return "band" if isinstance(node, n.Band) else "label"
        return "limit" if any(self._holds(part, step) for part in _outer(step.node)) else "value"

    def _holds(self, node: n.Node, step: Step) -> bool:
        """Tell whether a limit gives the same on both sides although what it limits moved."""
        match node:
            case n.Clip():
                inner: tuple[n.Node, ...] = (node.value,)
            case n.Minimum() | n.Maximum():
                inner = node.args
            case _:
                return False
        ends = [side.inner(node, step) for side in (self.before, self.after)]
        insides = [[side.inner(p, step) for p in inner] for side in (self.before, self.after)]
        return ends[0] == ends[1] and insides[0] != insides[1]

    def _items(self, step: Step, name: str) -> ItemTable | None:
        """Give the items that the change reached; `None` where items must not be told apart."""
        declared = self.inputs[name]
        if not _shows_items(declared):
            return None
        title = cast("str", declared.item_title)
        sides = [self._named_items(side, declared) for side in (self.before, self.after)]
        rows = []
        pairs = (
            _paired(*sides) if ValuePlace(name=name) in self.places else zip(*sides, strict=True)
        )
        for (name_before, old), (name_after, new) in pairs:
            if _is_reached_item(step, old, new):
                was, becomes = (None if item is None else item[step.name] for item in (old, new))
                shown = self._shown(was, step), self._shown(becomes, step)
                move = _move(was, becomes, step.type, step.rounding)
                rows.append((name_after or name_before, *shown, move or Text("", "")))
        heads = (phrase(f"explain.{key}") for key in ("before", "after", "difference"))
        return ItemTable(
            name=name,
            title=declared.title,
            columns=(declared.fields.get(title, Text.same(title)), *heads),
            rows=tuple(rows),
        )

    def _named_items(self, side: _Side, declared: Input) -> list[_NamedItem]:
        title = cast("str", declared.item_title)
        kind = cast("ListType", declared.type).fields[title]
        items = enumerate(side.items(declared.name), 1)
        return [(self._named(item[title], kind, place), item) for place, item in items]

    def _named(self, value: Value, kind: ItemType, place: int) -> Text:
        if isinstance(value, Missing):
            return Text.same(str(place))
        return self.before.explainer.written(value, kind, None)

    def _shown(self, value: Value | None, step: Step) -> Text | None:
        if value is None or isinstance(value, Missing):
            return None
        digits = step.rounding.digits if step.rounding is not None else None
        return self.before.explainer.written(value, step.type, digits)

    # Inputs and results.

    def _result(self, step: Step) -> ValueChange:
        before = cast("Value", self.before.state[step.name])
        after = cast("Value", self.after.state[step.name])
        shown = [side.explainer.value_of(step) for side in (self.before, self.after)]
        return ValueChange(
            path=step.name,
            title=step.title,
            before=shown[0],
            after=shown[1],
            unit=step.unit,
            moved=_move(before, after, step.type, step.rounding),
            same=before == after and shown[0] == shown[1],
            main=step.name in (self.program.total, self.program.ladder),
        )

    def _inputs(self) -> Iterator[ValueChange]:
        told: set[str] = set()
        for place in self.places:
            declared = self.inputs[place.name]
            if place.item is not None and _shows_items(declared):
                yield self._item(place)
            elif place.name not in told:
                told.add(place.name)
                yield self._input(declared)

    def _input(self, declared: Input) -> ValueChange:
        name = declared.name
        lines = [side.explainer.input(declared) for side in (self.before, self.after)]
        is_list = isinstance(declared.type, ListType)
        before, after = (cast("Value", side.state[name]) for side in (self.before, self.after))
        return ValueChange(
            path=name,
            title=declared.title,
            before=lines[0].value,
            after=lines[1].value,
            unit=declared.unit,
            moved=None if is_list else _move(before, after, cast("ItemType", declared.type), None),
            note=self._count(declared) if is_list else None,
            same=name not in self.changed,
        )

    def _count(self, declared: Input) -> Text | None:
        """Say how many items of a list are others now."""
        kind = cast("ListType", declared.type)
        sides = [side.items(declared.name) for side in (self.before, self.after)]
        differing = sum(
            old is None or new is None or any(old[field] != new[field] for field in kind.fields)
            for old, new in zip_longest(*sides)
        )
        key = "one" if differing == 1 else "many"
        return phrase(f"explain.what_if.items.{key}", count=differing) if differing else None

    def _item(self, place: ValuePlace) -> ValueChange:
        field = cast("str", place.field)
        kind = cast("ListType", self.inputs[place.name].type).fields[field]
        values = [
            cast("Sequence[Item]", side.state[place.name])[cast("int", place.item)][field]
            for side in (self.before, self.after)
        ]
        shown = [
            None if isinstance(value, Missing) else self.before.explainer.written(value, kind, None)
            for value in values
        ]
        return ValueChange(
            path=place.path,
            title=self.before.explainer.place_title(place),
            before=shown[0],
            after=shown[1],
            moved=_move(values[0], values[1], kind, None),
            same=values[0] == values[1],
        )


def _shows_items(declared: Input) -> bool:
    """Tell whether items of a list may be shown one by one, as explanations do."""
    return declared.item_title is not None and not declared.hidden


def _read(step: Step, item: Item | None) -> list[Value] | None:
    """Give what a step reads of an item, and what it gives for it."""
    if item is None:
        return None
    return [item[name] for name in (*read_by(step), step.name) if name in item]


def _is_reached_item(step: Step, before: Item | None, after: Item | None) -> bool:
    """Tell whether what a step reads of an item moved; that it gives nothing still is no news."""
    if _read(step, before) == _read(step, after):
        return False
    given = {None if item is None else item[step.name] for item in (before, after)}
    return len(given) > 1 or not isinstance(given.pop(), Missing)


def _outer(node: n.Node) -> Iterator[n.Node]:
    """Give the parts of a formula that are not computed for the items of another list."""
    yield node
    if not isinstance(node, n.Reduce):
        for child in n.children(node):
            yield from _outer(child)


def _paired(
    before: list[_NamedItem], after: list[_NamedItem]
) -> Iterator[tuple[_NamedItem, _NamedItem]]:
    """Put items beside each other: by their names where these tell them apart, else by their places."""
    old, new = dict(before), dict(after)
    if len(old) < len(before) or len(new) < len(after):
        yield from zip_longest(before, after, fillvalue=(None, None))
        return
    for name in dict.fromkeys((*old, *new)):
        yield (name, old.get(name)), (name, new.get(name))


def _move(
    before: Given | None, after: Given | None, kind: ItemType, rounding: Rounding | None
) -> Text | None:
    """Write by how much a number moved."""
    if not isinstance(before, Fraction) or not isinstance(after, Fraction):
        return None
    if before == after or isinstance(before, bool) or isinstance(kind, DateType):
        return None
    moved = after - before
    digits = None if rounding is None else rounding.digits
    about = ""
    if decimal_digits(moved) is None and SHOWN_MOVE.apply(moved):
        moved, digits, about = SHOWN_MOVE.apply(moved), SHOWN_MOVE.digits, "≈ "
    sign = "+" if moved > 0 else ""
    return Text(*(f"{about}{sign}{number(moved, lang, digits=digits)}" for lang in LANGUAGES))
