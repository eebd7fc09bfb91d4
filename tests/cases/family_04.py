"""Cases of family `04-permenpanrb-6-2022-se-3-2023`: PermenPANRB 6/2022 and SE MenPANRB 3/2023.

Each runner takes the inputs of a case and gives what the shipped policy says, in the terms of the case.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from running import NotRunError, Runners, load, read, title

from kinerja.errors import InputError
from kinerja.result import Result

KUADRAN = "kuadran-6-2022"
EVALUASI = "permenpanrb-6-2022"
TUGAS_BELAJAR = "tugas-belajar-6-2022"
DISTRIBUSI = "se-3-2023"

#: The shares of «sebagian besar» and «sebagian kecil» must be named; no case here depends on them.
FIGURES = (("ambang_sebagian_besar", "1"), ("ambang_sebagian_kecil", "1/4"))

PREDIKAT = ("sangat_baik", "baik", "butuh_perbaikan", "kurang_misconduct", "sangat_kurang")


def kuadran(inputs: Mapping[str, Any]) -> dict[str, Any]:
    record = {
        "hasil_kerja": inputs["rating_hasil_kerja"],
        "perilaku_kerja": inputs["rating_perilaku_kerja"],
    }
    try:
        result = load(KUADRAN).score(record)
    except InputError:
        return {"predikat": None}
    return {"predikat": title(KUADRAN, "predikat", result["predikat"])}


def rating_bukan_persen(inputs: Mapping[str, Any]) -> dict[str, Any]:
    raise NotRunError(
        "the rating of one result is the rater's and enters the policy as such; no rule leads to it from "
        f"target {inputs['target']} and realisation {inputs['realisasi']}, which is what the case shows"
    )


def perpindahan_pegawai(inputs: Mapping[str, Any]) -> dict[str, Any]:
    del inputs  # Neither the cycles nor the month change the rule.

    def moved(kind: str, *, old_result: bool) -> Result:
        record = {
            "pegawai_pindah": True,
            "jenis_evaluasi": kind,
            "pakai_hasil_unit_lama": old_result,
        }
        return load(EVALUASI, *FIGURES).score(record)

    yearly = moved("tahunan", old_result=False)
    return {
        "dasar_evaluasi_periodik_pilihan": [
            moved("periodik", old_result=agreed)["dasar_capaian"] for agreed in (False, True)
        ],
        "dasar_evaluasi_tahunan": yearly["dasar_capaian"],
        "penilai_tahunan": yearly["penilai"],
        "pembobotan_unit_lama": yearly["bobot_unit_lama"] != 0,
    }


def perpindahan_penilai(inputs: Mapping[str, Any]) -> dict[str, Any]:
    if inputs["siklus"] != "triwulanan":
        raise NotRunError("only of a quarterly cycle an evaluation window is known, by its example")
    month, day = map(int, inputs["tanggal_pindah"].split("-"))
    last = 3 * int(inputs["triwulan"])
    end = date(2022, last, monthrange(2022, last)[1])
    # No clause dates the window. The example puts the 25th of the second month before it and the 25th of
    # the third month into it; these are the longest and the shortest window that agree.
    said = {
        load(EVALUASI, *FIGURES).score(
            {
                "tanggal_penilai_pindah": date(2022, month, day),
                "jendela_mulai": start,
                "jendela_selesai": end,
            }
        )["penilai_lama"]
        for start in (date(2022, last - 1, 26), date(2022, last, 25))
    }
    if len(said) > 1 or (month, day) > (end.month, end.day):
        raise NotRunError("no clause dates the evaluation window, and the example does not decide")
    return {"penilai_lama_mengevaluasi": said == {"mengevaluasi"}}


def _program(text: str) -> str:
    """Give the label of the programme; the guide has one row for `profesi`, `s2` and `s3`."""
    scale = read(TUGAS_BELAJAR).model.scales["program"].labels
    name = text.lower()
    return next((one for one in scale if name == one or name in one.split("_")), name)


def _rows(step: str) -> Mapping[str, Any]:
    return read(TUGAS_BELAJAR).model.steps[step]["rows"]


def _prodi(inputs: Mapping[str, Any]) -> str | None:
    """Give the accreditation of the programme; where the case leaves it out, the least of its row."""
    given = inputs.get("akreditasi_prodi")
    if given is None:
        return _rows("prodi_minimal").get(inputs.get("akreditasi_universitas"))
    return str(given).removeprefix("minimal ")


def tugas_belajar_ipk(inputs: Mapping[str, Any]) -> dict[str, Any]:
    record = {
        "tidak_lulus": False,
        "program": _program(inputs["program"]),
        "tempat": inputs["tempat"],
        "akreditasi_universitas": inputs.get("akreditasi_universitas"),
        "akreditasi_prodi": _prodi(inputs),
        "ipk": inputs["ipk"],
    }
    variant = [(name, inputs[name]) for name in ("antara_rentang",) if name in inputs]
    try:
        result = load(TUGAS_BELAJAR, *variant).score(record)
    except InputError:
        return {"predikat": None}
    return {"predikat": title(TUGAS_BELAJAR, "predikat", result["predikat"])}


def tugas_belajar_ipk_tabel(inputs: Mapping[str, Any]) -> dict[str, Any]:
    program = _program(inputs["program"])
    if inputs["tempat"] == "luar_negeri":
        row = _rows("baris_luar_negeri")[program]
    else:
        university = inputs["akreditasi_universitas"]
        if _prodi(inputs) != _rows("prodi_minimal")[university]:
            raise NotRunError(
                "the printed guide has no row with this accreditation of the programme"
            )
        row = _rows("baris_dalam_negeri")[program][university]
    end = {name: Fraction(_rows(name)[row]) for name in _ENDS}
    names = read(TUGAS_BELAJAR).model.scales["predikat"].labels
    top = read(TUGAS_BELAJAR).model.inputs["ipk"].limits
    return {
        "bands": [
            {
                "predikat": names["sangat_baik"].id,
                "min": end["sangat_baik_dari"],
                "max": None if top is None else top.to,
            },
            {"predikat": names["baik"].id, "min": end["baik_dari"], "max": end["baik_sampai"]},
            {
                "predikat": names["butuh_perbaikan"].id,
                "min": end["butuh_perbaikan_dari"],
                "max": end["butuh_perbaikan_sampai"],
            },
            {
                "predikat": names["kurang_misconduct"].id,
                "max_exclusive": end["butuh_perbaikan_dari"],
            },
        ]
    }


_ENDS = (
    "butuh_perbaikan_dari",
    "butuh_perbaikan_sampai",
    "baik_dari",
    "baik_sampai",
    "sangat_baik_dari",
)


def tugas_belajar_dropout(inputs: Mapping[str, Any]) -> dict[str, Any]:
    if not (inputs["tugas_belajar"] and inputs["tidak_lulus_atau_drop_out"]):
        raise NotRunError("who is no dropout has no choice of predicates, but an IPK")
    choices = read(TUGAS_BELAJAR).model.scales["predikat_tidak_lulus"].labels
    results = [
        load(TUGAS_BELAJAR).score({"tidak_lulus": True, "keputusan_penilai": one})["predikat"]
        for one in reversed(choices)
    ]
    return {"predikat_pilihan": [title(TUGAS_BELAJAR, "predikat", one) for one in results]}


#: What a limit is called in the cases, the flag that says whether it is kept, the table that holds it, and
#: the predicates it is about; the own predicate of an organisation before the others.
LIMITS = (
    ("max", "maks_sangat_baik", "batas_atas_sangat_baik", ("sangat_baik",)),
    ("max", "maks_baik", "batas_atas_baik", ("baik",)),
    (
        "min",
        "min_kurang_misconduct",
        "batas_bawah_kurang_misconduct",
        ("kurang_misconduct",),
    ),
    ("min", "min_butuh_perbaikan", "batas_bawah_butuh_perbaikan", ("butuh_perbaikan",)),
    ("min", "min_sangat_kurang", "batas_bawah_sangat_kurang", ("sangat_kurang",)),
    (
        "min_gabungan",
        "min_gabungan",
        "batas_bawah_gabungan",
        ("kurang_misconduct", "butuh_perbaikan"),
    ),
    ("harus_ada", "ada_yang_harus_ada", "harus_ada", ("butuh_perbaikan", "kurang_misconduct")),
)


#: What PP 30/2019 and some ministries call «Butuh Perbaikan».
MIDDLE = ("Cukup", "Perlu Perbaikan")


def _predikat(name: str) -> str:
    return str(title(KUADRAN, "predikat", name))


def _label(policy: str, scale: str, text: str) -> str:
    """Give the label that the case writes: `Kurang` for Kurang/Misconduct, `Butuh Perbaikan (Cukup)`."""
    plain = text.partition(" (")[0].partition("/")[0]
    labels = read(policy).model.scales[scale].labels
    for name, said in labels.items():
        if text == name or plain == said.id.partition("/")[0]:
            return name
    if plain in MIDDLE:
        return "butuh_perbaikan"
    raise NotRunError(f"{text!r} is no label of this regulation")


def pola_distribusi(inputs: Mapping[str, Any]) -> dict[str, Any]:
    # The case tallies the predicates of a whole unit: nobody has one that it does not list.
    counts = {f"jumlah_{name}": 0 for name in PREDIKAT}
    for text, count in inputs["jumlah"].items():
        counts[f"jumlah_{_label(KUADRAN, 'predikat', text)}"] = count
    choices = read(DISTRIBUSI).model.choices
    variant = [(name, inputs[name]) for name in choices if name in inputs]
    given = inputs["capaian_organisasi"]
    capaian = None if given is None else _label(DISTRIBUSI, "capaian", given)
    record = {"capaian_organisasi": capaian, **counts}
    try:
        result = load(DISTRIBUSI, *variant).score(record)
    except InputError:
        return {"memenuhi": None, "pelanggaran": None}
    flags = {flag: result[flag] for _, flag, _, _ in LIMITS}
    return {
        "memenuhi": result["memenuhi"],
        "pelanggaran": None
        if None in flags.values()
        else [
            f"{kind}:{'|'.join(map(_predikat, about))}"
            for kind, flag, _, about in LIMITS
            if not flags[flag]
        ],
    }


def pola_distribusi_tabel(inputs: Mapping[str, Any]) -> dict[str, Any]:
    steps = read(DISTRIBUSI).model.steps
    capaian = _label(DISTRIBUSI, "capaian", inputs["capaian_organisasi"])
    row: dict[str, Any] = {"max": {}, "min": {}}
    named: set[str] = set()
    for kind, _, table, about in LIMITS:
        if capaian not in steps[table]["rows"]:
            continue
        named.update(about)
        titles = [_predikat(name) for name in about]
        figure = Fraction(steps[table]["rows"][capaian])
        if kind == "harus_ada":
            row["harus_ada_salah_satu"] = titles
        elif kind == "min_gabungan":
            row["min_gabungan"] = {"predikat": titles, "min": figure / 100}
        else:
            row[kind][titles[0]] = figure / 100
    most = steps["predikat_sebagian_besar"]["rows"].get(capaian)
    if most is not None:
        row["sebagian_besar"] = _predikat(most)
    row["boleh"] = [_predikat(name) for name in PREDIKAT if name not in named]
    return row


def capaian_periodik(inputs: Mapping[str, Any]) -> dict[str, Any]:
    progress = str(inputs["rencana_aksi"])
    if "melampaui" in progress:
        progress = "melampaui_target"
    elif any(no in progress for no in ("tanpa", "tidak", "belum")) and any(
        word in progress for word in ("kemajuan", "progres")
    ):
        progress = "sebagian_besar_tanpa_kemajuan"
    counts = {f"jumlah_{name}": 1 for name in PREDIKAT}
    try:
        result = load(DISTRIBUSI).score({"rencana_aksi": progress, **counts})
    except InputError:
        return {"capaian_organisasi": None}
    return {"capaian_organisasi": title(DISTRIBUSI, "capaian", result["capaian"])}


def pimpinan_dievaluasi(inputs: Mapping[str, Any]) -> dict[str, Any]:
    raise NotRunError(
        f"of a {inputs['pegawai']} the rating follows the unit, but how the five levels of the unit become "
        "the three of a rating was not seen; the rating enters the policy as it was set"
    )


RUNNERS: Runners = {
    "capaian-periodik": capaian_periodik,
    "kuadran": kuadran,
    "perpindahan-pegawai": perpindahan_pegawai,
    "perpindahan-penilai": perpindahan_penilai,
    "pimpinan-dievaluasi": pimpinan_dievaluasi,
    "pola-distribusi": pola_distribusi,
    "pola-distribusi-tabel": pola_distribusi_tabel,
    "rating-hasil-bukan-persen": rating_bukan_persen,
    "tugas-belajar-dropout": tugas_belajar_dropout,
    "tugas-belajar-ipk": tugas_belajar_ipk,
    "tugas-belajar-ipk-tabel": tugas_belajar_ipk_tabel,
}
