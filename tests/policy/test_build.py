"""Inputs, scales, steps and choices become one program."""
# ruff: noqa: E501 - a policy is easier read on one line

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from policy_texts import issues_of, policy

from kinerja.errors import PolicyError
from kinerja.policy import parse_policy
from kinerja.scorer import Scorer

CHAIN = [
    "satu: {rule: formula, title: satu, is: a + b}",
    "dua: {rule: formula, title: dua, is: satu * 2}",
    "tiga: {rule: formula, title: tiga, is: dua - satu + panjang}",
    "panjang: {rule: weighted_sum, title: p, over: butir, value: ganda}",
    "ganda: {rule: formula, title: g, for_each: butir, is: nilai * 2 + satu}",
]
LISTS = """
inputs:
  a: {type: number, title: a}
  b: {type: number, title: b}
  butir: {type: list, title: butir, fields: {nilai: {type: number}, grup: {type: label, scale: g}}}
scales: {g: {ordered: false, labels: {x: X, y: Y}}}
"""
PANEL = """
  panel:
    rule: raters
    title: panel
    over: butir
    group: grup
    score: nilai
    groups: {x: {minimum: 1}, y: {minimum: 1}}
    within: mean
    unanswered: skip
    too_few: incomplete
    missing_group: renormalise
    weights: {x: 60 %, y: 40 %}
"""
CHOICES = """
choices:
  cara:
    title: {id: cara, en: way}
    default: biasa
    options:
      biasa: {title: biasa}
      lain:
        title: lain
        steps:
          hasil: {is: a - b}
          tambahan: {rule: formula, title: t, is: a}
  bulat:
    title: pembulatan
    options:
      dua: {title: dua, steps: {hasil: {round: {digits: 2, mode: half_up}}}}
      satu: {title: satu, steps: {hasil: {round: {digits: 1, mode: half_up}}}}
"""


def with_steps(lines, publish, head=LISTS):
    body = "".join(f"  {line}\n" for line in lines)
    return policy(f"{head.lstrip()}steps:\n{body}publish: [{', '.join(publish)}]\n")


class TestOrder:
    @given(st.permutations(CHAIN))
    def test_steps_may_stand_in_any_order(self, lines):
        program = parse_policy(with_steps(lines, ["tiga"])).program
        names = [step.name for step in program.steps]
        for before, after in (("satu", "dua"), ("ganda", "panjang"), ("panjang", "tiga")):
            assert names.index(before) < names.index(after)
        record = {"a": 1, "b": 2, "butir": [{"nilai": 5}, {"nilai": 7}]}
        assert Scorer(program).score(record)["tiga"] == 3 + 2 * 12 + 2 * 3

    def test_otherwise_they_stay_as_they_are_listed(self):
        program = parse_policy(with_steps(CHAIN, ["tiga"])).program
        assert [s.name for s in program.steps] == ["satu", "dua", "ganda", "panjang", "tiga"]

    @pytest.mark.parametrize(
        ("lines", "circle"),
        [
            (["hasil: {rule: formula, title: h, is: hasil + 1}"], "hasil → hasil"),
            (
                [
                    "satu: {rule: formula, title: h, is: dua + 1}",
                    "dua: {rule: formula, title: h, is: tiga + 1}",
                    "tiga: {rule: formula, title: h, is: satu + 1}",
                    "hasil: {rule: formula, title: h, is: satu}",
                ],
                "satu → dua → tiga → satu",
            ),
            (
                [
                    "hasil: {rule: bands, title: h, of: lain, bands: [{label: x}]}",
                    "lain: {rule: condition, title: h, cases: [{when: \"hasil == 'x'\", is: a}], otherwise: b}",
                ],
                "hasil → lain → hasil",
            ),
        ],
    )
    def test_steps_that_wait_for_each_other_are_told_and_nothing_else_is(self, lines, circle):
        found = [i for i in issues_of(with_steps(lines, ["hasil"])) if i.severity == "error"]
        assert [(issue.code, issue.details["found"]) for issue in found] == [("KNJ211", circle)]

    def test_two_circles_are_two_issues(self):
        lines = [
            "satu: {rule: formula, title: h, is: dua}",
            "dua: {rule: formula, title: h, is: satu}",
            "tiga: {rule: formula, title: h, is: tiga}",
        ]
        found = issues_of(with_steps(lines, ["satu"]))
        assert [i.code for i in found if i.severity == "error"] == ["KNJ211", "KNJ211"]


class TestParts:
    def test_parts_of_a_step_are_named_and_published_like_steps(self):
        text = with_steps(
            [PANEL.strip(), "bobot: {rule: formula, title: b, is: panel.weight.y * 100}"],
            ["panel.raters.x", "bobot", "panel.group.y", "hasil"],
        ).replace("  bobot:", "  hasil: {rule: formula, title: h, is: a + b}\n  bobot:")
        text = text.replace("panel.group.y,", "").replace(
            "is: panel.weight.y * 100",
            "is: panel.weight.y * 100, round: {digits: 2, mode: half_up}",
        )
        result = Scorer(parse_policy(text).program).score(
            {"a": 1, "b": 1, "butir": [{"nilai": 4, "grup": "y"}]}
        )
        assert dict(result.values) == {"panel.raters.x": 0, "bobot": Decimal("100.00"), "hasil": 2}
        assert result["panel.group.y"] == 4

    def test_a_part_may_be_read_by_a_step_listed_before_it(self):
        text = with_steps(
            ["hasil: {rule: formula, title: h, is: panel.raters.x + a + b}", PANEL.strip()],
            ["hasil"],
        )
        assert parse_policy(text).program.step("hasil").published

    def test_a_part_that_does_not_exist_is_told(self):
        text = with_steps(
            [PANEL.strip(), "hasil: {rule: formula, title: h, is: panel.weight.z + a + b}"],
            ["hasil"],
        )
        [issue] = [i for i in issues_of(text) if i.severity == "error"]
        assert (issue.code, issue.path) == ("KNJ230", "steps.hasil")

    def test_a_step_per_item_has_parts_per_item(self):
        lines = [
            (
                "bersih: {rule: deduction, title: b, for_each: butir, of: nilai, how: sum, "
                "minus: {potong: {title: p, amount: 2}}}"
            ),
            "hasil: {rule: weighted_sum, title: h, over: butir, value: bersih + a + b}",
        ]
        program = parse_policy(with_steps(lines, ["hasil"])).program
        assert program.step("bersih.potong").over == "butir"
        record = {"a": 0, "b": 0, "butir": [{"nilai": 5}, {"nilai": 7}]}
        assert Scorer(program).score(record)["hasil"] == 8

    def test_a_rule_over_a_list_may_name_a_step_per_item_listed_after_it(self):
        text = with_steps(
            [
                PANEL.strip().replace("score: nilai", "score: ganda"),
                "ganda: {rule: formula, title: g, for_each: butir, is: nilai * 2}",
                "hasil: {rule: formula, title: h, is: panel + a + b, round: {digits: 0, mode: down}}",
            ],
            ["hasil"],
        )
        record = {"a": 0, "b": 0, "butir": [{"nilai": 4, "grup": "x"}]}
        assert Scorer(parse_policy(text).program).score(record)["hasil"] == 8


class TestNames:
    def test_a_field_hides_a_step_of_the_same_name_with_its_rounding(self):
        lines = [
            "nilai: {rule: formula, title: n, is: a + b, round: {digits: 0, mode: down}}",
            (
                "mutu: {rule: bands, title: m, for_each: butir, of: nilai, "
                "bands: [{label: x, to: 1}, {label: y, from: 2}]}"
            ),
            "hasil: {rule: formula, title: h, is: \"count(for butir if mutu == 'y') + nilai\"}",
        ]
        [issue] = [i for i in issues_of(with_steps(lines, ["hasil"])) if i.severity == "error"]
        assert (issue.code, issue.path) == ("KNJ205", "steps.mutu.bands[1]")

    def test_what_only_follows_from_a_fault_is_not_told(self):
        lines = [
            "satu: {rule: formula, title: h, is: a + zzz}",
            "dua: {rule: formula, title: h, is: satu + b}",
            "hasil: {rule: bands, title: h, of: dua.lain, bands: [{label: x}]}",
        ]
        found = [
            i
            for i in issues_of(with_steps(lines, ["hasil", "dua", "satu.x"]))
            if i.severity == "error"
        ]
        assert [(i.code, i.path) for i in found] == [("KNJ230", "steps.satu")]


class TestChoices:
    TEXT = policy(CHOICES.lstrip())

    def program(self, **variant):
        return parse_policy(self.TEXT, variant=variant).program

    def test_an_option_is_laid_over_the_steps(self):
        program = self.program(bulat="satu", cara="lain")
        assert Scorer(program).score({"a": 7, "b": 2})["hasil"] == Decimal("5.0")
        assert program.step("tambahan").title.id == "t"
        assert program.step("hasil").rounding.digits == 1

    def test_a_default_is_taken_when_none_is_named(self):
        assert Scorer(self.program(bulat="dua")).score({"a": 7, "b": 2})["hasil"] == Decimal("9.00")

    def test_what_was_chosen_stands_in_the_note(self):
        note = self.program(bulat="dua").note
        assert [(c.en, o.id) for c, o in note.choices] == [("way", "biasa"), ("pembulatan", "dua")]

    @pytest.mark.parametrize(
        ("variant", "code", "path"),
        [
            ({}, "KNJ224", "choices.bulat"),
            ({"bulat": "tiga"}, "KNJ225", "choices.bulat"),
            ({"bulat": "dua", "caraa": "lain"}, "KNJ223", "choices"),
        ],
    )
    def test_what_is_not_there_is_not_guessed(self, variant, code, path):
        [issue] = issues_of(self.TEXT, variant=variant)
        assert (issue.code, issue.path) == (code, path)

    def test_a_fault_of_an_option_is_told_where_the_option_writes_it(self):
        text = self.TEXT.replace("hasil: {is: a - b}", "hasil: {is: a -}")
        line = 1 + text[: text.index("is: a -}")].count("\n")
        column = text[: text.index("is: a -}")].rpartition("\n")[2]
        [issue] = issues_of(text, variant={"cara": "lain", "bulat": "dua"})
        assert (issue.line, issue.column) == (line, len(column) + 1)
        assert issue.path == "choices.cara.options.lain.steps.hasil.is"

    def test_a_fault_of_the_step_itself_is_told_at_the_step(self):
        text = self.TEXT.replace("is: a + b", "is: a + b, scale: s")
        [issue] = issues_of(text, variant={"bulat": "dua"})
        assert (issue.code, issue.path) == ("KNJ212", "steps.hasil.scale")

    def test_a_step_that_only_an_option_adds_is_told_there(self):
        text = self.TEXT.replace("is: a}", "is: zz}")
        [issue] = issues_of(text, variant={"cara": "lain", "bulat": "dua"})
        assert issue.path == "choices.cara.options.lain.steps.tambahan"

    def test_an_option_may_replace_a_whole_rule(self):
        text = self.TEXT.replace(
            "hasil: {is: a - b}",
            "hasil: {rule: limit, title: h, of: a + b, at_most: 5, beyond: clip}",
        )
        program = parse_policy(text, variant={"cara": "lain", "bulat": "dua"}).program
        assert program.step("hasil").kind == "limit"
        assert Scorer(program).score({"a": 7, "b": 2})["hasil"] == 5

    def test_an_option_needs_no_steps(self):
        assert self.program(bulat="dua").step("hasil").kind == "formula"


class TestInputs:
    def test_declared_types_limits_and_titles_are_kept(self):
        text = policy(
            "inputs:\n"
            "  a: {type: number, title: {id: nilai a, en: value a}, limits: {above: 0, to: 5}, digits: 1}\n"
            "  b: {type: number, title: b, required: false, unit: hari}\n"
        )
        first, second = parse_policy(text).program.inputs
        assert (str(first.type.limits), first.type.digits) == ("(0, 5]", 1)
        assert first.title.en == "value a"
        assert (first.required, second.required, second.unit.id) == (True, False, "hari")

    def test_lists_keep_fields_key_and_what_is_hidden(self):
        text = policy(
            "inputs:\n"
            "  a: {type: list, title: a, key: [x], hidden: [x], item_title: y,\n"
            "      fields: {x: {type: text, title: siapa}, y: {type: date}, z: {type: flag}}}\n"
            "  b: {type: number, title: b}\n"
            "steps: {hasil: {rule: formula, title: h, is: count(for a if z) + b}}\n"
        )
        declared = parse_policy(text).program.inputs[0]
        assert (declared.type.key, declared.hidden, declared.item_title) == (("x",), {"x"}, "y")
        assert {key: str(title) for key, title in declared.fields.items()} == {
            "x": "siapa",
            "y": "y",
            "z": "z",
        }


class TestPublishing:
    @pytest.mark.parametrize(
        ("formula", "ends"),
        [
            ("a / 4", True),
            ("a / 3", False),
            ("a * 1/3", False),
            ("a / b", False),
            ("a * 0.1 + b * 12.5%", True),
            ("where(a / b > 1, a, b)", True),
            ("where(a > 1, a / b, b)", False),
            ("min(a, b / 7)", False),
            ("round(a / b, 2, half_up) * 5", True),
        ],
    )
    def test_a_number_that_may_never_end_needs_a_rounding(self, formula, ends):
        text = policy(
            f'steps: {{hasil: {{rule: formula, title: h, is: "{formula} + 0 * (a + b)"}}}}\n'
        )
        if ends:
            parse_policy(text)
        else:
            found = [i for i in issues_of(text) if i.severity == "error"]
            assert [issue.code for issue in found] == ["KNJ206"]
        rounded = text.replace("title: h", "title: h, round: {digits: 2, mode: half_up}")
        assert parse_policy(rounded)

    @pytest.mark.parametrize(
        ("reduction", "ends"),
        [
            ("sum(nilai for butir)", True),
            ("mean(nilai for butir)", False),
            ("median(nilai for butir)", True),
            ("max(nilai for butir)", True),
            ("count(for butir)", True),
            ("sum(nilai / 3 for butir)", False),
            ("last(nilai for butir, by: nilai)", True),
        ],
    )
    def test_so_do_means_of_lists(self, reduction, ends):
        text = with_steps(
            [f'hasil: {{rule: formula, title: h, is: "{reduction} + 0 * (a + b)"}}'], ["hasil"]
        )
        if ends:
            parse_policy(text)
        else:
            with pytest.raises(PolicyError, match="KNJ206"):
                parse_policy(text)

    def test_a_field_is_not_taken_for_an_endless_step_of_the_same_name(self):
        lines = [
            "nilai: {rule: formula, title: n, is: a / b}",
            "hasil: {rule: formula, title: h, is: sum(nilai for butir)}",
            "lain: {rule: formula, title: l, is: nilai, round: {digits: 1, mode: down}}",
        ]
        assert parse_policy(with_steps(lines, ["hasil", "lain"]))

    def test_what_explanations_aim_at_is_the_first_number_and_the_first_ladder(self):
        text = policy(
            "scales: {s: {ordered: true, labels: {x: X, y: Y}}}\n"
            "steps:\n"
            "  n: {rule: formula, title: n, is: a + b}\n"
            "  hasil: {rule: bands, title: h, scale: s, of: n, bands: [{label: x, to: 1}, {label: y, above: 1}]}\n"
            "publish: [hasil, n]\n"
        )
        program = parse_policy(text).program
        assert (program.ladder, program.total) == ("hasil", "n")
