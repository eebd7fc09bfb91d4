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
# # Akibat perubahan bobot bagi satu kabupaten
#
# *A district wants to weigh behaviour as much as results, 50/50 instead of 60/40. What this does to its people:
# who changes, how firm each label is, how far a weight may go, what weights really decide, and who passes only
# because one part hides another.*
#
# **Pertanyaan.** Sebuah kabupaten menilai pegawainya 60 % hasil kerja dan 40 % perilaku. Usulannya 50/50, «supaya perilaku
# lebih dihargai». Siapa yang predikatnya berubah? Apakah perilaku memang akan lebih menentukan?
#
# Semua pegawai dan angka di sini buatan. Setiap angka dalam jawaban dihitung oleh program di atasnya; program itu
# dilipat dan tidak perlu dibuka.

# %%
from fractions import Fraction

from buat_data import kabupaten
from tampil import angka, gambar, kata, persen, tabel

import kinerja
from kinerja.cohort import Member
from kinerja.explore import (
    Aggregation,
    Floors,
    band_acceptability,
    compare_aggregations,
    contributions,
    count_changes,
    draw_weightings,
    effective_weights,
    find_compensation,
    find_redundancy,
    given_weightings,
    policy_scheme,
    read_people,
    reweighted,
    steady_weights,
    tornado,
    unit_acceptability,
    weight_sensitivity,
    with_weight,
)
from kinerja.plots import (
    LabelCounts,
    LabelFlow,
    WeightNode,
    plot_band_heat_map,
    plot_flow,
    plot_tornado,
    plot_waterfall,
    plot_weights,
)
from kinerja.verify import impact
from kinerja.words import Text

kebijakan = kinerja.load("kabupaten.yaml")
usulan = reweighted(kebijakan, {"hasil": "50 %", "perilaku": "50 %"}, step="nilai")
gambar(lambda ax: plot_weights(WeightNode.of(kebijakan), ax=ax))

# %% [markdown]
# ## 1. Data sebagaimana diserahkan
#
# Tabelnya dibaca sebagai teks dan langsung dinilai. Yang tidak dapat dipakai ditolak dan disebut.

# %%
mentah = kabupaten()
awal = kebijakan.table_result(mentah)
tabel(
    {
        "kode": satu.code,
        "kolom": satu.path,
        "baris": satu.cell or "",
        "yang ditemukan": satu.message("id"),
    }
    for satu in awal.issues
)

# %%
kata(
    f"Dari {angka(awal.rows)} baris {angka(awal.complete)} lengkap, {angka(awal.incomplete)} belum lengkap, "
    f"{angka(awal.refused)} ditolak."
)

# %% [markdown]
# ## 2. Membetulkan, satu per satu dan terlihat

# %%
UKURAN = ["kuantitas", "mutu", "waktu", "perilaku"]
berkoma = mentah[UKURAN].apply(lambda kolom: kolom.str.contains(",")).any(axis=1)
rapi = mentah.assign(
    **{nama: mentah[nama].str.replace(",", ".", regex=False) for nama in UKURAN},
    unit=mentah["unit"].str.strip(),
)
# Ejaan yang paling sering dipakai berlaku bagi semua.
ejaan = rapi["unit"].groupby(rapi["unit"].str.casefold())
rapi["unit"] = ejaan.transform(lambda cara: cara.value_counts().idxmax())
kembar = rapi.duplicated()
rapi = rapi[~kembar].reset_index(drop=True)
dinilai = kebijakan.table_result(rapi)
lengkap = (dinilai.frame["status"] == "complete").to_numpy()
bersih = rapi[lengkap].reset_index(drop=True)
unit_berkoma = ", ".join(mentah.loc[berkoma, "unit"].unique())
kata(
    f"**Koma desimal** pada {angka(int(berkoma.sum()))} baris, semuanya dari {unit_berkoma}: diganti titik. **Nama unit** yang "
    f"ditulis dengan {angka(mentah['unit'].nunique())} cara menjadi {angka(rapi['unit'].nunique())} unit. **Baris yang sama "
    f"persis** ({angka(int(kembar.sum()))}) dipakai satu kali.",
    f"**Tidak dibetulkan:** {angka(dinilai.refused)} nilai di luar batas (titiknya mungkin hilang, tetapi itu harus dijawab "
    f"unitnya) dan {angka(dinilai.incomplete)} nilai perilaku yang kosong. Yang dibandingkan di bawah ini "
    f"{angka(len(bersih))} pegawai yang lengkap.",
)

# %% [markdown]
# ## 3. Siapa yang berubah

# %%
akibat = impact(kebijakan, usulan, bersih, unit="unit")
gambar(lambda ax: plot_flow(LabelFlow.of(akibat), ax=ax))

# %%
orang = read_people(kebijakan, bersih, step="nilai")
berubah = akibat.labels.up + akibat.labels.down
lebih_tinggi = (orang.values[:, 1] > orang.values[:, 0]).mean()
kata(
    f"{angka(berubah)} dari {angka(akibat.rows)} pegawai ({persen(berubah / akibat.rows, 1)}) mendapat predikat lain: "
    f"{angka(akibat.labels.up)} naik, {angka(akibat.labels.down)} turun. Nilai rata-rata bergeser "
    f"{angka(akibat.points.mean, 2)} poin: pada {persen(lebih_tinggi)} pegawai perilakunya dinilai lebih tinggi daripada "
    "hasilnya."
)

# %%
SEBUTAN = {label: str(judul) for label, judul in orang.label.labels}
anggota = [
    Member(id=satu, unit=unit, values={"predikat": list(SEBUTAN)[tempat]})
    for satu, unit, tempat in zip(bersih["id"], bersih["unit"], orang.current, strict=True)
]
hitungan = LabelCounts.of(anggota, step=orang.label)
gambar(lambda ax: plot_band_heat_map(hitungan, ax=ax))

# %%
tabel(
    {
        "unit": satu.unit,
        "pegawai": satu.rows,
        "naik": satu.labels.up,
        "turun": satu.labels.down,
        "berubah": persen((satu.labels.up + satu.labels.down) / satu.rows, 1),
        "geser nilai": f"{'+' if satu.mean > 0 else ''}{angka(satu.mean, 2)}",
    }
    for satu in akibat.units
)

# %%
naik = max(akibat.units, key=lambda satu: satu.labels.up / satu.rows)
turun = max(akibat.units, key=lambda satu: satu.labels.down / satu.rows)
perilaku = {
    unit: float(isi.astype(float).mean()) for unit, isi in bersih.groupby("unit")["perilaku"]
}
kata(
    f"Akibatnya tidak merata. Di {naik.unit} {persen(naik.labels.up / naik.rows)} naik; rata-rata perilaku di sana "
    f"{angka(perilaku[naik.unit], 1)}. Di {turun.unit} {persen(turun.labels.down / turun.rows)} turun; rata-rata perilaku "
    f"{angka(perilaku[turun.unit], 1)}. Data ini tidak mengatakan apakah orangnya yang berbeda atau penilainya."
)

# %% [markdown]
# Contoh orang: yang predikatnya turun, yang nilainya turun paling jauh lebih dahulu. Gambarnya susunan nilai orang
# pertama dengan bobot sekarang; warna muda masih dapat diraih.

# %%
tabel(
    {
        "pegawai": satu.id,
        "nilai lama": angka(satu.old, 2),
        "nilai baru": angka(satu.new, 2),
        "predikat lama": str(satu.labels[0]),
        "predikat baru": str(satu.labels[1]),
    }
    for satu in akibat.movers[:5]
)

# %%
korban = akibat.movers[0].id
baris_korban = bersih.index[bersih["id"] == korban][0]
rincian = kebijakan.table_result(bersih).score(baris_korban)
gambar(lambda ax: plot_waterfall(contributions(rincian, scorer=kebijakan), ax=ax))

# %% [markdown]
# ## 4. Seberapa mantap predikat itu
#
# Perdebatannya antara 50 dan 60 persen untuk hasil kerja. Seribu susunan diundi dari rentang itu; untuk setiap pegawai
# dihitung di bawah berapa bagian predikatnya bertahan.

# %%
susunan = draw_weightings(
    orang.scheme,
    count=1_000,
    seed=1,
    bounds={"hasil": ("50 %", "60 %"), "perilaku": ("40 %", "50 %")},
)
mantap = band_acceptability(orang, susunan)
per_unit = unit_acceptability(mantap, bersih["unit"].tolist())
tabel(
    {
        "unit": satu.unit,
        "pegawai": satu.people,
        "predikat bertahan, rata-rata": persen(satu.kept, 1),
        "bertahan di bawah semua": persen(satu.firm / satu.people, 1),
        "lebih sering lain": satu.wavering,
    }
    for satu in sorted(per_unit, key=lambda satu: satu.kept)
)

# %%
LANGKAH = [Fraction(persen_hasil, 100) for persen_hasil in range(60, 48, -2)]
langkah = given_weightings(
    orang.scheme, [with_weight(orang.scheme, "hasil", bobot) for bobot in LANGKAH]
)
berubah_di = dict(zip(LANGKAH, count_changes(orang, langkah).tolist(), strict=True))
tabel(
    {
        "bobot hasil kerja": persen(bobot),
        "predikat berubah": banyak,
        "bagian": persen(banyak / len(orang), 1),
    }
    for bobot, banyak in berubah_di.items()
)

# %%
teguh = sum(satu.firm for satu in per_unit)
goyah = min(per_unit, key=lambda satu: satu.firm / satu.people)
kata(
    f"{angka(teguh)} pegawai ({persen(teguh / len(mantap), 1)}) mempertahankan predikatnya di mana pun angkanya jatuh antara 50 "
    f"dan 60 persen. Paling goyah {goyah.unit}: di sana {persen(1 - goyah.firm / goyah.people, 1)} bergantung pada angka itu. "
    f"Setengah jalan, antara {persen(LANGKAH[2])} dan {persen(LANGKAH[3])}, {angka(berubah_di[LANGKAH[2]])} sampai "
    f"{angka(berubah_di[LANGKAH[3]])} orang sudah berubah: tidak ada ambang yang aman, setiap persen punya orangnya."
)

# %% [markdown]
# ## 5. Sejauh mana satu bobot boleh bergeser
#
# Selang tepat: di dalamnya tidak seorang pun berubah predikat. Ujungnya pecahan, bukan taksiran.

# %%
selang = steady_weights(orang)
selang_korban = steady_weights(orang, person=korban)


def ujung(satu: object) -> str:
    """Tulis sebuah selang; kurung siku berarti ujungnya ikut."""
    kiri = "(" if satu.interval.low_open else "["
    kanan = ")" if satu.interval.high_open else "]"
    return f"{kiri}{persen(satu.interval.low, 3)} ; {persen(satu.interval.high, 3)}{kanan}"


tabel(
    {
        "bobot": str(satu.title),
        "sekarang": persen(satu.weight),
        "seluruh kabupaten": ujung(satu),
        f"{korban} saja": ujung(milik),
    }
    for satu, milik in zip(selang, selang_korban, strict=True)
)

# %%
hasil = selang[0]
milik = selang_korban[0]
kata(
    f"Untuk {angka(len(orang))} orang bersama selangnya sangat sempit: di bawah {persen(hasil.interval.low, 3)} predikat "
    f"{', '.join(hasil.below) or 'tidak seorang pun'} berubah lebih dahulu, di atas {persen(hasil.interval.high, 3)} "
    f"{', '.join(hasil.above) or 'tidak seorang pun'} (tepatnya di {hasil.interval.low} dan {hasil.interval.high}). Di kabupaten sebesar ini selalu ada yang berada di tepi batas. Karena "
    f"itu yang berguna adalah selang per orang: predikat {korban} bertahan selama bobot hasil kerja tidak kurang dari "
    f"{persen(milik.interval.low, 3)}."
)

# %% [markdown]
# ## 6. Bobot mana yang paling berpengaruh
#
# Hasil kerja sendiri terdiri atas tiga indikator. Masing-masing bobotnya diturunkan dan dinaikkan sepuluh poin
# persen; yang lain berbagi sisanya.

# %%
orang_hasil = read_people(kebijakan, bersih, step="hasil")
badai = tornado(orang_hasil, by="10 %", measure="label", label="baik")
judul = Text(
    f"jumlah pegawai dengan predikat {SEBUTAN['baik']} ke atas", "people rated Good or better"
)
gambar(lambda ax: plot_tornado(badai, title=judul, ax=ax))

# %%
teratas = badai.rows[0]
kata(
    f"Sekarang {angka(badai.base)} pegawai berpredikat {SEBUTAN['baik']} ke atas. Paling berpengaruh bobot "
    f"**{teratas.title}**: pada {persen(teratas.weight_low)} menjadi {angka(teratas.at_low)}, pada "
    f"{persen(teratas.weight_high)} menjadi {angka(teratas.at_high)} orang."
)

# %% [markdown]
# Tornado menggeser satu bobot saja. Bila ketiganya tidak pasti sekaligus, masing-masing sampai sepuluh poin persen, bagian
# ketidakpastian yang berasal dari setiap bobot dapat diurai: sendirian, dan bersama yang lain.

# %%
asal = weight_sensitivity(orang_hasil, by="10 %", seed=1)
tabel(
    {
        "bobot": str(orang_hasil.scheme.title_of(satu.name)),
        "sendirian": persen(satu.first),
        "bersama yang lain": persen(satu.total),
    }
    for satu in asal.of
)

# %%
paling = max(asal.of, key=lambda satu: satu.total)
kata(
    f"Bobot {orang_hasil.scheme.title_of(paling.name)} sendirian menjelaskan {persen(paling.first)} dari naik turunnya banyak "
    f"orang yang berubah, dan ikut dalam {persen(paling.total)}. Angka itu sendirilah yang paling perlu dibicarakan."
)

# %% [markdown]
# ## 7. Bobot yang tertulis dan yang sebenarnya menentukan
#
# Bobot mengatakan berapa nilai satu poin, bukan siapa yang dibedakan olehnya. Bila semua orang mendapat angka perilaku
# yang hampir sama, perilaku tidak menentukan perbedaan di antara mereka, berapa pun bobotnya.

# %%
BAGIAN = {nama: str(orang.scheme.title_of(nama)) for nama in orang.scheme.names}
efektif = {
    judul: effective_weights(orang.values, weights=bobot)
    for judul, bobot in {
        "60/40": orang.scheme.weights,
        "50/50": read_people(usulan, bersih, step="nilai").scheme.weights,
    }.items()
}
tabel(
    {
        "bagian": BAGIAN[nama],
        "simpangan baku": angka(orang.values[:, tempat].std(ddof=1), 1),
        **{
            kepala: isi
            for judul, satu in efektif.items()
            for kepala, isi in (
                (f"tertulis, {judul}", persen(satu[nama].stated)),
                (f"menentukan, {judul}", persen(satu[nama].effective)),
            )
        },
    }
    for tempat, nama in enumerate(orang.scheme.names)
)

# %%
lama, baru = (satu["perilaku"] for satu in efektif.values())
kata(
    f"**Inilah jawaban atas usulan itu.** Perilaku tertulis {persen(lama.stated)}, tetapi menentukan {persen(lama.effective)} "
    f"dari perbedaan nilai. Dengan {persen(baru.stated)} ia menentukan {persen(baru.effective)}. Sebabnya "
    f"penilaian yang hampir sama bagi semua orang: simpangan bakunya {angka(orang.values[:, 1].std(ddof=1), 1)} poin, hasil kerja "
    f"{angka(orang.values[:, 0].std(ddof=1), 1)}. Itu diperbaiki pada cara menilai, bukan pada bobot."
)

# %%
INDIKATOR = {satu.name: str(satu.title) for satu in kebijakan.program.inputs}
serupa = find_redundancy(bersih[UKURAN].astype(float).to_numpy(), names=tuple(UKURAN), limit=0.5)
tabel(
    {
        "indikator": INDIKATOR[nama],
        **{
            INDIKATOR[lain]: angka(serupa.correlations[baris][kolom], 2)
            for kolom, lain in enumerate(UKURAN)
        },
    }
    for baris, nama in enumerate(UKURAN)
)

# %%
terdekat = max(
    (
        (serupa.correlations[a][b], UKURAN[a], UKURAN[b])
        for a in range(len(UKURAN))
        for b in range(a)
    ),
)
kata(
    f"Korelasi tertinggi antara {INDIKATOR[terdekat[1]]} dan {INDIKATOR[terdekat[2]]}: {angka(terdekat[0], 2)}. "
    + (
        "Pasangan itu sebagian menghitung hal yang sama dua kali."
        if serupa.pairs
        else f"Tidak ada pasangan yang mencapai {angka(serupa.limit, 1)}; indikatornya tidak mengulang satu sama lain."
    )
)

# %% [markdown]
# ## 8. Siapa yang tertolong oleh bagian lain
#
# Nilai adalah rata-rata, jadi indikator yang lemah dapat ditutup indikator yang kuat. Di sini keempat indikator dilihat
# langsung, dengan bobotnya terhadap keseluruhan. Yang dicari: pegawai yang mencapai Baik walaupun mutu atau ketepatan
# waktunya di bawah batas Cukup, dan tidak akan mencapainya bila indikator terkuatnya hanya tepat di batas Baik.

# %%
rentang = kebijakan.program.step("predikat").node.bands
BATAS = {band.label: band.interval.low for band in rentang.bands}
LULUS, LANTAI = BATAS["baik"], BATAS["cukup"]


def bobot_akhir(scorer: kinerja.Scorer) -> dict[str, Fraction]:
    """Bobot setiap indikator terhadap nilai akhir."""
    nilai, hasil = (policy_scheme(scorer, step=step).weights for step in ("nilai", "hasil"))
    return {
        **{nama: nilai["hasil"] * bagian for nama, bagian in hasil},
        "perilaku": nilai["perilaku"],
    }


tertolong = {
    judul: find_compensation(
        bersih[UKURAN].astype(float).to_numpy(),
        weights=bobot_akhir(scorer),
        floors={"mutu": LANTAI, "waktu": LANTAI},
        limit=LULUS,
        ids=bersih["id"].tolist(),
    )
    for judul, scorer in {"60/40": kebijakan, "50/50": usulan}.items()
}
tabel(
    {
        "bobot": judul,
        f"mencapai {angka(LULUS)}": satu.passing,
        f"di antaranya dengan mutu atau waktu di bawah {angka(LANTAI)}": (
            len(satu.hidden) + satu.carried_by_several
        ),
        "tertolong satu indikator": len(satu.hidden),
        "di antaranya oleh perilaku": sum(orang.hidden_by == "perilaku" for orang in satu.hidden),
    }
    for judul, satu in tertolong.items()
)

# %%
dulu, nanti = (len(satu.hidden) for satu in tertolong.values())
oleh = [sum(orang.hidden_by == "perilaku" for orang in satu.hidden) for satu in tertolong.values()]
kata(
    f"Dengan 60/40 {angka(dulu)} orang mencapai Baik hanya karena satu indikator menutup mutu atau waktu yang di bawah "
    f"{angka(LANTAI)}; {angka(oleh[0])} di antaranya oleh perilaku. Dengan 50/50 menjadi {angka(nanti)} dan {angka(oleh[1])}. "
    "Bila itu tidak dikehendaki, jawabannya bukan bobot melainkan batas terendah untuk setiap indikator."
)

# %% [markdown]
# ## 9. Cara menggabung
#
# Rata-rata aritmetik hanyalah satu cara. Rata-rata geometrik dan harmonik kurang memaafkan satu nilai rendah; nilai
# terendah tidak memaafkan sama sekali; batas terendah menahan nilai di bawah Baik bila mutu atau waktu gagal. Rentangnya
# tetap.

# %%
CARA = {
    "aritmetik": Aggregation(kind="arithmetic", name="aritmetik"),
    "geometrik": Aggregation(kind="geometric", name="geometrik"),
    "harmonik": Aggregation(kind="harmonic", name="harmonik"),
    "aritmetik, dengan batas terendah": Aggregation(
        kind="arithmetic",
        floors=Floors(
            least={"mutu": LANTAI, "waktu": LANTAI}, below="cap", cap=LULUS - Fraction(1, 100)
        ),
        name="aritmetik, dengan batas terendah",
    ),
    "nilai terendah": Aggregation(kind="minimum", name="nilai terendah"),
}
banding = compare_aggregations(
    bersih[UKURAN].astype(float).to_numpy(),
    weights=bobot_akhir(kebijakan),
    ways=list(CARA.values()),
    bands=rentang,
    ids=bersih["id"].tolist(),
)
tabel(
    {
        "cara": cara.name,
        **{SEBUTAN[label]: banyak for label, banyak in cara.counts().items()},
        "korelasi peringkat": ""
        if cara.name == "aritmetik"
        else angka(banding.between("aritmetik", cara.name).spearman, 3),
    }
    for cara in banding.ways
)

# %%
geometrik = banding.between("aritmetik", "geometrik")
berbatas = banding.between("aritmetik", "aritmetik, dengan batas terendah")
kata(
    f"Rata-rata geometrik mengubah predikat {angka(geometrik.changed)} orang dan hampir tidak mengubah urutannya (korelasi "
    f"peringkat {angka(geometrik.spearman, 3)}). Batas terendah mengubah {angka(berbatas.changed)} predikat, hanya pada orang "
    f"yang mutu atau waktunya memang di bawah {angka(LANTAI)}: akibatnya dapat dijelaskan kepada setiap orang itu."
)

# %% [markdown]
# ## Jawaban

# %%
ubah = sorted(
    ((satu.labels.up + satu.labels.down) / satu.rows, str(satu.unit)) for satu in akibat.units
)
kata(
    f"- Usulan 50/50 mengubah predikat {angka(berubah)} orang ({persen(berubah / akibat.rows, 1)}): {angka(akibat.labels.up)} "
    f"naik, {angka(akibat.labels.down)} turun; dari {persen(ubah[0][0], 1)} di {ubah[0][1]} sampai {persen(ubah[-1][0], 1)} "
    f"di {ubah[-1][1]}.\n"
    f"- Perilaku menentukan {persen(lama.effective)} dari perbedaan nilai sekarang dan {persen(baru.effective)} menurut "
    f"usulan; yang tertulis {persen(lama.stated)} dan {persen(baru.stated)}.\n"
    f"- {angka(nanti)} orang akan mencapai Baik dengan satu indikator gagal yang tertutup; sekarang {angka(dulu)}."
)

# %% [markdown]
# ## Yang tidak dibuktikan di sini
#
# - Data setahun tidak mengatakan apakah penilaian perilaku yang seragam itu benar, atau tidak membedakan.
# - Perubahan yang dihitung adalah akibat aturan pada angka yang sama. Orang dan penilai menyesuaikan diri.
# - Bagian perbedaan yang ditentukan sebuah indikator berlaku untuk pegawai ini; pada pegawai lain ia lain.
# - Yang tidak lengkap tidak ikut dihitung, dan belum tentu serupa dengan yang lain.
