"""The kinds of text that stand in a policy file, as pydantic types.

What lives here: how a figure, a weight, a formula, a title, a rounding or a set of band ends is written.
What never comes in: what a rule does with them.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any, Final, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from kinerja.errors import PolicyError, quoted
from kinerja.exact import NotANumberError, Rounding, RoundingMode, exact
from kinerja.formula import nodes as n
from kinerja.formula.parse import parse_formula
from kinerja.values import Interval
from kinerja.words import Text

__all__ = [
    "FINDING_PATTERN",
    "ID_PATTERN",
    "NAME_PATTERN",
    "VERSION_PATTERN",
    "Ends",
    "Figure",
    "Flag",
    "Formula",
    "Name",
    "Operand",
    "RoundModel",
    "Section",
    "Title",
    "Whole",
    "entry",
    "shown",
]

_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,6}")


def entry(indonesian: str, english: str, *, default: Any = ..., alias: str | None = None) -> Any:  # noqa: ANN401 - stands in place of a value of any type
    """Declare a key of the policy file with its help in both languages.

    Args:
        indonesian: Help in Indonesian; the `description` of the JSON Schema.
        english: Help in English; `x-description-en` there.
        default: Value when the key is left out; without it the key is required.
        alias: How the key is written, where Python does not allow it as a name.
    """
    return Field(
        default,
        alias=alias,
        description=indonesian,
        json_schema_extra={"x-description-en": english},
    )


#: `true` or `false` and nothing else.
Flag = Annotated[bool, Strict()]


def _whole(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    raise PydanticCustomError("int_parsing", "a whole number")


#: A whole number of at most six digits.
Whole = Annotated[int, BeforeValidator(_whole)]


class Section(BaseModel):
    """A mapping of the policy file; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def _figure(value: object) -> Fraction:
    if isinstance(value, Fraction):
        return value
    if isinstance(value, str):
        try:
            return exact(value)
        except NotANumberError:
            pass
    raise PydanticCustomError("KNJ112", "figure", {"found": quoted(shown(value))})


def shown(value: object) -> str:
    """Write a value as the file does, a mapping or list in brief."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    return str(value)


#: An exact number: `12`, `76.60`, `2/37`, `60 %`.
Figure = Annotated[
    Fraction,
    BeforeValidator(_figure),
    WithJsonSchema(
        {
            "anyOf": [{"type": "number"}, {"type": "string"}],
            "examples": [120, 76.6, "2/37", "60 %"],
        }
    ),
]


def _formula(value: object) -> n.Node:
    if isinstance(value, n.Node):
        return value
    if isinstance(value, bool):
        return n.Truth(value)
    if not isinstance(value, str):
        raise PydanticCustomError("KNJ113", "formula", {"found": quoted(shown(value))})
    try:
        return n.Number(exact(value))
    except NotANumberError:
        pass
    try:
        return parse_formula(value)
    except PolicyError as error:
        raise PydanticCustomError("formula_issues", "formula", {"issues": error.issues}) from None


#: A formula: a figure, a name, or an expression such as `(2 * target - realisasi) / target * 100`.
Formula = Annotated[
    n.Node,
    BeforeValidator(_formula),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}],
            "examples": ["capaian", "(2 * target - realisasi) / target * 100"],
        }
    ),
]


def _operand(value: object) -> n.Node:
    node = _formula(value)
    if isinstance(node, n.Ref):
        return node
    raise PydanticCustomError("KNJ114", "name", {"found": quoted(shown(value))})


#: The plain name of an input or step.
Operand = Annotated[
    n.Node,
    BeforeValidator(_operand),
    WithJsonSchema({"type": "string", "pattern": "^[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*$"}),
]

#: How names, ids and versions are written.
NAME_PATTERN: Final = r"^[a-z][a-z0-9_]*$"
FINDING_PATTERN: Final = r"^KNJ7[0-9]{2}$"
ID_PATTERN: Final = r"^[a-z0-9][a-z0-9-]*$"
VERSION_PATTERN: Final = r"^[0-9]+\.[0-9]+\.[0-9]+$"

#: A name given in the policy: lower case, digits, underscore.
Name = Annotated[str, Field(pattern=NAME_PATTERN, max_length=60)]


def _title(value: object) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, str) and value.strip():
        return Text.same(value.strip())
    if isinstance(value, dict) and set(value) == {"id", "en"}:
        first, second = value["id"], value["en"]
        if isinstance(first, str) and isinstance(second, str) and first.strip() and second.strip():
            return Text(first.strip(), second.strip())
    raise PydanticCustomError("KNJ115", "title", {"found": quoted(shown(value))})


#: A text people read: one text for both languages, or `{id: …, en: …}`.
Title = Annotated[
    Text,
    BeforeValidator(_title),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {"id": {"type": "string"}, "en": {"type": "string"}},
                    "required": ["id", "en"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]


class Ends(Section):
    """The two ends of a range of numbers; a missing key leaves that side without end."""

    from_: Figure | None = entry(
        "batas bawah, termasuk (≥)", "lower end, itself inside (≥)", default=None, alias="from"
    )
    above: Figure | None = entry(
        "batas bawah, tidak termasuk (>)", "lower end, itself outside (>)", default=None
    )
    to: Figure | None = entry(
        "batas atas, termasuk (≤)", "upper end, itself inside (≤)", default=None
    )
    below: Figure | None = entry(
        "batas atas, tidak termasuk (<)", "upper end, itself outside (<)", default=None
    )

    @model_validator(mode="after")
    def _one_end_each(self) -> Ends:
        if self.from_ is not None and self.above is not None:
            raise PydanticCustomError("KNJ116", "ends", {"found": "from, above"})
        if self.to is not None and self.below is not None:
            raise PydanticCustomError("KNJ116", "ends", {"found": "to, below"})
        try:
            self.interval()
        except ValueError:
            raise PydanticCustomError("KNJ117", "ends", {}) from None
        return self

    def interval(self) -> Interval:
        """Give the range."""
        low = self.above if self.from_ is None else self.from_
        high = self.below if self.to is None else self.to
        return Interval(
            low=low,
            high=high,
            low_open=self.above is not None,
            high_open=self.below is not None,
        )


class RoundModel(Section):
    """Rounding, named where the rule names it."""

    digits: Annotated[Whole, Field(ge=-15, le=15)] = entry(
        "banyaknya desimal", "number of decimals"
    )
    mode: RoundingMode = entry(
        "cara membulatkan; half_up = setengah ke atas",
        "how to round; half_up takes a tie away from zero",
    )

    def rounding(self) -> Rounding:
        """Give the rounding."""
        return Rounding(digits=self.digits, mode=self.mode)


Skip = Literal["incomplete", "skip"]
