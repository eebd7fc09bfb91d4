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
    "KNJ820.message": "label {found} dari langkah {step} tidak punya masukan {input} di kebijakan {policy}; jumlah yang diminta kebijakan itu: {expected}",
    "KNJ820.way_out": "pakai kebijakan distribusi yang labelnya sama, atau turunkan kebijakan itu dan tambah masukannya",
    "KNJ821.message": "masukan {input} dari kebijakan {policy} tidak punya label di langkah {step}; labelnya: {expected}",
    "KNJ821.way_out": "pakai kebijakan distribusi yang labelnya sama, atau sebut langkah berlabel yang lain",
    "KNJ822.message": "unit {unit} belum punya capaian organisasi; pilihannya: {expected}",
    "KNJ822.way_out": "sebut capaian organisasi unit itu",
    "KNJ823.message": "capaian organisasi {found} dari unit {unit} tidak dikenal; pilihannya: {expected}",
    "KNJ823.way_out": "tulis salah satu dari capaian itu: {nearest}",
    "KNJ824.message": "kebijakan distribusi ini tidak menerbitkan putusan ya atau tidak bernama {found}; yang ada: {expected}",
    "KNJ824.way_out": "sebut salah satu dari putusan itu: {nearest}",
    "KNJ825.message": "data ini dari beberapa periode: {found}; satu orang akan terhitung lebih dari sekali",
    "KNJ825.way_out": "pilih satu periode",
    "KNJ826.message": "keseluruhan unit belum punya capaian organisasi; pilihannya: {expected}",
    "KNJ826.way_out": "sebut capaian organisasi keseluruhan, atau periksa unit saja",
    "unit.distribution.title": "distribusi {step}",
    "unit.distribution.nobody": "tidak ada pegawai yang dihitung",
    "unit.distribution.result": "hasil",
    "unit.distribution.summary": "{count} dari {units} unit memenuhi pola",
    "unit.distribution.summary.one": "{count} dari {units} unit memenuhi pola",
    "unit.distribution.summary_not_kept": "{count} tidak memenuhi",
    "unit.distribution.summary_not_kept.one": "{count} tidak memenuhi",
    "unit.distribution.summary_not_judged": "{count} tidak dinilai",
    "unit.distribution.summary_not_judged.one": "{count} tidak dinilai",
    "unit.distribution.policy": "batas",
    "unit.distribution.policy_is": "{title} ({id}, versi {version})",
    "unit.distribution.choices": "pilihan",
    "unit.distribution.certainty": "kepastian",
    "unit.distribution.certainty.secondary": "{titles}: angkanya dikutip dari sumber lain, naskahnya belum dibaca",
    "unit.distribution.certainty.practice": "{titles}: terlihat dalam aplikasi yang dipakai, bukan bunyi peraturan",
    "unit.distribution.certainty.unverified": "{titles}: angkanya belum terverifikasi",
    "unit.distribution.verdicts": "pola distribusi per unit",
    "unit.distribution.counts": "pegawai menurut {step}",
    "unit.distribution.column.unit": "unit",
    "unit.distribution.column.organisation": "capaian organisasi",
    "unit.distribution.column.people": "pegawai",
    "unit.distribution.column.incomplete": "belum lengkap",
    "unit.distribution.column.refused": "ditolak",
    "unit.distribution.column.verdict": "pola",
    "unit.distribution.column.moves": "paling sedikit berpindah",
    "unit.distribution.whole": "seluruh unit",
    "unit.distribution.no_unit": "tanpa unit",
    "unit.distribution.kept": "terpenuhi",
    "unit.distribution.not_kept": "tidak terpenuhi",
    "unit.distribution.not_judged": "tidak dinilai",
    "unit.distribution.moves_unknown": "tidak dapat dihitung",
    "unit.distribution.heads": "{count} orang",
    "unit.distribution.heads.one": "{count} orang",
    "unit.distribution.mark.most": "{label} paling banyak {share}",
    "unit.distribution.mark.fewest": "{label} paling sedikit {share}",
    "unit.distribution.item": "{unit}: {verdict}",
    "unit.distribution.limit": "batas",
    "unit.distribution.limit_untold": "{title}: tidak",
    "unit.distribution.found": "{labels} {found} dari {people} ({share})",
    "unit.distribution.because": " karena capaian organisasi {organisation}",
    "unit.distribution.allowed.most": "paling banyak {count} orang{share}",
    "unit.distribution.allowed.most.one": "paling banyak {count} orang{share}",
    "unit.distribution.allowed.fewest": "paling sedikit {count} orang{share}",
    "unit.distribution.allowed.fewest.one": "paling sedikit {count} orang{share}",
    "unit.distribution.and": "{before} dan {last}",
    "unit.distribution.moves": "berpindah",
    "unit.distribution.moves_are": "paling sedikit {count} dari {people} predikatnya harus lain agar semua batas dipatuhi",
    "unit.distribution.moves_are.one": "paling sedikit {count} dari {people} predikatnya harus lain agar semua batas dipatuhi",
    "unit.distribution.not_judged_since": "sebabnya",
    "unit.distribution.without": "tanpa predikat",
    "unit.distribution.without_are": "{people}; tidak dihitung sebagai predikat mana pun",
    "unit.distribution.without_incomplete": "belum lengkap: {count}",
    "unit.distribution.without_refused": "ditolak: {count}",
    "unit.distribution.reports_only": "Laporan ini hanya memeriksa: tidak ada predikat yang diubah dan tidak ada pegawai yang ditunjuk. Bagian dihitung dari pegawai yang sudah berpredikat.",
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
}
