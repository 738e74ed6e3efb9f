"""A field with its label above and, when it is refused, one sentence below; what was typed stays."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import label, restyle


class TextField(QWidget):
    """A line of text with a label and room for a refusal, below it or in a label that several fields share.

    Signals
    -------
    edited()
        Something was typed.
    entered()
        Enter, or focus left after a change.
    """

    edited = Signal()
    entered = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        text: str = "",
        hint: str = "",
        parent: QWidget | None = None,
        note: QLabel | None = None,
    ) -> None:
        super().__init__(parent)
        self.line = QLineEdit(text)
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(title)
        self.line.setMinimumWidth(theme.px(48))
        self._said = ""
        self._refusal = note or label("", "bad", wrap=True)
        self._refusal.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(2))
        if title:
            layout.addWidget(label(title, "caption"))
        layout.addWidget(self.line)
        if note is None:
            layout.addWidget(self._refusal)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(lambda _: self._typed())
        self.line.editingFinished.connect(self.entered.emit)

    def _typed(self) -> None:
        self.accept_entry()
        self.edited.emit()

    @property
    def text(self) -> str:
        """Return what is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Show a text and forget a refusal."""
        self.line.setText(text)
        self.line.setCursorPosition(0)
        self.accept_entry()

    def refuse(self, refusal: InputRefused) -> None:
        """Show why the entry is not accepted; the text stays."""
        what = refusal.what[:1].upper() + refusal.what[1:]
        words = f"{what}. {self.tr('Accepted')}: {refusal.accepted}." if refusal.accepted else f"{what}."
        self._said = words
        self._refusal.setText(words)
        self._refusal.show()
        restyle(self.line, "refused", "true")
        self.line.setAccessibleDescription(words)

    def accept_entry(self) -> None:
        """Take the refusal away."""
        if self._said:
            if self._refusal.text() == self._said:
                self._refusal.hide()
            self._said = ""
            restyle(self.line, "refused", "false")
            self.line.setAccessibleDescription("")

    @property
    def refusal(self) -> str:
        """Return the sentence that is shown, empty when none is."""
        return self._said


class ChoiceField(QWidget):
    """A choice among many, with a label.

    Signals
    -------
    chosen(str)
        The id that a person chose.
    """

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, title: str, entries: list[tuple[str, str]], chosen: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.box = QComboBox()
        self.box.setAccessibleName(title)
        for entry_id, words in entries:
            self.box.addItem(words, entry_id)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(2))
        if title:
            layout.addWidget(label(title, "caption"))
        layout.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.choose(chosen)
        self.box.activated.connect(lambda _: self.chosen.emit(self.value))

    @property
    def value(self) -> str:
        """Return the id that is chosen."""
        return str(self.box.currentData() or "")

    def choose(self, entry_id: str) -> None:
        """Choose without telling anybody."""
        index = self.box.findData(entry_id)
        if index >= 0:
            self.box.setCurrentIndex(index)
