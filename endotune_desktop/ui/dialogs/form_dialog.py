"""A dialog round a form, that closes only when every field is accepted and the record is on disk."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from endotune_desktop.clinic.records import Record
from endotune_desktop.ui.forms.form_body import FormBody
from endotune_desktop.ui.forms.record_form import RecordForm
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import label
from endotune_desktop.workbench.session import Session


class FormDialog(QDialog):
    """Asks for the fields of one record.

    Attributes
    ----------
    body : FormBody
    saved : Record or None
        What was written, once it was.
    """

    def __init__(self, session: Session, theme: Theme, form: RecordForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.saved: Record | None = None
        self.setWindowTitle(form.title)
        self.setMinimumWidth(theme.px(440))
        self.body = FormBody(session, theme, form)
        self.body.finished.connect(self._done)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save = self.buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setProperty("kind", "primary")
        self.save.setDefault(True)
        self.buttons.accepted.connect(self.body.try_save)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        layout.setSpacing(theme.px(12))
        layout.addWidget(label(form.title, "title"))
        layout.addWidget(self.body)
        layout.addWidget(self.buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field."""
        super().showEvent(event)
        self.body.focus()

    def _done(self, record: Record) -> None:
        self.saved = record
        self.accept()
