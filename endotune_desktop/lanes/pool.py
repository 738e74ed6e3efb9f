"""Threads that share the chunks of an ensemble; compiled code runs on them without the interpreter's lock."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

Job = Callable[[], None]


class Pool:
    """A fixed number of threads; the caller's own works with them, so a pool of one starts none.

    Parameters
    ----------
    threads : int, optional
        As many as the machine has cores by default.
    """

    def __init__(self, threads: int | None = None) -> None:
        self.threads = threads or os.cpu_count() or 1
        more = self.threads - 1
        self._executor = ThreadPoolExecutor(more, thread_name_prefix="members") if more else None

    def spread(self, jobs: Sequence[Job]) -> None:
        """Run every job once, in any order, and return when all have ended.

        Raises
        ------
        Exception
            What the first failing job raised; jobs that had not begun are left out then.
        """
        waiting = iter(jobs)
        failures: list[BaseException] = []

        def work() -> None:
            # Taking the next of an iterator is one operation under the interpreter's lock: no job is taken twice.
            for job in waiting:
                if failures:
                    return
                try:
                    job()
                except BaseException as error:
                    failures.append(error)
                    return

        helpers = [self._executor.submit(work) for _ in range(self.threads - 1)] if self._executor else []
        work()
        for helper in helpers:
            helper.result()
        if failures:
            raise failures[0]

    def close(self) -> None:
        """End the threads."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
