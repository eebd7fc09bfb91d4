"""Indonesian: what is said of a whole unit.

What lives here: words. What never comes in: logic.
"""

from __future__ import annotations

from typing import Final

__all__ = ["WORDS"]

WORDS: Final[dict[str, str]] = {
    # a unit as a whole, kinerja unit
    "KNJ861.message": "kebijakan ini tidak menerbitkan langkah berlabel bernama {found}; yang ada: {expected}",
    "KNJ861.way_out": "tulis salah satu dari langkah itu: {nearest}",
    "KNJ862.message": "kebijakan ini tidak menerbitkan angka bernama {found}; yang ada: {expected}",
    "KNJ862.way_out": "tulis salah satu dari langkah itu: {nearest}",
    "unit.title": "Satu unit dalam satu laporan",
    "unit.contents": "Isi",
    "unit.nothing": "–",
    "unit.policy": "kebijakan",
    "unit.fingerprint": "sidik jari",
    "unit.data": "data",
    "unit.period": "periode penilaian",
    "unit.summary.title": "Ringkasan",
    "unit.summary.people": "orang",
    "unit.summary.status.complete": "lengkap",
    "unit.summary.status.incomplete": "belum lengkap",
    "unit.summary.status.refused": "datanya ditolak",
    "unit.summary.reasons": "sebab belum lengkap",
    "unit.summary.reason": "{count} orang: {reason}",
    "unit.summary.reason.one": "{count} orang: {reason}",
    "unit.summary.reasons_rest": "dan {count} sebab lain",
    "unit.summary.reasons_rest.one": "dan {count} sebab lain",
    "unit.summary.unit": "unit",
    "unit.summary.units": "Per unit",
    "unit.summary.no_unit": "(tanpa unit)",
    "unit.summary.total": "jumlah",
    "unit.summary.without_label": "tanpa predikat",
    "unit.summary.not_complete": "belum lengkap",
    "unit.summary.follow_ups": "Tindak lanjut",
    # end of unit
    # distribution
    # end of distribution
    # ranking
    # end of ranking
    # periods
    # end of periods
    # publication
    # end of publication
    # quality
    # end of quality
    # appeals
    # end of appeals
    # panel
    "KNJ871.message": "kebijakan ini tidak punya masukan daftar {found}; yang ada: {expected}",
    "KNJ871.way_out": "tulis salah satu masukan daftar itu: {nearest}",
    "KNJ872.message": "butir daftar penilaian tidak punya kolom {found}; yang ada: {expected}",
    "KNJ872.way_out": "tulis salah satu kolom itu: {nearest}",
    "KNJ873.message": "kolom {found} bukan label, sehingga bukan kelompok penilai",
    "KNJ873.way_out": "tulis kolom yang berisi kelompok penilai",
    "KNJ874.message": "kolom {found} tidak punya nilai terendah dan tertinggi",
    "KNJ874.way_out": "tulis limits dengan from dan to pada kolom itu dalam kebijakan",
    "unit.panel.title": "Bobot panel dan pengaruh satu penilai",
    "unit.panel.group": "kelompok penilai",
    "unit.panel.raters": "penilai",
    "unit.panel.weight": "bobot yang dipakai",
    "unit.panel.most": "paling banyak oleh satu penilai",
    "unit.panel.note": "Kolom terakhir: selisih {title} bila satu penilai dari kelompok itu mengubah semua jawabannya dari terendah ke tertinggi, sedangkan jawaban penilai lain tetap. Angkanya berlaku untuk setiap penilai di kelompok itu, jadi tidak membuka jawaban siapa pun.",
    "unit.panel.nobody": "belum ada",
    # end of panel
}
