"""The values at the right end of the curves, pushed apart."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from endotune_desktop.ui.theme.theme import Theme

GAP_PX = 16


@dataclass(frozen=True)
class EndLabel:
    """What stands beside the end of a curve.

    Attributes
    ----------
    place : float
        Axis coordinate of the end.
    value, words : str
        The number, and whose curve it is.
    role : str
        Colour by name.
    """

    place: float
    value: str
    words: str
    role: str


def spread(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Return ascending positions pushed apart to `gap`, kept between `low` and `high` as long as they fit there.

    Parameters
    ----------
    wanted : list of float
        Ascending.
    gap, low, high : float

    Returns
    -------
    list of float
        In the same order. Too many for the room keep their gap and leave it at the end.
    """
    placed: list[float] = []
    for at in wanted:
        placed.append(max(at, placed[-1] + gap if placed else low))
    ceiling = high
    for index in reversed(range(len(placed))):
        placed[index] = max(min(placed[index], ceiling), low + index * gap)
        ceiling = placed[index] - gap
    return placed


def paint_ends(painter: QPainter, theme: Theme, rows: list[tuple[float, EndLabel]], area: QRectF) -> None:
    """Paint labels at the right of an area of the gutter.

    Parameters
    ----------
    painter : QPainter
    theme : Theme
    rows : list of (float, EndLabel)
        With the pixel at which each curve ends.
    area : QRectF
        The gutter.
    """
    half = theme.px(GAP_PX) / 2.0
    rows = sorted(rows, key=lambda row: row[0])
    placed = spread([y for y, _ in rows], 2 * half, area.top() + half, area.bottom() - half)
    bold, small = theme.metrics("body", 700), theme.metrics("caption")
    middle = Qt.AlignmentFlag.AlignVCenter
    for y, (_, entry) in zip(placed, rows, strict=True):
        left, width = area.left() + theme.px(8), bold.horizontalAdvance(entry.value)
        painter.setPen(theme.colour(entry.role))
        painter.setFont(theme.font("body", 700))
        painter.drawText(QRectF(left, y - half - 2, width + 2, 2 * half + 4), middle, entry.value)
        x = left + width + theme.px(4)
        room = area.right() - x - 2
        words = small.elidedText(entry.words, Qt.TextElideMode.ElideRight, int(room))
        painter.setFont(theme.font("caption"))
        painter.drawText(QRectF(x, y - half - 2, room, 2 * half + 4), middle, words)
