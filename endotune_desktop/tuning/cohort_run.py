"""A chunk of a cohort, computed: a row for each person under each arm, nobody left out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.course import Course
from endotune_desktop.simulation.ensemble import Ensemble, periodic_members, simulate_members
from endotune_desktop.simulation.members import Members
from endotune_desktop.simulation.observables import NotComputable
from endotune_desktop.simulation.refining import refined
from endotune_desktop.simulation.running import output_grid_h
from endotune_desktop.tuning.cohort import Arm, Cohort, Column, Drawn, drawn
from endotune_desktop.tuning.population import varying

FloatArray = npt.NDArray[np.float64]

RTOL = 1e-4
"""Every observable is then right to some 3e-5 (measured against 1e-9): beyond what statistics over persons tell."""
_HELD_VALUES = 8_000_000
"""Marker values held at once, 64 MB: a long scenario is computed in smaller batches, whatever the count."""

BODY = ("sex", "age_years", "height_cm", "weight_kg", "adherence")
Values = FloatArray | npt.NDArray[np.int64] | list[str]


@dataclass(frozen=True)
class Rows:
    """A stretch of the table.

    Attributes
    ----------
    columns : dict of str to array or list of str, shape (n,)
        In the order of the table; nan and the empty text are gaps.
    failed : int
        Rows without an answer.
    """

    columns: dict[str, Values]
    failed: int


def column_names(axis: Axis, cohort: Cohort) -> tuple[str, ...]:
    """Return the head of a cohort's table: who, under which arm, as drawn, each observable, and what went wrong."""
    parameters = [p.id for p in varying(axis, cohort.scenario.parameters)] if cohort.vary.parameters else []
    return ("id", "arm", *BODY, *parameters, *(column.name for column in cohort.columns), "failed")


def computed(axis: Axis, cohort: Cohort, index: int) -> Rows:
    """Return the rows of a chunk, by person and then by arm.

    Parameters
    ----------
    axis : Axis
    cohort : Cohort
    index : int
        Of the chunk, counted from 0.

    Returns
    -------
    Rows
        The same to the last bit wherever it is computed with the same compiled code.
    """
    everybody = drawn(axis, cohort, index)
    arms = [_answers(axis, cohort, arm, everybody) for arm in cohort.arms]
    width = len(arms)
    reasons = [reason for row in zip(*(reasons for _, reasons in arms), strict=True) for reason in row]
    columns: dict[str, Values] = {
        "id": np.repeat(np.array(everybody.numbers, dtype=np.int64) + 1, width),
        "arm": [arm.name for _ in everybody.numbers for arm in cohort.arms],
        "sex": [person.sex.value for person in everybody.persons for _ in range(width)],
        "age_years": np.repeat([float(person.age_years) for person in everybody.persons], width),
        "height_cm": np.repeat([float(person.height_cm) for person in everybody.persons], width),
        "weight_kg": np.repeat([float(person.weight_kg) for person in everybody.persons], width),
        "adherence": np.repeat(everybody.taken, width),
    }
    columns.update({name: np.repeat(values, width) for name, values in everybody.values.items()})
    for place, column in enumerate(cohort.columns):
        columns[column.name] = np.stack([found[place] for found, _ in arms], axis=1).ravel()
    columns["failed"] = reasons
    return Rows(columns, sum(1 for reason in reasons if reason))


def check_columns(axis: Axis, columns: tuple[Column, ...], course: Course) -> None:
    """Refuse an observable that no person could answer, shown on one course.

    Raises
    ------
    InputRefused
        Naming the observable; one that only this course cannot answer is let through.
    """
    for place, column in enumerate(columns):
        _, reason, refusal = _value(column, course)
        if reason and refusal is not None:
            raise refusal.at(f"observables[{place}]")


def _answers(axis: Axis, cohort: Cohort, arm: Arm, everybody: Drawn) -> tuple[FloatArray, list[str]]:
    """Return every observable, shape (columns, persons), and why a person has no answer, empty for most."""
    count = len(everybody.persons)
    found = np.full((len(cohort.columns), count), np.nan)
    reasons = [""] * count
    base = {**axis.typical(), **arm.scenario.parameters}
    fit = []
    for place, person in enumerate(everybody.persons):
        try:
            axis.derive(refined(axis, base), person)
            fit.append(place)
        except InputRefused as refusal:
            reasons[place] = str(refusal)
    times = output_grid_h(arm.scenario)
    names = frozenset[str]().union(*(column.observable.names for column in cohort.columns))
    markers = [marker.id for marker in axis.markers if marker.id in names] or [axis.markers[0].id]
    size = max(1, _HELD_VALUES // (times.size * len(markers)))
    for first in range(0, len(fit), size):
        places = fit[first : first + size]
        members = _members(everybody, places)
        start = periodic_members(axis, arm.scenario, members, accuracy=RTOL)
        courses = simulate_members(axis, arm.scenario, members, rtol=RTOL, markers=markers, start=start)
        for member, reason in zip(courses.failed, courses.reasons, strict=True):
            reasons[places[member]] = reason
        for member, course in _courses(axis, courses):
            for row, column in enumerate(cohort.columns):
                found[row, places[member]], reason, _ = _value(column, course)
                reasons[places[member]] = reasons[places[member]] or reason
    return found, reasons


def _members(everybody: Drawn, places: list[int]) -> Members:
    own = {name: values[places] for name, values in everybody.values.items()}
    persons = [everybody.persons[place] for place in places]
    return Members(own, len(places), persons=persons, taken=everybody.taken[places])


def _courses(axis: Axis, found: Ensemble) -> Iterator[tuple[int, Course]]:
    """Return the course of each member that has one."""
    by_member: Mapping[str, FloatArray] = {
        marker: np.ascontiguousarray(values.T) for marker, values in found.markers.items()
    }
    nothing = np.empty((0, 0))
    lost = frozenset(found.failed)
    for member in range(found.final.states.shape[0]):
        if member not in lost:
            markers = {marker: values[member] for marker, values in by_member.items()}
            yield member, Course(axis.id, found.time_h, markers, nothing, (), (), 0, 0)


def _value(column: Column, course: Course) -> tuple[float, str, InputRefused | None]:
    """Return an observable of a course, why there is none, and the refusal if no course could give it."""
    try:
        value = column.observable.of({"": course}, column.unit)
    except NotComputable as reason:
        return math.nan, f"{column.name}: {reason.what}", None
    except InputRefused as refusal:
        return math.nan, f"{column.name}: {refusal.what}", refusal
    if math.isinf(value):
        return math.nan, f"{column.name}: is infinite", None
    return value, "", None
