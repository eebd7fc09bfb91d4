"""Ranks with named ties, mid-rank percentiles, and the first of each unit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.cohort import Criterion, Member, rank_members, top
from kinerja.cohort.ordering import common_numerators
from kinerja.errors import InputError
from kinerja.scorer import LabelStep, NumberStep
from kinerja.words import Text

NILAI = NumberStep(name="nilai", title=Text.same("nilai"), unit=None, digits=2)
MASA = NumberStep(name="masa", title=Text.same("masa kerja"), unit=None, digits=0)
LABELS = tuple((one, Text.same(one)) for one in ("kurang", "cukup", "baik"))
PREDIKAT = LabelStep(name="predikat", title=Text.same("predikat"), labels=LABELS, ordered=True)
UNORDERED = LabelStep(name="kelompok", title=Text.same("kelompok"), labels=LABELS, ordered=False)
LONGER = Criterion(step=MASA, best="highest")
BETTER = Criterion(step=PREDIKAT, best="highest")


def person(id, nilai, *, unit="A", masa=None, predikat=None, status=None):  # noqa: A002
    values = {"nilai": nilai, "masa": masa, "predikat": predikat}
    values = {key: Decimal(v) if isinstance(v, int) else v for key, v in values.items()}
    found = "incomplete" if nilai is None else "complete"
    return Member(id=id, unit=unit, status=status or found, values=values)


def people(*numbers):
    return [person(f"p{place}", number) for place, number in enumerate(numbers)]


def ranks(ranking):
    [unit] = ranking.units
    return [(place.id, place.rank) for place in unit.places]


def rank(members, **named):
    named = {"by": NILAI, "best": "highest", "ties": "competition", **named}
    return rank_members(members, **named)


numbers = st.one_of(
    st.integers(0, 4).map(Decimal),
    st.fractions(0, 4, max_denominator=7),
    st.none(),
)
members = st.lists(
    st.builds(
        person,
        st.text("abc", min_size=1, max_size=3),
        numbers,
        unit=st.sampled_from(["A", "B", None]),
        masa=st.one_of(st.none(), st.integers(0, 2)),
        predikat=st.sampled_from([None, "kurang", "baik"]),
    ),
    max_size=12,
)
ends = st.sampled_from(["highest", "lowest"])
tie_breakers = st.sampled_from([(), (LONGER,), (BETTER, LONGER)])


class TestTies:
    def test_equal_numbers_share_a_rank_and_the_next_is_left_out(self):
        found = rank(people(80, 95, 80, 70))
        assert ranks(found) == [("p1", 1), ("p0", 2), ("p2", 2), ("p3", 4)]
        assert [place.tied for place in found.units[0].places] == [1, 2, 2, 1]

    def test_dense_ranks_leave_out_none(self):
        found = rank(people(80, 95, 80, 70), ties="dense")
        assert [number for _, number in ranks(found)] == [1, 2, 2, 3]

    def test_the_lowest_is_first_where_it_is_best(self):
        assert ranks(rank(people(3, 1, 2), best="lowest")) == [("p1", 1), ("p2", 2), ("p0", 3)]

    def test_numbers_are_compared_exactly(self):
        close = [person("a", Fraction(1, 3)), person("b", Decimal("0.3333333333333333333333"))]
        assert ranks(rank(close)) == [("a", 1), ("b", 2)]

    def test_a_tie_breaker_settles_a_tie(self):
        found = rank([person("a", 80, masa=2), person("b", 80, masa=9)], then=[LONGER])
        assert ranks(found) == [("b", 1), ("a", 2)]
        assert [place.tied for place in found.units[0].places] == [1, 1]

    def test_an_ordered_label_settles_a_tie_by_its_place(self):
        pair = [person("a", 80, predikat="cukup"), person("b", 80, predikat="baik")]
        assert ranks(rank(pair, then=[BETTER])) == [("b", 1), ("a", 2)]

    def test_a_tie_breaker_with_a_missing_value_settles_nothing(self):
        trio = [person("a", 80, masa=2), person("b", 80, masa=9), person("c", 80)]
        found = rank(trio, then=[LONGER])
        assert [number for _, number in ranks(found)] == [1, 1, 1]
        assert found.units[0].unsettled == 1

    def test_neither_file_nor_id_decides(self):
        assert ranks(rank([person("z", 80), person("a", 80)])) == [("a", 1), ("z", 1)]


class TestWhoIsRanked:
    def test_people_without_the_number_are_counted_and_not_ranked(self):
        found = rank(
            [person("a", 1), person("b", None), Member(id="c", unit="A", status="refused")]
        ).units[0]
        assert (len(found.places), found.missing, found.refused, found.people) == (1, 1, 1, 3)

    def test_a_refused_record_is_never_ranked(self):
        found = rank([person("a", 1), person("b", 2, status="refused")]).units[0]
        assert ([p.id for p in found.places], found.refused, found.missing) == (["a"], 1, 0)

    def test_each_unit_has_its_own_ranks(self):
        mixed = [person("a", 1, unit="A"), person("b", 2, unit="B"), person("c", 3, unit="A")]
        found = rank(mixed, within="unit")
        assert [[(p.id, p.rank) for p in unit.places] for unit in found.units] == [
            [("c", 1), ("a", 2)],
            [("b", 1)],
        ]

    def test_nobody_is_no_error(self):
        assert rank([]).units[0].places == ()


class TestPercentile:
    def test_worse_counts_whole_and_equal_half(self):
        found = rank(people(80, 95, 80, 70)).units[0].places
        assert [place.percentile for place in found] == [
            Fraction(7, 8),
            Fraction(1, 2),
            Fraction(1, 2),
            Fraction(1, 8),
        ]

    def test_tie_breakers_do_not_move_it(self):
        pair = [person("a", 80, masa=2), person("b", 80, masa=9)]
        found = rank(pair, then=[LONGER]).units[0].places
        assert [place.percentile for place in found] == [Fraction(1, 2)] * 2


class TestLaws:
    @given(members, ends, tie_breakers, st.randoms(use_true_random=False))
    def test_the_order_of_the_data_changes_no_rank(self, group, best, then, random: Random):
        shuffled = random.sample(group, len(group))
        named = {"best": best, "then": then, "within": "unit"}
        first, second = (
            {
                unit.unit: sorted((str(p.member), p.rank, p.percentile) for p in unit.places)
                for unit in rank(one, **named).units
            }
            for one in (group, shuffled)
        )
        assert first == second

    @given(members, ends, tie_breakers)
    def test_percentiles_average_to_one_half(self, group, best, then):
        places = rank(group, best=best, then=then).units[0].places
        if places:
            assert sum(p.percentile for p in places) / len(places) == Fraction(1, 2)

    @given(members, ends, tie_breakers)
    def test_dense_ranks_are_consecutive(self, group, best, then):
        found = rank(group, best=best, then=then, ties="dense").units[0].places
        assert sorted({p.rank for p in found}) == list(range(1, len({p.rank for p in found}) + 1))

    @given(members, ends)
    def test_a_rank_is_one_more_than_the_number_of_better_ones(self, group, best):
        numbers = [one.number("nilai") for one in group]
        for place in rank(group, best=best).units[0].places:
            known = [number for number in numbers if number is not None]
            above = sum(number > place.value for number in known)
            below = sum(number < place.value for number in known)
            better = above if best == "highest" else below
            assert place.rank == 1 + better
            same = known.count(place.value)
            worse = len(known) - better - same
            assert place.percentile == (worse + Fraction(same, 2)) / len(known)

    @given(members, ends)
    def test_tie_breakers_refine_and_never_reverse(self, group, best):
        plain = {id(p.member): p.rank for p in rank(group, best=best).units[0].places}
        fine = rank(group, best=best, then=(BETTER, LONGER)).units[0].places
        order = [plain[id(p.member)] for p in fine]
        assert order == sorted(order)

    @given(st.lists(st.one_of(st.none(), st.fractions())))
    def test_whole_numbers_keep_the_order_of_fractions(self, values):
        keys = common_numerators(values)
        known = [(v, k) for v, k in zip(values, keys, strict=True) if v is not None]
        assert [v is None for v in values] == [k is None for k in keys]
        for one, key in known:
            for other, other_key in known:
                assert (one < other) == (key < other_key)

    def test_long_denominators_are_compared_as_fractions(self):
        values = [Fraction(1, 3**n) for n in range(1, 200)]
        assert common_numerators(values) is values
        group = [person(str(n), value) for n, value in enumerate(values)]
        assert [p.id for p in rank(group).units[0].places] == [str(n) for n in range(199)]


class TestTop:
    @pytest.mark.parametrize(
        ("at_cut", "parts", "counts"),
        [
            ("all", (["p1", "p0", "p2"], [], ["p3"]), (0, 1)),
            ("none", (["p1"], [], ["p0", "p2", "p3"]), (1, 0)),
            ("open", (["p1"], ["p0", "p2"], ["p3"]), (0, 0)),
        ],
    )
    def test_a_tie_at_the_cut_is_named(self, at_cut, parts, counts):
        [cut] = top(rank(people(80, 95, 80, 70)), n=2, at_cut=at_cut)
        found = (cut.inside, cut.waiting, cut.outside)
        assert tuple([p.id for p in part] for part in found) == parts
        assert [p.id for p in cut.tied] == ["p0", "p2"]
        assert (cut.contested, (cut.unused, cut.beyond)) == (1, counts)

    @pytest.mark.parametrize("at_cut", ["all", "none", "open"])
    def test_a_tie_that_fits_is_none(self, at_cut):
        [cut] = top(rank(people(80, 95, 80, 70)), n=3, at_cut=at_cut)
        assert [p.id for p in cut.inside] == ["p1", "p0", "p2"]
        assert (cut.tied, cut.contested, cut.unused) == ((), 0, 0)

    def test_places_that_nobody_takes_are_counted(self):
        [cut] = top(rank(people(80)), n=3, at_cut="all")
        assert (len(cut.inside), cut.unused) == (1, 2)

    @given(members, st.integers(1, 6), st.sampled_from(["all", "none", "open"]), tie_breakers)
    def test_everybody_is_in_waiting_or_out_and_no_better_one_is_behind(
        self, group, n, at_cut, then
    ):
        ranking = rank(group, then=then)
        [cut] = top(ranking, n=n, at_cut=at_cut)
        assert [*cut.inside, *cut.waiting, *cut.outside] == list(ranking.units[0].places)
        steps = [[p.rank for p in part] for part in (cut.inside, cut.waiting, cut.outside) if part]
        assert all(max(one) < min(two) for one, two in pairwise(steps))
        assert at_cut == "all" or len(cut.inside) <= n
        assert len(cut.inside) - cut.beyond + cut.unused + len(cut.waiting[: cut.contested]) == n


class TestRefusals:
    def test_every_choice_that_there_is_not_is_told_at_once(self):
        with pytest.raises(InputError) as caught:
            rank([], best="tertinggi", ties="padat", within="bidang")
        assert [(i.code, i.path) for i in caught.value.issues] == [
            ("KNJ867", "best"),
            ("KNJ867", "ties"),
            ("KNJ867", "within"),
        ]

    def test_labels_without_order_order_nobody(self):
        with pytest.raises(InputError, match="KNJ863"):
            Criterion(step=UNORDERED, best="highest")

    @pytest.mark.parametrize("n", [0, -1, True, 1.5])
    def test_places_are_a_whole_number_from_one_on(self, n):
        with pytest.raises(InputError, match="KNJ864"):
            top(rank([]), n=n, at_cut="all")
