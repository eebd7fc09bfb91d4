"""Make the data of this example: `python examples/cakranegara/buat_data.py [FOLDER]`.

What comes out is the same each time: everything hangs on one seed. No person in it exists; people are ids
and posts. Files:

- `pegawai.csv`: who works where, in which post, under whom, and who left when;
- `penugasan.csv`: who is asked as superior or peer of whom;
- `jawaban-2026-Q1.csv` to `-Q3.csv`: the forms of the closed quarters, one row a rater;
- `kiriman-2026-Q4.jsonl`: the forms of the running quarter in the order in which they arrive, as the web
  application sends them, with the dirt that such a stream has.
"""

from __future__ import annotations

import csv
import json
import random
import sys
from pathlib import Path

SEED = 20260101
ASPECTS = ("hasil", "ketepatan", "penguasaan", "sikap")
#: Units, their posts, and whether the post serves citizens.
UNITS = {
    "Dinas Kependudukan": (
        62,
        (("petugas pendaftaran KTP", True), ("petugas loket", True), ("verifikator data", False)),
    ),
    "Dinas Perizinan": (
        44,
        (("petugas loket", True), ("analis perizinan", False), ("pemeriksa lapangan", True)),
    ),
    "Dinas Kesehatan": (
        58,
        (("perawat", True), ("bidan", True), ("petugas rekam medis", False)),
    ),
    "Kecamatan Utara": (36, (("petugas pelayanan", True), ("pengadministrasi umum", False))),
    "Kecamatan Selatan": (32, (("petugas pelayanan", True), ("pengadministrasi umum", False))),
    "Sekretariat": (
        18,
        (("arsiparis", False), ("bendahara", False), ("analis kepegawaian", False)),
    ),
}
QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
#: Nobody of this unit was asked in this quarter.
SILENT = ("Dinas Kesehatan", "2026-Q2")
LAST_DAYS = {"2026-Q1": "2026-03-31", "2026-Q2": "2026-06-30", "2026-Q3": "2026-09-30"}

Row = dict[str, object]


def main(folder: Path) -> None:
    """Write every file."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED)
    people = employees(rng)
    tasks = assignments(rng, people)
    # The twin of an export that was pasted together: one person stands twice.
    write_csv(folder / "pegawai.csv", [*people, dict(people[17])])
    write_csv(folder / "penugasan.csv", tasks)
    ability = {str(one["id"]): rng.gauss(3.9, 0.55) for one in people}
    for quarter in QUARTERS:
        for person, before in ability.items():
            ability[person] = min(4.9, max(1.7, before + rng.gauss(0.02, 0.12)))
        given = forms(rng, quarter, people, tasks, ability)
        if quarter != QUARTERS[-1]:
            write_csv(folder / f"jawaban-{quarter}.csv", given)
        else:
            rng.shuffle(given)
            write_stream(folder / f"kiriman-{quarter}.jsonl", dirty(given, people))


def employees(rng: random.Random) -> list[Row]:
    """Give the people: the head of each unit first, sections of about ten below."""
    people: list[Row] = []
    for unit, (size, posts) in UNITS.items():
        head = f"CK-{len(people) + 1:04d}"
        chief = head
        for place in range(size):
            number = f"CK-{len(people) + 1:04d}"
            if place == 0:
                post, serves, above = "kepala unit", False, ""
            elif place % 11 == 1:
                post, serves, above, chief = "kepala seksi", False, head, number
            else:
                post, serves = posts[rng.randrange(len(posts))]
                above = chief
            people.append(
                {
                    "id": number,
                    "unit": unit,
                    "jabatan": post,
                    "atasan": above,
                    "melayani": "ya" if serves else "tidak",
                    "keluar": "",
                }
            )
    for place in (40, 131, 205):
        people[place]["keluar"] = "2026-08-31"
    return people


def assignments(rng: random.Random, people: list[Row]) -> list[Row]:
    """Ask the superior and four or five peers of the same unit."""
    tasks: list[Row] = []
    for person in people:
        if person["atasan"]:
            tasks.append(
                {"pegawai": person["id"], "penilai": person["atasan"], "kelompok": "atasan"}
            )
        others = [
            one
            for one in people
            if one["unit"] == person["unit"]
            and one["id"] not in (person["id"], person["atasan"])
            and one["atasan"] == person["atasan"]
        ]
        for one in rng.sample(others, min(len(others), rng.choice((4, 4, 5)))):
            tasks.append({"pegawai": person["id"], "penilai": one["id"], "kelompok": "rekan"})
    return tasks


def forms(
    rng: random.Random,
    quarter: str,
    people: list[Row],
    tasks: list[Row],
    ability: dict[str, float],
) -> list[Row]:
    """Give the forms of a quarter; some are never filled in, some answers left out."""
    given: list[Row] = []
    last = LAST_DAYS.get(quarter, "2026-12-31")
    for person in people:
        left = person["keluar"]
        if (left and str(left) < last) or (person["unit"], quarter) == SILENT:
            continue
        asked = [task for task in tasks if task["pegawai"] == person["id"]]
        for task in asked:
            if rng.random() < (0.97 if task["kelompok"] == "atasan" else 0.88):
                given.append(form(rng, task, ability))
        if person["melayani"] == "ya":
            for guest in range(rng.choice((3, 5, 6, 7, 8, 9, 12))):
                rater = f"W-{quarter[-2:]}-{person['id']}-{guest + 1:02d}"
                task = {"pegawai": person["id"], "penilai": rater, "kelompok": "masyarakat"}
                given.append(form(rng, task, ability))
    return given


def form(rng: random.Random, task: Row, ability: dict[str, float]) -> Row:
    """Give one rater's answers, whole numbers from 1 to 5."""
    lean = rng.gauss(0, 0.35)
    person = str(task["pegawai"])
    answers: Row = {}
    for aspect in ASPECTS:
        score = round(ability[person] + bent(person, aspect) + lean + rng.gauss(0, 0.5))
        answers[aspect] = "" if rng.random() < 0.015 else min(5, max(1, score))
    return {**task, **answers}


def bent(person: str, aspect: str) -> float:
    """Give how much better or worse somebody is in an aspect; a few are able people in the wrong post."""
    if int(person[-4:]) % 37 == 5:
        return -1.4 if aspect in ("hasil", "ketepatan") else 0.6
    return 0.0


def dirty(given: list[Row], people: list[Row]) -> list[Row | str]:
    """Put in what a real stream holds besides forms as they should be."""
    stream: list[Row | str] = [
        {"nomor": number, **{key: value for key, value in one.items() if value != ""}}
        for number, one in enumerate(given, 1)
    ]
    first = dict(stream[0])
    answers = dict.fromkeys(ASPECTS, 5)
    gone = people[131]
    extra: list[Row | str] = [
        dict(stream[99]),  # sent twice by a browser that lost its connection
        {
            "nomor": 90001,
            "pegawai": "CK-0005",
            "penilai": "CK-0005",
            "kelompok": "rekan",
            **answers,
        },
        {
            "nomor": 90002,
            "pegawai": gone["id"],
            "penilai": "W-x-1",
            "kelompok": "masyarakat",
            **answers,
        },
        {
            "nomor": 90003,
            "pegawai": "CK-0007",
            "penilai": "CK-0200",
            "kelompok": "rekan",
            **answers,
        },
        {**first, "nomor": 90004, "penilai": "W-x-2", "kelompok": "masyarakat", "sikap": "4,5"},
        {**first, "nomor": 90005, "penilai": "W-x-3", "kelompok": "masyarakat", "hasil": 6},
        {**first, "nomor": 90006, "penilai": "W-x-4", "kelompok": "masyarakat", "sikap": "baik"},
        {
            "nomor": 90007,
            "pegawai": "CK-9999",
            "penilai": "W-x-5",
            "kelompok": "masyarakat",
            **answers,
        },
        {
            "nomor": 90008,
            "pegawai": "CK-0003",
            "penilai": "W-x-6",
            "kelompok": "Masyarakat",
            **answers,
        },
        {
            "nomor": 90009,
            "pegawai": "CK-0003",
            "penilai": "W-x-7",
            "kelompok": "masyarakat",
            "sikap_kerja": 4,
        },
        '{"nomor": 90010, "pegawai": "CK-0003", "penilai": "W-x',  # cut by a crash of the sender
    ]
    step = len(stream) // (len(extra) + 1)
    for place, one in enumerate(extra, 1):
        stream.insert(place * step + place - 1, one)
    return stream


def write_csv(path: Path, rows: list[Row]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_stream(path: Path, rows: list[Row | str]) -> None:
    """Write one JSON object a line; a text stands as it is."""
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data")
