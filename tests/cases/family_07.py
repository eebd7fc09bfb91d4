"""Cases of family `07-skm-ikm-permenpanrb-14-2017`: surveys of public satisfaction.

Each runner takes the inputs of a case and gives what the shipped policies say, in the terms of the case.
Nine unsur of equal weight go to `skm-2017`, fourteen to `ikm-2004`, any other survey to `skm-unsur-lain`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from running import NotRunError, Runners, load, title

import kinerja
from kinerja.asn import catalog
from kinerja.asn.sampling import allocate, sample_size
from kinerja.errors import InputError

NINE = (
    "persyaratan",
    "prosedur",
    "waktu",
    "biaya",
    "produk",
    "kompetensi",
    "perilaku",
    "sarana",
    "pengaduan",
)
FOURTEEN = (
    "prosedur",
    "persyaratan",
    "kejelasan",
    "kedisiplinan",
    "tanggung_jawab",
    "kemampuan",
    "kecepatan",
    "keadilan",
    "kesopanan",
    "kewajaran_biaya",
    "kepastian_biaya",
    "kepastian_jadwal",
    "kenyamanan",
    "keamanan",
)
#: Policies with a fixed list of unsur: their unsur, and how they call a printed weight.
FIXED = {
    "skm-2017": (NINE, {Decimal("0.111"): "cetak_0_111", Decimal("0.11"): "cetak_0_11"}),
    "ikm-2004": (FOURTEEN, {Decimal("0.071"): "cetak_0_071"}),
}
OTHER = "skm-unsur-lain"
SCALE = (1, 2, 3, 4)
#: Half of the last decimal of a mean as `skm-unsur-lain` publishes it.
ROUNDED = Decimal("0.0005")
#: The readable copy of the bands of 2004 lacks the row of A; the policy has it from an application.
PRINTED_2004 = ("D", "C", "B")


def _weight(inputs: Mapping[str, Any]) -> Any:
    return inputs.get("bobot", "exact")


def _named(inputs: Mapping[str, Any], names: list[str]) -> Mapping[str, Any]:
    """Give weights that are told by the name of the unsur in the order of the unsur."""
    weight = _weight(inputs)
    if not isinstance(weight, Mapping):
        return inputs
    if not set(weight) <= set(names):
        raise NotRunError("a weight is given to an unsur that the survey does not have")
    return {**inputs, "bobot": [weight.get(name) for name in names]}


def _policy(inputs: Mapping[str, Any], count: int) -> str:
    """Choose the policy by the number of unsur, their weight and the bands."""
    weight, band = _weight(inputs), str(inputs.get("band", ""))
    for policy, (unsur, printed) in FIXED.items():
        fits = count == len(unsur) and band in ("", policy.rpartition("-")[2])
        if fits and (weight == "exact" or (not isinstance(weight, list) and weight in printed)):
            return policy
    return OTHER


def _variant(policy: str, inputs: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    variant: dict[str, str] = {}
    if policy in FIXED and _weight(inputs) != "exact":
        variant["bobot"] = FIXED[policy][1][_weight(inputs)]
    if inputs.get("kosong") == "zero":
        variant["jawaban_kosong"] = "nol"
    lower = inputs.get("gap") == "lower_bounds"
    if policy == OTHER and str(inputs.get("band")) == "2004":
        variant["rentang_mutu"] = "tahun_2004_batas_bawah" if lower else "tahun_2004"
    elif lower:
        variant["rentang_mutu"] = "batas_bawah"
    return tuple(sorted(variant.items()))


def _other_record(inputs: Mapping[str, Any], items: list[dict[str, Any]]) -> dict[str, Any]:
    weight = _weight(inputs)
    if isinstance(weight, list):
        if len(weight) > len(items):
            raise NotRunError("the case has more weights than unsur")
        filled = [*weight, *[None] * (len(items) - len(weight))]
        weighted = [{**item, "bobot": w} for item, w in zip(items, filled, strict=True)]
        return {"cara_bobot": "per_unsur", "unsur": weighted}
    if weight == "exact":
        return {"cara_bobot": "sama", "unsur": items}
    return {"cara_bobot": "cetak", "bobot_cetak": weight, "unsur": items}


def _column(result: kinerja.Result, step: str, count: int) -> list[Fraction | None]:
    """Give the values of a step that is computed for each unsur; none where it is not needed."""
    line = next((line for line in result.explanation.lines if line.name == step), None)
    if line is None or line.items is None:
        return [None] * count
    cells = [row[-1] for row in line.items.rows]
    return [None if cell is None else Fraction(cell.en.rstrip("…")) for cell in cells]


def _said(inputs: Mapping[str, Any], names: list[str], record: Mapping[str, Any]) -> dict[str, Any]:
    """Score a survey by its policy: `skm-2017`, `ikm-2004` or `skm-unsur-lain`."""
    policy = OTHER if "unsur" in record else _policy(inputs, len(names))
    try:
        result = load(policy, *_variant(policy, inputs)).score(record)
    except InputError:
        return {"ikm": None, "mutu": None, "kinerja": None, "ditolak": True}
    got = {
        "ikm": result["ikm"],
        "mutu": result["mutu"],
        "kinerja": title(policy, "kinerja", result["kinerja"]),
        "total_nrr_tertimbang": result["ni_tepat"],
        "ditolak": False,
    }
    if policy != OTHER:
        keyed = dict(zip(names, FIXED[policy][0], strict=True))
        got["nrr"] = {name: result[f"rata_{unsur}"] for name, unsur in keyed.items()}
        got["nrr_tertimbang"] = {name: result[f"tertimbang_{u}"] for name, u in keyed.items()}
        if policy == "skm-2017":
            got["mutu_per_unsur"] = {name: result[f"mutu_{u}"] for name, u in keyed.items()}
        else:
            # ikm-2004 gives no quality of an unsur; a survey of that unsur alone has one.
            old = {**inputs, "band": "2004"}
            means = {name: {"nama": name, "nrr": got["nrr"][name]} for name in names}
            got["mutu_per_unsur"] = {
                name: _alone(old, item)["mutu"] for name, item in means.items()
            }
        return got
    weighted = _column(result, "tertimbang", len(names))
    got["nrr_tertimbang"] = dict(zip(names, weighted, strict=True))
    # The NRR of an unsur is the index of a survey of that unsur alone, before it is converted.
    alone = [_alone(inputs, item) for item in record["unsur"]]
    got["nrr"] = {name: one["ni_tepat"] for name, one in zip(names, alone, strict=True)}
    got["mutu_per_unsur"] = {name: one["mutu"] for name, one in zip(names, alone, strict=True)}
    return got


def _alone(inputs: Mapping[str, Any], item: Mapping[str, Any]) -> kinerja.Result:
    return load(OTHER, *_variant(OTHER, inputs)).score({"cara_bobot": "sama", "unsur": [item]})


def ikm_nrr(inputs: Mapping[str, Any]) -> dict[str, Any]:
    names = list(inputs["nrr"])
    inputs = _named(inputs, names)
    policy = _policy(inputs, len(names))
    if policy == OTHER:
        items = [{"nama": name, "nrr": inputs["nrr"][name]} for name in names]
        return _said(inputs, names, _other_record(inputs, items))
    unsur = FIXED[policy][0]
    record = {f"nrr_{u}": inputs["nrr"][n] for n, u in zip(names, unsur, strict=True)}
    return _said(inputs, names, record)


def _names(inputs: Mapping[str, Any]) -> list[str]:
    answers = inputs["responden"]
    count = inputs.get("jumlah_unsur", len(answers[0]) if answers else 0)
    return [f"U{place + 1}" for place in range(count)]


def _counted(inputs: Mapping[str, Any], name: str, answers: list[Any]) -> dict[str, Any]:
    """Count who answered what; a published 5 has no place there, only in the sum that was printed."""
    given = [answer for answer in answers if answer is not None]
    item: dict[str, Any] = {"nama": name, "kosong": len(answers) - len(given)}
    counts = Counter(given)
    if not set(counts) <= set(SCALE) and inputs.get("izinkan_di_luar_skala"):
        return {**item, "jumlah": sum(given), "terisi": len(given)}
    # The policy has no column for an answer outside the scale, and refuses it.
    return {**item, **{f"nilai_{value}": counts[value] for value in {*SCALE, *counts}}}


def _tally(inputs: Mapping[str, Any]) -> list[dict[str, Any]]:
    names = _names(inputs)
    columns = [[answer[place] for answer in inputs["responden"]] for place in range(len(names))]
    return [_counted(inputs, n, column) for n, column in zip(names, columns, strict=True)]


def ikm_responden(inputs: Mapping[str, Any]) -> dict[str, Any]:
    names = _names(inputs)
    inputs = _named(inputs, names)
    policy = _policy(inputs, len(names))
    if policy == OTHER or inputs.get("izinkan_di_luar_skala"):
        items = _tally(inputs)
        got = _said(inputs, names, _other_record(inputs, items))
    else:
        unsur = FIXED[policy][0]
        answers = [dict(zip(unsur, answer, strict=True)) for answer in inputs["responden"]]
        got = _said(inputs, names, {"responden": answers})
    if got["ditolak"]:
        return got
    return {**got, **jumlah_unsur(inputs)}


def jumlah_unsur(inputs: Mapping[str, Any]) -> dict[str, Any]:
    names = _names(inputs)
    everything = [answer for answers in inputs["responden"] for answer in answers]
    sums = []
    for items in (_tally(inputs), [_counted(inputs, "semua", everything)]):
        try:
            result = load(OTHER).score({"cara_bobot": "sama", "unsur": items})
        except InputError:
            return {"jumlah": None, "jumlah_semua": None}
        sums.append(_column(result, "jumlah_nilai", len(items)))
    return {"jumlah": dict(zip(names, sums[0], strict=True)), "jumlah_semua": sums[1][0]}


def _mutu(policy: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    if inputs.get("ikm") is None:
        return {"mutu": None, "kinerja": None}
    every = Fraction(inputs["ikm"]) / 25
    record = {f"nrr_{unsur}": every for unsur in FIXED[policy][0]}
    got = _said(inputs, list(FIXED[policy][0]), record)
    return {"mutu": got["mutu"], "kinerja": got["kinerja"]}


def mutu_2017(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return _mutu("skm-2017", inputs)


def mutu_2004(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return _mutu("ikm-2004", inputs)


def mutu_ni_2_desimal(inputs: Mapping[str, Any]) -> dict[str, Any]:
    scorer = load("skm-2017", ("rentang_mutu", "ni_dua_desimal"))
    try:
        result = scorer.score({f"nrr_{unsur}": inputs.get("ni") for unsur in NINE})
    except InputError:
        return {"mutu": None, "kinerja": None}
    return {"mutu": result["mutu"], "kinerja": title("skm-2017", "kinerja", result["kinerja"])}


def _bands(policy: str, **variant: str) -> dict[str, list[Fraction | None]]:
    bands = catalog.read(policy, variant=variant).rules["mutu"].bands
    return {band.label: [band.interval.low, band.interval.high] for band in bands}


def tabel_mutu(inputs: Mapping[str, Any]) -> dict[str, Any]:
    table = str(inputs["tabel"])
    if table == "ni_2_desimal":
        policy, columns = "skm-2017", {"ni": _bands("skm-2017", rentang_mutu="ni_dua_desimal")}
    elif table == "2004":
        policy = "ikm-2004"
        columns = {"nik": _bands(policy), "ni": _bands(policy, rentang_mutu="ni_dua_desimal")}
    elif table == "2017":
        policy, nik = "skm-2017", _bands("skm-2017")
        # NI and NIK are one table: IKM konversi is IKM times 25.
        columns = {"nik": nik, "ni": {label: [e / 25 for e in ends] for label, ends in nik.items()}}
    else:
        raise NotRunError(f"no shipped policy has the bands {table!r}")
    read = catalog.read(policy)
    given = dict(read.rules["kinerja"].rows)
    titles = read.model.scales["kinerja"].labels
    labels = PRINTED_2004 if table == "2004" else ("D", "C", "B", "A")
    return {
        "bands": [
            {
                "persepsi": place + 1,
                "mutu": label,
                "kinerja": titles[given[label,].value].id,
                **{name: column[label] for name, column in columns.items()},
            }
            for place, label in enumerate(labels)
        ]
    }


def unsur_ekstrem(inputs: Mapping[str, Any]) -> dict[str, Any]:
    names = list(inputs["nrr"])
    policy = _policy(inputs, len(names))
    nothing = {"terendah": None, "tertinggi": None}
    try:
        if policy == OTHER:
            return _extremes_of_others(inputs, names) or nothing
        unsur = FIXED[policy][0]
        record = {f"nrr_{u}": inputs["nrr"][n] for n, u in zip(names, unsur, strict=True)}
        result = load(policy).score(record)
    except InputError:
        return nothing
    keyed = dict(zip(unsur, names, strict=True))
    found = {key: result[f"unsur_{key}"] for key in nothing}
    return {
        key: label and {"unsur": keyed[str(label)], "nrr": result[f"rata_{label}"]}
        for key, label in found.items()
    }


def _extremes_of_others(inputs: Mapping[str, Any], names: list[str]) -> dict[str, Any] | None:
    """Find the unsur of the lowest and the highest mean; the policy gives both means rounded."""
    items = [{"nama": name, "nrr": inputs["nrr"][name]} for name in names]
    result = load(OTHER).score(_other_record(inputs, items))
    if result["nrr_terendah"] is None:
        return None
    means = {item["nama"]: _alone(inputs, item)["ni_tepat"] for item in items}
    found = {}
    for key, first in (("terendah", min), ("tertinggi", max)):
        name = first(means, key=lambda name: means[name])
        if abs(means[name] - result[f"nrr_{key}"]) > ROUNDED:
            raise AssertionError(f"nrr_{key} is not the mean of an unsur")
        found[key] = {"unsur": name, "nrr": means[name]}
    return found


def dashboard(inputs: Mapping[str, Any]) -> dict[str, Any]:
    indices = inputs["ikm_unit"]
    respondents = inputs.get("responden_unit") or [None] * len(indices)
    units = [
        {"nama": f"unit {place + 1}", "ikm": ikm, "responden": count}
        for place, (ikm, count) in enumerate(zip(indices, respondents, strict=True))
    ]
    # A unit without respondents has no index; the plain mean of the indices is one of those there are.
    variant = [("unit_tanpa_ikm", "lewati")] if None in indices else []
    try:
        result = load("skm-instansi", *variant).score({"unit": units})
    except InputError:
        return {"ikm_instansi": None, "mutu": None}
    return {"ikm_instansi": result["ikm_instansi"], "mutu": result["mutu"]}


def sampel(inputs: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {"sampel": sample_size(inputs["populasi"])}
    except ValueError:
        return {"sampel": None}


def alokasi(inputs: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return {"alokasi": allocate(inputs["sampel"], inputs["strata"], method="half_up")}
    except ValueError:
        return {"alokasi": None}


RUNNERS: Runners = {
    "alokasi": alokasi,
    "dashboard": dashboard,
    "ikm-nrr": ikm_nrr,
    "ikm-responden": ikm_responden,
    "isian-kosong": ikm_responden,
    "jumlah-unsur": jumlah_unsur,
    "mutu-2004": mutu_2004,
    "mutu-2017": mutu_2017,
    "mutu-ni-2-desimal": mutu_ni_2_desimal,
    "nrr-tertimbang": ikm_nrr,
    "sampel": sampel,
    "tabel-mutu": tabel_mutu,
    "unsur-ekstrem": unsur_ekstrem,
}
