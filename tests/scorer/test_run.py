"""The reference run: steps in order, values per item, and the form in which values leave."""

from decimal import Decimal
from fractions import Fraction

import pytest

from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.types import DateType, FlagType, LabelType, ListType, NumberType
from kinerja.result import PolicyNote
from kinerja.scorer import FollowUp, Program, Step
from kinerja.scorer.run import calendar_day, published_values, run_some, run_steps, scalar
from kinerja.values import LabelDef, Missing, Reason, Scale
from kinerja.words import Text

NOTE = PolicyNote(id="x", version="1.0.0", title=Text.same("x"), fingerprint="")
NUMBER = NumberType()
ROUNDED = Rounding(digits=2, mode="half_up")
GONE = Missing.because("input_missing", "a")


def step(name, node, kind=NUMBER, **more):
    return Step(name=name, title=Text.same(name), node=node, type=kind, **more)


def program(*steps, inputs=(), **more):
    published = tuple(s.name for s in steps if s.published)
    return Program(note=NOTE, inputs=inputs, steps=steps, published=published, **more)


ITEMS = ListType(fields={"r": NUMBER, "t": NUMBER})
RATIO = step("ratio", n.Field("r") / n.Field("t"), over="butir")
MEAN = step("rata", n.Reduce("mean", "butir", n.Field("ratio")), published=True)


class TestRunning:
    def test_steps_see_the_steps_before_them(self):
        steps = (step("b", n.Ref("a") * 2), step("c", n.Ref("b") + n.Ref("a")))
        state = run_steps(program(*steps), {"a": Fraction(3)})
        assert state == {"a": 3, "b": 6, "c": 9}

    def test_a_step_per_item_becomes_a_field_of_each_item(self):
        items = [{"r": Fraction(1), "t": Fraction(2)}, {"r": Fraction(3), "t": Fraction(0)}]
        state = run_steps(program(RATIO), {"butir": items})
        assert [item["ratio"] for item in state["butir"]] == [
            Fraction(1, 2),
            Missing.because("division_by_zero"),
        ]
        assert "ratio" not in items[0]

    def test_a_missing_list_has_no_items_to_compute_for(self):
        gone = Missing.because("input_missing", "butir")
        state = run_steps(program(RATIO, MEAN), {"butir": gone})
        assert state["rata"] == gone

    def test_what_is_given_stays_as_it_is(self):
        scope = {"a": Fraction(3)}
        run_steps(program(step("b", n.Ref("a"))), scope)
        assert scope == {"a": 3}

    def test_some_steps_are_computed_anew_over_a_change(self):
        steps = (step("b", n.Ref("a") * 2), step("c", n.Ref("b") + 1))
        state = run_steps(program(*steps), {"a": Fraction(3)})
        assert run_some(steps[1:], {**state, "b": Fraction(100)}) == {"a": 3, "b": 100, "c": 101}


class TestScalars:
    @pytest.mark.parametrize(
        ("value", "kind", "node", "shown"),
        [
            (Fraction(173, 2), NUMBER, n.Ref("a"), Decimal("86.5")),
            (Fraction(173, 2), NUMBER, n.Round(n.Ref("a"), ROUNDED), Decimal("86.50")),
            (Fraction(1, 3), NUMBER, n.Ref("a"), Fraction(1, 3)),
            (GONE, NUMBER, n.Ref("a"), None),
            ("baik", LabelType(scale=Scale(labels=(LabelDef("baik", Text.same("B")),), ordered=False)),
             n.Ref("a"), "baik"),
            (True, FlagType(), n.Ref("a"), True),
            (Fraction(738916), DateType(), n.Ref("a"), "2024-01-31"),
            (Fraction(738916) + Fraction(1, 2), DateType(), n.Ref("a"), "2024-01-31"),
        ],
    )  # fmt: skip
    def test_a_value_leaves_in_the_form_of_its_type(self, value, kind, node, shown):
        found = scalar(value, step("x", node, kind))
        assert (found, str(found)) == (shown, str(shown))

    @pytest.mark.parametrize("days", [0, -5, 3_652_060, 10**20])
    def test_the_calendar_has_no_other_days(self, days):
        assert calendar_day(Fraction(days)) is None

    def test_the_first_and_the_last_day(self):
        assert calendar_day(Fraction(1)) == "0001-01-01"
        assert calendar_day(Fraction(3_652_059)) == "9999-12-31"


class TestPublishing:
    def test_only_published_steps_leave_in_their_order(self):
        steps = (
            step("a", n.Number(Fraction(1)), published=True),
            step("b", n.Number(Fraction(2))),
            step("c", n.Number(Fraction(3)), published=True),
        )
        values, reasons, follow_ups = published_values(program(*steps), {"a": 1, "b": 2, "c": 3})
        assert (list(values), reasons, follow_ups) == (["a", "c"], (), ())

    def test_reasons_of_missing_values_are_told_once(self):
        steps = (step("b", n.Ref("a"), published=True), step("c", n.Ref("a"), published=True))
        some = program(*steps)
        values, reasons, _ = published_values(some, run_steps(some, {"a": GONE}))
        assert values == {"b": None, "c": None}
        assert reasons == (Reason("input_missing", "a"),)

    def test_a_date_outside_the_calendar_is_missing_with_its_reason(self):
        some = program(step("hari", n.Ref("a"), DateType(), published=True))
        values, reasons, _ = published_values(some, {"hari": Fraction(10**9)})
        assert (values, reasons) == ({"hari": None}, (Reason("outside_calendar", "hari"),))

    @pytest.mark.parametrize(("flag", "follows"), [(True, ("awas",)), (False, ()), (GONE, ())])
    def test_what_follows_is_what_is_known_to_apply(self, flag, follows):
        action = FollowUp(id="awas", title=Text.same("awas"), step="t.awas")
        some = program(step("t.awas", n.Ref("a"), FlagType()), follow_ups=(action,))
        assert published_values(some, {"t.awas": flag})[2] == follows
