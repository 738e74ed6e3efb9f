"""When the results of an axis are due: as it declares, with a narrower window where a cycle goes on."""

from __future__ import annotations

from dataclasses import replace

from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.due_times import DueTimes as DueTimes

CYCLE_WINDOW_H = 24.0
"""On a cycling axis the day of the cycle decides; a week beside it is another result."""


def due_times(axis: Axis) -> DueTimes:
    """Return when the results of an axis are due."""
    if axis.cycle is None:
        return axis.due_times
    return replace(axis.due_times, window_h=CYCLE_WINDOW_H)
