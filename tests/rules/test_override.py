"""A reasoned decision replaces a computed label, which stays in sight."""

import pytest
from rule_runs import TEXT, label, ref, run

from kinerja.rules import Override
from kinerja.values import Missing
from kinerja.words import Text

PREDIKAT = label("kurang", "baik", "sangat_baik")
TYPES = {"hitung": PREDIKAT, "keputusan": PREDIKAT, "alasan": TEXT, "pejabat": TEXT}
RULE = Override(of=ref("hitung"), by=ref("keputusan"), reason=ref("alasan"), who=ref("pejabat"))
SIGNED = {"alasan": "ide baru dipakai seluruh unit", "pejabat": "Kepala Bidang"}


def over(**record):
    return run(RULE, TYPES, record, titles={"hitung": Text("predikat hitungan", "computed")})


def test_without_a_decision_the_computed_label_stands():
    for more in ({}, SIGNED):
        found = over(hitung="baik", **more)
        assert (found.value, found.parts) == ("baik", {"computed": "baik"})


def test_a_reasoned_decision_replaces_the_label_and_keeps_what_it_replaced():
    found = over(hitung="baik", keputusan="sangat_baik", **SIGNED)
    assert (found.value, found.parts) == ("sangat_baik", {"computed": "baik"})


@pytest.mark.parametrize("lacking", ["alasan", "pejabat"])
def test_a_decision_without_reason_or_office_is_no_decision(lacking):
    more = {key: text for key, text in SIGNED.items() if key != lacking}
    found = over(hitung="baik", keputusan="sangat_baik", **more)
    assert found.reasons == ["override_without_reason"]
    assert found.parts == {"computed": "baik"}


def test_a_decision_stands_where_nothing_could_be_computed():
    found = over(keputusan="kurang", **SIGNED)
    assert found.value == "kurang"
    assert isinstance(found.parts["computed"], Missing)


def test_nothing_computed_and_nothing_decided_is_missing():
    assert over().reasons == ["input_missing: hitung"]
