"""A policy laid over another: what is merged, what is told apart, and what is refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.errors import PolicyError
from kinerja.policy import read_policy
from kinerja.policy.describe import describe_policy
from kinerja.policy.extend import _accepts, _merged
from kinerja.policy.schema import policy_schema
from kinerja.policy.source import parse_yaml
from kinerja.policy.variants import check_policy
from kinerja.result import Result
from kinerja.scorer import Scorer

BASE = """schema: 1
id: dasar
version: 1.2.3
title: dasar
family: skp
in_force: {from: 2024-01-01}
note: catatan dasar
bases: {aturan: {title: Aturan, status: primary}}
inputs:
  skp: {type: number, title: SKP, limits: {from: 0, to: 120}}
  perilaku: {type: number, title: perilaku, limits: {from: 0, to: 120}}
choices:
  bulat:
    title: pembulatan
    default: dua
    options:
      dua: {title: dua}
      satu: {title: satu, steps: {nilai: {round: {digits: 1}}}}
steps:
  nilai:
    rule: weighted_mean
    title: nilai
    weights: {skp: 60 %, perilaku: 40 %}
    round: {digits: 2, mode: half_up}
    basis: [{of: aturan}]
publish: [nilai]
"""
HEAD = """schema: 1
id: turunan
version: 0.1.0
title: turunan
in_force: {from: 2025-01-01}
extends: dasar.yaml
base_version: 1.2.3
"""

OPTION_OF_ITS_OWN = """choices: {bulat: {options: {satu: {steps: {nilai: {round: {digits: 3}}}}}}}
steps: {nilai: {round: {digits: 0}}}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "dasar.yaml").write_text(BASE, encoding="utf-8")
    return tmp_path


def derived(folder, text="", *, head=HEAD, name="turunan.yaml", **more):
    path = folder / name
    path.write_text(head + text, encoding="utf-8")
    return read_policy(path, **more)


def issues(folder, text="", **more):
    with pytest.raises(PolicyError) as error:
        derived(folder, text, **more)
    return error.value.issues


class TestMerging:
    def test_nothing_changed_judges_alike_and_is_its_own_policy(self, folder):
        policy, base = derived(folder), read_policy(folder / "dasar.yaml")
        assert policy.program.note.fingerprint == base.program.note.fingerprint
        assert (policy.model.id, policy.model.version) == ("turunan", "0.1.0")
        assert policy.model.note is None
        assert policy.model.family == "skp"
        assert policy.program.note.extends == ("dasar 1.2.3",)

    def test_one_weight_of_two_is_changed_and_the_sum_is_checked(self, folder):
        [issue] = issues(folder, "steps: {nilai: {weights: {skp: 70 %}}}\n")
        assert (issue.code, issue.line) == ("KNJ203", 8)
        assert issue.file.endswith("turunan.yaml")

    def test_changed_figures_are_used(self, folder):
        policy = derived(folder, "steps: {nilai: {weights: {skp: 70 %, perilaku: 30 %}}}\n")
        result = Scorer(policy.program).score({"skp": 100, "perilaku": 90})
        assert result["nilai"] == Fraction(97)

    def test_options_of_the_base_can_be_taken_and_added_to(self, folder):
        text = (
            "choices: {bulat: {default: bulat, options: "
            "{bulat: {title: bulat, steps: {nilai: {round: {digits: 0}}}}}}}\n"
        )
        record = {"skp": "91.11", "perilaku": "92.22"}
        for option, value in (("bulat", "92"), ("satu", "91.6"), ("dua", "91.55")):
            policy = derived(folder, text, variant={"bulat": option})
            assert str(Scorer(policy.program).score(record)["nilai"]) == value

    def test_null_takes_a_part_out(self, folder):
        policy = derived(folder, "choices: {bulat: null}\n")
        assert policy.model.choices == {}
        policy = derived(folder, "choices: null\n")
        assert policy.model.choices == {}

    def test_a_step_of_another_kind_replaces_the_whole_step(self, folder):
        policy = derived(
            folder,
            "choices: null\nsteps: {nilai: {rule: formula, title: n, is: 'min(skp, perilaku)'}}\n",
        )
        assert Scorer(policy.program).score({"skp": 100, "perilaku": 90})["nilai"] == 90

    def test_a_list_is_replaced_whole(self, folder):
        text = "steps: {dua: {rule: formula, title: dua, is: nilai * 2}}\npublish: [dua]\n"
        assert derived(folder, text).program.published == ("dua",)

    tree = st.recursive(
        st.text(max_size=3) | st.booleans(),
        lambda inner: st.dictionaries(st.text("ab", max_size=1), inner, max_size=3),
    )

    @given(tree, tree)
    def test_merging_with_oneself_or_nothing_changes_nothing(self, first, second):
        assert _merged(first, first) == first
        if isinstance(first, dict):
            assert _merged(first, {}) == first
        merged = _merged(first, second)
        assert _merged(merged, second) == merged


class TestTellingApart:
    def test_own_changed_and_inherited_parts_are_named(self, folder):
        policy = derived(
            folder,
            "inputs: {skp: {title: nilai SKP}, perilaku: {title: perilaku}}\n"
            "bases: {kami: {title: Kami, status: own}}\n"
            "steps:\n  nilai: {weights: {skp: 50 %, perilaku: 50 %}, round: {digits: 2}}\n"
            "  baru: {rule: formula, title: baru, is: nilai}\npublish: [nilai, baru]\n",
        )
        origins = policy.base.origins
        assert origins["inputs", "skp"] == origins["steps", "nilai"] == "changed"
        assert origins["inputs", "perilaku"] == origins["choices", "bulat"] == "inherited"
        assert origins["bases", "kami"] == origins["steps", "baru"] == "own"
        assert policy.base.changes["steps", "nilai"] == ("weights.skp", "weights.perilaku")

    def test_the_description_says_it(self, folder):
        data = describe_policy(derived(folder, "inputs: {skp: {title: SKP kami}}\n"), "id")
        assert data["extends"] == {
            "id": "dasar",
            "version": "1.2.3",
            "accepted": "1.2.3",
            "chain": ["dasar 1.2.3"],
            "removed": [],
        }
        assert [i["origin"] for i in data["inputs"]] == ["changed", "inherited"]
        assert data["inputs"][0]["changes"] == ["title"]
        assert data["steps"][0]["origin"] == "inherited"

    def test_a_policy_that_extends_none_says_nothing_of_it(self, folder):
        data = describe_policy(read_policy(folder / "dasar.yaml"), "id")
        assert data["extends"] is None
        assert "origin" not in data["inputs"][0]

    def test_explanation_and_stored_result_name_the_base(self, folder):
        result = Scorer(derived(folder).program).score({"skp": 100, "perilaku": 90})
        assert "dasar 1.2.3" in str(result.explanation)
        assert "dasar 1.2.3" in result.explanation.to_markdown()
        stored = result.to_dict()
        assert Result.from_dict(stored).explanation.policy.extends == ("dasar 1.2.3",)
        del stored["explanation"]["policy"]["extends"]
        assert Result.from_dict(stored).explanation.policy.extends == ()

    def test_faults_of_the_base_are_told_in_its_file(self, folder):
        (folder / "dasar.yaml").write_text(BASE.replace("half_up", "ke_atas"), encoding="utf-8")
        [issue] = issues(folder)
        assert (issue.code, issue.line) == ("KNJ133", 24)
        assert issue.file.endswith("dasar.yaml")

    def test_options_are_checked_too(self, folder):
        path = folder / "turunan.yaml"
        path.write_text(
            HEAD
            + "choices: {bulat: {options: {tiga: {title: t, steps: {nilai: {round: {digits: x}}}}}}}\n"
        )
        [found] = check_policy(path).option_issues
        assert (found.choice, found.option, found.issue.line) == ("bulat", "tiga", 8)


class TestMisfits:
    """What goes wrong between a derived policy and its base is told in the derived file."""

    def found(self, folder, text, **more):
        return [(i.code, i.path, i.line) for i in issues(folder, text, **more)]

    def test_what_an_inherited_option_decides_cannot_be_changed_beside_it(self, folder):
        text = "steps: {nilai: {round: {digits: 0}, title: lain}}\n"
        [issue] = issues(folder, text)
        assert (issue.code, issue.path, issue.line) == ("KNJ166", "steps.nilai.round.digits", 8)
        assert (issue.details["choice"], issue.details["option"]) == ("bulat", "satu")

    @pytest.mark.parametrize(
        "text",
        [
            "choices: null\nsteps: {nilai: {round: {digits: 0}}}\n",
            "choices: {bulat: null}\nsteps: {nilai: {round: {digits: 0}}}\n",
            "choices: {bulat: {options: {satu: null}}}\nsteps: {nilai: {round: {digits: 0}}}\n",
            OPTION_OF_ITS_OWN,
        ],
    )
    def test_without_the_choice_or_with_its_own_option_it_can(self, folder, text):
        policy = derived(folder, text)
        assert str(Scorer(policy.program).score({"skp": 91, "perilaku": 92})["nilai"]) == "91"

    def test_what_changes_no_value_may_stand_beside_an_option(self, folder):
        assert derived(folder, "steps: {nilai: {title: nilai kami, note: catatan}}\n")

    def test_a_removed_step_that_an_option_changes(self, folder):
        assert self.found(folder, "steps: {nilai: null}\n") == [("KNJ166", "steps.nilai", 8)]

    @pytest.mark.parametrize("text", ["steps:\n", "choices:\n", "choices:\n  bulat:\n"])
    def test_an_empty_key_takes_nothing_out(self, folder, text):
        [(code, _, line)] = self.found(folder, text)
        assert (code, line) == ("KNJ167", 7 + text.count("\n"))

    def test_the_id_of_the_base_is_taken(self, folder):
        head = HEAD.replace("id: turunan", "id: dasar")
        assert self.found(folder, "", head=head) == [("KNJ168", "id", 2)]

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("steps: {nilia: {title: x}}\n", "KNJ169"),
            ("inputs: {skpp: {title: x}}\n", "KNJ169"),
            ("choices: {bulatt: {default: satu}}\n", "KNJ169"),
            ("steps: {nilia: null}\n", "KNJ170"),
            ("bases: {xyz: null}\n", "KNJ170"),
        ],
    )
    def test_a_mistyped_name_is_no_new_part(self, folder, text, code):
        [(found, _, line)] = self.found(folder, text)
        assert (found, line) == (code, 8)

    def test_a_removed_name_that_is_still_used(self, folder):
        text = "inputs: {perilaku: null}\n"
        [issue] = issues(folder, text)
        assert (issue.code, issue.path, issue.line) == ("KNJ172", "inputs.perilaku", 8)
        assert issue.details["user"] == "steps.nilai"

    def test_faults_that_only_the_derived_policy_has_are_told_in_its_file(self, folder):
        for text in ("publish: [nila]\n", "bases: {aturan: {status: primer}}\n"):
            for issue in issues(folder, text):
                assert issue.file.endswith("turunan.yaml")

    def test_steps_of_the_base_that_are_not_used_any_more_are_no_matter(self, folder):
        text = "steps: {lain: {rule: formula, title: l, is: skp}}\npublish: [lain]\n"
        assert derived(folder, text).warnings == ()

    def test_what_is_taken_out_is_named(self, folder):
        policy = derived(folder, "choices: {bulat: null}\nsteps: {nilai: {basis: null}}\n")
        assert policy.base.removed == ("choices.bulat", "steps.nilai.basis")

    def test_what_comes_out_of_the_base_may_be_removed_with_all_that_uses_it(self, folder):
        text = (
            "inputs: {perilaku: null}\nchoices: null\n"
            "steps: {nilai: {rule: formula, title: n, is: skp}}\n"
        )
        assert derived(folder, text).base.removed == ("inputs.perilaku", "choices")


class TestVersions:
    @pytest.mark.parametrize(
        ("accepted", "version", "fits"),
        [
            ("1.2.3", "1.2.3", True),
            ("1.2.3", "1.2.4", False),
            (">=1.0.0, <2.0.0", "1.10.0", True),
            (">=1.0.0, <2.0.0", "2.0.0", False),
            (">=1.9.0", "1.10.0", True),
            (">1.2.3", "1.2.3", False),
            ("<=1.2.3", "1.2.3", True),
        ],
    )
    def test_ranges(self, accepted, version, fits):
        assert _accepts(accepted, version) is fits

    def test_a_base_of_another_version_is_refused_until_it_is_accepted(self, folder):
        (folder / "dasar.yaml").write_text(BASE.replace("1.2.3", "1.3.0"), encoding="utf-8")
        [issue] = issues(folder)
        assert (issue.code, issue.line) == ("KNJ163", 7)
        assert issue.details["found"] == '"1.3.0"'
        assert derived(folder, head=HEAD.replace("1.2.3", '">=1.2.3, <2.0.0"'))

    @pytest.mark.parametrize(
        ("head", "code"),
        [
            (HEAD.replace("base_version: 1.2.3\n", ""), "KNJ161"),
            (HEAD.replace("1.2.3", "1.x"), "KNJ162"),
            (HEAD.replace("1.2.3", "'>=1.0.0 <2.0.0'"), "KNJ162"),
            (HEAD.replace("1.2.3", "[1.2.3]"), "KNJ162"),
            (HEAD.replace("extends: dasar.yaml\n", ""), "KNJ165"),
            (HEAD.replace("dasar.yaml", "[dasar]"), "KNJ134"),
            (HEAD.replace("dasar.yaml", "dasar"), "KNJ160"),
            (HEAD.replace("dasar.yaml", "tidak-ada.yaml"), "KNJ171"),
            (HEAD.replace("dasar.yaml", "turunan.yaml"), "KNJ164"),
        ],
    )
    def test_what_cannot_be_extended_is_refused(self, folder, head, code):
        [issue] = issues(folder, head=head)
        assert issue.code == code
        assert issue.file is not None


class TestChains:
    def test_a_base_may_extend_another(self, folder):
        derived(folder, "inputs: {skp: {title: satu}}\n")
        head = HEAD.replace("dasar.yaml", "turunan.yaml").replace("1.2.3", "0.1.0")
        policy = derived(
            folder,
            "inputs: {perilaku: {title: dua}}\n",
            head=head.replace("id: turunan", "id: cucu"),
            name="cucu.yaml",
        )
        assert policy.program.note.extends == ("turunan 0.1.0", "dasar 1.2.3")
        assert [i.title.id for i in policy.program.inputs] == ["satu", "dua"]

    def test_circles_and_long_chains_are_refused(self, folder):
        for place in range(8):
            head = HEAD.replace("dasar.yaml", f"p{(place + 1) % 8}.yaml")
            (folder / f"p{place}.yaml").write_text(head.replace("1.2.3", "0.1.0"))
        with pytest.raises(PolicyError) as error:
            read_policy(folder / "p0.yaml")
        assert [issue.code for issue in error.value.issues] == ["KNJ164"]


def test_the_schema_takes_what_is_laid_over_a_base():
    jsonschema = pytest.importorskip("jsonschema")
    check = jsonschema.Draft202012Validator(policy_schema())
    head = parse_yaml(HEAD).tree | {"in_force": {"from": "2025-01-01"}}
    assert not list(
        check.iter_errors(head | {"inputs": {"skp": {"title": "SKP"}}, "choices": None})
    )
    assert list(check.iter_errors({k: part for k, part in head.items() if k != "base_version"}))
    assert list(check.iter_errors({k: part for k, part in head.items() if k != "extends"}))
