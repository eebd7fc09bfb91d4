"""How the notebooks show things: tables, pictures, figures in words.

What lives here: the form of what is read. What never comes in: what is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from html import escape
from numbers import Real

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


def tabel(isi: Iterable[Mapping[str, object]]) -> HTML:
    """Show a table, one mapping a row; a column of figures stands at the right."""
    baris = [dict(satu) for satu in isi]
    kolom = list(baris[0])
    kanan = {nama: all(_is_figure(satu[nama]) for satu in baris) for nama in kolom}
    kepala = "".join(f"<th{_align(right=kanan[nama])}>{escape(nama)}</th>" for nama in kolom)
    badan = "\n".join(
        "<tr>"
        + "".join(
            f"<td{_align(right=kanan[nama])}>{escape(_cell(satu[nama]))}</td>" for nama in kolom
        )
        + "</tr>"
        for satu in baris
    )
    return HTML(
        f'<div class="tabel"><table>\n<thead><tr>{kepala}</tr></thead>\n'
        f"<tbody>\n{badan}\n</tbody>\n</table></div>"
    )


def gambar(draw: Callable[[Axes], Axes]) -> HTML:
    """Show a picture, drawn for wide pages and for phones."""
    return HTML(picture_html(draw))


def _align(*, right: bool) -> str:
    return ' style="text-align:right"' if right else ""


def _is_figure(cell: object) -> bool:
    if not isinstance(cell, str):
        return isinstance(cell, Real)
    return not cell or cell.lstrip("−+")[:1].isdigit()


def _cell(cell: object) -> str:
    return angka(cell) if isinstance(cell, Real) else str(cell)
