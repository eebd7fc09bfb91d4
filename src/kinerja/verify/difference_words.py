"""The words of a change: what was changed, and what was and is said, as people read it.

What lives here: the way from a place in a policy file and the two values there to texts in both languages.
What never comes in: finding what differs, layout.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from kinerja.exact import decimal_digits
from kinerja.formula import nodes as n
from kinerja.formula.source import format_formula
from kinerja.policy import Policy
from kinerja.policy.describe import StepWords
from kinerja.policy.spelled import End, Items, Keys, Names, Spelled
from kinerja.words import LANGUAGES, Language, Text, has_words, number, phrase, say

__all__ = ["ChangeWords", "Place", "Way", "dotted"]


@dataclass(frozen=True, slots=True)
class Place:
    """One piece of a path.

    Attributes:
        kind: A `key` of the format, a `name` that the policy gives, an `item` of a list by what tells it
            apart, the `number` of an item, or the `order` of what stands there.
        text: The key, name or number.
    """

    kind: Literal["key", "name", "item", "number", "order"]
    text: str


#: A path, from the outermost key.
Way: TypeAlias = tuple[Place, ...]

#: Keys below which figures are shares.
_SHARES: Final = frozenset({"weights", "aspects", "compositions"})
#: Keys below which texts are labels.
_LABELLED: Final = frozenset({"cells", "rows", "bands", "labels"})
_SIGNS: Final = {"from": "≥", "above": ">", "to": "≤", "below": "<"}
#: Keys that are not told where a part is told as a whole.
_LEFT_OUT: Final = frozenset({"title", "basis", "note", "label", "unit", "fixed"})


def dotted(way: Way) -> str:
    """Write a path as issues do, an item of a list by what tells it apart."""
    text = ""
    for place in way:
        if place.kind in ("item", "number"):
            text += f"[{place.text}]"
        elif place.kind != "order":
            text += f".{place.text}" if text else place.text
    return text


class ChangeWords:
    """Words for what two policies say differently."""

    def __init__(self, old: Policy, new: Policy) -> None:
        self._sides = (_Side(old), _Side(new))

    def title(self, way: Way) -> Text:
        """Give the title of what a change belongs to, as the new policy has it."""
        found = (side.owner(way) for side in reversed(self._sides))
        return next(
            (title for title in found if title is not None), phrase(f"diff.part.{_part(way)}")
        )

    def what(self, way: Way) -> Text:
        """Say what was changed of it."""
        first = {"head": 0, "publish": 1}.get(_part(way), 2)
        return Text(*(self._what(way[first:], way, lang) for lang in LANGUAGES))

    def _what(self, rest: Way, way: Way, lang: Language) -> str:
        pieces: list[str] = []
        for at, place in enumerate(rest):
            before = rest[at - 1] if at else None
            name = self._named(place, way, lang)
            if place.kind in ("key", "order") or before is None:
                pieces.append(name)
            elif before.kind == "name" and rest[0].text in ("cells", "rows"):
                pieces[-1] += f" × {name}"
            else:
                pieces[-1] += f" {name}"
        if len(pieces) > 1 and rest[-1].text in ("from", "to") and rest[-2].kind == "item":
            # «batas bawah Baik» is clearer than «rentang Baik, batas bawah».
            label = self._named(rest[-2], way, lang)
            pieces[-2:] = [say("diff.end_of", lang, end=pieces[-1], label=label)]
        return ", ".join(pieces)

    def _named(self, place: Place, way: Way, lang: Language) -> str:
        text = place.text
        if place.kind == "order":
            return say("diff.order", lang)
        if place.kind == "key":
            key = (
                "diff.since" if way[0].text == "in_force" and text == "from" else f"diff.key.{text}"
            )
            return say(key, lang) if has_words(key) else text
        return text if place.kind == "number" else self._title(place, way, lang)

    def _title(self, place: Place, way: Way, lang: Language) -> str:
        text = place.text
        for side in reversed(self._sides):
            title = side.name(text.partition("#")[0], way)
            if title is not None:
                return title.in_language(lang)
        if place.kind == "name" and has_words(f"diff.key.{text}"):
            return say(f"diff.key.{text}", lang)  # a key inside an option
        return text

    def values(self, way: Way, old: Spelled, new: Spelled) -> tuple[Text | None, Text | None]:
        """Say what the old and the new policy say at a place."""
        first, second = (
            side.value(value, way) for side, value in zip(self._sides, (old, new), strict=True)
        )
        if (
            isinstance(old, Text)
            and isinstance(new, Text)
            and (old.id == new.id or old.en == new.en)
        ):
            return _both(old), _both(new)
        if first is not None and first == second:
            # Words may leave out what tells two formulas apart.
            return Text.same(_as_written(old)), Text.same(_as_written(new))
        return first, second


def _part(way: Way) -> str:
    known = ("inputs", "choices", "scales", "steps", "publish", "reasons", "accepted", "bases")
    return way[0].text if way[0].text in known else "head"


def _is_whole(way: Way) -> bool:
    """Tell whether a change belongs to the policy as a whole, and not to a step or another named part."""
    return _part(way) in ("head", "publish")


class _Side:
    """What one policy calls its parts, and how it says values."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        model = policy.model
        self._titles: dict[tuple[str, str], Text] = {
            **{("inputs", name): part.title for name, part in model.inputs.items()},
            **{("choices", name): part.title for name, part in model.choices.items()},
            **{("steps", name): step.title for name, step in policy.steps.items()},
            **{("bases", name): Text.same(part.title) for name, part in model.bases.items()},
        }
        self._fields = {
            (name, key): field.title
            for name, part in model.inputs.items()
            for key, field in (part.fields or {}).items()
        }
        self._labels = {
            (scale, label): title
            for scale, part in model.scales.items()
            for label, title in part.labels.items()
        }
        self._formulas = {lang: StepWords(policy, lang) for lang in LANGUAGES}

    def owner(self, way: Way) -> Text | None:
        """Give the title of what a path leads through; `None` where this policy does not have it."""
        if _is_whole(way):
            return None
        part, name = way[0].text, way[1].text
        if part in ("scales", "reasons", "accepted"):
            return Text.same(name)
        return self._titles.get((part, name))

    def name(self, name: str, way: Way) -> Text | None:
        """Give the title of what a path names; `None` where this policy does not have it."""
        keys = {place.text for place in way}
        if way[0].text == "inputs" and "fields" in keys:
            return self._fields.get((way[1].text, name))
        if "basis" in keys or way[0].text == "bases":
            return self._titles.get(("bases", name))
        if way[0].text == "choices" and len(way) > 3 and way[3].text == name:  # noqa: PLR2004 - an option
            options = self._policy.model.choices.get(way[1].text)
            found = (options.options or {}).get(name) if options is not None else None
            return None if found is None else found.title
        label = self._label(name, way)
        if label is not None and keys & {*_LABELLED, "groups", "aspects"}:
            return label
        for part in ("steps", "inputs"):
            if (part, name) in self._titles:
                return self._titles[part, name]
        return label

    def _label(self, label: str, way: Way) -> Text | None:
        """Give the title of a label: of the scale at hand, else of any that has it."""
        at_hand = way[1].text if len(way) > 1 else ""
        if way[0].text == "steps" and at_hand in self._policy.steps:
            at_hand = self._policy.steps[at_hand].scale or ""
        if (at_hand, label) in self._labels:
            return self._labels[at_hand, label]
        return next((title for (_, known), title in self._labels.items() if known == label), None)

    def value(self, value: Spelled, way: Way) -> Text | None:
        """Say a value; `None` where there is none."""
        if value is None:
            return None
        return Text(*(self._said(value, way, lang) for lang in LANGUAGES))

    def _said(self, value: Spelled, way: Way, lang: Language) -> str:  # noqa: PLR0911 - one line a kind
        match value:
            case bool():
                return say("formula.yes" if value else "formula.no", lang)
            case End():
                return f"{_SIGNS[value.key]} {number(value.figure, lang)}"
            case Fraction() | int():
                return _figure(Fraction(value), way, lang)
            case Text():
                return value.in_language(lang)
            case date():
                return value.isoformat()
            case n.Node():
                return self._formulas[lang].part(way[1].text, value)
            case str():
                return self._text(value, way).in_language(lang)
            case Items():
                between = "; " if any(isinstance(p, (Keys, Names)) for p in value.parts) else ", "
                return between.join(self._said(part, way, lang) for part in value.parts)
            case Keys() | Names():
                return self._whole(value, way, lang)
        return str(value)

    def _text(self, text: str, way: Way) -> Text:
        keys = {place.text for place in way}
        if way[-1].text == "rule":
            key = f"kind.{text}"
            return phrase(key) if has_words(key) else Text.same(text)
        if way[-1] == Place("key", "status") and keys & {"basis", "bases"}:
            return phrase(f"cli.status.{text}")
        label = self._label(text, way) if keys & _LABELLED else None
        if label is None and (way[0].text == "publish" or keys & {"key", "hidden"}):
            label = self._titles.get(("steps", text))
        return label or Text.same(text)

    def _whole(self, value: Keys | Names, way: Way, lang: Language) -> str:
        if way[0].text == "steps" and "rule" in value.parts and len(way) in (2, 3):
            kind = self._text(str(value.parts["rule"]), (Place("key", "rule"),)).in_language(lang)
            return f"{kind}: {self._formulas[lang].step(way[1].text)}"
        return ", ".join(self._pieces(value, way, lang)) or self._fallback(value, lang)

    def _pieces(self, value: Keys | Names, way: Way, lang: Language) -> Iterator[str]:
        for key, part in value.parts.items():
            if isinstance(value, Keys) and key in _LEFT_OUT and len(value.parts) > 1:
                continue
            below = (*way, Place("key" if isinstance(value, Keys) else "name", key))
            said = self._said(part, below, lang)
            if not said:
                continue
            if isinstance(part, End):
                yield said
            elif isinstance(value, Keys):
                name = say(f"diff.key.{key}", lang) if has_words(f"diff.key.{key}") else key
                yield f"{name} {said}"
            else:
                title = self.name(key, way)
                yield f"{title.in_language(lang) if title else key} {said}"

    def _fallback(self, value: Keys | Names, lang: Language) -> str:
        title = value.parts.get("title")
        return title.in_language(lang) if isinstance(title, Text) else "–"


def _figure(value: Fraction, way: Way, lang: Language) -> str:
    if not _SHARES & {place.text for place in way}:
        return number(value, lang)
    if decimal_digits(value) is None:
        return str(value)
    return f"{number(value * 100, lang)} %"


def _both(text: Text) -> Text:
    """Show both languages of a text that was changed in one of them."""
    return Text.same(f"{text.id} / {text.en}")


def _as_written(value: Spelled) -> str:
    return format_formula(value) if isinstance(value, n.Node) else str(value)
