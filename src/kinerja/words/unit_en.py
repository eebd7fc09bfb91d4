"""English: what is said of a whole unit.

What lives here: words. What never comes in: logic.
"""

from __future__ import annotations

from typing import Final

__all__ = ["WORDS"]

WORDS: Final[dict[str, str]] = {
    # a unit as a whole, kinerja unit
    "KNJ861.message": "this policy publishes no step with labels named {found}; there are: {expected}",
    "KNJ861.way_out": "name one of these steps: {nearest}",
    "KNJ862.message": "this policy publishes no number named {found}; there are: {expected}",
    "KNJ862.way_out": "name one of these steps: {nearest}",
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
