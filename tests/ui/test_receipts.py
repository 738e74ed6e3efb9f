"""Forecasts that were made: the ghosts under the curves, the patient's strip, the clinic's calibration."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from endotune_desktop.clinic.records import PatientRecord
from endotune_desktop.clinic.units import UnitSystem
from endotune_desktop.tuning.clinic_calibration import Scored, calibration
from endotune_desktop.ui.courses.courses_view import CoursesView
from endotune_desktop.ui.receipts.menu import ReceiptsMenu
from endotune_desktop.ui.receipts.words import alarm_words, reliability_words, summary_words
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.workbench.receipt_desk import ReceiptDesk
from endotune_desktop.workbench.session import Session
from tests.ui.desk import MemoryStore, desk, other
from tests.unit.workbench.receipt_samples import DUE, followed, receipt, result
from tests.unit.workbench.test_function_test_bench import InlineErrands

Stand = tuple[Session, MemoryStore, ReceiptsMenu]


def stand_of(qtbot: QtBot, theme: Theme, *records: PatientRecord) -> Stand:
    """Return a session with the first of the records open, and the menu on an empty window."""
    session, store, _ = desk(*records)
    menu_desk = ReceiptDesk(session, InlineErrands())
    session.open_patient(records[0].patient.id)
    window = QWidget()
    qtbot.addWidget(window)
    menu = ReceiptsMenu(session, menu_desk, theme, window)
    return session, store, menu


@pytest.fixture
def stand(qtbot: QtBot, theme: Theme) -> Iterator[Stand]:
    """Return Ingrid with a forecast that came true."""
    found = stand_of(qtbot, theme, followed(result("3.2")), other(2, "Verdier, Tomás"))
    yield found
    found[2].close_dialog()


def test_that_the_strip_tells_forecast_result_and_verdict(stand: Stand, qtbot: QtBot) -> None:
    session, store, menu = stand
    assert len(store.held["p1"].scores) == 1
    menu.actions()[0].trigger()
    dialog = menu.dialog
    assert dialog is not None
    qtbot.waitExposed(dialog)
    (row,) = dialog.patient.table.rows()
    assert row[1:4] == ["TSH", "3.0 (2.1–4.3)\u00a0mIU/L", "3.2"]
    assert row[4] == "as forecast: inside the 50 % band"
    assert "%" in row[5]
    assert "1 of 1 results inside the 90 % band" in dialog.patient.head.text()
    for words in ("Adopt plan", "seed 1", "regimen r", "not knowing this patient 40\u00a0%"):
        assert words in dialog.patient.detail.text()
    session.set_unit_system(UnitSystem.CONVENTIONAL)
    assert not dialog.grab().isNull()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("9.0", "higher than forecast: above the 90 % band"),
        ("<0.01", "lower than forecast: below the 90 % band"),
        ("4.2", "as forecast: inside the 90 % band"),
    ],
)
def test_that_a_miss_is_said_with_its_direction(qtbot: QtBot, theme: Theme, text: str, words: str) -> None:
    _, _, menu = stand_of(qtbot, theme, followed(result(text)))
    assert menu.open_dialog(0).patient.table.rows()[0][4] == words
    menu.close_dialog()


def test_that_a_void_forecast_says_why_and_leaves_the_plot(qtbot: QtBot, theme: Theme) -> None:
    session, _, menu = stand_of(qtbot, theme, followed(result("3.2"), orders_stop=datetime(2026, 11, 10).date()))
    assert menu.open_dialog(0).patient.table.rows()[0][4] == "void: regimen changed"
    view = CoursesView(session, theme)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(lambda: not view.busy)
    assert all(plot.canvas.ghosts.rows == () for plot in view.plots)
    view.close()
    menu.close_dialog()


def test_that_the_forecast_lies_where_the_result_was_due(stand: Stand, theme: Theme, qtbot: QtBot) -> None:
    session, _, _ = stand
    view = CoursesView(session, theme)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    qtbot.waitUntil(lambda: not view.busy)
    course = session.course
    assert course is not None
    tsh, *rest = view.plots
    (ghost,) = tsh.canvas.ghosts.rows
    assert ghost.hour == pytest.approx(course.hours(DUE.date(), 7 + 29 / 60))
    made = receipt()
    levels = [tsh.scale.at(math.exp(level)) for level in (made.q05, made.q25, made.q50, made.q75, made.q95)]
    assert list(ghost.levels) == pytest.approx(levels)
    assert all(plot.canvas.ghosts.rows == () for plot in rest)
    assert "forecast" in [kind for kind, _ in view.legend.shown_words()]
    with_ghost = view.grab().toImage()
    tsh.canvas.ghosts.rows = ()
    tsh.canvas.redraw_now()
    assert view.grab().toImage() != with_ghost
    view.close()


def test_that_keys_open_both_pages_and_walk_the_rows(stand: Stand, qtbot: QtBot) -> None:
    _, _, menu = stand
    assert [action.shortcut().toString() for action in menu.actions()] == ["Ctrl+R", "Ctrl+Shift+R"]
    dialog = menu.open_dialog(1)
    qtbot.waitExposed(dialog)
    assert dialog.focusWidget() is dialog.clinic.coverage
    dialog.clinic.worst.setFocus()
    QTest.keyClick(dialog.clinic.worst, Qt.Key.Key_Return)
    assert dialog.pages.index == 0
    dialog.pages.setFocus()
    QTest.keyClick(dialog.pages, Qt.Key.Key_Right)
    assert dialog.stack.currentIndex() == 1


def test_that_the_clinic_sums_up_the_group_that_is_shown(stand: Stand, qtbot: QtBot) -> None:
    session, _, menu = stand
    clinic = menu.open_dialog(1).clinic
    assert clinic.coverage.rows() == [["TSH", "Thyroid", "2", "1", "100\u00a0%", "100\u00a0%"]]
    assert clinic.summary.text().startswith("Real patients: 1 scored forecasts of 1 patients")
    assert clinic.worst.rows()[0][0] == "TSH · Halvorsen, Ingrid"
    session.show_sandbox(True)
    assert clinic.summary.text() == "Invented persons: No forecast has met its result yet."


def test_that_alarms_and_reliability_are_said_in_words(stand: Stand) -> None:
    entry = Scored("r", "p", "hpt", "tsh", 1, 0.98, False, False, 0.4, 0.2, -3.0, 1.4)
    found = calibration([replace(entry, receipt_id=str(n), patient_id=str(n)) for n in range(20)])
    said = [alarm_words(alarm) for alarm in found.alarms]
    assert said == [
        "Bands are too narrow for TSH: 0\u00a0% of 20 results inside the 90 % band.",
        "Model runs low for TSH: mean place of 20 results 0.98, expected 0.50.",
    ]
    assert "10" in reliability_words(found)
    assert "\u2212100\u00a0%" in summary_words(found)
    even = calibration([replace(entry, receipt_id=str(n), pit=float(p)) for n, p in enumerate(np.linspace(0, 1, 50))])
    assert reliability_words(even) == "all ten counts inside what chance allows"
    clinic = stand[2].open_dialog(1).clinic
    clinic.show_found(found)
    assert clinic.alarms.text() == "\n".join(said)
    assert not clinic.picture.grab().isNull()
