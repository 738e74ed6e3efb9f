"""Real regimens on the what-if panel: several doses a day, days of a week, missed days, markets; by mouse and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import PatientRecord, Record
from endotune_desktop.store import Store
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.whatif.adopt_dialog import AdoptDialog
from endotune_desktop.ui.whatif.agent_card import AgentCard
from endotune_desktop.ui.whatif.panel import WhatIfPanel
from endotune_desktop.workbench.regimens import AgentRegimen
from endotune_desktop.workbench.session import Session
from tests.ui import hands
from tests.ui.desk import TODAY, DrawnCourses, InlineStore, desk, ingrid
from tests.ui.test_theme import focusables

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
DAY = AgentRegimen("liothyronine", "oral", "ug", ("07:00", "12:00", "17:00"), ((10.0, 5.0, 5.0),))
WEEK = AgentRegimen(
    "levothyroxine", "oral", "ug", ("07:30",), tuple((125.0 if day in (4, 5) else 100.0,) for day in range(7))
)

Made = Callable[..., tuple[Session, WhatIfPanel, AgentCard]]


@pytest.fixture
def made(qtbot: QtBot, theme: Theme) -> Iterator[Made]:
    """Return a maker of a panel with one card of a regimen, or of the record."""
    panels: list[WhatIfPanel] = []

    def make(regimen: AgentRegimen | None = None, width: int = 348) -> tuple[Session, WhatIfPanel, AgentCard]:
        session, _, _ = desk()
        if regimen is not None:
            session.whatif.show(replace(session.whatif.plan, orders=regimen.orders()))
        panel = WhatIfPanel(session, theme)
        qtbot.addWidget(panel)
        panel.resize(width, 900)
        panel.show()
        QApplication.processEvents()
        panels.append(panel)
        return session, panel, panel.cards[0]

    yield make
    for panel in panels:
        panel.close()


def given(session: Session) -> AgentRegimen:
    """Return the only regimen of the plan."""
    (regimen,) = session.whatif.regimens
    return regimen


def at(card: AgentCard, minutes: int) -> QPoint:
    """Return a time of day on the strip."""
    return QPoint(round(card.strip.x_of(minutes)), card.strip.height() // 3)


def drag(widget: QWidget, start: QPoint, *path: QPoint, held: Qt.KeyboardModifier = hands.NONE) -> None:
    """Press, move and release with keys held."""
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    steps = [(QEvent.Type.MouseButtonPress, start, left, left)]
    steps += [(QEvent.Type.MouseMove, point, none, left) for point in path]
    steps += [(QEvent.Type.MouseButtonRelease, path[-1], left, none)]
    for kind, point, cause, buttons in steps:
        where = QPointF(point)
        QApplication.sendEvent(
            widget, QMouseEvent(kind, where, QPointF(widget.mapToGlobal(point)), cause, buttons, held)
        )


# ---- several doses a day -------------------------------------------------------------------------------------------
def test_that_unequal_doses_have_a_strip_and_a_row_each(made: Made) -> None:
    _, _, card = made(DAY)
    assert card.strip.isVisible()
    assert not card.slider.isVisible()
    assert card.hero.text().replace("\u00a0", " ") == "20 µg a day"
    assert [field.text for field in card.rows.clocks] == ["07:00", "12:00", "17:00"]
    assert [card.rows.buttons(row)[1].text().replace("\u00a0", " ") for row in range(3)] == ["10 µg", "5 µg", "5 µg"]
    assert card.strip.accessibleName() == "Liothyronine times, dose 1 of 3, 07:00, 10 micrograms"
    assert card.first is card.strip


def test_that_a_thumb_moves_its_clock_in_quarters_and_is_one_step_to_undo(made: Made) -> None:
    session, _, card = made(DAY)
    fields, asked = card.rows.clocks, session.request_number
    drag(card.strip, at(card, 720), at(card, 700), at(card, 662), at(card, 661))
    assert given(session).clocks == ("07:00", "11:00", "17:00")
    assert session.request_number == asked + 3
    assert "at 07:00 11:00 17:00" in session.undo_words
    assert card.rows.clocks[1] is fields[1]
    session.undo()
    assert given(session) == DAY
    assert [field.text for field in card.rows.clocks] == ["07:00", "12:00", "17:00"]


def test_that_ctrl_moves_all_thumbs_and_a_thumb_may_pass_another(made: Made) -> None:
    session, _, card = made(DAY)
    drag(card.strip, at(card, 420), at(card, 360), held=CONTROL)
    assert given(session).clocks == ("06:00", "11:00", "16:00")
    drag(card.strip, at(card, 360), at(card, 500), at(card, 660), at(card, 780))
    assert given(session).clocks == ("11:00", "13:00", "16:00")
    assert given(session).rows == ((5.0, 10.0, 5.0),)
    assert card.strip.current == 1


def test_that_two_doses_never_fall_on_one_time(made: Made) -> None:
    session, _, card = made(DAY)
    drag(card.strip, at(card, 420), at(card, 720))
    assert given(session) == DAY
    assert session.undo_words == ""
    hands.click(card.strip, at(card, 720))
    for _ in range(20):
        hands.key(card.strip, Qt.Key.Key_Right)
    assert given(session).clocks == ("07:00", "17:00", "17:15")


def test_that_alt_keeps_the_day_s_total_by_mouse_key_and_step(made: Made) -> None:
    session, _, card = made(DAY)
    up = QPoint(0, -(2 * 14))
    drag(card.strip, at(card, 420), at(card, 420) + up / 2, at(card, 420) + up, held=ALT)
    assert given(session).rows == ((15.0, 0.0, 5.0),)
    session.undo()
    assert given(session) == DAY
    hands.key(card.strip, Qt.Key.Key_Down, ALT)
    assert given(session).rows == ((7.5, 7.5, 5.0),)
    QTest.mouseClick(card.rows.buttons(2)[2], Qt.MouseButton.LeftButton, ALT)
    assert sum(given(session).rows[0]) == 20.0
    assert given(session).rows[0][2] == 7.5


def test_that_keys_walk_thumbs_move_step_and_remove(made: Made) -> None:
    session, _, card = made(DAY)
    card.strip.setFocus()
    hands.key(card.strip, Qt.Key.Key_Tab)
    assert card.strip.current == 1
    hands.key(card.strip, Qt.Key.Key_Left)
    assert given(session).clocks[1] == "11:45"
    hands.key(card.strip, Qt.Key.Key_Right, CONTROL)
    assert given(session).clocks == ("07:15", "12:00", "17:15")
    hands.key(card.strip, Qt.Key.Key_Up)
    assert given(session).rows == ((10.0, 10.0, 5.0),)
    hands.key(card.strip, Qt.Key.Key_Down, SHIFT)
    assert given(session).rows[0][1] == 7.5
    hands.key(card.strip, Qt.Key.Key_Delete)
    assert given(session).clocks == ("07:15", "17:15")
    assert len(card.rows.clocks) == 2


def test_that_esc_during_a_drag_returns(made: Made) -> None:
    session, _, card = made(DAY)
    hands.press(card.strip, at(card, 420))
    hands.move(card.strip, at(card, 600))
    assert given(session).clocks[0] == "10:00"
    hands.key(card.strip, Qt.Key.Key_Escape)
    hands.release(card.strip, at(card, 600))
    assert given(session) == DAY
    assert session.undo_words == ""
    assert card.rows.clocks[0].text == "07:00"


def test_that_a_second_dose_turns_the_slider_into_a_strip_and_back(made: Made) -> None:
    session, _, card = made()
    hands.click(card.rows.add)
    assert given(session).clocks == ("07:30", "19:00")
    assert given(session).rows == ((100.0, 100.0),)
    assert card.strip.isVisible()
    hands.click(card.rows.buttons(1)[0])
    assert given(session).rows == ((100.0, 88.0),)
    hands.click(card.rows.buttons(0)[1])
    assert card.typed.isVisible()
    hands.keys(card.typed.line, "112,5")
    hands.key(card.typed.line, Qt.Key.Key_Return)
    assert given(session).rows == ((112.5, 88.0),)
    hands.click(card.rows.remove)
    assert len(given(session).clocks) == 1
    assert card.slider.isVisible()


@pytest.mark.parametrize(("typed", "sentence"), [("12:00", "is there already"), ("25:00", "is no clock time")])
def test_that_a_bad_clock_is_refused_at_the_field_and_stays_typed(made: Made, typed: str, sentence: str) -> None:
    session, _, card = made(DAY)
    field = card.rows.clocks[0]
    field.line.setText(typed)
    field.line.editingFinished.emit()
    assert sentence in field.refusal
    assert field.text == typed
    hands.click(card.rows.buttons(1)[2])
    assert field.text == typed
    assert given(session).rows == ((10.0, 10.0, 5.0),)
    field.line.setText("6.30")
    field.line.editingFinished.emit()
    assert given(session).clocks[0] == "06:30"


# ---- days of a cycle -----------------------------------------------------------------------------------------------
def test_that_a_weekly_plan_follows_the_slider_on_the_chosen_days(made: Made) -> None:
    session, _, card = made()
    card.often._choose(4)
    assert card.days.isVisible()
    assert session.undo_words == ""
    middle = round(card.days.height() / 2)
    saturday, sunday = (QPoint(round(card.days.cell_box(cell).center().x()), middle) for cell in (5, 6))
    hands.click(card.days, saturday)
    QTest.mouseClick(card.days, Qt.MouseButton.LeftButton, SHIFT, sunday)
    y = card.slider.height() // 3
    hands.press(card.slider, QPoint(round(card.slider._x(112.0)), y))
    hands.move(card.slider, QPoint(round(card.slider._x(125.0)), y))
    hands.release(card.slider, QPoint(round(card.slider._x(125.0)), y))
    assert given(session).over(7).rows == WEEK.rows
    assert session.undo_words == "Levothyroxine 100\u00a0µg Mon–Fri, 125\u00a0µg Sat Sun"
    assert card.hero.text().replace("\u00a0", " ") == "107.1 µg a day"
    assert "750\u00a0µg a week" in card._more_words.text()
    session.undo()
    assert not session.whatif.differs


def test_that_a_drag_through_equal_days_keeps_the_week(made: Made) -> None:
    session, _, card = made(WEEK)
    card.days.choose(frozenset({5, 6}))
    y = card.slider.height() // 3
    hands.press(card.slider, QPoint(round(card.slider._x(112.0)), y))
    for amount in (100.0, 0.0, 88.0):
        hands.move(card.slider, QPoint(round(card.slider._x(amount)), y))
        assert card.days.isVisible()
    hands.release(card.slider, QPoint(round(card.slider._x(88.0)), y))
    assert sorted(row[0] for row in given(session).rows) == [88.0, 88.0, *[100.0] * 5]


def test_that_alike_days_stay_side_by_side_until_the_plan_comes_from_elsewhere(made: Made) -> None:
    session, _, card = made()
    card.often._choose(4)
    hands.key(card.slider, Qt.Key.Key_Right)
    assert card.days.isVisible()
    assert given(session).rows == ((112.0,),)
    session.whatif.commit(session.whatif.with_adherence(0.9), "Doses taken")
    session.undo()
    session.whatif.reset("Reset")
    assert not card.days.isVisible()
    assert card.often.index == 0


def test_that_days_walk_step_and_empty_by_key(made: Made) -> None:
    session, _, card = made(WEEK)
    hands.key(card.days, Qt.Key.Key_End)
    assert card.days.days == frozenset({6})
    hands.key(card.days, Qt.Key.Key_Up)
    assert card.days.accessibleName() == "Levothyroxine by day, Sun 137, chosen Sun"
    hands.key(card.days, Qt.Key.Key_Left, SHIFT)
    assert card.days.days == frozenset({5, 6})
    hands.key(card.days, Qt.Key.Key_Delete)
    assert given(session).mean_a_day == pytest.approx(500.0 / 7.0)
    hands.key(card.days, Qt.Key.Key_A, CONTROL)
    assert card.days.days == frozenset(range(7))
    below = QPoint(round(card.days.cell_box(0).center().x()), card.days.height() - 6)
    card.days.choose(frozenset({0}))
    hands.click(card.days, below)
    assert given(session).rows[6] == (88.0,)


def test_that_the_weekdays_are_those_of_the_start_day_and_stay_when_it_moves(made: Made) -> None:
    session, _, card = made(WEEK)
    saturday = 4
    assert (TODAY.date() + timedelta(days=saturday)).weekday() == 5
    card.span.start.line.setText("26 Nov 2026")
    card.span.start.line.editingFinished.emit()
    moved = given(session)
    assert moved.start_day == 2
    assert moved.rows[moved.row_on(saturday)] == (125.0,)
    assert "from 26 Nov 2026" in session.undo_words


def test_that_frequencies_change_and_alternate_days_may_differ(made: Made) -> None:
    session, _, card = made()
    card.often._choose(1)
    assert given(session).rows == ((100.0,), (0.0,))
    hands.key(card.days, Qt.Key.Key_Right)
    hands.key(card.days, Qt.Key.Key_Up)
    assert given(session).rows == ((100.0,), (25.0,))
    card.often._choose(3)
    assert given(session).once_a_cycle
    assert given(session).cycle_days == 7
    card.often._choose(0)
    assert not session.whatif.differs


def test_that_a_weekly_dose_spreads_over_a_plan(made: Made) -> None:
    session, _, card = made(replace(WEEK, rows=((700.0,), *((0.0,),) * 6)))
    card.often._choose(4)
    assert given(session).rows == ((100.0,),)
    assert card.regimen.rows == ((100.0,),) * 7


# ---- missed days ---------------------------------------------------------------------------------------------------
def test_that_typed_missed_days_are_the_very_days(made: Made) -> None:
    session, _, card = made()
    field = card.span.missed
    field.line.setText("3, 5, 10-12")
    field.line.editingFinished.emit()
    assert given(session).missed_days == (9, 11, 16, 17, 18)
    assert field.text == "5 missed: 3 Dec, 5 Dec, 10–12 Dec"
    assert session.undo_words == "Levothyroxine 5 missed: 3 Dec, 5 Dec, 10–12 Dec"
    field.line.setText("soon")
    field.line.editingFinished.emit()
    assert "'soon' is no day. Accepted: 3, 5, 10-12, or 3 Dec" in field.refusal
    assert field.text == "soon"
    field.line.setText("")
    field.line.editingFinished.emit()
    assert given(session).missed_days == ()


def test_that_days_on_which_nothing_is_due_are_refused(made: Made) -> None:
    session, _, card = made(WEEK.only_first_day(2))
    field = card.span.missed
    field.line.setText("25 Nov")
    field.line.editingFinished.emit()
    assert "Nothing is due on 25 Nov 2026" in field.refusal
    field.line.setText("24 Nov - 30 Nov")
    field.line.editingFinished.emit()
    assert given(session).missed_days == (0, 2, 4, 6)


def test_that_the_calendar_picks_by_mouse_and_keys_as_one_step(made: Made) -> None:
    session, _, card = made()
    picker = card.span.open_picker()
    QApplication.processEvents()
    grid = picker.grid
    hands.key(grid, Qt.Key.Key_Down)
    hands.key(grid, Qt.Key.Key_Space)
    assert given(session).missed_days == (7,)
    assert picker.month.text() == "December 2026"
    assert card.span.missed.text == "1 missed: 1 Dec"
    hands.click(grid, grid.day_box(date(2026, 12, 5)).center().toPoint())
    assert given(session).missed_days == (7, 11)
    assert "5 December 2026, missed, 2 missed" in grid.accessibleName()
    hands.key(grid, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert session.undo_words == "Levothyroxine 2 missed: 1 Dec, 5 Dec"
    session.undo()
    assert not session.whatif.differs
    assert session.undo_words == ""


def test_that_esc_in_the_calendar_takes_back(made: Made) -> None:
    session, _, card = made()
    picker = card.span.open_picker()
    hands.key(picker.grid, Qt.Key.Key_Space)
    assert session.whatif.differs
    hands.key(picker.grid, Qt.Key.Key_PageUp)
    hands.key(picker.grid, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert card.span.missed.text == ""
    assert not session.whatif.differs
    assert session.undo_words == ""


# ---- markets and bad input -----------------------------------------------------------------------------------------
def test_that_the_slider_steps_through_the_market_and_marks_what_it_lacks(made: Made) -> None:
    session, _, card = made(replace(WEEK, rows=((137.0,),)))
    assert 137.0 in card.slider.stops
    session.set_market("UK")
    assert 112.5 in card.slider.stops
    assert 112.0 not in card.slider.stops
    assert card.slider._strange == frozenset({137.0})
    assert card._pieces.text() == "no tablet in the UK"
    hands.key(card.slider, Qt.Key.Key_Left)
    assert given(session).rows == ((125.0,),)
    assert card._pieces.text().replace("\u00a0", " ") == "1 × 100 + 1 × 25 µg"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-25", "0 to 2500"),
        ("9000", "0 to 2500"),
        ("110", "has no tablet in the EU. Accepted: 112"),
        ("1,000", "can be read two ways"),
        ("many", "is no number"),
    ],
)
def test_that_a_bad_dose_is_refused_at_the_field(made: Made, typed: str, sentence: str) -> None:
    session, _, card = made()
    hands.key(card.slider, Qt.Key.Key_Return)
    hands.keys(card.typed.line, typed)
    hands.key(card.typed.line, Qt.Key.Key_Return)
    assert sentence in card.typed.refusal.replace("\u00a0", " ")
    assert card.typed.text == typed
    assert not session.whatif.differs


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("start", "1 Nov 2026", "1 Nov 2026 is past. Accepted: today or later."),
        ("start", "2031-01-01", "over two years"),
        ("start", "tomorrow", "is no day"),
        ("stop", "24 Nov 2026", "stops before it starts"),
        ("stop", "03/04/2027", "two ways"),
    ],
)
def test_that_a_bad_day_is_refused_at_the_field(made: Made, field: str, typed: str, sentence: str) -> None:
    session, _, card = made()
    entry = getattr(card.span, field)
    entry.line.setText(typed)
    entry.line.editingFinished.emit()
    assert sentence in entry.refusal
    hands.key(card.slider, Qt.Key.Key_Right)
    assert entry.text == typed
    assert given(session).start_day == 0


def test_that_a_typed_dose_that_is_left_alone_or_escaped_changes_nothing(made: Made) -> None:
    session, _, card = made(WEEK)
    card.days.choose(frozenset(range(7)))
    hands.key(card.days, Qt.Key.Key_Return)
    assert card.typed.isVisible()
    hands.key(card.typed.line, Qt.Key.Key_Return)
    assert not card.typed.isVisible()
    assert given(session) == WEEK
    hands.key(card.slider, Qt.Key.Key_Return)
    hands.keys(card.typed.line, "88")
    hands.key(card.typed.line, Qt.Key.Key_Escape)
    assert not card.typed.isVisible()
    assert given(session) == WEEK
    assert session.undo_words == ""


def test_that_the_slider_says_dose_frequency_and_record(made: Made) -> None:
    _, _, card = made()
    hands.key(card.slider, Qt.Key.Key_Right)
    assert card.slider.accessibleName() == "Levothyroxine dose, slider, 112 micrograms daily, record 100"


@pytest.mark.parametrize(
    "regimen", [None, DAY, WEEK, DAY.over(2), replace(DAY, rows=((10.0, 5.0, 5.0), (5.0, 5.0, 5.0)))]
)
def test_that_everything_on_a_card_has_a_name_and_fits(made: Made, regimen: AgentRegimen | None) -> None:
    _, panel, card = made(regimen, 320)
    assert not [type(widget).__name__ for widget in focusables(panel) if not widget.accessibleName()]
    assert card.minimumSizeHint().width() <= panel.area.viewport().width()


# ---- live ----------------------------------------------------------------------------------------------------------
def test_that_a_drag_lays_nothing_out_anew(made: Made) -> None:
    _, _, card = made(WEEK)
    before = card.findChildren(QWidget)
    y = card.slider.height() // 3
    hands.press(card.slider, QPoint(round(card.slider._x(112.0)), y))
    for amount in (125.0, 137.0, 150.0):
        hands.move(card.slider, QPoint(round(card.slider._x(amount)), y))
    assert card.findChildren(QWidget) == before
    hands.release(card.slider, QPoint(round(card.slider._x(150.0)), y))
    assert card.findChildren(QWidget) == before


# ---- the record ----------------------------------------------------------------------------------------------------
def _written(store: Store, record: PatientRecord) -> None:
    rows: list[Record] = [record.patient, *record.labs, *record.medication, *record.profiles]
    store.apply(Edit("Add", tuple(RecordChange(None, row) for row in rows)))


def _opened(path: Path) -> tuple[Session, Store]:
    store = Store.open(path)
    session = Session(cast(Any, InlineStore(cast(Any, store))), DrawnCourses(), lambda: TODAY)
    return session, store


@pytest.mark.parametrize(
    ("regimen", "orders", "words"),
    [
        (WEEK, 7, "Levothyroxine 100 µg Mon–Fri, 125 µg Sat Sun, 07:30"),
        (DAY, 2, "Liothyronine 10 + 5 + 5 µg daily, 07:00 12:00 17:00"),
        (replace(WEEK, rows=((100.0,), (125.0,)), missed_days=(2, 3)), 2,
         "Levothyroxine 100 µg, 125 µg in turn, 07:30"),
        (replace(WEEK, rows=WEEK.rows[1:] + WEEK.rows[:1], start_day=1, stop_day=40), 7,
         "Levothyroxine 100 µg Mon–Fri, 125 µg Sat Sun, 07:30"),
    ],
)  # fmt: skip
def test_that_an_adopted_card_is_found_again_in_the_store(
    qtbot: QtBot, theme: Theme, tmp_path: Path, regimen: AgentRegimen, orders: int, words: str
) -> None:
    session, store = _opened(tmp_path / "patients.endotune")
    _written(store, ingrid())
    session.open_patient("p1")
    session.whatif.commit(replace(session.whatif.plan, orders=regimen.orders()), "plan")
    dialog = AdoptDialog(session, theme)
    qtbot.addWidget(dialog)
    assert words in dialog.words.text().replace("\u00a0", " ")
    assert "Stops: Levothyroxine" in dialog.words.text()
    session.kept.adopt(TODAY.date())
    assert not session.whatif.differs
    store.close()
    again, store = _opened(tmp_path / "patients.endotune")
    again.open_patient("p1")
    assert again.record is not None
    assert sum(medication.planned for medication in again.record.medication) == orders
    panel = WhatIfPanel(again, theme)
    qtbot.addWidget(panel)
    (card,) = panel.cards
    assert card.regimen == regimen
    assert not again.whatif.differs
    again.whatif.commit(again.whatif.with_regimen(0, card.regimen.with_amount([0], 0, 50.0)), "50")
    again.whatif.commit(again.whatif.with_regimen(0, regimen), "back")
    assert not again.whatif.differs
    panel.close()
    store.close()


def test_that_a_plan_adopted_for_later_keeps_its_weekdays_and_shows_both_courses(tmp_path: Path) -> None:
    session, store = _opened(tmp_path / "patients.endotune")
    _written(store, ingrid())
    session.open_patient("p1")
    session.whatif.commit(replace(session.whatif.plan, orders=WEEK.orders()), "plan")
    thursday = date(2026, 12, 3)
    session.kept.adopt(thursday)
    assert not session.whatif.differs
    now, later = session.whatif.regimens
    assert (now.rows, now.stop_day) == (((100.0,),), 9)
    assert later.start_day == 9
    for day in range(9, 23):
        weekend = (TODAY.date() + timedelta(days=day)).weekday() >= 5
        assert later.rows[later.row_on(day)] == (125.0 if weekend else 100.0,)
    session.undo()
    assert [regimen.rows for regimen in session.whatif.regimens] == [((100.0,),)]
    store.close()
