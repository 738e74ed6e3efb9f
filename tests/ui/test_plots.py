"""The plots under the hand: keys, mouse, menus, and what is spoken of them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import pyqtgraph as pg
import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from endotune_desktop.clinic.scenario import LesionState
from endotune_desktop.clinic.units import UnitSystem
from endotune_desktop.ui.courses.courses_view import CoursesView
from endotune_desktop.ui.courses.marker_plot import MarkerPlot
from endotune_desktop.ui.loop.loop_view import LoopView
from endotune_desktop.ui.phase.phase_view import PhaseView
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.workbench.course_view import Horizon
from endotune_desktop.workbench.session import Session
from tests.ui import hands
from tests.ui.desk import desk
from tests.ui.test_views import drawn, shown

NONE, LEFT, MIDDLE = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


@pytest.fixture
def session() -> Session:
    """Return a session with Ingrid open and 125 ug under the slider."""
    found, _, _ = desk()
    order = found.whatif.plan.orders[0]
    found.whatif.commit(found.whatif.with_order(0, replace(order, dose=125.0)), "Levothyroxine 125")
    return found


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, session: Session) -> Iterator[CoursesView]:
    """Return the sheet, drawn."""
    found = CoursesView(session, theme)
    shown(qtbot, found)
    yield found
    found.close()


def drag(plot: MarkerPlot, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT) -> None:
    """Press, move in steps and release."""
    canvas = plot.canvas.viewport()
    QTest.mousePress(canvas, button, NONE, start)
    for share in (0.3, 0.6, 1.0):
        at = QPointF(start) + (QPointF(end) - QPointF(start)) * share
        move = QMouseEvent(
            QEvent.Type.MouseMove, at, QPointF(canvas.mapToGlobal(at.toPoint())), Qt.MouseButton.NoButton, button, NONE
        )
        QApplication.sendEvent(canvas, move)
    QTest.mouseRelease(canvas, button, NONE, end)


def double_click(plot: MarkerPlot, at: QPoint) -> None:
    """Click twice as a hand does: the second press is a double click, and is let go of as well."""
    viewport = plot.canvas.viewport()
    hands.click(viewport, at)
    there = QPointF(viewport.mapToGlobal(at))
    QApplication.sendEvent(viewport, QMouseEvent(QEvent.Type.MouseButtonDblClick, QPointF(at), there, LEFT, LEFT, NONE))
    hands.release(viewport, at)


def point(plot: MarkerPlot, at: QPoint) -> None:
    """Move the pointer with no button held."""
    none, there = Qt.MouseButton.NoButton, QPointF(plot.canvas.mapToGlobal(at))
    QApplication.sendEvent(
        plot.canvas.viewport(), QMouseEvent(QEvent.Type.MouseMove, QPointF(at), there, none, none, NONE)
    )


def wheel(plot: MarkerPlot, modifier: Qt.KeyboardModifier) -> None:
    """Turn the wheel a notch over the middle of a plot."""
    canvas = plot.canvas.viewport()
    middle = QPointF(plot.canvas.area().center())
    event = QWheelEvent(
        middle, QPointF(canvas.mapToGlobal(middle.toPoint())), QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton,
        modifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def gone(plot: MarkerPlot) -> bool:
    """Return whether Qt has let go of a plot."""
    return not shiboken6.isValid(plot)


def test_that_each_plot_takes_the_focus_and_says_what_it_shows(view: CoursesView) -> None:
    view.setFocus()
    assert view.plots[0].hasFocus()
    QTest.keyClick(view.plots[0], Qt.Key.Key_Tab)
    assert view.plots[1].hasFocus()
    drawn(view)
    name = view.plots[0].accessibleName()
    assert name.startswith("TSH plot, 25 August to 23 February, now ")
    assert ", what-if " in name
    assert name.endswith(" milli-units per litre at 23 Feb")


def test_that_a_click_gives_a_plot_the_focus_and_the_ring(view: CoursesView) -> None:
    plot = view.plots[2]
    hands.click(plot.canvas.viewport(), QPoint(300, 40))
    assert plot.hasFocus()
    assert view.focusProxy() is plot
    before = plot.canvas.grab().toImage()
    view.plots[0].setFocus()
    assert plot.canvas.grab().toImage() != before


def test_that_letters_act_on_the_plot_that_has_the_focus(view: CoursesView) -> None:
    first, second = view.plots[0], view.plots[1]
    second.setFocus()
    hands.key(second, Qt.Key.Key_L)
    drawn(view)
    assert second.scale.log
    assert first.scale.log is first.marker.log_scale
    span = view.stack.time.length_h
    hands.key(second, Qt.Key.Key_Plus)
    drawn(view)
    assert view.stack.time.length_h == pytest.approx(span / 1.25)
    hands.key(second, Qt.Key.Key_Minus)
    hands.key(second, Qt.Key.Key_Minus)
    assert view.stack.time.length_h == pytest.approx(span * 1.25)
    hands.key(second, Qt.Key.Key_R)
    drawn(view)
    assert view.stack.time.length_h == pytest.approx(span)


def test_that_arrows_step_by_days_on_long_horizons_and_by_hours_on_short_ones(
    view: CoursesView, session: Session
) -> None:
    plot = view.plots[0]
    assert session.course is not None
    hands.key(plot, Qt.Key.Key_Right)
    assert session.crosshair_h == pytest.approx(session.course.today_h + 24.0)
    session.set_horizon(Horizon.WEEK)
    drawn(view)
    hands.key(plot, Qt.Key.Key_Right)
    assert session.crosshair_h == pytest.approx(session.course.today_h + 1.0)


def test_that_control_and_arrows_go_to_the_next_result_or_dose(view: CoursesView, session: Session) -> None:
    plot, control = view.plots[0], Qt.KeyboardModifier.ControlModifier
    events = {mark.hour for mark in plot.canvas.labs.rows}
    assert session.course is not None
    events |= {dose.time_h for dose in session.course.doses_now}
    here = session.course.today_h
    hands.key(plot, Qt.Key.Key_Left, control)
    assert session.crosshair_h == pytest.approx(max(hour for hour in events if hour < here))
    hands.key(plot, Qt.Key.Key_Right, control)
    assert session.crosshair_h is not None
    assert session.crosshair_h > here


def test_that_p_pins_the_kept_scenario_and_frees_it(view: CoursesView, session: Session) -> None:
    session.kept.keep("125 µg")
    drawn(view)
    hands.key(view.plots[0], Qt.Key.Key_P)
    assert session.kept.pinned == "A"
    drawn(view)
    assert view.plots[0].canvas.pinned.data[0].size > 0
    assert [end.role for end in view.plots[0].canvas.ends] == ["text", "altB", "whatif"]
    hands.key(view.plots[0], Qt.Key.Key_P)
    assert session.kept.pinned == ""


def test_that_the_wheel_pans_with_shift_and_zooms_values_with_control(view: CoursesView) -> None:
    plot = view.plots[1]
    first, last = view.stack.time.span
    wheel(plot, Qt.KeyboardModifier.ShiftModifier)
    assert view.stack.time.length_h == pytest.approx(last - first)
    assert view.stack.time.span[0] < first
    low, high = plot.canvas.values
    wheel(plot, Qt.KeyboardModifier.ControlModifier)
    drawn(view)
    zoomed = plot.canvas.values
    assert zoomed[1] - zoomed[0] == pytest.approx((high - low) / 1.2)
    assert view.plots[0].zoomed_by_hand is False


def test_that_a_drag_draws_a_box_and_zooms_to_it(view: CoursesView) -> None:
    plot = view.plots[0]
    area, before = plot.canvas.area().toRect(), plot.canvas.mapping()
    start, end = area.topLeft() + QPoint(60, 20), area.topLeft() + QPoint(260, 60)
    drag(plot, start, end)
    drawn(view)
    assert view.stack.time.span == pytest.approx((before.hour(start.x()), before.hour(end.x())))
    assert plot.canvas.values == pytest.approx((before.place(end.y()), before.place(start.y())))
    double_click(plot, area.center())
    drawn(view)
    assert view.stack.time.span == pytest.approx((before.hour(area.left()), before.hour(area.right() + 1)), rel=0.01)
    assert not plot.zoomed_by_hand


def test_that_a_flat_box_zooms_time_alone(view: CoursesView) -> None:
    plot = view.plots[0]
    values, area = plot.canvas.values, plot.canvas.area().toRect()
    drag(plot, area.center(), area.center() + QPoint(120, 3))
    drawn(view)
    assert plot.canvas.values == values
    assert not plot.zoomed_by_hand


def test_that_the_middle_button_and_the_space_bar_pan(view: CoursesView) -> None:
    plot = view.plots[0]
    first, last = view.stack.time.span
    centre = plot.canvas.area().center().toPoint()
    drag(plot, centre, centre + QPoint(100, 0), MIDDLE)
    moved = view.stack.time.span
    assert moved[0] < first
    assert moved[1] - moved[0] == pytest.approx(last - first)
    plot.setFocus()
    QTest.keyPress(plot, Qt.Key.Key_Space)
    drag(plot, centre, centre - QPoint(100, 0))
    QTest.keyRelease(plot, Qt.Key.Key_Space)
    assert view.stack.time.span == pytest.approx((first, last))
    assert not plot.hand.space_held
    drag(plot, centre, centre + QPoint(100, 0))
    assert view.stack.time.length_h < last - first


def test_that_a_double_click_leaves_the_crosshair_as_it_was(view: CoursesView, session: Session) -> None:
    point(view.plots[0], QPoint(300, 40))
    double_click(view.plots[0], QPoint(300, 40))
    assert not view.crosshair.held


def test_that_every_plot_is_a_pyqtgraph_plot_that_shows_the_time_of_the_others(
    qtbot: QtBot, view: CoursesView, theme: Theme, session: Session
) -> None:
    for plot in view.plots:
        assert isinstance(plot.canvas, pg.PlotWidget)
        assert isinstance(plot.canvas.getPlotItem(), pg.PlotItem)
        assert isinstance(plot.canvas.getPlotItem().getAxis("left"), pg.AxisItem)
        assert all(isinstance(layer, pg.GraphicsObject) for layer in plot.canvas.getPlotItem().items)
    boxes = [plot.canvas.getPlotItem().getViewBox() for plot in view.plots]
    before = boxes[0].viewRange()[1]
    boxes[1].setXRange(100.0, 400.0, padding=0)
    assert all(box.viewRange()[0] == pytest.approx([100.0, 400.0]) for box in boxes)
    assert view.stack.time.span == pytest.approx((100.0, 400.0))
    boxes[2].setXRange(100.0, 100.25, padding=0)
    assert all(box.viewRange()[0] == list(view.stack.time.span) for box in boxes)
    assert view.stack.time.length_h == pytest.approx(1.0)
    assert boxes[0].viewRange()[1] == before
    phase = PhaseView(session, theme)
    shown(qtbot, phase, 800, 700)
    assert isinstance(phase.canvas, pg.PlotWidget)
    assert isinstance(phase.canvas.getPlotItem().getAxis("bottom"), pg.AxisItem)


def test_that_numbers_beside_a_plot_follow_its_view_box(view: CoursesView) -> None:
    canvas = view.plots[1].canvas
    low, high = canvas.values
    before = canvas.ticks
    canvas.box.setYRange(low, low + (high - low) / 8.0, padding=0)
    assert canvas.values == pytest.approx((low, low + (high - low) / 8.0))
    assert canvas.ticks != before
    assert all(canvas.values[0] <= tick.place <= canvas.values[1] for tick in canvas.ticks)


def test_that_a_plot_that_is_taken_away_leaves_the_others_working(qtbot: QtBot, view: CoursesView) -> None:
    for _ in range(3):
        view.show_marker("tt4", True)
        drawn(view)
        taken = view.plots[-1]
        view.show_marker("tt4", False)
        drawn(view)
        qtbot.waitUntil(partial(gone, taken), timeout=2000)
        gc.collect()
    wheel(view.plots[0], NONE)
    assert view.plots[1].canvas.box.viewRange()[0] == list(view.stack.time.span)


def test_that_the_header_says_what_the_laboratory_wrote(view: CoursesView) -> None:
    plot = view.plots[0]
    mapping, mark = plot.canvas.mapping(), plot.canvas.labs.rows[0]
    at = QPoint(round(mapping.x(mark.hour)), round(mapping.y(mark.place)))
    point(plot, at)
    assert plot.header.note.startswith("entered 6.6\u00a0mIU/L · City lab · 16 Nov 2026 07:10")
    assert any(words.startswith("entered") for words in plot.header.shown_words())
    point(plot, at + QPoint(60, 40))
    assert plot.header.note == ""
    heard: list[str] = []
    view.lab_activated.connect(heard.append)
    hands.click(plot.canvas.viewport(), at)
    assert heard == ["tsh-2026-11-16"]


def test_that_the_header_says_when_in_the_day_the_values_are(view: CoursesView, session: Session) -> None:
    view.resize(1100, 700)
    drawn(view)
    assert any("before the morning tablet" in words for words in view.plots[0].header.shown_words())
    session.set_horizon(Horizon.WEEK)
    drawn(view)
    assert not any("tablet" in words for words in view.plots[0].header.shown_words())


@pytest.mark.parametrize("width", [300, 480, 724, 1236])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_that_a_header_never_drops_name_and_unit(view: CoursesView, theme: Theme, width: int, scale: float) -> None:
    theme.set_scale(scale)
    view.resize(round(width * scale), 900)
    drawn(view)
    for plot in view.plots:
        words = plot.header.shown_words()
        assert plot.marker.title in words
        assert plot.header.unit in words
        assert not plot.header.grab().isNull()


def test_that_the_menu_key_opens_the_menu_and_it_copies_with_units(
    view: CoursesView, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QPoint] = []
    menu = view.context_menu()

    class Opened:
        """Stands for the menu, which would wait for a hand."""

        def exec(self, at: QPoint) -> None:
            opened.append(at)

        def deleteLater(self) -> None:
            pass

    monkeypatch.setattr(view, "context_menu", Opened)
    plot = view.plots[1]
    plot.setFocus()
    QApplication.sendEvent(plot, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5)))
    assert opened == [QPoint(5, 5)]
    assert {"Copy values", "Copy picture", "TSH: logarithmic", "Reset range"} <= {a.text() for a in menu.actions()}
    menu.actions()[0].trigger()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0].split("\t")[:3] == ["date", "TSH now mIU/L", "TSH what-if mIU/L"]
    assert len({line.count("\t") for line in copied}) == 1
    menu.deleteLater()


def test_that_a_marker_that_is_no_target_is_hatched_and_says_why(view: CoursesView, session: Session) -> None:
    plot, whatif = view.plots[0], session.whatif
    plain = plot.canvas.grab().toImage()
    whatif.commit(whatif.with_lesion(LesionState("central_hypothyroidism", 0.8)), "Central")
    drawn(view)
    assert plot.canvas._why_not.startswith("Not a target: TSH is low, normal or slightly high")
    assert "Instead: FT4 upper half" in plot.accessibleDescription()
    assert plot.canvas._hatched
    assert view.plots[1].canvas._hatched == ()
    assert any("shown, not aimed at" in words for words in plot.header.shown_words())
    assert plot.canvas.grab().toImage() != plain
    assert not any("not aimed at" in words for words in view.plots[1].header.shown_words())
    session.undo()
    drawn(view)
    assert plot.canvas._hatched == ()
    assert plot.canvas._why_not.startswith("Informative, not yet a target until day 42 (5 Jan 2027)")
    assert plot.canvas.grab().toImage() == plain


def test_that_flags_stand_beside_each_other(view: CoursesView, session: Session) -> None:
    assert session.course is not None
    for days in (-3.0, 0.5, 4.0, 60.0):
        session.set_crosshair(session.course.today_h + 24.0 * days)
        drawn(view)
        (today, _, _), (crosshair, _, _) = view.flags.boxes()
        assert not today.intersects(crosshair), days


def test_that_doses_stay_under_the_plots_when_these_scroll(qtbot: QtBot, view: CoursesView, theme: Theme) -> None:
    theme.set_scale(2.0)
    view.resize(900, 640)
    qtbot.waitUntil(lambda: view.stack.bar_px > 0 and view.strip.margin_px == view.stack.bar_px, timeout=2000)


def test_that_a_finer_answer_with_the_same_curves_draws_nothing_again(view: CoursesView, session: Session) -> None:
    drawn(view)
    course = session.course
    assert course is not None
    session._course_arrived(replace(course, elapsed_ms=9.0))
    assert not any(view._relay.waits(plot) for plot in view.plots)
    session._course_arrived(replace(course, whatif=course.now))
    assert all(view._relay.waits(plot) for plot in view.plots)


def test_that_the_next_patient_never_shows_the_last_ones_curves(view: CoursesView, session: Session) -> None:
    session._courses.hold = True  # type: ignore[attr-defined]
    session.open_patient("x2")
    for plot in view.plots:
        assert all(line.data[0].size == 0 for line in plot.canvas.lines)
        assert not plot.canvas.labs.rows
        assert not plot.canvas.ends
        assert not plot.header.readout


def test_that_the_phase_plot_has_days_doses_results_and_ends_in_both_unit_systems(
    qtbot: QtBot, theme: Theme, session: Session
) -> None:
    view = PhaseView(session, theme)
    shown(qtbot, view, 800, 700)
    picture = view.canvas._picture
    assert picture is not None
    assert [words for _, words in picture.marks][:2] == ["Sep", "Oct"]
    assert len(picture.labs) == 3
    assert picture.doses[0][1] == "0\u00a0µg" or picture.doses[0][1] == "0 µg"
    assert [words for _, words, _ in view.canvas.ends] == ["now: 100\u00a0µg", "what-if: 125\u00a0µg"]
    assert "Free T4 16" in view.accessibleName()
    assert "picomoles per litre" in view.accessibleName()
    before = view.canvas.spans[0]
    session.set_unit_system(UnitSystem.CONVENTIONAL)
    assert view.canvas.spans[0] == pytest.approx(np.array(before) / 12.872, rel=1e-6)
    assert "nanograms per decilitre" in view.accessibleName()
    hands.key(view, Qt.Key.Key_Right)
    assert session.crosshair_h is not None
    assert len(view.canvas.rings) == 2
    assert not view.canvas.grab().isNull()


def test_that_the_loop_shows_the_moment_of_the_crosshair_beside_the_settled_state(
    qtbot: QtBot, theme: Theme, session: Session
) -> None:
    view = LoopView(session, theme)
    shown(qtbot, view, 900, 700)
    course = session.course
    assert course is not None
    assert view.values.values("tsh") == (course.settled["now"]["tsh"], course.settled["whatif"]["tsh"])
    hour = course.today_h + 10 * 24.0
    session.set_crosshair(hour)
    hands.key(view.moment, Qt.Key.Key_Right)
    assert course.whatif is not None
    assert view.values.values("tsh") == pytest.approx((course.now.at("tsh", hour), course.whatif.at("tsh", hour)))
    assert "4 Dec" in view.moment.accessibleName()
    session.set_crosshair(course.today_h - 48.0)
    assert np.isnan(view.values.values("tsh")[1])


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_that_the_cards_of_the_loop_are_never_wider_than_what_is_seen(
    qtbot: QtBot, theme: Theme, session: Session, scale: float
) -> None:
    view = LoopView(session, theme)
    theme.set_scale(scale)
    for width in (724, 800, 1100):
        shown(qtbot, view, width, 700)
        assert view.cards.width() <= view.area.viewport().width() - theme.px(12)
    theme.set_scale(1.0)


def test_that_an_arrow_of_the_loop_is_clicked_cut_and_mended(qtbot: QtBot, theme: Theme, session: Session) -> None:
    view = LoopView(session, theme)
    shown(qtbot, view, 900, 700)
    hands.click(view.diagram, view.diagram.place_of("tsh").toPoint())
    assert view.diagram.chosen == "tsh"
    hands.key(view.diagram, Qt.Key.Key_X)
    assert session.whatif.plan.parameters == {"pit": 0.01}
    assert "TSH, cut" in view.diagram.accessibleName()
    hands.key(view.diagram, Qt.Key.Key_X)
    assert session.whatif.plan.parameters == {}
    hands.click(view.diagram, view.diagram.place_of("t3_feedback").toPoint())
    hands.key(view.diagram, Qt.Key.Key_X)
    assert session.whatif.plan.parameters == {}
    session.undo()
    assert session.whatif.plan.parameters == {"pit": 0.01}


def test_that_keys_reach_every_gland_and_arrow_of_the_loop(qtbot: QtBot, theme: Theme, session: Session) -> None:
    view = LoopView(session, theme)
    shown(qtbot, view, 900, 700)
    wanted = {gland.id for gland in session.axis.glands} | {arrow.id for arrow in session.axis.arrows}
    reached, waiting = {view.diagram.chosen}, [view.diagram.chosen]
    while waiting:
        start = waiting.pop()
        for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            view.diagram.choose(start)
            hands.key(view.diagram, key)
            if view.diagram.chosen not in reached:
                reached.add(view.diagram.chosen)
                waiting.append(view.diagram.chosen)
    assert reached == wanted


@pytest.mark.parametrize("size", [(640, 560), (900, 700), (1300, 900)])
def test_that_large_text_leaves_the_loop_room_by_scrolling(
    qtbot: QtBot, theme: Theme, session: Session, size: tuple[int, int]
) -> None:
    theme.set_scale(2.0)
    view = LoopView(session, theme)
    shown(qtbot, view, *size)
    assert view.diagram.height() >= view.diagram.minimumHeight()
    # They have different parents: both are compared where they lie in the view.
    diagram, card = (QRect(part.mapTo(view, QPoint(0, 0)), part.size()) for part in (view.diagram, view.card))
    assert not diagram.intersects(card)
    boxes = [view.diagram.box_of(gland.id) for gland in session.axis.glands]
    assert all(not a.intersects(b) for a in boxes for b in boxes if a is not b)
