"""The registry is immutable, refuses clashes, and loads plug-ins only by name."""

from dataclasses import dataclass, fields
from typing import ClassVar

import pytest

from kinerja.errors import PolicyError
from kinerja.formula import nodes as n
from kinerja.formula.rule import Rule
from kinerja.registry import GROUP, Registry, built_in
from kinerja.rules import BUILT_IN, FormulaRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Twice:
    kind: ClassVar[str] = "twice"

    value: n.Node

    def formula(self, known):
        return self.value * 2


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherFormula:
    kind: ClassVar[str] = "formula"

    value: n.Node

    def formula(self, known):
        return self.value


class NoDataclass:
    kind = "no_dataclass"

    def formula(self, known):
        raise NotImplementedError


@dataclass(frozen=True)
class NoFormula:
    kind: ClassVar[str] = "no_formula"


@dataclass(frozen=True)
class NoKind:
    def formula(self, known):
        raise NotImplementedError


@dataclass(frozen=True)
class EmptyKind(NoKind):
    kind: ClassVar[str] = ""


def codes(error):
    return [(issue.code, issue.path) for issue in error.value.issues]


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Give a function that installs a package offering a plug-in, the way pip leaves it."""

    def installed(package, name, code, *, version="1.0"):
        folder = tmp_path / f"{package}-{version}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n"
        )
        (folder / "entry_points.txt").write_text(f"[{GROUP}]\n{name} = {package}:RULES\n")
        (tmp_path / f"{package}.py").write_text(code)
        monkeypatch.syspath_prepend(str(tmp_path))

    return installed


RULE = """
from dataclasses import dataclass, fields
from typing import ClassVar
from kinerja.formula import nodes as n

@dataclass(frozen=True, slots=True, kw_only=True)
class Aturan:
    kind: ClassVar[str] = "{kind}"
    value: n.Node
    def formula(self, known):
        return self.value

RULES = (Aturan,)
"""


class TestTable:
    def test_every_built_in_rule_kind_is_there_under_its_name(self):
        rules = built_in().rules
        assert {kind: entry.rule for kind, entry in rules.items()} == {r.kind: r for r in BUILT_IN}
        assert all(entry.plugin is None for entry in rules.values())

    @pytest.mark.parametrize("rule", BUILT_IN)
    def test_every_built_in_rule_kind_is_a_frozen_value(self, rule):
        assert rule.__dataclass_params__.frozen
        assert all(field.kw_only for field in fields(rule))
        assert "__slots__" in vars(rule)

    def test_a_rule_is_known_by_its_kind_and_its_formula(self):
        assert isinstance(Twice(value=n.Ref("a")), Rule)
        assert not isinstance(NoFormula(), Rule)

    def test_adding_gives_another_registry(self):
        first = built_in()
        second = first.with_rules([Twice], plugin="contoh")
        assert "twice" not in first.rules
        assert second.rules["twice"].plugin == "contoh"
        with pytest.raises(TypeError):
            second.rules["thrice"] = second.rules["twice"]

    def test_two_registries_do_not_share_a_table(self):
        assert Registry().with_rules([Twice]).rules.keys() == {"twice"}
        assert Registry().rules == {}

    def test_a_name_that_is_taken_is_refused(self):
        with pytest.raises(PolicyError) as error:
            built_in().with_rules([OtherFormula], plugin="lain (lain 1.0)")
        assert codes(error) == [("KNJ121", "plugins")]
        details = error.value.issues[0].details
        assert (details["first"], details["plugin"]) == ("kinerja", "lain (lain 1.0)")

    def test_the_same_name_twice_in_one_package_is_refused(self):
        with pytest.raises(PolicyError) as error:
            Registry().with_rules([Twice, Twice], plugin="contoh")
        assert codes(error) == [("KNJ121", "plugins")]

    @pytest.mark.parametrize(
        "rule", [NoDataclass, NoFormula, NoKind, EmptyKind, Twice(value=n.Ref("a")), 3, "formula"]
    )
    def test_what_is_no_rule_kind_is_refused(self, rule):
        with pytest.raises(PolicyError) as error:
            built_in().with_rules([rule], plugin="lain")
        assert codes(error) == [("KNJ122", "plugins")]

    def test_every_fault_is_told_at_once(self):
        with pytest.raises(PolicyError) as error:
            built_in().with_rules([NoKind, OtherFormula, Twice, FormulaRule], plugin="lain")
        assert [issue.code for issue in error.value.issues] == ["KNJ122", "KNJ121", "KNJ121"]


class TestPlugins:
    def test_an_installed_package_is_loaded_by_the_name_it_declares(self, install):
        install("aturan_satu", "satu", RULE.format(kind="satu_kind"))
        registry = built_in().with_plugins(["satu"])
        assert registry.rules["satu_kind"].plugin == "satu (aturan_satu 1.0)"

    def test_no_package_is_loaded_that_nobody_asked_for(self, install):
        install("aturan_dua", "dua", "raise AssertionError")
        assert built_in().with_plugins([]).rules.keys() == built_in().rules.keys()

    def test_a_package_that_is_not_installed_is_refused_with_those_that_are(self, install):
        install("aturan_tiga", "tiga", RULE.format(kind="tiga_kind"))
        with pytest.raises(PolicyError) as error:
            built_in().with_plugins(["tigaa"])
        assert codes(error) == [("KNJ120", "plugins[0]")]
        assert "tiga" in error.value.issues[0].details["expected"].split(", ")

    @pytest.mark.parametrize(
        ("code", "said"),
        [
            ("raise RuntimeError('rusak')", "RuntimeError: rusak"),
            ("import sys; sys.exit(3)", "SystemExit: 3"),
            ("import no_such_package_at_all", "ModuleNotFoundError"),
            ("RULES = 5", "TypeError"),
            ("", "AttributeError"),
            ("def (", "SyntaxError"),
        ],
    )
    def test_a_package_that_cannot_be_loaded_is_an_issue(self, install, code, said):
        package = f"aturan_{abs(hash(code))}"
        install(package, "rusak", code)
        with pytest.raises(PolicyError) as error:
            built_in().with_plugins(["rusak"])
        assert codes(error) == [("KNJ123", "plugins[0]")]
        assert said in error.value.issues[0].details["error"]

    def test_a_package_cannot_take_the_name_of_a_built_in_kind(self, install):
        install("aturan_perebut", "perebut", RULE.format(kind="weighted_mean"))
        with pytest.raises(PolicyError) as error:
            built_in().with_plugins(["perebut"])
        assert codes(error) == [("KNJ121", "plugins[0]")]
        details = error.value.issues[0].details
        assert details["plugin"] == "perebut (aturan_perebut 1.0)"
        assert details["first"] == "kinerja"

    def test_two_packages_with_one_kind_clash(self, install):
        install("aturan_a", "a", RULE.format(kind="sama"))
        install("aturan_b", "b", RULE.format(kind="sama"))
        with pytest.raises(PolicyError) as error:
            built_in().with_plugins(["a", "b"])
        assert codes(error) == [("KNJ121", "plugins[1]")]
        assert error.value.issues[0].details["first"] == "a (aturan_a 1.0)"

    def test_two_packages_under_one_name_are_not_chosen_between(self, install):
        install("aturan_c", "kembar", RULE.format(kind="kembar_c"))
        install("aturan_d", "kembar", RULE.format(kind="kembar_d"))
        with pytest.raises(PolicyError) as error:
            built_in().with_plugins(["kembar"])
        assert codes(error) == [("KNJ135", "plugins[0]")]
        expected = error.value.issues[0].details["expected"]
        assert expected == "kembar (aturan_c 1.0), kembar (aturan_d 1.0)"

    def test_a_name_that_stands_twice_is_told(self, install):
        install("aturan_e", "e", RULE.format(kind="kind_e"))
        with pytest.raises(PolicyError) as error:
            built_in().with_plugins(["e", "e"])
        assert codes(error) == [("KNJ136", "plugins[1]")]

    def test_every_fault_is_told_at_once(self, install):
        install("aturan_f", "f", "raise ValueError")
        with pytest.raises(PolicyError) as error:
            built_in().with_plugins(["zzz", "f", "f"])
        assert codes(error) == [
            ("KNJ120", "plugins[0]"),
            ("KNJ123", "plugins[1]"),
            ("KNJ136", "plugins[2]"),
        ]
