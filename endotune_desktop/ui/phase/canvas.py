"""The painted phase plot: reference, locus, paths with days, results, and where now and what-if end."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from endotune_desktop.ui.courses.canvas import AXIS_PX
from endotune_desktop.ui.courses.curves import DASHED, Line
from endotune_desktop.ui.courses.lab_marks import DOT_PX, RING_PX
from endotune_desktop.ui.courses.spans import Mapping, mapping_of
from endotune_desktop.ui.courses.value_axis import across_ticks_of, ticks_of
from endotune_desktop.ui.phase.labels import Label, place
from endotune_desktop.ui.phase.picture import PhasePicture, Point
from endotune_desktop.ui.theme.theme import Theme

Span = tuple[float, float]


class PhaseCanvas(QWidget):
    """Paints a picture in layers; most important words first, and words that have no room are left out.

    Attributes
    ----------
    locus, now, whatif : Line
    ends : list of (point, str, str)
        Point, words and colour of each end.
    rings : list of (point, str)
        Points at the crosshair, and their colour.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.locus = Line(theme, "refEdge", 1, DASHED)
        self.now = Line(theme, "current", 2)
        self.whatif = Line(theme, "whatif", 3)
        self.ends: list[tuple[Point, str, str]] = []
        self.rings: list[tuple[Point, str]] = []
        self.ring = False
        self._picture: PhasePicture | None = None
        self._spans: tuple[Span, Span] = ((0.0, 1.0), (0.0, 1.0))

    @property
    def spans(self) -> tuple[Span, Span]:
        """Return what is shown of each axis."""
        return self._spans

    def show_picture(self, picture: PhasePicture, spans: tuple[Span, Span]) -> None:
        """Show a picture within these spans."""
        self._picture, self._spans = picture, spans
        for line, path in ((self.locus, picture.locus), (self.now, picture.now), (self.whatif, picture.whatif)):
            line.set_data(path[0], path[1])
        self.update()

    def area(self) -> QRectF:
        """Return where the data are."""
        theme = self._theme
        left, top, foot = theme.px(AXIS_PX + 8), theme.px(30), theme.px(48)
        return QRectF(left, top, max(self.width() - left - theme.px(20), 1), max(self.height() - top - foot, 1))

    def mapping(self) -> Mapping:
        """Return how axis coordinates lie in pixels."""
        return mapping_of(self.area(), *self._spans)

    # ---- painting --------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the layers."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("plot"))
        picture, area, mapping = self._picture, self.area(), self.mapping()
        if picture is None:
            return
        painter.setClipRect(area)
        self._paint_reference(painter, picture, mapping)
        painter.setClipping(False)
        self._paint_axes(painter, picture, area, mapping)
        painter.setClipRect(area)
        for line in (self.locus, self.now, self.whatif):
            line.paint(painter, mapping)
        self._paint_points(painter, picture, mapping)
        self._paint_words(painter, picture, area, mapping)
        painter.setClipping(False)
        if self.ring:
            painter.setPen(self._theme.pen("focus", 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 4, 4)

    def _paint_reference(self, painter: QPainter, picture: PhasePicture, mapping: Mapping) -> None:
        """Fill where both markers are within their reference."""
        x, y = picture.x, picture.y
        if not x.limits or not y.limits:
            return
        (left, right), (bottom, top) = x.places(np.array(x.limits)), y.places(np.array(y.limits))
        corner, far = QPointF(mapping.x(left), mapping.y(top)), QPointF(mapping.x(right), mapping.y(bottom))
        painter.setPen(self._theme.pen("refEdge"))
        painter.setBrush(self._theme.colour("refFill"))
        painter.drawRect(QRectF(corner, far))

    def _paint_axes(self, painter: QPainter, picture: PhasePicture, area: QRectF, mapping: Mapping) -> None:
        theme, line = self._theme, self._theme.px(16)
        up = ticks_of(picture.y.scale, self._spans[1], list(picture.y.limits), area.height(), line)
        metrics = theme.metrics("caption", 600)
        across = across_ticks_of(
            picture.x.scale,
            self._spans[0],
            list(picture.x.limits),
            area.width(),
            metrics.horizontalAdvance,
            theme.px(12),
        )
        painter.setPen(theme.pen("edge"))
        painter.drawLines([QLineF(area.topLeft(), area.bottomLeft()), QLineF(area.bottomLeft(), area.bottomRight())])
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for tick in up:
            y = mapping.y(tick.place)
            self._tick(painter, QLineF(area.left() - theme.px(4), y, area.left(), y), limit=tick.limit)
            box = QRectF(0, area.top() + tick.at_px - line / 2, area.left() - theme.px(7), line)
            painter.drawText(box, right, tick.words)
        for tick in across:
            x = mapping.x(tick.place)
            self._tick(painter, QLineF(x, area.bottom(), x, area.bottom() + theme.px(4)), limit=tick.limit)
            box = QRectF(area.left() + tick.at_px - theme.px(50), area.bottom() + theme.px(5), theme.px(100), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tick.words)
        painter.setFont(theme.font("small", 600))
        painter.setPen(theme.colour("text2"))
        painter.drawText(
            QRectF(theme.px(8), 0, area.width(), theme.px(28)), Qt.AlignmentFlag.AlignVCenter, picture.y.title
        )
        foot = QRectF(area.left(), area.bottom() + theme.px(22), area.width(), theme.px(24))
        painter.drawText(foot, right, picture.x.title)

    def _tick(self, painter: QPainter, mark: QLineF, *, limit: bool) -> None:
        theme = self._theme
        painter.setPen(theme.pen("refEdge" if limit else "edge"))
        painter.drawLine(mark)
        painter.setPen(theme.colour("refEdge" if limit else "text2"))
        painter.setFont(theme.font("caption", 600 if limit else 400))

    def _paint_points(self, painter: QPainter, picture: PhasePicture, mapping: Mapping) -> None:
        theme, size = self._theme, self._theme.scale
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

    def _paint_words(self, painter: QPainter, picture: PhasePicture, area: QRectF, mapping: Mapping) -> None:
        theme = self._theme

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
