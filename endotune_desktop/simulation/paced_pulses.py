"""Pulses that the axis paces itself: each one is drawn from what frequency and size are when the one before comes."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.person import Person
from endotune_desktop.physiology.rhythm import PacedPulses
from endotune_desktop.simulation.cancelling import CancelFlag
from endotune_desktop.simulation.compilation import CompiledAxis
from endotune_desktop.simulation.effects import Happenings, JumpAt
from endotune_desktop.simulation.program import Program, build, run

FloatArray = npt.NDArray[np.float64]


def paced_jumps(
    ready: CompiledAxis,
    train: PacedPulses,
    person: Person,
    base: dict[str, float],
    found: Happenings,
    start: tuple[float, FloatArray],
    end_h: float,
    *,
    jumps_at_start: bool,
    seed: int,
    rtol: float,
    cancel: CancelFlag | None = None,
) -> list[JumpAt]:
    """Return the pulses between a start and an end as jumps of a state, having followed the axis from one to the next.

    Intervals are Weibull and sizes log-normal about the axis' own markers; the draw order is interval, size, interval,
    size ..., from ``Generator(PCG64(seed))``.

    Parameters
    ----------
    ready : CompiledAxis
    train : PacedPulses
    person : Person
    base : dict of str to float
        Every parameter before lesions, the stream already switched off.
    found : Happenings
        All else that happens.
    start : tuple of float and array, shape (n_states,)
        Time in hours and state.
    end_h : float
    jumps_at_start : bool
        Whether what happens exactly at the start still has to happen.
    seed : int
    rtol : float
    cancel : CancelFlag, optional
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    mean_of_shape = math.gamma(1.0 + 1.0 / train.shape)
    places = {marker.id: place for place, marker in enumerate(ready.axis.markers)}
    state = ready.axis.state_index(train.state)
    time_h, y = start[0], np.array(start[1])
    ahead = build(ready, person, base, found, time_h, end_h, jumps_at_start=jumps_at_start)
    frequency = _markers(ready, ahead, time_h, y)[places[train.frequency_marker]]
    pulses: list[JumpAt] = []
    while True:
        next_h = time_h + 24.0 / frequency * float(generator.weibull(train.shape)) / mean_of_shape
        spread = train.size_spread * float(generator.normal()) - 0.5 * train.size_spread**2
        if next_h >= end_h:
            return pulses
        part = build(ready, person, base, found, time_h, next_h, jumps_at_start=jumps_at_start)
        y = run(ready, part, y, np.empty(0), rtol, cancel).final
        time_h, jumps_at_start = next_h, False
        now = _markers(ready, part, time_h, y)
        frequency, size = now[places[train.frequency_marker]], now[places[train.size_marker]] * math.exp(spread)
        y[state] += size
        pulses.append(JumpAt(time_h, state, 0, size))


def _markers(ready: CompiledAxis, program: Program, time_h: float, y: FloatArray) -> FloatArray:
    """Return every marker at one time of a program."""
    at, values = np.array([time_h]), np.empty((1, len(ready.axis.markers)))
    ready.marker_rows(at, y.reshape(1, -1), program.table_p, values, program.rows_at(at))
    first: FloatArray = values[0]
    return first
