"""A decision in place of a computed label keeps who, why and what it replaced."""

import json
from datetime import date

import pytest

from kinerja.asn import load
from kinerja.cohort import (
    AppealCase,
    decide_appeal,
    override_changes,
    overrides_of,
    unit_overrides,
)
from kinerja.errors import InputError
from kinerja.result import Result

CHOICES = {"ambang_sebagian_besar": "0.6", "ambang_sebagian_kecil": "0.3"}
SCORER = load("permenpanrb-6-2022", variant=CHOICES)
RECORD = {
    "id": "p1",
    "rating_hasil_ditetapkan": "sesuai_ekspektasi",
    "uraian_perilaku": "penjaga_penerapan",
}
DECISION = {
    "keputusan_rating": "di_atas_ekspektasi",
    "alasan_keputusan": "hasil lintas unit",
    "jabatan_keputusan": "Kepala Biro",
}
CASE = AppealCase(
    id="p1",
    office="Sekretaris Daerah",
    grounds="hasil lintas unit belum dihitung",
    filed=date(2025, 1, 10),
    decided=date(2025, 1, 16),
)


def read_back(result):
    return Result.from_dict(json.loads(json.dumps(result.to_dict())))


class TestApplied:
    @pytest.mark.parametrize("form", [lambda result: result, read_back], ids=["fresh", "stored"])
    def test_it_tells_who_why_and_what_was_replaced(self, form):
        result = form(SCORER.score({**RECORD, **DECISION}))
        (found,) = overrides_of(result, program=SCORER.program)
        assert (found.id, found.step) == ("p1", "rating_hasil_kerja")
        assert (found.who, found.why) == ("Kepala Biro", "hasil lintas unit")
        assert (found.replaced, found.gave) == ("sesuai_ekspektasi", "di_atas_ekspektasi")
        assert found.replaced_title.id == "sesuai ekspektasi"
        assert found.is_explained
        assert found.is_other

    def test_there_is_none_where_nobody_decided(self):
        assert overrides_of(SCORER.score(RECORD), program=SCORER.program) == ()

    def test_a_decision_without_reason_gives_nothing(self):
        result = SCORER.score({**RECORD, **DECISION, "alasan_keputusan": None})
        (found,) = overrides_of(result, program=SCORER.program)
        assert not found.is_explained
        assert (found.replaced, found.gave, found.why) == ("sesuai_ekspektasi", None, None)

    def test_a_decision_may_agree_with_what_was_computed(self):
        decision = {**DECISION, "keputusan_rating": "sesuai_ekspektasi"}
        (found,) = overrides_of(SCORER.score({**RECORD, **decision}), program=SCORER.program)
        assert not found.is_other

    def test_a_unit_is_listed_in_its_order(self):
        results = [
            SCORER.score({**RECORD, **DECISION, "id": "p2"}),
            SCORER.score(RECORD),
            SCORER.score({**RECORD, **DECISION, "id": "p1"}),
        ]
        found = unit_overrides(results, program=SCORER.program)
        assert [one.id for one in found] == ["p2", "p1"]

    def test_a_result_of_another_policy_is_refused(self):
        other = load("kuadran-6-2022").score({"id": "p1"})
        with pytest.raises(InputError, match="KNJ850"):
            overrides_of(other, program=SCORER.program)


class TestByAppeal:
    def test_the_new_result_keeps_who_why_and_what_was_replaced(self):
        changes = override_changes(
            SCORER.program,
            decision="di_atas_ekspektasi",
            office=CASE.office,
            grounds=CASE.grounds,
        )
        appeal = decide_appeal(SCORER, SCORER.score(RECORD), changes=changes, case=CASE)
        assert (appeal.contested["predikat"], appeal.decided["predikat"]) == ("baik", "sangat_baik")
        (found,) = overrides_of(appeal.decided, program=SCORER.program)
        assert (found.who, found.why) == (CASE.office, CASE.grounds)
        assert found.replaced == "sesuai_ekspektasi"
        told = appeal.decided.explanation.to_text("id")
        assert "jabatan yang memutuskan = Sekretaris Daerah" in told
        assert "alasan keputusan = hasil lintas unit belum dihitung" in told
        replaced = "hasil hitungan rating hasil kerja sebelum keputusan = sesuai ekspektasi"
        assert replaced in told

    def test_everything_that_is_wrong_is_told_at_once(self):
        with pytest.raises(InputError) as error:
            override_changes(
                SCORER.program, decision="x", office="", grounds=" ", step="rating_hasil"
            )
        issues = error.value.issues
        assert [(i.code, i.path) for i in issues] == [
            ("KNJ852", "office"),
            ("KNJ852", "grounds"),
            ("KNJ858", "step"),
        ]
        assert issues[-1].details["nearest"] == '"rating_hasil_kerja"'

    def test_a_policy_without_override_has_nothing_to_fill_in(self):
        program = load("kuadran-6-2022").program
        with pytest.raises(InputError, match="KNJ858"):
            override_changes(program, decision="baik", office="Kepala", grounds="alasan")
