"""Many rows at a time give, byte for byte, what one row at a time gives."""

# ruff: noqa: S311 - random tables guard no secret

from __future__ import annotations

import csv
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kinerja.asn import catalog
from kinerja.cli import score
from kinerja.cli import score_batches as score_batches_module
from kinerja.cli.score_batches import score_batches
from kinerja.cli.tally import Tally
from kinerja.columns.answers import answers
from kinerja.formula.types import DateType, FlagType, LabelType, ListType, NumberType
from kinerja.io import arrow, open_writer, read_records, records, write_issues
from kinerja.scorer import Scorer

SHIPPED = pytest.mark.parametrize("name", catalog.ids())
ROWS = 60

OWN = """schema: 1
id: segala
version: 1.0.0
title: segala jenis nilai
in_force: {from: 2024-01-01}
bases: {}
inputs:
  a: {type: number, title: a, limits: {from: -1000000, to: 1000000}}
  b: {type: number, title: b, digits: 2}
  n: {type: number, title: n, digits: 0, required: false}
  ya: {type: flag, title: ya}
  mulai: {type: date, title: mulai, required: false}
  daftar:
    type: list
    title: daftar
    required: false
    fields:
      nilai: {type: number, title: nilai}
      nama: {type: text, title: nama}
steps:
  jumlah: {rule: formula, title: jumlah, is: a * 0.25 + b}
  rupiah: {rule: formula, title: rupiah, is: "b * 1000000000", round: {digits: 2, mode: half_up}}
  puluhan: {rule: formula, title: puluhan, is: b, round: {digits: -1, mode: half_even}}
  banyak: {rule: formula, title: banyak, is: count(for daftar)}
  tertinggi: {rule: formula, title: tertinggi, is: max(nilai for daftar)}
  rata: {rule: formula, title: rata-rata, is: mean(nilai for daftar), round: {digits: 6, mode: half_up}}
  keduanya: {rule: formula, title: keduanya, is: ya and a > b}
  nanti: {rule: formula, title: nanti, is: mulai + 30}
  nisbah: {rule: formula, title: nisbah, is: b / n, round: {digits: 15, mode: half_up}}
publish: [jumlah, rupiah, puluhan, banyak, tertinggi, rata, keduanya, nanti, nisbah]
"""


def scorer_of(name, tmp_path):
    if name != "segala":
        return Scorer(catalog.read(name, unnamed="assume").program)
    path = tmp_path / "segala.yaml"
    path.write_text(OWN, encoding="utf-8")
    return catalog.load(path)


# Data: good values for the most part, and every kind of dirt.


def drawn(kind, random, dirt):  # noqa: PLR0911 - one line a kind
    if random.random() < dirt:
        return None
    match kind:
        case NumberType():
            low = float(kind.limits.low) if kind.limits.low is not None else -20.0
            high = float(kind.limits.high) if kind.limits.high is not None else low + 150
            span = high - low
            value = random.choice(
                [low, high, low + span * random.random(), low + span * random.random(), high + 1]
                if random.random() < dirt
                else [low, high, low + span * random.random(), low + span * random.random()]
            )
            digits = kind.digits if kind.digits is not None else random.choice([0, 0, 1, 2, 9])
            return min(max(round(value, digits), low), high + 1)
        case LabelType():
            labels = [one.title.id for one in kind.scale.labels] + list(kind.scale.ids)
            return "apa" if random.random() < dirt / 2 else random.choice(labels)
        case FlagType():
            return random.random() < 0.5
        case DateType():
            return date(2024, 1, 1) + timedelta(days=random.randrange(400))
        case ListType():
            return [
                {field: drawn(inner, random, dirt / 3) for field, inner in kind.fields.items()}
                for _ in range(random.randrange(5))
            ]
    return random.choice(["Ani", "Budi", "x"])


def table_of(scorer, random, dirt=0.1):
    """Draw a table with ids, some of which are of no use."""
    rows = [
        {"id": str(place), **{i.name: drawn(i.type, random, dirt) for i in scorer.program.inputs}}
        for place in range(ROWS)
    ]
    if dirt:
        rows[7]["id"], rows[41]["id"], rows[11]["id"], rows[50]["id"] = "40", "40", None, " 9 "
        rows[9]["id"] = "sembilan"
    return rows


def arrow_type(kind, random):
    match kind:
        case NumberType():
            return pa.float64()
        case FlagType():
            return pa.bool_()
        case DateType():
            return pa.date32()
        case LabelType():
            return random.choice([pa.string(), pa.dictionary(pa.int8(), pa.string())])
        case ListType():
            fields = [(name, arrow_type(inner, random)) for name, inner in kind.fields.items()]
            return pa.list_(pa.struct(fields))
    return pa.string()


def put_parquet(scorer, rows, path, random, *, lists=True):
    kinds = {i.name: i.type for i in scorer.program.inputs}
    names = [n for n, kind in kinds.items() if lists or not isinstance(kind, ListType)]
    columns = {"id": pa.array([row["id"] for row in rows], pa.string())}
    for name in names:
        values = [row[name] for row in rows]
        kind = arrow_type(kinds[name], random)
        if pa.types.is_dictionary(kind):
            columns[name] = pa.array(values, pa.string()).dictionary_encode()
        elif isinstance(kinds[name], ListType):
            columns[name] = pa.array(values, plain(kind))
        else:
            columns[name] = pa.array(values, kind)
    pq.write_table(pa.table(columns), path, row_group_size=20)
    return path


def plain(kind):
    """Give a type of lists without dictionaries, which Python values cannot be made to."""
    inner = kind.value_type
    fields = [
        (field.name, pa.string() if pa.types.is_dictionary(field.type) else field.type)
        for field in inner
    ]
    return pa.list_(pa.struct(fields))


def put_long(scorer, rows, folder, random, suffix):
    """Write each list to a file of its own, its rows in any order."""
    given = {}
    for declared in scorer.program.inputs:
        if not isinstance(declared.type, ListType):
            continue
        fields = declared.type.fields
        items = [
            {"id": row["id"], **item}
            for row in rows
            if row["id"]
            for item in row[declared.name] or ()
        ]
        items += [{"id": "tamu", **dict.fromkeys(fields)}, {"id": None, **dict.fromkeys(fields)}]
        random.shuffle(items)
        path = given[declared.name] = folder / f"{declared.name}{suffix}"
        if suffix == ".csv":
            put_csv(path, ["id", *fields], items)
            continue
        columns = {"id": pa.array([item["id"] for item in items], pa.string())}
        for field, kind in fields.items():
            values = [item[field] for item in items]
            found = arrow_type(kind, random)
            columns[field] = pa.array(
                values, pa.string() if pa.types.is_dictionary(found) else found
            )
        pq.write_table(pa.table(columns), path, row_group_size=17)
    return given


def put_csv(path, names, rows):
    def text(value):
        match value:
            case None:
                return ""
            case bool():
                return "ya" if value else "tidak"
            case float():
                return format(Decimal(repr(value)), "f")
        return str(value)

    with path.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened)
        writer.writerow(names)
        writer.writerows([text(row.get(name)) for name in names] for row in rows)
    return path


# Both ways.


def scored(scorer, data, out, way, lists=None):
    """Score a file to a file; give what was written and what was found."""
    inputs = scorer.program.inputs
    opened = read_records(
        data,
        {i.name: i.type for i in inputs},
        lists=lists or {},
        required={i.name for i in inputs if i.required},
    )
    with closing(Tally(scorer, opened)) as tally:
        columns = ("id", "status", "reasons", *scorer.program.published)
        with open_writer(out, columns, types=score._types(scorer, opened)) as write:
            way(opened, tally, write, None)
        write_issues(out.with_name("temuan.csv"), tally.issues)
        counts = (tally.scored, tally.incomplete, tally.refused)
        found = out.with_name("temuan.csv").read_text(encoding="utf-8")
        reasons = list(tally.reasons.items())
        warned = [issue.to_text() for issue in tally.warnings]
    written = pq.read_table(out) if out.suffix == ".parquet" else out.read_bytes()
    return written, counts, found, reasons, warned


def assert_both_ways(scorer, data, folder, *, lists=None, suffixes=(".csv", ".jsonl", ".parquet")):
    for suffix in suffixes:
        out = folder / f"hasil{suffix}"
        alone = scored(scorer, data, out, score._score_rows, lists)
        together = scored(scorer, data, out, score_batches, lists)
        assert together[1:] == alone[1:]
        assert together[0] == alone[0]
    return alone


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    """Let small files have several batches, which begin and end inside row groups."""
    monkeypatch.setattr(arrow, "ROWS", 25)
    monkeypatch.setattr(arrow, "SAMPLE", 5)
    monkeypatch.setattr(records, "BATCH", 25)


@SHIPPED
def test_a_parquet_file_of_every_policy(name, tmp_path):
    scorer = scorer_of(name, tmp_path)
    random = Random(name)
    rows = table_of(scorer, random)
    data = put_parquet(scorer, rows, tmp_path / "data.parquet", random)
    _, counts, found, _, _ = assert_both_ways(scorer, data, tmp_path, suffixes=(".csv", ".parquet"))
    assert sum(counts) - counts[1] == ROWS
    assert found.count("KNJ544") == 3


@SHIPPED
def test_a_table_of_text_of_every_policy(name, tmp_path):
    scorer = scorer_of(name, tmp_path)
    random = Random(name)
    rows = table_of(scorer, random)
    names = [i.name for i in scorer.program.inputs if not isinstance(i.type, ListType)]
    data = put_csv(tmp_path / "data.csv", ["id", *names], rows)
    lists = put_long(scorer, rows, tmp_path, random, ".csv")
    assert_both_ways(scorer, data, tmp_path, lists=lists, suffixes=(".csv",))


@pytest.mark.parametrize("dirt", [0, 0.1])
@pytest.mark.parametrize("seed", range(4))
def test_every_kind_of_value(tmp_path, dirt, seed):
    scorer = scorer_of("segala", tmp_path)
    random = Random(seed)
    rows = table_of(scorer, random, dirt)
    data = put_parquet(scorer, rows, tmp_path / "data.parquet", random)
    assert_both_ways(scorer, data, tmp_path)
    names = [i.name for i in scorer.program.inputs if not isinstance(i.type, ListType)]
    data = put_csv(tmp_path / "data.csv", ["id", *names], rows)
    lists = put_long(scorer, rows, tmp_path, random, ".csv")
    assert_both_ways(scorer, data, tmp_path, lists=lists)


@pytest.mark.parametrize("name", ["segala", "sikap-360", "skm-2017", "pp30-2019"])
def test_lists_of_other_files(name, tmp_path):
    """A list joined from Parquet and from text, to Parquet and to text, is the same list."""
    scorer = scorer_of(name, tmp_path)
    random = Random(name)
    rows = table_of(scorer, random)
    rows[11]["id"] = "sebelas"  # a blank line of a table is no row
    names = [i.name for i in scorer.program.inputs if not isinstance(i.type, ListType)]
    by_data = {
        ".parquet": put_parquet(scorer, rows, tmp_path / "data.parquet", random, lists=False),
        ".csv": put_csv(tmp_path / "data.csv", ["id", *names], rows),
    }
    answers = []
    for suffix in (".parquet", ".csv"):
        lists = put_long(scorer, rows, tmp_path, Random(name), suffix)
        answers += [
            assert_both_ways(scorer, data, tmp_path, lists=lists) for data in by_data.values()
        ]
    for written, counts, _, reasons, _ in answers[1:]:
        assert counts == answers[0][1]
        assert sorted(map(str, reasons)) == sorted(map(str, answers[0][3]))
        assert written.equals(answers[0][0])


def test_a_misspelt_key_of_a_json_row_is_told_once(tmp_path, monkeypatch):
    scorer = scorer_of("kuadran-6-2022", tmp_path)
    rows = [
        f'{{"id": {n}, "hasil_kerja": "sesuai_ekspektasi", "prilaku_kerja": "x", "nama": "a"}}\n'
        for n in range(70)
    ]
    rows[30] = '{"id": 30, "hasil_kerja": [1, {}], "perilaku_kerja": NaN}\n'
    rows[31] = '{"id": 31, "hasil_kerja": {"a": 1}, "perilaku_kerja": "di_atas_ekspektasi"}\n'
    data = tmp_path / "data.jsonl"
    data.write_text("".join(rows), encoding="utf-8")
    *_, warned = assert_both_ways(scorer, data, tmp_path)
    assert len(warned) == 1
    assert "KNJ430" in warned[0]


@pytest.mark.parametrize("items", [["a", "b"], [[1], [2]], [1, 2]])
def test_a_list_of_something_else_is_refused_row_by_row(tmp_path, items):
    scorer = scorer_of("segala", tmp_path)
    data = tmp_path / "data.parquet"
    columns = {"id": ["a", "b", "c"], "a": [1, 2, 3], "daftar": [items, None, items]}
    pq.write_table(pa.table(columns), data)
    _, counts, found, *_ = assert_both_ways(scorer, data, tmp_path)
    assert counts == (1, 1, 2)
    assert "KNJ408" in found


def test_numbers_longer_than_a_float_stay_exact(tmp_path):
    scorer = scorer_of("segala", tmp_path)
    kind = pa.decimal128(30, 2)
    b = [Decimal("12345678901234567.89"), Decimal("0.01"), Decimal("-98765432109876.54")]
    data = tmp_path / "data.parquet"
    ids = pa.array(["a", "b", "c"])
    columns = {"id": ids, "b": pa.array(b, kind), "a": pa.array([1, 2, 3], pa.int64())}
    pq.write_table(pa.table(columns), data)
    written, *_ = assert_both_ways(scorer, data, tmp_path, suffixes=(".csv",))
    row = next(csv.DictReader(written.decode().splitlines()))
    assert row["rupiah"] == "12345678901234567890000000.00"
    assert row["jumlah"] == "12345678901234568.14"


def test_a_fraction_stays_a_fraction(tmp_path):
    scorer = scorer_of("segala", tmp_path)
    data = tmp_path / "data.jsonl"
    lines = ['{"id": "a", "a": "2/37", "b": 1}\n', '{"id": "b", "a": 0.1234567, "b": 1.5}\n']
    data.write_text("".join(lines), encoding="utf-8")
    written, *_ = assert_both_ways(scorer, data, tmp_path, suffixes=(".csv",))
    rows = csv.DictReader(written.decode().splitlines())
    assert [row["jumlah"] for row in rows] == ["75/74", "1.530864175"]


def test_a_row_that_only_the_scorer_takes_is_scored(tmp_path, monkeypatch):
    """Should the column engine refuse a row that can be scored, the exact scorer has the word."""
    scorer = scorer_of("kuadran-6-2022", tmp_path)
    data = put_parquet(scorer, table_of(scorer, Random(3)), tmp_path / "d.parquet", Random(3))
    alone = scored(scorer, data, tmp_path / "a.csv", score._score_rows)

    def pessimist(*arguments, **more):
        made = answers(*arguments, **more)
        return replace(made, refused=sorted({*made.refused, 0}))

    monkeypatch.setattr(score_batches_module, "answers", pessimist)
    assert scored(scorer, data, tmp_path / "a.csv", score_batches) == alone


def test_reasons_are_found_again_when_there_are_too_many_to_keep(tmp_path, monkeypatch):
    monkeypatch.setattr(score_batches_module, "MOST_KEPT", 2)
    scorer = scorer_of("segala", tmp_path)
    data = put_parquet(scorer, table_of(scorer, Random(9), 0.3), tmp_path / "d.parquet", Random(9))
    assert_both_ways(scorer, data, tmp_path, suffixes=(".csv",))


def test_large_files_go_through_batches(kinerja, tmp_path, monkeypatch):
    scorer = scorer_of("kuadran-6-2022", tmp_path)
    data = put_parquet(scorer, table_of(scorer, Random(1)), tmp_path / "d.parquet", Random(1))
    alone = kinerja("score", "kuadran-6-2022", data, "-o", tmp_path / "a.csv")
    monkeypatch.setattr(score, "MANY", 10)
    together = kinerja("score", "kuadran-6-2022", data, "-o", tmp_path / "b.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert together.err == alone.err.replace(f"{tmp_path}/a.", f"{tmp_path}/b.")
    screen = kinerja("score", "kuadran-6-2022", data)
    monkeypatch.setattr(score, "MANY", 1000)
    assert screen == kinerja("score", "kuadran-6-2022", data)
