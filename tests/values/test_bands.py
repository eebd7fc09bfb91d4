"""Bands: exactly one for every number, unless a gap is named."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kinerja.values import Band, Bands, Interval

UNIT = Fraction(1, 100)
whole = st.integers(0, 60)


def interval(low, high, low_open=False, high_open=False):  # noqa: FBT002 - ends as they are written
    return Interval(
        low=None if low is None else Fraction(low),
        high=None if high is None else Fraction(high),
        low_open=low_open,
        high_open=high_open,
    )


def bands(*intervals, **choices):
    return tuple(Band(label=f"b{i}", interval=part) for i, part in enumerate(intervals)), choices


def made(*intervals, **choices):
    parts, more = bands(*intervals)
    return Bands(bands=parts, **more, **choices)


@st.composite
def touching(draw):
    """Bands that meet without gap: each edge belongs to one side."""
    edges = sorted(draw(st.sets(whole, min_size=1, max_size=6)))
    ends = [None, *edges, None] if draw(st.booleans()) else edges
    assume(len(ends) > 1)
    upward = [draw(st.booleans()) for _ in ends]  # the edge belongs to the band above it
    parts = []
    for place, (low, high) in enumerate(itertools.pairwise(ends)):
        parts.append(
            interval(
                low,
                high,
                low_open=low is not None and place > 0 and not upward[place],
                high_open=high is not None and place + 2 < len(ends) and upward[place + 1],
            )
        )
    return made(*parts)


@st.composite
def rising(draw):
    """Bands in rising order, with or without gaps between them."""
    numbers = sorted(draw(st.lists(whole, min_size=2, max_size=10)))
    numbers = numbers[: len(numbers) // 2 * 2]
    parts = []
    for low, high in zip(numbers[::2], numbers[1::2], strict=True):
        open_ends = draw(st.tuples(st.booleans(), st.booleans())) if low < high else (False, False)
        parts.append(interval(low, high, *open_ends))
    try:
        return made(*parts, between="missing")
    except ValueError:
        assume(False)


class TestLaws:
    @given(touching(), st.fractions(-1, 61, max_denominator=4))
    def test_without_a_gap_every_number_of_the_scale_has_exactly_one_band(self, parts, value):
        holding = [band for band in parts.bands if value in band.interval]
        first, last = parts.bands[0].interval, parts.bands[-1].interval
        on_scale = not (first.is_above(value) or last.is_below(value))
        assert len(holding) == (1 if on_scale else 0)
        assert parts.find(value) == (holding[0] if holding else None)

    @given(rising(), st.sampled_from(["lower_bounds", "upper_bounds"]))
    def test_a_choice_closes_every_gap(self, parts, between):
        closed = Bands(bands=parts.bands, between=between).closed()
        again = Bands(bands=closed)  # refuses a gap
        assert [band.label for band in closed] == [band.label for band in parts.bands]
        assert again.gaps() == ()

    @given(
        rising(),
        st.sampled_from(["missing", "lower_bounds", "upper_bounds"]),
        st.fractions(0, 60, max_denominator=4),
    )
    def test_closing_gaps_moves_no_number_that_had_a_band(self, parts, between, value):
        before = parts.find(value)
        after = Bands(bands=parts.bands, between=between).find(value)
        if before is not None:
            assert after.label == before.label
        elif between == "missing":
            assert after is None

    @given(rising(), st.fractions(0, 60, max_denominator=4))
    def test_lower_bounds_ask_only_where_bands_begin(self, parts, value):
        found = Bands(bands=parts.bands, between="lower_bounds").find(value)
        begun = [band for band in parts.bands if not band.interval.is_above(value)]
        last = parts.bands[-1].interval
        if begun and not last.is_below(value):
            assert found.label == begun[-1].label

    @given(rising(), st.fractions(0, 60, max_denominator=4))
    def test_upper_bounds_ask_only_where_bands_end(self, parts, value):
        found = Bands(bands=parts.bands, between="upper_bounds").find(value)
        open_still = [band for band in parts.bands if not band.interval.is_below(value)]
        first = parts.bands[0].interval
        if open_still and not first.is_above(value):
            assert found.label == open_still[0].label

    @given(rising(), whole, st.integers(1, 8))
    def test_on_a_grid_bands_have_no_gap_exactly_when_each_multiple_has_a_band(
        self, parts, start, step
    ):
        grid = Fraction(step, 4)
        on_grid = Bands(bands=parts.bands, between="missing", grid=grid)
        first, last = parts.bands[0].interval, parts.bands[-1].interval
        multiples = [grid * k for k in range(-(60 * 4) // step, 60 * 4 // step + 2)]
        scale = [m for m in multiples if not (first.is_above(m) or last.is_below(m))]
        assert (on_grid.gaps() == ()) is all(on_grid.find(m) is not None for m in scale)


class TestRefusals:
    def test_no_band_at_all(self):
        with pytest.raises(ValueError, match="at least one"):
            Bands(bands=())

    @pytest.mark.parametrize(
        "parts",
        [
            (interval(0, 10), interval(10, 20)),
            (interval(0, 10), interval(5, 20)),
            (interval(10, 20), interval(0, 9)),
            (interval(0, None), interval(10, 20)),
            (interval(0, 10), interval(None, 20)),
        ],
    )
    @pytest.mark.parametrize("between", ["refuse", "missing", "lower_bounds", "upper_bounds"])
    def test_overlap_or_disorder(self, parts, between):
        with pytest.raises(ValueError, match="overlap"):
            made(*parts, between=between)

    @pytest.mark.parametrize(
        "parts",
        [
            (interval(0, 10, high_open=True), interval(10, 20, low_open=True)),
            (interval(0, 9), interval(10, 20)),
        ],
    )
    def test_a_gap_that_no_choice_closes(self, parts):
        with pytest.raises(ValueError, match="gap"):
            made(*parts)
        assert made(*parts, between="missing").gaps()


class TestGrid:
    PRINTED = (interval(25, "76.60"), interval("76.61", 100))

    def test_printed_ends_one_hundredth_apart_meet_for_two_decimals(self):
        assert made(*self.PRINTED, grid=UNIT).gaps() == ()

    def test_they_do_not_meet_for_three_decimals_or_none_named(self):
        for grid in (None, UNIT / 10):
            with pytest.raises(ValueError, match="gap"):
                made(*self.PRINTED, grid=grid)

    def test_a_point_that_belongs_to_neither_is_a_gap_only_on_the_grid(self):
        parts = (
            interval(0, "10.5", high_open=True),
            interval("10.5", 20, low_open=True),
        )
        assert made(*parts, grid=Fraction(1)).gaps() == ()
        with pytest.raises(ValueError, match="gap"):
            made(*parts, grid=Fraction(1, 2))

    def test_open_ends_count_on_the_grid(self):
        parts = (interval(0, 10, high_open=True), interval(10, 20))
        assert made(*parts, grid=UNIT).gaps() == ()


def test_outside_all_bands_there_is_none():
    parts = made(interval(0, 10))
    assert parts.find(Fraction(-1)) is None
    assert parts.find(Fraction(11)) is None
    assert parts.find(Fraction(10)).label == "b0"
