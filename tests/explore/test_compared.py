"""Ways to make one score set beside each other."""

from __future__ import annotations

import numpy as np
import pytest

from kinerja.errors import InputError
from kinerja.explore import Aggregation, bands_of, compare_aggregations, kendall
from kinerja.values import Band, Bands, Interval

ARITHMETIC, GEOMETRIC = Aggregation(kind="arithmetic"), Aggregation(kind="geometric")
MINIMUM = Aggregation(kind="minimum")


def bands():
    return Bands(
        bands=(
            Band(label="kurang", interval=Interval(low=0, high=60, high_open=True)),
            Band(label="cukup", interval=Interval(low=60, high=76, high_open=True)),
            Band(label="baik", interval=Interval(low=76, high=120)),
        )
    )


ROWS = [[100, 50], [76, 76], [80, 70], [60, 90], [float("nan"), 90]]
WEIGHTS = {"skp": 1, "perilaku": 1}
IDS = ["P-01", "P-02", "P-03", "P-04", "P-05"]


def found(**more):
    ways = [ARITHMETIC, GEOMETRIC, MINIMUM]
    return compare_aggregations(ROWS, weights=WEIGHTS, ways=ways, bands=bands(), ids=IDS, **more)


def test_each_way_tells_scores_ranks_and_bands():
    one = found()["arithmetic"]
    assert one.scores[:4].tolist() == [75.0, 76.0, 75.0, 75.0]
    assert one.ranks.tolist() == [2, 1, 2, 2, 0]
    assert (one.tied, one.missing) == (3, 1)
    assert one.counts() == {"kurang": 0, "cukup": 3, "baik": 1}


def test_who_changes_band_is_told_by_name_and_counted():
    pair = found().between("arithmetic", "minimum")
    assert pair.bands == {("cukup", "kurang"): 1}
    assert pair.changed == 1
    [mover] = found().movers("arithmetic", "minimum")
    assert (mover.id, mover.row, mover.before, mover.after) == ("P-01", 0, "cukup", "kurang")


def test_pairs_tell_moves_and_correlations_of_those_who_have_both():
    one = found()
    pair = one.between("arithmetic", "geometric")
    scores = [one[name].scores for name in ("arithmetic", "geometric")]
    assert pair.kendall == kendall(*scores)
    ranks = [one[name].ranks for name in ("arithmetic", "geometric")]
    assert pair.moved == int((ranks[0] != ranks[1])[:4].sum())
    assert pair.largest == int(np.abs(ranks[0] - ranks[1])[:4].max())


def test_missing_person_counts_as_having_no_band():
    one = found(missing="renormalise")
    assert one["minimum"].labels[one["minimum"].bands[4]] == "baik"
    assert found()["minimum"].bands[4] == -1


def test_score_on_an_edge_is_on_it_however_its_float_came_about():
    """0.1 + 0.7 + 75.2 prints 75.99999999999999 or 76.00000000000001, by the order of the sum."""
    near = np.array([75.99999999999999, 76.00000000000001, 76.0, 75.999999])
    assert bands_of(near, bands=bands()).tolist() == [2, 2, 2, 1]
    top = np.array([120.00000000000001, 120.001, -0.0])
    assert bands_of(top, bands=bands()).tolist() == [2, -1, 0]


def test_open_end_of_the_highest_band_is_outside():
    top = Bands(bands=(Band(label="baik", interval=Interval(low=76, high=120, high_open=True)),))
    assert bands_of(np.array([119.9, 120.0, 76.0]), bands=top).tolist() == [0, -1, 0]


def test_bands_are_those_of_exact_numbers():
    values = np.round(np.linspace(-5, 125, 1301), 1)
    found_bands = bands_of(values, bands=bands())
    from kinerja.exact import exact

    for value, place in zip(values.tolist(), found_bands.tolist(), strict=True):
        band = bands().find(exact(value))
        assert (None if place < 0 else bands().bands[place].label) == (band and band.label)


def test_lowest_score_may_be_best():
    one = compare_aggregations([[3], [1]], weights={"a": 1}, ways=[ARITHMETIC], best="lowest")
    assert one["arithmetic"].ranks.tolist() == [2, 1]


def test_without_bands_nobody_changes_any():
    one = compare_aggregations(ROWS, weights=WEIGHTS, ways=[ARITHMETIC, MINIMUM])
    assert list(one.movers("arithmetic", "minimum")) == []
    assert one["arithmetic"].counts() == {}


@pytest.mark.parametrize("ways", [[], [ARITHMETIC, ARITHMETIC]])
def test_ways_need_names_of_their_own(ways):
    with pytest.raises(InputError, match="KNJ035"):
        compare_aggregations(ROWS, weights=WEIGHTS, ways=ways)


def test_as_many_ids_as_people():
    with pytest.raises(InputError, match="KNJ020"):
        compare_aggregations(ROWS, weights=WEIGHTS, ways=[ARITHMETIC], ids=["P-01"])
