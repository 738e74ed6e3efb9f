"""How far results lie from a course, in standard deviations; results beyond a limit count by their tail."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import log_ndtr

FloatArray = npt.NDArray[np.float64]

LOST = 60.0
"""Residual of a person whose course has no answer: far, and finite."""


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
    scaled = (observed - expected) / spread
    signed = np.where(beyond > 0, -scaled, scaled)
    tail = np.sqrt(-2.0 * np.minimum(log_ndtr(np.where(beyond == 0, 0.0, signed)), 0.0))
    found = np.where(beyond == 0, scaled, np.where(beyond > 0, tail, -tail))
    return np.asarray(np.where(np.isfinite(expected), found, LOST), dtype=np.float64)
