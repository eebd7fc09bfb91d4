"""What follows from a result: the actions of a step, and the condition of each.

What lives here: which actions belong to which step, and which of them follow. What never comes in: words.
"""

from __future__ import annotations

from kinerja.formula import nodes as n
from kinerja.scorer.program import FollowUp, Program, Step
from kinerja.scorer.run import State

__all__ = ["actions_of", "following", "own_condition"]


def actions_of(program: Program, step: Step) -> tuple[FollowUp, ...]:
    """Give the actions that a step decides on, in its order; none for any other step."""
    parts = {part.name for part in program.steps if part.parent == step.name}
    return tuple(follow_up for follow_up in program.follow_ups if follow_up.step in parts)


def following(program: Program, step: Step, state: State) -> tuple[FollowUp, ...]:
    """Give the actions of a step that follow for this record."""
    return tuple(f for f in actions_of(program, step) if state[f.step] is True)


def own_condition(program: Program, follow_up: FollowUp) -> n.Node:
    """Give the condition of an action itself.

    Where only the first may follow, its step asks also that those before it do not. That is no reason.
    """
    flag = program.step(follow_up.step)
    conditions: list[n.Node] = []
    own: n.Node = flag.node
    for action in program.follow_ups:
        step = program.step(action.step)
        if step.parent != flag.parent:
            continue
        own = step.node
        before = tuple(map(n.Not, conditions))
        if before and isinstance(own, n.And) and own.args[:-1] == before:
            own = own.args[-1]
        conditions.append(own)
        if action == follow_up:
            break
    return own
