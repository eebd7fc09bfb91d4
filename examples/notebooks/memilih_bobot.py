# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Memilih bobot bersama kelompok kerja
#
# *A working group weighs five indicators: by ranks, by pairs, by best and worst, each judge alone and all
# together. Every proposal is tried on last year's people before anybody signs it.*
#
# **Pertanyaan.** Sebuah dinas pelayanan menilai pegawainya dengan lima indikator yang bobotnya sama, karena tidak
# pernah dibicarakan. Kelompok kerja diminta mengusulkan bobot. Bagaimana pendapat orang menjadi angka, apa yang
# dilakukan bila pendapat itu bertentangan, dan *apa bedanya bagi pegawai?*
#
# Semua pegawai dan angka di sini buatan. Setiap angka dalam jawaban dihitung oleh program di atasnya; program itu
# dilipat dan tidak perlu dibuka.

# %%
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

import numpy as np
from buat_data import dinas
from tampil import angka, gambar, kata, persen, tabel

import kinerja
from kinerja.explore import (
    ahp_group_weights,
    ahp_weights,
    band_acceptability,
    best_worst_weights,
    count_changes,
    doubtful_judgements,
    draw_weightings,
    given_weightings,
    judges_agreement,
    rank_order_centroid_weights,
    read_people,
    reweighted,
    unit_acceptability,
    with_weight,
)
from kinerja.plots import LabelFlow, WeightNode, plot_acceptability, plot_flow, plot_weights
from kinerja.report.weights_text import policy_weights
from kinerja.verify import impact

kebijakan = kinerja.load("dinas.yaml")
pegawai = dinas()
orang = read_people(kebijakan, pegawai, step="nilai")
KRITERIA = orang.scheme.names
JUDUL = {nama: str(orang.scheme.title_of(nama)) for nama in KRITERIA}
SEBUTAN = {label: str(judul) for label, judul in orang.label.labels}

# %% [markdown]
# ## 1. Bobot yang berlaku sekarang

# %%
gambar(lambda ax: plot_weights(WeightNode.of(kebijakan), ax=ax))

# %%
sekarang = np.bincount(orang.current, minlength=len(SEBUTAN))
tabel(
    {"predikat tahun lalu": judul, "pegawai": int(banyak), "bagian": persen(banyak / len(orang))}
    for judul, banyak in zip(SEBUTAN.values(), sekarang, strict=False)
)

# %% [markdown]
# ## 2. Mulai dari urutan
#
# Kelompok kerja sepakat tentang urutan, belum tentang angka: hasil kerja, lalu mutu layanan, disiplin, kerja sama, dan
# terakhir inovasi. Metode ROC (*rank-order centroid*) mengambil rata-rata semua bobot yang mungkin dengan urutan itu.

# %%
URUTAN = ["hasil", "layanan", "disiplin", "kerja_sama", "inovasi"]
roc = rank_order_centroid_weights(URUTAN)
tabel(
    {"indikator": JUDUL[nama], "bobot ROC": persen(bagian, 1), "pecahan": str(bagian)}
    for nama, bagian in roc
)

# %%
kata(
    f"Urutan saja sudah menentukan banyak: yang pertama mendapat {persen(roc['hasil'], 1)}, yang terakhir "
    f"{persen(roc['inovasi'], 1)}. Jarak itu berasal dari metodenya, bukan dari kelompok kerja; karena itu ditanyakan "
    "juga dengan cara lain."
)

# %% [markdown]
# ## 3. Berpasangan: jawaban yang bertentangan
#
# Sekretariat membandingkan setiap pasangan: sama penting 1, sedikit lebih 3, lebih 5, jauh lebih 7. AHP menghitung
# bobot dari sepuluh jawaban itu, dan rasio konsistensi (CR) mengatakan seberapa jauh jawabannya saling bertentangan.


# %%
def kali(rasio: float) -> str:
    """Tulis sebuah perbandingan; yang di bawah satu sebagai kebalikannya."""
    return angka(rasio, 1) if rasio >= 1 else f"1/{angka(1 / rasio, 1)}"


sekretariat = {
    ("hasil", "layanan"): 2,
    ("hasil", "disiplin"): 3,
    ("hasil", "kerja_sama"): 4,
    ("hasil", "inovasi"): 6,
    ("layanan", "disiplin"): 2,
    ("layanan", "kerja_sama"): 3,
    ("layanan", "inovasi"): "1/4",
    ("disiplin", "kerja_sama"): 2,
    ("disiplin", "inovasi"): 3,
    ("kerja_sama", "inovasi"): 2,
}
mentah = ahp_weights(sekretariat, random_index="saaty1980")
ragu = doubtful_judgements(sekretariat)
for temuan in mentah.origin.issues:
    print(temuan.to_text("id"))

# %%
tabel(
    {
        "pasangan": f"{JUDUL[satu.first]} : {JUDUL[satu.second]}",
        "jawaban": str(satu.given),
        "menurut jawaban lain": kali(satu.implied),
        "bagian pertentangan": persen(satu.share),
    }
    for satu in ragu[:3]
)

# %%
pertama = ragu[0]
kata(
    f"CR {angka(mentah.origin.facts['cr'], 3)}, di atas batas kebiasaan 0,10. Satu jawaban menonjol: "
    f"**{JUDUL[pertama.first]} terhadap {JUDUL[pertama.second]} = {pertama.given}**, padahal dari jawaban yang lain "
    f"tersirat kira-kira {kali(pertama.implied)}. Bila jawaban itu saja ditarik, {persen(pertama.share)} dari "
    "pertentangannya hilang.",
    "Jawaban itu ditanyakan kembali kepada yang memberikannya, tanpa menyebut angka yang tersirat. Ternyata terbalik "
    "ditulis: yang dimaksud, mutu layanan empat kali sepenting inovasi.",
)

# %%
diperbaiki = {**sekretariat, ("layanan", "inovasi"): 4}
ahp_sekretariat = ahp_weights(diperbaiki, random_index="saaty1980")
tabel(
    {
        "indikator": JUDUL[nama],
        "sebelum": persen(mentah[nama], 1),
        "sesudah": persen(ahp_sekretariat[nama], 1),
    }
    for nama in KRITERIA
)

# %%
kata(
    f"Sesudah dibetulkan CR menjadi {angka(ahp_sekretariat.origin.facts['cr'], 3)}. Bobot inovasi turun dari "
    f"{persen(mentah['inovasi'], 1)} menjadi {persen(ahp_sekretariat['inovasi'], 1)}, hanya karena satu dari "
    f"{len(sekretariat)} jawaban."
)

# %% [markdown]
# ## 4. Terbaik dan terburuk
#
# Perizinan memakai cara yang lebih singkat: pilih indikator terpenting dan yang paling tidak penting, lalu bandingkan
# yang lain hanya dengan keduanya.

# %%
bwm = best_worst_weights(
    {"hasil": 1, "layanan": 1, "disiplin": 3, "kerja_sama": 4, "inovasi": 8},
    others_to_worst={"hasil": 8, "layanan": 7, "disiplin": 3, "kerja_sama": 2, "inovasi": 1},
    best="hasil",
    worst="inovasi",
)
tabel({"indikator": JUDUL[nama], "terbaik-terburuk": persen(bwm[nama], 1)} for nama in KRITERIA)

# %% [markdown]
# ## 5. Empat bidang, satu kelompok
#
# Tiga bidang lain juga mengisi perbandingan berpasangan, masing-masing sendiri. Sebelum digabung, dilihat dulu seberapa
# jauh mereka sepakat.

# %%
PENILAI = {
    "Sekretariat": diperbaiki,
    "Pengaduan": {
        **diperbaiki,
        ("hasil", "layanan"): "1/3",
        ("layanan", "disiplin"): 4,
        ("layanan", "kerja_sama"): 5,
        ("layanan", "inovasi"): 7,
    },
    "Data dan Sistem": {
        **diperbaiki,
        ("hasil", "inovasi"): 2,
        ("layanan", "inovasi"): 1,
        ("disiplin", "inovasi"): "1/2",
        ("kerja_sama", "inovasi"): "1/3",
    },
    "Penanaman Modal": {
        **diperbaiki,
        ("hasil", "layanan"): 3,
        ("hasil", "disiplin"): 4,
        ("hasil", "kerja_sama"): 6,
    },
}
sendiri = {nama: ahp_weights(isi, random_index="saaty1980") for nama, isi in PENILAI.items()}
bersama = ahp_group_weights(PENILAI, random_index="saaty1980", aggregation="judgements")
sepakat = judges_agreement(sendiri)
tabel(
    {
        "bidang": bidang,
        **{JUDUL[nama]: persen(bobot[nama]) for nama in KRITERIA},
        "CR": angka(bobot.origin.facts["cr"], 2),
    }
    for bidang, bobot in {**sendiri, "bersama": bersama}.items()
)

# %%
selisih = sepakat.dispute
kata(
    f"Kesepakatan tentang urutan, W Kendall, {angka(sepakat.kendall_w, 2)} dari paling tinggi 1. Yang paling diperdebatkan "
    f"**{JUDUL[selisih.first]} terhadap {JUDUL[selisih.second]}**: menurut {selisih.lowest[0]} "
    f"{kali(selisih.lowest[1])} kali, menurut {selisih.highest[0]} {kali(selisih.highest[1])} kali. Itu bahan rapat "
    "yang sebenarnya; rata-rata hanya menutupinya."
)

# %% [markdown]
# ## 6. Usulan berdampingan

# %%
USULAN = {
    "urutan (ROC)": roc,
    "terbaik-terburuk": bwm,
    "AHP Sekretariat": ahp_sekretariat,
    "AHP bersama": bersama,
}
tabel(
    {
        "indikator": JUDUL[nama],
        "sekarang": persen(orang.scheme.weights[nama]),
        **{usulan: persen(bobot[nama]) for usulan, bobot in USULAN.items()},
    }
    for nama in KRITERIA
)

# %% [markdown]
# ## 7. Apa yang terjadi pada pegawai tahun lalu
#
# Setiap usulan dicoba pada nilai tahun lalu. Yang dihitung bukan selisih bobot, melainkan orang yang predikatnya lain.

# %%
akibat = {
    nama: impact(kebijakan, reweighted(kebijakan, bobot, step="nilai"), pegawai, unit="bidang")
    for nama, bobot in USULAN.items()
}
tabel(
    {
        "usulan": nama,
        "naik": satu.labels.up,
        "turun": satu.labels.down,
        "tetap": satu.labels.same,
        "rata-rata nilai": f"{'+' if satu.points.mean > 0 else ''}{angka(satu.points.mean, 2)}",
    }
    for nama, satu in akibat.items()
)

# %%
dipilih = akibat["AHP bersama"]
gambar(lambda ax: plot_flow(LabelFlow.of(dipilih), ax=ax))

# %%
label_baru = {
    nama: orang.labels(reweighted(kebijakan, bobot, step="nilai")) for nama, bobot in USULAN.items()
}
arah = {
    "naik": label_baru["AHP bersama"] > orang.current,
    "tetap": label_baru["AHP bersama"] == orang.current,
    "turun": label_baru["AHP bersama"] < orang.current,
}
rata = {nama: orang.values[siapa].mean(axis=0) for nama, siapa in arah.items()}
tabel(
    {
        "indikator": JUDUL[nama],
        **{f"rata-rata yang {siapa}": angka(isi[tempat], 1) for siapa, isi in rata.items()},
    }
    for tempat, nama in enumerate(KRITERIA)
)

# %%
semua_label = np.stack(list(label_baru.values()))
sama_di_semua = int((semua_label == semua_label[0]).all(axis=0).sum())
berbeda = len(orang) - sama_di_semua
berubah = dipilih.labels.up + dipilih.labels.down
hasil = KRITERIA.index("hasil")
kata(
    f"Dengan bobot bersama {angka(berubah)} dari {angka(dipilih.rows)} pegawai ({persen(berubah / dipilih.rows)}) mendapat "
    f"predikat lain: {angka(dipilih.labels.up)} naik, {angka(dipilih.labels.down)} turun. Yang naik rata-rata mencapai "
    f"{angka(rata['naik'][hasil], 1)} untuk hasil kerja, yang turun {angka(rata['turun'][hasil], 1)}.",
    f"**Meninggalkan bobot sama** menyangkut {angka(berubah)} orang. **Memilih di antara keempat usulan** menyangkut "
    f"{angka(berbeda)} orang; {angka(sama_di_semua)} lainnya ({persen(sama_di_semua / len(orang))}) mendapat predikat yang "
    "sama menurut semua usulan.",
)

# %% [markdown]
# ## 8. Bila hanya urutannya yang disepakati
#
# Dua ribu susunan bobot diundi dari semua yang menjaga urutan bagian 2. Untuk setiap pegawai dihitung di bawah berapa
# bagian dari susunan itu ia mendapat setiap predikat. Yang digambar mereka yang paling tidak pasti; garis tebal
# menandai predikat dengan bobot ROC.

# %%
dengan_roc = read_people(reweighted(kebijakan, roc, step="nilai"), pegawai, step="nilai")
undian = draw_weightings(dengan_roc.scheme, count=2_000, seed=1, order=URUTAN)
mantap = band_acceptability(dengan_roc, undian)
gambar(lambda ax: plot_acceptability(mantap, most=8, ax=ax))

# %%
per_bidang = unit_acceptability(mantap, pegawai["bidang"].tolist())
tabel(
    {
        "bidang": satu.unit,
        "pegawai": satu.people,
        "predikat tetap, rata-rata": persen(satu.kept, 1),
        "tetap di bawah semua susunan": satu.firm,
        "lebih sering lain": satu.wavering,
    }
    for satu in per_bidang
)

# %%
teguh = sum(satu.firm for satu in per_bidang)
rata_tetap = Fraction(int(mantap.kept().sum()), len(mantap) * mantap.weightings)
kata(
    f"Bila hanya urutan yang pasti, predikat {angka(teguh)} dari {angka(len(mantap))} pegawai "
    f"({persen(teguh / len(mantap))}) sudah pasti juga: tidak satu pun dari {angka(mantap.weightings)} susunan mengubahnya. "
    f"Secara rata-rata sebuah predikat bertahan di bawah {persen(rata_tetap)} dari susunan. Bagi yang lain, persennya memang "
    "menentukan, dan untuk merekalah kelompok kerja masih perlu berbicara."
)

# %% [markdown]
# ## 9. Menulisnya ke kebijakan
#
# Kelompok kerja memilih bobot bersama, dalam persen bulat. `policy_weights` memberikan barisnya, beserta dasar yang
# mengatakan dari mana bobot itu berasal. Statusnya `own`: pilihan instansi, apa pun metodenya.

# %%
baris = policy_weights(bersama, step="nilai", basis="kelompok_kerja")
print(baris)

# %% [markdown]
# Baris itu ditaruh di bawah kepala berkas yang menurunkan kebijakan lama, lalu diperiksa dengan `kinerja check`.

# %%
KEPALA = """schema: 1
id: dinas-pelayanan-2026
version: 1.0.0
title: Kinerja pegawai dinas pelayanan, bobot kelompok kerja
in_force: {from: 2026-01-01}
extends: dinas.yaml
base_version: 1.0.0

"""
with tempfile.TemporaryDirectory() as folder:
    (Path(folder) / "dinas.yaml").write_bytes(Path("dinas.yaml").read_bytes())
    berkas = Path(folder) / "dinas-2026.yaml"
    berkas.write_text(f"{KEPALA}{baris}\n", encoding="utf-8")
    periksa = subprocess.run(
        [sys.executable, "-m", "kinerja", "check", berkas.name],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    baru = kinerja.load(berkas)
print("$ kinerja check dinas-2026.yaml")
print(periksa.stdout.strip())

# %%
ringan = [nama for nama, bagian in baris.weights if bagian < Fraction(20, 100)]
yang_baru = read_people(baru, pegawai, step="nilai")
tanpa = {
    nama: given_weightings(yang_baru.scheme, [with_weight(yang_baru.scheme, nama, Fraction(0))])
    for nama in ringan
}
bergantung = ", ".join(
    f"{JUDUL[nama]} pada {angka(int(count_changes(yang_baru, susunan)[0]))} pegawai"
    for nama, susunan in tanpa.items()
)
akhir = impact(kebijakan, baru, pegawai)
tertulis = orang.labels(baru)
lain = int((tertulis != label_baru["AHP bersama"]).sum())
catatan = periksa.stdout.count("KNJ733")
kata(
    f"Pencarian contoh tanpa data meninggalkan {catatan} catatan KNJ733: ia tidak menemukan orang yang predikatnya ditentukan "
    f"bobot yang ringan. Data tahun lalu menemukannya. Bila bobotnya dijadikan nol, predikat berubah: {bergantung}.",
    f"Yang tertulis adalah bobot dalam persen bulat. Dibandingkan bobot yang belum dibulatkan, {angka(lain)} pegawai mendapat "
    f"predikat lain. Dibandingkan kebijakan lama: {angka(akhir.labels.up)} naik, {angka(akhir.labels.down)} turun, "
    f"{angka(akhir.labels.same)} tetap.",
)

# %% [markdown]
# ## Yang tidak dibuktikan di sini
#
# - Tidak ada bobot yang «benar». Metode hanya membuat pendapat terlihat, dan pertentangannya.
# - CR yang rendah berarti jawaban tidak bertentangan, bukan bahwa jawabannya tepat.
# - Data tahun lalu tidak tahu bagaimana pegawai akan bekerja bila bobotnya berubah.
# - Sedikitnya perubahan predikat bukan alasan memilih sebuah usulan; itu hanya mengatakan seberapa penting memilihnya.
