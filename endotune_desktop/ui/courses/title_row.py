"""Who is shown, and what the lines mean."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from endotune_desktop.ui.courses.forecast_ghosts import paint_sample
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import ElidedLabel, chip, label, restyle


class TitleRow(QWidget):
    """Name, details, and a chip at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.name = label("", "title")
        self.details = ElidedLabel("", "second")
        self.chip = chip("")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(6), theme.px(16), theme.px(6))
        layout.setSpacing(theme.px(12))
        layout.addWidget(self.name)
        layout.addWidget(self.details, 1)
        layout.addWidget(self.chip)

    def say(self, name: str, details: str, words: str, tone: str) -> None:
        """Show a name with its details, and a chip when there are words for it."""
        self.name.setText(name)
        self.details.setText(details)
        self.chip.setText(words)
        self.chip.setVisible(bool(words))
        restyle(self.chip, "tone", tone)


@dataclass(frozen=True)
class LegendEntry:
    """One kind of line.

    Attributes
    ----------
    kind : str
        lab, now, whatif, pinned, forecast or reference: which sample is drawn.
    words, short : str
        What it is, and the same where there is little room.
    """

    kind: str
    words: str
    short: str


class Legend(QWidget):
    """Samples of what is drawn; words shorten when there is no room for all, and give way from the right then."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._entries: list[LegendEntry] = []
        self.restyle()

    def restyle(self) -> None:
        """Take over the text scale."""
        self.setFixedHeight(self._theme.px(26))
        self.update()

    def say(self, entries: list[LegendEntry]) -> None:
        """Show these kinds of line."""
        if entries != self._entries:
            self._entries = entries
            self.update()

    def shown_words(self) -> list[tuple[str, str]]:
        """Return kind and words of each entry that has room."""
        theme, metrics = self._theme, self._theme.metrics("caption")
        each = theme.px(26) + theme.px(24)

        def width(words: list[str]) -> float:
            return theme.px(16) + sum(each + metrics.horizontalAdvance(text) for text in words)

        words = [entry.words for entry in self._entries]
        # The longest wordings give way first, so that short ones keep what they say.
        for index in sorted(range(len(words)), key=lambda i: -metrics.horizontalAdvance(words[i])):
            if width(words) <= self.width():
                break
            words[index] = self._entries[index].short
        while words and width(words) > self.width():
            words = words[:-1]
        return [(entry.kind, text) for entry, text in zip(self._entries, words, strict=False)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a sample and a word for each entry."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = theme.metrics("caption")
        painter.setFont(theme.font("caption"))
        x, y = float(theme.px(16)), self.height() / 2
        sample = theme.px(26)
        for kind, words in self.shown_words():
            width = metrics.horizontalAdvance(words)
            self._sample(painter, kind, x, y, sample)
            painter.setPen(theme.colour("text2"))
            box = QRectF(x + sample + theme.px(6), 0, width + 2, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
            x += sample + width + theme.px(24)

    def _sample(self, painter: QPainter, kind: str, x: float, y: float, width: float) -> None:
        theme = self._theme
        if kind == "forecast":
            paint_sample(painter, theme, x + width / 2, y)
            return
        if kind == "lab":
            painter.setPen(theme.pen("lab"))
            middle = x + width / 2
            half, dot = theme.px(8), 3.6 * theme.scale
            painter.drawLine(QPointF(middle, y - half), QPointF(middle, y + half))
            painter.setBrush(theme.colour("lab"))
            painter.drawEllipse(QPointF(middle, y), dot, dot)
            return
        if kind == "reference":
            half = theme.px(6)
            painter.fillRect(QRectF(x, y - half, width, 2 * half), theme.colour("refFill"))
            painter.setPen(theme.pen("refEdge"))
            painter.drawLine(QPointF(x, y - half), QPointF(x + width, y - half))
            painter.drawLine(QPointF(x, y + half), QPointF(x + width, y + half))
            return
        pen = theme.pen(
            {"now": "current", "whatif": "whatif", "pinned": "altB"}[kind], 3.0 if kind == "whatif" else 2.0
        )
        if kind == "pinned":
            pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, y), QPointF(x + width, y))
