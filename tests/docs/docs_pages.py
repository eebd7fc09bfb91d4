"""The pages of the documentation, and the code blocks on them as things that run.

What lives here: one way to run each language of code block. A page is one story: its blocks run in
order, in one folder of its own, with one Python namespace. In what is shown, `…` stands for anything, and
`…` alone on a line for any number of lines.

| block | what becomes of it |
|---|---|
| `python` | run |
| `pycon` | run; after each `>>>` statement, what is shown must be what comes back |
| `console` | each `$ kinerja …` is run in this process, and what it prints must be what is shown |
| `yaml`, `csv`, `json`, `text` with a title | written to that file |
| `diff` with a title | the change is made in that file, whose lines must be as shown |
| `yaml` | a whole policy is read; a part of one is completed and read |
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
import shlex
import shutil
import tomllib
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sybil import Document, Example, Region
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

from kinerja.cli.main import main
from kinerja.policy.read import fit_policy
from kinerja.policy.source import parse_yaml

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = (ROOT / "README.md", *sorted(DOCS.rglob("*.md")))

_INFO = re.compile(r"(?P<language>[a-z-]*)(?P<options>[^\n]*)$\n", re.MULTILINE)
_TITLE = re.compile(r'title="([^"]+)"')
_SHOWN = ("", "text", "sh", "toml", "ini", "xml", "html")


@dataclass(frozen=True)
class Block:
    """One fenced block of code."""

    language: str
    title: str | None
    source: str

    @property
    def lines(self) -> list[str]:
        return self.source.removesuffix("\n").split("\n")


class BlockFailureError(AssertionError):
    """A block does not do what it shows."""


def read_page(path: Path) -> Document:
    """Read a page into its blocks."""
    return Document.parse(str(path), _regions)


def _regions(document: Document) -> Iterator[Region]:
    for region in RawFencedCodeBlockLexer(_INFO)(document):
        title = _TITLE.search(region.lexemes["options"])
        block = Block(
            language=region.lexemes["language"],
            title=title and title[1],
            source=str(region.lexemes["source"].text),
        )
        yield Region(region.start, region.end, block, _check)


def prepare_folder(folder: Path) -> None:
    """Put what pages refer to into the folder where their blocks run."""
    shutil.copytree(ROOT / "examples", folder / "examples")


def _check(example: Example) -> str | None:
    block: Block = example.parsed
    try:
        for step in steps_of(block):
            got = step.run(example.namespace)
            if not matches(step.want, got):
                return _difference(step, got)
    except BlockFailureError as failure:
        return str(failure)
    return None


def _difference(step: Step, got: list[str]) -> str:
    return "\n".join([*step.prompt, "shown:", *step.want, "got:", *got])


@dataclass(frozen=True)
class Step:
    """One thing a block does: what is typed, what is shown after it, and the way to do it."""

    prompt: list[str]
    want: list[str]
    run: Callable[[dict[str, object]], list[str]]


def steps_of(block: Block) -> Iterator[Step]:
    """Cut a block into what it does."""
    match block.language:
        case "pycon":
            yield from _session(block.lines, _python_prompt, _run_python)
        case "python":
            yield Step([], [], lambda namespace: _run_script(block.source, namespace))
        case "console":
            yield from _session(block.lines, lambda line, _: line.startswith("$ "), _run_command)
        case "yaml":
            yield Step([], [], lambda _: _keep_yaml(block))
        case "diff" if block.title:
            yield Step([], [], lambda _: _change(block))
        case "json":
            yield Step([], [], lambda _: _keep_json(block))
        case "toml":
            yield Step([], [], lambda _: _keep_toml(block))
        case "csv" | "text" if block.title:
            yield Step([], [], lambda _: _keep(block))
        case language if language in _SHOWN:
            return
        case _:
            raise BlockFailureError(f"nothing is known to do with a {block.language!r} block")


# What is shown.


def matches(want: list[str], got: list[str]) -> bool:
    """Tell whether what is shown is what came; `…` stands for anything."""
    lines = _trimmed(got)
    first, *others = _runs(_trimmed(want))
    if not _fits(first, lines[: len(first)]):
        return False
    if not others:
        return len(lines) == len(first)
    place = len(first)
    *middle, last = others
    for run in middle:
        places = range(place, len(lines) - len(run) + 1)
        found = next((at for at in places if _fits(run, lines[at : at + len(run)])), None)
        if found is None:
            return False
        place = found + len(run)
    return len(lines) - len(last) >= place and _fits(last, lines[len(lines) - len(last) :])


def _runs(want: list[str]) -> list[list[str]]:
    runs: list[list[str]] = [[]]
    for line in want:
        if line.strip() == "…":
            runs.append([])
        else:
            runs[-1].append(line)
    return runs


def _fits(shown: list[str], lines: list[str]) -> bool:
    return len(shown) == len(lines) and all(map(_line_fits, shown, lines))


def _line_fits(shown: str, line: str) -> bool:
    pattern = ".*".join(re.escape(part) for part in shown.split("…"))
    return re.fullmatch(pattern, line) is not None


def _trimmed(lines: list[str]) -> list[str]:
    kept = [line.rstrip() for line in lines]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _session(
    lines: list[str],
    is_prompt: Callable[[str, bool], bool],
    run: Callable[[str, dict[str, object]], list[str]],
) -> Iterator[Step]:
    prompt: list[str] = []
    want: list[str] = []
    for line in [*lines, None]:
        begins = line is not None and is_prompt(line, bool(prompt) and not want)
        if line is not None and begins and line.startswith("... "):
            prompt.append(line)
        elif line is None or begins:
            if prompt:
                typed = list(prompt)
                yield Step(typed, want, lambda names, typed=typed: run(_typed(typed), names))
            prompt, want = ([] if line is None else [line]), []
        else:
            want.append(line)


def _typed(prompt: list[str]) -> str:
    return "\n".join(re.sub(r"^(>>> |\.\.\. |\.\.\.$|\$ )", "", line) for line in prompt)


def _python_prompt(line: str, open_statement: bool) -> bool:  # noqa: FBT001 - told by `_session`
    return line.startswith(">>> ") or (open_statement and line.startswith("..."))


# Python.


def _run_script(source: str, namespace: dict[str, object]) -> list[str]:
    exec(compile(source, "<page>", "exec"), namespace)  # noqa: S102 - our own pages
    return []


def _run_python(source: str, namespace: dict[str, object]) -> list[str]:
    printed = io.StringIO()
    tree = ast.parse(source)
    last = tree.body[-1] if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    body = ast.Module(tree.body[:-1] if last else tree.body, [])
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(body, "<page>", "exec"), namespace)  # noqa: S102 - our own pages
            if last is not None:
                value = eval(compile(ast.Expression(last.value), "<page>", "eval"), namespace)  # noqa: S307 - as above
                if value is not None:
                    print(repr(value))
        except Exception as error:  # noqa: BLE001 - shown as Python shows it
            print("Traceback (most recent call last):\n  …")
            print("".join(traceback.format_exception_only(error)).rstrip())
    return printed.getvalue().removesuffix("\n").split("\n") if printed.getvalue() else []


# The command line.


def _run_command(typed: str, namespace: dict[str, object]) -> list[str]:
    words = shlex.split(typed, comments=True)
    match words:
        case ["kinerja", *arguments]:
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                namespace["$?"] = main(arguments)
            text = printed.getvalue()
        case ["echo", "$?"]:
            text = f"{namespace['$?']}\n"
        case ["cat", name]:
            text = Path(name).read_text(encoding="utf-8")
        case ["ls", name]:
            text = "".join(f"{path.name}\n" for path in sorted(Path(name).iterdir()))
        case _:
            raise BlockFailureError(f"{typed!r} is no command that pages may show")
    return text.removesuffix("\n").split("\n") if text else []


# Files.


def _keep(block: Block) -> list[str]:
    path = Path(block.title or "")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.source, encoding="utf-8")
    return []


def _keep_json(block: Block) -> list[str]:
    json.loads(block.source)
    return _keep(block) if block.title else []


def _keep_toml(block: Block) -> list[str]:
    tomllib.loads(block.source)
    return []


def _change(block: Block) -> list[str]:
    path = Path(block.title or "")
    old, new = [], []
    for line in block.lines:
        if not line.startswith("+"):
            old.append(line[1:])
        if not line.startswith("-"):
            new.append(line[1:])
    text = path.read_text(encoding="utf-8")
    if text.count("\n".join(old)) != 1:
        raise BlockFailureError(f"{path} does not hold these lines once:\n" + "\n".join(old))
    path.write_text(text.replace("\n".join(old), "\n".join(new)), encoding="utf-8")
    return []


# Policies.


def _keep_yaml(block: Block) -> list[str]:
    if block.title:
        return _keep(block)
    fit_policy(parse_yaml(complete_policy(block.source), file="<page>"), {}, unnamed="assume")
    return []


_PLAIN = {
    "schema": "1",
    "id": "contoh",
    "version": "1.0.0",
    "title": "Contoh",
    "in_force": {"from": "2024-01-01"},
    "bases": {},
    "inputs": {"angka": {"type": "number", "title": "angka"}},
    "steps": {"nilai": {"rule": "formula", "title": "nilai", "is": "angka"}},
}


def complete_policy(text: str) -> str:
    """Make a policy of a part of one; its steps are published unless the part says which."""
    tree = parse_yaml(text).tree
    if not isinstance(tree, dict):
        raise BlockFailureError("a yaml block is a policy or a part of one")
    if "schema" in tree:
        return text
    whole = {**_PLAIN, **tree}
    if "publish" not in whole:
        steps = whole["steps"]
        whole["publish"] = [name for name, step in steps.items() if "for_each" not in step]
    return json.dumps(whole, ensure_ascii=False)


def run_page(path: Path) -> None:
    """Run every block of a page, in the folder at hand."""
    for example in read_page(path):
        example.evaluate()


def shown_blocks(paths: Iterable[Path], language: str) -> Iterator[tuple[Path, Block]]:
    """Give the blocks of a language."""
    for path in paths:
        for example in read_page(path):
            if example.parsed.language == language:
                yield path, example.parsed
