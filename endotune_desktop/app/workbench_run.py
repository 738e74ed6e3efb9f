"""Builds the workbench: lanes, session, window; and takes it down again in the right order."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QMessageBox

from endotune_desktop.app.beside import Beside
from endotune_desktop.app.cross_axis_tables import cross_axis_of
from endotune_desktop.app.demo_store import open_with_demo
from endotune_desktop.app.paths import data_folder, resources_folder, settings_path, store_path
from endotune_desktop.app.settings import load_settings, save_settings
from endotune_desktop.app.target_table import targets_of
from endotune_desktop.clinic.errors import EndoTuneError
from endotune_desktop.lanes.answers import AnswerBox
from endotune_desktop.lanes.head_start import HandedOver, HeadStart
from endotune_desktop.lanes.newest_wins import Maker, NewestWins
from endotune_desktop.lanes.pool import Pool
from endotune_desktop.lanes.store_check import StoreCheck
from endotune_desktop.lanes.store_lane import StoreLane
from endotune_desktop.store import FileCheck, Store
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.window import MainWindow
from endotune_desktop.workbench.session import Session

if TYPE_CHECKING:
    from endotune_desktop.lanes.preparation import Prepared

LAST_PATIENT = "last_patient"
CRASH_REPORT = "last_crash.txt"
HAND_OVER_S = 0.0005
"""How long a lane may keep the interpreter while the window waits for it; the default of 5 ms is half a frame."""

CHECK_AFTER_S = 3.0
"""How long after the first list the check of the whole file begins: the first screen comes first."""

log = logging.getLogger("endotune")


class Workbench:
    """Everything that runs while the window is open.

    Parameters
    ----------
    application : QApplication
    store : Path
        The patient file.
    resources : Path
    settings : Path
    clock : callable
        Returns the local time.
    head_start : HeadStart, optional
        A helper process that was started earlier and computes the first course.

    Attributes
    ----------
    session : Session
    window : MainWindow
    links : CrossAxis
        What the axes of a record change in one another; read when the first answer is out.
    """

    def __init__(
        self,
        application: QApplication,
        store: Path,
        resources: Path,
        settings: Path,
        clock: Callable[[], datetime] = datetime.now,
        head_start: HeadStart | None = None,
    ) -> None:
        self._application = application
        self._settings_path = settings
        self._store_path = store
        self._resources = resources
        self.settings = load_settings(settings)
        self.theme = Theme(application, resources)
        self._box = AnswerBox()
        self._store_lane = StoreLane(
            lambda: open_with_demo(store, resources, clock().date()), self.crashed, damaged=self._go_read_only
        )
        self._check: StoreCheck | None = None
        self._head_start = head_start
        self.links = cross_axis_of(resources)
        self._pool = Pool()
        self._prepared: Prepared | None = None
        self._course_lane = NewestWins(self._make_maker, self.crashed)
        self.session = Session(self._store_lane, self._course_lane, clock)
        self.session.targets = targets_of(resources)
        self.window = MainWindow(self.session, self.theme)
        self.window.restore(self.settings)
        self._beside = Beside(
            self.session, self.window, self.theme, resources, self.settings, self._pool, self.crashed, self.links
        )
        self.window.closing.connect(self.close)
        self._closed = False
        self.session.sandbox_shown = True
        self._first_list(self._start_check, self._store_failed)
        sys.setswitchinterval(HAND_OVER_S)
        HeadStart.settle()

    # ---- the first screen ------------------------------------------------------------------------------------------
    def _first_list(self, opened: Callable[[], None], failed: Callable[[EndoTuneError], None]) -> None:
        wanted = self.settings.get(LAST_PATIENT, "")

        def first(store: Store) -> tuple[str, bool]:
            known = {row.patient.id: row.patient for row in store.patients(include_archived=True)}
            if wanted in known:
                return wanted, known[wanted].sandbox
            real = [patient for patient in known.values() if not patient.sandbox and not patient.archived]
            chosen = real[0] if real else next(iter(known.values()), None)
            return (chosen.id, chosen.sandbox) if chosen else ("", False)

        def open_first(found: tuple[str, bool]) -> None:
            patient_id, sandbox = found
            self.session.show_sandbox(sandbox)
            if patient_id:
                self.session.open_patient(patient_id, self.window.first_focus)
            opened()

        self._store_lane.run(first, open_first, failed)

    def _store_failed(self, error: EndoTuneError) -> None:
        """Say why the file cannot be used, and go on with looking at it when that is possible."""
        self.session.failure = error
        self._go_read_only(str(error))
        self._say_in_box(str(error))
        if not self._store_path.is_file():
            return
        self._store_lane.close()
        path = self._store_path
        self._store_lane = StoreLane(lambda: Store.open(path, read_only=True), self.crashed, damaged=self._go_read_only)
        self.session.use_store(self._store_lane)
        self._first_list(lambda: None, self._look_failed)

    def _look_failed(self, error: EndoTuneError) -> None:
        """Leave the window empty, with the reason in its status line."""
        self.session.failure = error
        self.session.go_read_only(self.window.tr("The patients cannot be read"), str(error))

    def _go_read_only(self, why: str) -> None:
        """Say that nothing is written any more, and go on reading."""
        self.session.go_read_only(self.window.tr("Open for reading only"), why)

    def _say_in_box(self, words: str) -> None:
        box = QMessageBox(self.window)
        box.setText(words)
        box.addButton(QMessageBox.StandardButton.Close)
        box.finished.connect(box.deleteLater)
        box.open()

    def _start_check(self) -> None:
        """Look through the whole file while the window is already in use."""
        path = self._store_path
        self._check = StoreCheck(
            lambda rest: FileCheck(path, rest), self._checked, self.crashed, CHECK_AFTER_S, self._box
        )

    def _checked(self, found: list[str]) -> None:
        if found:
            self._store_lane.run(lambda store: store.take_damage(found[0]), lambda _: None, lambda _: None)

    # ---- the engine ------------------------------------------------------------------------------------------------
    def _make_maker(self) -> Maker:
        """Return what answers on the simulation lane; called on the lane's own thread."""
        if self._head_start is not None:
            return HandedOver(self._head_start, self._make_local, self._progress_of_first)
        return self._make_local()

    def _make_local(self) -> Maker:
        """Load the engine in this process; an axis that was never compiled is left to a helper of its own."""
        from endotune_desktop.lanes.preparation import Prepared
        from endotune_desktop.workbench.course_maker import CourseMaker

        self.links.table()  # the line under the plots waits for it; read here, it keeps no hand waiting
        self._box.post(lambda: self._beside.notes.refresh())
        maker = CourseMaker(self._pool.spread, links=self.links, targets=targets_of(self._resources))
        self._prepared = Prepared(maker, self._progress, self._axis_ready)
        return self._prepared

    def _progress(self, axis_id: str, sentence: str, share: float) -> None:
        """Say on the window's thread how far a first compilation is; a cached engine says nothing."""
        if 0.0 < share < 1.0:
            self._box.post(lambda: self.session.set_progress(axis_id, f"{sentence} … {share:.0%}"))

    def _progress_of_first(self, sentence: str, share: float) -> None:
        """Say how far the helper is that answers the first request."""
        if 0.0 < share < 1.0:
            self._box.post(lambda: self.session.set_progress(self.session.axis.id, f"{sentence} … {share:.0%}"))

    def _axis_ready(self, axis_id: str) -> None:
        """Ask for the course of an axis that can run now, where it is still looked at."""
        self._box.post(lambda: self.session.axis_ready(axis_id))

    # ---- the end ---------------------------------------------------------------------------------------------------
    def close(self) -> None:
        """Remember the window, finish what was asked for, end the lanes."""
        if self._closed:
            return
        self._closed = True
        record = self.session.record
        remembered = {**self.window.shape(), **self._beside.remembered()}
        remembered[LAST_PATIENT] = record.patient.id if record else ""
        save_settings(self._settings_path, remembered)
        for box in self.window.findChildren(QMessageBox):
            box.close()
        self._box.close()
        if self._prepared is not None:
            self._prepared.close()
        self._course_lane.close()
        self._beside.close()
        self._pool.close()
        if self._head_start is not None:
            self._head_start.close()
        if self._check is not None:
            self._check.close()
        self._store_lane.close()

    def crashed(self, error: BaseException) -> None:
        """Keep a report of a bug, tell the person that the data are safe, and end."""
        report = "".join(traceback.format_exception(error))
        log.error("unexpected failure\n%s", report)
        try:
            (data_folder() / CRASH_REPORT).write_text(report, encoding="utf-8")
        except OSError:
            log.warning("the report could not be kept")
        self.window.say(self.window.tr("EndoTune must close. Every saved change is on disk."))
        box = QMessageBox(self.window)
        box.setText(self.window.tr("EndoTune must close because of a fault of its own. Every saved change is on disk."))
        box.setDetailedText(report)
        box.finished.connect(lambda _: self._application.exit(1))
        box.open()


def run_window(argv: list[str] | None = None, head_start: HeadStart | None = None) -> int:
    """Open the workbench and return its exit status when it is closed."""
    application = QApplication(argv or sys.argv[:1])
    application.setApplicationName("EndoTune")
    workbench = Workbench(application, store_path(), resources_folder(), settings_path(), head_start=head_start)
    sys.excepthook = lambda kind, error, trace: workbench.crashed(error)
    if "geometry" not in workbench.settings:
        available = application.primaryScreen().availableGeometry()
        workbench.window.resize(min(1440, available.width()), min(900, available.height()))
    workbench.window.show()
    status = application.exec()
    workbench.close()
    workbench.window.deleteLater()
    return status
