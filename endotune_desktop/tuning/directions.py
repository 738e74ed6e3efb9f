"""Which way a marker has gone: against a healthy person of the same age and sex, or against the same person before."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.person import Person
from endotune_desktop.physiology.axis import Marker


class Direction(StrEnum):
    """Where a marker stands, or which way it went."""

    DOWN2 = "down2"
    DOWN = "down"
    NORMAL = "normal"
    UP = "up"
    UP2 = "up2"
    FALLS = "falls"
    SAME = "same"
    RISES = "rises"


SIGNS = {
    Direction.DOWN2: -1, Direction.DOWN: -1, Direction.NORMAL: 0, Direction.UP: 1, Direction.UP2: 1,
    Direction.FALLS: -1, Direction.SAME: 0, Direction.RISES: 1,
}  # fmt: skip
"""Sign of a direction: two that differ only in strength agree in it."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a marker counts as moved; stated once for all cases.

    Attributes
    ----------
    outside_fold : float
        Outside the reference range a marker has gone that way when it is also this far from the healthy person's.
    shift_fold : float
        Within the range it has gone when it is this far from the healthy person's.
    unranged_fold : float
        The same where no range is known.
    double_fold : float
        From here on an arrow is doubled.
    change_fold : float
        Against the same person before: a change from here on.
    """

    outside_fold: float
    shift_fold: float
    unranged_fold: float
    double_fold: float
    change_fold: float


def reference_range(marker: Marker, person: Person, clock_h: float | None) -> tuple[float, float]:
    """Return the laboratory's range of a marker for a person, infinite where it is open or not known."""
    analyte = ANALYTES.get(marker.analyte)
    if analyte is None or analyte.id != marker.id:
        return -math.inf, math.inf
    found = analyte.range_for(person.sex, person.age_years, "", clock_h)
    if found is None:
        return -math.inf, math.inf
    low = -math.inf if found.low is None else found.low
    return low, math.inf if found.high is None else found.high


def against_healthy(value: float, healthy: float, span: tuple[float, float], thresholds: Thresholds) -> Direction:
    """Return where a marker stands beside a healthy person's.

    Parameters
    ----------
    value, healthy : float
        Not negative, same unit.
    span : tuple of float
        Reference range, infinite where open.
    thresholds : Thresholds
    """
    fold = _fold(value, healthy)
    low, high = span
    ranged = math.isfinite(low) or math.isfinite(high)
    shift = thresholds.shift_fold if ranged else thresholds.unranged_fold
    if (value > high and fold >= thresholds.outside_fold) or fold >= shift:
        return Direction.UP2 if fold >= thresholds.double_fold else Direction.UP
    if (value < low and fold <= 1.0 / thresholds.outside_fold) or fold <= 1.0 / shift:
        return Direction.DOWN2 if fold <= 1.0 / thresholds.double_fold else Direction.DOWN
    return Direction.NORMAL


def against_before(value: float, before: float, thresholds: Thresholds) -> Direction:
    """Return which way a marker went from what it was before."""
    fold = _fold(value, before)
    if fold >= thresholds.change_fold:
        return Direction.RISES
    return Direction.FALLS if fold <= 1.0 / thresholds.change_fold else Direction.SAME


def _fold(value: float, other: float) -> float:
    if other > 0.0:
        return value / other
    return 1.0 if value <= 0.0 else math.inf
