from collections import UserDict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

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
    reference,
    same,
    shape,
    value,
    written,
)
from hypothesis import given, note
from hypothesis import strategies as st
from strategies_programs import programs, raw_records, typed

import kinerja
from kinerja.exact import Rounding, exact
from kinerja.formula import nodes as n
from kinerja.formula.types import (
    DateType,
    FlagType,
    LabelType,
    ListType,
    NumberType,
)
from kinerja.scorer import compiled
from kinerja.scorer.compiled import compile_program
from kinerja.scorer.program import Step
from kinerja.values import Band, Bands, Interval


class TestAnyProgram:
    """The compiled function gives what the reference gives, or leaves the record to it."""

    @given(st.data())
    def test_random_programs_on_random_records(self, data):
        made = data.draw(programs())
        answer = compile_program(made)
        assert answer is not compiled._reference_only
        note(written(made).text("def answer(record):"))
        for _ in range(4):
            record = data.draw(raw_records(made))
            assert shape(answer(record)) == shape(reference(made, record))

    @pytest.mark.parametrize("policy", ["skm-2017", "sikap-360", "kuadran-6-2022"])
    def test_shipped_policies_are_compiled(self, policy):
        made = kinerja.load(policy).program
        assert compile_program(made) is not compiled._reference_only

    def test_an_answer_does_not_depend_on_the_record_being_a_dict(self):
        made = program(n.Ref("x") / n.Ref("y"))
        assert value(made, UserDict(x=1, y=4)) == Decimal("0.25")

    def test_a_record_stays_as_it_is(self):
        made = program(n.Reduce("sum", "r", n.Field("score")), inputs={"r": RATINGS})
        record = {"r": ratings(("a", 1.5), ("B", 2), aspect="a")}
        before = repr(record)
        compile_program(made)(record)
        assert repr(record) == before


class TestNumbers:
    @pytest.mark.parametrize(
        "raw",
        [
            *(
                7,
                -7,
                0,
                10**40,
                10**299,
                10**500,
                -(10**500),
                2**60 + 1,
                True,
                3.0,
                -0.0,
                1e15,
                9007199254740993.0,
                1e22,
                1e23,
            ),
            *(0.1, 1.005, 86.625, 0.1 + 0.2, 1e-7, 5e-324, 1.7976931348623157e308, 12345678.9012),
            *(99999999999.9999, 123456789012.34, 0.00001, 2.675, float("nan"), float("inf")),
            *(
                "87.5",
                "087",
                "+5",
                "-5",
                ".5",
                "5.",
                "1e3",
                "2/37",
                "5 %",
                " 5 ",
                "٣",
                "",
                "x",
                "1_0",
            ),
            *("1" * 39, "1" * 50, "1" * 500),
            *(
                Decimal("87.50"),
                Decimal("1E+3"),
                Decimal("1E-30"),
                Decimal("1E+500"),
                Decimal("NaN"),
            ),
            *(Decimal("Infinity"), Decimal("-0.0"), Decimal("1" * 60), Decimal("1E+39")),
            *(Fraction(1, 3), None, [], b"1", object, 1j),
        ],
    )
    def test_every_form_of_a_number_means_what_the_reader_says(self, raw):
        for kind in (NUMBER, NumberType(digits=1), NumberType(digits=0)):
            alone = program(n.Ref("x"), inputs={"x": kind})
            same(alone, {"x": raw})
            beside = program(n.Ref("x") + n.Ref("y"), inputs={"x": kind, "y": kind})
            same(beside, {"x": raw, "y": 2})
            same(beside, {"x": raw, "y": 0.5})
            may = program(n.Coalesce((n.Ref("x"), figure(-1))), inputs={"x": optional("x", kind)})
            same(may, {"x": raw})
            fields = ListType(fields={"v": kind})
            total = program(n.Reduce("sum", "r", n.Field("v")), inputs={"r": fields})
            same(total, {"r": [{"v": raw}]})
            same(total, {"r": [{"v": raw}, {"v": 2}, {"v": 0.25}]})
            some = n.Reduce("sum", "r", n.Field("v"), skip_missing=True)
            same(program(some, inputs={"r": fields}), {"r": [{"v": raw}, {"v": None}, {"v": 1}]})

    @given(st.floats(allow_nan=False, allow_infinity=False))
    def test_a_float_is_the_decimal_that_prints_it(self, x):
        made = program(n.Ref("x"), inputs={"x": NUMBER})
        assert value(made, {"x": x}) == Decimal(repr(x))

    @given(st.integers(-(10**16), 10**16), st.integers(0, 8))
    def test_a_float_written_with_few_digits_is_those_digits(self, digits, places):
        x = float(f"{digits}e-{places}")
        made = program(
            n.Reduce("sum", "r", n.Field("v")), inputs={"r": ListType(fields={"v": NUMBER})}
        )
        assert value(made, {"r": [{"v": x}]}) == Decimal(repr(x))
        same(made, {"r": [{"v": x}, {"v": 1}]})

    @pytest.mark.parametrize(
        ("low", "high", "low_open", "high_open"),
        [
            ("0", "100", False, False),
            ("0", "100", True, True),
            ("0.5", "99.5", False, False),
            ("0.5", "99.5", True, True),
            ("-1/3", None, True, False),
            (None, "7", False, True),
        ],
    )
    @pytest.mark.parametrize(
        "raw", [0, 100, 1, 99, -1, 101, 0.5, 99.5, 0.49, "0.5", 7, 6.99, Fraction(-1, 3)]
    )
    def test_limits_hold_for_every_form(self, low, high, low_open, high_open, raw):
        limits = Interval(
            low=None if low is None else exact(low),
            high=None if high is None else exact(high),
            low_open=low_open,
            high_open=high_open,
        )
        kind = NumberType(limits=limits)
        same(program(n.Ref("x"), inputs={"x": kind}), {"x": raw})
        both = program(n.Ref("x"), inputs={"x": kind, "y": NUMBER})
        same(both, {"x": raw, "y": 0.25})
        same(program(n.Ref("x"), inputs={"x": optional("x", kind)}), {"x": raw})
        fields = {"r": ListType(fields={"v": kind})}
        same(program(n.Reduce("sum", "r", n.Field("v")), inputs=fields), {"r": [{"v": raw}]})

    def test_whole_numbers_refused_for_their_digits_take_the_reference_path(self):
        tens = NumberType(digits=-1)
        for kind in (tens, optional("x", tens), ListType(fields={"v": tens})):
            made = program(figure(1), inputs={"x": kind})
            assert compile_program(made) is compiled._reference_only

    def test_a_common_denominator_without_end_takes_the_reference_path(self):
        made = program(n.Reduce("sum", "r", n.Field("weight")), inputs={"r": RATINGS})
        rows = [{"weight": Fraction(1, 10**390 + 2 * k + 1)} for k in range(5)]
        assert compile_program(made)({"r": rows}) is None
        assert reference(made, {"r": rows}) is not None


class TestArithmetic:
    XY = (0, 1, -1, 7, 2.5, -2.5, "2/3", 10**30)

    @pytest.mark.parametrize("x", XY)
    @pytest.mark.parametrize("y", XY)
    @pytest.mark.parametrize(
        "node",
        [
            n.Ref("x") / n.Ref("y"),
            n.Ref("x") / (n.Ref("y") * -3),
            figure(5) / n.Ref("y"),
            figure(0) / n.Ref("y") + figure(0) * n.Ref("x"),
            n.Ref("x") / 0,
            n.Ref("x") - n.Ref("y") - figure("1/3"),
            n.Ref("x") * n.Ref("y") * "1.2" + n.Ref("x") * 0,
            figure("1/3") + figure("2/3"),
            n.Clip(n.Ref("x"), n.Ref("y"), figure(2)),
            n.Clip(figure(3), figure(0), figure(2)),
            n.Clip(n.Ref("x"), None, n.Ref("x") / 2),
            n.Maximum((n.Ref("x"), n.Ref("y"), figure("1/7"))),
            n.Minimum((n.Ref("x") / 3, n.Ref("y"), figure(0))),
            n.Coalesce((n.Ref("x") / n.Ref("y"), n.Ref("x") / 3)),
            n.Where(((n.Ref("x").above(0), n.Ref("y") / n.Ref("x")),), n.Absent("no_items")),
            n.Where(((n.Ref("y").equals(0), figure(0)),), n.Ref("x") / n.Ref("y")),
            figure(1) / (figure(1) / n.Ref("y")),
            (figure(1) / n.Ref("x")) / (figure(1) / n.Maximum((n.Ref("y"), figure(1)))),
            (figure(1) / n.Maximum((n.Ref("y"), figure(1)))) / n.Ref("x"),
            n.Named("part", T("part"), n.Ref("x") + 1) * n.Named("part", T("part"), n.Ref("x")),
            n.Where(
                ((n.Named("p", T("p"), n.Ref("y").above(0)), figure(1) / n.Ref("y")),), figure(0)
            ),
        ],
        ids=range(21),
    )
    def test_operations_on_every_pair(self, node, x, y):
        same(program(node), {"x": x, "y": y})

    @pytest.mark.parametrize(
        "mode", ["half_up", "half_even", "half_down", "down", "up", "floor", "ceiling"]
    )
    @pytest.mark.parametrize("digits", [2, 0, -1])
    def test_ties_are_rounded_as_named(self, mode, digits):
        rounding = Rounding(digits=digits, mode=mode)
        made = program(n.Round(n.Ref("x") / n.Ref("y"), rounding))
        for x in range(-30, 31):
            for y in (1, 2, 8, 200, 2000):
                same(made, {"x": x, "y": y})

    def test_a_rounded_value_carries_the_digits_of_its_step(self):
        two = Rounding(digits=2, mode="half_up")
        assert str(value(program(n.Round(n.Ref("x") * "0.5", two)), {"x": 1, "y": 0})) == "0.50"
        assert str(value(program(n.Round(figure(3), two)), {"x": 1, "y": 0})) == "3.00"
        assert str(value(program(n.Round(n.Ref("x") * 0, two)), {"x": 1, "y": 0})) == "0.00"

    def test_whole_numbers_are_rounded_too(self):
        for digits, expected in ((2, "3.00"), (0, "3"), (-1, "0")):
            node = n.Round(n.Reduce("count", "r"), Rounding(digits=digits, mode="half_up"))
            made = program(node, inputs={"r": RATINGS})
            assert str(value(made, {"r": [{}, {}, {}]})) == expected

    def test_a_decimal_without_end_leaves_as_a_fraction(self):
        assert value(program(n.Ref("x") / n.Ref("y")), {"x": 1, "y": 3}) == Fraction(1, 3)

    def test_numbers_of_any_size_stay_exact(self):
        huge = 10**299
        x = n.Ref("x")
        made = program((x * x * x * x + 1) / (x * x * x) - x, inputs={"x": NUMBER})
        assert value(made, {"x": huge}) == Decimal(1).scaleb(-897)

    def test_many_denominators_are_reduced_on_the_way(self):
        names = [f"x{i}" for i in range(60)]
        node = n.Add(tuple(figure(1) / n.Ref(name) for name in names))
        made = program(node, inputs=dict.fromkeys(names, NUMBER))
        same(made, {name: 10**9 + place for place, name in enumerate(names)})

    def test_long_sums_are_compiled(self):
        names = [f"x{i}" for i in range(3000)]
        made = program(
            n.Add(tuple(n.Ref(name) for name in names)), inputs=dict.fromkeys(names, NUMBER)
        )
        assert compile_program(made)(dict.fromkeys(names, 1))[0] == {"s": Decimal(3000)}

    def test_a_day_is_moved_by_days(self):
        made = program(
            n.Ref("d") + n.Ref("x"), kind=DateType(), inputs={"d": DateType(), "x": NUMBER}
        )
        assert value(made, {"d": date(2024, 2, 28), "x": 2}) == "2024-03-01"
        assert value(made, {"d": "2024-02-28", "x": 0.5}) == "2024-02-28"
        assert value(made, {"d": date(9999, 12, 31), "x": 1}) is None
        assert value(made, {"d": date(2024, 2, 28), "x": 10**30}) is None


class TestBands:
    EDGES = ("-1", "0", "0.01", "4.99", "4.995", "5", "5.5", "9.99", "10", "49", "50", "51", "101")

    @pytest.mark.parametrize("bands", typed.BANDS)
    def test_every_edge_lies_where_the_bands_say(self, bands):
        made = program(n.Band(n.Ref("x"), bands), kind=LabelType(scale=typed.ORDERED))
        shared = program(
            n.Band(n.Ref("x") / n.Ref("y"), bands), kind=LabelType(scale=typed.ORDERED)
        )
        for edge in self.EDGES:
            same(made, {"x": edge, "y": 1})
            same(shared, {"x": exact(edge) * 3, "y": 3})
            fixed = program(n.Band(figure(edge), bands), kind=LabelType(scale=typed.ORDERED))
            same(fixed, {"x": 0, "y": 0})

    def test_one_band_without_ends_holds_every_number(self):
        bands = Bands(bands=(Band(label="baik", interval=Interval()),))
        made = program(n.Band(n.Ref("x"), bands), kind=LabelType(scale=typed.ORDERED))
        assert value(made, {"x": -5, "y": 0}) == "baik"


class TestMissing:
    FLAGS = (True, False, None)

    @pytest.mark.parametrize("p", FLAGS)
    @pytest.mark.parametrize("q", FLAGS)
    @pytest.mark.parametrize("kind", [n.And, n.Or])
    @pytest.mark.parametrize("extra", [(), (n.Truth(True),), (n.Truth(False),), (n.Absent("x"),)])
    def test_three_values_of_logic(self, p, q, kind, extra):
        flags = {name: optional(name, FlagType()) for name in ("p", "q")}
        node = kind((n.Ref("p"), n.Not(n.Ref("q")), n.Ref("r"), *extra))
        inputs = {**flags, "r": FlagType()}
        for r in (True, False):
            same(program(node, kind=FlagType(), inputs=inputs), {"p": p, "q": q, "r": r})
            # Where the flag may be missing, the answer shows which of the three it was.
            told = n.Where(((n.IsMissing(node), figure(2)), (node, figure(1))), figure(0))
            same(program(told, inputs=inputs), {"p": p, "q": q, "r": r})
            case = n.Coalesce((n.Where(((node, figure(1)),), figure(0)), figure(7)))
            same(program(case, inputs=inputs), {"p": p, "q": q, "r": r})

    def test_logic_of_what_is_always_missing(self):
        gone = n.Absent("x")
        for node in (
            n.And((gone,)),
            n.Or((gone, gone)),
            n.Not(gone),
            n.Where(((gone, gone),), gone),
        ):
            told = n.Where(((n.IsMissing(node), figure(2)),), figure(0))
            assert value(program(told), {"x": 0, "y": 0}) == 2
            assert value(program(node, kind=FlagType()), {"x": 0, "y": 0}) is None

    def test_what_stands_behind_a_value_that_is_never_there(self):
        """A published step that is always missing ends the function; the rest is written all the same."""
        gone = Step(name="gone", title=T("gone"), node=n.Absent("no_items"), type=NUMBER)
        told = n.Ref("gone").above(0)
        for node in (
            n.Ref("gone") + 1,
            n.IsMissing(n.Ref("gone")),
            n.And((told, n.IsMissing(n.Ref("gone")))),
            n.Coalesce((n.Ref("gone"), figure(1))),
            n.Where(((told, figure(1)),), figure(2)),
            n.Where(((n.Ref("x").above(0), n.Ref("gone")),), n.Ref("gone")),
            n.Reduce("sum", "r", n.Field("score") * n.Ref("gone")),
            n.Reduce("sum", "r", n.Field("score"), told),
            n.Reduce("last", "r", n.Field("score"), by=n.Ref("gone")),
        ):
            inputs = {"x": NUMBER, "r": RATINGS}
            made = replace(program(node, inputs=inputs, steps=(gone,)), published=("gone", "s"))
            assert same(made, {"x": 1, "r": [{"score": 1}]}) is None

    def test_branches_with_a_value_that_may_be_missing(self):
        half = n.Where(((n.Ref("x").above(0), n.Ref("y")),), figure("1/2"))
        made = program(
            n.Coalesce((half, figure(9))), inputs={"x": NUMBER, "y": optional("y", NUMBER)}
        )
        for x in (0, 1):
            for y in (None, 3):
                same(made, {"x": x, "y": y})

    def test_a_missing_value_has_no_denominator_to_be_carried_on(self):
        x, y, z = map(n.Ref, "xyz")
        inputs = {
            **dict.fromkeys("xyz", NumberType(limits=Interval(low=Fraction(1)))),
            "p": FlagType(),
            "q": optional("q", FlagType()),
        }
        quotients = (
            n.Where(((n.Ref("q"), x / y),), x / z),
            n.Where(((n.Ref("q"), x / y),), n.Absent("no_value")),
            n.Where(((n.Ref("q"), x / y), (x.above(5), n.Absent("no_value"))), y / z),
            n.Coalesce((n.Where(((n.Ref("q"), x / y),), n.Absent("a")), n.Absent("b"))),
        )
        for inner in quotients:
            for other in (figure(1), y, z / x, n.Absent("no_value")):
                whole = n.Where(((n.Ref("p"), inner),), other)
                twice = n.Where(((y.above(1), whole),), figure("1/3"))
                checked = Checked(program(n.Coalesce((twice, figure(9))), inputs=inputs))
                for p, q, a in product((True, False), (True, False, None), (2, 6)):
                    checked.same({"x": a, "y": 3, "z": 7, "p": p, "q": q})
                    checked.same({"x": a, "y": 1, "z": 7, "p": p, "q": q})

    def test_a_condition_decided_by_a_flag_that_may_be_missing(self):
        inputs = {name: optional(name, FlagType()) for name in ("p", "q")}
        told = n.Compare("==", n.Ref("p"), n.Ref("q"))
        made = program(
            n.Coalesce((n.Where(((told, n.Ref("p")),), n.Ref("q")), n.Truth(True))),
            kind=FlagType(),
            inputs=inputs,
        )
        for p in self.FLAGS:
            for q in self.FLAGS:
                same(made, {"p": p, "q": q})

    def test_a_program_without_inputs(self):
        assert value(program(figure("1/4"), inputs={}), {}) == Decimal("0.25")

    def test_long_conditions_are_compiled(self):
        node = n.Ref("x").above(0)
        for place in range(60):
            node = n.Not(n.And((node, n.Ref("y").above(place)))) if place % 2 else n.Not(node)
        same(program(node, kind=FlagType()), {"x": 1, "y": 30})

    def test_a_required_input_that_is_missing_leaves_the_record_to_the_reference(self):
        made = program(n.Ref("x"))
        assert compile_program(made)({"x": 1}) is None

    def test_an_optional_input_that_is_missing_is_no_reason_to_stop(self):
        inputs = {"x": optional("x", NUMBER), "g": optional("g", LabelType(scale=GROUPS))}
        node = n.Where(
            ((n.IsMissing(n.Ref("g")), n.Coalesce((n.Ref("x"), figure(3)))),), n.Ref("x")
        )
        made = program(node, inputs=inputs)
        assert value(made, {}) == 3
        assert value(made, {"g": "a"}) is None
        assert value(made, {"g": "a", "x": 1}) == 1

    def test_a_divisor_known_not_to_be_zero_is_not_asked_again(self):
        node = n.Where(
            ((n.Ref("y").equals(0), n.Absent("zero_target")), (n.Ref("y").below(0), figure(-1))),
            n.Ref("x") / n.Ref("y"),
        )
        text = written(program(node)).text("def answer(record):")
        assert "not v" not in text
        for y in (0, -2, 2):
            same(program(node), {"x": 1, "y": y})

    @pytest.mark.parametrize("op", n.COMPARISONS)
    @pytest.mark.parametrize("edge", [-1, 0, 1])
    @pytest.mark.parametrize("y", [-2, -1, 0, 1, 2])
    def test_what_a_comparison_tells_is_true(self, op, edge, y):
        ratio = n.Coalesce((n.Ref("x") / n.Ref("y"), figure(99)))
        for test in (
            n.Compare(op, n.Ref("y"), figure(edge)),
            n.Compare(op, figure(edge), n.Ref("y")),
            n.Not(n.Or((n.Compare(op, n.Ref("y"), figure(edge)), n.Ref("y").above(1)))),
            n.And((n.Compare(op, n.Ref("y"), figure(edge)), n.Ref("y").below(1))),
        ):
            same(program(n.Where(((test, ratio),), ratio * 2)), {"x": 1, "y": y})


class TestTables:
    KEYS = (n.Ref("g"), n.Ref("p"))
    INPUTS = {"g": LabelType(scale=GROUPS), "p": FlagType()}  # noqa: RUF012 - never changed

    def rows(self, value):
        cells = [(g, p) for g in ("a", "b") for p in (True, False)]
        return tuple((cell, value(place)) for place, cell in enumerate(cells))

    @pytest.mark.parametrize(
        ("kind", "cell"),
        [
            (NUMBER, lambda k: figure(f"{k}/7")),
            (LabelType(scale=GROUPS), lambda k: n.Label("abca"[k])),
            (FlagType(), lambda k: n.Truth(k % 2 == 0)),
            (NUMBER, lambda k: figure(k) if k else n.Absent("no_items")),
            (NUMBER, lambda k: n.Absent("no_items")),
        ],
    )
    def test_every_cell(self, kind, cell):
        made = program(n.Lookup(self.KEYS, self.rows(cell)), kind=kind, inputs=self.INPUTS)
        for g in ("a", "b", "c", "A"):
            for p in (True, False):
                same(made, {"g": g, "p": p})

    def test_labels_are_compared_by_their_order(self):
        for op in n.COMPARISONS:
            node = n.Compare(op, n.Ref("g"), n.Label("b"), order=("c", "b", "a"))
            made = program(node, kind=FlagType(), inputs=self.INPUTS)
            for g in ("a", "b", "c"):
                same(made, {"g": g, "p": True})

    @pytest.mark.parametrize(
        "node",
        [
            n.Lookup((n.Ref("x"),), (((True,), figure(1)),)),
            n.Lookup((n.Ref("g"),), ((("a",), figure(1)), (("b",), n.Label("x")))),
            n.Compare("==", n.Ref("g"), n.Ref("x")),
            n.Ref("g") + n.Ref("x"),
            n.Where(((n.Ref("x"), figure(1)),), figure(2)),
            n.Where(((n.Ref("p"), figure(1)),), n.Label("b")),
            n.Coalesce((n.Lookup((n.Ref("g"),), ((("a",), n.Label("a")),)), n.Ref("p"))),
            n.Ref("nothing"),
            n.Field("nothing"),
            n.Reduce("count", "nothing"),
            n.Reduce("sum", "r", n.Field("who")),
            n.Reduce("sum", "r", n.Field("nothing")),
            n.Reduce("last", "r", n.Field("score")),
            n.Reduce("count", "r", where=n.Field("score")),
            n.Node(),
        ],
        ids=range(15),
    )
    def test_what_fails_the_type_check_is_not_compiled(self, node):
        inputs = {**self.INPUTS, "x": NUMBER, "r": RATINGS}
        assert compile_program(program(node, inputs=inputs)) is compiled._reference_only
