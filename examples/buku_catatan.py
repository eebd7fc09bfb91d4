"""Notebooks kept as text: executed, and printed as one page.

What lives here: running a notebook in a kernel of its own, and the page that it gives, as HTML that fetches
nothing or as Markdown for the documentation. What never comes in: what a notebook is about.

A notebook is kept as text (the percent format of jupytext), so that a change of it can be read line by line
and no result is stored beside the code.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

import jupytext
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from traitlets.config import Config

#: Seconds after which a cell is taken for stuck.
PATIENCE = 300
#: What a page would fetch by itself; a link that a reader may follow is none of it.
FETCHED = re.compile(
    r"""<(?:script|link|img|iframe|embed|object|source)\b|@import|url\(\s*['"]?(?!data:|#)""",
    re.IGNORECASE,
)
#: A cell's program as it is printed; a reader opens what they want to see.
PROGRAM = re.compile(r'<div class="[^"]*\bhighlight\b[^"]*">.*?</pre>\s*</div>', re.DOTALL)
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
#: A picture brings its own sheet, which stays inside it.
PICTURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
SHEET = """
:root { color-scheme: light dark; --paper: #fff; --ink: #18222d; --quiet: #51606e; --line: #d4dbe2;
  --tint: #f4f7f9; --accent: #0a5378; }
@media (prefers-color-scheme: dark) { :root { --paper: #17202a; --ink: #e7edf3; --quiet: #a3b1bf;
  --line: #34424f; --tint: #1d2833; --accent: #86c5e8; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 400 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans",
  "Liberation Sans", Arial, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem 1rem 3rem; }
h1 { font-size: 1.75rem; line-height: 1.25; } h2 { font-size: 1.375rem; line-height: 1.3; margin:
  2.5rem 0 .5rem; }
a.anchor-link { display: none; }
main code { font-size: .9em; background: var(--tint); padding: .05em .3em; border-radius: .25rem; }
.highlight { background: var(--tint); border: 1px solid var(--line); border-radius: .375rem;
  margin: .75rem 0; }
.code > summary { font-size: .8125rem; }
.highlight pre { margin: 0; padding: .75rem 1rem; overflow-x: auto; font-size: .8125rem;
  line-height: 1.45; }
main details > summary { cursor: pointer; color: var(--accent); }
.output_stream pre { margin: .75rem 0; white-space: pre-wrap; font-size: .875rem; }
.prompt { display: none; }
table.dataframe:has(th:nth-child(5)) { min-width: 38rem; }
.output_area, .text_cell_render { overflow-x: auto; }
:is(table.dataframe, .text_cell_render table, .tabel table) { border-collapse: collapse;
  font-size: .875rem; margin: .75rem 0; }
:is(table.dataframe, .text_cell_render table, .tabel table) :is(th, td) {
  border-bottom: 1px solid var(--line); padding: .3rem 1rem .3rem 0; vertical-align: top;
  text-align: start; overflow-wrap: normal; }
:is(table.dataframe, .text_cell_render table, .tabel table) th { color: var(--quiet);
  font-weight: 600; }
table.dataframe :is(th, td):is(:first-child, :nth-child(2)),
.text_cell_render table :is(th, td):first-child { white-space: nowrap; }
.tabel { overflow-x: auto; }
@media (max-width: 40rem) { .tabel table :is(th, td) { padding-right: .5rem; } }
main .kinerja-rincian { margin: 1rem 0; max-width: none; }
main .kinerja-rincian > .kj-section:first-child { margin-top: 0; border-top: 0; padding-top: 0; }
@media print { .code { display: none; } main { max-width: none; padding: 0; } }
"""


def executed(path: Path) -> NotebookNode:
    """Execute a notebook kept as text, in the folder it lies in."""
    notebook = jupytext.read(path)
    where = {"metadata": {"path": str(path.parent)}}
    with tempfile.TemporaryDirectory(prefix="buku-") as sockets:
        # Sockets in a folder of one's own, where there are such: nobody else on the machine can listen.
        local = {"transport": "ipc", "ip": f"{sockets}/kernel"} if os.name == "posix" else {}
        settings = Config({"KernelManager": local})
        client = NotebookClient(
            notebook, config=settings, kernel_name="python3", resources=where, timeout=PATIENCE
        )
        client.execute()
    return notebook


def title_of(notebook: NotebookNode) -> str:
    """Give the heading of a notebook."""
    return next(
        line.removeprefix("# ")
        for cell in notebook.cells
        for line in cell.source.splitlines()
        if cell.cell_type == "markdown" and line.startswith("# ")
    )


def rendered(notebook: NotebookNode) -> str:
    """Print an executed notebook as one page that needs no script and no other file.

    Raises:
        RuntimeError: The page would fetch something.
    """
    settings = Config({"HTMLExporter": {"template_name": "basic", "anchor_link_text": ""}})
    body, _ = HTMLExporter(config=settings).from_notebook_node(notebook)
    pictures = PICTURE.findall(body)
    body = PICTURE.sub("<svg/>", body)
    # One style sheet for all pages of the library, not one for each output.
    sheets = list(dict.fromkeys(STYLE.findall(body)))
    body = STYLE.sub("", body)
    body = PROGRAM.sub(r'<details class="code"><summary>program</summary>\g<0></details>', body)
    for picture in pictures:
        body = body.replace("<svg/>", picture, 1)
    light = HtmlFormatter(style="default").get_style_defs(".highlight")
    dark = HtmlFormatter(style="github-dark").get_style_defs(".highlight")
    code = f"{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}"
    page = (
        '<!doctype html>\n<html lang="id"><head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title_of(notebook))}</title>\n{''.join(sheets)}\n"
        f"<style>{code}{SHEET}</style>\n"
        f"</head><body><main>{body}</main></body></html>\n"
    )
    found = FETCHED.search(page)
    if found:
        raise RuntimeError(f"halaman akan mengambil sesuatu: {page[found.start() :][:80]!r}")
    return page


def as_markdown(notebook: NotebookNode) -> str:
    """Print an executed notebook as a page of the documentation, its programs folded."""
    return "\n\n".join(part.strip() for part in _parts(notebook)) + "\n"


def _parts(notebook: NotebookNode) -> Iterator[str]:
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield cell.source
            continue
        code = highlight(cell.source, PythonLexer(), HtmlFormatter(cssclass="highlight"))
        yield f'<details class="program"><summary>program</summary>\n{code.strip()}\n</details>'
        yield from map(_shown, cell.outputs)


def _shown(output: NotebookNode) -> str:
    if output.output_type == "stream":
        # A code element, so that Material gives it the look of what a program prints.
        return f'<div class="keluaran"><pre><code>{escape(output.text.rstrip())}</code></pre></div>'
    data = output.data
    if "text/html" in data:
        # Outside of pictures the style of pages is in docs/gaya.css.
        pictures = PICTURE.findall(data["text/html"])
        text = STYLE.sub("", PICTURE.sub("<svg/>", data["text/html"]))
        for picture in pictures:
            text = text.replace("<svg/>", picture, 1)
        return text
    return data["text/markdown"] if "text/markdown" in data else escape(data["text/plain"])
