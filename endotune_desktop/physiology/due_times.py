"""When the results are due that a forecast is made for, and which sample counts as the due one."""

from __future__ import annotations

from dataclasses import dataclass


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
