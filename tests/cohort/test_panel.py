"""What one rater of a panel can move at most, without telling what anybody answered."""

from fractions import Fraction

import pytest

import kinerja
from kinerja.cohort import PanelFields, panel_influence
from kinerja.errors import InputError
from kinerja.policy import parse_policy
from kinerja.scorer import Scorer

FIELDS = PanelFields(
    ratings="penilaian", group="kelompok", score="nilai", panel="panel", rater="penilai"
)


@pytest.fixture(scope="module")
def scorer():
    return kinerja.load("guru-360")


def ratings(**groups):
    return [
        {"penilai": f"{group}-{place}", "kelompok": group, "nilai": score}
        for group, scores in groups.items()
        for place, score in enumerate(scores)
    ]


def spans(found):
    return {group.group: (group.raters, group.weight, group.most) for group in found.groups}


def test_a_mean_gives_weight_times_width_by_raters(scorer):
    given = ratings(
        kepala_sekolah=[80], teman_sejawat=[70, 90, 60], peserta_didik=[50] * 7, wali_murid=[100]
    )
    found = panel_influence(scorer, {"id": "g1", "penilaian": given}, fields=FIELDS)
    assert found.id == "g1"
    assert spans(found) == {
        "kepala_sekolah": (1, Fraction(2, 5), Fraction(40)),
        "teman_sejawat": (3, Fraction(3, 10), Fraction(10)),
        # 20 · 1/7 = 2.857…, between two numbers that the policy rounds to two decimals
        "peserta_didik": (7, Fraction(1, 5), Fraction("2.86")),
        "wali_murid": (1, Fraction(1, 10), Fraction(10)),
    }


def test_what_others_answered_cannot_be_seen(scorer):
    ones = [
        spans(
            panel_influence(
                scorer,
                {"penilaian": ratings(kepala_sekolah=[80], teman_sejawat=scores)},
                fields=FIELDS,
            )
        )
        for scores in ([0, 100], [50, 50], [100, 100])
    ]
    assert ones[0] == ones[1] == ones[2]


def test_a_group_without_raters_moves_nothing(scorer):
    found = panel_influence(scorer, {"penilaian": ratings(kepala_sekolah=[80])}, fields=FIELDS)
    assert spans(found)["wali_murid"] == (0, Fraction(1, 10), None)


def test_an_answer_of_several_aspects_is_one_raters(scorer):
    sikap = kinerja.load("sikap-360")
    names = {one.name: one.type for one in sikap.program.inputs}["penilaian"].fields
    aspects = names["aspek"].scale.ids
    given = [
        {"penilai": who, "kelompok": group, "aspek": aspect, "nilai": 3}
        for who, group in [
            ("a", "atasan"),
            *((f"r{n}", "rekan") for n in range(4)),
            *((f"b{n}", "bawahan") for n in range(3)),
        ]
        for aspect in aspects
    ]
    fields = PanelFields(
        ratings="penilaian", group="kelompok", score="nilai", panel="skor", rater="penilai"
    )
    found = panel_influence(sikap, {"penilaian": given}, fields=fields)
    width = 80  # a scale of 1 to 5 times 20
    assert [(one.group, one.raters, one.most) for one in found.groups] == [
        ("atasan", 1, Fraction(60, 100) * width),
        ("rekan", 4, Fraction(25, 100) * width / 4),
        ("bawahan", 3, Fraction(15, 100) * width / 3),
    ]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"ratings": "nilai"}, ["KNJ871"]),
        ({"group": "grup", "score": "skor"}, ["KNJ872", "KNJ872"]),
        ({"group": "penilai"}, ["KNJ873"]),
        ({"score": "penilai"}, ["KNJ874"]),
    ],
)
def test_what_the_policy_does_not_have_is_refused_at_once(scorer, fields, codes):
    named = {"ratings": "penilaian", "group": "kelompok", "score": "nilai", "panel": "panel"}
    with pytest.raises(InputError) as caught:
        panel_influence(scorer, {"penilaian": []}, fields=PanelFields(**{**named, **fields}))
    assert [issue.code for issue in caught.value.issues] == codes


def test_what_is_missing_to_the_scorer_is_no_answer(scorer):
    given = ratings(kepala_sekolah=[80], teman_sejawat=[70, float("nan"), " ", None])
    found = panel_influence(scorer, {"penilaian": given}, fields=FIELDS)
    alone = panel_influence(
        scorer, {"penilaian": ratings(kepala_sekolah=[80], teman_sejawat=[70])}, fields=FIELDS
    )
    assert spans(found) == spans(alone)
    assert spans(found)["teman_sejawat"] == (1, Fraction(3, 10), Fraction(30))


def test_a_panel_without_value_has_used_no_weights():
    text = """
schema: 1
id: panel
version: 1.0.0
title: panel
in_force: {from: 2025-01-01}
bases: {}
scales:
  kelompok: {ordered: false, labels: {atasan: atasan, rekan: rekan}}
inputs:
  penilaian:
    type: list
    title: penilaian
    fields:
      kelompok: {type: label, scale: kelompok}
      nilai: {type: number, limits: {from: 1, to: 5}}
steps:
  panel:
    rule: raters
    title: panel
    over: penilaian
    group: kelompok
    score: nilai
    groups: {atasan: {minimum: 1}, rekan: {minimum: 2}}
    weights: {atasan: 60 %, rekan: 40 %}
    within: mean
    unanswered: skip
    too_few: incomplete
    missing_group: incomplete
    round: {digits: 2, mode: half_up}
publish: [panel]
"""
    fields = PanelFields(ratings="penilaian", group="kelompok", score="nilai", panel="panel")
    record = {"penilaian": [{"kelompok": "atasan", "nilai": 4}, {"kelompok": "rekan", "nilai": 3}]}
    found = panel_influence(Scorer(parse_policy(text).program), record, fields=fields)
    assert spans(found) == {"atasan": (1, None, None), "rekan": (1, None, None)}
