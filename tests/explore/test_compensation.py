"""Who passes only because one strong component hides a failing one."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.errors import InputError
from kinerja.explore import find_compensation

NAMES = ("skp", "perilaku", "kehadiran")


@st.composite
def units(draw):
    rows = draw(
        st.lists(
            st.lists(st.integers(8, 24).map(lambda k: k * 5), min_size=3, max_size=3),
            min_size=1,
            max_size=8,
        )
    )
    weights = draw(st.lists(st.integers(1, 5), min_size=3, max_size=3))
    at = draw(st.sampled_from(["limit", "floor"]))
    return rows, dict(zip(NAMES, weights, strict=True)), at


@given(unit=units())
def test_it_finds_those_that_looking_at_everybody_finds(unit):
    rows, weights, at = unit
    floors, limit = {"skp": 60, "perilaku": 65}, 75
    whole = sum(weights.values())
    expected = {}
    for row, values in enumerate(rows):
        person = dict(zip(NAMES, values, strict=True))
        total = Fraction(sum(weights[name] * person[name] for name in NAMES), whole)
        failing = {name for name in floors if person[name] < floors[name]}
        if total < limit or not failing:
            continue
        put = {name: limit if at == "limit" else floors.get(name) for name in NAMES}
        without = [
            total - Fraction(weights[name], whole) * (person[name] - put[name])
            for name in NAMES
            if name not in failing and put[name] is not None and person[name] > put[name]
        ]
        if without and min(without) < limit:
            expected[row] = min(without)
    found = find_compensation(rows, weights=weights, floors=floors, limit=limit, strong_at=at)
    assert {one.row: one.total_without for one in found.hidden} == expected


def test_limit_reached_exactly_passes():
    """0.85 · 79 + 0.15 · 59 is exactly 76; in floats the sum is 75.99999999999999."""
    found = find_compensation(
        [[79.0, 59.0], [0.7, 0.1]],
        weights={"skp": "85 %", "perilaku": "15 %"},
        floors={"perilaku": 60},
        limit=76,
    )
    assert found.passing == 1
    [one] = found.hidden
    assert (one.id, one.total, one.value) == ("1", 76, 79)
    assert one.total_without == 76 - Fraction(85, 100) * (79 - 76)


def test_value_on_its_floor_does_not_fail():
    found = find_compensation(
        [[90, 60]], weights={"skp": 1, "perilaku": 1}, floors={"perilaku": 60}, limit=70
    )
    assert found.hidden == ()


def test_who_is_carried_by_several_is_counted_apart():
    found = find_compensation(
        [[100, 100, 50]],
        weights=dict.fromkeys(NAMES, 1),
        floors={"kehadiran": 60},
        limit=70,
    )
    assert (found.hidden, found.carried_by_several) == ((), 1)


def test_those_who_fall_furthest_come_first():
    found = find_compensation(
        [[92, 50], [100, 50]],
        weights={"skp": "60 %", "perilaku": "40 %"},
        floors={"perilaku": 60},
        limit=74,
        ids=["P-1", "P-2"],
    )
    assert [one.id for one in found.hidden] == ["P-2", "P-1"]


def test_who_lacks_a_component_is_counted_and_not_looked_at():
    found = find_compensation(
        [[100, None], [100, 50]], weights={"a": 3, "b": 1}, floors={"b": 60}, limit=80
    )
    assert (found.missing, found.people, len(found.hidden)) == (1, 2, 1)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"floors": {"c": 60}}, "KNJ033"),
        ({"floors": {"a": "enam puluh"}}, "KNJ035"),
        ({"limit": "lulus"}, "KNJ035"),
        ({"strong_at": "top"}, "KNJ033"),
        ({"ids": ["P-1"]}, "KNJ020"),
    ],
)
def test_bad_question_is_refused_by_name(more, code):
    question = {"weights": {"a": 1, "b": 1}, "floors": {"a": 60}, "limit": 70} | more
    with pytest.raises(InputError, match=code):
        find_compensation([[1, 2], [3, 4]], **question)
