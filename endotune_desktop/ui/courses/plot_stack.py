"""The plots under one another, with one stretch of time for all."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from endotune_desktop.physiology.axis import Marker
from endotune_desktop.ui.courses.marker_plot import MarkerPlot
from endotune_desktop.ui.courses.spans import TimeSpan
from endotune_desktop.ui.theme.theme import Theme

EXTRA_WEIGHT = 25
"""Share of the height for a marker that is not shown from the start; the axis gives the others theirs in hundreds."""


class PlotStack(QScrollArea):
    """Makes a plot for every marker and scrolls when there is no room for all.

    Attributes
    ----------
    plots : list of MarkerPlot
    time : TimeSpan

    Signals
    -------
    made(object)
        A new `MarkerPlot`, to be connected.
    focus_moved
    bar_toggled
        The scroll bar has come or gone: the plots are narrower or wider than what stands under them.
    """

    made = Signal(object)
    bar_toggled = Signal()
    focus_moved = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.plots: list[MarkerPlot] = []
        self.time = TimeSpan(self)
        self._last_focused: MarkerPlot | None = None
        self._aside: dict[Marker, MarkerPlot] = {}
        holder = QWidget()
        holder.setProperty("kind", "sheet")
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setWidget(holder)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def make(self, markers: list[Marker], *, put_aside: bool = False) -> None:
        """Show these markers; plots of markers that stay are kept.

        Parameters
        ----------
        markers : list of Marker
        put_aside : bool
            Whether the others are hidden for the next time instead of deleted: a plot takes long to make.
        """
        held = {plot.marker: plot for plot in self.plots}
        for marker, plot in held.items():
            if marker not in markers:
                self._column.removeWidget(plot)
                if put_aside:
                    plot.hide()
                    self._aside[marker] = plot
                else:
                    plot.discard()
        self.plots = []
        for index, marker in enumerate(markers):
            aside = self._aside.pop(marker, None) if marker not in held else None
            plot = held.get(marker) or aside or MarkerPlot(self._theme, marker, self.time)
            if marker not in held:
                weight = round(100 * marker.plot_weight) if marker.plotted else EXTRA_WEIGHT
                self._column.insertWidget(index, plot, weight)
            if aside is not None:
                plot.forget_ranges()
                plot.clear()
                plot.show()
            elif marker not in held:
                plot.focused.connect(lambda p=plot: self._focus_on(p))
                self.made.emit(plot)
            self.plots.append(plot)
        if self._last_focused not in self.plots:
            self._last_focused = None

    def _focus_on(self, plot: MarkerPlot) -> None:
        self._last_focused = plot
        self.ensureWidgetVisible(plot, 0, 0)
        self.focus_moved.emit()

    @property
    def current(self) -> MarkerPlot | None:
        """Return the plot that keys act on: the last one that had the focus, else the first."""
        return self._last_focused or (self.plots[0] if self.plots else None)

    def shown(self) -> list[MarkerPlot]:
        """Return the plots that are not scrolled out of view."""
        return [plot for plot in self.plots if not plot.visibleRegion().isEmpty()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave left and right to the sheet, whose crosshair they move; a scroll area would take them."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @property
    def bar_px(self) -> int:
        """Return how much of the width the scroll bar takes."""
        return self.width() - self.viewport().width()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell when the plots have another width than the stack."""
        if event.type() is QEvent.Type.Resize:
            self.bar_toggled.emit()
        return super().viewportEvent(event)

    def restyle(self) -> None:
        """Take over the theme's colours and sizes."""
        for plot in self._aside.values():
            plot.discard()
        self._aside.clear()
        for plot in self.plots:
            plot.restyle()
