"""What is said of a step, in order: rule, figures, exact value, what applied.

What lives here: the choice and order of what a step says, as pairs of a word key and a text. What never
comes in: layout, markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from kinerja.result.explanation import Explanation, Lever, Line
from kinerja.result.legible import legible
from kinerja.result.outline import LineTable, Outline
from kinerja.result.said import said_by
from kinerja.words import Language, Text, say

__all__ = [
    "Fact",
    "follow_up_facts",
    "idle_words",
    "lever_needed",
    "lever_remark",
    "line_facts",
    "table_facts",
    "uses_words",
]

#: A key of the words under `explain.`, and a text in the language asked for.
Fact = tuple[str, str]


def line_facts(line: Line, lang: Language) -> Iterator[Fact]:
    """Give what a line says about its value."""
    said = said_by(line)
    if line.formula is not None:
        yield "formula", legible(line.formula, lang)
    if said.figures is not None:
        yield "figures", legible(said.figures, lang)
    if line.unrounded is not None:
        exact, rounded = legible(line.unrounded, lang), legible(line.value, lang)
        words = say("explain.rounded", lang, exact=exact, rounded=rounded)
        rounding = [legible(said.rounding, lang)] if said.rounding is not None else []
        yield "exact", ", ".join([words, *rounding])
    for text in said.notes:
        yield "applied", legible(text, lang)
    for text in said.reasons:
        yield "reason", legible(text, lang)


def table_facts(table: LineTable, lang: Language) -> Iterator[Fact]:
    """Give what all lines of a table say."""
    if table.formula is not None:
        yield "formula", _of_first(table.formula, lang, is_first=table.formula_is_first)
    if table.cells is not None:
        line = next(line for line in table.lines if said_by(line).figures is not None)
        title, figures = legible(line.title, lang), legible(said_by(line).figures, lang)
        yield "figures", say("explain.for_example", lang, title=title, words=figures)
    if table.rounding is not None:
        yield "exact", legible(table.rounding, lang)
    if table.applied is not None:
        yield "applied", _of_first(table.applied, lang, is_first=table.applied_is_first)
    for text in table.reasons:
        yield "reason", legible(text, lang)


def _of_first(text: Text, lang: Language, *, is_first: bool) -> str:
    words = legible(text, lang)
    return say("explain.of_first", lang, words=words) if is_first else words


def uses_words(uses: tuple[str, ...], lang: Language) -> str:
    """Say which steps are used."""
    one = len(uses) == 1 and "–" not in uses[0]
    key = "explain.steps_used.one" if one else "explain.steps_used.many"
    return say(key, lang, numbers=", ".join(uses))


def lever_needed(lever: Lever, lang: Language) -> str:
    """Say what an input would have to become, or that it is not enough by itself."""
    if lever.needed is not None:
        return legible(lever.needed, lang)
    return say("explain.not_alone" if lever.proof == "exact" else "explain.not_found", lang)


def lever_remark(lever: Lever, target: Text | None, lang: Language) -> str:
    """Say what a change gives, where that is not the label aimed at, and how sure it is."""
    if lever.needed is None:
        return say("explain.proof.search_none", lang) if lever.proof == "search" else ""
    key, digits = f"explain.proof.{lever.proof}", ""
    if lever.proof == "exact" and lever.grid is not None:
        key, digits = (key + "_grid", str(lever.grid)) if lever.grid else (key + "_whole", "")
    parts = [] if lever.items is None else [legible(lever.items, lang)]
    if lever.gives is not None and lever.gives != target:
        parts.append(say("explain.lever_gives", lang, label=legible(lever.gives, lang)))
    return "; ".join([*parts, say(key, lang, digits=digits)])


def idle_words(outline: Outline, lang: Language) -> Iterator[str]:
    """Say of which inputs no change is enough by itself; apart, of which none was only not found."""
    for proof, key in (("exact", "proved" if outline.levers else "none"), ("search", "not_found")):
        titles = [legible(lever.title, lang) for lever in outline.idle if lever.proof == proof]
        if titles:
            yield say(f"explain.idle.{key}", lang, titles="; ".join(titles))


def follow_up_facts(explanation: Explanation, lang: Language) -> Iterator[tuple[str, str | None]]:
    """Give what follows, and because of what, where that is known."""
    for title, why in zip_longest(explanation.follow_ups, explanation.follow_up_reasons):
        condition = None if why is None else legible(why, lang)
        because = None if condition is None else say("explain.because", lang, condition=condition)
        yield legible(title, lang), because
