"""Cases of family `01-pp46-2011-perka-bkn-1-2013`: SKP and perilaku kerja of 2014 to June 2021.

Each runner takes the inputs of a case and gives what the shipped policy says, in the terms of the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from running import NotRunError, Runners, extended, load, title

from kinerja.asn import catalog
from kinerja.errors import InputError
from kinerja.formula import nodes as n
from kinerja.formula.source import format_formula
from kinerja.result import Result, Scalar
from kinerja.scorer import Scorer

POLICY = "pp46-2011"
ASPEK = ("kuantitas", "kualitas", "waktu", "biaya")
PERILAKU = ("orientasi_pelayanan", "integritas", "komitmen", "disiplin", "kerja_sama")
VARIANTS = {
    "lower_bounds": "batas_bawah",
    "upper_bounds": "batas_atas",
    "closed_integer": "bilangan_bulat_tertutup",
    "half_up": "setengah_ke_atas",
}
#: Where only values are asked for, it does not matter how numbers between two bands are labelled.
ANY = "batas_bawah"
GANDA = {"additive": "dijumlahkan", "highest": "tertinggi"}


def _pp46(antara_rentang: str = ANY, **more: str) -> Scorer:
    chosen = {"antara_rentang": antara_rentang, "pembulatan_nilai": "hanya_tampilan", **more}
    return load(POLICY, *sorted(chosen.items()))


def _score(record: Mapping[str, Any], **variant: str) -> Result | None:
    """Score, or give `None` for a record that the policy refuses."""
    try:
        return _pp46(**variant).score(record)
    except InputError:
        return None


# One kegiatan: the policy has its values for each item, so a sum over the one item shows them.


@cache
def _shown() -> Scorer:
    """Load the policy with a sum over the list for each value of a kegiatan."""
    program = _pp46().program
    asked = {step.name: step.name for step in program.steps if step.over == "kegiatan"}
    for aspek in ("waktu", "biaya"):
        efficiency, numerator = _parts(program.step(f"capaian_{aspek}").node)
        asked[f"efisiensi_{aspek}"] = format_formula(efficiency)
        asked[f"pembilang_{aspek}"] = format_formula(numerator)
    sums = "".join(
        f'  satu_{name}: {{rule: formula, title: {name}, is: "sum({formula} for kegiatan)"}}\n'
        for name, formula in asked.items()
    )
    return extended(POLICY, "steps:\n" + sums, antara_rentang=ANY)


def _parts(node: n.Node) -> tuple[n.Node, n.Node]:
    """Give the efficiency that decides the branch, and 1.76 T − R, out of the policy's own formula."""
    match node:
        case n.Where(
            cases=(
                (
                    n.Compare(left=efficiency),
                    n.Multiply(factors=(n.Divide(numerator=numerator), *_)),
                ),
            )
        ):
            return efficiency, numerator
    raise NotRunError("the formula of efficiency is written another way")


def _kegiatan(item: Mapping[str, Any]) -> dict[str, Scalar]:
    """Give every value of one kegiatan; all of them `None` where the policy refuses it."""
    try:
        steps = _shown().score({"kegiatan": [item]}).steps
    except InputError:
        steps = {}
    names = [s.name for s in _shown().program.steps if s.name.startswith("satu_")]
    return {name.removeprefix("satu_"): steps.get(name) for name in names}


def _item(target: Mapping[str, Any], actual: Mapping[str, Any]) -> dict[str, Any]:
    fields = {"target": target, "realisasi": actual}
    return {
        f"{part}_{aspek}": values.get(aspek) for part, values in fields.items() for aspek in ASPEK
    }


def _item_of_scores(scores: Mapping[str, Any]) -> dict[str, Any]:
    """Make a kegiatan whose aspects have these scores.

    Of a target of 100 the realisation is the score itself; for time and cost it is what the first branch of
    the policy's formula gives back.
    """
    program = catalog.read(POLICY, unnamed="assume")
    whole = 100 * program.rules["capaian_waktu"].efficiency.constant
    target, actual = {}, {}
    for aspek, score in scores.items():
        if score is None:
            continue
        if aspek in ("waktu", "biaya") and score > 100:
            raise NotRunError(f"no realisation gives {aspek} the score {score}")
        target[aspek] = 100
        actual[aspek] = whole - Fraction(score) if aspek in ("waktu", "biaya") else score
    return _item(target, actual)


def _item_of_score(score: Any) -> dict[str, Any]:
    """Make a kegiatan of three aspects with this score; above 100 only the quantity can rise."""
    if score is None:
        return {}
    score = Fraction(score)
    if score <= 100:
        return _item_of_scores(dict.fromkeys(ASPEK[:3], score))
    return _item_of_scores({"kuantitas": 3 * score - 200, "kualitas": 100, "waktu": 100})


def aspek_ratio(aspek: str) -> Any:
    def run(inputs: Mapping[str, Any]) -> dict[str, Any]:
        item = _item({aspek: inputs["target"]}, {aspek: inputs["realisasi"]})
        return {"nilai": _kegiatan(item)[f"nilai_{aspek}"]}

    return run


def aspek_waktu_biaya(inputs: Mapping[str, Any]) -> dict[str, Any]:
    aspek = inputs["aspek"]
    carried_out = inputs.get("kegiatan_dilaksanakan")
    quantity = {"kuantitas": 0 if carried_out is False else 1}
    item = _item(
        {"kuantitas": 1, aspek: inputs["target"]}, {**quantity, aspek: inputs["realisasi"]}
    )
    got = _kegiatan(item)
    return {
        "efisiensi_persen": got[f"efisiensi_{aspek}"],
        "pembilang": got[f"pembilang_{aspek}"],
        "nilai": got[f"nilai_{aspek}"],
    }


def kegiatan(inputs: Mapping[str, Any]) -> dict[str, Any]:
    if "nilai_aspek" in inputs:
        return _kegiatan(_item_of_scores(inputs["nilai_aspek"]))
    return _kegiatan(_item(inputs["target"], inputs["realisasi"]))


# Nilai SKP.


def _levels(given: object) -> list[dict[str, Any]]:
    levels = given if isinstance(given, list) else [] if given is None else [given]
    return [{"manfaat": level} for level in levels]


def _ganda(inputs: Mapping[str, Any]) -> dict[str, str]:
    named = inputs.get("variant")
    if named is None:
        return {}
    if named not in GANDA:
        raise NotRunError(f"pp46-2011 has no treatment {named!r} of several kreativitas")
    return {"kreativitas_ganda": GANDA[named]}


def kreativitas(inputs: Mapping[str, Any]) -> dict[str, Any]:
    result = _score({"kreativitas": _levels(inputs["tingkat"])}, **_ganda(inputs))
    return {"nilai": result and result["nilai_kreativitas"]}


def tugas_tambahan(inputs: Mapping[str, Any]) -> dict[str, Any]:
    result = _score({"jumlah_tugas_tambahan": inputs["jumlah"]})
    return {"nilai": result and result["nilai_tugas_tambahan"]}


def nilai_skp(inputs: Mapping[str, Any]) -> dict[str, Any]:
    record = {
        "kegiatan": [_item_of_score(score) for score in inputs["nilai_kegiatan"]],
        "jumlah_tugas_tambahan": inputs.get("jumlah_tugas_tambahan", 0),
        "kreativitas": _levels(inputs.get("kreativitas")),
        "mutasi": False,
    }
    result = _score(record, **_ganda(inputs))
    return {
        "rata_rata": result and result["rata_kegiatan"],
        "nilai_tugas_tambahan": result and result["nilai_tugas_tambahan"],
        "nilai_kreativitas": result and result["nilai_kreativitas"],
        "nilai_skp": result and result["skp"],
    }


def mutasi(inputs: Mapping[str, Any]) -> dict[str, Any]:
    former, present = inputs["nilai_skp_lama"], inputs["nilai_skp_baru"]
    result = _score({"nilai_skp_jadi": present, "nilai_skp_lama": former, "mutasi": True})
    return {"nilai_skp": result and result["skp"] if present is not None else None}


# Perilaku, nilai prestasi kerja, sebutan.


def perilaku(inputs: Mapping[str, Any]) -> dict[str, Any]:
    aspects = {name: inputs.get(name) for name in (*PERILAKU, "kepemimpinan")}
    structural = inputs.get("jabatan_struktural", aspects["kepemimpinan"] is not None)
    result = _score({**aspects, "jabatan_struktural": structural})
    return {
        "jumlah": result and result["jumlah_perilaku"],
        "nilai": result and result["perilaku"],
    }


def _year(skp: Any, behaviour: Any) -> dict[str, Any]:
    aspects = dict.fromkeys(PERILAKU, behaviour)
    return {"nilai_skp_jadi": skp, "mutasi": False, "jabatan_struktural": False, **aspects}


def prestasi_kerja(inputs: Mapping[str, Any]) -> dict[str, Any]:
    result = _score(_year(inputs["nilai_skp"], inputs["nilai_perilaku"]))
    got = {"nilai_prestasi_kerja": result and result["prestasi"]}
    if inputs.get("variant") is not None:
        got["sebutan"] = _sebutan(_variant(inputs["variant"]), got["nilai_prestasi_kerja"])
    return got


def sebutan(inputs: Mapping[str, Any]) -> dict[str, Any]:
    if inputs.get("variant") is not None:
        return {"sebutan": _sebutan(_variant(inputs["variant"]), inputs["nilai"])}
    every = {_sebutan(option, inputs["nilai"]) for option in VARIANTS.values()}
    if len(every) > 1:
        raise NotRunError(f"no variant is named, and they differ: {sorted(map(str, every))}")
    return {"sebutan": every.pop()}


def _variant(named: str) -> str:
    if named not in VARIANTS:
        raise NotRunError(f"pp46-2011 has no bands by the name {named!r}")
    return VARIANTS[named]


def _sebutan(option: str, value: Any) -> str | None:
    """Give the predicate of a value, by a year whose weighted mean is that value."""
    if value is None:
        return None
    value = Fraction(value)
    behaviour = min(max(value, Fraction(0)), Fraction(100))
    [(_, share), *_] = _policy_of_exact_values().rules["prestasi"].of
    result = _score(
        _year(behaviour + (value - behaviour) / share, behaviour), antara_rentang=option
    )
    if result is None:
        raise NotRunError(f"no year of pp46-2011 has the value {value}")
    return title(POLICY, "sebutan", result["sebutan"])


@cache
def _policy_of_exact_values() -> Any:
    variant = {"antara_rentang": ANY, "pembulatan_nilai": "hanya_tampilan"}
    return catalog.read(POLICY, variant=variant)


RUNNERS: Runners = {
    "aspek-kualitas": aspek_ratio("kualitas"),
    "aspek-kuantitas": aspek_ratio("kuantitas"),
    "aspek-waktu-biaya": aspek_waktu_biaya,
    "kegiatan": kegiatan,
    "kreativitas": kreativitas,
    "mutasi": mutasi,
    "nilai-skp": nilai_skp,
    "perilaku": perilaku,
    "prestasi-kerja": prestasi_kerja,
    "sebutan": sebutan,
    "tugas-tambahan": tugas_tambahan,
}
