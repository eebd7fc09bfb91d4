"""What a check found as JUnit XML and as Markdown, for the CI of an agency."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openpyxl import Workbook

from kinerja.words import LANGUAGES

#: What the common JUnit schema (junit-10.xsd of the Jenkins xUnit plug-in) allows, by element: needed
#: attributes, other attributes, and children in their order. `file` and `line` of a test case are what
#: GitLab and pytest add to it.
SCHEMA = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {
            "group",
            "time",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
            "file",
            "log",
            "url",
        },
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": (
        {"name"},
        {"time", "classname", "group", "file", "line"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "failure": (set(), {"type", "message"}, set()),
    "system-out": (set(), set(), set()),
}


def fits(element):
    """Check an element and all below it against the schema."""
    needed, others, children = SCHEMA[element.tag]
    assert needed <= set(element.attrib) <= needed | others, element.tag
    for child in element:
        assert child.tag in children, f"{child.tag} in {element.tag}"
        fits(child)


def report(path):
    root = ET.parse(path).getroot()  # noqa: S314 - written by the test
    fits(root)
    assert root.tag == "testsuites"
    [suite] = root
    cases = suite.findall("testcase")
    for element in (root, suite):
        assert element.get("tests") == str(len(cases))
        assert element.get("failures") == str(len(suite.findall("testcase/failure")))
        assert element.get("errors") == "0"
    return suite


def told(suite):
    return [
        (case.get("file"), case.get("line"), case.get("name"), case.find("failure") is not None)
        for case in suite.findall("testcase")
    ]


@pytest.fixture
def folder(kinerja, tmp_path, monkeypatch):
    """Work in the folder that `kinerja new` makes, with a way to change a file in it."""
    place = tmp_path / "mulai"
    kinerja("new", place)
    monkeypatch.chdir(place)

    def change(name, old, new):
        path = place / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


class TestJunit:
    def test_every_example_is_a_test_case_with_its_place(self, kinerja, folder, tmp_path):
        answer = kinerja("check", "kebijakan.yaml", "--junit", "j.xml")
        laws = "Hukum arah (makin baik tidak pernah merugikan): 6 terbukti."
        last = "kebijakan.yaml: 0 temuan, 7 contoh cocok, semua cabang tercapai"
        assert answer == (0, f"{laws}\n{last}\n", "ditulis: j.xml\n")
        suite = report("j.xml")
        assert (suite.get("name"), suite.get("file")) == ("kebijakan.yaml", "kebijakan.yaml")
        assert told(suite)[1] == (
            "contoh.yaml",
            "20",
            "tepat-di-batas: nilai tepat 76 sudah Baik",
            False,
        )
        assert len(told(suite)) == 7
        assert suite.findtext("system-out") == last

    def test_paths_are_relative_to_the_working_directory(self, kinerja, folder, tmp_path):
        kinerja("check", tmp_path / "mulai" / "kebijakan.yaml", "--junit", tmp_path / "j.xml")
        suite = report(tmp_path / "j.xml")
        assert suite.get("name") == "kebijakan.yaml"
        assert {file for file, *_ in told(suite)} == {"contoh.yaml"}

    def test_a_path_outside_stays_whole(self, kinerja, folder, tmp_path, monkeypatch):
        (tmp_path / "lain").mkdir()
        monkeypatch.chdir(tmp_path / "lain")
        kinerja("check", tmp_path / "mulai" / "kebijakan.yaml", "--junit", "j.xml")
        [file] = {file for file, *_ in told(report("j.xml"))}
        assert file == (tmp_path / "mulai" / "contoh.yaml").as_posix()

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_a_failure_says_what_was_expected_and_found(self, kinerja, folder, lang):
        folder("contoh.yaml", "nilai: 76, predikat: baik", "nilai: 76, predikat: cukup")
        assert kinerja("check", "kebijakan.yaml", "--junit", "j.xml", "--lang", lang).code == 1
        suite = report("j.xml")
        [case] = [case for case in suite.findall("testcase") if case.find("failure") is not None]
        failure = case.find("failure")
        says = {
            "id": "predikat: diharapkan cukup, hasilnya baik",
            "en": "predikat: expected cukup, the result is baik",
        }
        assert (failure.get("type"), failure.get("message")) == ("predikat", says[lang])
        assert "76 ≤ nilai kinerja" in failure.text

    def test_a_record_that_is_refused_fails_with_its_issue(self, kinerja, folder):
        folder("contoh.yaml", "{error: [KNJ402]}", "{nilai: 90}")
        kinerja("check", "kebijakan.yaml", "--junit", "j.xml")
        [failure] = report("j.xml").findall("testcase/failure")
        assert failure.get("type") == "KNJ402"
        assert "180" in failure.get("message")

    def test_issues_of_the_policy_fail_and_warnings_do_not(self, kinerja, folder):
        folder("kebijakan.yaml", "capaian: 50 %", "capaian: 40 %")
        kinerja("check", "kebijakan.yaml", "--junit", "j.xml")
        [(file, line, name, failed)] = told(report("j.xml"))
        assert (file, name, failed) == ("kebijakan.yaml", "KNJ203 steps.nilai.weights", True)
        assert line.isdecimal()
        folder("kebijakan.yaml", "capaian: 40 %", "capaian: 50 %")
        unused = "inputs:\n  lain: {type: number, title: lain, required: false}\n"
        folder("kebijakan.yaml", "inputs:\n", unused)
        assert kinerja("check", "kebijakan.yaml", "--junit", "j.xml").code == 0
        suite = report("j.xml")
        assert suite.get("failures") == "0"
        assert told(suite)[0][2:] == ("KNJ220 inputs.lain", False)
        assert "peringatan" in suite.find("testcase/system-out").text

    def test_issues_of_one_option_name_it(self, kinerja, data, put, tmp_path):
        text = (data / "semua-aturan.yaml").read_text(encoding="utf-8")
        path = put("k.yaml", text.replace("{round: {digits: 0}}", "{round: {digits: nol}}"))
        kinerja("check", path, "--junit", tmp_path / "j.xml")
        names = [name for *_, name, _ in told(report(tmp_path / "j.xml"))]
        assert any(name.endswith("(pembulatan=nol)") for name in names)

    def test_faults_of_a_file_of_examples_fail(self, kinerja, folder):
        folder("contoh.yaml", "nilai: 86.00", "nilia: 86.00")
        kinerja("check", "kebijakan.yaml", "--junit", "j.xml")
        [(file, line, name, failed)] = told(report("j.xml"))
        assert (file, line, failed) == ("contoh.yaml", "17", True)
        assert name == "KNJ607 examples[0].expect.nilia"

    def test_a_fault_of_a_whole_file_has_no_line(self, kinerja, folder):
        Path("contoh.yaml").write_text("", encoding="utf-8")
        kinerja("check", "kebijakan.yaml", "--junit", "j.xml")
        assert told(report("j.xml")) == [("contoh.yaml", None, "KNJ601", True)]

    def test_a_policy_that_is_no_yaml(self, kinerja, put, tmp_path):
        kinerja("check", put("k.yaml", "a: ["), "--junit", tmp_path / "j.xml")
        assert [name for *_, name, _ in told(report(tmp_path / "j.xml"))] == ["KNJ104"]

    def test_a_row_of_a_workbook_stands_for_its_line(self, kinerja, folder, tmp_path):
        book = Workbook()
        for row in (["id", "kepuasan", "nilai"], [], ["a", 80, "null"], ["b", 80, "x"]):
            book.active.append(row)
        book.save("c.xlsx")
        kinerja("check", "kebijakan.yaml", "--examples", "c.xlsx", "--junit", "j.xml")
        assert [case[:2] for case in told(report("j.xml"))] == [("c.xlsx", "4")]

    def test_signs_that_xml_cannot_hold_are_replaced(self, kinerja, folder):
        folder("contoh.yaml", "title: nilai tepat 76 sudah Baik", r'title: "a\a\e<&>"')
        kinerja("check", "kebijakan.yaml", "--junit", "j.xml")
        assert told(report("j.xml"))[1][2] == "tepat-di-batas: a\ufffd\ufffd<&>"

    @pytest.mark.parametrize("option", ["--junit", "--summary"])
    @pytest.mark.parametrize(
        ("path", "code"),
        [("kebijakan.yaml", "KNJ556"), ("contoh.yaml", "KNJ556"), ("tidak/ada", "KNJ555")],
    )
    def test_what_was_read_is_never_overwritten(self, kinerja, folder, option, path, code):
        answer = kinerja("check", "kebijakan.yaml", option, path)
        assert (answer.code, code in answer.err) == (1, True)
        assert kinerja("check", "kebijakan.yaml").code == 0


class TestSummary:
    def test_a_check_that_passes_is_short(self, kinerja, folder):
        answer = kinerja("check", "kebijakan.yaml", "--summary", "s.md", "--lang", "en")
        assert (answer.code, answer.err) == (0, "written: s.md\n")
        assert Path("s.md").read_text(encoding="utf-8") == (
            "## kinerja check: kebijakan.yaml\n\n"
            "**Passed**: 0 issues, 7 examples match, every branch is reached\n"
        )

    @pytest.mark.parametrize("before", ["# Lain\n", "# Lain", "# Lain\n\n", ""])
    def test_it_is_added_to_what_stands_in_the_file(self, kinerja, folder, tmp_path, before):
        path = tmp_path / "s.md"
        path.write_text(before, encoding="utf-8")
        kinerja("check", "kebijakan.yaml", "--summary", path)
        kinerja("check", "kebijakan.yaml", "--summary", path)
        text = path.read_text(encoding="utf-8")
        once = (
            "## kinerja check: kebijakan.yaml\n\n"
            "**Lolos**: 0 temuan, 7 contoh cocok, semua cabang tercapai\n"
        )
        assert text == ("# Lain\n\n" if before else "") + once + "\n" + once

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_everything_that_was_found(self, kinerja, folder, tmp_path, lang):
        folder("contoh.yaml", "nilai: 76, predikat: baik", "nilai: 77, predikat: baik")
        folder("contoh.yaml", "{error: [KNJ402]}", "{nilai: 90}")
        folder("contoh.yaml", "nilai: null, reasons: [input_missing]", "nilai: 1, reasons: []")
        unused = "inputs:\n  lain: {type: number, title: lain, required: false}\n"
        folder("kebijakan.yaml", "inputs:\n", unused)
        path = tmp_path / "s.md"
        assert kinerja("check", "kebijakan.yaml", "--summary", path, "--lang", lang).code == 1
        text = path.read_text(encoding="utf-8")
        headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
        assert "tepat-di-batas: nilai tepat 76 sudah Baik" in headings
        for part in ("KNJ220", "contoh.yaml:20", "| nilai | 77 | 76 |", "KNJ402"):
            assert part in text
        none = {"id": "tidak satu pun", "en": "none"}[lang]
        assert f"| reasons | {none} | input\\_missing |" in text
        lines = text.split("\n")
        for at, line in enumerate(lines):
            if line.startswith("| ---"):
                rows = [row for row in lines[at - 1 :] if row.startswith("|")]
                assert rows[0].count("|") == line.count("|") == rows[2].count("|")

    def test_issues_of_options_and_of_files_of_examples(self, kinerja, data, put, tmp_path):
        text = (data / "semua-aturan.yaml").read_text(encoding="utf-8")
        policy = put("k.yaml", text.replace("{round: {digits: 0}}", "{round: {digits: nol}}"))
        put("contoh.csv", "id;apa|itu\na;1\n")
        path = tmp_path / "s.md"
        kinerja("check", policy, "--summary", path)
        written = path.read_text(encoding="utf-8")
        assert "pembulatan=nol" in written
        assert r"apa\|itu" in written

    def test_a_file_that_cannot_be_read_is_refused(self, kinerja, folder, tmp_path, monkeypatch):
        path = tmp_path / "s.md"
        path.write_text("x", encoding="utf-8")
        whole = Path.read_bytes

        def read_bytes(self):
            if self == path:
                raise PermissionError(13, "Permission denied")
            return whole(self)

        monkeypatch.setattr(Path, "read_bytes", read_bytes)
        answer = kinerja("check", "kebijakan.yaml", "--summary", path)
        assert (answer.code, "KNJ502" in answer.err) == (1, True)
