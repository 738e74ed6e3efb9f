"""The phases of a cycle, read off a course: where each begins and ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.rhythm import Begins, Cycle

FloatArray = npt.NDArray[np.float64]

LONGEST_H = 60 * 24.0
"""A stretch without a fall that is longer than this is no cycle, and bears no phases."""


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A phase in time.

    Attributes
    ----------
    id, title : str
    from_h, to_h : float
        Hours of the timeline.
    """

    id: str
    title: str
    from_h: float
    to_h: float


def phases_of(axis: Axis, time_h: FloatArray, values: dict[str, FloatArray]) -> tuple[PhaseSpan, ...]:
    """Return the phases that a course runs through, in order.

    A cycle begins where the fall marker falls through its limit. Its surge is the largest value of the surge marker
    before the next beginning; a cycle without a surge has no phases. Where a course begins within a cycle the
    follicular phase is not divided, as nobody knows since when it has lasted; the last cycle counts even if its end is
    not seen.

    Parameters
    ----------
    axis : Axis
    time_h : array, shape (n,)
        Rising; a few hours apart.
    values : dict of str to array, shape (n,)
        By marker id.

    Returns
    -------
    tuple of PhaseSpan
        Empty on an axis without a cycle.
    """
    cycle = axis.cycle
    if cycle is None or time_h.size < 2:
        return ()
    begins = _falls(time_h, values[cycle.fall_marker], cycle.fall_below)
    at_begin = axis.start.kind is Begins.CYCLE and time_h[0] == 0.0
    edges = [float(time_h[0]), *begins, float(time_h[-1])]
    surges = values[cycle.surge_marker]
    found: list[PhaseSpan] = []
    for number in range(len(edges) - 1):
        first, last = edges[number], edges[number + 1]
        inside = (time_h >= first) & (time_h <= last)
        if last - first > LONGEST_H or not inside.any():
            continue
        peak = int(np.argmax(np.where(inside, surges, -np.inf)))
        if surges[peak] >= cycle.surge_above:
            known = number > 0 or at_begin
            found += _one_cycle(cycle, first, last, float(time_h[peak]), begin_known=known)
    return tuple(found)


def phase_at(phases: tuple[PhaseSpan, ...], time_h: float) -> PhaseSpan | None:
    """Return the phase at an hour, None where none is known."""
    return next((span for span in phases if span.from_h <= time_h < span.to_h), None)


def _falls(time_h: FloatArray, values: FloatArray, below: float) -> list[float]:
    """Return the hours at which values fall through a limit, by linear interpolation."""
    at = np.flatnonzero((values[:-1] >= below) & (values[1:] < below))
    share = (values[at] - below) / (values[at] - values[at + 1])
    return [float(hour) for hour in time_h[at] + share * (time_h[at + 1] - time_h[at])]


def _one_cycle(cycle: Cycle, first: float, last: float, surge: float, *, begin_known: bool) -> list[PhaseSpan]:
    early, follicular, middle, luteal = cycle.phases
    before = max(surge - cycle.surge_half_width_h, first)
    after = min(surge + cycle.surge_half_width_h, last)
    divide = min(first + cycle.early_h, before) if begin_known else first
    spans = (
        (early, first, divide), (follicular, divide, before), (middle, before, after), (luteal, after, last),
    )  # fmt: skip
    return [PhaseSpan(phase.id, phase.title, a, b) for phase, a, b in spans if b > a]
