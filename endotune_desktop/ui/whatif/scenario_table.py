"""What was kept, side by side: one row a scenario, one column a marker, settled after twelve weeks."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.physiology.axis import Marker
from endotune_desktop.ui.shown_units import marker_unit
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import shown_share, shown_value
from endotune_desktop.ui.words import plan_words
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.odds import all_in_range, share_in_range
from endotune_desktop.workbench.references import curve_reference
from endotune_desktop.workbench.session import Session

Index = QModelIndex | QPersistentModelIndex

MOST_COLUMNS = 3
"""Markers that have a column; the name of the scenario needs the rest of the width."""


@dataclass(frozen=True)
class ScenarioRow:
    """What one row shows.

    Attributes
    ----------
    key : str
        "now", "whatif" or a letter.
    name : str
        Words of the row, the letter in front.
    texts : tuple of str
        One value a marker.
    share : str
        How many of the drawn persons are in range on every target, empty while it is not known.
    in_range : bool or None
        Whether the curve itself is; None while it is not known, and where nothing is a target.
    """

    key: str
    name: str
    texts: tuple[str, ...]
    share: str
    in_range: bool | None


MOST_HEAD_PX = 68
"""A longer title of a column is cut, so that the names of the scenarios keep their room."""


class ScenarioModel(QAbstractTableModel):
    """Rows: now, what-if, and the letters; columns: name, markers, in range, eye.

    The rows are a picture of the session that `take` draws anew: painting asks for texts, and computes none.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.rows: tuple[ScenarioRow, ...] = ()

    def take(self) -> bool:
        """Draw the rows anew; return whether anything is shown otherwise than before."""
        before, self.rows = self.rows, tuple(self._row(key) for key in self._keys())
        return self.rows != before

    def markers(self) -> list[Marker]:
        """Return the markers that have a column: the lead, the pair of the phase plot, then others that are plotted."""
        axis = self._session.axis
        wanted = [axis.lead_marker, axis.phase.y_marker, axis.phase.x_marker]
        plotted = [marker.id for marker in axis.markers if marker.plotted]
        measured = [m for m in dict.fromkeys((*wanted, *plotted)) if m in plotted and axis.marker(m).analyte]
        shown = (measured or plotted)[:MOST_COLUMNS]
        return [marker for marker in axis.markers if marker.id in shown]

    def keys(self) -> list[str]:
        """Return the rows: "now", "whatif", letters."""
        return [row.key for row in self.rows]

    def _keys(self) -> list[str]:
        if self._session.record is None:
            return []
        live = ["whatif"] if self._session.whatif.differs else []
        return ["now", *live, *(kept.letter for kept in self._session.kept.scenarios)]

    def _row(self, key: str) -> ScenarioRow:
        course = self._session.course
        hidden = course is None or (self._session.pending and key == "whatif")
        values = {} if course is None or hidden else course.settled.get(key, {})
        drawn = {} if course is None or hidden else course.settled_members.get(key, {})
        texts = tuple(self._text(marker, values.get(marker.id, math.nan)) for marker in self.markers())
        limits = self._limits(key)
        share = share_in_range(drawn, limits)
        inside = all_in_range(values, limits) if values and limits else None
        return ScenarioRow(key, self.name(key), texts, "" if share is None else shown_share(share), inside)

    def _text(self, marker: Marker, value: float) -> str:
        analyte = ANALYTES.get(marker.analyte)
        factor = analyte.shown_in(self._session.unit_system).factor if analyte else 1.0
        return shown_value(marker.id, value, below=marker.shown_below, factor=factor)

    def _limits(self, key: str) -> dict[str, tuple[float | None, float | None]]:
        """Return the range of every marker that is a target under the row's lesions and doses once it has settled."""
        session = self._session
        record, kept = session.record, session.kept.by_letter(key)
        plan = kept.plan if kept else session.whatif.plan if key == "whatif" else None
        found = {}
        for marker in self.markers() if record is not None else ():
            assert record is not None
            usual = reference_of(session, marker)
            limits = session.targets.limits(record, session.axis, plan, marker, session.today(), usual)
            if limits is not None:
                found[marker.id] = limits
        return found

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many scenarios there are."""
        return len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return name, markers, in range, eye."""
        return len(self.markers()) + 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Return marker titles with their unit on a second line."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        markers = self.markers()
        if 1 <= section <= len(markers):
            marker = markers[section - 1]
            analyte = ANALYTES.get(marker.analyte)
            unit, _ = marker_unit(marker, self._session.unit_system)
            return f"{analyte.brief if analyte else marker.title}\n{unit}"
        return self.tr("all in\nrange") if section == len(markers) + 1 else ""

    def name(self, key: str) -> str:
        """Return the words of a row."""
        if key == "now":
            return f"{self.tr('Now')}, {plan_words(self._session.whatif.record_plan)}"
        if key == "whatif":
            return plan_words(self._session.whatif.plan)
        kept = self._session.kept.by_letter(key)
        return f"{key}  {kept.name if kept else ''}"

    def data(self, index: Index, role: int = 0) -> object:
        """Return what a cell shows."""
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
            return int(left | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.name if column == 0 else self._why_share(row) if column == len(row.texts) + 1 else None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return None
        if column == 0:
            kept = self._session.kept.by_letter(row.key)
            return kept.name if role == Qt.ItemDataRole.EditRole and kept else row.name
        if column <= len(row.texts):
            return row.texts[column - 1]
        return row.share if column == len(row.texts) + 1 else None

    def _why_share(self, row: ScenarioRow) -> str | None:
        if not row.share:
            return None
        return self.tr("Share of drawn persons of this build and with these lesions who are in range on every target")

    def setData(self, index: Index, value: object, role: int = 0) -> bool:
        """Rename a kept scenario."""
        self._session.kept.rename(self.rows[index.row()].key, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that names of kept scenarios can be edited."""
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        kept = len(self.rows[index.row()].key) == 1
        return base | Qt.ItemFlag.ItemIsEditable if kept and index.column() == 0 else base


def reference_of(session: Session, marker: Marker) -> tuple[float | None, float | None]:
    """Return the range beside a marker's curve: the laboratory's own where one is on file, else the usual one."""
    held = curve_reference(session.record, marker, session.course)
    return held.low, held.high


class _ScenarioDelegate(QStyledItemDelegate):
    """Paints line samples as in the plots, check marks and eyes."""

    def __init__(self, theme: Theme, session: Session, model: ScenarioModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._session, self._model = theme, session, model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell on the ground of its row."""
        theme, row, column = self._theme, self._model.rows[index.row()], index.column()
        key = row.key
        last = self._model.columnCount() - 1
        box = QRectF(option.rect)
        if key == "whatif":
            painter.fillRect(box, theme.colour("sel"))
        painter.setPen(theme.pen("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        colour = "whatif" if key == "whatif" else "altB" if key == self._session.kept.pinned else "text"
        if column == 0:
            self._paint_name(painter, box, row, colour)
        elif column == last - 1 and not row.share:
            state = row.in_range
            if state is not None:
                icon = theme.pixmap("check" if state else "x", "good" if state else "text3", 14)
                painter.drawPixmap(QPointF(box.right() - theme.px(22), box.center().y() - theme.px(7)), icon)
        elif column == last:
            if len(key) == 1:
                pinned = key == self._session.kept.pinned
                icon = theme.pixmap("eye" if pinned else "eye-off", "altB" if pinned else "text3", 14)
                painter.drawPixmap(QPointF(box.left() + theme.px(4), box.center().y() - theme.px(7)), icon)
        else:
            painter.setFont(theme.font("small", 600 if key == "whatif" else 400))
            painter.setPen(theme.colour(colour))
            text = str(self._model.data(index, Qt.ItemDataRole.DisplayRole))
            flag = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box.adjusted(0, 0, -theme.px(4), 0), flag, text)
        if option.state & option.state.State_HasFocus:
            painter.setPen(theme.pen("focus", 2.0))
            painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _paint_name(self, painter: QPainter, box: QRectF, row: ScenarioRow, colour: str) -> None:
        theme, key = self._theme, row.key
        y, x = box.center().y(), box.left() + theme.px(4)
        if key in ("now", "whatif") or key == self._session.kept.pinned:
            pen = theme.pen({"now": "current", "whatif": "whatif"}.get(key, "altB"), 3.0)
            if key not in ("now", "whatif"):
                pen.setDashPattern([2.0, 1.5])
            painter.setPen(pen)
            painter.drawLine(QPointF(x, y), QPointF(x + theme.px(12), y))
        font = theme.font("small", 600 if key == "whatif" else 400)
        painter.setFont(font)
        painter.setPen(theme.colour(colour))
        room = int(box.width()) - theme.px(20)
        text = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box.adjusted(theme.px(19), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)


class ScenarioTable(QTableView):
    """Enter loads, F2 renames, Delete removes, P or the eye pins."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._model = ScenarioModel(session)
        self._dress: object = None
        self.setModel(self._model)
        self.setItemDelegate(_ScenarioDelegate(theme, session, self._model, self))
        self.setProperty("kind", "card")
        self.setShowGrid(False)
        self.setAccessibleName(self.tr("Scenarios, settled after 12 weeks"))
        self.verticalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(False)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(self._clicked)
        self.doubleClicked.connect(lambda index: self._load(index.row()))
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        theme.changed.connect(self.refresh)
        self.refresh()

    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(
            Topic.OPENED, Topic.SCENARIOS, Topic.RECORD, Topic.WHATIF, Topic.COURSE, Topic.VIEW, Topic.PENDING
        ):
            self.refresh()

    def refresh(self) -> None:
        """Show the rows as they are now."""
        changed = self._model.take()
        rows, columns = self._model.rowCount(), self._model.columnCount()
        dress = (self._session.axis.id, rows, columns, self._session.unit_system, self._theme.name, self._theme.scale)
        if dress != self._dress:
            self._dress = dress
            self._model.beginResetModel()
            self._model.endResetModel()
            self._layout_columns()
        elif changed and rows:
            self._model.dataChanged.emit(self._model.index(0, 0), self._model.index(rows - 1, columns - 1))
        elif self.property("pinned") != self._session.kept.pinned:
            self.viewport().update()
        self.setProperty("pinned", self._session.kept.pinned)

    def _layout_columns(self) -> None:
        theme, header = self._theme, self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(theme.px(20))
        for column in range(1, self._model.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            widths = {self._model.columnCount() - 1: 22, self._model.columnCount() - 2: 46}
            head = str(self._model.headerData(column, Qt.Orientation.Horizontal) or "").split("\n", 1)[0]
            needed = theme.metrics("caption", 500).horizontalAdvance(head) + theme.px(6)
            usual = theme.px(widths.get(column, 48))
            self.setColumnWidth(column, min(max(usual, needed), theme.px(MOST_HEAD_PX)) if head else usual)
        for row in range(self._model.rowCount()):
            self.setRowHeight(row, theme.px(27))
        self.setFixedHeight(header.sizeHint().height() + self._model.rowCount() * theme.px(27) + 8)

    def sizeHint(self) -> QSize:
        """Return room for all rows."""
        return QSize(self._theme.px(300), self.height())

    def _key(self, row: int) -> str:
        keys = self._model.keys()
        return keys[row] if 0 <= row < len(keys) else ""

    def _clicked(self, index: QModelIndex) -> None:
        key = self._key(index.row())
        if index.column() == self._model.columnCount() - 1 and len(key) == 1:
            self._pin(key)

    def _pin(self, key: str) -> None:
        self._session.kept.pin("" if self._session.kept.pinned == key else key)

    def _load(self, row: int) -> None:
        key = self._key(row)
        if len(key) == 1:
            self._session.kept.load(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter loads, Delete removes, P pins."""
        key = self._key(self.currentIndex().row())
        pressed = Qt.Key(event.key())
        if pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._load(self.currentIndex().row())
        elif pressed == Qt.Key.Key_Delete and len(key) == 1:
            self._session.kept.delete(key)
        elif pressed == Qt.Key.Key_P and len(key) == 1:
            self._pin(key)
        else:
            super().keyPressEvent(event)
