"""The painted phase plot: reference, locus, paths with days, results, and where now and what-if end."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPolygonF, QResizeEvent

from endotune_desktop.ui.courses.canvas import AXIS_PX
from endotune_desktop.ui.courses.curves import DASHED, Line
from endotune_desktop.ui.courses.graph import Graph, Gutter
from endotune_desktop.ui.courses.lab_marks import DOT_PX, RING_PX
from endotune_desktop.ui.courses.spans import Mapping
from endotune_desktop.ui.courses.tick_axis import LINE_PX, TickAxis
from endotune_desktop.ui.courses.value_axis import across_ticks_of, ticks_of
from endotune_desktop.ui.phase.labels import Label, place
from endotune_desktop.ui.phase.picture import PhasePicture, Point
from endotune_desktop.ui.plotting import pg
from endotune_desktop.ui.theme.theme import Theme

Span = tuple[float, float]
TOP_PX, FOOT_PX, RIGHT_PX = 30, 48, 20
"""Room about the data: the title of the upward axis, numbers and title of the other one, air."""


class PhaseCanvas(Graph):
    """A pyqtgraph plot in layers; most important words first, and words that have no room are left out.

    Attributes
    ----------
    locus, now, whatif : Line
    ends : list of (point, str, str)
        Point, words and colour of each end.
    rings : list of (point, str)
        Points at the crosshair, and their colour.
    ring : bool
        Whether the ring of the focus is shown.
    """

    def __init__(self, theme: Theme) -> None:
        up, across, head = TickAxis(theme, "left"), TickAxis(theme, "bottom"), Gutter("top", self._paint_title)
        box = pg.ViewBox(enableMouse=False, enableMenu=False)
        super().__init__(theme, box, {"left": up, "bottom": across, "top": head})
        self._up, self._across, self._head = up, across, head
        self.locus = Line(theme, "refEdge", 1, DASHED)
        self.now = Line(theme, "current", 2)
        self.whatif = Line(theme, "whatif", 3)
        self.ends: list[tuple[Point, str, str]] = []
        self.rings: list[tuple[Point, str]] = []
        self.ring = False
        self._picture: PhasePicture | None = None
        self.add_layer(self._paint_reference)
        for line in (self.locus, self.now, self.whatif):
            self.add_curve(line)
        self.add_layer(self._paint_points)
        self.add_layer(self._paint_words)
        self.add_layer(self._paint_ring)
        self.restyle()

    @property
    def spans(self) -> tuple[Span, Span]:
        """Return what is shown of each axis."""
        (left, right), (low, high) = self.box.viewRange()
        return (left, right), (low, high)

    def show_picture(self, picture: PhasePicture, spans: tuple[Span, Span]) -> None:
        """Show a picture within these spans."""
        self._picture = picture
        for line, path in ((self.locus, picture.locus), (self.now, picture.now), (self.whatif, picture.whatif)):
            line.set_data(path[0], path[1])
        self.box.setRange(xRange=spans[0], yRange=spans[1], padding=0, disableAutoRange=False)
        self._write_axes()
        self.redraw()

    def restyle(self) -> None:
        """Take over the theme's colours and sizes."""
        theme = self._theme
        self.setBackground(theme.colour("plot"))
        self._up.setWidth(theme.px(AXIS_PX + 8))
        self._across.setHeight(theme.px(FOOT_PX))
        self._head.setHeight(theme.px(TOP_PX))
        for axis in (self._up, self._across):
            axis.update()
        self.set_margins(0, 0, theme.px(RIGHT_PX), 0)
        self._write_axes()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Write other numbers at another size."""
        super().resizeEvent(event)
        if event is not None:
            self._write_axes()

    def _write_axes(self) -> None:
        """Choose the numbers of both axes anew."""
        picture, area, theme = self._picture, self.area(), self._theme
        if picture is None:
            return
        across, up = self.spans
        line = float(theme.px(LINE_PX))
        self._up.show_ticks(tuple(ticks_of(picture.y.scale, up, list(picture.y.limits), area.height(), line)))
        measure, gap = theme.metrics("caption", 600).horizontalAdvance, float(theme.px(12))
        numbers = across_ticks_of(picture.x.scale, across, list(picture.x.limits), area.width(), measure, gap)
        self._across.show_ticks(tuple(numbers), picture.x.title)

    # ---- painting --------------------------------------------------------------------------------------------------
    def _paint_reference(self, painter: QPainter) -> None:
        """Fill where both markers are within their reference."""
        picture, mapping = self._picture, self.mapping()
        if picture is None or not picture.x.limits or not picture.y.limits:
            return
        x, y = picture.x, picture.y
        (left, right), (bottom, top) = x.places(np.array(x.limits)), y.places(np.array(y.limits))
        corner, far = QPointF(mapping.x(left), mapping.y(top)), QPointF(mapping.x(right), mapping.y(bottom))
        painter.setPen(self._theme.pen("refEdge"))
        painter.setBrush(self._theme.colour("refFill"))
        painter.drawRect(QRectF(corner, far))

    def _paint_title(self, painter: QPainter) -> None:
        """Write over the upward axis what it shows."""
        if self._picture is not None:
            theme, area = self._theme, self.area()
            painter.setFont(theme.font("small", 600))
            painter.setPen(theme.colour("text2"))
            room = QRectF(area.left(), 0.0, area.width(), theme.px(TOP_PX - 2))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._picture.y.title)

    def _paint_ring(self, painter: QPainter) -> None:
        if self.ring:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self._theme.pen("focus", 2.0))
            painter.drawRoundedRect(self.area().adjusted(1, 1, -1, -1), 4, 4)

    def _paint_points(self, painter: QPainter) -> None:
        picture, mapping, theme, size = self._picture, self.mapping(), self._theme, self._theme.scale
        if picture is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

        def dot(point: Point, colour: str, radius: float, ring: str = "labRing") -> None:
            at = QPointF(mapping.x(point[0]), mapping.y(point[1]))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(ring))
            painter.drawEllipse(at, (radius + RING_PX) * size, (radius + RING_PX) * size)
            painter.setBrush(theme.colour(colour))
            painter.drawEllipse(at, radius * size, radius * size)

        for point, _ in picture.doses:
            dot(point, "refEdge", 2.0)
        for point, _ in picture.marks:
            dot(point, "text2", 1.8)
        for point, _ in picture.labs:
            dot(point, "lab", DOT_PX)
        for point, _, colour in self.ends:
            self._diamond(painter, QPointF(mapping.x(point[0]), mapping.y(point[1])), colour)
        for point, colour in self.rings:
            painter.setPen(theme.pen(colour, 1.8 * size))
            painter.setBrush(theme.colour("plot"))
            painter.drawEllipse(QPointF(mapping.x(point[0]), mapping.y(point[1])), 4.5 * size, 4.5 * size)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _diamond(self, painter: QPainter, at: QPointF, colour: str) -> None:
        """Draw where a path ends; another shape than a result, so that colour does not tell alone."""
        theme, half = self._theme, 7.0 * self._theme.scale
        corners = [QPointF(0, -half), QPointF(half, 0), QPointF(0, half), QPointF(-half, 0)]
        painter.setPen(theme.pen("labRing", 1.5))
        painter.setBrush(theme.colour(colour))
        painter.drawPolygon(QPolygonF([at + corner for corner in corners]))

    def _paint_words(self, painter: QPainter) -> None:
        picture, area, mapping, theme = self._picture, self.area(), self.mapping(), self._theme
        if picture is None:
            return

        def label(point: Point, words: str, colour: str, weight: int = 400) -> Label:
            return Label(QPointF(mapping.x(point[0]), mapping.y(point[1])), words, colour, weight)

        wanted = [label(point, words, colour, 600) for point, words, colour in self.ends]
        wanted += [label(point, words, "refEdge") for point, words in picture.doses]
        wanted += [label(point, words, "text2") for point, words in picture.marks]
        wanted += [label(point, words, "text3") for point, words in picture.labs]
        wanted = [entry for entry in wanted if area.contains(entry.at)]
        near = 5.0 * theme.scale
        taken = [QRectF(entry.at - QPointF(near, near), QSizeF(2 * near, 2 * near)) for entry in wanted]
        for line in (self.now, self.whatif):
            taken += _along(line, mapping, near)
        sized = []
        for entry in wanted:
            metrics = theme.metrics("caption", entry.weight)
            sized.append((entry, QSizeF(metrics.horizontalAdvance(entry.words) + 2, metrics.height())))
        for entry, box in place(sized, area, taken, 7.0 * theme.scale):
            painter.setFont(theme.font("caption", entry.weight))
            painter.setPen(theme.colour(entry.colour))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, entry.words)


def _along(line: Line, mapping: Mapping, step: float) -> list[QRectF]:
    """Return small boxes along a path, a step apart, that words must not cover."""
    x, y = line.data
    if x.size < 2:
        return []
    px, py = x * mapping.kx + mapping.dx, y * mapping.ky + mapping.dy
    far = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(px), np.diff(py)))])
    at = np.arange(0.0, far[-1], 2.0 * step)
    places = zip(np.interp(at, far, px).tolist(), np.interp(at, far, py).tolist(), strict=True)
    return [QRectF(a - step / 2, b - step / 2, step, step) for a, b in places]
