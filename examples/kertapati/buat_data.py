"""Makes the believable exports in `data/`: `python examples/kertapati/buat_data.py`.

Nobody in them exists: officers have an id and a post, units are invented. Three files for each quarter of
2025, as the registry's application would export them for a spreadsheet, with a byte order mark, semicolons,
decimal commas and dates as day/month/year:

    pegawai-2025-Q1.csv   id, unit, jabatan
    berkas-2025-Q1.csv    id, nomor, layanan, masuk, selesai, lama_jam, standar_jam
    survei-2025-Q1.csv    id, responden, and the nine elements of the survey

Each quarter has faults of its own, made by the functions whose names begin with `spoil`; README.md shows
what the library says about each.

Only `random()` and basic arithmetic are used, so the same bytes come out on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

OUT: Final = Path(__file__).resolve().parent / "data"
SEED: Final = 2025

#: First day of each quarter, and its number of days.
QUARTERS: Final = {
    "2025-Q1": (date(2025, 1, 1), 90),
    "2025-Q2": (date(2025, 4, 1), 91),
    "2025-Q3": (date(2025, 7, 1), 92),
    "2025-Q4": (date(2025, 10, 1), 92),
}
#: Code and name of each unit, and what its network and queue add to the time of a file, in standards.
UNITS: Final = {
    "01": ("Bidang Pendaftaran Penduduk", -0.06),
    "02": ("UPT Dukcapil Hulu", 0.0),
    "03": ("UPT Dukcapil Hilir", 0.03),
    "04": ("UPT Dukcapil Muara", 0.02),
    "05": ("UPT Dukcapil Seberang", -0.03),
    "06": ("UPT Dukcapil Tengah", -0.04),
    "07": ("UPT Dukcapil Lembah", 0.04),
    "08": ("UPT Dukcapil Rawa", 0.16),
    "09": ("UPT Dukcapil Bukit", 0.0),
    "10": ("UPT Dukcapil Tanjung", 0.05),
    "11": ("UPT Dukcapil Pulau", 0.09),
    "12": ("UPT Dukcapil Pasar", -0.02),
}
#: Posts of the officers of a unit, repeated until everybody has one.
POSTS: Final = (
    "Operator Perekaman",
    "Petugas Loket",
    "Verifikator Berkas",
    "Petugas Loket",
    "Operator Pencetakan",
    "Operator Perekaman",
)
OFFICERS_PER_UNIT: Final = 18
#: Code and name of each service, its standard in working hours, and its share of the files.
SERVICES: Final = (
    ("BRU", "baru", 8, 0.38),
    ("RSK", "rusak", 4, 0.20),
    ("HLG", "hilang", 8, 0.18),
    ("UBH", "ubah_data", 16, 0.16),
    ("LDM", "luar_domisili", 24, 0.08),
)
#: The elements of the survey, and how much better or worse than the officer each is judged.
ELEMENTS: Final = {
    "persyaratan": 0.05,
    "prosedur": -0.02,
    "waktu": -0.15,
    "biaya": 0.40,
    "produk": 0.08,
    "kompetensi": 0.02,
    "perilaku": 0.06,
    "sarana": -0.22,
    "pengaduan": -0.05,
}
HOURS_PER_DAY: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """One officer: where, as what, since and until which quarter, how quick, how well liked."""

    id: str
    unit: str
    post: str
    first: str
    last: str
    pace: float
    manner: float


def bell(rng: Random) -> float:
    """Draw from about the normal distribution, by additions alone."""
    return sum(rng.random() for _ in range(12)) - 6


def officers(rng: Random) -> list[Officer]:
    """Draw the staff. Of each unit one leaves after the second quarter, and one begins in the third."""
    found = []
    for unit in UNITS:
        for place in range(OFFICERS_PER_UNIT):
            first = "2025-Q3" if place == OFFICERS_PER_UNIT - 1 else "2025-Q1"
            last = "2025-Q2" if place == OFFICERS_PER_UNIT - 2 else "2025-Q4"
            officer = Officer(
                id=f"dk-{unit}{place + 1:02}",
                unit=unit,
                post=POSTS[place % len(POSTS)],
                first=first,
                last=last,
                pace=0.15 * bell(rng),
                manner=0.3 * bell(rng),
            )
            found.append(officer)
    return found


def service(rng: Random) -> tuple[str, str, int]:
    """Draw a service by its share."""
    drawn = rng.random()
    for code, name, standard, share in SERVICES:
        drawn -= share
        if drawn < 0:
            return code, name, standard
    return SERVICES[0][:3]


def comma(tenths: int) -> str:
    """Write tenths as a spreadsheet of this country does."""
    whole, rest = divmod(tenths, 10)
    return f"{whole},{rest}" if rest else str(whole)


def day(when: date) -> str:
    """Write a date as day/month/year."""
    return f"{when.day:02}/{when.month:02}/{when.year}"


def after(start: date, hours: float) -> date:
    """Give the day on which so many working hours have passed since a morning; Sundays are free."""
    left = int(hours / HOURS_PER_DAY)
    when = start
    while left:
        when += timedelta(days=1)
        left -= when.isoweekday() < 7
    return when


def files_of(officer: Officer, quarter: str, rng: Random) -> list[list[str]]:
    """Draw the files that an officer finished in a quarter."""
    start, days = QUARTERS[quarter]
    many = 24 + round(5 * bell(rng))
    if officer.first == quarter != "2025-Q1":
        many = 4 + int(rng.random() * 5)
    drift = 0.02 * list(QUARTERS).index(quarter)
    rows = []
    for _ in range(max(many, 3)):
        code, name, standard = service(rng)
        spread = bell(rng)
        share = 0.66 + UNITS[officer.unit][1] + officer.pace - drift + 0.2 * spread
        if spread > 0:
            share += 0.16 * spread * spread
        tenths = max(round(standard * share * 10), 3)
        begun = start + timedelta(days=int(rng.random() * days))
        if begun.isoweekday() == 7:
            begun += timedelta(days=1)
        number = f"{officer.unit}-{code}-{int(rng.random() * 900000) + 100000}"
        done = after(begun, tenths / 10)
        rows.append([officer.id, number, name, day(begun), day(done), comma(tenths), str(standard)])
    return rows


def answers_of(officer: Officer, rng: Random) -> list[list[str]]:
    """Draw the answers of the citizens whom an officer served in a quarter."""
    rows = []
    for _ in range(max(9 + round(2 * bell(rng)), 2)):
        mood = 0.3 * bell(rng)
        row = [officer.id, f"r{int(rng.random() * 900000) + 100000}"]
        for bias in ELEMENTS.values():
            felt = 3.42 + officer.manner + mood + bias + 0.35 * bell(rng)
            blank = rng.random() < 0.01
            row.append("" if blank else str(min(max(round(felt), 1), 4)))
        rows.append(row)
    return rows


def spoil_first(files: list[list[str]]) -> None:
    """Give two files of one officer a standard of zero: the service was entered without one."""
    mine = [row for row in files if row[0] == "dk-1004"]
    for row in mine[:2]:
        row[6] = "0"


def spoil_second(staff: list[list[str]], files: list[list[str]]) -> None:
    """List one officer under two units, and credit files to someone who is no longer there."""
    twice = next(row for row in staff if row[0] == "dk-0307")
    staff.append([twice[0], UNITS["04"][0], twice[2]])
    lent = [row for row in files if row[0] == "dk-0905"][:3]
    files += [["dk-0999", f"09-BRU-9{row[1][-5:]}", *row[2:]] for row in lent]


def spoil_third(header: list[str], answers: list[list[str]]) -> None:
    """Rename a column, and lose the survey of one unit."""
    header[header.index("lama_jam")] = "lama_penyelesaian"
    answers[:] = [row for row in answers if not row[0].startswith("dk-11")]


def spoil_fourth(files: list[list[str]]) -> None:
    """Write the dates of one unit as month/day/year, and end one file before it began."""
    for row in files:
        if row[0].startswith("dk-07"):
            for place in (3, 4):
                first, second, year = row[place].split("/")
                row[place] = f"{second}/{first}/{year}"
    turned = next(row for row in files if row[0] == "dk-0203" and row[3] != row[4])
    turned[3], turned[4] = turned[4], turned[3]


def write(name: str, header: list[str], rows: list[list[str]], *, empty_after: int) -> None:
    """Write an export, with the empty rows that spreadsheets leave behind."""
    lines = [";".join(row) for row in [header, *rows]]
    blank = ";" * (len(header) - 1)
    lines.insert(empty_after, blank)
    lines += [blank, blank]
    text = "".join(f"{line}\r\n" for line in lines)
    (OUT / name).write_bytes(b"\xef\xbb\xbf" + text.encode())


def main() -> None:
    """Draw every quarter and write its files."""
    OUT.mkdir(exist_ok=True)
    rng = Random(SEED)
    everybody = officers(rng)
    for quarter in QUARTERS:
        present = [one for one in everybody if one.first <= quarter <= one.last]
        staff = [[one.id, UNITS[one.unit][0], one.post] for one in present]
        files = [row for one in present for row in files_of(one, quarter, rng)]
        answers = [row for one in present for row in answers_of(one, rng)]
        header = ["id", "nomor", "layanan", "masuk", "selesai", "lama_jam", "standar_jam"]
        match quarter:
            case "2025-Q1":
                spoil_first(files)
            case "2025-Q2":
                spoil_second(staff, files)
            case "2025-Q3":
                spoil_third(header, answers)
            case _:
                spoil_fourth(files)
        write(f"pegawai-{quarter}.csv", ["id", "unit", "jabatan"], staff, empty_after=40)
        write(f"berkas-{quarter}.csv", header, files, empty_after=700)
        write(f"survei-{quarter}.csv", ["id", "responden", *ELEMENTS], answers, empty_after=300)


if __name__ == "__main__":
    main()
