"""From a record's laboratory results to what a fit reads."""

from __future__ import annotations

from datetime import date

from endotune_desktop.clinic.findings import FINDINGS
from endotune_desktop.clinic.records import LabResult, PatientRecord
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.tuning.evidence import Clock, Observation


def observations_of(record: PatientRecord, axis: Axis, day0: date, today: date) -> tuple[Observation, ...]:
    """Return the results of an axis that a fit can use, oldest first.

    Left out are results that were set aside, of other analytes, from before the timeline begins or from after today,
    and values of zero without a comparator, which have no logarithm.

    Parameters
    ----------
    record : PatientRecord
    axis : Axis
    day0 : date
        Midnight of this day is hour 0.
    today : date
    """
    markers = {marker.analyte: marker.id for marker in axis.markers if marker.analyte}
    found = [
        _observation(lab, markers[lab.analyte], day0, record)
        for lab in record.labs
        if lab.analyte in markers and not lab.set_aside and lab.value > 0.0 and day0 <= lab.drawn_at.date() <= today
    ]
    return tuple(sorted(found, key=lambda seen: (seen.time_h, seen.marker, seen.id)))


def _observation(lab: LabResult, marker: str, day0: date, record: PatientRecord) -> Observation:
    drawn = lab.drawn_at
    time_h = (drawn.date() - day0).days * 24.0 + drawn.hour + drawn.minute / 60.0
    clock = Clock.RECORDED if lab.clock_known else Clock.DATE_ONLY
    platform = " ".join(part for part in (lab.laboratory, lab.method) if part)
    disturbed = _disturbed(record.findings_on(drawn.date()), lab.analyte)
    return Observation(lab.id, marker, time_h, lab.value, lab.comparator, clock, platform, disturbed)


def _disturbed(findings: frozenset[str], analyte: str) -> tuple[tuple[str, int], ...]:
    """Return what disturbs the assay of an analyte, in the order in which findings are offered."""
    return tuple(
        (known.title, known.disturbs[analyte])
        for known in FINDINGS.values()
        if known.id in findings and analyte in known.disturbs
    )
