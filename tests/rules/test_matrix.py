"""Labels or flags decide by a table; every cell is there."""

from itertools import product

import pytest
from rule_runs import FLAG, NUMBER, label, num, ref, refused, run, scale

from kinerja.formula import nodes as n
from kinerja.rules import LookupTable, Matrix

RATING = ("bawah", "sesuai", "atas")
PREDIKAT = ("sangat_kurang", "kurang", "perbaikan", "baik", "sangat_baik")
TYPES = {"hasil": label(*RATING), "perilaku": label(*RATING), "ya": FLAG, "x": NUMBER}
#: PermenPANRB 6/2022 Lampiran Bab IV.B.3.a.3: rows are results, columns behaviour.
CELLS = {
    ("atas", "bawah"): "kurang",
    ("atas", "sesuai"): "baik",
    ("atas", "atas"): "sangat_baik",
    ("sesuai", "bawah"): "kurang",
    ("sesuai", "sesuai"): "baik",
    ("sesuai", "atas"): "baik",
    ("bawah", "bawah"): "sangat_kurang",
    ("bawah", "sesuai"): "perbaikan",
    ("bawah", "atas"): "perbaikan",
}
KEYS = (ref("hasil"), ref("perilaku"))


def matrix(cells):
    return Matrix(keys=KEYS, cells=tuple(cells.items()))


class TestMatrix:
    @pytest.mark.parametrize("key", [*product(RATING, RATING)])
    def test_every_pair_has_its_cell(self, key):
        record = dict(zip(("hasil", "perilaku"), key, strict=True))
        assert run(matrix(CELLS), TYPES, record, scale=scale(*PREDIKAT)).value == CELLS[key]

    def test_a_missing_label_makes_the_cell_missing(self):
        assert run(matrix(CELLS), TYPES, {"hasil": "atas"}).reasons == ["input_missing: perilaku"]

    def test_the_order_of_cells_means_nothing_to_the_value(self):
        turned = dict(reversed(CELLS.items()))
        record = {"hasil": "bawah", "perilaku": "atas"}
        assert run(matrix(turned), TYPES, record).value == "perbaikan"

    def test_an_absent_cell_is_refused_with_its_place(self):
        cells = {key: cell for key, cell in CELLS.items() if key != ("bawah", "atas")}
        assert refused(matrix(cells), TYPES) == [("KNJ208", "cells")]
        with pytest.raises(ValueError, match="bawah × atas"):
            run(matrix(cells), TYPES, {})

    def test_a_mistyped_combination_is_one_fault(self):
        cells = {("bawh" if k == "bawah" else k, v): c for (k, v), c in CELLS.items()}
        assert refused(matrix(cells), TYPES) == [("KNJ209", "cells")] * 3

    def test_a_combination_too_many_is_refused(self):
        assert refused(matrix({**CELLS, ("x", "y"): "baik"}), TYPES) == [("KNJ209", "cells")]

    def test_a_label_that_is_not_on_the_scale_is_refused(self):
        with pytest.raises(ValueError, match="KNJ236"):
            run(matrix(CELLS), TYPES, {}, scale=scale("baik"))

    def test_a_table_too_large_to_read_is_refused_at_once(self):
        wide = label(*(f"l{i}" for i in range(200)))
        rule = Matrix(keys=tuple(map(ref, "abcd")), cells=())
        assert refused(rule, dict.fromkeys("abcd", wide)) == [("KNJ272", "cells")]

    def test_many_absent_cells_are_counted_and_some_named(self):
        with pytest.raises(
            ValueError, match=r"9 sel tidak ada: bawah × bawah; .*atas × atas\n"
        ) as e:
            run(matrix({}), TYPES, {})
        assert e.value.issues[0].details["count"] == "9"
        rule = Matrix(keys=(*KEYS, ref("hasil")), cells=())
        with pytest.raises(ValueError, match="; …"):
            run(rule, TYPES, {})


class TestLookup:
    def table(self, keys, rows, **more):
        cells = tuple((key, n.Number(value)) for key, value in rows.items())
        return LookupTable(keys=tuple(map(ref, keys)), rows=cells, **more)

    def test_a_label_gives_its_figure(self):
        table = self.table(["hasil"], {("bawah",): 60, ("sesuai",): 80, ("atas",): 100})
        assert run(table, TYPES, {"hasil": "sesuai"}).value == 80

    @pytest.mark.parametrize("written", [(True, False), ("true", "false")])
    def test_a_flag_gives_its_figure(self, written):
        table = self.table(["ya"], {(written[0],): 5, (written[1],): 3})
        assert [run(table, TYPES, {"ya": f}).value for f in (True, False)] == [5, 3]

    def test_flags_and_labels_together(self):
        table = self.table(["ya", "hasil"], {("true", "atas"): 1}, otherwise=num(0))
        assert run(table, TYPES, {"ya": True, "hasil": "atas"}).value == 1
        assert run(table, TYPES, {"ya": False, "hasil": "atas"}).value == 0

    def test_a_row_may_be_left_to_the_rest(self):
        table = self.table(["hasil"], {("atas",): 100}, otherwise=num(0))
        assert [run(table, TYPES, {"hasil": h}).value for h in RATING] == [0, 0, 100]

    def test_the_rest_may_be_missing(self):
        table = self.table(["hasil"], {("atas",): 100}, otherwise=n.Absent("not_in_table"))
        assert run(table, TYPES, {"hasil": "bawah"}).reasons == ["not_in_table: bawah"]

    @pytest.mark.parametrize("key", ["ya", "hasil"])
    def test_an_absent_row_of_which_nothing_is_said_is_refused(self, key):
        assert refused(self.table([key], {}), TYPES) == [("KNJ208", "rows")]

    def test_a_number_decides_nothing(self):
        with pytest.raises(ValueError, match="KNJ233"):
            run(self.table(["x"], {("1",): 5}), TYPES, {})

    def test_a_row_with_too_few_keys_is_refused(self):
        assert refused(self.table(["hasil", "ya"], {("atas",): 1}, otherwise=num(0)), TYPES) == [
            ("KNJ209", "rows")
        ]
