"""What the journeys do: real events on the real window."""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from endotune_desktop.app.paths import resources_folder, settings_path, store_path
from endotune_desktop.app.workbench_run import Workbench
from endotune_desktop.clinic.records import LabResult
from endotune_desktop.ui.dialogs.form_dialog import FormDialog
from endotune_desktop.ui.whatif.adopt_dialog import AdoptDialog
from tests.ui.desk import DEMOS


class Story:
    """A window with eyes and hands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.application = QApplication([])
        self.bench = Workbench(self.application, store_path(), resources_folder(), settings_path())
        self.window = self.bench.window
        if "geometry" not in self.bench.settings:
            self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window, 5000)
        self.until(self.ready, "the first course")

    def ready(self) -> bool:
        """Return whether the newest course is there in full."""
        session = self.bench.session
        return session.record is not None and session.course is not None and session.course.fine and not session.pending

    def until(self, true: Callable[[], bool], what: str, patience_s: float = 60.0) -> None:
        """Let the window live until something is true."""
        end = time.monotonic() + patience_s
        while not true():
            assert time.monotonic() < end, f"waited in vain for {what}"
            self.application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        for _ in range(5):
            self.application.processEvents()

    def press(
        self, widget: QWidget, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press keys on a widget of an active window; a bare X server gives the focus to nobody by itself."""
        widget.activateWindow()
        QTest.qWaitForWindowActive(widget.window(), 5000)
        for key in keys:
            QTest.keyClick(widget, key, modifier)
            self.application.processEvents()

    def when_modal(self, act: Callable[[QWidget], None]) -> None:
        """Act on the next modal dialog once it is there."""

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None:
                QTimer.singleShot(20, look)
            else:
                act(dialog)

        QTimer.singleShot(20, look)

    def picture(self, name: str) -> None:
        """Keep a picture of the window as the screen has it."""
        screen = self.window.screen()
        screen.grabWindow(self.window.winId()).save(str(self.folder / f"{name}.png"))

    def end(self) -> None:
        """Close the window as a person does."""
        self.window.close()
        self.bench.close()
        self.window.deleteLater()
        self.application.processEvents()


def first_start(story: Story) -> None:
    """Drag the dose of the demo patient, keep it, adopt it."""
    session, panel = story.bench.session, story.window.panel
    assert len(session.patients) == DEMOS
    slider = panel.cards[0].slider
    before = session.whatif.plan.orders[0].dose
    y = slider.height() // 3
    QTest.mousePress(
        slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(round(slider._x(before)), y)
    )
    for dose in (100.0, 112.0, 125.0):
        QTest.mouseMove(slider, QPoint(round(slider._x(dose)), y))
        story.application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 30)
    QTest.mouseRelease(
        slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(round(slider._x(125.0)), y)
    )
    story.until(story.ready, "the what-if")
    assert session.whatif.plan.orders[0].dose == 125.0
    assert session.course is not None
    assert session.course.whatif is not None
    tsh = session.course.settled
    assert tsh["whatif"]["tsh"] < tsh["now"]["tsh"]
    QTest.mouseClick(panel.keep, Qt.MouseButton.LeftButton)
    story.until(lambda: len(session.kept.scenarios) == 1, "scenario A")
    story.until(story.ready, "the settled values of A")
    story.picture("first_start")

    def accept(dialog: QWidget) -> None:
        assert isinstance(dialog, AdoptDialog)
        assert "Begins" in dialog.words.text()
        QTest.mouseClick(dialog.adopt, Qt.MouseButton.LeftButton)

    story.when_modal(accept)
    QTest.mouseClick(panel.adopt, Qt.MouseButton.LeftButton)
    story.until(lambda: not session.whatif.differs and session.saving == 0, "the adoption")
    assert session.record is not None
    newest = session.record.medication[0]
    assert (newest.dose, newest.planned) == (125.0, True)
    assert story.window.toast.isVisible()
    next(action for action in story.window.markets.actions() if action.data() == "US").trigger()
    assert 300.0 in panel.cards[0].slider.stops
    sys.stdout.write(f"adopted {newest.id}\n")


def reopen(story: Story) -> None:
    """Find the adopted plan, the scenario and the window as they were."""
    session = story.bench.session
    assert session.record is not None
    newest = session.record.medication[0]
    assert newest.dose == 125.0
    assert [kept.letter for kept in session.kept.scenarios] == ["A"]
    assert session.undo_words == ""
    assert session.market == "US"
    assert [action.data() for action in story.window.markets.actions() if action.isChecked()] == ["US"]
    assert 300.0 in story.window.panel.cards[0].slider.stops
    sys.stdout.write(f"found {newest.id}\n")


def keyboard(story: Story) -> None:
    """Make a patient with a result and an order, by keys alone."""
    session, window = story.bench.session, story.window
    control = Qt.KeyboardModifier.ControlModifier
    window.sidebar.group._choose(0)
    story.until(lambda: not session.sandbox_shown and session.patients == (), "the empty list of real patients")

    def type_into(dialog: QWidget, texts: list[str]) -> None:
        assert isinstance(dialog, FormDialog)
        QTest.qWaitForWindowActive(dialog, 5000)
        for text in texts:
            focus = dialog.focusWidget()
            assert focus is not None
            QTest.keyClick(focus, Qt.Key.Key_A, control)
            QTest.keyClicks(focus, text)
            QTest.keyClick(focus, Qt.Key.Key_Tab)
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    person = ["Okafor, Ngozi", "f", "1992-05-04", "168", "64", "t", "17", "Thyroidectomy"]
    story.when_modal(lambda dialog: type_into(dialog, person))
    story.press(window, Qt.Key.Key_N, modifier=control)
    story.until(
        lambda: session.record is not None and session.record.patient.name == "Okafor, Ngozi", "the new patient"
    )
    record_in_place(story)
    story.press(window, Qt.Key.Key_2, modifier=control)
    story.until(lambda: window.sheet.currentIndex() == 1, "the loop")
    story.press(window, Qt.Key.Key_1, modifier=control)
    story.picture("keyboard")
    sys.stdout.write("made\n")


def record_in_place(story: Story) -> None:
    """Enter, refuse, mend, set aside, delete and take back a result in its row, by keys alone."""
    session, window = story.bench.session, story.window
    control = Qt.KeyboardModifier.ControlModifier

    def labs() -> tuple[LabResult, ...]:
        return session.record.labs if session.record is not None else ()

    def focus() -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def hit(*keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(focus(), key)
            story.application.processEvents()

    story.press(window, Qt.Key.Key_L, modifier=control)
    story.until(lambda: isinstance(focus(), QComboBox), "the fields of a new result in the list")
    QTest.keyClicks(focus(), "TS")
    hit(Qt.Key.Key_Tab)
    QTest.keyClicks(focus(), "66000")
    hit(Qt.Key.Key_Return)
    editor = window.sidebar.record.labs.editor
    assert editor is not None
    assert "outside what is accepted" in editor.fields.fields["value"].refusal
    assert labs() == ()
    story.picture("refused_in_place")
    QTest.keyClick(focus(), Qt.Key.Key_A, control)
    QTest.keyClicks(focus(), "6,6")
    hit(Qt.Key.Key_Return)
    story.until(lambda: len(labs()) == 1 and window.sidebar.record.labs.editor is None, "the result")
    assert labs()[0].entered_text == "6,6"
    story.until(lambda: focus() is window.sidebar.record.labs, "the focus on the new row")
    hit(Qt.Key.Key_F2)
    QTest.keyClicks(focus(), "6.8")
    hit(Qt.Key.Key_Return)
    story.until(lambda: labs()[0].entered_text == "6.8" and window.sidebar.record.labs.editor is None, "the mending")
    hit(Qt.Key.Key_X)
    story.until(lambda: labs()[0].set_aside, "setting aside")
    hit(Qt.Key.Key_Delete)
    story.until(lambda: labs() == () and window.toast.isVisible(), "the deletion and its toast")
    assert "Delete TSH 6.8" in window.toast.words
    for step in range(4):
        story.press(window, Qt.Key.Key_Z, modifier=control)
        story.until(lambda: session.saving == 0, f"undo {step + 1}")
    story.until(lambda: labs() == (), "all of it taken back")
    story.until(story.ready, "the course")


STORIES = {"first_start": first_start, "reopen": reopen, "keyboard": keyboard}


def _end_at_once(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """End the process when a slot fails, so that no dialog waits for ever."""
    traceback.print_exception(kind, error, trace)
    sys.stderr.flush()
    os._exit(3)


def main() -> int:
    """Run one story."""
    sys.excepthook = _end_at_once
    story = Story(Path(sys.argv[2]))
    sys.excepthook = _end_at_once
    try:
        STORIES[sys.argv[1]](story)
    finally:
        story.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
