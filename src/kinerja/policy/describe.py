"""A policy as plain data, for people and programs who want to know what it says.

What lives here: inputs, choices, scales, steps, clauses and how well they are known, in one language, in
mappings and lists that JSON can carry. What never comes in: layout, data of people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from kinerja.formula import nodes as n
from kinerja.formula.bind import bind_fields, bind_item
from kinerja.formula.evaluate import Value
from kinerja.formula.rule import Rule
from kinerja.formula.text import formula_text, rounding_words
from kinerja.formula.types import LabelType, ListType, NumberType, ValueType
from kinerja.formula.wording import Titles
from kinerja.policy.describe_rules import Formula, describe_ends, describe_rule
from kinerja.policy.model import ChoiceModel, InputModel
from kinerja.policy.policy import Policy
from kinerja.scorer import Input, Step
from kinerja.scorer.naming import all_titles
from kinerja.values import BasisStatus, LegalBasis
from kinerja.words import Language, Text, has_words, say

__all__ = ["STATUSES", "StepWords", "count_statuses", "describe_policy", "summarise_policy"]

#: How well a figure is known, from the best to the least.
STATUSES: Final[tuple[BasisStatus, ...]] = ("primary", "secondary", "practice", "own", "unverified")
assert set(STATUSES) == set(get_args(BasisStatus))  # noqa: S101 - a new status needs its place here


def count_statuses(policy: Policy) -> dict[str, int]:
    """Count how often a policy rests on a basis of each status, from the best known to the least.

    Counted are the bases of the policy as a whole and of every step, with those of the options taken.
    """
    statuses = list(_statuses(policy))
    return {status: statuses.count(status) for status in STATUSES if status in statuses}


def summarise_policy(policy: Policy, lang: Language) -> dict[str, Any]:
    """Give what a list of policies says of one: id, title, when in force, how well known."""
    model = policy.model
    until = model.in_force.until
    return {
        "id": model.id,
        "version": model.version,
        "title": model.title.in_language(lang),
        "family": model.family,
        "in_force": {
            "from": model.in_force.from_.isoformat(),
            "until": None if until is None else until.isoformat(),
            "whole": model.in_force.whole,
        },
        "statuses": count_statuses(policy),
    }


def describe_policy(policy: Policy, lang: Language) -> dict[str, Any]:
    """Give everything that a policy says.

    Args:
        policy: The policy, with its options taken.
        lang: Language of titles, formulas and words.

    Returns:
        Mappings, lists and text; numbers as text, exact.
    """
    return _Description(policy, lang).whole()


class StepWords:
    """Says the formulas of a policy's steps in one language.

    Args:
        policy: The policy, with its options taken.
        lang: Language of titles, formulas and words.
    """

    def __init__(self, policy: Policy, lang: Language) -> None:
        self._description = _Description(policy, lang)

    def step(self, name: str) -> str:
        """Say the formula of a step."""
        return self._description.formula(self._description.steps[name])

    def part(self, name: str, node: n.Node) -> str:
        """Say a formula that the rule of a step holds."""
        description = self._description
        rule = description.policy.rules[name]
        return description.in_words(description.steps[name], rule)(node)


def _statuses(policy: Policy) -> Iterator[BasisStatus]:
    yield from (basis.status for basis in policy.program.note.basis)
    for step in policy.program.steps:
        if step.parent is None:
            yield from (basis.status for basis in step.basis)


class _Description:
    def __init__(self, policy: Policy, lang: Language) -> None:
        self.policy = policy
        self.lang: Language = lang
        program = policy.program
        self.names = all_titles(program)
        self.types: Mapping[str, ValueType] = program.types
        self.steps = {step.name: step for step in program.steps}
        self.titles = Titles(
            name=lambda name: self.names.get(name, Text.same(name)), value=self._label
        )

    def whole(self) -> dict[str, Any]:
        model, program = self.policy.model, self.policy.program
        return {
            **summarise_policy(self.policy, self.lang),
            "fingerprint": None if self.policy.assumed else program.note.fingerprint,
            "note": self._text(model.note),
            "extends": self._extends(),
            "plugins": list(program.note.plugins),
            "variant": {
                name: taken
                for name, taken in self.policy.variant.items()
                if name not in self.policy.assumed
            },
            "basis": [self._basis(basis) for basis in program.note.basis],
            "inputs": [
                self._input(declared, model.inputs[declared.name]) for declared in program.inputs
            ],
            "choices": [self._choice(name, choice) for name, choice in model.choices.items()],
            "scales": [
                {
                    "name": name,
                    "ordered": scale.ordered,
                    "labels": {key: self._text(title) for key, title in scale.labels.items()},
                    **self._origin("scales", name),
                }
                for name, scale in model.scales.items()
            ],
            "steps": [self._step(step) for step in program.steps if step.parent is None],
            "reasons": {code: self._text(words) for code, words in model.reasons.items()},
            "accepted": {
                code: {name: self._text(reason) for name, reason in places.items()}
                for code, places in model.accepted.items()
            },
            "publish": list(program.published),
            "follow_ups": [
                {"id": f.id, "title": self._text(f.title), "step": f.step}
                for f in program.follow_ups
            ],
            "bases": [
                {
                    "name": name,
                    **self._basis(
                        LegalBasis(
                            title=basis.title,
                            clause=basis.clause,
                            status=basis.status,
                            source=basis.source,
                            note=basis.note,
                        )
                    ),
                }
                for name, basis in model.bases.items()
            ],
        }

    def _extends(self) -> dict[str, Any] | None:
        base = self.policy.base
        if base is None:
            return None
        return {
            "id": base.id,
            "version": base.version,
            "accepted": base.accepted,
            "chain": list(base.chain),
            "removed": list(base.removed),
        }

    def _origin(self, section: str, name: str) -> dict[str, Any]:
        """Give where a part comes from, for a policy that extends another."""
        base = self.policy.base
        if base is None:
            return {}
        return {
            "origin": base.origins.get((section, name), "own"),
            "changes": list(base.changes.get((section, name), ())),
        }

    def _text(self, text: Text | None) -> str | None:
        return None if text is None else text.in_language(self.lang)

    def _basis(self, basis: LegalBasis) -> dict[str, Any]:
        return {
            "title": basis.title,
            "clause": basis.clause,
            "status": basis.status,
            "source": basis.source,
            "note": self._text(basis.note),
        }

    # Inputs and choices.

    def _input(self, declared: Input, model: InputModel) -> dict[str, Any]:
        found = {
            "name": declared.name,
            "title": self._text(declared.title),
            "required": declared.required,
            **self._type(declared.type, model.scale),
            "unit": self._text(declared.unit),
            **self._origin("inputs", declared.name),
        }
        if isinstance(declared.type, ListType):
            found["fields"] = [
                {
                    "name": name,
                    "title": self._text(declared.fields[name]),
                    **self._type(kind, model.fields[name].scale if model.fields else None),
                    "hidden": name in declared.hidden,
                }
                for name, kind in declared.type.fields.items()
            ]
            found["key"] = list(declared.type.key)
        return found

    def _type(self, kind: ValueType, scale: str | None) -> dict[str, Any]:
        found: dict[str, Any] = {"type": type(kind).__name__.removesuffix("Type").lower()}
        if isinstance(kind, NumberType):
            found["limits"] = describe_ends(kind.limits)
            found["digits"] = kind.digits
        if isinstance(kind, LabelType):
            found["scale"] = scale
        return found

    def _choice(self, name: str, choice: ChoiceModel) -> dict[str, Any]:
        return {
            "name": name,
            "title": self._text(choice.title),
            "default": choice.default,
            "taken": None if name in self.policy.assumed else self.policy.variant[name],
            **self._origin("choices", name),
            "figure": None if choice.figure is None else describe_ends(choice.figure.interval()),
            "options": [
                {
                    "name": key,
                    "title": self._text(option.title),
                    "steps": list(option.steps),
                    "basis": [
                        {
                            "of": basis.of,
                            "title": self.policy.model.bases[basis.of].title,
                            "clause": basis.clause,
                            "status": basis.status or self.policy.model.bases[basis.of].status,
                            "note": self._text(basis.note),
                        }
                        for basis in option.basis
                    ],
                }
                for key, option in (choice.options or {}).items()
            ],
        }

    # Steps.

    def _step(self, step: Step) -> dict[str, Any]:
        common, rule = self.policy.steps[step.name], self.policy.rules[step.name]
        model = self.policy.model
        rounding = step.rounding
        kind_key = f"kind.{step.kind}"
        return {
            "name": step.name,
            "title": self._text(step.title),
            "rule": step.kind,
            "rule_title": say(kind_key, self.lang) if has_words(kind_key) else step.kind,
            "formula": self.formula(step),
            "round": None
            if rounding is None
            else {
                "digits": rounding.digits,
                "mode": rounding.mode,
                "text": rounding_words(rounding).in_language(self.lang),
            },
            "scale": common.scale,
            "unit": self._text(step.unit),
            "for_each": step.over,
            "published": step.published,
            "basis": [self._basis(basis) for basis in step.basis],
            "note": self._text(common.note),
            "depends_on": [
                name
                for name in model.choices
                if name in self.policy.assumed and step.name in model.choices[name].decides
            ],
            **self._origin("choices" if step.name in model.choices else "steps", step.name),
            "details": describe_rule(rule, self.in_words(step, rule), self.lang),
            "parts": [
                {
                    "name": part.name,
                    "title": self._text(part.title),
                    "formula": self.formula(part),
                }
                for part in self.policy.program.steps
                if part.parent == step.name
            ],
        }

    def in_words(self, step: Step, rule: Rule) -> Formula:
        """Give what says the formulas of a rule, which name fields of a list as the file does."""
        over = step.over or _list_of(rule)
        lists = {
            name: kind.fields for name, kind in self.types.items() if isinstance(kind, ListType)
        }

        def say_it(node: n.Node) -> str:
            bound = bind_item(bind_fields(node, lists), lists.get(over, {}))
            return self._words(bound, step.name, over)

        return say_it

    def formula(self, step: Step) -> str:
        """Say the formula of a step, before its rounding."""
        if step.name in self.policy.assumed:
            return "…"
        inner = step.node.value if isinstance(step.node, n.Round) else step.node
        return self._words(inner, step.name, step.over or "")

    def _words(self, node: n.Node, subject: str, over: str) -> str:
        return formula_text(node, titles=self.titles, lang=self.lang, subject=subject, over=over)

    def _label(self, name: str, value: Value) -> Text | None:
        """Write a label by its title; everything else the usual way."""
        kind: ValueType | None = self.types.get(name)
        if kind is None and name in self.steps:
            kind = self.steps[name].type
        if kind is None:
            head, _, field = name.partition(".")
            whole = self.types.get(head)
            kind = whole.fields.get(field) if isinstance(whole, ListType) else None
        if isinstance(kind, LabelType) and isinstance(value, str) and value in kind.scale.ids:
            return kind.scale.title(value)
        return None


def _list_of(rule: object) -> str:
    """Give the list whose items a rule's own formulas read, or an empty text."""
    over = getattr(rule, "over", None) or getattr(getattr(rule, "of", None), "over", None)
    return over if isinstance(over, str) else ""
