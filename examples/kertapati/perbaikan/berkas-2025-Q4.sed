# Komputer UPT Lembah (07) menulis bulan/hari/tahun. Dibalik menjadi hari/bulan/tahun seperti unit lain.
# Diputuskan: pengelola aplikasi.
/^dk-07/s#;\([0-9]*\)/\([0-9]*\)/2025#;\2/\1/2025#g
