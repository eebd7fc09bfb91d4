"""A picture as SVG for web pages.

What lives here: the text of one picture, the same every time, that takes ink and font of the page around
it. What never comes in: what a picture shows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, Final

from kinerja.errors import MissingExtraError
from kinerja.plots.colours import DARK_INK, LIGHT_INK
from kinerja.plots.drawing import blank

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["picture_html", "svg"]

#: Fonts of the reader's system; all are narrower than the one that texts were measured with.
_FONTS: Final = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, "
    "sans-serif"
)
#: Centimetres of a picture for phones, and what shows one picture of two. The other is not there for
#: those who listen either.
_PHONE: Final = 8.5
_BOTH: Final = (
    ".kj-picture{margin:1rem 0}"
    "@media (min-width:40rem),print{.kj-picture-narrow{display:none}}"
    "@media screen and (max-width:39.99rem){.kj-picture-wide{display:none}}"
)
#: As an image of its own the picture follows the reader's scheme; inside a page the colour of its text.
_SHEET: Final = (
    f"svg:root{{color:{DARK_INK}}}"
    f"@media (prefers-color-scheme:dark){{svg:root{{color:{LIGHT_INK}}}}}"
)


def svg(ax: Axes, *, title: str | None = None, description: str | None = None) -> str:
    """Write a picture as one SVG element that needs nothing else.

    Lines and texts take the colour of the text around the picture (`currentColor`), so that it is readable
    on light and on dark pages; as an image of its own it follows the reader's scheme. It is as wide as the
    page lets it, up to its size on paper. The same picture gives the same text.

    Args:
        ax: What a function of `kinerja.plots` returned; everything on its figure is drawn.
        title: Name for those who do not see it; by default the heading of the picture.
        description: What the picture shows, in words; by default what the function wrote as the label of
            the axes, as the `…_text` function of the picture gives it.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError:
        raise MissingExtraError("plots") from None
    figure = ax.get_figure(root=True)
    written = StringIO()
    settings = {
        "svg.fonttype": "none",
        "svg.hashsalt": "kinerja",
        "svg.id": None,
        "savefig.bbox": None,
    }
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with mpl.rc_context(settings):  # type: ignore[arg-type]
        figure.savefig(  # type: ignore[union-attr]
            written, format="svg", metadata=nothing, facecolor="none", edgecolor="none"
        )
    name = ax.get_title(loc="left").replace("\n", " ") if title is None else title
    said = str(ax.get_label()) if description is None else description
    return _embedded(written.getvalue(), title=name, description=said)


def picture_html(draw: Callable[[Axes], Axes]) -> str:
    """Draw a picture twice, for wide pages and for phones, and let the page show the one that fits.

    Args:
        draw: Draws the picture in the axes that it gets.

    Raises:
        MissingExtraError: matplotlib is not installed.

    Examples:
        >>> from fractions import Fraction
        >>> from kinerja.plots import WeightNode, plot_weights
        >>> from kinerja.words import Text
        >>> root = WeightNode(title=Text("Bobot", "Weights"))
        >>> text = picture_html(lambda ax: plot_weights(root, ax=ax))
        >>> text.count("<svg"), text.startswith("<figure")
        (2, True)
    """
    wide, narrow = (svg(draw(blank(width=width))) for width in (16.0, _PHONE))
    return (
        f'<figure class="kj-picture"><style>{_BOTH}</style>\n'
        f'<div class="kj-picture-wide">\n{wide}</div>\n'
        f'<div class="kj-picture-narrow">\n{narrow}</div>\n</figure>\n'
    )


def _embedded(text: str, *, title: str, description: str) -> str:
    text = text[text.index("<svg") :]
    # The comments repeat every text, and the style would apply to the whole page.
    for left_out in (r"<!--.*?-->", r"<metadata>.*?</metadata>", r"<style.*?</style>"):
        text = re.sub(left_out, "", text, flags=re.DOTALL)
    for ink in (DARK_INK, LIGHT_INK):
        text = text.replace(ink, "currentColor")
    text = re.sub(r"font-family: [^;\"]*;? ?", "", text)
    text = re.sub(r'; ?"', '"', text)
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', text)
    wide, high = (size[1], size[2]) if size else ("0", "0")
    key = hashlib.sha256((text + title + description).encode()).hexdigest()[:8]
    body = _own_names(text[text.index(">") + 1 : text.rindex("</svg>")], key)
    body = re.sub(r"<defs>\s*</defs>", "", body)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}pt"'
        f' style="max-width:100%;height:auto" role="img" aria-labelledby="k{key}t k{key}d"'
        f' font-family="{_FONTS}" stroke-linejoin="round" stroke-linecap="butt">\n'
        f'<title id="k{key}t">{escape(title, quote=False)}</title>\n'
        f'<desc id="k{key}d">{escape(description, quote=False)}</desc>\n'
        f"<style>{_SHEET}</style>\n"
    )
    # One element a line, and no blank line, at which Markdown would end a block of HTML.
    return (
        head
        + re.sub(r"\s*\n\s*(?!<)", " ", re.sub(r"\n\s*(?=<)", "\n", body)).strip()
        + "\n</svg>\n"
    )


def _own_names(text: str, key: str) -> str:
    """Keep the ids that something refers to, under names that no other picture of a page has."""
    text = text.replace("xlink:href", "href")
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', text))

    def renamed(found: re.Match[str]) -> str:
        return f' id="k{key}{found[1]}"' if found[1] in used else ""

    text = re.sub(r' id="([^"]*)"', renamed, text)
    return re.sub(r'(url\(#|href="#)', rf"\g<1>k{key}", text)
