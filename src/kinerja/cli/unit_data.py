"""The people of a unit, read from data files and scored.

What lives here: the way from files of one period each to records, results and members. What never comes in:
what is said of them.
"""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Final

from kinerja.cli.arguments import pairs
from kinerja.cli.console import Console
from kinerja.cli.opening import open_data
from kinerja.cli.progress import Progress
from kinerja.cli.tally import Tally
from kinerja.cli.usage import UsageError
from kinerja.cohort import Member, period_name
from kinerja.errors import InputError, Issue, quoted
from kinerja.exact import NotANumberError, exact, plain_decimal
from kinerja.result import Result
from kinerja.scorer import Scorer
from kinerja.values import Period, Reason

__all__ = ["PeriodData", "period_of", "read_data", "read_periods"]

#: Issues of each file that are printed in full.
MOST_ISSUES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodData:
    """The people of one period.

    Attributes:
        period: The period; `None` where the data are of one period without a name.
        file: The data file, as it was named.
        records: The records as they were read, in the order of the file.
        issues: What the reader of the file refused in each of them.
        results: Their results; `None` where a record could not be used.
        members: The same people with unit and period.
        reasons: Why published values are missing, with how many lack one for it.
        files: Every file that was read.
        is_fine: Nothing had to be refused.
    """

    period: Period | None
    file: str
    records: tuple[dict[str, object], ...]
    issues: tuple[tuple[Issue, ...], ...]
    results: tuple[Result | None, ...]
    members: tuple[Member, ...]
    reasons: Counter[Reason]
    files: tuple[Path, ...]
    is_fine: bool


def period_of(text: str, option: str) -> Period:
    """Read a period.

    Raises:
        UsageError: The text names none.
    """
    try:
        return Period.parse(text)
    except ValueError:
        details = {"found": quoted(text), "option": option}
        raise UsageError([Issue(code="KNJ927", details=details)]) from None


def read_periods(
    arguments: Namespace, scorer: Scorer, console: Console
) -> tuple[tuple[PeriodData, ...], PeriodData]:
    """Read and score the data, and those of earlier periods.

    Returns:
        The earlier periods from the first to the last, and the period that is looked at.

    Raises:
        InputError: A file cannot be read, or holds no row that can be scored.
        UsageError: A period cannot be read or is named twice, or does not end before the next one.
    """
    now = None if arguments.period is None else period_of(arguments.period, "--period")
    files = {
        period_of(text, "--earlier"): Path(file)
        for text, file in pairs(arguments.earlier, "--earlier").items()
    }
    if files and now is None:
        raise UsageError([Issue(code="KNJ928")])
    spans = [*sorted(files), *([] if now is None else [now])]
    for before, after in pairwise(spans):
        if before.last >= after.first:
            found, expected = quoted(str(files[before])), quoted(period_name(after))
            details = {"found": found, "expected": expected}
            raise UsageError([Issue(code="KNJ929", details=details)])
    lists = _lists(arguments, [*files])
    own = {period: _with(arguments, files[period], lists[period]) for period in sorted(files)}
    earlier = tuple(read_data(one, scorer, period, console) for period, one in own.items())
    current = _with(arguments, arguments.data, lists[None])
    return earlier, read_data(current, scorer, now, console)


def _lists(
    arguments: Namespace, periods: list[Period]
) -> dict[Period | None, list[tuple[str, str]]]:
    """Tell which list files belong to which period: `2026-Q1:penilaian=berkas.csv`."""
    found: dict[Period | None, list[tuple[str, str]]] = {period: [] for period in (None, *periods)}
    for name, file in arguments.lists:
        before, colon, after = name.partition(":")
        period = period_of(before, "--list") if colon else None
        if period not in found:
            details = {"found": quoted(before)}
            raise UsageError([Issue(code="KNJ930", details=details)])
        found[period].append((after if colon else name, file))
    return found


def _with(arguments: Namespace, data: Path, lists: list[tuple[str, str]]) -> Namespace:
    return Namespace(**{**vars(arguments), "data": data, "lists": lists})


def read_data(
    arguments: Namespace, scorer: Scorer, period: Period | None, console: Console
) -> PeriodData:
    """Read and score the data of one period, and print what is wrong with them.

    Raises:
        InputError: A file cannot be read, or holds no row that can be scored.
        UsageError: A list is named twice.
    """
    unit: str | None = arguments.unit
    records, files = open_data(arguments, scorer, also=unit)
    lacking = [issue for issue in records.issues if unit is not None and issue.path == unit]
    if lacking:
        raise InputError(lacking)
    progress = Progress(console, records.count) if console.shows_progress() else None
    read: list[dict[str, object]] = []
    issues: list[tuple[Issue, ...]] = []
    results: list[Result | None] = []
    members: list[Member] = []
    with closing(Tally(scorer, records)) as tally:
        for row in records:
            result = tally.take(row)
            of = None if unit is None else _text(row.record.get(unit))
            if result is None:
                member = Member(id=row.id or None, unit=of, period=period, status="refused")
            else:
                member = Member.of(result, unit=of, period=period)
            read.append(row.record)
            issues.append(row.issues)
            results.append(result)
            members.append(member)
            if progress is not None:
                progress.step()
        if progress is not None:
            progress.clear()
        console.err(*console.issue_lines([*tally.warnings, *tally.issues.first(MOST_ISSUES)]))
        rest = len(tally.issues) - MOST_ISSUES
        if rest > 0:
            console.err(console.count("each.issues_rest", rest))
        if not tally.scored:
            raise InputError([Issue(code="KNJ914", file=records.file)])
        return PeriodData(
            period=period,
            file=records.file,
            records=tuple(read),
            issues=tuple(issues),
            results=tuple(results),
            members=tuple(members),
            reasons=tally.reasons,
            files=tuple(files),
            is_fine=not tally.issues,
        )


def _text(value: object) -> str | None:
    """Give the name of a unit; files that know numbers may hold its code as one."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        try:
            return plain_decimal(exact(value))
        except NotANumberError:
            return None
    return value.strip() or None if isinstance(value, str) else None
