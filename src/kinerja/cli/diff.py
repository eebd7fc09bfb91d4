"""`kinerja diff`: what a change of a policy changes, and for whom.

What lives here: reading two policies and the data, and handing out what was found. What never comes in: the
comparison itself, what the page says.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kinerja.asn import catalog
from kinerja.cli.console import Console
from kinerja.cli.diff_page import diff_page
from kinerja.cli.forms import form_of, printed
from kinerja.cli.opening import open_data, variant_of
from kinerja.cli.output import hand_out
from kinerja.cli.progress import Progress
from kinerja.cli.usage import UsageError
from kinerja.errors import InputError, Issue, PolicyError, quoted
from kinerja.io import Batch, Records
from kinerja.policy import Policy, Unnamed
from kinerja.scorer import Scorer
from kinerja.verify import Impact, compare_policies

if TYPE_CHECKING:
    from kinerja.verify.affected import ImpactCount

__all__ = ["run"]

#: Issues of rows that neither policy can use, printed in full.
MOST_ISSUES: Final = 3
#: Options that say something about the data only, by their names in `Namespace`.
_OF_DATA: Final = {"unit": "--unit", "step": "--step", "lists": "--list"}


def run(arguments: Namespace, console: Console) -> int:
    """Compare two policies, and what they give where there are data.

    Returns:
        0, or 1 where rows or a file could not be used in part.

    Raises:
        PolicyError: A policy is wrong.
        InputError: The data cannot be used, or a file cannot be read or written.
        UsageError: An option was typed wrongly.
    """
    form = form_of(arguments)
    if arguments.data is None:
        _refuse_options(arguments)
    old, new = _policies(arguments, unnamed="assume" if arguments.data is None else "refuse")
    difference = compare_policies(old, new)
    impact: Impact | None = None
    files: list[Path] = []
    is_fine = True
    if arguments.data is not None:
        scorers = Scorer(old.program), Scorer(new.program)
        records, files = open_data(arguments, *scorers, also=arguments.unit)
        impact, is_fine = _impact(arguments, scorers, records, console)
    page = diff_page(difference, impact, console)
    hand_out(printed(page, form, console.lang), arguments.out, console, inputs=files)
    return 0 if is_fine else 1


def _refuse_options(arguments: Namespace) -> None:
    given = [option for name, option in _OF_DATA.items() if getattr(arguments, name)]
    if given:
        raise UsageError(Issue(code="KNJ921", details={"found": option}) for option in given)


def _policies(arguments: Namespace, *, unnamed: Unnamed) -> tuple[Policy, Policy]:
    """Read both policies; an option is taken in each policy that has its choice."""
    named = variant_of(arguments)
    issues: list[Issue] = []
    known: set[str] = set()
    found: list[Policy] = []
    for path in (arguments.old, arguments.new):
        try:
            choices = catalog.read(path, unnamed="assume").model.choices if named else {}
            known |= set(choices)
            own = {name: option for name, option in named.items() if name in choices}
            if path == arguments.new:
                own |= {name: option for name, option in named.items() if name not in known}
            found.append(catalog.read(path, variant=own, unnamed=unnamed))
        except PolicyError as error:
            issues += [issue for issue in error.issues if issue not in issues]
    if issues:
        raise PolicyError(issues)
    old, new = found
    return old, new


# Data.


def _impact(
    arguments: Namespace, scorers: tuple[Scorer, Scorer], records: Records, console: Console
) -> tuple[Impact, bool]:
    """Count what becomes of whom; tell whether all of the data could be used."""
    from kinerja.verify.affected import ImpactCount

    unit: str | None = arguments.unit
    lacking = [issue for issue in records.issues if unit is not None and issue.path == unit]
    if lacking:
        raise InputError(lacking)
    count = ImpactCount(*scorers, unit=unit, step=arguments.step)
    unusable = _Unusable(scorers[1], records)
    progress = Progress(console, records.count) if console.shows_progress() else None
    try:
        for batch in records.batches():
            _take(batch, count, unusable)
            if progress is not None:
                progress.step(batch.count)
    finally:
        if progress is not None:
            progress.clear()
    impact = count.impact()
    console.err(*console.issue_lines([*records.warnings, *records.issues, *unusable.issues]))
    if unusable.count == impact.rows:
        raise InputError([Issue(code="KNJ914", file=records.file)])
    if unit is not None and all(one.unit is None for one in impact.units):
        details = {"found": quoted(unit)}
        raise InputError([Issue(code="KNJ632", path=unit, file=records.file, details=details)])
    if unusable.count:
        console.err(console.count("diff.unusable", unusable.count, file=records.file))
    return impact, not (records.issues or unusable.count)


class _Unusable:
    """Rows that neither policy can use, and what is wrong with the first of them."""

    def __init__(self, scorer: Scorer, records: Records) -> None:
        self.count = 0
        self.issues: list[Issue] = []
        self._scorer = scorer
        self._records = records

    def take(self, batch: Batch, places: list[int]) -> None:
        self.count += len(batch.refused) + len(places)
        for issue in self._issues(batch, places):
            if len(self.issues) < MOST_ISSUES:
                self.issues.append(issue)

    def _issues(self, batch: Batch, places: list[int]) -> Iterator[Issue]:
        lacking = MOST_ISSUES - len(self.issues)
        for row in batch.refused[:lacking]:
            yield from row.issues
        for row in batch.rows(places[:lacking]):
            try:
                self._scorer.score(row.record)
            except InputError as error:
                yield from (self._records.locate(issue, row) for issue in error.issues)


def _take(batch: Batch, count: ImpactCount, unusable: _Unusable) -> None:
    places: list[int] = []
    if len(batch.ids):
        places = _take_usable(batch, count)
    if batch.refused:
        count.take_refused([row.record for row in batch.refused])
    if places or batch.refused:
        unusable.take(batch, places)


def _take_usable(batch: Batch, count: ImpactCount) -> list[int]:
    def record(place: int) -> Mapping[str, object]:
        return batch.rows([place])[0].record

    try:
        return count.take_table(batch.frame, record=record)
    except InputError as error:
        if any(issue.code.startswith("KNJ6") for issue in error.issues):
            raise
        # A column that no table may have; for single rows it is a value that is refused.
        rows = batch.rows(range(len(batch.ids)))
        return count.take_records([row.record for row in rows])
