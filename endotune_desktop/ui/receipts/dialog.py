"""The window of forecasts that were made: this patient, and the clinic."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from endotune_desktop.ui.dialogs.room import close_box, open_in_room
from endotune_desktop.ui.receipts.clinic_page import ClinicPage
from endotune_desktop.ui.receipts.patient_page import PatientPage
from endotune_desktop.ui.receipts.words import tr
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import label
from endotune_desktop.ui.widgets.segmented import SegmentedControl
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.receipt_desk import ReceiptDesk
from endotune_desktop.workbench.session import Session


def _scrolled(page: QWidget) -> QScrollArea:
    """Return a page that scrolls where large text leaves its picture and tables no room."""
    area = QScrollArea()
    area.setProperty("kind", "panel")
    page.setProperty("kind", "panel")
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


class ReceiptsDialog(QDialog):
    """A window of its own beside the workbench; it follows the record.

    Attributes
    ----------
    pages : SegmentedControl
    patient : PatientPage
    clinic : ClinicPage
    """

    def __init__(self, session: Session, desk: ReceiptDesk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(tr("Forecasts and how they fared"))
        self.pages = SegmentedControl(theme, [tr("This patient"), tr("The clinic")], tr("Whose forecasts"))
        self.pages.chosen.connect(self.show_page)
        self.patient = PatientPage(session, theme)
        self.clinic = ClinicPage(session, desk, theme, self._open_patient)
        self.stack = QStackedWidget()
        for page in (self.patient, self.clinic):
            self.stack.addWidget(_scrolled(page))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(12))
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.pages, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.stack, 1)
        foot = QHBoxLayout()
        foot.addWidget(label(tr("Forecasts of options; the clinician decides."), "caption"), 1)
        foot.addWidget(close_box(self))
        layout.addLayout(foot)
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        open_in_room(self, theme, 920, 700)

    def show_page(self, index: int) -> None:
        """Show this patient (0) or the clinic (1)."""
        self.pages.set_index(index)
        self.stack.setCurrentIndex(index)
        if index:
            self.clinic.refresh()
        else:
            self.patient.refresh()

    def _open_patient(self, patient_id: str) -> None:
        self._session.open_patient(patient_id, lambda: self.show_page(0))

    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(Topic.RECORD, Topic.OPENED, Topic.VIEW):
            self.patient.refresh()
        if self.stack.currentIndex() and changes.touch(Topic.PATIENTS):
            self.clinic.refresh()
