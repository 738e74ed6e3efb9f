"""A dialog of fields that closes only when every field is accepted and the record is on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.errors import EndoTuneError, InputRefused
from endotune_desktop.clinic.records import Record
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.fields import ChoiceField, TextField
from endotune_desktop.ui.widgets.pieces import label
from endotune_desktop.workbench.forms import Form
from endotune_desktop.workbench.session import Session


@dataclass(frozen=True)
class FieldSpec:
    """One field of a dialog.

    Attributes
    ----------
    name, title : str
    text : str
        What stands in it at first; for a choice the chosen id.
    choices : tuple of (id, words)
        Makes it a choice.
    hint : str
    wide : bool
        Takes the whole row.
    """

    name: str
    title: str
    text: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    wide: bool = False


class FormDialog(QDialog):
    """Asks for the fields of one record.

    Parameters
    ----------
    session : Session
    theme : Theme
    title : str
    fields : list of FieldSpec
    judge : callable
        From typed texts to a `Form`.
    before : Record or None
        The record that is edited.
    words : callable
        From the finished record to the words of the edit.
    parent : QWidget, optional
    """

    def __init__(
        self,
        session: Session,
        theme: Theme,
        title: str,
        fields: list[FieldSpec],
        judge: Callable[[dict[str, str]], Form[Record]],
        before: Record | None,
        words: Callable[[Record], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._judge, self._before, self._words = session, judge, before, words
        self.saved: Record | None = None
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(440))
        self.fields: dict[str, TextField | ChoiceField] = {}
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        row, column = 0, 0
        for spec in fields:
            widget = self._made(theme, spec)
            if spec.wide and column:
                row, column = row + 1, 0
            grid.addWidget(widget, row, column, 1, 2 if spec.wide else 1, Qt.AlignmentFlag.AlignTop)
            row, column = (row + 1, 0) if spec.wide or column else (row, 1)
        self.failure = label("", "bad", wrap=True)
        self.failure.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save = self.buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setProperty("kind", "primary")
        self.save.setDefault(True)
        self.buttons.accepted.connect(self.try_save)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        layout.setSpacing(theme.px(12))
        layout.addWidget(label(title, "title"))
        layout.addLayout(grid)
        layout.addWidget(self.failure)
        layout.addWidget(self.buttons)

    def _made(self, theme: Theme, spec: FieldSpec) -> TextField | ChoiceField:
        made: TextField | ChoiceField
        if spec.choices:
            made = ChoiceField(theme, spec.title, list(spec.choices), spec.text)
        else:
            made = TextField(theme, spec.title, spec.text, spec.hint)
        self.fields[spec.name] = made
        return made

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first field."""
        super().showEvent(event)
        first = next(iter(self.fields.values()))
        (first.line if isinstance(first, TextField) else first.box).setFocus(Qt.FocusReason.TabFocusReason)

    def texts(self) -> dict[str, str]:
        """Return what is typed and chosen."""
        return {name: made.text if isinstance(made, TextField) else made.value for name, made in self.fields.items()}

    def try_save(self) -> None:
        """Judge the fields; refuse at each, or write the record and close."""
        for made in self.fields.values():
            if isinstance(made, TextField):
                made.accept_entry()
        self.failure.hide()
        form = self._judge(self.texts())
        if form.record is None:
            self._refuse(form.refusals)
            return
        record = form.record
        if record == self._before:
            self.accept()
            return
        self.save.setEnabled(False)
        edit = Edit(self._words(record), (RecordChange(self._before, record),))
        self._session.edit(edit, lambda: self._done(record), self._failed)

    def _refuse(self, refusals: dict[str, InputRefused]) -> None:
        first = None
        for name, refusal in refusals.items():
            made = self.fields.get(name)
            if isinstance(made, TextField):
                made.refuse(refusal)
                first = first or made
            else:
                self.failure.setText(refusal.sentence())
                self.failure.show()
        if first is not None:
            first.line.setFocus()

    def _done(self, record: Record) -> None:
        self.saved = record
        self.accept()

    def _failed(self, error: EndoTuneError) -> None:
        self.save.setEnabled(True)
        self.failure.setText(f"{error} {self.tr('Your entry is kept in the window.')}")
        self.failure.show()
