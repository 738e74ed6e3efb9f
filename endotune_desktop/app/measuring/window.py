"""The window against the clock: start to a painted patient, slider event to a painted curve."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from endotune_desktop.app.measuring.figures import Figure, quantile
from endotune_desktop.app.measuring.machine import installed_environment

if TYPE_CHECKING:
    from endotune_desktop.app.measuring.timed_application import TimedApplication
    from endotune_desktop.app.workbench_run import Workbench

_START = "endotune_desktop.app.measuring.start_once"
STRIDE_PX = 37
"""A step of the hand: no divisor of the slider's width, so the stops come in no short cycle."""
BLOCK_MS = 8.0
"""How long one event may keep the UI thread: half a frame."""
GIVE_UP_S = 5.0
"""A move that is not painted by then counts with this."""


def start_to_painted(runs: int = 7) -> Figure:
    """Time a process from its start until the demo patient's curves are painted, warm."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **installed_environment(),
            "ENDOTUNE_DATA_DIR": folder,
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        }
        values = []
        for _ in range(runs + 2):
            begun = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-m", _START], env=environment, capture_output=True, text=True, check=True
            )
            painted = float(done.stdout.split()[-1])
            values.append(painted - begun)
    return Figure("start to a painted demo patient", "s", tuple(values[2:]), 1.2, note=environment["QT_QPA_PLATFORM"])


@contextmanager
def open_workbench() -> Iterator[tuple[TimedApplication, Workbench]]:
    """Open the workbench on a demo patient, 6 weeks, 1440x900, in an application that times its events."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from endotune_desktop.app.measuring.timed_application import TimedApplication
    from endotune_desktop.app.paths import resources_folder
    from endotune_desktop.app.tour import settle
    from endotune_desktop.app.workbench_run import Workbench
    from endotune_desktop.workbench.course_view import Horizon

    found = QApplication.instance()
    application = found if isinstance(found, TimedApplication) else TimedApplication([])
    with tempfile.TemporaryDirectory() as folder:
        bench = Workbench(
            application, Path(folder) / "bench.endotune", resources_folder(), Path(folder) / "settings.json"
        )
        bench.window.resize(1440, 900)
        bench.window.show()
        settle(bench, application.processEvents)
        bench.session.set_horizon(Horizon.SIX_WEEKS)
        settle(bench, application.processEvents)
        try:
            yield application, bench
        finally:
            bench.window.close()
            bench.close()
            bench.window.deleteLater()
            application.processEvents()


def slider_to_painted(moves: int = 80) -> list[Figure]:
    """Time mouse moves on the dose slider until the nominal curve is painted: thyroid, 6 weeks, plots and dose strip.

    The hand wanders over the fine stops, so that most positions are new and none is answered from memory at once.
    """
    with open_workbench() as (application, bench):
        values, blocks = _move_slider(application, bench, moves)
    kept = tuple(values[5:])
    each = f"median of the moves' longest {quantile(tuple(blocks[5:]), 0.5):.1f}"
    return [
        Figure("slider event to painted curve, 6 weeks, median", "ms", kept, 25.0),
        Figure("slider event to painted curve, 6 weeks, p95", "ms", (quantile(kept, 0.95),), 60.0),
        Figure("longest event on the UI thread, all moves", "ms", (max(blocks[5:]),), BLOCK_MS, note=each),
    ]


def _move_slider(application: TimedApplication, bench: Workbench, moves: int) -> tuple[list[float], list[float]]:
    """Return, for every move that asked for a course, the time to its paint and its longest event, ms."""
    from PySide6.QtCore import QEvent

    from endotune_desktop.app.measuring.timed_application import send_hand
    from endotune_desktop.ui.widgets.dose_slider import DoseSlider

    painted: dict[int, float] = {}

    def note(number: int) -> None:
        painted.setdefault(number, time.perf_counter())

    bench.window.courses.on_painted(note)
    slider = bench.window.findChildren(DoseSlider)[0]
    session, values, blocks = bench.session, [], []
    send_hand(slider, QEvent.Type.MouseButtonPress, slider.width() / 2)
    for move in range(moves):
        asked = session.request_number
        application.longest_s = 0.0
        begun = time.perf_counter()
        send_hand(slider, QEvent.Type.MouseMove, 20 + (STRIDE_PX * move) % (slider.width() - 40))
        number = session.request_number
        if number == asked:
            continue
        while number not in painted and time.perf_counter() - begun < GIVE_UP_S:
            application.work()
        values.append((painted.get(number, begun + GIVE_UP_S) - begun) * 1e3)
        application.work(0.05)
        blocks.append(application.longest_s * 1e3)
    send_hand(slider, QEvent.Type.MouseButtonRelease, slider.width() / 2)
    return values, blocks


def longest_events(rounds: int = 5) -> list[Figure]:
    """Time the longest event on the UI thread while views, horizons, units, patients and text sizes change.

    Each row is the longest event of each of the changes; the first round, in which pictures and fonts are made, is
    left out.
    """
    from endotune_desktop.app.tour import settle

    found: dict[str, list[float]] = {}
    with open_workbench() as (application, bench):
        for turn in range(rounds + 1):
            for name, change in _changes(bench, turn):
                application.longest_s = 0.0
                application.run_as_event(change)
                application.work(0.02)
                settle(bench, application.processEvents)
                application.work(0.05)
                if turn:
                    found.setdefault(name, []).append(application.longest_s * 1e3)
    return [Figure(f"longest event, {name}", "ms", tuple(values), BLOCK_MS) for name, values in found.items()]


def _changes(bench: Workbench, turn: int) -> Iterator[tuple[str, Callable[[], None]]]:
    """Return what is changed in a round, by name; after each round all is as before."""
    from endotune_desktop.clinic.units import UnitSystem
    from endotune_desktop.workbench.course_view import Horizon

    session, window = bench.session, bench.window
    today_h = session.course.today_h if session.course else 0.0
    yield "crosshair moves", lambda: session.set_crosshair(today_h + 24.0 * (turn + 1))
    yield "crosshair moves", lambda: session.set_crosshair(None)
    for horizon in (Horizon.SIX_MONTHS, Horizon.WEEK, Horizon.SIX_WEEKS):
        yield "another horizon", lambda chosen=horizon: session.set_horizon(chosen)  # type: ignore[misc]
    for system in (UnitSystem.CONVENTIONAL, UnitSystem.SI):
        yield "other units", lambda chosen=system: session.set_unit_system(chosen)  # type: ignore[misc]
    for index, name in ((1, "to the loop"), (2, "to the phase plot"), (3, "to the table"), (0, "to the courses")):
        yield f"view {name}", lambda at=index: window.show_view(at)  # type: ignore[misc]
    patients = [summary.patient.id for summary in session.patients]
    for patient in (patients[1], patients[0]):
        yield "another patient", lambda chosen=patient: session.open_patient(chosen)  # type: ignore[misc]
    for scale in (1.25, 1.0):
        yield "another text size", lambda chosen=scale: bench.theme.set_scale(chosen)  # type: ignore[misc]
