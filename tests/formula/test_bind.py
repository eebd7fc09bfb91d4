"""Telling fields of list items from inputs and steps."""

from kinerja.formula import nodes as n
from kinerja.formula.bind import bind_fields, bind_item
from kinerja.formula.parse import parse_formula

LISTS = {"butir": ("bobot", "capaian", "jenis")}


def test_a_field_hides_an_outer_name_inside_the_reduction_only():
    node = bind_fields(parse_formula("sum(bobot * batas for butir) + bobot"), LISTS)
    inside = n.Multiply((n.Field("bobot"), n.Ref("batas")))
    assert node == n.Add((n.Reduce("sum", "butir", inside), n.Ref("bobot")))


def test_condition_and_order_are_bound_too():
    node = bind_fields(
        parse_formula("last(capaian for butir if jenis == jenis_utama, by: bobot)"), LISTS
    )
    assert node == n.Reduce(
        "last",
        "butir",
        n.Field("capaian"),
        n.Compare("==", n.Field("jenis"), n.Ref("jenis_utama")),
        by=n.Field("bobot"),
    )


def test_a_list_that_is_not_known_stays_as_it_is():
    node = parse_formula("sum(bobot for lain)")
    assert bind_fields(node, LISTS) is node


def test_a_step_per_item_reads_fields_outside_reductions():
    node = parse_formula("capaian / max(capaian for butir)")
    assert bind_item(node, {"capaian"}) == n.Divide(
        n.Field("capaian"), n.Reduce("max", "butir", n.Ref("capaian"))
    )
    assert bind_item(bind_fields(node, LISTS), {"capaian"}) == n.Divide(
        n.Field("capaian"), n.Reduce("max", "butir", n.Field("capaian"))
    )
