"""What was asked of `kinerja explore`, read and checked before any data are.

What lives here: weights, limits and figures as people type them. What never comes in: people, drawing.
"""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from kinerja.cli.arguments import pairs
from kinerja.cli.usage import UsageError
from kinerja.errors import InputError, Issue, quoted, unknown_name
from kinerja.exact import NotANumberError, exact
from kinerja.explore import Scheme, policy_scheme, policy_schemes, weights_of
from kinerja.report.explore_scheme import Drawn
from kinerja.scorer import LabelStep, Scorer
from kinerja.scorer.graph import affected, read_by
from kinerja.values import Weights

__all__ = ["Asked", "read_asked", "scheme_asked"]

#: Weightings at most, and by default: for a table as it comes, for a large one, and where everybody is
#: scored anew under each of them.
MOST: Final = 1_000_000
USUAL, FEWER, FEWEST = 10_000, 1_000, 400
#: People from whom on a table is large.
LARGE: Final = 5_000

#: Where one weight of a proposal ends and the next begins: a comma may stand in a number as well.
_NEXT: Final = re.compile(r"[;,]\s*(?=[^=;,]+=)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked.

    Attributes:
        proposals: Other weights to compare.
        drawn: How weightings are drawn.
        count: How many; `None` leaves it to the number of people.
        seed: What they are drawn with.
        by: How far a weight goes down and up.
        floors: The least that is asked of components.
        limit: From which total on a person passes; `None` where nobody asked who is carried.
    """

    proposals: Sequence[Weights]
    drawn: Drawn
    count: int | None
    seed: int
    by: Fraction
    floors: Mapping[str, Fraction]
    limit: Fraction | None

    def weightings(self, people: int, *, followed: bool) -> int:
        """Give how many weightings are drawn for so many people."""
        if self.count is not None:
            return self.count
        if not followed:
            return FEWEST
        return USUAL if people <= LARGE else FEWER


def scheme_asked(arguments: Namespace, scorer: Scorer, label: LabelStep) -> Scheme:
    """Find the step whose weights are varied: the one named, or the last one that reaches the label.

    Raises:
        InputError: There is no such step.
    """
    if arguments.scheme is not None:
        return policy_scheme(scorer, step=arguments.scheme)
    program = scorer.program
    reads = {step.name: read_by(step) for step in program.steps}
    reaching = [
        scheme
        for scheme in policy_schemes(scorer)
        if any(
            step.name == label.name for step in affected(program, scheme.step, label.name, reads)
        )
    ]
    return reaching[-1] if reaching else policy_scheme(scorer)


def read_asked(arguments: Namespace, scheme: Scheme) -> Asked:
    """Read what was asked of the weights of a step.

    Raises:
        UsageError: Something was typed wrongly; every issue at once.
        InputError: Something does not fit the weights; every issue at once.
    """
    reader = _Reader()
    proposals = [reader.proposal(text) for text in arguments.weights]
    bounds = {
        name: reader.bound(text) for name, text in pairs(arguments.bounds, "--bounds").items()
    }
    floors = {
        name: reader.number(text, "--floor")
        for name, text in pairs(arguments.floor, "--floor").items()
    }
    limit = None if arguments.limit is None else reader.number(arguments.limit, "--limit")
    around = None if arguments.around is None else reader.above(arguments.around, "--around")
    by = Fraction(1, 10) * scheme.weights.total
    if arguments.by is not None:
        by = reader.above(arguments.by, "--by")
        if by > scheme.weights.total:
            reader.issues.append(Issue(code="KNJ941", details={"found": quoted(arguments.by)}))
    order = [name.strip() for name in (arguments.order or "").split(",") if name.strip()]
    reader.issues += [
        Issue(code="KNJ910", details={"found": quoted(name), "option": "--order"})
        for name in dict.fromkeys(order)
        if order.count(name) > 1
    ]
    if (limit is None) != (not floors):
        found, other = ("--floor", "--limit") if floors else ("--limit", "--floor")
        reader.issues.append(Issue(code="KNJ939", details={"found": found, "expected": other}))
    if arguments.count is not None and arguments.count > MOST:
        details = {"found": quoted(str(arguments.count)), "expected": str(MOST)}
        reader.issues.append(Issue(code="KNJ940", details=details))
    if reader.issues:
        raise UsageError(reader.issues)
    return Asked(
        proposals=_fitting(proposals, scheme, [*bounds, *order, *floors]),
        drawn=Drawn(around=around, bounds=bounds, order=order),
        count=arguments.count,
        seed=1 if arguments.seed is None else arguments.seed,
        by=by,
        floors=floors,
        limit=limit,
    )


def _fitting(
    proposals: Sequence[Mapping[str, Fraction]], scheme: Scheme, named: Sequence[str]
) -> list[Weights]:
    """Check proposals and names against the weights of the policy."""
    found: list[Weights] = []
    issues = [
        unknown_name("KNJ042", name, name, scheme.names)
        for name in dict.fromkeys(named)
        if name not in scheme.names
    ]
    for given in proposals:
        try:
            found.append(weights_of(scheme, given))
        except InputError as error:
            issues += [issue for issue in error.issues if issue not in issues]
    if issues:
        raise InputError(issues)
    return found


class _Reader:
    """Reads figures as people type them: with a decimal comma or point, and a percent sign or none."""

    def __init__(self) -> None:
        self.issues: list[Issue] = []

    def number(self, text: str, option: str) -> Fraction:
        found = _number(text)
        if found is not None:
            return found
        details = {"found": quoted(text), "option": option}
        self.issues.append(Issue(code="KNJ938", details=details))
        return Fraction(0)

    def above(self, text: str, option: str) -> Fraction:
        found = _number(text)
        if found is not None and found > 0:
            return found
        details = {"found": quoted(text), "option": option}
        self.issues.append(Issue(code="KNJ922", details=details))
        return Fraction(1)

    def bound(self, text: str) -> tuple[Fraction, Fraction]:
        low, colon, high = text.partition(":")
        ends = _number(low), _number(high)
        if colon and ends[0] is not None and ends[1] is not None and ends[0] <= ends[1]:
            return ends[0], ends[1]
        self.issues.append(Issue(code="KNJ937", details={"found": quoted(text)}))
        return Fraction(0), Fraction(0)

    def proposal(self, text: str) -> dict[str, Fraction]:
        named = [part.partition("=") for part in _NEXT.split(text.strip().rstrip(";,"))]
        names = [name.strip() for name, _, _ in named]
        values = [_number(value) for _, _, value in named]
        if all(names) and None not in values and len(set(names)) == len(names):
            return {
                name: value for name, value in zip(names, values, strict=True) if value is not None
            }
        self.issues.append(Issue(code="KNJ936", details={"found": quoted(text)}))
        return {}


def _number(text: str) -> Fraction | None:
    bare = text.strip()
    if bare.count(",") == 1 and "." not in bare:
        bare = bare.replace(",", ".")
    try:
        return exact(bare)
    except NotANumberError:
        return None
