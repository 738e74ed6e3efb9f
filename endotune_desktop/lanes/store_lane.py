"""The serial lane to the store: jobs run one after another on one thread that alone touches the database."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from endotune_desktop.clinic.errors import EndoTuneError
from endotune_desktop.lanes.answers import AnswerBox
from endotune_desktop.store import Store

T = TypeVar("T")


class StoreLane:
    """A `StorePort`: opens the store on its own thread and runs every job there, in order.

    Parameters
    ----------
    open_store : callable
        Opens the store; what it raises is what every job fails with.
    crashed : callable
        Receives an exception that nobody expected, on the owner's thread.
    parent : QObject, optional
    """

    def __init__(
        self,
        open_store: Callable[[], Store],
        crashed: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        self._open_store = open_store
        self._crashed = crashed
        self._answers = AnswerBox(parent)
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._store: Store | None = None
        self._refused: EndoTuneError | None = None
        self._thread = threading.Thread(target=self._serve, name="store lane", daemon=True)
        self._thread.start()

    def run(
        self,
        job: Callable[[Store], T],
        done: Callable[[T], None],
        failed: Callable[[EndoTuneError], None],
    ) -> None:
        """Run `job` after all earlier ones; exactly one of `done` and `failed` follows on the owner's thread."""
        self._jobs.put(lambda: self._work(job, done, failed))

    def close(self, timeout_s: float = 10.0) -> None:
        """Finish the jobs that were asked for, close the store and end the thread."""
        self._answers.close()
        self._jobs.put(None)
        self._thread.join(timeout_s)

    # ---- on the lane's thread --------------------------------------------------------------------------------------
    def _serve(self) -> None:
        try:
            self._store = self._open_store()
        except EndoTuneError as error:
            self._refused = error
        except BaseException as error:
            self._report(error)
            return
        while (job := self._jobs.get()) is not None:
            job()
        if self._store is not None:
            self._store.close()

    def _work(
        self, job: Callable[[Store], Any], done: Callable[[Any], None], failed: Callable[[EndoTuneError], None]
    ) -> None:
        if self._store is None:
            refused = self._refused
            assert refused is not None
            self._answers.post(lambda: failed(refused))
            return
        try:
            result = job(self._store)
        except EndoTuneError as error:
            reason = error
            self._answers.post(lambda: failed(reason))
        except BaseException as error:
            self._report(error)
        else:
            self._answers.post(lambda: done(result))

    def _report(self, error: BaseException) -> None:
        self._answers.post(lambda: self._crashed(error))
