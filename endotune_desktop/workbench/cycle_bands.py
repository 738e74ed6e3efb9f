"""Bands on an axis with a cycle: every drawn person's course is looked at where that person's cycle stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from endotune_desktop.simulation import CancelFlag
from endotune_desktop.simulation.ensemble import Ensemble
from endotune_desktop.workbench.band_maker import BATCH, COARSE, Ahead, BandMaker, Span
from endotune_desktop.workbench.course_view import Band
from endotune_desktop.workbench.cycle_day import CycleDay

FloatArray = npt.NDArray[np.float64]

MARGIN_STEP_H = 3.0
"""Between the rows before and after the window: as densely as a fit looks at a cycle."""


@dataclass
class CycleBands(BandMaker):
    """Bands of one record, asked for and answered in hours of the timeline.

    The persons run along the course together; the most probable one's day of the cycle says where the record ends and
    a plan begins. By how much a person's day differs from that, the person's values are looked up earlier or later.
    """

    _asked: Span = field(init=False)
    _moved: CycleDay = field(init=False, default_factory=CycleDay)
    _shifts_h: FloatArray | None = field(init=False, default=None)
    _margin_h: FloatArray = field(init=False, default_factory=lambda: np.empty(0))

    def __post_init__(self) -> None:
        """Draw the persons, and go over to hours of the course."""
        self._asked = self.span
        if self.fit is not None and self.fit.posterior is not None:
            self._moved = CycleDay(self.fit.cycle_shift_h)
            self._shifts_h = self.fit.cycle_shifts_h()[: self.count]
            most = float(np.max(np.abs(self._shifts_h - self._moved.shift_h)))
            self._margin_h = np.arange(MARGIN_STEP_H, most + MARGIN_STEP_H, MARGIN_STEP_H)
            self.span = self._wider(self.span)
        super().__post_init__()

    def now(self, count: int, cancel: CancelFlag) -> Band | None:
        """As `BandMaker.now`."""
        known = sum(batch.now is not None for batch in self._batches)
        chosen = self._batches[: max(count // BATCH, known)]
        return self._drawn([self._now_of(batch, cancel) for batch in chosen], self._whole_h)

    def known_now(self) -> Band | None:
        """As `BandMaker.known_now`."""
        parts = [batch.now for batch in self._batches if batch.now is not None]
        return self._drawn(parts, self._whole_h) if len(parts) * BATCH >= COARSE else None

    def ahead(self, plan: Ahead, count: int, cancel: CancelFlag) -> Band | None:
        """As `BandMaker.ahead`."""
        inside = self._inside(plan)
        parts = []
        for index in range(count // BATCH):
            part = self._ahead_of(index, inside, cancel)
            parts.append(_behind(self._past_of(self._batches[index], cancel), part) if plan.same_past else part)
        return self._drawn(parts, plan.times_h)

    def settled(self, plan: Ahead | None, cancel: CancelFlag) -> dict[str, FloatArray]:
        """As `BandMaker.settled`; over a whole cycle a person's day of it does not count."""
        return super().settled(None if plan is None else self._inside(plan), cancel)

    def apart(self, plan: Ahead | None, count: int, cancel: CancelFlag) -> tuple[Ensemble, Ensemble]:
        """As `BandMaker.apart`."""
        taken, ordered = super().apart(None if plan is None else self._inside(plan), count, cancel)
        grid = self._whole_h if plan is None else plan.times_h
        return self._looked_up(taken, grid, 0), self._looked_up(ordered, grid, 0)

    # ---- hours of the course ---------------------------------------------------------------------------------------
    @property
    def _whole_h(self) -> FloatArray:
        return np.concatenate([self._asked.past_h, self._asked.ahead_h])

    def _wider(self, span: Span) -> Span:
        """Return where the record's course is wanted, in hours of the course, with what lies around the window."""
        today_h = self._moved.course_hour(span.today_h)
        first = float(span.past_h[0]) if span.past_h.size else span.today_h
        before = self._moved.course_h(np.append(first - self._margin_h, span.past_h))
        before = np.unique(before[before < today_h])
        ahead = np.unique(np.append(today_h, self._after(span.ahead_h)))
        return Span(before, ahead, today_h, self._moved.course_hour(span.settle_h))

    def _after(self, hours: FloatArray) -> FloatArray:
        last = float(hours[-1]) if hours.size else self._asked.today_h
        return np.unique(self._moved.course_h(np.append(hours, last + self._margin_h)))

    def _inside(self, plan: Ahead) -> Ahead:
        if self._shifts_h is None:
            return plan
        settle_h = self._moved.course_hour(plan.settle_h)
        return replace(plan, times_h=self._after(plan.times_h), settle_h=settle_h)

    def _drawn(self, parts: Sequence[Ensemble], grid_h: FloatArray) -> Band | None:
        if self._shifts_h is not None:
            parts = [self._looked_up(part, grid_h, index * BATCH) for index, part in enumerate(parts)]
        return self._band(parts, grid_h)

    def _looked_up(self, found: Ensemble, grid_h: FloatArray, first: int) -> Ensemble:
        """Return the values of some members, the first of them given, where their cycles stand."""
        if self._shifts_h is None:
            return found
        members = found.final.states.shape[0]
        at = np.maximum(grid_h[:, np.newaxis] + self._shifts_h[first : first + members], found.time_h[0])
        after = np.clip(np.searchsorted(found.time_h, at), 1, found.time_h.size - 1)
        begin, end = found.time_h[after - 1], found.time_h[after]
        share = np.clip((at - begin) / (end - begin), 0.0, 1.0)

        def moved(values: FloatArray) -> FloatArray:
            low = np.take_along_axis(values, after - 1, axis=0)
            return np.asarray(low + share * (np.take_along_axis(values, after, axis=0) - low))

        return replace(found, time_h=grid_h, markers={name: moved(values) for name, values in found.markers.items()})


def _behind(past: Ensemble, ahead: Ensemble) -> Ensemble:
    """Return what is ahead with the record's course up to there before it."""
    rows = int(np.searchsorted(past.time_h, ahead.time_h[0]))
    markers = {name: np.concatenate([past.markers[name][:rows], values]) for name, values in ahead.markers.items()}
    return replace(ahead, time_h=np.concatenate([past.time_h[:rows], ahead.time_h]), markers=markers)
