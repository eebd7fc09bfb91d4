"""What the pages show is what the library does."""

from __future__ import annotations

import docs_pages
import pytest


@pytest.mark.parametrize(
    "page", docs_pages.PAGES, ids=lambda path: str(path.relative_to(docs_pages.ROOT))
)
def test_blocks_of_the_page_do_what_they_show(page, tmp_path, monkeypatch):
    docs_pages.prepare_folder(tmp_path)
    monkeypatch.chdir(tmp_path)
    docs_pages.run_page(page)


def test_a_wrong_output_fails(tmp_path, monkeypatch):
    page = tmp_path / "page.md"
    page.write_text("```pycon\n>>> 1 + 1\n3\n```\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AssertionError, match="got:\n2"):
        docs_pages.run_page(page)


def test_a_wrong_policy_fails(tmp_path, monkeypatch):
    page = tmp_path / "page.md"
    page.write_text(
        "```yaml\nsteps:\n  a: {rule: formula, title: a, is: b}\n```\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="KNJ230"):
        docs_pages.run_page(page)


@pytest.mark.parametrize(
    ("want", "got", "same"),
    [
        (["a", "b"], ["a", "b", ""], True),
        (["a", "…", "d"], ["a", "b", "c", "d"], True),
        (["a", "…", "d"], ["a", "d"], True),
        (["a", "…"], ["a"], True),
        (["…", "b"], ["a", "b"], True),
        (["a…z"], ["abcz"], True),
        (["a…z"], ["a", "z"], False),
        (["a", "…", "d"], ["a", "b"], False),
        (["a"], ["a", "b"], False),
        ([], ["a"], False),
    ],
)
def test_the_sign_of_omission_stands_for_anything(want, got, same):
    assert docs_pages.matches(want, got) is same
