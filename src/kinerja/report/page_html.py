"""A page as HTML that needs no script and no other file.

What lives here: the markup, and drawings as inline SVG. What never comes in: words, anything that would be
fetched. The look is that of explanations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Final

from kinerja.report.page import (
    Bars,
    Block,
    Columns,
    Grid,
    Item,
    Lines,
    Page,
    Pairs,
    Paragraph,
    Picture,
    Section,
    Shares,
    Stacked,
)
from kinerja.report.shares_html import shares_markup, shares_sheet
from kinerja.result.html_table import figures_markup, layout_of, table_markup
from kinerja.result.legible import one_line
from kinerja.result.markup import Markup, element, joined
from kinerja.result.stylesheet import SHEET, footer_sheet
from kinerja.words import Language

__all__ = ["page_html"]

#: Class of the outermost element, below which every style applies.
ROOT: Final = "kinerja-rincian"
#: Width of a drawing, height of its columns, and of a row of bars.
WIDTH, HEIGHT, ROW = 640, 150, 50
#: Height of a row with a line, where the line runs in it, and its ends.
LINE_ROW, LINE_TOP, LINE_HEIGHT, LINE_FIRST, LINE_LAST = 76, 34, 30, 8, WIDTH - 8
#: Most periods whose names all stand below a line; of more only the first and the last do.
NAMED_COLUMNS: Final = 4
#: A name of more letters is cut in a drawing; the table has it whole.
LONGEST_NAME: Final = 48

_DRAWN: Final = f"""
.{ROOT} .kj-drawing {{ display: block; width: 100%; height: auto; margin-top: 1rem; }}
.{ROOT} .kj-drawing text {{ fill: var(--kj-quiet); font-size: 14px; }}
.{ROOT} .kj-drawing .kj-down {{ fill: var(--kj-bar); }}
.{ROOT} .kj-drawing .kj-same {{ fill: var(--kj-line); }}
.{ROOT} .kj-drawing .kj-up {{ fill: var(--kj-accent); }}
.{ROOT} .kj-drawing .kj-axis {{ stroke: var(--kj-quiet); stroke-width: 1; }}
.{ROOT} .kj-lines {{ margin-top: 1rem; }}
.{ROOT} .kj-lines > p {{ margin-top: .25rem; }}
.{ROOT} .kj-lines > .kj-drawing {{ margin-top: 0; break-inside: avoid; }}
.{ROOT} .kj-drawing .kj-course {{ fill: none; stroke: var(--kj-accent); stroke-width: 2.5; }}
.{ROOT} .kj-drawing .kj-rest {{ stroke: var(--kj-line); stroke-width: 1; }}
.{ROOT} .kj-key {{ display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-top: .5rem; }}
.{ROOT} .kj-key span::before {{ content: ""; display: inline-block; width: .75rem; height: .75rem;
  margin-inline-end: .4rem; border-radius: .125rem; background: var(--kj-line); }}
.{ROOT} .kj-key .kj-down::before {{ background: var(--kj-bar); }}
.{ROOT} .kj-key .kj-up::before {{ background: var(--kj-accent); }}
.{ROOT} .kj-parts span::before {{ background: var(--kj-tone); }}
.{ROOT} .kj-parts .kj-unseen::before {{ background: repeating-linear-gradient(45deg, var(--kj-quiet) 0 2px,
  transparent 2px 5px); outline: 1px solid var(--kj-quiet); outline-offset: -1px; }}
.{ROOT} .kj-drawing .kj-part {{ fill: var(--kj-tone); stroke: var(--kj-paper); stroke-width: 2; }}
.{ROOT} .kj-drawing .kj-unseen {{ stroke: var(--kj-quiet); stroke-width: 1; }}
.{ROOT} .kj-drawing pattern path {{ stroke: var(--kj-quiet); stroke-width: 2; }}
.{ROOT} .kj-wide {{ overflow-x: auto; }}
.{ROOT} .kj-section > .kj-facts {{ margin-top: .75rem; }}
.{ROOT} .kj-section > p.kj-key {{ color: var(--kj-quiet); font-size: .875rem; }}
@media screen and (max-width: 40rem) {{ .{ROOT} .kj-drawing text {{ font-size: 22px; }} }}
@media screen and (min-width: 40.01rem) {{
  .{ROOT} .kj-section > .kj-table tr > :first-child {{ min-width: 8rem; }}
}}
@media print {{
  .{ROOT} .kj-drawing rect {{ print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
}}
"""
#: What a part is filled with whose count is hidden.
HATCHING: Final = element(
    "pattern",
    element("path", d="M0 0V7"),
    id="kj-hatching",
    width="7",
    height="7",
    patternUnits="userSpaceOnUse",
    patternTransform="rotate(45)",
)
#: Spaces at which a figure would be torn from its sign.
_TORN: Final = re.compile(r"(?<=[0-9…]) (?=%)|(?<=[≈≥≤]) (?=[−+0-9])")
_TONES: Final = {-1: "kj-down", 0: "kj-same", 1: "kj-up"}


def page_html(page: Page, lang: Language) -> str:
    """Print a page as one complete HTML page, without a line end after the last line.

    Args:
        page: The page.
        lang: Language it is written in.
    """
    title = f"{page.title} – {page.kicker}"
    head = element(
        "head",
        Markup('\n<meta charset="utf-8">\n'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">\n'),
        Markup('<meta name="color-scheme" content="light dark">\n'),
        element("title", title),
        element("style", Markup(f"\n{SHEET}{_DRAWN}{shares_sheet(ROOT)}{footer_sheet(title)}")),
        Markup("\n"),
    )
    body = element("body", Markup("\n"), element("main", *_content(page), class_=ROOT))
    return f"<!doctype html>\n{element('html', head, Markup(chr(10)), body, lang=lang)}"


def _content(page: Page) -> Iterator[Markup]:
    yield element(
        "header",
        element("p", one_line(page.kicker), class_="kj-kicker"),
        element("h1", one_line(page.title)),
        *(_block(block, page) for block in page.lead),
        class_="kj-hero",
    )
    links = (
        element("li", element("a", section.title, href=f"#bagian-{place}"))
        for place, section in enumerate(page.sections, 1)
    )
    yield element("nav", element("ul", *links), aria_label=page.contents, class_="kj-nav")
    for place, section in enumerate(page.sections, 1):
        yield _section(section, page, f"bagian-{place}")


def _section(section: Section, page: Page, anchor: str) -> Markup:
    return element(
        "section",
        element("h2", one_line(section.title), id=f"{anchor}-judul"),
        *(_block(block, page) for block in section.blocks),
        class_="kj-section",
        id=anchor,
        aria_labelledby=f"{anchor}-judul",
    )


def _block(block: Block, page: Page) -> Markup:  # noqa: C901, PLR0911 - one case a block
    match block:
        case Paragraph():
            return element("p", figures_markup(one_line(block.text)))
        case Pairs():
            return _facts(block.rows)
        case Grid():
            return _table(block, page)
        case Item():
            return joined(element("h3", one_line(block.title)), _facts(block.rows))
        case Bars():
            return _bars(block)
        case Columns():
            return _columns(block)
        case Lines():
            return _lines(block)
        case Shares():
            return shares_markup(block)
        case Stacked():
            return _stacked(block)
        case Picture():
            return Markup(block.html)


def _facts(rows: Sequence[tuple[str, str]]) -> Markup:
    groups: dict[str, list[str]] = {}
    for key, text in rows:
        if text:
            groups.setdefault(key, []).append(text)
    return element(
        "dl",
        *(
            element(
                "div",
                element("dt", key),
                *(element("dd", figures_markup(_untorn(one_line(text)))) for text in texts),
            )
            for key, texts in groups.items()
        ),
        class_="kj-facts",
    )


def _table(grid: Grid, page: Page) -> Markup:
    rows = [[one_line(cell) for cell in row] for row in grid.rows]
    table = table_markup(
        grid.columns,
        rows,
        title=grid.title,
        missing=page.missing,
        layout=layout_of(len(grid.columns), is_list=False),
    )
    # Only now, since a cell is known for a figure by its plain space.
    return Markup(_untorn(table))


def _untorn(text: str) -> str:
    """Keep a figure on one line with its sign, however narrow the column is."""
    return _TORN.sub("\N{NO-BREAK SPACE}", text)


# Drawings.


def _svg(title: str, height: int, *content: Markup) -> Markup:
    return element(
        "svg",
        element("title", title),
        *content,
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        class_="kj-drawing",
    )


def _rect(  # noqa: PLR0913 - a rectangle, its tone and what it says
    *, x: float, y: float, width: float, height: float, tone: str, title: str
) -> Markup:
    return element(
        "rect",
        element("title", title),
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        width=f"{width:.1f}",
        height=f"{height:.1f}",
        class_=tone,
    )


def _words(text: str, *, x: float, y: float, anchor: str = "start") -> Markup:
    return element("text", text, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor=anchor)


def _bars(bars: Bars) -> Markup:
    drawn: list[Markup] = []
    for at, (name, counts) in enumerate(bars.rows):
        top, total = at * ROW, max(sum(counts), 1)
        short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
        drawn.append(_words(one_line(short), x=0, y=top + 22))
        x = 0.0
        for part, count, tone in zip(bars.parts, counts, _TONES.values(), strict=True):
            width = count / total * WIDTH
            if count:
                about = f"{one_line(name)}: {part} {count}"
                drawn.append(_rect(x=x, y=top + 28, width=width, height=16, tone=tone, title=about))
            x += width
    named = zip(bars.parts, _TONES.values(), strict=True)
    key = element(
        "p", *(element("span", part, class_=tone) for part, tone in named), class_="kj-key"
    )
    return joined(key, _svg(bars.title, ROW * len(bars.rows), *drawn))


def _stacked(stacked: Stacked) -> Markup:
    tones = [_tone(at, stacked.scaled) for at in range(len(stacked.parts))]
    drawn: list[Markup] = [HATCHING]
    for at, (name, counts, hidden) in enumerate(stacked.rows):
        top = at * ROW
        total = max(sum(count or 0 for count in counts) + hidden, 1)
        drawn.append(_words(_short(name), x=0, y=top + 22))
        parts = [
            (part, count, {"class_": "kj-part", "style": tone})
            for part, count, tone in zip(stacked.parts, counts, tones, strict=True)
        ]
        parts.append((stacked.hidden, hidden, {"class_": "kj-unseen", "fill": "url(#kj-hatching)"}))
        x = 0.0
        for part, count, look in parts:
            if count:
                width = count / total * WIDTH
                about = element("title", f"{one_line(name)}: {part} {count}")
                place = {"x": f"{x:.1f}", "y": str(top + 28), "width": f"{width:.1f}"}
                drawn.append(element("rect", about, **place, height="16", **look))
                x += width
    named = [
        element("span", part, style=tone) for part, tone in zip(stacked.parts, tones, strict=True)
    ]
    if any(hidden for _, _, hidden in stacked.rows):
        named.append(element("span", stacked.hidden, class_="kj-unseen"))
    key = element("p", *named, class_="kj-key kj-parts")
    return joined(key, _svg(stacked.title, ROW * len(stacked.rows), *drawn))


def _tone(at: int, scaled: int) -> str:
    """Give the colour of a part: low ones warm, high ones cool, those between pale."""
    if at >= scaled:
        return "--kj-tone: var(--kj-quiet)"
    share = round(200 * at / max(scaled - 1, 1)) - 100
    end = "--kj-accent" if share > 0 else "--kj-bar"
    return f"--kj-tone: color-mix(in oklab, var({end}) {abs(share)}%, var(--kj-line))"


def _short(name: str) -> str:
    short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
    return one_line(short)


def _columns(columns: Columns) -> Markup:
    most = max(count for _, count, _ in columns.rows)
    step = WIDTH / len(columns.rows)
    drawn: list[Markup] = []
    for at, (name, count, tone) in enumerate(columns.rows):
        if not count:
            continue
        height = max(count / most * HEIGHT, 1.5)
        drawn.append(
            _rect(
                x=at * step + 1,
                y=HEIGHT - height,
                width=max(step - 2, 1),
                height=height,
                tone=_TONES[tone],
                title=f"{name}: {count}",
            )
        )
    axis = element("line", x1="0", y1=str(HEIGHT), x2=str(WIDTH), y2=str(HEIGHT), class_="kj-axis")
    first, last = columns.rows[0][0], columns.rows[-1][0]
    names = [_words(first, x=0, y=HEIGHT + 22), _words(last, x=WIDTH, y=HEIGHT + 22, anchor="end")]
    still = next((at for at, (_, _, tone) in enumerate(columns.rows) if tone == 0), None)
    if still is not None and 1 < still < len(columns.rows) - 2:
        middle = (still + 0.5) * step
        names.append(_words(columns.rows[still][0], x=middle, y=HEIGHT + 22, anchor="middle"))
    return _svg(columns.title, HEIGHT + 30, *drawn, axis, *names)


def _lines(lines: Lines) -> Markup:
    known = [point[0] for _, points in lines.rows for point in points if point is not None]
    low, high = (min(known), max(known)) if known else (Fraction(0), Fraction(0))
    step = (LINE_LAST - LINE_FIRST) / max(len(lines.columns) - 1, 1)
    drawn: list[Markup] = []
    for name, points in lines.rows:
        placed = [
            None
            if point is None
            else (
                LINE_FIRST + place * step,
                LINE_TOP + LINE_HEIGHT * float(_depth(point[0], low, high)),
                f"{one_line(name)}, {one_line(lines.columns[place])}: {point[1]}",
            )
            for place, point in enumerate(points)
        ]
        # A drawing for each row, so that a page of paper ends between two of them.
        title = f"{lines.title}: {one_line(name)}"
        drawn.append(_svg(title, LINE_ROW, *_course(name, points, placed)))
    last = len(lines.columns) - 1
    names = []
    for place, column in enumerate(lines.columns):
        if place in (0, last) or last < NAMED_COLUMNS:
            anchor = "start" if place == 0 else "end" if place == last else "middle"
            x = {"start": 0.0, "end": float(WIDTH)}.get(anchor, LINE_FIRST + place * step)
            names.append(_words(one_line(column), x=x, y=18, anchor=anchor))
    drawn.append(_svg(lines.title, 28, *names))
    note = element("p", figures_markup(one_line(lines.note)), class_="kj-small")
    return element("div", *drawn, *([note] if lines.note else []), class_="kj-lines")


def _depth(value: Fraction, low: Fraction, high: Fraction) -> Fraction:
    """Give how far below the highest a value lies, as a share of the height."""
    return Fraction(1, 2) if low == high else (high - value) / (high - low)


def _course(
    name: str,
    points: Sequence[tuple[Fraction, str] | None],
    placed: Sequence[tuple[float, float, str] | None],
) -> Iterator[Markup]:
    written = [point[1] for point in points if point is not None]
    ends = " → ".join(dict.fromkeys([*written[:1], *written[-1:]]))
    longest = LONGEST_NAME - len(ends) - 4
    short = name if len(name) <= longest else f"{name[: longest - 1]}…"
    rest = str(LINE_TOP + LINE_HEIGHT + 8)
    yield _words(one_line(short), x=0, y=22)
    yield _words(ends, x=WIDTH, y=22, anchor="end")
    yield element("line", x1="0", y1=rest, x2=str(WIDTH), y2=rest, class_="kj-rest")
    for is_there, run in groupby(placed, key=lambda point: point is not None):
        ends_of = " ".join(f"{point[0]:.1f},{point[1]:.1f}" for point in run if point is not None)
        if is_there and " " in ends_of:
            yield element("polyline", points=ends_of, class_="kj-course")
    for point in placed:
        if point is not None:
            x, y, about = point
            title = element("title", about)
            yield element("circle", title, cx=f"{x:.1f}", cy=f"{y:.1f}", r="4.5", class_="kj-up")
