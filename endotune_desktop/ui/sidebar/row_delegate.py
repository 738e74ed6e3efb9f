"""How a row of the record is painted: one line, several wrapped ones, or one with a smaller one under it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from endotune_desktop.ui.theme.theme import Theme

SECOND_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The smaller line under the first."""
QUIET_ROLE = SECOND_ROLE + 1
"""Whether a row does not concern what is shown, and is written in grey."""


class RowDelegate(QStyledItemDelegate):
    """Paints rows with a second, quieter line; all others as usual."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the text, each of two lines ending in an ellipsis where it does not fit, and a hairline below."""
        if index.data(SECOND_ROLE):
            self._paint_two_lines(painter, option, index)
        else:
            super().paint(painter, option, index)
        box = option.rect
        painter.save()
        painter.setPen(self._theme.pen("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.restore()

    def _paint_two_lines(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        second = index.data(SECOND_ROLE)
        view = QStyleOptionViewItem(option)
        self.initStyleOption(view, index)
        text, icon = view.text, view.icon
        font = view.font
        view.text = ""
        widget = view.widget
        style = widget.style() if widget is not None else QApplication.style()
        box = QRect(view.rect)
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, view, painter, widget)
        pad = self._theme.px(4)
        inner = box.adjusted(pad, pad // 2, -pad, -pad // 2)
        first_colour = "text3" if index.data(QUIET_ROLE) else "text"
        if not icon.isNull():
            side = self._theme.px(14)
            icon.paint(painter, QRect(inner.left(), inner.top() + pad // 2, side, side))
            inner.setLeft(inner.left() + side + pad)
        first_height = QFontMetrics(font).height()
        lines = (
            (text, font, first_colour, QRect(inner.left(), inner.top(), inner.width(), first_height)),
            (str(second), self._theme.font("caption"), "text2",
             QRect(inner.left(), inner.top() + first_height, inner.width(), inner.height() - first_height)),
        )  # fmt: skip
        painter.save()
        for words, face, colour, place in lines:
            painter.setFont(face)
            painter.setPen(self._theme.colour(colour))
            shown = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()
