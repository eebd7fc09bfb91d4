"""The explanation as a page and as a block: whole, self-contained, safe, readable."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from samples import (
    EVIL,
    HOSTILE,
    INCOMPLETE,
    KUADRAN,
    PANEL,
    SAMPLES,
    SKM,
    SKP,
    same,
)
from strategies_explanation import alike_explanations, explanations

from kinerja.result import ItemTable, Line
from kinerja.result.html import explanation_fragment, explanation_html
from kinerja.result.html_table import layout_of
from kinerja.result.stylesheet import SHEET, footer_sheet

VOID = {"meta", "wbr"}
LANGS = ("id", "en")


class Page(HTMLParser):
    """What a reader of HTML finds; refuses an element that is closed wrongly or not at all."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.elements = []
        self.texts = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        assert len(attributes) == len(dict(attributes))
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.texts.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self):
        return " ".join("".join(self.texts).split())


def page(explanation, lang="id"):
    return Page(explanation_html(explanation, lang))


class TestPage:
    @pytest.mark.parametrize("lang", LANGS)
    @pytest.mark.parametrize("name", SAMPLES)
    def test_every_element_is_closed_and_nothing_is_fetched(self, name, lang):
        source = explanation_html(SAMPLES[name], lang)
        found = Page(source)
        assert source.startswith("<!doctype html>\n<html ")
        assert found.all("script") == []
        for tag, attributes in found.elements:
            assert tag not in {"link", "img", "iframe", "object", "embed", "base", "form", "video"}
            assert not {"src", "srcset", "action", "data"} & set(attributes)
            assert not any(name.startswith("on") for name in attributes)
            assert attributes.get("href", "#").startswith("#")
        style = re.search(r"<style>(.*?)</style>", source, re.DOTALL)[1]
        assert "url(" not in style
        assert "@import" not in style

    @pytest.mark.parametrize("lang", LANGS)
    def test_language_width_and_title_are_named(self, lang):
        found = page(SKP, lang)
        assert found.all("html") == [{"lang": lang}]
        names = {meta.get("name"): meta.get("content") for meta in found.all("meta")}
        assert names["viewport"] == "width=device-width, initial-scale=1"
        assert names["color-scheme"] == "light dark"
        assert {"charset": "utf-8"} in found.all("meta")
        assert "199003152014032001" in found.text

    @pytest.mark.parametrize("name", SAMPLES)
    def test_ids_are_unique_and_links_lead_somewhere(self, name):
        found = page(SAMPLES[name])
        ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
        assert len(ids) == len(set(ids))
        targets = [link["href"].removeprefix("#") for link in found.all("a")]
        assert set(targets) <= set(ids)
        labelled = [a["aria-labelledby"] for _, a in found.elements if "aria-labelledby" in a]
        assert set(labelled) <= set(ids)

    @pytest.mark.parametrize("name", SAMPLES)
    def test_headings_never_skip_a_level(self, name):
        levels = [int(tag[1]) for tag, _ in page(SAMPLES[name]).elements if re.match(r"h\d", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(b <= a + 1 for a, b in pairwise(levels))

    @pytest.mark.parametrize("name", SAMPLES)
    def test_every_head_of_a_table_names_its_scope(self, name):
        found = page(SAMPLES[name])
        assert all(th["scope"] in ("col", "row") for th in found.all("th"))
        assert all(td["data-label"] is not None for td in found.all("td"))
        assert len(found.all("caption")) == len(found.all("table"))

    def test_the_result_and_everything_behind_it_stand_on_the_page(self):
        text = page(SKP).text
        for words in (
            "nilai kinerja 90,24",
            "70 % × 95,2043912301… + 30 % × 82 − 1",
            "90,2430738611… → 90,24",
            "PP 30/2019 Pasal 10 belum terverifikasi",
            "−5,4",
            "realisasi waktu tunggu di loket 18 → 9",
            "Tidak cukup bila diubah sendiri: perilaku kerja.",
            "penghargaan triwulan",
            SKP.policy.fingerprint,
            "terlambat_bertingkat (kinerja-pemkab 0.4.1)",
            "Belum ada sumber yang memastikannya",
        ):
            assert words in text

    def test_what_a_person_looks_for_first_stands_before_the_steps(self):
        ids = [a["id"] for tag, a in page(SKP).elements if tag == "section"]
        assert ids == [
            "tindak-lanjut",
            "mencapai",
            "berkurang",
            "langkah",
            "masukan",
            "kebijakan",
        ]

    def test_what_follows_says_why(self):
        why = same("predikat = Baik & nilai (80) < 90")
        found = page(replace(SKP, follow_up_reasons=(why,) * len(SKP.follow_ups))).text
        assert "karena predikat = Baik & nilai (80) < 90" in found

    def test_many_inputs_that_are_not_enough_are_folded_away(self):
        idle = tuple(replace(KUADRAN.levers[1], name=f"x{n}") for n in range(13))
        source = explanation_html(replace(KUADRAN, levers=(KUADRAN.levers[0], *idle)))
        assert "<summary>Lihat 13 masukan yang tidak cukup bila diubah sendiri</summary>" in source
        assert "<details" not in explanation_html(
            replace(KUADRAN, levers=(KUADRAN.levers[0], *idle[:12]))
        )

    def test_far_digits_are_set_apart_and_never_left_out(self):
        source = explanation_html(SKM)
        assert '82,22<span class="kj-digits">22222222…</span> → 82,22' in source

    def test_an_approximate_loss_keeps_its_sign(self):
        losses = (replace(SKM.losses[0], points=same("≈ 3,47")),)
        assert "≈ −3,47" in page(replace(SKM, losses=losses)).text

    def test_bars_are_as_long_as_their_share(self):
        widths = [a["style"] for a in page(SKM).all("span") if "style" in a]
        assert widths[0] == "width:100%"
        assert widths[-1] == "width:8%"

    def test_reasons_are_a_notice_in_the_head(self):
        source = explanation_html(INCOMPLETE)
        head = source[source.index("<header") : source.index("</header>")]
        assert "Hasil belum lengkap, sebab:" in head
        assert "pembagi bernilai nol: target kehadiran" in head

    def test_long_parts_are_folded_and_open_in_print(self):
        source = explanation_html(PANEL)
        assert "<summary>Lihat 37 bagian langkah ini</summary>" in source
        printed = SHEET[SHEET.index("@media print") :]
        assert "details::details-content { content-visibility: visible" in printed

    def test_short_parts_are_in_sight(self):
        parts = tuple(
            Line(name=f"p.n.{g}", title=same(f"jumlah {g}"), value=same("3")) for g in "ab"
        )
        step = Line(name="p", title=same("panel"), value=same("3"), parts=parts)
        assert page(replace(KUADRAN, lines=(step,))).all("details") == []

    def test_many_results_are_folded_below_the_headline(self):
        lines = tuple(
            Line(name=f"s{n}", title=same(f"nilai {n}"), value=same("3"), published=True)
            for n in range(14)
        )
        text = page(replace(KUADRAN, lines=(*lines, *KUADRAN.lines))).text
        assert text.index("predikat Baik") < text.index("Lihat 14 hasil lain")

    def test_figures_behind_a_table_of_values_are_folded_away(self):
        parts = tuple(
            Line(
                name=f"p.mean.{g}.{a}",
                title=same(f"{a} menurut {g}"),
                value=same("3"),
                figures=same("6 ÷ 2"),
            )
            for g in "xy"
            for a in "ab"
        )
        step = Line(name="p", title=same("panel"), value=same("3"), parts=parts)
        source = explanation_html(replace(KUADRAN, lines=(step,)))
        assert "<summary>Lihat angka dari 4 nilai</summary>" in source
        assert 'class="kj-name kj-as-is">… menurut …</span>' in source

    def test_a_result_of_many_words_is_set_smaller(self):
        step = replace(KUADRAN.lines[0], value=same("penanganan pengaduan, saran dan masukan"))
        assert 'class="kj-long"' in explanation_html(replace(KUADRAN, lines=(step,)))
        assert 'class="kj-long"' not in explanation_html(KUADRAN)

    def test_an_explanation_without_steps_still_names_its_policy(self):
        empty = replace(
            KUADRAN,
            lines=(),
            inputs=(),
            levers=(),
            policy=replace(KUADRAN.policy, basis=()),
        )
        text = page(empty).text
        assert "Langkah perhitungan" not in text
        assert "Kebijakan ini tidak menyebut dasar hukum" in text

    def test_a_wide_list_is_laid_out_row_by_row_everywhere(self):
        assert layout_of(11, is_list=False) == "kj-cards"
        assert layout_of(10, is_list=False) == "kj-stack"
        assert layout_of(2, is_list=False) == "kj-pairs"
        assert layout_of(4, is_list=True) == "kj-list"

    def test_a_missing_cell_is_said_in_words(self):
        table = ItemTable(
            name="x",
            title=same("x"),
            columns=(same("a"), same("b")),
            rows=((same("satu"), None), (same("dua"), same("3"))),
        )
        step = replace(KUADRAN.lines[0], items=table)
        assert "satu tidak ada nilai dua 3" in page(replace(KUADRAN, lines=(step,))).text


class TestFragment:
    def test_a_block_for_notebooks_carries_its_styles_and_no_page(self):
        found = Page(explanation_fragment(SKP, "en"))
        assert found.elements[0] == ("div", {"class": "kinerja-rincian", "lang": "en"})
        assert found.elements[1][0] == "style"
        assert not {"html", "head", "body", "nav", "script"} & {t for t, _ in found.elements}

    def test_blocks_can_stand_twice_on_a_page(self):
        found = Page(explanation_fragment(SKP) + explanation_fragment(SKP))
        assert not any("id" in attributes for _, attributes in found.elements)
        assert found.all("a") == []

    def test_notebooks_show_the_indonesian_block(self):
        assert KUADRAN._repr_html_() == explanation_fragment(KUADRAN, "id")
        assert KUADRAN.to_html("en") == explanation_html(KUADRAN, "en")

    def test_every_rule_applies_below_one_class_only(self):
        rules = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.DOTALL)
        for selectors in re.findall(r"([^{}]+)\{", rules):
            text = selectors.strip()
            if text.startswith("@media"):
                continue
            for selector in re.split(r",(?![^(]*\))", text):
                assert selector.strip().startswith(".kinerja-rincian")


class TestHostileText:
    @pytest.mark.parametrize("lang", LANGS)
    @pytest.mark.parametrize("make", [explanation_html, explanation_fragment])
    def test_no_text_becomes_markup(self, make, lang):
        source = make(HOSTILE, lang)
        found = Page(source)
        assert found.all("script") == []
        assert "<script" not in source
        assert source.count("</style>") == 1
        shown = " ".join(EVIL.split()).replace("\x1b", "\ufffd").replace("\u202e", "\ufffd")
        assert shown in found.text

    def test_the_footer_of_printed_pages_cannot_be_left(self):
        sheet = footer_sheet('"; } body { display: none } </style><script> \\ \u202e')
        content = re.search(r'content: "([^"]*)"', sheet)[1]
        assert re.fullmatch(r"(?:[A-Za-z0-9]|\\[0-9a-f]+ )*", content)

    @given(explanations)
    @settings(max_examples=40)
    def test_any_explanation_makes_a_whole_page(self, explanation):
        for make in (explanation_html, explanation_fragment):
            found = Page(make(explanation, "id"))
            assert found.all("script") == []
            ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
            assert all(" " not in name for name in ids)

    @given(alike_explanations)
    @settings(max_examples=25)
    def test_alike_lines_make_a_whole_page_whose_links_lead_somewhere(self, explanation):
        found = page(explanation, "en")
        ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
        assert len(ids) == len(set(ids))
        assert {link["href"].removeprefix("#") for link in found.all("a")} <= set(ids)


def luminance(colour):
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def palettes():
    found = [
        dict(re.findall(r"(--kj-[a-z-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r"\{([^{}]*--kj-paper:[^{}]*)\}", SHEET)
    ]
    return dict(zip(("light", "dark", "print"), found, strict=True))


@pytest.mark.parametrize("palette", ["light", "dark", "print"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("ink", "paper", 7),
        ("quiet", "paper", 4.5),
        ("quiet", "tint", 4.5),
        ("ink", "tint", 7),
        ("accent", "paper", 4.5),
        ("loss", "paper", 4.5),
        ("good", "paper", 4.5),
        ("alert-ink", "alert", 4.5),
        ("bar", "tint", 3),
    ],
)
def test_colours_can_be_told_apart_by_weak_eyes(palette, ink, ground, least):
    colours = palettes()[palette]
    assert contrast(colours[f"--kj-{ink}"], colours[f"--kj-{ground}"]) >= least
