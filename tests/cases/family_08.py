"""Cases of family `08-360-schemes`: 360-degree panels.

Each runner takes the inputs of a case and gives what the shipped policy says, in the terms of the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from running import NotRunError, Runners, load

from kinerja.asn import catalog
from kinerja.errors import InputError, PolicyError
from kinerja.policy import parse_policy
from kinerja.scorer import Scorer

ASPEK = (
    "berorientasi_pelayanan",
    "akuntabel",
    "kompeten",
    "harmonis",
    "loyal",
    "adaptif",
    "kolaboratif",
)


def _sikap(weights: Mapping[str, list[Any]] | None = None) -> Scorer:
    if weights is None:
        return load("sikap-360")
    text = catalog.path_of("sikap-360").read_text(encoding="utf-8")
    lines = text.splitlines()
    start = lines.index("    compositions:")
    own = [
        "      - {"
        + ", ".join(f"{g}: {w} %" for g, w in zip(key.split("+"), shares, strict=True))
        + "}"
        for key, shares in weights.items()
    ]
    lines[start + 1 : start + 4] = own
    return Scorer(parse_policy("\n".join(lines)).program)


def _panel(raters: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    return [
        {"penilai": f"{group}_{place + 1}", "kelompok": group, "aspek": aspek, "nilai": value}
        for group, values in raters.items()
        for place, value in enumerate(values)
        for aspek in ASPEK
    ]


def sikap_skor(inputs: Mapping[str, Any]) -> dict[str, Any]:
    rows = _panel(inputs["penilai"])
    for group, count in inputs.get("draf", {}).items():
        for row in rows:
            if row["penilai"] in {f"{group}_{place + 1}" for place in range(count)}:
                row["nilai"] = None
    for rater, aspects in inputs.get("jawaban_hilang", {}).items():
        gone = {ASPEK[int(place) - 1] for place in aspects}
        rows = [row for row in rows if not (row["penilai"] == rater and row["aspek"] in gone)]
    for rater, changed in inputs.get("jawaban_diubah", {}).items():
        for row in rows:
            place = str(ASPEK.index(row["aspek"]) + 1)
            if row["penilai"] == rater and place in changed:
                row["nilai"] = changed[place]
    try:
        result = _sikap(inputs.get("bobot")).score({"penilaian": rows})
    except InputError:
        return {"lengkap": False, "skor": None}
    used = {
        group: result[f"bobot_{group}"]
        for group in ("atasan", "rekan", "bawahan")
        if result[f"bobot_{group}"]
    }
    return {
        "skor": result["skor"],
        "lengkap": result["skor"] is not None,
        "bobot_dipakai": used,
    }


def sikap_dimensi(inputs: Mapping[str, Any]) -> dict[str, Any]:
    result = _sikap().score({"penilaian": _panel(inputs["nilai"])})
    return {"skor_indikator": result[f"aspek_{ASPEK[int(inputs['indikator']) - 1]}"]}


def sikap_bobot(inputs: Mapping[str, Any]) -> dict[str, Any]:
    counts = {"atasan": 1}
    raters = {role: [3] * counts.get(role, 3) for role in dict.fromkeys(inputs["peran"])}
    try:
        result = _sikap().score({"penilaian": _panel(raters)})
    except InputError:
        return {"bobot": None}
    if result["skor"] is None:
        return {"bobot": None}
    return {"bobot": {role: result[f"bobot_{role}"] for role in raters}}


def sikap_komposisi_sah(inputs: Mapping[str, Any]) -> dict[str, Any]:
    raters = {role: [3] * count for role, count in inputs["jumlah_penilai"].items()}
    return {"ditolak": _sikap().score({"penilaian": _panel(raters)})["skor"] is None}


def sikap_jawaban_sah(inputs: Mapping[str, Any]) -> dict[str, Any]:
    rows = _panel({"rekan": [3, 3, 3], "bawahan": [3, 3, 3]})
    for place, value in inputs["jawaban"].items():
        known = place.isdigit() and 1 <= int(place) <= len(ASPEK)
        rows.append(
            {
                "penilai": "atasan_1",
                "kelompok": "atasan",
                "aspek": ASPEK[int(place) - 1] if known else f"indikator_{place}",
                "nilai": value,
            }
        )
    try:
        result = _sikap().score({"penilaian": rows})
    except InputError:
        return {"ditolak": True}
    codes = {reason.code for reason in result.reasons}
    refused = "unanswered" in codes or (inputs["kirim"] and result["skor"] is None)
    return {"ditolak": refused}


def sikap_bobot_sah(inputs: Mapping[str, Any]) -> dict[str, Any]:
    weights = inputs["bobot"]
    if not isinstance(weights, dict):
        raise NotRunError("the shape of a web form, not a policy")
    shares = [share for row in weights.values() for share in row]
    if any(share <= 0 or share != int(share) for share in shares):
        raise NotRunError("weights of 0 and fractions are an application's restriction, not ours")
    try:
        _sikap(weights)
    except PolicyError:
        return {"ditolak": True}
    return {"ditolak": False}


RUNNERS: Runners = {
    "sikap-bobot": sikap_bobot,
    "sikap-bobot-sah": sikap_bobot_sah,
    "sikap-dimensi": sikap_dimensi,
    "sikap-jawaban-sah": sikap_jawaban_sah,
    "sikap-komposisi-sah": sikap_komposisi_sah,
    "sikap-skor": sikap_skor,
}
