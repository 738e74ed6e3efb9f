"""How markers answer to parameters: one ensemble call of as many members as there are parameters, and one more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation.cancelling import CancelFlag
from endotune_desktop.simulation.ensemble import Spread, one_after_another, simulate_members
from endotune_desktop.simulation.members import Members

FloatArray = npt.NDArray[np.float64]

LOG_STEP = 1e-4
"""Relative change of a parameter. Errors of elasticities at rtol 1e-6 on the thyroid axis: 1e-3 with a step of 1e-3,
1e-4 with this one; one-step integrators answer to so small a change smoothly, so that rtol may even be 1e-5."""


@dataclass(frozen=True)
class Gradients:
    """Markers and how they answer to parameters.

    Attributes
    ----------
    time_h : array, shape (n,)
    values : dict of str to array, shape (n,)
        Markers at the given parameters.
    elasticities : dict of str to array, shape (n, p)
        d ln marker / d ln parameter, in the order of the names given.
    """

    time_h: FloatArray
    values: dict[str, FloatArray]
    elasticities: dict[str, FloatArray]


def gradients(
    axis: Axis,
    scenario: Scenario,
    at: Mapping[str, float],
    output_times_h: FloatArray,
    *,
    markers: Sequence[str] | None = None,
    rtol: float = 1e-6,
    cancel: CancelFlag | None = None,
    spread: Spread = one_after_another,
) -> Gradients:
    """Return markers and their elasticities with respect to parameters.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
        It must not name the parameters of `at` itself.
    at : mapping of str to float
        The parameters to vary and their values, above zero.
    output_times_h : array, shape (n,)
    markers : sequence of str, optional
        All by default.
    rtol : float
    cancel : CancelFlag, optional
    spread : callable, optional

    Raises
    ------
    ValueError
        If a parameter is not above zero or the scenario fixes it.
    OutsideValidity
        If a member has no answer.
    """
    names = list(at)
    fixed = [name for name in names if name in scenario.parameters or not at[name] > 0.0]
    if fixed:
        raise ValueError(f"{', '.join(fixed)}: fixed by the scenario or not above zero")
    values = {name: np.full(len(names) + 1, value) for name, value in at.items()}
    for column, name in enumerate(names):
        values[name][column + 1] *= np.exp(LOG_STEP)
    found = simulate_members(
        axis, scenario, Members(values, len(names) + 1), rtol=rtol, output_times_h=output_times_h, markers=markers,
        cancel=cancel, spread=spread,
    )  # fmt: skip
    if found.why is not None:
        raise found.why
    nominal = {marker: table[:, 0].copy() for marker, table in found.markers.items()}
    slopes = {
        marker: (np.log(table[:, 1:]) - np.log(table[:, :1])) / LOG_STEP for marker, table in found.markers.items()
    }
    return Gradients(found.time_h, nominal, slopes)
