"""The older pattern 20 / 60-70 / 20: unverified figures, checked and never dealt out.

The oracle is written from the sentence: at most 20 % above expectation, 60 to 70 % in line, at most 20 %
below.
"""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.asn import catalog
from kinerja.errors import PolicyError
from kinerja.policy import read_policy

PREDIKAT = ("sangat_baik", "baik", "cukup", "kurang", "sangat_kurang")
ROUNDING = ("bagian_tepat", "setengah_ke_atas", "ke_bawah", "ke_atas", "longgar")
GROUPS = {"baik": (1,), "baik_dan_cukup": (1, 2)}

scorers = {
    (group, rounding): kinerja.load(
        "distribusi-20-60-20",
        variant={"kelompok_predikat": group, "pembulatan_orang": rounding},
    )
    for group in GROUPS
    for rounding in ROUNDING
}
heads = st.tuples(*[st.integers(0, 12)] * 5).filter(any)


def check(counts, group="baik", rounding="bagian_tepat"):
    record = {f"jumlah_{name}": count for name, count in zip(PREDIKAT, counts, strict=True)}
    return scorers[group, rounding].score(record)


def grouped(counts, group):
    line = sum(counts[place] for place in GROUPS[group])
    return counts[0], line, sum(counts) - counts[0] - line


class TestLimits:
    """At most 20 % above expectation, 60-70 % in line, at most 20 % below (unverified)."""

    @given(heads, st.sampled_from(sorted(GROUPS)))
    def test_each_limit_has_its_flag(self, counts, group):
        result = check(counts, group)
        above, line, below = (Fraction(part, sum(counts)) for part in grouped(counts, group))
        flags = {
            "maks_di_atas": above <= Fraction(2, 10),
            "min_sesuai": line >= Fraction(6, 10),
            "maks_sesuai": line <= Fraction(7, 10),
            "maks_di_bawah": below <= Fraction(2, 10),
        }
        assert {name: result[name] for name in flags} == flags
        assert result["memenuhi"] is all(flags.values())

    def test_which_predicates_are_in_line_must_be_named(self):
        with pytest.raises(PolicyError):
            kinerja.load("distribusi-20-60-20")

    def test_every_figure_is_unverified(self):
        policy = read_policy(catalog.path_of("distribusi-20-60-20"), unnamed="assume")
        limits = [step for step in policy.program.steps if step.name.startswith("paling_")]
        figures = [step for step in limits if step.name != "paling_sedikit_berpindah"]
        assert len(figures) == 4
        assert {basis.status for step in figures for basis in step.basis} == {"unverified"}


class TestFewestMoves:
    """How many people would have another predicate if every limit held."""

    @pytest.mark.parametrize("rounding", ROUNDING)
    @pytest.mark.parametrize("size", range(1, 16))
    def test_no_other_unit_of_the_same_size_is_nearer(self, size, rounding):
        units = [
            (first, second, size - first - second)
            for first in range(size + 1)
            for second in range(size + 1 - first)
        ]
        results = {one: check((*one, 0, 0), rounding=rounding) for one in units}
        kept = [one for one in units if results[one]["memenuhi"]]
        for one in units:
            moves = [sum(max(a - b, 0) for a, b in zip(one, other, strict=True)) for other in kept]
            assert results[one]["paling_sedikit_berpindah"] == (min(moves) if kept else None)
            codes = [reason.code for reason in results[one].reasons]
            assert codes == ([] if kept else ["limits_contradict"])
