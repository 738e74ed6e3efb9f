"""From a course to what the plots draw, in the unit system of the window."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QCoreApplication

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.records import LabResult
from endotune_desktop.clinic.scenario import DoseOrder
from endotune_desktop.physiology.axis import Marker
from endotune_desktop.ui.courses.dose_strip import Bar, DoseStrip
from endotune_desktop.ui.courses.items import LineItem
from endotune_desktop.ui.courses.marker_plot import MarkerPlot
from endotune_desktop.ui.courses.scales import Scale
from endotune_desktop.ui.courses.title_row import Legend
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import DASH, shown_number, shown_value
from endotune_desktop.ui.words import agent_title, plan_words, regimen_words
from endotune_desktop.workbench.course_view import CourseView, Curve
from endotune_desktop.workbench.regimens import AgentRegimen, regimens_of
from endotune_desktop.workbench.session import Session
from endotune_desktop.workbench.whatif import order_of

NINETY_PER_CENT = 1.645
"""Standard deviations either side that hold 90 % of a normal error."""

AIR = 0.06


def tr(text: str) -> str:
    """Return a translated text of this module."""
    return QCoreApplication.translate("courses", text)


class CoursePainter:
    """Fills plots, strip and legend from a course."""

    def __init__(self, session: Session, theme: Theme) -> None:
        self._session = session
        self._theme = theme

    # ---- plots -----------------------------------------------------------------------------------------------------
    def draw(self, plot: MarkerPlot, view: CourseView, *, log: bool) -> None:
        """Put curves, reference and results into a plot."""
        marker = plot.marker
        unit, factor = self._unit(marker)
        plot.scale = Scale(log, factor, marker.shown_below or 1e-3)
        low, high, owner = self.reference(marker)
        plot.set_reference(low, high)
        header = plot.header
        header.unit = unit
        header.reference = self._reference_words(low, high, factor, owner, view)
        header.chip.setText(tr("log") if log else tr("linear"))
        header.chip.setAccessibleName(f"{marker.title}: {tr('logarithmic') if log else tr('linear')}")
        bounds = self._tested(marker)
        for line, curve in ((plot.now, view.now), (plot.whatif, view.whatif), (plot.pinned, view.pinned)):
            _set_curve(line, curve, marker.id, plot.scale, bounds)
        spans = [span for curve in (view.now, view.whatif) for span in _outside(curve, marker.id, bounds)]
        plot.outside.set_spans(spans, bounds[2])
        plot.labs.set_rows([self._lab_row(lab, plot.scale, view) for lab in self._labs(marker)])
        plot.marks.today = view.today_h
        plot.header.update()

    def _unit(self, marker: Marker) -> tuple[str, float]:
        analyte = ANALYTES.get(marker.analyte)
        if analyte is None:
            return marker.unit, 1.0
        unit = analyte.shown_in(self._session.unit_system)
        return unit.id, unit.factor

    def factor(self, marker: Marker) -> float:
        """Return what divides a marker's canonical values into the unit shown."""
        return self._unit(marker)[1]

    def reference(self, marker: Marker) -> tuple[float | None, float | None, str]:
        """Return the reference range, canonical unit, and whose it is."""
        analyte = ANALYTES.get(marker.analyte)
        if analyte is None:
            return None, None, ""
        for lab in self._labs(marker):
            if lab.reference_low is not None or lab.reference_high is not None:
                return lab.reference_low, lab.reference_high, tr("this lab")
        return analyte.reference_low, analyte.reference_high, ""

    def _reference_words(
        self, low: float | None, high: float | None, factor: float, owner: str, view: CourseView
    ) -> str:
        if low is None and high is None:
            return ""
        ends = [shown_number(v / factor, significant=2) for v in (low, high) if v is not None]
        words = f"{tr('reference')} {DASH.join(ends)}"
        if owner:
            words += f", {owner}"
        return words + (f" · {tr('before the morning dose')}" if view.sample_clock and not owner else "")

    def _labs(self, marker: Marker) -> list[LabResult]:
        record = self._session.record
        if record is None or not marker.analyte:
            return []
        return [lab for lab in record.labs if lab.analyte == marker.analyte]

    def hour_of(self, view: CourseView, lab: LabResult) -> float:
        """Return when a sample was drawn, in hours of the timeline."""
        return view.hours(lab.drawn_at.date(), lab.drawn_at.hour + lab.drawn_at.minute / 60.0)

    def _lab_row(self, lab: LabResult, scale: Scale, view: CourseView) -> tuple[float, float, float, float, str, bool]:
        spread = NINETY_PER_CENT * ANALYTES[lab.analyte].assay_cv * lab.value
        y, low, high = scale.place(np.array([lab.value, max(lab.value - spread, 1e-9), lab.value + spread])).tolist()
        return self.hour_of(view, lab), y, low, high, lab.comparator, lab.set_aside

    def _tested(self, marker: Marker) -> tuple[float, float, str]:
        """Return between which values the marker was compared with people, and the sentence for outside."""
        for entry in self._session.axis.validated:
            if entry.kind == "marker" and entry.subject == marker.id:
                low = -math.inf if entry.low is None else entry.low
                return low, math.inf if entry.high is None else entry.high, tr(entry.sentence)
        return -math.inf, math.inf, ""

    # ---- ranges ----------------------------------------------------------------------------------------------------
    def wanted_range(self, plot: MarkerPlot, view: CourseView) -> tuple[float, float]:
        """Return the span that holds reference, results and curves, with air, in axis coordinates."""
        first, last = view.window_h
        ys = [line.data[1] for line in (plot.now, plot.whatif, plot.pinned) if line.data[1].size]
        low, high, _ = self.reference(plot.marker)
        ys.append(np.array([plot.scale.at(v) for v in (low, high) if v is not None]))
        ys.append(np.array([v for row in plot.labs.rows if first <= row[0] <= last for v in row[1:4]]))
        every = np.concatenate(ys)
        every = every[np.isfinite(every)]
        if every.size == 0:
            return 0.0, 1.0
        bottom, top = float(every.min()), float(every.max())
        air = AIR * max(top - bottom, 0.05 * max(abs(top), 0.1))
        return bottom - air, top + air

    # ---- words -----------------------------------------------------------------------------------------------------
    def draw_readout(self, plot: MarkerPlot, view: CourseView, hour: float | None, *, stale: bool) -> None:
        """Write the values at an hour (the last one without) into the header, and ring them."""
        marker = plot.marker
        at = view.window_h[1] if hour is None else hour
        parts: list[tuple[str, str, int]] = []
        rings: list[tuple[float, float, str]] = []
        spoken = [marker.title]
        for words, curve, colour in ((tr("now"), view.now, "current"), (tr("what-if"), view.whatif, "whatif")):
            value = float("nan") if curve is None else _value(curve, marker.id, at)
            if not math.isfinite(value):
                continue
            hidden = stale and colour == "whatif"
            text = "…" if hidden else shown_value(marker.id, value, below=marker.shown_below, factor=plot.scale.factor)
            parts.append((words, "text2" if colour == "current" else colour, 400))
            parts.append((text, "text" if colour == "current" else colour, 600))
            spoken.append(f"{words} {text}")
            if hour is not None and not hidden:
                rings.append((hour, plot.scale.at(value), colour))
        plot.header.readout = parts
        plot.header.setAccessibleName(" ".join([*spoken, plot.header.unit]))
        plot.header.place_chip()
        plot.header.update()
        plot.marks.crosshair = hour
        plot.marks.rings = rings
        plot.plot.viewport().update()

    def draw_ends(self, plot: MarkerPlot, view: CourseView, *, stale: bool) -> None:
        """Write value and dose at the right end of each curve."""
        rows = []
        plan = view.request.plan
        now_words = self._now_words(view)
        entries: list[tuple[Curve | None, str, str]] = [(view.now, now_words, "text")]
        if view.pinned is not None:
            kept = self._session.kept.by_letter(view.request.pinned)
            entries.append((view.pinned, f"{view.request.pinned} {kept.name if kept else ''}", "altB"))
        if plan is not None and not stale:
            entries.append((view.whatif, plan_words(plan), "whatif"))
        (_, last), _ = plot.box.viewRange()
        for curve, words, colour in entries:
            value = float("nan") if curve is None else _value(curve, plot.marker.id, min(last, view.window_h[1]))
            if math.isfinite(value):
                text = shown_value(plot.marker.id, value, below=plot.marker.shown_below, factor=plot.scale.factor)
                rows.append((plot.y_pixel(plot.scale.at(value)), text, words, colour))
        plot.ends.rows = rows
        plot.ends.update()

    def _now_words(self, view: CourseView) -> str:
        return plan_words(self._session.whatif.record_plan)

    # ---- strip and legend ------------------------------------------------------------------------------------------
    def draw_strip(self, strip: DoseStrip, view: CourseView) -> None:
        """Put the record's orders and the plan's into the dose strip."""
        record, axis = self._session.record, self._session.axis
        if record is None:
            return
        strip.day0, strip.today_h = view.day0, view.today_h
        agents = list(dict.fromkeys([m.agent for m in record.medication] + [o.agent for o in self._plan_orders(view)]))
        strip.title = ", ".join(agent_title(axis, agent) for agent in agents) or tr("Nothing given")
        strip.detail = ""
        last = view.window_h[1]
        bars = []
        several = len(agents) > 1
        taken = (order_of(medication, view.day0) for medication in reversed(record.medication))
        for regimen in regimens_of(taken):
            words = regimen_words(regimen, view.day0)
            if several:
                words = f"{agent_title(axis, regimen.agent)} {words}"
            bars.append(_bar(regimen, words, last, whatif=False, row=agents.index(regimen.agent)))
        from_day = view.request.plan.from_day if view.request.plan else view.day0
        for regimen in regimens_of(self._plan_orders(view)):
            words = regimen_words(regimen, from_day)
            if several:
                words = f"{agent_title(axis, regimen.agent)} {words}"
            shift = (from_day - view.day0).days
            bars.append(_bar(regimen, words, last, whatif=True, shift=shift, row=agents.index(regimen.agent)))
        strip.bars = bars
        known = {agent: row for row, agent in enumerate(agents)}
        strip.ticks_now = [(known[d.agent], d.time_h) for d in view.doses_now if d.agent in known]
        strip.ticks_whatif = [(known[d.agent], d.time_h) for d in view.doses_whatif if d.agent in known]
        if strip.rows != len(agents):
            strip.rows = len(agents)
            strip.restyle()
        strip.update()

    def _plan_orders(self, view: CourseView) -> tuple[DoseOrder, ...]:
        plan = view.request.plan
        return () if plan is None else tuple(order for order in plan.orders if order.dose > 0.0)

    def draw_legend(self, legend: Legend, view: CourseView) -> None:
        """Say what each kind of line is."""
        entries = [
            ("lab", tr("lab, 90 % assay error; curves are not fitted to labs")),
            ("now", f"{tr('now')}: {self._now_words(view)}"),
        ]
        if view.request.plan is not None:
            entries.append(("whatif", f"{tr('what-if')}: {plan_words(view.request.plan)}"))
        if view.pinned is not None:
            kept = self._session.kept.by_letter(view.request.pinned)
            entries.append(("pinned", f"{view.request.pinned}: {kept.name if kept else ''}"))
        entries.append(("reference", tr("reference")))
        legend.entries = entries
        legend.update()


def _value(curve: Curve, marker: str, hour: float) -> float:
    """Return a curve's value at an hour; just outside its ends the end counts."""
    if curve.time_h.size == 0 or hour < curve.time_h[0] - 24.0 or hour > curve.time_h[-1] + 24.0:
        return float("nan")
    return curve.at(marker, min(max(hour, float(curve.time_h[0])), float(curve.time_h[-1])))


def _set_curve(
    line: LineItem, curve: Curve | None, marker: str, scale: Scale, bounds: tuple[float, float, str]
) -> None:
    """Draw a curve where it is inside what was compared with people."""
    if curve is None:
        line.set_data(np.empty(0), np.empty(0))
        return
    values = curve.values[marker]
    places = scale.place(values)
    line.set_data(curve.time_h, np.where((values < bounds[0]) | (values > bounds[1]), np.nan, places))


def _outside(curve: Curve | None, marker: str, bounds: tuple[float, float, str]) -> list[tuple[float, float]]:
    """Return the stretches of time in which a curve is outside the bounds."""
    if curve is None or curve.time_h.size < 2:
        return []
    values = curve.values[marker]
    outside = ((values < bounds[0]) | (values > bounds[1])).astype(np.int8)
    turns = np.flatnonzero(np.diff(np.concatenate([[0], outside, [0]])))
    last = curve.time_h.size - 1
    return [
        (float(curve.time_h[a]), float(curve.time_h[min(b, last)]))
        for a, b in zip(turns[::2], turns[1::2], strict=True)
    ]


def _bar(regimen: AgentRegimen, words: str, last_h: float, *, whatif: bool, shift: int = 0, row: int = 0) -> Bar:
    start = (regimen.start_day + shift) * 24.0
    stop = last_h + 24.0 if regimen.stop_day is None else (regimen.stop_day + shift) * 24.0
    missed = tuple((day + shift) * 24.0 for day in regimen.missed_days)
    return Bar(start, stop, words, whatif, missed, row)
