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
# # Panel 360°: bobot kelompok, dan kelompok yang tidak ada
#
# *A panel of superiors, peers and subordinates. Most people lack a group. Counting a missing group as nothing moves
# far more people than any proposed weights; where its weight goes, fewer. One hostile rater moves many, less so under
# the median.*
#
# **Pertanyaan.** Sebuah instansi menilai perilaku dengan panel: atasan 50 %, rekan 30 %, bawahan 20 %. Staf tidak punya
# bawahan, dan di tim kecil rekan yang menjawab kurang dari tiga. Ke mana bobot kelompok yang tidak ada itu pergi? Dan
# mana yang lebih menentukan: bobotnya, atau perlakuan itu?
#
# Semua pegawai dan angka di sini buatan. Setiap angka dalam jawaban dihitung oleh program di atasnya; program itu
# dilipat dan tidak perlu dibuka.

# %%
from fractions import Fraction

import numpy as np
from buat_data import KELOMPOK, panel
from tampil import angka, gambar, kata, persen, tabel

import kinerja
from kinerja.explore import (
    band_acceptability,
    count_changes,
    draw_weightings,
    given_weightings,
    read_people,
    tornado,
    unit_acceptability,
)
from kinerja.plots import (
    LabelFlow,
    PanelByAspect,
    WeightNode,
    plot_acceptability,
    plot_flow,
    plot_radar,
    plot_tornado,
    plot_weights,
)
from kinerja.values import Weights
from kinerja.verify import impact

PERLAKUAN = {
    "bagi_ulang": "dibagi ulang",
    "pindah": "pindah ke atasan",
    "nol": "dihitung nol",
    "menunggu": "tidak ada nilai",
}
kebijakan = {
    nama: kinerja.load("panel.yaml", variant={"kelompok_kosong": nama}) for nama in PERLAKUAN
}
pegawai, jawaban = panel()
DAFTAR = {"penilaian": jawaban}
gambar(lambda ax: plot_weights(WeightNode.of(kebijakan["bagi_ulang"]), ax=ax))

# %% [markdown]
# ## 1. Siapa punya siapa
#
# Kelompok dihitung bila cukup penilainya: satu atasan, sedikitnya tiga rekan, sedikitnya tiga bawahan. Kurang dari itu
# jawabannya tidak dipakai, supaya tidak seorang pun dapat dikenali dari jawabannya.

# %%
PALING_SEDIKIT = {"atasan": 1, "rekan": 3, "bawahan": 3}
penilai = jawaban.groupby(["id", "kelompok"])["penilai"].nunique().unstack(fill_value=0)
ada = (penilai[list(KELOMPOK)] >= PALING_SEDIKIT).loc[pegawai["id"]].reset_index(drop=True)
susunan = ada.apply(lambda baris: " + ".join(baris.index[baris]), axis=1)
banyak = susunan.groupby([susunan, pegawai["jabatan"]]).size().unstack(fill_value=0)
tabel(
    {
        "kelompok yang ada": nama,
        **{str(jabatan): int(isi) for jabatan, isi in baris.items()},
        "bagian": persen(baris.sum() / len(pegawai)),
    }
    for nama, baris in banyak.iterrows()
)

# %%
utuh = ada.all(axis=1)
kata(
    f"Hanya {angka(int(utuh.sum()))} dari {angka(len(pegawai))} pegawai ({persen(utuh.mean())}) punya ketiga kelompok. Bagi yang "
    f"lain, {angka(int((~utuh).sum()))} orang, bobot 50/30/20 tidak pernah dipakai sebagaimana tertulis."
)

# %% [markdown]
# ## 2. Empat perlakuan, data yang sama

# %%
hasil = {nama: satu.table_result(pegawai, lists=DAFTAR) for nama, satu in kebijakan.items()}
SKALA = {
    label.id: str(label.title)
    for label in kebijakan["nol"].program.step("kategori").type.scale.labels
}
tabel(
    {
        "kelompok yang tidak ada": PERLAKUAN[nama],
        "ada nilainya": satu.complete,
        "rata-rata": angka(satu.frame["panel"].mean(), 2),
        **{judul: int((satu.frame["kategori"] == label).sum()) for label, judul in SKALA.items()},
    }
    for nama, satu in hasil.items()
)

# %%
kategori = {nama: satu.frame["kategori"].astype("string") for nama, satu in hasil.items()}
nilai_utuh = np.stack([satu.frame["panel"][utuh].to_numpy() for satu in hasil.values()])
selisih_utuh = float(np.ptp(nilai_utuh, axis=0).max())
jatuh = int(((kategori["nol"] == "di_bawah") & (kategori["bagi_ulang"] != "di_bawah")).sum())
beda_nol = int((kategori["nol"] != kategori["bagi_ulang"]).sum())
beda = int((kategori["pindah"] != kategori["bagi_ulang"]).sum())
kata(
    f"Bagi {angka(int(utuh.sum()))} orang yang lengkap keempatnya memberi nilai yang sama; selisih terbesarnya "
    f"{angka(selisih_utuh, 2)}. Bagi yang lain:",
    f"- **dihitung nol** menjatuhkan {angka(jatuh)} orang ke «{SKALA['di_bawah']}» yang tidak akan berada di sana bila bobotnya "
    "dibagi ulang: mereka dihukum karena orang lain tidak menilai;\n"
    f"- **tidak ada nilai** meninggalkan {angka(hasil['menunggu'].incomplete)} orang tanpa hasil;\n"
    f"- **pindah ke atasan** dan **dibagi ulang** sama-sama memberi nilai, tetapi {angka(beda)} orang "
    f"({persen(beda / len(pegawai), 1)}) mendapat kategori yang berbeda.",
)

# %%
pindah = impact(kebijakan["bagi_ulang"], kebijakan["pindah"], pegawai, unit="jabatan", lists=DAFTAR)
gambar(lambda ax: plot_flow(LabelFlow.of(pindah), ax=ax))

# %%
rata = {nama: float(isi.mean()) for nama, isi in jawaban.groupby("kelompok")["angka"]}
kata(
    f"Dari kiri dibagi ulang, ke kanan pindah ke atasan: {angka(pindah.labels.up)} naik, {angka(pindah.labels.down)} turun. "
    f"Atasan memberi rata-rata {angka(rata['atasan'], 2)}, rekan {angka(rata['rekan'], 2)}, bawahan "
    f"{angka(rata['bawahan'], 2)}; memindahkan bobot kepada kelompok yang lebih ketat menurunkan nilai orang yang tidak punya "
    "kelompok lain."
)

# %% [markdown]
# ## 3. Satu orang, menurut kelompok
#
# Dari yang punya ketiga kelompok, dilihat orang yang atasan dan bawahannya paling berbeda menilainya.

# %%
rata_kelompok = jawaban.groupby(["id", "kelompok"])["angka"].mean().unstack()
jarak = (rata_kelompok["atasan"] - rata_kelompok["bawahan"]).abs()[pegawai["id"][utuh]]
contoh = int(pegawai.index[pegawai["id"] == jarak.idxmax()][0])
rincian = hasil["bagi_ulang"].explain(contoh)
per_aspek = PanelByAspect.of(rincian, step="panel")
gambar(
    lambda ax: plot_radar(
        per_aspek, scale=(Fraction(1), Fraction(5)), minimum=PALING_SEDIKIT, ax=ax
    )
)

# %%
lebar = {
    str(aspek): max(nilai) - min(nilai)
    for tempat, aspek in enumerate(per_aspek.aspects)
    if (nilai := [kelompok.values[tempat] for kelompok in per_aspek.groups])
}
jauh = max(lebar, key=lambda aspek: lebar[aspek])
kata(
    f"{pegawai.loc[contoh, 'id']} dinilai paling berbeda tentang **{jauh}**: jarak antara kelompok {angka(lebar[jauh], 2)} poin dari "
    "skala 1 sampai 5. Satu nilai panel menyembunyikan itu; percakapan dengan orangnya tidak boleh."
)

# %% [markdown]
# ## 4. Bobotnya sendiri
#
# Sekarang perlakuannya tetap (dibagi ulang) dan bobotnya yang berubah. Dua ribu susunan diundi: atasan antara 30 dan 70
# persen, rekan dan bawahan masing-masing sedikitnya 10 persen.

# %%
orang = read_people(kebijakan["bagi_ulang"], pegawai, step="panel", label="kategori", lists=DAFTAR)
undian = draw_weightings(
    orang.scheme,
    count=2_000,
    seed=1,
    bounds={"atasan": ("30 %", "70 %"), "rekan": ("10 %", "60 %"), "bawahan": ("10 %", "60 %")},
)
mantap = band_acceptability(orang, undian)
gambar(lambda ax: plot_acceptability(mantap, most=6, ax=ax))

# %%
menurut_susunan = unit_acceptability(mantap, susunan.tolist())
tabel(
    {
        "kelompok yang ada": satu.unit,
        "pegawai": satu.people,
        "kategori bertahan, rata-rata": persen(satu.kept, 1),
        "bertahan di bawah semua": satu.firm,
    }
    for satu in menurut_susunan
)

# %%
USULAN = {
    "40/40/20": Weights.of({"atasan": "40 %", "rekan": "40 %", "bawahan": "20 %"}),
    "60/20/20": Weights.of({"atasan": "60 %", "rekan": "20 %", "bawahan": "20 %"}),
    "70/20/10": Weights.of({"atasan": "70 %", "rekan": "20 %", "bawahan": "10 %"}),
    "sama": Weights.equal(KELOMPOK),
}
ubah = dict(
    zip(USULAN, count_changes(orang, given_weightings(orang.scheme, USULAN.values())), strict=True)
)
tabel({"bobot": nama, "kategori berubah": int(isi)} for nama, isi in ubah.items())

# %%
badai = tornado(orang, by="10 %", measure="changes")
gambar(lambda ax: plot_tornado(badai, ax=ax))

# %%
sendirian = next(satu for satu in menurut_susunan if satu.unit == "atasan")
kata(
    f"Yang hanya punya atasan ({angka(sendirian.people)} orang) tidak tersentuh bobot: {persen(sendirian.kept)} bertahan, karena "
    "seluruh bobotnya pada satu kelompok, berapa pun yang tertulis.",
    f"Usulan bobot terjauh mengubah {angka(max(ubah.values()))} kategori. Mengganti «dibagi ulang» dengan «pindah ke atasan» "
    f"mengubah {angka(beda)}, dengan «dihitung nol» {angka(beda_nol)}. **Yang paling menentukan adalah apakah kelompok yang "
    "tidak ada dihitung nol**; sesudah itu bobotnya, baru ke mana bobot yang tidak terpakai itu pergi.",
)

# %% [markdown]
# ## 5. Satu penilai
#
# Bagaimana bila satu rekan memberi angka terendah untuk semua aspek? Untuk setiap pegawai yang punya cukup rekan, satu
# rekan diganti begitu, lalu nilainya dihitung lagi: dengan rata-rata dan dengan median jawaban rekan.

# %%
bermusuhan = jawaban.assign(angka=jawaban["angka"].where(jawaban["penilai"] != "rekan-1", 1))
cara = {
    "rata-rata": kebijakan["bagi_ulang"],
    "median": kinerja.load(
        "panel.yaml", variant={"kelompok_kosong": "bagi_ulang", "gabungan": "median"}
    ),
}
punya_rekan = ada["rekan"].to_numpy()
goyah = {}
for nama, scorer in cara.items():
    sebelum = scorer.score_table(pegawai, lists=DAFTAR)
    sesudah = scorer.score_table(pegawai, lists={"penilaian": bermusuhan})
    goyah[nama] = {
        "beda": (sebelum["panel"] - sesudah["panel"])[punya_rekan].mean(),
        "turun": int((sebelum["kategori"] != sesudah["kategori"])[punya_rekan].sum()),
        "kategori": sebelum["kategori"].astype("string"),
    }
tabel(
    {
        "jawaban sekelompok digabung dengan": nama,
        "rata-rata turunnya nilai": angka(isi["beda"], 2),
        "kategori berubah": isi["turun"],
    }
    for nama, isi in goyah.items()
)

# %%
tanpa_gangguan = int((goyah["median"]["kategori"] != goyah["rata-rata"]["kategori"]).sum())
kata(
    f"Satu rekan yang memberi angka terendah mengubah kategori {angka(goyah['rata-rata']['turun'])} dari "
    f"{angka(int(punya_rekan.sum()))} orang bila dipakai rata-rata, {angka(goyah['median']['turun'])} bila dipakai median. Median "
    f"tidak gratis: tanpa gangguan pun {angka(tanpa_gangguan)} orang mendapat kategori lain daripada dengan rata-rata, sebab "
    "pada skala lima angka median membuang perbedaan kecil."
)

# %% [markdown]
# ## Jawaban

# %%
kata(
    f"- Bobot yang tertulis berlaku utuh hanya bagi {persen(utuh.mean())} pegawai. Perlakuan atas kelompok yang tidak ada berlaku "
    "bagi semua yang lain, jadi harus tertulis sama jelasnya.\n"
    f"- «Dihitung nol» menjatuhkan {angka(jatuh)} orang yang menurut penilainya tidak di bawah harapan.\n"
    f"- Antara «dibagi ulang» dan «pindah ke atasan» {angka(beda)} kategori berbeda; itu pilihan tentang siapa yang bersuara.\n"
    f"- Satu penilai yang bermusuhan lebih berbahaya ({angka(goyah['rata-rata']['turun'])} kategori) daripada usulan bobot mana pun "
    f"di sini (paling banyak {angka(max(ubah.values()))})."
)

# %% [markdown]
# ## Yang tidak dibuktikan di sini
#
# - Tidak ada perlakuan yang «benar» bagi kelompok yang tidak ada; ada yang dapat dijelaskan kepada yang dinilai.
# - Bahwa atasan memberi angka lebih rendah tidak berarti ia lebih tepat.
# - Satu rekan dibuat bermusuhan pada setiap orang sekaligus. Itu menguji aturannya, bukan menaksir seberapa sering terjadi.
# - Jawaban buatan tidak saling memengaruhi seperti jawaban orang di satu ruangan.
