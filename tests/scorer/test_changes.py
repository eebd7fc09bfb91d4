"""What the names of changes mean, and what is said of those that mean nothing."""

import pytest
from policies_samples import SKP

from kinerja.errors import InputError
from kinerja.policy import parse_policy
from kinerja.scorer import Scorer
from kinerja.scorer.changes import changed_record, read_places

SCORER = Scorer(parse_policy(SKP).program)
PROGRAM = SCORER.program


def record(**more):
    items = [
        {"nama": "laporan", "target": 10, "realisasi": 8, "bobot": 60},
        {"nama": "layanan", "target": 200, "realisasi": 150, "bobot": 40},
    ]
    return {"id": "p1", "butir": items, "perilaku": 80, **more}


def refused(changes, **more):
    with pytest.raises(InputError) as error:
        SCORER.what_if(record(**more), changes)
    return error.value.issues


@pytest.mark.parametrize(
    ("path", "name", "item", "field"),
    [
        ("perilaku", "perilaku", None, None),
        ("butir", "butir", None, None),
        ("butir[0].realisasi", "butir", 0, "realisasi"),
        ("butir[12].nama", "butir", 12, "nama"),
    ],
)
def test_a_name_means_an_input_a_list_or_a_field_of_an_item(path, name, item, field):
    places, issues = read_places(PROGRAM, {path: 1})
    assert issues == []
    assert (places[path].name, places[path].item, places[path].field) == (name, item, field)
    assert places[path].path == path


@pytest.mark.parametrize(
    ("path", "code", "way_out"),
    [
        ("perilku", "KNJ640", '"perilaku"'),
        ("xyz", "KNJ640", "butir, perilaku, ide_baru"),
        ("butr[0].nama", "KNJ640", '"butir"'),
        ("butir[0].realisas", "KNJ641", '"realisasi"'),
        ("butir[2].realisasi", "KNJ642", "[0]–[1]"),
        ("nilai", "KNJ644", "butir, perilaku"),
        ("predikat", "KNJ644", "butir, perilaku, ide_baru"),
        ("butir.realisasi", "KNJ645", '"butir[0].realisasi"'),
        ("butir[1]", "KNJ645", '"butir[0].nama"'),
        ("butir[-1].realisasi", "KNJ645", '"butir[0].realisasi"'),
        ("butir[01].realisasi", "KNJ645", '"butir[0].realisasi"'),
        ("butir[٢].realisasi", "KNJ645", '"butir[0].realisasi"'),
        (5, "KNJ645", '"butir"'),
        ("perilaku[0].nilai", "KNJ646", '"perilaku"'),
        ("perilaku.nilai", "KNJ646", '"perilaku"'),
    ],
)
def test_a_name_that_means_nothing_names_a_way_out(path, code, way_out):
    [issue] = refused({path: 1})
    assert (issue.code, issue.path) == (code, str(path))
    assert way_out in issue.way_out("id")


def test_a_list_without_items_has_no_item_to_change():
    for items in ([], None):
        [issue] = refused({"butir[0].realisasi": 1}, butir=items)
        assert issue.code == "KNJ643"


def test_a_list_is_not_changed_whole_and_item_by_item():
    [issue] = refused({"butir": [], "butir[9].realisasi": 1, "butir[0].realisasi": 2})
    assert (issue.code, issue.path) == ("KNJ647", "butir")


def test_everything_that_is_wrong_is_said_at_once():
    changes = {
        "perilku": 1,
        "butir[7].realisasi": 1,
        "butir[0].realisasi": "-1",
        "butir[1].target": "banyak",
    }
    issues = refused(changes, perilaku=101)
    assert {(issue.code, issue.path) for issue in issues} == {
        ("KNJ640", "perilku"),
        ("KNJ642", "butir[7].realisasi"),
        ("KNJ402", "butir[0].realisasi"),
        ("KNJ401", "butir[1].target"),
        ("KNJ402", "perilaku"),
    }
    assert len(issues) == 5


def test_a_record_that_cannot_be_used_is_refused_even_where_a_change_would_mend_it():
    [issue] = refused({"perilaku": 90}, perilaku=101)
    assert (issue.code, issue.path) == ("KNJ402", "perilaku")


def test_what_is_no_record_is_refused():
    with pytest.raises(InputError) as error:
        SCORER.what_if([], {"perilaku": 90})
    assert [issue.code for issue in error.value.issues] == ["KNJ412"]


def test_the_record_stays_as_it_is():
    held = record()
    SCORER.what_if(held, {"butir[0].realisasi": 9, "butir[1].nama": None, "perilaku": 1})
    assert held == record()


def test_a_changed_record_shares_no_list_with_the_one_it_comes_from():
    held = record()
    places, _ = read_places(PROGRAM, {"butir[0].realisasi": 9})
    changed, issues = changed_record(held, places, {"butir[0].realisasi": 9})
    assert issues == []
    assert changed["butir"][0]["realisasi"] == 9
    assert changed["butir"][1] == held["butir"][1]
    assert held == record()
