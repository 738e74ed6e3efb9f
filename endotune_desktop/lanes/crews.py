"""Crews that compute numbered pieces of work: this thread, threads, processes, or a Dask cluster, all by joblib.

A crew returns each piece as it comes, in any order. It decides who computes a piece, and nothing of what comes out:
that is the work's to keep. joblib and Dask are loaded when a crew of theirs is called.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import threading
import time
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any, TypeVar

from endotune_desktop import __version__
from endotune_desktop.clinic.errors import EnvironmentFailed

BACKENDS = ("serial", "threads", "processes", "dask")
_JOBLIB_NAMES = {"threads": "threading", "processes": "loky", "dask": "dask"}
_WORKERS_COME_WITHIN_S = 30
_LOOK_EVERY_S = 1.0

Piece = TypeVar("Piece")
Work = Callable[[int], Piece]


def pieces(
    work: Work[Piece], numbers: Sequence[int], backend: str, workers: int | None = None, scheduler: str | None = None
) -> Generator[tuple[int, Piece]]:
    """Yield every number with what `work` makes of it, as they come.

    Closing the iterator early, or a failure, ends the crew.

    Parameters
    ----------
    work : callable
        A function of a module (or a partial of one), so that it can travel to another process.
    numbers : sequence of int
    backend : str
        One of `BACKENDS`.
    workers : int, optional
        As many as the machine has cores by default; without meaning for ``serial`` and for an existing cluster.
    scheduler : str, optional
        Address of an existing Dask cluster; without it ``dask`` starts one of `workers` processes here.

    Raises
    ------
    EnvironmentFailed
        If the backend is not installed, the cluster cannot be reached, or a worker is lost.
    """
    count = min(workers or os.cpu_count() or 1, len(numbers))
    if backend == "serial" or not numbers:
        for number in numbers:
            yield number, work(number)
        return
    with contextlib.ExitStack() as ends, _losses_told():
        settings: dict[str, Any] = {"backend": _JOBLIB_NAMES[backend], "n_jobs": count}
        joblib = _needed("joblib", "cohort")
        if backend == "dask":
            settings |= {"client": ends.enter_context(_cluster(count, scheduler)), "n_jobs": -1}
        elif backend == "processes":
            ends.callback(_end_processes)
        with joblib.parallel_config(**settings):
            crew = joblib.Parallel(return_as="generator_unordered", batch_size=1, pre_dispatch="2*n_jobs")
            coming = crew(joblib.delayed(_numbered)(work, number) for number in numbers)
        ends.callback(_closed, coming)
        for numbered in coming:  # noqa: UP028  (`yield from` would close joblib's generator before `_closed` does)
            yield numbered


def need_backend(backend: str) -> None:
    """Raise EnvironmentFailed with the line that helps when a backend is not installed."""
    if backend != "serial":
        _needed("joblib", "cohort")
    if backend == "dask":
        _needed("distributed", "cluster")


def _numbered(work: Work[Piece], number: int) -> tuple[int, Piece]:
    """Compute one piece; a process of the crew first settles in."""
    if multiprocessing.parent_process() is not None and threading.current_thread() is threading.main_thread():
        _settle_in(os.getppid())
    return number, work(number)


@lru_cache(maxsize=1)
def _settle_in(starter: int) -> None:
    """Leave the interrupt key to the process that started this one, and end when that is killed, not minutes later."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def end_with_starter() -> None:
        while os.getppid() == starter:  # an orphan is given another parent, at least on POSIX
            time.sleep(_LOOK_EVERY_S)
        os._exit(1)

    threading.Thread(target=end_with_starter, name="starter", daemon=True).start()


def _needed(module: str, extra: str) -> Any:  # noqa: ANN401  (a module that may be absent)
    try:
        return import_module(module)
    except ImportError:
        raise EnvironmentFailed(
            f"This backend needs {module}: pip install 'endotune-desktop[{extra}]'; --backend serial needs nothing"
        ) from None


def _closed(coming: Any) -> None:  # noqa: ANN401  (joblib's generator)
    """End a crew; that pieces which nobody wants any more are dropped is what was asked for."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        coming.close()


def _end_processes() -> None:
    from joblib.externals.loky import get_reusable_executor

    get_reusable_executor(reuse=True).shutdown(wait=True, kill_workers=True)


@contextlib.contextmanager
def _cluster(workers: int, scheduler: str | None) -> Iterator[Any]:
    """Give a client of a cluster, an existing one or one of processes of this machine, and end it afterwards."""
    distributed = _needed("distributed", "cluster")
    with contextlib.ExitStack() as ends:
        if scheduler is None:
            with _deaf_children():
                found = ends.enter_context(
                    distributed.LocalCluster(
                        n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=logging.ERROR
                    )
                )
        else:
            found = scheduler
        try:
            client = ends.enter_context(distributed.Client(found, timeout=_WORKERS_COME_WITHIN_S))
            client.wait_for_workers(1, timeout=_WORKERS_COME_WITHIN_S)
            versions = client.run(_version)
        except ModuleNotFoundError:
            raise EnvironmentFailed("The cluster's workers have no endotune-desktop; install it there") from None
        except (OSError, TimeoutError, ValueError) as error:
            raise EnvironmentFailed(f"The Dask cluster at {scheduler} does not answer: {error}") from None
        others = {version for version in versions.values() if version != __version__}
        if others:
            raise EnvironmentFailed(f"The cluster's workers have endotune-desktop {others.pop()}, not {__version__}")
        yield client


@contextlib.contextmanager
def _deaf_children() -> Iterator[None]:
    """Let processes that are started meanwhile leave the interrupt key to this one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _version() -> str:
    return __version__


@contextlib.contextmanager
def _losses_told() -> Iterator[None]:
    """Turn the loss of a worker into one sentence."""
    try:
        yield
    except Exception as error:
        if type(error).__name__ in {"TerminatedWorkerError", "BrokenProcessPool", "KilledWorker", "CommClosedError"}:
            raise EnvironmentFailed("A worker ended unexpectedly (out of memory?); what is done is kept") from error
        raise
