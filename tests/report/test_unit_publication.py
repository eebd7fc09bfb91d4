"""What the public reads of a publication: nothing hidden, and why."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from kinerja.cohort import MeanRow, MeansPublication, Publication, PublishedRow
from kinerja.report import page_html, page_markdown, page_text
from kinerja.report.page import Grid, Page, Paragraph, Stacked
from kinerja.report.unit_publication import publication_page, publication_section
from kinerja.values import Period
from kinerja.words import Language, Text

COUNTS = Publication(
    step="predikat",
    title=Text("predikat kinerja", "performance rating"),
    labels=(("kurang", Text("Kurang", "Poor")), ("baik", Text("Baik", "Good"))),
    period=Period.parse("2025-Q4"),
    k=5,
    zeros="protect",
    small="merge",
    unscored="column",
    rows=(
        PublishedRow(units=("Dinas <Kesehatan> & Gizi",), people=31, counts=(None, 23, None)),
        PublishedRow(units=("Bagian Hukum", None), people=17, counts=(None, None, None)),
    ),
    people=48,
    totals=(11, 31, 6),
)
MEANS = MeansPublication(
    step="nilai",
    title=Text("nilai kinerja", "score"),
    unit=Text("poin", "points"),
    digits=2,
    limits=(Fraction(0), Fraction(120)),
    period=None,
    k=5,
    small="leave_out",
    rows=(
        MeanRow(units=("A",), people=31, mean=Fraction("92.5")),
        MeanRow(units=("B",), people=17, mean=None),
    ),
    people=48,
    mean=None,
    left_out=("C",),
)


def block(page: Page, kind: type) -> object:
    return next(one for section in page.sections for one in section.blocks if isinstance(one, kind))


class TestCounts:
    def test_stand_in_the_table_and_hidden_ones_are_a_sign(self) -> None:
        grid = block(publication_page(COUNTS, lang="id"), Grid)
        assert isinstance(grid, Grid)
        assert list(grid.columns) == ["Unit kerja", "Pegawai", "Kurang", "Baik", "Belum ada hasil"]
        assert grid.rows == [
            ["Dinas <Kesehatan> & Gizi", "31", "(r)", "23", "(r)"],
            ["Gabungan 2 unit kecil", "17", "(r)", "(r)", "(r)"],
            ["Jumlah", "48", "11", "31", "6"],
        ]

    def test_are_drawn_where_they_are_shown_and_the_rest_in_one(self) -> None:
        drawn = block(publication_page(COUNTS, lang="id"), Stacked)
        assert isinstance(drawn, Stacked)
        assert [(counts, hidden) for _, counts, hidden in drawn.rows] == [
            ((None, 23, None), 8),
            ((None, None, None), 17),
            ((11, 31, 6), 0),
        ]

    @pytest.mark.parametrize("lang", ["id", "en"])
    def test_have_a_legend_for_the_sign(self, lang: Language) -> None:
        section = publication_section(COUNTS, lang=lang)
        sign = {"id": "(r)", "en": "(c)"}[lang]
        texts = [one.text for one in section.blocks if isinstance(one, Paragraph)]
        assert len(texts) == 1
        assert texts[0].startswith(f"{sign} = ")

    def test_have_no_legend_where_nothing_is_hidden(self) -> None:
        row = PublishedRow(units=("A",), people=48, counts=(11, 31, 6))
        section = publication_section(replace(COUNTS, rows=(row,)), lang="id")
        assert not any(isinstance(one, Paragraph) for one in section.blocks)

    def test_of_a_single_row_have_no_second_one_for_the_sum(self) -> None:
        row = PublishedRow(units=("A",), people=48, counts=(11, 31, 6))
        grid = block(publication_page(replace(COUNTS, rows=(row,)), lang="id"), Grid)
        assert isinstance(grid, Grid)
        assert len(grid.rows) == 1


class TestPage:
    @pytest.mark.parametrize("lang", ["id", "en"])
    @pytest.mark.parametrize("table", [COUNTS, MEANS], ids=["counts", "means"])
    def test_leaves_no_blank_open(
        self, table: Publication | MeansPublication, lang: Language
    ) -> None:
        page = publication_page(table, lang=lang)
        text = page_text(page)
        assert not re.search(r"[{}]|unit\.publication", text)
        assert page_markdown(page)

    def test_escapes_names(self) -> None:
        html = page_html(publication_page(COUNTS, lang="id", publisher="<Kab>"), "id")
        assert "<Kesehatan>" not in html
        assert "<Kab>" not in html
        assert "Dinas &lt;Kesehatan&gt; &amp; Gizi" in html

    def test_shows_hidden_parts_hatched_and_nothing_else_of_them(self) -> None:
        html = page_html(publication_page(COUNTS, lang="id"), "id")
        drawing = html[html.index("<svg") : html.index("</svg>")]
        assert drawing.count('class="kj-unseen"') == 2
        assert drawing.count('class="kj-part"') == 4
        assert "dirahasiakan 8" in drawing

    def test_names_units_that_share_a_row_and_those_left_out(self) -> None:
        assert "Bagian Hukum; Tanpa unit kerja" in page_text(publication_page(COUNTS, lang="id"))
        assert "Not shown because too small" in page_text(publication_page(MEANS, lang="en"))

    def test_says_why_with_the_least_figure(self) -> None:
        reasons = publication_page(COUNTS, lang="id").sections[-1]
        texts = [one.text for one in reasons.blocks if isinstance(one, Paragraph)]
        assert "Angka di bawah 5 tidak ditampilkan" in texts[0]
        shown = publication_page(replace(COUNTS, zeros="show"), lang="id").sections[-1]
        assert shown != reasons


def test_means_have_the_decimals_of_their_step() -> None:
    grid = block(publication_page(MEANS, lang="id"), Grid)
    assert isinstance(grid, Grid)
    assert grid.rows == [["A", "31", "92,50"], ["B", "17", "(r)"], ["Jumlah", "48", "(r)"]]
    assert grid.columns[2] == "Rata-rata (poin)"
