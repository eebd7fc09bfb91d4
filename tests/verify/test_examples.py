"""Examples are tests of a policy: exact, placed, and told as values."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.verify import check_examples


@pytest.fixture
def check(write, policy):
    def run(*examples):
        return check_examples(write("examples:\n" + "\n".join(examples)), policy)

    return run


def one(expect, record="{capaian: 100}", more=""):
    return f"  - {{id: satu, record: {record}, expect: {{{expect}}}{more}}}"


def compared(report):
    [outcome] = report.outcomes
    return [(c.key, c.expected, c.found, c.passed) for c in outcome.comparisons]


class TestValues:
    @pytest.mark.parametrize(
        "expect",
        [
            "nilai: 33.33",
            'nilai: "33.330"',
            "nilai: 3333/100",
            "sepertiga: 100/3",
            "predikat: baik",
            "predikat: Baik Sekali",
            "ada_ide: false",
            "tanggal: null",
            "status: complete",
            "reasons: []",
            "nilai: 33.33, predikat: baik, status: complete",
        ],
    )
    def test_what_is_equal_passes(self, check, expect):
        report = check(one(expect))
        assert (report.passed, report.failed) == (1, ())

    @pytest.mark.parametrize(
        ("expect", "expected", "found"),
        [
            ("nilai: 33.34", "33.34", "33.33"),
            ("sepertiga: 33.3333333333", "33.3333333333", "100/3"),
            ("predikat: kurang", "kurang", "baik"),
            ("ada_ide: true", "true", "false"),
            ("nilai: null", None, "33.33"),
            ("tanggal: 2024-01-01", "2024-01-01", None),
            ("status: incomplete", "incomplete", "complete"),
            ("reasons: [input_missing]", "input_missing", ""),
            ("error: [KNJ402]", "KNJ402", ""),
        ],
    )
    def test_what_differs_fails_and_says_both(self, check, expect, expected, found):
        report = check(one(expect))
        key = expect.partition(":")[0]
        assert compared(report) == [(key, expected, found, False)]
        assert (report.passed, len(report.failed)) == (0, 1)

    @given(st.fractions(0, 120, max_denominator=10**6))
    def test_only_the_exact_number_passes(self, policy, tmp_path_factory, value):
        path = tmp_path_factory.getbasetemp() / "sifat.yaml"
        near = value + Fraction(1, 10**12)
        path.write_text(
            f"examples:\n{one(f'sepertiga: {value / 3}', f'{{capaian: {value}}}')}\n"
            f"  - {{id: dua, record: {{capaian: {value}}}, expect: {{sepertiga: {near / 3}}}}}\n",
            encoding="utf-8",
        )
        report = check_examples(path, policy)
        assert [outcome.passed for outcome in report.outcomes] == [True, False]

    def test_dates_and_flags_of_the_record_are_read_by_their_type(self, check):
        record = "{capaian: 100, ide_baru: true, mulai: 2024-03-31, catatan: 007}"
        expect = "ada_ide: true, tanggal: 2024-03-31, salinan: 007"
        assert check(one(expect, record)).passed == 1

    def test_lists_in_the_record(self, check):
        record = "{capaian: 1, butir: [{nama: a, angka: 2}, {nama: b, angka: 0.5}]}"
        assert check(one("jumlah: 5", record)).passed == 1

    def test_steps_that_are_not_published_can_be_expected(self, check):
        assert check(one("tidak_dipakai: 200/3")).passed == 1


class TestMissing:
    def test_reasons_by_code(self, check):
        expect = "status: incomplete, nilai: null, predikat: null, reasons: [input_missing]"
        assert check(one(expect, "{}")).passed == 1

    def test_reasons_with_their_subject(self, check):
        assert check(one('reasons: ["input_missing: capaian"]', "{}")).passed == 1
        assert check(one('reasons: ["input_missing: lain"]', "{}")).passed == 0

    def test_a_reason_too_many_or_too_few_fails(self, check):
        assert check(one("reasons: []", "{}")).passed == 0
        assert check(one("reasons: [input_missing, no_items]", "{}")).passed == 0

    def test_the_result_stays_at_hand(self, check):
        [outcome] = check(one("nilai: 1", "{}")).outcomes
        assert outcome.result.id == "satu"
        assert [str(reason) for reason in outcome.result.reasons] == ["input_missing: capaian"]


class TestRefusals:
    RECORD = "{capaian: 500, ide_baru: mungkin}"

    def test_an_expected_refusal_passes(self, check):
        report = check(one("error: [KNJ402, KNJ406]", self.RECORD))
        assert compared(report) == [("error", "KNJ402, KNJ406", "KNJ402, KNJ406", True)]

    def test_another_refusal_fails(self, check):
        report = check(one("error: [KNJ402]", self.RECORD))
        assert compared(report) == [("error", "KNJ402", "KNJ402, KNJ406", False)]

    def test_an_unexpected_refusal_fails_with_its_issues(self, check):
        [outcome] = check(one("nilai: 1", self.RECORD)).outcomes
        assert (outcome.passed, outcome.comparisons, outcome.result) == (False, (), None)
        assert [issue.code for issue in outcome.issues] == ["KNJ402", "KNJ406"]


class TestVariants:
    def test_an_example_takes_its_option(self, check):
        assert check(one("nilai: 33", more=", variant: {cara: bulat}")).passed == 1

    def test_examples_of_several_variants_stand_side_by_side(self, check):
        report = check(
            "  - {id: a, record: {capaian: 100}, expect: {nilai: 33.33}}",
            "  - {id: b, variant: {cara: bulat}, record: {capaian: 100}, expect: {nilai: 33}}",
            "  - {id: c, variant: {cara: bulat}, record: {capaian: 50}, expect: {nilai: 17}}",
        )
        assert report.passed == 3
        assert [o.example.variant["cara"] for o in report.outcomes] == ["biasa", "bulat", "bulat"]


class TestPlaces:
    def test_every_comparison_names_its_line(self, check):
        report = check(
            "  - id: satu",
            "    title: satu contoh",
            "    record: {capaian: 100}",
            "    expect:",
            "      predikat: baik",
            "      nilai: 1",
        )
        [outcome] = report.failed
        [failure] = outcome.failures
        assert (failure.line, failure.column) == (7, 7)
        assert (outcome.example.line, outcome.example.title) == (2, "satu contoh")
        assert (failure.title.id, failure.title.en) == ("nilai akhir", "final value")
        assert report.file.endswith("contoh.yaml")
