"""The dose slider: its stops are the strengths that exist, evenly spaced."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import shown_amount


class DoseSlider(QAbstractSlider):
    """Steps through amounts; the thumb shows the what-if, a mark the record.

    Signals
    -------
    previewed(float)
        The amount under the thumb while a drag goes on.
    settled(float)
        The amount on release, or after a key.
    cancelled()
        Esc during a drag.
    typing_wanted()
        Enter.
    """

    previewed = Signal(float)
    settled = Signal(float)
    cancelled = Signal()
    typing_wanted = Signal()

    def __init__(self, theme: Theme, name: str, unit_spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._unit = unit_spoken
        self._stops: list[float] = [0.0]
        self._fine: list[float] = [0.0]
        self._amount = 0.0
        self._record = 0.0
        self._often = ""
        self._strange: frozenset[float] = frozenset()
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        self._describe()

    @property
    def amount(self) -> float:
        """Return the amount under the thumb."""
        return self._amount

    @property
    def dragging(self) -> bool:
        """Return whether the hand holds the thumb."""
        return self._dragging

    @property
    def stops(self) -> list[float]:
        """Return the coarse stops."""
        return list(self._stops)

    def set_stops(self, stops: list[float], fine: list[float], strange: Iterable[float] = ()) -> None:
        """Set the strengths, the finer steps that half tablets allow, both ascending, and which are not sold."""
        self._stops, self._fine, self._strange = stops, fine, frozenset(strange)
        self.setRange(0, len(stops) - 1)
        self.update()

    def set_amounts(self, amount: float, record: float, often: str = "") -> None:
        """Show an amount and the record's, and say how often it is given, without telling anybody."""
        self._amount, self._record, self._often = amount, record, often
        self._describe()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleName(
            self.tr("{name} dose, slider, {amount} {unit}, record {record}").format(
                name=self._name,
                amount=shown_amount(self._amount),
                unit=f"{self._unit} {self._often}".strip(),
                record=shown_amount(self._record),
            )
        )

    def sizeHint(self) -> QSize:
        """Return the height of mark, track and numbers."""
        return QSize(self._theme.px(180), self._theme.px(54))

    minimumSizeHint = sizeHint

    def _span(self) -> tuple[float, float]:
        pad = self._theme.px(14)
        return float(pad), float(self.width() - pad)

    def _x(self, amount: float) -> float:
        """Return where an amount lies: evenly spaced stops, linear between them."""
        left, right = self._span()
        stops = self._stops
        if len(stops) < 2:
            return left
        gap = (right - left) / (len(stops) - 1)
        if amount <= stops[0]:
            return left
        for index in range(len(stops) - 1):
            if amount <= stops[index + 1]:
                share = (amount - stops[index]) / (stops[index + 1] - stops[index])
                return left + gap * (index + share)
        return right

    def _nearest(self, x: float, stops: list[float]) -> float:
        return min(stops, key=lambda stop: abs(self._x(stop) - x))

    # ---- painting --------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark, track, ticks, numbers and thumb."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = self._span()
        track_y = theme.px(20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("edge"))
        painter.drawRoundedRect(QRectF(left, track_y - 1.5, right - left, 3), 1.5, 1.5)
        thumb_x, mark_x = self._x(self._amount), self._x(self._record)
        if self._amount != self._record:
            painter.setBrush(theme.colour("whatif"))
            painter.drawRect(QRectF(min(thumb_x, mark_x), track_y - 1.5, abs(thumb_x - mark_x), 3))
        self._paint_numbers(painter, track_y)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("current"))
        half, top = theme.px(5), theme.px(2)
        painter.drawPolygon(
            QPolygonF([QPointF(mark_x - half, top), QPointF(mark_x + half, top), QPointF(mark_x, top + theme.px(7))])
        )
        self._paint_thumb(painter, thumb_x, track_y)

    def _paint_numbers(self, painter: QPainter, track_y: int) -> None:
        theme = self._theme
        metrics = QFontMetrics(theme.font("caption", 600))
        widest = max(metrics.horizontalAdvance(shown_amount(stop)) for stop in self._stops) + theme.px(5)
        left, right = self._span()
        gap = (right - left) / max(len(self._stops) - 1, 1)
        every = max(1, -(-widest // max(int(gap), 1)))
        special = {self._amount, self._record, *self._strange}
        shown_at = [self._x(stop) for stop in self._stops if stop in special]
        for index, stop in enumerate(self._stops):
            x = self._x(stop)
            painter.setPen(theme.pen("edge"))
            painter.drawLine(QPointF(x, track_y + theme.px(7)), QPointF(x, track_y + theme.px(12)))
            crowded = any(0 < abs(x - other) < widest for other in shown_at)
            if stop not in special and (index % every or crowded):
                continue
            role = "whatif" if stop == self._amount and self._amount != self._record else "text2"
            painter.setFont(theme.font("caption", 600 if stop in special else 400))
            painter.setPen(theme.colour("text" if stop == self._record and role != "whatif" else role))
            box = QRectF(x - 30, track_y + theme.px(13), 60, theme.px(18))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown_amount(stop))
            if stop in self._strange:
                painter.setPen(theme.pen("warn"))
                painter.setBrush(theme.colour("raised"))
                painter.drawEllipse(QPointF(x, track_y + theme.px(10)), theme.px(3), theme.px(3))

    def _paint_thumb(self, painter: QPainter, x: float, track_y: int) -> None:
        theme = self._theme
        width, height = theme.px(18), theme.px(22)
        box = QRectF(x - width / 2, track_y - height / 2, width, height)
        if self.hasFocus():
            painter.setPen(theme.pen("focus", 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 7, 7)
        painter.setPen(theme.pen("raised", 2.0))
        painter.setBrush(theme.colour("whatif"))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(theme.pen("whatifInk", 1.5))
        for offset in (-theme.px(2), theme.px(2)):
            painter.drawLine(QPointF(x + offset, track_y - theme.px(4)), QPointF(x + offset, track_y + theme.px(4)))

    # ---- hands -----------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag; a press on a number jumps there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragging = True
            self._drag_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Step from stop to stop, finer with Shift."""
        if self._dragging:
            self._drag_to(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag: one step to undo."""
        if self._dragging:
            self._dragging = False
            self.settled.emit(self._amount)

    def _drag_to(self, event: QMouseEvent) -> None:
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        amount = self._nearest(event.position().x(), self._fine if fine else self._stops)
        if amount != self._amount:
            self._show(amount)
            self.previewed.emit(amount)

    def _show(self, amount: float) -> None:
        self._amount = amount
        self._describe()
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel: it scrolls, it never doses."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step, Shift steps finer, Home and End jump, 0 goes back to the record, Enter types, Esc undoes."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._dragging:
            self._dragging = False
            self.cancelled.emit()
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.typing_wanted.emit()
            return
        stops = self._fine if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else self._stops
        target = self._key_target(key, stops)
        if target is None:
            super().keyPressEvent(event)
        elif target != self._amount:
            self._show(target)
            self.settled.emit(target)

    def _key_target(self, key: Qt.Key, stops: list[float]) -> float | None:
        above = [stop for stop in stops if stop > self._amount + 1e-9]
        below = [stop for stop in stops if stop < self._amount - 1e-9]
        far = {Qt.Key.Key_PageUp: above[2:3] or above[-1:], Qt.Key.Key_PageDown: below[-3:-2] or below[:1]}
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Up):
            return above[0] if above else self._amount
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            return below[-1] if below else self._amount
        if key in far:
            return far[key][0] if far[key] else self._amount
        if key == Qt.Key.Key_0:
            return self._record
        return {Qt.Key.Key_Home: stops[0], Qt.Key.Key_End: stops[-1]}.get(key)
