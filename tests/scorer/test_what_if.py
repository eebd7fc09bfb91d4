"""Both results of a changed record, and every step between the input and them that differs."""

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st
from policies_samples import JUMP, SKP

from kinerja.asn import catalog
from kinerja.errors import InputError
from kinerja.formula.types import ListType
from kinerja.policy import parse_policy
from kinerja.scorer import Scorer
from kinerja.scorer.graph import needed
from kinerja.scorer.read import read_record
from kinerja.scorer.run import run_steps
from kinerja.verify import read_examples

SCORER = Scorer(parse_policy(SKP).program)


def record(**more):
    items = [
        {"nama": "laporan", "target": 10, "realisasi": 8, "bobot": 60},
        {"nama": "layanan", "target": 200, "realisasi": 150, "bobot": 40},
    ]
    return {"id": "p1", "butir": items, "perilaku": 80, **more}


def steps(comparison):
    return {change.name: change for change in comparison.steps}


def changes_of(text, given_record, changes):
    return steps(Scorer(parse_policy(text).program).what_if(given_record, changes))


def policy(*lines):
    head = (
        "schema: 1",
        "id: kecil",
        "version: 1.0.0",
        "title: kecil",
        "in_force: {from: 2024-01-01}",
        "bases: {}",
    )
    return "\n".join((*head, *lines))


class TestFollowing:
    def test_a_change_is_followed_from_the_input_to_the_label(self):
        comparison = SCORER.what_if(record(), {"perilaku": 100})
        assert [change.name for change in comparison.steps] == ["nilai", "rentang"]
        nilai = steps(comparison)["nilai"]
        assert (nilai.before.figures.id, nilai.after.figures.id) == (
            "60 % × 78 + 40 % × 80",
            "60 % × 78 + 40 % × 100",
        )
        assert (nilai.before.value.id, nilai.after.value.id) == ("78,80", "86,80")
        assert (nilai.moved.id, nilai.moved.en) == ("+8,00", "+8.00")
        assert nilai.follows == ("perilaku",)
        assert nilai.stops is None

    def test_it_stops_where_the_number_stays_in_its_band(self):
        comparison = SCORER.what_if(record(), {"perilaku": 100})
        rentang = steps(comparison)["rentang"]
        assert (rentang.stops, rentang.follows) == ("band", ("nilai",))
        assert rentang.before.value == rentang.after.value
        assert comparison.unmoved == len(SCORER.program.steps) - 1

    def test_steps_that_the_change_does_not_reach_are_not_listed(self):
        assert "capaian" not in steps(SCORER.what_if(record(), {"perilaku": 100}))

    def test_a_change_of_an_item_is_shown_by_the_name_of_the_item(self):
        comparison = SCORER.what_if(record(), {"butir[1].realisasi": 180})
        [line] = comparison.inputs
        assert (line.path, line.title.id) == ("butir[1].realisasi", "realisasi: layanan")
        assert (line.before.id, line.after.id, line.moved.id) == ("150", "180", "+30")
        capaian = steps(comparison)["capaian"]
        assert [[cell.id for cell in row] for row in capaian.items.rows] == [
            ["layanan", "75", "90", "+15"]
        ]
        assert capaian.follows == ("butir",)
        assert steps(comparison)["hasil"].follows == ("capaian",)

    def test_results_stand_in_the_order_of_the_policy(self):
        comparison = SCORER.what_if(record(), {"perilaku": 100})
        shown = [(r.path, r.same, r.main) for r in comparison.results]
        assert shown[:2] == [("nilai", False, True), ("predikat", True, True)]

    def test_what_follows_is_given_before_and_after(self):
        comparison = SCORER.what_if(record(), {"perilaku": 0, "butir[0].realisasi": 1})
        before, after = comparison.follow_ups
        assert (before, [text.id for text in after]) == ((), ["pembinaan"])

    def test_values_are_frozen(self):
        comparison = SCORER.what_if(record(), {})
        with pytest.raises(FrozenInstanceError):
            comparison.unmoved = 0


class TestStops:
    def test_a_rounding_that_takes_the_difference_away(self):
        # 8.0025 and 8.0024 both round to 8.00.
        text = policy(
            "inputs: {a: {type: number, title: a}}",
            "steps:",
            "  n: {rule: formula, title: n, is: a, round: {digits: 2, mode: half_up}}",
            "publish: [n]",
        )
        n = changes_of(text, {"a": "8.0025"}, {"a": "8.0024"})["n"]
        assert n.stops == "rounding"
        assert (n.before.unrounded.id, n.after.unrounded.id) == ("8,0025", "8,0024")

    def test_a_limit_that_holds_the_value_of_an_item(self):
        items = [{"nama": "x", "target": 10, "realisasi": 13, "bobot": 100}]
        comparison = SCORER.what_if(record(butir=items), {"butir[0].realisasi": 14})
        [capaian] = comparison.steps
        assert (capaian.name, capaian.stops) == ("capaian", "limit")
        assert [[cell.id for cell in row] for row in capaian.items.rows] == [
            ["x", "120", "120", ""]
        ]

    def test_labels_of_an_item_that_stay(self):
        """The annex of PermenPANRB 8/2021 gives each indicator a label by its range and by conditions."""
        example = examples("permenpanrb-8-2021-jpt")[0]
        changes = {"iki[0].realisasi": "70.5"}
        found = steps(Scorer(example.program).what_if(example.record, changes))
        assert found["kategori_rentang"].stops == "band"
        assert found["kategori_iki"].stops == "label"

    def test_an_item_whose_other_fields_change_is_not_reached(self):
        assert "capaian" not in steps(SCORER.what_if(record(), {"butir[0].bobot": 50}))

    def test_a_limit_that_holds_on_both_sides(self):
        text = policy(
            "inputs: {a: {type: number, title: a}}",
            "steps:",
            "  n: {rule: formula, title: n, is: 'min(a, 100)'}",
            "publish: [n]",
        )
        n = changes_of(text, {"a": 101}, {"a": 130})["n"]
        assert n.stops == "limit"
        assert "101" in n.before.applied[0].id
        assert "130" in n.after.applied[0].id

    def test_a_limit_that_begins_to_bite_does_not_stop_the_change(self):
        text = policy(
            "inputs: {a: {type: number, title: a}}",
            "steps:",
            "  n: {rule: formula, title: n, is: 'min(a, 100)'}",
            "publish: [n]",
        )
        n = changes_of(text, {"a": 99}, {"a": 130})["n"]
        assert (n.stops, n.moved.id) == (None, "+1")
        assert (n.before.applied, len(n.after.applied)) == ((), 1)

    def test_a_condition_that_comes_out_as_before(self):
        text = policy(
            "inputs: {a: {type: number, title: a}, b: {type: number, title: b}}",
            "steps:",
            "  n: {rule: condition, title: n, cases: [{when: a >= 10, is: b}], otherwise: '0'}",
            "publish: [n]",
        )
        n = changes_of(text, {"a": 12, "b": 3}, {"a": 15})["n"]
        assert (n.stops, n.follows) == ("value", ("a",))

    def test_a_case_that_was_not_asked_is_not_reached(self):
        text = policy(
            "inputs: {a: {type: number, title: a}, b: {type: number, title: b}}",
            "steps:",
            "  n: {rule: condition, title: n, cases: [{when: a >= 10, is: b}], otherwise: '0'}",
            "publish: [n]",
        )
        assert changes_of(text, {"a": 2, "b": 3}, {"b": 5}) == {}

    def test_a_jump_is_followed(self):
        # PP 46/2011: 24 % efficiency is still rewarded, a little more is not.
        given_record = {"target": 12, "realisasi": "9.12"}
        found = changes_of(JUMP, given_record, {"realisasi": "9.11"})
        assert found["nilai"].before.value.id == "100,00"
        assert found["nilai"].before.formula != found["nilai"].after.formula
        assert found["sebutan"].before.value.id == "Sangat Baik"
        assert found["sebutan"].stops is None


class TestMissing:
    def test_none_means_that_the_value_is_missing(self):
        comparison = SCORER.what_if(record(), {"perilaku": None})
        assert (comparison.before.status, comparison.after.status) == ("complete", "incomplete")
        assert (comparison.reasons[0], [r.id for r in comparison.reasons[1]]) == (
            (),
            ["nilai perilaku tidak diisi"],
        )
        nilai = steps(comparison)["nilai"]
        assert (nilai.after.value, nilai.moved) == (None, None)
        assert nilai.after.applied[0].id == "nilai perilaku tidak diisi"

    def test_another_reason_is_another_value(self):
        comparison = SCORER.what_if(record(perilaku=None), {"butir": None})
        assert steps(comparison)["nilai"].stops is None
        assert len(comparison.reasons[0]) < len(comparison.reasons[1])

    def test_a_value_that_was_missing_may_be_given(self):
        comparison = SCORER.what_if(record(perilaku=None), {"perilaku": 80})
        assert comparison.inputs[0].before is None
        assert comparison.after == SCORER.score(record())


class TestLists:
    def test_a_whole_list_may_be_replaced(self):
        items = [*record()["butir"], {"nama": "baru", "target": 1, "realisasi": 1, "bobot": 0}]
        comparison = SCORER.what_if(record(), {"butir": items})
        [line] = comparison.inputs
        assert (line.before.id, line.after.id, line.note.id) == (
            "2 butir",
            "3 butir",
            "1 butir diubah",
        )
        rows = steps(comparison)["capaian"].items.rows
        assert [(row[0].id, row[1], row[2].id) for row in rows] == [("baru", None, "100")]

    def test_items_of_one_name_are_told_apart_by_their_places(self):
        items = [{**item, "nama": "laporan"} for item in record()["butir"]]
        found = steps(SCORER.what_if(record(butir=items), {"butir[1].realisasi": 180}))
        assert [[cell.id for cell in row] for row in found["capaian"].items.rows] == [
            ["laporan", "75", "90", "+15"]
        ]

    def test_an_item_without_a_name_has_its_place(self):
        comparison = SCORER.what_if(record(), {"butir[1].nama": None, "butir[1].realisasi": 180})
        assert [line.title.id for line in comparison.inputs] == [
            "indikator: layanan",
            "realisasi: layanan",
        ]
        assert [[cell.id for cell in row] for row in steps(comparison)["capaian"].items.rows] == [
            ["2", "75", "90", "+15"]
        ]

    def test_items_of_a_list_that_is_replaced_are_found_by_their_names(self):
        first, second = record()["butir"]
        comparison = SCORER.what_if(record(), {"butir": [{**second, "realisasi": 180}, first]})
        assert [[cell.id for cell in row] for row in steps(comparison)["capaian"].items.rows] == [
            ["layanan", "75", "90", "+15"]
        ]

    def test_where_names_do_not_tell_items_apart_places_do(self):
        items = [{**item, "nama": "laporan"} for item in record()["butir"]]
        replaced = [items[0], {**items[1], "realisasi": 180}]
        comparison = SCORER.what_if(record(butir=items), {"butir": replaced})
        assert [[cell.id for cell in row] for row in steps(comparison)["capaian"].items.rows] == [
            ["laporan", "75", "90", "+15"]
        ]

    def test_a_list_is_used_up_once_and_never_changed(self):
        items = record()["butir"]
        comparison = SCORER.what_if(record(butir=(i for i in items)), {"butir[0].realisasi": 10})
        assert comparison.before == SCORER.score(record())
        assert comparison.after["nilai"] > comparison.before["nilai"]

    def test_items_that_are_never_shown_are_counted(self):
        example = example_of("sikap-360", "lengkap")
        changes = {"penilaian[0].nilai": 1, "penilaian[3].nilai": 2, "penilaian[4].nilai": 5}
        comparison = Scorer(example.program).what_if(example.record, changes)
        [line] = comparison.inputs
        assert (line.path, line.before, line.after) == ("penilaian", line.after, line.before)
        assert line.note.id == "2 butir diubah"
        assert all(change.items is None for change in comparison.steps)


# Every shipped policy, with the values of its examples.


def example_of(name, wanted):
    found = catalog.read(name, unnamed="assume")
    examples = read_examples(catalog.examples_paths(name)[0], found)
    return next(example for example in examples if example.id == wanted)


def usable(name):
    """Give the examples of a policy whose record can be scored."""
    examples = read_examples(catalog.examples_paths(name)[0], catalog.read(name, unnamed="assume"))
    return [e for e in examples if not read_record(e.record, e.program.inputs)[1]]


USABLE = {}


def examples(name):
    if name not in USABLE:
        USABLE[name] = usable(name)
    return USABLE[name]


@st.composite
def changed_examples(draw):
    """Give a policy, the place of an example, and values of others for some of its inputs and items."""
    policy_id = draw(st.sampled_from(catalog.ids()))
    found = examples(policy_id)
    place_of_example = draw(st.integers(0, len(found) - 1))
    example = found[place_of_example]
    others = [other.record for other in found]
    changes = {}
    for declared in example.program.inputs:
        if not draw(st.booleans()):
            continue
        name = declared.name
        values = [other.get(name) for other in others] + [None]
        items = example.record.get(name)
        if isinstance(declared.type, ListType) and items and draw(st.booleans()):
            place = draw(st.integers(0, len(items) - 1))
            field = draw(st.sampled_from(sorted(declared.type.fields)))
            values = [item.get(field) for other in others for item in other.get(name) or ()]
            name = f"{name}[{place}].{field}"
        changes[name] = draw(st.sampled_from([*values, None]))
    return policy_id, place_of_example, changes


def by_hand(given_record, changes):
    changed = {**given_record}
    for path, value in changes.items():
        name, bracket, rest = path.partition("[")
        if not bracket:
            changed[name] = value
            continue
        place, _, field = rest.partition("].")
        items = [dict(item) for item in changed[name]]
        items[int(place)][field] = value
        changed[name] = items
    return changed


def given_by(step, state):
    if step.over is None:
        return state[step.name]
    items = state[step.over]
    return [item[step.name] for item in items] if isinstance(items, list) else items


class TestShippedPolicies:
    """The comparison is the two results, and leaves out no step that differs."""

    @given(changed_examples())
    def test_it_is_scoring_the_changed_record(self, changed):
        policy_id, place, changes = changed
        example = examples(policy_id)[place]
        scorer = Scorer(example.program)
        other = by_hand(example.record, changes)
        issues = read_record(other, example.program.inputs)[1]
        if issues:
            with pytest.raises(InputError) as refused:
                scorer.what_if(example.record, changes)
            assert list(refused.value.issues) == issues
            return
        after = scorer.score(other)
        comparison = scorer.what_if(example.record, changes)
        assert comparison.before == scorer.score(example.record)
        assert comparison.after == after
        assert dict(comparison.after.steps) == dict(after.steps)

        states = [
            run_steps(example.program, read_record(given_record, example.program.inputs)[0])
            for given_record in (example.record, other)
        ]
        listed = steps(comparison)
        order = [step.name for step in example.program.steps if step.name in listed]
        assert [change.name for change in comparison.steps] == order
        for step in example.program.steps:
            same = given_by(step, states[0]) == given_by(step, states[1])
            if step.name not in listed:
                assert same, step.name
            else:
                assert same == (listed[step.name].stops is not None), step.name
        used = set().union(*(needed(example.program, state) for state in states))
        assert comparison.unmoved == sum(
            step.name in used and given_by(step, states[0]) == given_by(step, states[1])
            for step in example.program.steps
        )
        for result in comparison.results:
            same = states[0][result.path] == states[1][result.path]
            assert same == result.same

    @pytest.mark.parametrize("name", catalog.ids())
    def test_the_same_values_change_nothing(self, name):
        for example in examples(name)[:3]:
            scorer = Scorer(example.program)
            named = {i.name: example.record.get(i.name) for i in example.program.inputs}
            for changes in ({}, named):
                comparison = scorer.what_if(example.record, changes)
                assert comparison.steps == ()
                assert comparison.before == comparison.after
                assert all(change.same for change in comparison.inputs)
                assert all(result.same and result.moved is None for result in comparison.results)
                assert len(comparison.inputs) == len(changes)

    @given(changed_examples())
    def test_it_can_be_printed_in_both_languages(self, changed):
        policy_id, place, changes = changed
        example = examples(policy_id)[place]
        try:
            comparison = Scorer(example.program).what_if(example.record, changes)
        except InputError:
            return
        for lang in ("id", "en"):
            text = comparison.to_text(lang)
            assert max(map(len, text.split("\n"))) <= 100
            assert "{" not in text
