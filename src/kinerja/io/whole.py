"""Files and folders that appear whole or not at all.

What lives here: writing to a temporary place beside the target and putting it in place in one step. What
never comes in: what is written.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kinerja.errors import InputError, Issue

__all__ = ["whole_file", "whole_folder"]


@contextmanager
def whole_file(path: Path, *, inputs: Collection[Path] = ()) -> Iterator[BinaryIO]:
    """Open a file for writing that takes its name only when everything is written.

    Until then, and whenever an exception comes, what stood there before stays as it was and nothing
    else remains in the folder.

    Args:
        path: The file. One that exists is replaced; a link is followed.
        inputs: Files that are being read, which `path` must not be; nor may it lie in a folder that is one.

    Raises:
        InputError: The folder does not exist, the path is an input or no plain file, or the disk
            refuses.
    """
    target = _target(path, inputs)
    temporary = target.with_name(f".{target.name[:100]}.{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as opened:
            yield opened
            opened.flush()
            os.fsync(opened.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
    except OSError as error:
        raise InputError([_refused(path, error)]) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path, *, inputs: Collection[Path] = ()) -> Iterator[Path]:
    """Make a folder that takes its name only when everything in it is written.

    Whatever happens before, nothing of it stands under that name. A process that is killed leaves a folder
    whose name begins with a point and ends in `.tmp`.

    Args:
        path: The folder; it must not exist yet, or be empty.
        inputs: Files and folders that are being read, none of which may be `path`.

    Raises:
        InputError: There is something in that place already, the folder above does not exist, or the disk
            refuses.
    """
    target = _free(path, inputs)
    temporary = target.with_name(f".{target.name[:100]}.{secrets.token_hex(8)}.tmp")
    try:
        temporary.mkdir()
        yield temporary
        if target.is_dir():
            target.rmdir()
        temporary.rename(target)
    except OSError as error:
        raise InputError([_refused(path, error)]) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _free(path: Path, inputs: Collection[Path]) -> Path:
    try:
        target = path.resolve()
        if any(_is_same(target, other) for other in inputs):
            raise InputError([Issue(code="KNJ556", file=str(path))])
        if not target.parent.is_dir():
            details = {"found": str(path.parent)}
            raise InputError([Issue(code="KNJ555", file=str(path), details=details)])
        if target.exists() and not (target.is_dir() and not any(target.iterdir())):
            details = {"near": f"{path}-2"}
            raise InputError([Issue(code="KNJ567", file=str(path), details=details)])
    except (OSError, RuntimeError) as error:
        raise InputError([_refused(path, error)]) from error
    return target


def _target(path: Path, inputs: Collection[Path]) -> Path:
    try:
        target = path.resolve()
        # An input may be a folder of files.
        if any(_is_same(place, other) for other in inputs for place in (target, target.parent)):
            raise InputError([Issue(code="KNJ556", file=str(path))])
        if not target.parent.is_dir():
            details = {"found": str(path.parent)}
            raise InputError([Issue(code="KNJ555", file=str(path), details=details)])
        if target.exists() and not target.is_file():
            raise InputError([Issue(code="KNJ561", file=str(path))])
    except (OSError, RuntimeError) as error:  # a link that points to itself is a RuntimeError
        raise InputError([_refused(path, error)]) from error
    return target


def _is_same(path: Path, other: Path) -> bool:
    with suppress(OSError):
        return path.samefile(other)
    return path == other.resolve()


def _refused(path: Path, error: Exception) -> Issue:
    found = getattr(error, "strerror", None) or type(error).__name__
    return Issue(code="KNJ558", file=str(path), details={"found": found})
