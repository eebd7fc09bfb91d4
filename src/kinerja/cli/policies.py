"""`kinerja policies`: what is there already.

What lives here: the list of shipped policies, as a table and as JSON. What never comes in: what they say.
"""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping
from typing import Any

from kinerja.asn import catalog
from kinerja.cli.console import Console
from kinerja.cli.layout import hung, table
from kinerja.policy.describe import STATUSES, summarise_policy

__all__ = ["certainty", "in_force", "run"]


def run(arguments: Namespace, console: Console) -> int:
    """List the shipped policies.

    Returns:
        0.
    """
    found = [summarise_policy(policy, console.lang) for policy in catalog.policies()]
    if arguments.json:
        console.out(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    columns = [console.say(f"policies.{name}") for name in ("id", "title", "in_force", "certainty")]
    rows = [
        [
            policy["id"],
            policy["title"],
            in_force(policy["in_force"], console),
            certainty(policy["statuses"], console),
        ]
        for policy in found
    ]
    console.out(*table(columns, rows), "", *hung("", console.say("policies.next")))
    return 0


def in_force(dates: Mapping[str, Any], console: Console) -> str:
    """Say when a policy is in force."""
    key = "policies.since" if dates["until"] is None else "policies.between"
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
