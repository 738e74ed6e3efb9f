"""The axis as a diagram, with the card of the chosen gland beside it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from endotune_desktop.ui.loop.diagram import LoopDiagram
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import Card, button, clear_layout, hairline, label
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.session import Session

CARD_PX = 230
"""Least width of the gland's card, at 100 % text."""


class LoopView(QWidget):
    """Opening a gland shows what can be wrong there and which markers stop being targets."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.setProperty("kind", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.diagram = LoopDiagram(session, theme)
        self.diagram.gland_opened.connect(self.show_gland)
        self.diagram.cut.connect(self.cut)
        self.card = Card(theme)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        head.setSpacing(theme.px(12))
        self.title = label("", "title")
        head.addWidget(self.title)
        hint = self.tr("Settled after 12 weeks. Click a gland or a pair of scissors; width = flow.")
        head.addWidget(label(hint, "caption", wrap=True), 1)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._row.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        self._row.addWidget(self.diagram, 1)
        self._row.addWidget(self.card, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(hairline())
        layout.addLayout(self._row, 1)
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        theme.changed.connect(self.refresh)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the card beside the diagram where there is room for both, else below it."""
        super().resizeEvent(event)
        self._place_card()

    def _place_card(self) -> None:
        theme = self._theme
        card_px = theme.px(CARD_PX)
        # The layout's own hint would hold the sheet wide once the card is beside; the diagram alone decides.
        self.setMinimumWidth(self.diagram.minimumWidth() + theme.px(24))
        beside = self.width() >= self.diagram.minimumWidth() + card_px + theme.px(24)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.card.setMinimumWidth(card_px)
        self.card.setMaximumWidth(card_px if beside else self.diagram.maximumWidth())

    def _on_changes(self, changes: Changes) -> None:
        if self.isVisible() and changes.touch(Topic.COURSE, Topic.PENDING, Topic.WHATIF, Topic.VIEW, Topic.OPENED):
            self.refresh()

    def showEvent(self, event: object) -> None:
        """Catch up with what changed while another view was shown."""
        self.refresh()

    def refresh(self) -> None:
        """Show the values as they are now."""
        record = self._session.record
        self.title.setText(record.patient.name if record else self.tr("No patient chosen"))
        self.diagram.update()
        self.show_gland(self.diagram.chosen)

    def show_gland(self, gland_id: str) -> None:
        """Show the card of a gland."""
        axis, whatif = self._session.axis, self._session.whatif
        gland = axis.gland(gland_id)
        clear_layout(self.card.body)
        self.card.body.addWidget(label(gland.title, "strong"))
        for marker_id in (*gland.markers, *([gland.mass_marker] if gland.mass_marker else [])):
            now, ahead, unit = self.diagram.value_words(marker_id)
            then = f" → {ahead}" if ahead else ""
            self.card.body.addWidget(label(f"{axis.marker(marker_id).title}: {now}{then} {unit}", "second", wrap=True))
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
                for marker, why in lesion.invalid_targets.items():
                    self.card.body.addWidget(label(f"{axis.marker(marker).title}: {why}", "warn", wrap=True))

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
