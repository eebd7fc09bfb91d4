"""360-degree panels: groups of raters, aspects, and what a missing group does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import ClassVar, Final, Literal

from kinerja.errors import Issue, PolicyError, nearest, quoted
from kinerja.exact import decimal_digits, plain_decimal
from kinerja.formula import nodes as n
from kinerja.formula.rule import Known
from kinerja.formula.types import ListType
from kinerja.values import RaterGroup, Scale, Weights
from kinerja.words import Text, phrase

__all__ = ["Coverage", "MissingGroup", "Raters"]

ZERO: Final = n.Number(Fraction(0))

#: What a group does that has no raters (or too few): the panel has no value (`incomplete`), the group
#: counts as 0 (`zero`), the weights of the groups present are divided by their sum (`renormalise`), a
#: table names the weights of each composition (`composition`), or its weight goes to another group
#: (`assign_to`).
MissingGroup = Literal["incomplete", "zero", "renormalise", "composition", "assign_to"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many of a group's raters must have answered an aspect.

    Attributes:
        at_least: Share of the group's raters, above 0 and at most 1.
        below: `incomplete`: the panel has no value; `renormalise`: the aspect is left out of that group
            and the weights of its other aspects are divided by their sum.
    """

    at_least: Fraction
    below: Literal["incomplete", "renormalise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raters:
    """Join the ratings of a panel into one number.

    Within a group: the mean (or median, or trimmed mean) of the ratings of each aspect; the aspects
    are joined by their weights; the groups are joined by theirs. The weights really used and the number
    of raters of each group are parts of the step and stand in every result.

    Attributes:
        over: Name of the list input that holds the ratings, one row for each rater and aspect.
        group: Field with the group, a label; every label of its scale must be a group here.
        score: Field with the rating.
        rater: Field that tells raters apart, or `None` where each row is one rater.
        aspect: Field with the aspect, a label, or `None`.
        groups: The groups, with the fewest (anonymity) and most raters each.
        aspects: Weights of the aspects, which sum to 1, or `None` for equal weights.
        within: How ratings of one group and aspect are joined.
        trim: Share cut off at each end for `trimmed_mean`, whole ratings, rounded down.
        unanswered: A row without rating: `incomplete` blocks the panel, `skip` leaves it out.
        too_few: A group with raters, but fewer than its minimum: `incomplete` blocks the panel,
            `missing_group` treats it as a group without raters.
        coverage: Availability threshold of an aspect, or `None` for none.
        missing_group: What a missing group does; there is no default, since no law names one.
        weights: Weights of the groups, which sum to 1; for `composition` unused.
        compositions: For `composition`: weights of each set of groups that may be present.
        assign: For `assign_to`: group whose weight moves, and the group that takes it.
    """

    kind: ClassVar[str] = "raters"

    over: str
    group: str
    score: str
    groups: tuple[RaterGroup, ...]
    missing_group: MissingGroup
    within: Literal["mean", "median", "trimmed_mean"]
    unanswered: Literal["incomplete", "skip"]
    too_few: Literal["incomplete", "missing_group"]
    rater: str | None = None
    aspect: str | None = None
    aspects: Weights | None = None
    trim: Fraction | None = None
    coverage: Coverage | None = None
    weights: Weights | None = None
    compositions: tuple[Weights, ...] = ()
    assign: tuple[tuple[str, str], ...] = ()

    def formula(self, known: Known) -> n.Node:
        """Build the panel's value.

        Raises:
            PolicyError: Fields, groups, aspects or weights do not fit together.
        """
        return _Panel(self, known).value()

    def parts(self, known: Known) -> tuple[n.Named, ...]:
        """Build the weights really used and, where there are aspects, the value of each."""
        panel = _Panel(self, known)
        return (*panel.weights_used(), *panel.aspect_values())


class _Panel:
    """One building of the formula: the rule together with the scales it stands on."""

    def __init__(self, rule: Raters, known: Known) -> None:
        self.rule = rule
        self.known = known
        items = known.list_type(rule.over, "over")
        if isinstance(items, Issue):
            raise PolicyError([items])
        issues = list(self._field_issues(items))
        groups = known.field_scale(items, rule.group, "group")
        if isinstance(groups, Issue):
            issues.append(groups)
        else:
            issues.extend(self._group_issues(groups))
            self.titles = {name: groups.title(name) for name in groups.ids}
        aspects = None
        if rule.aspect is not None:
            found = known.field_scale(items, rule.aspect, "aspect")
            if isinstance(found, Issue):
                issues.append(found)
            else:
                aspects = found
                issues.extend(self._aspect_issues(found))
        issues.extend(self._weight_issues())
        if issues:
            raise PolicyError(issues)
        self.aspect_scale = aspects
        self.aspect_weights = rule.aspects
        if aspects is not None and rule.aspects is None:
            self.aspect_weights = Weights.equal(aspects.ids)

    # What does not fit together.

    def _field_issues(self, items: ListType) -> Iterator[Issue]:
        for key in ("score", "rater"):
            name = getattr(self.rule, key)
            if name is not None and name not in items.fields:
                near = nearest(name, items.fields)
                details = {
                    "found": quoted(name),
                    "expected": ", ".join(items.fields),
                    "nearest": quoted(near or next(iter(items.fields))),
                }
                yield Issue(code="KNJ252", path=key, details=details)
        if self.rule.aspect is not None and self.rule.rater is None:
            yield Issue(code="KNJ253", path="rater")
        if (self.rule.within == "trimmed_mean") != (self.rule.trim is not None):
            yield Issue(code="KNJ254", path="within")

    def _group_issues(self, scale: Scale) -> Iterator[Issue]:
        names = [group.id for group in self.rule.groups]
        yield from _same_names("groups", names, scale.ids, "KNJ255")

    def _aspect_issues(self, scale: Scale) -> Iterator[Issue]:
        if self.rule.aspects is not None:
            yield from _same_names("aspects", self.rule.aspects.names, scale.ids, "KNJ256")
            yield from _total("aspects", self.rule.aspects)

    def _weight_issues(self) -> Iterator[Issue]:
        rule = self.rule
        names = [group.id for group in rule.groups]
        if rule.missing_group == "composition":
            if not rule.compositions:
                yield Issue(code="KNJ257", path="compositions")
            for place, weights in enumerate(rule.compositions):
                path = f"compositions[{place}]"
                yield from _total(path, weights)
                yield from _known_names(path, weights.names, names)
            sets = [frozenset(weights.names) for weights in rule.compositions]
            if len(set(sets)) != len(sets):
                yield Issue(code="KNJ258", path="compositions")
            return
        if rule.weights is None:
            yield Issue(code="KNJ257", path="weights")
        else:
            yield from _same_names("weights", rule.weights.names, names, "KNJ255")
            yield from _total("weights", rule.weights)
        if (rule.missing_group == "assign_to") != bool(rule.assign):
            yield Issue(code="KNJ259", path="missing_group")
        for source, target in rule.assign:
            yield from _known_names(f"assign_to.{source}", (source, target), names)

    # The parts.

    def _in_group(self, group: RaterGroup) -> n.Node:
        return n.Compare("==", n.Field(self.rule.group), n.Label(group.id))

    def _answered(self) -> n.Node:
        return n.Not(n.IsMissing(n.Field(self.rule.score)))

    def raters(self, group: RaterGroup) -> n.Named:
        """Count the raters of a group who answered."""
        where = n.And((self._in_group(group), self._answered()))
        title = phrase("rule.raters.count", group=self.titles[group.id])
        if self.rule.rater is None:
            return n.Named(
                f"raters.{group.id}", title, n.Reduce("count", self.rule.over, where=where)
            )
        counted = n.Reduce("count_distinct", self.rule.over, n.Field(self.rule.rater), where=where)
        return n.Named(f"raters.{group.id}", title, counted)

    def present(self, group: RaterGroup) -> n.Node:
        """Tell whether a group takes part."""
        return self.raters(group).at_least(group.minimum)

    def group_value(self, group: RaterGroup) -> n.Named:
        """Join the aspects of one group."""
        title = phrase("rule.raters.group", group=self.titles[group.id])
        return n.Named(f"group.{group.id}", title, self._joined_aspects(group))

    def _joined_aspects(self, group: RaterGroup) -> n.Node:
        if self.aspect_weights is None or self.aspect_scale is None:
            return self._within(group, None)
        shares = [(n.Number(share), aspect) for aspect, share in self.aspect_weights]
        coverage = self.rule.coverage
        if coverage is None or coverage.below == "incomplete":
            if len({share.value for share, _ in shares}) == 1:
                means = n.Add(tuple(self.mean(group, aspect) for _, aspect in shares))
                return n.Divide(means, n.Number(Fraction(len(shares))))
            return n.Add(
                tuple(n.Multiply((share, self.mean(group, aspect))) for share, aspect in shares)
            )
        covered = [(share, aspect, self._covered(group, aspect)) for share, aspect in shares]
        top = n.Add(
            tuple(
                n.Multiply((share, n.Where(((n.Not(there), ZERO),), self.mean(group, aspect))))
                for share, aspect, there in covered
            )
        )
        bottom = n.Add(
            tuple(n.Where(((n.Not(there), ZERO),), share) for share, _, there in covered)
        )
        return n.Divide(top, bottom)

    def mean(self, group: RaterGroup, aspect: str) -> n.Named:
        """Join the ratings of one group on one aspect."""
        if self.aspect_scale is None:
            raise TypeError
        title = phrase(
            "rule.raters.mean", group=self.titles[group.id], aspect=self.aspect_scale.title(aspect)
        )
        value = self._within(group, aspect)
        coverage = self.rule.coverage
        if coverage is not None and coverage.below == "incomplete":
            absent = n.Absent("aspect_not_covered", f"{group.id}, {aspect}")
            value = n.Where(((n.Not(self._covered(group, aspect)), absent),), value)
        return n.Named(f"mean.{group.id}.{aspect}", title, value)

    def _covered(self, group: RaterGroup, aspect: str) -> n.Node:
        if self.rule.coverage is None:
            raise TypeError
        where = n.And((*self._of_aspect(group, aspect), self._answered()))
        answers = n.Reduce("count", self.rule.over, where=where)
        return answers.at_least(self.rule.coverage.at_least * self.raters(group))

    def _of_aspect(self, group: RaterGroup, aspect: str | None) -> tuple[n.Node, ...]:
        if aspect is None or self.rule.aspect is None:
            return (self._in_group(group),)
        return (
            self._in_group(group),
            n.Compare("==", n.Field(self.rule.aspect), n.Label(aspect)),
        )

    def _within(self, group: RaterGroup, aspect: str | None) -> n.Node:
        return n.Reduce(
            self.rule.within,
            self.rule.over,
            n.Field(self.rule.score),
            where=n.all_of(*self._of_aspect(group, aspect)),
            skip_missing=self.rule.unanswered == "skip",
            parameter=self.rule.trim,
        )

    # The whole.

    def value(self) -> n.Node:
        """Join the groups, or say why they cannot be joined."""
        blocked: list[tuple[n.Node, n.Node]] = []
        for group in self.rule.groups:
            count = self.raters(group)
            if group.maximum is not None:
                absent = n.Absent("too_many_raters", group.id)
                blocked.append((count.above(group.maximum), absent))
            if self.rule.too_few == "incomplete" and group.minimum > 1:
                few = n.And((count.above(0), count.below(group.minimum)))
                blocked.append((few, n.Absent("too_few_raters", group.id)))
            if self.rule.unanswered == "incomplete":
                holes = n.And((self._in_group(group), n.IsMissing(n.Field(self.rule.score))))
                unanswered = n.Reduce("count", self.rule.over, where=holes).above(0)
                blocked.append((unanswered, n.Absent("unanswered", group.id)))
        whole = self._joined()
        return n.Where(tuple(blocked), whole) if blocked else whole

    def _joined(self) -> n.Node:
        groups = {group.id: group for group in self.rule.groups}
        if self.rule.missing_group in ("composition", "assign_to"):
            return self._by_composition(groups)
        weights = self.rule.weights
        if weights is None:
            raise TypeError
        terms = []
        for name, share in weights:
            group = groups[name]
            value = self.group_value(group)
            if self.rule.missing_group == "incomplete":
                absent = n.Absent("group_missing", name)
                there = n.Where(((n.Not(self.present(group)), absent),), value)
            else:
                there = n.Where(((n.Not(self.present(group)), ZERO),), value)
            terms.append(n.Multiply((n.Number(share), there)))
        if self.rule.missing_group != "renormalise":
            return n.Add(tuple(terms))
        bottom = n.Add(
            tuple(
                n.Where(((n.Not(self.present(groups[name])), ZERO),), n.Number(share))
                for name, share in weights
            )
        )
        nobody = n.And(tuple(n.Not(self.present(groups[name])) for name in weights.names))
        absent = n.Absent("no_items", self.rule.over)
        return n.Where(((nobody, absent),), n.Divide(n.Add(tuple(terms)), bottom))

    def _by_composition(self, groups: dict[str, RaterGroup]) -> n.Node:
        cases = []
        for weights in self._compositions():
            pattern = tuple(
                self.present(group) if name in weights.names else n.Not(self.present(group))
                for name, group in groups.items()
            )
            joined = n.Add(
                tuple(
                    n.Multiply((n.Number(share), self.group_value(groups[name])))
                    for name, share in weights
                )
            )
            cases.append((n.And(pattern), joined))
        return n.Where(tuple(cases), n.Absent("composition_unknown", self.rule.over))

    def _compositions(self) -> tuple[Weights, ...]:
        if self.rule.missing_group == "composition":
            return self.rule.compositions
        if self.rule.weights is None:
            raise TypeError
        return tuple(_assigned(self.rule.weights, dict(self.rule.assign)))

    def weights_used(self) -> Iterator[n.Named]:
        """Give the weight that each group really had."""
        groups = self.rule.groups
        present = tuple(self.present(group) for group in groups)
        for group in groups:
            title = phrase("rule.raters.weight", group=self.titles[group.id])
            yield n.Named(f"weight.{group.id}", title, self._weight_used(group, present))

    def _weight_used(self, group: RaterGroup, present: tuple[n.Node, ...]) -> n.Node:
        if self.rule.missing_group in ("composition", "assign_to"):
            names = [other.id for other in self.rule.groups]
            cases = []
            for weights in self._compositions():
                pattern = tuple(
                    there if name in weights.names else n.Not(there)
                    for name, there in zip(names, present, strict=True)
                )
                used = weights[group.id] if group.id in weights.names else Fraction(0)
                cases.append((n.And(pattern), n.Number(used)))
            return n.Where(tuple(cases), n.Absent("composition_unknown", self.rule.over))
        if self.rule.weights is None:
            raise TypeError
        share = n.Number(self.rule.weights[group.id])
        if self.rule.missing_group != "renormalise":
            return share
        bottom = n.Add(
            tuple(
                n.Where(((n.Not(there), ZERO),), n.Number(self.rule.weights[other.id]))
                for other, there in zip(self.rule.groups, present, strict=True)
            )
        )
        return n.Divide(n.Where(((n.Not(self.present(group)), ZERO),), share), bottom)

    def aspect_values(self) -> Iterator[n.Named]:
        """Give the value of each aspect over the groups, by the weights really used."""
        if self.aspect_scale is None:
            return
        used = dict(zip(self.rule.groups, self.weights_used(), strict=True))
        for aspect in self.aspect_scale.ids:
            title: Text = phrase("rule.raters.aspect", aspect=self.aspect_scale.title(aspect))
            terms = tuple(
                n.Where(
                    ((n.Not(self.present(group)), ZERO),),
                    n.Multiply((weight, self.mean(group, aspect))),
                )
                for group, weight in used.items()
            )
            yield n.Named(f"aspect.{aspect}", title, n.Add(terms))


def _assigned(weights: Weights, assign: dict[str, str]) -> Iterator[Weights]:
    """Give the weights of every set of groups in which each missing group's weight finds a taker."""
    for presence in product((True, False), repeat=len(weights)):
        here = {name for name, there in zip(weights.names, presence, strict=True) if there}
        shares = {name: weights[name] for name in weights.names if name in here}
        homeless = False
        for name in weights.names:
            if name in here:
                continue
            taker, walked = assign.get(name), {name}
            while taker is not None and taker not in here and taker not in walked:
                walked.add(taker)
                taker = assign.get(taker)
            if taker is None or taker not in here:
                homeless = True
                break
            shares[taker] += weights[name]
        if not homeless and shares:
            yield Weights(tuple(shares.items()))


def _same_names(
    path: str, names: list[str] | tuple[str, ...], known: tuple[str, ...] | list[str], code: str
) -> Iterator[Issue]:
    yield from _known_names(path, names, known)
    absent = [name for name in known if name not in names]
    if absent:
        details = {"found": ", ".join(absent), "expected": ", ".join(known)}
        yield Issue(code=code, path=path, details=details)


def _known_names(
    path: str, names: list[str] | tuple[str, ...], known: tuple[str, ...] | list[str]
) -> Iterator[Issue]:
    for name in names:
        if name not in known:
            details = {
                "found": quoted(name),
                "expected": ", ".join(known),
                "nearest": quoted(nearest(name, known) or next(iter(known))),
            }
            yield Issue(code="KNJ207", path=path, details=details)


def _total(path: str, weights: Weights) -> Iterator[Issue]:
    if weights.total != 1:
        percent = weights.total * 100
        endless = decimal_digits(percent) is None
        shown = str(percent) if endless else plain_decimal(percent)
        details = {"found": f"{shown} %", "expected": "100 %"}
        yield Issue(code="KNJ203", path=path, details=details)
