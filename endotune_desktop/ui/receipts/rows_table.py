"""A table of words: rows to walk through with the keyboard, none to edit."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from endotune_desktop.ui.theme.theme import Theme

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RowsTable(QTableWidget):
    """Columns with a head; whole rows are chosen.

    Parameters
    ----------
    theme : Theme
    heads : sequence of str
    name : str
        For those who hear it.
    stretched : int
        The column that takes what room is left.
    right : collection of int
        Columns of numbers, which end at their right.
    """

    def __init__(
        self, theme: Theme, heads: Sequence[str], name: str, stretched: int, right: Collection[int] = ()
    ) -> None:
        super().__init__(0, len(heads))
        self._right = frozenset(right)
        self.setProperty("kind", "rows")
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(heads))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(26))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        for column in self._right:
            self._head(column).setTextAlignment(RIGHT)

    def _head(self, column: int) -> QTableWidgetItem:
        found = self.horizontalHeaderItem(column)
        assert found is not None
        return found

    def explain(self, column: int, words: str) -> None:
        """Say more of a column over its head."""
        self._head(column).setToolTip(words)

    def fill(self, rows: Sequence[Sequence[str]]) -> None:
        """Show rows of words; the chosen row stays chosen where it is still there."""
        chosen = self.currentRow()
        self.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for column, words in enumerate(row):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                if column in self._right:
                    item.setTextAlignment(RIGHT)
                self.setItem(place, column, item)
        if rows:
            self.setCurrentCell(min(max(chosen, 0), len(rows) - 1), 0)

    def rows(self) -> list[list[str]]:
        """Return what is shown."""
        items = [[self.item(row, column) for column in range(self.columnCount())] for row in range(self.rowCount())]
        return [[item.text() if item is not None else "" for item in row] for row in items]
