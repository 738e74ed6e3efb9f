"""Achieved error against CPU time, for every solver and axis."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields

import numpy as np

from endotune_desktop.app.measuring.equal_error import Course, cpu_ms
from endotune_desktop.app.measuring.problems import problem_of, usual_treatment
from endotune_desktop.app.measuring.rivals import OWN, RIVALS
from endotune_desktop.physiology.registry import AXES

Told = Callable[[str], None]

DAYS = 30.0
_EXPONENTS = np.arange(-2.0, -10.1, -0.5)
_SLOW_MS = 300.0


@dataclass(frozen=True)
class Point:
    """One solver on one problem at one tolerance.

    Attributes
    ----------
    axis, problem, solver, title : str
    rtol : float
    cpu_ms : float
        The least of a few runs: what other work on the machine adds is not the solver's.
    median_error, worst_error : float
    """

    axis: str
    problem: str
    solver: str
    title: str
    rtol: float
    cpu_ms: float
    median_error: float
    worst_error: float


def points(told: Told) -> Iterator[Point]:
    """Yield the points of every axis and every solver that is installed, solver by solver.

    Parameters
    ----------
    told : callable
        Receives what is being done.
    """
    for axis in AXES.values():
        problem = problem_of(f"{axis.title} axis, usual dose, {DAYS:.0f} days", axis, usual_treatment(axis, DAYS))
        course = Course(problem)
        for rival in (OWN, *RIVALS):
            if not rival.installed:
                told(f"{rival.title}: not installed")
                continue
            entrant = course.entrant(rival)
            for exponent in _EXPONENTS:
                rtol = float(10.0**exponent)
                told(f"{axis.id}: {rival.title}, rtol {rtol:.0e}")
                achieved = course.achieved(entrant, rtol)
                if not np.isfinite(achieved.worst):
                    continue
                times = [cpu_ms(entrant.runner, rtol)]
                while len(times) < 5 and sum(times) < _SLOW_MS:
                    times.append(cpu_ms(entrant.runner, rtol))
                yield Point(
                    axis.id, problem.name, rival.key, rival.title, rtol, min(times), achieved.median,
                    achieved.worst,
                )  # fmt: skip


def points_csv(found: list[Point]) -> str:
    """Return points as CSV, one column a field."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [field.name for field in fields(Point)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(point) for point in found)
    return out.getvalue()
