"""Tables whose every row lies exactly on a tie or an edge, or beside it, and what they must give.

What lives here: policies, rows that were solved for, and their answers by whole numbers alone: nothing here
uses the arithmetic of the library. What never comes in: the engine.

How the answers are known. The inputs are decimals of few digits, so every value is a whole number of some
small unit; all of them stay far below 2**53, and are computed in int64. A row beside a tie is one with one
input moved by an ulp, or a few. Its decimal is then of 17 digits, but the value rises or falls with that
input, and by less than a unit: on a scale twice as fine the row lies at the odd place beside its even one.
`Place` holds such doubled places, and roundings and edges are decided on them. The double nearest an
unrounded value is computed of the decimals themselves, by `Fraction`, for as many rows as time allows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa

from kinerja.policy import parse_policy
from kinerja.scorer import Scorer

MODES = ("half_up", "half_even", "half_down", "down", "up", "floor", "ceiling")
HEAD = """schema: 1
id: tepi
version: 1.0.0
title: tepi
in_force: {from: 2024-01-01}
bases: {uji: {title: uji, status: own}}
scales:
  predikat: {ordered: true, labels: {kurang: kurang, cukup: cukup, baik: baik, sangat_baik: sangat baik}}
"""
LADDER = np.array(["kurang", "cukup", "baik", "sangat_baik"])


@dataclass(frozen=True)
class Edges:
    """A table with its answers.

    Attributes:
        policy: Text of the policy.
        columns: Float columns by name, or ragged ones as `(offsets, fields)`.
        answers: What each published step must give: float64, or labels.
        exactly: Computes the unrounded value of a row by fractions.
        unrounded: Name of that step.
    """

    policy: str
    columns: Mapping[str, Any]
    answers: Mapping[str, np.ndarray]
    exactly: Callable[[int], Fraction]
    unrounded: str = "tepat"

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(next(iter(self.answers.values())))


def steps_of(formula: str, digits: int, *, extra: str = "") -> str:
    """Write the steps that judge one formula: every rounding, and bands closed below and above."""
    basis = "basis: [{of: uji}]"
    text = f'steps:\n{extra}  tepat: {{rule: formula, title: tepat, is: "{formula}", {basis}}}\n'
    for mode in MODES:
        text += (
            f"  {mode}: {{rule: formula, title: {mode}, is: tepat, {basis},"
            f" round: {{digits: {digits}, mode: {mode}}}}}\n"
        )
    closed = "{label: kurang, below: 51}, {label: cukup, from: 51, below: 76}, "
    closed += "{label: baik, from: 76, below: 91}, {label: sangat_baik, from: 91}"
    opened = "{label: kurang, to: 51}, {label: cukup, above: 51, to: 76}, "
    opened += "{label: baik, above: 76, to: 91}, {label: sangat_baik, above: 91}"
    for name, of, bands in (
        ("dari", "tepat", closed),
        ("di_atas", "tepat", opened),
        ("dari_bulat", "half_up", closed),
        ("di_atas_bulat", "half_even", opened),
    ):
        text += f"  {name}: {{rule: bands, title: {name}, scale: predikat, of: {of}, {basis},\n"
        text += f"    bands: [{bands}]}}\n"
    # What is not rounded is published by the tests themselves, where its decimal may not end.
    return text + f"publish: [{', '.join(MODES)}, dari, di_atas, dari_bulat, di_atas_bulat]\n"


#: How many ulps rows are moved: most often one.
STEPS = np.array([1, 1, 1, 1, 1, 2, 1, 3, 1, 5, 8, 1, 17, 40, 1, 300, 1])
#: Edges of the bands.
EDGES = (51, 76, 91)


class Place:
    """Where each value lies: `numerator / denominator`, or right beside that on the side named.

    Args:
        numerator: Whole numbers.
        denominator: One whole number, or one for each row.
        side: -1, 0 or 1.
    """

    def __init__(
        self, numerator: np.ndarray, denominator: np.ndarray | int, side: np.ndarray
    ) -> None:
        # Multiplied by 2 * 10**3 below: where that may pass 2**63, whole numbers of Python are taken.
        large = int(np.abs(numerator).max(initial=0)) >= 2**49 or np.max(denominator) >= 2**49
        kind = object if large else np.int64
        self.top = 2 * numerator.astype(kind) + side
        self.bottom = 2 * np.broadcast_to(np.asarray(denominator, dtype=kind), self.top.shape)

    def rounded(self, digits: int, mode: str) -> np.ndarray:
        """Round to decimals; the double nearest the rounded number."""
        whole = self._whole(self.top * 10**digits, self.bottom, mode)
        assert int(np.abs(whole).max(initial=0)) < 2**53
        return whole.astype(np.float64) / 10.0**digits + 0.0

    @staticmethod
    def _whole(top: np.ndarray, bottom: np.ndarray, mode: str) -> np.ndarray:
        if mode == "floor":
            return top // bottom
        if mode == "ceiling":
            return -(-top // bottom)
        # The others are the same on both sides of zero.
        size = np.abs(top)
        floor = size // bottom
        rest = size - floor * bottom
        match mode:
            case "down":
                whole = floor
            case "up":
                whole = floor + (rest > 0)
            case "half_up":
                whole = floor + (2 * rest >= bottom)
            case "half_down":
                whole = floor + (2 * rest > bottom)
            case _:
                whole = floor + ((2 * rest > bottom) | ((2 * rest == bottom) & (floor % 2 == 1)))
        return np.sign(top) * whole

    def band(self, *, closed_below: bool) -> np.ndarray:
        """Give the label: an edge belongs to the band above it, or to the one below."""
        level = np.zeros(len(self.top), dtype=np.int64)
        for edge in EDGES:
            above = self.top - edge * self.bottom
            level += (above >= 0) if closed_below else (above > 0)
        return LADDER[level]

    def answers(self, digits: int) -> dict[str, np.ndarray]:
        """Give what the steps of `steps_of` must give."""
        found = {mode: self.rounded(digits, mode) for mode in MODES}
        found["dari"] = self.band(closed_below=True)
        found["di_atas"] = self.band(closed_below=False)
        found["dari_bulat"] = _band_of(found["half_up"], closed_below=True)
        found["di_atas_bulat"] = _band_of(found["half_even"], closed_below=False)
        return found


def _band_of(values: np.ndarray, *, closed_below: bool) -> np.ndarray:
    # Numbers of few decimals beside whole ones: floats compare them rightly.
    edges = np.array(EDGES, dtype=np.float64)
    return LADDER[np.searchsorted(edges, values, side="right" if closed_below else "left")]


def _decimals(whole: np.ndarray, digits: int) -> np.ndarray:
    """Give the doubles that mean these decimals: the quotient of two whole doubles is the nearest one."""
    return whole.astype(np.float64) / 10.0**digits


def _moved(values: np.ndarray, rows: np.ndarray, side: np.ndarray) -> np.ndarray:
    """Move the values of some rows by one ulp, or by a few: as far as floats may err."""
    moved = values.copy()
    ulps = STEPS[np.arange(len(values)) % len(STEPS)]
    moved[rows] = (values + side * ulps * np.spacing(np.abs(values)))[rows]
    return moved


def exact_of(value: float) -> Fraction:
    """Give the decimal that prints a double."""
    return Fraction(Decimal(repr(float(value))))


def _sides(random: np.random.Generator, rows: int) -> np.ndarray:
    """Give half of the rows exactly on their tie or edge, the others beside it."""
    side = random.integers(0, 2, rows) * random.choice((-1, 1), rows)
    return side.astype(np.int64)


def _targets(
    random: np.random.Generator, rows: int, unit: int, digits: int, low: int
) -> np.ndarray:
    """Give what values must be, in units of which `unit` make 1: ties of a rounding, and edges of bands."""
    grid = unit // 10**digits
    assert grid % 2 == 0
    ties = random.integers(low * 10**digits, 99 * 10**digits, rows) * grid + grid // 2
    edges = random.choice(EDGES, rows) * unit
    return np.where(random.random(rows) < 0.7, ties, edges)


# The tables.


def weighted_sum(random: np.random.Generator, rows: int) -> Edges:
    """0.27 a + 0.33 b + 0.4 c of decimals of two digits: 27 A + 33 B + 40 C in units of 10**-4."""
    side = _sides(random, rows)
    wanted = _targets(random, rows, 10_000, 2, 30)
    b = random.integers(2_000, 10_000, rows)
    # C is solved for modulo 27, A from what remains: 27 A = wanted - 33 B - 40 C.
    rest = wanted - 33 * b
    inverse = pow(40, -1, 27)
    c = (rest * inverse) % 27
    # As near to B as whole steps of 27 allow, so that A is near too.
    c += 27 * ((np.clip(wanted // 100, 500, 9_900) - c) // 27)
    a = (rest - 40 * c) // 27
    keep = (a > 0) & (a < 10_000) & (c > 0) & (c < 10_000)
    a, b, c, side, wanted = (part[keep] for part in (a, b, c, side, wanted))
    assert np.array_equal(27 * a + 33 * b + 40 * c, wanted)
    values = [_decimals(part, 2) for part in (a, b, c)]
    which = random.integers(0, 3, len(a))
    values = [
        _moved(value, (which == place) & (side != 0), side) for place, value in enumerate(values)
    ]
    one = "{type: number, title: nilai, limits: {from: 0, to: 100}}"
    policy = HEAD + f"inputs:\n  a: {one}\n  b: {one}\n  c: {one}\n"
    policy += steps_of("0.27 * a + 0.33 * b + 0.4 * c", 2)
    shares = (Fraction(27, 100), Fraction(33, 100), Fraction(2, 5))

    def exactly(row: int) -> Fraction:
        return sum(
            (share * exact_of(value[row]) for share, value in zip(shares, values, strict=True)),
            Fraction(0),
        )

    answers = Place(27 * a + 33 * b + 40 * c, 10_000, side).answers(2)
    return Edges(policy, dict(zip("abc", values, strict=True)), answers, exactly)


def difference(random: np.random.Generator, rows: int) -> Edges:
    """0.37 a - 0.41 b of decimals of two digits, on both sides of zero and on zero: 37 A - 41 B."""
    side = _sides(random, rows)
    kind = random.integers(0, 3, rows)
    ties = random.integers(-900, 900, rows) * 100 + 50
    near = random.integers(-3, 4, rows) * 50
    wanted = np.where(
        kind == 0, ties, np.where(kind == 1, near, random.choice(EDGES, rows) * 10_000)
    )
    # B is solved for modulo 37.
    b = (-wanted * pow(41, -1, 37)) % 37 + 37 * random.integers(1, 2_000, rows)
    a = (wanted + 41 * b) // 37
    assert np.array_equal(37 * a - 41 * b, wanted)
    of_b = random.random(rows) < 0.5
    values = [
        _moved(_decimals(a, 2), ~of_b & (side != 0), side),
        _moved(_decimals(b, 2), of_b & (side != 0), side),
    ]
    one = "{type: number, title: nilai}"
    policy = HEAD + f"inputs:\n  a: {one}\n  b: {one}\n" + steps_of("0.37 * a - 0.41 * b", 2)

    def exactly(row: int) -> Fraction:
        return Fraction(37, 100) * exact_of(values[0][row]) - Fraction(41, 100) * exact_of(
            values[1][row]
        )

    answers = Place(wanted, 10_000, np.where(of_b, -side, side)).answers(2)
    return Edges(policy, dict(zip("ab", values, strict=True)), answers, exactly)


#: Divisors of 240 that targets are taken from.
DIVISORS = np.array([1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 16, 20, 24, 30, 40, 48, 60, 80, 120, 240])


def six_ratios(random: np.random.Generator, rows: int) -> Edges:
    """The mean of six achievements with a cap of 120: units of 1 / 240,000, percent of a sixth.

    Some achievements lie exactly on the cap: moved upwards they change nothing.
    """
    cap = 288_000
    wanted = _targets(
        random, rows, 14_400, 2, 40
    )  # the sum of the ratios, 240,000 to 1: 14,400 a percent
    targets = DIVISORS[random.integers(0, len(DIVISORS), (5, rows))]
    targets = np.vstack([targets, np.full((1, rows), 240)])
    near = wanted / 6 / 240_000
    actuals = np.rint(
        np.clip(near * random.uniform(0.7, 1.3, (5, rows)), 0.05, 1.19) * targets[:5] * 1000
    ).astype(np.int64)
    on_cap = random.random((5, rows)) < 0.06
    actuals = np.where(on_cap, 1200 * targets[:5], actuals)
    parts = np.minimum(actuals * (240 // targets[:5]), cap)
    last = wanted - parts.sum(axis=0)
    keep = (last > 0) & (last < cap)
    targets, actuals, parts, wanted = (p[..., keep] for p in (targets, actuals, parts, wanted))
    actuals = np.vstack([actuals, last[keep]])
    parts = np.vstack([parts, last[keep]])
    count = len(wanted)
    side = _sides(random, count)
    which = random.integers(0, 6, count)
    of_target = random.random(count) < 0.4
    own = parts[which, np.arange(count)]
    real = np.where(of_target, -side, side)
    # On the cap only what lowers the ratio is felt.
    real = np.where((own == cap) & (real > 0), 0, real)
    columns = {}
    for place in range(6):
        mine = (which == place) & (side != 0)
        columns[f"r{place}"] = _moved(_decimals(actuals[place], 3), mine & ~of_target, side)
        columns[f"t{place}"] = _moved(targets[place].astype(np.float64), mine & of_target, side)
    inputs = "".join(
        f"  r{k}: {{type: number, title: realisasi, limits: {{from: 0}}}}\n"
        f"  t{k}: {{type: number, title: target, limits: {{above: 0}}}}\n"
        for k in range(6)
    )
    extra = "".join(
        f"  capaian_{k}: {{rule: achievement, title: capaian, actual: r{k}, target: t{k}, better: higher,"
        " cap: {at: 120, beyond: clip}, floor: none, basis: [{of: uji}]}\n"
        for k in range(6)
    )
    mean = "(" + " + ".join(f"capaian_{k}" for k in range(6)) + ") / 6"
    policy = HEAD + "inputs:\n" + inputs + steps_of(mean, 2, extra=extra)

    def exactly(row: int) -> Fraction:
        ratios = (
            exact_of(columns[f"r{k}"][row]) / exact_of(columns[f"t{k}"][row]) * 100
            for k in range(6)
        )
        return sum((min(ratio, Fraction(120)) for ratio in ratios), Fraction(0)) / 6

    return Edges(policy, columns, Place(parts.sum(axis=0), 14_400, real).answers(2), exactly)


def mean_of_three(random: np.random.Generator, rows: int) -> Edges:
    """(a + b + c) / 3 of decimals of three digits: their sum in units of 1 / 3,000."""
    side = _sides(random, rows)
    wanted = _targets(random, rows, 3_000, 2, 5)
    a = random.integers(1, 99_999, rows)
    low, high = np.maximum(wanted - a - 99_999, 1), np.minimum(wanted - a - 1, 99_999)
    keep = low < high
    a, side, wanted, low, high = (part[keep] for part in (a, side, wanted, low, high))
    b = random.integers(low, high + 1)
    c = wanted - a - b
    keep = (b > 0) & (c > 0) & (c < 100_000)
    a, b, c, side, wanted = (part[keep] for part in (a, b, c, side, wanted))
    which = random.integers(0, 3, len(a))
    values = [
        _moved(_decimals(part, 3), (which == place) & (side != 0), side)
        for place, part in enumerate((a, b, c))
    ]
    one = "{type: number, title: nilai, limits: {from: 0, to: 100}}"
    policy = (
        HEAD + f"inputs:\n  a: {one}\n  b: {one}\n  c: {one}\n" + steps_of("(a + b + c) / 3", 2)
    )

    def exactly(row: int) -> Fraction:
        return sum((exact_of(value[row]) for value in values), Fraction(0)) / 3

    answers = Place(wanted, 3_000, side).answers(2)
    return Edges(policy, dict(zip("abc", values, strict=True)), answers, exactly)


def efficiency(random: np.random.Generator, rows: int) -> Edges:
    """The efficiency of Perka BKN 1/2013, right at its jump: realisation 76 % of the target."""
    target = random.integers(1, 100_000, rows)  # tenths
    actual = 76 * target  # thousandths
    side = _sides(random, rows)
    of_target = random.random(rows) < 0.5
    columns = {
        "t": _moved(_decimals(target, 1), of_target & (side != 0), side),
        "r": _moved(_decimals(actual, 3), ~of_target & (side != 0), side),
    }
    # More was saved: the other formula applies, and gives a little less than 76.
    ratio = np.where(of_target, -side, side)
    jumped = ratio < 0
    value = np.where(jumped, 76, 100)
    place = Place(value * 10_000, 10_000, -np.abs(ratio))
    policy = HEAD + (
        "inputs:\n  r: {type: number, title: realisasi, limits: {from: 0}}\n"
        "  t: {type: number, title: target, limits: {above: 0}}\n"
    )
    extra = (
        "  waktu: {rule: achievement, title: waktu, actual: r, target: t, better: efficient,"
        " efficiency: {constant: 1.76, jump_above: 24}, cap: none, floor: none, basis: [{of: uji}]}\n"
    )
    policy += steps_of("waktu", 2, extra=extra)

    def exactly(row: int) -> Fraction:
        share = exact_of(columns["r"][row]) / exact_of(columns["t"][row]) * 100
        first = 176 - share
        return first if 100 - share <= 24 else 176 - first

    return Edges(policy, columns, place.answers(2), exactly)


def panel_mean(random: np.random.Generator, rows: int) -> Edges:
    """The mean of the ratings of one group, in a list column: n times the tie is the sum of n ratings."""
    counts = random.integers(1, 8, rows)
    # Units of 1 / 1,000: ties of two decimals, edges.
    wanted = _targets(random, rows, 1_000, 2, 40)
    width = 7
    ratings = wanted + random.integers(-5_000, 5_000, (width, rows))
    there = np.arange(width)[:, None] < counts
    last = counts - 1
    others = np.where(there & (np.arange(width)[:, None] != last), ratings, 0).sum(axis=0)
    ratings[last, np.arange(rows)] = wanted * counts - others
    keep = np.where(there, (ratings > 0) & (ratings < 100_000), True).all(axis=0)
    ratings, there, counts, wanted = (p[..., keep] for p in (ratings, there, counts, wanted))
    side = _sides(random, len(counts))
    values = _decimals(ratings, 3)
    moved = random.integers(0, counts)
    at = np.arange(len(counts))
    values[moved, at] = _moved(values[moved, at], side != 0, side)
    # Ratings of another group between them must not count.
    stranger = random.random(len(counts)) < 0.3
    full = np.vstack([values, np.where(stranger, 3.25, np.nan)[None, :]])
    present = np.vstack([there, stranger[None, :]])
    groups = np.vstack([np.zeros(there.shape, np.int8), np.ones((1, len(counts)), np.int8)])
    flat = full.T[present.T]
    offsets = np.concatenate([[0], np.cumsum(present.sum(axis=0))])
    policy = HEAD.rstrip("\n") + (
        "\n  kelompok: {ordered: false, labels: {rekan: rekan, atasan: atasan}}\n"
        "inputs:\n  penilaian:\n    type: list\n    title: penilaian\n    fields:\n"
        "      kelompok: {type: label, scale: kelompok}\n"
        "      nilai: {type: number, limits: {from: 0, to: 100}}\n"
    )
    policy += steps_of("mean(nilai for penilaian if kelompok == 'rekan')", 2)

    def exactly(row: int) -> Fraction:
        own = values[: counts[row], row]
        return sum(map(exact_of, own), Fraction(0)) / len(own)

    fields = {"kelompok": groups.T[present.T], "nilai": flat}
    return Edges(
        policy, {"penilaian": (offsets, fields)}, Place(wanted, 1_000, side).answers(2), exactly
    )


def weighted_items(random: np.random.Generator, rows: int) -> Edges:
    """Items with weights of their own: a weighted sum of decimals over a sum of weights that differs."""
    width = 5
    counts = random.integers(2, width + 1, rows)
    there = np.arange(width)[:, None] < counts
    at, last = np.arange(rows), counts - 1
    weights = random.integers(1, 30, (width, rows))
    weights[last, at] = 1
    # The whole weight is even, so that half of it is a whole number.
    weights[0] += np.where(there, weights, 0).sum(axis=0) % 2
    whole = np.where(there, weights, 0).sum(axis=0)
    edges = random.choice(EDGES, rows) * 100
    ties = random.random(rows) < 0.7
    near = np.where(ties, random.integers(4_000, 9_800, rows), edges)
    values = np.clip(near + random.integers(-20, 20, (width, rows)), 1, 9_999)
    others = np.where(there & (np.arange(width)[:, None] != last), weights * values, 0).sum(axis=0)
    half = np.where(ties, whole // 2, 0)
    floor = np.where(ties, (others + near - half) // whole, edges)
    values[last, at] = floor * whole + half - others
    keep = (values[last, at] > 0) & (values[last, at] < 10_000)
    values, weights, there, counts, whole = (
        p[..., keep] for p in (values, weights, there, counts, whole)
    )
    at = np.arange(len(counts))
    total = np.where(there, weights * values, 0).sum(axis=0)
    side = _sides(random, len(counts))
    floats = _decimals(values, 2)
    moved = random.integers(0, counts)
    floats[moved, at] = _moved(floats[moved, at], side != 0, side)
    shares = weights.astype(np.float64)
    offsets = np.concatenate([[0], np.cumsum(counts)])
    policy = HEAD + (
        "inputs:\n  butir:\n    type: list\n    title: butir\n    fields:\n"
        "      nilai: {type: number, limits: {from: 0, to: 100}}\n"
        "      bobot: {type: number, limits: {above: 0}}\n"
    )
    policy += steps_of("sum(bobot * nilai for butir) / sum(bobot for butir)", 2)

    def exactly(row: int) -> Fraction:
        own = range(counts[row])
        top = sum((exact_of(floats[k, row]) * exact_of(shares[k, row]) for k in own), Fraction(0))
        return top / sum((exact_of(shares[k, row]) for k in own), Fraction(0))

    fields = {"nilai": floats.T[there.T], "bobot": shares.T[there.T]}
    return Edges(
        policy, {"butir": (offsets, fields)}, Place(total, 100 * whole, side).answers(2), exactly
    )


def large_sum(random: np.random.Generator, rows: int) -> Edges:
    """0.27 a + 0.33 b + 0.4 c of numbers so large that the sum is no whole number below 2**53 any more.

    An ulp of such a number is more than the unit: what lies beside a tie is made with another last digit.
    """
    side = _sides(random, rows)
    c = random.integers(10**14, 5 * 10**14, rows)
    b = random.integers(10**14, 5 * 10**14, rows)
    # A is solved for modulo 100, so that the sum is on a tie.
    rest = (33 * b + 40 * c) % 100
    a = random.integers(10**12, 5 * 10**12, rows) * 100 + ((50 - rest) * pow(27, -1, 100)) % 100
    assert ((27 * a + 33 * b + 40 * c) % 100 == 50).all()
    b += side
    values = [_decimals(part, 2) for part in (a, b, c)]
    one = "{type: number, title: nilai}"
    policy = HEAD + f"inputs:\n  a: {one}\n  b: {one}\n  c: {one}\n"
    policy += steps_of("0.27 * a + 0.33 * b + 0.4 * c", 2)
    shares = (Fraction(27, 100), Fraction(33, 100), Fraction(2, 5))

    def exactly(row: int) -> Fraction:
        return sum(
            (share * exact_of(value[row]) for share, value in zip(shares, values, strict=True)),
            Fraction(0),
        )

    answers = Place(27 * a + 33 * b + 40 * c, 10_000, np.zeros_like(side)).answers(2)
    return Edges(policy, dict(zip("abc", values, strict=True)), answers, exactly)


def long_ratios(random: np.random.Generator, rows: int) -> Edges:
    """The mean of three ratios of numbers of fifteen digits: the product of the targets is beyond 2**64.

    Each ratio is a whole number of ten-thousandths, or beside it by the last digit of the realisation.
    """
    wanted = _targets(random, rows, 300, 1, 40)  # the sum of three percents, in hundredths
    parts = np.clip(wanted // 3 + random.integers(-900, 900, (2, rows)), 1, 11_990)
    last = wanted - parts.sum(axis=0)
    keep = (last > 0) & (last < 11_990)
    parts = np.vstack([parts, last[None, :]])[:, keep]
    wanted = wanted[keep]
    side = _sides(random, len(wanted))
    which = random.integers(0, 3, len(wanted))
    targets = random.integers(10**9, 9 * 10**10, parts.shape)
    # Ten-thousandths of the target, in units of 10**-4: the realisation in the same units.
    actuals = parts * targets + np.where(np.arange(3)[:, None] == which, side, 0)
    columns = {}
    for place in range(3):
        columns[f"r{place}"] = _decimals(actuals[place], 4)
        columns[f"t{place}"] = targets[place].astype(np.float64)
    inputs = "".join(
        f"  r{k}: {{type: number, title: realisasi, limits: {{from: 0}}}}\n"
        f"  t{k}: {{type: number, title: target, limits: {{above: 0}}}}\n"
        for k in range(3)
    )
    mean = "(" + " + ".join(f"r{k} / t{k}" for k in range(3)) + ") / 3 * 100"
    policy = HEAD + "inputs:\n" + inputs + steps_of(mean, 1)

    def exactly(row: int) -> Fraction:
        return sum(
            (exact_of(columns[f"r{k}"][row]) / exact_of(columns[f"t{k}"][row]) for k in range(3)),
            Fraction(0),
        ) * Fraction(100, 3)

    return Edges(policy, columns, Place(wanted, 300, side).answers(1), exactly)


TABLES: Mapping[str, Callable[[np.random.Generator, int], Edges]] = {
    "weighted_sum": weighted_sum,
    "six_ratios": six_ratios,
    "mean_of_three": mean_of_three,
    "difference": difference,
    "efficiency": efficiency,
    "panel_mean": panel_mean,
    "weighted_items": weighted_items,
    "large_sum": large_sum,
    "long_ratios": long_ratios,
}


#: Steps that are published together: each kind of decision also alone, since a row that one of them finds
#: hard is looked at closely for all.
TOGETHER = (
    ("half_up", "half_even", "half_down", "dari_bulat", "di_atas_bulat"),
    ("down", "up", "floor", "ceiling"),
    ("dari", "di_atas"),
)


def scorers_of(edges: Edges) -> tuple[Scorer, ...]:
    """Load the policy of a table for each of `TOGETHER`."""
    program = parse_policy(edges.policy).program
    return tuple(Scorer(replace(program, published=names)) for names in TOGETHER)


def unrounded_of(edges: Edges) -> Scorer:
    """Load the policy of a table with everything published, also the value before its rounding."""
    program = parse_policy(edges.policy).program
    return Scorer(replace(program, published=(edges.unrounded, *program.published)))


def many(
    make: Callable[[np.random.Generator, int], Edges], seed: int, rows: int
) -> Iterator[Edges]:
    """Give tables until they have so many rows; a table has fewer rows than it was asked for."""
    random = np.random.default_rng(seed)
    while rows > 0:
        edges = make(random, min(2 * rows, 1_000_000))
        yield edges
        rows -= edges.rows


def _array(column: pa.ChunkedArray) -> np.ndarray:
    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks)
    if isinstance(whole, pa.DictionaryArray):
        whole = whole.dictionary_decode()
    return whole.to_numpy(zero_copy_only=False)


def wrong_rows(edges: Edges, out: pa.Table) -> dict[str, np.ndarray]:
    """Give the rows of a results table that differ from the answers, by step."""
    found = {"status": np.flatnonzero(_array(out["status"]) != "complete")}
    for name, answers in edges.answers.items():
        if name in out.column_names:
            found[name] = np.flatnonzero(_array(out[name]) != answers)
    return {name: rows for name, rows in found.items() if len(rows)}


def wrong_doubles(
    edges: Edges, out: pa.Table, rows: Sequence[int]
) -> list[tuple[int, float, float]]:
    """Give the rows whose unrounded value is not the nearest double: row, what it is, what it must be.

    Args:
        edges: The table.
        out: Results of some of its rows.
        rows: Which rows these are.
    """
    found = []
    for row, got in zip(rows, _array(out[edges.unrounded]).tolist(), strict=True):
        exactly = edges.exactly(row)
        wanted = exactly.numerator / exactly.denominator
        if got != wanted:
            found.append((row, got, wanted))
    return found


def taken(edges: Edges, rows: Sequence[int]) -> Edges:
    """Give some rows; their answers, not their columns."""
    answers = {name: values[np.asarray(rows)] for name, values in edges.answers.items()}
    return replace(edges, answers=answers)


def arrow_of(edges: Edges) -> pa.Table:
    """Give the table as Arrow, floats as they lie in memory."""
    arrays = {}
    for name, column in edges.columns.items():
        if isinstance(column, np.ndarray):
            arrays[name] = pa.array(column)
            continue
        offsets, fields = column
        parts = {
            key: pa.DictionaryArray.from_arrays(pa.array(values), pa.array(["rekan", "atasan"]))
            if values.dtype == np.int8
            else pa.array(values)
            for key, values in fields.items()
        }
        items = pa.StructArray.from_arrays(list(parts.values()), names=list(parts))
        arrays[name] = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), items)
    return pa.table(arrays)
