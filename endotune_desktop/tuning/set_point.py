"""How far a state is from where the axis would rest by itself, over the markers that may be aimed at."""

from __future__ import annotations

import math
from collections.abc import Mapping

from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.tuning.indices import Indices, told_by
from endotune_desktop.tuning.patient_state import PatientState, lesions_of, taken_of
from endotune_desktop.tuning.validity import Circumstances, ValidityTable, resolve
from endotune_desktop.tuning.variation import variation

_LEAST = 1e-3
"""Of the own set point: lower markers count as this, as no assay tells less from nothing."""


def distance(
    axis: Axis, valid: tuple[str, ...], state: Indices, own: Indices, known: Mapping[str, float] | None = None
) -> float:
    """Return how far a state is from its own set point, in standard deviations within a person.

    The root of the mean square over the markers that are valid targets here, with the sign of the hormone's.

    Parameters
    ----------
    axis : Axis
    valid : tuple of str
        As `valid_targets` finds them.
    state, own : Indices
        Of the state, and of the same person healthy.
    known : mapping of str to float, optional
        Variance of the logarithm of each marker's set point, as far as the labs leave it open.

    Returns
    -------
    float
        nan when no marker is a valid target.
    """
    if not valid:
        return float("nan")
    total = 0.0
    for marker in valid:
        wide = variation(axis.marker(marker).analyte)
        variance = wide.assay**2 + wide.within**2 + (known or {}).get(marker, 0.0)
        total += away(axis, marker, state.levels, own.levels) ** 2 / variance
    side = away(axis, told_by(axis).hormone, state.levels, own.levels)
    return math.copysign(math.sqrt(total / len(valid)), side if side else 1.0)


def valid_targets(axis: Axis, scenario: Scenario, table: ValidityTable) -> tuple[str, ...]:
    """Return the markers over which the distance is taken: those that may be aimed at once everything has settled.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
        As `lasting` makes it.
    table : ValidityTable
    """
    lesions = lesions_of(axis.id, scenario.lesions)
    taken = taken_of(scenario.regimen)
    at = Circumstances(PatientState(scenario.person, frozenset({axis.id}), lesions, taken, taken))
    aims = told_by(axis).aims
    return tuple(name for name in aims if resolve(table, axis, axis.marker(name), at).aimable_later)


def away(axis: Axis, marker: str, levels: Mapping[str, float], own: Mapping[str, float]) -> float:
    """Return the logarithm of a marker over its own set point; what is too low to be measured counts as the limit."""
    least = max(axis.marker(marker).shown_below or 0.0, _LEAST * own[marker])
    return math.log(max(levels[marker], least) / max(own[marker], least))
