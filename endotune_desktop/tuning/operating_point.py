"""The flat state of an axis: every rhythm and every dose replaced by its mean over a day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.errors import OutsideValidity
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.compilation import CompiledAxis, compiled
from endotune_desktop.simulation.program import Program, build
from endotune_desktop.simulation.running import base_parameters
from endotune_desktop.simulation.starts import start_plan
from endotune_desktop.simulation.steady import closed_period, mean_input

FloatArray = npt.NDArray[np.float64]

CLOCKS = 24
"""Times of the day over which rates are averaged: for smooth rhythms exact to rounding."""
_ROUNDS = 60
_CLOSE, _NEARLY = 1e-10, 1e-6
"""Relative steps at which the search ends: at once, or when rounding lets it come no nearer."""
_RELATIVE_STEP = 1e-6


@dataclass(frozen=True)
class OperatingPoint:
    """Where an axis rests.

    Attributes
    ----------
    ready : CompiledAxis
    states : array, shape (n,)
    constants : array, shape (n_constants,)
    given : array, shape (n,)
        What is given, an hour, on average.
    """

    ready: CompiledAxis
    states: FloatArray
    constants: FloatArray
    given: FloatArray

    def with_parameter(self, parameter: str, value: float) -> FloatArray:
        """Return the constants with one parameter (not a derived constant) at another value."""
        names = [entry.id for entry in self.ready.axis.parameters]
        moved = self.constants.copy()
        moved[names.index(parameter)] = value
        return moved

    def markers(self, states: FloatArray | None = None, constants: FloatArray | None = None) -> FloatArray:
        """Return every marker at a state, its mean over the clock, shape (n_markers,)."""
        y = self.states if states is None else states
        p = self.constants if constants is None else constants
        times = np.arange(CLOCKS) * (24.0 / CLOCKS)
        states_of_day: FloatArray = np.repeat(y[np.newaxis], CLOCKS, axis=0)
        values = np.empty((CLOCKS, len(self.ready.axis.markers)))
        rows = np.zeros(CLOCKS, dtype=np.int64)
        self.ready.marker_rows(np.asarray(times, dtype=np.float64), states_of_day, p[np.newaxis], values, rows)
        return np.asarray(values.mean(axis=0))


def operating_point(axis: Axis, scenario: Scenario) -> OperatingPoint:
    """Return the flat equilibrium of what was wrong and is taken all along.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
        Its person, parameters, long-standing lesions and `regimen_before` count.

    Raises
    ------
    OutsideValidity
        If the averaged equations have no equilibrium near the periodic state.
    """
    ready = compiled(axis)
    part = start_plan(axis, scenario).leading[0]
    base = base_parameters(axis, scenario)
    program = build(ready, scenario.person, base, part.found, part.from_h, part.to_h)
    start = closed_period(ready, program, 1e-6).states
    return _at_rest(ready, program, start)


def _at_rest(ready: CompiledAxis, program: Program, start: FloatArray) -> OperatingPoint:
    spans = np.diff(program.times)
    constants = spans @ program.table_p[program.row_p[:-1]] / spans.sum()
    given = mean_input(program, start.size)
    floor = np.where(ready.positive, 0.0, -1e300)
    y, last = start.copy(), np.inf
    for _ in range(_ROUNDS):
        rates = mean_rates(ready, y, constants) + given
        step = np.linalg.lstsq(slopes(ready, y, constants), -rates, rcond=None)[0]
        moved = np.maximum(y + step, floor)
        size = float(np.max(np.abs(moved - y) / np.maximum(np.abs(y), 1e-3 * ready.scales)))
        if size < _CLOSE or (size < _NEARLY and size > 0.5 * last):
            return OperatingPoint(ready, moved, constants, given)
        # Far from rest a whole step may leave the basin: a state moves by no more than half of itself at a time.
        y, last = y + (moved - y) * min(1.0, 0.5 / size if size > 1.0 else 1.0), size
    raise OutsideValidity(f"The {ready.axis.title.lower()} model has no flat state here", ready.axis.id, 0.0)


def mean_rates(ready: CompiledAxis, y: FloatArray, constants: FloatArray) -> FloatArray:
    """Return the rates at a state, averaged over the clock, shape (n,)."""
    total, rates = np.zeros(y.size), np.empty(y.size)
    for index in range(CLOCKS):
        ready.rates(index * 24.0 / CLOCKS, y, constants, rates)
        total += rates
    return total / CLOCKS


def slopes(ready: CompiledAxis, y: FloatArray, constants: FloatArray) -> FloatArray:
    """Return the derivative of the averaged rates with respect to the state, shape (n, n), by central differences."""
    found = np.empty((y.size, y.size))
    for column in range(y.size):
        step = _RELATIVE_STEP * max(abs(float(y[column])), 1e-2 * float(ready.scales[column]))
        if ready.positive[column]:
            step = min(step, 0.5 * float(y[column])) or step
        up, down = y.copy(), y.copy()
        up[column] += step
        down[column] -= step
        found[:, column] = (mean_rates(ready, up, constants) - mean_rates(ready, down, constants)) / (2.0 * step)
    return found
