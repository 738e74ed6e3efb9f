"""What lies over the curves: laboratory results, today, the crosshair, the zoom box and one sentence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from endotune_desktop.ui.courses.layers import Z_LABS, Z_OVERLAY, Frame, Layer
from endotune_desktop.ui.theme.theme import Theme

DOT_PX = 4.2
REACH_PX = 10.0
FLAG_PX = 19.0


@dataclass(frozen=True)
class LabMark:
    """A laboratory result as it is drawn.

    Attributes
    ----------
    lab_id : str
    hour : float
    place, low, high : float
        Value and 90 % assay error, axis coordinates.
    comparator : str
        ``""``, ``"<"`` or ``">"``.
    aside : bool
    words : str
        Value as entered, unit, laboratory and time.
    """

    lab_id: str
    hour: float
    place: float
    low: float
    high: float
    comparator: str
    aside: bool
    words: str


class LabLayer(Layer):
    """Results: dot with ring, error bar with caps, an arrow for ``<`` and ``>``; hollow when set aside.

    Attributes
    ----------
    marks : list of LabMark
    hovered : LabMark or None
    """

    def __init__(self, theme: Theme, box: pg.ViewBox) -> None:
        super().__init__(theme, box, Z_LABS)
        self.marks: list[LabMark] = []
        self.hovered: LabMark | None = None

    def at(self, x: float, y: float) -> LabMark | None:
        """Return the result under a pixel, None when none is within reach."""
        if not self.marks:
            return None
        frame = self.frame()
        xs = np.array([frame.x(mark.hour) for mark in self.marks])
        ys = np.array([frame.y(mark.place) for mark in self.marks])
        distance = np.hypot(xs - x, ys - y)
        nearest = int(np.argmin(distance))
        return self.marks[nearest] if distance[nearest] <= REACH_PX * self._theme.scale else None

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """Draw every result in sight."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in self.marks:
            if frame.first_h <= mark.hour <= frame.last_h:
                self._draw_mark(painter, frame, mark)

    def _draw_mark(self, painter: QPainter, frame: Frame, mark: LabMark) -> None:
        theme = self._theme
        x, y = round(frame.x(mark.hour)) + 0.5, frame.y(mark.place)
        dot = DOT_PX * theme.scale * (1.25 if mark is self.hovered else 1.0)
        painter.setPen(theme.pen("lab"))
        if mark.comparator:
            _draw_arrow(painter, x, y, 1.0 if mark.comparator == ">" else -1.0, theme.scale, dashed=mark.aside)
            return
        low, high, cap = frame.y(mark.low), frame.y(mark.high), 3.5 * theme.scale
        lines = [QLineF(x, high, x, low), QLineF(x - cap, high, x + cap, high), QLineF(x - cap, low, x + cap, low)]
        painter.drawLines(lines)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("labRing"))
        painter.drawEllipse(QPointF(x, y), dot + 1.5, dot + 1.5)
        painter.setBrush(theme.colour("lab"))
        painter.drawEllipse(QPointF(x, y), dot, dot)
        if mark.aside:
            painter.setBrush(theme.colour("plot"))
            painter.drawEllipse(QPointF(x, y), dot - 1.4, dot - 1.4)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _draw_arrow(painter: QPainter, x: float, y: float, up: float, scale: float, *, dashed: bool) -> None:
    bar, wing, tip = 5.0 * scale, 3.5 * scale, y - 14.0 * up * scale
    back = tip + 4.5 * up * scale
    if dashed:
        pen = painter.pen()
        pen.setDashPattern([2.0, 2.0])
        painter.setPen(pen)
    painter.drawLines(
        [
            QLineF(x - bar, y, x + bar, y),
            QLineF(x - bar, y + up, x + bar, y + up),
            QLineF(x, y, x, tip),
            QLineF(x, tip, x - wing, back),
            QLineF(x, tip, x + wing, back),
        ]
    )


@dataclass(frozen=True)
class Ring:
    """Where the crosshair meets a curve.

    Attributes
    ----------
    place : float
        Axis coordinate.
    role : str
        Colour.
    """

    place: float
    role: str


class OverlayLayer(Layer):
    """Today, the crosshair with its rings and flags, the zoom box, the sentence of an untested stretch, the focus ring.

    Attributes
    ----------
    today_h, crosshair_h : float or None
    rings : list of Ring
    flags : bool
        Whether this plot carries the words of the two lines.
    today_words, crosshair_words : str
    zoom : QRectF or None
        Pixels.
    outside_h : float or None
    outside_words : (str, str)
        Head and sentence, empty for none.
    focused : bool
    """

    def __init__(self, theme: Theme, box: pg.ViewBox) -> None:
        super().__init__(theme, box, Z_OVERLAY)
        self.today_h: float | None = None
        self.crosshair_h: float | None = None
        self.rings: list[Ring] = []
        self.flags = False
        self.today_words = ""
        self.crosshair_words = ""
        self.zoom: QRectF | None = None
        self.outside_h: float | None = None
        self.outside_words = ("", "")
        self.focused = False

    def draw(self, painter: QPainter, frame: Frame) -> None:
        """Draw from the quiet to the loud."""
        theme = self._theme
        if self.today_h is not None and frame.first_h <= self.today_h <= frame.last_h:
            painter.setPen(theme.pen("now"))
            x = round(frame.x(self.today_h)) + 0.5
            painter.drawLine(QLineF(x, 0.0, x, frame.height))
        if self.outside_words[1]:
            self._draw_outside(painter, frame)
        if self.crosshair_h is not None and frame.first_h <= self.crosshair_h <= frame.last_h:
            self._draw_crosshair(painter, frame, self.crosshair_h)
        if self.flags:
            self._draw_flags(painter, frame)
        if self.zoom is not None:
            painter.setPen(theme.pen("whatif"))
            painter.drawRect(self.zoom)
        if self.focused:
            colour, w, h = theme.colour("focus"), frame.width, frame.height
            for edge in (QRectF(0, 0, w, 2), QRectF(0, h - 2, w, 2), QRectF(0, 0, 2, h), QRectF(w - 2, 0, 2, h)):
                painter.fillRect(edge, colour)

    def _draw_crosshair(self, painter: QPainter, frame: Frame, hour: float) -> None:
        theme = self._theme
        pen = theme.pen("text2")
        pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        x = round(frame.x(hour)) + 0.5
        painter.drawLine(QLineF(x, 0.0, x, frame.height))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("plot"))
        for ring in self.rings:
            painter.setPen(theme.pen(ring.role, 1.8))
            painter.drawEllipse(QPointF(x, frame.y(ring.place)), 4.2 * theme.scale, 4.2 * theme.scale)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _draw_flags(self, painter: QPainter, frame: Frame) -> None:
        taken: QRectF | None = None
        if self.today_h is not None and frame.first_h <= self.today_h <= frame.last_h:
            taken = self._flag_box(frame, self.today_h, self.today_words)
            self._draw_flag(painter, taken, self.today_words, filled=True)
        if self.crosshair_h is not None and frame.first_h <= self.crosshair_h <= frame.last_h:
            box = self._flag_box(frame, self.crosshair_h, self.crosshair_words)
            if taken is not None and box.adjusted(-3, 0, 3, 0).intersects(taken):
                right = taken.right() + 3.0
                before = self.today_h is not None and self.crosshair_h < self.today_h
                fits = right + box.width() < frame.width
                box.moveLeft(taken.left() - box.width() - 3.0 if before or not fits else right)
            self._draw_flag(painter, box, self.crosshair_words, filled=False)

    def _flag_box(self, frame: Frame, hour: float, words: str) -> QRectF:
        width = QFontMetrics(self._theme.font("caption", 600)).horizontalAdvance(words) + 14.0 * self._theme.scale
        left = min(max(frame.x(hour) - width / 2.0, 1.0), max(frame.width - width - 2.0, 1.0))
        return QRectF(round(left) + 0.5, 0.5, round(width), round(FLAG_PX * self._theme.scale) - 1.0)

    def _draw_flag(self, painter: QPainter, box: QRectF, words: str, *, filled: bool) -> None:
        theme = self._theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.pen("now"))
        painter.setBrush(theme.colour("now" if filled else "plot"))
        painter.drawRoundedRect(box, 3.0, 3.0)
        painter.setFont(theme.font("caption", 600))
        painter.setPen(theme.colour("plot" if filled else "text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()

    def _draw_outside(self, painter: QPainter, frame: Frame) -> None:
        """Write the sentence beside the line where the tests stop, on the side that has room."""
        theme, (head, sentence) = self._theme, self.outside_words
        if self.outside_h is None or self.outside_h >= frame.last_h:
            return
        x, pad = max(frame.x(self.outside_h), 0.0), 8.0 * theme.scale
        right = frame.width - x >= x
        width = min(300.0 * theme.scale, (frame.width - x if right else x) - 3.0 * pad)
        if width < 90.0 * theme.scale:
            return
        bold, plain = theme.font("small", 600), theme.font("caption")
        flags = Qt.TextFlag.TextWordWrap
        inner = QRectF(0.0, 0.0, width - 2.0 * pad, 1000.0).toRect()
        top = QFontMetrics(bold).boundingRect(inner, flags, head).height()
        foot = QFontMetrics(plain).boundingRect(inner, flags, sentence).height()
        height = top + foot + 1.4 * pad
        y = min(max((frame.height - height) * 0.55, (FLAG_PX + 4.0) * theme.scale), max(frame.height - height - 3, 2.0))
        box = QRectF(x + pad if right else x - pad - width, y, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.pen("warn"))
        painter.setBrush(theme.colour("warnBg"))
        painter.drawRoundedRect(box, 4.0, 4.0)
        painter.setFont(bold)
        painter.setPen(theme.colour("warn"))
        painter.drawText(QRectF(box.x() + pad, y + pad * 0.6, width - 2 * pad, top), flags, head)
        painter.setFont(plain)
        painter.setPen(theme.colour("text"))
        painter.drawText(QRectF(box.x() + pad, y + pad * 0.7 + top, width - 2 * pad, foot + 2), flags, sentence)
        painter.restore()
