"""English: what is said of weights and of what they do to people.

What lives here: words. What never comes in: logic.
"""

from __future__ import annotations

from typing import Final

__all__ = ["WORDS"]

WORDS: Final[dict[str, str]] = {
    # judged
    "explore.method.direct_points": "points stated directly, divided by their sum",
    "explore.method.direct_percent": "percents stated directly",
    "explore.method.equal": "equal weights",
    "explore.method.rank_order_centroid": "order of importance (ROC, rank-order centroid)",
    "explore.method.rank_sum": "order of importance (rank sum)",
    "explore.method.rank_reciprocal": "order of importance (rank reciprocal)",
    "explore.method.smart": "SMART, ratings against the least important criterion (10)",
    "explore.method.swing": "swing, ratings against the most important swing (100)",
    "explore.method.ahp_eigenvector": "pairwise comparisons (AHP, eigenvector)",
    "explore.method.ahp_geometric_mean": "pairwise comparisons (AHP, geometric mean)",
    "explore.method.ahp_incomplete_least_squares": "incomplete pairwise comparisons (logarithmic least squares)",
    "explore.method.ahp_incomplete_eigenvector": "incomplete pairwise comparisons (eigenvector of the best completion)",
    "explore.method.ahp_hierarchy_eigenvector": "hierarchy of pairwise comparisons (AHP, eigenvector)",
    "explore.method.ahp_hierarchy_geometric_mean": "hierarchy of pairwise comparisons (AHP, geometric mean)",
    "explore.method.ahp_group_judgements": "pairwise comparisons of several judges, their judgements aggregated (geometric mean)",
    "explore.method.ahp_group_priorities_geometric": "pairwise comparisons of several judges, their weights aggregated (geometric mean)",
    "explore.method.ahp_group_priorities_arithmetic": "pairwise comparisons of several judges, their weights aggregated (arithmetic mean)",
    "explore.method.best_worst_linear": "best-worst method (linear model)",
    "explore.judged.title": "Weights from {method}",
    "explore.judged.title.stated": "Weights as stated",
    "explore.judged.fact.cr": "Consistency ratio (CR) {value} with the random index table {table}.",
    "explore.judged.fact.ci": "Consistency index (CI) {value}; {count} judgements are missing, hence no CR.",
    "explore.judged.fact.ci.one": "Consistency index (CI) {value}; {count} judgement is missing, hence no CR.",
    "explore.judged.fact.largest_cr": "Largest consistency ratio (CR) {value} at {group}, with the random index table {table}.",
    "explore.judged.fact.xi": "Largest deviation (xi) {value}; input-based consistency ratio {ratio}.",
    "explore.judged.fact.judges": "Judges: {count}.",
    "explore.judged.fact.kendall_w": "Agreement about the order (Kendall's W) {value}.",
    "explore.judged.fact.consensus": "Agreement about the weights {value}.",
    "explore.judged.rounded": "Rounded to {unit}; moved most: {name}, {amount} percentage points.",
    "explore.judged.unit.whole": "whole percents",
    "explore.judged.unit.digits": "{count} decimals of a percent",
    "explore.judged.unit.digits.one": "{count} decimal of a percent",
    "explore.judged.moved": "{name}: {before} % became {after} %",
    "explore.judged.vanished": "{name} became 0 % and no longer counts; use more decimals",
    "KNJ001.message": "CR {found}, above {expected}; look first at {look}; in brackets: what the other judgements imply",
    "KNJ001.way_out": "talk that judgement over with those who gave it, then compute again; do not change it without them",
    "KNJ002.message": "no consistency ratio (CR) is given: {found} of {of} judgements are missing ({pairs}), and tables of the random index hold for whole matrices; judgements that check others: {checks}",
    "KNJ002.way_out": "complete the judgements and use ahp, or compare ci with the ci of other groups that judged the same pairs",
    "KNJ003.message": "the judgement {found} is no number above 0",
    "KNJ003.way_out": 'write how many times as important it is, such as 3, "1/3" or "2.5"',
    "KNJ004.message": "{pair} = {found}, but {back} = {other}; they contradict each other",
    "KNJ004.way_out": "remove one of them, or write {back} = {expected}",
    "KNJ005.message": "there is no choice called {found}; there are: {expected}",
    "KNJ005.way_out": "name one of these choices: {nearest}",
    "KNJ006.message": "the matrix is {found}, it must be {expected}",
    "KNJ006.way_out": "write one row and one column for each criterion",
    "KNJ007.message": "there is no name {found}; there are: {expected}",
    "KNJ007.way_out": "write one of these names: {nearest}",
    "KNJ008.message": "{what} = {found}, beyond the scale {expected}",
    "KNJ008.way_out": "it is allowed, but people can hardly tell multiples of this size apart; where criteria really differ so much, put them into another group",
    "KNJ009.message": "the table {table} has no random index for {found} criteria; at most {expected}",
    "KNJ009.way_out": "divide the criteria into groups with ahp_hierarchy; one group had better not have more than 7 to 9",
    "KNJ010.message": "lacking: {found} (count {count})",
    "KNJ010.way_out": "complete what is lacking; for pairwise judgements that are incomplete on purpose use ahp_incomplete",
    "KNJ011.message": "the judgements do not connect all criteria; separate groups: {found}",
    "KNJ011.way_out": "add at least one judgement between the groups, such as {example}",
    "KNJ012.message": "the points {found} are no number of at least 0",
    "KNJ012.way_out": "write a number of 0 or more",
    "KNJ013.message": "all points are {found}, so nothing has weight",
    "KNJ013.way_out": "give at least one criterion points above 0",
    "KNJ014.message": "the percents sum to {found}, they must sum to {expected}",
    "KNJ014.way_out": 'change one of the percents; where the numbers are points, use unit="points"',
    "KNJ015.message": "the ranks {found} cannot be used; expected: {expected}",
    "KNJ015.way_out": 'number from 1 for the most important; equals have the same number and ties="mean"',
    "KNJ016.message": "{what} = {found}, it must be {expected}",
    "KNJ016.way_out": "write a number that fits {expected}; the method sets this number",
    "KNJ017.message": "input-based consistency ratio {found}, above the threshold {expected}; {first} and {second} together make {together}, but {whole}",
    "KNJ017.way_out": "talk these three numbers over with those who gave them, then compute again",
    "KNJ018.message": "the groups are not one tree: {found}",
    "KNJ018.way_out": "give one goal at the top, and put every name below one group only",
    "KNJ019.message": "too few names, or repeated ones: {found}; at least {expected}, all different",
    "KNJ019.way_out": "write every name once",
    # end of judged
    # data
    # end of data
    # scheme
    # end of scheme
    # aggregation
    # end of aggregation
    # pictures
    # end of pictures
    # report
    # end of report
}
