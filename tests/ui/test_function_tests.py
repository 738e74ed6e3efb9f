"""The window of the function tests: one click, keys, reading, own cut-offs, another axis."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from endotune_desktop.clinic.units import UnitSystem
from endotune_desktop.ui.function_tests.dialog import FunctionTestDialog
from endotune_desktop.ui.function_tests.menu import FunctionTestMenu
from endotune_desktop.ui.function_tests.run_picture import minute_words, ticks
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.workbench.function_test_bench import FunctionTestBench
from endotune_desktop.workbench.session import Session
from tests.ui.desk import desk
from tests.unit.workbench.test_function_test_bench import InlineErrands, bench_of

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


@pytest.fixture
def stand(qtbot: QtBot, theme: Theme) -> Iterator[tuple[Session, InlineErrands, FunctionTestBench, FunctionTestMenu]]:
    """Return a session with Ingrid open, the bench, and its menu on an empty window."""
    session, _, _ = desk()
    errands = InlineErrands()
    bench = bench_of(session, errands)
    window = QWidget()
    qtbot.addWidget(window)
    menu = FunctionTestMenu(session, lambda: bench, theme, window)
    yield session, errands, bench, menu
    menu.close_dialog()


Stand = tuple[Session, InlineErrands, FunctionTestBench, FunctionTestMenu]


def opened(menu: FunctionTestMenu, qtbot: QtBot) -> FunctionTestDialog:
    """Return the window, opened by the menu's own entry for the first test."""
    menu.refresh()
    menu.actions()[2].trigger()
    assert menu.dialog is not None
    qtbot.waitExposed(menu.dialog)
    return menu.dialog


def test_that_one_click_does_a_test_and_reads_it(stand: Stand, qtbot: QtBot) -> None:
    _, _, bench, menu = stand
    dialog = opened(menu, qtbot)
    assert bench.found is not None
    assert dialog.title.text() == bench.found.test.title
    assert bench.found.outcome.sentence == dialog.meaning.text()
    assert bench.found.outcome.title in dialog.outcome.text()
    assert "%" in dialog.outcome.text()
    assert "TSH mIU/L: 0 min" in dialog.samples.text()
    assert "0 min" in dialog.picture.accessibleName()
    assert not dialog.grab().isNull()


def test_that_nothing_waits_for_the_simulation(stand: Stand, qtbot: QtBot) -> None:
    _, errands, bench, menu = stand
    errands.hold = True
    dialog = opened(menu, qtbot)
    assert bench.running
    assert "simulating" in dialog.state.text()
    assert dialog.outcome.text() == ""
    errands.hold = False
    errands.release()
    assert dialog.outcome.text() != ""


def test_that_the_keyboard_reaches_everything(stand: Stand, qtbot: QtBot) -> None:
    _, _, _, menu = stand
    dialog = opened(menu, qtbot)
    reached = set()
    focus: QWidget | None = dialog.choices
    for _ in range(60):
        assert focus is not None
        if focus.focusPolicy() & Qt.FocusPolicy.TabFocus and focus.isEnabled():
            reached.add(focus)
        focus = focus.nextInFocusChain()
    assert {dialog.choices, dialog.again, dialog.markers, *dialog.cut_offs.fields.values()} <= reached
    assert menu.actions()[0].shortcut().toString() == "Ctrl+T"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_that_a_cut_off_is_edited_kept_refused_and_put_back(stand: Stand, qtbot: QtBot) -> None:
    _, _, bench, menu = stand
    dialog = opened(menu, qtbot)
    field = dialog.cut_offs.fields["exaggerated"]

    def enter(text: str) -> None:
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    enter("17,5")
    assert bench.own == {"protirelin_thyroid": {"exaggerated": 17.5}}
    enter("900")
    assert field.text() == "900"
    assert "15 to 40" in dialog.cut_offs.refusal.text()
    enter("many")
    assert "many" in dialog.cut_offs.refusal.text()
    assert bench.own == {"protirelin_thyroid": {"exaggerated": 17.5}}
    dialog.cut_offs._restore("exaggerated")
    assert bench.own == {"protirelin_thyroid": {}}
    assert field.text() == "25"
    assert dialog.cut_offs.refusal.isHidden()


def test_that_another_axis_offers_its_own_tests(stand: Stand, qtbot: QtBot) -> None:
    session, errands, bench, menu = stand
    dialog = opened(menu, qtbot)
    errands.hold = True
    session.show_axis("gh_igf1")
    titles = [item.text() for row in range(dialog.choices.count()) if (item := dialog.choices.item(row)) is not None]
    assert titles == [test.title for test in bench.offered]
    assert len(titles) == 4
    session.show_axis("calcium")
    assert dialog.test is None
    assert "No function test" in dialog.title.text()
    assert not dialog.again.isEnabled()


def test_that_a_closed_window_hears_nothing_more(stand: Stand, qtbot: QtBot) -> None:
    session, _, bench, menu = stand
    dialog = opened(menu, qtbot)
    dialog.close()
    session.show_axis("gh_igf1")
    bench.perform("insulin_tolerance")
    assert bench.found is not None


def test_that_ticks_are_round_and_minutes_are_said_as_people_say_them() -> None:
    assert ticks(0.0, 9.3, 4) == [0.0, 5.0]
    assert ticks(0.0, 430.0, 4) == [0.0, 200.0, 400.0]
    assert [minute_words(minute) for minute in (-30.0, 0.0, 120.0, 600.0, 5760.0)] == [
        "-30 min", "0 min", "120 min", "10 h", "4 d",
    ]  # fmt: skip


def test_that_everything_of_a_test_is_in_the_units_of_the_window(stand: Stand, qtbot: QtBot) -> None:
    session, errands, bench, menu = stand
    session.show_axis("hpa")
    errands.hold = True
    dialog = opened(menu, qtbot)
    dialog.choose("corticorelin")
    field, unit = dialog.cut_offs.fields["level"], dialog.cut_offs._units["level"]
    session.set_unit_system(UnitSystem.CONVENTIONAL)
    assert unit.text() == "pg/mL"
    written = float(field.text())
    session.set_unit_system(UnitSystem.SI)
    assert unit.text() == "pmol/L"
    # 1 pmol of ACTH weighs 4541 pg: its molar mass is 4541 g/mol.
    assert float(field.text()) == pytest.approx(written / 4.541, rel=2e-3)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert bench.own is not None
    assert bench.own["corticorelin"]["level"] == pytest.approx(3.0 * 4.541, rel=2e-3)
