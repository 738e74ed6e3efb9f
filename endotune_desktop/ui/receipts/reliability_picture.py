"""The reliability of a clinic's forecasts: how often results fell into each tenth of what was forecast."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from endotune_desktop.tuning.clinic_calibration import BINS, Calibration
from endotune_desktop.ui.receipts.words import reliability_words
from endotune_desktop.ui.theme.theme import Theme

HEADROOM = 1.15
GAP = 0.14
"""Share of a bar's room that stays free at each side."""


class ReliabilityPicture(QWidget):
    """Ten bars over the band that chance allows; a bar outside it is hatched as well as coloured."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._found: Calibration | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return a picture of usual size."""
        return QSize(self._theme.px(420), self._theme.px(190))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which the figures can be read."""
        return QSize(self._theme.px(280), self._theme.px(150))

    def show_found(self, found: Calibration | None) -> None:
        """Show a clinic's forecasts, or nothing."""
        self._found = found
        self.setAccessibleName(self.tr("Reliability"))
        self.setAccessibleDescription(reliability_words(found) if found is not None else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the envelope, the bars and the axis."""
        painter, theme = QPainter(self), self._theme
        painter.fillRect(self.rect(), theme.colour("plot"))
        found = self._found
        if found is None or not found.count:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        top = HEADROOM * max(max(found.bins), max(high for _, high in found.envelope), 1)
        area = QRectF(theme.px(44), theme.px(24), self.width() - theme.px(64), self.height() - theme.px(66))
        low, high = found.envelope[0]

        def y(count: float) -> float:
            return area.bottom() - count / top * area.height()

        painter.fillRect(QRectF(area.left(), y(high), area.width(), y(low) - y(high)), theme.colour("whatif90"))
        pen = theme.pen("text2", 1.0)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        even = y(found.count / BINS)
        painter.drawLine(QPointF(area.left(), even), QPointF(area.right(), even))
        self._bars(painter, area, found, y(0.0), [y(count) for count in found.bins])
        self._axis(painter, area, top)

    def _bars(self, painter: QPainter, area: QRectF, found: Calibration, foot: float, heads: list[float]) -> None:
        theme, wide = self._theme, area.width() / BINS
        for place, (count, head) in enumerate(zip(found.bins, heads, strict=True)):
            low, high = found.envelope[place]
            inside = low <= count <= high
            box = QRectF(area.left() + (place + GAP) * wide, head, wide * (1.0 - 2.0 * GAP), foot - head)
            painter.fillRect(box, theme.colour("current" if inside else "warn"))
            if not inside:
                painter.setPen(theme.pen("plot", 1.0))
                painter.setBrush(Qt.BrushStyle.BDiagPattern)
                painter.drawRect(box)
                painter.setBrush(Qt.BrushStyle.NoBrush)

    def _axis(self, painter: QPainter, area: QRectF, top: float) -> None:
        theme = self._theme
        painter.setPen(theme.pen("edge", 1.0))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(theme.colour("text2"))
        line = theme.px(16)
        for tenth in range(BINS + 1):
            x = area.left() + tenth * area.width() / BINS
            box = QRectF(x - theme.px(20), area.bottom() + 2, theme.px(40), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{10 * tenth}")
        above = QRectF(theme.px(8), theme.px(4), area.width(), line)
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.tr("results"))
        words = self.tr("where the result fell in the forecast, per cent of the forecast below it")
        foot = QRectF(area.left(), area.bottom() + line + 2, area.width(), line)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, words)
        step = max(1, round(top / 4.0))
        for count in range(0, int(top) + 1, step):
            at = area.bottom() - count / top * area.height()
            box = QRectF(0.0, at - line / 2.0, area.left() - theme.px(6), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(count))
