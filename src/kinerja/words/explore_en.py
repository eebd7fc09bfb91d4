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
    "explore.method.entropy": "Shannon's entropy of the shares of each column",
    "explore.method.entropy_minmax": "Shannon's entropy after min-max",
    "explore.method.critic": "CRITIC, spread times conflict with the other indicators",
    "explore.method.standard_deviation": "standard deviation of each indicator",
    "explore.method.merec": "MEREC, the effect of removing one indicator",
    "explore.method.pca": "principal components (PCA) after the handbook of OECD and JRC",
    "KNJ020.message": "the size is {found}, it must be {expected}",
    "KNJ020.way_out": "let rows, columns and names be as many; columns of an array stand in the order of their names",
    "KNJ021.message": "there is no indicator called {found}; there are: {expected}",
    "KNJ021.way_out": "write one of these names: {nearest}",
    "KNJ022.message": "the column {found} holds something that is no number",
    "KNJ022.way_out": "turn it into numbers first, or do not name that column; no text is guessed to be a number",
    "KNJ023.message": "{count} people lack a value of at least one indicator; the first in row {first}",
    "KNJ023.way_out": 'complete the values, or write missing="leave_out" so that they are left out and counted',
    "KNJ024.message": "{count} people were left out, since they lack a value of at least one indicator",
    "KNJ024.way_out": "see whether they are like the others; if not, the weights do not hold for them",
    "KNJ025.message": "{found} holds an infinite value",
    "KNJ025.way_out": "mend that value, or leave it empty where it is not known",
    "KNJ026.message": "only {found} people have all values, {expected} are needed",
    "KNJ026.way_out": "use the data of more people; one person shows no difference",
    "KNJ027.message": "{name} holds {found}, it must be {expected}",
    "KNJ027.way_out": "mend that value, or use a way that takes it: CRITIC or min-max entropy for weights, the arithmetic mean for aggregation",
    "KNJ028.message": "everybody has {value} in {found}; its weight is 0",
    "KNJ028.way_out": "do not take that indicator for unimportant: these data merely cannot tell people apart by it",
    "KNJ029.message": "these {people} people and {indicators} indicators give nothing to make weights or a scale of: values are equal, or all indicators go along entirely",
    "KNJ029.way_out": "use data that differ, or set weights by judgement",
    "KNJ030.message": "only {people} people for {indicators} indicators",
    "KNJ030.way_out": "use the data of more people, ten for each indicator if possible; correlations of so few are close to chance",
    "KNJ031.message": "these weights measure the spread of values of {people} people; importance, duties and the law play no part",
    "KNJ031.way_out": "use them to discuss; to judge people, the policy must name this method and its reason",
    "KNJ032.message": "these weights belong to the data of these {people} people; those of another year or unit give other weights",
    "KNJ032.way_out": "compare them with last year's data; where used, write the figures into the policy before the period begins",
    "KNJ038.message": "this method does not look at directions: the weights are the same whether high or low is good",
    "KNJ038.way_out": "for a method that does, use CRITIC, MEREC or min-max entropy",
    # end of data
    # scheme
    # end of scheme
    # aggregation
    "explore.aggregation.arithmetic": "arithmetic mean",
    "explore.aggregation.geometric": "geometric mean",
    "explore.aggregation.harmonic": "harmonic mean",
    "explore.aggregation.power": "power mean",
    "explore.aggregation.owa": "ordered weighted average (OWA)",
    "explore.aggregation.minimum": "lowest value",
    "explore.aggregation.weighted_sum": "weighted sum",
    "explore.aggregation.weighted_product": "weighted product",
    "explore.redundancy.separate": "the components measure different things",
    "explore.redundancy.overlapping": "some components overlap; one thing counts more than once",
    "explore.redundancy.redundant": "a component says almost nothing that others do not; its weight adds to theirs",
    "KNJ033.message": "there is no choice called {found}; there are: {expected}",
    "KNJ033.way_out": "write one of these choices: {nearest}",
    "KNJ034.message": "weight {found}, it must be {expected}",
    "KNJ034.way_out": "write one weight for each component, at least 0, and at least one above 0",
    "KNJ035.message": "given is {found}, asked for is {expected}",
    "KNJ035.way_out": "write a value that fits {expected}",
    "KNJ036.message": "asked for is {found}, there is {expected}",
    "KNJ036.way_out": "take only the most uncertain factors, or fewer points",
    "KNJ037.message": "the result is the same for all {people} people or points, so that there is no variance to share out",
    "KNJ037.way_out": "use data whose results differ",
    "KNJ039.message": "the capacity lacks the set {found} or falls there; asked for is: {expected}",
    "KNJ039.way_out": "give every set of components a value: 0 for none, and never less for a larger set",
    # end of aggregation
    # pictures
    # end of pictures
    # report
    # end of report
}
