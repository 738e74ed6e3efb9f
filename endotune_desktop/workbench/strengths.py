"""The amounts that exist: stops of a dose slider, and what to say about an amount that does not."""

from __future__ import annotations

from dataclasses import dataclass

from endotune_desktop.clinic.agents import Preparation
from endotune_desktop.clinic.scenario import DoseOrder
from endotune_desktop.clinic.units import convert_dose
from endotune_desktop.physiology.axis import AxisAgent

MOST_STOPS = 13


@dataclass(frozen=True)
class Stops:
    """The amounts of one dose that can be taken.

    Attributes
    ----------
    coarse : list of float
        Whole pieces, in the order's unit; 0 first.
    fine : list of float
        With the parts that the preparation allows.
    free : bool
        Any amount can be measured (solutions, vials).
    """

    coarse: list[float]
    fine: list[float]
    free: bool


def preparation_of(entry: AxisAgent, order: DoseOrder) -> Preparation | None:
    """Return what is sold for an order's route and preparation, None when nothing is listed."""
    sold = entry.preparations_for(order.route)
    return next((p for p in sold if p.id == (order.preparation or "")), sold[0] if sold else None)


def stops_for(entry: AxisAgent, order: DoseOrder) -> Stops:
    """Return the stops of an order's slider.

    Weekly orders step through seven times the daily strengths, as that is how they are dosed.
    """
    sold = preparation_of(entry, order)
    if sold is None:
        top = max(order.dose, entry.usual_dose) * 2.0
        steps = [top * index / 10.0 for index in range(11)]
        return Stops(steps, steps, True)
    strengths = [convert_dose(amount, sold.unit, order.unit) for amount in sold.strengths]
    if order.every_days >= 7 and entry.intakes[0].route == order.route:
        strengths = [7.0 * amount for amount in strengths]
    coarse = {0.0, *strengths}
    smallest, largest = min(strengths), max(strengths)
    if len(strengths) < 6:
        coarse |= {smallest * count for count in range(1, 9) if smallest * count <= max(4 * smallest, 2 * largest)}
    part = sold.smallest_part or 0.1
    fine = coarse | {amount * part for amount in strengths}
    fine |= {round(smallest * part * count, 6) for count in range(1, 41) if smallest * part * count <= 2 * largest}
    return Stops(sorted(coarse)[: MOST_STOPS + 6], sorted(fine), sold.smallest_part == 0.0)


def missing_strength(amount: float, stops: Stops) -> tuple[float, tuple[float, float]] | None:
    """Return the nearest amount that exists and the two to take in turn; None when the amount exists.

    Parameters
    ----------
    amount : float
    stops : Stops
    """
    if stops.free or any(abs(amount - stop) < 1e-6 * max(1.0, stop) for stop in stops.fine):
        return None
    whole = [stop for stop in stops.coarse if stop > 0.0]
    nearest = min(whole, key=lambda stop: abs(stop - amount))
    below = max((stop for stop in whole if stop < amount), default=whole[0])
    above = min((stop for stop in whole if stop > amount), default=whole[-1])
    return nearest, (below, above)
