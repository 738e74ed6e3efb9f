"""What a plot is made of, bottom to top: reference, grid, hatching, curves. All are painted in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from endotune_desktop.ui.theme.theme import Theme

FloatArray = npt.NDArray[np.float64]

MAX_COLUMNS = 350
"""More columns than this cost time and are not seen."""

Z_REFERENCE, Z_GRID, Z_OUTSIDE = 0.0, 1.0, 2.0
Z_BANDS = 3.0
"""Kept free: what-if 90 %, what-if 50 %, current 50 % and limits belong between hatching and curves."""
Z_PINNED, Z_NOW, Z_WHATIF, Z_LABS, Z_OVERLAY = 6.0, 7.0, 8.0, 9.0, 10.0


@dataclass(frozen=True)
class Frame:
    """Where axis coordinates lie on the canvas.

    Attributes
    ----------
    first_h, last_h : float
    low, high : float
        Axis coordinates (logarithms on a logarithmic axis).
    width, height : float
        Pixels.
    """

    first_h: float
    last_h: float
    low: float
    high: float
    width: float
    height: float

    def x(self, hour: float) -> float:
        """Return the pixel of an hour."""
        return (hour - self.first_h) / (self.last_h - self.first_h) * self.width

    def y(self, place: float) -> float:
        """Return the pixel of an axis coordinate."""
        return (self.high - place) / (self.high - self.low) * self.height

    def hour(self, x: float) -> float:
        """Return the hour at a pixel."""
        return self.first_h + x / max(self.width, 1.0) * (self.last_h - self.first_h)

    def place(self, y: float) -> float:
        """Return the axis coordinate at a pixel."""
        return self.high - y / max(self.height, 1.0) * (self.high - self.low)


class Layer(pg.GraphicsObject):  # type: ignore[misc]
    """A layer of a plot; it lies over the whole view box and paints in pixels."""

    def __init__(self, theme: Theme, box: pg.ViewBox, z: float) -> None:
        super().__init__(box)
        self._theme = theme
        self._box = box
        self.setZValue(z)

    def frame(self) -> Frame:
        """Return where coordinates lie now."""
        (first, last), (low, high) = self._box.viewRange()
        rect = self._box.rect()
        return Frame(first, last, low, high, rect.width(), rect.height())

    def boundingRect(self) -> QRectF:
        """Return the area of the view box."""
        return QRectF(self._box.rect())

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint within the plot."""
        frame = self.frame()
        if frame.width > 1.0 and frame.height > 1.0:
            self.draw(painter, frame)

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """Draw; every layer has its own."""
        raise NotImplementedError


class ReferenceLayer(Layer):
    """The reference range as an opaque band with edges.

    Attributes
    ----------
    low, high : float or None
        Axis coordinates.
    """

    low: float | None = None
    high: float | None = None

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """Draw fill and edges."""
        if self.low is None and self.high is None:
            return
        top = 0.0 if self.high is None else min(max(frame.y(self.high), 0.0), frame.height)
        foot = frame.height if self.low is None else min(max(frame.y(self.low), 0.0), frame.height)
        painter.fillRect(QRectF(0.0, round(top), frame.width, round(foot) - round(top)), self._theme.colour("refFill"))
        painter.setPen(self._theme.pen("refEdge"))
        for limit in (self.low, self.high):
            if limit is not None and frame.low <= limit <= frame.high:
                y = min(round(frame.y(limit)), frame.height - 1) + 0.5
                painter.drawLine(QPointF(0.0, y), QPointF(frame.width, y))


class GridLayer(Layer):
    """Lines at the beginnings of periods and at round values, and the axis at the left.

    Attributes
    ----------
    hours : list of float
    places : list of float
        Axis coordinates.
    """

    def __init__(self, theme: Theme, box: pg.ViewBox) -> None:
        super().__init__(theme, box, Z_GRID)
        self.hours: list[float] = []
        self.places: list[float] = []

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """Draw the lines."""
        xs = [round(frame.x(hour)) + 0.5 for hour in self.hours]
        ys = [round(frame.y(place)) + 0.5 for place in self.places if frame.low <= place <= frame.high]
        painter.setPen(self._theme.pen("grid"))
        painter.drawLines([QLineF(x, 0.0, x, frame.height) for x in xs])
        painter.drawLines([QLineF(0.0, y, frame.width, y) for y in ys])
        painter.setPen(self._theme.pen("edge"))
        painter.drawLine(QLineF(0.5, 0.0, 0.5, frame.height))


class OutsideLayer(Layer):
    """Hatching from where a course leaves what was compared with people.

    Attributes
    ----------
    from_h : float or None
    """

    from_h: float | None = None

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """Draw the hatching and its edge."""
        if self.from_h is None or self.from_h >= frame.last_h:
            return
        x = max(frame.x(self.from_h), 0.0)
        area = QRectF(x, 0.0, frame.width - x, frame.height)
        painter.fillRect(area, QBrush(self._theme.colour("hatch"), Qt.BrushStyle.BDiagPattern))
        painter.fillRect(QRectF(round(x) - 1.0, 0.0, 2.0, frame.height), self._theme.colour("warn"))


class CurveLayer(Layer):
    """A curve drawn by passes of a one-pixel pen, a device pixel apart: a thick pen costs ten times as much.

    Attributes
    ----------
    role : str
        Colour.
    wanted_px : float
        Thickness; the number of passes follows from the screen.
    """

    def __init__(
        self, theme: Theme, box: pg.ViewBox, role: str, wanted_px: float, *, z: float, dashed: bool = False
    ) -> None:
        super().__init__(theme, box, z)
        self.role = role
        self.wanted_px = wanted_px
        self._dashed = dashed
        self._hours: FloatArray = np.empty(0)
        self._places: FloatArray = np.empty(0)

    @property
    def data(self) -> tuple[FloatArray, FloatArray]:
        """Return what is drawn: hours and axis coordinates."""
        return self._hours, self._places

    def set_data(self, hours: FloatArray, places: FloatArray) -> None:
        """Set the curve, reduced to what can be seen."""
        self._hours, self._places = reduced(hours, places)

    def passes(self, ratio: float) -> int:
        """Return how often the line is drawn on a screen with `ratio` device pixels in a logical one."""
        return max(1, round(self.wanted_px * ratio))

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """Draw the passes."""
        if self._hours.size < 2 or self._hours[0] > frame.last_h or self._hours[-1] < frame.first_h:
            return
        x = (self._hours - frame.first_h) * (frame.width / (frame.last_h - frame.first_h))
        y = (frame.high - self._places) * (frame.height / (frame.high - frame.low))
        # Far outside the plot a curve is only a direction: without this a steep one costs a long clipped line.
        polygon = pg.functions.arrayToQPolygonF(x, np.clip(y, -4.0 * frame.height, 5.0 * frame.height))
        pen = self._theme.pen(self.role)
        pen.setCosmetic(True)
        if self._dashed:
            pen.setDashPattern([6.0, 4.0])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        passes = self.passes(ratio)
        painter.translate(0.0, 0.5 - (passes - 1) / 2.0 / ratio)
        for _ in range(passes):
            painter.drawPolyline(polygon)
            painter.translate(0.0, 1.0 / ratio)


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
