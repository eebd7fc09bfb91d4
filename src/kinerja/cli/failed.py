"""Examples that do not match, as lines for people.

What lives here: what was expected beside what came out, and the first step that differs, explained. What
never comes in: the running of examples, where the lines are printed.
"""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.cli.console import Console
from kinerja.report.layout import hung, pairs
from kinerja.result.text import steps_text
from kinerja.scorer.explain import reason_text
from kinerja.verify import Comparison, FirstDifference, Outcome, first_difference

__all__ = [
    "difference_heading",
    "failure_details",
    "failure_lines",
    "failure_rows",
    "found_words",
    "place_of",
]


def failure_lines(file: str, outcome: Outcome, console: Console) -> Iterator[str]:
    """Print one example that does not match.

    Args:
        file: The file of examples, as the user named it.
        outcome: What became of the example.
        console: Gives the words.
    """
    example = outcome.example
    title = f": {example.title}" if example.title else ""
    yield console.say("check.failed", place=place_of(file, outcome), example=f"{example.id}{title}")
    yield from failure_details(outcome, console)


def failure_details(outcome: Outcome, console: Console) -> Iterator[str]:
    """Print what stands below the heading of an example that does not match."""
    rows = [
        (failure.key, f"{found_words(failure, console)} ({_place_in_file(failure, console)})")
        for failure in outcome.failures
    ]
    yield from pairs([*rows, *failure_rows(outcome, console)], indent=2)
    difference = first_difference(outcome)
    if difference is not None:
        yield from hung("  ", difference_heading(difference, console))
        yield from steps_text(difference.explanation, console.lang, indent=4)
    if outcome.issues and not outcome.comparisons:
        yield f"  {console.say('check.refused')}"
        yield from (f"  {line}" for line in console.issue_lines(outcome.issues))


def place_of(file: str, outcome: Outcome) -> str:
    """Name the place of an example: a line, or a cell where the file has no lines."""
    example = outcome.example
    return f"{file}, {example.cell}" if example.line is None else f"{file}:{example.line}"


def _place_in_file(failure: Comparison, console: Console) -> str:
    if failure.cell is not None:
        return console.say("check.at_cell", cell=failure.cell)
    return console.say("check.at_line", line=failure.line)


def found_words(failure: Comparison, console: Console) -> str:
    """Say what was expected and what came out."""
    nothing = console.say("check.nothing")
    expected, found = (
        nothing if value is None else value or console.say("check.no_code")
        for value in (failure.expected, failure.found)
    )
    return console.say("check.difference", expected=expected, found=found)


def failure_rows(outcome: Outcome, console: Console) -> Iterator[tuple[str, str]]:
    """Say why an example's result is incomplete, if it is."""
    if outcome.result is not None and outcome.result.reasons:
        program = outcome.example.program
        reasons = (reason_text(program, reason) for reason in outcome.result.reasons)
        yield console.say("check.incomplete"), "; ".join(map(console.text, reasons))


def difference_heading(difference: FirstDifference, console: Console) -> str:
    """Introduce the first step that differs."""
    key = "check.differs_after" if difference.has_read_steps else "check.differs"
    return console.say(key, step=difference.title)
