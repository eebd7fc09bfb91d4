"""Indonesian: what is said of weights and of what they do to people.

What lives here: words. What never comes in: logic.
"""

from __future__ import annotations

from typing import Final

__all__ = ["WORDS"]

WORDS: Final[dict[str, str]] = {
    # judged
    # end of judged
    # data
    # end of data
    # scheme
    # end of scheme
    # aggregation
    # end of aggregation
    # pictures
    # end of pictures
    # report
    # end of report
}
