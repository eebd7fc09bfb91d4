"""A rule, built as the policy builder does it and evaluated by the exact evaluator."""

import string
from dataclasses import dataclass, field
from fractions import Fraction

from kinerja.errors import PolicyError
from kinerja.exact import exact
from kinerja.formula import nodes as n
from kinerja.formula.bind import bind_fields
from kinerja.formula.check import check_types
from kinerja.formula.evaluate import evaluate
from kinerja.formula.rule import Known, RuleWithParts
from kinerja.formula.types import FlagType, LabelType, ListType, NumberType, TextType
from kinerja.scorer.program import unfold
from kinerja.values import Interval, LabelDef, Missing, Scale
from kinerja.words import Text, en, has_words
from kinerja.words import id as indonesian

NUMBER = NumberType()
POSITIVE = NumberType(limits=Interval(low=Fraction(0), low_open=True))
FLAG = FlagType()
TEXT = TextType()


def scale(*labels, ordered=True):
    return Scale(labels=tuple(LabelDef(x, Text.same(x.title())) for x in labels), ordered=ordered)


def label(*labels, ordered=True):
    return LabelType(scale=scale(*labels, ordered=ordered))


def ref(name):
    return n.Ref(name)


def num(value):
    return n.Number(exact(value))


@dataclass
class Run:
    """What a rule gave for a record: the value, and the parts by key."""

    value: object
    parts: dict = field(default_factory=dict)

    @property
    def reasons(self):
        assert isinstance(self.value, Missing), self.value
        for reason in self.value.reasons:
            assert has_words(f"reason.{reason.code}")
        return [str(reason) for reason in self.value.reasons]


_BUILT = {}


def built(rule, types, **known):
    """Build a rule: its parts and itself, in order, checked."""
    about = Known(types=types, **known)
    found = list(unfold("it", rule.formula(about)))
    if isinstance(rule, RuleWithParts):
        for extra in rule.parts(about):
            named = unfold("it", n.Named(extra.key, extra.title, extra.value))
            seen = {name for name, _, _ in found}
            found[-1:-1] = [p for p in named if p[1] is not None and p[0] not in seen]
    lists = {name: kind.fields for name, kind in types.items() if isinstance(kind, ListType)}
    sight, steps = dict(types), []
    for name, _, node in found:
        scale_ = about.scale if name == "it" else None
        checked = check_types(bind_fields(node, lists), sight, expected_scale=scale_)
        sight[name] = checked.type
        steps.append((name, checked.node))
    return steps


def run(rule, types, record, **known):
    """Build a rule and evaluate it with its parts; figures may be written as text."""
    key = (rule, id(types))
    if known:
        steps = built(rule, types, **known)
    else:
        # The types are kept, so that no other ones can get their identity.
        if key not in _BUILT:
            _BUILT[key] = (built(rule, types), types)
        steps = _BUILT[key][0]
    scope = {name: _value(record.get(name), t, name) for name, t in types.items()}
    for name, node in steps:
        scope[name] = evaluate(node, scope)
    parts = {name.removeprefix("it."): scope[name] for name, _ in steps if name != "it"}
    return Run(scope["it"], parts)


def refused(rule, types, **known):
    """Build a rule that must be refused; give codes and paths of the issues."""
    try:
        rule.formula(Known(types=types, **known))
    except PolicyError as error:
        for issue in error.issues:
            assert unfilled(issue) == set()
        return [(issue.code, issue.path) for issue in error.issues]
    raise AssertionError("not refused")


def unfilled(issue):
    """Give the blanks of an issue's words that its details do not fill."""
    words = (f"{issue.code}.{part}" for part in ("message", "way_out"))
    texts = (catalogue.WORDS[key] for key in words for catalogue in (indonesian, en))
    blanks = {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}
    return blanks - set(issue.details)


def items(kind, rows):
    """Make the items of a list from rows of plain values."""
    return [{k: _value(row.get(k), t, k) for k, t in kind.fields.items()} for row in rows]


def _value(raw, kind, name):
    if isinstance(kind, ListType):
        return Missing.because("input_missing", name) if raw is None else items(kind, raw)
    if raw is None:
        return Missing.because("input_missing", name)
    return exact(raw) if isinstance(kind, NumberType) else raw
