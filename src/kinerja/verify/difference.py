"""What a change of a policy changes, told figure by figure.

What lives here: the comparison of two policies that were read, and its findings as values. What never comes
in: data of people, printing, the words of a change; `difference_words` has those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from kinerja.policy import Policy
from kinerja.policy.spelled import End, Items, Keys, Names, Spelled, spell_policy, spell_steps
from kinerja.result import PolicyNote
from kinerja.scorer.graph import read_by
from kinerja.verify.difference_words import ChangeWords, Place, Way, dotted
from kinerja.words import Text

__all__ = ["Change", "Difference", "Kept", "Part", "compare_policies"]

#: A part of a policy file: what stands above everything else, or one of its sections.
Part: TypeAlias = Literal[
    "head", "inputs", "choices", "scales", "steps", "publish", "reasons", "accepted", "bases"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that two policies say differently.

    Attributes:
        path: Where it stands in the file: `steps.nilai.weights.perilaku` or
            `steps.predikat.bands[baik].from`.
        part: The part of the file.
        name: The input, choice, scale, step, basis, reason or code of an accepted finding it belongs to;
            empty for the head and for what is published.
        title: Title of that, as people read it.
        what: What was changed of it, as people read it: `bobot perilaku kerja`; empty where all of it
            is new or gone.
        kind: Whether it is new, gone, or says something else.
        old: What the old policy says, as people read it; `None` where it says nothing.
        new: What the new policy says.
        affects: Whether it can change a result, with the options that are taken. A title cannot.
    """

    path: str
    part: Part
    name: str
    title: Text
    what: Text
    kind: Literal["added", "removed", "changed"]
    old: Text | None
    new: Text | None
    affects: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How much of a part of the file both policies say alike.

    Attributes:
        part: The part.
        same: How many of its inputs, steps and so on are the same in both.
        total: How many there are in either.
    """

    part: Part
    same: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What two policies say differently.

    Attributes:
        old: The old policy.
        new: The new policy.
        changes: Everything that differs, in the order of the file.
        kept: What does not, counted by part; parts that neither has are left out.
    """

    old: PolicyNote
    new: PolicyNote
    changes: tuple[Change, ...]
    kept: tuple[Kept, ...]

    @property
    def affecting(self) -> tuple[Change, ...]:
        """The changes that can change a result."""
        return tuple(change for change in self.changes if change.affects)


def compare_policies(old: Policy, new: Policy) -> Difference:
    """Compare two policies.

    Args:
        old: The policy as it was.
        new: The policy as it is to be; it need not be another version of the first.

    Returns:
        Every figure, formula, title and clause that differs. The same meaning written otherwise (`60 %` and
        `0.6`, another order of steps) is no difference.
    """
    return _Comparison(old, new).difference()


#: The parts of a file in the order in which they are told, and what stands in each.
_SECTIONS: Final[tuple[Part, ...]] = (
    "inputs",
    "choices",
    "scales",
    "steps",
    "publish",
    "reasons",
    "accepted",
    "bases",
)
#: Keys of inputs and fields that change no result.
_TOLD_OF_INPUTS: Final = frozenset({"title", "unit", "fixed", "item_title", "hidden"})
#: Keys of steps that change no result.
_TOLD_OF_STEPS: Final = frozenset({"title", "basis", "unit", "note", "lower_is_better"})
#: Keys whose figures are told one by one even where all of them are new or gone.
_ONE_BY_ONE: Final = frozenset({"limits", "weights", "aspects", "labels", "cells", "rows"})
#: Lists whose order says nothing.
_UNORDERED: Final = frozenset({"basis", "key", "hidden", "plugins"})


@dataclass(frozen=True, slots=True)
class _Found:
    """Two values at one place that are not the same."""

    way: Way
    old: Spelled
    new: Spelled

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(place.text for place in self.way)


class _Comparison:
    def __init__(self, old: Policy, new: Policy) -> None:
        self.old = old
        self.new = new
        self.spelled = (spell_policy(old), spell_policy(new))
        self.words = ChangeWords(old, new)
        self.needed = _needed(old) | _needed(new)
        self.read_scales = _scales_of_inputs(old) | _scales_of_inputs(new)
        self.used_scales = self.read_scales | {
            str(step.scale)
            for policy in (old, new)
            for name, step in policy.steps.items()
            if name in self.needed
        }
        assumed = old.assumed | new.assumed
        fingerprints = {old.program.note.fingerprint, new.program.note.fingerprint}
        self.overruled: set[tuple[str, ...]] = set()
        self.same_meaning = not assumed and len(fingerprints) == 1

    def difference(self) -> Difference:
        found = list(_once(_walk(*self.spelled, ()), self._taken()))
        found += self._overruled(found)
        order = ("head", *_SECTIONS)
        found.sort(key=lambda one: order.index(_part(one.way)))
        touched = {one.names[:2] for one in found}
        return Difference(
            old=self.old.program.note,
            new=self.new.program.note,
            changes=tuple(self._change(one) for one in found),
            kept=tuple(self._kept(touched)),
        )

    def _overruled(self, found: list[_Found]) -> Iterator[_Found]:
        """Give what steps say differently where the options taken say something else anyway."""
        told = {one.names for one in found if one.names[0] == "steps"}
        told |= {("steps", *one.names[5:]) for one in found if one.names[4:5] == ("steps",)}
        mine, others = spell_steps(self.old), spell_steps(self.new)
        for name in [name for name in mine if name in others and ("steps", name) not in told]:
            pair = (mine[name][0], others[name][0])
            if None in pair:
                pair = (mine[name][1], others[name][1])
            for one in _walk(*pair, (Place("key", "steps"), Place("name", name))):
                if one.names not in told:
                    self.overruled.add(one.names)
                    yield one

    def _taken(self) -> frozenset[tuple[str, str]]:
        """Give the options that both policies take."""
        return frozenset(self.old.variant.items() & self.new.variant.items())

    def _kept(self, touched: set[tuple[str, ...]]) -> Iterator[Kept]:
        for part in _SECTIONS:
            sections = [whole.parts.get(part) for whole in self.spelled]
            names: dict[str, None] = {}
            for section in sections:
                if isinstance(section, Names):
                    names |= dict.fromkeys(section.parts)
                elif isinstance(section, Items):
                    names |= dict.fromkeys(map(str, section.parts))
            same = sum((part, name) not in touched for name in names)
            if names:
                yield Kept(part=part, same=same, total=len(names))

    def _change(self, found: _Found) -> Change:
        part = _part(found.way)
        old, new = self.words.values(found.way, found.old, found.new)
        return Change(
            path=dotted(_as_written(found)),
            part=part,
            name=found.way[1].text if part not in ("head", "publish") and found.way[1:] else "",
            title=self.words.title(found.way),
            what=self.words.what(found.way),
            kind="added" if old is None else "removed" if new is None else "changed",
            old=old,
            new=new,
            affects=self._affects(found, part),
        )

    def _affects(self, found: _Found, part: Part) -> bool:
        names, rest = found.names, found.names[2:]
        if part == "scales":
            return self._scale_affects(found)
        if self.same_meaning:
            return False
        match part:
            case "inputs":
                told = rest[2:] if rest[:1] == ("fields",) else rest
                return not told or told[0] not in _TOLD_OF_INPUTS
            case "choices":
                return self._choice_affects(found)
            case "steps":
                is_used = names[1] in self.needed and names not in self.overruled
                return is_used and not _only_told(rest)
        return part == "publish" or names[0] == "plugins"

    def _scale_affects(self, found: _Found) -> bool:
        if isinstance(found.old, Text) and isinstance(found.new, Text):
            # Data may write a label by its title.
            return found.names[1] in self.read_scales
        return not self.same_meaning and found.names[1] in self.used_scales

    def _choice_affects(self, found: _Found) -> bool:
        _, name, *rest = found.names
        if rest[:1] == ["options"] and rest[2:3] == ["steps"] and len(rest) > 4:  # noqa: PLR2004 - below a step
            is_taken = (name, rest[1]) in self._taken()
            return is_taken and rest[3] in self.needed and not _only_told(tuple(rest[4:]))
        if rest == ["default"]:
            return self.old.variant.get(name) != self.new.variant.get(name)
        return not rest and name in self.needed


def _as_written(found: _Found) -> Way:
    """Give the path of an end of a range as the file writes it, where both policies write it alike."""
    keys = {value.key for value in (found.old, found.new) if isinstance(value, End)}
    return (*found.way[:-1], Place("key", *keys)) if len(keys) == 1 else found.way


def _part(way: Way) -> Part:
    return next((part for part in _SECTIONS if part == way[0].text), "head")


def _only_told(keys: tuple[str, ...]) -> bool:
    """Tell whether keys of a step only describe it, or one of its deductions or actions."""
    if keys[:1] and keys[0] in _TOLD_OF_STEPS:
        return True
    return keys[:1] in (("minus",), ("actions",)) and keys[2:] == ("title",)


def _needed(policy: Policy) -> set[str]:
    """Give the steps that what is published, or what follows from it, rests on."""
    program = policy.program
    needed = {*program.published, *(follow_up.step for follow_up in program.follow_ups)}
    for step in reversed(program.steps):
        if step.name in needed or (step.over is not None and step.over in needed):
            needed |= {*read_by(step), step.name}
    return {name.partition(".")[0] for name in needed}


def _scales_of_inputs(policy: Policy) -> set[str]:
    found: set[str] = set()
    for declared in policy.model.inputs.values():
        scales = {declared.scale, *(field.scale for field in (declared.fields or {}).values())}
        found |= {scale for scale in scales if scale is not None}
    return found


def _once(found: Iterator[_Found], taken: frozenset[tuple[str, str]]) -> Iterator[_Found]:
    """Tell what an option changes where it is written, not once more at the step that it changes."""
    everything = list(found)
    options = {
        one.names[5:]
        for one in everything
        if one.names[0] == "choices" and one.names[4:5] == ("steps",)
        if (one.names[1], one.names[3]) in taken
    }
    return (one for one in everything if one.names[0] != "steps" or one.names[1:] not in options)


# Walking two trees.


def _walk(old: Spelled, new: Spelled, way: Way) -> Iterator[_Found]:
    if old is None or new is None:
        old, new = _opened(old, new, way)
    match old, new:
        case Keys(mine), Keys(others) if _is_step(way) and mine["rule"] != others["rule"]:
            yield from _walk_rules(old, new, way)
        case Keys(mine), Keys(others):
            for key in _both(mine, others):
                yield from _walk(mine.get(key), others.get(key), (*way, Place("key", key)))
        case Names(mine), Names(others):
            for name in _both(mine, others):
                yield from _walk(mine.get(name), others.get(name), (*way, Place("name", name)))
            if way[-1].text == "labels":
                yield from _order(list(mine), list(others), way)
        case Items(mine), Items(others):
            yield from _walk_items(mine, others, way)
        case _ if old != new:
            yield _Found(way, old, new)


def _walk_rules(old: Keys, new: Keys, way: Way) -> Iterator[_Found]:
    """Compare steps of two rule kinds: of these nothing can be set side by side, of the rest it can."""
    yield _Found((*way, Place("key", "rule")), old, new)
    for key in _both(old.parts, new.parts):
        if key in ("for_each", "scale", "round", *_TOLD_OF_STEPS):
            yield from _walk(old.parts.get(key), new.parts.get(key), (*way, Place("key", key)))


def _opened(old: Spelled, new: Spelled, way: Way) -> tuple[Spelled, Spelled]:
    """Set nothing at all beside figures that are told one by one."""
    there = new if old is None else old
    tells = {place.text for place in way[2:] if place.kind == "key"} & _ONE_BY_ONE
    if len(way) == 1 and isinstance(there, Items):
        nothing: Spelled = Items(())
    elif (tells or len(way) == 1 or way[0].text == "accepted") and isinstance(there, (Keys, Names)):
        nothing = type(there)({})
    else:
        return old, new
    return (nothing, there) if old is None else (there, nothing)


def _is_step(way: Way) -> bool:
    return len(way) == 2 and way[0].text == "steps"  # noqa: PLR2004 - `steps.<name>`


def _both(old: Mapping[str, Spelled], new: Mapping[str, Spelled]) -> list[str]:
    return list(dict.fromkeys([*old, *new]))


def _order(old: list[str], new: list[str], way: Way) -> Iterator[_Found]:
    """Tell where what both have stands in another order."""
    mine = [name for name in old if name in new]
    others = [name for name in new if name in old]
    if mine != others:
        yield _Found((*way, Place("order", "order")), Items(tuple(mine)), Items(tuple(others)))


def _walk_items(old: tuple[Spelled, ...], new: tuple[Spelled, ...], way: Way) -> Iterator[_Found]:
    mine, others = _named(old), _named(new)
    if mine is None or others is None:
        yield from _walk_in_order(old, new, way)
        return
    for name in _both(mine, others):
        yield from _walk(mine.get(name), others.get(name), (*way, Place("item", name)))
    if way[-1].text not in _UNORDERED:
        yield from _order(list(mine), list(others), way)


def _named(items: tuple[Spelled, ...]) -> dict[str, Spelled] | None:
    """Give items by what tells them apart: a text itself, the label of a band, what a basis refers to."""
    found: dict[str, Spelled] = {}
    for item in items:
        name = item
        if isinstance(item, (Keys, Names)):
            name = item.parts.get("label", item.parts.get("of"))
        if not isinstance(name, str):
            return None
        number = 1 + sum(known.partition("#")[0] == name for known in found)
        found[name if number == 1 else f"{name}#{number}"] = item
    return found


def _walk_in_order(
    old: tuple[Spelled, ...], new: tuple[Spelled, ...], way: Way
) -> Iterator[_Found]:
    """Set items side by side, after those that both begin with and before those that both end with."""
    shorter = min(len(old), len(new))
    first = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    last = next(
        (at for at in range(shorter - first) if old[-1 - at] != new[-1 - at]), shorter - first
    )
    mine, others = old[first : len(old) - last], new[first : len(new) - last]
    for at in range(max(len(mine), len(others))):
        pair = (mine[at] if at < len(mine) else None, others[at] if at < len(others) else None)
        yield from _walk(*pair, (*way, Place("number", str(first + at + 1))))
