"""The first use of an axis: compiled by a helper process, while the lane goes on answering for the others."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Protocol

from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import CancelFlag, compiled
from endotune_desktop.simulation.readiness import is_ready
from endotune_desktop.workbench.course_view import CourseRequest, CourseView

HELPER_MODULE = "endotune_desktop.app.prepare_axis"

Told = Callable[[str, str, float], None]
"""Receives an axis id, a sentence and a share from 0 to 1, on any thread."""


class Maker(Protocol):
    """What answers requests about axes that can run."""

    def answer(self, request: CourseRequest, publish: Callable[[CourseView], None], cancel: CancelFlag) -> None:
        """Publish one or more views of the request."""
        ...


class Prepared:
    """A maker that compiles nothing on its lane.

    A request about an axis without machine code starts a helper process and stays without an answer; `ready` is called
    when the axis can run, and whoever still wants the course asks again. When the helper cannot do it the lane compiles
    the axis itself after all.

    Parameters
    ----------
    maker : Maker
    told : callable
    ready : callable
        Receives the id of an axis that can run now, on a thread of its own.
    """

    def __init__(self, maker: Maker, told: Told, ready: Callable[[str], None]) -> None:
        self._maker, self._told, self._ready = maker, told, ready
        self._lock = threading.Lock()
        self._helpers: dict[str, subprocess.Popen[str]] = {}
        self._given_up: set[str] = set()
        self._closed = False

    def answer(self, request: CourseRequest, publish: Callable[[CourseView], None], cancel: CancelFlag) -> None:
        """Publish the views of a request, or none yet when its axis is being prepared."""
        axis = AXES[request.axis]
        if axis.id in self._given_up:
            compiled(axis, lambda sentence, share: self._told(axis.id, sentence, share))
        elif not is_ready(axis) and self._begin(axis.id):
            return
        self._maker.answer(request, publish, cancel)

    def close(self) -> None:
        """End the helpers; nobody is told any more."""
        with self._lock:
            self._closed = True
            helpers = list(self._helpers.values())
        for helper in helpers:
            helper.kill()
            helper.wait()

    def _begin(self, axis_id: str) -> bool:
        """Start a helper unless one is at work; return whether one is."""
        with self._lock:
            if axis_id in self._helpers or self._closed:
                return True
            try:
                helper = subprocess.Popen(
                    [sys.executable, "-m", HELPER_MODULE, axis_id],
                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
                )  # fmt: skip
            except OSError:
                self._given_up.add(axis_id)
                return False
            self._helpers[axis_id] = helper
        threading.Thread(target=self._watch, args=(axis_id, helper), name=f"preparing {axis_id}", daemon=True).start()
        return True

    def _watch(self, axis_id: str, helper: subprocess.Popen[str]) -> None:
        """Hand on what the helper says, and say when it is done."""
        assert helper.stdout is not None
        with helper.stdout as lines:
            for line in lines:
                share, _, sentence = line.rstrip("\n").partition("\t")
                if sentence and not self._closed:
                    self._told(axis_id, sentence, float(share))
        failed = helper.wait() != 0
        with self._lock:
            del self._helpers[axis_id]
            if failed:
                self._given_up.add(axis_id)
            closed = self._closed
        if not closed:
            self._ready(axis_id)
