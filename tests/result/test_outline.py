"""The order of reading: numbers, tables of alike lines, inputs and legal bases."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from samples import KUADRAN, KUADRAN_POLICY, PANEL, SKM, SKP, same
from strategies_explanation import alike_explanations

from kinerja.result import Explanation, InputLine, Lever, Line, Loss
from kinerja.result.outline import Entry, LineTable, outline_of
from kinerja.values import LegalBasis
from kinerja.words import Text


def line(name, title=None, **parts):
    return Line(name=name, title=same(title or name), **{"value": same("3"), **parts})


def explained(*lines, **parts):
    return Explanation(
        **{
            "policy": KUADRAN_POLICY,
            "id": None,
            "status": "complete",
            "reasons": (),
            "lines": lines,
            "inputs": (),
            **parts,
        }
    )


def blocks_of(*lines, **parts):
    return outline_of(explained(*lines, **parts)).blocks


def cells(grid):
    return [[None if cell is None else cell.id for cell in row] for row in grid.rows]


def heads(grid):
    return [column.id for column in grid.columns]


class TestNumbers:
    def test_steps_are_numbered_in_order_and_parts_below_their_step(self):
        parts = (line("b.x", "satu", unrounded=same("3,1")), line("b.y", "dua", formula=same("f")))
        found = blocks_of(line("a"), line("b", parts=parts))
        assert [block.number for block in found] == ["1", "2"]
        assert [block.number for block in found[1].blocks] == ["2.1", "2.2"]

    def test_uses_name_the_numbers_of_steps_and_join_neighbours(self):
        used = [line(f"s{n}", "x" * n, unit=same(str(n))) for n in range(1, 6)]
        last = line("jumlah", uses=("s1", "s2", "s3", "s5", "masukan"))
        found = blocks_of(*used, last)
        assert found[-1].uses == ("1–3", "5")

    def test_two_neighbours_stay_apart(self):
        used = [line(f"s{n}", unit=same(str(n))) for n in range(1, 3)]
        assert blocks_of(*used, line("jumlah", uses=("s2", "s1")))[-1].uses == ("1", "2")

    def test_a_line_may_name_a_part_of_another_step(self):
        parts = tuple(line(f"panel.weight.{g}", f"bobot {g}") for g in "abc")
        found = blocks_of(line("panel", parts=parts), line("akhir", uses=("panel.weight.b",)))
        assert found[1].uses == ("1.1",)


class TestInputs:
    def test_an_input_stands_below_the_first_step_that_reads_it(self):
        found = outline_of(SKP)
        names = [[i.name for i in block.inputs] for block in found.blocks]
        assert names == [["skp"], [], ["menit_terlambat"], ["perilaku"], []]

    def test_an_input_that_no_step_reads_is_kept_apart(self):
        assert [i.name for i in outline_of(SKP).inputs] == ["jabatan"]

    def test_inputs_left_out_without_harm_are_joined(self):
        names = [f"nrr_{n}" for n in "abc"]
        absent = tuple(
            InputLine(
                name=n, title=same(f"NRR siap pakai: {n}"), value=None, note=same("boleh kosong")
            )
            for n in names
        )
        given_one = InputLine(name="x", title=same("x"), value=same("1"))
        step = line("s", uses=("x", *names))
        (block,) = blocks_of(step, inputs=(*absent, given_one))
        assert [(i.title.id, i.value) for i in block.inputs] == [
            ("x", same("1")),
            ("NRR siap pakai … (3 masukan)", None),
        ]
        (block,) = blocks_of(replace(step, value=None), inputs=(*absent, given_one))
        assert len(block.inputs) == 4

    def test_inputs_of_different_kinds_are_not_joined(self):
        absent = tuple(InputLine(name=n, title=same(n), value=None) for n in "abc")
        (block,) = blocks_of(line("s", uses=("a", "b", "c")), inputs=absent)
        assert [i.name for i in block.inputs] == ["a", "b", "c"]


class TestRuns:
    def test_alike_steps_become_one_table_and_keep_their_numbers(self):
        (table, ikm, mutu) = outline_of(SKM).blocks
        assert isinstance(table, LineTable)
        assert (table.number, table.is_run) == ("1–9", True)
        assert table.grid.title.id == "NRR …"
        assert heads(table.grid) == ["Langkah", "Angka", "Nilai"]
        assert cells(table.grid)[2] == ["3. NRR waktu penyelesaian", "55 ÷ 20", "2,75"]
        assert table.formula_is_first
        assert ikm.uses == ("1–9",)
        assert (ikm.number, mutu.number) == ("10", "11")

    def test_three_alike_steps_stay_steps(self):
        found = blocks_of(*(line(f"s{n}", f"NRR {n}") for n in "abc"))
        assert all(isinstance(block, Entry) for block in found)

    def test_steps_of_different_rules_stay_steps(self):
        formulas = ["a × 2", "a × 3", "a + 2", "jumlah a", "rata-rata a"]
        found = blocks_of(*(line(f"s{n}", formula=same(f)) for n, f in enumerate(formulas)))
        assert len(found) == 5

    def test_a_step_with_parts_or_another_clause_ends_a_run(self):
        alike = [line(f"s{n}", f"NRR {n}") for n in "abcd"]
        others = [
            replace(alike[0], name="w", figures=same("1 + 2")),
            replace(alike[0], name="x", parts=(line("x.y"),)),
            replace(alike[0], name="y", published=True),
            replace(alike[0], name="z", basis=(LegalBasis(title="PP 30/2019"),)),
        ]
        for other in others:
            assert len(blocks_of(*alike[:3], other)) == 4

    def test_a_name_between_quotation_marks_is_no_part_of_the_rule(self):
        formulas = ["“Loyal, semua” × 20", "Adaptif × 20", "“A × 7” × 20", "x × 20"]
        (table,) = blocks_of(*(line(f"s{n}", formula=same(f)) for n, f in enumerate(formulas)))
        assert table.formula.id == "“Loyal, semua” × 20"

    def test_steps_of_two_kinds_that_take_turns_become_two_tables(self):
        lines = []
        for n in "abcd":
            lines.append(line(f"k{n}", f"konversi {n}", formula=same(f"{n} × 25")))
            applied = (same(f"rentang C: 65 ≤ konversi {n} (70) ≤ 76"),)
            lines.append(
                line(f"m{n}", f"mutu {n}", value=same("C"), applied=applied, uses=(f"k{n}",))
            )
        first, second = blocks_of(*lines)
        assert (first.number, second.number) == ("1, 3, …, 7", "2, 4, …, 8")
        assert heads(second.grid) == ["Langkah", "Berlaku", "Nilai"]
        assert cells(second.grid)[1][0] == "4. mutu b"
        assert second.uses == ("1", "3", "5", "7")

    def test_a_missing_value_does_not_break_a_run(self):
        lines = [line(f"s{n}", f"NRR {n}", figures=same("3 ÷ 4")) for n in "abcd"]
        lines[0] = line("sa", "NRR a", value=None, applied=(same("a tidak diisi"),))
        (table,) = blocks_of(*lines)
        assert cells(table.grid)[0] == ["1. NRR a", "", None]
        assert [t.id for t in table.reasons] == ["NRR a: a tidak diisi"]

    def test_a_reason_of_several_lines_is_said_once(self):
        lines = [
            line(f"s{n}", f"NRR {n}", value=None, applied=(same("tidak diisi"),)) for n in "abcd"
        ]
        (table,) = blocks_of(*lines)
        assert [t.id for t in table.reasons] == ["tidak diisi"]

    def test_rounding_is_said_once_and_exact_values_get_a_column(self):
        lines = [
            line(
                f"s{n}",
                f"skor {n}",
                value=same("91,67"),
                unrounded=same(f"91,66{n}"),
                applied=(same(f"91,66{n} dibulatkan ke 2 desimal"),),
            )
            for n in range(3)
        ]
        lines.append(line("s9", "skor 9", value=same("89,00")))
        (table,) = blocks_of(*lines)
        assert table.rounding == same("dibulatkan ke 2 desimal")
        assert heads(table.grid) == ["Langkah", "Tepatnya", "Nilai"]
        assert [row[1] for row in cells(table.grid)] == ["91,660", "91,661", "91,662", "89,00"]

    def test_steps_rounded_in_two_ways_stay_steps(self):
        lines = [
            line(
                f"s{n}",
                value=same("1"),
                unrounded=same("1,2"),
                applied=(same(f"1,2 dibulatkan ke {n} desimal"),),
            )
            for n in range(4)
        ]
        assert len(blocks_of(*lines)) == 4

    def test_a_note_without_figures_is_said_for_the_first(self):
        lines = [line(f"s{n}", applied=(same(f"karena {n} tidak ada"),)) for n in "abcd"]
        (table,) = blocks_of(*lines)
        assert (table.applied, table.applied_is_first) == (same("karena a tidak ada"), True)
        assert heads(table.grid) == ["Langkah", "Nilai"]

    def test_titles_that_share_no_word_name_the_first_and_the_last(self):
        (table,) = blocks_of(*(line(f"s{n}", n) for n in "abcd"))
        assert table.grid.title.id == "a … d"


class TestParts:
    def test_a_panel_becomes_four_tables(self):
        tables = outline_of(PANEL).blocks[0].blocks
        assert [t.number for t in tables] == ["1.1", "1.2", "1.3", "1.4"]
        assert [t.grid.title.id for t in tables] == [
            "jumlah penilai, bobot",
            "rata-rata …, …",
            "nilai dari …",
            "aspek …",
        ]

    def test_values_of_the_same_members_stand_side_by_side(self):
        grid = outline_of(PANEL).blocks[0].blocks[0].grid
        assert heads(grid) == ["Bagian", "jumlah penilai", "bobot"]
        assert cells(grid) == [
            ["atasan", "1", "0,6"],
            ["rekan kerja", "3", "0,25"],
            ["bawahan", "3", "0,15"],
        ]

    def test_groups_and_aspects_make_a_table_with_the_longer_set_as_rows(self):
        grid = outline_of(PANEL).blocks[0].blocks[1].grid
        assert [c.en for c in grid.columns] == ["Part", "superior", "peers", "direct reports"]
        assert cells(grid)[6] == ["kolaboratif", "4", "3,3333333333…", "3,6666666666…"]

    def test_a_table_of_values_keeps_the_figures_behind_it(self):
        parts = tuple(
            line(f"p.mean.{g}.{a}", f"{a} menurut {g}", figures=same("6 ÷ 2"))
            for g in "xy"
            for a in "ab"
        )
        (table,) = blocks_of(line("p", parts=parts))[0].blocks
        assert cells(table.grid) == [["a", "3", "3"], ["b", "3", "3"]]
        assert table.grid.title.id == "… menurut …"
        assert cells(table.cells)[1] == ["b menurut x", "6 ÷ 2", "3"]

    def test_more_groups_than_aspects_turn_the_table(self):
        parts = tuple(line(f"p.mean.{g}.{a}", f"nilai {g} atas {a}") for g in "xyz" for a in "ab")
        (table,) = blocks_of(line("p", parts=parts))[0].blocks
        assert heads(table.grid) == ["Bagian", "a", "b"]
        assert [row[0] for row in cells(table.grid)] == ["x", "y", "z"]

    def test_ids_stand_in_where_titles_do_not_tell_members_apart(self):
        parts = tuple(
            line(f"p.mean.{g}.{a}", f"{g}{a}") for g in ("x_1", "y") for a in ("a_1", "b")
        )
        (table,) = blocks_of(line("p", parts=parts))[0].blocks
        assert heads(table.grid) == ["Bagian", "x 1", "y"]
        assert cells(table.grid) == [["a 1", "3", "3"], ["b", "3", "3"]]

    def test_parts_that_say_more_stay_lines(self):
        parts = tuple(
            line(f"p.group.{g}", f"nilai {g}", applied=(same("batas 5"), same("pilihan 2")))
            for g in "abc"
        )
        assert [type(b) for b in blocks_of(line("p", parts=parts))[0].blocks] == [Entry] * 3

    def test_two_parts_with_figures_stay_lines(self):
        parts = tuple(line(f"p.group.{g}", f"nilai {g}", figures=same("1 + 2")) for g in "ab")
        assert [type(b) for b in blocks_of(line("p", parts=parts))[0].blocks] == [Entry] * 2

    def test_parts_with_a_unit_show_it(self):
        parts = tuple(line(f"p.n.{g}", f"jumlah {g}", unit=same("orang")) for g in "ab")
        (table,) = blocks_of(line("p", parts=parts))[0].blocks
        assert cells(table.grid) == [["a", "3 orang"], ["b", "3 orang"]]

    def test_other_members_make_another_table(self):
        parts = (
            *(line(f"p.n.{g}", f"jumlah {g}") for g in "ab"),
            *(line(f"p.w.{g}", f"bobot {g}") for g in "cd"),
        )
        tables = blocks_of(line("p", parts=parts))[0].blocks
        assert [t.grid.title.id for t in tables] == ["jumlah …", "bobot …"]

    def test_incomplete_crossings_stay_lines(self):
        keys = ["x.a", "x.b", "y.a"]
        parts = tuple(line(f"p.mean.{key}", f"nilai {key}") for key in keys)
        assert len(blocks_of(line("p", parts=parts))[0].blocks) == 3

    @given(alike_explanations)
    @settings(max_examples=80)
    def test_every_line_stands_in_exactly_one_block(self, explanation):
        outline = outline_of(explanation)
        seen = []

        def walk(blocks):
            for block in blocks:
                if isinstance(block, LineTable):
                    seen.extend(part.name for part in block.lines)
                else:
                    seen.append(block.line.name)
                    walk(block.blocks)

        walk(outline.blocks)
        expected = [n.name for step in explanation.lines for n in (step, *step.parts)]
        assert sorted(seen) == sorted(expected)


class TestHeadline:
    def test_a_few_results_are_all_headlines(self):
        assert outline_of(SKM).headline == outline_of(SKM).results

    def test_one_of_many_alike_is_none(self):
        lines = [line(f"s{n}", f"NRR {n}", published=True) for n in "abcd"]
        ikm = line("ikm", published=True, formula=same("x"))
        assert [r.name for r in outline_of(explained(*lines, ikm)).headline] == ["ikm"]

    def test_among_many_the_total_and_the_ladder_count(self):
        lines = [line(f"s{n}", unit=same(str(n)), published=True) for n in range(6)]
        loss = Loss(
            name="x", title=same("x"), value=same("1"), best=same("2"), points=same("1"), total="s3"
        )
        found = outline_of(explained(*lines, losses=(loss,), target=(same("s4"), same("Baik"))))
        assert [r.name for r in found.headline] == ["s3", "s4"]
        assert len(found.results) == 6

    def test_at_the_top_what_reads_the_total_counts_as_its_label(self):
        lines = [line(f"s{n}", unit=same(str(n)), published=True) for n in range(5)]
        label = line("label", published=True, uses=("s3",))
        loss = Loss(
            name="x", title=same("x"), value=same("1"), best=same("2"), points=same("1"), total="s3"
        )
        found = outline_of(explained(*lines, label, losses=(loss,)))
        assert [r.name for r in found.headline] == ["s3", "label"]

    def test_without_total_and_ladder_the_first_four_count(self):
        lines = [line(f"s{n}", unit=same(str(n)), published=True) for n in range(6)]
        assert [r.name for r in outline_of(explained(*lines)).headline] == ["s0", "s1", "s2", "s3"]

    def test_where_all_are_alike_the_first_counts(self):
        lines = [line(f"s{n}", published=True) for n in range(6)]
        assert [r.name for r in outline_of(explained(*lines)).headline] == ["s0"]


class TestLossesAndLevers:
    def test_shares_are_counted_from_the_largest(self):
        def loss(points):
            return Loss(
                name="x",
                title=same("x"),
                value=same("1"),
                best=same("2"),
                points=points,
                total="ikm",
            )

        points = [Text("≈ 5,00", "≈ 5.00"), Text("2,5", "2.5"), Text("1,…", "1…"), same("banyak")]
        found = outline_of(explained(losses=tuple(loss(p) for p in points)))
        assert found.shares == (Fraction(1), Fraction(1, 2), Fraction(1, 5), Fraction(0))
        assert found.total == same("ikm")

    @pytest.mark.parametrize("points", ["0/0", "1/0", "2/00", "1/", "/2"])
    def test_what_is_no_number_has_no_share(self, points):
        lost = Loss(
            name="x",
            title=same("x"),
            value=same("1"),
            best=same("1"),
            points=same(points),
            total="a",
        )
        assert outline_of(explained(losses=(lost,))).shares == (Fraction(0),)

    def test_nothing_lost_has_no_share(self):
        zero = Loss(
            name="x", title=same("x"), value=same("1"), best=same("1"), points=same("0"), total="a"
        )
        assert outline_of(explained(losses=(zero,))).shares == (Fraction(0),)

    def test_levers_that_reach_the_band_come_first(self):
        def lever(name, needed):
            return Lever(
                name=name, title=same(name), value=None, needed=needed, gives=None, proof="exact"
            )

        levers = (lever("a", None), lever("b", same("3")), lever("c", None))
        found = outline_of(explained(levers=levers[:2])).levers
        assert [lever.name for lever in found] == ["b", "a"]
        found = outline_of(explained(levers=levers))
        assert [lever.name for lever in found.levers] == ["b"]
        assert [lever.name for lever in found.idle] == ["a", "c"]


class TestBases:
    def test_every_citation_stands_once_with_all_that_is_said_of_it(self):
        pp = LegalBasis(title="PP 30/2019", clause="Pasal 10", source="a")
        bases = (
            pp,
            replace(pp, source="b", note=same("catatan")),
            replace(pp, source="a", note=same("lain")),
            replace(pp, status="primary"),
        )
        found = outline_of(explained(line("s", basis=bases))).bases
        statuses = [b.status for b in found]
        assert statuses == ["primary", "primary", "unverified"]
        assert (found[2].source, found[2].note) == ("a; b", Text("catatan; lain", "catatan; lain"))

    def test_the_best_known_comes_first(self):
        statuses = ("own", "unverified", "practice", "secondary", "primary")
        bases = tuple(LegalBasis(title=s, status=s) for s in statuses)
        policy = replace(KUADRAN_POLICY, basis=())
        found = outline_of(explained(line("s", basis=bases), policy=policy)).bases
        order = ["primary", "secondary", "practice", "unverified", "own"]
        assert [b.status for b in found] == order


def test_the_policy_s_own_bases_are_listed():
    assert [b.citation for b in outline_of(KUADRAN).bases] == [
        "PermenPANRB 6/2022",
        "PermenPANRB 6/2022 Lampiran Bab IV.B",
    ]
