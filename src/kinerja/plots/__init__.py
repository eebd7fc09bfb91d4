"""Pictures of weights, people and units (`kinerja[plots]`).

What lives here: one function a picture; each draws findings on matplotlib axes and returns the Axes.
What never comes in: how anything is found, files, the look of pages.
"""

from kinerja.plots.acceptability import acceptability_text, plot_acceptability
from kinerja.plots.band_heat_map import LabelCounts, band_heat_map_text, plot_band_heat_map
from kinerja.plots.distribution import distribution_text, plot_distribution
from kinerja.plots.drawing import blank
from kinerja.plots.flow import LabelFlow, flow_text, plot_flow
from kinerja.plots.radar import PanelByAspect, PanelGroup, plot_radar, radar_text
from kinerja.plots.tornado import plot_tornado, tornado_text
from kinerja.plots.trend import plot_trend, trend_text
from kinerja.plots.vector import picture_html, svg
from kinerja.plots.waterfall import plot_waterfall, waterfall_text
from kinerja.plots.weights import WeightNode, plot_weights, weights_text

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
    "flow_text",
    "picture_html",
    "plot_acceptability",
    "plot_band_heat_map",
    "plot_distribution",
    "plot_flow",
    "plot_radar",
    "plot_tornado",
    "plot_trend",
    "plot_waterfall",
    "plot_weights",
    "radar_text",
    "svg",
    "tornado_text",
    "trend_text",
    "waterfall_text",
    "weights_text",
]
