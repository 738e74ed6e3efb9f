"""The serial lane to the store: jobs run one after another on one thread that alone touches the database."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from endotune_desktop.clinic.errors import EndoTuneError
from endotune_desktop.lanes.answers import AnswerBox
from endotune_desktop.store import FileCheck, Store

T = TypeVar("T")

CHECK_AT_CLOSE_S = 1.0
"""How long a person who closes the window waits for the check of what was written."""


class StoreLane:
    """A `StorePort`: opens the store on its own thread and runs every job there, in order.

    Parameters
    ----------
    open_store : callable
        Opens the store; what it raises is what every job fails with.
    crashed : callable
        Receives an exception that nobody expected, on the owner's thread.
    parent : QObject, optional
    damaged : callable, optional
        Receives the sentence, on the owner's thread, when the file proves damaged and turns read-only.
    """

    def __init__(
        self,
        open_store: Callable[[], Store],
        crashed: Callable[[BaseException], None],
        parent: QObject | None = None,
        damaged: Callable[[str], None] | None = None,
    ) -> None:
        self._open_store = open_store
        self._crashed = crashed
        self._damaged = damaged
        self._told = ""
        self._last_check: FileCheck | None = None
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

    def close(self, timeout_s: float = 10.0, check_s: float = CHECK_AT_CLOSE_S) -> None:
        """Finish the jobs that were asked for, check what was written, close the store and end the thread.

        Parameters
        ----------
        timeout_s : float
            How long the jobs may take.
        check_s : float
            How long the check of the file may take; one that is not done by then is done at the next start.
        """
        self._answers.close()
        self._jobs.put(None)
        self._thread.join(check_s)
        end = time.monotonic() + timeout_s
        while self._thread.is_alive() and time.monotonic() < end:
            if self._last_check is not None:
                self._last_check.stop()
            self._thread.join(0.1)

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
            try:
                self._check_what_was_written(self._store)
            finally:
                self._store.close()

    def _check_what_was_written(self, store: Store) -> None:
        """Look at the whole file once more; damage is marked beside it and said at the next start."""
        if not store.written or store.read_only:
            return
        self._last_check = store.file_check()
        try:
            found = self._last_check.run()
        except EndoTuneError:  # the disk has gone meanwhile: the next start will say so
            return
        if found:
            store.take_damage(found[0])

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
        self._tell_damage(self._store.damage)

    def _tell_damage(self, sentence: str) -> None:
        damaged = self._damaged
        if sentence != self._told and damaged is not None:
            self._told = sentence
            self._answers.post(lambda: damaged(sentence))

    def _report(self, error: BaseException) -> None:
        self._answers.post(lambda: self._crashed(error))
