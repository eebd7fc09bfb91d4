"""What a rule is told about its surroundings."""

from fractions import Fraction

import pytest

from kinerja.errors import Issue
from kinerja.formula import nodes as n
from kinerja.formula.rule import Known, wrong_total
from kinerja.formula.types import FlagType, LabelType, ListType, NumberType
from kinerja.values import Interval, LabelDef, Scale
from kinerja.words import Text

SCALE = Scale(labels=(LabelDef("a", Text.same("A")), LabelDef("b", Text.same("B"))), ordered=True)
PERCENT = NumberType(limits=Interval(low=Fraction(0), high=Fraction(100)))
ITEMS = ListType(fields={"nilai": PERCENT, "aspek": LabelType(scale=SCALE)})
KNOWN = Known(
    types={"x": PERCENT, "label": LabelType(scale=SCALE), "flag": FlagType(), "daftar": ITEMS},
    titles={"x": Text("nilai x", "value x")},
    item={"x": FlagType(), "y": PERCENT},
)


def test_a_name_without_a_title_is_its_own():
    assert KNOWN.title("x") == Text("nilai x", "value x")
    assert KNOWN.title("label") == Text.same("label")


@pytest.mark.parametrize(
    ("node", "limits"),
    [
        (n.Ref("y"), PERCENT.limits),
        (n.Ref("label"), Interval()),
        (n.Ref("unknown"), Interval()),
        (n.Ref("y") + 1, Interval()),
    ],
)
def test_only_a_plain_number_has_limits(node, limits):
    assert KNOWN.number_type(node).limits == limits


def test_a_field_of_the_item_hides_an_input_of_the_same_name():
    assert KNOWN.number_type(n.Ref("x")) == NumberType()
    assert KNOWN.choices(n.Ref("x")) == (True, False)


@pytest.mark.parametrize(
    ("node", "choices"),
    [
        (n.Ref("label"), ("a", "b")),
        (n.Ref("flag"), (True, False)),
        (n.Ref("y"), None),
        (n.Ref("unknown"), None),
        (n.Not(n.Ref("flag")), None),
        (n.Label("a"), None),
    ],
)
def test_only_plain_labels_and_flags_can_be_counted_out(node, choices):
    assert KNOWN.choices(node) == choices


def test_lists_and_their_label_fields_are_found_or_named():
    assert KNOWN.list_type("daftar", "over") is ITEMS
    assert KNOWN.field_scale(ITEMS, "aspek", "aspect") is SCALE
    for issue in (KNOWN.list_type("dafter", "over"), KNOWN.field_scale(ITEMS, "aspk", "aspect")):
        assert isinstance(issue, Issue)
        assert issue.details["nearest"] in ('"daftar"', '"aspek"')


def test_without_any_list_none_is_suggested():
    issue = Known(types={"x": PERCENT}).list_type("x", "over")
    assert (issue.details["expected"], issue.details["nearest"]) == ("–", "–")


@pytest.mark.parametrize(
    ("total", "found"),
    [(Fraction(19, 20), "95 %"), (Fraction(2, 3), "200/3 %"), (Fraction(1), None)],
)
def test_weights_sum_to_one(total, found):
    assert [issue.details["found"] for issue in wrong_total("weights", total)] == (
        [] if found is None else [found]
    )
