"""Make the data of this example: `python examples/bangko/buat_data.py [FOLDER]`.

What comes out is the same each time: everything hangs on one seed. No person in it exists; people are ids
and posts. Files:

- `pegawai.csv`: who works where, in which post, under whom, and who left when;
- `keanggotaan.csv`: who belongs to which team from which day to which day;
- `target-2026-Q1.csv` to `-Q3.csv`: each person's own indicators, with target and what was reached;
- `program.csv`: what each team set out to do in a quarter, and what it did;
- `masyarakat.csv`: what citizens had of it, measured where the team serves;
- `panel-2026-Q1.csv` to `-Q3.csv`: the forms of superiors and peers, one row a rater.

The dirt that such tables have is put in by the functions whose name begins with `spoil`.
"""

from __future__ import annotations

import csv
import random
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

SEED = 20260201
#: Targets below this one are reached in tenths.
WHOLE = 30
#: How often a superior, a peer and an answer are there.
SUPERIOR, PEER, ANSWER = 0.985, 0.86, 0.99
QUARTERS = {
    "2026-Q1": (date(2026, 1, 1), date(2026, 3, 31)),
    "2026-Q2": (date(2026, 4, 1), date(2026, 6, 30)),
    "2026-Q3": (date(2026, 7, 1), date(2026, 9, 30)),
}
YEAR = date(2026, 1, 1)

#: An indicator, its direction, its weight, its target.
Indicator: TypeAlias = tuple[str, str, int, float]
Row: TypeAlias = dict[str, object]

#: Short name of each unit; its teams; what its raters are given to (a mild or a strict unit).
UNITS = {
    "Dinas Pekerjaan Umum": ("PU", 5, 0.0),
    "Dinas Kesehatan": ("KES", 5, 0.0),
    "Dinas Pendidikan": ("DIK", 4, -0.8),
    "Dinas Sosial": ("SOS", 4, 0.5),
    "Kantor Kecamatan": ("KEC", 3, 0.0),
    "Sekretariat": ("SEK", 1, 0.0),
}
#: People of a team besides its head.
MEMBERS = (8, 9, 10, 10, 11)
POSTS: dict[str, tuple[tuple[str, tuple[Indicator, ...]], ...]] = {
    "PU": (
        (
            "pengawas lapangan",
            (
                ("kunjungan pengawasan", "naik", 50, 36),
                ("laporan tepat waktu (%)", "naik", 30, 100),
                ("temuan mutu berulang", "turun", 20, 8),
            ),
        ),
        (
            "perencana teknis",
            (
                ("dokumen perencanaan", "naik", 60, 12),
                ("hari per dokumen", "turun", 40, 14),
            ),
        ),
    ),
    "KES": (
        (
            "perawat",
            (
                ("kunjungan rumah", "naik", 50, 60),
                ("waktu tunggu pasien (menit)", "turun", 30, 45),
                ("aduan atas layanan", "turun", 20, 0),
            ),
        ),
        (
            "bidan",
            (
                ("ibu hamil terpantau (%)", "naik", 60, 95),
                ("rujukan terlambat", "turun", 40, 6),
            ),
        ),
    ),
    "DIK": (
        (
            "pengawas sekolah",
            (
                ("sekolah didampingi", "naik", 60, 18),
                ("laporan tepat waktu (%)", "naik", 40, 100),
            ),
        ),
        (
            "pengelola data",
            (
                ("data sekolah mutakhir (%)", "naik", 70, 98),
                ("kesalahan data", "turun", 30, 20),
            ),
        ),
    ),
    "SOS": (
        (
            "pendamping sosial",
            (
                ("keluarga didampingi", "naik", 60, 40),
                ("hari per permohonan", "turun", 40, 10),
            ),
        ),
        (
            "penyuluh sosial",
            (
                ("penyuluhan", "naik", 50, 12),
                ("peserta penyuluhan", "naik", 50, 300),
            ),
        ),
    ),
    "KEC": (
        (
            "petugas pelayanan",
            (
                ("berkas selesai", "naik", 50, 240),
                ("hari per berkas", "turun", 30, 5),
                ("aduan atas layanan", "turun", 20, 0),
            ),
        ),
    ),
    "SEK": (
        (
            "analis kepegawaian",
            (
                ("usul selesai diproses", "naik", 60, 90),
                ("hari per usul", "turun", 40, 7),
            ),
        ),
        (
            "arsiparis",
            (
                ("arsip tertata (%)", "naik", 70, 100),
                ("arsip tidak ditemukan", "turun", 30, 5),
            ),
        ),
    ),
}
HEAD: tuple[Indicator, ...] = (
    ("rencana kerja terlaksana (%)", "naik", 60, 100),
    ("serapan anggaran (%)", "naik", 40, 95),
)
PROGRAMMES: dict[str, tuple[Indicator, ...]] = {
    "PU": (
        ("jalan lingkungan (km)", "naik", 50, 6),
        ("jembatan desa", "naik", 30, 2),
        ("hari keterlambatan pekerjaan", "turun", 20, 20),
    ),
    "KES": (
        ("posyandu aktif", "naik", 50, 24),
        ("imunisasi lengkap (%)", "naik", 30, 95),
        ("stok obat kosong (hari)", "turun", 20, 10),
    ),
    "DIK": (
        ("ruang kelas diperbaiki", "naik", 60, 10),
        ("anak putus sekolah kembali", "naik", 40, 30),
    ),
    "SOS": (
        ("bantuan tersalur (%)", "naik", 60, 100),
        ("salah sasaran (%)", "turun", 40, 5),
    ),
    "KEC": (
        ("layanan keliling", "naik", 60, 12),
        ("berkas menunggak", "turun", 40, 40),
    ),
}
#: What citizens have of it: measure, weight, target.
IMPACT = (
    ("desa terjangkau layanan", 40, 12),
    ("aduan selesai (%)", 30, 90),
    ("kepuasan masyarakat", 30, 85),
)


def main(folder: Path) -> None:
    """Write every file."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED)
    people = employees(rng)
    stays = memberships(rng, people)
    teams = sorted({str(stay["tim"]) for stay in stays} - {"SEK-1"})
    ability = {str(one["id"]): rng.gauss(0.88, 0.11) for one in people}
    write_csv(folder / "pegawai.csv", people)
    write_csv(folder / "keanggotaan.csv", spoil_memberships(people, stays))
    programmes: list[Row] = []
    impact: list[Row] = []
    strength = {team: rng.gauss(0.87, 0.09) for team in teams}
    for quarter in QUARTERS:
        for team in teams:
            strength[team] += rng.gauss(0.01, 0.04)
        programmes += programme_rows(rng, quarter, strength)
        impact += impact_rows(rng, quarter, strength)
        for person in ability:
            ability[person] += rng.gauss(0.005, 0.03)
        there = present(people, quarter)
        write_targets(folder, quarter, spoil_targets(quarter, targets(rng, there, ability)))
        forms = panel(rng, quarter, people, there, stays, ability)
        write_csv(folder / f"panel-{quarter}.csv", forms)
    write_csv(folder / "program.csv", spoil_programmes(programmes))
    write_csv(folder / "masyarakat.csv", spoil_impact(impact))


# People and teams.


def employees(rng: random.Random) -> list[Row]:
    """Give the people: the head of each unit first, then each team with its head."""
    people: list[Row] = []

    def add(unit: str, post: str, above: str, came: str = "") -> str:
        number = f"BK-{len(people) + 1:04d}"
        people.append(
            {
                "id": number,
                "unit": unit,
                "jabatan": post,
                "atasan": above,
                "masuk": came,
                "keluar": "",
            }
        )
        return number

    for unit, (short, teams, _) in UNITS.items():
        top = add(unit, "kepala unit", "")
        for _place in range(teams):
            head = add(unit, "ketua tim", top)
            for _member in range(rng.choice(MEMBERS)):
                add(unit, rng.choice(POSTS[short])[0], head)
    for place, day in ((33, "2026-02-15"), (120, "2026-08-20"), (190, "2026-05-31")):
        people[place]["keluar"] = day
    for place, day in ((60, "2026-04-20"), (150, "2026-07-13")):
        people[place]["masuk"] = day
    return people


def memberships(rng: random.Random, people: list[Row]) -> list[Row]:
    """Give the days in each team; thirteen people move to another team of their unit."""
    stays: list[Row] = []
    number = dict.fromkeys(UNITS, 0)
    for person in people:
        unit = str(person["unit"])
        if person["jabatan"] == "kepala unit":
            continue
        if person["jabatan"] == "ketua tim":
            number[unit] += 1
        team = f"{UNITS[unit][0]}-{number[unit]}"
        stays.append(
            {
                "id": person["id"],
                "tim": team,
                "mulai": person["masuk"] or YEAR.isoformat(),
                "selesai": person["keluar"],
            }
        )
    movable = [
        place
        for place, stay in enumerate(stays)
        if stay["mulai"] == YEAR.isoformat()
        and not stay["selesai"]
        and not str(stay["tim"]).startswith("SEK")
        and people[int(str(stay["id"])[3:]) - 1]["jabatan"] != "ketua tim"
    ]
    for place in rng.sample(movable, 13):
        stay = stays[place]
        short = str(stay["tim"]).split("-")[0]
        count = next(teams for name, teams, _ in UNITS.values() if name == short)
        others = [f"{short}-{one + 1}" for one in range(count)]
        others.remove(str(stay["tim"]))
        day = date(2026, rng.choice((4, 5, 6, 7, 8)), rng.randrange(2, 28))
        stays.append({**stay, "tim": rng.choice(others), "mulai": day.isoformat()})
        stay["selesai"] = (day - timedelta(days=1)).isoformat()
    return stays


def present(people: list[Row], quarter: str) -> list[Row]:
    """Give those who work in a quarter and are still there on its last day."""
    last = QUARTERS[quarter][1].isoformat()
    return [
        one
        for one in people
        if not (one["keluar"] and str(one["keluar"]) <= last) and str(one["masuk"]) <= last
    ]


# What is measured.


def targets(rng: random.Random, people: list[Row], ability: dict[str, float]) -> list[Row]:
    """Give each person's own indicators."""
    rows: list[Row] = []
    for person in people:
        indicators = HEAD
        for post, known in POSTS[UNITS[str(person["unit"])][0]]:
            if post == person["jabatan"]:
                indicators = known
        for name, direction, weight, target in indicators:
            rows.append(
                {
                    "id": person["id"],
                    "indikator": name,
                    "arah": direction,
                    "bobot": weight,
                    "target": target,
                    "realisasi": reached(rng, direction, target, ability[str(person["id"])]),
                }
            )
    return rows


def reached(rng: random.Random, direction: str, target: float, strength: float) -> object:
    """Give what was reached of a target: a whole number, or one decimal where the target is small."""
    ratio = max(0.0, rng.gauss(strength, 0.08))
    if target == 0:
        return rng.choice((0, 0, 0, 0, 1, 2))
    amount = target * (ratio if direction == "naik" else max(0.0, 2 - ratio))
    return round(amount) if target >= WHOLE else round(amount, 1)


def programme_rows(rng: random.Random, quarter: str, strength: dict[str, float]) -> list[Row]:
    """Give what the teams set out to do and did."""
    return [
        {
            "periode": quarter,
            "tim": team,
            "program": name,
            "arah": direction,
            "bobot": weight,
            "target": target,
            "realisasi": reached(rng, direction, target, value),
            "diterima": (QUARTERS[quarter][1] + timedelta(days=rng.randrange(2, 12))).isoformat(),
        }
        for team, value in strength.items()
        for name, direction, weight, target in PROGRAMMES[team.split("-")[0]]
    ]


def impact_rows(rng: random.Random, quarter: str, strength: dict[str, float]) -> list[Row]:
    """Give what citizens had of it, where the team serves."""
    return [
        {
            "periode": quarter,
            "tim": team,
            "ukuran": measure,
            "bobot": weight,
            "target": target,
            "realisasi": round(min(target * 1.08, target * rng.gauss(value - 0.02, 0.06))),
        }
        for team, value in strength.items()
        for measure, weight, target in IMPACT
    ]


# What is judged.


def panel(  # noqa: PLR0913, PLR0917 - everything that people know of each other
    rng: random.Random,
    quarter: str,
    people: list[Row],
    there: list[Row],
    stays: list[Row],
    ability: dict[str, float],
) -> list[Row]:
    """Give the forms of superiors and of four or five peers of the team."""
    last = QUARTERS[quarter][1].isoformat()
    teams = {
        str(stay["id"]): stay["tim"]
        for stay in stays
        if str(stay["mulai"]) <= last and not (stay["selesai"] and str(stay["selesai"]) < last)
    }
    ids = {str(one["id"]) for one in there}
    rows: list[Row] = []
    for person in people:
        number = str(person["id"])
        # Somebody who left in August was still judged in the third quarter.
        if number not in ids and not (quarter == "2026-Q3" and person["keluar"] == "2026-08-20"):
            continue
        lean = UNITS[str(person["unit"])][2]
        raters = []
        if person["atasan"] and rng.random() < SUPERIOR:
            raters.append((str(person["atasan"]), "atasan"))
        mates = [one for one, team in teams.items() if team == teams.get(number) and one in ids]
        mates = [one for one in mates if one not in (number, person["atasan"])]
        if person["jabatan"] == "kepala unit":
            raters = [("BK-9000", "atasan")]
            mates = [
                str(one["id"])
                for one in there
                if one["jabatan"] == "kepala unit" and one["id"] != number
            ]
        asked = rng.sample(sorted(mates), min(len(mates), rng.choice((4, 4, 5))))
        raters += [(one, "rekan") for one in asked if rng.random() < PEER]
        for rater, group in raters:
            rows.append({"id": number, "penilai": rater, "kelompok": group})
            for aspect in ("inisiatif", "kontribusi"):
                mean = 4.5 + lean + 4 * (ability[number] - 0.88) + rng.gauss(0, 0.5)
                answer: object = min(5, max(1, round(mean)))
                rows[-1][aspect] = answer if rng.random() < ANSWER else ""
    return rows


# Dirt.


def spoil_memberships(people: list[Row], stays: list[Row]) -> list[Row]:
    """Leave the membership of one who left open, and keep one of a person whom nobody knows."""
    left = next(str(one["id"]) for one in people if one["keluar"] == "2026-02-15")
    spoilt = [{**stay, "selesai": ""} if stay["id"] == left else stay for stay in stays]
    unknown = {"id": "BK-0999", "tim": "SOS-2", "mulai": YEAR.isoformat(), "selesai": ""}
    return [*spoilt, unknown]


def spoil_targets(quarter: str, rows: list[Row]) -> list[Row]:
    """Let weights not sum to 100, and leave something out."""
    if quarter == "2026-Q1":
        first = next(row for row in rows if row["id"] == "BK-0012")
        first["bobot"] = int(str(first["bobot"])) - 10
    if quarter == "2026-Q3":
        for row in rows:
            if row["id"] in ("BK-0075", "BK-0140") and row["arah"] == "naik":
                row["realisasi"] = ""
    return rows


def spoil_programmes(rows: list[Row]) -> list[Row]:
    """Give a result twice, put a programme off, and leave a quarter of a team without data."""
    spoilt: list[Row] = []
    for row in rows:
        key = (row["periode"], row["tim"])
        if key == ("2026-Q3", "KES-3"):
            spoilt.append({**row, "realisasi": "", "diterima": ""})
            continue
        if key == ("2026-Q2", "PU-4") and row["program"] == "jembatan desa":
            spoilt.append({**row, "target": 0, "realisasi": 0})
            continue
        spoilt.append(row)
        if key == ("2026-Q2", "PU-2") and row["program"] == "jalan lingkungan (km)":
            spoilt.append({**row, "realisasi": 4.1, "diterima": "2026-07-21"})
    return spoilt


def spoil_impact(rows: list[Row]) -> list[Row]:
    """Leave a quarter of a team without data."""
    return [row for row in rows if (row["periode"], row["tim"]) != ("2026-Q3", "KES-3")]


# Files.


def write_targets(folder: Path, quarter: str, rows: list[Row]) -> None:
    """Write own targets as each quarter was exported: once by a spreadsheet, once by a newer form."""
    path = folder / f"target-{quarter}.csv"
    if quarter == "2026-Q2":
        commas = [{key: str(value).replace(".", ",") for key, value in row.items()} for row in rows]
        write_csv(path, commas, delimiter=";")
    elif quarter == "2026-Q3":
        renamed = {"realisasi": "realisasi_akhir"}
        write_csv(path, [{renamed.get(k, k): v for k, v in row.items()} for row in rows])
    else:
        write_csv(path, rows)


def write_csv(path: Path, rows: list[Row], *, delimiter: str = ",") -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]), delimiter=delimiter, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data")
