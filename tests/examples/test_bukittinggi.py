"""The example of Bukittinggi: a policy folder and spreadsheets, kept without Python.

Its script is run in a copy, once killed half-way and once to its end. Every result is computed again here
in plain fractions, straight from the cells and the decree, without the library.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import zip_longest
from math import floor
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kinerja.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "bukittinggi"
QUARTERS = {1: "triwulan-1.xlsx", 2: "triwulan-2.xlsx", 3: "bukittinggi.xlsx"}
BELOW, IN_LINE, ABOVE = "di_bawah_ekspektasi", "sesuai_ekspektasi", "di_atas_ekspektasi"

#: PermenPANRB 6/2022, Lampiran Bab IV.B.3.a.3: rows by results, columns by behaviour.
QUADRANT = {
    ABOVE: {BELOW: "kurang_misconduct", IN_LINE: "baik", ABOVE: "sangat_baik"},
    IN_LINE: {BELOW: "kurang_misconduct", IN_LINE: "baik", ABOVE: "baik"},
    BELOW: {BELOW: "sangat_kurang", IN_LINE: "butuh_perbaikan", ABOVE: "butuh_perbaikan"},
}


# The decree, read again.


@dataclass(frozen=True)
class Judged:
    """What the decree says of one employee; `None` where it waits for something."""

    skp: Fraction | None
    results: str | None
    behaviour: Fraction | None
    rating: str | None
    predicate: str | None
    follow_ups: tuple[str, ...]


def number(cell):
    return Fraction(str(cell).replace(",", "."))


def rounded(value):
    return Fraction(floor(value * 100 + Fraction(1, 2)), 100)


def band(value, low, high):
    return BELOW if value < low else IN_LINE if value < high else ABOVE


def achieved(goal):
    """Butir 3."""
    target, actual = number(goal["target"]), number(goal["realisasi"])
    higher = goal["arah"] == "semakin tinggi semakin baik"
    ratio = (actual if higher else 2 * target - actual) / target * 100
    return min(max(ratio, Fraction(0)), Fraction(120))


def panel(ratings, weights):
    """Butir 8 to 10: the scores of superior and peers, joined; and those of each aspect."""
    aspects = (
        *("Berorientasi Pelayanan", "Akuntabel", "Kompeten", "Harmonis", "Loyal", "Adaptif"),
        *("Kolaboratif", "Komunikasi"),
    )
    groups = {"atasan langsung": {}, "rekan kerja setingkat": {}}
    for row in ratings:
        groups[row["kelompok"]].setdefault(row["penilai"], {})[row["aspek"]] = row["nilai"]
    superior, peers = groups.values()
    if any(len(one) < len(aspects) or None in one.values() for one in (superior | peers).values()):
        return None
    if len(superior) != 1:
        return None
    shares = weights if len(peers) >= 3 else (100, 0)
    by_aspect = {}
    for aspect in aspects:
        by_aspect[aspect] = Fraction(0)
        for share, raters in zip(shares, (superior, peers), strict=True):
            if share:
                scores = [number(one[aspect]) for one in raters.values()]
                by_aspect[aspect] += Fraction(share, 100) * sum(scores) / len(scores)
    heavy = {"Kolaboratif", "Komunikasi"}
    joined = sum(by_aspect[name] * Fraction(2 if name in heavy else 1, 10) for name in aspects)
    return rounded(joined), {name: rounded(by_aspect[name]) for name in aspects}


def judge(person, goals, ratings, *, weights=(60, 40)):
    skp = results = behaviour = rating = predicate = None
    actions = []
    late = 0
    whole = goals and sum(number(goal["bobot"]) for goal in goals) == 100
    if whole and all(goal["realisasi"] is not None for goal in goals):
        each = [(goal, achieved(goal)) for goal in goals]
        skp = rounded(sum(number(goal["bobot"]) * one for goal, one in each) / 100)
        results = band(skp, 90, 105)
        if results == ABOVE and any(one < 90 for goal, one in each if goal["jenis"] == "utama"):
            results = IN_LINE
        late = sum(goal["aspek_hasil"] == "waktu" and one < 90 for goal, one in each)
    if person["keputusan_hasil"] is not None:
        decided = person["keputusan_hasil"].replace(" ", "_")
        results = decided if person["alasan_keputusan"] and person["jabatan_keputusan"] else None
    if found := panel(ratings, weights):
        behaviour, by_aspect = found
        rating = band(behaviour, 3, Fraction("4.2"))
    if results and rating:
        predicate = QUADRANT[results][rating]
    if predicate and skp is not None:
        actions = [
            *["penghargaan"] * (predicate == "sangat_baik"),
            *["mentor"] * (predicate in ("baik", "sangat_baik") and rating == ABOVE),
            *["pelatihan_waktu"] * (late > 0),
            *["lokakarya_komunikasi"] * (by_aspect["Komunikasi"] < 3),
            *["lokakarya_kolaborasi"] * (by_aspect["Kolaboratif"] < 3),
            *["coaching"] * (results == BELOW),
            *["mentoring"] * (rating == BELOW),
        ]
    return Judged(skp, results, behaviour, rating, predicate, tuple(actions))


# Cells.


@cache
def tables(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(path, read_only=True)
    found = {sheet: list(book[sheet].iter_rows(values_only=True)) for sheet in book.sheetnames}
    book.close()
    return found


def rows(path: Path, sheet: str) -> Iterator[dict[str, object]]:
    header, *others = tables(path)[sheet]
    for row in others:
        yield dict(zip_longest(header, row))  # empty cells at the end of a row are not stored


def judged(path: Path, sheet: str = "pegawai", **more) -> dict[str, Judged]:
    goals, ratings = defaultdict(list), defaultdict(list)
    for row in rows(path, "indikator"):
        goals[row["id"]].append(row)
    for row in rows(path, "penilaian"):
        ratings[row["id"]].append(row)
    people = {row["id"]: row for row in rows(path, sheet)}
    decision = ("keputusan_hasil", "alasan_keputusan", "jabatan_keputusan")
    titles = (
        "Rating hasil kerja menurut keputusan pejabat penilai",
        "Alasan keputusan",
        "Jabatan yang memutuskan",
    )
    for row in people.values():
        for name, title in zip(decision, titles, strict=True):
            row.setdefault(name, row.get(title))
    return {who: judge(row, goals[who], ratings[who], **more) for who, row in people.items()}


def is_number(cell, exact: Fraction | None) -> bool:
    return cell is None if exact is None else number(cell) == exact


# Running it.


#: The command itself; and one that checks nothing and is killed while it scores the second quarter.
WHOLE = """#!/bin/sh
exec "{python}" -m kinerja "$@"
"""
KILLED = """#!/bin/sh
case "$*" in
    check*) exit 0 ;;
    *nilai-triwulan-2*)
        "{python}" -m kinerja "$@" &
        sleep 0.7
        kill -9 $!
        wait $!
        exit 137 ;;
    *) exec "{python}" -m kinerja "$@" ;;
esac
"""


def program(folder: Path, script: str) -> dict[str, str]:
    """Give an environment where `kinerja` is this script."""
    folder.mkdir()
    path = folder / "kinerja"
    path.write_text(script.format(python=sys.executable), encoding="utf-8")
    path.chmod(0o755)
    return os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


@dataclass(frozen=True)
class Ran:
    folder: Path
    out: Path
    after_kill: dict[str, bytes]
    killed: subprocess.CompletedProcess
    done: subprocess.CompletedProcess


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Copy the example, run its script until it is killed, and run it again."""
    work = tmp_path_factory.mktemp("bukittinggi")
    folder = work / "bukittinggi"
    shutil.copytree(EXAMPLE, folder)
    out = work / "hasil" / "bukittinggi"

    def run(environment):
        return subprocess.run(
            ["sh", folder / "jalankan.sh"],
            cwd=work,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    killed = run(program(work / "mati", KILLED))
    after_kill = {path.name: path.read_bytes() for path in out.iterdir()}
    done = run(program(work / "program", WHOLE))
    return Ran(folder, out, after_kill, killed, done)


@pytest.fixture
def here(ran, monkeypatch):
    monkeypatch.chdir(ran.folder)
    return ran.folder


def test_a_killed_run_leaves_whole_files_and_can_be_run_again(ran):
    assert ran.killed.returncode
    assert "nilai-triwulan-1.xlsx" in ran.after_kill
    assert "nilai-triwulan-3.xlsx" not in ran.after_kill
    assert all(content.startswith(b"PK") for content in ran.after_kill.values())
    assert ran.done.returncode == 0, ran.done.stderr
    assert sorted(path.name for path in ran.out.iterdir() if not path.name.startswith(".")) == [
        "P0154.html",
        "kota.html",
        "nilai-triwulan-1.xlsx",
        "nilai-triwulan-2.xlsx",
        "nilai-triwulan-3.xlsx",
        "pemeriksaan.md",
        "usulan.html",
    ]


def test_policy_and_proposal_pass_the_strict_check(ran):
    summary = (ran.out / "pemeriksaan.md").read_text(encoding="utf-8")
    assert summary.count("**Lolos**") == 2
    assert "34 contoh cocok, semua cabang tercapai" in summary
    assert "31 contoh cocok, semua cabang tercapai" in summary


@pytest.mark.parametrize("quarter", sorted(QUARTERS))
def test_every_result_is_what_the_decree_says(ran, quarter):
    expected = judged(EXAMPLE / "data" / QUARTERS[quarter])
    results = {row["id"]: row for row in rows(ran.out / f"nilai-triwulan-{quarter}.xlsx", "hasil")}
    assert list(results) == list(expected)
    assert len(results) > 200
    for who, said in expected.items():
        row = results[who]
        assert is_number(row["nilai_skp"], said.skp), who
        assert is_number(row["nilai_perilaku"], said.behaviour), who
        assert row["hasil_kerja"] == said.results, who
        assert row["perilaku_kerja"] == said.rating, who
        assert row["predikat"] == said.predicate, who
        assert row["status"] == ("complete" if said.predicate else "incomplete"), who
        if said.predicate:
            assert row["tindak_lanjut"] == (said.follow_ups or ("none",))[0], who
            assert (row["follow_ups"] or "") == "; ".join(said.follow_ups), who


@pytest.mark.parametrize(
    ("quarter", "counts"),
    [
        (
            1,
            {
                "baik": 145,
                "butuh_perbaikan": 23,
                "kurang_misconduct": 17,
                "sangat_baik": 21,
                None: 7,
            },
        ),
        (
            2,
            {
                "baik": 150,
                "butuh_perbaikan": 29,
                "kurang_misconduct": 14,
                "sangat_baik": 16,
                "sangat_kurang": 1,
                None: 4,
            },
        ),
        (
            3,
            {
                "baik": 151,
                "butuh_perbaikan": 21,
                "kurang_misconduct": 10,
                "sangat_baik": 21,
                None: 11,
            },
        ),
    ],
)
def test_predicates_are_counted(ran, quarter, counts):
    found = rows(ran.out / f"nilai-triwulan-{quarter}.xlsx", "hasil")
    assert Counter(row["predikat"] for row in found) == counts


def test_what_is_missing_is_told_by_its_reason(ran):
    found = rows(ran.out / "nilai-triwulan-3.xlsx", "hasil")
    assert {row["id"]: row["reasons"] for row in found if row["reasons"]} == {
        "P0023": "input_missing: indikator[0].realisasi",
        "P0039": "unanswered: rekan",
        "P0055": "input_missing: indikator[1].realisasi",
        "P0087": "atasan_belum_menilai; composition_unknown: penilaian",
        "P0089": "override_without_reason",
        "P0098": "input_missing: indikator[0].realisasi",
        "P0111": "weights_total: indikator",
        "P0132": "belum_ada_skp",
        "P0151": "input_missing: indikator[2].realisasi",
        "P0162": "unanswered: rekan",
        "P0204": "atasan_belum_menilai; composition_unknown: penilaian",
    }


def test_the_diff_counts_who_moves(ran):
    data = EXAMPLE / "data" / QUARTERS[3]
    old, new = judged(data), judged(data, weights=(70, 30))
    moved = {who: (old[who].predicate, new[who].predicate) for who in old}
    moved = {who: pair for who, pair in moved.items() if pair[0] != pair[1]}
    assert moved == {
        "P0187": ("sangat_baik", "baik"),
        "P0206": ("baik", "kurang_misconduct"),
    }
    changes = [
        new[who].behaviour - old[who].behaviour for who in old if old[who].behaviour is not None
    ]
    up, down = sum(change > 0 for change in changes), sum(change < 0 for change in changes)
    assert (up, down, len(changes)) == (74, 107, 210)
    page = (ran.out / "usulan.html").read_text(encoding="utf-8")
    named = re.findall(r"<h3>(P[0-9]{4}): [^<]*</h3>", page)
    assert named[:2] == sorted(moved)
    assert len(named) == 12
    assert "0 naik; 2 turun; 212 tetap" in page
    assert f"label berubah pada 2; angka berubah pada {up + down}" in page


@pytest.mark.parametrize(
    ("examples", "weights"),
    [("contoh.xlsx", (60, 40)), ("kebijakan-usulan.contoh.xlsx", (70, 30))],
)
def test_the_examples_are_what_the_decree_says(examples, weights):
    expected = judged(EXAMPLE / examples, "contoh", weights=weights)
    stated = {row["id"]: row for row in rows(EXAMPLE / examples, "contoh")}
    for who, said in expected.items():
        row = stated[who]
        if row["Status"] == "complete":
            assert number(row["Nilai SKP"]) == said.skp, who
            assert number(row["Nilai perilaku"]) == said.behaviour, who
            assert row["Rating hasil kerja"].replace(" ", "_") == said.results, who
            assert row["Rating perilaku kerja"].replace(" ", "_") == said.rating, who
            first = (said.follow_ups or ("tidak ada",))[0]
            assert row["Tindak lanjut"] == first, who
            label = row["Predikat kinerja"].lower().replace(" ", "_").replace("/", "_")
            assert label == said.predicate, who
        else:
            assert said.predicate is None, who


# The damaged delivery.


def issues(capsys, name: str, out: Path) -> dict[str, str]:
    """Score a delivery; give the code of each cell that is told."""
    assert main(["score", "kebijakan.yaml", f"data/{name}", "-o", str(out / "hasil.csv")]) == 1
    capsys.readouterr()
    with (out / "hasil.temuan.csv").open(encoding="utf-8", newline="") as stream:
        return {row["cell"] or row["path"]: row["code"] for row in csv.DictReader(stream)}


def test_a_title_above_the_table_is_told(here, capsys):
    assert main(["score", "kebijakan.yaml", "data/kiriman-1-mentah.xlsx"]) == 1
    told = capsys.readouterr().err
    assert "pegawai!A1  KNJ510  id" in told
    assert "LAPORAN KINERJA PEGAWAI TRIWULAN III 2026" in told


def test_a_renamed_column_is_told(here, capsys, tmp_path):
    found = issues(capsys, "kiriman-2-judul-dihapus.xlsx", tmp_path)
    assert found["indikator!A1"] == "KNJ553"
    with (tmp_path / "hasil.temuan.csv").open(encoding="utf-8", newline="") as stream:
        (told,) = [row for row in csv.DictReader(stream) if row["code"] == "KNJ553"]
    assert told["message"].endswith('"capaian", "satuan"')


def test_damaged_cells_are_told_with_their_place(here, capsys, tmp_path):
    assert issues(capsys, "kiriman-3-kolom-diganti.xlsx", tmp_path) == {
        "pegawai!A6": "KNJ544",
        "pegawai!A32": "KNJ544",
        "indikator!G14": "KNJ402",
        "indikator!H26": "KNJ520",
        "indikator!H31": "KNJ527",
        "indikator!H37": "KNJ525",
        "indikator!H48": "KNJ521",
        "indikator!H55": "KNJ526",
        "penilaian!E630": "KNJ402",
        "penilaian!D673": "KNJ405",
        "penilaian": "KNJ548",
    }
    with (tmp_path / "hasil.temuan.csv").open(encoding="utf-8", newline="") as stream:
        ids = {row["cell"]: row["id"] for row in csv.DictReader(stream)}
    assert ids["indikator!G14"] == "P0052"
    assert ids["penilaian!D673"] == "P0067"


def test_ratings_of_someone_who_left_are_warned_of(here, capsys):
    main(["score", "kebijakan.yaml", "data/kiriman-3-kolom-diganti.xlsx"])
    told = capsys.readouterr().err
    assert "KNJ548  penilaian" in told
    assert '"P0061"' in told


def test_the_mended_delivery_gives_what_the_whole_city_gives(ran, here, capsys, tmp_path):
    """A decimal comma as text, blank rows and unknown columns change nothing; what was mended counts."""
    out = tmp_path / "hasil.xlsx"
    asked = ["kebijakan.yaml", "data/kiriman-4-bersih.xlsx", "--follow-ups", "-o", str(out)]
    assert main(["score", *asked]) == 0
    capsys.readouterr()
    city = {row["id"]: row for row in rows(ran.out / "nilai-triwulan-3.xlsx", "hasil")}
    delivered = list(rows(out, "hasil"))
    assert len(delivered) == 28
    assert all(row == city[row["id"]] for row in delivered)


# The files.


def test_the_data_are_made_again_from_their_seed(ran, tmp_path):
    done = subprocess.run(
        [sys.executable, EXAMPLE / "buat_data.py", tmp_path], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == sorted(path.name for path in (EXAMPLE / "data").iterdir())
    for name in made:
        assert tables(EXAMPLE / "data" / name) == tables(tmp_path / name), name


def test_the_readme_shows_what_happens(ran, here, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "tests" / "docs"))
    import docs_pages

    before = (here / "kebijakan.yaml").read_bytes()
    try:
        docs_pages.run_page(here / "README.md")
        assert b"version: 1.1.0" in (here / "kebijakan.yaml").read_bytes()
    finally:
        (here / "kebijakan.yaml").write_bytes(before)
