"""Two pictures of the measurements, as PNG and SVG: colours that the colour-blind can tell, and shapes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt
from matplotlib.ticker import ScalarFormatter
from report import RESULTS

__all__ = ["draw_columns", "draw_panel"]

#: From the palette of Okabe and Ito, with a shape for each.
STYLES = (("#0072B2", "o"), ("#E69F00", "s"), ("#D55E00", "D"), ("#009E73", "^"))
KINERJA = "kinerja"
GREY = "#888888"

Entry = dict[str, Any]


def draw_columns(entries: list[Entry]) -> None:
    """Draw rows a second and wrong rows of each contender of the six ratios."""
    ratios = [entry for entry in entries if entry["name"].startswith("six ratios")]
    most = max(entry["rows"] for entry in ratios)
    names = list(dict.fromkeys(entry["name"] for entry in ratios))
    figure, (speed, wrong) = plt.subplots(
        1, 2, figsize=(11, 5.2), sharey=True, width_ratios=(3, 2), layout="constrained"
    )
    shown = {name: _fastest(entry for entry in ratios if entry["name"] == name) for name in names}
    order = sorted(shown[names[0]], key=lambda who: shown[names[0]][who][0])
    for place, name in enumerate(names):
        colour, marker = STYLES[place]
        label = name.removeprefix("six ratios, ").removesuffix(" ties")
        height = [row + 0.22 * (place - 1) for row in range(len(order))]
        style = {"color": colour, "marker": marker, "linestyle": "none", "label": label}
        speed.plot([shown[name][who][0] for who in order], height, **style)
        wrong.plot([100 * shown[name][who][1] for who in order], height, **style)
    speed.set_yticks(range(len(order)), order)
    for tick, who in zip(speed.get_yticklabels(), order, strict=True):
        tick.set_fontweight("bold" if who == KINERJA else "normal")
    speed.set_xscale("log")
    speed.set_xlabel("rows a second (median)")
    wrong.set_xlabel("rows with a wrong score or label, %")
    wrong.set_xlim(left=-2)
    for axes in (speed, wrong):
        axes.grid(axis="x", color="#dddddd")
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
        axes.axhspan(
            order.index(KINERJA) - 0.45, order.index(KINERJA) + 0.45, color="#eef3f8", zorder=0
        )
    speed.legend(loc="lower right", frameon=True, title="share of ties")
    figure.suptitle(f"Six ratios, most rows each was given (up to {most:,})")
    _save(figure, "columns")


def draw_panel(entries: list[Entry]) -> None:
    """Draw seconds of each contender for each form of the ratings."""
    most = max(entry["rows"] for entry in entries)
    chosen = [entry for entry in entries if entry["rows"] == most]
    names = list(dict.fromkeys(entry["name"] for entry in chosen))
    figure, all_axes = plt.subplots(
        1, len(names), figsize=(13, 4.2), sharex=True, layout="constrained"
    )
    for axes, name in zip(all_axes, names, strict=True):
        rates = _fastest(entry for entry in chosen if entry["name"] == name)
        seconds = {who: most / rate for who, (rate, _) in rates.items()}
        order = sorted(seconds, key=seconds.__getitem__, reverse=True)
        for row, who in enumerate(order):
            mine = who == KINERJA
            colour, marker = STYLES[0] if mine else (GREY, "s")
            axes.plot([seconds[who]], [row], color=colour, marker=marker, linestyle="none")
            axes.annotate(
                f"{seconds[who]:.2g}",
                (seconds[who], row),
                xytext=(7, 0),
                textcoords="offset points",
                va="center",
                fontsize=8,
                fontweight="bold" if mine else "normal",
            )
        axes.set_yticks(range(len(order)), order, fontsize=8)
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(ScalarFormatter())
        axes.margins(x=0.2)
        axes.set_title(name.removeprefix("panel, "))
        axes.set_xlabel("seconds (median)")
        axes.grid(axis="x", color="#dddddd")
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
    figure.suptitle(f"Panels, {most:,} ratings")
    _save(figure, "panel")


def _fastest(entries: Iterable[Entry]) -> dict[str, tuple[float, float]]:
    """Give rows a second and the share of wrong rows, of the most rows that each was given."""
    given = sorted(entries, key=lambda entry: entry["rows"])
    found = {
        entry["peer"]: (entry["rows"] / entry["peer_s"], entry["wrong_peer"] / entry["rows"])
        for entry in given
    }
    largest = [entry for entry in given if entry["rows"] == given[-1]["rows"]]
    best = min(largest, key=lambda entry: entry["ours_s"])
    found[KINERJA] = (best["rows"] / best["ours_s"], best["wrong_ours"] / best["rows"])
    return found


def _save(figure: Any, name: str) -> None:
    for suffix in ("png", "svg"):
        figure.savefig(RESULTS / f"{name}.{suffix}", dpi=160)
    plt.close(figure)
