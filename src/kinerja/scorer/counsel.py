"""What nobody else tells the person judged: where points were lost, and what the next band takes.

What lives here: exact "what if" on one record. A value is moved alone, the steps that depend on it are
computed again, and what is claimed was computed, not estimated. What never comes in: words, files, other
people's records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Final, Literal, cast

from kinerja.exact import decimal_digits
from kinerja.formula import nodes as n
from kinerja.formula.evaluate import Item, Value, evaluate, items_of
from kinerja.formula.types import FlagType, ItemType, LabelType, ListType, NumberType
from kinerja.scorer.advice import Counsel, Gain, Move, ValuePlace
from kinerja.scorer.graph import chosen, flowing, leaves
from kinerja.scorer.ground import Ground
from kinerja.scorer.nearest import Search, nearest_share
from kinerja.scorer.pinned import PinnedReaches
from kinerja.scorer.program import Input, Step
from kinerja.scorer.run import State, run_some
from kinerja.scorer.shares import share_of
from kinerja.values import Interval, Missing

__all__ = ["counsel"]

#: Most values whose losses are listed; a panel of 3 groups x 7 aspects is told by its groups.
MOST_LEAVES: Final = 16
#: Decimals on which a value without declared decimals is moved.
USUAL_DIGITS: Final = 2
#: Most items of a list that are told one by one; the items of a longer list are moved together, as the step
#: that joins them, since one of many files changes little and those left out may be the ones that count.
MOST_ITEMS: Final = 12
#: Most items of a share that are tried one by one, where it moves the result in no single direction.
MOST_TRIED: Final = 100
#: Reductions that give the value of an item where there is only one.
_OF_ONE_ITEM: Final = ("mean", "median", "min", "max", "trimmed_mean", "quantile", "last")


def counsel(ground: Ground, state: State) -> Counsel:
    """Work out losses and moves for one record.

    Args:
        ground: The program, and what is known of it for any record.
        state: Inputs and steps of the record.
    """
    adviser = _Adviser(ground, state)
    gains = tuple(sorted(adviser.gains(), key=lambda gain: -gain.points))
    label = adviser.next_label()
    moves = tuple(adviser.moves(label)) if label is not None else ()
    return Counsel(gains=gains, label=label, moves=moves)


class _Adviser:
    def __init__(self, ground: Ground, state: State) -> None:
        self.ground = ground
        self.program = ground.program
        self.state = state
        self.steps = ground.steps
        self.inputs = {i.name: i for i in ground.program.inputs}
        self.over = ground.over
        self.pinned = PinnedReaches(ground, state)

    # Losses.

    def gains(self) -> Iterator[Gain]:
        """Give what each value the total is made of would add at its best."""
        total = self.program.total
        if total is None or isinstance(self.state[total], Missing):
            return
        unrounded = self._unrounded(total)
        now = unrounded(self.state)
        if isinstance(now, Missing):
            return
        movable = self.ground.in_hand
        places = [
            place
            for leaf in leaves(self.program, total, self.state, most=MOST_LEAVES)
            if leaf != total and leaf in movable
            for place in self._loss_places(leaf)
        ]
        for place in places:
            value = self._value(place)
            if not isinstance(value, Fraction):
                continue
            best = self._best(place, total, unrounded)
            if best is not None and best[1] > cast("Fraction", now):
                points = best[1] - cast("Fraction", now)
                yield Gain(place=place, value=value, best=best[0], points=points)

    def _unrounded(self, name: str) -> Callable[[State], Value]:
        node = self.steps[name].node
        inner = node.value if isinstance(node, n.Round) else node
        return lambda state: evaluate(inner, state)

    def _loss_places(self, leaf: str) -> list[ValuePlace]:
        """A leaf that joins named items is told item by item; any other as itself."""
        step = self.steps.get(leaf)
        if step is None:
            return [ValuePlace(name=leaf)]
        for node in n.walk(step.node):
            if isinstance(node, n.Reduce) and self._names_items(node.over):
                computed = [
                    field.name
                    for field in n.walk(node)
                    if isinstance(field, n.Field) and field.name in self.over
                ]
                items = self.state[node.over]
                if computed and not isinstance(items, Missing):
                    count = len(cast("Sequence[Item]", items))
                    return [
                        ValuePlace(name=node.over, item=place, field=computed[0])
                        for place in range(count)
                    ]
        return [ValuePlace(name=leaf)]

    def _names_items(self, name: str) -> bool:
        """Tell whether the items of a list are told one by one: they are named, and not too many."""
        declared = self.inputs.get(name)
        if declared is None or declared.item_title is None:
            return False
        items = self.state[name]
        return isinstance(items, Missing) or len(cast("Sequence[Item]", items)) <= MOST_ITEMS

    def _best(
        self, place: ValuePlace, total: str, unrounded: Callable[[State], Value]
    ) -> tuple[Fraction, Fraction] | None:
        limits = self._limits(place)
        if limits is None:
            return None
        ends = [end for end in (limits.high, limits.low) if end is not None]
        direction = self._direction(place, total)
        if direction in ("rising", "falling"):
            end = limits.high if direction == "rising" else limits.low
            ends = [] if end is None else [end]
        elif len(ends) < 2:  # noqa: PLR2004 - without both ends the best is not known
            return None
        steps = self.ground.affected(self._root(place), total)
        best: tuple[Fraction, Fraction] | None = None
        for end in ends:
            reached = unrounded(self._moved(place, end, steps))
            if isinstance(reached, Fraction) and (best is None or reached > best[1]):
                best = (end, reached)
        return best

    # Moves.

    def next_label(self) -> str | None:
        """Give the label just above the one that was reached."""
        ladder = self.program.ladder
        if ladder is None or isinstance(self.state[ladder], Missing):
            return None
        scale = cast("LabelType", self.steps[ladder].type).scale
        place = scale.ids.index(cast("str", self.state[ladder])) + 1
        return scale.ids[place] if place < len(scale.ids) else None

    def moves(self, label: str) -> Iterator[Move]:
        """Give what each value would have to become, moved alone."""
        ladder = cast("str", self.program.ladder)
        scale = cast("LabelType", self.steps[ladder].type).scale
        wanted = scale.ids.index(label)

        def reached(state: State) -> str | None:
            value = state[ladder]
            if isinstance(value, str) and scale.ids.index(value) >= wanted:
                return value
            return None

        for place in self._levers(ladder):
            value = self._value(place)
            if isinstance(value, Missing):
                continue
            steps = self.ground.affected(self._root(place), ladder)

            def tried(
                candidate: Value,
                place: ValuePlace = place,
                steps: tuple[Step, ...] = steps,
            ) -> str | None:
                return reached(self._moved(place, candidate, steps))

            yield self._move(place, value, tried, ladder, wanted)

    def _levers(self, ladder: str) -> Iterator[ValuePlace]:
        needed = {ladder}
        for step in reversed(self.program.steps):
            if step.name in needed:
                needed.update(self.ground.reads[step.name])
        for declared in self.program.inputs:
            if declared.name not in needed or declared.name in declared.fixed:
                continue
            if isinstance(declared.type, (NumberType, LabelType, FlagType)):
                yield ValuePlace(name=declared.name)
            elif isinstance(declared.type, ListType) and self._names_items(declared.name):
                yield from self._item_levers(declared, declared.type)
        for name in self._list_means(ladder):
            yield ValuePlace(name=name)

    def _item_levers(self, declared: Input, kind: ListType) -> Iterator[ValuePlace]:
        items = self.state[declared.name]
        if isinstance(items, Missing):
            return
        read = {
            field.name
            for step in self.program.steps
            for field in n.walk(step.node)
            if isinstance(field, n.Field)
        }
        for place in range(len(cast("Sequence[Item]", items))):
            for field, field_kind in kind.fields.items():
                movable = field in read and field not in declared.fixed
                if movable and isinstance(field_kind, NumberType):
                    yield ValuePlace(name=declared.name, item=place, field=field)

    def _list_means(self, ladder: str) -> Iterator[str]:
        """Give the steps that join a list whose items are not told one by one."""
        roots = [
            name
            for name in self.ground.reads[ladder]
            if name in self.steps and self.steps[name].over is None
        ]
        seen: dict[str, None] = {}
        for root in roots:
            for leaf in leaves(self.program, root, self.state, most=MOST_LEAVES):
                step = self.steps.get(leaf)
                if step is None or not isinstance(step.type, NumberType):
                    continue
                if any(name in self.inputs for name in flowing(step.node, self.state)):
                    continue
                span = self.ground.step_reaches[leaf].numbers
                bounded = span is not None and None not in (span.low, span.high)
                if not bounded and not self._is_share_in_hand(step):
                    continue  # a sum of ratings is not a rating: how many there are would decide it
                lists = self._lists_below(step)
                if lists and not any(self._names_items(name) for name in lists):
                    seen[leaf] = None
        yield from seen

    def _is_share_in_hand(self, step: Step) -> bool:
        fields = (
            (node.over, field.name)
            for node in n.walk(step.node)
            if isinstance(node, n.Reduce)
            for field in n.walk(node)
            if isinstance(field, n.Field)
        )
        return any(
            field in self.ground.in_hand
            if field in self.over
            else field not in self.inputs[over].fixed
            for over, field in fields
        ) and (share_of(self.program, step, self.state) is not None)

    def _lists_below(self, step: Step) -> set[str]:
        found: set[str] = set()
        names = {step.name}
        for other in reversed(self.program.steps):
            if other.name in names:
                names.update(self.ground.reads[other.name])
        for declared in self.program.inputs:
            if declared.name in names and isinstance(declared.type, ListType):
                found.add(declared.name)
        return found

    def _move(
        self,
        place: ValuePlace,
        value: Value,
        tried: Callable[[Value], str | None],
        ladder: str,
        wanted: int,
    ) -> Move:
        kind = self._type(place)
        if isinstance(kind, LabelType):
            return self._label_move(place, cast("str", value), kind, tried)
        if isinstance(kind, FlagType):
            other = not value
            gives = tried(other)
            needed = other if gives is not None else None
            return Move(place=place, value=value, needed=needed, gives=gives, proof="exact")
        return self._number_move(place, cast("Fraction", value), tried, ladder, wanted)

    def _label_move(
        self,
        place: ValuePlace,
        value: str,
        kind: LabelType,
        tried: Callable[[Value], str | None],
    ) -> Move:
        ids = kind.scale.ids
        now = ids.index(value)
        others = sorted(
            (label for label in ids if label != value),
            key=lambda label: (abs(ids.index(label) - now), -ids.index(label)),
        )
        for label in others:
            gives = tried(label)
            if gives is not None:
                return Move(place=place, value=value, needed=label, gives=gives, proof="exact")
        return Move(place=place, value=value, needed=None, gives=None, proof="exact")

    def _number_move(
        self,
        place: ValuePlace,
        value: Fraction,
        tried: Callable[[Value], str | None],
        ladder: str,
        wanted: int,
    ) -> Move:
        digits = self._digits(place, value)
        direction = self._direction(place, ladder)
        if direction == "constant":
            return Move(
                place=place, value=value, needed=None, gives=None, proof="exact", digits=digits
            )
        step = self.steps.get(place.name)
        share = None if step is None else share_of(self.program, step, self.state)
        if share is not None and (direction != "unknown" or share.count <= MOST_TRIED):
            return nearest_share(place, share, tried, direction)
        search = Search(value=value, limits=self._limits(place), digits=digits, tried=tried)
        found: Fraction | None
        proof: Literal["exact", "search"]
        if direction in ("rising", "falling"):
            found, proof = search.towards(up=direction == "rising")
            if found is None and proof == "search" and self._ends_early(place, ladder, wanted):
                proof = "exact"
        else:
            ways = [way for up in (True, False) if (way := search.towards(up=up)[0]) is not None]
            found = min(ways, key=lambda way: abs(way - value), default=None)
            proof = "search"
        gives = None if found is None else tried(found)
        return Move(place=place, value=value, needed=found, gives=gives, proof=proof, digits=digits)

    def _ends_early(self, place: ValuePlace, ladder: str, wanted: int) -> bool:
        """Tell whether a value without limits is proved unable to reach the label.

        Where one step alone reads the value and that step has an end (a cap), the label cannot be
        reached if it is not reached with the step at that end.
        """
        name = place.field or place.name
        readers = [step for step in self.program.steps if name in self.ground.reads[step.name]]
        if len(readers) != 1 or readers[0].name == ladder:
            return False
        reader = readers[0]
        if reader.over is None:
            following = ValuePlace(name=reader.name)
        else:
            following = ValuePlace(name=place.name, item=place.item, field=reader.name)
        limits = self._limits(following)
        direction = self._direction(following, ladder)
        if limits is None or direction not in ("rising", "falling"):
            return False
        end = limits.high if direction == "rising" else limits.low
        if end is None:
            return False
        steps = self.ground.affected(self._root(following), ladder)
        reached = self._moved(following, end, steps)[ladder]
        ids = cast("LabelType", self.steps[ladder].type).scale.ids
        return isinstance(reached, str) and ids.index(reached) < wanted

    # What is known of a value.

    def _root(self, place: ValuePlace) -> str:
        """Name from which a change spreads: of a computed field that field, else the input or step."""
        computed = place.field is not None and place.field in self.over
        return cast("str", place.field) if computed else place.name

    def _value(self, place: ValuePlace) -> Value:
        if place.item is None:
            return cast("Value", self.state[place.name])
        items = cast("Sequence[Item]", self.state[place.name])
        return items[place.item][cast("str", place.field)]

    def _moved(self, place: ValuePlace, value: Value, steps: tuple[Step, ...]) -> State:
        state = dict(self.state)
        if place.item is None:
            state[place.name] = value
        else:
            items = list(cast("Sequence[Item]", state[place.name]))
            items[place.item] = {**items[place.item], cast("str", place.field): value}
            state[place.name] = items
        return run_some(steps, state)

    def _type(self, place: ValuePlace) -> ItemType:
        if place.field is not None and place.field in self.over:
            return self.steps[place.field].type
        declared = self.inputs.get(place.name)
        if declared is None:
            return self.steps[place.name].type
        if isinstance(declared.type, ListType):
            return declared.type.fields[cast("str", place.field)]
        return declared.type

    def _limits(self, place: ValuePlace) -> Interval | None:
        """Give where the value can lie; open ends count as closed, to be tried and refused."""
        name = self._root(place)
        if name not in self.steps:
            kind = self._type(place)
            return kind.limits if isinstance(kind, NumberType) else None
        if place.item is None:
            return self.pinned.of_step(name).numbers
        return self.pinned.of_item(place.name, place.item, name).numbers

    def _digits(self, place: ValuePlace, value: Fraction) -> int:
        kind = self._type(place)
        if isinstance(kind, NumberType) and kind.digits is not None:
            return kind.digits
        if place.item is None and place.name in self.steps:
            rated = self._digits_of_one(self.steps[place.name])
            if rated is not None:
                return rated
        own = decimal_digits(value)
        return USUAL_DIGITS if own is None or place.name in self.steps else max(USUAL_DIGITS, own)

    def _digits_of_one(self, step: Step) -> int | None:
        """Give the decimals of a step that is the value of one item, as the list declares them.

        The mean of one rating moves as that rating does: who rates in whole numbers cannot give 4.2. The
        mean of two can lie between, and moves freely.
        """
        node = chosen(step.node, self.state)
        if not isinstance(node, n.Reduce) or node.op not in _OF_ONE_ITEM:
            return None
        value, declared = node.value, self.inputs[node.over].type
        items = self.state[node.over]
        if not isinstance(value, n.Field) or value.name in self.over or isinstance(items, Missing):
            return None
        kind = cast("ListType", declared).fields[value.name]
        taken = items_of(node, cast("Sequence[Item]", items), self.state)
        is_one = not isinstance(taken, Missing) and len(taken) == 1
        return kind.digits if is_one and isinstance(kind, NumberType) else None

    def _direction(self, place: ValuePlace, output: str) -> str:
        """Tell which way the output goes with the value; a step is moved as if it were an input."""
        return self.ground.direction(place.target, self._root(place), output)
