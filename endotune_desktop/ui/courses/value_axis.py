"""What is written beside a value axis: the limits of the reference, and round values where there is room."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from endotune_desktop.ui.courses.scales import Scale
from endotune_desktop.ui.widgets.numbers import shown_amount, shown_number

MOST_ROUND = 4


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
    most = min(MOST_ROUND, max(1, int(height_px / (2.2 * line_px))))
    for value in scale.round_values(low, high, most):
        place = float(np.log10(value)) if scale.log else value
        at = pixel(place)
        if all(abs(at - other.at_px) >= 1.15 * line_px for other in found):
            found.append(Tick(place, at, shown_amount(value), False))
    return found
