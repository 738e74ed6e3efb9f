"""The record under the chosen patient: labs, doses, visits, symptoms; newest first, each row opens its editor."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import LabResult, PatientRecord, Record
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import shown_value
from endotune_desktop.ui.words import agent_title, day_words, order_words
from endotune_desktop.workbench.session import Session


class RecordTable(QTableWidget):
    """Rows of one kind of record.

    Signals
    -------
    opened(object)
        A record to edit.
    """

    opened = Signal(object)

    def __init__(self, session: Session, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._records: dict[tuple[int, int], Record] = {}
        self.setProperty("kind", "plain")
        self.setAccessibleName(name)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.horizontalHeader().setHighlightSections(False)
        self.cellDoubleClicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or F2 edits, Delete removes (undo brings it back)."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._open(self.currentRow(), self.currentColumn())
        elif key == Qt.Key.Key_Delete:
            record = self.record_at(self.currentRow(), self.currentColumn())
            if record is not None:
                self._session.edit(Edit(self.tr("Delete entry"), (RecordChange(record, None),)))
        else:
            super().keyPressEvent(event)

    def record_at(self, row: int, column: int) -> Record | None:
        """Return the record of a cell, else of its row."""
        here = self._records.get((row, column))
        return here or next((r for (at, _), r in self._records.items() if at == row), None)

    def _open(self, row: int, column: int) -> None:
        record = self.record_at(row, column)
        if record is not None:
            self.opened.emit(record)

    def select_record(self, record_id: str) -> None:
        """Go to a record."""
        for (row, column), record in self._records.items():
            if record.id == record_id:
                self.setCurrentCell(row, column)
                self.setFocus()

    def _fill(self, heads: list[str], rows: list[list[tuple[str, Record | None, bool]]], widths: list[int]) -> None:
        """Show rows of (text, record, bold)."""
        self._records = {}
        self.setColumnCount(len(heads))
        self.setRowCount(len(rows))
        self.setHorizontalHeaderLabels(heads)
        header = self.horizontalHeader()
        for column, width in enumerate(widths):
            header.setMinimumSectionSize(self._theme.px(50))
            mode = QHeaderView.ResizeMode.Stretch if width == 0 else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(column, mode)
            if width:
                self.setColumnWidth(column, self._theme.px(width))
            side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
            item = self.horizontalHeaderItem(column)
            if item is not None:
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        for row, cells in enumerate(rows):
            self.setRowHeight(row, self._theme.px(27))
            for column, (text, record, bold) in enumerate(cells):
                item = QTableWidgetItem(text)
                side = Qt.AlignmentFlag.AlignLeft if column == 0 or widths[column] == 0 else Qt.AlignmentFlag.AlignRight
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                item.setToolTip(text)
                font = QFont(self._theme.font("small", 600 if bold else 400))
                if isinstance(record, LabResult) and record.set_aside:
                    font.setStrikeOut(True)
                item.setFont(font)
                self.setItem(row, column, item)
                if record is not None:
                    self._records[row, column] = record

    # ---- kinds -----------------------------------------------------------------------------------------------------
    def show_labs(self, record: PatientRecord) -> None:
        """Show results by drawing time, one column a plotted marker."""
        markers = [marker for marker in self._session.axis.markers if marker.plotted]
        extra = {lab.analyte for lab in record.labs} - {marker.analyte for marker in markers}
        markers += [marker for marker in self._session.axis.markers if marker.analyte in extra]
        system = self._session.unit_system
        short = {"ft4": "FT4", "ft3": "FT3", "tt4": "TT4", "tt3": "TT3"}
        heads = [self.tr("Drawn")]
        for marker in markers:
            heads.append(f"{short.get(marker.id, marker.title)}\n{ANALYTES[marker.analyte].shown_in(system).id}")
        moments = sorted({lab.drawn_at for lab in record.labs}, reverse=True)
        rows = []
        for moment in moments:
            row: list[tuple[str, Record | None, bool]] = [(self._moment(moment), None, False)]
            for marker in markers:
                found = [lab for lab in record.labs if lab.drawn_at == moment and lab.analyte == marker.analyte]
                row.append(self._lab_cell(found[0]) if found else ("", None, False))
            rows.append(row)
        self._fill(heads, rows, [0, *([56] * len(markers))])

    def _moment(self, moment: datetime) -> str:
        same_year = moment.year == self._session.today().year
        return f"{moment:%-d %b}" if same_year else f"{moment:%-d %b %y}"

    def _lab_cell(self, lab: LabResult) -> tuple[str, Record | None, bool]:
        analyte = ANALYTES[lab.analyte]
        low = lab.reference_low if lab.reference_low is not None else analyte.reference_low
        high = lab.reference_high if lab.reference_high is not None else analyte.reference_high
        arrow = " ↑" if high is not None and lab.value > high else " ↓" if low is not None and lab.value < low else ""
        value = shown_value(lab.analyte, lab.value, factor=analyte.shown_in(self._session.unit_system).factor)
        return f"{lab.comparator}{value}{'' if lab.comparator else arrow}", lab, bool(arrow)

    def show_doses(self, record: PatientRecord) -> None:
        """Show orders, newest first."""
        axis = self._session.axis
        rows: list[list[tuple[str, Record | None, bool]]] = []
        for order in record.medication:
            until = f"{self.tr('to')} {day_words(order.stop)}" if order.stop else self.tr("goes on")
            name = agent_title(axis, order.agent)
            current = order.stop is None or order.stop > self._session.today()
            rows.append([(f"{name} {order_words(order)}", order, current)])
            rows.append([(f"    {day_words(order.start)} {until}", order, False)])
        self._fill([self.tr("Orders")], rows, [0])

    def show_visits(self, record: PatientRecord) -> None:
        """Show visits, and weight, pulse and pressure among them."""
        entries: list[tuple[object, str, Record]] = [(visit.on, visit.words, visit) for visit in record.visits]
        for vitals in record.vitals:
            parts = []
            if vitals.weight_kg is not None:
                parts.append(f"{vitals.weight_kg:g} kg")
            if vitals.pulse_per_min is not None:
                parts.append(f"{self.tr('pulse')} {vitals.pulse_per_min:g}")
            if vitals.systolic_mmhg is not None and vitals.diastolic_mmhg is not None:
                parts.append(f"{vitals.systolic_mmhg:g}/{vitals.diastolic_mmhg:g}")
            entries.append((vitals.on, ", ".join(parts), vitals))
        entries.sort(key=lambda entry: str(entry[0]), reverse=True)
        rows: list[list[tuple[str, Record | None, bool]]] = [
            [(f"{day:%-d %b %y}", held, False), (words, held, False)] for day, words, held in entries
        ]
        self._fill([self.tr("Day"), self.tr("What")], rows, [72, 0])

    def clear_rows(self) -> None:
        """Show nothing."""
        self._fill([], [], [])
