"""The indices of communication of one state of an axis: how centre and periphery talk to each other (tuning.md 2.2).

All of them are computed: the flat state and its loop by probes, the rhythm from the periodic course itself. What they
are compared with is the same person with nothing wrong and nothing taken.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis, Marker, Role
from endotune_desktop.physiology.communication import Communication
from endotune_desktop.simulation import CancelFlag, simulate
from endotune_desktop.tuning.loop_response import Loop, loop_around
from endotune_desktop.tuning.operating_point import OperatingPoint, operating_point
from endotune_desktop.tuning.variation import variation

FloatArray = npt.NDArray[np.float64]

SCREEN_RTOL = 1e-5
_RHYTHM_STEP_H = 0.5
_LEAST = 1e-3
"""Of the own set point: lower markers count as this, as no assay tells less from nothing."""


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


@dataclass(frozen=True)
class Indices:
    """The fast indices of one state.

    Attributes
    ----------
    levels : mapping of str to float
        Every marker at the flat state.
    gain_fast, gain_slow : float
        L(0) with the gland masses held, and free.
    cancels_fast, cancels_slow : float
        Share of a lasting disturbance that the axis removes, per cent.
    phase_margin_deg, gain_margin : float
        Masses held; nan where the loop never passes 1, or never turns over.
    damping : float
    time_constants_d : tuple of float
        The three slowest of the closed loop.
    centre_response, gland_response : float
        Per cent for one per cent; nan where nothing is sent.
    rhythm : Rhythm or None
    exogenous : float
        Share of the hormone that comes from outside, per cent; nan where nothing that is given stands for it.
    gland : float
        Product of the gland's markers, in the axis's own unit (see `relative_gland`).
    point : OperatingPoint
    """

    levels: Mapping[str, float]
    gain_fast: float
    gain_slow: float
    cancels_fast: float
    cancels_slow: float
    phase_margin_deg: float
    gain_margin: float
    damping: float
    time_constants_d: tuple[float, ...]
    centre_response: float
    gland_response: float
    rhythm: Rhythm | None
    exogenous: float
    gland: float
    point: OperatingPoint


def told_by(axis: Axis) -> Communication:
    """Return what an axis says of its communication.

    Raises
    ------
    InputRefused
        If it says nothing.
    """
    if axis.communication is None:
        raise InputRefused(f"the {axis.title.lower()} axis has no indices of communication", "axis", "another axis")
    return axis.communication


def established(axis: Axis) -> tuple[Marker, ...]:
    """Return the indices of others that are shown beside those of this program (SPINA-GT, free testosterone ...)."""
    told = told_by(axis)
    if told.established:
        return tuple(axis.marker(name) for name in told.established)
    return tuple(marker for marker in axis.markers if marker.role is Role.INDEX)


def indices_of(
    axis: Axis, scenario: Scenario, *, near: Indices | None = None, cancel: CancelFlag | None = None
) -> Indices:
    """Return the fast indices of a lasting state.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
        As `lasting` makes it.
    near : Indices, optional
        Of somebody alike, to search from.
    cancel : CancelFlag, optional

    Raises
    ------
    OutsideValidity
        If the axis has no flat state here (an adenoma that grows, say).
    InputRefused
        If the axis does not say how it communicates.
    Cancelled
        If the flag was set.
    """
    told = told_by(axis)
    point = operating_point(axis, scenario, near=None if near is None else near.point, cancel=cancel)
    loop = loop_around(point, told)
    levels = point.levels()
    phase, gain = loop.margins()
    return Indices(
        levels=levels,
        gain_fast=loop.gain(slow=False),
        gain_slow=loop.gain(slow=True),
        cancels_fast=loop.cancels(slow=False),
        cancels_slow=loop.cancels(slow=True),
        phase_margin_deg=phase,
        gain_margin=gain,
        damping=loop.damping(),
        time_constants_d=_time_constants_d(loop),
        centre_response=loop.centre_response(),
        gland_response=loop.gland_response(),
        rhythm=_rhythm(axis, scenario, told, cancel),
        exogenous=_exogenous(levels, told),
        gland=math.prod(levels[marker] for marker in told.gland),
        point=point,
    )


def relative_gland(state: Indices, own: Indices) -> float:
    """Return the working mass of the gland, per cent of the same person healthy."""
    return 100.0 * state.gland / own.gland if own.gland > 0.0 else float("nan")


def relative_rhythm(state: Indices, own: Indices) -> tuple[float, float]:
    """Return the rhythm's amplitude, per cent of the same person healthy, and its shift in hours, -12 to 12."""
    if state.rhythm is None or own.rhythm is None:
        return float("nan"), float("nan")
    shift = (state.rhythm.peak_h - own.rhythm.peak_h + 12.0) % 24.0 - 12.0
    return 100.0 * state.rhythm.amplitude / own.rhythm.amplitude, shift


def distance(
    axis: Axis, scenario: Scenario, state: Indices, own: Indices, known: Mapping[str, float] | None = None
) -> float:
    """Return how far a state is from its own set point, in standard deviations within a person.

    The root of the mean square over the markers that are valid targets here, with the sign of the hormone's.

    Parameters
    ----------
    axis : Axis
    scenario : Scenario
        Its lesions tell which markers are no targets.
    state, own : Indices
        Of the state, and of the same person healthy.
    known : mapping of str to float, optional
        Variance of the logarithm of each marker's set point, as far as the labs leave it open.

    Returns
    -------
    float
        nan when no marker is a valid target.
    """
    told = told_by(axis)
    valid = valid_targets(axis, scenario)
    if not valid:
        return float("nan")
    total = 0.0
    for marker in valid:
        wide = variation(axis.marker(marker).analyte)
        variance = wide.assay**2 + wide.within**2 + (known or {}).get(marker, 0.0)
        total += away(axis, marker, state.levels, own.levels) ** 2 / variance
    side = away(axis, told.hormone, state.levels, own.levels)
    return math.copysign(math.sqrt(total / len(valid)), side if side else 1.0)


def valid_targets(axis: Axis, scenario: Scenario) -> tuple[str, ...]:
    """Return the markers over which the distance is taken: those of the axis that no lesion here makes invalid."""
    return told_by(axis).aims


def away(axis: Axis, marker: str, levels: Mapping[str, float], own: Mapping[str, float]) -> float:
    """Return the logarithm of a marker over its own set point; what is too low to be measured counts as the limit."""
    least = max(axis.marker(marker).shown_below or 0.0, _LEAST * own[marker])
    return math.log(max(levels[marker], least) / max(own[marker], least))


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


def _rhythm(axis: Axis, scenario: Scenario, told: Communication, cancel: CancelFlag | None) -> Rhythm | None:
    if not told.rhythm:
        return None
    times = np.arange(0.0, 24.0, _RHYTHM_STEP_H)
    day = replace(scenario, duration_days=1.0)
    values = simulate(axis, day, rtol=SCREEN_RTOL, output_times_h=times, cancel=cancel).markers[told.rhythm]
    return first_harmonic(times, values) if np.all(values > 0.0) else None


def _time_constants_d(loop: Loop) -> tuple[float, ...]:
    rates = loop.eigenvalues().real
    return tuple(float(-1.0 / rate / 24.0) for rate in rates[rates < 0.0][:3])


def _exogenous(levels: Mapping[str, float], told: Communication) -> float:
    if not told.given:
        return float("nan")
    total = levels[told.given] + levels[told.own]
    return 100.0 * levels[told.given] / total if total > 0.0 else 0.0
