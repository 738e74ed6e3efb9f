"""Search, list, and the record of the chosen patient."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMessageBox, QSplitter, QVBoxLayout, QWidget

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.ui.dialogs.form_dialog import FormDialog
from endotune_desktop.ui.forms.record_forms import patient_form
from endotune_desktop.ui.sidebar.patient_list import PatientList
from endotune_desktop.ui.sidebar.record_view import RecordView
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import button, hairline
from endotune_desktop.ui.widgets.search_field import SearchField
from endotune_desktop.ui.widgets.segmented import SegmentedControl
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.session import Session
from endotune_desktop.workbench.teaching import teaching_copy

SEARCH_AFTER_MS = 60
LEAST_LIST_PX = 60
"""What an open editor leaves of the patient list, beyond what it cannot do without."""


class Sidebar(QWidget):
    """Patients above, the record of the chosen one below."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search = SearchField(theme)
        self.search.setPlaceholderText(self.tr("Name, number or axis"))
        self.search.setAccessibleName(self.tr("Search patients"))
        self._later = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._later.timeout.connect(lambda: session.search(self.search.text()))
        self.search.textEdited.connect(lambda _: self._later.start())
        self.new = button(
            "",
            self.new_patient,
            theme=theme,
            icon="plus",
            name=self.tr("New patient"),
            tip=self.tr("New patient (Ctrl N)"),
        )
        self.group = SegmentedControl(theme, [self.tr("Patients"), self.tr("Sandbox")], self.tr("Group"))
        self.group.chosen.connect(lambda index: session.show_sandbox(index == 1))
        self.record = RecordView(session, theme)
        self.record.menu_wanted.connect(self._show_menu)
        self.list = PatientList(session, theme, self.record.drafts)
        self.record.drafted.connect(self.list.viewport().update)
        self.list.chosen.connect(session.open_patient)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(lambda at: self._show_menu(self.list.mapToGlobal(at)))
        self._build()
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        self.list.refresh()

    # ---- building --------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        theme = self._theme
        pad = theme.px(12)
        row = QHBoxLayout()
        row.setContentsMargins(pad, theme.px(10), pad, theme.px(6))
        row.setSpacing(theme.px(8))
        row.addWidget(self.search, 1)
        row.addWidget(self.new)
        groups = QHBoxLayout()
        groups.setContentsMargins(pad, 0, pad, theme.px(8))
        groups.addWidget(self.group)
        upper = QWidget()
        top = QVBoxLayout(upper)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(0)
        top.addLayout(row)
        top.addLayout(groups)
        top.addWidget(hairline())
        top.addWidget(self.list, 1)
        self._upper = upper
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(upper)
        self.splitter.addWidget(self.record)
        self.splitter.setSizes([320, 420])
        self._former_sizes: list[int] = []
        self.record.room_wanted.connect(self._make_room)
        self.record.room_left.connect(self._give_room_back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _make_room(self, pixels: int) -> None:
        """Let an open editor be seen whole; the patient list keeps two rows at least."""
        upper, lower = self.splitter.sizes()
        least = self._upper.minimumSizeHint().height() + self._theme.px(LEAST_LIST_PX)
        taken = min(pixels, upper - least)
        if taken > 0:
            self._former_sizes = self._former_sizes or [upper, lower]
            self.splitter.setSizes([upper - taken, lower + taken])

    def _give_room_back(self) -> None:
        """Divide the column as before the editor opened."""
        if self._former_sizes:
            self.splitter.setSizes(self._former_sizes)
            self._former_sizes = []

    # ---- showing ---------------------------------------------------------------------------------------------------
    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(Topic.PATIENTS):
            count = len(self._session.patients)
            words = [self.tr("Patients"), self.tr("Sandbox")]
            shown = int(self._session.sandbox_shown)
            words[shown] = f"{words[shown]} {count}"
            self.group.set_words(words)
            self.group.set_index(shown)

    # ---- hands -----------------------------------------------------------------------------------------------------
    def add_lab(self) -> None:
        """Begin a result in the list."""
        self.show()
        self.record.add_lab()

    def add_finding(self) -> None:
        """Begin a finding in the list."""
        self.show()
        self.record.begin_finding()

    def show_lab(self, lab_id: str) -> None:
        """Open a result at its field in the list."""
        self.show()
        self.record.open_lab(lab_id)

    def show_entry(self, record_id: str) -> None:
        """Open a score, or what was taken at a visit, at its row."""
        self.show()
        self.record.open_entry(record_id)

    def new_patient(self) -> None:
        """Ask for a new patient and open it."""
        dialog = FormDialog(self._session, self._theme, patient_form(self._session), self.window())
        dialog.exec()
        if dialog.saved is not None:
            self._session.open_patient(dialog.saved.id)
        dialog.deleteLater()

    def edit_patient(self) -> None:
        """Edit the open patient."""
        if self._session.record is not None:
            form = patient_form(self._session, self._session.record.patient)
            dialog = FormDialog(self._session, self._theme, form, self.window())
            dialog.exec()
            dialog.deleteLater()

    def _show_menu(self, at: object) -> None:
        menu = self.patient_menu()
        menu.exec(at)  # type: ignore[call-overload]
        menu.deleteLater()

    def patient_menu(self) -> QMenu:
        """Return what can be done with the open patient."""
        menu = QMenu(self)
        record = self._session.record
        menu.addAction(self.tr("New patient …")).triggered.connect(self.new_patient)
        if record is None:
            return menu
        menu.addAction(self.tr("Edit patient …")).triggered.connect(self.edit_patient)
        menu.addAction(self.tr("Duplicate as teaching case")).triggered.connect(self.duplicate)
        archived = record.patient.archived
        words = self.tr("Take out of the archive") if archived else self.tr("Archive")
        menu.addAction(words).triggered.connect(self.archive)
        menu.addSeparator()
        menu.addAction(self.tr("Delete …")).triggered.connect(self.delete)
        menu.addSeparator()
        show = menu.addAction(self.tr("Show archived patients"))
        show.setCheckable(True)
        show.setChecked(self._session.archived_shown)
        show.triggered.connect(self._session.show_archived)
        return menu

    def duplicate(self) -> None:
        """Copy the open patient into the sandbox under an invented name, dates and values kept."""
        record = self._session.record
        if record is not None:
            edit, patient_id = teaching_copy(record, self.tr("Teaching case"))
            self._session.sandbox_shown = True
            self._session.edit(edit, lambda: self._session.open_patient(patient_id))

    def archive(self) -> None:
        """Archive the open patient, or take it out again."""
        record = self._session.record
        if record is not None:
            patient = record.patient
            words = self.tr("Archive {name}") if not patient.archived else self.tr("Unarchive {name}")
            after = replace(patient, archived=not patient.archived)
            self._session.edit(Edit(words.format(name=patient.name), (RecordChange(patient, after),)))

    def delete(self, *, ask: bool = True) -> None:
        """Put the open patient into the bin for thirty days; undo brings it back."""
        record = self._session.record
        if record is None:
            return
        patient = record.patient
        question = self.tr("Delete {name}? The record stays in the bin for 30 days; undo brings it back.")
        if ask:
            box = QMessageBox(self.window())
            box.setText(question.format(name=patient.name))
            box.setStandardButtons(QMessageBox.StandardButton.Cancel)
            delete = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
            box.exec()
            chosen = box.clickedButton() is delete
            box.deleteLater()
            if not chosen:
                return
        after = replace(patient, deleted_on=self._session.today())
        words = self.tr("Delete {name}").format(name=patient.name)
        self._session.edit(Edit(words, (RecordChange(patient, after),)))

    def closeEvent(self, event: object) -> None:
        """Stop listening."""
        self._unsubscribe()
        self.record.close()
