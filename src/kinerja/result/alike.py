"""Alike lines as tables: 21 means of groups and aspects are one table, not 21 paragraphs.

What lives here: which lines say so little beyond their value that a table holds all of it, and how their
titles split into the words they share and the words that tell them apart. What never comes in: numbers of
steps, layout, markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from kinerja.result.explanation import Line
from kinerja.words import LANGUAGES, Text, phrase

__all__ = ["Grid", "families", "grid_of_parts", "grid_of_steps", "runs"]

#: Fewest alike steps in a row that are easier to read as a table.
FEWEST_STEPS: Final = 4
#: Fewest alike parts with figures of their own that are.
FEWEST_PARTS: Final = 3
#: Lengths of the key of a part: `weight.atasan`, `mean.atasan.kolaboratif`.
MEMBER, CELL = 2, 3
_EDGES: Final = " ,;:–—·"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The cells of a table.

    Attributes:
        title: The words that all titles share, or `None`.
        columns: Titles of the columns; the first column holds the titles of the rows.
        rows: Cells; `None` where a value is missing.
    """

    title: Text | None
    columns: tuple[Text, ...]
    rows: tuple[tuple[Text | None, ...], ...]


def runs(lines: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    """Split steps, in their order, into runs of alike ones and single ones."""
    for _, group in groupby(lines, _likeness):
        run = tuple(group)
        if len(run) >= FEWEST_STEPS:
            yield run
        else:
            yield from ((line,) for line in run)


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
    return _listed(None, phrase("explain.column.step"), titles, lines)


def grid_of_parts(parent: Line, lines: tuple[Line, ...]) -> Grid:
    """Lay out parts that `families` put together."""
    keyed = {_key(parent, line): line for line in lines}
    kinds = list(dict.fromkeys(key[0] for key in keyed))
    if all(len(key) == CELL for key in keyed):
        return _crossed({key[1:]: line for key, line in keyed.items()})
    if len(kinds) > 1:
        return _side_by_side(keyed, kinds)
    shared, titles = _factored([line.title for line in lines], gap="…")
    return _listed(shared, phrase("explain.column.part"), titles, lines)


# Which lines belong together.


def is_quiet(line: Line) -> bool:
    """Tell whether a row of a table holds all that a line says."""
    if line.parts or line.items is not None or line.unrounded is not None:
        return False
    return not line.applied or line.value is None


def _likeness(line: Line) -> tuple[object, ...]:
    """Give what steps that follow each other must share to stand in one table."""
    if not is_quiet(line):
        return (line.name,)
    shape: tuple[str, ...] = ()
    if line.formula is not None:
        words = line.formula.id.split()
        shape = (*words[:1], *(w for w in words if not any(c.isalpha() for c in w)))
    return ("", line.basis, line.unit, line.published, line.figures is None, shape)


def _key(parent: Line, line: Line) -> tuple[str, ...]:
    return tuple(line.name.removeprefix(f"{parent.name}.").split("."))


def _is_plain(parent: Line, family: tuple[Line, ...]) -> bool:
    """Tell whether parts are named by kind and member, and say no more than a value."""
    return all(
        len(_key(parent, line)) == MEMBER and is_quiet(line) and line.figures is None
        for line in family
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
    if len(family) == 1 or not all(is_quiet(line) for line in family):
        return False
    keys = {_key(parent, line) for line in family}
    lengths = {len(key) for key in keys}
    if lengths == {MEMBER}:
        return len(family) >= FEWEST_PARTS or family[0].figures is None
    if lengths != {CELL}:
        return False
    rows, columns = ({key[place] for key in keys} for place in (1, 2))
    return min(len(rows), len(columns)) > 1 and len(rows) * len(columns) == len(family)


# How they are laid out.


def _with_unit(line: Line) -> Text | None:
    if line.value is None or line.unit is None:
        return line.value
    return Text(f"{line.value.id} {line.unit.id}", f"{line.value.en} {line.unit.en}")


def _listed(
    title: Text | None, head: Text, titles: Iterable[Text], lines: tuple[Line, ...]
) -> Grid:
    with_figures = any(line.figures is not None for line in lines)
    columns = [head, phrase("explain.column.value")]
    if with_figures:
        columns.insert(1, phrase("explain.column.figures"))
    return Grid(
        title=title,
        columns=tuple(columns),
        rows=tuple(
            (name, line.figures, _with_unit(line)) if with_figures else (name, _with_unit(line))
            for name, line in zip(titles, lines, strict=True)
        ),
    )


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
            (title, *(_with_unit(keyed[kind, member]) for kind in kinds))
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
    shared, _ = _factored(list(title_of.values()), gap="…")
    return Grid(
        title=shared,
        columns=(phrase("explain.column.part"), *heads),
        rows=tuple(
            (name, *(_with_unit(cells[(row, c) if turned else (c, row)]) for c in columns))
            for name, row in zip(names, rows, strict=True)
        ),
    )


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
