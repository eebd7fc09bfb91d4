"""Random formulas that pass a type check, and values for them.

`formulas()` gives what the grammar of text formulas can produce, names inside reductions still
unbound; `bound` tells fields from names; `full_formulas()` adds the nodes without a source form, bound
already; `scopes()` gives a value, or a missing one, to every name.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from hypothesis import strategies as st

from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.bind import bind_fields
from kinerja.values import Band, Bands, Interval, Missing
from kinerja.words import Text

NUMBERS = ("realisasi", "target", "panel.rata_atasan")
FLAGS = ("ide_baru", "hukuman")
LABELS = {"hasil_kerja": ("di_bawah", "sesuai", "di_atas"), "jenis": ("utama", "tambahan")}
FIELD_NUMBERS = ("nilai", "bobot")
FIELD_LABELS = {"kelompok": ("atasan", "rekan")}
LISTS = {"penilaian": ("nilai", "bobot", "kelompok"), "butir": ("nilai", "bobot", "kelompok")}
BANDS = Bands(
    bands=(
        Band(label="di_bawah", interval=Interval(high=Fraction(60), high_open=True)),
        Band(label="sesuai", interval=Interval(low=Fraction(60), high=Fraction("90.5"))),
        Band(label="di_atas", interval=Interval(low=Fraction("90.5"), low_open=True)),
    )
)

decimals = st.builds(
    lambda digits, places: Fraction(digits, 10**places),
    st.integers(-2000, 2000),
    st.integers(0, 4),
)
_roundings = st.builds(
    Rounding,
    digits=st.integers(-2, 4),
    mode=st.sampled_from(
        ["half_up", "half_even", "half_down", "down", "up", "floor", "ceiling"],
    ),
)


def formulas(depth: int = 3) -> st.SearchStrategy[n.Node]:
    """Give formulas of any type that the grammar can produce."""
    return st.one_of(number_formulas(depth), flag_formulas(depth), label_formulas(depth))


def full_formulas(depth: int = 3) -> st.SearchStrategy[n.Node]:
    """Give bound formulas of any type, also with tables, bands, parts and odd figures."""
    return st.one_of(
        _numbers(depth, "outside", full=True),
        _flags(depth, "outside", full=True),
        _labels("hasil_kerja", depth, "outside", full=True),
    ).map(bound)


def number_formulas(depth: int = 3) -> st.SearchStrategy[n.Node]:
    """Give formulas of a number."""
    return _numbers(depth, "outside", full=False)


def flag_formulas(depth: int = 3) -> st.SearchStrategy[n.Node]:
    """Give formulas of a flag."""
    return _flags(depth, "outside", full=False)


def label_formulas(depth: int = 3) -> st.SearchStrategy[n.Node]:
    """Give formulas of a label."""
    return _labels("hasil_kerja", depth, "outside", full=False)


def arithmetic_formulas(depth: int = 3) -> st.SearchStrategy[n.Node]:
    """Give formulas of figures, names and `+ - * /` alone."""
    leaves = st.one_of(decimals.map(n.Number), st.sampled_from(NUMBERS).map(n.Ref))
    if depth == 0:
        return leaves
    below = arithmetic_formulas(depth - 1)
    return st.one_of(leaves, _operations(below))


def bound(node: n.Node) -> n.Node:
    """Tell fields from names."""
    return bind_fields(node, LISTS)


def scopes() -> st.SearchStrategy[dict[str, object]]:
    """Give a value to every input; each may be missing."""
    number = st.one_of(decimals, st.just(Missing.because("input_missing", "realisasi")))

    def label(labels: tuple[str, ...]) -> st.SearchStrategy[object]:
        return st.one_of(st.sampled_from(labels), st.just(Missing.because("input_missing")))

    flag = st.one_of(st.booleans(), st.just(Missing.because("input_missing")))
    item = st.fixed_dictionaries(
        {
            **dict.fromkeys(FIELD_NUMBERS, number),
            **{name: label(labels) for name, labels in FIELD_LABELS.items()},
        }
    )
    lists = st.one_of(st.lists(item, max_size=15), st.just(Missing.because("input_missing")))
    return st.fixed_dictionaries(
        {
            **dict.fromkeys(NUMBERS, number),
            **dict.fromkeys(FLAGS, flag),
            **{name: label(labels) for name, labels in LABELS.items()},
            **dict.fromkeys(LISTS, lists),
        }
    )


@cache
def _numbers(depth: int, place: str, *, full: bool) -> st.SearchStrategy[n.Node]:
    names = NUMBERS + (FIELD_NUMBERS if place == "inside" else ())
    leaves = st.one_of(
        decimals.map(n.Number),
        st.sampled_from(names).map(n.Ref),
        st.just(n.Absent("belum_ada")),
        *([st.just(n.Number(Fraction(2, 37)))] if full else []),
    )
    if depth == 0:
        return leaves
    below = _numbers(depth - 1, place, full=full)
    flags = _flags(depth - 1, place, full=full)
    several = st.lists(below, min_size=2, max_size=3).map(tuple)
    choices = [
        leaves,
        _operations(below),
        st.builds(n.Minimum, several),
        st.builds(n.Maximum, several),
        st.builds(n.Coalesce, several),
        st.builds(n.Clip, below, below, st.none() | below),
        st.builds(n.Clip, below, st.none(), below),
        st.builds(n.Round, below, _roundings),
        st.builds(
            n.Where,
            st.lists(st.tuples(flags, below), min_size=1, max_size=2).map(tuple),
            below,
        ),
    ]
    if place == "outside":
        choices += [_reductions(depth - 1, full=full)]
    if full:
        choices += [st.builds(n.Named, st.just("bagian"), st.just(Text("bagian", "part")), below)]
    return st.one_of(choices)


def _operations(below: st.SearchStrategy[n.Node]) -> st.SearchStrategy[n.Node]:
    return st.one_of(
        st.builds(lambda a, b: a + b, below, below),
        st.builds(lambda a, b: a - b, below, below),
        st.builds(lambda a, b: a * b, below, below),
        st.builds(lambda a, b: a / b, below, below),
        st.builds(lambda a: 0 - a, below),
    )


@cache
def _reductions(depth: int, *, full: bool) -> st.SearchStrategy[n.Node]:
    over = st.sampled_from(sorted(LISTS))
    value = _numbers(depth, "inside", full=full)
    label = _labels("kelompok", depth, "inside", full=full)
    where = st.none() | _flags(depth, "inside", full=full)
    skip = st.booleans()
    plain = st.sampled_from(["sum", "mean", "min", "max", "median", "count", "count_distinct"])
    hundredths = st.integers(0, 100).map(lambda i: Fraction(i, 100))
    return st.one_of(
        st.builds(n.Reduce, plain, over, value, where, skip),
        st.builds(n.Reduce, st.just("count"), over, st.none(), where, skip),
        st.builds(n.Reduce, st.just("count_distinct"), over, label, where, skip),
        st.builds(
            n.Reduce,
            st.just("trimmed_mean"),
            over,
            value,
            where,
            skip,
            hundredths.map(lambda s: s * Fraction(49, 100)),
        ),
        st.builds(n.Reduce, st.just("quantile"), over, value, where, skip, hundredths),
        st.builds(n.Reduce, st.just("last"), over, value, where, skip, st.none(), value),
    )


@cache
def _labels(name: str, depth: int, place: str, *, full: bool) -> st.SearchStrategy[n.Node]:
    labels = {**LABELS, **FIELD_LABELS}[name]
    leaves = st.one_of(st.sampled_from(labels).map(n.Label), st.just(n.Ref(name)))
    if depth == 0:
        return leaves
    below = _labels(name, depth - 1, place, full=full)
    choices = [
        leaves,
        st.builds(n.Coalesce, st.lists(below, min_size=2, max_size=2).map(tuple)),
        st.builds(
            n.Where,
            st.tuples(st.tuples(_flags(depth - 1, place, full=full), below)),
            below,
        ),
    ]
    if full and name == "hasil_kerja":
        flag = _flags(depth - 1, place, full=full)
        choices += [
            st.builds(n.Band, _numbers(depth - 1, place, full=full), st.just(BANDS)),
            st.builds(lambda key, yes: n.Lookup((key, yes), _ROWS), below, flag),
        ]
    return st.one_of(choices)


_ROWS = (
    (("sesuai", True), n.Label("di_atas")),
    (("sesuai", False), n.Label("sesuai")),
    (("di_bawah", True), n.Absent("belum_ada")),
)


@cache
def _flags(depth: int, place: str, *, full: bool) -> st.SearchStrategy[n.Node]:
    leaves = st.one_of(st.booleans().map(n.Truth), st.sampled_from(FLAGS).map(n.Ref))
    if depth == 0:
        return leaves
    below = _flags(depth - 1, place, full=full)
    numbers = _numbers(depth - 1, place, full=full)
    names = list(LABELS) + (list(FIELD_LABELS) if place == "inside" else [])
    return st.one_of(
        leaves,
        st.builds(n.Compare, st.sampled_from(n.COMPARISONS), numbers, numbers),
        st.builds(n.Not, below),
        st.builds(lambda a, b: _flat(n.And, a, b), below, below),
        st.builds(lambda a, b: _flat(n.Or, a, b), below, below),
        st.builds(n.IsMissing, numbers),
        st.sampled_from(names).flatmap(_memberships),
        st.builds(
            n.Compare,
            st.sampled_from(["==", "!="]),
            _labels("jenis", depth - 1, place, full=full),
            _labels("jenis", depth - 1, place, full=full),
        ),
    )


def _memberships(name: str) -> st.SearchStrategy[n.Node]:
    labels = {**LABELS, **FIELD_LABELS}[name]
    return st.lists(st.sampled_from(labels), min_size=2, max_size=3).map(
        lambda chosen: n.Or(tuple(n.Compare("==", n.Ref(name), n.Label(label)) for label in chosen))
    )


def _flat(kind, left, right):
    parts = [arg.args if isinstance(arg, kind) else (arg,) for arg in (left, right)]
    return kind(parts[0] + parts[1])
