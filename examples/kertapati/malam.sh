#!/bin/sh
# Pekerjaan malam: dari ekspor CSV ke hasil, lembar umpan balik, dan laporan dinas.
#
#   sh examples/kertapati/malam.sh
#
# Yang boleh diatur lewat peubah lingkungan:
#   KELUARAN    folder hasil; bila tidak disebut: folder keluaran di samping skrip ini
#   DATA        folder ekspor; skrip ini tidak pernah mengubah isinya
#   PERBAIKAN   folder perbaikan (.sed); kosong berarti ekspor dibaca apa adanya
#   TRIWULAN    triwulan yang dihitung, dari yang terdahulu; lembar umpan balik dibuat untuk yang terakhir
#   LEMBAR      semua, tidak, atau beberapa id: "dk-0101 dk-0505"
#   BENTUK      bentuk berkas hasil: csv, atau xlsx untuk dibuka dengan lembar kerja
#   KINERJA     perintah kinerja, bila tidak ditemukan sendiri
#
# Kode keluar: 0 baik; 1 ada yang perlu dilihat; 2 tidak dapat bekerja (kebijakan salah, atau masih ada yang berjalan).
#
# Semua ditulis di folder kerja, dan baru menjadi folder hasil bila sudah lengkap. Skrip yang mati di tengah jalan tidak
# meninggalkan hasil yang setengah jadi: hasil malam sebelumnya tetap ada, dan skrip ini boleh dijalankan lagi kapan saja.
set -u
umask 077
sini=$(cd "$(dirname "$0")" && pwd) || exit 2
: "${KELUARAN:=$sini/keluaran}"
: "${DATA:=$sini/data}"
: "${PERBAIKAN=$sini/perbaikan}"
: "${TRIWULAN:=2025-Q1 2025-Q2 2025-Q3 2025-Q4}"
: "${LEMBAR:=semua}"
: "${BENTUK:=csv}"
if [ -z "${KINERJA:-}" ]; then
    KINERJA=kinerja
    [ -x "$sini/../../.venv/bin/kinerja" ] && KINERJA=$sini/../../.venv/bin/kinerja
fi
kebijakan=$sini/kebijakan.yaml

# Nama yang ditulis dari folder sekarang tetap berlaku sesudah pindah folder.
mutlak() {
    case $1 in
        "" | /*) printf '%s' "$1" ;;
        *) printf '%s/%s' "$PWD" "$1" ;;
    esac
}
DATA=$(mutlak "$DATA")
PERBAIKAN=$(mutlak "$PERBAIKAN")
case $KINERJA in */*) KINERJA=$(mutlak "$KINERJA") ;; esac
if ! command -v "$KINERJA" > /dev/null; then
    echo "Perintah kinerja tidak ditemukan. Di folder utama proyek ketik: make env" >&2
    exit 2
fi

mkdir -p "$KELUARAN" || exit 2
cd "$KELUARAN" || exit 2
KELUARAN=$(pwd)
kerja=.kerja-$$

catat() {
    printf '%s %s\n' "$(date -u '+%Y-%m-%dT%H:%M:%SZ')" "$*" >> "$KELUARAN/catatan.log"
}

berhenti() {
    catat "berhenti: $*"
    echo "Berhenti: $*. Hasil sebelumnya tidak diubah." >&2
    exit 2
}

# Hanya satu yang berjalan. Kunci milik proses yang sudah mati tidak berlaku lagi.
if ! mkdir .kunci 2>/dev/null; then
    sleep 1 # yang baru saja mulai belum menulis nomornya
    pemilik=$(cat .kunci/pid 2>/dev/null)
    if [ -n "$pemilik" ] && kill -0 "$pemilik" 2>/dev/null; then
        echo "Pekerjaan malam masih berjalan (proses $pemilik)." >&2
        exit 2
    fi
    catat "yang sebelumnya tidak selesai; dimulai lagi"
fi
echo $$ > .kunci/pid
trap 'rm -rf "$KELUARAN/$kerja" "$KELUARAN/.kunci"' EXIT
trap 'exit 2' HUP INT TERM

# Sisa proses yang mati: hasil lama dikembalikan bila belum tergantikan, folder kerjanya dibuang.
if [ ! -d hasil ] && [ -d hasil.lama ]; then mv hasil.lama hasil; fi
rm -rf hasil.lama .kerja-*
mkdir -p "$kerja/data" "$kerja/hasil" || exit 2
catat "mulai"

# 1. Kebijakan diperiksa lebih dulu, bersama contoh-contohnya.
echo "Kebijakan diperiksa …"
"$KINERJA" check "$kebijakan" --strict > "$kerja/hasil/pemeriksaan.txt" 2>&1 || {
    cat "$kerja/hasil/pemeriksaan.txt" >&2
    berhenti "kebijakan belum lolos pemeriksaan"
}
tail -n 1 "$kerja/hasil/pemeriksaan.txt"

# 2. Ekspor disalin dengan perbaikan yang sudah diputuskan; aslinya tetap.
for berkas in "$DATA"/*.csv; do
    nama=$(basename "$berkas" .csv)
    baris=$PERBAIKAN/$nama.sed
    if [ -n "$PERBAIKAN" ] && [ -f "$baris" ]; then
        tr -d '\r' < "$berkas" | LC_ALL=C sed -f "$baris" > "$kerja/data/$nama.csv" || berhenti "$baris tidak dapat dipakai"
    else
        cp "$berkas" "$kerja/data/$nama.csv" || berhenti "$berkas tidak dapat disalin"
    fi
done

# 3. Setiap triwulan dihitung. Hasil triwulan sebelumnya ikut dibaca: penghargaan petugas teladan memerlukannya.
# Kolom terakhirnya, follow_ups, memuat semua tindak lanjut; saat dibaca kembali kolom itu dilewati.
# Perintah kinerja dijalankan di dalam folder kerja, supaya temuan menyebut nama berkas yang pendek.
perlu_dilihat=0
selesai=0
lalu=
cd "$kerja" || exit 2
for triwulan in $TRIWULAN; do
    set -- "$kebijakan" "data/pegawai-$triwulan.csv" \
        --list "berkas=data/berkas-$triwulan.csv" --list "survei=data/survei-$triwulan.csv"
    if [ -n "$lalu" ]; then set -- "$@" --list "triwulan_lalu=$lalu"; fi
    echo
    echo "Triwulan $triwulan"
    "$KINERJA" score "$@" --follow-ups -o "hasil/hasil-$triwulan.$BENTUK" > "hasil/temuan-$triwulan.txt" 2>&1
    kode=$?
    cat "hasil/temuan-$triwulan.txt"
    case $kode in
        0) ;;
        1) perlu_dilihat=1 ;;
        *) berhenti "kinerja score berhenti dengan kode $kode pada $triwulan" ;;
    esac
    lalu=
    if [ -f "hasil/hasil-$triwulan.$BENTUK" ]; then
        lalu=hasil/hasil-$triwulan.$BENTUK
        selesai=$triwulan
    fi
done

# 4. Triwulan terakhir: laporan dinas dan lembar umpan balik, masing-masing dari baris perintah yang sama.
if [ -n "$lalu" ]; then
    echo
    "$KINERJA" unit "$@" --unit unit --period "$selesai" -o "hasil/dinas-$selesai.html" || perlu_dilihat=1
    case $LEMBAR in
        semua)
            "$KINERJA" explain "$@" --each -o hasil/umpan-balik || perlu_dilihat=1
            ;;
        tidak) ;;
        *)
            mkdir hasil/umpan-balik
            for id in $LEMBAR; do
                "$KINERJA" explain "$@" --id "$id" -o "hasil/umpan-balik/$id.html" || perlu_dilihat=1
            done
            ;;
    esac
fi
cd .. || exit 2

# 5. Sudah lengkap: dua kali ganti nama. Di antara keduanya hasil lama bernama hasil.lama dan dikembalikan di atas.
if [ -d hasil ]; then mv hasil hasil.lama || berhenti "hasil lama tidak dapat digeser"; fi
mv "$kerja/hasil" hasil || {
    mv hasil.lama hasil
    berhenti "hasil baru tidak dapat dipasang"
}
rm -rf hasil.lama
if [ "$perlu_dilihat" -eq 0 ]; then akhir="baik"; else akhir="ada yang perlu dilihat"; fi
catat "selesai: $akhir"
echo
echo "Selesai: $akhir. Hasilnya di $KELUARAN/hasil"
exit "$perlu_dilihat"
