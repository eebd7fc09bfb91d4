"""What a policy says of its weights, and where they come from.

What lives here: the lines of a policy file for weights that were found, with a sentence about their
origin, and what rounding them changed. What never comes in: how weights are found, files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from kinerja.exact import Rounding, plain_decimal
from kinerja.report.speaker import Speaker
from kinerja.values import Origin, Weights
from kinerja.words import DEFAULT_LANGUAGE, Language, number, say

__all__ = ["PolicyWeights", "origin_sentences", "policy_weights"]

AREA: Final = "explore.judged"

#: Facts of a computation are said with three decimals, what rounding moved with two.
_FACT: Final = Rounding(digits=3, mode="half_up")
_MOVED: Final = Rounding(digits=2, mode="half_up")

#: A name that YAML reads as it is written.
_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_SPECIAL: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyWeights:
    """Weights as a policy writes them.

    Attributes:
        weights: The weights, rounded; their sum is exactly 1.
        lines: The lines for the policy file: the basis, and what the step says.
        note: Where the weights come from, in full sentences; the basis has them as its title and note.
        changes: What rounding changed, a sentence a criterion, as far as two decimals of a percent show it.
        warnings: What should be looked at before anybody uses the weights.
    """

    weights: Weights
    lines: str
    note: str
    changes: tuple[str, ...]
    warnings: tuple[str, ...]

    def __str__(self) -> str:
        """Give the lines for the policy file."""
        return self.lines


def policy_weights(
    weights: Weights,
    *,
    step: str,
    basis: str = "bobot",
    digits: int = 0,
    lang: Language = DEFAULT_LANGUAGE,
) -> PolicyWeights:
    """Give the lines with which a policy file states weights and their origin.

    The basis has the status `own`: how important criteria are is the agency's choice, whatever method
    helped to find it. Percents are rounded by largest remainder, so that their sum stays 100 %.

    Args:
        weights: The weights, by the names of the steps or inputs that they belong to.
        step: Name of the step that has the weights.
        basis: Name of the basis that tells of their origin.
        digits: Decimals of a percent.
        lang: Language of the sentences.

    Examples:
        >>> weights = Weights.of({"hasil": "2/3", "perilaku": "1/3"})
        >>> print(policy_weights(weights, step="nilai", lang="en"))
        bases:
          bobot:
            title: "Weights as stated"
            status: own
            note: "Rounded to whole percents; moved most: hasil, 0.33 percentage points."
        steps:
          nilai:
            weights: {hasil: 67 %, perilaku: 33 %}
            basis: [{of: bobot}]
    """
    speaker = Speaker(lang=lang, area=AREA)
    rounded = weights.rounded(digits=digits + 2)
    origin = weights.origin
    title = _title(origin, speaker)
    facts = [*origin_sentences(origin, lang=lang), *_rounding(weights, rounded, speaker, digits)]
    terms = ", ".join(f"{_name(name)}: {_percent(share)} %" for name, share in rounded)
    lines = [
        "bases:",
        f"  {_name(basis)}:",
        f"    title: {_text(title)}",
        "    status: own",
        *([f"    note: {_text(' '.join(facts))}"] if facts else []),
        "steps:",
        f"  {_name(step)}:",
        f"    weights: {{{terms}}}",
        f"    basis: [{{of: {_name(basis)}}}]",
    ]
    issues = () if origin is None else origin.issues
    return PolicyWeights(
        weights=rounded,
        lines="\n".join(lines),
        note=" ".join([f"{title}.", *facts]),
        changes=tuple(_changes(weights, rounded, speaker)),
        warnings=tuple(issue.message(lang) for issue in issues if issue.severity != "note"),
    )


def origin_sentences(origin: Origin | None, *, lang: Language = DEFAULT_LANGUAGE) -> list[str]:
    """Say who describes the method, and the figures of the weights: consistency, agreement, deviation.

    Args:
        origin: How the weights were found.
        lang: Language of the sentences.
    """
    if origin is None:
        return []
    speaker = Speaker(lang=lang, area=AREA)
    source = [speaker.say("source", source=origin.source)] if origin.source else []
    return [*source, *_facts(origin, speaker)]


def _facts(origin: Origin, speaker: Speaker) -> Iterator[str]:
    facts = origin.facts
    table = facts.get("random_index", "")
    if "judges" in facts:
        yield speaker.say("fact.judges", count=facts["judges"])
    if "cr" in facts:
        yield speaker.say("fact.cr", value=_figure(facts["cr"], speaker), table=table)
    if ratios := {key: float(value) for key, value in facts.items() if key.startswith("cr.")}:
        largest = max(ratios, key=ratios.__getitem__)
        yield speaker.say(
            "fact.largest_cr",
            value=_figure(ratios[largest], speaker),
            group=largest.removeprefix("cr."),
            table=table,
        )
    if "cr" not in facts and "missing" in facts:
        value = _figure(facts["ci"], speaker)
        yield speaker.count("fact.ci", int(facts["missing"]), value=value)
    if "xi" in facts:
        ratio = _figure(facts["input_cr"], speaker)
        yield speaker.say("fact.xi", value=_figure(facts["xi"], speaker), ratio=ratio)
    for key in ("kendall_w", "consensus"):
        if key in facts:
            yield speaker.say(f"fact.{key}", value=_figure(facts[key], speaker))


def _rounding(weights: Weights, rounded: Weights, speaker: Speaker, digits: int) -> Iterator[str]:
    moved = _moved(weights, rounded)
    if not any(moved.values()):
        return
    name = max(moved, key=lambda one: abs(moved[one]))
    unit = speaker.count("unit.digits", digits) if digits else speaker.say("unit.whole")
    amount = number(_MOVED.apply(abs(moved[name])), speaker.lang, digits=_MOVED.digits)
    yield speaker.say("rounded", unit=unit, name=name, amount=amount)


def _changes(weights: Weights, rounded: Weights, speaker: Speaker) -> Iterator[str]:
    for name, share in rounded:
        before = _MOVED.apply(weights[name] / weights.total * 100)
        if before != share * 100:
            yield speaker.say(
                "moved",
                name=name,
                before=number(before, speaker.lang, digits=_MOVED.digits),
                after=number(share * 100, speaker.lang),
            )
        if not share and weights[name]:
            yield speaker.say("vanished", name=name)


def _moved(weights: Weights, rounded: Weights) -> dict[str, Fraction]:
    """Give what rounding added to each weight, in percentage points."""
    return {name: (share - weights[name] / weights.total) * 100 for name, share in rounded}


def _title(origin: Origin | None, speaker: Speaker) -> str:
    if origin is None:
        return speaker.say("title.stated")
    return speaker.say("title", method=say(f"explore.method.{origin.method}", speaker.lang))


def _figure(value: Fraction | float | str, speaker: Speaker) -> str:
    return number(_FACT.apply(Fraction(value)), speaker.lang, digits=_FACT.digits)


def _percent(share: Fraction) -> str:
    return plain_decimal(share * 100)


def _name(name: str) -> str:
    return name if _PLAIN.match(name) and name.lower() not in _SPECIAL else _text(name)


def _text(text: str) -> str:
    """Write a text such that YAML reads it as it is; every JSON text is one of YAML's."""
    return json.dumps(text, ensure_ascii=False)
