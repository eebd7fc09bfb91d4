"""Columns of flags, labels and nothing, and how two of them become one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from exact_columns import told

from kinerja.columns import residues as r
from kinerja.columns.residues import Number
from kinerja.columns.values import Flag, Label, Nothing, chosen, with_masks

YES = np.array([True, False, True, False])
MISS = np.array([True, True, False, False])
BAD = np.array([False, True, False, True])
ONE = {
    "number": r.of_integers(np.array([1, 2, 3, 4]), 10),
    "flag": Flag(np.array([True, True, False, False])),
    "label": Label(np.array([0, 1, 0, 1]), ("a", "b")),
    "text": Label(np.array([0, 1, 5, 3]), None),
    "nothing": Nothing(4),
}


def rows(value):
    """Each row: its value, `None` where it is missing, `...` where nothing is known."""
    found = []
    for row in range(len(value)):
        if told(value.bad, len(value))[row]:
            found.append(...)
        elif told(value.miss, len(value))[row]:
            found.append(None)
        elif isinstance(value, Number):
            found.append(value.val[row].item())
        elif isinstance(value, Flag):
            found.append(value.yes[row].item())
        else:
            code = value.codes[row].item()
            found.append(code if value.names is None else value.names[code])
    return found


class TestChosen:
    @pytest.mark.parametrize("kind", ["number", "flag", "label", "text"])
    def test_each_row_comes_from_one_of_both(self, kind):
        value = ONE[kind]
        masks = (None, MISS, BAD)
        for one_miss, one_bad, other_miss, other_bad in product(masks, repeat=4):
            one = with_masks(value, miss=one_miss, bad=one_bad)
            other = with_masks(value.take(np.array([3, 2, 1, 0])), miss=other_miss, bad=other_bad)
            wanted = [a if c else b for c, a, b in zip(YES, rows(one), rows(other), strict=True)]
            assert rows(chosen(YES, one, other)) == wanted

    @pytest.mark.parametrize("kind", ["number", "flag", "label", "text"])
    def test_nothing_is_of_any_type(self, kind):
        value, nothing = ONE[kind], with_masks(Nothing(4), bad=BAD)
        wanted = [a if c else b for c, a, b in zip(YES, rows(value), rows(nothing), strict=True)]
        assert rows(chosen(YES, value, nothing)) == wanted
        wanted = [b if c else a for c, a, b in zip(YES, rows(value), rows(nothing), strict=True)]
        assert rows(chosen(YES, nothing, value)) == wanted
        both = chosen(YES, nothing, Nothing(4))
        assert rows(both) == [..., None, None, None] or rows(both) == [None] * 4
        assert told(both.bad, 4) == (YES & BAD).tolist()

    def test_labels_of_other_scales_are_joined_by_name(self):
        one = Label(np.array([0, 1]), ("a", "b"))
        other = Label(np.array([0, 1]), ("b", "c"))
        for condition in product([True, False], repeat=2):
            found = chosen(np.array(condition), one, other)
            assert rows(found) == [("a" if condition[0] else "b"), ("b" if condition[1] else "c")]

    def test_two_types_are_no_column(self):
        with pytest.raises(TypeError):
            chosen(YES, ONE["flag"], ONE["label"])


class TestLabels:
    def test_the_same_labels_in_other_names(self):
        label = with_masks(
            Label(np.array([0, 1, 1]), ("a", "b")), miss=np.array([False, False, True])
        )
        found = label.named(("c", "b", "a"))
        assert rows(found) == ["a", "b", None]
        assert found.codes.tolist()[:2] == [2, 1]
        assert label.named(("a", "b")) is label
        text = ONE["text"]
        assert text.named(("a",)) is text

    @pytest.mark.parametrize("kind", ONE)
    def test_rows_are_taken_in_any_order(self, kind):
        value = with_masks(ONE[kind], miss=None if kind == "nothing" else MISS, bad=BAD)
        taken = value.take(np.array([3, 3, 0, 2]))
        assert len(taken) == 4
        assert rows(taken) == [rows(value)[row] for row in (3, 3, 0, 2)]

    def test_masks_are_added(self):
        once = with_masks(ONE["flag"], miss=MISS)
        twice = with_masks(once, miss=BAD, bad=YES)
        assert told(twice.miss, 4) == (MISS | BAD).tolist()
        assert told(twice.bad, 4) == YES.tolist()
        assert told(ONE["flag"].miss, 4) == [False] * 4
        assert told(with_masks(Nothing(4), miss=MISS, bad=BAD).bad, 4) == BAD.tolist()
