"""The other nouns: scales, weights, periods, rater groups, missing values, legal bases."""

import itertools
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.exact import NotANumberError
from kinerja.values import (
    LabelDef,
    LegalBasis,
    Missing,
    Period,
    RaterGroup,
    Reason,
    Scale,
    Weights,
)
from kinerja.words import Text

PREDIKAT = Scale(
    labels=(
        LabelDef("kurang", Text("Kurang", "poor")),
        LabelDef("baik", Text("Baik", "good")),
        LabelDef("good", Text("Sangat Baik", "very good")),
    ),
    ordered=True,
)
names = st.text(min_size=1, max_size=6)


class TestScale:
    def test_labels_stand_in_the_order_of_the_scale(self):
        assert PREDIKAT.ids == ("kurang", "baik", "good")

    @pytest.mark.parametrize(
        ("text", "label"),
        [
            ("baik", "baik"),
            ("Baik", "baik"),
            ("Sangat Baik", "good"),
            ("very good", "good"),
            ("BAIK", None),
            ("", None),
            ("bai", None),
        ],
    )
    def test_a_label_is_meant_by_its_id_or_title_and_nothing_is_guessed(self, text, label):
        assert PREDIKAT.find(text) == label

    def test_an_id_wins_over_a_title(self):
        assert PREDIKAT.find("good") == "good"

    def test_titles(self):
        assert PREDIKAT.title("kurang").en == "poor"
        with pytest.raises(KeyError):
            PREDIKAT.title("Kurang")

    def test_a_scale_without_labels_is_refused(self):
        with pytest.raises(ValueError, match="at least one"):
            Scale(labels=(), ordered=True)

    def test_a_label_that_stands_twice_is_refused(self):
        with pytest.raises(ValueError, match="twice"):
            Scale(labels=(PREDIKAT.labels[0], PREDIKAT.labels[0]), ordered=False)


class TestWeights:
    @given(st.dictionaries(names, st.integers(1, 100), min_size=1, max_size=6))
    def test_they_keep_names_order_and_shares(self, shares):
        weights = Weights.of({name: f"{share} %" for name, share in shares.items()})
        assert weights.names == tuple(shares)
        assert len(weights) == len(shares)
        assert dict(weights) == {name: Fraction(share, 100) for name, share in shares.items()}
        assert all(weights[name] == Fraction(shares[name], 100) for name in shares)
        assert weights.total == Fraction(sum(shares.values()), 100)

    @given(st.lists(names, min_size=1, max_size=8, unique=True))
    def test_equal_weights_sum_to_one(self, given_names):
        weights = Weights.equal(tuple(given_names))
        assert weights.total == 1
        assert len({share for _, share in weights}) == 1

    @pytest.mark.parametrize(
        "shares",
        [
            (),
            (("a", Fraction(0)),),
            (("a", Fraction(-1)), ("b", Fraction(2))),
            (("a", Fraction(1)), ("a", Fraction(1))),
        ],
    )
    def test_what_weighs_nothing_or_less_is_refused(self, shares):
        with pytest.raises(ValueError, match=r"zero|negative|twice"):
            Weights(shares)

    def test_a_share_that_is_no_number_is_refused(self):
        with pytest.raises(NotANumberError):
            Weights.of({"a": "separuh"})

    def test_a_name_without_a_share_has_none(self):
        with pytest.raises(KeyError):
            Weights.of({"a": 1})["b"]


class TestPeriod:
    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("2021", "2021-01-01", "2021-12-31"),
            ("2021-H1", "2021-01-01", "2021-06-30"),
            ("2021-H2", "2021-07-01", "2021-12-31"),
            ("2021-Q1", "2021-01-01", "2021-03-31"),
            ("2021-Q4", "2021-10-01", "2021-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2023-02", "2023-02-01", "2023-02-28"),
            ("9999", "9999-01-01", "9999-12-31"),
            ("9999-12", "9999-12-01", "9999-12-31"),
        ],
    )
    def test_spellings(self, text, first, last):
        assert Period.parse(text) == Period(date.fromisoformat(first), date.fromisoformat(last))

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "21",
            "2021-",
            "2021-H3",
            "2021-Q0",
            "2021-13",
            "2021-00",
            "0000",
            "2021-1",
            "٢٠٢١",
            "2021\n",
        ],
    )
    def test_other_text_is_refused(self, text):
        with pytest.raises(ValueError, match=r"period|year"):
            Period.parse(text)

    @given(st.integers(1, 9999), st.sampled_from(["H", "Q", "month"]))
    def test_the_parts_of_a_year_follow_each_other_and_fill_it(self, year, kind):
        parts = {
            "H": [f"{year:04}-H{n}" for n in (1, 2)],
            "Q": [f"{year:04}-Q{n}" for n in (1, 2, 3, 4)],
            "month": [f"{year:04}-{n:02}" for n in range(1, 13)],
        }
        periods = [Period.parse(text) for text in parts[kind]]
        whole = Period.parse(f"{year:04}")
        assert sum(period.days for period in periods) == whole.days
        assert (periods[0].first, periods[-1].last) == (whole.first, whole.last)
        for earlier, later in itertools.pairwise(periods):
            assert later.first - earlier.last == timedelta(days=1)
            assert not earlier.covers(later)
        assert all(whole.covers(period) for period in periods)

    def test_a_period_that_ends_before_it_begins_is_refused(self):
        with pytest.raises(ValueError, match="before it begins"):
            Period(date(2021, 2, 1), date(2021, 1, 31))

    def test_one_day_is_a_period(self):
        day = date(2021, 2, 1)
        assert Period(day, day).days == 1


class TestMissing:
    A, B = Reason("input_missing", "skp"), Reason("no_items", "penilaian")

    def test_reasons_are_joined_once_each_first_met_first(self):
        joined = Missing.joined([Missing((self.B,)), Missing((self.A, self.B)), Missing(())])
        assert joined.reasons == (self.B, self.A)

    @given(st.lists(st.lists(st.sampled_from("abc"))))
    def test_joining_loses_no_reason(self, parts):
        joined = Missing.joined(Missing(tuple(map(Reason, part))) for part in parts)
        assert {r.code for r in joined.reasons} == {code for part in parts for code in part}
        assert len(set(joined.reasons)) == len(joined.reasons)

    def test_a_reason_prints_what_it_is_about(self):
        assert str(self.A) == "input_missing: skp"
        assert str(Reason("all_missing")) == "all_missing"
        assert Missing.because("no_items", "penilaian").reasons == (self.B,)


class TestRaterGroup:
    def test_limits_that_no_panel_can_meet_are_refused(self):
        for limits in ({"minimum": 0}, {"minimum": 3, "maximum": 2}):
            with pytest.raises(ValueError, match="raters of rekan"):
                RaterGroup(id="rekan", **limits)
        assert RaterGroup(id="rekan", minimum=3, maximum=3).maximum == 3


def test_a_legal_basis_is_cited_in_one_line():
    assert LegalBasis(title="PermenPANRB 6/2022", clause="Pasal 24").citation == (
        "PermenPANRB 6/2022 Pasal 24"
    )
    assert LegalBasis(title="PermenPANRB 6/2022").citation == "PermenPANRB 6/2022"
    assert LegalBasis(title="x").status == "unverified"
