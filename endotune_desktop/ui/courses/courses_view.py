"""The sheet: every marker of the axis over time, the doses below, one crosshair through all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import LabResult
from endotune_desktop.physiology.axis import Marker
from endotune_desktop.ui.courses.dose_strip import DoseStrip, FlagStrip, date_ticks
from endotune_desktop.ui.courses.marker_plot import MarkerPlot
from endotune_desktop.ui.courses.painting import CoursePainter
from endotune_desktop.ui.courses.title_row import Legend, TitleRow
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import shown_value
from endotune_desktop.ui.widgets.pieces import hairline, label, restyle
from endotune_desktop.ui.words import current_words, sex_age
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.session import Session

SHRINK_AFTER_MS = 2000
PROGRESS_AFTER_MS = 400
GRACE_MS = 40
"""An answer that comes within this time replaces the curve at once; a later one finds it greyed."""


class CoursesView(QWidget):
    """Plots of the session's course; it asks the session and tells it, and holds no state of its own but the zoom.

    Signals
    -------
    lab_activated(str)
        The id of a result that was clicked.
    """

    lab_activated = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self.setProperty("kind", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._painted: Callable[[int], None] | None = None
        self._drawn_number = 0
        self._held = False
        self._log: dict[str, bool] = {}
        self._extra: set[str] = set()
        self.plots: list[MarkerPlot] = []
        self._painter = CoursePainter(session, theme)
        self._build()
        self._shrink = QTimer(self, singleShot=True, interval=SHRINK_AFTER_MS)
        self._shrink.timeout.connect(lambda: self._set_ranges(shrink=True))
        self._slow = QTimer(self, singleShot=True, interval=PROGRESS_AFTER_MS)
        self._slow.timeout.connect(self.progress.show)
        self._grace = QTimer(self, singleShot=True, interval=GRACE_MS)
        self._grace.timeout.connect(self._grace_over)
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        theme.changed.connect(self._restyle)
        self._make_plots()
        self._show_record()
        self._show_course()

    # ---- building --------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        theme = self._theme
        self.title = TitleRow(theme)
        self.legend = Legend(theme)
        self.flags = FlagStrip(theme)
        self.strip = DoseStrip(theme)
        self.message = QFrame()
        self.message.setProperty("kind", "message")
        self.message_text = label("", wrap=True)
        line = QHBoxLayout(self.message)
        line.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(6))
        line.addWidget(self.message_text)
        self.message.hide()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(theme.px(96))
        self.progress.setAccessibleName(self.tr("Calculating"))
        self.progress.hide()
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, theme.px(16), 0)
        top.addWidget(self.legend, 1)
        top.addWidget(self.progress)
        self._stack = QVBoxLayout()
        self._stack.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.title)
        layout.addWidget(hairline())
        layout.addWidget(self.message)
        layout.addLayout(top)
        layout.addWidget(self.flags)
        holder = QWidget()
        holder.setProperty("kind", "sheet")
        holder.setLayout(self._stack)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(holder)
        layout.addWidget(self.area, 1)
        layout.addWidget(hairline())
        layout.addWidget(self.strip)

    def shown_markers(self) -> list[Marker]:
        """Return the markers that have a plot."""
        return [m for m in self._session.axis.markers if m.plotted or m.id in self._extra]

    def _make_plots(self) -> None:
        for plot in self.plots:
            self._stack.removeWidget(plot)
            plot.plot.close()
            plot.deleteLater()
        self.plots = []
        self._window_h: tuple[float, float] | None = None
        for marker in self.shown_markers():
            plot = MarkerPlot(self._theme, marker, self.reset_view)
            plot.pointed.connect(self._point)
            plot.left.connect(self._unpoint)
            plot.clicked.connect(self._hold)
            plot.lab_clicked.connect(lambda row, p=plot: self._lab_clicked(p, row))
            plot.scale_toggled.connect(lambda m=marker: self.toggle_scale(m.id))
            plot.plot.viewport().installEventFilter(self)
            if self.plots:
                plot.box.setXLink(self.plots[0].box)
            else:
                plot.box.sigXRangeChanged.connect(lambda *_: self._follow_time())
            self._stack.addWidget(plot, round(100 * marker.plot_weight) if marker.plotted else 25)
            self.plots.append(plot)

    def show_marker(self, marker_id: str, shown: bool) -> None:
        """Add a plot of a marker that is not shown from the start, or take it away."""
        if shown:
            self._extra.add(marker_id)
        else:
            self._extra.discard(marker_id)
        self._make_plots()
        self._show_course()

    def on_painted(self, callback: Callable[[int], None]) -> None:
        """Call back with a request's number once its curves are on the screen (for timing)."""
        self._painted = callback

    # ---- what changes ----------------------------------------------------------------------------------------------
    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(Topic.OPENED):
            self._held = False
            if [plot.marker for plot in self.plots] != self.shown_markers():
                self._make_plots()
            for plot in self.plots:
                plot.forget_ranges()
        if changes.touch(Topic.RECORD, Topic.OPENED):
            self._show_record()
        if changes.touch(Topic.COURSE, Topic.OPENED):
            self._show_course()
        if changes.touch(Topic.PENDING, Topic.WHATIF):
            self._show_pending()
        if changes.touch(Topic.VIEW):
            self._show_units()
        if changes.touch(Topic.VIEW, Topic.CROSSHAIR):
            self._show_crosshair()

    def _restyle(self) -> None:
        for plot in self.plots:
            plot.restyle()
        self.strip.restyle()
        self.flags.restyle()
        self.legend.setFixedHeight(self._theme.px(26))
        self._show_course()

    def _show_record(self) -> None:
        record = self._session.record
        if record is None:
            self.title.say(self.tr("No patient chosen"), self.tr("Choose one on the left, or add a patient."), "", "")
            return
        patient, today = record.patient, self._session.today()
        parts = [sex_age(patient, today), patient.diagnosis]
        parts.extend(words[:1].lower() + words[1:] for words in current_words(self._session.axis, record, today))
        sandbox = self.tr("invented person") if patient.sandbox else ""
        self.title.say(patient.name, " · ".join(part for part in parts if part), sandbox, "warn")

    def _show_course(self) -> None:
        view = self._session.course
        failure = self._session.course_failure
        self._say(failure)
        visible = view is not None
        for plot in self.plots:
            plot.setVisible(visible)
        for widget in (self.strip, self.flags, self.legend):
            widget.setVisible(visible)
        if view is None:
            return
        self._drawn_number = view.request.number
        fresh_window = self.plots and (self._window_h != view.window_h)
        for plot in self.plots:
            self._painter.draw(plot, view, log=self._log.get(plot.marker.id, plot.marker.log_scale))
        self._painter.draw_strip(self.strip, view)
        self._painter.draw_legend(self.legend, view)
        self.flags.today_h = view.today_h
        self.flags.today_words = self.tr("Today")
        self._window_h = view.window_h
        if fresh_window:
            self.plots[0].box.setXRange(*view.window_h, padding=0.0)
        self._set_ranges(shrink=not self._session.whatif.dragging, ends=False)
        self._show_pending()
        self._show_crosshair()

    def _say(self, failure: Exception | None) -> None:
        record = self._session.record
        outside = self._outside_words()
        if failure is not None:
            restyle(self.message, "tone", "bad")
            kept = self.tr("The plots keep the last good answer. Nothing in the record has changed.")
            self.message_text.setText(f"{failure}. {kept}")
        elif outside:
            restyle(self.message, "tone", "warn")
            self.message_text.setText(outside)
        elif record is not None and not record.labs:
            restyle(self.message, "tone", "plain")
            patient = record.patient
            person = self.tr("This curve is not fitted to anybody: it shows a typical person of {age} and {weight} kg.")
            words = person.format(age=patient.age_years(self._session.today()), weight=f"{record.latest_weight_kg():g}")
            self.message_text.setText(words)
        self.message.setVisible(failure is not None or bool(outside) or (record is not None and not record.labs))

    def _outside_words(self) -> str:
        """Return what leaves the validated range as a whole; a marker that does is hatched in its own plot."""
        view = self._session.course
        if view is None:
            return ""
        hatched = {plot.marker.id for plot in self.plots}
        found = (r.sentence for r in (*view.remarks_now, *view.remarks_whatif) if r.subject not in hatched)
        return " ".join(dict.fromkeys(self.tr(sentence) for sentence in found))

    def _show_pending(self) -> None:
        """Grey what a newer answer is about to replace: never stale, never wrong."""
        pending = self._session.pending
        view = self._session.course
        wanted = view is None or view.request.plan == self._wanted_plan()
        if wanted:
            self._grace.stop()
            self._set_stale(False)
        elif self._session.course_failure is not None:
            self._set_stale(True)
        elif not self._grace.isActive() and not self.stale:
            self._grace.start()
        if pending and not self._slow.isActive() and self.progress.isHidden():
            self._slow.start()
        if not pending:
            self._slow.stop()
            self.progress.hide()

    stale = False

    def _set_stale(self, stale: bool) -> None:
        if self.stale != stale:
            self.stale = stale
            for plot in self.plots:
                plot.whatif.set_role("hatch" if stale else "whatif")
            self._show_crosshair()

    def _grace_over(self) -> None:
        """Grey what has not been answered within two frames."""
        view = self._session.course
        self._set_stale(view is not None and view.request.plan != self._wanted_plan())

    def _wanted_plan(self) -> object:
        whatif = self._session.whatif
        return whatif.plan if whatif.differs else None

    def _show_units(self) -> None:
        view = self._session.course
        if view is None:
            return
        for plot in self.plots:
            self._painter.draw(plot, view, log=self._log.get(plot.marker.id, plot.marker.log_scale))
        self._set_ranges(shrink=True)

    # ---- ranges ----------------------------------------------------------------------------------------------------
    def _set_ranges(self, *, shrink: bool, ends: bool = True) -> None:
        view = self._session.course
        if view is None:
            return
        for plot in self.plots:
            if plot.zoomed_by_hand and plot.property("ranged") == plot.scale:
                self._painter.draw_ends(plot, view, stale=self.stale)
                continue
            low, high = self._painter.wanted_range(plot, view)
            held_low, held_high = plot.box.viewRange()[1]
            known = plot.property("ranged") == plot.scale
            if known and not shrink:
                low, high = min(low, held_low), max(high, held_high)
            elif known and held_low <= low and held_high >= high and (high - low) > 0.6 * (held_high - held_low):
                low, high = held_low, held_high
            plot.setProperty("ranged", plot.scale)
            if (low, high) != (held_low, held_high) or not known:
                plot.set_y_range(low, high)
            if ends:
                self._painter.draw_ends(plot, view, stale=self.stale)
        if not shrink:
            self._shrink.start()

    def reset_view(self) -> None:
        """Show the whole horizon again."""
        view = self._session.course
        for plot in self.plots:
            plot.forget_ranges()
        if view is not None and self.plots:
            self.plots[0].box.setXRange(*view.window_h, padding=0.0)
            self._set_ranges(shrink=True)

    def _follow_time(self) -> None:
        if not self.plots:
            return
        (first, last), _ = self.plots[0].box.viewRange()
        self.strip.view_h = self.flags.view_h = (first, last)
        grid = [hour for hour, _ in date_ticks(self.strip.day0, first, last)]
        for plot in self.plots:
            plot.marks.grid_x = grid
        self.strip.update()
        self.flags.update()

    def toggle_scale(self, marker_id: str) -> None:
        """Change a plot between linear and logarithmic."""
        marker = self._session.axis.marker(marker_id)
        self._log[marker_id] = not self._log.get(marker_id, marker.log_scale)
        self._show_units()

    # ---- crosshair -------------------------------------------------------------------------------------------------
    def _point(self, hour: float) -> None:
        if not self._held:
            self._session.set_crosshair(self._clamped(hour))

    def _unpoint(self) -> None:
        if not self._held:
            self._session.set_crosshair(None)

    def _hold(self, hour: float) -> None:
        self.setFocus()
        self._held = not self._held
        self._session.set_crosshair(self._clamped(hour))

    def _clamped(self, hour: float) -> float:
        view = self._session.course
        return hour if view is None else min(max(hour, view.window_h[0]), view.window_h[1])

    def _show_crosshair(self) -> None:
        view = self._session.course
        if view is None:
            return
        hour = self._session.crosshair_h
        for plot in self.plots:
            self._painter.draw_readout(plot, view, hour, stale=self.stale)
            self._painter.draw_ends(plot, view, stale=self.stale)
        self.flags.crosshair = None if hour is None else (hour, self._moment(hour))
        self.strip.crosshair_h = hour
        self.strip.update()
        self.flags.update()
        self._describe(hour)

    def _moment(self, hour: float) -> str:
        view = self._session.course
        assert view is not None
        day = view.day_of(hour)
        (first, last), _ = self.plots[0].box.viewRange() if self.plots else ((0.0, 1.0), None)
        if last - first <= 15 * 24.0:
            minutes = round((hour % 24.0) * 60)
            return f"{day:%-d %b} {minutes // 60 % 24:02d}:{minutes % 60:02d}"
        return f"{day:%-d %b}"

    def _describe(self, hour: float | None) -> None:
        """Speak the values at the crosshair."""
        words = [self.tr("Time courses")]
        if hour is not None:
            words.append(self._moment(hour))
        words.extend(plot.header.accessibleName() for plot in self.plots)
        self.setAccessibleName(", ".join(word for word in words if word))

    # ---- keys and menus --------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the crosshair, plus and minus zoom, R resets, L changes a scale, X sets a result aside."""
        key, control = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if key == Qt.Key.Key_Right else -1, to_event=control)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) and not control and self.plots:
            self.plots[0].box.scaleBy(x=1 / 1.25)
        elif key == Qt.Key.Key_Minus and not control and self.plots:
            self.plots[0].box.scaleBy(x=1.25)
        elif key == Qt.Key.Key_R:
            self.reset_view()
        elif key == Qt.Key.Key_L and not control and self.plots:
            self.toggle_scale(self.plots[0].marker.id)
        elif key == Qt.Key.Key_X:
            self._set_aside()
        elif key == Qt.Key.Key_Escape and self._held:
            self._held = False
            self._session.set_crosshair(None)
        else:
            super().keyPressEvent(event)

    def _step(self, direction: int, *, to_event: bool) -> None:
        view = self._session.course
        if view is None:
            return
        here = self._session.crosshair_h if self._session.crosshair_h is not None else view.today_h
        self._held = True
        if to_event:
            hours = sorted(
                {row[0] for plot in self.plots for row in plot.labs.rows} | {d.time_h for d in view.doses_now}
            )
            later = [hour for hour in hours if (hour - here) * direction > 1e-6]
            here = (min(later) if direction > 0 else max(later)) if later else here
        else:
            span_h = view.window_h[1] - view.window_h[0]
            here += direction * (1.0 if span_h <= 8 * 24.0 else 24.0)
        self._session.set_crosshair(self._clamped(here))

    def _labs_of(self, plot: MarkerPlot) -> list[LabResult]:
        record = self._session.record
        return [] if record is None else [lab for lab in record.labs if lab.analyte == plot.marker.analyte]

    def _lab_clicked(self, plot: MarkerPlot, row: int) -> None:
        labs = self._labs_of(plot)
        if row < len(labs):
            self.lab_activated.emit(labs[row].id)

    def _set_aside(self) -> None:
        """Set the result nearest to the crosshair aside, or take it back in."""
        from dataclasses import replace

        view, hour = self._session.course, self._session.crosshair_h
        record = self._session.record
        if view is None or hour is None or record is None:
            return
        labs = [lab for plot in self.plots for lab in self._labs_of(plot)]
        nearest = min(labs, key=lambda lab: abs(self._painter.hour_of(view, lab) - hour), default=None)
        if nearest is not None and abs(self._painter.hour_of(view, nearest) - hour) <= 24.0:
            title = ANALYTES[nearest.analyte].title
            words = self.tr("Set {name} aside") if not nearest.set_aside else self.tr("Use {name} again")
            after = replace(nearest, set_aside=not nearest.set_aside)
            self._session.edit(Edit(words.format(name=title), (RecordChange(nearest, after),)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer copies, scales and further markers."""
        menu = self.context_menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def context_menu(self) -> QMenu:
        """Return the menu of the sheet."""
        menu = QMenu(self)
        menu.addAction(self.tr("Copy values"), self.copy_values)
        menu.addAction(self.tr("Copy picture"), lambda: QGuiApplication.clipboard().setPixmap(self.grab()))
        menu.addAction(self.tr("Reset range"), self.reset_view)
        menu.addSeparator()
        for plot in self.plots:
            words = self.tr("{name}: logarithmic").format(name=plot.marker.title)
            action = menu.addAction(words)
            action.triggered.connect(lambda _=False, m=plot.marker.id: self.toggle_scale(m))
            action.setCheckable(True)
            action.setChecked(plot.scale.log)
        menu.addSeparator()
        for marker in self._session.axis.markers:
            if marker.analyte and not marker.plotted:
                action = menu.addAction(self.tr("Show {name}").format(name=marker.title))
                action.setCheckable(True)
                action.setChecked(marker.id in self._extra)
                action.triggered.connect(lambda shown, m=marker.id: self.show_marker(m, shown))
        return menu

    def copy_values(self) -> None:
        """Copy the curves as tab-separated text with units."""
        QGuiApplication.clipboard().setText(self.values_text())

    def values_text(self) -> str:
        """Return the curves as tab-separated text: date, and for every plot now and what-if in the unit shown."""
        view = self._session.course
        if view is None:
            return ""
        heads = [self.tr("date")]
        for plot in self.plots:
            heads += [
                f"{plot.marker.title} {self.tr('now')} {plot.header.unit}",
                f"{plot.marker.title} {self.tr('what-if')}",
            ]
        lines = ["\t".join(heads)]
        for hour in view.now.time_h:
            moment = view.day0 + timedelta(days=int(hour // 24))
            minutes = round((hour % 24.0) * 60)
            cells = [f"{moment.isoformat()} {minutes // 60 % 24:02d}:{minutes % 60:02d}"]
            for plot in self.plots:
                for curve in (view.now, view.whatif):
                    value = curve.at(plot.marker.id, float(hour)) if curve is not None else float("nan")
                    shown = shown_value(plot.marker.id, value, factor=plot.scale.factor) if np.isfinite(value) else ""
                    cells.append(shown)
            lines.append("\t".join(cells))
        return "\n".join(lines) + "\n"

    # ---- timing ----------------------------------------------------------------------------------------------------
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the timing hook when the last plot has painted a new course."""
        if event.type() is QEvent.Type.Paint and self._painted is not None and self._drawn_number:
            if self.plots and watched is self.plots[-1].plot.viewport():
                number, self._drawn_number = self._drawn_number, 0
                QTimer.singleShot(0, lambda: self._tell_painted(number))
        elif event.type() is QEvent.Type.Resize:
            QTimer.singleShot(0, self._after_resize)
        return False

    def _tell_painted(self, number: int) -> None:
        if self._painted is not None:
            self._painted(number)

    def _after_resize(self) -> None:
        view = self._session.course
        if view is None:
            return
        for plot in self.plots:
            plot.write_ticks()
            self._painter.draw_ends(plot, view, stale=self.stale)

    def closeEvent(self, event: object) -> None:
        """Stop listening."""
        self._unsubscribe()
        for plot in self.plots:
            plot.plot.close()
