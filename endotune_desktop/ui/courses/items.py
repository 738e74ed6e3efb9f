"""A curve inside a pyqtgraph plot, for the phase view."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from endotune_desktop.ui.courses.curves import reduced
from endotune_desktop.ui.theme.theme import Theme

FloatArray = npt.NDArray[np.float64]


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
