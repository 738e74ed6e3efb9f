"""The record edited in place, in the whole window: from a plot to its row, and when the window closes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from endotune_desktop.clinic.units import UnitSystem
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.window import MainWindow
from tests.ui import hands
from tests.ui.desk import desk
from tests.ui.test_record_in_place import DOSES, LABS, Bed


@pytest.fixture
def window(qtbot: QtBot, theme: Theme) -> Iterator[tuple[MainWindow, Bed]]:
    """Return the whole window, and take it away for good: what is closed and not deleted still hears of themes."""
    session, store, _ = desk()
    found = MainWindow(session, theme)
    found.resize(1280, 800)
    found.show()
    found.activateWindow()
    qtbot.waitUntil(found.isActiveWindow, timeout=5000)
    yield found, Bed(session, store, found.sidebar)
    found.close()
    found.deleteLater()
    QApplication.sendPostedEvents(found, QEvent.Type.DeferredDelete.value)


def test_that_a_click_on_a_point_of_the_plot_opens_its_result(window: tuple[MainWindow, Bed], qtbot: QtBot) -> None:
    found, bed = window
    found.sidebar.record.tabs.setCurrentIndex(DOSES)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not found.courses.busy, timeout=5000)
    canvas = found.courses.plots[0].canvas
    mark, mapping = canvas.labs.rows[0], canvas.mapping()
    hands.click(canvas.viewport(), QPointF(mapping.x(mark.hour), mapping.y(mark.place)).toPoint())
    assert found.sidebar.record.tabs.currentIndex() == LABS
    assert bed.editor(LABS).fields.texts()["value"] == "6.6"
    assert bed.editor(LABS).fields.fields["value"].focusProxy() is QApplication.focusWidget()


def test_that_a_deletion_is_said_in_a_toast_and_closing_asks_about_unsaved_text(
    window: tuple[MainWindow, Bed], monkeypatch: pytest.MonkeyPatch
) -> None:
    found, bed = window
    bed.go(LABS, 0, 1)
    bed.press(Qt.Key.Key_Delete)
    assert found.toast.words == "Delete TSH 6.6"
    assert len(bed.record.labs) == 8
    undo = found.toast.findChild(QPushButton)
    assert undo is not None
    hands.click(undo)
    assert len(bed.record.labs) == 9
    bed.go(LABS, 1, 1)
    bed.press(Qt.Key.Key_F2)
    bed.type("u")
    assert bed.session.unit_system is UnitSystem.SI
    answers = ["Go back to them", "Close without them"]

    def answer(box: QMessageBox) -> int:
        words = answers.pop(0)
        hands.click(next(made for made in box.buttons() if made.text() == words))
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    found.close()
    assert found.isVisible()
    assert bed.editor(LABS).fields.texts()["value"] == "u"
    found.close()
    assert not found.isVisible()
    assert answers == []
    bed.editor(LABS).given_up.emit()
