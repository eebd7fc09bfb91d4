"""Laws that a policy should keep: a better input never costs, and every input matters.

What lives here: what is proved of each input by the signs of the slopes, and what pairs of records show
against it. What never comes in: choosing records, printing.

Which value of an input is the better one, no file says; but whichever it is, an input that lifts a
result at one place and lowers it at another lets somebody lose by doing better. Where a rule says which
way is good, one pair is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from kinerja.errors import Issue, Severity
from kinerja.formula.directions import Direction, motions_through
from kinerja.formula.motion import STILL, UNKNOWN, Motion
from kinerja.formula.types import (
    DateType,
    FlagType,
    ItemType,
    LabelType,
    ListType,
    NumberType,
    TextType,
)
from kinerja.policy import Policy
from kinerja.result import Result
from kinerja.scorer import Program
from kinerja.verify.coverage import scope_of, variants_of
from kinerja.verify.exhaustive import goes_one_way
from kinerja.verify.findings import Finding, Law, Witness
from kinerja.verify.probe import Context, Pair, Probe, number, witness

__all__ = ["laws_of"]

#: What is best in the middle goes both ways, and says so.
_IN_THE_MIDDLE: Final = frozenset({"stable", "efficient"})


def laws_of(policy: Policy, probe: Probe) -> tuple[list[Law], list[Finding]]:
    """Find which laws are proved, which are broken, and which inputs never matter.

    Args:
        policy: The policy.
        probe: Gives pairs of records that differ in one value.
    """
    program = policy.program
    outputs = [name for name in (program.total, program.ladder) if name is not None]
    seen = {subject: _Seen() for subject in _subjects(program)}
    for pair in probe.pairs():
        seen[pair.subject].take(pair, program, outputs)
    good = _good_ways(policy)
    others = [other for option, other in variants_of(policy) if option]
    laws: list[Law] = []
    findings: list[Finding] = []
    for subject, shown in seen.items():
        motions = _motions(program, subject)
        names = _names_items(program, subject)
        if not shown.matters and not names:
            for pair in probe.pairs_of(subject):
                shown.take(pair, program, outputs)
        inert = not shown.matters and not names
        proved_inert = inert and all(motions[name] == STILL for name in _told_steps(program))
        if inert and (proved_inert or shown.tried):
            if not any(_depends(other, subject) for other in others):
                findings.append(_inert(subject, shown.tried, proved=proved_inert))
            continue
        if names or not _is_judged(program, subject):
            continue
        if good.get(subject) in _IN_THE_MIDDLE:
            continue
        ways = [
            _way(program, subject, output, motions[output].direction, shown, good)
            for output in outputs
        ]
        laws += [law for law, _ in ways]
        # The label goes where the total goes: one of both is told.
        findings += [finding for _, finding in ways if finding is not None][:1]
    return laws, findings


@dataclass(slots=True)
class _Seen:
    """What pairs showed of one input.

    Attributes:
        tried: Pairs that differ in it.
        matters: Some published value differed.
        ways: For each output and context, the closest pair in which it rose with the input (`True`), and
            the closest in which it fell.
    """

    tried: int = 0
    matters: bool = False
    ways: dict[tuple[str, Context], dict[bool, Pair]] = field(default_factory=dict)

    def take(self, pair: Pair, program: Program, outputs: Iterable[str]) -> None:
        self.tried += 1
        self.matters = self.matters or _told(pair.before) != _told(pair.after)
        if not pair.ordered:
            return
        for output in outputs:
            low, high = (_rank(program, output, each) for each in (pair.before, pair.after))
            if low is not None and high is not None and low != high:
                ways = self.ways.setdefault((output, pair.context), {})
                known = ways.setdefault(low < high, pair)
                if pair.gap < known.gap:
                    ways[low < high] = pair

    def any_way(self, output: str, *, rises: bool) -> Pair | None:
        """Give a pair in which an output goes one way."""
        found = (
            ways[rises] for (name, _), ways in self.ways.items() if name == output and rises in ways
        )
        return next(found, None)

    def both_ways(self, output: str) -> tuple[Pair, Pair] | None:
        """Give two pairs in which an output goes both ways, the labels and flags beside being the same.

        With other labels another value may be the better one: of an indicator of another kind.
        """
        for (name, _), ways in self.ways.items():
            if name == output and len(ways) > 1:
                return ways[True], ways[False]
        return None


def _told(result: Result) -> object:
    return dict(result.values), tuple(map(str, result.reasons)), result.follow_ups


def _told_steps(program: Program) -> Iterator[str]:
    """Give the steps that a result tells of: the published ones, and those that a follow-up hangs on."""
    yield from program.published
    yield from (follow_up.step for follow_up in program.follow_ups)


def _rank(program: Program, output: str, result: Result) -> Fraction | None:
    """Give a result as a number that rises with it; `None` where it is missing or has no order."""
    value = result.values.get(output)
    kind = program.step(output).type
    if isinstance(kind, LabelType):
        ids = kind.scale.ids
        return Fraction(ids.index(value)) if kind.scale.ordered and value in ids else None
    return number(value) if isinstance(kind, NumberType) else None


def _subjects(program: Program) -> Iterator[str]:
    for declared in program.inputs:
        if isinstance(declared.type, ListType):
            yield from (f"{declared.name}.{name}" for name in declared.type.fields)
        else:
            yield declared.name


def _names_items(program: Program, subject: str) -> bool:
    """Tell whether an input is text, or only tells items apart: nothing is expected of it."""
    name, _, part = subject.partition(".")
    declared = next(i for i in program.inputs if i.name == name)
    kind = declared.type
    if isinstance(kind, ListType):
        told = {*kind.key, *declared.hidden, declared.item_title}
        return part in told or isinstance(kind.fields[part], TextType)
    return isinstance(kind, TextType)


def _is_judged(program: Program, subject: str) -> bool:
    """Tell whether an input is in the hands of somebody, and has an order that a result can follow."""
    name, _, part = subject.partition(".")
    declared = next(i for i in program.inputs if i.name == name)
    kind: ItemType | ListType = declared.type
    if isinstance(kind, ListType):
        kind = kind.fields[part]
    if name in declared.fixed or part in declared.fixed:
        return False
    if isinstance(kind, LabelType):
        return kind.scale.ordered
    return isinstance(kind, (NumberType, FlagType, DateType))


def _depends(program: Program, subject: str) -> bool:
    """Tell whether a result may depend on an input, as far as the slopes know."""
    if subject not in _subjects(program):
        return False
    motions = _motions(program, subject)
    return any(motions[name] != STILL for name in _told_steps(program))


def _motions(program: Program, subject: str) -> Mapping[str, Motion]:
    return motions_through(
        [(step.name, step.node) for step in program.steps],
        subject,
        scope_of(program, records="any"),
        types={step.name: step.type for step in program.steps},
        over={step.name: step.over for step in program.steps if step.over is not None},
    )


def _good_ways(policy: Policy) -> Mapping[str, str]:
    """Give which way is good, for inputs of which a rule says it."""
    found: dict[str, str] = {}
    fields = {
        name: f"{i.name}.{name}"
        for i in policy.program.inputs
        if isinstance(i.type, ListType)
        for name in i.type.fields
    }
    names = {i.name for i in policy.program.inputs}
    for step in policy.model.steps.values():
        actual, better = step.get("actual"), step.get("better")
        if step.get("rule") == "achievement" and isinstance(actual, str):
            subject = actual if actual in names else fields.get(actual)
            if subject is not None:
                # Two rules that disagree say nothing.
                known = found.setdefault(subject, str(better))
                found[subject] = known if known == better else ""
    return found


def _way(  # noqa: PLR0913, PLR0917 - what is known of one law
    program: Program,
    subject: str,
    output: str,
    proved: Direction,
    seen: _Seen,
    good: Mapping[str, str],
) -> tuple[Law, Finding | None]:
    way = good.get(subject)
    if proved != UNKNOWN:
        return Law(subject=subject, output=output, verdict="proved"), None
    bad = seen.any_way(output, rises=way == "lower") if way in ("higher", "lower") else None
    shown = (bad,) if bad is not None else seen.both_ways(output)
    if shown is None and goes_one_way(program, subject, output):
        return Law(subject=subject, output=output, verdict="proved"), None
    if shown is None:
        return Law(subject=subject, output=output, verdict="not_found", tried=seen.tried), None
    witnesses = tuple(w for pair in shown for w in _witnesses(pair, output))
    details = {"found": subject, "output": output}
    code = "KNJ720" if bad is None else "KNJ721"
    finding = _finding(code, f"steps.{output}", details, "warning", witnesses)
    return Law(subject=subject, output=output, verdict="broken"), finding


def _witnesses(pair: Pair, output: str) -> tuple[Witness, Witness]:
    return (
        witness(pair.low, pair.before, [output]),
        witness(pair.high, pair.after, [output]),
    )


def _inert(subject: str, tried: int, *, proved: bool) -> Finding:
    name, _, part = subject.partition(".")
    path = f"inputs.{name}.fields.{part}" if part else f"inputs.{name}"
    code = "KNJ730" if proved else "KNJ731"
    severity: Severity = "warning" if proved else "note"
    details = {"found": subject, "tried": str(tried)}
    return _finding(code, path, details, severity, (), tried=0 if proved else tried)


def _finding(  # noqa: PLR0913 - the parts of a finding
    code: str,
    path: str,
    details: Mapping[str, str],
    severity: Severity,
    witnesses: tuple[Witness, ...],
    *,
    tried: int = 0,
) -> Finding:
    issue = Issue(code=code, path=path, details=details, severity=severity)
    return Finding(issue=issue, witnesses=witnesses, tried=tried)
