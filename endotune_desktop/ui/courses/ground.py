"""What stays still under a hand that drags: ground, reference and grid, painted once into a picture."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPixmap

from endotune_desktop.ui.courses.spans import Mapping
from endotune_desktop.ui.courses.value_axis import Tick
from endotune_desktop.ui.theme.theme import Theme

HATCH_OPACITY = 0.55
"""Of the hatching over a marker that is not aimed at: the values stay readable."""


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
    reference : (float or None, float or None)
        Axis coordinates.
    ticks : tuple of Tick
    grid_h : tuple of float
        Hours of the vertical lines.
    hatched : bool
        Whether the marker is shown and not aimed at.
    """

    size: tuple[int, int]
    ratio: float
    look: tuple[str, float]
    area: tuple[float, float, float, float]
    mapping: Mapping
    reference: tuple[float | None, float | None]
    ticks: tuple[Tick, ...]
    grid_h: tuple[float, ...]
    hatched: bool = False


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
    edges = _paint_reference(painter, theme, plan, area)
    _paint_grid(painter, theme, plan, area)
    if plan.hatched:
        painter.setOpacity(HATCH_OPACITY)
        painter.fillRect(area, QBrush(theme.colour("hatch"), Qt.BrushStyle.BDiagPattern))
        painter.setOpacity(1.0)
    painter.setPen(theme.pen("refEdge"))
    painter.drawLines(edges)
    painter.restore()
    painter.end()
    return picture


def _paint_reference(painter: QPainter, theme: Theme, plan: GroundPlan, area: QRectF) -> list[QLineF]:
    """Fill the reference band and return its edges, which the grid must not cover."""
    low, high = plan.reference
    if low is None and high is None:
        return []
    bottom = area.bottom() if low is None else min(plan.mapping.y(low), area.bottom())
    top = area.top() if high is None else max(plan.mapping.y(high), area.top())
    if bottom > top:
        painter.fillRect(QRectF(area.left(), top, area.width(), bottom - top), theme.colour("refFill"))
    found = []
    for limit in (low, high):
        if limit is not None and area.top() - 1 <= (y := plan.mapping.y(limit)) <= area.bottom() + 1:
            y = min(round(y) + 0.5, area.bottom() - 0.5)
            found.append(QLineF(area.left(), y, area.right(), y))
    return found


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
