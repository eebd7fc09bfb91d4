"""kinerja as a contender: `score_table` on a frame of each kind."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from contender import LABELS, OURS, Answer, Contender

import kinerja

__all__ = ["contenders", "scorer_of"]

HERE = Path(__file__).parent


def scorer_of(policy: str) -> Any:
    """Load a policy of this folder."""
    return kinerja.load(HERE / policy)


def contenders(
    policy: str,
    frames: dict[str, Any],
    *,
    score: str,
    label: str | None = None,
    lists: dict[str, dict[str, Any]] | None = None,
) -> list[Contender]:
    """Give kinerja on each kind of frame.

    Args:
        policy: File name of the policy.
        frames: A frame of each kind, by the kind.
        score: Published step with the score.
        label: Published step with the label, if there is one.
        lists: Long tables for each kind of frame.
    """
    scorer = scorer_of(policy)
    return [
        Contender(
            name=f"{OURS}, {kind}",
            run=partial(scorer.score_table, frame, lists=(lists or {}).get(kind)),
            read=partial(_read, score=score, label=label),
            frame=kind,
        )
        for kind, frame in frames.items()
    ]


def _read(result: Any, *, score: str, label: str | None) -> Answer:
    """Read a frame of results; whoever is not complete has the score -1."""
    import pandas as pd
    import pyarrow as pa

    if isinstance(result, pd.DataFrame):
        table = pa.Table.from_pandas(result, preserve_index=False)
    else:
        table = result if isinstance(result, pa.Table) else result.to_arrow()
    complete = np.asarray(_texts(table["status"]) == "complete")
    scores = np.where(complete, table[score].to_numpy(), -1.0)
    if label is None:
        return scores, None
    texts = _texts(table[label])
    codes = np.full(len(scores), -1, dtype=np.int8)
    for place, name in enumerate(LABELS):
        codes[texts == name] = place
    return scores, codes


def _texts(column: Any) -> Any:
    """Give a column of labels as an array of texts, whatever carries them."""
    import pyarrow as pa

    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = pa.concat_arrays(whole.chunks)
    if pa.types.is_dictionary(whole.type):
        names = np.array(whole.dictionary.to_pylist(), dtype=object)
        return names[whole.indices.to_numpy(zero_copy_only=False)]
    return whole.to_numpy(zero_copy_only=False)
