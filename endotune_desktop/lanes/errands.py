"""A lane for errands that nobody waits for with a slider in the hand: one at a time, a newer one ends an older."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from endotune_desktop.clinic.errors import EndoTuneError
from endotune_desktop.lanes.answers import AnswerBox
from endotune_desktop.simulation import CancelFlag, Cancelled

T = TypeVar("T")


class Errands:
    """One thread and one place to wait.

    Parameters
    ----------
    crashed : callable
        Receives an exception that nobody expected, on the owner's thread.
    parent : QObject, optional
    """

    def __init__(self, crashed: Callable[[BaseException], None], parent: QObject | None = None) -> None:
        self._crashed = crashed
        self._answers = AnswerBox(parent)
        self._wake = threading.Condition()
        self._waiting: Callable[[], None] | None = None
        self._cancel = CancelFlag()
        self._number = 0
        self._closing = False
        self._thread: threading.Thread | None = None

    def run(
        self, job: Callable[[CancelFlag], T], done: Callable[[T], None], failed: Callable[[EndoTuneError], None]
    ) -> None:
        """Run `job`; one of `done` and `failed` follows on the owner's thread, neither when a newer errand came."""
        with self._wake:
            self._number += 1
            self._cancel.cancel()
            number, cancel = self._number, CancelFlag()
            self._cancel = cancel
            self._waiting = lambda: self._work(number, cancel, job, done, failed)
            if self._thread is None:  # a window in which no errand is run starts no thread
                self._thread = threading.Thread(target=self._serve, name="errands", daemon=True)
                self._thread.start()
            self._wake.notify()

    def close(self, timeout_s: float = 5.0) -> None:
        """Cancel what runs and end the thread; no answer arrives after this."""
        self._answers.close()
        with self._wake:
            self._closing = True
            self._waiting = None
            self._cancel.cancel()
            self._wake.notify()
        if self._thread is not None:
            self._thread.join(timeout_s)

    # ---- on the lane's thread --------------------------------------------------------------------------------------
    def _serve(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._closing or self._waiting is not None)
                if self._closing:
                    return
                work, self._waiting = self._waiting, None
            assert work is not None
            work()

    def _work(
        self,
        number: int,
        cancel: CancelFlag,
        job: Callable[[CancelFlag], Any],
        done: Callable[[Any], None],
        failed: Callable[[EndoTuneError], None],
    ) -> None:
        try:
            result = job(cancel)
        except Cancelled:
            return
        except EndoTuneError as error:
            reason = error
            self._answers.post(lambda: self._deliver(number, lambda: failed(reason)))
        except BaseException as error:
            unexpected = error
            self._answers.post(lambda: self._crashed(unexpected))
        else:
            self._answers.post(lambda: self._deliver(number, lambda: done(result)))

    # ---- on the owner's thread -------------------------------------------------------------------------------------
    def _deliver(self, number: int, closure: Callable[[], None]) -> None:
        if number == self._number:
            closure()
