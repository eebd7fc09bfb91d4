"""The pages about shipped policies point to what is there."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import docs_pages
import docs_reference as reference
import pytest

from kinerja.asn import catalog
from kinerja.policy.source import read_yaml

CASES = {
    case["id"]: case
    for path in (docs_pages.ROOT / "tests" / "cases" / "data").glob("*.json")
    for case in json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
}
PAGES = pytest.mark.parametrize("page", reference.POLICY_PAGES, ids=lambda page: page.stem)


def named(text, kind):
    lists = re.findall(rf"{kind} ((?:`[^`]+`(?:, )?)+)", text)
    return [name for found in lists for name in re.findall(r"`([^`]+)`", found)]


@PAGES
def test_every_key_named_stands_on_its_line(page):
    text = page.read_text(encoding="utf-8")
    assert reference.with_lines(page) == text, "run: python tests/docs/refresh.py"
    assert len(re.findall(r"\(baris \d+\)", text)) > 8


@PAGES
def test_every_example_named_exists(page):
    text = page.read_text(encoding="utf-8")
    tree = read_yaml(catalog.examples_paths(page.stem)[0]).tree
    known = {example["id"] for example in tree["examples"]}
    assert named(text, "contoh")
    assert set(named(text, "contoh")) <= known


@PAGES
def test_every_example_of_the_policy_is_named(page):
    text = page.read_text(encoding="utf-8")
    tree = read_yaml(catalog.examples_paths(page.stem)[0]).tree
    known = {example["id"] for example in tree["examples"]}
    assert known <= set(named(text, "contoh"))


@PAGES
def test_every_case_named_exists(page):
    text = page.read_text(encoding="utf-8")
    assert named(text, "kasus")
    assert set(named(text, "kasus")) <= CASES.keys()


@PAGES
def test_every_choice_of_the_policy_is_on_its_page(page):
    text = page.read_text(encoding="utf-8")
    for name in catalog.read(page.stem, unnamed="assume").model.choices:
        assert f"`choices.{name}`" in text


def test_every_shipped_policy_has_a_page():
    assert all(page.is_file() for page in reference.POLICY_PAGES)
