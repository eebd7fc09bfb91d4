"""What is there already, and how well it is known."""

import json

import pytest

from kinerja.asn import catalog
from kinerja.cli.console import Console
from kinerja.cli.policies import certainty, in_force
from kinerja.policy.describe import STATUSES
from kinerja.words import LANGUAGES, has_words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_shipped_policy_is_listed(kinerja, lang):
    code, out, err = kinerja("policies", "--lang", lang)
    assert (code, err) == (0, "")
    assert all(name in out for name in catalog.ids())
    assert max(map(len, out.splitlines())) <= 100


def test_json_gives_counts_of_each_status(kinerja):
    code, out, _ = kinerja("policies", "--json")
    listed = {policy["id"]: policy for policy in json.loads(out)}
    assert (code, list(listed)) == (0, list(catalog.ids()))
    quadrant = listed["kuadran-6-2022"]
    assert quadrant["statuses"] == {"primary": 2}
    assert quadrant["in_force"]["from"] in {"2022-02-07", "2022-01-01"}
    assert quadrant["in_force"]["until"] is None
    assert quadrant["title"] == "Kuadran kinerja pegawai, PermenPANRB 6/2022"


class TestWords:
    CONSOLE = Console(lang="id")

    def test_the_weakest_status_comes_first(self):
        said = certainty({"primary": 7, "practice": 3, "own": 1}, self.CONSOLE)
        assert said == (
            "pilihan sendiri (1), dari aplikasi yang dipakai (3), naskah peraturan dibaca (7)"
        )

    def test_one_status_needs_no_number(self):
        assert certainty({"secondary": 4}, self.CONSOLE) == "dikutip dari sumber lain"

    def test_no_source_is_said(self):
        assert certainty({}, self.CONSOLE) == "tidak menyebut sumber"

    def test_dates(self):
        dates = {"from": "2024-01-01", "until": "2024-12-31"}
        assert in_force(dates, self.CONSOLE) == "2024-01-01 … 2024-12-31"
        assert in_force({**dates, "until": None}, Console(lang="en")) == "since 2024-01-01"

    @pytest.mark.parametrize("status", STATUSES)
    def test_every_status_has_words(self, status):
        assert has_words(f"cli.status.{status}")


class TestPeriod:
    def test_only_policies_of_the_period_are_listed(self, kinerja):
        code, out, _ = kinerja("policies", "--period", "2018-H1")
        assert code == 0
        assert "skm-2017" in out
        assert "kuadran-6-2022" not in out

    def test_json_too(self, kinerja):
        code, out, _ = kinerja("policies", "--period", "2023", "--json")
        assert code == 0
        assert {"skm-2017", "kuadran-6-2022"} <= {policy["id"] for policy in json.loads(out)}

    @pytest.mark.parametrize("json_option", [[], ["--json"]])
    def test_a_period_without_policies_is_a_finding(self, kinerja, json_option):
        code, out, err = kinerja("policies", "--period", "1990", *json_option)
        assert (code, err) == (1, "")
        assert out.strip() in {"[]", "Tidak ada kebijakan untuk seluruh periode 1990."}

    def test_what_is_no_period_is_an_issue(self, kinerja):
        code, out, err = kinerja("policies", "--period", "2023-X")
        assert (code, out) == (1, "")
        assert "KNJ151" in err
