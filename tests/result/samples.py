"""Explanations as a scorer gives them, for the tests of their printed and stored forms.

The figures are computed here, so that a reader of the printed page can follow them.
"""

from fractions import Fraction

from kinerja.exact import Rounding, to_decimal
from kinerja.result import Explanation, InputLine, ItemTable, Lever, Line, Loss, PolicyNote
from kinerja.values import LegalBasis
from kinerja.words import Text, number


def same(text):
    return Text.same(text)


def num(value, digits=None):
    value = Fraction(value)
    return Text(number(value, "id", digits=digits), number(value, "en", digits=digits))


def fill(template_id, template_en, **values):
    """Fill a template in each language with the numbers as that language writes them."""
    texts = {k: v if isinstance(v, Text) else num(v) for k, v in values.items()}
    return Text(
        template_id.format(**{k: t.id for k, t in texts.items()}),
        template_en.format(**{k: t.en for k, t in texts.items()}),
    )


def join(separator, texts):
    texts = list(texts)
    return Text(separator.join(t.id for t in texts), separator.join(t.en for t in texts))


FINGERPRINT = "sha256:4f8c2a9d01b7e3556b0d9a7c1f2e8d4463b5a0c9e7f1d2b3a4958677c0ffee12"
HALF_UP_2 = Rounding(digits=2, mode="half_up")
ROUNDED_2 = Text("dibulatkan ke 2 desimal, setengah ke atas", "rounded to 2 decimals, half up")


# One matrix, two labels.

KUADRAN_POLICY = PolicyNote(
    id="permenpanrb-6-2022",
    version="1",
    title=Text("Predikat kinerja pegawai", "Performance rating of an employee"),
    fingerprint=FINGERPRINT,
    basis=(LegalBasis(title="PermenPANRB 6/2022", status="primary"),),
)

KUADRAN = Explanation(
    policy=KUADRAN_POLICY,
    id=None,
    status="complete",
    reasons=(),
    lines=(
        Line(
            name="predikat",
            title=Text("predikat", "rating"),
            value=Text("Baik", "Good"),
            formula=Text("kuadran kinerja", "performance quadrant"),
            basis=(
                LegalBasis(
                    title="PermenPANRB 6/2022", clause="Lampiran Bab IV.B", status="primary"
                ),
            ),
            published=True,
            uses=("hasil_kerja", "perilaku_kerja"),
        ),
    ),
    inputs=(
        InputLine(
            name="hasil_kerja",
            title=Text("hasil kerja", "work results"),
            value=Text("sesuai ekspektasi", "as expected"),
        ),
        InputLine(
            name="perilaku_kerja",
            title=Text("perilaku kerja", "work behaviour"),
            value=Text("di atas ekspektasi", "above expectations"),
        ),
    ),
    target=(Text("predikat", "rating"), Text("Sangat Baik", "Very Good")),
    levers=(
        Lever(
            name="hasil_kerja",
            title=Text("hasil kerja", "work results"),
            value=Text("sesuai ekspektasi", "as expected"),
            needed=Text("di atas ekspektasi", "above expectations"),
            gives=Text("Sangat Baik", "Very Good"),
            proof="exact",
        ),
        Lever(
            name="perilaku_kerja",
            title=Text("perilaku kerja", "work behaviour"),
            value=Text("di atas ekspektasi", "above expectations"),
            needed=None,
            gives=None,
            proof="exact",
        ),
    ),
    values={"predikat": "baik"},
)


# A satisfaction survey: nine elements, twenty questionnaires.

UNSUR = (
    ("persyaratan", Text("persyaratan", "requirements")),
    ("prosedur", Text("sistem, mekanisme, dan prosedur", "system and procedure")),
    ("waktu", Text("waktu penyelesaian", "completion time")),
    ("biaya", Text("biaya/tarif", "cost")),
    ("produk", Text("produk spesifikasi jenis pelayanan", "product of the service")),
    ("kompetensi", Text("kompetensi pelaksana", "competence of staff")),
    ("perilaku", Text("perilaku pelaksana", "behaviour of staff")),
    ("sarana", Text("sarana dan prasarana", "facilities")),
    ("pengaduan", Text("penanganan pengaduan, saran, dan masukan", "handling of complaints")),
)
SKM_BASIS = LegalBasis(
    title="PermenPANRB 14/2017",
    clause="Lampiran",
    status="secondary",
    source="laporan SKM Kabupaten Tulang Bawang Barat, e-smile.tubaba.go.id",
)
SKM_BANDS = LegalBasis(
    title="PermenPANRB 14/2017",
    clause="Lampiran, tabel mutu pelayanan",
    status="secondary",
    note=Text(
        "satu salinan mencetak 76,66, bukan 76,60, sebagai batas atas mutu C",
        "one copy prints 76.66, not 76.60, as the upper end of grade C",
    ),
)
SKM_GAP = LegalBasis(title="Varian pembulatan (a)", status="practice")
SUMS = (66, 63, 55, 78, 67, 68, 70, 61, 64)


def skm():
    means = [Fraction(s, 20) for s in SUMS]
    index = sum(means) / 9 * 25
    rounded = HALF_UP_2.apply(index)
    lines = [
        Line(
            name=f"nrr_{name}",
            title=fill("NRR {u}", "mean of {u}", u=title),
            value=num(mean),
            formula=fill(
                "jumlah nilai {u} ÷ banyak kuesioner", "sum of {u} ÷ questionnaires", u=title
            ),
            figures=same(f"{total} ÷ 20"),
            basis=(SKM_BASIS,),
            uses=("kuesioner",),
        )
        for (name, title), total, mean in zip(UNSUR, SUMS, means, strict=True)
    ]
    lines.append(
        Line(
            name="ikm",
            title=Text("nilai IKM", "satisfaction index"),
            value=num(rounded, 2),
            unrounded=num(index),
            formula=fill(
                "({all}) ÷ 9 × 25",
                "({all}) ÷ 9 × 25",
                all=join(" + ", (line.title for line in lines)),
            ),
            figures=fill("({all}) ÷ 9 × 25", "({all}) ÷ 9 × 25", all=join(" + ", map(num, means))),
            applied=(ROUNDED_2,),
            basis=(SKM_BASIS, SKM_GAP),
            published=True,
            uses=tuple(line.name for line in lines),
        )
    )
    lines.append(
        Line(
            name="mutu",
            title=Text("mutu pelayanan", "service grade"),
            value=Text("B (Baik)", "B (Good)"),
            formula=Text("rentang nilai IKM", "band of the satisfaction index"),
            figures=fill("rentang yang memuat {x}", "the band that holds {x}", x=num(rounded, 2)),
            applied=(
                Text("76,61 ≤ nilai IKM ≤ 88,30: B", "76.61 ≤ satisfaction index ≤ 88.30: B"),
            ),
            basis=(SKM_BANDS,),
            published=True,
            uses=("ikm",),
        )
    )
    losses = sorted(
        (
            Loss(
                name=f"nrr_{name}",
                title=fill("NRR {u}", "mean of {u}", u=title),
                value=num(mean),
                best=same("4"),
                points=num((4 - mean) / 9 * 25),
                total="ikm",
            )
            for (name, title), mean in zip(UNSUR, means, strict=True)
        ),
        key=lambda loss: Fraction(loss.value.en),
    )
    needed = Fraction("88.305") / 25 * 9 - sum(means)
    levers = tuple(
        Lever(
            name=f"nrr_{name}",
            title=fill("NRR {u}", "mean of {u}", u=title),
            value=num(mean),
            needed=None,
            gives=None,
            proof="exact",
        )
        for (name, title), mean in zip(UNSUR, means, strict=True)
        if mean + needed > 4
    )
    return Explanation(
        policy=PolicyNote(
            id="skm-2017",
            version="1.2",
            title=Text("Survei Kepuasan Masyarakat 2017", "Public satisfaction survey of 2017"),
            fingerprint=FINGERPRINT,
            basis=(LegalBasis(title="PermenPANRB 14/2017", status="secondary"),),
            choices=(
                (
                    Text("nilai di antara dua rentang", "values between two bands"),
                    Text(
                        "dibulatkan dulu ke 2 desimal, baru dicari rentangnya",
                        "rounded to 2 decimals first, then the band is found",
                    ),
                ),
            ),
        ),
        id="disdukcapil-2026-t3",
        status="complete",
        reasons=(),
        lines=tuple(lines),
        inputs=(
            InputLine(
                name="kuesioner",
                title=Text("kuesioner", "questionnaires"),
                value=same("20"),
                unit=Text("kuesioner terisi", "completed questionnaires"),
                note=Text("setiap jawaban 1 sampai 4", "each answer from 1 to 4"),
            ),
        ),
        losses=tuple(losses),
        target=(Text("mutu pelayanan", "service grade"), Text("A (Sangat Baik)", "A (Very Good)")),
        levers=levers,
        follow_ups=(
            Text(
                "rencana perbaikan untuk tiga unsur dengan nilai terendah",
                "a plan of improvement for the three lowest elements",
            ),
        ),
        values={
            **{line.name: to_decimal(m) for line, m in zip(lines, means, strict=False)},
            "ikm": to_decimal(rounded, digits=2),
            "mutu": "b",
        },
    )


# A 360-degree panel: three groups, seven aspects.

GROUPS = (
    ("atasan", Text("atasan", "superior"), 1, Fraction(60, 100)),
    ("rekan", Text("rekan kerja", "peers"), 3, Fraction(25, 100)),
    ("bawahan", Text("bawahan", "direct reports"), 3, Fraction(15, 100)),
)
ASPECTS = (
    ("pelayanan", Text("berorientasi pelayanan", "service orientation")),
    ("akuntabel", Text("akuntabel", "accountability")),
    ("kompeten", Text("kompeten", "competence")),
    ("harmonis", Text("harmonis", "harmony")),
    ("loyal", Text("loyal", "loyalty")),
    ("adaptif", Text("adaptif", "adaptivity")),
    ("kolaboratif", Text("kolaboratif", "collaboration")),
)
#: Sums of the ratings, by group and aspect.
RATINGS = {
    "atasan": (4, 5, 4, 4, 5, 3, 4),
    "rekan": (13, 12, 14, 13, 13, 11, 10),
    "bawahan": (12, 13, 12, 14, 13, 10, 11),
}
PANEL_BASIS = LegalBasis(
    title="Peraturan Bupati tentang penilaian 360 derajat",
    clause="Pasal 7 ayat (2)",
    status="own",
)
PANEL_PRACTICE = LegalBasis(
    title="SIKAP 360 Kab. Hulu Sungai Selatan",
    status="practice",
    source="github.com/Syamsuddin/sikap-360",
    note=Text(
        "pembuatnya menyebut bobot ini pilihan pengguna, bukan peraturan",
        "its makers call these weights a choice of the user, not a regulation",
    ),
)
PERCENT = {"atasan": "60 %", "rekan": "25 %", "bawahan": "15 %"}


def panel():
    means = {
        (g, a): Fraction(total, raters)
        for g, _, raters, _ in GROUPS
        for (a, _), total in zip(ASPECTS, RATINGS[g], strict=True)
    }
    aspects = {a: sum(share * means[g, a] for g, _, _, share in GROUPS) for a, _ in ASPECTS}
    groups = {g: sum(means[g, a] for a, _ in ASPECTS) / 7 for g, _, _, _ in GROUPS}
    total = sum(aspects.values()) / 7
    score = HALF_UP_2.apply(total * 20)
    parts = []
    for g, group, raters, share in GROUPS:
        parts.append(
            Line(
                name=f"panel.raters.{g}",
                title=fill("jumlah penilai {g}", "number of raters, {g}", g=group),
                value=same(str(raters)),
                uses=("penilaian",),
            )
        )
        parts.extend(
            Line(
                name=f"panel.mean.{g}.{a}",
                title=fill("rata-rata {g}, {a}", "mean of {g}, {a}", g=group, a=aspect),
                value=num(means[g, a]),
                formula=fill(
                    "rata-rata nilai {g} untuk {a}", "mean rating of {g} for {a}", g=group, a=aspect
                ),
                uses=("penilaian",),
            )
            for a, aspect in ASPECTS
        )
        parts.append(
            Line(
                name=f"panel.group.{g}",
                title=fill("nilai dari {g}", "rating by {g}", g=group),
                value=num(groups[g]),
                formula=fill(
                    "rata-rata tujuh aspek dari {g}", "mean of the seven aspects by {g}", g=group
                ),
                figures=fill(
                    "({all}) ÷ 7",
                    "({all}) ÷ 7",
                    all=join(" + ", (num(means[g, a]) for a, _ in ASPECTS)),
                ),
                uses=tuple(f"panel.mean.{g}.{a}" for a, _ in ASPECTS),
            )
        )
        parts.append(
            Line(
                name=f"panel.weight.{g}",
                title=fill("bobot {g}", "weight of {g}", g=group),
                value=num(share),
            )
        )
    parts.extend(
        Line(
            name=f"panel.aspect.{a}",
            title=fill("aspek {a}", "aspect {a}", a=aspect),
            value=num(aspects[a]),
            formula=fill(
                "{a} dari setiap kelompok × bobotnya", "{a} by each group × its weight", a=aspect
            ),
            figures=join(
                " + ",
                (
                    fill(PERCENT[g] + " × {m}", PERCENT[g] + " × {m}", m=means[g, a])
                    for g, _, _, _ in GROUPS
                ),
            ),
            uses=tuple(f"panel.mean.{g}.{a}" for g, _, _, _ in GROUPS),
        )
        for a, aspect in ASPECTS
    )
    lines = (
        Line(
            name="panel",
            title=Text("nilai panel", "panel rating"),
            value=num(total),
            formula=Text(
                "60 % × nilai dari atasan + 25 % × nilai dari rekan kerja + 15 % × nilai dari bawahan",
                "60 % × rating by superior + 25 % × rating by peers + 15 % × rating by direct reports",
            ),
            figures=join(
                " + ",
                (
                    fill(PERCENT[g] + " × {m}", PERCENT[g] + " × {m}", m=groups[g])
                    for g, _, _, _ in GROUPS
                ),
            ),
            applied=(
                Text(
                    "susunan atasan, rekan kerja, bawahan: 60/25/15",
                    "composition superior, peers, direct reports: 60/25/15",
                ),
            ),
            basis=(PANEL_BASIS, PANEL_PRACTICE),
            uses=tuple(f"panel.group.{g}" for g, _, _, _ in GROUPS),
            parts=tuple(parts),
        ),
        Line(
            name="nilai",
            title=Text("nilai perilaku", "behaviour score"),
            value=num(score, 2),
            unrounded=num(total * 20),
            formula=Text("nilai panel × 20", "panel rating × 20"),
            figures=fill("{t} × 20", "{t} × 20", t=total),
            applied=(ROUNDED_2,),
            basis=(PANEL_PRACTICE,),
            published=True,
            uses=("panel",),
        ),
        Line(
            name="sebutan",
            title=Text("sebutan", "grade"),
            value=Text("Baik", "Good"),
            formula=Text("rentang nilai perilaku", "band of the behaviour score"),
            applied=(Text("76 ≤ nilai perilaku < 90: Baik", "76 ≤ behaviour score < 90: Good"),),
            basis=(
                LegalBasis(
                    title="Peraturan Bupati tentang penilaian 360 derajat", clause="Pasal 9"
                ),
            ),
            published=True,
            uses=("nilai",),
        ),
    )
    losses = sorted(
        (
            Loss(
                name=f"panel.aspect.{a}",
                title=aspect,
                value=num(aspects[a]),
                best=same("5"),
                points=num((5 - aspects[a]) / 7 * 20),
                total="nilai",
            )
            for a, aspect in ASPECTS
        ),
        key=lambda loss: aspects[loss.name.rpartition(".")[2]],
    )
    return Explanation(
        policy=PolicyNote(
            id="panel-360-berakhlak",
            version="2026.1",
            title=Text("Penilaian 360 derajat BerAKHLAK", "360-degree assessment BerAKHLAK"),
            fingerprint=FINGERPRINT,
            basis=(PANEL_BASIS,),
            choices=(
                (
                    Text("kelompok yang tidak ada", "a group that is missing"),
                    Text("bobot menurut susunan kelompok", "weights by the composition of groups"),
                ),
                (
                    Text("paling sedikit penilai", "fewest raters"),
                    Text(
                        "1 atasan, 3 rekan kerja, 3 bawahan",
                        "1 superior, 3 peers, 3 direct reports",
                    ),
                ),
            ),
        ),
        id="P-0017",
        status="complete",
        reasons=(),
        lines=lines,
        inputs=(
            InputLine(
                name="penilaian",
                title=Text("penilaian", "ratings"),
                value=same("49"),
                unit=Text("butir", "items"),
                note=Text("bilangan bulat 1 sampai 5", "whole numbers from 1 to 5"),
            ),
        ),
        losses=tuple(losses),
        target=(Text("sebutan", "grade"), Text("Sangat Baik", "Very Good")),
        levers=(
            Lever(
                name="panel.group.atasan",
                title=Text("nilai dari atasan", "rating by superior"),
                value=num(groups["atasan"]),
                needed=num("4.7"),
                gives=Text("Sangat Baik", "Very Good"),
                proof="exact",
                grid=2,
            ),
            Lever(
                name="panel.group.rekan",
                title=Text("nilai dari rekan kerja", "rating by peers"),
                value=num(groups["rekan"]),
                needed=None,
                gives=None,
                proof="exact",
            ),
            Lever(
                name="panel.group.bawahan",
                title=Text("nilai dari bawahan", "rating by direct reports"),
                value=num(groups["bawahan"]),
                needed=None,
                gives=None,
                proof="exact",
            ),
        ),
        values={
            "panel": to_decimal(total),
            "nilai": to_decimal(score, digits=2),
            "sebutan": "baik",
        },
    )


# Work plan and behaviour, by a plug-in and with a missing value.

INDICATORS = (
    ("berkas KTP-el selesai dalam 1 hari", "ID cards issued within a day", 95, 91, 25),
    ("berkas dengan data tanpa kesalahan", "files without error", 98, 99, 20),
    ("indeks kepuasan pemohon", "satisfaction of applicants", 85, "86.5", 20),
    ("waktu tunggu di loket", "waiting time at the counter", 15, 18, 15),
    ("perekaman keliling ke desa", "mobile recording in villages", 24, 24, 10),
    ("pengaduan yang dijawab dalam 3 hari", "complaints answered within 3 days", 100, 87, 10),
)
SKP_BASIS = LegalBasis(
    title="PP 30/2019", clause="Pasal 41 ayat (2)", status="primary", source="peraturan.bpk.go.id"
)
SKP_CAPAIAN = LegalBasis(
    title="Perka BKN 1/2013",
    clause="Lampiran II",
    status="secondary",
    note=Text("batas atas 120 tidak ditemukan di sini", "the cap of 120 was not found here"),
)
SKP_CAP = LegalBasis(title="Keputusan Kepala Dinas 12/2026", clause="diktum keempat", status="own")
SKP_BANDS = LegalBasis(title="PP 30/2019", clause="Pasal 10", status="unverified")
SKP_POLICY = PolicyNote(
    id="skp-dukcapil",
    version="3",
    title=Text(
        "SKP dan perilaku kerja pegawai Dinas Kependudukan dan Pencatatan Sipil",
        "Work plan and behaviour of staff of the civil registry",
    ),
    fingerprint=FINGERPRINT,
    basis=(SKP_BASIS,),
    choices=(
        (
            Text("realisasi lebih kecil lebih baik", "lower is better"),
            Text("(2 × target − realisasi) ÷ target", "(2 × target − actual) ÷ target"),
        ),
        (
            Text("capaian di atas 120", "achievement above 120"),
            Text("dihitung 120", "counts as 120"),
        ),
    ),
    plugins=("terlambat_bertingkat (kinerja-pemkab 0.4.1)",),
)


def skp():
    achieved = [
        (Fraction(2 * t) - Fraction(r)) / t * 100
        if name.startswith("waktu")
        else Fraction(r) / t * 100
        for name, _, t, r, _ in INDICATORS
    ]
    work = sum(a * w for a, (*_, w) in zip(achieved, INDICATORS, strict=True)) / 100
    behaviour = Fraction(82)
    minus = Fraction(1)
    total = HALF_UP_2.apply(Fraction(7, 10) * work + Fraction(3, 10) * behaviour - minus)
    table = ItemTable(
        name="skp",
        title=Text("indikator SKP", "work plan indicators"),
        columns=(
            Text("indikator", "indicator"),
            Text("target", "target"),
            Text("realisasi", "actual"),
            Text("bobot", "weight"),
            Text("capaian", "achievement"),
        ),
        rows=tuple(
            (Text(i, e), num(t), num(r), same(f"{w} %"), num(a))
            for (i, e, t, r, w), a in zip(INDICATORS, achieved, strict=True)
        ),
    )
    lines = (
        Line(
            name="capaian",
            title=Text("capaian indikator", "achievement of indicators"),
            value=None,
            formula=Text(
                "(2 × target − realisasi) ÷ target × 100 bila lebih kecil lebih baik, selain itu"
                " realisasi ÷ target × 100, paling tinggi 120",
                "(2 × target − actual) ÷ target × 100 where lower is better, else"
                " actual ÷ target × 100, at most 120",
            ),
            basis=(SKP_CAPAIAN, SKP_CAP),
            uses=("skp",),
            items=table,
        ),
        Line(
            name="hasil_kerja",
            title=Text("nilai hasil kerja", "work score"),
            value=num(work),
            formula=Text("jumlah (capaian × bobot)", "sum of (achievement × weight)"),
            figures=join(
                " + ",
                (
                    fill("{a} × {w} %", "{a} × {w} %", a=a, w=w)
                    for a, (*_, w) in zip(achieved, INDICATORS, strict=True)
                ),
            ),
            basis=(SKP_BASIS,),
            uses=("skp", "capaian"),
        ),
        Line(
            name="potongan",
            title=Text("potongan keterlambatan", "deduction for lateness"),
            value=num(minus),
            formula=Text("tingkat keterlambatan menurut menit", "step of lateness by minutes"),
            figures=Text("74 menit", "74 minutes"),
            applied=(Text("61 sampai 120 menit: 1", "61 to 120 minutes: 1"),),
            basis=(SKP_CAP,),
            uses=("menit_terlambat",),
        ),
        Line(
            name="nilai",
            title=Text("nilai kinerja", "performance score"),
            value=num(total, 2),
            unrounded=num(Fraction(7, 10) * work + Fraction(3, 10) * behaviour - minus),
            formula=Text(
                "70 % × nilai hasil kerja + 30 % × perilaku kerja − potongan keterlambatan",
                "70 % × work score + 30 % × work behaviour − deduction for lateness",
            ),
            figures=fill(
                "70 % × {w} + 30 % × {b} − {m}",
                "70 % × {w} + 30 % × {b} − {m}",
                w=work,
                b=behaviour,
                m=minus,
            ),
            applied=(ROUNDED_2,),
            basis=(SKP_BASIS,),
            published=True,
            uses=("hasil_kerja", "perilaku", "potongan"),
        ),
        Line(
            name="predikat",
            title=Text("predikat", "rating"),
            value=Text("Baik", "Good"),
            formula=Text("rentang nilai kinerja", "band of the performance score"),
            applied=(Text("90 < nilai kinerja ≤ 120: Baik", "90 < performance score ≤ 120: Good"),),
            basis=(SKP_BANDS,),
            published=True,
            uses=("nilai",),
        ),
    )
    losses = [
        Loss(
            name=f"skp[{place}].capaian",
            title=Text(i, e),
            value=num(a),
            best=same("120"),
            points=num((120 - a) * w / 100 * Fraction(7, 10)),
            total="nilai",
        )
        for place, ((i, e, _, _, w), a) in enumerate(zip(INDICATORS, achieved, strict=True))
    ]
    losses.append(
        Loss(
            name="perilaku",
            title=Text("perilaku kerja", "work behaviour"),
            value=num(behaviour),
            best=same("100"),
            points=num("5.4"),
            total="nilai",
        )
    )
    losses.append(
        Loss(
            name="potongan",
            title=Text("potongan keterlambatan", "deduction for lateness"),
            value=num(minus),
            best=same("0"),
            points=num(minus),
            total="nilai",
        )
    )
    losses.sort(key=lambda loss: -Fraction(loss.points.en.rstrip("…")))
    return Explanation(
        policy=SKP_POLICY,
        id="199003152014032001",
        status="complete",
        reasons=(),
        lines=lines,
        inputs=(
            InputLine(
                name="skp",
                title=Text("indikator SKP", "work plan indicators"),
                value=same("6"),
                unit=Text("indikator", "indicators"),
            ),
            InputLine(
                name="perilaku",
                title=Text("perilaku kerja", "work behaviour"),
                value=num(behaviour),
                note=Text("0 sampai 100", "0 to 100"),
            ),
            InputLine(
                name="menit_terlambat",
                title=Text("menit terlambat", "minutes late"),
                value=same("74"),
                unit=Text("menit", "minutes"),
            ),
            InputLine(name="jabatan", title=Text("jabatan", "post"), value=same("Operator SIAK")),
        ),
        losses=tuple(losses),
        target=(Text("predikat", "rating"), Text("Sangat Baik", "Very Good")),
        levers=(
            Lever(
                name="perilaku",
                title=Text("perilaku kerja", "work behaviour"),
                value=num(behaviour),
                needed=None,
                gives=None,
                proof="exact",
            ),
            Lever(
                name="menit_terlambat",
                title=Text("menit terlambat", "minutes late"),
                value=same("74"),
                needed=None,
                gives=None,
                proof="search",
            ),
            Lever(
                name="skp[3].realisasi",
                title=Text("realisasi waktu tunggu di loket", "actual waiting time at the counter"),
                value=same("18"),
                needed=same("9"),
                gives=Text("Sangat Baik", "Very Good"),
                proof="search",
                grid=0,
            ),
        ),
        warnings=(
            Text(
                'KNJ430 masukan "realisasi" tidak ada, tetapi ada "relisasi"',
                'KNJ430 the input "realisasi" is missing, but there is "relisasi"',
            ),
        ),
        follow_ups=(
            Text("penghargaan triwulan", "quarterly award"),
            Text("pelatihan manajemen waktu", "training in time management"),
        ),
        values={
            "capaian": None,
            "hasil_kerja": to_decimal(work),
            "potongan": to_decimal(minus),
            "nilai": to_decimal(total, digits=2),
            "predikat": "baik",
        },
    )


def incomplete():
    reason = Text("perilaku kerja tidak diisi", "work behaviour was not given")
    zero = Text(
        "pembagi bernilai nol: target kehadiran", "the divisor is zero: target of attendance"
    )
    return Explanation(
        policy=SKP_POLICY,
        id="198711022010011004",
        status="incomplete",
        reasons=(reason, zero),
        lines=(
            Line(
                name="kehadiran",
                title=Text("capaian kehadiran", "attendance achieved"),
                value=None,
                formula=Text("hadir ÷ target hadir × 100", "attended ÷ target × 100"),
                figures=same("21 ÷ 0 × 100"),
                applied=(zero,),
                basis=(SKP_CAPAIAN,),
                uses=("hadir", "target_hadir"),
            ),
            Line(
                name="nilai",
                title=Text("nilai kinerja", "performance score"),
                value=None,
                formula=Text(
                    "70 % × capaian kehadiran + 30 % × perilaku kerja",
                    "70 % × attendance achieved + 30 % × work behaviour",
                ),
                applied=(reason, zero),
                basis=(SKP_BASIS,),
                published=True,
                uses=("kehadiran", "perilaku"),
            ),
            Line(
                name="predikat",
                title=Text("predikat", "rating"),
                value=None,
                formula=Text("rentang nilai kinerja", "band of the performance score"),
                applied=(reason, zero),
                basis=(SKP_BANDS,),
                published=True,
                uses=("nilai",),
            ),
        ),
        inputs=(
            InputLine(
                name="hadir",
                title=Text("hari hadir", "days attended"),
                value=same("21"),
                unit=Text("hari", "days"),
            ),
            InputLine(
                name="target_hadir",
                title=Text("target hari hadir", "target of days"),
                value=same("0"),
                unit=Text("hari", "days"),
            ),
            InputLine(
                name="perilaku",
                title=Text("perilaku kerja", "work behaviour"),
                value=None,
                note=Text("tidak diisi", "not given"),
            ),
        ),
        values={"kehadiran": None, "nilai": None, "predikat": None},
    )


def crowded():
    """Steps of the same rule one after the other, in turns, and parts with figures behind a table."""
    lines = []
    for _, title in UNSUR:
        lines.append(
            Line(
                name=f"tertimbang.{len(lines)}",
                title=fill("NRR tertimbang {u}", "weighted mean of {u}", u=title),
                value=Text("0,306", "0.306"),
                unrounded=Text("0,3055555555…", "0.3055555555…"),
                formula=fill("“NRR {u}” ÷ 9", "“mean of {u}” ÷ 9", u=title),
                figures=Text("2,75 ÷ 9", "2.75 ÷ 9"),
                applied=(
                    Text(
                        "0,3055555555… dibulatkan ke 3 desimal, setengah ke atas",
                        "0.3055555555… rounded to 3 decimals, half up",
                    ),
                ),
                basis=(SKM_BASIS,),
                published=True,
                uses=("kuesioner",),
            )
        )
    for _, title in UNSUR[:4]:
        lines.append(
            Line(
                name=f"konversi.{len(lines)}",
                title=fill("nilai konversi {u}", "converted {u}", u=title),
                value=Text("68,75", "68.75"),
                formula=fill("NRR {u} × 25", "mean of {u} × 25", u=title),
                figures=Text("2,75 × 25", "2.75 × 25"),
                applied=(
                    fill("karena “{u} siap pakai” tidak ada", "since “{u}” is missing", u=title),
                ),
            )
        )
        lines.append(
            Line(
                name=f"mutu.{len(lines)}",
                title=fill("mutu {u}", "grade of {u}", u=title),
                value=same("C"),
                figures=Text("rentang dari 68,75", "band of 68.75"),
                applied=(
                    fill(
                        "rentang C: 65,00 ≤ {u} (68,75) ≤ 76,60",
                        "band C: 65.00 ≤ {u} (68.75) ≤ 76.60",
                        u=title,
                    ),
                ),
                uses=(lines[-1].name,),
            )
        )
    parts = tuple(
        Line(
            name=f"panel.mean.{g}.{a}",
            title=fill("{a} menurut {g}", "{a} by {g}", a=aspect, g=group),
            value=same("4"),
            figures=same(f"{total} ÷ {raters}"),
            formula=fill("rata-rata {a} oleh {g}", "mean of {a} by {g}", a=aspect, g=group),
        )
        for g, group, raters, _ in GROUPS
        for (a, aspect), total in zip(ASPECTS, RATINGS[g], strict=True)
    )
    lines.append(
        Line(
            name="panel",
            title=Text("nilai panel", "panel rating"),
            value=same("4"),
            published=True,
            parts=parts,
        )
    )
    return Explanation(
        policy=SKP_POLICY,
        id="loket-3",
        status="complete",
        reasons=(),
        lines=tuple(lines),
        inputs=SKM.inputs,
    )


EVIL = "<script>alert(1)</script>\x1b[31m\u202e & \"'`|*_[x](http://evil.example)\n# </style>"


def hostile():
    """Every text is one that a page, a terminal or a Markdown reader might take for its own."""
    long = same("nilai " + "sangat " * 30 + "panjang" + "x" * 150)
    evil = same(EVIL)
    basis = LegalBasis(title=EVIL, clause=EVIL, status="unverified", source=EVIL, note=evil)
    line = Line(
        name=EVIL,
        title=evil,
        value=evil,
        unrounded=evil,
        formula=long,
        figures=long,
        applied=(evil, long),
        basis=(basis,),
        unit=evil,
        published=True,
        uses=("masukan", EVIL),
        parts=(Line(name=f"{EVIL}.a", title=long, value=None, applied=(evil,)),),
        items=ItemTable(
            name="x",
            title=evil,
            columns=tuple(same(f"kolom {c} {EVIL}") for c in range(14)),
            rows=tuple((evil,) * 13 + (None,) for _ in range(40)),
        ),
    )
    return Explanation(
        policy=PolicyNote(
            id=EVIL,
            version=EVIL,
            title=evil,
            fingerprint=EVIL,
            basis=(basis,),
            choices=((evil, long),),
            plugins=(EVIL,),
        ),
        id=EVIL,
        status="incomplete",
        reasons=(evil, long),
        lines=(line, Line(name="dua", title=long, value=long, published=True)),
        inputs=(
            InputLine(name="masukan", title=long, value=evil, unit=evil, note=evil),
            InputLine(name="lain", title=evil, value=None),
        ),
        losses=(Loss(name="x", title=evil, value=evil, best=evil, points=evil, total=EVIL),),
        target=(evil, evil),
        levers=(
            Lever(
                name="x",
                title=long,
                value=None,
                needed=evil,
                gives=long,
                proof="search",
                items=evil,
            ),
            Lever(name="y", title=evil, value=evil, needed=None, gives=None, proof="search"),
            Lever(name="z", title=long, value=evil, needed=None, gives=None, proof="exact"),
        ),
        warnings=(evil,),
        follow_ups=(evil,),
        follow_up_reasons=(evil,),
        values={EVIL: EVIL},
    )


SKM = skm()
PANEL = panel()
SKP = skp()
INCOMPLETE = incomplete()
HOSTILE = hostile()
CROWDED = crowded()

#: Sample explanations by name.
SAMPLES = {
    "kuadran": KUADRAN,
    "skm": SKM,
    "panel": PANEL,
    "skp": SKP,
    "incomplete": INCOMPLETE,
    "crowded": CROWDED,
    "hostile": HOSTILE,
}
