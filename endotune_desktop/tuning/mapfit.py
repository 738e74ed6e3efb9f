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
MOST_ROUNDS = 28
"""Twice the 14 of tuning.md 1.3, whose rounds all take differences."""
MOST_TRIES = 6
LEAST_GAIN, LEAST_MOVE = 1e-3, 0.02
LEAST_SHARE = 0.25
"""A step that gains less of what it promised shows that the slopes are old."""
STIFF = 1.0
"""Damping above which a small step says nothing of the end."""
NEAR = 0.1
"""Slopes from this near are good enough for the covariance; a search that comes this near ends where another did."""


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


def fitted(
    of: Residuals, start: FloatArray, slopes: FloatArray | None = None, *, known: FloatArray | None = None
) -> Optimum:  # fmt: skip
    """Return the maximum of the posterior near a start (tuning.md 1.3).

    Between differences the slopes are kept up by what each step has shown (Broyden's rank-one update); they are taken
    anew when a step gains far less than they promised, and by central differences before the search may end.

    Parameters
    ----------
    of : callable
    start : array, shape (k,)
    slopes : array, shape (n, k), optional
        Derivatives of the residuals at the start, roughly.
    known : array, shape (k,), optional
        Where another search has ended: one that comes near it ends at once, unfinished.
    """
    search = _Search(of, np.array(start, dtype=np.float64), slopes)
    for _ in range(MOST_ROUNDS):
        ended = search.round()
        if known is not None and same_foot(search.z, known):
            break
        if ended:
            search.finish()
            break
    else:
        search.finish()
    return Optimum(
        search.z, search.objective, search.here, search.slopes, search.evaluations, search.converged
    )  # fmt: skip


def same_foot(z: FloatArray, known: FloatArray) -> bool:
    """Return whether a search has come to where another one ended."""
    return bool(np.max(np.abs(z - known), initial=0.0) < NEAR)


class _Search:
    """Where the search is."""

    def __init__(self, of: Residuals, z: FloatArray, slopes: FloatArray | None) -> None:
        self._of, self.z = of, z
        self.evaluations = 0
        self.converged = False
        self._damping = 1e-2
        self._looked: FloatArray | None = None
        """Where slopes were last taken by central differences."""
        self.here = self._at(z[np.newaxis])[0]
        self.objective = _objective(self.here, z)
        self.slopes = np.zeros((self.here.size, z.size))
        self._central = self.slopes
        if slopes is None:
            self._look(both=False)
        else:
            self.slopes = slopes

    def round(self) -> bool:
        """Take a step; return whether the search has ended."""
        former, promised = self.objective, 0.0
        for _ in range(MOST_TRIES):
            step, promised = self._step()
            tried = self._at((self.z + step)[np.newaxis])[0]
            value = _objective(tried, self.z + step)
            if value <= former:
                break
            self._learn(step, tried)
            self._damping *= 8.0
        else:
            # No step goes down by slopes that may be old; by fresh ones, the foot is reached.
            self.converged = self._looked is not None and bool(np.array_equal(self._looked, self.z))
            if not self.converged:
                self._look(both=True)
                self._damping = 1e-2
            return self.converged
        self._learn(step, tried)
        self.z, self.objective, self.here = self.z + step, value, tried
        self._damping /= 6.0
        gain = former - value
        if gain < LEAST_GAIN and float(np.max(np.abs(step), initial=0.0)) < LEAST_MOVE:
            if self._damping > STIFF:
                return False  # it was the damping that made the step small
            if self._near_a_look():
                self.converged = True
                return True
            self._look(both=True)
        elif gain < LEAST_SHARE * promised:
            self._look(both=False)
        return False

    def finish(self) -> None:
        """Have central differences from near the end, for the covariance."""
        if not self._near_a_look():
            self._look(both=True)
        self.slopes = self._central

    def _step(self) -> tuple[FloatArray, float]:
        """Return the next step and by how much it should lower the objective."""
        gradient = self.slopes.T @ self.here + self.z
        curvature = self.slopes.T @ self.slopes + np.eye(self.z.size)
        step = -np.linalg.solve(curvature + self._damping * np.diag(np.diag(curvature)), gradient)
        step *= min(1.0, LONGEST_MOVE / max(float(np.max(np.abs(step), initial=0.0)), 1e-300))
        return step, float(-2.0 * gradient @ step - step @ curvature @ step)

    def _learn(self, step: FloatArray, there: FloatArray) -> None:
        size = float(step @ step)
        if size > 0.0:
            self.slopes = self.slopes + np.outer(there - self.here - self.slopes @ step, step) / size

    def _near_a_look(self) -> bool:
        return self._looked is not None and float(np.max(np.abs(self.z - self._looked), initial=0.0)) < NEAR

    def _look(self, *, both: bool) -> None:
        """Take the slopes by differences: one-sided towards 0, or central."""
        size = self.z.size
        towards = np.where(self.z > 0.0, -STEP, STEP)
        moves = np.diag(towards)
        found = self._at(np.concatenate([self.z + moves] + ([self.z - moves] if both else [])))
        there = found[:size]
        if both:
            slopes = (there - found[size:]) / (2.0 * towards[:, np.newaxis])
            self._looked = self.z.copy()
        else:
            slopes = (there - self.here) / towards[:, np.newaxis]
        self.slopes = slopes.T
        if both:
            self._central = self.slopes

    def _at(self, z: FloatArray) -> FloatArray:
        self.evaluations += z.shape[0]
        return self._of(z)


def _objective(residuals: FloatArray, z: FloatArray) -> float:
    return float(residuals @ residuals + z @ z)
