"""One step of each built-in rule kind, as it is written in a policy file.

What lives here: short samples for the JSON Schema and for people; a test fits each to its model. What never
comes in: whole policies.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

__all__ = ["SAMPLES"]

#: A sample step by rule kind.
SAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "achievement": {
        "rule": "achievement",
        "title": "capaian",
        "actual": "realisasi",
        "target": "target",
        "better": "higher",
        "zero_target": "missing",
        "cap": {"at": "120", "beyond": "clip"},
        "floor": "none",
    },
    "bands": {
        "rule": "bands",
        "title": "predikat",
        "scale": "predikat",
        "of": "nilai",
        "bands": [
            {"label": "kurang", "below": "76"},
            {"label": "baik", "from": "76", "below": "91"},
            {"label": "sangat_baik", "from": "91"},
        ],
    },
    "condition": {
        "rule": "condition",
        "title": "nilai ide baru",
        "cases": [{"when": "ada_ide_baru and nilai >= 90", "is": "nilai + 5"}],
        "otherwise": "nilai",
    },
    "deduction": {
        "rule": "deduction",
        "title": "nilai setelah potongan",
        "of": "nilai",
        "minus": {
            "terlambat": {"title": "terlambat", "amount": "menit_terlambat * 0.1"},
            "hukuman": {"title": "hukuman disiplin", "amount": "10", "when": "ada_hukuman"},
        },
        "how": "sum",
        "not_below": "0",
    },
    "follow_up": {
        "rule": "follow_up",
        "title": "tindak lanjut",
        "actions": {
            "penghargaan": {"title": "penghargaan", "when": "predikat == 'sangat_baik'"},
            "pembinaan": {"title": "pembinaan", "when": "predikat == 'kurang'"},
        },
        "choose": "all",
    },
    "formula": {
        "rule": "formula",
        "title": "nilai",
        "is": "(2 * target - realisasi) / target * 100",
        "round": {"digits": "2", "mode": "half_up"},
    },
    "limit": {
        "rule": "limit",
        "title": "nilai dibatasi",
        "of": "nilai",
        "at_least": "0",
        "at_most": "120",
        "beyond": "clip",
    },
    "lookup": {
        "rule": "lookup",
        "title": "persentase tunjangan",
        "keys": ["predikat"],
        "gives": "number",
        "rows": {"kurang": "75", "baik": "100", "sangat_baik": "110"},
    },
    "matrix": {
        "rule": "matrix",
        "title": "predikat",
        "scale": "predikat",
        "keys": ["hasil_kerja", "perilaku_kerja"],
        "cells": {
            "di_bawah": {"di_bawah": "kurang", "sesuai": "kurang"},
            "sesuai": {"di_bawah": "kurang", "sesuai": "baik"},
        },
    },
    "over_periods": {
        "rule": "over_periods",
        "title": "nilai setahun",
        "over": "periode",
        "value": "nilai",
        "how": "by_months",
        "share": "bulan",
        "expected": "4",
    },
    "override": {
        "rule": "override",
        "title": "predikat akhir",
        "scale": "predikat",
        "of": "predikat_hitungan",
        "by": "keputusan",
        "reason": "alasan",
        "who": "jabatan",
    },
    "piecewise": {
        "rule": "piecewise",
        "title": "nilai menurut capaian",
        "of": "capaian",
        "segments": [
            {"below": "100", "is": "capaian"},
            {"from": "100", "is": "100 + (capaian - 100) / 2"},
        ],
    },
    "raters": {
        "rule": "raters",
        "title": "panel 360°",
        "over": "penilaian",
        "group": "kelompok",
        "score": "nilai",
        "rater": "penilai",
        "groups": {"atasan": {"minimum": "1"}, "rekan": {"minimum": "3"}},
        "within": "mean",
        "unanswered": "skip",
        "too_few": "missing_group",
        "missing_group": "renormalise",
        "weights": {"atasan": "60 %", "rekan": "40 %"},
    },
    "weighted_mean": {
        "rule": "weighted_mean",
        "title": "nilai",
        "weights": {"hasil_kerja": "60 %", "perilaku_kerja": "40 %"},
        "round": {"digits": "2", "mode": "half_up"},
    },
    "weighted_sum": {
        "rule": "weighted_sum",
        "title": "angka kredit",
        "over": "kegiatan",
        "value": "angka",
        "weight": "bobot",
    },
}
