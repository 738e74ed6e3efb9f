"""The mouse on a plot: wheel, zoom box, pan, click, hover."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent

from endotune_desktop.ui.courses.canvas import PlotCanvas
from endotune_desktop.ui.courses.spans import TimeSpan

STILL_PX = 4.0
"""A press that moves less is a click."""
LEAST_BOX_PX = 10.0
"""A zoom box that is thinner than this zooms the other axis only."""
NOTHING = -1


class PlotHand(QObject):
    """Watches a canvas and turns mouse events into what they mean.

    The wheel zooms time about the pointer, with Shift it pans, with Ctrl it zooms the values. A drag draws a zoom box;
    with the middle button, or while the space bar is held, it pans.

    Attributes
    ----------
    space_held : bool

    Signals
    -------
    pointed(float), left(), clicked(float)
        The hour under the pointer; the pointer is gone; a click on the ground.
    lab_clicked(int), lab_hovered(int)
        By row of the results; `NOTHING` when the pointer leaves one.
    values_zoomed()
        The hand has chosen the span of values.
    reset_wanted()
    """

    pointed = Signal(float)
    left = Signal()
    clicked = Signal(float)
    lab_clicked = Signal(int)
    lab_hovered = Signal(int)
    values_zoomed = Signal()
    reset_wanted = Signal()

    def __init__(self, canvas: PlotCanvas, time: TimeSpan) -> None:
        super().__init__(canvas)
        self._canvas, self._time = canvas, time
        self._press: QPointF | None = None
        self._last = QPointF()
        self._panning = False
        self._hovered = NOTHING
        self.space_held = False
        canvas.installEventFilter(self)

    def hold_space(self, held: bool) -> None:
        """Take the space bar: a drag pans while it is held."""
        self.space_held = held
        self._canvas.setCursor(Qt.CursorShape.OpenHandCursor if held else Qt.CursorShape.ArrowCursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer the mouse."""
        kind = event.type()
        if isinstance(event, QWheelEvent):
            self._wheel(event)
            return True
        if isinstance(event, QMouseEvent):
            if kind is QEvent.Type.MouseButtonPress:
                self._pressed(event)
            elif kind is QEvent.Type.MouseMove:
                self._moved(event)
            elif kind is QEvent.Type.MouseButtonRelease:
                self._released(event)
            elif kind is QEvent.Type.MouseButtonDblClick and event.button() == Qt.MouseButton.LeftButton:
                # The first of the two clicks has caught or freed the crosshair: undo that.
                self.clicked.emit(self._canvas.mapping().hour(event.position().x()))
                self.reset_wanted.emit()
        elif kind is QEvent.Type.Leave:
            self._hover(NOTHING)
            self.left.emit()
        return False

    # ---- wheel -----------------------------------------------------------------------------------------------------
    def _wheel(self, event: QWheelEvent) -> None:
        modifiers = event.modifiers()
        # Some platforms turn a wheel sideways while Shift is held.
        turns = (event.angleDelta().y() or event.angleDelta().x()) / 120.0
        mapping, factor = self._canvas.mapping(), 1.0 / 1.2**turns
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._time.pan(-turns * 0.1 * self._time.length_h)
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            self.zoom_values(factor, mapping.place(event.position().y()))
        else:
            self._time.zoom(factor, mapping.hour(event.position().x()))
        event.accept()

    def zoom_values(self, factor: float, about: float | None = None) -> None:
        """Show `factor` times as much of the value axis; what lies at `about` (the middle without) stays."""
        low, high = self._canvas.values
        centre = (low + high) / 2.0 if about is None else about
        self._canvas.show_values(centre - (centre - low) * factor, centre + (high - centre) * factor)
        self.values_zoomed.emit()

    # ---- buttons ---------------------------------------------------------------------------------------------------
    def _pressed(self, event: QMouseEvent) -> None:
        middle = event.button() == Qt.MouseButton.MiddleButton
        if middle or event.button() == Qt.MouseButton.LeftButton:
            self._press = self._last = event.position()
            self._panning = middle or self.space_held

    def _moved(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._press is None:
            if not event.buttons():
                row = self._canvas.labs.nearest(self._canvas.mapping(), at.x(), at.y())
                self._hover(NOTHING if row is None else row)
                self.pointed.emit(self._canvas.mapping().hour(at.x()))
        elif self._panning:
            self._pan(at)
        elif (at - self._press).manhattanLength() >= STILL_PX or self._canvas.rubber is not None:
            self._canvas.rubber = self._box(at)
            self._canvas.update()

    def _pan(self, at: QPointF) -> None:
        mapping, canvas = self._canvas.mapping(), self._canvas
        moved = at - self._last
        self._last = at
        self._time.pan(-moved.x() / mapping.kx)
        if moved.y():
            by = -moved.y() / mapping.ky
            canvas.show_values(canvas.values[0] + by, canvas.values[1] + by)
            self.values_zoomed.emit()

    def _box(self, at: QPointF) -> QRectF:
        """Return the zoom box; a flat one takes the whole height, a narrow one the whole width."""
        assert self._press is not None
        area = self._canvas.area()
        corners = [
            QPointF(
                min(max(corner.x(), area.left()), area.right() - 1.0),
                min(max(corner.y(), area.top()), area.bottom() - 1.0),
            )
            for corner in (self._press, at)
        ]
        box = QRectF(*corners).normalized()
        if box.height() < LEAST_BOX_PX:
            box = QRectF(box.left(), area.top(), box.width(), area.height() - 1.0)
        elif box.width() < LEAST_BOX_PX:
            box = QRectF(area.left(), box.top(), area.width() - 1.0, box.height())
        return box

    def _released(self, event: QMouseEvent) -> None:
        if self._press is None:
            return
        canvas, mapping, at = self._canvas, self._canvas.mapping(), event.position()
        still = (at - self._press).manhattanLength() < STILL_PX
        box = canvas.rubber
        panned, self._panning, self._press, canvas.rubber = self._panning, False, None, None
        if box is not None:
            self._zoom_to(box)
        elif still and not panned:
            row = canvas.labs.nearest(mapping, at.x(), at.y())
            if row is not None:
                self.lab_clicked.emit(row)
            else:
                self.clicked.emit(mapping.hour(at.x()))
        canvas.update()

    def _zoom_to(self, box: QRectF) -> None:
        canvas, mapping, area = self._canvas, self._canvas.mapping(), self._canvas.area()
        if box.height() < area.height() - 2.0 and box.height() >= LEAST_BOX_PX:
            canvas.show_values(mapping.place(box.bottom()), mapping.place(box.top()))
            self.values_zoomed.emit()
        if box.width() >= LEAST_BOX_PX:
            self._time.show(mapping.hour(box.left()), mapping.hour(box.right()))

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.lab_hovered.emit(row)
