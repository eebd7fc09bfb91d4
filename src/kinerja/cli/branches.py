"""Examples that a policy still needs, as a file of examples.

What lives here: branches, edges and suggested examples in words. What never comes in: finding them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kinerja.cli.console import Console
from kinerja.exact import plain_decimal
from kinerja.formula import nodes as n
from kinerja.formula.text import formula_text
from kinerja.formula.wording import Titles
from kinerja.result import Scalar
from kinerja.scorer import Program
from kinerja.scorer.explain import titles_of
from kinerja.scorer.program import Step
from kinerja.verify import Branch, Suggestion

__all__ = ["BranchWords", "example_lines", "flow"]

#: Longest condition that is written in whole.
LONGEST = 160


def example_lines(suggestions: Sequence[Suggestion], console: Console) -> Iterator[str]:
    """Write suggested examples as a file of examples."""
    yield from (f"# {line}" for line in console.say("check.suggested").splitlines())
    yield "examples:"
    for number, suggestion in enumerate(suggestions, 1):
        yield f"  - id: {console.say('check.suggestion')}-{number}"
        yield f"    title: {_quoted(_title(suggestion, console))}"
        if suggestion.variant:
            yield f"    variant: {flow(suggestion.variant)}"
        yield "    record:" if suggestion.record else "    record: {}"
        for name, value in suggestion.record.items():
            if isinstance(value, list):
                yield f"      {name}:" if value else f"      {name}: []"
                yield from (f"        - {flow(item)}" for item in value)
            else:
                yield f"      {name}: {_plain(value)}"
        yield f"    expect: {flow(_expected(suggestion))}"


def _title(suggestion: Suggestion, console: Console) -> str:
    words = BranchWords(suggestion.program, console)
    if suggestion.edge is not None:
        edge = suggestion.edge
        value = words.formula(edge.value, edge.step, "")
        at = plain_decimal(edge.at) if edge.at.denominator == 1 else str(edge.at)
        return console.say(f"check.edge.{suggestion.side}", value=value, at=at)
    return "; ".join(words.of(branch) for branch in suggestion.reaches[:3])


def _expected(suggestion: Suggestion) -> Mapping[str, object]:
    result = suggestion.result
    found: dict[str, object] = {name: _written(value) for name, value in result.values.items()}
    if result.reasons:
        found["reasons"] = [str(reason) for reason in result.reasons]
    return found


def _written(value: Scalar) -> object:
    return value if value is None or isinstance(value, bool) else str(value)


def flow(values: Mapping[str, object]) -> str:
    """Write names and values on one line, as YAML reads them."""
    return "{" + ", ".join(f"{name}: {_plain(value)}" for name, value in values.items()) + "}"


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return flow(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_plain, value)) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    bare = text.replace("_", "").replace(".", "").replace("-", "").isalnum() and text.isascii()
    return text if bare and text.casefold() not in {"null", "true", "false"} else _quoted(text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


class BranchWords:
    """Says branches of one program."""

    def __init__(self, program: Program, console: Console) -> None:
        self._program = program
        self._console = console
        self._titles: Titles = titles_of(program)

    def of(self, branch: Branch) -> str:
        """Say the step, and what would have to hold in it."""
        step = self._step(branch.step)
        if step is None:
            return branch.step
        over = branch.node.over if isinstance(branch.node, n.Reduce) else step.over or ""
        words = self.formula(branch.condition, branch.step, over)
        short = words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
        return f"{self._console.text(step.title)}: {short}"

    def _step(self, name: str) -> Step | None:
        """Give a step of this program; one of another option may not be here."""
        return next((step for step in self._program.steps if step.name == name), None)

    def formula(self, node: n.Node, subject: str, over: str) -> str:
        """Say a formula in the language of the reader."""
        return formula_text(
            node, titles=self._titles, lang=self._console.lang, subject=subject, over=over
        )
