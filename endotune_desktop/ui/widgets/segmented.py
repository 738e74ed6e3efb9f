"""A choice among few, side by side: one is always chosen; arrows move the choice."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from endotune_desktop.ui.theme.theme import Theme


class SegmentedControl(QWidget):
    """Exclusive choices in one frame.

    Signals
    -------
    chosen(int)
        The index that a person chose; not sent when it is set by the program.
    """

    chosen = Signal(int)

    def __init__(
        self, theme: Theme, words: list[str], name: str, icons: list[str] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._icons = icons or []
        self._index = 0
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyled)
        self._describe()

    @property
    def index(self) -> int:
        """Return which one is chosen."""
        return self._index

    def set_index(self, index: int) -> None:
        """Choose one without telling anybody."""
        if index != self._index and 0 <= index < len(self._words):
            self._index = index
            self._describe()
            self.update()

    def set_words(self, words: list[str]) -> None:
        """Change what is written on the segments."""
        self._words = words
        self._index = min(self._index, len(words) - 1)
        self._describe()
        self.updateGeometry()
        self.update()

    def _restyled(self) -> None:
        self.updateGeometry()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleName(f"{self._name}: {self._words[self._index]}")

    def _widths(self) -> list[int]:
        font = self._theme.font("small", 600)
        from PySide6.QtGui import QFontMetrics

        metrics = QFontMetrics(font)
        extra = self._theme.px(22 if self._icons else 0)
        return [metrics.horizontalAdvance(word) + extra + self._theme.px(20) for word in self._words]

    def sizeHint(self) -> QSize:
        """Return room for every word."""
        return QSize(sum(self._widths()) + 2, self._theme.px(32))

    def minimumSizeHint(self) -> QSize:
        """Return room for every word with little air."""
        return QSize(sum(w - self._theme.px(14) for w in self._widths()), self._theme.px(32))

    def _edges(self) -> list[float]:
        widths = self._widths()
        spare = (self.width() - sum(widths)) / len(widths)
        edges = [0.0]
        for width in widths:
            edges.append(edges[-1] + width + spare)
        return edges

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, the chosen ground, the words and the hairlines."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = theme.tokens.radii["control"]
        path = QPainterPath()
        path.addRoundedRect(frame, radius, radius)
        painter.fillPath(path, theme.colour("raised"))
        edges = self._edges()
        painter.save()
        painter.setClipPath(path)
        chosen = QRectF(edges[self._index], 0, edges[self._index + 1] - edges[self._index], self.height())
        painter.fillRect(chosen, theme.colour("sel"))
        painter.setPen(theme.pen("line" if not self.isEnabled() else "edge"))
        for edge in edges[1:-1]:
            painter.drawLine(round(edge), 0, round(edge), self.height())
        painter.restore()
        for index, word in enumerate(self._words):
            self._paint_segment(painter, index, word, edges)
        painter.setPen(theme.pen("focus", 2.0) if self.hasFocus() else theme.pen("edge"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5) if self.hasFocus() else frame, radius, radius)

    def _paint_segment(self, painter: QPainter, index: int, word: str, edges: list[float]) -> None:
        theme = self._theme
        box = QRectF(edges[index], 0, edges[index + 1] - edges[index], self.height())
        painter.setFont(theme.font("small", 600 if index == self._index else 400))
        painter.setPen(theme.colour("text" if self.isEnabled() else "disabled"))
        if self._icons:
            pixmap = theme.pixmap(self._icons[index], "text")
            size = theme.px(16)
            total = size + theme.px(6) + painter.fontMetrics().horizontalAdvance(word)
            left = box.left() + (box.width() - total) / 2
            painter.drawPixmap(round(left), round((self.height() - size) / 2), pixmap)
            box.setLeft(left + size + theme.px(6))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)
        else:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is pressed."""
        for index, right in enumerate(self._edges()[1:]):
            if event.position().x() < right:
                self._choose(index)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the choice with the arrows."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._choose(min(max(self._index + step, 0), len(self._words) - 1))
        else:
            super().keyPressEvent(event)

    def _choose(self, index: int) -> None:
        if index != self._index:
            self.set_index(index)
            self.chosen.emit(index)
