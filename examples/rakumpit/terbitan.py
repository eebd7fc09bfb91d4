"""What may be published of a quarter, and what was published before.

What lives here: the two public tables under one `K`, the units that wait for an answer about their data,
and the file that keeps what was published. What never comes in: pages, and anything that is hidden.

What is published stands for good, so a unit whose data may not be its own is held back: its rows were
copied, or its figures changed all at once. It is published once somebody has answered for it, in
`tanggapan.csv`. Nothing is held back from scoring.

Two tables about the same people are dangerous: each may be an equation for what the other hides. Here the
second one is about visits, not about people, and it is shown for a row of the first table only where it
tells nothing of people's ratings. Whatever ratings the people of that row have, the visits may have been
so: each of them served `CASES` visits without any waiting, which allows every rating, since the other parts
decide it; all the remaining visits were served by contract staff, who are not rated and whose visits are
not counted apart. That is possible as long as those remaining visits need not have waited longer than the
policy allows. `is_open` asks for it, of published figures alone.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from triwulan import Quarter, minutes_allowed

from kinerja import InputError, Scorer
from kinerja.cohort import (
    DataQuality,
    MeansPublication,
    Member,
    Publication,
    publish,
    publish_means,
)
from kinerja.io.whole import whole_file
from kinerja.scorer import NumberStep, label_step
from kinerja.words import Text

__all__ = [
    "CASES",
    "K",
    "Published",
    "as_plain",
    "held_back",
    "is_open",
    "keep",
    "publish_quarter",
    "read_published",
]

#: The least count that is shown. Rakumpit's own choice: with 5, whoever knows one person's rating, if only
#: their own, still finds three values for each hidden count; with 10 hardly a figure of units of this size
#: would be left.
K = 5
#: Visits below which a person is not judged, as the policy says.
CASES = 10
#: Findings that hold a unit back: rows as in the quarter before, a median or a spread of another kind.
HOLDING = ("KNJ814", "KNJ815", "KNJ816")
STEP = "predikat_umum"
WAITING = NumberStep(
    name="waktu_tunggu",
    title=Text("waktu tunggu", "waiting time"),
    unit=Text("menit", "minutes"),
    digits=0,
)
#: Code of the issue that the same people were published in another form.
ANOTHER_FORM = "KNJ845"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What is published of a quarter; it holds nothing that is hidden.

    Attributes:
        ratings: How many people of each unit have which rating.
        waits: Mean minutes of waiting, by rows of `ratings` with visits; `None` where no row may show one.
        held: Units that are in neither table, since nobody has answered for their data yet.
        notes: What else is said of the data.
        stands: Other data are there by now, and what was published stands all the same.
    """

    ratings: Publication
    waits: MeansPublication | None
    held: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    stands: bool = False


def held_back(quality: DataQuality, quarter: Quarter, answers: Path) -> tuple[str, ...]:
    """Give the units that are held back.

    Args:
        quality: What was found in the data.
        quarter: The quarter.
        answers: Table of the findings that somebody has answered for: quarter, code, unit, and more; where
            there is none, nobody has.
    """
    answered = set()
    if answers.exists():
        with answers.open(encoding="utf-8", newline="") as opened:
            for row in csv.DictReader(opened, delimiter=";"):
                if row["triwulan"] == quarter.name:
                    answered.add((row["kode"], row["unit"]))
    units = {
        finding.unit
        for finding in quality.findings
        if finding.code in HOLDING
        and finding.period == quarter.period
        and finding.unit
        and (finding.code, finding.unit) not in answered
    }
    return tuple(sorted(units))


def publish_quarter(
    scorer: Scorer,
    quarter: Quarter,
    *,
    held: Collection[str],
    notes: Collection[str],
    earlier: dict[str, Published],
) -> Published:
    """Make the tables of a quarter; if it was published before, what was published stands.

    Args:
        scorer: The policy.
        quarter: The quarter.
        held: Units that are held back.
        notes: What is said of the data beside the tables.
        earlier: What was published, by the name of its quarter; of this one too.
    """
    before = earlier.get(quarter.name)
    step = label_step(scorer.program, STEP)
    people = [member for member in quarter.members if member.unit not in held]
    tables = [one.ratings for one in earlier.values()]
    try:
        ratings = publish(people, step=step, k=K, zeros="protect", earlier=tables)
    except InputError as error:
        if before is None or {issue.code for issue in error.issues} != {ANOTHER_FORM}:
            raise
        return replace(before, stands=True)
    if before is not None:
        fresh = publish(people, step=step, k=K, zeros="protect")
        return replace(before, stands=fresh != ratings)
    waits = _publish_waits(
        scorer, quarter, ratings, [one.waits for one in earlier.values() if one.waits]
    )
    return Published(ratings=ratings, waits=waits, held=tuple(held), notes=tuple(notes))


def is_open(*, visits: int, mean: Fraction, people: int, most: Fraction) -> bool:
    """Tell whether the visits of a row say nothing of its people's ratings; see above.

    Args:
        visits: How many.
        mean: Mean minutes, as published: rounded to whole minutes.
        people: People of the row.
        most: The most minutes that the policy allows.
    """
    return visits * (mean + 1) <= (visits - CASES * people) * most


def _publish_waits(
    scorer: Scorer,
    quarter: Quarter,
    ratings: Publication,
    earlier: Sequence[MeansPublication],
) -> MeansPublication | None:
    limits = minutes_allowed(scorer)
    if limits.low is None or limits.high is None:
        raise ValueError(limits)
    visits: list[Member] = []
    for row in ratings.rows:
        minutes = [one for unit in row.units for one in quarter.waits.get(str(unit), ())]
        if not minutes:
            continue
        mean = Fraction(int(Fraction(sum(minutes), len(minutes)) + Fraction(1, 2)))
        if is_open(visits=len(minutes), mean=mean, people=row.people, most=limits.high):
            unit = "; ".join(map(str, row.units))
            visits += [
                Member(id=None, unit=unit, period=quarter.period, values={WAITING.name: one})
                for one in minutes
            ]
    if not visits:
        return None
    return publish_means(
        visits, step=WAITING, limits=(limits.low, limits.high), k=K, earlier=earlier
    )


# The file that keeps it.


def keep(folder: Path, name: str, published: Published) -> None:
    """Keep what is published of a quarter; a file that is there already stays as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    if path.exists():
        return
    text = json.dumps(as_plain(published), ensure_ascii=False, indent=1)
    with whole_file(path) as opened:
        opened.write(f"{text}\n".encode())


def as_plain(published: Published) -> dict[str, object]:
    """Give the tables as plain data."""
    return {
        "predikat": published.ratings.to_dict(),
        "waktu_tunggu": None if published.waits is None else published.waits.to_dict(),
        "ditahan": list(published.held),
        "catatan": list(published.notes),
    }


def read_published(folder: Path) -> dict[str, Published]:
    """Read what was published, by the name of its quarter.

    Raises:
        InputError: A file does not hold what was kept.
    """
    found = {}
    for path in sorted(folder.glob("*.json")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        waits = kept["waktu_tunggu"]
        found[path.stem] = Published(
            ratings=Publication.from_dict(kept["predikat"]),
            waits=None if waits is None else MeansPublication.from_dict(waits),
            held=tuple(kept["ditahan"]),
            notes=tuple(kept["catatan"]),
        )
    return found
