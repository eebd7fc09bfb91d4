"""What of a policy is needed, and equal parts of formulas that are one."""

from __future__ import annotations

from column_samples import NUMBER, RATINGS, T, program, programs, typed
from hypothesis import given
from hypothesis import strategies as st

from kinerja.columns.outline import Outline
from kinerja.formula import nodes as n
from kinerja.formula.types import LabelType, ListType
from kinerja.scorer.program import Program, Step

X, Y, Z = (n.Ref(name) for name in "xyz")


def step(name, node, over=None, kind=NUMBER):
    return Step(name=name, title=T(name), node=node, type=kind, over=over)


def made(*steps, node, inputs=None, published=("s",)) -> Outline:
    whole = program(node, inputs=inputs or {"x": NUMBER, "y": NUMBER, "z": NUMBER}, steps=steps)
    return Outline(
        Program(note=whole.note, inputs=whole.inputs, steps=whole.steps, published=published)
    )


def names(outline):
    return [step.name for step in outline.steps]


class TestNeeded:
    def test_only_what_a_published_step_rests_on(self):
        outline = made(
            step("a", X + 1), step("b", n.Ref("a") + Y), step("c", Z + 1), node=n.Ref("b") * 2
        )
        assert names(outline) == ["a", "b", "s"]
        assert outline.needed == {"x", "y", "a", "b", "s"}
        assert [i.name for i in outline.inputs] == ["x", "y", "z"]

    def test_published_steps_stand_in_the_order_of_the_policy(self):
        outline = made(step("a", X + 1), step("b", Y + 1), node=Z + 1, published=("s", "a", "b"))
        assert [step.name for step in outline.published] == ["s", "a", "b"]
        assert names(outline) == ["a", "b", "s"]

    def test_steps_of_items_are_needed_by_their_list_and_name(self):
        outline = made(
            step("double", n.Field("score") * X, over="r"),
            step("unused", n.Field("weight") + 1, over="r"),
            step("score_of_row", Y + 1),
            node=n.Reduce("sum", "r", n.Field("double")),
            inputs={"x": NUMBER, "y": NUMBER, "r": RATINGS},
        )
        assert names(outline) == ["double", "s"]
        assert outline.needed == {"x", "r", "r.double", "r.score", "s"}
        assert outline.fields("r") == ("score",)

    def test_every_place_of_a_formula_is_looked_at(self):
        reduce = n.Reduce(
            "last",
            "r",
            n.Field("score"),
            where=n.Compare("==", n.Field("group"), n.Label("a")),
            by=n.Field("on"),
        )
        node = n.Where(
            ((n.Compare("<", X, Y), reduce),), n.Lookup((n.Band(Z, typed.BANDS[1]),), ())
        )
        outline = made(node=node, inputs={"x": NUMBER, "y": NUMBER, "z": NUMBER, "r": RATINGS})
        assert outline.needed == {"x", "y", "z", "r", "r.score", "r.group", "r.on", "s"}
        assert outline.fields("r") == ("group", "score", "on")

    def test_a_list_of_which_only_the_number_of_items_is_needed(self):
        outline = made(node=n.Reduce("count", "r"), inputs={"r": RATINGS, "x": NUMBER})
        assert outline.needed == {"r", "s"}
        assert outline.fields("r") == ()
        assert outline.fields("x") == ()

    def test_lists_are_told_in_the_order_of_the_policy(self):
        inputs = dict.fromkeys(("panel", "butir", "angket", "zona"), RATINGS)
        outline = made(node=n.Reduce("count", "butir"), inputs=inputs)
        assert list(outline.lists) == list(inputs)

    @given(st.data())
    def test_any_program(self, data):
        drawn = data.draw(programs())
        outline = Outline(drawn)
        known = {i.name for i in drawn.inputs}
        for one in outline.steps:
            for node in n.walk(one.node):
                if isinstance(node, n.Ref):
                    assert node.name in known
                    assert node.name in outline.needed
            if one.over is None:
                known.add(one.name)
        assert {one.name for one in outline.published} <= set(names(outline))
        originals = {one.name: one for one in drawn.steps}
        for one in outline.steps:
            assert one == originals[one.name]


class TestSharing:
    def test_equal_parts_are_the_same_object_in_all_formulas(self):
        outline = made(
            step("a", n.Clip(X / Y, n.Number(0), n.Number(1)) + 1),
            node=n.Where(((n.Compare(">", X / Y, n.Number(1)), X / Y),), n.Ref("a")),
        )
        clip = outline.steps[0].node.terms[0]
        where = outline.steps[1].node
        assert clip.value is where.cases[0][0].left is where.cases[0][1]

    def test_parts_that_only_look_equal_are_not(self):
        """1 == True == 1.0 in Python."""
        label = LabelType(scale=RATINGS.fields["group"].scale)
        one = n.Lookup((n.Truth(True),), (((True,), n.Number(1)), ((False,), n.Number(0))))
        other = n.Lookup((n.Truth(True),), (((1,), n.Number(1)), ((0,), n.Number(0))))
        outline = made(step("a", one), node=n.Ref("a") + other)
        assert outline.steps[0].node is not outline.steps[1].node.terms[1]
        assert outline.steps[1].node.terms[1].rows[0][0][0] is not True
        two = made(
            step("a", n.Reduce("count_distinct", "r", n.Field("group"), skip_missing=True)),
            node=n.Ref("a") + n.Reduce("count_distinct", "r", n.Field("group")),
            inputs={"r": ListType(fields={"group": label})},
        )
        assert two.steps[0].node is not two.steps[1].node.terms[1]
        assert two.steps[0].node.value is two.steps[1].node.terms[1].value

    def test_formulas_stay_equal_to_what_they_were(self):
        node = n.Band(n.Named("k", T("k"), X), typed.BANDS[1])
        outline = made(node=n.Coalesce((node, node)), published=("s",))
        assert outline.steps[0].node == n.Coalesce((node, node))
        assert outline.steps[0].node.args[0] is outline.steps[0].node.args[1]
