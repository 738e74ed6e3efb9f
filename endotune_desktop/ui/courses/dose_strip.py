"""What is given, under the curves: regimens as bars with their words, every dose a tick, and the time axis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from endotune_desktop.ui.courses.canvas import AXIS_PX, GUTTER_PX
from endotune_desktop.ui.theme.theme import Theme

MOST_ROWS = 3
"""Agents that have a line of their own; more are in the table of orders."""


@dataclass(frozen=True)
class Bar:
    """One regimen on the strip.

    Attributes
    ----------
    from_h, to_h : float
    words : str
    whatif : bool
    missed : tuple of float
        Hours of days that were missed.
    row : int
        Which agent's line.
    """

    from_h: float
    to_h: float
    words: str
    whatif: bool
    missed: tuple[float, ...] = ()
    row: int = 0


def date_ticks(day0: date, first_h: float, last_h: float) -> list[tuple[float, str]]:
    """Return where dates are written between two hours, and what: hours, days, weeks or months."""
    span_d = (last_h - first_h) / 24.0
    ticks: list[tuple[float, str]] = []
    midnight = datetime(day0.year, day0.month, day0.day)
    if span_d <= 3.0:
        step = 3 if span_d <= 1.5 else 6
        hour = int(first_h // step + 1) * step if first_h % step else int(first_h)
        while hour <= last_h:
            moment = midnight + timedelta(hours=hour)
            ticks.append((float(hour), f"{moment:%H:%M}" if moment.hour else f"{moment:%-d %b}"))
            hour += step
        return ticks
    day = int(first_h // 24 + (1 if first_h % 24 else 0))
    while day * 24.0 <= last_h:
        moment = midnight + timedelta(days=day)
        wanted = (
            span_d <= 10.0
            or (span_d <= 70.0 and moment.weekday() == 0)
            or (span_d > 70.0 and moment.day == 1 and (span_d <= 250.0 or moment.month % 2))
        )
        if wanted:
            short = f"{moment:%-d %b}" if span_d <= 70.0 else f"{moment:%b}"
            if span_d > 70.0 and moment.month == 1:
                short = f"{moment:%b %Y}"
            ticks.append((day * 24.0, short))
        day += 1
    return ticks


class DoseStrip(QWidget):
    """Painted bars over the one time axis of the stack."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.title = ""
        self.detail = ""
        self.bars: list[Bar] = []
        self.ticks_now: list[tuple[int, float]] = []
        self.ticks_whatif: list[tuple[int, float]] = []
        self.day0 = date(2000, 1, 1)
        self.today_h = 0.0
        self.crosshair_h: float | None = None
        self.view_h = (0.0, 24.0)
        self.rows = 1
        self.margin_px = 0
        self._picture: QPixmap | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.restyle()

    def restyle(self) -> None:
        """Take over the text scale and the number of agents."""
        rows = max(1, min(self.rows, MOST_ROWS))
        self.setFixedHeight(self._theme.px(62 + 50 * rows if rows == 1 else 62 + 40 * rows))
        self.redraw()

    def clear(self) -> None:
        """Show nothing that was given."""
        self.title = ""
        self.bars, self.ticks_now, self.ticks_whatif = [], [], []
        self.redraw()

    def set_rows(self, rows: int) -> None:
        """Make room for this many agents."""
        if rows != self.rows:
            self.rows = rows
            self.restyle()

    def _top(self, row: int, *, whatif: bool) -> float:
        """Return where a bar begins."""
        theme, each = self._theme, 26 if self.rows <= 1 else 20
        return float(theme.px(28 + row * (2 * each) + (each if whatif else 0)))

    @property
    def _bar_px(self) -> float:
        return float(self._theme.px(22 if self.rows <= 1 else 18))

    def _x(self, hour: float) -> float:
        left = self._theme.px(AXIS_PX)
        right = self.width() - self.margin_px - self._theme.px(GUTTER_PX)
        first, last = self.view_h
        return left + (hour - first) / max(last - first, 1e-9) * (right - left)

    def redraw(self) -> None:
        """Paint anew: bars, ticks or the shown time have changed."""
        self._picture = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint anew at another size."""
        self._picture = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what a crosshair leaves alone from its picture, and the lines over it."""
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(self._theme.colour("plot"))
            self._paint_picture(QPainter(self._picture))
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        self._paint_lines(painter)

    def _paint_picture(self, painter: QPainter) -> None:
        """Paint header, bars, ticks and dates."""
        theme = self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_header(painter)
        left, right = theme.px(AXIS_PX), self.width() - self.margin_px - theme.px(GUTTER_PX)
        painter.save()
        painter.setClipRect(QRectF(left - 1, 0, right - left + 2, self.height()))
        for bar in self.bars:
            if bar.row < MOST_ROWS:
                self._paint_bar(painter, bar, self._top(bar.row, whatif=bar.whatif))
        for whatif, ticks in ((False, self.ticks_now), (True, self.ticks_whatif)):
            if ticks and (right - left) / len(ticks) >= 1.5:
                painter.setPen(theme.pen("whatif" if whatif else "current"))
                painter.drawLines(self._tick_lines(ticks, whatif=whatif))
        painter.restore()
        self._paint_dates(painter, left, right)
        painter.end()

    def _tick_lines(self, ticks: list[tuple[int, float]], *, whatif: bool) -> list[QLineF]:
        feet = [self._top(row, whatif=whatif) + self._bar_px for row in range(MOST_ROWS)]
        high, first, last = self._theme.px(4), *self.view_h
        places = [(feet[row], self._x(hour)) for row, hour in ticks if row < MOST_ROWS and first <= hour <= last]
        return [QLineF(x, foot - high, x, foot) for foot, x in places]

    def _paint_header(self, painter: QPainter) -> None:
        theme = self._theme
        x, middle = theme.px(12), theme.px(13)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("given"))
        painter.drawRoundedRect(QRectF(x + 1, middle - theme.px(4), theme.px(8), theme.px(8)), 1.5, 1.5)
        x += theme.px(15)
        for text, size, weight, colour in ((self.title, "strong", 600, "text"), (self.detail, "small", 400, "text3")):
            painter.setFont(theme.font(size, weight))
            painter.setPen(theme.colour(colour))
            width = theme.metrics(size, weight).horizontalAdvance(text)
            painter.drawText(QRectF(x, 0, width + 2, 2 * middle), Qt.AlignmentFlag.AlignVCenter, text)
            x += width + theme.px(8)

    def _paint_bar(self, painter: QPainter, bar: Bar, top: float) -> None:
        theme = self._theme
        left, right = max(self._x(bar.from_h), -50.0), min(self._x(bar.to_h), self.width() + 50.0)
        if right <= left:
            return
        box = QRectF(left, top, right - left, self._bar_px)
        painter.setPen(theme.pen("whatif" if bar.whatif else "current"))
        painter.setBrush(theme.colour("whatif90" if bar.whatif else "plot"))
        painter.drawRect(box)
        for hour in bar.missed:
            x0, x1 = self._x(hour), self._x(hour + 24.0)
            painter.fillRect(QRectF(x0, top - 1, max(x1 - x0, 2.0), self._bar_px + 2), theme.colour("plot"))
        visible = QRectF(
            max(left, theme.px(AXIS_PX)), top, right - max(left, theme.px(AXIS_PX)), self._bar_px - theme.px(3)
        )
        painter.setFont(theme.font("caption", 600))
        painter.setPen(theme.colour("text"))
        words = bar.words + (f" · {len(bar.missed)} missed" if bar.missed else "")
        room = int(
            min(visible.width(), self.width() - self.margin_px - theme.px(GUTTER_PX) - visible.left()) - theme.px(10)
        )
        metrics = theme.metrics("caption", 600)
        if room > theme.px(24):
            text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(visible.adjusted(theme.px(6), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_lines(self, painter: QPainter) -> None:
        theme = self._theme
        left, right = theme.px(AXIS_PX), self.width() - self.margin_px - theme.px(GUTTER_PX)
        painter.setClipRect(QRectF(left - 1, 0, right - left + 2, self.height()))
        foot = self.height() - theme.px(28)
        painter.setPen(theme.pen("now"))
        x = round(self._x(self.today_h)) + 0.5
        painter.drawLine(QPointF(x, theme.px(24)), QPointF(x, foot))
        if self.crosshair_h is not None:
            pen = theme.pen("text2")
            pen.setDashPattern([4.0, 3.0])
            painter.setPen(pen)
            x = round(self._x(self.crosshair_h)) + 0.5
            painter.drawLine(QPointF(x, theme.px(24)), QPointF(x, foot))

    def _paint_dates(self, painter: QPainter, left: float, right: float) -> None:
        theme = self._theme
        y = self.height() - theme.px(28)
        painter.setPen(theme.pen("edge"))
        painter.drawLine(QPointF(left, y + 0.5), QPointF(right, y + 0.5))
        painter.setFont(theme.font("caption"))
        metrics = theme.metrics("caption")
        taken = -1e9
        for hour, words in date_ticks(self.day0, *self.view_h):
            x = self._x(hour)
            if not left <= x <= right:
                continue
            painter.setPen(theme.pen("edge"))
            painter.drawLine(QPointF(x, y), QPointF(x, y + theme.px(5)))
            width = metrics.horizontalAdvance(words)
            if x + 3 > taken and x + width < self.width():
                painter.setPen(theme.colour("text2"))
                painter.drawText(
                    QRectF(x + 4, y + theme.px(4), width + 2, theme.px(18)), Qt.AlignmentFlag.AlignVCenter, words
                )
                taken = x + width + 12


class FlagStrip(QWidget):
    """The flags over the first plot: today, the day under the crosshair, and the names of the phases of a cycle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.view_h = (0.0, 24.0)
        self.today_h = 0.0
        self.today_words = ""
        self.crosshair: tuple[float, str] | None = None
        self.phases: tuple[tuple[float, float, str], ...] = ()
        self.margin_px = 0
        self.restyle()

    def restyle(self) -> None:
        """Take over the text scale."""
        self.setFixedHeight(self._theme.px(20))
        self.update()

    def named_phases(self) -> list[tuple[QRectF, str]]:
        """Return where the name of each phase stands that has room for it between its ends, flags left out."""
        theme, metrics = self._theme, self._theme.metrics("caption")
        left, right = theme.px(AXIS_PX), self.width() - self.margin_px - theme.px(GUTTER_PX)
        first, last = self.view_h
        scale = (right - left) / max(last - first, 1e-9)
        flags = [box for box, _, _ in self.boxes()]
        found = []
        for begin, end, words in self.phases:
            x0, x1 = max(left + (begin - first) * scale, left), min(left + (end - first) * scale, right)
            wide = metrics.horizontalAdvance(words) + theme.px(4)
            cuts = [(x0, x1), *((x0, min(f.left(), x1)) for f in flags), *((max(f.right(), x0), x1) for f in flags)]
            for a, b in cuts:
                box = QRectF((a + b - wide) / 2, 0, wide, self.height())
                if b - a >= wide and not any(box.intersects(flag) for flag in flags):
                    found.append((box, words))
                    break
        return found

    def boxes(self) -> list[tuple[QRectF, str, bool]]:
        """Return box, words, and whether it is filled, of every flag that is in view; they do not overlap."""
        theme = self._theme
        left, right = theme.px(AXIS_PX), self.width() - self.margin_px - theme.px(GUTTER_PX)
        first, last = self.view_h
        found: list[tuple[QRectF, str, bool]] = []
        flags = [(self.today_h, self.today_words, True)]
        if self.crosshair is not None:
            flags.append((*self.crosshair, False))
        for hour, words, filled in flags:
            x = left + (hour - first) / max(last - first, 1e-9) * (right - left)
            width = theme.metrics("caption", 600).horizontalAdvance(words) + theme.px(12)
            at = min(max(x - width / 2, 2.0), self.width() - width - 2.0)
            if found and at < found[0][0].right() + 2 and at + width > found[0][0].left() - 2:
                beside = found[0][0].left() - width - 2, found[0][0].right() + 2
                at = (
                    beside[0]
                    if (hour < self.today_h and beside[0] > 0) or beside[1] + width > self.width()
                    else beside[1]
                )
            if left - 1 <= x <= right + 1:
                found.append((QRectF(at, 1, width, self.height() - 2), words, filled))
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the names of the phases where they have room, then the flags."""
        theme = self._theme
        painter = QPainter(self)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text3"))
        for box, words in self.named_phases():
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption", 600))
        for box, words, filled in self.boxes():
            painter.setPen(theme.pen("now"))
            painter.setBrush(theme.colour("now" if filled else "plot"))
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(theme.colour("plot" if filled else "text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
