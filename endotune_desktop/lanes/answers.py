"""How answers come back: a closure is queued to the thread that owns the object, and run there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot


class AnswerBox(QObject):
    """Runs closures on the thread that made it, in the order in which they were posted from anywhere."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = True
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, closure: Callable[[], None]) -> None:
        """Run `closure` on the owner's thread, soon."""
        self._posted.emit(closure)

    def close(self) -> None:
        """Drop what is still queued."""
        self._open = False

    @Slot(object)
    def _run(self, closure: Callable[[], None]) -> None:
        if self._open:
            closure()
