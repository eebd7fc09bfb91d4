"""The weights of a policy as variables: which steps have some, and the same policy with others.

What lives here: how a step that weighs is recognised in its formula, so that every rule kind and every
plug-in is explored alike; and putting other weights in its place. What never comes in: data of people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, Literal, TypeAlias

from kinerja.errors import InputError, Issue, names_like, quoted, unknown_name
from kinerja.exact import ExactInput, NotANumberError, exact, plain_decimal
from kinerja.formula import nodes as n
from kinerja.formula.source import format_formula
from kinerja.policy.fingerprint import fingerprint
from kinerja.scorer import Scorer
from kinerja.scorer.program import Program, Step
from kinerja.values import Weights
from kinerja.words import Text

__all__ = [
    "Part",
    "Scheme",
    "core_with",
    "figure_of",
    "policy_scheme",
    "policy_schemes",
    "reweighted",
    "weights_of",
    "with_core",
]

#: What a missing part does: the step has no value, the part counts as 0, or the weights of the parts
#: that are there are divided by their sum.
MissingPart: TypeAlias = Literal["incomplete", "zero", "renormalise"]

ZERO: Final = n.Number(Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One weighted part of a step.

    Attributes:
        name: Input, step or rater group that it stands for; what is neither, by its formula.
        title: As people read it.
        value: Its formula.
        absent: When it counts as missing; `None` where a missing part leaves the whole without value.
    """

    name: str
    title: Text
    value: n.Node
    absent: n.Node | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """The weights of one step (skema bobot).

    Attributes:
        step: Name of the step.
        title: As people read it.
        parts: What is weighted.
        weights: The policy's own weights, by the names of the parts.
        missing: What a missing part does.
        core: The sum (or quotient) in the step's formula that the weights stand in.
    """

    step: str
    title: Text
    parts: tuple[Part, ...]
    weights: Weights
    missing: MissingPart
    core: n.Node

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parts, in order."""
        return self.weights.names

    def title_of(self, name: str) -> Text:
        """Give the title of a part."""
        return next(part.title for part in self.parts if part.name == name)


def policy_schemes(scorer: Scorer) -> tuple[Scheme, ...]:
    """Find every step that joins parts by written weights.

    Recognised in the formula of a step: a sum of parts, each times a figure of 0 or more, or such a sum
    over the sum of the weights that are there. Weights of the items of a list belong to the data;
    tables of weights for each composition of a panel and weights that move from group to group are no
    single set of weights.

    Args:
        scorer: The policy.

    Returns:
        The schemes, in the order of computation.

    Examples:
        >>> import kinerja
        >>> found = policy_schemes(kinerja.load("talenta-bkn-41-2025"))
        >>> [scheme.step for scheme in found]
        ['kinerja', 'potensial', 'talenta']
        >>> [(name, str(share)) for name, share in found[0].weights]
        [('kinerja_utama', '3/5'), ('kinerja_penguat', '2/5')]
    """
    program = scorer.program
    return tuple(found for step in program.steps if (found := _scheme(program, step)) is not None)


def policy_scheme(scorer: Scorer, *, step: str | None = None) -> Scheme:
    """Give the weights of one step.

    Args:
        scorer: The policy.
        step: Name of the step; by default the last one that weighs, which is the nearest to the result.

    Raises:
        InputError: The step weighs nothing (KNJ040), or no step does (KNJ041).
    """
    found = {scheme.step: scheme for scheme in policy_schemes(scorer)}
    if not found:
        raise InputError([Issue(code="KNJ041", details={"found": quoted(scorer.program.note.id)})])
    if step is None:
        return list(found.values())[-1]
    if step not in found:
        raise InputError([unknown_name("KNJ040", step, step, found)])
    return found[step]


def weights_of(scheme: Scheme, given: Weights | Mapping[str, ExactInput]) -> Weights:
    """Check weights for a scheme, and bring them into its order.

    Args:
        scheme: The weights of a step.
        given: A weight for each part.

    Raises:
        InputError: A name is unknown or lacking, a weight is negative, all are zero, or their sum is
            another one than the policy's; every issue at once.
    """
    issues: list[Issue] = []
    named = dict(given.shares) if isinstance(given, Weights) else {**given}
    issues += [
        unknown_name("KNJ042", name, name, scheme.names)
        for name in named
        if name not in scheme.names
    ]
    lacking = [name for name in scheme.names if name not in named]
    if lacking:
        details = {
            "found": names_like("", lacking),
            "expected": ", ".join(map(quoted, scheme.names)),
        }
        issues.append(Issue(code="KNJ043", path=scheme.step, details=details))
    shares: dict[str, Fraction] = {}
    for name in scheme.names:
        if name in named:
            value = named[name]
            share = value if isinstance(given, Weights) else figure_of(value)
            if not isinstance(share, Fraction) or share < 0:
                issues.append(Issue(code="KNJ044", path=name, details={"found": quoted(value)}))
            else:
                shares[name] = share
    if issues:
        raise InputError(issues)
    if not any(shares.values()):
        raise InputError([Issue(code="KNJ045", path=scheme.step)])
    total, wanted = sum(shares.values(), Fraction(0)), scheme.weights.total
    if total != wanted:
        details = {"found": _percent(total), "expected": _percent(wanted)}
        raise InputError([Issue(code="KNJ046", path=scheme.step, details=details)])
    origin = given.origin if isinstance(given, Weights) else None
    return Weights(tuple(shares.items()), origin=origin)


def figure_of(value: ExactInput) -> Fraction | None:
    """Read a number exactly; `None` for what is no number."""
    try:
        return exact(value)
    except NotANumberError:
        return None


def _percent(share: Fraction) -> str:
    percent = share * 100
    try:
        return f"{plain_decimal(percent)} %"
    except ValueError:
        return f"{percent} %"


def reweighted(
    scorer: Scorer, weights: Weights | Mapping[str, ExactInput], *, step: str | None = None
) -> Scorer:
    """Give the same policy with other weights in one step.

    Only the figures change. A weight of 0 stays a part: where that part is missing, what the policy says of
    missing parts applies.

    Args:
        scorer: The policy.
        weights: A weight for each part, with the same sum as the policy's own.
        step: Name of the step; by default the last one that weighs.

    Returns:
        A scorer whose results carry a fingerprint of their own and the version `<version>+bobot`.

    Raises:
        InputError: See `policy_scheme` and `weights_of`.

    Examples:
        >>> import kinerja
        >>> policy = kinerja.load("talenta-bkn-41-2025")
        >>> other = reweighted(policy, {"kinerja": "60 %", "potensial": "40 %"}, step="talenta")
        >>> other.program.note.version
        '1.0.0+bobot'
    """
    scheme = policy_scheme(scorer, step=step)
    core = core_with(scheme, weights_of(scheme, weights))
    program = with_core(scorer.program, scheme, core)
    note = replace(program.note, version=f"{program.note.version.partition('+')[0]}+bobot")
    program = replace(program, note=note)
    return Scorer(replace(program, note=replace(note, fingerprint=fingerprint(program))))


def with_core(program: Program, scheme: Scheme, core: n.Node) -> Program:
    """Give a program with another formula in the place of a scheme's sum."""

    def changed(step: Step) -> Step:
        if step.name != scheme.step:
            return step
        return replace(
            step,
            node=n.replace_nodes(step.node, lambda node: core if node is scheme.core else None),
        )

    return replace(program, steps=tuple(map(changed, program.steps)))


def core_with(scheme: Scheme, weights: Weights) -> n.Node:
    """Give the sum of a scheme with other weights."""
    parts = [(part, n.Number(weights[part.name])) for part in scheme.parts]
    top = n.Add(tuple(n.Multiply((share, _counted(part))) for part, share in parts))
    if scheme.missing != "renormalise":
        return top
    bottom = n.Add(
        tuple(
            n.Where(((part.absent, ZERO),), share)
            for part, share in parts
            if part.absent is not None
        )
    )
    return n.Divide(top, bottom)


def _counted(part: Part) -> n.Node:
    return part.value if part.absent is None else n.Where(((part.absent, ZERO),), part.value)


# Recognising.


def _scheme(program: Program, step: Step) -> Scheme | None:
    """Find the one set of weights in the formula of a step."""
    if step.over is not None or step.parent is not None:
        return None
    found = list(_cores(step.node))
    if len(found) != 1:
        return None
    [(core, terms, missing)] = found
    parts = tuple(_part(program, step, value, absent) for _, value, absent in terms)
    if len({part.name for part in parts}) < len(parts) or not any(share for share, _, _ in terms):
        return None
    shares = zip((part.name for part in parts), (share for share, _, _ in terms), strict=True)
    return Scheme(
        step=step.name,
        title=step.title,
        parts=parts,
        weights=Weights(tuple(shares)),
        missing=missing,
        core=core,
    )


_Term: TypeAlias = tuple[Fraction, n.Node, "n.Node | None"]


def _cores(node: n.Node) -> Iterator[tuple[n.Node, list[_Term], MissingPart]]:
    """Give the sums of weighted parts in a formula, outermost first."""
    if isinstance(node, n.Divide):
        terms = _terms(node.numerator)
        if terms is not None and _divides(node.denominator, terms):
            yield node, terms, "renormalise"
            return
    terms = _terms(node)
    if terms is not None:
        zero = all(absent is not None for _, _, absent in terms)
        yield node, terms, "zero" if zero else "incomplete"
        return
    for child in n.children(node):
        yield from _cores(child)


def _terms(node: n.Node) -> list[_Term] | None:
    if not isinstance(node, n.Add) or len(node.terms) < 2:  # noqa: PLR2004 - one part has no weight
        return None
    found = [_term(term) for term in node.terms]
    if any(term is None for term in found):
        return None
    terms = [term for term in found if term is not None]
    ways = {absent is None for _, _, absent in terms}
    return terms if len(ways) == 1 else None


def _term(node: n.Node) -> _Term | None:
    match node:
        case n.Multiply((n.Number(share), value)) | n.Multiply((value, n.Number(share))) if (
            share >= 0
        ):
            if isinstance(value, n.Number):
                return None
            if isinstance(value, n.Where) and len(value.cases) == 1 and value.cases[0][1] == ZERO:
                return share, value.otherwise, value.cases[0][0]
            return share, value, None
    return None


def _divides(node: n.Node, terms: list[_Term]) -> bool:
    """Tell whether a divisor is the sum of the weights of the parts that are there."""
    wanted = tuple(
        n.Where(((absent, ZERO),), n.Number(share))
        for share, _, absent in terms
        if absent is not None
    )
    return len(wanted) == len(terms) and isinstance(node, n.Add) and node.terms == wanted


def _part(program: Program, step: Step, value: n.Node, absent: n.Node | None) -> Part:
    if isinstance(value, n.Ref):
        group = value.name.removeprefix(f"{step.name}.group.")
        return Part(name=group, title=_title(program, value.name), value=value, absent=absent)
    text = format_formula(value)
    return Part(name=text, title=Text.same(text), value=value, absent=absent)


def _title(program: Program, name: str) -> Text:
    titles = {known.name: known.title for known in program.inputs}
    titles |= {known.name: known.title for known in program.steps}
    return titles.get(name, Text.same(name))
