"""What it costs to find the most probable person, and what the same search costs on scipy's LSODA."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from endotune_desktop.app.measuring.equal_error import Course
from endotune_desktop.app.measuring.figures import Figure
from endotune_desktop.app.measuring.live import steady_band_ms
from endotune_desktop.app.measuring.problems import Problem, problem_of
from endotune_desktop.app.measuring.rivals import OWN, RIVALS, scipy_python
from endotune_desktop.clinic.person import Person, Sex
from endotune_desktop.clinic.scenario import LONG_STANDING, DoseOrder, LesionState, Scenario
from endotune_desktop.physiology.registry import axis as axis_by_id
from endotune_desktop.simulation import StartState, simulate
from endotune_desktop.simulation.cancelling import CancelFlag
from endotune_desktop.simulation.ensemble import Spread, member_programs, periodic_members
from endotune_desktop.simulation.members import Members
from endotune_desktop.tuning.courses import RTOL, Courses
from endotune_desktop.tuning.evidence import Observation
from endotune_desktop.tuning.individual import Fit, individualised
from endotune_desktop.tuning.posterior import DRAWS
from endotune_desktop.tuning.prior import Kind, Prior

FloatArray = npt.NDArray[np.float64]

AIM_MS, AIM_TIMES = 150.0, 60.0
RUNS, RIVAL_RUNS = 9, 1
DAYS, VISITS = 56.0, (14, 35, 55)
TRUE = {"setpoint": 1.5, "f4": 0.72, "cl4": 1.1}
"""The person whose results are fitted."""
START_ACCURACY = 1e-6


def record() -> tuple[Scenario, tuple[Observation, ...]]:
    """Return a woman on levothyroxine with part of her gland left, and six results of 56 days."""
    order = DoseOrder("levothyroxine", "oral", 50.0, "ug", ("07:30",))
    scenario = Scenario(
        "hpt", Person(Sex.FEMALE, 45.0, 165.0, 68.0), {}, (LesionState("hashimoto", 0.8, LONG_STANDING),),
        (), (order,), duration_days=DAYS,
    )  # fmt: skip
    times = np.array([day * 24.0 + 8.0 for day in VISITS])
    course = simulate(axis_by_id("hpt"), replace(scenario, parameters=TRUE), output_times_h=times)
    seen = tuple(
        Observation(f"{marker} {row}", marker, float(times[row]), float(course.markers[marker][row]), platform="A")
        for row in range(times.size)
        for marker in ("tsh", "ft4")
    )
    return scenario, seen


def fit_figures(told: Callable[[str], None]) -> Iterator[Figure]:
    """Time the search by our courses, then by LSODA's at the tolerance that achieves the same error."""
    axis = axis_by_id("hpt")
    scenario, seen = record()
    fit = individualised(axis, scenario, seen, draws=0)
    own = []
    for _ in range(RUNS):
        begun = time.process_time()
        fit = individualised(axis, scenario, seen, draws=0)
        own.append((time.process_time() - begun) * 1e3)
    name = f"MAP fit: hpt, {_parameters(fit)} parameters, {len(seen)} labs, {DAYS:g} d"
    around = len(fit.prior.unknowns) - _parameters(fit)
    note = f"CPU; and {around} unknowns of the samples; {fit.optimum.evaluations} courses at rtol {RTOL:g}"
    yield Figure(name, "ms", tuple(own), AIM_MS, note=note)
    told("the band of drawn persons at steady dosing")
    yield _posterior_band(scenario, seen)
    told("MAP fit: LSODA's tolerance for the same error")
    rtol, error, theirs_error = _equal(scenario, seen)
    if not np.isfinite(rtol):
        yield Figure(f"scipy LSODA: {name}", "x", (), AIM_TIMES, True, f"reaches {error:.1e} at no tolerance")
        return
    theirs, rival = [], fit
    for _ in range(RIVAL_RUNS):
        told("MAP fit: the same search on scipy LSODA, equations in Python")
        begun = time.process_time()
        rival = individualised(axis, scenario, seen, draws=0, courses_of=_lsoda_courses(rtol))
        theirs.append((time.process_time() - begun) * 1e3)
    apart = float(np.max(np.abs(rival.optimum.z - fit.optimum.z)))
    ours = float(np.median(own))
    note = (
        f"{np.median(theirs):.0f} ms, {rival.optimum.evaluations} courses at rtol {rtol:.1e}: median error of the "
        f"courses {theirs_error:.1e}, ours {error:.1e}; its starts are given to it; z apart {apart:.1e}"
    )
    yield Figure(f"scipy LSODA: {name}", "x", tuple(value / ours for value in theirs), AIM_TIMES, True, note)


def _posterior_band(scenario: Scenario, seen: tuple[Observation, ...]) -> Figure:
    """Time a slider move at steady dosing with the persons whom the results leave possible."""
    axis = axis_by_id("hpt")
    members = individualised(axis, scenario, seen, draws=DRAWS).draws(nuisance=False)
    values = []
    for index in range(RUNS + 1):
        moved = tuple(replace(order, dose=order.dose * (1.1 + 0.02 * index)) for order in scenario.regimen)
        values.append(steady_band_ms(axis, replace(scenario, regimen_before=moved, regimen=moved), members))
    name = "nominal and posterior band at steady dosing, slider move: hpt"
    return Figure(name, "ms", tuple(values[1:]), 100.0, note=f"{DRAWS} drawn persons, CPU, without painting")


def _parameters(fit: Fit) -> int:
    return sum(unknown.kind in (Kind.PARAMETER, Kind.SEVERITY) for unknown in fit.prior.unknowns)


def _equal(scenario: Scenario, seen: tuple[Observation, ...]) -> tuple[float, float, float]:
    """Return LSODA's tolerance, our median error over the course, and LSODA's at that tolerance."""
    course = Course(problem_of("fit", axis_by_id("hpt"), scenario, points=400))
    ours = course.achieved(course.entrant(OWN), RTOL)
    rival = next(rival for rival in RIVALS if rival.key == "scipy-lsoda")
    match = course.matched(course.entrant(rival), "median", ours.median)
    return (np.inf, ours.median, np.inf) if match is None else (match.rtol, ours.median, match.median)


def _lsoda_courses(rtol: float) -> Callable[..., Courses]:
    class LsodaCourses(Courses):
        """Courses by solve_ivp with the equations in Python, from starts that are given to it."""

        def __init__(
            self, prior: Prior, observations: tuple[Observation, ...], cancel: CancelFlag | None, spread: Spread
        ) -> None:
            super().__init__(prior, observations, cancel, spread)
            self._axis = prior.axis

        def values(self, members: Members) -> dict[str, FloatArray]:
            """Return every marker by the other solver."""
            start = periodic_members(self._axis, self.scenario, members, accuracy=START_ACCURACY)
            programs = member_programs(self._axis, self.scenario, members, start, float(self.times_h[-1]))
            ids = [marker.id for marker in self._axis.markers]
            rows = []
            for member, program in enumerate(programs):
                begin = StartState(0.0, start.states[member])
                problem = Problem("fit", self._axis, self.scenario, begin, program, self.times_h)
                rows.append(problem.markers(scipy_python(problem)(rtol)))
            table = np.stack(rows, axis=2)
            return {marker: table[:, place] for place, marker in enumerate(ids)}

    return LsodaCourses
