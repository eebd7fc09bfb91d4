"""A policy as plain data: everything it says, in one language, for people and programs."""

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from kinerja.asn import catalog
from kinerja.policy import parse_policy, read_policy
from kinerja.policy.describe import STATUSES, count_statuses, describe_policy, summarise_policy
from kinerja.policy.describe_rules import describe_rule
from kinerja.rules import BUILT_IN
from kinerja.words import LANGUAGES

EVERY_KIND = Path(__file__).parent.parent / "cli" / "data" / "semua-aturan.yaml"


@pytest.fixture(scope="module")
def policy():
    return read_policy(EVERY_KIND)


@pytest.fixture(scope="module")
def data(policy):
    return describe_policy(policy, "id")


def step(data, name):
    return next(each for each in data["steps"] if each["name"] == name)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_json_can_carry_it(policy, lang):
    described = describe_policy(policy, lang)
    assert json.loads(json.dumps(described)) == described


def test_the_policy_of_this_test_has_every_rule_kind(data):
    assert {each["rule"] for each in data["steps"]} == {rule.kind for rule in BUILT_IN}


def test_identity_and_dates(data):
    assert (data["id"], data["version"], data["family"]) == ("semua-aturan", "1.2.3", "contoh")
    assert data["in_force"] == {"from": "2024-01-01", "until": "2024-12-31", "whole": False}
    assert data["fingerprint"].startswith("sha256:")
    assert data["note"] == "hanya untuk pengujian"


def test_titles_come_in_the_language_asked_for(policy, data):
    english = describe_policy(policy, "en")
    assert (data["title"], english["title"]) == ("Semua jenis aturan", "Every rule kind")
    assert step(english, "nilai")["rule_title"] == "weighted mean"
    assert step(data, "nilai")["rule_title"] == "rata-rata tertimbang"


class TestInputs:
    def test_numbers_have_limits_and_digits(self, data):
        target, actual = data["inputs"][:2]
        assert target["limits"] == {"above": "0"}
        assert (target["digits"], target["unit"], target["required"]) == (2, "berkas", True)
        assert actual["limits"] == {"from": "0", "below": "1000"}

    def test_types_and_scales(self, data):
        types = {each["name"]: each["type"] for each in data["inputs"]}
        assert types["perilaku"] == "label"
        assert (types["ide_baru"], types["mulai"], types["alasan"]) == ("flag", "date", "text")
        assert data["inputs"][2]["scale"] == "predikat"

    def test_lists_have_fields(self, data):
        ratings = data["inputs"][-1]
        assert (ratings["type"], ratings["key"]) == ("list", ["penilai", "aspek"])
        hidden = {each["name"]: each["hidden"] for each in ratings["fields"]}
        assert hidden == {"penilai": True, "kelompok": False, "aspek": False, "angka": False}
        assert ratings["fields"][1]["scale"] == "kelompok"


class TestSteps:
    def test_weights_are_exact_text(self, data):
        weights = step(data, "nilai")["details"]["weights"]
        assert weights[0] == {"of": "ruas", "weight": "1/3"}

    def test_bands_have_their_ends_as_written(self, data):
        details = step(data, "predikat_hitungan")["details"]
        assert details["bands"][0] == {"label": "kurang", "from": "0", "to": "75"}
        assert details["between"] == "lower_bounds"

    def test_a_matrix_has_every_cell(self, data):
        details = step(data, "predikat_gabungan")["details"]
        assert details["keys"] == ["predikat_hitungan", "perilaku"]
        assert {"when": ["baik", "baik"], "gives": "baik"} in details["cells"]
        assert len(details["cells"]) == 4

    def test_conditions_are_words_and_no_value_is_null(self, data):
        cases = step(data, "bonus")["details"]["cases"]
        assert cases == [
            {"when": "ide baru = ya dan banyaknya butir baik > 0", "gives": "nilai akhir + 1"},
            {"when": "jumlah butir < 0", "gives": None},
        ]

    def test_fields_of_a_list_are_named_by_their_titles(self, data):
        details = step(data, "setahun")["details"]
        assert (details["value"], details["share"]) == ("nilai periode", "banyaknya bulan")
        assert step(data, "nilai_butir")["for_each"] == "periode"

    def test_a_panel_has_groups_weights_and_what_a_missing_group_does(self, data):
        details = step(data, "panel")["details"]
        assert details["groups"][0] == {"id": "atasan", "minimum": 1, "maximum": 1}
        assert details["weights"] == [
            {"of": "atasan", "weight": "0.6"},
            {"of": "rekan", "weight": "0.4"},
        ]
        assert (details["missing_group"], details["assign"]) == ("assign_to", [["rekan", "atasan"]])
        parts = [part["name"] for part in step(data, "panel")["parts"]]
        assert "panel.weight.atasan" in parts

    def test_rounding_in_words_and_figures(self, data):
        assert step(data, "nilai")["round"] == {
            "digits": 2,
            "mode": "half_up",
            "text": "ke 2 desimal, setengah ke atas",
        }

    def test_what_only_repeats_another_field_is_left_out(self, data):
        assert "zero_target_named" not in step(data, "capaian")["details"]
        assert step(data, "capaian")["details"]["cap"] == {"at": "120", "beyond": "clip"}

    def test_clauses(self, data):
        [basis] = step(data, "capaian")["basis"]
        assert (basis["title"], basis["clause"]) == ("Peraturan Contoh", "Pasal 2")
        assert (basis["status"], basis["note"]) == ("own", "catatan dasar")

    def test_labels_in_formulas_are_titles(self, policy):
        actions = step(describe_policy(policy, "en"), "tindakan")["details"]["actions"]
        assert actions[0]["when"].endswith("= Good and panel ≥ 4")

    def test_labels_of_a_step_for_each_item_are_titles(self, policy):
        described = step(describe_policy(policy, "en"), "mutu_butir")
        assert described["formula"] == "Good if nilai periode ≥ 90; otherwise Kurang"
        formula = step(describe_policy(policy, "en"), "butir_baik")["formula"]
        assert formula == "number of periode (mutu butir = Good)"

    def test_fields_of_a_plug_in_are_described_as_they_are(self):
        @dataclass(frozen=True)
        class Odd:
            shares: dict
            thing: object
            kind = "odd"

        odd = Odd(shares={1: Fraction(1, 2)}, thing=1 + 2j)
        assert describe_rule(odd, str, "id") == {"shares": {"1": "0.5"}, "thing": "(1+2j)"}

    def test_a_rule_that_is_no_dataclass_has_no_details(self):
        class Odd:
            kind = "odd"

        assert describe_rule(Odd(), str, "id") == {}


class TestChoices:
    def test_default_and_taken(self):
        other = read_policy(EVERY_KIND, variant={"pembulatan": "nol"})
        choice = describe_policy(other, "id")["choices"][-1]
        assert (choice["default"], choice["taken"]) == ("dua", "nol")
        assert choice["options"][1]["steps"] == ["nilai"]
        assert choice["options"][1]["basis"][0]["clause"] == "Pasal 9"

    def test_the_rounding_of_the_option_taken_is_described(self):
        other = read_policy(EVERY_KIND, variant={"pembulatan": "nol"})
        assert step(describe_policy(other, "id"), "nilai")["round"]["digits"] == 0


class TestStatuses:
    def test_bases_of_policy_steps_and_options_taken_count(self, policy):
        assert count_statuses(policy) == {"own": 2}
        assert count_statuses(read_policy(EVERY_KIND, variant={"pembulatan": "nol"})) == {"own": 3}

    def test_a_weaker_status_of_one_mention_counts(self):
        text = EVERY_KIND.read_text(encoding="utf-8").replace(
            "[{of: aturan, clause: Pasal 2}]", "[{of: aturan, status: unverified}]"
        )
        assert count_statuses(parse_policy(text)) == {"own": 1, "unverified": 1}

    @pytest.mark.parametrize("name", catalog.ids())
    def test_shipped_policies_name_their_sources(self, name):
        summary = summarise_policy(catalog.read(name, unnamed="assume"), "id")
        assert summary["id"] == name
        assert sum(summary["statuses"].values()) > 0
        order = [STATUSES.index(status) for status in summary["statuses"]]
        assert order == sorted(order)
