"""What courses of many persons say at the samples of a fit; every person is computed once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.simulation.cancelling import CancelFlag
from endotune_desktop.simulation.ensemble import Plans, Spread, simulate_members
from endotune_desktop.simulation.members import Members
from endotune_desktop.tuning.evidence import Clock, Observation
from endotune_desktop.tuning.prior import Kind, Prior

FloatArray = npt.NDArray[np.float64]

RTOL = 1e-4
"""Of the courses of a fit: slopes by differences of 0.05 standard deviations need no more."""
AROUND_H = 0.25
"""How far before and after a sample the course is looked at for its slope in time."""
BEFORE_H, AFTER_H = 1.0 / 60.0, 2.0
"""A sample of unknown clock was taken a minute before the day's first tablet, or two hours after it (assumed: the peak
of an oral dose of levothyroxine lies there)."""
REACH_SPREADS, SHIFT_STEP_H = 3.0, 3.0
"""How far, in prior standard deviations, the day of the cycle may move, and how densely it is looked at."""
MOST_REMEMBERED = 1024


class Courses:
    """Courses of many persons at the samples; remembers what is the same for all of them, and whom it has computed.

    Parameters
    ----------
    prior : Prior
    observations : tuple of Observation
    cancel : CancelFlag, optional
    spread : callable
        Who runs the chunks.
    rtol : float
        Of the courses.

    Attributes
    ----------
    computed : int
        Courses so far.
    unsure : array of bool, shape (n,)
        Which results were sampled before or after a tablet, nobody knows.
    times_h : array
        Where the courses are looked at.
    scenario : Scenario
        That lasts so long.
    """

    def __init__(
        self, prior: Prior, observations: tuple[Observation, ...], cancel: CancelFlag | None, spread: Spread,
        rtol: float = RTOL,
    ) -> None:  # fmt: skip
        self._prior, self._seen, self._cancel, self._spread = prior, observations, cancel, spread
        self._rtol = rtol
        kinds = [unknown.kind for unknown in prior.unknowns]
        self._moving = np.array([kind not in (Kind.OFFSET, Kind.CYCLE_DAY) for kind in kinds], dtype=bool)
        self._shift = next((i for i, kind in enumerate(kinds) if kind is Kind.CYCLE_DAY), None)
        self._looks = np.array([looks_of(prior.scenario, seen) for seen in observations])
        self.unsure: npt.NDArray[np.bool_] = self._looks[:, 0] != self._looks[:, 1]
        self.times_h = self._all_times()
        end_days = float(self.times_h[-1]) / 24.0 + 1.0
        self.scenario = replace(prior.scenario, duration_days=max(prior.scenario.duration_days, end_days))
        self._markers = sorted({seen.marker for seen in observations})
        self._columns = np.array([self._markers.index(seen.marker) for seen in observations])
        self._rows = np.searchsorted(self.times_h, self._looks - 1e-6)
        self._plans: Plans = {}
        self._known: dict[bytes, FloatArray] = {}
        self.computed = 0

    def _all_times(self) -> FloatArray:
        looks = np.unique(self._looks)
        times = [looks, np.maximum(looks - AROUND_H, 0.0), looks + AROUND_H]
        if self._shift is not None:
            reach = REACH_SPREADS * self._prior.unknowns[self._shift].spread
            moves = np.arange(-reach, reach + SHIFT_STEP_H, SHIFT_STEP_H)
            times.append(np.maximum((looks[:, np.newaxis] + moves).ravel(), 0.0))
        found = np.unique(np.concatenate(times))
        kept = np.append(True, np.diff(found) > 1e-6)
        return np.asarray(found[kept], dtype=np.float64)

    def both(self, z: FloatArray) -> FloatArray:
        """Return the logarithm of every marker at its sample, offsets included; nan where there is no answer.

        Parameters
        ----------
        z : array, shape (members, unknowns)

        Returns
        -------
        array, shape (members, results, 2)
            Before and after the day's tablet where it is not known which; the same twice where it is.
        """
        table = self._table(z)
        if self._shift is None:
            found = table[:, self._columns[:, np.newaxis], self._rows]
        else:
            found = self._moved(table, z, np.zeros(1))[..., 0]
        return np.asarray(found + self._prior.offsets(z, self._seen)[:, :, np.newaxis], dtype=np.float64)

    def slopes_per_h(self, z: FloatArray) -> FloatArray:
        """Return how fast the logarithm of every marker moves at its sample for one person, an hour."""
        table = self._table(z[np.newaxis])
        around = np.array([-AROUND_H, AROUND_H])
        if self._shift is not None:
            around = np.array([-SHIFT_STEP_H, SHIFT_STEP_H])
            there = self._moved(table, z[np.newaxis], around)[0, :, 0]
            width = np.full(len(self._seen), around[1] - around[0])
        else:
            times = np.maximum(self._looks[:, :1] + around, 0.0)
            rows = np.searchsorted(self.times_h, times - 1e-6)
            there = table[0, self._columns[:, np.newaxis], rows]
            width = self.times_h[rows[:, 1]] - self.times_h[rows[:, 0]]
        return np.asarray(np.nan_to_num((there[:, 1] - there[:, 0]) / width), dtype=np.float64)

    def _moved(self, table: FloatArray, z: FloatArray, around: FloatArray) -> FloatArray:
        """Return the table where each person's cycle puts the samples, shape (members, results, 2, around)."""
        assert self._shift is not None
        unknown = self._prior.unknowns[self._shift]
        found = np.empty((*table.shape[:1], len(self._seen), 2, around.size))
        for member, days in enumerate(unknown.values(z[:, self._shift])):
            at = np.maximum(self._looks[:, :, np.newaxis] + days + around, 0.0)
            for place, column in enumerate(self._columns):
                found[member, place] = np.interp(at[place], self.times_h, table[member, column])
        return found

    def _table(self, z: FloatArray) -> FloatArray:
        """Return logarithms of all markers at all times, shape (members, markers, times); known persons are not rerun.

        Persons who differ in what leaves the course alone (offsets, the day of the cycle) are one person here.
        """
        keys = [row.tobytes() for row in np.where(self._moving, z, 0.0)]
        new = {key: place for place, key in enumerate(keys) if key not in self._known}
        if len(self._known) + len(new) > MOST_REMEMBERED:
            self._known.clear()
            new = {key: place for place, key in enumerate(keys)}
        if new:
            found = self._simulated(z[list(new.values())])
            self._known.update(zip(new, found, strict=True))
        return np.stack([self._known[key] for key in keys])

    def _simulated(self, z: FloatArray) -> FloatArray:
        members = self._prior.members(z)
        self.computed += members.count
        found = self.values(members)
        with np.errstate(divide="ignore", invalid="ignore"):
            table = np.stack([np.log(np.maximum(found[marker], 1e-300)) for marker in self._markers])
        return np.asarray(table.transpose(2, 0, 1), dtype=np.float64)

    def values(self, members: Members) -> dict[str, FloatArray]:
        """Return every marker that was measured, shape (times, members), nan where there is no answer."""
        found = simulate_members(
            self._prior.axis, self.scenario, members, rtol=self._rtol, output_times_h=self.times_h,
            markers=self._markers, cancel=self._cancel, spread=self._spread, plans=self._plans,
        )  # fmt: skip
        return found.markers


def looks_of(scenario: Scenario, seen: Observation) -> tuple[float, float]:
    """Return the two hours at which a result may have been sampled: before and after the day's first tablet.

    They are the same when the clock is known, and on a day without a tablet.

    Parameters
    ----------
    scenario : Scenario
    seen : Observation
    """
    time_h = max(seen.time_h, 0.0)
    tablet_h = None if seen.clock is Clock.RECORDED else _tablet_h(scenario, int(time_h // 24.0))
    if tablet_h is None:
        return time_h, time_h
    return max(min(time_h, tablet_h - BEFORE_H), 0.0), max(time_h, tablet_h + AFTER_H)


def _tablet_h(scenario: Scenario, day: int) -> float | None:
    clocks: list[str] = []
    for order in scenario.regimen:
        due = day >= order.start_day and (order.stop_day is None or day < order.stop_day)
        if not due or order.route != "oral" or order.dose <= 0.0 or day in order.missed_days:
            continue
        if (day - order.start_day) % order.every_days == 0:
            clocks.extend(order.clock_times)
    if not clocks:
        return None
    hours, minutes = min(clocks).split(":")
    return day * 24.0 + int(hours) + int(minutes) / 60.0
