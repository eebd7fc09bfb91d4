"""Both catalogues are complete, alike, and hold every word that the code asks for."""

import ast
import string
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.words import (
    LANGUAGES,
    Text,
    en,
    explore_en,
    explore_id,
    has_words,
    id,  # noqa: A004 - the language code
    number,
    phrase,
    say,
    unit_en,
    unit_id,
)

SOURCE = Path(kinerja.__file__).parent
PROPER_NAMES = {"Excel"}
#: Stands where a formula could not be read; such a formula is refused and never scored.
NEVER_SCORED = {"broken"}


def blanks(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def trees() -> Iterator[ast.AST]:
    for path in sorted(SOURCE.rglob("*.py")):
        if path.parent.name != "words":
            yield ast.parse(path.read_text(encoding="utf-8"))


def calls(*names: str, imported_from: str | None = None) -> Iterator[ast.Call]:
    for tree in trees():
        here = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == imported_from
            for alias in node.names
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else None
                name = called.id if isinstance(called, ast.Name) else name
                foreign = imported_from is not None and (
                    isinstance(called, ast.Attribute) or name not in here
                )
                if name in names and not foreign:
                    yield node


def written(node: ast.Call) -> set[str]:
    """Give the texts that may be the first argument of a call, as far as they are written out."""
    if not node.args:
        return set()
    texts = [node.args[0]]
    if isinstance(texts[0], ast.IfExp):
        texts = [texts[0].body, texts[0].orelse]
    return {part.value for part in texts if isinstance(part, ast.Constant)}


def codes_in_source() -> set[str]:
    return {
        node.value
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and len(node.value) == 6
        and node.value.startswith("KNJ")
        and node.value[3:].isdecimal()
    }


def test_both_catalogues_hold_the_same_keys():
    assert set(id.WORDS) ^ set(en.WORDS) == set()


@pytest.mark.parametrize("catalogues", [(id, explore_id, unit_id), (en, explore_en, unit_en)])
def test_no_key_is_written_twice(catalogues):
    keys = []
    for catalogue in catalogues:
        tree = ast.parse(Path(catalogue.__file__).read_text(encoding="utf-8"))
        [table] = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
        keys += [key.value for key in table.keys if key is not None]
    assert sorted(keys) == sorted(set(keys))
    assert set(keys) == set(catalogues[0].WORDS)


def test_the_same_blanks_stand_in_both_languages():
    assert {key for key in id.WORDS if blanks(id.WORDS[key]) != blanks(en.WORDS[key])} == set()


def test_no_words_are_empty():
    assert all(words.strip() for words in (*id.WORDS.values(), *en.WORDS.values()))


@pytest.mark.parametrize("catalogue", [id, en])
def test_findings_start_in_lower_case_and_end_without_a_full_stop(catalogue):
    for key, words in catalogue.WORDS.items():
        if key.startswith(("KNJ", "reason.")):
            first = words.split()[0]
            assert not first[0].isupper() or first.isupper() or first in PROPER_NAMES, key
            assert not words.endswith((".", "!")), key


def test_every_code_of_an_issue_has_its_words():
    lacking = {
        f"{code}.{part}"
        for code in codes_in_source()
        for part in ("message", "way_out")
        if not has_words(f"{code}.{part}")
    }
    assert lacking == set()


def test_every_code_with_words_is_used():
    coded = {key.partition(".")[0] for key in id.WORDS if key.startswith("KNJ")}
    assert coded - codes_in_source() == set()


def test_every_reason_has_its_words():
    reasons = {text for call in calls("Absent", "because", "Reason") for text in written(call)}
    lacking = {reason for reason in reasons if not has_words(f"reason.{reason}")}
    assert lacking - NEVER_SCORED == set()
    assert "input_missing" in reasons


def test_every_key_that_is_asked_for_is_there():
    asked = calls("say", "phrase", imported_from="kinerja.words")
    keys = {text for call in asked for text in written(call)}
    assert {key for key in keys if not has_words(key)} == set()
    assert "rule.raters.count" in keys


class TestSaying:
    def test_a_text_fills_its_own_language(self):
        group = Text("atasan", "superior")
        assert say("rule.raters.count", "id", group=group) == "jumlah penilai atasan"
        assert phrase("rule.raters.count", group=group).en.endswith("superior")

    def test_a_blank_that_was_not_given_stays_visible(self):
        assert "{group}" in say("rule.raters.count")

    @given(st.text(max_size=30))
    def test_what_fills_a_blank_is_never_read_as_a_blank(self, text):
        assert text in say("rule.raters.count", "id", group=text)

    def test_indonesian_comes_first(self):
        assert str(Text("baik", "good")) == "baik"
        assert Text.same("IKM") == Text("IKM", "IKM")
        assert say("rule.follow_up.none") == say("rule.follow_up.none", "id")

    def test_an_unknown_key_is_a_fault_of_the_code(self):
        with pytest.raises(KeyError):
            say("no.such.words")
        assert not has_words("no.such.words")


class TestNumbers:
    @pytest.mark.parametrize(
        ("value", "digits", "indonesian", "english"),
        [
            (Fraction(7661, 100), None, "76,61", "76.61"),
            (Fraction(100), 2, "100,00", "100.00"),
            (Fraction(-1, 2), None, "−0,5", "−0.5"),
            (Fraction(2, 3), None, "2/3", "2/3"),
            (Fraction(-2, 3), 2, "−2/3", "−2/3"),
            (Fraction(98, 99), None, "98/99", "98/99"),
            (Fraction(1, 103), None, "0,0097087378…", "0.0097087378…"),
            (Fraction(5, 3), None, "1,6666666666…", "1.6666666666…"),
            (Fraction(10**6), None, "1000000", "1000000"),
            (Fraction(-1, 3 * 10**12), None, "−0,0000000000…", "−0.0000000000…"),
        ],
    )
    def test_examples(self, value, digits, indonesian, english):
        assert number(value, "id", digits=digits) == indonesian
        assert number(value, "en", digits=digits) == english

    @given(st.fractions())
    def test_both_languages_differ_only_in_the_decimal_mark(self, value):
        texts = [number(value, lang) for lang in LANGUAGES]
        assert texts[0].replace(",", ".") == texts[1]

    @given(st.fractions())
    def test_an_endless_decimal_is_cut_and_marked(self, value):
        text = number(value, "en")
        shown = Fraction(text.replace("−", "-").removesuffix("…"))
        if text.endswith("…"):
            assert 0 < abs(value) - abs(shown) < Fraction(1, 10**10)
        else:
            assert shown == value
