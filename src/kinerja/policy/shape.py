"""From plain data to models: every fault of shape as an issue of ours.

What lives here: the translation of pydantic's errors into issues with stable codes and near names. What
never comes in: policies' meaning.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kinerja.errors import Issue, nearest, quoted, unknown_name
from kinerja.policy.fields import ID_PATTERN, NAME_PATTERN, VERSION_PATTERN, shown

__all__ = ["dotted", "shape"]

Model = TypeVar("Model", bound=BaseModel)

#: What was expected, for the errors of pydantic that need only that.
_EXPECTED = {
    "bool_parsing": "true, false",
    "bool_type": "true, false",
    "int_parsing": "0, 1, 2, …",
    "int_type": "0, 1, 2, …",
    "int_from_float": "0, 1, 2, …",
    "dict_type": "{…}",
    "model_type": "{…}",
    "list_type": "[…]",
    "string_type": "“…”",
}


#: The code of a text that is not written as its pattern says.
_PATTERNS = {NAME_PATTERN: "KNJ138", ID_PATTERN: "KNJ139", VERSION_PATTERN: "KNJ140"}


def shape(
    model: type[Model], tree: object, path: tuple[str | int, ...], *, also: Collection[str] = ()
) -> Model | list[Issue]:
    """Fit plain data into a model.

    Args:
        model: The model.
        tree: Plain data.
        path: Where the data stands in the policy.
        also: Keys that stand beside those of the model and were taken out of the data.

    Returns:
        The model, or every issue.
    """
    try:
        return model.model_validate(tree)
    except ValidationError as error:
        return [
            issue
            for details in error.errors(include_url=False)
            for issue in _issues(details, model, path, also)
        ]


def dotted(path: tuple[str | int, ...]) -> str:
    """Write a path as people read it: `steps.nilai.bands[2].label`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _issues(
    details: ErrorDetails,
    model: type[BaseModel],
    path: tuple[str | int, ...],
    also: Collection[str],
) -> Iterator[Issue]:
    kind = details["type"]
    place = (*path, *_real_path(details))
    where = dotted(place)
    context = {key: str(value) for key, value in (details.get("ctx") or {}).items()}
    if kind == "formula_issues":
        for issue in (details.get("ctx") or {})["issues"]:
            yield issue.at(path=where, column=None)
    elif kind.startswith("KNJ"):
        yield Issue(code=kind, path=where, details=context)
    elif kind == "extra_forbidden":
        beside = also if len(details["loc"]) == 1 else ()
        known = [*beside, *_keys_at(model, details["loc"][:-1])]
        found = str(details["loc"][-1])
        near = nearest(found, known)
        words = {"found": quoted(found), "expected": ", ".join(known)}
        if near is None:
            yield Issue(code="KNJ130", path=where, details=words)
        else:
            yield Issue(code="KNJ131", path=where, details={**words, "nearest": quoted(near)})
    elif kind == "missing":
        yield Issue(
            code="KNJ132",
            path=dotted(place[:-1]),
            details={"found": "–", "expected": quoted(str(place[-1]))},
        )
    elif kind == "literal_error":
        found = shown(details["input"])
        known_values = [part.strip().strip("'") for part in context["expected"].split(",")]
        known_values = [p.strip("' ") for v in known_values for p in v.split("' or '")]
        yield unknown_name("KNJ133", where, found, known_values)
    elif context.get("pattern") in _PATTERNS:
        found = quoted(shown(details["input"]))
        yield Issue(code=_PATTERNS[context["pattern"]], path=where, details={"found": found})
    else:
        expected = _EXPECTED.get(kind) or context.get("pattern") or _bounds(context) or kind
        yield Issue(
            code="KNJ134",
            path=where,
            details={"found": quoted(shown(details["input"])), "expected": expected},
        )


def _bounds(context: dict[str, str]) -> str:
    signs = {"ge": "≥", "le": "≤", "gt": ">", "lt": "<", "min_length": "≥", "max_length": "≤"}
    return ", ".join(f"{signs[key]} {value}" for key, value in context.items() if key in signs)


def _real_path(details: ErrorDetails) -> tuple[str | int, ...]:
    """Drop what pydantic adds to a path: tags of unions (`<range>`) and the mark of a key."""
    return tuple(
        part
        for part in details["loc"]
        if isinstance(part, int) or not (part == "[key]" or part.startswith("<"))
    )


def _keys_at(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """Give the keys that the model knows at a path below it."""
    current: type[BaseModel] | None = model
    for part in path:
        if current is None:
            return []
        if isinstance(part, str) and part.startswith("<"):
            continue
        field = next(
            (f for n, f in current.model_fields.items() if part in (n, f.alias)),
            None,
        )
        if field is not None:
            current = _model_in(field.annotation)
    if current is None:
        return []
    return [f.alias or n for n, f in current.model_fields.items() if not f.exclude]


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in get_args(getattr(annotation, "__value__", annotation)):
        found = _model_in(part)
        if found is not None:
            return found
    return None
