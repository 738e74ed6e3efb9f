"""Laboratory results on a plot."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from endotune_desktop.ui.courses.spans import Mapping
from endotune_desktop.ui.theme.theme import Theme

DOT_PX, RING_PX, CAP_PX = 4.2, 1.5, 3.5
REACH_PX = 9.0
"""How near the pointer must be to a point."""


@dataclass(frozen=True)
class LabMark:
    """One result.

    Attributes
    ----------
    hour : float
    place, low, high : float
        Value and ends of the 90 % assay error, axis coordinates.
    comparator : str
        ``<`` or ``>`` where the laboratory gave a bound, else empty.
    set_aside : bool
    doubtful : bool
        Whether it does not fit the patient's course.
    """

    hour: float
    place: float
    low: float
    high: float
    comparator: str = ""
    set_aside: bool = False
    doubtful: bool = False


class LabMarks:
    """Dot with ring, error bar with caps, an arrow for ``<`` and ``>``; hollow when set aside."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.rows: list[LabMark] = []

    def nearest(self, mapping: Mapping, x: float, y: float) -> int | None:
        """Return the index of the mark at a pixel, None when there is none within reach."""
        reach = REACH_PX * self._theme.scale
        found = [(math.hypot(mapping.x(m.hour) - x, mapping.y(m.place) - y), i) for i, m in enumerate(self.rows)]
        near = min(found, default=(math.inf, 0))
        return near[1] if near[0] <= reach else None

    def paint(self, painter: QPainter, mapping: Mapping, first_h: float, last_h: float) -> None:
        """Draw the marks between two hours."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in self.rows:
            if first_h <= mark.hour <= last_h:
                x, y = mapping.x(mark.hour), mapping.y(mark.place)
                if mark.comparator:
                    self._arrow(painter, x, y, up=mark.comparator == ">")
                else:
                    self._bar(painter, x, y, (mapping.y(mark.low), mapping.y(mark.high)))
                    self._dot(painter, x, y, hollow=mark.set_aside)
                if mark.doubtful:
                    self._query(painter, x, y)

    def _query(self, painter: QPainter, x: float, y: float) -> None:
        """Put a ring about a mark and a question mark beside it: a shape, not a hue."""
        size = self._theme.scale
        reach = (DOT_PX + RING_PX + 2.5) * size
        painter.setPen(self._theme.pen("lab", 1.2 * size))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x, y), reach, reach)
        painter.setFont(self._theme.font("small", 700))
        painter.drawText(QPointF(x + reach + 2.0 * size, y + 4.0 * size), "?")

    def _arrow(self, painter: QPainter, x: float, y: float, *, up: bool) -> None:
        size = self._theme.scale
        sign = -size if up else size
        tip = y + 14.0 * sign
        painter.setPen(self._theme.pen("lab", 1.2 * size))
        painter.drawLine(QPointF(x - 5 * size, y), QPointF(x + 5 * size, y))
        painter.drawLine(QPointF(x, y), QPointF(x, tip))
        painter.drawLine(QPointF(x, tip), QPointF(x - 4 * size, tip - 5 * sign))
        painter.drawLine(QPointF(x, tip), QPointF(x + 4 * size, tip - 5 * sign))

    def _bar(self, painter: QPainter, x: float, y: float, ends: tuple[float, float]) -> None:
        """Draw a bar from the ring to each cap; a bar that ends inside or close to the dot is left out."""
        size = self._theme.scale
        inner = (DOT_PX + RING_PX) * size
        painter.setPen(self._theme.pen("lab", 1.2 * size))
        for end in ends:
            if abs(end - y) < inner + 1.5 * size:
                continue
            start = y + math.copysign(inner, end - y)
            painter.drawLine(QPointF(x, start), QPointF(x, end))
            painter.drawLine(QPointF(x - CAP_PX * size, end), QPointF(x + CAP_PX * size, end))

    def _dot(self, painter: QPainter, x: float, y: float, *, hollow: bool) -> None:
        theme, size = self._theme, self._theme.scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("labRing"))
        painter.drawEllipse(QPointF(x, y), (DOT_PX + RING_PX) * size, (DOT_PX + RING_PX) * size)
        if hollow:
            painter.setPen(theme.pen("lab", 1.4 * size))
        else:
            painter.setBrush(theme.colour("lab"))
        painter.drawEllipse(QPointF(x, y), DOT_PX * size, DOT_PX * size)
        painter.setBrush(Qt.BrushStyle.NoBrush)
