"""A session on the test's own thread: a store in memory and courses drawn by hand, for single widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np

from endotune_desktop.app.target_table import targets_of
from endotune_desktop.clinic.edits import Edit
from endotune_desktop.clinic.errors import EndoTuneError
from endotune_desktop.clinic.person import Sex
from endotune_desktop.clinic.records import (
    AxisProfile,
    Finding,
    KeptScenario,
    LabResult,
    Medication,
    Patient,
    PatientRecord,
    PatientSummary,
    Receipt,
    ReceiptScore,
    Record,
    SymptomScore,
    Visit,
    Vitals,
)
from endotune_desktop.clinic.scenario import LesionState
from endotune_desktop.simulation.course import DoseTick, Remark
from endotune_desktop.workbench.course_view import Band, CourseRequest, CourseView, Curve, Locus
from endotune_desktop.workbench.session import Session

T = TypeVar("T")
TODAY = datetime(2026, 11, 24, 9, 41)
DAY0 = date(2026, 8, 25)
DEMOS = 24
"""Invented persons that a new file begins with."""

_FIELDS: dict[type[Record], str] = {
    LabResult: "labs",
    Medication: "medication",
    Visit: "visits",
    SymptomScore: "symptoms",
    Vitals: "vitals",
    Finding: "findings",
    AxisProfile: "profiles",
    KeptScenario: "scenarios",
    Receipt: "receipts",
    ReceiptScore: "scores",
}


class MemoryStore:
    """Records in a dictionary; applies edits as the store does."""

    def __init__(self, *records: PatientRecord) -> None:
        self.held = {record.patient.id: record for record in records}
        self.refuse: EndoTuneError | None = None

    def apply(self, edit: Edit) -> None:
        """Apply every change, or raise what `refuse` holds."""
        if self.refuse is not None:
            raise self.refuse
        for change in edit.changes:
            record = change.record
            if isinstance(record, Patient):
                if change.after is None:
                    del self.held[record.id]
                else:
                    old = self.held.get(record.id, PatientRecord(record))
                    self.held[record.id] = replace(old, patient=record)
                continue
            name = _FIELDS[type(record)]
            whole = self.held[record.patient_id]
            rows = [row for row in getattr(whole, name) if row.id != record.id]
            if change.after is not None:
                rows.append(change.after)
            rows.sort(key=_order, reverse=name != "scenarios")
            changes: Any = {name: tuple(rows)}
            self.held[record.patient_id] = replace(whole, **changes)

    def patients(
        self, *, sandbox: bool | None = None, search: str = "", include_archived: bool = False
    ) -> tuple[PatientSummary, ...]:
        """Return the list, filtered."""
        found = []
        for whole in self.held.values():
            patient = whole.patient
            if patient.deleted_on or (patient.archived and not include_archived):
                continue
            if sandbox is not None and patient.sandbox != sandbox:
                continue
            if search.casefold() in f"{patient.name} {patient.number} {patient.diagnosis}".casefold():
                last = next((lab for lab in whole.labs if lab.analyte == "tsh"), None)
                found.append(PatientSummary(patient, last, whole.visits[0].on if whole.visits else None))
        return tuple(sorted(found, key=lambda row: row.patient.name))

    def record(self, patient_id: str) -> PatientRecord:
        """Return a whole record."""
        return self.held[patient_id]

    def receipts(self, *, sandbox: bool) -> tuple[tuple[Receipt, ReceiptScore], ...]:
        """Return scored receipts with their newest score."""
        whole = [record for record in self.held.values() if record.patient.sandbox == sandbox]
        pairs = ((receipt, record.score_of(receipt)) for record in whole for receipt in record.receipts)
        return tuple((receipt, score) for receipt, score in pairs if score is not None)


class InlineStore:
    """A store port that runs every job at once."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store

    def run(self, job: Callable[[Any], T], done: Callable[[T], None], failed: Callable[[EndoTuneError], None]) -> None:
        """Run the job and call back."""
        try:
            result = job(self.store)
        except EndoTuneError as error:
            failed(error)
            return
        done(result)


class DrawnCourses:
    """A course port that answers with smooth curves drawn by hand; `hold` keeps answers back."""

    def __init__(self) -> None:
        self.requests: list[CourseRequest] = []
        self.hold = False
        self.remarks: tuple[Remark, ...] = ()
        self._arrived: Callable[[CourseView], None] = lambda _: None
        self._failed: Callable[[CourseRequest, EndoTuneError], None] = lambda _, __: None

    def listen(
        self, arrived: Callable[[CourseView], None], failed: Callable[[CourseRequest, EndoTuneError], None]
    ) -> None:
        """Remember who receives answers."""
        self._arrived, self._failed = arrived, failed

    def submit(self, request: CourseRequest) -> None:
        """Answer at once unless held."""
        self.requests.append(request)
        if not self.hold:
            self.release()

    def release(self) -> None:
        """Answer the newest request, first coarse, then fine."""
        view = replace(drawn_view(self.requests[-1]), remarks_now=self.remarks)
        self._arrived(replace(view, fine=False, settled={}, locus=None))
        self._arrived(view)

    def refine(self, members: int = 40) -> None:
        """Follow the newest answer by one with bands."""
        view = replace(drawn_view(self.requests[-1]), remarks_now=self.remarks)
        self._arrived(with_bands(view, members))

    def fail(self, error: EndoTuneError) -> None:
        """Fail the newest request."""
        self._failed(self.requests[-1], error)


def with_bands(view: CourseView, members: int = 40) -> CourseView:
    """Return a view with bands about its curves: half to twice the value at the outer limits."""

    def band(curve: Curve | None) -> Band | None:
        if curve is None:
            return None
        factors = np.array([0.5, 0.8, 1.0, 1.25, 2.0])[:, None]
        return Band(curve.time_h, {marker: factors * values for marker, values in curve.values.items()}, members)

    spread = np.linspace(0.5, 2.0, members)
    settled = {key: {marker: spread * value for marker, value in row.items()} for key, row in view.settled.items()}
    return replace(view, now_band=band(view.now), whatif_band=band(view.whatif), settled_members=settled)


_LEVELS = {"tsh": (6.2, 2.2), "ft4": (13.4, 16.3), "ft3": (3.9, 4.4)}


def drawn_view(request: CourseRequest) -> CourseView:
    """Return curves that look like a rise from the record's level to the plan's."""
    from endotune_desktop.physiology.registry import axis

    today_h = (request.today - DAY0).days * 24.0
    first = today_h - request.horizon.past_days * 24.0
    last = today_h + request.horizon.future_days * 24.0
    time_h = np.linspace(first, last, 183)
    ahead_h = np.linspace(today_h, last, 92)
    now, ahead = {}, {}
    for marker in axis(request.axis).markers:
        before, after = _LEVELS.get(marker.id, (1.0, 1.2))
        now[marker.id] = before * (1.0 + 1.2 * np.exp(-(time_h - first) / 500.0) * (marker.id == "tsh"))
        ahead[marker.id] = after + (before - after) * np.exp(-(ahead_h - today_h) / 400.0)
    settled = {"now": {k: float(v[-1]) for k, v in now.items()}}
    whatif = Curve(ahead_h, ahead) if request.plan is not None else None
    if whatif is not None:
        settled["whatif"] = {k: float(v[-1]) for k, v in ahead.items()}
    for kept in request.kept:
        settled[kept.letter] = dict(settled["now"])
    pinned = Curve(ahead_h, {k: v * 1.1 for k, v in ahead.items()}) if request.pinned else None
    ft4 = np.linspace(8, 24, 24)
    locus = Locus("levothyroxine", np.linspace(50, 200, 24), {"ft4": ft4, "tsh": 4000 * np.exp(-0.45 * ft4)})
    ticks = tuple(DoseTick(day * 24.0 + 7.5, "levothyroxine", 100.0, 0.0) for day in range(int(last // 24)))
    return CourseView(
        request, DAY0, today_h, (first, last), Curve(time_h, now), whatif, pinned, settled,
        {k: float(v[-1]) for k, v in now.items()}, locus if request.locus else None,
        tuple(t for t in ticks if t.time_h >= first), tuple(t for t in ticks if t.time_h >= today_h),
        fine=True, elapsed_ms=4.0, sample_clock="07:30" if request.horizon.daily_samples else "",
    )  # fmt: skip


def ingrid() -> PatientRecord:
    """Return an invented patient on too little levothyroxine."""
    patient = Patient(
        "p1", "Halvorsen, Ingrid", "1042", Sex.FEMALE, date(1979, 3, 2), 165.0, 68.0, "hpt", "Hashimoto", note=""
    )
    rows = (
        ("2026-11-16", "6.6", "13.3", "3.9"),
        ("2026-10-12", "7.6", "13.2", "3.8"),
        ("2026-08-28", "16.8", "10.9", "3.4"),
    )
    labs = tuple(
        LabResult(
            f"{analyte}-{day}", "p1", analyte, datetime.fromisoformat(f"{day}T07:10"), True, text, unit, "",
            float(text), "City lab", "", low, high,
        )
        for day, *texts in rows
        for (analyte, unit, low, high), text in zip(
            (("tsh", "mIU/L", 0.4, 4.0), ("ft4", "pmol/L", 9.0, 19.0), ("ft3", "pmol/L", 2.6, 5.7)), texts, strict=True
        )
    )  # fmt: skip
    medication = (
        Medication("m2", "p1", "levothyroxine", "oral", "", 100.0, "ug", ("07:30",), 1, date(2026, 8, 31)),
        Medication(
            "m1", "p1", "levothyroxine", "oral", "", 75.0, "ug", ("07:30",), 1, date(2026, 3, 12), date(2026, 8, 31)
        ),
    )
    symptoms = (
        SymptomScore("s1", "p1", date(2026, 11, 16), "Fatigue", 6),
        SymptomScore("s2", "p1", date(2026, 11, 16), "Cold", 4),
    )
    vitals = (Vitals("v1", "p1", date(2026, 11, 16), 68.0, 66.0, 128.0, 82.0),)
    profile = AxisProfile("a1", "p1", "hpt", (LesionState("hashimoto", 0.92),))
    visits = (Visit("w1", "p1", date(2026, 11, 16), "Still tired, gained 2 kg."),)
    return PatientRecord(patient, labs, medication, visits, symptoms, vitals, (profile,))


def other(number: int, name: str, *, sandbox: bool = False) -> PatientRecord:
    """Return one more invented patient."""
    patient = Patient(f"x{number}", name, str(number), Sex.MALE, date(1970, 1, 1), 180.0, 80.0, "hpt", sandbox=sandbox)
    return PatientRecord(patient)


def desk(*records: PatientRecord) -> tuple[Session, MemoryStore, DrawnCourses]:
    """Return a session with Ingrid open, or with the given records and none open."""
    held = records or (ingrid(), other(2, "Verdier, Tomás"), other(3, "Demo: central", sandbox=True))
    store = MemoryStore(*held)
    courses = DrawnCourses()
    session = Session(cast(Any, InlineStore(store)), courses, lambda: TODAY)
    session.targets = targets_of(Path(__file__).resolve().parents[2] / "resources")
    session.refresh_patients()
    if not records:
        session.open_patient("p1")
    return session, store, courses


def _order(record: Record) -> Any:  # noqa: ANN401  (a sort key of whatever kind the record has)
    if isinstance(record, LabResult):
        return record.drawn_at
    if isinstance(record, Medication):
        return record.start
    if isinstance(record, KeptScenario):
        return record.letter
    if isinstance(record, Receipt):
        return record.made_at
    if isinstance(record, ReceiptScore):
        return record.scored_at
    return getattr(record, "on", date(2000, 1, 1))
