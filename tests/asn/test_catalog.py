"""Shipped policies are found by id, others by path, and nothing is guessed."""

from pathlib import Path

import pytest

import kinerja
from kinerja.asn import catalog
from kinerja.errors import PolicyError
from kinerja.policy.variants import check_policy

MINE = """schema: 1
id: punyaku
version: 1.0.0
title: punyaku
in_force: {from: 2024-01-01}
bases: {}
inputs: {a: {type: number, title: a}}
steps: {b: {rule: formula, title: b, is: a * 2}}
publish: [b]
"""


def refused(policy):
    with pytest.raises(PolicyError) as error:
        catalog.load(policy)
    [issue] = error.value.issues
    return issue


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "punyaku.yaml"
    path.write_text(MINE, encoding="utf-8")
    return path


class TestShipped:
    def test_the_catalogue_lists_policies_and_not_their_examples(self):
        assert {"kuadran-6-2022", "sikap-360", "skm-2017"} <= set(catalog.ids())
        assert list(catalog.ids()) == sorted(catalog.ids())
        assert not [name for name in catalog.ids() if "contoh" in name]

    @pytest.mark.parametrize("name", catalog.ids())
    def test_every_policy_is_the_one_it_is_called_and_has_examples(self, name):
        policy = catalog.read(name, unnamed="assume")
        assert policy.model.id == name
        assert catalog.examples_paths(name)
        assert catalog.load(name, variant=policy.variant).program == policy.program

    @pytest.mark.parametrize("name", catalog.ids())
    def test_no_option_of_a_shipped_policy_is_wrong(self, name):
        checked = check_policy(catalog.path_of(name))
        assert checked.issues == ()
        assert {found.issue.severity for found in checked.option_issues} <= {"warning"}

    def test_all_of_them_can_be_read_in_turn(self):
        assert [policy.model.id for policy in catalog.policies()] == list(catalog.ids())

    def test_a_variant_is_taken(self):
        plain = catalog.load("sikap-360")
        whole = catalog.load("sikap-360", variant={"pembulatan": "bulat"})
        assert plain.program.step("skor").rounding.digits == 2
        assert whole.program.step("skor").rounding.digits == 0
        assert plain.program.note.fingerprint != whole.program.note.fingerprint

    def test_the_package_offers_both(self):
        assert kinerja.load is catalog.load
        assert kinerja.catalog is catalog


class TestPaths:
    def test_a_path_is_read_as_text_or_as_a_path(self, mine):
        for policy in (mine, str(mine)):
            assert catalog.path_of(policy) == mine
            assert catalog.load(policy).score({"a": 21})["b"] == 42

    def test_a_file_without_a_suffix_is_a_file(self, mine, monkeypatch):
        monkeypatch.chdir(mine.parent)
        mine.rename("skm-2017")
        assert catalog.path_of("skm-2017") == Path("skm-2017")
        assert catalog.load("skm-2017").program.note.id == "punyaku"

    def test_a_folder_of_the_same_name_hides_no_policy(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "skm-2017").mkdir()
        assert catalog.path_of("skm-2017").is_file()

    def test_a_file_that_is_not_there_is_told(self, tmp_path):
        for policy in (tmp_path / "x.yaml", str(tmp_path / "x.yml"), tmp_path):
            issue = refused(policy)
            assert (issue.code, issue.file) == ("KNJ101", str(policy))

    @pytest.mark.parametrize(
        ("policy", "nearest"), [("skm-2018", '"skm-2017"'), ("SKM-2017", '"skm-2017"')]
    )
    def test_an_unknown_id_is_told_with_the_nearest(self, policy, nearest):
        issue = refused(policy)
        assert (issue.code, issue.details["nearest"]) == ("KNJ100", nearest)

    @pytest.mark.parametrize("policy", ["", "x", MINE, "a" * 10_000, "a\0b", "../", "~"])
    def test_any_other_text_is_told_with_all_of_them(self, policy):
        issue = refused(policy)
        assert issue.code == "KNJ100"
        assert issue.details["nearest"] == issue.details["expected"]
        assert issue.details["expected"].split(", ")[:20] == list(catalog.ids())[:20]


class TestExamples:
    def test_they_lie_beside_the_policy_under_its_name(self, mine):
        assert catalog.examples_paths(mine) == ()
        common = mine.with_name("contoh.yaml")
        common.write_text("")
        assert catalog.examples_paths(mine) == (common,)
        own = mine.with_name("punyaku.contoh.yaml")
        own.write_text("")
        assert catalog.examples_paths(mine) == (own,)

    def test_every_form_of_one_name_is_found(self, mine):
        files = [mine.with_name(f"contoh{suffix}") for suffix in (".yaml", ".csv", ".xlsx")]
        for file in files:
            file.write_text("")
        mine.with_name("contoh.tsv").write_text("")
        assert catalog.examples_paths(mine) == tuple(files)
        own = mine.with_name("punyaku.contoh.csv")
        own.write_text("")
        assert catalog.examples_paths(mine) == (own,)

    def test_examples_are_not_their_own_examples(self, mine):
        common = mine.with_name("contoh.yaml")
        common.write_text("")
        assert catalog.examples_paths(common) == ()

    @pytest.mark.parametrize("path", [Path(), Path("/"), Path("..")])
    def test_no_file_has_none(self, path, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        assert catalog.examples_paths(path) == ()
