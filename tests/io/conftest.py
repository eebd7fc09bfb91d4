"""Files and policies for the tests of reading and writing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinerja.formula.types import DateType, FlagType, LabelType, ListType, NumberType, TextType
from kinerja.values import LabelDef, Scale
from kinerja.words import Text


@pytest.fixture
def put(tmp_path):
    """Write a file from text or bytes and give its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def book(tmp_path):
    """Write a workbook: sheet name to rows of values."""
    openpyxl = pytest.importorskip("openpyxl")

    def write(name: str, sheets: dict[str, list[list[object]]]) -> Path:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(row)
        workbook.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def scale():
    """Give a scale of two labels."""
    return Scale(
        labels=(LabelDef("baik", Text.same("Baik")), LabelDef("kurang", Text.same("K"))),
        ordered=False,
    )


@pytest.fixture
def inputs(scale):
    """Give one input of every type."""
    return {
        "nilai": NumberType(),
        "perilaku": LabelType(scale=scale),
        "aktif": FlagType(),
        "mulai": DateType(),
        "catatan": TextType(),
        "ratings": ListType(
            fields={
                "group": TextType(),
                "aspect": TextType(),
                "rater": TextType(),
                "score": NumberType(),
            },
            optional=frozenset({"rater"}),
        ),
    }


@pytest.fixture
def number():
    """Give one number input, `nilai`."""
    return {"nilai": NumberType()}
