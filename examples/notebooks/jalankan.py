"""Run the notebooks and write their pages: `python examples/notebooks/jalankan.py FOLDER [NAME…]`.

Each is executed from top to bottom in a kernel of its own. The folder appears whole or not at all; its
pages fetch nothing. `--docs` in the place of the folder brings the pages of the documentation up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from kinerja import KinerjaError
from kinerja.io.whole import whole_folder

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from buku_catatan import as_markdown, executed, rendered  # noqa: E402 - it stands in the folder just named

DOCS = HERE.parents[1] / "docs" / "buku-catatan"
NOTEBOOKS = ("memilih_bobot", "akibat_perubahan", "bobot_panel")


def main(place: str, names: Sequence[str]) -> int:
    """Execute, render, write."""
    unknown = [name for name in names if name not in NOTEBOOKS]
    if unknown:
        print(f"tidak ada: {', '.join(unknown)}; yang ada: {', '.join(NOTEBOOKS)}", file=sys.stderr)
        return 2
    try:
        if place == "--docs":
            write_docs(names)
        else:
            write_pages(Path(place), names)
    except KinerjaError as error:
        print(error, file=sys.stderr)
        return 1
    except (CellExecutionError, TimeoutError, RuntimeError) as error:
        print(error, file=sys.stderr)
        print("buku catatan tidak selesai; tidak ada yang ditulis", file=sys.stderr)
        return 1
    return 0


def write_pages(folder: Path, names: Sequence[str]) -> None:
    """Write one page for each notebook into a folder that is not there yet."""
    with whole_folder(folder) as made:
        for name in names:
            page = rendered(executed(HERE / f"{name}.py"))
            (made / f"{name}.html").write_text(page, encoding="utf-8")
    for name in names:
        print(f"ditulis: {folder / name}.html")


def write_docs(names: Sequence[str]) -> None:
    """Write the pages of the documentation anew."""
    DOCS.mkdir(exist_ok=True)
    pages = {name: docs_page(executed(HERE / f"{name}.py"), name=name) for name in names}
    for name, page in pages.items():
        path = DOCS / f"{name.replace('_', '-')}.md"
        path.write_text(page, encoding="utf-8")
        print(f"ditulis: {path}")


def docs_page(notebook: NotebookNode, *, name: str) -> str:
    """Give the page of the documentation for an executed notebook, and where it comes from."""
    return (
        f"{as_markdown(notebook)}\n---\n\n"
        f"Halaman ini dibuat dengan menjalankan `examples/notebooks/{name}.py`; "
        "`make notebooks` menjalankannya di mesin Anda. Data dan kebijakannya berada di folder yang sama.\n"
    )


if __name__ == "__main__":
    arguments = sys.argv[1:] or ["hasil-buku-catatan"]
    sys.exit(main(arguments[0], arguments[1:] or NOTEBOOKS))
