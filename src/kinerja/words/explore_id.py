"""Indonesian: what is said of weights and of what they do to people.

What lives here: words. What never comes in: logic.
"""

from __future__ import annotations

from typing import Final

__all__ = ["WORDS"]

WORDS: Final[dict[str, str]] = {
    # judged
    "explore.method.direct_points": "poin langsung, dibagi jumlahnya",
    "explore.method.direct_percent": "persen yang ditetapkan langsung",
    "explore.method.equal": "bobot sama",
    "explore.method.rank_order_centroid": "urutan kepentingan (ROC, titik berat urutan)",
    "explore.method.rank_sum": "urutan kepentingan (jumlah urutan)",
    "explore.method.rank_reciprocal": "urutan kepentingan (kebalikan urutan)",
    "explore.method.smart": "SMART, nilai terhadap kriteria yang paling tidak penting (10)",
    "explore.method.swing": "swing, nilai terhadap ayunan yang paling penting (100)",
    "explore.method.ahp_eigenvector": "perbandingan berpasangan (AHP, vektor eigen)",
    "explore.method.ahp_geometric_mean": "perbandingan berpasangan (AHP, rata-rata geometrik)",
    "explore.method.ahp_incomplete_least_squares": "perbandingan berpasangan yang tidak lengkap (kuadrat terkecil logaritma)",
    "explore.method.ahp_incomplete_eigenvector": "perbandingan berpasangan yang tidak lengkap (vektor eigen dari pelengkapan terbaik)",
    "explore.method.ahp_hierarchy_eigenvector": "hierarki perbandingan berpasangan (AHP, vektor eigen)",
    "explore.method.ahp_hierarchy_geometric_mean": "hierarki perbandingan berpasangan (AHP, rata-rata geometrik)",
    "explore.method.ahp_group_judgements": "perbandingan berpasangan beberapa penilai, penilaiannya digabung (rata-rata geometrik)",
    "explore.method.ahp_group_priorities_geometric": "perbandingan berpasangan beberapa penilai, bobotnya digabung (rata-rata geometrik)",
    "explore.method.ahp_group_priorities_arithmetic": "perbandingan berpasangan beberapa penilai, bobotnya digabung (rata-rata hitung)",
    "explore.method.best_worst_linear": "metode terbaik-terburuk (model linear)",
    "explore.judged.title": "Bobot dari {method}",
    "explore.judged.title.stated": "Bobot yang ditetapkan langsung",
    "explore.judged.fact.cr": "Rasio konsistensi (CR) {value} dengan tabel random index {table}.",
    "explore.judged.fact.ci": "Indeks konsistensi (CI) {value}; {count} penilaian tidak ada, jadi tanpa CR.",
    "explore.judged.fact.ci.one": "Indeks konsistensi (CI) {value}; {count} penilaian tidak ada, jadi tanpa CR.",
    "explore.judged.fact.largest_cr": "Rasio konsistensi (CR) terbesar {value} pada {group}, dengan tabel random index {table}.",
    "explore.judged.fact.xi": "Penyimpangan terbesar (xi) {value}; rasio konsistensi masukan {ratio}.",
    "explore.judged.fact.judges": "Penilai: {count}.",
    "explore.judged.fact.kendall_w": "Kesepakatan tentang urutan (W Kendall) {value}.",
    "explore.judged.fact.consensus": "Kesepakatan tentang bobot {value}.",
    "explore.judged.rounded": "Dibulatkan ke {unit}; yang paling bergeser {name}, {amount} poin persen.",
    "explore.judged.unit.whole": "persen bulat",
    "explore.judged.unit.digits": "{count} desimal persen",
    "explore.judged.unit.digits.one": "{count} desimal persen",
    "explore.judged.moved": "{name}: {before} % menjadi {after} %",
    "explore.judged.vanished": "{name} menjadi 0 % dan tidak lagi dihitung; pakai lebih banyak desimal",
    "KNJ001.message": "CR {found}, di atas {expected}; lihat dulu {look}; dalam kurung: menurut penilaian lain",
    "KNJ001.way_out": "bicarakan penilaian itu dengan yang memberikannya, lalu hitung lagi; jangan mengubahnya tanpa mereka",
    "KNJ002.message": "rasio konsistensi (CR) tidak diberikan: {found} dari {of} penilaian tidak ada ({pairs}), dan tabel random index berlaku untuk matriks lengkap; penilaian yang memeriksa penilaian lain: {checks}",
    "KNJ002.way_out": "lengkapi penilaian dan pakai ahp, atau bandingkan ci dengan ci kelompok lain yang pasangannya sama",
    "KNJ003.message": "penilaian {found} bukan angka di atas 0",
    "KNJ003.way_out": 'tulis berapa kali lebih penting, misalnya 3, "1/3", atau "2.5"',
    "KNJ004.message": "{pair} = {found}, tetapi {back} = {other}; keduanya bertentangan",
    "KNJ004.way_out": "hapus salah satu, atau tulis {back} = {expected}",
    "KNJ005.message": "tidak ada pilihan bernama {found}; yang ada: {expected}",
    "KNJ005.way_out": "tulis salah satu dari pilihan itu: {nearest}",
    "KNJ006.message": "matriks berukuran {found}, harus {expected}",
    "KNJ006.way_out": "tulis satu baris dan satu kolom untuk setiap kriteria",
    "KNJ007.message": "tidak ada nama {found}; yang ada: {expected}",
    "KNJ007.way_out": "tulis salah satu dari nama itu: {nearest}",
    "KNJ008.message": "{what} = {found}, di luar skala {expected}",
    "KNJ008.way_out": "boleh, tetapi orang jarang dapat membedakan kelipatan sebesar itu; bila memang jauh berbeda, taruh kriterianya di kelompok lain",
    "KNJ009.message": "tabel {table} tidak memuat random index untuk {found} kriteria; paling banyak {expected}",
    "KNJ009.way_out": "bagi kriteria menjadi kelompok dengan ahp_hierarchy; dalam satu kelompok sebaiknya tidak lebih dari 7 sampai 9",
    "KNJ010.message": "belum ada: {found} (jumlahnya {count})",
    "KNJ010.way_out": "lengkapi yang belum ada; untuk penilaian berpasangan yang memang tidak lengkap pakai ahp_incomplete",
    "KNJ011.message": "penilaian tidak menghubungkan semua kriteria; kelompok yang terpisah: {found}",
    "KNJ011.way_out": "tambahkan sedikitnya satu penilaian antarkelompok, misalnya {example}",
    "KNJ012.message": "poin {found} bukan angka yang paling sedikit 0",
    "KNJ012.way_out": "tulis angka 0 atau lebih",
    "KNJ013.message": "semua poin {found}, jadi tidak ada yang berbobot",
    "KNJ013.way_out": "beri paling sedikit satu kriteria poin di atas 0",
    "KNJ014.message": "persen berjumlah {found}, harus {expected}",
    "KNJ014.way_out": 'ubah salah satu persen; bila angkanya memang poin, pakai unit="points"',
    "KNJ015.message": "urutan {found} tidak dapat dipakai; yang diminta: {expected}",
    "KNJ015.way_out": 'beri nomor 1 untuk yang paling penting, lalu seterusnya; yang setara ditulis dengan nomor yang sama dan ties="mean"',
    "KNJ016.message": "{what} = {found}, harus {expected}",
    "KNJ016.way_out": "tulis angka yang memenuhi {expected}; angka ini ditetapkan metodenya",
    "KNJ017.message": "rasio konsistensi masukan {found}, di atas batas {expected}; {first} dan {second} bersama-sama menjadi {together}, tetapi {whole}",
    "KNJ017.way_out": "bicarakan ketiga angka itu dengan yang memberikannya, lalu hitung lagi",
    "KNJ018.message": "susunan kelompok bukan satu pohon: {found}",
    "KNJ018.way_out": "beri satu tujuan di puncak, dan taruh setiap nama di bawah satu kelompok saja",
    "KNJ019.message": "nama tidak cukup atau berulang: {found}; paling sedikit {expected}, semuanya berbeda",
    "KNJ019.way_out": "tulis setiap nama satu kali",
    # end of judged
    # data
    # end of data
    # scheme
    # end of scheme
    # aggregation
    # end of aggregation
    # pictures
    # end of pictures
    # report
    # end of report
}
