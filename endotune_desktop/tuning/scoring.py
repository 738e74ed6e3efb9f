"""How a forecast fared when the result came: scores of draws against one number (tuning.md 7)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

BANDWIDTH = 0.3
"""Of the kernels of the log score, times the draws' standard deviation and n to the power of -1/5 (tuning.md 7)."""
NARROWEST = 1e-6
"""Standard deviation below which draws count as one value: a kernel needs some width."""
HALF, NINETY = (0.25, 0.75), (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Score:
    """What one result says of one forecast.

    Attributes
    ----------
    crps, crps_population : float or None
        Continuous ranked probability score of the logarithm; None for a bound, which has no distance.
    log_score : float
        Logarithm of the forecast's density at the logarithm of the result, of its probability for a bound.
    pit : float
        Share of the forecast below the result; uniform between 0 and 1 when forecasts are what they claim.
    signed_error : float or None
        Standard deviations of the draws above their mean.
    in50, in90 : bool
        Whether the result was in the band; for a bound whether the drawn `pit` is.
    """

    crps: float | None
    crps_population: float | None
    log_score: float
    pit: float
    signed_error: float | None
    in50: bool
    in90: bool

    @property
    def skill(self) -> float | None:
        """Return what the labs saved of the population forecast's score: 1 all of it, 0 nothing."""
        return skill(self.crps, self.crps_population)


def skill(crps: float | None, crps_population: float | None) -> float | None:
    """Return one minus the ratio of two scores, None where there is none."""
    if crps is None or not crps_population:
        return None
    return 1.0 - crps / crps_population


def fair_crps(draws: FloatArray, observed: float) -> float:
    """Return the continuous ranked probability score, unbiased for a finite number of draws.

    Parameters
    ----------
    draws : array, shape (n,)
        At least two.
    observed : float
        In their unit.

    Returns
    -------
    float
        ``mean |x - y| - sum_{i<j} |xi - xj| / (n (n - 1))``.
    """
    ordered = np.sort(draws)
    n = ordered.size
    apart = float(np.sum((2.0 * np.arange(1, n + 1) - n - 1.0) * ordered))  # the sum over all pairs
    return float(np.mean(np.abs(ordered - observed))) - apart / (n * (n - 1.0))


def quantile_place(draws: FloatArray, observed: float, comparator: str, seed: int) -> float:
    """Return the randomised probability integral transform.

    A number between two draws may be anywhere between their shares; a bound anywhere on its side. Uniform between 0
    and 1 when the result is drawn as the draws are.

    Parameters
    ----------
    draws : array, shape (n,)
    observed : float
    comparator : str
        Empty, ``<`` or ``>``.
    seed : int
    """
    chance = float(np.random.Generator(np.random.PCG64(seed)).random())
    below, equal = int(np.sum(draws < observed)), int(np.sum(draws == observed))
    n = draws.size
    if comparator == "<":
        return chance * (below + 0.5) / (n + 1.0)
    if comparator == ">":
        low = (below + equal + 0.5) / (n + 1.0)
        return low + chance * (1.0 - low)
    return (below + chance * (equal + 1.0)) / (n + 1.0)


def log_density(draws: FloatArray, observed: float, comparator: str = "") -> float:
    """Return the logarithm of a Gaussian kernel density of the draws at a value, of its mass beyond a bound.

    Parameters
    ----------
    draws : array, shape (n,)
    observed : float
    comparator : str
        ``<`` for the mass below, ``>`` for that above.
    """
    from scipy.special import log_ndtr, logsumexp  # slow to load: not at start

    n = draws.size
    wide = BANDWIDTH * max(float(np.std(draws, ddof=1)), NARROWEST) * n**-0.2
    away = (observed - draws) / wide
    if comparator:
        return float(logsumexp(log_ndtr(away if comparator == "<" else -away)) - math.log(n))
    kernels = -0.5 * away**2 - math.log(wide * math.sqrt(2.0 * math.pi))
    return float(logsumexp(kernels) - math.log(n))


def scored(draws: FloatArray, population: FloatArray, value: float, comparator: str, seed: int) -> Score:
    """Return the scores of a forecast.

    Parameters
    ----------
    draws : array, shape (n,)
        Natural logarithm of results that were forecast.
    population : array, shape (m,)
        The same from before any lab.
    value : float
        What came, above zero.
    comparator : str
        Empty, ``<`` or ``>``.
    seed : int
        Of the chance in `quantile_place`.
    """
    observed = math.log(value)
    pit = quantile_place(draws, observed, comparator, seed)
    density = log_density(draws, observed, comparator)
    if comparator:
        return Score(None, None, density, pit, None, _inside(pit, HALF), _inside(pit, NINETY))
    limits = np.quantile(draws, (*HALF, *NINETY))
    return Score(
        fair_crps(draws, observed),
        fair_crps(population, observed),
        density,
        pit,
        (observed - float(np.mean(draws))) / max(float(np.std(draws, ddof=1)), NARROWEST),
        bool(limits[0] <= observed <= limits[1]),
        bool(limits[2] <= observed <= limits[3]),
    )


def _inside(pit: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= pit <= limits[1]
