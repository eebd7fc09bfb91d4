"""A reward for so many: conditions, order, cut, and why for each person."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kinerja.cohort import (
    Complete,
    Criterion,
    FollowedUp,
    HasNumber,
    Heads,
    LabelAtLeast,
    Member,
    NumberWithin,
    Share,
    quota_reason,
    reward_quota,
)
from kinerja.errors import InputError
from kinerja.scorer import FollowUp, LabelStep, NumberStep
from kinerja.words import Text

NILAI = NumberStep(name="nilai", title=Text.same("nilai"), unit=None, digits=2)
MASA = NumberStep(name="masa", title=Text.same("masa kerja"), unit=None, digits=0)
LABELS = tuple((one, Text.same(one)) for one in ("kurang", "cukup", "baik"))
PREDIKAT = LabelStep(name="predikat", title=Text.same("predikat"), labels=LABELS, ordered=True)
UNORDERED = LabelStep(name="kelompok", title=Text.same("kelompok"), labels=LABELS, ordered=False)
REWARD = FollowUp(id="penghargaan", title=Text.same("penghargaan"), step="tindak.penghargaan")
BAIK = LabelAtLeast(step=PREDIKAT, least="baik")
LONGER = Criterion(step=MASA, best="highest")


def person(id, nilai, *, unit="A", masa=None, predikat="baik", follow_ups=(), status="complete"):  # noqa: A002
    values = {"nilai": nilai, "masa": masa}
    values = {key: Decimal(v) if isinstance(v, int) else v for key, v in values.items()}
    return Member(
        id=id,
        unit=unit,
        status=status,
        values={**values, "predikat": predikat},
        follow_ups=follow_ups,
    )


def quota(members, **named):
    named = {"by": NILAI, "best": "highest", "places": Heads(count=2), "at_cut": "open", **named}
    return reward_quota(members, **named)


def ids(places):
    return [place.id for place in places]


def people(*numbers):
    return [person(f"p{place}", number) for place, number in enumerate(numbers)]


class TestPlaces:
    @pytest.mark.parametrize(
        ("rounding", "count"),
        [("down", 1), ("half_up", 2), ("half_even", 2), ("up", 2), ("half_down", 1)],
    )
    def test_heads_are_rounded_as_named(self, rounding, count):
        share = Share(share=Fraction(1, 10), of="everyone", rounding=rounding)
        [unit] = quota(people(*range(15)), places=share).units
        assert (unit.exact, unit.places) == (Fraction(3, 2), count)

    def test_everyone_counts_the_refused_and_eligible_does_not(self):
        group = [*people(1, 2, 3), Member(id="x", unit="A", status="refused")]
        half = [
            quota(group, places=Share(share=Fraction(1, 2), of=of, rounding="down")).units[0]
            for of in ("everyone", "eligible")
        ]
        assert [(unit.exact, unit.places) for unit in half] == [(2, 2), (Fraction(3, 2), 1)]

    def test_a_small_unit_has_the_least_number_of_places(self):
        share = Share(share=Fraction(1, 10), of="everyone", rounding="down", least=1)
        [unit] = quota(people(1, 2), places=share).units
        assert (unit.exact, unit.places, ids(unit.cut.inside)) == (Fraction(1, 5), 1, ["p1"])

    def test_each_unit_has_its_places_or_all_share_them(self):
        group = [person("a", 1, unit="A"), person("b", 2, unit="B"), person("c", 3, unit="B")]
        one = Heads(count=1)
        apart = quota(group, places=one, within="unit").units
        assert [(unit.unit, ids(unit.cut.inside)) for unit in apart] == [("A", ["a"]), ("B", ["c"])]
        [together] = quota(group, places=one, within="all").units
        assert ids(together.cut.inside) == ["c"]

    def test_no_place_is_no_error(self):
        [unit] = quota(people(5, 5), places=Heads(count=0), at_cut="all").units
        assert (ids(unit.cut.inside), unit.cut.tied, unit.at_cut) == ([], (), None)


class TestConditions:
    def test_people_are_counted_by_the_first_condition_they_do_not_meet(self):
        group = [
            person("a", 90, follow_ups=("penghargaan",)),
            person("b", 95),
            person("c", 99, predikat="cukup", follow_ups=("penghargaan",)),
            person("d", 99, predikat="cukup"),
            person("e", 99, predikat=None, follow_ups=("penghargaan",)),
            person("f", None, follow_ups=("penghargaan",)),
            person("g", 99, status="incomplete"),
            Member(id="h", unit="A", status="refused"),
        ]
        asked = [Complete(), BAIK, FollowedUp(action=REWARD)]
        [unit] = quota(group, conditions=asked).units
        assert (unit.heads, unit.eligible, ids(unit.cut.inside)) == (8, 1, ["a"])
        assert [(one.condition, one.why, one.count) for one in unit.excluded] == [
            (None, "missing", 1),
            (Complete(), "failed", 1),
            (BAIK, "failed", 2),
            (BAIK, "missing", 1),
            (FollowedUp(action=REWARD), "failed", 1),
            (HasNumber(step=NILAI), "missing", 1),
        ]
        assert unit.cut.unused == 1

    @pytest.mark.parametrize(
        ("value", "verdict"), [(4, "failed"), (5, "met"), (7, "met"), (8, "failed")]
    )
    def test_limits_of_a_number_belong_to_it(self, value, verdict):
        limits = NumberWithin(step=NILAI, least=Fraction(5), most=Fraction(7))
        assert limits.verdict(person("a", value)) == verdict

    def test_a_missing_number_is_neither_within_nor_outside(self):
        assert NumberWithin(step=NILAI, least=Fraction(5)).verdict(person("a", None)) == "missing"


class TestCut:
    def test_the_last_one_in_and_the_first_one_out_are_told(self):
        [unit] = quota(people(90, 95, 80, 70)).units
        assert (unit.last_in, unit.first_out, unit.at_cut) == (90, 80, 90)

    @pytest.mark.parametrize(
        ("at_cut", "inside", "first_out", "unused"),
        [("all", ["p1", "p0", "p2"], 70, 0), ("none", ["p1"], 90, 1), ("open", ["p1"], 70, 0)],
    )
    def test_what_becomes_of_a_tie_is_named(self, at_cut, inside, first_out, unused):
        [unit] = quota(people(90, 95, 90, 70), at_cut=at_cut).units
        assert ids(unit.cut.inside) == inside
        assert ids(unit.cut.tied) == ["p0", "p2"]
        assert (unit.first_out, unit.at_cut, unit.cut.unused) == (first_out, 90, unused)

    def test_no_number_decides_where_all_are_in(self):
        [unit] = quota(people(90)).units
        assert (unit.at_cut, unit.first_out, unit.cut.unused) == (None, None, 1)


class TestWhy:
    def test_who_is_in_is_told_the_rank(self):
        group = people(90, 95, 80)
        why = quota_reason(group[1], quota=quota(group))
        assert (why.decision, why.value, why.rank, why.at_cut, why.short) == ("in", 95, 1, 90, None)

    def test_who_is_out_is_told_what_lacked(self):
        group = people(90, 95, Fraction(241, 3))
        why = quota_reason(group[2], quota=quota(group))
        assert (why.decision, why.rank, why.short) == ("out", 3, Fraction(29, 3))
        assert why.decided_by is None

    def test_lacking_is_told_in_the_direction_of_the_best(self):
        group = people(3, 1, 7)
        why = quota_reason(group[2], quota=quota(group, best="lowest"))
        assert (why.at_cut, why.short) == (3, 4)

    def test_a_tie_breaker_that_decided_is_named(self):
        group = [person("a", 90, masa=9), person("b", 90, masa=2)]
        found = quota(group, places=Heads(count=1), then=[LONGER])
        why = quota_reason(group[1], quota=found)
        assert (why.decision, why.short, why.decided_by) == ("out", 0, LONGER)

    def test_no_tie_breaker_decided_where_the_numbers_differ(self):
        group = [person("a", 90, masa=9), person("b", 80, masa=2)]
        found = quota(group, places=Heads(count=1), then=[LONGER])
        assert found.units[0].decided_by is None
        assert quota_reason(group[1], quota=found).decided_by is None

    def test_who_stands_behind_a_tie_of_the_same_number_is_told_the_tie_breaker(self):
        group = [person("a", 90, masa=9), person("b", 90, masa=9), person("c", 90, masa=2)]
        for at_cut in ("none", "open"):
            found = quota(group, places=Heads(count=1), then=[LONGER], at_cut=at_cut)
            why = quota_reason(group[2], quota=found)
            assert (why.decision, why.short, why.decided_by) == ("out", 0, LONGER)

    def test_ranks_are_left_out_after_a_tie(self):
        group = people(90, 90, 80)
        assert quota_reason(group[2], quota=quota(group)).rank == 3

    @pytest.mark.parametrize(
        ("at_cut", "decision"), [("all", "in"), ("none", "out"), ("open", "open")]
    )
    def test_who_ties_at_the_cut_is_told_so(self, at_cut, decision):
        group = people(90, 95, 90, 70)
        why = quota_reason(group[0], quota=quota(group, at_cut=at_cut))
        assert (why.decision, why.ties_at_cut, why.tied, why.short) == (decision, True, 2, None)

    def test_every_condition_that_is_not_met_is_told(self):
        group = [person("a", 99, predikat="cukup"), *people(90, 95, 80)]
        found = quota(group, conditions=[BAIK, FollowedUp(action=REWARD)])
        why = quota_reason(group[0], quota=found)
        assert why.decision == "not_eligible"
        assert why.failed == ((BAIK, "failed"), (FollowedUp(action=REWARD), "failed"))
        assert why.rank is None

    def test_who_is_not_eligible_is_told_whether_the_number_would_have_done(self):
        group = [
            person("a", 99, predikat="cukup"),
            person("b", 70, predikat=None),
            *people(90, 95, 80),
        ]
        found = quota(group, conditions=[BAIK])
        assert [quota_reason(one, quota=found).short for one in group[:2]] == [0, 20]

    def test_a_refused_record_is_told_as_such(self):
        group = [Member(id="x", unit="A", status="refused"), *people(1)]
        why = quota_reason(group[0], quota=quota(group))
        assert (why.decision, why.failed, why.value) == ("refused", (), None)

    @pytest.mark.parametrize("stranger", [person("z", 50), person("z", 50, unit="B")])
    def test_a_stranger_is_refused(self, stranger):
        with pytest.raises(InputError, match="KNJ869"):
            quota_reason(stranger, quota=quota(people(90, 95)))


class TestRefusals:
    def test_every_fault_of_a_share_is_told_at_once(self):
        with pytest.raises(InputError) as caught:
            Share(share=Fraction(0), of="semua", rounding="nearest", least=-1)
        codes = [(issue.code, issue.path) for issue in caught.value.issues]
        assert codes == [
            ("KNJ867", "of"),
            ("KNJ867", "rounding"),
            ("KNJ865", "share"),
            ("KNJ864", "least"),
        ]

    @pytest.mark.parametrize("count", [-1, True, Fraction(1, 2)])
    def test_heads_are_whole(self, count):
        with pytest.raises(InputError, match="KNJ864"):
            Heads(count=count)

    def test_more_than_all_is_no_share(self):
        with pytest.raises(InputError, match="KNJ865"):
            Share(share=Fraction(11, 10), of="everyone", rounding="down")

    def test_a_label_that_there_is_not_is_no_condition(self):
        with pytest.raises(InputError) as caught:
            LabelAtLeast(step=UNORDERED, least="bagus")
        assert [issue.code for issue in caught.value.issues] == ["KNJ863", "KNJ867"]

    @pytest.mark.parametrize(("least", "most"), [(None, None), (Fraction(2), Fraction(1))])
    def test_limits_that_ask_nothing_or_the_impossible_are_refused(self, least, most):
        with pytest.raises(InputError, match="KNJ868"):
            NumberWithin(step=NILAI, least=least, most=most)

    def test_choices_that_there_are_not_are_refused(self):
        with pytest.raises(InputError) as caught:
            quota([], best="top", at_cut="some", within="each")
        assert [issue.path for issue in caught.value.issues] == ["best", "at_cut", "within"]


def _key(member, best):
    """Give what is greater for the better, by the number and then the years; for complete values."""
    sign = 1 if best == "highest" else -1
    return (sign * member.number("nilai"), member.number("masa"))


numbers = st.one_of(st.integers(0, 5).map(Decimal), st.fractions(0, 5, max_denominator=3))
groups = st.lists(
    st.tuples(
        numbers,
        st.integers(0, 2),
        st.sampled_from(["A", "B"]),
        st.sampled_from(["kurang", "cukup", "baik", None]),
    ),
    max_size=14,
).map(
    lambda rows: [
        person(f"p{place}", nilai, masa=masa, unit=unit, predikat=predikat)
        for place, (nilai, masa, unit, predikat) in enumerate(rows)
    ]
)
ends = st.sampled_from(["highest", "lowest"])
cuts = st.sampled_from(["all", "none", "open"])
CUKUP = LabelAtLeast(step=PREDIKAT, least="cukup")


class TestLaws:
    @given(groups, ends, cuts, st.integers(0, 5))
    def test_against_taking_the_best_one_after_the_other(self, group, best, at_cut, places):
        """The oracle takes whole groups of equals from a shrinking list until the places are gone."""
        found = quota(
            group,
            best=best,
            at_cut=at_cut,
            places=Heads(count=places),
            conditions=[CUKUP],
            then=[LONGER],
        )
        for unit in found.units:
            rest = [
                one
                for one in group
                if one.unit == unit.unit and one.label("predikat") in ("cukup", "baik")
            ]
            assert unit.eligible == len(rest)
            inside, tied, left = [], [], places
            while rest and left > 0:
                first = max(_key(one, best) for one in rest)
                equals = [one.id for one in rest if _key(one, best) == first]
                rest = [one for one in rest if _key(one, best) != first]
                if len(equals) <= left:
                    inside += equals
                    left -= len(equals)
                else:
                    tied = equals
                    break
            outside = [one.id for one in rest]
            if at_cut == "all":
                inside += tied
            elif at_cut == "none":
                outside += tied
            assert sorted(ids(unit.cut.inside)) == sorted(inside)
            assert sorted(ids(unit.cut.tied)) == sorted(tied)
            assert sorted(ids(unit.cut.outside)) == sorted(outside)
            assert unit.cut.contested == (left if tied else 0)

    @given(
        groups,
        ends,
        cuts,
        st.fractions(Fraction(1, 10), 1),
        st.sampled_from(["everyone", "eligible"]),
    )
    def test_a_quota_keeps_to_its_places_and_counts_everybody(self, group, best, at_cut, share, of):
        places = Share(share=share, of=of, rounding="half_up")
        found = quota(group, best=best, at_cut=at_cut, places=places, conditions=[CUKUP])
        assert sum(unit.heads for unit in found.units) == len(group)
        for unit in found.units:
            cut = unit.cut
            assert at_cut == "all" or len(cut.inside) <= unit.places
            assert abs(unit.places - unit.exact) <= Fraction(1, 2)
            assert unit.eligible + sum(one.count for one in unit.excluded) == unit.heads
            assert len(cut.inside) + len(cut.waiting) + len(cut.outside) == unit.eligible
            assert cut.unused == 0 or not cut.outside or at_cut == "none"

    @given(groups, ends, cuts, st.integers(1, 4), st.data())
    def test_the_number_at_the_cut_is_the_least_that_is_not_enough(
        self, group, best, at_cut, places, data
    ):
        """A person who is out and gets more than it is in; a person who gets less is not."""
        named = {"best": best, "at_cut": at_cut, "places": Heads(count=places), "within": "all"}
        [unit] = quota(group, **named).units
        assume(unit.cut.outside)
        person_out = data.draw(st.sampled_from(unit.cut.outside)).member
        good = 1 if best == "highest" else -1
        for step, inside in ((good, True), (-good, False)):
            value = unit.at_cut + Fraction(step, 10**6)
            moved = person(
                person_out.id, value, unit=person_out.unit, masa=person_out.values["masa"]
            )
            others = [one for one in group if one is not person_out]
            decision = quota_reason(moved, quota=quota([*others, moved], **named)).decision
            assert (decision == "in") is inside
