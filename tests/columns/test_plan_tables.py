"""Bands and tables on columns, by each engine alone."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from column_samples import (
    DAY,
    FLAG,
    LABEL,
    NUMBER,
    PLAIN,
    RECORDS,
    SCALE,
    drawn_records,
    figure,
    hold,
    typed,
)

from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.values import Band, Bands, Interval

X, Y, TARGET, COUNT, MAYBE = (n.Ref(name) for name in "xytno")
P, Q, GRADE, GROUP, H = (n.Ref(name) for name in ("p", "q", "grade", "group", "h"))
TWO = Rounding(digits=2, mode="half_up")


def band(label, low=None, high=None, **ends):
    return Band(
        label=label,
        interval=Interval(
            low=None if low is None else Fraction(low),
            high=None if high is None else Fraction(high),
            **ends,
        ),
    )


MORE_BANDS = (
    Bands(bands=(band("baik"),)),
    Bands(bands=(band("baik", "5"),)),
    Bands(bands=(band("baik", None, "5", high_open=True),)),
    Bands(
        bands=(band("kurang", "0", "1"), band("baik", "1", "3", low_open=True)), between="missing"
    ),
    # A single point, with and without the numbers beside it.
    Bands(
        bands=(
            band("kurang", None, "24", high_open=True),
            band("baik", "24", "24"),
            band("cukup", "24", None, low_open=True),
        )
    ),
    Bands(bands=(band("baik", "24", "24"), band("cukup", "76", "76")), between="missing"),
    Bands(
        bands=(
            band("kurang", None, "1/3"),
            band("baik", "1/3", "2/3", low_open=True),
            band("kurang", "2/3", None, low_open=True),
        )
    ),
)
BANDS = (*typed.BANDS, *MORE_BANDS)


@pytest.mark.parametrize("bands", BANDS, ids=range(len(BANDS)))
class TestBands:
    def test_every_kind_of_number(self, bands):
        for value in (
            *(X, COUNT, MAYBE, X / TARGET, X / Y, X * "-1/3", X + Y, n.Round(X / TARGET, TWO)),
            *(
                n.Clip(X, figure(0), figure(100)),
                n.Absent("x"),
                figure(24),
                figure("1/3"),
                figure("0.5"),
            ),
        ):
            node = n.Band(value, bands)
            hold(node, LABEL, RECORDS[:20])
            hold(n.IsMissing(node), FLAG, RECORDS[:10])
            hold(n.Compare("==", node, n.Label("baik")), FLAG, RECORDS[:10])

    def test_on_each_end_and_beside_it(self, bands):
        ends = {
            e for b in bands.closed() for e in (b.interval.low, b.interval.high) if e is not None
        }
        step = Fraction(1, 10**9)
        for end in ends:
            records = []
            for point in (end - step, end, end + step):
                near = float(point)
                records.append({**RECORDS[0], "x": near, "y": near * 8, "t": 8.0, "n": int(point)})
            for value in (X, Y / TARGET, Y / 8, X * 3 / 3, COUNT, COUNT / 1):
                hold(n.Band(value, bands), LABEL, records)

    def test_in_tables_and_cases(self, bands):
        labels = tuple(dict.fromkeys(b.label for b in bands.closed()))
        table = tuple(((label,), figure(place)) for place, label in enumerate(labels))
        hold(n.Lookup((n.Band(X, bands),), table))
        hold(n.Lookup((n.Band(X / TARGET, bands),), table[:1]))
        hold(n.Coalesce((n.Band(X / TARGET, bands), n.Label("kurang"))), LABEL)


def test_bands_that_a_plan_of_these_numbers_can_not_leave():
    """Inputs that lie within one band: nothing is left to compare."""
    bands = Bands(bands=(band("kurang", "0", "60", high_open=True), band("baik", "60", "100")))
    for values in ((70.0, 80.0), (10.0, 20.0), (60.0,), (200.0,), (50.0, 60.0, 100.0, 101.0, -1.0)):
        records = [{"x": value, "n": int(value), "o": None} for value in values]
        for value in (
            X,
            COUNT,
            X + 0,
            COUNT * 1,
            n.Clip(X, figure(0), figure(59)),
            n.Coalesce((MAYBE, X)),
        ):
            hold(n.Band(value, bands), LABEL, records)


KEYS = {
    "flag": (P, (False, True)),
    "optional flag": (Q, (False, True)),
    "label": (GRADE, SCALE.ids),
    "optional label": (H, SCALE.ids),
    "plain": (GROUP, PLAIN.ids),
    "computed": (n.Compare(">", X, figure(1)), (False, True)),
    "computed missing": (n.Compare(">", MAYBE, figure(1)), (False, True)),
    "band": (n.Band(X, typed.BANDS[0]), ("kurang", "cukup", "baik", "sangat_baik")),
    "band with gaps": (n.Band(X, typed.BANDS[1]), ("cukup", "baik")),
    "constant label": (n.Label("baik"), ("baik",)),
    "constant flag": (n.Truth(True), (True,)),
    "unknown label": (n.Label("nobody"), ("baik",)),
}
CELLS = {
    "numbers": (tuple(map(figure, ("0", "1/3", "100", "-2.5", "0.1"))), NUMBER),
    "labels": (tuple(map(n.Label, SCALE.ids)), LABEL),
    "flags": ((n.Truth(True), n.Truth(False)), FLAG),
    "days": ((n.Number(Fraction(738_945)), n.Number(Fraction(1))), DAY),
    "nothing": ((n.Absent("x", "cell"),), NUMBER),
}


def table(keys, cells, leave_out=0, absent=0):
    rows = []
    for place, key in enumerate(product(*(domain for _, domain in keys))):
        if leave_out and place % leave_out == 1:
            continue
        cell = (
            n.Absent("not_in_table", "cell")
            if absent and place % absent == 2
            else cells[place % len(cells)]
        )
        rows.append((key, cell))
    return n.Lookup(tuple(node for node, _ in keys), tuple(rows))


class TestTables:
    @pytest.mark.parametrize("cells", CELLS)
    def test_one_key(self, cells):
        values, kind = CELLS[cells]
        for key in KEYS.values():
            for leave_out, absent in ((0, 0), (3, 0), (2, 3), (0, 3)):
                node = table([key], values, leave_out, absent)
                hold(node, kind, RECORDS[:16])
                hold(n.IsMissing(node), FLAG, RECORDS[:8])

    @pytest.mark.parametrize("cells", CELLS)
    def test_two_keys(self, cells):
        values, kind = CELLS[cells]
        for place, pair in enumerate(product(KEYS.values(), repeat=2)):
            hold(table(pair, values, (0, 4, 2)[place % 3], (0, 3)[place % 2]), kind, RECORDS[:10])

    def test_three_keys(self):
        for three in product(("flag", "optional label", "band", "computed missing"), repeat=3):
            keys = [KEYS[name] for name in three]
            hold(table(keys, CELLS["numbers"][0], 5, 3), records=RECORDS[:10])

    def test_a_number_of_a_table_in_arithmetic(self):
        node = table([KEYS["label"]], CELLS["numbers"][0])
        for value in (
            node * X,
            node + COUNT,
            n.Clip(node, figure(0), figure(1)),
            node / TARGET,
            X / node,
            figure(0) - node,
        ):
            hold(n.Round(value, TWO))
            hold(n.Compare("<", value, figure("0.5")), FLAG)

    def test_an_empty_table(self):
        hold(n.Lookup((P,), ()), NUMBER)
        hold(n.IsMissing(n.Lookup((GRADE,), ())), FLAG)

    @pytest.mark.parametrize("seed", range(3))
    def test_reasons_name_the_keys(self, seed):
        """Rows with other keys that are in no table are told apart."""
        node = table([KEYS["label"], KEYS["plain"]], CELLS["labels"][0], 2)
        found = hold(node, LABEL, drawn_records(seed))
        assert found["alike"]


def test_figures_too_far_apart_for_one_unit():
    far = (figure("1e-30"), figure("1e30"), figure("1/3"))
    for kind in (
        n.Compare(">", table([KEYS["label"]], far), figure("1/3")),
        n.Compare("==", table([KEYS["label"]], far), figure("1e30")),
    ):
        hold(kind, FLAG)
    hold(n.Round(table([KEYS["label"]], far) * X, TWO))
