"""Cases of family `05-angka-kredit`: credit points, their integration and transfer, and PK Guru.

Each runner takes the inputs of a case and gives what the shipped policies say, in the terms of the case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from running import NotRunError, Runners, extended, load, read, title

import kinerja
from kinerja.errors import InputError
from kinerja.scorer import Scorer

AK = "angka-kredit-2023"
INTEGRASI = "angka-kredit-integrasi"
PKG = "pk-guru-2009"

#: Digits of a rounding as the cases give it, and the option of the policy.
OPTIONS = {2: "dua_desimal", 3: "tiga_desimal"}


@cache
def _rounding(item: int | None, total: int | None) -> Scorer:
    """Give the policy that rounds items and sums so; digits that no publisher uses are an agency's own."""
    variant, steps, removed = [], [], []
    for step, choice, digits in (
        ("ak_periode", "pembulatan_butir", item),
        ("ak_baru", "pembulatan_jumlah", total),
    ):
        if digits in OPTIONS:
            variant.append((choice, OPTIONS[digits]))
        elif digits is not None:
            steps.append(f"  {step}: {{round: {{digits: {digits}, mode: half_up}}}}")
            removed.append(f"  {choice}: null")
        elif choice == "pembulatan_butir":
            variant.append((choice, "tanpa"))
    if steps:
        own = "\n".join(["choices:", *removed, "steps:", *steps, ""])
        return extended(AK, own, **dict(variant))
    return load(AK, *variant)


def _digits(rounding: Mapping[str, Any] | None) -> int | None:
    if rounding is None:
        return None
    if rounding["mode"] != "half_up":
        raise NotRunError(f"no publisher rounds credit points as {dict(rounding)}")
    return int(rounding["digit"])


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def _label(policy: str, scale: str, text: str | None) -> str | None:
    """Give the id of a label however it is spelt; a text that is no label is left to the policy."""
    labels = read(policy).model.scales[scale].labels
    for name, said in labels.items() if isinstance(text, str) else ():
        plain = _plain(name), _plain(said.id)
        if _plain(text) in plain or f"ahli{_plain(text)}" in plain:
            return name
    if isinstance(text, str) and "/" in text:
        # Two spellings of one label, as «Cukup / Butuh Perbaikan».
        parts = (_label(policy, scale, part) for part in text.split("/"))
        return next((part for part in parts if part in labels), text)
    return text


def _score(policy: str, record: Mapping[str, Any], **variant: str) -> kinerja.Result | None:
    """Score a record; `None` where the policy refuses it."""
    try:
        return load(policy, *sorted(variant.items())).score(record)
    except InputError:
        return None


def _of(result: kinerja.Result | None, **steps: str) -> dict[str, Any]:
    """Give steps under the names of the case; nothing of a record that was refused."""
    return {key: None if result is None else result[step] for key, step in steps.items()}


def _table(policy: str, step: str) -> dict[str, Any]:
    """Give the rows of a table with one key, as the policy holds them."""
    rows = read(policy).rules[step].rows
    return {str(key): getattr(cell, "value", None) for (key,), cell in rows}


def _agree(inputs: Mapping[str, Any], **figures: Any) -> None:
    """Run no case whose own figures are not those of the policy."""
    for key, figure in figures.items():
        given = inputs.get(key)
        if given is not None and figure is not None and given != figure:
            raise NotRunError(f"the case gives {key} {given}, the policy {figure}")


def _having(step: str, figure: Any) -> str:
    """Give a label that a table of the policy gives this figure; several are one and the same to it."""
    found = next((label for label, given in _table(AK, step).items() if given == figure), None)
    if found is None:
        raise NotRunError(f"no {step} of the policy is {figure}")
    return found


def _period(item: Mapping[str, Any], name: str) -> dict[str, Any]:
    jenjang = _label(AK, "jenjang", item.get("jenjang"))
    predikat = _label(AK, "predikat", item.get("predikat"))
    if "jenjang" not in item and item.get("koefisien") is not None:
        jenjang = _having("koefisien", item["koefisien"])
    if "predikat" not in item and item.get("persen") is not None:
        predikat = _having("persen", item["persen"] * 100)
    _agree(item, koefisien=_table(AK, "koefisien").get(str(jenjang)))
    percent = _table(AK, "persen").get(str(predikat))
    _agree(item, persen=None if percent is None else percent / 100)
    return {"nama": name, "jenjang": jenjang, "predikat": predikat, "bulan": item.get("bulan")}


def _sum(periods: list[dict[str, Any]], item: Any, total: Any) -> Any:
    try:
        result = _rounding(_digits(item), _digits(total)).score({"periode": periods})
    except InputError:
        return None
    if result["ak_baru"] is None:
        return None
    return result["jumlah_butir" if total is None else "ak_baru"]


def ak_konversi(inputs: Mapping[str, Any]) -> dict[str, Any]:
    value = _sum([_period(inputs, "periode")], inputs.get("pembulatan"), None)
    return {"angka_kredit": value}


def akumulasi(inputs: Mapping[str, Any]) -> dict[str, Any]:
    documents = [
        {"nama": f"dokumen {place}", "ak_konversi": value}
        for place, value in enumerate(inputs["item"], start=1)
    ]
    return {"jumlah": _sum(documents, None, inputs.get("pembulatan_total"))}


def akumulasi_periode(inputs: Mapping[str, Any]) -> dict[str, Any]:
    periods = [
        _period(item, f"periode {place}") for place, item in enumerate(inputs["periode"], start=1)
    ]
    item, total = inputs.get("pembulatan_item"), inputs.get("pembulatan_total")
    return {
        "item": [_sum([period], item, None) for period in periods],
        "jumlah": _sum(periods, item, total),
    }


def _ranks(jenjang: str | None) -> list[str]:
    """Give the ranks of a level, by the tables of the policy."""
    group = _table(AK, "kelompok_jenjang").get(str(jenjang))
    groups = _table(AK, "kelompok_pegawai")
    return [rank for rank, its in groups.items() if group is not None and its == group]


def _holder(jenjang: str | None, **more: Any) -> kinerja.Result | None:
    ranks = _ranks(jenjang)
    record = {
        "jenjang_jabatan": jenjang,
        "golongan_ruang": ranks[0] if ranks else None,
        "golongan_ak_dasar": "tanpa",
        "ijazah_lebih_tinggi": False,
        "periode": [{"nama": "tanpa AK baru", "ak_konversi": 0}],
        **more,
    }
    return _score(AK, record, pembulatan_butir="tanpa")


def cukup_naik_jenjang(inputs: Mapping[str, Any]) -> dict[str, Any]:
    jenjang = _label(AK, "jenjang", inputs.get("jenjang"))
    result = _holder(jenjang, ak_lama=inputs.get("ak_kumulatif"))
    return _of(result, cukup="cukup_jenjang", kebutuhan="kebutuhan_jenjang")


def tambahan_ijazah(inputs: Mapping[str, Any]) -> dict[str, Any]:
    result = _holder(
        _label(AK, "jenjang", inputs.get("jenjang")),
        ijazah_lebih_tinggi=True,
        tambahan_ijazah_pernah=False,
        predikat_terakhir=_label(AK, "predikat", inputs.get("predikat", "Baik")),
    )
    need = None if result is None else result["kebutuhan_pangkat"]
    _agree(inputs, kebutuhan_ak_kenaikan_pangkat=need)
    return _of(result, angka_kredit_tambahan="tambahan_ijazah")


def kebutuhan_ak(inputs: Mapping[str, Any]) -> dict[str, Any]:
    jenjang = _label(AK, "jenjang", inputs.get("jenjang"))
    order = list(read(AK).model.scales["golongan"].labels)
    text = inputs.get("golongan")
    ends = re.split(r"\s*(?:-|–|,|s\.d\.|s/d|sampai|dan)\s*", text) if text else _ranks(jenjang)
    names = [_label(AK, "golongan", end) for end in ends]
    if all(name in order for name in names):
        names = order[order.index(names[0]) : order.index(names[-1]) + 1] if names else []
    got = [
        _of(
            _holder(jenjang, golongan_ruang=name),
            per_pangkat="kebutuhan_pangkat",
            naik_jenjang="kebutuhan_jenjang",
        )
        for name in names or [None]
    ]
    # Ranks that need different points are no row of the table.
    return got[0] if all(one == got[0] for one in got) else dict.fromkeys(got[0])


def ak_dasar(inputs: Mapping[str, Any]) -> dict[str, Any]:
    golongan = _label(INTEGRASI, "golongan", inputs.get("golongan"))
    return _of(_score(INTEGRASI, {"golongan": golongan}), ak_dasar="ak_dasar")


def _integrated(inputs: Mapping[str, Any], points: Any) -> Any:
    record = {
        "jalur": "integrasi",
        "golongan": _label(INTEGRASI, "golongan", inputs.get("golongan")),
        "ak_konvensional": points,
    }
    result = _score(INTEGRASI, record)
    if result is None:
        return None
    _agree(inputs, nilai_dasar=result["nilai_dasar"])
    return result["ak_awal"]


def ak_integrasi(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {"ak_integrasi": _integrated(inputs, inputs.get("ak_konvensional"))}


def rentang_integrasi(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {
        f"ak_integrasi_{end}": _integrated(inputs, inputs.get(f"ak_konvensional_{end}"))
        for end in ("min", "max")
    }


def perpindahan_jabatan(inputs: Mapping[str, Any]) -> dict[str, Any]:
    record = {
        "jalur": "perpindahan",
        "golongan": _label(INTEGRASI, "golongan", inputs.get("golongan")),
        "jenjang_tujuan": _label(INTEGRASI, "jenjang", inputs.get("jenjang_tujuan")),
        "predikat": _label(INTEGRASI, "predikat", inputs.get("predikat")),
        "tahun_dihitung": inputs.get("masa_kepangkatan_tahun"),
    }
    result = _score(INTEGRASI, record)
    if result is not None:
        percent = result["persen"]
        _agree(inputs, koefisien=result["koefisien"])
        _agree(inputs, persen=None if percent is None else percent / 100)
    return _of(
        result,
        per_tahun="ak_per_tahun",
        angka_kredit="ak_perpindahan",
        ak_dasar="ak_dasar",
        ak_awal="ak_awal",
    )


def _teacher(record: Mapping[str, Any]) -> kinerja.Result | None:
    return _score(PKG, record, pembulatan_ak="tiga_desimal")


def _grade(result: kinerja.Result | None) -> dict[str, Any]:
    got = _of(result, nilai_pkg="nilai_pkg", sebutan="sebutan", npk_persen="npk")
    return {**got, "sebutan": title(PKG, "sebutan", got["sebutan"])}


def pkg_nilai(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return _grade(_teacher({key: inputs.get(key) for key in ("skor", "skor_maksimum")}))


def pkg_skala(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return _grade(_teacher({"nilai_pkg_jadi": inputs.get("nilai_pkg")}))


def pkg_ak(inputs: Mapping[str, Any]) -> dict[str, Any]:
    grades = {npk: grade for grade, npk in _table(PKG, "npk").items()}
    percent = inputs.get("npk_persen")
    if percent is not None and percent not in grades:
        raise NotRunError(f"no grade of PK Guru gives {percent} %")
    bands = {band.label: band.interval.low for band in read(PKG).rules["sebutan"].bands}
    record = {key: inputs.get(key) for key in ("akk", "akpkb", "akp", "jm", "jwm")}
    value = None if percent is None else bands[grades[percent]]
    result = _teacher({**record, "nilai_pkg_jadi": value})
    return _of(result, angka_kredit_per_tahun="ak_tepat")


RUNNERS: Runners = {
    "ak-dasar": ak_dasar,
    "ak-integrasi": ak_integrasi,
    "ak-konversi": ak_konversi,
    "akumulasi": akumulasi,
    "akumulasi-periode": akumulasi_periode,
    "cukup-naik-jenjang": cukup_naik_jenjang,
    "kebutuhan-ak": kebutuhan_ak,
    "perpindahan-jabatan": perpindahan_jabatan,
    "pkg-ak": pkg_ak,
    "pkg-nilai": pkg_nilai,
    "pkg-skala": pkg_skala,
    "rentang-integrasi": rentang_integrasi,
    "tambahan-ijazah": tambahan_ijazah,
}
