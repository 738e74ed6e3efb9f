"""A list of one kind of record whose rows are edited in place: the editor lies in a gap under its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QMenu,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import LabResult, PatientRecord, Record
from endotune_desktop.ui.forms.record_form import RecordForm
from endotune_desktop.ui.sidebar.drafts import Draft, Drafts, Target
from endotune_desktop.ui.sidebar.row_delegate import SECOND_ROLE, RowDelegate
from endotune_desktop.ui.sidebar.row_editor import RowEditor
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.words import record_words
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
    """

    text: str
    record: Record | None = None
    bold: bool = False
    second: str = ""
    spoken: str = ""
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in pixels of the design (0 takes the rest), and whether its text wraps."""

    head: str
    width: int = 0
    wraps: bool = False


class RecordTable(QTableWidget):
    """Rows of one kind of record; Enter, F2 and a double click edit, Delete removes.

    Signals
    -------
    said(str)
        What was done and can be taken back.
    drafted()
        What is typed and unsaved has changed.
    room_wanted(int)
        How many more pixels the open editor would need to be seen whole.
    room_left()
        The editor is gone.
    """

    said = Signal(str)
    drafted = Signal()
    room_wanted = Signal(int)
    room_left = Signal()
    kinds: tuple[str, ...] = ()
    """The kinds of `Target` in this list."""
    by_cell = False
    """Whether each cell is a record of its own."""

    def __init__(
        self, session: Session, theme: Theme, drafts: Drafts, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._theme, self._drafts, self._name = session, theme, drafts, name
        self._cells: list[list[Cell]] = []
        self._columns: list[Column] = []
        self._record: PatientRecord | None = None
        self._gap = -1
        self.editor: RowEditor | None = None
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
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.cellDoubleClicked.connect(self.open_cell)

    # ---- what a kind of record says of itself -----------------------------------------------------------------------
    def contents(self, record: PatientRecord) -> tuple[list[Column], list[list[Cell]]]:
        """Return the columns and rows of a record, newest first."""
        raise NotImplementedError

    def form_of(self, record: PatientRecord, target: Target, before: Record | None) -> RecordForm:
        """Return the form of a target."""
        raise NotImplementedError

    def target_of(self, record: Record) -> Target:
        """Return what editing a record is about."""
        raise NotImplementedError

    def held(self, record: PatientRecord) -> Sequence[Record]:
        """Return the records of this kind."""
        raise NotImplementedError

    # ---- showing ---------------------------------------------------------------------------------------------------
    def show_record(self, record: PatientRecord | None) -> None:
        """Show a record; an open editor stays where it is, one of another patient is kept for later."""
        former = self._record
        self._record = record
        other = former is not None and (record is None or record.patient.id != former.patient.id)
        if other and former is not None:
            self._leave(former.patient.id)
        if record is not None and not other and former is not None:
            self._follow_record(record)
        self._refill()
        if record is not None and (other or former is None):
            target = self._drafts.to_reopen(record.patient.id, self._name)
            if target is not None:
                self.open(target, focus=False)

    def _leave(self, patient_id: str) -> None:
        editor = self.editor
        if editor is None:
            self._drafts.left_open(patient_id, self._name, None)
            return
        self._drafts.left_open(patient_id, self._name, editor.target if editor.dirty else None)
        self._drop_editor()

    def _follow_record(self, record: PatientRecord) -> None:
        """Let the open editor start from what is on file now; typed texts stay."""
        editor = self.editor
        if editor is None or editor.fields.saving or not editor.target.record_id:
            return
        now = next((held for held in self.held(record) if held.id == editor.target.record_id), None)
        if now == editor.fields.form.before:
            return
        had_focus = editor.isAncestorOf(QApplication.focusWidget() or self)
        texts, target, dirty = editor.fields.texts(), editor.target, editor.dirty
        self._drafts.drop(record.patient.id, target)
        self._drop_editor()
        if now is None and not dirty:
            return
        target = target if now is not None else target.as_new()
        if dirty:
            self._drafts.keep(record.patient.id, Draft(target, texts))
        self._refill()
        self.open(target, focus=had_focus)

    def _refill(self) -> None:
        record, row, column = self._record, self._plain_row(self.currentRow()), self.currentColumn()
        current = self.record_at(self.currentRow(), self.currentColumn())
        self._columns, self._cells = self.contents(record) if record is not None else ([], [])
        gap = self._gap_of(self.editor.target) if self.editor is not None else -1
        self._clear_widgets()
        self.clearSpans()
        self._gap = gap
        self.setColumnCount(len(self._columns))
        self.setRowCount(len(self._cells) + (gap >= 0))
        self._fill_heads()
        for index, cells in enumerate(self._cells):
            self._fill_row(self._shown_row(index), cells)
        if gap >= 0:
            self._fill_gap(gap)
        self._fit_rows()
        self._place_editor()
        self.setAccessibleDescription("" if self._cells else self.empty_words)
        if current is not None and self.select_record(current.id, focus=False):
            return
        if row >= 0 and self._cells:
            self.setCurrentCell(self._shown_row(min(row, len(self._cells) - 1)), max(column, 0))

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
            font = QFont(self._theme.font("small", 600 if cell.bold else 400))
            if isinstance(cell.record, LabResult) and cell.record.set_aside:
                font.setStrikeOut(True)
            item.setFont(font)
            self._mark(item, cell)
            self.setItem(row, column, item)
            widget = self.cell_widget(cell, column)
            if widget is not None:
                self.setCellWidget(row, column, widget)

    def _clear_widgets(self) -> None:
        """Take away what stands in cells; it is deleted once its own event is over."""
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                widget = self.cellWidget(row, column)
                if widget is not None:
                    widget.hide()
                    self.removeCellWidget(row, column)

    def cell_widget(self, cell: Cell, column: int) -> QWidget | None:
        """Return the widget that stands in a cell, None where text is enough."""
        return None

    def _mark(self, item: QTableWidgetItem, cell: Cell) -> None:
        """Show that something typed about this cell is not saved yet."""
        target = self.target_of(cell.record) if cell.record is not None else cell.target
        record = self._record
        if target is not None and record is not None and target.key in self._drafts.keys(record.patient.id):
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

    def _fit_rows(self) -> None:
        """Give each row the height of its words, and the gap that of the editor."""
        theme = self._theme
        plain, double = theme.px(27), theme.px(42)
        metrics = QFontMetrics(theme.font("small"))
        for index, cells in enumerate(self._cells):
            height = double if any(cell.second for cell in cells) else plain
            for column, cell in enumerate(cells):
                if self._columns[column].wraps:
                    width = max(self.columnWidth(column) - theme.px(10), 20)
                    flags = int(Qt.TextFlag.TextWordWrap)
                    lines = metrics.boundingRect(0, 0, width, 10_000, flags, cell.text).height() / metrics.lineSpacing()
                    count = min(max(round(lines), 1), MOST_LINES)
                    height = max(height, plain + (count - 1) * metrics.lineSpacing())
            self.setRowHeight(self._shown_row(index), height)
        if self.editor is not None and self._gap >= 0:
            height = self.editor.height_for(self.viewport().width())
            self.setRowHeight(self._gap, height)
            above = self.rowHeight(self._gap - 1) if self._gap > 0 else 0
            self.room_wanted.emit(height + above - self.viewport().height())

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

    def has_drafts(self) -> bool:
        """Return whether something typed in this list is not saved."""
        record = self._record
        if record is None:
            return False
        ids = {held.id for held in self.held(record)}
        return any(self._owns(key, ids) for key in self._drafts.keys(record.patient.id))

    def _owns(self, key: str, ids: set[str]) -> bool:
        return key in ids or key.split(" ")[0] in self.kinds

    # ---- editing -----------------------------------------------------------------------------------------------------
    def begin(self, kind: str = "") -> None:
        """Begin a new entry at the head of the list; the first kind of this list by default."""
        self.open(Target(kind or self.kinds[0]))

    def open_cell(self, row: int, column: int) -> None:
        """Edit what a cell holds, or begin what it lacks."""
        cell = self.cell_at(row, column)
        record = self.record_at(row, column)
        if record is not None and cell is not None and cell.record is None:
            self.open(replace(self.target_of(record), short=False))
        elif record is not None:
            self.open(self.target_of(record))
        elif cell is not None and cell.target is not None:
            self.open(cell.target)

    def open_record(self, record_id: str) -> None:
        """Go to a record and edit it."""
        if self._record is not None:
            found = next((held for held in self.held(self._record) if held.id == record_id), None)
            if found is not None:
                self.select_record(record_id, focus=False)
                self.open(self.target_of(found))

    def open(self, target: Target, *, focus: bool = True) -> None:
        """Open the editor of a target in the list, with what was typed about it before."""
        record = self._record
        if record is None:
            return
        if self.editor is not None and self.editor.target.key == target.key:
            if focus:
                self.editor.fields.focus()
            return
        before = next((held for held in self.held(record) if held.id == target.record_id), None)
        if target.record_id and before is None:
            draft = self._drafts.of(record.patient.id, target)
            self._drafts.drop(record.patient.id, target)
            target = target.as_new()
            if draft is not None:
                self._drafts.keep(record.patient.id, replace(draft, target=target))
        self._drop_editor()
        editor = RowEditor(self._session, self._theme, self.form_of(record, target, before), target, self.viewport())
        draft = self._drafts.of(record.patient.id, target)
        if draft is not None:
            editor.put(draft.texts)
        editor.saved.connect(self._saved)
        editor.given_up.connect(self._give_up)
        editor.left.connect(self._left)
        editor.typed.connect(self._typed)
        editor.installEventFilter(self)
        for made in editor.fields.fields.values():
            proxy = made.focusProxy()
            if proxy is not None:
                proxy.installEventFilter(self)
        self.editor = editor
        self._refill()
        editor.show()
        self._place_editor()
        self._reveal(editor)
        if focus:
            editor.fields.focus("value" if target.analyte or target.record_id else "")

    def _drop_editor(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            editor.removeEventFilter(self)
            editor.hide()
            editor.deleteLater()

    def _close(self) -> None:
        """Take the editor away; the focus goes to the row it was about."""
        editor = self.editor
        if editor is None:
            return
        if self._record is not None:
            self._drafts.drop(self._record.patient.id, editor.target)
        self._drop_editor()
        self._refill()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.drafted.emit()
        self.room_left.emit()

    def _saved(self, record: Record) -> None:
        if self.editor is not self.sender():
            return
        self._close()
        self.select_record(record.id)

    def _give_up(self) -> None:
        editor = self.editor
        if editor is not None and not editor.fields.saving:
            self._close()

    def _typed(self) -> None:
        editor, record = self.editor, self._record
        if editor is None or record is None:
            return
        if editor.dirty:
            self._drafts.keep(record.patient.id, Draft(editor.target, editor.fields.texts()))
        else:
            self._drafts.drop(record.patient.id, editor.target)
        self.drafted.emit()

    def _left(self, forward: bool) -> None:
        """Go on from the list where Tab left the editor."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if forward:
            self.focusNextPrevChild(True)

    # ---- place -------------------------------------------------------------------------------------------------------
    def _place_editor(self) -> None:
        """Lay the editor over its gap."""
        if self.editor is None or self._gap < 0:
            return
        top = self.rowViewportPosition(self._gap)
        self.editor.setGeometry(0, top, self.viewport().width(), self.rowHeight(self._gap))

    def _reveal(self, widget: QWidget) -> None:
        """Scroll so that the whole editor is in view; where it is taller than the list, so that a part of it is."""
        editor, height = self.editor, self.viewport().height()
        if editor is None:
            return
        shown: QWidget = editor if editor.height() <= height else widget
        top = shown.mapTo(self.viewport(), QPoint(0, 0)).y()
        low = top + shown.height() - height
        above = self.rowHeight(self._gap - 1) if self._gap > 0 else 0
        margin = min(above, height - editor.height()) if shown is editor else self._theme.px(20)
        bar = self.verticalScrollBar()
        if top < margin:
            bar.setValue(bar.value() + top - margin)
        elif low > 0:
            bar.setValue(bar.value() + min(low if shown is editor else low + 4 * margin, top - margin))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what the editor needs: more room for a refusal, and the field with the focus in view."""
        if event.type() is QEvent.Type.LayoutRequest and watched is self.editor:
            self._fit_rows()
            self._place_editor()
            focus = self.editor.focusWidget()
            self._reveal(focus if focus is not None and focus.hasFocus() else self.editor)
        elif event.type() is QEvent.Type.FocusIn and isinstance(watched, QWidget) and self.editor is not None:
            self._reveal(watched)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows; where there are none, say what to do."""
        super().paintEvent(event)
        if self._record is not None and not self._cells and self.editor is None:
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

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Take the editor along."""
        super().scrollContentsBy(dx, dy)
        self._place_editor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew at another width."""
        super().resizeEvent(event)
        self._fit_rows()
        self._place_editor()

    # ---- hands -------------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or F2 edits, Insert begins a new entry, Delete removes (undo brings it back)."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            if not self._cells:
                self.begin()
            self.open_cell(self.currentRow(), self.currentColumn())
        elif key == Qt.Key.Key_Insert:
            self.begin()
        elif key == Qt.Key.Key_Delete:
            self.remove(self.record_at(self.currentRow(), self.currentColumn()))
        else:
            super().keyPressEvent(event)

    def remove(self, record: Record | None) -> None:
        """Delete a record; undo and the toast bring it back."""
        if record is not None:
            words = self.tr("Delete {what}").format(what=record_words(self._session.axis, record))
            self.do(words, RecordChange(record, None))

    def do(self, words: str, change: RecordChange) -> None:
        """Write a change and say that it can be taken back."""
        self._session.edit(Edit(words, (change,)), lambda: self.said.emit(words))

    def row_menu(self, row: int, column: int) -> QMenu:
        """Return what can be done with a row."""
        menu = QMenu(self)
        record, cell = self.record_at(row, column), self.cell_at(row, column)
        if record is not None or (cell is not None and cell.target is not None):
            words = self.tr("Edit\tEnter") if record is not None else self.tr("Add\tEnter")
            menu.addAction(words).triggered.connect(lambda: self.open_cell(row, column))
        if record is not None:
            self.more_actions(menu, record)
            menu.addAction(self.tr("Delete\tDel")).triggered.connect(lambda: self.remove(record))
        return menu

    def more_actions(self, menu: QMenu, record: Record) -> None:
        """Add what only this kind of record can do."""

    def _show_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        row, column = (index.row(), index.column()) if index.isValid() else (self.currentRow(), self.currentColumn())
        menu = self.row_menu(row, column)
        if not menu.isEmpty():
            menu.exec(self.viewport().mapToGlobal(at))
        menu.deleteLater()
