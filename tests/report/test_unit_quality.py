"""What a reader sees of findings in data: a table, each finding in words, and what was looked at."""

from datetime import date
from fractions import Fraction

import pytest

import kinerja
from kinerja.cohort import DataQuality, Observation, QualityFinding, Sureness, check_data
from kinerja.report import Page, page_html, page_markdown, page_text
from kinerja.report.page import Grid, Item, Pairs, Paragraph
from kinerja.report.unit_quality import MOST_FINDINGS, quality_section
from kinerja.values import Period
from kinerja.words import Text

QUARTER = Period(date(2025, 1, 1), date(2025, 3, 31))


def finding(**changes):
    given = {
        "code": "KNJ809",
        "check": "heaping",
        "unit": "Loket",
        "period": QUARTER,
        "input": "mutu",
        "count": 20,
        "of": 30,
        "people": 18,
        "sureness": Sureness(measure="holm", odds=1000, tests=7),
        "blanks": {
            "input": Text("mutu hasil", "quality"),
            "multiple": 5,
            "share": Fraction(200, 3),
            "expected": Fraction(41, 2),
        },
    }
    return QualityFinding(**(given | changes))


def raters(**changes):
    blanks = {"input": Text.same("panel"), "least": 5, "ratees": 9}
    given = {"code": "KNJ811", "check": "raters", "unit": None, "people": 9, "blanks": blanks}
    return finding(**(given | changes))


def quality(*findings, records=30, tests=None):
    return DataQuality(
        findings=findings,
        records=records,
        units=("Arsip", "Loket"),
        periods=(QUARTER,),
        inputs=3,
        tests={"heaping": 7, "raters": 0} if tests is None else tests,
    )


def blocks(found, kind, lang="en"):
    return [one for one in quality_section(found, lang=lang).blocks if isinstance(one, kind)]


def test_a_finding_says_what_how_sure_and_what_to_do():
    [item, _] = blocks(quality(finding()), Item)
    assert item.title == "KNJ809 · Loket, 2025-Q1 · mutu"
    assert dict(item.rows) == {
        "Found": "quality: ≈ 66.67 % of 30 whole numbers are multiples of 5, where 20.5 % were to be "
        "expected",
        "How sure": "comes about by chance at most once in 1000; exact, corrected for 7 comparisons (Holm)",
        "What to do": "ask how the figures come about, measured or estimated, and ask for them as measured",
    }


def test_figures_are_written_as_the_reader_writes_them():
    [item, _] = blocks(quality(finding()), Item, "id")
    assert dict(item.rows)["Ditemukan"] == (
        "mutu hasil: ≈ 66,67 % dari 30 bilangan bulat adalah kelipatan 5, padahal yang wajar 20,5 %"
    )


def test_the_table_counts_findings_by_unit_and_kind():
    [grid] = blocks(quality(finding(), finding(input="hadir"), raters()), Grid)
    assert list(grid.columns) == ["Unit", "round numbers", "raters", "Total"]
    assert [list(row) for row in grid.rows] == [
        ["Loket", "2", "", "2"],
        ["all units", "", "1", "1"],
    ]


def test_without_findings_it_is_said_what_was_looked_at():
    found = quality()
    [none] = blocks(found, Paragraph)
    assert none.text.startswith("No findings.")
    assert blocks(found, Grid) == []
    [extent] = blocks(found, Pairs)
    assert dict(extent.rows) == {
        "records": "30",
        "units": "2",
        "periods": "1",
        "inputs": "3",
        "findings": "0",
    }
    [looked] = blocks(found, Item)
    assert looked.rows == [
        ("round numbers", "7 comparisons"),
        ("raters", "not judged: too few records, or nothing of the kind"),
    ]


def test_without_records_that_is_all_that_is_said():
    program = kinerja.load("kuadran-6-2022").program
    section = quality_section(check_data([], program=program), lang="en")
    assert section.blocks == [Paragraph(text="No records to look at.")]


def test_raters_are_named_only_where_the_finding_names_them():
    [item, _] = blocks(quality(raters()), Item)
    assert "Raters" not in dict(item.rows)
    [item, _] = blocks(quality(raters(ids=("p1", "p2"))), Item)
    assert dict(item.rows)["Raters"] == "p1, p2, …"


@pytest.mark.parametrize(
    ("sureness", "said"),
    [
        (Sureness(), "counted, record by record"),
        (
            Sureness(measure="robust", times=Fraction(25, 2)),
            "12.5 times the median absolute deviation of the changes it is compared with",
        ),
        (Sureness(measure="robust"), "the changes it is compared with are all alike"),
        (Sureness(measure="factor", times=Fraction(1, 3)), "≈ 0.33 times what was to be expected"),
        (
            Sureness(measure="pairs", odds=10_000),
            (
                "comes about by chance at most once in 10000; "
                "a bound over all groups of as many records, figures taken as independent"
            ),
        ),
    ],
)
def test_every_measure_has_its_words(sureness, said):
    [item, _] = blocks(quality(finding(sureness=sureness)), Item)
    assert dict(item.rows)["How sure"] == said


def test_of_many_findings_the_rest_is_counted():
    many = [finding(input=f"i{place}") for place in range(MOST_FINDINGS + 1)]
    found = quality(*many)
    assert len(blocks(found, Item)) == MOST_FINDINGS + 1
    assert blocks(found, Paragraph)[-1].text == (
        "1 more finding that touches fewer people is not shown here."
    )


@pytest.mark.parametrize("lang", ["en", "id"])
def test_all_three_forms_print_it(lang):
    program = kinerja.load("kuadran-6-2022").program
    record = {"hasil_kerja": "sesuai ekspektasi", "perilaku_kerja": "<b>"}
    found = check_data([Observation(id="1", unit="<i>", record=record)], program=program)
    section = quality_section(found, lang=lang)
    page = Page(kicker="", title="U", lead=[], sections=[section], contents="", missing="–")
    assert all(len(line) <= 100 for line in page_text(page).split("\n"))
    assert "KNJ807" in page_markdown(page)
    assert "<i>" not in page_html(page, lang).replace("<i></i>", "")
