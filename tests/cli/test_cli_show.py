"""What a policy says, readable by people who never saw its file."""

import json
from typing import get_args

import pytest

from kinerja.asn import catalog
from kinerja.formula.types import ValueType
from kinerja.policy.describe import describe_policy
from kinerja.policy.rule_models import RatersModel, WeightedMeanModel, WeightedSumModel
from kinerja.report.layout import hung, pairs, table
from kinerja.rules import BUILT_IN
from kinerja.values import Between
from kinerja.words import LANGUAGES, has_words

QUADRANT = """\
Kuadran kinerja pegawai, PermenPANRB 6/2022
───────────────────────────────────────────
Id          kuadran-6-2022, versi 1.0.0
Berlaku     sejak 2022-01-01
Kepastian   naskah peraturan dibaca
Sidik jari  {fingerprint}
Catatan     Dipakai untuk tahun kinerja 2022 dan seterusnya; peraturannya berlaku formal sejak 7
            Februari 2022. Matriks yang sama berlaku untuk evaluasi periodik dan tahunan. Kedua
            rating ditetapkan pejabat penilai; peraturan tidak memberi rumus persentase untuk rating
            itu.

Masukan
───────
Nama            Sebutan                Isi                          Keterangan
──────────────  ─────────────────────  ───────────────────────────  ──────────
hasil_kerja     rating hasil kerja     label dari skala ekspektasi  wajib
perilaku_kerja  rating perilaku kerja  label dari skala ekspektasi  wajib

Skala
─────
ekspektasi, dari yang terendah
  di_bawah_ekspektasi  di bawah ekspektasi
  sesuai_ekspektasi    sesuai ekspektasi
  di_atas_ekspektasi   di atas ekspektasi

predikat, dari yang terendah
  sangat_kurang      Sangat Kurang
  kurang_misconduct  Kurang/Misconduct
  butuh_perbaikan    Butuh Perbaikan
  baik               Baik
  sangat_baik        Sangat Baik

Langkah
───────
1. predikat: predikat kinerja [hasil]
   Aturan  matriks
   Dasar   PermenPANRB 6/2022 Lampiran Bab IV.B.3.a.3 (naskah peraturan dibaca)

   rating hasil kerja   rating perilaku kerja  predikat kinerja
   ───────────────────  ─────────────────────  ─────────────────
   di atas ekspektasi   di bawah ekspektasi    Kurang/Misconduct
   di atas ekspektasi   sesuai ekspektasi      Baik
   di atas ekspektasi   di atas ekspektasi     Sangat Baik
   sesuai ekspektasi    di bawah ekspektasi    Kurang/Misconduct
   sesuai ekspektasi    sesuai ekspektasi      Baik
   sesuai ekspektasi    di atas ekspektasi     Baik
   di bawah ekspektasi  di bawah ekspektasi    Sangat Kurang
   di bawah ekspektasi  sesuai ekspektasi      Butuh Perbaikan
   di bawah ekspektasi  di atas ekspektasi     Butuh Perbaikan

Hasil, berurutan
────────────────
predikat  predikat kinerja

Dasar hukum dan sumber
──────────────────────
Dasar       PermenPANRB 6/2022 Lampiran Bab IV.B.3
Kepastian   naskah peraturan dibaca
Dilihat di  naskah lengkap edisi JDIH Kementerian PANRB
"""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("policy", [*catalog.ids(), "semua-aturan"])
def test_every_policy_fits_a_terminal_in_both_languages(kinerja, data, policy, lang):
    name = data / f"{policy}.yaml" if policy == "semua-aturan" else policy
    code, out, err = kinerja("show", name, "--lang", lang)
    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) <= 100
    assert "{" not in out
    assert "None" not in out


def test_a_short_policy_in_full(kinerja):
    note = catalog.read("kuadran-6-2022").program.note
    digits = note.fingerprint.removeprefix("sha256:")[:12]
    assert kinerja("show", "kuadran-6-2022").out == QUADRANT.format(fingerprint=digits)


def test_json_is_what_describe_gives(kinerja):
    out = kinerja("show", "sikap-360", "--json", "--lang", "en").out
    assert json.loads(out) == describe_policy(catalog.read("sikap-360"), "en")


def test_the_option_that_is_taken_is_marked(kinerja):
    out = kinerja("show", "sikap-360", "--variant", "pembulatan=bulat").out
    assert "    dua_desimal   2 desimal (bila tidak disebut)" in out
    assert "  * bulat         bilangan bulat (dipakai di sini)" in out
    assert "Pembulatan  ke bilangan bulat, setengah ke atas" in out


@pytest.fixture
def shown(kinerja, data):
    return kinerja("show", data / "semua-aturan.yaml").out


@pytest.mark.parametrize(
    "line",
    [
        "target      target                   angka, > 0, paling banyak 2 desimal, berkas   wajib",
        "   Rumus   realisasi ÷ target × 100, paling tinggi 120",
        "   terlambat  terlambat              5  tanggal mulai tidak ada",
        "   ≥ 100    100 + (capaian dibatasi − 100) ÷ 2",
        "   selain itu              90",
        "   Untuk setiap  periode",
        "   Dalam kelompok      rata-rata nilai tanpa 10 % bagian terendah dan tertinggi",
        "   Bobot kelompok      atasan langsung 60 %, rekan kerja 40 %",
        "                       rekan kerja → atasan langsung",
        "                       rekan kerja: 2 sampai 5 penilai",
        "                       panel.group.( atasan | rekan )",
        "    Bila kosong  bobotnya dibagi ke bagian yang ada",
        "    ruas            nilai menurut ruas    1/3",
        "            tanpa nilai bila jumlah butir < 0",
        "    Nilai   nilai akhir + 1 bila ide baru = ya dan banyaknya butir baik > 0",
        "cara: cara",
        "    Kurang  ≥ 0, ≤ 75",
        "    Yang memutuskan  jabatan yang memutuskan",
        "    pembinaan    pembinaan    predikat akhir = Kurang",
        "    Bila lebih dari satu  hanya yang pertama",
    ],
)
def test_rules_are_shown_as_people_write_them(shown, line):
    assert line.strip() in map(str.strip, shown.splitlines())


class TestWords:
    """Every word that a rule may choose is there, whether a shipped policy uses it or not."""

    @pytest.mark.parametrize("rule", BUILT_IN)
    def test_rule_kinds(self, rule):
        assert has_words(f"kind.{rule.kind}")
        assert has_words(f"kind_help.{rule.kind}")

    @pytest.mark.parametrize("kind", get_args(ValueType))
    def test_types(self, kind):
        assert has_words(f"cli.show.type.{kind.__name__.removesuffix('Type').lower()}")

    @pytest.mark.parametrize(
        ("field", "key"),
        [
            ("within", "within"),
            ("missing_group", "missing"),
            ("too_few", "too_few"),
            ("unanswered", "unanswered"),
        ],
    )
    def test_panels(self, field, key):
        choices = get_args(RatersModel.model_fields[field].annotation)
        assert choices
        assert all(has_words(f"cli.show.panel.{key}.{choice}") for choice in choices)

    @pytest.mark.parametrize("choice", [c for c in get_args(Between) if c != "refuse"])
    def test_between(self, choice):
        assert has_words(f"cli.show.between.{choice}")

    @pytest.mark.parametrize("model", [WeightedMeanModel, WeightedSumModel])
    def test_missing(self, model):
        for choice in get_args(model.model_fields["missing"].annotation):
            assert choice == "incomplete" or has_words(f"cli.show.missing.{choice}")


class TestLayout:
    def test_a_key_that_repeats_is_shown_once(self):
        rows = [("Dasar", "a"), ("Dasar", "b"), ("Kosong", ""), ("", "c")]
        assert list(pairs(rows)) == ["Dasar  a", "       b", "       c"]

    def test_a_long_key_has_its_text_below(self):
        [first, second] = pairs([("k" * 40, "isi")], indent=2)
        assert (first, second) == ("  " + "k" * 40, " " * 32 + "isi")

    def test_long_texts_hang(self):
        lines = list(hung("- ", "kata " * 40))
        assert all(len(line) <= 100 for line in lines)
        assert lines[1].startswith("  kata")

    def test_columns_without_content_are_left_out(self):
        assert list(table(["a", "b"], [["1", ""]], indent=1)) == [" a", " ─", " 1"]
