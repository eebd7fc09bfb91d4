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
    # end of periods
    # publication
    # end of publication
    # quality
    # end of quality
    # appeals
    "KNJ850.message": "kebijakannya bukan yang dipakai untuk hasil semula: {found} pada hasil, {expected} pada kebijakan ini",
    "KNJ850.way_out": "muat kebijakan dengan versi dan pilihan yang dipakai waktu itu; sidik jarinya ada di hasil semula",
    "KNJ851.message": "hasil semula tidak sama bila dihitung ulang: tersimpan {found}, hitungan ulang {expected}",
    "KNJ851.way_out": "ambil hasil semula sebagaimana diterbitkan; bila memang itu yang diterbitkan, periksa siapa yang mengubah simpanannya",
    "KNJ852.message": "{expected} kosong",
    "KNJ852.way_out": "isi {expected}; keputusan memerlukan jabatan yang memutuskan dan alasannya, koreksi memerlukan masukan dan nilai barunya",
    "KNJ853.message": "tanggal {found} lebih awal daripada {expected}",
    "KNJ853.way_out": "periksa tanggalnya: hasil diterima, lalu keberatan diajukan, lalu diputus",
    "KNJ854.message": "koreksi ini tidak mengubah apa pun: nilainya sama dengan yang ada di data",
    "KNJ854.way_out": "berikan nilai yang benar, atau kosongkan koreksi bila hasil semula dikuatkan",
    "KNJ855.message": "keputusan ini untuk {found}, sedangkan hasil semula milik {expected}",
    "KNJ855.way_out": "pasangkan keputusan dengan hasil orang yang sama",
    "KNJ856.message": "untuk {found} harus ada tepat satu hasil, adanya {count}",
    "KNJ856.way_out": "periksa pengenalnya (yang terdekat: {nearest}), dan berikan hanya hasil yang diajukan keberatan",
    "KNJ857.message": "{found} bertentangan dengan {expected} di {other}, untuk orang yang sama",
    "KNJ857.way_out": "samakan kedua baris itu, atau hapus salah satunya",
    "KNJ858.message": "kebijakan ini tidak punya langkah keputusan (override) bernama {found} yang dapat diisi; yang ada: {expected}",
    "KNJ858.way_out": "sebut langkahnya: {nearest}",
    "KNJ859.message": "isinya tidak cocok dengan tanda simpannya: tertulis {found}, isinya memberi {expected}",
    "KNJ859.way_out": "baca kembali data seperti yang dibuat to_dict(), tanpa diubah",
    "unit.appeals.title": "Keberatan",
    "unit.appeals.none": "Tidak ada keberatan.",
    "unit.appeals.count": "{count} keberatan diputus. Hasil diubah: {moved}; data dikoreksi, hasil tetap: {kept}; hasil dikuatkan: {confirmed}.",
    "unit.appeals.count.one": "1 keberatan diputus. Hasil diubah: {moved}; data dikoreksi, hasil tetap: {kept}; hasil dikuatkan: {confirmed}.",
    "unit.appeals.late": "{count} keberatan diajukan atau diputus terlambat.",
    "unit.appeals.late.one": "1 keberatan diajukan atau diputus terlambat.",
    "unit.appeals.none_late": "Semua yang dapat diperiksa tepat waktu.",
    "unit.appeals.item": "{id}: {outcome}",
    "unit.appeals.outcome.confirmed": "hasil dikuatkan",
    "unit.appeals.outcome.changed": "hasil diubah",
    "unit.appeals.outcome.kept": "data dikoreksi, hasil tetap",
    "unit.appeals.no_id": "tanpa pengenal",
    "unit.appeals.outcome": "Keputusan",
    "unit.appeals.id": "Pengenal",
    "unit.appeals.result": "Hasil",
    "unit.appeals.corrected": "Dikoreksi",
    "unit.appeals.steps": "Langkah",
    "unit.appeals.office": "Diputus oleh",
    "unit.appeals.grounds": "Alasan",
    "unit.appeals.filing": "Diajukan",
    "unit.appeals.decision": "Diputus",
    "unit.appeals.received": "Hasil diterima",
    "unit.appeals.same": "{title}: tetap {value}",
    "unit.appeals.moved": "{title}: {before} → {after}",
    "unit.appeals.moved_by": "{title}: {before} → {after} ({moved})",
    "unit.appeals.items_changed": "{title}: {note}",
    "unit.appeals.per_item": "{title}, untuk setiap butir",
    "unit.appeals.veiled": "{count} langkah antara berubah. Langkah dan nilainya tidak ditampilkan, karena daftar yang dikoreksi memuat penilaian yang tidak boleh dibaca satu per satu.",
    "unit.appeals.veiled.one": "1 langkah antara berubah. Langkah dan nilainya tidak ditampilkan, karena daftar yang dikoreksi memuat penilaian yang tidak boleh dibaca satu per satu.",
    "unit.appeals.veiled_short": "{count} langkah antara berubah; nilainya tidak ditampilkan demi kerahasiaan penilai",
    "unit.appeals.veiled_short.one": "1 langkah antara berubah; nilainya tidak ditampilkan demi kerahasiaan penilai",
    "unit.appeals.in_time": "{day}, hari kerja ke-{taken}, tepat waktu (batas {days} hari kerja, paling lambat {last}; {basis})",
    "unit.appeals.same_day": "{day}, hari yang sama, tepat waktu (batas {days} hari kerja, paling lambat {last}; {basis})",
    "unit.appeals.too_late": "{day}, hari kerja ke-{taken}, terlambat {count} hari kerja (batas {days} hari kerja, paling lambat {last}; {basis})",
    "unit.appeals.too_late.one": "{day}, hari kerja ke-{taken}, terlambat 1 hari kerja (batas {days} hari kerja, paling lambat {last}; {basis})",
    "unit.appeals.page_title": "Keputusan atas keberatan",
    "unit.appeals.contents": "Bagian halaman",
    "unit.appeals.missing": "–",
    "unit.appeals.results_title": "Hasil sebelum dan sesudah keputusan",
    "unit.appeals.results_confirmed": "Hasil yang dikuatkan",
    "unit.appeals.corrections_title": "Yang dikoreksi",
    "unit.appeals.no_corrections": "Tidak ada data yang dikoreksi. Hasil semula tetap berlaku.",
    "unit.appeals.steps_title": "Jalannya perubahan",
    "unit.appeals.receipts_title": "Kebijakan dan tanda simpan",
    "unit.appeals.column.name": "Nama",
    "unit.appeals.column.before": "Semula",
    "unit.appeals.column.after": "Menjadi",
    "unit.appeals.column.difference": "Selisih",
    "unit.appeals.policy": "Kebijakan",
    "unit.appeals.policy_line": "{title} ({id} versi {version})",
    "unit.appeals.fingerprint": "Sidik jari kebijakan",
    "unit.appeals.contested_receipt": "Tanda hasil semula",
    "unit.appeals.decided_receipt": "Tanda hasil keputusan",
    "unit.appeals.previous": "Tanda keputusan sebelumnya",
    "unit.appeals.same_policy": "Kedua hasil dihitung dengan kebijakan yang sama: versi, pilihan, dan sidik jarinya sama. Hasil semula tetap tersimpan sebagaimana adanya.",
    "unit.appeals.unchanged": "tetap",
    "unit.appeals.changed": "berubah",
    "unit.appeals.overrides_title": "Keputusan pejabat yang menggantikan hitungan",
    "unit.appeals.no_overrides": "Tidak ada keputusan pejabat yang menggantikan hitungan.",
    "unit.appeals.overrides_count": "{count} keputusan pejabat tercatat, {other} di antaranya memberi label lain daripada hitungan.",
    "unit.appeals.overrides_count.one": "1 keputusan pejabat tercatat, {other} di antaranya memberi label lain daripada hitungan.",
    "unit.appeals.column.id": "Pengenal",
    "unit.appeals.column.step": "Langkah",
    "unit.appeals.column.replaced": "Hitungan",
    "unit.appeals.column.gave": "Keputusan",
    "unit.appeals.column.who": "Jabatan",
    "unit.appeals.column.why": "Alasan",
    "unit.appeals.not_counted": "tidak berlaku: jabatan atau alasan kosong",
    # end of appeals
}
