"""Bangko, end to end: the notebook runs, and its figures are those of plain fractions."""

from __future__ import annotations

import csv
import os
import re
import runpy
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from pathlib import Path

import jupytext
import pytest

from kinerja.policy import read_policy
from kinerja.verify import check_examples, cover
from kinerja.verify.reading import read_examples

HOME = Path(__file__).parents[2] / "examples" / "bangko"
QUARTERS = {
    "2026-Q1": (date(2026, 1, 1), date(2026, 3, 31)),
    "2026-Q2": (date(2026, 4, 1), date(2026, 6, 30)),
    "2026-Q3": (date(2026, 7, 1), date(2026, 9, 30)),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bangko") / "bangko"
    shutil.copytree(HOME, folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HOME.parent / "buku_catatan.py", folder.parent)
    return folder


@pytest.fixture(scope="module")
def notebook(copy):
    """The notebook's names after it has run: as text it is a plain Python file."""
    before = Path.cwd()
    os.chdir(copy)
    try:
        return runpy.run_path("bangko.py")
    finally:
        os.chdir(before)


def run(copy, folder):
    return subprocess.run(
        [sys.executable, copy / "jalankan.py", folder],
        capture_output=True,
        text=True,
        check=False,
        cwd=copy.parent,
    )


# The figures, computed without the library and without the policy file.


def table(name, **more):
    with (HOME / "data" / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened, **more))


def rounded(value):
    return Fraction((200 * Fraction(value) + 1) // 2, 100)


def achieved(row):
    target = Fraction(row["target"].replace(",", "."))
    actual = Fraction(row["realisasi"].replace(",", "."))
    if row.get("arah", "naik") == "naik":
        return min(100 * actual / target, Fraction(100)) if target else None
    if not target:
        return Fraction(0 if actual else 100)
    return min(max(100 * (2 * target - actual) / target, Fraction(0)), Fraction(100))


def days(quarter):
    """Days of each person in each team; of one who left, none after that day."""
    first, last = QUARTERS[quarter]
    left = {row["id"]: row["keluar"] for row in table("pegawai.csv")}
    found = defaultdict(dict)
    for row in table("keanggotaan.csv"):
        if row["id"] not in left:
            continue
        begin = max(first, date.fromisoformat(row["mulai"]))
        end = row["selesai"] or left[row["id"]]
        end = min(last, date.fromisoformat(end)) if end else last
        if begin <= end:
            found[row["id"]][row["tim"]] = (end - begin).days + 1
    return found


def of_teams(quarter, rows, teams):
    weighed = [
        (teams[row["tim"]] * int(row["bobot"]), achieved(row))
        for row in rows
        if row["periode"] == quarter and row["tim"] in teams and row["realisasi"]
    ]
    weighed = [(weight, value) for weight, value in weighed if value is not None]
    if not weighed:
        return None
    return rounded(sum(w * v for w, v in weighed) / sum(w for w, _ in weighed))


def programmes():
    latest = {}
    for row in sorted(table("program.csv"), key=lambda row: row["diterima"]):
        latest[row["periode"], row["tim"], row["program"]] = row
    return list(latest.values())


def own_targets(quarter):
    rows = table(f"target-{quarter}.csv", delimiter=";" if quarter == "2026-Q2" else ",")
    found = defaultdict(list)
    for row in rows:
        found[row["id"]].append(
            {**row, "realisasi": row.get("realisasi", row.get("realisasi_akhir"))}
        )
    return found


def own(rows):
    if sum(int(row["bobot"]) for row in rows) != 100 or not all(r["realisasi"] for r in rows):
        return None
    weighed = [(int(row["bobot"]), achieved(row)) for row in rows]
    weighed = [(weight, value) for weight, value in weighed if value is not None]
    return rounded(sum(w * v for w, v in weighed) / sum(w for w, _ in weighed))


def answers_of(forms, *, group, aspect):
    return [int(form[aspect]) for form in forms if form["kelompok"] == group and form[aspect]]


def judged(forms, aspect, *, with_peers):
    means = {}
    for group in ("atasan", "rekan"):
        answers = answers_of(forms, group=group, aspect=aspect)
        means[group] = Fraction(sum(answers), len(answers)) if answers else None
    if means["atasan"] is None:
        return None
    mean = means["atasan"]
    if with_peers:
        mean = Fraction(6, 10) * mean + Fraction(4, 10) * means["rekan"]
    return (mean - 1) * 25


def expected(quarter):
    """The score of everybody, level by level; without those who wait for something."""
    last = QUARTERS[quarter][1].isoformat()
    forms = defaultdict(list)
    for form in table(f"panel-{quarter}.csv"):
        if form["inisiatif"] or form["kontribusi"]:
            forms[form["id"]].append(form)
    targets, teams, programme, impact = (
        own_targets(quarter),
        days(quarter),
        programmes(),
        table("masyarakat.csv"),
    )
    found = {}
    for person in table("pegawai.csv"):
        if (person["keluar"] and person["keluar"] <= last) or person["masuk"] > last:
            continue
        who = person["id"]
        peers_on = {
            aspect: len(answers_of(forms[who], group="rekan", aspect=aspect)) >= 3
            for aspect in ("inisiatif", "kontribusi")
        }
        initiative = judged(forms[who], "inisiatif", with_peers=peers_on["inisiatif"])
        contribution = judged(forms[who], "kontribusi", with_peers=peers_on["kontribusi"])
        person_level = own(targets[who])
        if None in (initiative, contribution, person_level):
            continue
        team = of_teams(quarter, programme, teams[who])
        community = of_teams(quarter, impact, teams[who])
        weights = {
            "initiative": 15 if peers_on["inisiatif"] else 9,
            "contribution": 10 if peers_on["kontribusi"] else 6,
            "team": 0 if team is None else 20 if peers_on["kontribusi"] else 24,
            "community": 0 if community is None else 20,
        }
        weights["person"] = 100 - sum(weights.values())
        points = {
            "person": rounded(weights["person"] * person_level / 100),
            "team": rounded(weights["team"] * (team or Fraction(0)) / 100),
            "community": rounded(weights["community"] * (community or Fraction(0)) / 100),
            "initiative": rounded(weights["initiative"] * initiative / 100),
            "contribution": rounded(weights["contribution"] * contribution / 100),
        }
        measured = points["person"] + points["team"] + points["community"]
        part = weights["person"] + weights["team"] + weights["community"]
        found[who] = {
            "nilai": sum(points.values()),
            "tingkat_pribadi": points["person"] + points["initiative"],
            "tingkat_tim": points["team"] + points["contribution"],
            "tingkat_masyarakat": points["community"],
            "bagian_terukur": part,
            "poin_terukur": measured,
            "nilai_terukur": rounded(measured / part * 100),
        }
    return found


def label(score):
    return next(
        name
        for name, least in (("sangat_baik", 90), ("baik", 76), ("cukup", 61), ("kurang", 0))
        if score >= least
    )


@pytest.mark.parametrize("quarter", sorted(QUARTERS))
def test_every_figure_is_that_of_plain_fractions(notebook, quarter):
    table_result = notebook["bersih"][quarter]
    wanted = expected(quarter)
    seen = 0
    for place, who in enumerate(table_result.frame["id"]):
        result = table_result.score(place)
        if who not in wanted:
            assert result.status == "incomplete"
            continue
        seen += 1
        for step, value in wanted[who].items():
            assert Fraction(result[step]) == value, (who, step)
        assert result["predikat"] == label(wanted[who]["nilai"])
        assert result["predikat_terukur"] == label(wanted[who]["nilai_terukur"])
        assert result["bagian_terukur"] + result["bagian_dinilai"] == 100
    assert seen == len(wanted) > 220


ASPECTS = {"inisiatif", "kontribusi"}


def peers_answers(record, aspect):
    """Give the places of a record's ratings at which a peer answered on an aspect."""
    rows = record["penilaian"]
    return [n for n, row in enumerate(rows) if row["kelompok"] == "rekan" and row[aspect]]


def with_answers(record, aspect, answers):
    """Give the record with other answers of peers, in the places where they answered."""
    rows = [dict(row) for row in record["penilaian"]]
    for place, answer in zip(peers_answers(record, aspect), answers, strict=True):
        rows[place][aspect] = str(answer)
    return {**record, "penilaian": rows}


def told(notebook, record):
    """Give all that a result says to people: what is published, and the explanation."""
    result = notebook["penilai"].score(record)
    return result.values, result.explanation


def shown_means(explanation):
    """Give the aspects of which a peers' mean stands anywhere in an explanation."""
    parts = [part for line in explanation.lines for part in line.parts]
    names = {part.name for part in parts if part.value is not None}
    names |= {one.name for one in (*explanation.losses, *explanation.levers)}
    return {aspect for aspect in ASPECTS if f"panel_{aspect}.group.rekan" in names}


@pytest.mark.parametrize("quarter", sorted(QUARTERS))
def test_what_fewer_than_three_peers_answered_is_told_in_no_way(notebook, quarter):
    """What does not change with an answer cannot give it away, by no difference of what is told."""
    table_result = notebook["bersih"][quarter]
    partly = few = 0
    for place in range(table_result.rows):
        record = other = table_result.record(place)
        count = {aspect: len(peers_answers(record, aspect)) for aspect in ASPECTS}
        open_aspects = {aspect for aspect in ASPECTS if count[aspect] >= 3}
        if len(open_aspects) == len(ASPECTS):
            continue
        few += 1
        partly += len(open_aspects) == 1
        for aspect in sorted(ASPECTS - open_aspects):
            answers = [int(record["penilaian"][n][aspect]) for n in peers_answers(record, aspect)]
            other = with_answers(other, aspect, [1 + answer % 5 for answer in answers])
        values, explanation = told(notebook, record)
        assert shown_means(explanation) == open_aspects
        assert (values, explanation) == told(notebook, other)
    assert few > 10
    assert partly > 2


@pytest.mark.parametrize("quarter", sorted(QUARTERS))
def test_of_peers_nothing_is_told_but_the_mean_of_each_aspect(notebook, quarter):
    """Answers of the same mean, given by others, change nothing: two means together tell no more."""
    table_result = notebook["bersih"][quarter]
    seen = 0
    for place in range(0, table_result.rows, 12):
        record = other = table_result.record(place)
        for aspect in sorted(ASPECTS):
            answers = [int(record["penilaian"][n][aspect]) for n in peers_answers(record, aspect)]
            low, more = divmod(sum(answers), max(len(answers), 1))
            even = [low + (n < more) for n in range(len(answers))]
            other = with_answers(other, aspect, even[::-1] if even == answers else even)
        if other["penilaian"] != record["penilaian"]:
            assert told(notebook, record) == told(notebook, other)
            seen += 1
    assert seen > 10


def test_one_who_moved_and_missed_a_target_of_zero(notebook):
    """By hand: 34 days of 91 in KES-3, 57 in KES-1; two complaints where none was the target."""
    found = notebook["hasil"].set_index(["triwulan", "id"]).loc[("2026-Q2", "BK-0080")]
    assert found["tim"] == "KES-3 + KES-1"
    # 50 % × 100 + 30 % × (90 − 48) ÷ 45 × 100 + 20 % × 0 = 78; 35 × 78 ÷ 100
    assert found["poin_pribadi"] == 27.30
    assert found["nilai"] == 86.81
    changed = notebook["penilai"].what_if(notebook["catatan"], {"target_pribadi[2].realisasi": 0})
    assert changed.after["predikat"] == "sangat_baik"


def test_team_results_are_the_same_for_all_members(notebook):
    same = notebook["hasil"]
    same = same[(same["status"] == "complete") & (same["banyak_tim"] == 1)]
    groups = same.groupby(["triwulan", "tim", "bobot_tim"])
    assert len(groups) > 60
    assert (groups["poin_tim"].nunique() == 1).all()
    assert (groups["poin_masyarakat"].nunique() == 1).all()


def test_who_moves_takes_team_results_by_days(notebook):
    moves = notebook["pindah"]
    assert len(moves) == 26
    for (_, _), two in moves.groupby(["triwulan", "id"]):
        # Part of what PU-4 set out to do was put off: its days weigh by the rest of its programmes.
        if "PU-4" in set(two["tim"]):
            continue
        mean = (two["hari"] * two["poin_tim_itu"]).sum() / two["hari"].sum()
        # A result is rounded to 0.01 before it is weighed by 20 %, and its points are: 0.006 on each side.
        assert abs(mean - two["poin_tim"].iloc[0]) < 0.0121


def test_a_better_team_lifts_its_members_by_their_days(notebook):
    lifted = notebook["berubah"]
    whole = lifted[lifted["hari"] == 91]
    assert (
        whole.groupby("bobot_tim")["kenaikan"].agg(lambda one: one.round(2).nunique()) == 1
    ).all()
    usual = whole[whole["bobot_tim"] == 20]["kenaikan"].iloc[0]
    for _, one in lifted.iterrows():
        share = usual * one["bobot_tim"] / 20 * one["hari"] / 91
        assert abs(one["kenaikan"] - share) <= 0.02


def test_a_team_without_data_gives_its_weight_to_own_results(notebook):
    found = notebook["hasil"]
    found = found[(found["triwulan"] == "2026-Q3") & (found["tim"] == "KES-3")]
    found = found[found["status"] == "complete"]
    assert len(found) == 10
    assert (found["bobot_tim"] + found["bobot_masyarakat"] == 0).all()
    assert (found["bagian_terukur"] >= 75).all()


def test_the_library_names_the_dirt(notebook):
    raw = notebook["temuan_mentah"]
    assert Counter(zip(raw["triwulan"], raw["kode"], strict=True)) == {
        ("2026-Q1", "KNJ548"): 2,  # members who left, or whom nobody knows
        ("2026-Q2", "KNJ548"): 2,
        ("2026-Q2", "KNJ401"): 1,  # decimal commas
        ("2026-Q2", "KNJ409"): 1,  # a team result given twice
        ("2026-Q3", "KNJ548"): 3,
    }
    # The renamed column leaves everybody without what they reached.
    assert notebook["mentah"]["2026-Q3"].complete == 0
    assert notebook["mentah"]["2026-Q2"].refused == 192
    assert not notebook["temuan"](notebook["bersih"]).size


def test_what_nobody_but_the_agency_can_mend_waits(notebook):
    reasons = notebook["hasil"]["reasons"].dropna()
    codes = Counter(one.split(":")[0] for text in reasons for one in text.split("; "))
    assert set(codes) == {"bobot_target", "composition_unknown", "input_missing"}
    assert codes["bobot_target"] == 1


def test_text_of_the_notebook_agrees_with_its_figures(notebook):
    complete, reviewed = len(notebook["lengkap"]), notebook["ditinjau"]
    assert round(7 * (1 - len(reviewed) / complete)) == 6
    assert round(3 * (reviewed["unit"] == "Dinas Pendidikan").mean()) == 1
    own = reviewed[reviewed["unit"] == "Dinas Pendidikan"]["akibat"]
    assert ((own == "turun").sum(), len(own)) == (31, 32)
    summary = jupytext.read(HOME / "bangko.py").cells[0].source
    assert f"**{len(reviewed)} dari {complete} hasil** berubah predikat" in summary
    assert f"**{len(notebook['hasil']) - complete} hasil** belum ada" in summary
    differences = notebook["unit"]["selisih"]
    assert round(differences["Dinas Pendidikan"]) == -15
    assert differences.drop("Dinas Pendidikan").abs().max() < 5


def test_it_becomes_a_page_that_fetches_nothing(copy, tmp_path):
    done = run(copy, tmp_path / "hasil")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "hasil").iterdir()] == ["bangko.html"]
    page = (tmp_path / "hasil" / "bangko.html").read_text(encoding="utf-8")
    assert not re.search(r"<(script|link|img|iframe)\b|@import|url\(", page)
    assert "semua anggota mendapat poin yang sama" in page
    assert "Rincian perhitungan BK-0080" in page
    assert "(most recent call last)" not in page
    # Programs are there, folded: what is read without opening anything is text, tables and drawings.
    assert page.count('<details class="code"><summary>program</summary>') > 25
    unfolded = re.sub(r'<details class="code">.*?</details>', "", page, flags=re.DOTALL)
    assert 'class="nn">pandas' in page
    assert 'class="nn">pandas' not in unfolded
    assert not list(copy.glob("*.ipynb"))
    again = run(copy, tmp_path / "hasil")
    assert again.returncode == 1
    assert "KNJ567" in again.stderr


def test_a_cell_that_fails_leaves_nothing(copy, tmp_path):
    broken = tmp_path / "contoh" / "bangko"
    shutil.copytree(copy, broken)
    shutil.copy(copy.parent / "buku_catatan.py", broken.parent)
    (broken / "bangko.py").write_text("# %%\nprint('mulai')\n\n# %%\nraise ValueError('sengaja')\n")
    done = run(broken, tmp_path / "hasil")
    assert done.returncode == 1
    assert "sengaja" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["contoh"]


def test_no_output_is_stored_with_the_notebook():
    notebook = jupytext.read(HOME / "bangko.py")
    assert [cell for cell in notebook.cells if cell.get("outputs")] == []
    assert not list(HOME.rglob("*.ipynb"))
    assert jupytext.writes(notebook, fmt="py:percent").count("# %%") > 40


def test_the_seed_gives_the_data(tmp_path):
    subprocess.run([sys.executable, HOME / "buat_data.py", tmp_path], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in (HOME / "data").iterdir()}
    assert len(table("pegawai.csv")) >= 200


def test_examples_hold_and_reach_every_branch():
    policy = read_policy(HOME / "kebijakan.yaml")
    report = check_examples(HOME / "contoh.yaml", policy)
    assert not report.failed
    assert report.passed == 41
    assert not cover(policy, read_examples(HOME / "contoh.yaml", policy)).unreached


def test_the_policy_has_nothing_to_find():
    command = [sys.executable, "-m", "kinerja", "check", HOME / "kebijakan.yaml", "--strict"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "41 contoh cocok, semua cabang tercapai" in done.stdout
