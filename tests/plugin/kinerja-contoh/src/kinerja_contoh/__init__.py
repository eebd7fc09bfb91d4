"""A rule kind of an agency's own: punctuality (ketepatan waktu)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Final, Literal

from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.rule import Known
from kinerja.words import Text

__all__ = ["RULES", "KetepatanWaktu"]

WEEKS_BEGUN: Final = Rounding(digits=0, mode="ceiling")


@dataclass(frozen=True, slots=True, kw_only=True)
class KetepatanWaktu:
    """Take points off for each day, or each week begun, after the deadline.

    Attributes:
        selesai: Date on which the work was done.
        batas: Date on which it was due.
        potongan: What each day or week takes off.
        per: Whether days or weeks count; a week that has begun counts whole.
        toleransi: Days of delay that do not count.
        paling_rendah: Lowest value.
    """

    kind: ClassVar[str] = "ketepatan_waktu"

    selesai: n.Node
    batas: n.Node
    potongan: Fraction
    per: Literal["hari", "minggu"]
    toleransi: Fraction = Fraction(0)
    paling_rendah: Fraction = Fraction(0)

    def formula(self, known: Known) -> n.Node:
        """Build the value."""
        days = n.Maximum((self.selesai - self.batas - self.toleransi, n.Number(Fraction(0))))
        late = n.Named("hari_terlambat", Text("hari terlambat", "days late"), days)
        counted = late if self.per == "hari" else n.Round(late / 7, WEEKS_BEGUN)
        return n.Maximum((100 - counted * self.potongan, n.Number(self.paling_rendah)))


#: What the entry point offers.
RULES: Final = (KetepatanWaktu,)
