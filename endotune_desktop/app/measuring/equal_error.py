"""Solvers at the same achieved error: each one's tolerance is searched, then all are timed in turns."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from endotune_desktop.app.measuring.figures import Figure
from endotune_desktop.app.measuring.problems import Problem
from endotune_desktop.app.measuring.rivals import OWN, RIVALS, Rival, Runner, SolverFailed, scipy_reference

FloatArray = npt.NDArray[np.float64]
Told = Callable[[str], None]

GOAL = 1e-5
REFERENCE_RTOL = 3e-13
AIMS = {"scipy-lsoda": 60.0, "scipy-odeint": 10.0, "roadrunner": 6.0}
OWN_REPEATS = 5
FEWEST_ROUNDS = 3
PATIENCE_MS = 4000.0
"""A solver that has taken this much CPU time after three rounds is not asked again."""
_HALVINGS = 3
_LOOSEST, _TIGHTEST, _STEP = -2.0, -11.0, 0.5


@dataclass(frozen=True)
class Achieved:
    """What a run at one tolerance achieved.

    Attributes
    ----------
    rtol : float
    median, worst : float
        Over the output times, of the largest error of any plotted marker relative to that marker's maximum.
    """

    rtol: float
    median: float
    worst: float

    def by(self, criterion: str) -> float:
        """Return the error by its name, ``median`` or ``worst``."""
        return self.median if criterion == "median" else self.worst


@dataclass(frozen=True)
class Entrant:
    """A solver on one problem.

    Attributes
    ----------
    rival : Rival
    runner : Runner
        What is timed.
    search : Runner
        What its tolerance is searched with; takes the same steps.
    """

    rival: Rival
    runner: Runner
    search: Runner


class Course:
    """One problem with its reference; remembers what each solver achieved at each tolerance.

    Parameters
    ----------
    problem : Problem
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        exact = problem.markers(scipy_reference(problem)(REFERENCE_RTOL))[:, problem.drawn]
        self._exact = exact
        self._size = np.maximum(np.max(np.abs(exact), axis=0), 1e-300)
        self._known: dict[tuple[str, float], Achieved] = {}

    def entrant(self, rival: Rival) -> Entrant:
        """Return a solver made ready for this problem and run once."""
        runner = rival.prepare(self.problem)
        runner(1e-4)
        return Entrant(rival, runner, rival.quick(self.problem) if rival.quick is not None else runner)

    def achieved(self, entrant: Entrant, rtol: float) -> Achieved:
        """Return the errors of a solver at a tolerance; infinite where it gave up."""
        key = (entrant.rival.key, rtol)
        if key not in self._known:
            self._known[key] = self.judged(entrant.search, rtol)
        return self._known[key]

    def judged(self, runner: Runner, rtol: float) -> Achieved:
        """Return the errors of one run; infinite where it gave up."""
        try:
            found = self.problem.markers(runner(rtol))[:, self.problem.drawn]
        except SolverFailed:
            return Achieved(rtol, np.inf, np.inf)
        off = np.max(np.abs(found - self._exact) / self._size, axis=1)
        off = np.where(np.isfinite(off), off, np.inf)
        return Achieved(rtol, float(np.median(off)), float(np.max(off)))

    def matched(self, entrant: Entrant, criterion: str, goal: float = GOAL) -> Achieved | None:
        """Return the loosest tolerance whose achieved error is within the goal; None when no tolerance is.

        It is searched from the loose end on a grid of half decades, then between the last two.
        """
        loose, tight = None, None
        for exponent in np.arange(_LOOSEST, _TIGHTEST - 0.1, -_STEP):
            here = self.achieved(entrant, float(10.0**exponent))
            if here.by(criterion) <= goal:
                tight = here
                break
            loose = here
        if tight is None or loose is None:
            return tight
        for _ in range(_HALVINGS):
            middle = self.achieved(entrant, float(np.sqrt(loose.rtol * tight.rtol)))
            if middle.by(criterion) <= goal:
                tight = middle
            else:
                loose = middle
        return tight


def cpu_ms(runner: Runner, rtol: float, repeats: int = 1) -> float:
    """Return the CPU time of one run, the mean of `repeats`."""
    begun = time.process_time()
    for _ in range(repeats):
        runner(rtol)
    return (time.process_time() - begun) / repeats * 1e3


def ratios(problem: Problem, told: Told, rounds: int = 7, only: str | None = None) -> list[Figure]:
    """Return how many times less CPU time ours takes than each other solver, at equal median and equal worst error.

    Parameters
    ----------
    problem : Problem
    told : callable
        Receives what is being done.
    rounds : int
        In each round every solver runs once (ours several times), so that a slow moment hits all.
    only : str, optional
        Key of the one rival that is wanted.
    """
    wanted = [rival for rival in RIVALS if only in (None, rival.key)]
    told(f"{problem.name}: reference")
    course = Course(problem)
    field = [course.entrant(OWN)]
    for rival in wanted:
        if rival.installed:
            told(f"{problem.name}: {rival.title}")
            field.append(course.entrant(rival))
    figures = []
    for criterion in ("median", "worst"):
        told(f"{problem.name}: equal {criterion} error")
        at = {entrant.rival.key: course.matched(entrant, criterion) for entrant in field}
        figures.extend(_timed(course, criterion, field, at, rounds))
    for rival in wanted:
        if not rival.installed:
            figures.append(Figure(f"{rival.title}: {problem.name}", "x", (), AIMS[rival.key], True, "not installed"))
    return figures


def _timed(
    course: Course, criterion: str, field: list[Entrant], at: dict[str, Achieved | None], rounds: int
) -> list[Figure]:
    taken: dict[str, list[float]] = {entrant.rival.key: [] for entrant in field}
    for _ in range(rounds):
        for entrant in field:
            match, times = at[entrant.rival.key], taken[entrant.rival.key]
            if match is None or (len(times) >= FEWEST_ROUNDS and sum(times) > PATIENCE_MS):
                continue
            times.append(cpu_ms(entrant.runner, match.rtol, OWN_REPEATS if entrant.rival is OWN else 1))
    return [
        _figure(course, criterion, entrant, at[entrant.rival.key], taken[entrant.rival.key], taken[OWN.key])
        for entrant in field
    ]


def _figure(
    course: Course, criterion: str, entrant: Entrant, match: Achieved | None, taken: list[float], own: list[float]
) -> Figure:
    rival = entrant.rival
    name = f"{rival.title}: {course.problem.name}, equal {criterion} error"
    aim = AIMS.get(rival.key) if criterion == "median" else None
    if match is None:
        return Figure(name, "x", (), aim, True, f"reaches {GOAL:g} at no tolerance")
    if entrant.search is not entrant.runner:
        match = course.judged(entrant.runner, match.rtol)
    note = (
        f"{np.median(taken):.3g} ms at rtol {match.rtol:.1e}: median error {match.median:.1e}, worst {match.worst:.1e}"
    )
    details = {"rtol": match.rtol, "median_error": match.median, "worst_error": match.worst,
               "cpu_ms": float(np.median(taken))}  # fmt: skip
    if rival is OWN:
        return Figure(name, "ms", tuple(taken), None, False, note, details)
    factors = tuple(theirs / ours for theirs, ours in zip(taken, own, strict=False))
    return Figure(name, "x", factors, aim, True, note, details)
