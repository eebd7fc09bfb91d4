"""The edge where data files become records and results become files.

What lives here: reading CSV, TSV, JSON, JSON lines, Excel workbooks, Parquet and Arrow files as records,
joining lists to them, and writing results and issues. What never comes in: scoring, policies, words for
people.

One module for each idea: `encoding` (bytes to text), `delimited`, `xlsx` (tables of raw cells), `tables`
(what a table is), `wording` (columns in a caller's words), `numbers` (decimal comma or point), `cells` (raw
cell to typed value), `typed` (table to rows), `jsonl`, `rows` (what every format becomes), `batches` (what
is scored), `lists`, `lacking` and `records` (the join), `plain_table` (small tables that are no records),
`results`, `written` (values as text), `columnwise` (columns as text) and `whole` (files and folders that
appear whole or not at all). Parquet and Arrow: `arrow` (the files), `arrow_ids`, `arrow_rows` (row by row),
`arrow_records` and `arrow_lists` (batch by batch), `arrow_results`.
"""

from kinerja.io.batches import Batch, Records
from kinerja.io.numbers import DecimalMark
from kinerja.io.records import READ_SUFFIXES, columns_of, read_records
from kinerja.io.results import (
    WRITE_SUFFIXES,
    JsonLines,
    format_jsonl_row,
    open_writer,
    write_issues,
    write_rows,
)
from kinerja.io.rows import Row
from kinerja.io.wording import Wording
from kinerja.io.written import Cell, ColumnType, RowWriter

__all__ = [
    "READ_SUFFIXES",
    "WRITE_SUFFIXES",
    "Batch",
    "Cell",
    "ColumnType",
    "DecimalMark",
    "JsonLines",
    "Records",
    "Row",
    "RowWriter",
    "Wording",
    "columns_of",
    "format_jsonl_row",
    "open_writer",
    "read_records",
    "write_issues",
    "write_rows",
]
