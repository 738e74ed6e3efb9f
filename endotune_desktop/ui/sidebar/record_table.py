"""A list of one kind of record whose rows are edited in place: the editor lies in a gap under its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import PatientRecord, Record
from endotune_desktop.ui.forms.record_form import RecordForm
from endotune_desktop.ui.sidebar.drafts import Draft, Drafts, Target
from endotune_desktop.ui.sidebar.record_rows import RecordRows
from endotune_desktop.ui.sidebar.row_editor import RowEditor
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.words import record_words
from endotune_desktop.workbench.session import Session


class RecordTable(RecordRows):
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

    def __init__(
        self, session: Session, theme: Theme, drafts: Drafts, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, theme, name, parent)
        self._drafts, self._name = drafts, name
        self.editor: RowEditor | None = None
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.cellDoubleClicked.connect(self.open_cell)

    # ---- what a kind of record says of itself -----------------------------------------------------------------------
    def form_of(self, record: PatientRecord, target: Target, before: Record | None) -> RecordForm:
        """Return the form of a target."""
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
        self.refill()
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
        self.refill()
        self.open(target, focus=had_focus)

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
            if self.editor is not None:
                self.editor.fields.focus("day")
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
        self.refill()
        editor.show()
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
        self.refill()
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
    def open_target(self) -> Target | None:
        """Return what the open editor is about."""
        return self.editor.target if self.editor is not None else None

    def dress(self) -> tuple[object, ...]:
        """Return what the looks hang on: which rows bear a pencil, too."""
        record = self._record
        return *super().dress(), self._drafts.keys(record.patient.id) if record is not None else frozenset()

    def is_draft(self, target: Target) -> bool:
        """Return whether something typed about a target is not saved."""
        record = self._record
        return record is not None and target.key in self._drafts.keys(record.patient.id)

    def fit(self) -> None:
        """Give each row the height of its words and the gap that of the editor, and lay the editor over the gap."""
        super().fit()
        if self.editor is not None and self._gap >= 0:
            height = self.editor.height_for(self.viewport().width())
            self.setRowHeight(self._gap, height)
            above = self.rowHeight(self._gap - 1) if self._gap > 0 else 0
            self.room_wanted.emit(height + above - self.viewport().height())
        self._place_editor()

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
            self.fit()
            focus = self.editor.focusWidget()
            self._reveal(focus if focus is not None and focus.hasFocus() else self.editor)
        elif event.type() is QEvent.Type.FocusIn and isinstance(watched, QWidget) and self.editor is not None:
            self._reveal(watched)
        return super().eventFilter(watched, event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Take the editor along."""
        super().scrollContentsBy(dx, dy)
        self._place_editor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew at another width."""
        super().resizeEvent(event)
        self.fit()

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
