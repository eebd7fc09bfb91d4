"""Units along the periods, as they are read."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from kinerja.cohort import Member, Stay, parts_of, units_along, year_items
from kinerja.report import Page, page_html, page_markdown, page_text
from kinerja.report.page import Grid, Lines, Section
from kinerja.report.unit_periods import periods_section
from kinerja.scorer import LabelStep, NumberStep
from kinerja.values import Period
from kinerja.words import Text

YEAR = Period.parse("2025")
QUARTERS = parts_of(YEAR, each="quarter")
NUMBER = NumberStep(name="nilai", title=Text("nilai", "score"), unit=None, digits=2)
LABELS = LabelStep(
    name="predikat",
    title=Text.same("predikat"),
    labels=(("cukup", Text.same("Cukup")), ("baik", Text.same("Baik"))),
    ordered=True,
)


def member(person, quarter, number, unit="A"):
    label = None if number is None else "baik" if number >= 85 else "cukup"
    return Member(
        id=person,
        unit=unit,
        period=QUARTERS[quarter - 1],
        values={"nilai": None if number is None else Decimal(number), "predikat": label},
    )


MEMBERS = [
    *(member("P1", quarter, number) for quarter, number in ((1, 80), (2, 90), (3, 85), (4, 85))),
    *(member("P2", quarter, 81) for quarter in (1, 2, 3, 4)),
    *(member("P3", quarter, 88) for quarter in (1, 2, 3, 4)),
    *(member("P4", quarter, 70, "B") for quarter in (1, 3, 4)),
]
STAYS = {
    "P1": (
        Stay(unit="B", first=date(2024, 1, 1), last=date(2025, 3, 31)),
        Stay(unit="A", first=date(2025, 4, 1)),
    )
}


def section(members=MEMBERS, *, lang="id", years=(), periods=QUARTERS, labels=LABELS):
    found = units_along(members, periods=periods, number="nilai", labels=labels)
    return periods_section(found, number=NUMBER, labels=labels, years=years, lang=lang)


def page(one: Section):
    return Page(kicker="k", title="t", lead=[], sections=[one], contents="isi", missing="–")


def grids(one):
    return [block for block in one.blocks if isinstance(block, Grid)]


def lines(one):
    return [block for block in one.blocks if isinstance(block, Lines)]


def years(moves="new_unit"):
    return year_items(
        MEMBERS,
        year=YEAR,
        parts=QUARTERS,
        values={"nilai": "nilai"},
        stays=STAYS,
        moves=moves,
        by="months",
    )


class TestNumbers:
    def test_a_rounded_mean_is_marked_and_an_exact_one_is_not(self):
        rows = grids(section())[0].rows
        assert rows[0] == ["A", "rata-rata", "83,00", "≈ 86,33", "≈ 84,67", "≈ 84,67"]
        assert rows[1] == ["A", "median", "81,00", "88,00", "85,00", "85,00"]

    def test_a_period_without_data_is_empty_and_never_zero(self):
        rows = grids(section())[0].rows
        assert rows[3] == ["B", "rata-rata", "70,00", "", "70,00", "70,00"]
        assert rows[5] == ["B", "orang bernilai", "1", "0", "1", "1"]

    def test_everyone_stands_last_and_a_single_unit_is_not_said_twice(self):
        assert [row[0] for row in grids(section())[0].rows[-3:]] == ["semua unit"] * 3
        only = section([one for one in MEMBERS if one.unit == "A"])
        assert {row[0] for row in grids(only)[0].rows} == {"A"}

    def test_a_long_decimal_that_ends_is_marked_when_it_is_cut(self):
        members = [member(f"P{place}", 1, 80 + (place == 0)) for place in range(8)]
        rows = grids(section(members, periods=QUARTERS[:1]))[0].rows
        assert rows[0][2] == "≈ 80,13"


class TestLabels:
    def test_a_share_stands_beside_its_count(self):
        rows = grids(section())[1].rows
        assert rows[0] == ["A", "Baik", "1 (33,3 %)", *["2 (66,7 %)"] * 3]
        assert rows[3] == ["B", "Cukup", "1 (100 %)", "", "1 (100 %)", "1 (100 %)"]
        assert rows[2] == ["B", "Baik", "0", "", "0", "0"]

    def test_the_matrix_is_of_the_last_two_periods(self):
        assert grids(section())[3].rows == [["Cukup", "2", "", "2"], ["Baik", "", "2", "2"]]


class TestMoves:
    def test_up_same_and_down_stand_in_one_cell(self):
        rows = grids(section())[2].rows
        assert rows[0] == ["A", "nilai", "1 / 2 / 0", "0 / 2 / 1", "0 / 3 / 0"]
        assert rows[1] == ["A", "predikat", "1 / 2 / 0", "0 / 3 / 0", "0 / 3 / 0"]
        assert rows[5] == ["B", "tidak dapat dibandingkan", "1", "1", "0"]

    def test_one_period_has_no_moves_and_no_lines(self):
        one = section(periods=QUARTERS[:1])
        assert len(grids(one)) == 2
        assert lines(one) == []


class TestYears:
    def test_causes_and_basis_are_told(self):
        text = page_text(page(section(years=years())))
        assert "3 dari 4 orang punya nilai pada setiap bagian tahun" in text
        assert "PermenPANRB 6/2022 Lampiran hlm. 91 A.13b" in text
        assert re.search(r"tidak ada hasil +1 +1", text)
        assert re.search(r"bagian di unit lama +1 +1", text)

    def test_in_proportion_says_that_it_is_the_agencys_choice(self):
        text = page_text(page(section(years=years("proportional"), lang="en")))
        assert "the months spent in it" in " ".join(text.split())
        assert "the agency's own choice" in text

    def test_no_person_is_named(self):
        for lang in ("id", "en"):
            printed = page_html(page(section(years=years(), lang=lang)), lang)
            assert not re.search(r"\bP[1-4]\b", printed)


@pytest.mark.parametrize(
    ("text", "id_name", "en_name"),
    [
        ("2025-Q3", "TW III 2025", "Q3 2025"),
        ("2025-H2", "Sem. II 2025", "H2 2025"),
        ("2025-08", "Agu 2025", "Aug 2025"),
        ("2025", "2025", "2025"),
    ],
)
def test_periods_have_names_that_people_use(text, id_name, en_name):
    period = Period.parse(text)
    one = Member(id="P1", unit="A", period=period, values={"nilai": Decimal(80)})
    for lang, name in (("id", id_name), ("en", en_name)):
        grid = grids(section([one], periods=[period], lang=lang, labels=None))[0]
        assert grid.columns[-1] == name


def test_a_period_of_other_days_is_told_by_both_ends():
    period = Period(date(2025, 1, 5), date(2025, 2, 7))
    one = Member(id="P1", unit="A", period=period, values={"nilai": Decimal(80)})
    grid = grids(section([one], periods=[period], labels=None))[0]
    assert grid.columns[-1] == "2025-01-05 s.d. 2025-02-07"


def test_most_units_are_shown_and_the_rest_is_counted():
    members = [member(f"P{place}", 1, 80, f"U{place:02}") for place in range(42)]
    text = page_text(page(section(members)))
    assert "2 unit lain tidak ditampilkan" in text
    assert "U39" in text
    assert "U40" not in text


class TestDrawing:
    def test_a_gap_breaks_the_line_and_a_lone_point_is_still_drawn(self):
        printed = page_html(page(section()), "id")
        # Unit A and everyone are whole; of unit B the first quarter stands alone.
        assert printed.count("<polyline") == 3
        assert printed.count("<circle") == 4 + 3 + 4
        assert "<title>B, TW III 2025: 70,00</title>" in printed

    def test_only_a_page_that_can_be_drawn_on_shows_it(self):
        assert "satu skala" not in page_text(page(section()))
        assert "satu skala" not in page_markdown(page(section()))
        assert "satu skala" in page_html(page(section()), "id")

    def test_equal_values_run_through_the_middle(self):
        flat = Lines(
            title="t",
            columns=["1", "2"],
            rows=[("A", [(Fraction(5), "5"), (Fraction(5), "5")])],
        )
        printed = page_html(page(Section(title="s", blocks=[flat])), "id")
        assert re.findall(r'cy="([0-9.]+)"', printed) == ["49.0", "49.0"]

    def test_nothing_but_gaps_is_no_line(self):
        empty = Lines(title="t", columns=["1", "2"], rows=[("A", [None, None])])
        printed = page_html(page(Section(title="s", blocks=[empty])), "id")
        assert "<circle" not in printed
        assert "<svg" in printed

    def test_names_are_markup_nowhere_and_long_ones_are_cut(self):
        rows = [("<b>" + "x" * 60, [(Fraction(1), "1"), (Fraction(2), "2")])]
        printed = page_html(
            page(Section(title="s", blocks=[Lines(title="t", columns=["a", "b"], rows=rows)])), "id"
        )
        assert "<b>" not in printed
        assert re.search(r"&lt;b&gt;x+…</text>", printed)
