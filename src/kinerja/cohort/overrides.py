"""Reasoned decisions in place of computed labels: who decided, why, what was replaced.

What lives here: which `override` steps of a policy applied to a result, and the changes by which the
decision of an appeal enters as one. What never comes in: words, the rule itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kinerja.cohort.appeals import policy_issues
from kinerja.errors import InputError, Issue, unknown_name
from kinerja.formula import nodes as n
from kinerja.formula.types import LabelType
from kinerja.result import Result
from kinerja.scorer import Program, Step
from kinerja.words import Text

__all__ = ["AppliedOverride", "override_changes", "overrides_of", "unit_overrides"]

#: Rule kind of the steps that are looked at.
_KIND = "override"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedOverride:
    """A decision that stands in place of a computed label.

    Attributes:
        id: Id of the record.
        step: Name of the step.
        title: As people read it.
        replaced: Id of the computed label; `None` where it is missing.
        gave: Id of the label that the step gives; `None` where the decision lacks its reason or office.
        replaced_title: The computed label, as people read it.
        gave_title: The label given, as people read it.
        who: The office that decided; `None` where it is missing.
        why: The reason; `None` where it is missing.
    """

    id: str | None
    step: str
    title: Text
    replaced: str | None
    gave: str | None
    replaced_title: Text | None = None
    gave_title: Text | None = None
    who: str | None = None
    why: str | None = None

    @property
    def is_explained(self) -> bool:
        """Whether office and reason are there; without them the decision does not count."""
        return self.who is not None and self.why is not None

    @property
    def is_other(self) -> bool:
        """Whether the decision gives another label than the computed one."""
        return self.gave != self.replaced


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """Where an override takes its values from: names of inputs or steps."""

    by: str
    why: str
    who: str


def overrides_of(result: Result, *, program: Program) -> tuple[AppliedOverride, ...]:
    """Tell which overrides applied to a result, fresh or read back.

    Args:
        result: The result.
        program: The policy that gave it.

    Returns:
        The overrides with a decision, in the order of the policy; none where nobody decided.

    Raises:
        InputError: The result is of another policy.

    Examples:
        >>> from kinerja.asn import load
        >>> choices = {"ambang_sebagian_besar": "0.6", "ambang_sebagian_kecil": "0.3"}
        >>> scorer = load("permenpanrb-6-2022", variant=choices)
        >>> result = scorer.score(
        ...     {
        ...         "rating_hasil_ditetapkan": "sesuai_ekspektasi",
        ...         "keputusan_rating": "di_atas_ekspektasi",
        ...         "alasan_keputusan": "hasil lintas unit",
        ...         "jabatan_keputusan": "Kepala Biro",
        ...     }
        ... )
        >>> (found,) = overrides_of(result, program=scorer.program)
        >>> found.replaced, found.gave, found.who
        ('sesuai_ekspektasi', 'di_atas_ekspektasi', 'Kepala Biro')
    """
    issues = policy_issues(result, program)
    if issues:
        raise InputError(issues)
    return tuple(_applied(result, program))


def unit_overrides(results: Iterable[Result], *, program: Program) -> tuple[AppliedOverride, ...]:
    """List the overrides of many results, in their order.

    Args:
        results: Results of one policy.
        program: The policy.

    Raises:
        InputError: A result is of another policy.
    """
    return tuple(found for result in results for found in overrides_of(result, program=program))


def override_changes(
    program: Program, *, decision: str, office: str, grounds: str, step: str | None = None
) -> dict[str, object]:
    """Give the changes of a record by which a decision enters it as an override.

    With them `decide_appeal` gives a result whose explanation shows who decided, why, and which computed
    label was replaced.

    Args:
        program: The policy.
        decision: The label that is decided, by id or title.
        office: The office that decides.
        grounds: Why.
        step: The override; may be left out where the policy has only one.

    Returns:
        New values by input.

    Raises:
        InputError: There is no such override, or more than one and none is named, or office or grounds are
            empty; every issue at once.

    Examples:
        >>> from kinerja.asn import load
        >>> choices = {"ambang_sebagian_besar": "0.6", "ambang_sebagian_kecil": "0.3"}
        >>> program = load("permenpanrb-6-2022", variant=choices).program
        >>> override_changes(
        ...     program, decision="di_atas_ekspektasi", office="Kepala Biro", grounds="hasil lintas unit"
        ... )["jabatan_keputusan"]
        'Kepala Biro'
    """
    inputs = {declared.name for declared in program.inputs}
    known = {
        one.name: names
        for one, names in _overrides(program)
        if {names.by, names.why, names.who} <= inputs
    }
    wanted = next(iter(known)) if step is None and len(known) == 1 else step
    issues = [
        Issue(code="KNJ852", path=name, details={"expected": name})
        for name, text in (("office", office), ("grounds", grounds))
        if not text.strip()
    ]
    if wanted not in known:
        issues.append(unknown_name("KNJ858", "step", wanted or "", known))
    if issues:
        raise InputError(issues)
    names = known[str(wanted)]
    return {names.by: decision, names.why: grounds, names.who: office}


def _overrides(program: Program) -> Iterator[tuple[Step, _Names]]:
    """Give the overrides of a record; those computed for each item of a list are left out."""
    for step in program.steps:
        if step.kind != _KIND or step.over is not None or not isinstance(step.node, n.Where):
            continue
        match step.node:
            case n.Where(
                cases=(
                    _,
                    (
                        n.Or(
                            args=(n.IsMissing(arg=n.Ref() as why), n.IsMissing(arg=n.Ref() as who))
                        ),
                        _,
                    ),
                ),
                otherwise=n.Ref() as by,
            ):
                yield step, _Names(by=by.name, why=why.name, who=who.name)


def _applied(result: Result, program: Program) -> Iterator[AppliedOverride]:
    given: Mapping[str, object] = {**result.inputs, **result.steps}
    for step, names in _overrides(program):
        if given.get(names.by) is None:
            continue
        replaced, gave = given.get(f"{step.name}.computed"), given.get(step.name)
        who, why = given.get(names.who), given.get(names.why)
        yield AppliedOverride(
            id=result.id,
            step=step.name,
            title=step.title,
            replaced=replaced if isinstance(replaced, str) else None,
            gave=gave if isinstance(gave, str) else None,
            replaced_title=_title(step, replaced),
            gave_title=_title(step, gave),
            who=who if isinstance(who, str) else None,
            why=why if isinstance(why, str) else None,
        )


def _title(step: Step, label: object) -> Text | None:
    if not isinstance(label, str) or not isinstance(step.type, LabelType):
        return None
    found = (known.title for known in step.type.scale.labels if known.id == label)
    return next(found, Text.same(label))
