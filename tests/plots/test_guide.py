"""The guide shows the pictures that its code draws."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter

import guide
import pytest


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    return {
        path.name: path.read_text("utf-8") for path in guide.draw(tmp_path_factory.mktemp("page"))
    }


def shape(text):
    """Give what two versions of matplotlib draw alike: texts, numbers of shapes, the size."""
    tree = ET.fromstring(text)  # noqa: S314 - our own text
    tags = Counter(one.tag.rpartition("}")[2] for one in tree.iter())
    said = [one.text for one in tree.iter() if one.tag.endswith(("}text", "}title", "}desc"))]
    size = [round(float(part)) for part in tree.get("viewBox").split()]
    return said, tags["path"], tags["text"], size


def test_the_pictures_of_the_guide_are_up_to_date(drawn):
    kept = {name: (guide.PICTURES / name).read_text("utf-8") for name in drawn}
    for name, text in drawn.items():
        assert shape(kept[name]) == shape(text), f"{name}: run python tests/plots/guide.py"


def test_the_guide_shows_every_picture_that_it_draws(drawn):
    shown = re.findall(r'--8<-- "docs/gambar/(.+?)"', guide.PAGE.read_text("utf-8"))
    assert sorted(shown) == sorted(drawn)


def test_pictures_of_the_guide_are_small(drawn):
    assert max(map(len, drawn.values())) < 40_000
