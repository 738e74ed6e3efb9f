"""The what-if: a plan that follows the hand, apart from the record until it is adopted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from endotune_desktop.clinic.records import Medication, PatientRecord, Plan
from endotune_desktop.clinic.scenario import DoseOrder, LesionState
from endotune_desktop.physiology.axis import Axis, AxisAgent
from endotune_desktop.workbench.regimens import AgentRegimen, grouped, regimens_of
from endotune_desktop.workbench.usual_orders import usual_orders


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

    def resume(self, plan: Plan) -> None:
        """Hold a plan that was left earlier, telling nobody."""
        self.plan = plan

    @property
    def differs(self) -> bool:
        """Return whether the what-if differs from the record."""
        return self.plan != self.record_plan

    @property
    def difference(self) -> Plan | None:
        """Return the plan where it differs from the record, None where it does not."""
        return self.plan if self.differs else None

    @property
    def dragging(self) -> bool:
        """Return whether a drag goes on."""
        return self._drag_from is not None

    @property
    def begun_with(self) -> Plan:
        """Return the plan before the drag that goes on, or as it is now."""
        return self._drag_from or self.plan

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
        before = self.begun_with
        self._drag_from = None
        self.plan = plan
        self._changed(PlanChange(words, before, plan), False)

    def cancel_drag(self) -> None:
        """Go back to where the drag began."""
        if self._drag_from is not None:
            self.show(self._drag_from)

    def follow_record(self) -> None:
        """Show what the record says, once it holds what was adopted; there is no step to undo in that."""
        if self.differs:
            self.show(self.record_plan)

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

    # ---- plans -----------------------------------------------------------------------------------------------------
    @property
    def record_regimens(self) -> tuple[AgentRegimen, ...]:
        """Return what the record gives, as cards."""
        return regimens_of(self.record_plan.orders)

    @property
    def regimens(self) -> tuple[AgentRegimen, ...]:
        """Return the plan's regimens: one card each."""
        return regimens_of(self.plan.orders)

    def with_regimen(self, index: int, regimen: AgentRegimen) -> Plan:
        """Return the plan with one regimen replaced.

        While a drag goes on the plan is the one it began with, so that `index` means one card all the while.
        """
        plan = self.begun_with
        parts = [members for _, members in grouped(plan.orders)]
        parts[index] = self._as_on_record(regimen)
        return replace(plan, orders=_flat(parts))

    def without_regimen(self, index: int) -> Plan:
        """Return the plan without one regimen."""
        parts = [members for _, members in grouped(self.plan.orders)]
        return replace(self.plan, orders=_flat(parts[:index] + parts[index + 1 :]))

    def _as_on_record(self, regimen: AgentRegimen) -> tuple[DoseOrder, ...]:
        """Return a regimen's orders; when the record gives the same, the record's own lines."""
        orders = regimen.orders()
        held = (members for found, members in grouped(self.record_plan.orders) if found.orders() == orders)
        return next(held, orders)

    def with_order(self, index: int, order: DoseOrder) -> Plan:
        """Return the plan with one order replaced."""
        orders = list(self.plan.orders)
        orders[index] = order
        return replace(self.plan, orders=tuple(orders))

    def with_new_order(self, entry: AxisAgent) -> Plan:
        """Return the plan with a usual order of another agent added."""
        return replace(self.plan, orders=(*self.plan.orders, *usual_orders(entry, entry.intakes[0])))

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
    """Return what the record says goes on from today, or begins later, as a plan that begins today.

    Orders keep their phase (alternate days and weekdays stay the same days): `start_day` is the next day on which one
    is due. Orders of one agent stand together.
    """
    known = {entry.agent.id for entry in axis.agents}
    lines = (order_from(medication, today) for medication in reversed(record.medication) if medication.agent in known)
    orders = [order for order in lines if order.stop_day is None or order.start_day < order.stop_day]
    profile = record.profile(axis.id)
    lesions = profile.lesions if profile else ()
    parameters = dict(profile.parameters) if profile else {}
    return Plan(today, _flat(_in_order(regimen, members) for regimen, members in grouped(orders)), lesions, parameters)


def order_from(medication: Medication, day: date) -> DoseOrder:
    """Return an order on the record as it goes on from a day: its first day is the next on which it is due."""
    order = order_of(medication, day)
    phase = order.start_day % order.every_days if order.start_day < 0 else order.start_day
    return replace(order, start_day=phase, missed_days=tuple(late for late in order.missed_days if late >= 0))


def _in_order(regimen: AgentRegimen, members: tuple[DoseOrder, ...]) -> tuple[DoseOrder, ...]:
    """Return a regimen's lines in the order in which a card writes them, so that equal plans are equal."""
    written = regimen.orders()
    return written if set(written) == set(members) and len(written) == len(members) else members


def _flat(parts: Iterable[tuple[DoseOrder, ...]]) -> tuple[DoseOrder, ...]:
    return tuple(order for part in parts for order in part)
