"""What lasts of a scenario: its state if what is wrong and what is taken at its end had always been so."""

from __future__ import annotations

from dataclasses import replace

from endotune_desktop.clinic.scenario import LONG_STANDING, NEW, DoseOrder, Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.members import Members


def lasting(axis: Axis, scenario: Scenario, at_h: float | None = None) -> Scenario:
    """Return the lasting part of a scenario: orders in force and lesions present at a time, all along.

    An episode (a lesion that cannot be long-standing) and single doses are no part of it.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
    at_h : float, optional
        Its end by default. Before time 0 what is taken all along counts.
    """
    when_h = scenario.duration_days * 24.0 if at_h is None else at_h
    day = int(when_h // 24.0)
    orders = scenario.regimen if when_h >= 0.0 else scenario.regimen_before
    taken = tuple(
        replace(order, start_day=order.start_day % order.every_days, stop_day=None, missed_days=())
        for order in orders
        if when_h < 0.0 or _in_force(order, day)
    )
    lesions = tuple(
        replace(state, onset=LONG_STANDING)
        for state in scenario.lesions
        if LONG_STANDING in axis.lesion(state.lesion).onsets and _began(state.onset) <= when_h
    )
    return replace(
        scenario, lesions=lesions, regimen_before=taken, regimen=taken, events=(), pulses=False, duration_days=1.0
    )


def unharmed(scenario: Scenario) -> Scenario:
    """Return the same person with nothing wrong and nothing taken."""
    return replace(scenario, lesions=(), regimen_before=(), regimen=(), events=(), pulses=False, duration_days=1.0)


def person_of(scenario: Scenario, members: Members, member: int, record: Scenario | None = None) -> Scenario:
    """Return a scenario of one of many persons: own parameters and severities where the scenario leaves them open.

    Parameters
    ----------
    scenario : Scenario
    members : Members
    member : int
    record : Scenario, optional
        A severity that differs from the record's is somebody's wish and stays; the scenario's own by default.
    """
    own = {name: float(column[member]) for name, column in members.values.items()}
    on_record = {state.lesion: state.severity for state in (record or scenario).lesions}
    lesions = tuple(
        replace(state, severity=float(members.severities[state.lesion][member]))
        if state.lesion in members.severities and on_record.get(state.lesion) == state.severity
        else state
        for state in scenario.lesions
    )
    return replace(scenario, parameters={**own, **scenario.parameters}, lesions=lesions)


def _in_force(order: DoseOrder, day: int) -> bool:
    return order.dose > 0.0 and order.start_day <= day and (order.stop_day is None or day < order.stop_day)


def _began(onset: str | float) -> float:
    if isinstance(onset, str):
        return {LONG_STANDING: -float("inf"), NEW: 0.0}[onset]
    return onset
