"""The parser of text formulas: from what a policy team writes to nodes.

What lives here: the grammar, its bounds, and how it goes on after a mistake so that one reading finds
all of them. What may come in: any text, also from a stranger; it can at worst be refused. What never
comes in: `eval`, attributes, calls other than the named ones, and the names of a policy, which the type
check knows. `kinerja.formula.source` prints what this module reads.

Precedence, from the loosest: `or`, `and`, `not`, comparisons and `in`, `+ -`, `* /`, unary minus.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from kinerja.errors import Issue, PolicyError, quoted, sort_issues
from kinerja.formula import nodes as n
from kinerja.formula.calls import FUNCTIONS, RESERVED_NAMES, Argument, Call, build_call
from kinerja.formula.cursor import Cursor
from kinerja.formula.tokens import KEYWORDS, Token, issue_at

__all__ = [
    "MAX_DEPTH",
    "MAX_LENGTH",
    "MAX_NODES",
    "RESERVED_NAMES",
    "parse_formula",
]

#: Longest formula, in characters.
MAX_LENGTH: Final = 2_000
#: Deepest nesting, of the text and of the formula it becomes; evaluators walk formulas by recursion.
MAX_DEPTH: Final = 40
#: Most nodes; only `in` makes more nodes than its text has words.
MAX_NODES: Final = 4_000

_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _UNARY = range(1, 8)
_POWERS: Final[dict[str, int]] = {
    "or": _OR,
    "and": _AND,
    "in": _COMPARE,
    **dict.fromkeys(n.COMPARISONS, _COMPARE),
    "+": _SUM,
    "-": _SUM,
    "*": _PRODUCT,
    "/": _PRODUCT,
}
#: Stands where a part could not be read; it never leaves this module.
_BROKEN: Final = n.Absent("broken")


class _GiveUpError(Exception):
    """The formula breaks a bound, and reading on would too."""


def parse_formula(text: str) -> n.Node:
    """Read a formula written as text.

    A name becomes a `Ref`, also inside a reduction over a list, where it may mean a field:
    `kinerja.formula.bind.bind_fields` tells the two apart. Sums, products, `and` and `or` are kept
    flat; `a in (b, c)` is `a == b or a == c`; `-a` is `0 - a`, except that a figure takes the sign.

    Args:
        text: The formula, at most 2,000 characters.

    Raises:
        PolicyError: With an issue (`KNJ3xx`) for everything that was found; `Issue.column` counts the
            characters of `text` from 1.

    Examples:
        >>> parse_formula("realisasi / target")
        Divide(numerator=Ref(name='realisasi'), denominator=Ref(name='target'))
    """
    if len(text) > MAX_LENGTH:
        raise PolicyError(
            [issue_at("KNJ301", MAX_LENGTH + 1, found=str(len(text)), expected=str(MAX_LENGTH))]
        )
    if not text.strip():
        raise PolicyError([issue_at("KNJ302", 1)])
    issues: list[Issue] = []
    parser = _Parser(text, issues)
    try:
        node = parser.read_all()
    except _GiveUpError:
        node = _BROKEN
    if not issues and _depth(node) > MAX_DEPTH:
        issues.append(issue_at("KNJ332", 1, expected=str(MAX_DEPTH)))
    if issues:
        raise PolicyError(sort_issues(issues))
    return node


def _depth(node: n.Node) -> int:
    deepest, stack = 0, [(node, 1)]
    while stack:
        current, depth = stack.pop()
        deepest = max(deepest, depth)
        stack.extend((child, depth + 1) for child in n.children(current))
    return deepest


class _Parser(Cursor):
    """One reading of one text; precedence climbing over its tokens."""

    def __init__(self, text: str, issues: list[Issue]) -> None:
        super().__init__(text, issues)
        self.nesting = 0
        self.copied = 0
        #: Whether a comma here separates arguments.
        self.separates = False
        #: Columns of the reductions read so far.
        self.reductions: list[int] = []

    # Grammar.

    def read_all(self) -> n.Node:
        node = self.expression()
        while not self.at_end():
            self.stray()
        return node

    def expression(self, floor: int = 0) -> n.Node:
        start = self.here.column
        left = self.operand()
        compared: tuple[int, int] | None = None
        while True:
            if self.decimal_comma() or self.missing_operator(start, floor):
                continue
            power = _POWERS.get(self.here.text, 0) if self.here.kind in ("name", "sign") else 0
            if power <= floor:
                return left
            sign = self.take()
            if sign.text == "in":
                left = self.membership(left)
                continue
            second = self.here.column
            right = self.expression(power)
            if power != _COMPARE:
                left = _joined(sign.text, left, right)
                continue
            stop = self.before.stop
            if compared is not None:
                begin, middle = compared
                first = self.written(begin, sign.column).rstrip()
                last = self.written(middle, stop)
                self.report(
                    "KNJ317",
                    sign.column,
                    found=quoted(self.written(begin, stop)),
                    instead=f"{first} and {last}",
                )
            compared = (start if compared is None else compared[1], second)
            left = n.Compare(cast("n.Comparison", sign.text), left, right)

    def operand(self) -> n.Node:  # noqa: PLR0911 - one kind of operand a line
        token = self.here
        if token.kind == "number":
            return n.Number(self.take().value)
        if token.kind == "label":
            return n.Label(self.take().text)
        if self.sees("("):
            return self.nested(self.group)
        if self.sees("-"):
            return self.nested(self.negative)
        if self.sees("not"):
            return self.nested(self.opposite)
        if token.kind == "name" and self.sees("(", ahead=1) and token.text not in KEYWORDS:
            return self.nested(self.call)
        if token.kind == "name":
            return self.word()
        if token.kind != "end":
            self.report("KNJ310", token.column, found=quoted(self.source(token)))
        elif self.at:
            self.report("KNJ311", token.column, found=quoted(self.source(self.before)))
        return _BROKEN

    def word(self) -> n.Node:
        token = self.here
        if token.text in ("true", "false"):
            return n.Truth(self.take().text == "true")
        if token.text == "none":
            self.report("KNJ324", self.take().column)
            return _BROKEN
        if token.text in KEYWORDS:
            self.report("KNJ310", token.column, found=quoted(token.text))
            return _BROKEN
        if token.text in FUNCTIONS:
            form = FUNCTIONS[self.take().text]
            self.report("KNJ320", token.column, found=quoted(token.text), instead=form)
            return _BROKEN
        return n.Ref(self.take().text)

    def nested(self, read: Callable[[], n.Node]) -> n.Node:
        self.nesting += 1
        if self.nesting > MAX_DEPTH:
            self.report("KNJ332", self.here.column, expected=str(MAX_DEPTH))
            raise _GiveUpError
        separates = self.separates
        node = read()
        self.separates = separates
        self.nesting -= 1
        return node

    def group(self) -> n.Node:
        opening = self.take()
        self.separates = False
        node = self.expression()
        while not self.sees(")") and not self.at_end():
            self.stray()
        self.close(opening)
        return node

    def negative(self) -> n.Node:
        self.take()
        node = self.expression(_UNARY)
        if isinstance(node, n.Number):
            return n.Number(-node.value)
        return n.Subtract(n.numeric(0), node)

    def opposite(self) -> n.Node:
        self.take()
        return n.Not(self.expression(_NOT))

    def membership(self, left: n.Node) -> n.Node:
        values: list[n.Node] = []

        def value() -> None:
            start = self.here.column
            node = self.expression()
            if not isinstance(node, n.Number | n.Label | n.Truth):
                self.report(
                    "KNJ318", start, found=quoted(self.written(start, self.before.stop) or "()")
                )
            values.append(node)

        if not self.sees("("):
            self.report("KNJ318", self.here.column, found=quoted(self.source(self.here)))
            self.operand()
            return _BROKEN
        opening = self.here
        self.nested(lambda: self.listed(value))
        if not values:
            self.report("KNJ318", opening.column, found=quoted("()"))
            return _BROKEN
        self.copied += sum(1 for _ in n.walk(left)) * len(values)
        if self.copied > MAX_NODES:
            self.report("KNJ333", opening.column, expected=str(MAX_NODES))
            raise _GiveUpError
        tests = [n.Compare("==", left, item) for item in values]
        return tests[0] if len(tests) == 1 else n.Or(tuple(tests))

    def listed(self, read: Callable[[], None]) -> n.Node:
        """Read what stands between parentheses, separated by commas."""
        opening = self.take()
        self.separates = True
        while not self.sees(")") and not self.at_end():
            read()
            while not self.sees(")", ",") and not self.at_end():
                self.stray()
            if self.sees(",") and self.sees(")", ahead=1):
                self.take()
                self.report("KNJ310", self.here.column, found=quoted(")"))
            elif self.sees(","):
                self.take()
                if self.at_end():
                    self.report("KNJ311", self.here.column, found=quoted(","))
        self.close(opening)
        return _BROKEN

    def call(self) -> n.Node:
        name = self.take()
        arguments: list[Argument] = []
        options: list[tuple[str, int, Argument]] = []
        over: list[str] = []
        conditions: list[n.Node] = []
        outer, self.reductions = self.reductions, []

        def argument() -> None:
            if self.here.kind == "name" and self.sees(":", ahead=1):
                option = self.take()
                self.take()
                options.append((option.text, option.column, self.argument()))
                return
            if not self.sees("for"):
                arguments.append(self.argument())
            if self.sees("for") and not over:
                over.append(self.list_name())
                if self.sees("if"):
                    self.take()
                    conditions.append(self.expression())

        known = len(self.issues)
        self.listed(argument)
        if over:
            for column in self.reductions:
                self.report("KNJ327", column)
            self.reductions = [name.column]
        self.reductions = outer + self.reductions
        call = Call(
            name=name.text,
            column=name.column,
            arguments=tuple(arguments),
            over=over[0] if over else None,
            where=conditions[0] if conditions else None,
            options=tuple(options),
        )
        # What is broken inside would only be counted wrong here.
        if len(self.issues) > known and call.name in FUNCTIONS:
            return _BROKEN
        return build_call(call, self.issues) or _BROKEN

    def argument(self) -> Argument:
        start = self.here.column
        node = None
        if self.sees("none") and self.sees(",", ")", ahead=1):
            self.take()
        else:
            node = self.expression()
        return Argument(node=node, text=self.written(start, self.before.stop), column=start)

    def list_name(self) -> str:
        self.take()
        token = self.here
        if token.kind != "name" or token.text in RESERVED_NAMES or "." in token.text:
            found = quoted(token.text)
            self.report("KNJ328", token.column, found=found)
            if token.kind != "name" or token.text == "if":
                return ""
        return self.take().text

    # Going on after a mistake.

    def close(self, opening: Token) -> None:
        if self.sees(")"):
            self.take()
        else:
            self.report("KNJ314", opening.column, found=quoted(opening.text))

    def stray(self) -> None:
        """Step over a token that has no place here, and read what follows it."""
        token = self.take()
        if token.text == ")":
            self.report("KNJ315", token.column, found=quoted(token.text))
        elif not any(issue.column == token.column for issue in self.issues):
            self.report("KNJ316", token.column, found=quoted(self.source(token)))
        if self.begins_operand():
            self.expression()

    def begins_operand(self) -> bool:
        token = self.here
        if token.kind == "name":
            return token.text not in KEYWORDS or token.text in ("true", "false", "not")
        return token.kind in ("number", "label") or self.sees("(")

    def decimal_comma(self) -> bool:
        """Step over a comma between digits, where no comma can separate arguments."""
        if self.separates or not self.sees(","):
            return False
        left, comma, right = self.before, self.here, self.ahead(1)
        if left.kind != "number" or right.kind != "number":
            return False
        if left.stop != comma.column or comma.stop != right.column:
            return False
        self.take()
        self.take()
        found = self.written(left.column, right.stop)
        self.report("KNJ309", left.column, found=quoted(found), instead=found.replace(",", ".", 1))
        return True

    def missing_operator(self, start: int, floor: int) -> bool:
        """Step over an operand that follows another without an operator."""
        left, right = self.before, self.here
        if self.sees("not") and self.sees("in", ahead=1):
            if floor >= _COMPARE:
                return False
            value = self.written(start, left.stop)
            instead = f"not {value} in (…)"
            self.report("KNJ304", self.take().column, found=quoted("not in"), instead=instead)
            return True
        if not self.begins_operand():
            return False
        if self.is_plain_name(left) and self.is_plain_name(right):
            while self.is_plain_name(self.here):
                self.take()
            self.report(
                "KNJ313",
                left.column,
                found=quoted(self.written(left.column, self.before.stop)),
                instead="_".join(self.written(left.column, self.before.stop).split()),
            )
            return True
        self.report(
            "KNJ312",
            right.column,
            left=quoted(self.source(left)),
            right=quoted(self.source(right)),
        )
        self.operand()
        return True

    def is_plain_name(self, token: Token) -> bool:
        return token.kind == "name" and token.text not in RESERVED_NAMES


def _joined(sign: str, left: n.Node, right: n.Node) -> n.Node:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
        case "and":
            return n.And(_flat(n.And, left) + _flat(n.And, right))
        case _:
            return n.Or(_flat(n.Or, left) + _flat(n.Or, right))


def _flat(kind: type[n.And | n.Or], node: n.Node) -> tuple[n.Node, ...]:
    return node.args if isinstance(node, kind) else (node,)
