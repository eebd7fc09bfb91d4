"""Cases of family `11-capaian-formulas`: achievement formulas, bands, and relative scores.

Each runner takes the inputs of a case and gives what the shipped policy says, in the terms of the case.
A value that depends on a choice which the case does not name has no result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from running import NotRunError, Runners, load, read, title

from kinerja.asn import catalog
from kinerja.errors import InputError
from kinerja.scorer.run import run_some
from kinerja.values import Missing

CAPAIAN = "capaian"
SAMPANG = "lkjip-sampang-2019"
PERMENDAGRI = "permendagri-86-2017"
MALUKU_TENGAH = "lkjip-maluku-tengah-2021"
SUMEDANG = "capaian-sumedang"
JOMBANG = "bps-jombang"

RUMUS = {"two_minus_ratio": "dua_kurang_rasio", "t_over_r": "target_per_realisasi"}


def _variants(policy: str) -> list[dict[str, str]]:
    """Give every combination of the options of a policy's choices that have no default."""
    named = {
        name: tuple(choice.options)
        for name, choice in read(policy).model.choices.items()
        if choice.default is None
    }
    return [dict(zip(named, options, strict=True)) for options in product(*named.values())]


def _steps(policy: str, variant: Mapping[str, str], given: Mapping[str, Any], *names: str) -> Any:
    """Give the last of some steps, computed in turn from the values that are given."""
    program = catalog.read(policy, variant=variant).program
    scope = {
        name: Missing.because("input_missing", name) if value is None else Fraction(value)
        for name, value in given.items()
    }
    state = run_some([step for step in program.steps if step.name in names], scope)
    value = state[names[-1]]
    return None if isinstance(value, Missing) else value


def _agreed(policy: str, given: Callable[[Mapping[str, str]], Any]) -> Any:
    got = [given(variant) for variant in _variants(policy)]
    return got[0] if all(value == got[0] for value in got) else None


# Achievement.


def _capaian(inputs: Mapping[str, Any], arah: str, **named: str) -> Any:
    record = {
        "arah": arah,
        "target": inputs.get("target"),
        "target_atas": inputs.get("target_atas"),
        "realisasi": inputs.get("realisasi"),
    }

    def exact(variant: Mapping[str, str]) -> Any:
        taken = sorted({**variant, **named}.items())
        try:
            return load(CAPAIAN, *taken).score(record)["capaian_bawah"]
        except InputError:
            return None

    return _agreed(CAPAIAN, exact)


def semakin_tinggi(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {"capaian": _capaian(inputs, "semakin_tinggi")}


def semakin_rendah(inputs: Mapping[str, Any]) -> dict[str, Any]:
    if inputs.get("rumus", next(iter(RUMUS))) not in RUMUS:
        raise NotRunError(f"capaian has no option for the formula {inputs['rumus']!r}")
    named = {"rumus_semakin_rendah": RUMUS[inputs["rumus"]]} if "rumus" in inputs else {}
    return {"capaian": _capaian(inputs, "semakin_rendah", **named)}


def semakin_rendah_lantai(inputs: Mapping[str, Any]) -> dict[str, Any]:
    named = {"rumus_semakin_rendah": "dua_kurang_rasio", "batas_bawah": "nol"}
    return {"capaian": _capaian(inputs, "semakin_rendah", **named)}


def _sumedang(record: Mapping[str, Any]) -> Any:
    try:
        return load(SUMEDANG).score(record)["capaian"]
    except InputError:
        return None


def sumedang_capaian(inputs: Mapping[str, Any]) -> dict[str, Any]:
    record = {"jenis": "indikator", "pola": inputs["pola"].lower(), **_actual(inputs)}
    return {"capaian": _sumedang(record)}


def sumedang_renaksi(inputs: Mapping[str, Any]) -> dict[str, Any]:
    method = {"optimize": "stabilize"}.get(inputs["metode"].lower(), inputs["metode"].lower())
    worst = {"target_min": inputs.get("target_min")}
    record = {"jenis": "rencana_aksi", "pola": method, **_actual(inputs), **worst}
    return {"capaian": _sumedang(record)}


def _actual(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {key: inputs.get(key) for key in ("target", "realisasi")}


# Bands.


def _band(policy: str, value: Any, of: str, *names: str) -> Any:
    found = _agreed(policy, lambda variant: _steps(policy, variant, {of: value}, *names))
    return title(policy, "kategori", found)


def pita_sampang(inputs: Mapping[str, Any]) -> dict[str, Any]:
    names = ("capaian_dinilai", "kategori")
    return {"kategori": _band(SAMPANG, inputs["capaian"], "capaian", *names)}


def pita_permendagri(inputs: Mapping[str, Any]) -> dict[str, Any]:
    names = ("capaian_dinilai", "kategori")
    return {"kategori": _band(PERMENDAGRI, inputs["capaian"], "capaian", *names)}


def pita_maluku_tengah(inputs: Mapping[str, Any]) -> dict[str, Any]:
    names = ("capaian_dinilai", "kategori")
    return {"kategori": _band(MALUKU_TENGAH, inputs["capaian"], "capaian_tepat", *names)}


def pita_skpd_sumedang(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {"kategori": _band(SUMEDANG, inputs["capaian"], "capaian", "kategori")}


def kategori_bps(inputs: Mapping[str, Any]) -> dict[str, Any]:
    found = _band(JOMBANG, inputs["nilai"], "nilai", "kategori")
    return {"kategori": None if found is None else found.partition(",")[0]}


#: The policy of each printed table of bands.
TABEL = {
    "maluku_tengah": MALUKU_TENGAH,
    "sampang": SAMPANG,
    "permendagri": PERMENDAGRI,
    "permendagri_86_2017": PERMENDAGRI,
    "sumedang": SUMEDANG,
    "skpd_sumedang": SUMEDANG,
}


def pita_tabel(inputs: Mapping[str, Any]) -> dict[str, Any]:
    policy = TABEL.get(inputs["tabel"])
    if policy is None:
        raise NotRunError(f"no shipped policy has the table {inputs['tabel']!r}")
    rows = []
    for band in reversed(read(policy).rules["kategori"].bands):
        ends = band.interval
        row: dict[str, Any] = {"kategori": title(policy, "kategori", band.label)}
        if ends.low is not None:
            row["min_exclusive" if ends.low_open else "min"] = ends.low
        if ends.high is not None:
            row["max_exclusive" if ends.high_open else "max"] = ends.high
        rows.append(row)
    return {"bands": rows}


# Relative scores.

_VARIANT = ("antara_rentang", "tanpa_kategori")
_MONTH = {"bulan": 1, "kipapp": 0, "hari_kerja": 20, "tidak_hadir": 0, "renak": 0}


def _jombang(peers: list[Any], **month: Any) -> Any:
    record = {
        "bulan": [{**_MONTH, **month}],
        "pegawai": [{"kipapp_pegawai": peer, "renak_pegawai": 0} for peer in peers],
    }
    try:
        return load(JOMBANG, _VARIANT).score(record)
    except InputError:
        return dict.fromkeys(("rentang_kipapp", "kipapp_relatif", "kehadiran"))


def _relative(value: Any, peers: list[Any]) -> dict[str, Any]:
    """Score by KIPAPP, whose scale ends at 100; what lies beyond it can only be activities."""
    given = [*peers, value]
    if any(number is None for number in given):
        return {"range": None, "skor": None}
    if all(0 <= number <= 100 for number in given):
        result = _jombang(peers, kipapp=value)
        return {"range": result["rentang_kipapp"], "skor": result["kipapp_relatif"]}
    most, least = max(given), min(given)
    ends = {"renak_tertinggi": most, "renak_terendah": least, "total_renak": value}
    variant = dict([_VARIANT])
    return {
        "range": _steps(JOMBANG, variant, ends, "rentang_renak"),
        "skor": _steps(JOMBANG, variant, ends, "rentang_renak", "renak_relatif"),
    }


def relatif(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return _relative(inputs["x"], [inputs["max"], inputs["min"]])


def relatif_semua(inputs: Mapping[str, Any]) -> dict[str, Any]:
    values = inputs["nilai"]
    return {"skor": [_relative(value, values)["skor"] for value in values]}


def rata_rata(inputs: Mapping[str, Any]) -> dict[str, Any]:
    months = [
        {**_MONTH, "bulan": place + 1, "kipapp": value}
        for place, value in enumerate(inputs["nilai"])
    ]
    try:
        return {"rata_rata": load(JOMBANG, _VARIANT).score({"bulan": months})["rata_kipapp"]}
    except InputError:
        return {"rata_rata": None}


def kehadiran(inputs: Mapping[str, Any]) -> dict[str, Any]:
    days = {"hari_kerja": inputs["hari_kerja"], "tidak_hadir": inputs["tidak_hadir"]}
    return {"persen": _jombang([0], **days)["kehadiran"]}


def nilai_bps(inputs: Mapping[str, Any]) -> dict[str, Any]:
    parts = dict(zip("abc", ("kipapp_relatif", "kehadiran", "renak_relatif"), strict=True))
    given = {parts[key]: inputs[key] for key in parts}
    return {"nilai": _steps(JOMBANG, dict([_VARIANT]), given, "nilai")}


RUNNERS: Runners = {
    "kategori-bps": kategori_bps,
    "kehadiran": kehadiran,
    "nilai-bps": nilai_bps,
    "pita-maluku-tengah": pita_maluku_tengah,
    "pita-permendagri": pita_permendagri,
    "pita-sampang": pita_sampang,
    "pita-skpd-sumedang": pita_skpd_sumedang,
    "pita-tabel": pita_tabel,
    "rata-rata": rata_rata,
    "relatif": relatif,
    "relatif-semua": relatif_semua,
    "semakin-rendah": semakin_rendah,
    "semakin-rendah-lantai": semakin_rendah_lantai,
    "semakin-tinggi": semakin_tinggi,
    "sumedang-capaian": sumedang_capaian,
    "sumedang-renaksi": sumedang_renaksi,
}
