"""Bands on a plot: where persons like this one would be, around the record's course and the what-if."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from endotune_desktop.ui.courses.curves import Band as BandLayer
from endotune_desktop.ui.courses.marker_plot import MarkerPlot
from endotune_desktop.workbench.course_view import Band, CourseView

FloatArray = npt.NDArray[np.float64]

P05, P25, P50, P75, P95 = range(5)


def draw_bands(plot: MarkerPlot, view: CourseView, low: float, high: float) -> None:
    """Put the bands of a course into a plot; where there is none yet, nothing.

    The what-if's bands are filled. The record's 50 % band is filled up to today and gives way after it; its 90 % limits
    are dotted all along.

    Parameters
    ----------
    plot : MarkerPlot
    view : CourseView
    low, high : float
        Values outside these, canonical unit, were never compared with people; a band ends there as its curve does.
    """
    marker, canvas = plot.marker.id, plot.canvas

    def places(band: Band) -> FloatArray:
        rows = band.levels[marker]
        outside = (rows[P50] < low) | (rows[P50] > high)
        return np.where(outside, np.nan, plot.scale.place(np.clip(rows, low, high)))

    ahead = view.whatif_band
    if ahead is None or view.whatif is None:
        canvas.what90.clear()
        canvas.what50.clear()
    else:
        rows = places(ahead)
        canvas.what90.set_data(ahead.time_h, rows[P05], rows[P95])
        canvas.what50.set_data(ahead.time_h, rows[P25], rows[P75])
    now = view.now_band
    if now is None:
        canvas.current50.clear()
        canvas.limit_low.clear()
        canvas.limit_high.clear()
        return
    rows = places(now)
    past = now.time_h <= (view.today_h if view.whatif is not None else np.inf)
    canvas.current50.set_data(now.time_h[past], rows[P25, past], rows[P75, past])
    canvas.limit_low.set_data(now.time_h, rows[P05])
    canvas.limit_high.set_data(now.time_h, rows[P95])


def grey(plot: MarkerPlot, *, stale: bool) -> None:
    """Show the what-if's layers as what a newer answer is about to replace, or as they are."""
    canvas = plot.canvas
    layers: tuple[tuple[BandLayer, str, str], ...] = (
        (canvas.what90, "whatif90", "grid"),
        (canvas.what50, "whatif50", "grid"),
    )
    for layer, role, dull in layers:
        layer.role = dull if stale else role
    canvas.whatif.role = "hatch" if stale else "whatif"


def ninety(band: Band | None, marker: str, time_h: float) -> tuple[float, float] | None:
    """Return the limits of the 90 % band at a time, canonical unit; None where there is no band."""
    if band is None or band.time_h.size == 0:
        return None
    first, last = float(band.time_h[0]), float(band.time_h[-1])
    if not first - 24.0 <= time_h <= last + 24.0:
        return None
    found = band.at(marker, min(max(time_h, first), last))
    return found[P05], found[P95]
