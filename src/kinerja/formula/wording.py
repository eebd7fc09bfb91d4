"""How each node of a formula is put into words.

What lives here: the layout of every operation, with as few parentheses as a reader without training
needs to follow it, and the titles and values it is filled with. What may come in: any formula. What
never comes in: the data of a record; `kinerja.formula.figures` brings them through `Pen.special`.

Readers of these words do not know which operation binds first beyond `×` before `+`, so `dan` inside
`atau`, and a phrase inside an operation, always stand in parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, NamedTuple, TypeAlias

from kinerja.exact import Rounding, decimal_digits
from kinerja.formula import nodes as n
from kinerja.formula.evaluate import Value
from kinerja.values import Missing
from kinerja.words import Language, Text, number, phrase, say

__all__ = [
    "ANY",
    "ATOM",
    "CHOICE",
    "COMPARE",
    "OF",
    "PRODUCT",
    "SUFFIXED",
    "SUM",
    "Pen",
    "Titles",
    "Written",
    "condition_of",
    "owner_of",
    "rounding_words",
    "value_words",
    "write",
    "write_condition",
    "write_table",
]

#: How tightly a text holds together, from a choice of cases to a single word.
CHOICE, SUFFIXED, OF, ANY, ALL, NEGATED, COMPARE, SUM, PRODUCT, ATOM = range(10)

_SIGNS: Final = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}
#: What separates the pieces of a formula in words.
_FORMULA_LIKE: Final = re.compile(r"[,;:+×÷−=≠<>≤≥]| (?:dan|atau|bila|and|or|if) ")
_MINUS: Final = "\N{MINUS SIGN}"
_ZERO: Final = n.Number(Fraction(0))
#: Most decimals of a share that is still written as a percentage.
_SHARE_DIGITS: Final = 4


def _as_usual(name: str, value: Value) -> Text | None:  # noqa: ARG001 - the type of `Titles.value`
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """What people call the things that a formula names.

    Attributes:
        name: Title of an input, step, part of a step (`panel.rata_atasan`) or list; for a field of a
            list item it is asked as `list.field`.
        value: How a value of such a thing is written, or `None` for the usual way: a number with its
            decimals, a label as its id, a flag as yes or no. It is asked for labels of scales, for
            dates and for units; never for a missing value.
        together: Lists whose items are told only by their sum and number, never one by one: ratings
            of people who must stay anonymous.
    """

    name: Callable[[str], Text] = Text.same
    value: Callable[[str, Value], Text | None] = _as_usual
    together: frozenset[str] = frozenset()


class Written(NamedTuple):
    """A part of a formula in words, and how tightly it holds together."""

    text: str
    level: int

    def held(self, level: int, *, first: bool = True) -> str:
        """Give the text, in parentheses where it would fall apart.

        Args:
            level: How tightly it must hold together here.
            first: Nothing stands before it; elsewhere a leading minus needs parentheses.
        """
        loose = self.level < level or (not first and self.text.startswith(_MINUS))
        return f"({self.text})" if loose else self.text


Special: TypeAlias = "Callable[[n.Node, Pen], Written | None]"


def _nothing_special(node: n.Node, pen: Pen) -> Written | None:  # noqa: ARG001 - the type of `Special`
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """What a formula is written with.

    Attributes:
        titles: Titles of what it names.
        lang: Language.
        over: List whose fields a `Field` names, or empty.
        owner: Name of the thing whose values the labels at hand are, or empty.
        special: Writes a node otherwise than here, or gives `None`.
    """

    titles: Titles
    lang: Language
    over: str = ""
    owner: str = ""
    special: Special = _nothing_special

    def say(self, key: str, **blanks: object) -> str:
        """Give words of the catalogue."""
        return say(f"formula.{key}", self.lang, **blanks)

    def title(self, name: str) -> str:
        """Give the title of an input, step, list or `list.field`."""
        return self.quoted(self.titles.name(name))

    def quoted(self, title: Text) -> str:
        """Give a title, in quotes where it could be taken for a piece of the formula."""
        text = title.in_language(self.lang)
        return f"“{text}”" if _FORMULA_LIKE.search(text) else text


def write(node: n.Node, pen: Pen) -> Written:  # noqa: C901, PLR0911, PLR0912 - one case a node
    """Put a formula into words.

    Raises:
        TypeError: The node is none of the language.
    """
    special = pen.special(node, pen)
    if special is not None:
        return special
    match node:
        case n.Number():
            return _figure(node.value, pen)
        case n.Label() | n.Truth():
            return Written(value_words(node.value, pen.owner, pen), ATOM)
        case n.Ref() | n.Field():
            return Written(pen.title(owner_of(node, pen)), ATOM)
        case n.Named():
            return Written(pen.quoted(node.title), ATOM)
        case n.Absent():
            return Written(pen.say("missing"), ATOM)
        case n.Add():
            return Written(_joined(node.terms, SUM, " + ", pen), SUM)
        case n.Subtract():
            return _difference(node, pen)
        case n.Multiply():
            return _product(node, pen)
        case n.Divide():
            left = write(node.numerator, pen).held(PRODUCT)
            right = write(node.denominator, pen).held(ATOM, first=False)
            return Written(f"{left} ÷ {right}", PRODUCT)
        case n.Minimum(args=(arg,)) | n.Maximum(args=(arg,)) | n.Coalesce(args=(arg,)):
            return write(arg, pen)
        case n.Minimum():
            return Written(pen.say("smallest", args=_listed(node.args, pen)), ATOM)
        case n.Maximum():
            return Written(pen.say("largest", args=_listed(node.args, pen)), ATOM)
        case n.Clip():
            return _clip(node, pen)
        case n.Round():
            words = rounding_words(node.rounding).in_language(pen.lang)
            value = write(node.value, pen).held(SUFFIXED)
            return Written(pen.say("rounded", value=value, rounding=words), SUFFIXED)
        case n.Compare():
            return _comparison(node, pen)
        case n.And() | n.Or() | n.Not():
            return _logic(node, pen)
        case n.Where():
            return _choice(node, pen)
        case n.Coalesce():
            parts = (write(arg, pen).held(OF) for arg in node.args)
            return Written(pen.say("or_else").join(parts), CHOICE)
        case n.IsMissing():
            return Written(pen.say("is_missing", value=write(node.arg, pen).held(ATOM)), COMPARE)
        case n.Lookup():
            return write_table(node, pen)
        case n.Band():
            return Written(pen.say("band", value=write(node.value, pen).held(ATOM)), OF)
        case n.Reduce():
            return _reduction(node, pen)
    msg = f"unknown node {type(node).__name__}"
    raise TypeError(msg)


def write_condition(node: n.Node, pen: Pen) -> Written:
    """Put a flag into words as a condition: `hukuman disiplin = ya`, not the bare title."""
    return write(condition_of(node), pen)


def condition_of(node: n.Node) -> n.Node:
    """Give the comparison that a condition comes to: no bare flag, and no `not` before a comparison."""
    match node:
        case n.Ref() | n.Field() | n.Named() | n.Lookup() | n.Reduce():
            return n.Compare("==", node, n.Truth(value=True))
        case n.Not(n.Not(arg)):
            return condition_of(arg)
        case n.Not(n.Compare() as compare):
            return replace(compare, op=n.OPPOSITE[compare.op])
        case n.Not(n.Ref() | n.Field() | n.Named() | n.Lookup() | n.Reduce() as flag):
            return n.Compare("==", flag, n.Truth(value=False))
    return node


def owner_of(node: n.Node | None, pen: Pen) -> str:
    """Give the name of the input, step or field whose values a formula gives, or an empty text."""
    match node:
        case n.Ref():
            return node.name
        case n.Field():
            return f"{pen.over}.{node.name}" if pen.over else node.name
        case n.Reduce(op="last"):
            return owner_of(node.value, replace(pen, over=node.over))
        case n.Named():
            values: tuple[n.Node, ...] = (node.value,)
        case n.Coalesce():
            values = node.args
        case n.Where():
            values = (*(value for _, value in node.cases), node.otherwise)
        case _:
            values = ()
    return next((owner for value in values if (owner := owner_of(value, pen))), "")


def write_table(node: n.Lookup, pen: Pen) -> Written:
    """Name what a table is read by."""
    keys = [write(key, pen).held(SUM) for key in node.keys]
    return Written(pen.say("table", keys=_enumerated(keys, pen)), OF)


def value_words(value: Value, name: str, pen: Pen) -> str:
    """Write a value as people read it; `name` is the thing it is a value of, or empty."""
    if isinstance(value, Missing):
        return pen.say("missing")
    shown = pen.titles.value(name, value)
    if shown is not None:
        return shown.in_language(pen.lang)
    if isinstance(value, bool):
        return pen.say("yes" if value else "no")
    return value if isinstance(value, str) else number(value, pen.lang)


def rounding_words(rounding: Rounding) -> Text:
    """Say how a number is rounded: `ke 2 desimal, setengah ke atas`."""
    digits = rounding.digits
    if digits > 1:
        target = phrase("rounding.digits", digits=digits)
    elif digits < 0:
        target = phrase("rounding.multiple", multiple=f"1{'0' * -digits}")
    else:
        target = phrase("rounding.one_digit" if digits else "rounding.whole")
    return phrase("rounding.how", target=target, mode=phrase(f"rounding.{rounding.mode}"))


def _enumerated(words: list[str], pen: Pen) -> str:
    """Join words: `a, b, dan c`."""
    if len(words) < 3:  # noqa: PLR2004 - two need no comma
        return pen.say("and").join(words)
    return f"{', '.join(words[:-1])},{pen.say('and')}{words[-1]}"


def _figure(value: Fraction, pen: Pen) -> Written:
    if decimal_digits(value) is None:
        sign = _MINUS if value < 0 else ""
        return Written(f"{sign}{abs(value.numerator)}/{value.denominator}", PRODUCT)
    return Written(number(value, pen.lang), ATOM)


def _factor(node: n.Node, pen: Pen) -> Written:
    """Write a factor; a share of a figure is a percentage: `60 % × perilaku`."""
    if isinstance(node, n.Number) and 0 < node.value < 1:
        digits = decimal_digits(node.value)
        if digits is not None and digits <= _SHARE_DIGITS:
            return Written(f"{number(node.value * 100, pen.lang)} %", ATOM)
    return write(node, pen)


def _joined(parts: tuple[n.Node, ...], level: int, sign: str, pen: Pen) -> str:
    return sign.join(write(part, pen).held(level, first=i == 0) for i, part in enumerate(parts))


def _listed(parts: tuple[n.Node, ...], pen: Pen) -> str:
    return "; ".join(write(part, pen).held(SUFFIXED) for part in parts)


def _difference(node: n.Subtract, pen: Pen) -> Written:
    right = write(node.right, pen)
    if node.left == _ZERO and not isinstance(node.right, n.Number):
        return Written(f"{_MINUS}{right.held(ATOM, first=False)}", PRODUCT)
    left = write(node.left, pen).held(SUM)
    return Written(f"{left} {_MINUS} {right.held(PRODUCT, first=False)}", SUM)


def _product(node: n.Multiply, pen: Pen) -> Written:
    parts = []
    for place, factor in enumerate(node.factors):
        level = PRODUCT if place == 0 or isinstance(factor, n.Multiply) else ATOM
        parts.append(_factor(factor, pen).held(level, first=place == 0))
    return Written(" × ".join(parts), PRODUCT)


def _clip(node: n.Clip, pen: Pen) -> Written:
    text = write(node.value, pen).held(SUFFIXED)
    for key, end in (("at_least", node.low), ("at_most", node.high)):
        if end is not None:
            text += pen.say(key, limit=write(end, pen).held(SUM))
    return Written(text, SUFFIXED)


def _comparison(node: n.Compare, pen: Pen) -> Written:
    # A label belongs to the scale of what it is compared with.
    owner = owner_of(node.left, pen) or owner_of(node.right, pen)
    beside = replace(pen, owner=owner)
    sides = (write(side, beside) for side in (node.left, node.right))
    left, right = (side.text if side.level == OF else side.held(SUM) for side in sides)
    return Written(f"{left} {_SIGNS[node.op]} {right}", COMPARE)


def _logic(node: n.And | n.Or | n.Not, pen: Pen) -> Written:
    if isinstance(node, n.Not):
        return _opposite(node, pen)
    if isinstance(node, n.Or):
        choice = _membership(node)
        if choice is not None:
            return _one_of(*choice, "one_of", pen)
    sign, level = ("and", ALL) if isinstance(node, n.And) else ("or", ANY)
    parts = (write_condition(arg, pen).held(NEGATED) for arg in node.args)
    return Written(pen.say(sign).join(parts), level)


def _opposite(node: n.Not, pen: Pen) -> Written:
    condition = condition_of(node)
    if condition != node:
        return write(condition, pen)
    if isinstance(node.arg, n.IsMissing):
        present = write(node.arg.arg, pen).held(ATOM)
        return Written(pen.say("is_present", value=present), COMPARE)
    choice = _membership(node.arg)
    if choice is not None:
        return _one_of(*choice, "none_of", pen)
    return Written(pen.say("not", condition=write_condition(node.arg, pen).text), NEGATED)


def _membership(node: n.Node) -> tuple[n.Node, tuple[n.Node, ...]] | None:
    """Give the value and the choices of `value in (choices)`; `None` for any other formula."""
    tests = node.args if isinstance(node, n.Or) else ()
    pairs = [(test.left, test.right) for test in tests if isinstance(test, n.Compare)]
    same = len(pairs) == len(tests) > 1 and all(left == pairs[0][0] for left, _ in pairs)
    written = all(isinstance(right, n.Number | n.Label | n.Truth) for _, right in pairs)
    equal = all(isinstance(test, n.Compare) and test.op == "==" for test in tests)
    if not (same and written and equal):
        return None
    return pairs[0][0], tuple(right for _, right in pairs)


def _one_of(value: n.Node, choices: tuple[n.Node, ...], key: str, pen: Pen) -> Written:
    beside = replace(pen, owner=owner_of(value, pen))
    left = write(value, beside).held(SUM)
    return Written(pen.say(key, value=left, choices=_listed(choices, beside)), COMPARE)


def _choice(node: n.Where, pen: Pen) -> Written:
    cases = []
    for condition, value in node.cases:
        held = write_condition(condition, pen).held(ANY)
        if isinstance(value, n.Absent):
            cases.append(pen.say("case_without_value", condition=held))
        else:
            cases.append(pen.say("case", value=write(value, pen).held(OF), condition=held))
    if isinstance(node.otherwise, n.Absent):
        return Written("; ".join((*cases, pen.say("otherwise_without_value"))), CHOICE)
    otherwise = write(node.otherwise, pen).held(OF)
    if all(isinstance(value, n.Absent) for _, value in node.cases):
        # The rule first, then when there is none.
        return Written("; ".join((otherwise, *cases)), CHOICE)
    return Written("; ".join((*cases, pen.say("otherwise", value=otherwise))), CHOICE)


def _reduction(node: n.Reduce, pen: Pen) -> Written:
    inside = replace(pen, over=node.over, owner="")
    blanks = {"items": pen.title(node.over)}
    if node.parameter is not None:
        blanks["share"] = f"{number(node.parameter * 100, pen.lang)} %"
    if node.value is not None:
        blanks["value"] = write(node.value, inside).held(ATOM)
    if node.by is not None:
        blanks["by"] = write(node.by, inside).held(ATOM)
    op = "count_items" if node.op == "count" and node.value is None else node.op
    text = pen.say(f"list.{op}", **blanks)
    notes = []
    if node.where is not None:
        notes.append(write_condition(node.where, inside).held(ANY))
    if node.skip_missing and node.value is not None:
        notes.append(pen.say("list.skip_missing"))
    return Written(f"{text} ({'; '.join(notes)})" if notes else text, OF)
