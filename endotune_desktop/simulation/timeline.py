"""From a scenario to what happens when: doses, infusions, lesion onsets, and the constants in force between them."""

from __future__ import annotations

import math
from collections.abc import Iterable

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.scenario import LONG_STANDING, NEW, DoseOrder, LesionState, Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.dosing import add_order, add_single, change_patches, folded, is_pump_of
from endotune_desktop.simulation.effects import JUMP_MODES, Happenings, InForce
from endotune_desktop.simulation.effects import JumpAt as JumpAt


def happenings(axis: Axis, scenario: Scenario, since_h: float = -math.inf, until_h: float = math.inf) -> Happenings:
    """Return all that happens from time 0 to the end of a scenario.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
    since_h, until_h : float
        Doses outside this stretch may be left out: a run that goes on from today need not read a year of tablets.
    """
    found = Happenings(kept=frozenset(scenario.parameters))
    end_h = min(scenario.duration_days * 24.0, until_h)
    since_h -= 1e-6
    for index, order in enumerate(scenario.regimen):
        where = f"regimen[{index}]"
        worn = _is_worn(axis, scenario, order)
        add_order(found, axis, order, 0, math.ceil(end_h / 24.0) + 1, where, worn=worn, since_h=since_h)
    for index, dose in enumerate(scenario.events):
        add_single(found, axis, dose, f"events[{index}]")
    change_patches(found)
    for lesion in scenario.lesions:
        add_onset(found, axis, lesion)
    found.jumps = [jump for jump in found.jumps if jump.time_h <= end_h]
    found.inputs = [entry for entry in found.inputs if entry.from_h < min(end_h, entry.to_h)]
    found.doses = sorted((dose for dose in found.doses if dose.time_h <= end_h), key=lambda dose: dose.time_h)
    return found


def _is_worn(axis: Axis, scenario: Scenario, order: DoseOrder) -> bool:
    """Return whether a pump runs up to the midnight on which an order of it begins."""
    before = scenario.regimen_before if order.start_day <= 0 else ()
    ending = [other for other in scenario.regimen if other.stop_day == order.start_day and other is not order]
    return any(is_pump_of(axis, order, other) for other in (*before, *ending))


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
        add_order(found, axis, order, -days, 0, _endless(order, index), all_along=True)
    change_patches(found, days * 24.0)
    return folded(found, days * 24.0), days * 24.0


def happenings_until_start(axis: Axis, orders: tuple[DoseOrder, ...], lasts_h: float) -> Happenings:
    """Return what is taken all along, from so many hours before time 0 up to it.

    Raises
    ------
    InputRefused
        If an order could not have been taken for ever.
    """
    found = Happenings()
    for index, order in enumerate(orders):
        where = _endless(order, index)
        add_order(found, axis, order, -math.ceil(lasts_h / 24.0), 0, where, all_along=True)
    change_patches(found)
    return found


def _endless(order: DoseOrder, index: int) -> str:
    """Return the place of an order that is taken all along, for refusals; refuse one that ends or has gaps."""
    where = f"regimen_before[{index}]"
    if order.stop_day is not None or order.missed_days:
        raise InputRefused("a regimen taken all along has no stop_day and no missed_days", where, "neither")
    return where


def add_onset(found: Happenings, axis: Axis, state: LesionState) -> None:
    """Add what a lesion changes, and what jumps when it begins."""
    lesion = axis.lesion(state.lesion)
    onset_h = {LONG_STANDING: -math.inf, NEW: 0.0}.get(str(state.onset), state.onset)
    assert not isinstance(onset_h, str)
    changes = tuple((change.parameter, change.mode, change.at(state.severity)) for change in lesion.changes)
    found.in_force.append(InForce(onset_h, math.inf, changes, lesion=lesion.id))
    if math.isfinite(onset_h) and state.severity > 0.0:
        for jump in lesion.jumps:
            index = axis.state_index(jump.state)
            value = jump.at(state.severity)
            found.jumps.append(JumpAt(onset_h, index, JUMP_MODES[jump.mode], value, lesion=lesion.id))
