"""A comparison as text, Markdown, HTML and plain data."""

import json
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kinerja.asn import catalog
from kinerja.policy import parse_policy
from kinerja.result.html_writer import ROOT
from kinerja.scorer import Scorer
from kinerja.verify import read_examples

GOLDEN = Path(__file__).parent / "golden"
LANGS = ("id", "en")
CHANGES = {
    ("pp46-2011", "setahun-staf"): {"kegiatan[0].realisasi_kuantitas": 52, "disiplin": "91"},
    ("skm-2017", "bantul-2023"): {"nrr_waktu": "3.4901"},
    ("sikap-360", "lengkap"): {"penilaian[2].nilai": 3},
    ("permenpanrb-6-2022", "panduan-di-atas"): {"uraian_perilaku": None},
}
EVERY = pytest.mark.parametrize("which", CHANGES, ids=lambda which: which[0])
HOSTILE = """
schema: 1
id: jahat
version: 1.0.0
title: "<b>judul</b> *tebal*"
in_force: {from: 2024-01-01}
bases: {}
inputs:
  a: {type: number, title: "<script>alert(1)</script> [a](b)"}
  butir:
    type: list
    title: "# butir"
    item_title: nama
    required: false
    fields: {nama: {type: text, title: "|nama|"}, x: {type: number, title: x}}
steps:
  per_butir: {rule: formula, title: "- per butir", for_each: butir, is: x * 2}
  n: {rule: formula, title: "1. <i>n</i>", is: "a + coalesce(sum(per_butir for butir), 0)"}
publish: [n]
"""

FOLLOWED = """
schema: 1
id: lanjut
version: 1.0.0
title: lanjut
in_force: {from: 2024-01-01}
bases: {}
inputs:
  a: {type: number, title: a, limits: {from: 0, to: 100}}
  b: {type: number, title: b}
  c: {type: number, title: c}
  d: {type: number, title: d}
steps:
  n: {rule: formula, title: n, is: a + b + c + d}
  tindak:
    rule: follow_up
    title: tindak lanjut
    choose: first
    actions: {penghargaan: {title: penghargaan pegawai, when: n >= 90}}
publish: [n]
"""


@cache
def comparison(which):
    name, wanted = which
    policy = catalog.read(name, unnamed="assume")
    examples = read_examples(catalog.examples_paths(name)[0], policy)
    example = next(example for example in examples if example.id == wanted)
    return Scorer(example.program).what_if({"id": wanted, **example.record}, CHANGES[which])


def hostile():
    record = {"id": "<u>7</u>\x1b[2J", "a": 1, "butir": [{"nama": "<td>|x", "x": 1}]}
    scorer = Scorer(parse_policy(HOSTILE).program)
    return scorer.what_if(record, {"a": 2, "butir[0].x": 4})


class Page(HTMLParser):
    """Refuses an element that is closed wrongly or not at all; keeps texts and headings."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.open, self.texts, self.classes, self.ids = [], [], [], []
        self.headings = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.classes += (given.get("class") or "").split()
        self.ids += [given["id"]] if "id" in given else []
        if tag[0] == "h" and tag[1:].isdecimal():
            self.headings.append(int(tag[1:]))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.texts.append(data)

    @property
    def text(self):
        return " ".join("".join(self.texts).split())


class TestText:
    @pytest.mark.parametrize("lang", LANGS)
    def test_a_change_can_be_followed_by_hand(self, lang):
        """The texts of PP 46/2011 with two changed inputs stand in `golden`, to be read by people."""
        expected = (GOLDEN / f"andaikan-pp46-2011.{lang}.txt").read_text(encoding="utf-8")
        assert comparison(("pp46-2011", "setahun-staf")).to_text(lang) + "\n" == expected

    @EVERY
    @pytest.mark.parametrize("lang", LANGS)
    def test_no_line_is_too_long_and_no_blank_is_left(self, which, lang):
        text = comparison(which).to_text(lang)
        assert max(map(len, text.split("\n"))) <= 100
        assert "{" not in text
        assert text == text.strip("\n")

    def test_it_is_what_is_printed(self):
        whole = comparison(("skm-2017", "bantul-2023"))
        assert str(whole) == whole.to_text("id")

    def test_a_record_without_an_id_has_no_name_in_the_heading(self):
        scorer = Scorer(parse_policy(HOSTILE).program)
        assert scorer.what_if({"a": 1}, {"a": 2}).to_text().startswith("Andaikan data diubah\n")

    def test_nothing_changes_where_the_values_are_those_of_the_data(self):
        scorer = Scorer(parse_policy(HOSTILE).program)
        text = scorer.what_if({"a": 1}, {"a": "1.0"}).to_text("en")
        assert "The values named are those of the data, so nothing changes." in text

    def test_results_that_stay_the_same_are_counted_where_they_are_many(self):
        text = comparison(("skm-2017", "bantul-2023")).to_text()
        assert "31 hasil lain tetap." in text
        assert "mutu pelayanan" in text
        assert "mutu Persyaratan" not in text

    def test_why_a_result_became_incomplete(self):
        text = comparison(("permenpanrb-6-2022", "panduan-di-atas")).to_text("en")
        assert "After the change the result is incomplete, because:\n  - " in text
        assert "Before, the result was incomplete" not in text

    def test_steps_without_influence_are_named_apart(self):
        policy = catalog.read("permenpanrb-6-2022", unnamed="assume")
        examples = read_examples(catalog.examples_paths("permenpanrb-6-2022")[0], policy)
        example = next(e for e in examples if e.id == "panduan-di-atas")
        changes = {"hasil_kerja[2].rating": "di_bawah_ekspektasi"}
        whole = Scorer(example.program).what_if(example.record, changes)
        assert [change.used for change in whole.steps] == [False] * len(whole.steps)
        assert "Berubah juga, tetapi tidak dipakai hasil mana pun: bagian" in whole.to_text()
        assert "Jalannya perubahan\n──────────────────\nUntuk data ini hasilnya" in whole.to_text()


class TestFollowUps:
    """What follows by the policy stands before and after the change, in every form."""

    @staticmethod
    def whole():
        scorer = Scorer(parse_policy(FOLLOWED).program)
        record = dict.fromkeys("abcd", 10)
        return scorer.what_if(record, dict.fromkeys("abcd", 30))

    def test_text(self):
        text = self.whole().to_text()
        assert (
            "Tindak lanjut\n─────────────\nSemula   tidak ada\nMenjadi  penghargaan pegawai" in text
        )

    def test_markdown(self):
        page = self.whole().to_markdown("en")
        assert "- Before: none\n- After: penghargaan pegawai" in page

    def test_html(self):
        page = Page(self.whole().to_html())
        assert "Semula tidak ada Menjadi penghargaan pegawai" in page.text

    def test_a_step_that_follows_many_inputs_counts_them(self):
        assert "Mengikuti  4 masukan yang diubah" in self.whole().to_text()


class TestMarkdown:
    @EVERY
    @pytest.mark.parametrize("lang", LANGS)
    def test_it_says_what_the_text_says(self, which, lang):
        whole = comparison(which)
        page = whole.to_markdown(lang)
        assert page.startswith("# ")
        assert page.count("\n### ") == sum(change.used for change in whole.steps)
        assert "\n\n\n" not in page

    def test_why_a_result_became_incomplete(self):
        page = comparison(("permenpanrb-6-2022", "panduan-di-atas")).to_markdown()
        assert "**Sesudah diubah hasil belum lengkap, sebab:**\n\n- uraian perilaku kerja" in page

    def test_titles_open_nothing(self):
        page = hostile().to_markdown()
        assert "<" not in page.replace("&lt;", "")
        assert "\\[a\\](b)" in page
        assert "\\|nama\\|" in page
        assert "\x1b" not in page


class TestHtml:
    @EVERY
    @pytest.mark.parametrize("lang", LANGS)
    def test_the_page_is_whole_and_needs_nothing_else(self, which, lang):
        whole = comparison(which)
        source = whole.to_html(lang)
        page = Page(source)
        assert source.startswith(f'<!doctype html>\n<html lang="{lang}">')
        assert "http" not in source
        assert "<script" not in source
        assert len(page.ids) == len(set(page.ids))
        assert page.headings[0] == 1
        assert all(b - a <= 1 for a, b in zip(page.headings, page.headings[1:], strict=False))
        assert page.classes.count("kj-step") == sum(change.used for change in whole.steps)

    def test_steps_where_the_change_stops_are_marked(self):
        whole = comparison(("skm-2017", "bantul-2023"))
        stopped = sum(change.stops is not None for change in whole.steps)
        assert Page(whole.to_html()).classes.count("kj-stopped") == stopped > 0

    def test_large_results_show_both_values(self):
        page = Page(comparison(("pp46-2011", "setahun-staf")).to_html())
        assert page.text.index("86,67 → 88,17 +1,50") < page.text.index("Yang diubah")
        assert page.classes.count("kj-stays") == 1

    def test_a_notebook_gets_a_block_that_styles_itself_alone(self):
        source = comparison(("sikap-360", "lengkap"))._repr_html_()
        page = Page(source)
        assert source.startswith(f'<div class="{ROOT}" lang="id">')
        assert page.ids == []
        style = source.partition("</style>")[0]
        assert "\nbody" not in style
        assert "@page" not in style

    def test_no_title_becomes_markup(self):
        page = Page(hostile().to_html())
        assert "<script>alert(1)</script>" in page.text
        assert "script" not in page.classes
        assert "\x1b" not in hostile().to_html()


class TestPlainData:
    @EVERY
    def test_json_can_carry_it(self, which):
        whole = comparison(which)
        data = json.loads(json.dumps(whole.to_dict()))
        assert data["schema"] == 1
        assert data["id"] == which[1]
        assert data["before"]["status"] == whole.before.status
        assert list(data["after"]["values"]) == list(whole.after.values)
        assert [step["name"] for step in data["steps"]] == [step.name for step in whole.steps]
        assert data["unmoved"] == whole.unmoved

    def test_numbers_are_decimal_texts(self):
        data = comparison(("pp46-2011", "setahun-staf")).to_dict()
        assert data["before"]["values"]["nilai_prestasi_kerja"] == "86.67"
        assert data["after"]["values"]["nilai_prestasi_kerja"] == "88.17"
        assert "nilai_prestasi_kerja" in data["after"]["numbers"]
        result = data["results"][0]
        assert result["moved"] == {"id": "+1,50", "en": "+1.50"}

    def test_no_rater_stands_in_it(self):
        data = json.dumps(comparison(("sikap-360", "lengkap")).to_dict())
        assert "atasan-1" not in data
        assert "penilaian[" not in data
