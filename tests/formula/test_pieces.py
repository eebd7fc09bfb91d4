"""What a formula gives along the line of one number is what the reference evaluator gives there."""

from fractions import Fraction
from itertools import pairwise

import pytest
import strategies_typed as typed
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.evaluate import evaluate
from kinerja.formula.parse import parse_formula
from kinerja.formula.pieces import Chain, Cut, pieces_of
from kinerja.formula.types import NumberType

TINY = Fraction(1, 10**9)
MODES = ("half_up", "half_even", "half_down", "down", "up", "floor", "ceiling")


def valued(piece, number):
    return piece.at(number) if isinstance(piece, Chain) else piece


def run(steps, scope, name, number):
    state = {**scope, name: number}
    for step, node in steps:
        state[step] = evaluate(node, state)
    return state


def places(pieces):
    """Give every cut, and what stands close to it and far from all."""
    cuts = [cut.value for cut in pieces.cuts]
    near = [at + by for at in cuts for by in (-TINY, Fraction(0), TINY)]
    between = [(a + b) / 2 for a, b in pairwise(cuts)]
    return [Fraction(-500), Fraction(0), *near, *between, Fraction(500)]


FIGURES = st.fractions(-9, 9, max_denominator=8)


def grown(numbers):
    """Grow numbers that move with `x` by everything that a formula may do to them."""
    figure = FIGURES.map(n.Number)
    roundings = st.builds(Rounding, digits=st.integers(-1, 2), mode=st.sampled_from(MODES))
    flag = st.builds(n.Compare, st.sampled_from(n.COMPARISONS), numbers, figure | numbers)
    flags = flag | st.builds(n.Not, flag) | st.tuples(flag, flag).map(n.And)
    return (
        st.tuples(numbers, figure).map(n.Add)
        | st.tuples(figure, numbers).map(n.Multiply)
        | st.builds(n.Subtract, figure, numbers)
        | st.builds(n.Divide, numbers, figure)
        | st.builds(n.Round, numbers, roundings)
        | st.builds(
            lambda v, a, b: n.Clip(v, *map(n.Number, sorted((a, b)))), numbers, FIGURES, FIGURES
        )
        | st.tuples(numbers, figure).map(n.Minimum)
        | st.tuples(figure, numbers).map(n.Maximum)
        | st.builds(lambda c, a, b: n.Where(((c, a),), b), flags, numbers, numbers | figure)
        | st.builds(lambda v: n.Coalesce((v, n.Number(Fraction(1)))), numbers)
    )


MOVING = st.recursive(st.just(n.Ref("x")), grown, max_leaves=6)
OUTPUTS = st.one_of(
    MOVING,
    st.builds(n.Compare, st.sampled_from(n.COMPARISONS), MOVING, FIGURES.map(n.Number)),
    st.builds(n.Band, MOVING, st.sampled_from(typed.BANDS)),
    st.builds(n.IsMissing, MOVING),
)


class TestAgainstTheReference:
    @settings(max_examples=400)
    @given(OUTPUTS)
    def test_whatever_moves_a_number_is_followed(self, node):
        pieces = pieces_of([("out", node)], "x", "out", {})
        if pieces is None:
            return
        assert list(pieces.cuts) == sorted(set(pieces.cuts))
        for number in places(pieces):
            assert valued(pieces.at(number), number) == evaluate(node, {"x": number})

    @settings(max_examples=300)
    @given(st.data())
    def test_every_piece_gives_what_the_evaluator_gives(self, data):
        declared = data.draw(typed.chains(length=4, depth=data.draw(st.integers(1, 3))))
        numbers = [name for name, kind in declared.inputs.items() if isinstance(kind, NumberType)]
        steps = [(name, node) for name, node, over in declared.steps if over is None]
        if not numbers or len(steps) < len(declared.steps):
            return
        record = data.draw(typed.records(declared))
        name = data.draw(st.sampled_from(sorted(numbers)))
        moved = {name}
        between = []
        for step, node in steps:
            if any(isinstance(part, n.Ref) and part.name in moved for part in n.walk(node)):
                moved.add(step)
                between.append((step, node))
        scope = run([s for s in steps if s not in between], record, name, record[name])
        for output, _ in between:
            pieces = pieces_of(between, name, output, scope)
            if pieces is None:
                continue
            assert list(pieces.cuts) == sorted(set(pieces.cuts))
            for number in places(pieces):
                want = run(between, scope, name, number)[output]
                assert valued(pieces.at(number), number) == want, (output, number)

    @given(
        st.sampled_from(MODES),
        st.integers(-2, 2),
        st.fractions(-50, 50, max_denominator=40),
        st.tuples(
            st.fractions(-3, 3, max_denominator=7).filter(bool),
            st.fractions(-50, 50, max_denominator=9),
        ),
        st.sampled_from(n.COMPARISONS),
    )
    def test_a_rounding_is_followed_back_to_its_edge(self, mode, digits, limit, line, op):
        rounded = n.Round(n.Ref("x") * line[0] + line[1], Rounding(digits=digits, mode=mode))
        steps = [("flag", n.Compare(op, rounded, n.Number(limit)))]
        pieces = pieces_of(steps, "x", "flag", {})
        for number in places(pieces):
            assert pieces.at(number) is evaluate(steps[0][1], {"x": number})


class TestWhatIsFollowed:
    def test_the_edge_of_a_band_is_found_through_two_roundings_and_another_value(self):
        steps = [
            ("hasil", n.Round(n.Ref("skp"), Rounding(digits=1, mode="half_up"))),
            ("nilai", parse_formula("round(0.7 * hasil + 0.3 * perilaku, 2, half_up)")),
            ("lulus", parse_formula("nilai >= 76")),
        ]
        pieces = pieces_of(steps, "skp", "lulus", {"perilaku": Fraction(70)})
        # 0.7 · 78.5 + 21 = 75.95 and 0.7 · 78.6 + 21 = 76.02; 78.55 rounds up.
        assert pieces.cuts == (Cut(Fraction("78.55")),)

    def test_a_falling_number_turns_the_ends_round(self):
        pieces = pieces_of([("lulus", parse_formula("100 - x > 40"))], "x", "lulus", {})
        assert pieces.cuts == (Cut(Fraction(60)),)
        assert pieces.values == (True, False)

    @pytest.mark.parametrize("text", ["x * x >= 4", "round(x, 0, half_up) + x >= 3", "1 / x >= 2"])
    def test_what_bends_is_not_followed(self, text):
        assert pieces_of([("lulus", parse_formula(text))], "x", "lulus", {}) is None

    def test_the_same_line_twice_is_one_line(self):
        pieces = pieces_of([("lulus", parse_formula("x + x - 2 * x + 1 >= 1"))], "x", "lulus", {})
        assert pieces.values == (True,)

    @pytest.mark.parametrize("side", [Fraction(-1), Fraction(0), Fraction(1)])
    def test_the_upper_limit_wins_where_limits_lie_the_wrong_way_round(self, side):
        formula = parse_formula("clip(x, 60 + sisi, 60 - sisi) >= 60")
        pieces = pieces_of([("lulus", formula)], "x", "lulus", {"sisi": side})
        for number in (58, 59, Fraction("59.5"), 60, 61, 62):
            scope = {"x": Fraction(number), "sisi": side}
            assert pieces.at(Fraction(number)) is evaluate(formula, scope)
