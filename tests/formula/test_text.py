"""Formulas in words and figures, in both languages."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies_formula import NUMBERS, arithmetic_formulas, decimals, full_formulas, scopes

from kinerja.exact import Rounding, exact
from kinerja.formula import nodes as n
from kinerja.formula.bind import bind_fields, bind_item
from kinerja.formula.evaluate import evaluate
from kinerja.formula.figures import Figures
from kinerja.formula.met import met_by
from kinerja.formula.parse import parse_formula
from kinerja.formula.text import (
    Titles,
    condition_met,
    figures_text,
    formula_text,
    rounding_words,
    steps_applied,
)
from kinerja.values import Band, Bands, Interval, Missing
from kinerja.words import LANGUAGES, Text

NAMES = {
    "hasil_kerja": Text("hasil kerja", "work result"),
    "perilaku": Text("perilaku kerja", "behaviour"),
    "ide": Text("ide baru", "new idea"),
    "efisiensi": Text("efisiensi waktu", "time efficiency"),
    "atasan": Text("nilai atasan", "superior's score"),
    "rekan": Text("nilai rekan", "peers' score"),
    "ikm": Text("IKM", "IKM"),
    "prosedur": Text("sistem, mekanisme dan prosedur", "procedure: steps"),
    "mulai": Text("tanggal mulai", "start"),
    "selesai": Text("tanggal selesai", "end"),
    "butir": Text("butir kinerja", "work items"),
    "butir.bobot": Text("bobot", "weight"),
    "butir.capaian": Text("capaian", "achievement"),
    "butir.jenis": Text("jenis", "kind"),
    "penilaian": Text("penilaian", "ratings"),
    "penilaian.nilai": Text("nilai", "score"),
    "penilaian.kelompok": Text("kelompok", "group"),
    "penilaian.urutan": Text("urutan", "order"),
    "banyak": Text("jawaban", "answers"),
    "banyak.nilai": Text("nilai", "score"),
}
VALUES = {
    ("hasil_kerja", "di_bawah"): Text("di bawah ekspektasi", "below expectation"),
    ("hasil_kerja", "sesuai"): Text("sesuai ekspektasi", "as expected"),
    ("perilaku", "di_atas"): Text("di atas ekspektasi", "above expectation"),
    ("predikat", "baik"): Text("Baik", "Good"),
    ("predikat", "kurang"): Text("Kurang", "Poor"),
    ("butir.jenis", "utama"): Text("utama", "main"),
    ("penilaian.kelompok", "rekan"): Text("rekan", "peers"),
    ("penilaian.kelompok", "atasan"): Text("atasan", "superior"),
    ("mulai", Fraction(738_000)): Text("1 Maret 2024", "1 March 2024"),
    ("selesai", Fraction(738_010)): Text("11 Maret 2024", "11 March 2024"),
}
TITLES = Titles(
    name=lambda name: NAMES.get(name, Text.same(name)),
    value=lambda name, value: VALUES.get((name, value)),
)
LISTS = {
    "butir": ("bobot", "capaian", "jenis"),
    "penilaian": ("nilai", "kelompok", "urutan"),
    "banyak": ("nilai",),
    "jawaban": ("sah", "hari"),
    "kosong": ("nilai",),
    "hilang": ("nilai",),
}
SCOPE = {
    "realisasi": exact("9.12"),
    "target": Fraction(12),
    "nol": Fraction(0),
    "minus": Fraction(-3),
    "efisiensi": Fraction(24),
    "ikm": exact("86.625"),
    "rekan": Fraction(80),
    "atasan": Missing.because("input_missing", "atasan"),
    "hasil_kerja": "sesuai",
    "perilaku": "di_atas",
    "ide": False,
    "hukuman": True,
    "mulai": Fraction(738_000),
    "selesai": Fraction(738_010),
    "butir": [
        {"bobot": exact("0.5"), "capaian": Fraction(90), "jenis": "utama"},
        {"bobot": exact("0.3"), "capaian": Fraction(-8), "jenis": "utama"},
        {"bobot": exact("0.2"), "capaian": Fraction(100), "jenis": "tambahan"},
    ],
    "penilaian": [
        {"nilai": Fraction(4), "kelompok": "rekan", "urutan": Fraction(1)},
        {"nilai": Fraction(5), "kelompok": "atasan", "urutan": Fraction(2)},
        {"nilai": Fraction(3), "kelompok": "rekan", "urutan": Fraction(3)},
        {"nilai": Missing.because("input_missing"), "kelompok": "rekan", "urutan": Fraction(4)},
    ],
    "banyak": [{"nilai": Fraction(i % 5 + 1)} for i in range(78)],
    "kosong": [],
    "hilang": Missing.because("input_missing", "hilang"),
}
#: The ratings that are there.
PRESENT = "not is_missing(nilai)"


def read(text):
    return bind_fields(parse_formula(text), LISTS) if isinstance(text, str) else text


def words(node):
    return tuple(
        formula_text(read(node), titles=TITLES, lang=lang, subject="predikat") for lang in LANGUAGES
    )


def figures(node):
    return tuple(
        figures_text(read(node), titles=TITLES, scope=SCOPE, lang=lang, subject="predikat")
        for lang in LANGUAGES
    )


def applied(node):
    notes = steps_applied(read(node), titles=TITLES, scope=SCOPE, subject="predikat")
    return [(note.id, note.en) for note in notes]


class TestFormulaText:
    @pytest.mark.parametrize(
        ("text", "both"),
        [
            ("realisasi / target * 100", "realisasi ÷ target × 100"),
            ("(2 * a - b) / a * 100", "(2 × a − b) ÷ a × 100"),
            ("a - (b - c)", "a − (b − c)"),
            ("a + (b - c)", "a + b − c"),
            ("a * (b / c)", "a × (b ÷ c)"),
            ("a / (b * c)", "a ÷ (b × c)"),
            ("-a * b", "−a × b"),
            ("a - -b", "a − (−b)"),
            ("-(a + b)", "−(a + b)"),
            ("a * -2", "a × (−2)"),
            ("0 - 5", "0 − 5"),
            ("a <= b", "a ≤ b"),
            ("a >= b", "a ≥ b"),
            ("a != b", "a ≠ b"),
        ],
    )
    def test_arithmetic_reads_the_same_in_both_languages(self, text, both):
        assert words(text) == (both, both)

    @pytest.mark.parametrize(
        ("text", "indonesian", "english"),
        [
            ("60% * rekan + 40% * ikm", "60 % × nilai rekan + 40 % × IKM", None),
            ("12.5% * ikm", "12,5 % × IKM", "12.5 % × IKM"),
            ("0.123456 * ikm", "0,123456 × IKM", "0.123456 × IKM"),
            ("1.76 * target - 60%", "1,76 × target − 0,6", "1.76 × target − 0.6"),
            (
                "min(ikm, 9.5, max(rekan, 2))",
                "terkecil dari (IKM; 9,5; terbesar dari (nilai rekan; 2))",
                "smallest of (IKM; 9.5; largest of (peers' score; 2))",
            ),
            ("clip(ikm, 0, 120)", "IKM, paling rendah 0, paling tinggi 120", None),
            (
                "clip(ikm, none, 120) * 60%",
                "(IKM, paling tinggi 120) × 60 %",
                "(IKM, at most 120) × 60 %",
            ),
            (
                "round(clip(realisasi / target, 0, none), 2, half_up)",
                "realisasi ÷ target, paling rendah 0, dibulatkan ke 2 desimal, setengah ke atas",
                "realisasi ÷ target, at least 0, rounded to 2 decimals, half up",
            ),
            (
                "where(efisiensi <= 24, 1.76 * target, 76 - ikm)",
                "1,76 × target bila efisiensi waktu ≤ 24; selain itu 76 − IKM",
                "1.76 × target if time efficiency ≤ 24; otherwise 76 − IKM",
            ),
            (
                "where(ide, 1, where(not ide and ikm > 90, 2, clip(ikm, none, 3)))",
                (
                    "1 bila ide baru = ya; selain itu (2 bila ide baru = tidak dan IKM > 90; "
                    "selain itu (IKM, paling tinggi 3))"
                ),
                (
                    "1 if new idea = yes; otherwise (2 if new idea = no and IKM > 90; "
                    "otherwise (IKM, at most 3))"
                ),
            ),
            (
                "where(target == 0, missing('zero_target'), realisasi / target)",
                "realisasi ÷ target; tanpa nilai bila target = 0",
                "realisasi ÷ target; no value if target = 0",
            ),
            (
                "where(target == 0, missing('zero_target'), ide, 1, 2)",
                "tanpa nilai bila target = 0; 1 bila ide baru = ya; selain itu 2",
                "no value if target = 0; 1 if new idea = yes; otherwise 2",
            ),
            (
                "where(hasil_kerja in ('sesuai', 'di_bawah'), 'baik', 'kurang')",
                (
                    "Baik bila hasil kerja salah satu dari (sesuai ekspektasi; di bawah ekspektasi); "
                    "selain itu Kurang"
                ),
                "Good if work result is one of (as expected; below expectation); otherwise Poor",
            ),
            (
                "not hasil_kerja in ('sesuai', 'di_bawah') or 'sesuai' == hasil_kerja",
                (
                    "hasil kerja bukan salah satu dari (sesuai ekspektasi; di bawah ekspektasi) atau "
                    "sesuai ekspektasi = hasil kerja"
                ),
                (
                    "work result is none of (as expected; below expectation) or "
                    "as expected = work result"
                ),
            ),
            (
                "(ide or ikm > 60 and rekan > 60) and not (ide or ikm < 1)",
                (
                    "(ide baru = ya atau (IKM > 60 dan nilai rekan > 60)) dan "
                    "tidak (ide baru = ya atau IKM < 1)"
                ),
                None,
            ),
            ("not not ide and ikm < 1", "ide baru = ya dan IKM < 1", None),
            ("not (ikm < 1)", "IKM ≥ 1", "IKM ≥ 1"),
            (
                "last(sah for jawaban, by: hari) and not last(sah for jawaban, by: hari)",
                (
                    "jawaban.sah terakhir menurut jawaban.hari pada jawaban = ya dan "
                    "jawaban.sah terakhir menurut jawaban.hari pada jawaban = tidak"
                ),
                None,
            ),
            (n.Minimum((n.Ref("ikm") + 1,)) * 2, "(IKM + 1) × 2", None),
            ("ide == true", "ide baru = ya", "new idea = yes"),
            ("ide", "ide baru", "new idea"),
            ("is_missing(atasan)", "nilai atasan tidak ada", "superior's score is missing"),
            ("not is_missing(atasan)", "nilai atasan ada", "superior's score is present"),
            (
                "coalesce(atasan, rekan, 0)",
                "nilai atasan, atau bila tidak ada: nilai rekan, atau bila tidak ada: 0",
                "superior's score, or if missing: peers' score, or if missing: 0",
            ),
            ("missing('belum_ada')", "(tidak ada)", "(missing)"),
            (
                "where(ide, missing('belum_ada'), hukuman, 1, missing('belum_ada'))",
                "tanpa nilai bila ide baru = ya; 1 bila hukuman = ya; selain itu tanpa nilai",
                "no value if new idea = yes; 1 if hukuman = yes; otherwise no value",
            ),
            ("1 * ikm", "1 × IKM", "1 × IKM"),
            (
                "prosedur * 25",
                "“sistem, mekanisme dan prosedur” × 25",
                "“procedure: steps” × 25",
            ),
            (n.Number(Fraction(2, 37)) * n.Ref("ikm"), "2/37 × IKM", "2/37 × IKM"),
            (n.Ref("ikm") / n.Number(Fraction(-2, 37)), "IKM ÷ (−2/37)", "IKM ÷ (−2/37)"),
            (
                n.Named("rata", Text("rata-rata", "mean"), n.Ref("ikm")) * 60,
                "rata-rata × 60",
                "mean × 60",
            ),
        ],
    )
    def test_operations(self, text, indonesian, english):
        got = words(text)
        assert got[0] == indonesian
        assert english is None or got[1] == english

    @pytest.mark.parametrize(
        ("text", "indonesian", "english"),
        [
            (
                "mean(nilai for penilaian if kelompok == 'rekan')",
                "rata-rata nilai pada penilaian (kelompok = rekan)",
                "mean of score over ratings (group = peers)",
            ),
            (
                "sum(bobot * capaian for butir if jenis == 'utama') / sum(bobot for butir)",
                (
                    "(jumlah (bobot × capaian) pada butir kinerja (jenis = utama)) ÷ "
                    "(jumlah bobot pada butir kinerja)"
                ),
                (
                    "(sum of (weight × achievement) over work items (kind = main)) ÷ "
                    "(sum of weight over work items)"
                ),
            ),
            (
                "median(nilai for penilaian, missing: skip)",
                "median nilai pada penilaian (yang tidak ada dilewati)",
                "median of score over ratings (missing ones left out)",
            ),
            (
                "max(nilai for penilaian if urutan > 1, missing: skip)",
                "nilai tertinggi pada penilaian (urutan > 1; yang tidak ada dilewati)",
                "highest score in ratings (order > 1; missing ones left out)",
            ),
            ("min(nilai for penilaian)", "nilai terendah pada penilaian", None),
            ("count(for butir, missing: skip)", "banyaknya butir kinerja", "number of work items"),
            (
                "count(for butir if capaian < 60)",
                "banyaknya butir kinerja (capaian < 60)",
                "number of work items (achievement < 60)",
            ),
            ("count(nilai for penilaian)", "banyaknya nilai pada penilaian", None),
            (
                "count_distinct(kelompok for penilaian)",
                "banyaknya kelompok yang berbeda pada penilaian",
                "number of distinct group in ratings",
            ),
            (
                "trimmed_mean(nilai for penilaian, share: 12.5%)",
                "rata-rata nilai pada penilaian tanpa 12,5 % terendah dan tertinggi",
                "mean of score over ratings without the lowest and highest 12.5 %",
            ),
            (
                "quantile(nilai for penilaian, share: 25%)",
                "kuantil 25 % dari nilai pada penilaian",
                "25 % quantile of score over ratings",
            ),
            (
                "last(nilai for penilaian, by: urutan)",
                "nilai terakhir menurut urutan pada penilaian",
                "last score by order in ratings",
            ),
        ],
    )
    def test_reductions(self, text, indonesian, english):
        got = words(text)
        assert got[0] == indonesian
        assert english is None or got[1] == english

    def test_tables_and_bands_name_what_they_read(self):
        one = n.Lookup((n.Ref("hasil_kerja"),), ())
        two = n.Lookup((n.Ref("hasil_kerja"), n.Ref("perilaku")), ())
        three = n.Lookup((n.Ref("hasil_kerja"), n.Ref("perilaku"), n.Ref("ide")), ())
        assert words(one) == ("tabel menurut hasil kerja", "table by work result")
        assert words(two)[0] == "tabel menurut hasil kerja dan perilaku kerja"
        assert words(three)[0] == "tabel menurut hasil kerja, perilaku kerja, dan ide baru"
        assert words(n.Band(n.Ref("ikm"), BANDS)) == ("rentang dari IKM", "band of IKM")

    def test_a_step_per_item_names_the_fields_of_its_list(self):
        node = bind_item(parse_formula("bobot * capaian"), {"bobot", "capaian"})
        assert formula_text(node, titles=TITLES, lang="en", over="butir") == "weight × achievement"
        assert formula_text(node, titles=TITLES, lang="en") == "bobot × capaian"

    @pytest.mark.parametrize(
        ("digits", "mode", "indonesian", "english"),
        [
            (2, "half_up", "ke 2 desimal, setengah ke atas", "to 2 decimals, half up"),
            (1, "half_even", "ke 1 desimal, setengah ke angka genap", "to 1 decimal, half to even"),
            (
                0,
                "half_down",
                "ke bilangan bulat, setengah ke bawah",
                "to a whole number, half down",
            ),
            (-1, "floor", "ke kelipatan 10, selalu ke bawah", "to a multiple of 10, always down"),
            (
                -3,
                "ceiling",
                "ke kelipatan 1000, selalu ke atas",
                "to a multiple of 1000, always up",
            ),
            (3, "down", "ke 3 desimal, sisanya dipotong", "to 3 decimals, cut off"),
            (2, "up", "ke 2 desimal, selalu menjauhi nol", "to 2 decimals, always away from zero"),
        ],
    )
    def test_roundings_have_words(self, digits, mode, indonesian, english):
        assert rounding_words(Rounding(digits=digits, mode=mode)) == Text(indonesian, english)

    def test_a_node_of_a_stranger_is_refused(self):
        class Odd(n.Node):
            pass

        with pytest.raises(TypeError, match="unknown node Odd"):
            formula_text(Odd(), titles=TITLES, lang="id")


BANDS = Bands(
    bands=(
        Band(label="kurang", interval=Interval(high=exact("76.61"), high_open=True)),
        Band(label="baik", interval=Interval(low=exact("76.61"), high=exact("88.30"))),
        Band(
            label="istimewa",
            interval=Interval(low=exact("88.30"), low_open=True, high=Fraction(100)),
        ),
    )
)


class TestFiguresText:
    @pytest.mark.parametrize(
        ("text", "indonesian", "english"),
        [
            ("realisasi / target * 100", "9,12 ÷ 12 × 100", "9.12 ÷ 12 × 100"),
            (
                "(2 * target - realisasi) / target",
                "(2 × 12 − 9,12) ÷ 12",
                "(2 × 12 − 9.12) ÷ 12",
            ),
            ("60% * rekan + 40% * ikm", "60 % × 80 + 40 % × 86,625", "60 % × 80 + 40 % × 86.625"),
            ("rekan - minus * minus", "80 − (−3 × (−3))", "80 − (−3 × (−3))"),
            ("minus + minus", "−3 + (−3)", "−3 + (−3)"),
            ("-minus", "−(−3)", "−(−3)"),
            ("atasan + rekan", "(tidak ada) + 80", "(missing) + 80"),
            ("realisasi / nol", "9,12 ÷ 0", "9.12 ÷ 0"),
            ("selesai - mulai", "11 Maret 2024 − 1 Maret 2024", "11 March 2024 − 1 March 2024"),
            ("clip(ikm * 2, none, 120)", "86,625 × 2, paling tinggi 120", None),
            ("hukuman", "ya", "yes"),
            ("hasil_kerja", "sesuai ekspektasi", "as expected"),
            ("ikm >= 76.61", "86,625 ≥ 76,61", "86.625 ≥ 76.61"),
        ],
    )
    def test_figures_stand_in_place_of_names(self, text, indonesian, english):
        got = figures(text)
        assert got[0] == indonesian
        assert english is None or got[1] == english

    @pytest.mark.parametrize(
        ("text", "indonesian", "english"),
        [
            ("where(efisiensi <= 24, target * 2, 76)", "12 × 2", "12 × 2"),
            ("where(efisiensi < 24, target * 2, 76)", "76", "76"),
            ("where(efisiensi < 24, 1, where(ide, 2, ikm * 2)) * 3", "86,625 × 2 × 3", None),
            ("where(atasan < 24, 1, 2)", "(tidak ada)", "(missing)"),
            ("where(hasil_kerja == 'sesuai', 'baik', 'kurang')", "Baik", "Good"),
            ("coalesce(atasan, rekan) * 60%", "80 × 60 %", "80 × 60 %"),
            ("coalesce(atasan, missing('belum_ada'))", "(tidak ada)", "(missing)"),
        ],
    )
    def test_only_what_applies_is_shown(self, text, indonesian, english):
        got = figures(text)
        assert got[0] == indonesian
        assert english is None or got[1] == english

    @pytest.mark.parametrize(
        ("text", "indonesian", "english"),
        [
            (
                "hasil_kerja == 'di_bawah'",
                "hasil kerja (sesuai ekspektasi) = di bawah ekspektasi",
                "work result (as expected) = below expectation",
            ),
            ("hasil_kerja == 'sesuai'", "hasil kerja = sesuai ekspektasi", None),
            ("hukuman and not ide", "hukuman = ya dan ide baru = tidak", None),
            (
                "ide or ikm / 2 > rekan",
                "ide baru (tidak) = ya atau IKM (86,625) ÷ 2 > nilai rekan (80)",
                "new idea (no) = yes or IKM (86.625) ÷ 2 > peers' score (80)",
            ),
            (
                "not (rekan > atasan or ide)",
                None,
                "not (peers' score (80) > superior's score (missing) or new idea (no) = yes)",
            ),
            ("is_missing(atasan)", "nilai atasan tidak ada", "superior's score is missing"),
            ("is_missing(rekan)", "nilai rekan (80) tidak ada", "peers' score (80) is missing"),
            (
                "ide or mean(nilai for banyak) < 3",
                "ide baru (tidak) = ya atau rata-rata nilai pada jawaban (2,9615384615…) < 3",
                None,
            ),
            (
                "ide or coalesce(atasan, rekan) < 3",
                "ide baru (tidak) = ya atau nilai rekan (80) < 3",
                None,
            ),
            (
                "count(for penilaian if not is_missing(nilai)) == 3 and ide",
                "banyaknya penilaian (nilai ada) = 3 dan ide baru (tidak) = ya",
                None,
            ),
        ],
    )
    def test_conditions_keep_the_titles_beside_the_figures(self, text, indonesian, english):
        got = figures(text)
        assert indonesian is None or got[0] == indonesian
        assert english is None or got[1] == english

    @pytest.mark.parametrize(
        ("text", "indonesian", "english"),
        [
            (f"mean(nilai for penilaian if {PRESENT})", "(4 + 5 + 3) ÷ 3", "(4 + 5 + 3) ÷ 3"),
            ("mean(nilai for penilaian, missing: skip) * 20", "(4 + 5 + 3) ÷ 3 × 20", None),
            (
                "mean(nilai for penilaian)",
                "(4 + 5 + 3 + (tidak ada)) ÷ 4",
                "(4 + 5 + 3 + (missing)) ÷ 4",
            ),
            ("mean(nilai for penilaian if kelompok == 'atasan') * 20", "5 × 20", None),
            ("median(nilai for penilaian if kelompok == 'atasan') * 20", "5 × 20", None),
            ("sum(nilai for penilaian, missing: skip)", "4 + 5 + 3", None),
            ("min(nilai for penilaian, missing: skip)", "terkecil dari (4; 5; 3)", None),
            ("max(nilai for penilaian, missing: skip)", "terbesar dari (4; 5; 3)", None),
            ("median(nilai for penilaian, missing: skip)", "median dari (3; 4; 5)", None),
            (
                "median(nilai for penilaian)",
                "median dari (4; 5; 3; (tidak ada))",
                "median of (4; 5; 3; (missing))",
            ),
            (
                "quantile(nilai for penilaian, share: 25%, missing: skip)",
                "kuantil 25 % dari (3; 4; 5)",
                "25 % quantile of (3; 4; 5)",
            ),
            ("trimmed_mean(nilai for penilaian, share: 40%, missing: skip)", "4", "4"),
            (
                "trimmed_mean(nilai for penilaian, share: 10%, missing: skip)",
                "(3 + 4 + 5) ÷ 3",
                None,
            ),
            ("count(for penilaian)", "4", "4"),
            ("count_distinct(kelompok for penilaian)", "2", "2"),
            ("last(kelompok for penilaian, by: urutan)", "rekan", "peers"),
            (
                "sum(bobot * capaian for butir) / sum(bobot for butir)",
                "(0,5 × 90 + 0,3 × (−8) + 0,2 × 100) ÷ (0,5 + 0,3 + 0,2)",
                "(0.5 × 90 + 0.3 × (−8) + 0.2 × 100) ÷ (0.5 + 0.3 + 0.2)",
            ),
            ("sum(clip(capaian, 0, none) for butir)", "90 + 0 + 100", None),
            ("sum(capaian for butir)", "90 + (−8) + 100", None),
            ("mean(nilai for kosong)", "(tidak ada)", "(missing)"),
            ("sum(nilai for kosong)", "0", "0"),
            ("sum(nilai for hilang)", "(tidak ada)", "(missing)"),
            ("mean(nilai for penilaian if nilai > 3)", "(tidak ada)", "(missing)"),
        ],
    )
    def test_a_short_list_shows_every_item(self, text, indonesian, english):
        got = figures(text)
        assert got[0] == indonesian
        assert english is None or got[1] == english

    @pytest.mark.parametrize(
        ("text", "indonesian", "english"),
        [
            (
                "mean(nilai for banyak)",
                "231 ÷ 78 (jumlah ÷ banyaknya butir)",
                "231 ÷ 78 (sum ÷ number of items)",
            ),
            ("sum(nilai for banyak)", "231 (jumlah dari 78 butir)", "231 (sum of 78 items)"),
            ("min(nilai for banyak)", "1 (terendah dari 78 butir)", "1 (lowest of 78 items)"),
            ("max(nilai for banyak)", "5 (tertinggi dari 78 butir)", "5 (highest of 78 items)"),
            ("median(nilai for banyak) * 2", "3 (median dari 78 butir) × 2", None),
            (
                "quantile(nilai for banyak, share: 25%)",
                "2 (kuantil 25 % dari 78 butir)",
                "2 (25 % quantile of 78 items)",
            ),
            (
                "trimmed_mean(nilai for banyak, share: 10%)",
                "189 ÷ 64 (jumlah ÷ banyaknya butir yang dipakai)",
                "189 ÷ 64 (sum ÷ number of items kept)",
            ),
            ("mean(1 / (nilai - 1) for banyak)", "(tidak ada)", "(missing)"),
        ],
    )
    def test_a_long_list_shows_sum_and_number(self, text, indonesian, english):
        got = figures(text)
        assert got[0] == indonesian
        assert english is None or got[1] == english

    def test_the_twelfth_item_is_the_last_that_is_shown(self):
        for count, shown in ((12, " + ".join("7" * 12)), (13, "91 (sum of 13 items)")):
            scope = {"kosong": [{"nilai": Fraction(7)}] * count}
            node = read("sum(nilai for kosong)")
            assert figures_text(node, titles=TITLES, scope=scope, lang="en") == shown

    def test_tables_and_bands_show_their_keys(self):
        table = n.Lookup((n.Ref("hasil_kerja"), n.Ref("ide")), ())
        assert figures(table)[0] == (
            "tabel menurut hasil kerja (sesuai ekspektasi) dan ide baru (tidak)"
        )
        assert figures(n.Band(n.Ref("ikm"), BANDS))[1] == "band of 86.625"

    def test_a_step_per_item_shows_the_item(self):
        node = bind_item(parse_formula("bobot * capaian"), {"bobot", "capaian"})
        text = figures_text(
            node, titles=TITLES, scope=SCOPE, lang="id", item=SCOPE["butir"][1], over="butir"
        )
        assert text == "0,3 × (−8)"

    def test_a_named_part_shows_its_value(self):
        part = n.Named("rata", Text("rata-rata", "mean"), read("sum(nilai for banyak)"))
        assert figures(part * 2)[1] == "231 × 2"
        assert figures(n.Compare("==", n.Band(part, BANDS), n.Label("baik")))[1] == (
            "band of mean (missing) = baik"
        )


class TestStepsApplied:
    @pytest.mark.parametrize(
        ("text", "notes"),
        [
            ("ikm * 2", []),
            ("clip(ikm, 0, 120)", []),
            (
                "clip(ikm * 2, 0, 120)",
                [
                    (
                        "dibatasi paling tinggi 120 (semula 173,25)",
                        "held to at most 120 (was 173.25)",
                    )
                ],
            ),
            (
                "clip(minus, nol, 120)",
                [
                    (
                        "dibatasi paling rendah nol (0) (semula −3)",
                        "held to at least nol (0) (was −3)",
                    )
                ],
            ),
            ("clip(atasan, 0, 120)", []),
            (
                "min(ikm * 2, 120)",
                [
                    (
                        "dibatasi paling tinggi 120 (semula 173,25)",
                        "held to at most 120 (was 173.25)",
                    )
                ],
            ),
            ("min(ikm, 120)", []),
            (
                "max(0, minus)",
                [("dibatasi paling rendah 0 (semula −3)", "held to at least 0 (was −3)")],
            ),
            (
                "max(ikm, rekan, efisiensi)",
                [("yang terbesar: IKM (86,625)", "the largest: IKM (86.625)")],
            ),
            (
                "min(ikm, rekan)",
                [("yang terkecil: nilai rekan (80)", "the smallest: peers' score (80)")],
            ),
            ("min(ikm, atasan)", []),
            (
                "round(ikm, 2, half_up)",
                [
                    (
                        "86,625 dibulatkan ke 2 desimal, setengah ke atas",
                        "86.625 rounded to 2 decimals, half up",
                    )
                ],
            ),
            ("round(ikm, 3, half_up)", []),
            ("round(atasan, 2, half_up)", []),
            (
                "round(clip(ikm * 2, none, 120.5), 0, floor)",
                [
                    (
                        "dibatasi paling tinggi 120,5 (semula 173,25)",
                        "held to at most 120.5 (was 173.25)",
                    ),
                    (
                        "120,5 dibulatkan ke bilangan bulat, selalu ke bawah",
                        "120.5 rounded to a whole number, always down",
                    ),
                ],
            ),
            (
                "where(efisiensi <= 24, clip(ikm, none, 80), 76)",
                [
                    (
                        "karena efisiensi waktu (24) ≤ 24",
                        "because time efficiency (24) ≤ 24",
                    ),
                    (
                        "dibatasi paling tinggi 80 (semula 86,625)",
                        "held to at most 80 (was 86.625)",
                    ),
                ],
            ),
            (
                "where(efisiensi < 24, 1, ide, 2, where(hukuman, 3, 4))",
                [
                    (
                        ("selain itu, karena efisiensi waktu (24) ≥ 24 dan ide baru = tidak"),
                        "otherwise, because time efficiency (24) ≥ 24 and new idea = no",
                    ),
                    ("karena hukuman = ya", "because hukuman = yes"),
                ],
            ),
            (
                "where(ikm < 1, 1, ikm < 2, 2, ikm < 3, 3, ikm < 4, 4, 5)",
                [("selain itu", "otherwise")],
            ),
            ("where(target == 0, missing('zero_target'), ikm)", []),
            ("where(is_missing(rekan), 0, rekan)", []),
            ("where(atasan > 1, 1, 2)", []),
            (
                "where(is_missing(atasan), 0, atasan)",
                [
                    (
                        "karena nilai atasan tidak ada",
                        "because superior's score is missing",
                    )
                ],
            ),
            (
                "where(hasil_kerja in ('sesuai', 'di_bawah') and not ide, 'baik', 'kurang')",
                [
                    (
                        (
                            "karena hasil kerja (sesuai ekspektasi) salah satu dari "
                            "(sesuai ekspektasi; di bawah ekspektasi) dan ide baru = tidak"
                        ),
                        (
                            "because work result (as expected) is one of "
                            "(as expected; below expectation) and new idea = no"
                        ),
                    )
                ],
            ),
            (
                "coalesce(atasan, clip(rekan, none, 60))",
                [
                    (
                        "nilai atasan tidak ada, yang dipakai: (nilai rekan (80), paling tinggi 60)",
                        (
                            "superior's score is missing, used instead: "
                            "(peers' score (80), at most 60)"
                        ),
                    ),
                    ("dibatasi paling tinggi 60 (semula 80)", "held to at most 60 (was 80)"),
                ],
            ),
            ("coalesce(rekan, ikm)", []),
            ("coalesce(atasan, atasan)", []),
        ],
    )
    def test_each_decision_has_a_note(self, text, notes):
        assert applied(text) == notes

    def test_the_band_is_told_with_its_ends(self):
        rounded = n.Round(n.Ref("ikm"), Rounding(digits=2, mode="half_up"))
        assert applied(n.Band(n.Ref("ikm"), BANDS)) == [
            (
                "rentang Baik: 76,61 ≤ IKM (86,625) ≤ 88,30",
                "band Good: 76.61 ≤ IKM (86.625) ≤ 88.30",
            )
        ]
        assert applied(n.Band(rounded, BANDS))[-1][1] == "band Good: 76.61 ≤ 86.63 ≤ 88.30"
        assert applied(n.Band(n.Ref("rekan") + 10, BANDS)) == [
            ("rentang istimewa: 88,30 < 90 ≤ 100,00", "band istimewa: 88.30 < 90 ≤ 100.00")
        ]
        assert applied(n.Band(n.Ref("minus"), BANDS))[0][1] == "band Poor: minus (−3) < 76.61"

    def test_a_band_without_an_end_has_one_sign(self):
        all_of_them = Bands(bands=(Band(label="baik", interval=Interval(low=Fraction(0))),))
        assert applied(n.Band(n.Ref("rekan"), all_of_them))[0][0] == (
            "rentang Baik: 0 ≤ nilai rekan (80)"
        )

    def test_outside_every_band_there_is_no_note(self):
        assert applied(n.Band(n.Number(Fraction(101)), BANDS)) == []
        assert applied(n.Band(n.Ref("atasan"), BANDS)) == []

    def test_the_row_of_a_table_is_told(self):
        rows = ((("sesuai", True), n.Label("kurang")), (("sesuai", False), n.Label("baik")))
        keys = (n.Ref("hasil_kerja"), n.Ref("ide"))
        assert applied(n.Lookup(keys, rows)) == [
            (
                "baris tabel: hasil kerja = sesuai ekspektasi, ide baru = tidak → Baik",
                "table row: work result = as expected, new idea = no → Good",
            )
        ]
        assert applied(n.Lookup(keys, rows[:1])) == [
            (
                "tidak ada baris tabel: hasil kerja = sesuai ekspektasi, ide baru = tidak",
                "no table row: work result = as expected, new idea = no",
            )
        ]
        assert applied(n.Lookup((n.Ref("atasan"),), ())) == []

    def test_a_named_part_is_walked_through(self):
        part = n.Named("x", Text("x", "x"), read("clip(ikm, none, 60)"))
        assert [english for _, english in applied(part)] == ["held to at most 60 (was 86.625)"]


def met(source, **scope):
    node = parse_formula(source)
    text = condition_met(node, titles=TITLES, scope={k: as_given(v) for k, v in scope.items()})
    return text.id


def as_given(value):
    return exact(value) if type(value) is int else value


class TestConditionMet:
    def test_figures_stand_behind_their_titles(self):
        assert met("ikm < 76.61", ikm=exact("69.75")) == "IKM (69,75) < 76,61"

    def test_alternatives_that_do_not_hold_are_left_out(self):
        found = met("ide and (atasan < 80 or ikm < 76.61)", ide=True, atasan=90, ikm=70)
        assert found == "ide baru = ya dan IKM (70) < 76,61"

    def test_alternatives_that_hold_together_are_all_named(self):
        found = met("atasan < 80 or ikm < 76.61", atasan=60, ikm=70)
        assert found == "nilai atasan (60) < 80 dan IKM (70) < 76,61"

    def test_of_labels_that_would_do_the_one_that_is_there_is_named(self):
        found = met("hasil_kerja in ('di_bawah', 'sesuai')", hasil_kerja="sesuai")
        assert found == "hasil kerja = sesuai ekspektasi"

    def test_of_what_must_not_hold_together_what_fails_is_named(self):
        assert met("not (ide and ikm > 80)", ide=True, ikm=70) == "IKM (70) ≤ 80"

    def test_at_most_a_label_is_said_as_that_label_where_it_is_the_one(self):
        order = ("di_bawah", "sesuai", "di_atas")
        most = n.Compare("<=", n.Ref("hasil_kerja"), n.Label("sesuai"), order)
        said = [
            condition_met(most, titles=TITLES, scope={"hasil_kerja": label}).id
            for label in order[:2]
        ]
        assert said == [
            "hasil kerja (di bawah ekspektasi) ≤ sesuai ekspektasi",
            "hasil kerja = sesuai ekspektasi",
        ]

    def test_a_missing_alternative_is_no_reason(self):
        gone = Missing.because("input_missing", "ikm")
        assert met("atasan < 80 or ikm < 76.61", atasan=60, ikm=gone) == "nilai atasan (60) < 80"

    def test_what_is_missing_is_said(self):
        gone = Missing.because("input_missing", "ikm")
        assert met("is_missing(ikm)", ikm=gone) == "IKM tidak ada"

    @settings(max_examples=200, deadline=None)
    @given(full_formulas(), scopes())
    def test_what_is_said_holds_and_is_enough(self, node, scope):
        conditions = [p for p in n.walk(node) if isinstance(p, n.And | n.Or | n.Not | n.Compare)]
        for condition in conditions:
            if any(isinstance(part, n.Field) for part in n.walk(condition)):
                continue
            held = evaluate(condition, scope)
            left = met_by(condition, Figures(scope=scope))
            if held is True:
                assert evaluate(left, scope) is True
                assert {*n.walk(left)} - {*n.walk(condition)} <= {*_joins(left)}
            else:
                assert left == condition


def _joins(node):
    return [part for part in n.walk(node) if isinstance(part, n.And | n.Not | n.Compare)]


def test_without_titles_names_and_labels_stand_as_they_are():
    node = parse_formula("where(hasil_kerja == 'sesuai', ide, false)")
    assert formula_text(node, titles=Titles(), lang="id") == (
        "ide bila hasil_kerja = sesuai; selain itu tidak"
    )


def test_a_label_of_a_choice_is_asked_of_the_names_it_chooses_from():
    node = parse_formula("coalesce(where(ide, hasil_kerja, 'x'), 'y') == 'di_bawah'")
    assert words(node)[1].endswith(" = below expectation")
    part = n.Compare("==", n.Named("k", Text("k", "k"), n.Ref("hasil_kerja")), n.Label("sesuai"))
    assert words(part)[1] == "k = as expected"


@settings(max_examples=150, deadline=None)
@given(full_formulas(), scopes())
def test_any_formula_has_words_for_any_values(node, scope):
    for lang in LANGUAGES:
        assert formula_text(node, titles=TITLES, lang=lang)
        text = figures_text(node, titles=TITLES, scope=scope, lang=lang)
        assert text
        assert text.count("(") == text.count(")")
    assert all(note.id and note.en for note in steps_applied(node, titles=TITLES, scope=scope))


_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-"})


@settings(max_examples=100, deadline=None)
@given(arithmetic_formulas(), st.fixed_dictionaries(dict.fromkeys(NUMBERS, decimals)))
def test_figures_of_arithmetic_read_back_as_the_exact_value(node, scope):
    text = figures_text(node, titles=Titles(), scope=scope, lang="en").translate(_SIGNS)
    assert evaluate(parse_formula(text), {}) == evaluate(node, scope)


@settings(max_examples=100, deadline=None)
@given(arithmetic_formulas(), scopes())
def test_words_of_arithmetic_read_back_as_a_formula_of_the_same_value(node, scope):
    text = formula_text(node, titles=Titles(), lang="en").translate(_SIGNS)
    assert evaluate(parse_formula(text), scope) == evaluate(node, scope)
