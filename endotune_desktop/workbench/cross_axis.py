"""What a record's other axes change in the one that is looked at, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from endotune_desktop.clinic.records import PatientRecord, Plan
from endotune_desktop.clinic.scenario import DoseOrder
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.tuning.cross_axis import AppliedChange, Links, LinkTable, links_for
from endotune_desktop.tuning.patient_state import PatientState, lesions_of, taken_of
from endotune_desktop.workbench.whatif import order_of


def axes_held(record: PatientRecord) -> frozenset[str]:
    """Return the axes that a record holds open: its own and those with a profile."""
    return frozenset({record.patient.axis, *(profile.axis for profile in record.profiles)}) & frozenset(AXES)


def state_of(record: PatientRecord, today: date, axis: Axis | None = None, plan: Plan | None = None) -> PatientState:
    """Return a record as the links see it.

    Parameters
    ----------
    record : PatientRecord
    today : date
        Orders and findings in force and results up to this day count; the newest result of an analyte is its value.
    axis : Axis, optional
        The axis that a plan is of.
    plan : Plan, optional
        What would be given on that axis; its lesions count as well.
    """
    orders = [order_of(medication, today) for medication in record.current_medication(today)]
    lesions: dict[str, float] = {}
    for profile in record.profiles:
        lesions |= lesions_of(profile.axis, profile.lesions)
    planned = orders
    if axis is not None and plan is not None:
        own = {name for entry in axis.agents for name in (entry.agent.id, *entry.agent.aliases)}
        planned = [order for order in orders if order.agent not in own] + _in_force(plan.orders)
        others = {name: severity for name, severity in lesions.items() if not name.startswith(f"{axis.id}.")}
        lesions = others | lesions_of(axis.id, plan.lesions)
    markers: dict[str, float] = {}
    for lab in record.labs:  # newest first
        if not lab.set_aside and lab.drawn_at.date() <= today:
            markers.setdefault(lab.analyte, lab.value)
    person = record.patient.person(today, record.latest_weight_kg())
    findings = record.findings_on(today)
    return PatientState(person, axes_held(record), lesions, taken_of(orders), taken_of(planned), markers, findings)


def _in_force(orders: tuple[DoseOrder, ...]) -> list[DoseOrder]:
    return [replace(order, start_day=0, stop_day=None) for order in orders if order.stop_day is None]


class CrossAxis:
    """The links of records; the table is read when it is first needed.

    Parameters
    ----------
    load : callable
        Reads the table.
    """

    def __init__(self, load: Callable[[], LinkTable]) -> None:
        self._load = load
        self._table: LinkTable | None = None

    @property
    def read(self) -> bool:
        """Return whether the table is there."""
        return self._table is not None

    def table(self) -> LinkTable:
        """Return the table; read at the first call, from any thread."""
        if self._table is None:
            self._table = self._load()
        return self._table

    def links(self, record: PatientRecord, today: date, axis: Axis | None = None, plan: Plan | None = None) -> Links:
        """Return all that follows from a record, and from a plan on one of its axes."""
        return links_for(self.table(), state_of(record, today, axis, plan))

    def changes(self, record: PatientRecord, axis: Axis, today: date) -> tuple[AppliedChange, ...]:
        """Return what the record's other axes change in one; a record with one axis asks for no table."""
        if len(axes_held(record)) < 2:
            return ()
        return self.links(record, today).for_axis(axis.id).applied
