"""What people call the parts of a program: its inputs, steps and labels, and why a value is missing.

What lives here: titles by name, and reasons with titles in place of names. What never comes in: values.
"""

from __future__ import annotations

import re
from typing import Final

from kinerja.formula.types import LabelType, ListType
from kinerja.scorer.program import Program
from kinerja.values import Reason
from kinerja.words import LANGUAGES, Text, phrase, reason_words

__all__ = ["all_titles", "reason_of_items", "reason_text"]

_ITEM: Final = re.compile(r"(?P<list>[^\[]+)\[(?P<place>\d+)\](?:\.(?P<field>.+))?\Z")


def reason_text(program: Program, reason: Reason) -> Text:
    """Say why a value is missing, with titles in place of names; a policy's own reasons in its words."""
    if reason.code in program.reasons:
        return program.reasons[reason.code]
    return reason_words(reason.code, _subject(program, reason.subject))


def reason_of_items(program: Program, reason: Reason) -> Text | None:
    """Say a reason of a field of an item without the place of the item; `None` for any other reason."""
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
