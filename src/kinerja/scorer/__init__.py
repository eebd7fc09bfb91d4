"""One record in, one result out, exactly.

What lives here: programs (policies made ready to run), reading a record, the reference run, its compiled
twin, the explanation and its counsel. What never comes in: files, YAML, tables, other people's records.
"""

from kinerja.scorer.program import FollowUp, Input, Program, Step
from kinerja.scorer.published import LabelStep, NumberStep, has_step, label_step, number_step
from kinerja.scorer.scorer import Scorer

__all__ = [
    "FollowUp",
    "Input",
    "LabelStep",
    "NumberStep",
    "Program",
    "Scorer",
    "Step",
    "has_step",
    "label_step",
    "number_step",
]
