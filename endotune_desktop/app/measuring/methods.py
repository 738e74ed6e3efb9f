"""What thirty days cost by each method, and which one an axis uses: CPU time of one thread."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from endotune_desktop.app.measuring.figures import Figure
from endotune_desktop.app.measuring.problems import usual_treatment
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation import compiled, periodic_start
from endotune_desktop.simulation.choosing import METHODS
from endotune_desktop.simulation.program import run
from endotune_desktop.simulation.running import program_of


def by_method(axis: Axis, runs: int = 7) -> list[Figure]:
    """Time 30 days of usual treatment by each method at the same tolerance."""
    scenario = usual_treatment(axis, 30.0)
    start = periodic_start(axis, scenario)
    program, ready = program_of(axis, scenario, start), compiled(axis)
    figures = []
    for method in METHODS:

        def month(method: str = method) -> None:
            run(ready, program, start.states, np.empty(0), 1e-4, method=method)

        outcome = run(ready, program, start.states, np.empty(0), 1e-4, method=method)
        note = f"{outcome.steps} steps, {outcome.rejected} rejected; the axis uses {ready.method}"
        figures.append(Figure(f"30 d by the {method} method: {axis.id}", "ms", _milliseconds(month, runs), note=note))
    return figures


def _milliseconds(work: Callable[[], None], runs: int) -> tuple[float, ...]:
    """Return the CPU time of several runs, after one that warms up."""
    work()
    values = []
    for _ in range(runs):
        begun = time.thread_time()
        work()
        values.append((time.thread_time() - begun) * 1e3)
    return tuple(values)
