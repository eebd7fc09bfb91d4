"""PermenPANRB 6/2022: quadrant, guide of the ratings, moves, and the guide for study assignments.

Each class states a clause in its own words; the oracles are written from the clause.
"""

from datetime import date, timedelta
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.errors import InputError, PolicyError

BELOW, IN_LINE, ABOVE = "di_bawah_ekspektasi", "sesuai_ekspektasi", "di_atas_ekspektasi"
RATINGS = (BELOW, IN_LINE, ABOVE)
PREDIKAT = ("sangat_kurang", "kurang_misconduct", "butuh_perbaikan", "baik", "sangat_baik")
FIGURES = {"ambang_sebagian_besar": "2/3", "ambang_sebagian_kecil": "1/4"}
DIRECT = {"rating_hasil_ditetapkan": IN_LINE, "rating_perilaku_ditetapkan": IN_LINE}


def evaluating(**choices):
    return kinerja.load("permenpanrb-6-2022", variant={**FIGURES, **choices})


evaluation = evaluating()
strict = evaluating(ambang_sebagian_besar="1")
narrow = evaluating(umpan_balik_sebagian="di_antara_keduanya")
#: The two figures that an agency may name, and the policy with them.
figured = {
    (most, small): evaluating(ambang_sebagian_besar=most, ambang_sebagian_kecil=small)
    for most, small in (("51/100", "49/100"), ("3/5", "1/3"), ("3/4", "0.2"), ("1", "1/100"))
}
quadrant = kinerja.load("kuadran-6-2022")
study = kinerja.load("tugas-belajar-6-2022")
#: The guide for study assignments with each way to close the gaps between its bands.
studies = {
    name: kinerja.load("tugas-belajar-6-2022", variant={"antara_rentang": name})
    for name in ("tanpa_predikat", "bulatkan_2", "batas_bawah", "batas_atas")
}


def codes(result):
    return {reason.code for reason in result.reasons}


class TestQuadrant:
    """Lampiran Bab IV.B.3.a.3 and 3.b.3 (pp. 99-100, 102-103): two ratings decide the predicate."""

    @staticmethod
    def printed(results, behaviour):
        if behaviour == BELOW:
            return "sangat_kurang" if results == BELOW else "kurang_misconduct"
        if results == BELOW:
            return "butuh_perbaikan"
        return "sangat_baik" if results == behaviour == ABOVE else "baik"

    @pytest.mark.parametrize(("results", "behaviour"), list(product(RATINGS, RATINGS)))
    def test_every_cell_in_both_policies(self, results, behaviour):
        said = self.printed(results, behaviour)
        record = {"hasil_kerja": results, "perilaku_kerja": behaviour}
        assert quadrant.score(record)["predikat"] == said
        record = {
            "rating_hasil_ditetapkan": results,
            "rating_perilaku_ditetapkan": behaviour,
        }
        assert evaluation.score(record)["predikat"] == said

    def test_a_higher_rating_never_lowers_the_predicate(self):
        for fixed, (low, high) in product(RATINGS, ((BELOW, IN_LINE), (IN_LINE, ABOVE))):
            for pair in (((low, fixed), (high, fixed)), ((fixed, low), (fixed, high))):
                first, second = (
                    quadrant.score({"hasil_kerja": r, "perilaku_kerja": b})["predikat"]
                    for r, b in pair
                )
                assert PREDIKAT.index(first) <= PREDIKAT.index(second)


items = st.lists(
    st.tuples(st.sampled_from(("utama", "tambahan")), st.sampled_from(RATINGS)),
    min_size=1,
    max_size=9,
)
feedback = st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(any)


def guided(results, heard, **more):
    return {
        "hasil_kerja": [
            {"hasil": f"hasil {place}", "jenis": kind, "rating": rating}
            for place, (kind, rating) in enumerate(results)
        ],
        "umpan_balik_positif": heard[0],
        "umpan_balik_tidak_positif": heard[1],
        "uraian_perilaku": "konsisten",
        **more,
    }


class TestGuideOfTheResults:
    """Lampiran pp. 97-98, 100-101, example of a guide.

    Above: most or all results above, no main result below, most or all feedback positive. In line: most or
    all results in line, only a small part of the main results below, part of the feedback positive. Below:
    most or all results below, most or all feedback not positive. Of anything else it says nothing.
    """

    @staticmethod
    def said(results, heard, most, small):
        ratings = [rating for _, rating in results]
        main = [rating for kind, rating in results if kind == "utama"]
        positive = Fraction(heard[0], sum(heard))

        def mostly(rating):
            return Fraction(ratings.count(rating), len(ratings)) >= most

        if mostly(ABOVE) and BELOW not in main and positive >= most:
            return ABOVE
        few = not main or Fraction(main.count(BELOW), len(main)) <= small
        if mostly(IN_LINE) and few and heard[0]:
            return IN_LINE
        if mostly(BELOW) and 1 - positive >= most:
            return BELOW
        return None

    @given(items, feedback)
    def test_the_guide(self, results, heard):
        result = evaluation.score(guided(results, heard))
        said = self.said(results, heard, Fraction(2, 3), Fraction(1, 4))
        assert result["rating_hasil_kerja"] == said
        assert codes(result) == (set() if said else {"rater_must_decide"})

    @given(items, feedback, st.sampled_from(sorted(figured)))
    def test_the_agency_names_both_figures(self, results, heard, figures):
        result = figured[figures].score(guided(results, heard))
        said = self.said(results, heard, *map(Fraction, figures))
        assert result["rating_hasil_kerja"] == said

    @given(st.permutations([("utama", IN_LINE)] * 4 + [("utama", BELOW), ("tambahan", ABOVE)]))
    def test_the_order_of_the_results_changes_nothing(self, results):
        assert evaluation.score(guided(results, (2, 1)))["rating_hasil_kerja"] == IN_LINE

    @given(items, feedback)
    def test_a_main_result_below_expectation_excludes_above(self, results, heard):
        result = evaluation.score(guided([*results, ("utama", BELOW)], heard))
        assert result["rating_hasil_kerja"] != ABOVE

    @given(st.integers(1, 9), st.sampled_from(RATINGS))
    def test_all_alike_is_most_whatever_the_figure(self, count, rating):
        heard = (0, 1) if rating == BELOW else (1, 0)
        for scorer in (evaluation, strict):
            result = scorer.score(guided([("utama", rating)] * count, heard))
            assert result["rating_hasil_kerja"] == rating

    def test_half_of_the_main_results_below_is_left_to_the_rater(self):
        results = [
            ("utama", IN_LINE),
            ("utama", BELOW),
            ("tambahan", IN_LINE),
            ("tambahan", IN_LINE),
        ]
        result = evaluation.score(guided(results, (3, 0)))
        assert result["rating_hasil_kerja"] is None
        assert codes(result) == {"rater_must_decide"}

    @given(items, feedback)
    def test_the_narrow_reading_of_part_only_takes_ratings_away(self, results, heard):
        wide = evaluation.score(guided(results, heard))["rating_hasil_kerja"]
        assert narrow.score(guided(results, heard))["rating_hasil_kerja"] in (wide, None)

    @pytest.mark.parametrize("given_", [{}, {"ambang_sebagian_besar": "2/3"}])
    def test_no_figure_is_assumed(self, given_):
        with pytest.raises(PolicyError) as error:
            kinerja.load("permenpanrb-6-2022", variant=given_)
        assert {issue.code for issue in error.value.issues} == {"KNJ224"}

    @pytest.mark.parametrize(
        ("name", "figure"),
        [
            ("ambang_sebagian_besar", "1/2"),
            ("ambang_sebagian_besar", "1.01"),
            ("ambang_sebagian_kecil", "0"),
            ("ambang_sebagian_kecil", "1/2"),
        ],
    )
    def test_a_half_is_neither_most_nor_a_small_part(self, name, figure):
        with pytest.raises(PolicyError) as error:
            kinerja.load("permenpanrb-6-2022", variant={**FIGURES, name: figure})
        assert [issue.path for issue in error.value.issues] == [f"choices.{name}"]


DECIDED = {
    "keputusan_rating": IN_LINE,
    "alasan_keputusan": "pandemi",
    "jabatan_keputusan": "Kepala Bidang",
}


class TestTheRaterDecides:
    """Lampiran pp. 97-102: the guide is an example; the rating is the rater's, with its reason."""

    @given(items, feedback, st.sampled_from(RATINGS))
    def test_a_reasoned_decision_always_stands(self, results, heard, decision):
        decided = {**DECIDED, "keputusan_rating": decision}
        result = evaluation.score(guided(results, heard, **decided))
        assert result.status == "complete"
        assert result["rating_hasil_kerja"] == decision

    @pytest.mark.parametrize("blank", ["alasan_keputusan", "jabatan_keputusan"])
    def test_a_decision_without_reason_or_office_does_not(self, blank):
        record = {**DIRECT, **DECIDED, blank: None}
        result = evaluation.score(record)
        assert result["rating_hasil_kerja"] is None
        assert result["predikat"] is None
        assert codes(result) == {"override_without_reason"}

    def test_what_was_replaced_stays_in_the_explanation(self):
        record = guided([("utama", ABOVE)], (1, 0), **DECIDED)
        result = evaluation.score(record)
        assert result.steps["rating_hasil_awal"] == ABOVE
        assert "di atas ekspektasi" in str(result.explanation)

    def test_a_rating_is_not_given_twice(self):
        record = guided([("utama", ABOVE)], (1, 0), rating_hasil_ditetapkan=IN_LINE)
        assert codes(evaluation.score(record)) == {"given_twice"}


class TestBehaviour:
    """Lampiran pp. 98, 102: guards the values, lives them for oneself, not yet consistently."""

    @pytest.mark.parametrize(
        ("wording", "rating"),
        [("penjaga_penerapan", ABOVE), ("konsisten", IN_LINE), ("belum_konsisten", BELOW)],
    )
    def test_each_wording_has_its_rating(self, wording, rating):
        result = evaluation.score({"rating_hasil_ditetapkan": IN_LINE, "uraian_perilaku": wording})
        assert result["rating_perilaku_kerja"] == rating


class TestMoves:
    """Lampiran Bab IV.A.13-14 (pp. 91-92).

    An employee who moved is evaluated by the new rater: yearly with the new unit's result alone; by period
    with it too, or, where agreed, by the previous result of the old unit. A rater who moved evaluates the
    old unit only if the move falls inside the evaluation window.
    """

    days = st.dates(date(2022, 1, 1), date(2023, 12, 31))

    @given(days, st.integers(0, 40), st.integers(-60, 60))
    def test_the_old_rater_evaluates_inside_the_window_only(self, start, length, offset):
        end, moved = start + timedelta(days=length), start + timedelta(days=offset)
        record = {
            **DIRECT,
            "jendela_mulai": start,
            "jendela_selesai": end,
            "tanggal_penilai_pindah": moved,
        }
        inside = 0 <= offset <= length
        said = "mengevaluasi" if inside else "tidak_mengevaluasi"
        assert evaluation.score(record)["penilai_lama"] == said

    @pytest.mark.parametrize("agreed", [None, False, True])
    def test_nothing_of_the_old_unit_counts_in_the_year(self, agreed):
        record = {
            **DIRECT,
            "pegawai_pindah": True,
            "jenis_evaluasi": "tahunan",
            "pakai_hasil_unit_lama": agreed,
        }
        result = evaluation.score(record)
        assert result["penilai"] == "penilai_baru"
        assert result["dasar_capaian"] == "capaian_organisasi_tahunan_unit_baru"
        assert result["bobot_unit_lama"] == 0

    @pytest.mark.parametrize("agreed", [None, False, True])
    def test_a_period_takes_one_unit_whole(self, agreed):
        record = {
            **DIRECT,
            "pegawai_pindah": True,
            "jenis_evaluasi": "periodik",
            "pakai_hasil_unit_lama": agreed,
        }
        result = evaluation.score(record)
        assert result["penilai"] == "penilai_baru"
        assert result["bobot_unit_lama"] == (100 if agreed else 0)
        assert ("unit_lama" in result["dasar_capaian"]) is bool(agreed)

    def test_a_move_changes_no_predicate(self):
        moved = {**DIRECT, "pegawai_pindah": True, "jenis_evaluasi": "tahunan"}
        assert evaluation.score(moved)["predikat"] == evaluation.score(DIRECT)["predikat"]


#: The guide of pp. 62-63 as it is printed: Sangat Baik, Baik, Butuh Perbaikan, Kurang/Misconduct.
PRINTED = {
    ("s1", "dalam_negeri", "A"): "3.51–4.0 3.01–3.50 2.76–3.00 <2.76",
    ("s1", "dalam_negeri", "B"): "3.61–4.0 3.10–3.60 2.76–3.09 <2.76",
    ("s1", "dalam_negeri", "C"): "3.71–4.0 3.20–3.70 2.76–3.19 <2.76",
    ("profesi_s2_s3", "dalam_negeri", "A"): "3.51–4.00 3.20–3.50 3.00–3.19 <3.00",
    ("profesi_s2_s3", "dalam_negeri", "B"): "3.61–4.00 3.25–3.60 3.00–3.24 <3.00",
    ("profesi_s2_s3", "dalam_negeri", "C"): "3.71–4.00 3.30–3.70 3.00–3.29 <3.00",
    ("s1", "luar_negeri", None): "3.51–4.0 3.01–3.50 2.76–3.00 <2.76",
    ("profesi_s2_s3", "luar_negeri", None): "3.51–4.00 3.20–3.50 3.00–3.19 <3.00",
}
ROWS = st.sampled_from(sorted(PRINTED, key=str))


def printed_bands(row):
    *closed, lowest = PRINTED[row].split()
    names = ("sangat_baik", "baik", "butuh_perbaikan")
    bands = [
        (name, *map(Fraction, band.split("–"))) for name, band in zip(names, closed, strict=True)
    ]
    return bands, Fraction(lowest[1:])


def by_print(row, average):
    bands, lowest = printed_bands(row)
    if average < lowest:
        return "kurang_misconduct"
    return next((name for name, low, high in bands if low <= average <= high), None)


def student(row, average, **more):
    program, place, university = row
    return {
        "tidak_lulus": False,
        "program": program,
        "tempat": place,
        "akreditasi_universitas": university,
        "akreditasi_prodi": {"A": "C", "B": "C", "C": "B"}.get(university),
        "ipk": average,
        **more,
    }


class TestStudyAssignment:
    """Lampiran pp. 62-63: a guide by programme, place and accreditation, in bands of two decimals."""

    @pytest.mark.parametrize("row", PRINTED, ids=str)
    def test_every_average_of_two_decimals_has_its_printed_band(self, row):
        for hundredths in range(401):
            average = Fraction(hundredths, 100)
            said = study.score(student(row, average))["predikat"]
            assert said == by_print(row, average)
            assert said is not None

    @given(ROWS, st.fractions(0, 4, max_denominator=10_000))
    def test_between_two_printed_bands_there_is_no_predicate(self, row, average):
        result = study.score(student(row, average))
        said = by_print(row, average)
        assert result["predikat"] == said
        assert codes(result) == (set() if said else {"outside_bands"})

    @given(ROWS, st.sampled_from((0, 1)), st.fractions(0, 1).filter(lambda part: 0 < part < 1))
    def test_a_named_choice_closes_the_gap(self, row, gap, part):
        bands, _ = printed_bands(row)
        (upper, start, _), (lower, _, end) = bands[gap], bands[gap + 1]
        average = end + part * (start - end)
        for choice, said in (("batas_bawah", lower), ("batas_atas", upper)):
            assert studies[choice].score(student(row, average))["predikat"] == said
        said = upper if part >= Fraction(1, 2) else lower
        assert studies["bulatkan_2"].score(student(row, average))["predikat"] == said

    @given(
        ROWS,
        st.lists(st.integers(0, 400), min_size=2, max_size=2).map(sorted),
        st.sampled_from(sorted(studies)),
    )
    def test_a_better_average_is_never_worse_and_choices_agree_on_two_decimals(
        self, row, averages, choice
    ):
        low, high = (
            studies[choice].score(student(row, Fraction(a, 100)))["predikat"] for a in averages
        )
        assert PREDIKAT.index(low) <= PREDIKAT.index(high)
        assert low == by_print(row, Fraction(averages[0], 100))

    @given(ROWS, st.integers(401, 10_000))
    def test_no_average_beyond_the_scale(self, row, hundredths):
        for average in (Fraction(hundredths, 100), Fraction(-hundredths, 100)):
            with pytest.raises(InputError):
                study.score(student(row, average))

    @pytest.mark.parametrize("program", ["s1", "profesi_s2_s3"])
    @pytest.mark.parametrize(("university", "least"), [("A", "C"), ("B", "C"), ("C", "B")])
    def test_a_programme_below_the_least_accreditation_has_no_row(self, program, university, least):
        for course in "ABC":
            record = student((program, "dalam_negeri", university), "3.00", akreditasi_prodi=course)
            enough = course <= least
            assert (study.score(record)["predikat"] is not None) is enough


class TestDropout:
    """Lampiran pp. 100, 103: who did not graduate is Kurang or Sangat Kurang, depending on behaviour."""

    @given(ROWS, st.integers(0, 400), st.sampled_from(("sangat_kurang", "kurang_misconduct")))
    def test_the_rater_chooses_whatever_the_average(self, row, hundredths, chosen):
        record = student(row, Fraction(hundredths, 100), tidak_lulus=True, keputusan_penilai=chosen)
        assert study.score(record)["predikat"] == chosen

    def test_nothing_is_chosen_for_the_rater(self):
        result = study.score({"tidak_lulus": True})
        assert result["predikat"] is None
        assert codes(result) == {"rater_must_decide"}

    @pytest.mark.parametrize("other", ["butuh_perbaikan", "baik", "sangat_baik"])
    def test_no_other_predicate_can_be_chosen(self, other):
        with pytest.raises(InputError):
            study.score({"tidak_lulus": True, "keputusan_penilai": other})


class TestPeriods:
    """Pasal 39-41: formally in force since 7 February 2022, but the year 2022 is judged by it."""

    @pytest.mark.parametrize(
        "name", ["permenpanrb-6-2022", "tugas-belajar-6-2022", "kuadran-6-2022"]
    )
    def test_the_year_2022_is_covered_from_its_first_day(self, name):
        model = kinerja.catalog.read(name, unnamed="assume").model
        assert model.in_force.from_ == date(2022, 1, 1)
        assert model.in_force.until is None
        assert "7 Februari 2022" in model.note.id
