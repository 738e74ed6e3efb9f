"""The runs on which solvers are compared: for every axis its usual treatment, short, long and with many doses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.scenario import LONG_STANDING, DoseOrder, LesionState, Scenario
from endotune_desktop.physiology.axis import Axis, AxisAgent
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import StartState, compiled, periodic_start
from endotune_desktop.simulation.program import Program
from endotune_desktop.simulation.running import program_of

FloatArray = npt.NDArray[np.float64]

OUTPUT_POINTS = 2000


@dataclass(frozen=True)
class Problem:
    """A scenario made ready for any solver.

    Attributes
    ----------
    name : str
        ``hpt, daily dose, 30 d``.
    axis : Axis
    scenario : Scenario
    start : StartState
    program : Program
    times : array, shape (n,)
    """

    name: str
    axis: Axis
    scenario: Scenario
    start: StartState
    program: Program
    times: FloatArray

    @cached_property
    def drawn(self) -> list[int]:
        """Return the places of the markers that are plotted; errors are those of the plots."""
        plotted = [index for index, marker in enumerate(self.axis.markers) if marker.plotted]
        return plotted or list(range(len(self.axis.markers)))

    def markers(self, states: FloatArray) -> FloatArray:
        """Return every marker at the output times, shape (n, n_markers).

        Parameters
        ----------
        states : array, shape (n, n_states)
        """
        values = np.empty((self.times.size, len(self.axis.markers)))
        constants = np.ascontiguousarray(self.program.constants_at(self.times))
        compiled(self.axis).marker_rows(self.times, np.ascontiguousarray(states), constants, values)
        return values


def problem_of(name: str, axis: Axis, scenario: Scenario, points: int = OUTPUT_POINTS) -> Problem:
    """Return a problem with evenly spaced output times, its start on the periodic steady state."""
    start = periodic_start(axis, scenario)
    times = np.linspace(0.0, scenario.duration_days * 24.0, points)
    return Problem(name, axis, scenario, start, program_of(axis, scenario, start), times)


def usual_problems() -> list[Problem]:
    """Return the problems of the bench, three for each axis."""
    found = []
    for axis in AXES.values():
        daily = usual_treatment(axis, 30.0)
        found.append(problem_of(f"{axis.id}, usual dose, 30 d", axis, daily))
        found.append(problem_of(f"{axis.id}, usual dose, 180 d", axis, usual_treatment(axis, 180.0)))
        busy = usual_treatment(axis, 30.0, agents=3)
        if len(busy.regimen) > 1:
            count = sum(len(order.clock_times) for order in busy.regimen)
            found.append(problem_of(f"{axis.id}, {count} doses a day, 30 d", axis, busy))
    return found


def usual_treatment(axis: Axis, days: float, agents: int = 1) -> Scenario:
    """Return a person with the axis' first long-standing lesion on the usual doses of its most divided agents.

    Parameters
    ----------
    axis : Axis
    days : float
    agents : int
        How many agents are taken at once; with more than one those with most doses a day.
    """
    chronic = [entry for entry in axis.agents if entry.chronic]
    taken = chronic[:1] if agents == 1 else sorted(chronic, key=lambda entry: -len(entry.usual_clock_times))[:agents]
    orders = tuple(usual_order(entry) for entry in taken)
    lesions = [lesion for lesion in axis.lesions if LONG_STANDING in lesion.onsets][:1]
    states = tuple(LesionState(lesion.id, lesion.usual_severity) for lesion in lesions)
    return Scenario(axis.id, axis.reference_person, {}, states, orders, orders, (), days, 6.0)


def usual_order(entry: AxisAgent) -> DoseOrder:
    """Return an agent as it is usually taken."""
    intake = entry.intakes[0]
    return DoseOrder(
        entry.agent.id, intake.route, entry.usual_dose, entry.agent.unit, entry.usual_clock_times,
        entry.usual_every_days, preparation=intake.preparation or None,
    )  # fmt: skip
