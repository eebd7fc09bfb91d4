"""What the analysis finds, as people and machines read it."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kinerja.words import LANGUAGES

#: Falls from 100 to 75.92 where less than 76 % of the time is needed.
POLICY = """schema: 1
id: waktu
version: 1.0.0
title: waktu
in_force: {from: 2025-01-01}
bases: {}
inputs:
  realisasi: {type: number, title: realisasi, limits: {from: 1, to: 24}, digits: 2}
steps:
  efisiensi: {rule: formula, title: efisiensi, is: 100 - realisasi / 12 * 100}
  nilai:
    rule: condition
    title: nilai waktu
    cases:
      - {when: efisiensi <= 24, is: 76 + efisiensi}
    otherwise: 100 - efisiensi
    round: {digits: 2, mode: half_up}
publish: [nilai]
"""
EXAMPLES = """examples:
  - {id: tepat, record: {realisasi: 12}, expect: {nilai: 76}}
  - {id: cepat, record: {realisasi: 6}, expect: {nilai: 50}}
"""
ACCEPTED = """accepted:
  KNJ720: {nilai: {id: "rumusnya begitu", en: "the formula is like that"}}
  KNJ722: {nilai: {id: "tepat 24 % masih bernilai 100", en: "24 % exactly scores 100"}}
"""
#: What is said of a result that goes both ways, and the way out.
BOTH_WAYS = """\
  where realisasi rises, nilai rises at one place and falls at another: whichever is better, \
somebody loses by it
  → look at the formula with the two pairs of records below; where the rule is like that, say why \
in accepted""".splitlines()
#: The finding of the jump, as it is printed.
JUMP = {
    "id": [
        "k.yaml:11:3  KNJ722  steps.nilai  (peringatan)",
        "  nilai melompat 24.08 ketika realisasi bergeser dari 9.11 ke 9.12",
        "  → periksa kedua sisi batas itu; bila memang begitu aturannya, tulis alasannya di accepted",
        "  data: {realisasi: 9.11}",
        "    → nilai 75.92",
        "  dengan {realisasi: 9.12}",
        "    → nilai 100.00",
    ],
    "en": [
        "k.yaml:11:3  KNJ722  steps.nilai  (warning)",
        "  the value jumps by 24.08 where realisasi moves from 9.11 to 9.12",
        "  → look at both sides of that edge; where the rule is like that, say why in accepted",
        "  record: {realisasi: 9.11}",
        "    → nilai 75.92",
        "  with {realisasi: 9.12}",
        "    → nilai 100.00",
    ],
}


@pytest.fixture
def policy(tmp_path, monkeypatch):
    """Work in a folder with a policy and its examples, and give a way to write others."""
    monkeypatch.chdir(tmp_path)

    def write(*, end="", examples=EXAMPLES, text=POLICY):
        Path("k.yaml").write_text(f"{text}{end}", encoding="utf-8")
        Path("contoh.yaml").write_text(examples, encoding="utf-8")
        return "k.yaml"

    write()
    return write


class TestFindings:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_a_jump_is_shown_with_both_records(self, kinerja, policy, lang):
        code, out, err = kinerja("check", policy(), "--lang", lang)
        assert (code, err) == (0, "")
        assert "\n".join(JUMP[lang]) in out

    def test_everything_that_is_printed(self, kinerja, policy):
        out = kinerja("check", policy(), "--lang", "en").out
        assert out.splitlines() == [
            "k.yaml:11:3  KNJ720  steps.nilai  (warning)",
            *BOTH_WAYS,
            "  record: {realisasi: 9.11}",
            "    → nilai 75.92",
            "  with {realisasi: 9.12}",
            "    → nilai 100.00",
            "  record: {realisasi: 9.12}",
            "    → nilai 100.00",
            "  with {realisasi: 9.13}",
            "    → nilai 99.92",
            *JUMP["en"],
            "Laws of direction (doing better never costs): 1 broken.",
            "k.yaml: 0 issues, 2 warnings, 2 examples match, every branch is reached",
        ]

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_accepted_it_is_listed_with_its_reason_and_not_counted(self, kinerja, policy, lang):
        out = kinerja("check", policy(end=ACCEPTED), "--lang", lang).out
        assert (
            out.splitlines()
            == {
                "id": [
                    "Diterima dengan alasan:",
                    "  KNJ720  steps.nilai: rumusnya begitu",
                    "  KNJ722  steps.nilai: tepat 24 % masih bernilai 100",
                    "Hukum arah (makin baik tidak pernah merugikan): 1 dilanggar.",
                    "k.yaml: 0 temuan, 2 contoh cocok, semua cabang tercapai",
                ],
                "en": [
                    "Accepted with a reason:",
                    "  KNJ720  steps.nilai: the formula is like that",
                    "  KNJ722  steps.nilai: 24 % exactly scores 100",
                    "Laws of direction (doing better never costs): 1 broken.",
                    "k.yaml: 0 issues, 2 examples match, every branch is reached",
                ],
            }[lang]
        )

    def test_a_long_reason_goes_on_below_itself(self, kinerja, policy):
        reason = "rumusnya begitu menurut lampiran, " * 4
        end = ACCEPTED.replace("rumusnya begitu", f"{reason}sejak semula")
        out = kinerja("check", policy(end=end)).out
        lines = out.splitlines()[1:3]
        assert all(len(line) <= 100 for line in lines)
        assert lines[1].startswith("          begitu menurut lampiran")
        whole = f"  KNJ720  steps.nilai: {reason}sejak semula"
        assert f"{lines[0]} {lines[1].lstrip()}" == whole

    def test_what_is_accepted_and_not_found_is_told(self, kinerja, policy):
        end = ACCEPTED.replace("KNJ722", "KNJ721")
        code, out, _ = kinerja("check", policy(end=end), "--strict")
        assert code == 1  # the jump is open
        assert "KNJ760  accepted.KNJ721.nilai  (catatan)" in out
        assert out.splitlines()[-1] == (
            "k.yaml: 0 temuan, 1 peringatan, 1 catatan, 2 contoh cocok, semua cabang tercapai"
        )

    def test_what_no_step_reads_is_told_once(self, kinerja, policy):
        unread = """  lain: {type: number, title: lain, required: false}
  butir:
    type: list
    title: butir
    required: false
    fields: {angka: {type: number, title: angka}}
  rapat:
    type: list
    title: rapat
    required: false
    fields: {jam: {type: number, title: jam}, tempat: {type: flag, title: tempat}}
steps:
  jam_rapat: {rule: formula, title: jam rapat, is: "sum(jam for rapat)"}
"""
        text = POLICY.replace("steps:\n", unread).replace("[nilai]", "[nilai, jam_rapat]")
        out = kinerja("check", policy(text=text)).out
        assert re.findall(r"(KNJ\d+)  inputs\.(\S+)", out) == [
            ("KNJ220", "lain"),
            ("KNJ220", "butir"),
            ("KNJ220", "rapat.fields.tempat"),
        ]

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_a_long_record_is_wrapped(self, kinerja, policy, lang):
        more = "".join(
            f"  masukan_tambahan_{n}: {{type: number, title: t{n}, limits: {{from: 0, to: 9}}}}\n"
            for n in range(8)
        )
        total = " + ".join(f"masukan_tambahan_{n}" for n in range(8))
        text = POLICY.replace("steps:\n", f"{more}steps:\n").replace(
            "is: 76 + efisiensi", f"is: 76 + efisiensi + ({total}) / 100"
        )
        record = ", ".join(f"masukan_tambahan_{n}: 5" for n in range(8))
        examples = EXAMPLES.replace("12}", f"12, {record}}}").replace("nilai: 76}", "nilai: 76.4}")
        examples = examples.replace("realisasi: 6}", f"realisasi: 6, {record}}}")
        out = kinerja("check", policy(text=text, examples=examples), "--lang", lang).out
        head = {"id": "  data: {realisasi: ", "en": "  record: {realisasi: "}[lang]
        lines = out.splitlines()
        places = [at for at, line in enumerate(lines) if line.startswith(head)]
        assert places
        for at in places:
            end = next(place for place in range(at, len(lines)) if lines[place].endswith("}"))
            assert end > at
            assert all(len(line) <= 100 for line in lines[at : end + 1])
            assert all(line.startswith("    ") for line in lines[at + 1 : end + 1])


class TestStrict:
    def test_an_open_warning_fails(self, kinerja, policy):
        assert kinerja("check", policy()).code == 0
        assert kinerja("check", policy(), "--strict").code == 1

    def test_a_branch_without_example_fails(self, kinerja, policy):
        path = policy(end=ACCEPTED, examples=EXAMPLES.rsplit("  - ", 1)[0])
        code, out, _ = kinerja("check", path)
        assert code == 0
        assert out.splitlines()[:3] == [
            "Cakupan: 1 dari 2 cabang dicapai contoh. Yang belum:",
            "  - nilai waktu: efisiensi > 24",
            "  → kinerja check k.yaml --suggest menulis contoh untuk cabang yang ditemukan datanya",
        ]
        assert out.splitlines()[-1] == "k.yaml: 0 temuan, 1 contoh cocok, 1 cabang tanpa contoh"
        assert kinerja("check", path, "--strict").code == 1

    def test_without_either_it_passes(self, kinerja, policy):
        assert kinerja("check", policy(end=ACCEPTED), "--strict").code == 0

    def test_a_note_does_not_fail(self, kinerja, policy):
        end = f"{ACCEPTED}  KNJ703: {{nilai: lama}}\n"
        code, out, _ = kinerja("check", policy(end=end), "--strict")
        assert (code, "KNJ760" in out) == (0, True)


class TestJump:
    def test_a_smaller_jump_is_not_told(self, kinerja, policy):
        out = kinerja("check", policy(), "--jump", "1000").out
        assert "KNJ722" not in out
        assert out.splitlines()[-1].startswith("k.yaml: 0 temuan, 1 peringatan, 2 contoh cocok")

    @pytest.mark.parametrize(
        ("amount", "told"), [("24.07", True), ("24.08", False), ("24.09", False)]
    )
    def test_more_than_the_amount_is_told(self, kinerja, policy, amount, told):
        assert ("KNJ722" in kinerja("check", policy(), "--jump", amount).out) is told

    @pytest.mark.parametrize("amount", ["x", "0", "-1", "5,5"])
    def test_what_is_no_amount_is_refused(self, kinerja, policy, amount):
        code, out, err = kinerja("check", policy(), f"--jump={amount}", "--lang", "en")
        assert (code, out) == (2, "")
        assert f'"{amount}" of --jump is no number above zero' in err
        assert "KNJ922" in err


class TestReports:
    UNCOVERED = EXAMPLES.rsplit("  - ", 1)[0]

    def cases(self, path="j.xml"):
        return ET.parse(path).getroot().findall(".//testcase")  # noqa: S314 - written by the test

    def test_junit_holds_findings_and_branches(self, kinerja, policy):
        kinerja("check", policy(examples=self.UNCOVERED), "--junit", "j.xml", "--lang", "en")
        cases = self.cases()
        assert [(case.get("name"), case.get("line")) for case in cases] == [
            ("KNJ720 steps.nilai", "11"),
            ("KNJ722 steps.nilai", "11"),
            ("Branches without example", None),
            ("tepat", "2"),
        ]
        assert not any(case.findall("failure") for case in cases)
        assert cases[1].findtext("system-out").splitlines() == JUMP["en"]
        assert cases[2].findtext("system-out") == "nilai waktu: efisiensi > 24"

    def test_junit_fails_what_a_strict_check_fails(self, kinerja, policy):
        path = policy(examples=self.UNCOVERED, end="accepted: {KNJ703: {nilai: lama}}\n")
        assert kinerja("check", path, "--junit", "j.xml", "--strict").code == 1
        failed = {case.get("name"): case.find("failure") for case in self.cases()}
        assert {name: None if f is None else f.get("message") for name, f in failed.items()} == {
            "KNJ720 steps.nilai": "bila realisasi naik, nilai di satu tempat naik dan di tempat lain "
            "turun: mana pun yang lebih baik, ada yang rugi karenanya",
            "KNJ722 steps.nilai": "nilai melompat 24.08 ketika realisasi bergeser dari 9.11 ke 9.12",
            "KNJ760 accepted.KNJ703.nilai": None,
            "Cabang tanpa contoh": "1 cabang tanpa contoh",
            "tepat": None,
        }
        assert failed["KNJ722 steps.nilai"].text.splitlines() == JUMP["id"]

    def test_junit_leaves_out_what_is_accepted(self, kinerja, policy):
        kinerja("check", policy(end=ACCEPTED), "--junit", "j.xml", "--strict")
        assert [case.get("name") for case in self.cases()] == ["tepat", "cepat"]

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_the_summary_holds_findings_records_and_branches(self, kinerja, policy, lang):
        path = policy(examples=self.UNCOVERED)
        kinerja("check", path, "--summary", "s.md", "--lang", lang)
        text = Path("s.md").read_text(encoding="utf-8")
        rows = re.findall(r"^\| k\.yaml:11:3 steps\.nilai \| (KNJ7\d\d)", text, re.MULTILINE)
        assert rows == ["KNJ720", "KNJ722"]
        shown = "\n".join(f"  {line}" for line in JUMP[lang][3:])
        assert f"\n\nKNJ722 steps.nilai\n\n{shown}\n" in text
        heading = {"id": "Cabang tanpa contoh", "en": "Branches without example"}[lang]
        assert text.endswith(f"\n\n### {heading}\n\n- nilai waktu: efisiensi &gt; 24\n")

    def test_the_summary_of_a_strict_check_says_that_it_did_not_pass(self, kinerja, policy):
        kinerja("check", policy(), "--summary", "s.md", "--strict")
        text = Path("s.md").read_text(encoding="utf-8")
        assert "**Tidak lolos**: 0 temuan, 2 peringatan, 2 contoh cocok" in text
