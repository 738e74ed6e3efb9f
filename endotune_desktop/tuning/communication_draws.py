"""How sure the card of communication is: the same numbers for persons like this one."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from endotune_desktop.clinic.errors import OutsideValidity
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation import CancelFlag, Cancelled
from endotune_desktop.simulation.members import Members
from endotune_desktop.tuning.communication_card import (
    CardNumber,
    CommunicationCard,
    Figure,
    card_of,
)
from endotune_desktop.tuning.indices import both_indices
from endotune_desktop.tuning.individual import Fit
from endotune_desktop.tuning.lasting import person_of
from endotune_desktop.tuning.population import population
from endotune_desktop.tuning.recovery import Recovery, recovery

PEOPLE = 20
"""Persons behind a band (tuning.md: 20-40): its limits are the lowest and highest but one."""


def people_like(axis: Axis, record: Scenario, fit: Fit | None, count: int = PEOPLE) -> Members:
    """Return persons like this one: of the fit's posterior when there is one, else of the population.

    Parameters
    ----------
    axis : Axis
    record : Scenario
        As it is simulated.
    fit : Fit or None
    count : int
    """
    if fit is not None and fit.posterior is not None:
        return fit.prior.members(fit.posterior.z[:count], nuisance=False)
    return population(axis, count, record.parameters)


def banded(
    card: CommunicationCard, scenario: Scenario, own: Scenario, people: Members, *, record: Scenario,
    own_recovery: Recovery | None = None, cancel: CancelFlag | None = None,
) -> CommunicationCard:  # fmt: skip
    """Return a card with its bands; persons for whom the model has no flat state are left out.

    Parameters
    ----------
    card : CommunicationCard
        Of the most probable person, recovery included.
    scenario, own : Scenario
        As `lasting` and `unharmed` make them, parameters of no particular person.
    people : Members
    record : Scenario
        What counts as the record's own severities.
    own_recovery : Recovery, optional
        Of the same person healthy.
    cancel : CancelFlag, optional

    Raises
    ------
    Cancelled
        If the flag was set.
    """
    others = []
    for member in range(people.count):
        if cancel is not None and cancel.cancelled:
            raise Cancelled
        theirs, healthy = (person_of(entry, people, member, record) for entry in (scenario, own))
        try:
            state, rest = both_indices(card.axis, theirs, healthy, near=(card.state, card.own), cancel=cancel)
            back = recovery(card.axis, theirs, cancel=cancel)
        except OutsideValidity:
            continue
        others.append(card_of(card.axis, card.valid, state, rest, back, complete=True))
    if len(others) < 2:
        return card
    known = {m: float(np.var([math.log(max(o.own.levels[m], 1e-300)) for o in others])) for m in card.set_point}
    told = card_of(card.axis, card.valid, card.state, card.own, card.recovery, own_recovery, complete=True, known=known)
    again = tuple(
        card_of(card.axis, card.valid, o.state, o.own, o.recovery, complete=True, known=known) for o in others
    )
    return with_bands(told, again)


def with_bands(
    card: CommunicationCard, others: tuple[CommunicationCard, ...], levels: tuple[float, float] = (0.05, 0.95)
) -> CommunicationCard:
    """Return a card with bands from the cards of persons like this one.

    Parameters
    ----------
    card : CommunicationCard
    others : tuple of CommunicationCard
    levels : (float, float)
        Quantiles of the limits.
    """
    numbers = []
    for number in card.numbers:
        theirs = [(other.number(number.figure), other) for other in others]
        values = [x.value for x, _ in theirs if x is not None and (math.isnan(x.beside) or _alike(x, number))]
        low, high = _quantiles(values, levels)
        numbers.append(replace(number, low=min(low, number.value), high=max(high, number.value)))
    points = {}
    for marker, (value, _, _) in card.set_point.items():
        low, high = _quantiles([other.own.levels[marker] for other in others], levels)
        points[marker] = (value, low, high)
    return replace(card, numbers=tuple(numbers), set_point=points, people=len(others))


def _alike(one: CardNumber, other: CardNumber) -> bool:
    """Return whether two numbers mean the same: times of recovery and of settling are not mixed."""
    return one.figure is not Figure.TIME or one.beside == other.beside


def _quantiles(values: list[float], levels: tuple[float, float]) -> tuple[float, float]:
    if len(values) < 2:
        return math.nan, math.nan
    low, high = np.quantile(np.array(values), levels, method="nearest")
    return float(low), float(high)
