"""What is written beside a value axis: the limits of the reference, and round values where there is room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from endotune_desktop.ui.courses.scales import Scale
from endotune_desktop.ui.widgets.numbers import shown_amount, shown_number

MOST_ROUND = 4
TALL, MOST_TALL = 20, 7
"""An axis of more lines than the first has room for as many round values as the second."""


@dataclass(frozen=True)
class Tick:
    """One number on the axis.

    Attributes
    ----------
    place : float
        Axis coordinate.
    at_px : float
        Where the number stands, pixels from the top.
    words : str
    limit : bool
        Whether it is a limit of the reference.
    """

    place: float
    at_px: float
    words: str
    limit: bool


def ticks_of(
    scale: Scale, span: tuple[float, float], limits: list[float], height_px: float, line_px: float
) -> list[Tick]:
    """Return what is written on an axis; no two numbers come nearer than a line, and none leaves the axis.

    Parameters
    ----------
    scale : Scale
    span : (float, float)
        Shown axis coordinates.
    limits : list of float
        Of the reference, canonical unit.
    height_px, line_px : float
        Height of the axis and of a line of its numbers.

    Returns
    -------
    list of Tick
        Limits first; each is written unless there is no room beside the other one.
    """
    low, high = span

    def pixel(place: float) -> float:
        raw = (high - place) / max(high - low, 1e-12) * height_px
        return min(max(raw, line_px / 2.0), max(height_px - line_px / 2.0, line_px / 2.0))

    found: list[Tick] = []
    for limit in sorted(limits, reverse=True):
        place = scale.at(limit)
        if low <= place <= high and (limit > 0.0 or not scale.log):
            found.append(Tick(place, pixel(place), shown_number(limit / scale.factor, significant=2), True))
    if len(found) == 2 and found[1].at_px - found[0].at_px < line_px:
        found = found[:1]
    lines = height_px / line_px
    most = MOST_TALL if lines > TALL else min(MOST_ROUND, max(1, int(lines / 2.2)))
    for value in scale.round_values(low, high, most):
        place = float(np.log10(value)) if scale.log else value
        at = pixel(place)
        if all(abs(at - other.at_px) >= 1.15 * line_px for other in found):
            found.append(Tick(place, at, shown_amount(value), False))
    return found


def across_ticks_of(
    scale: Scale,
    span: tuple[float, float],
    limits: list[float],
    width_px: float,
    measure: Callable[[str], float],
    gap_px: float,
) -> list[Tick]:
    """Return what is written under a horizontal axis; `at_px` is the middle of the words, from the left.

    Parameters
    ----------
    scale, span, limits
        As for `ticks_of`.
    width_px : float
    measure : callable
        Returns how wide words are, pixels.
    gap_px : float
        Least room between two of them.
    """
    low, high = span
    found: list[Tick] = []

    def add(place: float, words: str, *, limit: bool) -> None:
        half = measure(words) / 2.0
        raw = (place - low) / max(high - low, 1e-12) * width_px
        at = min(max(raw, half), max(width_px - half, half))
        if low <= place <= high and all(
            abs(at - other.at_px) >= half + measure(other.words) / 2.0 + gap_px for other in found
        ):
            found.append(Tick(place, at, words, limit))

    for limit in sorted(limits):
        add(scale.at(limit), shown_number(limit / scale.factor, significant=2), limit=True)
    for value in scale.round_values(low, high, 2 * MOST_ROUND):
        add(float(np.log10(value)) if scale.log else value, shown_amount(value), limit=False)
    return found
