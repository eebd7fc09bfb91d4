"""`kinerja schema`: the JSON Schema of the policy file.

What lives here: printing it. What never comes in: the schema itself.
"""

from __future__ import annotations

import json
from argparse import Namespace

from kinerja.cli.console import Console
from kinerja.cli.output import hand_out
from kinerja.policy.schema import policy_schema

__all__ = ["run"]


def run(arguments: Namespace, console: Console) -> int:
    """Print the schema, or write it to a file.

    Returns:
        0.

    Raises:
        InputError: The file cannot be written.
    """
    text = json.dumps(policy_schema(), ensure_ascii=False, indent=2)
    hand_out(text, arguments.out, console)
    return 0
