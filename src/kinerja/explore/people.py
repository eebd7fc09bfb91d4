"""People as weights see them: the parts of everybody's weighted step, and where their predikat changes.

What lives here: how a table of people becomes numbers that weights multiply, exactly, and for each of them
the places on the line of the weighted step where the label changes. What never comes in: weightings.

The policy is cut in two at the weighted step. What lies before it (the parts) is scored once by the column
engine. What lies behind it (roundings, further weights, bands, conditions) is followed back from the
label to the step by `kinerja.formula.pieces`, once for all people whose other values are the same. So a
weighting costs one product and a few comparisons, and no label is ever guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from os import cpu_count
from typing import Final, cast, overload

import numpy as np
from numpy.typing import NDArray

from kinerja.columns.frames import Frame, open_frame
from kinerja.columns.parts import Numbers
from kinerja.columns.residues import Array
from kinerja.columns.run import TableRun
from kinerja.errors import InputError
from kinerja.exact import Rounding
from kinerja.explore.scheme import Scheme, policy_scheme, policy_schemes
from kinerja.explore.split import Landing, Split, added_step, split_policy
from kinerja.formula import nodes as n
from kinerja.formula.evaluate import Value
from kinerja.formula.types import FlagType, LabelType, NumberType
from kinerja.scorer import LabelStep, Scorer, label_step
from kinerja.scorer.program import Program, Step
from kinerja.scorer.read import read_record
from kinerja.scorer.run import State, run_steps
from kinerja.values import Missing

__all__ = ["People", "read_people"]

#: Most decimals of parts that are whole numbers once multiplied.
MOST_DIGITS: Final = 6
#: Largest whole number that a float holds exactly.
EXACT: Final = 2**53
#: People whose exact values are kept: a table of a district, not one of the country.
MOST_KNOWN: Final = 100_000

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]


class _Ids(Sequence[str]):
    """Ids of people, read when they are asked for; a row without id is called by its number, from 1."""

    def __init__(self, run: TableRun) -> None:
        self._run = run

    def __len__(self) -> int:
        return self._run.frame.rows

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        found = self._run.record(range(len(self))[place]).get("id")
        return str(place % len(self) + 1) if found is None else str(found)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class People:
    """People under one set of weights.

    Attributes:
        scheme: The weights that may change.
        label: The step whose label is looked at: the predikat.
        ids: Their ids.
        values: float64, people × parts: the value of each part, the float64 nearest to the exact one;
            NaN where it is missing.
        present: bool, people × parts: the part counts for this person.
        counted: bool: the weighted step has a value; the label of others is the same whatever the weights.
        current: Place of everybody's label under the policy's own weights; the number of labels stands
            for none.
        printed: bool: every value is exactly what its float prints, with no more decimals than `digits`.
        digits: Decimals of those values, at most six.
        landing: Place of everybody's landing; -1 where it must be found from exact values.
        landings: The landings.
        followed: The way from the step to the label could be followed; otherwise tables are scored anew
            for each weighting, which is as exact and slower.
    """

    scheme: Scheme
    label: LabelStep
    ids: Sequence[str]
    values: Floats
    present: Flags
    counted: Flags
    current: Places
    printed: Flags
    digits: int
    landing: NDArray[np.int32]
    landings: tuple[Landing, ...]
    followed: bool
    _source: _Source = field(repr=False)

    def __len__(self) -> int:
        """Count the people."""
        return len(self.values)

    @property
    def scorer(self) -> Scorer:
        """The policy."""
        return self._source.scorer

    @property
    def columns(self) -> dict[str, Floats]:
        """The parts by name, for what takes components: `effective_weights(people.columns, …)`."""
        return dict(zip(self.scheme.names, self.values.T, strict=True))

    def exact(self, row: int) -> tuple[tuple[Fraction | None, ...], Landing] | None:
        """Give one person's parts exactly (`None`: does not count), and the landing.

        `None` where the weighted step has no value, or the way cannot be followed.
        """
        return self._source.exact(row)

    def parts_of(self, row: int) -> tuple[Fraction | None, ...]:
        """Give one person's parts exactly; `None` for one that does not count."""
        if self.printed[row]:
            there = zip(self.values[row].tolist(), self.present[row].tolist(), strict=True)
            return tuple(Fraction(repr(value)) if counts else None for value, counts in there)
        return self._source.parts(row)

    def labels(self, scorer: Scorer) -> Places:
        """Score everybody by another scorer of the same table; give the places of the labels.

        The number of labels stands for none.
        """
        return self._source.labels(scorer)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Source:
    """The table and the policy that people come from."""

    scorer: Scorer
    split: Split
    frame: object
    lists: Mapping[str, object]
    run: TableRun
    threads: int
    known: dict[int, tuple[tuple[Fraction | None, ...], Landing] | None] = field(
        default_factory=dict, repr=False
    )

    def _state(self, row: int) -> State:
        program = self.split.program
        reading, _, _ = read_record(self.run.record(row), program.inputs)
        return run_steps(program, reading)

    def parts(self, row: int) -> tuple[Fraction | None, ...]:
        state = self._state(row)
        found = (state[value] for value, _ in self.split.parts)
        return tuple(None if isinstance(one, Missing) else cast("Fraction", one) for one in found)

    def exact(self, row: int) -> tuple[tuple[Fraction | None, ...], Landing] | None:
        # A record of a panel takes milliseconds, and every finding asks for the same people.
        if row in self.known:
            return self.known[row]
        found = self._exact(row)
        if len(self.known) < MOST_KNOWN:
            self.known[row] = found
        return found

    def _exact(self, row: int) -> tuple[tuple[Fraction | None, ...], Landing] | None:
        state = self._state(row)
        parts: list[Fraction | None] = []
        for value, absent in self.split.parts:
            found = state[value]
            if absent is not None and state[absent] is True:
                parts.append(None)
            elif isinstance(found, Missing) or (absent is not None and state[absent] is not False):
                return None
            else:
                parts.append(cast("Fraction", found))
        sides = {name: cast("Value", state[name]) for name in self.split.sides}
        landing = self.split.landing(sides)
        if landing is None or all(part is None for part in parts):
            return None
        return tuple(parts), landing

    def labels(self, scorer: Scorer) -> Places:
        run = TableRun(scorer, open_frame(self.frame), self.lists)
        run.score(self.threads)
        place = [step.name for step in run.outputs.published].index(self.split.label.name)
        codes = run.outputs.values[place].astype(np.int64)
        return np.where(codes < 0, len(self.split.label.labels), codes)


def read_people(  # noqa: PLR0913 - what a table takes, and what is looked at
    scorer: Scorer,
    frame: object,
    *,
    step: str | None = None,
    label: str | None = None,
    lists: Mapping[str, object] | None = None,
    threads: int | None = None,
) -> People:
    """Read a table of people for the weights of one step.

    Args:
        scorer: The policy.
        frame: One row a person; see `Scorer.score_table`.
        step: The step whose weights may change; by default the last one that weighs and reaches the label.
        label: The published step with the label; by default the predikat.
        lists: Long tables of list inputs; see `Scorer.score_table`.
        threads: How many parts of the table are worked on at once; by default as many as there are
            processors.

    Raises:
        InputError: The frame cannot be read, there is no such step or label, or the label does not
            depend on the weights of the step (KNJ051).

    Examples:
        >>> import kinerja
        >>> rows = {
        ...     "nilai_skp": [95, 70], "nilai_perilaku": [60, 88],
        ...     "memakai_rekan_dan_bawahan": [False, False], "ide_baru": [False, False],
        ... }
        >>> people = read_people(kinerja.load("pp30-2019"), rows, step="nilai_tanpa_rekan")
        >>> people.values.tolist()
        [[95.0, 60.0], [70.0, 88.0]]
    """
    looked_at = label_step(scorer.program, label)
    split, scheme = _chosen(scorer, step, looked_at)
    opened = open_frame(frame)
    numbers = [value for value, _ in split.parts]
    kinds = {step.name: step.type for step in split.program.steps}
    numbers += [name for name in split.sides if isinstance(kinds[name], NumberType)]
    doubted = [name for name in numbers if not _is_short(split.program, name, opened)]
    run = TableRun(Scorer(_asking(split.program, doubted)), opened, lists or {})
    threads = threads or cpu_count() or 1
    run.score(threads)
    columns = dict(zip((s.name for s in run.outputs.published), run.outputs.values, strict=True))
    for name in set(numbers).difference(doubted):
        columns[f"{name}.pendek"] = np.ones(opened.rows, np.int8)
    refused = run.outputs.statuses == 2  # noqa: PLR2004 - the place of `refused`
    values = np.stack([columns[value] for value, _ in split.parts], axis=1)
    present = np.ones(values.shape, np.bool_)
    unknown = np.zeros(len(values), np.bool_)
    for place, (_, absent) in enumerate(split.parts):
        if absent is not None:
            present[:, place] = columns[absent] == 0
            unknown |= columns[absent] < 0
    counted = ~(refused | unknown | np.any(present & np.isnan(values), axis=1)) & present.any(
        axis=1
    )
    values[~present] = np.nan
    short = np.stack([columns[f"{value}.pendek"] == 1 for value, _ in split.parts], axis=1)
    digits = _digits(values, present & short)
    landing, landings, followed = _landings(split, columns, counted)
    # What was published stands in the arrays above.
    run.outputs.values.clear()
    source = _Source(
        scorer=scorer, split=split, frame=frame, lists=lists or {}, run=run, threads=threads
    )
    # Whose landing is found one by one may be the one that cannot be followed.
    followed = followed and all(
        source.exact(row) is not None for row in np.flatnonzero(counted & (landing < 0)).tolist()
    )
    return People(
        scheme=scheme,
        label=looked_at,
        ids=_Ids(run),
        values=values,
        present=present,
        counted=counted,
        current=source.labels(scorer),
        printed=_is_printed(values, present, short),
        digits=digits,
        landing=landing,
        landings=landings,
        followed=followed,
        _source=source,
    )


def _chosen(scorer: Scorer, step: str | None, label: LabelStep) -> tuple[Split, Scheme]:
    """Cut at the step that was asked for, or at the last one that reaches the label."""
    last = policy_scheme(scorer, step=step)
    if step is None:
        for scheme in reversed(policy_schemes(scorer)):
            try:
                return split_policy(scorer.program, scheme, label), scheme
            except InputError:
                continue
    return split_policy(scorer.program, last, label), last


def _asking(program: Program, names: Sequence[str]) -> Program:
    """Give a program that also tells whether steps are decimals as short as `MOST_DIGITS`, exactly."""
    rounding = Rounding(digits=MOST_DIGITS, mode="half_even")
    steps = [
        added_step(
            f"{name}.pendek",
            n.Compare("==", n.Round(n.Ref(name), rounding), n.Ref(name)),
            FlagType(),
        )
        for name in names
    ]
    return replace(
        program,
        steps=(*program.steps, *steps),
        published=(*program.published, *(step.name for step in steps)),
    )


# What the floats stand for.


def _is_short(program: Program, name: str, frame: Frame) -> bool:
    """Tell whether a float of a step means a short decimal wherever it prints one.

    So it is of a step that is rounded, and of an input whose column holds floats or whole numbers: there
    a float is the number. Anything else may lie so close to a short decimal that its float prints it.
    """
    steps = {step.name: step for step in program.steps}
    node = steps[name].node
    while isinstance(node, n.Ref) and node.name in steps:
        node = steps[node.name].node
    if isinstance(node, n.Round):
        return node.rounding.digits <= MOST_DIGITS
    if not isinstance(node, n.Ref) or node.name not in frame.names:
        return False
    return isinstance(frame.part(node.name, 0, frame.rows), Numbers)


def _digits(values: Floats, short: Flags) -> int:
    """Give the decimals of the values, as few as do for all that have no more than six."""
    digits = 0
    for column, there in zip(values.T, short.T, strict=True):
        few = np.where(
            there & (np.rint(column * 10**MOST_DIGITS) / 10**MOST_DIGITS == column), column, 0.0
        )
        while digits < MOST_DIGITS and np.any(np.rint(few * 10**digits) / 10**digits != few):
            digits += 1
    return digits


def _is_printed(values: Floats, present: Flags, short: Flags) -> Flags:
    """Tell for whom every part that counts is a short decimal, known to be exactly that."""
    printed = np.ones(len(values), np.bool_)
    # Column by column: the table may be large.
    for place in range(values.shape[1]):
        column = values[:, place]
        with np.errstate(invalid="ignore"):
            fits = np.rint(column * 10**MOST_DIGITS) / 10**MOST_DIGITS == column
            fits &= np.abs(column) < EXACT / 10**MOST_DIGITS / 8
        printed &= ~present[:, place] | (fits & short[:, place])
    return printed


# Where labels change.


def _landings(
    split: Split, columns: Mapping[str, Array], counted: Flags
) -> tuple[NDArray[np.int32], tuple[Landing, ...], bool]:
    """Follow the label back once for all people whose other values are the same."""
    codes = np.zeros(len(counted), np.int64)
    exact = np.ones(len(counted), np.bool_)
    steps = {step.name: step for step in split.program.steps}
    for name in split.sides:
        column = columns[name]
        if isinstance(steps[name].type, NumberType):
            there = ~np.isnan(column)[:, None]
            short = columns[f"{name}.pendek"] == 1
            exact &= _is_printed(column[:, None], there, short[:, None])
        distinct, inverse = np.unique(column, return_inverse=True, equal_nan=True)
        codes = np.unique(codes * len(distinct) + inverse, return_inverse=True)[1]
    rows = np.flatnonzero(counted & exact)
    _, first, inverse = np.unique(codes[rows], return_index=True, return_inverse=True)
    landings: list[Landing] = []
    for row in rows[first].tolist():
        sides = {name: _side(steps[name], columns[name][row]) for name in split.sides}
        landing = split.landing(sides)
        if landing is None:
            return np.full(len(counted), -1, np.int32), (), False
        landings.append(landing)
    places = np.full(len(counted), -1, np.int32)
    places[rows] = inverse
    return places, tuple(landings), split.sound


def _side(step: Step, value: object) -> Value:
    """Give a value that lies beside the weights as formulas have it."""
    missing = Missing.because("input_missing", step.name)
    match step.type:
        case NumberType():
            number = float(cast("float", value))
            return missing if np.isnan(number) else Fraction(repr(number))
        case LabelType(scale=scale):
            code = int(cast("int", value))
            return missing if code < 0 else scale.ids[code]
    code = int(cast("int", value))
    return missing if code < 0 else bool(code)
