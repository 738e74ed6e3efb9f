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

SHIPPED: Mapping[Cell, float] = {
    ("hpt", "ft4", 1): 1.3, ("hpt", "ft4", 2): 1.1, ("hpt", "tsh", 2): 1.10,
    ("hpa", "acth", 1): 1.14, ("hpa", "acth", 3): 1.04,
    ("hpa", "cortisol", 1): 1.10, ("hpa", "cortisol", 2): 1.14, ("hpa", "cortisol", 3): 1.14,
    ("hpg_male", "testosterone", 1): 1.11, ("hpg_male", "testosterone", 2): 1.01,
    ("hpg_male", "lh", 2): 1.01, ("hpg_male", "shbg", 2): 1.02,
    ("prolactin", "prolactin", 1): 1.03, ("prolactin", "prolactin", 3): 1.08,
    ("calcium", "calcium", 1): 1.16, ("calcium", "calcium", 2): 1.09, ("calcium", "calcium", 3): 1.04,
    ("calcium", "phosphate", 1): 1.24, ("calcium", "phosphate", 2): 1.09, ("calcium", "phosphate", 3): 1.06,
    ("calcium", "pth", 1): 1.06, ("calcium", "pth", 2): 1.10, ("calcium", "pth", 3): 1.12,
}  # fmt: skip
"""What virtual cohorts showed to be too narrow: FT4 by those of tuning.md 1.7 [run], whose truth had another structure
than the fitted model; the others by `conformal` from 16 patients of an axis, ``endotune verify AXIS --calibration
--patients 16 --seed 1000 --widths``. 1 for every other cell. What is reported is reported on another seed."""


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
