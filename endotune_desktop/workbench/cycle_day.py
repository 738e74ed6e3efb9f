"""Where a patient's cycle stands against the timeline: a fit finds it, and what is drawn is moved by it.

A fit looks for a sample of the hour t at the hour t + shift of the course (`tuning.courses`); so does every curve here.
Doses stay where they are in the course. A plan must begin today and not the shift earlier or later, so that it takes
over where the record's own course has come to, at the first midnight from there on: what is drawn of a plan's first
dose lies less than a day late (and, where the cycle lies earlier, no earlier than the course itself begins).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.records import PatientRecord, Plan
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.course import DoseTick, Remark
from endotune_desktop.workbench.cycle_phases import PhaseSpan
from endotune_desktop.workbench.patient_timeline import Timeline, with_plan

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CycleDay:
    """A patient's day of the cycle.

    Attributes
    ----------
    shift_h : float
        How much later in the cycle the patient is than the timeline; 0 for the timeline's own cycle.
    """

    shift_h: float = 0.0

    def course_h(self, hours: FloatArray) -> FloatArray:
        """Return the hours of the course for hours of the timeline; what would lie before the course is its first."""
        return np.asarray(np.maximum(hours + self.shift_h, 0.0), dtype=np.float64)

    def course_hour(self, hour: float) -> float:
        """Return the hour of the course for an hour of the timeline."""
        return max(hour + self.shift_h, 0.0)

    def with_plan(self, line: Timeline, plan: Plan, record: PatientRecord) -> tuple[Scenario, bool]:
        """Return the scenario of the course in which a plan takes over, and whether it leaves the past as it was."""
        later = timedelta(days=self._plan_days(line))
        moved = replace(line, today=line.today + later)
        return with_plan(moved, replace(plan, from_day=plan.from_day + later), record)

    def _plan_days(self, line: Timeline) -> int:
        """Return how many days later in the course than on the timeline a plan begins."""
        return max(math.ceil(self.shift_h / 24.0), -(line.today - line.day0).days)

    def course_times_h(self, line: Timeline, hours: FloatArray) -> FloatArray:
        """Return the rising hours at which a course is asked for: those of the timeline, and the last of its doses."""
        times = np.unique(self.course_h(hours))
        if self.shift_h == 0.0 or hours.size == 0:
            return times
        last = float(hours[-1]) + 24.0 * max(self._plan_days(line), 0)
        return times if last <= times[-1] else np.append(times, last)

    def planned_doses(self, doses: Iterable[DoseTick], line: Timeline, plan: Plan) -> tuple[DoseTick, ...]:
        """Return the doses of a plan's course where they are given on the timeline."""
        later_h = 24.0 * self._plan_days(line)
        turn_h = line.hours(max(plan.from_day, line.today))
        found = []
        for dose in doses:
            if dose.time_h >= turn_h + later_h:
                found.append(dose._replace(time_h=dose.time_h - later_h))
            elif line.today_h <= dose.time_h < turn_h:
                found.append(dose)
        return tuple(found)

    def remarks(self, remarks: tuple[Remark, ...], axis: Axis) -> tuple[Remark, ...]:
        """Return what is said of a course, where it is drawn; what is said of doses stays where they are."""
        markers = {marker.id for marker in axis.markers}
        return tuple(
            replace(remark, from_h=remark.from_h - self.shift_h) if remark.subject in markers else remark
            for remark in remarks
        )

    def phases(self, spans: tuple[PhaseSpan, ...]) -> tuple[PhaseSpan, ...]:
        """Return the phases of a course where they are drawn; the first one lasts from the timeline's beginning on."""
        found = []
        for span in spans:
            first = span.from_h - self.shift_h
            begin = min(first, 0.0) if span.from_h <= 0.0 else first
            found.append(replace(span, from_h=begin, to_h=span.to_h - self.shift_h))
        return tuple(found)
