"""A line over the what-if that says whose curve this is, with a sign while a fit is under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from endotune_desktop.tuning.fit_card import distance_of
from endotune_desktop.ui.fit.fit_words import former_words, state_words, tr
from endotune_desktop.ui.relay import Relay, Relayed
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import ElidedLabel, button, chip, hairline, restyle
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.session import Session

if TYPE_CHECKING:
    from endotune_desktop.ui.fit.fit_dialog import FitDialog


class FitLine(QWidget, Relayed):
    """Chip, sentence and the button that opens the card.

    Attributes
    ----------
    dialog : FitDialog or None
        While it is open.
    """

    def __init__(self, session: Session, theme: Theme, window: QWidget | None = None) -> None:
        super().__init__()
        self._session, self._theme, self._window = session, theme, window
        self.dialog: FitDialog | None = None
        self.setProperty("kind", "panel")
        self.state = chip("")
        self.words = ElidedLabel("", "second")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(theme.px(56))
        self.progress.setAccessibleName(tr("Fitting"))
        self.more = button(
            tr("Fit …"), self._open, theme=theme, icon="target", kind="compact", tip=tr("How the patient was fitted")
        )
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.state)
        row.addWidget(self.progress)
        row.addStretch(1)
        row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        said = QHBoxLayout()
        said.setContentsMargins(theme.px(12), theme.px(2), theme.px(12), theme.px(6))
        said.addWidget(self.words, 1)
        column.addLayout(said)
        column.addWidget(hairline())
        self._relay = Relay(self)
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        self.refresh()

    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(Topic.OPENED, Topic.AXIS, Topic.RECORD, Topic.COURSE) and not self._session.whatif.dragging:
            self._relay.ask("fit", self.refresh)

    def refresh(self) -> None:
        """Say how far the fit is."""
        tone, words, under_way = state_words(self._session)
        view = self._session.course
        card = view.card if view is not None else None
        self.state.setText(words)
        self.state.setVisible(bool(words))
        restyle(self.state, "tone", tone)
        self.progress.setVisible(under_way)
        sentence = former_words(self._session)
        if not sentence and card is not None:
            sentence = tr(card.uncertain) or tr(distance_of(card))
        self.words.setText(sentence)
        self.words.setVisible(bool(sentence))
        self.more.setEnabled(card is not None)

    def _open(self) -> None:
        self.open_card()

    def open_card(self) -> FitDialog:
        """Open the fit card, or bring it to the front."""
        from endotune_desktop.ui.fit.fit_dialog import FitDialog  # no start needs it

        if self.dialog is None or not isValid(self.dialog) or not self.dialog.isVisible():
            self.dialog = FitDialog(self._session, self._theme, self._window)
            self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()
        return self.dialog

    def closeEvent(self, event: object) -> None:
        """Stop listening, and close the card."""
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.close()
        self._unsubscribe()
        self._relay.forget()
