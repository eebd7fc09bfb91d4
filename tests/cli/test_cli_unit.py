"""A whole unit in one report: what was asked for is said, and nothing else."""

import json
import re

import pytest

LABELS = ("sesuai_ekspektasi", "di_atas_ekspektasi", "di_bawah_ekspektasi")


def people(*units, low=0):
    """Give data of PP 30/2019: five people a unit, one of them incomplete."""
    rows = ["id;unit;nilai_skp;nilai_perilaku;memakai_rekan_dan_bawahan;ide_baru"]
    for unit in units:
        for place, score in enumerate((118, 105, 96, 81 - low, "")):
            rows.append(f"{unit}-{place};{unit};{score};100;ya;{'ya' if place == 0 else 'tidak'}")
    return "\n".join(rows) + "\n"


@pytest.fixture
def unit(kinerja, put):
    path = put("data.csv", people("Timur", "Barat"))

    def run(*more, policy="pp30-2019", data=path):
        return kinerja("unit", policy, data, "--unit", "unit", *more)

    return run


def titles(out):
    return re.findall(r"^(.+)\n─+$", out, re.MULTILINE)


class TestWhatIsSaid:
    def test_without_asking_the_summary_and_the_quality_of_the_data(self, unit):
        code, out, err = unit()
        assert (code, err) == (0, "")
        assert titles(out) == [
            "Laporan unit",
            "Ringkasan",
            "Mutu data sebelum dinilai",
        ]
        assert re.search(r"^orang +10$", out, re.MULTILINE)
        assert re.search(r"^belum lengkap +2$", out, re.MULTILINE)
        assert re.search(r"^Timur +5 +1 +2 +1 +1$", out, re.MULTILINE)
        assert max(map(len, out.splitlines())) <= 100

    def test_everything_that_was_asked_for_in_both_languages(self, unit, put):
        earlier = put("lama.csv", people("Timur", "Barat", low=20))
        asked = ["--period", "2021-Q4", "--earlier", f"2021-Q3={earlier}", "--best", "2"]
        asked += ["--quota", "20%", "--quota-from", "baik", "--publish", "3"]
        appeals = "id;masukan;nilai_baru;jabatan;alasan;diajukan;diputus\n"
        appeals += "Barat-3;nilai_skp;95;Kepala Dinas;salah ketik;2022-01-10;2022-01-14\n"
        asked += ["--appeals", str(put("keberatan.csv", appeals))]
        seen = {lang: unit(*asked, "--lang", lang) for lang in ("id", "en")}
        for lang, (code, out, err) in seen.items():
            assert (code, err) == (0, ""), lang
            assert len(titles(out)) == 8, titles(out)
            assert max(map(len, out.splitlines())) <= 100
        assert len(titles(seen["id"].out)) == len(set(titles(seen["id"].out)))
        assert "Barat-3" in seen["id"].out

    def test_the_distribution_is_checked_by_the_policy_that_was_named(self, kinerja, put):
        rows = [f"{n};A;{LABELS[0]};{LABELS[0]}" for n in range(9)] + [
            f"9;A;{LABELS[2]};{LABELS[0]}"
        ]
        path = put("data.csv", "\n".join(["id;unit;hasil_kerja;perilaku_kerja", *rows]))
        table = put("capaian.csv", "unit;capaian\nA;Baik\n")
        for organisation in ("baik", table):
            code, out, err = kinerja(
                "unit",
                "kuadran-6-2022",
                path,
                "--unit",
                "unit",
                "--distribution",
                "se-3-2023",
                "--organisation",
                organisation,
            )
            assert (code, err) == (0, "")
            # nine of ten have Baik, at most seven may: two would have to move
            assert re.search(r"selisih dari pola +2 dari 10 orang", out)

    def test_an_option_is_taken_in_each_policy_that_has_its_choice(self, unit):
        asked = ("--distribution", "distribusi-20-60-20")
        assert "KNJ224" in unit(*asked).err
        chosen = ("--variant", "kelompok_predikat=baik", "--variant", "pembulatan_orang=ke_atas")
        code, out, err = unit(*asked, *chosen)
        assert (code, err) == (0, "")
        assert "semua batas dibulatkan ke atas" in " ".join(out.split())
        assert "KNJ223" in unit(*asked, *chosen, "--variant", "tidak_ada=ya").err

    @pytest.mark.parametrize("form", ["html", "md"])
    def test_a_file_is_written_in_its_form(self, unit, tmp_path, form):
        path = tmp_path / f"unit.{form}"
        code, out, err = unit("-o", path)
        assert (code, out) == (0, "")
        assert str(path) in err
        text = path.read_text(encoding="utf-8")
        assert text.startswith("<!doctype html>" if form == "html" else "# ")
        assert "http" not in text.replace("http://www.w3.org", "")

    def test_rows_that_cannot_be_used_are_told_and_counted(self, unit, put):
        path = put("data.csv", people("Timur").replace("118", "118x"))
        code, out, err = unit(data=path)
        assert code == 1
        assert "KNJ" in err
        assert re.search(r"^datanya ditolak +1$", out, re.MULTILINE)

    def test_a_period_that_the_policy_does_not_judge_is_warned_of(self, unit, put):
        earlier = f"2021-Q2={put('tw2.csv', people('Timur'))}"
        code, _, err = unit("--period", "2021-Q3", "--earlier", earlier)
        assert (code, err.count("KNJ934")) == (0, 1)
        assert "tw2.csv  KNJ934  (peringatan)" in err
        assert "periode 2021-Q2 tidak seluruhnya termasuk masa berlaku kebijakan ini" in err
        assert "(2021-07-01 – 2021-12-31)" in err
        assert "KNJ934" in unit("--period", "2021").err
        assert "KNJ934" not in unit("--period", "2021-H2").err
        assert "KNJ934" not in unit().err

    def test_a_person_with_several_reasons_is_said_to_be_counted_for_each(self, kinerja, put):
        head = "id;hasil_kerja;perilaku_kerja\n"
        one = put("satu.csv", f"{head}1;;sesuai_ekspektasi\n2;sesuai_ekspektasi;\n")
        two = put("dua.csv", f"{head}1;;\n2;sesuai_ekspektasi;sesuai_ekspektasi\n")
        said = "seorang dapat mempunyai beberapa sebab"
        assert said not in kinerja("unit", "kuadran-6-2022", one).out
        assert said in kinerja("unit", "kuadran-6-2022", two).out
        said = "(satu baris dapat mempunyai beberapa sebab)"
        assert said not in kinerja("score", "kuadran-6-2022", one).err
        assert said in kinerja("score", "kuadran-6-2022", two).err

    def test_lists_of_earlier_periods_are_named_with_their_period(self, kinerja, put):
        people = put("p.csv", "id\na\n")
        rows = "\n".join(f"a;r{n};teman_sejawat;{60 + n}" for n in range(3))
        header = "id;penilai;kelompok;nilai\n"
        now, before = put("n.csv", header + rows), put("l.csv", header + rows.replace("60", "90"))
        code, out, _ = kinerja(
            *("unit", "guru-360", people, "--period", "2026-Q2", "--list", f"penilaian={now}"),
            *("--earlier", f"2026-Q1={people}", "--list", f"2026-Q1:penilaian={before}"),
        )
        assert code == 0
        # 0,3 · 61 and 0,3 · 71
        assert re.search(r"rata-rata +21,30 +18,30", out)

    def test_a_repeated_employee_does_not_keep_earlier_periods_from_being_shown(self, unit, put):
        rows = people("Timur", "Barat")
        twice = put("ganda.csv", rows + next(row for row in rows.splitlines()[1:]) + "\n")
        earlier = put("lama.csv", rows)
        asked = ["--period", "2021-Q4", "--earlier", f"2021-Q3={earlier}"]
        code, out, err = unit(*asked, data=twice)
        assert code == 1
        assert "KNJ544" in err
        assert len(titles(out)) == 4

    def test_a_code_of_a_unit_may_be_a_number(self, kinerja, put):
        row = {"hasil_kerja": LABELS[0], "perilaku_kerja": LABELS[0]}
        rows = [{"id": str(place), "unit": unit, **row} for place, unit in enumerate((12, "12", 7))]
        path = put("data.jsonl", "\n".join(map(json.dumps, rows)))
        code, out, err = kinerja("unit", "kuadran-6-2022", path, "--unit", "unit")
        assert (code, err) == (0, "")
        assert re.search(r"^12 +2 +2$", out, re.MULTILINE)
        assert re.search(r"^7 +1 +1$", out, re.MULTILINE)


#: A policy of a distribution, with the choice that must be named.
NAMED = ("--distribution", "distribusi-20-60-20", "--variant", "kelompok_predikat=baik")


class TestRefusals:
    @pytest.mark.parametrize(
        ("options", "code"),
        [
            (["--earlier", "2021-Q3=x.csv"], "KNJ928"),
            (["--period", "kuartal"], "KNJ927"),
            (["--period", "2021-Q3", "--earlier", "2021-Q3=x.csv"], "KNJ929"),
            (
                ["--period", "2021-Q4", "--earlier", "2021-Q3=x.csv", "--earlier", "2021=y.csv"],
                "KNJ929",
            ),
            (
                ["--period", "2021-Q4", "--earlier", "2020=x.csv", "--earlier", "2020-Q3=y.csv"],
                "KNJ929",
            ),
            (["--period", "2021-Q3", "--list", "2021-Q1:a=x.csv"], "KNJ930"),
            (["--quota", "0"], "KNJ932"),
            (["--quota", "120%"], "KNJ932"),
            (["--best", "0"], "KNJ933"),
            (["--publish", "tiga"], "KNJ933"),
        ],
    )
    def test_a_slip_is_told_before_anything_is_written(self, unit, tmp_path, options, code):
        answer = unit(*options, "-o", tmp_path / "unit.html")
        assert answer.code == 2
        assert f"{code}\n" in answer.err
        assert not (tmp_path / "unit.html").exists()

    @pytest.mark.parametrize(
        ("options", "codes"),
        [
            (["--step", "predikat2"], {"KNJ861"}),
            (["--distribution", "se-3-2023", "--organisation", "baik"], {"KNJ820", "KNJ821"}),
            (["--quota", "2", "--quota-from", "hebat", "--publish", "50"], None),
        ],
    )
    def test_what_cannot_be_said_of_these_data_is_told_at_once(self, unit, options, codes):
        answer = unit(*options)
        assert answer.code == 1
        found = set(re.findall(r"KNJ\d{3}", answer.err))
        assert found == codes if codes is not None else len(found) == 2

    def test_a_policy_without_labels_has_nothing_to_distribute(self, kinerja, put):
        path = put("data.csv", "id;capaian\na;90\n")
        code, _, err = kinerja("unit", "capaian", path, "--publish", "5")
        assert code == 1
        assert "KNJ" in err

    def test_a_table_of_organisations_needs_its_columns(self, unit, put):
        table = put("capaian.csv", "unit;hasil\nA;Baik\n")
        code, _, err = unit(*NAMED, "--organisation", table)
        assert code == 1
        assert "KNJ875" in err

    def test_a_unit_that_stands_twice_with_two_predikat_is_refused(self, unit, put):
        table = put(
            "capaian.csv", "unit;capaian\nTimur;Baik\nBarat;Baik\nTimur;Kurang\nBarat;Baik\n"
        )
        code, _, err = unit(*NAMED, "--organisation", table)
        assert code == 1
        assert err.count("KNJ827") == 1
