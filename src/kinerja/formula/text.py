"""The text evaluator: a formula in words and figures, as the person judged reads it.

What lives here: the readings of a formula: the rule alone, the rule with the figures of one record put
in, what decided its value, and by what a condition holds. What may come in: a formula that passed the
type check, the titles of what it names, and the values of the record. What never comes in: layout and
words; the modules `wording`, `figures`, `met` and `applied` beside this one have them.
"""

from __future__ import annotations

from kinerja.formula import nodes as n
from kinerja.formula.applied import notes_on
from kinerja.formula.evaluate import Item, Scope
from kinerja.formula.figures import Figures
from kinerja.formula.met import met_by
from kinerja.formula.wording import Pen, Titles, rounding_words, write, write_condition
from kinerja.words import LANGUAGES, Language, Text

__all__ = [
    "Titles",
    "condition_met",
    "figures_text",
    "formula_text",
    "rounding_words",
    "steps_applied",
]


def formula_text(
    node: n.Node, *, titles: Titles, lang: Language, subject: str = "", over: str = ""
) -> str:
    """Say a formula in words, without figures of a record.

    Args:
        node: The formula.
        titles: Titles of what it names.
        lang: Language.
        subject: Name of the step whose formula it is; labels that the formula gives are asked of
            `titles.value` as values of it.
        over: List whose fields it reads, for a step computed per item.

    Examples:
        >>> formula = n.Ref("realisasi") / n.Ref("target") * 100
        >>> formula_text(formula, titles=Titles(), lang="id")
        'realisasi ÷ target × 100'
    """
    return write(node, Pen(titles=titles, lang=lang, over=over, owner=subject)).text


def figures_text(  # noqa: PLR0913 - the same plug-ins as `formula_text`, and the values
    node: n.Node,
    *,
    titles: Titles,
    scope: Scope,
    lang: Language,
    item: Item | None = None,
    subject: str = "",
    over: str = "",
) -> str:
    """Say a formula with the figures of one record in place of its names.

    Only the case of a choice that applies is shown; a reduction shows its items one by one up to 12 of
    them, and their sum and number beyond; where labels and flags are compared, and inside conditions,
    each figure stands behind its title. A missing value is `(tidak ada)`.

    Args:
        node: The formula.
        titles: Titles of what it names.
        scope: Inputs and steps by name, as for `evaluate`.
        lang: Language.
        item: The list item at hand, for a step computed per item.
        subject: As for `formula_text`.
        over: As for `formula_text`.

    Examples:
        >>> from kinerja.exact import exact
        >>> scope = {"realisasi": exact("9.12"), "target": exact(12)}
        >>> formula = n.Ref("realisasi") / n.Ref("target") * 100
        >>> figures_text(formula, titles=Titles(), scope=scope, lang="id")
        '9,12 ÷ 12 × 100'
    """
    pen = Pen(titles=titles, lang=lang, over=over, owner=subject)
    return write(node, Figures(scope=scope, item=item).alone(pen)).text


def condition_met(node: n.Node, *, titles: Titles, scope: Scope) -> Text:
    """Say by what a condition holds, each figure behind its title.

    Alternatives that do not hold are left out: they are no reason.

    Args:
        node: A condition that holds.
        titles: Titles of what it names.
        scope: Inputs and steps by name, as for `evaluate`.

    Examples:
        >>> from kinerja.exact import exact
        >>> low = n.Compare("<", n.Ref("ketepatan"), n.Number(exact(80)))
        >>> some = n.Compare(">", n.Ref("aduan"), n.Number(exact(3)))
        >>> scope = {"ketepatan": exact("43.33"), "aduan": exact(0)}
        >>> condition_met(n.Or((low, some)), titles=Titles(), scope=scope).id
        'ketepatan (43,33) < 80'
    """
    figures = Figures(scope=scope)
    met = met_by(node, figures)
    pens = (figures.named(Pen(titles=titles, lang=lang)) for lang in LANGUAGES)
    return Text(*(write_condition(met, pen).text for pen in pens))


def steps_applied(  # noqa: PLR0913 - as `figures_text`
    node: n.Node,
    *,
    titles: Titles,
    scope: Scope,
    item: Item | None = None,
    subject: str = "",
    over: str = "",
) -> tuple[Text, ...]:
    """Say what decided the value of a formula, in the order of computation.

    From the root down through roundings, limits, cases, parts and fallbacks, each that made a
    difference gets a note: the limit that bit, the case that applied with its figures, the band with its
    ends, the row of a table, the rounding with the value before it. A missing value gets no note here;
    its reasons say more.

    Args:
        node: The formula.
        titles: Titles of what it names.
        scope: Inputs and steps by name, as for `evaluate`.
        item: The list item at hand, for a step computed per item.
        subject: As for `formula_text`.
        over: As for `formula_text`.
    """
    figures = Figures(scope=scope, item=item)
    pens = (Pen(titles=titles, lang=lang, over=over, owner=subject) for lang in LANGUAGES)
    return tuple(
        Text(*both) for both in zip(*(notes_on(node, figures, p) for p in pens), strict=True)
    )
