"""What follows from a result, also across periods."""

import pytest
from rule_runs import NUMBER, label, num, ref, refused, run

from kinerja.formula import nodes as n
from kinerja.formula.types import ListType
from kinerja.rules import Action, FollowUpRule
from kinerja.values import Missing
from kinerja.words import Text

PREDIKAT = label("kurang", "baik", "sangat_baik")
HISTORY = ListType(fields={"tahun": NUMBER, "predikat": PREDIKAT})
TYPES = {"nilai": NUMBER, "predikat": PREDIKAT, "riwayat": HISTORY}


def action(key, when):
    return Action(id=key, title=Text.same(key), when=when)


def at_least(value):
    return ref("nilai").at_least(value)


ACTIONS = (action("promosi", at_least(90)), action("penghargaan", at_least(80)))


def rule(choose, *actions):
    return FollowUpRule(actions=actions or ACTIONS, choose=choose)


class TestChoosing:
    @pytest.mark.parametrize(
        ("nilai", "value", "every", "first"),
        [
            (95, "promosi", ["promosi", "penghargaan"], ["promosi"]),
            (85, "penghargaan", ["penghargaan"], ["penghargaan"]),
            (70, "none", [], []),
        ],
    )
    def test_all_apply_or_only_the_first(self, nilai, value, every, first):
        for choose, expected in (("all", every), ("first", first)):
            found = run(rule(choose), TYPES, {"nilai": nilai})
            assert found.value == value
            assert [key for key, holds in found.parts.items() if holds is True] == expected

    def test_what_cannot_be_told_does_not_follow(self):
        found = run(rule("all"), TYPES, {})
        assert found.reasons == ["input_missing: nilai"]
        assert all(isinstance(part, Missing) for part in found.parts.values())

    def test_an_action_that_can_be_told_follows_beside_one_that_cannot(self):
        actions = (action("a", ref("nilai").above(0)), action("b", n.Truth(value=True)))
        found = run(rule("all", *actions), TYPES, {})
        assert found.parts["b"] is True


class TestAcrossPeriods:
    """Two good years running lead to an award."""

    GOOD = n.Reduce(
        "count",
        "riwayat",
        where=n.And(
            (
                n.Compare("==", ref("predikat"), n.Label("baik")),
                n.Compare(">=", ref("tahun"), num(2023)),
            )
        ),
    )
    RULE = FollowUpRule(actions=(action("penghargaan", GOOD.at_least(2)),), choose="first")

    @pytest.mark.parametrize(
        ("years", "value"),
        [
            ([(2023, "baik"), (2024, "baik")], "penghargaan"),
            ([(2024, "baik"), (2023, "baik"), (2022, "kurang")], "penghargaan"),
            ([(2022, "baik"), (2024, "baik")], "none"),
            ([(2023, "kurang"), (2024, "baik")], "none"),
            ([], "none"),
        ],
    )
    def test_earlier_periods_count(self, years, value):
        history = [dict(zip(("tahun", "predikat"), year, strict=True)) for year in years]
        assert run(self.RULE, TYPES, {"riwayat": history}).value == value

    def test_a_history_that_was_not_given_is_not_an_empty_one(self):
        assert run(self.RULE, TYPES, {}).reasons == ["input_missing: riwayat"]


@pytest.mark.parametrize(
    "actions",
    [
        (action("a", at_least(1)), action("a", at_least(2))),
        (action("none", at_least(1)),),
    ],
)
def test_names_that_clash_are_refused(actions):
    assert refused(FollowUpRule(actions=actions, choose="all"), TYPES) == [("KNJ271", "actions")]


def test_no_action_at_all_is_refused():
    assert refused(FollowUpRule(actions=(), choose="all"), TYPES) == [("KNJ271", "actions")]
