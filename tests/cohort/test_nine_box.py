"""People by two labels, with the box that the policy gives them."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.cohort import BoxAxes, Member, box_axes, nine_box
from kinerja.errors import InputError
from kinerja.scorer import LabelStep
from kinerja.words import Text


def step(name, *labels):
    shown = tuple((one, Text.same(one)) for one in labels)
    return LabelStep(name=name, title=Text.same(name), labels=shown, ordered=True)


HASIL = step("hasil", "bawah", "sesuai", "atas")
PERILAKU = step("perilaku", "bawah", "sesuai", "atas")
AXES = BoxAxes(rows=HASIL, columns=PERILAKU)
ROWS = ("di_bawah_ekspektasi", "sesuai_ekspektasi", "di_atas_ekspektasi")
COLUMNS = ("rendah", "menengah", "tinggi")


def person(id, hasil, perilaku, unit="A", **more):  # noqa: A002
    return Member(id=id, unit=unit, values={"hasil": hasil, "perilaku": perilaku, **more})


def test_people_stand_at_the_crossing_of_their_labels():
    [table] = nine_box(
        [person("a", "atas", "bawah"), person("b", "atas", "bawah")], axes=AXES
    ).units
    assert table.cell("atas", "bawah").ids == ("a", "b")
    assert [cell.count for cell in table.cells] == [0, 0, 0, 0, 0, 0, 2, 0, 0]


def test_people_without_a_label_are_counted_apart():
    refused = Member(id="c", unit="A", status="refused")
    [table] = nine_box([person("a", None, "atas"), refused], axes=AXES).units
    assert (table.missing, table.refused, table.people) == (1, 1, 2)


def test_each_unit_may_have_a_table():
    both = [person("a", "atas", "atas", "A"), person("b", "atas", "atas", "B")]
    assert [one.unit for one in nine_box(both, axes=AXES, within="unit").units] == ["A", "B"]


def test_the_table_may_have_other_sizes():
    axes = BoxAxes(rows=step("hasil", "a", "b"), columns=step("perilaku", "x", "y", "z", "w"))
    assert len(nine_box([], axes=axes).units[0].cells) == 8


def test_a_cell_shows_the_boxes_of_its_people_where_the_policy_is_not_known():
    axes = BoxAxes(rows=HASIL, columns=PERILAKU, box=step("kotak", "k1", "k2"))
    pair = [person("a", "atas", "atas", kotak="k2"), person("b", "atas", "atas", kotak="k2")]
    assert nine_box(pair, axes=axes).units[0].cell("atas", "atas").boxes == ("k2",)


def test_a_cell_that_there_is_not_is_an_error():
    with pytest.raises(KeyError):
        nine_box([], axes=AXES).units[0].cell("atas", "tengah")


class TestTalenta:
    """The matrix of `talenta-2020`: nine crossings, nine boxes; it publishes the box alone."""

    policy = kinerja.load("talenta-2020")

    @pytest.mark.parametrize(("row", "column"), sorted(product(ROWS, COLUMNS)))
    def test_the_box_that_is_published_tells_the_crossing(self, row, column):
        result = self.policy.score({"id": "a", "kinerja": row, "potensial": column})
        [table] = nine_box([Member.of(result)], axes=box_axes(self.policy.program)).units
        assert table.cell(row, column).ids == ("a",)
        assert table.cell(row, column).boxes == (result["kotak"],)

    def test_the_axes_have_the_titles_of_the_policy(self):
        axes = box_axes(self.policy.program)
        assert (str(axes.rows.title), str(axes.columns.title)) == (
            "kategori kinerja",
            "kategori potensial yang dipakai",
        )
        assert axes.box.name == "kotak"

    def test_an_incomplete_result_stands_in_no_cell(self):
        result = self.policy.score({"id": "a", "kinerja": ROWS[0]})
        [table] = nine_box([Member.of(result)], axes=box_axes(self.policy.program)).units
        assert (table.missing, sum(cell.count for cell in table.cells)) == (1, 0)


class TestAxesOfAPolicy:
    def test_shared_boxes_need_published_labels(self):
        with pytest.raises(InputError, match="KNJ866"):
            box_axes(kinerja.load("kuadran-6-2022").program)

    def test_published_labels_place_people_where_boxes_are_shared(self):
        policy = kinerja.load("sumedang-360")
        axes = box_axes(policy.program)
        assert (len(axes.cells), len(axes.single())) == (9, 2)
        row, column = axes.rows.labels[1][0], axes.columns.labels[2][0]
        member = Member(id="a", unit="A", values={axes.rows.name: row, axes.columns.name: column})
        [table] = nine_box([member], axes=axes).units
        assert table.cell(row, column).boxes == (axes.cells[row, column],)
        assert table.cell(row, column).ids == ("a",)

    def test_a_label_that_no_table_gives_is_refused(self):
        with pytest.raises(InputError, match="KNJ866"):
            box_axes(kinerja.load("talenta-2020").program, "pemrosesan")

    def test_a_name_that_there_is_not_is_refused(self):
        with pytest.raises(InputError, match="KNJ861"):
            box_axes(kinerja.load("talenta-2020").program, "kotaknya")


labels = st.sampled_from([None, "bawah", "sesuai", "atas"])


@given(st.lists(st.builds(person, st.text(max_size=2), labels, labels, st.sampled_from("AB"))))
def test_everybody_is_counted_once(members):
    for within in ("all", "unit"):
        units = nine_box(members, axes=AXES, within=within).units
        assert sum(unit.people for unit in units) == len(members)
    for cell in nine_box(members, axes=AXES).units[0].cells:
        expected = [
            m.id
            for m in members
            if (m.label("hasil"), m.label("perilaku")) == (cell.row, cell.column)
        ]
        assert list(cell.ids) == expected


def test_a_choice_that_there_is_not_is_refused():
    with pytest.raises(InputError, match="KNJ867"):
        nine_box([], axes=AXES, within="bidang")
