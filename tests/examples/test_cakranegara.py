"""Cakranegara: a form arrives and the result is new, without giving the form away."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest

from kinerja import InputError, Result

HERE = Path(__file__).parents[2] / "examples" / "cakranegara"
WEIGHTS = {"hasil": 30, "ketepatan": 20, "penguasaan": 25, "sikap": 25}
GROUPS = {
    frozenset({"atasan", "rekan", "masyarakat"}): {"atasan": 50, "rekan": 30, "masyarakat": 20},
    frozenset({"atasan", "rekan"}): {"atasan": 60, "rekan": 40},
    frozenset({"atasan", "masyarakat"}): {"atasan": 70, "masyarakat": 30},
}
ENOUGH = {"atasan": 1, "rekan": 3, "masyarakat": 5}
UNIT = "Dinas Perizinan"


def load(name: str):
    spec = importlib.util.spec_from_file_location(f"cakranegara_{name}", HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


layanan = load("layanan")


def table(name: str) -> list[dict[str, str]]:
    with (HERE / "data" / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


PEOPLE = {row["id"]: row for row in table("pegawai.csv")}
TASKS = table("penugasan.csv")


@pytest.fixture
def service(tmp_path):
    made = layanan.Service(
        tmp_path / "a.sqlite",
        HERE / "kebijakan.yaml",
        people=PEOPLE.values(),
        tasks=TASKS,
        period="2026-Q1",
    )
    yield made
    made.close()


def forms(quarter: str, unit: str) -> list[dict[str, object]]:
    return [
        {"nomor": f"{quarter}/{place}", **form}
        for place, form in enumerate(table(f"jawaban-{quarter}.csv"))
        if PEOPLE[form["pegawai"]]["unit"] == unit
    ]


def expected(given: list[dict[str, object]]) -> Fraction | None:
    """Give a person's score from the forms, by the decree: one page of arithmetic, no library."""
    answers = defaultdict(lambda: defaultdict(list))
    raters = defaultdict(set)
    for form in given:
        for aspect in WEIGHTS:
            answers[form["kelompok"]][aspect].append(int(form[aspect]))
            raters[form["kelompok"]].add(form["penilai"])
    there = frozenset(group for group, who in raters.items() if len(who) >= ENOUGH[group])
    if there not in GROUPS:
        return None
    total = sum(
        Fraction(share, 100)
        * sum(
            Fraction(weight, 100)
            * Fraction(sum(answers[group][aspect]), len(answers[group][aspect]))
            for aspect, weight in WEIGHTS.items()
        )
        for group, share in GROUPS[there].items()
    )
    hundredths = total * 20 * 100
    return Fraction(
        (2 * hundredths.numerator + hundredths.denominator) // (2 * hundredths.denominator), 100
    )


def test_a_closed_quarter_gives_what_the_decree_gives(service):
    given = defaultdict(list)
    blank = 0
    for form in forms("2026-Q1", UNIT):
        if "" in form.values():
            with pytest.raises(layanan.FormRefusedError, match="belum dijawab"):
                service.submit(form)
            blank += 1
        else:
            service.submit(form)
            given[form["pegawai"]].append(form)
    assert blank > 5
    service.end_period("2026-Q2")
    members = [one for one in service.members("2026-Q1") if one.unit == UNIT]
    assert len(members) == 44
    checked = 0
    for member in members:
        mine = given[member.id]
        # Citizens beyond the last packet of five are carried over.
        citizens = [form for form in mine if form["kelompok"] == "masyarakat"]
        kept = citizens[: len(citizens) // 5 * 5]
        wanted = expected([form for form in mine if form["kelompok"] != "masyarakat"] + kept)
        assert member.number("nilai") == wanted, member.id
        checked += wanted is not None
    assert checked > 30
    count, wrong = service.audit()
    assert (count, wrong) == (250, [])


def form_of(person: str, rater: str, group: str, answer: object = 4, **more) -> dict[str, object]:
    answers = dict.fromkeys(WEIGHTS, answer)
    number = f"{person}/{rater}"
    return {
        "nomor": number,
        "pegawai": person,
        "penilai": rater,
        "kelompok": group,
        **answers,
        **more,
    }


def asked(person: str, group: str) -> list[str]:
    return [t["penilai"] for t in TASKS if (t["pegawai"], t["kelompok"]) == (person, group)]


def test_a_result_is_new_as_soon_as_it_gives_nobody_away(service):
    person = "CK-0047"
    [superior], peers = asked(person, "atasan"), asked(person, "rekan")
    assert len(peers) == 4
    first = service.submit(form_of(person, superior, "atasan", 5))
    assert (first.is_new, first.result.status) == (True, "incomplete")
    for place, peer in enumerate(peers[:3], 1):
        receipt = service.submit(form_of(person, peer, "rekan", 3))
        # Three are enough for a mean, but the fourth would stand alone: all wait for him.
        assert (receipt.is_new, receipt.waiting) == (False, place)
        assert receipt.result == first.result
    receipt = service.submit(form_of(person, peers[3], "rekan", 5))
    # 0,6 · 5 + 0,4 · (3 + 3 + 3 + 5)/4 = 4,4; times 20
    assert receipt.is_new
    assert receipt.result["nilai"] == 88
    assert service.result(person) == receipt.result
    shown = [service.submit(form_of(person, f"W-{n}", "masyarakat", 5)) for n in range(5)]
    assert [one.is_new for one in shown] == [False] * 4 + [True]
    assert {one.result["nilai"] for one in shown[:4]} == {88}
    # 0,5 · 5 + 0,3 · 3,5 + 0,2 · 5 = 4,55; times 20
    assert shown[4].result["nilai"] == 91


def test_what_is_no_packet_at_the_end_is_carried_into_the_next_quarter(service):
    person = "CK-0047"
    for rater in range(7):
        service.submit(form_of(person, f"W-{rater}", "masyarakat"))
    assert service.end_period("2026-Q2") == 2
    for rater in range(2):
        assert service.submit(form_of(person, f"V-{rater}", "masyarakat")).waiting == 3 + rater
    assert service.submit(form_of(person, "V-2", "masyarakat")).is_new


@pytest.mark.parametrize(
    ("form", "why"),
    [
        (form_of("CK-0047", "CK-0047", "rekan"), "diri sendiri"),
        (form_of("CK-0047", "CK-0200", "rekan"), "tidak ditugaskan"),
        (form_of("CK-9999", "W-1", "masyarakat"), "tidak ada di daftar"),
        (form_of("CK-0047", "W-1", "Masyarakat"), "tidak dikenal"),
        (form_of("CK-0047", "W-1", "masyarakat", sikap_kerja=4), "sikap_kerja"),
        (form_of("CK-0047", "W-1", "masyarakat", sikap=None), "belum dijawab: sikap"),
        ({"nomor": 1}, "belum ada"),
    ],
)
def test_a_form_that_is_not_the_raters_to_give_is_refused(service, form, why):
    with pytest.raises(layanan.FormRefusedError, match=why):
        service.submit(form)


@pytest.mark.parametrize("answer", ["4,5", 6, 0, 4.5, "baik"])
def test_an_answer_that_is_none_is_refused_by_the_policy_and_not_kept(service, answer):
    with pytest.raises(InputError) as caught:
        service.submit(form_of("CK-0047", "W-1", "masyarakat", sikap=answer))
    assert [issue.path for issue in caught.value.issues] == ["penilaian[3].nilai"]
    assert service.submit(form_of("CK-0047", "W-1", "masyarakat")).waiting == 1


def test_the_same_form_counts_once(service):
    form = form_of("CK-0047", "W-1", "masyarakat")
    service.submit(form)
    for again in (form, {**form, "nomor": "other"}):
        with pytest.raises(layanan.FormRefusedError, match="sudah diterima"):
            service.submit(again)


def test_somebody_who_left_is_not_judged_any_more(service):
    gone = next(row["id"] for row in PEOPLE.values() if row["keluar"])
    service.submit(form_of(gone, "W-1", "masyarakat"))
    service.period = "2026-Q4"
    with pytest.raises(layanan.FormRefusedError, match="sudah keluar"):
        service.submit(form_of(gone, "W-2", "masyarakat"))


def test_good_over_the_quarters_is_considered_for_a_higher_post(service):
    person = "CK-0047"
    [superior], peers = asked(person, "atasan"), asked(person, "rekan")
    seen = []
    for quarter, following in [("Q1", "Q2"), ("Q2", "Q3"), ("Q3", "Q4"), ("Q4", None)]:
        for rater in peers:
            service.submit({**form_of(person, rater, "rekan"), "nomor": f"{quarter}{rater}"})
        last = service.submit({**form_of(person, superior, "atasan"), "nomor": f"{quarter}a"})
        seen.append("promosi" in last.result.follow_ups)
        if following:
            service.end_period(f"2026-{following}")
    assert seen == [False, False, False, True]


def test_many_at_once_lose_nothing(service):
    given = [form_of("CK-0047", f"W-{n}", "masyarakat", 1 + n % 5) for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(service.submit, given))
    assert sum(one.is_new for one in receipts) == 8
    influence = {group.group: group for group in service.influence("CK-0047").groups}
    assert influence["masyarakat"].raters == 40


def test_a_stored_result_that_was_altered_is_found(service, tmp_path):
    person = "CK-0047"
    for rater in (*asked(person, "rekan"), *asked(person, "atasan")):
        group = "atasan" if rater in asked(person, "atasan") else "rekan"
        service.submit(form_of(person, rater, group))
    service.end_period("2026-Q2")
    stored = service.stored_result(person, "2026-Q1")
    assert stored["nilai"] == 80
    assert stored.fingerprint == service.scorer.program.note.fingerprint
    assert isinstance(stored, Result)
    with sqlite3.connect(tmp_path / "a.sqlite") as other:
        [(text,)] = other.execute("SELECT stored FROM results WHERE person = ?", (person,))
        data = json.loads(text)
        data["values"]["nilai"] = "90"
        other.execute("UPDATE results SET stored = ? WHERE person = ?", (json.dumps(data), person))
    assert service.audit() == (250, [person])


def test_the_data_come_from_their_seed(tmp_path):
    load("buat_data").main(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in (HERE / "data").iterdir()}


def test_a_whole_year_runs_as_the_readme_shows(tmp_path):
    done = subprocess.run(
        [sys.executable, HERE / "jalankan.py", tmp_path / "hasil"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    printed = [re.sub(r"[\d,]+ milidetik", "milidetik", line) for line in done.stdout.splitlines()]
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("```text\n")[2].partition("```")[0].splitlines()
    for line in shown:
        assert re.sub(r"[\d,]+ milidetik", "milidetik", line) in printed
    assert len(shown) == 12
    pages = sorted(path.name for path in (tmp_path / "hasil").iterdir())
    assert pages == ["CK-0047-panel.html", "CK-0047.html", "tindak-lanjut.csv"]
    with (tmp_path / "hasil" / "tindak-lanjut.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == 250
    assert sum("promosi" in row["tindak_lanjut"].split("; ") for row in rows) == 37
    # Whoever is considered for a higher post has at least Baik now.
    assert {row["predikat"] for row in rows if "promosi" in row["tindak_lanjut"].split("; ")} == {
        "baik",
        "sangat_baik",
    }


def test_a_run_that_is_killed_leaves_no_results(tmp_path):
    command = [sys.executable, HERE / "jalankan.py", tmp_path / "hasil"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, env={**os.environ, "TMPDIR": str(tmp_path)}
    )
    assert process.stdout.readline()
    process.kill()
    process.communicate()
    assert not (tmp_path / "hasil").exists()
