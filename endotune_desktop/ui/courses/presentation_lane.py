"""One series of the presentation strip: its line over the days, its scale at the left, its value at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.workbench.presentation import Kind, Point, Series

DOT_PX = 2.6


def tr(text: str) -> str:
    """Return a translated text of the strip."""
    return QCoreApplication.translate("presentation", text)


@dataclass(frozen=True)
class Lane:
    """Where a series is drawn.

    Attributes
    ----------
    series : Series
    top, height : float
        Pixels.
    hours : tuple of float
        Of its points, in hours of the timeline.
    """

    series: Series
    top: float
    height: float
    hours: tuple[float, ...]

    def y(self, value: float) -> float:
        """Return the pixel of a value."""
        low, high = self.series.span
        inner = self.height - 6.0
        return self.top + self.height - 3.0 - inner * (value - low) / max(high - low, 1e-9)

    def nearest(self, place: QPointF, x: Callable[[float], float], reach: float) -> Point | None:
        """Return the point under a place, None when there is none within reach."""
        if not self.top <= place.y() < self.top + self.height:
            return None
        away = [(abs(x(hour) - place.x()), point) for hour, point in zip(self.hours, self.series.points, strict=True)]
        distance, point = min(away, key=lambda pair: pair[0])
        return point if distance <= reach else None


def paint_lane(painter: QPainter, theme: Theme, lane: Lane, x: Callable[[float], float], area: QRectF) -> None:
    """Paint the line and the dots of a lane inside an area."""
    series = lane.series
    painter.setPen(theme.pen("grid"))
    foot = round(lane.top + lane.height) - 0.5
    painter.drawLine(QLineF(area.left(), foot, area.right(), foot))
    painter.save()
    painter.setClipRect(QRectF(area.left() - DOT_PX, lane.top, area.width() + 2 * DOT_PX, lane.height))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    places = [(x(hour), point) for hour, point in zip(lane.hours, series.points, strict=True)]
    if series.kind is Kind.PRESSURE:
        _paint_pressures(painter, theme, lane, places)
    else:
        _paint_line(painter, theme, lane, places)
    painter.restore()


def _paint_line(painter: QPainter, theme: Theme, lane: Lane, places: list[tuple[float, Point]]) -> None:
    """Draw a scale as steps, as a score holds until the next one, and a measurement as a line from one to the next."""
    painter.setPen(theme.pen("currentEdge", 1.4))
    steps = lane.series.kind is Kind.SCALE
    for (x0, one), (x1, two) in pairwise(places):
        y0, y1 = lane.y(one.value), lane.y(two.value)
        if steps:
            painter.drawLine(QLineF(x0, y0, x1, y0))
            painter.drawLine(QLineF(x1, y0, x1, y1))
        else:
            painter.drawLine(QLineF(x0, y0, x1, y1))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("lab"))
    for x, point in places:
        painter.drawEllipse(QPointF(x, lane.y(point.value)), DOT_PX * theme.scale, DOT_PX * theme.scale)


def _paint_pressures(painter: QPainter, theme: Theme, lane: Lane, places: list[tuple[float, Point]]) -> None:
    """Draw each pressure as a bar from the diastolic to the systolic one."""
    painter.setPen(theme.pen("lab", 1.6))
    half = theme.px(3)
    for x, point in places:
        low, high = lane.y(point.lower), lane.y(point.value)
        painter.drawLine(QLineF(x, low, x, high))
        painter.drawLine(QLineF(x - half, low, x + half, low))
        painter.drawLine(QLineF(x - half, high, x + half, high))


def paint_names(painter: QPainter, theme: Theme, lane: Lane, words: str, area: QRectF, right: float) -> None:
    """Write the scale left of a lane, and its name and value right of it; a long name is shortened, not the value."""
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.colour("text3"))
    scale = "0–10" if lane.series.kind is Kind.SCALE else lane.series.unit
    box = QRectF(0, lane.top, area.left() - theme.px(6), lane.height)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, scale)
    metrics = theme.metrics("caption", 600)
    left, wide = area.right() + theme.px(6), metrics.horizontalAdvance(words)
    room = int(right - left - wide - theme.px(4))
    title = theme.metrics("caption").elidedText(tr(lane.series.title), Qt.TextElideMode.ElideRight, max(room, 0))
    painter.setPen(theme.colour("text2"))
    painter.drawText(QRectF(left, lane.top, max(room, 0) + 2, lane.height), Qt.AlignmentFlag.AlignVCenter, title)
    painter.setFont(theme.font("caption", 600))
    painter.setPen(theme.colour("text"))
    at = QRectF(right - wide - 1, lane.top, wide + 1, lane.height)
    painter.drawText(at, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
