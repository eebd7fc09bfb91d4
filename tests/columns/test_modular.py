"""The exact evaluator on arrays: every row decided, or marked; rows alike have the same reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from column_samples import (
    DAY,
    FLAG,
    LABEL,
    LISTS,
    NUMBER,
    RECORDS,
    decided_alone,
    drawn_records,
    figure,
    hold,
    hold_program,
    optional,
    program,
    programs,
    raw_records,
    reasons_of,
    step,
    typed,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.columns.modular import Trace
from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.types import DateType, ListType
from kinerja.values import Missing

X, Y, TARGET, COUNT, MAYBE, P, Q, H, GRADE = (
    n.Ref(name) for name in ("x", "y", "t", "n", "o", "p", "q", "h", "grade")
)
TWO = Rounding(digits=2, mode="half_up")


class TestAnyProgram:
    """Each engine alone on programs of several steps."""

    @settings(max_examples=settings().max_examples * 3 // 4)
    @given(st.data())
    def test_records_that_meet_every_edge(self, data):
        made = data.draw(programs())
        declared = typed.Declared(
            {i.name: i.type for i in made.inputs},
            frozenset(i.name for i in made.inputs if not i.required),
        )
        records = [
            _raw(made, data.draw(typed.records(declared)))
            for _ in range(data.draw(st.integers(1, 6)))
        ]
        hold_program(made, records)

    @settings(max_examples=settings().max_examples // 4)
    @given(st.data())
    def test_records_as_callers_have_them(self, data):
        made = data.draw(programs())
        records = [data.draw(raw_records(made)) for _ in range(3)]
        if any(
            not _is_list(record.get(i.name))
            for record in records
            for i in made.inputs
            if isinstance(i.type, ListType)
        ):
            return
        hold_program(made, records)


def _is_list(value) -> bool:
    return value is None or (
        isinstance(value, (list, tuple)) and all(isinstance(i, dict) for i in value)
    )


def _raw(made, record):
    return {i.name: _plain(record[i.name], i.type) for i in made.inputs}


def _plain(value, kind):
    if isinstance(value, Missing):
        return None
    if isinstance(kind, ListType):
        return [{name: _plain(item[name], k) for name, k in kind.fields.items()} for item in value]
    if isinstance(kind, DateType):
        return date.fromordinal(max(int(value), 1))
    return float(value) if isinstance(value, Fraction) else value


class TestRowsThatAreAlike:
    """The exact scorer is asked once for all rows that are alike."""

    @pytest.mark.parametrize("seed", range(3))
    def test_reasons_that_depend_on_what_is_taken(self, seed):
        records = drawn_records(seed, 60)
        gone = n.Where(
            ((P, n.Absent("zero_target")), (n.Compare(">", X, figure(1)), n.Absent("no_items"))),
            X / Y,
        )
        for node, kind in (
            (gone, NUMBER),
            (gone + MAYBE, NUMBER),
            (n.Coalesce((gone, MAYBE, X / Y)), NUMBER),
            (n.Where(((Q, gone),), MAYBE), NUMBER),
            (n.Where(((n.Compare(">", MAYBE, figure(0)), gone),), X / Y), NUMBER),
            (n.And((Q, n.Compare("<", gone, figure(1)), P)), FLAG),
            (n.Or((n.Compare("<", MAYBE, figure(0)), Q, n.Compare("<", gone, figure(1)))), FLAG),
            (n.Not(n.Or((Q, n.Compare(">", MAYBE, Y)))), FLAG),
            (n.Band(n.Coalesce((MAYBE, X)), typed.BANDS[1]), LABEL),
            (n.Band(gone, typed.BANDS[1]), LABEL),
            (
                n.Lookup(
                    (H, Q),
                    (
                        (("baik", True), figure(1)),
                        (("kurang", False), n.Absent("not_in_table", "x")),
                    ),
                ),
                NUMBER,
            ),
            (n.Lookup((n.Compare("==", H, GRADE),), (((True,), figure(1)),)), NUMBER),
            (n.IsMissing(gone), FLAG),
            (n.Minimum((gone, MAYBE, X)), NUMBER),
            (n.Clip(gone, MAYBE, figure(3)), NUMBER),
            (n.Round(gone / MAYBE, TWO), NUMBER),
        ):
            found = hold(node, kind, records)
            assert found["decided"] >= found["read"] * 0.9

    def test_reasons_of_several_published_steps(self):
        made = program(
            n.Ref("one") + n.Ref("two"),
            inputs={
                "x": NUMBER,
                "y": NUMBER,
                "o": optional("o", NUMBER),
                "q": optional("q", FLAG),
                "p": FLAG,
            },
            steps=(
                step("one", n.Where(((Q, MAYBE),), X / Y)),
                step("two", n.Where(((P, MAYBE / X),), figure(1))),
                step("three", n.Or((Q, n.Compare(">", MAYBE, figure(0)))), FLAG),
            ),
        )
        made = replace(made, published=("three", "one", "s"))
        for seed in range(3):
            hold_program(made, drawn_records(seed, 60))

    def test_reasons_of_items_are_asked_for_row_by_row(self):
        field = n.Field
        for node in (
            n.Reduce("sum", "r", field("v") / field("w")),
            n.Reduce("mean", "r", field("o")),
            n.Reduce("count", "r", where=n.Compare("==", field("maybe"), n.Label("baik"))),
            n.Reduce("last", "r", field("v"), by=field("o")),
        ):
            found = hold(node, records=LISTS)
            assert found["decided"] == found["read"]

    def test_numbers_are_given_only_to_rows_that_are_incomplete(self):
        inputs = {"x": NUMBER, "y": NUMBER}
        answers = decided_alone(
            program(X / Y, inputs=inputs), [{"x": 1.0, "y": y} for y in (0.0, 2.0, 0.0, 4.0)]
        )
        assert answers.reasons[0] == answers.reasons[2] >= 0
        assert answers.reasons[1] is answers.reasons[3] is None

    def test_more_decisions_than_a_number_holds(self):
        """Forty optional inputs: each row is missing others of them."""
        names = [f"o{place}" for place in range(40)]
        inputs = {name: optional(name, NUMBER) for name in names}
        records = [
            {name: None if (row >> (place % 7)) & 1 else 1.0 for place, name in enumerate(names)}
            for row in range(128)
        ]
        made = program(n.Add(tuple(n.Ref(name) for name in names)), inputs=inputs)
        answers = decided_alone(made, records)
        reasons = {}
        for record, alike in zip(records, answers.reasons, strict=True):
            if alike is not None:
                assert reasons.setdefault(alike, reasons_of(made, record)) == reasons_of(
                    made, record
                )
        assert len(reasons) == len(set(reasons.values())) == 127

    def test_a_trace_keeps_what_was_decided(self):
        trace = Trace()
        trace.add(None)
        trace.add(np.array([1, 2]))
        trace.add_single(None)
        assert trace.single is None
        trace.add_single(np.array([True, False]))
        trace.add_single(np.array([False, True]))
        assert len(trace.columns) == 1
        assert trace.single.tolist() == [True, True]


class TestMarks:
    def test_what_is_not_taken_marks_nothing(self):
        big = n.Round(X * 10**15 * X * 10**15, Rounding(digits=0, mode="half_up"))
        records = [
            {**RECORDS[0], "x": x, "p": p, "q": q, "o": o}
            for x in (7.25,)
            for p in (True, False)
            for q in (True, False, None)
            for o in (1.0, None)
        ]
        for node, kind in (
            (n.Where(((P, X),), big), NUMBER),
            (n.Where(((Q, X),), n.Where(((P, Y),), big)), NUMBER),
            (n.Coalesce((MAYBE, big)), NUMBER),
            (n.And((P, n.Compare(">", big, X))), FLAG),
            (n.Or((P, n.Compare(">", big, X))), FLAG),
            (n.IsMissing(n.Where(((Q, big),), X)), FLAG),
        ):
            found = hold(node, kind, records)
            assert found["decided"] > 0

    def test_what_no_whole_number_tells_is_left(self):
        records = [{**RECORDS[0], "x": x} for x in (1 / 3, 0.1 + 0.2, 0.5)]
        found = hold(n.Compare("==", X * 3, figure(1)), FLAG, records)
        assert found["decided"] >= 1

    def test_texts_are_compared_elsewhere(self):
        note = n.Ref("note")
        found = hold(n.Compare("==", note, n.Label("budi")), FLAG)
        assert found["decided"] == 0
        hold(n.Reduce("count_distinct", "r", n.Field("who")), records=LISTS)


class TestDays:
    def test_days_outside_the_calendar_are_left(self):
        d, e = n.Ref("d"), n.Ref("e")
        for node in (
            d + COUNT * 1000,
            d - 800_000,
            e + 1,
            e - 1,
            n.Maximum((d, e)),
            d + X,
            d - X,
            d + n.Number(typed.FIGURES[-1]),
        ):
            hold(node, DAY)

    def test_parts_of_days_are_cut(self):
        found = hold(n.Ref("d") + X / 8, DAY)
        assert found["decided"] == found["read"]
