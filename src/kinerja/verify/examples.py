"""Running examples: what each expects against what the policy gives.

What lives here: the run, and its findings as values. What never comes in: the shape of the file, printing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from kinerja.errors import InputError, Issue
from kinerja.exact import decimal_digits, plain_decimal
from kinerja.policy import Policy
from kinerja.result import Result, Scalar
from kinerja.scorer import Program, Scorer
from kinerja.verify.reading import STATUS, Example, Expected, Wanted, read_examples
from kinerja.words import Text

__all__ = ["Comparison", "ExamplesReport", "Outcome", "check_examples", "run_examples"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One expectation beside what came out.

    Attributes:
        key: A step, `status`, `reasons` or `error`.
        title: Title of the step; of another key, the key.
        expected: What was expected: a plain decimal, an id, `true` or `false`, codes; `None` for missing.
        found: What came out, written alike.
        passed: They are equal; numbers as exact numbers.
        line: Line of the expectation in the examples file.
        column: Column in that line.
        cell: Cell of the expectation, in a table.
    """

    key: str
    title: Text
    expected: str | None
    found: str | None
    passed: bool
    line: int | None = None
    column: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one example.

    Attributes:
        example: The example.
        comparisons: Every expectation beside what came out; empty where the record was refused and no
            refusal was expected.
        result: The result, or `None` where the record was refused.
        issues: Why the record was refused; empty where it was scored.
    """

    example: Example
    comparisons: tuple[Comparison, ...]
    result: Result | None
    issues: tuple[Issue, ...] = ()

    @property
    def passed(self) -> bool:
        """Everything came out as expected."""
        return bool(self.comparisons) and all(c.passed for c in self.comparisons)

    @property
    def failures(self) -> tuple[Comparison, ...]:
        """The expectations that were not met."""
        return tuple(c for c in self.comparisons if not c.passed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamplesReport:
    """What became of every example of a file.

    Attributes:
        file: The file, as the user named it.
        outcomes: One for each example, in file order.
    """

    file: str
    outcomes: tuple[Outcome, ...]

    @property
    def passed(self) -> int:
        """Number of examples that came out as expected."""
        return sum(outcome.passed for outcome in self.outcomes)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The examples that did not."""
        return tuple(outcome for outcome in self.outcomes if not outcome.passed)


def check_examples(path: Path, policy: Policy) -> ExamplesReport:
    """Run every example of a file.

    Args:
        path: A YAML file of examples.
        policy: The policy they belong to.

    Raises:
        InputError: The file cannot be read, or examples are written wrongly; every issue at once.
    """
    return run_examples(str(path), read_examples(path, policy))


def run_examples(file: str, examples: Iterable[Example]) -> ExamplesReport:
    """Run examples that were read.

    Args:
        file: The file they come from, as the user named it.
        examples: The examples.
    """
    scorers: dict[int, Scorer] = {}
    outcomes = []
    for example in examples:
        key = id(example.program)
        if key not in scorers:
            scorers[key] = Scorer(example.program)
        outcomes.append(_run(example, scorers[key]))
    return ExamplesReport(file=file, outcomes=tuple(outcomes))


def _run(example: Example, scorer: Scorer) -> Outcome:
    refusal = next((wanted for wanted in example.expect if wanted.key == "error"), None)
    try:
        result = scorer.score({"id": example.id, **example.record})
    except InputError as error:
        comparisons = () if refusal is None else (_codes(refusal, (i.code for i in error.issues)),)
        return Outcome(example=example, comparisons=comparisons, result=None, issues=error.issues)
    steps = _steps(result, example.expect)
    return Outcome(
        example=example,
        comparisons=tuple(
            _compare(wanted, result, steps, example.program) for wanted in example.expect
        ),
        result=result,
    )


def _steps(result: Result, expect: Iterable[Expected]) -> Mapping[str, Scalar]:
    """Give the values of the steps that are asked for; those not published are computed once."""
    hidden = [wanted for wanted in expect if wanted.key not in result.values]
    return {**result.steps, **result.values} if hidden else result.values


def _compare(
    wanted: Expected, result: Result, steps: Mapping[str, Scalar], program: Program
) -> Comparison:
    match wanted.key:
        case "status":
            return _comparison(wanted, Text.same(STATUS), wanted.value, result.status)
        case "error":
            return _codes(wanted, ())
        case "reasons":
            return _reasons(wanted, result)
    title = program.step(wanted.key).title
    found = steps[wanted.key]
    if isinstance(found, Decimal):
        found = Fraction(found)
    return _comparison(wanted, title, wanted.value, found)


def _comparison(wanted: Expected, title: Text, expected: Wanted, found: Wanted) -> Comparison:
    return Comparison(
        key=wanted.key,
        title=title,
        expected=_written(expected),
        found=_written(found),
        # A flag is a number to Python, and never one here.
        passed=expected == found and isinstance(expected, bool) == isinstance(found, bool),
        line=wanted.line,
        column=wanted.column,
        cell=wanted.cell,
    )


def _codes(wanted: Expected, found: Iterable[str]) -> Comparison:
    expected = wanted.value if isinstance(wanted.value, tuple) else ()
    return _comparison(
        wanted, Text.same(wanted.key), tuple(sorted(set(expected))), tuple(sorted(set(found)))
    )


def _reasons(wanted: Expected, result: Result) -> Comparison:
    """Compare reasons by their codes, or with their subjects where those are written."""
    expected = wanted.value if isinstance(wanted.value, tuple) else ()
    return _codes(
        wanted,
        (str(r) if str(r) in expected else r.code for r in result.reasons),
    )


def _written(value: Wanted) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return str(value).lower()
        case Fraction():
            return str(value) if decimal_digits(value) is None else plain_decimal(value)
        case tuple():
            return ", ".join(value)
    return value
