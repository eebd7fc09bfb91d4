"""The named operations of a text formula: what each takes, and the node it becomes.

What lives here: one small builder for each name that may stand before a parenthesis, and the issues of
its arguments. What may come in: the arguments as the grammar read them. What never comes in: tokens,
the grammar itself, the names of inputs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final, cast, get_args

from kinerja.errors import Issue, nearest, quoted
from kinerja.exact import Rounding, RoundingMode
from kinerja.formula import nodes as n
from kinerja.formula.tokens import KEYWORDS, issue_at

__all__ = ["FUNCTIONS", "RESERVED_NAMES", "Argument", "Call", "build_call"]

#: How each operation over values is written.
_FORMS: Final = {
    "min": "min(a, b)",
    "max": "max(a, b)",
    "clip": "clip(x, low, high)",
    "round": "round(x, 2, half_up)",
    "where": "where(condition, value, otherwise)",
    "is_missing": "is_missing(x)",
    "coalesce": "coalesce(a, b)",
    "missing": "missing('reason')",
}
#: How each reduction of a list is written.
_LIST_FORMS: Final[dict[str, str]] = {
    "sum": "sum(x for list)",
    "count": "count(for list)",
    "mean": "mean(x for list)",
    "min": "min(x for list)",
    "max": "max(x for list)",
    "median": "median(x for list)",
    "trimmed_mean": "trimmed_mean(x for list, share: 10%)",
    "quantile": "quantile(x for list, share: 25%)",
    "count_distinct": "count_distinct(x for list)",
    "last": "last(x for list, by: y)",
}
#: Option that a reduction cannot do without.
_NEEDED_OPTION: Final = {"trimmed_mean": "share", "quantile": "share", "last": "by"}

FUNCTIONS: Final[dict[str, str]] = {**_LIST_FORMS, **_FORMS}
#: Names that no input, step, list or field may have, because formulas could not name it.
RESERVED_NAMES: Final = KEYWORDS | FUNCTIONS.keys()

_MODES: Final = get_args(RoundingMode)
_MAX_DIGITS: Final = 30
_HALF: Final = Fraction(1, 2)
_CODE = re.compile(r"[a-z][a-z0-9_]*\Z")
_DIGITS_BEFORE_COMMA = re.compile(r"(?<![\w.])[0-9]+\Z")
_DIGITS_AFTER_COMMA = re.compile(r"[0-9]+(?![\w.])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One argument, or the value of an option.

    Attributes:
        node: Its formula; `None` for the word `none`.
        text: As it was written.
        column: Where it begins, from 1.
    """

    node: n.Node | None
    text: str
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A name with what stands between its parentheses.

    Attributes:
        name: Name of the operation, known or not.
        column: Where it begins.
        arguments: The arguments without a name.
        over: Name of the list behind `for`, or `None` without a `for`.
        where: Condition behind `if`, or `None`.
        options: Name, place and value of each named option, in order.
    """

    name: str
    column: int
    arguments: tuple[Argument, ...]
    over: str | None = None
    where: n.Node | None = None
    options: tuple[tuple[str, int, Argument], ...] = ()


def build_call(call: Call, issues: list[Issue]) -> n.Node | None:
    """Make the node of a call; `None` where an issue was found."""
    if call.name not in FUNCTIONS:
        instead = nearest(call.name, FUNCTIONS) or ", ".join(sorted(FUNCTIONS))
        issues.append(
            issue_at("KNJ319", call.column, found=quoted(f"{call.name}()"), instead=instead)
        )
        return None
    if call.over is not None:
        return _reduce(call, issues)
    if call.name not in _FORMS:
        form = _LIST_FORMS[call.name]
        issues.append(issue_at("KNJ325", call.column, function=call.name, instead=form))
        return None
    known = len(issues)
    for name, column, _ in call.options:
        _refuse_option(call, name, column, (), issues)
    if call.name != "clip":
        issues.extend(_issues_of_none(call))
    return _BUILDERS[call.name](call, issues) if len(issues) == known else None


def _refuse_option(
    call: Call, name: str, column: int, known: tuple[str, ...], issues: list[Issue]
) -> None:
    issues.append(
        issue_at(
            "KNJ329",
            column,
            found=quoted(f"{name}:"),
            function=call.name,
            expected=", ".join(f"{option}:" for option in known) or "-",
            instead=(_FORMS if call.over is None else _LIST_FORMS)[call.name],
        )
    )


def _counted(call: Call, issues: list[Issue], *, fits: bool) -> bool:
    if fits:
        return True
    for before, after in pairwise(call.arguments):
        left = _DIGITS_BEFORE_COMMA.search(before.text)
        right = _DIGITS_AFTER_COMMA.match(after.text)
        if left and right and after.column == before.column + len(before.text) + 1:
            issues.append(
                issue_at(
                    "KNJ309",
                    after.column - 1 - len(left[0]),
                    found=quoted(f"{left[0]},{right[0]}"),
                    instead=f"{left[0]}.{right[0]}",
                )
            )
            return False
    issues.append(
        issue_at(
            "KNJ321",
            call.column,
            function=call.name,
            found=str(len(call.arguments)),
            instead=FUNCTIONS[call.name],
        )
    )
    return False


def _refuse(call: Call, argument: Argument, expected: str, issues: list[Issue]) -> None:
    issues.append(
        issue_at(
            "KNJ322",
            argument.column,
            function=call.name,
            found=quoted(argument.text),
            expected=expected,
        )
    )


def _issues_of_none(call: Call) -> list[Issue]:
    return [issue_at("KNJ324", arg.column) for arg in call.arguments if arg.node is None]


def _nodes(call: Call) -> tuple[n.Node, ...]:
    return tuple(cast("n.Node", argument.node) for argument in call.arguments)


def _several(
    make: Callable[[tuple[n.Node, ...]], n.Node],
) -> Callable[[Call, list[Issue]], n.Node | None]:
    def build(call: Call, issues: list[Issue]) -> n.Node | None:
        enough = len(call.arguments) > 1
        return make(_nodes(call)) if _counted(call, issues, fits=enough) else None

    return build


def _clip(call: Call, issues: list[Issue]) -> n.Node | None:
    if not _counted(call, issues, fits=len(call.arguments) == 3):  # noqa: PLR2004 - value and two limits
        return None
    value, low, high = call.arguments
    if value.node is None:
        issues.append(issue_at("KNJ324", value.column))
        return None
    if low.node is None and high.node is None:
        issues.append(issue_at("KNJ323", low.column))
        return None
    return n.Clip(value.node, low.node, high.node)


def _round(call: Call, issues: list[Issue]) -> n.Node | None:
    if not _counted(call, issues, fits=len(call.arguments) == 3):  # noqa: PLR2004 - value, digits, mode
        return None
    value, digits, mode = call.arguments
    places = digits.node.value if isinstance(digits.node, n.Number) else _HALF
    fits = places.denominator == 1 and abs(places) <= _MAX_DIGITS
    if not fits:
        _refuse(call, digits, f"-{_MAX_DIGITS} … {_MAX_DIGITS}", issues)
    name = mode.node.name if isinstance(mode.node, n.Ref) else ""
    if name not in _MODES:
        _refuse(call, mode, nearest(name, _MODES) or ", ".join(_MODES), issues)
        return None
    if not fits:
        return None
    rounding = Rounding(digits=int(places), mode=cast("RoundingMode", name))
    return n.Round(cast("n.Node", value.node), rounding)


def _where(call: Call, issues: list[Issue]) -> n.Node | None:
    count = len(call.arguments)
    if not _counted(call, issues, fits=count > 2 and count % 2 == 1):  # noqa: PLR2004 - pairs and otherwise
        return None
    nodes = _nodes(call)
    return n.Where(tuple(zip(nodes[0:-1:2], nodes[1::2], strict=True)), nodes[-1])


def _is_missing(call: Call, issues: list[Issue]) -> n.Node | None:
    if not _counted(call, issues, fits=len(call.arguments) == 1):
        return None
    return n.IsMissing(*_nodes(call))


def _missing(call: Call, issues: list[Issue]) -> n.Node | None:
    if not _counted(call, issues, fits=0 < len(call.arguments) < 3):  # noqa: PLR2004 - reason, subject
        return None
    known = len(issues)
    words: list[str] = []
    for argument in call.arguments:
        word = argument.node.value if isinstance(argument.node, n.Label) else ""
        if not (word if words else _CODE.match(word)):
            _refuse(call, argument, "'…'" if words else "'data_belum_ada'", issues)
        words.append(word)
    return n.Absent(*words) if len(issues) == known else None


_BUILDERS: Final[dict[str, Callable[[Call, list[Issue]], n.Node | None]]] = {
    "min": _several(n.Minimum),
    "max": _several(n.Maximum),
    "clip": _clip,
    "round": _round,
    "where": _where,
    "is_missing": _is_missing,
    "coalesce": _several(n.Coalesce),
    "missing": _missing,
}


def _reduce(call: Call, issues: list[Issue]) -> n.Node | None:
    if call.name not in _LIST_FORMS:
        instead = ", ".join(_LIST_FORMS)
        issues.append(issue_at("KNJ326", call.column, function=call.name, instead=instead))
        return None
    op = cast("n.Reduction", call.name)
    known = len(issues)
    wanted = (0, 1) if op == "count" else (1,)
    if len(call.arguments) not in wanted:
        found = str(len(call.arguments))
        issues.append(
            issue_at("KNJ321", call.column, function=op, found=found, instead=_LIST_FORMS[op])
        )
    issues.extend(_issues_of_none(call))
    options = _options(call, op, issues)
    share = _share(call, op, options["share"], issues) if "share" in options else None
    if len(issues) > known:
        return None
    return n.Reduce(
        op,
        cast("str", call.over),
        call.arguments[0].node if call.arguments else None,
        call.where,
        "missing" in options,
        share,
        options["by"].node if "by" in options else None,
    )


def _options(call: Call, op: n.Reduction, issues: list[Issue]) -> dict[str, Argument]:
    needed = _NEEDED_OPTION.get(op)
    known = (needed, "missing") if needed else ("missing",)
    options: dict[str, Argument] = {}
    for name, column, value in call.options:
        if name not in known:
            _refuse_option(call, name, column, known, issues)
        elif name in options:
            issues.append(issue_at("KNJ331", column, found=quoted(f"{name}:")))
        elif name == "missing" and value.node != n.Ref("skip"):
            _refuse(call, value, "skip", issues)
        elif value.node is None:
            issues.append(issue_at("KNJ324", value.column))
        options[name] = value
    if needed is not None and needed not in options:
        issues.append(
            issue_at(
                "KNJ330",
                call.column,
                function=op,
                expected=f"{needed}:",
                instead=_LIST_FORMS[op],
            )
        )
    return options


def _share(call: Call, op: n.Reduction, argument: Argument, issues: list[Issue]) -> Fraction | None:
    if op not in ("trimmed_mean", "quantile"):
        return None
    match argument.node:
        case n.Number(share):
            pass
        case n.Divide(n.Number(part), n.Number(whole)) if whole:
            share = part / whole
        case _:
            share = Fraction(-1)
    if share < 0 or share > 1 or (op == "trimmed_mean" and share >= _HALF):
        _refuse(call, argument, "0% … 49%" if op == "trimmed_mean" else "0% … 100%", issues)
    return share
