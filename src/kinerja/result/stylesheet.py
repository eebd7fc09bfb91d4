"""The look of an explanation in HTML: phone first, then wide screens, dark ones, and A4 paper.

What lives here: one style sheet whose every rule applies below one class, so that an embedded
explanation changes nothing around it, and the footer of printed pages. What never comes in: fonts, images,
anything that would be fetched.
"""

from __future__ import annotations

from typing import Final

__all__ = ["SHEET", "footer_sheet", "scoped"]

_LIGHT: Final = """
  --kj-paper: #ffffff;
  --kj-ink: #18222d;
  --kj-quiet: #51606e;
  --kj-line: #d4dbe2;
  --kj-accent: #0a5378;
  --kj-tint: #f4f7f9;
  --kj-loss: #a8442a;
  --kj-bar: #c96a4b;
  --kj-good: #1d6a3f;
  --kj-alert: #fdf3dc;
  --kj-alert-ink: #6a4300;
  --kj-alert-line: #d9a441;
"""
_DARK: Final = """
  --kj-paper: #17202a;
  --kj-ink: #e7edf3;
  --kj-quiet: #a3b1bf;
  --kj-line: #34424f;
  --kj-accent: #86c5e8;
  --kj-tint: #1d2833;
  --kj-loss: #f2a78f;
  --kj-bar: #d87f61;
  --kj-good: #8fd3a8;
  --kj-alert: #3a2d10;
  --kj-alert-ink: #f6d893;
  --kj-alert-line: #b98a2f;
"""
_PRINT: Final = """
  --kj-paper: #ffffff;
  --kj-ink: #000000;
  --kj-quiet: #333333;
  --kj-line: #999999;
  --kj-accent: #000000;
  --kj-tint: #ffffff;
  --kj-loss: #000000;
  --kj-bar: #777777;
  --kj-good: #000000;
  --kj-alert: #ffffff;
  --kj-alert-ink: #000000;
  --kj-alert-line: #000000;
"""

_RULES: Final = """
& { background: var(--kj-paper); color: var(--kj-ink); border: 1px solid var(--kj-line);
  border-radius: .5rem; padding: 1.25rem 1rem 1.5rem; max-width: 52rem;
  font: 400 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans",
  Arial, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: break-word; text-align: start; }
& *, & *::before { box-sizing: border-box; }
& h1, & h2, & h3, & h4, & h5, & h6, & p, & ul, & ol, & dl, & dt, & dd, & li { margin: 0; padding: 0;
  font: inherit; float: none; width: auto; color: inherit; letter-spacing: 0; }
& ul, & ol { list-style: none; }
& a { color: var(--kj-accent); text-underline-offset: .15em; }
& a:focus-visible, & summary:focus-visible { outline: 3px solid var(--kj-accent); outline-offset: 2px; }
& .kj-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
& .kj-small { color: var(--kj-quiet); font-size: .875rem; }
& .kj-digits { color: var(--kj-quiet); font-weight: 400; font-size: .8125em; }
& .kj-missing { color: var(--kj-quiet); font-weight: 400; font-style: italic; }

& .kj-kicker { color: var(--kj-quiet); font-size: .9375rem; }
& .kj-hero > :is(h1, h3) { font-size: 1.375rem; line-height: 1.3; font-weight: 650; margin-top: .125rem; }
& .kj-results { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9rem), 1fr));
  gap: .75rem; margin-top: 1rem; }
& .kj-results > div { border: 1px solid var(--kj-line); border-left: .3rem solid var(--kj-accent);
  border-radius: .375rem; padding: .625rem .875rem .75rem; background: var(--kj-tint); }
& dt { color: var(--kj-quiet); }
& dt::first-letter, & .kj-name::first-letter { text-transform: uppercase; }
& .kj-as-is::first-letter { text-transform: none; }
& .kj-results dt { font-size: .9375rem; line-height: 1.35; }
& .kj-results dd { font-size: 1.75rem; line-height: 1.2; font-weight: 700; margin-top: .125rem; }
& .kj-results .kj-missing { font-size: 1.125rem; }
& .kj-results .kj-long dd { font-size: 1.0625rem; font-weight: 600; }
& .kj-others { margin-top: .75rem; }
& .kj-others > div { display: grid; grid-template-columns: minmax(0, 1fr) fit-content(60%);
  gap: 0 1rem; padding: .3rem 0; border-bottom: 1px solid var(--kj-line); }
& .kj-others dd { font-weight: 600; text-align: end; min-width: 0; }
& .kj-notice { margin-top: 1rem; padding: .75rem .875rem; border-radius: .375rem;
  background: var(--kj-alert); color: var(--kj-alert-ink); border: 1px solid var(--kj-alert-line); }
& .kj-notice strong { font-weight: 650; }
& .kj-notice ul, & .kj-section > ul:not([class]) { list-style: disc; padding-inline-start: 1.25rem; }
& .kj-notice li, & .kj-section > ul:not([class]) > li { margin-top: .25rem; }

& .kj-nav { margin-top: 1rem; }
& .kj-nav ul { display: flex; flex-wrap: wrap; gap: 0 1.25rem; font-size: .9375rem; }
& .kj-nav a { display: inline-block; padding: .3125rem 0; }

& .kj-section { margin-top: 2rem; border-top: 2px solid var(--kj-ink); padding-top: .75rem; }
& .kj-section > :is(h2, h4) { font-size: 1.1875rem; line-height: 1.3; font-weight: 700; }
& .kj-section > p { margin-top: .25rem; color: var(--kj-quiet); }
& .kj-section > :is(h3, h5) { font-weight: 650; margin-top: 1.25rem; }

& .kj-steps > li { padding: 1rem 0 1.125rem; border-bottom: 1px solid var(--kj-line); }
& .kj-steps > li:last-child { border-bottom: 0; padding-bottom: 0; }
& .kj-parts { margin-top: .5rem; padding-inline-start: .75rem;
  border-inline-start: 2px solid var(--kj-line); }
& .kj-parts > li { padding: .625rem 0; }
& .kj-step > :is(h3, h4, h5, h6) { display: grid; gap: 0 .625rem;
  grid-template-columns: auto minmax(0, 1fr) fit-content(50%);
  align-items: baseline; font-weight: 650; }
& .kj-step > * > .kj-number { color: var(--kj-quiet); font-weight: 400; }
& .kj-step > * > .kj-equals { position: absolute; width: 1px; overflow: hidden; clip-path: inset(50%); }
& .kj-step > * > .kj-value { text-align: end; min-width: 0; }
& .kj-published > * > .kj-value { font-weight: 700; color: var(--kj-accent); }
& .kj-step > * > .kj-missing { font-weight: 400; color: var(--kj-quiet); }
& .kj-facts { margin-top: .5rem; display: grid; gap: .375rem; }
& .kj-facts > div { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr); gap: 0 .75rem; }
& .kj-facts dt { grid-column: 1; font-size: .9375rem; }
& .kj-facts dd { grid-column: 2; min-width: 0; }
& .kj-facts dd + dd { margin-top: .25rem; }
& .kj-facts .kj-value { font-weight: 600; }
& .kj-facts code { overflow-wrap: anywhere;
  font: .875rem/1.5 ui-monospace, "Cascadia Mono", "Liberation Mono", monospace;
  background: none; color: inherit; padding: 0; }
& .kj-tag { display: inline-block; font-size: .8125rem; line-height: 1.3; padding: .0625rem .4375rem;
  border: 1px solid var(--kj-line); border-radius: .25rem; background: var(--kj-tint);
  color: var(--kj-quiet); white-space: nowrap; }
& .kj-tag-unverified { background: var(--kj-alert); color: var(--kj-alert-ink);
  border-color: var(--kj-alert-line); font-weight: 600; }

& .kj-fold { margin-top: .75rem; }
& .kj-fold > summary { cursor: pointer; color: var(--kj-accent); padding: .375rem 0; }

& .kj-table { border-collapse: collapse; width: 100%; margin: .75rem 0 0; font-size: .9375rem;
  table-layout: auto; border: 0; background: none; color: inherit; }
& .kj-table th, & .kj-table td { text-align: start; vertical-align: top; padding: .375rem .75rem .375rem 0;
  border: 0; border-bottom: 1px solid var(--kj-line); font-weight: 400; background: none; color: inherit;
  white-space: normal; max-width: none; }
& .kj-table thead th { color: var(--kj-quiet); font-size: .875rem; vertical-align: bottom; }
& .kj-table .kj-figure { text-align: end; }
& .kj-table tr { background: none; }
& .kj-table tr > :last-child { padding-right: 0; }

& .kj-losses > li, & .kj-levers > li { display: grid; gap: 0 1rem;
  grid-template-columns: minmax(0, 1fr) fit-content(60%); padding: .625rem 0;
  border-bottom: 1px solid var(--kj-line); }
& .kj-losses > li > *, & .kj-levers > li > * { min-width: 0; }
& .kj-losses > li > div, & .kj-losses > li > p, & .kj-levers > li > p { grid-column: 1 / -1; }
& .kj-points { color: var(--kj-loss); font-weight: 650; text-align: end; }
& .kj-bar { height: .5rem; margin: .3125rem 0 .1875rem; background: var(--kj-tint);
  border-radius: .25rem; overflow: hidden; }
& .kj-bar span { display: block; height: 100%; min-width: 2px; background: var(--kj-bar); }
& .kj-change { text-align: end; }
& .kj-change strong { color: var(--kj-good); font-weight: 700; }
& .kj-never .kj-change { color: var(--kj-quiet); }

& .kj-status { margin-top: .75rem; }
& .kj-idle > p { margin-top: .625rem; color: var(--kj-quiet); }
& .kj-bases, & .kj-follow { list-style: disc; padding-inline-start: 1.25rem; }
& .kj-bases li { margin-top: .25rem; }
& .kj-follow li { margin-top: .5rem; }
& .kj-follow .kj-name { display: block; font-weight: 650; }
"""

#: Tables of more than a few columns, row by row.
_NARROW: Final = """
& .kj-stack, & .kj-stack tbody, & .kj-stack tr, & .kj-stack th, & .kj-stack td { display: block; }
& .kj-stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
& .kj-stack tr { padding: .5rem 0; border-bottom: 1px solid var(--kj-line); }
& .kj-stack tbody th, & .kj-stack tbody td { border: 0; padding: .0625rem 0; }
& .kj-stack tbody th { font-weight: 600; }
& .kj-stack tbody td { display: grid; grid-template-columns: minmax(6rem, auto) minmax(0, 1fr);
  gap: 0 .75rem; }
& .kj-stack tbody td:empty { display: none; }
& .kj-stack tbody td::before { content: attr(data-label); color: var(--kj-quiet); }
& .kj-stack tbody td.kj-figure { text-align: end; }
& .kj-stack tbody td.kj-figure::before { text-align: start; }
"""

#: Tables of lines: the value beside the title, the figures below both.
_LISTS: Final = """
& .kj-list, & .kj-list tbody { display: block; }
& .kj-list thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
& .kj-levers > li { grid-template-columns: minmax(0, 1fr); }
& .kj-levers .kj-change { text-align: start; }
& .kj-list tbody tr { display: grid; grid-template-columns: minmax(0, 1fr) fit-content(60%); gap: 0 1rem;
  padding: .4375rem 0; border-bottom: 1px solid var(--kj-line); }
& .kj-list tbody th, & .kj-list tbody td { border: 0; padding: 0; }
& .kj-list tbody td:last-child { grid-area: 1 / 2; font-weight: 600; text-align: end; }
& .kj-list tbody td:empty { display: none; }
& .kj-list tbody td.kj-figure:not(:last-child)::before { content: "= "; }
& .kj-list tbody td:not(:last-child) { text-align: start; grid-column: 1 / -1; color: var(--kj-quiet);
  font-size: .875rem; }
"""

_SCREEN: Final = """
& .kj-step { overflow-x: auto; }
"""

_WIDE: Final = """
& { padding: 2rem 2.5rem 2.5rem; }
& .kj-hero > :is(h1, h3) { font-size: 1.625rem; }
& .kj-results dd { font-size: 2rem; }
& .kj-facts > div { grid-template-columns: 7rem minmax(0, 1fr); }
& .kj-steps > li { padding-inline-start: 2.5rem; }
& .kj-steps > li > :is(h3, h5) { margin-inline-start: -2.5rem; }
& .kj-steps > li > * > .kj-number { min-width: 1.875rem; }
"""

#: Two columns of results where there is room.
_COLUMNS: Final = """
& .kj-others { columns: 2; column-gap: 2rem; }
& .kj-others > div { break-inside: avoid; }
"""

_PAPER: Final = """
& { border: 0; border-radius: 0; padding: 0; max-width: none; line-height: 1.4; }
& .kj-nav, & .kj-fold > summary { display: none; }
& a { color: inherit; text-decoration: none; }
& details::details-content { content-visibility: visible; block-size: auto; display: block; }
& .kj-fold { margin-top: 0; }
& .kj-hero > :is(h1, h3) { font-size: 15pt; }
& .kj-results dd { font-size: 16pt; }
& .kj-section { margin-top: 14pt; }
& .kj-section > :is(h2, h4) { font-size: 12.5pt; }
& :is(h1, h2, h3, h4, h5, h6), & .kj-section > p, & .kj-status { break-after: avoid; }
& tr, & .kj-facts > div, & .kj-losses > li, & .kj-levers > li, & .kj-bases li, & .kj-follow li,
& .kj-notice, & .kj-results > div { break-inside: avoid; }
& thead { display: table-header-group; }
& .kj-table { font-size: 9pt; }
& .kj-table th, & .kj-table td { padding-block: 2pt; }
& .kj-steps > li { padding: 7pt 0; }
& .kj-losses > li, & .kj-levers > li { padding: 3.5pt 0; }
& .kj-bar, & .kj-bar span { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
& .kj-published > * > .kj-value { text-decoration: none; }
"""


def scoped(rules: str) -> str:
    """Let rules whose selectors begin with `&` apply below the class of the outermost element alone."""
    return rules.replace("&", ".kinerja-rincian")


_PALETTES: Final = f"""
& {{ color-scheme: light dark; {_LIGHT} }}
@media (prefers-color-scheme: dark) {{ & {{ {_DARK} }} }}
"""

#: Rules of an embedded explanation.
SHEET: Final = scoped(
    f"{_PALETTES}{_RULES}{_NARROW.replace('.kj-stack', '.kj-cards')}"
    f"@media screen {{{_SCREEN}}}\n"
    f"@media screen and (max-width: 40rem) {{{_NARROW}{_LISTS}}}\n"
    f"@media screen and (min-width: 40.01rem) {{{_WIDE}{_COLUMNS}}}\n"
    f"@media print {{ & {{ {_PRINT} }}{_PAPER}{_COLUMNS}}}\n"
)

#: Rules of a page of its own, around the explanation.
_PAGE: Final = """
html { color-scheme: light dark; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: #eef1f4; }
body > main.kinerja-rincian { border-width: 0; border-radius: 0; min-height: 100vh; }
@media (prefers-color-scheme: dark) { body { background: #0e151c; } }
@media screen and (min-width: 56rem) {
  body > main.kinerja-rincian { margin: 2rem auto; border-width: 1px; border-radius: .5rem; min-height: 0; }
}
@media print {
  html { font-size: 10pt; }
  body { background: #ffffff; }
  body > main.kinerja-rincian { min-height: 0; }
}
@page { size: A4; margin: 18mm 17mm 20mm; FOOTER }
"""


def footer_sheet(text: str) -> str:
    """Give the rules of a whole page, with a text and page numbers at the foot of printed ones.

    Args:
        text: What tells this page from others; any characters.
    """
    quoted = "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text)
    font = (
        "font: 7.5pt system-ui, sans-serif; color: #333333; vertical-align: top; padding-top: 4mm;"
    )
    left = f'@bottom-left {{ content: "{quoted}"; width: 85%; {font} }}'
    right = f'@bottom-right {{ content: counter(page) " / " counter(pages); {font} }}'
    return _PAGE.replace("FOOTER", f"{left} {right}")
