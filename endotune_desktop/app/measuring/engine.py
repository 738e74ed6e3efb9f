"""The engine against the clock: whole runs, starts, a year, and the way to steady dosing that it spares."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from endotune_desktop.app.measuring.equal_error import GOAL
from endotune_desktop.app.measuring.figures import Figure
from endotune_desktop.app.measuring.machine import installed_environment
from endotune_desktop.app.measuring.problems import Problem, usual_treatment
from endotune_desktop.app.paths import resources_folder
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.physiology.rhythm import Begins
from endotune_desktop.simulation import StartState, compiled, periodic_start, simulate
from endotune_desktop.simulation.program import run
from endotune_desktop.simulation.running import program_of
from endotune_desktop.simulation.starts import forget_starts

SCREEN_RTOL = 1e-4
FINE_RTOL = 1e-6
LONGEST_DAYS = 3000.0
STEADY_DAYS = 56.0
"""Eight weeks: what is waited in practice, and in programs that integrate, before dosing is called steady."""


def whole_process(runs: int = 7) -> Figure:
    """Time ``endotune simulate`` of 180 days with a daily tablet as a whole process, warm."""
    scenario = resources_folder() / "scenarios" / "athyreotic_levothyroxine.endotune.json"
    values = []
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "course.csv")
        words = [sys.executable, "-m", "endotune_desktop", "simulate", str(scenario), "-o", out]
        environment = installed_environment()
        for _ in range(runs + 1):
            begun = time.perf_counter()
            subprocess.run(words, check=True, capture_output=True, env=environment)
            values.append(time.perf_counter() - begun)
    return Figure("simulate 180 d, daily tablet, whole process", "s", tuple(values[1:]), 0.9)


def steady_start(axis: Axis, runs: int = 7) -> list[Figure]:
    """Time the start on usual dosing, which is the periodic steady state unless the axis cycles, and a neighbour's."""
    cold, warm = [], []
    for index in range(runs):
        scenario = usual_treatment(axis, 1.0)
        forget_starts()
        begun = time.perf_counter()
        periodic_start(axis, scenario, rtol=1e-6)
        cold.append((time.perf_counter() - begun) * 1e3)
        begun = time.perf_counter()
        periodic_start(axis, with_dose(scenario, 1.12 + 0.01 * index), rtol=1e-6)
        warm.append((time.perf_counter() - begun) * 1e3)
    return [
        Figure(f"steady state on usual dosing, cold: {axis.id}", "ms", tuple(cold), 100.0),
        Figure(f"steady state after a slider move: {axis.id}", "ms", tuple(warm), 30.0),
    ]


def with_dose(scenario: Scenario, factor: float) -> Scenario:
    """Return the first agent at another dose, taken all along and from now on."""
    order = scenario.regimen[0]
    moved = (replace(order, dose=order.dose * factor), *scenario.regimen[1:])
    return replace(scenario, regimen_before=moved, regimen=moved)


def against_integration(axis: Axis, runs: int = 15) -> list[Figure]:
    """Time 56 days integrated from the former dose against the periodic solver, on slider moves, by the same kernel.

    Both count whole, from the scenario to the state: the hand moves a dose, not a program.
    """
    usual = usual_treatment(axis, STEADY_DAYS)
    former = periodic_start(axis, usual, rtol=SCREEN_RTOL)
    end = np.array([STEADY_DAYS * 24.0])
    factors, periodic_ms, left_integrated, left_periodic = [], [], [], []
    for index in range(runs):
        moved = with_dose(usual, 1.1 + 0.003 * index)
        begun = time.process_time()
        outcome = simulate(axis, moved, rtol=SCREEN_RTOL, output_times_h=end, start=former)
        integrated_ms = (time.process_time() - begun) * 1e3
        begun = time.process_time()
        found = periodic_start(axis, moved, rtol=SCREEN_RTOL)
        periodic_ms.append((time.process_time() - begun) * 1e3)
        factors.append(integrated_ms / periodic_ms[-1])
        exact = periodic_start(axis, moved, rtol=1e-9)
        left_integrated.append(_distance(axis, moved, StartState(0.0, outcome.states[-1]), exact))
        left_periodic.append(_distance(axis, moved, found, exact))
    left = (float(np.median(left_integrated)), float(np.median(left_periodic)))
    note = f"56 d end {left[0]:.1%} from the steady course, the solver {left[1]:.1e}; it takes " + (
        f"{np.median(periodic_ms):.2g} ms"
    )
    details = {"integrated_off": left[0], "periodic_off": left[1], "periodic_ms": float(np.median(periodic_ms))}
    name = f"56 days integrated to steady dosing, slider move: {axis.id}"
    return [Figure(name, "x", tuple(factors), 10.0, True, note, details), _as_near(axis, usual, former, periodic_ms)]


def _as_near(axis: Axis, usual: Scenario, former: StartState, periodic_ms: list[float]) -> Figure:
    """Time the integration that comes within `GOAL` of the steady course, however many days it takes."""
    name = f"integrated until within {GOAL:g} of steady dosing, slider move: {axis.id}"
    moved = replace(with_dose(usual, 1.12), duration_days=LONGEST_DAYS)
    problem = Problem("", axis, moved, former, program_of(axis, moved, former), np.arange(0.0, LONGEST_DAYS + 1) * 24.0)
    ready, exact = compiled(axis), periodic_start(axis, moved, rtol=1e-9)
    steady = problem.markers(np.tile(exact.states, (problem.times.size, 1)))[:, problem.drawn]
    found = problem.markers(run(ready, problem.program, former.states, problem.times, FINE_RTOL).states)
    off = np.max(np.abs(found[:, problem.drawn] - steady) / np.abs(steady), axis=1)
    far = np.flatnonzero(off > GOAL)
    days = float(far[-1] + 1) if far.size else 1.0
    if days >= LONGEST_DAYS:
        return Figure(name, "x", (), None, True, f"not within {LONGEST_DAYS:g} days")
    until = replace(moved, duration_days=days)
    program, factors = program_of(axis, until, former), []
    for taken_ms in periodic_ms:
        begun = time.process_time()
        run(ready, program, former.states, np.array([days * 24.0]), FINE_RTOL)
        factors.append((time.process_time() - begun) * 1e3 / taken_ms)
    return Figure(name, "x", tuple(factors), None, True, f"{days:g} days at rtol {FINE_RTOL:g}")


def _distance(axis: Axis, scenario: Scenario, found: StartState, exact: StartState) -> float:
    """Return how far a day from one start is from a day from another: plotted markers, relative to their maximum."""
    times = np.arange(0.0, 24.1, 2.0)
    day = replace(scenario, duration_days=1.0)
    courses = [
        simulate(axis, day, rtol=1e-8, output_times_h=times, start=StartState(0.0, start.states, happened=False))
        for start in (found, exact)
    ]
    names = [marker.id for marker in axis.markers if marker.plotted]
    pairs = [(courses[0].markers[name], courses[1].markers[name]) for name in names]
    return max(float(np.max(np.abs(one - other)) / np.max(np.abs(other))) for one, other in pairs)


def year(axis: Axis, runs: int = 9) -> Figure:
    """Time a simulated year of usual treatment with a value a day, for the screen."""
    scenario = usual_treatment(axis, 365.0)
    start = periodic_start(axis, scenario)
    times = np.arange(0.0, 365.0 * 24.0, 24.0)
    values = []
    for _ in range(runs):
        begun = time.process_time()
        simulate(axis, scenario, rtol=SCREEN_RTOL, output_times_h=times, start=start)
        values.append((time.process_time() - begun) * 1e3)
    return Figure(f"a simulated year: {axis.id}", "ms", tuple(values), 100.0, note=f"{len(axis.states)} states, CPU")


def each_axis() -> list[Axis]:
    """Return every axis, the one with most states first."""
    return sorted(AXES.values(), key=lambda axis: -len(axis.states))


def resting_axes() -> list[Axis]:
    """Return every axis that comes to rest on a dosing calendar: a cycle does not."""
    return [axis for axis in each_axis() if axis.start.kind is not Begins.CYCLE]
