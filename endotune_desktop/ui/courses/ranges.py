"""Which values a plot shows: what must be seen, with air, and no jumping while a hand drags."""

from __future__ import annotations

import numpy as np

from endotune_desktop.ui.courses.marker_plot import MarkerPlot

AIR = 0.06
KEEP_ABOVE = 0.6
"""A span that the wanted one fills to more than this share is kept as it is."""


def settle_range(plot: MarkerPlot, limits: list[float], window_h: tuple[float, float], *, shrink: bool) -> None:
    """Show reference, results, bands and curves of a plot.

    Parameters
    ----------
    plot : MarkerPlot
    limits : list of float
        Of the reference, canonical unit.
    window_h : (float, float)
        Results outside this stretch of time do not count.
    shrink : bool
        Whether the span may become smaller; while a hand drags it only grows.
    """
    known = plot.ranged == plot.scale
    if plot.zoomed_by_hand and known:
        return
    low, high = wanted_range(plot, limits, window_h)
    held_low, held_high = plot.canvas.values
    if known and not shrink:
        low, high = min(low, held_low), max(high, held_high)
    elif known and held_low <= low and held_high >= high and (high - low) > KEEP_ABOVE * (held_high - held_low):
        low, high = held_low, held_high
    plot.ranged = plot.scale
    if (low, high) != (held_low, held_high) or not known:
        plot.canvas.show_values(low, high)


def wanted_range(plot: MarkerPlot, limits: list[float], window_h: tuple[float, float]) -> tuple[float, float]:
    """Return the span that holds everything, with air, in axis coordinates."""
    first, last = window_h
    canvas = plot.canvas
    ys = [line.data[1] for line in canvas.lines]
    ys += [edge for band in canvas.bands for edge in band.data[1:]]
    ys.append(np.array([plot.scale.at(v) for v in limits]))
    marks = [mark for mark in canvas.labs.rows if first <= mark.hour <= last]
    ys.append(np.array([v for mark in marks for v in (mark.place, mark.low, mark.high)]))
    every = np.concatenate(ys)
    every = every[np.isfinite(every)]
    if every.size == 0:
        return 0.0, 1.0
    bottom, top = float(every.min()), float(every.max())
    air = AIR * max(top - bottom, 0.05 * max(abs(top), 0.1))
    return bottom - air, top + air
