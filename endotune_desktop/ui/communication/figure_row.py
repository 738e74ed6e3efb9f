"""A row of the card: a number with its band, its bar, one plain sentence, and what it means."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from endotune_desktop.tuning.communication_card import CardNumber, Figure
from endotune_desktop.tuning.communication_text import TEXTS
from endotune_desktop.ui.communication.band_bar import BandBar
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import ElidedLabel, button, label
from endotune_desktop.workbench.communication_words import band_words, sentence, short, title_words


class FigureRow(QWidget):
    """Updated in place, so that it stays still under a moving slider."""

    def __init__(self, figure: Figure, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure = figure
        self.title = ElidedLabel("", "head")
        self.value = label("", "head")
        self.band = label("", "caption")
        self.bar = BandBar(theme)
        self.words = label("", "second", wrap=True)
        self.asked = button("", self.toggle, theme=theme, icon="circle-help", kind="flat",
                            tip=self.tr("What does this mean?"))  # fmt: skip
        self.meaning = label("", "caption", wrap=True)
        self.meaning.setVisible(False)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(theme.px(4))
        top.addWidget(self.title, 1)
        top.addWidget(self.asked)
        numbers = QHBoxLayout()
        numbers.setContentsMargins(0, 0, 0, 0)
        numbers.setSpacing(theme.px(6))
        numbers.addWidget(self.value, 0, Qt.AlignmentFlag.AlignBaseline)
        numbers.addWidget(self.band, 1, Qt.AlignmentFlag.AlignBaseline)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.px(6))
        layout.setSpacing(theme.px(2))
        layout.addLayout(top)
        layout.addLayout(numbers)
        layout.addWidget(self.bar)
        layout.addWidget(self.words)
        layout.addWidget(self.meaning)

    def toggle(self) -> None:
        """Open or close the definition."""
        self.meaning.setVisible(self.meaning.isHidden())
        self._name()

    def show_number(self, number: CardNumber, *, whatif: bool) -> None:
        """Show a number, in the what-if's colour or in the record's."""
        text = TEXTS[self.figure]
        self.title.setText(title_words(number, self.tr))
        self.value.setText(short(self.figure, number.value))
        self.band.setText(band_words(number))
        self.bar.show_number(number, whatif=whatif)
        self.words.setText(sentence(number, self.tr))
        healthy = self.tr("Healthy: {range}").format(range=self.tr(text.healthy))
        self.meaning.setText(f"{self.tr(text.definition)} {healthy}")
        self._name()

    def _name(self) -> None:
        """Say to screen readers what the button does, and all that the row shows."""
        self.asked.setAccessibleName(self.tr("What does this mean: {title}").format(title=self.title.text()))
        shown = " ".join(part for part in (self.value.text(), self.band.text(), self.words.text()) if part)
        self.asked.setAccessibleDescription(shown if self.meaning.isHidden() else f"{shown} {self.meaning.text()}")
