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
    # end of scheme
    # aggregation
    # end of aggregation
    # pictures
    "plots.missing": "none",
    "plots.hidden": "not shown",
    "plots.nobody": "Nobody",
    "plots.without": "without {step}",
    "plots.no_unit": "no unit",
    "plots.whole": "all units",
    "plots.people": "{count} people",
    "plots.people.one": "{count} person",
    "plots.waterfall.title": "What makes up {step}: {value}",
    "plots.waterfall.title_of": "What makes up {step} of {id}: {value}",
    "plots.waterfall.constant": "constant",
    "plots.waterfall.rounding": "rounding",
    "plots.waterfall.light": "Light: what could still be reached if that component alone were at its best",
    "plots.waterfall.of_best": "at most {best}",
    "plots.tornado.title": "What the weights do to {step}",
    "plots.tornado.low": "lowest weight",
    "plots.tornado.high": "highest weight",
    "plots.tornado.measure.changes": "the number of people whose label changes",
    "plots.tornado.measure.label": "the number of people with the label {label} or a better one",
    "plots.tornado.measure.mean": "the mean score",
    "plots.tornado.nothing": "No weight was changed",
    "plots.tornado.said": "What the weights do to {step}, which is {base} with the present weights.",
    "plots.tornado.said_row": "{title}: {at_low} at weight {weight_low}, {at_high} at weight {weight_high}",
    "plots.heat.title": "{step} by unit",
    "plots.heat.shade": "The darker, the greater the share of the unit",
    "plots.heat.people": "People",
    "plots.heat.hidden": "Hatched: not shown, to protect groups of fewer than {minimum} people",
    "plots.heat.left_out": "{count} units are too small and not shown",
    "plots.heat.left_out.one": "{count} unit is too small and not shown",
    "plots.acceptability.title": "{step} if the weights change ({count} weightings)",
    "plots.acceptability.axis": "Share of weightings that give the label",
    "plots.acceptability.mark": "Thick line: label with the present weights. The least certain on top",
    "plots.acceptability.not_drawn": "{count} others, whose label is more certain, are not drawn",
    "plots.acceptability.not_drawn.one": "{count} other, whose label is more certain, is not drawn",
    "plots.acceptability.certain": "{count} of {people} people have the same label with every weighting",
    "plots.acceptability.certain.one": "{count} of {people} people has the same label with every weighting",
    "plots.acceptability.said": "{id}, now {now}: {shares}",
    "plots.acceptability.not_told": "{count} others are more certain",
    "plots.acceptability.not_told.one": "{count} other is more certain",
    "plots.flow.title": "How {step} moves",
    "plots.flow.before": "Before",
    "plots.flow.after": "After",
    "plots.flow.up": "up",
    "plots.flow.same": "same",
    "plots.flow.down": "down",
    "plots.flow.other": "other (no label, or no order)",
    "plots.radar.title": "{panel} by group of raters",
    "plots.radar.scale": "Middle: {low}; rim: {high}",
    "plots.radar.few": "Not drawn, too few raters: {groups}",
    "plots.radar.silent": "Not drawn, no values: {groups}",
    "plots.distribution.title": "Distribution of {step}: {unit}, {people}",
    "plots.distribution.axis": "People; thick line: limit",
    "plots.distribution.most": "at most {heads}",
    "plots.distribution.fewest": "at least {heads}",
    "plots.distribution.hatched": "Hatched: beyond the limit, or still to be filled",
    "plots.distribution.kept": "Every limit is kept",
    "plots.distribution.not_kept": "Not every limit is kept",
    "plots.distribution.not_judged": "The policy does not judge this unit",
    "plots.distribution.without": "People without a label, not counted: {count}",
    "plots.trend.title": "{step} of {id} from period to period",
    "plots.trend.gap": "×: no value in that period",
    "plots.trend.cause.no_result": "no result",
    "plots.trend.cause.incomplete": "incomplete",
    "plots.trend.cause.refused": "data refused",
    "plots.trend.cause.not_employed": "not yet or no longer in the unit",
    "KNJ060.message": "the weights of {title} cannot be drawn: {found}, but they must be 0 or more and the parts must sum to 1",
    "KNJ060.way_out": "divide each weight by the sum of all, for example with Weights.normalised",
    "KNJ061.message": "{found} has no value for {name}, so what makes it up cannot be drawn",
    "KNJ061.way_out": "read the reasons in the explanation of the result first, then complete the data",
    "KNJ062.message": "{title} has {found} aspects, but a radar needs at least three",
    "KNJ062.way_out": "use a table or bars for so few aspects",
    "KNJ063.message": "the explanation has no step {found}; it has: {expected}",
    "KNJ063.way_out": "perhaps {nearest} is meant",
    # end of pictures
    # report
    # end of report
}
