"""How many faults in shipped policies their examples catch: `make policy-mutants`.

Takes single faults of every kind by a seed, puts each into its policy, and runs the check with the examples
of the policy. A fault that nothing tells is looked at further: only where some record comes out otherwise
does it count. The last line says how many were caught.
"""
# ruff: noqa: S311 - a seeded choice guards no secret

from __future__ import annotations

import argparse
import sys
from collections import Counter
from itertools import chain, islice, zip_longest
from random import Random

from differing import differing
from mutations import KINDS, Mutation, mutated, mutations

from kinerja.asn import catalog
from kinerja.errors import InputError
from kinerja.policy import Policy, read_policy
from kinerja.verify import Example, check_examples, read_examples

#: Share of the faults that must be caught.
WANTED = 0.95
#: Faults that are tried; with so many every shipped policy has its turn.
COUNT = 450


def chosen(count: int, seed: int) -> list[tuple[str, Policy, Mutation]]:
    """Take faults: of every kind as many, as far as there are; of each kind the policies in turn."""
    random = Random(seed)
    by_kind: dict[str, list[list[tuple[str, Policy, Mutation]]]] = {kind: [] for kind in KINDS}
    for name in catalog.ids():
        policy = read_policy(catalog.path_of(name), unnamed="assume")
        found: dict[str, list[tuple[str, Policy, Mutation]]] = {}
        for mutation in mutations(policy):
            # What stands in the file of a base is the base's.
            if policy.source.file_of(mutation.path) == policy.source.file:
                found.setdefault(mutation.kind, []).append((name, policy, mutation))
        for kind, some in found.items():
            by_kind[kind].append(random.sample(some, len(some)))
    taken: list[tuple[str, Policy, Mutation]] = []
    kinds = sorted(KINDS, key=lambda kind: sum(map(len, by_kind[kind])))
    for place, kind in enumerate(kinds):
        share = -(-(count - len(taken)) // (len(kinds) - place))
        random.shuffle(by_kind[kind])
        # No policy with large tables drowns the others.
        in_turn = chain.from_iterable(zip_longest(*by_kind[kind]))
        taken += islice((fault for fault in in_turn if fault is not None), share)
    return taken


def caught(name: str, policy: Policy | None) -> bool:
    """Tell whether the check with the examples fails."""
    if policy is None:
        return True
    try:
        return any(check_examples(path, policy).failed for path in catalog.examples_paths(name))
    except InputError:
        return True


def examples_of(name: str, policy: Policy) -> tuple[Example, ...]:
    """Give the examples of a shipped policy."""
    return tuple(
        example for path in catalog.examples_paths(name) for example in read_examples(path, policy)
    )


def main(arguments: list[str] | None = None) -> int:
    """Count, and print each fault that no example tells."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help="faults that are tried")
    parser.add_argument("--seed", type=int, default=46)
    parser.add_argument("--seconds", type=float, default=10.0, help="search for a difference")
    options = parser.parse_args(arguments)
    told: Counter[str] = Counter()
    changing = 0
    for name, policy, mutation in chosen(options.count, options.seed):
        other = mutated(policy, mutation)
        if caught(name, other):
            told[f"{mutation.kind} caught"] += 1
            changing += 1
            continue
        assert other is not None
        record = differing(
            policy,
            other,
            [example.record for example in examples_of(name, policy)],
            seed=options.seed,
            seconds=options.seconds,
            variants=[example.variant for example in examples_of(name, policy)],
        )
        if record is None:
            told[f"{mutation.kind} without effect"] += 1
            continue
        told[f"{mutation.kind} missed"] += 1
        changing += 1
        print(f"missed: {name}  {mutation}", flush=True)
    for key in sorted(told):
        print(f"  {key:28}{told[key]:6}")
    right = sum(count for key, count in told.items() if key.endswith("caught"))
    print(f"caught {right} of {changing}")
    return 0 if right >= WANTED * changing else 1


if __name__ == "__main__":
    sys.exit(main())
