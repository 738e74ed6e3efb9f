"""Labels, chips, buttons, hairlines and cards: the smallest pieces, made alike everywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from endotune_desktop.ui.theme.theme import Theme


def label(text: str, kind: str = "", *, wrap: bool = False) -> QLabel:
    """Return a text of one of the style sheet's kinds; it never reads markup."""
    found = QLabel(text)
    found.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        found.setProperty("kind", kind)
    found.setWordWrap(wrap)
    return found


class ElidedLabel(QLabel):
    """A line of text that gives way: what does not fit ends in an ellipsis, the whole of it is in the tool tip."""

    def __init__(self, text: str = "", kind: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if kind:
            self.setProperty("kind", kind)

    def minimumSizeHint(self) -> QSize:
        """Return that it can shrink to a few letters."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        box = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(box, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), text)
        self.setToolTip(self.text() if text != self.text() else "")


def chip(text: str, tone: str = "") -> QLabel:
    """Return a chip: a word on a ground of its tone (good, warn, bad, whatif)."""
    found = label(text, "chip")
    if tone:
        found.setProperty("tone", tone)
    return found


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and have it looked at again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(
    text: str,
    pressed: Callable[[], object],
    *,
    theme: Theme | None = None,
    icon: str = "",
    kind: str = "",
    name: str = "",
    tip: str = "",
) -> QPushButton:
    """Return a button with its word, icon, accessible name and what it does."""
    found = QPushButton(text)
    if kind:
        found.setProperty("kind", kind)
    if icon and theme is not None:
        role = "whatifInk" if kind == "primary" else "text"
        _dress(found, theme, icon, role)
        theme.changed.connect(partial(_dress, found, theme, icon, role))
    found.setAccessibleName(name or tip or text)
    if tip:
        found.setToolTip(tip)
    found.clicked.connect(lambda _=False: pressed())
    found.setAutoDefault(False)
    return found


def _dress(dressed: QPushButton, theme: Theme, icon: str, role: str) -> None:
    """Give a button its icon in the theme's colour and size, as long as the button is there."""
    if isValid(dressed):
        dressed.setIcon(theme.icon(icon, role))
        dressed.setIconSize(QSize(theme.px(16), theme.px(16)))


def hairline(*, vertical: bool = False) -> QFrame:
    """Return a line between areas."""
    line = QFrame()
    line.setProperty("kind", "hairline")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def clear_layout(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)


class Card(QFrame):
    """A raised area with a 3 px bar at its left while something in it differs."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._marked = False
        self.setProperty("kind", "card")
        self.body = QVBoxLayout(self)
        pad = theme.px(12)
        self.body.setContentsMargins(pad, theme.px(10), pad, theme.px(10))
        self.body.setSpacing(theme.px(6))

    def set_marked(self, marked: bool) -> None:
        """Show the bar in the what-if colour, or in the line colour."""
        if marked != self._marked:
            self._marked = marked
            self.update()

    @property
    def marked(self) -> bool:
        """Return whether the bar is blue."""
        return self._marked

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, then the bar inside its left edge."""
        super().paintEvent(event)
        painter = QPainter(self)
        colour: QColor = self._theme.colour("whatif" if self._marked else "line")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        radius = self._theme.tokens.radii["card"]
        painter.setClipRect(0, 0, 3, self.height())
        painter.drawRoundedRect(self.rect(), radius, radius)
