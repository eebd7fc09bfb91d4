"""A policy with every kind of branch, and records that take them."""

from kinerja.policy import read_policy
from kinerja.verify import cover, read_examples

POLICY = """schema: 1
id: uji
version: 1.0.0
title: uji
in_force: {from: 2024-01-01}
bases: {}
scales:
  predikat: {ordered: true, labels: {kurang: Kurang, baik: Baik, unggul: Unggul}}
  jenis: {ordered: false, labels: {x: X, y: Y}}
inputs:
  nilai: {type: number, title: nilai, limits: {from: 0, to: 100}}
  bonus: {type: number, title: bonus, limits: {from: 0, to: 50}, required: false}
  jenis: {type: label, scale: jenis, title: jenis}
  butir:
    type: list
    title: butir
    fields:
      nilai_butir: {type: number, limits: {from: 0, to: 5}}
      jenis_butir: {type: label, scale: jenis}
choices:
  cara:
    title: cara
    default: biasa
    options:
      biasa: {title: biasa}
      lain: {title: lain, steps: {total: {at_most: 90}}}
steps:
  total:
    rule: limit
    title: total
    of: nilai + coalesce(bonus, 0)
    at_most: 100
    at_least: 0
    beyond: clip
  predikat:
    rule: bands
    title: predikat
    scale: predikat
    of: total
    bands:
      - {label: kurang, from: 0, below: 60}
      - {label: baik, from: 60, below: 90}
      - {label: unggul, from: 90, to: 100}
  faktor: {rule: lookup, title: faktor, keys: [jenis], gives: number, rows: {x: 1, y: 2}}
  lulus: {rule: formula, title: lulus, is: total >= 60 and faktor > 1}
  mustahil: {rule: formula, title: mustahil, is: "where(total > 100, 1, 0)"}
  butir_x: {rule: formula, title: butir, is: "sum(nilai_butir for butir if jenis_butir == 'x')"}
publish: [predikat, lulus, mustahil, butir_x]
"""
FULL = [
    "{nilai: 59.99, jenis: x, butir: [{nilai_butir: 1, jenis_butir: x}, {nilai_butir: 1, jenis_butir: y}]}",
    "{nilai: 60, jenis: y}",
    "{nilai: 90, bonus: 50, jenis: y}",
]


def coverage(folder, records, *, variant="{}"):
    (folder / "uji.yaml").write_text(POLICY, encoding="utf-8")
    policy = read_policy(folder / "uji.yaml")
    entries = "".join(
        f"  - {{id: e{place}, record: {record}, expect: {{status: complete}}, variant: {variant}}}\n"
        for place, record in enumerate(records)
    )
    (folder / "contoh.yaml").write_text(f"examples:\n{entries}", encoding="utf-8")
    return cover(policy, read_examples(folder / "contoh.yaml", policy))


def examples(folder, records):
    """Give records of the policy as its examples."""
    (folder / "uji.yaml").write_text(POLICY, encoding="utf-8")
    entries = "".join(
        f"  - {{id: e{place}, record: {record}, expect: {{status: complete}}}}\n"
        for place, record in enumerate(records)
    )
    (folder / "contoh.yaml").write_text(f"examples:\n{entries}", encoding="utf-8")
    return read_examples(folder / "contoh.yaml", read_policy(folder / "uji.yaml"))
