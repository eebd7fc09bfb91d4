"""The data of the notebooks: made here, from one seed, the same every time.

What lives here: three tables of people who do not exist, known by an id and a unit. What never comes in:
how they are scored. `kabupaten` has the dirt that such tables have.
"""

from __future__ import annotations

import random

import pandas as pd

SEED = 20260301

#: Teams of the service office and how many people they have.
BIDANG = {
    "Sekretariat": 84,
    "Perizinan": 152,
    "Pengaduan": 96,
    "Penanaman Modal": 118,
    "Data dan Sistem": 70,
}
#: Units of the district: people, how their work and their superiors' marks lie off the others'.
UNIT = {
    "Dinas Kesehatan": (640, 0.0, 0.0),
    "Dinas Pendidikan": (720, -1.0, -7.0),
    "Dinas Pekerjaan Umum": (410, -3.0, 1.0),
    "Dinas Perhubungan": (260, 0.0, 0.5),
    "Dinas Sosial": (230, 2.0, 1.0),
    "Dinas Pertanian": (290, 1.0, 0.0),
    "Badan Keuangan": (240, 4.0, -1.0),
    "Badan Kepegawaian": (150, 3.0, 1.5),
    "Satuan Polisi Pamong Praja": (310, -6.0, 5.0),
    "Sekretariat Daerah": (280, 1.0, 2.0),
    "Inspektorat": (130, 5.0, -3.0),
    "Kecamatan": (540, -2.0, 2.0),
}
KELOMPOK = ("atasan", "rekan", "bawahan")
ASPEK = ("pelayanan", "akuntabel", "kompeten", "harmonis", "adaptif")


def dinas() -> pd.DataFrame:
    """Give one year of a service office: five indicators, 0 to 100, one row a person."""
    rng = random.Random(SEED)
    rows = []
    for bidang, banyak in BIDANG.items():
        for _ in range(banyak):
            umum = rng.gauss(0, 1)
            rows.append(
                {
                    "id": f"D-{len(rows) + 1:03}",
                    "bidang": bidang,
                    "hasil": within(76 + 9 * umum + rng.gauss(0, 6), 0, 100),
                    "layanan": within(78 + 6 * umum + rng.gauss(0, 6), 0, 100),
                    "kerja_sama": within(85 + 2 * umum + rng.gauss(0, 4), 0, 100),
                    "disiplin": within(98 - abs(rng.gauss(0, 7)), 0, 100),
                    "inovasi": within(58 + 5 * umum + rng.gauss(0, 14), 0, 100),
                }
            )
    return pd.DataFrame(rows)


def kabupaten() -> pd.DataFrame:
    """Give one year of a district as it was handed in: everything is text."""
    rng = random.Random(SEED + 1)
    rows = []
    for unit, (banyak, kerja, sikap) in UNIT.items():
        for _ in range(banyak):
            umum = rng.gauss(0, 1)
            perilaku = 86 + sikap + 1.5 * umum + rng.gauss(0, 3)
            rows.append(
                {
                    "id": f"K-{len(rows) + 1:04}",
                    "unit": unit,
                    "kuantitas": text(within(78 + kerja + 10 * umum + rng.gauss(0, 8), 0, 120)),
                    "mutu": text(within(76 + kerja + 6 * umum + rng.gauss(0, 9), 0, 120)),
                    "waktu": text(within(80 + kerja + 4 * umum + rng.gauss(0, 14), 0, 120)),
                    "perilaku": f"{within(perilaku, 0, 120):.0f}",
                }
            )
    spoil_marks(rows)
    spoil_units(rows, rng)
    spoil_values(rows, rng)
    rows += [dict(row) for row in rng.sample(rows, 6)]
    return pd.DataFrame(rows)


def spoil_marks(rows: list[dict[str, str]]) -> None:
    """Let one unit write decimal commas."""
    for row in rows:
        if row["unit"] == "Dinas Perhubungan":
            for name in ("kuantitas", "mutu", "waktu"):
                row[name] = row[name].replace(".", ",")


def spoil_units(rows: list[dict[str, str]], rng: random.Random) -> None:
    """Let names of units be written in more than one way."""
    for row in rng.sample([one for one in rows if one["unit"] == "Kecamatan"], 60):
        row["unit"] = "kecamatan "


def spoil_values(rows: list[dict[str, str]], rng: random.Random) -> None:
    """Leave cells empty, and let a decimal point slip."""
    for row in rng.sample(rows, 45):
        row["perilaku"] = ""
    for row in rng.sample(rows, 8):
        row["kuantitas"] = row["kuantitas"].replace(".", "").replace(",", "")


def panel() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give a panel of one year: the people, and one row for each rater and aspect.

    Most staff have no subordinates; in small teams too few peers answer.
    """
    rng = random.Random(SEED + 2)
    orang, jawaban = [], []
    for nomor in range(1, 601):
        jabatan = "pengawas" if nomor % 5 == 0 else "staf"
        bidang = f"Bidang {'ABCDEF'[nomor % 6]}"
        orang.append({"id": f"N-{nomor:03}", "jabatan": jabatan, "bidang": bidang})
        mutu = rng.gauss(3.85, 0.35)
        bawahan = rng.choice((2, 3, 4, 5)) if jabatan == "pengawas" else 0
        kecil = bidang == "Bidang F"
        banyak = {
            "atasan": 1,
            "rekan": rng.choice((1, 2, 2, 3) if kecil else (3, 3, 4, 5)),
            "bawahan": bawahan,
        }
        for kelompok in KELOMPOK:
            for ke in range(banyak[kelompok]):
                lunak = {"atasan": -0.15, "rekan": 0.25, "bawahan": 0.35}[kelompok]
                gaya = rng.gauss(lunak, 0.3)
                jawaban += [
                    {
                        "id": f"N-{nomor:03}",
                        "penilai": f"{kelompok}-{ke + 1}",
                        "kelompok": kelompok,
                        "aspek": aspek,
                        "angka": min(5, max(1, round(mutu + gaya + rng.gauss(0, 0.5)))),
                    }
                    for aspek in ASPEK
                ]
    return pd.DataFrame(orang), pd.DataFrame(jawaban)


def within(value: float, low: float, high: float) -> float:
    """Keep a value in its scale, with one decimal."""
    return round(min(high, max(low, value)), 1)


def text(value: float) -> str:
    """Write a value as a table of text has it."""
    return f"{value:.1f}"
