"""What the runners of every family share: loading policies, and saying why a case is not run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias

import kinerja
from kinerja.asn import catalog
from kinerja.policy import Policy, parse_policy
from kinerja.scorer import Scorer

Runners: TypeAlias = dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]]


class NotRunError(Exception):
    """The case does not fit a shipped policy; the message says why."""


@cache
def load(policy: str, *variant: tuple[str, str]) -> Scorer:
    """Load a policy once for all cases: `load("skm-2017", ("bobot", "cetak_0_11"))`."""
    return kinerja.load(policy, variant=dict(variant))


def extended(policy: str, own: str, **variant: str) -> Scorer:
    """Load a policy that extends a shipped one; `own` is what it says itself, as YAML text."""
    head = (
        "schema: 1\nid: kasus\nversion: 1.0.0\ntitle: kasus\nin_force: {from: 2000-01-01}\n"
        f"extends: {policy}\nbase_version: {read(policy).model.version}\n"
    )
    return Scorer(parse_policy(head + own, variant=variant, find=catalog.find_base).program)


@cache
def read(policy: str) -> Policy:
    """Read a policy once for all cases."""
    return catalog.read(policy, unnamed="assume")


def title(policy: str, scale: str, label: object) -> str | None:
    """Give the Indonesian title of a label, as the cases write it; `None` for no label."""
    if label is None:
        return None
    return read(policy).model.scales[scale].labels[str(label)].id


def label(policy: str, scale: str, text: str) -> str:
    """Give the id of the label that the cases write by its Indonesian title."""
    labels = read(policy).model.scales[scale].labels
    return next(name for name, said in labels.items() if said.id == text)
