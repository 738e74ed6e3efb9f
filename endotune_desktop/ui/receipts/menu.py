"""The menu of forecasts that were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.workbench.receipt_desk import ReceiptDesk
from endotune_desktop.workbench.session import Session

if TYPE_CHECKING:
    from endotune_desktop.ui.receipts.dialog import ReceiptsDialog


def tr(text: str) -> str:
    """Return a translated text of the receipts."""
    return QCoreApplication.translate("receipts", text)


class ReceiptsMenu(QMenu):
    """Opens the window of forecasts at one of its pages.

    Attributes
    ----------
    dialog : ReceiptsDialog or None
        While it is open.
    """

    def __init__(self, session: Session, desk: ReceiptDesk, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._desk, self._theme, self._window = session, desk, theme, window
        self.setTitle(tr("&Forecasts"))
        self.dialog: ReceiptsDialog | None = None
        for words, keys, page in ((tr("Of this patient …"), "Ctrl+R", 0), (tr("Of the clinic …"), "Ctrl+Shift+R", 1)):
            action = self.addAction(words)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda _=False, page=page: self.open_dialog(page))

    def open_dialog(self, page: int) -> ReceiptsDialog:
        """Open the window at a page, or bring it to the front."""
        from endotune_desktop.ui.receipts.dialog import ReceiptsDialog  # no start needs it

        if self.dialog is None or not isValid(self.dialog) or not self.dialog.isVisible():
            self.dialog = ReceiptsDialog(self._session, self._desk, self._theme, self._window)
            self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.show_page(page)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        (self.dialog.clinic.coverage if page else self.dialog.patient.table).setFocus()
        return self.dialog

    def close_dialog(self) -> None:
        """Close the window, where it is open."""
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.close()
