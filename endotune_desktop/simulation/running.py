"""From a scenario to a course: the one function that everybody calls."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.rhythm import PacedPulses
from endotune_desktop.simulation.cancelling import CancelFlag, Cancelled
from endotune_desktop.simulation.compilation import CompiledAxis, compiled
from endotune_desktop.simulation.course import Course, DoseTick, Remark
from endotune_desktop.simulation.effects import Happenings, JumpAt
from endotune_desktop.simulation.paced_pulses import paced_jumps
from endotune_desktop.simulation.program import Program, build, run
from endotune_desktop.simulation.pulses import add_pulses
from endotune_desktop.simulation.starts import StartPlan, remembered_start, start_plan
from endotune_desktop.simulation.timeline import happenings

FloatArray = npt.NDArray[np.float64]
_MARKED_AT_ONCE = 20_000
"""Rows whose markers are computed between two looks at the cancel flag: a few milliseconds."""


@dataclass(frozen=True)
class StartState:
    """A state to go on from.

    Attributes
    ----------
    time_h : float
    states : array, shape (n_states,)
    happened : bool
        Whether what happens exactly at `time_h` is already in it (so for a row of a course).
    """

    time_h: float
    states: FloatArray
    happened: bool = True


def periodic_start(
    axis: Axis, scenario: Scenario, *, rtol: float = 1e-8, cancel: CancelFlag | None = None
) -> StartState:
    """Return the state at time 0, before anything that happens then, as the axis declares its start.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
        Its person, parameters, long-standing lesions and `regimen_before` count.
    rtol : float
    cancel : CancelFlag, optional

    Raises
    ------
    InputRefused
        If the scenario holds something that the axis does not accept.
    OutsideValidity
        If there is no such state.
    Cancelled
        If the flag was set.
    """
    ready = compiled(axis)
    plan, programs = start_programs(ready, scenario)
    return StartState(0.0, remembered_start(ready, plan.kind, programs, rtol, cancel), happened=False)


def start_programs(ready: CompiledAxis, scenario: Scenario) -> tuple[StartPlan, list[Program]]:
    """Return how the start of a scenario is found, and what is run for each part of it.

    Raises
    ------
    InputRefused
        If the scenario holds something that the axis does not accept.
    """
    plan = start_plan(ready.axis, scenario)
    base = base_parameters(ready.axis, scenario)
    programs = [
        build(ready, scenario.person, base, part.found, part.from_h, part.to_h, jumps_at_start=part.first)
        for part in plan.leading
    ]
    return plan, programs


def simulate(
    axis: Axis,
    scenario: Scenario,
    *,
    rtol: float = 1e-7,
    output_times_h: FloatArray | None = None,
    start: StartState | None = None,
    cancel: CancelFlag | None = None,
    method: str | None = None,
) -> Course:
    """Return the course of a scenario.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
    rtol : float
        Relative tolerance of the integration.
    output_times_h : array, shape (n,), optional
        Ascending hours from midnight of day 0; the scenario's own grid by default. A time at which something happens
        gives the value after it; given twice, the value before it first.
    start : StartState, optional
        Where to go on from; `periodic_start` by default.
    cancel : CancelFlag, optional
        Stops the run from another thread.
    method : str, optional
        Pins the method of integration: ``rosenbrock`` or ``explicit``.

    Returns
    -------
    Course

    Raises
    ------
    InputRefused
        If the scenario holds something that the axis does not accept.
    OutsideValidity
        If the equations have no answer.
    Cancelled
        If the flag was set.
    """
    ready = compiled(axis)
    if scenario.pulses and axis.pulses is None:
        raise InputRefused(f"the {axis.title.lower()} axis has no pulse generator", "pulses", "false")
    begin = start or periodic_start(axis, scenario, rtol=min(1e-6, rtol), cancel=cancel)
    times = output_grid_h(scenario) if output_times_h is None else np.asarray(output_times_h, dtype=np.float64)
    if times.size and times[0] < begin.time_h - 1e-7:
        raise ValueError("an output time lies before the start")
    end_h = max(float(times[-1]) if times.size else begin.time_h, begin.time_h + 1e-6)
    found = happenings(axis, scenario, begin.time_h, end_h)
    add_pulses(found, axis, scenario)
    base = base_parameters(axis, scenario)
    if scenario.pulses and isinstance(axis.pulses, PacedPulses):
        found.jumps.extend(_paced(ready, axis.pulses, scenario, base, found, begin, end_h, rtol, cancel))
    program = build(ready, scenario.person, base, found, begin.time_h, end_h, jumps_at_start=not begin.happened)
    outcome = run(ready, program, begin.states, times, rtol, cancel, method)
    values = np.empty((times.size, len(axis.markers)))
    rows = program.rows_at(times)
    for first in range(0, times.size, _MARKED_AT_ONCE):
        if cancel is not None and cancel.cancelled:
            raise Cancelled
        part = slice(first, first + _MARKED_AT_ONCE)
        ready.marker_rows(times[part], outcome.states[part], program.table_p, values[part], rows[part])
    markers = {marker.id: np.ascontiguousarray(values[:, i]) for i, marker in enumerate(axis.markers)}
    remarks = _remarks(axis, scenario, times, markers, found.doses, begin.time_h)
    doses = tuple(dose for dose in found.doses if begin.time_h - 1e-9 <= dose.time_h <= end_h)
    return Course(axis.id, times, markers, outcome.states, doses, remarks, outcome.steps, outcome.rhs_calls)


def _paced(
    ready: CompiledAxis, train: PacedPulses, scenario: Scenario, base: dict[str, float], found: Happenings,
    begin: StartState, end_h: float, rtol: float, cancel: CancelFlag | None,
) -> list[JumpAt]:  # fmt: skip
    """Return the pulses that the axis paces; `base` no longer secretes as a stream."""
    base[train.stream] = 0.0
    return paced_jumps(
        ready, train, scenario.person, base, found, (begin.time_h, begin.states), end_h,
        jumps_at_start=not begin.happened, seed=scenario.seed, rtol=rtol, cancel=cancel,
    )  # fmt: skip


def program_of(axis: Axis, scenario: Scenario, start: StartState) -> Program:
    """Return what the kernel would run from a start to the end of a scenario, for exporters.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
    start : StartState
    """
    found = happenings(axis, scenario)
    end_h = scenario.duration_days * 24.0
    base = base_parameters(axis, scenario)
    ready = compiled(axis)
    return build(ready, scenario.person, base, found, start.time_h, end_h, jumps_at_start=not start.happened)


def output_grid_h(scenario: Scenario) -> FloatArray:
    """Return 0, step, 2 step ... up to the end of the scenario."""
    end_h = scenario.duration_days * 24.0
    count = math.floor(end_h / scenario.output_step_h + 1e-9)
    return np.arange(count + 1, dtype=np.float64) * scenario.output_step_h


def base_parameters(axis: Axis, scenario: Scenario) -> dict[str, float]:
    """Return every parameter of a scenario before lesions; an unknown one is refused."""
    values = axis.typical()
    for name, value in scenario.parameters.items():
        if name not in values:
            raise InputRefused(f"unknown parameter '{name}'", f"parameters.{name}", ", ".join(values))
        values[name] = value
    return values


def _remarks(
    axis: Axis,
    scenario: Scenario,
    times: FloatArray,
    markers: dict[str, FloatArray],
    doses: Sequence[DoseTick],
    since_h: float,
) -> tuple[Remark, ...]:
    """Return where the course leaves what was compared with people."""
    found = []
    by_agent: dict[str, list[DoseTick]] = {}
    for dose in doses:
        by_agent.setdefault(dose.agent, []).append(dose)
    for entry in axis.validated:
        low = -math.inf if entry.low is None else entry.low
        high = math.inf if entry.high is None else entry.high
        if entry.kind == "marker":
            outside = (markers[entry.subject] < low) | (markers[entry.subject] > high)
            when = times[outside]
        elif entry.kind == "daily_dose":
            given = by_agent.get(entry.subject, [])
            days = _days_over(given, high) if given else []
            when = np.array([day_h for day_h in days if day_h > since_h - 24.0])
        elif entry.kind == "age_years":
            when = np.array([] if low <= scenario.person.age_years <= high else [0.0])
        else:
            when = times[times > high * 24.0]
        if when.size:
            found.append(Remark(entry.subject, float(when[0]), entry.sentence))
    return tuple(found)


def _days_over(doses: Sequence[DoseTick], high: float) -> list[float]:
    """Return the midnights of days on which more than `high` is given; weekly doses count by their seven-day mean."""
    amounts: dict[int, float] = {}
    for dose in doses:
        day = int(dose.time_h // 24)
        amounts[day] = amounts.get(day, 0.0) + dose.amount
    if max(amounts.values(), default=0.0) <= high:
        return []
    days = sorted(amounts)
    means = {day: sum(amounts[d] for d in days if day - 7 < d <= day) / 7.0 for day in days}
    spaced = len(days) > 1 and min(b - a for a, b in pairwise(days)) > 1
    return [day * 24.0 for day in days if (means[day] if spaced else amounts[day]) > high]


def prepared(axis: Axis) -> CompiledAxis:
    """Return the axis compiled and warmed by one short run, so that the next one is at full speed."""
    ready = compiled(axis)
    simulate(axis, Scenario(axis.id, axis.reference_person, duration_days=0.1))
    return ready
