"""The strip of symptoms and vitals under the plots, and the sentences of targets in the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from endotune_desktop.app.target_table import targets_of
from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import SymptomScore
from endotune_desktop.clinic.scenario import DoseOrder, LesionState
from endotune_desktop.ui.courses.courses_view import CoursesView
from endotune_desktop.ui.courses.target_words import beyond_words
from endotune_desktop.ui.sidebar.record_view import RecordView
from endotune_desktop.ui.table_view import TableView
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.whatif.panel import WhatIfPanel
from endotune_desktop.ui.whatif.scenario_table import ScenarioModel
from endotune_desktop.ui.widgets.numbers import DASH, NO_BREAK
from endotune_desktop.ui.window import MainWindow
from endotune_desktop.workbench.session import Session
from tests.ui.desk import TODAY, desk, other
from tests.ui.test_views import drawn, shown

TITLES = ["Fatigue", "Cold", "Weight", "Pulse", "BP"]


@pytest.fixture
def session() -> Session:
    """Return a session with Ingrid open."""
    return desk()[0]


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, session: Session) -> Iterator[CoursesView]:
    """Return the sheet, drawn, with room for the strip."""
    found = CoursesView(session, theme)
    shown(qtbot, found, 1000, 900)
    drawn(found)
    yield found
    found.close()


def dot(view: CoursesView, lane: int, point: int = -1) -> QPoint:
    """Return where an entry is drawn."""
    held = view.presentation.lanes[lane]
    return QPoint(round(view.presentation.place_of(held.hours[point])), round(held.y(held.series.points[point].value)))


def test_that_the_strip_has_a_lane_for_each_series_under_the_data_of_the_plots(view: CoursesView) -> None:
    strip, canvas = view.presentation, view.plots[0].canvas
    assert strip.isVisible()
    assert [lane.series.title for lane in strip.lanes] == TITLES
    hour = strip.lanes[0].hours[-1]
    assert abs(strip.place_of(hour) - canvas.mapping().x(hour)) < 2.0
    assert strip.accessibleName().startswith("Presentation: Fatigue 6/10, Cold 4/10, Weight 68 kg, Pulse 66/min")


def test_that_it_follows_zoom_and_crosshair(view: CoursesView, session: Session) -> None:
    strip, canvas = view.presentation, view.plots[0].canvas
    hour = strip.lanes[0].hours[-1]
    view.stack.time.zoom(0.5, hour)
    drawn(view)
    assert abs(strip.place_of(hour) - canvas.mapping().x(hour)) < 2.0
    session.set_crosshair(hour - 48.0)
    drawn(view)
    assert strip.crosshair_h == hour - 48.0
    assert "Fatigue –" in strip.accessibleName()


def test_that_a_wheel_over_it_zooms_the_time_of_all_plots(view: CoursesView) -> None:
    strip, before = view.presentation, view.stack.time.length_h
    at = QPointF(strip.area().center())
    event = QWheelEvent(at, strip.mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(strip, event)
    assert view.stack.time.length_h == pytest.approx(before / 1.2)


def test_that_the_pointer_moves_the_crosshair_and_a_click_holds_it(view: CoursesView, session: Session) -> None:
    strip = view.presentation
    at = QPoint(round(strip.place_of(100.0)), round(strip.lanes[0].top) + 4)
    QTest.mouseMove(strip, at)
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=at)
    assert view.crosshair.held
    assert session.crosshair_h == pytest.approx(100.0, abs=12.0)


def test_that_nothing_on_record_leaves_no_strip(qtbot: QtBot, theme: Theme) -> None:
    session, _, _ = desk(other(2, "Verdier, Tomás"))
    session.open_patient("x2")
    view = CoursesView(session, theme)
    shown(qtbot, view, 1000, 900)
    drawn(view)
    assert not view.presentation.isVisible()
    assert "Presentation: symptoms and vitals" not in [action.text() for action in view.context_menu().actions()]
    view.close()


def test_that_another_patient_never_sees_the_entries_of_the_last_one(view: CoursesView, session: Session) -> None:
    session.open_patient("x2")
    assert view.presentation.lanes == ()
    drawn(view)
    assert not view.presentation.isVisible()


def test_that_it_closes_on_a_low_sheet_unless_a_hand_has_opened_it(view: CoursesView) -> None:
    strip = view.presentation
    assert (strip.opened, strip.by_hand) == (True, None)
    view.resize(1000, 640)
    assert not strip.opened
    closed_px = strip.height()
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Space)
    assert (strip.opened, strip.by_hand) == (True, True)
    assert strip.height() > closed_px
    view.resize(1000, 620)
    assert strip.opened
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(40, 8))
    assert (strip.opened, strip.by_hand) == (False, False)
    view.resize(1000, 900)
    assert not strip.opened


def test_that_keys_choose_a_lane_and_open_its_entry(view: CoursesView, session: Session) -> None:
    strip = view.presentation
    heard: list[str] = []
    strip.entry_activated.connect(heard.append)
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Return)
    QTest.keyClick(strip, Qt.Key.Key_Down)
    QTest.keyClick(strip, Qt.Key.Key_Return)
    for _ in range(9):
        QTest.keyClick(strip, Qt.Key.Key_Down)
    QTest.keyClick(strip, Qt.Key.Key_Return)
    assert heard == ["s1", "s2", "v1"]
    before = session.crosshair_h
    QTest.keyClick(strip, Qt.Key.Key_Left)
    assert session.crosshair_h != before


def test_that_a_click_on_an_entry_opens_its_row_in_the_record(
    qtbot: QtBot, theme: Theme, view: CoursesView, session: Session
) -> None:
    record = RecordView(session, theme)
    shown(qtbot, record, 300, 500)
    view.entry_activated.connect(record.open_entry)
    QTest.mouseClick(view.presentation, Qt.MouseButton.LeftButton, pos=dot(view, 1))
    target = record.symptoms.open_target()
    assert target is not None
    assert target.record_id == "s2"
    QTest.mouseClick(view.presentation, Qt.MouseButton.LeftButton, pos=dot(view, 2))
    target = record.visits.open_target()
    assert target is not None
    assert (target.kind, target.record_id) == ("vitals", "v1")
    record.close()


def test_that_a_new_score_is_drawn_and_undone(view: CoursesView, session: Session) -> None:
    score = SymptomScore("s9", "p1", TODAY.date(), "Fatigue", 2)
    session.edit(Edit("Fatigue 2/10", (RecordChange(None, score),)))
    drawn(view)
    assert [point.value for point in view.presentation.lanes[0].series.points] == [6.0, 2.0]
    session.undo()
    drawn(view)
    assert [point.value for point in view.presentation.lanes[0].series.points] == [6.0]


def test_that_the_table_has_the_same_entries_in_columns(qtbot: QtBot, theme: Theme, session: Session) -> None:
    table = TableView(session, theme)
    shown(qtbot, table, 900, 500)
    model = table.model
    heads = [str(model.headerData(c, Qt.Orientation.Horizontal, 0)) for c in range(model.columnCount())]
    assert heads[-5:] == ["Fatigue\n0–10", "Cold\n0–10", "Weight\nkg", "Pulse\n/min", "BP\nmmHg"]
    filled = {row: model.text(row, model.columnCount() - 5) for row in range(model.rowCount())}
    filled = {row: text for row, text in filled.items() if text}
    assert list(filled.values()) == ["6"]
    assert model.text(next(iter(filled)), 0).startswith("16 Nov 2026")
    assert model.text(next(iter(filled)), model.columnCount() - 1) == "128/82"
    table.close()


# ---- targets --------------------------------------------------------------------------------------------------------
def test_that_all_in_range_never_counts_a_marker_that_is_no_target(session: Session) -> None:
    whatif = session.whatif
    order = whatif.plan.orders[0]
    whatif.commit(whatif.with_order(0, replace(order, dose=125.0)), "125")
    model = ScenarioModel(session)
    assert set(model._limits("whatif")) == {"tsh", "ft4"}
    whatif.commit(whatif.with_lesion(LesionState("central_hypothyroidism", 0.8)), "Central")
    assert set(model._limits("whatif")) == {"ft4"}
    assert set(model._limits("now")) == {"tsh", "ft4"}


def test_that_a_card_says_when_there_is_no_laboratory_target(qtbot: QtBot, theme: Theme, session: Session) -> None:
    panel = WhatIfPanel(session, theme)
    shown(qtbot, panel, 348, 900)
    assert "No laboratory target: symptoms lead." not in panel.physiology._invalid()
    panel.physiology.add_lesion("non_thyroidal_illness")
    assert "No laboratory target: symptoms lead." in panel.physiology._invalid()
    panel.close()


def test_that_what_holds_outside_the_model_is_one_quiet_row_that_opens(
    qtbot: QtBot, theme: Theme, session: Session
) -> None:
    panel = WhatIfPanel(session, theme)
    shown(qtbot, panel, 348, 900)

    def row() -> QAbstractButton | None:
        buttons = panel.physiology.findChildren(QAbstractButton)
        return next((b for b in buttons if b.accessibleName().startswith("Targets outside the model")), None)

    def said() -> list[str]:
        return [found.text() for found in panel.physiology.findChildren(QLabel) if "TRAb" in found.text()]

    assert row() is None
    graves = DoseOrder("thiamazole", "oral", 10.0, "mg", ("08:00",))
    whatif = session.whatif
    whatif.commit(replace(whatif.plan, lesions=(LesionState("graves", 0.8),), orders=(graves,)), "Graves")
    panel.physiology.refresh()
    found = row()
    assert found is not None
    assert found.accessibleName() == "Targets outside the model: 1"
    assert said() == []
    found.click()
    assert said() == [
        f"TRAb (thionamide titration): below 1.75{NO_BREAK}IU/L, from day 365 on. Decides stopping, not dose."
    ]
    panel.close()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("HPA-04", f"Renin (fludrocortisone): 1{DASH}2{NO_BREAK}× upper limit, from day 28 on. Upper-normal to "
         "slightly raised; low renin means too much. Instead: Na, K, BP standing."),
        ("HPA-05", f"Potassium (fludrocortisone): a limit, not a goal, 3.5{DASH}5.2{NO_BREAK}mmol/L, from day 7 on."),
        ("HPA-09", "Renin (hydrocortisone): not a target. Mineralocorticoid axis intact."),
        ("HPG-m-27", "PSA (finasteride/dutasteride): from day 180 on. Halved. Instead: double the value."),
        ("HPA-27", f"17-OHP (glucocorticoid): 4{DASH}36{NO_BREAK}nmol/L, from day 28 on. Normal 17-OHP means "
         "over-treatment; early morning before dose. Instead: androstenedione, testosterone."),
    ],
)  # fmt: skip
def test_that_a_target_outside_the_model_is_said_with_its_range_and_why(resources: Path, row: str, words: str) -> None:
    table = targets_of(resources).table
    assert beyond_words(next(rule for rule in table.rules if rule.id == row)) == words


def test_that_a_result_that_is_no_target_bears_no_arrow(qtbot: QtBot, theme: Theme, session: Session) -> None:
    record = RecordView(session, theme)
    shown(qtbot, record, 300, 500)
    cells = [record.labs.cell_at(row, c) for row in range(record.labs.rowCount()) for c in range(1, 4)]
    ft3 = [cell for cell in cells if cell is not None and cell.spoken.startswith("Free T3") and cell.text]
    assert ft3
    for cell in ft3:
        assert cell.text.endswith("∅")
        assert cell.quiet
        assert "Not a target: Low-normal FT3" in cell.spoken
    record.close()


def test_that_the_window_remembers_what_a_hand_has_chosen(qtbot: QtBot, theme: Theme, session: Session) -> None:
    window = MainWindow(session, theme)
    assert window.shape()["presentation"] == ""
    window.courses.presentation.set_opened(False)
    shape = window.shape()
    assert shape["presentation"] == "closed"
    window.close()
    again = MainWindow(desk()[0], theme)
    again.restore(shape)
    assert again.courses.presentation.by_hand is False
    again.close()
    for one in (window, again):
        one.deleteLater()
