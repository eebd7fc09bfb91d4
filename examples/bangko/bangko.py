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
# # Bangko: mana yang diukur, mana yang dinilai orang
#
# **Ringkasan.** Bangko menilai pegawai pada tiga tingkat: hasil pribadi, hasil tim, dan dampak di
# masyarakat. Sebagian besar nilai berasal dari hasil yang diukur; sebagian kecil dari penilaian
# atasan langsung dan rekan. *Seberapa objektif nilai itu?* Dari tiga triwulan:
#
# - **98 dari 688 hasil** berubah predikat karena penilaian orang; enam dari tujuh hasil tetap sama
#   (bagian 9).
# - Sepertiga dari yang berubah berada di **Dinas Pendidikan**, dan hampir semuanya turun. Penilaian
#   orang di sana 15 poin lebih rendah daripada hasil yang diukur (bagian 8).
# - **32 hasil** belum ada: menunggu penilaian atasan atau data yang belum lengkap (bagian 4).
#
# Angka itu tidak berkata siapa yang benar. Ia menunjukkan di mana cara menilai perlu dibicarakan.
#
# Halaman ini dapat dibaca tanpa membuka programnya; setiap potongan program dilipat di bawah kata
# «program».
#
# ## Pembagian nilai
#
# | tingkat | diukur | dinilai orang | jumlah |
# |---|---|---|---|
# | pribadi | target pribadi, 35 | inisiatif, 15 (atasan 9, rekan 6) | 50 |
# | tim | program tim, 20 | kontribusi pada tim, 10 (atasan 6, rekan 4) | 30 |
# | masyarakat | akses, aduan, kepuasan, 20 | | 20 |
# | **jumlah** | **75** | **25** | **100** |
#
# Tiga asas menjaga pembagian itu: yang diukur selalu lebih berat; satu orang tidak pernah
# menentukan lebih dari 15 poin; dan data yang tidak ada tidak pernah memperbesar bagian yang
# dinilai orang.

# %%
from fractions import Fraction
from pathlib import Path

import pandas as pd
from IPython.display import HTML, display

import kinerja
from kinerja.cohort import Criterion, Member, rank_members, read_stays, shares, units_along
from kinerja.report import Block, Page, Section, page_html
from kinerja.report.page import Bars, Paragraph, ShareRow, Shares
from kinerja.report.unit_periods import periods_section
from kinerja.report.unit_ranking import ranking_section
from kinerja.scorer import label_step, number_step
from kinerja.values import Period

DATA = Path("data")
TRIWULAN = {nama: Period.parse(nama) for nama in ("2026-Q1", "2026-Q2", "2026-Q3")}
penilai = kinerja.load("kebijakan.yaml")
kebijakan = penilai.program.note
print(f"{kebijakan.title}: {kebijakan.id} versi {kebijakan.version}")
print(f"sidik jari {kebijakan.fingerprint[7:19]}, kinerja {kinerja.__version__}")

# %% [markdown]
# Dua pembantu untuk menampilkan: tabel dengan koma desimal, dan bagian halaman dari kinerja.
# Angka desimal di tabel hanya untuk dibaca; semua keputusan (nilai, predikat, batas) dihitung
# kinerja dengan pecahan yang tepat.


# %%
def tabel(isi: pd.DataFrame, *, desimal: int = 2, indeks: bool = True) -> HTML:
    """Tampilkan tabel dengan koma desimal."""
    return HTML(
        isi.rename(columns=lambda nama: str(nama).replace("_", " ")).to_html(
            border=0,
            na_rep="–",
            index=indeks,
            justify="left",
            float_format=lambda angka: f"{angka:.{desimal}f}".replace(".", ",").replace("-", "−"),
        )
    )


def halaman(judul: str, *isi: Block | Section) -> HTML:
    """Tampilkan bagian halaman kinerja di buku catatan."""
    bagian = [satu for satu in isi if isinstance(satu, Section)]
    lepas = [satu for satu in isi if not isinstance(satu, Section)]
    page = Page(
        kicker=str(kebijakan.title),
        title=judul,
        lead=[],
        sections=bagian or [Section(title=judul, blocks=lepas)],
        contents="Isi",
        missing="–",
    )
    utuh = page_html(page, "id")
    gaya = utuh[utuh.index("<style>") : utuh.index("</style>") + len("</style>")]
    badan = utuh[utuh.index("<section") : utuh.rindex("</section>") + len("</section>")]
    return HTML(f'{gaya}<div class="kinerja-rincian">{badan}</div>')


# %% [markdown]
# ## 1. Tabel mentah
#
# Semua dibaca sebagai teks, apa adanya. Tidak ada yang ditebak atau dibetulkan di sini.


# %%
def baca(nama: str) -> pd.DataFrame:
    """Baca satu berkas sebagai teks; pemisahnya koma atau titik koma."""
    return pd.read_csv(
        DATA / nama, dtype=str, sep=None, engine="python", keep_default_na=False, encoding="utf-8"
    )


pegawai = baca("pegawai.csv")
keanggotaan = baca("keanggotaan.csv")
program = baca("program.csv")
masyarakat = baca("masyarakat.csv")
target = {nama: baca(f"target-{nama}.csv") for nama in TRIWULAN}
panel = {nama: baca(f"panel-{nama}.csv") for nama in TRIWULAN}

berkas = {"pegawai": pegawai, "keanggotaan": keanggotaan, "program": program}
berkas |= {"masyarakat": masyarakat}
berkas |= {f"target {nama}": isi for nama, isi in target.items()}
berkas |= {f"panel {nama}": isi for nama, isi in panel.items()}
tabel(
    pd.DataFrame(
        [(nama, len(isi), ", ".join(isi.columns)) for nama, isi in berkas.items()],
        columns=["berkas", "baris", "kolom"],
    ),
    indeks=False,
)

# %% [markdown]
# ## 2. Menyusun catatan: hasil tim menjadi milik anggotanya
#
# Satu catatan adalah satu pegawai dalam satu triwulan, dengan empat daftar. Program dan dampak
# berada di tabel **tim**; keanggotaan membawanya kepada setiap anggota, beserta banyaknya hari di
# tim itu. Nama tim ditulis di depan program, supaya di rincian seorang yang pindah terlihat
# program tim mana. `read_stays` membaca masa keanggotaan dan `shares` menghitung harinya.
# Formulir panel dipakai apa adanya: satu baris satu penilai, dengan dua jawaban.


# %%
def yang_dinilai(triwulan: str) -> pd.DataFrame:
    """Pegawai yang masih bekerja pada hari terakhir triwulan."""
    akhir = TRIWULAN[triwulan].last.isoformat()
    sudah_masuk = pegawai["masuk"] <= akhir
    belum_keluar = (pegawai["keluar"] == "") | (pegawai["keluar"] > akhir)
    return pegawai[sudah_masuk & belum_keluar][["id", "unit"]].reset_index(drop=True)


def hari_di_tim(triwulan: str) -> pd.DataFrame:
    """Hari setiap pegawai di setiap tim dalam triwulan itu."""
    periode = TRIWULAN[triwulan]
    masa = read_stays(
        keanggotaan.to_dict("records"),
        period=periode,
        unit="tim",
        first="mulai",
        last="selesai",
        gaps="tell",
        outside="leave_out",
    )
    return pd.DataFrame(
        [
            {"id": orang, "tim": bagian.unit, "hari": bagian.count}
            for orang, masa_orang in masa.items()
            for bagian in shares(masa_orang, period=periode, by="days").parts
        ]
    )


def daftar(triwulan: str) -> dict[str, pd.DataFrame]:
    """Empat daftar kebijakan sebagai tabel panjang."""
    hari = hari_di_tim(triwulan)
    program_tim = hari.merge(program[program["periode"] == triwulan], on="tim")
    dampak = hari.merge(masyarakat[masyarakat["periode"] == triwulan], on="tim")
    return {
        "target_pribadi": target[triwulan],
        "program_tim": program_tim.assign(
            program=program_tim["tim"] + ": " + program_tim["program"]
        ),
        "dampak": dampak.assign(ukuran=dampak["tim"] + ": " + dampak["ukuran"]),
        "penilaian": panel[triwulan],
    }


def nilai_semua() -> dict[str, kinerja.TableResult]:
    """Nilai setiap triwulan dari tabel-tabel sebagaimana adanya sekarang."""
    return {nama: penilai.table_result(yang_dinilai(nama), lists=daftar(nama)) for nama in TRIWULAN}


def keadaan(hasil: dict[str, kinerja.TableResult]) -> HTML:
    """Berapa catatan lengkap, belum lengkap, dan ditolak."""
    return tabel(
        pd.DataFrame(
            [(nama, h.rows, h.complete, h.incomplete, h.refused) for nama, h in hasil.items()],
            columns=["triwulan", "catatan", "lengkap", "belum lengkap", "ditolak"],
        ),
        indeks=False,
    )


def temuan(hasil: dict[str, kinerja.TableResult]) -> pd.DataFrame:
    """Apa yang dikatakan kinerja tentang tabelnya, satu baris untuk setiap temuan."""
    return pd.DataFrame(
        [
            (nama, satu.code, satu.path, satu.message("id"), satu.way_out("id"))
            for nama, h in hasil.items()
            for satu in h.issues
        ],
        columns=["triwulan", "kode", "tempat", "yang ditemukan", "jalan keluar"],
    )


# %% [markdown]
# ## 3. Apa yang dikatakan kinerja tentang data itu
#
# Tabel mentah langsung dinilai, tanpa dibetulkan. Baris yang tidak dapat dipakai ditolak dan
# disebut; tidak ada yang diam-diam dihitung nol.

# %%
mentah = nilai_semua()
temuan_mentah = temuan(mentah)
keadaan(mentah)

# %%
tabel(temuan_mentah, indeks=False)

# %% [markdown]
# Triwulan ketiga tidak punya temuan tentang angka, tetapi tidak seorang pun lengkap. Sebab yang
# ditulis kinerja di kolom `reasons` menunjukkan tempatnya: `input_missing` berarti masukan yang
# disebut di belakangnya kosong.


# %%
def sebab_terbanyak(hasil: kinerja.TableResult, *, banyak: int) -> pd.DataFrame:
    """Sebab hasil belum lengkap, yang terbanyak lebih dulu."""
    semua = hasil.frame["reasons"].dropna().str.split("; ").explode()
    hitung = semua.str.replace(r"\[\d+\]", "[…]", regex=True).value_counts().head(banyak)
    return hitung.rename_axis("sebab").reset_index(name="kali")


display(tabel(sebab_terbanyak(mentah["2026-Q3"], banyak=4), indeks=False))
print("kolom target 2026-Q3:", ", ".join(target["2026-Q3"].columns))

# %% [markdown]
# ## 4. Membetulkan, satu per satu dan terlihat
#
# **Koma desimal.** Ekspor triwulan kedua memakai titik koma dan koma desimal. Tandanya sama di
# seluruh berkas, jadi boleh diganti sekaligus.

# %%
angka = ["target", "realisasi"]
berkoma = target["2026-Q2"][angka].apply(lambda kolom: kolom.str.contains(",")).any(axis=1)
target["2026-Q2"][angka] = target["2026-Q2"][angka].apply(
    lambda kolom: kolom.str.replace(",", ".", regex=False)
)
print(f"{berkoma.sum()} baris berkoma desimal dibetulkan")

# %% [markdown]
# **Kolom berganti nama.** Formulir baru menamai `realisasi` sebagai `realisasi_akhir`.

# %%
target["2026-Q3"] = target["2026-Q3"].rename(columns={"realisasi_akhir": "realisasi"})

# %% [markdown]
# **Hasil tim yang masuk dua kali.** Kinerja menolak semua anggota tim itu (KNJ409): hasil yang
# sama tidak boleh dihitung dua kali. Yang berlaku adalah yang diterima terakhir.

# %%
kunci = ["periode", "tim", "program"]
ganda = program[program.duplicated(kunci, keep=False)]
program = program.sort_values("diterima", kind="stable").drop_duplicates(kunci, keep="last")
program = program.sort_index()
tabel(ganda.assign(dipakai=ganda.index.isin(program.index)), indeks=False)

# %% [markdown]
# **Keanggotaan orang yang sudah keluar, dan yang tidak dikenal.** Masa keanggotaan tidak lebih
# panjang dari masa kerja. Pengenal yang tidak ada di daftar pegawai dikeluarkan dan dilaporkan
# kepada bagian kepegawaian; mungkin salah ketik.

# %%
keluar = pegawai.set_index("id")["keluar"]
tak_dikenal = keanggotaan[~keanggotaan["id"].isin(pegawai["id"])]
keanggotaan = keanggotaan[keanggotaan["id"].isin(pegawai["id"])].copy()
berhenti = keanggotaan["id"].map(keluar)
terbuka = (berhenti != "") & (keanggotaan["selesai"] == "")
keanggotaan.loc[terbuka, "selesai"] = berhenti[terbuka]
print("ditutup pada hari keluar:", ", ".join(keanggotaan.loc[terbuka, "id"]))
print("dikeluarkan, tidak dikenal:", ", ".join(tak_dikenal["id"]))


# %% [markdown]
# Yang keluar di tengah triwulan tidak dinilai untuk triwulan itu; baris tentang mereka
# dipisahkan, supaya temuan yang tersisa hanya yang belum terjawab.


# %%
def daftar_yang_dinilai(triwulan: str) -> dict[str, pd.DataFrame]:
    """Daftar-daftar, hanya untuk pegawai yang dinilai."""
    ada = yang_dinilai(triwulan)["id"]
    return {nama: isi[isi["id"].isin(ada)] for nama, isi in daftar(triwulan).items()}


def nilai_bersih() -> dict[str, kinerja.TableResult]:
    """Nilai setiap triwulan dari tabel yang sudah dibetulkan."""
    return {
        nama: penilai.table_result(yang_dinilai(nama), lists=daftar_yang_dinilai(nama))
        for nama in TRIWULAN
    }


bersih = nilai_bersih()
print("temuan yang tersisa:", len(temuan(bersih)))
keadaan(bersih)

# %% [markdown]
# **Yang tidak dibetulkan di sini.** Beberapa hasil menunggu orang lain, dan menunggu lebih jujur
# daripada angka yang dikarang:

# %%
menunggu = pd.concat(
    [sebab_terbanyak(h, banyak=9).assign(triwulan=nama) for nama, h in bersih.items()]
)
menunggu = menunggu.pivot_table(
    index="sebab", columns="triwulan", values="kali", aggfunc="sum", fill_value=0
)
tabel(menunggu.rename_axis(columns=None).reset_index(), indeks=False)

# %% [markdown]
# `composition_unknown` berarti atasan belum menilai, atau melewati satu aspek; `bobot_target`
# berarti bobot target pribadi tidak berjumlah 100. Tim KES-3 tidak punya data triwulan ketiga:
# anggotanya tetap mendapat hasil, karena kebijakan menyebut ke mana bobotnya pindah (ke hasil
# pribadi, yang juga diukur). Jawaban rekan tidak ditunggu: bila kurang dari tiga rekan menjawab
# tentang satu aspek, jawaban mereka tidak dihitung dan tidak ditampilkan, dan bobotnya pindah ke
# yang diukur.
#
# ## 5. Hasil tim sama bagi semua anggota
#
# Satu tabel untuk semua triwulan. Bila hasil tim memang milik bersama, setiap anggota yang
# sepanjang triwulan berada di satu tim mendapat poin tim yang sama persis, asalkan bobotnya sama
# (20, atau 24 bila kurang dari tiga rekan menjawab tentang kontribusi).

# %%
hasil = pd.concat(
    [
        h.frame.assign(triwulan=nama).merge(yang_dinilai(nama), on="id")
        for nama, h in bersih.items()
    ],
    ignore_index=True,
)
hari_semua = pd.concat([hari_di_tim(nama).assign(triwulan=nama) for nama in TRIWULAN])
tim_orang = hari_semua.groupby(["triwulan", "id"]).agg(
    tim=("tim", " + ".join), banyak_tim=("tim", "size")
)
hasil = hasil.merge(tim_orang.reset_index(), on=["triwulan", "id"], how="left")
tetap = hasil[(hasil["banyak_tim"] == 1) & (hasil["status"] == "complete")]
per_tim = tetap.groupby(["tim", "triwulan", "bobot_tim"]).agg(
    anggota=("id", "size"),
    poin_tim=("poin_tim", "first"),
    poin_tim_berbeda=("poin_tim", "nunique"),
    poin_masyarakat=("poin_masyarakat", "first"),
    poin_masyarakat_berbeda=("poin_masyarakat", "nunique"),
)
per_tim = per_tim.reset_index().astype({"bobot_tim": int})
sama = (per_tim["poin_tim_berbeda"] == 1) & (per_tim["poin_masyarakat_berbeda"] == 1)
print(f"{sama.sum()} dari {len(sama)} kelompok: semua anggota mendapat poin yang sama")
tabel(per_tim[per_tim["tim"].isin(["KES-3", "PU-2"])], indeks=False)

# %% [markdown]
# KES-3 tanpa data triwulan ketiga: bobot timnya 0, bukan hasilnya.
#
# Anggota yang **pindah tim** mendapat hasil kedua tim menurut hari. `poin tim itu` adalah yang
# diperoleh anggota yang menetap; `poin tim` milik orang yang pindah berada di antaranya, sebanding
# dengan harinya. Bila sebagian program sebuah tim ditunda (PU-4, target nol), hari di tim itu
# berbobot menurut program yang tersisa.

# %%
pindah = hari_semua[hari_semua.duplicated(["triwulan", "id"], keep=False)]
pindah = pindah.merge(hasil[["triwulan", "id", "bobot_tim", "poin_tim"]], on=["triwulan", "id"])
poin_menetap = per_tim[["triwulan", "tim", "bobot_tim", "poin_tim"]]
poin_menetap = poin_menetap.rename(columns={"poin_tim": "poin_tim_itu"})
pindah = pindah.merge(poin_menetap, on=["triwulan", "tim", "bobot_tim"], how="left")
pindah = pindah.sort_values(["triwulan", "id"], kind="stable")
print(f"{pindah[['triwulan', 'id']].drop_duplicates().shape[0]} perpindahan di dalam triwulan")
kolom_pindah = ["triwulan", "id", "tim", "hari", "poin_tim_itu", "poin_tim"]
tabel(pindah[kolom_pindah], indeks=False)

# %% [markdown]
# ## 6. Nilai dan predikat

# %%
sebutan = {nama: judul.id for nama, judul in label_step(penilai.program, "predikat").labels}
urutan = list(sebutan)
banyaknya = pd.crosstab(hasil["triwulan"], hasil["predikat"])[urutan]
banyaknya["belum ada hasil"] = hasil[hasil["predikat"].isna()].groupby("triwulan").size()
tabel(banyaknya.rename(columns=sebutan).rename_axis(columns=None).reset_index(), indeks=False)

# %% [markdown]
# ## 7. Satu orang: bagaimana nilai itu terjadi
#
# BK-0080 pindah dari KES-3 ke KES-1 pada awal Mei: 34 hari di tim lama, 57 hari di tim baru. Di
# mana poinnya berkurang:

# %%
DICONTOHKAN = ("2026-Q2", "BK-0080")
baris = int(yang_dinilai(DICONTOHKAN[0]).query("id == @DICONTOHKAN[1]").index[0])
rincian = bersih[DICONTOHKAN[0]].explain(baris)
tabel(
    pd.DataFrame(
        [(satu.title.id, satu.points.id) for satu in rincian.losses],
        columns=["bagian", "poin yang berkurang"],
    ),
    indeks=False,
)

# %% [markdown]
# Rincian lengkapnya: setiap langkah dengan rumus, angka, dan dasarnya, lalu apa yang diperlukan
# untuk predikat berikutnya. Di buku catatan, rincian yang menjadi nilai terakhir sebuah sel
# tampil sendiri; di sini dilipat supaya halaman tetap terbaca. Jawaban rekan tidak pernah tampil
# satu per satu; yang tampil hanya rata-rata dari paling sedikit tiga jawaban.

# %%
HTML(
    f"<details><summary>Rincian perhitungan {DICONTOHKAN[1]}, {DICONTOHKAN[0]}</summary>"
    f"{rincian._repr_html_()}</details>"
)

# %% [markdown]
# ## 8. Yang diukur dan yang dinilai, unit demi unit
#
# Nilai setiap orang terbagi menjadi poin yang diukur, poin yang dinilai, dan poin yang tidak
# diperoleh. Rata-rata setiap unit, semua triwulan:

# %%
lengkap = hasil[hasil["status"] == "complete"].copy()
lengkap["nilai_dinilai"] = lengkap["poin_dinilai"] / lengkap["bagian_dinilai"] * 100
unit = lengkap.groupby("unit", sort=False).agg(
    orang=("id", "nunique"),
    bagian_terukur=("bagian_terukur", "mean"),
    poin_terukur=("poin_terukur", "mean"),
    poin_dinilai=("poin_dinilai", "mean"),
    nilai=("nilai", "mean"),
    seandainya_terukur=("nilai_terukur", "mean"),
    seandainya_dinilai=("nilai_dinilai", "mean"),
)
unit["selisih"] = unit["seandainya_dinilai"] - unit["seandainya_terukur"]
tabel(unit.reset_index(), indeks=False)


# %%
def bagian_poin(nama: str, isi: pd.Series) -> ShareRow:
    """Satu batang: poin yang diukur, yang dinilai, dan yang tidak diperoleh."""
    poin = [isi["poin_terukur"], isi["poin_dinilai"], 100 - isi["nilai"]]
    return ShareRow(
        name=nama,
        counts=[round(satu * 100) for satu in poin],
        shares=[f"{satu:.1f}".replace(".", ",") for satu in poin],
    )


halaman(
    "Poin rata-rata setiap unit",
    Paragraph(text="Rata-rata dari 100 poin. Batang ketiga adalah poin yang tidak diperoleh."),
    Shares(
        title="Poin yang diukur, yang dinilai, dan yang tidak diperoleh",
        parts=["diukur", "dinilai orang", "tidak diperoleh"],
        rows=[bagian_poin(str(nama), isi) for nama, isi in unit.iterrows()],
    ),
)

# %% [markdown]
# Kolom `selisih` adalah inti pertanyaan objektivitas. Di lima unit, penilaian orang searah dengan
# yang diukur. Di Dinas Pendidikan hasil terukurnya setara dengan unit lain, tetapi penilai di
# sana 15 poin lebih ketat. Data ini tidak berkata siapa yang benar; ia berkata bahwa unit itu
# memakai skala 1–5 secara berbeda, dan bahwa itu perlu dibicarakan.
#
# ## 9. Siapa yang berubah predikat bila hanya yang diukur yang dihitung
#
# Kebijakan menghitung pembanding: `nilai_terukur`, nilai seandainya hanya bagian yang diukur yang
# ada. Bila predikatnya sama, penilaian orang tidak menentukan predikat itu. Bila berbeda,
# penilaian orang yang menentukan, dan kebijakan meminta peninjauan oleh pejabat kedua.

# %%
silang = pd.crosstab(lengkap["predikat_terukur"], lengkap["predikat"]).reindex(
    index=urutan, columns=urutan, fill_value=0
)
silang = silang.rename(index=sebutan, columns=sebutan)
silang = silang.rename_axis(index="hanya yang diukur ↓, dengan penilaian orang →", columns=None)
tabel(silang.reset_index(), indeks=False)

# %%
arah = lengkap["predikat"].cat.codes.astype(int) - lengkap["predikat_terukur"].cat.codes
lengkap["akibat"] = arah.clip(-1, 1).map({-1: "turun", 0: "tetap", 1: "naik"})
per_unit = pd.crosstab(lengkap["unit"], lengkap["akibat"]).reindex(
    index=unit.index, columns=["turun", "tetap", "naik"], fill_value=0
)
ditinjau = lengkap[lengkap["akibat"] != "tetap"]
print(f"{len(ditinjau)} dari {len(lengkap)} hasil berubah predikat karena penilaian orang")
halaman(
    "Akibat penilaian orang pada predikat",
    Bars(
        title="Akibat penilaian orang pada predikat",
        parts=("diturunkan", "tidak berubah", "dinaikkan"),
        rows=[(str(nama), tuple(map(int, isi))) for nama, isi in per_unit.iterrows()],
    ),
)

# %% [markdown]
# Enam dari tujuh predikat tidak bergantung pada penilaian orang. Sepertiga dari yang bergantung
# berada di Dinas Pendidikan, hampir semuanya diturunkan. Pada triwulan terakhir, sepuluh orang
# ini selisihnya terbesar; kebijakan menyebut peninjauannya sebagai tindak lanjut:

# %%
terakhir = ditinjau[ditinjau["triwulan"] == "2026-Q3"].astype(
    {"predikat": str, "predikat_terukur": str}
)
terakhir["selisih"] = terakhir["nilai"] - terakhir["nilai_terukur"]
terbesar = terakhir.sort_values("selisih", key=lambda beda: -beda.abs(), kind="stable").head(10)
kolom = ["id", "unit", "nilai", "predikat", "nilai_terukur", "predikat_terukur", "selisih"]
tabel(terbesar[kolom].replace(sebutan), indeks=False)

# %% [markdown]
# ## 10. Peringkat, dan peringkat menurut yang diukur saja
#
# Kinerja mengurutkan nilai yang tepat, bukan angka di tabel. Yang sama tetap sama, kecuali
# pemisah yang disebut membedakannya.

# %%
TERATAS = 3
unit_orang = pegawai.set_index("id")["unit"]
anggota = [
    Member.of(h.score(nomor), unit=unit_orang[str(orang)], period=TRIWULAN[nama])
    for nama, h in bersih.items()
    for nomor, orang in enumerate(yang_dinilai(nama)["id"])
]
triwulan_terakhir = [satu for satu in anggota if satu.period == TRIWULAN["2026-Q3"]]
nilai = number_step(penilai.program, "nilai")
terukur = number_step(penilai.program, "nilai_terukur")
urut = rank_members(
    triwulan_terakhir,
    by=nilai,
    best="highest",
    ties="competition",
    then=[Criterion(step=terukur, best="highest")],
    within="unit",
)
halaman(
    "Tiga terbaik setiap unit, 2026-Q3", ranking_section(urut, n=TERATAS, at_cut="open", lang="id")
)

# %%
urut_terukur = rank_members(
    triwulan_terakhir, by=terukur, best="highest", ties="competition", within="unit"
)
tiga = {u.unit: {p.id for p in u.places if p.rank <= TERATAS} for u in urut.units}
tiga_terukur = {u.unit: {p.id for p in u.places if p.rank <= TERATAS} for u in urut_terukur.units}
tabel(
    pd.DataFrame(
        [(nama, len(tiga[nama]), len(tiga[nama] & tiga_terukur[nama])) for nama in tiga],
        columns=["unit", "orang di tiga teratas", "juga tiga teratas menurut yang diukur"],
    ),
    indeks=False,
)

# %% [markdown]
# ## 11. Tindak lanjut
#
# Penghargaan dan insentif bagi yang berhasil; bagi yang lain, kesempatan memperbaiki diri.
# Seorang pegawai dapat memperoleh lebih dari satu.

# %%
tindak = pd.DataFrame(
    [
        [
            satu.title.id,
            *(
                sum(satu.id in m.follow_ups for m in anggota if m.period == p)
                for p in TRIWULAN.values()
            ),
        ]
        for satu in penilai.program.follow_ups
    ],
    columns=["tindak lanjut", *TRIWULAN],
)
tabel(tindak, indeks=False)

# %% [markdown]
# ## 12. Sepanjang triwulan

# %%
sepanjang = units_along(
    anggota,
    periods=list(TRIWULAN.values()),
    number="nilai",
    labels=label_step(penilai.program, "predikat"),
)
halaman(
    "Nilai setiap unit sepanjang triwulan",
    periods_section(
        sepanjang, number=nilai, labels=label_step(penilai.program, "predikat"), lang="id"
    ),
)

# %% [markdown]
# ## 13. Andaikan
#
# **Seorang pegawai.** BK-0080 kehilangan poin terbanyak karena dua aduan, padahal targetnya nol. Andaikan
# tidak ada aduan: perubahan diikuti langkah demi langkah sampai predikat.

# %%
catatan = bersih[DICONTOHKAN[0]].record(baris)
print(catatan["target_pribadi"][2])
penilai.what_if(catatan, {"target_pribadi[2].realisasi": 0})

# %% [markdown]
# **Satu tim.** Andaikan PU-2 menyelesaikan seluruh jalan lingkungannya pada triwulan kedua. Semua
# anggota dengan bobot tim yang sama naik dengan poin yang sama; yang hanya sebagian triwulan di
# tim itu naik menurut harinya.

# %%
dipilih = (program["tim"] == "PU-2") & (program["periode"] == "2026-Q2")
dipilih &= program["program"] == "jalan lingkungan (km)"
semula = program.copy()
program.loc[dipilih, "realisasi"] = program.loc[dipilih, "target"]
andai = penilai.score_table(yang_dinilai("2026-Q2"), lists=daftar_yang_dinilai("2026-Q2"))
program = semula
berubah = (
    bersih["2026-Q2"]
    .frame[["id", "bobot_tim", "poin_tim", "nilai", "predikat"]]
    .merge(andai[["id", "poin_tim", "nilai", "predikat"]], on="id", suffixes=("", "_andai"))
)
berubah["kenaikan"] = berubah["poin_tim_andai"] - berubah["poin_tim"]
berubah = berubah[berubah["kenaikan"] > 0].merge(
    hari_di_tim("2026-Q2").query("tim == 'PU-2'")[["id", "hari"]], on="id"
)
tabel(
    berubah.astype({"bobot_tim": int})
    .groupby(["hari", "bobot_tim", "kenaikan"])
    .agg(anggota=("id", "size"))
    .reset_index()
    .sort_values("hari", ascending=False),
    indeks=False,
)

# %% [markdown]
# ## Yang dapat dikatakan, dan yang tidak
#
# - Paling sedikit 75 dari 100 bobot berasal dari hasil yang diukur, untuk setiap orang; bagian
#   yang benar-benar dipakai ada di setiap hasil (`bagian_terukur`, `bagian_dinilai`).
# - Hasil tim dan masyarakat sama bagi semua anggota, dan bagi yang pindah menurut hari.
# - Objektif tidak berarti tanpa penilaian orang. Artinya: terlihat berapa bagiannya, siapa yang
#   predikatnya bergantung padanya, dan siapa yang meninjaunya.
# - Buku catatan ini tidak berkata apakah target dan ukurannya dipilih dengan baik. Itu keputusan
#   Bangko, dan tertulis di `kebijakan.yaml`.

# %%
rata_bagian = Fraction(int(lengkap["bagian_terukur"].sum()), len(lengkap))
print(f"rata-rata bagian yang diukur: {float(rata_bagian):.1f} %".replace(".", ","))
print(
    f"{len(hasil)} hasil, kebijakan {kebijakan.id} {kebijakan.version}, {kebijakan.fingerprint[7:19]}"
)
