"""The errand lane: answers on the owner's thread, a newer errand ends an older, failures and the end."""

from __future__ import annotations

import threading
from typing import Any

from pytestqt.qtbot import QtBot

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.lanes.errands import Errands
from endotune_desktop.simulation import CancelFlag, Cancelled


def test_that_an_answer_comes_on_the_owners_thread(qtbot: QtBot) -> None:
    lane, found = Errands(_never), list[Any]()
    lane.run(lambda _: threading.current_thread().name, lambda name: found.extend([name, _here()]), _never)
    qtbot.waitUntil(lambda: len(found) == 2, timeout=5000)
    assert found == ["errands", "MainThread"]
    lane.close()


def test_that_a_newer_errand_ends_an_older_one(qtbot: QtBot) -> None:
    lane, found, begun = Errands(_never), list[str](), threading.Event()

    def long(cancel: CancelFlag) -> str:
        begun.set()
        while not cancel.cancelled:
            pass
        raise Cancelled

    lane.run(long, found.append, _never)
    assert begun.wait(5.0)
    lane.run(lambda _: "waits and is replaced", found.append, _never)
    lane.run(lambda _: "newest", found.append, _never)
    qtbot.waitUntil(lambda: bool(found), timeout=5000)
    assert found == ["newest"]
    lane.close()


def test_that_an_answer_that_is_out_already_is_not_delivered_after_a_newer_question(qtbot: QtBot) -> None:
    lane, found, done = Errands(_never), list[str](), threading.Event()

    def quick(_: CancelFlag) -> str:
        done.set()
        return "old"

    lane.run(quick, found.append, _never)
    assert done.wait(5.0)
    lane.run(lambda _: "new", found.append, _never)
    qtbot.waitUntil(lambda: bool(found), timeout=5000)
    assert found == ["new"]
    lane.close()


def test_that_refusals_and_bugs_go_different_ways(qtbot: QtBot) -> None:
    bugs, refusals = list[BaseException](), list[BaseException]()
    lane = Errands(bugs.append)

    def refuse(_: CancelFlag) -> None:
        raise InputRefused("no", "here")

    def break_down(_: CancelFlag) -> None:
        raise ZeroDivisionError

    lane.run(refuse, _never, refusals.append)
    qtbot.waitUntil(lambda: bool(refusals), timeout=5000)
    lane.run(break_down, _never, _never)
    qtbot.waitUntil(lambda: bool(bugs), timeout=5000)
    assert isinstance(bugs[0], ZeroDivisionError)
    lane.close()


def test_that_a_lane_that_was_never_used_closes() -> None:
    Errands(_never).close()


def _here() -> str:
    return threading.current_thread().name


def _never(*_: object) -> None:
    raise AssertionError
