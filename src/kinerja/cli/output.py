"""A text as the result of a command: to a file, whole or not at all, or to the screen.

What lives here: the choice between the two. What never comes in: what the text says.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from kinerja.cli.console import Console
from kinerja.io.whole import whole_file

__all__ = ["hand_out"]


def hand_out(
    text: str, out: Path | None, console: Console, *, inputs: Collection[Path] = ()
) -> None:
    """Print a text, or write it to a file and say so.

    Args:
        text: The text, without a line end after its last line.
        out: The file, or `None` for the screen.
        console: Where to print.
        inputs: Files that were read, which `out` must not be.

    Raises:
        InputError: The file cannot be written.
    """
    if out is None:
        console.out(text)
        return
    with whole_file(out, inputs=inputs) as opened:
        opened.write(f"{text}\n".encode("utf-8", "backslashreplace"))
    console.err(console.say("written", path=out))
