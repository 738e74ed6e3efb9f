"""Which reference range holds: of a result as it was drawn, and behind a curve as clock and cycle go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from endotune_desktop.clinic.analytes import ANALYTES, Analyte
from endotune_desktop.clinic.analytes import ReferenceRange as Range
from endotune_desktop.clinic.records import LabResult, PatientRecord
from endotune_desktop.physiology.axis import Marker
from endotune_desktop.workbench.course_view import CourseView
from endotune_desktop.workbench.cycle_phases import phase_at

MORNING_H = 8.0
"""Where every hour is drawn, the range beside the curve in words is that of the usual sampling time."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A range, and which one it is.

    Attributes
    ----------
    low, high : float or None
        Canonical unit.
    words : str
        Of the range: "luteal phase", "08:00"; empty for one that holds at any time.
    own : bool
        Whether the laboratory gave it.
    """

    low: float | None
    high: float | None
    words: str = ""
    own: bool = False

    def arrow(self, value: float) -> str:
        """Return an arrow for a value above or below, empty for one inside."""
        if self.high is not None and value > self.high:
            return "↑"
        return "↓" if self.low is not None and value < self.low else ""


@dataclass(frozen=True, slots=True)
class ReferenceStep:
    """A range in force from one hour of the timeline to another.

    Attributes
    ----------
    from_h, to_h : float
    low, high : float or None
    filled : bool
        Whether it is aimed at; else only its limits are drawn.
    """

    from_h: float
    to_h: float
    low: float | None
    high: float | None
    filled: bool = True


NOTHING = Reference(None, None)


def moves(analyte: Analyte) -> bool:
    """Return whether an analyte's range follows the clock or the phase of a cycle."""
    return any(entry.phase or not _whole_day(entry) for entry in analyte.ranges)


def lab_reference(record: PatientRecord, lab: LabResult, view: CourseView | None = None) -> Reference:
    """Return the range of a result: the laboratory's own, else by sex, age, and where known clock time and phase.

    Parameters
    ----------
    record : PatientRecord
    lab : LabResult
        Without a known clock time it gets no range of a clock time.
    view : CourseView, optional
        The course by which the phase of a cycle is told; without it none is.
    """
    if lab.reference_low is not None or lab.reference_high is not None:
        return Reference(lab.reference_low, lab.reference_high, own=True)
    hour = lab.drawn_at.hour + lab.drawn_at.minute / 60.0
    span = phase_at(view.phases, view.hours(lab.drawn_at.date(), hour)) if view is not None else None
    clock_h = hour if lab.clock_known else None
    return _catalogued(record, ANALYTES[lab.analyte], lab.drawn_at.date(), span.id if span else "", clock_h)


def curve_reference(record: PatientRecord | None, marker: Marker, view: CourseView | None) -> Reference:
    """Return the range that is written beside a marker's curve.

    A laboratory's own newest range stands for all times unless ranges of the analyte move; then it is the one of the
    daily samples, of 08:00 where every hour is drawn, and of today's phase.

    Parameters
    ----------
    record : PatientRecord or None
    marker : Marker
    view : CourseView or None
    """
    analyte = ANALYTES.get(marker.analyte)
    if analyte is None or record is None:
        return Reference(analyte.reference_low, analyte.reference_high) if analyte else NOTHING
    if not moves(analyte):
        for lab in record.labs:
            if lab.analyte == analyte.id and (lab.reference_low is not None or lab.reference_high is not None):
                return Reference(lab.reference_low, lab.reference_high, own=True)
    if view is None:
        return NOTHING
    clock_h = curve_clock_h(view)
    clock_h = MORNING_H if clock_h is None else clock_h
    span = phase_at(view.phases, view.today_h + clock_h)
    return _catalogued(record, analyte, view.request.today, span.id if span else "", clock_h)


def reference_steps(record: PatientRecord, marker: Marker, view: CourseView) -> tuple[ReferenceStep, ...]:
    """Return the ranges behind a marker's curve as they follow each other inside the window.

    Returns
    -------
    tuple of ReferenceStep
        Empty where one range holds all along (`curve_reference`); equal neighbours are one step.
    """
    analyte = ANALYTES.get(marker.analyte)
    if analyte is None or not moves(analyte):
        return ()
    first, last = view.window_h
    edges = {first, last}
    if not view.sample_clock:
        hours = sorted({hour % 24.0 for entry in analyte.ranges for hour in (entry.clock_from_h, entry.clock_to_h)})
        edges |= {24.0 * day + hour for day in range(int(first // 24), int(last // 24) + 1) for hour in hours}
    edges |= {hour for span in view.phases for hour in (span.from_h, span.to_h)}
    inside = sorted(edge for edge in edges if first <= edge <= last)
    clock = curve_clock_h(view)
    found: list[ReferenceStep] = []
    for begin, end in pairwise(inside):
        middle = (begin + end) / 2.0
        span = phase_at(view.phases, middle)
        at = middle % 24.0 if clock is None else clock
        held = _catalogued(record, analyte, view.request.today, span.id if span else "", at)
        former = found[-1] if found else None
        if former is not None and (former.low, former.high) == (held.low, held.high):
            found[-1] = ReferenceStep(former.from_h, end, held.low, held.high)
        else:
            found.append(ReferenceStep(begin, end, held.low, held.high))
    return tuple(found)


def curve_clock_h(view: CourseView) -> float | None:
    """Return the clock time of daily samples, None where every hour is drawn."""
    if not view.sample_clock:
        return None
    hours, minutes = view.sample_clock.split(":")
    return int(hours) + int(minutes) / 60.0


def _catalogued(record: PatientRecord, analyte: Analyte, on: date, phase: str, clock_h: float | None) -> Reference:
    patient = record.patient
    found = analyte.range_for(patient.sex, float(patient.age_years(on)), phase, clock_h)
    return NOTHING if found is None else Reference(found.low, found.high, _words(found))


def _words(entry: Range) -> str:
    """Return which range it is; of a clock range without words its hours."""
    if entry.words or _whole_day(entry):
        return entry.words
    ends = (entry.clock_from_h % 24.0, entry.clock_to_h % 24.0)
    return "–".join(f"{int(hour):02d}:{round(hour % 1 * 60):02d}" for hour in ends)


def _whole_day(entry: Range) -> bool:
    return entry.clock_from_h == 0.0 and entry.clock_to_h == 24.0
