"""A value axis: its line, and the numbers that were chosen for it."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from endotune_desktop.ui.courses.plot_frame import BareAxis
from endotune_desktop.ui.courses.value_axis import Tick
from endotune_desktop.ui.theme.theme import Theme

MARK_PX, LINE_PX = 4, 16
"""Length of the mark beside a number, height of a number."""
AIR_PX = 8
"""From the axis to the numbers beside it."""
UNDER_PX, HALF_WIDTH_PX = 5, 50
"""From the axis to the numbers under it, and the room to either side of their middle."""

TITLE_AT_PX, TITLE_PX = 22, 24
"""From the axis at the bottom to its title, and the height of that."""


class TickAxis(BareAxis):
    """An axis at the left or at the bottom; limits of the reference are bold. Painted again only when it changes."""

    def __init__(self, theme: Theme, side: str) -> None:
        super().__init__(side)
        self._theme = theme
        self._numbers: tuple[Tick, ...] = ()
        self._title = ""
        self.setCacheMode(self.CacheMode.DeviceCoordinateCache)

    def show_ticks(self, ticks: tuple[Tick, ...], title: str = "") -> None:
        """Write these numbers, and at the right under an axis at the bottom what they are."""
        if (ticks, title) != (self._numbers, self._title):
            self._numbers, self._title = ticks, title
            kinds = [[tick for tick in ticks if tick.limit is kind] for kind in (True, False)]
            self.setTicks([[(tick.place, tick.words) for tick in kind] for kind in kinds])

    def boundingRect(self) -> QRectF:
        """Return the axis alone: of an item larger than its view Qt keeps parts of an old picture."""
        return QRectF(QPointF(0.0, 0.0), self.size())

    def resizeEvent(self, event: object = None) -> None:
        """Paint anew: the picture of another size would be kept where it still fits."""
        super().resizeEvent(event)
        self.update()

    def paint(self, painter: QPainter, option: object, widget: QWidget | None = None) -> None:
        """Paint line, marks and numbers."""
        painter.setPen(self._theme.pen("edge"))
        if self.orientation == "left":
            self._paint_left(painter)
        else:
            self._paint_bottom(painter)

    def _share(self, place: float) -> float:
        """Return how far along the axis a coordinate is, 0 to 1."""
        low, high = self.range
        return float((place - low) / max(high - low, 1e-12))

    def _paint_left(self, painter: QPainter) -> None:
        theme, size = self._theme, self.size()
        x, line = size.width() - 0.5, theme.px(LINE_PX)
        painter.drawLine(QLineF(x, 0.0, x, size.height()))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for tick in self._numbers:
            y = min(round((1.0 - self._share(tick.place)) * size.height()) + 0.5, size.height() - 0.5)
            self._mark(painter, QLineF(x - theme.px(MARK_PX), y, x, y), limit=tick.limit)
            room = QRectF(0.0, tick.at_px - line / 2, size.width() - theme.px(AIR_PX), line)
            painter.drawText(room, right, tick.words)

    def _paint_bottom(self, painter: QPainter) -> None:
        theme, width = self._theme, self.size().width()
        half, line = theme.px(HALF_WIDTH_PX), theme.px(LINE_PX)
        painter.drawLine(QLineF(0.0, 0.5, width, 0.5))
        for tick in self._numbers:
            x = round(self._share(tick.place) * width) + 0.5
            self._mark(painter, QLineF(x, 0.5, x, theme.px(MARK_PX) + 0.5), limit=tick.limit)
            room = QRectF(tick.at_px - half, theme.px(UNDER_PX), 2 * half, line)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, tick.words)
        painter.setFont(theme.font("small", 600))
        painter.setPen(theme.colour("text2"))
        room = QRectF(0.0, theme.px(TITLE_AT_PX), width, theme.px(TITLE_PX))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._title)

    def _mark(self, painter: QPainter, mark: QLineF, *, limit: bool) -> None:
        theme = self._theme
        painter.setPen(theme.pen("refEdge" if limit else "edge"))
        painter.drawLine(mark)
        painter.setPen(theme.colour("refEdge" if limit else "text2"))
        painter.setFont(theme.font("caption", 600 if limit else 400))
