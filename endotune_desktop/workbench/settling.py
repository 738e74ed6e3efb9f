"""When plans are compared: at one clock time after twelve weeks, on a cycling axis over the cycle that ends there."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from endotune_desktop.physiology.axis import Axis

FloatArray = npt.NDArray[np.float64]

CYCLE_DAYS = 28.0
"""Over so many days a cycling axis is averaged: a single day would compare one plan's surge with another's luteal."""

EVERY_H = 6.0
"""A surge lasts two days."""


def settle_times(axis: Axis, settle_h: float) -> FloatArray:
    """Return the hours that are averaged for the time of comparison, rising, the last one `settle_h` itself."""
    days = CYCLE_DAYS if axis.cycle is not None else 0.0
    count = max(int(days * 24.0 / EVERY_H), 1)
    found: FloatArray = settle_h - EVERY_H * np.arange(count - 1.0, -1.0, -1.0)
    return found


def settled_rows(axis: Axis, time_h: FloatArray, settle_h: float) -> slice:
    """Return which rows of a course are averaged; `settle_h` must be among its times."""
    first = float(settle_times(axis, settle_h)[0])
    return slice(int(np.searchsorted(time_h, first)), int(np.searchsorted(time_h, settle_h)) + 1)
