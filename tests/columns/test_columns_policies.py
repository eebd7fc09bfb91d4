"""Every shipped policy: its examples and every worked case as tables, each row as its record alone."""
# ruff: noqa: S311 - random records guard no secret

from __future__ import annotations

import importlib.util
import json
import sys
from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from table_samples import same

from kinerja.asn import catalog
from kinerja.errors import InputError
from kinerja.exact import NotANumberError, exact
from kinerja.formula.types import FlagType, ListType, NumberType
from kinerja.scorer import Scorer
from kinerja.verify import read_examples

CASES = Path(__file__).parents[1] / "cases"
SHIPPED = pytest.mark.parametrize("name", catalog.ids())


@cache
def _examples(name):
    """Give the records of the examples of a policy, by the variant that they are for."""
    policy = catalog.read(name, unnamed="assume")
    found = defaultdict(list)
    programs = {}
    for example in read_examples(catalog.examples_paths(name)[0], policy):
        key = tuple(sorted(example.variant.items()))
        programs[key] = example.program
        found[key].append(example.record)
    return [(Scorer(programs[key]), records) for key, records in found.items()]


def _all_records(name):
    """Give the records of all examples, whatever variant they are for."""
    return [record for _, records in _examples(name) for record in records]


def object_frame(scorer, records):
    """Give records as a table of Python objects, with the columns that the policy reads."""
    names = [i.name for i in scorer.program.inputs]
    return pd.DataFrame(
        {name: pd.Series([record.get(name) for record in records], dtype=object) for name in names},
        index=pd.RangeIndex(len(records)),
    )


def _typed(value, kind):
    """Give a value as data has it: numbers as floats, where a float means the same."""
    if isinstance(kind, ListType):
        if not isinstance(value, (list, tuple)):
            return value
        return [
            {name: _typed(item.get(name), part) for name, part in kind.fields.items()}
            for item in value
        ]
    if isinstance(kind, NumberType) and not isinstance(value, bool):
        try:
            number = exact(value)
        except NotANumberError:
            return value
        return float(number) if exact(float(number)) == number else value
    if isinstance(value, date):
        return value.isoformat()
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def typed_records(scorer, records):
    """Give records with values of their types, and only those that a typed column can hold."""
    inputs = scorer.program.inputs
    typed = [{i.name: _typed(record.get(i.name), i.type) for i in inputs} for record in records]
    return [record for record in typed if _fits(scorer, record)]


#: What a typed column holds; labels, texts and days are text.
_TYPES = {NumberType: float, FlagType: bool}


def _fits(scorer, record):
    for declared in scorer.program.inputs:
        value = record[declared.name]
        if isinstance(declared.type, ListType):
            if value is not None and not isinstance(value, list):
                return False
            parts = [(item, declared.type.fields) for item in value or ()]
        else:
            parts = [({declared.name: value}, {declared.name: declared.type})]
        for values, kinds in parts:
            for name, kind in kinds.items():
                if values.get(name) is None:
                    continue
                if not isinstance(values[name], _TYPES.get(type(kind), str)):
                    return False
    return True


def arrow_frame(scorer, records):
    """Give records as an Arrow table with columns of the types of the policy."""
    arrays = {}
    for declared in scorer.program.inputs:
        values = [record[declared.name] for record in records]
        arrays[declared.name] = pa.array(values, _arrow_type(declared.type))
    return pa.table(arrays)


def _arrow_type(kind):
    if isinstance(kind, ListType):
        return pa.list_(
            pa.struct([(name, _arrow_type(part)) for name, part in kind.fields.items()])
        )
    return {NumberType: pa.float64(), FlagType: pa.bool_()}.get(type(kind), pa.string())


def mutated(scorer, records, seed, count):
    """Give records like these with some numbers moved by one ulp, exchanged, or taken away."""
    random = Random(seed)
    made = []
    for _ in range(count):
        record = dict(random.choice(records))
        for declared in scorer.program.inputs:
            name, kind = declared.name, declared.type
            if not random.randrange(3):
                record[name] = random.choice(records)[name]
            if isinstance(kind, NumberType):
                record[name] = _moved(random, record[name])
            elif isinstance(kind, ListType) and record[name]:
                items = [
                    {
                        key: _moved(random, item[key])
                        if isinstance(part, NumberType)
                        else item[key]
                        for key, part in kind.fields.items()
                    }
                    for item in record[name]
                    if random.randrange(12)
                ]
                record[name] = items
        made.append(record)
    return made


def _moved(random, value):
    if not isinstance(value, float) or random.randrange(3):
        return value
    moves = (
        lambda: float(np.nextafter(value, np.inf)),
        lambda: float(np.nextafter(value, -np.inf)),
        lambda: value + random.choice((1.0, -1.0, 0.5)),
        lambda: round(value * random.uniform(0.5, 1.5), random.randrange(4)),
        lambda: None,
    )
    return random.choice(moves)()


@SHIPPED
def test_every_example_is_a_row_of_every_variant(name):
    records = _all_records(name)
    assert records
    for scorer, _ in _examples(name):
        assert same(scorer, object_frame(scorer, records)).total() == len(records)


@SHIPPED
def test_records_like_the_examples_in_typed_columns(name):
    records = _all_records(name)
    for seed, (scorer, _) in enumerate(_examples(name)):
        typed = typed_records(scorer, records)
        assert typed
        rows = [*typed, *mutated(scorer, typed, seed, 40)]
        frame = arrow_frame(scorer, rows)
        places = [place % len(rows) for place in range(3 * len(rows))]
        counts = same(scorer, frame.take(pa.array(places)), base=frame, take=places)
        assert counts.total() == 3 * len(rows)


@pytest.mark.parametrize("name", ["kuadran-6-2022", "sikap-360", "pp46-2011"])
def test_a_row_is_explained_as_its_record_is(name):
    scorer, records = _examples(name)[0]
    records = records[:5]
    table = scorer.table_result(object_frame(scorer, records))
    explained = 0
    for row, record in enumerate(records):
        try:
            result = scorer.score(record)
        except InputError:
            continue
        assert table.explain(row) == result.explanation
        explained += 1
    assert explained > len(records) // 2


def _runner():
    spec = importlib.util.spec_from_file_location(
        "kinerja_case_runner_of_columns", CASES / "run.py"
    )
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def _worked_records():
    """Give every record that the worked cases score, by the scorer they are scored with."""
    run = _runner()
    scored = {}
    plain = Scorer.score

    def listening(scorer, record):
        meaning = scorer.program.note.fingerprint
        scored.setdefault(meaning, (scorer, []))[1].append(dict(record))
        return plain(scorer, record)

    patch = pytest.MonkeyPatch()
    with patch.context() as patched:
        patched.setattr(Scorer, "score", listening)
        for path in sorted(CASES.glob("[cd]*/*.json")):  # computed, data
            for case in json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal):
                run.run_case(case)
    return list(scored.values())


def test_every_worked_case_is_a_row():
    rows, in_types = 0, 0
    for scorer, records in _worked_records():
        rows += same(scorer, object_frame(scorer, records)).total()
        typed = typed_records(scorer, records)
        if typed:
            in_types += same(scorer, arrow_frame(scorer, typed)).total()
    assert rows > 1_500
    assert in_types > 1_000
