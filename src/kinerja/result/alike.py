"""Alike lines as tables: 21 means of groups and aspects are one table, not 21 paragraphs.

What lives here: which lines say so little beyond their value that a table holds all of it, and how their
titles split into the words they share and the words that tell them apart. What never comes in: numbers of
steps, layout, markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kinerja.result.explanation import InputLine, Line
from kinerja.result.said import Said, is_per_item, said_by, shape_of
from kinerja.words import LANGUAGES, Text, phrase

__all__ = [
    "EMPTY",
    "Grid",
    "families",
    "grid_of_cells",
    "grid_of_parts",
    "grid_of_steps",
    "runs",
    "shared_title",
    "with_unit",
]

#: Fewest alike steps in a row that are easier to read as a table.
FEWEST_STEPS: Final = 4
#: Steps of so many kinds may take turns: value and label of nine elements, one after the other.
MOST_KINDS: Final = 3
#: Fewest alike parts with figures of their own that are easier to read as a table.
FEWEST_PARTS: Final = 3
#: Lengths of the key of a part: `weight.atasan`, `mean.atasan.kolaboratif`.
MEMBER, CELL = 2, 3
_EDGES: Final = " ,;:–—·"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The cells of a table.

    Attributes:
        title: The words that all titles share, `…` for those that differ.
        columns: Titles of the columns; the first column holds the titles of the rows.
        rows: Cells; `None` where a value is missing.
        is_list: Each row is one line, its value in the last column.
        notes_shown: A column holds what applied to each line.
    """

    title: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Text | None, ...], ...]
    is_list: bool = False
    notes_shown: bool = False


def runs(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Split steps into runs of alike ones, which may take turns with others, and single ones."""
    place = 0
    while place < len(lines):
        for kinds in range(1, MOST_KINDS + 1):
            rounds = _rounds(lines, place, kinds)
            if rounds >= FEWEST_STEPS:
                end = place + rounds * kinds
                yield from (tuple(lines[place + k : end : kinds]) for k in range(kinds))
                place = end
                break
        else:
            yield (lines[place],)
            place += 1


def families(parent: Line) -> Iterator[tuple[Line, ...]]:
    """Split the parts of a step into those that make one table, and single ones."""
    kinds: dict[tuple[str, int], list[Line]] = {}
    for part in parent.parts:
        key = _key(parent, part)
        kinds.setdefault((key[0], len(key)), []).append(part)
    done: set[str] = set()
    for part in parent.parts:
        if part.name in done:
            continue
        key = _key(parent, part)
        kind = (key[0], len(key))
        family = tuple(kinds[kind])
        if _is_plain(parent, family):
            family += tuple(
                line
                for other, lines in kinds.items()
                if other != kind
                and lines[0].name not in done
                and _goes_beside(parent, family, tuple(lines))
                for line in lines
            )
        if not _makes_a_table(parent, family):
            family = (part,)
        done.update(line.name for line in family)
        yield family


def grid_of_steps(lines: tuple[Line, ...], numbers: Iterable[str]) -> Grid:
    """Lay a run of steps out: a row for each, with its number."""
    titles = [
        Text(f"{number}. {line.title.id}", f"{number}. {line.title.en}")
        for number, line in zip(numbers, lines, strict=True)
    ]
    shared, _ = _factored([line.title for line in lines], gap="…")
    first, last = lines[0].title, lines[-1].title
    title = shared or Text(f"{first.id} … {last.id}", f"{first.en} … {last.en}")
    return _listed(title, phrase("explain.column.step"), titles, lines)


def grid_of_parts(parent: Line, lines: tuple[Line, ...]) -> Grid:
    """Lay out parts that `families` put together."""
    keyed = {_key(parent, line): line for line in lines}
    kinds = list(dict.fromkeys(key[0] for key in keyed))
    if all(len(key) == CELL for key in keyed):
        return _crossed({key[1:]: line for key, line in keyed.items()})
    if len(kinds) > 1:
        return _side_by_side(keyed, kinds)
    shared, titles = _factored([line.title for line in lines], gap="…")
    title = shared or phrase("explain.parts")
    return _listed(title, phrase("explain.column.part"), titles, lines)


def grid_of_cells(parent: Line, lines: tuple[Line, ...]) -> Grid | None:
    """Lay out, one below the other, lines whose table holds values only; `None` for any other table."""
    if any(len(_key(parent, line)) != CELL for line in lines):
        return None
    if all(said_by(line).figures is None for line in lines):
        return None
    titles = [line.title for line in lines]
    return _listed(phrase("explain.column.figures"), phrase("explain.column.part"), titles, lines)


def shared_title(lines: Sequence[Text]) -> Text | None:
    """Give the words that titles share, `…` for the others; `None` where they share none."""
    return _factored(list(lines), gap="…")[0]


# Which lines belong together.


def _rounds(lines: Sequence[Line], start: int, kinds: int) -> int:
    """Count how often lines of so many kinds take turns from a place on."""
    models = list(lines[start : start + kinds])
    if len(models) < kinds or not all(_is_tabular(line) for line in models):
        return 0
    rounds = 1
    while True:
        at = start + rounds * kinds
        turn = lines[at : at + kinds]
        if len(turn) < kinds or not all(map(_are_alike, models, turn)):
            return rounds
        # A line without a value says less; the first that has one is the model of its kind.
        models = [new if old.value is None else old for old, new in zip(models, turn, strict=True)]
        rounds += 1


def _is_tabular(line: Line) -> bool:
    """Tell whether a row of a table holds all that a line says."""
    if line.parts or line.items is not None or is_per_item(line):
        return False
    return len(said_by(line).notes) <= 1


def _are_alike(one: Line, other: Line) -> bool:
    if not _is_tabular(other) or one.published != other.published:
        return False
    if (one.basis, one.unit) != (other.basis, other.unit):
        return False
    if one.value is None or other.value is None:
        return True
    return shape_of(one.formula, figures=True) == shape_of(other.formula, figures=True) and (
        _are_alike_in_words(said_by(one), said_by(other))
    )


def _are_alike_in_words(one: Said, other: Said) -> bool:
    if (one.figures is None) != (other.figures is None):
        return False
    if None not in (one.rounding, other.rounding) and one.rounding != other.rounding:
        return False
    shapes = ([shape_of(note, figures=False) for note in said.notes] for said in (one, other))
    return next(shapes) == next(shapes)


def _key(parent: Line, line: Line) -> tuple[str, ...]:
    return tuple(line.name.removeprefix(f"{parent.name}.").split("."))


def _is_plain(parent: Line, family: tuple[Line, ...]) -> bool:
    """Tell whether parts are named by kind and member, and say no more than a value each."""
    said = [said_by(line) for line in family]
    return (
        all(len(_key(parent, line)) == MEMBER and _is_tabular(line) for line in family)
        and all(
            s.figures is None and line.unrounded is None
            for s, line in zip(said, family, strict=True)
        )
        and len({s.notes for s in said}) == 1
    )


def _goes_beside(parent: Line, family: tuple[Line, ...], other: tuple[Line, ...]) -> bool:
    """Tell whether another kind of part has the same members under the same titles."""
    if not _is_plain(parent, other):
        return False
    members = [[_key(parent, line)[1] for line in lines] for lines in (family, other)]
    if members[0] != members[1]:
        return False
    (shared, titles), (other_shared, other_titles) = (
        _factored([line.title for line in lines]) for lines in (family, other)
    )
    return shared is not None and other_shared is not None and titles == other_titles


def _makes_a_table(parent: Line, family: tuple[Line, ...]) -> bool:
    keys = {_key(parent, line) for line in family}
    if len(family) == 1 or not all(map(_is_tabular, family)) or not _notes_are_alike(family):
        return False
    if _is_plain(parent, family) or len({key[0] for key in keys}) > 1:
        return True
    lengths = {len(key) for key in keys}
    if lengths == {MEMBER}:
        return len(family) >= FEWEST_PARTS
    if lengths != {CELL} or any(line.unrounded is not None for line in family):
        return False
    rows, columns = ({key[place] for key in keys} for place in (1, 2))
    return min(len(rows), len(columns)) > 1 and len(rows) * len(columns) == len(family)


def _notes_are_alike(family: tuple[Line, ...]) -> bool:
    """Tell whether parts of one rule were decided in the same way, each by its own figures."""
    said = [said_by(line) for line in family]
    shapes = {shape_of(note, figures=False) for s in said for note in s.notes}
    return len(shapes) <= 1 and len({s.rounding for s in said} - {None}) <= 1


# How they are laid out.


def with_unit(line: Line | InputLine) -> Text | None:
    """Give the value of a line with its unit."""
    if line.value is None or line.unit is None:
        return line.value
    return Text(f"{line.value.id} {line.unit.id}", f"{line.value.en} {line.unit.en}")


def _listed(title: Text, head: Text, titles: Iterable[Text], lines: tuple[Line, ...]) -> Grid:
    """Give a row for each line; a column that would be empty is left out."""
    said = [said_by(line) for line in lines]
    columns: list[tuple[Text, list[Text | None]]] = []
    if any(s.figures is not None for s in said):
        columns.append((phrase("explain.column.figures"), [s.figures or EMPTY for s in said]))
    if any(line.unrounded is not None for line in lines):
        exact = [line.unrounded or line.value for line in lines]
        columns.append((phrase("explain.exact"), exact))
    notes_shown = _notes_differ(said)
    if notes_shown:
        notes = [s.notes[0] if s.notes else EMPTY for s in said]
        columns.append((phrase("explain.applied"), list(notes)))
    columns.append((phrase("explain.column.value"), [with_unit(line) for line in lines]))
    return Grid(
        title=title,
        columns=(head, *(name for name, _ in columns)),
        rows=tuple(zip(titles, *(cells for _, cells in columns), strict=True)),
        is_list=True,
        notes_shown=notes_shown,
    )


#: A cell where nothing is to be said.
EMPTY: Final = Text("", "")


def _notes_differ(said: Sequence[Said]) -> bool:
    """Tell whether each line needs its own note: it holds figures, which differ."""
    notes = {note for s in said for note in s.notes}
    return len(notes) > 1 and any(c.isdigit() for note in notes for c in note.id)


def _side_by_side(keyed: Mapping[tuple[str, ...], Line], kinds: list[str]) -> Grid:
    """Give a row for each member and a column for each kind."""
    members = list(dict.fromkeys(key[1] for key in keyed))
    split = [_factored([keyed[kind, member].title for member in members]) for kind in kinds]
    columns = [shared or Text.same(kind) for kind, (shared, _) in zip(kinds, split, strict=True)]
    titles = split[0][1]
    return Grid(
        title=Text(", ".join(c.id for c in columns), ", ".join(c.en for c in columns)),
        columns=(phrase("explain.column.part"), *columns),
        rows=tuple(
            (title, *(with_unit(keyed[kind, member]) for kind in kinds))
            for title, member in zip(titles, members, strict=True)
        ),
    )


def _crossed(cells: Mapping[tuple[str, ...], Line]) -> Grid:
    """Give a table over two sets of members; the longer set becomes the rows."""
    first = list(dict.fromkeys(key[0] for key in cells))
    second = list(dict.fromkeys(key[1] for key in cells))
    title_of = {key: line.title for key, line in cells.items()}
    of_first = _agreed([[title_of[a, b] for a in first] for b in second], first)
    of_second = _agreed([[title_of[a, b] for b in second] for a in first], second)
    turned = len(first) > len(second)
    rows, columns = (first, second) if turned else (second, first)
    names, heads = (of_first, of_second) if turned else (of_second, of_first)
    return Grid(
        title=_without(title_of[first[0], second[0]], of_first[0], of_second[0]),
        columns=(phrase("explain.column.part"), *heads),
        rows=tuple(
            (name, *(with_unit(cells[(row, c) if turned else (c, row)]) for c in columns))
            for name, row in zip(names, rows, strict=True)
        ),
    )


def _without(title: Text, *names: Text) -> Text:
    """Put `…` in the place of names in a title."""
    left = []
    for lang in LANGUAGES:
        text = title.in_language(lang)
        for name in names:
            text = text.replace(name.in_language(lang), "…", 1)
        left.append(text)
    return Text(*left)


def _agreed(rows: list[list[Text]], ids: list[str]) -> tuple[Text, ...]:
    """Give the words that tell members apart, where every row agrees on them, else their ids."""
    found = {_factored(row)[1] for row in rows}
    if len(found) == 1 and _factored(rows[0])[0] is not None:
        return found.pop()
    return tuple(Text.same(name.replace("_", " ")) for name in ids)


# What titles share.


def _factored(titles: list[Text], *, gap: str = "") -> tuple[Text | None, tuple[Text, ...]]:
    """Split titles into the words they share and the words that differ.

    Where nothing is shared, or nothing would be left of a title, the titles stay whole.

    Args:
        titles: Titles of lines that are alike.
        gap: What stands for the words that differ.
    """
    found = [_split_words([t.in_language(lang) for t in titles], gap) for lang in LANGUAGES]
    if any(not shared or not all(rests) for shared, rests in found):
        return None, tuple(titles)
    (shared_id, rests_id), (shared_en, rests_en) = found
    rests = tuple(Text(a, b) for a, b in zip(rests_id, rests_en, strict=True))
    return Text(shared_id, shared_en), rests


def _split_words(titles: list[str], gap: str) -> tuple[str, list[str]]:
    words = [title.split() for title in titles]
    shortest = min(len(w) for w in words)
    head = 0
    while head < shortest and len({w[head] for w in words}) == 1:
        head += 1
    tail = 0
    while tail < shortest - head and len({w[-1 - tail] for w in words}) == 1:
        tail += 1
    rests = [" ".join(w[head : len(w) - tail]).strip(_EDGES) for w in words]
    around = [" ".join(words[0][:head]), " ".join(words[0][len(words[0]) - tail :])]
    shared = [part.strip(_EDGES) for part in around]
    if not any(shared):
        return "", rests
    return " ".join(part for part in (shared[0], gap, shared[1]) if part), rests
