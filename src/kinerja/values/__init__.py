"""The nouns of the field as values: scales, bands, weights, rater groups, periods, legal bases.

What lives here: frozen values that check themselves and are equal when their meaning is equal. What
never comes in: reading files, computing scores, words for people.
"""

from kinerja.values.bands import Band, Bands, Between
from kinerja.values.basis import BasisStatus, LegalBasis
from kinerja.values.interval import Interval
from kinerja.values.missing import Missing, Reason
from kinerja.values.period import Period
from kinerja.values.raters import RaterGroup
from kinerja.values.scale import LabelDef, Scale
from kinerja.values.weights import Origin, Weights

__all__ = [
    "Band",
    "Bands",
    "BasisStatus",
    "Between",
    "Interval",
    "LabelDef",
    "LegalBasis",
    "Missing",
    "Origin",
    "Period",
    "RaterGroup",
    "Reason",
    "Scale",
    "Weights",
]
