"""HTML as values: text is escaped unless it is markup already, and every element is closed.

What lives here: the building of elements. What never comes in: what a page says, styles.
"""

from __future__ import annotations

from html import escape
from typing import Final

__all__ = ["Markup", "element", "joined"]

#: Elements after which the source of a page begins a new line.
_BLOCKS: Final = frozenset(
    {"div", "header", "section", "nav", "main", "details", "summary", "p", "ul", "ol", "li"}
    | {"dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def element(name: str, *content: str | None, **attributes: str | bool | None) -> Markup:
    r"""Build an element.

    Args:
        name: Name of the element.
        content: What it holds: markup as it is, any other text escaped; `None` is left out.
        attributes: Its attributes; `class_` gives `class` and `data_label` gives `data-label`. `True`
            gives an attribute without value, `None` and `False` none.

    Examples:
        >>> element("dd", "< 90", class_="kj-value")
        '<dd class="kj-value">&lt; 90</dd>\n'
    """
    named = (
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escape(value)}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    end = "\n" if name in _BLOCKS else ""
    return Markup(f"<{name}{''.join(named)}>{joined(*content)}</{name}>{end}")


def joined(*content: str | None) -> Markup:
    """Put pieces one after the other, text escaped."""
    return Markup(
        "".join(
            part if isinstance(part, Markup) else escape(part)
            for part in content
            if part is not None
        )
    )
