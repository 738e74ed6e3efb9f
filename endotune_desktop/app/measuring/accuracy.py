"""Our course of random scenarios against scipy's solver: the distribution of the error in every marker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from endotune_desktop.app.measuring.problems import Problem
from endotune_desktop.app.measuring.random_scenarios import random_scenario
from endotune_desktop.app.measuring.rivals import SolverFailed, scipy_compiled, scipy_reference
from endotune_desktop.clinic.errors import OutsideValidity
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation import periodic_start, simulate
from endotune_desktop.simulation.running import output_grid_h, program_of

FloatArray = npt.NDArray[np.float64]

OUR_RTOL = 1e-8
"""What ``endotune simulate`` uses."""
THEIR_RTOL = 1e-11
BOUND = 1e-6
"""Every marker of every scenario agrees to this share of its own maximum."""
NOTHING = 1e-8
"""A marker that never exceeds this in its unit is nothing: a balance of fluxes at 0 leaves last bits of both."""
SHARES = (0.5, 0.9, 0.99, 1.0)


@dataclass(frozen=True)
class Compared:
    """One scenario, compared.

    Attributes
    ----------
    scenario : Scenario
    errors : dict of str to float
        By marker id, the largest difference relative to the marker's maximum in that scenario; empty without a course.
    failure : str
        Why there is none.
    """

    scenario: Scenario
    errors: dict[str, float]
    failure: str = ""

    @property
    def worst(self) -> float:
        """Return the largest error of any marker; infinite without a course."""
        return max(self.errors.values(), default=np.inf)


def compared(axis: Axis, scenario: Scenario, our_rtol: float = OUR_RTOL) -> Compared:
    """Return the errors of one scenario: the product's own way against a foreign solver, from one start.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
    our_rtol : float
    """
    try:
        start = periodic_start(axis, scenario)
        times = output_grid_h(scenario)
        course = simulate(axis, scenario, rtol=our_rtol, output_times_h=times, start=start)
        problem = Problem("random", axis, scenario, start, program_of(axis, scenario, start), times)
        theirs = problem.markers(_foreign(problem))
    except (OutsideValidity, SolverFailed) as failure:
        return Compared(scenario, {}, str(failure))
    size = np.maximum(np.max(np.abs(theirs), axis=0), NOTHING)
    errors = {
        marker.id: float(np.max(np.abs(course.markers[marker.id] - theirs[:, place])) / size[place])
        for place, marker in enumerate(axis.markers)
    }
    return Compared(scenario, errors)


def _foreign(problem: Problem) -> FloatArray:
    """Return scipy's states: LSODA, and DOP853 where LSODA gives up at this tolerance."""
    try:
        return scipy_compiled(problem)(THEIR_RTOL)
    except SolverFailed:
        return scipy_reference(problem)(THEIR_RTOL)


def random_comparisons(axis: Axis, count: int, seed: int, told: Callable[[int], None]) -> Iterator[Compared]:
    """Yield comparisons; the same seed gives the same scenarios on every machine.

    Parameters
    ----------
    axis : Axis
    count, seed : int
    told : callable
        Receives the number of each scenario before it is run.
    """
    for number in range(count):
        told(number)
        generator = np.random.Generator(np.random.PCG64([seed, number]))
        yield compared(axis, random_scenario(axis, generator))


def quantiles(axis: Axis, found: list[Compared]) -> dict[str, dict[float, float]]:
    """Return for every marker the quantiles of its error over the scenarios that have a course."""
    rows: dict[str, dict[float, float]] = {}
    for marker in axis.markers:
        errors = [each.errors[marker.id] for each in found if each.errors]
        if errors:
            values = np.quantile(errors, SHARES, method="inverted_cdf")
            rows[marker.id] = dict(zip(SHARES, values.tolist(), strict=True))
    return rows
