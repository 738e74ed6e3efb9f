"""The painted diagram of a feedback axis: glands, flows, feedback lines and handles that cut them."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from endotune_desktop.physiology.axis import Arrow, Gland, Role
from endotune_desktop.ui.loop.lane_words import LaneWords, place_words
from endotune_desktop.ui.loop.routes import (
    BETWEEN,
    Route,
    boxes_of,
    distance_to,
    is_upright,
    least_height,
    middle_of,
    next_in,
    routes_of,
)
from endotune_desktop.ui.loop.values import LoopValues
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import NO_BREAK
from endotune_desktop.ui.words import dose_words
from endotune_desktop.workbench.session import Session

REACH_PX = 9.0
"""How near a click must be to an arrow."""


class LoopDiagram(QWidget):
    """The keys walk from gland to arrow to gland, Enter opens what is chosen, X cuts or mends it.

    Attributes
    ----------
    chosen : str
        Id of a gland or of an arrow.
    values : LoopValues

    Signals
    -------
    opened(str)
        Id of the gland or arrow that was chosen.
    cut(str)
        Id of an arrow that is to be cut or mended.
    """

    opened = Signal(str)
    cut = Signal(str)

    def __init__(self, session: Session, theme: Theme, values: LoopValues, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme, self.values = session, theme, values
        self._axis = session.axis
        self.chosen = session.axis.glands[0].id if session.axis.glands else ""
        self._boxes: dict[str, QRectF] = {}
        self._routes: dict[str, Route] = {}
        self._handles: dict[str, QRectF] = {}
        self._words: dict[str, LaneWords] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.restyle()

    def is_cut(self, arrow: Arrow) -> bool:
        """Return whether the what-if has an arrow cut."""
        plan = self._session.whatif.plan
        return bool(arrow.cut_parameter) and plan.parameters.get(arrow.cut_parameter) == arrow.cut_value

    # ---- geometry --------------------------------------------------------------------------------------------------
    def restyle(self) -> None:
        """Take over the theme's sizes."""
        px = self._theme.px
        self.setMinimumSize(px(540), least_height(self._session.axis, px))
        self._trace()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw everything in its new place."""
        self._trace()

    def _trace(self) -> None:
        axis, px = self._session.axis, self._theme.px
        self._boxes = boxes_of(axis, px, self.width(), self.height())
        self._routes = routes_of(axis, self._boxes, px)
        self._handles = {}
        size = px(24)
        self._words = place_words(axis.arrows, self._routes, self._boxes, self._measure, self.width(), size)
        for arrow in axis.arrows:
            if arrow.cut_parameter and arrow.id in self._routes:
                route = self._routes[arrow.id]
                middle = middle_of(route)
                if is_upright(route):
                    at = QPointF(middle.x() - px(42), middle.y() - size / 2)
                elif arrow.lane:
                    at = self._words[arrow.id].handle.topLeft()
                else:
                    at = QPointF(route[0].x() + px(6), min(route[0].y(), route[1].y()) - size - px(4))
                self._handles[arrow.id] = QRectF(at.x(), at.y(), size, size)
        self.refresh()

    def refresh(self) -> None:
        """Show and say the values as they are now; another axis is laid out anew."""
        if self._axis is not self._session.axis:
            self._axis = self._session.axis
            self.chosen = self._axis.glands[0].id if self._axis.glands else ""
            self.restyle()
            return
        self._describe()
        self.update()

    def box_of(self, gland_id: str) -> QRectF:
        """Return where a gland is."""
        return self._boxes[gland_id]

    def place_of(self, arrow_id: str) -> QPointF:
        """Return the middle of an arrow."""
        return middle_of(self._routes[arrow_id])

    # ---- painting --------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint lines first, boxes over them, handles on top."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.colour("plot"))
        for arrow in self._session.axis.arrows:
            if arrow.id not in self._routes or (arrow.source == "given" and not self.given_words()):
                continue
            if arrow.id == self.chosen:
                self._paint_choice(painter, arrow)
            if arrow.source == "given":
                self._paint_given(painter, arrow)
            elif arrow.lane:
                self._paint_feedback(painter, arrow)
            else:
                self._paint_flow(painter, arrow)
        for gland in self._session.axis.glands:
            self._paint_gland(painter, gland, self._boxes[gland.id])
        for arrow in self._session.axis.arrows:
            if arrow.id in self._words:
                self._paint_lane_words(painter, arrow)
            if arrow.id in self._handles:
                self._paint_handle(painter, arrow)

    def _width_of(self, arrow: Arrow) -> float:
        """Return an arrow's width: of its flow against the healthy one, or of the daily dose against the usual one."""
        share = 0.4
        if arrow.source == "given":
            share = self._given_share()
        elif arrow.flow_marker and math.isfinite(value := self.values.live(arrow.flow_marker)):
            share = value / arrow.flow_reference
        return self._theme.px(2) + self._theme.px(9) * math.sqrt(min(max(share, 0.0), 2.0))

    def _given_share(self) -> float:
        """Return the daily dose as a share of the usual one: the flow itself comes in a burst after each dose."""
        axis, plan = self._session.axis, self._session.whatif.plan
        daily = [(order, order.dose * len(order.clock_times) / order.every_days) for order in plan.orders]
        return sum(dose * order.fraction_taken / max(axis.agent(order.agent).usual_dose, 1e-9) for order, dose in daily)

    def _paint_choice(self, painter: QPainter, arrow: Arrow) -> None:
        """Lay the colour of the focus under the chosen arrow."""
        width = self._width_of(arrow) if arrow.stimulates else 2.0
        pen = self._theme.pen("focus" if self.hasFocus() else "edge", width + self._theme.px(6))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(self._routes[arrow.id]))
        pen = self._theme.pen("plot", width + self._theme.px(2))
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(self._routes[arrow.id]))

    def _paint_flow(self, painter: QPainter, arrow: Arrow) -> None:
        """Paint a line from box to box: wide as its flow with a head, or thin with a bar where it holds back."""
        theme, route = self._theme, self._routes[arrow.id]
        role, cut = self._session.axis.gland(arrow.source).role, self.is_cut(arrow)
        colour = "text2" if cut else theme.role_colour(Role.UPSTREAM if role is Role.GLAND else role)
        if arrow.stimulates:
            self._arrow(painter, route, self._width_of(arrow), colour, dashed=cut)
        else:
            colour = "text2" if cut else "current"
            self._barred(painter, route, dashed=cut)
        words = [(arrow.title, 600, colour)]
        if arrow.flow_marker:
            words.append((self.values.line(arrow.flow_marker), 400, "text2"))
        self._write_beside(painter, route, words, self._width_of(arrow))

    def _write_beside(self, painter: QPainter, route: Route, words: list[tuple[str, int, str]], width: float) -> None:
        """Write at the right of an upright line, or under one that runs across, as many lines as have room."""
        theme, high = self._theme, self._theme.px(16)
        start, end = route[0], route[-1]
        if is_upright(route):
            words = words if abs(end.y() - start.y()) > 2.4 * high else words[:1]
            head = min(max(width * 1.4, theme.px(8)), abs(end.y() - start.y())) * 0.75
            x, y = start.x() + max(theme.px(12), head + theme.px(4)), (start.y() + end.y()) / 2 - high * len(words) / 2
            room, align = theme.px(150), Qt.AlignmentFlag.AlignLeft
        else:
            first, second = (route[0], route[1]) if len(route) < 4 else (route[2], route[1])
            x, y = min(first.x(), second.x()) + theme.px(2), first.y() + theme.px(9)
            room = int(abs(second.x() - first.x())) - theme.px(4)
            align = Qt.AlignmentFlag.AlignHCenter if len(route) == 2 else Qt.AlignmentFlag.AlignLeft
            room = room if len(route) == 2 else max(room, theme.px(BETWEEN))
        for text, weight, role_name in words:
            if theme.metrics("caption", weight).horizontalAdvance(text) > room:
                continue
            painter.setFont(theme.font("caption", weight))
            painter.setPen(theme.colour(role_name))
            painter.drawText(QRectF(x, y, room, high), align | Qt.AlignmentFlag.AlignVCenter, text)
            y += high

    def _arrow(self, painter: QPainter, route: Route, width: float, colour: str, *, dashed: bool = False) -> None:
        theme, end = self._theme, route[-1]
        along = end - route[-2]
        length = math.hypot(along.x(), along.y()) or 1.0
        unit = along / length
        head = min(max(width * 1.4, theme.px(8)), max(length, theme.px(8)))
        neck = end - unit * head
        pen = theme.pen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        if dashed:
            pen.setDashPattern([2.0, 1.5])
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([*route[:-1], neck]))
        side = QPointF(-unit.y(), unit.x()) * head * 0.75
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(colour))
        painter.drawPolygon(QPolygonF([end, neck + side, neck - side]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _barred(self, painter: QPainter, route: Route, *, dashed: bool = False) -> None:
        """Paint a thin line that ends in a bar across it."""
        theme, end = self._theme, route[-1]
        along = end - route[-2]
        length = math.hypot(along.x(), along.y()) or 1.0
        pen = theme.pen("current", 2.0)
        if dashed:
            pen.setDashPattern([2.0, 1.5])
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(route))
        across = QPointF(-along.y(), along.x()) / length * theme.px(7)
        painter.setPen(theme.pen("current", 4.0))
        painter.drawLine(end + across, end - across)

    def _paint_feedback(self, painter: QPainter, arrow: Arrow) -> None:
        """Paint a long line around boxes."""
        route, cut = self._routes[arrow.id], self.is_cut(arrow)
        if arrow.stimulates:
            self._arrow(painter, route, 2.0, "text2" if cut else "current", dashed=cut)
        else:
            self._barred(painter, route, dashed=cut)

    def _paint_lane_words(self, painter: QPainter, arrow: Arrow) -> None:
        """Write the words of a long line over whatever line runs behind them."""
        words = self._words[arrow.id]
        painter.fillRect(words.box, self._theme.colour("plot"))
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("text2"))
        painter.drawText(words.box, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft, arrow.title)

    def _measure(self, words: str, room: float) -> QSizeF:
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
        found = self._theme.metrics("caption").boundingRect(0, 0, int(room), 400, flags, words)
        return QSizeF(found.width() + 2.0, found.height())

    def given_words(self) -> str:
        """Return what the plan gives, empty for nothing."""
        plan, axis = self._session.whatif.plan, self._session.axis
        given = [regimen for regimen in self._session.whatif.regimens if regimen.given]
        return "; ".join(f"{axis.agent(r.agent).agent.title} {dose_words(r, plan.from_day)}" for r in given)

    def _paint_given(self, painter: QPainter, arrow: Arrow) -> None:
        """Paint what is given as a flag, and its way into the target."""
        theme, route = self._theme, self._routes[arrow.id]
        start, thickness = route[0], self._width_of(arrow)
        metrics = theme.metrics("body", 600)
        most = self.width() - theme.px(40)
        text = metrics.elidedText(self.given_words(), Qt.TextElideMode.ElideRight, most)
        width = metrics.horizontalAdvance(text) + theme.px(24)
        left = min(start.x(), self.width() - width - 8)
        box = QRectF(left, start.y() - theme.px(16), width, theme.px(32))
        self._arrow(painter, [QPointF(max(box.left(), route[1].x()), start.y()), *route[1:]], thickness, "given")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("given"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(theme.font("body", 600))
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
        room = int(inner.width()) - (theme.px(36) if gland.mass_marker else 0)
        title = theme.metrics("body", 600).elidedText(gland.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, title)
        if inner.height() >= theme.px(62):  # a low box has no room for it
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("text3"))
            note = inner.adjusted(0, theme.px(20), 0, 0)
            painter.drawText(note, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, gland.note)
        self._paint_value(painter, gland, inner)
        if gland.mass_marker:
            self._paint_mass(painter, gland.mass_marker, inner)

    def _paint_value(self, painter: QPainter, gland: Gland, inner: QRectF) -> None:
        theme = self._theme
        now, ahead, unit = self.values.words(gland.markers[0])
        strong, small = theme.font("title", 600), theme.font("caption")
        x, y = inner.left(), inner.bottom() - theme.px(26)
        arrow = "→" if ahead else ""
        parts = ((now, "text", strong), (arrow, "text2", strong), (ahead, "whatif", strong), (unit, "text3", small))
        for text, colour, font in parts:
            if not text:
                continue
            painter.setFont(font)
            painter.setPen(theme.colour(colour))
            width = painter.fontMetrics().horizontalAdvance(text)
            painter.drawText(QRectF(x, y, width + 2, theme.px(26)), Qt.AlignmentFlag.AlignVCenter, text)
            x += width + theme.px(6)

    def _paint_mass(self, painter: QPainter, marker: str, inner: QRectF) -> None:
        theme = self._theme
        mass = self.values.live(marker)
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
            box = QRectF(inner.right() - theme.px(50), inner.bottom() - theme.px(22), theme.px(50), theme.px(18))
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
        """Cut at a handle, or choose a gland or an arrow."""
        at = event.position()
        for arrow_id, box in self._handles.items():
            if box.contains(at):
                self.cut.emit(arrow_id)
                return
        glands = [gland_id for gland_id, box in self._boxes.items() if box.contains(at)]
        near = min(self._routes, key=lambda arrow_id: distance_to(self._routes[arrow_id], at), default="")
        if glands:
            self.choose(glands[0])
        elif near and distance_to(self._routes[near], at) <= REACH_PX * self._theme.scale:
            self.choose(near)

    def choose(self, chosen: str) -> None:
        """Choose and open a gland or an arrow."""
        self.chosen = chosen
        self.refresh()
        self.opened.emit(chosen)

    def chosen_arrow(self) -> Arrow | None:
        """Return the chosen arrow, None when a gland is chosen."""
        return next((arrow for arrow in self._session.axis.arrows if arrow.id == self._arrow_id()), None)

    def _arrow_id(self) -> str:
        return self.chosen if self.chosen not in self._boxes else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, open with Enter, cut or mend with X."""
        moves = {
            Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in moves:
            places = {gland_id: box.center() for gland_id, box in self._boxes.items()}
            places |= {arrow_id: middle_of(route) for arrow_id, route in self._routes.items()}
            self.choose(next_in(places, self.chosen, *moves[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose(self.chosen)
        elif key == Qt.Key.Key_X:
            self._cut_chosen()
        else:
            super().keyPressEvent(event)

    def _cut_chosen(self) -> None:
        """Cut or mend the chosen arrow, or the first that leaves the chosen gland."""
        for arrow in self._session.axis.arrows:
            if arrow.cut_parameter and self.chosen in (arrow.id, arrow.source):
                self.cut.emit(arrow.id)
                return

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show what is chosen."""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show what is chosen, quieter."""
        self.update()

    def _describe(self) -> None:
        arrow = self.chosen_arrow()
        if arrow is not None:
            state = self.tr("cut") if self.is_cut(arrow) else self.tr("whole")
            value = self.values.line(arrow.flow_marker) if arrow.flow_marker else ""
            said = ", ".join(part for part in (arrow.title, state, value) if part)
            self.setAccessibleName(f"{self.tr('Loop')}: {said}")
        elif self.chosen:
            gland = self._session.axis.gland(self.chosen)
            now, ahead, unit = self.values.words(gland.markers[0])
            then = f", {self.tr('what-if')} {ahead}" if ahead else ""
            self.setAccessibleName(f"{self.tr('Loop')}: {gland.title}, {self.tr('now')} {now}{then} {unit}")
