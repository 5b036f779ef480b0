"""A plot of cost against size as SVG, both axes logarithmic; same figures give the same file."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

Point = tuple[float, float]

# Told apart by people who see colours differently, too (Okabe and Ito).
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999933")
MARKS = "os^Dv<>P"
# Names in the file come from this, no day and no version are told; letters stay letters.
SETTINGS = {"svg.hashsalt": "vanban", "svg.fonttype": "none", "font.family": "sans-serif"}
UNTOLD = {"Date": None, "Creator": None}


def draw(title: str, x_name: str, y_name: str, series: Mapping[str, Sequence[Point]]) -> bytes:
    """Return the SVG of some series of points; all figures are above 0.

    The element ``line-N`` is the line of the series N.
    """
    figure = Figure(figsize=(9.5, 5), layout="constrained")
    axes = figure.add_subplot(title=title, xlabel=x_name, ylabel=y_name, xscale="log", yscale="log")
    axes.grid(color="#ddd")
    looks = zip(cycle(COLOURS), cycle(MARKS))
    for number, ((name, points), (colour, mark)) in enumerate(
        zip(series.items(), looks, strict=False)
    ):
        across, up = zip(*sorted(points), strict=True)
        (line,) = axes.plot(across, up, color=colour, marker=mark, markersize=4, label=name)
        line.set_gid(f"line-{number}")
    figure.legend(loc="outside right upper", frameon=False)
    made = io.BytesIO()
    with mpl.rc_context(SETTINGS):
        figure.savefig(made, format="svg", metadata=UNTOLD)
    return made.getvalue()


def write(path: Path, title: str, x_name: str, series: Mapping[str, Sequence[Point]]) -> None:
    """Write the plot of some series (of CPU time in ms); nothing without points."""
    series = {name: line for name, line in series.items() if line}
    if series:
        path.write_bytes(draw(title, x_name, "CPU time, ms", series))
