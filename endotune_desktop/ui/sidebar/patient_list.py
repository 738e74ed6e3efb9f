"""The list of patients: two lines a row, one chip at the right."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.records import PatientRecord, PatientSummary
from endotune_desktop.physiology.registry import cards
from endotune_desktop.ui.sidebar.drafts import Drafts
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import shown_value
from endotune_desktop.ui.words import sex_age
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.references import lab_reference
from endotune_desktop.workbench.session import Session

Index = QModelIndex | QPersistentModelIndex
DUE_DAYS = 90
OVERDUE_DAYS = 180
"""Replacement is checked every six to twelve months once stable; before that every six to twelve weeks [mem]."""


class PatientModel(QAbstractListModel):
    """The session's patients, as searched."""

    def __init__(self, session: Session, drafts: Drafts) -> None:
        super().__init__()
        self._session, self._drafts = session, drafts

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many are listed."""
        return len(self._session.patients)

    def summary(self, row: int) -> PatientSummary:
        """Return one row."""
        return self._session.patients[row]

    def data(self, index: Index, role: int = 0) -> object:
        """Return the name, and all that is shown for screen readers."""
        summary = self.summary(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return summary.patient.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = self.state(summary)
            parts = [summary.patient.name, self.details(summary), self.lab_words(summary), state[0]]
            return ", ".join(part for part in parts if part)
        return None

    def details(self, summary: PatientSummary) -> str:
        """Return sex, age and axes."""
        ids = dict.fromkeys((summary.patient.axis, *summary.axes))
        known = cards()
        titles = " + ".join(known[axis_id].title if axis_id in known else axis_id for axis_id in ids)
        return f"{sex_age(summary.patient, self._session.today())} · {titles}"

    def lab_words(self, summary: PatientSummary) -> str:
        """Return the newest result of the lead marker with an arrow when it is out of range."""
        lab = summary.last_lab
        if lab is None:
            return ""
        analyte = ANALYTES[lab.analyte]
        found = lab_reference(PatientRecord(summary.patient), lab).arrow(lab.value)
        arrow = f" {found}" if found else ""
        factor = analyte.shown_in(self._session.unit_system).factor
        return f"{analyte.title} {lab.comparator}{shown_value(lab.analyte, lab.value, factor=factor)}{arrow}"

    def state(self, summary: PatientSummary) -> tuple[str, str, str]:
        """Return the words, tone and icon of the chip; empty for none."""
        if summary.patient.id in self._drafts.patients():
            return self.tr("unsaved"), "warn", "pencil"
        if summary.patient.sandbox:
            return "", "", "flask-conical"
        if summary.patient.archived:
            return self.tr("archived"), "", "archive"
        if summary.last_lab is None:
            return self.tr("no labs"), "", ""
        days = (self._session.today() - summary.last_lab.drawn_at.date()).days
        if days > OVERDUE_DAYS:
            return self.tr("overdue {n} d").format(n=days - OVERDUE_DAYS), "bad", "circle-alert"
        if days > DUE_DAYS:
            return self.tr("due {n} d").format(n=days - DUE_DAYS), "warn", "clock"
        return "", "", ""


class _PatientDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, model: PatientModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(54))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, summary = self._theme, self._model.summary(index.row())
        box = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.fillRect(box, theme.colour("sel"))
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), theme.colour("whatif"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.colour("hover"))
        painter.setPen(theme.pen("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        pad, half = theme.px(14), box.height() / 2
        top = QRectF(box.left() + pad, box.top() + theme.px(5), box.width() - 2 * pad + theme.px(4), half - theme.px(5))
        low = QRectF(top.left(), box.top() + half, top.width(), half - theme.px(6))
        used = self._paint_chip(painter, top, self._model.state(summary))
        self._text(painter, top.adjusted(0, 0, -used, 0), summary.patient.name, "body", 600, "text")
        lab = self._model.lab_words(summary)
        width = theme.metrics("caption").horizontalAdvance(lab)
        shown = bool(lab) and width < low.width() * 0.7
        if shown:
            self._text(painter, low, lab, "caption", 400, "text2", right=True)
        self._text(
            painter,
            low.adjusted(0, 0, -width - 6 if shown else 0, 0),
            self._model.details(summary),
            "caption",
            400,
            "text2",
        )
        painter.restore()

    def _text(
        self, painter: QPainter, box: QRectF, text: str, size: str, weight: int, colour: str, *, right: bool = False
    ) -> None:
        painter.setFont(self._theme.font(size, weight))
        painter.setPen(self._theme.colour(colour))
        shown = self._theme.metrics(size, weight).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_chip(self, painter: QPainter, box: QRectF, state: tuple[str, str, str]) -> float:
        words, tone, icon = state
        theme = self._theme
        if not words and not icon:
            return 0.0
        font = theme.font("caption", 500)
        size = theme.px(12)
        width = (
            (theme.metrics("caption", 500).horizontalAdvance(words) if words else 0)
            + theme.px(10)
            + (size + 4 if icon else 0)
        )
        chip = QRectF(box.right() - width, box.center().y() - theme.px(10), width, theme.px(20))
        if words:
            painter.setPen(theme.pen("line") if not tone else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(f"{tone}Bg" if tone else "raised"))
            painter.drawRoundedRect(chip, 4, 4)
        colour = tone or "text2"
        x = chip.left() + theme.px(5)
        if icon:
            painter.drawPixmap(int(x), int(chip.center().y() - size / 2), theme.pixmap(icon, colour, 12))
            x += size + 4
        painter.setFont(font)
        painter.setPen(theme.colour(colour))
        painter.drawText(QRectF(x, chip.top(), chip.right() - x, chip.height()), Qt.AlignmentFlag.AlignVCenter, words)
        return width + theme.px(6)


class PatientList(QListView):
    """Up, Down and Enter walk and open.

    Signals
    -------
    chosen(str)
        A patient to open.
    """

    chosen = Signal(str)

    def __init__(self, session: Session, theme: Theme, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._model = PatientModel(session, drafts)
        self.setModel(self._model)
        self.setItemDelegate(_PatientDelegate(theme, self._model, self))
        self.setProperty("kind", "patients")
        self.setAccessibleName(self.tr("Patients"))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self._choose(index.row()))
        theme.changed.connect(self._relayout)
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)

    def _relayout(self) -> None:
        """Lay the rows out in the new text size, with the open patient still in view."""
        self.doItemsLayout()
        self.scrollTo(self.currentIndex())

    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(Topic.PATIENTS, Topic.OPENED, Topic.VIEW):
            self.refresh(reset=changes.touch(Topic.PATIENTS))
        if changes.touch(Topic.VIEW):
            self.viewport().update()

    def refresh(self, *, reset: bool = True) -> None:
        """Show the session's list, with the open patient selected."""
        if reset:
            self._model.beginResetModel()
            self._model.endResetModel()
        record = self._session.record
        for row, summary in enumerate(self._session.patients):
            if record is not None and summary.patient.id == record.patient.id:
                index = self._model.index(row, 0)
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                break

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the open patient in view when the list becomes lower."""
        super().resizeEvent(event)
        if event.size().height() < event.oldSize().height():
            self.scrollTo(self.currentIndex())

    def _choose(self, row: int) -> None:
        if 0 <= row < self._model.rowCount():
            self.chosen.emit(self._model.summary(row).patient.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; walk with the arrows, which open as well."""
        super().keyPressEvent(event)
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down)
        if Qt.Key(event.key()) in keys:
            self._choose(self.currentIndex().row())
