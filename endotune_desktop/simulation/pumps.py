"""Pumps: while one runs, it holds parameters at what its dose and its frequency make them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.scenario import DoseOrder, clock_hours
from endotune_desktop.physiology.axis import Intake, Mode
from endotune_desktop.simulation.effects import Happenings, InForce

Spans = list[tuple[float, float]]


def pump_days(order: DoseOrder, days: Sequence[int]) -> list[float]:
    """Return when a pump is shown as given: the first clock time of every day on which it runs."""
    first_h = clock_hours(order.clock_times[0]) if order.clock_times else 0.0
    return [24.0 * day + first_h for day in days]


def pump_spans(order: DoseOrder, days: Sequence[int], *, worn: bool, all_along: bool) -> Spans:
    """Return from when to when a pump runs: put on at the first clock time, taken off at midnight.

    Parameters
    ----------
    order : DoseOrder
    days : sequence of int
        On which it runs, ascending.
    worn : bool
        Whether it runs already when the first of them begins.
    all_along : bool
        Whether it has always been worn.
    """
    daily = order.every_days == 1
    if not days:
        return []
    if all_along and daily:
        return [(-math.inf, math.inf)]
    spans: Spans = []
    put_on = pump_days(order, days)
    for index, day in enumerate(days):
        if spans and spans[-1][1] == 24.0 * day:
            spans[-1] = (spans[-1][0], 24.0 * (day + 1))
        else:
            spans.append((24.0 * day if worn and index == 0 else put_on[index], 24.0 * (day + 1)))
    if daily and order.stop_day is None:
        spans[-1] = (spans[-1][0], math.inf)
    return spans


def hold_for(
    found: Happenings, intake: Intake, dose: float, times_a_day: float, spans: Iterable[tuple[float, float]], where: str
) -> None:
    """Add what a pump holds while it runs.

    Adherence drawn for a member of an ensemble does not reach it: a pump that is worn gives what it is set to.

    Raises
    ------
    InputRefused
        If another pump holds the same parameter at the same time.
    """
    changes = tuple((name, Mode.SET, float(value(dose, times_a_day))) for name, value in intake.holds.items())
    for from_h, to_h in spans:
        for other in found.in_force:
            shared = other.held_by and {name for name, _, _ in other.changes} & {name for name, _, _ in changes}
            if shared and other.from_h < to_h and from_h < other.to_h:
                raise InputRefused(f"two pumps run at the same time ({other.held_by} and this)", where, "one of them")
        found.in_force.append(InForce(from_h, to_h, changes, held_by=where))
