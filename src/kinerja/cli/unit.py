"""`kinerja unit`: what can be said of a whole unit.

What lives here: reading what was typed, asking for each statement that it names, and handing out the page.
What never comes in: the statements themselves, what the page says.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from kinerja.asn import catalog
from kinerja.cli.console import Console
from kinerja.cli.forms import form_of, printed
from kinerja.cli.opening import variant_of
from kinerja.cli.output import hand_out
from kinerja.cli.unit_data import PeriodData, read_periods
from kinerja.cli.unit_sections import UnitSections
from kinerja.cohort import period_name
from kinerja.errors import Issue
from kinerja.formula.types import LabelType
from kinerja.policy.model import InForceModel
from kinerja.report.unit_page import unit_page
from kinerja.scorer import Scorer, has_step, label_step

__all__ = ["run"]


def run(arguments: Namespace, console: Console) -> int:
    """Report on a unit.

    Returns:
        0, or 1 where rows or a file could not be used in part.

    Raises:
        PolicyError: A policy is wrong.
        InputError: The data cannot be used, or a file cannot be read or written.
        UsageError: An option was typed wrongly.
    """
    form = form_of(arguments)
    policy = catalog.read(arguments.policy, variant=variant_of(arguments))
    program = policy.program
    scorer = Scorer(program)
    step = None
    if arguments.step is not None or has_step(program, LabelType):
        step = label_step(program, arguments.step)
    earlier, now = read_periods(arguments, scorer, console)
    console.err(*console.issue_lines(_not_in_force(policy.model.in_force, (*earlier, now))))
    found = UnitSections(
        arguments=arguments,
        scorer=scorer,
        step=step,
        earlier=earlier,
        now=now,
        lang=console.lang,
    )
    sections = found.sections()
    page = unit_page(program.note, sections, file=now.file, period=now.period, lang=console.lang)
    files = [file for one in (*earlier, now) for file in one.files]
    hand_out(printed(page, form, console.lang), arguments.out, console, inputs=files)
    return 0 if all(one.is_fine for one in (*earlier, now)) else 1


def _not_in_force(in_force: InForceModel, data: tuple[PeriodData, ...]) -> Iterator[Issue]:
    """Warn of periods that the policy does not judge; their numbers may follow another rule."""
    for one in data:
        if one.period is not None and not in_force.covers(one.period):
            until = "…" if in_force.until is None else in_force.until.isoformat()
            details = {
                "found": period_name(one.period),
                "expected": f"{in_force.from_.isoformat()} – {until}",
            }
            yield Issue(code="KNJ934", file=one.file, details=details, severity="warning")
