"""Every fault of a policy at once, then its examples."""

import pytest

from kinerja.asn import catalog
from kinerja.words import LANGUAGES

#: Place, code and path of each mistake in `sepuluh-kesalahan.yaml`, in file order.
TEN = [
    ":4:1  KNJ140  version",
    ":6:12  KNJ410  in_force.from",
    ":11:5  KNJ133  bases.aturan.status",
    ":15:5  KNJ134  scales.predikat.ordered",
    ":19:56  KNJ131  inputs.realisasi.limits.form",
    ":20:12  KNJ133  inputs.target.type",
    ":24:5  KNJ128  steps.capaian.rule",
    ":31:15  KNJ112  steps.nilai.weights.capaian",
    ":32:5  KNJ131  steps.nilai.rund",
    ":35:1  KNJ134  publish",
]

#: What is known of the laws of the starter.
PROVED = "Hukum arah (makin baik tidak pernah merugikan): 6 terbukti.\n"


@pytest.fixture
def starter(kinerja, tmp_path):
    """Give a folder as `kinerja new` makes it, and a way to change a file in it."""
    folder = tmp_path / "mulai"
    kinerja("new", folder)

    def change(name, old, new):
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        return folder / "kebijakan.yaml"

    return change


@pytest.mark.parametrize("name", catalog.ids())
def test_shipped_policies_pass(kinerja, name):
    code, out, err = kinerja("check", name)
    assert (code, err) == (0, "")
    assert out.splitlines()[-1].startswith(f"{name}: 0 temuan")


def test_in_english(kinerja):
    out = kinerja("check", "kuadran-6-2022", "--lang", "en").out
    assert out == (
        "Laws of direction (doing better never costs): 2 proved.\n"
        "kuadran-6-2022: 0 issues, 11 examples match, every branch is reached\n"
    )


class TestTenMistakes:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_all_ten_are_listed_with_file_line_and_column(self, kinerja, data, lang):
        path = data / "sepuluh-kesalahan.yaml"
        code, out, err = kinerja("check", path, "--lang", lang)
        assert (code, err) == (1, "")
        lines = out.splitlines()
        assert [line for line in lines if not line.startswith("  ")][:-1] == [
            f"{path}{place}" for place in TEN
        ]
        assert len(lines) == 3 * len(TEN) + 1
        assert all(line.startswith("  → ") for line in lines[2::3])

    def test_the_last_line_sums_up(self, kinerja, data):
        path = data / "sepuluh-kesalahan.yaml"
        out = kinerja("check", path).out
        assert out.splitlines()[-1] == f"{path}: 10 temuan, tidak ada contoh"
        english = kinerja("check", path, "--lang", "en").out
        assert english.splitlines()[-1] == f"{path}: 10 issues, no examples"

    def test_misspelt_words_find_the_right_ones(self, kinerja, data):
        out = kinerja("check", data / "sepuluh-kesalahan.yaml").out
        for meant in ("primary", "from", "achievement", "round"):
            assert f'"{meant}"' in out


class TestExamples:
    def test_examples_beside_the_policy_are_run(self, kinerja, starter):
        path = starter("contoh.yaml", "nilai: 86.00", "nilai: 86")
        assert kinerja("check", path) == (
            0,
            f"{PROVED}{path}: 0 temuan, 7 contoh cocok, semua cabang tercapai\n",
            "",
        )

    def test_what_differs_is_shown_with_its_line(self, kinerja, starter):
        path = starter("contoh.yaml", "nilai: 76, predikat: baik", "nilai: 76, predikat: cukup")
        code, out, _ = kinerja("check", path)
        assert code == 1
        contoh = path.with_name("contoh.yaml")
        assert out.splitlines() == [
            f"{contoh}:20  tidak cocok  tepat-di-batas: nilai tepat 76 sudah Baik",
            "  predikat  diharapkan cukup, hasilnya baik (baris 23)",
            "  Mulai berbeda di langkah predikat kinerja:",
            "    1. predikat kinerja = Baik",
            "       Rumus    rentang dari nilai kinerja",
            "       Berlaku  rentang Baik: 76 ≤ nilai kinerja (76,00) < 91",
            "       Dasar    Peraturan instansi kami Lampiran (ketentuan sendiri)",
            PROVED.removesuffix("\n"),
            f"{path}: 0 temuan, 1 dari 7 contoh tidak cocok, semua cabang tercapai",
        ]

    def test_the_first_step_that_differs_is_shown_after_what_it_reads(self, kinerja, starter):
        path = starter(
            "contoh.yaml", "nilai: 75.99, predikat: cukup", "nilai: 76.99, predikat: baik"
        )
        out = kinerja("check", path, "--lang", "en").out.splitlines()
        assert out[1:6] == [
            "  nilai     expected 76.99, the result is 75.99 (line 28)",
            "  predikat  expected baik, the result is cukup (line 28)",
            "  The first step that differs is nilai kinerja; the steps it reads stand before it:",
            "    1. capaian berkas = 76",
            "       Formula  berkas selesai ÷ target berkas × 100, at most 120",
        ]
        assert "    2. nilai kinerja = 75.99" in out
        assert not any("predikat kinerja" in line for line in out)

    def test_codes_that_differ_are_no_step(self, kinerja, starter):
        path = starter("contoh.yaml", "reasons: [input_missing]", "reasons: []")
        out = kinerja("check", path).out.splitlines()
        assert (
            out[1]
            == "  reasons        diharapkan tidak satu pun, hasilnya input_missing (baris 43)"
        )
        assert not any("Mulai berbeda" in line for line in out)

    def test_a_value_that_is_missing_says_why(self, kinerja, starter):
        path = starter("contoh.yaml", "nilai: null, reasons", "nilai: 80, reasons")
        out = kinerja("check", path).out
        assert "  nilai          diharapkan 80, hasilnya tidak ada nilai (baris 43)" in out
        assert "  belum lengkap  nilai perilaku kerja tidak diisi" in out

    def test_a_record_that_is_refused_says_why(self, kinerja, starter):
        path = starter("contoh.yaml", "{error: [KNJ402]}", "{nilai: 90}")
        code, out, _ = kinerja("check", path)
        assert code == 1
        assert "  data contoh ini ditolak:\n  KNJ402  kepuasan\n" in out

    def test_a_changed_rule_is_caught_by_its_examples(self, kinerja, starter):
        path = starter("kebijakan.yaml", "from: 76, below: 91", "above: 76, below: 91")
        starter("kebijakan.yaml", "from: 60, below: 76", "from: 60, to: 76")
        code, out, _ = kinerja("check", path, "--lang", "en")
        assert code == 1
        assert "expected baik, the result is cukup" in out
        assert out.splitlines()[-1] == (
            f"{path}: 0 issues, 1 of 7 examples does not match, every branch is reached"
        )

    def test_a_file_of_examples_can_be_named(self, kinerja, starter, put):
        path = starter("contoh.yaml", "nilai: 86.00", "nilai: 1")
        other = put("lain.yaml", "examples:\n  - {id: a, record: {}, expect: {nilai: null}}\n")
        code, out, err = kinerja("check", path, "--examples", other)
        assert (code, err) == (0, "")
        assert out.splitlines() == [
            "Cakupan: 0 dari 6 cabang dicapai contoh. Yang belum:",
            "  - capaian berkas: berkas selesai ÷ target berkas × 100 > 120",
            "  - capaian berkas: berkas selesai ÷ target berkas × 100 ≤ 120",
            "  - predikat kinerja: nilai kinerja ≥ 0 dan nilai kinerja < 60",
            "  - predikat kinerja: nilai kinerja ≥ 60 dan nilai kinerja < 76",
            "  - predikat kinerja: nilai kinerja ≥ 76 dan nilai kinerja < 91",
            "  - predikat kinerja: nilai kinerja ≥ 91 dan nilai kinerja ≤ 110",
            f"  → kinerja check {path} --suggest menulis contoh untuk cabang yang ditemukan datanya",
            PROVED.removesuffix("\n"),
            f"{path}: 0 temuan, 1 contoh cocok, 6 cabang tanpa contoh",
        ]

    def test_faults_of_the_file_of_examples_are_listed(self, kinerja, starter):
        path = starter("contoh.yaml", "nilai: 86.00", "nilia: 86.00")
        code, out, _ = kinerja("check", path)
        assert code == 1
        assert "KNJ607  examples[0].expect.nilia" in out
        assert out.splitlines()[-1] == f"{path}: 0 temuan, 1 temuan pada berkas contoh"

    def test_a_file_of_examples_that_is_not_there(self, kinerja, starter, tmp_path):
        path = starter("contoh.yaml", "nilai: 86.00", "nilai: 1")
        code, out, err = kinerja("check", path, "--examples", tmp_path / "tidak-ada.yaml")
        assert (code, out) == (1, "")
        assert "KNJ617" in err

    def test_examples_wait_for_a_policy_that_can_be_used(self, kinerja, starter):
        path = starter("kebijakan.yaml", "capaian: 50 %", "capaian: 40 %")
        code, out, _ = kinerja("check", path)
        assert code == 1
        assert "KNJ203" in out
        assert out.splitlines()[-1] == f"{path}: 1 temuan, contoh belum dihitung"


class TestOptions:
    def test_issues_of_an_option_are_told_apart(self, kinerja, data, put):
        text = (data / "semua-aturan.yaml").read_text(encoding="utf-8")
        path = put("k.yaml", text.replace("{round: {digits: 0}}", "{round: {digits: nol}}"))
        code, out, _ = kinerja("check", path)
        assert code == 1
        assert out.startswith(
            f"Hanya dengan opsi pembulatan=nol:\n{path}:70:33  KNJ134  choices.pembulatan.options.nol"
        )

    def test_a_variant_that_is_named_is_checked_alone(self, kinerja, data, put):
        text = (data / "semua-aturan.yaml").read_text(encoding="utf-8")
        path = put("k.yaml", text.replace("{round: {digits: 0}}", "{round: {digits: nol}}"))
        assert kinerja("check", path, "--variant", "pembulatan=dua").code == 0
        code, out, _ = kinerja("check", path, "--variant", "pembulatan=nol")
        assert (code, "Hanya dengan" in out) == (1, False)

    def test_an_unknown_option_is_a_finding(self, kinerja):
        code, out, _ = kinerja("check", "sikap-360", "--variant", "pembulatan=tiga")
        assert code == 1
        assert "KNJ225" in out

    def test_warnings_alone_do_not_fail(self, kinerja, starter):
        path = starter(
            "kebijakan.yaml",
            "inputs:\n",
            "inputs:\n  lain: {type: number, title: lain, required: false}\n",
        )
        code, out, _ = kinerja("check", path)
        assert code == 0
        assert "KNJ220  inputs.lain  (peringatan)" in out
        assert "KNJ730" not in out  # told once
        assert out.splitlines()[-1] == (
            f"{path}: 0 temuan, 1 peringatan, 7 contoh cocok, semua cabang tercapai"
        )


class TestFiles:
    def test_what_is_no_yaml(self, kinerja, put):
        path = put("k.yaml", "a: [")
        code, out, err = kinerja("check", path)
        assert (code, err) == (1, "")
        assert "KNJ104" in out
        assert out.splitlines()[-1] == f"{path}: 1 temuan, tidak ada contoh"

    def test_a_policy_that_is_not_there(self, kinerja, tmp_path):
        code, out, _ = kinerja("check", tmp_path / "tidak-ada.yaml")
        assert (code, "KNJ101" in out) == (1, True)
