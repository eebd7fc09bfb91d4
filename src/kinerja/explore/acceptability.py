"""How firmly a predikat stands: under how many weightings a person has it.

What lives here: counts of labels over weightings, for people, units and whole tables. What never comes in:
how weightings are drawn, ranks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from os import cpu_count
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kinerja.errors import InputError, Issue
from kinerja.explore.people import People
from kinerja.explore.reach import Block, blocks_of
from kinerja.explore.scheme import reweighted
from kinerja.explore.split import Landing
from kinerja.explore.weightings import Weightings
from kinerja.scorer import LabelStep, Scorer

__all__ = [
    "Acceptability",
    "UnitAcceptability",
    "band_acceptability",
    "count_changes",
    "unit_acceptability",
]

#: Most rows whose flags are added as bytes.
BYTES: Final = 255
#: Comparisons that are worth more than one thread.
WORTHWHILE: Final = 1 << 21

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Acceptability:
    """Under how many weightings each person has each label (band acceptability).

    Attributes:
        label: The step with the label, and its labels.
        ids: Ids of the people.
        current: The label under the policy's own weights, `None` for none.
        counts: int64, people × (labels and one column more, for no label).
        weightings: How many weightings there are.
    """

    label: LabelStep
    ids: Sequence[str]
    current: tuple[str | None, ...]
    counts: Places
    weightings: int

    def __len__(self) -> int:
        """Count the people."""
        return len(self.counts)

    def share(self, row: int, label: str | None) -> Fraction:
        """Give the share of weightings under which a person has a label; `None` stands for no label.

        Raises:
            ValueError: The step has no such label.
        """
        places = self._places()
        if label not in places:
            raise ValueError(f"no label {label!r}")
        return Fraction(int(self.counts[row, places[label]]), self.weightings)

    def stays(self, row: int) -> Fraction:
        """Give the share of weightings under which a person keeps the label of the policy's own weights."""
        return self.share(row, self.current[row])

    def kept(self) -> Places:
        """Count for each person the weightings under which the current label stays."""
        places = self._places()
        codes = np.fromiter((places[one] for one in self.current), np.int64, len(self.current))
        return self.counts[np.arange(len(self)), codes]

    def least_certain(self, count: int) -> list[int]:
        """Give the rows of those whose label stays under the fewest weightings."""
        rows: list[int] = np.argsort(self.kept(), kind="stable")[:count].tolist()
        return rows

    def _places(self) -> dict[str | None, int]:
        names: list[str | None] = [name for name, _ in self.label.labels]
        return {name: place for place, name in enumerate([*names, None])}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAcceptability:
    """How firmly the labels of a unit stand.

    Attributes:
        unit: Name of the unit; `None` for people without one.
        people: How many people it has.
        kept: Mean share of weightings under which a label of the unit stays.
        firm: People who keep their label under every weighting.
        wavering: People who have another label under more than half of the weightings.
    """

    unit: str | None
    people: int
    kept: Fraction
    firm: int
    wavering: int


def band_acceptability(people: People, weightings: Weightings) -> Acceptability:
    """Count under how many weightings each person has each label.

    Every label is decided exactly; the only chance is in the draw of the weightings. With `m` of them a
    share `p` has a standard error of `sqrt(p (1 - p) / m)`: half a percentage point at most for 10,000.
    Tervonen and Lahdelma (2007, doi:10.1016/j.ejor.2005.12.037) count ranks in this way; here a predikat
    that is earned by a band is counted.

    Args:
        people: See `read_people`.
        weightings: See `draw_weightings`.

    Raises:
        InputError: KNJ052: the weightings are of another step.

    Examples:
        >>> import kinerja
        >>> from kinerja.explore import draw_weightings, read_people
        >>> rows = {
        ...     "id": ["A", "B"], "nilai_skp": [95, 80], "nilai_perilaku": [60, 85],
        ...     "memakai_rekan_dan_bawahan": [False, False], "ide_baru": [False, False],
        ... }
        >>> people = read_people(kinerja.load("pp30-2019"), rows, step="nilai_tanpa_rekan")
        >>> found = band_acceptability(people, draw_weightings(people.scheme, count=100, seed=1))
        >>> found.current, found.stays(1)
        (('cukup', 'cukup'), Fraction(1, 1))
    """
    check_weightings(people, weightings)
    counts = np.zeros((len(people), len(people.label.labels) + 1), np.int64)
    if people.followed:
        _count_followed(people, weightings, counts)
        fixed = np.flatnonzero(~people.counted)
        counts[fixed, people.current[fixed]] = len(weightings)
    else:
        rows = np.arange(len(people))
        for place in range(len(weightings)):
            counts[rows, people.labels(scorer_with(people, weightings, place))] += 1
    names = [*(name for name, _ in people.label.labels), None]
    return Acceptability(
        label=people.label,
        ids=people.ids,
        current=tuple(names[place] for place in people.current.tolist()),
        counts=counts,
        weightings=len(weightings),
    )


def count_changes(people: People, weightings: Weightings) -> Places:
    """Count for each weighting the people who have another label than under the policy's own weights.

    Args:
        people: See `read_people`.
        weightings: See `draw_weightings`.

    Returns:
        int64, one number for each weighting.

    Raises:
        InputError: KNJ052: the weightings are of another step.
    """
    check_weightings(people, weightings)
    moved = np.zeros(len(weightings), np.int64)
    if not people.followed:
        for place in range(len(weightings)):
            labels = people.labels(scorer_with(people, weightings, place))
            moved[place] = np.count_nonzero(labels != people.current)
        return moved
    below = _Labels(people)
    [blocks] = blocks_of(people, weightings)
    for block in blocks:
        starts, turns = below.turns(block.rows, block.flags.shape[0])
        stays = np.broadcast_to(starts[:, None], block.flags.shape[1:]).copy()
        for place in range(block.flags.shape[0]):
            stays ^= block.flags[place] & turns[:, place, None]
        width = block.weightings.stop - block.weightings.start
        if block.weightless is not None:
            kept = below.valueless(block.rows) == people.current[block.rows]
            stays[:, :width] = np.where(block.weightless, kept[:, None], stays[:, :width])
        for at in range(0, len(stays), BYTES):
            gone = (~stays[at : at + BYTES]).view(np.uint8).sum(axis=0, dtype=np.uint8)
            moved[block.weightings] += gone[:width]
    return moved


def unit_acceptability(
    found: Acceptability, units: Sequence[str | None]
) -> tuple[UnitAcceptability, ...]:
    """Tell how firmly the labels of each unit stand.

    Args:
        found: See `band_acceptability`.
        units: The unit of each person, `None` for none.

    Returns:
        The units in the order of their names, people without unit last.

    Raises:
        ValueError: There are not as many units as people.
    """
    if len(units) != len(found):
        raise ValueError(f"{len(units)} units for {len(found)} people")
    rows: dict[str | None, list[int]] = {}
    for row, unit in enumerate(units):
        rows.setdefault(unit, []).append(row)
    kept = found.kept()
    return tuple(
        UnitAcceptability(
            unit=unit,
            people=len(rows[unit]),
            kept=Fraction(int(kept[rows[unit]].sum()), found.weightings * len(rows[unit])),
            firm=int(np.count_nonzero(kept[rows[unit]] == found.weightings)),
            wavering=int(np.count_nonzero(kept[rows[unit]] * 2 < found.weightings)),
        )
        for unit in sorted(rows, key=lambda unit: (unit is None, unit or ""))
    )


def check_weightings(people: People, weightings: Weightings) -> None:
    """Refuse weightings of another step.

    Raises:
        InputError: KNJ052.
    """
    if weightings.names != people.scheme.names:
        details = {"found": ", ".join(weightings.names), "expected": ", ".join(people.scheme.names)}
        raise InputError([Issue(code="KNJ052", path=people.scheme.step, details=details)])


def scorer_with(people: People, weightings: Weightings, place: int) -> Scorer:
    """Give the policy with one of the weightings."""
    return reweighted(people.scorer, weightings[place], step=people.scheme.step)


def _count_followed(people: People, weightings: Weightings, counts: Places) -> None:
    shares = (cpu_count() or 1) if len(people) * len(weightings) > WORTHWHILE else 1
    labels = _Labels(people)

    def count(blocks: Iterator[Block]) -> None:
        for block in blocks:
            cuts, tall, _ = block.flags.shape
            # Words of eight flags are added first; no byte of a sum overflows.
            words = block.flags.view(np.uint64).sum(axis=2, dtype=np.uint64)
            reached = np.empty((tall, cuts + 2), np.int64)
            reached[:, 0] = block.weightings.stop - block.weightings.start
            reached[:, 1:-1] = (
                words.view(np.uint8).reshape(cuts, tall, 8).sum(axis=2, dtype=np.int64).T
            )
            reached[:, -1] = 0
            at = (block.rows[:, None], labels.of(block.rows, cuts))
            np.add.at(counts, at, reached[:, :-1] - reached[:, 1:])
            if block.weightless is not None:
                gone = block.weightless.sum(axis=1)
                np.subtract.at(counts, (block.rows, labels.of(block.rows, cuts)[:, 0]), gone)
                np.add.at(counts, (block.rows, labels.valueless(block.rows)), gone)

    with ThreadPoolExecutor(shares) as pool:
        list(pool.map(count, blocks_of(people, weightings, shares=shares)))


class _Labels:
    """The labels that people have below each cut and above the last."""

    def __init__(self, people: People) -> None:
        self.people = people
        self._known: Places | None = None

    def of(self, rows: Places, cuts: int) -> Places:
        """Give places of labels, people × (cuts + 1); a cut that a landing lacks is never reached."""
        if self._known is None:
            self._known = _padded(self.people.landings, cuts)
        landing = self.people.landing[rows]
        if (landing >= 0).all():
            return self._known[landing]
        return _padded([self._landing(row) for row in rows.tolist()], cuts)

    def _landing(self, row: int) -> Landing:
        place = int(self.people.landing[row])
        found = self.people.exact(row) if place < 0 else None
        return self.people.landings[place] if found is None else found[1]

    def valueless(self, rows: Places) -> Places:
        """Give places of the labels where the weighted step has no value."""
        return np.array([self._landing(row).valueless for row in rows.tolist()], np.int64)

    def turns(self, rows: Places, cuts: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Tell who has the current label below the first cut, and at which cuts that turns round."""
        own = self.of(rows, cuts) == self.people.current[rows][:, None]
        return own[:, 0], own[:, 1:] ^ own[:, :-1]


def _padded(landings: Sequence[Landing], cuts: int) -> Places:
    rows = [[*one.labels, *[one.labels[-1]] * (cuts + 1 - len(one.labels))] for one in landings]
    return np.array(rows, np.int64).reshape(-1, cuts + 1)
