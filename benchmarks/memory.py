"""The most memory that scoring takes beyond the frame that is given, in a fresh process.

Rows are written to a file; a new interpreter reads them, scores ten of them to have everything imported,
and then all of them. Counted is the peak of its memory (`VmHWM`, set back just before) above what it held
and above what the frame of results holds: all scratch.

Run as a script it is that new interpreter: `memory.py POLICY FRAME FILE [LIST FILE]`.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

__all__ = ["extra_megabytes"]

MEGABYTE = 1e6


def extra_megabytes(
    policy: str, frame: str, table: Any, lists: dict[str, Any] | None = None
) -> float:
    """Measure kinerja.

    Args:
        policy: File name of the policy.
        frame: `polars`, `pandas` or `arrow`.
        table: The rows, as an Arrow table.
        lists: Long tables, as Arrow tables.
    """
    with tempfile.TemporaryDirectory() as folder:
        arguments = [policy, frame, _written(table, Path(folder, "rows.arrow"))]
        for name, ratings in (lists or {}).items():
            arguments += [name, _written(ratings, Path(folder, f"{name}.arrow"))]
        done = subprocess.run(  # noqa: S603 - this interpreter
            [sys.executable, __file__, *arguments], check=True, capture_output=True, text=True
        )
    return float(done.stdout)


def _written(table: Any, path: Path) -> str:
    import pyarrow as pa

    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return str(path)


def _read(path: str, frame: str) -> Any:
    import polars as pl
    import pyarrow as pa

    with pa.OSFile(path, "rb") as source:
        table = pa.ipc.open_file(source).read_all().combine_chunks()
    if frame == "polars":
        return pl.DataFrame(table).rechunk()
    return table.to_pandas() if frame == "pandas" else table


def _status(key: str) -> int:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(key):
            return int(line.split()[1]) * 1024
    raise KeyError(key)


def _measured(policy: str, frame: str, path: str, lists: list[str]) -> float:
    import pyarrow as pa
    from ours import scorer_of

    scorer = scorer_of(policy)
    rows = _read(path, frame)
    long = {name: _read(file, frame) for name, file in zip(lists[::2], lists[1::2], strict=True)}
    few = {
        name: table.iloc[:100] if frame == "pandas" else table[:100] for name, table in long.items()
    }
    scorer.score_table(rows.iloc[:10] if frame == "pandas" else rows[:10], lists=few or None)
    gc.collect()
    pa.default_memory_pool().release_unused()
    held = _status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    result = scorer.score_table(rows, lists=long or None)
    extra = _status("VmHWM") - held - _size(result, rows)
    return extra / MEGABYTE


def _size(result: Any, rows: Any) -> int:
    """Count the bytes of the columns of a frame of results that are new."""
    if hasattr(result, "column_names"):
        new = [name for name in result.column_names if name not in rows.column_names]
        return int(result.select(new).nbytes)
    new = [name for name in result.columns if name not in rows.columns]
    if hasattr(result, "estimated_size"):
        return int(result.select(new).estimated_size())
    return int(result[new].memory_usage(index=False).sum())


if __name__ == "__main__":
    print(_measured(*sys.argv[1:4], sys.argv[4:]))
