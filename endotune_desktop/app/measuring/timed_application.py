"""An application that times every event, and a hand that moves the mouse: for the bench only."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget


class TimedApplication(QApplication):
    """Remembers the longest event since it was last asked; events inside an event count with the outer one.

    Attributes
    ----------
    longest_s : float
    """

    def __init__(self, words: list[str]) -> None:
        super().__init__(words)
        self.longest_s = 0.0
        self._inside = False

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver an event and time it."""
        if self._inside:
            return super().notify(receiver, event)
        self._inside = True
        begun = time.perf_counter()
        try:
            return super().notify(receiver, event)
        finally:
            self._inside = False
            self.longest_s = max(self.longest_s, time.perf_counter() - begun)

    def work(self, seconds: float = 0.0) -> None:
        """Answer events once, and go on until some time has passed."""
        until = time.perf_counter() + seconds
        self.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
        while time.perf_counter() < until:
            self.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)

    def run_as_event(self, change: Callable[[], None]) -> None:
        """Do something as a click would: inside an event, which is timed."""
        done: list[bool] = []

        def run() -> None:
            change()
            done.append(True)

        QTimer.singleShot(0, self, run)
        while not done:
            self.work()


def send_hand(widget: QWidget, kind: QEvent.Type, x: float) -> None:
    """Send a mouse event with the left button and Shift held to the middle height of a widget."""
    at = QPointF(x, widget.height() / 2)
    left = Qt.MouseButton.LeftButton
    cause = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else left
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else left
    shift = Qt.KeyboardModifier.ShiftModifier
    QApplication.sendEvent(widget, QMouseEvent(kind, at, QPointF(widget.mapToGlobal(at)), cause, held, shift))
