"""The forecast that was made, faint under what happened: a box and whiskers where the result was due."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from endotune_desktop.clinic.records import PatientRecord
from endotune_desktop.ui.courses.scales import Scale
from endotune_desktop.ui.courses.spans import Mapping
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.workbench.course_view import CourseView
from endotune_desktop.workbench.receipt_scores import CHANGED

FAINT = 0.5
"""Half as strong as what happened (tuning.md 7)."""
BOX_PX, CAP_PX = 9.0, 6.0
DOTS = [1.0, 3.0]


@dataclass(frozen=True, slots=True)
class Ghost:
    """One forecast.

    Attributes
    ----------
    made : str
        Which adoption it belongs to.
    hour : float
    levels : tuple of float
        5th, 25th, 50th, 75th and 95th percentile, axis coordinates.
    """

    made: str
    hour: float
    levels: tuple[float, float, float, float, float]


class ForecastGhosts:
    """Paints the forecasts of one marker; those of one adoption are joined by dots."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.rows: tuple[Ghost, ...] = ()

    def paint(self, painter: QPainter, mapping: Mapping, first_h: float, last_h: float) -> None:
        """Draw the forecasts between two hours."""
        shown = [ghost for ghost in self.rows if first_h <= ghost.hour <= last_h]
        if not shown:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(FAINT)
        for former, later in pairwise(self.rows):
            if former.made == later.made and later.hour >= first_h and former.hour <= last_h:
                self._join(painter, mapping, former, later)
        for ghost in shown:
            self._box(painter, mapping, ghost)
        painter.restore()

    def _join(self, painter: QPainter, mapping: Mapping, former: Ghost, later: Ghost) -> None:
        pen = self._theme.pen("altB", self._theme.scale)
        pen.setDashPattern(DOTS)
        painter.setPen(pen)
        for level in (0, 2, 4):
            ends = ((ghost.hour, ghost.levels[level]) for ghost in (former, later))
            painter.drawLine(*(QPointF(mapping.x(hour), mapping.y(place)) for hour, place in ends))

    def _box(self, painter: QPainter, mapping: Mapping, ghost: Ghost) -> None:
        size, x = self._theme.scale, mapping.x(ghost.hour)
        low, lower, middle, upper, high = (mapping.y(place) for place in ghost.levels)
        wide, cap = BOX_PX * size / 2.0, CAP_PX * size / 2.0
        painter.setPen(self._theme.pen("altB", 1.4 * size))
        for inner, outer in ((lower, low), (upper, high)):
            painter.drawLine(QPointF(x, inner), QPointF(x, outer))
            painter.drawLine(QPointF(x - cap, outer), QPointF(x + cap, outer))
        painter.setBrush(self._theme.colour("plot"))
        painter.drawRect(QRectF(x - wide, upper, 2.0 * wide, lower - upper))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._theme.pen("altB", 2.4 * size))
        painter.drawLine(QPointF(x - wide, middle), QPointF(x + wide, middle))


def paint_sample(painter: QPainter, theme: Theme, x: float, y: float) -> None:
    """Draw a box with whiskers for the legend, its middle at `x` and `y` pixels."""
    ghosts, size = ForecastGhosts(theme), theme.scale
    ghosts.rows = (Ghost("", 0.0, (8.0 * size, 4.0 * size, 0.0, -4.0 * size, -8.0 * size)),)
    ghosts.paint(painter, Mapping(1.0, x, 1.0, y), -1.0, 1.0)


def forecast_shown(view: CourseView, axis: str) -> bool:
    """Return whether a forecast of an axis lies in the time that is shown."""
    first, last = view.window_h
    dues = (receipt.due_at for receipt in view.request.record.receipts if receipt.axis == axis)
    return any(first <= view.hours(due.date(), due.hour + due.minute / 60.0) <= last for due in dues)


def ghosts_of(record: PatientRecord, axis: str, marker: str, scale: Scale, view: CourseView) -> tuple[Ghost, ...]:
    """Return the forecasts of a marker that still say something: not those whose regimen was changed.

    Parameters
    ----------
    record : PatientRecord
    axis, marker : str
    scale : Scale
    view : CourseView
        Tells the hours.
    """
    found = []
    for receipt in record.receipts:
        if (receipt.axis, receipt.marker) != (axis, marker):
            continue
        score = record.score_of(receipt)
        if score is not None and score.verdict == CHANGED:
            continue
        due = receipt.due_at
        low, lower, middle, upper, high = (
            scale.at(math.exp(level)) for level in (receipt.q05, receipt.q25, receipt.q50, receipt.q75, receipt.q95)
        )
        hour = view.hours(due.date(), due.hour + due.minute / 60.0)
        found.append(Ghost(receipt.made_at.isoformat(), hour, (low, lower, middle, upper, high)))
    return tuple(sorted(found, key=lambda ghost: (ghost.made, ghost.hour)))
