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
    "KNJ040.message": "langkah {found} tidak punya bobot yang dapat diganti; yang punya: {expected}",
    "KNJ040.way_out": "tulis salah satu dari langkah itu: {nearest}",
    "KNJ041.message": "kebijakan {found} tidak punya langkah berbobot",
    "KNJ041.way_out": "pakai kebijakan dengan weighted_mean, weighted_sum, atau raters",
    "KNJ042.message": "{found} bukan bagian berbobot langkah ini; bagiannya: {expected}",
    "KNJ042.way_out": "tulis salah satu nama itu: {nearest}",
    "KNJ043.message": "bobot untuk {found} belum ada",
    "KNJ043.way_out": "beri bobot untuk semua bagian: {expected}",
    "KNJ044.message": "{found} bukan bobot",
    "KNJ044.way_out": "tulis angka dari 0 sampai jumlah semua bobot, misalnya 40 %",
    "KNJ045.message": "semua bobot nol",
    "KNJ045.way_out": "beri bobot di atas nol kepada sedikitnya satu bagian",
    "KNJ046.message": "bobot berjumlah {found}, harus {expected}",
    "KNJ046.way_out": "perbaiki bobotnya; tidak ada yang dibagi ulang diam-diam",
    "KNJ047.message": "bobot ini tidak punya penyebut bersama sampai {expected}",
    "KNJ047.way_out": "tulis bobot dengan lebih sedikit angka di belakang koma",
    "KNJ048.message": "batas atau urutan {found} tidak menyisakan bobot yang mungkin",
    "KNJ048.way_out": "longgarkan batasnya: batas bawah bersama-sama paling banyak, dan batas atas paling sedikit, jumlah semua bobot",
    "KNJ049.message": "{found} bukan pemusatan",
    "KNJ049.way_out": "tulis angka di atas 0; 100 berarti dekat, 10 berarti longgar",
    "KNJ050.message": "{found} bukan banyaknya skema bobot",
    "KNJ050.way_out": "tulis bilangan bulat dari 1",
    "KNJ051.message": "label {expected} tidak bergantung pada bobot langkah {found}",
    "KNJ051.way_out": "pilih langkah lain, atau label lain",
    "KNJ052.message": "skema bobot ini untuk bagian {found}, bukan {expected}",
    "KNJ052.way_out": "ambil skema bobot dari langkah yang sama",
    "KNJ053.message": "{found} orang tidak dapat diperingkat, paling sedikit 1 dan paling banyak {expected}",
    "KNJ053.way_out": "pilih satu unit atau satu jabatan",
    "KNJ054.message": "jalan dari langkah ini ke label tidak dapat diikuti dengan tepat",
    "KNJ054.way_out": "pakai undian skema bobot; hasilnya tetap tepat untuk setiap skema",
    "KNJ055.message": "bobot lain semuanya nol, sehingga bobot {found} tidak dapat diubah sendiri",
    "KNJ055.way_out": "beri bobot kepada bagian lain",
    "KNJ056.message": "tidak ada orang dengan id {found}",
    "KNJ056.way_out": "periksa id-nya",
    "KNJ057.message": "{found} bukan langkah perubahan bobot",
    "KNJ057.way_out": "tulis angka di atas 0, misalnya 10 %",
    "KNJ058.message": "ukuran {found} tidak dikenal; pilihannya: {expected}",
    "KNJ058.way_out": "tulis salah satunya: {nearest}",
    "KNJ059.message": "label {found} tidak ada; pilihannya: {expected}",
    "KNJ059.way_out": "tulis salah satunya: {nearest}",
    # end of scheme
    # aggregation
    # end of aggregation
    # pictures
    # end of pictures
    # report
    # end of report
}
