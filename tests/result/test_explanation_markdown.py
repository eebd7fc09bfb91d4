"""The explanation as Markdown."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from samples import HOSTILE, INCOMPLETE, KUADRAN, PANEL, SAMPLES, SKP, same
from strategies_explanation import alike_explanations, explanations

from kinerja.result import Line
from kinerja.result.markdown import explanation_markdown

KUADRAN_ID = """\
# Rincian perhitungan

Predikat kinerja pegawai

- predikat = **Baik**

## Langkah perhitungan

### 1. predikat = Baik

- Rumus: kuadran kinerja
- Masukan: hasil kerja = sesuai ekspektasi
- Masukan: perilaku kerja = di atas ekspektasi
- Dasar: PermenPANRB 6/2022 Lampiran Bab IV.B

## Untuk mencapai Sangat Baik

Setiap baris mengubah satu masukan saja, yang lain tetap

| Masukan | Sekarang | Perlu menjadi | Keterangan |
| --- | --- | --- | --- |
| hasil kerja | sesuai ekspektasi | di atas ekspektasi | perubahan terkecil |
| perilaku kerja | di atas ekspektasi | tidak cukup dengan ini saja |  |

## Kebijakan

- Nama: Predikat kinerja pegawai
- Id dan versi: permenpanrb-6-2022, versi 1
- Sidik jari: sha256:4f8c2a9d01b7e3556b0d9a7c1f2e8d4463b5a0c9e7f1d2b3a4958677c0ffee12

### Dasar hukum

Bunyi peraturannya sudah dibaca langsung:

- PermenPANRB 6/2022
- PermenPANRB 6/2022 Lampiran Bab IV.B"""

KUADRAN_EN = """\
# How this result came about

Performance rating of an employee

- rating = **Good**

## How it was computed

### 1. rating = Good

- Formula: performance quadrant
- Inputs: work results = as expected
- Inputs: work behaviour = above expectations
- Basis: PermenPANRB 6/2022 Lampiran Bab IV.B

## To reach Very Good

Each line changes one input alone, the others stay as they are

| Input | Now | Would need | Note |
| --- | --- | --- | --- |
| work results | as expected | above expectations | the smallest change |
| work behaviour | above expectations | not by this alone |  |

## Policy

- Name: Performance rating of an employee
- Id and version: permenpanrb-6-2022, version 1
- Fingerprint: sha256:4f8c2a9d01b7e3556b0d9a7c1f2e8d4463b5a0c9e7f1d2b3a4958677c0ffee12

### Legal basis

The wording itself was read:

- PermenPANRB 6/2022
- PermenPANRB 6/2022 Lampiran Bab IV.B"""


def lines_of(explanation, lang="id"):
    return explanation_markdown(explanation, lang).splitlines()


def test_the_small_case_reads_in_indonesian():
    assert explanation_markdown(KUADRAN, "id") == KUADRAN_ID


def test_the_small_case_reads_in_english():
    assert KUADRAN.to_markdown("en") == KUADRAN_EN


def test_figures_of_a_table_are_set_right():
    found = lines_of(PANEL)
    at = found.index("| Bagian | atasan | rekan kerja | bawahan |")
    assert found[at + 1] == "| --- | ---: | ---: | ---: |"
    assert found[at + 8] == "| kolaboratif | 4 | 3,3333333333… | 3,6666666666… |"


def test_parts_stand_one_level_below_their_step():
    found = lines_of(PANEL)
    assert "### 1. nilai panel = 4,1166666666…" in found
    assert "#### 1.1. jumlah penilai, bobot" in found


def test_items_and_losses_and_follow_ups_are_shown():
    found = lines_of(SKP, "en")
    assert "### 1. achievement of indicators, for each item" in found
    assert "| waiting time at the counter | 15 | 18 | 15 % | 80 |" in found
    assert "| 5.4 | work behaviour | 82 | 100 |" in found
    assert "- quarterly award" in found
    assert "- post = Operator SIAK" in found
    assert "- work behaviour = 82 (0 to 100)" not in found
    assert "- Inputs: work behaviour = 82 (0 to 100)" in found


def test_what_follows_says_why():
    reasons = (same("a < 80"), same("b"))
    found = lines_of(replace(SKP, follow_up_reasons=reasons), "en")
    at = found.index("- quarterly award")
    assert found[at + 1] == "  - because a &lt; 80"


def test_inputs_that_are_not_enough_alone_stand_in_one_sentence():
    levers = tuple(replace(KUADRAN.levers[1], title=same(f"x{n}")) for n in range(2))
    found = lines_of(replace(KUADRAN, levers=(KUADRAN.levers[0], *levers)))
    assert "Tidak cukup bila diubah sendiri: x0; x1." in found
    assert not any(line.startswith("| x0") for line in found)
    assert "Tidak satu pun cukup bila diubah sendiri: x0; x1." in lines_of(
        replace(KUADRAN, levers=levers)
    )


def test_reasons_and_warnings_stand_on_top():
    found = lines_of(INCOMPLETE)
    assert found.index("**Hasil belum lengkap, sebab:**") < found.index("## Langkah perhitungan")
    assert "- perilaku kerja tidak diisi" in found
    assert "**Perlu diperiksa**" in lines_of(SKP)


def test_figures_behind_a_table_of_values_are_shown_in_full():
    parts = tuple(
        Line(
            name=f"p.mean.{g}.{a}",
            title=same(f"{a} menurut {g}"),
            value=same("3"),
            figures=same(f"{n} ÷ 2"),
        )
        for n, (g, a) in enumerate((g, a) for g in "xy" for a in "ab")
    )
    step = Line(name="p", title=same("panel"), value=same("3"), parts=parts)
    found = lines_of(replace(KUADRAN, lines=(step,)))
    assert "| a menurut y | 2 ÷ 2 | 3 |" in found


def test_a_policy_without_legal_basis_says_so():
    policy = replace(KUADRAN.policy, basis=())
    found = lines_of(replace(KUADRAN, lines=(), policy=policy))
    assert found[-1] == "Kebijakan ini tidak menyebut dasar hukum"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("a_b*c`d|e~f$g", r"a\_b\*c\`d\|e\~f\$g"),
        ("[x](y)", r"\[x\](y)"),
        ("http://x www.y", "http:&#47;&#47;x www&#46;y"),
        ("# judul", r"\# judul"),
        ("- butir", r"\- butir"),
        ("12. butir", r"12\. butir"),
        ("3) butir", r"3\) butir"),
        ("C# 3.5", "C# 3.5"),
    ],
)
def test_a_text_reads_as_it_is_written(text, shown):
    found = lines_of(replace(KUADRAN, warnings=(same(text),)))
    assert f"- {shown}" in found


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_row_of_a_table_has_as_many_cells_as_its_head(name, lang):
    cells = None
    for line in lines_of(SAMPLES[name], lang):
        if not line.startswith("|"):
            cells = None
            continue
        found = len(re.findall(r"(?<!\\)\|", line))
        assert cells in (None, found)
        cells = found


def test_no_markup_of_a_text_survives():
    text = explanation_markdown(HOSTILE)
    assert "<" not in text
    assert "](" not in text.replace(r"\](", "")
    assert "http://" not in text


@given(explanations)
@settings(max_examples=50)
def test_any_explanation_prints(explanation):
    text = explanation_markdown(explanation)
    assert "<" not in text
    assert "\n\n\n" not in text
    headings = [line for line in text.splitlines() if re.match(r"#+ ", line)]
    assert headings[0].startswith("# ")
    assert sum(line.startswith("# ") for line in headings) == 1


@given(alike_explanations)
@settings(max_examples=25)
def test_alike_lines_print(explanation):
    assert explanation_markdown(explanation, "en").startswith("# How this result came about")
