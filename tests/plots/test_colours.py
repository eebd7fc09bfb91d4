"""The colours of pictures, as grey paper and eyes see them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kinerja.plots.colours import (
    CATEGORIES,
    DARK_INK,
    LIGHT_INK,
    categories,
    edge_for,
    grey_of,
    ink_for,
    ink_on,
    ordered,
)


def contrast(one, other):
    """Give the contrast ratio of WCAG 2.2."""
    light, dark = sorted((grey_of(one), grey_of(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6, 7, 101])
def test_labels_in_order_are_darker_from_one_to_the_next(count):
    greys = [grey_of(one) for one in ordered(count)]
    assert all(after < before for before, after in pairwise(greys))


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_neighbours_of_five_labels_are_told_apart_in_grey(count):
    assert all(contrast(*pair) >= 1.35 for pair in pairwise(ordered(count)))


def test_text_inside_a_fill_is_readable():
    for fill in (*ordered(101), *CATEGORIES):
        assert contrast(fill, ink_on(fill)) >= 4.5, fill


@pytest.mark.parametrize("paper", ["#ffffff", "#17202a", "#000000", "#f4f7f9"])
def test_ink_is_readable_on_its_paper(paper):
    assert contrast(paper, ink_for(paper)) >= 7


def test_outlines_are_seen_against_their_fill_or_the_paper():
    for fill in (*ordered(9), *CATEGORIES):
        for paper, ink in (("#ffffff", DARK_INK), ("#17202a", LIGHT_INK)):
            edge = edge_for(fill, ink)
            assert max(contrast(edge, fill), contrast(fill, paper)) >= 3


def test_one_label_has_the_middle_of_the_scale():
    assert ordered(1) == [ordered(3)[1]]


def test_more_than_seven_categories_begin_again():
    assert categories(9)[7:] == categories(2)
