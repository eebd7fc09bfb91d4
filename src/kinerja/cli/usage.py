"""A parser that speaks the reader's language and says what to type instead.

What lives here: the translation of `argparse`: its headings, and its complaints as issues. What never comes
in: which commands and options exist; `arguments` has them.
"""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from textwrap import fill
from typing import Final, NoReturn

from kinerja.errors import Issue, KinerjaError, nearest, quoted
from kinerja.words import Language, say

__all__ = ["Parser", "UsageError"]

#: Width of help on every terminal, so that it reads the same everywhere.
WIDTH: Final = 100

_REQUIRED: Final = re.compile(r"the following arguments are required: (?P<found>.+)\Z")
_CHOICE: Final = re.compile(r"invalid choice: (?P<found>'.*'|\".*\") \(", re.DOTALL)
_VALUE: Final = re.compile(r"argument (?P<option>[^:]+): expected ")
_FLAG: Final = re.compile(r"argument (?P<option>[^:]+): ignored explicit argument")


class UsageError(KinerjaError):
    """The command was typed wrongly; nothing was read or written."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues: tuple[Issue, ...] = tuple(issues)
        super().__init__(self.issues)


class Parser(argparse.ArgumentParser):
    """An argument parser in one language, whose complaints are issues.

    Attributes:
        lang: Language of headings, help and complaints.
        commands: Names of the commands that may follow; empty in the parser of a command.
        either: Options of which one must be given; the command itself says so where none is.
    """

    lang: Language
    commands: tuple[str, ...] = ()
    either: tuple[str, ...] = ()

    def __init__(
        self,
        *,
        lang: Language,
        prog: str,
        description: str,
        epilog: str = "",
        **_others: object,
    ) -> None:
        # `add_parser` of newer Pythons passes on settings of its own, such as colours.
        super().__init__(
            prog=prog,
            description=fill(description, WIDTH),
            epilog=epilog or None,
            add_help=False,
            allow_abbrev=False,
            formatter_class=lambda prog: _Format(lang, prog),
        )
        self.lang = lang
        self.arguments = self.add_argument_group(say("cli.heading.arguments", lang))
        self.options = self.add_argument_group(say("cli.heading.options", lang))

    @property
    def one_line_usage(self) -> str:
        """How the command is typed: what must be said first, then what may be."""
        return " ".join([self.prog, *self._typed()])

    def settle_usage(self) -> None:
        """Take note that every argument is declared; the help then begins with how they are typed."""
        heading = say("cli.heading.usage", self.lang)
        indent = " " * (len(heading) + len(self.prog) + 1)
        lines = [f"{self.prog}"]
        for part in self._typed():
            room = WIDTH - (len(indent) if len(lines) > 1 else len(heading))
            if len(lines[-1]) + 1 + len(part) > room:
                lines.append(part)
            else:
                lines[-1] += f" {part}"
        self.usage = f"\n{indent}".join(lines).replace("%", "%%")

    def _typed(self) -> Iterator[str]:
        needed = [action for action in self._actions if not action.option_strings]
        options = [action for action in self._actions if action.option_strings]
        yield from (str(action.metavar) for action in needed)
        if self.either:
            known = {name: action for action in options for name in action.option_strings}
            yield f"({' | '.join(_text(known[name]) for name in self.either)})"
        for action in sorted(options, key=lambda action: not action.required):
            if action.option_strings[0] not in self.either:
                text = _text(action)
                yield text if action.required else f"[{text}]"

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Read the arguments.

        Raises:
            UsageError: They cannot be understood.
            SystemExit: Help or the version was asked for and has been printed.
        """
        known, extra = self.parse_known_args(arguments)
        if extra:
            parser: Parser = getattr(known, "parser", self)
            raise parser.complaint(
                "KNJ902", found=" ".join(quoted(part) for part in extra), unknown=extra[0]
            )
        return known

    def complaint(self, code: str, *, unknown: str = "", **details: str) -> UsageError:
        """Make the error of a code, with the way this command is typed."""
        details |= {"usage": self.one_line_usage, "help": f"{self.prog} --help"}
        options = [
            text
            for action in self._actions
            for text in action.option_strings
            if text.startswith("--")
        ]
        near = nearest(unknown.partition("=")[0], options) if unknown.startswith("-") else None
        if near is not None:
            code, details["nearest"] = "KNJ903", near
        return UsageError([Issue(code=code, details=details)])

    def error(self, message: str) -> NoReturn:
        """Turn a complaint of `argparse` into an issue."""
        if match := _REQUIRED.match(message):
            raise self.complaint("KNJ901", found=match["found"])
        if match := _CHOICE.search(message):
            found = str(ast.literal_eval(match["found"]))
            near = nearest(found, self.commands)
            shown = ", ".join(self.commands)
            raise self.complaint(
                "KNJ905" if near else "KNJ904",
                found=quoted(found),
                expected=shown,
                nearest=f"{self.prog} {near}",
            )
        if match := _VALUE.match(message):
            raise self.complaint("KNJ906", found=match["option"])
        if match := _FLAG.match(message):
            raise self.complaint("KNJ907", found=match["option"])
        raise self.complaint("KNJ900", found=quoted(message))


def _text(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else f" {action.metavar}"
    return f"{action.option_strings[0]}{value}"


class _Format(argparse.RawDescriptionHelpFormatter):
    def __init__(self, lang: Language, prog: str) -> None:
        super().__init__(prog, width=WIDTH, max_help_position=28)
        self._lang: Language = lang

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Begin with the word for usage in the language of the help."""
        heading = say("cli.heading.usage", self._lang) if prefix is None else prefix
        super().add_usage(usage, actions, groups, prefix=heading)
