"""Cases of family `09-tpp-tukin`: allowances and the deductions from them.

Each runner takes the inputs of a case and gives what the shipped policy says, in the terms of the case.
A value that depends on a choice which the case does not name has no result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from running import NotRunError, Runners, load, read, title

from kinerja.errors import InputError
from kinerja.scorer.run import run_some

PERMENTAN = "tukin-permentan-68-2012"
PETUNJUK = "tukin-petunjuk"
TULANG_BAWANG = "disiplin-tulang-bawang"
BGN = "tukin-bgn-2025"
KEMNAKER = "tukin-kemnaker-2024"
SUMEDANG = "tpp-sumedang"
BALANGAN = "tpp-balangan"

#: The label that other regulations write for the same predicate.
SEBUTAN = {
    "Butuh Perbaikan": "Perlu Perbaikan",
    "Cukup": "Perlu Perbaikan",
    "Kurang/Misconduct": "Kurang",
}


def _in_all(policy: str, choices: Mapping[str, tuple[str, ...]], score: Callable[..., Any]) -> Any:
    """Give what every option of the choices agrees on; `None` where they differ, or the data is refused."""
    got = []
    for options in product(*choices.values()):
        try:
            got.append(score(load(policy, *sorted(zip(choices, options, strict=True)))))
        except InputError:
            return None
    return got[0] if all(value == got[0] for value in got) else None


def _refused(policy: str, record: Mapping[str, Any], *variant: tuple[str, str]) -> bool:
    try:
        load(policy, *variant).score(record)
    except InputError:
        return True
    return False


def _value(policy: str, record: Mapping[str, Any], step: str) -> Any:
    try:
        return load(policy).score(record)[step]
    except InputError:
        return None


def _classes(policy: str, bands: str, rates: str) -> list[dict[str, Any]]:
    """Give the classes of lateness of a policy with their percentages, as the cases write tables."""
    rules = read(policy).rules
    given = dict(rules[rates].rows)
    rows = []
    for band in rules[bands].bands:
        ends = band.interval
        percent = given[band.label,].value
        if percent == 0:
            continue
        if ends.high is None:
            rows.append({"lebih_dari": ends.low, "persen": percent})
        else:
            end = "max_exclusive" if ends.high_open else "max"
            rows.append({"min": ends.low, end: ends.high, "persen": percent})
    return rows


def _class_of(policy: str, percent: Any) -> str | None:
    """Give the class of lateness (TL1 to TL4) that deducts a percentage."""
    rows = dict(read(policy).rules["persen_terlambat"].rows)
    names = [name for (name,), value in rows.items() if value.value == percent != 0]
    return str(title(policy, "kelas", names[0])).split("/")[0] if names else None


# Lateness.

_91 = {"tepat_91_menit": ("kelas_4", "kelas_3")}


def _permentan_day(minutes: Any) -> dict[str, Any]:
    day = {"tanggal": "2024-01-02", "rekam_masuk": minutes is not None, "rekam_pulang": True}
    return {
        "hari": [{**day, "menit_terlambat": minutes, "menit_pulang_cepat": 0}],
        "hari_alpa": 0,
        "hukuman_disiplin": "tidak_ada",
    }


def permentan_telat(inputs: Mapping[str, Any]) -> dict[str, Any]:
    def percent(scorer: Any, minutes: Any) -> Any:
        return scorer.score(_permentan_day(minutes))["potongan_terlambat"]

    if "menit" in inputs:
        minutes = inputs["menit"]
        found = _in_all(PERMENTAN, _91, lambda scorer: percent(scorer, minutes))
        return {"persen": found, "kelas": _class_of(PERMENTAN, found)}
    rows = _classes(PERMENTAN, "kelas_menit_masuk", "persen_terlambat")
    if _in_all(PERMENTAN, _91, lambda scorer: percent(scorer, None)) == rows[-1]["persen"]:
        rows[-1]["atau"] = "tanpa_rekam"
    return {"kelas": rows}


def permentan_alpa(inputs: Mapping[str, Any]) -> dict[str, Any]:
    record = {"hari": [], "hari_alpa": inputs["hari"], "hukuman_disiplin": "tidak_ada"}
    return {"persen": _in_all(PERMENTAN, _91, lambda scorer: scorer.score(record)["potongan_alpa"])}


def permentan_hukdis(inputs: Mapping[str, Any]) -> dict[str, Any]:
    kind = inputs.get("jenis")
    penalty = f"{inputs['tingkat']}_{kind}" if kind is not None else inputs["tingkat"]
    penalty = {"pemberhentian": "pemberhentian_banding"}.get(penalty, penalty)
    record = {"hari": [], "hari_alpa": 0, "hukuman_disiplin": penalty, "bulan_hukuman_ke": 1}

    def both(scorer: Any) -> Any:
        result = scorer.score(record)
        return result["potongan_hukuman"], result["lama_hukuman"]

    percent, months = _in_all(PERMENTAN, _91, both) or (None, None)
    return {"persen": percent, "bulan": months}


def _petunjuk_day(late: Any, early: Any) -> dict[str, Any]:
    day = {"tanggal": "2014-01-02", "menit_terlambat": late, "menit_pulang_cepat": early}
    return {"hari": [day]}


_PETUNJUK = {"pecahan_menit": ("dibuang", "dibulatkan_ke_atas"), **_91}


def petunjuk_telat(inputs: Mapping[str, Any]) -> dict[str, Any]:
    if "menit" not in inputs:
        return {"kelas": _classes(PETUNJUK, "kelas_terlambat", "persen_terlambat")}
    record = _petunjuk_day(inputs["menit"], 0)
    percent = _in_all(PETUNJUK, _PETUNJUK, lambda scorer: scorer.score(record)["potongan"])
    return {"persen": percent, "kelas": _class_of(PETUNJUK, percent)}


def petunjuk_batas_harian(inputs: Mapping[str, Any]) -> dict[str, Any]:
    rules = read(PETUNJUK).rules

    def minutes(percent: Any, bands: str, rates: str) -> Fraction:
        given = {value.value: key for (key,), value in dict(rules[rates].rows).items()}
        if percent is None or Fraction(percent) not in given:
            raise NotRunError(f"no class of the table deducts {percent} percent")
        [ends] = [b.interval for b in rules[bands].bands if b.label == given[Fraction(percent)]]
        return ends.low + 1 if ends.low_open else ends.low

    late = minutes(inputs["tl_persen"], "kelas_terlambat", "persen_terlambat")
    early = minutes(inputs["psw_persen"], "kelas_pulang_cepat", "persen_pulang_cepat")

    def both(scorer: Any) -> Any:
        result = scorer.score(_petunjuk_day(late, early))
        return result["potongan_sebelum_batas"], result["potongan"]

    before, applied = _in_all(PETUNJUK, _PETUNJUK, both)
    return {"jumlah": before, "diterapkan": applied}


def tulang_bawang_telat(inputs: Mapping[str, Any]) -> dict[str, Any]:
    def result(scorer: Any, minutes: Any, missed: int = 0) -> Any:
        day = {"tanggal": "2024-01-02", "daftar_hadir": minutes is not None}
        days = [{**day, "menit_terlambat": minutes}]
        return scorer.score({"hari": days, "apel_tidak_diikuti": missed})

    def percent(scorer: Any, minutes: Any) -> Any:
        return result(scorer, minutes)["pengurangan_terlambat"]

    if "tidak_ikut_apel" in inputs:
        count = int(inputs["tidak_ikut_apel"] or 0)
        missed = _in_all(
            TULANG_BAWANG, _91, lambda scorer: result(scorer, 0, count)["pengurangan_apel"]
        )
        return {"persen": missed}
    if "menit" in inputs:
        minutes = inputs["menit"]
        return {"persen": _in_all(TULANG_BAWANG, _91, lambda scorer: percent(scorer, minutes))}
    rows = _classes(TULANG_BAWANG, "kelas_menit", "persen_terlambat")
    if _in_all(TULANG_BAWANG, _91, lambda scorer: percent(scorer, None)) == rows[-1]["persen"]:
        rows[-1]["atau"] = "tanpa_rekam"
    missed = _in_all(TULANG_BAWANG, _91, lambda scorer: result(scorer, 0, 1)["pengurangan_apel"])
    return {"kelas": rows, "tidak_ikut_apel": missed}


def bgn_telat(inputs: Mapping[str, Any]) -> dict[str, Any]:
    choices = {
        "cara_hitung": ("per_kejadian", "sebulan"),
        "sampai_satu_menit": ("tidak_dipotong", "dipotong"),
    }
    record = {"keterlambatan": [{"tanggal": "2025-03-03", "menit": inputs["menit"]}]}
    return {"persen": _in_all(BGN, choices, lambda scorer: scorer.score(record)["potongan"])}


# Absence.


def bp2mi_alpa(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {"persen": _value("tukin-bp2mi-2024", {"hari_alpa": inputs["hari"]}, "potongan")}


def dikdasmen_alpa(inputs: Mapping[str, Any]) -> dict[str, Any]:
    days = inputs["hari"]
    run = days if days is None or inputs.get("berturut_turut") else min(days, 1)
    record = {"hari_alpa": days, "hari_alpa_berturut_turut": run}
    return {"persen": _value("tukin-dikdasmen-2025", record, "potongan")}


def infra_tanpa_rekam(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for the side that lacks its record; a side that the case does not name is recorded."""
    sides = {"rekam_masuk": "masuk_dihitung", "rekam_pulang": "pulang_dihitung"}
    lacking = "tidak_ada_dengan_alasan" if inputs.get("alasan") else "tidak_ada_tanpa_alasan"
    record = {key: "ada" if inputs.get(key, "") is not None else lacking for key in sides}
    result = load("tukin-infra-2025").score(record)
    found = {result[step] for key, step in sides.items() if record[key] != "ada"}
    return {"dihitung_sebagai": found.pop() if len(found) == 1 else None}


# Amounts.


def kemnaker(inputs: Mapping[str, Any]) -> dict[str, Any]:
    said = SEBUTAN.get(inputs["predikat"], inputs["predikat"])
    record = {
        "tunjangan": inputs.get("tunjangan", 0),
        "predikat": said,
        "kehadiran": inputs.get("kehadiran_persen", 100),
    }
    exact = ("pembulatan", "tidak_dibulatkan")
    if _refused(KEMNAKER, record, exact):
        return dict.fromkeys(("faktor", "kinerja", "kehadiran", "jumlah"))
    result = load(KEMNAKER, exact).score(record)
    factor = result["faktor"]
    return {
        "faktor": None if factor is None else Fraction(factor) / 100,
        "kinerja": result["bagian_kinerja"],
        "kehadiran": result["bagian_kehadiran"],
        "jumlah": result["diterima"],
    }


def balangan_tpp(inputs: Mapping[str, Any]) -> dict[str, Any]:
    record = {
        "tpp_penuh": inputs["tpp_full"],
        "cpns": inputs.get("cpns", False),
        "jabatan": inputs.get("jabatan", "umum"),
        "golongan": inputs.get("golongan", "III"),
        "nilai_skp": inputs.get("nilai_skp"),
        "nilai_absensi": inputs.get("nilai_absensi"),
        **{
            name: inputs.get(name, False)
            for name in ("bendahara", "pokja", "radiografer", "inspektorat")
        },
    }
    if _refused(BALANGAN, record):
        return dict.fromkeys(("tpp_basic", "kinerja", "absensi"))
    result = load(BALANGAN).score(record)
    return {
        "tpp_basic": result["tpp_dasar"],
        "kinerja": result["kinerja_rupiah"],
        "absensi": result["absensi_rupiah"],
    }


def balangan_pembulatan(inputs: Mapping[str, Any]) -> dict[str, Any]:
    if inputs["rupiah"] is None:
        return {"rupiah": None}
    step = read(BALANGAN).program.step("kinerja")
    return {"rupiah": run_some([step], {"kinerja_rupiah": Fraction(inputs["rupiah"])})["kinerja"]}


_SUMEDANG = {
    "tahun": 2024,
    "bulan": 3,
    "tpp": 0,
    "potongan_kinerja": 0,
    "menit_terlambat": 0,
    "menit_pulang_cepat": 0,
    "hari_tanpa_absen_pulang": 0,
    "hari_alpa": 0,
    "hari_sakit_surat": 0,
    "hari_rawat_inap": 0,
    "hari_cuti_alasan_penting": 0,
    "hari_cuti_tahunan": 0,
    "cuti_besar": False,
    "hukuman_disiplin": "tidak_ada",
}


def sumedang_telat(inputs: Mapping[str, Any]) -> dict[str, Any]:
    record = {
        **_SUMEDANG,
        "menit_terlambat": inputs.get("menit_telat_bulan", 0),
        "menit_pulang_cepat": inputs.get("menit_pulang_cepat_bulan", 0),
    }
    return {"persen": _value(SUMEDANG, record, "persen_menit")}


def sumedang_absen(inputs: Mapping[str, Any]) -> dict[str, Any]:
    kind, days = inputs["jenis"], inputs.get("hari", 1)
    kind = {"tidak_absen_pulang": "tanpa_absen_pulang"}.get(kind, kind)
    penalty = {"pernyataan_tidak_puas": "tidak_puas"}.get(kind, kind)
    penalty = penalty.removeprefix("hukuman_").removeprefix("hukdis_")
    if f"hari_{kind}" in _SUMEDANG:
        changed, step = {f"hari_{kind}": days}, f"persen_{kind}"
    elif kind == "cuti_besar":
        changed, step = {"cuti_besar": days is None or days > 0}, "persen_cuti_besar"
    elif penalty in read(SUMEDANG).model.scales["hukuman"].labels:
        changed, step = {"hukuman_disiplin": penalty}, "persen_hukuman"
    else:
        raise NotRunError(f"tpp-sumedang has no deduction called {kind!r}, or more than one")
    return {"persen": _value(SUMEDANG, {**_SUMEDANG, **changed}, step)}


RUNNERS: Runners = {
    "balangan-pembulatan": balangan_pembulatan,
    "balangan-tpp": balangan_tpp,
    "bgn-telat": bgn_telat,
    "bp2mi-alpa": bp2mi_alpa,
    "dikdasmen-alpa": dikdasmen_alpa,
    "infra-tanpa-rekam": infra_tanpa_rekam,
    "kemnaker-faktor": kemnaker,
    "kemnaker-tunjangan": kemnaker,
    "permentan-alpa": permentan_alpa,
    "permentan-hukdis": permentan_hukdis,
    "permentan-telat": permentan_telat,
    "petunjuk-batas-harian": petunjuk_batas_harian,
    "petunjuk-telat": petunjuk_telat,
    "sumedang-absen": sumedang_absen,
    "sumedang-telat": sumedang_telat,
    "tulang-bawang-telat": tulang_bawang_telat,
}
