"""The pictures of the guide, drawn anew: `python tests/plots/guide.py` puts them into `docs/gambar`."""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "docs"))

import docs_pages  # noqa: E402 - it stands in the folder just named

PAGE = docs_pages.DOCS / "panduan" / "gambar.md"
PICTURES = docs_pages.DOCS / "gambar"


def draw(folder):
    """Run the page in a folder; give the pictures that it writes there."""
    with contextlib.chdir(folder):
        for example in docs_pages.read_page(PAGE):
            for step in docs_pages.steps_of(example.parsed):
                step.run(example.namespace)
    return sorted(Path(folder).glob("*.svg"))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        for picture in draw(made):
            shutil.copy(picture, PICTURES / picture.name)
