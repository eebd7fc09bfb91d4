"""How weights, shares and intervals of weights are written on a page.

What lives here: their words. What never comes in: how they were found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from kinerja.exact import Rounding, RoundingMode, decimal_digits
from kinerja.report.speaker import Speaker
from kinerja.values import Interval
from kinerja.words import number

__all__ = ["MOST_IDS", "WeightSpeaker", "ids_text", "share_text"]

#: Ids that are named in one place.
MOST_IDS: Final = 10
#: Decimals of a weight whose decimals never end, or go on for longer.
MOST_DIGITS: Final = 4
_PERCENT: Final = Rounding(digits=1, mode="half_up")


def share_text(share: Fraction, speaker: Speaker) -> str:
    """Write a share of weightings or people as a percentage with one decimal.

    Nobody reads 0 % where there is something, nor 100 % where something is lacking: `≈` stands before them.
    """
    rounded = _PERCENT.apply(share * 100)
    sign = "≈ " if rounded in {0, 100} and share not in {0, 1} else ""
    return f"{sign}{speaker.percent(share)}"


def ids_text(ids: Sequence[str], speaker: Speaker, *, most: int = MOST_IDS) -> str:
    """Name people by id, the first ones where they are many."""
    named = ", ".join(ids[:most])
    rest = len(ids) - most
    return speaker.say("ids_rest", ids=named, count=rest) if rest > 0 else named


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightSpeaker:
    """Writes the weights of one step: as percentages where they sum to 1, else as the figures they are.

    Attributes:
        speaker: Says things in the language of the reader.
        total: The sum of the weights.
    """

    speaker: Speaker
    total: Fraction

    def weight(self, weight: Fraction, *, mode: RoundingMode = "half_up") -> str:
        """Write a weight; one of more than four decimals rounded, with `≈`."""
        value = weight * 100 if self.total == 1 else weight
        digits = decimal_digits(value)
        sign = ""
        if digits is None or digits > MOST_DIGITS:
            value = Rounding(digits=MOST_DIGITS, mode=mode).apply(value)
            sign = "≈ "
        unit = " %" if self.total == 1 else ""
        return f"{sign}{number(value, self.speaker.lang)}{unit}"

    def points(self, step: Fraction) -> str:
        """Write how far a weight moves."""
        if self.total != 1:
            return self.weight(step)
        return self.speaker.say("points", points=self.weight(step).removesuffix(" %"))

    def weights(self, rows: Iterable[tuple[str, Fraction]]) -> str:
        """Write weights in one line, each with its name."""
        return ", ".join(f"{name} {self.weight(share)}" for name, share in rows)

    def interval(self, interval: Interval) -> str:
        """Write where a weight may lie; ends that are rounded lie inside."""
        low, high = interval.low or Fraction(0), self.total
        if interval.high is not None:
            high = interval.high
        if low == high:
            return self.speaker.say("reach.exactly", weight=self.weight(low))
        if low == 0 and high == self.total and not (interval.low_open or interval.high_open):
            return self.speaker.say("reach.everywhere")
        first = "above" if interval.low_open else "from"
        last = "below" if interval.high_open else "to"
        return " ".join(
            (
                self.speaker.say(f"reach.{first}", weight=self.weight(low, mode="ceiling")),
                self.speaker.say(f"reach.{last}", weight=self.weight(high, mode="floor")),
            )
        )
