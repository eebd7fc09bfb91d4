"""The edge where data files become records and results become files.

What lives here: reading CSV, TSV, JSON, JSON lines and Excel workbooks as records, joining lists to them,
and writing results and issues. What never comes in: scoring, policies, words for people.

One module for each idea: `encoding` (bytes to text), `delimited`, `xlsx` (tables of raw cells), `tables`
(what a table is), `numbers` (decimal comma or point), `cells` (raw cell to typed value), `typed` (table to
rows), `jsonl`, `rows` (what every format becomes), `lists` and `records` (the join), `results`, `written`
(values as text) and `whole` (files that appear whole or not at all).
"""

from kinerja.io.numbers import DecimalMark
from kinerja.io.records import READ_SUFFIXES, RecordsFile, read_records
from kinerja.io.results import (
    WRITE_SUFFIXES,
    format_jsonl_row,
    open_writer,
    write_issues,
    write_rows,
)
from kinerja.io.rows import Row
from kinerja.io.written import Cell, RowWriter

__all__ = [
    "READ_SUFFIXES",
    "WRITE_SUFFIXES",
    "Cell",
    "DecimalMark",
    "RecordsFile",
    "Row",
    "RowWriter",
    "format_jsonl_row",
    "open_writer",
    "read_records",
    "write_issues",
    "write_rows",
]
