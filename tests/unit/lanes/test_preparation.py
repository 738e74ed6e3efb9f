"""An axis is compiled by a helper process on its first use, and the lane answers for the others meanwhile."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Any, cast

import pytest

from endotune_desktop.lanes import preparation
from endotune_desktop.lanes.preparation import Prepared
from endotune_desktop.physiology.registry import AXES
from endotune_desktop.simulation import CancelFlag
from endotune_desktop.simulation.readiness import is_ready
from endotune_desktop.workbench.course_view import CourseRequest, CourseView
from endotune_desktop.workbench.horizons import Horizon
from tests.ui.desk import drawn_view, ingrid


class Answering:
    """A maker that answers with drawn curves."""

    def answer(self, request: CourseRequest, publish: Callable[[CourseView], None], cancel: CancelFlag) -> None:
        publish(drawn_view(request))


class Helper:
    """Stands for a helper process: says what it is told to, and ends when it is let go."""

    def __init__(self, lines: str, status: int) -> None:
        self._status, self._go = status, threading.Event()
        self._text = lines
        self.killed = False
        self.stdout = self

    def __enter__(self) -> Any:  # noqa: ANN401
        return iter(self._text.splitlines(keepends=True))

    def __exit__(self, *_: object) -> None:
        self._go.wait(5.0)

    def let_go(self) -> None:
        self._go.set()

    def kill(self) -> None:
        self.killed = True
        self._go.set()

    def wait(self) -> int:
        self._go.wait(5.0)
        return self._status


def request(axis: str = "hpt") -> CourseRequest:
    return CourseRequest(1, ingrid(), axis, None, (), "", date(2026, 11, 24), Horizon.SIX_MONTHS)


def until(found: Callable[[], bool]) -> None:
    end = time.monotonic() + 5.0
    while not found() and time.monotonic() < end:
        time.sleep(0.005)
    assert found()


@pytest.fixture
def cold(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Make axes look as if they had never been compiled."""
    names = {"hpt"}
    monkeypatch.setattr(preparation, "is_ready", lambda axis: axis.id not in names)
    monkeypatch.setattr(preparation, "compiled", lambda axis, told: None)
    return names


def started(monkeypatch: pytest.MonkeyPatch, helper: Helper) -> list[list[str]]:
    calls: list[list[str]] = []

    def begin(words: list[str], **_: object) -> Helper:
        calls.append(words)
        return helper

    monkeypatch.setattr(subprocess, "Popen", begin)
    return calls


def test_that_a_cold_axis_is_prepared_beside_the_lane_and_asked_for_again(
    cold: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    helper = Helper("0.100\tPreparing\n", 0)
    calls = started(monkeypatch, helper)
    told: list[tuple[str, str, float]] = []
    ready: list[str] = []
    views: list[CourseView] = []
    maker = Prepared(Answering(), lambda *what: told.append(what), ready.append)
    maker.answer(request(), views.append, CancelFlag())
    maker.answer(request(), views.append, CancelFlag())
    assert not views
    assert [words[-1] for words in calls] == ["hpt"]
    other = next(axis for axis in AXES if axis != "hpt")
    maker.answer(request(other), views.append, CancelFlag())
    assert [view.request.axis for view in views] == [other]
    until(lambda: told == [("hpt", "Preparing", 0.1)])
    cold.clear()
    helper.let_go()
    until(lambda: ready == ["hpt"])
    maker.answer(request(), views.append, CancelFlag())
    assert views[-1].request.axis == "hpt"
    maker.close()


def test_that_the_lane_does_it_itself_when_the_helper_fails(cold: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    helper = Helper("", 1)
    started(monkeypatch, helper)
    ready: list[str] = []
    views: list[CourseView] = []
    maker = Prepared(Answering(), lambda *_: None, ready.append)
    maker.answer(request(), views.append, CancelFlag())
    helper.let_go()
    until(lambda: ready == ["hpt"])
    maker.answer(request(), views.append, CancelFlag())
    assert len(views) == 1
    maker.close()


def test_that_closing_ends_the_helper_and_nobody_is_told(cold: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    helper = Helper("", 0)
    started(monkeypatch, helper)
    ready: list[str] = []
    maker = Prepared(Answering(), lambda *_: None, ready.append)
    maker.answer(request(), lambda _: None, CancelFlag())
    maker.close()
    assert helper.killed
    time.sleep(0.05)
    assert not ready
    maker.answer(request(), lambda _: None, CancelFlag())


def test_that_the_helper_process_prepares_the_axis_that_is_named() -> None:
    command = [sys.executable, "-m", preparation.HELPER_MODULE]
    found = subprocess.run([*command, "hpt"], capture_output=True, text=True, check=False)
    assert found.returncode == 0
    assert found.stdout.splitlines()[-1].startswith("1.000\t")
    assert is_ready(AXES["hpt"])
    assert subprocess.run([*command, "nothing"], capture_output=True, check=False).returncode == 2
    assert cast(Any, found.stderr) == ""
