"""Box and axes of a plot, placed beside each other: a plot item of pyqtgraph with nothing else."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsItem, QSizePolicy

from endotune_desktop.ui.plotting import pg

PLACES = {"top": (1, 1), "bottom": (3, 1), "left": (2, 0), "right": (2, 2)}
"""Row and column of each axis about the box, which stands in row 2 and column 1."""
BOX_PLACE = (2, 1)


class BareAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis that is painted by whoever makes it, and has no label: its base writes one anew at each change of it."""

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self.autoSIPrefix = False  # with one, a change of the range would be shown by its label alone

    def _updateLabel(self) -> None:
        """Write nothing."""

    def updateAutoSIPrefix(self) -> None:
        """Choose no prefix for a unit that is not written."""


class PlotFrame(pg.PlotItem):  # type: ignore[misc]
    """Its base makes four axes, a title, a button and a menu of fifty widgets for every plot, which none here shows.

    Parameters
    ----------
    box : ViewBox
    axes : dict of str to BareAxis
        By side; the other sides have none.
    """

    def __init__(self, box: pg.ViewBox, axes: dict[str, BareAxis]) -> None:
        pg.GraphicsWidget.__init__(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.vb = box
        self.axes: dict[str, dict[str, Any]] = {}
        self.items: list[object] = []
        self.curves: list[object] = []
        self.dataItems: list[object] = []
        self.legend = self.autoBtn = self.ctrlMenu = None
        self.layout = QGraphicsGridLayout()
        self.layout.setSpacing(0)
        self.setLayout(self.layout)
        self.layout.addItem(box, *BOX_PLACE)
        for side, axis in axes.items():
            axis.linkToView(box)
            axis.setZValue(0.5)
            axis.setFlag(QGraphicsItem.GraphicsItemFlag.ItemNegativeZStacksBehindParent)
            self.layout.addItem(axis, *PLACES[side])
            self.axes[side] = {"item": axis, "pos": PLACES[side]}
        for line in range(4):
            self.layout.setRowStretchFactor(line, 100 if line == BOX_PLACE[0] else 1)
        for line in range(3):
            self.layout.setColumnStretchFactor(line, 100 if line == BOX_PLACE[1] else 1)

    def hoverEvent(self, event: object) -> None:
        """Do nothing: there is no button to show."""

    def close(self) -> None:
        """Take the plot apart, the axes before the box, as its base does."""
        if self.vb is None:
            return
        for held in self.axes.values():
            held["item"].close()
        self.axes = {}
        self.scene().removeItem(self.vb)
        self.vb = None
