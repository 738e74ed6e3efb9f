"""The line over a plot: role, name, unit and reference at the left, the values at the crosshair at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from endotune_desktop.physiology.axis import Marker, Role
from endotune_desktop.ui.courses.canvas import GUTTER_PX
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import button

Part = tuple[str, str, int]
"""Words, colour role, weight."""
REGULAR = 400


class PlotHeader(QWidget):
    """Paints its words; what has no room gives way from the right: clock, owner of the reference, reference, unit."""

    def __init__(self, theme: Theme, marker: Marker, toggle: Callable[[], None]) -> None:
        super().__init__()
        self._theme = theme
        self._marker = marker
        self.unit = marker.unit
        self.reference: tuple[str, ...] = ()
        self.readout: list[Part] = []
        self.note = ""
        self.chip: QPushButton = button("", toggle, kind="scale", name="scale")
        self.chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.chip.setParent(self)
        self._chip_size = QSize()
        self._placed: list[tuple[float, str, str, int, str]] = []
        self.setFixedHeight(theme.px(26))

    def dress(self, unit: str, reference: tuple[str, ...], scale: str, scale_name: str) -> None:
        """Set what changes with unit, reference and scale.

        Parameters
        ----------
        unit : str
        reference : tuple of str
            The longest wording first; a shorter one is taken when there is less room.
        scale, scale_name : str
            On the chip, and what it is called.
        """
        self.unit, self.reference = unit, reference
        self.chip.setText(scale)
        self.chip.setAccessibleName(scale_name)
        self._chip_size = QSize()
        self.lay_out()

    def read(self, readout: list[Part]) -> None:
        """Set the values at the right."""
        if readout != self.readout:
            self.readout = readout
            self.lay_out()

    def set_note(self, words: str) -> None:
        """Show a sentence instead of reference and values, as long as the pointer is on a result."""
        if words != self.note:
            self.note = words
            self.lay_out()

    def restyle(self) -> None:
        """Take over the theme's sizes."""
        self.setFixedHeight(self._theme.px(26))
        self._chip_size = QSize()
        self.lay_out()

    # ---- where everything stands -----------------------------------------------------------------------------------
    def lay_out(self) -> None:
        """Decide what has room, and where; painting then only draws."""
        theme = self._theme
        self._placed = []
        least = self._left_end("")
        parts = self.readout
        if self._right_of(parts) <= least:
            parts = [part for part in parts if not part[0].startswith("(")]
        if self._right_of(parts) <= least:
            parts = [part for part in parts if part[2] > REGULAR]
        if self._right_of(parts) <= least or self.note:
            parts = []
        right = self._right_of(parts) if not self.note else float(self.width() - theme.px(8))
        x = right
        for text, colour, weight in parts:
            x += theme.px(6)
            self._placed.append((x, text, "small", weight, colour))
            x += theme.metrics("small", weight).horizontalAdvance(text)
        room = right - theme.px(6)
        reference = next((words for words in self.reference if self._left_end(words) < room), "")
        if self.note:
            metrics = theme.metrics("small")
            reference = metrics.elidedText(self.note, Qt.TextElideMode.ElideRight, int(room - self._left_end("")))
        self._place_left(reference)
        self._place_chip(self._left_end(reference), right)
        self.update()

    def _place_left(self, reference: str) -> None:
        theme, x = self._theme, float(self._theme.px(27))
        for text, size, weight, colour, gap in (
            (self._marker.title, "strong", 600, "text", 6), (self.unit, "small", 400, "text3", 14),
            (reference, "small", 400, "text2" if self.note else "refEdge", 0),
        ):  # fmt: skip
            self._placed.append((x, text, size, weight, colour))
            x += theme.metrics(size, weight).horizontalAdvance(text) + theme.px(gap)

    def _place_chip(self, taken: float, right: float) -> None:
        """Put the scale's chip between reference and values, or hide it when there is no room."""
        if self._chip_size.isEmpty():
            self._chip_size = self.chip.sizeHint()
        size = self._chip_size
        fits = bool(self.chip.text()) and not self.note and right - taken > size.width() + self._theme.px(16)
        if fits != self.chip.isVisibleTo(self):
            self.chip.setVisible(fits)
        if fits:
            x = round((taken + right - size.width()) / 2)
            self.chip.setGeometry(x, (self.height() - size.height()) // 2, size.width(), size.height())

    def _right_of(self, parts: list[Part]) -> float:
        theme = self._theme
        widths = [theme.metrics("small", weight).horizontalAdvance(text) + theme.px(6) for text, _, weight in parts]
        return float(self.width() - theme.px(GUTTER_PX) - theme.px(2) - sum(widths))

    def _left_end(self, reference: str) -> float:
        theme = self._theme
        title = theme.metrics("strong", 600).horizontalAdvance(self._marker.title)
        small = theme.metrics("small")
        return float(theme.px(47) + title + small.horizontalAdvance(self.unit) + small.horizontalAdvance(reference))

    def shown_words(self) -> list[str]:
        """Return every text that has room."""
        return [placed[1] for placed in self._placed if placed[1]]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Decide anew what has room."""
        self.lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint shape, words and numbers."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.role_colour(self._marker.role)))
        painter.drawPolygon(shape_of(self._marker.role, theme.px(17), self.height() / 2, theme.px(5)))
        foot = self.height() / 2 + theme.metrics("small").capHeight() / 2
        for x, text, size, weight, colour in self._placed:
            painter.setFont(theme.font(size, weight))
            painter.setPen(theme.colour(colour))
            painter.drawText(QPointF(x, foot), text)


def shape_of(role: Role, x: float, y: float, half: float) -> QPolygonF:
    """Return the shape of a role about a point: square given, triangle up or down, diamond for the rest."""
    if role is Role.UPSTREAM:
        return QPolygonF([QPointF(x, y - half), QPointF(x + half, y + half), QPointF(x - half, y + half)])
    if role in (Role.DOWNSTREAM, Role.HORMONE):
        return QPolygonF([QPointF(x, y + half), QPointF(x + half, y - half), QPointF(x - half, y - half)])
    if role is Role.GIVEN:
        return QPolygonF(QRectF(x - half + 1, y - half + 1, 2 * half - 2, 2 * half - 2))
    return QPolygonF([QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half), QPointF(x - half, y)])
