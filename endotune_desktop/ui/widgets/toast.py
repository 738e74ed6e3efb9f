"""A word about something done that can be undone, for eight seconds at the foot of the sheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import button, label

SHOWN_MS = 8000


class Toast(QFrame):
    """Lies over its parent, bottom centre; stays while it is pointed at."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._undo: Callable[[], None] = lambda: None
        self.setProperty("kind", "toast")
        self._words = label("")
        self._button = button(self.tr("Undo"), self._pressed, kind="link")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(14), theme.px(6), theme.px(14), theme.px(6))
        layout.setSpacing(theme.px(14))
        layout.addWidget(self._words)
        layout.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(self, words: str, undo: Callable[[], None] | None) -> None:
        """Show a sentence, with Undo when there is something to take back."""
        self._words.setText(words)
        self._undo = undo or (lambda: None)
        self._button.setVisible(undo is not None)
        self.show()
        self.raise_()
        self._place()
        self._timer.start(SHOWN_MS)

    @property
    def words(self) -> str:
        """Return the sentence."""
        return self._words.text()

    def _pressed(self) -> None:
        self.hide()
        self._undo()

    def _place(self) -> None:
        self.adjustSize()
        parent = self.parentWidget()
        if parent is None:
            return
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - self._theme.px(24))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the sheet changes size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while pointed at."""
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go soon after the pointer has left."""
        self._timer.start(SHOWN_MS // 2)
