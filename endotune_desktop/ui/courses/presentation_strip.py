"""Presentation: symptoms, weight, pulse and pressure under the curves, on the same time axis. No fit reads them."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from endotune_desktop.ui.courses.canvas import AXIS_PX, GUTTER_PX
from endotune_desktop.ui.courses.presentation_lane import Lane, paint_lane, paint_names, tr
from endotune_desktop.ui.courses.spans import TimeSpan
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.workbench.presentation import Kind, Series

HEAD_PX, LANE_PX = 22, 18
MOST_LANES = 6
"""Lines that have room; more are in the record, and said in the header."""
REACH_PX = 7
ROOMY_PX = 760
"""Height of the sheet from which the lanes take no room that the plots need, at 100 % text."""


class PresentationStrip(QWidget):
    """A header that opens and closes, and a lane for each series. Nothing on record: the strip is not there.

    Up and down choose a lane, Enter opens its entry at the crosshair in the record, Space opens and closes the strip;
    left and right move the crosshair of the sheet.

    Attributes
    ----------
    lanes : tuple of Lane
    opened : bool
    by_hand : bool or None
        What a hand has chosen; None where the height of the sheet decides.

    Signals
    -------
    pointed(float)
        The pointer is over an hour.
    left
    clicked(float)
    entry_activated(str)
        The id of the record of an entry that was clicked or chosen.
    """

    pointed = Signal(float)
    left = Signal()
    clicked = Signal(float)
    entry_activated = Signal(str)

    def __init__(self, theme: Theme, time: TimeSpan) -> None:
        super().__init__()
        self._theme, self._time = theme, time
        self._series: tuple[Series, ...] = ()
        self._day0 = date(2000, 1, 1)
        self._today_h = 0.0
        self.lanes: tuple[Lane, ...] = ()
        self.opened = True
        self.by_hand: bool | None = None
        self._sheet_px = 0
        self.chosen = 0
        self.margin_px = 0
        self.crosshair_h: float | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.restyle()

    # ---- what it shows ---------------------------------------------------------------------------------------------
    def show_series(self, series: tuple[Series, ...], day0: date, today_h: float) -> None:
        """Show what is on record; hours count from midnight of `day0`."""
        if (series, day0, today_h) != (self._series, self._day0, self._today_h):
            self._series, self._day0, self._today_h = series, day0, today_h
            self.restyle()

    def forget(self) -> None:
        """Show nobody's entries, in the same room."""
        self._series, self.lanes = (), ()
        self._describe()
        self.update()

    @property
    def filled(self) -> bool:
        """Return whether anything is on record."""
        return bool(self._series)

    def set_opened(self, opened: bool) -> None:
        """Show the lanes, or only the header with the newest values; that is remembered from now on."""
        self.by_hand = opened
        self._choose()

    def fit(self, sheet_px: int) -> None:
        """Open on a sheet with room for it, close on a low one, unless a hand has chosen."""
        self._sheet_px = sheet_px
        self._choose()

    def _choose(self) -> None:
        roomy = self._sheet_px >= self._theme.px(ROOMY_PX)
        opened = roomy if self.by_hand is None else self.by_hand
        if opened != self.opened:
            self.opened = opened
            self.restyle()

    def set_crosshair(self, hour: float | None) -> None:
        """Show the moment of the sheet, and the values that hold then."""
        if hour != self.crosshair_h:
            self.crosshair_h = hour
            self._describe()
            self.update()

    def restyle(self) -> None:
        """Take over the text scale and what is on record."""
        theme = self._theme
        shown = _chosen(self._series) if self.opened else ()
        self.lanes = tuple(
            Lane(
                series, float(theme.px(HEAD_PX) + number * theme.px(LANE_PX)), float(theme.px(LANE_PX)),
                tuple((point.on - self._day0).days * 24.0 + 12.0 for point in series.points),
            )
            for number, series in enumerate(shown)
        )  # fmt: skip
        self.chosen = min(self.chosen, max(len(self.lanes) - 1, 0))
        foot = theme.px(4) if self.lanes else 0
        self.setFixedHeight(theme.px(HEAD_PX) + len(self.lanes) * theme.px(LANE_PX) + foot)
        self._describe()
        self.update()

    def _day(self) -> date:
        hour = self._today_h if self.crosshair_h is None else self.crosshair_h
        return self._day0 + timedelta(days=int(hour // 24))

    def spoken(self) -> str:
        """Return what holds at the crosshair, or today, in words."""
        day = self._day()
        parts = [f"{tr(series.title)} {series.words(series.at(day))}" for series in self._series]
        return f"{', '.join(parts)} {tr('up to')} {day:%-d %B %Y}" if parts else tr("nothing on record")

    def _describe(self) -> None:
        self.setAccessibleName(f"{tr('Presentation')}: {self.spoken()}")
        self.setAccessibleDescription(tr("Shown beside the curves; no fit reads it."))

    # ---- where everything is ---------------------------------------------------------------------------------------
    def area(self) -> QRectF:
        """Return the part of the strip that lies under the data of the plots."""
        theme = self._theme
        left = float(theme.px(AXIS_PX))
        right = self.width() - self.margin_px - theme.px(GUTTER_PX)
        return QRectF(left, theme.px(HEAD_PX), right - left, self.height() - theme.px(HEAD_PX))

    def place_of(self, hour: float) -> float:
        """Return the pixel of an hour."""
        area, (first, last) = self.area(), self._time.span
        return area.left() + (hour - first) / max(last - first, 1e-9) * area.width()

    def _hour(self, x: float) -> float:
        area, (first, last) = self.area(), self._time.span
        return first + (x - area.left()) / max(area.width(), 1.0) * (last - first)

    # ---- the mouse -------------------------------------------------------------------------------------------------
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the crosshair of the sheet; a hand over an entry says that it can be opened."""
        place = event.position()
        inside = self.area().contains(place)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if self._entry(place) or not inside else Qt.CursorShape.ArrowCursor
        )
        if inside:
            self.pointed.emit(self._hour(place.x()))

    def leaveEvent(self, event: QEvent) -> None:
        """Take the crosshair away with the pointer."""
        self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open an entry in the record, hold the crosshair, or open and close the strip by its header."""
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        place = event.position()
        if place.y() < self._theme.px(HEAD_PX):
            self.set_opened(not self.opened)
        elif entry := self._entry(place):
            self.entry_activated.emit(entry)
        elif self.area().contains(place):
            self.clicked.emit(self._hour(place.x()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom the time of all plots, or pan it with Shift, as over a plot."""
        turns = (event.angleDelta().y() or event.angleDelta().x()) / 120.0
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._time.pan(-turns * 0.1 * self._time.length_h)
        else:
            self._time.zoom(1.0 / 1.2**turns, self._hour(event.position().x()))
        event.accept()

    def _entry(self, place: QPointF) -> str:
        """Return the record under a place, empty for none."""
        reach = float(self._theme.px(REACH_PX))
        found = (lane.nearest(place, self.place_of, reach) for lane in self.lanes)
        return next((point.record_id for point in found if point is not None), "")

    # ---- keys ------------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a lane, open its entry, open and close the strip; the sheet answers every other key."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space:
            self.set_opened(not self.opened)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.lanes:
            self.chosen = min(max(self.chosen + (1 if key == Qt.Key.Key_Down else -1), 0), len(self.lanes) - 1)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.lanes:
            series = self.lanes[self.chosen].series
            self.entry_activated.emit((series.at(self._day()) or series.points[0]).record_id)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        self.update()

    # ---- painting --------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint header, lanes, today and crosshair."""
        theme, area = self._theme, self.area()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("plot"))
        self._paint_header(painter)
        day, right = self._day(), float(self.width() - self.margin_px - theme.px(8))
        for number, lane in enumerate(self.lanes):
            if number == self.chosen and self.hasFocus():
                painter.fillRect(QRectF(0, lane.top, self.width(), lane.height), theme.colour("hover"))
            paint_lane(painter, theme, lane, self.place_of, area)
            paint_names(painter, theme, lane, lane.series.brief(lane.series.at(day)), area, right)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for hour, role, dashed in ((self._today_h, "now", False), (self.crosshair_h, "text2", True)):
            if hour is not None and self.lanes and area.left() <= self.place_of(hour) <= area.right():
                pen = theme.pen(role)
                if dashed:
                    pen.setDashPattern([4.0, 3.0])
                painter.setPen(pen)
                x = round(self.place_of(hour)) + 0.5
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.pen("focus", 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def _paint_header(self, painter: QPainter) -> None:
        """Write name, how many series have no room, and on a closed strip the values of the moment."""
        theme = self._theme
        middle = theme.px(HEAD_PX) / 2
        icon = theme.pixmap("chevron-down" if self.opened else "chevron-right", "text2", 14)
        painter.drawPixmap(QPointF(theme.px(8), middle - theme.px(7)), icon)
        hidden = len(self._series) - len(self.lanes)
        if not self.opened:
            detail = self.spoken()
        elif hidden:
            detail = tr("{n} more in the record").format(n=hidden)
        else:
            detail = tr("told and taken at visits; no fit reads it")
        x = float(theme.px(27))
        for text, size, weight, colour in (
            (tr("Presentation"), "strong", 600, "text"), (detail, "small", 400, "text3"),
        ):  # fmt: skip
            metrics = theme.metrics(size, weight)
            room = int(self.width() - self.margin_px - theme.px(8) - x)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.setFont(theme.font(size, weight))
            painter.setPen(theme.colour(colour))
            painter.drawText(QRectF(x, 0, room + 2, 2 * middle), Qt.AlignmentFlag.AlignVCenter, shown)
            x += metrics.horizontalAdvance(shown) + theme.px(10)


def _chosen(series: tuple[Series, ...]) -> tuple[Series, ...]:
    """Return the series that have room: what was taken at visits, and as many complaints as fit beside it."""
    taken = tuple(entry for entry in series if entry.kind is not Kind.SCALE)
    told = tuple(entry for entry in series if entry.kind is Kind.SCALE)
    return told[: MOST_LANES - len(taken)] + taken
