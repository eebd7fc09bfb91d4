"""What the columns of a table of examples mean, and what its rows become."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.errors import InputError, Issue
from kinerja.policy import parse_policy, read_policy
from kinerja.verify import ExampleRow, TableColumns, read_rows, run_examples
from kinerja.verify.tables import NOTHING

NAMES = """
schema: 1
id: uji
version: 1.0.0
title: uji
in_force: {from: 2024-01-01}
bases: {}
inputs:
  a: {type: number, title: {id: nilai, en: score}}
  b: {type: number, title: Sama}
  title: {type: text, title: keterangan, required: false}
choices:
  ambang: {title: ambang, figure: {from: 0, to: 1}}
steps:
  c: {rule: formula, title: sama, is: a + b}
  nilai: {rule: formula, title: alasan, is: c * ambang}
  isi: {rule: formula, title: isi, is: title}
publish: [nilai, isi]
"""


@pytest.fixture(scope="session")
def columns(policy):
    return TableColumns(policy)


@pytest.fixture(scope="session")
def clashing(tmp_path_factory):
    path = tmp_path_factory.mktemp("tabel") / "uji.yaml"
    path.write_text(NAMES, encoding="utf-8")
    return read_policy(path, unnamed="assume")


def keys(columns, *header, holds=None):
    names, issues = columns.name_columns(holds, header)
    assert issues == []
    return names


def faults(columns, *header, holds=None):
    return [(at, issue.code) for at, issue in columns.name_columns(holds, header)[1]]


class TestNames:
    def test_ids_and_titles_in_both_languages(self, columns):
        assert keys(columns, "id", "capaian", "nilai akhir", "status") == [
            "id",
            "capaian",
            "expect.nilai",
            "expect.status",
        ]
        assert keys(columns, "Final Value", "cara membulatkan") == ["expect.nilai", "variant.cara"]

    @given(
        st.sampled_from(["capaian", "nilai akhir", "Final value", "ide baru", "Cara", "judul"]),
        st.data(),
    )
    def test_case_and_blanks_do_not_matter(self, columns, name, data):
        written = "".join(data.draw(st.sampled_from([sign.lower(), sign.upper()])) for sign in name)
        written = written.replace(" ", data.draw(st.sampled_from([" ", "  ", "\n", "\xa0"])))
        around = data.draw(st.sampled_from(["", " ", "\t"]))
        assert keys(columns, f"{around}{written}{around}") == keys(columns, name)

    def test_words_of_the_table_in_both_languages(self, columns):
        for pair in (("judul", "title"), ("alasan", "reasons"), ("galat", "error")):
            first, second = (keys(columns, name) for name in pair)
            assert first == second

    def test_a_column_without_a_name_is_passed_over(self, columns):
        assert keys(columns, "id", "", "capaian") == ["id", "", "capaian"]

    def test_what_is_not_known_is_refused_with_the_nearest(self, columns):
        names, [(at, issue)] = columns.name_columns(None, ["id", "Nilai Ahkir"])
        assert (names, at, issue.code) == (["id", ""], 1, "KNJ620")
        assert issue.details["nearest"] == '"nilai akhir"'
        assert "capaian" in issue.details["expected"]

    def test_a_step_for_each_item_is_no_single_value(self, columns):
        names, [(_, issue)] = columns.name_columns(None, ["ganda"])
        assert (names, issue.code, issue.details["list"]) == ([""], "KNJ616", '"butir"')

    def test_two_columns_of_one_meaning_are_refused_with_both_names(self, columns):
        names, [(at, issue)] = columns.name_columns(None, ["nilai", "Nilai Akhir"])
        assert (names, at, issue.code) == (["expect.nilai", ""], 1, "KNJ622")
        assert issue.details == {
            "found": '"Nilai Akhir"',
            "other": '"nilai"',
            "expected": "expect.nilai",
        }

    def test_every_fault_of_a_header_is_found(self, columns):
        header = ("bukan apa-apa", "ganda", "nilai", "nilai akhir")
        assert faults(columns, *header) == [(0, "KNJ620"), (1, "KNJ616"), (3, "KNJ622")]


class TestClashes:
    def test_a_title_of_two_things_is_refused_with_both_named(self, clashing):
        _, [(_, issue)] = TableColumns(clashing).name_columns(None, ["SAMA"])
        assert issue.code == "KNJ621"
        assert issue.details["expected"] == "record.b, expect.c"

    def test_an_id_goes_before_a_title(self, clashing):
        assert keys(TableColumns(clashing), "nilai", "score") == ["expect.nilai", "a"]

    def test_a_word_of_the_table_that_is_also_a_title_or_id_is_refused(self, clashing):
        columns = TableColumns(clashing)
        found = [
            issue.details["expected"] for _, issue in columns.name_columns(None, ["alasan"])[1]
        ]
        assert found == ["expect.reasons, expect.nilai"]
        assert faults(columns, "title", "judul") == [(0, "KNJ621")]
        assert keys(columns, "keterangan", "judul") == ["title", "example.title"]

    def test_a_figure_is_a_choice_and_not_the_step_it_becomes(self, clashing):
        assert keys(TableColumns(clashing), "Ambang") == ["variant.ambang"]

    def test_a_choice_and_a_step_of_one_id_are_told_apart_by_their_titles(self):
        text = NAMES.replace("title: ambang, figure: {from: 0, to: 1}", OPTIONS)
        text = text.replace("is: c * ambang", "is: c")
        text = text.replace(
            "  isi: {rule", "  ambang: {rule: formula, title: batas, is: c}\n  isi: {rule"
        )
        columns = TableColumns(parse_policy(text.replace("[nilai, isi]", "[nilai, isi, ambang]")))
        _, [(_, issue)] = columns.name_columns(None, ["ambang"])
        assert issue.details["expected"] == "expect.ambang, variant.ambang"
        assert keys(columns, "batas") == ["expect.ambang"]


class TestLists:
    def test_fields_by_id_or_title(self, columns):
        assert keys(columns, "ID", "Nama", "ANGKA", holds="butir") == ["id", "nama", "angka"]

    def test_what_is_no_field_is_refused(self, columns):
        assert faults(columns, "id", "angkah", "capaian", holds="butir") == [
            (1, "KNJ620"),
            (2, "KNJ620"),
        ]


class TestSpecial:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("null", NOTHING),
            ("2/37", Fraction(2, 37)),
            ("-1/3", Fraction(-1, 3)),
            ("1/0", None),
            ("1,5", None),
            ("–", None),
            ("-", None),
            ("NULL", None),
        ],
    )
    def test_of_a_number(self, columns, text, value):
        assert columns.special["expect.nilai"](text) == value

    def test_only_expectations_may_be_nothing(self, columns):
        assert "capaian" not in columns.special
        assert columns.special["expect.predikat"]("null") is NOTHING
        assert columns.special["expect.predikat"]("1/3") is None
        assert "variant.cara" not in columns.special


# Rows.


def row(place, record, *issues, id=None):  # noqa: A002 - the name the data uses
    def locate(issue):
        return issue.at(file="contoh.csv", line=place, cell=f"A{place}")

    name = f"c{place}" if id is None else id
    return ExampleRow(id=name, record={"id": name, **record}, issues=issues, locate=locate)


def outcome(policy, record):
    [found] = run_examples("contoh.csv", read_rows([row(2, record)], policy)).outcomes
    return found


class TestRows:
    def test_cells_become_what_an_examples_file_would_hold(self, policy):
        record = {
            "capaian": Decimal("99.90"),
            "ide_baru": None,
            "mulai": date(2024, 3, 31),
            "catatan": "007",
            "butir": [{"nama": "a", "angka": Decimal(2)}, {"nama": None, "angka": Decimal("0.5")}],
            "example.title": "judul",
            "variant.cara": None,
            "expect.nilai": Decimal("33.30"),
        }
        [example] = read_rows([row(2, record)], policy)
        assert (example.id, example.title, example.line, example.cell) == ("c2", "judul", 2, "A2")
        assert example.record == {
            "capaian": "99.90",
            "mulai": "2024-03-31",
            "catatan": "007",
            "butir": [{"nama": "a", "angka": "2"}, {"angka": "0.5"}],
        }
        assert [(e.key, e.value) for e in example.expect] == [("nilai", Fraction("33.3"))]

    @pytest.mark.parametrize(
        ("expected", "passed"),
        [
            ({"expect.nilai": Decimal("33.33"), "expect.predikat": "Baik Sekali"}, True),
            ({"expect.sepertiga": Fraction(100, 3)}, True),
            ({"expect.ada_ide": True, "expect.tanggal": datetime(2024, 1, 2)}, True),  # noqa: DTZ001 - as a workbook gives it
            ({"expect.tanggal": date(2024, 1, 2), "expect.salinan": NOTHING}, True),
            ({"expect.predikat": NOTHING}, False),
            ({"expect.status": "complete", "expect.reasons": NOTHING}, True),
            ({"expect.reasons": "input_missing; no_items"}, False),
        ],
    )
    def test_expectations_of_every_type(self, policy, expected, passed):
        record = {"capaian": Decimal(100), "ide_baru": True, "mulai": "2024-01-02"}
        assert outcome(policy, {**record, **expected}).passed is passed

    def test_codes_are_separated_by_semicolons(self, policy):
        refused = {"capaian": Decimal(500), "ide_baru": "x", "expect.error": "KNJ402 ; KNJ406"}
        assert outcome(policy, refused).passed
        missing = {"expect.nilai": NOTHING, "expect.reasons": "input_missing: capaian"}
        assert outcome(policy, missing).passed

    @pytest.mark.parametrize("option", ["bulat", "Bulat"])
    def test_choices_are_columns(self, policy, option):
        record = {"capaian": Decimal(100), "variant.cara": option, "expect.nilai": Decimal(33)}
        if option == "bulat":
            assert outcome(policy, record).passed
        else:
            with pytest.raises(InputError) as caught:
                outcome(policy, record)
            assert [(i.code, i.path, i.cell) for i in caught.value.issues] == [
                ("KNJ225", "variant.cara", "A2")
            ]

    def test_an_option_by_its_title(self):
        policy = parse_policy(
            NAMES.replace("title: ambang, figure: {from: 0, to: 1}", OPTIONS).replace(
                "is: c * ambang", "is: c"
            )
        )
        record = {"a": Decimal(1), "b": Decimal(1), "expect.nilai": Decimal(4)}
        assert outcome(policy, {**record, "variant.ambang": "dua kali"}).passed
        assert outcome(policy, {**record, "variant.ambang": "twice"}).passed
        assert not outcome(policy, record).passed

    @pytest.mark.parametrize("figure", [Decimal("0.5"), Fraction(1, 2)])
    def test_a_figure_as_the_table_gives_it(self, clashing, figure):
        record = {"a": Decimal(1), "b": Decimal(2), "expect.nilai": Decimal("1.5")}
        assert outcome(clashing, {**record, "variant.ambang": figure}).passed

    def test_an_input_called_title_is_no_title(self, clashing):
        record = {"title": "x", "variant.ambang": Decimal(1), "expect.isi": "x"}
        found = outcome(clashing, record)
        assert (found.passed, found.example.title) == (True, "")

    def test_a_table_without_rows_has_no_examples(self, policy):
        assert read_rows([], policy) == ()


OPTIONS = """title: ambang, default: satu, options: {
    satu: {title: satu kali},
    dua: {title: {id: dua kali, en: twice}, steps: {nilai: {is: c * 2}}}}"""


class TestFaults:
    def test_all_at_once_in_the_order_of_the_rows(self, policy):
        flaw = Issue(code="KNJ520", path="expect.nilai", file="contoh.csv", line=4, cell="B4")
        whole = Issue(code="KNJ620", path="x", file="contoh.csv", line=1, cell="C1")
        rows = [
            row(10, {"expect.predikat": "bagus", "butir": [{"angkat": 1}]}),
            row(4, {"capaian": Decimal(1)}, flaw),
            row(3, {"expect.status": "selesai"}),
            row(2, {"capaian": Decimal(1)}),
        ]
        with pytest.raises(InputError) as caught:
            read_rows(rows, policy, issues=[whole])
        assert [(i.line, i.code, i.path) for i in caught.value.issues] == [
            (1, "KNJ620", "x"),
            (2, "KNJ615", "id"),
            (3, "KNJ605", "expect.status"),
            (4, "KNJ623", "expect.nilai"),
            (10, "KNJ613", "butir[0].angkat"),
            (10, "KNJ609", "expect.predikat"),
        ]

    def test_cells_of_a_workbook_are_ordered_as_they_stand(self, policy):
        cells = ["L!B10", "L!AA2", "L!C2", "K!A1", "L!B2"]
        issues = [Issue(code="KNJ520", file="c.xlsx", cell=cell) for cell in cells]
        with pytest.raises(InputError) as caught:
            read_rows([], policy, issues=[Issue(code="KNJ519", file="c.xlsx"), *issues])
        assert [i.cell for i in caught.value.issues] == [
            None,
            "K!A1",
            "L!B2",
            "L!C2",
            "L!AA2",
            "L!B10",
        ]

    def test_an_id_that_is_damaged_is_told_once(self, policy):
        blank = Issue(code="KNJ517", path="id")
        twice = Issue(code="KNJ544", path="id")
        rows = [
            row(2, {"expect.nilai": Decimal(1)}, blank, id=""),
            row(3, {"expect.nilai": Decimal(1)}, twice, id="a"),
            row(4, {"expect.nilai": Decimal(1)}, twice, id="a"),
        ]
        with pytest.raises(InputError) as caught:
            read_rows(rows, policy)
        assert sorted(i.code for i in caught.value.issues) == ["KNJ517", "KNJ544", "KNJ544"]

    def test_a_figure_that_cannot_be_read_is_not_missed_as_well(self, clashing):
        flaw = Issue(code="KNJ525", path="variant.ambang")
        with pytest.raises(InputError) as caught:
            read_rows([row(7, {"expect.nilai": Decimal(1)}, flaw)], clashing)
        assert [i.code for i in caught.value.issues] == ["KNJ525"]

    def test_a_figure_that_nobody_names_is_told_at_the_row(self, clashing):
        with pytest.raises(InputError) as caught:
            read_rows([row(7, {"expect.nilai": Decimal(1)})], clashing)
        assert [(i.code, i.line) for i in caught.value.issues] == [("KNJ619", 7)]
