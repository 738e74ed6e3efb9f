"""Curves and bands as a plot paints them: mapped once, then drawn as polygons."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPolygonF

from endotune_desktop.ui.courses.spans import Mapping
from endotune_desktop.ui.theme.theme import Theme

FloatArray = npt.NDArray[np.float64]

MAX_COLUMNS = 350
"""More columns than this cost time and are not seen."""
WHOLE_STEPS_BELOW, CLOSE_STEP = 4, 0.7
"""From this thickness on, passes lie closer: a seam between two is seen as a comb where a line is nearly level."""
DASHED, DOTTED = (6.0, 4.0), (1.0, 3.0)
_NOTHING: FloatArray = np.empty(0)


class Line:
    """A curve drawn by passes of a one-pixel pen, a device pixel apart: a thick pen costs ten times as much.

    Parameters
    ----------
    theme : Theme
    role : str
        Colour by name.
    passes : int
        Thickness at 100 %, pixels.
    dashes : tuple of float
        Pattern of the pen, empty for a solid line.
    """

    def __init__(self, theme: Theme, role: str, passes: int, dashes: tuple[float, ...] = ()) -> None:
        self._theme = theme
        self.role = role
        self._passes = passes
        self._dashes = list(dashes)
        self._x, self._y = _NOTHING, _NOTHING
        self._mapped: Mapping | None = None
        self._polygons: list[QPolygonF] = []

    @property
    def data(self) -> tuple[FloatArray, FloatArray]:
        """Return what is drawn, axis coordinates."""
        return self._x, self._y

    def set_data(self, x: FloatArray, y: FloatArray) -> None:
        """Set the curve in axis coordinates; where `y` is nan it has gaps."""
        self._x, self._y = reduced(x, y)
        self._mapped = None

    def clear(self) -> None:
        """Draw nothing."""
        self.set_data(_NOTHING, _NOTHING)

    def passes(self, ratio: float) -> tuple[int, float]:
        """Return how many one-pixel passes make the thickness, and how many device pixels they lie apart.

        Parameters
        ----------
        ratio : float
            Device pixels a point of the screen.
        """
        thickness = max(1, round(self._passes * ratio * self._theme.scale))
        if thickness < WHOLE_STEPS_BELOW:
            return thickness, 1.0
        count = math.ceil((thickness - 1) / CLOSE_STEP) + 1
        return count, (thickness - 1) / (count - 1)

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Draw the passes."""
        if self._x.size < 2:
            return
        if self._mapped != mapping:
            self._mapped = mapping
            self._polygons = _runs(self._x * mapping.kx + mapping.dx, self._y * mapping.ky + mapping.dy)
        pen = self._theme.pen(self.role)
        if self._dashes:
            pen.setDashPattern(self._dashes)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        passes, step = self.passes(ratio)
        painter.save()
        painter.translate(0.0, -(passes - 1) / 2.0 * step / ratio)
        for _ in range(passes):
            for polygon in self._polygons:
                painter.drawPolyline(polygon)
            painter.translate(0.0, step / ratio)
        painter.restore()


class Band:
    """An opaque band between two curves: one polygon without an edge, not antialiased, at most 350 columns."""

    def __init__(self, theme: Theme, role: str) -> None:
        self._theme = theme
        self.role = role
        self._x, self._low, self._high = _NOTHING, _NOTHING, _NOTHING
        self._mapped: Mapping | None = None
        self._polygon = QPolygonF()

    @property
    def data(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return hours, lower and upper edge as drawn, axis coordinates."""
        return self._x, self._low, self._high

    def set_data(self, x: FloatArray, low: FloatArray, high: FloatArray) -> None:
        """Set the band, shape (n,) each, axis coordinates; columns with a nan are left out.

        Parameters
        ----------
        x : array
            Hours, ascending.
        low, high : array
            Edges; where there are too many columns each keeps its least and its greatest.
        """
        whole = np.isfinite(low) & np.isfinite(high)
        if not whole.all():
            x, low, high = x[whole], low[whole], high[whole]
        if x.size > MAX_COLUMNS:
            starts = np.linspace(0, x.size, MAX_COLUMNS, endpoint=False).astype(np.intp)
            ends = np.append(starts[1:], x.size) - 1
            low, high = np.minimum.reduceat(low, starts), np.maximum.reduceat(high, starts)
            x = np.concatenate([x[:1], (x[starts] + x[ends])[1:-1] / 2.0, x[-1:]])
        self._x, self._low, self._high = x, low, high
        self._mapped = None

    def clear(self) -> None:
        """Draw nothing."""
        self.set_data(_NOTHING, _NOTHING, _NOTHING)

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Fill the band."""
        if self._x.size < 2:
            return
        if self._mapped != mapping:
            self._mapped = mapping
            px = self._x * mapping.kx + mapping.dx
            upper, lower = self._high * mapping.ky + mapping.dy, self._low * mapping.ky + mapping.dy
            self._polygon = polygon_of(np.concatenate([px, px[::-1]]), np.concatenate([upper, lower[::-1]]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(self.role))
        painter.drawPolygon(self._polygon)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def polygon_of(x: FloatArray, y: FloatArray) -> QPolygonF:
    """Return points as a polygon, written straight into its memory: a list of points costs ten times as much."""
    polygon = QPolygonF()
    if x.size:
        polygon.resize(x.size)
        memory: Any = shiboken6.VoidPtr(polygon.data(), 16 * x.size, True)  # type: ignore[call-arg, arg-type]
        points = np.frombuffer(memory, dtype=np.float64).reshape(-1, 2)
        points[:, 0], points[:, 1] = x, y
    return polygon


def _runs(x: FloatArray, y: FloatArray) -> list[QPolygonF]:
    """Return one polygon for every stretch without a gap."""
    finite = np.isfinite(y)
    if finite.all():
        return [polygon_of(x, y)]
    turns = np.flatnonzero(np.diff(np.concatenate([[0], finite.astype(np.int8), [0]])))
    runs = zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True)
    return [polygon_of(x[first:last], y[first:last]) for first, last in runs if last - first > 1]


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
