"""Run the service on a year of forms: `python examples/cakranegara/jalankan.py FOLDER`.

Three closed quarters are taken in, the fourth arrives form by form. What is printed is what the agency
would look at; the pages of one employee and the list of follow-ups are written into the folder.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter

from layanan import FormRefusedError, Service

from kinerja import InputError, Result
from kinerja.cohort import Member, PanelInfluence
from kinerja.io.whole import whole_folder
from kinerja.report import Page, page_html
from kinerja.report.unit_panel import panel_section
from kinerja.words import number

HERE = Path(__file__).parent
QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")
#: Whose year is followed on the screen and in the pages.
FOLLOWED = "CK-0047"


def main(folder: Path, data: Path = HERE / "data") -> int:
    """Run everything; nothing stands in the folder before all of it is done."""
    work = Path(tempfile.mkdtemp(prefix="cakranegara-"))
    try:
        people, doubled = read_people(data / "pegawai.csv")
        tasks = read_csv(data / "penugasan.csv")
        service = Service(
            work / "cakranegara.sqlite",
            HERE / "kebijakan.yaml",
            people=people,
            tasks=tasks,
            period=QUARTERS[0],
        )
        note = service.scorer.program.note
        print(f"{note.title}, {note.id} {note.version}, sidik jari {note.fingerprint[7:19]}")
        print(f"{len(people)} pegawai; baris kembar di pegawai.csv: {', '.join(doubled)}")
        for quarter, following in pairwise(QUARTERS):
            take_closed(service, data, quarter, following)
        take_stream(service, data / f"kiriman-{QUARTERS[-1]}.jsonl")
        influence = service.influence(FOLLOWED)
        tell_influence(influence)
        service.end_period("2027-Q1")
        final = service.members(QUARTERS[-1])
        tell_follow_ups(service, final)
        count, wrong = service.audit()
        print(f"\nPemeriksaan: {count} hasil tersimpan dinilai ulang, {len(wrong)} berbeda")
        write_pages(service, folder, final, influence)
        service.close()
    finally:
        shutil.rmtree(work)
    return 1 if wrong else 0


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read a table."""
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def read_people(path: Path) -> tuple[list[dict[str, str]], list[str]]:
    """Read the people; one who stands twice alike counts once and is told."""
    people: dict[str, dict[str, str]] = {}
    doubled = []
    for row in read_csv(path):
        if people.setdefault(row["id"], row) is not row:
            if people[row["id"]] != row:
                raise SystemExit(f"{path}: {row['id']} berdiri dua kali dengan isi yang berbeda")
            doubled.append(row["id"])
    return list(people.values()), doubled


def take_closed(service: Service, data: Path, quarter: str, following: str) -> None:
    """Take in the forms of a quarter that is over, and close it."""
    forms = read_csv(data / f"jawaban-{quarter}.csv")
    refused = 0
    for place, form in enumerate(forms, 1):
        try:
            service.submit({"nomor": f"{quarter}/{place}", **form})
        except FormRefusedError:
            refused += 1
    carried = service.end_period(following)
    members = service.members(quarter)
    scored = sum(member.status == "complete" for member in members)
    print(
        f"{quarter}: {len(forms)} formulir, {refused} tidak lengkap; {scored} pegawai mendapat hasil, "
        f"{len(members) - scored} belum cukup penilai; {carried} formulir dibawa ke {following}"
    )


def stream(path: Path) -> Iterator[dict[str, object] | str]:
    """Give what arrives; a line that is no form is given as the text it is."""
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            found = json.loads(line)
        except ValueError:
            yield line
        else:
            yield found if isinstance(found, dict) else line


def take_stream(service: Service, path: Path) -> None:
    """Take the forms of the running quarter as they arrive."""
    print(f"\n{service.period}, formulir demi formulir")
    times: list[float] = []
    refused: Counter[str] = Counter()
    counted = 0
    for form in stream(path):
        if isinstance(form, str):
            refused["kiriman terputus, bukan formulir yang utuh"] += 1
            continue
        start = perf_counter()
        try:
            receipt = service.submit(form)
        except FormRefusedError as error:
            refused[str(error)] += 1
            continue
        except InputError as error:
            refused[error.issues[0].message()] += 1
            continue
        times.append(perf_counter() - start)
        counted += 1
        if form["pegawai"] == FOLLOWED:
            tell_receipt(form, receipt.result, is_new=receipt.is_new, waiting=receipt.waiting)
    usual = f"{1000 * median(times):.1f}".replace(".", ",")
    print(f"  diterima {counted}; hasil baru biasanya dalam {usual} milidetik")
    print(f"  ditolak {sum(refused.values())}:")
    for why, count in sorted(refused.items()):
        print(f"    {count} {why}")


def tell_receipt(form: Mapping[str, object], result: Result, *, is_new: bool, waiting: int) -> None:
    """Say what the person sees after a form has arrived."""
    seen = "belum ada hasil"
    if result.status == "complete":
        seen = f"{figure(result['nilai'])} {result['predikat']}"
    what = "hasil baru" if is_new else f"menunggu, {waiting} dalam paket"
    print(f"  {FOLLOWED} ← formulir {form['kelompok']}: {what}; terlihat: {seen}")


def tell_influence(found: PanelInfluence) -> None:
    """Answer what a person asks who finds the result unfair."""
    print(f'\n"Satu orang menjatuhkan nilai saya": {found.id}, nilai {figure(found.value)}')
    for group in found.groups:
        if group.most is not None and group.weight is not None:
            print(
                f"  {group.title}: {group.raters} penilai, bobot {figure(group.weight * 100)} %, "
                f"satu orang paling banyak {figure(group.most)}"
            )


def tell_follow_ups(service: Service, members: list[Member]) -> None:
    """Count what follows."""
    found = Counter(name for member in members for name in member.follow_ups)
    print("\nTindak lanjut karier")
    for action in service.scorer.program.follow_ups:
        print(f"  {found[action.id]:4} {action.title}")


def write_pages(
    service: Service, folder: Path, members: list[Member], influence: PanelInfluence
) -> None:
    """Write the pages of one employee and the list of follow-ups."""
    program = service.scorer.program
    result = service.stored_result(FOLLOWED, QUARTERS[-1])
    if result is None:
        raise SystemExit(f"{FOLLOWED} tidak punya hasil")
    panel = Page(
        kicker=str(program.note.title),
        title=f"Seberapa besar pengaruh satu penilai? {FOLLOWED}",
        lead=[],
        sections=[panel_section(influence, lang="id")],
        contents="Isi",
        missing="–",
    )
    with whole_folder(folder) as made:
        (made / f"{FOLLOWED}.html").write_text(result.explanation.to_html(), encoding="utf-8")
        (made / f"{FOLLOWED}-panel.html").write_text(page_html(panel, "id"), encoding="utf-8")
        with (made / "tindak-lanjut.csv").open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened, lineterminator="\n")
            writer.writerow(["id", "unit", "predikat", "tindak_lanjut", "kebijakan", "sidik_jari"])
            for member in members:
                actions = "; ".join(member.follow_ups)
                receipt = (program.note.version, program.note.fingerprint)
                writer.writerow(
                    [member.id, member.unit, member.label("predikat"), actions, *receipt]
                )
    print(f"ditulis: {folder}")


def figure(value: object) -> str:
    """Write a number as people read it."""
    from kinerja import exact

    return "–" if value is None else number(exact(value), "id")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("hasil-cakranegara")))
