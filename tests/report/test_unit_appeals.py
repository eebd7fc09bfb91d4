"""Appeals on a page: what was decided, why and when; and nothing that names a rater."""

import re
from datetime import date

import pytest

from kinerja.asn import load
from kinerja.cohort import (
    AppealCase,
    WorkingDays,
    decide_appeal,
    override_changes,
    unit_overrides,
)
from kinerja.report import Page, page_html, page_markdown, page_text
from kinerja.report.page import Grid, Item, Paragraph
from kinerja.report.unit_appeals import appeal_page, appeals_section, overrides_section
from kinerja.words import LANGUAGES

CHOICES = {"ambang_sebagian_besar": "0.6", "ambang_sebagian_kecil": "0.3"}
SCORER = load("permenpanrb-6-2022", variant=CHOICES)
RESULT = SCORER.score(
    {
        "id": "p1",
        "rating_hasil_ditetapkan": "sesuai_ekspektasi",
        "uraian_perilaku": "belum_konsisten",
    }
)
CASE = AppealCase(
    id="p1",
    office="Kepala Biro",
    grounds="umpan balik triwulan IV belum dihitung",
    received=date(2025, 1, 6),
    filed=date(2025, 1, 28),
    decided=date(2025, 2, 4),
)
WEEK = WorkingDays(week="five_days")
CHANGED = decide_appeal(SCORER, RESULT, changes={"uraian_perilaku": "konsisten"}, case=CASE)
CONFIRMED = decide_appeal(SCORER, RESULT, changes={}, case=CASE)

PANEL = load("sikap-360")
ASPECTS = (
    "berorientasi_pelayanan",
    "akuntabel",
    "kompeten",
    "harmonis",
    "loyal",
    "adaptif",
    "kolaboratif",
)
RATERS = (("atasan", 5), ("rekan", 5), ("rekan", 4), ("rekan", 4), ("bawahan", 5), ("bawahan", 3))


def panel_ratings():
    return [
        {"penilai": f"rater-{place}", "kelompok": group, "aspek": aspect, "nilai": value}
        for place, (group, value) in enumerate([*RATERS, ("bawahan", 4)])
        for aspect in ASPECTS
    ]


def text_of(section):
    page = Page(kicker="", title="", lead=[], sections=[section], contents="", missing="–")
    return page_text(page)


def item_rows(section):
    return [block.rows for block in section.blocks if isinstance(block, Item)]


class TestSection:
    def test_an_appeal_is_told_in_one_place(self):
        section = appeals_section([CHANGED], lang="id", calendar=WEEK)
        (rows,) = item_rows(section)
        consistent = "konsisten menjalankan nilai dasar ASN"
        page = "PermenPANRB 6/2022 Lampiran hlm. 117"
        filed = "28-01-2025, hari kerja ke-16, terlambat 2 hari kerja"
        decided = "04-02-2025, hari kerja ke-5, tepat waktu"
        limits = (
            f"(batas 14 hari kerja, paling lambat 24-01-2025; {page})",
            f"(batas 7 hari kerja, paling lambat 06-02-2025; {page})",
        )
        rating = "di bawah ekspektasi → sesuai ekspektasi"
        assert rows == [
            ("Hasil", "predikat kinerja: Kurang/Misconduct → Baik"),
            ("Hasil", f"rating perilaku kerja: {rating}"),
            (
                "Dikoreksi",
                f"uraian perilaku kerja: belum {consistent} → {consistent} untuk dirinya sendiri",
            ),
            ("Langkah", f"rating perilaku kerja menurut uraian: {rating}"),
            ("Diputus oleh", "Kepala Biro"),
            ("Alasan", "umpan balik triwulan IV belum dihitung"),
            ("Hasil diterima", "06-01-2025"),
            ("Diajukan", f"{filed} {limits[0]}"),
            ("Diputus", f"{decided} {limits[1]}"),
        ]

    def test_a_confirmed_result_is_told_as_it_stays(self):
        (rows,) = item_rows(appeals_section([CONFIRMED], lang="id"))
        assert rows[0] == ("Hasil", "predikat kinerja: tetap Kurang/Misconduct")
        assert "Dikoreksi" not in dict(rows)

    def test_the_summary_counts_outcomes_and_the_late(self):
        section = appeals_section([CHANGED, CONFIRMED], lang="id", calendar=WEEK)
        assert section.blocks[0] == Paragraph(
            text="2 keberatan diputus. Hasil diubah: 1; data dikoreksi, hasil tetap: 0; hasil "
            "dikuatkan: 1. 2 keberatan diajukan atau diputus terlambat."
        )

    def test_without_a_calendar_no_lateness_is_told(self):
        told = text_of(appeals_section([CHANGED], lang="id"))
        assert "terlambat" not in told
        assert "tepat waktu" not in told

    def test_no_appeals_are_told_too(self):
        assert "Tidak ada keberatan." in text_of(appeals_section([], lang="id"))

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_no_blank_stays_unfilled(self, lang):
        pages = [
            *(text_of(appeals_section(a, lang=lang, calendar=WEEK)) for a in ([CHANGED], [])),
            page_text(appeal_page(CHANGED, lang=lang, calendar=WEEK)),
            page_text(appeal_page(CONFIRMED, lang=lang, calendar=WEEK)),
        ]
        assert not [page for page in pages if "{" in page]


class TestSheet:
    def test_it_holds_both_results_their_receipts_and_the_policy(self):
        told = page_text(appeal_page(CHANGED, lang="id", calendar=WEEK))
        for hash_of in (
            CHANGED.policy.fingerprint,
            CHANGED.contested_receipt,
            CHANGED.decided_receipt,
        ):
            assert hash_of.removeprefix("sha256:")[:12] in told
        assert re.search(r"predikat kinerja +Kurang/Misconduct +Baik +berubah", told)
        assert "permenpanrb-6-2022 versi 1.0.0" in " ".join(told.split())
        assert "Lampiran Bab IV.B.3.a.3" in told

    def test_a_second_decision_names_the_first(self):
        case = AppealCase(
            id="p1",
            office="Sekda",
            grounds="tetap",
            filed=date(2025, 2, 5),
            decided=date(2025, 2, 6),
        )
        second = decide_appeal(SCORER, CHANGED, changes={}, case=case)
        told = page_text(appeal_page(second, lang="id"))
        assert CHANGED.receipt.removeprefix("sha256:")[:12] in told

    def test_a_confirmed_result_has_no_steps(self):
        page = appeal_page(CONFIRMED, lang="id")
        assert "Jalannya perubahan" not in [section.title for section in page.sections]
        assert "Hasil semula tetap berlaku." in page_text(page)

    def test_what_people_wrote_cannot_break_a_page(self):
        case = AppealCase(
            id="p1",
            office="Kepala <b>Biro</b>",
            grounds="satu\n\x1b[2J| dua",
            filed=date(2025, 1, 10),
            decided=date(2025, 1, 10),
        )
        page = appeal_page(decide_appeal(SCORER, RESULT, changes={}, case=case), lang="id")
        assert "<b>Biro" not in page_html(page, "id")
        assert "\x1b" not in page_text(page) + page_markdown(page)


class TestAnonymity:
    """Single ratings of a list with hidden fields never stand on a page, nor what would give them."""

    def told(self, appeal):
        section = appeals_section([appeal], lang="id", calendar=WEEK)
        return text_of(section), page_text(appeal_page(appeal, lang="id", calendar=WEEK))

    @pytest.mark.parametrize(
        "changes",
        [
            {"penilaian[0].nilai": 1},
            {"penilaian[8].nilai": 1},
            {"penilaian": None},
        ],
        ids=["superior", "peer", "all"],
    )
    def test_of_a_corrected_rating_only_counts_and_published_values_are_told(self, changes):
        contested = PANEL.score({"id": "p1", "penilaian": panel_ratings()})
        appeal = decide_appeal(PANEL, contested, changes=changes, case=CASE)
        assert appeal.veiled == ("penilaian",)
        published = {change.title.id for change in appeal.difference.results}
        steps = {change.title.id for change in appeal.difference.steps}
        assert steps - published
        for told in self.told(appeal):
            assert "rater-" not in told
            for title in sorted(steps - published):
                assert title not in told
        for rows in item_rows(appeals_section([appeal], lang="id")):
            (corrected,) = [text for key, text in rows if key == "Dikoreksi"]
            assert re.fullmatch(r"penilaian: [0-9]+ butir diubah", corrected)
            shown = [text for key, text in rows if key == "Langkah"]
            assert len(shown) == 1
            assert shown[0].endswith("demi kerahasiaan penilai")

    def test_the_sheet_has_no_figures_of_steps(self):
        contested = PANEL.score({"id": "p1", "penilaian": panel_ratings()})
        changes = {"penilaian[8].nilai": 1}
        page = appeal_page(decide_appeal(PANEL, contested, changes=changes, case=CASE), lang="id")
        steps = next(s for s in page.sections if s.title == "Jalannya perubahan")
        assert all(isinstance(block, Paragraph) for block in steps.blocks)
        corrected = next(s for s in page.sections if s.title == "Yang dikoreksi")
        (grid,) = [block for block in corrected.blocks if isinstance(block, Grid)]
        count = len(panel_ratings())
        title = next(i.title.id for i in PANEL.program.inputs if i.name == "penilaian")
        assert grid.rows == [[title, f"{count} butir", f"{count} butir", "1 butir diubah"]]


class TestOverrides:
    def test_who_why_and_what_was_replaced_stand_in_one_row(self):
        changes = override_changes(
            SCORER.program, decision="di_atas_ekspektasi", office="Sekda", grounds="lintas unit"
        )
        decided = decide_appeal(SCORER, RESULT, changes=changes, case=CASE).decided
        found = unit_overrides([RESULT, decided], program=SCORER.program)
        section = overrides_section(found, lang="id")
        grid = next(block for block in section.blocks if isinstance(block, Grid))
        assert grid.rows == [
            [
                "p1",
                "rating hasil kerja",
                "sesuai ekspektasi",
                "di atas ekspektasi",
                "Sekda",
                "lintas unit",
            ]
        ]

    def test_none_are_told_too(self):
        assert "Tidak ada" in text_of(overrides_section([], lang="id"))
