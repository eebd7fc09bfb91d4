from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest
from compiled_samples import (
    GROUPS,
    NUMBER,
    RATINGS,
    Checked,
    T,
    figure,
    optional,
    program,
    ratings,
    same,
    value,
    written,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.formula import nodes as n
from kinerja.formula.types import DateType, FlagType, LabelType, ListType, NumberType
from kinerja.scorer import compiled
from kinerja.scorer.compiled import compile_program
from kinerja.scorer.program import FollowUp, Program, Step
from kinerja.values import LabelDef, Scale

NUMERIC = ("sum", "mean", "min", "max", "median", "trimmed_mean", "quantile")
SHARES = {"trimmed_mean": Fraction(1, 4), "quantile": Fraction(9, 10)}

IN_A = n.Compare("==", n.Field("group"), n.Label("a"))
ON_B = n.Compare("==", n.Label("b"), n.Field("aspect"))
RATED = n.Not(n.IsMissing(n.Field("score")))
NOT_RATED = n.IsMissing(n.Field("score"))
WHO = n.Not(n.IsMissing(n.Field("who")))


def reduction(op, node=None, where=None, *, skip=False, by=None) -> n.Reduce:
    return n.Reduce(op, "r", node, where, skip, SHARES.get(op), by)


def told(node) -> n.Node:
    """A value that may be missing, as one that never is."""
    return n.Coalesce((node, figure("-0.125")))


def checked(*nodes, kind=NUMBER) -> list[Checked]:
    """Programs that publish one formula each."""
    inputs = {"r": RATINGS, "x": optional("x", NUMBER)}
    return [Checked(program(node, kind=kind, inputs=inputs)) for node in nodes]


#: Each case checks several programs.
few = settings(max_examples=25)

rows = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "group": st.sampled_from(("a", "b", "c", "A", "a", "b", None)),
            "aspect": st.sampled_from(("a", "b", "c", "b")),
            "score": st.sampled_from((0, 50, 100, 86.625, "50", None, 50)),
            "weight": st.sampled_from((0, 1, -1, "1/3", 0.25, None)),
            "who": st.sampled_from(("budi", "sari", " budi", 7, None)),
            "on": st.sampled_from(("2024-01-01", "2024-02-01", date(2024, 3, 1), None)),
            "seen": st.sampled_from((True, False, True, None)),
        },
    ),
    max_size=6,
)


class TestShelves:
    """Reductions told apart by labels are made in one walk, and give what the reference gives."""

    WHERE = (
        None,
        IN_A,
        ON_B,
        n.And((IN_A, ON_B)),
        n.And((IN_A, n.And((ON_B, RATED)))),
        n.And((RATED, WHO)),
        n.And((IN_A, WHO)),
    )

    @pytest.mark.parametrize("op", [*NUMERIC, "count_distinct", "count"])
    @pytest.mark.parametrize("skip", [True, False])
    @few
    @given(items=rows)
    def test_values_of_a_field(self, op, skip, items):
        for made in self.of_a_field(op, skip):
            made.same({"r": items})

    @classmethod
    @cache
    def of_a_field(cls, op, skip):
        parts = [
            told(reduction(op, n.Field(name), where, skip=skip))
            for name in ("score", "weight")
            for where in cls.WHERE
        ]
        return checked(n.Add(tuple(parts)), parts[1].args[0])

    @few
    @given(items=rows)
    def test_counts(self, items):
        for made in self.counts():
            made.same({"r": items})

    @classmethod
    @cache
    def counts(cls):
        conditions = (*cls.WHERE, NOT_RATED, n.And((IN_A, NOT_RATED)), n.And((WHO, NOT_RATED)))
        parts = [told(reduction("count", None, where)) for where in conditions]
        parts += [
            told(reduction("count_distinct", n.Field(name), where, skip=True))
            for name in ("who", "group", "on", "seen")
            for where in (None, ON_B, n.And((ON_B, RATED)))
        ]
        return checked(n.Add(tuple(parts)), *parts[:6])

    def test_conditions_that_ask_twice_are_looked_at_item_by_item(self):
        both = n.And((IN_A, n.Compare("==", n.Field("group"), n.Label("b"))))
        neither = n.And((NOT_RATED, RATED))
        two = n.And((NOT_RATED, n.IsMissing(n.Field("weight"))))
        items = ratings(("a", 1), ("b", None), aspect="a")
        for where in (both, neither, two):
            same(program(reduction("count", None, where), inputs={"r": RATINGS}), {"r": items})

    def test_days_have_a_smallest_and_a_largest(self):
        items = [{"on": "2024-02-29"}, {"on": date(2023, 5, 1)}]
        for op in ("min", "max"):
            made = program(reduction(op, n.Field("on")), kind=DateType(), inputs={"r": RATINGS})
            same(made, {"r": items})

    def test_twenty_one_means_take_one_walk(self):
        means = [
            n.Coalesce((reduction("mean", n.Field("score"), n.And((a, b))), figure(0)))
            for a in (n.Compare("==", n.Field("group"), n.Label(g)) for g in "abc")
            for b in (n.Compare("==", n.Field("aspect"), n.Label(g)) for g in "abc")
        ]
        made = program(n.Add(tuple(means)), inputs={"r": RATINGS})
        text = written(made).text("def answer(record):")
        assert text.count("for key, value in") == 1
        same(made, {"r": ratings(("a", 1), ("b", 2), ("a", 4.5), aspect="b")})

    def test_scales_of_many_labels_keep_only_the_shelves_asked_for(self):
        many = Scale(labels=tuple(LabelDef(f"g{i}", T(f"g{i}")) for i in range(90)), ordered=False)
        kind = ListType(fields={"g": LabelType(scale=many), "v": NUMBER})
        wheres = [n.Compare("==", n.Field("g"), n.Label(g)) for g in ("g3", "g70", "unknown")]
        node = n.Add(tuple(reduction("sum", n.Field("v"), where) for where in wheres))
        items = [{"g": f"g{i}", "v": i} for i in range(90)]
        assert value(program(node, inputs={"r": kind}), {"r": items}) == 73

    def test_a_label_of_no_scale_is_asked_for_in_vain(self):
        node = reduction("count", None, n.Compare("==", n.Field("group"), n.Label("x")))
        assert value(program(node, inputs={"r": RATINGS}), {"r": ratings(("a", 1))}) == 0


class TestLoops:
    """Reductions by any formula look at the items one by one."""

    RATIO = n.Field("score") / n.Field("weight")

    @pytest.mark.parametrize("op", [*NUMERIC, "count_distinct", "count"])
    @pytest.mark.parametrize("skip", [True, False])
    @few
    @given(items=rows, x=st.sampled_from((0, 1, "-2/3", 50)))
    def test_values_of_formulas(self, op, skip, items, x):
        for made in self.of_formulas(op, skip):
            made.same({"r": items, "x": x})

    @classmethod
    @cache
    def of_formulas(cls, op, skip):
        values = (
            n.Field("score") * n.Field("weight"),
            cls.RATIO,
            cls.RATIO * -2 + n.Ref("x"),
            figure(0),
            n.Coalesce((cls.RATIO, n.Ref("x"))),
        )
        wheres = (None, n.Field("weight").above(0), n.Field("seen"))
        parts = [told(reduction(op, node, where, skip=skip)) for node in values for where in wheres]
        return checked(n.Add(tuple(parts)), *(part.args[0] for part in parts[:6]))

    @pytest.mark.parametrize("op", ["count", "mean", "max", "median", "count_distinct", "last"])
    @few
    @given(items=rows, x=st.sampled_from((0, 1)))
    def test_conditions(self, op, items, x):
        for made in self.under_conditions(op):
            made.same({"r": items, "x": x})

    @classmethod
    @cache
    def under_conditions(cls, op):
        wheres = (
            n.Truth(True),
            n.Truth(False),
            n.Absent("no_items"),
            n.Not(n.Field("seen")),
            n.Or((n.Field("seen"), n.Ref("x").above(0))),
            n.Ref("x").above(0),
            n.Field("score").at_least(n.Ref("x")),
        )
        by = n.Field("on") if op == "last" else None
        field = None if op == "count" else n.Field("weight") * 2
        parts = [told(reduction(op, field, where, by=by)) for where in wheres]
        return checked(n.Add(tuple(parts)), *(part.args[0] for part in parts))

    LAST = (
        (n.Field("score"), NUMBER, figure(-1)),
        (n.Field("score") / n.Field("weight"), NUMBER, figure(-1)),
        (n.Field("group"), LabelType(scale=GROUPS), n.Label("c")),
        (n.Field("seen"), FlagType(), n.Truth(False)),
        (n.Absent("no_items"), NUMBER, figure(-1)),
        (figure("1/3"), NUMBER, figure(-1)),
    )

    @pytest.mark.parametrize("which", range(len(LAST)))
    @pytest.mark.parametrize("skip", [True, False])
    @few
    @given(items=rows)
    def test_the_last_item(self, which, skip, items):
        for made in self.last(which, skip):
            made.same({"r": items})

    @classmethod
    @cache
    def last(cls, which, skip):
        field, kind, other = cls.LAST[which]
        keys = (
            n.Field("on"),
            n.Field("weight") * -1,
            figure(1) / n.Field("weight"),
            figure(0),
            n.Absent("no_items"),
        )
        nodes = [reduction("last", field, None, skip=skip, by=by) for by in keys]
        return checked(*nodes, *(n.Coalesce((node, other)) for node in nodes), kind=kind)

    def test_sums_of_many_denominators_stay_small(self):
        made = program(
            reduction("mean", n.Field("score") / n.Field("weight")), inputs={"r": RATINGS}
        )
        items = [{"score": 1, "weight": 10**9 + k} for k in range(40)]
        same(made, {"r": items})

    @pytest.mark.parametrize("op", NUMERIC)
    @pytest.mark.parametrize("skip", [True, False])
    def test_a_denominator_that_only_items_ask_for_is_not_asked_for_without_items(self, op, skip):
        x, y = n.Ref("x"), n.Ref("y")
        inputs = {"x": optional("x", NUMBER), "y": optional("y", NUMBER), "r": RATINGS}
        weights = (
            figure(1) / x,
            figure(1) / n.Reduce("count", "r"),
            n.Where((((x + y).equals(0), figure(1)),), x),
            n.Where(((x.above(3), y / x),), x / y),
            n.Coalesce((n.Where(((x.above(3), y / x),), n.Absent("a")), y / figure(3))),
        )
        lists = ([], [{"score": None}], [{"score": 6}], [{"score": 6}, {"score": 0}, {"score": 1}])
        for weight in weights:
            for node in (n.Field("score") * weight, n.Field("score") * weight / figure(7)):
                whole = reduction(op, node, skip=skip)
                made = program(n.Coalesce((whole * figure(2), figure(9))), inputs=inputs)
                checked = Checked(made)
                for items in lists:
                    for a in (None, 0, 2, 5):
                        for b in (None, 0, 3):
                            checked.same({"x": a, "y": b, "r": items})

    def test_a_loop_needs_no_field(self):
        made = program(
            reduction("sum", n.Ref("x"), n.Ref("x").above(0)), inputs={"r": RATINGS, "x": NUMBER}
        )
        assert value(made, {"r": [{}, {}], "x": 3}) == 6


class TestStepsPerItem:
    def step(self, name, node, over=None):
        return Step(name=name, title=T(name), node=node, type=NUMBER, over=over)

    def made(self) -> Program:
        """Shares of the sum, then what exceeds the mean share, then a share of that."""
        steps = (
            self.step("whole", reduction("sum", n.Field("weight"))),
            self.step("share", n.Field("weight") / n.Ref("whole"), "r"),
            self.step("double", n.Field("share") * 2 + n.Field("share"), "r"),
            self.step("mean", reduction("mean", n.Field("double"))),
            self.step("over", n.Field("double") - reduction("mean", n.Field("share")), "r"),
            self.step("unused", n.Field("share"), "r"),
        )
        node = reduction("max", n.Field("over")) + reduction("sum", n.Field("score")) * n.Ref(
            "mean"
        )
        return program(node, inputs={"r": RATINGS}, steps=steps)

    @few
    @given(items=rows)
    def test_items_are_walked_through_as_often_as_steps_need_it(self, items):
        same(self.made(), {"r": items})

    def test_an_answer_through_three_walks(self):
        items = [{"weight": 1, "score": 2}, {"weight": 3, "score": 4}]
        # Shares 1/4 and 3/4; thrice them less their mean 1/2; their mean 3/2 times 6.
        assert value(self.made(), {"r": items}) == Fraction(9, 4) - Fraction(1, 2) + 9

    def test_two_lists_that_need_each_other(self):
        fields = ListType(fields={"v": NUMBER})
        steps = (
            self.step("a1", n.Reduce("sum", "a", n.Field("v"))),
            self.step("b1", n.Reduce("sum", "b", n.Field("v") * n.Ref("a1"))),
            self.step("b0", n.Reduce("sum", "b", n.Field("v"))),
        )
        node = n.Reduce("sum", "a", n.Field("v") * n.Ref("b1")) * n.Ref("b0")
        made = program(node, inputs={"a": fields, "b": fields}, steps=steps)
        record = {"a": [{"v": 1}, {"v": 2}], "b": [{"v": 5}]}
        assert value(made, record) == 3 * 15 * 5


class TestListsAsGiven:
    SUM = reduction("sum", n.Field("score"))

    @pytest.mark.parametrize(
        "given",
        [
            *(None, (), [], [{}], [{"score": 1}], ({"score": 1.5},), {"score": 1}, "x", b"x", 7),
            *(float("nan"), 1.5, [1], ["x"], [None], [[("score", 1)]], [{"score": [1]}]),
            *([{"group": 1}], [{"group": "x"}], [{"group": [1]}], [{"group": " A "}]),
            *(
                [{"seen": 1}],
                [{"seen": "ya"}],
                [{"on": "2024-02-30"}],
                [{"on": 7}],
                [{"who": True}],
            ),
            *([{"who": "q" * 10_001}], [{"who": " " * 10_001}], [{"who": 7}], [{"who": ""}]),
        ],
        ids=repr,
    )
    def test_every_form_of_a_list(self, given):
        same(program(self.SUM, inputs={"r": RATINGS}), {"r": given})
        may = {"r": optional("r", RATINGS)}
        same(program(told(self.SUM), inputs=may), {"r": given})
        same(program(n.IsMissing(n.Ref("r")), kind=FlagType(), inputs=may), {"r": given})
        must = program(n.IsMissing(n.Ref("r")), kind=FlagType(), inputs={"r": RATINGS})
        same(must, {"r": given})

    def test_a_list_that_is_missing_makes_its_reductions_missing(self):
        may = {"r": optional("r", RATINGS)}
        for node in (
            self.SUM,
            reduction("count"),
            reduction("count", None, IN_A),
            reduction("max", n.Field("score") * 2),
            reduction("last", n.Field("group"), by=figure(1)),
            reduction("last", n.Absent("no_items"), by=figure(1)),
        ):
            told_node = n.Where(((n.IsMissing(node), figure(1)),), figure(0))
            assert value(program(told_node, inputs=may), {}) == 1

    @pytest.mark.parametrize("key", [("group",), ("group", "who"), ("score",)])
    @few
    @given(items=rows)
    def test_the_same_key_twice_is_left_to_the_reference(self, key, items):
        kind = ListType(fields=RATINGS.fields, key=key)
        same(program(reduction("count"), inputs={"r": kind}), {"r": items})

    def test_lists_without_fields_can_be_counted(self):
        made = program(reduction("count"), inputs={"r": ListType(fields={})})
        assert value(made, {"r": [{}, {"x": 1}]}) == 2

    def test_items_that_are_other_mappings_are_left_to_the_reference(self):
        class Item(dict):
            pass

        made = program(self.SUM, inputs={"r": RATINGS})
        assert compile_program(made)({"r": [Item(score=1)]}) is None


class TestFollowUps:
    def test_flags_that_are_yes_and_only_those_apply(self):
        flags = {
            "yes": n.Truth(True),
            "no": n.Truth(False),
            "maybe": n.Ref("p"),
            "gone": n.Absent("no_items"),
            "number": n.Ref("x"),
        }
        steps = tuple(
            Step(name=name, title=T(name), node=node, type=FlagType())
            for name, node in flags.items()
        )
        made = program(
            n.Ref("x"),
            inputs={"x": NUMBER, "p": optional("p", FlagType())},
            steps=steps,
            follow_ups=tuple(FollowUp(id=f"f_{f}", title=T(f), step=f) for f in flags),
        )
        assert same(made, {"x": 1, "p": True})[1] == ("f_yes", "f_maybe")
        assert same(made, {"x": 1, "p": False})[1] == ("f_yes",)
        assert same(made, {"x": 1})[1] == ("f_yes",)


class TestHostileText:
    """No text of a policy is part of the source, so none can be read as Python."""

    TEXTS = (
        "'); raise SystemExit  #",
        '"""',
        "\\",
        "\n import os\n",
        "{0}",
        "__import__('os')",
        "None",
        "v3",
        "return",
        "k1",
        "é\u202e\0",
    )

    @pytest.mark.parametrize("text", TEXTS)
    def test_text_stays_text(self, text):
        labels = Scale(labels=(LabelDef(text, T(text + "!")), LabelDef("b", T("b"))), ordered=False)
        fields = {"g": LabelType(scale=labels), text: NumberType()}
        key = n.Label(text)
        made = Program(
            note=program(figure(1)).note,
            inputs=program(
                figure(1), inputs={text + "x": NUMBER, text + "r": ListType(fields=fields)}
            ).inputs,
            steps=(
                Step(
                    name=text,
                    title=T(text),
                    node=n.Reduce(
                        "sum", text + "r", n.Field(text), n.Compare("==", n.Field("g"), key)
                    )
                    + n.Ref(text + "x"),
                    type=NUMBER,
                ),
                Step(
                    name="label",
                    title=T(text),
                    node=n.Where(((n.Ref(text).above(1), key),), n.Label("b")),
                    type=LabelType(scale=labels),
                ),
                Step(name="flag", title=T(text), node=n.Truth(True), type=FlagType()),
            ),
            published=(text, "label"),
            follow_ups=(FollowUp(id=text, title=T(text), step="flag"),),
        )
        source = written(made).text("def answer(record):")
        assert all(
            part not in source for part in ("raise SystemExit", "import", "{0}", "\\", '"', "'")
        )
        record = {text + "x": 2, text + "r": [{"g": text, text: 0.5}, {"g": "b", text: 9}]}
        if text.strip() == text:
            assert same(made, record) == ({text: Decimal("2.5"), "label": text}, (text,))
        else:
            assert same(made, record) is None

    def test_source_holds_only_generated_names(self):
        """Every word of the source is a keyword, a fixed name or a generated one."""
        import keyword
        import re

        fixed = {
            "answer",
            "record",
            "type",
            "dict",
            "zip",
            "map",
            "min",
            "max",
            "sum",
            "len",
            "list",
        }
        fixed |= {"issuperset", "KeyError", "RefusedError", "Decimal", "scaleb", "append", "get"}
        fixed |= {"key", "value", "item", "gcd", "shared", "HUGE", "int", "str"}
        made = program(reduction("mean", n.Field("score"), IN_A), inputs={"r": RATINGS})
        source = written(made).text("def answer(record):")
        for word in set(re.findall(r"[^\W\d]\w*", source)):
            known = keyword.iskeyword(word) or word in fixed
            assert known or re.fullmatch(r"[bdkv]\d+", word), word


class TestDepth:
    def test_branches_nested_deeper_than_python_reads_take_the_reference_path(self):
        node = n.Ref("x")
        for place in range(120):
            node = n.Where(((n.Ref("x").above(place), node),), figure(place))
        assert compile_program(program(node)) is compiled._reference_only
        assert compile_program(program(node))({"x": 1, "y": 1}) is None

    def test_cases_side_by_side_are_not_nested(self):
        cases = tuple((n.Ref("x").below(place), figure(place)) for place in range(150))
        made = program(n.Where(cases, figure(-1)))
        for x in (-5, 77, 149, 150):
            same(made, {"x": x, "y": 0})
