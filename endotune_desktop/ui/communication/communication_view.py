"""The card of communication of the open patient: live with the what-if, one step behind the curves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from endotune_desktop.tuning.communication_card import CommunicationCard, Figure
from endotune_desktop.tuning.communication_text import CAUTION, CYCLE_NOTE, SIGNALS_NOTE
from endotune_desktop.tuning.indices import established, told_by
from endotune_desktop.ui.communication.expert_words import expert_lines
from endotune_desktop.ui.communication.figure_row import FigureRow
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import shown_value
from endotune_desktop.ui.widgets.pieces import Card, button, clear_layout, label
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.communication_words import stopping_words, word_words
from endotune_desktop.workbench.session import Session

TWO_COLUMNS_PX = 560
"""From this width on the numbers stand in two columns, at 100 % text."""


class CommunicationView(Card):
    """Asks for its numbers while it is seen; a former state's stay, marked, until those of the new one are there.

    Attributes
    ----------
    shown : CommunicationCard or None
    """

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._session = session
        self.shown: CommunicationCard | None = None
        self._of = ("", "")
        self.title = label(self.tr("How this axis talks"), "strong", wrap=True)
        self.state = label("", "caption", wrap=True)
        self.word = label("", "head", wrap=True)
        self.summary = label("", "second", wrap=True)
        self.rows = {figure: FigureRow(figure, theme) for figure in Figure}
        self.beside = label("", "second", wrap=True)
        self.experts = button(self.tr("Expert numbers"), self.toggle_experts, theme=theme, icon="chevron-down",
                              kind="row")  # fmt: skip
        self.expert_words = label("", "caption", wrap=True)
        self.expert_words.setVisible(False)
        self.note = label("", "caption", wrap=True)
        for head in (self.title, self.state, self.word, self.summary):
            self.body.addWidget(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(20))
        self._grid.setVerticalSpacing(0)
        self._columns = 0
        self.body.addLayout(self._grid)
        self._place_rows(1)
        for part in (self.beside, self.experts, self.expert_words, self.note):
            self.body.addWidget(part)
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        self.refresh()

    def _on_changes(self, changes: Changes) -> None:
        wanted = (Topic.COURSE, Topic.PENDING, Topic.OPENED, Topic.AXIS, Topic.WHATIF)
        if self.isVisible() and changes.touch(*wanted):
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the numbers in two columns where there is room for them."""
        super().resizeEvent(event)
        self._place_rows(2 if self.width() >= self._theme.px(TWO_COLUMNS_PX) else 1)

    def _place_rows(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, row in enumerate(self.rows.values()):
            self._grid.addWidget(row, place // columns, place % columns, Qt.AlignmentFlag.AlignTop)
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < columns))

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the numbers, and catch up."""
        self._session.want_communication(True)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """No longer ask for them."""
        self._session.want_communication(False)

    def toggle_experts(self) -> None:
        """Show or hide gain, margins, damping and what goes with them."""
        self.expert_words.setVisible(self.expert_words.isHidden())

    def refresh(self) -> None:
        """Show the newest numbers; those of another patient or axis go at once."""
        session = self._session
        of = (session.record.patient.id if session.record else "", session.axis.id)
        if of != self._of:
            self._of, self.shown = of, None
        course = session.course
        fresh = course.communication if course is not None and not session.pending else None
        if fresh is not None:
            self.shown = fresh
        silence = course.silence if course is not None and not session.pending else ""
        self._show_state(fresh, silence)
        if silence:
            self.shown = None
        self._show_card(self.shown)

    def _show_state(self, fresh: CommunicationCard | None, silence: str) -> None:
        if silence:
            words = self.tr("No numbers here: {why}.").format(why=silence.rstrip("."))
        elif fresh is None:
            words = self.tr("computing …") if self._session.record is not None else ""
        elif fresh.people:
            words = self.tr("In brackets: 90 % of {n} persons like this one.").format(n=fresh.people)
        else:
            words = self.tr("computing how sure this is …")
        self.state.setText(words)
        self.state.setVisible(bool(words))

    def _show_card(self, card: CommunicationCard | None) -> None:
        parts = (self.word, self.summary, self.beside, self.experts, self.note)
        for part in parts:
            part.setVisible(card is not None)
        self.expert_words.setVisible(card is not None and not self.expert_words.isHidden())
        for figure, row in self.rows.items():
            number = card.number(figure) if card is not None else None
            row.setVisible(number is not None)
            if number is not None:
                row.show_number(number, whatif=self._session.whatif.differs)
        self.set_marked(self._session.whatif.differs)
        if card is None:
            return
        self.word.setText(word_words(card, self.tr))
        self.summary.setText(stopping_words(card, self.tr))
        self.summary.setVisible(bool(self.summary.text()))
        self.beside.setText(self._beside(card))
        self.beside.setVisible(bool(self.beside.text()))
        self.expert_words.setText("\n".join(expert_lines(card, self.tr)))
        notes = [self.tr(CYCLE_NOTE)] if card.axis.cycle is not None else []
        notes += [self.tr(SIGNALS_NOTE)] if len(told_by(card.axis).signals) > 1 else []
        self.note.setText(" ".join([*notes, self.tr(CAUTION)]))

    def _beside(self, card: CommunicationCard) -> str:
        """Return the indices of others: name, value, what the same person has in health."""
        lines = []
        for marker in established(card.axis):
            unit = "" if marker.unit == "1" else f" {marker.unit}"
            value, own = (shown_value(marker.id, levels[marker.id]) for levels in (card.state.levels, card.own.levels))
            lines.append(self.tr("{name}: {value}{unit} (healthy {own})").format(
                name=marker.title, value=value, unit=unit, own=own,
            ))  # fmt: skip
        return "\n".join(lines)

    def closeEvent(self, event: object) -> None:
        """Stop listening."""
        self._unsubscribe()
        clear_layout(self.body)
