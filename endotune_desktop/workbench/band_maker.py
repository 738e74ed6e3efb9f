"""Bands around the curves: drawn persons, computed batch by batch, kept for the next slider position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from endotune_desktop.clinic.scenario import Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.simulation import CancelFlag
from endotune_desktop.simulation.ensemble import (
    Ensemble,
    MemberStates,
    Spread,
    joined,
    periodic_members,
    simulate_members,
)
from endotune_desktop.simulation.members import Members
from endotune_desktop.tuning.individual import Fit
from endotune_desktop.tuning.population import population
from endotune_desktop.workbench.course_view import BAND_LEVELS, Band
from endotune_desktop.workbench.settling import settle_times, settled_rows

FloatArray = npt.NDArray[np.float64]

MEMBERS = 200
"""Drawn persons: the 5th and 95th percentiles are then known to about a tenth of the band's width."""

BATCH = 20
"""Members that are computed and kept together: what a newer slider position cancels is never more than this."""

COARSE = 40
"""Members of the first band that is shown."""

MEMBER_RTOL = 3e-3
"""Of a step of one member: percentiles of the thyroid axis are then within 5e-4 of those at 1e-8, under a pixel."""

START_ACCURACY = 1e-3
"""How near a member comes to its periodic steady state."""

MOST_LEFT_OUT = 0.05
"""Share of members without an answer above which no band is drawn."""


MOST_KNOWN = 40
"""Plans whose settled members are remembered: the kept ones, and those that the hand came from."""


@dataclass
class _Batch:
    """Some of the drawn persons, with what the slider leaves as it is.

    Attributes
    ----------
    members : Members
    past : Ensemble or None
        The record's course up to today's midnight.
    now : Ensemble or None
        The record's course inside the window.
    now_settled : Ensemble or None
        The record's course at the time of comparison alone.
    """

    members: Members
    past: Ensemble | None = None
    now: Ensemble | None = None
    now_settled: Ensemble | None = None


@dataclass(frozen=True)
class Span:
    """Where the record's course is wanted.

    Attributes
    ----------
    past_h, ahead_h : array
        Output times up to and from today on.
    today_h, settle_h : float
        Today's midnight; the time at which plans are compared.
    """

    past_h: FloatArray
    ahead_h: FloatArray
    today_h: float
    settle_h: float


@dataclass(frozen=True)
class Ahead:
    """A plan to be followed from today on.

    Attributes
    ----------
    scenario : Scenario
    same_past : bool
        Whether the members come to today as under the record.
    times_h : array, shape (n,)
        Where it is drawn.
    settle_h : float
        When it is compared with others.
    """

    scenario: Scenario
    same_past: bool
    times_h: FloatArray
    settle_h: float


@dataclass
class BandMaker:
    """The bands of one record; made anew when the record, its axis, today or the horizon changes.

    Every call computes only what is missing, and what it computed stays when a newer request cancels it.

    Attributes
    ----------
    axis : Axis
    scenario : Scenario
        The record, continued.
    span : Span
    spread : callable
        Who runs the chunks.
    count : int
        Drawn persons, a multiple of `BATCH`.
    fit : Fit or None
        With draws: the persons are this patient as far as the labs tell, and the band holds what the model misses;
        None for the population.
    """

    axis: Axis
    scenario: Scenario
    span: Span
    spread: Spread
    count: int = MEMBERS
    fit: Fit | None = None
    _batches: list[_Batch] = field(default_factory=list)
    _obedient: list[_Batch] = field(default_factory=list)
    _plan: tuple[str, dict[int, Ensemble]] = ("", {})
    _known: dict[str, dict[str, FloatArray]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Draw the persons; nothing is simulated yet."""
        if self.fit is not None and self.fit.posterior is not None:
            rows = [slice(first, first + BATCH) for first in range(0, self.count, BATCH)]
            self._batches = [_Batch(self.fit.draws(part, self.span.today_h)) for part in rows]
            return
        everybody = population(self.axis, self.count, self.scenario.parameters).values
        for first in range(0, self.count, BATCH):
            own = {name: column[first : first + BATCH] for name, column in everybody.items()}
            self._batches.append(_Batch(Members(own, BATCH)))

    def now(self, count: int, cancel: CancelFlag) -> Band | None:
        """Return the band of the record's course over the first `count` members, or more where they are there already.

        Raises
        ------
        Cancelled
            If a newer request waits; batches that are done stay.
        """
        known = sum(batch.now is not None for batch in self._batches)
        chosen = self._batches[: max(count // BATCH, known)]
        grid = np.concatenate([self.span.past_h, self.span.ahead_h])
        return self._band([self._now_of(batch, cancel) for batch in chosen], grid)

    def known_now(self) -> Band | None:
        """Return the record's band as far as it is there already."""
        parts = [batch.now for batch in self._batches if batch.now is not None]
        grid = np.concatenate([self.span.past_h, self.span.ahead_h])
        return self._band(parts, grid) if len(parts) * BATCH >= COARSE else None

    def ahead(self, plan: Ahead, count: int, cancel: CancelFlag) -> Band | None:
        """Return the band of a plan from today on over the first `count` members.

        Raises
        ------
        Cancelled
            If a newer request waits.
        """
        return self._band([self._ahead_of(index, plan, cancel) for index in range(count // BATCH)], plan.times_h)

    def settled(self, plan: Ahead | None, cancel: CancelFlag) -> dict[str, FloatArray]:
        """Return every marker of every member when plans are compared; of the record when there is no plan.

        Raises
        ------
        Cancelled
            If a newer request waits.
        """
        key = "" if plan is None else repr(plan.scenario)
        if key in self._known:
            return self._known[key]
        parts = []
        for index, batch in enumerate(self._batches):
            if plan is not None:
                parts.append(self._settled(batch, plan.scenario, self._ahead_of(index, plan, cancel), plan, cancel))
                continue
            if batch.now_settled is None:
                now = self._now_of(batch, cancel)
                batch.now_settled = self._settled(batch, self.scenario, now, self.span, cancel)
            parts.append(batch.now_settled)
        settle_h = plan.settle_h if plan is not None else self.span.settle_h
        rows = settled_rows(self.axis, parts[0].time_h, settle_h)
        found = {
            marker: self._scattered(marker, np.concatenate([part.markers[marker][rows].mean(axis=0) for part in parts]))
            for marker in parts[0].markers
        }
        while len(self._known) >= MOST_KNOWN:
            self._known.pop(next(iter(self._known)))
        self._known[key] = found
        return found

    def apart(self, plan: Ahead | None, count: int, cancel: CancelFlag) -> tuple[Ensemble, Ensemble]:
        """Return courses of the first `count` persons as they take their doses, and as if all were taken as ordered.

        Parameters
        ----------
        plan : Ahead or None
            The record's own course where there is none.
        count : int
        cancel : CancelFlag

        Raises
        ------
        ValueError
            If nobody was fitted.
        Cancelled
            If a newer request waits.
        """
        if self.fit is None or self.fit.posterior is None:
            raise ValueError("no fit to take apart")
        if not self._obedient:
            rows = (slice(first, first + BATCH) for first in range(0, count, BATCH))
            self._obedient = [_Batch(self.fit.draws(part, nuisance=False)) for part in rows]
        found = []
        for index, batch in enumerate(self._obedient):
            if plan is None:
                found.append((self._now_of(self._batches[index], cancel), self._now_of(batch, cancel)))
                continue
            if plan.same_past:
                start = self._past_of(batch, cancel).final
            else:
                start = self._other_past(batch, plan.scenario, cancel)
            times_h = _with(plan.times_h, plan.settle_h)
            ordered = self._run(batch, plan.scenario, start, times_h, cancel)
            found.append((self._ahead_of(index, plan, cancel), ordered))
        taken, ordered = found[0]
        for more, other in found[1:]:
            taken, ordered = joined(taken, more), joined(ordered, other)
        return taken, ordered

    # ---- one batch -------------------------------------------------------------------------------------------------
    def _run(
        self, batch: _Batch, scenario: Scenario, start: MemberStates, times_h: FloatArray, cancel: CancelFlag
    ) -> Ensemble:
        return simulate_members(
            self.axis, scenario, self._members(batch, scenario), rtol=MEMBER_RTOL, output_times_h=times_h,
            start=start, cancel=cancel, spread=self.spread,
        )  # fmt: skip

    def _members(self, batch: _Batch, scenario: Scenario) -> Members:
        """Return the persons of a batch; where a plan holds another severity than the record, it is that for all."""
        on_record = {lesion.lesion: lesion.severity for lesion in self.scenario.lesions}
        planned = {lesion.lesion: lesion.severity for lesion in scenario.lesions}
        own = batch.members.severities
        kept = {name: own[name] for name in own if planned.get(name) == on_record.get(name)}
        if len(kept) == len(own):
            return batch.members
        members = batch.members
        return Members(members.values, members.count, severities=kept, recent=members.recent)

    def _scattered(self, marker: str, values: FloatArray) -> FloatArray:
        """Return values of members with what the model misses, shape (..., members)."""
        if self.fit is None or self.fit.posterior is None:
            return values
        return values * self.fit.scatter(marker)[: values.shape[-1]]

    def _settled(
        self, batch: _Batch, scenario: Scenario, drawn: Ensemble, plan: Ahead | Span, cancel: CancelFlag
    ) -> Ensemble:
        """Return the course that holds the time of comparison: what is drawn, or what follows it."""
        if plan.settle_h <= drawn.time_h[-1]:
            return drawn
        times_h = settle_times(self.axis, plan.settle_h)
        return self._run(batch, scenario, drawn.final, times_h[times_h > drawn.time_h[-1]], cancel)

    def _ahead_of(self, index: int, plan: Ahead, cancel: CancelFlag) -> Ensemble:
        key = repr(plan.scenario)
        if self._plan[0] != key:
            self._plan = (key, {})
        held = self._plan[1]
        if index not in held:
            batch = self._batches[index]
            if plan.same_past:
                start = self._past_of(batch, cancel).final
            else:
                start = self._other_past(batch, plan.scenario, cancel)
            held[index] = self._run(batch, plan.scenario, start, _with(plan.times_h, plan.settle_h), cancel)
        return held[index]

    def _past_of(self, batch: _Batch, cancel: CancelFlag) -> Ensemble:
        """Return the record's course up to today: all that a plan with the same past needs of it."""
        if batch.past is None:
            times_h = np.append(self.span.past_h, self.span.today_h)
            batch.past = self._past(batch, self.scenario, times_h, cancel)
        return batch.past

    def _now_of(self, batch: _Batch, cancel: CancelFlag) -> Ensemble:
        if batch.now is None:
            past = self._past_of(batch, cancel)
            ahead_h = _with(self.span.ahead_h, self.span.settle_h)
            ahead = self._run(batch, self.scenario, past.final, ahead_h, cancel)
            batch.now = _in_a_row(past, ahead, self.span.past_h.size)
        return batch.now

    def _other_past(self, batch: _Batch, scenario: Scenario, cancel: CancelFlag) -> MemberStates:
        """Return today's states when the plan holds another physiology all along."""
        lesions = tuple(lesion for lesion in scenario.lesions if lesion.onset != "new")
        history = replace(scenario, regimen=self.scenario.regimen, lesions=lesions)
        return self._past(batch, history, np.array([self.span.today_h]), cancel).final

    def _past(self, batch: _Batch, scenario: Scenario, times_h: FloatArray, cancel: CancelFlag) -> Ensemble:
        members = self._members(batch, scenario)
        start = periodic_members(
            self.axis, scenario, members, accuracy=START_ACCURACY, cancel=cancel, spread=self.spread
        )
        return self._run(batch, scenario, start, times_h, cancel)

    def _band(self, parts: Sequence[Ensemble], grid_h: FloatArray) -> Band | None:
        if not parts:
            return None
        whole = parts[0]
        for part in parts[1:]:
            whole = joined(whole, part)
        count = whole.final.states.shape[0]
        if len(whole.failed) > MOST_LEFT_OUT * count:
            return None
        rows = np.searchsorted(whole.time_h, grid_h)
        markers = {marker: self._scattered(marker, values) for marker, values in whole.markers.items()}
        whole = replace(whole, markers=markers)
        levels = {marker.id: whole.quantiles(marker.id, BAND_LEVELS)[:, rows] for marker in self.axis.markers}
        return Band(grid_h, levels, count, len(whole.failed))


def _with(times_h: FloatArray, settle_h: float) -> FloatArray:
    """Return output times with the time of comparison among them when it lies inside."""
    return np.unique(np.append(times_h, settle_h)) if settle_h < times_h[-1] else times_h


def _in_a_row(past: Ensemble, ahead: Ensemble, past_rows: int) -> Ensemble:
    """Return the record's course as one: past rows without today's own, then what is ahead."""
    markers: Mapping[str, FloatArray] = past.markers
    return Ensemble(
        np.concatenate([past.time_h[:past_rows], ahead.time_h]),
        {marker: np.concatenate([values[:past_rows], ahead.markers[marker]]) for marker, values in markers.items()},
        ahead.final,
        tuple(sorted({*past.failed, *ahead.failed})),
        past.why or ahead.why,
        past.steps + ahead.steps,
        past.rhs_calls + ahead.rhs_calls,
    )
