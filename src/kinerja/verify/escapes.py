"""Values that leave their scale: numbers that no band holds.

What lives here: where the ranges leave room for it, and the search for a record that does it. What never
comes in: tables; a table without a row for some key is refused, unless it says that there is no value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kinerja.errors import Issue, quoted
from kinerja.formula import nodes as n
from kinerja.formula.intervals import overlap
from kinerja.formula.reaches import numbers
from kinerja.formula.view import View
from kinerja.scorer import Program, Scorer
from kinerja.scorer.program import Step
from kinerja.values import Interval
from kinerja.verify.coverage import views_of
from kinerja.verify.findings import Finding, interval_text
from kinerja.verify.probe import witness
from kinerja.verify.search import Search

__all__ = ["escapes_of"]


def escapes_of(program: Program, search: Search) -> Iterator[Finding]:
    """Find the steps whose value can leave its bands, each with a record that does.

    Where the ranges leave room and the search finds no record, that is told with the number tried.

    Args:
        program: The program.
        search: A search in it.
    """
    scorer = Scorer(program)
    for step, view in views_of(program):
        for node in n.walk(step.node):
            for condition, said in _ways_out(node, view):
                before = search.tried
                record = search.condition(step.name, node, condition)
                result = None if record is None else scorer.score(record)
                if result is not None and not result.reasons:
                    continue  # something takes its place
                details = {"found": said, "step": quoted(step.name)}
                if record is None or result is None:
                    tried = search.tried - before
                    details |= {"tried": str(tried)}
                    issue = Issue(code="KNJ711", path=_path(step), details=details, severity="note")
                    yield Finding(issue=issue, tried=tried)
                    continue
                issue = Issue(code="KNJ710", path=_path(step), details=details, severity="warning")
                yield Finding(issue=issue, witnesses=(witness(record, result, []),))
                break


def _path(step: Step) -> str:
    return f"steps.{step.parent or step.name}"


def _ways_out(node: n.Node, view: View) -> Iterator[tuple[n.Node, str]]:
    """Give the conditions under which no band holds a number, and how they are said."""
    if isinstance(node, n.Band):
        reach = view.reach(node.value)
        for hole in _holes([band.interval for band in node.bands.closed()]):
            span = None if reach.numbers is None else overlap(reach.numbers, hole)
            if numbers(span, reach.grid).may_be_there:
                yield n.inside(node.value, hole), interval_text(hole)


def _holes(rising: Sequence[Interval]) -> Iterator[Interval]:
    """Give where none of some intervals is, that follow each other."""
    low: Fraction | None = None
    low_open = True
    for interval in rising:
        if interval.low is not None:
            high_open = not interval.low_open
            if low is None or low < interval.low or not (low_open or high_open):
                yield Interval(
                    low=low,
                    low_open=low is not None and low_open,
                    high=interval.low,
                    high_open=high_open,
                )
        low, low_open = interval.high, not interval.high_open
    if low is not None:
        yield Interval(low=low, low_open=low_open)
