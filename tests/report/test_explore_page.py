"""The page of other weights: how weights, shares and limits read, and pictures where they can be shown."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.report import Page, Paragraph, Section, page_html, page_markdown, page_text
from kinerja.report.explore_figures import WeightSpeaker, ids_text, share_text
from kinerja.report.explore_firm import _error
from kinerja.report.page import Picture
from kinerja.report.speaker import Speaker
from kinerja.values import Interval

indonesian = Speaker(lang="id", area="explore.report")
percents = WeightSpeaker(speaker=indonesian, total=Fraction(1))
points = WeightSpeaker(speaker=Speaker(lang="en", area="explore.report"), total=Fraction(50))
third = Fraction(1, 3)


class TestIntervals:
    @pytest.mark.parametrize(
        ("interval", "said"),
        [
            (Interval(low=Fraction(0), high=Fraction(1)), "berapa pun bobotnya"),
            (Interval(low=Fraction(3, 5), high=Fraction(3, 5)), "hanya 60 %"),
            (
                Interval(low=Fraction("0.249875"), high=Fraction("0.749875"), high_open=True),
                "dari 24,9875 % sampai di bawah 74,9875 %",
            ),
            (
                Interval(low=Fraction(0), low_open=True, high=Fraction(1)),
                "di atas 0 % sampai 100 %",
            ),
            # Rounded ends lie inside, so that what is written is true.
            (Interval(low=third, high=2 * third), "dari ≈ 33,3334 % sampai ≈ 66,6666 %"),
        ],
    )
    def test_the_words_say_which_end_belongs_to_it(self, interval, said):
        assert percents.interval(interval) == said

    def test_weights_that_are_no_percentages_are_written_as_they_are(self):
        interval = Interval(low=Fraction(20), low_open=True, high=Fraction(50))
        assert points.interval(interval) == "above 20 to 50"
        assert points.points(Fraction(5)) == "5"
        assert percents.points(Fraction(1, 40)) == "2,5 poin persen"

    @given(st.fractions(min_value=0, max_value=1), st.fractions(min_value=0, max_value=1))
    def test_a_rounded_end_never_lies_outside(self, one, other):
        low, high = sorted((one, other))
        ends = percents.weight(low, mode="ceiling"), percents.weight(high, mode="floor")
        read = [
            Fraction(end.removeprefix("≈ ").removesuffix(" %").replace(",", ".")) for end in ends
        ]
        assert read[0] >= low * 100
        assert read[1] <= high * 100


class TestFigures:
    @pytest.mark.parametrize(
        ("share", "said"),
        [
            (Fraction(0), "0 %"),
            (Fraction(1), "100 %"),
            (Fraction(9999, 10000), "≈ 100 %"),
            (Fraction(1, 10000), "≈ 0 %"),
            (Fraction(2, 3), "66,7 %"),
        ],
    )
    def test_nobody_reads_all_or_nothing_where_there_is_a_rest(self, share, said):
        assert share_text(share, indonesian) == said

    def test_the_first_ids_are_named_and_the_others_counted(self):
        assert ids_text(["a", "b", "c"], indonesian, most=2) == "a, b, dan 1 lagi"
        assert ids_text(["a", "b"], indonesian, most=2) == "a, b"

    @given(st.integers(1, 10**6))
    def test_the_error_of_a_share_is_never_said_to_be_smaller_than_it_is(self, weightings):
        # Twice sqrt(1/4 / m), in percentage points: 100 / sqrt(m), rounded up to a tenth.
        error = _error(weightings)
        assert error**2 * weightings >= 100**2
        assert (error - Fraction(1, 10)) ** 2 * weightings < 100**2


class TestPictures:
    page = Page(
        kicker="k",
        title="t",
        lead=[],
        sections=[
            Section(
                title="s",
                blocks=[
                    Paragraph(text="before"),
                    Picture(html="<figure><svg></svg></figure>"),
                    Paragraph(text="after"),
                ],
            )
        ],
        contents="c",
        missing="–",
    )

    def test_a_page_that_can_be_drawn_on_shows_it_as_it_is(self):
        assert "<figure><svg></svg></figure>" in page_html(self.page, "id")

    def test_text_and_markdown_leave_it_out_without_a_gap(self):
        assert "before\n\nafter" in page_text(self.page)
        assert "before\n\nafter" in page_markdown(self.page)
        assert "svg" not in page_text(self.page) + page_markdown(self.page)
