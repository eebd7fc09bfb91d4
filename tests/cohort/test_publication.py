"""Publications of people, and two of them set against each other."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from kinerja.cohort import MeansPublication, Member, Publication, publish, publish_means
from kinerja.errors import InputError
from kinerja.scorer.published import LabelStep, NumberStep
from kinerja.values import Period
from kinerja.words import Text

LABELS = ("kurang", "baik", "sangat_baik")
PREDIKAT = LabelStep(
    name="predikat",
    title=Text("predikat kinerja", "performance rating"),
    labels=tuple((label, Text.same(label)) for label in LABELS),
    ordered=True,
)
NILAI = NumberStep(name="nilai", title=Text.same("nilai"), unit=None, digits=2)
POINTS = {"kurang": 1, "baik": 2, "sangat_baik": 3}
LIMITS = (Fraction(1), Fraction(3))
Q1, Q2, YEAR = (Period.parse(text) for text in ("2025-Q1", "2025-Q2", "2025"))


def people(
    units: Mapping[str | None, Sequence[int]],
    *,
    period: Period = Q1,
    labels: Sequence[str] = LABELS,
) -> list[Member]:
    """People by unit, with so many of each label; the number says the label."""
    made = []
    for unit, counts in units.items():
        given = [label for label, n in zip(labels, counts, strict=True) for _ in range(n)]
        for place, label in enumerate(given):
            values = {"predikat": label, "nilai": Fraction(POINTS[label])}
            made.append(Member(id=f"{unit}-{place}", unit=unit, period=period, values=values))
    return made


def counted(members: Sequence[Member], **named: object) -> Publication:
    choices: dict[str, object] = {"k": 3, "unscored": "refuse", **named}
    return publish(members, step=PREDIKAT, **choices)  # type: ignore[arg-type]


UNITS = {"A": (1, 12, 5), "B": (6, 7, 4), "C": (4, 9, 9)}


def codes(refused: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [issue.code for issue in refused.value.issues]


class TestRows:
    def test_are_units_by_name(self) -> None:
        table = counted(people({"B": (5, 5, 5), "A": (5, 5, 6)}))
        assert [(row.units, row.people) for row in table.rows] == [(("A",), 16), (("B",), 15)]

    def test_small_units_share_the_last_row(self) -> None:
        table = counted(people({"A": (1, 1, 0), "B": (6, 7, 4), "C": (0, 1, 0)}))
        assert [(row.units, row.people) for row in table.rows] == [(("B",), 17), (("A", "C"), 3)]

    def test_one_small_unit_is_joined_by_the_next_larger_one(self) -> None:
        table = counted(people({"A": (1, 1, 0), "B": (6, 7, 4), "C": (2, 3, 0)}))
        assert [row.units for row in table.rows] == [("B",), ("A", "C")]

    def test_small_units_are_left_out_with_their_people(self) -> None:
        members = people({"A": (1, 1, 0), "B": (6, 7, 4), "C": (5, 5, 5)})
        table = counted(members, small="leave_out")
        assert (table.left_out, table.people) == (("A",), 32)
        assert table.units == {"B", "C"}

    def test_people_without_unit_have_a_row(self) -> None:
        table = counted(people({None: (4, 4, 4), "B": (6, 7, 4)}))
        assert [row.units for row in table.rows] == [("B",), (None,)]

    def test_people_without_label_are_a_last_column(self) -> None:
        members = [
            *people({"A": (6, 7, 4), "B": (6, 7, 6)}),
            *(Member(id=f"x{n}", unit="A", period=Q1, status="refused") for n in range(4)),
        ]
        table = counted(members, unscored="column")
        assert len(table.totals) == 4
        assert table.rows[0].people == 21
        assert table.totals[3] in (4, None)

    @pytest.mark.parametrize("seed", range(5))
    def test_the_order_of_people_changes_nothing(self, seed: int) -> None:
        members = people({**UNITS, "D": (1, 0, 1), "E": (0, 1, 1)})
        table = counted(members)
        random.Random(seed).shuffle(members)  # noqa: S311 - seeded, not secret
        assert counted(members) == table

    def test_shown_counts_are_true_and_fit_the_sums(self) -> None:
        table = counted(people(UNITS))
        for row in table.rows:
            true = UNITS[str(row.units[0])]
            assert all(seen in (None, count) for seen, count in zip(row.counts, true, strict=True))
            assert row.hidden_people == 0 or row.hidden_people >= table.k
        assert table.people == sum(map(sum, UNITS.values()))


class TestRefusals:
    @pytest.mark.parametrize(
        ("code", "members", "choices"),
        [
            ("KNJ840", people(UNITS), {"k": 1}),
            ("KNJ841", people({"A": (1, 1, 0)}), {}),
            ("KNJ841", [], {}),
            ("KNJ842", people(UNITS) + people({"D": (4, 4, 4)}, period=Q2), {}),
            (
                "KNJ843",
                [*people(UNITS), Member(id="x", unit="A", period=Q1, values={"predikat": "?"})],
                {},
            ),
            ("KNJ844", [*people(UNITS), Member(id="x", unit="A", period=Q1)], {}),
            ("KNJ847", [*people(UNITS), people(UNITS)[0]], {}),
        ],
    )
    def test_name_what_is_wrong(
        self, code: str, members: list[Member], choices: dict[str, object]
    ) -> None:
        with pytest.raises(InputError) as refused:
            counted(members, **choices)
        assert codes(refused) == [code]

    def test_are_raised_together(self) -> None:
        members = [*people(UNITS), Member(id="x", unit="A", period=Q1), people(UNITS)[0]]
        with pytest.raises(InputError) as refused:
            counted(members, k=0)
        assert codes(refused) == ["KNJ840", "KNJ847", "KNJ844"]


class TestPlainData:
    def test_come_back_equal(self) -> None:
        table = counted(people({**UNITS, None: (1, 0, 0), "D": (0, 1, 1)}))
        assert Publication.from_dict(json.loads(json.dumps(table.to_dict()))) == table

    def test_hold_no_hidden_count_and_no_id(self) -> None:
        table = counted(people({"A": (1, 40, 2), "B": (2, 50, 0)}))
        data = json.dumps(table.to_dict()["rows"])
        assert "A-0" not in data
        found = [count for row in table.to_dict()["rows"] for count in row["counts"]]  # type: ignore[attr-defined]
        assert not set(found) & {0, 1, 2}

    @pytest.mark.parametrize(
        ("key", "value"),
        [
            ("totals", [11, 28, 2]),
            ("totals", [1]),
            ("k", "3"),
            ("zeros", "some"),
            ("rows", []),
            ("people", 58),
            ("schema", 2),
            ("publication", "means"),
            ("period", ["2025-01-01"]),
            ("labels", None),
        ],
    )
    def test_are_refused_where_they_were_changed(self, key: str, value: object) -> None:
        data = {**counted(people(UNITS)).to_dict(), key: value}
        with pytest.raises(InputError) as refused:
            Publication.from_dict(data)
        assert codes(refused) == ["KNJ848"]


def differences(one: Publication, other: Publication) -> set[int]:
    """What an attacker reads off two tables: how much shown figures differ."""
    lines = [
        ([*(row.counts for row in table.rows), table.totals], [row.people for row in table.rows])
        for table in (one, other)
    ]
    found = {b - a for a, b in zip(lines[0][1], lines[1][1], strict=True)}
    for before, after in zip(lines[0][0], lines[1][0], strict=True):
        found |= {b - a for a, b in zip(before, after, strict=True) if None not in (a, b)}  # type: ignore[operator]
    return found - {0}


CORRECTIONS = {
    "an appeal is upheld": {"A": (1, 11, 6), "B": (6, 7, 4), "C": (4, 9, 9)},
    "one person moves to another unit": {"A": (1, 12, 5), "B": (6, 6, 4), "C": (4, 10, 9)},
    "one person leaves": {"A": (1, 12, 5), "B": (6, 7, 4), "C": (4, 8, 9)},
}


class TestTwoPublicationsOfOnePeriod:
    @pytest.mark.parametrize("what", sorted(CORRECTIONS))
    def test_tell_of_one_person_where_the_earlier_one_is_not_heeded(self, what: str) -> None:
        """The attack works: this is what `earlier` is for."""
        before = counted(people(UNITS))
        after = counted(people(CORRECTIONS[what]))
        assert differences(before, after) & {-1, 1}

    @pytest.mark.parametrize("what", sorted(CORRECTIONS))
    def test_are_one_table_where_it_is(self, what: str) -> None:
        before = counted(people(UNITS))
        after = counted(people(CORRECTIONS[what]), earlier=[before])
        assert after == before
        assert differences(before, after) == set()

    @pytest.mark.parametrize(
        "choices", [{"k": 4}, {"zeros": "show"}, {"small": "leave_out"}, {"unscored": "column"}]
    )
    def test_are_refused_in_another_form(self, choices: dict[str, object]) -> None:
        before = counted(people(UNITS))
        with pytest.raises(InputError) as refused:
            counted(people(UNITS), **choices, earlier=[before])
        assert codes(refused) == ["KNJ845"]

    @pytest.mark.parametrize(
        "units",
        [
            {"A": UNITS["A"], "B": UNITS["B"]},
            {**UNITS, "D": (3, 1, 0)},
            {"A dan B": (7, 19, 9), "C": UNITS["C"]},
        ],
    )
    def test_are_refused_with_a_unit_more_or_fewer_or_joined(
        self, units: dict[str | None, tuple[int, int, int]]
    ) -> None:
        before = counted(people(UNITS))
        with pytest.raises(InputError) as refused:
            counted(people(units), earlier=[before])
        assert codes(refused) == ["KNJ845"]

    def test_of_other_units_are_made(self) -> None:
        before = counted(people(UNITS))
        other = people({"D": (4, 5, 6), "E": (7, 7, 7)})
        assert counted(other, earlier=[before]) == counted(other)

    def test_of_a_year_and_its_quarter_are_refused(self) -> None:
        before = counted(people(UNITS))
        with pytest.raises(InputError) as refused:
            counted(people(UNITS, period=YEAR), earlier=[before])
        assert codes(refused) == ["KNJ846"]

    def test_without_a_period_share_days_with_any(self) -> None:
        before = publish(
            [Member(id=one.id, unit=one.unit, values=one.values) for one in people(UNITS)],
            step=PREDIKAT,
            k=3,
        )
        with pytest.raises(InputError) as refused:
            counted(people(UNITS), earlier=[before])
        assert codes(refused) == ["KNJ846"]

    def test_that_stands_is_found_among_others(self) -> None:
        tables = [counted(people(UNITS, period=period)) for period in (Q2, Q1)]
        assert counted(people(CORRECTIONS["one person leaves"]), earlier=tables) == tables[1]


class TestTwoPeriods:
    """All pairs of tables; one person joins in between."""

    def test_leave_the_promised_values_together(self) -> None:
        labels = LABELS[:2]
        step = replace(PREDIKAT, labels=PREDIKAT.labels[:2])

        def tables(
            sizes: tuple[int, int], period: Period
        ) -> list[tuple[tuple[int, ...], list[Member]]]:
            found = []
            for a, b in product(range(sizes[0] + 1), range(sizes[1] + 1)):
                units = {"A": (a, sizes[0] - a), "B": (b, sizes[1] - b)}
                found.append(((a, b, a + b), people(units, period=period, labels=labels)))
            return found

        groups = defaultdict(set)
        second = tables((5, 4), Q2)
        for true, members in tables((4, 4), Q1):
            first = publish(members, step=step, k=2, unscored="refuse")
            for later, joined in second:
                both = publish(joined, step=step, k=2, unscored="refuse", earlier=[first])
                groups[first, both].add((*true, *later))
        for (first, both), truths in groups.items():
            counts = [
                table.rows[at].counts[0] if at < 2 else table.totals[0]
                for table in (first, both)
                for at in range(3)
            ]
            for place, count in enumerate(counts):
                values = {truth[place] for truth in truths}
                assert values == {count} if count is not None else len(values) >= 2


class TestMeans:
    def test_round_half_up_to_the_digits_of_the_step(self) -> None:
        means = publish_means(people(UNITS), step=NILAI, limits=LIMITS, k=3)
        assert [row.mean for row in means.rows] == [
            Fraction(222, 100),
            Fraction(188, 100),
            Fraction(223, 100),
        ]

    def test_come_back_equal(self) -> None:
        means = publish_means(people(UNITS), step=NILAI, limits=LIMITS, k=3)
        assert MeansPublication.from_dict(json.loads(json.dumps(means.to_dict()))) == means

    @pytest.mark.parametrize(
        "counts", [(0, 9, 1), (0, 0, 9), (9, 0, 0), (8, 0, 1), (1, 0, 8)], ids=str
    )
    def test_are_hidden_where_one_person_decides_or_all_stand_at_an_end(
        self, counts: tuple[int, int, int]
    ) -> None:
        hidden = counts != (0, 9, 1)
        means = publish_means(people({"A": counts, "B": (6, 7, 4)}), step=NILAI, limits=LIMITS, k=3)
        assert (means.rows[0].mean is None) == hidden
        assert (means.mean is None) == hidden

    def test_are_hidden_where_too_few_have_a_number(self) -> None:
        members = [*people(UNITS), *(Member(id=f"x{n}", unit="D", period=Q1) for n in range(9))]
        members += people({"D": (1, 1, 0)})
        means = publish_means(members, step=NILAI, limits=LIMITS, k=3)
        assert means.rows[3].mean is None
        # The overall mean less the shown ones would be the mean of these two.
        assert means.mean is None

    def test_overall_is_shown_where_two_hidden_ones_are_many_together(self) -> None:
        units = {"A": (8, 0, 1), "B": (1, 0, 8), "C": (4, 9, 9)}
        means = publish_means(people(units), step=NILAI, limits=LIMITS, k=3)
        assert [row.mean is None for row in means.rows] == [True, True, False]
        assert means.mean is not None

    def test_beside_counts_would_open_a_hidden_count(self) -> None:
        """The attack works: the number says the label, so a mean is an equation for counts."""
        table = counted(people({"A": (1, 12, 5), "B": (6, 7, 4), "C": (4, 9, 9)}))
        row = next(row for row in table.rows if None in row.counts)
        true = UNITS[str(row.units[0])]
        total = sum(n * POINTS[label] for n, label in zip(true, LABELS, strict=True))
        fitting = [
            counts
            for counts in product(range(row.people + 1), repeat=3)
            if sum(counts) == row.people
            and sum(n * POINTS[label] for n, label in zip(counts, LABELS, strict=True)) == total
            and all(seen in (None, n) for seen, n in zip(row.counts, counts, strict=True))
        ]
        assert fitting == [true]

    def test_are_refused_beside_counts_of_the_same_people(self) -> None:
        table = counted(people(UNITS))
        with pytest.raises(InputError) as refused:
            publish_means(people(UNITS), step=NILAI, limits=LIMITS, k=3, earlier=[table])
        assert codes(refused) == ["KNJ845"]
        means = publish_means(people(UNITS), step=NILAI, limits=LIMITS, k=3)
        with pytest.raises(InputError) as refused:
            counted(people(UNITS), earlier=[means])
        assert codes(refused) == ["KNJ845"]

    def test_stand_after_a_correction(self) -> None:
        before = publish_means(people(UNITS), step=NILAI, limits=LIMITS, k=3)
        after = people(CORRECTIONS["an appeal is upheld"])
        assert publish_means(after, step=NILAI, limits=LIMITS, k=3).rows != before.rows
        assert publish_means(after, step=NILAI, limits=LIMITS, k=3, earlier=[before]) == before

    def test_refuse_numbers_outside_the_limits(self) -> None:
        with pytest.raises(InputError) as refused:
            publish_means(people(UNITS), step=NILAI, limits=(Fraction(2), Fraction(3)), k=3)
        assert codes(refused) == ["KNJ849"]
