"""What the laboratory found, as a fit reads it: results with their clock, their comparator and their visit."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

VISIT_H = 24.0
"""Results within a day of each other belong to one visit: they share what was swallowed before."""


class Clock(Enum):
    """How well the time of a sample is known; the value is its standard deviation in hours (tuning.md 1.2)."""

    RECORDED = 5.0 / 60.0
    MORNING = 1.0
    DATE_ONLY = 3.0


@dataclass(frozen=True, slots=True)
class Observation:
    """A result.

    Attributes
    ----------
    id : str
        Of the record, for naming it.
    marker : str
        Marker id of the axis, which is also the analyte.
    time_h : float
        Hours from midnight of day 0 of the scenario.
    value : float
        Canonical unit, above zero.
    comparator : str
        Empty, ``<`` or ``>``.
    clock : Clock
    platform : str
        Laboratory and method: results of one platform share its offset.
    disturbed : tuple of (str, int)
        What on the record disturbs its assay, in words, with 1 where it then reads falsely high, -1 falsely low, 0
        where either may be.
    """

    id: str
    marker: str
    time_h: float
    value: float
    comparator: str = ""
    clock: Clock = Clock.RECORDED
    platform: str = ""
    disturbed: tuple[tuple[str, int], ...] = ()

    @property
    def logarithm(self) -> float:
        """Return the natural logarithm of the value."""
        return math.log(self.value)


def visits_of(observations: Iterable[Observation]) -> list[float]:
    """Return the time of the first result of every visit, ascending."""
    visits: list[float] = []
    for time_h in sorted(observation.time_h for observation in observations):
        if not visits or time_h - visits[-1] > VISIT_H:
            visits.append(time_h)
    return visits


def visit_of(time_h: float, visits: list[float]) -> int:
    """Return which visit a time belongs to.

    Parameters
    ----------
    time_h : float
    visits : list of float
        As `visits_of` gives them for results that include this one.
    """
    return max(index for index, begin in enumerate(visits) if begin <= time_h + 1e-9)
