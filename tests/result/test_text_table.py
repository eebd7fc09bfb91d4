"""Tables in plain text fit, align and lose nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.result.text_table import is_figure, table_lines, wrapped


def table(columns, rows, width=60):
    return list(table_lines(columns, rows, width=width, missing="tidak ada nilai"))


class TestFigures:
    @pytest.mark.parametrize(
        "cell", ["0", "3,25", "−3.25", "60 %", "60%", "4,3333333333…", "≈ 6,19", "+5", "12"]
    )
    def test_a_number_is_a_figure(self, cell):
        assert is_figure(cell)

    @pytest.mark.parametrize("cell", ["", "B", "B (Baik)", "3 butir", "3,", "3 ÷ 20", "1.2.3", "…"])
    def test_anything_else_is_none(self, cell):
        assert not is_figure(cell)


class TestTable:
    def test_figures_stand_below_each_other_by_their_decimal_mark(self):
        assert table(
            ["unsur", "NRR"],
            [["biaya", "3,9"], ["waktu", "2,75"], ["sarana", "12"], ["total", "4,3333333333…"]],
        ) == [
            "unsur              NRR",
            "──────  ──────────────",
            "biaya    3,9",
            "waktu    2,75",
            "sarana  12",
            "total    4,3333333333…",
        ]

    def test_a_missing_value_stands_where_a_figure_would(self):
        assert table(["", "NRR"], [["a", "3,9"], ["b", "tidak ada nilai"]])[2:] == [
            "a              3,9",
            "b  tidak ada nilai",
        ]

    def test_words_are_set_left(self):
        assert table(["a", "b"], [["x", "Baik"], ["y", "12"]])[2:] == ["x  Baik", "y  12"]

    def test_a_table_without_heads_has_no_rule(self):
        assert table(["", ""], [["a", "b"]]) == ["a  b"]

    def test_a_long_cell_is_wrapped_inside_its_column(self):
        lines = table(
            ["indikator", "capaian"], [["berkas selesai dalam satu hari", "95"]], width=26
        )
        assert lines == [
            "indikator          capaian",
            "─────────────────  ───────",
            "berkas selesai          95",
            "dalam satu hari",
        ]

    def test_a_table_that_cannot_fit_is_printed_row_by_row(self):
        lines = table(
            ["satu", "dua", "tiga"], [["1" * 20, "2" * 20, "3"], ["4", "", "6"]], width=30
        )
        assert lines == [
            f"satu: {'1' * 20}",
            f"dua: {'2' * 20}",
            "tiga: 3",
            "",
            "satu: 4",
            "dua:",
            "tiga: 6",
        ]

    def test_a_head_wider_than_its_figures_is_wrapped(self):
        lines = table(["nama", "jumlah penilai aktif"], [["a", "1"]], width=14)
        assert lines == [
            "nama    jumlah",
            "       penilai",
            "         aktif",
            "────  ────────",
            "a            1",
        ]

    @given(
        st.integers(1, 5).flatmap(
            lambda n: st.tuples(
                st.lists(st.text("ab 1,…", max_size=12), min_size=n, max_size=n),
                st.lists(
                    st.lists(st.text("ab 1,…", max_size=40), min_size=n, max_size=n), max_size=4
                ),
            )
        ),
        st.integers(20, 100),
    )
    @settings(max_examples=200)
    def test_no_line_is_wider_than_allowed_and_no_letter_is_lost(self, parts, width):
        columns, rows = parts
        lines = table(columns, rows, width=width)
        assert all(len(line) <= width for line in lines)
        cells = "".join(cell for row in rows for cell in row)
        printed = "".join(lines)
        assert all(printed.count(c) >= cells.count(c) for c in "ab1,…")


class TestWrapping:
    def test_a_long_word_is_cut(self):
        assert wrapped("x" * 5, 2) == ["xx", "xx", "x"]

    def test_an_empty_text_is_one_empty_line(self):
        assert wrapped("", 10) == [""]

    def test_a_hyphen_is_no_place_to_break(self):
        assert wrapped("rata-rata nilai", 10) == ["rata-rata", "nilai"]
