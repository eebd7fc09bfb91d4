"""How the labels of a unit are distributed, checked against the limits of a policy.

What lives here: counting people by label, and what the policy of the distribution says of the counts. What
never comes in: limits and figures, which are the policy's; names of people, words, any change of a label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, cast

from kinerja.cohort.limits import LimitNotKept, limits_not_kept
from kinerja.cohort.members import Member, by_unit
from kinerja.errors import InputError, Issue, quoted, sort_issues, unknown_name
from kinerja.formula.types import FlagType, LabelType
from kinerja.result import Result
from kinerja.scorer import LabelStep, Program, Scorer
from kinerja.scorer.read import read_record
from kinerja.scorer.run import run_steps
from kinerja.words import Text

__all__ = ["UnitDistribution", "check_distribution"]

#: Input of the policy of a distribution that holds the predikat of the organisation.
ORGANISATION: Final = "capaian_organisasi"
#: What an input begins with that holds the number of people with a label.
COUNT: Final = "jumlah_"
#: Step that tells how many people would have to have another label.
MOVES: Final = "paling_sedikit_berpindah"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDistribution:
    """How the labels of one unit are distributed, and whether that keeps the limits.

    It holds counts, never names or ids.

    Attributes:
        unit: The unit; `None` for people without one, and for the whole.
        scope: A `unit`, or the `whole` of all people given.
        organisation: Id of the predikat of the organisation; `None` where the policy asks for none.
        organisation_title: Its title.
        counts: People by label, in the order of the scale.
        incomplete: People without a label since something is missing; counted nowhere else.
        refused: People whose record could not be used; counted nowhere else.
        result: What the policy of the distribution says of the counts, with its explanation.
        verdict: Whether every limit is kept; `None` where the policy does not judge the unit, and the
            reasons stand in `result`.
        limits: The limits that are not kept.
        fewest_moves: How many people would have to have another label for every limit to hold; `None`
            where the policy does not tell.
    """

    unit: str | None
    scope: Literal["unit", "whole"] = "unit"
    organisation: str | None = None
    organisation_title: Text | None = None
    counts: Mapping[str, int]
    incomplete: int = 0
    refused: int = 0
    result: Result
    verdict: bool | None
    limits: tuple[LimitNotKept, ...] = ()
    fewest_moves: int | None = None

    @property
    def people(self) -> int:
        """People with a label: the size of the unit that the limits are taken of."""
        return sum(self.counts.values())

    def share(self, label: str) -> Fraction | None:
        """Give the share of a label among the people with one; `None` where there are none."""
        return Fraction(self.counts[label], self.people) if self.people else None


def check_distribution(  # noqa: PLR0913 - what is counted, by which rules, and what the rules ask for
    members: Iterable[Member],
    *,
    scorer: Scorer,
    step: LabelStep,
    organisation: str | Mapping[str | None, str] | None = None,
    whole: Literal["omit", "add"] = "omit",
    whole_organisation: str | None = None,
    inputs: Mapping[str, object] | None = None,
    verdict: str | None = None,
) -> tuple[UnitDistribution, ...]:
    """Count the labels of each unit, and let a policy say whether they keep its limits.

    The policy is one whose record is a unit: an input `jumlah_<label>` for each label of the step, and
    `capaian_organisasi` where its limits depend on the organisation, such as the shipped `se-3-2023` or a
    policy that extends it. Nothing is dealt out, and no label is changed.

    Args:
        members: People of one period.
        scorer: The policy of the distribution.
        step: The step whose labels are counted.
        organisation: Predikat of the organisation, by id or title: one for all units, or by unit. A policy
            without that input does not look at it.
        whole: `add` also checks all people together. By default only units are: the unit that counts is the
            one led by the rater (PermenPANRB 6/2022 Lampiran hlm. 94 huruf g).
        whole_organisation: Predikat for the whole; by default `organisation` where that is one for all.
        inputs: Further inputs of the policy, the same for all units, such as `unit_terkecil`.
        verdict: Published flag that says whether every limit is kept; by default the first one.

    Returns:
        One for each unit, in the order in which units first appear; the whole comes last.

    Raises:
        InputError: A label has no input or an input no label (KNJ820, KNJ821), a unit has no predikat of
            its organisation or an unknown one (KNJ822, KNJ823), the policy publishes no such flag
            (KNJ824), the people are of several periods (KNJ825), the whole has no predikat (KNJ826),
            somebody has a label that the step does not have (KNJ839), or a further input cannot be used.

    Examples:
        >>> import kinerja
        >>> from kinerja.scorer import label_step
        >>> step = label_step(kinerja.load("kuadran-6-2022").program)
        >>> members = [
        ...     Member(id=str(number), unit="Bidang Arsip", values={"predikat": "baik"})
        ...     for number in range(10)
        ... ]
        >>> [found] = check_distribution(
        ...     members, scorer=kinerja.load("se-3-2023"), step=step, organisation="baik"
        ... )
        >>> found.verdict, found.counts["baik"], found.fewest_moves
        (False, 10, 3)
        >>> [(limit.step, int(limit.found), limit.allowed) for limit in found.limits]
        [('maks_baik', 10, 7), ('ada_yang_harus_ada', 0, 1)]
    """
    people = list(members)
    units: list[tuple[str | None, Literal["unit", "whole"], list[Member]]] = [
        (unit, "unit", found) for unit, found in by_unit(people).items()
    ]
    if whole == "add":
        units.append((None, "whole", people))
    check = _Check(scorer, step, dict(inputs or {}), verdict)
    check.look_at_periods(people)
    check.look_at_labels(people)
    organisations = []
    for unit, scope, _ in units:
        given = organisation if isinstance(organisation, str) else (organisation or {}).get(unit)
        if scope == "whole":
            one_for_all = organisation if isinstance(organisation, str) else None
            given = whole_organisation or one_for_all
        organisations.append(check.organisation_of(given, unit=unit, scope=scope))
    check.refuse()
    found = [
        check.unit(unit, scope, those, held)
        for (unit, scope, those), held in zip(units, organisations, strict=True)
    ]
    check.refuse()
    return tuple(one for one in found if one is not None)


class _Check:
    def __init__(
        self, scorer: Scorer, step: LabelStep, inputs: dict[str, object], verdict: str | None
    ) -> None:
        self.scorer = scorer
        self.program: Program = scorer.program
        self.step = step
        self.inputs = inputs
        self.issues: list[Issue] = []
        self.counted = self._counted()
        self.verdict = self._verdict(verdict)
        declared = {one.name: one.type for one in self.program.inputs}
        self.scale = declared.get(ORGANISATION)

    def refuse(self) -> None:
        if self.issues:
            told = [one for at, one in enumerate(self.issues) if one not in self.issues[:at]]
            raise InputError(sort_issues(told))

    def _counted(self) -> dict[str, str]:
        """Give the label that each input counts, in the order of the policy's inputs."""
        labels = [label for label, _ in self.step.labels]
        declared = [
            one.name.removeprefix(COUNT)
            for one in self.program.inputs
            if one.name.startswith(COUNT)
        ]
        known = {"policy": self.program.note.id, "step": self.step.name}
        for code, names, others in (("KNJ820", labels, declared), ("KNJ821", declared, labels)):
            for name in names:
                if name not in others:
                    issue = unknown_name(code, "", name, others)
                    details = {**issue.details, **known, "input": f"{COUNT}{name}"}
                    self.issues.append(Issue(code=code, path=f"{COUNT}{name}", details=details))
        return {f"{COUNT}{label}": label for label in declared if label in labels}

    def _verdict(self, name: str | None) -> str:
        flags = [
            one
            for one in self.program.published
            if isinstance(self.program.step(one).type, FlagType)
        ]
        wanted = flags[0] if name is None and flags else name or ""
        if wanted not in flags:
            self.issues.append(unknown_name("KNJ824", "", wanted, flags))
        return wanted

    def look_at_periods(self, people: Sequence[Member]) -> None:
        periods = list(dict.fromkeys(str(one.period) for one in people if one.period is not None))
        if len(periods) > 1:
            details = {"found": ", ".join(map(quoted, periods))}
            self.issues.append(Issue(code="KNJ825", path="period", details=details))

    def look_at_labels(self, people: Sequence[Member]) -> None:
        """Refuse labels of another policy, whose people would be counted nowhere."""
        known = [label for label, _ in self.step.labels]
        held = dict.fromkeys(one.label(self.step.name) for one in people)
        self.issues += [
            unknown_name("KNJ839", self.step.name, label, known)
            for label in held
            if label is not None and label not in known
        ]

    def organisation_of(
        self, given: str | None, *, unit: str | None, scope: Literal["unit", "whole"]
    ) -> str | None:
        if not isinstance(self.scale, LabelType):
            return None
        scale = self.scale.scale
        path = f"{ORGANISATION}[{'*' if scope == 'whole' else unit or '–'}]"
        if given is None:
            code = "KNJ826" if scope == "whole" else "KNJ822"
            details = {"expected": ", ".join(scale.ids), "unit": quoted(unit or "–")}
            self.issues.append(Issue(code=code, path=path, details=details))
            return None
        found = scale.find(given)
        if found is None:
            issue = unknown_name("KNJ823", path, given, scale.ids)
            self.issues.append(
                Issue(
                    code="KNJ823", path=path, details={**issue.details, "unit": quoted(unit or "–")}
                )
            )
        return found

    def unit(
        self,
        unit: str | None,
        scope: Literal["unit", "whole"],
        members: Sequence[Member],
        organisation: str | None,
    ) -> UnitDistribution | None:
        held = Counter(member.label(self.step.name) for member in members)
        refused = sum(
            member.status == "refused" and member.label(self.step.name) is None
            for member in members
        )
        counts = {label: held[label] for label, _ in self.step.labels}
        record: dict[str, object] = {**self.inputs}
        record |= {name: counts[label] for name, label in self.counted.items()}
        if organisation is not None:
            record[ORGANISATION] = organisation
        try:
            result = self.scorer.score(record)
        except InputError as error:
            self.issues.extend(error.issues)
            return None
        reading, _, _ = read_record(record, self.program.inputs)
        moves = result[MOVES] if any(one.name == MOVES for one in self.program.steps) else None
        title = None
        if isinstance(self.scale, LabelType) and organisation is not None:
            title = self.scale.scale.title(organisation)
        return UnitDistribution(
            unit=unit,
            scope=scope,
            organisation=organisation,
            organisation_title=title,
            counts=counts,
            incomplete=held[None] - refused,
            refused=refused,
            result=result,
            verdict=cast("bool | None", result[self.verdict]),
            limits=limits_not_kept(
                self.program,
                run_steps(self.program, reading),
                verdict=self.verdict,
                counted=self.counted,
                people=sum(counts.values()),
            ),
            fewest_moves=None if moves is None else int(cast("Fraction", moves)),
        )
