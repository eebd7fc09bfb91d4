"""What a rule says, as plain data: every field of it, formulas in words.

What lives here: the way from a rule's fields to text, numbers as text, lists and mappings. What never comes
in: layout; steps as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kinerja.exact import decimal_digits, plain_decimal
from kinerja.formula import nodes as n
from kinerja.formula.rule import Rule
from kinerja.values import Interval, Weights
from kinerja.words import Language, Text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["Formula", "describe_ends", "describe_rule", "figure"]

#: Says a formula in words.
Formula = Callable[[n.Node], str]

#: Fields of rules that only repeat what another field says.
_INTERNAL = frozenset({"zero_target_named"})


def figure(value: Fraction) -> str:
    """Write an exact number as plain text: a decimal, or a fraction where that never ends.

    Examples:
        >>> figure(Fraction(3, 5)), figure(Fraction(1, 9))
        ('0.6', '1/9')
    """
    return str(value) if decimal_digits(value) is None else plain_decimal(value)


def describe_ends(interval: Interval) -> dict[str, str]:
    """Give the ends of a range as the policy file writes them: `from`, `above`, `to`, `below`."""
    ends: dict[str, str] = {}
    if interval.low is not None:
        ends["above" if interval.low_open else "from"] = figure(interval.low)
    if interval.high is not None:
        ends["below" if interval.high_open else "to"] = figure(interval.high)
    return ends


def describe_rule(rule: Rule, formula: Formula, lang: Language) -> dict[str, Any]:
    """Give every field of a rule as plain data.

    Args:
        rule: A rule, built in or of a plug-in.
        formula: Says a formula in words.
        lang: Language of titles.

    Returns:
        Field name to value: formulas in words, numbers as text, weights as a list of `of` and `weight`,
        tables as rows of `when` and `gives`; what says nothing, or gives no value, is `None`.
    """
    if not is_dataclass(rule) or isinstance(rule, type):
        return {}
    return _Describer(formula, lang).fields(rule)


class _Describer:
    def __init__(self, formula: Formula, lang: Language) -> None:
        self._formula = formula
        self._lang: Language = lang

    def fields(self, value: DataclassInstance) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for field in fields(value):
            if field.name in _INTERNAL:
                continue
            part = getattr(value, field.name)
            if isinstance(part, Interval):
                found |= describe_ends(part)
            elif field.name == "keys":
                found["keys"] = [_name(key) or self._formula(key) for key in part]
            elif field.name in ("cells", "rows", "cases"):
                found[field.name] = [self._row(*row) for row in part]
            elif field.name == "of" and isinstance(part, tuple):
                found["weights"] = [self._weight(*term) for term in part]
            else:
                found[field.name] = self._plain(part)
        return found

    def _row(self, when: object, gives: object) -> dict[str, Any]:
        return {"when": self._plain(when), "gives": self._plain(gives)}

    def _weight(self, of: n.Node, weight: Fraction) -> dict[str, str]:
        return {"of": _name(of) or self._formula(of), "weight": figure(weight)}

    def _plain(self, value: object) -> Any:  # noqa: ANN401, C901, PLR0911 - JSON-compatible data, one line a kind
        match value:
            case None | bool() | str() | int():
                return value
            case n.Label():
                return value.value
            case n.Absent():
                return None
            case n.Node():
                return self._formula(value)
            case Fraction():
                return figure(value)
            case Text():
                return value.in_language(self._lang)
            case Weights():
                return [{"of": name, "weight": figure(share)} for name, share in value]
            case Mapping():
                return {str(key): self._plain(part) for key, part in value.items()}
            case tuple() | list() | frozenset() | set():
                return [self._plain(part) for part in value]
        if is_dataclass(value) and not isinstance(value, type):
            return self.fields(value)
        return str(value)


def _name(node: n.Node) -> str | None:
    return node.name if isinstance(node, n.Ref) else None
