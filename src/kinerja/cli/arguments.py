"""The commands and their arguments.

What lives here: what may be typed, declared once, with its help in one language. What never comes in:
what a command does; it is imported only when it runs.
"""

from __future__ import annotations

from argparse import SUPPRESS, Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Final

from kinerja import __version__
from kinerja.cli.usage import Parser, UsageError
from kinerja.errors import Issue, nearest, quoted
from kinerja.exact import NotANumberError, exact
from kinerja.words import DEFAULT_LANGUAGE, LANGUAGES, Language, say

__all__ = ["COMMANDS", "FORMATS", "language_of", "pairs", "read_arguments"]

#: The forms in which an explanation is given.
FORMATS: Final = ("text", "md", "json", "html")
#: Digits of the longest count that is read.
MOST_DIGITS: Final = 9


def language_of(arguments: Sequence[str]) -> Language:
    """Find the language that is asked for, before anything else is read."""
    asked = DEFAULT_LANGUAGE
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            given = value if equals else next(iter(arguments[place + 1 :]), "")
            asked = next((lang for lang in LANGUAGES if lang == given), asked)
    return asked


def read_arguments(arguments: Sequence[str], lang: Language) -> Namespace:
    """Read what was typed.

    Returns:
        The arguments, `command` among them; `None` where none was named, and `help_text` to show then.

    Raises:
        UsageError: They cannot be understood.
        SystemExit: Help or the version was asked for and has been printed.
    """
    parser = _program(lang)
    found = parser.parse(arguments)
    found.help_text = parser.format_help()
    return found


def _program(lang: Language) -> Parser:
    parser = Parser(
        lang=lang,
        prog="kinerja",
        description=say("cli.about", lang),
        epilog=say("cli.examples", lang),
    )
    _add_shared(parser, default=True)
    parser.options.add_argument(
        "--version",
        action="version",
        version=f"kinerja {__version__}",
        help=say("cli.option.version", lang),
    )
    commands = parser.add_subparsers(
        title=say("cli.heading.commands", lang),
        metavar=say("cli.metavar.command", lang),
        dest="command",
    )
    parser.commands = tuple(COMMANDS)
    for name, declare in COMMANDS.items():
        about = say(f"cli.command.{name}", lang)
        command: Parser = commands.add_parser(
            name,
            help=about,
            lang=lang,
            description=f"{about[0].upper()}{about[1:]}. {say(f'cli.about.{name}', lang)}",
            epilog=say(f"cli.examples.{name}", lang),
        )
        command.set_defaults(parser=command)
        declare(command)
        _add_shared(command, default=False)
        command.settle_usage()
    parser.settle_usage()
    return parser


def _add_shared(parser: Parser, *, default: bool) -> None:
    parser.options.add_argument(
        "--lang",
        type=_choice(parser, "--lang", LANGUAGES),
        metavar="id|en",
        default=parser.lang if default else SUPPRESS,
        help=say("cli.option.lang", parser.lang),
    )
    parser.options.add_argument(
        "-h", "--help", action="help", help=say("cli.option.help", parser.lang)
    )


def _choice(parser: Parser, option: str, known: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text in known:
            return text
        raise parser.complaint(
            "KNJ908",
            found=quoted(text),
            option=option,
            expected=", ".join(known),
            near=nearest(text, known) or known[0],
        )

    return read


def _pair(parser: Parser, option: str, shape: str) -> Callable[[str], tuple[str, str]]:
    def read(text: str) -> tuple[str, str]:
        name, equals, value = text.partition("=")
        if name.strip() and equals and value.strip():
            return name.strip(), value.strip()
        raise parser.complaint("KNJ909", found=quoted(text), option=option, expected=shape)

    return read


def _path(parser: Parser, name: str) -> Callable[[str], Path]:
    def read(text: str) -> Path:
        if text and "\0" not in text:
            return Path(text)
        raise parser.complaint("KNJ911", found=name)

    return read


def _amount(parser: Parser, name: str) -> Callable[[str], Fraction]:
    def read(text: str) -> Fraction:
        with suppress(NotANumberError):
            value = exact(text)
            if value > 0:
                return value
        raise parser.complaint("KNJ922", found=quoted(text), option=name)

    return read


def _count(parser: Parser, name: str) -> Callable[[str], int]:
    def read(text: str) -> int:
        if text.isascii() and text.isdecimal() and int(text[:9]) > 0 and len(text) <= MOST_DIGITS:
            return int(text)
        raise parser.complaint("KNJ933", found=quoted(text), option=name)

    return read


# What the commands take.


def _add_policy(parser: Parser, name: str = "policy") -> None:
    parser.arguments.add_argument(
        name,
        metavar=say(f"cli.metavar.{name}", parser.lang),
        help=say(f"cli.argument.{name}", parser.lang),
    )


def _add_json(parser: Parser) -> None:
    parser.options.add_argument(
        "--json", action="store_true", help=say("cli.option.json", parser.lang)
    )


def _add_variant(parser: Parser) -> None:
    shape = say("cli.metavar.variant", parser.lang)
    parser.options.add_argument(
        "--variant",
        action="append",
        default=[],
        type=_pair(parser, "--variant", shape),
        metavar=shape,
        help=say("cli.option.variant", parser.lang),
    )


def _add_data(parser: Parser) -> None:
    parser.arguments.add_argument(
        "data",
        type=_path(parser, say("cli.metavar.data", parser.lang)),
        metavar=say("cli.metavar.data", parser.lang),
        help=say("cli.argument.data", parser.lang),
    )
    _add_reading(parser)


def _add_reading(parser: Parser) -> None:
    """Take how data are read."""
    shape = say("cli.metavar.list", parser.lang)
    parser.options.add_argument(
        "--list",
        action="append",
        default=[],
        dest="lists",
        type=_pair(parser, "--list", shape),
        metavar=shape,
        help=say("cli.option.list", parser.lang),
    )
    parser.options.add_argument(
        "--decimal",
        type=_choice(parser, "--decimal", ("auto", "comma", "point")),
        default="auto",
        metavar="auto|comma|point",
        help=say("cli.option.decimal", parser.lang),
    )


def _add_out(parser: Parser, key: str) -> None:
    metavar = say("cli.metavar.out", parser.lang)
    parser.options.add_argument(
        "-o",
        "--out",
        type=_path(parser, metavar),
        metavar=metavar,
        help=say(key, parser.lang),
    )


def _add_page(parser: Parser) -> None:
    """Take in which form a page is handed out, and where."""
    forms = tuple(form for form in FORMATS if form != "json")
    parser.options.add_argument(
        "--format",
        type=_choice(parser, "--format", forms),
        metavar="|".join(forms),
        help=say("cli.option.format.diff", parser.lang),
    )
    _add_out(parser, "cli.option.out.diff")


def _declare_policies(parser: Parser) -> None:
    parser.options.add_argument(
        "--period",
        metavar=say("cli.metavar.period", parser.lang),
        help=say("cli.option.period", parser.lang),
    )
    _add_json(parser)


def _declare_show(parser: Parser) -> None:
    _add_policy(parser)
    _add_variant(parser)
    _add_json(parser)


def _declare_check(parser: Parser) -> None:
    _add_policy(parser)
    metavar = say("cli.metavar.examples", parser.lang)
    parser.options.add_argument(
        "--examples",
        type=_path(parser, metavar),
        metavar=metavar,
        help=say("cli.option.examples", parser.lang),
    )
    _add_reading(parser)
    _add_variant(parser)
    for name in ("junit", "summary"):
        parser.options.add_argument(
            f"--{name}",
            type=_path(parser, metavar),
            metavar=metavar,
            help=say(f"cli.option.{name}", parser.lang),
        )
    for name in ("suggest", "strict"):
        parser.options.add_argument(
            f"--{name}", action="store_true", help=say(f"cli.option.{name}", parser.lang)
        )
    parser.options.add_argument(
        "--jump",
        type=_amount(parser, "--jump"),
        metavar=say("cli.metavar.number", parser.lang),
        help=say("cli.option.jump", parser.lang),
    )


def _declare_score(parser: Parser) -> None:
    _add_policy(parser)
    _add_data(parser)
    _add_variant(parser)
    parser.options.add_argument(
        "--follow-ups", action="store_true", help=say("cli.option.follow_ups", parser.lang)
    )
    _add_out(parser, "cli.option.out.score")


def _declare_explain(parser: Parser) -> None:
    _add_policy(parser)
    _add_data(parser)
    parser.options.add_argument("--id", metavar="ID", help=say("cli.option.id", parser.lang))
    parser.options.add_argument(
        "--each", action="store_true", help=say("cli.option.each", parser.lang)
    )
    parser.either = ("--id", "--each")
    shape = say("cli.metavar.set", parser.lang)
    parser.options.add_argument(
        "--set",
        action="append",
        default=[],
        dest="changes",
        type=_pair(parser, "--set", shape),
        metavar=shape,
        help=say("cli.option.set", parser.lang),
    )
    _add_variant(parser)
    parser.options.add_argument(
        "--format",
        type=_choice(parser, "--format", FORMATS),
        metavar="|".join(FORMATS),
        help=say("cli.option.format", parser.lang),
    )
    _add_out(parser, "cli.option.out.explain")


def _declare_diff(parser: Parser) -> None:
    _add_policy(parser, "old")
    _add_policy(parser, "new")
    metavar = say("cli.metavar.data", parser.lang)
    parser.options.add_argument(
        "--data",
        type=_path(parser, metavar),
        metavar=metavar,
        help=say("cli.option.data", parser.lang),
    )
    _add_reading(parser)
    _add_texts(parser, ("unit", "step"))
    _add_variant(parser)
    _add_page(parser)


def _add_texts(parser: Parser, options: tuple[str, ...], *, of: str = "") -> None:
    """Add options that take a text; `of` is what their help is filed under, if it is one command's own."""
    for option in options:
        parser.options.add_argument(
            f"--{option}",
            metavar=say(f"cli.metavar.{option}", parser.lang),
            help=say(f"cli.option.{option}{of}", parser.lang),
        )


def _add_counts(parser: Parser, options: tuple[str, ...]) -> None:
    """Add options that take a whole number."""
    for option in options:
        parser.options.add_argument(
            f"--{option}",
            type=_count(parser, f"--{option}"),
            metavar=say("cli.metavar.number", parser.lang),
            help=say(f"cli.option.{option}", parser.lang),
        )


def _declare_unit(parser: Parser) -> None:
    _add_policy(parser)
    _add_data(parser)
    _add_texts(parser, ("unit", "step", "period"), of=".unit")
    shape = say("cli.metavar.earlier", parser.lang)
    parser.options.add_argument(
        "--earlier",
        action="append",
        default=[],
        type=_pair(parser, "--earlier", shape),
        metavar=shape,
        help=say("cli.option.earlier", parser.lang),
    )
    parser.options.add_argument(
        "--distribution",
        metavar=say("cli.metavar.policy", parser.lang),
        help=say("cli.option.distribution", parser.lang),
    )
    parser.options.add_argument(
        "--organisation",
        metavar=say("cli.metavar.organisation", parser.lang),
        help=say("cli.option.organisation", parser.lang),
    )
    _add_counts(parser, ("best", "publish"))
    _add_texts(parser, ("quota", "quota-from"))
    metavar = say("cli.metavar.examples", parser.lang)
    parser.options.add_argument(
        "--appeals",
        type=_path(parser, metavar),
        metavar=metavar,
        help=say("cli.option.appeals", parser.lang),
    )
    _add_variant(parser)
    _add_page(parser)


def _declare_explore(parser: Parser) -> None:
    _add_policy(parser)
    _add_data(parser)
    _add_texts(parser, ("unit", "step"), of=".explore")
    parser.options.add_argument(
        "--scheme",
        metavar=say("cli.metavar.step", parser.lang),
        help=say("cli.option.scheme", parser.lang),
    )
    metavar = say("cli.metavar.weights", parser.lang)
    parser.options.add_argument(
        "--weights",
        action="append",
        default=[],
        metavar=metavar,
        help=say("cli.option.weights", parser.lang),
    )
    _add_counts(parser, ("count", "seed"))
    for option in ("bounds", "floor"):
        shape = say(f"cli.metavar.{option}", parser.lang)
        parser.options.add_argument(
            f"--{option}",
            action="append",
            default=[],
            type=_pair(parser, f"--{option}", shape),
            metavar=shape,
            help=say(f"cli.option.{option}", parser.lang),
        )
    parser.options.add_argument(
        "--order",
        metavar=say("cli.metavar.order", parser.lang),
        help=say("cli.option.order", parser.lang),
    )
    for option in ("around", "by", "limit"):
        parser.options.add_argument(
            f"--{option}",
            metavar=say("cli.metavar.number", parser.lang),
            help=say(f"cli.option.{option}", parser.lang),
        )
    _add_variant(parser)
    _add_page(parser)


def _declare_schema(parser: Parser) -> None:
    _add_out(parser, "cli.option.out.schema")


def _declare_new(parser: Parser) -> None:
    parser.arguments.add_argument(
        "folder",
        type=_path(parser, say("cli.metavar.folder", parser.lang)),
        metavar=say("cli.metavar.folder", parser.lang),
        help=say("cli.argument.folder", parser.lang),
    )


#: The commands, in the order of the help, and what declares their arguments.
COMMANDS: Final[dict[str, Callable[[Parser], None]]] = {
    "policies": _declare_policies,
    "show": _declare_show,
    "check": _declare_check,
    "score": _declare_score,
    "explain": _declare_explain,
    "diff": _declare_diff,
    "unit": _declare_unit,
    "explore": _declare_explore,
    "schema": _declare_schema,
    "new": _declare_new,
}


def pairs(given: Sequence[tuple[str, str]], option: str) -> dict[str, str]:
    """Give the pairs of an option that may be repeated, each name once.

    Raises:
        UsageError: A name stands twice.
    """
    names = [name for name, _ in given]
    twice = [name for place, name in enumerate(names) if name in names[:place]]
    if twice:
        issues = [
            Issue(code="KNJ910", details={"found": quoted(name), "option": option})
            for name in dict.fromkeys(twice)
        ]
        raise UsageError(issues)
    return dict(given)
