"""What decided the value of a formula: the limit that bit, the case, the band, the row, the rounding.

What lives here: the walk from the root of a formula down to where its value was decided, and one note
for each decision met, in the order of computation. What may come in: a formula and the values of the
record. What never comes in: decisions in the middle of a sum or product; those have lines of their own
where a rule names them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Final, cast

from kinerja.exact import decimal_digits
from kinerja.formula import nodes as n
from kinerja.formula.figures import Figures
from kinerja.formula.wording import (
    NEGATED,
    SUM,
    Pen,
    condition_of,
    rounding_words,
    value_words,
    write,
    write_condition,
)
from kinerja.values import Interval, Missing
from kinerja.words import number, say

__all__ = ["notes_on"]

#: Most conditions that are quoted to say why none of them holds.
_MAX_QUOTED: Final = 3


def notes_on(node: n.Node, figures: Figures, pen: Pen) -> Iterator[str]:
    """Give the notes on a formula, what was decided first coming first."""
    match node:
        case n.Named():
            yield from notes_on(node.value, figures, pen)
        case n.Round():
            yield from notes_on(node.value, figures, pen)
            yield from _on_rounding(node, figures, pen)
        case n.Clip():
            yield from notes_on(node.value, figures, pen)
            yield from _on_limits(node, figures, pen)
        case n.Minimum() | n.Maximum():
            yield from _on_extremes(node, figures, pen)
        case n.Where():
            yield from _on_case(node, figures, pen)
        case n.Coalesce():
            yield from _on_fallback(node, figures, pen)
        case n.Band():
            yield from notes_on(node.value, figures, replace(pen, owner=""))
            yield from _on_band(node, figures, pen)
        case n.Lookup():
            yield from _on_row(node, figures, pen)


def _say(key: str, pen: Pen, **blanks: object) -> str:
    return say(f"applied.{key}", pen.lang, **blanks)


def _figure(value: Fraction, pen: Pen) -> str:
    return number(value, pen.lang)


def _named(node: n.Node, figures: Figures, pen: Pen) -> str:
    return write(node, figures.named(pen)).held(SUM)


def _on_rounding(node: n.Round, figures: Figures, pen: Pen) -> Iterator[str]:
    before = figures.value(node.value)
    if isinstance(before, Fraction) and node.rounding.apply(before) != before:
        words = rounding_words(node.rounding)
        yield _say("rounded", pen, value=_figure(before, pen), rounding=words)


def _on_limits(node: n.Clip, figures: Figures, pen: Pen) -> Iterator[str]:
    before, after = figures.value(node.value), figures.value(node)
    if not isinstance(before, Fraction) or not isinstance(after, Fraction) or after == before:
        return
    key, end = ("at_most", node.high) if after < before else ("at_least", node.low)
    limit = _named(cast("n.Node", end), figures, pen)
    yield _say(key, pen, limit=limit, value=_figure(before, pen))


def _on_extremes(node: n.Minimum | n.Maximum, figures: Figures, pen: Pen) -> Iterator[str]:
    values = [figures.value(arg) for arg in node.args]
    if any(isinstance(value, Missing) for value in values):
        return
    known = cast("list[Fraction]", values)
    lowest = isinstance(node, n.Minimum)
    pick = min if lowest else max
    decides = node.args[known.index(pick(known))]
    open_parts = [arg for arg in node.args if not isinstance(arg, n.Number)]
    if len(open_parts) != 1:
        yield from notes_on(decides, figures, pen)
        yield _say("smallest" if lowest else "largest", pen, value=_named(decides, figures, pen))
        return
    # One formula beside written figures: the figures are limits.
    yield from notes_on(open_parts[0], figures, pen)
    before = cast("Fraction", figures.value(open_parts[0]))
    if before != pick(known):
        key = "at_most" if lowest else "at_least"
        limit = _figure(pick(known), pen)
        yield _say(key, pen, limit=limit, value=_figure(before, pen))


def _on_case(node: n.Where, figures: Figures, pen: Pen) -> Iterator[str]:
    place = figures.chosen(node)
    if place is None:
        return
    if place < len(node.cases):
        condition, value = node.cases[place]
        yield _say("case", pen, condition=write_condition(condition, figures.named(pen)).text)
        yield from notes_on(value, figures, pen)
        return
    against = [condition for condition, value in node.cases if not _is_guard(condition, value)]
    if 0 < len(against) <= _MAX_QUOTED:
        opposites = (condition_of(n.Not(condition)) for condition in against)
        held = (write(opposite, figures.named(pen)).held(NEGATED) for opposite in opposites)
        yield _say("no_case", pen, condition=pen.say("and").join(held))
    elif against:
        yield _say("otherwise", pen)
    yield from notes_on(node.otherwise, figures, pen)


def _is_guard(condition: n.Node, value: n.Node) -> bool:
    """Tell whether a case only says when there is no value, so that passing it is no news."""
    return isinstance(value, n.Absent) or isinstance(condition, n.IsMissing)


def _on_fallback(node: n.Coalesce, figures: Figures, pen: Pen) -> Iterator[str]:
    place = figures.chosen(node)
    if place is None:
        return
    if place:
        missing = pen.say("and").join(write(arg, pen).held(SUM) for arg in node.args[:place])
        value = _named(node.args[place], figures, pen)
        yield _say("fallback", pen, missing=missing, value=value)
    yield from notes_on(node.args[place], figures, pen)


def _on_band(node: n.Band, figures: Figures, pen: Pen) -> Iterator[str]:
    value = figures.value(node.value)
    band = node.bands.find(value) if isinstance(value, Fraction) else None
    if band is None:
        return
    ends = [end for b in node.bands.bands for end in (b.interval.low, b.interval.high)]
    digits = max((decimal_digits(end) or 0 for end in ends if end is not None), default=0)
    middle = _figure(cast("Fraction", value), pen)
    if isinstance(node.value, n.Ref | n.Field | n.Named):
        middle = _named(node.value, figures, pen)
    label = value_words(band.label, pen.owner, pen)
    yield _say("band", pen, label=label, range=_range(band.interval, middle, digits, pen))


def _range(interval: Interval, middle: str, digits: int, pen: Pen) -> str:
    text = middle
    if interval.low is not None:
        sign = "<" if interval.low_open else "≤"
        text = f"{number(interval.low, pen.lang, digits=digits)} {sign} {text}"
    if interval.high is not None:
        sign = "<" if interval.high_open else "≤"
        text = f"{text} {sign} {number(interval.high, pen.lang, digits=digits)}"
    return text


def _on_row(node: n.Lookup, figures: Figures, pen: Pen) -> Iterator[str]:
    keys = [figures.value(key) for key in node.keys]
    if any(isinstance(key, Missing) for key in keys):
        return
    tests = (
        n.Compare("==", key, n.Truth(value) if isinstance(value, bool) else n.Label(str(value)))
        for key, value in zip(node.keys, keys, strict=True)
    )
    words = ", ".join(write(test, pen).text for test in tests)
    row = dict(node.rows).get(tuple(cast("list[str | bool]", keys)))
    if row is None:
        yield _say("no_row", pen, keys=words)
    else:
        yield _say("row", pen, keys=words, value=write(row, pen).text)
