"""Lines of text keep to their room and lose nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kinerja.plots.lettering import width_of, wrapped
from kinerja.plots.weights import apart

WORDS = st.lists(st.text("abcmiW/-", min_size=1, max_size=14), min_size=1, max_size=9)


@given(words=WORDS, within=st.floats(30, 300))
def test_lines_are_no_wider_than_their_room(words, within):
    text = wrapped(" ".join(words), within=within, size=9, lines=99)
    assert all(width_of(line, 9) <= within for line in text.split("\n"))


@given(words=WORDS, within=st.floats(30, 300))
def test_wrapping_loses_no_letter(words, within):
    text = wrapped(" ".join(words), within=within, size=9, lines=99)
    assert text.replace("\n", "").replace(" ", "") == "".join(words)


@given(words=WORDS, within=st.floats(30, 300), lines=st.integers(1, 3))
def test_what_is_cut_ends_in_an_ellipsis(words, within, lines):
    text = wrapped(" ".join(words), within=within, size=9, lines=lines)
    assert text.count("\n") < lines
    whole = text.replace("\n", "").replace(" ", "") == "".join(words)
    assert whole or text.endswith("…")


def test_a_number_stays_with_its_sign():
    for within in range(30, 120, 5):
        text = wrapped("hasil kerja 60 %", within=within, size=9)
        assert "\n%" not in text


ROOM = st.floats(10, 500)
ITEMS = st.lists(st.tuples(st.floats(0, 300), st.floats(5, 40)), min_size=1, max_size=12)


@given(items=ITEMS, room=ROOM)
def test_labels_moved_apart_do_not_overlap_and_keep_their_order(items, room):
    wanted = sorted(min(at, room) for at, _ in items)
    heights = [high for _, high in items]
    placed = apart(wanted, heights, room)
    for at in range(1, len(placed)):
        gap = placed[at] - placed[at - 1]
        assert gap >= (heights[at] + heights[at - 1]) / 2 - 1e-6


@given(items=ITEMS)
def test_labels_stay_within_a_room_that_is_large_enough(items):
    heights = [high for _, high in items]
    room = max(sum(heights), 300.0)
    wanted = sorted(at for at, _ in items)
    placed = apart(wanted, heights, room)
    assert placed[0] - heights[0] / 2 >= -1e-6
    assert placed[-1] + heights[-1] / 2 <= room + 1e-6


def test_labels_with_room_stay_where_they_are():
    assert apart([10.0, 40.0], [8.0, 8.0], 100.0) == [10.0, 40.0]
