"""Reading formulas from text: what the grammar means, and what each mistake is told."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies_formula import formulas

from kinerja.errors import PolicyError
from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.calls import FUNCTIONS, Argument, Call, build_call
from kinerja.formula.parse import (
    MAX_DEPTH,
    MAX_LENGTH,
    RESERVED_NAMES,
    parse_formula,
)
from kinerja.formula.source import format_formula
from kinerja.words import en, has_words

A, B, C, X = n.Ref("a"), n.Ref("b"), n.Ref("c"), n.Ref("x")
REALISASI, TARGET = n.Ref("realisasi"), n.Ref("target")


def num(text):
    return n.Number(Fraction(text))


def issues_of(text):
    with pytest.raises(PolicyError) as refusal:
        parse_formula(text)
    for issue in refusal.value.issues:
        for part in ("message", "way_out"):
            blanks = set(re.findall(r"\{(\w+)\}", en.WORDS[f"{issue.code}.{part}"]))
            assert blanks <= set(issue.details)
    return refusal.value.issues


def codes_of(text):
    return [(issue.code, issue.column) for issue in issues_of(text)]


class TestArithmetic:
    def test_the_formula_of_a_target_to_stay_below(self):
        assert parse_formula("(2 * target - realisasi) / target * 100") == n.Multiply(
            (
                n.Divide(n.Subtract(n.Multiply((num(2), TARGET)), REALISASI), TARGET),
                num(100),
            )
        )

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("12", "12"),
            ("1.76", "1.76"),
            ("60%", "3/5"),
            ("60 %", "3/5"),
            ("0.5 %", "1/200"),
            ("-5", "-5"),
            ("--5", "5"),
            ("-(60%)", "-3/5"),
            ("007", "7"),
        ],
    )
    def test_figures(self, text, value):
        assert parse_formula(text) == num(value)

    @pytest.mark.parametrize(
        ("text", "meaning"),
        [
            ("a + b + c", n.Add((A, B, C))),
            ("a + (b + c)", n.Add((A, B, C))),
            ("a - b - c", n.Subtract(n.Subtract(A, B), C)),
            ("a - (b - c)", n.Subtract(A, n.Subtract(B, C))),
            ("a - b + c", n.Add((n.Subtract(A, B), C))),
            ("a + b * c", n.Add((A, n.Multiply((B, C))))),
            ("a / b * c", n.Multiply((n.Divide(A, B), C))),
            ("a * b / c", n.Divide(n.Multiply((A, B)), C)),
            ("a / b / c", n.Divide(n.Divide(A, B), C)),
            ("-a * b", n.Multiply((n.Subtract(num(0), A), B))),
            ("-a", n.Subtract(num(0), A)),
            ("0 - 5", n.Subtract(num(0), num(5))),
            ("a - -b", n.Subtract(A, n.Subtract(num(0), B))),
            ("-2 * a", n.Multiply((num(-2), A))),
        ],
    )
    def test_precedence_and_grouping(self, text, meaning):
        assert parse_formula(text) == meaning

    @pytest.mark.parametrize(
        "text", ["a+b", " a \n + \t b ", "((a)) + b", "a\N{NO-BREAK SPACE}+ b"]
    )
    def test_spaces_and_extra_parentheses_mean_nothing(self, text):
        assert parse_formula(text) == n.Add((A, B))

    def test_a_part_of_a_step_is_named_with_a_dot(self):
        assert parse_formula("panel.rata_atasan") == n.Ref("panel.rata_atasan")

    @pytest.mark.parametrize("name", ["share", "by", "skip", "half_up", "_x", "a1", "panel.min"])
    def test_words_of_options_are_names_elsewhere(self, name):
        assert parse_formula(f"{name} + 1") == n.Add((n.Ref(name), num(1)))


class TestFlags:
    @pytest.mark.parametrize("op", n.COMPARISONS)
    def test_comparisons(self, op):
        assert parse_formula(f"a + 1 {op} b") == n.Compare(op, n.Add((A, num(1))), B)

    @pytest.mark.parametrize(
        ("text", "meaning"),
        [
            ("a and b or c", n.Or((n.And((A, B)), C))),
            ("a or b and c", n.Or((A, n.And((B, C))))),
            ("(a or b) and c", n.And((n.Or((A, B)), C))),
            ("a and (b and c)", n.And((A, B, C))),
            ("a or b or c", n.Or((A, B, C))),
            ("not a and b", n.And((n.Not(A), B))),
            ("not a == b", n.Not(n.Compare("==", A, B))),
            ("not not a", n.Not(n.Not(A))),
            ("a == not b", n.Compare("==", A, n.Not(B))),
            ("true and false", n.And((n.Truth(True), n.Truth(False)))),
            ("(a < b) == true", n.Compare("==", n.Compare("<", A, B), n.Truth(True))),
        ],
    )
    def test_precedence(self, text, meaning):
        assert parse_formula(text) == meaning

    @pytest.mark.parametrize("text", ["x == 'sangat_baik'", 'x == "sangat_baik"'])
    def test_labels_stand_in_quotes_of_either_kind(self, text):
        assert parse_formula(text) == n.Compare("==", X, n.Label("sangat_baik"))

    def test_in_means_any_of_these(self):
        assert parse_formula("x in ('baik', 2, true)") == n.Or(
            (
                n.Compare("==", X, n.Label("baik")),
                n.Compare("==", X, num(2)),
                n.Compare("==", X, n.Truth(True)),
            )
        )
        assert parse_formula("x in ('baik')") == n.Compare("==", X, n.Label("baik"))
        assert parse_formula("not x in (-1, 2)") == n.Not(
            n.Or((n.Compare("==", X, num(-1)), n.Compare("==", X, num(2))))
        )


class TestCalls:
    @pytest.mark.parametrize(
        ("text", "meaning"),
        [
            ("min(a, b, c)", n.Minimum((A, B, C))),
            ("max(a, b)", n.Maximum((A, B))),
            ("min (1,76)", n.Minimum((num(1), num(76)))),
            ("min(-1,76)", n.Minimum((num(-1), num(76)))),
            ("coalesce(a, b)", n.Coalesce((A, B))),
            ("is_missing(a)", n.IsMissing(A)),
            ("clip(a, 0, 120)", n.Clip(A, num(0), num(120))),
            ("clip(a, none, b)", n.Clip(A, None, B)),
            ("clip(a, 0, none)", n.Clip(A, num(0), None)),
            ("round(a, 2, half_up)", n.Round(A, Rounding(digits=2, mode="half_up"))),
            ("round(a, -1, floor)", n.Round(A, Rounding(digits=-1, mode="floor"))),
            ("where(a > b, 1, 2)", n.Where(((n.Compare(">", A, B), num(1)),), num(2))),
            ("where(a, 1, b, 2, 3)", n.Where(((A, num(1)), (B, num(2))), num(3))),
            ("missing('belum_ada')", n.Absent("belum_ada")),
            ("missing('belum_ada', 'SKP')", n.Absent("belum_ada", "SKP")),
        ],
    )
    def test_operations_over_values(self, text, meaning):
        assert parse_formula(text) == meaning

    @pytest.mark.parametrize(
        ("text", "meaning"),
        [
            (
                "sum(a * b for butir if x == 'utama')",
                n.Reduce(
                    "sum",
                    "butir",
                    n.Multiply((A, B)),
                    n.Compare("==", X, n.Label("utama")),
                ),
            ),
            ("count(for butir)", n.Reduce("count", "butir")),
            ("count(for butir if a)", n.Reduce("count", "butir", None, A)),
            (
                "count(a for butir, missing: skip)",
                n.Reduce("count", "butir", A, skip_missing=True),
            ),
            ("mean(a for butir)", n.Reduce("mean", "butir", A)),
            ("min(a for butir)", n.Reduce("min", "butir", A)),
            ("max(a for butir)", n.Reduce("max", "butir", A)),
            ("median(a for butir)", n.Reduce("median", "butir", A)),
            ("count_distinct(a for butir)", n.Reduce("count_distinct", "butir", A)),
            (
                "trimmed_mean(a for butir, share: 10%)",
                n.Reduce("trimmed_mean", "butir", A, parameter=Fraction(1, 10)),
            ),
            (
                "quantile(a for butir if b, missing: skip, share: 0.25)",
                n.Reduce("quantile", "butir", A, B, True, Fraction(1, 4)),
            ),
            (
                "trimmed_mean(a for butir, share: 1 / 3)",
                n.Reduce("trimmed_mean", "butir", A, parameter=Fraction(1, 3)),
            ),
            ("last(a for butir, by: b)", n.Reduce("last", "butir", A, by=B)),
        ],
    )
    def test_reductions(self, text, meaning):
        assert parse_formula(text) == meaning

    def test_two_reductions_may_stand_side_by_side(self):
        assert parse_formula("sum(a for x) / count(for x)") == n.Divide(
            n.Reduce("sum", "x", A), n.Reduce("count", "x")
        )
        assert parse_formula("max(sum(a for x), 1)") == n.Maximum((n.Reduce("sum", "x", A), num(1)))

    def test_every_form_shown_in_issues_is_itself_readable(self):
        """A form stands in the way out of an issue, so it must parse."""
        for form in FUNCTIONS.values():
            assert parse_formula(form)

    def test_words_of_the_language_are_reserved(self):
        assert {"min", "sum", "and", "none", "missing"} <= RESERVED_NAMES
        assert "nilai" not in RESERVED_NAMES


class TestIssues:
    @pytest.mark.parametrize(
        ("text", "code", "column"),
        [
            ("a $ b", "KNJ303", 3),
            ("a\0", "KNJ303", 2),
            ("panel.", "KNJ303", 6),
            ("a ** 2", "KNJ303", 3),
            ("'a\tb' == x", "KNJ303", 1),
            ("'baik == x", "KNJ305", 1),
            ("% + 1", "KNJ306", 1),
            ("a %", "KNJ306", 3),
            ("5 % % * a", "KNJ306", 5),
            ("1.2.3", "KNJ307", 1),
            (".5 * a", "KNJ307", 1),
            ("5. * a", "KNJ307", 1),
            ("1e3", "KNJ307", 1),
            ("2x", "KNJ307", 1),
            ("1.000.000", "KNJ307", 1),
            ("1" * 401, "KNJ307", 1),
            ("a * / b", "KNJ310", 5),
            ("+a", "KNJ310", 1),
            ("()", "KNJ310", 2),
            ("min(, a)", "KNJ310", 5),
            ("min(a, b,)", "KNJ310", 10),
            ("min(a,", "KNJ311", 7),
            ("(1, 2)", "KNJ316", 3),
            ("and b", "KNJ310", 1),
            ("a +", "KNJ311", 4),
            ("not", "KNJ311", 4),
            ("2 (a)", "KNJ312", 3),
            ("(a) b", "KNJ312", 5),
            ("a 'baik'", "KNJ312", 3),
            ("hasil kerja", "KNJ313", 1),
            ("(a + b", "KNJ314", 1),
            ("min(a, b", "KNJ314", 4),
            ("x in ('a'", "KNJ314", 6),
            ("a)", "KNJ315", 2),
            ("a, b", "KNJ316", 2),
            ("(a, b)", "KNJ316", 3),
            ("a for b", "KNJ316", 3),
            ("(a : b)", "KNJ316", 4),
            ("1 < x < 2", "KNJ317", 7),
            ("x in 'a'", "KNJ318", 6),
            ("x in ()", "KNJ318", 6),
            ("x in (a, 'b')", "KNJ318", 7),
            ("eval('1')", "KNJ319", 1),
            ("a.b()", "KNJ319", 1),
            ("min", "KNJ320", 1),
            ("min(a)", "KNJ321", 1),
            ("min()", "KNJ321", 1),
            ("min(a, b for c)", "KNJ321", 1),
            ("sum(for c)", "KNJ321", 1),
            ("where(a, 1)", "KNJ321", 1),
            ("where(a, 1, b, 2)", "KNJ321", 1),
            ("clip(a, 1)", "KNJ321", 1),
            ("round(a, 2)", "KNJ321", 1),
            ("is_missing(a, b)", "KNJ321", 1),
            ("missing()", "KNJ321", 1),
            ("round(a, 2.5, half_up)", "KNJ322", 10),
            ("round(a, 31, half_up)", "KNJ322", 10),
            ("round(a, b, half_up)", "KNJ322", 10),
            ("round(a, 2, half_down_up)", "KNJ322", 13),
            ("round(a, 2, 'half_up')", "KNJ322", 13),
            ("missing(belum_ada)", "KNJ322", 9),
            ("missing('Belum ada')", "KNJ322", 9),
            ("missing('belum_ada', '')", "KNJ322", 22),
            ("mean(a for b, missing: ignore)", "KNJ322", 24),
            ("trimmed_mean(a for b, share: 50%)", "KNJ322", 30),
            ("quantile(a for b, share: 101%)", "KNJ322", 26),
            ("quantile(a for b, share: c)", "KNJ322", 26),
            ("quantile(a for b, share: 1 / 0)", "KNJ322", 26),
            ("clip(a, none, none)", "KNJ323", 9),
            ("a + none", "KNJ324", 5),
            ("min(none, a)", "KNJ324", 5),
            ("clip(none, 0, 1)", "KNJ324", 6),
            ("sum(none for c)", "KNJ324", 5),
            ("mean(none)", "KNJ325", 1),
            ("last(a for b, by: none)", "KNJ324", 19),
            ("sum(a for c, none)", "KNJ324", 14),
            ("sum(a)", "KNJ325", 1),
            ("clip(a for b)", "KNJ326", 1),
            ("mean(sum(a for b) for c)", "KNJ327", 6),
            ("count(for b if sum(a for c) > 1)", "KNJ327", 16),
            ("mean(a for 3)", "KNJ328", 12),
            ("mean(a for if b)", "KNJ328", 12),
            ("mean(a for b.c)", "KNJ328", 12),
            ("mean(a for sum)", "KNJ328", 12),
            ("mean(a for b, by: c)", "KNJ329", 15),
            ("last(a for b, by: c, share: 1)", "KNJ329", 22),
            ("min(a, b, missing: skip)", "KNJ329", 11),
            ("last(a for b)", "KNJ330", 1),
            ("quantile(a for b)", "KNJ330", 1),
            ("mean(a for b, missing: skip, missing: skip)", "KNJ331", 30),
        ],
    )
    def test_each_mistake_has_its_code_and_column(self, text, code, column):
        assert (code, column) in codes_of(text)

    @pytest.mark.parametrize(
        ("text", "found", "instead"),
        [
            ("a = b", '"="', "=="),
            ("a <> b", '"<>"', "!="),
            ("a ≤ b", '"≤"', "<="),
            ("a ≥ b", '"≥"', ">="),
            ("a ≠ b", '"≠"', "!="),
            ("a × b", '"×"', "*"),
            ("a ÷ b", '"÷"', "/"),
            ("a − b", '"−"', "-"),
            ("a && b", '"&&"', "and"),
            ("! a", '"!"', "not"),
            ("min(a; b)", '";"', ","),
            ("x == “baik”", '"“baik”"', "'baik'"),
            ("x not in ('a')", '"not in"', "not x in (…)"),
            ("a and b + 1 not in (2)", '"not in"', "not b + 1 in (…)"),
        ],
    )
    def test_another_spelling_is_told_the_one_spelling(self, text, found, instead):
        (issue,) = issues_of(text)
        assert issue.code == "KNJ304"
        assert (issue.details["found"], issue.details["instead"]) == (found, instead)

    @pytest.mark.parametrize(
        ("text", "column", "instead"),
        [
            ("1,76", 1, "1.76"),
            ("realisasi * 1,76 - 2", 13, "1.76"),
            ("1,5 % * a", 1, "1.5 %"),
            ("min((1,76) * a, b)", 6, "1.76"),
            ("round(a * 1,76, 2, half_up)", 11, "1.76"),
            ("where(a < 0,5, 1, 2)", 11, "0.5"),
        ],
    )
    def test_a_decimal_comma_is_told_the_point(self, text, column, instead):
        (issue,) = issues_of(text)
        assert (issue.code, issue.column) == ("KNJ309", column)
        assert issue.details["instead"] == instead

    @pytest.mark.parametrize(
        ("text", "instead"),
        [
            ("Nilai + 1", "nilai"),
            ("a AND b", "and"),
            ("Panel.Rata", "panel.rata"),
            ("capaiañ", "capaian"),
            ("имя", "nama_masukan"),
        ],
    )
    def test_names_are_told_lower_case(self, text, instead):
        (issue,) = issues_of(text)
        assert issue.code == "KNJ308"
        assert issue.details["instead"] == instead

    @pytest.mark.parametrize(
        ("text", "instead"),
        [
            ("1 < x < 2", "1 < x and x < 2"),
            ("a and 1 <= x + 1 <= 2", "1 <= x + 1 and x + 1 <= 2"),
            ("a == b == c", "a == b and b == c"),
        ],
    )
    def test_a_chain_of_comparisons_is_told_the_two(self, text, instead):
        (issue,) = issues_of(text)
        assert (issue.code, issue.details["instead"]) == ("KNJ317", instead)
        assert parse_formula(instead)

    def test_a_longer_chain_has_an_issue_for_each_further_comparison(self):
        assert [i.details["instead"] for i in issues_of("a < b < c < d")] == [
            "a < b and b < c",
            "b < c and c < d",
        ]

    @pytest.mark.parametrize(
        ("text", "instead"),
        [
            ("rond(a, 2, half_up)", "round"),
            ("avg(a for b)", ", ".join(sorted(FUNCTIONS))),
            ("Sum(a for b)", "sum"),
        ],
    )
    def test_an_unknown_operation_is_told_the_nearest(self, text, instead):
        (issue,) = issues_of(text)
        assert issue.details["instead"] == instead

    def test_a_word_that_is_no_rounding_is_told_the_nearest(self):
        (issue,) = issues_of("round(a, 2, half_upp)")
        assert issue.details["expected"] == "half_up"

    def test_names_with_spaces_are_told_the_underscore(self):
        (issue,) = issues_of("2 * hasil kerja bulan ini")
        assert issue.code == "KNJ313"
        assert issue.details["instead"] == "hasil_kerja_bulan_ini"

    def test_one_reading_finds_all_mistakes(self):
        assert codes_of("Nilai + 1,5 * rond(a) + (2 3 - min(a) $") == [
            ("KNJ308", 1),
            ("KNJ309", 9),
            ("KNJ319", 15),
            ("KNJ314", 25),
            ("KNJ312", 28),
            ("KNJ321", 32),
            ("KNJ303", 39),
        ]

    def test_an_argument_that_is_broken_is_not_counted_again(self):
        assert codes_of("round(a *, 2, half_up)") == [("KNJ310", 10)]

    def test_every_code_of_the_parser_has_words(self):
        for number in range(301, 334):
            assert has_words(f"KNJ{number}.message")
            assert has_words(f"KNJ{number}.way_out")

    def test_the_words_quote_the_text(self):
        (issue,) = issues_of("target / realisasi * 1,76")
        assert issue.message("id") == '"1,76" memakai koma desimal, rumus memakai titik desimal'
        assert issue.message("en") == '"1,76" has a decimal comma, formulas have a decimal point'
        assert issue.way_out("id") == "tulis 1.76"


class TestBounds:
    @pytest.mark.parametrize("text", ["", " ", "\n\t"])
    def test_an_empty_formula_is_refused(self, text):
        assert codes_of(text) == [("KNJ302", 1)]

    def test_the_longest_formula_is_read_and_one_character_more_is_not(self):
        assert parse_formula("a".ljust(MAX_LENGTH)) == A
        (issue,) = issues_of("a".ljust(MAX_LENGTH + 1))
        assert (issue.code, issue.details["found"]) == ("KNJ301", "2001")

    @pytest.mark.parametrize(
        ("opening", "closing"), [("(", ")"), ("-", ""), ("not ", ""), ("is_missing(", ")")]
    )
    def test_nesting_is_bounded(self, opening, closing):
        depth = MAX_DEPTH - 1
        assert parse_formula(opening * depth + "a" + closing * depth)
        depth = MAX_DEPTH + 1
        assert codes_of(opening * depth + "a" + closing * depth) == [
            ("KNJ332", MAX_DEPTH * len(opening) + 1)
        ]

    def test_a_long_chain_of_differences_is_nested_too(self):
        assert parse_formula(" - ".join("a" * MAX_DEPTH))
        assert codes_of(" - ".join("a" * (MAX_DEPTH + 1))) == [("KNJ332", 1)]

    def test_a_long_sum_is_not_nested(self):
        assert parse_formula(" + ".join("a" * 500)) == n.Add((A,) * 500)

    @pytest.mark.parametrize(
        "unit",
        [
            "(",
            "min(1,",
            "a or b and not c == d + e * min(1,",
            "a or b and c == d + e * sum(x for y if ",
            "x in (",
        ],
    )
    def test_no_nesting_exhausts_the_stack(self, unit):
        text = (unit * 60)[:MAX_LENGTH]
        assert ("KNJ332") in [issue.code for issue in issues_of(text)]

    def test_in_cannot_blow_up_a_formula(self):
        text = "(x in (1,2,3,4,5,6,7,8))"
        for _ in range(7):
            text = f"({text} in (1,2,3,4,5,6,7,8))"
        assert [issue.code for issue in issues_of(text)] == ["KNJ333"]

    @pytest.mark.parametrize(
        "text",
        [
            "__import__('os').system('ls')",
            "a.b()",
            "(lambda: 0)()",
            "9**9**9",
            "(" * 100_000,
            "9" * 100_000,
            "x\0y",
            "\N{ARABIC-INDIC DIGIT ONE}",
            "a\N{FULLWIDTH DIGIT ONE}",
            "{}.__class__",
            "[x for x in y]",
            "f'{a}'",
            "\ud800",
        ],
    )
    def test_text_from_a_stranger_can_only_be_refused(self, text):
        assert issues_of(text)


class TestBuildCall:
    def test_issues_can_be_collected_without_the_grammar(self):
        issues = []
        call = Call(name="min", column=1, arguments=())
        assert build_call(call, issues) is None
        assert [issue.code for issue in issues] == ["KNJ321"]

    def test_only_digits_on_both_sides_make_a_decimal_comma(self):
        issues = []
        arguments = tuple(
            Argument(node=num(1), text=text, column=column)
            for text, column in (("x1", 7), ("2", 10), ("3", 13))
        )
        build_call(Call(name="is_missing", column=1, arguments=arguments), issues)
        assert [issue.code for issue in issues] == ["KNJ321"]


def columns_of(text):
    """Read a text, and give the columns of its issues."""
    try:
        node = parse_formula(text)
    except PolicyError as refusal:
        return [issue.column for issue in refusal.issues]
    if len(format_formula(node)) <= MAX_LENGTH:
        assert parse_formula(format_formula(node)) == node
    return []


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    assert all(1 <= column <= len(text) + 1 for column in columns_of(text))


_WORDS = [*RESERVED_NAMES, "a", "x.y", "1", "2.5", "60%", "'b'", *"+-*/<>(),:%=!", "==", "by", " "]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(sorted(_WORDS)), max_size=25).map(" ".join))
def test_any_row_of_words_is_read_and_printed_or_refused(text):
    assert all(1 <= column <= len(text) + 1 for column in columns_of(text))


@settings(max_examples=200, deadline=None)
@given(formulas())
def test_a_formula_survives_printing_and_reading(node):
    assert parse_formula(format_formula(node)) == node
