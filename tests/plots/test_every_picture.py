"""What holds for every picture, over ordinary and hard data."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import looking
import matplotlib as mpl
import pictures
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kinerja import plots
from kinerja.errors import MissingExtraError
from kinerja.plots.colours import DARK_INK, LIGHT_INK

NAMES = sorted(pictures.DRAWN)
EACH = pytest.mark.parametrize("name", NAMES)
ALL = pytest.mark.parametrize(("name", "kind"), pictures.CASES)


@ALL
@pytest.mark.parametrize(("lang", "width"), [("id", 16), ("en", 8.5)])
def test_nothing_is_cut_off_and_no_text_lies_on_another(name, kind, lang, width):
    ax = pictures.draw(name, kind, lang=lang, ax=plots.blank(width=width))
    assert isinstance(ax, Axes)
    assert looking.cut_off(ax) == []
    assert looking.overlapping(ax) == []


@EACH
def test_letters_have_8_points_at_least(name):
    ax = pictures.draw(name, "ordinary")
    assert min(text.get_fontsize() for text, _ in looking.texts_of(ax)) >= 8
    wide, _ = ax.figure.get_size_inches()
    assert wide * 2.54 == pytest.approx(16)


@EACH
def test_the_axes_that_are_given_come_back_and_everything_stays_inside_them(name):
    figure = Figure(figsize=(14, 10), dpi=100)
    left, right = figure.subplots(1, 2)
    edges = left.get_position()
    ax = pictures.draw(name, "ordinary", ax=left)
    assert ax is left
    assert right.has_data() is False
    for text, (begin, low, end, top) in looking.texts_of(ax):
        assert begin >= edges.x0 * 14 * 72 - 1, text
        assert end <= edges.x1 * 14 * 72 + 1, text
        assert low >= edges.y0 * 10 * 72 - 1, text
        assert top <= edges.y1 * 10 * 72 + 1, text


@EACH
def test_labels_are_in_the_language_asked_for(name):
    said = {
        lang: looking.words_of(pictures.draw(name, "ordinary", lang=lang)) for lang in ("id", "en")
    }
    assert said["id"] != said["en"]
    assert not any(re.search(r"\d\.\d", text) for text in said["id"]), said["id"]
    assert not any(re.search(r"\d,\d", text) for text in said["en"]), said["en"]


@EACH
def test_ink_follows_the_paper(name):
    with mpl.rc_context({"figure.facecolor": "#17202a"}):
        dark = pictures.draw(name, "ordinary")
    light = pictures.draw(name, "ordinary")
    assert dark.title.get_color() != LIGHT_INK  # the middle title is not used
    assert dark._left_title.get_color() == LIGHT_INK
    assert light._left_title.get_color() == DARK_INK


@EACH
def test_the_label_of_the_axes_describes_the_picture(name):
    for lang in ("id", "en"):
        ax = pictures.draw(name, "ordinary", lang=lang)
        said = ax.get_label()
        assert said.startswith(" ".join(ax.get_title(loc="left").split())[:8].split(":")[0]) or said
        assert len(said) > 40
        assert said.endswith((".", "%"))
        assert "{" not in said


@EACH
def test_pyplot_is_not_asked(name):
    sys.modules.pop("matplotlib.pyplot", None)
    pictures.draw(name, "ordinary")
    assert "matplotlib.pyplot" not in sys.modules


@EACH
def test_a_notebook_shows_the_axes_and_its_figure(name):
    ax = pictures.draw(name, "ordinary")
    assert ax._repr_html_().startswith("<svg")
    assert ax.figure._repr_html_() == ax._repr_html_()


@pytest.mark.parametrize(("name", "kind"), pictures.FEW)
def test_svg_is_one_element_that_needs_nothing_else(name, kind):
    first = plots.svg(pictures.draw(name, kind))
    assert first == plots.svg(pictures.draw(name, kind))
    assert DARK_INK not in first.split("</style>", 1)[1]
    assert "currentColor" in first
    tree = ET.fromstring(first)  # noqa: S314 - our own text
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', first))
    assert used <= set(ids)
    assert set(tree.get("aria-labelledby").split()) | used == set(ids)
    links = re.findall(r'(?:href|src)="([^#][^"]*)"', first)
    assert links == []
    assert "<image" not in first
    assert not re.search(r"\d{4}-\d\d-\d\dT", first)


def test_svg_keeps_texts_as_texts_and_takes_the_name_that_is_given():
    ax = pictures.draw("tornado", "ordinary")
    text = plots.svg(ax, title="A & B", description="<C>")
    assert ">Perilaku kerja</text>" in text
    tree = ET.fromstring(text)  # noqa: S314 - our own text
    space = "{http://www.w3.org/2000/svg}"
    assert tree.find(f"{space}title").text == "A & B"
    assert tree.find(f"{space}desc").text == "<C>"
    assert tree.get("role") == "img"


def test_svg_of_dark_paper_takes_the_ink_of_the_page_too():
    with mpl.rc_context({"figure.facecolor": "#17202a"}):
        ax = pictures.draw("trend", "ordinary")
    body = plots.svg(ax).split("</style>", 1)[1]
    assert LIGHT_INK not in body
    assert "#17202a" not in body


@EACH
def test_a_page_shows_the_picture_that_fits(name):
    text = plots.picture_html(lambda ax: pictures.draw(name, "ordinary", ax=ax))
    wide, narrow = re.findall(r'viewBox="0 0 ([\d.]+) ', text)
    assert float(wide) == pytest.approx(16 / 2.54 * 72, abs=0.1)
    assert float(narrow) == pytest.approx(8.5 / 2.54 * 72, abs=0.1)
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_two_pictures_on_one_page_share_no_names():
    first, second = (
        plots.svg(pictures.draw(*one)) for one in (("flow", "ordinary"), ("flow", "many"))
    )
    ids = [set(re.findall(r' id="([^"]+)"', text)) for text in (first, second)]
    assert ids[0].isdisjoint(ids[1])


def test_signs_of_mathematics_and_of_markup_stay_as_they_are():
    from kinerja.words import Text

    parts = tuple(
        plots.WeightNode(title=Text.same(name), share=pictures.F(1, 2))
        for name in ("a$_2$", "<b> & c")
    )
    with mpl.rc_context({"text.usetex": True}):
        root = plots.WeightNode(title=Text.same("$x^2$ %"), children=parts)
        ax = plots.plot_weights(root)
        text = plots.svg(ax)
    assert "50 % A$_2$" in looking.words_of(ax)
    assert "&lt;b&gt; &amp; c" in text


def test_importing_the_pictures_imports_no_matplotlib():
    code = "import kinerja.plots, sys; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@EACH
def test_without_matplotlib_the_extra_is_named(name, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=re.escape("needs kinerja[plots]")):
        pictures.draw(name, "ordinary")


def test_without_matplotlib_svg_and_blank_name_the_extra(monkeypatch):
    ax = plots.blank()
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.delitem(sys.modules, "kinerja.plots.canvas")
    for call in (plots.blank, lambda: plots.svg(ax)):
        with pytest.raises(MissingExtraError, match=re.escape("needs kinerja[plots]")):
            call()
