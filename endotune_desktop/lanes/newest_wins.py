"""The simulation lane: one request runs, one waits, a newer one replaces it; stale answers are dropped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

from endotune_desktop.clinic.errors import EndoTuneError
from endotune_desktop.lanes.answers import AnswerBox
from endotune_desktop.simulation import CancelFlag, Cancelled
from endotune_desktop.workbench.course_view import CourseRequest, CourseView


class Maker(Protocol):
    """What answers requests on the lane's thread."""

    def answer(self, request: CourseRequest, publish: Callable[[CourseView], None], cancel: CancelFlag) -> None:
        """Publish one or more views of the request."""
        ...


class NewestWins:
    """A `CoursePort` with one thread and one place to wait.

    The first, coarse answer of a running request is never cancelled, so that a hand that keeps moving always sees
    curves; what comes after it is, as soon as a newer request waits.

    Parameters
    ----------
    make_maker : callable
        Builds the maker on the lane's own thread, so that its imports do not hold up the window.
    warm : callable, optional
        Run on the thread before the first request (loading compiled code).
    crashed : callable
        Receives an exception that nobody expected, on the owner's thread.
    parent : QObject, optional
    """

    def __init__(
        self,
        make_maker: Callable[[], Maker],
        crashed: Callable[[BaseException], None],
        warm: Callable[[], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        self._make_maker = make_maker
        self._warm = warm
        self._crashed = crashed
        self._answers = AnswerBox(parent)
        self._arrived: Callable[[CourseView], None] = lambda _: None
        self._failed: Callable[[CourseRequest, EndoTuneError], None] = lambda _, __: None
        self._wake = threading.Condition()
        self._waiting: CourseRequest | None = None
        self._running_cancel: CancelFlag | None = None
        self._coarse_out = False
        self._newest = 0
        self._delivered = 0
        self._closing = False
        self._thread = threading.Thread(target=self._serve, name="simulation lane", daemon=True)
        self._thread.start()

    def listen(
        self, arrived: Callable[[CourseView], None], failed: Callable[[CourseRequest, EndoTuneError], None]
    ) -> None:
        """Say who receives answers."""
        self._arrived, self._failed = arrived, failed

    def submit(self, request: CourseRequest) -> None:
        """Ask for a course; a request that waits is replaced."""
        with self._wake:
            self._newest = request.number
            self._waiting = request
            if self._running_cancel is not None and self._coarse_out:
                self._running_cancel.cancel()
            self._wake.notify()

    def close(self, timeout_s: float = 5.0) -> None:
        """Cancel what runs and end the thread; no answer arrives after this."""
        self._answers.close()
        with self._wake:
            self._closing = True
            self._waiting = None
            if self._running_cancel is not None:
                self._running_cancel.cancel()
            self._wake.notify()
        self._thread.join(timeout_s)

    # ---- on the lane's thread --------------------------------------------------------------------------------------
    def _serve(self) -> None:
        try:
            if self._warm is not None:
                self._warm()
            maker = self._make_maker()
        except BaseException as error:
            self._report(error)
            return
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._closing or self._waiting is not None)
                if self._closing:
                    return
                request, self._waiting = self._waiting, None
                cancel = self._running_cancel = CancelFlag()
                self._coarse_out = False
            assert request is not None
            self._answer(maker, request, cancel)

    def _answer(self, maker: Maker, request: CourseRequest, cancel: CancelFlag) -> None:
        def publish(view: CourseView) -> None:
            with self._wake:
                self._coarse_out = True
                if self._waiting is not None:
                    cancel.cancel()
            self._answers.post(lambda: self._deliver(view))

        try:
            maker.answer(request, publish, cancel)
        except Cancelled:
            return
        except EndoTuneError as error:
            reason = error
            self._answers.post(lambda: self._failed(request, reason))
        except BaseException as error:
            self._report(error)

    def _report(self, error: BaseException) -> None:
        self._answers.post(lambda: self._crashed(error))

    # ---- on the owner's thread -------------------------------------------------------------------------------------
    def _deliver(self, view: CourseView) -> None:
        """Hand over an answer unless a newer one was shown already."""
        if view.request.number >= self._delivered:
            self._delivered = view.request.number
            self._arrived(view)
