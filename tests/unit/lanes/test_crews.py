"""Crews: every piece once, whoever computes it; failures and absences in one sentence."""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import closing

import pytest

from endotune_desktop.clinic.errors import EnvironmentFailed, OutsideValidity
from endotune_desktop.lanes.crews import need_backend, pieces


def squared(number: int) -> int:
    """Return the square."""
    return number * number


def failing(number: int) -> int:
    """Fail at three."""
    if number == 3:
        raise OutsideValidity("no answer at three", "toy")
    return number


def lost(number: int) -> int:
    """End the process that computes two, as a system short of memory does."""
    if number == 2:
        os._exit(9)
    return number


@pytest.mark.parametrize("backend", ["serial", "threads", "processes"])
def test_that_every_piece_comes_once(backend: str) -> None:
    numbers = [5, 0, 3, 12, 7, 8, 1]
    found = list(pieces(squared, numbers, backend, 2))
    assert sorted(found) == sorted((number, number * number) for number in numbers)


@pytest.mark.parametrize("backend", ["serial", "threads", "processes"])
def test_that_a_failing_piece_is_raised(backend: str) -> None:
    with pytest.raises(OutsideValidity, match="no answer at three"):
        list(pieces(failing, range(6), backend, 2))


def test_that_a_lost_worker_is_one_sentence() -> None:
    with pytest.raises(EnvironmentFailed, match="A worker ended unexpectedly"):
        list(pieces(lost, range(6), "processes", 2))


@pytest.mark.parametrize("backend", ["serial", "threads"])
def test_that_a_crew_ends_when_nobody_wants_more(backend: str) -> None:
    begun: list[int] = []

    def noted(number: int) -> int:
        begun.append(number)
        time.sleep(0.002)
        return number

    before = set(threading.enumerate())
    with closing(pieces(noted, range(10_000), backend, 2)) as coming:
        for _ in range(3):
            next(coming)
    assert len(begun) < 10_000
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=10.0)
    done = len(begun)
    time.sleep(0.05)
    assert len(begun) == done


def test_that_no_piece_starts_no_crew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "joblib", None)
    assert list(pieces(squared, [], "processes", 2)) == []


@pytest.mark.parametrize(("backend", "module", "extra"), [("processes", "joblib", "cohort"),
                                                           ("dask", "distributed", "cluster")])  # fmt: skip
def test_that_a_backend_that_is_not_installed_names_the_line_that_helps(
    backend: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(EnvironmentFailed, match=rf"{module}: pip install 'endotune-desktop\[{extra}\]'"):
        need_backend(backend)
    need_backend("serial")


def test_that_a_cluster_that_does_not_answer_is_one_sentence() -> None:
    with pytest.raises(EnvironmentFailed, match="does not answer"):
        list(pieces(squared, range(3), "dask", scheduler="nonsense://nowhere:1"))
