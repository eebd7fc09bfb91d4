"""A column is read as the reader of records reads its values, one by one."""
# ruff: noqa: S311, DTZ001, PLR0124, RUF012, C901 - random columns guard no secret; a day is read from it; NaN is not itself; samples; one case an operation

from __future__ import annotations

import math
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.columns.cells import Batch, Items, Reader, Span
from kinerja.columns.frames_forms import from_list
from kinerja.columns.parts import Coded, Numbers, Objects, Ragged
from kinerja.exact import exact
from kinerja.formula.types import DateType, FlagType, LabelType, ListType, NumberType, TextType
from kinerja.scorer.program import Input
from kinerja.scorer.read import read_record, read_value
from kinerja.values import Interval, LabelDef, Missing, Scale
from kinerja.words import Text

SEEDS = st.integers(0, 2**32)
NAN, INF = math.nan, math.inf
SCALE = Scale(
    labels=tuple(
        LabelDef(i, Text(id=t, en=e))
        for i, t, e in (
            ("kurang", "Kurang", "Poor"),
            ("baik", "Baik", "Good"),
            ("sb", "Sangat Baik", "Very Good"),
        )
    ),
    ordered=True,
)
LABEL, FLAG, DAY, TEXT = LabelType(scale=SCALE), FlagType(), DateType(), TextType()


@pytest.fixture(autouse=True)
def _silent():
    """What overflows is looked for; `run` is silent about it."""
    with np.errstate(all="ignore"):
        yield


def number(low=None, high=None, digits=None, **ends) -> NumberType:
    limits = Interval(
        low=None if low is None else exact(low), high=None if high is None else exact(high), **ends
    )
    return NumberType(limits=limits, digits=digits)


NUMBERS = (
    number(),
    number("0", "100"),
    number("0", "100", low_open=True, high_open=True),
    number("0.1", "99.9", 1),
    number("1/3", "2/3", low_open=True),
    number("1/3", "2/3", high_open=True),
    number("0.1", None, low_open=True),
    number(None, "-0.1", high_open=True),
    number(None, "1e300"),
    number("-5", "1e50", 2),
    number(None, None, 0),
    number(None, None, 2),
    number(None, None, 15),
    number("0", None, 6),
)
#: Numbers at every end, beside it, with too many digits, and of every size.
FLOATS = (
    *(
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.1,
        0.2,
        -0.1,
        99.9,
        100.0,
        100.00000000000001,
        99.99999999999999,
        1 / 3,
        2 / 3,
    ),
    *(
        0.3333333333333333,
        0.33333333333333337,
        0.6666666666666667,
        0.09999999999999999,
        0.10000000000000002,
    ),
    *(
        -0.10000000000000002,
        5e-324,
        -5e-324,
        1e-300,
        1e16,
        1e22,
        2.0**53,
        2.0**51 + 0.5,
        -5.0,
        -5.01,
        0.125,
    ),
    *(1e99, 1e100, 1.0000000000000002e100, 1e101, -1e101, 1e300, 1.1e300, 1.7976931348623157e308),
    *(
        INF,
        -INF,
        NAN,
        86.625,
        86.62,
        0.015,
        1.005,
        1e-6,
        1e-7,
        0.1 + 0.2,
        123456789012345.6,
        99999999999999.98,
    ),
)
WHOLE = (
    0,
    1,
    -1,
    5,
    -5,
    99,
    100,
    101,
    255,
    -128,
    2**53 - 1,
    2**53,
    2**53 + 1,
    -(2**53),
    2**62 + 1,
    2**63 - 1,
    -(2**63),
)
ANYTHING = (
    *(
        "87.5",
        "87,5",
        " 5 ",
        "1/3",
        "2/37",
        "60 %",
        "",
        "  ",
        "x",
        "1e3",
        "1e500",
        "0.1",
        "-0",
        "NaN",
        "nan",
        "inf",
    ),
    *(
        None,
        NAN,
        INF,
        5,
        5.0,
        -0.0,
        0,
        2**60 + 1,
        10**40,
        True,
        False,
        Fraction(1, 3),
        Fraction(1, 2),
        Decimal("87.50"),
    ),
    *(
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        Decimal("0.1"),
        Decimal("1E-400"),
        Decimal("-0.0"),
    ),
    *(
        np.float32(0.1),
        np.float16(0.1),
        np.float64(0.1),
        np.int8(5),
        np.bool_(True),
        np.datetime64("2024-02-29"),
    ),
    *(
        date(2024, 2, 29),
        datetime(2024, 2, 29, 23, 59),
        "2024-02-29",
        "2023-02-29",
        "2024-2-29",
        "20240229",
    ),
    *(
        "kurang",
        "Kurang",
        "Sangat Baik",
        " baik ",
        "BAIK",
        "bagus",
        "Poor",
        "budi",
        " budi",
        "budi ",
        "q" * 10_001,
    ),
    *([], {}, [1], b"x", object(), 1j, (1, 2), np.array([1, 2])),
)


def code_of(raw, kind):
    """What the reader of records says: the value, or the code of the issue."""
    issues = []
    value = read_value(raw, kind, "x", issues)
    return value, issues[0] if issues else None


def hold(part, raws, kind):
    """Hold a column against its values; give what became of the rows."""
    reader = Reader(len(raws))
    array = reader.column("x", part, kind)
    assert len(array) == len(raws)
    odd = [False] * len(raws) if reader.odd is None else reader.odd.tolist()
    refused = {}
    for refusal in reader.refusals:
        rows = refusal.rows.tolist()
        assert rows == sorted(rows)
        assert (refusal.path, refusal.items) == ("x", None)
        assert list(refusal.paths()) == ["x"] * len(rows)
        first = raws[rows[0]]
        # What the scorer takes is said by the scorer.
        if not odd[rows[0]]:
            assert refusal.issue == code_of(first, kind)[1] or _prints_otherwise(first)
        for row in rows:
            assert row not in refused
            refused[row] = refusal.issue.code
    texts = {}
    told = Counter()
    for row, raw in enumerate(raws):
        value, issue = code_of(raw, kind)
        if issue is not None:
            assert odd[row] or refused.get(row) == issue.code, (raw, issue)
            told["refused"] += 1
            continue
        assert row not in refused, (raw, refused[row])
        if odd[row]:
            told["odd"] += 1
            assert isinstance(value, Fraction)
            assert abs(value) > 10**100 or abs(value) >= 2**53 or exact(float(value)) != value, raw
            continue
        told["held"] += 1
        held = array[row].item()
        if isinstance(value, Missing):
            assert held != held if isinstance(kind, (NumberType, DateType)) else held < 0
            continue
        match kind:
            case NumberType():
                assert exact(held) == value
            case DateType():
                assert held == value
            case LabelType():
                assert SCALE.ids[held] == value
            case FlagType():
                assert bool(held) is value
                assert held in (0, 1)
            case TextType():
                assert held >= 0
                assert texts.setdefault(value, held) == held
    assert len(set(texts.values())) == len(texts)
    return told


def _prints_otherwise(raw) -> bool:
    """A scalar of numpy is quoted as numpy prints it, in a column and alone not always alike."""
    return hasattr(raw, "dtype")


KINDS = (*NUMBERS, LABEL, FLAG, DAY, TEXT)
NAMES = [f"number {place}" for place in range(len(NUMBERS))] + ["label", "flag", "day", "text"]


class TestNumbersInArrays:
    @pytest.mark.parametrize("kind", KINDS, ids=NAMES)
    def test_floats(self, kind):
        hold(Numbers(np.array(FLOATS)), FLOATS, kind)
        for value in FLOATS:
            hold(Numbers(np.array([value])), [value], kind)
            hold(Numbers(np.array([value, NAN, value])), [value, None, value], kind)

    @pytest.mark.parametrize("kind", KINDS, ids=NAMES)
    @pytest.mark.parametrize("dtype", ["f2", "f4"])
    def test_floats_of_other_sizes_mean_what_they_print(self, kind, dtype):
        with np.errstate(all="ignore"):
            values = np.array(FLOATS).astype(dtype)
        hold(Numbers(values), list(values), kind)

    @pytest.mark.parametrize("kind", KINDS, ids=NAMES)
    @pytest.mark.parametrize("dtype", ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"])
    def test_whole_numbers(self, kind, dtype):
        ends = np.iinfo(dtype)
        values = [v for v in (*WHOLE, 2**64 - 1) if ends.min <= v <= ends.max]
        told = hold(Numbers(np.array(values, dtype)), values, kind)
        if isinstance(kind, NumberType):
            assert (told["odd"] == 0) == (ends.bits < 64) or told["refused"]

    @pytest.mark.parametrize("kind", KINDS, ids=NAMES)
    @pytest.mark.parametrize("dtype", ["f8", "f4", "i8", "i2", "u8"])
    def test_what_is_missing_is_not_looked_at(self, kind, dtype):
        ends = np.array([1e300, 3.0, 1e300]) if dtype[0] == "f" else np.array([1e30, 3.0, 1e30])
        with np.errstate(all="ignore"):
            values = ends.astype(dtype)
        values[[0, 2]] = values[[0, 2]] if dtype[0] == "f" else np.iinfo(dtype).max
        three = values[1].item() if dtype == "f8" else values[1] if dtype == "f4" else 3
        hold(Numbers(values, np.array([True, False, True])), [None, three, None], kind)

    def test_the_caller_s_memory_is_read_only(self):
        for dtype in ("f8", "i8", "f4"):
            values = np.array([1, 2, 3], dtype)
            values.flags.writeable = False
            missing = np.array([True, False, False])
            missing.flags.writeable = False
            for kind in KINDS:
                Reader(3).column("x", Numbers(values, missing), kind)

    @given(st.lists(st.floats() | st.sampled_from(FLOATS), max_size=12), st.sampled_from(NUMBERS))
    def test_any_floats(self, values, kind):
        hold(Numbers(np.array(values, float)), values, kind)

    @given(
        st.lists(st.integers(-(10**9), 10**9), max_size=12),
        st.integers(0, 9),
        st.integers(0, 6),
        st.integers(-(10**6), 10**6),
        st.booleans(),
    )
    def test_decimals_beside_limits_and_digits(self, tops, places, digits, end, open_):
        values = [top / 10**places for top in tops]
        values += [
            end / 10**digits,
            math.nextafter(end / 10**digits, INF),
            math.nextafter(end / 10**digits, -INF),
        ]
        limits = Fraction(end, 10**digits)
        for kind in (
            NumberType(limits=Interval(low=limits, low_open=open_), digits=digits),
            NumberType(limits=Interval(high=limits, high_open=open_)),
        ):
            hold(Numbers(np.array(values)), values, kind)

    @given(
        st.lists(st.fractions(-9, 9), min_size=2, max_size=2),
        st.lists(st.floats(-9, 9), max_size=8),
        st.booleans(),
        st.booleans(),
    )
    def test_limits_that_are_no_floats(self, ends, values, low_open, high_open):
        low, high = sorted(ends)
        if low == high:
            low_open = high_open = False
        beside = [float(end) for end in (low, high)]
        values = [
            *values,
            *beside,
            *(math.nextafter(v, s) for v, s in product(beside, (INF, -INF))),
        ]
        kind = NumberType(
            limits=Interval(low=low, high=high, low_open=low_open, high_open=high_open)
        )
        hold(Numbers(np.array(values)), values, kind)

    def test_every_distinct_refusal_is_told_for_all_its_rows(self):
        kind = number("0", "10", 1)
        values = [5.0, 11.0, 0.25, INF, 12.0, 0.25, -INF, 3.3, 0.75]
        told = hold(Numbers(np.array(values)), values, kind)
        assert told["refused"] == 7
        reader = Reader(9)
        reader.column("x", Numbers(np.array(values)), kind)
        rows = {refusal.issue.code: refusal.rows.tolist() for refusal in reader.refusals}
        assert rows == {"KNJ401": [3, 6], "KNJ402": [1, 4], "KNJ403": [2, 5, 8]}


class TestValuesOneByOne:
    @pytest.mark.parametrize("kind", KINDS, ids=NAMES)
    def test_objects(self, kind):
        hold(Objects(ANYTHING), ANYTHING, kind)
        hold(Objects(ANYTHING * 2), ANYTHING * 2, kind)
        for value in ANYTHING:
            hold(Objects([value]), [value], kind)

    @pytest.mark.parametrize("kind", KINDS, ids=NAMES)
    @pytest.mark.parametrize("dtype", ["i1", "i2", "i4", "i8"])
    def test_coded_values(self, kind, dtype):
        values = ANYTHING[:100]
        codes = [*[place for place in range(len(values)) for _ in range(2)][::-1], -1, -3, 0]
        held = np.array(codes, dtype)
        raws = [None if code < 0 else values[code] for code in codes]
        hold(Coded(held, values), raws, kind)

    @pytest.mark.parametrize("kind", KINDS, ids=NAMES)
    def test_coded_values_that_no_row_has_refuse_nothing(self, kind):
        hold(Coded(np.array([-1, -1], np.int8), ANYTHING), [None, None], kind)
        reader = Reader(0)
        assert len(reader.column("x", Coded(np.zeros(0, np.int8), ()), kind)) == 0

    @pytest.mark.parametrize("kind", KINDS, ids=NAMES)
    @pytest.mark.parametrize("dtype", ["u1", "u4"])
    def test_codes_without_a_sign(self, kind, dtype):
        hold(Coded(np.array([1, 0, 1], dtype), ("baik", "0.5")), ["0.5", "baik", "0.5"], kind)

    @given(st.lists(st.sampled_from(ANYTHING), max_size=10), st.sampled_from(KINDS))
    def test_any_objects_in_the_form_that_lists_have(self, values, kind):
        hold(from_list(values), values, kind)

    @pytest.mark.parametrize("kind", KINDS, ids=NAMES)
    def test_lists_where_a_value_is_due_are_refused(self, kind):
        part = Ragged(np.array([0, 0, 1]), None, {})
        reader = Reader(2)
        reader.column("x", part, kind)
        assert reader.odd is None
        assert sorted(row for r in reader.refusals for row in r.rows.tolist()) == [0, 1]
        assert {r.issue.code for r in reader.refusals} == {code_of([1], kind)[1].code}

    @pytest.mark.parametrize("kind", KINDS, ids=NAMES)
    def test_no_column_means_that_every_value_is_missing(self, kind):
        assert hold(None, [None] * 3, kind) == Counter(held=3)

    def test_zeros_of_equal_value_are_read_each_as_it_is_written(self):
        values = [0, False, 0.0, "0", Decimal(0), -0.0, np.float64(0), Decimal("0.00")]
        for kind in (FLAG, number(), TEXT):
            hold(Objects(values), values, kind)

    def test_true_is_not_one(self):
        values = [1, True, 1.0, Decimal(1), np.int64(1), np.True_]
        for kind in (FLAG, number(), TEXT):
            hold(Objects(values), values, kind)

    def test_texts_are_equal_without_the_blanks_around_them(self):
        values = ["budi", " budi", "sari", "budi\t", None, "BUDI"]
        reader = Reader(6)
        codes = reader.column("x", Objects(values), TEXT).tolist()
        assert codes[0] == codes[1] == codes[3]
        assert len({codes[0], codes[2], codes[5]}) == 3
        assert codes[4] < 0

    @given(st.lists(st.integers(-3, 3) | st.none(), min_size=1, max_size=10))
    def test_whole_numbers_as_texts(self, values):
        missing = np.array([v is None for v in values])
        held = np.array([v or 0 for v in values])
        hold(Numbers(held, missing), values, TEXT)
        natural = [None if v is None else abs(v) for v in values]
        hold(Numbers(np.array([abs(v or 0) for v in values], np.uint64), missing), natural, TEXT)

    def test_whole_numbers_beyond_every_sign_as_texts(self):
        values = [2**64 - 1, 2**63, 0, 2**64 - 1]
        hold(Numbers(np.array(values, np.uint64)), values, TEXT)


class TestSpans:
    @given(
        st.lists(st.floats(allow_infinity=False) | st.sampled_from((0.0, -0.0, NAN)), max_size=10),
        st.booleans(),
    )
    def test_the_ends_of_a_column(self, values, only_high):
        there = [v for v in values if v == v]
        span = Span.of(np.array(values, float), only_high=only_high)
        if not there:
            assert span.low > span.high
        else:
            assert span.high == max(there)
            assert span.low == min(there) or (
                only_high and span.low <= min(there) and span.low >= min(0, *there, 0)
            )
        assert span.missing == (len(there) < len(values))

    @pytest.mark.parametrize(
        "values", [[5.0, -0.0], [-0.0, 5.0, 3.0], [-0.0], [-0.0, 0.0, 1e99], [-1.0, -0.0, 7.0]]
    )
    def test_a_negative_zero_hides_no_larger_number(self, values):
        for only_high in (True, False):
            assert Span.of(np.array(values), only_high=only_high).high == max(values)

    def test_every_other_number(self):
        values = np.arange(10.0)[::2]
        assert Span.of(values, only_high=True) == Span(0.0, 8.0, missing=False)

    @pytest.mark.parametrize("divisor", [True, False])
    def test_the_smallest_is_known_where_it_matters(self, divisor):
        for kind, needed in (
            (number(), divisor),
            (number("0", None, low_open=True), True),
            (number("1"), True),
        ):
            reader = Reader(2, frozenset({"x"} if divisor else ()))
            reader.column("x", Numbers(np.array([2.0, 5.0])), kind)
            span = reader.spans["x"]
            assert span.high == 5
            assert span.low == 2 if needed else span.low in (0, 2)

    @pytest.mark.parametrize(("dtype", "whole"), [("i8", True), ("u1", True), ("f8", False)])
    def test_what_the_type_says(self, dtype, whole):
        reader = Reader(3)
        reader.column(
            "x", Numbers(np.array([1, 2, 3], dtype), np.array([True, False, False])), number()
        )
        assert reader.spans["x"] == Span(2.0, 3.0, missing=True, whole=whole)


class TestLists:
    FIELDS = {"n": number("0", "100", 1), "l": LABEL, "f": FLAG, "d": DAY, "t": TEXT}

    def read(self, rows, key=(), used=("n", "l", "f", "d", "t"), **given):
        """Read lists, and hold them against the reader of records."""
        kind = ListType(fields=self.FIELDS, key=key)
        items = [item for row in rows if row is not None for item in row]
        offsets = np.concatenate([[0], np.cumsum([len(row or ()) for row in rows])]).astype(
            np.int64
        )
        missing = np.array([row is None for row in rows])
        fields = {f: from_list([i.get(f) for i in items]) for f in given.get("fields", self.FIELDS)}
        reader = Reader(len(rows))
        found = reader.items(
            "r", Ragged(offsets, missing if missing.any() else None, fields), kind, used
        )
        odd = [False] * len(rows) if reader.odd is None else reader.odd.tolist()
        told = {row: [] for row in range(len(rows))}
        for refusal in reader.refusals:
            for row, path in zip(refusal.rows.tolist(), refusal.paths(), strict=True):
                told[row].append((refusal.issue.code, path))
        declared = Input(name="r", title=Text.same("r"), type=kind, required=False)
        for row, raw in enumerate(rows):
            values, issues, _ = read_record({"r": raw}, [declared])
            wanted = [(issue.code, issue.path) for issue in issues]
            if odd[row]:
                continue
            assert sorted(told[row]) == sorted(wanted)
            if not wanted and raw is not None:
                self._hold(found.part(row, row + 1), values["r"], used)
        return found, odd

    def _hold(self, items, wanted, used):
        assert items.offsets.tolist() == [0, len(wanted)]
        assert set(items.fields) == set(used)
        for name, values in items.fields.items():
            for held, item in zip(values.tolist(), wanted, strict=True):
                value = item[name]
                if isinstance(value, Missing):
                    assert held != held or held < 0
                elif name == "n":
                    assert exact(held) == value
                elif name == "l":
                    assert SCALE.ids[held] == value
                elif name != "t":
                    assert held == value

    GOOD = {"n": 1.5, "l": "baik", "f": True, "d": date(2024, 1, 1), "t": "budi"}

    def test_cells_that_cannot_be_used_are_told_with_row_and_place(self):
        rows = [
            [self.GOOD, {**self.GOOD, "n": 101}, {**self.GOOD, "n": 0.25, "l": "bagus"}],
            None,
            [],
            [{}, {"n": "x", "f": 1, "d": "kemarin", "t": 0.5}],
            [{**self.GOOD, "n": -1}],
        ]
        found, odd = self.read(rows)
        assert not any(odd)
        assert found.missing.tolist() == [False, True, False, False, False]

    def test_a_row_with_an_item_that_no_float_holds_is_odd(self):
        _, odd = self.read([[self.GOOD], [self.GOOD, {**self.GOOD, "n": "1/3"}]])
        assert odd == [False, True] or not any(odd)
        wide = Reader(2)
        part = Ragged(np.array([0, 1, 3]), None, {"n": Objects([0.5, Fraction(1, 3), 0.5])})
        wide.items("r", part, ListType(fields={"n": number()}), ("n",))
        assert wide.odd.tolist() == [False, True]

    def test_fields_that_are_not_there_are_missing(self):
        found, _ = self.read([[{"n": 1}, {"n": 2}]], fields=("n",))
        assert found.fields["n"].tolist() == [1, 2]
        assert found.fields["l"].tolist() == [-1, -1]
        assert np.isnan(found.fields["d"]).all()

    def test_fields_that_nobody_needs_are_checked_and_not_kept(self):
        found, _ = self.read([[self.GOOD], [{**self.GOOD, "f": 5}]], used=("n",))
        assert set(found.fields) == {"n"}

    @pytest.mark.parametrize("key", [("t",), ("l", "t"), ("n",), ("d", "f")])
    def test_rows_whose_items_may_have_the_same_key_are_left_to_the_scorer(self, key):
        other = {"n": 2, "l": "kurang", "f": False, "d": date(2024, 1, 2), "t": "sari"}
        third = {"n": 3, "l": "sb", "t": "tono", "d": date(2024, 1, 3), "f": False}
        rows = [
            [self.GOOD, other],
            [self.GOOD, other, self.GOOD],
            [other],
            [],
            None,
            [other],
            [self.GOOD],
            [third, other, self.GOOD, self.GOOD],
            [{}, {}],
            [{**self.GOOD, key[0]: None}, {**self.GOOD, key[0]: None}],
        ]
        _, odd = self.read(rows, key=key)
        assert odd == [False, True, False, False, False, False, False, True, False, False]

    def test_a_column_that_is_no_lists_is_left_to_the_scorer(self):
        kind = ListType(fields=self.FIELDS)
        for part in (Objects([[], 5]), Numbers(np.zeros(2)), Coded(np.zeros(2, np.int8), ("x",))):
            assert Reader(2).items("r", part, kind, ("n",)) is None

    def test_no_column_means_that_every_list_is_missing(self):
        found = Reader(3).items("r", None, ListType(fields=self.FIELDS), ("n", "l"))
        assert found.missing.all()
        assert found.offsets.tolist() == [0, 0, 0, 0]
        assert {name: len(values) for name, values in found.fields.items()} == {"n": 0, "l": 0}

    @given(SEEDS)
    def test_any_lists(self, seed):
        random = Random(seed)

        def item():
            raw = {
                "n": random.choice((1, 0.5, "7", 0.25, 101, None, "x", Decimal("2.5"))),
                "l": random.choice(("baik", "Kurang", None, "bagus")),
                "f": random.choice((True, False, None)),
                "d": random.choice((date(2024, 1, 1), "2024-01-01", None)),
                "t": random.choice(("budi", " budi", "sari", 5, "5")),
            }
            return {k: v for k, v in raw.items() if random.random() < 0.9}

        rows = [
            None
            if not random.randrange(5)
            else [item() for _ in range(random.choice((0, 1, 2, 3, 5)))]
            for _ in range(5)
        ]
        self.read(rows, key=random.choice(((), ("t",), ("l", "t"))))


class TestRefusals:
    def test_rows_are_left_out(self):
        reader = Reader(4)
        reader.column("x", Numbers(np.array([INF, 1.0, INF, INF])), number())
        (refusal,) = reader.refusals
        assert refusal.without(None) is refusal
        assert refusal.without(np.array([False, True, False, False])) is refusal
        left = refusal.without(np.array([False, False, True, False]))
        assert left.rows.tolist() == [0, 3]
        assert refusal.rows.tolist() == [0, 2, 3]


class TestBatches:
    def batch(self):
        items = Items(
            np.array([0, 2, 2, 3, 6]),
            np.array([False, True, False, False]),
            {"n": np.arange(6.0), "l": np.arange(6, dtype=np.int16)},
        )
        return Batch(4, {"x": np.arange(4.0), "r": items})

    @staticmethod
    def rows(batch):
        items = batch.columns["r"]
        missing = [False] * batch.rows if items.missing is None else items.missing.tolist()
        return [
            (
                batch.columns["x"][row].item(),
                missing[row],
                *(
                    items.fields[name][items.offsets[row] : items.offsets[row + 1]].tolist()
                    for name in ("n", "l")
                ),
            )
            for row in range(batch.rows)
        ]

    @given(st.lists(st.integers(0, 3), max_size=6))
    def test_rows_are_taken_in_any_order(self, rows):
        batch = self.batch()
        taken = batch.take(np.array(rows, np.intp))
        assert self.rows(taken) == [self.rows(batch)[row] for row in rows]
        owners = taken.columns["r"].owners().tolist()
        assert owners == [i for i, row in enumerate(self.rows(taken)) for _ in row[2]]

    @pytest.mark.parametrize("size", [1, 2, 3, 4, 9])
    def test_pieces_hold_all_rows(self, size):
        batch = self.batch()
        found, places = [], []
        for at, piece in batch.pieces(size):
            assert piece.rows == at.stop - at.start <= size
            found += self.rows(piece)
            places += range(at.start, at.stop)
        assert places == [0, 1, 2, 3]
        assert found == self.rows(batch)

    def test_batches_are_put_one_after_the_other(self):
        one = self.batch()
        whole = one.take(np.array([3, 0]))
        other = Batch(
            2,
            {
                "x": whole.columns["x"],
                "r": Items(whole.columns["r"].offsets, None, whole.columns["r"].fields),
            },
        )
        joined = Batch.joined([one, other, one.take(np.zeros(0, np.intp)), one])
        assert self.rows(joined) == self.rows(one) + self.rows(other) + self.rows(one)
        assert Batch.joined([one]) is one
        without = Batch.joined([other, other])
        assert without.columns["r"].missing is None
