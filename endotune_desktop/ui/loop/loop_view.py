"""The axis as a diagram, with the card of the chosen gland beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from endotune_desktop.physiology.axis import Arrow
from endotune_desktop.ui.communication.communication_view import CommunicationView
from endotune_desktop.ui.courses.target_words import why_words
from endotune_desktop.ui.loop.diagram import LoopDiagram
from endotune_desktop.ui.loop.values import LoopValues
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import shown_number
from endotune_desktop.ui.widgets.pieces import Card, ElidedLabel, button, clear_layout, hairline, label
from endotune_desktop.ui.widgets.segmented import SegmentedControl
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.session import Session

CARD_PX, WIDE_CARD_PX = 230, 340
"""Least and largest width of the cards beside the diagram, at 100 % text."""


class LoopView(QWidget):
    """Opening a gland shows what can be wrong there and which markers stop being targets."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.setProperty("kind", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._behind = False
        self.values = LoopValues(session)
        self.diagram = LoopDiagram(session, theme, self.values)
        self.diagram.opened.connect(self.show_chosen)
        self.diagram.cut.connect(self.cut)
        self.card = Card(theme)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        head.setSpacing(theme.px(12))
        self.title = label("", "title")
        head.addWidget(self.title)
        self.hint = ElidedLabel(self.tr("Click a gland or an arrow; scissors cut; width = flow."), "caption")
        head.addWidget(self.hint, 1)
        words = [self.tr("after 12 weeks"), self.tr("today")]
        self.moment = SegmentedControl(theme, words, self.tr("Values of"))
        self.moment.chosen.connect(self._choose_moment)
        head.addWidget(self.moment)
        inner = QWidget()
        inner.setProperty("kind", "sheet")
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, inner)
        self._row.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        self._row.addWidget(self.diagram, 1)
        self.communication = CommunicationView(session, theme)
        self.cards = QWidget()
        cards = QVBoxLayout(self.cards)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(theme.px(10))
        cards.addWidget(self.card)
        cards.addWidget(self.communication)
        self._row.addWidget(self.cards, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(hairline())
        layout.addWidget(self._scrolled(inner), 1)
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        theme.changed.connect(self._restyle)
        self.refresh()

    def _scrolled(self, inner: QWidget) -> QScrollArea:
        """Return an area that scrolls where large text leaves no room for diagram and card."""
        self.area = QScrollArea()
        self.area.setWidget(inner)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return self.area

    def _restyle(self) -> None:
        self.diagram.restyle()
        self._place_card()
        self.refresh()

    def _choose_moment(self, index: int) -> None:
        """Show the settled state, or the one at the crosshair."""
        self.values.settled = index == 0
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the card beside the diagram where there is room for both, else below it."""
        super().resizeEvent(event)
        self._place_card()

    def _place_card(self) -> None:
        theme = self._theme
        card_px, margins = theme.px(CARD_PX), theme.px(24)
        seen = self.width() - self.area.verticalScrollBar().sizeHint().width()
        needed = self.diagram.minimumWidth() + self._row.spacing() + card_px + margins
        beside = seen >= needed
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        # Below a diagram that is wider than the view, cards stay as wide as what is seen: words are read, not scrolled.
        room = min(seen - needed + card_px, theme.px(WIDE_CARD_PX)) if beside else seen - margins
        self.cards.setFixedWidth(max(card_px, room))

    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(
            Topic.COURSE, Topic.PENDING, Topic.WHATIF, Topic.VIEW, Topic.OPENED, Topic.CROSSHAIR, Topic.AXIS
        ):
            if self.isVisible():
                self.refresh()
            else:
                self._behind = True

    def showEvent(self, event: object) -> None:
        """Catch up with what changed while another view was shown."""
        if self._behind:
            self.refresh()

    def refresh(self) -> None:
        """Show the values as they are now."""
        self._behind = False
        record = self._session.record
        self.title.setText(record.patient.name if record else self.tr("No patient chosen"))
        self.moment.set_words([self.tr("after 12 weeks"), self._moment_words()])
        self.diagram.refresh()
        self.show_chosen(self.diagram.chosen)

    def _moment_words(self) -> str:
        """Return the moment that the second choice shows."""
        course, hour = self._session.course, self._session.crosshair_h
        if course is None or hour is None:
            return self.tr("today")
        minutes = round((hour % 24.0) * 60)
        clock = f" {minutes // 60 % 24:02d}:{minutes % 60:02d}" if not course.sample_clock else ""
        return f"{course.day_of(hour):%-d %b}{clock}"

    def show_chosen(self, chosen: str) -> None:
        """Show the card of a gland or of an arrow."""
        clear_layout(self.card.body)
        arrow = self.diagram.chosen_arrow()
        if arrow is not None:
            self._show_arrow(arrow)
        else:
            self._show_gland(chosen)

    def _show_arrow(self, arrow: Arrow) -> None:
        axis, body = self._session.axis, self.card.body
        source = axis.gland(arrow.source).title if arrow.source != "given" else self.tr("What is given")
        body.addWidget(label(arrow.title, "strong", wrap=True))
        holds = self.tr("feeds") if arrow.stimulates else self.tr("holds back")
        body.addWidget(label(f"{source} {holds} {axis.gland(arrow.target).title}", "second", wrap=True))
        if arrow.source == "given":
            body.addWidget(label(self.diagram.given_words() or self.tr("Nothing is given."), "second", wrap=True))
        elif arrow.flow_marker:
            marker = axis.marker(arrow.flow_marker)
            body.addWidget(label(f"{marker.title}: {self.values.line(marker.id)}", "second", wrap=True))
            unit = "" if marker.unit == "1" else f" {marker.unit}"
            healthy = self.tr("usual in health: {n}").format(n=f"{shown_number(arrow.flow_reference)}{unit}")
            body.addWidget(label(healthy, "caption", wrap=True))
        if arrow.cut_parameter:
            cut = self.diagram.is_cut(arrow)
            words = self.tr("Mend (X)") if cut else self.tr("Cut (X)")
            icon = "link" if cut else "scissors"
            body.addWidget(button(words, partial(self.cut, arrow.id), theme=self._theme, icon=icon, kind="row"))
        else:
            body.addWidget(label(self.tr("This line cannot be cut in the model."), "caption", wrap=True))

    def _show_gland(self, gland_id: str) -> None:
        axis, whatif = self._session.axis, self._session.whatif
        gland = axis.gland(gland_id)
        self.card.body.addWidget(label(gland.title, "strong"))
        for marker_id in (*gland.markers, *([gland.mass_marker] if gland.mass_marker else [])):
            words = f"{axis.marker(marker_id).title}: {self.values.line(marker_id)}"
            self.card.body.addWidget(label(words, "second", wrap=True))
        held = {state.lesion: state for state in whatif.plan.lesions}
        if gland.lesions:
            self.card.body.addWidget(label(self.tr("What can be wrong here"), "head"))
        for lesion_id in gland.lesions:
            lesion = axis.lesion(lesion_id)
            if lesion_id in held:
                words = self.tr("Remove {name}").format(name=lesion.title)
                icon = "check"
            else:
                words, icon = lesion.title, "plus"
            self.card.body.addWidget(
                button(words, partial(self.toggle, lesion_id), theme=self._theme, icon=icon, kind="row")
            )
            if lesion_id in held:
                for words in self._not_targets(f"{axis.id}.{lesion_id}"):
                    self.card.body.addWidget(label(words, "warn", wrap=True))

    def _not_targets(self, lesion: str) -> list[str]:
        """Return why markers are no targets because of a lesion."""
        session = self._session
        if session.record is None:
            return []
        found = session.targets.invalid(session.record, session.axis, session.whatif.difference, session.today())
        return [
            f"{marker.title}: {why_words(standing)}"
            for marker, standing in found
            if any(lesion in names for rule in standing.rules for names in rule.lesions)
        ]

    def toggle(self, lesion_id: str) -> None:
        """Put a lesion into the what-if in its usual form, or take it out."""
        from endotune_desktop.clinic.scenario import LONG_STANDING, NEW, LesionState

        whatif, lesion = self._session.whatif, self._session.axis.lesion(lesion_id)
        if any(state.lesion == lesion_id for state in whatif.plan.lesions):
            whatif.commit(whatif.without_lesion(lesion_id), self.tr("Remove {name}").format(name=lesion.title))
            return
        onset = LONG_STANDING if LONG_STANDING in lesion.onsets else NEW
        whatif.commit(whatif.with_lesion(LesionState(lesion_id, lesion.usual_severity, onset)), lesion.title)

    def cut(self, arrow_id: str) -> None:
        """Cut an arrow in the what-if, or mend it."""
        arrow = next(arrow for arrow in self._session.axis.arrows if arrow.id == arrow_id)
        whatif = self._session.whatif
        mended = self.diagram.is_cut(arrow)
        plan = whatif.with_parameter(arrow.cut_parameter, None if mended else arrow.cut_value)
        words = (self.tr("Mend {name}") if mended else self.tr("Cut {name}")).format(name=arrow.title)
        whatif.commit(plan, words)

    def closeEvent(self, event: object) -> None:
        """Stop listening."""
        self._unsubscribe()
        self.communication.close()
