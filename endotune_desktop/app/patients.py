"""Patients by name for the command line: those of the local store, and the demo patients; loads no Qt."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from endotune_desktop.app.paths import resources_folder, store_path
from endotune_desktop.clinic.errors import EnvironmentFailed, InputRefused
from endotune_desktop.clinic.records import Patient, PatientRecord

ACCEPTED = "the id, number or exact name of a patient on file or of a demo patient"


def find_patient(text: str, today: date) -> PatientRecord:
    """Return a patient of the local store, or a demo patient; the store comes first and is only looked at.

    Parameters
    ----------
    text : str
        Id, number or exact name; case makes no difference.
    today : date
        On which the dates of demo patients hang.

    Raises
    ------
    InputRefused
        If nobody, or more than one patient, is meant.
    EnvironmentFailed
        If the store cannot be read.
    """
    path = store_path()
    if path.exists():
        found = _on_file(path, text)
        if found is not None:
            return found
    from endotune_desktop.exchange.demo_patients import demo_patients

    records = {record.patient.id: record for record in demo_patients(resources_folder() / "demo", today)}
    chosen = _one(text, (record.patient for record in records.values()))
    if chosen is None:
        raise InputRefused(f"there is no patient '{text[:60]}'", "PATIENT", ACCEPTED)
    return records[chosen]


def _on_file(path: Path, text: str) -> PatientRecord | None:
    from endotune_desktop.store import Store

    try:
        store = Store.open(path, read_only=True)
    except FileNotFoundError as gone:  # taken away between the look and the opening
        raise EnvironmentFailed(f"{path} is gone ({errno.errorcode.get(gone.errno or 0, '')})") from gone
    try:
        chosen = _one(text, (summary.patient for summary in store.patients(include_archived=True)))
        return None if chosen is None else store.record(chosen)
    finally:
        store.close()


def _one(text: str, patients: Iterable[Patient]) -> str | None:
    """Return the id of the patient who is meant: by id, else by number, else by name."""
    wanted, everybody = text.strip().casefold(), list(patients)
    for key in ("id", "number", "name"):
        found = [patient for patient in everybody if wanted and getattr(patient, key).casefold() == wanted]
        if len(found) > 1:
            ids = ", ".join(patient.id for patient in found[:4])
            raise InputRefused(f"{len(found)} patients have the {key} '{text[:60]}'", "PATIENT", f"an id: {ids}")
        if found:
            return found[0].id
    return None
