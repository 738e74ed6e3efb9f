"""The most probable person: damped Gauss-Newton on residuals, in units of the prior's standard deviations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

Residuals = Callable[[FloatArray], FloatArray]
"""Residuals of several persons at once: (members, unknowns) to (members, results)."""

STEP = 0.05
"""Of the differences, in prior standard deviations: small against the curvature, large against rtol 1e-4."""
LONGEST_MOVE = 1.5
MOST_ROUNDS = 14
MOST_TRIES = 6
LEAST_GAIN, LEAST_MOVE = 1e-3, 0.02


@dataclass(frozen=True)
class Optimum:
    """Where the search ended.

    Attributes
    ----------
    z : array, shape (k,)
        In prior standard deviations.
    objective : float
        Sum of squared residuals plus z'z.
    residuals : array, shape (n,)
    slopes : array, shape (n, k)
        Derivative of the residuals.
    evaluations : int
        Courses that were computed.
    converged : bool
    """

    z: FloatArray
    objective: float
    residuals: FloatArray
    slopes: FloatArray
    evaluations: int
    converged: bool

    @property
    def information(self) -> FloatArray:
        """Return what the data tell about z: J'J, shape (k, k)."""
        return np.asarray(self.slopes.T @ self.slopes)

    @property
    def covariance(self) -> FloatArray:
        """Return Laplace's covariance of z, the prior included, shape (k, k)."""
        return np.asarray(np.linalg.inv(self.information + np.eye(self.z.size)))


def fitted(of: Residuals, start: FloatArray) -> Optimum:
    """Return the maximum of the posterior near a start (tuning.md 1.3).

    Parameters
    ----------
    of : callable
    start : array, shape (k,)
    """
    z = np.array(start, dtype=np.float64)
    size = z.size
    damping, evaluations, converged = 1e-2, 0, False
    here, slopes = _around(of, z, both=False)
    evaluations += size + 1
    objective = _objective(here, z)
    for _ in range(MOST_ROUNDS):
        gradient = slopes.T @ here + z
        curvature = slopes.T @ slopes + np.eye(size)
        moved = False
        for _ in range(MOST_TRIES):
            step = -np.linalg.solve(curvature + damping * np.diag(np.diag(curvature)), gradient)
            step *= min(1.0, LONGEST_MOVE / max(float(np.max(np.abs(step), initial=0.0)), 1e-300))
            tried = of((z + step)[np.newaxis])[0]
            evaluations += 1
            value = _objective(tried, z + step)
            if value <= objective:
                moved = True
                break
            damping *= 8.0
        if not moved:
            converged = True
            break
        gain = objective - value
        z, objective, damping = z + step, value, damping / 6.0
        small = gain < LEAST_GAIN and float(np.max(np.abs(step), initial=0.0)) < LEAST_MOVE
        here, slopes = _around(of, z, both=small)
        evaluations += (2 * size if small else size) + 1
        if small:
            converged = True
            break
    if not converged or not moved:
        here, slopes = _around(of, z, both=True)
        evaluations += 2 * size + 1
    return Optimum(z, objective, here, slopes, evaluations, converged)


def _objective(residuals: FloatArray, z: FloatArray) -> float:
    return float(residuals @ residuals + z @ z)


def _around(of: Residuals, z: FloatArray, *, both: bool) -> tuple[FloatArray, FloatArray]:
    """Return residuals and their slopes: one-sided towards 0, or central for the covariance."""
    size = z.size
    towards = np.where(z > 0.0, -STEP, STEP)
    moves = np.diag(towards)
    persons = [z[np.newaxis], z + moves] + ([z - moves] if both else [])
    found = of(np.concatenate(persons))
    here, there = found[0], found[1 : size + 1]
    if both:
        slopes = (there - found[size + 1 :]) / (2.0 * towards[:, np.newaxis])
    else:
        slopes = (there - here) / towards[:, np.newaxis]
    return here, slopes.T
