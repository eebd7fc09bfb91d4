"""Numbers enter exactly, are rounded as named, and are printed whole."""

import decimal
import math
import re
from decimal import Decimal
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kinerja.exact import (
    MAX_TEXT,
    NotANumberError,
    Rounding,
    RoundingMode,
    decimal_digits,
    exact,
    plain_decimal,
    round_integer,
    to_decimal,
)

MODES = get_args(RoundingMode)
DECIMAL_MODE = {mode: getattr(decimal, f"ROUND_{mode.upper()}") for mode in MODES}
finite_decimals = st.decimals(allow_nan=False, allow_infinity=False, places=None).filter(
    lambda d: abs(d.adjusted()) < 200 and len(d.as_tuple().digits) < 200
)
ratios = st.builds(
    Fraction, st.integers(-(10**40), 10**40), st.integers(min_value=1, max_value=10**30)
)


class TestReading:
    @given(st.floats(allow_nan=False, allow_infinity=False))
    @example(0.1)
    @example(5e-324)
    @example(1.7976931348623157e308)
    @example(2.2250738585072014e-308)
    @example(-0.0)
    def test_a_float_means_the_decimal_that_prints_it(self, value):
        assert exact(value) == Fraction(repr(value))

    @given(st.floats(allow_nan=False, allow_infinity=False))
    def test_a_float_that_was_read_prints_as_it_did(self, value):
        assert float(plain_decimal(exact(value))) == value

    @given(finite_decimals)
    def test_a_decimal_and_its_text_mean_the_same(self, value):
        assert exact(value) == exact(str(value)) == Fraction(value)

    @given(ratios)
    def test_a_ratio_and_its_text_mean_the_same(self, value):
        assert exact(f"{value.numerator}/{value.denominator}") == exact(value) == value

    @given(st.integers(-(10**50), 10**50))
    def test_a_whole_number_and_its_text_mean_the_same(self, value):
        assert exact(value) == exact(str(value)) == exact(f"{value}.000") == value

    @given(finite_decimals)
    def test_a_percentage_is_a_hundredth(self, value):
        text = format(value, "f")
        assert exact(f"{text} %") == exact(f"{text}%") == Fraction(value) / 100

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("76.61", Fraction(7661, 100)),
            ("  12 ", Fraction(12)),
            ("+5", Fraction(5)),
            ("-.5", Fraction(-1, 2)),
            ("1e3", Fraction(1000)),
            ("1E-3", Fraction(1, 1000)),
            ("2/37", Fraction(2, 37)),
            ("2 / 37", Fraction(2, 37)),
            ("-2/4", Fraction(-1, 2)),
            ("1/9 %", Fraction(1, 900)),
            ("0e9999", Fraction(0)),
            ("0.0", Fraction(0)),
        ],
    )
    def test_spellings(self, text, value):
        assert exact(text) == value

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "nan",
            "inf",
            "-Infinity",
            "sNaN",
            "1,5",
            "1.000.000",
            "1_000",
            "1 000",
            "1.",
            ".",
            "+",
            "--1",
            "1e",
            "e3",
            "1e99999",
            "1/0",
            "1/-2",
            "1/2/3",
            "1.5/2",
            "%",
            "5%%",
            "% %",
            "0x10",
            "1j",
            "true",
            "٣",
            "½",
            "1\x002",
            "12\n13",
            "\ud800",
            "0" * 401,
            "9" * 10_000_000,
        ],
        ids=lambda text: ascii(text[:12]),
    )
    def test_other_text_is_no_number(self, text):
        with pytest.raises(NotANumberError):
            exact(text)

    @given(st.text(max_size=500))
    def test_any_text_is_a_number_or_refused(self, text):
        try:
            value = exact(text)
        except NotANumberError:
            return
        assert isinstance(value, Fraction)

    @pytest.mark.parametrize(
        "value",
        [
            True,
            False,
            None,
            math.nan,
            math.inf,
            -math.inf,
            Decimal("NaN"),
            Decimal("sNaN"),
            Decimal("Infinity"),
            b"5",
            [5],
            {},
            object(),
            1j,
        ],
    )
    def test_what_is_no_finite_number_is_refused(self, value):
        with pytest.raises(NotANumberError):
            exact(value)

    def test_scalars_of_array_libraries_are_read_by_their_value(self):
        numpy = pytest.importorskip("numpy")
        assert exact(numpy.float64(0.1)) == Fraction(1, 10)
        assert exact(numpy.int64(-7)) == -7
        for value in (numpy.bool_(True), numpy.float64("nan"), numpy.array([1, 2])):
            with pytest.raises(NotANumberError):
                exact(value)


class TestSize:
    @pytest.mark.parametrize(
        "value",
        [
            10**400,
            -(10**399),
            10**1_000_000,
            Fraction(1, 10**399),
            Fraction(10**5000, 3),
            Fraction(1, 3**2000),
            Decimal("1e400"),
            Decimal("1e-399"),
            Decimal("1e999999999"),
            Decimal("-1e-999999999"),
            Decimal("1" * 401),
            "1e400",
            "1e-399",
            "1e-398 %",
            f"{'1' * 200}/{'3' * 200}",
        ],
        ids=range(15),
    )
    def test_a_figure_longer_than_four_hundred_characters_is_refused(self, value):
        with pytest.raises(NotANumberError):
            exact(value)

    @pytest.mark.parametrize(
        "value",
        [
            10**399,
            -(10**398),
            Fraction(1, 10**398),
            "1e399",
            "1e-398",
            Decimal("0e999999999"),
            f"{'1' * 199}/{'3' * 200}",
            Fraction(1, 2**398),
        ],
        ids=range(8),
    )
    def test_a_figure_of_four_hundred_characters_is_read(self, value):
        assert exact(value) == Fraction(value)

    @given(st.one_of(ratios, st.builds(Fraction, st.integers(), st.integers(1, 10**210))))
    def test_what_is_read_can_be_written_and_read_again(self, value):
        number = exact(value)
        text = str(number) if decimal_digits(number) is None else plain_decimal(number)
        assert len(text) <= MAX_TEXT
        assert exact(text) == value


class TestRounding:
    @given(value=finite_decimals, digits=st.integers(-30, 30), mode=st.sampled_from(MODES))
    def test_it_agrees_with_decimal(self, value, digits, mode):
        context = decimal.Context(prec=600, rounding=DECIMAL_MODE[mode])
        expected = value.quantize(Decimal(1).scaleb(-digits), context=context)
        assert Rounding(digits=digits, mode=mode).apply(Fraction(value)) == Fraction(expected)

    @given(
        whole=st.integers(-(10**12), 10**12),
        digits=st.integers(-5, 10),
        mode=st.sampled_from(MODES),
    )
    def test_it_agrees_with_decimal_on_exact_ties(self, whole, digits, mode):
        tie = (Fraction(whole) + Fraction(1, 2)) / Fraction(10) ** digits
        value = Decimal(whole * 10 + 5).scaleb(-digits - 1)
        context = decimal.Context(prec=60, rounding=DECIMAL_MODE[mode])
        expected = value.quantize(Decimal(1).scaleb(-digits), context=context)
        assert Fraction(value) == tie
        assert Rounding(digits=digits, mode=mode).apply(tie) == Fraction(expected)

    @given(value=ratios, digits=st.integers(-5, 10), mode=st.sampled_from(MODES))
    def test_what_is_rounded_stays_under_rounding(self, value, digits, mode):
        rounding = Rounding(digits=digits, mode=mode)
        once = rounding.apply(value)
        assert rounding.apply(once) == once
        assert (once * Fraction(10) ** digits).denominator == 1

    @given(value=ratios, digits=st.integers(-5, 10))
    def test_the_named_modes_lie_where_they_say(self, value, digits):
        unit = Fraction(1, 10) ** digits
        rounded = {m: Rounding(digits=digits, mode=m).apply(value) for m in MODES}
        assert rounded["floor"] <= value <= rounded["ceiling"]
        assert abs(rounded["down"]) <= abs(value) <= abs(rounded["up"])
        for mode in ("half_up", "half_down", "half_even"):
            assert abs(rounded[mode] - value) <= unit / 2

    @given(first=ratios, second=ratios, digits=st.integers(-5, 10), mode=st.sampled_from(MODES))
    def test_it_keeps_the_order(self, first, second, digits, mode):
        rounding = Rounding(digits=digits, mode=mode)
        low, high = sorted((first, second))
        assert rounding.apply(low) <= rounding.apply(high)

    def test_a_public_satisfaction_index_on_a_tie_goes_up(self):
        assert Rounding(digits=2, mode="half_up").apply(exact("86.625")) == exact("86.63")
        assert Rounding(digits=2, mode="half_even").apply(exact("86.625")) == exact("86.62")

    @pytest.mark.parametrize(("numerator", "even"), [(1, 0), (3, 2), (-1, 0), (-3, -2), (5, 2)])
    def test_half_even_takes_the_even_neighbour(self, numerator, even):
        assert round_integer(numerator, 2, "half_even") == even

    @pytest.mark.parametrize("digits", [31, -31, 2.0, True, "2", None])
    def test_digits_are_a_whole_number_within_reason(self, digits):
        with pytest.raises(ValueError, match="digits must be a whole number"):
            Rounding(digits=digits, mode="half_up")

    def test_an_unknown_mode_is_refused(self):
        with pytest.raises(ValueError, match="unknown rounding mode"):
            Rounding(digits=2, mode="bankers")


class TestPrinting:
    @given(finite_decimals, st.none() | st.integers(0, 20))
    def test_a_plain_decimal_reads_back_as_the_same_number(self, value, digits):
        text = plain_decimal(Fraction(value), digits=digits)
        assert Fraction(text) == Fraction(value)
        assert "e" not in text.lower()
        assert len(text.partition(".")[2]) >= (digits or 0)

    @given(finite_decimals)
    def test_it_carries_no_needless_zero(self, value):
        assert re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?", plain_decimal(Fraction(value)))

    @given(ratios)
    def test_the_digits_needed_are_the_fewest_that_hold_the_number(self, value):
        digits = decimal_digits(value)
        if digits is None:
            rest = value.denominator
            while rest % 2 == 0:
                rest //= 2
            while rest % 5 == 0:
                rest //= 5
            assert rest > 1
        else:
            assert (value * 10**digits).denominator == 1
            assert digits == 0 or (value * 10 ** (digits - 1)).denominator > 1

    @pytest.mark.parametrize(
        ("value", "digits", "text"),
        [
            ("0", None, "0"),
            ("0", 2, "0.00"),
            ("-0.05", None, "-0.05"),
            ("-0.05", 1, "-0.05"),
            ("1e3", None, "1000"),
            ("1e3", 1, "1000.0"),
            ("100.10", None, "100.1"),
        ],
    )
    def test_examples(self, value, digits, text):
        assert plain_decimal(exact(value), digits=digits) == text

    def test_a_result_longer_than_python_prints_by_itself_is_printed(self):
        value = Fraction(10**5000 + 1, 2**40)
        text = plain_decimal(value)
        assert text.endswith("5")
        assert len(text) == 5000 - 12 + 1 + 40
        assert to_decimal(value) == Decimal(text)
        assert plain_decimal(Fraction(7) ** 6000).endswith("1")

    def test_a_number_whose_decimal_never_ends_is_not_cut(self):
        with pytest.raises(ValueError, match="no finite decimal"):
            plain_decimal(Fraction(2, 37))
        assert to_decimal(Fraction(2, 37)) == Fraction(2, 37)

    @given(finite_decimals)
    def test_to_decimal_keeps_the_value(self, value):
        assert to_decimal(Fraction(value)) == value
        assert to_decimal(Fraction(value), digits=3).as_tuple().exponent <= -3
