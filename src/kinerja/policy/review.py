"""What a whole program shows that no single step does.

What lives here: unused inputs and steps, published numbers that cannot be printed, dates that run
backwards. What never comes in: single keys and single steps.
"""

from __future__ import annotations

from kinerja.errors import Issue, quoted
from kinerja.formula import nodes as n
from kinerja.formula.types import ListType, NumberType
from kinerja.policy.model import PolicyModel
from kinerja.scorer import Program

__all__ = ["review_program"]


def review_program(program: Program, model: PolicyModel) -> tuple[list[Issue], list[Issue]]:
    """Give the warnings and the errors of a whole program."""
    warnings = [*_unused(program, model)]
    errors = [*_unprintable(program), *_dates(model)]
    return warnings, errors


def _unused(program: Program, model: PolicyModel) -> list[Issue]:
    refs: set[str] = set()
    fields: set[tuple[str, str]] = set()
    for step in program.steps:
        for node in n.walk(step.node):
            match node:
                case n.Ref():
                    refs.add(node.name)
                case n.Reduce():
                    refs.add(node.over)
                    fields |= {
                        (node.over, below.name)
                        for below in n.walk(node)
                        if isinstance(below, n.Field)
                    }
                case n.Field() if step.over is not None:
                    fields.add((step.over, node.name))
        if step.over is not None:
            refs.add(step.over)
    issues = []
    for declared in program.inputs:
        path = f"inputs.{declared.name}"
        if declared.name not in refs:
            details = {"found": quoted(declared.name)}
            issues.append(Issue(code="KNJ220", path=path, details=details, severity="warning"))
        elif isinstance(declared.type, ListType):
            spared = {*declared.type.key, *declared.hidden, declared.item_title}
            for name in model.inputs[declared.name].fields or ():
                if (declared.name, name) not in fields and name not in spared:
                    details = {"found": quoted(f"{declared.name}.{name}")}
                    where = f"{path}.fields.{name}"
                    issues.append(
                        Issue(code="KNJ220", path=where, details=details, severity="warning")
                    )
    follow_ups = {follow_up.step for follow_up in program.follow_ups}
    for step in program.steps:
        reads = refs | {name for over, name in fields if over == step.over}
        if (
            step.parent is None
            and not step.published
            and step.name not in reads
            and not any(ref.startswith(f"{step.name}.") for ref in {*reads, *program.published})
            and not any(name.startswith(f"{step.name}.") for name in follow_ups)
        ):
            details = {"found": quoted(step.name)}
            path = f"steps.{step.name}"
            issues.append(Issue(code="KNJ221", path=path, details=details, severity="warning"))
    return issues


def _unprintable(program: Program) -> list[Issue]:
    endless: set[str] = set()
    issues = []
    for step in program.steps:
        if isinstance(step.type, NumberType) and _may_not_end(step.node, endless):
            endless.add(step.name)
            if step.published:
                root = step.name if step.parent is None else step.parent
                details = {"found": quoted(step.name)}
                issues.append(Issue(code="KNJ206", path=f"steps.{root}", details=details))
    return issues


def _may_not_end(node: n.Node, endless: set[str]) -> bool:
    """Tell whether the decimal of a number may never end."""
    match node:
        case n.Round():
            return False
        case n.Ref() | n.Field():
            return node.name in endless
        case n.Number():
            rest = node.value.denominator
            for prime in (2, 5):
                while rest % prime == 0:
                    rest //= prime
            return rest != 1
        case n.Divide():
            return not (
                isinstance(node.denominator, n.Number)
                and not _may_not_end(n.Number(1 / node.denominator.value), endless)
                and not _may_not_end(node.numerator, endless)
                if isinstance(node.denominator, n.Number) and node.denominator.value
                else False
            )
        case n.Where():
            values = (*(value for _, value in node.cases), node.otherwise)
            return any(_may_not_end(value, endless) for value in values)
        case n.Reduce():
            if node.op in ("count", "count_distinct"):
                return False
            inner = node.value is not None and _may_not_end(node.value, endless)
            return inner or node.op in ("mean", "trimmed_mean", "quantile")
        case n.Compare() | n.IsMissing() | n.Not() | n.And() | n.Or():
            return False
        case n.Lookup():
            return any(_may_not_end(value, endless) for _, value in node.rows)
    return any(_may_not_end(child, endless) for child in n.children(node))


def _dates(model: PolicyModel) -> list[Issue]:
    first, last = model.in_force.from_, model.in_force.until
    if last is None or first <= last:
        return []
    details = {"found": f"{first} … {last}"}
    return [Issue(code="KNJ222", path="in_force.until", details=details)]
