"""Run the notebook and write the page that it gives: `python examples/bangko/jalankan.py FOLDER`.

The notebook is kept as text (`bangko.py`, the percent format of jupytext), so that a change of it can be
read line by line and no result is stored beside the code. Here it is executed from top to bottom in a
kernel of its own; the page appears whole or not at all, and fetches nothing.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

import jupytext
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from pygments.formatters import HtmlFormatter
from traitlets.config import Config

from kinerja import KinerjaError
from kinerja.io.whole import whole_folder

HERE = Path(__file__).parent
TITLE = "Bangko: mana yang diukur, mana yang dinilai orang"
#: Seconds after which a cell is taken for stuck.
PATIENCE = 300
#: What a page would fetch by itself; a link that a reader may follow is none of it.
FETCHED = re.compile(
    r"""<(?:script|link|img|iframe|embed|object|source)\b|@import|url\(\s*['"]?(?!data:|#)""",
    re.IGNORECASE,
)
#: A cell's program as it is printed; a reader opens what they want to see.
PROGRAM = re.compile(r'<div class="[^"]*\bhighlight\b[^"]*">.*?</pre>\s*</div>', re.DOTALL)
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
:is(table.dataframe, .text_cell_render table) { border-collapse: collapse; font-size: .875rem;
  margin: .75rem 0; }
:is(table.dataframe, .text_cell_render table) :is(th, td) { border-bottom: 1px solid var(--line);
  padding: .3rem 1rem .3rem 0; vertical-align: top; text-align: start; overflow-wrap: normal; }
:is(table.dataframe, .text_cell_render table) th { color: var(--quiet); font-weight: 600; }
table.dataframe :is(th, td):is(:first-child, :nth-child(2)),
.text_cell_render table :is(th, td):first-child { white-space: nowrap; }
main .kinerja-rincian { margin: 1rem 0; max-width: none; }
main .kinerja-rincian > .kj-section:first-child { margin-top: 0; border-top: 0; padding-top: 0; }
@media print { .code { display: none; } main { max-width: none; padding: 0; } }
"""


def main(folder: Path) -> int:
    """Execute, render, write."""
    try:
        with whole_folder(folder) as made:
            page = rendered(executed(HERE / "bangko.py"))
            (made / "bangko.html").write_text(page, encoding="utf-8")
    except KinerjaError as error:
        print(error, file=sys.stderr)
        return 1
    except (CellExecutionError, TimeoutError, RuntimeError) as error:
        print(error, file=sys.stderr)
        print("buku catatan tidak selesai; tidak ada yang ditulis", file=sys.stderr)
        return 1
    print(f"ditulis: {folder / 'bangko.html'}")
    return 0


def executed(path: Path) -> NotebookNode:
    """Execute a notebook kept as text, in the folder it lies in."""
    notebook = jupytext.read(path)
    where = {"metadata": {"path": str(path.parent)}}
    with tempfile.TemporaryDirectory(prefix="bangko-") as sockets:
        # Sockets in a folder of one's own, where there are such: nobody else on the machine can listen.
        local = {"transport": "ipc", "ip": f"{sockets}/kernel"} if os.name == "posix" else {}
        settings = Config({"KernelManager": local})
        client = NotebookClient(
            notebook, config=settings, kernel_name="python3", resources=where, timeout=PATIENCE
        )
        client.execute()
    return notebook


def rendered(notebook: NotebookNode) -> str:
    """Print an executed notebook as one page that needs no script and no other file.

    Raises:
        RuntimeError: The page would fetch something.
    """
    settings = Config({"HTMLExporter": {"template_name": "basic", "anchor_link_text": ""}})
    body, _ = HTMLExporter(config=settings).from_notebook_node(notebook)
    # One style sheet for all pages of the library, not one for each output.
    sheets = list(dict.fromkeys(re.findall(r"<style>.*?</style>", body, re.DOTALL)))
    body = re.sub(r"<style>.*?</style>", "", body, flags=re.DOTALL)
    body = PROGRAM.sub(r'<details class="code"><summary>program</summary>\g<0></details>', body)
    light = HtmlFormatter(style="default").get_style_defs(".highlight")
    dark = HtmlFormatter(style="github-dark").get_style_defs(".highlight")
    code = f"{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}"
    page = (
        '<!doctype html>\n<html lang="id"><head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{TITLE}</title>\n{''.join(sheets)}\n<style>{code}{SHEET}</style>\n"
        f"</head><body><main>{body}</main></body></html>\n"
    )
    found = FETCHED.search(page)
    if found:
        raise RuntimeError(f"halaman akan mengambil sesuatu: {page[found.start() :][:80]!r}")
    return page


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("hasil-bangko")))
