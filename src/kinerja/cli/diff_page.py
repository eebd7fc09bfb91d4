"""What `kinerja diff` says, section by section.

What lives here: the way from a difference and its impact to the blocks of a page. What never comes in: the
comparison, layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import ceil
from typing import Final

from kinerja.cli.console import Console
from kinerja.exact import Rounding, decimal_digits
from kinerja.report.page import Bars, Block, Columns, Grid, Item, Page, Pairs, Paragraph, Section
from kinerja.result import Line, PolicyNote
from kinerja.scorer import LabelStep
from kinerja.verify import Change, Difference, Impact, LabelMoves, Mover, PointMoves
from kinerja.words import Text, number, phrase

__all__ = ["diff_page"]

#: Units that a page shows; those where most change come first.
MOST_UNITS: Final = 40
#: Decimals of a mean that does not end sooner.
SHOWN: Final = Rounding(digits=4, mode="half_up")
#: Columns of a drawing of moves, on the longer side of zero.
MOST_COLUMNS: Final = 20


def diff_page(difference: Difference, impact: Impact | None, console: Console) -> Page:
    """Say what a change of a policy changes, and for whom.

    Args:
        difference: What the policies say differently.
        impact: What becomes of people, where there are data.
        console: Gives words in the language of the reader.
    """
    return _Page(difference, impact, console).page()


class _Page:
    def __init__(self, difference: Difference, impact: Impact | None, console: Console) -> None:
        self.difference = difference
        self.impact = impact
        self.console = console

    def say(self, key: str, **blanks: object) -> str:
        return self.console.say(f"diff.{key}", **blanks)

    def count(self, key: str, count: int, **blanks: object) -> str:
        return self.console.count(f"diff.{key}", count, **blanks)

    def text(self, text: Text | None) -> str:
        return self.say("nothing") if text is None else self.console.text(text)

    def figure(self, value: Fraction, *, digits: int | None = None) -> str:
        if decimal_digits(value) is None or (decimal_digits(value) or 0) > SHOWN.digits:
            return f"≈ {number(SHOWN.apply(value), self.console.lang)}"
        return number(value, self.console.lang, digits=digits)

    def signed(self, value: Fraction, *, digits: int | None = None) -> str:
        text = self.figure(abs(value), digits=digits)
        sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else ""
        about = "≈ " if text.startswith("≈") else ""
        return f"{about}{sign}{text.removeprefix('≈ ')}"

    def page(self) -> Page:
        return Page(
            kicker=self.text(self.difference.new.title),
            title=self.say("title"),
            lead=list(self._lead()),
            sections=list(self._sections()),
            contents=self.say("contents"),
            missing=self.say("nothing"),
        )

    def _policy(self, note: PolicyNote) -> str:
        return self.say("policy", title=self.text(note.title), id=note.id, version=note.version)

    def _lead(self) -> Iterator[Block]:
        difference = self.difference
        found = len(difference.changes)
        summary = self.say("no_changes")
        if found:
            summary = self.count("changes", found, affecting=len(difference.affecting))
        rows = [
            (self.say("old"), self._policy(difference.old)),
            (self.say("new"), self._policy(difference.new)),
            (self.say("summary"), summary),
        ]
        if self.impact is not None:
            rows.append((self.say("people"), self._people(self.impact)))
        yield Pairs(rows=rows)

    def _people(self, impact: Impact) -> str:
        parts = [self.count("rows", impact.rows)]
        if impact.labels is not None:
            moved = impact.rows - impact.labels.same
            parts.append(self.count("labels_moved", moved))
        if impact.points is not None:
            parts.append(self.count("points_moved", impact.points.up + impact.points.down))
        return "; ".join(parts)

    def _sections(self) -> Iterator[Section]:
        affecting = self.difference.affecting
        others = [change for change in self.difference.changes if not change.affects]
        if affecting:
            yield Section(title=self.say("affecting"), blocks=[self._changes(affecting)])
        if self.impact is not None:
            yield from self._impact(self.impact)
        if others:
            yield Section(title=self.say("not_affecting"), blocks=[self._changes(others)])
        kept = [
            (
                self.text(phrase(f"diff.part.{one.part}")),
                self.say("kept_of", same=one.same, total=one.total),
            )
            for one in self.difference.kept
        ]
        yield Section(title=self.say("kept"), blocks=[Pairs(rows=kept)])

    # What the policies say.

    def _changes(self, changes: Iterable[Change]) -> Grid:
        rows = []
        for change in changes:
            what = self.text(change.what) or self.say(f"whole.{change.kind}")
            cells = (self.text(change.title), what, self.text(change.old), self.text(change.new))
            rows.append([*cells, change.path])
        columns = [self.say(f"column.{key}") for key in ("part", "what", "old", "new", "path")]
        # Paths are copied, so they are kept whole where there is room.
        places = (len(columns) - 1,)
        return Grid(title=columns[1], columns=columns, rows=rows, unbroken=places, grouped=True)

    # What becomes of people.

    def _impact(self, impact: Impact) -> Iterator[Section]:
        if impact.steps is not None and impact.labels is not None:
            yield self._labels(*impact.steps, impact.labels)
        if impact.points is not None:
            yield self._points(impact.points)
        statuses = self._statuses(impact)
        if statuses is not None:
            yield statuses
        if impact.units:
            yield self._units(impact)
        if impact.movers:
            yield self._movers(impact)

    def _labels(self, old: LabelStep, new: LabelStep, moves: LabelMoves) -> Section:
        title = self.text(new.title)
        said = [
            self.count(f"labels.{key}", count)
            for key, count in (
                ("up", moves.up),
                ("down", moves.down),
                ("other", moves.other),
                ("same", moves.same),
            )
            if count or key in ("up", "down", "same")
        ]
        if not (old.ordered and new.ordered):
            said = [self.count("labels.changed", moves.up + moves.down + moves.other), said[-1]]
        sides = []
        for place, step in enumerate((old, new)):
            used = {pair[place] for pair in moves.counts}
            names = [None, *(name for name, _ in step.labels)]
            sides.append([name for name in names if name in used])
        titles = [dict(step.labels) for step in (old, new)]
        rows = []
        for before in sides[0]:
            counts = [moves.counts.get((before, after), 0) for after in sides[1]]
            name = self._label(before, titles[0])
            rows.append([name, *(str(count or "") for count in counts), str(sum(counts))])
        columns = [
            self.say("old_and_new"),
            *(self._label(after, titles[1]) for after in sides[1]),
            self.say("total"),
        ]
        grid = Grid(title=title, columns=columns, rows=rows)
        note = Paragraph(text=self.say("matrix_help"))
        heading = self.say("labels", title=title)
        return Section(title=heading, blocks=[Paragraph(text="; ".join(said)), grid, note])

    def _label(self, name: str | None, titles: dict[str, Text]) -> str:
        return self.say("no_label") if name is None else self.console.text(titles[name])

    def _points(self, points: PointMoves) -> Section:
        digits = points.digits
        rows = [
            (self.say("points.up"), str(points.up)),
            (self.say("points.down"), str(points.down)),
            (self.say("points.same"), str(points.same)),
            (self.say("points.least"), self.signed(points.least, digits=digits)),
            (self.say("points.median"), self.signed(points.median, digits=digits)),
            (self.say("points.mean"), self.signed(points.mean, digits=digits)),
            (self.say("points.most"), self.signed(points.most, digits=digits)),
        ]
        blocks: list[Block] = [Pairs(rows=rows)]
        if points.up or points.down:
            blocks.append(Columns(title=self.say("drawing"), rows=self._columns(points.counts)))
        return Section(title=self.say("points", title=self.text(points.title)), blocks=blocks)

    def _columns(self, counts: Sequence[tuple[Fraction, int]]) -> list[tuple[str, int, int]]:
        """Put moves into columns of one width; no move at all is a column of its own."""
        width = _width(max(abs(counts[0][0]), abs(counts[-1][0])))
        found: dict[int, int] = {0: 0}
        for moved, count in counts:
            place = ceil(abs(moved) / width) * (1 if moved > 0 else -1)
            found[place] = found.get(place, 0) + count
        rows = []
        for place in range(min(found), max(found) + 1):
            tone = (place > 0) - (place < 0)
            ends = (abs(place) - 1) * width * tone, place * width
            name = " … ".join(map(self.signed, sorted(ends))) if place else "0"
            rows.append((name, found.get(place, 0), tone))
        return rows

    def _statuses(self, impact: Impact) -> Section | None:
        blocks: list[Block] = []
        if any(pair != ("complete", "complete") for pair in impact.statuses):
            rows = [
                [self.say(f"status.{before}"), self.say(f"status.{after}"), str(count)]
                for (before, after), count in impact.statuses.items()
            ]
            columns = [self.say("column.old"), self.say("column.new"), self.say("column.rows")]
            blocks.append(Grid(title=self.say("statuses"), columns=columns, rows=rows))
        only = (("only_old", impact.only_old), ("only_new", impact.only_new))
        rows_of_inputs = [
            (self.say(key), f"{name}: {self.text(title)}")
            for key, found in only
            for name, title in found
        ]
        if rows_of_inputs:
            blocks.append(Pairs(rows=rows_of_inputs))
        return Section(title=self.say("statuses"), blocks=blocks) if blocks else None

    def _units(self, impact: Impact) -> Section:
        shown = impact.units[:MOST_UNITS]
        rows, bars = [], []
        for unit in shown:
            name = self.say("no_unit") if unit.unit is None else unit.unit
            row = [name, str(unit.rows)]
            if unit.labels is not None:
                labels = unit.labels
                row += [str(labels.up), str(labels.down), str(unit.rows - labels.same)]
                bars.append((name, (labels.down, unit.rows - labels.up - labels.down, labels.up)))
            if impact.points is not None:
                row += [str(unit.up), str(unit.down)]
                row.append("" if unit.mean is None else self.signed(unit.mean))
                if unit.labels is None:
                    bars.append((name, (unit.down, unit.rows - unit.up - unit.down, unit.up)))
            rows.append(row)
        columns = [impact.unit or "", self.say("column.rows")]
        if impact.labels is not None:
            columns += [self.say(f"column.label_{key}") for key in ("up", "down", "moved")]
        if impact.points is not None:
            columns += [self.say(f"column.points_{key}") for key in ("up", "down", "mean")]
        title = self.say("units", unit=impact.unit)
        blocks: list[Block] = [Grid(title=title, columns=columns, rows=rows)]
        if bars:
            parts = (self.say("bar.down"), self.say("bar.same"), self.say("bar.up"))
            blocks.append(Bars(title=title, parts=parts, rows=bars))
        rest = len(impact.units) - len(shown)
        if rest:
            blocks.append(Paragraph(text=self.count("units_rest", rest)))
        return Section(title=title, blocks=blocks)

    def _movers(self, impact: Impact) -> Section:
        intro = Paragraph(text=self.say("movers_intro"))
        items = [self._mover(mover, impact) for mover in impact.movers]
        return Section(title=self.say("movers"), blocks=[intro, *items])

    def _mover(self, mover: Mover, impact: Impact) -> Item:
        title = self._moved(mover, None if impact.points is None else impact.points.digits)
        step = mover.new_line or mover.old_line
        if step is None:
            return Item(title=title, rows=[(self.say("mover_step"), self.say("mover_no_step"))])
        because = [
            (self.say("mover_because"), self._because(change))
            for change in self.difference.affecting
            if change.part == "steps" and change.name == (mover.step or "").partition(".")[0]
        ]
        rows = [
            (self.say("mover_step"), self.text(step.title)),
            (self.say("old"), self._line(mover.old_line)),
            (self.say("new"), self._line(mover.new_line)),
            *because,
        ]
        return Item(title=title, rows=rows)

    def _moved(self, mover: Mover, digits: int | None) -> str:
        moves = []
        if mover.old is not None and mover.new is not None:
            moves.append(self._figures(mover.old, mover.new, digits))
        if mover.labels is not None and mover.labels[0] != mover.labels[1]:
            ends = (self.say("no_label") if one is None else self.text(one) for one in mover.labels)
            moves.append(" → ".join(ends))
        return f"{mover.id or self.say('nothing')}: {', '.join(moves)}"

    def _figures(self, old: Fraction, new: Fraction, digits: int | None) -> str:
        ends = [self.figure(end, digits=digits) for end in (old, new)]
        if old == new:
            return ends[0]
        return f"{' → '.join(ends)} ({self.signed(new - old, digits=digits)})"

    def _line(self, line: Line | None) -> str:
        if line is None:
            return self.say("not_needed")
        told = [self.text(text) for text in (line.formula, line.figures) if text is not None]
        applied = "; ".join(map(self.text, line.applied))
        value = self.text(line.value)
        parts = [*dict.fromkeys(told), value]
        return " = ".join(parts) + (f" ({applied})" if applied else "")

    def _because(self, change: Change) -> str:
        what = self.text(change.what) or self.say(f"whole.{change.kind}")
        return f"{what}: {self.text(change.old)} → {self.text(change.new)}"


def _width(most: Fraction) -> Fraction:
    """Give the width of a column: 1, 2 or 5 times a power of ten."""
    power = Fraction(1)
    while power * MOST_COLUMNS > most:
        power /= 10
    while power * 10 * MOST_COLUMNS <= most:
        power *= 10
    return next(power * step for step in (1, 2, 5, 10) if power * step * MOST_COLUMNS >= most)
