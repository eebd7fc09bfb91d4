"""The JSON Schema of the policy file, for help and checks while a policy is being written.

What lives here: the schema of the whole file, composed of the models of its parts and of the built-in rule
kinds. What never comes in: checks; an editor that follows the schema finds faults of shape, `kinerja check`
finds every fault.

A reader of YAML in an editor gives `12` as a number, kinerja keeps it as text: where one of both is meant,
the schema takes both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, Final

from pydantic import BaseModel, TypeAdapter

from kinerja.policy.fields import Figure, Formula, Title
from kinerja.policy.model import PolicyModel, StepModel
from kinerja.policy.rule_models import BUILT_IN_MODELS
from kinerja.policy.rule_samples import SAMPLES
from kinerja.words import phrase

__all__ = ["policy_schema"]

Schema = dict[str, Any]

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_NULL: Final[Schema] = {"type": "null"}
_NAME: Final = "^[a-z][a-z0-9_]*$"
#: Keys of a schema that hold schemas by name, one schema, and a list of schemas.
_BY_NAME: Final = ("$defs", "properties", "patternProperties")
_ONE: Final = ("additionalProperties", "items", "propertyNames", "if", "then", "else", "not")
_SEVERAL: Final = ("anyOf", "oneOf", "allOf", "prefixItems")
#: A table of `lookup` or `matrix`: as many levels as keys, then a label or figure.
_CELLS: Final[Schema] = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {
        "anyOf": [{"type": ["string", "number", "boolean"]}, {"$ref": "#/$defs/Cells"}]
    },
}
#: Values that are written alike in many places, and stand in the schema once.
_SHARED: Final[Mapping[str, Schema]] = {
    name: TypeAdapter[Any](kind).json_schema()
    for name, kind in (("Figure", Figure), ("Formula", Formula), ("Title", Title))
}
#: Sections that a policy may take from the policy it extends.
_SECTIONS: Final = (
    "bases",
    "scales",
    "inputs",
    "choices",
    "steps",
    "reasons",
    "accepted",
    "publish",
)
#: What the models cannot say: keys of rule kinds, by kind.
_KEYS: Final[Mapping[str, Mapping[str, Schema]]] = {
    "achievement": {
        key: {"anyOf": [{"$ref": "#/$defs/LimitModel"}, {"const": "none"}]}
        for key in ("cap", "floor")
    },
    "lookup": {"rows": {"$ref": "#/$defs/Cells"}},
    "matrix": {"cells": {"$ref": "#/$defs/Cells"}},
}


def policy_schema() -> Schema:
    """Give the JSON Schema (draft 2020-12) of the policy file.

    Every key is described in Indonesian first and in English below it; the English alone stands in
    `x-description-en` too.
    """
    root = _model_schema(PolicyModel)
    definitions: Schema = root.pop("$defs")
    definitions |= {"Cells": _CELLS, "Step": _step_schema(), **_shared_schemas()}
    for kind in BUILT_IN_MODELS:
        step = _kind_schema(kind)
        definitions |= step.pop("$defs", {})
        definitions[_definition(kind)] = step
    root["properties"]["schema"] |= {"enum": [1, "1"]}
    del root["properties"]["schema"]["const"], root["properties"]["schema"]["type"]
    root["properties"]["steps"]["patternProperties"] = {_NAME: {"$ref": "#/$defs/Step"}}
    known = {"properties": {"rule": {"enum": list(BUILT_IN_MODELS)}}}
    plugins = {"required": ["plugins"], "properties": {"plugins": {"minItems": 1}}}
    whole = {
        "required": [key for key in root["required"] if key in _SECTIONS],
        "properties": {key: root["properties"][key] for key in _SECTIONS},
        "if": plugins,
        "else": {"properties": {"steps": {"patternProperties": {_NAME: known}}}},
    }
    # Laid over a base, a section holds what differs and may lack what is required elsewhere.
    for key in _SECTIONS:
        kept = {k: v for k, v in root["properties"][key].items() if "description" in k}
        root["properties"][key] = kept
    root["required"] = [key for key in root["required"] if key not in _SECTIONS]
    root |= {
        "dependentRequired": {"extends": ["base_version"], "base_version": ["extends"]},
        "if": {"required": ["extends"]},
        "else": whole,
    }
    title = phrase("schema.title")
    return {
        "$schema": _DRAFT,
        "title": f"{title.id} ({title.en})",
        **_described(phrase("schema.about").id, phrase("schema.about").en),
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _shared_schemas() -> Schema:
    found = deepcopy(dict(_SHARED))
    for schema in found.values():
        for part in schema["anyOf"]:
            for node in list(_nodes(part)):
                _tidy(node)
    return found


def _definition(kind: str) -> str:
    return "".join(part.capitalize() for part in kind.split("_")) + "Step"


def _step_schema() -> Schema:
    kinds = [
        {
            "if": {"required": ["rule"], "properties": {"rule": {"const": kind}}},
            "then": {"$ref": f"#/$defs/{_definition(kind)}"},
        }
        for kind in BUILT_IN_MODELS
    ]
    rule = _model_schema(StepModel)["properties"]["rule"]
    return {
        "type": "object",
        "required": ["rule", "title"],
        "properties": {"rule": rule | {"type": "string", "examples": list(BUILT_IN_MODELS)}},
        "allOf": kinds,
    }


def _kind_schema(kind: str) -> Schema:
    """Give the schema of a step of one rule kind: what every step says, and what the rule says."""
    common, own = _model_schema(StepModel), _model_schema(BUILT_IN_MODELS[kind])
    help_text = phrase(f"kind_help.{kind}")
    described = _described(help_text.id, help_text.en)
    properties = {
        **common["properties"],
        "rule": {"const": kind, **described},
        **own["properties"],
    }
    for key, schema in _KEYS.get(kind, {}).items():
        kept = {k: v for k, v in properties[key].items() if "description" in k}
        properties[key] = {**schema, **kept}
    title = phrase(f"kind.{kind}")
    return {
        "$defs": {**common.get("$defs", {}), **own.get("$defs", {})},
        "title": f"{title.id} ({title.en})",
        **described,
        "type": "object",
        "properties": properties,
        "required": [*common.get("required", []), *own.get("required", [])],
        "additionalProperties": False,
        "examples": [SAMPLES[kind]],
    }


def _model_schema(model: type[BaseModel]) -> Schema:
    schema = model.model_json_schema(by_alias=True)
    schema.pop("description", None)
    for definition in schema.get("$defs", {}).values():
        # The docstring of a model speaks to programmers; its keys carry the help.
        definition.pop("description", None)
    for node in list(_nodes(schema)):
        _share(node)
    for node in list(_nodes(schema)):
        _tidy(node)
    return schema


def _nodes(schema: Schema) -> Iterator[Schema]:
    """Walk through a schema and every schema inside it, the inner ones first."""
    for key in _BY_NAME:
        for part in schema.get(key, {}).values():
            yield from _nodes(part)
    for key in _ONE:
        if isinstance(schema.get(key), dict):
            yield from _nodes(schema[key])
    for key in _SEVERAL:
        for part in schema.get(key, ()):
            yield from _nodes(part)
    yield schema


def _share(node: Schema) -> None:
    """Refer to a value that is written alike in many places."""
    for name, shared in _SHARED.items():
        if node.get("anyOf") == shared["anyOf"]:
            for key in shared:
                del node[key]
            node["$ref"] = f"#/$defs/{name}"
        elif node.get("anyOf") == [*shared["anyOf"], _NULL]:
            node["anyOf"] = [{"$ref": f"#/$defs/{name}"}, _NULL]


def _tidy(node: Schema) -> None:
    """Turn what pydantic says of a value into what an editor should know of it."""
    node.pop("title", None)  # made from the key, it says nothing more
    if node.get("default", ...) in (None, "", [], {}):
        del node["default"]
    if "x-description-en" in node and "description" in node:
        node |= _described(node["description"], node["x-description-en"])
    plain = node.get("type") == "string" and not {"enum", "const", "pattern", "format"} & set(node)
    if plain:
        node["type"] = ["string", "number"]
    if node.get("type") == "integer":
        node["type"] = ["integer", "string"]
        node["pattern"] = "^-?[0-9]+$"
    if "patternProperties" in node:
        node["additionalProperties"] = False


def _described(indonesian: str, english: str) -> Schema:
    return {
        "description": f"{indonesian}\n(en) {english}",
        "x-description-en": english,
    }
