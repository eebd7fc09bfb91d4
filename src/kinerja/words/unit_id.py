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
    "KNJ840.message": "angka terkecil yang ditampilkan (k) adalah {found}, harus paling sedikit 2",
    "KNJ840.way_out": "tulis k sebagai bilangan bulat; lazimnya 5 atau 10",
    "KNJ841.message": "hanya ada {found} orang, padahal satu baris tabel memerlukan {expected}",
    "KNJ841.way_out": "terbitkan bersama unit lain, atau jangan terbitkan tabel ini",
    "KNJ842.message": "orang yang dihitung berasal dari {found} periode",
    "KNJ842.way_out": "buat satu tabel untuk setiap periode",
    "KNJ843.message": "langkah {step} tidak memiliki label {found}; yang ada: {expected}",
    "KNJ843.way_out": "pakai langkah dari kebijakan yang memberi hasil itu",
    "KNJ844.message": "{found} orang belum memiliki label",
    "KNJ844.way_out": 'tampilkan mereka dalam kolom tersendiri: unscored="column"',
    "KNJ845.message": "orang dan periode yang sama sudah diterbitkan dalam bentuk lain; unit: {found}",
    "KNJ845.way_out": "terbitkan hanya unit yang belum diterbitkan, atau biarkan tabel lama berlaku",
    "KNJ846.message": "periodenya bertumpang tindih dengan tabel terdahulu yang memuat unit {found}",
    "KNJ846.way_out": "terbitkan periode yang tidak beririsan dengan tabel itu",
    "KNJ847.message": "ada orang yang dihitung lebih dari sekali: {found}",
    "KNJ847.way_out": "sisakan satu baris untuk setiap orang",
    "KNJ848.message": "data ini bukan tabel terbitan: {found}",
    "KNJ848.way_out": "pakai berkas yang ditulis to_dict, tanpa diubah",
    "KNJ849.message": "ada nilai {found} di luar batas {expected}",
    "KNJ849.way_out": "tulis batas skala yang benar, yang bawah lebih dulu",
    "unit.publication.kicker": "Hasil penilaian kinerja",
    "unit.publication.table": "Tabel",
    "unit.publication.title": "Jumlah pegawai menurut {title} dan unit kerja",
    "unit.publication.means_title": "Rata-rata {title} menurut unit kerja",
    "unit.publication.contents": "Isi halaman",
    "unit.publication.period": "Periode",
    "unit.publication.people": "Pegawai",
    "unit.publication.least": "Angka terkecil",
    "unit.publication.hidden": "Angka rahasia",
    "unit.publication.unit": "Unit kerja",
    "unit.publication.rest": "Gabungan {count} unit kecil",
    "unit.publication.no_unit": "Tanpa unit kerja",
    "unit.publication.left_out": "Tidak ditampilkan karena terlalu kecil",
    "unit.publication.total": "Jumlah",
    "unit.publication.unscored": "Belum ada hasil",
    "unit.publication.sign": "(r)",
    "unit.publication.hidden_part": "dirahasiakan",
    "unit.publication.legend": "{sign} = dirahasiakan, supaya tidak ada pegawai yang hasilnya dapat diketahui dari tabel ini. Tanda ini bukan berarti nol.",
    "unit.publication.mean": "Rata-rata",
    "unit.publication.mean_in": "Rata-rata ({unit})",
    "unit.publication.reasons": "Apa yang dirahasiakan, dan mengapa",
    "unit.publication.why_small": "Angka di bawah {k} tidak ditampilkan. Di unit yang orangnya saling mengenal, angka sekecil itu dapat menunjuk orang.",
    "unit.publication.why_zeros.protect": 'Nol juga tidak ditampilkan, begitu pula angka yang hampir sama dengan jumlah pegawai unitnya: "tidak seorang pun" dan "semuanya" memberi tahu hasil setiap orang di unit itu.',
    "unit.publication.why_zeros.show": "Nol ditampilkan bila hal itu tidak membuka angka lain.",
    "unit.publication.why_others": "Sebagian angka lain ikut dirahasiakan, sebab jumlah baris dan kolom ditampilkan dan angka kecil dapat dihitung dari selisihnya. Setiap angka yang dirahasiakan, jumlah kolom juga, masih mungkin bernilai paling sedikit {k} bilangan berurutan, juga bagi orang yang tahu cara tabel ini dibuat.",
    "unit.publication.why_units": "Unit dengan kurang dari {k} pegawai tidak mendapat baris sendiri.",
    "unit.publication.why_once": "Untuk periode yang sama, tabel ini tidak diganti setelah ada hasil yang dikoreksi: selisih dua tabel akan menunjuk orang yang dikoreksi. Koreksi tetap berlaku bagi pegawainya.",
    "unit.publication.why_means": "Rata-rata tidak ditampilkan bila orangnya kurang dari {k}, bila ditentukan oleh satu orang, atau bila semua orang di unit itu bernilai sama di ujung skala. Rata-rata seluruhnya ikut dirahasiakan bila rata-rata satu unit dapat dihitung darinya.",
    # end of publication
    # quality
    # end of quality
    # appeals
    # end of appeals
}
