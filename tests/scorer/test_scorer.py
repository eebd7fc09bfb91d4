"""One record in, one result out: nothing the caller does later changes it."""

import copy
import json
import pickle
from collections import OrderedDict, UserDict, defaultdict
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from policies_samples import SKP

import kinerja
from kinerja.errors import InputError
from kinerja.policy import parse_policy
from kinerja.result import Result
from kinerja.scorer import Scorer
from kinerja.words import say

SCORER = Scorer(parse_policy(SKP).program)
DATES = """
schema: 1
id: tanggal
version: 1.0.0
title: tanggal
in_force: {from: 2024-01-01}
bases: {}
inputs:
  mulai: {type: date, title: mulai}
  hari: {type: number, title: hari}
steps:
  selesai: {rule: formula, title: selesai, is: mulai + hari}
publish: [selesai]
"""


def record(**more):
    butir = [
        {"nama": "a", "target": 12, "realisasi": "9.1", "bobot": 60},
        {"nama": "b", "target": 10, "realisasi": 11.5, "bobot": Decimal(40)},
    ]
    return {"id": "198501", "butir": butir, "perilaku": 91, **more}


def told(result):
    """Everything a result says, made when it is asked for."""
    return (dict(result.values), dict(result.steps), result.inputs, str(result.explanation))


items = st.fixed_dictionaries(
    {
        "nama": st.none() | st.text(max_size=5),
        "target": st.integers(1, 50) | st.floats(1, 50) | st.just("1/3"),
        "realisasi": st.none() | st.integers(0, 60) | st.just(Decimal("1.5")),
        "bobot": st.sampled_from([100, 50, "50", None]),
    }
)
records = st.fixed_dictionaries(
    {},
    optional={
        "id": st.none() | st.text(max_size=5) | st.integers(),
        "butir": st.none() | st.lists(items, max_size=4) | st.lists(items, max_size=2).map(tuple),
        "perilaku": st.none() | st.integers(0, 100) | st.just("90"),
        "perilakku": st.integers(),
        "ide_baru": st.none() | st.booleans(),
    },
)


class TestSnapshot:
    @pytest.mark.parametrize("perilaku", [91, None], ids=["complete", "incomplete"])
    def test_changing_the_record_later_changes_nothing(self, perilaku):
        mine = record(perilaku=perilaku)
        expected = told(SCORER.score(copy.deepcopy(mine)))
        result = SCORER.score(mine)
        mine["butir"][0]["realisasi"] = 1000
        mine["butir"].append({"nama": "c"})
        mine["perilaku"] = 0
        del mine["id"]
        assert told(result) == expected
        assert result.id == "198501"

    @pytest.mark.parametrize(
        "row", [dict, OrderedDict, lambda item: defaultdict(str, item), UserDict]
    )
    @pytest.mark.parametrize("sequence", [list, tuple, iter])
    def test_whatever_mappings_and_sequences_it_is_made_of(self, row, sequence):
        expected = told(SCORER.score(record()))
        rows = [row(item) for item in record()["butir"]]
        result = SCORER.score(record(butir=sequence(rows)))
        for item in rows:
            item["realisasi"] = 1000
        assert told(result) == expected

    def test_an_array_of_items(self):
        numpy = pytest.importorskip("numpy")
        rows = record()["butir"]
        array = numpy.array(rows, dtype=object)
        result = SCORER.score(record(butir=array))
        array[0] = None
        rows[0]["realisasi"] = 0
        assert told(result) == told(SCORER.score(record()))

    @pytest.mark.parametrize("kind", [OrderedDict, UserDict, MappingProxyType])
    def test_any_mapping_is_a_record(self, kind):
        assert told(SCORER.score(kind(record()))) == told(SCORER.score(record()))

    def test_the_record_itself_is_left_alone(self):
        mine = record()
        SCORER.score(mine).explanation  # noqa: B018 - made on first use
        assert mine == record()

    @pytest.mark.parametrize("raw", [None, 5, "teks", [("a", 1)], [record()]])
    def test_what_is_no_mapping_is_refused(self, raw):
        with pytest.raises(InputError) as error:
            SCORER.score(raw)
        assert [issue.code for issue in error.value.issues] == ["KNJ412"]


class TestResults:
    def test_a_complete_record_has_every_published_value(self):
        result = SCORER.score(record())
        assert result.status == "complete"
        assert result["nilai"] == Decimal("91.30")
        assert result.reasons == ()

    def test_a_missing_value_makes_the_result_incomplete_with_its_reason(self):
        result = SCORER.score(record(perilaku=None))
        assert result.status == "incomplete"
        assert result["nilai"] is None
        assert [str(reason) for reason in result.reasons] == ["input_missing: perilaku"]
        assert result.reason_texts("en") == (say("reason.input_missing", "en", subject="perilaku"),)

    def test_every_issue_is_raised_at_once(self):
        with pytest.raises(InputError) as error:
            SCORER.score(record(perilaku="x", ide_baru="ya"))
        assert [issue.path for issue in error.value.issues] == ["perilaku", "ide_baru"]

    def test_any_step_can_be_asked_for(self):
        result = SCORER.score(record())
        assert "hasil" not in result.values
        assert result["hasil"] == Decimal("91.5")
        with pytest.raises(KeyError):
            result["hasill"]

    def test_a_key_near_a_missing_input_is_told(self):
        result = SCORER.score({"perilakku": 91, "butir": []})
        [warning] = result.warnings
        assert warning.startswith("KNJ430")
        assert "perilakku" in warning
        assert "perilakku" in str(result.explanation)

    @pytest.mark.parametrize(
        ("name", "shown"),
        [(None, None), ("a", "a"), (7, "7"), (10**5000, '"<int>"')],
        ids=range(4),
    )
    def test_the_id_names_the_record(self, name, shown):
        result = SCORER.score(record(id=name))
        assert result.id == shown

    @pytest.mark.parametrize(
        ("days", "shown"), [(5, "2024-02-05"), (-31, "2023-12-31"), ("1/2", "2024-01-31")]
    )
    def test_a_date_is_told_as_a_day(self, days, shown):
        scorer = Scorer(parse_policy(DATES).program)
        assert scorer.score({"mulai": "2024-01-31", "hari": days})["selesai"] == shown

    @pytest.mark.parametrize("days", [10**7, -(10**7), 10**30])
    def test_a_day_outside_the_calendar_is_missing_with_its_reason(self, days):
        scorer = Scorer(parse_policy(DATES).program)
        result = scorer.score({"mulai": "2024-01-31", "hari": days})
        assert result.status == "incomplete"
        assert [str(reason) for reason in result.reasons] == ["outside_calendar: selesai"]
        assert dict(result.steps) == {"selesai": None}

    def test_the_receipt_names_policy_and_library(self):
        result = SCORER.score(record())
        note = SCORER.program.note
        assert (result.policy_id, result.policy_version) == (note.id, note.version)
        assert result.fingerprint == note.fingerprint
        assert result.library_version == kinerja.__version__
        assert repr(SCORER) == "<Scorer skp-contoh 1.0.0>"


class TestAgain:
    @given(records)
    def test_a_rescored_result_is_equal(self, some):
        try:
            result = SCORER.score(some)
        except InputError:
            return
        again = SCORER.rescore(result)
        assert again == result
        assert told(again) == told(result)

    @given(records)
    def test_a_stored_result_scores_to_itself(self, some):
        try:
            result = SCORER.score(some)
        except InputError:
            return
        stored = Result.from_dict(json.loads(json.dumps(result.to_dict())))
        assert stored == result
        assert SCORER.rescore(stored) == result

    def test_a_pickled_scorer_scores_the_same(self):
        twin = pickle.loads(pickle.dumps(SCORER))  # noqa: S301 - made here
        assert twin.program == SCORER.program
        assert told(twin.score(record())) == told(SCORER.score(record()))

    @pytest.mark.parametrize("perilaku", [91, None], ids=["complete", "incomplete"])
    def test_a_pickled_result_tells_the_same(self, perilaku):
        result = SCORER.score(record(perilaku=perilaku))
        twin = pickle.loads(pickle.dumps(result))  # noqa: S301 - made here
        assert twin == result
        assert told(twin) == told(result)

    def test_threads_share_a_scorer(self):
        mine = [record(id=n, perilaku=n % 101) for n in range(200)]
        expected = [SCORER.score(one) for one in mine]
        with ThreadPoolExecutor(8) as pool:
            results = list(pool.map(SCORER.score, mine))
            texts = list(pool.map(lambda result: str(result.explanation), results[:16]))
        assert results == expected
        assert texts == [str(result.explanation) for result in expected[:16]]


@given(records)
def test_scoring_raises_nothing_but_input_errors(some):
    try:
        result = SCORER.score(some)
    except InputError:
        return
    assert (result.status == "complete") is all(v is not None for v in result.values.values())
    assert all(
        isinstance(v, (Decimal, Fraction, str, bool, type(None))) for v in result.values.values()
    )
