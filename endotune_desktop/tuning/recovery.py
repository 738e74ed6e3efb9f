"""How long an axis needs to come back once its centre is no longer held down (tuning.md 2.2, recovery time).

The standard perturbation: the centre reads its signals several times too high for weeks, then rightly again. Nothing
else happens, so that the course without it is one period over and over.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis, Mode
from endotune_desktop.physiology.communication import Communication
from endotune_desktop.simulation import CancelFlag, StartState
from endotune_desktop.simulation.compilation import CompiledAxis, compiled
from endotune_desktop.simulation.effects import InForce
from endotune_desktop.simulation.program import Program, build, run
from endotune_desktop.simulation.running import base_parameters, periodic_start
from endotune_desktop.simulation.timeline import happenings, period_days
from endotune_desktop.tuning.indices import told_by

FloatArray = npt.NDArray[np.float64]

RTOL = 1e-4
STEP_H = 3.0
LIMIT_DAYS = 540.0
"""Longer recoveries are "more than" this: a year and a half."""
MOVED = 0.20
"""Where the perturbation moves what the centre sends by less, there was nothing to recover from."""


@dataclass(frozen=True)
class Recovery:
    """How an axis came back.

    Attributes
    ----------
    moved : float
        By what share the perturbation had moved the first of the markers when it ended.
    days : dict of str to float
        By marker id, days from the release until it stays within the axis's limit of its own steady course; inf when
        it did not within `LIMIT_DAYS`.
    """

    moved: float
    days: dict[str, float]

    @property
    def shown(self) -> bool:
        """Return whether the time says anything."""
        return self.moved > MOVED

    @property
    def longest(self) -> float:
        """Return the longest of the times, days."""
        return max(self.days.values())


def recovery(axis: Axis, scenario: Scenario, *, cancel: CancelFlag | None = None) -> Recovery | None:
    """Return how an axis recovers in a lasting state; None on a cycling axis, which comes to no rest.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
        As `lasting` makes it.
    cancel : CancelFlag, optional

    Raises
    ------
    OutsideValidity
        If the equations have no answer.
    Cancelled
        If the flag was set.
    """
    told = told_by(axis)
    if axis.cycle is not None:
        return None
    ready = compiled(axis)
    start = periodic_start(axis, scenario, rtol=1e-6, cancel=cancel)
    count = round(period_days(scenario.regimen_before) * 24.0 / STEP_H)
    released_h = told.nudge_days * 24.0
    one = _program(ready, scenario, start, count * STEP_H / 24.0, None)
    whole = _program(ready, scenario, start, told.nudge_days + LIMIT_DAYS, told)
    times: FloatArray = np.arange(released_h - 24.0, released_h + LIMIT_DAYS * 24.0, STEP_H, dtype=np.float64)
    period: FloatArray = np.arange(count, dtype=np.float64) * STEP_H
    steady = _markers(ready, one, start, period, told, cancel)
    moved = _markers(ready, whole, start, times, told, cancel)
    rows = np.round(times / STEP_H).astype(np.int64) % count
    ratio = {marker: moved[marker] / np.maximum(steady[marker][rows], 1e-300) for marker in told.recovers}
    before = times < released_h - 1e-6
    first = ratio[told.recovers[0]][before]
    days = {
        marker: days_until_within(times[~before] - released_h, values[~before], told.settled_within)
        for marker, values in ratio.items()
    }
    return Recovery(abs(float(first.mean()) - 1.0), days)


def days_until_within(after_h: FloatArray, ratio: FloatArray, within: float) -> float:
    """Return the day from which a ratio stays within a distance of 1; inf when it is not there at the end.

    Parameters
    ----------
    after_h : array, shape (n,)
        Ascending hours.
    ratio : array, shape (n,)
    within : float
    """
    outside = np.flatnonzero(~(np.abs(ratio - 1.0) <= within))
    if outside.size == 0:
        return 0.0
    last = int(outside[-1])
    return math.inf if last == ratio.size - 1 else float(after_h[last + 1]) / 24.0


def _program(
    ready: CompiledAxis, scenario: Scenario, start: StartState, days: float, told: Communication | None
) -> Program:
    axis = ready.axis
    found = happenings(axis, replace(scenario, duration_days=days))
    if told is not None:
        heard = tuple((signal.probe, Mode.PLUS, math.log(told.nudge)) for signal in told.signals)
        found.in_force.append(InForce(0.0, told.nudge_days * 24.0, heard))
    if axis.start.held:
        # What the start holds (a tumour's volume) is held here too: it would never come back.
        held = tuple((name, Mode.SET, value) for name, value in axis.start.held.items())
        found.in_force.append(InForce(-math.inf, math.inf, held, held_by="start"))
    base = base_parameters(axis, scenario)
    return build(ready, scenario.person, base, found, 0.0, days * 24.0, jumps_at_start=not start.happened)


def _markers(
    ready: CompiledAxis, program: Program, start: StartState, times: FloatArray, told: Communication,
    cancel: CancelFlag | None,
) -> dict[str, FloatArray]:  # fmt: skip
    outcome = run(ready, program, start.states, times, RTOL, cancel)
    values = np.empty((times.size, len(ready.axis.markers)))
    ready.marker_rows(times, outcome.states, program.table_p, values, program.rows_at(times))
    places = {marker.id: i for i, marker in enumerate(ready.axis.markers)}
    return {marker: values[:, places[marker]] for marker in told.recovers}
