"""Small bars of the fit card: a share that was learned, a distance in standard deviations, a width taken apart."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from endotune_desktop.ui.theme.theme import Theme

REACH_SD = 4.0
"""A residual bar ends here; what lies further touches the end."""
DOUBT_SD = 3.0
SOURCES = {"patient": "whatif", "adherence": "given", "model": "altB", "assay": "currentEdge", "within": "hatch"}
"""Colour role of each source of width; names and numbers stand beside them."""


class LearnedBar(QWidget):
    """How much of an unknown the labs told, 0 to 1."""

    def __init__(self, theme: Theme, share: float, words: str) -> None:
        super().__init__()
        self._theme, self._share = theme, min(max(share, 0.0), 1.0)
        self.setFixedSize(theme.px(72), theme.px(12))
        self.setAccessibleName(words)
        self.setToolTip(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the share inside a frame."""
        theme, painter = self._theme, QPainter(self)
        box = QRectF(0.5, 0.5, self.width() - 1, self.height() - 1)
        painter.fillRect(QRectF(box.left(), box.top(), box.width() * self._share, box.height()), theme.colour("whatif"))
        painter.setPen(theme.pen("edge"))
        painter.drawRect(box)


class ResidualBar(QWidget):
    """A result's distance from the course, with limits at three standard deviations either side."""

    def __init__(self, theme: Theme, residual: float, words: str) -> None:
        super().__init__()
        self._theme, self._residual = theme, residual
        self.setFixedSize(theme.px(96), theme.px(14))
        self.setAccessibleName(words)
        self.setToolTip(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the middle, the limits and the bar; beyond a limit the bar is hatched, whatever its colour."""
        theme, painter = self._theme, QPainter(self)
        middle, half = self.width() / 2.0, self.width() / 2.0 - 1.0
        unit = half / REACH_SD
        length = min(max(self._residual, -REACH_SD), REACH_SD) * unit
        far = abs(self._residual) > DOUBT_SD
        top, height = theme.px(3), self.height() - 2 * theme.px(3)
        bar = QRectF(min(middle, middle + length), top, abs(length), height)
        painter.fillRect(bar, theme.colour("bad" if far else "currentEdge"))
        if far:
            painter.setPen(theme.pen("plot"))
            for x in range(int(bar.left()), int(bar.right()), max(theme.px(5), 1)):
                painter.drawLine(QPointF(x, bar.bottom()), QPointF(x + height, bar.top()))
        painter.setPen(theme.pen("line"))
        for limit in (-DOUBT_SD, DOUBT_SD):
            painter.drawLine(QPointF(middle + limit * unit, 0), QPointF(middle + limit * unit, self.height()))
        painter.setPen(theme.pen("edge"))
        painter.drawLine(QPointF(middle, 0), QPointF(middle, self.height()))


class ShareBar(QWidget):
    """One stacked bar: each source's per cent, its number inside where there is room."""

    def __init__(self, theme: Theme, parts: tuple[tuple[str, float], ...], words: str) -> None:
        super().__init__()
        self._theme, self.parts = theme, parts
        self.setMinimumWidth(theme.px(160))
        self.setFixedHeight(theme.px(20))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        """Return a width in which every number has room."""
        return QSize(self._theme.px(300), self._theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the parts from the left."""
        theme, painter = self._theme, QPainter(self)
        painter.setFont(theme.font("caption", 600))
        metrics, x = theme.metrics("caption", 600), 0.0
        for name, percent in self.parts:
            width = self.width() * percent / 100.0
            box = QRectF(x, 0, width, self.height())
            painter.fillRect(box, theme.colour(SOURCES[name]))
            text = f"{percent:.0f} %"
            if metrics.horizontalAdvance(text) + 4 < width:
                painter.setPen(theme.colour("text" if name == "within" else "plot"))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            painter.setPen(theme.pen("plot"))
            painter.drawLine(QPointF(x + width, 0), QPointF(x + width, self.height()))
            x += width


class Swatch(QWidget):
    """A square in the colour of a source, for the names beside the bars."""

    def __init__(self, theme: Theme, source: str) -> None:
        super().__init__()
        self._theme, self._source = theme, source
        self.setFixedSize(theme.px(10), theme.px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill it."""
        QPainter(self).fillRect(self.rect(), self._theme.colour(SOURCES[self._source]))
