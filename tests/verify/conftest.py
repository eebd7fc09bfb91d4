"""A policy and its examples, written to files."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from kinerja.policy import parse_policy

POLICY = """
schema: 1
id: contoh
version: 1.0.0
title: contoh
in_force: {from: 2024-01-01}
bases: {kami: {title: aturan kami, status: own}}
scales:
  predikat: {ordered: true, labels: {kurang: Kurang, baik: Baik Sekali}}
inputs:
  capaian: {type: number, title: capaian, limits: {from: 0, to: 120}}
  ide_baru: {type: flag, title: ide baru, required: false}
  mulai: {type: date, title: mulai, required: false}
  catatan: {type: text, title: catatan, required: false}
  butir:
    type: list
    title: butir
    required: false
    item_title: nama
    fields:
      nama: {type: text, title: nama}
      angka: {type: number, title: angka}
choices:
  cara:
    title: cara membulatkan
    default: biasa
    options:
      biasa: {title: biasa}
      bulat: {title: bulat, steps: {nilai: {round: {digits: 0}}}}
      rusak: {title: rusak, steps: {nilai: {is: tidak_ada}}}
steps:
  nilai:
    rule: formula
    title: {id: nilai akhir, en: final value}
    is: capaian / 3
    round: {digits: 2, mode: half_up}
  sepertiga: {rule: formula, title: sepertiga, is: capaian / 3}
  predikat:
    rule: bands
    title: predikat
    scale: predikat
    of: nilai
    bands: [{label: kurang, below: 20}, {label: baik, from: 20}]
  ada_ide: {rule: formula, title: ada ide, is: "coalesce(ide_baru, false)"}
  tanggal: {rule: formula, title: tanggal, is: mulai}
  salinan: {rule: formula, title: salinan, is: catatan}
  ganda: {rule: formula, title: ganda, for_each: butir, is: angka * 2}
  jumlah: {rule: weighted_sum, title: jumlah, over: butir, value: ganda}
  tidak_dipakai: {rule: formula, title: sepertiga ganda, is: "sepertiga * 2"}
publish: [nilai, predikat]
"""


@pytest.fixture(scope="session")
def policy():
    return parse_policy(POLICY, file="kebijakan.yaml")


@pytest.fixture
def write(tmp_path):
    def put(text: str) -> Path:
        path = tmp_path / "contoh.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return put
