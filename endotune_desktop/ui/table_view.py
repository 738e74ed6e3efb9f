"""The same course as numbers: a row a sample, a column a marker, now and what-if."""

from __future__ import annotations

import math
from datetime import timedelta

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.physiology.axis import Marker, Role
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import shown_value
from endotune_desktop.ui.widgets.pieces import hairline, label
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.session import Session

Index = QModelIndex | QPersistentModelIndex


class CourseModel(QAbstractTableModel):
    """Samples of the course that is shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def markers(self) -> list[Marker]:
        """Return the markers that have columns."""
        return [m for m in self._session.axis.markers if m.analyte or m.role is Role.INDEX]

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of samples."""
        course = self._session.course
        return int(course.now.time_h.size) if course else 0

    def columnCount(self, parent: Index | None = None) -> int:
        """Return date, then now and what-if for each marker."""
        return 1 + 2 * len(self.markers())

    def _factor(self, marker: Marker) -> tuple[str, float]:
        analyte = ANALYTES.get(marker.analyte)
        if analyte is None:
            return "" if marker.unit == "1" else marker.unit, 1.0
        unit = analyte.shown_in(self._session.unit_system)
        return unit.id, unit.factor

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Return marker, which line, and unit."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        if section == 0:
            return self.tr("Day and time")
        marker = self.markers()[(section - 1) // 2]
        which = self.tr("now") if section % 2 else self.tr("what-if")
        return f"{marker.title} {which}\n{self._factor(marker)[0]}"

    def data(self, index: Index, role: int = 0) -> object:
        """Return what a cell shows."""
        course = self._session.course
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if index.column() == 0 else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole or course is None:
            return None
        hour = float(course.now.time_h[index.row()])
        if index.column() == 0:
            day = course.day0 + timedelta(days=int(hour // 24))
            minutes = round((hour % 24.0) * 60)
            return f"{day:%-d %b %Y}  {minutes // 60 % 24:02d}:{minutes % 60:02d}"
        marker = self.markers()[(index.column() - 1) // 2]
        curve = course.now if index.column() % 2 else course.whatif
        value = curve.at(marker.id, hour) if curve is not None else math.nan
        if not math.isfinite(value):
            return ""
        return shown_value(marker.id, value, below=marker.shown_below, factor=self._factor(marker)[1])


class TableView(QWidget):
    """A table that copies as tab-separated text."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("kind", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = label("", "title")
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        head.setSpacing(theme.px(12))
        head.addWidget(self.title)
        head.addWidget(label(self.tr("The numbers behind the curves. Ctrl C copies the selection."), "caption"), 1)
        self.model = CourseModel(session)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Course as a table"))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().setDefaultSectionSize(theme.px(27))
        self.table.horizontalHeader().setDefaultSectionSize(theme.px(104))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.setColumnWidth(0, theme.px(150))
        self.table.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(hairline())
        layout.addWidget(self.table, 1)
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        self.refresh()

    def _on_changes(self, changes: Changes) -> None:
        if self.isVisible() and changes.touch(Topic.COURSE, Topic.VIEW, Topic.OPENED):
            self.refresh()

    def showEvent(self, event: object) -> None:
        """Catch up."""
        self.refresh()

    def refresh(self) -> None:
        """Show the newest course."""
        record = self._session.record
        self.title.setText(record.patient.name if record else self.tr("No patient chosen"))
        self.model.beginResetModel()
        self.model.endResetModel()

    def selection_text(self) -> str:
        """Return the selected cells as tab-separated text with their heads."""
        indexes = sorted(self.table.selectedIndexes(), key=lambda i: (i.row(), i.column()))
        columns = sorted({index.column() for index in indexes})
        lines = []
        horizontal, display = Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole
        heads = [str(self.model.headerData(c, horizontal, display)).replace("\n", " ") for c in columns]
        lines.append("\t".join(heads))
        for row in sorted({index.row() for index in indexes}):
            cells = [str(self.model.data(self.model.index(row, c), display)) for c in columns]
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
