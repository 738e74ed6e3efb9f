"""The window against the clock: start to a painted patient, slider event to a painted curve."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from endotune_desktop.app.measuring.figures import Figure, quantile

_START = "endotune_desktop.app.measuring.start_once"
STRIDE_PX = 37
"""A step of the hand: no divisor of the slider's width, so the stops come in no short cycle."""
GIVE_UP_S = 5.0
"""A move that is not painted by then counts with this."""


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


def slider_to_painted(moves: int = 80) -> list[Figure]:
    """Time mouse moves on the dose slider until the nominal curve is painted: thyroid, 6 weeks, plots and dose strip.

    The hand wanders over the fine stops, so that most positions are new and none is answered from memory at once.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEvent, QEventLoop

    from endotune_desktop.app.measuring.timed_application import TimedApplication, send_hand
    from endotune_desktop.app.paths import resources_folder
    from endotune_desktop.app.tour import settle
    from endotune_desktop.app.workbench_run import Workbench
    from endotune_desktop.ui.widgets.dose_slider import DoseSlider
    from endotune_desktop.workbench.course_view import Horizon

    application = TimedApplication([])
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
                application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
            values.append((painted.get(number, begun + GIVE_UP_S) - begun) * 1e3)
            until = time.perf_counter() + 0.05
            while time.perf_counter() < until:
                application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
            blocks.append(application.longest_s * 1e3)
        send_hand(slider, QEvent.Type.MouseButtonRelease, slider.width() / 2)
        bench.window.close()
        bench.close()
        bench.window.deleteLater()
        application.processEvents()
    kept = tuple(values[5:])
    each = f"median of the moves' longest {quantile(tuple(blocks[5:]), 0.5):.1f}"
    return [
        Figure("slider event to painted curve, 6 weeks, median", "ms", kept, 25.0),
        Figure("slider event to painted curve, 6 weeks, p95", "ms", (quantile(kept, 0.95),), 60.0),
        Figure("longest event on the UI thread, all moves", "ms", (max(blocks[5:]),), 8.0, note=each),
    ]
