"""From a scored record to its explanation.

What lives here: putting titles, figures, limits, clauses and counsel together. What never comes in:
layout; `kinerja.result` prints explanations. What stands here was computed by the reference evaluator.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal, cast

from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.evaluate import Item, Scope, Value, evaluate
from kinerja.formula.text import (
    condition_met,
    figures_text,
    formula_text,
    rounding_words,
    steps_applied,
)
from kinerja.formula.types import (
    DateType,
    ItemType,
    LabelType,
    ListType,
    NumberType,
    ValueType,
)
from kinerja.formula.wording import Titles
from kinerja.result import Explanation, InputLine, ItemTable, Lever, Line, Loss
from kinerja.scorer.advice import Counsel, Gain, Move, ValuePlace
from kinerja.scorer.at_fault import ItemPlace, items_at_fault
from kinerja.scorer.counsel import counsel
from kinerja.scorer.following import actions_of, following, own_condition
from kinerja.scorer.graph import asked, chosen, needed, read_by
from kinerja.scorer.ground import Ground
from kinerja.scorer.naming import all_titles, reason_text, reasons_text
from kinerja.scorer.program import FollowUp, Input, Program, Step
from kinerja.scorer.run import State, calendar_day, published_values, run_steps, scalar
from kinerja.values import Interval, Missing, Reason
from kinerja.words import LANGUAGES, Text, number, phrase

__all__ = ["Explainer", "explain_record", "explain_step", "reason_text"]

#: Points lost are shown so; the exact figure stands in the step itself.
SHOWN_POINTS: Final = Rounding(digits=2, mode="half_up")


def explain_record(  # noqa: PLR0913 - the record, and two things that callers may spare
    program: Program,
    reading: Scope,
    *,
    id: str | None,  # noqa: A002 - the name the data uses
    warnings: tuple[str, ...] = (),
    advice: Literal["given", "left_out"] = "given",
    ground: Ground | None = None,
) -> Explanation:
    """Explain what a program says about a record.

    Args:
        program: The program.
        reading: The inputs, as `read_record` gives them.
        id: Id of the record.
        warnings: Warnings of the result.
        advice: Where points were lost and what the next band takes, which is most of the work, may be left
            out.
        ground: What is known of the program for any record, where it was worked out before.
    """
    explainer = Explainer(program, run_steps(program, reading), ground)
    return explainer.explain(id=id, warnings=warnings, advice=advice)


def explain_step(
    program: Program, reading: Scope, name: str, *, known: Collection[str] = ()
) -> Explanation:
    """Explain one step, and the steps that it reads directly for this record.

    Args:
        program: The program.
        reading: The inputs, as `read_record` gives them.
        name: The step; its parts belong to it.
        known: Steps that need no explanation.

    Returns:
        An explanation whose lines are the steps read, in the order of the policy, and then the step itself,
        without counsel.
    """
    return Explainer(program, run_steps(program, reading)).explain_step(name, known)


def titles_of(program: Program) -> Titles:
    """Give what people call the inputs, steps and labels of a program, for formulas in words."""
    return Explainer(program, {}).titles


class Explainer:
    """Puts one run of a program into words; every value comes from its state."""

    def __init__(self, program: Program, state: State, ground: Ground | None = None) -> None:
        self.program = program
        self.state = state
        self.ground = ground
        self.names = all_titles(program)
        self.types: dict[str, ValueType] = dict(program.types)
        self.steps = {step.name: step for step in program.steps}
        self.titles = Titles(
            name=lambda name: self.names.get(name, Text.same(name)),
            value=self._value_text,
            together=frozenset(i.name for i in program.inputs if i.hidden),
        )

    def explain(
        self,
        *,
        id: str | None,  # noqa: A002 - as above
        warnings: tuple[str, ...],
        advice: Literal["given", "left_out"],
    ) -> Explanation:
        """Explain the whole result."""
        _, reasons, _ = published_values(self.program, self.state)
        wholes = [step for step in self.program.steps if step.parent is None]
        rested_on = needed(self.program, self.state)
        used = {step.parent or step.name for step in self.program.steps if step.name in rested_on}
        given = Counsel(gains=(), label=None, moves=())
        if advice == "given":
            given = counsel(self.ground or Ground(self.program), self.state)
        follow_ups = [f for f in self.program.follow_ups if self.state[f.step] is True]
        return Explanation(
            policy=self.program.note,
            id=id,
            status="incomplete" if reasons else "complete",
            reasons=self.reasons(reasons),
            lines=tuple(self.line(s) for s in wholes if s.name in used),
            unused=tuple(s.title for s in wholes if s.name not in used),
            inputs=tuple(self.input(declared) for declared in self.program.inputs),
            losses=tuple(self._loss(gain, used) for gain in given.gains),
            target=self._target(given),
            levers=tuple(self._lever(move, used) for move in given.moves),
            warnings=tuple(Text.same(warning) for warning in warnings),
            follow_ups=tuple(f.title for f in follow_ups),
            follow_up_reasons=tuple(self._because(f) for f in follow_ups),
            values={
                name: scalar(cast("Value", self.state[name]), self.steps[name])
                for name in dict.fromkeys((*self.program.published, *self.steps))
                if self.steps[name].over is None
            },
        )

    def explain_step(self, name: str, known: Collection[str]) -> Explanation:
        """Explain one step and those that it reads."""
        own = [s for s in self.program.steps if name in (s.name, s.parent)]
        passed_over = {*known, *(step.name for step in own)}
        read = {
            found for step in own for found in asked(self.program, step, self.state)
        } - passed_over
        return Explanation(
            policy=self.program.note,
            id=None,
            status="complete",
            reasons=(),
            lines=(
                # A part stands below the step that it is a part of, where that is read too.
                *(
                    self.line(step)
                    for step in self.program.steps
                    if step.name in read and step.parent not in read
                ),
                self.line(self.steps[name]),
            ),
            inputs=tuple(self.input(declared) for declared in self.program.inputs),
        )

    # Lines.

    def line(self, step: Step) -> Line:
        """Give the line of a step, with its parts."""
        parts = tuple(self.line(s) for s in self.program.steps if s.parent == step.name)
        if step.over is not None:
            return Line(
                name=step.name,
                title=step.title,
                value=None,
                formula=self._formula(step),
                basis=step.basis,
                unit=step.unit,
                uses=self._uses(step),
                parts=parts,
                items=self._items(step, step.over),
            )
        value = cast("Value", self.state[step.name])
        inner = step.node.value if isinstance(step.node, n.Round) else step.node
        unrounded = evaluate(inner, self.state) if inner is not step.node else value
        changed = isinstance(unrounded, Fraction) and unrounded != value
        return Line(
            name=step.name,
            title=step.title,
            value=self.value_of(step),
            unrounded=self._number(cast("Fraction", unrounded)) if changed else None,
            formula=self._formula(step),
            figures=self._figures(step, inner),
            applied=self._applied(step, value),
            basis=step.basis,
            unit=step.unit,
            published=step.published,
            uses=self._uses(step),
            parts=parts,
        )

    def _uses(self, step: Step) -> tuple[str, ...]:
        """Give the inputs and steps that a step reads; a field is not the input or step of its name."""
        parts = list(n.walk(step.node))
        refs = {part.name for part in parts if isinstance(part, n.Ref)}
        lists = {part.over for part in parts if isinstance(part, n.Reduce)} | {step.over}
        per_item = {name for name, other in self.steps.items() if other.over is not None}
        fields = {part.name for part in parts if isinstance(part, n.Field)} - per_item
        return tuple(name for name in read_by(step) if name not in fields - refs - lists)

    def _formula(self, step: Step) -> Text | None:
        inner = step.node.value if isinstance(step.node, n.Round) else step.node
        if step.over is None:
            inner = chosen(inner, self.state)
        # The values of a step per item stand in a table, and only here is it said how they are rounded.
        rounding = None if step.over is None else step.rounding
        plain = isinstance(inner, (n.Lookup, n.Ref, n.Number, n.Label, n.Absent))
        if plain and rounding is None:
            return None
        over = step.over or ""
        words = Text(
            *(
                formula_text(inner, titles=self.titles, lang=lang, subject=step.name, over=over)
                for lang in LANGUAGES
            )
        )
        if rounding is None:
            return words
        return phrase("explain.then_rounded", formula=words, rounding=rounding_words(rounding))

    def _figures(self, step: Step, inner: n.Node) -> Text | None:
        plain = (n.Lookup, n.Ref, n.Number, n.Label, n.Absent)
        if isinstance(chosen(inner, self.state), plain):
            return None
        texts = (
            figures_text(inner, titles=self.titles, scope=self.state, lang=lang, subject=step.name)
            for lang in LANGUAGES
        )
        figures = Text(*texts)
        return None if figures == phrase("formula.missing") else figures

    def _applied(self, step: Step, value: Value) -> tuple[Text, ...]:
        if isinstance(value, Missing):
            return self.reasons(value.reasons)
        if actions_of(self.program, step):
            return self._actions_applied(step)
        return steps_applied(step.node, titles=self.titles, scope=self.state, subject=step.name)

    def _items(self, step: Step, name: str) -> ItemTable | None:
        declared = next(i for i in self.program.inputs if i.name == name)
        items = self.state[name]
        if declared.item_title is None or isinstance(items, Missing):
            return None
        kind = cast("ListType", self.types[name])
        fields = [
            field
            for field in (declared.item_title, *read_by(step))
            if field in kind.fields and field not in declared.hidden
        ]
        columns = list(dict.fromkeys([*fields, step.name]))
        rows = tuple(
            tuple(self._cell(item[c], kind.fields[c], f"{name}.{c}") for c in columns)
            for item in cast("Sequence[Item]", items)
        )
        titles = tuple(
            self.names.get(f"{name}.{column}", self.names.get(column, Text.same(column)))
            for column in columns
        )
        return ItemTable(name=name, title=declared.title, columns=titles, rows=rows)

    def _cell(self, value: Value, kind: ItemType, name: str) -> Text | None:
        if isinstance(value, Missing):
            return None
        return self.written(value, kind, self.digits(name.rpartition(".")[2]))

    # What follows, and why something is missing.

    def _actions_applied(self, step: Step) -> tuple[Text, ...]:
        follows = following(self.program, step, self.state)
        if not follows:
            return (phrase("explain.no_action"),)
        if len(follows) == 1:
            return (phrase("explain.because", condition=self._because(follows[0])),)
        return tuple(
            phrase("explain.action_because", title=f.title, condition=self._because(f))
            for f in follows
        )

    def _because(self, follow_up: FollowUp) -> Text:
        """Say by what the condition of an action holds."""
        condition = own_condition(self.program, follow_up)
        return condition_met(condition, titles=self.titles, scope=self.state)

    @cached_property
    def _at_fault(self) -> Mapping[Reason, tuple[ItemPlace, ...]]:
        return items_at_fault(self.program, self.state)

    def reasons(self, reasons: Iterable[Reason]) -> tuple[Text, ...]:
        """Say why a value is missing, and of which items; what is missing of several is said once."""
        return reasons_text(self.program, reasons, self._at_fault, self.item_name)

    def item_name(self, name: str, place: int) -> Text:
        """Name an item of a list by its title, else by its place."""
        declared = next(i for i in self.program.inputs if i.name == name)
        by_place = Text.same(str(place + 1))
        if declared.item_title is None:
            return by_place
        value = cast("Sequence[Item]", self.state[name])[place][declared.item_title]
        if isinstance(value, Missing):
            return by_place
        kind = cast("ListType", self.types[name]).fields[declared.item_title]
        return self.written(value, kind, None)

    # Values.

    def value_of(self, step: Step) -> Text | None:
        """Write the value of a step; of what follows all, and that nothing does in words of its own."""
        value = cast("Value", self.state[step.name])
        if isinstance(value, Missing) or not actions_of(self.program, step):
            return self._shown(value, step.name)
        titles = [f.title for f in following(self.program, step, self.state)]
        if not titles:
            return phrase("explain.no_follow_up")
        return Text(*("; ".join(t.in_language(lang) for t in titles) for lang in LANGUAGES))

    def digits(self, name: str) -> int | None:
        """Give the decimals that a step is rounded to; `None` where it is not."""
        step = self.steps.get(name)
        return step.rounding.digits if step is not None and step.rounding is not None else None

    def _shown(self, value: Value, name: str) -> Text | None:
        if isinstance(value, Missing):
            return None
        kind = self.types.get(name)
        if kind is None and name in self.steps:
            kind = self.steps[name].type
        return self.written(value, cast("ItemType", kind), self.digits(name))

    def written(self, value: Value, kind: ItemType, digits: int | None) -> Text:
        """Write a value of a type."""
        if isinstance(value, bool):
            return phrase("formula.yes" if value else "formula.no")
        if isinstance(value, Fraction):
            if isinstance(kind, DateType):
                day = calendar_day(value)
                return phrase("explain.no_value") if day is None else Text.same(day)
            return self._number(value, digits)
        if isinstance(kind, LabelType) and isinstance(value, str):
            try:
                return kind.scale.title(value)
            except KeyError:
                return Text.same(value)
        return Text.same(str(value))

    def _number(self, value: Fraction, digits: int | None = None) -> Text:
        return Text(*(number(value, lang, digits=digits) for lang in LANGUAGES))

    def _value_text(self, name: str, value: Value) -> Text | None:
        """Write a value of a named thing inside a formula."""
        kind: ValueType | None = self.types.get(name)
        if kind is None and "." in name:
            head, _, field = name.partition(".")
            whole = self.types.get(head)
            if isinstance(whole, ListType):
                kind = whole.fields.get(field)
        if kind is None and name in self.steps:
            kind = self.steps[name].type
        if isinstance(kind, ListType):
            # A formula asks of a whole list only whether it is there.
            return _counted(len(cast("Sequence[Item]", value)))
        if kind is None:
            return None
        if isinstance(kind, (LabelType, DateType)):
            return self.written(value, kind, None)
        digits = self.digits(name)
        if isinstance(kind, NumberType) and isinstance(value, Fraction) and digits is not None:
            return self._number(value, digits)
        return None

    def input(self, declared: Input) -> InputLine:
        """Give the line of an input."""
        value = self.state[declared.name]
        note: Text | None = None
        shown: Text | None = None
        if isinstance(value, Missing):
            note = phrase("explain.not_given" if declared.required else "explain.optional")
        elif isinstance(declared.type, ListType):
            shown = _counted(len(cast("Sequence[Item]", value)))
        else:
            shown = self.written(cast("Value", value), declared.type, None)
            if isinstance(declared.type, NumberType):
                note = _limits_text(declared.type.limits)
        return InputLine(
            name=declared.name,
            title=declared.title,
            value=shown,
            unit=declared.unit,
            note=note,
        )

    # Counsel.

    def place_title(self, place: ValuePlace) -> Text:
        """Say what a value is of: an input, a step, or a field of an item by the name of the item."""
        if place.item is None:
            return self.names.get(place.name, Text.same(place.name))
        field = cast("str", place.field)
        field_title = self.names.get(f"{place.name}.{field}", self.names.get(field))
        shown = self.item_name(place.name, place.item)
        return phrase("explain.of_item", field=field_title or Text.same(field), item=shown)

    def _title_apart(self, place: ValuePlace, told: Collection[str]) -> Text:
        """Say what a value is of; a part names its step where a part of another step told has its title."""
        title = self.place_title(place)
        step = self.steps.get(place.name) if place.item is None else None
        if step is None or step.parent is None:
            return title
        bearers = {other.parent for other in self.program.steps if other.title == title}
        if not bearers & {*told} - {step.parent}:
            return title
        return phrase("explain.of_step", step=self.steps[step.parent].title, part=title)

    def _loss(self, gain: Gain, told: Collection[str]) -> Loss:
        total = cast("str", self.program.total)
        return Loss(
            name=gain.place.path,
            title=self._title_apart(gain.place, told),
            value=self._number(gain.value, self.digits(gain.place.name)),
            best=self._number(gain.best),
            points=_points_text(gain.points),
            total=total,
        )

    def _target(self, advice: Counsel) -> tuple[Text, Text] | None:
        if advice.label is None:
            return None
        ladder = self.steps[cast("str", self.program.ladder)]
        return ladder.title, cast("LabelType", ladder.type).scale.title(advice.label)

    def _lever(self, move: Move, told: Collection[str]) -> Lever:
        ladder = self.steps[cast("str", self.program.ladder)]
        kind = self._kind_of(move.place)
        digits = self.digits(move.place.name) if move.place.item is None else None

        def written(value: Value | None) -> Text | None:
            if value is None or isinstance(value, Missing):
                return None
            return self.written(value, kind, digits)

        gives = None
        if move.gives is not None:
            gives = cast("LabelType", ladder.type).scale.title(move.gives)
        return Lever(
            name=move.place.path,
            title=self._title_apart(move.place, told),
            value=written(move.value),
            needed=written(move.needed),
            gives=gives,
            proof=move.proof,
            grid=move.digits,
            items=_items_text(move.items),
        )

    def _kind_of(self, place: ValuePlace) -> ItemType:
        if place.item is not None:
            return cast("ListType", self.types[place.name]).fields[cast("str", place.field)]
        kind = self.types.get(place.name)
        if kind is None:
            return self.steps[place.name].type
        return cast("ItemType", kind)


def _items_text(items: tuple[int, int, int] | None) -> Text | None:
    if items is None:
        return None
    needed, now, count = items
    return phrase("explain.lever_items", needed=needed, now=now, count=count)


def _points_text(points: Fraction) -> Text:
    """Write points to two decimals, marked where that is not all of them."""
    rounded = SHOWN_POINTS.apply(points)
    sign = "" if rounded == points else "≈ "
    return Text(*(sign + number(rounded, lang, digits=SHOWN_POINTS.digits) for lang in LANGUAGES))


def _limits_text(limits: Interval) -> Text | None:
    ends = []
    for lang in LANGUAGES:
        parts = []
        if limits.low is not None:
            parts.append(f"{'>' if limits.low_open else '≥'} {number(limits.low, lang)}")
        if limits.high is not None:
            parts.append(f"{'<' if limits.high_open else '≤'} {number(limits.high, lang)}")
        ends.append(", ".join(parts))
    return Text(*ends) if ends[0] else None


def _counted(items: int) -> Text:
    return phrase(f"explain.items.{'one' if items == 1 else 'many'}", count=items)
