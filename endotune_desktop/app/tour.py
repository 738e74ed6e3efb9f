"""The tour: every screen with the demo patients, drawn to PNG without a display."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from endotune_desktop.clinic.errors import EnvironmentFailed

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from endotune_desktop.app.workbench_run import Workbench

SIZES = ((1280, 800), (1440, 900), (1920, 1080))
PATIENCE_S = 60.0


def draw_tour(directory: Path) -> list[Path]:
    """Draw every screen and dialog into a folder and return the pictures' paths.

    Parameters
    ----------
    directory : Path
        Made when it is not there.

    Raises
    ------
    EnvironmentFailed
        If a picture cannot be written.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentFailed(f"{directory} cannot be made ({error.strerror})") from error
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from endotune_desktop.app.paths import resources_folder
    from endotune_desktop.app.workbench_run import Workbench

    former = qInstallMessageHandler(_say_unless_harmless)
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        bench = Workbench(
            application, place / "tour.endotune", resources_folder(), place / "settings.json",
            lambda: datetime(2026, 11, 24, 9, 41),
        )  # fmt: skip
        drawn = []
        try:
            for name, widget in _stations(bench, application.processEvents):
                path = directory / f"{name}.png"
                if not widget.grab().save(str(path)):
                    raise EnvironmentFailed(f"{path} could not be written")
                drawn.append(path)
        finally:
            bench.window.close()
            bench.close()
            bench.window.deleteLater()
            application.processEvents()
            qInstallMessageHandler(former)
    return drawn


def _say_unless_harmless(kind: object, context: object, text: str | None) -> None:
    """Leave out that a screen without a window manager has no size hints."""
    if "propagateSizeHints" not in (text or ""):
        sys.stderr.write(f"{text}\n")


def settle(bench: Workbench, work: Callable[[], None]) -> None:
    """Let the lanes answer until the newest course is there in full.

    Raises
    ------
    EnvironmentFailed
        If it does not come within a minute.
    """
    import time

    session = bench.session
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        work()
        course = session.course
        if session.record is not None and course is not None and course.fine and not session.pending:
            for _ in range(6):
                work()
            while bench.window.courses.busy:
                work()
            return
        time.sleep(0.005)
    raise EnvironmentFailed("The course did not arrive within a minute")


def _stations(bench: Workbench, work: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    """Go from screen to screen."""
    from endotune_desktop.ui.theme.tokens import PaletteName
    from endotune_desktop.workbench.course_view import Horizon

    session, window = bench.session, bench.window
    window.resize(*SIZES[1])
    window.show()
    settle(bench, work)
    yield "01_first_start", window
    order = session.whatif.plan.orders[0]
    session.whatif.commit(session.whatif.with_order(0, replace(order, dose=112.0)), "112")
    settle(bench, work)
    session.set_crosshair((session.course.today_h if session.course else 0.0) + 56 * 24.0)
    work()
    for palette in PaletteName:
        bench.theme.choose(palette)
        settle(bench, work)
        yield f"02_whatif_{palette.value}", window
    bench.theme.choose(PaletteName.LIGHT)
    for width, height in SIZES:
        window.resize(width, height)
        settle(bench, work)
        yield f"03_workbench_{width}x{height}", window
    bench.window.panel.keep_scenario()
    settle(bench, work)
    session.kept.pin("A")
    session.whatif.commit(session.whatif.with_order(0, replace(order, dose=125.0)), "125")
    settle(bench, work)
    yield "04_scenarios", window
    for index, name in ((1, "loop"), (2, "phase"), (3, "table")):
        window.show_view(index)
        settle(bench, work)
        yield f"05_{name}", window
    window.show_view(0)
    session.set_crosshair(None)
    for horizon in Horizon:
        session.set_horizon(horizon)
        settle(bench, work)
        yield f"06_horizon_{horizon.value.replace(' ', '')}", window
    session.set_horizon(Horizon.SIX_MONTHS)
    bench.theme.set_scale(2.0)
    settle(bench, work)
    yield "07_text_200_percent", window
    bench.theme.set_scale(1.0)
    yield from _patients(bench, work)
    yield from _dialogs(bench, work)


def _patients(bench: Workbench, work: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    session = bench.session
    for number, summary in enumerate(session.patients, start=1):
        session.whatif.reset("")
        session.open_patient(summary.patient.id)
        session.course = None
        settle(bench, work)
        yield f"08_patient_{number}", bench.window


def _dialogs(bench: Workbench, work: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    from endotune_desktop.ui.dialogs import record_dialogs as dialogs
    from endotune_desktop.ui.whatif.adopt_dialog import AdoptDialog

    session, theme = bench.session, bench.theme
    makers = {
        "patient": dialogs.patient_dialog, "lab": dialogs.lab_dialog, "order": dialogs.medication_dialog,
        "visit": dialogs.visit_dialog, "symptom": dialogs.symptom_dialog, "vitals": dialogs.vitals_dialog,
    }  # fmt: skip
    for name, maker in makers.items():
        dialog = maker(session, theme)  # type: ignore[operator]
        if name == "lab":
            dialog.fields["value"].set_text("134")
            dialog.fields["day"].set_text("03/04/2026")
            dialog.try_save()
        dialog.show()
        work()
        work()
        yield f"09_dialog_{name}", dialog
        dialog.close()
        dialog.deleteLater()
    order = session.whatif.plan.orders[0]
    session.whatif.commit(session.whatif.with_order(0, replace(order, dose=order.dose + 25.0)), "more")
    adopt = AdoptDialog(session, theme)
    adopt.show()
    work()
    work()
    yield "09_dialog_adopt", adopt
    adopt.close()
    adopt.deleteLater()
