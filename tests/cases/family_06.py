"""Cases of family `06-kemenkeu-kmk-127-2026`: KMK 127/2026, and KMK 467/2014 before it.

Each runner takes the inputs of a case and gives what the shipped policies say, in the terms of the case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from running import NotRunError, Runners, load, read, title

import kinerja
from kinerja.errors import InputError

CAPAIAN = "kemenkeu-127-2026-capaian"
K3 = "kemenkeu-127-2026-k3"
HUKDIS = "kemenkeu-127-2026-hukdis"
NKO = "kemenkeu-127-2026-nko"
NKP = "kemenkeu-127-2026"
NP = "kemenkeu-467-2014"

#: End of the scale of achievements, and the largest K3.
TOP = 120
MOST_K3 = "1.2"
#: The largest achievement × K3 that the inputs of the policy allow.
MOST = TOP * Fraction(MOST_K3)
#: A calendar year; cases without days mean indicators in force for the same time.
YEAR = 365
#: The first year of KMK 127/2026, and how many years around a punishment a case may ask about.
FIRST_YEAR = 2026
AROUND = 4
#: The cases number the tiers; the policy names the places that belong to them.
TIERS = {1: "pimpinan_upk", 2: "dua_tingkat_atau_lebih"}
CORE_VALUES = (
    "berorientasi_pelayanan",
    "akuntabel",
    "kompeten",
    "harmonis",
    "loyal",
    "adaptif",
    "kolaboratif",
)


# Achievement and K3 of one indicator.


def _capaian(record: Mapping[str, Any], **given: Any) -> kinerja.Result | None:
    common = {
        "konsolidasi": "take_last_known_value",
        "sampai_triwulan": 4,
        "target_maksimal": False,
    }
    try:
        return load(CAPAIAN).score({**common, **record, **given})
    except InputError:
        return None


def _last_quarter(inputs: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"triwulan": 4, "target": inputs.get("target"), "realisasi": inputs.get("realisasi")},
    ]


def capaian_iki(inputs: Mapping[str, Any]) -> dict[str, Any]:
    result = _capaian(
        {"triwulanan": _last_quarter(inputs)},
        polarisasi=inputs["polarisasi"],
        realisasi_terburuk=inputs.get("realisasi_terburuk"),
        target_maksimal=inputs.get("target_maksimal") or False,
        skala=_scale(inputs),
    )
    return {"capaian": result and result["capaian_tepat"]}


def capaian_stabilize(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return capaian_iki({"polarisasi": "stabilize", **inputs})


def _scale(inputs: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    points = inputs.get("skala")
    if points is None:
        return None
    return [{"titik": point["ca"], "nilai": point["cn"]} for point in points]


def konsolidasi(inputs: Mapping[str, Any]) -> dict[str, Any]:
    quarters = [
        {"triwulan": place + 1, "target": value, "realisasi": value}
        for place, value in enumerate(inputs["nilai"])
    ]
    result = _capaian(
        {"triwulanan": quarters},
        polarisasi="maximize",
        konsolidasi=inputs["jenis"],
        sampai_triwulan=inputs.get("sampai_triwulan", 4),
    )
    return {"hasil": result and result["realisasi_iki"]}


def _k3(inputs: Mapping[str, Any]) -> dict[str, Any]:
    record: dict[str, Any] = {
        "polarisasi": "maximize",
        "dasar_target": "tahun_lalu",
        "iki_mandatory": False,
        **{key: value for key, value in inputs.items() if key != "bobot_target"},
    }
    unknown = sorted(set(record) - set(read(K3).model.inputs))
    if unknown:
        raise NotRunError(f"{K3} has no input {', '.join(unknown)}")
    if "bobot_target" in inputs:
        record["dasar_target"] = "bobot_ditetapkan"
        record["bobot_target_ditetapkan"] = inputs["bobot_target"]
    try:
        result = load(K3).score(record)
    except InputError:
        return dict.fromkeys(("bobot_kualitas_iki", "bobot_kualitas_target", "k3", "kualitas"))
    return {**result.values, "kualitas": title(K3, "kualitas", result["kualitas"])}


def k3(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return _k3(inputs)


def bobot_kualitas_iki(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {"bobot": _k3(inputs)["bobot_kualitas_iki"]}


def bobot_kualitas_target(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {"bobot": _k3(inputs)["bobot_kualitas_target"]}


# NHK, NPK and NKP of a person.


def _scored(kalibrasi: str, **given: Any) -> kinerja.Result:
    """Score a person of whom all that is not given is at 100."""
    record: dict[str, Any] = {
        "kelompok_jabatan": "menteri" if kalibrasi == "hanya_batas" else "pelaksana",
        "kedudukan": TIERS[2],
        "iki": [_iki(0, 100, 1)],
        "perilaku": [_perilaku(1, [100] * len(CORE_VALUES))],
        "hukdis": 0,
        "dampak": 0,
        "koreksi": 0,
        "nko": 100,
        **given,
    }
    return load(NKP, ("kalibrasi", kalibrasi)).score(record)


def _iki(place: int, capaian: Any, weight: Any, hari: Any = YEAR) -> dict[str, Any]:
    return {"nama": f"IKI {place + 1}", "capaian": capaian, "k3": weight, "hari": hari}


def _perilaku(periode: int, values: Sequence[Any]) -> dict[str, Any]:
    if len(values) > len(CORE_VALUES):
        raise NotRunError("how kepemimpinan counts beside the seven core values is not known")
    return {"periode": periode, **dict(zip(CORE_VALUES, values, strict=False))}


def _per_item(result: kinerja.Result, step: str) -> list[Decimal | None]:
    """Read the values of a step that is computed for each indicator."""
    line = next((line for line in result.explanation.lines if line.name == step), None)
    if line is None or line.items is None:
        return []
    cells = [row[-1] for row in line.items.rows]
    return [None if cell is None else Decimal(cell.en.rstrip("…")) for cell in cells]


def bobot_tertimbang(inputs: Mapping[str, Any]) -> dict[str, Any]:
    days = inputs.get("hari") or [YEAR] * len(inputs["k3"])
    given = zip(inputs["k3"], days, strict=True)
    try:
        result = _scored("hanya_batas", iki=[_iki(i, 100, k, d) for i, (k, d) in enumerate(given)])
    except InputError:
        return {"bobot_persen": None}
    return {"bobot_persen": _per_item(result, "bobot_tertimbang")}


def nhk(inputs: Mapping[str, Any]) -> dict[str, Any]:
    items = [
        _iki(place, item.get("capaian"), item.get("k3"), item.get("hari") or YEAR)
        for place, item in enumerate(inputs["iki"])
    ]
    try:
        result = _scored("rekonstruksi", iki=items)
    except InputError:
        return {"nhk_awal": None, "nhk_kalibrasi": None}
    got = {"nhk_awal": result["nhk_awal"], "nhk_kalibrasi": result["nhk_terkalibrasi"]}
    for key, step in (
        ("nilai_kualitas_{}", "nilai_kualitas"),
        ("bobot_{}_persen", "bobot_tertimbang"),
    ):
        for place, value in enumerate(_per_item(result, step)):
            got[key.format(place + 1)] = value
    return got


def kalibrasi(inputs: Mapping[str, Any]) -> dict[str, Any]:
    value = inputs.get("nilai")
    item = _iki(0, value, 1)
    if value is not None and value > TOP:
        # No achievement lies beyond the scale, but capaian × K3 may, before it is held there; whatever lies
        # further beyond is held there as well.
        item = _iki(0, min(Fraction(value), MOST) / Fraction(MOST_K3), MOST_K3)
    try:
        result = _scored("rekonstruksi", iki=[item])
    except InputError:
        return {"hasil": None}
    return {"hasil": result["nhk_terkalibrasi"]}


def npk(inputs: Mapping[str, Any]) -> dict[str, Any]:
    if inputs.get("kepemimpinan") is not None:
        raise NotRunError("how kepemimpinan counts beside the seven core values is not known")
    periods = inputs.get("periode") or [inputs["core_values"]]
    rows = [
        _perilaku(place + 1, values if isinstance(values, list) else [values] * len(CORE_VALUES))
        for place, values in enumerate(periods)
    ]
    try:
        result = _scored("rekonstruksi", perilaku=rows)
    except InputError:
        return {"npk_awal": None, "npk_kalibrasi": None}
    return {"npk_awal": result["npk_awal"], "npk_kalibrasi": result["npk_terkalibrasi"]}


def nkp(inputs: Mapping[str, Any]) -> dict[str, Any]:
    given = {key: inputs[key] for key in ("hukdis", "dampak", "koreksi", "nko") if key in inputs}
    try:
        result = _scored(
            "hanya_batas",
            kedudukan=TIERS.get(inputs.get("tier", 2), "?"),
            iki=[_iki(0, inputs.get("nhk"), 1)],
            perilaku=[_perilaku(1, [inputs.get("npk")] * len(CORE_VALUES))],
            **given,
        )
    except InputError:
        return dict.fromkeys(("nkp", "nkp_awal", "hasil", "bobot_nko", "predikat"))
    return {
        "nkp": result["nkp_tepat"],
        "nkp_awal": result["nkp_awal"],
        "hasil": result["hasil"],
        "bobot_nko": result["bobot_nko"],
        "nhk_akhir": result["nhk_tepat"],
        "npk_akhir": result["npk_tepat"],
        "rating_hasil_kerja": result["rating_hasil_kerja"],
        "rating_perilaku_kerja": result["rating_perilaku_kerja"],
        "predikat": title(NKP, "predikat", result["predikat"]),
    }


def koreksi(inputs: Mapping[str, Any]) -> dict[str, Any]:
    result = _scored("hanya_batas", koreksi=inputs.get("koreksi"))
    return {"koreksi_dipakai": result["koreksi_dipakai"]}


def rating(inputs: Mapping[str, Any]) -> dict[str, Any]:
    value = inputs.get("nilai")
    try:
        # With an NKO of the same value, mixing leaves the value as it is.
        result = _scored("hanya_batas", iki=[_iki(0, value, 1)], nko=value)
    except InputError:
        return {"rating": None}
    return {"rating": result["rating_hasil_kerja"]}


# Organisation, punishments, and the older rule.


def predikat_nko(inputs: Mapping[str, Any]) -> dict[str, Any]:
    found = set()
    for edge in ("milik_rentang_atas", "milik_rentang_bawah"):
        try:
            found.add(load(NKO, ("tepi_rentang", edge)).score({"nko": inputs["nko"]})["predikat"])
        except InputError:
            return {"predikat": None}
    if len(found) > 1:
        raise NotRunError("the band of this edge is not known; the case names no choice")
    return {"predikat": title(NKO, "predikat_nko", found.pop())}


def hukdis(inputs: Mapping[str, Any]) -> dict[str, Any]:
    rows = []
    for place, each in enumerate(inputs["hukdis"]):
        year, _, quarter = (each.get("mulai") or "").partition("Q")
        rows.append(
            {
                "keputusan": str(place + 1),
                "kategori": each.get("kategori"),
                "skor_mpjhd": each.get("skor_mpjhd"),
                "tahun_mulai": int(year) if year else None,
                "triwulan_mulai": quarter or None,
            }
        )
    years = [row["tahun_mulai"] for row in rows if row["tahun_mulai"] is not None] or [FIRST_YEAR]
    got: dict[str, Any] = {}
    for year in range(min(years) - AROUND, max(years) + AROUND + 1):
        for place in range(1, 5):
            got[f"{year}Q{place}"] = _hukdis(year, f"triwulan_{place}", rows)
        got[f"tahun_{year}"] = _hukdis(year, "tahunan", rows)
    return got


def _hukdis(year: int, period: str, rows: list[dict[str, Any]]) -> Any:
    # The cases come from the calculator that gives a year the punishments that start in it.
    scorer = load(HUKDIS, ("nilai_tahunan", "tahun_mulai"))
    record = {"tahun": year, "periode": period, "hukuman": rows, "bawahan": []}
    try:
        return scorer.score(record)["hukdis"]
    except InputError:
        return None


def dampak(inputs: Mapping[str, Any]) -> dict[str, Any]:
    rows = [
        {"pegawai": str(place + 1), "hukdis_bawahan": value}
        for place, value in enumerate(inputs["hukdis_bawahan"])
    ]
    record = {"tahun": FIRST_YEAR, "periode": "tahunan", "hukuman": [], "bawahan": rows}
    try:
        return {"dampak": load(HUKDIS, ("nilai_tahunan", "tahun_mulai")).score(record)["dampak"]}
    except InputError:
        return {"dampak": None}


def penalti_np(inputs: Mapping[str, Any]) -> dict[str, Any]:
    people, points = inputs.get("jumlah_orang") or 0, inputs.get("poin")
    each = inputs.get("poin_per_orang")
    if each is not None and each != _taken(orang_tanpa_evaluator=1):
        raise NotRunError(f"{NP} knows no deduction of {each} points for each person")
    if points and points != _taken(tidak_mengusulkan_evaluator=True):
        raise NotRunError(f"{NP} knows no deduction of {points} points")
    try:
        result = _np(
            inputs["np"], orang_tanpa_evaluator=people, tidak_mengusulkan_evaluator=bool(points)
        )
    except InputError:
        return {"np": None}
    return {"np": result["np_dalam_nkp"]}


def _np(score: Any, **given: Any) -> kinerja.Result:
    none = {"orang_tanpa_evaluator": 0, "tidak_mengusulkan_evaluator": False}
    return load(NP).score({"np": score, **none, **given})


def _taken(**given: Any) -> Fraction:
    """Give the points that one deduction takes off."""
    before, after = _np(100)["np_dalam_nkp"], _np(100, **given)["np_dalam_nkp"]
    return Fraction(before) - Fraction(after)


RUNNERS: Runners = {
    "bobot-kualitas-iki": bobot_kualitas_iki,
    "bobot-kualitas-target": bobot_kualitas_target,
    "bobot-tertimbang": bobot_tertimbang,
    "capaian-iki": capaian_iki,
    "capaian-stabilize": capaian_stabilize,
    "dampak": dampak,
    "hukdis": hukdis,
    "k3": k3,
    "kalibrasi": kalibrasi,
    "konsolidasi": konsolidasi,
    "konversi-120": capaian_iki,
    "koreksi": koreksi,
    "nhk": nhk,
    "nkp": nkp,
    "nkp-awal": nkp,
    "npk": npk,
    "penalti-np-467": penalti_np,
    "predikat-nko": predikat_nko,
    "rating": rating,
}
