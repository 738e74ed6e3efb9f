"""The 24 h strip: every dose of the day is a numbered thumb at its clock time."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from endotune_desktop.ui.theme.theme import Theme

STEP_MIN = 15
DAY_MIN = 24 * 60
LATEST_MIN = DAY_MIN - STEP_MIN
DOSE_PX = 14
"""Height of one dose step of an Alt-drag."""


def minutes_of(clock: str) -> int:
    """Return ``HH:MM`` as minutes after midnight."""
    return int(clock[:2]) * 60 + int(clock[3:])


def clock_of(minutes: int) -> str:
    """Return minutes after midnight as ``HH:MM``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@dataclass
class _Drag:
    """What the hand holds: which thumb, where it began, and whether it moves doses instead of times."""

    thumb: int
    minutes: list[int]
    y: float
    sharing: bool
    steps: int = 0


class DayStrip(QWidget):
    """Thumbs on a day; a drag moves a clock time in quarters of an hour.

    Ctrl moves all thumbs by the same time. Alt changes the dose instead and keeps the day's total: up is more. Tab goes
    from thumb to thumb, arrows do what the drag does, Delete takes a dose away.

    Signals
    -------
    moved(object), placed(object)
        Minutes after midnight of every dose, in the order of `set_doses`: while a drag goes on; at its end or by key.
    shared(int, int, bool)
        Dose, steps since the drag began, whether it has ended: more of this dose, less of others.
    stepped(int, int, bool)
        Dose, direction, finest step: by Up and Down.
    removed(int)
    chosen(int)
        Another thumb is current.
    cancelled()
        Esc during a drag.
    """

    moved = Signal(object)
    placed = Signal(object)
    shared = Signal(int, int, bool)
    stepped = Signal(int, int, bool)
    removed = Signal(int)
    chosen = Signal(int)
    cancelled = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._name = theme, name
        self._minutes: list[int] = []
        self._spoken: list[str] = []
        self._record: list[int] = []
        self._current = 0
        self._drag: _Drag | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Drag: clock time. Ctrl: all by the same. Alt: dose, the day's total stays."))
        self._describe()

    # ---- state -----------------------------------------------------------------------------------------------------
    @property
    def current(self) -> int:
        """Return which thumb has the keys."""
        return self._current

    @property
    def dragging(self) -> bool:
        """Return whether the hand holds a thumb."""
        return self._drag is not None

    def set_doses(self, minutes: list[int], spoken: list[str], record: list[int]) -> None:
        """Show doses at their times, what each is in spoken words, and the record's times.

        Under the hand only the words change: the thumbs stay where the hand has them.
        """
        self._spoken, self._record = spoken, record
        if self._drag is None:
            held = self._minutes[self._current] if self._current < len(self._minutes) else None
            self._minutes = list(minutes)
            if held in self._minutes:
                self._current = self._minutes.index(held)
            self._current = min(self._current, max(len(minutes) - 1, 0))
        self._describe()
        self.update()

    def choose(self, thumb: int) -> None:
        """Give a thumb the keys."""
        if thumb != self._current and 0 <= thumb < len(self._minutes):
            self._current = thumb
            self._describe()
            self.update()
            self.chosen.emit(thumb)

    def _describe(self) -> None:
        if not self._minutes:
            self.setAccessibleName(self._name)
            return
        words = self.tr("{name} times, dose {n} of {count}, {clock}, {dose}")
        spoken = self._spoken[self._current] if self._current < len(self._spoken) else ""
        self.setAccessibleName(
            words.format(
                name=self._name, n=self._current + 1, count=len(self._minutes),
                clock=clock_of(self._minutes[self._current]), dose=spoken,
            )
        )  # fmt: skip

    # ---- shape -----------------------------------------------------------------------------------------------------
    def sizeHint(self) -> QSize:
        """Return the height of marks, thumbs and hours."""
        return QSize(self._theme.px(200), self._theme.px(56))

    minimumSizeHint = sizeHint

    def x_of(self, minutes: int) -> float:
        """Return where a time of day lies."""
        pad = self._theme.px(14)
        return pad + minutes / DAY_MIN * (self.width() - 2 * pad)

    def _minutes_at(self, x: float) -> int:
        pad = self._theme.px(14)
        share = (x - pad) / max(self.width() - 2 * pad, 1)
        return min(max(round(share * DAY_MIN / STEP_MIN) * STEP_MIN, 0), LATEST_MIN)

    def _thumb_at(self, x: float) -> int | None:
        near = sorted(range(len(self._minutes)), key=lambda thumb: abs(self.x_of(self._minutes[thumb]) - x))
        reach = self._theme.px(14)
        return near[0] if near and abs(self.x_of(self._minutes[near[0]]) - x) <= reach else None

    # ---- painting --------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the record's marks, the track, hours and thumbs."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y, half = theme.px(22), theme.px(5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("edge"))
        painter.drawRoundedRect(QRectF(self.x_of(0), y - 1.5, self.x_of(DAY_MIN) - self.x_of(0), 3), 1.5, 1.5)
        painter.setFont(theme.font("caption"))
        for hour in range(0, 25, 6):
            x = self.x_of(hour * 60)
            painter.setPen(theme.pen("edge"))
            painter.drawLine(QPointF(x, y + theme.px(9)), QPointF(x, y + theme.px(14)))
            painter.setPen(theme.colour("text2"))
            box = QRectF(x - theme.px(15), y + theme.px(15), theme.px(30), theme.px(18))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{hour:02d}")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("current"))
        for minutes in self._record:
            x, top = self.x_of(minutes), theme.px(1)
            tip = QPointF(x, top + theme.px(7))
            painter.drawPolygon(QPolygonF([QPointF(x - half, top), QPointF(x + half, top), tip]))
        ranks = sorted(range(len(self._minutes)), key=self._minutes.__getitem__)
        for number, thumb in enumerate(ranks, start=1):
            self._paint_thumb(painter, self.x_of(self._minutes[thumb]), y, number, thumb == self._current)

    def _paint_thumb(self, painter: QPainter, x: float, y: float, number: int, current: bool) -> None:
        theme = self._theme
        width, height = theme.px(18), theme.px(22)
        box = QRectF(x - width / 2, y - height / 2, width, height)
        if current and self.hasFocus():
            painter.setPen(theme.pen("focus", 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 7, 7)
        painter.setPen(theme.pen("raised", 2.0))
        painter.setBrush(theme.colour("whatif"))
        painter.drawRoundedRect(box, 5, 5)
        painter.setFont(theme.font("caption", 600))
        painter.setPen(theme.colour("whatifInk"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))

    # ---- mouse -----------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the thumb under the pointer."""
        thumb = self._thumb_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and thumb is not None:
            self.choose(thumb)
            sharing = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._drag = _Drag(thumb, list(self._minutes), event.position().y(), sharing)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the thumb, or all, or the dose."""
        drag = self._drag
        if drag is None:
            return
        if drag.sharing:
            steps = round((drag.y - event.position().y()) / self._theme.px(DOSE_PX))
            if steps != drag.steps:
                drag.steps = steps
                self.shared.emit(drag.thumb, steps, False)
            return
        together = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        wanted = self._minutes_at(event.position().x()) - drag.minutes[drag.thumb]
        fresh = self._moved_by(drag.minutes, drag.thumb, wanted, together=together)
        if fresh is not None and fresh != self._minutes:
            self._minutes = fresh
            self._describe()
            self.update()
            self.moved.emit(tuple(fresh))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: one step to undo, none when nothing moved."""
        drag, self._drag = self._drag, None
        if drag is None:
            return
        if drag.sharing and drag.steps:
            self.shared.emit(drag.thumb, drag.steps, True)
        elif self._minutes != drag.minutes:
            self.placed.emit(tuple(self._minutes))
        else:
            self.cancelled.emit()

    @staticmethod
    def _moved_by(minutes: list[int], thumb: int, by: int, *, together: bool) -> list[int] | None:
        """Return the times after a move, inside the day; None when two doses would fall on one time."""
        if together:
            by = min(max(by, -min(minutes)), DAY_MIN - 1 - max(minutes))
            by = int(by / STEP_MIN) * STEP_MIN
            return [time + by for time in minutes]
        fresh = list(minutes)
        fresh[thumb] = min(max(minutes[thumb] + by, 0), DAY_MIN - 1)
        return fresh if len(set(fresh)) == len(fresh) else None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()

    # ---- keys ------------------------------------------------------------------------------------------------------
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go from thumb to thumb before the focus leaves."""
        target = self._current + (1 if forward else -1)
        if 0 <= target < len(self._minutes):
            self.choose(target)
            return True
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, dose, take away; Esc takes a drag back."""
        key, held = Qt.Key(event.key()), event.modifiers()
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: -4, Qt.Key.Key_PageUp: 4}.get(key, 0)
        upwards = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(key, 0)
        if self._drag is not None:
            if key == Qt.Key.Key_Escape:
                self._minutes, self._drag = self._drag.minutes, None
                self.cancelled.emit()
            return
        if not self._minutes:
            super().keyPressEvent(event)
        elif sideways:
            self._step_time(sideways * STEP_MIN, together=control)
        elif upwards and held & Qt.KeyboardModifier.AltModifier:
            self.shared.emit(self._current, upwards, True)
        elif upwards:
            self.stepped.emit(self._current, upwards, bool(held & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self._current)
        else:
            super().keyPressEvent(event)

    def _step_time(self, by: int, *, together: bool) -> None:
        """Move by key, past a time that is taken."""
        step = STEP_MIN if by > 0 else -STEP_MIN
        fresh = self._moved_by(self._minutes, self._current, by, together=together)
        while fresh is None and 0 < self._minutes[self._current] + by < LATEST_MIN:
            by += step
            fresh = self._moved_by(self._minutes, self._current, by, together=together)
        if fresh is not None and fresh != self._minutes:
            self._minutes = fresh
            self._describe()
            self.update()
            self.placed.emit(tuple(fresh))
