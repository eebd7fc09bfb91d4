"""English: what is said of weights and of what they do to people.

What lives here: words. What never comes in: logic.
"""

from __future__ import annotations

from typing import Final

__all__ = ["WORDS"]

WORDS: Final[dict[str, str]] = {
    # judged
    # end of judged
    # data
    # end of data
    # scheme
    "KNJ040.message": "the step {found} has no weights that can be varied; those that have: {expected}",
    "KNJ040.way_out": "name one of these steps: {nearest}",
    "KNJ041.message": "the policy {found} has no step that weighs",
    "KNJ041.way_out": "take a policy with weighted_mean, weighted_sum or raters",
    "KNJ042.message": "{found} is no weighted part of this step; its parts: {expected}",
    "KNJ042.way_out": "write one of these names: {nearest}",
    "KNJ043.message": "there is no weight for {found}",
    "KNJ043.way_out": "give a weight for each part: {expected}",
    "KNJ044.message": "{found} is no weight",
    "KNJ044.way_out": "write a number from 0 to the sum of all weights, such as 40 %",
    "KNJ045.message": "all weights are zero",
    "KNJ045.way_out": "give at least one part a weight above zero",
    "KNJ046.message": "weights sum to {found}, must be {expected}",
    "KNJ046.way_out": "mend the weights; nothing is divided anew in silence",
    "KNJ047.message": "these weights have no common denominator up to {expected}",
    "KNJ047.way_out": "write weights with fewer decimals",
    "KNJ048.message": "the bounds or order {found} leave no possible weights",
    "KNJ048.way_out": "widen the bounds: lower ends together at most, and upper ends at least, the sum of all weights",
    "KNJ049.message": "{found} is no concentration",
    "KNJ049.way_out": "write a number above 0; 100 stays close, 10 spreads wide",
    "KNJ050.message": "{found} is no number of weightings",
    "KNJ050.way_out": "write a whole number from 1",
    "KNJ051.message": "the label {expected} does not depend on the weights of the step {found}",
    "KNJ051.way_out": "choose another step, or another label",
    "KNJ052.message": "these weightings are for the parts {found}, not {expected}",
    "KNJ052.way_out": "draw weightings from the same step",
    "KNJ053.message": "{found} people cannot be ranked, 1 at least and {expected} at most",
    "KNJ053.way_out": "take one unit or one post",
    "KNJ054.message": "the way from this step to the label cannot be followed exactly",
    "KNJ054.way_out": "draw weightings instead; each of them is still decided exactly",
    "KNJ055.message": "all other weights are zero, so the weight of {found} cannot change alone",
    "KNJ055.way_out": "give another part a weight",
    "KNJ056.message": "there is nobody with the id {found}",
    "KNJ056.way_out": "check the id",
    "KNJ057.message": "{found} is no step for a weight",
    "KNJ057.way_out": "write a number above 0, such as 10 %",
    "KNJ058.message": "the measure {found} is unknown; there are: {expected}",
    "KNJ058.way_out": "write one of them: {nearest}",
    "KNJ059.message": "there is no label {found}; there are: {expected}",
    "KNJ059.way_out": "write one of them: {nearest}",
    # end of scheme
    # aggregation
    # end of aggregation
    # pictures
    # end of pictures
    # report
    # end of report
}
