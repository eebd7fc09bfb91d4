"""`kinerja policies`: what is there already.

What lives here: the list of shipped policies, as a table and as JSON. What never comes in: what they say.
"""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from kinerja.asn import catalog
from kinerja.cli.console import Console
from kinerja.policy.describe import STATUSES, summarise_policy
from kinerja.report.layout import hung, table
from kinerja.values import BasisStatus

__all__ = ["certainty", "in_force", "run"]


def run(arguments: Namespace, console: Console) -> int:
    """List the shipped policies, all or those for one period.

    Returns:
        0, or 1 where no policy covers the period.

    Raises:
        PolicyError: The period is none.
    """
    period = None if arguments.period is None else catalog.read_period(arguments.period)
    found = [
        summarise_policy(policy, console.lang)
        for policy in catalog.policies()
        if period is None or policy.model.in_force.covers(period)
    ]
    if arguments.json:
        console.out(json.dumps(found, ensure_ascii=False, indent=2))
        return 0 if found else 1
    if not found:
        console.out(console.say("policies.none", period=arguments.period))
        return 1
    columns = [console.say(f"policies.{name}") for name in ("id", "title", "in_force", "certainty")]
    rows: list[list[str]] = []
    found.sort(key=lambda policy: (policy["family"] or "", policy["in_force"]["from"]))
    for family, members in groupby(found, key=lambda policy: policy["family"] or "–"):
        if rows:
            rows.append([""] * len(columns))
        rows.append([console.say("policies.family", family=family), *[""] * (len(columns) - 1)])
        rows += [
            [
                policy["id"],
                policy["title"],
                in_force(policy["in_force"], console),
                ", ".join(console.say(f"status_short.{name}") for name in weakest_first(policy)),
            ]
            for policy in members
        ]
    console.out(*table(columns, rows, unbroken=(0,)), "", *hung("", console.say("policies.next")))
    return 0


def weakest_first(policy: Mapping[str, Any]) -> list[BasisStatus]:
    """Give how well the sources of a policy are known, the weakest first."""
    return [status for status in reversed(STATUSES) if status in policy["statuses"]]


def in_force(dates: Mapping[str, Any], console: Console) -> str:
    """Say when a policy is in force."""
    key = "policies.since" if dates["until"] is None else "policies.between"
    key = "policies.whole" if dates.get("whole") else key
    return console.say(key, first=dates["from"], last=dates["until"])


def certainty(statuses: Mapping[str, int], console: Console) -> str:
    """Say how well the sources of a policy are known, the weakest first, each with its number."""
    found = [status for status in reversed(STATUSES) if status in statuses]
    if not found:
        return console.say("policies.no_bases")
    words = {str(status): console.say(f"status.{status}") for status in found}
    if len(found) == 1:
        return words[found[0]]
    return ", ".join(
        console.say("policies.counted", status=words[status], count=statuses[status])
        for status in found
    )
