"""Seeded data of several units and quarters: clean ones, and the same with one fault put in."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache

from kinerja.cohort import Observation
from kinerja.policy import parse_policy
from kinerja.values import Period

POLICY = """
schema: 1
id: mutu
version: 1.0.0
title: mutu data
in_force: {from: 2025-01-01}
bases: {}
scales:
  kelompok: {ordered: false, labels: {atasan: atasan, rekan: rekan}}
  aspek: {ordered: false, labels: {pelayanan: pelayanan, kerja_sama: kerja sama, disiplin: disiplin}}
  ide: {ordered: true, labels: {tidak: tidak ada, ada: ada}}
inputs:
  berkas: {type: number, title: berkas selesai, digits: 0, limits: {from: 0}}
  target: {type: number, title: target berkas, digits: 0, limits: {from: 0}, fixed: true}
  mutu: {type: number, title: mutu hasil, digits: 0, limits: {from: 0, to: 100}}
  waktu: {type: number, title: waktu layanan, digits: 1, limits: {from: 0}}
  kepuasan: {type: number, title: kepuasan warga, digits: 2, limits: {from: 25, to: 100}}
  hadir: {type: number, title: kehadiran, digits: 0, limits: {from: 0, to: 100}}
  ide: {type: label, title: ide baru, scale: ide}
  penilaian:
    type: list
    title: penilaian
    key: [penilai, aspek]
    hidden: [penilai]
    fields:
      kelompok: {type: label, title: kelompok, scale: kelompok}
      penilai: {type: text, title: penilai}
      aspek: {type: label, title: aspek, scale: aspek}
      nilai: {type: number, title: nilai, digits: 0, limits: {from: 1, to: 5}}
steps:
  capaian:
    rule: achievement
    title: capaian
    actual: berkas
    target: target
    better: higher
    zero_target: missing
    cap: none
    floor: none
    round: {digits: 2, mode: half_up}
  perilaku:
    rule: raters
    title: perilaku
    over: penilaian
    group: kelompok
    rater: penilai
    aspect: aspek
    score: nilai
    groups: {atasan: {minimum: 1}, rekan: {minimum: 2}}
    weights: {atasan: 60 %, rekan: 40 %}
    within: mean
    unanswered: incomplete
    too_few: incomplete
    missing_group: incomplete
    round: {digits: 2, mode: half_up}
  lain:
    rule: formula
    title: ukuran lain
    is: "mutu + waktu + kepuasan + hadir"
  inovasi:
    rule: lookup
    title: inovasi
    keys: [ide]
    gives: number
    rows: {tidak: 0, ada: 1}
publish: [capaian, perilaku, lain, inovasi]
"""

PERIODS = tuple(Period.parse(f"2025-Q{quarter}") for quarter in range(1, 5))


def program():
    """Give the program of the policy above."""
    return parse_policy(POLICY).program


@cache
def clean(
    seed: int, *, units: int = 8, size: int = 25, periods: int = 4
) -> tuple[Observation, ...]:
    """Make data without fault: units differ, people differ, figures of a person resemble each other."""
    chance = random.Random(seed)  # noqa: S311 - seeded
    found = []
    for number in range(units):
        unit = f"unit-{number + 1}"
        level = chance.gauss(0, 3)
        people = {f"{number + 1:02}{place:03}": chance.gauss(0, 1) for place in range(size)}
        raters = [f"p{number + 1:02}{place:02}" for place in range(6)]
        for quarter, period in enumerate(PERIODS[:periods]):
            for row, skill in people.items():
                record = _record(chance, level + quarter, skill, raters)
                found.append(Observation(id=row, unit=unit, period=period, record=record))
    return tuple(found)


def _record(chance, level, skill, raters):
    def score(middle, spread, digits, low, high):
        drawn = middle + level + spread * (0.6 * skill + 0.8 * chance.gauss(0, 1))
        return min(high, max(low, round(drawn, digits) if digits else round(drawn)))

    ratings = []
    for place, rater in enumerate([raters[0], *chance.sample(raters[1:], 3)]):
        halo = 3.6 + 0.5 * skill + chance.gauss(0, 0.5)
        ratings += [
            {
                "kelompok": "atasan" if place == 0 else "rekan",
                "penilai": rater,
                "aspek": aspect,
                "nilai": min(5, max(1, round(halo + chance.gauss(0, 0.4)))),
            }
            for aspect in ("pelayanan", "kerja_sama", "disiplin")
        ]
    return {
        "berkas": score(120, 25, 0, 0, 10_000),
        "target": chance.choice([100, 110, 120, 150]),
        "mutu": score(82, 8, 0, 0, 100),
        "waktu": score(14, 3, 1, 0, 1000),
        "kepuasan": score(81, 6, 2, 25, 100),
        "hadir": score(96, 5, 0, 0, 100),
        "ide": "ada" if chance.random() < 0.1 else "tidak",
        "penilaian": ratings,
    }


def changed(observations, change, *, unit="unit-3", period=None):
    """Change the records of a unit (and period): `change` gets a copy of each and its place."""
    found = []
    place = 0
    for one in observations:
        if one.unit == unit and period in (None, one.period):
            record = change(dict(one.record), place)
            place += 1
            found.append(replace(one, record=record))
        else:
            found.append(one)
    return found
