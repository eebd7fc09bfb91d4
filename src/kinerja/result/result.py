"""The result of scoring one record.

What lives here: `Result`, its status, values and stored form. What never comes in: rules, and how a
value is computed; the explanation is made only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal, Protocol, TypeAlias

from kinerja.result.explanation import Explanation
from kinerja.values import Reason
from kinerja.words import DEFAULT_LANGUAGE, Language, has_words, say

__all__ = ["Result", "Scalar", "Source", "Status"]

Status = Literal["complete", "incomplete"]
#: A value as a result carries it: a number as `Decimal` (as `Fraction` where its decimal never ends),
#: a label or text, a flag, or `None` when it is missing.
Scalar: TypeAlias = "Decimal | Fraction | str | bool | None"


class Source(Protocol):
    """Where a result takes what is only made when it is asked for."""

    def explain(self) -> Explanation:
        """Explain the result."""

    def steps(self) -> Mapping[str, Scalar]:
        """Give the value of every step, published or not."""

    def inputs(self) -> Mapping[str, object]:
        """Give the record as it was read: JSON-compatible values, numbers as decimal text."""


class Result:
    """What a policy says about one record.

    `result["predikat"]` gives the value of any step. A label is its id. A missing value is `None`, and
    `reasons` says why; the status is then `incomplete` when the step is a published one.

    Two results are equal when policy, inputs and values are equal.

    Attributes:
        policy_id: Id of the policy.
        policy_version: Version of the policy file.
        fingerprint: Hash of the policy's meaning.
        library_version: Version of `kinerja` that scored.
        plugins: Rule kinds from installed plug-ins that the policy uses: `name (package version)`.
        id: The record's id, or `None`.
        values: Published values, in the order of the policy.
        reasons: Why published values are missing; empty when the status is `complete`.
        follow_ups: Ids of what follows by the policy (penghargaan, pembinaan, …).
        warnings: What should be looked at although a result could be given.
    """

    __slots__ = (
        "_explanation",
        "_source",
        "fingerprint",
        "follow_ups",
        "id",
        "library_version",
        "plugins",
        "policy_id",
        "policy_version",
        "reasons",
        "values",
        "warnings",
    )

    def __init__(  # noqa: PLR0913 - the parts of a receipt
        self,
        *,
        policy_id: str,
        policy_version: str,
        fingerprint: str,
        library_version: str,
        id: str | None,  # noqa: A002 - the name the data uses
        values: Mapping[str, Scalar],
        source: Source,
        reasons: tuple[Reason, ...] = (),
        follow_ups: tuple[str, ...] = (),
        warnings: tuple[str, ...] = (),
        plugins: tuple[str, ...] = (),
    ) -> None:
        self.policy_id = policy_id
        self.policy_version = policy_version
        self.fingerprint = fingerprint
        self.library_version = library_version
        self.id = id
        self.values = values
        self.reasons = reasons
        self.follow_ups = follow_ups
        self.warnings = warnings
        self.plugins = plugins
        self._source = source
        self._explanation: Explanation | None = None

    @property
    def status(self) -> Status:
        """`complete` when every published value is there, else `incomplete`."""
        return "incomplete" if self.reasons else "complete"

    @property
    def explanation(self) -> Explanation:
        """How the result came about; made on first use."""
        if self._explanation is None:
            self._explanation = self._source.explain()
        return self._explanation

    @property
    def inputs(self) -> Mapping[str, object]:
        """The record as it was read, as plain data: numbers as decimal text, dates as ISO text."""
        return self._source.inputs()

    @property
    def steps(self) -> Mapping[str, Scalar]:
        """The value of every step, published or not, by name."""
        return self._source.steps()

    def __getitem__(self, name: str) -> Scalar:
        """Give the value of a published step, or of any other step of the policy.

        Raises:
            KeyError: The policy has no such step.
        """
        if name in self.values:
            return self.values[name]
        return self.steps[name]

    def reason_texts(self, lang: Language = DEFAULT_LANGUAGE) -> tuple[str, ...]:
        """Say in words why values are missing.

        A reason that only its policy knows is said in the policy's words, which the explanation carries;
        where it does not, the reason is given as it is stored: `code: subject`.
        """
        keys = [f"reason.{reason.code}" for reason in self.reasons]
        told = () if all(map(has_words, keys)) else self.explanation.reasons
        as_stored = [str(reason) for reason in self.reasons]
        if len(told) == len(as_stored):
            as_stored = [text.in_language(lang) for text in told]
        return tuple(
            say(key, lang, subject=reason.subject) if has_words(key) else stored
            for key, reason, stored in zip(keys, self.reasons, as_stored, strict=True)
        )

    def __eq__(self, other: object) -> bool:
        """Tell whether policy, inputs and answers are the same."""
        if not isinstance(other, Result):
            return NotImplemented
        return self._identity() == other._identity()

    def __hash__(self) -> int:
        """Hash what equality looks at, without the inputs."""
        return hash((self.fingerprint, self.id, tuple(self.values.items())))

    def _identity(self) -> tuple[object, ...]:
        return (
            self.policy_id,
            self.policy_version,
            self.fingerprint,
            self.id,
            dict(self.values),
            self.reasons,
            self.follow_ups,
            self.warnings,
            self.plugins,
            self.inputs,
        )

    def __repr__(self) -> str:
        """Show policy, status and published values."""
        values = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"<Result {self.policy_id} {self.policy_version} {self.status}: {values}>"

    def to_dict(self) -> dict[str, object]:
        """Give the result as plain data for storage, with inputs and explanation.

        Numbers are decimal texts, so that no JSON reader turns them into floats.
        """
        from kinerja.result.store import result_to_dict

        return result_to_dict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> Result:
        """Read back what `to_dict` gave; equal to the result that was stored.

        Raises:
            InputError: The data is not the stored form of a result.
        """
        from kinerja.result.store import result_from_dict

        return result_from_dict(data)
