"""People of a unit are counted by label, and a policy says whether the counts keep its limits.

No label is changed, nobody is named, and whoever has no label is counted as none.
"""

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.cohort import Member, check_distribution
from kinerja.errors import InputError
from kinerja.scorer import label_step
from kinerja.values import Period

circular = kinerja.load("se-3-2023")
older = kinerja.load("distribusi-20-60-20", variant={"kelompok_predikat": "baik"})
step = label_step(kinerja.load("kuadran-6-2022").program)
step_2019 = label_step(kinerja.load("pp30-2019").program)
LABELS = tuple(label for label, _ in step.labels)
CAPAIAN = ("istimewa", "baik", "butuh_perbaikan", "kurang", "sangat_kurang")

heads = st.fixed_dictionaries({label: st.integers(0, 12) for label in LABELS}).filter(
    lambda counts: any(counts.values())
)


def people(unit="Bidang Arsip", labels=LABELS, **counts):
    return [
        Member(id=f"{label}-{number}", unit=unit, values={"predikat": label})
        for label in labels
        for number in range(counts.get(label, 0))
    ]


def check(members, **more):
    return check_distribution(members, **{"scorer": circular, "step": step, **more})


def codes(error):
    return [issue.code for issue in error.value.issues]


class TestCounting:
    """The record of the policy is the unit: how many people hold each label."""

    @given(heads, st.sampled_from(CAPAIAN))
    def test_the_policy_judges_the_counts(self, counts, organisation):
        [found] = check(people(**counts), organisation=organisation)
        record = {f"jumlah_{label}": count for label, count in counts.items()}
        assert found.result == circular.score({"capaian_organisasi": organisation, **record})
        assert found.counts == counts
        assert found.verdict is found.result["memenuhi"]
        assert found.people == sum(counts.values())
        assert sum(found.share(label) for label in LABELS) == 1

    @given(heads, st.randoms(use_true_random=False))
    def test_the_order_of_people_does_not_matter(self, counts, random):
        members = people(**counts)
        [found] = check(members, organisation="baik")
        random.shuffle(members)
        assert check(members, organisation="baik") == (found,)

    def test_labels_are_told_from_the_lowest(self):
        [found] = check(people(baik=1), organisation="baik")
        assert tuple(found.counts) == LABELS

    def test_people_without_a_label_are_counted_as_none(self):
        members = [
            *people(baik=2),
            Member(id="x", unit="Bidang Arsip", status="incomplete", values={"predikat": None}),
            Member(id="y", unit="Bidang Arsip", status="incomplete", values={"predikat": "baik"}),
            Member(id="z", unit="Bidang Arsip", status="refused"),
        ]
        [found] = check(members, organisation="baik")
        assert (found.people, found.incomplete, found.refused) == (3, 1, 1)
        assert found.counts["baik"] == 3

    def test_a_unit_where_nobody_has_a_label_is_not_judged(self):
        [found] = check([Member(id="z", unit="A", status="refused")], organisation="baik")
        assert (found.verdict, found.limits, found.fewest_moves) == (None, (), None)
        assert [reason.code for reason in found.result.reasons] == ["no_employees"]
        assert found.share("baik") is None

    def test_no_id_stays_in_what_is_found(self):
        [found] = check(people(baik=3), organisation="baik")
        assert "baik-0" not in repr(found)
        assert found.result.id is None

    def test_nobody_gives_nothing(self):
        assert check([], organisation="baik") == ()


class TestUnits:
    """The unit that counts is the one led by the rater (PermenPANRB 6/2022 Lampiran hlm. 94 g)."""

    def test_each_unit_is_held_to_its_own_organisation(self):
        members = [*people("A", baik=7, sangat_baik=3), *people("B", baik=7, sangat_baik=3)]
        found = check(members, organisation={"A": "istimewa", "B": "Baik"})
        assert [(one.unit, one.organisation, one.verdict) for one in found] == [
            ("A", "istimewa", True),
            ("B", "baik", False),
        ]

    def test_the_whole_is_checked_only_where_it_is_asked_for(self):
        members = [*people("A", baik=7, butuh_perbaikan=3), *people(None, baik=10)]
        found = check(members, organisation="baik", whole="add")
        assert [(one.unit, one.scope, one.people) for one in found] == [
            ("A", "unit", 10),
            (None, "unit", 10),
            (None, "whole", 20),
        ]

    def test_the_whole_has_an_organisation_of_its_own(self):
        members = people("A", baik=8, butuh_perbaikan=2)
        given = {"organisation": {"A": "istimewa"}, "whole": "add"}
        found = check(members, **given, whole_organisation="baik")
        assert [one.verdict for one in found] == [True, False]
        with pytest.raises(InputError) as error:
            check(members, **given)
        assert codes(error) == ["KNJ826"]

    def test_further_inputs_are_the_same_for_all(self):
        scorer = kinerja.load("se-3-2023", variant={"unit_kecil": "tidak_diperiksa"})
        members = [*people("A", baik=9), *people("B", baik=10)]
        found = check(members, scorer=scorer, organisation="istimewa", inputs={"unit_terkecil": 10})
        assert [one.verdict for one in found] == [None, True]
        assert found[0].limits == ()


class TestLimits:
    """Which limits are not kept, with people found and people allowed, in whole heads."""

    def test_the_example_of_the_guide(self):
        members = people(sangat_baik=12, baik=20, butuh_perbaikan=8)
        [found] = check(members, organisation="butuh_perbaikan")
        assert [
            (one.step, one.labels, one.side, one.found, one.allowed, one.share)
            for one in found.limits
        ] == [
            ("maks_sangat_baik", ("sangat_baik",), "most", 12, 4, Fraction(1, 10)),
            ("min_butuh_perbaikan", ("butuh_perbaikan",), "fewest", 8, 24, Fraction(6, 10)),
        ]
        assert {basis.status for one in found.limits for basis in one.basis} == {"secondary"}
        assert found.fewest_moves == 16

    @given(heads, st.sampled_from(CAPAIAN))
    def test_they_are_the_flags_that_are_not_kept(self, counts, organisation):
        [found] = check(people(**counts), organisation=organisation)
        flags = [name for name, value in found.result.values.items() if value is False]
        assert [one.step for one in found.limits] == [name for name in flags if name != "memenuhi"]
        for limit in found.limits:
            held = sum(counts[label] for label in limit.labels)
            assert limit.found == held
            assert limit.allowed < held if limit.side == "most" else limit.allowed > held
            if limit.share is not None:
                whole = floor if limit.side == "most" else ceil
                assert limit.allowed == whole(limit.share * found.people)

    @pytest.mark.parametrize(
        ("rounding", "allowed"), [("bagian_tepat", 4), ("ke_bawah", 4), ("longgar", None)]
    )
    def test_the_share_is_the_one_before_rounding(self, rounding, allowed):
        scorer = kinerja.load("se-3-2023", variant={"pembulatan_orang": rounding})
        [found] = check(people(sangat_baik=5, baik=2), scorer=scorer, organisation="istimewa")
        told = [(one.allowed, one.share) for one in found.limits]
        assert told == ([] if allowed is None else [(allowed, Fraction(7, 10))])

    def test_a_limit_without_a_number_is_told_by_its_step(self):
        scorer = kinerja.load("se-3-2023", variant={"sebagian_besar": "lebih_dari_separuh"})
        [found] = check(people(sangat_baik=2, baik=8), scorer=scorer, organisation="istimewa")
        [limit] = found.limits
        assert (limit.step, limit.side, limit.allowed) == ("sebagian_besar", None, None)
        assert found.fewest_moves == 4

    def test_limits_that_cannot_hold_together_have_no_fewest_moves(self):
        [found] = check(people(baik=1), organisation="kurang")
        assert found.verdict is False
        assert found.fewest_moves is None


class TestAnyPolicyOfThatForm:
    """What is counted is told by the names of inputs, what is a limit by the formula of the verdict."""

    def test_a_policy_without_organisation_asks_for_none(self):
        members = people(labels=("sangat_baik", "baik", "cukup"), sangat_baik=4, baik=6)
        [found] = check(members, scorer=older, step=step_2019)
        assert found.organisation is None
        assert [(one.step, one.labels, one.allowed) for one in found.limits] == [
            ("maks_di_atas", ("sangat_baik",), 2)
        ]
        assert found.fewest_moves == 2

    def test_a_limit_may_count_several_labels(self):
        members = people(labels=[name for name, _ in step_2019.labels], cukup=3, kurang=2, baik=5)
        [found] = check(members, scorer=older, step=step_2019)
        below = next(one for one in found.limits if one.step == "maks_di_bawah")
        assert below.labels == ("cukup", "kurang", "sangat_kurang")
        assert (below.found, below.allowed, below.share) == (5, 2, Fraction(2, 10))

    def test_an_agency_may_extend_the_circular(self, tmp_path):
        path = tmp_path / "distribusi-kami.yaml"
        path.write_text(
            """
schema: 1
id: distribusi-kami
version: 1.0.0
title: Distribusi predikat kami
in_force: {from: 2024-01-01}
extends: se-3-2023
base_version: 1.1.0
bases:
  kami: {title: keputusan kami, status: own}
steps:
  batas_atas_sangat_baik: {rows: {baik: 20}, basis: [{of: kami}]}
""",
            encoding="utf-8",
        )
        members = people(sangat_baik=3, baik=6, butuh_perbaikan=1)
        [found] = check(members, scorer=kinerja.load(path), organisation="baik")
        assert [(one.step, one.allowed) for one in found.limits] == [("maks_sangat_baik", 2)]
        assert found.fewest_moves == 1


class TestRefusals:
    """Everything that keeps people from being counted is told at once."""

    def test_labels_and_inputs_must_be_the_same(self):
        with pytest.raises(InputError) as error:
            check(people(baik=1), step=step_2019, organisation="baik")
        told = sorted((issue.code, issue.path) for issue in error.value.issues)
        assert told == [
            ("KNJ820", "jumlah_cukup"),
            ("KNJ820", "jumlah_kurang"),
            ("KNJ821", "jumlah_butuh_perbaikan"),
            ("KNJ821", "jumlah_kurang_misconduct"),
        ]

    def test_a_unit_without_organisation_is_named(self):
        members = [*people("A", baik=1), *people("B", baik=1), *people("C", baik=1)]
        with pytest.raises(InputError) as error:
            check(members, organisation={"A": "baik", "B": "Cukup"})
        assert sorted(codes(error)) == ["KNJ822", "KNJ823"]
        assert '"C"' in str(error.value)
        assert '"B"' in str(error.value)

    def test_several_periods_would_count_people_twice(self):
        members = [
            Member(id="x", unit="A", period=Period.parse(text), values={"predikat": "baik"})
            for text in ("2024-Q1", "2024-Q2")
        ]
        with pytest.raises(InputError) as error:
            check(members, organisation="baik")
        assert codes(error) == ["KNJ825"]

    def test_a_label_of_another_policy_is_not_left_out_of_the_count(self):
        members = [*people(baik=3), Member(id="x", unit="A", values={"predikat": "cukup"})]
        with pytest.raises(InputError) as error:
            check(members, organisation="baik")
        assert codes(error) == ["KNJ839"]

    def test_a_policy_of_people_has_no_verdict_on_a_unit(self):
        scorer = kinerja.load("kuadran-6-2022")
        with pytest.raises(InputError) as error:
            check(people(baik=1), scorer=scorer)
        assert set(codes(error)) == {"KNJ820", "KNJ824"}

    def test_a_further_input_that_cannot_be_used_is_told_once(self):
        members = [*people("A", baik=1), *people("B", baik=1)]
        with pytest.raises(InputError) as error:
            check(members, organisation="baik", inputs={"unit_terkecil": "sepuluh"})
        assert len(error.value.issues) == 1
