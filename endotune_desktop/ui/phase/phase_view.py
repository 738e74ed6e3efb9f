"""Upstream against downstream: where the patient was, is, and would go, along the locus of equilibria."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from endotune_desktop.ui.courses.painting import value_at
from endotune_desktop.ui.courses.speech import spoken_unit
from endotune_desktop.ui.phase.canvas import PhaseCanvas, Span
from endotune_desktop.ui.phase.picture import PhasePicture, Side, picture_of
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import shown_value
from endotune_desktop.ui.widgets.pieces import ElidedLabel, hairline, label
from endotune_desktop.ui.words import agent_title, plan_words
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.course_view import CourseView, Curve
from endotune_desktop.workbench.session import Session


class PhaseView(QWidget):
    """One plot of the two markers that teach most; left and right move along the paths by a day."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.setProperty("kind", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = label("", "title")
        self.hint = ElidedLabel("", "caption")
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        head.setSpacing(theme.px(12))
        head.addWidget(self.title)
        head.addWidget(self.hint, 1)
        self.canvas = PhaseCanvas(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(hairline())
        layout.addWidget(self.canvas, 1)
        self._of: object = None
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        theme.changed.connect(self._restyle)
        self.refresh()

    def _on_changes(self, changes: Changes) -> None:
        if self.isVisible() and changes.touch(
            Topic.COURSE, Topic.VIEW, Topic.OPENED, Topic.PENDING, Topic.CROSSHAIR, Topic.RECORD
        ):
            self.refresh()

    def _restyle(self) -> None:
        self.canvas.restyle()
        self.refresh()

    def showEvent(self, event: object) -> None:
        """Ask for the locus, and catch up."""
        self._session.want_locus(True)
        self.refresh()

    def hideEvent(self, event: object) -> None:
        """No longer ask for the locus."""
        self._session.want_locus(False)

    # ---- showing ---------------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Draw the newest course."""
        record, view = self._session.record, self._session.course
        self.title.setText(record.patient.name if record else self.tr("No patient chosen"))
        picture = picture_of(self._session)
        self.canvas.whatif.role = "hatch" if self._session.pending else "whatif"
        self.canvas.ends = self._ends(picture)
        self.canvas.rings = self._rings(picture, view)
        self.canvas.show_picture(picture, self._spans(picture))
        self.hint.setText(self._words(view))
        self.setAccessibleName(self._spoken(picture, view))

    def _spans(self, picture: PhasePicture) -> tuple[Span, Span]:
        """Return what is shown: while a hand drags it only grows, so that nothing jumps under it."""
        record = self._session.record
        of = (record.patient.id if record else "", picture.x.scale, picture.y.scale, self._session.horizon)
        wanted, held = picture.spans(), self.canvas.spans
        grown = [(min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(wanted, held, strict=True)]
        keep = of == self._of and (self._session.whatif.dragging or self._session.pending)
        self._of = of
        return (grown[0], grown[1]) if keep else wanted

    def _ends(self, picture: PhasePicture) -> list[tuple[tuple[float, float], str, str]]:
        whatif, found = self._session.whatif, []
        for path, words, plan, role in (
            (picture.now, self.tr("now"), whatif.record_plan, "current"),
            (picture.whatif, self.tr("what-if"), whatif.plan, self.canvas.whatif.role),
        ):
            if path.shape[1] and np.isfinite(path[:, -1]).all():
                colour = "hatch" if role == "hatch" else role
                found.append(((float(path[0, -1]), float(path[1, -1])), f"{words}: {plan_words(plan)}", colour))
        return found

    def _rings(self, picture: PhasePicture, view: CourseView | None) -> list[tuple[tuple[float, float], str]]:
        hour = self._session.crosshair_h
        if view is None or hour is None:
            return []
        curves = ((view.now, "current"), (view.whatif, "whatif"))
        points = [(picture.point(curve, hour), role) for curve, role in curves]
        return [(point, role) for point, role in points if point is not None]

    def _words(self, view: CourseView | None) -> str:
        plain = self.tr("Dots: results. Green: both in reference.")
        if view is None or view.locus is None:
            return plain
        name = agent_title(self._session.axis, view.locus.agent).lower()
        dashed = self.tr("Dashed: rest on each daily dose of {name}.").format(name=name)
        return f"{dashed} {plain}"

    def _spoken(self, picture: PhasePicture, view: CourseView | None) -> str:
        name = self.tr("Phase plot, {y} against {x}").format(y=picture.y.marker.title, x=picture.x.marker.title)
        if view is None:
            return name
        hour = self._session.crosshair_h
        at = view.window_h[1] if hour is None else hour
        parts = [name, f"{view.day_of(at):%-d %B}"]
        curves: tuple[tuple[str, Curve | None], ...] = ((self.tr("now"), view.now), (self.tr("what-if"), view.whatif))
        for words, curve in curves:
            if curve is not None and picture.point(curve, at) is not None:
                values = " ".join(_spoken_value(side, curve, at) for side in (picture.y, picture.x))
                parts.append(f"{words} {values}")
        return ", ".join(parts)

    # ---- keys ------------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the paths."""
        view, key = self._session.course, Qt.Key(event.key())
        if view is None or key not in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self._session.set_crosshair(None)
        else:
            here = view.today_h if self._session.crosshair_h is None else self._session.crosshair_h
            first, last = view.window_h
            step_h = 24.0 if last - first > 8 * 24.0 else 1.0
            wanted = here + (step_h if key == Qt.Key.Key_Right else -step_h)
            self._session.set_crosshair(min(max(wanted, first), last))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        self.canvas.ring = True
        self.canvas.redraw()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        self.canvas.ring = False
        self.canvas.redraw()
        super().focusOutEvent(event)

    def closeEvent(self, event: object) -> None:
        """Stop listening."""
        self._unsubscribe()


def _spoken_value(side: Side, curve: Curve, hour: float) -> str:
    marker = side.marker
    value = value_at(curve, marker.id, hour)
    shown = shown_value(marker.id, value, below=marker.shown_below, factor=side.scale.factor)
    return f"{marker.title} {shown} {spoken_unit(side.unit)}"
