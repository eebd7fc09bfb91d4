"""Pictures of weights, people and units (`kinerja[plots]`).

What lives here: one function a picture; each draws findings on matplotlib axes and returns the Axes.
What never comes in: how anything is found, files, the look of pages.
"""

from kinerja.plots.acceptability import acceptability_text, draw_acceptability
from kinerja.plots.band_heat_map import LabelCounts, band_heat_map_text, draw_band_heat_map
from kinerja.plots.distribution import distribution_text, draw_distribution
from kinerja.plots.drawing import blank
from kinerja.plots.flow import LabelFlow, draw_flow, flow_text
from kinerja.plots.radar import PanelByAspect, PanelGroup, draw_radar, radar_text
from kinerja.plots.svg import picture_html, svg
from kinerja.plots.tornado import draw_tornado, tornado_text
from kinerja.plots.trend import draw_trend, trend_text
from kinerja.plots.waterfall import draw_waterfall, waterfall_text
from kinerja.plots.weights import WeightNode, draw_weights, weights_text

__all__ = [
    "LabelCounts",
    "LabelFlow",
    "PanelByAspect",
    "PanelGroup",
    "WeightNode",
    "acceptability_text",
    "band_heat_map_text",
    "blank",
    "distribution_text",
    "draw_acceptability",
    "draw_band_heat_map",
    "draw_distribution",
    "draw_flow",
    "draw_radar",
    "draw_tornado",
    "draw_trend",
    "draw_waterfall",
    "draw_weights",
    "flow_text",
    "picture_html",
    "radar_text",
    "svg",
    "tornado_text",
    "trend_text",
    "waterfall_text",
    "weights_text",
]
