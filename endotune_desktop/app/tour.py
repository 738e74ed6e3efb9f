"""The tour: every screen with the demo patients, drawn to PNG without a display."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from endotune_desktop.clinic.errors import EnvironmentFailed

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from endotune_desktop.app.workbench_run import Workbench
    from endotune_desktop.workbench.course_view import CourseView

SIZES = ((1280, 800), (1440, 900), (1920, 1080))
PATIENCE_S = 600.0


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
    from PySide6.QtGui import QPixmap
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
            for name, shown in _stations(bench, application.processEvents):
                path = directory / f"{name}.png"
                picture = shown if isinstance(shown, QPixmap) else shown.grab()
                if not picture.save(str(path)):
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
    """Leave out that a screen without a window manager has no size hints, and one without keys none to grab."""
    if not any(words in (text or "") for words in ("propagateSizeHints", "grabbing the keyboard", "support raise")):
        sys.stderr.write(f"{text}\n")


class Wanted(Enum):
    """How much of a course a picture shows; each further step costs seconds of computing."""

    CURVES = "curves"
    BANDS = "bands"
    SETTLED = "settled"


BANDS_PATIENCE_S = 4.0
"""How long bands may take; then a picture shows the curves alone, as the window does until they are there."""


def settle(bench: Workbench, work: Callable[[], None], wanted: Wanted = Wanted.BANDS) -> None:
    """Let the lanes answer until the newest course is there as far as it is wanted.

    Raises
    ------
    EnvironmentFailed
        If it does not come in ten minutes, as a first compilation may need, or the store cannot be opened.
    """
    import time

    session = bench.session
    begun = time.monotonic()
    until = begun + PATIENCE_S
    while time.monotonic() < until:
        work()
        course = session.course
        if wanted is Wanted.BANDS and time.monotonic() > begun + BANDS_PATIENCE_S:
            wanted = Wanted.CURVES
        if session.record is not None and course is not None and not session.pending and _there(course, wanted):
            for _ in range(6):
                work()
            while bench.window.busy:
                work()
            return
        if session.record is None and session.failure is not None:
            raise session.failure
        time.sleep(0.005)
    raise EnvironmentFailed("The course did not arrive within ten minutes")


def wait_for(work: Callable[[], None], ready: Callable[[], bool]) -> None:
    """Let the lanes answer until something is there and painted.

    Raises
    ------
    EnvironmentFailed
        If it does not come in ten minutes.
    """
    import time

    until = time.monotonic() + PATIENCE_S
    while not ready():
        if time.monotonic() > until:
            raise EnvironmentFailed("A dialog was not filled within ten minutes")
        work()
        time.sleep(0.005)
    for _ in range(6):
        work()


def _there(course: CourseView, wanted: Wanted) -> bool:
    """Return whether a course has what is wanted of it."""
    if wanted is Wanted.SETTLED or course.settled_members:
        return bool(course.settled_members)
    ahead = course.request.plan is None or course.whatif_band is not None
    return course.fine and (wanted is Wanted.CURVES or (ahead and course.now_band is not None))


def _stations(bench: Workbench, work: Callable[[], None]) -> Iterator[tuple[str, QWidget | QPixmap]]:
    """Go from screen to screen."""
    from endotune_desktop.app.tour_beside import beside
    from endotune_desktop.ui.theme.tokens import PaletteName
    from endotune_desktop.workbench.horizons import horizons_of

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
        settle(bench, work, Wanted.CURVES)
        yield f"02_whatif_{palette.value}", window
    bench.theme.choose(PaletteName.LIGHT)
    for width, height in (SIZES[0], SIZES[2]):
        window.resize(width, height)
        settle(bench, work, Wanted.CURVES)
        yield f"03_workbench_{width}x{height}", window
    bench.window.panel.keep_scenario()
    settle(bench, work)
    session.kept.pin("A")
    session.whatif.commit(session.whatif.with_order(0, replace(order, dose=125.0)), "125")
    settle(bench, work, Wanted.SETTLED)
    yield "04_scenarios", window
    for index, name in ((1, "loop"), (2, "phase"), (3, "table")):
        window.show_view(index)
        settle(bench, work, Wanted.CURVES)
        yield f"05_{name}", window
    window.show_view(0)
    session.set_crosshair(None)
    usual = session.horizon
    for horizon in horizons_of(session.axis):
        if horizon == usual:
            continue  # drawn above
        session.set_horizon(horizon)
        settle(bench, work)
        yield f"06_horizon_{horizon.value.replace(' ', '')}", window
    session.set_horizon(usual)
    bench.theme.set_scale(2.0)
    settle(bench, work)
    yield "07_text_200_percent", window
    bench.theme.set_scale(1.0)
    yield from _axes(bench, work)
    yield from _dosing(bench, work)
    yield from _patients(bench, work)
    yield from _editors(bench, work)
    yield from _dialogs(bench, work)
    yield from beside(bench, work)


def _axes(bench: Workbench, work: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    """Draw every axis at a demo patient who has it: course, loop and phase small, the course large as well."""
    from endotune_desktop.physiology.registry import AXES

    session, window = bench.session, bench.window
    first = session.record.patient.id if session.record else ""
    for axis in AXES.values():
        open_at(bench, work, _having(bench, axis.id), axis.id)
        window.resize(*SIZES[0])
        for index, name in enumerate(("course", "loop", "phase")):
            window.show_view(index)
            settle(bench, work, Wanted.CURVES)
            yield f"11_{axis.id}_{name}", window
        window.show_view(0)
        window.resize(*SIZES[2])
        settle(bench, work, Wanted.CURVES)
        yield f"11_{axis.id}_course_{SIZES[2][0]}x{SIZES[2][1]}", window
    window.resize(*SIZES[1])
    open_at(bench, work, first, next(iter(AXES)))


def _having(bench: Workbench, axis_id: str) -> str:
    """Return the first demo patient with an axis, those for whom it comes first in front."""
    rows = bench.session.patients
    own = [row.patient.id for row in rows if row.patient.axis == axis_id]
    return [*own, *(row.patient.id for row in rows if axis_id in row.axes)][0]


def open_at(bench: Workbench, work: Callable[[], None], patient_id: str, axis_id: str) -> None:
    """Open a patient at an axis, and wait until all of it is there.

    Parameters
    ----------
    bench : Workbench
    work : callable
        Lets the window work for a moment.
    patient_id, axis_id : str
    """
    session = bench.session
    session.whatif.reset("")
    session.open_patient(patient_id)
    wait_for(work, lambda: session.record is not None and session.record.patient.id == patient_id)
    session.course = None
    settle(bench, work)
    if session.axis.id != axis_id:
        session.show_axis(axis_id)
        settle(bench, work)


def _dosing(bench: Workbench, work: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    """Draw a weekly plan, several doses a day and the missed-days popup, each where room is scarce as well."""
    from endotune_desktop.ui.theme.tokens import PaletteName
    from endotune_desktop.workbench.regimens import AgentRegimen

    window, whatif = bench.window, bench.session.whatif
    whatif.reset("")
    base = whatif.regimens[0]
    week = tuple((125.0 if day in (4, 5) else 100.0,) for day in range(7))
    doses = AgentRegimen("liothyronine", "oral", "ug", ("07:00", "12:00", "17:00"), ((10.0, 5.0, 5.0),))
    regimens = {"weekly_plan": replace(base, rows=week), "24h_strip": doses}
    for name, regimen in regimens.items():
        whatif.commit(replace(whatif.plan, orders=regimen.orders()), name)
        settle(bench, work)
        for width, height in (SIZES[0], SIZES[2]):
            window.resize(width, height)
            settle(bench, work, Wanted.CURVES)
            yield f"10_{name}_{width}x{height}", window
        bench.theme.choose(PaletteName.DARK)
        settle(bench, work, Wanted.CURVES)
        yield f"10_{name}_dark", window
        bench.theme.choose(PaletteName.LIGHT)
        bench.theme.set_scale(2.0)
        settle(bench, work, Wanted.CURVES)
        yield f"10_{name}_200_percent", window
        bench.theme.set_scale(1.0)
    missed = replace(base, missed_days=(9, 11, 16, 17, 18))
    whatif.commit(replace(whatif.plan, orders=missed.orders()), "missed")
    window.resize(*SIZES[1])
    settle(bench, work)
    picker = window.panel.cards[0].span.open_picker()
    work()
    yield "10_missed_days", picker
    picker.close()
    settle(bench, work)
    yield "10_missed_days_on_strip", window
    whatif.reset("")


def _patients(bench: Workbench, work: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    """Draw every demo patient whom no axis was drawn with; curves alone, as fitting all of them takes minutes."""
    from endotune_desktop.physiology.registry import AXES

    session = bench.session
    drawn = {_having(bench, axis_id) for axis_id in AXES}
    for number, summary in enumerate(session.patients, start=1):
        if summary.patient.id in drawn:
            continue
        session.whatif.reset("")
        session.open_patient(summary.patient.id)
        session.course = None
        settle(bench, work, Wanted.CURVES)
        yield f"08_patient_{number}", bench.window


def _give_up_entries(bench: Workbench) -> None:
    """Close every editor without saving; an entry left would make the window ask, and nobody is there to answer.

    Raises
    ------
    RuntimeError
        If an entry is left all the same.
    """
    record = bench.window.sidebar.record
    for table in record.tables:
        if table.editor is not None:
            table.editor.given_up.emit()
    if record.drafts.patients():
        raise RuntimeError("the tour left entries unsaved")


def _editors(bench: Workbench, work: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    """Edit the record in place: each kind of row, refusals and questions among them, small, dark and large."""
    from endotune_desktop.ui.sidebar.drafts import Target
    from endotune_desktop.ui.theme.tokens import PaletteName

    session, window, record = bench.session, bench.window, bench.window.sidebar.record
    window.resize(*SIZES[0])
    first = session.patients[0].patient
    open_at(bench, work, first.id, first.axis)

    def edit(tab: int, target: Target, texts: dict[str, str], *, save: bool = False) -> None:
        record.tabs.setCurrentIndex(tab)
        record.tables[tab].open(target)
        editor = record.tables[tab].editor
        assert editor is not None
        editor.put(texts)
        editor.typed.emit()
        if save:
            editor.fields.try_save()
        for _ in range(4):
            work()

    assert session.record is not None
    result = next(lab for lab in session.record.labs if lab.analyte == "ft4")
    edit(0, Target("lab", result.id, short=True), {"value": "1340"}, save=True)
    yield "09_edit_lab_refused", window
    record.labs.editor.given_up.emit() if record.labs.editor else None
    edit(0, Target("lab"), {"value": "6,4", "day": "03/04/2026"}, save=True)
    yield "09_edit_lab_new", window
    edit(1, Target("order", session.record.medication[0].id), {"dose": "110"}, save=True)
    yield "09_edit_order_asked", window
    edit(2, Target("vitals"), {"pressure": "82/128"}, save=True)
    yield "09_edit_vitals_refused", window
    record.tables[2].editor.given_up.emit() if record.tables[2].editor else None
    edit(2, Target("finding"), {"finding": "biotin", "since": "2026-11-14"})
    yield "09_edit_finding", window
    edit(2, Target("finding"), {"finding": "biotin", "since": "2026-11-14"}, save=True)
    wait_for(work, lambda: session.record is not None and bool(session.record.findings))
    settle(bench, work, Wanted.CURVES)
    yield "09_finding_said", window
    edit(3, Target("symptom", session.record.symptoms[0].id), {})
    yield "09_edit_symptom", window
    record.tabs.setCurrentIndex(0)
    bench.theme.choose(PaletteName.DARK)
    window.resize(*SIZES[2])
    settle(bench, work, Wanted.CURVES)
    yield "09_edit_lab_dark", window
    bench.theme.choose(PaletteName.LIGHT)
    bench.theme.set_scale(2.0)
    settle(bench, work, Wanted.CURVES)
    yield "09_edit_lab_200_percent", window
    bench.theme.set_scale(1.0)
    _give_up_entries(bench)
    window.resize(*SIZES[1])
    settle(bench, work, Wanted.CURVES)
    record.tabs.setCurrentIndex(2)
    work()
    yield "09_visits", window


def _dialogs(bench: Workbench, work: Callable[[], None]) -> Iterator[tuple[str, QWidget]]:
    from endotune_desktop.ui.dialogs.form_dialog import FormDialog
    from endotune_desktop.ui.forms.record_forms import patient_form
    from endotune_desktop.ui.whatif.adopt_dialog import AdoptDialog

    session, theme = bench.session, bench.theme
    dialog = FormDialog(session, theme, patient_form(session))
    dialog.body.put({"name": "Okafor, Ngozi", "born": "04/05/1992", "height_cm": "16,8", "weight_kg": "64"})
    dialog.show()
    dialog.body.try_save()
    work()
    work()
    yield "09_dialog_patient", dialog
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
