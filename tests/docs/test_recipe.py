"""The repository that checks itself: its files can be read, and what they run works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from xml.etree import ElementTree as ET

import docs_pages
import pytest
from ruamel.yaml import YAML

from kinerja.cli.main import main

PAGE = docs_pages.DOCS / "panduan" / "repositori.md"


def block(title):
    [found] = [
        source
        for name, source in re.findall(
            r'^```\w+ title="([^"]+)"\n(.*?)^```$',
            PAGE.read_text(encoding="utf-8"),
            re.DOTALL | re.MULTILINE,
        )
        if name == title
    ]
    return found


@pytest.fixture(scope="module")
def workflow():
    return YAML(typ="safe", pure=True).load(block(".github/workflows/kebijakan.yaml"))


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Give a repository of two policies as the page describes it, and a way to run a command in it."""
    folder = tmp_path / "kebijakan-instansi"
    (folder / "kebijakan").mkdir(parents=True)
    for name in ("petugas-layanan", "petugas loket"):
        assert main(["new", str(folder / "kebijakan" / name)]) == 0
    (folder / "periksa.sh").write_text(block("periksa.sh"), encoding="utf-8")
    programs = tmp_path / "program"
    programs.mkdir()
    kinerja = programs / "kinerja"
    kinerja.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kinerja "$@"\n', encoding="utf-8")
    kinerja.chmod(0o755)

    def run(command, **more):
        env = {k: v for k, v in os.environ.items() if k != "GITHUB_STEP_SUMMARY"}
        env["PATH"] = f"{programs}{os.pathsep}{env['PATH']}"
        done = subprocess.run(
            ["sh", "-e", "-c", command],
            cwd=folder,
            env=env | more,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    run.folder = folder
    return run


def test_the_workflow_runs_on_every_change_and_may_only_read(workflow):
    assert set(workflow["on"]) == {"push", "pull_request"}
    assert workflow["permissions"] == {"contents": "read"}
    [job] = workflow["jobs"].values()
    for step in job["steps"]:
        assert ("uses" in step) != ("run" in step)
        assert re.fullmatch(r"actions/[a-z-]+@v\d+", step.get("uses", "actions/x@v1"))


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
class TestCommands:
    def commands(self, workflow):
        [job] = workflow["jobs"].values()
        commands = [step["run"] for step in job["steps"] if "run" in step]
        # The first one installs the package, which the tests have already.
        assert commands[0] == "python -m pip install -r requirements.txt"
        return commands[1:]

    def test_they_write_both_reports(self, workflow, repository, tmp_path):
        page = tmp_path / "halaman.md"
        page.write_text("", encoding="utf-8")
        for command in self.commands(workflow):
            code, out, err = repository(command, GITHUB_STEP_SUMMARY=str(page))
            assert code == 0, err
            assert out.count("0 temuan, 7 contoh cocok, semua cabang tercapai") == 2
        reports = sorted((repository.folder / "laporan").iterdir())
        assert [path.name for path in reports] == ["petugas loket.xml", "petugas-layanan.xml"]
        for path in reports:
            assert ET.parse(path).getroot().get("tests") == "7"  # noqa: S314 - written by the test
        assert page.read_text(encoding="utf-8").count("**Lolos**") == 2

    def test_the_script_alone_begins_its_summary_anew(self, repository):
        for _ in range(2):
            assert repository("sh periksa.sh")[0] == 0
        summary = repository.folder / "laporan" / "ringkasan.md"
        assert summary.read_text(encoding="utf-8").count("## kinerja check") == 2

    def test_one_wrong_example_fails_and_the_others_are_still_checked(self, repository):
        path = repository.folder / "kebijakan" / "petugas loket" / "contoh.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("nilai: 86.00", "nilai: 87"), encoding="utf-8")
        code, out, _ = repository("sh periksa.sh")
        assert code == 1
        assert "1 dari 7 contoh tidak cocok" in out
        assert "petugas-layanan/kebijakan.yaml: 0 temuan, 7 contoh cocok" in out
        report = repository.folder / "laporan" / "petugas loket.xml"
        [case] = ET.parse(report).findall(".//testcase[failure]")  # noqa: S314 - written by the test
        assert (case.get("file"), case.get("line")) == (
            "kebijakan/petugas loket/contoh.yaml",
            "8",
        )

    def test_an_open_warning_and_a_branch_without_example_fail(self, repository):
        path = repository.folder / "kebijakan" / "petugas-layanan" / "contoh.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text[: text.index("  - id: predikat-terendah")], encoding="utf-8")
        path = repository.folder / "kebijakan" / "petugas loket" / "kebijakan.yaml"
        text = path.read_text(encoding="utf-8")
        unused = "inputs:\n  lain: {type: number, title: lain, required: false}\n"
        path.write_text(text.replace("inputs:\n", unused), encoding="utf-8")
        code, out, _ = repository("sh periksa.sh")
        assert code == 1
        assert (
            "petugas-layanan/kebijakan.yaml: 0 temuan, 4 contoh cocok, 1 cabang tanpa contoh" in out
        )
        assert "petugas loket/kebijakan.yaml: 0 temuan, 1 peringatan, 7 contoh cocok" in out
        for name in ("petugas loket", "petugas-layanan"):
            report = ET.parse(repository.folder / "laporan" / f"{name}.xml").getroot()  # noqa: S314 - written by the test
            assert report.get("failures") == "1"
