"""The notebooks run from top to bottom, and what their answers say is so."""

from __future__ import annotations

import ast
import contextlib
import functools
import re
import runpy
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import jupytext
import matplotlib as mpl
import numpy as np
import pytest

HOME = Path(__file__).parents[2] / "examples" / "notebooks"
DOCS = HOME.parents[1] / "docs" / "buku-catatan"
NAMES = ("akibat_perubahan", "bobot_panel", "memilih_bobot")

sys.path.insert(0, str(HOME.parent))

import buku_catatan  # noqa: E402 - it stands in the folder just named

#: Figures that the text itself may name: what is asked, how data are made up, limits of the method.
GIVEN = {
    "akibat_perubahan": "60 60/40 50/50 40 50",
    "bobot_panel": "360 50 30 20 50/30/20 30 70 10 1 5",
    "memilih_bobot": "1 3 5 7 0,10 2",
}


@functools.cache
def executed(name):
    return buku_catatan.executed(HOME / f"{name}.py")


@functools.cache
def names_of(name):
    """The notebook's names after it has run: as text it is a plain Python file."""
    settings = dict(mpl.rcParams)
    sys.path.insert(0, str(HOME))
    try:
        with contextlib.chdir(HOME):
            found = runpy.run_path(f"{name}.py")
    finally:
        sys.path.remove(str(HOME))
        for module in ("buat_data", "tampil"):
            sys.modules.pop(module, None)
    assert dict(mpl.rcParams) == settings
    return found


@functools.cache
def runner():
    return runpy.run_path(str(HOME / "jalankan.py"))


def answers(name):
    """What the notebook says in words, from its outputs."""
    return "\n".join(
        output.data["text/markdown"]
        for cell in executed(name).cells
        for output in cell.get("outputs", [])
        if "text/markdown" in output.get("data", {})
    )


# All of them.


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_without_a_warning(name):
    outputs = [one for cell in executed(name).cells for one in cell.get("outputs", [])]
    assert not [one for one in outputs if one.output_type == "error" or one.get("name") == "stderr"]
    assert names_of(name)


@pytest.mark.parametrize("name", NAMES)
def test_no_picture_is_left_behind(name):
    names_of(name)
    pyplot = sys.modules.get("matplotlib.pyplot")
    assert pyplot is None or not pyplot.get_fignums()


@pytest.mark.parametrize("name", NAMES)
def test_its_page_fetches_nothing(name):
    page = buku_catatan.rendered(executed(name))
    assert not re.search(r"<(script|link|img|iframe)\b|@import|url\((?!#)", page)
    assert f"<title>{buku_catatan.title_of(executed(name))}</title>" in page
    assert page.count("<svg") >= 6
    unfolded = re.sub(r'<details class="code">.*?</details>', "", page, flags=re.DOTALL)
    assert "import" in page
    assert "read_people" not in unfolded


@pytest.mark.parametrize("name", NAMES)
def test_the_documentation_shows_what_it_gives(name):
    """If this fails: `python examples/notebooks/jalankan.py --docs`."""
    page = runner()["docs_page"](executed(name), name=name)
    stored = (DOCS / f"{name.replace('_', '-')}.md").read_text(encoding="utf-8")
    assert told(page) == told(stored)


def told(page):
    """What two versions of the libraries print alike: the text, and of pictures texts and size."""
    pictures = [shape(picture) for picture in buku_catatan.PICTURE.findall(page)]
    text = re.sub(r"<[^>]+>", "", buku_catatan.PICTURE.sub("", page))
    return [line for line in text.split("\n") if line.strip()], pictures


def shape(picture):
    tree = ET.fromstring(picture)  # noqa: S314 - our own text
    said = [one.text for one in tree.iter() if one.tag.endswith(("}text", "}title", "}desc"))]
    return said, [round(float(part)) for part in tree.get("viewBox").split()]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_that_says_something_else_would_be_noticed(name):
    page = (DOCS / f"{name.replace('_', '-')}.md").read_text(encoding="utf-8")
    assert told(page) != told(page.replace("Pertanyaan", "Jawaban", 1))
    assert told(page) != told(re.sub(r"(<text[^>]*>)[^<]+", r"\1x", page, count=1))


@pytest.mark.parametrize("name", NAMES)
def test_figures_in_the_text_are_computed(name):
    """Only what is given stands in the text as a figure."""
    notebook = jupytext.read(HOME / f"{name}.py")
    prose = [
        re.sub(r"^#+ \d+\.", "", cell.source, flags=re.MULTILINE)
        for cell in notebook.cells
        if cell.cell_type == "markdown"
    ]
    said = [
        part.value
        for call in ast.walk(ast.parse((HOME / f"{name}.py").read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "kata"
        for part in words_in(call)
    ]
    found = re.findall(r"(?<![\w{])\d[\d.,/]*(?<![.,/])", "\n".join([*prose, *said]))
    assert set(found) <= set(GIVEN[name].split())


def words_in(call):
    """Constants that stand in the text itself, not those in a figure's formula or format."""
    pending = list(call.args)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node
        elif not isinstance(node, ast.FormattedValue):
            pending.extend(ast.iter_child_nodes(node))


@pytest.mark.parametrize("name", NAMES)
def test_no_output_is_stored(name):
    notebook = jupytext.read(HOME / f"{name}.py")
    assert [cell for cell in notebook.cells if cell.get("outputs")] == []
    assert not list(HOME.rglob("*.ipynb"))
    # One abstract in English, in italics.
    assert len(re.findall(r"^\*(?!\*)", notebook.cells[0].source, re.MULTILINE)) == 1
    assert "Yang tidak dibuktikan di sini" in notebook.cells[-1].source


def test_the_seed_gives_the_data():
    made = runpy.run_path(str(HOME / "buat_data.py"))
    again = runpy.run_path(str(HOME / "buat_data.py"))
    for table in ("dinas", "kabupaten"):
        assert made[table]().equals(again[table]())
    assert all(
        one.equals(other) for one, other in zip(made["panel"](), again["panel"](), strict=True)
    )


def test_a_cell_that_fails_leaves_nothing(tmp_path):
    copy = tmp_path / "contoh" / "notebooks"
    shutil.copytree(HOME, copy, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HOME.parent / "buku_catatan.py", copy.parent)
    (copy / "bobot_panel.py").write_text("# %%\nraise ValueError('sengaja')\n", encoding="utf-8")

    def run(*arguments):
        command = [sys.executable, copy / "jalankan.py", tmp_path / "hasil", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    done = run("bobot_panel")
    assert done.returncode == 1
    assert "sengaja" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["contoh"]
    done = run("bobot_panol")
    assert done.returncode == 2
    assert "bobot_panol" in done.stderr


# The figures, computed without the library.


def rounded(value):
    return Fraction((200 * value + 1) // 2, 100)


def place(value, edges):
    return sum(value >= edge for edge in edges)


def test_who_changes_by_the_weights_of_the_working_group():
    made = names_of("memilih_bobot")
    weights = dict(made["baris"].weights)
    edges = (60, 75, 90)
    up = down = 0
    for row in made["pegawai"].to_dict("records"):
        values = {name: Fraction(str(row[name])) for name in weights}
        old = place(rounded(sum(values.values()) / 5), edges)
        new = place(rounded(sum(weights[name] * values[name] for name in weights)), edges)
        up, down = up + (new > old), down + (new < old)
    assert (up, down) == (made["akhir"].labels.up, made["akhir"].labels.down)
    assert f"{up} naik, {down} turun" in answers("memilih_bobot")


def test_weights_of_the_order_are_the_centroid():
    found = dict(names_of("memilih_bobot")["roc"])
    assert [found[name] for name in names_of("memilih_bobot")["URUTAN"]] == [
        sum(Fraction(1, k) for k in range(first, 6)) / 5 for first in range(1, 6)
    ]


def test_the_matrix_contradicts_itself_and_then_no_more():
    made = names_of("memilih_bobot")
    assert made["mentah"].origin.facts["cr"] > Fraction(1, 10)
    assert made["ahp_sekretariat"].origin.facts["cr"] < Fraction(1, 10)
    assert {made["pertama"].first, made["pertama"].second} == {"layanan", "inovasi"}
    assert "0 temuan" in made["periksa"].stdout


def of_the_district():
    """Everybody who is complete: id, unit, results and behaviour."""
    made = names_of("akibat_perubahan")
    seen = set()
    for row in made["mentah"].to_dict("records"):
        texts = {name: row[name].replace(",", ".") for name in made["UKURAN"]}
        if row["id"] in seen or "" in texts.values():
            continue
        seen.add(row["id"])
        values = {name: Fraction(text) for name, text in texts.items()}
        if max(values.values()) > 120:
            continue
        results = (5 * values["kuantitas"] + 3 * values["mutu"] + 2 * values["waktu"]) / 10
        yield row["id"], row["unit"].strip().lower(), results, values["perilaku"]


def labels(people, share, edges=(60, 76, 90)):
    return [
        place(rounded(share * results + (1 - share) * behaviour), edges)
        for _, _, results, behaviour in people
    ]


def test_who_changes_in_the_district():
    made = names_of("akibat_perubahan")
    people = list(of_the_district())
    old, new = labels(people, Fraction(6, 10)), labels(people, Fraction(5, 10))
    up = sum(b > a for a, b in zip(old, new, strict=True))
    down = sum(b < a for a, b in zip(old, new, strict=True))
    assert (len(people), up, down) == (
        made["akibat"].rows,
        made["akibat"].labels.up,
        made["akibat"].labels.down,
    )
    assert f"{up} naik, {down} turun" in answers("akibat_perubahan")
    by_unit = defaultdict(int)
    for (_, unit, _, _), a, b in zip(people, old, new, strict=True):
        by_unit[unit] += a != b
    assert by_unit == {
        one.unit.lower(): one.labels.up + one.labels.down for one in made["akibat"].units
    }


def test_the_interval_ends_where_somebody_changes():
    made = names_of("akibat_perubahan")
    people = list(of_the_district())
    own = labels(people, Fraction(6, 10))
    interval = made["selang"][0].interval
    little = Fraction(1, 10**9)
    for end, is_open, inwards in (
        (interval.low, interval.low_open, little),
        (interval.high, interval.high_open, -little),
    ):
        assert labels(people, end + inwards) == own
        assert labels(people, end - inwards) != own
        assert (labels(people, end) != own) is is_open


def test_each_step_on_the_way_changes_more_people():
    made = names_of("akibat_perubahan")
    people = list(of_the_district())
    own = labels(people, Fraction(6, 10))
    counts = {
        share: sum(a != b for a, b in zip(own, labels(people, share), strict=True))
        for share in made["LANGKAH"]
    }
    assert counts == made["berubah_di"]
    assert sorted(counts.values()) == list(counts.values())
    assert counts[made["LANGKAH"][-1]] == made["berubah"]


def test_behaviour_decides_less_than_its_weight():
    made = names_of("akibat_perubahan")
    people = [(float(results), float(behaviour)) for _, _, results, behaviour in of_the_district()]
    results, behaviour = np.array(people).T
    for share, found in zip((0.6, 0.5), made["efektif"].values(), strict=True):
        total = share * results + (1 - share) * behaviour
        expected = (1 - share) * np.cov(behaviour, total)[0, 1] / total.var(ddof=1)
        assert found["perilaku"].effective == pytest.approx(expected, rel=1e-9)
        assert expected < 1 - share
    assert made["lebih_tinggi"] > 0.5


def test_floors_change_only_who_is_below_them():
    made = names_of("akibat_perubahan")
    with_floors = "aritmetik, dengan batas terendah"
    below = (made["bersih"][["mutu", "waktu"]].astype(float) < 60).any(axis=1)
    movers = {one.id for one in made["banding"].movers("aritmetik", with_floors)}
    assert movers
    assert movers <= set(made["bersih"]["id"][below])


def panels(answers_):
    """By person: the mean of each group that has enough raters, as fractions."""
    raters, sums = defaultdict(set), defaultdict(list)
    for one in answers_.to_dict("records"):
        raters[one["id"], one["kelompok"]].add(one["penilai"])
        sums[one["id"], one["kelompok"]].append(one["angka"])
    least = {"atasan": 1, "rekan": 3, "bawahan": 3}
    found = defaultdict(dict)
    for (who, group), those in raters.items():
        if len(those) >= least[group]:
            found[who][group] = Fraction(sum(sums[who, group]), len(sums[who, group]))
    return found


WEIGHTS = {"atasan": Fraction(5, 10), "rekan": Fraction(3, 10), "bawahan": Fraction(2, 10)}
EDGES = (Fraction(325, 100), Fraction(425, 100))


def category(groups, treatment):
    total = sum(WEIGHTS[group] * value for group, value in groups.items())
    there = sum(WEIGHTS[group] for group in groups)
    if treatment == "bagi_ulang":
        total /= there
    elif treatment == "pindah":
        total += (1 - there) * groups["atasan"]
    return place(rounded(total), EDGES)


def test_what_becomes_of_a_missing_group():
    made = names_of("bobot_panel")
    found = panels(made["jawaban"])
    shared, moved, nothing = (
        [category(groups, how) for groups in found.values()]
        for how in ("bagi_ulang", "pindah", "nol")
    )
    assert made["beda"] == sum(a != b for a, b in zip(shared, moved, strict=True))
    assert made["beda_nol"] == sum(a != b for a, b in zip(shared, nothing, strict=True))
    assert made["jatuh"] == sum(a > 0 and b == 0 for a, b in zip(shared, nothing, strict=True))
    assert made["utuh"].sum() == sum(len(groups) == 3 for groups in found.values())
    assert made["selisih_utuh"] == 0
    # The order in which the answer puts them.
    assert made["beda_nol"] > max(made["ubah"].values()) > made["beda"]


def test_what_one_hostile_peer_does():
    made = names_of("bobot_panel")
    before, after = panels(made["jawaban"]), panels(made["bermusuhan"])
    changed = sum(
        category(before[who], "bagi_ulang") != category(after[who], "bagi_ulang")
        for who in before
        if "rekan" in before[who]
    )
    assert made["goyah"]["rata-rata"]["turun"] == changed
    assert made["goyah"]["median"]["turun"] < changed
    assert changed > max(made["ubah"].values())


def test_superiors_alone_are_not_moved_by_weights():
    found = {one.unit: one for one in names_of("bobot_panel")["menurut_susunan"]}
    assert found["atasan"].firm == found["atasan"].people
