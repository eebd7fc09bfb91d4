"""From what was typed to a scorer and its records.

What lives here: the opening of a policy and of data files for the commands that score. What never comes in:
printing, scoring.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from kinerja.asn import catalog
from kinerja.cli.arguments import pairs
from kinerja.io import Records, read_records
from kinerja.scorer import Scorer

__all__ = ["open_data", "open_scorer", "variant_of"]


def variant_of(arguments: Namespace) -> dict[str, str]:
    """Give the options that were chosen.

    Raises:
        UsageError: A choice is named twice.
    """
    return pairs(arguments.variant, "--variant")


def open_scorer(arguments: Namespace) -> Scorer:
    """Load the policy that was named.

    Raises:
        PolicyError: There is no such policy, or it is wrong.
        UsageError: A choice is named twice.
    """
    return catalog.load(arguments.policy, variant=variant_of(arguments))


def open_data(arguments: Namespace, scorer: Scorer) -> tuple[Records, list[Path]]:
    """Open the data that were named.

    Returns:
        The records, and every file they come from.

    Raises:
        InputError: A file cannot be read.
        UsageError: A list is named twice.
    """
    lists = {name: Path(file) for name, file in pairs(arguments.lists, "--list").items()}
    inputs = scorer.program.inputs
    records = read_records(
        arguments.data,
        {declared.name: declared.type for declared in inputs},
        lists=lists,
        required={declared.name for declared in inputs if declared.required},
        decimal=arguments.decimal,
    )
    return records, [arguments.data, *lists.values()]
