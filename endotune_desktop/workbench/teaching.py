"""A patient as a teaching case: the course stays, the person goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import Patient, PatientRecord, Record
from endotune_desktop.workbench.forms import new_id


def teaching_copy(record: PatientRecord, title: str) -> tuple[Edit, str]:
    """Return the edit that copies a patient into the sandbox, and the copy's id.

    Name, number, day of birth, notes, visits and laboratories do not go with it; age in years, body, values and
    times do.

    Parameters
    ----------
    record : PatientRecord
    title : str
        What the copy is called, before its diagnosis.
    """
    old = record.patient
    patient = Patient(
        id=new_id(),
        name=f"{title}: {old.diagnosis}" if old.diagnosis else title,
        number="",
        sex=old.sex,
        born=date(old.born.year, 7, 1) if (old.born.month, old.born.day) != (7, 1) else old.born,
        height_cm=old.height_cm,
        weight_kg=old.weight_kg,
        axis=old.axis,
        diagnosis=old.diagnosis,
        sandbox=True,
    )
    copies: list[Record] = []
    copies += [replace(x, id=new_id(), patient_id=patient.id, laboratory="", method="") for x in record.labs]
    copies += [replace(entry, id=new_id(), patient_id=patient.id) for entry in record.medication]
    copies += [replace(entry, id=new_id(), patient_id=patient.id) for entry in record.symptoms]
    copies += [replace(entry, id=new_id(), patient_id=patient.id) for entry in record.vitals]
    copies += [replace(entry, id=new_id(), patient_id=patient.id) for entry in record.findings]
    copies += [replace(entry, id=new_id(), patient_id=patient.id) for entry in record.profiles]
    copies += [replace(entry, id=new_id(), patient_id=patient.id) for entry in record.scenarios]
    changes = (RecordChange(None, patient), *(RecordChange(None, copy) for copy in copies))
    return Edit(f"Copy {old.name} as a teaching case", changes), patient.id
