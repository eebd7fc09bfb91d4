# dk-0307 tercatat di dua unit: baris UPT Muara adalah sisa usulan mutasi yang batal.
# Diputuskan: Subbagian Kepegawaian.
/^dk-0307;UPT Dukcapil Muara;/d
