"""Answers course requests: runs on the simulation lane, keeps what the next slider position can use again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from endotune_desktop.clinic.errors import InputRefused, OutsideValidity
from endotune_desktop.clinic.records import PatientRecord, Plan
from endotune_desktop.clinic.scenario import DoseOrder, Scenario
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.physiology.registry import axis as axis_by_id
from endotune_desktop.simulation import CancelFlag, Cancelled, Course, StartState, simulate
from endotune_desktop.simulation.ensemble import Spread
from endotune_desktop.tuning.cross_axis import AppliedChange, linked
from endotune_desktop.tuning.fit_card import card_of
from endotune_desktop.tuning.individual import Fit
from endotune_desktop.tuning.posterior import DRAWS
from endotune_desktop.workbench.band_maker import COARSE, MEMBERS, Ahead, BandMaker, Span
from endotune_desktop.workbench.band_parts import band_parts
from endotune_desktop.workbench.communication_maker import Asked, CommunicationMaker
from endotune_desktop.workbench.course_view import (
    SETTLED_DAYS,
    CourseRequest,
    CourseView,
    Curve,
    FloatArray,
    Horizon,
    Locus,
)
from endotune_desktop.workbench.cross_axis import CrossAxis
from endotune_desktop.workbench.cycle_bands import CycleBands
from endotune_desktop.workbench.cycle_day import CycleDay
from endotune_desktop.workbench.cycle_phases import phases_of
from endotune_desktop.workbench.fit_keeper import FitKeeper, FitKey, personal
from endotune_desktop.workbench.patient_timeline import Timeline, sample_clock, timeline
from endotune_desktop.workbench.refined import refined
from endotune_desktop.workbench.settling import settle_times, settled_rows
from endotune_desktop.workbench.targets import Targets

SCREEN_RTOL = 1e-4
"""Drawn to two or three figures; a tenth of a pixel on a plot 300 px high is 3e-4 of its range."""

PRE_DOSE_H = 1.0 / 60.0
"""Samples "before the tablet" are taken one minute before its clock time."""

HAND_PAUSE_S = 0.08
"""Bands are begun when the hand has rested this long: their threads would take the cores from the next curve."""

MOST_SETTLED = 200
"""Plans whose settled values are remembered; a drag passes through a dozen."""

MOST_AROUND = 50
"""Healthy bodies and loci that are remembered; a day's patients, not those of a whole practice."""

PHASES_EVERY_H = 6.0
"""A surge lasts two days."""

LOCUS_DOSES = 16
"""Points of the locus of equilibria: enough for a smooth line over two decades of a marker."""

Publish = Callable[[CourseView], None]


@dataclass(frozen=True)
class _Past:
    """What does not depend on the what-if.

    Attributes
    ----------
    key : tuple
        Record, axis, today and horizon it was computed for.
    line : Timeline
    view : CourseView
        With the now curve and nothing else.
    today : StartState
    settled : dict of str to float
    bands : BandMaker or None
    changes : tuple of AppliedChange
        What other axes change in this one.
    now : Scenario
        The record, with what other axes change.
    fit_key : tuple
        Of the record's fit.
    fit : Fit or None
        Whose course it is; None for the typical person.
    former : bool
        Whether the fit is of the record before its last change.
    moved : CycleDay
        Where in the course the timeline's hours are.
    """

    key: tuple[object, ...]
    line: Timeline
    view: CourseView
    today: StartState
    settled: dict[str, float]
    bands: BandMaker | None
    changes: tuple[AppliedChange, ...]
    now: Scenario
    fit_key: FitKey
    fit: Fit | None
    former: bool
    moved: CycleDay

    def personal(self, scenario: Scenario) -> Scenario:
        """Return a scenario of the patient as far as the labs tell."""
        return personal(scenario, self.now, self.fit)


class CourseMaker:
    """Turns requests into views; one instance belongs to one lane.

    Repeated parts (the record's own course, the state it has today, kept scenarios, the healthy body, the locus, the
    drawn persons' states of today) are remembered for the newest record only.

    Parameters
    ----------
    spread : callable, optional
        Who runs the chunks of the bands; without it there are curves and no bands.
    members : int
        Persons drawn for a band.
    links : CrossAxis, optional
        What a record's other axes change in the one that is asked for.
    targets : Targets, optional
        Which markers may be aimed at, for the distance from the own set point.
    """

    def __init__(
        self, spread: Spread | None = None, members: int = MEMBERS, links: CrossAxis | None = None,
        targets: Targets | None = None,
    ) -> None:  # fmt: skip
        self._spread = spread
        self._links = links
        self._members = members
        self._fits = FitKeeper(spread)
        self._past: _Past | None = None
        self._settled: dict[str, dict[str, float]] = {}
        self._bodies: dict[str, StartState] = {}
        self._pinned: tuple[_Past, Plan, Curve] | None = None
        self._healthy: dict[str, dict[str, float]] = {}
        self._locus: dict[str, Locus] = {}
        self._communication = CommunicationMaker(targets=targets)

    def answer(self, request: CourseRequest, publish: Publish, cancel: CancelFlag) -> None:
        """Publish the curves as soon as they are there, then once more with all the numbers around them.

        Parameters
        ----------
        request : CourseRequest
        publish : callable
            Receives the curves, then the numbers around them, then the bands from few members, then from all.
        cancel : CancelFlag
            Set when a newer request is waiting and the coarse answer is out.

        Raises
        ------
        OutsideValidity
            If the model cannot answer.
        InputRefused
            If the record or the plan holds something that the axis does not accept.
        """
        begun = time.perf_counter()
        axis = axis_by_id(request.axis)
        past = self._past_of(request, axis)
        view = replace(past.view, request=request, now_band=past.bands.known_now() if past.bands else None)
        settled = {"now": past.settled}
        if request.plan is not None:
            curve, course = self._ahead(past, request.plan, request)
            doses = past.moved.planned_doses(course.doses, past.line, request.plan)
            remarks = past.moved.remarks(course.remarks, axis)
            view = replace(view, whatif=curve, doses_whatif=doses, remarks_whatif=remarks)
        pinned = next((kept for kept in request.kept if kept.letter == request.pinned), None)
        if pinned is not None:
            view = replace(view, pinned=self._pinned_curve(past, pinned.plan, request))
        publish(replace(view, elapsed_ms=(time.perf_counter() - begun) * 1e3))
        if cancel.cancelled:  # the hand moved on: not even prepared is what the next position would stop
            raise Cancelled
        if request.plan is not None:
            settled["whatif"] = self._settled_of(past, request.plan, request, cancel)
        for kept in request.kept:
            settled[kept.letter] = self._settled_of(past, kept.plan, request, cancel)
        healthy = self._healthy_of(past.line, cancel)
        wanted = request.locus and axis.cycle is None  # a cycle comes to no rest
        locus = self._locus_of(past.line, request, past.fit, cancel) if wanted else None
        elapsed_ms = (time.perf_counter() - begun) * 1e3
        view = replace(view, settled=settled, healthy=healthy, locus=locus, fine=True, elapsed_ms=elapsed_ms)
        publish(view)
        if past.bands is not None and self._fits.missing(past.fit_key):
            # The curves of the typical person, or of the fit before, are out; labs move them once they are fitted.
            _wait_for_the_hand(cancel)
            self._fits.next_stage(past.now, past.fit_key, max(self._members, DRAWS), cancel)
            self.answer(request, publish, cancel)
            return
        if past.bands is not None:
            view = self._publish_bands(past, past.bands, view, publish, cancel)
        if request.communication:
            self._publish_communication(past, view, publish, cancel)

    # ---- the record ------------------------------------------------------------------------------------------------
    def _past_of(self, request: CourseRequest, axis: Axis) -> _Past:
        changes = () if self._links is None else self._links.changes(request.record, axis, request.today)
        linked_by = tuple((change.effect.id, change.amount) for change in changes)
        key = (_course_parts(request.record), request.axis, request.today, linked_by, request.horizon)
        held = self._past
        if held is not None and held.key == key:
            fit, former = self._fits.shown(held.fit_key, held.now)
            if held.fit is fit and held.former == former:
                return held
        line = timeline(request.record, axis, request.today, max(request.horizon.future_days, SETTLED_DAYS + 1.0))
        now = linked(axis, line.now, changes)
        fit_key = self._fits.key(line, now, request.record)
        fit, former = self._fits.shown(fit_key, now)
        if former and held is not None and held.fit is fit and held.key[1:] == key[1:] and held.line == line:
            # Other results of the same course: it stays as it is drawn until they have been fitted.
            self._past = replace(held, key=key, fit_key=fit_key, former=True, view=replace(held.view, refitting=True))
            return self._past
        if held is None or held.key[:4] != key[:4] or held.fit is not fit:
            self._settled.clear()
            self._bodies.clear()
            self._locus.clear()
        clock = sample_clock(_orders_on(line.now.regimen, (request.today - line.day0).days))
        window = _window_h(line, request.horizon)
        grid = _grid_h(axis, window, clock, request.horizon)
        settle_h = _settle_h(line, clock)
        moved = CycleDay(0.0 if fit is None else fit.cycle_shift_h)
        whole = _whole_h(axis, line, moved)
        settled_h = settle_times(axis, moved.course_hour(settle_h))
        asked = moved.course_times_h(line, np.append(grid, line.today_h))
        times = np.unique(np.concatenate([asked, settled_h, whole]))
        course = simulate(axis, personal(now, now, fit), rtol=SCREEN_RTOL, output_times_h=times)
        view = CourseView(
            request=request,
            day0=line.day0,
            today_h=line.today_h,
            window_h=window,
            now=_curve(course, grid, moved),
            doses_now=tuple(d for d in course.doses if window[0] <= d.time_h <= window[1]),
            remarks_now=moved.remarks(course.remarks, axis),
            sample_clock=clock if request.horizon.samples_daily(axis) else "",
            phases=moved.phases(phases_of(axis, whole, _curve(course, whole, CycleDay()).values)),
            fit=fit,
            card=None if fit is None else card_of(fit),
            refitting=former,
        )
        bands = None
        if self._spread is not None:
            past, ahead = grid[grid < line.today_h], grid[grid >= line.today_h]
            span = Span(past, ahead, line.today_h, settle_h)
            make = BandMaker if axis.cycle is None else CycleBands
            bands = make(axis, now, span, self._spread, self._members, fit)
        today = _state_at(course, moved.course_hour(line.today_h))
        settled = _settled_values(axis, course, float(settled_h[-1]))
        self._past = _Past(key, line, view, today, settled, bands, changes, now, fit_key, fit, former, moved)
        return self._past

    def _publish_bands(
        self, past: _Past, bands: BandMaker, view: CourseView, publish: Publish, cancel: CancelFlag
    ) -> CourseView:
        """Publish bands from few members, then from all, then what they settle at; the plan under the hand first."""
        plan = self._ahead_plan(past, view.request)
        _wait_for_the_hand(cancel)
        for count in (COARSE, self._members):
            if plan is not None:
                view = replace(view, whatif_band=bands.ahead(plan, count, cancel))
                publish(view)
            view = replace(view, now_band=bands.now(count, cancel))
            publish(view)
        settled = {"now": bands.settled(None, cancel)}
        if plan is not None:
            settled["whatif"] = bands.settled(plan, cancel)
        view = replace(view, settled_members=dict(settled))
        publish(view)
        if view.request.parts:
            view = replace(view, parts=band_parts(bands, plan, cancel))
            publish(view)
        for kept in view.request.kept:
            ahead = self._ahead_plan(past, replace(view.request, plan=kept.plan))
            settled[kept.letter] = bands.settled(ahead, cancel)
        if view.request.kept:
            view = replace(view, settled_members=settled)
            publish(view)
        return view

    def _publish_communication(self, past: _Past, view: CourseView, publish: Publish, cancel: CancelFlag) -> None:
        """Publish how the axis talks, behind everything else: fast numbers, then recovery, then bands."""
        _wait_for_the_hand(cancel)
        scenario = past.now
        if view.request.plan is not None:
            planned, _ = past.moved.with_plan(past.line, view.request.plan, view.request.record)
            scenario = linked(past.line.axis, planned, past.changes)
        asked = Asked(past.line.axis, scenario, past.now, past.fit)
        try:
            for card in self._communication.stages(asked, cancel):
                publish(replace(view, communication=card))
        except (OutsideValidity, InputRefused) as why:
            publish(replace(view, silence=str(why)))

    @staticmethod
    def _ahead_plan(past: _Past, request: CourseRequest) -> Ahead | None:
        if request.plan is None:
            return None
        planned, same_past = past.moved.with_plan(past.line, request.plan, request.record)
        scenario = linked(past.line.axis, planned, past.changes)
        clock = sample_clock(request.plan.orders)
        grid = _ahead_grid_h(past.line, past.view.window_h, clock, request.horizon)
        return Ahead(scenario, same_past, grid, _settle_h(past.line, clock))

    # ---- the what-if -----------------------------------------------------------------------------------------------
    def _ahead(self, past: _Past, plan: Plan, request: CourseRequest) -> tuple[Curve, Course]:
        """Return the curve of a plan, and its course as it was run."""
        scenario, start = self._scenario(past, plan, request)
        clock = sample_clock(plan.orders)
        line, window = past.line, past.view.window_h
        grid = _ahead_grid_h(line, window, clock, request.horizon)
        times = past.moved.course_times_h(line, grid)
        course = simulate(line.axis, scenario, rtol=SCREEN_RTOL, output_times_h=times, start=start)
        return _curve(course, grid, past.moved), course

    def _settled_of(self, past: _Past, plan: Plan, request: CourseRequest, cancel: CancelFlag) -> dict[str, float]:
        key = repr(plan)
        if len(self._settled) > MOST_SETTLED:
            self._settled.clear()
        if key not in self._settled:
            scenario, start = self._scenario(past, plan, request)
            settle_h = past.moved.course_hour(_settle_h(past.line, sample_clock(plan.orders)))
            times = settle_times(past.line.axis, settle_h)
            course = simulate(
                past.line.axis, scenario, rtol=SCREEN_RTOL, output_times_h=times, start=start, cancel=cancel
            )
            self._settled[key] = _settled_values(past.line.axis, course, settle_h)
        return self._settled[key]

    def _scenario(self, past: _Past, plan: Plan, request: CourseRequest) -> tuple[Scenario, StartState]:
        planned, same_past = past.moved.with_plan(past.line, plan, request.record)
        scenario = linked(past.line.axis, planned, past.changes)
        if same_past:
            return past.personal(scenario), past.today
        return past.personal(scenario), self._other_body(past, scenario)

    def _other_body(self, past: _Past, scenario: Scenario) -> StartState:
        """Return today's state of another physiology under the record's doses; a hand moves doses many times in one."""
        today_h = past.moved.course_hour(past.line.today_h)
        # What begins today or later is no part of the past.
        lesions = tuple(x for x in scenario.lesions if isinstance(x.onset, str) or float(x.onset) < today_h)
        history = replace(scenario, regimen=past.line.now.regimen, lesions=lesions)
        key = repr((lesions, sorted(scenario.parameters.items())))
        if key not in self._bodies:
            if len(self._bodies) >= MOST_AROUND:
                self._bodies.clear()
            there = np.array([today_h])
            course = simulate(past.line.axis, past.personal(history), rtol=SCREEN_RTOL, output_times_h=there)
            self._bodies[key] = _state_at(course, today_h)
        return self._bodies[key]

    def _pinned_curve(self, past: _Past, plan: Plan, request: CourseRequest) -> Curve:
        """Return the curve of a kept scenario, which lies still while the hand moves another."""
        held = self._pinned
        if held is None or held[0] is not past or held[1] != plan:
            held = (past, plan, self._ahead(past, plan, request)[0])
            self._pinned = held
        return held[2]

    # ---- around the curves -----------------------------------------------------------------------------------------
    def _healthy_of(self, line: Timeline, cancel: CancelFlag) -> dict[str, float]:
        key = f"{line.axis.id} {line.now.person}"
        if key not in self._healthy:
            if len(self._healthy) >= MOST_AROUND:
                self._healthy.clear()
            scenario = Scenario(
                axis=line.axis.id, person=line.now.person, parameters=refined(line.axis, {}), duration_days=1.0
            )
            self._healthy[key] = _day_means(line.axis, scenario, cancel)
        return self._healthy[key]

    def _locus_of(self, line: Timeline, request: CourseRequest, fit: Fit | None, cancel: CancelFlag) -> Locus:
        plan = request.plan
        orders = plan.orders if plan is not None else line.now.regimen
        lesions = plan.lesions if plan is not None else line.now.lesions
        parameters = refined(line.axis, plan.parameters) if plan is not None else line.now.parameters
        given = {order.agent for order in orders}
        chronic = [e for e in line.axis.agents if e.chronic] or list(line.axis.agents)
        entry = next((e for e in chronic if e.agent.id in given), chronic[0])
        key = repr((line.now.person, lesions, sorted(parameters.items()), entry.agent.id))
        if key not in self._locus:
            if len(self._locus) >= MOST_AROUND:
                self._locus.clear()
            doses = np.linspace(0.0, 2.0 * entry.usual_dose, LOCUS_DOSES)
            rows = []
            for dose in doses:
                order = DoseOrder(
                    entry.agent.id, entry.intakes[0].route, float(dose), entry.agent.unit, entry.usual_clock_times[:1],
                    preparation=entry.intakes[0].preparation or None,
                )  # fmt: skip
                settled = tuple(x for x in lesions if x.onset == "long_standing")
                scenario = Scenario(
                    axis=line.axis.id, person=line.now.person, parameters=dict(parameters), lesions=settled,
                    regimen_before=(order,), regimen=(order,), duration_days=1.0,
                )  # fmt: skip
                scenario = personal(scenario, line.now, fit)
                rows.append(_day_means(line.axis, scenario, cancel))
            values = {marker.id: np.array([row[marker.id] for row in rows]) for marker in line.axis.markers}
            self._locus[key] = Locus(entry.agent.id, doses, values)
        return self._locus[key]


def _wait_for_the_hand(cancel: CancelFlag) -> None:
    """Let a moving hand go on: while it does, its next position comes before the bands of this one are begun.

    Raises
    ------
    Cancelled
        If a newer request waits.
    """
    until = time.perf_counter() + HAND_PAUSE_S
    while time.perf_counter() < until:
        if cancel.cancelled:
            raise Cancelled
        time.sleep(0.003)


def _course_parts(record: PatientRecord) -> tuple[object, ...]:
    """Return what of a record moves its course: symptoms and scenarios do not."""
    first_lab = min((lab.drawn_at.date() for lab in record.labs), default=date.max)
    return (record.patient, record.medication, record.profiles, record.latest_weight_kg(), first_lab, record.labs)


def _orders_on(orders: tuple[DoseOrder, ...], day: int) -> tuple[DoseOrder, ...]:
    return tuple(o for o in orders if o.start_day <= day and (o.stop_day is None or day < o.stop_day))


def _window_h(line: Timeline, horizon: Horizon) -> tuple[float, float]:
    first = line.today_h - horizon.past_days * 24.0
    return max(first, 0.0) if horizon.past_days else first, line.today_h + horizon.future_days * 24.0


def _whole_h(axis: Axis, line: Timeline, moved: CycleDay) -> FloatArray:
    """Return where the phases of a cycle are read: all of the course, as the first fall tells where they begin."""
    last = moved.course_hour(line.today_h + SETTLED_DAYS * 24.0) if axis.cycle is not None else 0.0
    found: FloatArray = np.arange(0.0, last, PHASES_EVERY_H, dtype=np.float64)
    return found


def _grid_h(axis: Axis, window: tuple[float, float], clock: str, horizon: Horizon) -> FloatArray:
    first, last = window
    if horizon.samples_daily(axis):
        hours, minutes = clock.split(":")
        offset = int(hours) + int(minutes) / 60.0 - PRE_DOSE_H
        days = np.arange(np.floor(first / 24.0), np.ceil(last / 24.0))
        grid: FloatArray = np.asarray(days * 24.0 + offset, dtype=np.float64)
        return grid[(grid >= first) & (grid <= last)]
    step_h = horizon.step_h(axis)
    every: FloatArray = np.asarray(first + step_h * np.arange(int((last - first) / step_h + 1.5)), dtype=np.float64)
    return every


def _ahead_grid_h(line: Timeline, window: tuple[float, float], clock: str, horizon: Horizon) -> FloatArray:
    return _grid_h(line.axis, (line.today_h, window[1]), clock, horizon)


def _settle_h(line: Timeline, clock: str) -> float:
    hours, minutes = clock.split(":")
    return line.today_h + SETTLED_DAYS * 24.0 + int(hours) + int(minutes) / 60.0 - PRE_DOSE_H


def _curve(course: Course, grid: FloatArray, moved: CycleDay) -> Curve:
    rows = np.searchsorted(course.time_h, moved.course_h(grid))
    return Curve(grid, {marker: values[rows] for marker, values in course.markers.items()})


def _settled_values(axis: Axis, course: Course, settle_h: float) -> dict[str, float]:
    rows = settled_rows(axis, course.time_h, settle_h)
    return {marker: float(values[rows].mean()) for marker, values in course.markers.items()}


def _state_at(course: Course, time_h: float) -> StartState:
    row = int(np.searchsorted(course.time_h, time_h))
    return StartState(time_h, course.states[row].copy())


def _day_means(axis: Axis, scenario: Scenario, cancel: CancelFlag) -> dict[str, float]:
    times = np.arange(0.0, 24.0, 1.0)
    course = simulate(axis, scenario, rtol=SCREEN_RTOL, output_times_h=times, cancel=cancel)
    return {marker: float(values.mean()) for marker, values in course.markers.items()}
