"""What other weights would do, from the command line: figures, pictures, refusals, exit codes."""

import json
import re
import sys
from fractions import Fraction
from html.parser import HTMLParser

import pytest

import kinerja as package
from kinerja.cli.explore_asked import FEWER, FEWEST, LARGE, USUAL
from kinerja.exact import Rounding
from kinerja.explore import draw_weightings, policy_scheme, reweighted
from kinerja.words import number

POLICY = """\
schema: 1
id: kinerja-kami
version: 1.0.0
title: {id: Kinerja pegawai, en: Performance of employees}
in_force: {from: 2025-01-01}
bases:
  perbup: {title: Perbup Contoh 1/2025, status: own}
scales:
  predikat: {ordered: true, labels: {kurang: Kurang, cukup: Cukup, baik: Baik}}
inputs:
  hasil: {type: number, title: hasil kerja, limits: {from: 0, to: 100}}
  perilaku: {type: number, title: perilaku kerja, limits: {from: 0, to: 100}}
steps:
  nilai:
    rule: weighted_mean
    title: nilai
    basis: [{of: perbup, clause: Pasal 5}]
    weights: {hasil: 60 %, perilaku: 40 %}
    round: {digits: 2, mode: half_up}
  predikat:
    rule: bands
    title: predikat
    scale: predikat
    of: OF
    bands: [{label: kurang, below: 60}, {label: cukup, from: 60, below: 80}, {label: baik, from: 80}]
publish: [nilai, predikat]
"""
PLAIN = POLICY.replace("OF", "nilai")
BENT = POLICY.replace("OF", "kuadrat").replace(
    "  predikat:\n    rule",
    "  kuadrat: {rule: formula, title: kuadrat, is: nilai * nilai / 100}\n  predikat:\n    rule",
)
#: P-05 leaves «Baik» where hasil falls below 49,9375 %, since 84 · w + 76 · (1 - w) rounds up to 80 from
#: 79,995 on; P-03 enters it from 28 / 43 on, less what rounding gives.
ROWS = """\
id;bidang;hasil;perilaku
P-01;Layanan;92;81,5
P-02;Layanan;78;84
P-03;Layanan;95;52
P-04;Layanan;61;70
P-05;Arsip;84;76
P-06;Arsip;55;72
P-07;Arsip;88;90
P-08;Arsip;70;
"""


@pytest.fixture
def explore(kinerja, put):
    policy, data = put("kebijakan.yaml", PLAIN), put("data.csv", ROWS)

    def run(*more, policy=policy, data=data):
        return kinerja("explore", policy, data, *more)

    return run


def titles(out):
    return re.findall(r"^(.+)\n─+$", out, re.MULTILINE)


class TestWhatIsSaid:
    def test_what_a_part_explains_alone_is_no_column_where_nobody_can_tell(self, explore, put):
        """Three people make too few groups for a correlation ratio."""
        few = put("sedikit.csv", "\n".join(ROWS.splitlines()[:4]))
        wanted = ("--count", "20", "--format", "html")
        for data, shown in (({}, True), ({"data": few}, False)):
            _, out, _ = explore(*wanted, **data)
            assert "bobot efektif" in out
            assert ("perbedaan yang dijelaskannya sendiri" in out) is shown

    def test_the_weights_and_the_draw_can_be_repeated(self, explore):
        code, out, err = explore("--seed", "7", "--count", "500", "--bounds", "hasil=40 %:70 %")
        assert (code, err) == (0, "")
        assert re.search(
            r"^kebijakan +Kinerja pegawai \(kinerja-kami 1\.0\.0\)$", out, re.MULTILINE
        )
        assert re.search(r"^sidik jari +[0-9a-f]{12}$", out, re.MULTILINE)
        assert re.search(r"^dasar +Perbup Contoh 1/2025 Pasal 5", out, re.MULTILINE)
        assert re.search(r"^batas +hasil dari 40 % sampai 70 %$", out, re.MULTILINE)
        assert re.search(r"^susunan +500 susunan bobot, diundi$", out, re.MULTILINE)
        assert re.search(r"^benih +7$", out, re.MULTILINE)
        assert re.search(r"^hasil kerja +hasil +60 %$", out, re.MULTILINE)
        again = explore("--seed", "7", "--count", "500", "--bounds", "hasil=40 %:70 %")
        assert again.out == out
        assert explore("--seed", "8", "--count", "500", "--bounds", "hasil=40 %:70 %").out != out

    @pytest.mark.parametrize("lang", ["id", "en"])
    def test_every_section_stands_in_both_languages(self, explore, lang):
        asked = ["--unit", "bidang", "--weights", "hasil=30 %, perilaku=70 %", "--lang", lang]
        code, out, err = explore(*asked, "--floor", "perilaku=60", "--limit", "76")
        assert (code, err) == (0, "")
        assert len(titles(out)) == 7
        assert max(map(len, out.splitlines())) <= 100
        assert "{" not in out

    def test_the_reader_is_told_that_it_is_for_internal_use_and_what_it_does_not_say(self, explore):
        out = explore().out
        assert out.splitlines()[2] == (
            "Untuk dipakai di dalam instansi: laporan ini menyebut id orang."
        )
        assert titles(out)[-1] == "Yang tidak dikatakan laporan ini"
        assert "Tidak ada bobot yang diubah" in out

    def test_shares_are_counted_among_those_whom_the_weights_concern(self, explore):
        out = explore("--unit", "bidang").out
        assert re.search(r"^orang +7 dari 8 orang$", out, re.MULTILINE)
        assert "1 orang tidak dihitung karena langkah ini tidak bernilai baginya" in out
        # P-01, P-04 and P-07 are on one side of every edge with both parts.
        assert re.search(r"^selalu tetap +3 dari 7 orang$", out, re.MULTILINE)
        assert re.search(r"^Arsip +3 +\S+ % +1 +\d$", out, re.MULTILINE)
        assert re.search(r"^Layanan +4 +\S+ % +2 +\d$", out, re.MULTILINE)
        assert re.search(r"^P-03 +Cukup +\S+ % +\S+ % +\S+ %$", out, re.MULTILINE)
        assert "P-08" not in out

    def test_shares_are_those_of_scoring_everybody_anew_under_each_weighting(self, explore, put):
        count, scorer = 60, package.load(put("kebijakan.yaml", PLAIN))
        drawn = draw_weightings(
            policy_scheme(scorer), count=count, seed=3, bounds={"hasil": ("0.3", "0.8")}
        )
        scorers = [reweighted(scorer, drawn[place]) for place in range(count)]
        head, *rows = [line.split(";") for line in ROWS.replace(",", ".").splitlines()]
        stays, firm, wavering = Fraction(0), 0, 0
        for row in rows[:-1]:
            record = dict(zip(head, row, strict=True))
            now = scorer.score(record)["predikat"]
            same = sum(other.score(record)["predikat"] == now for other in scorers)
            stays += Fraction(same, count * 7)
            firm += same == count
            wavering += 2 * same < count
        out = explore("--seed", "3", "--count", str(count), "--bounds", "hasil=0,3:0,8").out
        percent = Rounding(digits=1, mode="half_up").apply(stays * 100)
        assert f"tetap         di {number(percent, 'id')} % susunan bobot" in out
        assert re.search(rf"^selalu tetap +{firm} dari 7 orang$", out, re.MULTILINE)
        assert re.search(rf"^goyah +{wavering} dari 7 orang", out, re.MULTILINE)
        assert 0 < firm < 7

    @pytest.mark.parametrize("other", ["hasil", "hasil / 3"])
    def test_who_is_judged_without_these_weights_does_not_make_them_look_firm(
        self, explore, put, other
    ):
        policy = PLAIN.replace("    of: nilai\n", "    of: dipakai\n").replace(
            "  predikat:\n    rule",
            f'  dipakai: {{rule: formula, title: dipakai, is: "where(hasil < 70, {other}, nilai)"}}\n'
            "  predikat:\n    rule",
        )
        out = explore(policy=put("dua.yaml", policy)).out
        # P-04 and P-06 have less than 70, P-08 has no value at 70.
        assert re.search(r"^orang +5 dari 8 orang$", out, re.MULTILINE)
        assert "bagi 2 orang label ditentukan tanpa bobot ini" in out
        assert "P-06" not in out

    def test_the_exact_limits_say_which_end_belongs_to_them(self, explore):
        # 84 w + 76 (1 - w) >= 79,995 from w = 3,995 / 8 on; P-03 changes where
        # 95 w + 52 (1 - w) reaches 79,995, at 27,995 / 43 = 0,65104651...
        out = explore().out
        said = " ".join(out.split())
        assert "60 % dari 49,9375 % sampai di bawah ≈ P-05 P-03 65,1046 %" in said
        assert "40 % di atas ≈ 34,8954 % sampai P-03 P-05 50,0625 %" in said

    def test_a_weight_that_moves_is_counted_with_the_step_that_was_asked_for(self, explore):
        out = explore("--by", "7,5 %").out
        assert "turun atau naik 7,5 poin persen" in out
        # At 67,5 % P-02 has 79,95 and P-03 has 81,025.
        assert re.search(r"^hasil kerja +52,5 % +0 +67,5 % +2$", out, re.MULTILINE)

    def test_weightings_lie_where_they_were_asked_for(self, explore):
        def least(*options):
            """Give the share under which P-05 keeps «Baik»: where hasil has 49,9375 % at least."""
            found = re.search(r"^P-05 +Baik +(\S+) %", explore(*options).out, re.MULTILINE)
            return 100.0 if found is None else float(found[1].replace(",", "."))

        assert 45 < least() < 55
        assert least("--order", "hasil,perilaku") == 100
        assert least("--order", "perilaku,hasil") < 1
        # 60 % with a standard deviation of about 5 points: two of them above the edge.
        assert 95 < least("--around", "100") < 100

    def test_another_label_can_be_looked_at(self, explore, put):
        more = (
            "  lulus:\n    rule: bands\n    title: kelulusan\n    scale: predikat\n    of: nilai\n"
            "    bands: [{label: kurang, below: 70}, {label: cukup, from: 70}]\n"
            "publish: [nilai, predikat, lulus]\n"
        )
        policy = put("dua.yaml", PLAIN.replace("publish: [nilai, predikat]\n", more))
        assert "Seberapa kokoh: predikat" in explore(policy=policy).out
        out = explore("--step", "lulus", policy=policy).out
        assert "Seberapa kokoh: kelulusan" in out
        assert re.search(r"^dilihat +kelulusan \(lulus\)$", out, re.MULTILINE)
        assert "49,9375 %" not in out

    def test_a_proposal_says_who_moves_from_where_to_where(self, explore):
        first, second = "hasil=30 %; perilaku=70 %", "hasil=62,5 %,perilaku=37,5 %"
        out = explore("--weights", first, "--weights", second).out
        assert titles(out)[-3:-1] == ["Usulan bobot 1", "Usulan bobot 2"]
        # 0,3 · 84 + 0,7 · 76 = 78,4; 0,3 · 78 + 0,7 · 84 = 82,2; 0,3 · 95 + 0,7 · 52 = 64,9
        assert re.search(r"^Baik → Cukup +1 +P-05$", out, re.MULTILINE)
        assert re.search(r"^naik +0\nturun +1\ntetap +6$", out, re.MULTILINE)
        assert "yang diusulkan  hasil 62,5 %, perilaku 37,5 %" in out
        assert "Tidak seorang pun berganti." in out

    def test_who_is_carried_by_one_part_is_found(self, explore):
        out = explore("--floor", "perilaku=60", "--limit", "76").out
        assert re.search(
            r"^P-03 +77,8 +perilaku kerja 52 +hasil kerja 95 +66,4$", out, re.MULTILINE
        )
        none = explore("--floor", "perilaku=50", "--limit", "76").out
        assert "Tidak seorang pun dari 5 yang mencapai 76" in " ".join(none.split())

    def test_a_way_that_cannot_be_followed_is_said_and_still_answered(self, explore, put):
        code, out, err = explore(policy=put("bent.yaml", BENT))
        assert (code, err) == (0, "")
        assert f"{FEWEST} susunan bobot" in out
        assert "tidak dapat diikuti" in out
        assert "49,9375 %" not in out

    def test_other_steps_that_weigh_can_be_chosen(self, explore, kinerja, put):
        policy = PLAIN.replace(
            "steps:\n",
            "steps:\n  sikap:\n    rule: weighted_mean\n    title: sikap\n"
            "    weights: {perilaku: 50 %, hasil: 50 %}\n",
        ).replace("weights: {hasil: 60 %, perilaku: 40 %}", "weights: {hasil: 60 %, sikap: 40 %}")
        path = put("dua.yaml", policy)
        assert "juga berbobot  sikap; dipilih dengan --scheme" in explore(policy=path).out
        chosen = explore("--scheme", "sikap", policy=path).out
        assert re.search(r"^langkah +sikap \(sikap\)$", chosen, re.MULTILINE)

    def test_a_step_that_never_reaches_the_label_is_not_taken_by_itself(self, explore, put):
        policy = PLAIN.replace(
            "publish: [nilai, predikat]",
            "  lain:\n    rule: weighted_mean\n    title: lain\n"
            "    weights: {hasil: 50 %, perilaku: 50 %}\npublish: [nilai, predikat, lain]",
        )
        path = put("lain.yaml", policy)
        assert re.search(r"^langkah +nilai \(nilai\)$", explore(policy=path).out, re.MULTILINE)
        assert explore("--scheme", "lain", policy=path).err.startswith("KNJ051")

    def test_weights_that_are_no_percentages_are_written_as_they_are(self, explore, put):
        policy = PLAIN.replace("weighted_mean", "weighted_sum").replace("of: nilai", "of: persen")
        policy = policy.replace("{hasil: 60 %, perilaku: 40 %}", "{hasil: 3, perilaku: 2}").replace(
            "  predikat:\n    rule",
            "  persen: {rule: formula, title: persen, is: nilai / 5}\n  predikat:\n    rule",
        )
        out = explore("--weights", "hasil=2,perilaku=3", policy=put("sum.yaml", policy)).out
        assert re.search(r"^hasil kerja +hasil +3$", out, re.MULTILINE)
        assert "turun atau naik 0,5, sekian" in out
        assert "yang diusulkan  hasil 2, perilaku 3" in out


class TestPeople:
    def test_nobody_whom_the_weights_concern_is_said_and_no_fault(self, explore, put):
        data = put("kosong.csv", "id;hasil;perilaku\nP-01;92;\nP-02;;80\n")
        code, out, err = explore("--weights", "hasil=50 %,perilaku=50 %", data=data)
        assert (code, err) == (0, "")
        assert "bobot ini tidak menentukan label seorang pun" in " ".join(out.split())
        assert titles(out)[-1] == "Yang tidak dikatakan laporan ini"

    def test_one_person_is_no_ground_for_effective_weights(self, explore, put):
        code, out, _ = explore(data=put("satu.csv", "id;hasil;perilaku\nP-01;92;81\n"))
        assert code == 0
        assert "Sumbangan setiap bagian tidak dapat dihitung: hanya 1 orang" in out
        assert "Setiap orang mempunyai predikat yang sama" in out
        assert "berapa pun bobotnya" in out
        assert "naik 10 poin persen, tidak seorang pun berganti." in out
        assert "lebih dulu" not in out

    def test_rows_that_cannot_be_used_are_told_and_left_out(self, explore, put):
        code, out, err = explore(
            data=put("salah.csv", ROWS.replace("P-05;Arsip;84", "P-05;Arsip;184"))
        )
        assert code == 1
        assert "KNJ402" in err
        assert re.search(r"^orang +6 dari 7 orang$", out, re.MULTILINE)

    def test_json_lines_give_the_same_as_a_table_with_decimal_commas(self, explore, put):
        head, *rows = [line.split(";") for line in ROWS.splitlines()]
        numbers = ("hasil", "perilaku")
        records = [dict(zip(head, row, strict=True)) for row in rows]
        for record in records:
            for name in numbers:
                text = record.pop(name).replace(",", ".")
                record[name] = float(text) if text else None
        data = put("data.jsonl", "\n".join(map(json.dumps, records)))
        asked = ("--unit", "bidang", "--weights", "hasil=50 %, perilaku=50 %")
        code, given, _ = explore(*asked, data=data)
        assert code == 0
        assert given.replace("data.jsonl", "data.csv") == explore(*asked).out

    def test_many_people_get_fewer_weightings_unless_asked_otherwise(self, explore, put):
        rows = "".join(f"P-{n};{60 + n % 40};{50 + n % 37}\n" for n in range(LARGE + 1))
        data = put("banyak.csv", f"id;hasil;perilaku\n{rows}")
        assert f"susunan      {FEWER} susunan bobot" in explore(data=data).out
        assert "susunan      50 susunan bobot" in explore("--count", "50", data=data).out
        assert f"susunan      {USUAL} susunan bobot" in explore().out


class TestRefusals:
    @pytest.mark.parametrize(
        ("options", "code"),
        [
            (["--weights", "setengah"], "KNJ936"),
            (["--weights", "hasil=50 %,hasil=50 %"], "KNJ936"),
            (["--bounds", "hasil=40 %"], "KNJ937"),
            (["--bounds", "hasil=70 %:40 %"], "KNJ937"),
            (["--floor", "perilaku=enam", "--limit", "76"], "KNJ938"),
            (["--floor", "perilaku=60"], "KNJ939"),
            (["--limit", "60"], "KNJ939"),
            (["--count", "1000001"], "KNJ940"),
            (["--count", "0"], "KNJ933"),
            (["--around", "0"], "KNJ922"),
            (["--by", "sedikit"], "KNJ922"),
            (["--by", "10"], "KNJ941"),
            (["--order", "hasil,hasil"], "KNJ910"),
            (["--floor", "hasil=1", "--floor", "hasil=2", "--limit", "3"], "KNJ910"),
        ],
    )
    def test_a_slip_is_told_before_anything_is_written(self, explore, tmp_path, options, code):
        answer = explore(*options, "-o", tmp_path / "bobot.html")
        assert answer.code == 2
        assert answer.err.startswith(f"{code}\n")
        assert not (tmp_path / "bobot.html").exists()

    @pytest.mark.parametrize(
        ("options", "codes"),
        [
            (["--weights", "hasil=50 %", "--weights", "hasil=1,perilaku=1"], {"KNJ043", "KNJ046"}),
            (["--bounds", "skp=10 %:20 %", "--order", "hasil,tepat"], {"KNJ042"}),
            (["--bounds", "hasil=90 %:95 %", "--bounds", "perilaku=50 %:60 %"], {"KNJ048"}),
            (["--scheme", "predikat"], {"KNJ040"}),
            (["--step", "nilai"], {"KNJ861"}),
            (["-o", "bobot.pdf"], {"KNJ557"}),
            (["--unit", "bagian"], {"KNJ552"}),
        ],
    )
    def test_what_does_not_fit_is_told_at_once(self, explore, options, codes):
        answer = explore(*options)
        assert (answer.code, answer.out) == (1, "")
        assert set(re.findall(r"KNJ\d{3}", answer.err)) == codes

    def test_a_policy_without_weights_is_refused(self, kinerja, put):
        data = put(
            "d.csv", "id;hasil_kerja;perilaku_kerja\na;sesuai_ekspektasi;sesuai_ekspektasi\n"
        )
        code, _, err = kinerja("explore", "kuadran-6-2022", data)
        assert code == 1
        assert err.startswith("KNJ041")


class Requests(HTMLParser):
    """Whatever a page would fetch."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.images = []

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        self.found += [(tag, known[name]) for name in ("src", "srcset", "data") if name in known]
        if "href" in known and not known["href"].startswith("#"):
            self.found.append((tag, known["href"]))
        if tag in {"script", "link", "iframe", "object"}:
            self.found.append((tag, ""))
        if known.get("role") == "img":
            self.images.append(known)


class TestPages:
    ASKED = ("--weights", "hasil=30 %, perilaku=70 %")

    def test_markdown_has_every_figure_and_no_markup(self, explore, tmp_path):
        path = tmp_path / "bobot.md"
        code, out, err = explore(*self.ASKED, "-o", path)
        assert (code, out, err) == (0, "", f"ditulis: {path}\n")
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# Apa akibat bobot lain\n")
        assert "<svg" not in text
        assert "| Baik → Cukup | 1 | P-05 |" in text

    @pytest.mark.parametrize("lang", ["id", "en"])
    def test_a_page_has_the_pictures_and_asks_for_nothing(self, explore, tmp_path, lang):
        pytest.importorskip("matplotlib")
        path = tmp_path / "bobot.html"
        code, _, err = explore(*self.ASKED, "-o", path, "--lang", lang)
        assert (code, err.count("\n")) == (0, 1)
        text = path.read_text(encoding="utf-8")
        page = Requests()
        page.feed(text)
        assert page.found == []
        assert "@import" not in text
        assert not re.search(r"url\((?!#)", text)
        # Acceptability, tornado and flow, each for wide and narrow pages.
        assert len(page.images) == 6
        for image in page.images:
            [title, description] = image["aria-labelledby"].split()
            assert re.search(rf'<title id="{title}">[^<]+</title>', text)
            assert re.search(rf'<desc id="{description}">[^<]+</desc>', text)

    def test_the_same_page_is_written_every_time(self, explore, tmp_path):
        pytest.importorskip("matplotlib")
        first, second = tmp_path / "1.html", tmp_path / "2.html"
        for path in (first, second):
            explore(*self.ASKED, "-o", path)
        assert first.read_bytes() == second.read_bytes()

    def test_without_matplotlib_the_page_has_the_figures_and_says_so_once(
        self, explore, tmp_path, monkeypatch
    ):
        for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib"]:
            monkeypatch.delitem(sys.modules, name)
        for name in ("kinerja.plots.sheet", "kinerja.plots.canvas"):
            monkeypatch.delitem(sys.modules, name, raising=False)
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        path = tmp_path / "bobot.html"
        code, _, err = explore(*self.ASKED, "-o", path)
        assert code == 0
        assert err.count("KNJ935") == 1
        assert 'pip install "kinerja[plots]"' in err
        text = path.read_text(encoding="utf-8")
        assert "<svg" not in text
        assert "P-05" in text
        # Nobody who reads text wants pictures.
        assert "KNJ935" not in explore(*self.ASKED).err

    def test_what_the_data_say_is_no_markup(self, explore, put, tmp_path):
        data = put("data.csv", ROWS.replace("P-05", "<b>P</b>"))
        path = tmp_path / "bobot.html"
        explore(*self.ASKED, "-o", path, data=data)
        assert "<b>P</b>" not in path.read_text(encoding="utf-8")
