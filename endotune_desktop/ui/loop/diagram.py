"""The painted diagram of a feedback axis: glands, flows, feedback lines and handles that cut them."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.physiology.axis import Arrow, Gland, Role
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import NO_BREAK, shown_value
from endotune_desktop.ui.words import plan_words
from endotune_desktop.workbench.session import Session

BOX_W, BOX_H = 236, 84
MIN_GAP = 34
FEEDBACK_LANE = 96


class LoopDiagram(QWidget):
    """Arrows walk, Enter opens a gland, X cuts the line below it.

    Signals
    -------
    gland_opened(str)
        Id of a gland.
    cut(str)
        Id of an arrow whose handle was pressed.
    """

    gland_opened = Signal(str)
    cut = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.chosen = session.axis.glands[0].id if session.axis.glands else ""
        self._handles: dict[str, QRectF] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(theme.px(560), theme.px(460))
        self._describe()

    # ---- values ----------------------------------------------------------------------------------------------------
    def values(self, marker: str) -> tuple[float, float]:
        """Return a marker settled after 12 weeks: the record's and the what-if's (nan where there is none)."""
        course = self._session.course
        if course is None:
            return math.nan, math.nan
        now = course.settled.get("now", {}).get(marker, math.nan)
        ahead = course.settled.get("whatif", {}).get(marker, math.nan)
        return now, math.nan if self._session.pending else ahead

    def _live(self, marker: str) -> float:
        now, ahead = self.values(marker)
        return ahead if math.isfinite(ahead) else now

    def value_words(self, marker_id: str) -> tuple[str, str, str]:
        """Return now, what-if (may be empty) and unit, as written."""
        marker = self._session.axis.marker(marker_id)
        analyte = ANALYTES.get(marker.analyte)
        unit = analyte.shown_in(self._session.unit_system) if analyte else None
        factor = unit.factor if unit else 1.0
        now, ahead = self.values(marker_id)
        texts = [
            shown_value(marker_id, value, below=marker.shown_below, factor=factor) if math.isfinite(value) else ""
            for value in (now, ahead)
        ]
        shown = unit.id if unit else ("" if marker.unit == "1" else marker.unit)
        return texts[0] or "…", texts[1], shown

    def is_cut(self, arrow: Arrow) -> bool:
        """Return whether the what-if has an arrow cut."""
        plan = self._session.whatif.plan
        return bool(arrow.cut_parameter) and plan.parameters.get(arrow.cut_parameter) == arrow.cut_value

    # ---- geometry --------------------------------------------------------------------------------------------------
    def _boxes(self) -> dict[str, QRectF]:
        theme, glands = self._theme, self._session.axis.glands
        rows = max(gland.row for gland in glands) + 1
        columns = max(gland.column for gland in glands)
        aside = 0.82 if columns else 0.0
        between = theme.px(72) if columns else 0
        lane = theme.px(FEEDBACK_LANE + 16)
        width = min(theme.px(BOX_W), (self.width() - lane - between - theme.px(12)) / (1.0 + aside))
        spare = self.width() - lane - between - theme.px(12) - width * (1.0 + aside)
        left = lane + spare / 2
        foot = theme.px(76)
        gap = max(theme.px(MIN_GAP), (self.height() - theme.px(24) - foot - rows * theme.px(BOX_H)) / max(rows, 1))
        gap = min(gap, theme.px(120))
        height = min(theme.px(BOX_H), (self.height() - theme.px(24) - foot - rows * gap) / rows)
        boxes = {}
        for gland in glands:
            wide = width * (aside if gland.column else 1.0)
            x = left + (width + between if gland.column else 0.0)
            boxes[gland.id] = QRectF(x, theme.px(12) + gland.row * (height + gap), wide, height)
        return boxes

    # ---- painting --------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint lines first, boxes over them, handles on top."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.colour("plot"))
        self._handles = {}
        boxes = self._boxes()
        lanes: dict[float, int] = {}
        for arrow in self._session.axis.arrows:
            if arrow.source in boxes and arrow.target in boxes:
                if arrow.stimulates:
                    self._paint_flow(painter, arrow, boxes)
                else:
                    rank = lanes.get(arrow.lane, 0)
                    lanes[arrow.lane] = rank + 1
                    self._paint_feedback(painter, arrow, boxes, rank)
            elif arrow.source == "given":
                self._paint_given(painter, arrow, boxes[arrow.target])
        for gland in self._session.axis.glands:
            self._paint_gland(painter, gland, boxes[gland.id])
        for arrow in self._session.axis.arrows:
            if arrow.id in self._handles:
                self._paint_handle(painter, arrow)

    def _width_of(self, arrow: Arrow) -> float:
        value = self._live(arrow.flow_marker) if arrow.flow_marker else math.nan
        share = value / arrow.flow_reference if math.isfinite(value) else 0.4
        return self._theme.px(2) + self._theme.px(9) * math.sqrt(min(max(share, 0.0), 2.0))

    def _paint_flow(self, painter: QPainter, arrow: Arrow, boxes: dict[str, QRectF]) -> None:
        source, target = boxes[arrow.source], boxes[arrow.target]
        theme, width = self._theme, self._width_of(arrow)
        role = self._session.axis.gland(arrow.source).role
        colour = "text2" if self.is_cut(arrow) else theme.role_colour(Role.UPSTREAM if role is Role.GLAND else role)
        vertical = abs(source.center().x() - target.center().x()) < source.width() * 0.3
        if vertical:
            start, end = QPointF(source.center().x(), source.bottom()), QPointF(source.center().x(), target.top())
        else:
            start, end = QPointF(source.right(), source.center().y()), QPointF(target.left(), target.center().y())
        self._arrow(painter, start, end, width, colour, dashed=self.is_cut(arrow))
        middle = (start + end) / 2
        handle = theme.px(24)
        words = theme.font("caption", 600)
        painter.setFont(words)
        painter.setPen(theme.colour(colour))
        if vertical:
            box = QRectF(middle.x() + theme.px(12), middle.y() - theme.px(10), theme.px(160), theme.px(20))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, arrow.title)
            at = QRectF(middle.x() - theme.px(42), middle.y() - handle / 2, handle, handle)
        else:
            gap = end.x() - start.x()
            room = max(gap, QFontMetrics(words).horizontalAdvance(arrow.title) + 4)
            box = QRectF(middle.x() - room / 2, middle.y() + theme.px(8), room, theme.px(20))
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, arrow.title)
            at = QRectF(middle.x() - handle / 2, source.top() - handle - 4, handle, handle)
        if arrow.cut_parameter:
            self._handles[arrow.id] = at

    def _arrow(
        self, painter: QPainter, start: QPointF, end: QPointF, width: float, colour: str, *, dashed: bool = False
    ) -> None:
        theme = self._theme
        along = end - start
        length = math.hypot(along.x(), along.y()) or 1.0
        unit = along / length
        head = max(width * 1.4, theme.px(8))
        neck = end - unit * head
        pen = theme.pen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dashed:
            pen.setDashPattern([2.0, 1.5])
        painter.setPen(pen)
        painter.drawLine(start, neck)
        side = QPointF(-unit.y(), unit.x()) * head * 0.75
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(colour))
        painter.drawPolygon(QPolygonF([end, neck + side, neck - side]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_feedback(self, painter: QPainter, arrow: Arrow, boxes: dict[str, QRectF], rank: int) -> None:
        source, target = boxes[arrow.source], boxes[arrow.target]
        theme = self._theme
        left = arrow.lane < 0
        lane = theme.px(FEEDBACK_LANE - 14 * rank)
        if left:
            x = target.left() - lane
            points = [QPointF(source.left(), source.center().y()), QPointF(x, source.center().y()),
                      QPointF(x, target.center().y()), QPointF(target.left() - 7, target.center().y())]  # fmt: skip
        else:
            x = source.center().x()
            points = [QPointF(x, source.top()), QPointF(x, target.center().y()),
                      QPointF(target.right() + 7, target.center().y())]  # fmt: skip
        pen = theme.pen("current", 2.0)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(points))
        end = points[-1]
        painter.setPen(theme.pen("current", 4.0))
        painter.drawLine(end + QPointF(0, -theme.px(7)), end + QPointF(0, theme.px(7)))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text2"))
        y = target.bottom() + theme.px(14) if left else (source.top() + target.bottom()) / 2
        at = target.left() - theme.px(FEEDBACK_LANE - 14) if left else x
        box = QRectF(at + theme.px(6), y, theme.px(76) if left else theme.px(90), theme.px(48))
        painter.drawText(box, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft, arrow.title)

    def _paint_given(self, painter: QPainter, arrow: Arrow, target: QRectF) -> None:
        theme, plan = self._theme, self._session.whatif.plan
        orders = tuple(order for order in plan.orders if order.dose > 0.0)
        if not orders:
            return
        words = plan_words(plan)
        titles = ", ".join(dict.fromkeys(self._session.axis.agent(order.agent).agent.title for order in orders))
        font = theme.font("body", 600)
        text = f"{titles} {words}"
        width = QFontMetrics(font).horizontalAdvance(text) + theme.px(24)
        y = target.bottom() + theme.px(42)
        box = QRectF(
            min(target.center().x() + theme.px(60), self.width() - width - 8), y - theme.px(16), width, theme.px(32)
        )
        thickness = self._width_of(arrow)
        pen = theme.pen("given", thickness)
        painter.setPen(pen)
        painter.drawLine(QPointF(box.left(), y), QPointF(target.center().x(), y))
        self._arrow(
            painter,
            QPointF(target.center().x(), y + thickness / 2),
            QPointF(target.center().x(), target.bottom()),
            thickness,
            "given",
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("given"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(font)
        painter.setPen(theme.colour("plot"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_gland(self, painter: QPainter, gland: Gland, box: QRectF) -> None:
        theme = self._theme
        chosen = gland.id == self.chosen
        painter.setPen(theme.pen("focus" if chosen else "edge", 2.0 if chosen else 1.0))
        painter.setBrush(theme.colour("raised"))
        painter.drawRoundedRect(box, 8, 8)
        inner = box.adjusted(theme.px(12), theme.px(8), -theme.px(12), -theme.px(6))
        painter.setFont(theme.font("body", 600))
        painter.setPen(theme.colour("text"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, gland.title)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text3"))
        painter.drawText(
            inner.adjusted(0, theme.px(20), 0, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, gland.note
        )
        self._paint_value(painter, gland, inner)
        if gland.mass_marker:
            self._paint_mass(painter, gland.mass_marker, inner)

    def _paint_value(self, painter: QPainter, gland: Gland, inner: QRectF) -> None:
        theme = self._theme
        now, ahead, unit = self.value_words(gland.markers[0])
        strong, small = theme.font("title", 600), theme.font("caption")
        x, y = inner.left(), inner.bottom() - theme.px(26)
        arrow = "→" if ahead else ""
        parts = ((now, "text", strong), (arrow, "text2", strong), (ahead, "whatif", strong), (unit, "text3", small))
        for text, colour, font in parts:
            if not text:
                continue
            painter.setFont(font)
            painter.setPen(theme.colour(colour))
            width = QFontMetrics(font).horizontalAdvance(text)
            painter.drawText(QRectF(x, y, width + 2, theme.px(26)), Qt.AlignmentFlag.AlignVCenter, text)
            x += width + theme.px(6)

    def _paint_mass(self, painter: QPainter, marker: str, inner: QRectF) -> None:
        theme = self._theme
        mass = self._live(marker)
        radius = theme.px(17)
        centre = QPointF(inner.right() - radius, inner.top() + radius - theme.px(1))
        pen = theme.pen("edge")
        pen.setDashPattern([3.0, 3.0])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, radius * 0.8, radius * 0.8)
        if math.isfinite(mass):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("downstream"))
            inner_radius = radius * 0.8 * math.sqrt(min(max(mass, 0.0), 1.5))
            painter.drawEllipse(centre, inner_radius, inner_radius)
            painter.setFont(theme.font("caption", 600))
            painter.setPen(theme.colour("text"))
            box = QRectF(centre.x() - radius - theme.px(54), centre.y() - theme.px(9), theme.px(50), theme.px(18))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, side, f"{round(100 * mass)}{NO_BREAK}%")

    def _paint_handle(self, painter: QPainter, arrow: Arrow) -> None:
        theme, box = self._theme, self._handles[arrow.id]
        painter.setPen(theme.pen("edge"))
        painter.setBrush(theme.colour("sel" if self.is_cut(arrow) else "raised"))
        painter.drawRoundedRect(box, 5, 5)
        icon = theme.pixmap("link" if self.is_cut(arrow) else "scissors", "text", 14)
        size = theme.px(14)
        painter.drawPixmap(QPointF(box.center().x() - size / 2, box.center().y() - size / 2), icon)

    # ---- hands -----------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Cut at a handle, or open a gland."""
        for arrow_id, box in self._handles.items():
            if box.contains(event.position()):
                self.cut.emit(arrow_id)
                return
        for gland_id, box in self._boxes().items():
            if box.contains(event.position()):
                self.choose(gland_id)
                return

    def choose(self, gland_id: str) -> None:
        """Choose and open a gland."""
        self.chosen = gland_id
        self._describe()
        self.update()
        self.gland_opened.emit(gland_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, open with Enter, cut what leaves the chosen gland with X."""
        glands = self._session.axis.glands
        here = self._session.axis.gland(self.chosen)
        moves = {
            Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in moves:
            across, down = moves[key]
            ahead = [g for g in glands if (g.column - here.column) * across + (g.row - here.row) * down > 0.5]
            if ahead:
                near = min(ahead, key=lambda g: abs(g.column - here.column) + abs(g.row - here.row))
                self.choose(near.id)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose(self.chosen)
        elif key == Qt.Key.Key_X:
            for arrow in self._session.axis.arrows:
                if arrow.source == self.chosen and arrow.cut_parameter:
                    self.cut.emit(arrow.id)
                    return
        else:
            super().keyPressEvent(event)

    def _describe(self) -> None:
        if self.chosen:
            gland = self._session.axis.gland(self.chosen)
            now, ahead, unit = self.value_words(gland.markers[0])
            then = f", {self.tr('what-if')} {ahead}" if ahead else ""
            self.setAccessibleName(f"{self.tr('Loop')}: {gland.title}, {self.tr('now')} {now}{then} {unit}")
