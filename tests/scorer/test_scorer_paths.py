from collections import UserDict

import pytest
from compiled_samples import NUMBER, RATINGS, optional, program

from kinerja import InputError
from kinerja.formula import nodes as n
from kinerja.scorer import Scorer

TOTAL = program(
    n.Reduce("sum", "r", n.Field("score")) + n.Ref("x"), inputs={"x": NUMBER, "r": RATINGS}
)
MAY = program(n.Reduce("sum", "r", n.Field("score")), inputs={"r": optional("r", RATINGS)})


def record(*scores):
    return {"id": 7, "x": 1, "r": [{"score": score} for score in scores]}


class TestARecordOfItsOwn:
    """A result keeps what it was made from, whatever the caller does afterwards."""

    def test_items_of_a_tuple_are_copied_too(self):
        items = ({"score": 2}, {"score": 3})
        result = Scorer(TOTAL).score({"x": 1, "r": items})
        items[0]["score"] = 50
        assert [item["score"] for item in result.inputs["r"]] == ["2", "3"]

    def test_a_list_that_can_be_read_only_once_is_read_once(self):
        result = Scorer(TOTAL).score({"x": 1, "r": ({"score": s} for s in (2, 3))})
        assert result["s"] == 6
        assert [item["score"] for item in result.inputs["r"]] == ["2", "3"]

    def test_items_of_other_mappings_are_scored(self):
        result = Scorer(TOTAL).score({"x": 1, "r": [UserDict(score=2), {"score": 3}]})
        assert result["s"] == 6

    def test_a_mapping_answers_for_keys_it_does_not_list(self):
        class Folded(UserDict):
            def get(self, key, default=None):
                return super().get(key.upper(), default)

        assert Scorer(TOTAL).score(Folded(X=1, R=[{"score": 2}]))["s"] == 3


def test_a_result_by_the_compiled_path_equals_one_by_the_reference():
    scorer, slow = Scorer(TOTAL), Scorer(TOTAL)
    # Every record takes the reference path.
    slow._fast = lambda record: None
    for given in (record(2, 3), record(86.625), record("1/3"), record()):
        assert scorer.score(given) == slow.score(given)
        assert list(scorer.score(given).values.items()) == list(slow.score(given).values.items())


@pytest.mark.parametrize("given", [{}, {"r": None}, {"r": float("nan")}])
def test_an_optional_list_may_be_missing(given):
    assert Scorer(MAY).score(given).status == "incomplete"


@pytest.mark.parametrize("given", [{"r": "abc"}, {"r": 7}, {"r": {"score": 1}}, [("r", [])], None])
def test_what_is_no_list_or_no_record_is_refused(given):
    with pytest.raises(InputError):
        Scorer(MAY).score(given)
