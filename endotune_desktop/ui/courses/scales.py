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
        shown = value / self.factor
        return math.log10(max(shown, self.least / self.factor)) if self.log else shown

    def value(self, place: float) -> float:
        """Return the canonical value at an axis coordinate."""
        return (10.0**place if self.log else place) * self.factor

    def round_values(self, low: float, high: float, most: int) -> list[float]:
        """Return shown-unit values worth writing between two axis coordinates: 1-2-5 steps, at most `most`."""
        if not self.log:
            return _linear_values(low, high, most)
        found: list[float] = []
        for steps in ((1.0, 2.0, 5.0), (1.0,)):
            found = _decade_values(low, high, steps)
            if len(found) <= most:
                break
        if len(found) > most:
            found = found[:: math.ceil(len(found) / most)]
        if len(found) >= 2:
            return found
        return [value for value in _linear_values(10.0**low, 10.0**high, most) if value > 0.0]


def _decade_values(low: float, high: float, steps: tuple[float, ...]) -> list[float]:
    decades = range(math.floor(low) - 1, math.ceil(high) + 1)
    every = (float(f"{step * 10.0**decade:.6g}") for decade in decades for step in steps)
    return [value for value in every if low <= math.log10(value) <= high]


def _linear_values(low: float, high: float, most: int) -> list[float]:
    rough = max(high - low, 1e-9) / max(most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((m * power for m in (1.0, 2.0, 5.0, 10.0) if m * power >= rough), 10.0 * power)
    first, last = math.ceil(low / step), math.floor(high / step)
    return [float(f"{index * step:.9g}") for index in range(first, last + 1)]
