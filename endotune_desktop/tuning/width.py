"""The width factor: how much wider than the model says a band must be to hold what it claims (tuning.md 1.7).

The factor multiplies the distance to the median in logarithms. It starts at what virtual cohorts gave; a clinic's own
scored forecasts take its place once they are of enough patients. It widens and never narrows, and repairs no bias.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Cell = tuple[str, str, int]
"""Axis id, marker id, and visits that the fit had read, 3 for more."""

MOST_VISITS = 3
COVERS = 0.9
WEIGHT = 20.0
"""Forecasts that the start value of 1 counts for."""
WIDEST = 2.0
ENOUGH_PATIENTS = 20

SHIPPED: Mapping[Cell, float] = {("hpt", "ft4", 1): 1.3, ("hpt", "ft4", 2): 1.1}
"""From the virtual cohorts of tuning.md 1.7 [run]; 1 for every other cell."""


def cell_of(axis: str, marker: str, visits: int) -> Cell:
    """Return the cell of a forecast."""
    return axis, marker, min(visits, MOST_VISITS)


def width_factor(axis: str, marker: str, visits: int, learnt: Mapping[Cell, float] | None = None) -> float:
    """Return by what the distance to the median is multiplied.

    Parameters
    ----------
    axis, marker : str
    visits : int
        That the fit had read.
    learnt : mapping, optional
        A clinic's own factors.
    """
    cell = cell_of(axis, marker, visits)
    own = (learnt or {}).get(cell)
    return SHIPPED.get(cell, 1.0) if own is None else own


def widened(draws: FloatArray, factor: float) -> FloatArray:
    """Return draws further from their median by a factor.

    Parameters
    ----------
    draws : array, shape (n,)
        Logarithms.
    factor : float
    """
    middle = float(np.median(draws))
    return np.asarray(middle + factor * (draws - middle), dtype=np.float64)


def ratio(observed: float, q05: float, q50: float, q95: float) -> float:
    """Return how far a result is from the median, in halves of the 90 % band; all logarithms."""
    return abs(observed - q50) / max(0.5 * (q95 - q05), 1e-9)


def conformal(ratios: Sequence[float]) -> float:
    """Return the factor with which the bands of these forecasts would have held 90 % of the results.

    Parameters
    ----------
    ratios : sequence of float
        As `ratio` gives them, for bands of factor 1.

    Returns
    -------
    float
        Between 1 and `WIDEST`; few forecasts hardly move it.
    """
    n = len(ratios)
    if not n:
        return 1.0
    rank = min(math.ceil(COVERS * (n + 1)), n)
    needed = sorted(ratios)[rank - 1]
    return min(max(1.0, (n * needed + WEIGHT) / (n + WEIGHT)), WIDEST)
