"""How far results lie from a course, in standard deviations; results beyond a limit count by their tail."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

LOST = 60.0
"""Residual of a person whose course has no answer: far, and finite."""
FIRST_SHARE = 0.8
"""How often a sample of unknown clock was taken before the day's tablet (tuning.md 1.2)."""
_CLIMBS = 40


def residuals(observed: FloatArray, beyond: FloatArray, expected: FloatArray, spread: FloatArray) -> FloatArray:
    """Return residuals whose half squares are the negative log-likelihood (constants left out).

    Parameters
    ----------
    observed : array, shape (n,)
        Logarithm of the results, or of their limit.
    beyond : array, shape (n,)
        0 for a value, -1 for "below", 1 for "above".
    expected : array, shape (..., n)
        Logarithm of what the course says; nan where it has no answer.
    spread : array, shape (n,)
        Standard deviation of the logarithm.

    Returns
    -------
    array, shape (..., n)
        Signed: positive when the result is above the course. For ``<L`` the half square is ``-log Phi((ln L - ln
        f)/s)``, for ``>U`` it is ``-log Phi((ln f - ln U)/s)`` (tuning.md 1.2).
    """
    from scipy.special import log_ndtr  # slow to load: not at start

    scaled = (observed - expected) / spread
    signed = np.where(beyond > 0, -scaled, scaled)
    tail = np.sqrt(-2.0 * np.minimum(log_ndtr(np.where(beyond == 0, 0.0, signed)), 0.0))
    found = np.where(beyond == 0, scaled, np.where(beyond > 0, tail, -tail))
    return np.asarray(np.where(np.isfinite(expected), found, LOST), dtype=np.float64)


def mixed(observed: FloatArray, beyond: FloatArray, both: FloatArray, spread: FloatArray) -> FloatArray:
    """Return residuals where a result was sampled in one of two states and nobody knows in which.

    The half square is ``-logsumexp(log .8 + l_first, log .2 + l_second)`` (tuning.md 1.2), less its least value over
    all results that could have been found: a result at the mode has residual 0, and the slope there is that of a
    single state, which the curvature of a least-squares fit needs. For bounds the least value is 0.

    Parameters
    ----------
    observed, beyond, spread : array, shape (n,)
        As for `residuals`.
    both : array, shape (..., n, 2)
        Logarithm of what the course says in the first state and in the second.

    Returns
    -------
    array, shape (..., n)
        Signed by the side of the mode on which the result lies.
    """
    first = residuals(observed, beyond, both[..., 0], spread)
    second = residuals(observed, beyond, both[..., 1], spread)
    told = _surprise(first, second)
    mode = _mode(both, spread)
    apart = (mode[..., np.newaxis] - both) / spread[:, np.newaxis]
    least = np.where(beyond == 0, _surprise(apart[..., 0], apart[..., 1]), 0.0)
    above = np.where(beyond == 0, np.sign(observed - mode), np.sign(first + second))
    size = np.sqrt(2.0 * np.maximum(told - least, 0.0))
    found = np.where(both[..., 0] == both[..., 1], first, above * size)
    return np.asarray(np.where(np.isfinite(both).all(axis=-1), found, LOST), dtype=np.float64)


def likelier(observed: FloatArray, both: FloatArray, spread: FloatArray) -> FloatArray:
    """Return what the course says in the state in which the result was more probably sampled, shape (..., n)."""
    first = 0.5 * ((observed - both[..., 0]) / spread) ** 2 - np.log(FIRST_SHARE)
    second = 0.5 * ((observed - both[..., 1]) / spread) ** 2 - np.log(1.0 - FIRST_SHARE)
    return np.asarray(np.where(second < first, both[..., 1], both[..., 0]), dtype=np.float64)


def _surprise(first: FloatArray, second: FloatArray) -> FloatArray:
    """Return the negative logarithm of the mixed likelihood of two residuals."""
    one = np.log(FIRST_SHARE) - 0.5 * first**2
    other = np.log(1.0 - FIRST_SHARE) - 0.5 * second**2
    return np.asarray(-np.logaddexp(one, other), dtype=np.float64)


def _mode(both: FloatArray, spread: FloatArray) -> FloatArray:
    """Return the most probable result of two states: a climb from the first, which weighs four times the other."""
    at = both[..., 0]
    for _ in range(_CLIMBS):
        apart = (at[..., np.newaxis] - both) / spread[:, np.newaxis]
        lean = np.log(1.0 / FIRST_SHARE - 1.0) + 0.5 * (apart[..., 0] ** 2 - apart[..., 1] ** 2)
        share = 1.0 / (1.0 + np.exp(-np.clip(lean, -500.0, 500.0)))
        at = both[..., 0] + share * (both[..., 1] - both[..., 0])
    return np.asarray(at, dtype=np.float64)
