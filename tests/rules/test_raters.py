"""360-degree panels: groups, aspects, and what a missing group does."""

from fractions import Fraction
from statistics import median

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rule_runs import NUMBER, TEXT, label, refused, run

from kinerja.exact import exact
from kinerja.formula.rule import Known
from kinerja.formula.types import ListType
from kinerja.rules import Coverage, Raters
from kinerja.values import Missing, RaterGroup, Weights

GROUPS = ("atasan", "rekan", "bawahan")
ASPECTS = ("akuntabel", "kompeten")
PLAIN = {
    "nilai": ListType(
        fields={"kelompok": label(*GROUPS, ordered=False), "skor": NUMBER, "penilai": TEXT}
    )
}
BY_ASPECT = {
    "nilai": ListType(
        fields={**PLAIN["nilai"].fields, "aspek": label(*ASPECTS, ordered=False)},
    )
}
SIKAP = Weights.of({"atasan": "60 %", "rekan": "25 %", "bawahan": "15 %"})
PANEL = {"atasan": [(4, 2)], "rekan": [(5, 1), (3, 3)], "bawahan": [(2, 4)]}
scores = st.integers(1, 5)
ratings = st.fixed_dictionaries({}, optional={g: st.lists(scores, max_size=4) for g in GROUPS})
full = st.fixed_dictionaries({g: st.lists(scores, min_size=1, max_size=4) for g in GROUPS})


def group(name, **limits):
    return RaterGroup(id=name, **limits)


def panel(**choices):
    return Raters(
        **{
            "over": "nilai",
            "group": "kelompok",
            "score": "skor",
            "groups": tuple(map(group, GROUPS)),
            "missing_group": "incomplete",
            "within": "mean",
            "unanswered": "incomplete",
            "too_few": "incomplete",
            "weights": SIKAP if choices.get("missing_group") != "composition" else None,
            **choices,
        }
    )


def rows(by_group):
    return [
        {"kelompok": name, "skor": score, "penilai": f"{name}{place}"}
        for name, found in by_group.items()
        for place, score in enumerate(found)
    ]


def by_aspect(by_group):
    """Rows of raters who rate every aspect: {group: [(akuntabel, kompeten), …]}."""
    return [
        {"kelompok": name, "penilai": f"{name}{place}", "aspek": aspect, "skor": score}
        for name, raters in by_group.items()
        for place, answers in enumerate(raters)
        for aspect, score in zip(ASPECTS, answers, strict=False)
        if score != "-"
    ]


def score(rule, by_group):
    return run(rule, PLAIN, {"nilai": rows(by_group)})


def mean(values):
    return Fraction(sum(values), len(values))


def used(found):
    return {name: found.parts[f"weight.{name}"] for name in GROUPS}


class TestJoining:
    @given(scores, full)
    def test_a_panel_that_agrees_gives_what_it_agrees_on(self, value, sizes):
        same = {name: [value] * len(found) for name, found in sizes.items()}
        for missing_group in ("incomplete", "zero", "renormalise"):
            assert score(panel(missing_group=missing_group), same).value == value

    @given(full)
    def test_a_full_panel_is_the_weighted_mean_of_group_means(self, by_group):
        expected = sum(SIKAP[name] * mean(found) for name, found in by_group.items())
        for choices in (
            {},
            {"missing_group": "zero"},
            {"missing_group": "renormalise"},
            {"missing_group": "assign_to", "assign": (("bawahan", "rekan"),)},
            {"missing_group": "composition", "compositions": (SIKAP,)},
        ):
            found = score(panel(**choices), by_group)
            assert found.value == expected
            assert used(found) == dict(SIKAP)

    @given(full, st.randoms())
    def test_the_order_of_ratings_changes_nothing(self, by_group, random):
        shuffled = rows(by_group)
        random.shuffle(shuffled)
        assert run(panel(), PLAIN, {"nilai": shuffled}).value == score(panel(), by_group).value

    @given(full, st.permutations(GROUPS))
    def test_the_order_of_groups_in_the_policy_changes_nothing(self, by_group, order):
        turned = panel(
            groups=tuple(map(group, order)), weights=Weights(tuple((g, SIKAP[g]) for g in order))
        )
        assert turned.formula(Known(types=PLAIN)) == panel().formula(Known(types=PLAIN))
        assert turned.parts(Known(types=PLAIN)) == panel().parts(Known(types=PLAIN))

    @given(full, st.sampled_from(GROUPS))
    def test_a_better_rating_never_lowers_the_score(self, by_group, name):
        better = {**by_group, name: [found + 1 for found in by_group[name]]}
        for within in ("mean", "median"):
            rule = panel(within=within)
            assert score(rule, by_group).value <= score(rule, better).value

    @given(full)
    def test_the_median_of_each_group(self, by_group):
        expected = sum(
            SIKAP[name] * median(map(Fraction, found)) for name, found in by_group.items()
        )
        assert score(panel(within="median"), by_group).value == expected

    @given(st.lists(scores, min_size=1, max_size=12), st.integers(0, 49))
    def test_the_trimmed_mean_leaves_out_whole_ratings_at_both_ends(self, found, percent):
        trim = Fraction(percent, 100)
        cut = int(len(found) * trim)
        kept = sorted(found)[cut : len(found) - cut]
        rule = panel(within="trimmed_mean", trim=trim)
        got = score(rule, {"atasan": found, "rekan": found, "bawahan": found})
        assert got.value == mean(kept)

    def test_the_number_of_raters_stands_beside_the_score(self):
        found = score(panel(), {"atasan": [4], "rekan": [3, 5], "bawahan": [2]})
        assert {name: found.parts[f"raters.{name}"] for name in GROUPS} == {
            "atasan": 1,
            "rekan": 2,
            "bawahan": 1,
        }
        assert found.parts["group.rekan"] == 4

    def test_a_panel_that_was_not_held_is_missing(self):
        assert run(panel(), PLAIN, {}).reasons == ["input_missing: nilai"]

    def test_a_rating_without_group_is_not_passed_over(self):
        bad = [*rows({"atasan": [4], "rekan": [3], "bawahan": [2]}), {"skor": 5}]
        assert run(panel(), PLAIN, {"nilai": bad}).reasons == ["input_missing: kelompok"]


class TestMissingGroups:
    @given(ratings)
    def test_incomplete_names_every_group_that_is_missing(self, by_group):
        absent = [name for name in GROUPS if not by_group.get(name)]
        assume(absent)
        assert score(panel(), by_group).reasons == [f"group_missing: {name}" for name in absent]

    @given(ratings)
    def test_zero_counts_a_missing_group_as_nothing(self, by_group):
        there = {name: found for name, found in by_group.items() if found}
        expected = sum((SIKAP[name] * mean(found) for name, found in there.items()), Fraction(0))
        assert score(panel(missing_group="zero"), by_group).value == expected

    @given(ratings)
    def test_renormalise_is_the_plain_weighted_mean_of_the_groups_present(self, by_group):
        there = {name: found for name, found in by_group.items() if found}
        found = score(panel(missing_group="renormalise"), by_group)
        if not there:
            assert found.reasons == ["no_items: nilai"]
            return
        total = sum(SIKAP[name] for name in there)
        expected = sum(SIKAP[name] * mean(values) for name, values in there.items()) / total
        assert found.value == expected
        weights = used(found)
        assert weights == {g: SIKAP[g] / total if g in there else 0 for g in GROUPS}
        assert sum(weights.values()) == 1

    COMPOSITIONS = (
        SIKAP,
        Weights.of({"atasan": "75 %", "rekan": "25 %"}),
        Weights.of({"atasan": "85 %", "bawahan": "15 %"}),
    )

    @given(ratings)
    def test_a_known_composition_has_weights_that_sum_to_one(self, by_group):
        there = {name: found for name, found in by_group.items() if found}
        rule = panel(missing_group="composition", compositions=self.COMPOSITIONS)
        found = score(rule, by_group)
        known_weights = [w for w in self.COMPOSITIONS if set(w.names) == set(there)]
        if not known_weights:
            assert found.reasons == ["composition_unknown: nilai"]
            assert all(isinstance(weight, Missing) for weight in used(found).values())
            return
        [weights] = known_weights
        assert found.value == sum(share * mean(there[name]) for name, share in weights)
        assert sum(used(found).values()) == 1
        assert {n: w for n, w in used(found).items() if w} == dict(weights)

    ASSIGN = (("bawahan", "rekan"), ("rekan", "atasan"))

    @pytest.mark.parametrize(
        ("there", "weights"),
        [
            (("atasan", "rekan"), ("60 %", "40 %", "0")),
            (("atasan", "bawahan"), ("85 %", "0", "15 %")),
            (("atasan",), ("100 %", "0", "0")),
            (("rekan", "bawahan"), None),
            (("rekan",), None),
            ((), None),
        ],
    )
    def test_the_weight_of_a_missing_group_moves_along_to_the_next_that_is_there(
        self, there, weights
    ):
        rule = panel(missing_group="assign_to", assign=self.ASSIGN)
        found = score(rule, {name: [4] for name in there})
        if weights is None:
            assert found.reasons == ["composition_unknown: nilai"]
        else:
            assert found.value == 4
            assert list(used(found).values()) == [exact(weight) for weight in weights]

    def test_weights_that_move_in_a_circle_find_no_home(self):
        rule = panel(missing_group="assign_to", assign=(("bawahan", "rekan"), ("rekan", "bawahan")))
        assert score(rule, {"atasan": [4]}).reasons == ["composition_unknown: nilai"]
        assert score(rule, {"atasan": [4], "rekan": [4]}).value == 4


class TestUncountedGroups:
    """A self-rating that is told but does not count."""

    NAMES = ("atasan", "diri")
    TYPES = PLAIN | {
        "nilai": ListType(
            fields={"kelompok": label(*NAMES, ordered=False), "skor": NUMBER, "penilai": TEXT}
        )
    }

    @pytest.mark.parametrize(
        "choices",
        [
            {},
            {"missing_group": "renormalise"},
            {"missing_group": "assign_to", "assign": (("diri", "atasan"),)},
            {"missing_group": "composition", "compositions": (Weights.of({"atasan": 1}),)},
        ],
    )
    @pytest.mark.parametrize("own", [[], [1], [None]])
    def test_it_neither_counts_nor_blocks_nor_is_missed(self, choices, own):
        weights = None if "compositions" in choices else Weights.of({"atasan": 1, "diri": 0})
        rule = panel(**{"weights": weights, "groups": tuple(map(group, self.NAMES)), **choices})
        found = run(rule, self.TYPES, {"nilai": rows({"atasan": [4], "diri": own})})
        assert found.value == 4
        assert found.parts["weight.diri"] == 0
        if own == [1]:
            assert found.parts["group.diri"] == 1


class TestNumbersOfRaters:
    RULE = panel(
        groups=(
            group("atasan", maximum=1),
            group("rekan", minimum=3),
            group("bawahan", minimum=2, maximum=3),
        )
    )

    @pytest.mark.parametrize(
        ("sizes", "reasons"),
        [
            ((1, 3, 2), None),
            ((2, 3, 2), ["too_many_raters: atasan"]),
            ((1, 2, 2), ["too_few_raters: rekan"]),
            ((1, 3, 1), ["too_few_raters: bawahan"]),
            ((1, 3, 4), ["too_many_raters: bawahan"]),
            ((1, 0, 2), ["group_missing: rekan"]),
        ],
    )
    def test_too_few_or_too_many_raters_block_the_panel(self, sizes, reasons):
        found = score(self.RULE, {n: [4] * size for n, size in zip(GROUPS, sizes, strict=True)})
        if reasons is None:
            assert found.value == 4
        else:
            assert found.reasons == reasons

    def test_a_group_that_is_too_small_may_count_as_missing(self):
        small = {"atasan": [5], "rekan": [1, 1], "bawahan": [4]}
        groups = (group("atasan"), group("rekan", minimum=3), group("bawahan"))
        rule = panel(groups=groups, too_few="missing_group", missing_group="renormalise")
        found = score(rule, small)
        assert found.value == (exact("0.6") * 5 + exact("0.15") * 4) / exact("0.75")
        assert found.parts["weight.rekan"] == 0
        strict = panel(groups=groups, too_few="missing_group")
        assert score(strict, small).reasons == ["group_missing: rekan"]

    @pytest.mark.parametrize("too_few", ["incomplete", "missing_group"])
    def test_what_too_few_raters_said_is_shown_nowhere(self, too_few):
        rule = panel(
            groups=(group("atasan"), group("rekan", minimum=3), group("bawahan")),
            too_few=too_few,
            missing_group="renormalise",
            rater="penilai",
            aspect="aspek",
        )
        few = by_aspect({"atasan": [(5, 5)], "rekan": [(1, 2), (2, 1)], "bawahan": [(4, 4)]})
        parts = run(rule, BY_ASPECT, {"nilai": few}).parts
        about_them = {key: part for key, part in parts.items() if "rekan" in key}
        shown = {key for key, part in about_them.items() if not isinstance(part, Missing)}
        assert shown <= {"raters.rekan", "weight.rekan"}

    def test_raters_are_told_apart_by_name_not_by_row(self):
        rule = panel(
            groups=(group("atasan"), group("rekan", minimum=2), group("bawahan")),
            rater="penilai",
            aspect="aspek",
        )
        one = by_aspect({"atasan": [(4, 4)], "rekan": [(4, 4)], "bawahan": [(4, 4)]})
        assert run(rule, BY_ASPECT, {"nilai": one}).reasons == ["too_few_raters: rekan"]


class TestUnanswered:
    HOLES = rows({"atasan": [4], "rekan": [3, None], "bawahan": [5]})

    def test_a_rating_that_is_not_filled_in_blocks_the_panel_or_is_left_out(self):
        blocked = run(panel(), PLAIN, {"nilai": self.HOLES})
        assert blocked.reasons == ["unanswered: rekan"]
        found = run(panel(unanswered="skip"), PLAIN, {"nilai": self.HOLES})
        assert found.value == exact("0.6") * 4 + exact("0.25") * 3 + exact("0.15") * 5
        assert found.parts["raters.rekan"] == 1

    def test_it_is_named_before_the_count_that_it_lowers(self):
        rule = panel(groups=(group("atasan"), group("rekan", minimum=2), group("bawahan")))
        assert run(rule, PLAIN, {"nilai": self.HOLES}).reasons == ["unanswered: rekan"]

    def test_a_blocked_panel_used_no_weights(self):
        blocked = run(panel(), PLAIN, {"nilai": self.HOLES})
        assert all(isinstance(weight, Missing) for weight in used(blocked).values())

    def test_a_group_that_answered_nothing_is_missing(self):
        holes = rows({"atasan": [4], "rekan": [None], "bawahan": [5]})
        found = run(panel(unanswered="skip"), PLAIN, {"nilai": holes})
        assert found.reasons == ["group_missing: rekan"]


class TestAspects:
    RULE = panel(rater="penilai", aspect="aspek")

    def aspects(self, rule, by_group):
        return run(rule, BY_ASPECT, {"nilai": by_aspect(by_group)})

    def test_aspects_weigh_alike_unless_named(self):
        equal = self.aspects(self.RULE, PANEL)
        named = self.aspects(
            panel(rater="penilai", aspect="aspek", aspects=Weights.equal(ASPECTS)), PANEL
        )
        expected = exact("0.6") * 3 + exact("0.25") * 3 + exact("0.15") * 3
        assert equal.value == named.value == expected

    def test_named_weights_count(self):
        shares = Weights.of({"kompeten": "25 %", "akuntabel": "75 %"})
        found = self.aspects(panel(rater="penilai", aspect="aspek", aspects=shares), PANEL)
        rekan = exact("0.75") * 4 + exact("0.25") * 2
        assert found.parts["group.rekan"] == rekan
        assert found.parts["mean.rekan.akuntabel"] == 4

    def test_the_value_of_each_aspect_takes_the_same_weights(self):
        found = self.aspects(self.RULE, PANEL)
        expected = exact("0.6") * 4 + exact("0.25") * 4 + exact("0.15") * 2
        assert found.parts["aspect.akuntabel"] == expected
        halves = [found.parts[f"aspect.{aspect}"] for aspect in ASPECTS]
        assert found.value == sum(halves) / 2

    @pytest.mark.parametrize(
        ("missing_group", "value"),
        [("renormalise", 4), ("zero", exact("0.75") * 4), ("incomplete", None)],
    )
    def test_a_missing_group_does_to_an_aspect_what_it_does_to_the_whole(
        self, missing_group, value
    ):
        rule = panel(missing_group=missing_group, rater="penilai", aspect="aspek")
        found = self.aspects(rule, {"atasan": [(4, 4)], "bawahan": [(4, 4)]})
        if value is None:
            assert found.reasons == ["group_missing: rekan"]
            assert found.parts["aspect.kompeten"].reasons == found.value.reasons
        else:
            assert found.value == found.parts["aspect.kompeten"] == value

    def test_an_aspect_nobody_of_a_group_rated_leaves_the_panel_without_value(self):
        found = self.aspects(self.RULE, {**PANEL, "rekan": [(5, "-"), (3, "-")]})
        assert found.reasons == ["aspect_not_covered: rekan, kompeten"]

    @pytest.mark.parametrize(
        ("at_least", "answers", "covered"),
        [("1/2", 1, True), ("51 %", 1, False), ("100 %", 2, True), ("100 %", 1, False)],
    )
    def test_an_aspect_needs_answers_of_enough_raters(self, at_least, answers, covered):
        rekan = [(5, 1), (3, 3 if answers > 1 else "-")]
        for below in ("incomplete", "renormalise"):
            coverage = Coverage(at_least=exact(at_least), below=below)
            rule = panel(rater="penilai", aspect="aspek", coverage=coverage)
            found = self.aspects(rule, {**PANEL, "rekan": rekan})
            if covered:
                assert found.parts["group.rekan"] == (4 + mean([1, 3][:answers])) / 2
            elif below == "incomplete":
                assert found.reasons == ["aspect_not_covered: rekan, kompeten"]
            else:
                assert found.parts["group.rekan"] == 4
                assert isinstance(found.parts["mean.rekan.kompeten"], Missing)
                assert isinstance(found.parts["aspect.kompeten"], Missing)

    def test_weights_of_the_aspects_that_are_covered_are_divided_by_their_sum(self):
        rule = panel(
            rater="penilai",
            aspect="aspek",
            aspects=Weights.of({"akuntabel": "75 %", "kompeten": "25 %"}),
            coverage=Coverage(at_least=Fraction(1), below="renormalise"),
        )
        found = self.aspects(rule, {**PANEL, "rekan": [(5, 1), (3, "-")]})
        assert found.parts["group.rekan"] == 4

    def test_a_group_without_any_aspect_covered_has_no_value(self):
        rule = panel(
            rater="penilai",
            aspect="aspek",
            coverage=Coverage(at_least=Fraction(1), below="renormalise"),
        )
        found = self.aspects(rule, {**PANEL, "rekan": [(5, "-"), ("-", 3)]})
        assert found.reasons == ["aspect_not_covered: rekan"]


class TestRefusals:
    @pytest.mark.parametrize(
        ("choices", "issues"),
        [
            ({"over": "x"}, [("KNJ250", "over")]),
            ({"group": "skor"}, [("KNJ251", "group")]),
            ({"score": "nilai"}, [("KNJ252", "score")]),
            ({"rater": "x"}, [("KNJ252", "rater")]),
            ({"aspect": "aspek"}, [("KNJ253", "rater")]),
            ({"aspect": "skor", "rater": "penilai"}, [("KNJ251", "aspect")]),
            ({"within": "trimmed_mean"}, [("KNJ254", "within")]),
            ({"trim": Fraction(1, 10)}, [("KNJ254", "within")]),
            ({"groups": (group("atasan"), group("rekan"))}, [
                ("KNJ255", "groups"), ("KNJ207", "weights")]),
            ({"weights": Weights.of({"atasan": "60 %", "rekan": "40 %"})}, [("KNJ255", "weights")]),
            ({"weights": Weights.of({"atasan": "60 %", "rekan": "25 %", "bawahan": "10 %"})},
             [("KNJ203", "weights")]),
            ({"weights": None}, [("KNJ257", "weights")]),
            ({"aspect": "aspek", "rater": "penilai", "aspects": Weights.of({"akuntabel": 1})},
             [("KNJ256", "aspects")]),
            ({"aspect": "aspek", "rater": "penilai",
              "aspects": Weights.of({"akuntabel": "50 %", "kompeten": "40 %"})},
             [("KNJ203", "aspects")]),
            ({"missing_group": "composition"}, [("KNJ257", "compositions")]),
            ({"missing_group": "composition", "compositions": (SIKAP, SIKAP)},
             [("KNJ258", "compositions")]),
            ({"missing_group": "composition", "compositions": (
                SIKAP, Weights.of({"atasan": "50 %", "diri": "40 %"}))},
             [("KNJ203", "compositions[1]"), ("KNJ207", "compositions[1]")]),
            ({"missing_group": "assign_to"}, [("KNJ259", "missing_group")]),
            ({"assign": (("rekan", "atasan"),)}, [("KNJ259", "missing_group")]),
            ({"missing_group": "assign_to", "assign": (("diri", "atasn"),)},
             [("KNJ207", "assign_to.diri"), ("KNJ207", "assign_to.diri")]),
        ],
    )  # fmt: skip
    def test_what_does_not_fit_together_is_refused(self, choices, issues):
        assert refused(panel(**choices), BY_ASPECT) == issues

    def test_everything_is_told_at_once(self):
        rule = panel(score="x", group="y", weights=Weights.of({"atasan": "10 %"}))
        codes = [code for code, _ in refused(rule, BY_ASPECT)]
        assert codes == ["KNJ252", "KNJ251", "KNJ255", "KNJ203"]

    def test_a_panel_too_large_to_read_is_refused(self):
        groups = tuple(f"g{i}" for i in range(8))
        items = ListType(
            fields={
                "kelompok": label(*groups, ordered=False),
                "aspek": label(*(f"a{i}" for i in range(200)), ordered=False),
                "skor": NUMBER,
                "penilai": TEXT,
            }
        )
        some = [groups[:size] for size in range(1, 9)] + [groups[size:] for size in range(1, 8)]
        rule = panel(
            groups=tuple(map(group, groups)),
            aspect="aspek",
            rater="penilai",
            missing_group="composition",
            compositions=tuple(map(Weights.equal, some)),
        )
        assert refused(rule, {"nilai": items}) == [("KNJ275", "groups")]
