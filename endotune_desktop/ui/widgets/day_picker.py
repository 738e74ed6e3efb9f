"""A small calendar in which single days are picked: a month at a time, by mouse or keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import button, label


class MonthGrid(QWidget):
    """The days of a month; those that can be picked are dark, the picked ones struck through.

    Signals
    -------
    toggled(object)
        A day was picked, or is no longer.
    turned()
        Another month is shown.
    """

    toggled = Signal(object)
    turned = Signal()

    def __init__(
        self, theme: Theme, heads: list[str], first: date, last: date, can_pick: Callable[[date], bool],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._theme, self._heads = theme, heads
        self._first, self._last, self._can_pick = first, last, can_pick
        self.at = first
        self.picked: frozenset[date] = frozenset()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._describe()

    def sizeHint(self) -> QSize:
        """Return seven columns, a head and six weeks."""
        return QSize(7 * self._theme.px(34), self._theme.px(20) + 6 * self._theme.px(28))

    def _describe(self) -> None:
        state = self.tr("missed") if self.at in self.picked else self.tr("taken")
        if not self._can_pick(self.at):
            state = self.tr("nothing due")
        words = self.tr("Missed days, {day}, {state}, {n} missed")
        self.setAccessibleName(words.format(day=f"{self.at:%-d %B %Y}", state=state, n=len(self.picked)))

    def month_begin(self) -> date:
        """Return the first day of the month that is shown."""
        return self.at.replace(day=1)

    def day_box(self, day: date) -> QRectF:
        """Return the place of a day of the shown month."""
        begin = self.month_begin()
        place = begin.weekday() + (day - begin).days
        wide, high = self._theme.px(34), self._theme.px(28)
        return QRectF(place % 7 * wide, self._theme.px(20) + place // 7 * high, wide, high)

    def _days(self) -> list[date]:
        begin = self.month_begin()
        return [day for count in range(31) if (day := begin + timedelta(days=count)).month == begin.month]

    def go(self, day: date) -> None:
        """Put the keys on a day, as near as the bounds allow."""
        before = self.month_begin()
        self.at = min(max(day, self._first), self._last)
        self._describe()
        self.update()
        if self.month_begin() != before:
            self.turned.emit()

    def go_month(self, step: int) -> None:
        """Show the next or the former month."""
        begin = self.month_begin()
        other = (begin + timedelta(days=32)).replace(day=1) if step > 0 else begin - timedelta(days=1)
        self.go(other if step > 0 else other.replace(day=1))

    def show_picked(self, picked: frozenset[date]) -> None:
        """Show which days are picked."""
        self.picked = picked
        self._describe()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint heads and days."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text3"))
        for column, head in enumerate(self._heads):
            box = QRectF(column * theme.px(34), 0, theme.px(34), theme.px(18))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, head)
        for day in self._days():
            self._paint_day(painter, day)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        theme, box = self._theme, self.day_box(day).adjusted(2, 2, -2, -2)
        picked, due = day in self.picked, self._can_pick(day)
        if picked:
            painter.setPen(theme.pen("whatif"))
            painter.setBrush(theme.colour("sel"))
            painter.drawRoundedRect(box, 4, 4)
        painter.setFont(theme.font("small", 600 if picked else 400))
        painter.setPen(theme.colour("whatif" if picked else "text" if due else "disabled"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(day.day))
        if picked:
            painter.drawLine(box.topRight() + (box.bottomLeft() - box.topRight()) * 0.2,
                             box.topRight() + (box.bottomLeft() - box.topRight()) * 0.8)  # fmt: skip
        if day == self.at and self.hasFocus():
            painter.setPen(theme.pen("focus", 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the day under the pointer."""
        found = (day for day in self._days() if self.day_box(day).contains(event.position()))
        day = next(found, None)
        if day is not None and self._first <= day <= self._last:
            self.go(day)
            self._toggle()

    def _toggle(self) -> None:
        if self._can_pick(self.at):
            self.toggled.emit(self.at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with arrows, turn months with Page Up and Down, pick with Space."""
        key = Qt.Key(event.key())
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}.get(key)
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(key)
        if days is not None:
            self.go(self.at + timedelta(days=days))
        elif months is not None:
            self.go_month(months)
        elif key == Qt.Key.Key_Space:
            self._toggle()
        else:
            super().keyPressEvent(event)


class DayPicker(QFrame):
    """A popup with a month grid; Enter or a click outside keeps, Esc takes back.

    Signals
    -------
    changed(object)
        The picked days, ascending, after each pick.
    kept(object)
        The picked days when the popup closes.
    dropped()
        Esc.
    """

    changed = Signal(object)
    kept = Signal(object)
    dropped = Signal()

    def __init__(
        self, theme: Theme, heads: list[str], span: tuple[date, date], can_pick: Callable[[date], bool],
        picked: tuple[date, ...], parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "card")
        self._theme = theme
        self._over = False
        self.grid = MonthGrid(theme, heads, *span, can_pick)
        self.grid.show_picked(frozenset(picked))
        self.grid.go(picked[0] if picked else span[0])
        self.month = label("", "head")
        self.words = label("", "caption")
        self.back = button("", lambda: self._turn(-1), theme=theme, icon="chevron-left", kind="flat",
                           name=self.tr("Former month"))  # fmt: skip
        self.on = button("", lambda: self._turn(1), theme=theme, icon="chevron-right", kind="flat",
                         name=self.tr("Next month"))  # fmt: skip
        self.clear = button(self.tr("None missed"), self._clear, kind="link")
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.back)
        head.addWidget(self.month, 1, Qt.AlignmentFlag.AlignCenter)
        head.addWidget(self.on)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.clear)
        layout = QVBoxLayout(self)
        pad = theme.px(10)
        layout.setContentsMargins(pad, pad, pad, pad)
        layout.setSpacing(theme.px(6))
        layout.addLayout(head)
        layout.addWidget(self.grid)
        layout.addLayout(foot)
        self.grid.toggled.connect(self._toggle)
        self.grid.turned.connect(self._show)
        self.setFocusProxy(self.grid)
        self._show()
        self.grid.setFocus()

    def _turn(self, step: int) -> None:
        self.grid.go_month(step)
        self.grid.setFocus()

    def _show(self) -> None:
        self.month.setText(f"{self.grid.at:%B %Y}")
        self.words.setText(self.tr("{n} missed").format(n=len(self.grid.picked)))

    def _toggle(self, day: date) -> None:
        self._pick(self.grid.picked ^ {day})

    def _clear(self) -> None:
        self._pick(frozenset())
        self.grid.setFocus()

    def _pick(self, days: frozenset[date]) -> None:
        self.grid.show_picked(days)
        self._show()
        self.changed.emit(tuple(sorted(days)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep with Enter, take back with Esc."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self._over = True
            self.dropped.emit()
            self.close()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is picked, however the popup closes."""
        if not self._over:
            self._over = True
            self.kept.emit(tuple(sorted(self.grid.picked)))
        super().closeEvent(event)
