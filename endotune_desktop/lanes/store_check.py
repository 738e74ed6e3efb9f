"""The full check of the patient file, on a thread of its own while the window is already in use."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject

from endotune_desktop.clinic.errors import EndoTuneError
from endotune_desktop.lanes.answers import AnswerBox
from endotune_desktop.store import FileCheck

REST_S = 0.004
"""Pause after each chunk of rows, so that the check takes a third of a core and a slider stays smooth."""


class StoreCheck:
    """Runs one check beside the store lane; edits and searches go on meanwhile.

    Parameters
    ----------
    path_check : callable
        Makes the check from the function that rests between chunks.
    done : callable
        Receives what was found (empty when all is well) on the owner's thread; not called when stopped.
    crashed : callable
        Receives an exception that nobody expected, on the owner's thread.
    delay_s : float
        Wait before the check: the first screen comes first.
    parent : QObject, optional
    """

    def __init__(
        self,
        path_check: Callable[[Callable[[], None]], FileCheck],
        done: Callable[[list[str]], None],
        crashed: Callable[[BaseException], None],
        delay_s: float = 0.0,
        parent: QObject | None = None,
    ) -> None:
        self._done, self._crashed, self._delay_s = done, crashed, delay_s
        self._answers = AnswerBox(parent)
        self._ending = threading.Event()
        self._check = path_check(lambda: (self._ending.wait(REST_S), None)[1])
        self._thread = threading.Thread(target=self._serve, name="store check", daemon=True)
        self._thread.start()

    def close(self, timeout_s: float = 2.0) -> None:
        """Stop the check and end the thread."""
        self._answers.close()
        self._ending.set()
        self._check.stop()
        self._thread.join(timeout_s)

    def _serve(self) -> None:
        if self._ending.wait(self._delay_s):
            return
        try:
            found = self._check.run()
        except EndoTuneError:  # the file cannot be read now; whoever works with it is told then
            return
        except BaseException as error:
            bug = error
            self._answers.post(lambda: self._crashed(bug))
            return
        if found is not None:
            self._answers.post(lambda: self._done(found))
