"""A decision gives another result beside the contested one, by the same policy, and says why."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.asn import catalog
from kinerja.cohort import Appeal, AppealCase, decide_appeal
from kinerja.cohort.appeal_store import result_receipt
from kinerja.errors import InputError
from kinerja.policy import parse_policy
from kinerja.result import Result
from kinerja.scorer import Scorer
from kinerja.scorer.read import read_record
from kinerja.verify import read_examples

POLICY = """
schema: 1
id: kinerja-kami
version: 1.0.0
title: Kinerja pegawai
in_force: {from: 2025-01-01}
bases: {}
scales:
  predikat: {ordered: true, labels: {kurang: Kurang, cukup: Cukup, baik: Baik}}
inputs:
  indikator:
    type: list
    title: indikator kinerja
    item_title: nama
    fields:
      nama: {type: text, title: indikator}
      realisasi: {type: number, title: realisasi, limits: {from: 0, to: 120}}
  perilaku: {type: number, title: perilaku kerja, limits: {from: 0, to: 100}}
  catatan: {type: text, title: catatan, required: false}
steps:
  hasil:
    rule: formula
    title: hasil kerja
    is: mean(realisasi for indikator)
  nilai:
    rule: weighted_mean
    title: nilai
    weights: {hasil: 60 %, perilaku: 40 %}
    round: {digits: 1, mode: half_up}
  predikat:
    rule: bands
    title: predikat
    scale: predikat
    of: nilai
    bands: [{label: kurang, below: 60}, {label: cukup, from: 60, below: 80}, {label: baik, from: 80}]
  dicatat:
    rule: formula
    title: dicatat
    is: not is_missing(catatan)
publish: [nilai, predikat]
"""
SCORER = Scorer(parse_policy(POLICY).program)
NEXT = Scorer(parse_policy(POLICY.replace("version: 1.0.0", "version: 1.0.1")).program)
OTHER = Scorer(parse_policy(POLICY.replace("60 %", "50 %").replace("40 %", "50 %")).program)
CASE = AppealCase(
    id="p1",
    office="Kepala Dinas",
    grounds="realisasi triwulan IV belum dihitung",
    filed=date(2025, 1, 10),
    decided=date(2025, 1, 16),
)

#: Examples of a shipped policy that are looked at.
MOST = 2


def score(perilaku=75, **more):
    items = [{"nama": "laporan", "realisasi": 80}, {"nama": "layanan", "realisasi": 70}]
    return SCORER.score({"id": "p1", "indikator": items, "perilaku": perilaku, **more})


def codes(error):
    return sorted((issue.code, issue.path) for issue in error.value.issues)


def refused(contested, *, scorer=SCORER, changes=None, case=CASE):
    with pytest.raises(InputError) as error:
        decide_appeal(scorer, contested, changes=changes or {}, case=case)
    return codes(error)


def as_json(data):
    return json.loads(json.dumps(data))


class TestDecision:
    def test_a_correction_gives_a_new_result_beside_the_contested_one(self):
        contested = score()
        stored = deepcopy(contested.to_dict())
        appeal = decide_appeal(SCORER, contested, changes={"perilaku": 95}, case=CASE)
        assert appeal.outcome == "changed"
        assert appeal.contested is contested
        assert contested.to_dict() == stored
        assert (appeal.contested["predikat"], appeal.decided["predikat"]) == ("cukup", "baik")
        assert appeal.decided == score(95)

    def test_both_results_are_linked_by_receipts_and_one_fingerprint(self):
        appeal = decide_appeal(SCORER, score(), changes={"perilaku": 95}, case=CASE)
        assert appeal.contested_receipt == result_receipt(score())
        assert appeal.decided_receipt == result_receipt(score(95))
        assert appeal.contested_receipt != appeal.decided_receipt
        assert appeal.policy.fingerprint == appeal.contested.fingerprint
        assert appeal.policy.fingerprint == appeal.decided.fingerprint

    def test_what_was_corrected_is_told_from_and_to(self):
        changes = {"indikator[1].realisasi": "90", "perilaku": 75}
        appeal = decide_appeal(SCORER, score(), changes=changes, case=CASE)
        (correction,) = appeal.corrections
        assert correction.path == "indikator[1].realisasi"
        assert (correction.before.id, correction.after.id) == ("70", "90")

    def test_the_difference_goes_step_by_step(self):
        appeal = decide_appeal(SCORER, score(), changes={"indikator[1].realisasi": 90}, case=CASE)
        steps = [(s.name, s.before.value.id, s.after.value.id) for s in appeal.difference.steps]
        assert steps == [
            ("hasil", "75", "85"),
            ("nilai", "75,0", "81,0"),
            ("predikat", "Cukup", "Baik"),
        ]

    def test_a_correction_may_leave_the_published_values(self):
        appeal = decide_appeal(SCORER, score(), changes={"catatan": "diperiksa"}, case=CASE)
        assert appeal.outcome == "changed"
        assert not appeal.moves_result
        assert dict(appeal.decided.values) == dict(appeal.contested.values)

    def test_a_value_missing_for_another_reason_is_no_other_result(self):
        record = {"id": "p7", "hasil_kerja": "di_atas_ekspektasi", "perilaku_kerja": None}
        scorer = catalog.load("kuadran-6-2022")
        case = replace(CASE, id="p7")
        found = decide_appeal(
            scorer, scorer.score(record), changes={"hasil_kerja": None}, case=case
        )
        assert (found.outcome, found.moves_result) == ("changed", False)

    def test_a_result_read_back_is_decided_like_a_fresh_one(self):
        fresh = decide_appeal(SCORER, score(), changes={"perilaku": 95}, case=CASE)
        read_back = Result.from_dict(as_json(score().to_dict()))
        assert decide_appeal(SCORER, read_back, changes={"perilaku": 95}, case=CASE) == fresh

    def test_a_misspelt_key_is_still_told_of_the_contested_result(self):
        contested = score(None, perilku=75)
        assert contested.warnings
        appeal = decide_appeal(SCORER, contested, changes={"perilaku": 75}, case=CASE)
        assert appeal.contested.warnings == contested.warnings
        assert appeal.decided.warnings == ()
        confirmed = decide_appeal(SCORER, contested, changes={}, case=CASE)
        assert confirmed.decided.warnings == contested.warnings

    def test_an_incomplete_result_may_be_completed(self):
        appeal = decide_appeal(SCORER, score(None), changes={"perilaku": 75}, case=CASE)
        assert appeal.contested.status == "incomplete"
        assert appeal.decided.status == "complete"

    @given(st.integers(0, 100))
    def test_to_confirm_keeps_the_very_result(self, perilaku):
        contested = score(perilaku)
        appeal = decide_appeal(SCORER, contested, changes={}, case=CASE)
        assert appeal.outcome == "confirmed"
        assert appeal.decided is contested
        assert appeal.decided_receipt == appeal.contested_receipt
        assert appeal.corrections == ()
        assert not appeal.moves_result

    @given(st.integers(0, 100), st.integers(0, 100))
    def test_change_and_change_back_gives_the_first_result(self, first, second):
        if first == second:
            return
        there = decide_appeal(SCORER, score(first), changes={"perilaku": second}, case=CASE)
        later = replace(CASE, filed=date(2025, 1, 20), decided=date(2025, 1, 21))
        back = decide_appeal(SCORER, there, changes={"perilaku": first}, case=later)
        assert back.decided == there.contested
        assert back.decided_receipt == there.contested_receipt


class TestChain:
    def test_an_appeal_on_an_appeal_contests_what_the_first_decided(self):
        first = decide_appeal(SCORER, score(), changes={"perilaku": 95}, case=CASE)
        later = replace(CASE, office="Sekda", filed=date(2025, 1, 20), decided=date(2025, 1, 22))
        read_back = Appeal.from_dict(as_json(first.to_dict()))
        second = decide_appeal(SCORER, read_back, changes={"perilaku": 60}, case=later)
        assert second.contested == first.decided
        assert second.previous == first.receipt
        assert second.is_on(first)
        assert not first.is_on(second)
        assert Appeal.from_dict(as_json(second.to_dict())) == second

    def test_a_result_alone_does_not_link_to_an_appeal(self):
        first = decide_appeal(SCORER, score(), changes={"perilaku": 95}, case=CASE)
        second = decide_appeal(SCORER, first.decided, changes={"perilaku": 60}, case=CASE)
        assert second.previous is None
        assert not second.is_on(first)

    def test_it_is_not_filed_before_the_first_is_decided(self):
        first = decide_appeal(SCORER, score(), changes={"perilaku": 95}, case=CASE)
        assert refused(first, changes={"perilaku": 60}) == [("KNJ853", "filed")]


class TestRefusals:
    def test_another_version_of_the_policy(self):
        found = refused(score(), scorer=NEXT, changes={"perilaku": 95})
        assert ("KNJ850", "policy_version") in found

    def test_the_same_version_with_another_meaning(self):
        found = refused(score(), scorer=OTHER, changes={"perilaku": 95})
        assert found == [("KNJ850", "fingerprint")]

    @pytest.mark.parametrize(
        ("part", "name", "value", "path"),
        [
            ("values", "nilai", "99.0", "values.nilai"),
            ("values", "predikat", "baik", "values.predikat"),
            ("steps", "hasil", "80", "steps.hasil"),
        ],
    )
    def test_a_stored_value_that_was_altered(self, part, name, value, path):
        stored = as_json(score().to_dict())
        stored[part][name] = value
        found = refused(Result.from_dict(stored), changes={"perilaku": 95})
        assert found == [("KNJ851", path)]

    def test_a_stored_input_that_was_altered(self):
        stored = as_json(score().to_dict())
        stored["inputs"]["perilaku"] = "95"
        found = refused(Result.from_dict(stored), changes={"perilaku": 60})
        assert found == [("KNJ851", "values.nilai"), ("KNJ851", "values.predikat")]

    def test_an_explanation_that_was_altered(self):
        stored = as_json(score().to_dict())
        stored["explanation"]["lines"][0]["figures"] = "(80 + 100) ÷ 2"
        found = refused(Result.from_dict(stored), changes={"perilaku": 60})
        assert found == [("KNJ851", "explanation")]

    def test_the_explanation_of_another_version_of_the_library_may_have_other_words(self):
        stored = as_json(score().to_dict())
        stored["explanation"]["lines"][0]["figures"] = "80 + 70 dibagi 2"
        stored["library_version"] = "0.0.1"
        read_back = Result.from_dict(stored)
        assert decide_appeal(SCORER, read_back, changes={}, case=CASE).decided == read_back

    def test_a_stored_input_that_no_step_reads_otherwise(self):
        stored = as_json(score().to_dict())
        stored["inputs"]["perilaku"] = "75.0"
        stored["inputs"]["indikator"][0]["nama"] = "lain"
        del stored["explanation"]["lines"][:]
        found = refused(Result.from_dict(stored))
        assert found == [("KNJ851", "inputs.perilaku")]

    def test_stored_inputs_that_no_longer_can_be_read(self):
        stored = as_json(score().to_dict())
        stored["inputs"]["perilaku"] = "banyak"
        found = refused(Result.from_dict(stored), changes={"indikator[0].realisasi": 60})
        assert found == [("KNJ401", "inputs.perilaku")]

    def test_everything_that_is_wrong_is_told_at_once(self):
        stored = as_json(score().to_dict())
        stored["values"]["predikat"] = "baik"
        case = AppealCase(
            id="p2",
            office=" ",
            grounds="",
            filed=date(2025, 1, 10),
            decided=date(2025, 1, 9),
            received=date(2025, 1, 11),
        )
        found = refused(Result.from_dict(stored), changes={"perilku": 95, "nilai": 90}, case=case)
        assert found == [
            ("KNJ640", "perilku"),
            ("KNJ644", "nilai"),
            ("KNJ851", "values.predikat"),
            ("KNJ852", "grounds"),
            ("KNJ852", "office"),
            ("KNJ853", "decided"),
            ("KNJ853", "filed"),
            ("KNJ855", "id"),
        ]

    def test_a_correction_to_what_the_record_holds(self):
        changes = {"perilaku": "75.0", "indikator[0].realisasi": 80}
        assert refused(score(), changes=changes) == [
            ("KNJ854", "indikator[0].realisasi"),
            ("KNJ854", "perilaku"),
        ]

    def test_a_new_value_outside_its_limits(self):
        assert refused(score(), changes={"perilaku": 101}) == [("KNJ402", "perilaku")]

    def test_a_time_of_day_is_no_day(self):
        case = replace(CASE, filed=datetime(2025, 1, 10, 8))  # noqa: DTZ001 - a time without zone
        assert refused(score(), case=case) == [("KNJ410", "filed")]

    def test_the_id_is_no_input(self):
        assert refused(score(), changes={"id": "p2"}) == [("KNJ640", "id")]


class TestStore:
    @given(st.integers(0, 100), st.none() | st.integers(0, 100), st.none() | st.dates())
    def test_an_appeal_reads_back_as_it_was(self, before, after, received):
        received = None if received is None else min(received, CASE.filed)
        changes = {} if after == before else {"perilaku": after}
        case = replace(CASE, received=received)
        appeal = decide_appeal(SCORER, score(before), changes=changes, case=case)
        read_back = Appeal.from_dict(as_json(appeal.to_dict()))
        assert read_back == appeal
        assert read_back.to_dict() == appeal.to_dict()
        assert read_back.receipt == appeal.receipt == appeal.to_dict()["receipt"]

    def test_the_receipt_does_not_depend_on_the_order_of_keys(self):
        appeal = decide_appeal(SCORER, score(), changes={"perilaku": 95}, case=CASE)

        def turned(data):
            if isinstance(data, dict):
                return {key: turned(data[key]) for key in reversed(list(data))}
            return [turned(part) for part in data] if isinstance(data, list) else data

        read_back = Appeal.from_dict(turned(as_json(appeal.to_dict())))
        assert read_back.receipt == appeal.receipt
        assert read_back == appeal

    @pytest.mark.parametrize(
        "path",
        [
            ("case", "grounds"),
            ("case", "office"),
            ("contested", "values", "predikat"),
            ("decided", "values", "predikat"),
            ("difference", "steps", 0, "before", "figures"),
        ],
        ids=str,
    )
    def test_altered_content_does_not_fit_its_receipt(self, path):
        appeal = decide_appeal(SCORER, score(), changes={"perilaku": 95}, case=CASE)
        data = as_json(appeal.to_dict())
        *way, last = path
        held = data
        for part in way:
            held = held[part]
        held[last] = "baik" if held[last] == "cukup" else "cukup"
        with pytest.raises(InputError) as error:
            Appeal.from_dict(data)
        assert {issue.code for issue in error.value.issues} == {"KNJ859"}
        assert "receipt" in {issue.path for issue in error.value.issues}

    @pytest.mark.parametrize(
        ("path", "value", "code"),
        [
            (("case", "filed"), "10 Januari", "KNJ410"),
            (("case", "office"), None, "KNJ444"),
            (("outcome",), "granted", "KNJ445"),
            (("contested",), None, "KNJ440"),
            (("decided",), None, "KNJ440"),
            (("schema",), 2, "KNJ441"),
            (("difference",), [], "KNJ444"),
        ],
        ids=str,
    )
    def test_damaged_data_are_refused(self, path, value, code):
        appeal = decide_appeal(SCORER, score(), changes={"perilaku": 95}, case=CASE)
        data = as_json(appeal.to_dict())
        held = data
        for part in path[:-1]:
            held = held[part]
        held[path[-1]] = value
        with pytest.raises(InputError) as error:
            Appeal.from_dict(data)
        assert code in {issue.code for issue in error.value.issues}

    def test_a_confirmed_result_is_stored_once(self):
        data = decide_appeal(SCORER, score(), changes={}, case=CASE).to_dict()
        assert data["decided"] is None
        assert data["decided_receipt"] == data["contested_receipt"]

    def test_the_keys_read_like_columns(self):
        appeal = decide_appeal(SCORER, score(), changes={"perilaku": 95}, case=CASE)
        assert list(appeal.to_dict()) == [
            "schema",
            "id",
            "outcome",
            "case",
            "policy",
            "contested_receipt",
            "decided_receipt",
            "previous",
            "veiled",
            "contested",
            "decided",
            "difference",
            "receipt",
        ]


def examples(name):
    found = catalog.read(name, unnamed="assume")
    for example in read_examples(catalog.examples_paths(name)[0], found):
        if not read_record(example.record, example.program.inputs)[1]:
            yield example


class TestShippedPolicies:
    @pytest.mark.parametrize("name", catalog.ids())
    def test_every_result_gives_itself_and_can_be_confirmed(self, name):
        for example in list(examples(name))[:MOST]:
            scorer = Scorer(example.program)
            result = scorer.score({**example.record, "id": "p1"})
            stored = Result.from_dict(as_json(result.to_dict()))
            appeal = decide_appeal(scorer, stored, changes={}, case=CASE)
            assert appeal.decided_receipt == result_receipt(result)
            assert Appeal.from_dict(as_json(appeal.to_dict())) == appeal

    @pytest.mark.parametrize("name", catalog.ids())
    def test_what_one_example_has_can_correct_another(self, name):
        first, *others = list(examples(name))[:MOST]
        scorer = Scorer(first.program)
        result = scorer.score({**first.record, "id": "p1"})
        for other in others:
            names = [i.name for i in first.program.inputs]
            changes = {each: other.record.get(each) for each in names}
            corrected = scorer.score({**changes, "id": "p1"})
            if corrected.inputs == result.inputs:
                continue
            appeal = decide_appeal(scorer, result, changes=changes, case=CASE)
            assert appeal.decided == corrected
            assert appeal.moves_result == (dict(corrected.values) != dict(result.values))
            assert Appeal.from_dict(as_json(appeal.to_dict())) == appeal
