"""What people call the parts of a program: its inputs, steps and labels, and why a value is missing.

What lives here: titles by name, and reasons with titles in place of names. What never comes in: values.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from kinerja.formula.types import LabelType, ListType
from kinerja.scorer.program import Program
from kinerja.values import Reason
from kinerja.words import LANGUAGES, Text, phrase, reason_words

__all__ = ["all_titles", "reason_text", "reasons_text"]

#: Most items that a reason names; of more it says how many there are.
MOST_NAMED: Final = 3

_ITEM: Final = re.compile(r"(?P<list>[^\[]+)\[(?P<place>\d+)\](?:\.(?P<field>.+))?\Z")


def reason_text(program: Program, reason: Reason) -> Text:
    """Say why a value is missing, with titles in place of names; a policy's own reasons in its words."""
    if reason.code in program.reasons:
        return program.reasons[reason.code]
    return reason_words(reason.code, _subject(program, reason.subject))


def reasons_text(
    program: Program,
    reasons: Iterable[Reason],
    items: Mapping[Reason, tuple[tuple[str, int], ...]],
    name: Callable[[str, int], Text],
) -> tuple[Text, ...]:
    """Say why a value is missing, and of which items; what is missing of several is said once.

    Args:
        program: The program.
        reasons: The reasons.
        items: For reasons that come from single items, the list and place of each.
        name: Names an item.
    """
    said: dict[Text, dict[tuple[str, int], None]] = {}
    for reason in reasons:
        places = items.get(reason, ())
        words = _reason_of_items(program, reason) if places else None
        found = said.setdefault(words or reason_text(program, reason), {})
        found.update(dict.fromkeys(places))
    return tuple(_of_items(words, tuple(places), name) for words, places in said.items())


def _of_items(
    words: Text, places: tuple[tuple[str, int], ...], name: Callable[[str, int], Text]
) -> Text:
    if not places:
        return words
    named = [name(*place) for place in places[:MOST_NAMED]]
    items = Text(*("; ".join(text.in_language(lang) for text in named) for lang in LANGUAGES))
    more = len(places) - len(named)
    if more:
        key = "one" if more == 1 else "many"
        items = phrase(f"explain.at_fault.more.{key}", items=items, count=more)
    return phrase("explain.at_fault", reason=words, items=items)


def _reason_of_items(program: Program, reason: Reason) -> Text | None:
    """Say a reason of a field of an item without the place of the item; `None` for any other."""
    match = _ITEM.match(reason.subject)
    if match is None or match["field"] is None or reason.code in program.reasons:
        return None
    return reason_words(reason.code, _field(program, match, "explain.field_of_items"))


def _field(program: Program, match: re.Match[str], key: str, **blanks: str) -> Text:
    titles = all_titles(program)
    whole = titles.get(match["list"], Text.same(match["list"]))
    field = titles.get(f"{match['list']}.{match['field']}", Text.same(match["field"]))
    return phrase(key, list=whole, field=field, **blanks)


def _subject(program: Program, subject: str) -> Text:
    titles = all_titles(program)
    if subject in titles:
        return titles[subject]
    if match := _ITEM.match(subject):
        place = str(int(match["place"]) + 1)
        if match["field"] is None:
            whole = titles.get(match["list"], Text.same(match["list"]))
            return phrase("explain.item", list=whole, place=place)
        return _field(program, match, "explain.item_field", place=place)
    labels = _all_labels(program)
    parts = [labels.get(part, Text.same(part)) for part in subject.split(", ")]
    return Text(*(", ".join(part.in_language(lang) for part in parts) for lang in LANGUAGES))


def all_titles(program: Program) -> dict[str, Text]:
    """Give the titles of inputs and steps by name; those of fields as `list.field`."""
    titles = {step.name: step.title for step in program.steps}
    titles |= {f"{step.over}.{step.name}": step.title for step in program.steps if step.over}
    for declared in program.inputs:
        titles[declared.name] = declared.title
        titles |= {f"{declared.name}.{key}": text for key, text in declared.fields.items()}
    return titles


def _all_labels(program: Program) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for declared in program.inputs:
        kinds = declared.type.fields.values() if isinstance(declared.type, ListType) else ()
        for kind in (declared.type, *kinds):
            if isinstance(kind, LabelType):
                found |= {label.id: label.title for label in kind.scale.labels}
    return found
