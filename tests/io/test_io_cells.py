"""Cells become values of the declared type, or are refused."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.formula.types import DateType, FlagType, LabelType, NumberType, TextType
from kinerja.io.cells import DayOrder, cell_reader, protect_text, read_id, unprotect_text
from kinerja.io.numbers import NumberText
from kinerja.io.tables import Flaw


def reader(kind, *, protected=True, days=None):
    read = cell_reader(
        kind, numbers=NumberText(mark="comma"), days=days or DayOrder(), protected=protected
    )

    def shown(raw):
        value = read(raw)
        return value.code if isinstance(value, Flaw) else value

    return shown


@pytest.fixture
def label(scale):
    return reader(LabelType(scale=scale))


class TestBlank:
    @pytest.mark.parametrize("kind", [NumberType(), FlagType(), DateType(), TextType()])
    @pytest.mark.parametrize("raw", [None, "", "   ", "\N{NO-BREAK SPACE}"])
    def test_a_blank_cell_is_missing(self, kind, raw):
        assert reader(kind)(raw) is None

    def test_a_blank_label_is_missing(self, label):
        assert label("  ") is None
        assert label(None) is None

    @pytest.mark.parametrize("kind", [NumberType(), FlagType(), DateType(), TextType()])
    def test_a_flaw_stays_the_same_flaw(self, kind):
        flaw = Flaw("KNJ532")
        read = cell_reader(kind, numbers=NumberText(mark="comma"), days=DayOrder(), protected=False)
        assert read(flaw) is flaw


class TestNumbers:
    def test_a_text_is_read_by_the_mark_of_the_file(self):
        assert reader(NumberType())(" 76,61 ") == Decimal("76.61")

    def test_a_number_cell_is_a_number_whatever_the_mark(self):
        assert reader(NumberType())(Decimal("1.234")) == Decimal("1.234")

    def test_a_date_is_no_number(self):
        assert reader(NumberType())(datetime(2024, 5, 3)) == "KNJ527"  # noqa: DTZ001 - as openpyxl gives it

    def test_a_flag_is_no_number(self):
        assert reader(NumberType())(raw=True) == "KNJ520"

    def test_a_number_beyond_all_figures_is_refused(self):
        assert reader(NumberType())(Decimal("1e401")) == "KNJ520"
        assert reader(NumberType())(Decimal("1e400")) == Decimal("1e400")


class TestFlags:
    @pytest.mark.parametrize(
        "raw", ["ya", "Ya", "YES", "true", "TRUE", "1", True, Decimal(1), " ya "]
    )
    def test_yes(self, raw):
        assert reader(FlagType())(raw) is True

    @pytest.mark.parametrize(
        "raw", ["tidak", "No", "false", "0", False, Decimal(0), Decimal("0.0")]
    )
    def test_no(self, raw):
        assert reader(FlagType())(raw) is False

    @pytest.mark.parametrize("raw", ["y", "mungkin", "2", Decimal(2), date(2024, 1, 1)])
    def test_anything_else_is_refused(self, raw):
        assert reader(FlagType())(raw) == "KNJ528"

    def test_an_error_value_is_named(self):
        assert reader(FlagType())("#N/A") == "KNJ526"


class TestDates:
    @pytest.mark.parametrize(
        "raw",
        [
            "2024-03-31",
            "31/03/2024",
            "31-03-2024",
            "31/3/2024",
            " 2024-03-31 ",
            "2024-03-31 00:00:00",
            "2024-03-31T08:30",
        ],
    )
    def test_iso_and_day_first(self, raw):
        assert reader(DateType())(raw) == date(2024, 3, 31)

    def test_the_day_stands_first(self):
        assert reader(DateType())("03/04/2024") == date(2024, 4, 3)

    def test_date_cells_are_dates(self):
        assert reader(DateType())(datetime(2024, 3, 31, 8, 30)) == date(2024, 3, 31)  # noqa: DTZ001 - as openpyxl gives it
        assert reader(DateType())(date(2024, 3, 31)) == date(2024, 3, 31)

    @pytest.mark.parametrize(
        "raw",
        [
            "31/02/2024",
            "03/31/2024",
            "31/3/24",
            "31-03/2024",
            "2024/03/31",
            "20240331",
            "2024-W13-7",
            "0000-01-01",
            "31 Maret 2024",
            "45382",
            Decimal(45382),
            True,
        ],
    )
    def test_what_is_no_date_is_refused(self, raw):
        assert reader(DateType())(raw) == "KNJ529"

    def test_an_error_value_is_named(self):
        assert reader(DateType())("#VALUE!") == "KNJ526"

    def test_a_month_first_date_makes_the_others_doubtful(self):
        days = DayOrder()
        days.add(["31/12/2024", "03/31/2024", "04/30/2024"], lambda text: f"B{len(text)}")
        assert days.month_first == '"03/31/2024" (B10)'
        read = reader(DateType(), days=days)
        assert read("03/04/2024") == "KNJ530"
        assert read("31/12/2024") == date(2024, 12, 31)
        assert read("05/05/2024") == date(2024, 5, 5)
        assert read("2024-04-03") == date(2024, 4, 3)

    def test_only_the_first_month_first_date_is_kept(self):
        days = DayOrder()
        days.add(["03/31/2024"], lambda _: "B2")
        days.add(["04/30/2024"], lambda _: "B9")
        assert days.month_first == '"03/31/2024" (B2)'

    def test_an_impossible_date_shows_no_order(self):
        days = DayOrder()
        days.add(["03/32/2024", "13/13/2024", "x"], lambda _: "B2")
        assert days.month_first is None


class TestLabelsAndTexts:
    def test_a_label_is_stripped_and_not_judged(self, label):
        assert label(" Di Atas Ekspektasi ") == "Di Atas Ekspektasi"

    def test_a_text_stays_as_it_is(self):
        assert reader(TextType())(" a  b ") == " a  b "

    def test_the_apostrophe_of_a_protected_text_is_taken_away(self):
        assert reader(TextType())("'=1+1") == "=1+1"
        assert reader(TextType(), protected=False)("'=1+1") == "'=1+1"

    def test_cells_of_other_types_are_the_text_they_show(self, label):
        read = reader(TextType())
        assert read(Decimal(7)) == label(Decimal(7)) == "7"
        assert read(Decimal("7.5")) == "7.5"
        assert read(True) == "TRUE"
        assert read(False) == "FALSE"
        assert read(datetime(2024, 3, 31)) == "2024-03-31"  # noqa: DTZ001 - as openpyxl gives it
        assert read(date(2024, 3, 31)) == "2024-03-31"

    def test_a_number_that_lost_digits_is_no_text(self, label):
        assert label(Decimal("1.98001012005011e17")) == "KNJ531"
        assert reader(TextType())(Decimal(10**15)) == "KNJ531"

    def test_error_values_are_named(self, label):
        assert label("#N/A") == reader(TextType())("#N/A") == "KNJ526"


class TestIds:
    @pytest.mark.parametrize(
        ("raw", "found"),
        [
            ("198001012005011001", "198001012005011001"),
            (" 7 ", "7"),
            ("007", "007"),
            (Decimal(7), "7"),
            (Decimal(999_999_999_999_999), "999999999999999"),
            ("'=7", "=7"),
            ("'7", "'7"),
            ("E+5", "E+5"),
        ],
    )
    def test_ids_are_text(self, raw, found):
        assert read_id(raw, protected=True) == found

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            (None, "KNJ517"),
            ("", "KNJ517"),
            ("  ", "KNJ517"),
            (Decimal("1.98001012005011e17"), "KNJ531"),
            (Decimal(198001012005011001), "KNJ531"),
            ("1,98001E+17", "KNJ531"),
            ("1.98E+17", "KNJ531"),
            (True, "KNJ533"),
            (date(2024, 5, 3), "KNJ533"),
            ("a\nb", "KNJ533"),
            ("a\u200bb", "KNJ533"),
            ("x" * 201, "KNJ533"),
            ("#REF!", "KNJ526"),
            (Flaw("KNJ532"), "KNJ532"),
        ],
    )
    def test_what_cannot_name_anyone_is_refused(self, raw, code):
        assert read_id(raw, protected=True).code == code

    def test_the_longest_id(self):
        assert read_id("x" * 200, protected=True) == "x" * 200


class TestProtection:
    @pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "\ra", "\na", "'=1", "''@"])
    def test_what_a_spreadsheet_would_run_gets_an_apostrophe(self, text):
        assert protect_text(text) == "'" + text

    @pytest.mark.parametrize("text", ["", "a=1", "198001012005011001", "'Abdul", "'"])
    def test_everything_else_stays(self, text):
        assert protect_text(text) == text
        assert unprotect_text(text) == text

    @given(st.text(alphabet="'=+-@\t\nab", max_size=6))
    def test_the_way_back_gives_the_same_text(self, text):
        assert unprotect_text(protect_text(text)) == text
        assert protect_text(text)[:1] not in ("=", "+", "-", "@", "\t", "\n")
