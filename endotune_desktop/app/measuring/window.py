"""The window against the clock: start to a painted patient, slider event to a painted curve."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from endotune_desktop.app.measuring.figures import Figure, quantile

_START = "endotune_desktop.app.measuring.start_once"


def start_to_painted(runs: int = 7) -> Figure:
    """Time a process from its start until the demo patient's curves are painted, warm."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
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


def slider_to_painted(moves: int = 60) -> list[Figure]:
    """Time slider events until the nominal curve is painted: thyroid, 6 weeks horizon, all plots and the dose strip."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from endotune_desktop.app.paths import resources_folder
    from endotune_desktop.app.tour import settle
    from endotune_desktop.app.workbench_run import Workbench
    from endotune_desktop.workbench.course_view import Horizon

    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        bench = Workbench(
            application, Path(folder) / "bench.endotune", resources_folder(), Path(folder) / "settings.json"
        )
        bench.window.resize(1440, 900)
        bench.window.show()
        settle(bench, application.processEvents)
        bench.session.set_horizon(Horizon.SIX_WEEKS)
        settle(bench, application.processEvents)
        painted: dict[int, float] = {}

        def note(number: int) -> None:
            painted.setdefault(number, time.perf_counter())

        bench.window.courses.on_painted(note)
        session, values = bench.session, []
        order = session.whatif.plan.orders[0]
        for move in range(moves):
            dose = (75.0, 88.0, 100.0, 112.0, 125.0, 137.0)[move % 6]
            begun = time.perf_counter()
            session.whatif.preview(session.whatif.with_order(0, replace(order, dose=dose)))
            number = session.request_number
            while number not in painted and time.perf_counter() - begun < 5.0:
                application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
            values.append((painted.get(number, begun + 5.0) - begun) * 1e3)
            until = time.perf_counter() + 0.03
            while time.perf_counter() < until:
                application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
        bench.window.close()
        bench.close()
        bench.window.deleteLater()
        application.processEvents()
    kept = tuple(values[5:])
    return [
        Figure("slider event to painted curve, 6 weeks, median", "ms", kept, 25.0),
        Figure("slider event to painted curve, 6 weeks, p95", "ms", (quantile(kept, 0.95),), 60.0),
    ]
