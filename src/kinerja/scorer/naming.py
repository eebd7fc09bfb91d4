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

__all__ = ["all_titles", "reason_text"]

_ITEM: Final = re.compile(r"(?P<list>[^\[]+)\[(?P<place>\d+)\](?:\.(?P<field>.+))?\Z")


def reason_text(program: Program, reason: Reason) -> Text:
    """Say why a value is missing, with titles in place of names; a policy's own reasons in its words."""
    if reason.code in program.reasons:
        return program.reasons[reason.code]
    return reason_words(reason.code, _subject(program, reason.subject))


def _subject(program: Program, subject: str) -> Text:
    titles = all_titles(program)
    if subject in titles:
        return titles[subject]
    if match := _ITEM.match(subject):
        whole = titles.get(match["list"], Text.same(match["list"]))
        place = str(int(match["place"]) + 1)
        if match["field"] is None:
            return phrase("explain.item", list=whole, place=place)
        field = titles.get(f"{match['list']}.{match['field']}", Text.same(match["field"]))
        return phrase("explain.item_field", list=whole, place=place, field=field)
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
