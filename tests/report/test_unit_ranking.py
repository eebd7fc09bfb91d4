"""What a page says of ranks, quotas and nine-boxes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

import kinerja
from kinerja.cohort import (
    BoxAxes,
    Complete,
    Criterion,
    FollowedUp,
    Heads,
    LabelAtLeast,
    Member,
    NumberWithin,
    Share,
    box_axes,
    nine_box,
    quota_reason,
    rank_members,
    reward_quota,
)
from kinerja.report import Page, page_html, page_markdown, page_text
from kinerja.report.page import Grid, Item, Pairs, Paragraph
from kinerja.report.unit_quota import quota_reasons_section, quota_section
from kinerja.report.unit_ranking import nine_box_section, ranking_section
from kinerja.scorer import FollowUp, LabelStep, NumberStep
from kinerja.words import Text

LABELS = (("kurang", Text("Kurang", "Poor")), ("baik", Text("Baik", "Good")))
PREDIKAT = LabelStep(name="predikat", title=Text("predikat", "rating"), labels=LABELS, ordered=True)
NILAI = NumberStep(
    name="nilai", title=Text("nilai", "score"), unit=Text("poin", "points"), digits=2
)
MASA = NumberStep(name="masa", title=Text("masa kerja", "service"), unit=None, digits=0)
LONGER = Criterion(step=MASA, best="highest")
REWARD = FollowUp(id="penghargaan", title=Text("Penghargaan", "Reward"), step="x")


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


def people(*numbers):
    return [person(f"p{place}", number) for place, number in enumerate(numbers)]


def blocks(section, kind):
    return [block for block in section.blocks if isinstance(block, kind)]


def said(section):
    """Give what the section says, by key."""
    found = {}
    for block in section.blocks:
        if isinstance(block, Pairs | Item):
            for key, text in block.rows:
                found.setdefault(key, []).append(text)
    return found


def rank(members, **named):
    named = {"by": NILAI, "best": "highest", "ties": "competition", **named}
    return rank_members(members, **named)


def quota(members, **named):
    named = {"by": NILAI, "best": "highest", "places": Heads(count=2), "at_cut": "open", **named}
    return reward_quota(members, **named)


class TestRanking:
    def test_the_first_of_each_unit_stand_in_a_table(self):
        group = [person("a", 90), person("b", 95), person("c", 80, unit=None)]
        section = ranking_section(rank(group, within="unit"), n=1, at_cut="open", lang="en")
        [grid] = blocks(section, Grid)
        assert section.title == "Ranking by score"
        assert grid.columns == ["Unit", "Employee", "Rank", "Score (points)", "Percentile"]
        assert grid.rows == [
            ["A", "b", "1", "95.00", "75 %"],
            ["No unit", "c", "1", "80.00", "50 %"],
        ]

    @pytest.mark.parametrize(
        ("at_cut", "ids", "words"),
        [
            ("all", ["p1", "p0", "p2"], "semuanya masuk."),
            ("none", ["p1"], "tidak seorang pun dari mereka masuk."),
            ("open", ["p1", "p0", "p2"], "pimpinan yang memilih."),
        ],
    )
    def test_a_tie_at_the_end_of_the_list_is_told(self, at_cut, ids, words):
        section = ranking_section(rank(people(80, 95, 80, 70)), n=2, at_cut=at_cut)
        [grid] = blocks(section, Grid)
        assert [row[0] for row in grid.rows] == ids
        [paragraph] = blocks(section, Paragraph)
        assert paragraph.text == f"Semua unit: 2 orang sama untuk 1 tempat terakhir; {words}"
        waiting = [row[0] for row in grid.rows if row[-1] == "menunggu pimpinan"]
        assert waiting == (["p0", "p2"] if at_cut == "open" else [])

    def test_tie_breakers_are_named_and_shown(self):
        group = [person("a", 80, masa=2), person("b", 80, masa=9)]
        section = ranking_section(rank(group, then=[LONGER]), n=2, at_cut="all")
        assert said(section)["Bila sama"] == ["masa kerja, tertinggi lebih dulu"]
        [grid] = blocks(section, Grid)
        assert [row[3] for row in grid.rows] == ["9", "2"]

    def test_who_is_not_ranked_is_counted(self):
        group = [
            person("a", 80, masa=1),
            person("b", 80),
            person("c", None),
            Member(id="d", unit="A", status="refused"),
        ]
        section = ranking_section(rank(group, then=[LONGER]), n=2, at_cut="all")
        assert said(section)["Tanpa peringkat"] == [
            "1 orang tanpa nilai",
            "1 orang yang datanya ditolak",
            "1 kelompok yang sama tidak dipisahkan, karena nilai pemisahnya tidak lengkap",
        ]

    def test_people_are_counted_in_the_plural(self):
        refused = [Member(id=one, unit="A", status="refused") for one in "xy"]
        tied = [person(one, number) for number in (1, 2) for one in "ab"]
        ranking = rank([*people(None, None), *refused, *tied], then=[LONGER])
        found = said(ranking_section(ranking, n=1, at_cut="all", lang="en"))
        assert found["Without rank"] == [
            "2 people without score",
            "2 people whose data were refused",
            "2 groups of equals were not told apart, since the deciding values are incomplete",
        ]

    @pytest.mark.parametrize("at_cut", ["all", "none", "open"])
    def test_more_than_one_place_is_told_in_the_plural(self, at_cut):
        section = ranking_section(rank(people(80, 80, 80)), n=2, at_cut=at_cut, lang="en")
        *_, paragraph = blocks(section, Paragraph)
        assert paragraph.text.startswith("All units: 3 people are equal for the last 2 places; ")

    def test_direction_and_ranks_are_said(self):
        ranking = rank(people(80), best="lowest", ties="dense")
        found = said(ranking_section(ranking, n=1, at_cut="all"))
        assert found["Urutan"] == ["nilai, terendah lebih dulu"]
        assert found["Nomor peringkat"] == ["tidak dilompati sesudah yang sama (1, 2, 2, 3)"]
        assert found["Persentil"] == [
            "bagian orang dengan nilai lebih tinggi, ditambah setengah dari yang sama"
        ]

    def test_nobody_is_told(self):
        section = ranking_section(rank([]), n=2, at_cut="all", lang="en")
        assert [block.text for block in blocks(section, Paragraph)] == ["Nobody has a score."]


class TestQuota:
    def test_the_rules_stand_first(self):
        asked = [
            Complete(),
            LabelAtLeast(step=PREDIKAT, least="baik"),
            FollowedUp(action=REWARD),
            NumberWithin(step=MASA, least=Fraction(2)),
            NumberWithin(step=MASA, most=Fraction(9)),
            NumberWithin(step=MASA, least=Fraction(2), most=Fraction(9)),
        ]
        places = Share(share=Fraction(1, 8), of="eligible", rounding="half_up", least=1)
        found = said(quota_section(quota(people(1), conditions=asked, places=places)))
        assert found["Syarat"] == [
            "hasil lengkap",
            "predikat paling rendah Baik",
            "menurut kebijakan: Penghargaan",
            "masa kerja paling sedikit 2",
            "masa kerja paling banyak 9",
            "masa kerja dari 2 sampai 9",
            "nilai ada",
        ]
        assert found["Tempat"][0] == (
            "12,5 % dari yang memenuhi syarat, dibulatkan ke bilangan bulat: setengah ke atas; "
            "paling sedikit 1 di setiap unit"
        )

    @pytest.mark.parametrize(
        ("places", "words"),
        [
            (Heads(count=2), "2"),
            (Share(share=Fraction(2, 5), of="everyone", rounding="down"), "40 % × 5 = 2"),
            (
                Share(share=Fraction(1, 3), of="everyone", rounding="up"),
                "1/3 × 5 ≈ 1,67, dibulatkan menjadi 2",
            ),
            (
                Share(share=Fraction(1, 4), of="everyone", rounding="down", least=2),
                "25 % × 5 = 1,25; paling sedikit 2",
            ),
        ],
    )
    def test_places_are_computed_before_the_reader(self, places, words):
        section = quota_section(quota(people(1, 2, 3, 4, 5), places=places))
        [item] = blocks(section, Item)
        assert dict(item.rows)["Tempat"] == words

    def test_those_who_are_not_eligible_are_counted_by_reason(self):
        asked = [LabelAtLeast(step=PREDIKAT, least="baik"), FollowedUp(action=REWARD)]
        group = [
            person("a", 1, predikat="kurang"),
            person("b", 1, predikat=None),
            person("c", 1),
            person("d", None, follow_ups=("penghargaan",)),
            Member(id="e", unit="A", status="refused"),
        ]
        section = quota_section(quota(group, conditions=asked))
        assert said(section)["Tidak memenuhi syarat"] == [
            "1 orang: datanya ditolak",
            "1 orang: predikat di bawah Baik",
            "1 orang: predikat tidak ada",
            "1 orang: menurut kebijakan tidak mendapat: Penghargaan",
            "1 orang: nilai tidak ada",
        ]
        assert said(section)["Masuk"] == ["tidak ada"]

    @pytest.mark.parametrize(
        ("at_cut", "inside", "tied", "cut"),
        [
            (
                "all",
                "p1 (95,00), p0 (90,00), p2 (90,00)",
                [
                    "p0 (90,00), p2 (90,00): sama untuk 1 tempat terakhir, semuanya masuk",
                    "1 orang melebihi tempat yang ada",
                ],
                "yang terakhir masuk 90,00, yang pertama tidak masuk 70,00",
            ),
            (
                "none",
                "p1 (95,00)",
                ["p0 (90,00), p2 (90,00): sama untuk 1 tempat terakhir, tidak seorang pun masuk"],
                "yang terakhir masuk 95,00, yang pertama tidak masuk 90,00",
            ),
            (
                "open",
                "p1 (95,00)",
                ["p0 (90,00), p2 (90,00): sama untuk 1 tempat terakhir, pimpinan yang memilih"],
                "yang terakhir masuk 95,00, yang pertama tidak masuk 70,00",
            ),
        ],
    )
    def test_the_cut_is_told(self, at_cut, inside, tied, cut):
        found = said(quota_section(quota(people(90, 95, 90, 70), at_cut=at_cut)))
        assert (found["Masuk"], found["Sama di batas"], found["Batas"]) == ([inside], tied, [cut])

    def test_a_tie_that_nobody_passes_leaves_only_who_is_out(self):
        group = [person(None, 90), *people(90, 90)]
        section = quota_section(quota(group, at_cut="none"))
        found = said(section)
        assert found["Batas"] == ["yang pertama tidak masuk 90,00"]
        assert found["Sama di batas"] == [
            (
                "p0 (90,00), p1 (90,00), tanpa id (90,00): sama untuk 2 tempat terakhir, "
                "tidak seorang pun masuk"
            )
        ]
        assert found["Tempat sisa"] == ["2"]

    def test_several_people_beyond_their_places_are_counted(self):
        found = said(quota_section(quota(people(90, 90, 90, 90), at_cut="all")))
        ids = "p0 (90,00), p1 (90,00), p2 (90,00), p3 (90,00)"
        assert found["Sama di batas"] == [
            f"{ids}: sama untuk 2 tempat terakhir, semuanya masuk",
            "2 orang melebihi tempat yang ada",
        ]

    def test_several_places_may_wait_for_the_leader(self):
        found = said(quota_section(quota(people(90, 90, 90))))
        ids = "p0 (90,00), p1 (90,00), p2 (90,00)"
        assert found["Sama di batas"] == [
            f"{ids}: sama untuk 2 tempat terakhir, pimpinan yang memilih"
        ]
        assert found["Masuk"] == ["tidak ada"]

    def test_limits_that_are_not_met_are_said(self):
        low, high = person("a", 1, masa=1), person("b", 1, masa=9)
        cases = [
            (NumberWithin(step=MASA, least=Fraction(2)), low, "masa kerja kurang dari 2"),
            (NumberWithin(step=MASA, most=Fraction(8)), high, "masa kerja lebih dari 8"),
            (
                NumberWithin(step=MASA, least=Fraction(2), most=Fraction(8)),
                high,
                "masa kerja di luar 2 sampai 8",
            ),
            (Complete(), person("c", 1, status="incomplete"), "hasil tidak lengkap"),
        ]
        for condition, one, words in cases:
            found = said(quota_section(quota([one, one], conditions=[condition])))
            assert found["Tidak memenuhi syarat"] == [f"2 orang: {words}"]

    def test_the_least_number_of_places_of_all_is_said(self):
        places = Share(share=Fraction(1, 10), of="everyone", rounding="down", least=1)
        found = said(quota_section(quota(people(1), places=places, within="all"), lang="en"))
        assert found["Places"][0].endswith("; at least 1")

    def test_a_cut_between_equal_numbers_names_what_told_them_apart(self):
        group = [person("a", 90, masa=9), person("b", 90, masa=2)]
        section = quota_section(quota(group, places=Heads(count=1), then=[LONGER]), lang="en")
        assert said(section)["Cut"] == [
            "last one in 90.00, first one out 90.00; told apart by service"
        ]

    def test_the_last_row_adds_up_the_units(self):
        group = [person("a", 1), person("b", 2, unit="B"), person("c", 3, unit="B")]
        [grid] = blocks(quota_section(quota(group, places=Heads(count=1))), Grid)
        assert list(grid.rows) == [
            ["A", "1", "1", "1", "1", "0", "", "0"],
            ["B", "2", "2", "1", "1", "0", "3,00", "0"],
            ["Jumlah", "3", "3", "2", "2", "0", "", "0"],
        ]


class TestWhy:
    def because(self, member, found, key="Sebabnya"):
        section = quota_reasons_section([quota_reason(member, quota=found)], quota=found)
        [item] = blocks(section, Item)
        return item.title, [text for name, text in item.rows if name == key]

    def test_in(self):
        group = people(90, 95, 80)
        assert self.because(group[1], quota(group)) == (
            "p1 (A): masuk",
            ["termasuk dalam tempat yang ada; batasnya 90,00"],
        )

    def test_all_in(self):
        group = people(90)
        assert self.because(group[0], quota(group, within="all")) == (
            "p0: masuk",
            ["semua yang memenuhi syarat masuk"],
        )

    def test_out(self):
        group = people(90, 95, 80)
        assert self.because(group[2], quota(group)) == (
            "p2 (A): tidak masuk",
            ["kurang 10,00 untuk menyamai batas 90,00"],
        )

    def test_out_where_the_lowest_is_best(self):
        group = people(90, 95, 80)
        assert self.because(group[1], quota(group, best="lowest"))[1] == [
            "lebih 5,00 dari batas 90,00"
        ]

    def test_out_by_a_tie_breaker(self):
        group = [person("a", 90, masa=9), person("b", 90, masa=2)]
        found = quota(group, places=Heads(count=1), then=[LONGER])
        assert self.because(group[1], found)[1] == [
            "menyamai batas 90,00, tetapi kalah pada masa kerja"
        ]

    @pytest.mark.parametrize(
        ("at_cut", "words"),
        [
            ("all", "sama di batas 90,00; semua yang sama masuk"),
            ("none", "sama di batas 90,00; tidak seorang pun dari yang sama masuk"),
            ("open", "sama di batas 90,00; pimpinan yang memilih di antara yang sama"),
        ],
    )
    def test_tied(self, at_cut, words):
        group = people(90, 95, 90)
        found = quota(group, at_cut=at_cut)
        assert self.because(group[0], found)[1] == [words]
        assert self.because(group[0], found, "Peringkat")[1] == [
            "2, sama dengan 1 orang lain, di antara yang memenuhi syarat"
        ]

    def test_tied_with_several(self):
        group = people(90, 90, 90)
        assert self.because(group[0], quota(group), "Peringkat")[1] == [
            "1, sama dengan 2 orang lain, di antara yang memenuhi syarat"
        ]

    def test_no_places(self):
        group = people(90)
        assert self.because(group[0], quota(group, places=Heads(count=0)))[1] == [
            "tidak ada tempat"
        ]

    def test_not_eligible(self):
        group = [person("a", 99, predikat="kurang"), *people(90, 95, 80)]
        found = quota(group, conditions=[LabelAtLeast(step=PREDIKAT, least="baik")])
        assert self.because(group[0], found)[1] == ["predikat di bawah Baik"]
        assert self.because(group[0], found, "Angkanya")[1] == ["mencapai batas 90,00"]

    def test_refused(self):
        group = [Member(id="x", unit="A", status="refused")]
        assert self.because(group[0], quota(group)) == (
            "x (A): tidak ikut dihitung",
            ["data pegawai ini ditolak, jadi tidak ada hasil"],
        )


class TestNineBox:
    policy = kinerja.load("talenta-2020")

    def boxes(self, **named):
        records = [
            {"id": "a", "kinerja": "di_atas_ekspektasi", "potensial": "tinggi"},
            {"id": "b", "kinerja": "di_atas_ekspektasi", "potensial": "tinggi"},
            {"id": "c", "kinerja": "sesuai_ekspektasi"},
        ]
        members = [Member.of(self.policy.score(record), unit="A") for record in records]
        return nine_box(members, axes=box_axes(self.policy.program), **named)

    def test_the_highest_row_stands_on_top(self):
        [grid] = blocks(nine_box_section(self.boxes(), lang="en"), Grid)
        assert list(grid.columns) == ["category of performance", "low", "medium", "high"]
        assert list(grid.rows) == [
            ["above expectation", "0 (box 4)", "0 (box 7)", "2 (box 9)"],
            ["in line with expectation", "0 (box 2)", "0 (box 5)", "0 (box 8)"],
            ["below expectation", "0 (box 1)", "0 (box 3)", "0 (box 6)"],
        ]

    def test_people_in_no_cell_are_counted(self):
        assert said(nine_box_section(self.boxes()))["Di luar tabel"] == [
            "1 orang tanpa salah satu label"
        ]

    def test_cells_without_a_box_are_listed_by_their_labels(self):
        unordered = LabelStep(
            name="predikat", title=Text("predikat", "rating"), labels=LABELS, ordered=False
        )
        axes = BoxAxes(rows=unordered, columns=PREDIKAT)
        section = nine_box_section(nine_box([person("a", 1)], axes=axes), people="listed")
        assert said(section)["Baik, Baik"] == ["a"]
        assert said(section)["Baris"] == ["predikat"]
        [grid] = blocks(section, Grid)
        assert list(grid.rows) == [["Kurang", "0", "0"], ["Baik", "0", "1"]]

    def test_people_are_listed_on_demand(self):
        counted = said(nine_box_section(self.boxes()))
        listed = said(nine_box_section(self.boxes(within="unit"), people="listed"))
        assert "kotak 9" not in counted
        assert listed["A: kotak 9"] == ["a, b"]


@pytest.mark.parametrize("lang", ["en", "id"])
def test_every_section_prints_in_every_form(lang):
    policy = kinerja.load("talenta-2020")
    for group in ([], people(90, 95, 90, None)):
        for within in ("all", "unit"):
            ranking = rank(group, then=[LONGER], within=within)
            found = quota(group, within=within, conditions=[Complete()], then=[LONGER])
            reasons = [quota_reason(member, quota=found) for member in group]
            boxes = nine_box(group, axes=box_axes(policy.program), within=within)
            sections = [
                ranking_section(ranking, n=1, at_cut="open", lang=lang),
                quota_section(found, lang=lang),
                quota_reasons_section(reasons, quota=found, lang=lang),
                nine_box_section(boxes, people="listed", lang=lang),
            ]
            page = Page(
                kicker="k", title="t", lead=[], sections=sections, contents="c", missing="–"
            )
            for text in (page_text(page), page_markdown(page)):
                assert "{" not in text
            assert page_html(page, lang).endswith("</html>")
            assert max(map(len, page_text(page).splitlines())) <= 100
