"""Search, list, and the record of the chosen patient."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QMessageBox,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import (
    LabResult,
    Medication,
    Record,
    SymptomScore,
    Visit,
    Vitals,
)
from endotune_desktop.ui.dialogs import record_dialogs as dialogs
from endotune_desktop.ui.dialogs.form_dialog import FormDialog
from endotune_desktop.ui.sidebar.patient_list import PatientList
from endotune_desktop.ui.sidebar.record_tabs import RecordTable
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import button, clear_layout, hairline, label
from endotune_desktop.ui.widgets.search_field import SearchField
from endotune_desktop.ui.widgets.segmented import SegmentedControl
from endotune_desktop.ui.widgets.symptom_boxes import SymptomBoxes
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.session import Session
from endotune_desktop.workbench.teaching import teaching_copy

SEARCH_AFTER_MS = 60


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
        self.list = PatientList(session, theme)
        self.list.chosen.connect(session.open_patient)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(lambda at: self._show_menu(self.list.mapToGlobal(at)))
        self._build()
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        theme.changed.connect(self._restyle)
        self.list.refresh()
        self.refresh()

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
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(upper)
        self.splitter.addWidget(self._build_record())
        self.splitter.setSizes([320, 420])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _build_record(self) -> QWidget:
        theme = self._theme
        lower = QWidget()
        pad = theme.px(12)
        self.name = label("", "strong")
        self.vitals_line = label("", "caption", wrap=True)
        more = button("", lambda: self._show_menu(more.mapToGlobal(more.rect().bottomLeft())), theme=theme,
                      icon="ellipsis", kind="flat", name=self.tr("What can be done with this patient"))  # fmt: skip
        self.more = more
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(more)
        top = QVBoxLayout()
        top.setContentsMargins(pad, theme.px(8), pad, 0)
        top.setSpacing(0)
        top.addLayout(head)
        top.addWidget(self.vitals_line)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(self.tr("Record"))
        for words in (self.tr("Labs"), self.tr("Doses"), self.tr("Visits"), self.tr("Symptoms")):
            self.tabs.addTab(words)
        self.labs = RecordTable(self._session, theme, self.tr("Laboratory results"))
        self.doses = RecordTable(self._session, theme, self.tr("Orders"))
        self.visits = RecordTable(self._session, theme, self.tr("Visits"))
        self.symptoms = QWidget()
        self._symptom_rows = QGridLayout(self.symptoms)
        self._symptom_rows.setContentsMargins(pad, theme.px(8), pad, 0)
        self.pages = QStackedWidget()
        for page in (self.labs, self.doses, self.visits, self.symptoms):
            self.pages.addWidget(page)
            if isinstance(page, RecordTable):
                page.opened.connect(self.edit_record)
        self.tabs.currentChanged.connect(self._turn)
        self.add = button("", self.add_entry, theme=theme, icon="plus")
        foot = QHBoxLayout()
        foot.setContentsMargins(pad, theme.px(8), pad, theme.px(10))
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.add, 1)
        self.add_vitals = button(
            self.tr("Vitals"), lambda: self._run(dialogs.vitals_dialog), theme=theme, icon="weight"
        )
        foot.addWidget(self.add_vitals, 1)
        column = QVBoxLayout(lower)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.tabs)
        column.addWidget(hairline())
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        return lower

    def _restyle(self) -> None:
        self.refresh()

    def _turn(self, index: int) -> None:
        self.pages.setCurrentIndex(index)
        words = (self.tr("Add lab"), self.tr("Add order"), self.tr("Add visit"), self.tr("Add symptom"))
        self.add.setText(words[index])
        self.add.setAccessibleName(words[index])

    # ---- showing ---------------------------------------------------------------------------------------------------
    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(Topic.RECORD, Topic.OPENED, Topic.VIEW):
            self.refresh()
        if changes.touch(Topic.PATIENTS):
            count = len(self._session.patients)
            words = [self.tr("Patients"), self.tr("Sandbox")]
            shown = int(self._session.sandbox_shown)
            words[shown] = f"{words[shown]} {count}"
            self.group.set_words(words)
            self.group.set_index(shown)

    def refresh(self) -> None:
        """Show the record of the open patient."""
        record = self._session.record
        for widget in (self.more, self.tabs, self.pages, self.add, self.add_vitals):
            widget.setEnabled(record is not None)
        self._turn(self.tabs.currentIndex())
        if record is None:
            self.name.setText(self.tr("No patient chosen"))
            self.vitals_line.setText("")
            for table in (self.labs, self.doses, self.visits):
                table.clear_rows()
            clear_layout(self._symptom_rows)
            return
        patient = record.patient
        self.name.setText(patient.name)
        parts = [
            f"{patient.age_years(self._session.today())} {self.tr('y')}", f"{patient.height_cm:g} cm",
            f"{record.latest_weight_kg():g} kg",
        ]  # fmt: skip
        newest = record.vitals[0] if record.vitals else None
        if newest is not None and newest.pulse_per_min is not None:
            parts.append(f"{self.tr('pulse')} {newest.pulse_per_min:g}")
        if newest is not None and newest.systolic_mmhg is not None and newest.diastolic_mmhg is not None:
            parts.append(f"{self.tr('BP')} {newest.systolic_mmhg:g}/{newest.diastolic_mmhg:g}")
        self.vitals_line.setText(" · ".join(parts))
        self.labs.show_labs(record)
        self.doses.show_doses(record)
        self.visits.show_visits(record)
        self._show_symptoms(record.symptoms)

    def _show_symptoms(self, scores: tuple[SymptomScore, ...]) -> None:
        clear_layout(self._symptom_rows)
        for row, score in enumerate(scores[:12]):
            words = self.tr("Edit {s}").format(s=score.symptom)
            name = button(score.symptom, partial(self.edit_record, score), kind="link", name=words)
            boxes = SymptomBoxes(self._theme, score.symptom, score.score)
            boxes.scored.connect(lambda value, s=score: self._rescore(s, value))
            self._symptom_rows.addWidget(name, row, 0)
            self._symptom_rows.addWidget(boxes, row, 1)
            self._symptom_rows.addWidget(label(f"{score.score}/10", "caption"), row, 2)
        if not scores:
            self._symptom_rows.addWidget(label(self.tr("None on file."), "second"), 0, 0)
        self._symptom_rows.setRowStretch(max(len(scores[:12]), 1), 1)
        self._symptom_rows.setColumnStretch(0, 1)

    def _rescore(self, score: SymptomScore, value: int) -> None:
        """Write a new score: of today, when the old one is of another day."""
        today = self._session.today()
        if score.on == today:
            change = RecordChange(score, replace(score, score=value))
        else:
            from endotune_desktop.workbench.forms import new_id

            change = RecordChange(None, replace(score, id=new_id(), on=today, score=value))
        self._session.edit(Edit(f"{score.symptom} {value}/10", (change,)))

    # ---- hands -----------------------------------------------------------------------------------------------------
    def add_entry(self) -> None:
        """Open the dialog of the tab that is shown."""
        makers = (dialogs.lab_dialog, dialogs.medication_dialog, dialogs.visit_dialog, dialogs.symptom_dialog)
        self._run(makers[self.tabs.currentIndex()])

    def add_lab(self) -> None:
        """Open the dialog for a result."""
        self.tabs.setCurrentIndex(0)
        self._run(dialogs.lab_dialog)

    def _run(self, maker: object) -> None:
        if self._session.record is None:
            return
        dialog = maker(self._session, self._theme, parent=self.window())  # type: ignore[operator]
        self._exec(dialog)

    def _exec(self, dialog: FormDialog) -> None:
        dialog.exec()
        dialog.deleteLater()

    def edit_record(self, record: Record) -> None:
        """Open the dialog of a record."""
        window = self.window()
        if isinstance(record, LabResult):
            self._exec(dialogs.lab_dialog(self._session, self._theme, record, window))
        elif isinstance(record, Medication):
            self._exec(dialogs.medication_dialog(self._session, self._theme, record, window))
        elif isinstance(record, Visit):
            self._exec(dialogs.visit_dialog(self._session, self._theme, record, window))
        elif isinstance(record, SymptomScore):
            self._exec(dialogs.symptom_dialog(self._session, self._theme, record, window))
        elif isinstance(record, Vitals):
            self._exec(dialogs.vitals_dialog(self._session, self._theme, record, window))

    def show_lab(self, lab_id: str) -> None:
        """Go to a result in the table."""
        self.tabs.setCurrentIndex(0)
        self.labs.select_record(lab_id)

    def new_patient(self) -> None:
        """Ask for a new patient and open it."""
        dialog = dialogs.patient_dialog(self._session, self._theme, None, self.window())
        dialog.exec()
        if dialog.saved is not None:
            self._session.open_patient(dialog.saved.id)
        dialog.deleteLater()

    def edit_patient(self) -> None:
        """Edit the open patient."""
        if self._session.record is not None:
            self._exec(dialogs.patient_dialog(self._session, self._theme, self._session.record.patient, self.window()))

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
