"""Small programs for tests of the compiled path, and what must come out of it."""

from decimal import Decimal
from fractions import Fraction

from strategies_programs import NOTE

from kinerja.exact import exact
from kinerja.formula import nodes as n
from kinerja.formula.types import DateType, FlagType, LabelType, ListType, NumberType, TextType
from kinerja.scorer import compiled
from kinerja.scorer.compiled import compile_program
from kinerja.scorer.program import Input, Program, Step
from kinerja.scorer.read import read_record
from kinerja.scorer.run import published_values, run_steps
from kinerja.values import Interval, LabelDef, Missing, Scale
from kinerja.words import Text

T = Text.same
NUMBER = NumberType()
GROUPS = Scale(labels=tuple(LabelDef(g, T(g.title())) for g in ("a", "b", "c")), ordered=False)
RATINGS = ListType(
    fields={
        "group": LabelType(scale=GROUPS),
        "aspect": LabelType(scale=GROUPS),
        "score": NumberType(limits=Interval(low=Fraction(0), high=Fraction(100))),
        "weight": NumberType(),
        "on": DateType(),
        "who": TextType(),
        "seen": FlagType(),
    }
)


def figure(value) -> n.Number:
    return n.Number(exact(value))


def program(node, *, kind=NUMBER, inputs=None, steps=(), **more) -> Program:
    """A program that publishes one step, `s`."""
    inputs = {"x": NUMBER, "y": NUMBER} if inputs is None else inputs
    declared = tuple(
        v if isinstance(v, Input) else Input(name=k, title=T(k), type=v) for k, v in inputs.items()
    )
    last = Step(name="s", title=T("s"), node=node, type=kind)
    return Program(note=NOTE, inputs=declared, steps=(*steps, last), published=("s",), **more)


def optional(name, kind) -> Input:
    return Input(name=name, title=T(name), type=kind, required=False)


def reference(made: Program, record):
    """What the compiled function must give: the answer of the reference, or `None`."""
    reading, issues, warnings = read_record(record, made.inputs)
    if issues or warnings:
        return None
    if any(i.required and isinstance(reading[i.name], Missing) for i in made.inputs):
        return None
    try:
        values, reasons, follow_ups = published_values(made, run_steps(made, reading))
    except (ValueError, OverflowError):
        return None  # a day outside the calendar
    return None if reasons else (values, follow_ups)


def shape(answer):
    """An answer with what `==` does not see: types, and the digits of decimals."""
    if answer is None:
        return None
    values, follow_ups = answer
    forms = {
        name: (type(v), v.as_tuple() if isinstance(v, Decimal) else v) for name, v in values.items()
    }
    return list(forms.items()), follow_ups


class Checked:
    """A program with its compiled function, to check on several records."""

    def __init__(self, made: Program):
        self.made = made
        self.answer = compile_program(made)

    def same(self, record):
        """Check one record, and give the answer."""
        answer = self.answer(record)
        assert shape(answer) == shape(reference(self.made, record))
        return answer


def same(made: Program, record):
    """Check one record, and give the answer."""
    return Checked(made).same(record)


def written(made: Program):
    return compiled._Writer(made, compiled._Unsorted(made)).written()


def value(made: Program, record):
    answer = same(made, record)
    return None if answer is None else answer[0]["s"]


def ratings(*rows, **same_for_all):
    names = ("group", "score")
    return [{**dict(zip(names, row, strict=False)), **same_for_all} for row in rows]
