"""When the results are due that a forecast is made for, and which sample counts as the due one."""

from __future__ import annotations

from dataclasses import dataclass

from endotune_desktop.physiology.axis import Axis


@dataclass(frozen=True, slots=True)
class DueTimes:
    """When results are due after a plan was adopted.

    Attributes
    ----------
    days : tuple of int
        After the first day of the plan.
    window_h : float
        A sample up to that long before or after counts.
    clock_h : float
        And its clock may differ by that much from the planned one, where it is known.
    reason : str
    """

    days: tuple[int, ...]
    window_h: float
    clock_h: float
    reason: str


WEEK_H = 168.0

USUAL = DueTimes((42, 84), WEEK_H, 3.0, "six half-lives of levothyroxine (7 d), and the visit after it [own choice]")
"""The window is tuning.md 7's; three hours move a daily rhythm by less than the day-to-day variation [own choice]."""

FAST: dict[str, DueTimes] = {
    "hpa": DueTimes((7, 28), WEEK_H, 0.5, "hydrocortisone leaves within hours, CBG and the adrenal follow in weeks; a "
                    "cortisol half an hour after a tablet is another one [own choice]"),
    "calcium": DueTimes((7, 28), WEEK_H, 3.0, "calcitriol and PTH act within days, bone within weeks [own choice]"),
}  # fmt: skip

CYCLE_WINDOW_H = 24.0
"""On a cycling axis the day of the cycle decides; a week beside it is another result."""


def due_times(axis: Axis) -> DueTimes:
    """Return when the results of an axis are due."""
    found = FAST.get(axis.id, USUAL)
    if axis.cycle is None:
        return found
    return DueTimes(found.days, CYCLE_WINDOW_H, found.clock_h, found.reason)
