"""The painted part of one marker's plot: value axis, layers of the course, end labels."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from endotune_desktop.ui.courses.curves import DASHED, DOTTED, Band, Line
from endotune_desktop.ui.courses.end_labels import EndLabel, paint_ends
from endotune_desktop.ui.courses.ground import GroundPlan, paint_ground
from endotune_desktop.ui.courses.lab_marks import LabMarks
from endotune_desktop.ui.courses.scales import Scale
from endotune_desktop.ui.courses.spans import Mapping, TimeSpan, mapping_of
from endotune_desktop.ui.courses.value_axis import Tick, ticks_of
from endotune_desktop.ui.theme.theme import Theme

AXIS_PX = 52
GUTTER_PX = 104


class PlotCanvas(QWidget):
    """Paints in layers: a picture of all that stays, bands, lines, results, today, crosshair, end labels.

    While a hand drags, only lines, bands and end labels change: the picture under them is blitted. New data are set
    on the layers; `update` then repaints.

    Attributes
    ----------
    what50, what90, current50 : Band
    limit_low, limit_high, pinned, now, whatif : Line
    labs : LabMarks
    outside : list of (float, float)
        Stretches of time outside what was compared with people, hatched.
    sentence : str
        What is said there.
    ends : list of EndLabel
    today_h, crosshair_h : float or None
    rings : list of (float, str)
        Axis coordinate and colour of each ring on the crosshair.
    rubber : QRectF or None
        The zoom box under the hand.

    Signals
    -------
    resized
    """

    resized = Signal()

    def __init__(self, theme: Theme, time: TimeSpan, scale: Callable[[], Scale]) -> None:
        super().__init__()
        self._theme, self._time, self._scale = theme, time, scale
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.what90, self.what50 = Band(theme, "whatif90"), Band(theme, "whatif50")
        self.current50 = Band(theme, "current50")
        self.limit_low = Line(theme, "currentEdge", 1, DOTTED)
        self.limit_high = Line(theme, "currentEdge", 1, DOTTED)
        self.pinned = Line(theme, "altB", 2, DASHED)
        self.now = Line(theme, "current", 2)
        self.whatif = Line(theme, "whatif", 3)
        self.labs = LabMarks(theme)
        self.outside: list[tuple[float, float]] = []
        self.sentence = ""
        self.ends: list[EndLabel] = []
        self.today_h: float | None = None
        self.crosshair_h: float | None = None
        self.rings: list[tuple[float, str]] = []
        self.rubber: QRectF | None = None
        self._ring = False
        self._why_not = ""
        self._values = (0.0, 1.0)
        self._reference: tuple[float | None, float | None] = (None, None)
        self._ticks: tuple[Tick, ...] = ()
        self._grid_h: tuple[float, ...] = ()
        self._ground: tuple[GroundPlan, QPixmap] | None = None
        self.restyle()

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
        return self._values

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """Return what is written beside the axis."""
        return self._ticks

    def show_values(self, low: float, high: float) -> None:
        """Show a span of axis coordinates."""
        self._values = (low, high)
        self.write_ticks()

    def set_reference(self, low: float | None, high: float | None) -> None:
        """Set the limits of the reference, canonical unit."""
        self._reference = (low, high)
        self.write_ticks()

    def set_ring(self, shown: bool) -> None:
        """Show or hide the ring of the focus."""
        self._ring = shown
        self.update()

    def set_not_a_target(self, why: str) -> None:
        """Hatch the plot and say at its foot why the marker is not aimed at; empty for a target."""
        self._why_not = why
        self.update()

    def set_grid(self, hours: tuple[float, ...]) -> None:
        """Set the hours of the vertical lines."""
        self._grid_h = hours
        self.update()

    def write_ticks(self) -> None:
        """Choose the numbers of the axis anew."""
        limits = [limit for limit in self._reference if limit is not None]
        line = float(self._theme.px(16))
        self._ticks = tuple(ticks_of(self._scale(), self._values, limits, self.area().height(), line))
        self.update()

    def area(self) -> QRectF:
        """Return where the data are."""
        theme = self._theme
        left, right = theme.px(AXIS_PX), self.width() - theme.px(GUTTER_PX)
        return QRectF(left, 1.0, max(right - left, 1), max(self.height() - 3.0, 1.0))

    def mapping(self) -> Mapping:
        """Return how hours and axis coordinates lie in pixels."""
        return mapping_of(self.area(), self._time.span, self._values)

    def restyle(self) -> None:
        """Take over the theme's sizes."""
        self.setMinimumHeight(self._theme.px(84))
        self.write_ticks()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write other numbers at another height."""
        self.write_ticks()
        self.resized.emit()

    # ---- painting --------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the layers."""
        area, mapping = self.area(), self.mapping()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture(area, mapping))
        painter.setClipRect(area)
        self._paint_outside(painter, area, mapping)
        for band in self.bands:
            band.paint(painter, mapping)
        for line in self.lines:
            line.paint(painter, mapping)
        self.labs.paint(painter, mapping, *self._time.span)
        self._paint_moments(painter, area, mapping)
        painter.setClipping(False)
        gutter = QRectF(area.right(), 0.0, self.width() - area.right(), float(self.height()))
        paint_ends(painter, self._theme, [(mapping.y(end.place), end) for end in self.ends], gutter)
        if self._ring:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self._theme.pen("focus", 2.0))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 4, 4)

    def _picture(self, area: QRectF, mapping: Mapping) -> QPixmap:
        theme, scale = self._theme, self._scale()
        low, high = (None if limit is None else scale.at(limit) for limit in self._reference)
        plan = GroundPlan(
            (self.width(), self.height()), self.devicePixelRatioF(), (theme.name.value, theme.scale),
            (area.left(), area.top(), area.width(), area.height()), mapping, (low, high), self._ticks, self._grid_h,
            bool(self._why_not),
        )  # fmt: skip
        if self._ground is None or self._ground[0] != plan:
            self._ground = (plan, paint_ground(theme, plan))
        return self._ground[1]

    def _paint_outside(self, painter: QPainter, area: QRectF, mapping: Mapping) -> None:
        """Hatch what is outside the tests, and say so at the foot."""
        theme = self._theme
        shown = [(max(mapping.x(a), area.left()), min(mapping.x(b), area.right())) for a, b in self.outside]
        shown = [(left, right) for left, right in shown if right > left]
        for left, right in shown:
            hatch = QBrush(theme.colour("hatch"), Qt.BrushStyle.BDiagPattern)
            painter.fillRect(QRectF(left, area.top(), right - left, area.height()), hatch)
            painter.setPen(theme.pen("warn", 2.0))
            painter.drawLine(QLineF(left, area.top(), left, area.bottom()))
        if shown and self.sentence:
            left = min(shown[0][0], area.right() - min(area.width(), theme.px(300)))
            self._paint_sentence(painter, QRectF(left, area.top(), area.right() - left, area.height()), self.sentence)
        elif self._why_not:
            self._paint_sentence(painter, area, self._why_not, ("raised", "text2"))

    def _at_head(self, area: QRectF, strip_px: float) -> bool:
        """Return whether words at the foot of an area would hide a curve, and words at its head would not."""
        mapping, foot, head = self.mapping(), False, False
        for line in (self.now, self.whatif, self.pinned):
            x, y = line.data
            across = x * mapping.kx + mapping.dx
            inside = y[(across >= area.left()) & (across <= area.right())] * mapping.ky + mapping.dy
            foot = foot or bool((inside > area.bottom() - strip_px).any())
            head = head or bool((inside < area.top() + strip_px).any())
        return foot and not head

    def _paint_sentence(
        self, painter: QPainter, area: QRectF, sentence: str, colours: tuple[str, str] = ("warnBg", "warn")
    ) -> None:
        """Write a sentence in a plain box at the foot, or at the head where a curve runs along the foot."""
        theme, left = self._theme, area.left()
        metrics, high = theme.metrics("caption"), theme.px(20)
        room = int(min(area.right() - left, theme.px(640))) - 16
        text = metrics.elidedText(sentence, Qt.TextElideMode.ElideRight, room)
        top = area.top() + 4 if self._at_head(area, high + 8.0) else area.bottom() - high - 4
        box = QRectF(left + 6, top, metrics.horizontalAdvance(text) + 10, high)
        painter.fillRect(box, theme.colour(colours[0]))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour(colours[1]))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_moments(self, painter: QPainter, area: QRectF, mapping: Mapping) -> None:
        """Draw today's line, the crosshair with its rings, and the zoom box."""
        theme = self._theme
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
        if self.rubber is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(theme.pen("whatif"))
            painter.drawRect(self.rubber)
