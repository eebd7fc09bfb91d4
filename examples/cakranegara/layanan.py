"""The scoring service of a 360-degree application: a form arrives, the person's result is new.

What lives here: what the web application calls. The pages around it, and who may sign in, live elsewhere.
What decides a score lives in `kebijakan.yaml` and in `kinerja`, never here.

A result that changes with every single form would give the form away: with three peers known and a fourth
one counted, anyone can compute what the fourth answered. So the forms of peers and citizens are shown in
packets of at least as many raters as the policy asks of their group. The superior is one person and known:
that form counts at once. What is left when a quarter is closed, and is no packet, is carried into the next.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import kinerja
from kinerja import Result, Scorer
from kinerja.cohort import Member, PanelFields, PanelInfluence, history, panel_influence
from kinerja.values import Period

FIELDS = PanelFields(
    ratings="penilaian", group="kelompok", score="nilai", rater="penilai", panel="panel"
)
ASPECTS = ("hasil", "ketepatan", "penguasaan", "sikap")
KEYS = {"nomor", "pegawai", "penilai", "kelompok", *ASPECTS}
#: Raters of a group that are shown together: the minimum that the policy asks of it.
PACKET = {"atasan": 1, "rekan": 3, "masyarakat": 5}
#: Quarters before the running one that the policy looks at.
LOOKED_BACK = 3

TABLES = """
CREATE TABLE IF NOT EXISTS forms (
    number TEXT PRIMARY KEY, period TEXT NOT NULL, person TEXT NOT NULL, rater TEXT NOT NULL,
    grp TEXT NOT NULL, answers TEXT NOT NULL, shown INTEGER NOT NULL DEFAULT 0,
    UNIQUE (period, person, rater)
);
CREATE TABLE IF NOT EXISTS results (
    period TEXT NOT NULL, person TEXT NOT NULL, unit TEXT, label TEXT, fingerprint TEXT NOT NULL,
    stored TEXT NOT NULL, PRIMARY KEY (person, period)
);
"""


class FormRefusedError(ValueError):
    """A form that cannot be counted; the message says why, in the language of its sender."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a form.

    Attributes:
        result: The result that the person judged sees now; `incomplete` until there are enough raters.
        is_new: The form, or the packet that it completed, has just been counted.
        waiting: Forms of the same group that wait for their packet.
    """

    result: Result
    is_new: bool
    waiting: int


class Service:
    """Keeps forms and results in one SQLite file; may be shared between threads."""

    def __init__(
        self,
        database: Path,
        policy: Path,
        *,
        people: Iterable[Mapping[str, str]],
        tasks: Iterable[Mapping[str, str]],
        period: str,
    ) -> None:
        self.scorer: Scorer = kinerja.load(policy)
        self.people = {one["id"]: one for one in people}
        self.period = period
        self._tasks = {(task["pegawai"], task["penilai"]): task["kelompok"] for task in tasks}
        self._peers = Counter(who for (who, _), group in self._tasks.items() if group == "rekan")
        self._lock = Lock()
        self._database = sqlite3.connect(database, check_same_thread=False, isolation_level=None)
        self._database.executescript(
            f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {TABLES}"
        )

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    # What the web application calls.

    def submit(self, form: Mapping[str, object]) -> Receipt:
        """Take one rater's form, and score the person it is about.

        Raises:
            FormRefusedError: The form is not this rater's to give, or came already.
            InputError: An answer is none that the policy knows; every issue at once.
        """
        person, rater, group = self._checked(form)
        answers = {aspect: form.get(aspect) for aspect in ASPECTS}
        # The policy judges the answers before anything is kept.
        self.scorer.score({"penilaian": _items(rater, group, answers)})
        with self._transaction() as database:
            row = (str(form["nomor"]), self.period, person, rater, group, json.dumps(answers))
            try:
                database.execute("INSERT INTO forms VALUES (?, ?, ?, ?, ?, ?, 0)", row)
            except sqlite3.IntegrityError:
                raise FormRefusedError("formulir ini sudah diterima sebelumnya") from None
            waiting = self._show_packets(database, person, group, is_last=False)
            result = self._scored(database, person)
        return Receipt(result=result, is_new=not waiting, waiting=waiting)

    def result(self, person: str) -> Result:
        """Give the result that a person sees now, from the forms that are shown."""
        with self._lock:
            return self._scored(self._database, person)

    def stored_result(self, person: str, period: str) -> Result | None:
        """Give the result of a quarter that was closed, as it was stored."""
        query = "SELECT stored FROM results WHERE person = ? AND period = ?"
        with self._lock:
            row = self._database.execute(query, (person, period)).fetchone()
        return None if row is None else Result.from_dict(json.loads(row[0]))

    def influence(self, person: str) -> PanelInfluence:
        """Answer "one rater has decided this": what each group weighs, and what one rater can move."""
        with self._lock:
            record = self._record(self._database, person)
        return panel_influence(self.scorer, {"id": person, **record}, fields=FIELDS)

    def end_period(self, following: str) -> int:
        """Close the quarter: count every packet that is left, and carry the rest over.

        Args:
            following: The quarter that begins.

        Returns:
            How many forms were carried over.
        """
        with self._transaction() as database:
            for person in self.people:
                for group in PACKET:
                    self._show_packets(database, person, group, is_last=True)
                self._store(database, self._scored(database, person))
            carried = database.execute(
                "UPDATE forms SET period = ?, rater = period || '/' || rater"
                " WHERE period = ? AND shown = 0",
                (following, self.period),
            ).rowcount
            self.period = following
            return carried

    def audit(self) -> tuple[int, list[str]]:
        """Score every stored result again.

        Returns:
            How many there are, and of whom those are that are not what they were.
        """
        with self._lock:
            rows = self._database.execute("SELECT person, stored FROM results").fetchall()
        wrong = []
        for person, stored in rows:
            result = Result.from_dict(json.loads(stored))
            if self.scorer.rescore(result) != result:
                wrong.append(person)
        return len(rows), wrong

    def members(self, period: str) -> list[Member]:
        """Give the stored results of a quarter, as statements about a unit take them."""
        query = "SELECT unit, stored FROM results WHERE period = ? ORDER BY person"
        with self._lock:
            rows = self._database.execute(query, (period,)).fetchall()
        at = Period.parse(period)
        return [
            Member.of(Result.from_dict(json.loads(stored)), unit=unit, period=at)
            for unit, stored in rows
        ]

    # What happens behind.

    def _checked(self, form: Mapping[str, object]) -> tuple[str, str, str]:
        unknown = [key for key in form if key not in KEYS]
        if unknown:
            raise FormRefusedError(f"isian tidak dikenal: {', '.join(map(str, unknown))}")
        lacking = [key for key in ("nomor", "pegawai", "penilai", "kelompok") if key not in form]
        if lacking:
            raise FormRefusedError(f"isian belum ada: {', '.join(lacking)}")
        blank = [aspect for aspect in ASPECTS if form.get(aspect) in (None, "")]
        if blank:
            # One answer to an aspect that others left out would stand alone in the explanation.
            raise FormRefusedError(f"belum dijawab: {', '.join(blank)}")
        person, rater, group = (str(form[key]) for key in ("pegawai", "penilai", "kelompok"))
        known = self.people.get(person)
        if known is None:
            raise FormRefusedError("pegawai tidak ada di daftar pegawai")
        if known["keluar"] and known["keluar"] < f"{Period.parse(self.period).first}":
            raise FormRefusedError("pegawai sudah keluar sebelum triwulan ini")
        if rater == person:
            raise FormRefusedError("tidak ada penilaian atas diri sendiri")
        if group not in PACKET:
            raise FormRefusedError(f"kelompok penilai tidak dikenal: {group}")
        if group != "masyarakat" and self._tasks.get((person, rater)) != group:
            raise FormRefusedError("penilai tidak ditugaskan menilai pegawai ini")
        return person, rater, group

    def _show_packets(
        self, database: sqlite3.Connection, person: str, group: str, *, is_last: bool
    ) -> int:
        """Show the waiting forms of a group if they are a packet; give how many go on waiting."""
        query = "SELECT count(*), sum(shown) FROM forms WHERE period = ? AND person = ? AND grp = ?"
        count, shown = database.execute(query, (self.period, person, group)).fetchone()
        waiting = count - (shown or 0)
        if not waiting:
            return 0
        # The number of those who are asked is known: a rest that is no packet must not be left.
        is_known = group == "rekan" and not is_last
        rest = max(self._peers[person] - count, 0) if is_known else 0
        if waiting < PACKET[group] or 0 < rest < PACKET[group]:
            return waiting
        database.execute(
            "UPDATE forms SET shown = 1 WHERE period = ? AND person = ? AND grp = ?",
            (self.period, person, group),
        )
        return 0

    def _scored(self, database: sqlite3.Connection, person: str) -> Result:
        return self.scorer.score({"id": person, **self._record(database, person)})

    def _store(self, database: sqlite3.Connection, result: Result) -> None:
        person = str(result.id)
        row = (
            self.period,
            person,
            self.people[person]["unit"],
            result["predikat"],
            result.fingerprint,
            json.dumps(result.to_dict(), ensure_ascii=False),
        )
        database.execute("INSERT INTO results VALUES (?, ?, ?, ?, ?, ?)", row)

    def _record(self, database: sqlite3.Connection, person: str) -> dict[str, object]:
        query = (
            "SELECT rater, grp, answers FROM forms"
            " WHERE period = ? AND person = ? AND shown = 1 ORDER BY number"
        )
        ratings = [
            item
            for rater, group, answers in database.execute(query, (self.period, person))
            for item in _items(rater, group, json.loads(answers))
        ]
        return {"penilaian": ratings, "riwayat": self._history(database, person)}

    def _history(self, database: sqlite3.Connection, person: str) -> list[dict[str, object]]:
        """Give the predikat of the quarters before, as the policy looks at them."""
        running = Period.parse(self.period)
        query = "SELECT period, label FROM results WHERE person = ?"
        found = {
            Period.parse(period): label
            for period, label in database.execute(query, (person,))
            if Period.parse(period).last < running.first
        }
        periods = sorted(found)[-LOOKED_BACK:]
        members = [
            Member(id=person, unit=None, period=one, values={"predikat": found[one]})
            for one in periods
        ]
        earlier = history(
            members,
            periods=periods,
            values={"predikat": "predikat"},
            period="periode",
            missing="keep",
        )
        return earlier.get(person, [])

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Do everything or nothing, one form after the other."""
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")


def _items(rater: str, group: str, answers: Mapping[str, object]) -> list[dict[str, object]]:
    """Give a form as the items of the policy's list."""
    return [
        {"penilai": rater, "kelompok": group, "aspek": aspect, "nilai": answers.get(aspect)}
        for aspect in ASPECTS
    ]
