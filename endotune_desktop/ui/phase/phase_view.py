"""Upstream against downstream: where the patient was, is, and would go, along the locus of equilibria."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGraphicsView, QHBoxLayout, QVBoxLayout, QWidget

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.physiology.axis import Marker
from endotune_desktop.ui.courses.items import LineItem
from endotune_desktop.ui.courses.scales import Scale
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.whatif.scenario_table import reference_of
from endotune_desktop.ui.widgets.numbers import shown_amount, shown_number
from endotune_desktop.ui.widgets.pieces import hairline, label
from endotune_desktop.ui.words import agent_title, unit_words
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.course_view import CourseView, Curve
from endotune_desktop.workbench.session import Session


class PhaseView(QWidget):
    """One plot of the two markers that teach most."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.setProperty("kind", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = label("", "title")
        self.hint = label("", "caption", wrap=True)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        head.setSpacing(theme.px(12))
        head.addWidget(self.title)
        head.addWidget(self.hint, 1)
        self._axes = {side: pg.AxisItem(side) for side in ("left", "bottom")}
        for side in self._axes.values():
            side.enableAutoSIPrefix(False)
        self.plot = pg.PlotWidget(axisItems=self._axes, background=None)
        self.plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.plot.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = self.plot.getViewBox()
        box.disableAutoRange()
        self._target = pg.QtWidgets.QGraphicsRectItem()
        self._target.setZValue(-10)
        box.addItem(self._target, ignoreBounds=True)
        self.locus = LineItem(theme, "refEdge", 1, dashed=True, z=-2)
        self.now = LineItem(theme, "current", 2, z=1)
        self.whatif = LineItem(theme, "whatif", 3, z=2)
        self.labs = pg.ScatterPlotItem()
        self.ends = pg.ScatterPlotItem()
        for item in (self.locus, self.now, self.whatif, self.labs, self.ends):
            box.addItem(item, ignoreBounds=True)
        self._texts: list[pg.TextItem] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(hairline())
        layout.addWidget(self.plot, 1)
        layout.setStretch(2, 1)
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        theme.changed.connect(self.refresh)
        self.refresh()

    def _on_changes(self, changes: Changes) -> None:
        if self.isVisible() and changes.touch(Topic.COURSE, Topic.VIEW, Topic.OPENED, Topic.PENDING):
            self.refresh()

    def showEvent(self, event: object) -> None:
        """Ask for the locus, and catch up."""
        self._session.want_locus(True)
        self.refresh()

    def hideEvent(self, event: object) -> None:
        """No longer ask for the locus."""
        self._session.want_locus(False)

    def _scale(self, marker: Marker, log: bool) -> Scale:
        analyte = ANALYTES.get(marker.analyte)
        factor = analyte.shown_in(self._session.unit_system).factor if analyte else 1.0
        return Scale(log, factor, marker.shown_below or 1e-3)

    def refresh(self) -> None:
        """Draw the newest course."""
        theme, axis, view = self._theme, self._session.axis, self._session.course
        self.plot.setBackground(theme.colour("plot"))
        record = self._session.record
        self.title.setText(record.patient.name if record else self.tr("No patient chosen"))
        x, y = axis.marker(axis.phase.x_marker), axis.marker(axis.phase.y_marker)
        sx, sy = self._scale(x, axis.phase.x_log), self._scale(y, axis.phase.y_log)
        for side, marker in (("left", y), ("bottom", x)):
            item = self._axes[side]
            item.setPen(theme.pen("edge"))
            item.setTextPen(theme.pen("text2"))
            item.setStyle(tickFont=theme.font("caption"))
            analyte = ANALYTES.get(marker.analyte)
            unit = analyte.shown_in(self._session.unit_system).id if analyte else marker.unit
            item.setLabel(f"{marker.title}, {unit}", color=theme.hex("text2"))
        if view is None:
            return
        stale = self._session.pending
        self._draw_curves(view, x, y, sx, sy, stale=stale)
        self._draw_labs(view, x, y, sx, sy)
        self._draw_locus(view, x, y, sx, sy)
        self._draw_range(view, x, y, sx, sy)
        self.hint.setText(self._words(view))
        self.setAccessibleName(f"{self.tr('Phase view')}: {y.title} / {x.title}. {self.hint.text()}")

    def _draw_curves(self, view: CourseView, x: Marker, y: Marker, sx: Scale, sy: Scale, *, stale: bool) -> None:
        theme = self._theme
        ends = []
        curves: list[tuple[LineItem, Curve | None, str]] = [
            (self.now, view.now, "current"),
            (self.whatif, view.whatif, "hatch" if stale else "whatif"),
        ]
        for item, curve, colour in curves:
            if curve is None:
                item.set_data(np.empty(0), np.empty(0))
                continue
            xs, ys = sx.place(curve.values[x.id]), sy.place(curve.values[y.id])
            item.set_data(xs, ys)
            item.set_role(colour)
            ends.append(
                {"pos": (xs[-1], ys[-1]), "brush": theme.colour(colour), "pen": theme.pen("plot", 1.5), "size": 11}
            )
        self.ends.setData(ends)

    def _draw_labs(self, view: CourseView, x: Marker, y: Marker, sx: Scale, sy: Scale) -> None:
        record, theme = self._session.record, self._theme
        points = []
        for lab in record.labs if record else ():
            partner = (
                [o for o in record.labs if o.analyte == x.analyte and o.drawn_at == lab.drawn_at] if record else []
            )
            if lab.analyte == y.analyte and partner and not lab.set_aside:
                points.append({"pos": (sx.at(partner[0].value), sy.at(lab.value))})
        self.labs.setData(points, brush=theme.colour("lab"), pen=theme.pen("labRing", 1.5), size=9)

    def _draw_locus(self, view: CourseView, x: Marker, y: Marker, sx: Scale, sy: Scale) -> None:
        theme = self._theme
        for text in self._texts:
            self.plot.removeItem(text)
        self._texts = []
        if view.locus is None:
            self.locus.set_data(np.empty(0), np.empty(0))
            return
        xs, ys = sx.place(view.locus.values[x.id]), sy.place(view.locus.values[y.id])
        self.locus.set_data(xs, ys)
        unit = unit_words(self._session.axis.agent(view.locus.agent).agent.unit)
        for index in range(0, view.locus.doses.size, 3):
            text = pg.TextItem(
                f"{shown_amount(round(float(view.locus.doses[index])))} {unit}", color=theme.hex("refEdge")
            )
            text.setFont(theme.font("caption"))
            text.setAnchor((0.0, 1.0))
            text.setPos(xs[index], ys[index])
            self.plot.addItem(text, ignoreBounds=True)
            self._texts.append(text)

    def _draw_range(self, view: CourseView, x: Marker, y: Marker, sx: Scale, sy: Scale) -> None:
        theme = self._theme
        (xl, xh), (yl, yh) = reference_of(self._session, x), reference_of(self._session, y)
        if None not in (xl, xh, yl, yh):
            left, right = sx.at(xl or 0.0), sx.at(xh or 0.0)
            bottom, top = sy.at(yl or 1e-3), sy.at(yh or 1.0)
            self._target.setRect(left, bottom, right - left, top - bottom)
            self._target.setBrush(theme.colour("refFill"))
            pen = theme.pen("refEdge")
            pen.setCosmetic(True)
            self._target.setPen(pen)
        held_x = [item.data[0] for item in (self.now, self.whatif)]
        held_y = [item.data[1] for item in (self.now, self.whatif)]
        dots = self.labs.getData()
        held_x.append(np.asarray(dots[0], dtype=np.float64))
        held_y.append(np.asarray(dots[1], dtype=np.float64))
        ref_x = np.array([sx.at(v) for v in (xl, xh) if v is not None])
        ref_y = np.array([sy.at(v) for v in (yl, yh) if v is not None])
        every_x, every_y = np.concatenate([*held_x, ref_x]), np.concatenate([*held_y, ref_y])
        if every_x.size and every_y.size:
            pad_x, pad_y = 0.08 * np.ptp(every_x) + 1e-6, 0.08 * np.ptp(every_y) + 1e-6
            box = self.plot.getViewBox()
            box.setRange(
                xRange=(every_x.min() - pad_x, every_x.max() + pad_x),
                yRange=(every_y.min() - pad_y, every_y.max() + pad_y),
                padding=0,
            )
            for side, scale, index in (("left", sy, 1), ("bottom", sx, 0)):
                low, high = box.viewRange()[index]
                ticks = [
                    (float(np.log10(v)) if scale.log else v, shown_number(v, significant=2))
                    for v in scale.round_values(low, high, 7)
                ]
                self._axes[side].setTicks([ticks, []])

    def _words(self, view: CourseView) -> str:
        if view.locus is None:
            return self.tr("Black: the record. Blue: the what-if. Dots: results. Green: reference.")
        name = agent_title(self._session.axis, view.locus.agent).lower()
        return self.tr("Dashed: where this axis comes to rest on each daily dose of {name}.").format(name=name)

    def closeEvent(self, event: object) -> None:
        """Stop listening."""
        self._unsubscribe()
        self.plot.close()
