"""Which method suits an axis: one run of each is timed when it is compiled, and the answer is kept with the code."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.physiology.axis import Axis

METHODS = ("rosenbrock", "explicit")
"""By the kernel's numbers: Rodas5P for stiff axes, Dormand and Prince for mild ones with many doses."""
METHOD_VARIABLE = "ENDOTUNE_METHOD"
"""Environment variable that pins the method of every axis."""
_CLEARLY = 0.75
"""The explicit method must need less than this share of the time: near a tie, the one that cannot stall is taken."""


def method_number(name: str, where: str = METHOD_VARIABLE) -> int:
    """Return the kernel's number of a method.

    Raises
    ------
    InputRefused
        If there is none of that name.
    """
    if name not in METHODS:
        raise InputRefused(f"unknown method '{name}'", where, ", ".join(METHODS))
    return METHODS.index(name)


def chosen_method(axis: Axis, stored: Path, timed: Callable[[int], float]) -> int:
    """Return the method of an axis: pinned from outside, pinned by its declaration, remembered, or timed now.

    Parameters
    ----------
    axis : Axis
    stored : path
        Where the answer is kept.
    timed : callable
        ``timed(method)`` returns what a typical run costs, infinity when it fails.
    """
    pinned = os.environ.get(METHOD_VARIABLE, "")
    if pinned:
        return method_number(pinned)
    if axis.method:
        return method_number(axis.method, f"{axis.id}.method")
    try:
        remembered = stored.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        remembered = ""
    if remembered not in METHODS:
        stiff, mild = timed(0), timed(1)
        remembered = METHODS[1 if mild < _CLEARLY * stiff else 0]
        _keep(stored, remembered)
    return METHODS.index(remembered)


def _keep(stored: Path, method: str) -> None:
    """Write the answer whole or not at all; a full disk costs a second timing, no more."""
    try:
        with tempfile.NamedTemporaryFile("w", dir=stored.parent, delete=False, encoding="utf-8") as file:
            file.write(method)
        os.replace(file.name, stored)
    except OSError:
        return


def least_time(run: Callable[[], bool], rounds: int = 3) -> float:
    """Return the least time of a few runs of this thread, seconds; infinity when one fails."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.thread_time()
        if not run():
            return float("inf")
        best = min(best, time.thread_time() - begun)
    return best
