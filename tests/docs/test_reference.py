"""The reference names everything there is, and nothing else."""

from __future__ import annotations

import inspect
import re
from argparse import ArgumentParser
from decimal import Decimal

import docs_pages
import docs_reference as reference
import pytest

import kinerja
from kinerja.cli.arguments import COMMANDS
from kinerja.exact import Rounding, exact
from kinerja.formula.calls import FUNCTIONS
from kinerja.formula.tokens import KEYWORDS
from kinerja.policy.fields import Section
from kinerja.rules import BUILT_IN
from kinerja.words.id import WORDS

DOCS = docs_pages.DOCS
REFRESH = "run: python tests/docs/refresh.py"


def text_of(*parts):
    return DOCS.joinpath(*parts).read_text(encoding="utf-8")


def headings(text, level):
    return re.findall(rf"^{'#' * level} (.+?)(?: \{{#.*\}})?$", text, re.MULTILINE)


# What is made from the code.


@pytest.mark.parametrize("page", reference.PARTS, ids=lambda page: page.stem)
def test_made_parts_are_up_to_date(page):
    text = page.read_text(encoding="utf-8")
    assert reference.rewritten(page, reference.PARTS[page]) == text, REFRESH


def test_every_model_of_the_policy_file_has_a_table():
    assert sorted(reference.parts_of(reference.POLICY_PAGE)) == sorted(reference.POLICY_MODELS)
    assert sorted(reference.parts_of(reference.RULES_PAGE)) == sorted(reference.RULE_MODELS)
    shown = {*reference.POLICY_MODELS.values(), *reference.RULE_MODELS.values()}
    written = {
        found
        for module in (reference.m, reference.r)
        for _, found in inspect.getmembers(module, inspect.isclass)
        if issubclass(found, Section) and found.model_fields
        if found.__module__ == module.__name__ and not found.__name__.startswith("_")
    }
    written -= {base for found in shown for base in found.__mro__[1:]}
    assert written <= shown


def test_the_example_explanation_is_up_to_date():
    page = reference.EXAMPLE_PAGE.read_text(encoding="utf-8")
    assert page == reference.example_page(), REFRESH


# Rule kinds.


def test_every_rule_kind_has_a_section_with_an_example():
    text = reference.RULES_PAGE.read_text(encoding="utf-8")
    kinds = sorted(rule.kind for rule in BUILT_IN)
    assert sorted(headings(text, 2)) == kinds
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        kind = section.split("\n")[0]
        examples = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
        assert any(f"rule: {kind}\n" in example for example in examples), kind


def test_the_readme_counts_the_rule_kinds():
    words = {15: "Fifteen", 16: "Sixteen", 17: "Seventeen"}
    assert f"{words[len(BUILT_IN)]} [rule kinds]" in (docs_pages.ROOT / "README.md").read_text()


# Formulas.


@pytest.mark.parametrize("name", sorted({*FUNCTIONS, *KEYWORDS}))
def test_every_word_of_formulas_is_explained(name):
    assert re.search(rf"`[^`]*\b{name}\b[^`]*`", text_of("rujukan", "rumus.md"))


@pytest.mark.parametrize("written", re.findall(r"`(\w+\([^`]*\))`", text_of("rujukan", "rumus.md")))
def test_every_call_shown_is_a_known_operation(written):
    assert written.split("(")[0] in FUNCTIONS


# Rounding.


def test_the_table_of_roundings_is_right():
    text = text_of("rujukan", "berkas-kebijakan.md")
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| (\S+) \| (\S+) \| (\S+) \|$", text, re.MULTILINE)
    assert len(rows) == 1 + 7
    for mode, *shown in rows[1:]:
        rounding = Rounding(digits=0, mode=mode)
        values = [rounding.apply(exact(value)) for value in ("2.5", "-2.5", "2.51")]
        assert [Decimal(text.replace("−", "-")) for text in shown] == values, mode


# Codes and reasons.


def test_every_code_has_a_section_and_no_section_is_left_over():
    text = reference.CODES_PAGE.read_text(encoding="utf-8")
    assert list(headings(text, 3)) == reference.codes(), REFRESH


def test_the_cause_of_every_code_is_written_in_both_languages():
    causes = reference.causes()
    for code in reference.codes():
        first, second = causes[code]
        assert (first, second) != reference.UNWRITTEN, code
        assert first.endswith("."), code
        assert second.endswith("."), code


def test_every_reason_has_a_section_and_no_section_is_left_over():
    known = {key.removeprefix("reason.") for key in WORDS if key.startswith("reason.")}
    assert set(headings(text_of("rujukan", "sebab.md"), 3)) == known


# Terms.

NOUNS = (
    ("Policy", "kebijakan"),
    ("LegalBasis", "dasar hukum"),
    ("Indicator", "indikator"),
    ("target", "target"),
    ("actual", "realisasi"),
    ("achievement", "capaian"),
    ("Weights", "bobot"),
    ("Scale", "skala"),
    ("Band", "rentang"),
    ("Step", "langkah"),
    ("RaterGroup", "kelompok penilai"),
    ("Period", "periode penilaian"),
    ("Cohort", "unit"),
    ("Score", "nilai"),
    ("Result", "hasil"),
    ("Explanation", "rincian perhitungan"),
    ("Issue", "temuan"),
)


@pytest.mark.parametrize(("english", "indonesian"), NOUNS)
def test_every_noun_has_its_equivalent(english, indonesian):
    assert f"\n| {english} | {indonesian} | " in text_of("rujukan", "istilah.md")


# Python and commands.


def test_every_public_name_is_on_the_api_page():
    text = text_of("rujukan", "api.md")
    for name in kinerja.__all__:
        assert re.search(rf"[.`]{name}\b", text), name


def test_every_command_has_a_section_with_all_its_options():
    sections = dict(
        part.split("\n", 1)
        for part in re.split(
            r"^## kinerja ", text_of("rujukan", "perintah.md"), flags=re.MULTILINE
        )[1:]
    )
    assert list(sections) == list(COMMANDS)
    for name, declare in COMMANDS.items():
        parser = _Options()
        declare(parser)
        for option in parser.found:
            assert re.search(rf"`{option}[ `]", sections[name]), f"{name} {option}"


class _Options:
    """Takes note of the options that a command declares."""

    lang = "id"
    prog = "kinerja"

    def __init__(self):
        self.found = []
        self.arguments = self.options = self

    def add_argument(self, *names, **_):
        self.found += [name for name in names if name.startswith("-")]

    add_mutually_exclusive_group = ArgumentParser.add_mutually_exclusive_group


def test_the_readme_names_the_version():
    readme = (docs_pages.ROOT / "README.md").read_text(encoding="utf-8")
    assert f"version {kinerja.__version__} (" in readme
