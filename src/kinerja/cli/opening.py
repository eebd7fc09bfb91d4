"""From what was typed to a scorer and its records.

What lives here: the opening of a policy and of data files for the commands that score. What never comes in:
printing, scoring.
"""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from kinerja.asn import catalog
from kinerja.cli.arguments import pairs
from kinerja.formula.types import ListType, TextType, ValueType
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


def open_data(
    arguments: Namespace, *scorers: Scorer, also: str | None = None
) -> tuple[Records, list[Path]]:
    """Open the data that were named.

    Args:
        arguments: What was typed.
        scorers: What reads them: the inputs of all are read; those that all require must be there.
        also: A column that is read besides, as text unless it is an input.

    Returns:
        The records, and every file they come from.

    Raises:
        InputError: A file cannot be read.
        UsageError: A list is named twice.
    """
    lists = {name: Path(file) for name, file in pairs(arguments.lists, "--list").items()}
    inputs: dict[str, ValueType] = {} if also is None else {also: TextType()}
    for scorer in scorers:
        for declared in scorer.program.inputs:
            inputs[declared.name] = _joined(inputs.get(declared.name), declared.type)
    needed = [{i.name for i in scorer.program.inputs if i.required} for scorer in scorers]
    required = set.intersection(*needed) | (set() if also is None else {also})
    records = read_records(
        arguments.data,
        inputs,
        lists=lists,
        required=required,
        decimal=arguments.decimal,
    )
    return records, [arguments.data, *lists.values()]


def _joined(known: ValueType | None, other: ValueType) -> ValueType:
    """Give what reads an input of two policies: of a list the fields of both, else as the last has it."""
    if not isinstance(known, ListType) or not isinstance(other, ListType):
        return other
    optional = known.optional | other.optional | (known.fields.keys() ^ other.fields.keys())
    return replace(other, fields={**known.fields, **other.fields}, optional=optional)
