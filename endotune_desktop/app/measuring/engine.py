"""The engine against the clock, and against scipy at the same achieved error."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from endotune_desktop.app.measuring.figures import Figure
from endotune_desktop.app.paths import resources_folder
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import DoseOrder, Scenario
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import StartState, periodic_start, python_rates, simulate
from endotune_desktop.simulation.running import program_of
from endotune_desktop.simulation.steady import forget_starts

FloatArray = npt.NDArray[np.float64]
ERROR = 1e-5
"""Relative error, of each marker's greatest value, at which solvers are compared."""


def daily_tablet(days: float) -> Scenario:
    """Return an athyreotic man on 112 ug levothyroxine a day."""
    order = DoseOrder("levothyroxine", "oral", 112.0, "ug", ("07:00",))
    return Scenario(
        "hpt", Person(Sex.MALE, 45.0, 176.0, 68.0), {"sigma": 0.0}, (), (order,), (order,), (), days, 6.0
    )  # fmt: skip


def whole_process(runs: int = 7) -> Figure:
    """Time ``endotune simulate`` of 180 days with a daily tablet as a whole process, warm."""
    scenario = resources_folder() / "scenarios" / "athyreotic_levothyroxine.endotune.json"
    words = [sys.executable, "-m", "endotune_desktop", "simulate", str(scenario), "-o", "-"]
    words[-1] = str(_sink())
    values = []
    for _ in range(runs + 1):
        begun = time.perf_counter()
        subprocess.run(words, check=True, capture_output=True)
        values.append(time.perf_counter() - begun)
    return Figure("simulate 180 d, daily tablet, whole process", "s", tuple(values[1:]), 0.9)


def _sink() -> str:
    import tempfile

    return tempfile.NamedTemporaryFile(suffix=".csv", delete=False).name


def steady_start(runs: int = 7) -> list[Figure]:
    """Time the periodic steady state, cold and from a neighbour."""
    axis = AXES["hpt"]
    cold, warm = [], []
    for index in range(runs):
        scenario = daily_tablet(1.0)
        forget_starts()
        begun = time.perf_counter()
        periodic_start(axis, scenario, rtol=1e-6)
        cold.append((time.perf_counter() - begun) * 1e3)
        moved = replace(scenario, regimen_before=(replace(scenario.regimen_before[0], dose=125.0 + index),))
        begun = time.perf_counter()
        periodic_start(axis, moved, rtol=1e-6)
        warm.append((time.perf_counter() - begun) * 1e3)
    return [
        Figure("steady state on a daily tablet, cold", "ms", tuple(cold), 100.0),
        Figure("steady state after a slider move", "ms", tuple(warm), 30.0),
    ]


def against_scipy(runs: int = 3) -> Figure:
    """Time 30 days of daily tablets against solve_ivp LSODA with the same equations in Python, at the same error."""
    axis = AXES["hpt"]
    scenario = daily_tablet(30.0)
    start = periodic_start(axis, scenario)
    times = np.linspace(0.0, 720.0, 2000)
    exact = _markers_scipy(scenario, start, times, 1e-11)
    ours = _loosest(lambda rtol: _markers_ours(scenario, start, times, rtol), exact)
    theirs = _loosest(lambda rtol: _markers_scipy(scenario, start, times, rtol), exact)
    ratios = []
    for _ in range(runs):
        begun = time.process_time()
        for _ in range(10):
            _markers_ours(scenario, start, times, ours)
        own = (time.process_time() - begun) / 10.0
        begun = time.process_time()
        _markers_scipy(scenario, start, times, theirs)
        ratios.append((time.process_time() - begun) / own)
    note = f"30 d, rtol {ours:g} and {theirs:g} both within {ERROR:g}"
    return Figure("CPU ratio to scipy LSODA, equal error 1e-5", "x", tuple(ratios), 25.0, True, note)


def _loosest(run: object, exact: FloatArray) -> float:
    """Return the largest tolerance on a grid whose worst error is within `ERROR`."""
    chosen = 1e-10
    for exponent in np.arange(-10.0, -1.9, 0.5):
        rtol = float(10.0**exponent)
        found = run(rtol)  # type: ignore[operator]
        error = float(np.max(np.abs(found - exact) / np.max(np.abs(exact), axis=0)))
        if error <= ERROR:
            chosen = rtol
    return chosen


def _markers_ours(scenario: Scenario, start: StartState, times: FloatArray, rtol: float) -> FloatArray:
    course = simulate(AXES["hpt"], scenario, rtol=rtol, output_times_h=times, start=start)
    return np.column_stack([course.markers[name] for name in ("tsh", "ft4", "ft3")])


def _markers_scipy(scenario: Scenario, start: StartState, times: FloatArray, rtol: float) -> FloatArray:
    """Integrate with scipy, restarting at every dose, and return TSH, FT4 and FT3."""
    from scipy.integrate import solve_ivp

    axis = AXES["hpt"]
    rates = python_rates(axis)
    program = program_of(axis, scenario, start)
    p = program.table_p[0]
    y = start.states.copy()
    rows: list[FloatArray] = []
    for segment in range(program.times.size - 1):
        for k in range(int(program.jump_starts[segment]), int(program.jump_starts[segment + 1])):
            y[program.jump_what[2 * k]] += program.jump_values[k]
        first, last = float(program.times[segment]), float(program.times[segment + 1])
        inside = times[(times >= first) & ((times < last) | (segment == program.times.size - 2))]
        grid = np.unique(np.append(inside, last))
        solution = solve_ivp(
            lambda t, state: rates(t, state, p),
            (first, last),
            y,
            method="LSODA",
            rtol=rtol,
            atol=rtol * 1e-4,
            t_eval=grid,
        )
        rows.extend(solution.y.T[: inside.size])
        y = solution.y[:, -1].copy()
    from endotune_desktop.simulation import compiled

    ready = compiled(axis)
    states = np.ascontiguousarray(np.array(rows))
    values = np.empty((states.shape[0], len(axis.markers)))
    ready.marker_rows(times, states, np.ascontiguousarray(np.repeat(p[None, :], times.size, axis=0)), values)
    names = [marker.id for marker in axis.markers]
    return values[:, [names.index(name) for name in ("tsh", "ft4", "ft3")]]
