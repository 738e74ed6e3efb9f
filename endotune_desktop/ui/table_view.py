"""The same course as numbers: a row a sample, a column a marker, now and what-if."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from endotune_desktop.physiology.axis import Marker, Role
from endotune_desktop.ui.shown_units import marker_unit
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import shown_value
from endotune_desktop.ui.widgets.pieces import hairline, label
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.course_view import CourseView, Curve
from endotune_desktop.workbench.presentation import Kind, Series, presentation_of
from endotune_desktop.workbench.session import Session

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


class CourseModel(QAbstractTableModel):
    """Samples of the course as it was when `take` was called last; a text is made when it is first shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._course: CourseView | None = None
        self._columns: list[tuple[Marker, Curve | None, float]] = []
        self._told: tuple[Series, ...] = ()
        self._days: dict[int, date] = {}
        self._texts: dict[tuple[int, int], str] = {}
        self._drawn: object = None
        self.take()

    def take(self) -> bool:
        """Take over the newest course and the units; return whether anything is shown otherwise than before."""
        course, axis = self._session.course, self._session.axis
        drawn = (axis.id, self._session.unit_system)
        if course is self._course and drawn == self._drawn:
            return False
        self.beginResetModel()
        self._drawn, self._course = drawn, course
        self._texts.clear()
        curves = (course.now, course.whatif) if course is not None else (None, None)
        self._columns = [(m, curve, self._factor(m)[1]) for m in self.markers() for curve in curves]
        record = self._session.record
        self._told = presentation_of(record, axis) if record is not None and course is not None else ()
        self._days = _first_rows(course) if course is not None and self._told else {}
        self.endResetModel()
        return True

    def markers(self) -> list[Marker]:
        """Return the markers that have columns."""
        return [m for m in self._session.axis.markers if m.analyte or m.role is Role.INDEX]

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of samples."""
        return int(self._course.now.time_h.size) if self._course else 0

    def columnCount(self, parent: Index | None = None) -> int:
        """Return date, then now and what-if for each marker, then what was told and taken."""
        return 1 + len(self._columns) + len(self._told)

    def _factor(self, marker: Marker) -> tuple[str, float]:
        return marker_unit(marker, self._session.unit_system)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Return marker, which line, and unit."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        if section == 0:
            return self.tr("Day and time")
        if section > len(self._columns):
            series = self._told[section - 1 - len(self._columns)]
            return f"{series.title}\n{'0–10' if series.kind is Kind.SCALE else series.unit}"
        marker = self._columns[section - 1][0]
        which = self.tr("now") if section % 2 else self.tr("what-if")
        return f"{marker.title} {which}\n{self._factor(marker)[0]}"

    def data(self, index: Index, role: int = 0) -> object:
        """Return what a cell shows."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(RIGHT if index.column() else LEFT)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.text(index.row(), index.column())

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell."""
        found = self._texts.get((row, column))
        if found is None:
            found = self._texts[row, column] = self._made(row, column)
        return found

    def _made(self, row: int, column: int) -> str:
        course = self._course
        if course is None:
            return ""
        hour = float(course.now.time_h[row])
        if column == 0:
            day = course.day0 + timedelta(days=int(hour // 24))
            minutes = round((hour % 24.0) * 60)
            return f"{day:%-d %b %Y}  {minutes // 60 % 24:02d}:{minutes % 60:02d}"
        if column > len(self._columns):
            return self._said(self._told[column - 1 - len(self._columns)], row)
        marker, curve, factor = self._columns[column - 1]
        value = curve.at(marker.id, hour) if curve is not None else math.nan
        if not math.isfinite(value):
            return ""
        return shown_value(marker.id, value, below=marker.shown_below, factor=factor)

    def _said(self, series: Series, row: int) -> str:
        """Return what is on record of a day, in its first row."""
        day = self._days.get(row)
        point = next((point for point in series.points if point.on == day), None)
        if point is None:
            return ""
        return f"{point.value:g}/{point.lower:g}" if series.kind is Kind.PRESSURE else f"{point.value:g}"


def _first_rows(course: CourseView) -> dict[int, date]:
    """Return the first row of every day of a course."""
    days = np.floor(course.now.time_h / 24.0)
    rows = np.flatnonzero(np.diff(days, prepend=-np.inf) > 0)
    return {int(row): course.day0 + timedelta(days=int(days[row])) for row in rows}


class NumberTable(QTableView):
    """A table of which all cells in view are painted in one go: there are hundreds of them, and each is only a text."""

    def __init__(self, theme: Theme, model: CourseModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._numbers = theme, model

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the grounds of chosen cells, the texts, and the ring of the current cell."""
        theme, model, dirty = self._theme, self._numbers, event.rect()
        painter = QPainter(self.viewport())
        painter.setFont(theme.font("small"))
        metrics, pad = theme.metrics("small"), theme.px(4)
        spans = [(c, self.columnViewportPosition(c), self.columnWidth(c)) for c in range(model.columnCount())]
        spans = [span for span in spans if span[1] < dirty.right() + 1 and span[1] + span[2] > dirty.left()]
        for cell in self.selectionModel().selectedIndexes():
            painter.fillRect(self.visualRect(cell), theme.colour("sel"))
        painter.setPen(theme.colour("text"))
        first, last = self.rowAt(dirty.top()), self.rowAt(dirty.bottom())
        lift = (metrics.ascent() - metrics.descent()) // 2
        for row in range(max(first, 0), (last if last >= 0 else model.rowCount() - 1) + 1):
            base = self.rowViewportPosition(row) + self.rowHeight(row) // 2 + lift
            for column, left, width in spans:
                text = model.text(row, column)
                if not text:
                    continue
                room, wide = width - 2 * pad, metrics.horizontalAdvance(text)
                if wide > room:
                    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
                    wide = min(metrics.horizontalAdvance(text), room)
                painter.drawText(left + pad + (room - wide if column else 0), base, text)
        current = self.currentIndex()
        if self.hasFocus() and current.isValid():
            painter.setPen(theme.pen("focus", 2.0))
            painter.drawRect(self.visualRect(current).adjusted(1, 1, -1, -1))


class TableView(QWidget):
    """A table that copies as tab-separated text."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.setProperty("kind", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = label("", "title")
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        head.setSpacing(theme.px(12))
        head.addWidget(self.title)
        head.addWidget(label(self.tr("The numbers behind the curves. Ctrl C copies the selection."), "caption"), 1)
        self.model = CourseModel(session)
        self.table = NumberTable(theme, self.model)
        self.table.setAccessibleName(self.tr("Course as a table"))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().setDefaultSectionSize(theme.px(27))
        self.table.horizontalHeader().setDefaultSectionSize(theme.px(104))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(hairline())
        layout.addWidget(self.table, 1)
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)

    def _on_changes(self, changes: Changes) -> None:
        if self.isVisible() and changes.touch(Topic.COURSE, Topic.VIEW, Topic.OPENED, Topic.AXIS):
            self.refresh()

    def showEvent(self, event: object) -> None:
        """Catch up."""
        self.refresh()

    def refresh(self) -> None:
        """Show the newest course; the table is given its model when it is first shown, as that alone takes long."""
        record = self._session.record
        self.title.setText(record.patient.name if record else self.tr("No patient chosen"))
        self.model.take()
        if self.table.model() is not self.model:
            self.table.setModel(self.model)
            self.table.setColumnWidth(0, self._theme.px(150))

    def selection_text(self) -> str:
        """Return the selected cells as tab-separated text with their heads."""
        indexes = sorted(self.table.selectedIndexes(), key=lambda i: (i.row(), i.column()))
        columns = sorted({index.column() for index in indexes})
        lines = []
        horizontal, display = Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole
        heads = [str(self.model.headerData(c, horizontal, display)).replace("\n", " ") for c in columns]
        lines.append("\t".join(heads))
        for row in sorted({index.row() for index in indexes}):
            cells = [self.model.text(row, c) for c in columns]
            lines.append("\t".join(cells))
        return "\n".join(lines) + "\n"

    def eventFilter(self, watched: object, event: object) -> bool:
        """Copy the selection with its units."""
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy):
            if event.type() is QKeyEvent.Type.KeyPress:
                QGuiApplication.clipboard().setText(self.selection_text())
            return True
        return False

    def closeEvent(self, event: object) -> None:
        """Stop listening."""
        self._unsubscribe()
