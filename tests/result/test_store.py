"""Stored results and explanations: nothing is lost, and damaged data is refused in full."""

import json
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import SAMPLES, SKP, same
from strategies_explanation import explanations, json_values, names, values_of_steps

from kinerja.errors import InputError
from kinerja.result import Explanation, Line, Result
from kinerja.result.store import from_plain, result_from_dict, result_to_dict, to_plain
from kinerja.values import LegalBasis, Reason
from kinerja.words import Text


class Source:
    """What a scorer hands to a result."""

    def __init__(self, explanation=SKP, steps=None, inputs=None):
        self._parts = explanation, steps or {}, inputs or {}

    def explain(self):
        return self._parts[0]

    def steps(self):
        return self._parts[1]

    def inputs(self):
        return self._parts[2]


VALUES = {"nilai": Decimal("90.20"), "rasio": Fraction(2, 37), "predikat": "baik", "lulus": True}
INPUTS = {
    "skp": [{"target": "95", "realisasi": "91.5", "judul": "berkas"}, {"target": None}],
    "menit": "74",
    "tugas_luar": False,
    "mulai": "2026-01-01",
    "catatan": None,
}


def result(**changes):
    values = changes.pop("values", VALUES)
    steps = changes.pop("steps", {**values, "hasil_kerja": Decimal("95.2"), "jalur": "a"})
    inputs = changes.pop("inputs", INPUTS)
    return Result(
        **{
            "policy_id": "skp-dukcapil",
            "policy_version": "3",
            "fingerprint": SKP.policy.fingerprint,
            "library_version": "0.1.0",
            "id": "199003152014032001",
            "values": values,
            "source": Source(steps=steps, inputs=inputs),
            "follow_ups": ("penghargaan",),
            "warnings": ("KNJ430 …",),
            "plugins": ("terlambat (kinerja-pemkab 0.4.1)",),
            **changes,
        }
    )


def through_json(data):
    return json.loads(json.dumps(data))


def issues_of(read, data):
    with pytest.raises(InputError) as caught:
        read(data)
    return {(issue.code, issue.path) for issue in caught.value.issues}


class TestExplanation:
    @pytest.mark.parametrize("name", SAMPLES)
    def test_a_sample_comes_back_equal_through_json(self, name):
        explanation = SAMPLES[name]
        assert Explanation.from_dict(through_json(explanation.to_dict())) == explanation

    @given(explanations)
    @settings(max_examples=60)
    def test_any_explanation_comes_back_equal_through_json(self, explanation):
        assert from_plain(Explanation, through_json(to_plain(explanation))) == explanation

    @given(explanations)
    @settings(max_examples=50)
    def test_numbers_labels_flags_and_missing_values_stay_apart(self, explanation):
        back = from_plain(Explanation, through_json(to_plain(explanation)))
        kinds = {name: type(value) for name, value in explanation.values.items()}
        assert {name: type(value) for name, value in back.values.items()} == kinds

    def test_what_an_older_version_stored_is_read(self):
        given = tuple(replace(lever, items=same("1 dari 2 butir")) for lever in SKP.levers)
        new = replace(SKP, follow_up_reasons=SKP.follow_ups, levers=given)
        data = through_json(to_plain(new))
        del data["follow_up_reasons"]
        for lever in data["levers"]:
            del lever["items"]
        assert from_plain(Explanation, data) == SKP

    def test_a_reason_for_each_thing_that_follows_or_none(self):
        data = through_json(to_plain(replace(SKP, follow_up_reasons=SKP.follow_ups)))
        data["follow_up_reasons"].pop()
        assert issues_of(Explanation.from_dict, data) == {("KNJ444", "")}

    def test_the_stored_form_is_pleasant_to_read(self):
        basis = LegalBasis(title="PP 30/2019", note=Text("batas", "limit"))
        line = Line(
            name="nilai",
            title=Text.same("nilai"),
            value=Text("76,61", "76.61"),
            basis=(basis,),
            published=True,
        )
        assert to_plain(line) == {
            "name": "nilai",
            "title": "nilai",
            "value": {"id": "76,61", "en": "76.61"},
            "basis": [
                {
                    "title": "PP 30/2019",
                    "status": "unverified",
                    "note": {"id": "batas", "en": "limit"},
                }
            ],
            "published": True,
        }

    def test_a_legal_basis_is_read_alone(self):
        basis = LegalBasis(title="PP 30/2019", clause="Pasal 41", status="own", source="x")
        assert from_plain(LegalBasis, to_plain(basis)) == basis

    def test_a_tuple_reads_like_a_list(self):
        plain = to_plain(SKP)
        plain["lines"] = tuple(plain["lines"])
        assert from_plain(Explanation, plain) == SKP


class TestResult:
    def test_a_result_comes_back_equal_through_json(self):
        stored = result()
        back = Result.from_dict(through_json(stored.to_dict()))
        assert back == stored
        assert back.explanation == stored.explanation
        assert back.inputs == stored.inputs
        assert back.library_version == stored.library_version
        assert back.plugins == stored.plugins

    def test_every_step_can_still_be_asked_for(self):
        back = result_from_dict(result_to_dict(result()))
        assert back["nilai"] == Decimal("90.20")
        assert back["hasil_kerja"] == Decimal("95.2")
        assert dict(back.steps) == dict(result().steps)
        with pytest.raises(KeyError):
            back["lain"]

    def test_values_are_read_by_a_query_without_unpacking(self):
        plain = result_to_dict(result())
        assert plain["values"] == {
            "nilai": "90.20",
            "rasio": "2/37",
            "predikat": "baik",
            "lulus": True,
        }
        assert plain["steps"] == {"hasil_kerja": "95.2", "jalur": "a"}
        assert plain["numbers"] == ["nilai", "rasio", "hasil_kerja"]
        assert plain["schema"] == 1
        assert plain["status"] == "complete"

    def test_trailing_zeros_of_a_rounded_number_stay(self):
        back = result_from_dict(result_to_dict(result()))
        assert str(back["nilai"]) == "90.20"

    def test_a_whole_fraction_stays_a_fraction(self):
        back = result_from_dict(result_to_dict(result(values={"n": Fraction(3)}, steps={})))
        assert isinstance(back["n"], Fraction)

    def test_numbers_of_thousands_of_digits_come_back(self):
        large = Fraction(10**5000 + 1, 3**5000)
        back = result_from_dict(result_to_dict(result(values={"n": large}, steps={})))
        assert back["n"] == large

    def test_reasons_make_it_incomplete(self):
        stored = result(values={"nilai": None}, reasons=(Reason("input_missing", "menit"),))
        plain = through_json(stored.to_dict())
        assert plain["reasons"] == [{"code": "input_missing", "subject": "menit"}]
        assert plain["status"] == "incomplete"
        assert Result.from_dict(plain) == stored

    def test_a_reason_of_a_plug_in_that_is_not_here_is_given_as_stored(self):
        stored = result(reasons=(Reason("ditunda", "menit"), Reason("input_missing", "menit")))
        assert stored.reason_texts("id") == ("ditunda: menit", "menit tidak diisi")

    @given(values_of_steps, values_of_steps, st.none() | names)
    @settings(max_examples=60)
    def test_any_values_come_back_equal(self, values, steps, name):
        stored = result(values=values, steps={**steps, **values}, id=name)
        back = result_from_dict(through_json(result_to_dict(stored)))
        assert back == stored
        assert dict(back.steps) == dict(stored.steps)
        assert result_to_dict(back) == result_to_dict(stored)


class TestDamagedData:
    @pytest.mark.parametrize("data", [None, 3, "teks", [], {}, {"lines": []}, float("nan")])
    @pytest.mark.parametrize("read", [Result.from_dict, Explanation.from_dict])
    def test_something_else_is_named_as_such(self, read, data):
        assert issues_of(read, data) == {("KNJ440", "")}

    @pytest.mark.parametrize(
        "schema", [0, 2, True, "1", 1.0, None, pytest.param(10**5000, id="huge")]
    )
    def test_another_form_number_is_refused(self, schema):
        data = {**result_to_dict(result()), "schema": schema}
        assert issues_of(Result.from_dict, data) == {("KNJ441", "schema")}

    def test_everything_wrong_is_listed_at_once(self):
        data = through_json(result_to_dict(result()))
        del data["fingerprint"]
        data["policy_id"] = 7
        data["catatan"] = "milik sendiri"
        data["values"]["nilai"] = "sembilan puluh"
        data["values"]["predikat"] = 3
        data["values"]["lain"] = 1.5
        data["numbers"].append("hilang")
        data["plugins"] = "satu"
        data["reasons"] = [{"code": 1}]
        data["inputs"]["menit"] = 74.5
        data["inputs"]["skp"].append({1: "x"})
        data["inputs"]["lain"] = {1, 2}
        data["status"] = "selesai"
        data["explanation"]["lines"][0]["title"] = {"id": "x"}
        data["explanation"]["lines"][1]["value"] = ["x"]
        data["explanation"]["lines"][2]["basis"][0]["status"] = "resmi"
        data["explanation"]["target"] = ["x"]
        data["explanation"]["levers"][2]["grid"] = "2"
        data["explanation"]["inputs"] = {}
        assert issues_of(Result.from_dict, data) == {
            ("KNJ442", ""),
            ("KNJ444", "policy_id"),
            ("KNJ443", ""),
            ("KNJ446", "values.nilai"),
            ("KNJ444", "values.predikat"),
            ("KNJ444", "values.lain"),
            ("KNJ447", "numbers"),
            ("KNJ444", "plugins"),
            ("KNJ444", "reasons[0].code"),
            ("KNJ446", "inputs.menit"),
            ("KNJ444", "inputs.skp[2]"),
            ("KNJ444", "inputs.lain"),
            ("KNJ445", "status"),
            ("KNJ442", "explanation.lines[0].title"),
            ("KNJ444", "explanation.lines[1].value"),
            ("KNJ445", "explanation.lines[2].basis[0].status"),
            ("KNJ444", "explanation.target"),
            ("KNJ444", "explanation.levers[2].grid"),
            ("KNJ444", "explanation.inputs"),
        }

    def test_a_misspelt_key_is_answered_with_the_nearest_one(self):
        data = result_to_dict(result())
        data["polcy_id"] = data.pop("policy_id")
        with pytest.raises(InputError) as caught:
            Result.from_dict(data)
        words = [issue.message("en") for issue in caught.value.issues]
        assert words == [
            'the key "polcy_id" is not known, known keys are: policy_id',
            'the key "policy_id" is missing',
        ]

    @pytest.mark.parametrize("status", ["incomplete", "complete"])
    def test_a_status_against_the_reasons_is_refused(self, status):
        reasons = () if status == "incomplete" else (Reason("no_items", "skp"),)
        data = {**result_to_dict(result(reasons=reasons)), "status": status}
        assert issues_of(Result.from_dict, data) == {("KNJ448", "status")}

    @pytest.mark.parametrize("text", ["", "1,5", "1e5", " 1", "1/0", "1/-2", "NaN", "9" * 100_001])
    def test_a_number_is_written_in_one_way_only(self, text):
        data = result_to_dict(result(values={"n": Decimal(1)}, steps={}))
        data["values"]["n"] = text
        assert issues_of(Result.from_dict, data) == {("KNJ446", "values.n")}

    @pytest.mark.parametrize("held", [None, True])
    def test_only_a_text_can_be_a_number(self, held):
        data = result_to_dict(result(values={"n": held}, steps={}))
        data["numbers"] = ["n"]
        assert issues_of(Result.from_dict, data) == {("KNJ447", "numbers")}

    @pytest.mark.parametrize(
        ("key", "value", "issue"),
        [
            ("values", [], ("KNJ444", "values")),
            ("steps", None, ("KNJ444", "steps")),
            ("numbers", [1], ("KNJ444", "numbers[0]")),
            ("inputs", [], ("KNJ444", "inputs")),
            ("explanation", {}, ("KNJ440", "explanation")),
            ("values", {1: "x"}, ("KNJ444", "values")),
            (1, "x", ("KNJ443", "")),
        ],
    )
    def test_a_part_of_another_shape_is_refused_at_its_place(self, key, value, issue):
        data = {**result_to_dict(result()), key: value}
        assert issue in issues_of(Result.from_dict, data)

    def test_a_text_in_one_language_is_refused(self):
        plain = to_plain(SKP)
        plain["warnings"] = [{"id": "x", "en": 3}, {"id": "x", "en": "y", "de": "z"}]
        assert issues_of(Explanation.from_dict, plain) == {
            ("KNJ444", "warnings[0].en"),
            ("KNJ443", "warnings[1]"),
        }

    @pytest.mark.parametrize("data", [3, None, [], "PP 30/2019"])
    def test_a_legal_basis_that_is_no_object_is_refused(self, data):
        with pytest.raises(InputError) as caught:
            from_plain(LegalBasis, data)
        assert [(i.code, i.path) for i in caught.value.issues] == [("KNJ444", "")]

    def test_a_table_with_a_row_of_another_length_is_refused(self):
        plain = to_plain(SKP)
        plain["lines"][0]["items"]["rows"][2].pop()
        assert issues_of(Explanation.from_dict, plain) == {("KNJ444", "lines[0].items")}

    def test_nesting_without_end_is_refused(self):
        deep = to_plain(SKP.lines[2])
        for _ in range(100):
            deep = {**deep, "parts": [deep]}
        plain = {**to_plain(SKP), "lines": [deep]}
        assert {code for code, _ in issues_of(Explanation.from_dict, plain)} == {"KNJ449"}
        endless = []
        for _ in range(100_000):
            endless = [endless]
        data = {**result_to_dict(result()), "inputs": {"x": endless}, "id": endless}
        assert {code for code, _ in issues_of(Result.from_dict, data)} == {"KNJ449", "KNJ444"}

    @given(json_values)
    @settings(max_examples=150)
    def test_any_data_is_read_or_refused(self, data):
        for known in ({}, {"schema": 1}):
            whole = {**known, **data} if isinstance(data, dict) else data
            for read in (Result.from_dict, Explanation.from_dict):
                with pytest.raises(InputError):
                    read(whole)

    @given(st.data())
    @settings(max_examples=300)
    def test_damage_anywhere_is_read_or_refused(self, data):
        stored = result()
        plain = deepcopy(result_to_dict(stored))
        for _ in range(data.draw(st.integers(1, 3))):
            damage(plain, data)
        try:
            back = Result.from_dict(plain)
        except InputError as error:
            refused = error
        else:
            assert Result.from_dict(back.to_dict()) == back
            return
        assert refused.issues
        assert str(refused)


def damage(plain, data):
    """Walk to some place in the data and put something else there, or take it away."""
    place = plain
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, (dict, list)) or data.draw(st.integers(0, 3)) == 0:
            break
        place = inner
    if data.draw(st.booleans()):
        place[key] = data.draw(json_values)
    else:
        del place[key]
