"""The pictures of `kinerja explore`, for pages that can show them.

What lives here: which pictures are drawn, and what happens without matplotlib. What never comes in: what
a picture looks like.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kinerja.cli.console import Console
from kinerja.errors import InputError, Issue, MissingExtraError
from kinerja.explore import Acceptability, Scheme, Tornado
from kinerja.plots import (
    LabelFlow,
    WeightNode,
    picture_html,
    plot_acceptability,
    plot_flow,
    plot_tornado,
    plot_weights,
)
from kinerja.report.explore_firm import MOST_TOLD
from kinerja.report.explore_proposals import Proposal
from kinerja.report.page import Picture
from kinerja.scorer import LabelStep, Scorer
from kinerja.words import Language, Text, phrase

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Pictures"]


class Pictures:
    """Draws what a page can show; `None` stands for a picture that is left out.

    Args:
        form: The form of the page.
        lang: Language of the reader.
    """

    def __init__(self, form: str, lang: Language) -> None:
        self._draws = form == "html"
        self._lang = lang
        self._lacks = False

    def report(self, console: Console) -> None:
        """Say how to get pictures that were left out, once."""
        if self._lacks:
            details = {"found": "matplotlib", "expected": 'pip install "kinerja[plots]"'}
            issue = Issue(code="KNJ935", details=details, severity="warning")
            console.err(*console.issue_lines([issue]))

    def weights(self, scorer: Scorer, scheme: Scheme) -> Picture | None:
        """Draw weights with those below them; of weights that stand alone a table says as much."""
        try:
            root = WeightNode.of(scorer, step=scheme.step)
        except InputError:
            return None
        if root.depth == 1:
            return None
        return self._drawn(lambda ax: plot_weights(root, lang=self._lang, ax=ax))

    def acceptability(self, found: Acceptability) -> Picture | None:
        """Draw the people whose label is least certain."""
        return self._drawn(
            lambda ax: plot_acceptability(found, most=MOST_TOLD, lang=self._lang, ax=ax)
        )

    def tornado(self, found: Tornado) -> Picture | None:
        """Draw what each weight moves; nothing where none moves anybody."""
        if not any(row.at_low or row.at_high for row in found.rows):
            return None
        return self._drawn(lambda ax: plot_tornado(found, lang=self._lang, ax=ax))

    def flow(self, found: Proposal, label: LabelStep) -> Picture | None:
        """Draw who moves from which label to which; nothing where nobody moves."""
        moves = found.moves()
        if all(old == new for old, new in moves):
            return None
        labels: tuple[tuple[str | None, Text], ...] = label.labels
        if any(None in pair for pair in moves):
            labels = ((None, phrase("plots.without", step=label.title)), *labels)
        flow = LabelFlow(
            title=label.title,
            before=labels,
            after=labels,
            counts=dict(moves),
            ordered=label.ordered,
        )
        return self._drawn(lambda ax: plot_flow(flow, lang=self._lang, ax=ax))

    def _drawn(self, draw: Callable[[Axes], Axes]) -> Picture | None:
        if not self._draws or self._lacks:
            return None
        try:
            return Picture(html=picture_html(draw))
        except MissingExtraError:
            self._lacks = True
            return None
