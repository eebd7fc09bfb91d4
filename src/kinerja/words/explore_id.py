"""Indonesian: what is said of weights and of what they do to people.

What lives here: words. What never comes in: logic.
"""

from __future__ import annotations

from typing import Final

__all__ = ["WORDS"]

WORDS: Final[dict[str, str]] = {
    # judged
    # end of judged
    # data
    # end of data
    # scheme
    # end of scheme
    # aggregation
    # end of aggregation
    # pictures
    "plots.missing": "tidak ada",
    "plots.hidden": "tidak ditampilkan",
    "plots.nobody": "Tidak ada orang",
    "plots.without": "tanpa {step}",
    "plots.no_unit": "tanpa unit",
    "plots.whole": "semua unit",
    "plots.people": "{count} orang",
    "plots.people.one": "{count} orang",
    "plots.waterfall.title": "Susunan {step}: {value}",
    "plots.waterfall.title_of": "Susunan {step} {id}: {value}",
    "plots.waterfall.constant": "angka tetap",
    "plots.waterfall.rounding": "pembulatan",
    "plots.waterfall.light": "Warna muda: yang masih dapat diraih bila komponen itu saja mencapai nilai terbaiknya",
    "plots.waterfall.of_best": "paling banyak {best}",
    "plots.tornado.title": "Akibat bobot terhadap {step}",
    "plots.tornado.low": "bobot terendah",
    "plots.tornado.high": "bobot tertinggi",
    "plots.tornado.measure.changes": "jumlah orang yang labelnya berubah",
    "plots.tornado.measure.label": "jumlah orang dengan label {label} atau yang lebih baik",
    "plots.tornado.measure.mean": "rata-rata nilai",
    "plots.tornado.nothing": "Tidak ada bobot yang diubah",
    "plots.tornado.said": "Akibat bobot terhadap {step}, dengan bobot sekarang {base}.",
    "plots.tornado.said_row": "{title}: {at_low} dengan bobot {weight_low}, {at_high} dengan bobot {weight_high}",
    "plots.heat.title": "{step} per unit",
    "plots.heat.shade": "Makin gelap, makin besar bagiannya di unit itu",
    "plots.heat.people": "Orang",
    "plots.heat.hidden": "Berarsir: tidak ditampilkan, untuk melindungi kelompok di bawah {minimum} orang",
    "plots.heat.left_out": "{count} unit terlalu kecil dan tidak ditampilkan",
    "plots.heat.left_out.one": "{count} unit terlalu kecil dan tidak ditampilkan",
    "plots.acceptability.title": "{step} bila bobot berubah ({count} susunan bobot)",
    "plots.acceptability.axis": "Bagian susunan bobot yang menghasilkan label itu",
    "plots.acceptability.mark": "Garis tebal: label dengan bobot sekarang. Yang paling tidak pasti di atas",
    "plots.acceptability.not_drawn": "{count} orang lain, yang labelnya lebih pasti, tidak digambar",
    "plots.acceptability.not_drawn.one": "{count} orang lain, yang labelnya lebih pasti, tidak digambar",
    "plots.acceptability.certain": "{count} dari {people} orang mendapat label yang sama dengan semua susunan bobot",
    "plots.acceptability.certain.one": "{count} dari {people} orang mendapat label yang sama dengan semua susunan bobot",
    "plots.acceptability.said": "{id}, sekarang {now}: {shares}",
    "plots.acceptability.not_told": "{count} orang lain lebih pasti",
    "plots.acceptability.not_told.one": "{count} orang lain lebih pasti",
    "plots.flow.title": "Perpindahan {step}",
    "plots.flow.before": "Sebelum",
    "plots.flow.after": "Sesudah",
    "plots.flow.up": "naik",
    "plots.flow.same": "tetap",
    "plots.flow.down": "turun",
    "plots.flow.other": "lain (tanpa label atau tanpa urutan)",
    "plots.radar.title": "{panel} menurut kelompok penilai",
    "plots.radar.scale": "Tengah: {low}; tepi: {high}",
    "plots.radar.few": "Tidak digambar karena penilainya terlalu sedikit: {groups}",
    "plots.radar.silent": "Tidak digambar karena tidak ada nilainya: {groups}",
    "plots.distribution.title": "Distribusi {step}: {unit}, {people}",
    "plots.distribution.axis": "Orang; garis tebal: batas",
    "plots.distribution.most": "paling banyak {heads}",
    "plots.distribution.fewest": "paling sedikit {heads}",
    "plots.distribution.hatched": "Berarsir: melebihi batas, atau belum terisi",
    "plots.distribution.kept": "Semua batas dipatuhi",
    "plots.distribution.not_kept": "Ada batas yang tidak dipatuhi",
    "plots.distribution.not_judged": "Kebijakan tidak menilai unit ini",
    "plots.distribution.without": "{count} orang tanpa label tidak dihitung",
    "plots.trend.title": "{step} {id} dari periode ke periode",
    "plots.trend.gap": "×: tidak ada nilai dalam periode itu",
    "plots.trend.cause.no_result": "tanpa hasil",
    "plots.trend.cause.incomplete": "belum lengkap",
    "plots.trend.cause.refused": "data ditolak",
    "plots.trend.cause.not_employed": "belum atau tidak lagi di unit",
    "KNJ060.message": "bobot {title} tidak dapat digambar: {found}, harus 0 ke atas dan bagian-bagiannya berjumlah 1",
    "KNJ060.way_out": "bagi setiap bobot dengan jumlah semuanya, misalnya dengan Weights.normalised",
    "KNJ061.message": "{found} tidak mempunyai nilai untuk {name}, sehingga susunannya tidak dapat digambar",
    "KNJ061.way_out": "lihat dahulu sebabnya dalam rincian hasil, lalu lengkapi datanya",
    "KNJ062.message": "{title} memuat {found} aspek, sedangkan gambar jaring memerlukan paling sedikit tiga",
    "KNJ062.way_out": "gunakan tabel atau gambar batang untuk aspek sesedikit itu",
    "KNJ063.message": "rincian tidak memuat langkah {found}; yang ada: {expected}",
    "KNJ063.way_out": "mungkin maksudnya {nearest}",
    # end of pictures
    # report
    # end of report
}
