"""The assessment period chooses the rule, not the day of the assessment."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.asn import catalog
from kinerja.errors import PolicyError
from kinerja.policy.model import InForceModel
from kinerja.values import Period

WHOLE = InForceModel.model_validate({"from": "2021-01-01", "until": "2021-12-31", "whole": True})
HALF = InForceModel.model_validate({"from": "2021-07-01", "until": "2021-12-31"})
OPEN = InForceModel.model_validate({"from": "2022-01-01"})


def refused(family, period):
    with pytest.raises(PolicyError) as error:
        catalog.for_period(family, period)
    [issue] = error.value.issues
    return issue


@pytest.mark.parametrize(
    ("period", "whole", "half", "open_"),
    [
        ("2021", True, False, False),
        ("2021-H1", False, False, False),
        ("2021-H2", False, True, False),
        ("2021-Q3", False, True, False),
        ("2021-06", False, False, False),
        ("2021-12", False, True, False),
        ("2022", False, False, True),
        ("2022-01", False, False, True),
        ("2031-Q4", False, False, True),
    ],
)
def test_a_span_covers_a_period_as_a_whole_or_not_at_all(period, whole, half, open_):
    span = Period.parse(period)
    assert [rule.covers(span) for rule in (WHOLE, HALF, OPEN)] == [whole, half, open_]


days = st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 1, 1))


@given(days, st.integers(0, 900), st.sampled_from([WHOLE, HALF, OPEN]))
def test_covering_is_what_the_days_say(first, length, rule):
    period = Period(first, first + timedelta(days=length))
    every_day_in_force = rule.from_ <= first and (
        rule.until is None or first + timedelta(days=length) <= rule.until
    )
    same = (first, period.last) == (rule.from_, rule.until)
    assert rule.covers(period) is (same if rule.whole else every_day_in_force)


def test_the_head_of_every_shipped_policy_is_that_of_its_file():
    for policy in catalog.policies():
        head = catalog._head(policy.model.id)
        for key in type(head).model_fields:
            assert getattr(head, key) == getattr(policy.model, key)


def test_ids_of_the_family_are_given_sorted():
    found = catalog.for_period("skp", "2023-Q1")
    assert "kuadran-6-2022" in found
    assert list(found) == sorted(found)
    assert all(catalog.read(name, unnamed="assume").model.family == "skp" for name in found)


def test_an_unknown_family_is_told_with_the_nearest():
    issue = refused("skpp", "2023")
    assert (issue.code, issue.details["nearest"]) == ("KNJ150", '"skp"')


@pytest.mark.parametrize("text", ["", "2023-Q5", "2023-13", "23", "2023-01-01", "besok"])
def test_what_is_no_period_is_told(text):
    assert refused("skp", text).code == "KNJ151"


def test_a_period_that_no_rule_covers_is_told_with_the_spans_there_are():
    issue = refused("skp", "1999")
    assert issue.code == "KNJ152"
    assert "kuadran-6-2022: 20" in issue.details["expected"]
