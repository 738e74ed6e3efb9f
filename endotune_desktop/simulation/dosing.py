"""From doses to what they do: amounts that enter states, and patches that take the place of others."""

from __future__ import annotations

import math
from collections.abc import Sequence

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.scenario import DoseOrder, SingleDose, clock_hours
from endotune_desktop.physiology.axis import Axis, AxisAgent, Intake, Mode
from endotune_desktop.simulation.course import DoseTick
from endotune_desktop.simulation.effects import JUMP_MODES, Happenings, InForce, Input, JumpAt
from endotune_desktop.simulation.pumps import hold_for, pump_days, pump_spans

_SAME_TIME_H = 1e-9
_TOLD_BEFORE_H = 168.0
"""Doses of the week before a run goes on are still told: daily amounts are judged by their seven-day mean."""


def add_order(
    found: Happenings,
    axis: Axis,
    order: DoseOrder,
    first_day: int,
    last_day: int,
    where: str,
    *,
    worn: bool = False,
    all_along: bool = False,
    since_h: float = -math.inf,
) -> None:
    """Add the doses of one order between two days (the last one excluded).

    Parameters
    ----------
    found : Happenings
        Receives them.
    axis : Axis
    order : DoseOrder
    first_day, last_day : int
    where : str
        The order's place, for a refusal.
    worn : bool
        Of a pump: whether it runs already when the order begins, so that it needs no first clock time.
    all_along : bool
        Whether the order has no beginning and no end.
    since_h : float
        Plain doses before it are over and left out; those of the week before are still told.
    """
    entry, intake, amount = _intake(axis, order, where)
    stop = last_day if order.stop_day is None else min(order.stop_day, last_day)
    start = max(order.start_day, 0) if first_day >= 0 else first_day
    missed = frozenset(order.missed_days)
    days = [d for d in range(start, stop) if not (d - order.start_day) % order.every_days and d not in missed]
    share = amount * order.fraction_taken
    if intake.state:
        clocks = [clock_hours(clock) for clock in order.clock_times]
        times_h = [day * 24.0 + clock_h for day in days for clock_h in clocks]
        _add_doses(found, axis, entry, intake, times_h, share, order.duration_h, ordered=True, since_h=since_h)
    if intake.while_taken:
        changes = tuple((name, Mode.TIMES, factor) for name, factor in intake.while_taken.items())
        until = math.inf if order.stop_day is None else order.stop_day * 24.0
        from_h = -math.inf if all_along else start * 24.0
        _while_taken(found, InForce(from_h, math.inf if all_along else until, changes))
    if intake.holds:
        times_a_day = intake.pulses_a_day or float(len(order.clock_times))
        spans = pump_spans(order, days, worn=worn or order.start_day < start, all_along=all_along)
        hold_for(found, intake, share, times_a_day, spans, where)
        if not intake.state:
            ticks = pump_days(order, days)
            found.doses.extend(DoseTick(time_h, entry.agent.id, share * times_a_day, 24.0) for time_h in ticks)


def add_single(found: Happenings, axis: Axis, dose: SingleDose, where: str) -> None:
    """Add one dose.

    Raises
    ------
    InputRefused
        If the axis does not know the agent, route, preparation or unit, or a pump is given for no time.
    """
    entry, intake, whole = _intake(axis, dose, where)
    amount = whole * dose.fraction_taken
    if intake.state:
        _add_doses(found, axis, entry, intake, [dose.time_h], amount, dose.duration_h)
    if intake.holds:
        lasts_h = dose.duration_h or intake.release_h
        if lasts_h is None:
            raise InputRefused("a pump runs for a time", f"{where}.duration_h", "hours above 0")
        times_a_day = intake.pulses_a_day or 1.0
        hold_for(found, intake, amount, times_a_day, [(dose.time_h, dose.time_h + lasts_h)], where)
        if not intake.state:
            given = amount * (intake.pulses_a_day * lasts_h / 24.0 or 1.0)
            found.doses.append(DoseTick(dose.time_h, entry.agent.id, given, lasts_h))


def is_pump_of(axis: Axis, order: DoseOrder, other: DoseOrder) -> bool:
    """Return whether two orders are of the same pump, so that one may go on where the other ends."""
    if (order.agent, order.route) != (other.agent, other.route):
        return False
    return bool(find_intake(axis, order.agent, order.route, order.preparation, "regimen")[1].holds)


def _while_taken(found: Happenings, force: InForce) -> None:
    """Add what is changed while an agent is taken, once for all the orders of it that run at the same time."""
    apart = []
    for other in found.in_force:
        if other.changes == force.changes and other.from_h <= force.to_h and force.from_h <= other.to_h:
            force = InForce(min(other.from_h, force.from_h), max(other.to_h, force.to_h), force.changes)
        else:
            apart.append(other)
    found.in_force = [*apart, force]


def find_intake(axis: Axis, agent_id: str, route: str, preparation: str | None, where: str) -> tuple[AxisAgent, Intake]:
    """Return how an agent gets in by a route and preparation.

    Raises
    ------
    InputRefused
        If the axis does not know the agent, the route or the preparation.
    """
    try:
        entry = axis.agent(agent_id)
    except KeyError:
        known = ", ".join(agent.agent.id for agent in axis.agents)
        raise InputRefused(f"unknown agent '{agent_id}'", f"{where}.agent", known) from None
    by_route = [intake for intake in entry.intakes if intake.route == route]
    if not by_route:
        routes = ", ".join(dict.fromkeys(intake.route for intake in entry.intakes))
        raise InputRefused(f"{entry.agent.id} is not given by '{route}'", f"{where}.route", routes)
    for intake in by_route:
        if intake.preparation == (preparation or ""):
            return entry, intake
    accepted = ", ".join(intake.preparation or "none" for intake in by_route)
    raise InputRefused(f"unknown preparation '{preparation}'", f"{where}.preparation", accepted)


def _intake(axis: Axis, dose: DoseOrder | SingleDose, where: str) -> tuple[AxisAgent, Intake, float]:
    entry, intake = find_intake(axis, dose.agent, dose.route, dose.preparation, where)
    return entry, intake, entry.agent.in_own_unit(dose.dose, dose.unit, f"{where}.unit")


def _add_doses(
    found: Happenings,
    axis: Axis,
    entry: AxisAgent,
    intake: Intake,
    times_h: Sequence[float],
    amount: float,
    duration_h: float | None,
    *,
    ordered: bool = False,
    since_h: float = -math.inf,
) -> None:
    """Add equal doses, each with all its parts."""
    lasts_h = duration_h if duration_h is not None else intake.release_h
    agent, told_h = entry.agent.id, since_h - _TOLD_BEFORE_H
    found.doses.extend([DoseTick(time_h, agent, amount, lasts_h or 0.0) for time_h in times_h if time_h >= told_h])
    for part in (intake, *intake.also):
        if amount != 0.0 or part.replaces:
            _add_parts(found, axis, part, times_h, amount, duration_h, ordered=ordered, since_h=since_h)


def _add_parts(
    found: Happenings, axis: Axis, part: Intake, times_h: Sequence[float], amount: float, duration_h: float | None, *,
    ordered: bool, since_h: float,
) -> None:  # fmt: skip
    """Add what of equal doses goes into one state."""
    lasts_h = duration_h if duration_h is not None else part.release_h
    state, shares, replaces = axis.state_index(part.state), part.fractions, part.replaces
    if lasts_h:
        rate = amount * part.scale / lasts_h
        ends = [(time_h, time_h + lasts_h) for time_h in times_h]
        found.inputs.extend([Input(a, b, state, rate, shares, ordered, replaces=replaces) for a, b in ends])
        return
    mode, value = JUMP_MODES[Mode.SET if replaces else Mode.PLUS], amount * part.scale
    first_h = -math.inf if replaces else since_h
    found.jumps.extend(
        [JumpAt(t, state, mode, value, shares, ordered, replaces=replaces) for t in times_h if t >= first_h]
    )


def change_patches(found: Happenings, period_h: float = math.inf) -> None:
    """Let what takes the place of something end it: an input at the next one's beginning, an amount at once.

    Of patches that are put on at one time the first takes the place of the old ones and the others stay beside it.

    Parameters
    ----------
    found : Happenings
    period_h : float
        After which everything comes again; infinite when it does not.
    """
    if not any(jump.replaces for jump in found.jumps) and not any(entry.replaces for entry in found.inputs):
        return
    beginnings: dict[int, list[float]] = {}
    for entry in sorted(found.inputs, key=lambda entry: entry.from_h):
        if entry.replaces:
            beginnings.setdefault(entry.state, []).append(entry.from_h)
    for index, entry in enumerate(found.inputs):
        if entry.replaces:
            starts = beginnings[entry.state]
            following = [time_h for time_h in starts if time_h > entry.from_h + _SAME_TIME_H]
            until = min([*following, starts[0] + period_h])
            found.inputs[index] = entry._replace(to_h=min(entry.to_h, until))
    changed: set[tuple[int, int]] = set()
    for index, jump in enumerate(found.jumps):
        if jump.replaces:
            at = (jump.state, round(jump.time_h / _SAME_TIME_H))
            if at in changed:
                found.jumps[index] = jump._replace(mode=JUMP_MODES[Mode.PLUS])
            changed.add(at)


def folded(found: Happenings, period_h: float) -> Happenings:
    """Return a period in which an input that outlasts it goes on at its beginning."""
    inputs: list[Input] = []
    for entry in found.inputs:
        if entry.to_h <= 0.0:
            inputs.append(entry)
            continue
        if entry.to_h - entry.from_h > period_h:
            raise InputRefused(
                "an input outlasts the dosing calendar", "regimen_before", "a duration within the period"
            )
        inputs.append(entry._replace(to_h=0.0))
        inputs.append(entry._replace(from_h=-period_h, to_h=entry.to_h - period_h))
    found.inputs = [entry for entry in inputs if entry.to_h > entry.from_h]
    return found
