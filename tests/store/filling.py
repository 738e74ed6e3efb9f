"""What the tests of the store put into it, and how they look at it from outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import (
    Finding,
    KeptScenario,
    Patient,
    PatientRecord,
    Plan,
    Receipt,
    ReceiptScore,
    Record,
)
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

RECEIPT = Receipt(
    "11111111-2222-4333-8444-555555555555", "p1", datetime(2026, 8, 31, 9, 12, 7, 250000), "hpt", "2026.11",
    "0a1b2c3d4e5f6071", "1a1b2c3d4e5f6071", "2a1b2c3d4e5f6071", "3a1b2c3d4e5f6071", 20261127, 1, PLAN, "tsh", "tsh",
    "mIU/L", datetime(2026, 10, 12, 7, 29), 168.0, 3.0, None, 1.1, 1.6, 1.875, 2.1, 2.7,
    np.linspace(1.0, 2.75, 64).astype("<f4").tobytes(), np.linspace(-1.0, 4.0, 64).astype("<f4").tobytes(),
    0.4, 0.2, 0.05, 0.15, 0.2, 1.3, "Adopt plan from 31 Aug 2026",
)  # fmt: skip
SCORE = ReceiptScore(
    "66666666-2222-4333-8444-555555555555", "p1", RECEIPT.id, datetime(2026, 10, 12, 8, 0), "scored", "tsh-2026-10-12",
    datetime(2026, 10, 12, 7, 10), 7.6, "", 0.125, 0.5, -0.25, 0.6, 0.25, True, True,
)  # fmt: skip

FINDING = Finding("f1", "p1", "biotin", date(2026, 10, 1), date(2026, 11, 3))


def records_of_ingrid() -> list[Record]:
    """Return every kind of record of one patient."""
    r = ingrid()
    kept = KeptScenario("k1", "p1", "A", "112 µg ≤ 125", PLAN, "hpt")
    held: list[Record] = [r.patient, *r.labs, *r.medication, *r.visits, *r.symptoms, *r.vitals, *r.profiles, kept]
    return [*held, RECEIPT, SCORE, FINDING]


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
