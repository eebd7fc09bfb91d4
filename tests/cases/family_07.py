"""Cases of family `07-skm-ikm-permenpanrb-14-2017`: Survei Kepuasan Masyarakat.

Each runner takes the inputs of a case and gives what the shipped policy says, in the terms of the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from running import NotRunError, Runners, load, title

import kinerja
from kinerja.asn import catalog
from kinerja.scorer import Scorer

UNSUR = (
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


def _skm(inputs: Mapping[str, Any], **more: str) -> Scorer:
    variant = dict(more)
    weight = inputs.get("bobot", "exact")
    if isinstance(weight, list):
        raise NotRunError("skm-2017 has equal weights; unequal ones are an agency's own policy")
    if weight != "exact":
        named = {Decimal("0.111"): "cetak_0_111", Decimal("0.11"): "cetak_0_11"}.get(weight)
        if named is None:
            raise NotRunError(f"skm-2017 has no printed weight {weight}")
        variant["bobot"] = named
    if inputs.get("kosong") == "zero":
        variant["jawaban_kosong"] = "nol"
    if inputs.get("gap") == "lower_bounds":
        variant["rentang_mutu"] = "batas_bawah"
    if inputs.get("band") == "2004":
        raise NotRunError("the bands of 2004 are not among the shipped policies")
    return load("skm-2017", *sorted(variant.items()))


def _nine(names: list[str]) -> None:
    if len(names) != len(UNSUR):
        raise NotRunError(f"skm-2017 has nine unsur, the case has {len(names)}")


def _published(result: kinerja.Result, names: list[str]) -> dict[str, Any]:
    keyed = dict(zip(names, UNSUR, strict=True))
    return {
        "ikm": result["ikm"],
        "mutu": result["mutu"],
        "kinerja": title("skm-2017", "kinerja", result["kinerja"]),
        "total_nrr_tertimbang": result["ni_tepat"],
        "nrr": {name: result[f"rata_{unsur}"] for name, unsur in keyed.items()},
        "nrr_tertimbang": {name: result[f"tertimbang_{unsur}"] for name, unsur in keyed.items()},
        "mutu_per_unsur": {name: result[f"mutu_{unsur}"] for name, unsur in keyed.items()},
    }


def ikm_nrr(inputs: Mapping[str, Any]) -> dict[str, Any]:
    names = list(inputs["nrr"])
    _nine(names)
    record = {f"nrr_{u}": inputs["nrr"][n] for n, u in zip(names, UNSUR, strict=True)}
    return _published(_skm(inputs).score(record), names)


def ikm_responden(inputs: Mapping[str, Any]) -> dict[str, Any]:
    answers = inputs["responden"]
    count = inputs.get("jumlah_unsur", len(answers[0]) if answers else 0)
    names = [f"U{place + 1}" for place in range(count)]
    _nine(names)
    items = [dict(zip(UNSUR, answer, strict=True)) for answer in answers]
    got = _published(_skm(inputs).score({"responden": items}), names)
    got["jumlah"] = {
        name: sum(item[unsur] for item in items if item[unsur] is not None)
        for name, unsur in zip(names, UNSUR, strict=True)
    }
    return got


def mutu_2017(inputs: Mapping[str, Any]) -> dict[str, Any]:
    every = Fraction(inputs["ikm"]) / 25
    result = _skm(inputs).score({f"nrr_{unsur}": every for unsur in UNSUR})
    return {"mutu": result["mutu"], "kinerja": title("skm-2017", "kinerja", result["kinerja"])}


def mutu_ni_2_desimal(inputs: Mapping[str, Any]) -> dict[str, Any]:
    scorer = _skm({}, rentang_mutu="ni_dua_desimal")
    return {"mutu": scorer.score({f"nrr_{unsur}": inputs["ni"] for unsur in UNSUR})["mutu"]}


def tabel_mutu(inputs: Mapping[str, Any]) -> dict[str, Any]:
    variants = {"2017": {}, "ni_2_desimal": {"rentang_mutu": "ni_dua_desimal"}}
    if inputs["tabel"] not in variants:
        raise NotRunError("the bands of 2004 are not among the shipped policies")
    policy = catalog.read("skm-2017", variant=variants[inputs["tabel"]])
    bands = policy.rules["mutu"].bands
    key = "ni" if inputs["tabel"] == "ni_2_desimal" else "nik"
    rows = []
    titles = policy.model.scales["kinerja"].labels
    given = dict(policy.rules["kinerja"].rows)
    for place, band in enumerate(bands):
        row = {
            "persepsi": place + 1,
            key: [band.interval.low, band.interval.high],
            "mutu": band.label,
            "kinerja": titles[given[band.label,].value].id,
        }
        if key == "nik":
            # NI and NIK are one table: IKM konversi is IKM times 25.
            row["ni"] = [end / 25 for end in row["nik"]]
        rows.append(row)
    return {"bands": rows}


def unsur_ekstrem(inputs: Mapping[str, Any]) -> dict[str, Any]:
    names = list(inputs["nrr"])
    _nine(names)
    record = {f"nrr_{u}": inputs["nrr"][n] for n, u in zip(names, UNSUR, strict=True)}
    result = _skm(inputs).score(record)
    keyed = dict(zip(UNSUR, names, strict=True))
    return {
        key: {
            "unsur": keyed[str(result[f"unsur_{key}"])],
            "nrr": result[f"unsur_{result[f'unsur_{key}']}"],
        }
        for key in ("terendah", "tertinggi")
    }


def isian_kosong(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return ikm_responden(inputs)


RUNNERS: Runners = {
    "ikm-nrr": ikm_nrr,
    "ikm-responden": ikm_responden,
    "isian-kosong": isian_kosong,
    "mutu-2017": mutu_2017,
    "mutu-ni-2-desimal": mutu_ni_2_desimal,
    "nrr-tertimbang": ikm_nrr,
    "tabel-mutu": tabel_mutu,
    "unsur-ekstrem": unsur_ekstrem,
}
