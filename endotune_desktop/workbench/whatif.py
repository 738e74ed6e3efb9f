"""The what-if: a plan that follows the hand, apart from the record until it is adopted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from endotune_desktop.clinic.records import Medication, PatientRecord, Plan
from endotune_desktop.clinic.scenario import DoseOrder, LesionState
from endotune_desktop.physiology.axis import Axis, AxisAgent


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A plan before and after one gesture.

    Attributes
    ----------
    words : str
        For the Edit menu: "Levothyroxine 125 µg".
    before, after : Plan
    """

    words: str
    before: Plan
    after: Plan


class WhatIf:
    """The plan under the sliders.

    Every setter makes a new immutable `Plan`, tells the session (which asks for a course and, unless it is a preview,
    remembers one undo step) and leaves the record alone.

    Attributes
    ----------
    plan : Plan
        What the panel shows now.
    record_plan : Plan
        What the record says goes on from today; the ▼ marks of the sliders.
    """

    def __init__(self, changed: Callable[[PlanChange, bool], None]) -> None:
        self._changed = changed
        self.plan = Plan(date(2000, 1, 1))
        self.record_plan = self.plan
        self._drag_from: Plan | None = None

    def rebase(self, record: PatientRecord, axis: Axis, today: date, keep: bool) -> None:
        """Take over what the record says from today on; with `keep`, hold on to a plan that differs."""
        fresh = plan_of_record(record, axis, today)
        if not (keep and self.differs):
            self.plan = fresh
        self.record_plan = fresh
        self._drag_from = None

    @property
    def differs(self) -> bool:
        """Return whether the what-if differs from the record."""
        return self.plan != self.record_plan

    @property
    def dragging(self) -> bool:
        """Return whether a drag goes on."""
        return self._drag_from is not None

    def preview(self, plan: Plan) -> None:
        """Show a plan while a drag goes on; nothing is remembered yet."""
        if self._drag_from is None:
            self._drag_from = self.plan
        if plan != self.plan:
            change = PlanChange("", self.plan, plan)
            self.plan = plan
            self._changed(change, True)

    def commit(self, plan: Plan, words: str) -> None:
        """Settle on a plan: one undo step back to where the drag began."""
        before = self._drag_from if self._drag_from is not None else self.plan
        self._drag_from = None
        self.plan = plan
        self._changed(PlanChange(words, before, plan), False)

    def cancel_drag(self) -> None:
        """Go back to where the drag began."""
        if self._drag_from is not None:
            self.preview(self._drag_from)
            self._drag_from = None

    def show(self, plan: Plan) -> None:
        """Show a plan without remembering a step (undo, redo, opening)."""
        change = PlanChange("", self.plan, plan)
        self.plan = plan
        self._drag_from = None
        self._changed(change, True)

    def reset(self, words: str) -> None:
        """Go back to the record."""
        if self.differs:
            self.commit(self.record_plan, words)

    def with_order(self, index: int, order: DoseOrder) -> Plan:
        """Return the plan with one order replaced."""
        orders = list(self.plan.orders)
        orders[index] = order
        return replace(self.plan, orders=tuple(orders))

    def with_new_order(self, entry: AxisAgent) -> Plan:
        """Return the plan with a usual order of another agent added."""
        intake = entry.intakes[0]
        order = DoseOrder(
            entry.agent.id, intake.route, entry.usual_dose, entry.agent.unit, entry.usual_clock_times,
            preparation=intake.preparation or None,
        )  # fmt: skip
        return replace(self.plan, orders=(*self.plan.orders, order))

    def without_order(self, index: int) -> Plan:
        """Return the plan without one order."""
        return replace(self.plan, orders=self.plan.orders[:index] + self.plan.orders[index + 1 :])

    def with_lesion(self, state: LesionState) -> Plan:
        """Return the plan with a lesion set or replaced."""
        others = tuple(lesion for lesion in self.plan.lesions if lesion.lesion != state.lesion)
        return replace(self.plan, lesions=(*others, state))

    def without_lesion(self, lesion_id: str) -> Plan:
        """Return the plan without a lesion."""
        return replace(self.plan, lesions=tuple(x for x in self.plan.lesions if x.lesion != lesion_id))

    def with_parameter(self, parameter_id: str, value: float | None) -> Plan:
        """Return the plan with a parameter set, or back at typical for None."""
        parameters = dict(self.plan.parameters)
        parameters.pop(parameter_id, None)
        if value is not None:
            parameters[parameter_id] = value
        return replace(self.plan, parameters=parameters)

    def with_adherence(self, fraction: float) -> Plan:
        """Return the plan with every order taken to that share."""
        return replace(self.plan, orders=tuple(replace(order, fraction_taken=fraction) for order in self.plan.orders))


def order_of(medication: Medication, day0: date) -> DoseOrder:
    """Return an order on the record as a regimen line that counts days from `day0`."""
    return DoseOrder(
        agent=medication.agent,
        route=medication.route,
        dose=medication.dose,
        unit=medication.unit,
        clock_times=medication.clock_times,
        every_days=medication.every_days,
        start_day=(medication.start - day0).days,
        stop_day=None if medication.stop is None else (medication.stop - day0).days,
        preparation=medication.preparation or None,
        fraction_taken=medication.fraction_taken,
        missed_days=tuple((day - day0).days for day in medication.missed),
    )


def plan_of_record(record: PatientRecord, axis: Axis, today: date) -> Plan:
    """Return what the record says goes on from today, as a plan that begins today.

    Orders keep their phase (alternate days stay on the same days): `start_day` is the next day on which one is due.
    """
    orders = []
    known = {entry.agent.id for entry in axis.agents}
    for medication in reversed(record.current_medication(today)):
        if medication.agent not in known:
            continue
        order = order_of(medication, today)
        phase = order.start_day % order.every_days if order.start_day < 0 else order.start_day
        missed = tuple(day for day in order.missed_days if day >= 0)
        orders.append(replace(order, start_day=phase, missed_days=missed))
    profile = record.profile(axis.id)
    lesions = profile.lesions if profile else ()
    parameters = dict(profile.parameters) if profile else {}
    return Plan(today, tuple(orders), lesions, parameters)
