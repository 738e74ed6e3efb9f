"""The record of the chosen patient: who it is, four lists edited in place, and the buttons that begin an entry."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from endotune_desktop.clinic.records import PatientRecord
from endotune_desktop.ui.relay import Relay, Relayed
from endotune_desktop.ui.sidebar.drafts import Drafts
from endotune_desktop.ui.sidebar.record_table import RecordTable
from endotune_desktop.ui.sidebar.record_tabs import LabTable, OrderTable, SymptomTable, VisitTable
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import NO_BREAK
from endotune_desktop.ui.widgets.pieces import ElidedLabel, button, hairline, label
from endotune_desktop.ui.words import finding_words, pressure_words
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.session import Session


class RecordTabs(QTabBar):
    """Tabs of which some bear a dot at their upper right corner, which takes no width."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._marked: set[int] = set()

    def mark(self, index: int, marked: bool) -> None:
        """Put the dot on a tab, or take it off."""
        if marked != (index in self._marked):
            self._marked ^= {index}
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tabs, then the dots."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("whatif"))
        radius = self._theme.px(3)
        for index in self._marked:
            box = self.tabRect(index)
            painter.drawEllipse(box.topRight() + QPoint(-radius - 1, radius + self._theme.px(4)), radius, radius)


class RecordView(QWidget, Relayed):
    """The open patient's record.

    Another patient's lists are filled one an event, the one in view first; until its turn a list is that of the former
    patient, whole: what is typed in it belongs to the former patient. Who begins an entry here finds all of it filled.

    Signals
    -------
    said(str)
        What was done and can be taken back.
    menu_wanted(object)
        Where the menu of the patient is to open, in global coordinates.
    drafted()
        What is typed and unsaved has changed.
    room_wanted(int)
        How many pixels an open editor lacks.
    room_left()
        An editor is gone.
    """

    said = Signal(str)
    menu_wanted = Signal(object)
    drafted = Signal()
    room_wanted = Signal(int)
    room_left = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.drafts = Drafts()
        self._relay = Relay(self)
        self.labs = LabTable(session, theme, self.drafts, self.tr("Laboratory results"))
        self.doses = OrderTable(session, theme, self.drafts, self.tr("Orders"))
        self.visits = VisitTable(session, theme, self.drafts, self.tr("Visits, findings, weight, pulse and pressure"))
        self.symptoms = SymptomTable(session, theme, self.drafts, self.tr("Symptoms"))
        self.tables: tuple[RecordTable, ...] = (self.labs, self.doses, self.visits, self.symptoms)
        self._build()
        for table in self.tables:
            table.said.connect(self.said)
            table.drafted.connect(self._name_tabs)
            table.drafted.connect(self.drafted)
            table.room_wanted.connect(self._want_room)
            table.room_left.connect(self.room_left)
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        theme.changed.connect(self.refresh)
        self.refresh()

    # ---- building --------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        theme = self._theme
        pad = theme.px(12)
        self.name = ElidedLabel("", "strong")
        self.person = label("", "caption", wrap=True)
        self.more = button("", self._ask_menu, theme=theme, icon="ellipsis", kind="flat",
                           name=self.tr("What can be done with this patient"))  # fmt: skip
        self.add_finding = button("", self.begin_finding, theme=theme, icon="stethoscope", kind="flat",
                                  name=self.tr("Add a finding: biotin, pregnancy, a disturbed assay, …"))  # fmt: skip
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.add_finding)
        head.addWidget(self.more)
        top = QVBoxLayout()
        top.setContentsMargins(pad, theme.px(8), pad, 0)
        top.setSpacing(0)
        top.addLayout(head)
        top.addWidget(self.person)
        self.tabs = RecordTabs(theme)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName(self.tr("Record"))
        self.pages = QStackedWidget()
        for table in self.tables:
            self.tabs.addTab("")
            self.pages.addWidget(table)
        self.tabs.currentChanged.connect(self._turn)
        self.add = button("", self.add_entry, theme=theme, icon="plus")
        self.add_vitals = button(self.tr("Vitals"), self.begin_vitals, theme=theme, icon="weight",
                                 name=self.tr("Add weight, pulse and pressure"))  # fmt: skip
        foot = QHBoxLayout()
        foot.setContentsMargins(pad, theme.px(8), pad, theme.px(10))
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.add, 1)
        foot.addWidget(self.add_vitals, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.tabs)
        column.addWidget(hairline())
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        self._name_tabs()

    def _ask_menu(self) -> None:
        self.menu_wanted.emit(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _want_room(self, pixels: int) -> None:
        """Hand on what the list in view lacks."""
        if pixels > 0 and self.sender() is self.pages.currentWidget():
            self.room_wanted.emit(pixels)

    def _turn(self, index: int) -> None:
        self.pages.setCurrentIndex(index)
        words = (self.tr("Add lab"), self.tr("Add order"), self.tr("Add visit"), self.tr("Add symptom"))
        if self.add.text() != words[index]:
            self.add.setText(words[index])
            self.add.setAccessibleName(words[index])

    def _name_tabs(self) -> None:
        """Name the tabs; a dot says that something in one is typed and not saved."""
        names = (self.tr("Labs"), self.tr("Doses"), self.tr("Visits"), self.tr("Symptoms"))
        for index, (name, table) in enumerate(zip(names, self.tables, strict=True)):
            unsaved = table.has_drafts()
            spoken = self.tr("{name}, typed but not saved").format(name=name) if unsaved else name
            if spoken == self.tabs.accessibleTabName(index):
                continue
            self.tabs.setTabText(index, name)
            self.tabs.mark(index, unsaved)
            self.tabs.setAccessibleTabName(index, spoken)
            self.tabs.setTabToolTip(index, spoken if unsaved else "")

    # ---- showing ---------------------------------------------------------------------------------------------------
    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(Topic.OPENED, Topic.VIEW, Topic.AXIS):
            self._ask()
        elif changes.touch(Topic.RECORD):
            self.refresh()

    def refresh(self) -> None:
        """Show the record of the open patient now."""
        self._ask()
        self._relay.finish()

    def _ask(self) -> None:
        """Ask for the head, the list in view, the other lists and the tabs, each in an event of its own."""
        self._relay.ask("head", self._show_head)
        shown = self.tables[self.tabs.currentIndex()]
        for table in (shown, *(other for other in self.tables if other is not shown)):
            self._relay.ask(table, partial(self._fill, table))
        self._relay.ask("tabs", self._name_tabs)

    def _fill(self, table: RecordTable) -> None:
        table.show_record(self._session.record)

    def _show_head(self) -> None:
        record = self._session.record
        for widget in (self.more, self.tabs, self.pages, self.add, self.add_vitals, self.add_finding):
            widget.setEnabled(record is not None)
        self._turn(self.tabs.currentIndex())
        self.name.setText(record.patient.name if record else self.tr("No patient chosen"))
        self.person.setText(" · ".join(self._person_words(record)) if record else "")
        self._keep_lines()

    def _keep_lines(self) -> None:
        """Hold the room of all lines about the person: a short sidebar takes it from the list, not from the words."""
        room, flags = max(self.width() - 2 * self._theme.px(12), 1), int(Qt.TextFlag.TextWordWrap)
        high = self._theme.metrics("caption").boundingRect(0, 0, room, 400, flags, self.person.text()).height()
        if high != self.person.minimumHeight():
            self.person.setMinimumHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the lines about the person anew."""
        super().resizeEvent(event)
        self._keep_lines()

    def _person_words(self, record: PatientRecord) -> list[str]:
        """Return age, height, the newest weight, pulse and pressure, and the findings in force."""
        patient = record.patient
        parts = [
            f"{patient.age_years(self._session.today())} {self.tr('y')}", f"{patient.height_cm:g} cm",
            f"{record.latest_weight_kg():g} kg",
        ]  # fmt: skip
        pulse = next((v.pulse_per_min for v in record.vitals if v.pulse_per_min is not None), None)
        pressure = next((words for v in record.vitals if (words := pressure_words(v))), "")
        if pulse is not None:
            parts.append(f"{self.tr('pulse')}{NO_BREAK}{pulse:g}")
        if pressure:
            parts.append(f"{self.tr('BP')}{NO_BREAK}{pressure}")
        today = self._session.today()
        parts += [finding_words(finding) for finding in record.findings if finding.holds_on(today)]
        return parts

    # ---- hands -----------------------------------------------------------------------------------------------------
    def add_entry(self) -> None:
        """Begin an entry of the tab that is shown, in its list."""
        self.finish()
        self.tables[self.tabs.currentIndex()].begin()

    def add_lab(self) -> None:
        """Begin a result."""
        self.tabs.setCurrentIndex(0)
        self.add_entry()

    def begin_vitals(self) -> None:
        """Begin weight, pulse and pressure."""
        self.finish()
        self.tabs.setCurrentIndex(self.tables.index(self.visits))
        self.visits.begin("vitals")

    def begin_finding(self) -> None:
        """Begin a finding."""
        self.finish()
        self.tabs.setCurrentIndex(self.tables.index(self.visits))
        self.visits.begin("finding")

    def open_lab(self, lab_id: str) -> None:
        """Open a result at its field."""
        self.finish()
        self.tabs.setCurrentIndex(0)
        self.labs.open_record(lab_id)

    def open_entry(self, record_id: str) -> None:
        """Open a score, or what was taken at a visit, at its row."""
        self.finish()
        record = self._session.record
        told = record is not None and any(score.id == record_id for score in record.symptoms)
        table = self.symptoms if told else self.visits
        self.tabs.setCurrentIndex(self.tables.index(table))
        table.open_record(record_id)

    def closeEvent(self, event: object) -> None:
        """Stop listening."""
        self._unsubscribe()
        self._relay.forget()
