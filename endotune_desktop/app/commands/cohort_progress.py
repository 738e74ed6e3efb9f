"""How far a cohort is, on one line that is rewritten, or a line every five per cent where nobody sees it move."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

_STEP = 0.05
_LEAST_S = 0.2
"""A line that is rewritten more often than this cannot be read."""


class Progress:
    """Tells how many persons are done, how fast, and how long it will take.

    Parameters
    ----------
    out : text stream
        Usually standard error.
    count : int
        Persons in all.
    done : int
        Persons that an earlier run has done; they are not part of the pace.
    clock : callable
        Seconds.
    """

    def __init__(self, out: TextIO, count: int, done: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self._out, self._count, self._clock = out, count, clock
        self._live = out.isatty()
        self._begun, self._first = clock(), done
        self._done, self._told_at, self._told_share = done, -_LEAST_S, done / count
        if done:
            self._write(f"{done} of {count} persons were done before\n")

    def told(self, done: int) -> None:
        """Take note of how many persons are done, and say so when it is time."""
        self._done = done
        now, share = self._clock(), done / self._count
        if self._live and now - self._told_at >= _LEAST_S:
            self._told_at = now
            self._write(f"\r{self._line()}\033[K")
        elif not self._live and share - self._told_share >= _STEP - 1e-9:
            self._told_share = share
            self._write(f"{self._line()}\n")

    def ended(self, sentence: str) -> None:
        """Leave the line, with a sentence of its own where there is one."""
        self._write(("\r\033[K" if self._live else "") + (f"{sentence}\n" if sentence else ""))

    def pace(self) -> str:
        """Return what this run has done, and how fast."""
        done, seconds = self._done - self._first, max(self._clock() - self._begun, 1e-9)
        return f"{done} persons in {_span(seconds)}, {done / seconds:.3g} a second"

    def _line(self) -> str:
        seconds = max(self._clock() - self._begun, 1e-9)
        rate = (self._done - self._first) / seconds
        left = f", {_span((self._count - self._done) / rate)} left" if rate > 0.0 else ""
        share = self._done / self._count
        return f"{self._done} of {self._count} persons, {share:.0%}, {rate:.3g} a second{left}"

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()


def _span(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{seconds:.1f} s" if seconds < 10.0 else f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
