"""The section on distribution: limits in words, counts in tables, shares in a drawing, nobody named."""

import re
from fractions import Fraction
from html.parser import HTMLParser

import pytest

import kinerja
from kinerja.cohort import Member, check_distribution
from kinerja.report import Page, page_html, page_markdown, page_text
from kinerja.report.page import Grid, Item, Pairs, Section, ShareMark, ShareRow, Shares
from kinerja.report.unit_distribution import distribution_section
from kinerja.scorer import label_step

step = label_step(kinerja.load("kuadran-6-2022").program)
LABELS = [label for label, _ in step.labels]


def people(unit, **counts):
    return [
        Member(id=f"rahasia-{number}", unit=unit, values={"predikat": label})
        for label in LABELS
        for number in range(counts.get(label, 0))
    ]


def section(members, *, organisation, lang="id", variant=None, **more):
    scorer = kinerja.load("se-3-2023", variant=variant or {})
    found = check_distribution(members, scorer=scorer, step=step, organisation=organisation, **more)
    return distribution_section(found, step=step, lang=lang)


def page(*sections):
    return Page(kicker="k", title="t", lead=[], sections=sections, contents="isi", missing="–")


def blocks(made, kind):
    return [block for block in made.blocks if isinstance(block, kind)]


office = [
    *people("Dinas", sangat_baik=12, baik=20, butuh_perbaikan=8),
    Member(id="rahasia", unit="Dinas", status="refused"),
    *people("Bidang", baik=7, butuh_perbaikan=3),
    *people("Satu", baik=1),
]
ORGANISATION = {"Dinas": "butuh_perbaikan", "Bidang": "baik", "Satu": "kurang"}


class TestWords:
    def test_a_limit_is_told_with_people_share_organisation_and_source(self):
        item, _ = blocks(section(office, organisation=ORGANISATION), Item)
        assert item.title == "Dinas: tidak terpenuhi"
        assert item.rows[0] == (
            "batas",
            (
                "Sangat Baik 12 dari 40 orang (30 %); paling banyak 4 orang (10 %) karena capaian "
                "organisasi Butuh Perbaikan; SE MenPANRB 3/2023 (sumber sekunder)"
            ),
        )
        assert item.rows[2:] == [
            (
                "selisih dari pola",
                "16 dari 40 orang",
            ),
            ("tanpa predikat", "ditolak: 1; tidak dihitung sebagai predikat mana pun"),
        ]

    def test_limits_that_cannot_hold_together_are_told_so(self):
        _, item = blocks(section(office, organisation=ORGANISATION), Item)
        assert item.rows[-1] == (
            "selisih dari pola",
            "batas-batas itu tidak dapat dipenuhi bersama oleh unit sekecil ini",
        )

    def test_a_unit_that_is_not_judged_says_why(self):
        made = section(
            people("A", baik=3),
            organisation="baik",
            lang="en",
            variant={"unit_kecil": "tidak_diperiksa"},
            inputs={"unit_terkecil": 10},
        )
        [item] = blocks(made, Item)
        assert item.title == "A: not judged"
        assert item.rows == [("reason", "the unit is too small to be checked")]

    def test_a_limit_of_two_labels_names_both(self):
        made = section(people("A", baik=7, sangat_baik=3), organisation="baik", lang="en")
        [item] = blocks(made, Item)
        assert item.rows[0][1].startswith(
            "Butuh Perbaikan and Kurang/Misconduct 0 of 10 people (0 %); at least 1 person since the "
            "organisation is Baik"
        )

    def test_a_limit_without_a_number_is_told_by_its_title(self):
        made = section(
            people("A", baik=8, sangat_baik=2),
            organisation="istimewa",
            variant={"sebagian_besar": "terbanyak"},
        )
        [item] = blocks(made, Item)
        assert item.rows[0][1].startswith(
            "«sebagian besar» pegawai pada predikat yang sesuai: tidak"
        )

    @pytest.mark.parametrize(
        ("lang", "certainty"),
        [
            ("id", "SE MenPANRB 3/2023: angkanya dikutip dari sumber lain, naskahnya belum dibaca"),
            (
                "en",
                "SE MenPANRB 3/2023: its figures are quoted from others, its wording was not read",
            ),
        ],
    )
    def test_second_hand_figures_are_called_so(self, lang, certainty):
        facts = blocks(section(office, organisation=ORGANISATION, lang=lang), Pairs)[0]
        assert certainty in [text for _, text in facts.rows]

    @pytest.mark.parametrize("lang", ["id", "en"])
    def test_before_the_units_it_says_that_it_changes_nothing(self, lang):
        made = section(office, organisation=ORGANISATION, lang=lang)
        told = {"id": "tidak ada predikat yang diubah", "en": "no predikat is changed"}[lang]
        facts, said, first_table, *_ = made.blocks
        assert isinstance(facts, Pairs)
        assert told in said.text
        assert isinstance(first_table, Grid)

    @pytest.mark.parametrize("write", [page_text, page_markdown])
    def test_nobody_is_named(self, write):
        assert "rahasia" not in write(page(section(office, organisation=ORGANISATION)))

    def test_nobody_in_html_either(self):
        made = section(office, organisation=ORGANISATION, whole="add", whole_organisation="baik")
        assert "rahasia" not in page_html(page(made), "id")

    def test_no_people_is_one_sentence(self):
        made = distribution_section([], step=step, lang="id")
        assert [block.text for block in made.blocks] == ["tidak ada pegawai yang dihitung"]

    @pytest.mark.parametrize("lang", ["id", "en"])
    def test_the_terminal_is_not_wider_than_it_is(self, lang):
        text = page_text(page(section(office, organisation=ORGANISATION, lang=lang)))
        assert max(map(len, text.splitlines())) <= 100


class TestDrawing:
    def test_units_without_people_have_no_bar(self):
        members = [*people("A", baik=2), Member(id="x", unit="B", status="refused")]
        [drawn] = blocks(section(members, organisation="baik"), Shares)
        assert [row.name for row in drawn.rows] == ["A"]

    def test_units_that_do_not_keep_the_pattern_are_drawn_first(self):
        members = [one for at in range(40) for one in people(f"A{at}", baik=7, butuh_perbaikan=3)]
        members += people("Z", baik=10)
        [drawn] = blocks(section(members, organisation="baik"), Shares)
        assert len(drawn.rows) == 30
        assert drawn.rows[-1].name == "Z"

    def test_a_limit_that_is_not_kept_is_marked(self):
        [drawn] = blocks(section(office, organisation=ORGANISATION), Shares)
        marks = drawn.rows[0].marks
        assert [(mark.part, mark.share, mark.text) for mark in marks] == [
            (4, Fraction(1, 10), "Sangat Baik paling banyak 10 %"),
            (2, Fraction(6, 10), "Butuh Perbaikan paling sedikit 60 %"),
        ]

    def test_text_and_markdown_leave_it_out(self):
        made = section(office, organisation=ORGANISATION)
        assert "Sangat Baik paling banyak 10 %" not in page_text(page(made))
        assert "Sangat Baik paling banyak 10 %" not in page_markdown(page(made))


class _Elements(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def drawn(*rows, parts=("rendah", "sedang", "tinggi")):
    shares = Shares(title="bagian", parts=parts, rows=rows)
    html = page_html(page(Section(title="s", blocks=[shares])), "id")
    return html, _Elements(html).found


class TestSharesInHtml:
    """Bars that are read by number, order and lightness, not by colour alone."""

    ROW = ShareRow(name="A & B", counts=[1, 0, 3], shares=["25 %", "0 %", "75 %"], note="4 orang")

    def test_widths_are_shares(self):
        _, elements = drawn(self.ROW)
        widths = [float(one["width"]) for tag, one in elements if tag == "rect"]
        assert widths == [640 / 4 - 2, 640 * 3 / 4 - 2]

    def test_parts_bear_the_number_of_the_key(self):
        html, _ = drawn(self.ROW)
        assert "1 rendah" in html
        assert ">1: 25 %<" in html
        assert ">3: 75 %<" in html
        assert "2: 0 %" not in html

    def test_every_part_has_a_lightness_of_its_own(self):
        row = ShareRow(name="A", counts=[1, 1, 1], shares=["x"] * 3)
        _, elements = drawn(row)
        tones = [float(one["fill-opacity"]) for tag, one in elements if tag == "rect"]
        assert tones == sorted(set(tones))
        assert tones[-1] == 1

    def test_who_does_not_see_it_hears_it(self):
        html, _ = drawn(self.ROW)
        assert "<title>A &amp; B: rendah 25 %; tinggi 75 %</title>" in html
        assert 'aria-label="bagian"' in html

    @pytest.mark.parametrize("share", [Fraction(0), Fraction(1, 10), Fraction(9, 10), Fraction(1)])
    @pytest.mark.parametrize("part", [0, 1, 2])
    def test_marks_stay_in_the_drawing(self, part, share):
        mark = ShareMark(part=part, share=share, text="batas")
        row = ShareRow(name="A", counts=[1, 0, 3], shares=["x"] * 3, marks=[mark, mark])
        html, elements = drawn(row)
        paths = [one["d"] for tag, one in elements if one.get("class") == "kj-mark"]
        ends = [float(x) for path in paths for x in re.findall(r"[MH](\d+\.\d)", path)]
        assert len(ends) == 8
        assert all(0 <= x <= 640 for x in ends)
        assert html.count(">batas<") == 2

    def test_a_row_of_nobody_is_only_a_name(self):
        _, elements = drawn(ShareRow(name="A", counts=[0, 0, 0], shares=[""] * 3))
        assert [tag for tag, _ in elements].count("rect") == 0

    def test_one_part_alone_can_be_drawn(self):
        _, elements = drawn(ShareRow(name="A", counts=[5], shares=["100 %"]), parts=("ada",))
        assert [tag for tag, _ in elements].count("rect") == 1
