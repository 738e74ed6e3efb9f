"""Who is shown, and what the lines mean."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import ElidedLabel, chip, label, restyle


class TitleRow(QWidget):
    """Name, details, and a chip at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.name = label("", "title")
        self.details = ElidedLabel("", "second")
        self.chip = chip("")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(6), theme.px(16), theme.px(6))
        layout.setSpacing(theme.px(12))
        layout.addWidget(self.name)
        layout.addWidget(self.details, 1)
        layout.addWidget(self.chip)

    def say(self, name: str, details: str, words: str, tone: str) -> None:
        """Show a name with its details, and a chip when there are words for it."""
        self.name.setText(name)
        self.details.setText(details)
        self.chip.setText(words)
        self.chip.setVisible(bool(words))
        restyle(self.chip, "tone", tone)


class Legend(QWidget):
    """Samples of what is drawn; words give way from the right when there is no room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.entries: list[tuple[str, str]] = []
        self.setFixedHeight(theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a sample and a word for each entry."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font("caption")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        x, y = float(theme.px(16)), self.height() / 2
        sample = theme.px(26)
        for kind, words in self.entries:
            width = metrics.horizontalAdvance(words)
            if x + sample + width + theme.px(8) > self.width():
                return
            self._sample(painter, kind, x, y, sample)
            painter.setPen(theme.colour("text2"))
            box = QRectF(x + sample + theme.px(6), 0, width + 2, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
            x += sample + width + theme.px(24)

    def _sample(self, painter: QPainter, kind: str, x: float, y: float, width: float) -> None:
        theme = self._theme
        if kind == "lab":
            painter.setPen(theme.pen("lab"))
            middle = x + width / 2
            painter.drawLine(QPointF(middle, y - 7), QPointF(middle, y + 7))
            painter.setBrush(theme.colour("lab"))
            painter.drawEllipse(QPointF(middle, y), 3.6, 3.6)
            return
        if kind == "reference":
            painter.fillRect(QRectF(x, y - 6, width, 12), theme.colour("refFill"))
            painter.setPen(theme.pen("refEdge"))
            painter.drawLine(QPointF(x, y - 6), QPointF(x + width, y - 6))
            painter.drawLine(QPointF(x, y + 6), QPointF(x + width, y + 6))
            return
        pen = theme.pen(
            {"now": "current", "whatif": "whatif", "pinned": "altB"}[kind], 3.0 if kind == "whatif" else 2.0
        )
        if kind == "pinned":
            pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, y), QPointF(x + width, y))
