"""The painted part of one marker's plot: value axis, layers of the course, end labels."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPixmap, QResizeEvent

from endotune_desktop.ui.courses.curves import DASHED, DOTTED, Band, Line
from endotune_desktop.ui.courses.end_labels import EndLabel, paint_ends
from endotune_desktop.ui.courses.forecast_ghosts import ForecastGhosts
from endotune_desktop.ui.courses.graph import Graph, Gutter
from endotune_desktop.ui.courses.ground import GroundPlan, paint_ground
from endotune_desktop.ui.courses.lab_marks import LabMarks
from endotune_desktop.ui.courses.plot_box import PlotBox
from endotune_desktop.ui.courses.scales import Scale
from endotune_desktop.ui.courses.spans import TimeSpan
from endotune_desktop.ui.courses.tick_axis import TickAxis
from endotune_desktop.ui.courses.value_axis import Tick, ticks_of
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.workbench.references import ReferenceStep

AXIS_PX = 52
GUTTER_PX = 104


class PlotCanvas(Graph):
    """A pyqtgraph plot of layers: ground, bands, lines, results, today, crosshair, ring; end labels in the gutter.

    New data are set on the layers; `redraw` then paints them all. The ground is a picture that is made anew only when
    something in it changes, so while a hand drags only bands, lines and end labels are painted.

    Attributes
    ----------
    box : PlotBox
        Holds the shown ranges and answers the mouse.
    what50, what90, current50 : Band
    limit_low, limit_high, pinned, now, whatif : Line
    labs : LabMarks
    ghosts : ForecastGhosts
    outside : list of (float, float)
        Stretches of time outside what was compared with people, hatched.
    sentence : str
        What is said there.
    ends : list of EndLabel
    today_h, crosshair_h : float or None
    rings : list of (float, str)
        Axis coordinate and colour of each ring on the crosshair.

    Signals
    -------
    resized
    """

    resized = Signal()

    def __init__(self, theme: Theme, time: TimeSpan, scale: Callable[[], Scale]) -> None:
        labs, axis, gutter = LabMarks(theme), TickAxis(theme, "left"), Gutter("right", self._paint_ends)
        super().__init__(theme, PlotBox(time, labs), {"left": axis, "right": gutter})
        self.labs, self._axis, self._gutter = labs, axis, gutter
        self.ghosts = ForecastGhosts(theme)
        self._scale = scale
        self.what90, self.what50 = Band(theme, "whatif90"), Band(theme, "whatif50")
        self.current50 = Band(theme, "current50")
        self.limit_low = Line(theme, "currentEdge", 1, DOTTED)
        self.limit_high = Line(theme, "currentEdge", 1, DOTTED)
        self.pinned = Line(theme, "altB", 2, DASHED)
        self.now = Line(theme, "current", 2)
        self.whatif = Line(theme, "whatif", 3)
        self.outside: list[tuple[float, float]] = []
        self.sentence = ""
        self.ends: list[EndLabel] = []
        self.today_h: float | None = None
        self.crosshair_h: float | None = None
        self.rings: list[tuple[float, str]] = []
        self._ring = False
        self._why_not = ""
        self._hatched: tuple[tuple[float, float], ...] = ()
        self._reference: tuple[float | None, float | None] = (None, None)
        self._steps: tuple[ReferenceStep, ...] = ()
        self._phases: tuple[tuple[float, float], ...] = ()
        self._ticks: tuple[Tick, ...] = ()
        self._grid_h: tuple[float, ...] = ()
        self._ground: tuple[GroundPlan, QPixmap] | None = None
        self._add_layers()
        self.box.sigYRangeChanged.connect(self.write_ticks)
        self.box.rubber_moved.connect(self.redraw)
        self.restyle()

    def _add_layers(self) -> None:
        """Put the layers over one another, the lowest first."""
        self.add_layer(self._paint_ground)
        self.add_layer(self._paint_outside)
        for band in self.bands:
            self.add_curve(band)
        self.add_layer(lambda painter: self.ghosts.paint(painter, self.mapping(), *self.box.viewRange()[0]))
        for line in self.lines:
            self.add_curve(line)
        self.add_layer(self._paint_sentences)
        self.add_layer(lambda painter: self.labs.paint(painter, self.mapping(), *self.box.viewRange()[0]))
        self.add_layer(self._paint_moments)
        self.add_layer(self._paint_ring)

    # ---- what it shows ---------------------------------------------------------------------------------------------
    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the lines in the order in which they are drawn."""
        return self.limit_low, self.limit_high, self.pinned, self.now, self.whatif

    @property
    def bands(self) -> tuple[Band, ...]:
        """Return the bands in the order in which they are drawn."""
        return self.what90, self.what50, self.current50

    @property
    def values(self) -> tuple[float, float]:
        """Return the shown axis coordinates."""
        found: tuple[float, float] = self.box.values
        return found

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """Return what is written beside the axis."""
        return self._ticks

    def show_values(self, low: float, high: float) -> None:
        """Show a span of axis coordinates."""
        self.box.show_values(low, high)
        self.write_ticks()

    def set_reference(self, low: float | None, high: float | None, steps: tuple[ReferenceStep, ...] = ()) -> None:
        """Set the limits of the reference, canonical unit; with steps these are drawn, and the limits only written."""
        self._reference, self._steps = (low, high), steps
        self.write_ticks()

    def set_phases(self, spans: tuple[tuple[float, float], ...]) -> None:
        """Set the phases of a cycle, hours: every second one bears a quiet ground."""
        if spans != self._phases:
            self._phases = spans
            self.redraw()

    def set_ring(self, shown: bool) -> None:
        """Show or hide the ring of the focus."""
        self._ring = shown
        self.redraw()

    def set_standing(self, sentence: str, hatched: tuple[tuple[float, float], ...]) -> None:
        """Hatch the stretches of time in which the marker is no target, hours, and say a sentence at the foot."""
        self._why_not, self._hatched = sentence, hatched
        self.redraw()

    def set_grid(self, hours: tuple[float, ...]) -> None:
        """Set the hours of the vertical lines."""
        self._grid_h = hours
        self.redraw()

    def write_ticks(self) -> None:
        """Choose the numbers of the axis anew."""
        limits = [limit for limit in self._reference if limit is not None]
        line = float(self._theme.px(16))
        self._ticks = tuple(ticks_of(self._scale(), self.values, limits, self.area().height(), line))
        self._axis.show_ticks(self._ticks)
        self.redraw()

    def restyle(self) -> None:
        """Take over the theme's colours and sizes."""
        theme = self._theme
        self.setMinimumHeight(theme.px(84))
        self.setBackground(theme.colour("plot"))
        self._axis.setWidth(theme.px(AXIS_PX))
        self._gutter.setWidth(theme.px(GUTTER_PX))
        self._axis.update()
        self.set_margins(0, 1, 0, 2)
        self.write_ticks()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Write other numbers at another height."""
        super().resizeEvent(event)
        if event is not None:
            self.write_ticks()
            self.resized.emit()

    def discard(self) -> None:
        """Take the plot apart for good."""
        self.box.forget_time()
        super().discard()

    # ---- painting --------------------------------------------------------------------------------------------------
    def _paint_ends(self, painter: QPainter) -> None:
        area, mapping = self.area(), self.mapping()
        gutter = QRectF(area.right(), 0.0, self.width() - area.right(), float(self.height()))
        paint_ends(painter, self._theme, [(mapping.y(end.place), end) for end in self.ends], gutter)

    def _paint_ring(self, painter: QPainter) -> None:
        if self._ring:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self._theme.pen("focus", 2.0))
            painter.drawRoundedRect(self.area().adjusted(1, 1, -1, -1), 4, 4)

    def _paint_ground(self, painter: QPainter) -> None:
        area, mapping = self.area(), self.mapping()
        theme, scale = self._theme, self._scale()

        def at(limit: float | None) -> float | None:
            return None if limit is None else scale.at(limit)

        steps = tuple((step.from_h, step.to_h, at(step.low), at(step.high), step.filled) for step in self._steps)
        low, high = self._reference
        if not steps and not self._hatched:
            steps = ((-math.inf, math.inf, at(low), at(high), True),)
        plan = GroundPlan(
            (self.width(), self.height()), self.devicePixelRatioF(), (theme.name.value, theme.scale),
            (area.left(), area.top(), area.width(), area.height()), mapping,
            steps, self._ticks, self._grid_h, self._hatched,
            self._phases,
        )  # fmt: skip
        if self._ground is None or self._ground[0] != plan:
            self._ground = (plan, paint_ground(theme, plan))
        painter.drawPixmap(0, 0, self._ground[1])

    def _outside_px(self) -> list[tuple[float, float]]:
        """Return the stretches outside the tests that are in view, in pixels."""
        area, mapping = self.area(), self.mapping()
        shown = [(max(mapping.x(a), area.left()), min(mapping.x(b), area.right())) for a, b in self.outside]
        return [(left, right) for left, right in shown if right > left]

    def _paint_outside(self, painter: QPainter) -> None:
        """Hatch what is outside the tests."""
        theme, area = self._theme, self.area()
        for left, right in self._outside_px():
            hatch = QBrush(theme.colour("hatch"), Qt.BrushStyle.BDiagPattern)
            painter.fillRect(QRectF(left, area.top(), right - left, area.height()), hatch)
            painter.setPen(theme.pen("warn", 2.0))
            painter.drawLine(QLineF(left, area.top(), left, area.bottom()))

    def _paint_sentences(self, painter: QPainter) -> None:
        """Say at the foot what is outside the tests, else what the marker is good for; a band does not cover it."""
        theme, area, shown = self._theme, self.area(), self._outside_px()
        if shown and self.sentence:
            left = min(shown[0][0], area.right() - min(area.width(), theme.px(300)))
            self._paint_sentence(painter, QRectF(left, area.top(), area.right() - left, area.height()), self.sentence)
        elif self._why_not:
            self._paint_sentence(painter, area, self._why_not, ("raised", "text2"))

    def _at_head(self, area: QRectF, strip_px: float) -> bool:
        """Return whether words at the foot of an area would hide more than words at its head: curves, then results."""
        mapping, foot, head = self.mapping(), 0, 0
        for line in (self.now, self.whatif, self.pinned):
            x, y = line.data
            across = x * mapping.kx + mapping.dx
            inside = y[(across >= area.left()) & (across <= area.right())] * mapping.ky + mapping.dy
            foot += int((inside > area.bottom() - strip_px).sum())
            head += int((inside < area.top() + strip_px).sum())
        if foot != head:
            return foot > head
        low = sum(mapping.y(mark.low) > area.bottom() - strip_px for mark in self.labs.rows)
        high = sum(mapping.y(mark.high) < area.top() + strip_px for mark in self.labs.rows)
        return low > high

    def _paint_sentence(
        self, painter: QPainter, area: QRectF, sentence: str, colours: tuple[str, str] = ("warnBg", "warn")
    ) -> None:
        """Write a sentence in a plain box at the foot, or at the head where a curve runs along the foot."""
        theme, left = self._theme, area.left()
        metrics, high = theme.metrics("caption"), theme.px(20)
        room = int(min(area.right() - left, theme.px(900))) - 16
        text = metrics.elidedText(sentence, Qt.TextElideMode.ElideRight, room)
        top = area.top() + 4 if self._at_head(area, high + 8.0) else area.bottom() - high - 4
        box = QRectF(left + 6, top, metrics.horizontalAdvance(text) + 10, high)
        painter.fillRect(box, theme.colour(colours[0]))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour(colours[1]))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_moments(self, painter: QPainter) -> None:
        """Draw today's line, the crosshair with its rings, and the zoom box."""
        theme, area, mapping = self._theme, self.area(), self.mapping()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self.today_h is not None:
            x = round(mapping.x(self.today_h)) + 0.5
            painter.setPen(theme.pen("now"))
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
        if self.crosshair_h is not None:
            pen = theme.pen("text2")
            pen.setDashPattern([4.0, 3.0])
            painter.setPen(pen)
            x = round(mapping.x(self.crosshair_h)) + 0.5
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(theme.colour("plot"))
            for place, role in self.rings:
                painter.setPen(theme.pen(role, 1.8 * theme.scale))
                painter.drawEllipse(QPointF(x, mapping.y(place)), 4.0 * theme.scale, 4.0 * theme.scale)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.box.rubber is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(theme.pen("whatif"))
            painter.drawRect(self.box.rubber)
