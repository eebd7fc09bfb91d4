"""The console script: from what was typed to an exit code.

What lives here: finding the command, and what becomes of errors, a closed pipe and Ctrl-C. What never
comes in: the commands themselves. A `KinerjaError` is printed as its issues; any other exception is a fault
of the library and is not swallowed.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Final

from kinerja.cli.arguments import language_of, read_arguments
from kinerja.cli.console import Console, prepare_streams
from kinerja.cli.usage import UsageError
from kinerja.errors import InputError, Issue, MissingExtraError, PolicyError

__all__ = ["FINE", "PROBLEMS", "USAGE", "main"]

#: Exit codes. The last two are what a shell gives for a closed pipe and for Ctrl-C.
FINE: Final = 0
PROBLEMS: Final = 1
USAGE: Final = 2
CLOSED_PIPE: Final = 141
INTERRUPTED: Final = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: What was typed after `kinerja`; by default the arguments of the process.

    Returns:
        The exit code: 0 fine, 1 found problems in policy, data or examples, 2 wrong usage.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    prepare_streams()
    console = Console(lang=language_of(arguments))
    try:
        code = _answer(arguments, console)
        sys.stdout.flush()
    except KeyboardInterrupt:
        with suppress(OSError):
            console.err("", console.say("interrupted"))
        return INTERRUPTED
    except OSError as error:
        if not _is_closed_pipe(error):
            raise
        _let_go_of_streams()
        return CLOSED_PIPE
    return code


def _answer(arguments: Sequence[str], console: Console) -> int:
    try:
        return _run(arguments, console)
    except UsageError as error:
        console.refuse(error.issues)
        return USAGE
    except (PolicyError, InputError) as error:
        sys.stdout.flush()
        console.refuse(error.issues)
        return PROBLEMS
    except MissingExtraError as error:
        console.refuse([Issue(code="KNJ912", details={"found": f"kinerja[{error.extra}]"})])
        return PROBLEMS


def _run(arguments: Sequence[str], console: Console) -> int:
    try:
        read = read_arguments(arguments, console.lang)
    except SystemExit:  # help or version, printed already
        return FINE
    if read.command is None:
        console.err(read.help_text.rstrip())
        return USAGE
    command = import_module(f"kinerja.cli.{read.command}")
    code: int = command.run(read, console)
    return code


def _is_closed_pipe(error: OSError) -> bool:
    # Windows says "invalid argument" when the reader of a pipe has gone.
    return isinstance(error, BrokenPipeError) or error.errno in (errno.EPIPE, errno.EINVAL)


def _let_go_of_streams() -> None:
    """Keep the interpreter from writing to the closed pipe once more when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
