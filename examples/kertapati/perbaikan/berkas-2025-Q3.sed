# Aplikasi mengganti judul kolom lama_jam menjadi lama_penyelesaian; isinya tetap jam kerja.
# Diputuskan: pengelola aplikasi.
1s/lama_penyelesaian/lama_jam/
