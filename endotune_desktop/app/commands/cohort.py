"""``endotune cohort``: a virtual population by the hundred thousand, streamed to Parquet or CSV."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

from endotune_desktop.app.commands.cohort_progress import Progress
from endotune_desktop.clinic.errors import EnvironmentFailed, InputRefused
from endotune_desktop.exchange.cohort_file import read_cohort
from endotune_desktop.exchange.cohort_journal import Journal
from endotune_desktop.exchange.cohort_table import ENDINGS, assemble, encoded_chunk, need_encoder
from endotune_desktop.lanes.crews import BACKENDS, need_backend, pieces
from endotune_desktop.physiology.registry import axis as axis_by_id
from endotune_desktop.simulation import compiled, simulate
from endotune_desktop.tuning.cohort import Cohort
from endotune_desktop.tuning.cohort_run import RTOL, check_columns

MOST_WORKERS = 4096
GOOD, CHECK_FAILED, INTERRUPTED = 0, 1, 130
"""Exit statuses; the last is the shells' custom for a process that the interrupt key ended."""


def run(words: argparse.Namespace) -> int:
    """Compute a cohort, or go on with it; 1 if nobody has an answer."""
    output = Path(words.output)
    ending = output.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise InputRefused(f"'{output.name}' has no known ending", "-o", ", ".join(f".{name}" for name in ENDINGS))
    backend = _backend(words)
    workers = _workers(words.workers)
    cohort = read_cohort(Path(words.spec))
    need_encoder(ending)
    need_backend(backend)
    _check(cohort)
    journal = Journal(output, cohort, ending, restart=words.restart)
    progress = Progress(sys.stderr, cohort.count, journal.persons_done)
    try:
        work = partial(encoded_chunk, cohort, ending)
        with closing(pieces(work, journal.missing(), backend, workers, words.scheduler)) as coming:
            for index, chunk in coming:
                journal.keep(index, chunk.data, chunk.failed)
                progress.told(journal.persons_done)
        journal.finish(partial(assemble, cohort, ending))
    except KeyboardInterrupt:
        progress.ended(f"stopped: {journal.persons_done} of {cohort.count} persons are done and kept in "
                       f"{journal.folder}; the same command goes on with them")  # fmt: skip
        return INTERRUPTED
    except EnvironmentFailed:
        progress.ended("")
        raise
    rows = cohort.count * len(cohort.arms)
    progress.ended(_summary(progress, rows, journal.failed))
    sys.stderr.write(f"cohort {journal.key}\n")
    return CHECK_FAILED if journal.failed == rows else GOOD


def _backend(words: argparse.Namespace) -> str:
    wanted: str | None = words.backend
    if wanted is not None and wanted not in BACKENDS:
        raise InputRefused(f"unknown backend '{wanted[:20]}'", "--backend", ", ".join(BACKENDS))
    if words.scheduler is not None and wanted not in (None, "dask"):
        raise InputRefused("only the Dask backend has a scheduler", "--scheduler", "--backend dask")
    return wanted or ("dask" if words.scheduler is not None else "processes")


def _workers(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdecimal() or not 1 <= int(text) <= MOST_WORKERS:
        raise InputRefused(f"'{text[:20]}' is no number of workers", "--workers", f"1 to {MOST_WORKERS}")
    return int(text)


def _check(cohort: Cohort) -> None:
    """Refuse what nobody could answer, on the person of the scenario under each arm, before hours go into it."""
    axis = axis_by_id(cohort.scenario.axis)
    compiled(axis)  # so that the workers find it in the cache
    for arm in cohort.arms:
        check_columns(axis, cohort.columns, simulate(axis, arm.scenario, rtol=RTOL))


def _summary(progress: Progress, rows: int, failed: int) -> str:
    without = f"; {failed} of {rows} rows have no answer and say why in 'failed'" if failed else ""
    return f"{progress.pace()}{without}"
