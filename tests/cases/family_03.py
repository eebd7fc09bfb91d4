"""Cases of family `03-permenpanrb-8-2021`: PermenPANRB 8/2021 and the split year 2021.

Each runner takes the inputs of a case and gives what the shipped policy says, in the terms of the case.
A case that starts inside the computation, such as a score without its plan, is answered by the formulas
of the steps that follow. Values are those before the rounding that is only for show.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, cast

from running import NotRunError, Runners, load

from kinerja.errors import InputError
from kinerja.formula.evaluate import Item, Scope, Value, evaluate
from kinerja.formula.nodes import Round
from kinerja.formula.types import LabelType
from kinerja.scorer import Scorer
from kinerja.scorer.read import read_record
from kinerja.scorer.run import run_steps
from kinerja.values import Missing, Scale

JPT = "permenpanrb-8-2021-jpt"
JA_JF = "permenpanrb-8-2021-ja-jf"
KONVERSI = "konversi-2021"

PEMBULATAN = {"half_up": "setengah_ke_atas", "floor": "ke_bawah", None: "tanpa"}
KOMBINASI = {"rules_1_5": "aturan_1_5", "points": "poin"}
TITIK_ALIH = {"gt": "lebih_dari", "ge": "mulai_dari"}
SINGKATAN = {"SB": "Sangat Baik", "B": "Baik", "C": "Cukup", "K": "Kurang", "SK": "Sangat Kurang"}
ASPEK = ("kuantitas", "kualitas", "waktu")
#: Named in the rule of the case, not in its inputs; a figure that the policy leaves to its user.
BOBOT_SKP_APP = "80 %"


def _option(named: Mapping[Any, str], value: object, name: str) -> str:
    if value not in named:
        raise NotRunError(f"the shipped policies have no {name} {value!r}")
    return named[value]


def _ja_jf(**variant: str) -> Scorer:
    """Load the JA/JF policy; choices that a case does not touch stand as in skp_app."""
    chosen = {
        "bobot_tidak_langsung": BOBOT_SKP_APP,
        "kombinasi": "aturan_1_5",
        "pembulatan_capaian": "ke_bawah",
    }
    return load(JA_JF, *sorted({**chosen, **variant}.items()))


def _scale(scorer: Scorer, step: str) -> Scale:
    return cast("LabelType", scorer.program.step(step).type).scale


def _title(scorer: Scorer, step: str, label: Value) -> str | None:
    return None if isinstance(label, Missing) else _scale(scorer, step).title(str(label)).id


def _label(scale: Scale, text: str | None) -> Value:
    """Give the id of a label by its id, its title or its abbreviation."""
    if text is None:
        return Missing.because("input_missing")
    wanted = SINGKATAN.get(text, text)
    for label in scale.labels:
        if wanted in (label.id, label.title.id):
            return label.id
    raise NotRunError(f"the policy has no label {text!r}")


def _given(value: object) -> Value:
    """Read a number of a case."""
    return Missing.because("input_missing") if value is None else Fraction(cast("Any", value))


def _told(value: object) -> Any:
    """Give a value as the cases write it."""
    return None if isinstance(value, Missing) else value


def _scored(scorer: Scorer, record: Mapping[str, object]) -> Scope:
    reading, issues, _ = read_record(record, scorer.program.inputs)
    if issues:
        raise InputError(issues)
    return run_steps(scorer.program, reading)


def _followed(scorer: Scorer, name: str, item: Mapping[str, Value]) -> Item:
    """Compute what follows from some fields of an item; steps that read others are passed over."""
    known = dict(item)
    figures: dict[str, Any] = {}
    for step in scorer.program.steps:
        if step.over not in (None, name) or step.name in known:
            continue
        found = figures if step.over is None else known
        try:
            found[step.name] = evaluate(step.node, figures, known)
        except KeyError:
            continue
    return known


def _of_step(scorer: Scorer, name: str, scope: Scope) -> Value:
    """Give the value of a step, before its rounding."""
    node = scorer.program.step(name).node
    return evaluate(node.value if isinstance(node, Round) else node, scope)


def _iki(inputs: Mapping[str, Any], *, kondisi: str = "normal", rounding: str) -> dict[str, Any]:
    """Score one indicator; a capaian without target is a realisasi against 100.

    Only the special condition can go below zero, so a capaian there is what lies as far beyond 200.
    """
    target = 100 if "capaian_persen" in inputs else inputs.get("target")
    actual = inputs.get("capaian_persen", inputs.get("realisasi"))
    if "capaian_persen" in inputs and actual is not None and actual < 0:
        kondisi, actual = "khusus", 200 - actual
    item = {
        "nama": "iki",
        "jenis": "utama",
        "kondisi": kondisi,
        "target_bawah": inputs.get("target_min", target),
        "target_atas": inputs.get("target_max", target),
        "target_maksimal": inputs.get("target_maksimal", False),
        "realisasi": actual,
        "bobot": 100,
    }
    scorer = load(JPT, ("pembulatan_capaian", rounding))
    try:
        (found,) = cast("list[Item]", _scored(scorer, {"iki": [item]})["iki"])
    except InputError:
        return {"capaian_persen": None, "kategori": None, "nilai": None}
    return {
        "capaian_persen": _told(found["capaian_dinilai"]),
        "kategori": _title(scorer, "kategori_iki", found["kategori_iki"]),
        "nilai": _told(found["nilai_iki"]),
    }


def capaian_normal(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return _iki(inputs, rounding="tanpa")


def capaian_khusus(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return _iki(inputs, kondisi="khusus", rounding="tanpa")


def nilai_iki_jpt(inputs: Mapping[str, Any]) -> dict[str, Any]:
    rounding = _option(PEMBULATAN, inputs.get("pembulatan"), "rounding")
    return _iki(inputs, kondisi=inputs.get("kondisi", "normal"), rounding=rounding)


def kategori_ja_jf(inputs: Mapping[str, Any]) -> dict[str, Any]:
    given = inputs["kategori_aspek"]
    if len(given) != len(ASPEK):
        raise NotRunError(f"the policy joins three aspects, the case has {len(given)}")
    named = inputs.get("variant")
    options = KOMBINASI.values() if named is None else [_option(KOMBINASI, named, "combination")]
    results = [_combined(given, option) for option in options]
    if any(result != results[0] for result in results):
        raise NotRunError("the combinations differ here, and the case names none")
    return results[0]


def _combined(given: list[str | None], kombinasi: str) -> dict[str, Any]:
    scorer = _ja_jf(kombinasi=kombinasi)
    scale = _scale(scorer, "kategori_kuantitas")
    labels = {f"kategori_{a}": _label(scale, text) for a, text in zip(ASPEK, given, strict=True)}
    found = _followed(scorer, "rencana", labels)
    return {
        "kategori": _title(scorer, "kategori_rencana", found["kategori_rencana"]),
        "nilai": _told(found["nilai_rencana"]),
    }


def cascading(inputs: Mapping[str, Any]) -> dict[str, Any]:
    scorer = _ja_jf(pembulatan_cascading="potong")
    plans = next(i for i in scorer.program.inputs if i.name == "rencana")
    scale = cast("Any", plans.type).fields["cascading"].scale
    item = {
        "jenis": "utama",
        "cascading": _label(scale, inputs["cascading"]),
        "nilai_rencana": _given(inputs["nilai"]),
    }
    return {"nilai_tertimbang": _told(_followed(scorer, "rencana", item)["nilai_cascading"])}


def tambahan(inputs: Mapping[str, Any]) -> dict[str, Any]:
    scorer = _ja_jf()
    scale = _scale(scorer, "kategori_rencana")
    items = []
    for activity in inputs["kegiatan"]:
        item: dict[str, Value] = {
            "jenis": "tambahan",
            "kategori_rencana": _label(scale, activity.get("kategori")),
            "bobot_lingkup": _given(activity.get("bobot_lingkup")),
        }
        if "nilai" in activity:
            item["nilai_rencana"] = _given(activity["nilai"])
        items.append(_followed(scorer, "rencana", item))
    scope: dict[str, Any] = {"rencana": items}
    scope["jumlah_tambahan"] = _of_step(scorer, "jumlah_tambahan", scope)
    return {"nilai_tambahan": _told(_of_step(scorer, "kinerja_tambahan", scope))}


def nilai_akhir_skp(inputs: Mapping[str, Any]) -> dict[str, Any]:
    scorer = load(JPT)
    weighted = [_given(value) for value in inputs["nilai_tertimbang_utama"]]
    # A weighted score is bobot / 100 × nilai: any pair with that product stands for it.
    count = len(weighted)
    items = [
        {
            "jenis": "utama",
            "bobot": Fraction(100, count),
            "nilai_iki": value if isinstance(value, Missing) else cast("Fraction", value) * count,
        }
        for value in weighted
    ]
    scope: dict[str, Any] = {"iki": items}
    scope["kinerja_utama"] = _of_step(scorer, "kinerja_utama", scope)
    # Without the key there is no kinerja tambahan; the policy's limit holds for a total that is given.
    scope["jumlah_tambahan"] = _given(inputs.get("nilai_tambahan", 0))
    scope["kinerja_tambahan"] = _of_step(scorer, "kinerja_tambahan", scope)
    return {"nilai_akhir_skp": _told(_of_step(scorer, "nilai_skp", scope))}


def _konversi(inputs: Mapping[str, Any], switch: str) -> Scope | None:
    record = {
        "nilai_pp46": inputs.get("nilai_pp46"),
        "nilai_semester_2": inputs.get("nilai_semester_2"),
    }
    try:
        return _scored(load(KONVERSI, ("titik_alih", switch)), record)
    except InputError:
        return None


def konversi_pp46(inputs: Mapping[str, Any]) -> dict[str, Any]:
    named = inputs.get("switch")
    switches = TITIK_ALIH.values() if named is None else [_option(TITIK_ALIH, named, "switch")]
    scopes = [_konversi(inputs, switch) for switch in switches]
    found = [None if scope is None else _told(scope["konversi"]) for scope in scopes]
    if any(value != found[0] for value in found):
        raise NotRunError("the switches differ here, and the case names none")
    return {"nilai_konversi": found[0]}


def integrasi_2021(inputs: Mapping[str, Any]) -> dict[str, Any]:
    first = inputs.get("nilai_konversi_semester_1")
    if first is None and "nilai_pp46" in inputs:
        first = konversi_pp46(inputs)["nilai_konversi"]
    scorer = load(KONVERSI, ("titik_alih", "lebih_dari"))
    scope = {
        "konversi": _given(first),
        "nilai_semester_2": _given(inputs.get("nilai_semester_2")),
    }
    return {"nilai_integrasi": _told(_of_step(scorer, "integrasi", scope))}


RUNNERS: Runners = {
    "capaian-khusus": capaian_khusus,
    "capaian-normal": capaian_normal,
    "cascading": cascading,
    "integrasi-2021": integrasi_2021,
    "kategori-ja-jf": kategori_ja_jf,
    "konversi-pp46": konversi_pp46,
    "nilai-akhir-skp": nilai_akhir_skp,
    "nilai-iki-jpt": nilai_iki_jpt,
    "nilai-iki-jpt-pembulatan": nilai_iki_jpt,
    "tambahan": tambahan,
}
