"""Cases of family `10-ip-asn-dan-talenta`: the professionalism index and the nine boxes of talent.

Each runner takes the inputs of a case and gives what the shipped policies say, in the terms of the case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from running import NotRunError, Runners, load, read, title

import kinerja
from kinerja.errors import InputError

#: How the cases call the options of `antara_rentang`; whole numbers are the same in all of them.
BETWEEN = {"per_person": "per_orang", "aggregate": "agregat", "rounded": "bulatkan"}
DIMENSIONS = ("kualifikasi", "kompetensi", "kinerja", "disiplin")
#: A person for whom nothing counts; a case changes what it speaks of.
NOTHING: Mapping[str, Any] = {
    "pendidikan": "sd",
    "jenis_jabatan": "pelaksana",
    "diklat_struktural": False,
    "diklat_fungsional": False,
    "jp_diklat_teknis": 0,
    "seminar": False,
    "nilai_skp": 0,
    "hukuman": "berat",
}
FLAGS = ("diklat_struktural", "diklat_fungsional", "seminar")
POTENTIAL = {"sedang": "menengah"}


def _ip(record: Mapping[str, Any], variant: str) -> kinerja.Result | None:
    if variant not in BETWEEN:
        raise NotRunError(f"ip-asn-2019 has no option for the variant {variant!r}")
    try:
        return load("ip-asn-2019", ("antara_rentang", BETWEEN[variant])).score(record)
    except InputError:
        return None


def _dimension(name: str, changed: Mapping[str, Any]) -> dict[str, Any]:
    # No score of a dimension depends on how the categories of the sum are bounded.
    result = _ip({**NOTHING, **changed}, "per_person")
    return {"nilai": None if result is None else result[name]}


def _degree(text: str) -> str:
    """Give the label of a degree; `S1/D4` names two that score the same, of which one is taken."""
    word = text.partition("/")[0].strip().lower().replace("-", "").replace("iv", "4")
    word = re.sub(r"^(d)(iii|ii|i)$", lambda m: m[1] + str(len(m[2])), word)
    known = read("ip-asn-2019").model.scales["pendidikan"].labels
    if word in known:
        return word
    if word.replace("_", " ") in ("di bawah sma", "below sma", "<sma", "< sma"):
        return "smp"
    return {"slta": "sma", "smu": "sma", "smk": "sma", "sltp": "smp"}.get(word, word)


def kualifikasi(inputs: Mapping[str, Any]) -> dict[str, Any]:
    degree = inputs["pendidikan"]
    return _dimension("kualifikasi", {"pendidikan": None if degree is None else _degree(degree)})


def kompetensi(inputs: Mapping[str, Any]) -> dict[str, Any]:
    kind = inputs["jenis"]
    post = inputs["jabatan"]
    changed: dict[str, Any] = {"jenis_jabatan": None if post is None else post.lower()}
    if kind == "diklat_teknis":
        changed["jp_diklat_teknis"] = inputs.get("jp")
    elif kind in FLAGS:
        changed[kind] = True
    elif kind in ("workshop", "seminar/workshop", "seminar_workshop"):
        changed["seminar"] = True
    else:
        raise NotRunError(f"ip-asn-2019 knows no training {kind!r}")
    return _dimension("kompetensi", changed)


def kinerja_skp(inputs: Mapping[str, Any]) -> dict[str, Any]:
    score = inputs["nilai_skp"]
    # Having no SKP is a fact of its own in the policy; a case writes it as null.
    return _dimension("kinerja", {"nilai_skp": score, "tanpa_skp": score is None})


def disiplin(inputs: Mapping[str, Any]) -> dict[str, Any]:
    penalty = inputs["hukuman_terberat"]
    # To have no penalty is a label of its own in the policy; a case writes it as null.
    none = penalty is None or penalty in ("tanpa", "tidak ada")
    return _dimension("disiplin", {"hukuman": "tidak_ada" if none else penalty.lower()})


def _judged(record: Mapping[str, Any], variant: str | None) -> dict[str, Any]:
    """Judge an index; without a variant it has a category only where all of them agree."""
    results = [_ip(record, name) for name in ([variant] if variant else BETWEEN)]
    if any(result is None for result in results):
        return {"ip": None, "kategori": None}
    found = {result["kategori"] for result in results if result is not None}
    agreed = found.pop() if len(found) == 1 else None
    index = None if results[0] is None else results[0]["ip"]
    return {"ip": index, "kategori": title("ip-asn-2019", "kategori", agreed)}


def ip(inputs: Mapping[str, Any]) -> dict[str, Any]:
    record = {f"skor_{name}": inputs[name] for name in DIMENSIONS}
    return _judged(record, inputs.get("variant"))


def kategori(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Judge an index by a person whose dimensions sum to it, each filled up to its limit in turn."""
    if inputs["ip"] is None:
        return {"ip": None, "kategori": None}
    left, record = Fraction(inputs["ip"]), {}
    declared = read("ip-asn-2019").model.inputs
    for name in DIMENSIONS[:-1]:
        most = declared[f"skor_{name}"].limits.interval().high
        record[f"skor_{name}"] = min(left, most)
        left -= record[f"skor_{name}"]
    record[f"skor_{DIMENSIONS[-1]}"] = left
    return _judged(record, inputs.get("variant"))


def kategori_tabel(inputs: Mapping[str, Any]) -> dict[str, Any]:
    bands = read("ip-asn-2019").rules["kategori"].bands
    rows = []
    for band in reversed(tuple(bands)):
        ends = {"min": band.interval.low, "max": band.interval.high}
        row = {key: end for key, end in ends.items() if end is not None}
        rows.append({**row, "kategori": title("ip-asn-2019", "kategori", band.label)})
    return {"bands": rows}


def _talent(record: Mapping[str, Any], *variant: tuple[str, str]) -> kinerja.Result | None:
    try:
        return load("talenta-2020", *variant).score(record)
    except InputError:
        return None


def sembilan_kotak(inputs: Mapping[str, Any]) -> dict[str, Any]:
    potential, performance = inputs["potensial"], inputs["kinerja"]
    if performance in ("di_atas", "sesuai", "di_bawah"):
        performance = f"{performance}_ekspektasi"
    result = _talent({"kinerja": performance, "potensial": POTENTIAL.get(potential, potential)})
    return {"kotak": None if result is None else result["nomor_kotak"]}


def rekomendasi(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Score every pair of categories until one lies in the box asked for."""
    policy = read("talenta-2020")
    scales = policy.model.scales
    actions = {
        action.id: action.title.id
        for rule in policy.rules.values()
        for action in getattr(rule, "actions", ())
    }
    for performance in scales["kinerja"].labels:
        for potential in scales["potensial"].labels:
            result = _talent({"kinerja": performance, "potensial": potential})
            if result is not None and result["nomor_kotak"] == inputs["kotak"]:
                return {"rekomendasi": [actions[name] for name in result.follow_ups]}
    return {"rekomendasi": None}


def potensial_brin(inputs: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {
            "kategori": load("potensial-brin-2023").score({"nilai": inputs["nilai"]})["kategori"]
        }
    except InputError:
        return {"kategori": None}


def talenta_bkn_41(inputs: Mapping[str, Any]) -> dict[str, Any]:
    try:
        result = load("talenta-bkn-41-2025").score(inputs)
    except InputError:
        return {"kinerja": None, "potensial": None, "talenta": None}
    return {name: result[name] for name in ("kinerja", "potensial", "talenta")}


RUNNERS: Runners = {
    "disiplin": disiplin,
    "ip": ip,
    "kategori": kategori,
    "kategori-tabel": kategori_tabel,
    "kinerja": kinerja_skp,
    "kompetensi": kompetensi,
    "kualifikasi": kualifikasi,
    "potensial-brin": potensial_brin,
    "rekomendasi": rekomendasi,
    "sembilan-kotak": sembilan_kotak,
    "talenta-bkn-41": talenta_bkn_41,
}
