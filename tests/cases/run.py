"""Run worked cases through the shipped policies: `python tests/cases/run.py FILE…`.

Each file is a list of cases: `id`, `family`, `rule`, `inputs`, `expected`, `tolerance`, `status`, `assert`.
Dispatch is on the slug of `rule`, never on an id. One line a case, last `N passed, M failed, K not run`.
A case with `"assert": false` is never asserted.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import kinerja
from kinerja.asn import catalog
from kinerja.errors import InputError, PolicyError
from kinerja.policy import Policy, parse_policy
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
ASPEK = (
    "berorientasi_pelayanan",
    "akuntabel",
    "kompeten",
    "harmonis",
    "loyal",
    "adaptif",
    "kolaboratif",
)
#: Below this a difference from an exactly expected value is noise of the division that printed it.
NOISE = Fraction(1, 10**9)


@cache
def _load(policy: str, *variant: tuple[str, str]) -> Scorer:
    """Load a policy once for all cases."""
    return kinerja.load(policy, variant=dict(variant))


@cache
def _read(policy: str) -> Policy:
    return catalog.read(policy)


class NotRunError(Exception):
    """The case does not fit a shipped policy; the message says why."""


@dataclass(frozen=True)
class Outcome:
    """What became of one case."""

    id: str
    state: str
    detail: str = ""


def run_file(path: Path) -> Iterator[Outcome]:
    """Run every case of a file."""
    cases = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    for case in cases:
        yield run_case(case)


def run_case(case: Mapping[str, Any]) -> Outcome:
    """Run one case."""
    slug = case["rule"].split(":")[0].strip()
    if not case["assert"]:
        return Outcome(case["id"], "not run", "flagged: never asserted")
    runner = RUNNERS.get(slug)
    if runner is None:
        return Outcome(case["id"], "not run", f"no shipped policy for the rule {slug!r}")
    try:
        got = runner(case["inputs"])
    except NotRunError as reason:
        return Outcome(case["id"], "not run", str(reason))
    differences = list(_differences(case["expected"], got, case["tolerance"]))
    if differences:
        return Outcome(case["id"], "failed", "; ".join(differences))
    return Outcome(case["id"], "passed")


def _differences(
    expected: Any, got: Any, tolerance: Decimal | None, path: str = ""
) -> Iterator[str]:
    if isinstance(expected, Mapping):
        for key, value in expected.items():
            below = got.get(key, "absent") if isinstance(got, Mapping) else "absent"
            yield from _differences(value, below, tolerance, f"{path}.{key}".lstrip("."))
    elif isinstance(expected, list):
        if not isinstance(got, list) or len(got) != len(expected):
            yield f"{path}: expected {expected}, got {got}"
            return
        for place, (one, other) in enumerate(zip(expected, got, strict=True)):
            yield from _differences(one, other, tolerance, f"{path}[{place}]")
    elif isinstance(expected, bool) or not isinstance(expected, (int, Decimal)):
        if expected != got:
            yield f"{path}: expected {expected!r}, got {got!r}"
    elif not isinstance(got, (int, Decimal, Fraction)) or isinstance(got, bool):
        yield f"{path}: expected {expected}, got {got!r}"
    else:
        allowed = NOISE if tolerance is None else Fraction(tolerance)
        if abs(Fraction(expected) - Fraction(got)) > allowed:
            yield f"{path}: expected {expected}, got {got}"


# Survei Kepuasan Masyarakat (family 07).


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
    return _load("skm-2017", *sorted(variant.items()))


def _nine(names: list[str]) -> None:
    if len(names) != len(UNSUR):
        raise NotRunError(f"skm-2017 has nine unsur, the case has {len(names)}")


def _published(result: kinerja.Result, names: list[str]) -> dict[str, Any]:
    keyed = dict(zip(names, UNSUR, strict=True))
    return {
        "ikm": result["ikm"],
        "mutu": result["mutu"],
        "kinerja": _title("skm-2017", "kinerja", result["kinerja"]),
        "total_nrr_tertimbang": result["ni_tepat"],
        "nrr": {name: result[f"rata_{unsur}"] for name, unsur in keyed.items()},
        "nrr_tertimbang": {name: result[f"tertimbang_{unsur}"] for name, unsur in keyed.items()},
        "mutu_per_unsur": {name: result[f"mutu_{unsur}"] for name, unsur in keyed.items()},
    }


def _title(policy: str, scale: str, label: object) -> str | None:
    if label is None:
        return None
    return _read(policy).model.scales[scale].labels[str(label)].id


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
    return {"mutu": result["mutu"], "kinerja": _title("skm-2017", "kinerja", result["kinerja"])}


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


# SIKAP 360 (family 08, scheme c).


def _sikap(weights: Mapping[str, list[Any]] | None = None) -> Scorer:
    if weights is None:
        return _load("sikap-360")
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


# PermenPANRB 6/2022 (family 04).


def kuadran(inputs: Mapping[str, Any]) -> dict[str, Any]:
    record = {
        "hasil_kerja": inputs["rating_hasil_kerja"],
        "perilaku_kerja": inputs["rating_perilaku_kerja"],
    }
    label = _load("kuadran-6-2022").score(record)["predikat"]
    return {"predikat": _title("kuadran-6-2022", "predikat", label)}


RUNNERS: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "ikm-nrr": ikm_nrr,
    "ikm-responden": ikm_responden,
    "isian-kosong": isian_kosong,
    "kuadran": kuadran,
    "mutu-2017": mutu_2017,
    "mutu-ni-2-desimal": mutu_ni_2_desimal,
    "nrr-tertimbang": ikm_nrr,
    "sikap-bobot": sikap_bobot,
    "sikap-bobot-sah": sikap_bobot_sah,
    "sikap-dimensi": sikap_dimensi,
    "sikap-jawaban-sah": sikap_jawaban_sah,
    "sikap-komposisi-sah": sikap_komposisi_sah,
    "sikap-skor": sikap_skor,
    "tabel-mutu": tabel_mutu,
    "unsur-ekstrem": unsur_ekstrem,
}


def main(paths: list[str]) -> int:
    """Run the files and print what became of each case."""
    counts = {"passed": 0, "failed": 0, "not run": 0}
    for path in paths:
        for outcome in run_file(Path(path)):
            counts[outcome.state] += 1
            print(f"{outcome.state:8}{outcome.id}{': ' if outcome.detail else ''}{outcome.detail}")
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['not run']} not run")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
