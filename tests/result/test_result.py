"""What a result answers, wherever its parts come from."""

from decimal import Decimal

import pytest
from samples import KUADRAN

from kinerja.result import Result
from kinerja.values import Reason


class CountingSource:
    """A source that counts how often it is asked to explain."""

    def __init__(self):
        self.explained = 0

    def explain(self):
        self.explained += 1
        return KUADRAN

    def steps(self):
        return {"hasil": "baik", "antara": Decimal("1.50")}

    def inputs(self):
        return {"a": "1"}


def result(source=None, **changes):
    parts = {
        "policy_id": "p",
        "policy_version": "1",
        "fingerprint": "sha256:00",
        "library_version": "0.1.0",
        "id": None,
        "values": {"hasil": "baik"},
        "source": source or CountingSource(),
    }
    return Result(**{**parts, **changes})


def test_the_explanation_is_made_once_and_only_when_asked_for():
    source = CountingSource()
    scored = result(source)
    assert scored["hasil"] == "baik"
    assert source.explained == 0
    assert scored.explanation is scored.explanation
    assert source.explained == 1


def test_a_step_that_is_not_published_can_be_asked_for():
    assert result()["antara"] == Decimal("1.50")
    assert set(result().steps) == {"hasil", "antara"}


def test_an_unknown_step_is_a_key_error():
    with pytest.raises(KeyError):
        result()["lain"]


def test_equal_answers_by_the_same_policy_are_equal():
    assert result() == result()
    assert hash(result()) == hash(result())


@pytest.mark.parametrize(
    "change",
    [
        {"id": "x"},
        {"fingerprint": "sha256:01"},
        {"values": {"hasil": "cukup"}},
        {"warnings": ("w",)},
        {"plugins": ("p",)},
    ],
)
def test_another_policy_or_answer_makes_another_result(change):
    assert result(**change) != result()


def test_a_result_equals_nothing_else():
    assert result() != {"hasil": "baik"}


def test_a_reason_makes_it_incomplete():
    assert result().status == "complete"
    assert result(reasons=(Reason("no_items", "skp"),)).status == "incomplete"


def test_the_short_form_names_policy_status_and_values():
    assert repr(result()) == "<Result p 1 complete: hasil=baik>"
