"""From a scenario to what happens when: doses, infusions, lesion onsets, and the constants in force between them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.scenario import (
    LONG_STANDING,
    NEW,
    DoseOrder,
    LesionState,
    Scenario,
    SingleDose,
    clock_hours,
)
from endotune_desktop.clinic.units import convert_dose
from endotune_desktop.physiology.axis import Axis, AxisAgent, Intake, Mode
from endotune_desktop.simulation.course import DoseTick

JUMP_MODES = {Mode.PLUS: 0, Mode.TIMES: 1, Mode.SET: 2}


@dataclass(frozen=True, slots=True)
class JumpAt:
    """A state that changes at once.

    Attributes
    ----------
    time_h : float
    state : int
    mode : int
        0 adds, 1 multiplies, 2 sets.
    value : float
    fractions : tuple of str
        Parameters that multiply the value, as they stand at that time (bioavailability).
    ordered : bool
        Whether it is a dose of a regimen, so that a person's adherence multiplies it as well.
    """

    time_h: float
    state: int
    mode: int
    value: float
    fractions: tuple[str, ...] = ()
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Input:
    """A constant-rate input into a state.

    Attributes
    ----------
    from_h, to_h : float
    state : int
    rate : float
        State units an hour.
    fractions : tuple of str
        Parameters that multiply the rate.
    ordered : bool
        As in `JumpAt`.
    """

    from_h: float
    to_h: float
    state: int
    rate: float
    fractions: tuple[str, ...] = ()
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class InForce:
    """Parameters that are changed for a while.

    Attributes
    ----------
    from_h, to_h : float
        ``to_h`` may be infinite.
    changes : tuple of (parameter id, Mode, value)
    """

    from_h: float
    to_h: float
    changes: tuple[tuple[str, Mode, float], ...]


@dataclass
class Happenings:
    """Everything that happens in a span of time.

    Attributes
    ----------
    jumps : list of JumpAt
    inputs : list of Input
    in_force : list of InForce
    doses : list of DoseTick
    kept : frozenset of str
        Parameters that the scenario names itself; no lesion sets them.
    """

    jumps: list[JumpAt] = field(default_factory=list)
    inputs: list[Input] = field(default_factory=list)
    in_force: list[InForce] = field(default_factory=list)
    doses: list[DoseTick] = field(default_factory=list)
    kept: frozenset[str] = frozenset()

    def break_times(self) -> set[float]:
        """Return every finite time at which something starts or ends."""
        times = {jump.time_h for jump in self.jumps}
        spans = [(entry.from_h, entry.to_h) for entry in self.inputs]
        spans += [(entry.from_h, entry.to_h) for entry in self.in_force]
        times.update(time for span in spans for time in span if math.isfinite(time))
        return times


def happenings(axis: Axis, scenario: Scenario) -> Happenings:
    """Return all that happens from time 0 to the end of a scenario."""
    found = Happenings(kept=frozenset(scenario.parameters))
    end_h = scenario.duration_days * 24.0
    for index, order in enumerate(scenario.regimen):
        add_order(found, axis, order, 0, math.ceil(scenario.duration_days) + 1, f"regimen[{index}]")
    for index, dose in enumerate(scenario.events):
        entry, intake, amount = _intake(axis, dose, f"events[{index}]")
        _add_dose(found, axis, entry, intake, dose.time_h, amount * dose.fraction_taken, dose.duration_h)
    for lesion in scenario.lesions:
        add_onset(found, axis, lesion)
    found.jumps = [jump for jump in found.jumps if jump.time_h <= end_h]
    found.inputs = [entry for entry in found.inputs if entry.from_h < end_h]
    found.doses = sorted((dose for dose in found.doses if dose.time_h <= end_h), key=lambda dose: dose.time_h)
    return found


def period_days(orders: Iterable[DoseOrder]) -> int:
    """Return the length of the dosing calendar, in days."""
    return math.lcm(*(order.every_days for order in orders), 1)


def happenings_before(axis: Axis, orders: tuple[DoseOrder, ...]) -> tuple[Happenings, float]:
    """Return one period of the dosing calendar that ends at time 0, and its length in hours.

    Raises
    ------
    InputRefused
        If an order could not have been taken for ever.
    """
    days = period_days(orders)
    found = Happenings()
    for index, order in enumerate(orders):
        where = f"regimen_before[{index}]"
        if order.stop_day is not None or order.missed_days:
            raise InputRefused("a regimen taken all along has no stop_day and no missed_days", where, "neither")
        add_order(found, axis, order, -days, 0, where)
    found.in_force = [InForce(-math.inf, math.inf, force.changes) for force in found.in_force]
    return _folded(found, days * 24.0), days * 24.0


def add_order(found: Happenings, axis: Axis, order: DoseOrder, first_day: int, last_day: int, where: str) -> None:
    """Add the doses of one order between two days (the last one excluded)."""
    entry, intake, amount = _intake(axis, order, where)
    stop = last_day if order.stop_day is None else min(order.stop_day, last_day)
    start = max(order.start_day, 0) if first_day >= 0 else first_day
    missed = frozenset(order.missed_days)
    for day in range(start, stop):
        if (day - order.start_day) % order.every_days or day in missed:
            continue
        for clock in order.clock_times:
            time_h = day * 24.0 + clock_hours(clock)
            share = amount * order.fraction_taken
            _add_dose(found, axis, entry, intake, time_h, share, order.duration_h, ordered=True)
    if intake.while_taken:
        changes = tuple((name, Mode.TIMES, factor) for name, factor in intake.while_taken.items())
        until = math.inf if order.stop_day is None else order.stop_day * 24.0
        _hold_in_force(found, InForce(start * 24.0, until, changes))


def _hold_in_force(found: Happenings, force: InForce) -> None:
    """Add what is changed while an agent is taken, once for all the orders of it that run at the same time."""
    apart = []
    for other in found.in_force:
        if other.changes == force.changes and other.from_h <= force.to_h and force.from_h <= other.to_h:
            force = InForce(min(other.from_h, force.from_h), max(other.to_h, force.to_h), force.changes)
        else:
            apart.append(other)
    found.in_force = [*apart, force]


def add_onset(found: Happenings, axis: Axis, state: LesionState) -> None:
    """Add what a lesion changes, and what jumps when it begins."""
    lesion = axis.lesion(state.lesion)
    onset_h = {LONG_STANDING: -math.inf, NEW: 0.0}.get(str(state.onset), state.onset)
    assert not isinstance(onset_h, str)
    changes = tuple((change.parameter, change.mode, change.at(state.severity)) for change in lesion.changes)
    found.in_force.append(InForce(onset_h, math.inf, changes))
    if math.isfinite(onset_h) and state.severity > 0.0:
        for jump in lesion.jumps:
            index = axis.state_index(jump.state)
            found.jumps.append(JumpAt(onset_h, index, JUMP_MODES[jump.mode], jump.at(state.severity)))


def parameters_in_force(
    base: dict[str, float], in_force: Iterable[InForce], time_h: float, kept: frozenset[str] = frozenset()
) -> dict[str, float]:
    """Return every parameter as it stands just after a time; what is `kept` is not set by any lesion.

    Raises
    ------
    InputRefused
        If two lesions set one parameter to different values.
    """
    values = dict(base)
    fixed: dict[str, float] = {}
    for entry in in_force:
        if not entry.from_h <= time_h < entry.to_h:
            continue
        for name, mode, value in entry.changes:
            if mode is Mode.TIMES:
                values[name] *= value
            elif mode is Mode.PLUS:
                values[name] += value
            elif name in kept:
                continue
            elif fixed.setdefault(name, value) != value:
                raise InputRefused(f"two lesions set {name} to different values", "lesions", "one of them")
            else:
                values[name] = value
    return values


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
    return entry, intake, convert_dose(dose.dose, dose.unit, entry.agent.unit, f"{where}.unit")


def _add_dose(
    found: Happenings,
    axis: Axis,
    entry: AxisAgent,
    intake: Intake,
    time_h: float,
    amount: float,
    duration_h: float | None,
    *,
    ordered: bool = False,
) -> None:
    lasts_h = duration_h if duration_h is not None else intake.release_h
    found.doses.append(DoseTick(time_h, entry.agent.id, amount, lasts_h or 0.0))
    if amount == 0.0:
        return
    state = axis.state_index(intake.state)
    if lasts_h:
        rate = amount * intake.scale / lasts_h
        found.inputs.append(Input(time_h, time_h + lasts_h, state, rate, intake.fractions, ordered))
    else:
        found.jumps.append(JumpAt(time_h, state, 0, amount * intake.scale, intake.fractions, ordered))


def _folded(found: Happenings, period_h: float) -> Happenings:
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
        inputs.append(replace(entry, to_h=0.0))
        inputs.append(replace(entry, from_h=-period_h, to_h=entry.to_h - period_h))
    found.inputs = [entry for entry in inputs if entry.to_h > entry.from_h]
    return found
