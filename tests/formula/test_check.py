from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from strategies_typed import Case, cases, scale

from kinerja.errors import PolicyError
from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.check import check_types
from kinerja.formula.types import (
    DateType,
    FlagType,
    LabelType,
    ListType,
    NumberType,
    TextType,
    ValueType,
)
from kinerja.values import Band, Bands, Interval, Missing, Scale
from kinerja.words import LANGUAGES, Text

PREDIKAT = scale("kurang", "cukup", "baik", ordered=True)
GROUPS = scale("atasan", "rekan", ordered=False)

KNOWN: dict[str, ValueType] = {
    "target": NumberType(limits=Interval(low=Fraction(0)), digits=2),
    "realisasi": NumberType(),
    "predikat": LabelType(scale=PREDIKAT),
    "predikat_lama": LabelType(scale=PREDIKAT),
    "kelompok": LabelType(scale=GROUPS),
    "hadir": FlagType(),
    "mulai": DateType(),
    "selesai": DateType(),
    "catatan": TextType(),
    "penilaian": ListType(
        fields={
            "nilai": NumberType(digits=0),
            "penilai": TextType(),
            "kelompok": LabelType(scale=GROUPS),
            "tanggal": DateType(),
            "sah": FlagType(),
        }
    ),
}

TARGET, REALISASI = n.Ref("target"), n.Ref("realisasi")
PREDIKAT_REF, KELOMPOK, HADIR = n.Ref("predikat"), n.Ref("kelompok"), n.Ref("hadir")
MULAI, SELESAI, CATATAN = n.Ref("mulai"), n.Ref("selesai"), n.Ref("catatan")
NILAI = n.Field("nilai")


def num(value: str | int) -> n.Number:
    return n.Number(Fraction(value))


def type_of(node, **options):
    return check_types(node, KNOWN, **options).type


def codes(node, **options):
    with pytest.raises(PolicyError) as error:
        check_types(node, KNOWN, **options)
    for issue in error.value.issues:
        for lang in LANGUAGES:
            # Every blank of the words was filled.
            assert "{" not in issue.to_text(lang)
    return [issue.code for issue in error.value.issues]


def issue_of(node, **options):
    with pytest.raises(PolicyError) as error:
        check_types(node, KNOWN, **options)
    (issue,) = error.value.issues
    return issue


def bands(*labels: str) -> Bands:
    return Bands(
        bands=tuple(
            Band(
                label=label,
                interval=Interval(low=Fraction(place), high=Fraction(place + 1), high_open=True),
            )
            for place, label in enumerate(labels)
        )
    )


class TestTypes:
    def test_a_plain_input_keeps_its_limits_and_digits(self):
        assert type_of(TARGET) == KNOWN["target"]
        assert type_of(n.Named("t", Text.same("t"), TARGET)) == KNOWN["target"]

    def test_a_computed_number_has_no_limits(self):
        assert type_of(TARGET + 1) == NumberType()
        assert type_of(n.Where(((HADIR, TARGET),), TARGET)) == NumberType()
        assert type_of(n.Coalesce((TARGET, num(0)))) == NumberType()

    @pytest.mark.parametrize(
        "node",
        [
            num(1),
            TARGET + REALISASI,
            TARGET - 1,
            TARGET * 2,
            TARGET / REALISASI,
            n.Minimum((TARGET, num(1))),
            n.Maximum((TARGET, num(1))),
            n.Clip(TARGET, num(0), REALISASI),
            n.Clip(TARGET),
            n.Round(TARGET, Rounding(digits=2, mode="half_up")),
            SELESAI - MULAI,
            n.Lookup((HADIR,), (((True,), num(1)), ((False,), n.Absent("not_in_table")))),
            n.Reduce("sum", "penilaian", NILAI),
            n.Reduce("count", "penilaian"),
            n.Reduce("count", "penilaian", where=n.Field("sah")),
            n.Reduce("count_distinct", "penilaian", n.Field("penilai")),
            n.Reduce("mean", "penilaian", NILAI * TARGET),
            n.Reduce("trimmed_mean", "penilaian", NILAI, parameter=Fraction("0.49")),
            n.Reduce("quantile", "penilaian", NILAI, parameter=Fraction(1)),
            n.Reduce("last", "penilaian", NILAI, by=n.Field("tanggal")),
            n.Reduce("last", "penilaian", NILAI, by=NILAI),
            n.Absent("zero_target"),
            n.Where((), TARGET + 1),
        ],
    )
    def test_numbers(self, node):
        assert type_of(node) == NumberType()

    @pytest.mark.parametrize(
        "node",
        [
            n.Truth(True),
            HADIR,
            TARGET.below(REALISASI),
            n.Compare("<=", MULAI, SELESAI),
            n.Compare("==", KELOMPOK, n.Label("rekan")),
            n.Compare("!=", n.Label("rekan"), KELOMPOK),
            n.Compare("==", HADIR, n.Truth(False)),
            n.Compare("==", CATATAN, n.Label("apa saja")),
            n.Compare("!=", CATATAN, CATATAN),
            n.Compare("<", n.Absent("zero_target"), TARGET),
            n.And((HADIR, n.Not(HADIR))),
            n.Or((HADIR, n.Absent("zero_target"))),
            n.IsMissing(CATATAN),
            n.IsMissing(n.Ref("penilaian")),
            n.Reduce("last", "penilaian", n.Field("sah"), by=n.Field("tanggal")),
        ],
    )
    def test_flags(self, node):
        assert type_of(node) == FlagType()

    @pytest.mark.parametrize(
        "node",
        [
            MULAI,
            n.Add((MULAI, num(30))),
            n.Add((num(1), TARGET, MULAI)),
            n.Subtract(MULAI, num(1)),
            n.Minimum((MULAI, SELESAI)),
            n.Clip(MULAI, SELESAI, n.Absent("zero_target")),
            n.Reduce("max", "penilaian", n.Field("tanggal")),
            n.Reduce("last", "penilaian", n.Field("tanggal"), by=NILAI),
            n.Where(((HADIR, MULAI),), SELESAI),
        ],
    )
    def test_dates(self, node):
        assert type_of(node) == DateType()

    def test_labels_keep_the_scale_of_their_input(self):
        assert type_of(n.Where(((HADIR, PREDIKAT_REF),), n.Label("baik"))) == LabelType(
            scale=PREDIKAT
        )
        assert type_of(n.Coalesce((n.Label("rekan"), KELOMPOK))) == LabelType(scale=GROUPS)
        assert type_of(
            n.Reduce("last", "penilaian", n.Field("kelompok"), by=n.Field("tanggal"))
        ) == LabelType(scale=GROUPS)

    def test_labels_of_the_formula_alone_make_a_plain_scale(self):
        node = n.Where(((HADIR, n.Label("ya")),), n.Where(((HADIR, n.Label("x")),), n.Label("ya")))
        found = type_of(node)
        assert found == LabelType(scale=Scale(labels=found.scale.labels, ordered=False))
        assert found.scale.ids == ("ya", "x")
        assert found.scale.title("x") == Text.same("x")

    def test_bands_make_a_scale_in_rising_order(self):
        found = type_of(n.Band(TARGET, bands("D", "C", "B")))
        assert found.scale.ids == ("D", "C", "B")
        assert found.scale.ordered

    def test_a_label_of_two_bands_has_no_place_in_an_order(self):
        found = type_of(n.Band(TARGET, bands("kurang", "baik", "kurang")))
        assert found.scale.ids == ("kurang", "baik")
        assert not found.scale.ordered

    def test_bands_and_tables_take_the_declared_scale(self):
        node = n.Where(
            ((HADIR, n.Band(TARGET, bands("cukup", "baik"))),),
            n.Lookup((HADIR,), (((True,), n.Label("baik")), ((False,), n.Label("kurang")))),
        )
        assert type_of(node, expected_scale=PREDIKAT) == LabelType(scale=PREDIKAT)
        assert type_of(n.Absent("zero_target"), expected_scale=PREDIKAT) == LabelType(
            scale=PREDIKAT
        )

    def test_text_joins_with_written_text(self):
        assert type_of(n.Coalesce((CATATAN, n.Label("tidak ada")))) == TextType()

    def test_fields_are_known_in_a_step_per_item(self):
        fields = {"nilai": NumberType(digits=0)}
        assert type_of(NILAI, fields=fields) == NumberType(digits=0)

    def test_an_unknown_node_is_a_fault_of_the_program(self):
        class Strange(n.Node):
            pass

        with pytest.raises(TypeError, match="unknown node Strange"):
            type_of(Strange())


class TestOrder:
    @pytest.mark.parametrize(
        ("left", "right"),
        [
            (PREDIKAT_REF, n.Label("baik")),
            (n.Label("baik"), PREDIKAT_REF),
            (PREDIKAT_REF, n.Ref("predikat_lama")),
            (PREDIKAT_REF, n.Band(TARGET, bands("baik", "kurang"))),
        ],
    )
    def test_labels_of_an_ordered_scale_are_compared_by_it(self, left, right):
        found = check_types(n.Compare("<", left, right), KNOWN).node
        assert found == n.Compare("<", left, right, order=PREDIKAT.ids)

    def test_bands_are_compared_by_their_rising_order(self):
        node = n.Compare(">=", n.Label("B"), n.Band(TARGET, bands("C", "B", "A")))
        assert check_types(node, KNOWN).node.order == ("C", "B", "A")

    def test_equality_needs_no_order(self):
        node = n.Compare("==", PREDIKAT_REF, n.Label("baik"))
        assert check_types(node, KNOWN).node == node

    def test_the_order_is_filled_in_at_any_depth(self):
        inner = n.Compare(">", PREDIKAT_REF, n.Label("kurang"))
        filled = n.Compare(">", PREDIKAT_REF, n.Label("kurang"), order=PREDIKAT.ids)

        def around(part):
            flag = n.Not(n.And((part, n.Or((part, HADIR)))))
            number = n.Where(((flag, num(1)),), num(0))
            number = n.Round(
                n.Clip(n.Minimum((number, n.Maximum((number,)))), number, number + 1),
                Rounding(digits=0, mode="half_up"),
            )
            number = n.Divide(n.Multiply((n.Subtract(number, number), n.Add((number,)))), number)
            label = n.Band(n.Coalesce((number, num(1))), bands("kurang", "cukup", "baik"))
            table = n.Lookup((label,), tuple(((i,), num(1)) for i in PREDIKAT.ids))
            listed = n.Reduce("sum", "penilaian", n.Where(((part, NILAI),), table), where=part)
            last = n.Reduce("last", "penilaian", NILAI, by=n.Where(((part, NILAI),), NILAI))
            missing = n.Where(((n.IsMissing(n.Where(((part, num(1)),), num(2))), num(1)),), num(2))
            return n.Named("semua", Text.same("semua"), n.Add((listed, last, missing)))

        assert check_types(around(inner), KNOWN).node == around(filled)


class TestNames:
    def test_an_unknown_name_suggests_the_nearest(self):
        issue = issue_of(n.Ref("relisasi"))
        assert (issue.code, issue.details["expected"]) == ("KNJ230", '"realisasi"')

    def test_an_unknown_name_without_a_near_one_lists_what_is_known(self):
        issue = issue_of(n.Ref("zzz"))
        assert issue.details["expected"].startswith('"target", "realisasi", ')
        assert issue.details["expected"].endswith(", …")

    def test_nothing_known_is_said_so(self):
        with pytest.raises(PolicyError) as error:
            check_types(n.Ref("a"), {})
        assert error.value.issues[0].details["expected"] == "–"

    def test_the_path_is_the_one_given(self):
        assert issue_of(n.Ref("zzz"), path="steps.nilai").path == "steps.nilai"

    def test_an_unknown_field(self):
        issue = issue_of(n.Reduce("mean", "penilaian", n.Field("nila")))
        assert (issue.code, issue.details["expected"]) == ("KNJ231", '"nilai"')

    def test_a_field_outside_a_list(self):
        assert codes(NILAI) == ["KNJ232"]

    def test_a_list_is_no_value(self):
        assert codes(n.Ref("penilaian") + 1) == ["KNJ242"]
        assert codes(n.Reduce("sum", "penilaian", n.Ref("penilaian"))) == ["KNJ242"]

    def test_every_issue_is_found_once(self):
        node = n.Where(((TARGET, n.Ref("a")),), n.Ref("a") + CATATAN)
        assert codes(node) == ["KNJ233", "KNJ230", "KNJ233"]


class TestOperations:
    @pytest.mark.parametrize(
        ("node", "operation", "part", "found", "expected"),
        [
            (HADIR + 1, "+", "hadir", "flag", "number"),
            (n.Add((MULAI, HADIR)), "+", "hadir", "flag", "number"),
            (n.Subtract(num(1), MULAI), "-", "1", "number", "date"),
            (n.Subtract(MULAI, HADIR), "-", "hadir", "flag", "number"),
            (TARGET - n.Label("x"), "-", "x", "label", "number"),
            (MULAI * 2, "*", "mulai", "date", "number"),
            (TARGET / HADIR, "/", "hadir", "flag", "number"),
            (n.Minimum((MULAI, num("2/3"))), "min", "mulai", "date", "number"),
            (n.Clip(PREDIKAT_REF), "clip", "predikat", "label", "number"),
            (n.Round(MULAI, Rounding(digits=0, mode="up")), "round", "mulai", "date", "number"),
            (n.And((HADIR, TARGET + 1)), "and", "… + …", "number", "flag"),
            (n.Not(n.Coalesce((TARGET,))), "not", "coalesce(…)", "number", "flag"),
            (n.Where(((TARGET, num(1)),), num(2)), "where", "target", "number", "flag"),
            (n.Band(HADIR, bands("a")), "band", "hadir", "flag", "number"),
            (
                n.Reduce("sum", "penilaian", n.Field("sah")),
                "sum",
                "sah",
                "flag",
                "number",
            ),
            (
                n.Reduce("median", "penilaian", n.Field("tanggal")),
                "median",
                "tanggal",
                "date",
                "number",
            ),
            (n.Reduce("count", "penilaian", where=NILAI), "count", "nilai", "number", "flag"),
            (
                n.Reduce("last", "penilaian", NILAI, by=n.Field("sah")),
                "last",
                "sah",
                "flag",
                "number",
            ),
            (n.Not(n.Named("part", Text.same("x"), TARGET)), "not", "part", "number", "flag"),
            (n.Truth(True) + 1, "+", "true", "flag", "number"),
            (n.Truth(False) + 1, "+", "false", "flag", "number"),
            (n.Compare("<", HADIR + 1, num(1)), "+", "hadir", "flag", "number"),
            (
                n.Reduce("sum", "penilaian", n.IsMissing(NILAI)),
                "sum",
                "is_missing(…)",
                "flag",
                "number",
            ),
        ],
    )
    def test_a_wrong_type_names_operation_and_part(self, node, operation, part, found, expected):
        issue = issue_of(node)
        assert issue.code == "KNJ233"
        assert issue.details == {
            "operation": operation,
            "part": f'"{part}"',
            "found": f'"{found}"',
            "expected": f'"{expected}"',
        }

    def test_dates_cannot_be_added_to_each_other(self):
        assert codes(n.Add((MULAI, SELESAI))) == ["KNJ233", "KNJ233"]

    @pytest.mark.parametrize(
        "node",
        [
            n.Minimum(()),
            n.Maximum(()),
            n.Add(()),
            n.Multiply(()),
            n.And(()),
            n.Or(()),
            n.Coalesce(()),
            n.Lookup((), ()),
        ],
    )
    def test_an_operation_without_arguments(self, node):
        assert codes(node) == ["KNJ248"]

    def test_limits_the_wrong_way_round(self):
        issue = issue_of(n.Clip(TARGET, num(120), num("0.5")))
        assert issue.code == "KNJ249"
        assert issue.details == {"low": "120", "high": "0.5"}

    def test_limits_that_are_equal_hold_one_number(self):
        assert type_of(n.Clip(TARGET, num(1), num(1))) == NumberType()


class TestComparisons:
    @pytest.mark.parametrize(
        ("left", "right"),
        [
            (TARGET, MULAI),
            (TARGET, HADIR),
            (PREDIKAT_REF, TARGET),
            (PREDIKAT_REF, CATATAN),
            (CATATAN, TARGET),
            (HADIR, n.Label("ya")),
            (CATATAN, n.Band(TARGET, bands("a", "b"))),
        ],
    )
    def test_different_types(self, left, right):
        assert codes(n.Compare("==", left, right)) == ["KNJ234"]
        assert codes(n.Compare("==", right, left)) == ["KNJ234"]

    @pytest.mark.parametrize(
        ("left", "right", "part"),
        [
            (KELOMPOK, n.Label("rekan"), "kelompok"),
            (n.Label("rekan"), KELOMPOK, "kelompok"),
            (HADIR, n.Truth(True), "hadir"),
            (CATATAN, n.Label("x"), "catatan"),
            (n.Label("x"), n.Label("x"), "x"),
        ],
    )
    def test_no_order(self, left, right, part):
        issue = issue_of(n.Compare("<", left, right))
        assert (issue.code, issue.details["part"]) == ("KNJ235", f'"{part}"')

    def test_labels_of_two_scales(self):
        assert codes(n.Compare("==", PREDIKAT_REF, KELOMPOK)) == ["KNJ237"]

    def test_a_label_that_is_not_on_the_scale_suggests_the_nearest(self):
        issue = issue_of(n.Compare("==", PREDIKAT_REF, n.Label("biak")))
        assert (issue.code, issue.details["expected"]) == ("KNJ236", '"baik"')

    def test_a_label_that_is_near_none_lists_the_scale(self):
        issue = issue_of(n.Compare("<", n.Label("zzz"), PREDIKAT_REF))
        assert issue.details["expected"] == '"kurang", "cukup", "baik"'

    def test_labels_of_the_formula_are_held_against_each_other(self):
        choice = n.Where(((HADIR, n.Label("a")),), n.Label("b"))
        assert type_of(n.Compare("==", choice, n.Label("b"))) == FlagType()
        assert codes(n.Compare("==", n.Label("c"), choice)) == ["KNJ236"]


class TestBranches:
    @pytest.mark.parametrize(
        "node",
        [
            n.Where(((HADIR, num(1)),), n.Label("x")),
            n.Coalesce((MULAI, TARGET)),
            n.Lookup((HADIR,), (((True,), num(1)), ((False,), n.Truth(True)))),
            n.Coalesce((CATATAN, PREDIKAT_REF)),
        ],
    )
    def test_branches_of_different_types(self, node):
        assert codes(node) == ["KNJ238"]

    def test_branches_of_two_scales(self):
        assert codes(n.Coalesce((PREDIKAT_REF, KELOMPOK))) == ["KNJ237"]

    def test_a_written_label_must_be_on_the_scale_of_the_other_branches(self):
        assert codes(n.Where(((HADIR, n.Label("biak")),), PREDIKAT_REF)) == ["KNJ236"]

    def test_the_declared_scale_is_held_against_the_result(self):
        assert codes(n.Label("biak"), expected_scale=PREDIKAT) == ["KNJ236"]
        assert codes(n.Band(TARGET, bands("A")), expected_scale=PREDIKAT) == ["KNJ236"]
        assert codes(KELOMPOK, expected_scale=PREDIKAT) == ["KNJ237"]
        assert codes(TARGET, expected_scale=PREDIKAT) == ["KNJ233"]
        assert codes(HADIR, expected_scale=PREDIKAT) == ["KNJ233"]


class TestTables:
    def test_a_complete_table(self):
        rows = tuple(
            ((p, h), n.Label("baik")) for p in ("kurang", "cukup", "baik") for h in (True, False)
        )
        assert type_of(n.Lookup((PREDIKAT_REF, HADIR), rows), expected_scale=PREDIKAT)

    def test_missing_cells_are_listed_up_to_nine(self):
        node = n.Lookup((PREDIKAT_REF, n.Ref("predikat_lama"), HADIR), ())
        issue = issue_of(node)
        assert (issue.code, issue.details["found"]) == ("KNJ240", "18")
        assert issue.details["cells"] == (
            '"kurang + kurang + false", "kurang + kurang + true", "kurang + cukup + false", '
            '"kurang + cukup + true", "kurang + baik + false", "kurang + baik + true", '
            '"cukup + kurang + false", "cukup + kurang + true", "cukup + cukup + false", …'
        )

    def test_one_missing_cell(self):
        issue = issue_of(n.Lookup((KELOMPOK,), ((("atasan",), num(1)),)))
        assert (issue.details["found"], issue.details["cells"]) == ("1", '"rekan"')

    def test_a_huge_table_is_not_written_out(self):
        keys = tuple([PREDIKAT_REF] * 40)
        assert codes(n.Lookup(keys, ())) == ["KNJ240"]

    def test_a_mistyped_row_is_one_fault(self):
        rows = ((("atasan",), num(1)), (("reken",), num(2)))
        issue = issue_of(n.Lookup((KELOMPOK,), rows))
        assert (issue.code, issue.details["expected"]) == ("KNJ236", '"rekan"')

    def test_flag_keys(self):
        assert codes(n.Lookup((HADIR,), ((("ya",), num(1)), ((True,), num(0))))) == ["KNJ236"]

    def test_rows_of_another_length(self):
        rows = ((("atasan", True), num(1)), (("atasan",), num(1)), (("rekan",), num(1)))
        issue = issue_of(n.Lookup((KELOMPOK,), rows))
        assert (issue.code, issue.details["found"], issue.details["expected"]) == (
            "KNJ239",
            "2",
            "1",
        )

    def test_a_row_that_stands_twice(self):
        rows = ((("atasan",), num(1)), (("atasan",), num(2)), (("rekan",), num(1)))
        assert codes(n.Lookup((KELOMPOK,), rows)) == ["KNJ247"]

    @pytest.mark.parametrize("key", [TARGET, MULAI, CATATAN])
    def test_a_key_must_be_a_label_or_a_flag(self, key):
        issue = issue_of(n.Lookup((key,), ((("x",), num(1)),)))
        assert (issue.code, issue.details["expected"]) == ("KNJ233", '"label", "flag"')

    def test_bands_as_a_key_are_covered_by_their_labels(self):
        band = n.Band(TARGET, bands("C", "B"))
        assert type_of(n.Lookup((band,), ((("C",), num(1)), (("B",), num(2))))) == NumberType()
        assert codes(n.Lookup((band,), ((("C",), num(1)),))) == ["KNJ240"]

    def test_a_key_that_is_always_missing_asks_for_nothing(self):
        node = n.Lookup((n.Absent("zero_target"),), ((("x",), num(1)),))
        assert type_of(node) == NumberType()


class TestReductions:
    def test_over_must_be_a_list(self):
        issue = issue_of(n.Reduce("sum", "target", num(1)))
        assert (issue.code, issue.details["expected"]) == ("KNJ241", '"number"')

    def test_over_must_be_known(self):
        issue = issue_of(n.Reduce("max", "penilain", num(1)))
        assert (issue.code, issue.details["expected"]) == ("KNJ230", '"penilaian"')

    def test_no_reduction_inside_another(self):
        inner = n.Reduce("count", "penilaian")
        assert codes(n.Reduce("sum", "penilaian", inner)) == ["KNJ243"]
        assert codes(n.Reduce("sum", "penilaian", NILAI, where=inner.above(1))) == ["KNJ243"]

    def test_a_step_per_item_may_hold_a_reduction(self):
        share = NILAI / n.Reduce("sum", "penilaian", NILAI)
        assert type_of(share, fields={"nilai": NumberType()}) == NumberType()

    @pytest.mark.parametrize(
        ("op", "parameter", "expected"),
        [
            ("trimmed_mean", "1/2", "0 ≤ … < 1/2"),
            ("trimmed_mean", "-0.1", "0 ≤ … < 1/2"),
            ("quantile", "1.1", "0 ≤ … ≤ 1"),
            ("quantile", "-1", "0 ≤ … ≤ 1"),
        ],
    )
    def test_a_parameter_out_of_range(self, op, parameter, expected):
        issue = issue_of(n.Reduce(op, "penilaian", NILAI, parameter=Fraction(parameter)))
        assert (issue.code, issue.details["expected"]) == ("KNJ244", expected)

    @pytest.mark.parametrize(
        ("node", "code", "part"),
        [
            (n.Reduce("sum", "penilaian"), "KNJ245", "value"),
            (n.Reduce("quantile", "penilaian", NILAI), "KNJ245", "parameter"),
            (n.Reduce("last", "penilaian", NILAI), "KNJ245", "by"),
            (n.Reduce("count", "penilaian", NILAI), "KNJ246", "value"),
            (n.Reduce("sum", "penilaian", NILAI, parameter=Fraction(0)), "KNJ246", "parameter"),
            (n.Reduce("sum", "penilaian", NILAI, by=NILAI), "KNJ246", "by"),
        ],
    )
    def test_parts_that_are_missing_or_superfluous(self, node, code, part):
        issue = issue_of(node)
        assert (issue.code, issue.details["part"]) == (code, f'"{part}"')


VALUE_TYPES = {
    NumberType: Fraction,
    DateType: Fraction,
    FlagType: bool,
    LabelType: str,
    TextType: str,
}


@settings(max_examples=200, deadline=None)
@given(cases())
def test_every_value_of_a_checked_formula_is_of_its_type(case: Case):
    for record in case.records:
        for value in case.values(record):
            if isinstance(value, Missing):
                continue
            assert type(value) is VALUE_TYPES[type(case.type)]
            if isinstance(case.type, LabelType):
                assert value in case.type.scale.ids


@settings(max_examples=100, deadline=None)
@given(cases(record_count=0))
def test_a_checked_formula_passes_unchanged(case: Case):
    fields = None
    if case.over is not None:
        fields = case.declared.known[case.over].fields
    expected = case.type.scale if isinstance(case.type, LabelType) else None
    again = check_types(case.node, case.declared.known, fields=fields, expected_scale=expected)
    assert (again.node, again.type) == (case.node, case.type)
