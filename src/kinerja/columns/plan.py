"""A policy as array operations on floats, each with a bound of its error.

What lives here: the way from formulas to a tape, for chunks whose inputs lie within a profile. What never
comes in: data; the plan is made from what is known of the inputs, and used for every chunk of which the
same is known.

Numbers are held as `scale * x`, where the array holds `x`: factors are moved past operations until they
must be applied, so that most products with constants cost nothing. Missing numbers are NaN in the array,
and missing labels are negative. Three kinds of arrays need no doubt: whole numbers below 2**53 are exact;
floats as they were read compare as their decimals do; and everything else has a bound (see `bounds`).
Wherever a value is decided on (compared, rounded, divided by), rows whose float lies within its bound of
the point of decision are marked as ambiguous, and are decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kinerja.columns.bounds import HUGE
from kinerja.columns.plan_tables import TableWriter
from kinerja.columns.plan_values import (
    Choice,
    Column,
    Figure,
    NoPlanError,
    Truth,
    Void,
    constant,
    is_short,
)
from kinerja.columns.tape import Tape
from kinerja.formula import nodes as n

__all__ = ["Writer"]


class Writer(TableWriter):
    """Writes formulas of one level, rows or the items of a list, on a tape."""

    def __init__(
        self,
        tape: Tape,
        names: Callable[[str], Column],
        fields: Callable[[str], Column] | None = None,
        reduce: Callable[[n.Reduce], Column] | None = None,
    ) -> None:
        """Begin with nothing written.

        Args:
            tape: Takes the operations.
            names: Gives inputs and steps.
            fields: Gives fields of the items, where these are written.
            reduce: Writes a reduction.
        """
        super().__init__(tape)
        self._names = names
        self._fields = fields
        self._reduce = reduce
        self._known: dict[int, tuple[n.Node, Column]] = {}

    def column(self, node: n.Node) -> Column:
        """Write a formula; the same object is written once."""
        known = self._known.get(id(node))
        if known is None:
            found = self._written(node)
            if isinstance(found, Figure) and not (found.fact.size < HUGE and is_short(found.scale)):
                raise NoPlanError
            # The node is kept, so that its id stays its own.
            known = (node, found)
            self._known[id(node)] = known
        return known[1]

    def figure(self, node: n.Node) -> Figure:
        """Write a formula of a number."""
        found = self.column(node)
        if not isinstance(found, Figure):
            raise NoPlanError  # missing everywhere
        return found

    def truth(self, node: n.Node) -> Truth:
        """Write a formula of a flag."""
        found = self.column(node)
        if not isinstance(found, Truth):
            raise NoPlanError
        return found

    def _written(self, node: n.Node) -> Column:  # noqa: C901, PLR0911, PLR0912 - one case a node
        match node:
            case n.Number():
                return constant(node.value)
            case n.Label():
                return Choice(None, (node.value,))
            case n.Truth():
                return Truth(None, node.value)
            case n.Ref():
                return self._names(node.name)
            case n.Field() if self._fields is not None:
                return self._fields(node.name)
            case n.Absent():
                return Void()
            case n.Named():
                return self.column(node.value)
            case n.Add():
                return self._sum([self.figure(term) for term in node.terms])
            case n.Subtract():
                right = self.figure(node.right)
                return self._sum([self.figure(node.left), replace(right, scale=-right.scale)])
            case n.Multiply():
                return self._product([self.figure(factor) for factor in node.factors])
            case n.Divide():
                return self._divided(node)
            case n.Minimum():
                return self._extreme(node.args, low=False)
            case n.Maximum():
                return self._extreme(node.args, low=True)
            case n.Clip():
                found = self.figure(node.value)
                if isinstance(node.low, n.Number) and isinstance(node.high, n.Number):
                    return self._held_between(found, node.low.value, node.high.value)
                if node.low is not None:
                    found = self._held(found, self.figure(node.low), low=True)
                if node.high is not None:
                    found = self._held(found, self.figure(node.high), low=False)
                return found
            case n.Round():
                return self._rounded(node)
            case n.Compare():
                return self._compare(node)
            case n.And():
                return self._decide(node.args, deciding=False)
            case n.Or():
                return self._decide(node.args, deciding=True)
            case n.Not():
                return self._not(self.truth(node.arg))
            case n.Where():
                return self._where(node)
            case n.Lookup():
                return self._lookup(node)
            case n.Band():
                return self._band(node)
            case n.IsMissing():
                return self._is_missing(self.column(node.arg))
            case n.Coalesce():
                return self._coalesce(node)
            case n.Reduce() if self._reduce is not None:
                return self._reduce(node)
        raise NoPlanError
