# Standar pelayanan belum diisi (nol) pada dua berkas dk-1004. Diisi menurut standar pelayanan dinas
# untuk layanan itu, dalam jam kerja. Diputuskan: Kepala Bidang Pendaftaran Penduduk.
/;baru;.*;0$/s/0$/8/
/;rusak;.*;0$/s/0$/4/
/;hilang;.*;0$/s/0$/8/
/;ubah_data;.*;0$/s/0$/16/
/;luar_domisili;.*;0$/s/0$/24/
