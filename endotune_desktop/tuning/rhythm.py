"""The daily rhythm of a marker in the periodic course itself: strength and clock of its first harmonic."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation import CancelFlag, simulate

FloatArray = npt.NDArray[np.float64]

SCREEN_RTOL = 1e-5
_STEP_H = 0.5


@dataclass(frozen=True)
class Rhythm:
    """The first Fourier component of the logarithm of a marker over 24 h.

    Attributes
    ----------
    amplitude : float
        By how many per cent the marker peaks above its geometric mean.
    peak_h : float
        Clock time of the peak, 0 to 24.
    """

    amplitude: float
    peak_h: float


def first_harmonic(time_h: FloatArray, values: FloatArray) -> Rhythm:
    """Return the rhythm of a marker at evenly spaced times of one day.

    Parameters
    ----------
    time_h : array, shape (n,)
        From some time to 24 h later, that not included.
    values : array, shape (n,)
        Positive.
    """
    turn = np.exp(-2j * np.pi * time_h / 24.0)
    component = 2.0 * np.mean(np.log(values) * turn)
    peak_h = float(-np.angle(component)) * 24.0 / (2.0 * np.pi)
    return Rhythm(100.0 * math.expm1(abs(component)), peak_h % 24.0)


def daily_rhythm(axis: Axis, scenario: Scenario, marker: str, cancel: CancelFlag | None = None) -> Rhythm | None:
    """Return the rhythm of a marker in a lasting state; None without a marker, or where it touches zero.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
        As `lasting` makes it.
    marker : str
        Marker id, or empty.
    cancel : CancelFlag, optional

    Raises
    ------
    OutsideValidity
        If the equations have no answer.
    Cancelled
        If the flag was set.
    """
    if not marker:
        return None
    times: FloatArray = np.arange(0.0, 24.0, _STEP_H, dtype=np.float64)
    day = replace(scenario, duration_days=1.0)
    values = simulate(axis, day, rtol=SCREEN_RTOL, output_times_h=times, cancel=cancel).markers[marker]
    return first_harmonic(times, values) if np.all(values > 0.0) else None
