"""What a step, a year and a steady start cost, and by which method: CPU time of one thread, least of several runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from endotune_desktop.app.measuring.engine import daily_tablet
from endotune_desktop.app.measuring.figures import Figure
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import StartState, compiled, periodic_start, simulate
from endotune_desktop.simulation.choosing import METHODS
from endotune_desktop.simulation.program import run
from endotune_desktop.simulation.running import program_of
from endotune_desktop.simulation.steady import forget_starts


def method_figures(runs: int = 7) -> list[Figure]:
    """Return all figures of this module.

    Parameters
    ----------
    runs : int
        Values of each figure.
    """
    return [year_of_tablets(runs), slider_against_integration(runs), *by_method(runs)]


def year_of_tablets(runs: int = 7) -> Figure:
    """Time a year of daily tablets with 2,000 rows of every marker."""
    scenario = daily_tablet(365.0)
    start = periodic_start(AXES["hpt"], scenario)
    times = np.linspace(0.0, 365.0 * 24.0, 2000)

    def year() -> None:
        simulate(AXES["hpt"], scenario, rtol=1e-4, output_times_h=times, start=start)

    return Figure("simulated year, daily tablet", "ms", _milliseconds(year, runs), 100.0)


def slider_against_integration(runs: int = 7) -> Figure:
    """Compare, at rtol 1e-6 and from the scenario, the steady state at ever new doses with 56 days from the old one."""
    axis = AXES["hpt"]
    ready = compiled(axis)
    ratios = []
    for index in range(runs):
        scenario = _at_dose(100.0 + index)
        start = StartState(0.0, periodic_start(axis, scenario, rtol=1e-6).states, happened=False)
        moved = replace(_at_dose(125.5 + index), duration_days=56.0)

        def integrated(moved: Scenario = moved, start: StartState = start) -> None:
            run(ready, program_of(axis, moved, start), start.states, np.empty(0), 1e-7)

        def closed(moved: Scenario = moved) -> None:
            forget_starts()
            periodic_start(axis, moved, rtol=1e-6)

        ratios.append(min(_milliseconds(integrated, 5)) / min(_milliseconds(closed, 5)))
    return Figure("56 days integrated, against the steady state of a slider move", "x", tuple(ratios), 10.0, True)


def by_method(runs: int = 7) -> list[Figure]:
    """Time 30 days of daily tablets by each method at the same tolerance."""
    axis = AXES["hpt"]
    scenario = daily_tablet(30.0)
    start = periodic_start(axis, scenario)
    program, ready = program_of(axis, scenario, start), compiled(axis)
    figures = []
    for method in METHODS:

        def month(method: str = method) -> None:
            run(ready, program, start.states, np.empty(0), 1e-4, method=method)

        outcome = run(ready, program, start.states, np.empty(0), 1e-4, method=method)
        note = f"{outcome.steps} steps, {outcome.rejected} rejected; the axis uses {ready.method}"
        figures.append(Figure(f"30 d by the {method} method", "ms", _milliseconds(month, runs), 5.0, False, note))
    return figures


def _at_dose(dose: float) -> Scenario:
    scenario = daily_tablet(1.0)
    order = replace(scenario.regimen[0], dose=dose)
    return replace(scenario, regimen=(order,), regimen_before=(order,))


def _milliseconds(work: Callable[[], None], runs: int) -> tuple[float, ...]:
    """Return the CPU time of several runs, after one that warms up."""
    work()
    values = []
    for _ in range(runs):
        begun = time.thread_time()
        work()
        values.append((time.thread_time() - begun) * 1e3)
    return tuple(values)
