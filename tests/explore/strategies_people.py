"""Random policies that weigh, and random people for them.

`cases()` draws a policy with one weighted step, one of several ways behind it (plain bands, a further
weighted step with roundings, a matrix with another label, a condition, a fallback), and a table of people
whose values lie on and beside the edges.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from hypothesis import strategies as st

from kinerja.policy import parse_policy
from kinerja.scorer import Scorer

HEAD = """\
schema: 1
id: acak
version: 1.0.0
title: acak
in_force: {from: 2000-01-01}
bases: {}
scales:
  predikat: {ordered: true, labels: {kurang: Kurang, cukup: Cukup, baik: Baik}}
  kuadran: {ordered: true, labels: {rendah: Rendah, tinggi: Tinggi}}
  kelompok: {ordered: false, labels: {atasan: Atasan, rekan: Rekan, bawahan: Bawahan}}
inputs:
"""
BANDS = "[{label: kurang, below: 60}, {label: cukup, from: 60, %s: 80}, {label: baik, %s: 80}]"

#: What stands behind the weighted step `inti`, up to the label.
BEHIND = {
    "bands": """
  predikat: {rule: bands, title: predikat, scale: predikat, of: inti, bands: BANDS}
""",
    "further": """
  total:
    rule: weighted_sum
    title: total
    weights: {inti: 70 %, lain: 30 %}
    round: {digits: 1, mode: half_even}
  predikat: {rule: bands, title: predikat, scale: predikat, of: total, bands: BANDS}
""",
    "unrounded": """
  lain3: {rule: formula, title: sepertiga, is: lain / 3}
  total: {rule: formula, title: total, is: 0.7 * inti + lain3}
  predikat: {rule: bands, title: predikat, scale: predikat, of: total, bands: BANDS}
""",
    "matrix": """
  hasil: {rule: bands, title: hasil, scale: predikat, of: inti, bands: BANDS}
  predikat:
    rule: matrix
    title: predikat
    scale: predikat
    keys: [hasil, kuadran]
    cells:
      kurang: {rendah: kurang, tinggi: cukup}
      cukup: {rendah: cukup, tinggi: cukup}
      baik: {rendah: kurang, tinggi: baik}
""",
    "condition": """
  total: {rule: formula, title: total, is: "min(max(inti, 20), lain + 20)"}
  predikat:
    rule: condition
    title: predikat
    scale: predikat
    cases:
      - {when: kuadran == 'rendah' and inti >= 60, is: "'cukup'"}
      - {when: total > 75, is: "'baik'"}
    otherwise: "'kurang'"
""",
    "bent": """
  total: {rule: formula, title: total, is: "(inti + round(inti, 0, half_up)) / 2"}
  predikat: {rule: bands, title: predikat, scale: predikat, of: total, bands: BANDS}
""",
    "fallback": """
  total: {rule: formula, title: total, is: "coalesce(inti, lain)"}
  predikat: {rule: bands, title: predikat, scale: predikat, of: total, bands: BANDS}
""",
}


@dataclass(frozen=True)
class Case:
    """A policy as text, its scorer, and people as columns."""

    text: str
    scorer: Scorer
    table: dict[str, list[object]]


def cases() -> st.SearchStrategy[Case]:
    """Draw policies and people; one number decides each."""
    return st.integers(0, 2**24).map(lambda seed: random_case(Random(seed)))  # noqa: S311 - a seeded draw


def random_case(random: Random) -> Case:
    """Make a policy and people."""
    panel = random.random() < 0.3
    size = random.randint(2, 4)
    names = ["atasan", "rekan", "bawahan"] if panel else [f"x{place}" for place in range(size)]
    weights = _weights(random, len(names))
    missing = random.choice(["incomplete", "renormalise", "zero"])
    behind = random.choice(sorted(BEHIND))
    ends = random.choice([("below", "from"), ("to", "above")])
    inputs = "  lain: {type: number, title: lain, required: false}\n"
    inputs += "  kuadran: {type: label, scale: kuadran, title: kuadran, required: false}\n"
    shares = ", ".join(f"{name}: {weight} %" for name, weight in zip(names, weights, strict=True))
    if panel:
        inputs += (
            "  nilai:\n    type: list\n    title: penilaian\n    required: false\n    fields:\n"
            "      kelompok: {type: label, scale: kelompok, title: kelompok}\n"
            "      skor: {type: number, title: skor}\n"
        )
        groups = ", ".join(f"{name}: {{minimum: 1}}" for name in names)
        step = (
            f"  inti:\n    rule: raters\n    title: inti\n    over: nilai\n    group: kelompok\n"
            f"    score: skor\n    groups: {{{groups}}}\n    weights: {{{shares}}}\n"
            f"    within: mean\n    unanswered: skip\n    too_few: missing_group\n"
            f"    missing_group: {missing}\n"
        )
    else:
        kind = "type: number, required: false"
        inputs += "".join(f"  {name}: {{{kind}, title: {name}}}\n" for name in names)
        step = (
            f"  inti:\n    rule: weighted_mean\n    title: inti\n    weights: {{{shares}}}\n"
            f"    missing: {missing}\n"
        )
    if random.random() < 0.4:
        step += f"    round: {{digits: {random.randint(0, 2)}, mode: half_up}}\n"
    bands = BANDS % ends
    text = HEAD + inputs + "steps:\n" + step + BEHIND[behind].replace("BANDS", bands).lstrip("\n")
    witness = "coalesce(lain, 0) + where(kuadran == 'tinggi', 1, 0)"
    text += f'  saksi: {{rule: formula, title: saksi, is: "{witness}"}}\n'
    text += "publish: [predikat, saksi]\n"
    return Case(text, Scorer(parse_policy(text).program), _people(random, names, panel=panel))


def _weights(random: Random, count: int) -> list[int]:
    cuts = sorted(random.sample(range(1, 20), count - 1))
    return [5 * (b - a) for a, b in zip([0, *cuts], [*cuts, 20], strict=True)]


def _number(random: Random) -> object:
    kind = random.random()
    if kind < 0.12:
        return None
    if kind < 0.45:
        return random.choice([59.9, 60, 60.1, 79.995, 80, 80.005, 20, 100, 0, 40])
    if kind < 0.6:
        return random.choice([100 / 3, 0.1 + 0.2, 62.123456789, 200 / 3])
    return round(random.uniform(20, 110), random.randint(0, 2))


def _people(random: Random, names: list[str], *, panel: bool) -> dict[str, list[object]]:
    count = random.randint(1, 12)
    table: dict[str, list[object]] = {"id": [f"P-{place}" for place in range(count)]}
    table["lain"] = [_number(random) for _ in range(count)]
    table["kuadran"] = [random.choice(["rendah", "tinggi", None]) for _ in range(count)]
    # Somebody stands on one value everywhere: the total is that value, whatever the weights. With 90 and 51
    # (or 80 and 72) 0.7 times it and a third of the other are 80, which is an edge.
    same, other = random.choice([(60, 80), (80, 72), (90, 51), (100 / 3, 60), (None, None)])
    if other is not None:
        table["lain"][0] = other
    if panel:
        table["nilai"] = [
            [
                {"kelompok": name, "skor": _number(random) if row or same is None else same}
                for name in names
                for _ in range(random.randint(0, 3))
            ]
            for row in range(count)
        ]
        return table
    for name in names:
        table[name] = [_number(random) for _ in range(count)]
        if same is not None and random.random() < 0.8:
            table[name][0] = same
    return table
