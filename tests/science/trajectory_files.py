"""Reads trajectories whose header carries start vector, changed parameters and doses as state increments."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from endotune_desktop.clinic.person import Person
from endotune_desktop.clinic.scenario import Scenario, SingleDose
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation import Course, StartState, simulate

REFERENCE = Path(__file__).parent / "reference"


@dataclass(frozen=True)
class Given:
    """A dose as a clinician orders it, and the state increment that it is said to be.

    Attributes
    ----------
    agent, route : str
    dose : float
    unit : str
    increment : float
        What the header says is added.
    """

    agent: str
    route: str
    dose: float
    unit: str
    increment: float


@dataclass(frozen=True)
class Trajectory:
    """A file of the reference.

    Attributes
    ----------
    start : dict of str to float
    changed : dict of str to float
    doses : list of (hour, state, increment)
    columns : list of str
    rows : array, shape (n, 1 + n_columns)
    """

    start: dict[str, float]
    changed: dict[str, float]
    doses: list[tuple[float, str, float]]
    columns: list[str]
    rows: np.ndarray


def read_trajectory(axis_id: str, name: str) -> Trajectory:
    """Return a file of the reference, by axis and name without its ending."""
    lines = (REFERENCE / axis_id / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    head = {line[2:].partition(":")[0].partition(" (")[0]: line.partition(": ")[2] for line in lines if line[0] == "#"}
    assert json.loads(head["infusions"]) == []
    doses = [(float(t), str(state), float(added)) for t, state, added in json.loads(head["doses"])]
    table = list(csv.reader(line for line in lines if line[0] != "#"))
    rows = np.array([[float(cell) for cell in row] for row in table[1:]])
    return Trajectory(json.loads(head["y0"]), json.loads(head["params changed"]), doses, table[0][1:], rows)


def rerun(axis: Axis, person: Person, trajectory: Trajectory, given: dict[str, Given]) -> Course:
    """Return our course of a trajectory: its doses are ordered by agent and route, `given` by the state they enter."""
    events = []
    for time_h, state, increment in trajectory.doses:
        dose = given[state]
        assert abs(increment - dose.increment) <= 1e-12 * increment, (state, increment)
        events.append(SingleDose(dose.agent, dose.route, dose.dose, dose.unit, time_h))
    times = trajectory.rows[:, 0].copy()
    days = float(times[-1]) / 24.0
    scenario = Scenario(axis.id, person, trajectory.changed, events=tuple(events), duration_days=days)
    start = StartState(0.0, np.array([trajectory.start[state.id] for state in axis.states]), happened=False)
    return simulate(axis, scenario, rtol=1e-10, output_times_h=times, start=start)


def worst_of(axis: Axis, course: Course, trajectory: Trajectory, markers: dict[str, str]) -> dict[str, float]:
    """Return the largest difference of every column, relative to the column's maximum; `markers` names the others."""
    worst = {}
    for index, column in enumerate(trajectory.columns, start=1):
        theirs = trajectory.rows[:, index]
        shown = markers.get(column)
        ours = course.markers[shown] if shown else course.states[:, axis.state_index(column)]
        worst[column] = float(np.max(np.abs(ours - theirs)) / np.max(np.abs(theirs)))
    return worst
