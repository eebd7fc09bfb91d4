"""What no example of a shipped policy reaches: `python tests/asn/reached.py ID…`, or of all of them."""

from __future__ import annotations

import sys

from kinerja.asn import catalog
from kinerja.formula.text import formula_text
from kinerja.formula.wording import Titles
from kinerja.policy import read_policy
from kinerja.verify import cover, read_examples


def coverage_of(name):
    """Give the coverage of a policy by its examples."""
    policy = read_policy(catalog.path_of(name), unnamed="assume")
    return cover(policy, read_examples(catalog.examples_paths(name)[0], policy))


def said(branch):
    """Say where a branch stands."""
    node, place = branch.node, "" if branch.place is None else f" {branch.place}"
    if branch.which == "case":
        node = node.cases[branch.place][0]
    text = formula_text(node, titles=Titles(), lang="en", subject=branch.step, over="")
    return f"{branch.step}: {branch.which}{place} of {text[:300]}"


def main(names):
    missed = 0
    for name in names or catalog.ids():
        found = coverage_of(name)
        missed += len(found.unreached)
        for branch in found.unreached:
            print(f"{name}  {said(branch)}")
        print(
            f"{name}: {len(found.branches) - len(found.unreached)} of {len(found.branches)} reached"
        )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
