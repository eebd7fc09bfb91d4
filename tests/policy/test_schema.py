"""The JSON Schema of the policy file takes what `kinerja` takes, and helps in both languages."""

import json

import pytest
from jsonschema import Draft202012Validator

from kinerja.asn import catalog
from kinerja.policy.model import PolicyModel, StepModel
from kinerja.policy.rule_models import BUILT_IN_MODELS
from kinerja.policy.rule_samples import SAMPLES
from kinerja.policy.schema import policy_schema
from kinerja.policy.shape import shape
from kinerja.policy.source import parse_yaml, read_yaml

SCHEMA = policy_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
STEP = Draft202012Validator({"$defs": SCHEMA["$defs"], "$ref": "#/$defs/Step"})

SMALL = """
schema: 1
id: contoh
version: 1.0.0
title: contoh
in_force: {from: 2024-01-01}
bases: {kami: {title: aturan kami, status: own}}
inputs: {a: {type: number, title: a}}
steps:
  b: {rule: formula, title: b, is: a * 2}
publish: [b]
"""


def as_an_editor_reads(tree):
    """Give plain data as a YAML reader gives it that knows numbers."""
    match tree:
        case dict():
            return {key: as_an_editor_reads(part) for key, part in tree.items()}
        case list():
            return [as_an_editor_reads(part) for part in tree]
        case str():
            for kind in (int, float):
                try:
                    return kind(tree)
                except ValueError:
                    pass
    return tree


def faults(validator, tree):
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(tree)]


def changed(old, new):
    return parse_yaml(SMALL.replace(old, new)).tree


def test_it_is_a_schema_of_draft_2020_12():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("reading", [lambda tree: tree, as_an_editor_reads])
@pytest.mark.parametrize("policy", catalog.ids())
def test_shipped_policies_conform(policy, reading):
    tree = read_yaml(catalog.path_of(policy)).tree
    assert faults(VALIDATOR, reading(tree)) == []


@pytest.mark.parametrize("kind", BUILT_IN_MODELS)
class TestRuleKinds:
    def test_its_sample_conforms(self, kind):
        sample = dict(SAMPLES[kind])
        assert sample["rule"] == kind
        assert faults(STEP, sample) == []
        assert faults(STEP, as_an_editor_reads(sample)) == []

    def test_its_sample_fits_the_models(self, kind):
        sample = dict(SAMPLES[kind])
        common = {field.alias or name for name, field in StepModel.model_fields.items()}
        step = {key: part for key, part in sample.items() if key in common}
        rule = {key: part for key, part in sample.items() if key not in common}
        assert isinstance(shape(StepModel, step, ()), StepModel)
        assert shape(BUILT_IN_MODELS[kind], rule, ()).build().kind == kind

    def test_a_misspelt_key_is_a_fault(self, kind):
        assert faults(STEP, {**SAMPLES[kind], "tilte": "x"})

    def test_every_key_has_help_in_both_languages(self, kind):
        definition = SCHEMA["$defs"]["".join(p.capitalize() for p in kind.split("_")) + "Step"]
        assert definition["title"].endswith(")")
        for key, part in definition["properties"].items():
            indonesian, _, english = part["description"].partition("\n(en) ")
            assert (bool(indonesian), english) == (True, part["x-description-en"]), key


def test_every_key_of_the_whole_file_has_help():
    keys = SCHEMA["properties"]
    assert set(keys) == {f.alias or name for name, f in PolicyModel.model_fields.items()}
    assert all("\n(en) " in part["description"] for part in keys.values())


class TestWhatItTakes:
    def test_the_small_policy_conforms(self):
        assert faults(VALIDATOR, changed("", "")) == []

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("schema: 1", "schema: 2"),
            ("id: contoh", "id: Contoh Kami"),
            ("version: 1.0.0", "version: '1'"),
            ("title: contoh\n", ""),
            ("status: own", "status: sendiri"),
            ("type: number", "type: angka"),
            ("rule: formula", "rule: rumus"),
            ("is: a * 2", "is: [a]"),
            ("publish: [b]", "publish: b"),
            ("publish: [b]", "publish: []"),
            ("inputs: {a:", "inputs: {A:"),
            ("publish:", "terbit: [b]\npublish:"),
        ],
    )
    def test_faults_are_found_while_typing(self, old, new):
        assert SMALL.count(old) == 1
        assert faults(VALIDATOR, changed(old, new))

    def test_rule_kinds_of_plug_ins_are_allowed_where_plug_ins_are_named(self):
        tree = changed("rule: formula", "rule: kenaikan")
        assert faults(VALIDATOR, tree)
        assert faults(VALIDATOR, {**tree, "plugins": ["contoh"]}) == []

    def test_an_end_of_the_scale_must_be_said(self):
        sample = {**SAMPLES["achievement"], "cap": "none"}
        assert faults(STEP, sample) == []
        assert faults(STEP, {**sample, "cap": None})
        assert faults(STEP, {key: part for key, part in sample.items() if key != "cap"})

    def test_tables_nest_as_deep_as_their_keys(self):
        sample = {**SAMPLES["matrix"], "cells": {"a": {"b": {"c": "baik"}}}}
        assert faults(STEP, sample) == []
        assert faults(STEP, {**sample, "cells": {"a": ["b"]}})
        assert faults(STEP, {**sample, "cells": {}})
