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
    # end of unit
    # distribution
    # end of distribution
    # ranking
    # end of ranking
    # periods
    "KNJ830.message": "kolom {name} berisi {found}, bukan isi yang dapat dipakai",
    "KNJ830.way_out": "isi kolom {name}: pengenal dan unit sebagai teks, tanggal seperti 2025-07-01",
    "KNJ831.message": "masa di unit ini berakhir {found}, sebelum mulai {first}",
    "KNJ831.way_out": "betulkan salah satu tanggalnya",
    "KNJ832.message": "pegawai {id} punya dua perpindahan pada {found}",
    "KNJ832.way_out": "sisakan satu baris untuk hari itu, yaitu unit tempat pegawai berada pada akhir hari",
    "KNJ833.message": "pegawai {id} masih di unit lain sampai {last} ketika masa yang mulai {found} dimulai",
    "KNJ833.way_out": "betulkan tanggal akhir masa sebelumnya, atau kosongkan",
    "KNJ834.message": "pegawai {id} tidak berada di unit mana pun pada {found}",
    "KNJ834.way_out": "lengkapi barisnya; bila memang begitu, minta hari-hari itu disebut saja (gaps: tell)",
    "KNJ835.message": "masa pegawai {id} di unit {unit} ({found}) berada di luar periode {expected}",
    "KNJ835.way_out": "hapus baris itu, atau minta baris di luar periode dilewati (outside: leave_out)",
    "KNJ836.message": "periode {found} tidak berisi bulan yang utuh, jadi bulannya tidak dapat dihitung",
    "KNJ836.way_out": "hitung menurut hari, atau pakai periode dari awal sampai akhir bulan",
    "KNJ837.message": "pegawai {id} punya {found} hasil untuk {period}",
    "KNJ837.way_out": "sisakan satu hasil; bila ia pindah unit, sertakan masanya di setiap unit",
    "KNJ838.message": "hasil ini tidak menyebut {name}, jadi tidak dapat diikuti sepanjang periode",
    "KNJ838.way_out": "sebutkan id dan periode setiap hasil",
    "KNJ839.message": "tidak ada label {found} di antara label yang berurutan: {expected}",
    "KNJ839.way_out": "tulis salah satu dari label itu: {nearest}",
    "unit.periods.title": "Sepanjang periode",
    "unit.periods.quarter": "{place} {year}",
    "unit.periods.quarter.1": "TW I",
    "unit.periods.quarter.2": "TW II",
    "unit.periods.quarter.3": "TW III",
    "unit.periods.quarter.4": "TW IV",
    "unit.periods.half": "{place} {year}",
    "unit.periods.half.1": "Sem. I",
    "unit.periods.half.2": "Sem. II",
    "unit.periods.month": "{place} {year}",
    "unit.periods.year": "{year}",
    "unit.periods.span": "{first} s.d. {last}",
    "unit.periods.month.1": "Jan",
    "unit.periods.month.2": "Feb",
    "unit.periods.month.3": "Mar",
    "unit.periods.month.4": "Apr",
    "unit.periods.month.5": "Mei",
    "unit.periods.month.6": "Jun",
    "unit.periods.month.7": "Jul",
    "unit.periods.month.8": "Agu",
    "unit.periods.month.9": "Sep",
    "unit.periods.month.10": "Okt",
    "unit.periods.month.11": "Nov",
    "unit.periods.month.12": "Des",
    "unit.periods.unit": "Unit",
    "unit.periods.no_unit": "tanpa unit",
    "unit.periods.everyone": "semua unit",
    "unit.periods.what": "Ukuran",
    "unit.periods.mean": "rata-rata",
    "unit.periods.median": "median",
    "unit.periods.numbers": "orang bernilai",
    "unit.periods.numbers_intro": "{title} setiap unit pada setiap periode. Angka bertanda ≈ dibulatkan untuk ditampilkan; yang lain tepat.",
    "unit.periods.lines": "Rata-rata {title} menurut periode",
    "unit.periods.lines_note": "Semua garis memakai satu skala, dari {low} (terendah) sampai {high} (tertinggi). Periode tanpa nilai membuat garis terputus.",
    "unit.periods.labels_intro": "{title}: banyaknya orang dan bagiannya di antara yang punya label.",
    "unit.periods.label": "Label",
    "unit.periods.share": "{count} ({share})",
    "unit.periods.moves_intro": "Dibandingkan dengan periode sebelumnya, menurut unit pada periode yang kemudian: banyaknya orang yang naik / tetap / turun. Yang tidak punya hasil di salah satu dari keduanya dihitung tersendiri.",
    "unit.periods.moved_counts": "{up} / {same} / {down}",
    "unit.periods.unknown": "tidak dapat dibandingkan",
    "unit.periods.matrix_intro": "Perpindahan label semua unit, {before} → {after}: baris label sebelumnya, kolom label sesudahnya.",
    "unit.periods.matrix": "Sebelum ↓ Sesudah →",
    "unit.periods.total": "Jumlah",
    "unit.periods.years": "Kelengkapan tahun {year}",
    "unit.periods.years_complete": "{complete} dari {people} orang punya nilai pada setiap bagian tahun",
    "unit.periods.moves_rule": "Pindah unit",
    "unit.periods.rule.new_unit": "hanya hasil unit pada akhir tahun yang dipakai, tanpa pembobotan proporsional",
    "unit.periods.rule.proportional": "setiap unit dihitung menurut {by} di unit itu; peraturan yang dibaca tidak mengatur cara ini",
    "unit.periods.by.days": "hari",
    "unit.periods.by.months": "bulan",
    "unit.periods.basis": "Dasar",
    "unit.periods.own": "pilihan instansi",
    "unit.periods.basis_part": "{basis}, untuk pindah di dalam satu bagian tahun",
    "unit.periods.moved": "Orang yang pindah unit",
    "unit.periods.gaps_intro": "Bagian tahun yang tanpa nilai. Tidak ada yang diisi dengan nol.",
    "unit.periods.cause": "Sebab",
    "unit.periods.people": "Orang",
    "unit.periods.parts": "Bagian tahun",
    "unit.periods.cause.no_result": "tidak ada hasil",
    "unit.periods.cause.incomplete": "hasil belum lengkap",
    "unit.periods.cause.refused": "data ditolak",
    "unit.periods.cause.not_employed": "belum atau tidak lagi di unit mana pun",
    "unit.periods.left_intro": "Yang tidak dipakai untuk nilai setahun.",
    "unit.periods.left.old_unit": "bagian di unit lama",
    "unit.periods.left.no_share": "hasil unit yang tidak mendapat hari atau bulan",
    "unit.periods.left.reused": "diganti hasil periode sebelumnya menurut kesepakatan",
    "unit.periods.rest": "{count} unit lain tidak ditampilkan",
    "unit.periods.rest.one": "1 unit lain tidak ditampilkan",
    # end of periods
    # publication
    # end of publication
    # quality
    # end of quality
    # appeals
    # end of appeals
}
