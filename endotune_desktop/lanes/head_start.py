"""A head start: the first course is computed by a process of its own while this one still loads its window.

Loading the compiled engine and loading Qt cost about the same and both keep the interpreter to themselves; side by
side on two cores the first curve is there earlier by the shorter of the two. When anything goes wrong with the helper
process the lane simply computes the course itself. This module itself imports next to nothing, so that the helper is
started at once.
"""

from __future__ import annotations

import contextlib
import gc
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from endotune_desktop.simulation import CancelFlag
    from endotune_desktop.workbench.course_view import CourseRequest, CourseView

PAINTED_S = 0.4
"""How long the first paint is left alone: loading the engine would take twice as long from it."""

CHILD_MODULE = "endotune_desktop.app.first_course"
Told = Callable[[str, float], None]


class LocalMaker(Protocol):
    """What answers requests in this process."""

    def answer(self, request: CourseRequest, publish: Callable[[CourseView], None], cancel: CancelFlag) -> None:
        """Publish one or more views of the request."""
        ...


class HandedOver:
    """A maker whose first answer comes from the helper; from the second on it is its own.

    Parameters
    ----------
    head_start : HeadStart
    make_local : callable
        Builds the maker of this process; its engine is loaded right after the first answer is out.
    told : callable
        Receives sentences and shares of a first compilation.
    """

    def __init__(self, head_start: HeadStart, make_local: Callable[[], LocalMaker], told: Told) -> None:
        self._head_start = head_start
        self._make_local = make_local
        self._told = told
        self._local: LocalMaker | None = None

    def answer(self, request: CourseRequest, publish: Callable[[CourseView], None], cancel: CancelFlag) -> None:
        """Publish the views of a request."""
        if self._local is None:
            answered = self._head_start.answer(request, publish, self._told)
            if answered:
                _let_it_be_painted(cancel)
            self._local = self._make_local()
            if answered:
                # The helper leaves the bands out: they need what this process will keep for the next slider position.
                self._local.answer(request, lambda view: publish(view) if view.now_band else None, cancel)
                return
        self._local.answer(request, publish, cancel)


def _let_it_be_painted(cancel: CancelFlag) -> None:
    """Leave the interpreter to the window until the first curves are on the screen, or until a hand wants others."""
    until = time.perf_counter() + PAINTED_S
    while time.perf_counter() < until and not cancel.cancelled:
        time.sleep(0.005)


class HeadStart:
    """The helper process; make one as early as possible.

    From then on no cycles are collected until the window stands and `settle` is called: hardly anything of what a start
    makes is thrown away again, and looking for it among a million objects is a tenth of the start.
    """

    def __init__(self) -> None:
        gc.disable()
        self._process: subprocess.Popen[bytes] | None = None
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(
                [sys.executable, "-m", CHILD_MODULE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )

    @staticmethod
    def settle() -> None:
        """Collect cycles again, but not among what stands now: it stays, and is not walked while a slider moves."""
        gc.freeze()
        gc.enable()

    def answer(self, request: CourseRequest, publish: Callable[[CourseView], None], told: Told) -> bool:
        """Let the helper answer one request; return whether it did."""
        process, self._process = self._process, None
        if process is None or process.stdin is None or process.stdout is None:
            return False
        published = False
        try:
            pickle.dump(request, process.stdin)
            process.stdin.flush()
            for kind, content in _messages(process.stdout):
                if kind == "progress":
                    told(*content)
                elif kind == "view":
                    publish(content)
                    published = content.fine
        except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ValueError):
            published = False
        _end(process)
        return published

    def close(self) -> None:
        """End the helper if it was never asked."""
        process, self._process = self._process, None
        if process is not None:
            _end(process)


def _messages(stream: IO[bytes]) -> Iterator[tuple[str, Any]]:
    """Give every message until the helper says that it is done."""
    while True:
        kind, content = pickle.load(stream)
        if kind == "done":
            return
        yield kind, content


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()
