"""The workbooks of this example, made from a seed: three quarters, a damaged delivery, the examples.

Nobody who keeps the policy needs this file; it is here so that the data can be made again. The people are
invented: ids and posts, no names. Running it twice gives the same files.

    python buat_data.py [FOLDER]
"""

from __future__ import annotations

import csv
import random
import re
import sys
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple, TypeAlias

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

HERE = Path(__file__).resolve().parent
Cell: TypeAlias = "str | int | float | datetime | None"

ASPECTS = (
    "Berorientasi Pelayanan",
    "Akuntabel",
    "Kompeten",
    "Harmonis",
    "Loyal",
    "Adaptif",
    "Kolaboratif",
    "Komunikasi",
)
SUPERIOR = "atasan langsung"
PEER = "rekan kerja setingkat"
RISING = "semakin tinggi semakin baik"
FALLING = "semakin rendah semakin baik"

PEOPLE = (
    "id",
    "jabatan",
    "unit",
    "periode",
    "keputusan_hasil",
    "alasan_keputusan",
    "jabatan_keputusan",
)
GOALS = ("id", "nama", "jenis", "aspek_hasil", "arah", "satuan", "target", "realisasi", "bobot")
RATINGS = ("id", "penilai", "kelompok", "aspek", "nilai")


class Goal(NamedTuple):
    """An indicator that a post brings along."""

    name: str
    kind: str
    aspect: str
    direction: str
    unit: str
    target: int | float
    most: float  # 100 of a percentage


class Post(NamedTuple):
    """A post of a unit: its share of the unit's people, and what its holders are judged by."""

    name: str
    share: int
    goals: list[Goal]


def units() -> dict[str, tuple[int, list[Post]]]:
    """Give the size and the posts of each unit, from `jabatan.csv`."""
    found: dict[str, tuple[int, list[Post]]] = {}
    with (HERE / "jabatan.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter=";"):
            _, posts = found.setdefault(row["unit"], (int(row["pegawai"]), []))
            if not posts or posts[-1].name != row["jabatan"]:
                posts.append(Post(row["jabatan"], int(row["bagian"]), []))
            target = float(row["target"].replace(",", "."))
            posts[-1].goals.append(
                Goal(
                    *(
                        row[name]
                        for name in ("indikator", "jenis", "aspek_hasil", "arah", "satuan")
                    ),
                    int(target) if target.is_integer() else target,
                    float(row["tertinggi"] or "inf"),
                )
            )
    return found


WEIGHTS = {
    3: ((40, 30, 30), (50, 30, 20), (35, 35, 30), (45, 35, 20)),
    4: ((35, 30, 25, 10), (40, 25, 20, 15)),
}
QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3")
#: What is out of the ordinary in a quarter: places in the list of employees.
JOINED = {"2026-Q1": (), "2026-Q2": (17, 80), "2026-Q3": (131,)}
LEFT = {"2026-Q1": (), "2026-Q2": (60,), "2026-Q3": (60, 190)}
NO_ACTUAL = {
    "2026-Q1": {9: 0, 115: 1},
    "2026-Q2": {44: 0},
    "2026-Q3": {22: 0, 54: 1, 97: 0, 150: 2},
}
WRONG_WEIGHTS = {"2026-Q1": (70, 180), "2026-Q2": (31,), "2026-Q3": (110,)}
NO_GOALS = {"2026-Q1": (), "2026-Q2": (17,), "2026-Q3": (131,)}
FEW_PEERS = {"2026-Q1": (5, 58, 120, 171), "2026-Q2": (5, 58, 120), "2026-Q3": (5, 58, 120, 199)}
NO_PEERS = {"2026-Q1": (140,), "2026-Q2": (140, 33), "2026-Q3": (140,)}
NO_SUPERIOR = {"2026-Q1": (86,), "2026-Q2": (), "2026-Q3": (86, 203)}
BLANK_ANSWER = {"2026-Q1": (12, 66), "2026-Q2": (102,), "2026-Q3": (38, 161)}
DECIDED = {"2026-Q1": (28,), "2026-Q2": (155,), "2026-Q3": (28, 155)}
NO_REASON = {"2026-Q1": (), "2026-Q2": (), "2026-Q3": (88,)}
#: An employee who moves to another unit: from which quarter, and the place of a colleague there.
MOVES = {73: ("2026-Q3", 140)}


@dataclass
class Employee:
    """An invented employee: what stays the same from quarter to quarter."""

    place: int
    unit: str
    post: Post
    weights: tuple[int, ...]
    team: str
    skill: float
    manner: float

    @property
    def id(self) -> str:
        """The id, by the place in the list."""
        return f"P{self.place + 1:04d}"


class Book(NamedTuple):
    """The rows of one workbook."""

    people: list[list[Cell]]
    goals: list[list[Cell]]
    ratings: list[list[Cell]]


def employees() -> list[Employee]:
    """Give the employees of all units."""
    chance = random.Random("bukittinggi")
    found: list[Employee] = []
    for unit, (size, posts) in units().items():
        chosen = [post for post in posts for _ in range(post.share)]
        for number in range(size):
            post = chosen[number % len(chosen)]
            found.append(
                Employee(
                    place=len(found),
                    unit=unit,
                    post=post,
                    weights=chance.choice(WEIGHTS[len(post.goals)]),
                    team=f"{unit} {number // 8}",
                    skill=chance.gauss(1.0, 0.075),
                    manner=min(max(chance.gauss(3.8, 0.45), 2.3), 4.8),
                )
            )
    return found


def quarter(period: str) -> Book:
    """Give the rows of one quarter."""
    chance = random.Random(f"bukittinggi {period}")
    everybody = employees()
    for place, (since, there) in MOVES.items():
        if period >= since:
            everybody[place] = replace(
                everybody[there],
                place=place,
                skill=everybody[place].skill,
                manner=everybody[place].manner,
            )
    away = {
        *LEFT[period],
        *(place for later in QUARTERS if later > period for place in JOINED[later]),
    }
    serving = [person for person in everybody if person.place not in away]
    book = Book([], [], [])
    for person in serving:
        book.people.append(
            [person.id, person.post.name, person.unit, period, *_decision(person, period)]
        )
        book.goals.extend(_goals(person, period, chance))
        book.ratings.extend(_ratings(person, serving, period, chance))
    return book


def _decision(person: Employee, period: str) -> list[Cell]:
    if person.place in DECIDED[period]:
        reason = "target diubah di tengah triwulan atas perintah tertulis"
        return ["sesuai ekspektasi", reason, f"kepala bidang di {person.unit}"]
    if person.place in NO_REASON[period]:
        return ["di atas ekspektasi", None, f"kepala bidang di {person.unit}"]
    return [None, None, None]


def _goals(person: Employee, period: str, chance: random.Random) -> Iterable[list[Cell]]:
    drift = chance.gauss(0, 0.03)
    for number, (goal, weight) in enumerate(zip(person.post.goals, person.weights, strict=True)):
        ratio = person.skill + drift + chance.gauss(0.01, 0.06)
        actual: Cell = _actual(goal, ratio)
        if NO_ACTUAL[period].get(person.place) == number:
            actual = None
        if person.place in WRONG_WEIGHTS[period] and number == 0:
            weight -= 10  # noqa: PLW2901 - one weight of this employee was mistyped
        if person.place not in NO_GOALS[period]:
            yield [
                *(person.id, goal.name, goal.kind, goal.aspect, goal.direction, goal.unit),
                *(goal.target, actual, weight),
            ]


def _actual(goal: Goal, ratio: float) -> float:
    value = goal.target * (ratio if goal.direction == RISING else 2 - ratio)
    digits = 1 if goal.target < 20 or goal.most == 100 else 0
    if goal.unit in ("kali", "kelas", "modul", "kegiatan"):
        digits = 0
    return (
        round(min(max(value, 0.0), goal.most), digits) if digits else round(min(value, goal.most))
    )


def _ratings(
    person: Employee, serving: Sequence[Employee], period: str, chance: random.Random
) -> Iterable[list[Cell]]:
    mood = chance.gauss(0, 0.15)
    lean = {aspect: chance.gauss(0, 0.35) for aspect in ASPECTS}
    team = [other for other in serving if other.team == person.team and other.place != person.place]
    peers = chance.sample(team, min(len(team), chance.choice((3, 4, 4, 5))))
    if person.place in FEW_PEERS[period]:
        peers = peers[:2]
    if person.place in NO_PEERS[period]:
        peers = []
    raters = [(other.id, PEER) for other in peers]
    if person.place not in NO_SUPERIOR[period]:
        raters.insert(0, (f"A{sorted(units()).index(person.unit) + 1}{person.team[-1]}", SUPERIOR))
    for rater, group in raters:
        leniency = chance.gauss(0.15 if group == PEER else 0, 0.3)
        for aspect in ASPECTS:
            felt = person.manner + mood + lean[aspect] + leniency + chance.gauss(0, 0.35)
            score: Cell = min(max(round(felt), 1), 5)
            last = rater == raters[-1][0] and aspect == ASPECTS[-1]
            if person.place in BLANK_ANSWER[period] and last:
                score = None
            yield [person.id, rater, group, aspect, score]


# A delivery as it arrives


DELIVERING = "Dinas Penanaman Modal dan PTSP"
GONE = "P0061"


def delivery() -> Book:
    """Give what the licensing office should have sent for the last quarter: its rows alone."""
    book = quarter(QUARTERS[-1])
    ids = {row[0] for row in book.people if row[2] == DELIVERING}
    return Book(*([row for row in rows if row[0] in ids] for rows in book))


def damaged() -> Book:
    """Give the same rows with the damage that cells take on their way."""
    people, goals, ratings = (list(map(list, rows)) for rows in delivery())
    target, actual = GOALS.index("target"), GOALS.index("realisasi")

    def goal(person: str, number: int) -> list[Cell]:
        return [row for row in goals if row[0] == person][number]

    people.append(list(people[4]))  # an employee twice
    row = goal("P0049", 0)  # a decimal comma as text: read as it is meant
    row[actual] = str(row[actual]).replace(".", ",")
    goal("P0052", 0)[target] = 0
    goal("P0055", 1)[actual] = "n/a"
    row = goal("P0057", 0)  # 4.8, typed with a point, became 4 August
    day, month = str(row[actual]).split(".")
    row[actual] = datetime(2026, int(month), int(day))  # noqa: DTZ001 - a workbook knows no zone
    row = goal("P0058", 2)
    row[actual] = float(Fraction(str(row[actual])) / 100)  # shown with a percent sign
    row = goal("P0062", 1)  # one thousand and more, or a figure with three decimals
    row[actual] = f"{row[actual]:,}".replace(",", ".")
    goal("P0064", 2)[actual] = "#DIV/0!"
    ratings.extend([GONE, "P0062", PEER, aspect, 4] for aspect in ASPECTS)
    for row in ratings:
        if row[0] == "P0066" and row[2] == SUPERIOR and row[3] == "Loyal":
            row[4] = 6
        if row[0] == "P0067" and row[2] == SUPERIOR and row[3] == "Komunikasi":
            row[3] = "Komunikatif"
    return Book(people, goals, ratings)


# Workbooks


def write(path: Path, sheets: dict[str, tuple[Sequence[str], list[list[Cell]]]]) -> None:
    """Write a workbook whose first rows are headers."""
    book = Workbook()
    book.remove(book.active)
    for name, (header, rows) in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append(list(header))
        for row in rows:
            sheet.append(row)
        dress(sheet, header)
    save(book, path)


def dress(sheet, header: Sequence[str]) -> None:  # noqa: ANN001 - openpyxl has no types here
    """Make a sheet pleasant to read: a bold header that stays, wide columns."""
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    for number, name in enumerate(header, 1):
        longest = max(
            (len(str(row[0])) for row in sheet.iter_rows(2, 60, number, number, values_only=True)),
            default=0,
        )
        sheet.column_dimensions[get_column_letter(number)].width = min(
            max(longest, len(name)) + 2, 44
        )


def save(book: Workbook, path: Path) -> None:
    """Save without a trace of when it was made."""
    when = datetime(2026, 10, 1)  # noqa: DTZ001 - a workbook knows no zone
    book.properties.created = when
    book.save(path)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    stamp = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
    parts["docProps/core.xml"] = stamp.sub(
        rb"\g<1>2026-10-01T00:00:00Z", parts["docProps/core.xml"]
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in parts.items():
            packed.writestr(
                zipfile.ZipInfo(name, (2026, 10, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED, 9
            )


def write_quarter(path: Path, book: Book) -> None:
    """Write the three sheets of a quarter."""
    write(
        path,
        {
            "pegawai": (PEOPLE, book.people),
            "indikator": (GOALS, book.goals),
            "penilaian": (RATINGS, book.ratings),
        },
    )


def write_damaged(path: Path, book: Book, *, title: str | None, actual: str) -> None:
    """Write the delivery as a workbook that people made for people.

    Args:
        path: The file.
        book: Its rows.
        title: What stands above the table of employees, in merged cells.
        actual: What the column of actual values is called.
    """
    workbook = Workbook()
    workbook.remove(workbook.active)
    people = workbook.create_sheet("pegawai")
    if title is not None:
        people.append([title])
        people.merge_cells("A1:G1")
        people.append([])
    people.append(list(PEOPLE))
    for number, row in enumerate(book.people):
        if number and number % 10 == 0:
            people.append([])  # a blank row between two groups
        people.append(row)
    goals = workbook.create_sheet("indikator")
    goals.append([actual if name == "realisasi" else name for name in GOALS])
    for row in book.goals:
        goals.append(row)
        cell = goals.cell(goals.max_row, GOALS.index("realisasi") + 1)
        if isinstance(cell.value, float) and cell.value < 1:
            cell.number_format = "0.0%"
        if cell.value == "#DIV/0!":
            cell.data_type = "e"
        if isinstance(cell.value, datetime):
            cell.number_format = "d-mmm"
    ratings = workbook.create_sheet("penilaian")
    ratings.append(list(RATINGS))
    for row in book.ratings:
        ratings.append(row)
    dress(goals, GOALS)
    dress(ratings, RATINGS)
    save(workbook, path)


def main(folder: Path) -> None:
    """Write every workbook."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, period in enumerate(QUARTERS, 1):
        name = "bukittinggi.xlsx" if period == QUARTERS[-1] else f"triwulan-{number}.xlsx"
        write_quarter(folder / name, quarter(period))
    title = "LAPORAN KINERJA PEGAWAI TRIWULAN III 2026"
    write_damaged(folder / "kiriman-1-mentah.xlsx", damaged(), title=title, actual="capaian")
    write_damaged(folder / "kiriman-2-judul-dihapus.xlsx", damaged(), title=None, actual="capaian")
    write_damaged(
        folder / "kiriman-3-kolom-diganti.xlsx", damaged(), title=None, actual="realisasi"
    )
    write_quarter(folder / "kiriman-4-bersih.xlsx", delivery())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "data")
