"""Records are read exactly, or refused with every issue; nothing is guessed or repaired."""

import math
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.errors import Issue
from kinerja.exact import exact
from kinerja.formula.types import (
    DateType,
    FlagType,
    LabelType,
    ListType,
    NumberType,
    TextType,
)
from kinerja.scorer import Input
from kinerja.scorer.read import plain_value, read_record
from kinerja.values import Interval, LabelDef, Missing, Scale
from kinerja.words import Text

SCALE = Scale(
    labels=(
        LabelDef("baik", Text("Baik", "good")),
        LabelDef("sangat_baik", Text("Sangat Baik", "very good")),
    ),
    ordered=True,
)
NUMBER = NumberType()
PERCENT = NumberType(limits=Interval(low=Fraction(0), high=Fraction(100)), digits=2)
LABEL = LabelType(scale=SCALE)
RATINGS = ListType(
    fields={"penilai": TextType(), "aspek": LABEL, "nilai": PERCENT}, key=("penilai", "aspek")
)


class PandasNA:
    """What pandas.NA does: it is unequal to nothing and refuses to be a truth value."""

    def __ne__(self, other):
        return self

    def __eq__(self, other):
        return self

    __hash__ = None

    def __bool__(self):
        raise TypeError("boolean value of NA is ambiguous")


PandasNA.__name__ = "NAType"


class Rude:
    """A foreign value that refuses everything."""

    def __ne__(self, other):
        raise RuntimeError

    def __eq__(self, other):
        raise RuntimeError

    __hash__ = None

    def __repr__(self):
        raise RuntimeError


def declared(kind, name="x", **more):
    return Input(name=name, title=Text.same(name), type=kind, **more)


def read(raw, kind):
    """Read one value; give it with the codes of its issues."""
    values, issues, _ = read_record({"x": raw}, [declared(kind)])
    assert all(isinstance(issue, Issue) and issue.message() for issue in issues)
    return values["x"], [issue.code for issue in issues]


def accepted(raw, kind):
    value, codes = read(raw, kind)
    assert codes == []
    return value


def refused(raw, kind):
    value, [code] = read(raw, kind)
    assert isinstance(value, Missing)
    return code


NOTHING = [None, "", "   ", "\t\n", math.nan, Decimal("NaN"), Decimal("sNaN"), PandasNA()]


class TestMissing:
    @pytest.mark.parametrize("raw", NOTHING, ids=range(len(NOTHING)))
    @pytest.mark.parametrize("kind", [NUMBER, LABEL, FlagType(), DateType(), TextType()])
    def test_nothing_is_missing_with_the_reason_whatever_the_type(self, raw, kind):
        assert accepted(raw, kind) == Missing.because("input_missing", "x")

    def test_an_absent_key_is_missing(self):
        values, issues, warnings = read_record({}, [declared(NUMBER)])
        assert (values, issues, warnings) == ({"x": Missing.because("input_missing", "x")}, [], [])

    @pytest.mark.parametrize("raw", [None, math.nan, Decimal("NaN"), PandasNA()], ids=range(4))
    def test_a_list_may_be_missing_and_an_empty_list_is_not(self, raw):
        assert accepted(raw, RATINGS) == Missing.because("input_missing", "x")
        assert accepted([], RATINGS) == []

    def test_values_of_array_libraries(self):
        numpy = pytest.importorskip("numpy")
        for raw in (numpy.float64("nan"), numpy.float32("nan"), numpy.datetime64("NaT")):
            assert isinstance(accepted(raw, NUMBER), Missing)


class TestNumbers:
    @given(st.floats(allow_nan=False, allow_infinity=False))
    def test_a_float_means_what_it_prints(self, raw):
        assert accepted(raw, NUMBER) == Fraction(repr(raw))

    @given(st.integers() | st.fractions() | st.decimals(allow_nan=False, allow_infinity=False))
    def test_exact_numbers_and_their_text_mean_the_same(self, raw):
        assert accepted(raw, NUMBER) == accepted(str(raw), NUMBER) == Fraction(raw)

    def test_scalars_of_array_libraries_mean_what_they_print(self):
        numpy = pytest.importorskip("numpy")
        assert accepted(numpy.float32(0.1), NUMBER) == exact("0.1")
        assert accepted(numpy.float64(0.1), NUMBER) == exact("0.1")
        assert accepted(numpy.float16(0.1), NUMBER) == exact("0.1")
        assert accepted(numpy.int64(-7), NUMBER) == -7
        assert accepted(numpy.uint8(7), NUMBER) == 7
        assert accepted(numpy.str_("7.5"), NUMBER) == exact("7.5")
        for raw in (numpy.bool_(True), numpy.array([1, 2]), numpy.float64("inf")):
            assert refused(raw, NUMBER) == "KNJ401"

    @pytest.mark.parametrize(
        "raw",
        [
            True,
            False,
            "tujuh",
            "7,5",
            "1.000,5",
            "60 %",
            "60%",
            math.inf,
            "inf",
            Decimal("-Infinity"),
            10**5000,
            Fraction(1, 3**2000),
            "9" * 500,
            b"7",
            [7],
            {},
            date(2024, 1, 1),
            object(),
            Rude(),
        ],
        ids=range(19),
    )
    def test_what_is_no_number_is_refused(self, raw):
        assert refused(raw, NUMBER) == "KNJ401"

    def test_a_percentage_says_neither_sixty_nor_six_tenths(self):
        assert refused("60 %", PERCENT) == "KNJ401"

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            (0, None),
            ("100.00", None),
            ("99.99", None),
            ("1/4", None),
            (-1, "KNJ402"),
            ("100.01", "KNJ402"),
            ("0.001", "KNJ403"),
            ("1/3", "KNJ403"),
        ],
    )
    def test_limits_and_decimals_are_kept(self, raw, code):
        assert read(raw, PERCENT)[1] == ([] if code is None else [code])

    def test_limits_are_told_as_they_are_declared(self):
        kind = NumberType(
            limits=Interval(
                low=Fraction(0), high=Fraction(7661, 100), low_open=True, high_open=True
            )
        )
        _, [issue], _ = read_record({"x": 0}, [declared(kind)])
        assert issue.details == {"found": "0", "expected": "> 0, < 76.61"}
        _, [issue], _ = read_record({"x": "400/3"}, [declared(PERCENT)])
        assert issue.details == {"found": "400/3", "expected": "≥ 0, ≤ 100"}


class TestLabels:
    @pytest.mark.parametrize("raw", ["baik", "Baik", "good", " baik "])
    def test_a_label_is_meant_by_id_or_title(self, raw):
        assert accepted(raw, LABEL) == "baik"

    @pytest.mark.parametrize("raw", ["BAIK", "baik.", "sangat baik", "Sangat baik"])
    def test_a_near_miss_is_refused_with_a_suggestion(self, raw):
        assert refused(raw, LABEL) == "KNJ405"

    @pytest.mark.parametrize("raw", ["xyz", 3, True, ["baik"], 10**5000, Rude()], ids=range(6))
    def test_anything_else_is_refused_with_the_choices(self, raw):
        assert refused(raw, LABEL) == "KNJ404"

    def test_a_long_scale_is_told_in_part(self):
        labels = tuple(LabelDef(f"pilihan_{i}", Text.same(f"{i}")) for i in range(50))
        kind = LabelType(scale=Scale(labels=labels, ordered=False))
        _, [issue], _ = read_record({"x": "zzz"}, [declared(kind)])
        assert issue.details["expected"].endswith("pilihan_8, …")


class TestFlags:
    def test_yes_and_no(self):
        assert accepted(True, FlagType()) is True
        assert accepted(False, FlagType()) is False

    @pytest.mark.parametrize(
        "raw", [0, 1, "true", "ya", "false", 1.0, [True], Rude()], ids=range(8)
    )
    def test_nothing_else_is_a_flag(self, raw):
        assert refused(raw, FlagType()) == "KNJ406"

    def test_flags_of_array_libraries(self):
        numpy = pytest.importorskip("numpy")
        assert accepted(numpy.bool_(True), FlagType()) is True
        assert refused(numpy.int64(1), FlagType()) == "KNJ406"
        assert refused(numpy.array([True, False]), FlagType()) == "KNJ406"


class TestDates:
    @given(st.dates())
    def test_a_day_and_its_text_mean_the_same(self, day):
        expected = Fraction(day.toordinal())
        assert accepted(day, DateType()) == expected
        assert accepted(f" {day.isoformat()} ", DateType()) == expected
        assert accepted(datetime(day.year, day.month, day.day, 13, 30), DateType()) == expected  # noqa: DTZ001 - a bare time

    @pytest.mark.parametrize(
        "raw",
        [
            "2024-02-30",
            "2024-13-01",
            "20240131",
            "2024-W05-3",
            "31/01/2024",
            "2024-1-31",
            "2024-01-31T00:00:00",
            "besok",
            20240131,
            True,
            Rude(),
        ],
        ids=range(11),
    )
    def test_anything_else_is_refused(self, raw):
        assert refused(raw, DateType()) == "KNJ410"

    def test_days_of_array_libraries(self):
        numpy = pytest.importorskip("numpy")
        expected = Fraction(date(2024, 1, 31).toordinal())
        for unit in ("D", "s", "ns"):
            assert accepted(numpy.datetime64("2024-01-31", unit), DateType()) == expected
        assert refused(numpy.int64(20240131), DateType()) == "KNJ410"


class TestTexts:
    @given(st.text(max_size=50).filter(str.strip))
    def test_text_is_kept_without_blanks_around_it(self, raw):
        assert accepted(raw, TextType()) == raw.strip()

    def test_whole_numbers_are_texts_too(self):
        assert accepted(198501012010011001, TextType()) == "198501012010011001"
        numpy = pytest.importorskip("numpy")
        assert accepted(numpy.int64(12), TextType()) == "12"

    @pytest.mark.parametrize(
        "raw", [True, 1.0, 1.5, b"a", ["a"], "x" * 10_001, 10**5000, Rude()], ids=range(8)
    )
    def test_anything_else_is_refused(self, raw):
        assert refused(raw, TextType()) == "KNJ411"


ROW = {"penilai": "a", "aspek": "baik", "nilai": 80}


class TestLists:
    def test_items_are_read_field_by_field(self):
        [item] = accepted([{**ROW, "lain": 1}], RATINGS)
        assert item == {"penilai": "a", "aspek": "baik", "nilai": 80}

    def test_a_field_that_is_absent_is_missing_with_its_place(self):
        items = accepted([ROW, {"penilai": "b"}], RATINGS)
        assert items[1]["nilai"] == Missing.because("input_missing", "x[1].nilai")

    def test_tuples_generators_and_arrays_are_lists(self):
        numpy = pytest.importorskip("numpy")
        expected = accepted([ROW], RATINGS)
        assert accepted((ROW,), RATINGS) == expected
        assert accepted((row for row in [ROW]), RATINGS) == expected
        assert accepted(numpy.array([ROW], dtype=object), RATINGS) == expected
        assert accepted(numpy.array([], dtype=object), RATINGS) == []

    @pytest.mark.parametrize("raw", ["teks", b"x", ROW, 5, True, object()], ids=range(6))
    def test_what_is_no_list_is_refused(self, raw):
        assert refused(raw, RATINGS) == "KNJ407"

    @pytest.mark.parametrize("entry", [5, "teks", None, [1], Rude()], ids=range(5))
    def test_an_item_without_named_fields_is_refused_where_it_stands(self, entry):
        _, issues, _ = read_record({"x": [ROW, entry]}, [declared(RATINGS)])
        assert [(issue.code, issue.path) for issue in issues] == [("KNJ408", "x[1]")]

    def test_items_that_must_differ_and_do_not_are_refused(self):
        rows = [ROW, {**ROW, "nilai": 90}, {**ROW, "penilai": "b"}, {**ROW, "nilai": 70}]
        _, issues, _ = read_record({"x": rows}, [declared(RATINGS)])
        assert [(i.code, i.path, i.details["first"]) for i in issues] == [
            ("KNJ409", "x[1]", "1"),
            ("KNJ409", "x[3]", "1"),
        ]

    def test_items_without_all_of_the_key_are_told_apart_by_nothing(self):
        rows = [{"aspek": "baik"}, {"aspek": "baik"}]
        assert len(accepted(rows, RATINGS)) == 2

    def test_every_issue_is_told_at_once(self):
        record = {"a": "x", "b": [{**ROW, "nilai": 101, "aspek": "x"}, 5], "c": "ya"}
        inputs = [declared(NUMBER, "a"), declared(RATINGS, "b"), declared(FlagType(), "c")]
        _, issues, _ = read_record(record, inputs)
        assert [(issue.code, issue.path) for issue in issues] == [
            ("KNJ401", "a"),
            ("KNJ404", "b[0].aspek"),
            ("KNJ402", "b[0].nilai"),
            ("KNJ408", "b[1]"),
            ("KNJ406", "c"),
        ]


class TestWarnings:
    def warned(self, record, **more):
        inputs = [declared(NUMBER, "realisasi", **more), declared(NUMBER, "target")]
        _, issues, warnings = read_record(record, inputs)
        assert issues == []
        return [(w.code, w.path, w.severity) for w in warnings]

    def test_a_key_that_looks_like_a_missing_input_is_told(self):
        found = self.warned({"realisai": 5, "target": 5})
        assert found == [("KNJ430", "realisai", "warning")]

    @pytest.mark.parametrize(
        "record",
        [
            {"realisasi": 5, "realisai": 5, "target": 5},
            {"catatan": 5, "target": 5},
            {5: 5, None: 5, "target": 5},
        ],
    )
    def test_other_keys_are_passed_over(self, record):
        assert self.warned(record) == []

    def test_an_input_that_may_be_left_out_is_not_missed(self):
        assert self.warned({"realisai": 5, "target": 5}, required=False) == []

    def test_the_id_of_the_record_is_never_a_misspelt_input(self):
        _, _, warnings = read_record({"id": 7}, [declared(NUMBER, "d")])
        assert warnings == []

    def test_an_input_is_not_mistaken_for_another(self):
        assert self.warned({"target": 5}) == []


class TestPlainValues:
    @given(
        st.one_of(
            st.tuples(st.just(NUMBER), st.fractions()),
            st.tuples(st.just(LABEL), st.sampled_from(["baik", "sangat_baik"])),
            st.tuples(st.just(FlagType()), st.booleans()),
            st.tuples(st.just(DateType()), st.dates()),
            st.tuples(st.just(TextType()), st.text(max_size=20)),
        )
    )
    def test_what_was_read_is_written_so_that_it_reads_back(self, case):
        kind, raw = case
        value = accepted(raw, kind)
        plain = plain_value(value, kind)
        assert isinstance(plain, (str, bool)) or plain is None
        assert accepted(plain, kind) == value
