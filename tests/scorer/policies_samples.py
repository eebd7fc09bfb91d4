"""Small policies that several tests score."""

SKP = """
schema: 1
id: skp-contoh
version: 1.0.0
title: SKP contoh
in_force: {from: 2024-01-01}
bases:
  sendiri: {title: pilihan instansi, status: own}
scales:
  jenis: {ordered: false, labels: {utama: utama, tambahan: tambahan}}
  predikat:
    ordered: true
    labels: {kurang: Kurang, cukup: Cukup, baik: Baik, sangat_baik: Sangat Baik}
inputs:
  butir:
    type: list
    title: butir SKP
    item_title: nama
    fields:
      nama: {type: text, title: indikator}
      target: {type: number, limits: {above: 0}, title: target, fixed: true}
      realisasi: {type: number, limits: {from: 0}, digits: 1, title: realisasi}
      bobot: {type: number, limits: {from: 0}, title: bobot, fixed: true}
  perilaku: {type: number, title: nilai perilaku, limits: {from: 0, to: 100}, digits: 0}
  ide_baru: {type: flag, title: ide baru, required: false}
steps:
  capaian:
    rule: achievement
    title: capaian
    for_each: butir
    actual: realisasi
    target: target
    better: higher
    cap: {at: 120, beyond: clip}
    floor: none
  hasil:
    rule: weighted_mean
    title: hasil kerja
    over: butir
    value: capaian
    weight: bobot
    total: 100
  nilai:
    rule: weighted_mean
    title: nilai akhir
    weights: {hasil: 60 %, perilaku: 40 %}
    round: {digits: 2, mode: half_up}
    basis: [{of: sendiri}]
  rentang:
    rule: bands
    title: rentang
    scale: predikat
    of: nilai
    bands:
      - {label: kurang, below: 60}
      - {label: cukup, from: 60, below: 75}
      - {label: baik, from: 75, below: 100}
      - {label: sangat_baik, from: 100}
  predikat:
    rule: condition
    title: predikat
    scale: predikat
    cases:
      - {when: "rentang == 'sangat_baik' and coalesce(ide_baru, false)", is: "'sangat_baik'"}
      - {when: "rentang == 'sangat_baik'", is: "'baik'"}
    otherwise: rentang
  tindak_lanjut:
    rule: follow_up
    title: tindak lanjut
    choose: first
    actions:
      penghargaan: {title: penghargaan, when: "predikat == 'sangat_baik'"}
      pembinaan: {title: pembinaan, when: "predikat == 'kurang'"}
publish: [nilai, predikat, tindak_lanjut]
"""

JUMP = """
schema: 1
id: efisiensi-contoh
version: 1.0.0
title: efisiensi
in_force: {from: 2014-01-01}
bases: {perka: {title: Perka BKN 1/2013, status: secondary}}
scales:
  sebutan: {ordered: true, labels: {kurang: Kurang, baik: Baik, sangat_baik: Sangat Baik}}
inputs:
  target: {type: number, title: target, limits: {above: 0}}
  realisasi: {type: number, title: realisasi, limits: {from: 0, to: 100}, digits: 2}
steps:
  nilai:
    rule: achievement
    title: nilai waktu
    actual: realisasi
    target: target
    better: efficient
    efficiency: {constant: 1.76, jump_above: 24}
    cap: none
    floor: none
    round: {digits: 2, mode: half_up}
  sebutan:
    rule: bands
    title: sebutan
    scale: sebutan
    of: nilai
    bands:
      - {label: kurang, to: 75.99}
      - {label: baik, from: 76, to: 90.99}
      - {label: sangat_baik, from: 91}
publish: [nilai, sebutan]
"""
