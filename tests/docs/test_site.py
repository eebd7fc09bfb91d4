"""The site as it is built: nothing is broken, and nothing is asked of other sites."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import docs_pages
import pytest

pytest.importorskip("mkdocs")

#: What makes a browser ask for something: scripts, styles, pictures, frames, fonts, prefetches.
ASKS = re.compile(
    r"""<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*?\b(?:src|data)=["']?(\S+?)["'\s>]"""
    r"""|<link\b(?![^>]*\brel=["']?(?:canonical|prev|next)\b)[^>]*?\bhref=["']?(\S+?)["'\s>]"""
)
STYLE_ASKS = re.compile(r"""(?:@import|url\()\s*["']?(https?:)?//""")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(
        command,
        cwd=docs_pages.ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_no_page_asks_another_site(site):
    pages = list(site.rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        for found in ASKS.findall(page.read_text(encoding="utf-8")):
            address = "".join(found)
            assert not re.match(r"(?:https?:)?//", address), f"{page}: {address}"


def test_no_style_asks_another_site(site):
    for style in site.rglob("*.css"):
        assert not STYLE_ASKS.search(style.read_text(encoding="utf-8")), style


def test_a_foreign_script_would_be_found():
    assert ASKS.findall('<script async src="https://cdn.example/x.js"></script>')
    assert ASKS.findall('<link rel="stylesheet" href="//fonts.example/css">')
