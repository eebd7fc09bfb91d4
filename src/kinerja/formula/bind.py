"""Names of a text formula that mean fields of list items.

What lives here: the rewriting of `Ref` to `Field` once the fields of each list are known. What never
comes in: parsing, and any judgement of names that stay unknown; the type check speaks of those.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from kinerja.formula import nodes as n

__all__ = ["bind_fields", "bind_item"]


def bind_fields(node: n.Node, lists: Mapping[str, Collection[str]]) -> n.Node:
    """Let names inside reductions mean the fields of the list they run over.

    A field hides an input or step of the same name. A reduction over a list that is not in `lists`
    stays as it is.

    Args:
        node: A formula, as the parser gives it.
        lists: Names of the fields of each list, by the name of the list.

    Examples:
        >>> inside = n.Reduce("mean", "penilaian", n.Ref("nilai"))
        >>> bind_fields(inside, {"penilaian": {"nilai"}}).value
        Field(name='nilai')
    """

    def change(current: n.Node) -> n.Node | None:
        if not isinstance(current, n.Reduce) or current.over not in lists:
            return None
        fields = lists[current.over]
        return replace(
            current,
            value=_bound(current.value, fields),
            where=_bound(current.where, fields),
            by=_bound(current.by, fields),
        )

    return n.replace_nodes(node, change)


def bind_item(node: n.Node, fields: Collection[str]) -> n.Node:
    """Let names outside reductions mean the fields of the item a step is computed for.

    Args:
        node: A formula, as the parser gives it.
        fields: Names of the fields of the item.
    """

    def change(current: n.Node) -> n.Node | None:
        if isinstance(current, n.Reduce):
            return current
        if isinstance(current, n.Ref) and current.name in fields:
            return n.Field(current.name)
        return None

    return n.replace_nodes(node, change)


def _bound(node: n.Node | None, fields: Collection[str]) -> n.Node | None:
    return None if node is None else bind_item(node, fields)
