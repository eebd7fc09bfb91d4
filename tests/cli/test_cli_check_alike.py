"""The examples of the shipped policies mean the same in YAML and in tables."""

import csv
import re
from dataclasses import replace

import pytest

from kinerja.asn import catalog
from kinerja.cli.examples import ExampleFiles, run_files
from kinerja.exact import exact
from kinerja.formula.types import FlagType, ListType, NumberType
from kinerja.policy.source import read_yaml
from kinerja.verify import check_examples


def cell(value):
    """Write a value of an examples file as a cell."""
    match value:
        case None:
            return "null"
        case bool():
            return "ya" if value else "tidak"
        case list():
            return "; ".join(map(str, value)) or "null"
    return str(value)


def fits(kind, value):
    """Tell whether a table can hold a value."""
    match kind:
        case NumberType():
            return value is None or re.fullmatch(r"-?\d+(\.\d+)?", value) is not None
        case FlagType():
            return value is None or isinstance(value, bool)
    return not isinstance(value, (dict, list))


def put(path, rows):
    """Write rows as a table; a key that a row lacks is an empty cell."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, columns, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(params=catalog.ids())
def both(request, tmp_path):
    """Give the examples of a policy as they are, and the same as tables, both after they were run."""
    policy = catalog.read(request.param, unnamed="assume")
    path = catalog.examples_paths(request.param)[0]
    kinds = {declared.name: declared.type for declared in policy.program.inputs}
    rows, lists = [], {name: [] for name, kind in kinds.items() if isinstance(kind, ListType)}
    skipped = set()
    for example in read_yaml(path).tree["examples"]:
        record = dict(example["record"])
        items = {name: record.pop(name) for name in lists if record.get(name) is not None}
        lacks = len(items) < len(lists) and any(lists.values())
        values = [(kinds[key], value) for key, value in record.items() if key in kinds]
        for name, found in items.items():
            values += [(kinds[name].fields[key], v) for item in found for key, v in item.items()]
        if lacks or not all(fits(kind, value) for kind, value in values):
            # A list that is absent is another thing than one without items, which a table cannot say; and a
            # cell that is not of its type is a fault of the table, not a record that is refused.
            skipped.add(example["id"])
            continue
        row = {"id": example["id"], "judul": example.get("title", "")}
        for name, taken in (example.get("variant") or {}).items():
            choice = policy.model.choices[name]
            is_figure = choice.figure is not None
            # A choice may have the id of a step; the title tells them apart.
            row[name if is_figure else choice.title.en] = exact(taken) if is_figure else taken
        row |= {key: "" if value is None else cell(value) for key, value in record.items()}
        for key, value in example["expect"].items():
            clashes = key in policy.model.choices
            row[policy.program.step(key).title.id if clashes else key] = cell(value)
        rows.append(row)
        for name, found in items.items():
            lists[name] += [
                {"id": example["id"]}
                | {key: "" if value is None else cell(value) for key, value in item.items()}
                for item in found
            ]
    put(tmp_path / "contoh.csv", rows)
    files = {}
    for name, found in lists.items():
        if found:
            files[name] = tmp_path / f"{name}.csv"
            put(files[name], found)
    given = ExampleFiles(paths=(tmp_path / "contoh.csv",), lists=files, decimal="point")
    return check_examples(path, policy), run_files(given, policy), skipped


def test_every_comparison_comes_out_alike(both):
    written, ran, skipped = both
    assert [issue.to_text("en") for issue in ran.refused] == []
    [report] = ran.reports
    kept = [outcome for outcome in written.outcomes if outcome.example.id not in skipped]
    assert kept
    assert len(report.outcomes) == len(kept)
    for one, other in zip(kept, report.outcomes, strict=True):
        assert {c.key: plain(c) for c in one.comparisons} == {
            c.key: plain(c) for c in other.comparisons
        }
        assert other.passed


def plain(comparison):
    return replace(comparison, line=None, column=None, cell=None)
