"""How the notebooks show things: tables, pictures, figures in words.

What lives here: the form of what is read. What never comes in: what is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from html import escape
from numbers import Real

import pandas as pd
from IPython.display import HTML, Markdown
from matplotlib.axes import Axes

from kinerja.plots import picture_html


def angka(value: float | Fraction, desimal: int = 0) -> str:
    """Write a number as Indonesian readers know it: 1.234,5."""
    said = f"{float(value):,.{desimal}f}".replace("-", "−")
    return said.translate(str.maketrans(",.", ".,"))


def persen(share: float | Fraction, desimal: int = 0) -> str:
    """Write a share as a percentage that no line break parts."""
    return f"{angka(float(share) * 100, desimal)}\N{NO-BREAK SPACE}%"


def kata(*kalimat: str) -> Markdown:
    """Show an answer: sentences whose figures were computed, one argument a paragraph."""
    return Markdown("\n\n".join(kalimat))


def tabel(isi: pd.DataFrame | Iterable[dict[str, object]]) -> HTML:
    """Show a table; numbers stand at the right, and what is no text is written with its decimals."""
    frame = isi if isinstance(isi, pd.DataFrame) else pd.DataFrame(list(isi))
    kanan = [frame[nama].map(_is_figure).all() if len(frame) else False for nama in frame.columns]
    kepala = "".join(
        f"<th{_align(right)}>{escape(str(nama))}</th>"
        for nama, right in zip(frame.columns, kanan, strict=True)
    )
    badan = "\n".join(
        "<tr>"
        + "".join(
            f"<td{_align(right)}>{escape(_cell(sel))}</td>"
            for sel, right in zip(baris, kanan, strict=True)
        )
        + "</tr>"
        for baris in frame.itertuples(index=False)
    )
    return HTML(
        f'<div class="tabel"><table>\n<thead><tr>{kepala}</tr></thead>\n'
        f"<tbody>\n{badan}\n</tbody>\n</table></div>"
    )


def gambar(draw: Callable[[Axes], Axes]) -> HTML:
    """Show a picture, drawn for wide pages and for phones."""
    return HTML(picture_html(draw))


def _align(right: bool) -> str:  # noqa: FBT001 - of one column
    return ' style="text-align:right"' if right else ""


def _is_figure(cell: object) -> bool:
    return isinstance(cell, Real) or (
        isinstance(cell, str) and cell.rstrip("\N{NO-BREAK SPACE} %").lstrip("−≈+")[:1].isdigit()
    )


def _cell(cell: object) -> str:
    return angka(cell) if isinstance(cell, Real) else str(cell)
