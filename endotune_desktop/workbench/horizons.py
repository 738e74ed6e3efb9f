"""How much time the plots show: the lengths that suit every axis, and those that an axis asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from endotune_desktop.physiology.axis import Axis

NEAR = 0.2
"""A length of the axis takes the place of a usual one that is no further from it than this share."""

CLOCK_DAYS = 3.0
"""Up to this length the hour of the day matters more than yesterday: the window begins today."""

DAILY_FROM_DAYS = 21.0
"""From this length on a curve of every hour would be a comb; samples of one clock time are drawn."""

CYCLE_STEPS = 1000
"""Points of a curve on a cycling axis, whose days differ: a surge of two days must be seen in a year."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """A stretch of time about today.

    Attributes
    ----------
    value : str
        What it is called: ``24 h``, ``6 mo``.
    past_days, future_days : float
        How much of it lies before today, and from today on.
    """

    value: str
    past_days: float
    future_days: float

    DAY: ClassVar[Horizon]
    WEEK: ClassVar[Horizon]
    SIX_WEEKS: ClassVar[Horizon]
    SIX_MONTHS: ClassVar[Horizon]
    YEAR: ClassVar[Horizon]

    @property
    def days(self) -> float:
        """Return the whole length."""
        return self.past_days + self.future_days

    @property
    def daily_samples(self) -> bool:
        """Return whether curves show the value before the morning dose instead of every hour."""
        return self.days > DAILY_FROM_DAYS

    def step_h(self, axis: Axis) -> float:
        """Return how far apart the drawn values are where they are not daily samples, hours."""
        if self.days <= CLOCK_DAYS:
            return 0.25
        return 1.0 if axis.cycle is None else max(1.0, round(self.days * 24.0 / CYCLE_STEPS))

    def samples_daily(self, axis: Axis) -> bool:
        """Return whether an axis is drawn by daily samples: not one whose days differ."""
        return self.daily_samples and axis.cycle is None


Horizon.DAY = Horizon("24 h", 0.0, 1.0)
Horizon.WEEK = Horizon("7 d", 2.0, 5.0)
Horizon.SIX_WEEKS = Horizon("6 w", 14.0, 28.0)
Horizon.SIX_MONTHS = Horizon("6 mo", 91.0, 91.0)
Horizon.YEAR = Horizon("1 y", 182.0, 183.0)

USUAL = (Horizon.DAY, Horizon.WEEK, Horizon.SIX_WEEKS, Horizon.SIX_MONTHS, Horizon.YEAR)


def horizon_of(days: float) -> Horizon:
    """Return a stretch of that many days: from today where the clock matters, half of it past where weeks do."""
    if days <= CLOCK_DAYS:
        return Horizon(_words(days), 0.0, days)
    past = float(round(days * (2 / 7 if days <= 10.0 else 1 / 2)))
    return Horizon(_words(days), past, days - past)


def horizons_of(axis: Axis) -> tuple[Horizon, ...]:
    """Return the stretches that are offered for an axis, the shortest first: the usual ones and its own."""
    usual = {horizon.days: horizon for horizon in USUAL}
    own = [usual.get(days) or horizon_of(days) for days in axis.horizons_days]
    kept = [u for u in USUAL if all(abs(u.days - o.days) > NEAR * o.days for o in own)]
    return tuple(sorted({horizon.value: horizon for horizon in (*own, *kept)}.values(), key=lambda h: h.days))


def first_horizon(axis: Axis) -> Horizon:
    """Return what is shown of an axis from the start."""
    days = axis.horizons_days[0] if axis.horizons_days else Horizon.SIX_MONTHS.days
    return min(horizons_of(axis), key=lambda horizon: abs(horizon.days - days))


def _words(days: float) -> str:
    """Return a length in the unit in which it is a small number."""
    if days <= CLOCK_DAYS:
        return f"{24 * days:g} h"
    if days >= 360.0:
        return f"{days / 365.25:.2g} y"
    months = days / 30.4375
    if days >= 85.0 and abs(months - round(months)) < NEAR:
        return f"{round(months)} mo"
    return f"{days / 7:g} w" if days % 7 == 0 and days > 7 else f"{days:g} d"
