"""List inputs from a second file or sheet: the items of each person, joined on the id.

What lives here: grouping the rows of a list by id, and what can be said of rows that belong to nobody.
What never comes in: file formats. The items are held in memory.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from kinerja.errors import Issue, quoted
from kinerja.io.rows import Row, RowSource

__all__ = ["ITEM", "MAX_ISSUES", "SHOWN_IDS", "ListItems", "group_items"]

#: Path of an item, or of a field of it: `penilaian[3].nilai`.
ITEM: Final = re.compile(r"(?P<list>[a-z0-9_]+)\[(?P<place>[0-9]+)\](?:\.(?P<field>[a-z0-9_]+))?")
#: Issues about rows without an owner that are kept; the last one counts the rest.
MAX_ISSUES = 100
#: Ids shown of rows that belong to nobody.
SHOWN_IDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItems:
    """The items of one list input.

    Attributes:
        name: The list input.
        fields: Fields of an item, in the order of the policy.
        values: For each id its items, as the values of `fields` in file order.
        issues: For each id what is wrong with its items.
        ownerless: What is wrong with rows whose id cannot be read.
        strangers: A warning about ids that the data does not have, or nothing.
        source: The rows of the list.
        places: For each id the row and the line of each of its items (line 0: a spreadsheet has none).
    """

    name: str
    fields: tuple[str, ...]
    values: Mapping[str, list[tuple[object, ...]]]
    issues: Mapping[str, list[Issue]]
    ownerless: tuple[Issue, ...] = ()
    strangers: tuple[Issue, ...] = field(default=())
    source: RowSource
    places: Mapping[str, array[int]]

    def locate(self, issue: Issue, row_id: str, place: int, column: str) -> Issue:
        """Give an issue the place of an item, and of its cell in a table.

        Args:
            issue: An issue about an item.
            row_id: The person it belongs to.
            place: Which of the person's items, from 0.
            column: Field that the issue is about, or empty.
        """
        number, line = self.places[row_id][2 * place : 2 * place + 2]
        row = Row(id=row_id, record={}, number=number, line=line or None)
        return self.source.located(issue, row, column)

    def of(self, row_id: str) -> list[dict[str, object]]:
        """Give the items of one person; a person without rows has none."""
        return [
            dict(zip(self.fields, values, strict=True)) for values in self.values.get(row_id, ())
        ]


def group_items(
    name: str, fields: Collection[str], source: RowSource, *, ids: Collection[str]
) -> ListItems:
    """Read a list to its end and group its items by id.

    Args:
        name: The list input.
        fields: Fields of an item.
        source: The rows of the list.
        ids: Every id of the data.

    Raises:
        InputError: The file cannot be read to its end.
    """
    order = tuple(fields)
    values: dict[str, list[tuple[object, ...]]] = {}
    places: dict[str, array[int]] = {}
    issues: dict[str, list[Issue]] = {}
    ownerless: list[Issue] = []
    strangers: dict[str, None] = {}
    rows = lost = 0
    for row in source.read_rows():
        located = [issue.at(path=f"{name}.{issue.path}".rstrip(".")) for issue in row.issues]
        if not row.id:
            lost += 1
            ownerless += located
        elif row.id not in ids:
            rows += 1
            strangers[row.id] = None
        elif located:
            issues.setdefault(row.id, []).extend(located)
        else:
            record = row.record
            values.setdefault(row.id, []).append(tuple(record.get(field) for field in order))
            places.setdefault(row.id, array("q")).extend((row.number, row.line or 0))
    if len(ownerless) > MAX_ISSUES:
        details = {"count": str(lost)}
        ownerless[MAX_ISSUES:] = [
            Issue(code="KNJ549", path=name, file=source.file, details=details)
        ]
    warnings: list[Issue] = []
    if strangers:
        shown = ", ".join(quoted(stranger) for stranger in list(strangers)[:SHOWN_IDS])
        details = {
            "found": shown + (", …" if len(strangers) > SHOWN_IDS else ""),
            "count": str(len(strangers)),
            "rows": str(rows),
        }
        warnings.append(
            Issue(code="KNJ548", path=name, file=source.file, details=details, severity="warning")
        )
    return ListItems(
        name=name,
        fields=order,
        values=values,
        issues=issues,
        ownerless=tuple(ownerless),
        strangers=tuple(warnings),
        source=source,
        places=places,
    )
