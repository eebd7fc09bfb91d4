"""The nightly job of Kertapati: its figures, computed again here, its faults, and what a kill leaves."""

from __future__ import annotations

import csv
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from fractions import Fraction
from itertools import zip_longest
from pathlib import Path

import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "kertapati"
QUARTERS = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")
STANDARDS = {"baru": "8", "rusak": "4", "hilang": "8", "ubah_data": "16", "luar_domisili": "24"}
ELEMENTS = (
    "persyaratan",
    "prosedur",
    "waktu",
    "biaya",
    "produk",
    "kompetensi",
    "perilaku",
    "sarana",
    "pengaduan",
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the job is a POSIX shell script")


def command(folder: Path, *, check: str = "real") -> Path:
    """Write a `kinerja` that runs the code under test; `check="instant"` passes every policy at once."""
    path = folder / f"kinerja-{check}"
    instant = '[ "$1" = check ] && { echo "diperiksa"; exit 0; }\n' if check == "instant" else ""
    path.write_text(f'#!/bin/sh\n{instant}exec "{sys.executable}" -m kinerja "$@"\n')
    path.chmod(0o755)
    return path


class Job:
    """The example in a folder of its own."""

    def __init__(self, folder: Path, *, check: str, **settings: str) -> None:
        self.folder = folder
        shutil.copytree(EXAMPLE, folder / "kertapati", ignore=shutil.ignore_patterns("keluaran"))
        self.kinerja = command(folder, check=check)
        self.settings = {
            "KELUARAN": str(folder / "keluaran"),
            "KINERJA": str(self.kinerja),
        } | settings
        self.out = Path(self.settings["KELUARAN"])

    def start(self) -> subprocess.Popen:
        return subprocess.Popen(
            ["/bin/sh", str(self.folder / "kertapati" / "malam.sh")],
            env={**os.environ, **self.settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def run(self) -> tuple[int, str]:
        process = self.start()
        printed, _ = process.communicate(timeout=300)
        return process.returncode, printed.decode("utf-8")

    def results(self) -> dict[str, bytes]:
        """Give every file of the results folder."""
        folder = self.out / "hasil"
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """Run the job once as it is shipped; give it, its exit code and what it printed."""
    job = Job(tmp_path_factory.mktemp("malam"), check="real")
    return job, *job.run()


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    """Run the job on the exports as they are."""
    folder = tmp_path_factory.mktemp("mentah")
    out = {"KELUARAN": str(folder / "keluaran" / "mentah")}
    job = Job(folder, check="instant", PERBAIKAN="", LEMBAR="tidak", **out)
    return job, *job.run()


# The exports, read and mended without the library.


def read(name: str) -> list[dict[str, str]]:
    with (EXAMPLE / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [row for row in csv.DictReader(stream, delimiter=";") if row["id"]]


def number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def day(text: str, *, month_first: bool) -> tuple[int, int, int]:
    first, second, year = map(int, text.split("/"))
    return (year, first, second) if month_first else (year, second, first)


def half_up(value: Fraction) -> Fraction:
    return Fraction(int(value * 100 + Fraction(1, 2)), 100)


def grouped(rows: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    found = defaultdict(list)
    for row in rows:
        found[row["id"]].append(row)
    return found


def punctual(files: list[dict[str, str]], quarter: str) -> tuple[Fraction | None, Fraction | None]:
    """Give the share within the standard and the closeness to it."""
    hours = "lama_penyelesaian" if quarter == "2025-Q3" else "lama_jam"
    within, close = [], []
    turned = False
    for row in files:
        taken = number(row[hours])
        text = row["standar_jam"]
        standard = number(STANDARDS[row["layanan"]] if text == "0" else text)
        american = quarter == "2025-Q4" and row["id"].startswith("dk-07")
        begun, done = (day(row[key], month_first=american) for key in ("masuk", "selesai"))
        turned = turned or done < begun
        within.append(Fraction(100 if taken <= standard else 0))
        share = (2 * standard - taken) / standard * 100
        close.append(min(max(share, Fraction(0)), Fraction(100)))
    closeness = half_up(sum(close) / len(close)) if close else None
    if len(files) < 10 or turned:
        return None, closeness
    return half_up(sum(within) / len(within)), closeness


def index(answers: list[dict[str, str]]) -> Fraction | None:
    if len(answers) < 5:
        return None
    means = []
    for element in ELEMENTS:
        given = [int(row[element]) for row in answers if row[element]]
        means.append(Fraction(sum(given), len(given)))
    return half_up(sum(means) / 9 * 25)


def rating(score: Fraction) -> str:
    limits = (("sangat_baik", 90), ("baik", 76), ("cukup", 60))
    return next((label for label, least in limits if score >= least), "kurang")


def follow_up(label: str | None, before: str | None, share, satisfaction) -> str:
    if label is None:
        return "data_dilengkapi"
    if label == "sangat_baik":
        return "penghargaan_teladan" if before == "sangat_baik" else "penghargaan"
    if label == "baik":
        weak = share < 80 or satisfaction < Fraction("76.61")
        return "pembinaan_ringan" if weak else "none"
    return "pembinaan"


def expected(quarter: str, before: dict[str, str | None]) -> dict[str, dict[str, object]]:
    files = grouped(read(f"berkas-{quarter}"))
    surveys = grouped(read(f"survei-{quarter}"))
    found = {}
    for row in read(f"pegawai-{quarter}"):
        own = row["id"]
        share, close = punctual(files[own], quarter)
        satisfaction = index(surveys[own])
        score = label = None
        if share is not None and close is not None and satisfaction is not None:
            score = half_up(share * Fraction(2, 5) + close / 5 + satisfaction * Fraction(2, 5))
            label = rating(score)
        found[own] = {
            "nilai": score,
            "predikat": label,
            "tindak_lanjut": follow_up(label, before.get(own), share, satisfaction),
            "ketepatan": share,
            "kedekatan": close,
            "ikm": satisfaction,
            "banyak_berkas": Fraction(len(files[own])),
            "banyak_responden": Fraction(len(surveys[own])),
        }
    return found


def found_in(job: Job, quarter: str) -> dict[str, dict[str, str]]:
    with (job.out / "hasil" / f"hasil-{quarter}.csv").open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


# Figures.


def test_every_figure_of_every_officer_is_the_one_computed_here(night):
    job, _, _ = night
    before: dict[str, str | None] = {}
    for quarter in QUARTERS:
        wanted, found = expected(quarter, before), found_in(job, quarter)
        assert sorted(found) == sorted(wanted)
        for own, values in wanted.items():
            for name, value in values.items():
                text = found[own][name]
                read_back = Fraction(text) if isinstance(value, Fraction) else text or None
                assert read_back == value, (quarter, own, name)
        before = {own: values["predikat"] for own, values in wanted.items()}


def test_the_last_quarter_gives_these_counts(night):
    rows = found_in(night[0], "2025-Q4").values()
    assert Counter(row["predikat"] for row in rows) == {
        "sangat_baik": 59,
        "baik": 129,
        "cukup": 14,
        "kurang": 1,
        "": 1,
    }
    assert Counter(row["tindak_lanjut"] for row in rows) == {
        "penghargaan_teladan": 23,
        "penghargaan": 36,
        "none": 61,
        "pembinaan_ringan": 68,
        "pembinaan": 15,
        "data_dilengkapi": 1,
    }


def test_every_action_that_follows_is_in_the_last_column(night):
    rows = found_in(night[0], "2025-Q4").values()
    told = [row["follow_ups"].split("; ") for row in rows if row["follow_ups"]]
    assert {list(row)[-1] for row in rows} == {"follow_ups"}
    assert len(rows) - len(told) == 61
    assert Counter(action for actions in told for action in actions) == {
        "penghargaan_teladan": 23,
        "penghargaan": 59,
        "pembinaan_ringan": 68,
        "pembinaan": 15,
        "data_dilengkapi": 1,
        "waktu": sum(Fraction(row["ketepatan"] or 100) < 80 for row in rows),
        "layanan": sum(Fraction(row["ikm"] or 100) < Fraction("76.61") for row in rows),
    }


def test_results_for_a_spreadsheet_are_the_same(night, tmp_path):
    quarters = "2025-Q3 2025-Q4"
    job = Job(tmp_path, check="instant", TRIWULAN=quarters, LEMBAR="tidak", BENTUK="xlsx")
    code, printed = job.run()
    assert code == 0, printed
    book = load_workbook(job.out / "hasil" / "hasil-2025-Q4.xlsx", read_only=True)
    header, *others = book["hasil"].iter_rows(values_only=True)
    found = [dict(zip_longest(header, row)) for row in others]
    book.close()
    keys = ("id", "predikat", "tindak_lanjut", "follow_ups")
    wanted = found_in(night[0], "2025-Q4").values()
    assert [[row[key] or "" for key in keys] for row in found] == [
        [row[key] for key in keys] for row in wanted
    ]


def test_one_officer_by_hand(night):
    # 13 of 30 files in time; 17.332 + 15.63 + 27.9 = 60.862
    row = found_in(night[0], "2025-Q4")["dk-0505"]
    shown = (row["ketepatan"], row["kedekatan"], row["ikm"], row["nilai"], row["predikat"])
    assert shown == ("43.33", "78.15", "69.75", "60.86", "cukup")


def test_officers_without_enough_data_are_not_judged(night):
    third = found_in(night[0], "2025-Q3")
    without_survey = [row for own, row in third.items() if own.startswith("dk-11")]
    assert len(without_survey) == 17
    for row in without_survey:
        assert row["status"] == "incomplete"
        assert "responden_kurang" in row["reasons"]
        assert (row["ikm"], row["nilai"], row["predikat"]) == ("", "", "")
        assert row["tindak_lanjut"] == "data_dilengkapi"
    assert found_in(night[0], "2025-Q4")["dk-0203"]["reasons"] == "tanggal_terbalik"


# What the job leaves.


def test_the_job_ends_well_and_leaves_results_and_a_log(night):
    job, code, printed = night
    assert code == 0, printed
    assert sorted(path.name for path in job.out.iterdir()) == ["catatan.log", "hasil"]
    sheets = {path.stem for path in (job.out / "hasil" / "umpan-balik").iterdir()}
    assert sheets == set(found_in(job, "2025-Q4"))
    lines = (job.out / "catatan.log").read_text(encoding="utf-8").splitlines()
    assert [line.split(" ", 1)[1] for line in lines] == ["mulai", "selesai: baik"]


def test_a_sheet_says_what_follows_and_what_the_next_band_takes(night):
    sheet = night[0].results()["umpan-balik/dk-0505.html"].decode("utf-8")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", sheet))
    assert "pembinaan: bimbingan atasan langsung setiap dua minggu" in text
    assert "bimbingan melayani warga: IKM di bawah 76,61" in text
    assert "Untuk mencapai Baik" in text
    assert "ketepatan waktu 43,33 → 83,33 25 dari 30 butir, sekarang 13" in text
    assert "di bawah 80 % karena ketepatan waktu (43,33) &lt; 80" in text
    assert text.index("Untuk mencapai Baik Setiap") < text.index("Langkah perhitungan 1")


def test_the_sheet_of_an_officer_without_a_score_names_the_file(night):
    sheet = night[0].results()["umpan-balik/dk-0203.html"].decode("utf-8")
    assert "ada berkas yang selesai sebelum tanggal masuknya (02-UBH-782912)" in sheet


def test_a_sheet_lists_every_file_of_the_officer(night):
    sheet = night[0].results()["umpan-balik/dk-0505.html"].decode("utf-8")
    mine = [row["nomor"] for row in read("berkas-2025-Q4") if row["id"] == "dk-0505"]
    assert len(mine) == 30
    assert not [number for number in mine if number not in sheet]


def test_a_sheet_shows_no_respondent(night):
    sheet = night[0].results()["umpan-balik/dk-0505.html"].decode("utf-8")
    mine = [row["responden"] for row in read("survei-2025-Q4") if row["id"] == "dk-0505"]
    assert len(mine) == 9
    assert not [name for name in mine if name in sheet]


# Dirt.


def test_the_raw_exports_are_refused_where_they_are_wrong(raw):
    job, code, printed = raw
    assert code == 1, printed

    def issues(quarter: str) -> Counter:
        path = job.out / "hasil" / f"hasil-{quarter}.temuan.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            return Counter((row["code"], row["severity"]) for row in csv.DictReader(stream))

    assert issues("2025-Q1") == {("KNJ402", "error"): 2}
    assert issues("2025-Q2") == {("KNJ544", "error"): 2, ("KNJ548", "warning"): 1}
    assert "KNJ548" in (job.out / "hasil" / "temuan-2025-Q2.txt").read_text(encoding="utf-8")
    assert issues("2025-Q3")["KNJ553", "error"] == 1
    assert set(issues("2025-Q4")) == {
        ("KNJ529", "error"),
        ("KNJ530", "error"),
        ("KNJ914", "error"),
    }
    assert sorted(found_in(job, "2025-Q1")) == sorted(
        row["id"] for row in read("pegawai-2025-Q1") if row["id"] != "dk-1004"
    )
    third = found_in(job, "2025-Q3").values()
    assert {row["nilai"] for row in third} == {""}
    assert not (job.out / "hasil" / "hasil-2025-Q4.csv").exists()
    assert "selesai: ada yang perlu dilihat" in (job.out / "catatan.log").read_text("utf-8")


def test_the_readme_shows_what_is_printed(night, raw, tmp_path):
    readme = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    for kind in ("pegawai", "berkas", "survei"):
        rows = [row for row in read(f"{kind}-2025-Q4") if row["id"] == "dk-0505"]
        lines = [";".join(rows[0]), *(";".join(row.values()) for row in rows)]
        (tmp_path / f"{kind}.csv").write_text("\n".join(lines), encoding="utf-8")
    lists = ("--list", "berkas=berkas.csv", "--list", "survei=survei.csv")
    explained = subprocess.run(
        [
            night[0].kinerja,
            "explain",
            EXAMPLE / "kebijakan.yaml",
            "pegawai.csv",
            "--id",
            "dk-0505",
            *lists,
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    mend = (EXAMPLE / "perbaikan" / "berkas-2025-Q3.sed").read_text(encoding="utf-8")
    printed = "\n".join((night[2], raw[2], mend, explained.stdout.decode("utf-8")))
    known = printed.splitlines()
    blocks = re.findall(r"```console\n(.*?)```", readme, flags=re.DOTALL)
    assert len(blocks) == 5
    shown = [line for block in blocks for line in block.splitlines() if line[:2] not in ("$ ", "…")]
    for line in shown:
        # What stands before a path on this machine is left out in the page.
        before, _, after = line.rpartition("…/")
        assert any(each.startswith(before) and each.endswith(after) for each in known), line


# The generator.


def test_the_generator_writes_the_same_bytes_again(tmp_path):
    shutil.copy(EXAMPLE / "buat_data.py", tmp_path)
    subprocess.run([sys.executable, tmp_path / "buat_data.py"], check=True)
    made = {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir()}
    kept = {path.name: path.read_bytes() for path in (EXAMPLE / "data").iterdir()}
    assert made == kept
    assert sum(map(len, kept.values())) < 3_000_000


def test_the_data_have_the_dirt_of_a_real_export():
    raw_bytes = (EXAMPLE / "data" / "berkas-2025-Q1.csv").read_bytes()
    assert raw_bytes.startswith(b"\xef\xbb\xbf")
    assert b"\r\n;;;;;;\r\n" in raw_bytes
    assert re.search(rb";\d+,\d;\d+\r\n", raw_bytes)


# Kills.


@pytest.fixture
def short(tmp_path):
    """Give a job of one quarter and one sheet, which takes a second or two."""
    return Job(tmp_path, check="instant", TRIWULAN="2025-Q4", LEMBAR="dk-0505")


def test_a_job_killed_anywhere_leaves_whole_results_and_runs_again(short):
    began = time.monotonic()
    assert short.run()[0] == 0
    whole = short.results()
    lasts = time.monotonic() - began
    draw = random.Random(6)  # noqa: S311 - moments to kill at
    for kills in range(6):
        process = short.start()
        time.sleep(draw.random() * lasts)
        if kills % 2:
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        left = short.out / "hasil"
        assert left.exists() or (short.out / "hasil.lama").exists()
        if left.exists():
            assert short.results() == whole
    assert short.run()[0] == 0
    assert short.results() == whole
    assert sorted(path.name for path in short.out.iterdir()) == ["catatan.log", "hasil"]


def test_a_job_killed_between_its_two_renames_gives_the_old_results_back(short):
    assert short.run()[0] == 0
    whole = short.results()
    (short.out / "hasil").rename(short.out / "hasil.lama")
    (short.folder / "kertapati" / "kebijakan.yaml").write_text("schema: 1\n")
    short.settings["KINERJA"] = str(command(short.folder, check="real"))
    code, printed = short.run()
    assert code == 2
    assert "kebijakan belum lolos pemeriksaan" in printed
    assert short.results() == whole


def test_two_jobs_do_not_run_at_once(short):
    (short.out / ".kunci").mkdir(parents=True)
    (short.out / ".kunci" / "pid").write_text(str(os.getpid()))
    code, printed = short.run()
    assert code == 2
    assert "masih berjalan" in printed
    assert (short.out / ".kunci" / "pid").read_text() == str(os.getpid())
