"""Parquet and Arrow files at the command line."""

from __future__ import annotations

import csv
import json
import sys
from decimal import Decimal

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import ipc

from kinerja.cli import score
from kinerja.cli.console import Console

POLICY = "kuadran-6-2022"
GOOD = {
    "id": ["1", "2"],
    "hasil_kerja": ["sesuai ekspektasi", None],
    "perilaku_kerja": ["di_atas_ekspektasi"] * 2,
}
MIXED = {
    "id": ["1", "2", "3", "4", "4", None],
    "hasil_kerja": ["sesuai ekspektasi", "sesuai", None, "x", "x", "x"],
    "perilaku_kerja": ["di_atas_ekspektasi"] * 6,
}


@pytest.fixture
def parquet(tmp_path):
    """Write a table as Parquet, and give its path."""

    def write(columns, name="data.parquet"):
        pq.write_table(pa.table(columns), tmp_path / name, row_group_size=2)
        return tmp_path / name

    return write


@pytest.fixture(params=["one by one", "together"], autouse=True)
def way(request, monkeypatch):
    """Score rows alone, and many at a time."""
    monkeypatch.setattr(score, "MANY", 0 if request.param == "together" else 10_000)


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


class TestScore:
    def test_to_the_screen(self, kinerja, parquet):
        path = parquet(GOOD)
        code, out, err = kinerja("score", POLICY, path)
        assert code == 0
        assert out.splitlines() == [
            '{"id": "1", "status": "complete", "reasons": [], "predikat": "baik"}',
            (
                '{"id": "2", "status": "incomplete", "reasons": ["input_missing: hasil_kerja"], '
                '"predikat": null}'
            ),
        ]
        assert err == (
            f"{path}: 2 baris; 1 lengkap, 1 belum lengkap, 0 ditolak\n"
            "  1 baris: rating hasil kerja tidak diisi\n"
        )

    @pytest.mark.parametrize("suffix", [".parquet", ".arrow", ".csv", ".jsonl", ".xlsx"])
    def test_bad_rows_go_to_a_file_beside(self, kinerja, parquet, tmp_path, suffix):
        path, out = parquet(MIXED), tmp_path / f"hasil{suffix}"
        code, printed, err = kinerja("score", POLICY, path, "-o", out)
        assert (code, printed) == (1, "")
        found = rows(tmp_path / "hasil.temuan.csv")[1:]
        assert [(row[1], row[4], row[5]) for row in found] == [
            ("KNJ404", "#1 (id 2)", "hasil_kerja"),
            ("KNJ544", "#3 (id 4)", "id"),
            ("KNJ544", "#4 (id 4)", "id"),
            ("KNJ517", "#5", "id"),
        ]
        assert err.startswith(f"{path}, #1 (id 2)  KNJ404  hasil_kerja\n")
        assert f"{path}: 6 baris; 1 lengkap, 1 belum lengkap, 4 ditolak\n" in err
        assert err.endswith(f"ditulis: {out}\n")

    def test_results_as_parquet(self, kinerja, parquet, tmp_path):
        kinerja("score", POLICY, parquet(MIXED), "-o", tmp_path / "hasil.parquet")
        table = pq.read_table(tmp_path / "hasil.parquet")
        assert table.to_pydict() == {
            "id": ["1", "3"],
            "status": ["complete", "incomplete"],
            "reasons": [[], ["input_missing: hasil_kerja"]],
            "predikat": ["baik", None],
        }
        assert table.schema.metadata[b"kinerja.policy"] == b"kuadran-6-2022"
        assert table.schema.metadata[b"kinerja.fingerprint"].startswith(b"sha256:1892b4f90f84")

    def test_ids_that_are_whole_numbers_stay_such(self, kinerja, parquet, tmp_path):
        for ids in ([7, 8], [7, None]):
            path = parquet({**GOOD, "id": ids})
            kinerja("score", POLICY, path, "-o", tmp_path / "hasil.arrow")
            with ipc.open_file(tmp_path / "hasil.arrow") as opened:
                column = opened.read_all().column("id")
            assert (column.type, column.to_pylist()) == (pa.int64(), [i for i in ids if i])

    def test_numbers_are_written_alike_everywhere(self, kinerja, put, parquet, tmp_path):
        text = "id;nrr_biaya\n1;3,5\n2;4\n"
        names = ["persyaratan", "prosedur", "waktu", "produk", "kompetensi", "perilaku", "sarana"]
        columns = {f"nrr_{name}": [3.5, 3.14] for name in [*names, "pengaduan"]}
        data = parquet({"id": ["1", "2"], "nrr_biaya": [3.125, 4.0], **columns})
        kinerja("score", "skm-2017", data, "-o", tmp_path / "hasil.csv")
        kinerja("score", "skm-2017", data, "-o", tmp_path / "hasil.parquet")
        out = kinerja("score", "skm-2017", data).out
        head, *lines = rows(tmp_path / "hasil.csv")
        written = [line[head.index("ikm")] for line in lines]
        shown = [json.loads(line, parse_float=Decimal)["ikm"] for line in out.splitlines()]
        table = pl.read_parquet(tmp_path / "hasil.parquet")
        assert [Decimal(value) for value in written] == shown == table["ikm"].to_list()
        assert all(len(value.partition(".")[2]) == 2 for value in written)
        assert (
            kinerja("score", "skm-2017", put("a.csv", text), "-o", tmp_path / "b.parquet").code == 0
        )
        assert pq.read_schema(tmp_path / "b.parquet").equals(
            pq.read_schema(tmp_path / "hasil.parquet")
        )

    def test_a_list_column_is_a_list_file(self, kinerja, parquet):
        ratings = [
            {"kelompok": group, "aspek": "harmonis", "penilai": f"{group}{n}", "nilai": 3 + n}
            for group in ("atasan", "rekan", "bawahan")
            for n in range(3)
        ]
        nested = parquet({"id": ["a", "b"], "penilaian": [ratings, []]})
        inside = kinerja("score", "sikap-360", nested)
        long = {"id": ["a"] * 9, **{name: [r[name] for r in ratings] for name in ratings[0]}}
        data, items = parquet({"id": ["a", "b"]}, "d.parquet"), parquet(long, "penilaian.parquet")
        outside = kinerja("score", "sikap-360", data, "--list", f"penilaian={items}")
        assert inside.out == outside.out
        assert inside.out.count("\n") == 2

    def test_an_issue_of_an_item_names_its_row(self, kinerja, parquet):
        long = {
            "id": ["b", "a", "a"],
            "kelompok": ["rekan", "rekan", "rekan"],
            "nilai": [90, 80, 900],
        }
        data, items = parquet({"id": ["a", "b"]}, "d.parquet"), parquet(long, "penilaian.parquet")
        err = kinerja("score", "sikap-360", data, "--list", f"penilaian={items}").err
        assert f"{items}, #2 (id a)  KNJ402  penilaian[1].nilai" in err
        assert f"{items}, #0 (id b)  KNJ402  penilaian[0].nilai" in err

    def test_no_usable_row_gives_no_result(self, kinerja, parquet, tmp_path):
        code, out, err = kinerja(
            "score",
            POLICY,
            parquet({**GOOD, "hasil_kerja": ["x", "y"]}),
            "-o",
            tmp_path / "h.parquet",
        )
        assert (code, out) == (1, "")
        assert "KNJ914" in err
        assert not (tmp_path / "h.parquet").exists()

    def test_a_file_without_rows(self, kinerja, parquet):
        path = parquet({name: pa.array([], pa.string()) for name in GOOD})
        code, _, err = kinerja("score", POLICY, path)
        assert code == 1
        assert "KNJ519" in err
        assert "KNJ914" in err

    def test_a_missing_column_is_an_issue_of_the_file(self, kinerja, parquet):
        columns = {**GOOD, "prilaku_kerja": GOOD["perilaku_kerja"]}
        del columns["perilaku_kerja"]
        code, out, err = kinerja("score", POLICY, parquet(columns))
        assert (code, out.count("incomplete")) == (1, 2)
        assert "KNJ552" in err

    def test_values_of_the_wrong_type(self, kinerja, parquet):
        columns = {**GOOD, "hasil_kerja": [1.5, None], "perilaku_kerja": [["a"], [None]]}
        code, out, err = kinerja("score", POLICY, parquet(columns))
        assert (code, out) == (1, "")
        assert "hasil_kerja" in err
        assert "perilaku_kerja" in err
        assert "2 ditolak" in err

    def test_a_damaged_file_leaves_no_result(self, kinerja, parquet, tmp_path):
        columns = {name: values * 300 for name, values in GOOD.items()}
        path = parquet({**columns, "id": [str(n) for n in range(600)]})
        content = bytearray(path.read_bytes())
        column = pq.ParquetFile(path).metadata.row_group(250).column(1)
        content[column.data_page_offset - 30 : column.data_page_offset + 20] = b"\xff" * 50
        path.write_bytes(content)
        code, _, err = kinerja("score", POLICY, path, "-o", tmp_path / "hasil.parquet")
        assert code == 1
        assert "KNJ562" in err
        assert [found.name for found in tmp_path.iterdir()] == [path.name]

    def test_results_do_not_go_into_a_folder_that_is_read(self, kinerja, parquet, tmp_path):
        (tmp_path / "data.parquet").mkdir()
        part = parquet(GOOD, "data.parquet/part-0.parquet")
        content = part.read_bytes()
        assert kinerja("score", POLICY, tmp_path / "data.parquet").code == 0
        for out in (part, tmp_path / "data.parquet" / "baru.parquet", tmp_path / "data.parquet"):
            answer = kinerja("score", POLICY, tmp_path / "data.parquet", "-o", out)
            assert answer.code == 1
            assert "KNJ556" in answer.err
        assert part.read_bytes() == content

    def test_the_extra_is_named(self, kinerja, parquet, put, tmp_path, monkeypatch):
        path = parquet(GOOD)
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        for arguments in ((path,), (put("a.csv", "id\n1\n"), "-o", tmp_path / "hasil.arrow")):
            code, _, err = kinerja("score", POLICY, *arguments)
            assert code == 1
            assert "kinerja[frames]" in err

    def test_progress_tells_the_rows_that_are_done(self, kinerja, parquet, tmp_path, monkeypatch):
        monkeypatch.setattr(Console, "shows_progress", lambda self: True)
        monkeypatch.setattr("kinerja.cli.progress.PAUSE", 0)
        columns = {name: values * 200 for name, values in GOOD.items()}
        path = parquet({**columns, "id": [str(n) for n in range(400)]})
        err = kinerja("score", POLICY, path, "-o", tmp_path / "hasil.csv").err
        assert "\r400 dari 400 baris" in err

    def test_english(self, kinerja, put):
        err = kinerja("score", POLICY, put("a.parquet", "id"), "--lang", "en").err
        assert "this is no Parquet file, or it is damaged" in err


class TestExplain:
    def test_one_row_is_explained(self, kinerja, parquet, put):
        data = parquet(MIXED)
        text = put(
            "a.csv", "id;hasil_kerja;perilaku_kerja\n1;sesuai ekspektasi;di_atas_ekspektasi\n"
        )
        explained = kinerja("explain", POLICY, data, "--id", "1")
        assert explained.code == 0
        assert explained.out == kinerja("explain", POLICY, text, "--id", "1").out

    @pytest.mark.parametrize(
        ("wanted", "code"), [("2", "KNJ404"), ("4", "KNJ544"), ("11", "KNJ916"), ("x", "KNJ915")]
    )
    def test_a_row_that_cannot_be_explained(self, kinerja, parquet, wanted, code):
        answer = kinerja("explain", POLICY, parquet(MIXED), "--id", wanted)
        assert (answer.code, answer.out) == (1, "")
        assert code in answer.err

    def test_its_items_are_found_too(self, kinerja, parquet, put):
        long = {
            "id": ["a", "b", "a", "b"],
            "penilai": ["p", "q", "r", "s"],
            "kelompok": ["rekan"] * 4,
            "aspek": ["harmonis"] * 4,
            "nilai": [1, 2, 3, 4],
        }
        data, file = parquet({"id": ["a", "b"]}, "d.parquet"), parquet(long, "penilaian.parquet")
        lines = ["id,penilai,kelompok,aspek,nilai"]
        lines += [",".join(map(str, row)) for row in zip(*long.values(), strict=True)]
        table = put("penilaian.csv", "\n".join(lines))

        def explained(data, items):
            lists = ("--list", f"penilaian={items}")
            return kinerja("explain", "sikap-360", data, "--id", "b", *lists).out

        text = put("a.csv", "id\na\nb\n")
        assert explained(data, file) == explained(text, table) == explained(data, table)
