"""Weights that would not be read are refused, so that nobody believes they count."""

from __future__ import annotations

import pytest

from kinerja.asn import catalog
from kinerja.errors import PolicyError
from kinerja.policy import parse_policy

SIKAP = catalog.path_of("sikap-360").read_text(encoding="utf-8")


def codes(text):
    with pytest.raises(PolicyError) as caught:
        parse_policy(text)
    return [(issue.code, issue.path) for issue in caught.value.issues]


def test_weights_beside_compositions_are_refused():
    weights = "weights: {atasan: 60 %, rekan: 25 %, bawahan: 15 %}"
    text = SIKAP.replace("    within: mean\n", f"    within: mean\n    {weights}\n")
    assert codes(text) == [("KNJ276", "steps.panel.weights")]


def test_compositions_beside_another_treatment_are_refused():
    text = SIKAP.replace("missing_group: composition", "missing_group: zero")
    assert ("KNJ276", "steps.panel.compositions") in codes(text)
