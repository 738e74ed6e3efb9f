"""The function tests of the open patient: choose one, see its curve, read it, set the cut-offs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from endotune_desktop.tuning.function_tests import FunctionTest
from endotune_desktop.ui.dialogs.room import close_box, open_in_room
from endotune_desktop.ui.function_tests.cut_off_rows import CutOffRows
from endotune_desktop.ui.function_tests.reading_grid import ReadingGrid
from endotune_desktop.ui.function_tests.reading_words import outcome_words, sample_rows
from endotune_desktop.ui.function_tests.run_picture import RunPicture
from endotune_desktop.ui.shown_units import marker_unit
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import button, hairline, label
from endotune_desktop.ui.widgets.segmented import SegmentedControl
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.function_test_bench import FunctionTestBench
from endotune_desktop.workbench.session import Session


class FunctionTestDialog(QDialog):
    """A window of its own beside the workbench; a test is done as soon as it is chosen, and nothing waits for it.

    Attributes
    ----------
    choices : QListWidget
    picture : RunPicture
    cut_offs : CutOffRows
    readings : ReadingGrid
    outcome, meaning, samples, protocol, limits, state : QLabel
    """

    def __init__(self, session: Session, bench: FunctionTestBench, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._bench, self._theme = session, bench, theme
        self.setWindowTitle(self.tr("Function tests"))
        self.choices = QListWidget()
        self.choices.setAccessibleName(self.tr("Function tests of this axis"))
        self.choices.setProperty("kind", "choices")
        self.choices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.choices.currentRowChanged.connect(self._chosen)
        self.markers = SegmentedControl(theme, [""], self.tr("Marker"))
        self.markers.chosen.connect(lambda _: self._show_picture())
        self.picture = RunPicture(theme)
        self.cut_offs = CutOffRows(session, bench, theme)
        self.readings = ReadingGrid(theme)
        self.title, self.protocol = label("", "title", wrap=True), label("", "second", wrap=True)
        self.outcome, self.meaning = label("", "strong", wrap=True), label("", wrap=True)
        self.samples, self.limits = label("", "caption", wrap=True), label("", "caption", wrap=True)
        self.state = label("", "caption", wrap=True)
        self.again = button(self.tr("Do it again"), lambda: self._perform(False), theme=theme, icon="rotate-ccw")
        self.planned = button(self.tr("Under the what-if"), lambda: self._perform(True))
        self._lay_out()
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        bench.changed = self._show
        open_in_room(self, theme, 940, 900)
        self._list()

    def _lay_out(self) -> None:
        theme = self._theme
        page = QWidget()
        page.setProperty("kind", "sheet")
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        column.setSpacing(theme.px(8))
        row = QHBoxLayout()
        row.addWidget(self.again)
        row.addWidget(self.planned)
        row.addWidget(self.state, 1)
        for part in (self.title, self.protocol):
            column.addWidget(part)
        column.addLayout(row)
        column.addSpacing(theme.px(4))
        column.addWidget(self.outcome)
        column.addWidget(self.meaning)
        column.addSpacing(theme.px(4))
        column.addWidget(self.markers, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.picture, 1)
        column.addWidget(self.readings)
        column.addWidget(self.samples)
        column.addSpacing(theme.px(8))
        column.addWidget(label(self.tr("Cut-offs"), "head"))
        column.addWidget(self.cut_offs)
        column.addWidget(self.limits)
        column.addWidget(label(self.tr("Options; the clinician decides."), "caption"))
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.choices)
        beside.addWidget(hairline(vertical=True))
        beside.addWidget(area, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.px(20), theme.px(10), theme.px(20), theme.px(12))
        foot.addWidget(close_box(self))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(beside, 1)
        layout.addWidget(hairline())
        layout.addLayout(foot)

    # ---- what is chosen --------------------------------------------------------------------------------------------
    @property
    def test(self) -> FunctionTest | None:
        """Return the chosen test."""
        item = self.choices.currentItem()
        return self._bench.test(str(item.data(Qt.ItemDataRole.UserRole))) if item is not None else None

    @property
    def busy(self) -> bool:
        """Return whether a curve or its band is under way."""
        return self._bench.running

    def choose(self, test_id: str) -> None:
        """Choose a test by id, where it is offered."""
        for row in range(self.choices.count()):
            item = self.choices.item(row)
            if item is not None and item.data(Qt.ItemDataRole.UserRole) == test_id:
                self.choices.setCurrentRow(row)

    def _list(self) -> None:
        """Offer the tests of the shown axis; the same one stays chosen where it is among them."""
        chosen = self.test.id if self.test is not None else ""
        self.choices.blockSignals(True)
        self.choices.clear()
        for test in self._bench.offered:
            item = QListWidgetItem(test.title)
            item.setData(Qt.ItemDataRole.UserRole, test.id)
            item.setToolTip(test.title)
            self.choices.addItem(item)
        self.choices.ensurePolished()
        wanted = self.choices.sizeHintForColumn(0) + self._theme.px(12)
        self.choices.setFixedWidth(min(max(wanted, self._theme.px(160)), self.width() // 3))
        self.choices.blockSignals(False)
        self.choices.setCurrentRow(0 if self.choices.count() else -1)
        self.choose(chosen)
        self._chosen()

    def _chosen(self, _: int = 0) -> None:
        test = self.test
        self._bench.forget()
        self.cut_offs.show_test(test)
        if test is not None:
            self.title.setText(test.title)
            self.protocol.setText(f"{test.words} ({test.source})")
            titles = {marker.id: marker.title for marker in self._session.axis.markers}
            self.markers.set_words([titles[marker] for marker in test.markers])
            self.markers.set_index(0)
            self.limits.setText("\n".join(test.limits))
        else:
            self.title.setText(self.tr("No function test is declared for this axis."))
            self.protocol.setText("")
            self.limits.setText("")
        self._show()
        self._perform(False)

    def _perform(self, planned: bool) -> None:
        test = self.test
        if test is not None and self._bench.ready:
            self._bench.perform(test.id, planned=planned)

    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(Topic.OPENED, Topic.AXIS):
            self._list()
        elif changes.touch(Topic.VIEW):
            self._show()
        elif changes.touch(Topic.RECORD, Topic.WHATIF, Topic.COURSE, Topic.PENDING):
            self._show_state()

    # ---- showing ---------------------------------------------------------------------------------------------------
    def _show(self) -> None:
        found, test = self._bench.found, self.test
        if test is not None:
            self.cut_offs.show_test(test)
        self.cut_offs.show_results(found.cut_offs if found is not None else ())
        self.outcome.setText(outcome_words(found) if found is not None else "")
        self.meaning.setText(found.outcome.sentence if found is not None else "")
        axis, system = self._session.axis, self._session.unit_system
        self.readings.show_run(found, axis, system)
        self.samples.setText(sample_rows(found, axis, system) if found is not None else "")
        self._show_picture()
        self._show_state()

    def _show_picture(self) -> None:
        test = self.test
        marker = test.markers[min(self.markers.index, len(test.markers) - 1)] if test is not None else ""
        unit = marker_unit(self._session.axis.marker(marker), self._session.unit_system) if marker else ("", 1.0)
        self.picture.show_run(self._bench.found, marker, *unit)

    def _show_state(self) -> None:
        bench, session = self._bench, self._session
        can = self.test is not None and bench.ready
        self.again.setEnabled(can)
        self.planned.setEnabled(can and session.whatif.differs)
        if bench.failure is not None:
            words = str(bench.failure)
        elif bench.running:
            words = self.tr("simulating …") if bench.found is None else self.tr("drawing the band …")
        elif session.record is None:
            words = self.tr("No patient is chosen.")
        elif not bench.ready:
            words = self.tr("The engine of this axis is being made ready.")
        elif bench.found is not None:
            fitted = self.tr("Persons who fit this patient's labs, the day after today.")
            alike = self.tr("Persons of this kind, the day after today; labs were not used.")
            remarks = dict.fromkeys(remark.sentence for remark in bench.found.remarks)
            words = " ".join([fitted if bench.fitted else alike, *remarks])
        else:
            words = self.tr("Not done yet.")
        self.state.setText(words)

    def done(self, result: int) -> None:
        """Stop listening and what is under way; Escape and the frame's button come here as well."""
        self._unsubscribe()
        self._bench.changed = lambda: None
        self._bench.forget()
        super().done(result)
