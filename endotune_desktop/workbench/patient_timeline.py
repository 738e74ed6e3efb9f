"""From a record and a what-if to scenarios: the only place that turns calendar days into hours of a simulation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from endotune_desktop.clinic.records import AxisProfile, Medication, PatientRecord, Plan
from endotune_desktop.clinic.scenario import LONG_STANDING, NEW, DoseOrder, LesionState, Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.workbench.refined import refined
from endotune_desktop.workbench.whatif import order_from, order_of

LOOK_BACK_DAYS = 730
"""Older orders are taken as a steady state: the slowest treated state (thyroid mass) forgets in two years."""


@dataclass(frozen=True)
class Timeline:
    """A patient's axis over calendar time, as simulations.

    Attributes
    ----------
    axis : Axis
    day0 : date
        Midnight of this day is hour 0.
    today : date
    now : Scenario
        The record: what was taken and goes on.
    """

    axis: Axis
    day0: date
    today: date
    now: Scenario

    @property
    def today_h(self) -> float:
        """Return the hour of today's midnight."""
        return self.hours(self.today)

    def hours(self, day: date) -> float:
        """Return the hour of a day's midnight."""
        return (day - self.day0).days * 24.0


def timeline(record: PatientRecord, axis: Axis, today: date, future_days: float, since: date | None = None) -> Timeline:
    """Return the record as one scenario from its first order, or two years ago, to `future_days` from today.

    Orders that were already running on day 0 are taken as a periodic steady state before it.

    Parameters
    ----------
    record : PatientRecord
    axis : Axis
    today : date
    future_days : float
    since : date, optional
        A day that the timeline must hold though nothing on the record is of it.
    """
    known = {entry.agent.id for entry in axis.agents}
    orders = [medication for medication in record.medication if medication.agent in known]
    first = min([medication.start for medication in orders] + [today])
    earliest_lab = min([lab.drawn_at.date() for lab in record.labs] + [since or today])
    profile = record.profile(axis.id)
    day0 = max(min(first, earliest_lab, _first_onset(profile, today)), today - timedelta(days=LOOK_BACK_DAYS))
    before = [_steady(medication, day0) for medication in orders if _ran_before(medication, day0)]
    regimen = [order_from(medication, day0) for medication in orders if _after(medication, day0)]
    held, since = (profile.lesions, profile.since) if profile is not None else ((), None)
    lesions = tuple(_on_timeline(lesion, day0, since) for lesion in held)
    now = Scenario(
        axis=axis.id,
        person=record.patient.person(today, record.latest_weight_kg()),
        parameters=refined(axis, profile.parameters if profile is not None else {}),
        lesions=lesions,
        regimen_before=tuple(before),
        regimen=tuple(reversed(regimen)),
        duration_days=(today - day0).days + future_days,
    )
    return Timeline(axis, day0, today, now)


def with_plan(line: Timeline, plan: Plan, record: PatientRecord) -> tuple[Scenario, bool]:
    """Return the scenario in which a plan takes over, and whether it leaves the past as it was.

    Parameters
    ----------
    line : Timeline
    plan : Plan
    record : PatientRecord

    Returns
    -------
    scenario : Scenario
    same_past : bool
        False when the plan holds another physiology all along, so that the past must be simulated anew.
    """
    from_day = max(plan.from_day, line.today)
    turn = (from_day - line.day0).days
    kept = [_stopped(order, turn) for order in line.now.regimen if order.start_day < turn]
    shift = (plan.from_day - line.day0).days
    lines = (_shifted(order, shift, turn) for order in plan.orders if order.dose > 0.0)
    planned = [order for order in lines if order.stop_day is None or order.start_day < order.stop_day]
    profile = record.profile(line.axis.id)
    since = profile.since if profile is not None else None
    lesions, fresh = [], []
    for lesion in plan.lesions:
        if lesion.onset == NEW:
            fresh.append(replace(lesion, onset=turn * 24.0))
        else:
            lesions.append(_on_timeline(lesion, line.day0, since))
    parameters = refined(line.axis, plan.parameters)
    same_past = tuple(lesions) == line.now.lesions and parameters == line.now.parameters
    scenario = replace(
        line.now,
        parameters=parameters,
        lesions=(*lesions, *fresh),
        regimen=tuple(kept + planned),
    )
    return scenario, same_past


def sample_clock(orders: tuple[DoseOrder, ...]) -> str:
    """Return the clock of daily samples: that of the first dose of the day, 08:00 without any."""
    clocks = [clock for order in orders if order.dose > 0.0 for clock in order.clock_times[:1]]
    return min(clocks, default="08:00")


def _first_onset(profile: AxisProfile | None, today: date) -> date:
    """Return the day on which the first lesion with a known onset began."""
    if profile is None or profile.since is None:
        return today
    hours = [float(lesion.onset) for lesion in profile.lesions if lesion.onset not in (LONG_STANDING, NEW)]
    return min([profile.since + timedelta(days=int(hour // 24)) for hour in hours], default=today)


def _ran_before(medication: Medication, day0: date) -> bool:
    return medication.start < day0 and (medication.stop is None or medication.stop > day0)


def _after(medication: Medication, day0: date) -> bool:
    return medication.stop is None or medication.stop > day0


def _steady(medication: Medication, day0: date) -> DoseOrder:
    order = order_of(medication, day0)
    return replace(order, start_day=order.start_day % order.every_days, stop_day=None, missed_days=())


def _stopped(order: DoseOrder, turn: int) -> DoseOrder:
    stop = turn if order.stop_day is None else min(order.stop_day, turn)
    return replace(order, stop_day=stop)


def _shifted(order: DoseOrder, shift: int, turn: int) -> DoseOrder:
    start = order.start_day + shift
    while start < turn:
        start += order.every_days
    return replace(
        order,
        start_day=start,
        stop_day=None if order.stop_day is None else order.stop_day + shift,
        missed_days=tuple(day + shift for day in order.missed_days if day + shift >= 0),
    )


def _on_timeline(lesion: LesionState, day0: date, since: date | None) -> LesionState:
    if lesion.onset in (LONG_STANDING, NEW) or since is None:
        return lesion
    hours = float(lesion.onset) + (since - day0).days * 24.0
    return replace(lesion, onset=hours if hours >= 0.0 else LONG_STANDING)
