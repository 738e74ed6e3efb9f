"""The menu of function tests: one click a test, and the window in which it is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.workbench.session import Session

if TYPE_CHECKING:
    from endotune_desktop.ui.function_tests.dialog import FunctionTestDialog
    from endotune_desktop.workbench.function_test_bench import FunctionTestBench


class FunctionTestMenu(QMenu):
    """Lists the tests of the shown axis each time it opens; a click does one.

    Parameters
    ----------
    session : Session
    bench : callable
        Returns where the tests are done, when it is first needed.
    theme : Theme
    window : QWidget

    Attributes
    ----------
    dialog : FunctionTestDialog or None
        While it is open.
    """

    def __init__(self, session: Session, bench: Callable[[], FunctionTestBench], theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._bench, self._theme, self._window = session, bench, theme, window
        self.setTitle(self.tr("&Tests"))
        self.dialog: FunctionTestDialog | None = None
        self._all = self.addAction(self.tr("Function tests …"))
        self._all.setShortcut(QKeySequence("Ctrl+T"))
        self._all.triggered.connect(lambda _=False: self.open_dialog())
        self.addSeparator()
        self.aboutToShow.connect(self.refresh)

    def refresh(self) -> None:
        """List the tests of the shown axis."""
        for action in self.actions()[2:]:
            self.removeAction(action)
            action.deleteLater()
        bench = self._bench()
        for test in bench.offered:
            action = self.addAction(test.title)
            action.setEnabled(bench.ready)
            action.triggered.connect(partial(self._do, test.id))

    def open_dialog(self) -> FunctionTestDialog:
        """Open the window of the tests, or bring it to the front."""
        from endotune_desktop.ui.function_tests.dialog import FunctionTestDialog  # no start needs it

        if self.dialog is None or not isValid(self.dialog) or not self.dialog.isVisible():
            self.dialog = FunctionTestDialog(self._session, self._bench(), self._theme, self._window)
            self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        self.dialog.choices.setFocus()
        return self.dialog

    def close_dialog(self) -> None:
        """Close the window of the tests, where it is open."""
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.close()

    def _do(self, test_id: str, _: bool = False) -> None:
        self.open_dialog().choose(test_id)
