"""Cases of family `08-360-schemes`: 360-degree panels.

Each runner takes the inputs of a case and gives what the shipped policy says, in the terms of the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from running import NotRunError, Runners, extended, load, read, title

from kinerja.errors import InputError, PolicyError
from kinerja.scorer import Scorer
from kinerja.values import Bands

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
    own = [
        "{" + ", ".join(f"{g}: {w} %" for g, w in zip(key.split("+"), shares, strict=False)) + "}"
        for key, shares in weights.items()
    ]
    return extended("sikap-360", f"steps: {{panel: {{compositions: [{', '.join(own)}]}}}}\n")


def _panel(raters: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    """Write one row an answer: a rater gives one value for all indicators, or a list of seven."""
    return [
        {
            "penilai": f"{group}_{place + 1}",
            "kelompok": group,
            "aspek": aspek,
            "nilai": value[at] if isinstance(value, list) else value,
        }
        for group, values in raters.items()
        for place, value in enumerate(values or ())
        for at, aspek in enumerate(ASPEK)
    ]


def _of_this_type(answers: Any) -> None:
    """A whole number is the same answer however a file writes it: 5, 5.0 or "5"."""
    for answer in answers:
        if isinstance(answer, str) or (isinstance(answer, Decimal) and answer == int(answer)):
            raise NotRunError("how an answer is typed is an application's restriction, not ours")


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
        _of_this_type(changed.values())
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
    place = int(inputs["indikator"])
    if not 1 <= place <= len(ASPEK):
        return {"skor_indikator": None}
    try:
        result = _sikap(inputs.get("bobot")).score({"penilaian": _panel(inputs["nilai"])})
    except InputError:
        return {"skor_indikator": None}
    return {"skor_indikator": result[f"aspek_{ASPEK[place - 1]}"]}


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
    raters = {role: [3] * count for role, count in dict(inputs["jumlah_penilai"]).items()}
    try:
        return {"ditolak": _sikap().score({"penilaian": _panel(raters)})["skor"] is None}
    except InputError:
        return {"ditolak": True}


def sikap_jawaban_sah(inputs: Mapping[str, Any]) -> dict[str, Any]:
    rows = _panel({"rekan": [3, 3, 3], "bawahan": [3, 3, 3]})
    answers = dict(inputs["jawaban"] or {})
    _of_this_type(answers.values())
    places = {str(place + 1) for place in range(len(ASPEK))}
    for place, value in answers.items():
        known = place in places
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
    if not isinstance(weights, dict) or not all(
        isinstance(shares, list) for shares in weights.values()
    ):
        raise NotRunError("the shape of a web form, not a policy")
    try:
        _sikap(weights)
    except PolicyError:
        return {"ditolak": True}
    if any(isinstance(share, str) for shares in weights.values() for share in shares):
        raise NotRunError("how a weight is typed is an application's restriction, not ours")
    if any(share <= 0 or share != int(share) for shares in weights.values() for share in shares):
        raise NotRunError("weights of 0 and fractions are an application's restriction, not ours")
    rule: Any = read("sikap-360").rules["panel"]
    ours = {frozenset(group for group, _ in row.shares) for row in rule.compositions}
    if {frozenset(key.split("+")) for key in weights} != ours:
        raise NotRunError("which compositions there are is for a policy to say, not for a form")
    return {"ditolak": False}


def _band(policy: str, step: str, value: Any) -> str | None:
    """Find the label of a number in the bands of a shipped policy."""
    if value is None:
        return None
    rule: Any = read(policy).rules[step]
    band = Bands(bands=rule.bands, between=rule.between).find(Fraction(value))
    return None if band is None else band.label


def _ratings(groups: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Write one row a rater, from one value or a list of them; a group without value has no row."""
    rows = []
    for group, given in groups.items():
        values = given if isinstance(given, list) else [given]
        there = [value for value in values if value is not None]
        rows += [
            {"penilai": f"{group}_{place}", "kelompok": group, "nilai": value}
            for place, value in enumerate(there)
        ]
    return rows


def sumedang_bobot(inputs: Mapping[str, Any]) -> dict[str, Any]:
    record = {
        "jumlah_rekan": inputs.get("n_rekan"),
        "jumlah_bawahan": inputs.get("n_bawahan"),
        # A lone rating of 1 scores what it weighs.
        "penilaian": [{"penilai": "a", "kelompok": inputs["peran"], "rating": 1}],
    }
    try:
        return {"bobot": load("sumedang-360").score(record)["skor_bulan"]}
    except InputError:
        return {"bobot": None}


def sumedang_skor(inputs: Mapping[str, Any]) -> dict[str, Any]:
    existing = inputs.get("n_rekan_dan_bawahan")
    raters = {"atasan": inputs.get("atasan"), "rekan": inputs.get("lainnya")}
    record = {
        # A peer weighs as much as a direct report; the case does not tell them apart.
        "jumlah_rekan": existing,
        "jumlah_bawahan": None if existing is None else 0,
        "penilaian": [{**row, "rating": row["nilai"]} for row in _ratings(raters)],
    }
    try:
        result = load("sumedang-360").score(record)
    except InputError:
        return {"skor": None, "rating": None}
    return {"skor": result["skor_bulan"], "rating": result["rating_perilaku"]}


def sumedang_predikat(inputs: Mapping[str, Any]) -> dict[str, Any]:
    ratings = (
        _band("sumedang-360", "rating_hasil_kerja", inputs["hasil_kerja"]),
        _band("sumedang-360", "rating_perilaku", inputs["perilaku"]),
    )
    rule: Any = read("sumedang-360").rules["predikat"]
    return {"predikat": title("sumedang-360", "predikat", dict(rule.cells).get(ratings))}


def pemalang(inputs: Mapping[str, Any]) -> dict[str, Any]:
    post = str(inputs["posisi"]).lower()
    post = {"sekretaris": "kabid", "staff": "staf"}.get(post, post)
    groups = {name: inputs.get(name) for name in ("atasan", "rekan", "bawahan")}
    record = {
        "posisi": post,
        "bawahan_aktif": inputs.get("bawahan_aktif"),
        "penilaian": [{**row, "aspek": aspek} for row in _ratings(groups) for aspek in ASPEK],
    }
    try:
        result = load("pemalang-360").score(record)
    except InputError:
        return {"bobot": None, "status": None, "skor": None, "kategori": None}
    shares: dict[str, Any] = {name: result[f"bobot_{name}"] for name in groups}
    return {
        "bobot": {
            name: None if share is None else Fraction(share) / 100 for name, share in shares.items()
        },
        "status": title("pemalang-360", "kelengkapan", result["kelengkapan"]),
        "skor": result["skor_tepat"],
        "kategori": title("pemalang-360", "kategori", result["kategori"]),
    }


def pemalang_kategori(inputs: Mapping[str, Any]) -> dict[str, Any]:
    label = _band("pemalang-360", "kategori", inputs["skor"])
    return {"kategori": title("pemalang-360", "kategori", label)}


def _treated_as(inputs: Mapping[str, Any], treatment: str) -> dict[str, Any]:
    """Give the rater groups of a scheme that treats a missing group in one way only."""
    named = inputs.get("kelompok_kosong", treatment)
    if named != treatment:
        raise NotRunError(f"the scheme does not treat a missing group by {named}")
    return {key: value for key, value in inputs.items() if key != "kelompok_kosong"}


def guru_360(inputs: Mapping[str, Any]) -> dict[str, Any]:
    groups = _treated_as(inputs, "zero")
    try:
        result = load("guru-360").score({"penilaian": _ratings(groups)})
    except InputError:
        return {"skor": None}
    return {"skor": result["skor_tepat"]}


def akhlak(inputs: Mapping[str, Any]) -> dict[str, Any]:
    schemes = {"renormalize": "akhlak-bumn-1", "zero": "akhlak-bumn-2"}
    named = inputs.get("kelompok_kosong")
    if named is not None and named not in schemes:
        raise NotRunError(f"neither scheme treats a missing group by {named}")
    record = {"penilaian": _ratings(inputs["nilai"])}
    taken = list(schemes.values()) if named is None else [schemes[named]]
    try:
        scores = {load(scheme).score(record)["skor"] for scheme in taken}
    except InputError:
        return {"skor": None}
    # Without a name the case has a result only where both schemes agree.
    return {"skor": scores.pop() if len(scores) == 1 else None}


def akhlak_kategori(inputs: Mapping[str, Any]) -> dict[str, Any]:
    label = _band("akhlak-bumn-2", "kategori", inputs["skor"])
    return {"kategori": title("akhlak-bumn-2", "kategori", label)}


def bumn_kategori(inputs: Mapping[str, Any]) -> dict[str, Any]:
    try:
        grade = load("akhlak-bumn-grade").score({"skor": inputs["skor"]})["grade"]
    except InputError:
        return {"grade": None, "label": None}
    # The word that goes with a grade stands behind it, where it is known: «B (Baik)».
    said = title("akhlak-bumn-grade", "grade", grade) or ""
    return {"grade": grade, "label": said.partition("(")[2].rstrip(")") or None}


def pp46_lokal(inputs: Mapping[str, Any]) -> dict[str, Any]:
    aspects = ("orientasi_pelayanan", "integritas", "komitmen", "disiplin", "kerja_sama")
    # A rater of the case has one value: the mean of equal aspects.
    rows = [{**row, **dict.fromkeys(aspects, row["nilai"])} for row in _ratings(inputs)]
    try:
        result = load("perilaku-pp46-lokal").score({"jabatan_struktural": False, "penilaian": rows})
    except InputError:
        return {"nilai": None}
    return {"nilai": result["panel"]}


RUNNERS: Runners = {
    "akhlak": akhlak,
    "akhlak-kategori": akhlak_kategori,
    "bumn-kategori": bumn_kategori,
    "guru-360": guru_360,
    "pemalang": pemalang,
    "pemalang-kategori": pemalang_kategori,
    "pp46-lokal": pp46_lokal,
    "sikap-bobot": sikap_bobot,
    "sikap-bobot-sah": sikap_bobot_sah,
    "sikap-dimensi": sikap_dimensi,
    "sikap-jawaban-sah": sikap_jawaban_sah,
    "sikap-komposisi-sah": sikap_komposisi_sah,
    "sikap-skor": sikap_skor,
    "sumedang-bobot": sumedang_bobot,
    "sumedang-predikat": sumedang_predikat,
    "sumedang-skor": sumedang_skor,
}
