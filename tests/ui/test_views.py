"""The views on a session of the test's own: curves, panel, record, loop, phase, table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from endotune_desktop.clinic.errors import EnvironmentFailed, OutsideValidity
from endotune_desktop.clinic.units import UnitSystem
from endotune_desktop.simulation.course import Remark
from endotune_desktop.ui.courses.courses_view import CoursesView
from endotune_desktop.ui.dialogs.form_dialog import FormDialog
from endotune_desktop.ui.forms.record_forms import patient_form
from endotune_desktop.ui.loop.loop_view import LoopView
from endotune_desktop.ui.phase.phase_view import PhaseView
from endotune_desktop.ui.sidebar.sidebar import Sidebar
from endotune_desktop.ui.table_view import TableView
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.whatif.panel import WhatIfPanel
from endotune_desktop.workbench.session import Session
from tests.ui import hands
from tests.ui.desk import DrawnCourses, MemoryStore, desk
from tests.ui.test_theme import focusables


@pytest.fixture
def desk_of() -> Iterator[tuple[Session, MemoryStore, DrawnCourses]]:
    """Return a session with Ingrid open and 125 ug under the slider."""
    session, store, courses = desk()
    order = session.whatif.plan.orders[0]
    session.whatif.commit(session.whatif.with_order(0, replace(order, dose=125.0)), "Levothyroxine 125")
    yield session, store, courses


def shown(qtbot: QtBot, widget: QWidget, width: int = 760, height: int = 700) -> None:
    """Show a widget offscreen."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    QApplication.processEvents()
    QApplication.processEvents()
    if isinstance(widget, CoursesView):
        drawn(widget)


def drawn(view: CoursesView) -> None:
    """Let a sheet draw what it has been asked to, piece by piece."""
    QApplication.processEvents()
    for _ in range(100):
        if not view.busy:
            return
        QApplication.processEvents()
    raise AssertionError("the sheet never comes to rest")


Desk = tuple[Session, MemoryStore, DrawnCourses]


def test_that_curves_hold_the_course_in_both_unit_systems(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, _, _ = desk_of
    view = CoursesView(session, theme)
    shown(qtbot, view)
    assert session.course is not None
    tsh, ft4, _ = view.plots
    assert np.allclose(ft4.canvas.now.data[1], session.course.now.values["ft4"])
    assert np.allclose(tsh.canvas.now.data[1], np.log10(session.course.now.values["tsh"]))
    session.set_unit_system(UnitSystem.CONVENTIONAL)
    drawn(view)
    assert np.allclose(ft4.canvas.now.data[1], session.course.now.values["ft4"] / 12.872)
    assert ft4.header.unit == "ng/dL"
    assert len(tsh.canvas.labs.rows) == 3


def test_that_a_curve_that_is_not_the_wanted_plan_turns_grey(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, _, courses = desk_of
    view = CoursesView(session, theme)
    shown(qtbot, view)
    assert view.plots[0].canvas.whatif.role == "whatif"
    courses.hold = True
    order = session.whatif.plan.orders[0]
    session.whatif.preview(session.whatif.with_order(0, replace(order, dose=200.0)))
    qtbot.waitUntil(lambda: view.plots[0].canvas.whatif.role == "hatch", timeout=2000)
    qtbot.waitUntil(view.progress.isVisible, timeout=2000)
    courses.release()
    drawn(view)
    assert view.plots[0].canvas.whatif.role == "whatif"
    assert not view.progress.isVisible()


def test_that_a_failed_course_is_said_and_stays_grey(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, _, courses = desk_of
    view = CoursesView(session, theme)
    shown(qtbot, view)
    courses.hold = True
    order = session.whatif.plan.orders[0]
    session.whatif.preview(session.whatif.with_order(0, replace(order, dose=200.0)))
    courses.fail(OutsideValidity("At day 12 the thyroid model ran out of steps"))
    assert view.message.isVisible()
    assert "At day 12" in view.message.text.text()
    assert "last good answer" in view.message.text.text()
    drawn(view)
    assert view.plots[0].canvas.whatif.role == "hatch"


def test_that_a_person_outside_the_validated_range_is_said_above_the_plots(
    qtbot: QtBot, theme: Theme, desk_of: Desk
) -> None:
    session, _, courses = desk_of
    view = CoursesView(session, theme)
    shown(qtbot, view)
    assert not view.message.isVisible()
    age = next(entry.sentence for entry in session.axis.validated if entry.kind == "age_years")
    courses.remarks = (Remark("", 0.0, age), Remark("tsh", 24.0, "Hatched in its own plot."))
    order = session.whatif.plan.orders[0]
    session.whatif.commit(session.whatif.with_order(0, replace(order, dose=150.0)), "Levothyroxine 150")
    assert view.message.isVisible()
    assert view.message.text.text() == age
    assert "Outside the validated range" in age


def test_that_the_wheel_zooms_time_and_a_double_click_resets(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, _, _ = desk_of
    view = CoursesView(session, theme)
    shown(qtbot, view)
    viewport = view.plots[0].canvas.viewport()
    middle = QPointF(viewport.width() / 2, viewport.height() / 2)
    before = view.stack.time.span
    event = QWheelEvent(
        middle, QPointF(viewport.mapToGlobal(middle.toPoint())), QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)
    drawn(view)
    after = view.stack.time.span
    assert after[1] - after[0] < before[1] - before[0]
    assert view.strip.view_h == pytest.approx(tuple(after))
    view.reset_view()
    assert view.stack.time.span == pytest.approx(before)


def test_that_the_crosshair_follows_click_and_keys(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, _, _ = desk_of
    view = CoursesView(session, theme)
    shown(qtbot, view)
    viewport = view.plots[1].canvas.viewport()
    hands.click(viewport, QPoint(viewport.width() - 40, 15))
    held = session.crosshair_h
    assert held is not None
    hands.key(view, Qt.Key.Key_Left)
    assert session.crosshair_h == pytest.approx(held - 24.0)
    drawn(view)
    assert "what-if" in view.plots[0].accessibleName()
    hands.key(view, Qt.Key.Key_Escape)
    assert session.crosshair_h is None


def test_that_a_further_marker_gets_a_plot_in_the_same_window(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, _, _ = desk_of
    view = CoursesView(session, theme)
    shown(qtbot, view)
    before = view.stack.time.span
    view.show_marker("tt4", True)
    drawn(view)
    assert [plot.marker.id for plot in view.plots] == ["tsh", "ft4", "ft3", "tt4"]
    assert view.stack.time.span == pytest.approx(before)
    assert "Total T4" in view.values_text().splitlines()[0]


def test_that_a_view_that_is_gone_hears_nothing(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, _, _ = desk_of
    heard = len(session._listeners)
    view = CoursesView(session, theme)
    view.deleteLater()
    QApplication.sendPostedEvents(view, 52)
    qtbot.waitUntil(lambda: len(session._listeners) == heard, timeout=2000)
    session.set_crosshair(5.0)


def test_that_the_panel_drags_types_and_undoes(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, _, _ = desk_of
    panel = WhatIfPanel(session, theme)
    shown(qtbot, panel, 348, 800)
    card = panel.cards[0]
    assert card.marked
    assert card.hero.text() == "125\u00a0µg"
    hands.key(card.slider, Qt.Key.Key_Right)
    assert session.whatif.plan.orders[0].dose == 137.0
    card.type_dose()
    card.typed.line.setText("110")
    card.typed.line.editingFinished.emit()
    assert (
        "110\u00a0µg has no tablet in the EU. Accepted: 112\u00a0µg, or 100 and 112\u00a0µg in turn."
        in card.typed.refusal
    )
    assert card.typed.text == "110"
    card.typed.line.setText("88")
    card.typed.line.editingFinished.emit()
    assert session.whatif.plan.orders[0].dose == 88.0
    session.undo()
    session.undo()
    assert session.whatif.plan.orders[0].dose == 125.0
    hands.click(panel.reset)
    assert not session.whatif.differs
    assert not panel.adopt.isEnabled()
    assert panel.reason.text() == "Nothing differs from the record yet."


def test_that_the_panel_changes_frequency_clock_and_stop(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, _, _ = desk_of
    panel = WhatIfPanel(session, theme)
    shown(qtbot, panel, 348, 800)
    card = panel.cards[0]
    card.often._choose(1)
    assert session.whatif.plan.orders[0].every_days == 2
    hands.click(card.rows.add)
    assert session.whatif.plan.orders[0].clock_times == ("07:30", "19:00")
    card.span.stop.line.setText("2020-01-01")
    card.span.stop.line.editingFinished.emit()
    assert "stops before it starts" in card.span.stop.refusal
    card.span.stop.line.setText("2027-01-01")
    card.span.stop.line.editingFinished.emit()
    assert session.whatif.plan.orders[0].stop_day == 38


def test_that_the_card_says_when_a_dose_is_outside_the_tests(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, _, _ = desk_of
    panel = WhatIfPanel(session, theme)
    shown(qtbot, panel, 348, 800)
    order = session.whatif.plan.orders[0]
    session.whatif.commit(session.whatif.with_order(0, replace(order, dose=325.0)), "x")
    assert "Outside the validated range" in panel.cards[0]._warning.text()
    assert panel.cards[0]._warning.isVisible()


def test_that_a_lesion_says_which_marker_is_no_target(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, _, _ = desk_of
    panel = WhatIfPanel(session, theme)
    shown(qtbot, panel, 348, 900)
    panel.physiology.add_lesion("central_hypothyroidism")
    assert any("TSH: TSH is low, normal or slightly high" in sentence for sentence in panel.physiology._invalid())
    session.undo()
    assert not any("TSH:" in sentence for sentence in panel.physiology._invalid())


def test_that_scenarios_are_kept_and_shown(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, _, _ = desk_of
    panel = WhatIfPanel(session, theme)
    shown(qtbot, panel, 348, 900)
    panel.keep_scenario()
    model = panel.scenarios.model()
    assert model.rowCount() == 3
    assert "125" in str(model.data(model.index(2, 0)))
    hands.key(panel.scenarios, Qt.Key.Key_Down)
    panel.scenarios.setCurrentIndex(model.index(2, 0))
    hands.key(panel.scenarios, Qt.Key.Key_P)
    assert session.kept.pinned == "A"
    hands.key(panel.scenarios, Qt.Key.Key_Delete)
    assert model.rowCount() == 2


def test_that_the_sidebar_lists_searches_and_opens(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, _, _ = desk_of
    sidebar = Sidebar(session, theme)
    shown(qtbot, sidebar, 272, 800)
    assert sidebar.record.name.text() == "Halvorsen, Ingrid"
    assert sidebar.record.labs.rowCount() == 3
    item = sidebar.record.labs.item(0, 1)
    assert item is not None
    assert item.text() == "6.6 ↑"
    hands.keys(sidebar.search, "verd")
    qtbot.waitUntil(lambda: len(session.patients) == 1, timeout=2000)
    hands.key(sidebar.list, Qt.Key.Key_Down)
    hands.key(sidebar.list, Qt.Key.Key_Return)
    assert session.record is not None
    assert session.record.patient.name == "Verdier, Tomás"


def test_that_archive_delete_and_duplicate_can_be_undone(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, store, _ = desk_of
    sidebar = Sidebar(session, theme)
    shown(qtbot, sidebar, 272, 800)
    sidebar.archive()
    assert store.record("p1").patient.archived
    session.undo()
    sidebar.delete(ask=False)
    assert session.record is None
    session.undo()
    assert store.record("p1").patient.deleted_on is None
    session.open_patient("p1")
    sidebar.duplicate()
    assert session.record is not None
    assert session.record.patient.sandbox
    assert session.record.patient.name == "Teaching case: Hashimoto"


def test_that_a_dialog_refuses_at_the_field_and_keeps_the_text(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, store, _ = desk_of
    dialog = FormDialog(session, theme, patient_form(session))
    shown(qtbot, dialog, 460, 400)
    body = dialog.body
    body.put({"name": "Okafor, Ngozi", "born": "03/04/1992", "height_cm": "16,8", "weight_kg": "64"})
    hands.click(dialog.save)
    born, height = body.fields["born"], body.fields["height_cm"]
    assert "two ways" in born.refusal
    assert "outside what is accepted" in height.refusal
    assert body.texts()["height_cm"] == "16,8"
    hands.click(born.note.links()[0])
    assert body.texts()["born"] == "1992-04-03"
    body.put({"height_cm": "168"})
    store.refuse = EnvironmentFailed("The disk is full: /x")
    hands.click(dialog.save)
    assert dialog.isVisible()
    assert "The disk is full" in body.failure.text()
    store.refuse = None
    hands.click(dialog.save)
    assert not dialog.isVisible()
    assert dialog.saved is not None
    assert dialog.saved.id in store.held
    session.undo()
    assert dialog.saved.id not in store.held


def test_that_the_loop_cuts_opens_and_walks(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, _, _ = desk_of
    view = LoopView(session, theme)
    shown(qtbot, view, 800, 700)
    view.diagram.setFocus()
    hands.key(view.diagram, Qt.Key.Key_Down)
    assert view.diagram.chosen == "trh"
    assert "TRH, whole" in view.diagram.accessibleName()
    hands.key(view.diagram, Qt.Key.Key_Down)
    assert view.diagram.chosen == "pituitary"
    hands.key(view.diagram, Qt.Key.Key_X)
    assert session.whatif.plan.parameters == {"pit": 0.01}
    view.cut("tsh")
    assert session.whatif.plan.parameters == {}
    box = view.diagram.box_of("thyroid")
    hands.click(view.diagram, box.center().toPoint())
    assert view.diagram.chosen == "thyroid"
    view.toggle("graves")
    assert any(state.lesion == "graves" for state in session.whatif.plan.lesions)
    assert "Thyroid" in view.diagram.accessibleName()


def test_that_the_phase_view_asks_for_its_locus_and_draws_it(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, _, courses = desk_of
    view = PhaseView(session, theme)
    shown(qtbot, view, 800, 700)
    assert courses.requests[-1].locus
    assert session.course is not None
    assert session.course.locus is not None
    assert np.allclose(view.canvas.locus.data[1], np.log10(np.maximum(session.course.locus.values["tsh"], 0.01)))
    view.hide()
    session.request_course()
    assert not courses.requests[-1].locus


def test_that_the_table_holds_the_same_numbers(qtbot: QtBot, theme: Theme, desk_of: Desk) -> None:
    session, _, _ = desk_of
    view = TableView(session, theme)
    shown(qtbot, view, 800, 600)
    assert view.model.rowCount() == 183
    assert view.model.data(view.model.index(182, 1)) == "6.2"
    view.table.selectRow(182)
    assert "6.2" in view.selection_text()


def test_that_everything_that_takes_focus_has_a_name_and_no_own_style(
    qtbot: QtBot, theme: Theme, desk_of: Desk
) -> None:
    session, _, _ = desk_of
    for make in (CoursesView, WhatIfPanel, Sidebar, LoopView, TableView, PhaseView):
        view = make(session, theme)
        shown(qtbot, view, 760, 800)
        assert not [type(w).__name__ for w in focusables(view) if not w.accessibleName()], make
        assert not [w for w in view.findChildren(QWidget) if w.styleSheet()]
        view.close()


def test_that_the_loop_leaves_the_columns_of_a_small_window_their_room(
    qtbot: QtBot, theme: Theme, desk_of: Desk
) -> None:
    session, _, _ = desk_of
    view = LoopView(session, theme)
    shown(qtbot, view)
    view.resize(722, 640)
    qtbot.waitUntil(lambda: view.cards.y() > view.diagram.y() + view.diagram.height() - 1, timeout=2000)
    assert view.minimumWidth() <= 722
    view.resize(1100, 720)
    qtbot.waitUntil(lambda: view.cards.x() > view.diagram.x() + view.diagram.width() - 1, timeout=2000)
    assert view.minimumWidth() <= 722
