"""What stays still under a hand that drags: ground, reference and grid, painted once into a picture."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPixmap

from endotune_desktop.ui.courses.spans import Mapping
from endotune_desktop.ui.courses.value_axis import Tick
from endotune_desktop.ui.theme.theme import Theme

HATCH_OPACITY = 0.55
"""Of the hatching over a marker that is not aimed at: the values stay readable."""

PHASE_GROUND = 0.6
"""Opacity of the ground of every second phase."""
PHASES_THROUGH = 0.7
"""Opacity of the reference over the phases of a cycle."""


@dataclass(frozen=True)
class GroundPlan:
    """Everything the picture depends on; equal plans are one picture.

    Attributes
    ----------
    size : (int, int)
    ratio : float
        Device pixels a point.
    look : (str, float)
        Palette and text scale.
    area : (float, float, float, float)
        Left, top, width, height of the data.
    mapping : Mapping
    reference : tuple of (from, to, low, high, filled)
        Hours, and axis coordinates or None where the range is open; one step over all time where it does not move. One
        that is not aimed at is not filled.
    ticks : tuple of Tick
    grid_h : tuple of float
        Hours of the vertical lines.
    hatched : tuple of (float, float)
        Hours from and to which the marker is shown and not aimed at.
    phases : tuple of (float, float)
        Hours from and to which each phase of a cycle lasts.
    """

    size: tuple[int, int]
    ratio: float
    look: tuple[str, float]
    area: tuple[float, float, float, float]
    mapping: Mapping
    reference: tuple[tuple[float, float, float | None, float | None, bool], ...]
    ticks: tuple[Tick, ...]
    grid_h: tuple[float, ...]
    hatched: tuple[tuple[float, float], ...] = ()
    phases: tuple[tuple[float, float], ...] = ()


def paint_ground(theme: Theme, plan: GroundPlan) -> QPixmap:
    """Return the picture of a plan."""
    width, height = plan.size
    picture = QPixmap(QSize(round(width * plan.ratio), round(height * plan.ratio)))
    picture.setDevicePixelRatio(plan.ratio)
    picture.fill(theme.colour("plot"))
    painter = QPainter(picture)
    area = QRectF(*plan.area)
    painter.save()
    painter.setClipRect(area)
    _paint_phases(painter, theme, plan, area)
    edges = _paint_reference(painter, theme, plan, area)
    _paint_grid(painter, theme, plan, area)
    painter.setOpacity(HATCH_OPACITY)
    for begin, end in plan.hatched:
        left, right = max(plan.mapping.x(begin), area.left()), min(plan.mapping.x(end), area.right())
        hatch = QBrush(theme.colour("hatch"), Qt.BrushStyle.BDiagPattern)
        painter.fillRect(QRectF(left, area.top(), right - left, area.height()), hatch)
    painter.setOpacity(1.0)
    painter.setPen(theme.pen("refEdge"))
    painter.drawLines(edges)
    painter.restore()
    painter.end()
    return picture


def _paint_phases(painter: QPainter, theme: Theme, plan: GroundPlan, area: QRectF) -> None:
    """Give every second phase a quiet ground, and each a line where it begins: two marks, neither of them a hue."""
    for number, (begin, end) in enumerate(plan.phases):
        left, right = plan.mapping.x(begin), plan.mapping.x(end)
        if number % 2:
            ground = QColor(theme.colour("hover"))
            ground.setAlphaF(PHASE_GROUND)
            painter.fillRect(QRectF(left, area.top(), right - left, area.height()), ground)
        pen = theme.pen("edge")
        pen.setDashPattern([1.0, 4.0])
        painter.setPen(pen)
        painter.drawLine(QLineF(round(left) + 0.5, area.top(), round(left) + 0.5, area.bottom()))


def _paint_reference(painter: QPainter, theme: Theme, plan: GroundPlan, area: QRectF) -> list[QLineF]:
    """Fill the reference step by step and return its edges, which the grid must not cover."""
    edges: list[QLineF] = []
    for begin, end, low, high, filled in plan.reference:
        left = max(plan.mapping.x(begin), area.left()) if begin > -math.inf else area.left()
        right = min(plan.mapping.x(end), area.right()) if end < math.inf else area.right()
        if (low is None and high is None) or right <= left:
            continue
        bottom = area.bottom() if low is None else min(plan.mapping.y(low), area.bottom())
        top = area.top() if high is None else max(plan.mapping.y(high), area.top())
        if filled and bottom > top:
            painter.fillRect(QRectF(left, top, right - left, bottom - top), _ground_of(theme, plan))
        for limit in (low, high):
            if limit is not None and area.top() - 1 <= (y := plan.mapping.y(limit)) <= area.bottom() + 1:
                y = min(round(y) + 0.5, area.bottom() - 0.5)
                edges.append(QLineF(left, y, right, y))
    return edges


def _ground_of(theme: Theme, plan: GroundPlan) -> QColor:
    """Return the fill of the reference; over phases it lets their ground through."""
    colour = QColor(theme.colour("refFill"))
    if plan.phases:
        colour.setAlphaF(PHASES_THROUGH)
    return colour


def _paint_grid(painter: QPainter, theme: Theme, plan: GroundPlan, area: QRectF) -> None:
    lines = []
    for hour in plan.grid_h:
        x = round(plan.mapping.x(hour)) + 0.5
        lines.append(QLineF(x, area.top(), x, area.bottom()))
    for tick in plan.ticks:
        if not tick.limit:
            y = round(plan.mapping.y(tick.place)) + 0.5
            lines.append(QLineF(area.left(), y, area.right(), y))
    painter.setPen(theme.pen("grid"))
    painter.drawLines(lines)
