"""From a course to what the plots draw, in the unit system of the window."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from PySide6.QtCore import QCoreApplication

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.records import LabResult
from endotune_desktop.physiology.axis import Marker
from endotune_desktop.tuning.validity import Standing, Validity
from endotune_desktop.ui.courses.band_layers import draw_bands, ninety
from endotune_desktop.ui.courses.curves import Line
from endotune_desktop.ui.courses.end_labels import EndLabel
from endotune_desktop.ui.courses.forecast_ghosts import ghosts_of
from endotune_desktop.ui.courses.lab_marks import LabMark
from endotune_desktop.ui.courses.marker_plot import MarkerPlot
from endotune_desktop.ui.courses.scales import Scale
from endotune_desktop.ui.courses.target_words import clock_or_standing, range_name, standing_sentence
from endotune_desktop.ui.shown_units import marker_unit
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import DASH, shown_number, shown_value
from endotune_desktop.ui.words import plan_words
from endotune_desktop.workbench.course_view import CourseView, Curve, doubts_of
from endotune_desktop.workbench.cycle_phases import PhaseSpan
from endotune_desktop.workbench.references import ReferenceStep, curve_reference, reference_steps
from endotune_desktop.workbench.session import Session
from endotune_desktop.workbench.targets import TargetSpan, target_steps

NINETY_PER_CENT = 1.645
"""Standard deviations either side that hold 90 % of a normal error."""

Bounds = tuple[float, float, str]
"""Least and greatest value that was compared with people, and the sentence for outside."""


def tr(text: str) -> str:
    """Return a translated text of the sheet."""
    return QCoreApplication.translate("courses", text)


class CoursePainter:
    """Fills plots from a course: `dress` with what a drag leaves alone, `draw` with what it moves."""

    def __init__(self, session: Session, theme: Theme) -> None:
        self._session = session
        self._theme = theme

    # ---- what a drag leaves alone ----------------------------------------------------------------------------------
    def dress(self, plot: MarkerPlot, view: CourseView, *, log: bool) -> None:
        """Give a plot its unit, scale, reference, results and words; nothing is done when they are the same."""
        record = view.request.record
        spans = self._session.targets.spans(view, self._session.axis, self._session.whatif.difference, plot.marker)
        day, standing = self.standing(spans, view)
        look = (self._session.unit_system, log, view.sample_clock, view.day0)
        key = (*look, spans, day, view.phases, view.window_h, tuple(doubts_of(view)))
        if isinstance(plot.dressed, tuple) and plot.dressed[0] is record and plot.dressed[1] == key:
            return
        plot.dressed = (record, key)
        marker = plot.marker
        unit, factor = self.unit(marker)
        plot.scale = Scale(log, factor, marker.shown_below or 1e-3)
        held = curve_reference(record, marker, view)
        owner = tr("this lab") if held.own else tr(held.words)
        usual = reference_steps(record, marker, view)
        plot.steps = usual if _plain(spans) else target_steps(spans, usual or (_always(held.low, held.high),))
        low, high = (standing.low, standing.high) if standing.own_range else (held.low, held.high)
        plot.aimed_at = standing.validity is not Validity.INVALID
        plot.canvas.set_reference(low, high, plot.steps)
        plot.canvas.set_phases(tuple((span.from_h, span.to_h) for span in view.phases))
        scale_name = tr("logarithmic") if log else tr("linear")
        plot.header.dress(
            unit, self._reference_words(low, high, factor, owner, view, standing),
            tr("log") if log else tr("linear"), f"{marker.title}: {scale_name}",
        )  # fmt: skip
        hatched = tuple((s.from_h, s.to_h) for s in spans if s.standing.validity is Validity.INVALID)
        sentence = standing_sentence(standing, day)
        plot.canvas.set_standing(sentence, hatched)
        plot.setAccessibleDescription(sentence)
        plot.canvas.labs.rows = [self._lab_mark(lab, plot.scale, view) for lab in self.labs(marker)]
        plot.canvas.ghosts.rows = ghosts_of(record, self._session.axis.id, marker.id, plot.scale, view)
        plot.canvas.today_h = view.today_h

    def standing(self, spans: tuple[TargetSpan, ...], view: CourseView) -> tuple[date, Standing]:
        """Return what a marker is good for when the what-if begins, or today without one, and that day."""
        day = self._whatif_day(view)
        hour = view.hours(day)
        span = next(span for span in spans if span.from_h <= hour < span.to_h)
        passed = 0.0 if span.from_h == -math.inf else (hour - span.from_h) / 24.0
        waits = max(span.standing.waits_days - passed, 0.0)
        return day, replace(span.standing, waits_days=waits)

    def _whatif_day(self, view: CourseView) -> date:
        plan = self._session.whatif.difference
        return view.request.today if plan is None else max(view.request.today, plan.from_day)

    def unit(self, marker: Marker) -> tuple[str, float]:
        """Return the unit a marker is shown in, and what divides canonical values into it."""
        return marker_unit(marker, self._session.unit_system)

    def limits(self, plot: MarkerPlot, view: CourseView) -> list[float]:
        """Return every limit of a reference that is drawn in a plot, canonical unit."""
        held = curve_reference(view.request.record, plot.marker, view)
        every = [value for step in plot.steps for value in (step.low, step.high)]
        if not every and plot.aimed_at:
            every = [held.low, held.high]
        return [value for value in every if value is not None]

    def _reference_words(
        self, low: float | None, high: float | None, factor: float, owner: str, view: CourseView, standing: Standing
    ) -> tuple[str, ...]:
        """Return the wordings of the reference and of the clock of the samples, the longest first."""
        clock, aimed_at = clock_or_standing(standing, clock_words(view)), standing.validity is not Validity.INVALID
        owner = "" if standing.own_range else owner
        name = range_name(standing)
        if low is None and high is None:
            return (clock,)
        ends = [shown_number(v / factor, significant=2) for v in (low, high) if v is not None]
        words = f"{name} {DASH.join(ends)}" if len(ends) == 2 else (
            f"{name} {'<' if low is None else '>'} {ends[0]}"
        )  # fmt: skip
        if standing.waits_days > 0.0:
            begin = self._whatif_day(view) + timedelta(days=round(standing.waits_days))
            words = tr("{range} from {day}").format(range=words, day=f"{begin:%-d %b}")
        owned = f"{words}, {owner}" if owner else words
        found = [f"{owned} · {clock}", f"{words} · {clock}"] if clock else []
        return (*found, owned, words, DASH.join(ends)) if aimed_at else (*found, clock)

    def labs(self, marker: Marker) -> list[LabResult]:
        """Return the results of a marker, newest first; row n of its plot is result n."""
        record = self._session.record
        if record is None or not marker.analyte:
            return []
        return [lab for lab in record.labs if lab.analyte == marker.analyte]

    def hour_of(self, view: CourseView, lab: LabResult) -> float:
        """Return when a sample was drawn, in hours of the timeline."""
        return view.hours(lab.drawn_at.date(), lab.drawn_at.hour + lab.drawn_at.minute / 60.0)

    def _lab_mark(self, lab: LabResult, scale: Scale, view: CourseView) -> LabMark:
        spread = NINETY_PER_CENT * ANALYTES[lab.analyte].assay_cv * lab.value
        y, low, high = scale.place(np.array([lab.value, max(lab.value - spread, 1e-9), lab.value + spread])).tolist()
        return LabMark(self.hour_of(view, lab), y, low, high, lab.comparator, lab.set_aside, lab.id in doubts_of(view))

    # ---- what a drag moves -----------------------------------------------------------------------------------------
    def draw(self, plot: MarkerPlot, view: CourseView) -> None:
        """Put the curves of a course into a dressed plot."""
        marker, canvas = plot.marker, plot.canvas
        bounds = self._tested(marker)
        for line, curve in ((canvas.now, view.now), (canvas.whatif, view.whatif), (canvas.pinned, view.pinned)):
            _set_curve(line, curve, marker.id, plot.scale, bounds)
        draw_bands(plot, view, bounds[0], bounds[1])
        canvas.outside = [span for curve in (view.now, view.whatif) for span in outside_spans(curve, marker.id, bounds)]
        canvas.sentence = bounds[2]

    def _tested(self, marker: Marker) -> Bounds:
        for entry in self._session.axis.validated:
            if entry.kind == "marker" and entry.subject == marker.id:
                low = -math.inf if entry.low is None else entry.low
                return low, math.inf if entry.high is None else entry.high, tr(entry.sentence)
        return -math.inf, math.inf, ""

    def draw_readout(self, plot: MarkerPlot, view: CourseView, hour: float | None, *, stale: bool) -> None:
        """Write the values at an hour (the last one without) into the header, and ring them."""
        marker, at = plot.marker, view.window_h[1] if hour is None else hour
        parts: list[tuple[str, str, int]] = []
        rings: list[tuple[float, str]] = []
        for words, curve, band, colour in (
            (tr("now"), view.now, view.now_band, "current"),
            (tr("what-if"), view.whatif, view.whatif_band, "whatif"),
        ):
            value = value_at(curve, marker.id, at)
            if not math.isfinite(value):
                continue
            hidden = stale and colour == "whatif"
            text = "…" if hidden else shown_value(marker.id, value, below=marker.shown_below, factor=plot.scale.factor)
            parts.append((words, "text2" if colour == "current" else colour, 400))
            parts.append((text, "text" if colour == "current" else colour, 600))
            limits = None if hidden else ninety(band, marker.id, at)
            if limits is not None:
                ends = [shown_value(marker.id, v, below=marker.shown_below, factor=plot.scale.factor) for v in limits]
                parts.append((f"({DASH.join(ends)})", "text3", 400))
            if hour is not None and not hidden:
                rings.append((plot.scale.at(value), colour))
        plot.header.read(parts)
        plot.canvas.crosshair_h = hour
        plot.canvas.rings = rings

    def draw_ends(self, plot: MarkerPlot, view: CourseView, last_h: float, *, stale: bool) -> None:
        """Write value and dose at the right end of each curve, where the plot ends."""
        plan = view.request.plan
        entries: list[tuple[Curve | None, str, str]] = [
            (view.now, plan_words(self._session.whatif.record_plan), "text")
        ]
        if view.pinned is not None:
            kept = self._session.kept.by_letter(view.request.pinned)
            entries.append((view.pinned, f"{view.request.pinned} {kept.name if kept else ''}", "altB"))
        if plan is not None and not stale:
            entries.append((view.whatif, plan_words(plan), "whatif"))
        ends = []
        for curve, words, role in entries:
            value = value_at(curve, plot.marker.id, min(last_h, view.window_h[1]))
            if math.isfinite(value):
                text = shown_value(plot.marker.id, value, below=plot.marker.shown_below, factor=plot.scale.factor)
                ends.append(EndLabel(plot.scale.at(value), text, words, role))
        plot.canvas.ends = ends


def _always(low: float | None, high: float | None) -> ReferenceStep:
    return ReferenceStep(-math.inf, math.inf, low, high)


def _plain(spans: tuple[TargetSpan, ...]) -> bool:
    """Return whether the reference is all there is to draw."""
    return all(span.standing.aimable and not span.standing.own_range for span in spans)


def clock_words(view: CourseView) -> str:
    """Return when in the day the drawn values are, empty when every hour is drawn."""
    if not view.sample_clock:
        return ""
    orders = view.request.plan.orders if view.request.plan is not None else ()
    given = [dose.agent for dose in view.doses_now] or [order.agent for order in orders if order.dose > 0.0]
    if not given:
        return tr("every day at {clock}").format(clock=view.sample_clock)
    known = {dose.agent for dose in view.doses_now}
    taken = {medication.route for medication in view.request.record.medication if medication.agent in known}
    routes = taken | {order.route for order in orders}
    return tr("before the morning tablet") if routes == {"oral"} else tr("before the morning dose")


def phase_title(span: PhaseSpan) -> str:
    """Return a phase of a cycle in words."""
    return tr(span.title)


def value_at(curve: Curve | None, marker: str, hour: float) -> float:
    """Return a curve's value at an hour; just outside its ends the end counts, further out nan."""
    if curve is None or curve.time_h.size == 0:
        return math.nan
    first, last = float(curve.time_h[0]), float(curve.time_h[-1])
    if hour < first - 24.0 or hour > last + 24.0:
        return math.nan
    return curve.at(marker, min(max(hour, first), last))


def _set_curve(line: Line, curve: Curve | None, marker: str, scale: Scale, bounds: Bounds) -> None:
    """Draw a curve where it is inside what was compared with people."""
    if curve is None:
        line.clear()
        return
    values = curve.values[marker]
    places = scale.place(values)
    line.set_data(curve.time_h, np.where((values < bounds[0]) | (values > bounds[1]), np.nan, places))


def outside_spans(curve: Curve | None, marker: str, bounds: Bounds) -> list[tuple[float, float]]:
    """Return the stretches of time in which a curve is outside the bounds."""
    if curve is None or curve.time_h.size < 2:
        return []
    values = curve.values[marker]
    outside = ((values < bounds[0]) | (values > bounds[1])).astype(np.int8)
    if not outside.any():
        return []
    turns = np.flatnonzero(np.diff(np.concatenate([[0], outside, [0]])))
    last = curve.time_h.size - 1
    return [
        (float(curve.time_h[a]), float(curve.time_h[min(b, last)]))
        for a, b in zip(turns[::2], turns[1::2], strict=True)
    ]
