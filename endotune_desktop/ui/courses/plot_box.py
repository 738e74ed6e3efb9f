"""The mouse on a plot: wheel, zoom box, pan, click, hover; and the ranges that these change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QGraphicsSceneWheelEvent

from endotune_desktop.ui.courses.lab_marks import LabMarks
from endotune_desktop.ui.courses.spans import Mapping, TimeSpan, mapping_of
from endotune_desktop.ui.plotting import pg

if TYPE_CHECKING:
    from pyqtgraph.GraphicsScene.mouseEvents import HoverEvent, MouseClickEvent, MouseDragEvent

LEAST_BOX_PX = 10.0
"""A zoom box that is thinner than this zooms the other axis only."""
NOTHING = -1
VALUES = 1
"""The number by which an axis says that it was the value axis that was turned over."""


class PlotBox(pg.ViewBox):  # type: ignore[misc]
    """Holds what is shown of time and values, and turns mouse events into what they mean.

    All boxes of a stack show the same time: each follows the shared span, and each leads it.

    The wheel zooms time about the pointer, with Shift it pans, with Ctrl or over the value axis it zooms the values.
    A drag draws a zoom box; with the middle button, or while the space bar is held, it pans.

    Parameters
    ----------
    time : TimeSpan
    labs : LabMarks
        The results that can be pointed at.

    Attributes
    ----------
    space_held : bool
    rubber : QRectF or None
        The zoom box under the hand, pixels of the widget.

    Signals
    -------
    pointed(float), left(), clicked(float)
        The hour under the pointer; the pointer is gone; a click on the ground.
    lab_clicked(int), lab_hovered(int)
        By row of the results; `NOTHING` when the pointer leaves one.
    values_zoomed()
        The hand has chosen the span of values.
    reset_wanted()
    rubber_moved()
    """

    pointed = Signal(float)
    left = Signal()
    clicked = Signal(float)
    lab_clicked = Signal(int)
    lab_hovered = Signal(int)
    values_zoomed = Signal()
    reset_wanted = Signal()
    rubber_moved = Signal()

    def __init__(self, time: TimeSpan, labs: LabMarks) -> None:
        super().__init__(enableMenu=False)
        self._time, self._labs = time, labs
        self._hovered = NOTHING
        self._panning = False
        self.space_held = False
        self.rubber: QRectF | None = None
        time.changed.connect(self._follow)
        self.sigXRangeChanged.connect(self._lead)
        self._follow()

    # ---- ranges ----------------------------------------------------------------------------------------------------
    def _follow(self) -> None:
        self.setRange(xRange=self._time.span, padding=0, disableAutoRange=False)

    def _lead(self, _: object, span: tuple[float, float]) -> None:
        """Take the others along; where the shared span does not go, come back."""
        self._time.show(*span)
        if self._time.span != span:
            self._follow()

    def forget_time(self) -> None:
        """No longer follow the shared span."""
        self._time.changed.disconnect(self._follow)

    @property
    def values(self) -> tuple[float, float]:
        """Return the shown axis coordinates."""
        low, high = self.viewRange()[1]
        return low, high

    def show_values(self, low: float, high: float) -> None:
        """Show a span of axis coordinates."""
        self.setRange(yRange=(low, high), padding=0, disableAutoRange=False)

    def zoom_values(self, factor: float, about: float | None = None) -> None:
        """Show `factor` times as much of the value axis; what lies at `about` (the middle without) stays."""
        low, high = self.values
        centre = (low + high) / 2.0 if about is None else about
        self.show_values(centre - (centre - low) * factor, centre + (high - centre) * factor)
        self.values_zoomed.emit()

    def _mapping(self) -> Mapping:
        return mapping_of(QRectF(self.geometry()), self._time.span, self.values)

    # ---- wheel -----------------------------------------------------------------------------------------------------
    def wheelEvent(self, event: QGraphicsSceneWheelEvent, axis: int | None = None) -> None:
        """Zoom or pan; some platforms turn a wheel sideways while Shift is held, which is a turn as well."""
        turns, at, modifiers = event.delta() / 120.0, event.scenePos(), event.modifiers()
        mapping, factor = self._mapping(), 1.0 / 1.2**turns
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._time.pan(-turns * 0.1 * self._time.length_h)
        elif axis == VALUES or modifiers & Qt.KeyboardModifier.ControlModifier:
            self.zoom_values(factor, mapping.place(at.y()))
        else:
            self._time.zoom(factor, mapping.hour(at.x()))
        event.accept()

    # ---- buttons ---------------------------------------------------------------------------------------------------
    def mouseDragEvent(self, event: MouseDragEvent, axis: int | None = None) -> None:
        """Draw a zoom box with the left button; pan with the middle one or while the space bar is held."""
        button = event.button()
        if button not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            event.ignore()
            return
        event.accept()
        if event.isStart():
            self._panning = self.space_held or button == Qt.MouseButton.MiddleButton
        if self._panning:
            self._pan(event.scenePos() - event.lastScenePos())
            return
        box = self._box(event.buttonDownScenePos(), event.scenePos())
        self.rubber = None if event.isFinish() else box
        self.rubber_moved.emit()
        if event.isFinish():
            self._zoom_to(box)

    def _pan(self, moved: QPointF) -> None:
        mapping = self._mapping()
        self._time.pan(-moved.x() / mapping.kx)
        if moved.y():
            low, high = self.values
            by = -moved.y() / mapping.ky
            self.show_values(low + by, high + by)
            self.values_zoomed.emit()

    def _box(self, start: QPointF, end: QPointF) -> QRectF:
        """Return the zoom box; a flat one takes the whole height, a narrow one the whole width."""
        area = QRectF(self.geometry())
        corners = [
            QPointF(
                min(max(corner.x(), area.left()), area.right() - 1.0),
                min(max(corner.y(), area.top()), area.bottom() - 1.0),
            )
            for corner in (start, end)
        ]
        box = QRectF(*corners).normalized()
        if box.height() < LEAST_BOX_PX:
            box = QRectF(box.left(), area.top(), box.width(), area.height() - 1.0)
        elif box.width() < LEAST_BOX_PX:
            box = QRectF(area.left(), box.top(), area.width() - 1.0, box.height())
        return box

    def _zoom_to(self, box: QRectF) -> None:
        mapping, height = self._mapping(), self.geometry().height()
        if LEAST_BOX_PX <= box.height() < height - 2.0:
            self.show_values(mapping.place(box.bottom()), mapping.place(box.top()))
            self.values_zoomed.emit()
        if box.width() >= LEAST_BOX_PX:
            self._time.show(mapping.hour(box.left()), mapping.hour(box.right()))

    def mouseClickEvent(self, event: MouseClickEvent) -> None:
        """Open a result, or catch the crosshair; a double click shows everything again."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        at, mapping = event.scenePos(), self._mapping()
        row = self._labs.nearest(mapping, at.x(), at.y())
        if row is None:
            # The first of two clicks has caught or freed the crosshair: the second undoes that.
            self.clicked.emit(mapping.hour(at.x()))
        elif not event.double():
            self.lab_clicked.emit(row)
        if event.double():
            self.reset_wanted.emit()

    # ---- pointer ---------------------------------------------------------------------------------------------------
    def hoverEvent(self, event: HoverEvent) -> None:
        """Tell where the pointer is, and over which result."""
        if event.isExit():
            self._hover(NOTHING)
            self.left.emit()
        elif not event.buttons():
            at, mapping = event.scenePos(), self._mapping()
            row = self._labs.nearest(mapping, at.x(), at.y())
            self._hover(NOTHING if row is None else row)
            self.pointed.emit(mapping.hour(at.x()))

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.lab_hovered.emit(row)
