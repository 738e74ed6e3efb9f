"""The indices of communication of one state of an axis: how centre and periphery talk to each other (tuning.md 2.2).

All of them are computed: the flat state and its loop by probes, the rhythm from the periodic course itself. What they
are compared with is the same person with nothing wrong and nothing taken.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis, Marker, Role
from endotune_desktop.physiology.communication import Communication
from endotune_desktop.simulation import CancelFlag
from endotune_desktop.tuning.loop_response import Loop, loop_around
from endotune_desktop.tuning.operating_point import OperatingPoint, operating_point
from endotune_desktop.tuning.rhythm import Rhythm, daily_rhythm

FloatArray = npt.NDArray[np.float64]


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
        rhythm=daily_rhythm(axis, scenario, told.rhythm, cancel),
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


def both_indices(
    axis: Axis, scenario: Scenario, own: Scenario, *, near: tuple[Indices, Indices] | None = None,
    cancel: CancelFlag | None = None,
) -> tuple[Indices, Indices]:  # fmt: skip
    """Return the fast indices of a lasting state and of the same person healthy.

    Parameters
    ----------
    axis : Axis
    scenario, own : Scenario
        As `lasting` and `unharmed` make them.
    near : (Indices, Indices), optional
        Of somebody alike.
    cancel : CancelFlag, optional

    Raises
    ------
    OutsideValidity, InputRefused, Cancelled
        As `indices_of`.
    """
    first, second = near or (None, None)
    return indices_of(axis, scenario, near=first, cancel=cancel), indices_of(axis, own, near=second, cancel=cancel)


def _time_constants_d(loop: Loop) -> tuple[float, ...]:
    rates = loop.eigenvalues().real
    return tuple(float(-1.0 / rate / 24.0) for rate in rates[rates < 0.0][:3])


def _exogenous(levels: Mapping[str, float], told: Communication) -> float:
    if not told.given:
        return float("nan")
    total = levels[told.given] + levels[told.own]
    return 100.0 * levels[told.given] / total if total > 0.0 else 0.0
