"""Decimal commas and points: never a guess."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.io.numbers import Evidence, NumberText, error_value, shape_of
from kinerja.io.tables import Flaw


def read(text: str, mark: str) -> Decimal | str:
    value = NumberText(mark=mark).read(text)
    return value.code if isinstance(value, Flaw) else value


def decided(texts: list[str], *, stated: str = "auto", separator: str | None = ";") -> NumberText:
    evidence = Evidence()
    evidence.add(texts, lambda text: f"cell of {text.strip()}")
    return evidence.decide(stated, separator=separator)


class TestShapes:
    @pytest.mark.parametrize("text", ["0", "12", "-12", "+3", "007", "\N{MINUS SIGN}5"])
    def test_a_number_without_mark_is_whole(self, text):
        assert shape_of(text) == "whole"

    @pytest.mark.parametrize(
        "text",
        [
            "76,61",
            "1,5",
            "1,2345",
            "0,125",
            ",5",
            "1234,567",
            "1.234,5",
            "1.234,567",
            "-1.234.567,0",
            "1.234.567",
        ],
    )
    def test_only_a_comma_can_be_the_decimal_mark(self, text):
        assert shape_of(text) == "comma"

    @pytest.mark.parametrize(
        "text", ["3.5", "0.125", ".5", "1234.567", "1,234.5", "1,234,567.25", "1,234,567"]
    )
    def test_only_a_point_can_be_the_decimal_mark(self, text):
        assert shape_of(text) == "point"

    @pytest.mark.parametrize("text", ["1.234", "-12.345", "999.000"])
    def test_a_point_before_three_digits_may_group_thousands(self, text):
        assert shape_of(text) == "point or group"

    @pytest.mark.parametrize("text", ["1,234", "+12,345"])
    def test_a_comma_before_three_digits_may_group_thousands(self, text):
        assert shape_of(text) == "comma or group"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "-",
            "N/A",
            "NaN",
            "nan",
            "inf",
            "-Infinity",
            "1e5",
            "1E+05",
            "60 %",
            "60%",
            "Rp 1.000",
            "1 000",
            "1\N{NO-BREAK SPACE}000",
            "(5)",
            "5.",
            "5,",
            "--5",
            "1.23.4",
            "12,34,567",
            "1.234,567.8",
            "1'000",
            "0x10",
            "1_000",
            "\N{ARABIC-INDIC DIGIT FIVE}",
            "\N{FULLWIDTH DIGIT FIVE}",
            "2/37",
            "5 +",
            "5-",
            "1.0000,5",
            "0.123.456",
            "1,,5",
        ],
    )
    def test_what_is_not_clear_is_no_number(self, text):
        assert shape_of(text) is None

    def test_a_number_of_unreasonable_length_is_none(self):
        assert shape_of("1" * 400) == "whole"
        assert shape_of("1" * 401) is None


class TestReading:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("76,61", "76.61"),
            ("1.234,50", "1234.50"),
            ("1.234.567", "1234567"),
            ("1,234", "1.234"),
            ("-0,5", "-0.5"),
        ],
    )
    def test_decimal_commas(self, text, value):
        assert str(read(text, "comma")) == value

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("76.61", "76.61"),
            ("1,234.50", "1234.50"),
            ("1,234,567", "1234567"),
            ("1.234", "1.234"),
            ("+.5", "0.5"),
        ],
    )
    def test_decimal_points(self, text, value):
        assert str(read(text, "point")) == value

    def test_the_minus_sign_of_typographers_is_a_minus(self):
        assert read("\N{MINUS SIGN}3,5", "comma") == Decimal("-3.5")

    def test_thousands_and_decimals_look_the_same(self):
        assert read("1.234", "comma") == "KNJ521"
        assert read("1,234", "point") == "KNJ521"
        assert read("1.234", "unknown") == read("1,234", "unknown") == "KNJ522"

    def test_an_ambiguous_number_is_shown_with_both_meanings(self):
        flaw = NumberText(mark="comma").read("1.234")
        assert flaw.details == {"found": '"1.234"', "whole": '"1234"', "fraction": '"1,234"'}
        flaw = NumberText(mark="unknown").read("1.234")
        assert flaw.details == {"found": '"1.234"', "whole": '"1234"', "option": "point"}
        assert NumberText(mark="unknown").read("1,234").details["option"] == "comma"

    def test_a_number_against_the_stated_mark_is_refused(self):
        assert NumberText(mark="comma").read("3.5").details == {"found": '"3.5"', "expected": '","'}
        assert NumberText(mark="point").read("3,5").details == {"found": '"3,5"', "expected": '"."'}
        assert read("3,5", "point") == "KNJ523"

    def test_without_evidence_a_clear_number_speaks_for_itself(self):
        assert read("3,5", "unknown") == read("3.5", "unknown") == Decimal("3.5")

    def test_a_percent_sign_is_not_interpreted(self):
        assert read("60 %", "comma") == read("60%", "point") == read("1,5%", "comma") == "KNJ525"
        assert read("x%", "comma") == read("%", "comma") == "KNJ520"

    @pytest.mark.parametrize("text", ["#N/A", "#DIV/0!", "#REF!", "#NAME?", "#n/a", "####"])
    def test_error_values_of_spreadsheets_are_named(self, text):
        assert read(text, "comma") == "KNJ526"
        assert error_value(text) is not None

    def test_a_hash_alone_is_no_error_value(self):
        assert error_value("#") is None
        assert error_value("#hasil") is None

    @pytest.mark.parametrize("text", ["NaN", "inf", "-", "N/A", "1e5"])
    def test_words_for_no_number_are_refused(self, text):
        assert read(text, "point") == "KNJ520"


class TestDeciding:
    def test_one_cell_shows_the_mark_of_the_file(self):
        assert decided(["1.234", "3", "76,61"]).mark == "comma"
        assert decided(["1,234", "3", "3.5"]).mark == "point"

    def test_commas_between_cells_presume_the_point(self):
        assert decided(["1.234"], separator=",").mark == "point"
        assert decided(["1.234"], separator=";").mark == "unknown"
        assert decided(["1.234"], separator="\t").mark == "unknown"
        assert decided(["1.234"], separator=None).mark == "unknown"

    def test_evidence_beats_the_presumption(self):
        assert decided(["76,61"], separator=",").mark == "comma"

    def test_a_statement_beats_the_evidence(self):
        assert decided(["76,61"], stated="point").mark == "point"

    def test_contradicting_cells_are_named_and_every_marked_number_refused(self):
        numbers = decided(["76,61", "2,5", " 3.5", "4.5"])
        assert numbers == NumberText(
            mark="both", comma='"76,61" (cell of 76,61)', point='"3.5" (cell of 3.5)'
        )
        assert {numbers.read(text).code for text in ("76,61", "3.5", "1.234")} == {"KNJ524"}
        assert numbers.read("76") == Decimal(76)

    def test_texts_that_are_no_numbers_are_no_evidence(self):
        assert decided(["a,b", "Rp 1.000,00", "1.234", "12,34,56"]).mark == "unknown"


decimals = st.decimals(
    allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9
)


class TestLaws:
    @given(decimals)
    def test_a_number_written_with_its_mark_is_read_back(self, value):
        text = format(value, "f")
        assert NumberText(mark="point").read(text) == value
        assert NumberText(mark="comma").read(text.replace(".", ",")) == value

    @given(decimals)
    def test_a_number_written_with_groups_and_decimals_is_read_back(self, value):
        text = f"{value:,f}"
        assert NumberText(mark="point").read(text) == value
        assert NumberText(mark="comma").read(text.translate(str.maketrans(",.", ".,"))) == value

    @given(st.text(alphabet="0123456789,.+- ", max_size=12))
    def test_a_text_never_has_two_values(self, text):
        """What is read with either mark known and shows its mark has one value, whatever the mark."""
        values = {mark: NumberText(mark=mark).read(text) for mark in ("comma", "point", "unknown")}
        read_values = {value for value in values.values() if isinstance(value, Decimal)}
        if isinstance(values["unknown"], Decimal):
            assert len(read_values) == 1

    @given(st.text(alphabet="0123456789,.", max_size=10))
    def test_comma_and_point_are_mirror_images(self, text):
        mirrored = text.translate(str.maketrans(",.", ".,"))
        left, right = NumberText(mark="comma").read(text), NumberText(mark="point").read(mirrored)
        if isinstance(left, Flaw):
            assert left.code == right.code
        else:
            assert left == right

    @given(st.text(max_size=20))
    def test_any_text_is_a_number_or_refused(self, text):
        assert isinstance(NumberText(mark="unknown").read(text), (Decimal, Flaw))
