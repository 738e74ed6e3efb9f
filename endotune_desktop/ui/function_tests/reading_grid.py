"""What was read from a function test: a row a reading, its value, and the range of nine members in ten."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from endotune_desktop.clinic.units import UnitSystem
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.tuning.function_test_run import FunctionTestRun
from endotune_desktop.ui.function_tests.reading_words import reading_words
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import clear_layout, label


class ReadingGrid(QWidget):
    """Empty without a run.

    Attributes
    ----------
    rows : list of (str, str, str)
        Title, value and range, as shown.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[tuple[str, str, str]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(2))
        self._grid.setColumnStretch(3, 1)

    def show_run(self, run: FunctionTestRun | None, axis: Axis, system: UnitSystem) -> None:
        """Show what was read."""
        readings = run.readings if run is not None else ()
        rows = [(entry.reading.title, *reading_words(entry, axis, system)) for entry in readings]
        if rows == self.rows:
            return
        self.rows = rows
        clear_layout(self._grid)
        right = Qt.AlignmentFlag.AlignRight
        if any(spread for _, _, spread in rows):
            self._grid.addWidget(label(self.tr("90 % of persons"), "caption"), 0, 2, right)
        for row, (title, value, spread) in enumerate(rows, start=1):
            self._grid.addWidget(label(title), row, 0)
            self._grid.addWidget(label(value, "head"), row, 1, right)
            self._grid.addWidget(label(spread, "second"), row, 2, right)
