"""One marker over time: header over a canvas, with the scale and the range that its owner gave it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from endotune_desktop.physiology.axis import Marker
from endotune_desktop.ui.courses.canvas import PlotCanvas
from endotune_desktop.ui.courses.plot_box import PlotBox
from endotune_desktop.ui.courses.plot_header import PlotHeader
from endotune_desktop.ui.courses.scales import Scale
from endotune_desktop.ui.courses.spans import TimeSpan
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.workbench.references import ReferenceStep


class MarkerPlot(QWidget):
    """Takes the focus; keys that it does not know go to the sheet.

    Attributes
    ----------
    marker : Marker
    scale : Scale
    header : PlotHeader
    canvas : PlotCanvas
    hand : PlotBox
        The mouse on the canvas.
    ranged : Scale or None
        The scale for which the span of values was last chosen; None asks for a new choice.
    steps : tuple of ReferenceStep
        The reference where it follows clock or cycle.
    aimed_at : bool
        Whether the marker is a target, or may become one.
    zoomed_by_hand : bool
        Whether a hand has chosen the span of values: it is left alone then.

    Signals
    -------
    scale_toggled
    focused
    """

    scale_toggled = Signal()
    focused = Signal()

    def __init__(self, theme: Theme, marker: Marker, time: TimeSpan) -> None:
        super().__init__()
        self._theme = theme
        self.marker = marker
        self.scale = Scale(marker.log_scale, 1.0, marker.shown_below or 1e-3)
        self.ranged: Scale | None = None
        self.zoomed_by_hand = False
        self.dressed: object = None
        self.steps: tuple[ReferenceStep, ...] = ()
        self.aimed_at = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("{name} plot").format(name=marker.title))
        self.header = PlotHeader(theme, marker, self.scale_toggled.emit)
        self.canvas = PlotCanvas(theme, time, lambda: self.scale)
        self.hand: PlotBox = self.canvas.box
        self.hand.values_zoomed.connect(self._hand_zoomed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.canvas, 1)
        self.restyle()

    def _hand_zoomed(self) -> None:
        self.zoomed_by_hand = True

    def restyle(self) -> None:
        """Take over the theme's colours and sizes."""
        self.setMinimumHeight(self._theme.px(118))
        self.header.restyle()
        self.canvas.restyle()
        self.dressed = None

    def forget_ranges(self) -> None:
        """Let the next course choose the span of values."""
        self.zoomed_by_hand = False
        self.ranged = None

    def clear(self) -> None:
        """Show nobody's course."""
        canvas = self.canvas
        for line in canvas.lines:
            line.clear()
        for band in canvas.bands:
            band.clear()
        canvas.ghosts.rows = ()
        canvas.labs.rows, canvas.outside, canvas.ends, canvas.rings = [], [], [], []
        canvas.today_h = canvas.crosshair_h = None
        self.header.read([])
        self.dressed = None
        canvas.redraw()

    def discard(self) -> None:
        """Take the plot apart for good."""
        self.hide()
        self.canvas.discard()
        self.deleteLater()

    # ---- focus -----------------------------------------------------------------------------------------------------
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        self.canvas.set_ring(True)
        self.focused.emit()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        self.canvas.set_ring(False)
        self._hold_space(False)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pan with the mouse while the space bar is held; the sheet answers every other key."""
        if event.key() == Qt.Key.Key_Space:
            self._hold_space(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go of the space bar."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._hold_space(False)
        else:
            super().keyReleaseEvent(event)

    def _hold_space(self, held: bool) -> None:
        """Let a drag pan while the space bar is held, and show it by the pointer."""
        self.hand.space_held = held
        shape = Qt.CursorShape.OpenHandCursor if held else Qt.CursorShape.ArrowCursor
        self.canvas.viewport().setCursor(shape)
