"""A line of text with a magnifying glass."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from endotune_desktop.ui.theme.theme import Theme


class SearchField(QLineEdit):
    """Where people search."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setTextMargins(theme.px(22), 0, 0, 0)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.setTextMargins(self._theme.px(22), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then the glass."""
        super().paintEvent(event)
        painter = QPainter(self)
        size = self._theme.px(16)
        glass = self._theme.pixmap("search", "text3", 16)
        painter.drawPixmap(QPointF(self._theme.px(9), (self.height() - size) / 2), glass)
