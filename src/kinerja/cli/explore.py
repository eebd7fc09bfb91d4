"""`kinerja explore`: what other weights would do to people.

What lives here: the way from files to people under weights, and handing out the page. What never comes in:
the findings themselves, what the page says.
"""

from __future__ import annotations

from argparse import Namespace

from kinerja.cli.console import Console
from kinerja.cli.explore_asked import read_asked, scheme_asked
from kinerja.cli.explore_pictures import Pictures
from kinerja.cli.explore_sections import ExploreSections
from kinerja.cli.forms import form_of, printed
from kinerja.cli.opening import open_scorer
from kinerja.cli.output import hand_out
from kinerja.cli.unit_data import read_data
from kinerja.explore import read_people
from kinerja.io import columns_of
from kinerja.report.explore_page import explore_page
from kinerja.scorer import label_step

__all__ = ["run"]


def run(arguments: Namespace, console: Console) -> int:
    """Report on other weights.

    Returns:
        0, or 1 where rows or a file could not be used in part.

    Raises:
        PolicyError: The policy is wrong.
        InputError: The data cannot be used, what was asked does not fit the weights, or a file cannot be
            read or written.
        UsageError: An option was typed wrongly.
    """
    form = form_of(arguments)
    scorer = open_scorer(arguments)
    label = label_step(scorer.program, arguments.step)
    scheme = scheme_asked(arguments, scorer, label)
    asked = read_asked(arguments, scheme)
    data = read_data(arguments, scorer, None, console)
    used = [place for place, result in enumerate(data.results) if result is not None]
    records = [data.records[place] for place in used]
    frame = columns_of(records, ["id", *(one.name for one in scorer.program.inputs)])
    pictures = Pictures(form, console.lang)
    found = ExploreSections(
        asked=asked,
        people=read_people(scorer, frame, step=scheme.step, label=label.name),
        units=None if arguments.unit is None else [data.members[place].unit for place in used],
        pictures=pictures,
        lang=console.lang,
    )
    page = explore_page(scorer.program.note, [*found.sections()], file=data.file, lang=console.lang)
    pictures.report(console)
    hand_out(printed(page, form, console.lang), arguments.out, console, inputs=data.files)
    return 0 if data.is_fine else 1
