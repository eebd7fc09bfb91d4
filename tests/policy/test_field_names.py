"""A step per item becomes a field of its list, so it may not have the name of one."""

from __future__ import annotations

import pytest

from kinerja.errors import PolicyError
from kinerja.policy import parse_policy

TEXT = """\
schema: 1
id: coba
version: 1.0.0
title: Coba
in_force: {from: 2024-01-01}
bases: {}
inputs:
  butir:
    type: list
    title: butir
    fields: {nilai: {type: number}}
steps:
  nilai: {rule: formula, title: nilai, for_each: butir, is: nilai * 2}
  total: {rule: formula, title: total, is: sum(nilai for butir)}
publish: [total]
"""


def test_a_step_per_item_with_the_name_of_a_field_is_refused():
    with pytest.raises(PolicyError) as caught:
        parse_policy(TEXT)
    assert [(issue.code, issue.line) for issue in caught.value.issues] == [("KNJ213", 13)]


def test_the_same_step_under_another_name_is_fine():
    text = TEXT.replace(
        "nilai: {rule: formula, title: nilai", "ganda: {rule: formula, title: ganda"
    )
    text = text.replace("sum(nilai for", "sum(ganda for")
    assert parse_policy(text).program.step("ganda").over == "butir"
