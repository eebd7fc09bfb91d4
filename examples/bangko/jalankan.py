"""Run the notebook and write the page that it gives: `python examples/bangko/jalankan.py FOLDER`.

It is executed from top to bottom in a kernel of its own; the page appears whole or not at all, and fetches
nothing. How a notebook becomes a page stands in `buku_catatan.py`, beside this folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

from nbclient.exceptions import CellExecutionError

from kinerja import KinerjaError
from kinerja.io.whole import whole_folder

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from buku_catatan import executed, rendered  # noqa: E402 - it stands in the folder just named


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


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("hasil-bangko")))
