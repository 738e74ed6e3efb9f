"""How near the engine is to what the equations themselves cost."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

import numpy as np

from endotune_desktop.app.measuring.equal_error import GOAL, Course
from endotune_desktop.app.measuring.figures import Figure
from endotune_desktop.app.measuring.native import rates_ns
from endotune_desktop.app.measuring.problems import Problem
from endotune_desktop.app.measuring.rivals import OWN
from endotune_desktop.simulation import compiled, tableau, tableau_explicit
from endotune_desktop.simulation.choosing import METHODS
from endotune_desktop.simulation.program import run
from endotune_desktop.simulation.running import program_of


def limits(problem: Problem, runs: int = 15) -> list[Figure]:
    """Return what one evaluation costs, which share of a run the evaluations are, and how far a run is from its limit.

    The limit is a method of the same order that needs no Jacobian, no linear algebra and no second try: the accepted
    steps times its stages times the cost of one evaluation. Each break between doses needs at least one step.

    Parameters
    ----------
    problem : Problem
    runs : int
    """
    ready = compiled(problem.axis)
    course = Course(problem)
    entrant = course.entrant(OWN)
    match = course.matched(entrant, "median")
    rtol = match.rtol if match is not None else GOAL
    p = problem.program.table_p[problem.program.row_p[0]]
    cost, taken, empty_us = [], [], []
    nothing = program_of(problem.axis, replace(problem.scenario, duration_days=1e-6), problem.start)
    for _ in range(runs):
        begun = time.process_time()
        run(ready, nothing, problem.start.states, np.empty(0), rtol)
        empty_us.append((time.process_time() - begun) * 1e6)
        cost.append(rates_ns(ready, problem.start.states, p))
        begun = time.process_time()
        outcome = run(ready, problem.program, problem.start.states, problem.times, rtol)
        taken.append((time.process_time() - begun) * 1e6)
    one_us = statistics.median(cost) / 1e3
    shares = tuple(outcome.rhs_calls * one_us / each * 100.0 for each in taken)
    stages = tableau.STAGES if ready.method == METHODS[0] else tableau_explicit.STAGES - 1
    floor_us = outcome.steps * stages * one_us
    breaks = int(problem.program.times.size - 1)
    counts = (
        f"{outcome.rhs_calls} evaluations, {outcome.steps} steps, {outcome.rejected} rejected, {breaks} spans between "
        f"breaks; rtol {rtol:.1e}"
    )
    floor = f"{outcome.steps} steps x {stages} stages x {one_us * 1e3:.0f} ns = {floor_us / 1e3:.2f} ms"
    details: dict[str, float | str] = {
        "rhs_ns": one_us * 1e3, "rhs_calls": outcome.rhs_calls, "steps": outcome.steps, "rejected": outcome.rejected,
        "spans": breaks, "run_ms": statistics.median(taken) / 1e3, "limit_ms": floor_us / 1e3, "rtol": rtol,
    }  # fmt: skip
    return [
        Figure(f"one RHS: {problem.axis.id}", "ns", tuple(cost), note="by its address, as the kernel calls it"),
        Figure(f"a run of no time: {problem.name}", "us", tuple(empty_us), note="what a call costs before any step"),
        Figure(f"share of the RHS: {problem.name}", "%", shares, note=counts),
        Figure(
            f"run over its limit: {problem.name}", "x", tuple(each / floor_us for each in taken), note=floor,
            details=details,
        ),
    ]  # fmt: skip
