"""What a right click, or the menu key, offers on the sheet."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from endotune_desktop.ui.courses.marker_plot import MarkerPlot
from endotune_desktop.ui.courses.painting import tr
from endotune_desktop.ui.courses.presentation_strip import PresentationStrip
from endotune_desktop.workbench.session import Session


class Sheet(Protocol):
    """What the menu asks of the sheet.

    Attributes
    ----------
    presentation : PresentationStrip
    """

    presentation: PresentationStrip

    @property
    def plots(self) -> list[MarkerPlot]:
        """Return the plots from the top."""
        ...

    def values_text(self) -> str:
        """Return the curves as tab-separated text."""
        ...

    def reset_view(self) -> None:
        """Show the whole horizon again."""
        ...

    def zoom(self, factor: float) -> None:
        """Show `factor` times as much time."""
        ...

    def toggle_scale(self, marker_id: str) -> None:
        """Change a plot between linear and logarithmic."""
        ...

    def show_marker(self, marker_id: str, shown: bool) -> None:
        """Add a plot of a marker, or take it away."""
        ...


def sheet_menu(parent: QWidget, sheet: Sheet, session: Session, plot: MarkerPlot | None) -> QMenu:
    """Return the menu of the sheet, with what concerns one plot first."""
    menu = QMenu(parent)
    clipboard = QGuiApplication.clipboard()
    menu.addAction(tr("Copy values"), lambda: clipboard.setText(sheet.values_text()))
    menu.addAction(tr("Copy picture"), lambda: clipboard.setPixmap(parent.grab()))
    menu.addSeparator()
    if plot is not None:
        words = tr("{name}: logarithmic").format(name=plot.marker.title)
        action = menu.addAction(words, QKeySequence("L"), lambda: sheet.toggle_scale(plot.marker.id))
        action.setCheckable(True)
        action.setChecked(plot.scale.log)
    menu.addAction(tr("Zoom in"), QKeySequence("+"), lambda: sheet.zoom(1 / 1.25))
    menu.addAction(tr("Zoom out"), QKeySequence("-"), lambda: sheet.zoom(1.25))
    menu.addAction(tr("Reset range"), QKeySequence("R"), sheet.reset_view)
    if sheet.presentation.filled:
        action = menu.addAction(tr("Presentation: symptoms and vitals"))
        action.setCheckable(True)
        action.setChecked(sheet.presentation.opened)
        action.triggered.connect(sheet.presentation.set_opened)
    menu.addSeparator()
    held = {held.marker.id for held in sheet.plots}
    for marker in session.axis.markers:
        if marker.analyte and not marker.plotted:
            action = menu.addAction(tr("Show {name}").format(name=marker.title))
            action.setCheckable(True)
            action.setChecked(marker.id in held)
            action.triggered.connect(lambda shown, m=marker.id: sheet.show_marker(m, shown))
    return menu
