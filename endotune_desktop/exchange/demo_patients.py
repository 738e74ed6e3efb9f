"""The demo patients as whole records, as the store would give them back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, cast

from endotune_desktop.clinic.edits import Edit
from endotune_desktop.clinic.records import (
    AxisProfile,
    LabResult,
    Medication,
    Patient,
    PatientRecord,
    SymptomScore,
    Visit,
    Vitals,
)
from endotune_desktop.exchange.demo_cases import case_edits
from endotune_desktop.exchange.demo_records import demo_edits


def demo_patients(folder: Path, today: date) -> tuple[PatientRecord, ...]:
    """Return every demo patient, newest entries first.

    Parameters
    ----------
    folder : Path
        ``demo`` in the resources.
    today : date
        Dates in the files are days before this one.
    """
    edits = [*demo_edits(folder / "patients.json", today), *case_edits(folder, today)]
    return tuple(_record(edit) for edit in edits)


def _record(edit: Edit) -> PatientRecord:
    held = [change.after for change in edit.changes if change.after is not None]

    def of(kind: type) -> Any:  # noqa: ANN401  (the fields of a record are tuples of their kinds)
        return sorted((entry for entry in held if isinstance(entry, kind)), key=lambda entry: cast(Any, entry).id)

    def newest(kind: type, when: str) -> Any:  # noqa: ANN401
        return tuple(sorted(of(kind), key=lambda entry: getattr(entry, when), reverse=True))

    return PatientRecord(
        next(entry for entry in held if isinstance(entry, Patient)), newest(LabResult, "drawn_at"),
        newest(Medication, "start"), newest(Visit, "on"), newest(SymptomScore, "on"), newest(Vitals, "on"),
        tuple(of(AxisProfile)),
    )  # fmt: skip
