#!/bin/sh
# Memeriksa kebijakan, menilai tiga triwulan, menjelaskan satu pegawai, dan menunjukkan akibat usulan.
# Cara menulis: sh jalankan.sh [FOLDER HASIL]; tanpa itu hasilnya di ../hasil/bukittinggi.
# Aman dihentikan kapan saja dan dijalankan lagi: setiap berkas baru muncul setelah selesai ditulis.
set -eu
cd "$(dirname "$0")"
hasil=${1:-../hasil/bukittinggi}
mkdir -p "$hasil"
rm -f "$hasil/pemeriksaan.md"

echo "1. Memeriksa kebijakan, dan usulannya bila ada"
kinerja check kebijakan.yaml --strict --summary "$hasil/pemeriksaan.md"
if [ -f kebijakan-usulan.yaml ]; then
    kinerja check kebijakan-usulan.yaml --strict --summary "$hasil/pemeriksaan.md"
fi

echo "2. Menilai tiga triwulan"
kinerja score kebijakan.yaml data/triwulan-1.xlsx --follow-ups -o "$hasil/nilai-triwulan-1.xlsx"
kinerja score kebijakan.yaml data/triwulan-2.xlsx --follow-ups -o "$hasil/nilai-triwulan-2.xlsx"
kinerja score kebijakan.yaml data/bukittinggi.xlsx --follow-ups -o "$hasil/nilai-triwulan-3.xlsx"

echo "3. Menjelaskan satu pegawai"
kinerja explain kebijakan.yaml data/bukittinggi.xlsx --id P0154 -o "$hasil/P0154.html"

if [ -f kebijakan-usulan.yaml ]; then
    echo "4. Akibat usulan"
    kinerja diff kebijakan.yaml kebijakan-usulan.yaml --data data/bukittinggi.xlsx --unit unit \
        -o "$hasil/usulan.html"
else
    rm -f "$hasil/usulan.html"
fi

echo "5. Seluruh kota dalam satu laporan"
kinerja unit kebijakan.yaml data/bukittinggi.xlsx --unit unit --period 2026-Q3 \
    --earlier 2026-Q2=data/triwulan-2.xlsx --earlier 2026-Q1=data/triwulan-1.xlsx \
    --distribution se-3-2023 --organisation baik -o "$hasil/kota.html"

echo "Selesai. Buka berkas .html di peramban, dan .xlsx di lembar kerja."
