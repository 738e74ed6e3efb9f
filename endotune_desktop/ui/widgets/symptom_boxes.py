"""Ten small boxes for how strong a symptom is, 0 to 10."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from endotune_desktop.ui.theme.theme import Theme


class SymptomBoxes(QWidget):
    """A score by clicking a box, by arrows or by a digit.

    Signals
    -------
    scored(int)
        A person set another score.
    """

    scored = Signal(int)

    def __init__(self, theme: Theme, symptom: str, score: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._symptom = symptom
        self._score = score
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._describe()

    def _describe(self) -> None:
        words = self.tr("{symptom}: {score} of 10")
        self.setAccessibleName(words.format(symptom=self._symptom, score=self._score))

    @property
    def score(self) -> int:
        """Return the score."""
        return self._score

    def show_score(self, symptom: str, score: int) -> None:
        """Stand for another score without telling anybody."""
        if (symptom, score) != (self._symptom, self._score):
            self._symptom, self._score = symptom, score
            self._describe()
            self.update()

    def sizeHint(self) -> QSize:
        """Return room for ten boxes."""
        return QSize(self._theme.px(92), self._theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint filled and empty boxes."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, gap = theme.px(7), theme.px(2)
        top = (self.height() - side) / 2
        for index in range(10):
            box = QRectF(1.5 + index * (side + gap), top, side - 1, side - 1)
            painter.setPen(theme.pen("edge"))
            painter.setBrush(theme.colour("current") if index < self._score else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 1.5, 1.5)
        if self.hasFocus():
            painter.setPen(theme.pen("focus", 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 1.5, -0.5, -1.5), 3, 3)

    def _set(self, score: int) -> None:
        score = min(max(score, 0), 10)
        if score != self._score:
            self._score = score
            self._describe()
            self.update()
            self.scored.emit(score)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Score the box under the pointer; the first one again makes it zero."""
        index = int((event.position().x() - 1.5) // (self._theme.px(7) + self._theme.px(2))) + 1
        self._set(0 if index == 1 and self._score == 1 else index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step, digits set."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            self._set(self._score - 1)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Up):
            self._set(self._score + 1)
        elif event.text().isdigit():
            self._set(int(event.text()))
        else:
            super().keyPressEvent(event)
