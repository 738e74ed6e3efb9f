"""The picture of a function test: one marker over the minutes of the test, with band, samples and cut-offs."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from endotune_desktop.tuning.function_test_run import FunctionTestRun
from endotune_desktop.tuning.function_tests import ReadingKind
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import shown_value

FloatArray = npt.NDArray[np.float64]
_LEVELS = frozenset({ReadingKind.VALUE, ReadingKind.PEAK, ReadingKind.NADIR})
_STEPS = (1.0, 2.0, 5.0, 10.0)
HEADROOM = 1.08
_MARGINS = 80
"""Beside the area of the curve: figures at its left, half of the last minute at its right."""


class RunPicture(QWidget):
    """Paints a run; empty without one.

    Attributes
    ----------
    marker : str
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._run: FunctionTestRun | None = None
        self.marker = ""
        self._unit, self._factor = "", 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return a picture of usual size."""
        return QSize(self._theme.px(420), self._theme.px(220))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which the figures can be read."""
        return QSize(self._theme.px(260), self._theme.px(150))

    def show_run(self, run: FunctionTestRun | None, marker: str, unit: str = "", factor: float = 1.0) -> None:
        """Show one marker of a run, or nothing.

        Parameters
        ----------
        run : FunctionTestRun or None
        marker, unit : str
        factor : float
            Divides the marker's values into the unit.
        """
        self._run, self.marker, self._unit, self._factor = run, marker, unit, factor
        self.setAccessibleName(self.words())
        self.update()

    def words(self) -> str:
        """Return the picture in words: its samples."""
        if self._run is None:
            return self.tr("no curve yet")
        values = self._run.samples[self.marker]
        return ", ".join(
            f"{minute:g} min {shown_value(self.marker, float(value), factor=self._factor)} {self._unit}".strip()
            for minute, value in zip(self._run.test.sample_minutes, values, strict=True)
        )

    @property
    def limits(self) -> tuple[tuple[str, float], ...]:
        """Return title and value of the cut-offs that are levels of the shown marker, in the unit shown."""
        if self._run is None:
            return ()
        test = self._run.test
        return tuple(
            (held.cut_off.title, held.cut_off.value / self._factor)
            for held in self._run.cut_offs
            if test.reading(held.cut_off.reading).marker == self.marker
            and test.reading(held.cut_off.reading).kind in _LEVELS
        )

    # ---- painting --------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, band, curve, samples and cut-offs."""
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.colour("plot"))
        painter.setFont(theme.font("caption"))
        if self._run is None or self.marker not in self._run.curves:
            return
        run = self._run
        band = run.bands.get(self.marker)
        band = band / self._factor if band is not None else None
        curve = run.curves[self.marker] / self._factor
        limits = [value for _, value in self.limits]
        top = max([float(curve.max()), *limits, *([float(band[-1].max())] if band is not None else [])]) * HEADROOM
        top = top if math.isfinite(top) and top > 0.0 else 1.0
        area = QRectF(theme.px(52), theme.px(24), self.width() - theme.px(_MARGINS), self.height() - theme.px(50))
        first, last = float(run.minutes[0]), float(run.minutes[-1])

        def points(values: FloatArray) -> list[QPointF]:
            x = area.left() + (run.minutes - first) / max(last - first, 1e-9) * area.width()
            y = area.bottom() - np.clip(values, 0.0, top) / top * area.height()
            return [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]

        self._paint_ground(painter, area, top, first, last)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if band is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            for low, high, role in ((0, 4, "whatif90"), (1, 3, "whatif50")):
                painter.setBrush(theme.colour(role))
                painter.drawPolygon(QPolygonF([*points(band[low]), *reversed(points(band[high]))]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._paint_limits(painter, area, top)
        painter.setPen(theme.pen("whatif", 2.0))
        painter.drawPolyline(QPolygonF(points(curve)))
        at = np.searchsorted(run.minutes, np.array(run.test.sample_minutes) - 1e-6)
        painter.setBrush(theme.colour("plot"))
        every = points(curve)
        for index in at.tolist():
            painter.drawEllipse(every[min(index, len(every) - 1)], theme.px(3), theme.px(3))

    def _paint_limits(self, painter: QPainter, area: QRectF, top: float) -> None:
        """Draw each cut-off with its name over it at the left, where no curve has risen yet."""
        theme = self._theme
        for title, limit in self.limits:
            pen = theme.pen("warn", 1.0)
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            y = area.bottom() - limit / top * area.height()
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(theme.colour("warn"))
            box = QRectF(area.left() + theme.px(4), y - theme.px(18), area.width(), theme.px(16))
            side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, int(side), f"{title} {limit:.4g}")

    def _paint_ground(self, painter: QPainter, area: QRectF, top: float, first: float, last: float) -> None:
        theme = self._theme
        painter.setPen(theme.colour("text3"))
        above = QRectF(0.0, 0.0, area.left() - theme.px(6), theme.px(16))
        painter.drawText(above, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._unit)
        for value in ticks(0.0, top, 4):
            y = area.bottom() - value / top * area.height()
            painter.setPen(theme.pen("grid"))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(theme.colour("text2"))
            box = QRectF(0.0, y - theme.px(8), area.left() - theme.px(6), theme.px(16))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), f"{value:g}")
        for minute in self._minutes(first, last):
            x = area.left() + (minute - first) / max(last - first, 1e-9) * area.width()
            painter.setPen(theme.pen("grid"))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(theme.colour("text2"))
            box = QRectF(x - theme.px(40), area.bottom() + theme.px(4), theme.px(80), theme.px(16))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), minute_words(minute))

    def _minutes(self, first: float, last: float) -> list[float]:
        """Return the samples that have room for their figures."""
        assert self._run is not None
        room = (last - first) * self._theme.px(56) / max(self.width() - self._theme.px(_MARGINS), 1)
        kept: list[float] = []
        for minute in self._run.test.sample_minutes:
            if not kept or minute - kept[-1] >= room:
                kept.append(minute)
        return kept


def minute_words(minute: float) -> str:
    """Return minutes from the zero as they are said: minutes, hours, days."""
    size = abs(minute)
    if size >= 48.0 * 60.0:
        return f"{minute / 1440.0:g} d"
    return f"{minute / 60.0:g} h" if size >= 240.0 else f"{minute:g} min"


def ticks(low: float, high: float, count: int) -> list[float]:
    """Return round values between two ends, about `count` of them."""
    rough = max(high - low, 1e-12) / count
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in _STEPS if size * factor >= rough * (1.0 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    return [step * index for index in range(first, math.floor(high / step + 1e-9) + 1)]
