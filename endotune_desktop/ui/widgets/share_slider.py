"""A slider for shares from 0 to 100 %: severity, adherence, gland left."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from endotune_desktop.ui.theme.theme import Theme


class ShareSlider(QWidget):
    """Steps of one per cent, five with Page Up and Down.

    Signals
    -------
    previewed(float), settled(float)
        As in `DoseSlider`, 0 to 1.
    cancelled()
    """

    previewed = Signal(float)
    settled = Signal(float)
    cancelled = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._share = 0.0
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self.set_share(0.0)

    @property
    def share(self) -> float:
        """Return the share under the thumb, 0 to 1."""
        return self._share

    def set_share(self, share: float) -> None:
        """Show a share without telling anybody."""
        self._share = min(max(share, 0.0), 1.0)
        words = self.tr("{name}, slider, {share} per cent")
        self.setAccessibleName(words.format(name=self._name, share=round(100 * self._share)))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the thumb with air."""
        return QSize(self._theme.px(160), self._theme.px(32))

    def _span(self) -> tuple[float, float]:
        pad = self._theme.px(10)
        return float(pad), float(self.width() - pad)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint track and thumb."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = self._span()
        y = self.height() / 2
        x = left + (right - left) * self._share
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("edge"))
        painter.drawRoundedRect(QRectF(left, y - 1.5, right - left, 3), 1.5, 1.5)
        painter.setBrush(theme.colour("whatif"))
        painter.drawRect(QRectF(left, y - 1.5, x - left, 3))
        width, height = theme.px(14), theme.px(20)
        box = QRectF(x - width / 2, y - height / 2, width, height)
        if self.hasFocus():
            painter.setPen(theme.pen("focus", 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 6, 6)
        painter.setPen(theme.pen("raised", 2.0))
        painter.setBrush(theme.colour("whatif"))
        painter.drawRoundedRect(box, 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragging = True
            self._drag_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand."""
        if self._dragging:
            self._drag_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag."""
        if self._dragging:
            self._dragging = False
            self.settled.emit(self._share)

    def _drag_to(self, x: float) -> None:
        left, right = self._span()
        share = round(min(max((x - left) / max(right - left, 1.0), 0.0), 1.0), 2)
        if share != self._share:
            self.set_share(share)
            self.previewed.emit(share)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step one per cent, Page keys five, Home and End jump, Esc undoes a drag."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._dragging:
            self._dragging = False
            self.cancelled.emit()
            return
        steps = {
            Qt.Key.Key_Left: -0.01, Qt.Key.Key_Right: 0.01, Qt.Key.Key_Down: -0.01, Qt.Key.Key_Up: 0.01,
            Qt.Key.Key_PageDown: -0.05, Qt.Key.Key_PageUp: 0.05, Qt.Key.Key_Home: -1.0, Qt.Key.Key_End: 1.0,
        }  # fmt: skip
        if key not in steps:
            super().keyPressEvent(event)
            return
        share = round(min(max(self._share + steps[key], 0.0), 1.0), 2)
        if share != self._share:
            self.set_share(share)
            self.settled.emit(share)
