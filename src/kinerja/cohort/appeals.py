"""An appeal (keberatan): a contested result, decided by the same version of the same policy.

What lives here: what was decided, by which office, why, and the way from the contested result to the new
one. What never comes in: words, files, and any change of a result: a decision gives another one beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from kinerja.errors import InputError, Issue, quoted
from kinerja.formula.types import ListType
from kinerja.result import PolicyNote, Result, ValueChange, WhatIf
from kinerja.result.legible import short_fingerprint
from kinerja.result.plain import scalars_to_plain
from kinerja.scorer import Program, Scorer

__all__ = [
    "Appeal",
    "AppealCase",
    "AppealOutcome",
    "case_issues",
    "decide_appeal",
    "policy_issues",
]

#: The decision keeps the record as it was, or corrects it.
AppealOutcome: TypeAlias = Literal["confirmed", "changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealCase:
    """Who decided an appeal, why and when; checked when the appeal is decided.

    Attributes:
        id: Id of the person, as the contested result has it.
        office: The office (jabatan) that decided; never needs a person's name.
        grounds: Why it decided so.
        filed: The day on which the appeal was filed.
        decided: The day of the decision.
        received: The day on which the person received the contested result, from which the time for
            filing is counted; `None` where it is not known.
    """

    id: str | None
    office: str
    grounds: str
    filed: date
    decided: date
    received: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """A decided appeal: both results, linked, and the way from one to the other.

    Attributes:
        case: Who decided, why and when.
        outcome: `confirmed` where nothing was corrected, else `changed`; whether a published value moved
            is told by `moves_result`.
        contested: The contested result, as it was.
        decided: The result after the decision; the contested one where that was confirmed.
        contested_receipt: Hash of the stored form of the contested result.
        decided_receipt: The same of the result after the decision.
        difference: The change followed from the corrected inputs to the published values.
        veiled: Corrected lists whose items must not be told apart, such as ratings of a panel.
        previous: Receipt of the appeal that gave the contested result; `None` where none did.
    """

    case: AppealCase
    outcome: AppealOutcome
    contested: Result
    decided: Result
    contested_receipt: str
    decided_receipt: str
    difference: WhatIf
    veiled: tuple[str, ...] = ()
    previous: str | None = None

    @property
    def policy(self) -> PolicyNote:
        """The policy that judged both results: id, version, fingerprint."""
        return self.difference.policy

    @property
    def corrections(self) -> tuple[ValueChange, ...]:
        """What was corrected, from what to what; of a list that is veiled only how many items."""
        return tuple(change for change in self.difference.inputs if not change.same)

    @property
    def moves_result(self) -> bool:
        """Whether a published value is another one after the decision."""
        # A value that is missing for another reason is missing still.
        return self.decided.values != self.contested.values

    @property
    def receipt(self) -> str:
        """Hash of the stored form of this appeal; an appeal on it refers to it by this."""
        from kinerja.cohort.appeal_store import appeal_receipt

        return appeal_receipt(self)

    def is_on(self, earlier: Appeal) -> bool:
        """Tell whether this appeal contests what an earlier one decided."""
        linked = self.contested_receipt == earlier.decided_receipt
        return linked and self.previous == earlier.receipt

    def to_dict(self) -> dict[str, object]:
        """Give the appeal as plain data for a database, with both results and all their inputs."""
        from kinerja.cohort.appeal_store import appeal_to_dict

        return appeal_to_dict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Appeal:
        """Read back what `to_dict` gave; equal to the appeal that was stored.

        Raises:
            InputError: The data is not the stored form of an appeal, or its content was altered.
        """
        from kinerja.cohort.appeal_store import appeal_from_dict

        return appeal_from_dict(data)


def decide_appeal(
    scorer: Scorer,
    contested: Result | Appeal,
    *,
    changes: Mapping[str, object],
    case: AppealCase,
) -> Appeal:
    """Decide an appeal: score the corrected record by the same policy, and link both results.

    The contested result is scored again first; only one that gives itself can be contested, for otherwise
    nobody knows what the difference would be between.

    Args:
        scorer: The policy of the contested result, in the same version and with the same choices.
        contested: The result, fresh or read back from storage; or an earlier appeal, whose decision is
            contested in its turn.
        changes: The corrected inputs, named as in `Scorer.what_if`; empty where the decision confirms the
            result.
        case: Who decided, why and when (PermenPANRB 6/2022, Lampiran hlm. 117: the decision may confirm or
            change).

    Returns:
        The appeal. The contested result stays as it is.

    Raises:
        InputError: Another policy, a result that does not give itself when scored again, another id,
            no office or grounds, dates out of order, a correction that cannot be used, or none that
            differs from what the record holds; every issue at once.

    Examples:
        >>> from kinerja.asn import load
        >>> scorer = load("kuadran-6-2022")
        >>> published = scorer.score(
        ...     {
        ...         "id": "p7",
        ...         "hasil_kerja": "sesuai_ekspektasi",
        ...         "perilaku_kerja": "di_bawah_ekspektasi",
        ...     }
        ... )
        >>> appeal = decide_appeal(
        ...     scorer,
        ...     published,
        ...     changes={"perilaku_kerja": "sesuai_ekspektasi"},
        ...     case=AppealCase(
        ...         id="p7",
        ...         office="Kepala Dinas",
        ...         grounds="umpan balik triwulan IV belum dihitung",
        ...         filed=date(2025, 1, 10),
        ...         decided=date(2025, 1, 16),
        ...     ),
        ... )
        >>> appeal.outcome, appeal.contested["predikat"], appeal.decided["predikat"]
        ('changed', 'kurang_misconduct', 'baik')
    """
    from kinerja.cohort.appeal_store import result_receipt

    earlier = contested if isinstance(contested, Appeal) else None
    result = contested.decided if isinstance(contested, Appeal) else contested
    issues = [*case_issues(case), *_order_issues(case, earlier)]
    if case.id != result.id:
        details = {"found": _shown(case.id), "expected": _shown(result.id)}
        issues.append(Issue(code="KNJ855", path="id", details=details))
    others = policy_issues(result, scorer.program)
    comparison = None
    if others:
        issues += others
    else:
        comparison, found = _compared(scorer, result, changes)
        issues += found
    if issues or comparison is None:
        raise InputError(issues)
    decided = comparison.after if changes else result
    return Appeal(
        case=case,
        outcome="changed" if changes else "confirmed",
        contested=result,
        decided=decided,
        contested_receipt=result_receipt(result),
        decided_receipt=result_receipt(decided),
        difference=replace(comparison, before=result, after=decided),
        veiled=_veiled(scorer.program, comparison),
        previous=None if earlier is None else earlier.receipt,
    )


def case_issues(case: AppealCase) -> list[Issue]:
    """Find what is wrong with who decided, why and when."""
    issues = [
        Issue(code="KNJ852", path=name, details={"expected": name})
        for name, text in (("office", case.office), ("grounds", case.grounds))
        if not text or not text.strip()
    ]
    dates = {"received": case.received, "filed": case.filed, "decided": case.decided}
    # A datetime is a date to Python, but neither compares nor is stored like one.
    odd = {name: day for name, day in dates.items() if day is not None and type(day) is not date}
    issues += [
        Issue(code="KNJ410", path=name, details={"found": quoted(str(day))})
        for name, day in odd.items()
    ]
    if not odd:
        issues += _before("filed", case.filed, case.received)
        issues += _before("decided", case.decided, case.filed)
    return issues


def policy_issues(result: Result, program: Program) -> list[Issue]:
    """Find what tells the policy of a result from a policy at hand: id, version or fingerprint."""
    note = program.note
    pairs = (
        ("policy_id", result.policy_id, note.id),
        ("policy_version", result.policy_version, note.version),
        ("fingerprint", result.fingerprint, note.fingerprint),
    )
    return [
        Issue(code="KNJ850", path=name, details={"found": found, "expected": expected})
        for name, found, expected in pairs
        if found != expected
    ]


def _order_issues(case: AppealCase, earlier: Appeal | None) -> list[Issue]:
    if earlier is None or type(case.filed) is not date:
        return []
    return _before("filed", case.filed, earlier.case.decided)


def _before(name: str, day: date, first: date | None) -> list[Issue]:
    if first is None or day >= first:
        return []
    details = {"found": day.isoformat(), "expected": first.isoformat()}
    return [Issue(code="KNJ853", path=name, details=details)]


def _compared(
    scorer: Scorer, result: Result, changes: Mapping[str, object]
) -> tuple[WhatIf | None, list[Issue]]:
    """Score the contested record as it is and corrected; an issue for everything in the way."""
    issues: list[Issue] = []
    own: tuple[Issue, ...] = ()
    try:
        again = scorer.rescore(result)
    except InputError as error:
        own = error.issues
        issues += [issue.at(path=f"inputs.{issue.path}") for issue in own]
    else:
        issues += _differences(result, again)
    try:
        comparison = scorer.what_if({**result.inputs, "id": result.id}, changes)
    except InputError as error:
        return None, [*issues, *(issue for issue in error.issues if issue not in own)]
    if changes and all(change.same for change in comparison.inputs):
        issues += [Issue(code="KNJ854", path=change.path) for change in comparison.inputs]
    return comparison, issues


def _differences(stored: Result, again: Result) -> Iterator[Issue]:
    """Give what a stored result says otherwise than the same record scored again."""
    found = False
    tables: tuple[tuple[str, Mapping[str, object], Mapping[str, object]], ...] = (
        ("values", stored.values, again.values),
        (
            "steps",
            {name: value for name, value in stored.steps.items() if name not in stored.values},
            {name: value for name, value in again.steps.items() if name not in again.values},
        ),
    )
    for part, mine, other in tables:
        for name in dict.fromkeys([*mine, *other]):
            pair = mine.get(name), other.get(name)
            if pair[0] != pair[1] or (name in mine) != (name in other):
                found = True
                yield _differs(f"{part}.{name}", *map(_shown, pair))
    for part in ("reasons", "follow_ups", "plugins"):
        texts = [", ".join(map(str, getattr(one, part))) or "–" for one in (stored, again)]
        if texts[0] != texts[1]:
            found = True
            yield _differs(part, *texts)
    for name in dict.fromkeys([*stored.inputs, *again.inputs]):
        pair = stored.inputs.get(name), again.inputs.get(name)
        if pair[0] != pair[1] or (name in stored.inputs) != (name in again.inputs):
            found = True
            yield _differs(f"inputs.{name}", *map(_shown, pair))
    # Another version of the library may explain the same result in other words.
    same_library = stored.library_version == again.library_version
    if not found and same_library and stored.explanation != again.explanation:
        yield _differs(
            "explanation", *(_mark(one.explanation.to_dict()) for one in (stored, again))
        )


def _differs(path: str, found: str, expected: str) -> Issue:
    return Issue(code="KNJ851", path=path, details={"found": found, "expected": expected})


def _shown(value: object) -> str:
    match value:
        case None:
            return "–"
        case str():
            return quoted(value)
        case bool() | Decimal() | Fraction():
            plain, _ = scalars_to_plain({"": value})
            return quoted(str(plain[""]).lower()).strip('"')
        case _:
            # A list may hold ratings, which are not for every reader of an issue.
            return _mark(value)


def _mark(value: object) -> str:
    """Give the beginning of the hash of what is too long, or not fit, to be shown."""
    from kinerja.cohort.appeal_store import content_hash

    return short_fingerprint(content_hash(value))


def _veiled(program: Program, comparison: WhatIf) -> tuple[str, ...]:
    """Give the corrected lists whose items explanations do not tell apart."""
    kept = {
        declared.name
        for declared in program.inputs
        if isinstance(declared.type, ListType) and (declared.item_title is None or declared.hidden)
    }
    return tuple(c.path for c in comparison.inputs if c.path in kept and not c.same)
