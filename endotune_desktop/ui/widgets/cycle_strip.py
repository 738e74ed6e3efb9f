"""The days of a dosing cycle side by side: one field a day, each stepping through strengths."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from endotune_desktop.ui.theme.theme import Theme


@dataclass(frozen=True)
class DayCell:
    """One day of the cycle.

    Attributes
    ----------
    head : str
        "Mon", "1st day".
    amount : str
        "125", "none".
    differs : bool
        Whether the record gives another amount on this day.
    """

    head: str
    amount: str
    differs: bool


class CycleStrip(QWidget):
    """Fields of days; the chosen ones follow the slider.

    A click chooses a day, with Shift a stretch of days, with Ctrl one more or one fewer; the arrow above or under an
    amount steps it. By key: arrows walk and step, Shift stretches, Ctrl A chooses all, Delete gives nothing.

    Signals
    -------
    chosen()
        Other days are chosen.
    stepped(int, bool)
        Direction, finest step: for the chosen days.
    emptied()
        Nothing is to be given on the chosen days.
    typing_wanted()
    """

    chosen = Signal()
    stepped = Signal(int, bool)
    emptied = Signal()
    typing_wanted = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._name = theme, name
        self._cells: list[DayCell] = []
        self._steps = True
        self._at = 0
        self._anchor = 0
        self.days: frozenset[int] = frozenset({0})
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def set_cells(self, cells: list[DayCell], *, steps: bool) -> None:
        """Show days; without `steps` an amount is changed elsewhere (several doses a day)."""
        if steps != self._steps or len(cells) != len(self._cells):
            self.updateGeometry()
        self._cells, self._steps = cells, steps
        self._at = min(self._at, max(len(cells) - 1, 0))
        self._describe()
        self.update()

    def choose(self, days: frozenset[int]) -> None:
        """Choose days without telling anybody."""
        self.days = days
        self._at = self._anchor = min(days, default=0)
        self._describe()
        self.update()

    def _describe(self) -> None:
        if not self._cells:
            self.setAccessibleName(self._name)
            return
        cell = self._cells[self._at]
        heads = ", ".join(c.head for index, c in enumerate(self._cells) if index in self.days)
        words = self.tr("{name} by day, {day} {amount}, chosen {days}")
        self.setAccessibleName(words.format(name=self._name, day=cell.head, amount=cell.amount, days=heads))

    # ---- shape -----------------------------------------------------------------------------------------------------
    def sizeHint(self) -> QSize:
        """Return room for head, amount and its two arrows."""
        return QSize(self._theme.px(200), self._theme.px(78 if self._steps else 44))

    minimumSizeHint = sizeHint

    def cell_box(self, index: int) -> QRectF:
        """Return the place of one day."""
        width = (self.width() - 1) / max(len(self._cells), 1)
        return QRectF(index * width, 0.5, width, self.height() - 1)

    def _zones(self) -> tuple[float, float]:
        """Return the foot of the upper arrow's zone and the head of the lower one's."""
        return (self._theme.px(36), self.height() - self._theme.px(20)) if self._steps else (0.0, self.height() + 1.0)

    # ---- painting --------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the fields."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, cell in enumerate(self._cells):
            self._paint_cell(painter, self.cell_box(index), cell, index in self.days)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(theme.pen("edge"))
        painter.drawRoundedRect(frame, 6, 6)
        if self.hasFocus() and self._cells:
            painter.setPen(theme.pen("focus", 2.0))
            painter.drawRoundedRect(self.cell_box(self._at).adjusted(1.5, 1.0, -1.0, -1.0), 5, 5)

    def _paint_cell(self, painter: QPainter, box: QRectF, cell: DayCell, chosen: bool) -> None:
        theme = self._theme
        painter.fillRect(box.adjusted(1, 1, 0, -1), theme.colour("sel" if chosen else "raised"))
        painter.setPen(theme.pen("line"))
        painter.drawLine(box.topRight(), box.bottomRight())
        painter.setFont(theme.font("caption", 600 if chosen else 400))
        painter.setPen(theme.colour("text2"))
        head = QRectF(box.left(), box.top() + theme.px(3), box.width(), theme.px(16))
        painter.drawText(head, Qt.AlignmentFlag.AlignCenter, cell.head)
        middle = QRectF(box.left(), box.bottom() - theme.px(24), box.width(), theme.px(20))
        if self._steps:
            upper, lower = self._zones()
            middle = QRectF(box.left(), upper, box.width(), lower - upper)
            self._paint_arrow(painter, box.center().x(), upper - theme.px(6), -1)
            self._paint_arrow(painter, box.center().x(), lower + theme.px(8), 1)
        painter.setFont(theme.font("small", 600))
        painter.setPen(theme.colour("whatif" if cell.differs else "text"))
        words = painter.fontMetrics().elidedText(cell.amount, Qt.TextElideMode.ElideRight, int(box.width()) - 2)
        painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_arrow(self, painter: QPainter, x: float, y: float, down: int) -> None:
        half = self._theme.px(4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("text3"))
        tip = QPointF(x, y + down * half / 2)
        base = y - down * half / 2
        painter.drawPolygon(QPolygonF([QPointF(x - half, base), QPointF(x + half, base), tip]))

    # ---- hands -----------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day, or step it."""
        if event.button() != Qt.MouseButton.LeftButton or not self._cells:
            return
        index = next((i for i in range(len(self._cells)) if event.position().x() < self.cell_box(i).right()), None)
        index = len(self._cells) - 1 if index is None else index
        held, (upper, lower) = event.modifiers(), self._zones()
        y = event.position().y()
        direction = 1 if self._theme.px(18) < y < upper else -1 if y >= lower else 0
        if direction and self._steps:
            if index not in self.days:
                self._choose_to(index, stretch=False, toggle=False)
            self._at = index
            self.stepped.emit(direction, bool(held & Qt.KeyboardModifier.ShiftModifier))
            return
        stretch = bool(held & Qt.KeyboardModifier.ShiftModifier)
        self._choose_to(index, stretch=stretch, toggle=bool(held & Qt.KeyboardModifier.ControlModifier))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Type an amount; a quick second click on an arrow is a second step."""
        upper, lower = self._zones()
        if self._theme.px(18) < event.position().y() < upper or event.position().y() >= lower:
            self.mousePressEvent(event)
        else:
            self.typing_wanted.emit()

    def _choose_to(self, index: int, *, stretch: bool, toggle: bool) -> None:
        self._at = index
        if stretch:
            days = frozenset(range(min(self._anchor, index), max(self._anchor, index) + 1))
        elif toggle:
            days = self.days ^ {index} or self.days
            self._anchor = index
        else:
            days, self._anchor = frozenset({index}), index
        changed, self.days = days != self.days, days
        self._describe()
        self.update()
        if changed:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, choose, step, empty, type."""
        key, held = Qt.Key(event.key()), event.modifiers()
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        last = len(self._cells) - 1
        target = {
            Qt.Key.Key_Left: self._at - 1, Qt.Key.Key_Right: self._at + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }.get(key)  # fmt: skip
        upwards = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(key, 0)
        if target is not None:
            self._choose_to(min(max(target, 0), last), stretch=shift, toggle=False)
        elif key == Qt.Key.Key_A and control:
            self._anchor = 0
            self._choose_to(last, stretch=True, toggle=False)
        elif key == Qt.Key.Key_Space:
            self._choose_to(self._at, stretch=False, toggle=True)
        elif upwards and self._steps:
            self.stepped.emit(upwards, shift)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.emptied.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.typing_wanted.emit()
        else:
            super().keyPressEvent(event)
