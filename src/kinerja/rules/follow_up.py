"""What follows from a result (tindak lanjut)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from kinerja.errors import Issue, PolicyError
from kinerja.formula import nodes as n
from kinerja.formula.rule import Known
from kinerja.words import Text

__all__ = ["NONE", "Action", "FollowUpRule"]

#: The label of a follow-up step when no action applies.
NONE: Final = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that may follow: penghargaan, pembinaan, pelatihan, promosi.

    Attributes:
        id: Stable id; also the name of its part.
        title: As people read it.
        when: The condition.
    """

    id: str
    title: Text
    when: n.Node


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRule:
    """Decide what follows, in the order of the policy.

    The value is the first action that applies, or `none`; each action is also a part `<step>.<id>`,
    a flag. Earlier periods are looked at through a list input: `count(for riwayat if predikat == 'baik')
    >= 2`.

    Attributes:
        actions: The actions, in order.
        choose: `all` lets every action apply whose condition holds; `first` only the first one.
    """

    kind: ClassVar[str] = "follow_up"

    actions: tuple[Action, ...]
    choose: Literal["all", "first"]

    def formula(self, known: Known) -> n.Node:  # noqa: ARG002 - the protocol
        """Build the first action that applies.

        Raises:
            PolicyError: There is no action, or an id stands twice.
        """
        ids = [action.id for action in self.actions]
        if not ids or len(set(ids)) != len(ids) or NONE in ids:
            raise PolicyError([Issue(code="KNJ271", path="actions")])
        flags = []
        earlier: list[n.Node] = []
        for action in self.actions:
            alone = self.choose == "first" and earlier
            when = n.And((*earlier, action.when)) if alone else action.when
            flags.append(n.Named(action.id, action.title, when))
            earlier.append(n.Not(action.when))
        cases = tuple((flag, n.Label(flag.key)) for flag in flags)
        return n.Where(cases, n.Label(NONE))
