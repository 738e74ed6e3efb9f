"""The door to the record: what begins, what stops, from when."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from endotune_desktop.clinic.edits import Edit
from endotune_desktop.clinic.entry import calendar_day
from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.clinic.records import AxisProfile, Medication
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.fields import TextField
from endotune_desktop.ui.widgets.pieces import label
from endotune_desktop.ui.words import day_words, medication_words
from endotune_desktop.workbench.kept import adoption
from endotune_desktop.workbench.session import Session


class AdoptDialog(QDialog):
    """Shows the order in words and asks for its first day; the clinician decides."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(self.tr("Adopt as plan"))
        self.setMinimumWidth(theme.px(420))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        layout.setSpacing(theme.px(8))
        layout.addWidget(label(self.tr("Adopt as plan"), "title"))
        self.words = label("", "body", wrap=True)
        self.start = TextField(theme, self.tr("First day"), day_words(session.whatif.plan.from_day))
        layout.addWidget(self.start)
        layout.addWidget(self.words)
        layout.addWidget(
            label(self.tr("These are options; the clinician decides. Undo takes it back."), "caption", wrap=True)
        )
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.adopt = self.buttons.addButton(self.tr("Adopt"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.adopt.setProperty("kind", "primary")
        self.adopt.setDefault(True)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        layout.addWidget(self.buttons)
        self.start.edited.connect(self._describe)
        self._describe()

    def first_day(self) -> date:
        """Return the day that is typed.

        Raises
        ------
        InputRefused
            If it is no day, or before today.
        """
        day = calendar_day(self.start.text, self.tr("first day"))
        if day < self._session.today():
            raise InputRefused(self.tr("{d} is past").format(d=day_words(day)), "", self.tr("today or later"))
        return day

    def _describe(self) -> None:
        try:
            day = self.first_day()
        except InputRefused:
            return
        record = self._session.record
        if record is not None:
            edit = adoption(record, self._session.whatif.plan, day, self._session.axis)
            self.words.setText("\n".join(self._sentences(edit)) or self.tr("Nothing changes."))

    def _sentences(self, edit: Edit) -> list[str]:
        axis, changes = self._session.axis, edit.changes
        begun = [x.after for x in changes if isinstance(x.after, Medication) and x.before is None]
        ended = [x.before for x in changes if isinstance(x.before, Medication)]
        found = [self.tr("Stops: {order}.").format(order=words) for words, _ in medication_words(axis, ended)]
        for words, day in medication_words(axis, begun):
            found.append(self.tr("Begins {day}: {order}.").format(day=day_words(day), order=words))
        if any(isinstance(change.record, AxisProfile) for change in changes):
            found.append(self.tr("The physiology of this patient is recorded as in the what-if."))
        return found

    def _accept(self) -> None:
        try:
            self.first_day()
        except InputRefused as refusal:
            self.start.refuse(refusal)
            return
        self.accept()
