"""`kinerja new`: a folder to begin with.

What lives here: making the folder, whole or not at all. What never comes in: the files themselves; they lie
in `starter/`.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Final

from kinerja.cli.console import Console
from kinerja.cli.usage import UsageError
from kinerja.errors import Issue, quoted
from kinerja.report.layout import hung

__all__ = ["FILES", "run"]

#: The files of the folder, in the order in which they are read.
FILES: Final = ("kebijakan.yaml", "data.csv", "contoh.yaml")


def run(arguments: Namespace, console: Console) -> int:
    """Make the folder.

    Returns:
        0.

    Raises:
        UsageError: The folder is not empty, or cannot be made.
    """
    folder: Path = arguments.folder
    starter = files("kinerja.cli") / "starter"
    contents = {name: (starter / name).read_bytes() for name in FILES}
    try:
        _check(folder)
        _make(folder, contents)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        details = {"found": quoted(str(folder)), "error": reason}
        raise UsageError([Issue(code="KNJ917", details=details)]) from None
    console.out(console.say("new.made", folder=folder))
    console.out(*(f"  {name:16}{console.say(f'new.{name}')}" for name in FILES), "")
    console.out(console.say("new.next"))
    console.out(*(f"  {command}" for command in _next_commands(folder)), "")
    console.out(*hung("", console.say("new.help")))
    return 0


def _next_commands(folder: Path) -> Iterator[str]:
    policy, data, results = (
        _typed(folder / name) for name in ("kebijakan.yaml", "data.csv", "hasil.csv")
    )
    yield f"kinerja check {policy}"
    yield f"kinerja score {policy} {data} -o {results}"
    yield f"kinerja explain {policy} {data} --id petugas-1"


def _typed(path: Path) -> str:
    """Give a path as it is typed: in quotes where it has spaces."""
    text = str(path)
    return f'"{text}"' if " " in text else text


def _check(folder: Path) -> None:
    details = {"found": quoted(str(folder))}
    if folder.is_dir():
        if any(folder.iterdir()):
            details["near"] = _typed(folder.with_name(f"{folder.resolve().name}-2"))
            raise UsageError([Issue(code="KNJ913", details=details)])
    elif folder.exists() or folder.is_symlink():
        raise UsageError([Issue(code="KNJ918", details=details)])
    elif not folder.parent.is_dir():
        details["found"] = quoted(str(folder.parent))
        raise UsageError([Issue(code="KNJ919", details=details)])


def _make(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Make the folder and its files; when anything goes wrong, take away what was made."""
    made: list[Path] = []
    is_new = not folder.is_dir()
    try:
        if is_new:
            folder.mkdir()
            made.append(folder)
        for name, content in contents.items():
            path = folder / name
            with path.open("xb") as opened:
                made.append(path)
                opened.write(content)
    except BaseException:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path == folder else path.unlink()
        raise
