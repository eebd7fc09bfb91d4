"""Plans are chosen by what inputs are like, and one that serves a batch is right about each of its rows."""
# ruff: noqa: S311 - random columns guard no secret

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from column_samples import FLAG, ITEMS, NUMBER, figure, optional, program, reference, unlike
from hypothesis import given
from hypothesis import strategies as st

from kinerja.columns import floats
from kinerja.columns.cells import Batch, Items, Reader, Span
from kinerja.columns.floats import Floats, Plans, _Known, _outwards
from kinerja.columns.outline import Outline
from kinerja.columns.parts import Numbers
from kinerja.columns.tape import Scratch
from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.types import NumberType
from kinerja.scorer import Scorer
from kinerja.values import Interval

X, Y, TARGET = (n.Ref(name) for name in "xyt")
RATIO = n.Round(X / TARGET, Rounding(digits=2, mode="half_up"))
INPUTS = {"x": NUMBER, "t": NumberType(limits=Interval(low=Fraction(1, 100)))}
SEEDS = st.integers(0, 2**32)


@pytest.fixture(autouse=True)
def _silent():
    with np.errstate(all="ignore"):
        yield


class Table:
    """Scores columns by plans alone, and holds what they say against the exact scorer."""

    def __init__(self, node, inputs=None, kind=NUMBER):
        self.made = program(node, inputs=inputs or INPUTS, kind=kind)
        self.plans = Plans(Outline(self.made))
        self.floats = Floats(self.plans)
        self.kind = np.int8 if kind is FLAG else np.float64

    def read(self, columns):
        rows = len(next(iter(columns.values())))
        reader = Reader(rows, self.plans.outline.divisors)
        arrays = {
            i.name: reader.column(i.name, Numbers(np.asarray(columns[i.name])), i.type)
            for i in self.made.inputs
        }
        assert reader.odd is None
        assert not reader.refusals
        return Batch(rows, arrays), reader.spans

    def run(self, columns, *, settles=False, spans=None):
        """Give which rows are left over; all others were held."""
        batch, known = self.read(columns)
        known = known if spans is None else spans
        outputs = [np.full(batch.rows, 99, self.kind)]
        left = np.ones(batch.rows, np.bool_)
        if settles:
            found = self.floats.settle(batch, known, outputs, Scratch())
            left = left if found is None else found
        else:
            for at, _, marks in self.floats.run(batch, known, outputs, Scratch()):
                left[at] = True if marks is None else marks
        for row in np.flatnonzero(~left).tolist():
            record = {name: values[row].item() for name, values in columns.items()}
            said = outputs[0][row].item()
            said = bool(said) if self.kind is np.int8 else said
            assert not unlike((said,), reference(self.made, record)), record
        return left

    @property
    def count(self):
        return sum(len(plans) for plans in self.plans._plans.values())


def columns(random, rows, size=100.0):
    return {
        "x": np.array([random.uniform(-size, size) for _ in range(rows)]),
        "t": np.array([random.uniform(size / 100, size) for _ in range(rows)]),
    }


class TestProfiles:
    @given(st.floats(-1e100, 1e100), st.booleans())
    def test_ends_are_taken_outwards(self, value, up):
        found = _outwards(value, up=up)
        assert found >= value if up else found <= value
        assert (found == 0) == (value == 0) or abs(value) < 1e-300
        if value and abs(value) > 1e-300:
            assert math.log2(abs(found)) % 4 == 0
            assert abs(value) / 16 <= abs(found) <= abs(value) * 16

    @pytest.mark.parametrize("power", range(-20, 21))
    def test_powers_of_sixteen_are_ends_of_their_own(self, power):
        edge = 16.0**power
        for value in (edge, -edge):
            assert _outwards(value, up=True) == _outwards(value, up=False) == value
        assert _outwards(math.nextafter(edge, math.inf), up=True) == edge * 16
        assert _outwards(math.nextafter(edge, 0), up=False) == edge / 16

    KNOWN = tuple(
        _Known(low, high, missing, digits, checked)
        for low, high in ((0.0, 16.0), (-16.0, 16.0), (1.0, 256.0))
        for missing in (False, True)
        for digits, checked in ((None, False), (0, False), (0, True), (2, True))
    )

    @pytest.mark.parametrize("one", KNOWN)
    def test_a_plan_covers_what_it_takes_for_granted(self, one):
        for other in self.KNOWN:
            wanted = (
                one.low <= other.low
                and one.high >= other.high
                and (one.missing or not other.missing)
                and one.digits == other.digits
                # What was only seen in a sample must be checked.
                and (one.checked or not other.checked)
            )
            assert one.covers(other) == wanted, other

    @pytest.mark.parametrize("one", KNOWN)
    def test_what_is_known_of_both(self, one):
        for other in self.KNOWN:
            found = one.joined(other)
            if found is not None:
                assert found.covers(one)
                assert found.covers(other)

    def test_no_profile_is_joined_with_one_of_another_size(self):
        small, large = _Known(0.0, 1.0), _Known(0.0, 16.0**6)
        assert large.joined(small) is None
        assert small.joined(_Known(0.0, 256.0)) == _Known(0.0, 256.0)


class TestPlansAreKept:
    def test_batches_like_each_other_share_a_plan(self):
        table, random = Table(RATIO), Random(1)
        for _ in range(5):
            table.run(columns(random, 20))
        assert table.count <= 2

    def test_a_plan_of_smaller_numbers_does_not_serve_larger_ones(self):
        """With a bound for numbers up to 1, ties of 1000 would be missed."""
        table, random = (
            Table(
                n.Compare(">=", X * "0.1" + Y * "0.2", figure("0.3")),
                {"x": NUMBER, "y": NUMBER},
                FLAG,
            ),
            Random(2),
        )
        for size in (1.0, 1e3, 1e6, 1e9, 1.0):
            values = [random.uniform(-size, size) for _ in range(30)]
            table.run(
                {
                    "x": np.array([*values, 1.0]),
                    "y": np.array([(3 - v) / 2 for v in values] + [1.0]),
                }
            )

    def test_a_plan_for_what_is_there_does_not_serve_what_is_missing(self):
        table = Table(n.Coalesce((X, figure(7))), {"x": optional("x", NUMBER)})
        whole = {"x": np.array([1, 2, 3])}
        assert not table.run(whole).any()
        batch = Batch(3, {"x": np.array([1.0, np.nan, 3.0])})
        outputs = [np.zeros(3)]
        for _, _, marks in table.floats.run(batch, {}, outputs, Scratch()):
            assert marks is None or marks[1] or outputs[0][1] == 7

    def test_the_number_of_plans_is_bounded(self):
        above_zero = NumberType(limits=Interval(low=Fraction(0), low_open=True))
        table, random = Table(RATIO, {"x": NUMBER, "t": above_zero}), Random(3)
        for power in range(-80, 80):
            table.run(columns(random, 3, size=2.0**power * 3))
            table.run(columns(random, 3, size=2.0**power * 3), settles=True)
        assert all(len(plans) <= floats.MOST_PLANS for plans in table.plans._plans.values())
        assert table.count > floats.MOST_PLANS // 2

    def test_where_there_is_no_plan_none_is_looked_for_again(self):
        table = Table(X / TARGET)
        assert table.run(columns(Random(4), 5)).all()
        assert table.count == 1
        assert table.run(columns(Random(4), 5)).all()
        assert table.count == 1

    @given(SEEDS)
    def test_tables_of_any_kind_one_after_the_other(self, seed):
        """What one table taught must not mislead about the next."""
        random = Random(seed)
        table = Table(
            n.Compare("<", n.Round(X / TARGET, Rounding(digits=1, mode="half_up")), figure("0.3")),
            None,
            FLAG,
        )
        for _ in range(4):
            places = random.choice((None, 0, 1, 2))
            rows = random.choice((3, 20, 300))
            if places is None:
                drawn = columns(random, rows)
            else:
                drawn = {
                    "x": np.array([random.randint(-99, 99) / 10**places for _ in range(rows)]),
                    "t": np.array([random.randint(1, 99) / 10**places for _ in range(rows)]),
                }
            if places == 0 and random.random() < 0.5:
                drawn = {name: values.astype(np.int64) for name, values in drawn.items()}
            elif random.random() < 0.5:
                # Few that are unlike the others, where a sample hardly sees them.
                drawn["x"][random.randrange(rows)] = random.choice((0.5, 0.05, 1 / 3, 2.5))
                drawn["t"][random.randrange(rows)] = random.choice((1.0, 10.0, 0.05))
            for settles in (False, True):
                table.run(drawn, settles=settles)


class TestWhatASampleShows:
    """Decimals that most rows have are taken for granted, and checked in every row."""

    @staticmethod
    def ties(rows, top=lambda row: 2 * row + 1):
        return {
            "x": np.array([float(top(row)) for row in range(rows)]),
            "t": np.full(rows, 200.0),
        }

    @pytest.mark.parametrize("odd", [0.5, 0.123456, 1 / 3])
    @pytest.mark.parametrize("row", [0, 1, 3, 999])
    def test_a_row_that_the_sample_does_not_show(self, odd, row):
        table = Table(RATIO)
        drawn = self.ties(1_000)
        drawn["x"][row] = odd
        for settles in (True, False):
            table.run(drawn, settles=settles)
        left = table.run(drawn, settles=True)
        assert left.sum() <= 1 or row == 0

    @pytest.mark.parametrize("settles", [True, False])
    def test_whole_numbers_by_their_type_and_floats_after_them(self, settles):
        """The plan of a table of integers checks nothing; it must not serve one of floats."""
        table = Table(RATIO)
        whole = {name: values.astype(np.int64) for name, values in self.ties(1_000).items()}
        for _ in range(3):
            table.run(whole, settles=settles)
        drawn = self.ties(1_000)
        drawn["x"][3], drawn["t"][3] = 0.5, 100.0
        drawn["x"][5], drawn["t"][5] = 2.5, 100.0
        for _ in range(3):
            table.run(drawn, settles=settles)

    def test_the_same_in_whole_tables(self):
        scorer = Scorer(
            program(n.Round(X / TARGET, Rounding(digits=0, mode="half_up")), inputs=INPUTS)
        )
        odd_numbers = np.arange(1, 2_001, 2)
        scorer.table_result({"x": odd_numbers, "t": np.full(1_000, 2.0)})
        x, t = odd_numbers.astype(float), np.full(1_000, 2.0)
        x[[3, 5]], t[[3, 5]] = (0.5, 2.5), 1.0
        found = scorer.table_result({"x": x, "t": t}).frame["s"]
        assert found[[3, 5]].tolist() == [1.0, 3.0]

    def test_ties_of_short_decimals_are_all_settled(self):
        for places in range(5):
            table = Table(RATIO)
            drawn = self.ties(700, lambda row, p=places: (2 * row + 1) / 10**p)
            drawn["t"] = np.full(700, 200.0 / 10**places)
            assert not table.run(drawn, settles=True).any()

    def test_a_column_of_nothing(self):
        table = Table(n.Coalesce((X, figure(1))), {"x": optional("x", NUMBER)})
        batch = Batch(3, {"x": np.full(3, np.nan)})
        outputs = [np.zeros(3)]
        assert not table.floats.settle(batch, {}, outputs, Scratch()).any()
        assert outputs[0].tolist() == [1, 1, 1]


class TestLearning:
    def test_many_ties_turn_a_table_to_whole_numbers(self):
        table = Table(
            n.Round(X * "0.35" + Y * "0.65", Rounding(digits=1, mode="half_up")),
            {"x": NUMBER, "y": NUMBER},
        )
        random = Random(5)
        drawn = {name: np.array([random.randrange(100) / 1 for _ in range(400)]) for name in "xy"}
        first = table.run(drawn)
        assert first.any()
        assert table.floats._on_decimals
        assert not table.run(drawn).any()
        # A row that is no such decimal is found.
        drawn["x"][1] = 1 / 3
        assert table.run(drawn).tolist()[1] in (True, False)

    def test_a_table_of_nothing_but_ties_is_no_longer_tried(self):
        table = Table(RATIO)
        drawn = {"x": np.arange(1.0, 801.0, 2.0), "t": np.full(400, 200.0)}
        assert table.run(drawn).all()
        assert table.floats._useless
        assert table.run(drawn).all()
        assert not table.run(drawn, settles=True).any()

    def test_few_ties_change_nothing(self):
        table = Table(RATIO)
        drawn = columns(Random(6), 400)
        drawn["x"][0], drawn["t"][0] = 1.0, 200.0
        left = table.run(drawn)
        assert left[0]
        assert left.sum() < 8
        assert not table.floats._on_decimals
        assert not table.floats._useless

    def test_no_rows(self):
        table = Table(RATIO)
        batch = Batch(0, {"x": np.zeros(0), "t": np.zeros(0)})
        (found,) = table.floats.run(batch, {}, [np.zeros(0)], Scratch())
        assert found[0] == slice(0, 0)


class TestBlocks:
    @pytest.mark.parametrize("rows", [1, 6, 7, 8, 15])
    def test_rows_of_every_block_are_scored(self, rows, monkeypatch):
        monkeypatch.setattr(floats, "BLOCK", 7)
        table = Table(RATIO)
        drawn = columns(Random(rows), rows)
        drawn["x"][rows // 2], drawn["t"][rows // 2] = 1.0, 200.0
        assert table.run(drawn)[rows // 2]
        assert table.run(drawn).sum() < 4

    def test_lists_of_every_block(self, monkeypatch):
        monkeypatch.setattr(floats, "BLOCK", 3)
        made = program(n.Reduce("sum", "r", n.Field("w")), inputs={"r": ITEMS})
        random = Random(7)
        lengths = [random.randrange(4) for _ in range(10)]
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        values = np.array([float(random.randrange(9)) for _ in range(offsets[-1])])
        batch = Batch(10, {"r": Items(offsets, None, {"w": values})})
        outputs = [np.zeros(10)]
        spans = {"r.w": Span(0.0, 8.0, missing=False, whole=True)}
        seen = 0
        for at, piece, marks in Floats(Plans(Outline(made))).run(batch, spans, outputs, Scratch()):
            assert piece.rows == at.stop - at.start
            assert not marks.any()
            seen += piece.rows
        assert seen == 10
        assert outputs[0].tolist() == [values[a:b].sum() for a, b in itertools.pairwise(offsets)]


class TestSpans:
    def test_what_is_known_of_a_column_may_be_wider_than_it_is(self):
        """Rows that wait are few of a chunk; its spans hold for them too."""
        table = Table(RATIO)
        drawn = {"x": np.array([0.5, 1.0, 3.0]), "t": np.array([100.0, 200.0, 200.0])}
        wide = {
            "x": Span(-1e6, 1e6, missing=True),
            "t": Span(0.01, 1e9, missing=False),
        }
        for settles in (False, True):
            left = table.run(drawn, settles=settles, spans=wide)
            assert left.all() or settles
