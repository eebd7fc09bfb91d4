"""What every contender is to the harness: a call that is timed, and a way to read what it gave.

What never comes in: a policy, a set of rows, a clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["LABELS", "OURS", "Answer", "Contender", "codes_of_texts"]

LABELS = ("sangat_kurang", "kurang", "cukup", "baik", "sangat_baik")
OURS = "kinerja"

#: Scores as floats, and the place of each label on the scale (`None` where no label is asked for).
Answer: TypeAlias = tuple[NDArray[Any], NDArray[Any] | None]


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to score the rows.

    Attributes:
        name: What the tables call it.
        run: From the frame in memory to the frame of results; only this is timed.
        read: Scores and labels of what `run` gave; `None` where there are none.
        frame: What it reads: `polars`, `pandas` or `arrow`. It stands beside kinerja on the same frame.
        most_rows: More rows than this are not tried; `None`: any number.
    """

    name: str
    run: Callable[[], Any]
    read: Callable[[Any], Answer] | None
    frame: str
    most_rows: int | None = None


def codes_of_texts(texts: list[str]) -> NDArray[np.int8]:
    """Give the places of labels that came out as texts."""
    places = {label: place for place, label in enumerate(LABELS)}
    return np.array([places[text] for text in texts], dtype=np.int8)
