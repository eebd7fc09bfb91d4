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
    "explore.method.entropy": "entropi Shannon dari bagian setiap kolom",
    "explore.method.entropy_minmax": "entropi Shannon sesudah min-max",
    "explore.method.critic": "CRITIC, sebaran kali pertentangan dengan indikator lain",
    "explore.method.standard_deviation": "simpangan baku setiap indikator",
    "explore.method.merec": "MEREC, akibat bila satu indikator dihapus",
    "explore.method.pca": "komponen utama (PCA) menurut buku pegangan OECD/JRC",
    "KNJ020.message": "ukurannya {found}, harus {expected}",
    "KNJ020.way_out": "samakan banyaknya baris, kolom, dan nama; kolom larik berurutan seperti namanya",
    "KNJ021.message": "tidak ada indikator bernama {found}; yang ada: {expected}",
    "KNJ021.way_out": "tulis salah satu dari nama itu: {nearest}",
    "KNJ022.message": "kolom {found} memuat isi yang bukan angka",
    "KNJ022.way_out": "jadikan angka lebih dahulu, atau jangan sebut kolom itu; teks tidak ditebak menjadi angka",
    "KNJ023.message": "{count} orang tidak punya nilai pada sedikitnya satu indikator; yang pertama di baris {first}",
    "KNJ023.way_out": 'lengkapi nilainya, atau tulis missing="leave_out" supaya orang itu tidak dihitung dan jumlahnya disebut',
    "KNJ024.message": "{count} orang tidak dihitung, karena tidak punya nilai pada sedikitnya satu indikator",
    "KNJ024.way_out": "periksa apakah mereka serupa dengan yang lain; bila tidak, bobotnya tidak berlaku bagi mereka",
    "KNJ025.message": "{found} memuat nilai tak hingga",
    "KNJ025.way_out": "perbaiki nilai itu, atau jadikan kosong bila memang tidak diketahui",
    "KNJ026.message": "hanya {found} orang yang nilainya lengkap, diperlukan {expected}",
    "KNJ026.way_out": "pakai data lebih banyak orang; dari satu orang tidak ada perbedaan yang dapat dihitung",
    "KNJ027.message": "{name} memuat {found}, harus {expected}",
    "KNJ027.way_out": "perbaiki nilai itu, atau pakai cara yang menerimanya: CRITIC atau entropi min-max untuk bobot, rata-rata hitung untuk agregasi",
    "KNJ028.message": "semua orang bernilai {value} pada {found}; bobotnya 0",
    "KNJ028.way_out": "jangan menganggap indikator itu tidak penting: data ini hanya tidak dapat membedakan orang dengannya",
    "KNJ029.message": "tidak ada yang dapat menjadi bobot atau skala dari {people} orang dan {indicators} indikator ini: nilainya sama, atau semua indikator sepenuhnya sejalan",
    "KNJ029.way_out": "pakai data yang berbeda-beda, atau tetapkan bobot menurut pertimbangan",
    "KNJ030.message": "hanya {people} orang untuk {indicators} indikator",
    "KNJ030.way_out": "pakai data lebih banyak orang, sebaiknya sepuluh kali banyaknya indikator; korelasi dari begitu sedikit orang hampir kebetulan",
    "KNJ031.message": "bobot ini mengukur sebaran nilai {people} orang; kepentingan, tugas, dan peraturan tidak ikut dihitung",
    "KNJ031.way_out": "pakai untuk berdiskusi; untuk menilai orang, kebijakan harus menyebut cara ini dan alasannya",
    "KNJ032.message": "bobot ini milik data {people} orang ini; data tahun atau unit lain memberi bobot lain",
    "KNJ032.way_out": "bandingkan dengan data tahun lalu; bila dipakai, tulis angkanya di kebijakan sebelum periode dimulai",
    "KNJ038.message": "cara ini tidak melihat arah: bobotnya sama, apakah nilai tinggi atau rendah yang baik",
    "KNJ038.way_out": "untuk cara yang melihat arah, pakai CRITIC, MEREC, atau entropi min-max",
    # end of data
    # scheme
    # end of scheme
    # aggregation
    "explore.aggregation.arithmetic": "rata-rata hitung",
    "explore.aggregation.geometric": "rata-rata geometrik",
    "explore.aggregation.harmonic": "rata-rata harmonik",
    "explore.aggregation.power": "rata-rata pangkat",
    "explore.aggregation.owa": "rata-rata terurut (OWA)",
    "explore.aggregation.minimum": "nilai terendah",
    "explore.aggregation.weighted_sum": "jumlah tertimbang",
    "explore.aggregation.weighted_product": "hasil kali tertimbang",
    "explore.redundancy.separate": "komponen mengukur hal yang berbeda-beda",
    "explore.redundancy.overlapping": "sebagian komponen bertumpang tindih; satu hal ikut dihitung lebih dari sekali",
    "explore.redundancy.redundant": "ada komponen yang hampir seluruhnya sudah dikatakan komponen lain; bobotnya menambah bobot yang lain itu",
    "KNJ033.message": "tidak ada pilihan bernama {found}; yang ada: {expected}",
    "KNJ033.way_out": "tulis salah satu dari pilihan itu: {nearest}",
    "KNJ034.message": "bobot {found}, harus {expected}",
    "KNJ034.way_out": "tulis satu bobot untuk setiap komponen, paling sedikit 0, dan sedikitnya satu di atas 0",
    "KNJ035.message": "yang ditulis {found}, yang diminta {expected}",
    "KNJ035.way_out": "tulis nilai yang memenuhi {expected}",
    "KNJ036.message": "yang diminta {found}, yang tersedia {expected}",
    "KNJ036.way_out": "pilih faktor yang paling tidak pasti saja, atau kurangi banyaknya titik",
    "KNJ037.message": "hasilnya sama untuk semua {people} orang atau titik, jadi tidak ada ragam yang dapat dibagi",
    "KNJ037.way_out": "pakai data yang hasilnya berbeda-beda",
    "KNJ039.message": "kapasitas tidak lengkap atau turun pada himpunan {found}; yang diminta: {expected}",
    "KNJ039.way_out": "beri setiap himpunan komponen satu nilai: 0 untuk himpunan kosong, dan tidak pernah lebih kecil untuk himpunan yang lebih besar",
    # end of aggregation
    # pictures
    # end of pictures
    # report
    # end of report
}
