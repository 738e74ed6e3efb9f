"""Vertical scales: where a value lies on the axis, and which round values are written beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Scale:
    """A linear or logarithmic axis in the unit that is shown.

    Attributes
    ----------
    log : bool
    factor : float
        Divides canonical values into the shown unit.
    least : float
        Smallest value that a logarithmic axis shows, canonical unit.
    """

    log: bool
    factor: float = 1.0
    least: float = 1e-3

    def place(self, values: FloatArray) -> FloatArray:
        """Return axis coordinates of canonical values, shape kept."""
        shown = np.asarray(values, dtype=np.float64) / self.factor
        if not self.log:
            return shown
        placed: FloatArray = np.log10(np.maximum(shown, self.least / self.factor))
        return placed

    def at(self, value: float) -> float:
        """Return the axis coordinate of one canonical value."""
        return float(self.place(np.array([value]))[0])

    def value(self, place: float) -> float:
        """Return the canonical value at an axis coordinate."""
        return (10.0**place if self.log else place) * self.factor

    def round_values(self, low: float, high: float, most: int) -> list[float]:
        """Return shown-unit values worth writing between two axis coordinates."""
        if self.log:
            for steps in ((1.0, 2.0, 5.0), (1.0, 3.0), (1.0,)):
                found = [
                    step * 10.0**decade
                    for decade in range(math.floor(low) - 1, math.ceil(high) + 1)
                    for step in steps
                    if low <= math.log10(step * 10.0**decade) <= high
                ]
                if len(found) <= most:
                    return found
            return found[:: max(1, len(found) // most)]
        span = max(high - low, 1e-9)
        rough = span / most
        power = 10.0 ** math.floor(math.log10(rough))
        step = next((m * power for m in (1.0, 2.0, 2.5, 5.0, 10.0) if m * power >= rough), 10.0 * power)
        first = math.ceil(low / step)
        return [index * step for index in range(first, math.floor(high / step) + 1)]
