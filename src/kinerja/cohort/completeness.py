"""What is not there: values, items of lists, raters.

What lives here: counts for each unit, period and input. What never comes in: chances, values that are
refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from kinerja.cohort.data_finding import Blank, QualityFinding
from kinerja.cohort.declared_panels import Panel, PanelGroup, panels
from kinerja.cohort.observed import Data, Place, Seen
from kinerja.cohort.thresholds import Thresholds
from kinerja.formula.types import ListType
from kinerja.scorer.program import Input
from kinerja.values import Missing
from kinerja.words import Text

__all__ = ["find_incomplete"]


def find_incomplete(data: Data, *, thresholds: Thresholds) -> tuple[list[QualityFinding], int]:
    """Find required inputs that are missing, lists without items, and groups with too few raters.

    Args:
        data: The records.
        thresholds: From which figure on something is told.

    Returns:
        The findings, and the number of comparisons.
    """
    found: list[QualityFinding] = []
    rated = panels(data.program)
    for place, records in data.places.items():
        for declared in data.program.inputs:
            if isinstance(declared.type, ListType):
                found += _list_gaps(place, records, declared, thresholds)
            elif declared.required:
                found += _gaps(place, records, declared, thresholds)
        for panel in rated:
            for group in panel.groups:
                found += _few_raters(place, records, panel, group, thresholds)
    groups = sum(len(panel.groups) for panel in rated)
    return found, len(data.places) * (len(data.program.inputs) + groups)


def _gaps(
    place: Place, records: Sequence[Seen], declared: Input, thresholds: Thresholds
) -> Iterator[QualityFinding]:
    name = declared.name
    lacking = [
        seen
        for seen in records
        if isinstance(seen.values[name], Missing) and name not in seen.refused
    ]
    yield from _told("KNJ801", place, records, lacking, name, declared.title, thresholds)


def _list_gaps(
    place: Place, records: Sequence[Seen], declared: Input, thresholds: Thresholds
) -> Iterator[QualityFinding]:
    name, kind = declared.name, declared.type
    if not isinstance(kind, ListType):
        return
    good = [seen for seen in records if name not in seen.refused]
    if declared.required:
        lacking = [seen for seen in good if isinstance(seen.values[name], Missing)]
        yield from _told("KNJ801", place, records, lacking, name, declared.title, thresholds)
        empty = [
            seen
            for seen in good
            if not isinstance(seen.values[name], Missing) and not seen.items(name)
        ]
        yield from _told("KNJ802", place, records, empty, name, declared.title, thresholds)
    for field in kind.fields:
        if field in kind.optional or field in declared.hidden:
            continue
        filled = [seen for seen in good if seen.items(name)]
        blanks = [
            sum(isinstance(item[field], Missing) for item in seen.items(name)) for seen in filled
        ]
        if sum(blanks) <= thresholds.most_missing_items * sum(len(s.items(name)) for s in filled):
            continue
        holes = [seen for seen, blank in zip(filled, blanks, strict=True) if blank]
        title = declared.fields.get(field, Text.same(field))
        path = f"{name}.{field}"
        yield from _told("KNJ801", place, filled, holes, path, title, thresholds)


def _few_raters(
    place: Place,
    records: Sequence[Seen],
    panel: Panel,
    group: PanelGroup,
    thresholds: Thresholds,
) -> Iterator[QualityFinding]:
    name = panel.input.name
    # A list without any item is told as such, and not once more for each group.
    good = [seen for seen in records if name not in seen.refused and seen.items(name)]
    counts = [(_raters(seen, panel, group), seen) for seen in good]
    few = [seen for count, seen in counts if count < group.minimum]
    if not few:
        return
    none = sum(1 for count, _ in counts if not count)
    blanks: dict[str, Blank] = {
        "input": panel.input.title,
        "group": group.title,
        "least": str(group.minimum),
        "none": str(none),
    }
    yield _finding(
        "KNJ803", place, len(good), few, name, blanks, thresholds, is_note=none == len(few)
    )


def _raters(seen: Seen, panel: Panel, group: PanelGroup) -> int:
    answered = [
        item
        for item in seen.items(panel.input.name)
        if item[panel.group] == group.id and not isinstance(item[panel.score], Missing)
    ]
    if panel.rater is None:
        return len(answered)
    raters = {item[panel.rater] for item in answered}
    return sum(not isinstance(rater, Missing) for rater in raters)


def _told(  # noqa: PLR0913, PLR0917 - all of one finding
    code: str,
    place: Place,
    records: Sequence[Seen],
    lacking: Sequence[Seen],
    path: str,
    title: Text,
    thresholds: Thresholds,
) -> Iterator[QualityFinding]:
    if lacking and len(lacking) > thresholds.most_missing * len(records):
        yield _finding(code, place, len(records), lacking, path, {"input": title}, thresholds)


def _finding(  # noqa: PLR0913, PLR0917 - all of one finding
    code: str,
    place: Place,
    of: int,
    lacking: Sequence[Seen],
    path: str,
    blanks: Mapping[str, Blank],
    thresholds: Thresholds,
    *,
    is_note: bool = False,
) -> QualityFinding:
    ids = sorted({seen.id for seen in lacking})
    return QualityFinding(
        code=code,
        check="completeness",
        unit=place[0],
        period=place[1],
        input=path,
        count=len(lacking),
        of=of,
        people=len(lacking),
        ids=tuple(ids[: thresholds.ids_shown]),
        figure=Fraction(len(lacking), of),
        expected=thresholds.most_missing,
        severity="note" if is_note else "warning",
        blanks={**blanks, "share": Fraction(100 * len(lacking), of)},
    )
