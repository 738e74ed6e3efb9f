"""A start loads what its first picture needs; the rest comes when somebody asks, or behind the picture."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from endotune_desktop.app.demo_store import open_with_demo

ROOT = Path(__file__).resolve().parents[3]
WAITS = (
    "numba", "llvmlite", "scipy", "multiprocessing",
    "endotune_desktop.simulation.compilation", "endotune_desktop.tuning.individual",
    "endotune_desktop.tuning.posterior", "endotune_desktop.workbench.course_maker",
    "endotune_desktop.workbench.receipt_maker", "endotune_desktop.workbench.function_test_bench",
    "endotune_desktop.ui.loop.loop_view", "endotune_desktop.ui.phase.phase_view", "endotune_desktop.ui.table_view",
    "endotune_desktop.ui.fit.fit_dialog", "endotune_desktop.ui.receipts.dialog",
    "endotune_desktop.ui.function_tests.dialog", "endotune_desktop.exchange.demo_records",
    "endotune_desktop.exchange.link_file", "endotune_desktop.physiology.hpa", "endotune_desktop.physiology.calcium",
)  # fmt: skip
PAINTED = """
import gc, sys, threading, time
from pathlib import Path
from endotune_desktop.lanes import head_start as lane
seen = threading.Event()
lane._let_it_be_painted = lambda cancel: seen.wait(300.0)  # as on a machine that paints within the usual wait
head_start = lane.HeadStart()
assert not gc.isenabled()
from PySide6.QtWidgets import QApplication
from endotune_desktop.app.paths import resources_folder
from endotune_desktop.app.workbench_run import Workbench
application = QApplication([])
bench = Workbench(application, Path(sys.argv[1]), resources_folder(), Path(sys.argv[2]), head_start=head_start)
assert gc.isenabled() and gc.get_freeze_count() > 0
found = []

def painted(_):
    if not found:
        found.append([name for name in sys.argv[3].split() if name in sys.modules])
        seen.set()

bench.window.courses.on_painted(painted)
bench.window.resize(1440, 900)
bench.window.show()
until = time.monotonic() + 300.0
while time.monotonic() < until and not (found and bench.links.read):
    application.processEvents()
    time.sleep(0.002)
print("PAINTED", found[0], "links", bench.links.read)
bench.window.close()
bench.close()
bench.window.deleteLater()
"""


def run(code: str, *words: str) -> str:
    """Return what a fresh interpreter prints."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_that_the_window_is_there_without_engine_dialogs_and_other_axes() -> None:
    code = "import sys, endotune_desktop.app.workbench_run; print([n for n in sys.argv[1].split() if n in sys.modules])"
    assert run(code, " ".join(WAITS)) == "[]"


def test_that_a_patient_is_painted_without_engine_dialogs_and_other_axes(tmp_path: Path) -> None:
    store = tmp_path / "patients.endotune"
    open_with_demo(store, ROOT / "resources", date.today()).close()
    words = run(PAINTED, str(store), str(tmp_path / "settings.json"), " ".join(WAITS))
    assert words.endswith("PAINTED [] links True")
