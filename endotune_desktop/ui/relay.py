"""Work in small pieces: one job an event, so that a hand is answered between any two."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

_NEXT = QEvent.Type(QEvent.registerEventType())


class Relayed:
    """A part of the window that shows what is new in the jobs of its own relay.

    Attributes
    ----------
    _relay : Relay
        Made by the part itself.
    """

    _relay: Relay

    @property
    def busy(self) -> bool:
        """Return whether something newer is not shown yet."""
        return self._relay.busy

    def finish(self) -> None:
        """Show now what waits."""
        self._relay.finish()


class Relay(QObject):
    """Runs jobs one an event, in the order in which they were first asked for.

    A job that is asked for again while it waits keeps its place and runs once, with what is newest then. Its events
    stand behind input and in line with Qt's own requests to paint: what other widgets have to paint is painted in
    their event, not in that of a job.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[object, Callable[[], None]] = {}
        self._posted = False
        self._gives_way = False

    @property
    def busy(self) -> bool:
        """Return whether a job waits."""
        return bool(self._jobs)

    def ask(self, key: object, job: Callable[[], None]) -> None:
        """Run `job` in an event of its own, soon; `key` says which earlier job it replaces."""
        self._jobs[key] = job
        self._post()

    def waits(self, key: object) -> bool:
        """Return whether the job of this key waits."""
        return key in self._jobs

    def give_way(self) -> None:
        """Let other widgets, which have just been told of a change, paint in their own event before the next job."""
        self._gives_way = True

    def finish(self) -> None:
        """Run what waits now."""
        while self._jobs:
            self._run_one()

    def forget(self) -> None:
        """Drop what waits."""
        self._jobs.clear()

    def _post(self) -> None:
        if not self._posted:
            self._posted = True
            QCoreApplication.postEvent(self, QEvent(_NEXT), Qt.EventPriority.LowEventPriority.value)

    def event(self, event: QEvent) -> bool:
        """Run the next job, or step back behind what was posted meanwhile."""
        if event.type() != _NEXT:
            return super().event(event)
        self._posted = False
        if self._jobs and self._gives_way:
            self._gives_way = False
            self._post()
        elif self._jobs:
            self._run_one()
        return True

    def _run_one(self) -> None:
        job = self._jobs.pop(next(iter(self._jobs)))
        if self._jobs:
            self._post()
        job()
