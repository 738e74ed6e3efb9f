"""The sheet: every marker of the axis over time, the doses below, one crosshair through all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QProgressBar, QVBoxLayout, QWidget

from endotune_desktop.physiology.axis import Marker
from endotune_desktop.ui.courses.band_layers import grey
from endotune_desktop.ui.courses.copying import values_text
from endotune_desktop.ui.courses.crosshair import Crosshair
from endotune_desktop.ui.courses.dose_strip import DoseStrip, FlagStrip, date_ticks
from endotune_desktop.ui.courses.lab_hand import LabHand
from endotune_desktop.ui.courses.marker_plot import MarkerPlot
from endotune_desktop.ui.courses.message_line import MessageLine
from endotune_desktop.ui.courses.painting import CoursePainter, phase_title
from endotune_desktop.ui.courses.plot_stack import PlotStack
from endotune_desktop.ui.courses.presentation_strip import PresentationStrip
from endotune_desktop.ui.courses.ranges import settle_range
from endotune_desktop.ui.courses.sheet_menu import sheet_menu
from endotune_desktop.ui.courses.speech import spoken_plot
from endotune_desktop.ui.courses.staleness import Staleness
from endotune_desktop.ui.courses.strip_words import fill_legend, fill_strip
from endotune_desktop.ui.courses.title_row import Legend, TitleRow
from endotune_desktop.ui.relay import Relay, Relayed
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import hairline
from endotune_desktop.ui.words import current_words, sex_age
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.course_view import CourseView
from endotune_desktop.workbench.presentation import presentation_of
from endotune_desktop.workbench.session import Session

SHRINK_AFTER_MS = 2000
STRIP, WORDS = "strip", "words"


@dataclass
class SheetLook:
    """How the sheet of one axis is looked at.

    Attributes
    ----------
    log : dict of str to bool
        Markers whose scale a hand has changed: whether it is logarithmic.
    extra : set of str
        Markers that have a plot though the axis does not show them from the start.
    span_h : (float, float) or None
        The stretch of time that a hand has zoomed to; None shows the whole horizon.
    """

    log: dict[str, bool] = field(default_factory=dict)
    extra: set[str] = field(default_factory=set)
    span_h: tuple[float, float] | None = None


class CoursesView(QWidget, Relayed):
    """Plots of the session's course; it asks the session and tells it, and holds no state of its own but the zoom.

    A course is drawn in pieces, each in an event of its own: plot by plot from the top, then doses and legend, then
    what is spoken. So no piece keeps a moving hand waiting, and each piece draws the newest course there is then.

    Signals
    -------
    lab_activated(str)
        The id of a result that was clicked.
    entry_activated(str)
        The id of a symptom's score, or of what was taken at a visit.
    """

    lab_activated = Signal(str)
    entry_activated = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self.setProperty("kind", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._painted: Callable[[int], None] | None = None
        self._number_to_tell = 0
        self._drawn: CourseView | None = None
        self._behind = False
        self._looks: dict[str, SheetLook] = {}
        self._axis = session.axis
        self._undrawn: set[MarkerPlot] = set()
        self._window_h: tuple[float, float] | None = None
        self._painter = CoursePainter(session, theme)
        self._lab_hand = LabHand(session, self._painter)
        self._staleness = Staleness(session, theme, self)
        self._staleness.changed.connect(self._show_crosshair)
        self._relay = Relay(self)
        self._build()
        self.crosshair = Crosshair(session, self.stack)
        self.presentation.pointed.connect(self.crosshair.point)
        self.presentation.left.connect(self.crosshair.leave)
        self.presentation.clicked.connect(self.crosshair.hold)
        self._shrink = QTimer(self, singleShot=True, interval=SHRINK_AFTER_MS)
        self._shrink.timeout.connect(self._draw_all)
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        theme.changed.connect(self._restyle)
        self._make_plots()
        self._show_record()
        self._course_came()

    # ---- building --------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        theme = self._theme
        self.title = TitleRow(theme)
        self.legend = Legend(theme)
        self.flags = FlagStrip(theme)
        self.strip = DoseStrip(theme)
        self.strip.installEventFilter(self)
        self.message = MessageLine(self._session, theme)
        self.stack = PlotStack(theme)
        self.stack.made.connect(self._connect)
        self.stack.time.changed.connect(self._follow_time)
        self.stack.bar_toggled.connect(self._line_up)
        self.stack.focus_moved.connect(self._take_proxy)
        self.presentation = PresentationStrip(theme, self.stack.time)
        self.presentation.entry_activated.connect(self.entry_activated)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, theme.px(16), 0)
        top.addWidget(self.legend, 1)
        top.addWidget(self._staleness.progress)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.title)
        layout.addWidget(hairline())
        layout.addWidget(self.message)
        layout.addLayout(top)
        layout.addWidget(self.flags)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.presentation)
        layout.addWidget(hairline())
        layout.addWidget(self.strip)

    def _connect(self, plot: MarkerPlot) -> None:
        plot.hand.pointed.connect(self.crosshair.point)
        plot.hand.left.connect(self.crosshair.leave)
        plot.hand.clicked.connect(self.crosshair.hold)
        plot.hand.reset_wanted.connect(self.reset_view)
        plot.hand.values_zoomed.connect(lambda: self._ask_plot(plot))
        plot.hand.lab_hovered.connect(lambda row: self._lab_hand.hover(plot, row))
        plot.hand.lab_clicked.connect(lambda row: self._lab_clicked(plot, row))
        plot.canvas.resized.connect(lambda: self._ask_plot(plot))
        plot.scale_toggled.connect(lambda: self.toggle_scale(plot.marker.id))

    @property
    def plots(self) -> list[MarkerPlot]:
        """Return the plots from the top."""
        return self.stack.plots

    @property
    def progress(self) -> QProgressBar:
        """Return the bar that is shown while an answer takes long."""
        return self._staleness.progress

    def shown_markers(self) -> list[Marker]:
        """Return the markers that have a plot."""
        return [m for m in self._session.axis.markers if m.plotted or m.id in self._look.extra]

    @property
    def _look(self) -> SheetLook:
        """Return how the shown axis is looked at."""
        return self._looks.setdefault(self._session.axis.id, SheetLook())

    def _make_plots(self) -> None:
        self.stack.make(self.shown_markers())
        self._take_proxy()

    def _make_in_turn(self) -> None:
        """Make the plots of another axis one an event, from the top; those of markers that it shares stay."""
        markers = self.shown_markers()
        kept = [plot.marker for plot in self.plots if plot.marker in markers]
        self.stack.make([marker for marker in markers if marker in kept], put_aside=True)
        for number, marker in enumerate(markers):
            wanted = [m for place, m in enumerate(markers) if place <= number or m in kept]
            self._relay.ask(("make", marker.id), partial(self._make_one, wanted))

    def _make_one(self, wanted: list[Marker]) -> None:
        known = set(self.plots)
        self.stack.make(wanted, put_aside=True)
        self._take_proxy()
        view, (first, last) = self._session.course, self.stack.time.span
        for plot in self.plots:
            if plot not in known:
                day0 = view.day0 if view is not None else self.strip.day0
                plot.canvas.set_grid(tuple(hour for hour, _ in date_ticks(day0, first, last)))
                self._ask_plot(plot)

    def _take_proxy(self) -> None:
        """Let the sheet's focus be that of the plot that had it last."""
        if self.stack.current is not None:
            self.setFocusProxy(self.stack.current)

    def show_marker(self, marker_id: str, shown: bool) -> None:
        """Add a plot of a marker that is not shown from the start, or take it away."""
        if shown:
            self._look.extra.add(marker_id)
        else:
            self._look.extra.discard(marker_id)
        self._make_plots()
        self._follow_time()
        self._draw_all()

    def on_painted(self, callback: Callable[[int], None]) -> None:
        """Call back with a request's number once its curves are on the screen (for timing)."""
        self._painted = callback

    # ---- what changes ----------------------------------------------------------------------------------------------
    def _on_changes(self, changes: Changes) -> None:
        self._relay.give_way()
        if changes.touch(Topic.OPENED):
            for look in self._looks.values():
                look.span_h = None
            self._begin()
        elif changes.touch(Topic.AXIS):
            self._keep_span()
            self._begin()
        if changes.touch(Topic.RECORD, Topic.OPENED, Topic.AXIS):
            self._show_record()
        if changes.touch(Topic.COURSE, Topic.OPENED):
            self._course_came()
        if changes.touch(Topic.PENDING):
            self.message.refresh({plot.marker.id for plot in self.plots})
        if changes.touch(Topic.PENDING, Topic.WHATIF):
            self._staleness.refresh()
        if changes.touch(Topic.VIEW):
            self._draw_all()
        if changes.touch(Topic.CROSSHAIR, Topic.HORIZON):
            self._show_crosshair()

    def _keep_span(self) -> None:
        """Remember what of the time was shown of the axis that is left, when a hand had zoomed to it."""
        look = self._looks.setdefault(self._axis.id, SheetLook())
        look.span_h = self.stack.time.span if self._window_h not in (None, self.stack.time.span) else None

    def _begin(self) -> None:
        """Begin with another patient, or another axis of the same one."""
        if self._axis is not self._session.axis:  # a first compilation takes a while: nothing of the former axis stays
            self.legend.say([])
            self.strip.clear()
        self._axis = self._session.axis
        self.crosshair.held = self._session.crosshair_h is not None
        self._relay.forget()
        self._drawn = self._window_h = None
        if [plot.marker for plot in self.plots] != self.shown_markers():
            self._make_in_turn()
        for plot in self.plots:
            plot.forget_ranges()
            plot.clear()
        self._undrawn.clear()
        self.presentation.forget()

    def _restyle(self) -> None:
        self.stack.restyle()
        self.strip.restyle()
        self.presentation.restyle()
        self.flags.restyle()
        self.legend.restyle()
        self._draw_all()

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

    def _course_came(self) -> None:
        view, record = self._session.course, self._session.record
        self.message.refresh({plot.marker.id for plot in self.plots})
        # Plots that were there stay, emptied, while the next patient's course is under way: no area jumps.
        under_way = record is not None and self._session.course_failure is None
        shown = view is not None or (under_way and not self.stack.isHidden())
        for widget in (self.stack, self.strip, self.flags, self.legend):
            if widget.isHidden() == shown:
                widget.setVisible(shown)
        self._show_presentation(shown)
        if view is not None and not _same_picture(self._drawn, view):
            self._draw_all()

    def _show_presentation(self, shown: bool) -> None:
        """Show what was told and taken, where anything is on record."""
        view, record = self._session.course, self._session.record
        if view is not None and record is not None:
            series = presentation_of(record, self._session.axis)
            self.presentation.show_series(series, view.day0, view.today_h)
            self.presentation.setVisible(self.presentation.filled)
        elif not shown:
            self.presentation.hide()

    # ---- drawing ---------------------------------------------------------------------------------------------------
    def _draw_all(self) -> None:
        """Draw the newest course, piece by piece; when nobody looks, not before somebody does."""
        view = self._session.course
        self._behind = not self.isVisible()
        if view is None or self._behind:
            return
        self._drawn = view
        self._number_to_tell = view.request.number
        if self._window_h != view.window_h:
            self._window_h = view.window_h
            self.stack.time.show(*(self._look.span_h or view.window_h))
            self._look.span_h = None
        for plot in self.plots:
            self._ask_plot(plot)
        self._relay.ask(STRIP, self._draw_strip)
        self._relay.ask(WORDS, self._describe)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the strip of the presentation see how much room there is."""
        super().resizeEvent(event)
        self.presentation.fit(self.height())

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while another view was shown, before anything is painted."""
        super().showEvent(event)
        if self._behind:
            self._draw_all()
            self._relay.finish()

    def _ask_plot(self, plot: MarkerPlot, *, moment_only: bool = False) -> None:
        """Have a plot drawn in an event of its own; `moment_only` when nothing but crosshair and words changed."""
        if not moment_only:
            self._undrawn.add(plot)
        self._relay.ask(plot, lambda: self._draw_plot(plot))

    def _draw_plot(self, plot: MarkerPlot) -> None:
        view = self._session.course
        if view is None or plot not in self.plots:
            return
        if plot in self._undrawn:
            self._undrawn.discard(plot)
            self._draw_curves(plot, view)
        self._draw_moment(plot, view)
        if not plot.visibleRegion().isEmpty():
            plot.canvas.redraw_now()
        if self._number_to_tell and not self._relay.waits(STRIP):
            # A plot that was resized late is drawn after the strip, whose painting tells the timing hook.
            self.strip.update()

    def _draw_curves(self, plot: MarkerPlot, view: CourseView) -> None:
        log = self._look.log.get(plot.marker.id, plot.marker.log_scale)
        self._painter.dress(plot, view, log=log)
        self._painter.draw(plot, view)
        dragging = self._session.whatif.dragging
        settle_range(plot, self._painter.limits(plot, view), view.window_h, shrink=not dragging)
        if dragging:
            self._shrink.start()

    def _draw_moment(self, plot: MarkerPlot, view: CourseView) -> None:
        """Write the values at the crosshair and at the end."""
        self._painter.draw_readout(plot, view, self._session.crosshair_h, stale=self._staleness.stale)
        self._painter.draw_ends(plot, view, self.stack.time.span[1], stale=self._staleness.stale)
        grey(plot, stale=self._staleness.stale)

    def _draw_strip(self) -> None:
        view = self._session.course
        if view is None:
            return
        fill_strip(self._session, self.strip, view)
        fill_legend(self._session, self.legend, view)
        self.flags.today_h = view.today_h
        self.flags.phases = tuple((span.from_h, span.to_h, phase_title(span)) for span in view.phases)
        self.flags.today_words = self.tr("Today")
        self._place_crosshair()
        self.strip.repaint()

    # ---- time and values that are shown ----------------------------------------------------------------------------
    def reset_view(self) -> None:
        """Show the whole horizon again."""
        view = self._session.course
        for plot in self.plots:
            plot.forget_ranges()
        if view is not None:
            self.stack.time.show(*view.window_h)
            self._draw_all()

    def zoom(self, factor: float) -> None:
        """Show `factor` times as much time, about the crosshair where it is in view."""
        hour = self._session.crosshair_h
        first, last = self.stack.time.span
        self.stack.time.zoom(factor, hour if hour is not None and first <= hour <= last else None)

    def _line_up(self) -> None:
        """Keep doses and flags under and over the plots when these make room for a scroll bar."""
        if self.strip.margin_px != self.stack.bar_px:
            self.strip.margin_px = self.flags.margin_px = self.presentation.margin_px = self.stack.bar_px
            self.presentation.update()
            self.strip.redraw()
            self.flags.update()

    def _follow_time(self) -> None:
        first, last = self.stack.time.span
        view = self._session.course
        self.strip.view_h = self.flags.view_h = (first, last)
        self.presentation.update()
        grid = tuple(hour for hour, _ in date_ticks(view.day0 if view else self.strip.day0, first, last))
        for plot in self.plots:
            plot.canvas.set_grid(grid)
            self._ask_plot(plot)
        self._relay.ask(STRIP, self._draw_strip)

    def toggle_scale(self, marker_id: str) -> None:
        """Change a plot between linear and logarithmic."""
        marker = self._session.axis.marker(marker_id)
        self._look.log[marker_id] = not self._look.log.get(marker_id, marker.log_scale)
        for plot in self.plots:
            if plot.marker.id == marker_id:
                plot.forget_ranges()
                self._ask_plot(plot)

    # ---- crosshair -------------------------------------------------------------------------------------------------
    def _show_crosshair(self) -> None:
        view = self._session.course
        if view is None:
            return
        for plot in self.plots:
            self._ask_plot(plot, moment_only=True)
        self._place_crosshair()
        self._relay.ask(WORDS, self._describe)

    def _place_crosshair(self) -> None:
        hour = self._session.crosshair_h
        self.flags.crosshair = None if hour is None else (hour, self.crosshair.moment(hour))
        self.strip.crosshair_h = hour
        self.presentation.set_crosshair(hour)
        self.strip.update()
        self.flags.update()

    def _describe(self) -> None:
        """Name each plot with its time and values, for those who hear them; not while a hand drags."""
        view = self._session.course
        if view is None or self._session.whatif.dragging:
            return
        first, last = self.stack.time.span
        hour = self._session.crosshair_h
        moment = self.crosshair.moment(min(last, view.window_h[1]) if hour is None else hour)
        for plot in self.plots:
            plot.setAccessibleName(spoken_plot(plot, view.day_of(first), view.day_of(last), moment))

    # ---- keys and menus --------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the crosshair, plus and minus zoom, R resets, L changes a scale, X sets a result aside."""
        key, control = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        current = self.stack.current
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.crosshair.step(1 if key == Qt.Key.Key_Right else -1, to_event=control)
        elif key == Qt.Key.Key_Escape and self.crosshair.held:
            self.crosshair.free()
        elif control or current is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1 / 1.25)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1.25)
        elif key == Qt.Key.Key_R:
            self.reset_view()
        elif key == Qt.Key.Key_L:
            self.toggle_scale(current.marker.id)
        elif key == Qt.Key.Key_P:
            self._pin()
        elif key == Qt.Key.Key_X:
            self._lab_hand.set_aside(current)
        else:
            super().keyPressEvent(event)

    def _pin(self) -> None:
        """Pin the scenario that was kept last, or unpin the one that is pinned."""
        kept = self._session.kept
        if kept.pinned or kept.scenarios:
            kept.pin("" if kept.pinned else kept.scenarios[-1].letter)

    def _lab_clicked(self, plot: MarkerPlot, row: int) -> None:
        lab = self._lab_hand.result(plot, row)
        if lab is not None:
            self.lab_activated.emit(lab.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer copies, scales and further markers."""
        menu = self.context_menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def context_menu(self) -> QMenu:
        """Return the menu of the sheet."""
        return sheet_menu(self, self, self._session, self.stack.current)

    def values_text(self) -> str:
        """Return the curves as tab-separated text with units."""
        return values_text(self._session.course, self.shown_markers(), self._painter)

    # ---- timing ----------------------------------------------------------------------------------------------------
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the timing hook when the last piece has painted a new course."""
        painted = event.type() is QEvent.Type.Paint and not any(self._relay.waits(plot) for plot in self.plots)
        if painted and self._number_to_tell:
            number, self._number_to_tell = self._number_to_tell, 0
            QTimer.singleShot(0, lambda: self._tell_painted(number))
        return False

    def _tell_painted(self, number: int) -> None:
        if self._painted is not None:
            self._painted(number)

    def closeEvent(self, event: object) -> None:
        """Stop listening."""
        self._unsubscribe()


def _same_picture(drawn: CourseView | None, view: CourseView) -> bool:
    """Return whether a course draws what is drawn already, as a finer answer with the same curves does."""
    return drawn is not None and (
        drawn.now is view.now
        and drawn.whatif is view.whatif
        and drawn.pinned is view.pinned
        and drawn.now_band is view.now_band
        and drawn.whatif_band is view.whatif_band
        and drawn.request.record is view.request.record
        and drawn.request.plan == view.request.plan
        and drawn.window_h == view.window_h
    )
