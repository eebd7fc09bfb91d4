"""The scorer: one record in, one result out.

What lives here: `Scorer`, which joins the compiled hot path with the exact reference, and what a result
makes on demand. What never comes in: files, YAML, tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar, cast

from kinerja.errors import InputError, Issue, quoted
from kinerja.formula.evaluate import Item, Value
from kinerja.formula.types import ListType
from kinerja.result import Explanation, Result, Scalar, WhatIf
from kinerja.scorer.compiled import compile_program
from kinerja.scorer.ground import Ground
from kinerja.scorer.program import Program
from kinerja.scorer.read import Reading, plain_value, read_record
from kinerja.scorer.run import published_values, run_steps, scalar
from kinerja.values import Missing, Reason

if TYPE_CHECKING:
    from kinerja.columns.floats import Plans
    from kinerja.columns.table import TableResult

__all__ = ["Scorer"]

Frame = TypeVar("Frame")


class Scorer:
    """Score records by one policy.

    A scorer is made by `kinerja.load`, holds no state but what it prepared for tables, may be shared
    between threads, and pickles.

    Attributes:
        program: The policy, made ready to run.
        prepared: What was prepared for whole tables, by the first of them.
    """

    __slots__ = ("_fast", "_ground", "_lists", "_names", "_receipt", "prepared", "program")

    def __init__(self, program: Program) -> None:
        from kinerja import __version__

        self.program = program
        self.prepared: Plans | None = None
        self._fast = compile_program(program)
        self._ground = Ground(program)
        self._names = tuple(i.name for i in program.inputs)
        self._lists = tuple(i.name for i in program.inputs if isinstance(i.type, ListType))
        note = program.note
        self._receipt = (note.id, note.version, note.fingerprint, __version__, note.plugins)

    def __reduce__(self) -> tuple[type[Scorer], tuple[Program]]:
        """Pickle the program; the hot path is compiled again."""
        return Scorer, (self.program,)

    def __repr__(self) -> str:
        """Show policy and version."""
        return f"<Scorer {self.program.note.id} {self.program.note.version}>"

    def score(self, record: Mapping[str, object]) -> Result:
        """Score one record.

        Args:
            record: Input name to value, as the policy declares them: a number as `int`, `Decimal`,
                `Fraction`, decimal text or a float, which means the decimal that prints it; a label by
                id or title; a flag as `bool`; a date as `date` or ISO text; a list as a sequence of
                mappings. `None`, NaN, blank text and an absent key mean that the value is missing. The
                key `id` names the record; other keys are passed over.

        Returns:
            The result. A value that is missing makes it `incomplete`, with reasons; it never raises.

        Raises:
            InputError: The record holds values that cannot be used; every issue at once.
        """
        return self._scored(record, ())

    def what_if(self, record: Mapping[str, object], changes: Mapping[str, object]) -> WhatIf:
        """Score a record as it is and with other values, and follow the change from input to result.

        Args:
            record: See `score`; stays as it is.
            changes: New values by name: an input, a whole list, or a field of one of its items, counted
                from 0: `{"realisasi": 95, "penilaian[2].nilai": 4}`. `None` means that the value is
                missing.

        Returns:
            Both results, and every step whose value, rounding, limit, band or reason differs.

        Raises:
            InputError: A change names nothing that there is, or the record or a new value cannot be used;
                every issue at once.
        """
        from kinerja.scorer.changes import changed_record, read_places
        from kinerja.scorer.what_if import compare_runs

        if not isinstance(record, Mapping):
            raise InputError([Issue(code="KNJ412", details={"found": quoted(record)})])
        held = {**record, **{name: record.get(name) for name in self._names}}
        held |= {name: _copied(held[name]) for name in self._lists}
        places, issues = read_places(self.program, changes)
        given = {name: _copied(value) for name, value in changes.items()}
        changed, lacking = changed_record(held, places, given)
        before, wrong, _ = read_record(held, self.program.inputs)
        after, also_wrong, _ = read_record(changed, self.program.inputs)
        issues += [*lacking, *wrong, *(issue for issue in also_wrong if issue not in wrong)]
        if issues:
            raise InputError(issues)
        results = self._scored(held, ()), self._scored(changed, ())
        return compare_runs(self.program, (before, after), results, tuple(places.values()))

    def _scored(self, record: Mapping[str, object], told: tuple[str, ...]) -> Result:
        if type(record) is dict:
            snapshot = record.copy()
        elif isinstance(record, Mapping):
            # Other mappings may have a way of their own to say that a key is missing.
            snapshot = {**record, **{name: record.get(name) for name in self._names}}
        else:
            raise InputError([Issue(code="KNJ412", details={"found": quoted(record)})])
        answer = self._fast(snapshot)
        if answer is not None:
            values, follow_ups = answer
            for name in self._lists:
                items = snapshot.get(name)
                # An answer means that the items are plain dicts; text and NaN stand for no list.
                if type(items) is list or type(items) is tuple:
                    snapshot[name] = [*map(dict.copy, items)]
            return self._result(snapshot, values, (), follow_ups, told)
        for name in self._lists:
            snapshot[name] = _copied(snapshot.get(name))
        reading, issues, warnings = read_record(snapshot, self.program.inputs)
        if issues:
            raise InputError(issues)
        scope = run_steps(self.program, reading)
        values, reasons, follow_ups = published_values(self.program, scope)
        texts = told or tuple(f"{w.code} {w.message()}" for w in warnings)
        return self._result(snapshot, values, reasons, follow_ups, texts)

    def score_table(
        self,
        frame: Frame,
        *,
        lists: Mapping[str, object] | None = None,
        threads: int | None = None,
    ) -> Frame:
        """Score every row of a table; row for row exactly what `score` gives.

        Args:
            frame: A pandas or polars `DataFrame`, an Arrow table or record batch, or anything that gives
                Arrow data. Columns are inputs, by name; a list input is a column of lists of structs. A
                number is what its value prints: a float64 means its shortest decimal.
            lists: Long tables of list inputs, by input: one row an item, with the `id` of the row it
                belongs to, in any order. The frame then needs a column `id`.
            threads: How many parts of the table are worked on at once; by default as many as there are
                processors.

        Returns:
            A frame of the same kind: `id` where the frame has one, `status` (`complete`, `incomplete` or
            `refused`), `reasons`, then the published steps in the order of the policy. Numbers are
            float64, labels categories; missing values are null.

        Raises:
            InputError: The frame cannot be read at all. Rows with values that cannot be used are
                `refused`, the others scored, and an `InputWarning` tells what was found.
        """
        from kinerja.columns.table import score_frame, warn_of

        result = score_frame(self, frame, lists=lists, threads=threads)
        warn_of(result.issues)
        return cast("Frame", result.frame)

    def table_result(
        self,
        frame: object,
        *,
        lists: Mapping[str, object] | None = None,
        threads: int | None = None,
    ) -> TableResult:
        """Score every row of a table, and keep what stands behind it.

        Args:
            frame: See `score_table`.
            lists: See `score_table`.
            threads: See `score_table`.

        Returns:
            The frame of results, what was found in the table, and the exact result and explanation of
            any row.

        Raises:
            InputError: The frame cannot be read at all.
        """
        from kinerja.columns.table import score_frame

        return score_frame(self, frame, lists=lists, threads=threads)

    def rescore(self, result: Result) -> Result:
        """Score the inputs of a stored result again.

        Raises:
            InputError: The inputs cannot be used by this policy.
        """
        record = dict(result.inputs)
        if result.id is not None:
            record["id"] = result.id
        # The inputs no longer hold the keys that the warnings were about.
        return self._scored(record, result.warnings)

    def _result(
        self,
        record: Mapping[str, object],
        values: Mapping[str, Scalar],
        reasons: tuple[Reason, ...],
        follow_ups: tuple[str, ...],
        warnings: tuple[str, ...],
    ) -> Result:
        policy_id, version, fingerprint, library, plugins = self._receipt
        return Result(
            policy_id=policy_id,
            policy_version=version,
            fingerprint=fingerprint,
            library_version=library,
            id=_record_id(record),
            values=values,
            source=_Scored(self._ground, record, warnings),
            reasons=reasons,
            follow_ups=follow_ups,
            warnings=warnings,
            plugins=plugins,
        )


def _record_id(record: Mapping[str, object]) -> str | None:
    name = record.get("id")
    if name is None or isinstance(name, str):
        return name
    try:
        return str(name)
    except ValueError:  # a whole number too long for Python to print
        return quoted(name)


def _copied(value: object) -> object:
    """Copy a list so that the caller may change it, or use it up, while the result lives."""
    if value is None or isinstance(value, (str, bytes, Mapping)):
        return value
    to_list = getattr(value, "tolist", None)
    items = value if to_list is None else to_list()
    if not isinstance(items, Iterable):
        return value
    return [dict(item) if isinstance(item, Mapping) else item for item in items]


class _Scored:
    """What a fresh result makes on demand, from its own copy of the record."""

    __slots__ = ("_ground", "_program", "_record", "_warnings")

    def __init__(
        self, ground: Ground, record: Mapping[str, object], warnings: tuple[str, ...]
    ) -> None:
        self._ground = ground
        self._program = ground.program
        self._record = record
        self._warnings = warnings

    def _reading(self) -> Reading:
        reading, _, _ = read_record(self._record, self._program.inputs)
        return reading

    def explain(self) -> Explanation:
        from kinerja.scorer.explain import explain_record

        return explain_record(
            self._program,
            self._reading(),
            id=_record_id(self._record),
            warnings=self._warnings,
            ground=self._ground,
        )

    def steps(self) -> Mapping[str, Scalar]:
        scope = run_steps(self._program, self._reading())
        return {
            step.name: scalar(cast("Value", scope[step.name]), step)
            for step in self._program.steps
            if step.over is None
        }

    def inputs(self) -> Mapping[str, object]:
        reading = self._reading()
        plain: dict[str, object] = {}
        for declared in self._program.inputs:
            value = reading[declared.name]
            if not isinstance(declared.type, ListType):
                plain[declared.name] = plain_value(cast("Value", value), declared.type)
            elif isinstance(value, Missing):
                plain[declared.name] = None
            else:
                fields = declared.type.fields
                plain[declared.name] = [
                    {field: plain_value(item[field], kind) for field, kind in fields.items()}
                    for item in cast("list[Item]", value)
                ]
        return plain
