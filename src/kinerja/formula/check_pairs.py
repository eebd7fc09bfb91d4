"""The type check of comparisons and tables: what may stand beside what.

What lives here: which values may be compared and by which order, and whether the rows of a table fit
its keys and cover all of their labels. What never comes in: the walk through the formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product
from math import prod
from typing import Final

from kinerja.errors import quoted
from kinerja.formula import nodes as n
from kinerja.formula.findings import MAX_LISTED, Findings, listed, sketch
from kinerja.formula.kinds import (
    Anything,
    Kind,
    Loose,
    join_kinds,
    kind_name,
    labels_of,
    labels_on,
    same_scale,
)
from kinerja.formula.types import DateType, FlagType, LabelType, NumberType, TextType

__all__ = ["comparison_order", "table_kind"]

_EQUALITY: Final = ("==", "!=")


def comparison_order(
    node: n.Compare, left: Kind, right: Kind, findings: Findings
) -> tuple[str, ...] | None:
    """Check a comparison.

    Returns:
        The labels from the lowest to the highest where labels are compared by `<` and its like;
        otherwise `None`.
    """
    if labels_of(left) is not None and labels_of(right) is not None:
        return _label_order(node, left, right, findings)
    pair = {kind_name(left), kind_name(right)} - {"missing"}
    if _is_text_pair(left, right):
        pair = {"text"}
    if len(pair) > 1:
        details = {"found": quoted(kind_name(left)), "other": quoted(kind_name(right))}
        findings.add(
            "KNJ234", left=quoted(sketch(node.left)), right=quoted(sketch(node.right)), **details
        )
    elif node.op not in _EQUALITY and pair & {"flag", "text"}:
        _refuse_order(node, node.left, findings)
    return None


def _is_text_pair(left: Kind, right: Kind) -> bool:
    return any(
        isinstance(one, TextType) and isinstance(other, Loose) and not other.ordered
        for one, other in ((left, right), (right, left))
    )


def _refuse_order(node: n.Compare, part: n.Node, findings: Findings) -> None:
    findings.add("KNJ235", operation=node.op, part=quoted(sketch(part)))


def _label_order(
    node: n.Compare, left: Kind, right: Kind, findings: Findings
) -> tuple[str, ...] | None:
    # The side that says which labels there are: a declared scale before labels of the formula, and
    # several of those before a single written one.
    sides = [(left, node.left), (right, node.right)]
    sides.sort(key=lambda side: (not isinstance(side[0], LabelType), isinstance(side[1], n.Label)))
    (leading, leading_node), (other, _) = sides
    scale = labels_of(leading) or ()
    if isinstance(leading, LabelType) and isinstance(other, LabelType):
        if not same_scale(leading.scale, other.scale):
            details = {"found": listed(leading.scale.ids), "other": listed(other.scale.ids)}
            findings.add("KNJ237", operation=node.op, **details)
            return None
    else:
        labels_on(scale, labels_of(other) or (), findings)
    if node.op in _EQUALITY:
        return None
    ordered = leading.scale.ordered if isinstance(leading, LabelType) else _is_ordered(leading)
    if not ordered:
        _refuse_order(node, leading_node, findings)
        return None
    return scale


def _is_ordered(kind: Kind) -> bool:
    return isinstance(kind, Loose) and kind.ordered


def table_kind(node: n.Lookup, keys: Sequence[Kind], findings: Findings) -> Kind:
    """Check a table against its keys.

    Args:
        node: The table.
        keys: Kind of each key.
        findings: Where issues go.

    Returns:
        The kind of the rows.
    """
    domains = [_domain(key, kind, findings) for key, kind in zip(node.keys, keys, strict=True)]
    faulty = _check_rows(node, domains, findings)
    if domains and all(domain is not None for domain in domains):
        _check_coverage(node, [domain or () for domain in domains], faulty, findings)
    return join_kinds([_row_kind(value) for _, value in node.rows], "lookup", findings)


def _domain(key: n.Node, kind: Kind, findings: Findings) -> tuple[str | bool, ...] | None:
    match kind:
        case LabelType() | Loose():
            return labels_of(kind)
        case FlagType():
            return (False, True)
        case NumberType() | DateType() | TextType():
            findings.add(
                "KNJ233",
                operation="lookup",
                part=quoted(sketch(key)),
                found=quoted(kind_name(kind)),
                expected=listed(("label", "flag")),
            )
    return None


def _row_kind(value: n.Node) -> Kind:
    match value:
        case n.Number():
            return NumberType()
        case n.Label():
            return Loose((value.value,))
        case n.Truth():
            return FlagType()
    return Anything()


def _cell(keys: Sequence[str | bool]) -> str:
    return " + ".join(_key(key) for key in keys)


def _key(key: str | bool) -> str:  # noqa: FBT001 - a flag is one of the two kinds of key
    return key if isinstance(key, str) else str(key).lower()


def _check_rows(
    node: n.Lookup, domains: Sequence[tuple[str | bool, ...] | None], findings: Findings
) -> int:
    faulty = 0
    seen: set[tuple[str | bool, ...]] = set()
    for keys, _ in node.rows:
        details = {"row": quoted(_cell(keys))}
        if len(keys) != len(node.keys):
            counts = {"found": str(len(keys)), "expected": str(len(node.keys))}
            findings.add("KNJ239", **details, **counts)
            faulty += 1
            continue
        if keys in seen:
            findings.add("KNJ247", **details)
        seen.add(keys)
        strange = [
            (key, domain)
            for key, domain in zip(keys, domains, strict=True)
            if domain is not None and key not in domain
        ]
        faulty += bool(strange)
        for key, domain in strange:
            findings.add_unknown("KNJ236", _key(key), map(_key, domain))
    return faulty


def _check_coverage(
    node: n.Lookup,
    domains: Sequence[tuple[str | bool, ...]],
    faulty: int,
    findings: Findings,
) -> None:
    rows = {keys for keys, _ in node.rows}
    inside = sum(
        len(keys) == len(domains)
        and all(key in domain for key, domain in zip(keys, domains, strict=True))
        for keys in rows
    )
    missing = prod(len(domain) for domain in domains) - inside
    # A mistyped row leaves its cell empty; that is one fault, not two.
    if missing <= faulty:
        return
    cells = [_cell(keys) for keys in islice(_missing_cells(rows, domains), MAX_LISTED + 1)]
    findings.add("KNJ240", found=str(missing), cells=listed(cells))


def _missing_cells(
    rows: set[tuple[str | bool, ...]], domains: Sequence[tuple[str | bool, ...]]
) -> Iterator[tuple[str | bool, ...]]:
    return (keys for keys in product(*domains) if keys not in rows)
