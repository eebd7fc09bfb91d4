"""Bring what the documentation shows up to date: `python tests/docs/refresh.py [PAGE…]`.

Rewrites what commands and Python statements print, where a page shows all of it, and the parts of the
reference that are made from the code. What a page leaves out with `…` is not rewritten: where it no
longer matches, the page is named. Only a `…` at the end means: the first paragraph.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

import docs_pages
import docs_reference


def refresh_page(path: Path) -> list[str]:
    """Rewrite a page; give what needs a hand."""
    document = docs_pages.read_page(path)
    text = path.read_text(encoding="utf-8")
    changes: list[tuple[int, int, str]] = []
    doubtful: list[str] = []
    for example in document:
        block = example.parsed
        shown: list[str] = []
        changed = False
        try:
            for step in docs_pages.steps_of(block):
                got = step.run(example.namespace)
                fits = docs_pages.matches(step.want, got)
                got = first_paragraph(got) if step.want[-1:] == ["…"] and not fits else got
                left_out = any(line.strip() == "…" for line in step.want[:-1] or step.want)
                if not fits and left_out:
                    doubtful.append(f"{path}:{example.line}: {step.prompt}\n" + "\n".join(got))
                keep = fits or left_out
                blank = [""] if not keep and step.want and not step.want[-1] else []
                shown += [*step.prompt, *(step.want if keep else got), *blank]
                changed |= not keep
        except Exception as error:  # noqa: BLE001 - told, and the next block is tried
            doubtful.append(f"{path}:{example.line}: {error}")
            continue
        if changed:
            whole = text[example.start : example.end]
            prefix = whole[: len(whole) - len(whole.lstrip())]
            new = "\n".join(prefix + line if line else "" for line in shown)
            old = "\n".join(prefix + line if line else "" for line in block.lines)
            changes.append((example.start, example.end, whole.replace(old, new, 1)))
    for start, end, new in reversed(changes):
        text = text[:start] + new + text[end:]
    path.write_text(text, encoding="utf-8")
    return doubtful


def first_paragraph(lines: list[str]) -> list[str]:
    """Leave out what follows the first blank line."""
    end = lines.index("") if "" in lines else len(lines)
    return [*lines[:end], "…"]


def main(names: list[str]) -> int:
    """Refresh the pages named, or all of them."""
    docs_reference.write_all()
    pages = [Path(name).resolve() for name in names] or list(docs_pages.PAGES)
    doubtful: list[str] = []
    for page in pages:
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            docs_pages.prepare_folder(Path(folder))
            doubtful += refresh_page(page)
    print(*doubtful, sep="\n" + "-" * 40 + "\n")
    return 1 if doubtful else 0


if __name__ == "__main__":
    os.environ.setdefault("COLUMNS", "100")
    sys.exit(main(sys.argv[1:]))
