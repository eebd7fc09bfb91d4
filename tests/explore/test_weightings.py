"""Weightings sum exactly, keep what is asked of them, and come out alike for one seed."""

from itertools import pairwise
from random import Random

import numpy as np
import pytest
import strategies_people
from hypothesis import given, settings
from hypothesis import strategies as st
from test_single import two

from kinerja.errors import InputError
from kinerja.explore import (
    draw_weightings,
    given_weightings,
    policy_scheme,
    policy_schemes,
    weights_of,
)
from kinerja.policy import parse_policy
from kinerja.scorer import Scorer
from kinerja.values import Weights


def five():
    names = ", ".join(f"x{place}: 20 %" for place in range(5))
    inputs = "".join(f"  x{place}: {{type: number, title: x{place}}}\n" for place in range(5))
    text = (
        "schema: 1\nid: lima\nversion: 1.0.0\ntitle: lima\nin_force: {from: 2000-01-01}\nbases: {}\n"
        f"inputs:\n{inputs}steps:\n  nilai: {{rule: weighted_mean, title: nilai, weights: {{{names}}}, "
        "round: {digits: 2, mode: half_up}}\npublish: [nilai]\n"
    )
    return policy_scheme(Scorer(parse_policy(text).program))


class TestDrawing:
    @settings(max_examples=50)
    @given(
        st.integers(0, 99),
        st.sampled_from([None, 1, 30, 1000]),
        st.sampled_from([{}, {"x0": ("10 %", "40 %")}, {"x1": (0, "5 %"), "x2": (0.3, 0.9)}]),
        st.sampled_from([(), ("x3", "x0"), ("x2", "x1", "x4")]),
    )
    def test_every_weighting_sums_and_keeps_bounds_and_order(self, seed, around, bounds, order):
        scheme = five()
        drawn = draw_weightings(
            scheme, count=40, seed=seed, around=around, bounds=bounds, order=order
        )
        assert len(drawn) == 40
        for place in range(40):
            weights = drawn[place]
            assert weights.total == 1
            assert min(share for _, share in weights) > 0
            for name, (low, high) in bounds.items():
                limits = Weights.of({"low": low, "high": high})
                # A part that would drop out gets one part per million all the same.
                assert limits["low"] <= weights[name] <= limits["high"] + 4 * weights.total / 10**6
            for one, other in pairwise(order):
                assert weights[one] >= weights[other]

    def test_one_seed_gives_one_draw(self):
        one, same, other = (draw_weightings(five(), count=5, seed=seed) for seed in (1, 1, 2))
        assert (one.parts == same.parts).all()
        assert (one.parts != other.parts).any()

    def test_all_weightings_are_equally_likely(self):
        """A weight of five has the distribution Beta(1, 4): mean 1/5, and is above 1/2 in 1/16 of draws."""
        parts = draw_weightings(five(), count=40_000, seed=3).parts / 10**6
        assert np.abs(parts.mean(axis=0) - 0.2).max() < 0.004
        assert abs((parts[:, 0] > 0.5).mean() - 1 / 16) < 0.005

    def test_around_the_own_weights_the_mean_is_theirs(self):
        scheme = policy_scheme(two())
        parts = draw_weightings(scheme, count=40_000, seed=3, around=100).parts / 10**6
        assert abs(parts[:, 0].mean() - 0.6) < 0.002
        # sqrt(0.6 · 0.4 / 101)
        assert abs(parts[:, 0].std() - 0.04875) < 0.001

    def test_an_order_of_all_parts_has_the_centroids_of_ranks_as_its_mean(self):
        """The mean of ordered weightings are the rank order centroids: 137/300, 77/300, 47/300, …"""
        order = ("x4", "x2", "x0", "x1", "x3")
        drawn = draw_weightings(five(), count=40_000, seed=3, order=order)
        means = [drawn.means()[name] for name in order]
        wanted = [sum(1 / k for k in range(place, 6)) / 5 for place in range(1, 6)]
        assert np.abs(np.array(means) - wanted).max() < 0.003

    def test_a_walk_reaches_what_trying_would_take_too_long_for(self):
        """Uniform within 0.19 .. 0.21 for four parts: their mean is 1/5, and they fill the bounds."""
        bounds = {f"x{place}": ("19 %", "21 %") for place in range(4)}
        drawn = draw_weightings(five(), count=4_000, seed=3, bounds=bounds)
        parts = drawn.parts[:, :4] / 10**6
        assert np.abs(parts.mean(axis=0) - 0.2).max() < 0.0005
        # Uniform on 0.02 wide has a standard deviation of 0.02 / sqrt(12).
        assert np.abs(parts.std(axis=0) - 0.02 / 12**0.5).max() < 0.0003
        assert np.abs(np.corrcoef(parts.T)[0, 1:]).max() < 0.08

    def test_a_walk_far_from_the_own_weights_leaves_its_start(self):
        # A Beta(600, 400) has nearly nothing below 45 %; a sum over a fine grid gives its mean there.
        scheme = policy_scheme(two())
        asked = {"around": 1000, "bounds": {"skp": ("40 %", "45 %")}}
        drawn = draw_weightings(scheme, count=4000, seed=3, **asked)
        fine = np.linspace(0.4, 0.45, 100_001)
        logs = 599 * np.log(fine) + 399 * np.log(1 - fine)
        density = np.exp(logs - logs.max())
        mean = (fine * density).sum() / density.sum()
        spread = np.sqrt(((fine - mean) ** 2 * density).sum() / density.sum())
        shares = drawn.parts[:, 0] / drawn.grid
        assert abs(shares.mean() - mean) < 4 * spread / np.sqrt(4000)
        assert 0.9 < shares.std() / spread < 1.1

    def test_ties_are_rounded_in_the_order_that_was_asked(self):
        asked = {"bounds": {"x4": (0, "7 %"), "x0": ("7 %", 1)}, "order": ("x4", "x0")}
        drawn = draw_weightings(five(), count=200, seed=1, **asked)
        assert (drawn.parts[:, 4] >= drawn.parts[:, 0]).all()

    @pytest.mark.parametrize(
        ("asked", "code"),
        [
            ({"bounds": {"x0": (0.5, 1), "x1": (0.6, 1)}}, "KNJ048"),
            ({"bounds": {"x0": (0.3, 0.2)}}, "KNJ048"),
            ({"bounds": {"x0": (0, 0.1), "x1": (0.2, 1)}, "order": ("x0", "x1")}, "KNJ048"),
            ({"bounds": {"nilai": (0, 1)}}, "KNJ042"),
            ({"order": ("x0", "x9")}, "KNJ042"),
            ({"around": 0}, "KNJ049"),
            ({"count": 0}, "KNJ050"),
            ({"count": 2.5}, "KNJ050"),
            ({"around": float("nan")}, "KNJ049"),
            ({"around": "dekat"}, "KNJ049"),
            ({"bounds": {"x0": (0, float("nan"))}}, "KNJ044"),
            ({"bounds": {"x0": 0.5}}, "KNJ035"),
            ({"order": ("x0", "x0")}, "KNJ019"),
            ({"order": ("x0", "x1", "x0")}, "KNJ019"),
            ({"seed": -1}, "KNJ035"),
            ({"seed": None}, "KNJ035"),
        ],
    )
    def test_what_leaves_no_weighting_is_refused(self, asked, code):
        with pytest.raises(InputError, match=code):
            draw_weightings(five(), **{"seed": 1, **asked})


class TestGiven:
    def test_thirds_are_taken_as_they_are(self):
        scheme = policy_scheme(two())
        taken = given_weightings(scheme, [Weights.of({"perilaku": "1/3", "skp": "2/3"})])
        assert taken[0] == Weights.of({"skp": "2/3", "perilaku": "1/3"})

    def test_no_weighting_at_all_is_refused(self):
        with pytest.raises(InputError, match="KNJ050"):
            given_weightings(policy_scheme(two()), [])

    def test_a_denominator_beyond_all_measure_is_refused(self):
        with pytest.raises(InputError, match="KNJ047"):
            given_weightings(
                policy_scheme(two()),
                [Weights.of({"skp": "1/3000000000001", "perilaku": "3000000000000/3000000000001"})],
            )

    @pytest.mark.parametrize(
        ("weights", "code"),
        [
            ({"skp": "60 %"}, "KNJ043"),
            ({"skp": "60 %", "perilaku": "30 %"}, "KNJ046"),
            ({"skp": "60 %", "perilaku": "40 %", "lain": 0}, "KNJ042"),
            ({"skp": "140 %", "perilaku": "-40 %"}, "KNJ044"),
            ({"skp": 0, "perilaku": 0}, "KNJ045"),
        ],
    )
    def test_what_are_no_weights_of_the_step_are_refused(self, weights, code):
        with pytest.raises(InputError, match=code):
            weights_of(policy_scheme(two()), weights)


def test_random_policies_have_one_scheme_of_their_own():
    case = strategies_people.random_case(Random(7))  # noqa: S311 - a seeded draw
    assert "inti" in {scheme.step for scheme in policy_schemes(case.scorer)}
