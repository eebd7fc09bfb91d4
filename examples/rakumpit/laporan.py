"""The report of each quarter, made by a schedule: `python examples/rakumpit/laporan.py [FOLDER [DATA]]`.

Every quarter whose data are there and whose report is not is reported, the earliest first. What is left in
the folder:

- `2025-Q4/internal/`: the page for the agency, every result, every finding;
- `2025-Q4/publik/`: the page for the website, and its tables as data;
- `terbitan/`: what was published, which later reports need. It must never be deleted.

A report appears as a whole. A job that is killed leaves nothing of it, and is run again as it is.
"""

from __future__ import annotations

import csv
import fcntl
import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from halaman import figures_kept, internal_page, public_notes, public_page
from terbitan import Published, as_plain, held_back, keep, publish_quarter, read_published
from triwulan import Quarter, read_quarter

import kinerja
from kinerja import Issue, Scorer
from kinerja.cohort import DataQuality, check_data
from kinerja.exact import plain_decimal
from kinerja.io import write_issues
from kinerja.io.whole import whole_folder
from kinerja.report import page_html
from kinerja.result.legible import short_fingerprint

HERE = Path(__file__).parent
#: The step that says who is trained in what.
TRAINING = "pelatihan"
#: Exit codes: every report is made and nothing was refused; something was; a report could not be made.
FINE, TO_LOOK_AT, NOT_MADE = 0, 1, 2


def main(folder: Path, data: Path) -> int:
    """Report every quarter that has no report yet."""
    scorer = kinerja.load(HERE / "kebijakan.yaml")
    names = sorted(path.stem.removeprefix("pegawai-") for path in data.glob("pegawai-*.csv"))
    folder.mkdir(parents=True, exist_ok=True)
    with only_one(folder) as is_alone:
        if not is_alone:
            print("pekerjaan lain sedang berjalan di folder ini")
            return NOT_MADE
        clear_remains(folder)
        due = [name for name in names if not (folder / name).exists()]
        if not due:
            print("semua triwulan sudah dilaporkan")
            return FINE
        note = scorer.program.note
        print(
            f"{note.title}, {note.id} {note.version}, sidik jari {short_fingerprint(note.fingerprint)}"
        )
        read: dict[str, Quarter] = {}
        codes = []
        for name in due:
            for one in names[: names.index(name) + 1]:
                if one not in read:
                    read[one] = read_quarter(scorer, data, one)
            codes.append(report(scorer, folder, data, read, name))
    return max(codes)


def report(scorer: Scorer, folder: Path, data: Path, read: dict[str, Quarter], name: str) -> int:
    """Make the report of a quarter, with the quarters before it to compare with."""
    quarter = read[name]
    known = [one for other, one in read.items() if other <= name]
    quality = of_quarter(
        check_data([row for one in known for row in one.observations], program=scorer.program),
        quarter,
    )
    earlier = read_published(folder / "terbitan")
    held = held_back(quality, quarter, data / "tanggapan.csv")
    notes = list(public_notes(quality, quarter))
    published = publish_quarter(scorer, quarter, held=held, notes=notes, earlier=earlier)
    # What is going to be public is kept first: should the job be killed here, the same table is made again.
    keep(folder / "terbitan", name, published)
    with whole_folder(folder / name) as made:
        write_internal(made / "internal", scorer, quarter, quality, published)
        write_public(made / "publik", published, name)
    tell(quarter, quality, published)
    return TO_LOOK_AT if quarter.issues else FINE


def of_quarter(quality: DataQuality, quarter: Quarter) -> DataQuality:
    """Keep what is about a quarter, or about all of them."""
    findings = [one for one in quality.findings if one.period in (None, quarter.period)]
    return replace(quality, findings=tuple(findings))


# Files.


def write_internal(
    folder: Path, scorer: Scorer, quarter: Quarter, quality: DataQuality, published: Published
) -> None:
    """Write what only the agency may see; only the owner may enter the folder."""
    folder.mkdir(mode=0o700)
    page = internal_page(scorer, quarter, quality, published, file=f"pegawai-{quarter.name}.csv")
    (folder / "index.html").write_text(page_html(page, "id"), encoding="utf-8")
    write_issues(folder / "mutu.csv", quality.issues)
    write_issues(folder / "temuan.csv", [*quarter.warnings, *quarter.issues])
    write_results(folder / "hasil.csv", scorer, quarter)


def write_results(path: Path, scorer: Scorer, quarter: Quarter) -> None:
    """Write one row a person, those who were refused too; of trainings every one, not the first alone."""
    steps = scorer.program.published
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(["id", "unit", "status", "reasons", *steps, "kebijakan", "sidik_jari"])
        note = scorer.program.note
        for member in quarter.members:
            result = quarter.results.get(str(member.id))
            reasons = "" if result is None else "; ".join(map(str, result.reasons))
            known = {**member.values}
            if member.follow_ups:
                known[TRAINING] = "; ".join(member.follow_ups)
            values = [shown(known.get(step)) for step in steps]
            row = [member.id, member.unit, member.status, reasons, *values]
            writer.writerow([*row, note.version, note.fingerprint])


def shown(value: object) -> str:
    """Write a value; nothing for none."""
    if value is None:
        return ""
    return value if isinstance(value, str) else plain_decimal(kinerja.exact(value))


def write_public(folder: Path, published: Published, name: str) -> None:
    """Write what everybody may see; nothing but what is kept goes into it."""
    folder.mkdir()
    page = public_page(published, name)
    (folder / "index.html").write_text(page_html(page, "id"), encoding="utf-8")
    text = json.dumps(as_plain(published), ensure_ascii=False, indent=1)
    (folder / "tabel.json").write_text(f"{text}\n", encoding="utf-8")


@contextmanager
def only_one(folder: Path) -> Iterator[bool]:
    """Let one job work in a folder at a time; the lock of a killed job is gone with it."""
    with (folder / ".kunci").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def clear_remains(folder: Path) -> None:
    """Remove what a killed job had begun."""
    for place in (folder, folder / "terbitan"):
        for path in place.glob(".*.tmp"):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


# The screen, which a schedule puts into its log.


def tell(quarter: Quarter, quality: DataQuality, published: Published) -> None:
    """Say what became of a quarter."""
    print(f"\nTriwulan {quarter.name}")
    print("  Mutu data")
    for finding in quality.findings:
        where = finding.place or "semua unit"
        print(f"    {finding.code} {where}: {finding.issue.message()}")
    if not quality.findings:
        print("    tidak ada temuan")
    for issue in brief([*quarter.warnings, *quarter.issues]):
        print(f"    {issue.code} {issue.place}: {issue.message()}")
    statuses = Counter(member.status for member in quarter.members)
    print(
        f"  Penilaian: {len(quarter.members)} pegawai; {statuses['complete']} dinilai, "
        f"{statuses['incomplete']} belum dinilai, {statuses['refused']} ditolak"
    )
    hidden, count = figures_kept(published)
    state = "tabel yang sudah terbit tetap berlaku; " if published.stands else ""
    print(
        f"  Terbitan: {state}{len(published.ratings.rows)} baris, {count} angka, "
        f"{hidden} di antaranya dirahasiakan"
    )
    for unit in published.held:
        print(f"    {unit} ditahan: datanya belum ditanggapi")


def brief(issues: list[Issue]) -> list[Issue]:
    """Keep one issue of each code."""
    return list({issue.code: issue for issue in reversed(issues)}.values())[::-1]


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "hasil" / "rakumpit"
    source = Path(sys.argv[2]) if len(sys.argv) > 2 else HERE / "data"  # noqa: PLR2004 - the second word
    try:
        sys.exit(main(target, source))
    except (OSError, ValueError, LookupError) as error:
        print(f"{error}\nlaporan tidak dibuat")
        sys.exit(NOT_MADE)
