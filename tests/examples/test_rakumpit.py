"""Rakumpit: figures computed again, faults found by their codes, pages that give nobody away, kills."""

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
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from statistics import median

import pytest

import kinerja
from kinerja.cohort.protect import protect

fcntl = pytest.importorskip("fcntl", reason="the job locks its folder as POSIX does")

HERE = Path(__file__).parents[2] / "examples" / "rakumpit"
QUARTERS = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")
#: The least count that is shown, and the most minutes of one visit.
K, MOST = 5, 600
HIDDEN = "(r)"
RATINGS = ("di_bawah_baik", "baik", "sangat_baik")
PUBLIC = {"kurang": "di_bawah_baik", "cukup": "di_bawah_baik"}


class Job:
    """The example in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.example = folder / "rakumpit"
        shutil.copytree(HERE, self.example, ignore=shutil.ignore_patterns("__pycache__"))
        self.data = self.example / "data"
        self.out = folder / "keluaran"

    def start(self) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, self.example / "laporan.py", self.out, self.data],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def run(self) -> tuple[int, str]:
        process = self.start()
        printed, _ = process.communicate(timeout=120)
        return process.returncode, printed.decode("utf-8")

    def files(self) -> dict[str, bytes]:
        """Give every file that the job left."""
        return {
            str(path.relative_to(self.out)): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file()
        }

    def table(self, name: str, *, delimiter: str = ",") -> list[dict[str, str]]:
        return read(self.out / name, delimiter=delimiter)

    def edit(self, name: str, change) -> None:
        """Change the rows of a data file."""
        rows = change(read(self.data / name, delimiter=";"))
        with (self.data / name).open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, list(rows[0]), delimiter=";", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def forget(self, quarter: str) -> None:
        """Take a report away, so that it is made again; what was published is kept."""
        shutil.rmtree(self.out / quarter)


def read(path: Path, *, delimiter: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, delimiter=delimiter))


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """Run the job once as it is shipped; give it, its exit code and what it printed."""
    job = Job(tmp_path_factory.mktemp("setahun"))
    return job, *job.run()


@pytest.fixture
def copied(year, tmp_path):
    """Give the job after its run, in a folder where it may be changed."""
    job = Job(tmp_path)
    shutil.copytree(year[0].out, job.out)
    return job


# Figures, by the decree: no library.


def data(kind: str, quarter: str) -> list[dict[str, str]]:
    return read(HERE / "data" / f"{kind}-{quarter}.csv", delimiter=";")


def grouped(rows: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    found = defaultdict(list)
    for row in rows:
        found[row["id"]].append(row)
    return found


def number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def half_up(value: Fraction) -> Fraction:
    return Fraction(int(value * 100 + Fraction(1, 2)), 100)


@dataclass
class Lists:
    files: list[dict[str, str]]
    visits: list[dict[str, str]]
    complaints: list[dict[str, str]]
    answers: list[dict[str, str]]


def timeliness(person: dict[str, str], of: Lists) -> Fraction | None:
    if person["jenis"] == "administrasi":
        if len(of.files) < 10:
            return None
        in_time = [number(one["jam"]) <= number(one["standar_jam"]) for one in of.files]
        return half_up(Fraction(100 * sum(in_time), len(in_time)))
    standard = int(person["standar_tunggu"])
    if len(of.visits) < 10 or not standard:
        return None
    middle = median([Fraction(one["menit"]) for one in of.visits])
    return half_up(min(max((2 * standard - middle) / standard * 100, Fraction(0)), Fraction(100)))


def expected(person: dict[str, str], of: Lists) -> dict[str, Fraction | str | None] | None:
    """Give what the decree says of a person; `None` where a value is impossible."""
    if any(not 0 <= int(one["menit"]) <= MOST for one in of.visits):
        return None
    checked, wrong = int(person["diperiksa"]), int(person["salah"])
    time_part = timeliness(person, of)
    accuracy = half_up(Fraction(100 * (checked - wrong), checked))
    satisfaction = None
    if len(of.answers) >= 5:
        answers = [int(one["nilai_survei"]) for one in of.answers]
        satisfaction = half_up(Fraction(sum(answers) * 25, len(answers)))
    parts = [(time_part, 40), (accuracy, 30), (satisfaction, 30)]
    if person["jenis"] == "kesehatan":
        parts = [(time_part, 40), (satisfaction, 25), (accuracy, 15)]
        if len(of.complaints) >= 3:
            parts.append((answered_in_time(of.complaints), 20))
    found = {"waktu": time_part, "ketelitian": accuracy, "kepuasan": satisfaction}
    if any(part is None for part, _ in parts):
        return {**found, "nilai": None, "predikat": None, "terlemah": None}
    whole = sum(weight for _, weight in parts)
    score = half_up(sum(part * weight for part, weight in parts) / whole)
    limits = (("sangat_baik", 90), ("baik", 76), ("cukup", 60))
    label = next((name for name, least in limits if score >= least), "kurang")
    return {**found, "nilai": score, "predikat": label, "terlemah": min(part for part, _ in parts)}


def answered_in_time(complaints: list[dict[str, str]]) -> Fraction | None:
    if any("dijawab" not in one for one in complaints):
        return None
    days = [
        (date.fromisoformat(one["dijawab"]) - date.fromisoformat(one["masuk"])).days
        for one in complaints
    ]
    if any(day < 0 for day in days):
        return None
    return half_up(Fraction(100 * sum(day <= 3 for day in days), len(days)))


def everybody(quarter: str) -> dict[str, tuple[dict[str, str], dict | None]]:
    """Give each person's row, and what the decree says of them."""
    rows = data("pegawai", quarter)
    lists = [grouped(data(one, quarter)) for one in ("berkas", "kunjungan", "pengaduan", "survei")]
    twice = {own for own, times in Counter(row["id"] for row in rows).items() if times > 1}
    found = {}
    for row in rows:
        if row["id"] not in found:
            of = Lists(*(one[row["id"]] for one in lists))
            found[row["id"]] = (row, None if row["id"] in twice else expected(row, of))
    return found


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_figure_of_everybody_is_the_one_computed_here(year, quarter):
    found = {row["id"]: row for row in year[0].table(f"{quarter}/internal/hasil.csv")}
    wanted = everybody(quarter)
    assert sorted(found) == sorted(wanted)
    for own, (person, values) in wanted.items():
        row = found[own]
        assert row["unit"] == person["unit"]
        if values is None:
            assert (row["status"], row["nilai"], row["predikat"]) == ("refused", "", "")
            continue
        assert row["status"] == ("incomplete" if None in values.values() else "complete")
        for name, value in values.items():
            text = row[name]
            shown = Fraction(text) if isinstance(value, Fraction) else text or None
            assert shown == value, (quarter, own, name)


def test_parts_that_are_equally_weak_are_all_trained_in_the_list_too(year):
    rows = {row["id"]: row for row in year[0].table("2025-Q4/internal/hasil.csv")}
    assert rows["RK-0009"]["pelatihan"] == "alur_pasien; menjawab_pengaduan"
    page = (year[0].out / "2025-Q4" / "internal" / "index.html").read_text(encoding="utf-8")
    section = page[page.index("Kebutuhan pelatihan</h2>") :]
    listed = {own for own, row in rows.items() if row["pelatihan"] not in ("", "none")}
    told = set(re.findall(r"RK-\d{4}", section))
    assert told == {own for own in listed if rows[own]["status"] == "complete"}
    assert section.count("RK-0009") == 2


def test_one_officer_and_one_nurse_by_hand(year):
    found = {row["id"]: row for row in year[0].table("2025-Q4/internal/hasil.csv")}
    names = ("waktu", "ketelitian", "kepuasan", "nilai", "predikat", "pelatihan")
    # 21 of 23 files in time, 27 of 30 records right, 26 points of 8 citizens: 36.52 + 27 + 24.375
    assert tuple(found["RK-0194"][name] for name in names) == (
        *("91.3", "90", "81.25", "87.9", "baik", "none"),
    )
    # Median 82 minutes against 60, no complaint: 31.665 + 17.25 + 26.784375
    assert tuple(found["RK-0060"][name] for name in names) == (
        *("63.33", "92", "85.71", "75.7", "cukup", "alur_pasien"),
    )


# Faults in the data.

#: Each fault that was put in, as the check that finds it names it, or what follows from it at once.
PLANTED = {
    "2025-Q1": {("KNJ809", "Puskesmas Bakung", "kunjungan.menit")},
    "2025-Q2": {
        ("KNJ809", "Puskesmas Bakung", "kunjungan.menit"),
        ("KNJ804", "Kelurahan Ramin, 2025-Q2", ""),
        ("KNJ807", "Puskesmas Anggrek, 2025-Q2", "kunjungan.menit"),
        ("KNJ806", "Puskesmas Anggrek, 2025-Q2", ""),
    },
    "2025-Q3": {
        ("KNJ809", "Puskesmas Bakung", "kunjungan.menit"),
        ("KNJ814", "Kelurahan Gaharu, 2025-Q3", ""),
        ("KNJ815", "Puskesmas Dahlia, 2025-Q3", "survei.nilai_survei"),
    },
    "2025-Q4": {
        ("KNJ809", "Puskesmas Bakung", "kunjungan.menit"),
        ("KNJ815", "Puskesmas Dahlia, 2025-Q4", "survei.nilai_survei"),
        ("KNJ808", "Puskesmas Kenanga, 2025-Q4", "standar_tunggu"),
        ("KNJ819", "2025-Q4", ""),
    },
}
#: Every unit with complaints lacks the answers while their column has another name.
RENAMED = {
    ("KNJ801", f"{unit}, 2025-Q3", "pengaduan.dijawab")
    for unit in (
        "Puskesmas Anggrek",
        "Puskesmas Bakung",
        "Puskesmas Cempaka",
        "Puskesmas Dahlia",
        "Puskesmas Kenanga",
        "Puskesmas Melati",
        "Pustu Seroja",
    )
}


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_planted_fault_is_found_and_nothing_else(year, quarter):
    rows = year[0].table(f"{quarter}/internal/mutu.csv")
    found = Counter((row["code"], row["cell"], row["path"]) for row in rows)
    wanted = PLANTED[quarter] | (RENAMED if quarter == "2025-Q3" else set())
    false_alarms = set(found) - wanted
    assert not false_alarms
    assert found == Counter(wanted)


def test_what_the_reader_and_the_policy_find_of_the_rest(year):
    job = year[0]
    codes = {
        quarter: Counter(row["code"] for row in job.table(f"{quarter}/internal/temuan.csv"))
        for quarter in QUARTERS
    }
    assert codes == {
        "2025-Q1": {},
        "2025-Q2": {"KNJ548": 1, "KNJ402": 2},
        "2025-Q3": {"KNJ553": 1},
        "2025-Q4": {"KNJ544": 2},
    }
    second = job.table("2025-Q2/internal/hasil.csv")
    before = [row for row in second if "jawaban_mendahului" in row["reasons"]]
    assert [(row["unit"], row["status"]) for row in before] == [("Puskesmas Cempaka", "incomplete")]
    fourth = job.table("2025-Q4/internal/hasil.csv")
    assert sum("zero_target" in row["reasons"] for row in fourth) == 2


def test_two_planted_faults_are_not_found(year):
    # The clock that stops at the standard, and files that were copied without the survey.
    units = ("Kelurahan Bangkirai", "Kelurahan Meranti")
    for quarter in QUARTERS:
        rows = year[0].table(f"{quarter}/internal/mutu.csv")
        assert not [row for row in rows if row["cell"].startswith(units)]
    late = [
        row
        for row in data("berkas", "2025-Q4")
        if row["id"] in {one["id"] for one in data("pegawai", "2025-Q4") if one["unit"] == units[0]}
        and number(row["jam"]) > number(row["standar_jam"])
    ]
    assert not late
    ids = {one["id"] for one in data("pegawai", "2025-Q3") if one["unit"] == units[1]}
    hours = [
        [(row["id"], row["jam"]) for row in data("berkas", quarter) if row["id"] in ids]
        for quarter in ("2025-Q2", "2025-Q3")
    ]
    assert hours[0] == hours[1]


def test_nothing_is_repaired(year):
    job = year[0]
    kept = {path.name: path.read_bytes() for path in (HERE / "data").iterdir()}
    assert {path.name: path.read_bytes() for path in job.data.iterdir()} == kept


# The public pages.


class Tables(HTMLParser):
    """Reads the tables of a page as a visitor sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self._cell = []

    def handle_data(self, text):
        if self._cell is not None:
            self._cell.append(text)

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self._cell is not None:
            self.tables[-1][-1].append("".join(self._cell).strip())
            self._cell = None


def public(job: Job, quarter: str) -> str:
    return (job.out / quarter / "publik" / "index.html").read_text(encoding="utf-8")


@dataclass
class Seen:
    """What a visitor reads of a quarter: people of each row, counts, totals; means of waiting."""

    names: list[str]
    people: list[int]
    counts: list[list[int | None]]
    totals: list[int | None]
    waits: dict[str, tuple[int, int | None]]


def seen(job: Job, quarter: str) -> Seen:
    reader = Tables()
    reader.feed(public(job, quarter))
    ratings, waits = reader.tables[:2]

    def count(text: str) -> int | None:
        return None if text == HIDDEN else int(text)

    assert ratings[0] == [
        "Unit kerja",
        "Pegawai",
        "Di bawah Baik",
        "Baik",
        "Sangat Baik",
        "Belum ada hasil",
    ]
    *rows, last = ratings[1:]
    assert last[0] == "Jumlah"
    return Seen(
        names=[row[0] for row in rows],
        people=[int(row[1]) for row in rows],
        counts=[[count(text) for text in row[2:]] for row in rows],
        totals=[count(text) for text in last[2:]],
        waits={row[0]: (int(row[1]), count(row[2])) for row in waits[1:-1]},
    )


@pytest.mark.parametrize("quarter", QUARTERS)
def test_no_small_count_stands_on_a_public_page(year, quarter):
    found = seen(year[0], quarter)
    counts = [*found.totals, *(one for row in found.counts for one in row)]
    assert not [one for one in counts if one is not None and one < K]
    assert not [one for one in found.people if one < K]
    assert not [one for one, _ in found.waits.values() if one < K]
    for path in (year[0].out / quarter / "publik").iterdir():
        assert "RK-" not in path.read_text(encoding="utf-8")


def true_counts(quarter: str, held: tuple[str, ...] = ()) -> dict[str, list[int]]:
    """Give the counts of each unit that nobody should learn."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for person, values in everybody(quarter).values():
        label = None if values is None else values["predikat"]
        place = 3 if label is None else RATINGS.index(PUBLIC.get(label, label))
        if person["unit"] not in held:
            found[person["unit"]][place] += 1
    return found


SMALL = ("Kelurahan Nyatoh", "Kelurahan Tengkawang", "Pustu Seroja")
HELD = {"2025-Q3": ("Kelurahan Gaharu", "Puskesmas Dahlia")}


def true_rows(quarter: str, names: list[str]) -> list[list[int]]:
    units = true_counts(quarter, HELD.get(quarter, ()))
    merged = [sum(column) for column in zip(*(units[one] for one in SMALL), strict=True)]
    return [merged if name.startswith("Gabungan") else units[name] for name in names]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_what_is_shown_is_true(year, quarter):
    found = seen(year[0], quarter)
    truth = true_rows(quarter, found.names)
    for shown, row in zip([*found.counts, found.totals], [*truth, totals(truth)], strict=True):
        assert all(one in (None, true) for one, true in zip(shown, row, strict=True))
    assert [sum(row) for row in truth] == found.people


def totals(rows: list[list[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


class Attack:
    """Whoever holds the public pages: every table that fits them, by flows from rows to columns.

    All quarters are one problem. No equation joins two of them, since a person's rating may change.
    """

    def __init__(self, quarters: list[Seen]) -> None:
        self.cells: dict[tuple[int, int, int], int] = {}
        self.left: dict[tuple[object, ...], int] = {}
        for at, found in enumerate(quarters):
            for row, counts in enumerate(found.counts):
                shown = [one for one in counts if one is not None]
                self.left["row", at, row] = found.people[row] - sum(shown)
                for column, one in enumerate(counts):
                    if one is None:
                        self.cells[at, row, column] = 0
            for column, total in enumerate(found.totals):
                assert total is not None
                shown = [row[column] for row in found.counts if row[column] is not None]
                self.left["column", at, column] = total - sum(shown)
        for cell in self.cells:
            self._fill(cell)
        while any(self.left.values()):
            assert self._augment()

    def _ends(self, cell):
        at, row, column = cell
        return ("row", at, row), ("column", at, column)

    def _fill(self, cell) -> None:
        amount = min(self.left[end] for end in self._ends(cell))
        self.cells[cell] += amount
        for end in self._ends(cell):
            self.left[end] -= amount

    def _augment(self) -> bool:
        """Send one more person from a row with some left to a column with some left."""
        for start in [node for node, left in self.left.items() if left and node[0] == "row"]:
            path = self._path(start, lambda node: node[0] == "column" and self.left[node] > 0)
            if path:
                self._send(path)
                self.left[start] -= 1
                self.left[self._ends(path[-1][0])[1]] -= 1
                return True
        return False

    def _path(self, start, is_end, *, without=None):
        """Find steps to an end: a cell up from its row to its column, a cell down the other way."""
        known = {start: []}
        todo = [start]
        while todo:
            node = todo.pop(0)
            if is_end(node) and node != start:
                return known[node]
            for cell, amount in self.cells.items():
                row, column = self._ends(cell)
                step, other = None, None
                if node == row:
                    step, other = (cell, 1), column
                elif node == column and amount > 0:
                    step, other = (cell, -1), row
                if step and cell != without and other not in known:
                    known[other] = [*known[node], step]
                    todo.append(other)
        return None

    def _send(self, path) -> None:
        for cell, by in path:
            self.cells[cell] += by

    def moves(self, cell, *, up: bool):
        """Change the table as often as it goes, so that a cell rises or falls by one each time."""
        row, column = self._ends(cell)
        while up or self.cells[cell] > 0:
            start, end = (column, row) if up else (row, column)
            path = self._path(start, lambda node: node == end, without=cell)  # noqa: B023
            if path is None:
                return
            self._send([*path, (cell, 1 if up else -1)])
            yield dict(self.cells)


def every_value(attack: Attack, cell) -> dict[int, dict]:
    """Give every value that a cell may have, each with a whole table that has it."""
    found = {attack.cells[cell]: dict(attack.cells)}
    for up in (False, True):
        for table in attack.moves(cell, up=up):
            found[table[cell]] = table
    return found


def test_no_hidden_count_can_be_computed_from_all_public_pages_together(year):
    quarters = [seen(year[0], quarter) for quarter in QUARTERS]
    truths = [true_rows(name, found.names) for name, found in zip(QUARTERS, quarters, strict=True)]
    attack = Attack(quarters)
    assert len(attack.cells) > 100
    for cell in list(attack.cells):
        at, row, column = cell
        values = every_value(attack, cell)
        assert truths[at][row][column] in values
        assert len(values) >= K, (QUARTERS[at], quarters[at].names[row], column, sorted(values))
        assert sorted(values) == list(range(min(values), max(values) + 1))


def test_whoever_knows_how_the_table_is_made_knows_no_more(year):
    """A third of the hidden counts of a quarter: tables that differ there are published alike."""
    found = seen(year[0], "2025-Q4")
    truth = true_rows("2025-Q4", found.names)
    assert shown(truth) == found.counts
    hidden = {
        (row, column)
        for row, counts in enumerate(found.counts)
        for column, one in enumerate(counts)
        if one is None
    }
    for cell in sorted(hidden)[1::3]:
        values = {truth[cell[0]][cell[1]]}
        for by in (1, -1):
            table = truth
            while len(values) < K and table is not None:
                table = stepped(table, cell, by, hidden=hidden, published=found.counts)
                if table is not None:
                    values.add(table[cell[0]][cell[1]])
        assert len(values) >= K, (found.names[cell[0]], cell, sorted(values))


def stepped(table, cell, by: int, *, hidden, published) -> list[list[int]] | None:
    """Let two people of two units trade ratings, so that a count changes and the publication does not."""
    row, column = cell
    for other in range(len(table)):
        for place in range(4):
            corners = {
                (row, column): by,
                (row, place): -by,
                (other, column): -by,
                (other, place): by,
            }
            if len(corners) < 4 or not corners.keys() <= hidden:
                continue
            moved = [list(counts) for counts in table]
            for (at, label), change in corners.items():
                moved[at][label] += change
            if min(map(min, moved)) >= 0 and shown(moved) == published:
                return moved
    return None


def shown(table: list[list[int]]) -> list[list[int | None]]:
    return [list(row) for row in protect(table, k=K, zeros="protect").cells]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_waiting_times_are_those_of_all_visits_and_leave_every_rating_open(year, quarter):
    found = seen(year[0], quarter)
    units = {row["id"]: row["unit"] for row in reversed(data("pegawai", quarter))}
    minutes = defaultdict(list)
    rows = [(units.get(row["id"]), row["menit"]) for row in data("kunjungan", quarter)]
    rows += [(row["unit"], row["menit"]) for row in data("kontrak", quarter)]
    for unit, text in rows:
        if 0 <= int(text) <= MOST:
            minutes[unit].append(int(text))
    assert len(found.waits) == (5 if quarter in HELD else 6)
    for name, (visits, mean) in found.waits.items():
        assert visits == len(minutes[name])
        assert mean == int(Fraction(sum(minutes[name]), visits) + Fraction(1, 2))
        staff = found.people[found.names.index(name)]
        # All staff served ten visits without waiting; contract staff served the rest.
        rest = visits - 10 * staff
        assert rest > 0
        assert Fraction(visits * (mean + 1), rest) <= MOST


def test_ten_visits_without_waiting_allow_every_rating():
    scorer = kinerja.load(HERE / "kebijakan.yaml")
    visits = [{"nomor": f"k{place}", "menit": 0} for place in range(10)]
    found = set()
    for complaints in (0, 3):
        for answer in (1, 2, 3, 4):
            for wrong in range(0, 101, 5):
                for late in (0, 9):
                    record = {
                        "jenis": "kesehatan",
                        "standar_tunggu": 60,
                        "diperiksa": 100,
                        "salah": wrong,
                        "kunjungan": visits,
                        "pengaduan": [
                            {
                                "nomor": f"p{n}",
                                "masuk": "2025-05-01",
                                "dijawab": f"2025-05-{1 + late:02}",
                            }
                            for n in range(complaints)
                        ],
                        "survei": [
                            {"responden": f"r{n}", "nilai_survei": answer} for n in range(5)
                        ],
                    }
                    found.add((complaints, scorer.score(record)["predikat"]))
    labels = ("kurang", "cukup", "baik", "sangat_baik")
    assert found == {(complaints, label) for complaints in (0, 3) for label in labels}


def test_units_whose_data_wait_for_an_answer_are_held_back(year):
    text = public(year[0], "2025-Q3")
    for unit in HELD["2025-Q3"]:
        assert unit not in seen(year[0], "2025-Q3").names
        assert f"{unit} tidak ada di tabel triwulan ini: datanya masih diperiksa." in text
    # The shift back in the fourth quarter was answered for.
    assert "Puskesmas Dahlia" in seen(year[0], "2025-Q4").names
    assert "Kelurahan Ramin tidak menyerahkan data triwulan ini" in public(year[0], "2025-Q2")


# A correction, and data that come late.


def test_a_correction_changes_the_result_and_not_what_was_published(copied):
    before = copied.files()
    own = next(
        own
        for own, (_, values) in everybody("2025-Q4").items()
        if values and values["predikat"] == "baik"
    )

    def correct(rows):
        return [row | {"salah": row["diperiksa"]} if row["id"] == own else row for row in rows]

    copied.edit("pegawai-2025-Q4.csv", correct)
    copied.forget("2025-Q4")
    code, printed = copied.run()
    assert code == 1
    assert "tabel yang sudah terbit tetap berlaku" in printed
    after = copied.files()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"2025-Q4/internal/hasil.csv", "2025-Q4/internal/index.html"}
    [row] = [one for one in copied.table("2025-Q4/internal/hasil.csv") if one["id"] == own]
    assert row["predikat"] != "baik"
    assert "Data triwulan ini sudah berubah sejak diterbitkan" in re.sub(
        r"\s+", " ", after["2025-Q4/internal/index.html"].decode("utf-8")
    )


def test_a_unit_that_hands_in_late_does_not_change_what_was_published(copied):
    public_before = public(copied, "2025-Q2")
    ids = {row["id"] for row in data("pegawai", "2025-Q4") if row["unit"] == "Kelurahan Ramin"}
    for kind, column in (("pegawai", None), ("berkas", "nomor"), ("survei", "responden")):
        rows = [row for row in data(kind, "2025-Q4") if row["id"] in ids]
        late = [row | ({column: f"{row[column]}-x"} if column else {}) for row in rows]
        copied.edit(f"{kind}-2025-Q2.csv", lambda old, late=late: [*old, *late])
    copied.forget("2025-Q2")
    _, printed = copied.run()
    assert "tabel yang sudah terbit tetap berlaku" in printed
    found = {row["id"] for row in copied.table("2025-Q2/internal/hasil.csv")}
    assert ids <= found
    assert public(copied, "2025-Q2") == public_before


# The job.


def test_the_job_says_what_is_to_be_looked_at_and_then_has_nothing_to_do(year):
    job, code, printed = year
    assert code == 1
    assert "Penilaian: 277 pegawai; " in printed
    before = job.files()
    assert job.run() == (0, "semua triwulan sudah dilaporkan\n")
    assert job.files() == before


def test_the_agencys_folder_is_closed_to_others(year):
    for quarter in QUARTERS:
        assert (year[0].out / quarter / "internal").stat().st_mode & 0o777 == 0o700


def test_the_agencys_page_names_who_was_not_judged_and_who_is_trained(year):
    page = (year[0].out / "2025-Q4" / "internal" / "index.html").read_text(encoding="utf-8")
    for title in ("Mutu data sebelum dinilai", "Belum dinilai dan ditolak", "Kebutuhan pelatihan"):
        assert title in page
    rows = year[0].table("2025-Q4/internal/hasil.csv")
    assert all(row["id"] in page for row in rows if row["status"] != "complete")
    trained = [row for row in rows if row["pelatihan"] not in ("", "none")]
    assert len(trained) > 50
    assert all(row["id"] in page for row in trained)


def test_only_one_job_works_in_a_folder(copied):
    copied.forget("2025-Q4")
    with (copied.out / ".kunci").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        code, printed = copied.run()
    assert code == 2
    assert "pekerjaan lain" in printed
    assert not (copied.out / "2025-Q4").exists()


def test_a_job_killed_anywhere_leaves_whole_reports_and_runs_again(year, tmp_path):
    whole = year[0].files()
    job = Job(tmp_path)
    draw = random.Random(6)  # noqa: S311 - moments to kill at
    for _ in range(4):
        process = job.start()
        time.sleep(draw.uniform(0.3, 2.6))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        left = {
            name: held
            for name, held in job.files().items()
            if not any(part.endswith(".tmp") for part in Path(name).parts)
        }
        assert left.items() <= whole.items()
        for report in {Path(name).parts[0] for name in left if name.startswith("2025")}:
            assert {one for one in left if one.startswith(report)} == {
                one for one in whole if one.startswith(report)
            }
        if (job.out / "2025-Q3").exists():
            shutil.rmtree(job.out / "2025-Q3")
    assert job.run()[0] in (0, 1)
    assert job.files() == whole


def test_a_job_killed_after_its_table_was_kept_publishes_that_table(copied):
    before = copied.files()
    copied.forget("2025-Q4")
    (copied.out / ".2025-Q4.0123456789abcdef.tmp" / "publik").mkdir(parents=True)
    copied.run()
    assert copied.files() == before


def test_a_missing_file_is_told_and_no_report_is_made(copied):
    copied.forget("2025-Q4")
    (copied.data / "survei-2025-Q4.csv").unlink()
    code, printed = copied.run()
    assert code == 2
    assert "KNJ501" in printed
    assert "laporan tidak dibuat" in printed
    assert not (copied.out / "2025-Q4").exists()


# The generator, the policy and the page.


def test_the_generator_writes_the_same_bytes_again(tmp_path):
    subprocess.run([sys.executable, HERE / "buat_data.py", tmp_path], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in (HERE / "data").iterdir()}
    assert sum(map(len, made.values())) < 3_000_000


def test_the_data_have_units_too_small_to_be_shown_and_decimal_commas():
    sizes = Counter(row["unit"] for row in data("pegawai", "2025-Q4"))
    assert sum(sizes.values()) > 200
    assert sorted(unit for unit, size in sizes.items() if size < K) == sorted(SMALL)
    assert any("," in row["jam"] for row in data("berkas", "2025-Q4"))


def test_the_policy_is_clean_and_its_examples_reach_every_branch():
    checked = subprocess.run(
        [sys.executable, "-m", "kinerja", "check", HERE / "kebijakan.yaml", "--strict"],
        check=True,
        capture_output=True,
    )
    assert "25 contoh cocok, semua cabang tercapai" in checked.stdout.decode("utf-8")


def test_the_readme_shows_what_is_printed(year):
    readme = (HERE / "README.md").read_text(encoding="utf-8").replace("\\\n", "")
    [typed] = re.findall(
        r"^\$ \.\./\.\./\.venv/bin/kinerja (explain .*)$", readme, flags=re.MULTILINE
    )
    command = typed.split()
    explained = subprocess.run(
        [sys.executable, "-m", "kinerja", *command], cwd=HERE, check=True, capture_output=True
    )
    answers = (HERE / "data" / "tanggapan.csv").read_text(encoding="utf-8")
    printed = "\n".join((year[2], explained.stdout.decode("utf-8"), answers)).splitlines()
    blocks = re.findall(r"```console\n(.*?)```", readme, flags=re.DOTALL)
    assert len(blocks) == 3
    lines = [line for block in blocks for line in block.splitlines()]
    assert [line for line in lines if line[:1] not in "$…" and line not in printed] == []
    assert (HERE / "gambar.png").stat().st_size < 200_000
