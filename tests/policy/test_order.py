"""Steps are computed after what they read, whatever order the file lists them in."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.errors import PolicyError
from kinerja.formula import nodes as n
from kinerja.formula.parse import parse_formula
from kinerja.policy import parse_policy
from kinerja.policy.order import circles, mentioned, ordered
from kinerja.rules import ItemWeights, WeightedMean
from kinerja.scorer import Scorer

HEAD = """
schema: 1
id: contoh
version: 1.0.0
title: contoh
in_force: {from: 2024-01-01}
bases: {kami: {title: aturan kami, status: own}}
inputs:
  penilaian:
    type: list
    title: penilaian
    fields: {nilai: {type: number, title: nilai}, bobot: {type: number, title: bobot}}
"""


def codes(text):
    with pytest.raises(PolicyError) as caught:
        parse_policy(text)
    return [(i.code, i.path) for i in caught.value.issues if i.severity == "error"]


LISTS = {"penilaian": {"nilai", "bobot"}}


class TestWhatARuleReads:
    def test_a_part_of_a_step_is_a_need_of_the_step(self):
        assert mentioned(parse_formula("panel.mean + x")) == {"panel.mean", "panel", "x"}

    def test_a_field_hides_a_step_of_the_same_name_inside_its_list(self):
        formula = parse_formula("mean(nilai + bonus for penilaian if bobot > 0)")
        assert mentioned(formula, lists=LISTS) == {"penilaian", "bonus"}

    def test_outside_the_list_the_same_name_is_the_step(self):
        formula = parse_formula("nilai + mean(nilai for penilaian)")
        assert mentioned(formula, lists=LISTS) == {"penilaian", "nilai"}

    def test_rules_over_a_list_read_its_fields(self):
        items = ItemWeights(over="penilaian", value=n.Ref("nilai"), weight=n.Ref("bobot_langkah"))
        assert mentioned(WeightedMean(of=items), lists=LISTS) == {"bobot_langkah"}

    def test_a_rule_for_each_item_reads_the_fields_of_that_item_only_outside_other_lists(self):
        formula = parse_formula("nilai * sum(lain for penilaian)")
        lists = {"penilaian": {"lain"}, "butir": {"nilai"}}
        assert mentioned(formula, lists=lists, item=lists["butir"]) == {"penilaian"}

    def test_parts_of_a_rule_in_mappings_and_tuples_are_read(self):
        weights = WeightedMean(of=((n.Ref("a"), Fraction(1)),))
        assert mentioned({"x": [weights, n.Ref("b")]}) == {"a", "b"}


class TestPolicies:
    def test_a_step_may_have_the_name_of_the_field_it_sums_up(self):
        text = f"""{HEAD}
steps:
  nilai: {{rule: formula, title: nilai, is: sum(nilai for penilaian)}}
publish: [nilai]
"""
        program = parse_policy(text).program
        rows = [{"nilai": 2, "bobot": 1}, {"nilai": 3, "bobot": 1}]
        assert Scorer(program).score({"penilaian": rows})["nilai"] == 5

    def test_a_circle_hides_no_other_fault_and_brings_none(self):
        text = f"""{HEAD}
steps:
  a: {{rule: formula, title: a, is: b + 1}}
  b: {{rule: formula, title: b, is: a + 1}}
  c: {{rule: formula, title: c, is: b + d}}
  d: {{rule: formula, title: d, is: e * 2}}
  e: {{rule: formula, title: e, is: tidak_ada}}
publish: [c]
"""
        assert codes(text) == [("KNJ211", "steps.a"), ("KNJ230", "steps.e")]


class TestOrder:
    @given(
        st.lists(st.integers(0, 9), unique=True, max_size=10).flatmap(
            lambda names: st.fixed_dictionaries(
                {
                    name: st.sets(st.sampled_from(names[:place]), max_size=3)
                    if place
                    else st.just(set())
                    for place, name in enumerate(names)
                }
            )
        )
    )
    def test_every_step_comes_after_what_it_needs_and_only_once(self, needs):
        needs = {str(name): {str(other) for other in others} for name, others in needs.items()}
        order = ordered(dict(reversed(needs.items())))
        assert sorted(order) == sorted(needs)
        for name, others in needs.items():
            assert all(order.index(other) < order.index(name) for other in others)

    def test_without_needs_the_order_of_the_file_stays(self):
        assert ordered({"b": set(), "a": set()}) == ["b", "a"]

    def test_every_circle_is_closed_with_its_first_step(self):
        found = circles({"a": {"b"}, "b": {"a"}, "c": {"c"}, "d": {"a"}})
        assert sorted(map(sorted, map(set, found))) == [["a", "b"], ["c"]]
        assert all(circle[0] == circle[-1] for circle in found)
