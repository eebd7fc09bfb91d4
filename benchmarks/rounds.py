"""Timing in turns and counting what is wrong.

What lives here: rounds in which every contender runs once, in an order drawn anew, so that a busy machine
slows all of them alike; the comparison of an answer with the truth. What never comes in: a policy.
"""

from __future__ import annotations

import gc
import random
import time
from dataclasses import dataclass

import numpy as np
from contender import OURS, Contender
from numpy.typing import NDArray

__all__ = ["Found", "Truth", "compare", "timed"]


@dataclass(frozen=True, slots=True)
class Truth:
    """What is right.

    Attributes:
        hundredths: The score of each row, in hundredths.
        codes: The place of the label of each row, or `None` where the policy gives none.
    """

    hundredths: NDArray[np.int64]
    codes: NDArray[np.int8] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one contender.

    Attributes:
        contender: Who it is.
        seconds: Of each round.
        processor: Seconds of each round, added up over the processors.
        wrong: Rows that it got wrong.
    """

    contender: Contender
    seconds: list[float]
    processor: list[float]
    wrong: int


def timed(
    contenders: list[Contender], truth: Truth, *, rounds: int, budget: float
) -> dict[str, Found]:
    """Run every contender once to check it, then in turns.

    Args:
        contenders: Who takes part.
        truth: What they are compared with.
        rounds: Most rounds of each.
        budget: Seconds after which a contender that has had three rounds is left out of further ones.
    """
    found = {}
    for contender in contenders:
        answer = contender.run()
        wrong = 0
        if contender.read is not None:
            strictly = contender.name.startswith(OURS)
            wrong = compare(*contender.read(answer), truth, strictly=strictly)
        found[contender.name] = Found(contender, [], [], wrong)
        del answer
    # What was there before needs no looking at: a collection then takes no time worth mentioning.
    gc.collect()
    gc.freeze()
    order, chance = list(found.values()), random.Random(1)
    for _ in range(rounds):
        chance.shuffle(order)
        for entry in order:
            if len(entry.seconds) >= 3 and sum(entry.seconds) > budget:
                continue
            gc.collect()
            before, start = time.process_time(), time.perf_counter()
            result = entry.contender.run()
            entry.seconds.append(time.perf_counter() - start)
            entry.processor.append(time.process_time() - before)
            del result
    gc.unfreeze()
    return found


def compare(
    scores: NDArray[np.floating],
    codes: NDArray[np.integer] | None,
    truth: Truth,
    *,
    strictly: bool,
) -> int:
    """Count rows whose score or label is wrong.

    Of kinerja the double nearest the exact decimal is asked for; a peer's score counts as the hundredth
    that it lies nearest to.
    """
    if strictly:
        wrong = scores != truth.hundredths / 100.0
    else:
        wrong = np.rint(scores.astype(np.float64) * 100) != truth.hundredths
    if truth.codes is not None:
        wrong |= codes != truth.codes
    return int(np.count_nonzero(wrong))
