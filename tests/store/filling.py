"""What the tests of the store put into it, and how they look at it from outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import KeptScenario, Patient, PatientRecord, Plan, Record
from endotune_desktop.clinic.scenario import DoseOrder, LesionState
from endotune_desktop.store import Store
from tests.ui.desk import ingrid

FILES = Path(__file__).parent / "files"

PLAN = Plan(
    date(2026, 11, 24),
    (DoseOrder("levothyroxine", "oral", 112.5, "ug", ("07:30", "19:00"), 2, 1, 9, "solution", 2.0, 0.9, (3, 4)),),
    (LesionState("graves", 0.4, "new"), LesionState("hashimoto", 0.1, 48.0)),
    {"f4": 0.71},
)


def records_of_ingrid() -> list[Record]:
    """Return every kind of record of one patient."""
    r = ingrid()
    kept = KeptScenario("k1", "p1", "A", "112 µg ≤ 125", PLAN, "hpt")
    return [r.patient, *r.labs, *r.medication, *r.visits, *r.symptoms, *r.vitals, *r.profiles, kept]


def person(number: int, name: str = "Verdier, Tomás") -> Patient:
    """Return one more patient."""
    return replace(ingrid().patient, id=f"q{number}", name=name, number=str(number))


def add(store: Store, *records: Record) -> Edit:
    """Write records and return the edit."""
    edit = Edit("Add", tuple(RecordChange(None, record) for record in records))
    store.apply(edit)
    return edit


def contents(store: Store) -> list[PatientRecord]:
    """Return everything that a store holds."""
    rows = store.patients(include_archived=True, include_deleted=True)
    return [store.record(row.patient.id) for row in rows]
