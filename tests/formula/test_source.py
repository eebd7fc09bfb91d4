"""Printing formulas as the text that means them."""

from fractions import Fraction

import pytest
from strategies_formula import BANDS

from kinerja.errors import PolicyError
from kinerja.formula import nodes as n
from kinerja.formula.parse import parse_formula
from kinerja.formula.source import format_formula
from kinerja.words import Text

A, B, C = n.Ref("a"), n.Ref("b"), n.Ref("c")


@pytest.mark.parametrize(
    "text",
    [
        "(2 * target - realisasi) / target * 100",
        "a - (b - c)",
        "a - b - c",
        "a - b + c",
        "a + (b - c)",
        "a * (b / c)",
        "a / (b * c)",
        "-(a + b) * -c",
        "a / -b",
        "0 - 5",
        "2 - -5",
        "0.6 * a + 0.4 * b",
        "(a and b) or c",
        "a and (b or c)",
        "not (a and b)",
        "not a == b",
        "a == (not b)",
        "(a < b) == true",
        "x in ('baik', 'sangat_baik')",
        "a and x in (1, -2)",
        "x == 'a' or y == 'b'",
        "x == 'a' or x == y",
        "x == 'a' or y",
        'x == "it\'s"',
        "a + b in (1, 2)",
        "clip(a, none, 120)",
        "clip(a, 0, none)",
        "round(a / b, 2, half_even)",
        "where(a > b, 1, a == b, 2, missing('belum_ada', 'SKP'))",
        "min(a, b) + max(a, b) + coalesce(a, b)",
        "is_missing(a)",
        "sum(bobot * capaian for butir if jenis == 'utama')",
        "count(for butir if not sah)",
        "trimmed_mean(nilai for penilaian, share: 0.1, missing: skip)",
        "last(nilai for periode if sah, by: -urutan)",
    ],
)
def test_the_one_spelling_is_printed_as_it_stands(text):
    assert format_formula(parse_formula(text)) == text


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (n.Field("nilai"), "nilai"),
        (n.Named("bagian", Text.same("bagian"), n.Add((A, B))), "a + b"),
        (n.Number(Fraction(2, 37)), "2 / 37"),
        (A / Fraction(2, 37), "a / (2 / 37)"),
        (n.Or((n.Compare("==", A, n.Label("x")),)), "a == 'x'"),
        (n.And((A,)), "a"),
        (n.Minimum((A + B,)) * C, "(a + b) * c"),
        (n.Coalesce((A,)), "a"),
        (
            n.Reduce("quantile", "butir", A, parameter=Fraction(1, 3)),
            "quantile(a for butir, share: 1 / 3)",
        ),
    ],
)
def test_what_only_rules_can_build_is_printed_as_its_value(node, text):
    assert format_formula(node) == text
    assert parse_formula(text)


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (n.Lookup((A, B), ((("x", True), n.Label("y")),)), "<table a, b>"),
        (n.Band(A, BANDS), "<band a>"),
        (n.Label('it\'s "so"'), "<label 'it\\'s \"so\"'>"),
        (n.Label("a\nb"), "<label 'a\\nb'>"),
    ],
)
def test_what_has_no_source_form_is_printed_so_that_it_cannot_be_read(node, text):
    assert format_formula(node) == text
    with pytest.raises(PolicyError):
        parse_formula(format_formula(n.Compare("==", node, node)))


def test_a_node_of_a_stranger_is_refused():
    class Odd(n.Node):
        pass

    with pytest.raises(TypeError, match="unknown node Odd"):
        format_formula(Odd())
