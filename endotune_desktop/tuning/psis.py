"""Pareto-smoothed importance weights: how far a proposal can be trusted, and better weights where it can.

Vehtari, Simpson, Gelman, Yao & Gabry (Pareto smoothed importance sampling); the tail after Zhang & Stephens 2009.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

PULL, PULLED_TO = 10.0, 0.5
"""The shape is shrunk towards a half with the weight of ten draws (tuning.md 1.4)."""
FEWEST_IN_TAIL = 5


@dataclass(frozen=True)
class Smoothed:
    """Weights after smoothing.

    Attributes
    ----------
    weights : array, shape (n,)
        Sum 1.
    k : float
        Shape of the tail; infinite when the tail is too short to tell.
    effective : float
        Effective number of draws, ``1 / sum w^2``.
    """

    weights: FloatArray
    k: float
    effective: float

    @property
    def good(self) -> bool:
        """Return whether the weights may be used: a light tail and enough draws that count."""
        count = self.weights.size
        return self.k < min(1.0 - 1.0 / math.log10(count), 0.7) and self.effective > count / 10.0


def smoothed(log_weights: FloatArray) -> Smoothed:
    """Return smoothed weights.

    Parameters
    ----------
    log_weights : array, shape (n,)
        Up to a constant; minus infinity for draws that cannot be.
    """
    logs = log_weights - np.max(log_weights)
    weights = np.exp(logs)
    count = weights.size
    tail = int(min(0.2 * count, 3.0 * math.sqrt(count)))
    k = math.inf
    if tail >= FEWEST_IN_TAIL:
        order = np.argsort(weights, kind="stable")
        cut = float(weights[order[-tail - 1]])
        excess = weights[order[-tail:]] - cut
        if cut > 0.0 and float(excess[-1]) > 0.0:
            k, scale = _tail(excess)
            levels = (np.arange(tail) + 0.5) / tail
            weights[order[-tail:]] = np.minimum(cut + _quantiles(levels, k, scale), 1.0)
        elif float(excess[-1]) == 0.0:
            k = -math.inf
    weights = weights / weights.sum()
    return Smoothed(weights, k, float(1.0 / np.sum(weights**2)))


def _tail(excess: FloatArray) -> tuple[float, float]:
    """Return shape and scale of a generalised Pareto tail, ascending excesses (Zhang & Stephens 2009)."""
    count = excess.size
    points = 30 + int(math.sqrt(count))
    quarter = float(excess[int(count / 4 + 0.5) - 1]) or float(excess[-1]) * 1e-12
    grid = 1.0 - np.sqrt(points / (np.arange(points) + 0.5))
    theta = grid / (3.0 * quarter) + 1.0 / float(excess[-1])
    shapes = np.mean(np.log1p(-theta[:, np.newaxis] * excess), axis=1)
    profile = count * (np.log(-theta / shapes) - shapes - 1.0)
    weight = 1.0 / np.sum(np.exp(profile - profile[:, np.newaxis]), axis=1)
    best = float(np.sum(theta * weight) / np.sum(weight))
    shape = float(np.mean(np.log1p(-best * excess)))
    scale = -shape / best
    return (shape * count + PULLED_TO * PULL) / (count + PULL), scale


def _quantiles(levels: FloatArray, shape: float, scale: float) -> FloatArray:
    if abs(shape) < 1e-12:
        return np.asarray(-scale * np.log1p(-levels))
    return np.asarray(scale * np.expm1(-shape * np.log1p(-levels)) / shape)


def equal_draws(weights: FloatArray, count: int, offset: float) -> npt.NDArray[np.int64]:
    """Return which draws to take so that each counts the same: systematic resampling.

    Parameters
    ----------
    weights : array, shape (n,)
        Sum 1.
    count : int
    offset : float
        0 up to 1: the one random number of the method.
    """
    places = (np.arange(count) + offset) / count
    found = np.searchsorted(np.cumsum(weights), places, side="right")
    return np.minimum(found, weights.size - 1).astype(np.int64)
