"""The source text of a formula: the inverse of the parser.

What lives here: one spelling for each node, with as few parentheses as the grammar needs. What may
come in: any formula. What never comes in: titles and words for people; `kinerja.formula.text` has
those.

A table, a band and a figure without finite decimals have no source form: the first two print as
`<table …>` and `<band …>`, which the parser refuses, the last as a quotient of the same value.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from kinerja.exact import decimal_digits, plain_decimal
from kinerja.formula import nodes as n

__all__ = ["format_formula"]

_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _UNARY, _ATOM = range(1, 9)
_ZERO: Final = n.Number(Fraction(0))


def format_formula(node: n.Node) -> str:
    """Print a formula as the text that means it.

    Args:
        node: A formula. What the parser gives is given back equal by
            `parse_formula(format_formula(node))`; nested sums, products, `and` and `or` are read back
            flat, a named part without its name, a field as a name.

    Examples:
        >>> from kinerja.formula.parse import parse_formula
        >>> format_formula(parse_formula("(a+b)/(c)*60%"))
        '(a + b) / c * 0.6'
    """
    return _print(node)[0]


def _print(node: n.Node) -> tuple[str, int]:  # noqa: C901, PLR0911, PLR0912 - one case a node
    match node:
        case n.Number():
            return _number(node.value)
        case n.Label():
            return _label(node.value)
        case n.Truth():
            return ("true" if node.value else "false"), _ATOM
        case n.Ref() | n.Field():
            return node.name, _ATOM
        case n.Absent():
            parts = (node.reason, node.subject) if node.subject else (node.reason,)
            return f"missing({', '.join(_label(part)[0] for part in parts)})", _ATOM
        case n.Named():
            return _print(node.value)
        case n.Add():
            return " + ".join(_chain(node.terms, _SUM)), _SUM
        case n.Multiply():
            return " * ".join(_chain(node.factors, _PRODUCT)), _PRODUCT
        case n.Subtract(left, right):
            if left == _ZERO and not isinstance(right, n.Number):
                return f"-{_at(right, _UNARY)}", _UNARY
            return f"{_at(left, _SUM)} - {_at(right, _PRODUCT)}", _SUM
        case n.Divide():
            return f"{_at(node.numerator, _PRODUCT)} / {_at(node.denominator, _UNARY)}", _PRODUCT
        case n.Compare():
            return f"{_at(node.left, _SUM)} {node.op} {_at(node.right, _SUM)}", _COMPARE
        case n.And():
            return " and ".join(_at(arg, _NOT) for arg in node.args), _AND
        case n.Or():
            return _membership(node) or (" or ".join(_at(arg, _NOT) for arg in node.args), _OR)
        case n.Not():
            return f"not {_at(node.arg, _NOT)}", _NOT
        case n.Where():
            pairs = [part for case in node.cases for part in case]
            return _call("where", *pairs, node.otherwise), _ATOM
        case n.Clip():
            ends = ("none" if end is None else _print(end)[0] for end in (node.low, node.high))
            return f"clip({', '.join((_print(node.value)[0], *ends))})", _ATOM
        case n.Round(value, rounding):
            return f"round({_print(value)[0]}, {rounding.digits}, {rounding.mode})", _ATOM
        case n.Minimum(args=(arg,)) | n.Maximum(args=(arg,)) | n.Coalesce(args=(arg,)):
            return _print(arg)
        case n.Minimum():
            return _call("min", *node.args), _ATOM
        case n.Maximum():
            return _call("max", *node.args), _ATOM
        case n.Coalesce():
            return _call("coalesce", *node.args), _ATOM
        case n.IsMissing():
            return _call("is_missing", node.arg), _ATOM
        case n.Lookup():
            return f"<table {', '.join(_print(key)[0] for key in node.keys)}>", _ATOM
        case n.Band():
            return f"<band {_print(node.value)[0]}>", _ATOM
        case n.Reduce():
            return _reduction(node), _ATOM
    msg = f"unknown node {type(node).__name__}"
    raise TypeError(msg)


def _at(node: n.Node, level: int) -> str:
    text, own = _print(node)
    return text if own >= level else f"({text})"


def _chain(parts: tuple[n.Node, ...], level: int) -> tuple[str, ...]:
    # Only the first part may be a difference or quotient: `a + (b - c)` is not `a + b - c`.
    return tuple(_at(part, level if i == 0 else level + 1) for i, part in enumerate(parts))


def _call(name: str, *args: n.Node) -> str:
    return f"{name}({', '.join(_print(arg)[0] for arg in args)})"


def _number(value: Fraction) -> tuple[str, int]:
    if decimal_digits(value) is None:
        return f"{value.numerator} / {value.denominator}", _PRODUCT
    return plain_decimal(value), _UNARY if value < 0 else _ATOM


def _label(value: str) -> tuple[str, int]:
    if not value.isprintable() or ("'" in value and '"' in value):
        return f"<label {value!r}>", _ATOM
    quote = '"' if "'" in value else "'"
    return f"{quote}{value}{quote}", _ATOM


def _membership(node: n.Or) -> tuple[str, int] | None:
    if len(node.args) < 2:  # noqa: PLR2004 - one comparison is printed as itself
        return None
    first = node.args[0]
    values = []
    for arg in node.args:
        if not isinstance(arg, n.Compare) or arg.op != "==" or not isinstance(first, n.Compare):
            return None
        if arg.left != first.left or not isinstance(arg.right, n.Number | n.Label | n.Truth):
            return None
        values.append(_print(arg.right)[0])
    left = _at(first.left, _SUM) if isinstance(first, n.Compare) else ""
    return f"{left} in ({', '.join(values)})", _COMPARE


def _reduction(node: n.Reduce) -> str:
    parts = [] if node.value is None else [_print(node.value)[0]]
    parts.append(f"for {node.over}")
    if node.where is not None:
        parts.append(f"if {_print(node.where)[0]}")
    options = []
    if node.parameter is not None:
        options.append(f", share: {_number(node.parameter)[0]}")
    if node.by is not None:
        options.append(f", by: {_print(node.by)[0]}")
    if node.skip_missing:
        options.append(", missing: skip")
    return f"{node.op}({' '.join(parts)}{''.join(options)})"
