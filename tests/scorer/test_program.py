import pytest

from kinerja.formula import nodes as n
from kinerja.scorer.graph import leaves
from kinerja.scorer.program import unfold
from kinerja.words import Text

T = Text.same


def test_parts_come_before_their_step_and_once():
    part = n.Named("mean", T("mean"), n.Reduce("mean", "list", n.Field("x")))
    found = list(unfold("panel", part + part * 2))
    assert [name for name, _, _ in found] == ["panel.mean", "panel"]
    assert found[1][2] == n.Ref("panel.mean") + n.Ref("panel.mean") * 2


def test_nested_parts_are_unfolded_inside_out():
    inner = n.Named("inner", T("inner"), n.Ref("a") + 1)
    outer = n.Named("outer", T("outer"), inner * 2)
    found = list(unfold("s", outer))
    assert [name for name, _, _ in found] == ["s.inner", "s.outer", "s"]
    assert found[1][2] == n.Ref("s.inner") * 2


def test_a_part_that_reads_an_item_stays_where_it_is():
    part = n.Named("share", T("share"), n.Field("w") * n.Field("v"))
    whole = n.Reduce("sum", "list", part)
    assert list(unfold("s", whole)) == [
        ("s", None, n.Reduce("sum", "list", n.Field("w") * n.Field("v")))
    ]


def test_an_unknown_step_is_a_key_error():
    from policies_samples import SKP

    from kinerja.policy import parse_policy

    program = parse_policy(SKP).program
    assert program.step("nilai").published
    with pytest.raises(KeyError):
        program.step("nila")


def test_leaves_go_down_by_whole_levels():
    import kinerja

    program = kinerja.load("sikap-360").program
    aspects = "berorientasi_pelayanan akuntabel kompeten harmonis loyal adaptif kolaboratif"
    rows = [
        {"penilai": f"{g}{i}", "kelompok": g, "aspek": a, "nilai": 4}
        for g, count in (("atasan", 1), ("rekan", 3), ("bawahan", 3))
        for i in range(count)
        for a in aspects.split()
    ]
    from kinerja.scorer.read import read_record
    from kinerja.scorer.run import run_steps

    reading, _, _ = read_record({"penilaian": rows}, program.inputs)
    state = run_steps(program, reading)
    groups = ("panel.group.atasan", "panel.group.rekan", "panel.group.bawahan")
    assert leaves(program, "skor", state, most=16) == groups
    assert len(leaves(program, "skor", state, most=21)) == 21
    assert leaves(program, "skor", state, most=1) == ("panel",)
