"""What every plot is made of: a pyqtgraph plot widget set up for speed, and the layers that are painted on it."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QWidget

from endotune_desktop.ui.courses.curves import Band, Line
from endotune_desktop.ui.courses.plot_frame import BareAxis, PlotFrame
from endotune_desktop.ui.courses.spans import Mapping, mapping_of
from endotune_desktop.ui.plotting import pg
from endotune_desktop.ui.theme.theme import Theme

Paint = Callable[[QPainter], None]
"""Paints in pixels of the widget."""

STILL_PX = 4
"""A press that moves less is a click."""
NOWHERE = QPainterPath()
"""The shape of what the mouse goes through."""

# Every move of the hand counts: the relay of the sheet already keeps drawing from piling up.
pg.setConfigOptions(mouseRateLimit=0)


class Layers(pg.GraphicsObject):  # type: ignore[misc]
    """The layers of a view box: clipped to it, painted in pixels of the widget, transparent to the mouse.

    One item paints all: they are always painted together, and what a scene does for an item costs more than most of
    them.

    Attributes
    ----------
    paints : list of callable
        The lowest first.
    """

    def __init__(self, box: pg.ViewBox) -> None:
        super().__init__()
        self._box = box
        self.paints: list[Paint] = []

    def changeParent(self) -> None:
        """Listen to nothing: the box is asked at each painting, and a dozen calls a range change are saved."""

    def boundingRect(self) -> QRectF:
        """Return all that the box shows, hours and axis coordinates."""
        rect: QRectF = self._box.viewRect()
        return rect

    def shape(self) -> QPainterPath:
        """Return nothing: the box answers the mouse."""
        return NOWHERE

    def paint(self, painter: QPainter, option: object, widget: QWidget | None = None) -> None:
        """Paint in pixels, where one-pixel pens are fast and lines can be put between pixels."""
        for paint in self.paints:
            painter.save()
            painter.resetTransform()
            paint(painter)
            painter.restore()


class Gutter(BareAxis):
    """A side of a plot without numbers, painted in pixels of the widget."""

    def __init__(self, side: str, paint: Paint) -> None:
        super().__init__(side)
        self._paint = paint

    def paint(self, painter: QPainter, option: object, widget: QWidget | None = None) -> None:
        """Paint what stands at this side."""
        painter.resetTransform()
        self._paint(painter)

    def wheelEvent(self, event: object) -> None:
        """Turn the wheel as over the plot."""
        self.linkedView().wheelEvent(event)


class Graph(pg.PlotWidget):  # type: ignore[misc]
    """A plot widget with nothing of its own but axes, a view box and layers; it never chooses a range itself.

    Attributes
    ----------
    box : ViewBox
        Holds the shown ranges.
    """

    def __init__(self, theme: Theme, box: pg.ViewBox, axes: dict[str, BareAxis]) -> None:
        super().__init__(background=None, plotItem=PlotFrame(box, axes))
        self._theme, self.box = theme, box
        box.disableAutoRange()
        box.setFlag(box.GraphicsItemFlag.ItemIsFocusable, False)
        self._layers = Layers(box)
        self.addItem(self._layers, ignoreBounds=True)
        self._tune()

    def _tune(self) -> None:
        """Turn off what costs time in a plot whose few layers are always painted together."""
        scene, viewport = self.scene(), self.viewport()
        scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        scene.setClickRadius(0)
        scene.setMoveDistance(STILL_PX)
        scene.minDragTime = math.inf
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        for widget in (viewport, self):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        viewport.setMouseTracking(True)
        viewport.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def add_layer(self, paint: Paint) -> None:
        """Put a layer over the others."""
        self._layers.paints.append(paint)

    def add_curve(self, curve: Line | Band) -> None:
        """Put a curve or a band over the layers that are there."""
        self.add_layer(lambda painter: curve.paint(painter, self.mapping()))

    def set_margins(self, left: float, top: float, right: float, bottom: float) -> None:
        """Leave room about axes and box, pixels, and place them."""
        layout = self.getPlotItem().layout
        layout.setContentsMargins(left, top, right, bottom)
        layout.activate()

    def area(self) -> QRectF:
        """Return where the data are, pixels of the widget."""
        return QRectF(self.box.geometry())

    def mapping(self) -> Mapping:
        """Return how hours and axis coordinates lie in pixels."""
        across, up = self.box.viewRange()
        return mapping_of(self.area(), tuple(across), tuple(up))

    def redraw(self) -> None:
        """Have everything painted when the events at hand are done."""
        self.viewport().update()

    def redraw_now(self) -> None:
        """Paint everything at once."""
        self.viewport().repaint()

    def sizeHint(self) -> QSize:
        """Leave the size to the layout; a graphics view would ask for the size that it has."""
        return QSize()

    def discard(self) -> None:
        """Take the plot apart for good."""
        self.close()
        self.deleteLater()
