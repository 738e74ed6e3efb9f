"""What a plot draws: opaque bands, lines of one-pixel passes, and laboratory results."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from endotune_desktop.ui.theme.theme import Theme

FloatArray = npt.NDArray[np.float64]

MAX_COLUMNS = 350
"""More columns than this cost time and are not seen."""


class _ViewItem(pg.GraphicsObject):  # type: ignore[misc]
    """An item that paints in pixels inside its view box and never asks for its range."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def boundingRect(self) -> QRectF:
        """Return the whole visible area."""
        box = self.getViewBox()
        return box.viewRect() if box is not None else QRectF()

    def viewRangeChanged(self) -> None:
        """Follow the view."""
        self.prepareGeometryChange()
        self.update()

    def _pixels(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return device-independent pixel coordinates of view coordinates."""
        t = self.sceneTransform()
        return x * t.m11() + t.dx(), y * t.m22() + t.dy()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint in scene pixels."""
        back, possible = self.sceneTransform().inverted()
        if possible:
            painter.save()
            painter.setTransform(back, True)
            self.draw(painter)
            painter.restore()

    def draw(self, painter: QPainter) -> None:
        """Draw; replaced by each item."""
        raise NotImplementedError


class ReferenceItem(_ViewItem):
    """The reference range as an opaque band with edges."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._low: float | None = None
        self._high: float | None = None
        self.setZValue(-20)

    def set_limits(self, low: float | None, high: float | None) -> None:
        """Set the limits in axis coordinates."""
        self._low, self._high = low, high
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Draw fill and edges."""
        if self._low is None and self._high is None:
            return
        view = self.boundingRect()
        low = view.top() if self._low is None else max(self._low, view.top())
        high = view.bottom() if self._high is None else min(self._high, view.bottom())
        if high <= low:
            return
        xs, ys = self._pixels(np.array([view.left(), view.right()]), np.array([low, high]))
        painter.fillRect(QRectF(xs[0], ys[1], xs[1] - xs[0], ys[0] - ys[1]), self._theme.colour("refFill"))
        painter.setPen(self._theme.pen("refEdge"))
        for limit, y in ((self._low, ys[0]), (self._high, ys[1])):
            if limit is not None and view.top() <= limit <= view.bottom():
                painter.drawLine(QPointF(xs[0], round(y) + 0.5), QPointF(xs[1], round(y) + 0.5))


class LineItem(_ViewItem):
    """A curve drawn by passes of a one-pixel pen, a pixel apart: a thick pen costs ten times as much."""

    def __init__(self, theme: Theme, role: str, passes: int, *, dashed: bool = False, z: float = 0.0) -> None:
        super().__init__(theme)
        self.role = role
        self._passes = passes
        self._dashed = dashed
        self._x: FloatArray = np.empty(0)
        self._y: FloatArray = np.empty(0)
        self.setZValue(z)

    @property
    def data(self) -> tuple[FloatArray, FloatArray]:
        """Return what is drawn, axis coordinates."""
        return self._x, self._y

    def set_data(self, x: FloatArray, y: FloatArray) -> None:
        """Set the curve in axis coordinates, reduced to what can be seen."""
        self._x, self._y = reduced(x, y)
        self.update()

    def set_role(self, role: str) -> None:
        """Change the colour (grey while a newer answer is under way)."""
        if role != self.role:
            self.role = role
            self.update()

    def draw(self, painter: QPainter) -> None:
        """Draw the passes."""
        if self._x.size < 2:
            return
        px, py = self._pixels(self._x, self._y)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen: QPen = self._theme.pen(self.role)
        pen.setCosmetic(True)
        if self._dashed:
            pen.setDashPattern([6.0, 4.0])
        painter.setPen(pen)
        polygons = []
        for part in np.split(np.arange(px.size), np.flatnonzero(~np.isfinite(py))):
            inside = part[np.isfinite(py[part])]
            if inside.size > 1:
                points = zip(px[inside].tolist(), py[inside].tolist(), strict=True)
                polygons.append(QPolygonF([QPointF(a, b) for a, b in points]))
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        passes = max(1, round(self._passes * ratio))
        painter.translate(0.0, -(passes - 1) / 2.0 / ratio)
        for _ in range(passes):
            for polygon in polygons:
                painter.drawPolyline(polygon)
            painter.translate(0.0, 1.0 / ratio)


class LabItem(_ViewItem):
    """Laboratory results: dot with ring, error bar with caps, an arrow for ``<`` and ``>``; hollow when set aside."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._rows: list[tuple[float, float, float, float, str, bool]] = []
        self.setZValue(20)

    @property
    def rows(self) -> list[tuple[float, float, float, float, str, bool]]:
        """Return (x, y, low, high, comparator, set aside) of every point, axis coordinates."""
        return self._rows

    def set_rows(self, rows: list[tuple[float, float, float, float, str, bool]]) -> None:
        """Set the points."""
        self._rows = rows
        self.update()

    def nearest(self, x: float, y: float, reach_px: float = 9.0) -> int | None:
        """Return the index of the point at a scene position, None when there is none within reach."""
        if not self._rows:
            return None
        px, py = self._pixels(np.array([row[0] for row in self._rows]), np.array([row[1] for row in self._rows]))
        distance = np.hypot(px - x, py - y)
        index = int(np.argmin(distance))
        return index if distance[index] <= reach_px else None

    def draw(self, painter: QPainter) -> None:
        """Draw every point."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        for x, y, low, high, comparator, aside in self._rows:
            (px, _, _), (py, plow, phigh) = self._pixels(np.array([x, x, x]), np.array([y, low, high]))
            painter.setPen(theme.pen("lab"))
            if comparator:
                up = 1.0 if comparator == ">" else -1.0
                tip = py - 14.0 * up
                painter.drawLine(QPointF(px - 5, py), QPointF(px + 5, py))
                painter.drawLine(QPointF(px, py), QPointF(px, tip))
                painter.drawLine(QPointF(px, tip), QPointF(px - 4, tip + 5 * up))
                painter.drawLine(QPointF(px, tip), QPointF(px + 4, tip + 5 * up))
                continue
            painter.drawLine(QPointF(px, plow), QPointF(px, phigh))
            for end in (plow, phigh):
                painter.drawLine(QPointF(px - 3.5, end), QPointF(px + 3.5, end))
            painter.setPen(theme.pen("labRing", 1.5) if not aside else theme.pen("lab"))
            painter.setBrush(theme.colour("plot" if aside else "lab"))
            painter.drawEllipse(QPointF(px, py), 4.2, 4.2)
            painter.setBrush(Qt.BrushStyle.NoBrush)


class OutsideItem(_ViewItem):
    """Hatching where a course is outside what was compared with people, with the sentence that says so."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.spans: list[tuple[float, float]] = []
        self.sentence = ""
        self.setZValue(-5)

    def set_spans(self, spans: list[tuple[float, float]], sentence: str) -> None:
        """Set the stretches of time that are outside, and what to say there."""
        self.spans, self.sentence = spans, sentence
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Draw hatching, edges and the sentence."""
        view, theme = self.boundingRect(), self._theme
        shown = [(max(a, view.left()), min(b, view.right())) for a, b in self.spans]
        shown = [(a, b) for a, b in shown if b > a]
        for first, last in shown:
            xs, ys = self._pixels(np.array([first, last]), np.array([view.top(), view.bottom()]))
            area = QRectF(xs[0], ys[1], xs[1] - xs[0], ys[0] - ys[1])
            painter.fillRect(area, QBrush(theme.colour("hatch"), Qt.BrushStyle.BDiagPattern))
            painter.setPen(theme.pen("warn", 2.0))
            painter.drawLine(QPointF(xs[0], ys[0]), QPointF(xs[0], ys[1]))
        if shown and self.sentence:
            xs, ys = self._pixels(np.array([shown[0][0], view.right()]), np.array([view.top(), view.top()]))
            painter.setFont(theme.font("caption"))
            room = int(min(xs[1] - xs[0], 560 * theme.scale)) - 16
            text = painter.fontMetrics().elidedText(self.sentence, Qt.TextElideMode.ElideRight, room)
            high = theme.px(20)
            box = QRectF(xs[0] + 6, ys[0] - high - 4, painter.fontMetrics().horizontalAdvance(text) + 10, high)
            painter.fillRect(box, theme.colour("warnBg"))
            painter.setPen(theme.colour("warn"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class MarksItem(_ViewItem):
    """Today, the grid, the crosshair and the rings where it meets the curves."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.today: float | None = None
        self.crosshair: float | None = None
        self.grid_x: list[float] = []
        self.grid_y: list[float] = []
        self.rings: list[tuple[float, float, str]] = []
        self.setZValue(-10)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents, False)

    def draw(self, painter: QPainter) -> None:
        """Draw the grid below; the rest is drawn by `OverlayItem`."""
        view = self.boundingRect()
        painter.setPen(self._theme.pen("grid"))
        if self.grid_x:
            xs, ys = self._pixels(np.array(self.grid_x), np.full(len(self.grid_x), view.top()))
            _, bottom = self._pixels(np.array([0.0]), np.array([view.bottom()]))
            for x in xs:
                painter.drawLine(QPointF(round(x) + 0.5, ys[0]), QPointF(round(x) + 0.5, bottom[0]))
        if self.grid_y:
            xs, _ = self._pixels(np.array([view.left(), view.right()]), np.zeros(2))
            _, ys = self._pixels(np.zeros(len(self.grid_y)), np.array(self.grid_y))
            for y in ys:
                painter.drawLine(QPointF(xs[0], round(y) + 0.5), QPointF(xs[1], round(y) + 0.5))


class OverlayItem(_ViewItem):
    """Today's line, the crosshair and its rings, above the curves."""

    def __init__(self, theme: Theme, marks: MarksItem) -> None:
        super().__init__(theme)
        self._marks = marks
        self.setZValue(30)

    def draw(self, painter: QPainter) -> None:
        """Draw the lines and rings."""
        view, marks, theme = self.boundingRect(), self._marks, self._theme
        _, (top, bottom) = self._pixels(np.zeros(2), np.array([view.bottom(), view.top()]))
        if marks.today is not None and view.left() <= marks.today <= view.right():
            (x,), _ = self._pixels(np.array([marks.today]), np.zeros(1))
            painter.setPen(theme.pen("now"))
            painter.drawLine(QPointF(round(x) + 0.5, top), QPointF(round(x) + 0.5, bottom))
        if marks.crosshair is None or not view.left() <= marks.crosshair <= view.right():
            return
        (x,), _ = self._pixels(np.array([marks.crosshair]), np.zeros(1))
        pen = theme.pen("text2")
        pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        painter.drawLine(QPointF(round(x) + 0.5, top), QPointF(round(x) + 0.5, bottom))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for ring_x, ring_y, role in marks.rings:
            (px,), (py,) = self._pixels(np.array([ring_x]), np.array([ring_y]))
            painter.setPen(theme.pen(role, 1.8))
            painter.setBrush(theme.colour("plot"))
            painter.drawEllipse(QPointF(px, py), 4.0, 4.0)


def reduced(x: FloatArray, y: FloatArray, columns: int = MAX_COLUMNS) -> tuple[FloatArray, FloatArray]:
    """Return a curve with at most two points a column: its least and its greatest, in their order."""
    if x.size <= 2 * columns:
        return x, y
    edges = np.linspace(0, x.size, columns + 1).astype(int)
    keep: list[int] = [0]
    for first, last in pairwise(edges):
        low, high = first + int(np.argmin(y[first:last])), first + int(np.argmax(y[first:last]))
        keep.extend(sorted({low, high}))
    keep.append(x.size - 1)
    chosen = np.unique(np.array(keep))
    return x[chosen], y[chosen]
