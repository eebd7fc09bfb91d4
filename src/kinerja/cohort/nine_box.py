"""People by two labels: the nine-box, and any other table of two published labels.

What lives here: the axes, also as the matrix of a policy states them, and who stands in which cell. What
never comes in: what follows from a cell, which the policy says; words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TypeAlias, get_args

from kinerja.cohort.members import Member
from kinerja.cohort.ordering import Within, check_names, shares_of
from kinerja.errors import InputError, Issue, quoted
from kinerja.formula import nodes as n
from kinerja.formula.types import LabelType
from kinerja.scorer import LabelStep, Program, label_step
from kinerja.words import Text

__all__ = ["BoxAxes", "BoxCell", "NineBox", "UnitBoxes", "box_axes", "nine_box"]

Key: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxAxes:
    """The two labels of a table, and what the policy calls its cells.

    Attributes:
        rows: The label that names the row.
        columns: The label that names the column.
        box: The label that names the cell, or `None`.
        cells: Label of `box` by row and column, as the policy has it; empty where it is not known.
    """

    rows: LabelStep
    columns: LabelStep
    box: LabelStep | None = None
    cells: Mapping[Key, str] = field(default_factory=dict)

    def keys(self) -> list[Key]:
        """Give every row and column, both from the lowest."""
        rows, columns = ([name for name, _ in one.labels] for one in (self.rows, self.columns))
        return list(product(rows, columns))

    def single(self) -> dict[str, Key]:
        """Give the cell of each box that has only one."""
        found: defaultdict[str, list[Key]] = defaultdict(list)
        for key, box in self.cells.items():
            found[box].append(key)
        return {box: keys[0] for box, keys in found.items() if len(keys) == 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxCell:
    """The people of one cell.

    Attributes:
        row: Id of the label of the row.
        column: Id of the label of the column.
        boxes: Labels that name the cell: that of the policy, or those that its people have.
        members: The people.
    """

    row: str
    column: str
    boxes: tuple[str, ...]
    members: tuple[Member, ...]

    @property
    def count(self) -> int:
        """How many they are."""
        return len(self.members)

    @property
    def ids(self) -> tuple[str | None, ...]:
        """Their ids."""
        return tuple(member.id for member in self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitBoxes:
    """The table of one unit, or of all.

    Attributes:
        unit: The unit; `None` where the data name none, or for all.
        cells: Every cell, also the empty ones; rows and columns from the lowest.
        missing: People of whom a label is missing.
        refused: People whose record could not be used.
    """

    unit: str | None
    cells: tuple[BoxCell, ...]
    missing: int
    refused: int

    def cell(self, row: str, column: str) -> BoxCell:
        """Give a cell.

        Raises:
            KeyError: There is no such row or column.
        """
        for one in self.cells:
            if (one.row, one.column) == (row, column):
                return one
        raise KeyError((row, column))

    @property
    def people(self) -> int:
        """Everybody, in a cell or not."""
        return sum(one.count for one in self.cells) + self.missing + self.refused


@dataclass(frozen=True, slots=True, kw_only=True)
class NineBox:
    """People by two labels.

    Attributes:
        axes: The labels.
        within: Whether each unit has a table of its own.
        units: The tables, in the order in which units first appear; a single one for all.
    """

    axes: BoxAxes
    within: Within
    units: tuple[UnitBoxes, ...]


def box_axes(program: Program, name: str | None = None) -> BoxAxes:
    """Read the axes of a nine-box from the matrix of a policy.

    The matrix of `talenta-2020` after PermenPANRB 3/2020 gives each crossing a box of its own, so that a
    published box tells row and column, which the policy does not publish.

    Args:
        program: The policy.
        name: Name of a published step with labels; by default the first one that a table of two labels
            gives.

    Raises:
        InputError: The step is no published label, no table of two labels gives it, or several crossings
            share a box and the policy does not publish both labels.

    Examples:
        >>> import kinerja
        >>> axes = box_axes(kinerja.load("talenta-2020").program)
        >>> axes.rows.name, axes.cells["di_atas_ekspektasi", "tinggi"]
        ('kinerja', 'kotak_9')
    """
    found = [step for step in program.published if _table(program, step) is not None]
    box = label_step(program, name or (found[0] if found else None))
    table = _table(program, box.name)
    if table is None:
        raise InputError([_unreadable(box)])
    keys, cells = table
    rows, columns = (_axis(program, key) for key in keys)
    axes = BoxAxes(rows=rows, columns=columns, box=box, cells=cells)
    published = {rows.name, columns.name} <= set(program.published)
    if not published and len(axes.single()) < len(cells):
        raise InputError([_unreadable(box)])
    return axes


def _unreadable(box: LabelStep) -> Issue:
    return Issue(code="KNJ866", path=box.name, details={"found": quoted(box.name)})


def _table(program: Program, name: str) -> tuple[Key, dict[Key, str]] | None:
    """Give the names of the two labels, and the label of each crossing."""
    node = program.step(name).node
    if not isinstance(node, n.Lookup):
        return None
    match node.keys:
        case (n.Ref(row), n.Ref(column)) if all(
            isinstance(program.types.get(key), LabelType) for key in (row, column)
        ):
            cells = {
                (str(key[0]), str(key[1])): value.value
                for key, value in node.rows
                if isinstance(value, n.Label)
            }
            return ((row, column), cells) if cells else None
    return None


def _axis(program: Program, name: str) -> LabelStep:
    titles: dict[str, Text] = {one.name: one.title for one in program.inputs}
    titles |= {step.name: step.title for step in program.steps}
    kind = program.types[name]
    assert isinstance(kind, LabelType)  # noqa: S101 - `_table` has asked
    return LabelStep(
        name=name,
        title=titles[name],
        labels=tuple((label.id, label.title) for label in kind.scale.labels),
        ordered=kind.scale.ordered,
    )


def nine_box(members: Iterable[Member], *, axes: BoxAxes, within: Within = "all") -> NineBox:
    """Count people by two labels.

    A person stands where the published labels of row and column say; where they are not published, where
    the box says, if it is the box of one crossing alone.

    Args:
        members: The people, in any order; those of a cell keep it.
        axes: The two labels, and the box where there is one.
        within: Whether each unit has a table of its own.

    Raises:
        InputError: `within` has a name that there is not.

    Examples:
        >>> import kinerja
        >>> policy = kinerja.load("talenta-2020")
        >>> records = [("a", "di_atas_ekspektasi", "tinggi"), ("b", "sesuai_ekspektasi", "rendah")]
        >>> people = [
        ...     Member.of(policy.score({"id": id, "kinerja": kinerja_, "potensial": potensial}))
        ...     for id, kinerja_, potensial in records
        ... ]
        >>> [table] = nine_box(people, axes=box_axes(policy.program)).units
        >>> table.cell("di_atas_ekspektasi", "tinggi").ids
        ('a',)
    """
    issues = check_names({"within": (within, get_args(Within))})
    if issues:
        raise InputError(issues)
    units = tuple(_unit(unit, people, axes) for unit, people in shares_of(members, within).items())
    return NineBox(axes=axes, within=within, units=units)


def _unit(unit: str | None, people: Sequence[Member], axes: BoxAxes) -> UnitBoxes:
    keys = axes.keys()
    single = axes.single()
    found: dict[Key, list[Member]] = {key: [] for key in keys}
    refused = missing = 0
    for member in people:
        key = _key(member, axes, single)
        if member.status == "refused":
            refused += 1
        elif key in found:
            found[key].append(member)
        else:
            missing += 1
    cells = tuple(
        BoxCell(
            row=key[0],
            column=key[1],
            boxes=_boxes(key, found[key], axes),
            members=tuple(found[key]),
        )
        for key in keys
    )
    return UnitBoxes(unit=unit, cells=cells, missing=missing, refused=refused)


def _key(member: Member, axes: BoxAxes, single: Mapping[str, Key]) -> Key | None:
    row, column = member.label(axes.rows.name), member.label(axes.columns.name)
    if row is not None and column is not None:
        return row, column
    box = None if axes.box is None else member.label(axes.box.name)
    return None if box is None else single.get(box)


def _boxes(key: Key, members: Sequence[Member], axes: BoxAxes) -> tuple[str, ...]:
    if axes.box is None:
        return ()
    named = [axes.cells[key]] if key in axes.cells else []
    labels = (member.label(axes.box.name) for member in members)
    return tuple(dict.fromkeys([*named, *(label for label in labels if label is not None)]))
