"""Scenarios that were kept under a letter, and the plan that is adopted from one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import AxisProfile, KeptScenario, Medication, PatientRecord, Plan
from endotune_desktop.clinic.scenario import DoseOrder
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.workbench.changes import Topic

if TYPE_CHECKING:
    from endotune_desktop.workbench.session import Session

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class KeptScenarios:
    """Keep, name, pin, load, delete and adopt what-ifs of the shown axis of the open patient.

    Attributes
    ----------
    pinned : str
        Letter of the scenario that is drawn in the plots, empty for none.
    before_writing : callable
        ``before_writing(edit, start, write)`` may add to an adoption before it calls ``write`` with it.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.pinned = ""
        self.before_writing: Callable[[Edit, date, Callable[[Edit], None]], None] = lambda edit, _, write: write(edit)

    @property
    def scenarios(self) -> tuple[KeptScenario, ...]:
        """Return the open patient's scenarios of the shown axis, by letter."""
        record, axis = self._session.record, self._session.axis
        return tuple(kept for kept in record.scenarios if kept.axis == axis.id) if record else ()

    def keep(self, name: str) -> None:
        """Keep the what-if under the next free letter."""
        record = self._required()
        taken = {scenario.letter for scenario in self.scenarios}
        letter = next((letter for letter in LETTERS if letter not in taken), "")
        if not letter:
            return
        kept = KeptScenario(
            str(uuid.uuid4()), record.patient.id, letter, name, self._session.whatif.plan, self._session.axis.id
        )
        self._session.edit(Edit(f"Keep scenario {letter}", (RecordChange(None, kept),)))

    def rename(self, letter: str, name: str) -> None:
        """Give a scenario other words."""
        kept = self.by_letter(letter)
        if kept is not None and name.strip() and name != kept.name:
            after = replace(kept, name=name.strip())
            self._session.edit(Edit(f"Rename scenario {letter}", (RecordChange(kept, after),)))

    def delete(self, letter: str) -> None:
        """Remove a scenario; undo brings it back."""
        kept = self.by_letter(letter)
        if kept is not None:
            if self.pinned == letter:
                self.pin("")
            self._session.edit(Edit(f"Delete scenario {letter}", (RecordChange(kept, None),)))

    def pin(self, letter: str) -> None:
        """Draw one scenario in the plots, or none; pinning another unpins the first."""
        if letter != self.pinned:
            self.pinned = letter
            self._session.announce(Topic.SCENARIOS)
            self._session.request_course()

    def load(self, letter: str) -> None:
        """Put a scenario under the sliders."""
        kept = self.by_letter(letter)
        if kept is not None:
            self._session.whatif.commit(kept.plan, f"Load scenario {letter}")

    def by_letter(self, letter: str) -> KeptScenario | None:
        """Return the scenario with that letter, None when there is none."""
        return next((scenario for scenario in self.scenarios if scenario.letter == letter), None)

    def adopt(self, from_day: date | None = None, done: Callable[[], None] | None = None) -> None:
        """Write the what-if to the record: its orders from `from_day` on, and its physiology.

        `done` is called when it is on disk.
        """
        record = self._required()
        plan = self._session.whatif.plan
        start = from_day or plan.from_day
        edit = adoption(record, plan, start, self._session.axis)
        whatif = self._session.whatif

        def follow() -> None:
            if self._session.whatif.plan == plan:  # the hand has not moved on meanwhile
                whatif.follow_record()
            if done is not None:
                done()

        self.before_writing(edit, start, lambda whole: self._session.edit(whole, follow))

    def _required(self) -> PatientRecord:
        record = self._session.record
        assert record is not None, "no patient is open"
        return record


def adoption(record: PatientRecord, plan: Plan, start: date, axis: Axis) -> Edit:
    """Return the edit that makes a plan the record's own from a day on.

    Orders that the plan leaves as they are go on, as do those of agents that do not act on the axis; the others stop on
    `start`; an order that had not begun by then is removed. Every line of the plan becomes an order of its own.
    """
    from endotune_desktop.workbench.whatif import order_of

    wanted = [order for order in plan.orders if order.dose > 0.0]
    changes: list[RecordChange] = []
    known = {entry.agent.id for entry in axis.agents}
    for medication in record.medication:
        if medication.agent not in known:
            continue
        if medication.stop is not None and medication.stop <= next_due(medication, start):
            continue
        same = next((order for order in wanted if _goes_on(order, order_of(medication, plan.from_day))), None)
        if same is not None:
            wanted.remove(same)
        elif medication.start >= start:
            changes.append(RecordChange(medication, None))
        else:
            changes.append(RecordChange(medication, replace(medication, stop=start)))
    patient_id = record.patient.id
    for order in wanted:
        fresh = medication_of(order, patient_id, plan.from_day, start)
        if fresh.stop is None or fresh.start < fresh.stop:
            changes.append(RecordChange(None, fresh))
    changes.extend(_profile_changes(record, plan, axis.id))
    return Edit(f"Adopt plan from {start:%d %b %Y}", tuple(changes))


def medication_of(order: DoseOrder, patient_id: str, day0: date, start: date) -> Medication:
    """Return a regimen line as an order on the record that begins on `start`, or on its own next day after it."""
    stop = None if order.stop_day is None else day0 + timedelta(days=order.stop_day)
    line = Medication(
        id=str(uuid.uuid4()),
        patient_id=patient_id,
        agent=order.agent,
        route=order.route,
        preparation=order.preparation or "",
        dose=order.dose,
        unit=order.unit,
        clock_times=order.clock_times,
        every_days=order.every_days,
        start=day0 + timedelta(days=order.start_day),
        stop=stop,
        fraction_taken=order.fraction_taken,
        missed=tuple(day0 + timedelta(days=day) for day in order.missed_days),
        planned=True,
    )
    return replace(line, start=next_due(line, start))


def next_due(medication: Medication, day: date) -> date:
    """Return the first day from `day` on that is one of an order's days, whether it has stopped by then or not."""
    late = max((day - medication.start).days, 0)
    return medication.start + timedelta(days=-(-late // medication.every_days) * medication.every_days)


def _goes_on(order: DoseOrder, running: DoseOrder) -> bool:
    """Return whether a plan's order is the running one: alike in all but when it began, on the same days."""
    aligned = (order.start_day - running.start_day) % order.every_days == 0 if order.every_days else False
    begun = running.start_day <= order.start_day
    missed = tuple(day for day in running.missed_days if day >= 0) == order.missed_days
    same = replace(order, start_day=0, missed_days=()) == replace(running, start_day=0, missed_days=())
    return aligned and begun and missed and same


def _profile_changes(record: PatientRecord, plan: Plan, axis_id: str) -> list[RecordChange]:
    profile = record.profile(axis_id)
    lesions = profile.lesions if profile else ()
    parameters = profile.parameters if profile else {}
    if lesions == plan.lesions and parameters == plan.parameters:
        return []
    if profile is None:
        fresh = AxisProfile(str(uuid.uuid4()), record.patient.id, axis_id, plan.lesions, dict(plan.parameters))
        return [RecordChange(None, fresh)]
    return [RecordChange(profile, replace(profile, lesions=plan.lesions, parameters=dict(plan.parameters)))]
