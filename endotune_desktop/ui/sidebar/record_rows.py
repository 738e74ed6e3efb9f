"""A list of one kind of record: rows of cells, with a gap under the row that is edited."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from endotune_desktop.clinic.records import LabResult, PatientRecord, Record
from endotune_desktop.ui.sidebar.drafts import Target
from endotune_desktop.ui.sidebar.row_delegate import QUIET_ROLE, SECOND_ROLE, RowDelegate
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.workbench.session import Session

MOST_LINES = 4
"""A visit's words take so many lines at most; the whole of them is in the tool tip and in the editor."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row.

    Attributes
    ----------
    text : str
    record : Record or None
        What is edited from here.
    bold : bool
    second : str
        A smaller line under the first.
    spoken : str
        What a screen reader says; the text by default.
    target : Target or None
        What is begun from here when there is no record.
    quiet : bool
        Whether it is written in grey: it does not concern what is shown.
    """

    text: str
    record: Record | None = None
    bold: bool = False
    second: str = ""
    spoken: str = ""
    target: Target | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in pixels of the design (0 takes the rest), and whether its text wraps."""

    head: str
    width: int = 0
    wraps: bool = False


class RecordRows(QTableWidget):
    """Shows the rows; what is edited, and how, is left to `RecordTable`."""

    by_cell = False
    """Whether each cell is a record of its own."""

    def __init__(self, session: Session, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._cells: list[list[Cell]] = []
        self._columns: list[Column] = []
        self._record: PatientRecord | None = None
        self._gap = -1
        self._dress: object = None
        self.setProperty("kind", "plain")
        self.setAccessibleName(name)
        self.setItemDelegate(RowDelegate(theme, self))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(theme.px(20))
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        if not self.by_cell:
            self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.horizontalHeader().setHighlightSections(False)

    # ---- what a kind of record says of itself -----------------------------------------------------------------------
    def contents(self, record: PatientRecord) -> tuple[list[Column], list[list[Cell]]]:
        """Return the columns and rows of a record, newest first."""
        raise NotImplementedError

    def target_of(self, record: Record) -> Target:
        """Return what editing a record is about."""
        raise NotImplementedError

    def open_target(self) -> Target | None:
        """Return what is edited now, under whose row the gap is; None when nothing is."""
        return None

    def is_draft(self, target: Target) -> bool:
        """Return whether something typed about a target is not saved."""
        return False

    # ---- filling -----------------------------------------------------------------------------------------------------
    def refill(self) -> None:
        """Show the rows of the record; the current record stays current, and rows that would look alike are left."""
        record, row, column = self._record, self._plain_row(self.currentRow()), self.currentColumn()
        current = self.record_at(self.currentRow(), self.currentColumn())
        self._columns, self._cells = self.contents(record) if record is not None else ([], [])
        open_target = self.open_target()
        gap = self._gap_of(open_target) if open_target is not None else -1
        dress = (record.patient.id if record is not None else "", self._columns, self._cells, gap, self.dress())
        if dress == self._dress:
            self.fit()
            return
        self._dress = dress
        self._clear_widgets(gap, len(self._cells))
        self.clearSpans()
        self._gap = gap
        self.setColumnCount(len(self._columns))
        self.setRowCount(len(self._cells) + (gap >= 0))
        self._fill_heads()
        for index, cells in enumerate(self._cells):
            self._fill_row(self._shown_row(index), cells)
        if gap >= 0:
            self._fill_gap(gap)
        self.fit()
        self.setAccessibleDescription("" if self._cells else self.empty_words)
        if current is not None and self.select_record(current.id, focus=False):
            return
        if row >= 0 and self._cells:
            self.setCurrentCell(self._shown_row(min(row, len(self._cells) - 1)), max(column, 0))

    def dress(self) -> tuple[object, ...]:
        """Return what the looks of the rows hang on besides their cells."""
        return self._theme.name, self._theme.scale, self._session.today()

    def _fill_heads(self) -> None:
        self.setHorizontalHeaderLabels([column.head for column in self._columns])
        header = self.horizontalHeader()
        header.setVisible(any(column.head for column in self._columns))
        header.setMinimumSectionSize(self._theme.px(24))
        for index, column in enumerate(self._columns):
            mode = QHeaderView.ResizeMode.Stretch if column.width == 0 else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(index, mode)
            if column.width:
                self.setColumnWidth(index, self._theme.px(column.width))
            item = self.horizontalHeaderItem(index)
            if item is not None:
                item.setTextAlignment(self._side(index))

    def _side(self, column: int) -> Qt.AlignmentFlag:
        left = column == 0 or self._columns[column].width == 0
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter

    def _fill_row(self, row: int, cells: list[Cell]) -> None:
        for column, cell in enumerate(cells):
            item = QTableWidgetItem(cell.text)
            item.setTextAlignment(self._side(column))
            item.setToolTip(cell.spoken or cell.text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, cell.spoken or cell.text)
            item.setData(SECOND_ROLE, cell.second)
            item.setData(QUIET_ROLE, cell.quiet)
            font = QFont(self._theme.font("small", 600 if cell.bold else 400))
            if isinstance(cell.record, LabResult) and cell.record.set_aside:
                font.setStrikeOut(True)
            item.setFont(font)
            self._mark(item, cell)
            self.setItem(row, column, item)
            former = self.cellWidget(row, column)
            widget = self.cell_widget(cell, column, former)
            if widget is not None and widget is not former:
                self.setCellWidget(row, column, widget)

    def _clear_widgets(self, gap: int, rows: int) -> None:
        """Take away what stands in cells and cannot stay; it is deleted once its own event is over."""
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                widget = self.cellWidget(row, column)
                if widget is not None and (gap >= 0 or self._gap >= 0 or row >= rows):
                    widget.hide()
                    self.removeCellWidget(row, column)

    def cell_widget(self, cell: Cell, column: int, former: QWidget | None) -> QWidget | None:
        """Return the widget of a cell, the one that stands there if it serves; None where text is enough."""
        return None

    def _mark(self, item: QTableWidgetItem, cell: Cell) -> None:
        """Show that something typed about this cell is not saved yet."""
        target = self.target_of(cell.record) if cell.record is not None else cell.target
        record = self._record
        if target is not None and record is not None and self.is_draft(target):
            item.setIcon(self._theme.icon("pencil", "whatif", 14))
            words = self.tr("{what}, typed but not saved").format(what=item.toolTip())
            item.setToolTip(words)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)

    def _fill_gap(self, gap: int) -> None:
        for column in range(len(self._columns)):
            blank = QTableWidgetItem()
            blank.setFlags(Qt.ItemFlag.NoItemFlags)
            self.setItem(gap, column, blank)
        if len(self._columns) > 1:
            self.setSpan(gap, 0, 1, len(self._columns))

    def fit(self) -> None:
        """Give each row the height of its words."""
        theme = self._theme
        plain, double = theme.px(27), theme.px(42)
        metrics = theme.metrics("small")
        for index, cells in enumerate(self._cells):
            height = double if any(cell.second for cell in cells) else plain
            for column, cell in enumerate(cells):
                if self._columns[column].wraps:
                    width = max(self.columnWidth(column) - theme.px(10), 20)
                    flags = int(Qt.TextFlag.TextWordWrap)
                    lines = metrics.boundingRect(0, 0, width, 10_000, flags, cell.text).height() / metrics.lineSpacing()
                    count = min(max(round(lines), 1), MOST_LINES)
                    height = max(height, plain + (count - 1) * metrics.lineSpacing())
            if self.rowHeight(self._shown_row(index)) != height:
                self.setRowHeight(self._shown_row(index), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows; where there are none, say what to do."""
        super().paintEvent(event)
        if self._record is not None and not self._cells and self._gap < 0:
            painter = QPainter(self.viewport())
            painter.setFont(self._theme.font("small"))
            painter.setPen(self._theme.colour("text2"))
            pad = self._theme.px(12)
            box = self.viewport().rect().adjusted(pad, pad, -pad, -pad)
            painter.drawText(box, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop), self.empty_words)

    @property
    def empty_words(self) -> str:
        """Return what an empty list says."""
        return self.tr("None on file. Enter adds one.")

    # ---- rows and the gap --------------------------------------------------------------------------------------------
    def _gap_of(self, target: Target) -> int:
        """Return the row of the table that the editor of a target takes."""
        for index, cells in enumerate(self._cells):
            for cell in cells:
                same = cell.record is not None and cell.record.id == target.record_id
                if same or (cell.target is not None and cell.target.key == target.key):
                    return index + 1
        return 0

    def _shown_row(self, index: int) -> int:
        return index + (0 <= self._gap <= index)

    def _plain_row(self, row: int) -> int:
        if row < 0 or row == self._gap:
            return -1
        return row - (0 <= self._gap < row)

    def cell_at(self, row: int, column: int) -> Cell | None:
        """Return a cell of the table as it is shown; None in the gap and outside."""
        index = self._plain_row(row)
        if 0 <= index < len(self._cells) and 0 <= column < len(self._cells[index]):
            return self._cells[index][column]
        return None

    def record_at(self, row: int, column: int) -> Record | None:
        """Return the record of a cell, else the first one of its row when the cell begins none."""
        cell = self.cell_at(row, column)
        if cell is None or cell.record is not None:
            return cell.record if cell else None
        if cell.target is not None:
            return None
        return next((c.record for c in self._cells[self._plain_row(row)] if c.record is not None), None)

    def select_record(self, record_id: str, *, focus: bool = True) -> bool:
        """Go to a record; return whether it is there."""
        for index, cells in enumerate(self._cells):
            for column, cell in enumerate(cells):
                if cell.record is not None and cell.record.id == record_id:
                    at = self.currentColumn() if cells[0].record is cell.record and self.currentColumn() > 0 else column
                    self.setCurrentCell(self._shown_row(index), at)
                    if focus:
                        self.setFocus(Qt.FocusReason.OtherFocusReason)
                    return True
        return False
