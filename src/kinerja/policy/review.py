"""What a whole program shows that no single step does.

What lives here: unused inputs and steps, numbers that may miss every band, published numbers that cannot
be printed, dates that run backwards. What never comes in: single keys and single steps.
"""

from __future__ import annotations

import re

from kinerja.errors import Issue, quoted
from kinerja.exact import decimal_digits
from kinerja.formula import nodes as n
from kinerja.formula.ranges import reach, reach_steps
from kinerja.formula.reaches import reach_of_type
from kinerja.formula.types import ListType, NumberType
from kinerja.policy.model import PolicyModel
from kinerja.scorer import Program
from kinerja.values import Interval

__all__ = ["review_program"]

_NAME = re.compile(r"[a-z][a-z0-9_]*")


def review_program(
    program: Program, model: PolicyModel, *, whole: bool
) -> tuple[list[Issue], list[Issue]]:
    """Give the warnings and the errors of a program.

    Args:
        program: The program.
        model: The file it was built from.
        whole: Every step could be built; otherwise what the others read is not known, and only names
            that stand nowhere in the file's steps count as unused.
    """
    unused = _unused(program, model) if whole else _named_nowhere(program, model)
    warnings = [*unused, *_outside_bands(program)]
    errors = [*_unprintable(program), *_dates(model)]
    return warnings, errors


def _unused(program: Program, model: PolicyModel) -> list[Issue]:
    refs, fields = _read_names(program)
    issues = []
    for declared in program.inputs:
        path = f"inputs.{declared.name}"
        if declared.name not in refs:
            issues.append(_warning("KNJ220", path, declared.name))
        elif isinstance(declared.type, ListType):
            spared = {*declared.type.key, *declared.hidden, declared.item_title}
            issues.extend(
                _warning("KNJ220", f"{path}.fields.{name}", f"{declared.name}.{name}")
                for name in model.inputs[declared.name].fields or ()
                if (declared.name, name) not in fields and name not in spared
            )
    used = {*refs, *program.published, *(follow_up.step for follow_up in program.follow_ups)}
    roots = {name.partition(".")[0] for name in used} | {name for _, name in fields}
    issues.extend(
        _warning("KNJ221", f"steps.{step.name}", step.name)
        for step in program.steps
        if step.parent is None and step.name not in roots
    )
    return issues


def _named_nowhere(program: Program, model: PolicyModel) -> list[Issue]:
    words = set(_NAME.findall(str(model.steps)))
    return [
        _warning("KNJ220", f"inputs.{declared.name}", declared.name)
        for declared in program.inputs
        if declared.name not in words
    ]


def _read_names(program: Program) -> tuple[set[str], set[tuple[str, str]]]:
    """Give the names that formulas read, and the fields of lists that they read."""
    refs: set[str] = set()
    fields: set[tuple[str, str]] = set()
    for step in program.steps:
        for node in n.walk(step.node):
            match node:
                case n.Ref():
                    refs.add(node.name)
                case n.Reduce():
                    refs.add(node.over)
                    below = (part for part in n.walk(node) if isinstance(part, n.Field))
                    fields |= {(node.over, part.name) for part in below}
                case n.Field() if step.over is not None:
                    fields.add((step.over, node.name))
        if step.over is not None:
            refs.add(step.over)
    return refs, fields


def _warning(code: str, path: str, name: str) -> Issue:
    return Issue(code=code, path=path, details={"found": quoted(name)}, severity="warning")


def _outside_bands(program: Program) -> list[Issue]:
    """Find bands that some value may miss at either end."""
    if not any(isinstance(step.node, n.Band) for step in program.steps):
        return []  # the ranges of a large panel take longer than the rest of the reading
    inputs = {i.name: reach_of_type(i.type, optional=not i.required) for i in program.inputs}
    over = {step.name: step.over for step in program.steps if step.over is not None}
    chain = [(step.name, step.node) for step in program.steps]
    reaches = reach_steps(chain, inputs, over=over)
    issues = []
    for step in program.steps:
        band = step.node
        if not isinstance(band, n.Band) or step.over is not None:
            continue
        span = reach(band.value, {**inputs, **reaches}).numbers
        bands = band.bands.closed()
        if span is None:
            continue
        first, last = bands[0].interval, bands[-1].interval
        below = first.low is not None and (
            span.low is None
            or span.low < first.low
            or (span.low == first.low and first.low_open and not span.low_open)
        )
        above = last.high is not None and (
            span.high is None
            or span.high > last.high
            or (span.high == last.high and last.high_open and not span.high_open)
        )
        if below or above:
            whole = Interval(
                low=first.low,
                low_open=first.low_open,
                high=last.high,
                high_open=last.high_open,
            )
            details = {"found": str(span), "expected": str(whole)}
            path = f"steps.{step.parent or step.name}.bands"
            issues.append(Issue(code="KNJ210", path=path, details=details, severity="warning"))
    return issues


def _unprintable(program: Program) -> list[Issue]:
    endless: set[tuple[str | None, str]] = set()
    issues = []
    for step in program.steps:
        if isinstance(step.type, NumberType) and _may_not_end(step.node, endless, step.over):
            endless.add((step.over, step.name))
            if step.published:
                root = step.name if step.parent is None else step.parent
                details = {"found": quoted(step.name)}
                issues.append(Issue(code="KNJ206", path=f"steps.{root}", details=details))
    return issues


def _may_not_end(  # noqa: PLR0911 - one case a node
    node: n.Node, endless: set[tuple[str | None, str]], over: str | None
) -> bool:
    """Tell whether the decimal of a number may never end.

    Args:
        node: The formula.
        endless: Steps whose decimals may never end, each with the list it is computed for.
        over: The list whose items the formula reads.
    """
    match node:
        case n.Round() | n.Compare() | n.IsMissing() | n.Not() | n.And() | n.Or():
            return False
        case n.Ref():
            return (None, node.name) in endless
        case n.Field():
            return (over, node.name) in endless
        case n.Number():
            return decimal_digits(node.value) is None
        case n.Divide(numerator, n.Number(divisor)) if divisor:
            return decimal_digits(1 / divisor) is None or _may_not_end(numerator, endless, over)
        case n.Divide():
            return True
        case n.Reduce() if node.op in ("mean", "trimmed_mean", "quantile"):
            return True
        case n.Reduce() if node.op in ("count", "count_distinct"):
            return False
    inner = node.over if isinstance(node, n.Reduce) else over
    return any(_may_not_end(part, endless, inner) for part in _number_parts(node))


def _number_parts(node: n.Node) -> list[n.Node]:
    """Give the parts whose numbers flow into a number: cases, not their conditions."""
    match node:
        case n.Where():
            return [*(value for _, value in node.cases), node.otherwise]
        case n.Lookup():
            return [value for _, value in node.rows]
        case n.Reduce():
            return [] if node.value is None else [node.value]
    return list(n.children(node))


def _dates(model: PolicyModel) -> list[Issue]:
    first, last = model.in_force.from_, model.in_force.until
    if last is None or first <= last:
        return []
    details = {"found": f"{first} … {last}"}
    return [Issue(code="KNJ222", path="in_force.until", details=details)]
