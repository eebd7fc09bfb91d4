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
    "KNJ801.message": "{input}: kosong pada {count} dari {of} catatan ({ids})",
    "KNJ801.way_out": "minta nilainya kepada unit sebelum dinilai, atau catat sebab nilainya tidak ada; yang kosong tetap kosong di hasil",
    "KNJ802.message": "{input}: tanpa satu baris pun pada {count} dari {of} catatan ({ids})",
    "KNJ802.way_out": "periksa apakah baris orang-orang ini sudah dikirim, dan apakah pengenalnya ditulis sama di kedua berkas",
    "KNJ803.message": "{input}: pada {count} dari {of} catatan, penilai kelompok {group} kurang dari {least} yang diminta panel; pada {none} di antaranya tidak ada sama sekali ({ids})",
    "KNJ803.way_out": "minta penilaian yang kurang selagi periode masih dibuka; akibat kelompok yang tidak ada disebut di kebijakan",
    "KNJ804.message": "tidak ada catatan dari {from} sampai {to}",
    "KNJ804.way_out": "minta data untuk waktu ini, atau catat sebab datanya tidak ada, sebelum hasil setahun dibuat darinya",
    "KNJ805.message": "{count} dari {of} orang pada {before} tidak ada, lalu muncul lagi kemudian ({ids})",
    "KNJ805.way_out": "minta data mereka untuk periode ini, atau catat sebab datanya tidak ada",
    "KNJ806.message": "{count} dari {of} orang pada {before} tidak ada lagi ({ids})",
    "KNJ806.way_out": "pastikan mereka pindah, pensiun, atau berhenti; jika tidak, minta datanya",
    "KNJ807.message": "{input}: {count} nilai akan ditolak saat dinilai, pada {people} dari {of} catatan ({ids}), misalnya {found}; yang boleh: {expected}; ditolak dengan {reason}",
    "KNJ807.way_out": "betulkan nilainya di sumbernya; di sini tidak ada yang dibetulkan",
    "KNJ808.message": "{input}: {zero} dari {of} nilai adalah 0 dan {negative} di bawah 0, padahal capaian dibagi dengannya ({ids})",
    "KNJ808.way_out": "periksa apakah angkanya sungguh ditetapkan; jika memang demikian, lihat akibatnya di kebijakan",
    "KNJ809.message": "{input}: {share} % dari {of} bilangan bulat adalah kelipatan {multiple}, padahal yang wajar {expected} %",
    "KNJ809.way_out": "tanyakan asal angkanya, diukur atau dikira-kira, lalu minta angka sebagaimana diukur",
    "KNJ810.message": "{input}: seluruh {count} catatan bernilai {value}; pada semua catatan lain nilai tersering hanya {expected} %",
    "KNJ810.way_out": "tanyakan apakah nilainya ditentukan bagi setiap orang, atau diisi sekaligus untuk semua",
    "KNJ811.message": "{input}: {count} dari {of} penilai yang menilai sedikitnya {least} orang memberi satu nilai kepada semuanya; yang mereka nilai {ratees} orang",
    "KNJ811.way_out": "ingatkan semua penilai arti setiap nilai; jangan menghapus penilaian hanya karena temuan ini",
    "KNJ812.message": "{input}: {count} dari {of} penilai yang menilai sedikitnya {least} orang memberi semuanya rangkaian nilai yang sama; yang mereka nilai {ratees} orang",
    "KNJ812.way_out": "minta semua penilai menilai setiap orang satu per satu, aspek demi aspek; jangan menghapus penilaian hanya karena temuan ini",
    "KNJ813.message": "{count} dari {of} catatan sama di semua angka dengan catatan orang lain; kelompok catatan yang sama: {groups} ({ids})",
    "KNJ813.way_out": "cocokkan catatan ini dengan sumbernya, dan betulkan yang tersalin karena keliru",
    "KNJ814.message": "{count} dari {of} catatan sama di semua angka dengan catatan orang yang sama pada {before} ({ids})",
    "KNJ814.way_out": "periksa apakah data periode sebelumnya terkirim lagi; minta data periode ini",
    "KNJ815.message": "{input}: median berubah dari {old} pada {before} menjadi {new}; yang wajar {usual}",
    "KNJ815.way_out": "tanyakan apa yang berubah: pekerjaannya, cara mengukurnya, atau satuannya",
    "KNJ816.message": "{input}: jarak rata-rata dari median berubah dari {old} pada {before} menjadi {new}",
    "KNJ816.way_out": "tanyakan apakah angkanya masih diukur bagi setiap orang, dan dengan satuan yang sama",
    "KNJ817.message": "{count} catatan, sesudah {of} pada {before}; yang wajar {usual}",
    "KNJ817.way_out": "cocokkan dengan daftar pegawai unit: mungkin ada baris yang kurang atau tertulis dua kali",
    "KNJ818.message": "{input}: kosong pada {new} % dari {of} catatan, sesudah {old} % pada {before} ({ids})",
    "KNJ818.way_out": "tanyakan kepada unit apa yang menghambat pengumpulan masukan ini, lalu minta yang kurang",
    "KNJ819.message": "{count} dari {of} orang punya lebih dari satu catatan dalam satu periode, di {units} ({ids})",
    "KNJ819.way_out": "periksa apakah mereka pindah di tengah periode; jika tidak, betulkan catatan yang keliru",
    "unit.quality.title": "Mutu data sebelum dinilai",
    "unit.quality.records": "catatan",
    "unit.quality.units": "unit",
    "unit.quality.periods": "periode",
    "unit.quality.inputs": "masukan",
    "unit.quality.found": "temuan",
    "unit.quality.looked": "Yang diperiksa",
    "unit.quality.compared": "{count} perbandingan",
    "unit.quality.compared.one": "1 perbandingan",
    "unit.quality.not_judged": "tidak dinilai: catatan terlalu sedikit, atau tidak ada bahannya",
    "unit.quality.none": "Tidak ada temuan. Ini bukan bukti bahwa datanya benar; pemeriksaan di bawah hanya tidak menemukan apa-apa.",
    "unit.quality.nothing": "Tidak ada catatan yang dapat diperiksa.",
    "unit.quality.lead": "Setiap temuan adalah pertanyaan kepada pengumpul data. Tidak ada yang dibetulkan, dan tidak ada yang dikeluarkan dari penilaian.",
    "unit.quality.count": "{count} temuan",
    "unit.quality.count.one": "1 temuan",
    "unit.quality.table": "Temuan menurut unit",
    "unit.quality.unit": "Unit",
    "unit.quality.total": "Jumlah",
    "unit.quality.all_units": "semua unit",
    "unit.quality.check.completeness": "kosong",
    "unit.quality.check.presence": "keberadaan",
    "unit.quality.check.impossible": "nilai mustahil",
    "unit.quality.check.heaping": "angka bulat",
    "unit.quality.check.sameness": "sama semua",
    "unit.quality.check.raters": "penilai",
    "unit.quality.check.copied": "salinan",
    "unit.quality.check.shifts": "perubahan mendadak",
    "unit.quality.what": "Ditemukan",
    "unit.quality.sure": "Kepastian",
    "unit.quality.do": "Tindakan",
    "unit.quality.raters": "Penilai",
    "unit.quality.sure.counted": "dihitung, catatan demi catatan",
    "unit.quality.sure.holm": "terjadi secara kebetulan paling banyak sekali dalam {odds}; eksak, dikoreksi untuk {tests} perbandingan (Holm)",
    "unit.quality.sure.pairs": "terjadi secara kebetulan paling banyak sekali dalam {odds}; batas atas untuk semua kelompok sebesar itu, angka dianggap saling bebas",
    "unit.quality.sure.robust": "{times} kali simpangan mutlak median dari perubahan pembandingnya",
    "unit.quality.sure.steady": "perubahan pembandingnya semua sama",
    "unit.quality.sure.factor": "{times} kali yang wajar",
    "unit.quality.rest": "{count} temuan lain yang menyangkut lebih sedikit orang tidak ditampilkan di sini.",
    "unit.quality.rest.one": "1 temuan lain yang menyangkut lebih sedikit orang tidak ditampilkan di sini.",
    # end of quality
    # appeals
    # end of appeals
}
