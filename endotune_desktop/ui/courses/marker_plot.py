"""One marker over time: header, plot, and the numbers at the end of its curves."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QGraphicsView, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from endotune_desktop.physiology.axis import Marker, Role
from endotune_desktop.ui.courses.items import LabItem, LineItem, MarksItem, OutsideItem, OverlayItem, ReferenceItem
from endotune_desktop.ui.courses.scales import Scale
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import shown_number
from endotune_desktop.ui.widgets.pieces import button

AXIS_PX = 52
GUTTER_PX = 104


class TimeBox(pg.ViewBox):  # type: ignore[misc]
    """A view whose wheel zooms time, whose drag draws a zoom box, and whose double click shows everything again."""

    def __init__(self, reset: Callable[[], None]) -> None:
        super().__init__(enableMenu=False)
        self._reset = reset
        self.setMouseMode(pg.ViewBox.RectMode)
        self.setDefaultPadding(0.0)
        self.disableAutoRange()

    def wheelEvent(self, event: object, axis: object = None) -> None:
        """Zoom time about the pointer; Shift pans, Ctrl zooms the values."""
        modifiers = event.modifiers()  # type: ignore[attr-defined]
        turns = event.delta() / 120.0  # type: ignore[attr-defined]
        event.accept()  # type: ignore[attr-defined]
        (x0, x1), _ = self.viewRange()
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.translateBy(x=-turns * 0.1 * (x1 - x0))
            return
        centre = self.mapToView(self.mapFromScene(event.scenePos()))  # type: ignore[attr-defined]
        scale = 1.0 / 1.2**turns
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.scaleBy(y=scale, center=centre)
            self.sigRangeChangedManually.emit([False, True])
        else:
            self.scaleBy(x=scale, center=centre)

    def mouseDragEvent(self, event: object, axis: object = None) -> None:
        """Draw a zoom box with the left button, pan with the middle one."""
        if event.button() == Qt.MouseButton.MiddleButton:  # type: ignore[attr-defined]
            event.accept()  # type: ignore[attr-defined]
            here, there = self.mapToView(event.pos()), self.mapToView(event.lastPos())  # type: ignore[attr-defined]
            self.translateBy(x=there.x() - here.x(), y=there.y() - here.y())
        elif event.button() == Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            super().mouseDragEvent(event, axis)

    def mouseDoubleClickEvent(self, event: object) -> None:
        """Show everything again."""
        self._reset()


class PlotHeader(QWidget):
    """Role, name, unit, reference at the left; the values at the crosshair at the right."""

    def __init__(self, theme: Theme, marker: Marker, toggle: Callable[[], None]) -> None:
        super().__init__()
        self._theme = theme
        self._marker = marker
        self.unit = marker.unit
        self.reference = ""
        self.readout: list[tuple[str, str, int]] = []
        self.chip: QPushButton = button("", toggle, kind="scale", name="scale")
        self.chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.chip.setParent(self)
        self.setFixedHeight(theme.px(26))

    def place_chip(self) -> None:
        """Put the scale's chip between reference and values, or hide it when there is no room."""
        theme = self._theme
        taken = self._left_end()
        free = self.width() - theme.px(GUTTER_PX) - self._readout_width()
        size = self.chip.sizeHint()
        middle = (taken + free - size.width()) / 2
        fits = free - taken > size.width() + theme.px(16)
        self.chip.setVisible(fits)
        self.chip.setGeometry(round(middle), (self.height() - size.height()) // 2, size.width(), size.height())

    def _readout_width(self) -> float:
        theme = self._theme
        widths = [QFontMetrics(theme.font("small", w)).horizontalAdvance(t) + theme.px(6) for t, _, w in self.readout]
        return float(sum(widths) + theme.px(4))

    def _left_end(self) -> float:
        theme = self._theme
        parts = ((self._marker.title, "strong", 600), (self.unit, "small", 400), (self.reference, "small", 400))
        widths = [QFontMetrics(theme.font(size, weight)).horizontalAdvance(text) for text, size, weight in parts]
        return float(theme.px(47) + sum(widths))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chip in its place."""
        self.place_chip()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint shape, words and numbers; hints give way when there is no room."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right = self._paint_readout(painter)
        x = float(theme.px(12))
        middle = self.height() / 2
        role = theme.colour(theme.role_colour(self._marker.role))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(role)
        painter.drawPolygon(_shape(self._marker.role, x + theme.px(5), middle, theme.px(5)))
        x += theme.px(15)
        words = (
            (self._marker.title, "strong", 600, "text", 6), (self.unit, "small", 400, "text3", 14),
            (self.reference, "small", 400, "refEdge", 0),
        )  # fmt: skip
        limit = right
        for text, size, weight, colour, gap in words:
            font = theme.font(size, weight)
            width = QFontMetrics(font).horizontalAdvance(text)
            if x + width > limit - theme.px(6):
                break
            painter.setFont(font)
            painter.setPen(theme.colour(colour))
            painter.drawText(QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x += width + theme.px(gap)

    def _paint_readout(self, painter: QPainter) -> float:
        theme = self._theme
        x = float(self.width() - theme.px(GUTTER_PX) - theme.px(2))
        for text, colour, weight in reversed(self.readout):
            font = theme.font("small", weight)
            width = QFontMetrics(font).horizontalAdvance(text)
            painter.setFont(font)
            painter.setPen(theme.colour(colour))
            x -= width
            painter.drawText(QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x -= theme.px(6)
        return x


def _shape(role: Role, x: float, y: float, half: float) -> QPolygonF:
    if role is Role.UPSTREAM:
        return QPolygonF([QPointF(x, y - half), QPointF(x + half, y + half), QPointF(x - half, y + half)])
    if role in (Role.DOWNSTREAM, Role.HORMONE):
        return QPolygonF([QPointF(x, y + half), QPointF(x + half, y - half), QPointF(x - half, y - half)])
    if role is Role.GIVEN:
        return QPolygonF(QRectF(x - half + 1, y - half + 1, 2 * half - 2, 2 * half - 2))
    return QPolygonF([QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half), QPointF(x - half, y)])


class EndLabels(QWidget):
    """The values at the right end of the curves, pushed apart."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows: list[tuple[float, str, str, str]] = []
        self.setFixedWidth(theme.px(GUTTER_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint value and dose words beside each curve's end."""
        theme = self._theme
        painter = QPainter(self)
        line = theme.px(16)
        placed: list[float] = []
        for y, value, words, colour in sorted(self.rows, key=lambda row: row[0]):
            at = max(y, placed[-1] + line if placed else float(line) / 2)
            placed.append(at)
            self._paint_row(painter, at, value, words, colour)

    def _paint_row(self, painter: QPainter, y: float, value: str, words: str, colour: str) -> None:
        theme = self._theme
        bold = theme.font("body", 700)
        width = QFontMetrics(bold).horizontalAdvance(value)
        left, high = theme.px(8), theme.px(18)
        painter.setFont(bold)
        painter.setPen(theme.colour(colour))
        painter.drawText(QRectF(left, y - high / 2, width + 2, high), Qt.AlignmentFlag.AlignVCenter, value)
        font = theme.font("caption")
        painter.setFont(font)
        x = left + width + theme.px(4)
        room = self.width() - x - 2
        elided = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(x, y - high / 2, room, high), Qt.AlignmentFlag.AlignVCenter, elided)


class MarkerPlot(QWidget):
    """Header, plot and end labels of one marker.

    Signals
    -------
    pointed(float)
        The hour under the pointer.
    left()
        The pointer has gone.
    clicked(float)
        A click on the ground at that hour.
    lab_clicked(int)
        A click on a laboratory result, by its row.
    scale_toggled()
    """

    pointed = Signal(float)
    left = Signal()
    clicked = Signal(float)
    lab_clicked = Signal(int)
    scale_toggled = Signal()

    def __init__(self, theme: Theme, marker: Marker, reset: Callable[[], None]) -> None:
        super().__init__()
        self._theme = theme
        self.marker = marker
        self.scale = Scale(marker.log_scale, 1.0, marker.shown_below or 1e-3)
        self.header = PlotHeader(theme, marker, self.scale_toggled.emit)
        self.box = TimeBox(reset)
        self._axis = pg.AxisItem("left")
        self._axis.setWidth(theme.px(AXIS_PX))
        self.plot = pg.PlotWidget(viewBox=self.box, axisItems={"left": self._axis}, background=None)
        self.plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.plot.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.plot.hideAxis("bottom")
        self.plot.hideButtons()
        self.plot.plotItem.layout.setContentsMargins(0, 0, 0, 0)
        self.plot.setMinimumHeight(theme.px(60))
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ends = EndLabels(theme)
        self.reference = ReferenceItem(theme)
        self.marks = MarksItem(theme)
        self.outside = OutsideItem(theme)
        self.now = LineItem(theme, "current", 2, z=5)
        self.pinned = LineItem(theme, "altB", 2, dashed=True, z=4)
        self.whatif = LineItem(theme, "whatif", 3, z=6)
        self.labs = LabItem(theme)
        for item in (
            self.reference, self.marks, self.outside, self.pinned, self.now, self.whatif, self.labs,
            OverlayItem(theme, self.marks),
        ):  # fmt: skip
            self.box.addItem(item, ignoreBounds=True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.plot, 1)
        row.addWidget(self.ends)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addLayout(row, 1)
        self.plot.viewport().installEventFilter(self)
        self.plot.setMouseTracking(True)
        self.setMinimumHeight(theme.px(118))
        self.zoomed_by_hand = False
        self.box.sigRangeChangedManually.connect(self._on_hand_zoom)
        self._press: QPointF | None = None
        self._limits: tuple[float | None, float | None] = (None, None)
        self.restyle()

    def _on_hand_zoom(self, axes: object) -> None:
        """Leave the value axis alone once a hand has zoomed it; a wheel that only zooms time does not count."""
        self.zoomed_by_hand = self.zoomed_by_hand or bool(axes[1])  # type: ignore[index]

    def forget_ranges(self) -> None:
        """Let the next course choose the value range."""
        self.zoomed_by_hand = False
        self.setProperty("ranged", None)

    def restyle(self) -> None:
        """Take over the theme's colours and sizes."""
        self.setMinimumHeight(self._theme.px(118))
        theme = self._theme
        self.plot.setBackground(theme.colour("plot"))
        self._axis.setPen(theme.pen("edge"))
        self._axis.setTextPen(theme.pen("text2"))
        self._axis.setStyle(tickFont=theme.font("caption"), tickLength=-4, tickTextOffset=5, autoReduceTextSpace=False)
        self._axis.setWidth(theme.px(AXIS_PX))
        self.ends.setFixedWidth(theme.px(GUTTER_PX))
        self.header.setFixedHeight(theme.px(26))
        self.update()

    def set_reference(self, low: float | None, high: float | None) -> None:
        """Set the reference range, canonical unit."""
        self._limits = (low, high)
        self.reference.set_limits(
            None if low is None else self.scale.at(low), None if high is None else self.scale.at(high)
        )

    def set_y_range(self, low: float, high: float) -> None:
        """Set the visible span in axis coordinates and write its round values."""
        self.box.setYRange(low, high, padding=0.0)
        self.write_ticks()

    def write_ticks(self) -> None:
        """Write the limits of the reference and three or four round values."""
        low, high = self.box.viewRange()[1]
        most = max(2, min(5, self.plot.height() // max(self._theme.px(34), 1)))
        limits = [limit / self.scale.factor for limit in self._limits if limit is not None]
        at = {float(np.log10(v)) if self.scale.log else v: v for v in limits if v > 0.0 or not self.scale.log}
        near = (high - low) * 18.0 * self._theme.scale / max(self.plot.height(), 1)
        ticks = [(place, shown_number(value, significant=2)) for place, value in at.items()]
        grid = []
        for value in self.scale.round_values(low, high, most):
            place = float(np.log10(value)) if self.scale.log else value
            if all(abs(place - other) > near for other in at):
                ticks.append((place, shown_number(value, significant=2)))
                grid.append(place)
        self._axis.setTicks([ticks, []])
        self.marks.grid_y = grid

    def y_pixel(self, place: float) -> float:
        """Return where an axis coordinate lies, in pixels of the gutter."""
        low, high = (float(edge) for edge in self.box.viewRange()[1])
        height = float(self.plot.height())
        return (1.0 - (place - low) / max(high - low, 1e-12)) * height

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Follow the pointer; tell a click on a result from one on the ground."""
        if isinstance(event, QMouseEvent):
            position = event.position()
            hour = float(self.box.mapSceneToView(self.plot.mapToScene(position.toPoint())).x())
            if event.type() is QEvent.Type.MouseMove and not event.buttons():
                self.pointed.emit(hour)
            elif event.type() is QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
                self._press = position
            elif event.type() is QEvent.Type.MouseButtonRelease and self._press is not None:
                still = (position - self._press).manhattanLength() < 4
                self._press = None
                if still:
                    self._clicked(position, hour)
        elif event.type() is QEvent.Type.Leave:
            self.left.emit()
        return False

    def _clicked(self, position: QPointF, hour: float) -> None:
        scene = self.plot.mapToScene(position.toPoint())
        row = self.labs.nearest(scene.x(), scene.y())
        if row is not None:
            self.lab_clicked.emit(row)
        else:
            self.clicked.emit(hour)
