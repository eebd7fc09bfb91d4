"""The appeals of a unit from a table: one row a corrected input, read all or none.

What lives here: what each row means, and every row that means nothing. What never comes in: opening files
and telling what a decimal mark stands for; the caller does both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final, Literal, TypeAlias

from kinerja.cohort.appeals import Appeal, AppealCase, case_issues, decide_appeal
from kinerja.errors import InputError, Issue, nearest, quoted
from kinerja.formula.types import FlagType, ListType, NumberType, ValueType
from kinerja.result import Result
from kinerja.scorer import Scorer
from kinerja.scorer.changes import changed_record, read_places, type_at
from kinerja.scorer.read import read_value

__all__ = ["AppealDecimal", "FiledAppeal", "decide_appeals", "read_appeals"]

#: What stands before the decimals of numbers that are written as text.
AppealDecimal: TypeAlias = Literal["point", "comma"]

#: What is written for a value that is to be missing, as in `kinerja explain --set`.
_MISSING: Final = "-"
_FLAGS: Final = {"ya": True, "yes": True, "true": True, "tidak": False, "no": False, "false": False}
_COMMA: Final = re.compile(r"(-?[0-9]+),([0-9]+)\Z")

#: Columns with what every row of a person says alike, and the attribute of the case.
_CASE: Final = {
    "jabatan": "office",
    "alasan": "grounds",
    "diajukan": "filed",
    "diputus": "decided",
    "diterima": "received",
}
_DATES: Final = ("diajukan", "diputus", "diterima")


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledAppeal:
    """What the rows of one person say.

    Attributes:
        case: Who decided, why and when.
        contested: The result that is contested.
        changes: Corrected inputs by name; empty where the decision confirms the result.
    """

    case: AppealCase
    contested: Result
    changes: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class _Person:
    """Rows of one person, while they are read."""

    result: Result
    first: int
    said: dict[str, object] = field(default_factory=dict)
    changes: dict[str, object] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    confirms: bool = False


def read_appeals(
    rows: Iterable[Mapping[str, object]],
    *,
    scorer: Scorer,
    results: Iterable[Result],
    decimal: AppealDecimal = "point",
) -> tuple[FiledAppeal, ...]:
    """Read a table of decided appeals; nothing is decided, and one bad row stops all.

    Args:
        rows: Mappings with the columns `id`, `masukan` (what is corrected, as in `Scorer.what_if`),
            `nilai_baru`, `jabatan`, `alasan`, `diajukan`, `diputus`, and where it is known `diterima`.
            Values are texts or of the type of the input; days `date` or `2025-01-31`. Several rows of one
            id are one appeal; what its later rows leave empty is as in its first. A row without `masukan`
            confirms the result. `-` as the new value means that the value is to be missing.
        scorer: The policy of the results.
        results: The contested results, one a person; other people may be among them.
        decimal: Decimal mark of numbers in texts.

    Returns:
        The appeals, in the order in which their ids first appear.

    Raises:
        InputError: Ids without a result or with several, inputs that there are not, values that cannot be
            used, rows that contradict each other; every issue of every row at once, `rows[0]` being the
            first.

    Examples:
        >>> from kinerja.asn import load
        >>> scorer = load("kuadran-6-2022")
        >>> result = scorer.score(
        ...     {"id": "p7", "hasil_kerja": "sesuai_ekspektasi", "perilaku_kerja": "di_bawah_ekspektasi"}
        ... )
        >>> row = {
        ...     "id": "p7",
        ...     "masukan": "perilaku_kerja",
        ...     "nilai_baru": "sesuai_ekspektasi",
        ...     "jabatan": "Kepala Dinas",
        ...     "alasan": "umpan balik belum dihitung",
        ...     "diajukan": "2025-01-10",
        ...     "diputus": "2025-01-16",
        ... }
        >>> (filed,) = read_appeals([row], scorer=scorer, results=[result])
        >>> filed.case.office, filed.changes
        ('Kepala Dinas', {'perilaku_kerja': 'sesuai_ekspektasi'})
    """
    return _Reading(scorer, results, decimal).read(rows)


def decide_appeals(scorer: Scorer, filed: Iterable[FiledAppeal]) -> tuple[Appeal, ...]:
    """Decide appeals, all or none.

    Args:
        scorer: The policy of the contested results.
        filed: The appeals, as `read_appeals` gives them.

    Raises:
        InputError: As `decide_appeal`; the paths of issues begin with the id.
    """
    appeals: list[Appeal] = []
    issues: list[Issue] = []
    for one in filed:
        try:
            appeals.append(decide_appeal(scorer, one.contested, changes=one.changes, case=one.case))
        except InputError as error:
            issues += [issue.at(path=f"{one.case.id}.{issue.path}") for issue in error.issues]
    if issues:
        raise InputError(issues)
    return tuple(appeals)


class _Reading:
    """One reading of one table."""

    def __init__(self, scorer: Scorer, results: Iterable[Result], decimal: AppealDecimal) -> None:
        self.program = scorer.program
        self.results: dict[str, list[Result]] = {}
        for result in results:
            if result.id is not None:
                self.results.setdefault(result.id, []).append(result)
        self.decimal = decimal
        self.people: dict[str, _Person] = {}
        self.issues: list[Issue] = []

    def read(self, rows: Iterable[Mapping[str, object]]) -> tuple[FiledAppeal, ...]:
        for place, row in enumerate(rows):
            self._row(place, row)
        filed = [self._filed(name, person) for name, person in self.people.items()]
        if self.issues:
            raise InputError(self.issues)
        return tuple(one for one in filed if one is not None)

    def _row(self, place: int, row: Mapping[str, object]) -> None:
        cells = {
            key: value.strip() if isinstance(value, str) else value for key, value in row.items()
        }
        name = "" if cells.get("id") is None else str(cells["id"])
        found = self.results.get(name, [])
        if len(found) != 1:
            near = nearest(name, self.results) or "–"
            details = {"found": quoted(name), "count": str(len(found)), "nearest": near}
            self.issues.append(Issue(code="KNJ856", path=_path(place, "id"), details=details))
            # What else the row says is looked at all the same, apart from the record of the person.
            self._change(place, cells, None)
            return
        person = self.people.setdefault(name, _Person(result=found[0], first=place))
        for column in _CASE:
            self._said(place, column, cells.get(column), person)
        self._change(place, cells, person)

    def _said(self, place: int, column: str, cell: object, person: _Person) -> None:
        """Take what every row of a person says alike."""
        if cell is None or cell == "":
            return
        value = self._day(cell, _path(place, column)) if column in _DATES else str(cell)
        if value is None:
            # Not readable, which is told; it is not told again as empty.
            person.said.setdefault(column, None)
            return
        held = person.said.setdefault(column, value)
        if held is not None and held != value:
            self._contradicts(place, column, str(value), str(held), person.first)

    def _contradicts(self, place: int, column: str, found: str, held: str, other: int) -> None:
        details = {"found": quoted(found), "expected": quoted(held), "other": f"rows[{other}]"}
        self.issues.append(Issue(code="KNJ857", path=_path(place, column), details=details))

    def _day(self, cell: object, path: str) -> date | None:
        if type(cell) is date:
            return cell
        if isinstance(cell, datetime) and cell.time() == time.min:
            return cell.date()  # as workbooks keep days
        try:
            return date.fromisoformat(str(cell))
        except ValueError:
            self.issues.append(
                Issue(code="KNJ410", path=path, details={"found": quoted(str(cell))})
            )
            return None

    # What is corrected.

    def _change(self, place: int, cells: Mapping[str, object], person: _Person | None) -> None:
        name, cell = cells.get("masukan"), cells.get("nilai_baru")
        is_blank = cell is None or cell == ""
        if name is None or name == "":
            if not is_blank:
                self._lacks(place, "masukan")
            elif person is not None:
                self._confirms(place, person)
            return
        path = str(name)
        places, unknown = read_places(self.program, {path: cell})
        self.issues += [issue.at(path=_path(place, "masukan")) for issue in unknown]
        if is_blank:
            self._lacks(place, "nilai_baru")
            return
        if path not in places:
            return
        value = self._value(cell, type_at(self.program, places[path]), _path(place, "nilai_baru"))
        if person is None:
            return
        if path in person.changes:
            first = person.rows[path]
            self._contradicts(place, "masukan", path, path, first)
            return
        if person.confirms:
            self._contradicts(place, "masukan", path, "", person.first)
        person.changes[path] = value
        person.rows[path] = place
        self._missing_items(place, path, person)

    def _confirms(self, place: int, person: _Person) -> None:
        if person.changes:
            first = next(iter(person.changes))
            self._contradicts(place, "masukan", "", first, person.rows[first])
        person.confirms = True

    def _missing_items(self, place: int, path: str, person: _Person) -> None:
        places, _ = read_places(self.program, {path: None})
        changes = {path: person.changes[path]}
        _, lacking = changed_record(person.result.inputs, places, changes)
        self.issues += [issue.at(path=_path(place, "masukan")) for issue in lacking]

    def _lacks(self, place: int, column: str) -> None:
        self.issues.append(
            Issue(code="KNJ852", path=_path(place, column), details={"expected": column})
        )

    def _value(self, cell: object, kind: ValueType, path: str) -> object:
        if cell == _MISSING:
            return None
        value = self._cell(cell, kind)
        if value is None:
            details = {"found": quoted(str(cell)), "expected": quoted(",")}
            self.issues.append(Issue(code="KNJ523", path=path, details=details))
        elif not isinstance(kind, ListType):
            read_value(value, kind, path, self.issues)
        elif isinstance(value, str):
            self.issues.append(Issue(code="KNJ407", path=path, details={"found": quoted(value)}))
        return value

    def _cell(self, cell: object, kind: ValueType) -> object:
        """Give the value that a text stands for; `None` for a number with the wrong decimal mark."""
        if not isinstance(cell, str):
            return cell
        if isinstance(kind, FlagType):
            return _FLAGS.get(cell.lower(), cell)
        if isinstance(kind, NumberType) and self.decimal == "comma":
            # A point may stand between thousands here, or be a decimal mark after all: never guessed.
            return None if "." in cell else _COMMA.sub(r"\1.\2", cell)
        return cell

    # A person.

    def _filed(self, name: str, person: _Person) -> FiledAppeal | None:
        lacking = [c for c in _CASE if c not in person.said and c != "diterima"]
        for column in lacking:
            self._lacks(person.first, column)
        if lacking or any(value is None for value in person.said.values()):
            return None
        said = {_CASE[column]: value for column, value in person.said.items()}
        case = AppealCase(id=name, **said)  # type: ignore[arg-type]
        self.issues += [
            issue.at(path=_path(person.first, _column(issue.path))) for issue in case_issues(case)
        ]
        return FiledAppeal(case=case, contested=person.result, changes=person.changes)


def _path(place: int, column: str) -> str:
    return f"rows[{place}].{column}"


def _column(attribute: str) -> str:
    return next(column for column, name in _CASE.items() if name == attribute)
