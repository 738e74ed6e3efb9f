"""A laboratory result in a line: as entered, by whom, when, and how long after the last dose."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from endotune_desktop.clinic.records import LabResult, Medication, PatientRecord
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.ui.courses.painting import tr
from endotune_desktop.ui.widgets.numbers import NO_BREAK
from endotune_desktop.ui.words import agent_title


def lab_words(record: PatientRecord, lab: LabResult, axis: Axis, phase: str = "") -> str:
    """Return what is said of a result under the pointer; `phase` is that of the modelled cycle when it was drawn."""
    value = f"{tr('entered')} {lab.comparator}{lab.entered_text.lstrip('<>')}{NO_BREAK}{lab.entered_unit}"
    when = f"{lab.drawn_at:%-d %b %Y}" + (f" {lab.drawn_at:%H:%M}" if lab.clock_known else "")
    parts = [value, lab.laboratory, when]
    last = last_dose(record, lab.drawn_at) if lab.clock_known else None
    if last is not None:
        medication, given = last
        hours = (lab.drawn_at - given).total_seconds() / 3600.0
        amount = f"{hours:.0f}{NO_BREAK}h" if hours < 100 else f"{hours / 24.0:.0f}{NO_BREAK}d"
        name = agent_title(axis, medication.agent).lower()
        parts.append(tr("{time} after {agent}").format(time=amount, agent=name))
    if phase:
        parts.append(tr("{phase} in the model").format(phase=phase))
    if lab.set_aside:
        parts.append(tr("set aside"))
    return " · ".join(part for part in parts if part)


def last_dose(record: PatientRecord, at: datetime) -> tuple[Medication, datetime] | None:
    """Return the order and the moment of the last dose on the record at or before a moment."""
    found: tuple[Medication, datetime] | None = None
    for medication in record.medication:
        given = _last_of(medication, at)
        if given is not None and (found is None or given > found[1]):
            found = medication, given
    return found


def _last_of(medication: Medication, at: datetime) -> datetime | None:
    """Return the last dose of one order: back over as many days as can lie between two that were taken."""
    newest = at.date() if medication.stop is None else min(at.date(), medication.stop - timedelta(days=1))
    for back in range(medication.every_days * (len(medication.missed) + 2)):
        day = newest - timedelta(days=back)
        due = (day - medication.start).days
        if due < 0:
            return None
        if due % medication.every_days or day in medication.missed:
            continue
        moments = [datetime.combine(day, time.fromisoformat(clock)) for clock in medication.clock_times]
        before = [moment for moment in moments if moment <= at]
        if before:
            return max(before)
    return None
