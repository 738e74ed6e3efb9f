"""A small bar under a number: healthy range, band, the healthy value as a ring and the patient's as a mark."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from endotune_desktop.tuning.communication_card import CardNumber, Figure
from endotune_desktop.ui.theme.theme import Theme

_SPANS = {
    Figure.DISTANCE: (-6.0, 6.0),
    Figure.STEERING: (0.0, 100.0),
    Figure.OUTSIDE: (0.0, 100.0),
    Figure.GLAND: (0.0, 200.0),
    Figure.RHYTHM: (0.0, 200.0),
    Figure.TIME: (0.05, 540.0),
}
"""What a bar shows; a value outside sits at its end. Times stand on a logarithmic scale, days."""


def share_along(figure: Figure, value: float) -> float:
    """Return where a value stands on its bar, 0 to 1; nan stays nan."""
    low, high = _SPANS[figure]
    if math.isnan(value):
        return math.nan
    value = min(max(value, low), high)
    if figure is Figure.TIME:
        return math.log(value / low) / math.log(high / low)
    return (value - low) / (high - low)


class BandBar(QWidget):
    """Painted; what it shows stands in words above and below it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number: CardNumber | None = None
        self._whatif = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_number(self, number: CardNumber, *, whatif: bool) -> None:
        """Show a number, in the what-if's colour or in the record's."""
        if (number, whatif) != (self._number, self._whatif):
            self._number, self._whatif = number, whatif
            self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the mark with air."""
        return QSize(self._theme.px(120), self._theme.px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint track, healthy range, band, healthy ring and mark."""
        number, theme = self._number, self._theme
        if number is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pad, middle = theme.px(6), self.height() / 2.0
        width = self.width() - 2.0 * pad

        def across(value: float) -> float:
            return pad + width * share_along(number.figure, value)

        def stretch(low: float, high: float, thick: float) -> QRectF:
            left, right = across(low), across(high)
            return QRectF(left, middle - thick / 2.0, max(right - left, 2.0), thick)

        painter.setPen(theme.pen("line"))
        painter.setBrush(theme.colour("panel"))
        painter.drawRoundedRect(QRectF(pad, middle - theme.px(3), width, theme.px(6)), 3.0, 3.0)
        low, high = number.healthy_range
        if not (math.isnan(low) or math.isnan(high)):
            painter.setPen(theme.pen("refEdge"))
            painter.setBrush(theme.colour("refFill"))
            painter.drawRect(stretch(low, high, theme.px(6)))
        painter.setPen(Qt.PenStyle.NoPen)
        if not (math.isnan(number.low) or math.isnan(number.high)):
            painter.setBrush(theme.colour("whatif50" if self._whatif else "currentEdge"))
            painter.drawRect(stretch(number.low, number.high, theme.px(4)))
        if not math.isnan(number.healthy):
            painter.setPen(theme.pen("refEdge", 1.5))
            painter.setBrush(theme.colour("raised"))
            painter.drawEllipse(QPointF(across(number.healthy), middle), theme.px(4), theme.px(4))
        painter.setPen(theme.pen("raised"))
        painter.setBrush(theme.colour("whatif" if self._whatif else "current"))
        mark = across(number.value)
        painter.drawRect(QRectF(mark - theme.px(2), middle - theme.px(6), theme.px(4), theme.px(12)))
