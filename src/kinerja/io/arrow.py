"""Parquet and Arrow files as record batches, one after the other.

What lives here: opening a file of either kind, and what can be wrong with it. What never comes in: what a
column means. pyarrow is imported in the functions that need it.

A Parquet file is read in batches of one size, whatever its row groups are. An Arrow file, and the stream
form of it, is read in the batches that it was written in; a longer one is cut, short ones are put together.
A folder `data.parquet`, as Spark writes it, is read as one file: its parts in the order of their names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeAlias

from kinerja.errors import InputError, Issue, KinerjaError, MissingExtraError, quoted

__all__ = ["ARROW_SUFFIXES", "Arrow", "ArrowFile", "is_arrow", "open_arrow", "rows_at_once"]

#: Something of pyarrow, which may be missing and declares no types.
Arrow: TypeAlias = Any

#: Suffixes of the files that are read here.
ARROW_SUFFIXES: Final = (".parquet", ".arrow", ".feather")
#: Rows of a batch: one chunk of the column engine.
ROWS: Final = 65_536
#: Items of lists in a batch: where rows have long lists, a batch has fewer rows.
ITEMS: Final = 262_144
#: Rows that are looked at to know how long their lists are.
SAMPLE: Final = 1024
#: How an Arrow file begins that is no stream.
MAGIC: Final = b"ARROW1"
#: Bytes of a column chunk that are read ahead.
AHEAD: Final = 1 << 20


def is_arrow(path: Path) -> bool:
    """Tell by its suffix whether a file is one of those that are read here."""
    return path.suffix.lower() in ARROW_SUFFIXES


class ArrowFile:
    """A Parquet or Arrow file.

    Attributes:
        file: The file, as the user named it.
        schema: Its columns, a `pyarrow.Schema`.
    """

    def __init__(self, path: Path, parts: Sequence[Path], schema: Arrow) -> None:
        self.file = str(path)
        self.schema = schema
        self._parts = parts

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(self.schema.names)

    def batches(
        self, names: Collection[str], *, few: Collection[str] = (), start: int = 0
    ) -> Iterator[Arrow]:
        """Read record batches of some columns.

        Args:
            names: The columns, at least one, of which each stands once in the file.
            few: Those that are known to hold few different texts.
            start: Row to begin with; what lies before it is passed over where the file allows it.

        Yields:
            A `pyarrow.RecordBatch` of at most 65,536 rows.

        Raises:
            InputError: The file is damaged, or was taken away.
        """
        order = [name for name in self.names if name in names]
        yield from _gathered(self._read(order, few, start))

    def _read(self, names: Sequence[str], few: Collection[str], start: int) -> Iterator[Arrow]:
        for path in self._parts:
            with _opened(path) as opened:
                if _is_parquet(path):
                    batches, start = _parquet_batches(opened, names, few, start)
                else:
                    batches = _ipc_batches(opened, [self.names.index(name) for name in names])
                for batch in batches:
                    # Offsets beyond the end and texts that are none would be met where they do harm.
                    batch.validate(full=True)
                    step = rows_at_once(batch.num_rows, max(map(_items, batch.columns)))
                    for at in range(start, batch.num_rows, step):
                        yield batch.slice(at, step)
                    start = max(0, start - batch.num_rows)


def _items(column: Arrow) -> int:
    """Count the items of lists in a column."""
    from pyarrow import types

    kind = column.type
    if types.is_list(kind) or types.is_large_list(kind):
        return len(column.flatten())
    return len(column)


def rows_at_once(rows: int, items: int) -> int:
    """Give how many rows a batch may have, from how many items a number of rows has."""
    return max(1, min(ROWS, ITEMS * rows // max(items, 1)))


def _gathered(batches: Iterable[Arrow]) -> Iterator[Arrow]:
    """Put short batches together: each costs the column engine some time, however short it is."""
    waiting: list[Arrow] = []
    rows = items = 0
    for batch in batches:
        more = max(map(_items, batch.columns))
        if waiting and (rows + batch.num_rows > ROWS or items + more > ITEMS):
            yield from _together(waiting)
            waiting, rows, items = [], 0, 0
        if batch.num_rows:
            waiting.append(batch)
            rows, items = rows + batch.num_rows, items + more
    yield from _together(waiting)


def _together(batches: list[Arrow]) -> Iterator[Arrow]:
    import pyarrow as pa

    if len(batches) < 2:  # noqa: PLR2004 - one is together already
        yield from batches
    else:
        table = pa.Table.from_batches(batches).unify_dictionaries()
        yield from table.combine_chunks().to_batches()


def open_arrow(path: Path) -> ArrowFile:
    """Open a file and read its columns.

    Raises:
        InputError: The file cannot be opened, or is not what its suffix says; or the parts of a folder
            have different columns.
        MissingExtraError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: F401 - asked for here, so that every function below may take it
    except ImportError:
        raise MissingExtraError("frames") from None
    parts = _parts_of(path)
    schema = _schema_of(parts[0])
    for part in parts[1:]:
        if not _schema_of(part).equals(schema):
            details = {"found": quoted(part.name), "other": quoted(parts[0].name)}
            raise InputError([Issue(code="KNJ565", file=str(path), details=details)])
    return ArrowFile(path, parts, schema)


def _parts_of(path: Path) -> list[Path]:
    """Give the files of a folder that hold data, or the file itself."""
    if not path.is_dir():
        return [path]
    try:
        found = sorted(part for part in path.iterdir() if part.suffix == path.suffix)
    except OSError as error:
        details = {"found": error.strerror or type(error).__name__}
        raise InputError([Issue(code="KNJ502", file=str(path), details=details)]) from None
    parts = [part for part in found if not part.name.startswith((".", "_")) and part.is_file()]
    if not parts:
        raise InputError([Issue(code="KNJ566", file=str(path), details={"expected": path.suffix})])
    return parts


def _schema_of(path: Path) -> Arrow:
    with _opened(path) as opened:
        if _is_parquet(path):
            from pyarrow import parquet

            schema = parquet.ParquetFile(opened).schema_arrow
        else:
            schema = _ipc(opened).schema
        _look_at_names(schema)
        return schema.remove_metadata()


def _look_at_names(fields: Iterable[Arrow]) -> None:
    """Fail here, not later, where a name is no text."""
    for field in fields:
        _ = field.name
        _look_at_names(field.type.field(at) for at in range(field.type.num_fields))


def _is_parquet(path: Path) -> bool:
    return path.suffix.lower() == ".parquet"


@contextmanager
def _opened(path: Path) -> Iterator[Arrow]:
    import pyarrow as pa

    expected = "Parquet" if _is_parquet(path) else "Arrow"
    try:
        with path.open("rb"):  # says better than pyarrow why a file cannot be opened
            pass
        with pa.OSFile(str(path)) as opened:
            yield opened
    except KinerjaError:
        raise
    except OSError as error:
        # What pyarrow finds wrong with a file is an OSError too, without a number.
        if error.errno is None:
            raise _damaged(path, expected) from None
        details = {"found": error.strerror or type(error).__name__}
        raise InputError([Issue(code="KNJ502", file=str(path), details=details)]) from None
    except (pa.ArrowException, ValueError, EOFError):
        raise _damaged(path, expected) from None


def _damaged(path: Path, expected: str) -> InputError:
    return InputError([Issue(code="KNJ562", file=str(path), details={"expected": expected})])


def _parquet_batches(
    opened: Arrow, names: Sequence[str], few: Collection[str], start: int
) -> tuple[Iterator[Arrow], int]:
    """Give the rows from the first row group that is wanted on, and how many of them come too early."""
    from pyarrow import parquet, types

    metadata = parquet.read_metadata(opened)
    groups = list(range(metadata.num_row_groups))
    while groups and start >= (rows := metadata.row_group(groups[0]).num_rows):
        start -= rows
        groups.pop(0)
    if not groups:
        return iter(()), start
    read = parquet.ParquetFile(
        opened,
        metadata=metadata,
        read_dictionary=[name for name in names if name in few],
        buffer_size=AHEAD,
        page_checksum_verification=True,
    )
    step = ROWS
    if any(types.is_nested(read.schema_arrow.field(name).type) for name in names):
        # The first rows tell how long lists are; what a row group says of itself may be wrong.
        sample = read.iter_batches(SAMPLE, row_groups=groups[:1], columns=list(names))
        for first in islice(sample, 1):
            step = rows_at_once(first.num_rows, max(map(_items, first.columns)))
    return read.iter_batches(step, row_groups=groups, columns=list(names)), start


def _ipc(opened: Arrow, places: Sequence[int] | None = None) -> Arrow:
    from pyarrow import ipc

    options = ipc.IpcReadOptions(included_fields=None if places is None else list(places))
    is_file = opened.read(len(MAGIC)) == MAGIC
    opened.seek(0)
    opener = ipc.open_file if is_file else ipc.open_stream
    return opener(opened, options=options)


def _ipc_batches(opened: Arrow, places: Sequence[int]) -> Iterator[Arrow]:
    read = _ipc(opened, places)
    if hasattr(read, "num_record_batches"):
        return (read.get_batch(at) for at in range(read.num_record_batches))
    return iter(read)
