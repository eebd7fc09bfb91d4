"""Shares of a whole as a drawing that is read without colours.

What lives here: stacked bars as inline SVG. Parts differ by lightness, stand in the order of their key and
bear its numbers. What never comes in: words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from kinerja.report.page import ShareMark, ShareRow, Shares
from kinerja.result.legible import one_line
from kinerja.result.markup import Markup, element

__all__ = ["shares_markup", "shares_sheet"]

#: Width of the drawing; heights of a row and of each of its marks, which hold text of 22 units on a phone.
WIDTH, ROW, MARK = 640, 84, 40
#: From which width on a part bears its number, and its share too.
NARROW, WIDE = 26, 104
#: A name of more letters is cut in a drawing; the table has it whole.
LONGEST_NAME: Final = 40
#: The lightest part; the darkest is 1.
LIGHTEST: Final = 0.14


def shares_sheet(root: str) -> str:
    """Give the look of the drawing, below one class."""
    return f"""
.{root} .kj-shares {{ margin-top: .25rem; break-inside: avoid; }}
.{root} .kj-shares rect {{ fill: var(--kj-accent); stroke: var(--kj-accent); stroke-width: 1; }}
.{root} .kj-shares .kj-mark {{ stroke: var(--kj-loss); stroke-width: 3; fill: none; }}
.{root} .kj-shares .kj-row {{ fill: var(--kj-ink); font-weight: 600; }}
.{root} .kj-shares-key span::before {{ outline: 1px solid var(--kj-accent);
  background: color-mix(in srgb, var(--kj-accent) var(--kj-tone), transparent); }}
@media print {{ .{root} .kj-shares-key span::before {{ print-color-adjust: exact;
  -webkit-print-color-adjust: exact; }} }}
"""


def shares_markup(shares: Shares) -> Markup:
    """Draw shares: a key, then one bar a row, with the limits that are marked below it.

    Args:
        shares: The shares.
    """
    tones = _tones(len(shares.parts))
    key = element(
        "p",
        *(
            element("span", f"{at} {one_line(part)}", style=f"--kj-tone: {float(tone):.0%}")
            for at, (part, tone) in enumerate(zip(shares.parts, tones, strict=True), 1)
        ),
        class_="kj-key kj-shares-key",
    )
    rows = (_row(row, shares.parts, tones) for row in shares.rows)
    return element("div", key, *rows, role="group", aria_label=one_line(shares.title))


def _tones(parts: int) -> list[str]:
    step = (1 - LIGHTEST) / max(parts - 1, 1)
    return [f"{LIGHTEST + step * at:.2f}" for at in range(parts)]


def _row(row: ShareRow, parts: Sequence[str], tones: Sequence[str]) -> Markup:
    """Draw one row; each is a drawing of its own, so that no page break cuts it."""
    name = one_line(row.name)
    told = "; ".join(
        f"{one_line(part)} {share}"
        for part, count, share in zip(parts, row.counts, row.shares, strict=True)
        if count
    )
    short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
    total = sum(row.counts)
    starts = [Fraction(sum(row.counts[:at]), total or 1) for at in range(len(parts))]
    marks = (
        piece
        for at, mark in enumerate(row.marks)
        for piece in _mark(mark, starts[mark.part], ROW + at * MARK)
    )
    return element(
        "svg",
        element("title", f"{name}: {told}"),
        _text(short, x=0, y=24, class_="kj-row"),
        _text(one_line(row.note), x=WIDTH, y=24, anchor="end") if row.note else None,
        *_bar(row, starts, tones),
        *marks,
        viewBox=f"0 0 {WIDTH} {ROW + MARK * len(row.marks)}",
        role="img",
        class_="kj-drawing kj-shares",
    )


def _bar(row: ShareRow, starts: Sequence[Fraction], tones: Sequence[str]) -> Iterator[Markup]:
    total = sum(row.counts)
    for at, (start, count, share, tone) in enumerate(
        zip(starts, row.counts, row.shares, tones, strict=True), 1
    ):
        if not count:
            continue
        x, width = float(start * WIDTH), count / total * WIDTH
        yield element(
            "rect",
            x=f"{x + 1:.1f}",
            y="32",
            width=f"{max(width - 2, 1):.1f}",
            height="18",
            fill_opacity=tone,
        )
        told = f"{at}: {share}" if width >= WIDE else str(at) if width >= NARROW else ""
        if told:
            yield _text(told, x=x + 2, y=72)


def _mark(mark: ShareMark, start: Fraction, top: int) -> Iterator[Markup]:
    """Draw how far a part may reach, or must: a line from where the part begins."""
    first = max(min(start, 1 - mark.share), Fraction(0))
    x, end = float(first * WIDTH), float(min(first + mark.share, Fraction(1)) * WIDTH)
    x, end = min(max(x, 2), WIDTH - 2), min(max(end, 2), WIDTH - 2)
    yield element(
        "path",
        d=f"M{x:.1f} {top + 2}v8M{x:.1f} {top + 6}H{end:.1f}M{end:.1f} {top + 2}v8",
        class_="kj-mark",
    )
    is_left = x < WIDTH / 2
    text = one_line(mark.text)
    yield _text(text, x=x if is_left else end, y=top + 30, anchor=None if is_left else "end")


def _text(
    text: str, *, x: float, y: float, anchor: str | None = None, class_: str | None = None
) -> Markup:
    return element("text", text, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor, class_=class_)
