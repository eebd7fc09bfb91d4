"""360-degree panels: groups of raters, aspects, and what a missing group does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from operator import attrgetter
from typing import ClassVar, Final, Literal

from kinerja.errors import Issue, PolicyError, unknown_name
from kinerja.formula import nodes as n
from kinerja.formula.rule import Known, strange_names, unlike_names, wrong_total
from kinerja.formula.types import ListType
from kinerja.values import RaterGroup, Scale, Weights
from kinerja.words import Text, phrase

__all__ = ["Coverage", "MissingGroup", "Raters"]

ZERO: Final = n.Number(Fraction(0))
#: Most groups times aspects times compositions; the largest scheme seen has 147.
MAX_TERMS: Final = 20_000

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
        """Build the weights really used, the value of each aspect, and the groups that weigh nothing."""
        panel = _Panel(self, known)
        weights = (panel.weight_used(group) for group in panel.groups)
        return (*weights, *panel.aspect_values(), *panel.uncounted_values())


class _Panel:
    """One building of the formula: the rule together with the scales it stands on.

    Groups and aspects are taken in the order of their scales, so that the order of keys in a file
    means nothing. A group that weighs nothing anywhere (a self-rating, say) can neither block the
    panel nor be missed.
    """

    def __init__(self, rule: Raters, known: Known) -> None:
        self.rule = rule
        items = known.list_type(rule.over, "over")
        if isinstance(items, Issue):
            raise PolicyError([items])
        issues = list(self._field_issues(items))
        scale = known.field_scale(items, rule.group, "group")
        if isinstance(scale, Issue):
            issues.append(scale)
        else:
            issues.extend(self._group_issues(scale))
        aspects: Scale | Issue | None = None
        if rule.aspect is not None:
            aspects = known.field_scale(items, rule.aspect, "aspect")
            if isinstance(aspects, Issue):
                issues.append(aspects)
            else:
                issues.extend(self._aspect_issues(aspects))
        issues.extend(self._weight_issues())
        if issues or isinstance(scale, Issue) or isinstance(aspects, Issue):
            raise PolicyError(issues)
        by_id = {group.id: group for group in rule.groups}
        self.groups = tuple(by_id[name] for name in scale.ids)
        self.titles = {name: scale.title(name) for name in scale.ids}
        self.aspects: dict[str, Fraction] = {}
        if aspects is not None:
            shares = rule.aspects or Weights.equal(aspects.ids)
            self.aspects = {name: shares[name] for name in aspects.ids}
            self.aspect_titles = {name: aspects.title(name) for name in aspects.ids}
        size = len(self.groups) * max(1, len(self.aspects)) * max(1, len(rule.compositions))
        if size > MAX_TERMS:
            details = {"found": str(size), "expected": str(MAX_TERMS)}
            raise PolicyError([Issue(code="KNJ275", path="groups", details=details)])
        #: Parts that were built: each is asked for many times, and is one part.
        self._made: dict[str, n.Named] = {}
        self.compositions = tuple(self._in_order(rule.compositions))
        if rule.weights is not None:
            self.compositions = (next(self._in_order((rule.weights,))),)
        self.counted = tuple(
            group for group in self.groups if any(c.get(group.id) for c in self.compositions)
        )

    def _in_order(self, compositions: tuple[Weights, ...]) -> Iterator[dict[str, Fraction]]:
        for weights in compositions:
            yield {g.id: weights[g.id] for g in self.groups if g.id in weights.names}

    def _once(self, key: str, title: Text, build: Callable[[], n.Node]) -> n.Named:
        if key not in self._made:
            self._made[key] = n.Named(key, title, build())
        return self._made[key]

    # What does not fit together.

    def _field_issues(self, items: ListType) -> Iterator[Issue]:
        for key in ("score", "rater"):
            name = getattr(self.rule, key)
            if name is not None and name not in items.fields:
                yield unknown_name("KNJ252", key, name, items.fields)
        if self.rule.aspect is not None and self.rule.rater is None:
            yield Issue(code="KNJ253", path="rater")
        if (self.rule.within == "trimmed_mean") != (self.rule.trim is not None):
            yield Issue(code="KNJ254", path="within")

    def _group_issues(self, scale: Scale) -> Iterator[Issue]:
        names = [group.id for group in self.rule.groups]
        yield from unlike_names("groups", names, scale.ids, "KNJ255")

    def _aspect_issues(self, scale: Scale) -> Iterator[Issue]:
        if self.rule.aspects is not None:
            yield from unlike_names("aspects", self.rule.aspects.names, scale.ids, "KNJ256")
            yield from wrong_total("aspects", self.rule.aspects.total)

    def _weight_issues(self) -> Iterator[Issue]:
        rule = self.rule
        names = [group.id for group in rule.groups]
        composed = rule.missing_group == "composition"
        unread = "weights" if composed and rule.weights is not None else None
        if not composed and rule.compositions:
            unread = "compositions"
        if unread is not None:
            details = {"found": unread, "expected": rule.missing_group}
            yield Issue(code="KNJ276", path=unread, details=details)
        if composed:
            if not rule.compositions:
                yield Issue(code="KNJ257", path="compositions")
            for place, weights in enumerate(rule.compositions):
                path = f"compositions[{place}]"
                yield from wrong_total(path, weights.total)
                yield from strange_names(path, weights.names, names)
            sets = [frozenset(weights.names) for weights in rule.compositions]
            if len(set(sets)) != len(sets):
                yield Issue(code="KNJ258", path="compositions")
            return
        if rule.weights is None:
            yield Issue(code="KNJ257", path="weights")
        else:
            yield from unlike_names("weights", rule.weights.names, names, "KNJ255")
            yield from wrong_total("weights", rule.weights.total)
        if (rule.missing_group == "assign_to") != bool(rule.assign):
            yield Issue(code="KNJ259", path="missing_group")
        for source, target in rule.assign:
            yield from strange_names(f"assign_to.{source}", (source, target), names)

    # The parts.

    def _in_group(self, group: RaterGroup) -> n.Node:
        return n.Compare("==", n.Field(self.rule.group), n.Label(group.id))

    def _answered(self) -> n.Node:
        return n.Not(n.IsMissing(n.Field(self.rule.score)))

    def raters(self, group: RaterGroup) -> n.Named:
        """Count the raters of a group who answered."""
        title = phrase("rule.raters.count", group=self.titles[group.id])
        return self._once(f"raters.{group.id}", title, lambda: self._count(group))

    def _count(self, group: RaterGroup) -> n.Node:
        where = n.And((self._in_group(group), self._answered()))
        if self.rule.rater is None:
            return n.Reduce("count", self.rule.over, where=where)
        return n.Reduce("count_distinct", self.rule.over, n.Field(self.rule.rater), where=where)

    def present(self, group: RaterGroup) -> n.Node:
        """Tell whether a group takes part."""
        return self.raters(group).at_least(group.minimum)

    def _if_present(self, group: RaterGroup, value: n.Node, otherwise: n.Node = ZERO) -> n.Node:
        return n.Where(((n.Not(self.present(group)), otherwise),), value)

    def group_value(self, group: RaterGroup) -> n.Named:
        """Join the aspects of one group; a group below its minimum has no value that anyone may see."""
        title = phrase("rule.raters.group", group=self.titles[group.id])
        return self._once(f"group.{group.id}", title, lambda: self._of_group(group))

    def _of_group(self, group: RaterGroup) -> n.Node:
        joined = self._joined_aspects(group) if self.aspects else self._within(group, None)
        return self._if_present(group, joined, n.Absent("group_missing", group.id))

    def _joined_aspects(self, group: RaterGroup) -> n.Node:
        shares = [(n.Number(share), aspect) for aspect, share in self.aspects.items()]
        if self.rule.coverage is None or self.rule.coverage.below == "incomplete":
            if len(set(self.aspects.values())) == 1:
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
        none = n.And(tuple(n.Not(there) for share, _, there in covered if share.value))
        return n.Where(((none, n.Absent("aspect_not_covered", group.id)),), n.Divide(top, bottom))

    def mean(self, group: RaterGroup, aspect: str) -> n.Named:
        """Join the ratings of one group on one aspect."""
        names = {"group": self.titles[group.id], "aspect": self.aspect_titles[aspect]}
        title = phrase("rule.raters.mean", **names)
        return self._once(
            f"mean.{group.id}.{aspect}", title, lambda: self._of_ratings(group, aspect)
        )

    def _of_ratings(self, group: RaterGroup, aspect: str) -> n.Node:
        uncovered = n.Absent("aspect_not_covered", f"{group.id}, {aspect}")
        cases = (
            (n.Not(self.present(group)), n.Absent("group_missing", group.id)),
            (n.Not(self._covered(group, aspect)), uncovered),
        )
        return n.Where(cases, self._within(group, aspect))

    def _covered(self, group: RaterGroup, aspect: str) -> n.Node:
        where = n.And((*self._of_aspect(group, aspect), self._answered()))
        answers = n.Reduce("count", self.rule.over, where=where)
        if self.rule.coverage is None:
            return answers.above(0)
        return answers.at_least(self.rule.coverage.at_least * self.raters(group))

    def _of_aspect(self, group: RaterGroup, aspect: str | None) -> tuple[n.Node, ...]:
        of_group = self._in_group(group)
        if aspect is None or self.rule.aspect is None:
            return (of_group,)
        return (of_group, n.Compare("==", n.Field(self.rule.aspect), n.Label(aspect)))

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
        return self._unless_blocked(self._joined(self.group_value))

    def _unless_blocked(self, value: n.Node) -> n.Node:
        holes: list[tuple[n.Node, n.Node]] = []
        counts: list[tuple[n.Node, n.Node]] = []
        for group in sorted(self.counted, key=attrgetter("id")):
            if self.rule.unanswered == "incomplete":
                hole = n.And((self._in_group(group), n.IsMissing(n.Field(self.rule.score))))
                some = n.Reduce("count", self.rule.over, where=hole).above(0)
                holes.append((some, n.Absent("unanswered", group.id)))
            raters = self.raters(group)
            if group.maximum is not None:
                absent = n.Absent("too_many_raters", group.id)
                counts.append((raters.above(group.maximum), absent))
            if self.rule.too_few == "incomplete" and group.minimum > 1:
                few = n.And((raters.above(0), raters.below(group.minimum)))
                counts.append((few, n.Absent("too_few_raters", group.id)))
        # A rating that is not filled in comes first: it may be why there are too few raters.
        return n.Where((*holes, *counts), value) if holes or counts else value

    def _joined(self, part: Callable[[RaterGroup], n.Node]) -> n.Node:
        """Join what each group gives, by the weights of the groups that take part."""
        if self.rule.missing_group == "assign_to":
            given = ((self.weight_used(g), self._if_present(g, part(g))) for g in self.counted)
            return n.Add(tuple(map(n.Multiply, given)))
        if self.rule.missing_group == "composition":
            return self._by_composition(
                lambda shares: n.Add(
                    tuple(
                        n.Multiply((n.Number(shares[group.id]), part(group)))
                        for group in self.counted
                        if shares.get(group.id)
                    )
                )
            )
        [shares] = self.compositions
        if self.rule.missing_group == "incomplete":
            return n.Add(
                tuple(
                    n.Multiply((n.Number(shares[group.id]), part(group))) for group in self.counted
                )
            )
        top = n.Add(
            tuple(
                n.Multiply((n.Number(shares[group.id]), self._if_present(group, part(group))))
                for group in self.counted
            )
        )
        return top if self.rule.missing_group == "zero" else self._renormalised(top)

    def _renormalised(self, top: n.Node) -> n.Node:
        """Divide by the weights of the groups present."""
        [shares] = self.compositions
        bottom = n.Add(
            tuple(self._if_present(group, n.Number(shares[group.id])) for group in self.counted)
        )
        nobody = n.And(tuple(n.Not(self.present(group)) for group in self.counted))
        return n.Where(((nobody, n.Absent("no_items", self.rule.over)),), n.Divide(top, bottom))

    def _by_composition(self, value: Callable[[dict[str, Fraction]], n.Node]) -> n.Node:
        cases = tuple(
            (
                n.all_of(
                    *(
                        self.present(group) if group.id in shares else n.Not(self.present(group))
                        for group in self.counted
                    )
                ),
                value(shares),
            )
            for shares in self.compositions
        )
        return n.Where(cases, n.Absent("composition_unknown", self.rule.over))

    def _moved(self, group: RaterGroup) -> n.Node:
        """Give a group its own weight, and the weights of missing groups that reach it."""
        [shares] = self.compositions
        reaching: list[n.Node] = [n.Number(shares[group.id])]
        homeless: list[tuple[n.Node, n.Node]] = []
        unknown = n.Absent("composition_unknown", self.rule.over)
        for source in sorted(self.counted, key=attrgetter("id")):
            way = self._way(source)
            homeless.append((self._all_absent(way), unknown))
            if group in way[1:]:
                share = n.Number(shares[source.id])
                before = self._all_absent(way[: way.index(group)])
                reaching.append(n.Where(((before, share),), ZERO))
        return n.Where(tuple(homeless), self._if_present(group, n.Add(tuple(reaching))))

    def _way(self, source: RaterGroup) -> list[RaterGroup]:
        """Give a group and those that its weight goes to, each if the ones before it are missing."""
        assign = dict(self.rule.assign)
        by_id = {group.id: group for group in self.counted}
        way = [source]
        while (taker := by_id.get(assign.get(way[-1].id, ""))) is not None and taker not in way:
            way.append(taker)
        return way

    def _all_absent(self, groups: list[RaterGroup]) -> n.Node:
        return n.all_of(*(n.Not(self.present(group)) for group in groups))

    def weight_used(self, group: RaterGroup) -> n.Named:
        """Give the weight that a group really had."""
        title, key = phrase("rule.raters.weight", group=self.titles[group.id]), f"weight.{group.id}"
        return self._once(key, title, lambda: self._unless_blocked(self._weight(group)))

    def _weight(self, group: RaterGroup) -> n.Node:
        if group not in self.counted:
            return ZERO
        if self.rule.missing_group == "assign_to":
            return self._moved(group)
        if self.rule.missing_group == "composition":
            return self._by_composition(lambda shares: n.Number(shares.get(group.id, Fraction(0))))
        [shares] = self.compositions
        share = n.Number(shares[group.id])
        if self.rule.missing_group != "renormalise":
            return share
        return self._renormalised(self._if_present(group, share))

    def aspect_values(self) -> Iterator[n.Named]:
        """Give the value of each aspect over the groups, by the weights really used."""
        for aspect in self.aspects:
            title = phrase("rule.raters.aspect", aspect=self.aspect_titles[aspect])
            value = self._joined(partial(self.mean, aspect=aspect))
            yield n.Named(f"aspect.{aspect}", title, self._unless_blocked(value))

    def uncounted_values(self) -> Iterator[n.Named]:
        """Give the values of the groups that weigh nothing; readers may compare them."""
        for group in self.groups:
            if group not in self.counted:
                yield self.group_value(group)
