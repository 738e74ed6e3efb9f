"""The flat state of an axis: every rhythm and every dose replaced by its mean over a day.

A cycling axis comes to no rest: what moves by its own clock (follicles, the corpus luteum) is held as it is at a
moment of the cycle that the axis names, and the rest comes to a quasi-equilibrium around it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.errors import OutsideValidity
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.cancelling import CancelFlag
from endotune_desktop.simulation.compilation import CompiledAxis, compiled
from endotune_desktop.simulation.program import Program, run
from endotune_desktop.simulation.running import start_programs
from endotune_desktop.simulation.starts import remembered_start
from endotune_desktop.simulation.steady import mean_input

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

CLOCKS, CLOCKS_A_STEP = 24, 2.0
"""Times of the day over which rates are averaged: for smooth rhythms exact to rounding; more where bursts are short,
so many for each of the longest steps that the axis allows."""
_ODD_HOURS = (1.3, 6.1, 11.9, 17.7, 22.9)
"""An axis whose rates are the same at these has no clock: one time of the day is enough."""
START_RTOL = 1e-6
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
    clocks : array, shape (k,)
        Times of the day over which is averaged.
    free : array of int
        Places of the states that came to rest; the others are held.
    """

    ready: CompiledAxis
    states: FloatArray
    constants: FloatArray
    given: FloatArray
    clocks: FloatArray
    free: IntArray

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
        count = self.clocks.size
        states_of_day: FloatArray = np.repeat(y[np.newaxis], count, axis=0)
        values = np.empty((count, len(self.ready.axis.markers)))
        self.ready.marker_rows(self.clocks, states_of_day, p[np.newaxis], values, np.zeros(count, dtype=np.int64))
        return np.asarray(values.mean(axis=0))

    def levels(self) -> dict[str, float]:
        """Return every marker by its id, its mean over the clock."""
        ids = (marker.id for marker in self.ready.axis.markers)
        return dict(zip(ids, self.markers().tolist(), strict=True))

    def mean_rates(self, y: FloatArray, constants: FloatArray) -> FloatArray:
        """Return the rates at a state without what is given, averaged over the clock, shape (n,)."""
        return mean_rates(self.ready, y, constants, self.clocks)

    def slopes(self) -> FloatArray:
        """Return the derivative of the averaged rates with respect to the state, shape (n, n)."""
        return slopes(self.ready, self.states, self.constants, self.clocks)


def operating_point(
    axis: Axis, scenario: Scenario, *, near: OperatingPoint | None = None, cancel: CancelFlag | None = None
) -> OperatingPoint:
    """Return the flat equilibrium of what was wrong and is taken all along.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
        Its person, parameters, long-standing lesions and `regimen_before` count.
    near : OperatingPoint, optional
        Of somebody alike, to search from; without it, or when that fails, the periodic state is computed first.
    cancel : CancelFlag, optional

    Raises
    ------
    OutsideValidity
        If the averaged equations have no equilibrium near the periodic state.
    Cancelled
        If the flag was set.
    """
    ready = compiled(axis)
    plan, programs = start_programs(ready, scenario)
    held = axis.communication.held if axis.communication is not None else ()
    if near is not None and not held:
        try:
            return _at_rest(ready, programs[0], near.states, ())
        except OutsideValidity:
            pass
    start = remembered_start(ready, plan.kind, programs, START_RTOL, cancel)
    if held:
        start = _later(ready, programs[-1], start, held_at_h(axis), cancel)
    return _at_rest(ready, programs[0], start, held)


def held_at_h(axis: Axis) -> float:
    """Return how long after day 0 of a cycle the states that come to no rest are held, hours; 0 without a cycle."""
    return axis.communication.held_at_h if axis.communication is not None else 0.0


def _later(
    ready: CompiledAxis, program: Program, start: FloatArray, after_h: float, cancel: CancelFlag | None
) -> FloatArray:
    """Follow what happens on average for a while."""
    times = np.array([0.0, after_h])
    rows, starts = np.zeros(2, dtype=np.int64), np.zeros(3, dtype=np.int64)
    flat = Program(
        times, rows, rows, _mean_constants(program)[np.newaxis], mean_input(program, start.size)[np.newaxis], starts,
        np.empty(0, dtype=np.int64), np.empty(0),
    )  # fmt: skip
    return run(ready, flat, start, np.empty(0), START_RTOL, cancel).final


def _mean_constants(program: Program) -> FloatArray:
    spans = np.diff(program.times)
    return np.asarray(spans @ program.table_p[program.row_p[:-1]] / spans.sum())


def _at_rest(ready: CompiledAxis, program: Program, start: FloatArray, held: tuple[str, ...]) -> OperatingPoint:
    constants = _mean_constants(program)
    given = mean_input(program, start.size)
    clocks = _clocks(ready, start, constants)
    kept = {ready.axis.state_index(name) for name in held}
    free = np.array([i for i in range(start.size) if i not in kept], dtype=np.int64)
    square = np.ix_(free, free)
    floor = np.where(ready.positive, 0.0, -1e300)
    y, last = start.copy(), np.inf
    for _ in range(_ROUNDS):
        rates = mean_rates(ready, y, constants, clocks) + given
        if not np.all(np.isfinite(rates)):
            break
        step = np.zeros(y.size)
        step[free] = np.linalg.lstsq(slopes(ready, y, constants, clocks)[square], -rates[free], rcond=None)[0]
        moved = np.maximum(y + step, floor)
        size = float(np.max(np.abs(moved - y) / np.maximum(np.abs(y), 1e-3 * ready.scales)))
        if size < _CLOSE or (size < _NEARLY and size > 0.5 * last):
            return OperatingPoint(ready, moved, constants, given, clocks, free)
        # Far from rest a whole step may leave the basin: a state moves by no more than half of itself at a time.
        y, last = y + (moved - y) * min(1.0, 0.5 / size if size > 1.0 else 1.0), size
    raise OutsideValidity(f"The {ready.axis.title.lower()} model has no flat state here", ready.axis.id, 0.0)


def _clocks(ready: CompiledAxis, y: FloatArray, constants: FloatArray) -> FloatArray:
    """Return the times of the day that are enough for a mean."""
    first, other = np.empty(y.size), np.empty(y.size)
    ready.rates(0.0, y, constants, first)
    for hour in _ODD_HOURS:
        ready.rates(hour, y, constants, other)
        if not np.array_equal(first, other):
            count = max(CLOCKS, math.ceil(CLOCKS_A_STEP * 24.0 / ready.axis.longest_step_h))
            return np.asarray(np.arange(count) * (24.0 / count), dtype=np.float64)
    return np.zeros(1)


def mean_rates(ready: CompiledAxis, y: FloatArray, constants: FloatArray, clocks: FloatArray) -> FloatArray:
    """Return the rates at a state, averaged over times of the day, shape (n,)."""
    return np.asarray(ready.mean_rates(clocks, y[np.newaxis], constants)[0])


def slopes(ready: CompiledAxis, y: FloatArray, constants: FloatArray, clocks: FloatArray) -> FloatArray:
    """Return the derivative of the averaged rates with respect to the state, shape (n, n), by central differences."""
    steps = _RELATIVE_STEP * np.maximum(np.abs(y), 1e-2 * ready.scales)
    halved = np.minimum(steps, 0.5 * y)
    steps = np.where(ready.positive & (halved > 0.0), halved, steps)
    moved = np.concatenate([y + np.diag(steps), y - np.diag(steps)])
    found = ready.mean_rates(clocks, moved, constants)
    return np.asarray(((found[: y.size] - found[y.size :]) / (2.0 * steps[:, np.newaxis])).T)
