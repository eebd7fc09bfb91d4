"""Indonesian: what is said of a whole unit.

What lives here: words. What never comes in: logic.
"""

from __future__ import annotations

from typing import Final

__all__ = ["WORDS"]

WORDS: Final[dict[str, str]] = {
    # a unit as a whole, kinerja unit
    "KNJ861.message": "kebijakan ini tidak menerbitkan langkah berlabel bernama {found}; yang ada: {expected}",
    "KNJ861.way_out": "tulis salah satu dari langkah itu: {nearest}",
    "KNJ862.message": "kebijakan ini tidak menerbitkan angka bernama {found}; yang ada: {expected}",
    "KNJ862.way_out": "tulis salah satu dari langkah itu: {nearest}",
    # end of unit
    # distribution
    # end of distribution
    # ranking
    # end of ranking
    # periods
    # end of periods
    # publication
    # end of publication
    # quality
    # end of quality
    # appeals
    # end of appeals
}
