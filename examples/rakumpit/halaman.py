"""The two pages of a quarter: one for the agency, one for everybody.

What lives here: what stands on them, in Indonesian. What never comes in: how anything is found, scored or
hidden. Whatever the public page shows comes out of `Published`, and names units only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from terbitan import K, Published
from triwulan import Quarter

from kinerja import Issue, Scorer
from kinerja.cohort import DataQuality, MeansPublication
from kinerja.report import Page, Section
from kinerja.report.page import Block, Grid, Item, Pairs, Paragraph
from kinerja.report.unit_page import unit_page
from kinerja.report.unit_publication import publication_page
from kinerja.report.unit_quality import quality_section
from kinerja.report.unit_summary import summary_section
from kinerja.scorer import label_step
from kinerja.scorer.explain import reason_text
from kinerja.words import number, say

__all__ = ["figures_kept", "internal_page", "public_notes", "public_page"]

LANG = "id"
HIDDEN = "(r)"
#: Of these findings the public page speaks: they are about the waiting times that it shows, or about a unit
#: that is not in its tables, and they name nobody.
ABSENT, ROUND = "KNJ804", "KNJ809"
MOST_ISSUES = 12


# For everybody.


def public_page(published: Published, name: str) -> Page:
    """Make the page for the website."""
    page = publication_page(published.ratings, lang=LANG, publisher="Pemerintah Kota Rakumpit")
    # Period and people as the library says them; what is confidential with the number of all figures.
    rows = [row for block in page.lead if isinstance(block, Pairs) for row in block.rows]
    about = Pairs(rows=[*rows[:-2], *_kept(published)])
    table, reasons = page.sections
    sections = [replace(table, title="Predikat per unit")]
    if published.waits is not None:
        sections.append(_waiting(published.waits))
    sections += [replace(reasons, blocks=[*reasons.blocks, *_why_visits(published)])]
    held = [
        f"{unit} tidak ada di tabel triwulan ini: datanya masih diperiksa."
        for unit in published.held
    ]
    notes = [Paragraph(text=text) for text in (*held, *published.notes)]
    if notes:
        sections.append(Section(title="Mutu datanya", blocks=notes))
    title = f"Kinerja pegawai layanan, triwulan {name}"
    return replace(page, title=title, lead=[about], sections=sections)


def figures_kept(published: Published) -> tuple[int, int]:
    """Give how many figures of the units are confidential, and of how many."""
    cells = [cell for row in published.ratings.rows for cell in row.counts]
    return sum(cell is None for cell in cells), len(cells)


def _kept(published: Published) -> Iterator[tuple[str, str]]:
    hidden, count = figures_kept(published)
    yield f"Angka di bawah {K}", "dirahasiakan"
    yield "Yang dirahasiakan", f"{hidden} dari {count} angka"


def _waiting(waits: MeansPublication) -> Section:
    rows = [
        [
            _row_name(row.units),
            str(row.people),
            HIDDEN if row.mean is None else number(row.mean, LANG),
        ]
        for row in waits.rows
    ]
    if len(waits.rows) > 1:
        mean = HIDDEN if waits.mean is None else number(waits.mean, LANG)
        rows.append(["Semua", str(waits.people), mean])
    title = "Waktu tunggu per puskesmas"
    columns = ["Puskesmas", "Kunjungan", "Rata-rata waktu tunggu (menit)"]
    text = "Semua kunjungan dihitung, termasuk yang dilayani tenaga kontrak, yang tidak dinilai di sini."
    return Section(
        title=title,
        blocks=[Grid(title=title, columns=columns, rows=rows), Paragraph(text=text)],
    )


def _row_name(units: Sequence[str | None]) -> str:
    return "; ".join(str(unit) for unit in units)


def _why_visits(published: Published) -> Iterator[Paragraph]:
    if published.waits is not None:
        yield Paragraph(
            text=(
                "Waktu tunggu adalah angka tentang kunjungan, bukan tentang pegawai. Waktu tunggu sebuah"
                " unit ditampilkan hanya bila angka itu tidak mempersempit predikat yang mungkin bagi"
                " pegawainya."
            )
        )


def public_notes(quality: DataQuality, quarter: Quarter) -> Iterator[str]:
    """Say what the public should know of the data of a quarter."""
    for finding in quality.findings:
        if finding.code == ABSENT and finding.unit and finding.period == quarter.period:
            yield f"{finding.unit} tidak menyerahkan data triwulan ini, jadi tidak ada di tabel."
        if finding.code == ROUND and finding.input == "kunjungan.menit" and finding.unit:
            yield (
                f"Waktu tunggu yang dicatat {finding.unit} hampir semuanya kelipatan"
                f" {finding.blanks['multiple']}. Angkanya sedang ditanyakan: diukur atau dikira-kira."
            )


# For the agency.


def internal_page(
    scorer: Scorer, quarter: Quarter, quality: DataQuality, published: Published, *, file: str
) -> Page:
    """Make the page for the agency: it names people by their ids."""
    program = scorer.program
    sections = [
        _read_issues([*quarter.warnings, *quarter.issues]),
        _without_statistics(quality_section(quality, lang=LANG)),
        summary_section(
            quarter.members,
            program,
            step=label_step(program, "predikat"),
            reasons=quarter.reasons,
            lang=LANG,
        ),
        _not_judged(scorer, quarter),
        _training(scorer, quarter),
        _publishing(published),
    ]
    page = unit_page(program.note, sections, file=file, period=quarter.period, lang=LANG)
    return replace(page, title=f"Laporan triwulan {quarter.name}, untuk instansi sendiri")


def _read_issues(issues: Sequence[Issue]) -> Section:
    title = "Temuan saat berkas dibaca dan dinilai"
    if not issues:
        return Section(title=title, blocks=[Paragraph(text="Tidak ada.")])
    blocks = [
        Item(
            title=" · ".join(part for part in (issue.code, issue.place, issue.path) if part),
            rows=[("Ditemukan", issue.message(LANG)), ("Tindakan", issue.way_out(LANG))],
        )
        for issue in issues[:MOST_ISSUES]
    ]
    rest = len(issues) - MOST_ISSUES
    if rest > 0:
        blocks.append(Item(title=f"dan {rest} temuan lain di temuan.csv", rows=[]))
    return Section(title=title, blocks=blocks)


def _without_statistics(section: Section) -> Section:
    """Leave out how sure a finding is: its reader asks the unit, whatever the probability."""
    sure = say("unit.quality.sure", LANG)
    blocks = [
        replace(block, rows=[row for row in block.rows if row[0] != sure])
        if isinstance(block, Item)
        else block
        for block in section.blocks
    ]
    return replace(section, blocks=blocks)


def _not_judged(scorer: Scorer, quarter: Quarter) -> Section:
    title = "Belum dinilai dan ditolak"
    rows = []
    for member in sorted(quarter.members, key=lambda one: (str(one.unit), str(one.id))):
        if member.status == "refused":
            twice = (
                "tercatat dua kali" if member.id in quarter.doubled else "ada nilai yang mustahil"
            )
            rows.append([str(member.unit), str(member.id), f"ditolak: {twice}"])
        elif member.status == "incomplete":
            reasons = quarter.results[str(member.id)].reasons
            first = reason_text(scorer.program, reasons[0]).in_language(LANG)
            more = f" (dan {len(reasons) - 1} sebab lain)" if len(reasons) > 1 else ""
            rows.append([str(member.unit), str(member.id), first + more])
    if not rows:
        return Section(title=title, blocks=[Paragraph(text="Tidak ada.")])
    text = "Tidak seorang pun di daftar ini mendapat nol; mereka dinilai begitu datanya dilengkapi."
    grid = Grid(title=title, columns=["Unit", "Pegawai", "Sebab"], rows=rows, grouped=True)
    return Section(title=title, blocks=[Paragraph(text=text), grid])


def _training(scorer: Scorer, quarter: Quarter) -> Section:
    """Say who is trained in what: those who were scored, by their weakest part."""
    title = "Kebutuhan pelatihan"
    rows = []
    for action in scorer.program.follow_ups:
        if action.id == "data_dilengkapi":
            continue
        units: defaultdict[str, list[str]] = defaultdict(list)
        for member in quarter.members:
            if action.id in member.follow_ups:
                units[str(member.unit)].append(str(member.id))
        name = action.title.in_language(LANG)
        rows += [
            [name, unit, str(len(ids)), ", ".join(sorted(ids))]
            for unit, ids in sorted(units.items())
        ]
    columns = ["Pelatihan", "Unit", "Orang", "Pegawai"]
    grid = Grid(title=title, columns=columns, rows=rows, grouped=True)
    return Section(title=title, blocks=[grid])


def _publishing(published: Published) -> Section:
    facts = Pairs(
        rows=[
            ("Pegawai", str(published.ratings.people)),
            *_kept(published),
        ]
    )
    text = "Halaman untuk umum ada di folder publik; hanya folder itu yang boleh dipindahkan ke situs web."
    blocks: list[Block] = [facts, Paragraph(text=text)]
    if published.held:
        blocks.append(
            Paragraph(
                text=(
                    f"Ditahan: {', '.join(published.held)}. Datanya janggal dan belum ditanggapi,"
                    " jadi unit ini tidak ada di tabel untuk umum: apa yang terbit tidak dapat ditarik"
                    " lagi. Yang sudah jelas sebabnya ditulis di tanggapan.csv sebelum laporan dibuat."
                )
            )
        )
    if published.stands:
        blocks.append(
            Paragraph(
                text=(
                    "Data triwulan ini sudah berubah sejak diterbitkan. Tabel yang terbit tetap berlaku,"
                    " sebab selisih dua tabel menunjuk orang yang dikoreksi. Hasil setiap pegawai sudah"
                    " yang baru."
                )
            )
        )
    return Section(title="Yang diterbitkan", blocks=blocks)
