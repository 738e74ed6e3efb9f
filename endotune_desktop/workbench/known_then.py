"""A record as it was known on a day in the past: for forecasts that are made in hindsight and know no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import Medication, PatientRecord
from endotune_desktop.physiology.axis import Axis


def known_on(record: PatientRecord, day: date) -> PatientRecord:
    """Return a record without what came after a day: later results, orders, visits, scores, findings and stops.

    Parameters
    ----------
    record : PatientRecord
    day : date
        Orders that begin on it are not known yet, results of it are.
    """
    return replace(
        record,
        labs=tuple(lab for lab in record.labs if lab.drawn_at.date() <= day),
        medication=tuple(_as_known(order, day) for order in record.medication if order.start < day),
        visits=tuple(visit for visit in record.visits if visit.on <= day),
        symptoms=tuple(score for score in record.symptoms if score.on <= day),
        vitals=tuple(taken for taken in record.vitals if taken.on <= day),
        findings=tuple(
            replace(entry, until=None) if entry.until is not None and entry.until > day else entry
            for entry in record.findings
            if entry.since is None or entry.since <= day
        ),
        receipts=(),
        scores=(),
    )


def plan_starts(record: PatientRecord, axis: Axis) -> tuple[date, ...]:
    """Return the days on which orders of an axis began, oldest first."""
    known = {entry.agent.id for entry in axis.agents}
    return tuple(sorted({order.start for order in record.medication if order.agent in known}))


def adopted_on(record: PatientRecord, day: date, axis: Axis) -> Edit:
    """Return the edit that made the orders of a day the record's own, on the record as it was known then."""
    known = {entry.agent.id for entry in axis.agents}
    changes = []
    for order in record.medication:
        if order.agent not in known:
            continue
        if order.start == day:
            changes.append(RecordChange(None, _as_known(order, day)))
        elif order.start < day and order.stop == day:
            changes.append(RecordChange(_as_known(order, day), order))
    return Edit(f"Adopt plan from {day:%d %b %Y}", tuple(changes))


def _as_known(order: Medication, day: date) -> Medication:
    """Return an order as it stood on a day: its later end and the tablets that were missed later were not known."""
    stop = order.stop if order.stop is not None and order.stop < day else None
    return replace(order, stop=stop, missed=tuple(missed for missed in order.missed if missed < day))
