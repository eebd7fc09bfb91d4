"""The explanation on a terminal: the small form, the numbered form, and what must never happen."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from samples import CROWDED, HOSTILE, INCOMPLETE, KUADRAN, PANEL, SAMPLES, SKM, SKP, same
from strategies_explanation import alike_explanations, explanations

from kinerja.result import InputLine, ItemTable, Lever, Line
from kinerja.result.text import explanation_text
from kinerja.values import LegalBasis
from kinerja.words import Text

KUADRAN_ID = """\
predikat = Baik                       kuadran kinerja, PermenPANRB 6/2022 Lampiran Bab IV.B
  hasil kerja    = sesuai ekspektasi  (masukan)
  perilaku kerja = di atas ekspektasi (masukan)

Untuk mencapai Sangat Baik
──────────────────────────
Setiap baris mengubah satu masukan saja, yang lain tetap

Masukan         Sekarang            Perlu menjadi                Keterangan
──────────────  ──────────────────  ───────────────────────────  ──────────────────
hasil kerja     sesuai ekspektasi   di atas ekspektasi           perubahan terkecil
perilaku kerja  di atas ekspektasi  tidak cukup dengan ini saja

Kebijakan: Predikat kinerja pegawai (permenpanrb-6-2022 versi 1), sidik jari 4f8c2a9d01b7"""

KUADRAN_EN = """\
rating = Good                         performance quadrant, PermenPANRB 6/2022 Lampiran Bab IV.B
  work results   = as expected        (input)
  work behaviour = above expectations (input)

To reach Very Good
──────────────────
Each line changes one input alone, the others stay as they are

Input           Now                 Would need          Note
──────────────  ──────────────────  ──────────────────  ───────────────────
work results    as expected         above expectations  the smallest change
work behaviour  above expectations  not by this alone

Policy: Performance rating of an employee (permenpanrb-6-2022 version 1), fingerprint 4f8c2a9d01b7"""

INCOMPLETE_ID = """\
nilai kinerja = tidak ada nilai
predikat      = tidak ada nilai

Rincian perhitungan untuk 198711022010011004
SKP dan perilaku kerja pegawai Dinas Kependudukan dan Pencatatan Sipil

Hasil belum lengkap, sebab:
  - perilaku kerja tidak diisi
  - pembagi bernilai nol: target kehadiran

Langkah perhitungan
───────────────────
1. capaian kehadiran = tidak ada nilai
   Rumus    hadir ÷ target hadir × 100
   Angka    21 ÷ 0 × 100
   Sebab    pembagi bernilai nol: target kehadiran
   Masukan  hari hadir = 21 hari
            target hari hadir = 0 hari
   Dasar    Perka BKN 1/2013 Lampiran II (sumber sekunder)

2. nilai kinerja = tidak ada nilai
   Rumus    70 % × capaian kehadiran + 30 % × perilaku kerja
   Sebab    perilaku kerja tidak diisi
            pembagi bernilai nol: target kehadiran
   Masukan  perilaku kerja = tidak ada nilai (tidak diisi)
   Memakai  langkah 1
   Dasar    PP 30/2019 Pasal 41 ayat (2)

3. predikat = tidak ada nilai
   Rumus    rentang nilai kinerja
   Sebab    perilaku kerja tidak diisi
            pembagi bernilai nol: target kehadiran
   Memakai  langkah 2
   Dasar    PP 30/2019 Pasal 10 (belum terverifikasi)

Kebijakan
─────────
Nama          SKP dan perilaku kerja pegawai Dinas Kependudukan dan Pencatatan Sipil
Id dan versi  skp-dukcapil, versi 3
Sidik jari    4f8c2a9d01b7
Pilihan       realisasi lebih kecil lebih baik: (2 × target − realisasi) ÷ target
              capaian di atas 120: dihitung 120
Plug-in       terlambat_bertingkat (kinerja-pemkab 0.4.1)

Dasar hukum
  Bunyi peraturannya sudah dibaca langsung:
  - PP 30/2019 Pasal 41 ayat (2)
      dilihat di peraturan.bpk.go.id
  Dikutip dari pihak lain, bunyi peraturannya sendiri belum dibaca:
  - Perka BKN 1/2013 Lampiran II
      batas atas 120 tidak ditemukan di sini
  Belum ada sumber yang memastikannya:
  - PP 30/2019 Pasal 10"""


def lines_of(explanation, lang="id"):
    return explanation_text(explanation, lang).splitlines()


def small(**changes):
    """Give the quadrant with a changed step."""
    return replace(KUADRAN, lines=(replace(KUADRAN.lines[0], **changes),), levers=())


class TestSmallForm:
    def test_a_result_stands_above_its_inputs_in_indonesian(self):
        assert explanation_text(KUADRAN, "id") == KUADRAN_ID

    def test_a_result_stands_above_its_inputs_in_english(self):
        assert explanation_text(KUADRAN, "en") == KUADRAN_EN

    def test_printing_gives_the_indonesian_text(self):
        assert str(KUADRAN) == KUADRAN_ID
        assert KUADRAN.to_text("en") == KUADRAN_EN

    def test_a_clause_that_is_not_known_first_hand_says_so(self):
        basis = (LegalBasis(title="PP 30/2019", clause="Pasal 10"),)
        assert "PP 30/2019 Pasal 10 (belum terverifikasi)" in lines_of(small(basis=basis))[0]

    def test_a_row_of_a_table_that_repeats_the_inputs_is_left_out(self):
        row = same("baris tabel: sesuai ekspektasi, di atas ekspektasi → Baik")
        found = lines_of(small(formula=None, applied=(row,)))
        assert found[0].endswith(" menurut tabel, PermenPANRB 6/2022 Lampiran Bab IV.B")
        assert found[3] == ""

    def test_a_note_that_says_more_stands_below_the_inputs(self):
        note = same("keputusan pejabat penilai menggantikan Cukup")
        found = lines_of(small(applied=(note,)))
        assert found[3] == "  keputusan pejabat penilai menggantikan Cukup"

    def test_figures_are_left_out_where_the_inputs_stand_below(self):
        found = lines_of(small(formula=same("a + b"), figures=same("1 + 2")))
        assert found[0].startswith("predikat = Baik                       a + b, ")
        assert not any("1 + 2" in line for line in found)

    def test_a_step_with_figures_of_other_steps_takes_the_numbered_form(self):
        found = lines_of(small(figures=same("1 + 2"), uses=("hasil_kerja", "langkah_lain")))
        assert "Langkah perhitungan" in found

    def test_rounding_takes_the_numbered_form(self):
        assert "Langkah perhitungan" in lines_of(small(unrounded=same("1,234")))

    def test_a_note_that_does_not_fit_takes_the_numbered_form(self):
        assert "Langkah perhitungan" in lines_of(small(formula=same("x" * 80)))

    def test_published_steps_come_first(self):
        step = Line(name="a", title=same("antara"), value=same("3"))
        found = lines_of(replace(KUADRAN, lines=(step, *KUADRAN.lines)))
        assert [line.split(" ")[0] for line in found if line and line[0] != " "][:2] == [
            "predikat",
            "antara",
        ]

    def test_a_limit_of_an_input_is_named(self):
        inputs = (replace(KUADRAN.inputs[0], note=same("1 sampai 4")), KUADRAN.inputs[1])
        found = lines_of(replace(KUADRAN, inputs=inputs))
        assert found[1].endswith("(masukan, 1 sampai 4)")

    def test_sources_that_are_no_regulation_are_named_in_full(self):
        basis = (LegalBasis(title="Aplikasi", status="practice", source="kode"),)
        assert "      dilihat di kode" in lines_of(small(basis=basis))

    def test_choices_are_named(self):
        policy = replace(KUADRAN.policy, choices=((same("celah"), same("ke bawah")),))
        assert "Pilihan       celah: ke bawah" in lines_of(replace(KUADRAN, policy=policy))

    def test_a_policy_without_legal_basis_says_so(self):
        policy = replace(KUADRAN.policy, basis=(), plugins=("denda (paket 1.0)",))
        changed = replace(small(basis=()), policy=policy)
        assert "Kebijakan ini tidak menyebut dasar hukum" in lines_of(changed)
        assert "Plug-in       denda (paket 1.0)" in lines_of(changed)


class TestNumberedForm:
    def test_an_incomplete_result_begins_with_its_reasons(self):
        assert explanation_text(INCOMPLETE, "id") == INCOMPLETE_ID

    def test_results_stand_on_top(self):
        assert lines_of(SKM)[:2] == ["nilai IKM      = 82,22", "mutu pelayanan = B (Baik)"]

    def test_a_rounded_value_shows_the_exact_one(self):
        found = [line.strip() for line in lines_of(SKM)]
        at = found.index("10. nilai IKM = 82,22")
        assert "Tepatnya  82,2222222222… → 82,22" in found[at : at + 10]
        assert "Memakai   langkah 1–9" in found[at : at + 12]

    def test_nine_elements_stand_in_one_table(self):
        found = lines_of(SKM)
        assert "3. NRR waktu penyelesaian                        55 ÷ 20   2,75" in found

    def test_means_of_groups_and_aspects_stand_in_one_table(self):
        found = [line.strip() for line in lines_of(PANEL)]
        assert "kolaboratif                  4  3,3333333333…  3,6666666666…" in found

    def test_items_stand_in_a_table_below_their_step(self):
        found = [" ".join(line.split()) for line in lines_of(SKP, "en")]
        assert "1. achievement of indicators, for each item" in found
        assert "waiting time at the counter 15 18 15 % 80" in found

    def test_losses_come_largest_first_with_bars(self):
        found = lines_of(SKM)
        at = found.index("Di mana nilai berkurang")
        assert found[at + 2] == "Kenaikan nilai IKM bila hanya bagian itu mencapai nilai terbaiknya"
        rows = [line for line in found if line.endswith("█")]
        assert [row.count("█") for row in rows] == [20, 15, 14, 13, 11, 10, 10, 8, 2]
        assert rows[0].startswith("3,4722222222…  NRR waktu penyelesaian")

    def test_what_a_search_found_is_told_from_a_proof(self):
        found = "\n".join(lines_of(SKP))
        assert "hasil pencarian, mungkin ada" in found
        assert "Tidak cukup bila diubah sendiri: perilaku kerja." in found
        assert "bukan bukti: tidak ditemukan nilai yang" in found

    def test_inputs_that_are_not_enough_alone_stand_in_one_sentence(self):
        levers = tuple(
            replace(KUADRAN.levers[1], name=f"x{n}", title=same(f"x{n}")) for n in range(3)
        )
        found = lines_of(replace(KUADRAN, levers=(*levers[:2], KUADRAN.levers[0], levers[2])))
        assert "Tidak cukup bila diubah sendiri: x0; x1; x2." in found
        assert not any(line.startswith("x0 ") for line in found)

    def test_where_no_input_is_enough_alone_that_is_said(self):
        levers = tuple(
            replace(KUADRAN.levers[1], name=f"x{n}", title=same(f"x{n}")) for n in range(2)
        )
        found = lines_of(replace(KUADRAN, levers=levers), "en")
        at = found.index("To reach Very Good")
        assert found[at + 2 : at + 4] == ["None of these is enough when changed alone: x0; x1.", ""]

    def test_one_input_that_is_not_enough_keeps_its_row(self):
        found = "\n".join(lines_of(KUADRAN))
        assert "tidak cukup dengan ini saja" in found
        assert "bila diubah sendiri" not in found

    def test_a_share_is_told_in_items(self):
        items = Text("25 dari 30 butir, sekarang 13", "25 of 30 items, now 13")
        levers = (replace(KUADRAN.levers[0], items=items),)
        levers = (replace(levers[0], title=same("x"), value=same("4"), needed=same("8")),)
        found = explanation_text(replace(KUADRAN, levers=levers))
        assert "25 dari 30 butir, sekarang 13; perubahan terkecil" in found

    def test_what_follows_says_why(self):
        reasons = (same("nilai (92) ≥ 90"), same("ketepatan (43,33) < 80"))
        found = lines_of(replace(SKP, follow_up_reasons=reasons))
        at = found.index("  - penghargaan triwulan")
        assert found[at : at + 4] == [
            "  - penghargaan triwulan",
            "      karena nilai (92) ≥ 90",
            "  - pelatihan manajemen waktu",
            "      karena ketepatan (43,33) < 80",
        ]

    @pytest.mark.parametrize(
        ("grid", "words"),
        [(None, "perubahan terkecil"), (0, "dalam bilangan bulat"), (2, "sampai 2 desimal")],
    )
    def test_the_grid_of_a_proof_is_named(self, grid, words):
        levers = (replace(KUADRAN.levers[0], grid=grid),)
        assert words in explanation_text(replace(KUADRAN, levers=levers))

    def test_a_label_beyond_the_next_one_is_named(self):
        levers = (replace(KUADRAN.levers[0], gives=same("Istimewa")),)
        found = explanation_text(replace(KUADRAN, levers=levers))
        assert "hasilnya Istimewa; perubahan terkecil" in found

    def test_a_missing_input_of_a_lever_is_named(self):
        lever = Lever(name="x", title=same("x"), value=None, needed=None, gives=None, proof="exact")
        found = explanation_text(replace(KUADRAN, levers=(lever,)))
        assert "x        tidak ada nilai  tidak cukup dengan ini saja" in found

    def test_levers_without_a_next_band_are_not_shown(self):
        assert "Untuk mencapai" not in explanation_text(replace(KUADRAN, target=None))

    def test_a_long_list_is_cut_and_says_where_the_rest_is(self):
        rows = tuple((same(f"butir {n}"), same(str(n))) for n in range(45))
        table = ItemTable(name="x", title=same("x"), columns=(same("a"), same("b")), rows=rows)
        found = lines_of(replace(SKP, lines=(replace(SKP.lines[0], items=table),)))
        assert "   … 15 baris lagi, semuanya ada dalam bentuk HTML dan Markdown" in found
        assert not any("butir 30" in line for line in found)

    def test_warnings_follow_ups_and_other_inputs_are_shown(self):
        found = lines_of(SKP)
        assert '  - KNJ430 masukan "realisasi" tidak ada, tetapi ada "relisasi"' in found
        assert "  - penghargaan triwulan" in found
        assert found[found.index("Masukan lain") + 2] == "jabatan = Operator SIAK"

    def test_many_results_stand_below_the_headline(self):
        lines = [
            Line(name=f"s{n}", title=same(f"nilai {n}"), value=same("3"), published=True)
            for n in range(6)
        ]
        found = lines_of(replace(KUADRAN, lines=(*lines, *KUADRAN.lines)))
        assert found[:3] == ["predikat = Baik", "", "nilai 0 = 3"]

    def test_what_all_rows_of_a_table_share_is_said_once_below_it(self):
        found = lines_of(CROWDED)
        assert "Tepatnya  dibulatkan ke 3 desimal, setengah ke atas" in found
        assert sum("dibulatkan" in line for line in found) == 1
        assert (
            "Berlaku  karena “persyaratan siap pakai” tidak ada (baris pertama; baris lain serupa)"
            in found
        )

    def test_why_values_of_a_table_are_missing_is_said_below_it(self):
        lines = [
            Line(name=n, title=same(f"NRR {n}"), value=None, applied=(same("tidak diisi"),))
            for n in "abcd"
        ]
        found = lines_of(replace(KUADRAN, lines=tuple(lines)))
        assert "1. NRR a  tidak ada nilai" in found
        assert "Sebab  tidak diisi" in found

    def test_one_of_the_figures_behind_a_table_of_values_is_shown(self):
        found = [line.strip() for line in lines_of(CROWDED)]
        assert "Angka  misalnya berorientasi pelayanan menurut atasan: 4 ÷ 1" in found

    def test_figures_that_a_note_repeats_are_left_out(self):
        assert not any("rentang dari" in line for line in lines_of(CROWDED))

    def test_long_titles_stay_inside_the_page(self):
        assert max(map(len, lines_of(HOSTILE))) <= 100

    def test_an_explanation_without_steps_still_names_its_policy(self):
        found = lines_of(replace(KUADRAN, lines=(), inputs=(), levers=()))
        assert found[0].startswith("Kebijakan: Predikat kinerja pegawai")

    def test_an_input_without_a_step_is_shown_in_the_small_form_too(self):
        extra = InputLine(name="x", title=same("jabatan"), value=same("penata"))
        found = lines_of(replace(KUADRAN, inputs=(*KUADRAN.inputs, extra)))
        assert "jabatan = penata" in found


class TestNothingHidden:
    @pytest.mark.parametrize("lang", ["id", "en"])
    @pytest.mark.parametrize("name", SAMPLES)
    def test_no_line_is_wider_than_the_terminal_or_ends_in_space(self, name, lang):
        for line in lines_of(SAMPLES[name], lang):
            assert len(line) <= 100
            assert line == line.rstrip()

    def test_no_control_character_reaches_the_terminal(self):
        text = explanation_text(HOSTILE)
        assert all(c.isprintable() for c in text.replace("\n", ""))
        assert "\N{REPLACEMENT CHARACTER}[31m" in text

    @given(explanations)
    @settings(max_examples=50)
    def test_any_explanation_prints(self, explanation):
        for lang in ("id", "en"):
            for line in lines_of(explanation, lang):
                assert len(line) <= 100
                assert all(c.isprintable() for c in line)

    @given(alike_explanations)
    @settings(max_examples=25)
    def test_alike_lines_print(self, explanation):
        assert all(len(line) <= 100 for line in lines_of(explanation))
