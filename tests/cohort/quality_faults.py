"""One fault of each kind, put into clean data: always in `unit-3`, and what must be found."""

from __future__ import annotations

import random
from dataclasses import replace

from quality_data import PERIODS, changed

FAULTY = "unit-3"
Q2, Q3, Q4 = PERIODS[1:4]


def heaping(data, seed):
    chance = random.Random(seed)  # noqa: S311 - seeded

    def change(record, _):
        if chance.random() < 0.6:
            record["mutu"] = min(95, round(record["mutu"] / 5) * 5)
        return record

    return changed(data, change)


def sameness(data, _):
    return changed(data, lambda record, _: {**record, "mutu": 80}, period=Q4)


def straight_line(data, _):
    return _ratings(data, {"pelayanan": 3, "kerja_sama": 3, "disiplin": 3})


def same_ratings(data, _):
    return _ratings(data, {"pelayanan": 4, "kerja_sama": 2, "disiplin": 5})


def _ratings(data, values):
    def change(record, _):
        rated = [
            {**item, "nilai": values[item["aspek"]]} if item["penilai"] == "p0300" else item
            for item in record["penilaian"]
        ]
        return {**record, "penilaian": rated}

    return changed(data, change, period=Q2)


def copies(data, _):
    """Five people have the record of the first one."""
    first = next(one for one in data if one.unit == FAULTY and one.period == Q2)
    return changed(data, lambda r, place: dict(first.record) if place < 6 else r, period=Q2)


def carried_over(data, _):
    """A third of the unit has the record of the quarter before."""
    before = [one.record for one in data if one.unit == FAULTY and one.period == Q2]
    size = len(before) // 3
    return changed(data, lambda r, i: dict(before[i]) if i < size else r, period=Q3)


def level(data, _):
    return changed(data, lambda r, _: {**r, "mutu": max(0, r["mutu"] - 20)}, period=Q3)


def unit_of_measurement(data, _):
    """Minutes where there were hours."""
    return changed(data, lambda r, _: {**r, "waktu": round(r["waktu"] * 60)}, period=Q3)


def spread(data, _):
    return changed(
        data, lambda r, _: {**r, "kepuasan": round(81 + (r["kepuasan"] - 81) / 20, 2)}, period=Q3
    )


def fewer_records(data, _):
    place = 0
    found = []
    for one in data:
        if one.unit == FAULTY and one.period == Q4:
            place += 1
            if place % 2:
                continue
        found.append(one)
    return found


def missing_rise(data, _):
    return changed(
        data, lambda r, place: {**r, "kepuasan": r["kepuasan"] if place % 3 else None}, period=Q3
    )


def missing(data, _):
    return changed(data, lambda r, place: {**r, "waktu": r["waktu"] if place else " "}, period=Q3)


def no_items(data, _):
    return changed(data, lambda r, i: {**r, "penilaian": r["penilaian"] if i else []}, period=Q3)


def few_raters(data, _):
    def change(record, place):
        peers = [item for item in record["penilaian"] if item["kelompok"] == "rekan"]
        keep = [i for i in record["penilaian"] if i["kelompok"] == "atasan"] + peers[:3]
        return {**record, "penilaian": keep} if place < 2 else record

    return changed(data, change, period=Q3)


def no_quarter(data, _):
    return [one for one in data if (one.unit, one.period) != (FAULTY, Q2)]


def absent_between(data, _):
    return [one for one in data if (one.id, one.period) not in {("03001", Q2), ("03002", Q3)}]


def gone(data, _):
    return [one for one in data if (one.id, one.period) != ("03001", Q4)]


def refused(data, _):
    return changed(data, lambda r, i: {**r, "mutu": 108 if i < 3 else r["mutu"]}, period=Q3)


def zero_target(data, _):
    return changed(data, lambda r, i: {**r, "target": 0 if i < 3 else r["target"]}, period=Q3)


def twice(data, _):
    one = next(one for one in data if one.unit == FAULTY and one.period == Q3)
    return [*data, replace(one, unit="unit-1")]


#: What is put in, and the code, unit and input of the finding that must come of it.
FAULTS = {
    "absent_between": (absent_between, "KNJ805", FAULTY, None),
    "carried_over": (carried_over, "KNJ814", FAULTY, None),
    "copies": (copies, "KNJ813", FAULTY, None),
    "few_raters": (few_raters, "KNJ803", FAULTY, "penilaian"),
    "fewer_records": (fewer_records, "KNJ817", FAULTY, None),
    "gone": (gone, "KNJ806", FAULTY, None),
    "heaping": (heaping, "KNJ809", FAULTY, "mutu"),
    "level": (level, "KNJ815", FAULTY, "mutu"),
    "missing": (missing, "KNJ801", FAULTY, "waktu"),
    "missing_rise": (missing_rise, "KNJ818", FAULTY, "kepuasan"),
    "no_items": (no_items, "KNJ802", FAULTY, "penilaian"),
    "no_quarter": (no_quarter, "KNJ804", FAULTY, None),
    "refused": (refused, "KNJ807", FAULTY, "mutu"),
    "same_ratings": (same_ratings, "KNJ812", None, "penilaian.nilai"),
    "sameness": (sameness, "KNJ810", FAULTY, "mutu"),
    "spread": (spread, "KNJ816", FAULTY, "kepuasan"),
    "straight_line": (straight_line, "KNJ811", None, "penilaian.nilai"),
    "twice": (twice, "KNJ819", None, None),
    "unit_of_measurement": (unit_of_measurement, "KNJ815", FAULTY, "waktu"),
    "zero_target": (zero_target, "KNJ808", FAULTY, "target"),
}
