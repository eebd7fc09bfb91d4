"""Any program on any table: each row gives what its record gives, to the last bit."""
# ruff: noqa: S311, PD011 - random tables guard no secret; the values are those of drawn columns

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from random import Random

import pandas as pd
import pytest
import strategies_policies
import strategies_tables as drawing
from edge_rows import edge_rows
from hypothesis import given, note, settings
from hypothesis import strategies as st
from strategies_programs import programs
from table_samples import (
    SIZES,
    WAYS,
    answer_of,
    exact_differences,
    going,
    issues_of,
    length_of,
    rows_of,
    same,
)

from kinerja.errors import InputError
from kinerja.scorer import Scorer

#: Policies take longer to read than programs to draw.
FEWER = settings(max_examples=-(-settings().max_examples // 2))


class TestAnyProgram:
    @given(st.data())
    def test_tables_as_frames_hold_them(self, data):
        scorer = Scorer(data.draw(programs()))
        for _ in range(2):
            drawn = data.draw(drawing.tables(scorer.program))
            kind, frame = drawing.any_frame(drawn, data.draw(drawing.SEEDS))
            note(f"{kind}: {drawn!r}")
            same(scorer, frame)

    @given(st.data())
    def test_every_kind_of_frame(self, data):
        scorer = Scorer(data.draw(programs()))
        drawn = data.draw(drawing.tables(scorer.program, rows=4))
        note(repr(drawn))
        for kind, frame in drawing.frames(drawn, data.draw(drawing.SEEDS)):
            note(kind)
            same(scorer, frame)

    @given(st.data())
    def test_columns_of_any_python_objects(self, data):
        scorer = Scorer(data.draw(programs()))
        columns = data.draw(drawing.raw_tables(scorer.program))
        note(repr(columns))
        same(scorer, pd.DataFrame({k: pd.Series(v, dtype=object) for k, v in columns.items()}))

    @given(st.data())
    def test_lists_in_tables_of_their_own(self, data):
        scorer = Scorer(data.draw(programs()))
        drawn = data.draw(drawing.tables(scorer.program))
        made = drawing.with_long_tables(drawn, scorer.program, data.draw(drawing.SEEDS))
        if made is not None:
            kind, frame, lists = made
            note(f"{kind}: {drawn!r}")
            same(scorer, frame, lists=lists)

    @given(st.data())
    def test_rows_that_come_again_anywhere(self, data):
        """A row gives the same wherever it stands: in any chunk, beside any other rows."""
        scorer = Scorer(data.draw(programs()))
        _same_again(data, scorer)

    @given(st.data())
    def test_rows_between_which_the_answer_changes(self, data):
        scorer = Scorer(data.draw(programs()))
        _same_at_edges(data, scorer)


class TestAnyPolicy:
    @FEWER
    @given(st.data())
    def test_exact_numbers_that_are_made_of_columns(self, data):
        scorer = _scorer(data)
        drawn = data.draw(drawing.tables(scorer.program))
        note(repr(drawn))
        assert exact_differences(scorer, drawing.object_columns(drawn, ids=False)) == []

    @FEWER
    @given(st.data())
    def test_rows_between_which_the_answer_changes(self, data):
        text = data.draw(strategies_policies.policies())
        note(text)
        _same_at_edges(data, Scorer(strategies_policies.program_of(text)))

    @FEWER
    @given(st.data())
    def test_tables_as_frames_hold_them(self, data):
        scorer = _scorer(data)
        drawn = data.draw(drawing.tables(scorer.program))
        kind, frame = drawing.any_frame(drawn, data.draw(drawing.SEEDS))
        note(f"{kind}: {drawn!r}")
        same(scorer, frame)

    @FEWER
    @given(st.data())
    def test_rows_that_come_again_anywhere(self, data):
        _same_again(data, _scorer(data))

    @FEWER
    @given(st.data())
    def test_lists_in_tables_of_their_own(self, data):
        scorer = _scorer(data)
        drawn = data.draw(drawing.tables(scorer.program))
        made = drawing.with_long_tables(drawn, scorer.program, data.draw(drawing.SEEDS))
        if made is not None:
            kind, frame, lists = made
            note(f"{kind}: {drawn!r}")
            same(scorer, frame, lists=lists)


def _scorer(data) -> Scorer:
    text = data.draw(strategies_policies.policies())
    note(text)
    return Scorer(strategies_policies.program_of(text, unrounded=data.draw(st.booleans())))


def _same_again(data, scorer):
    drawn = data.draw(drawing.tables(scorer.program, rows=data.draw(st.integers(1, 12))))
    kind, base = drawing.any_frame(drawn, data.draw(drawing.SEEDS), ids=False)
    note(f"{kind}: {drawn!r}")
    random = Random(data.draw(drawing.SEEDS))
    sizes = random.choice(SIZES)
    rows = min(3 * sizes[0] + random.randrange(2), 200)
    take = [random.randrange(drawn.rows) for _ in range(rows)]
    with going(data.draw(st.sampled_from(sorted(WAYS))), sizes):
        same(scorer, drawing.taken(base, take), base=base, take=take)


def _same_at_edges(data, scorer):
    drawn = edge_rows(Random(data.draw(drawing.SEEDS)), scorer, searches=3)
    if drawn is not None:
        kind, frame = drawing.any_frame(drawn, data.draw(drawing.SEEDS))
        note(f"{kind}: {drawn!r}")
        with going(data.draw(st.sampled_from(sorted(WAYS)))):
            same(scorer, frame)


class TestWhatIsTold:
    def test_issues_name_their_first_rows_and_count_their_cells(self):
        refused = 0
        for seed in range(40):
            scorer = Scorer(strategies_policies.program_of(strategies_policies.policy_text(seed)))
            drawn = drawing.random_table(Random(seed), scorer.program)
            frame = drawing.pandas_frame(drawn, Random(seed), ids=False)
            table = scorer.table_result(frame)
            told = {(i.code, i.path): i.cell for i in table.issues if i.severity == "error"}
            answers = [answer_of(scorer, record) for record in rows_of(frame)]
            assert told == issues_of(answers)
            refused += len(told)
        assert refused > 5

    def test_each_row_can_be_scored_alone(self):
        for seed in range(25):
            scorer = Scorer(strategies_policies.program_of(strategies_policies.policy_text(seed)))
            drawn = drawing.random_table(Random(seed), scorer.program, rows=5)
            _, frame = drawing.any_frame(drawn, seed, ids=True)
            table = scorer.table_result(frame)
            for row, record in enumerate(rows_of(frame)):
                answer = answer_of(scorer, record)
                if answer.status == "refused":
                    with pytest.raises(InputError) as refused:
                        table.score(row)
                    issues = tuple((i.code, i.path) for i in refused.value.issues)
                    assert issues == answer.issues
                    continue
                result = scorer.score(record)
                assert table.score(row) == result
                assert table.score(row - len(table)) == result

    def test_there_is_no_row_behind_the_last(self):
        scorer = Scorer(strategies_policies.program_of(strategies_policies.policy_text(1)))
        drawn = drawing.random_table(Random(1), scorer.program, rows=3)
        table = scorer.table_result(drawing.any_frame(drawn, 1)[1])
        for row in (3, -4):
            with pytest.raises(IndexError):
                table.score(row)


class TestWhatIsDrawn:
    """The tables reach what they are for."""

    def test_most_numbers_are_columns_of_floats(self):
        forms = Counter()
        for drawn in _tables():
            forms.update(column.form for column in _columns(drawn))
        numbers = ("float64", *set(drawing.NUMBER_FORMS) - {"float64", "text", "object"})
        assert forms["float64"] > sum(forms[form] for form in numbers) * 0.6
        assert {"int64", "int8", "uint64", "decimal", "object", "text"} <= forms.keys()

    def test_rows_are_complete_incomplete_and_refused(self):
        counts = Counter()
        for seed in range(40):
            scorer = Scorer(strategies_policies.program_of(strategies_policies.policy_text(seed)))
            drawn = drawing.random_table(Random(seed), scorer.program)
            counts += same(scorer, drawing.any_frame(drawn, seed)[1])
        assert counts["complete"] > 60
        assert counts["incomplete"] > 30
        assert counts["refused"] > 10

    @pytest.mark.parametrize("extreme", [5e-324, 1e-300, 1e300, 0.1 + 0.2, 2.0**53 + 2])
    def test_extremes_are_met(self, extreme):
        assert any(
            extreme in column.values
            for drawn in _tables()
            for column in _columns(drawn)
            if column.form == "float64"
        )

    def test_zero_without_and_with_a_sign_is_met(self):
        signs = {
            math.copysign(1, value)
            for drawn in _tables()
            for column in _columns(drawn)
            if column.form == "float64"
            for value in column.values
            if value == 0
        }
        assert signs == {1, -1}

    def test_edges_are_found(self):
        found = 0
        for seed in range(20):
            scorer = Scorer(strategies_policies.program_of(strategies_policies.policy_text(seed)))
            drawn = edge_rows(Random(seed), scorer)
            if drawn is not None:
                counts = same(scorer, drawing.any_frame(drawn, seed)[1])
                found += counts.total()
        assert found > 60

    def test_every_kind_of_frame_is_met(self):
        kinds = {drawing.any_frame(drawn, seed)[0] for seed, drawn in enumerate(_tables())}
        assert kinds == drawing.KINDS.keys()

    def test_frames_of_one_table_have_the_same_rows(self):
        for seed, drawn in enumerate(_tables()):
            lengths = {length_of(frame) for _, frame in drawing.frames(drawn, seed)}
            assert lengths == {drawn.rows}


def _columns(drawn):
    for column in drawn.columns.values():
        yield from column.fields.values() if isinstance(column, drawing.Items) else [column]


@cache
def _tables():
    programs_ = [
        strategies_policies.program_of(strategies_policies.policy_text(seed)) for seed in range(10)
    ]
    return [
        drawing.random_table(Random(seed), programs_[seed % 10], rows=1 + seed % 9)
        for seed in range(120)
    ]
