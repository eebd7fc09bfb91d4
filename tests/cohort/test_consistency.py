"""Who is good for how long, and what a policy sees of earlier periods."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.cohort import Member, history, lasting, runs
from kinerja.errors import InputError
from kinerja.policy import parse_policy
from kinerja.scorer import LabelStep, Scorer
from kinerja.values import Period
from kinerja.words import Text

YEARS = [Period.parse(str(year)) for year in range(2021, 2026)]
NAMES = ("kurang", "cukup", "baik", "sangat_baik")
LABELS = LabelStep(
    name="predikat",
    title=Text.same("predikat"),
    labels=tuple((name, Text.same(name)) for name in NAMES),
    ordered=True,
)
SHORT = {"k": "kurang", "c": "cukup", "b": "baik", "s": "sangat_baik", "-": None}


def people(**rows):
    """`P1="bb-bs"`: one letter a year; `-` for no result."""
    return [
        Member(id=person, unit="A", period=year, values={"predikat": SHORT[letter]})
        for person, letters in rows.items()
        for year, letter in zip(YEARS, letters, strict=True)
        if letter != "-"
    ]


def run_of(letters, missing="breaks"):
    [found] = runs(
        people(P1=letters), labels=LABELS, at_least="baik", periods=YEARS, missing=missing
    )
    return found


@pytest.mark.parametrize(
    ("letters", "missing", "longest", "current", "since"),
    [
        ("bbbbb", "breaks", 5, 5, 0),
        ("cbsbc", "breaks", 3, 0, None),
        ("cbcbs", "breaks", 2, 2, 3),
        ("bb-bb", "breaks", 2, 2, 3),
        ("bb-bb", "skips", 4, 4, 0),
        ("bbbb-", "breaks", 4, 0, None),
        ("bbbb-", "skips", 4, 4, 0),
        ("ck-ck", "skips", 0, 0, None),
    ],
)
def test_runs_by_hand(letters, missing, longest, current, since):
    found = run_of(letters, missing)
    assert (found.longest, found.current) == (longest, current)
    assert found.since == (None if since is None else YEARS[since])
    assert found.missing == tuple(
        year for year, letter in zip(YEARS, letters, strict=True) if letter == "-"
    )


def test_of_two_longest_runs_the_later_is_told():
    assert run_of("bbcbb").longest_since == YEARS[3]
    assert run_of("bbcbc").longest_since == YEARS[0]


def test_baik_two_years_running_names_who_and_since_when():
    found = runs(
        people(P1="ccbbs", P2="bbbbc", P3="ccccb", P4="ccc-s"),
        labels=LABELS,
        at_least="baik",
        periods=YEARS,
        missing="breaks",
    )
    assert [(run.id, run.since) for run in lasting(found, periods=2)] == [("P1", YEARS[2])]
    with pytest.raises(ValueError, match="1 or more"):
        lasting(found, periods=0)


def test_an_unknown_label_is_refused_with_the_nearest():
    with pytest.raises(InputError) as refused:
        runs([], labels=LABELS, at_least="baek", periods=YEARS, missing="skips")
    [issue] = refused.value.issues
    assert (issue.code, issue.details["nearest"]) == ("KNJ839", '"baik"')


def test_labels_without_order_have_no_at_least():
    unordered = LabelStep(name="x", title=LABELS.title, labels=LABELS.labels, ordered=False)
    with pytest.raises(InputError):
        runs([], labels=unordered, at_least="baik", periods=YEARS, missing="skips")


def test_what_missing_means_is_named():
    with pytest.raises(ValueError, match="missing must be one of breaks, skips"):
        runs([], labels=LABELS, at_least="baik", periods=YEARS, missing="ignore")


ROWS = st.text(alphabet="kcbs-", min_size=5, max_size=5).filter(lambda letters: letters != "-----")


@given(ROWS)
def test_runs_agree_with_letters_grouped(letters):
    found = run_of(letters)
    groups = [(good, len(list(run))) for good, run in groupby(letters, key=lambda c: c in "bs")]
    assert found.longest == max((size for good, size in groups if good), default=0)
    assert found.current == (groups[-1][1] if groups[-1][0] else 0)


@given(ROWS)
def test_skipping_is_breaking_once_the_missing_are_gone(letters):
    skipped, there = run_of(letters, "skips"), letters.replace("-", "")
    packed = run_of("k" * (5 - len(there)) + there)
    assert (skipped.longest, skipped.current) == (packed.longest, packed.current)
    assert skipped.longest >= run_of(letters).longest


POLICY = """
schema: 1
id: pengembangan
version: 1.0.0
title: Tindak lanjut
in_force: {from: 2025-01-01}
bases: {}
scales:
  predikat: {ordered: true, labels: {kurang: K, cukup: C, baik: B, sangat_baik: SB}}
inputs:
  nilai: {type: number, title: nilai, limits: {from: 0, to: 100}}
  riwayat:
    type: list
    title: riwayat
    item_title: tahun
    key: [tahun]
    fields:
      tahun: {type: text}
      predikat: {type: label, scale: predikat}
steps:
  hasil: {rule: formula, title: nilai, is: nilai}
  tahun_baik:
    rule: formula
    title: tahun dengan predikat baik
    is: "count(for riwayat if not is_missing(predikat) and predikat >= 'baik')"
  lanjut:
    rule: follow_up
    title: tindak lanjut
    choose: all
    actions:
      promosi: {title: promosi, when: "tahun_baik >= 2"}
      pembinaan: {title: pembinaan, when: "tahun_baik < 2"}
publish: [hasil, tahun_baik, lanjut]
"""


def test_a_follow_up_counts_earlier_periods():
    scorer = Scorer(parse_policy(POLICY).program)
    lists = history(
        people(P1="bbcbb", P2="kc-kb"),
        periods=YEARS[-2:],
        values={"predikat": "predikat"},
        period="tahun",
        missing="keep",
    )
    assert lists["P2"] == [
        {"tahun": "2024", "predikat": "kurang"},
        {"tahun": "2025", "predikat": "baik"},
    ]
    found = {
        person: scorer.score({"nilai": 80, "riwayat": items}).follow_ups
        for person, items in lists.items()
    }
    assert found == {"P1": ("promosi",), "P2": ("pembinaan",)}


def test_a_missing_period_is_kept_or_left_out_by_name():
    members = people(P1="b-b--")
    choices = {"periods": YEARS[:3], "values": {"predikat": "predikat"}, "place": "ke"}
    assert history(members, missing="keep", **choices)["P1"] == [
        {"ke": 1, "predikat": "baik"},
        {"ke": 2, "predikat": None},
        {"ke": 3, "predikat": "baik"},
    ]
    assert [item["ke"] for item in history(members, missing="leave_out", **choices)["P1"]] == [1, 3]
