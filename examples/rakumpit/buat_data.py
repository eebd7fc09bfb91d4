"""Make the data of this example: `python examples/rakumpit/buat_data.py [FOLDER]`.

What comes out is the same each time: everything hangs on one seed. No person in it exists; people are ids
and posts, units are named after plants. Files of each quarter, with semicolons and decimal commas as the
application exports them:

- `pegawai`: who works where, in which post, and the sample audit of the records they made;
- `berkas`: files finished by administrative staff, with the hours they took;
- `kunjungan`: visits served by health staff, with the minutes of waiting;
- `pengaduan`: complaints, with the days of receipt and answer;
- `survei`: answers of citizens;
- `kontrak`: visits served by contract staff, who are not judged.

`tanggapan.csv` holds what somebody has answered for findings of the quality checks.

`spoil` puts in the faults, one function each.
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

SEED = 20250101
QUARTERS = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")
#: Health staff and administrative staff of each unit.
UNITS = {
    "Puskesmas Anggrek": (22, 9),
    "Puskesmas Bakung": (20, 8),
    "Puskesmas Cempaka": (24, 9),
    "Puskesmas Dahlia": (19, 8),
    "Puskesmas Kenanga": (21, 7),
    "Puskesmas Melati": (18, 8),
    "Pustu Seroja": (2, 1),
    "Kelurahan Bangkirai": (0, 14),
    "Kelurahan Gaharu": (0, 13),
    "Kelurahan Jelutung": (0, 15),
    "Kelurahan Meranti": (0, 12),
    "Kelurahan Ramin": (0, 12),
    "Kelurahan Sungkai": (0, 13),
    "Kelurahan Ulin": (0, 16),
    "Kelurahan Nyatoh": (0, 4),
    "Kelurahan Tengkawang": (0, 3),
}
HEALTH_POSTS = ("perawat", "bidan", "dokter umum", "perawat gigi", "apoteker")
OFFICE_POSTS = ("petugas loket", "pengelola data", "pengadministrasi umum")
#: Standard of waiting time in minutes, by post.
WAITING = {
    "perawat": 60,
    "bidan": 60,
    "dokter umum": 60,
    "perawat gigi": 90,
    "apoteker": 30,
}
#: Standard of each service in working hours.
SERVICES = {
    "surat_pengantar": 2,
    "legalisasi": 4,
    "surat_usaha": 8,
    "rujukan": 3,
}
#: Months in which a quarter's complaints come in.
MONTHS = {"2025-Q1": 2, "2025-Q2": 5, "2025-Q3": 8, "2025-Q4": 11}
#: Who left after the first quarter.
LEFT = "RK-0012"

#: A finding that was answered for: the old form is used again.
ANSWERS: list[dict[str, object]] = [
    {
        "triwulan": "2025-Q4",
        "kode": "KNJ815",
        "unit": "Puskesmas Dahlia",
        "jawaban": "formulir survei yang lama dipakai lagi",
        "jabatan": "kepala puskesmas",
    }
]

Row = dict[str, object]
Tables = dict[str, list[Row]]


def main(folder: Path) -> None:
    """Write every file."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED)
    people = employees(rng)
    quarters = {quarter: make_quarter(rng, quarter, people) for quarter in QUARTERS}
    spoil(quarters)
    for quarter, tables in quarters.items():
        for name, rows in tables.items():
            write_csv(folder / f"{name}-{quarter}.csv", rows)
    write_csv(folder / "tanggapan.csv", ANSWERS)


# Good data.


def employees(rng: random.Random) -> list[Row]:
    """Give the people, each with an ability that nobody sees."""
    people: list[Row] = []
    for unit, (health, office) in UNITS.items():
        lean = rng.gauss(0, 0.35)
        for place in range(health + office):
            posts = HEALTH_POSTS if place < health else OFFICE_POSTS
            people.append(
                {
                    "id": f"RK-{len(people) + 1:04}",
                    "unit": unit,
                    "jabatan": posts[rng.randrange(len(posts))],
                    "jenis": "kesehatan" if place < health else "administrasi",
                    "ability": rng.gauss(lean, 1.25),
                }
            )
    return people


def make_quarter(rng: random.Random, quarter: str, people: list[Row]) -> Tables:
    """Give the tables of a quarter."""
    tables: Tables = {
        name: [] for name in ("pegawai", "berkas", "kunjungan", "pengaduan", "survei", "kontrak")
    }
    for person in people:
        if person["id"] == LEFT and quarter != QUARTERS[0]:
            continue
        now = float(str(person["ability"])) + rng.gauss(0, 0.3)
        own = str(person["id"])
        checked = rng.choice((30, 40, 50))
        wrong = sum(rng.random() < min(0.3, max(0.005, 0.075 - 0.03 * now)) for _ in range(checked))
        is_health = person["jenis"] == "kesehatan"
        tables["pegawai"].append(
            {
                "id": own,
                "unit": person["unit"],
                "jabatan": person["jabatan"],
                "jenis": person["jenis"],
                "standar_tunggu": WAITING[str(person["jabatan"])] if is_health else "",
                "diperiksa": checked,
                "salah": wrong,
            }
        )
        if is_health:
            tables["kunjungan"] += visits(rng, own, str(person["jabatan"]), now)
            tables["pengaduan"] += complaints(rng, own, quarter, now)
        else:
            tables["berkas"] += files(rng, own, now)
        is_small = sum(UNITS[str(person["unit"])]) < 5
        tables["survei"] += answers(rng, own, now, most=8 if is_small else 14)
    for unit, (health, _) in UNITS.items():
        for _ in range(health * 6):
            minutes = waiting(rng, 60, 0)
            tables["kontrak"].append({"unit": unit, "nomor": "", "menit": minutes})
    number_rows(tables, quarter)
    return tables


def visits(rng: random.Random, own: str, post: str, ability: float) -> list[Row]:
    """Give the visits that one person served."""
    count = rng.randrange(13, 27)
    return [
        {"id": own, "nomor": "", "menit": waiting(rng, WAITING[post], ability)}
        for _ in range(count)
    ]


def waiting(rng: random.Random, standard: int, ability: float) -> int:
    """Give minutes of waiting: many short ones, a few long ones."""
    return round(standard * (1.12 - 0.17 * ability) * rng.lognormvariate(0, 0.45)) or 1


def complaints(rng: random.Random, own: str, quarter: str, ability: float) -> list[Row]:
    """Give the complaints that one person answered."""
    found: list[Row] = []
    for _ in range(rng.choice((0, 0, 1, 1, 2, 2, 3, 4, 5))):
        day = rng.randrange(1, 16)
        late = rng.random() < min(0.8, max(0.02, 0.22 - 0.1 * ability))
        wait = rng.randrange(4, 12) if late else rng.randrange(4)
        month = f"2025-{MONTHS[quarter]:02}"
        found.append(
            {
                "id": own,
                "nomor": "",
                "masuk": f"{month}-{day:02}",
                "dijawab": f"{month}-{day + wait:02}",
            }
        )
    return found


def files(rng: random.Random, own: str, ability: float) -> list[Row]:
    """Give the files that one person finished."""
    found: list[Row] = []
    for _ in range(9 if rng.random() < 0.02 else rng.randrange(10, 24)):
        service = rng.choice(sorted(SERVICES))
        standard = SERVICES[service]
        late = rng.random() < min(0.8, max(0.02, 0.2 - 0.12 * ability))
        share = rng.uniform(1.1, 2.4) if late else rng.uniform(0.25, 0.99)
        found.append(
            {
                "id": own,
                "nomor": "",
                "layanan": service,
                "jam": hours(standard * share),
                "standar_jam": standard,
            }
        )
    return found


def answers(rng: random.Random, own: str, ability: float, *, most: int) -> list[Row]:
    """Give what citizens answered, whole numbers from 1 to 4."""
    return [
        {
            "id": own,
            "responden": "",
            "nilai_survei": min(4, max(1, round(3.35 + 0.2 * ability + rng.gauss(0, 0.6)))),
        }
        for _ in range(4 if rng.random() < 0.03 else rng.randrange(5, most))
    ]


def hours(value: float) -> str:
    """Write hours with a decimal comma."""
    return f"{value:.1f}".replace(".", ",")


def number_rows(tables: Tables, quarter: str) -> None:
    """Number files, visits, complaints and respondents."""
    for name, column, sign in (
        ("berkas", "nomor", "B"),
        ("kunjungan", "nomor", "K"),
        ("pengaduan", "nomor", "P"),
        ("survei", "responden", "W"),
        ("kontrak", "nomor", "T"),
    ):
        for place, row in enumerate(tables[name], 1):
            row[column] = f"{sign}{quarter[2:4]}{quarter[-1]}-{place:05}"


# Faults.


def spoil(quarters: dict[str, Tables]) -> None:
    """Put every fault into its quarter."""
    first, second, third, fourth = (quarters[quarter] for quarter in QUARTERS)
    for tables in quarters.values():
        round_to_five(tables, "Puskesmas Bakung")
        stop_at_standard(tables, "Kelurahan Bangkirai")
    credit_to_leaver(first, second)
    negative_minutes(second)
    answered_before(second)
    lose_unit(second, "Kelurahan Ramin")
    copy_unit(second, third, "Kelurahan Gaharu", ("berkas", "survei", "pegawai"))
    copy_unit(second, third, "Kelurahan Meranti", ("berkas",))
    turn_survey(third, "Puskesmas Dahlia")
    rename_column(third)
    standard_of_zero(fourth)
    twice_employed(fourth)


def ids_of(tables: Tables, unit: str) -> list[str]:
    """Give the people of a unit."""
    return [str(row["id"]) for row in tables["pegawai"] if row["unit"] == unit]


def rows_of(tables: Tables, name: str, ids: list[str]) -> list[Row]:
    """Give the rows of some people."""
    return [row for row in tables[name] if row["id"] in ids]


def round_to_five(tables: Tables, unit: str) -> None:
    """Write down waiting times that were guessed, not measured: all end in 0 or 5."""
    for row in rows_of(tables, "kunjungan", ids_of(tables, unit)):
        row["menit"] = max(5, 5 * round(int(str(row["menit"])) / 5))


def stop_at_standard(tables: Tables, unit: str) -> None:
    """Stop the clock at the standard: a file that is late is written down as just in time."""
    for row in rows_of(tables, "berkas", ids_of(tables, unit)):
        if float(str(row["jam"]).replace(",", ".")) > int(str(row["standar_jam"])):
            row["jam"] = hours(int(str(row["standar_jam"])))


def credit_to_leaver(before: Tables, tables: Tables) -> None:
    """Write visits down for somebody who left the quarter before."""
    kept = [dict(row) for row in rows_of(before, "kunjungan", [LEFT])][:6]
    for place, row in enumerate(kept, 1):
        tables["kunjungan"].append({**row, "nomor": f"K252-9{place:04}"})


def negative_minutes(tables: Tables) -> None:
    """Let the clock of one counter run backwards on two visits."""
    own = ids_of(tables, "Puskesmas Anggrek")[3]
    for row in rows_of(tables, "kunjungan", [own])[:2]:
        row["menit"] = -int(str(row["menit"]))


def answered_before(tables: Tables) -> None:
    """Answer a complaint a day before it came in."""
    ids = ids_of(tables, "Puskesmas Cempaka")
    for own in ids:
        rows = rows_of(tables, "pengaduan", [own])
        if len(rows) > 2 and str(rows[0]["masuk"])[-2:] > "05":
            day = int(str(rows[0]["masuk"])[-2:]) - 1
            rows[0]["dijawab"] = f"{str(rows[0]['masuk'])[:-2]}{day:02}"
            return


def lose_unit(tables: Tables, unit: str) -> None:
    """Hand in nothing for a unit."""
    ids = ids_of(tables, unit)
    for name, rows in tables.items():
        if name != "kontrak":
            tables[name] = [row for row in rows if row["id"] not in ids]


def copy_unit(before: Tables, tables: Tables, unit: str, names: tuple[str, ...]) -> None:
    """Hand in last quarter's rows again, with new numbers."""
    ids = ids_of(tables, unit)
    for name in names:
        old = [dict(row) for row in rows_of(before, name, ids)]
        if name == "pegawai":
            known = {row["id"]: row for row in old}
            tables[name] = [dict(known.get(row["id"], row)) for row in tables[name]]
            continue
        column = "responden" if name == "survei" else "nomor"
        for place, row in enumerate(old, 1):
            row[column] = f"{str(row[column])[0]}253-{unit[10]}{place:04}"
        tables[name] = [row for row in tables[name] if row["id"] not in ids] + old


def turn_survey(tables: Tables, unit: str) -> None:
    """Use a new form on which 1 is best."""
    for row in rows_of(tables, "survei", ids_of(tables, unit)):
        row["nilai_survei"] = 5 - int(str(row["nilai_survei"]))


def rename_column(tables: Tables) -> None:
    """Let the application call a column by another name."""
    tables["pengaduan"] = [
        {("tanggal_jawaban" if key == "dijawab" else key): value for key, value in row.items()}
        for row in tables["pengaduan"]
    ]


def standard_of_zero(tables: Tables) -> None:
    """Leave the standard of waiting time of two people at zero."""
    ids = ids_of(tables, "Puskesmas Kenanga")[5:7]
    for row in rows_of(tables, "pegawai", ids):
        row["standar_tunggu"] = 0


def twice_employed(tables: Tables) -> None:
    """Keep somebody who moved on the list of both units."""
    own = ids_of(tables, "Kelurahan Jelutung")[2]
    row = rows_of(tables, "pegawai", [own])[0]
    tables["pegawai"].append({**row, "unit": "Kelurahan Sungkai"})


def write_csv(path: Path, rows: list[Row]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data")
