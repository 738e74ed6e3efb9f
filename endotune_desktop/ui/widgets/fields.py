"""A field with its label above and, when it is refused, one sentence with the likely repair; what was typed stays."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from endotune_desktop.clinic.errors import InputRefused
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import ElidedLabel, button, clear_layout, label, restyle
from endotune_desktop.workbench.plausibility import Repair, own_repairs

WORD_JOINER = "\u2060"
"""Keeps a unit on one line: ``mIU/L`` is not broken at its stroke."""


class RefusalNote(QWidget):
    """An icon, one sentence, and a link for each entry that was probably meant.

    Attributes
    ----------
    words : str
        The sentence that was said last.

    Signals
    -------
    repaired(object)
        The `Repair` that a person took.
    """

    repaired = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._tone = theme, "bad"
        self.words = ""
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.sentence = label("", "bad", wrap=True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._links = QVBoxLayout()
        self._links.setSpacing(0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.sentence)
        words.addLayout(self._links)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(2), 0, theme.px(2))
        row.setSpacing(theme.px(6))
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        theme.changed.connect(self._dress)
        self.hide()

    def _dress(self) -> None:
        icon = "circle-alert" if self._tone == "bad" else "triangle-alert"
        self._icon.setPixmap(self._theme.pixmap(icon, self._tone, 14))

    def say(self, words: str, repairs: tuple[Repair, ...], tone: str) -> None:
        """Show a sentence in a tone (bad: refused, warn: asked about) and the links under it."""
        self._tone = tone
        self._dress()
        self.words = words
        self.sentence.setText(words.replace("/", f"/{WORD_JOINER}"))
        restyle(self.sentence, "kind", tone)
        clear_layout(self._links)
        for repair in repairs:
            use = self.tr("Use {entry}").format(entry=repair.words)
            self._links.addWidget(button(use, partial(self.repaired.emit, repair), kind="link"))
        self.show()

    def links(self) -> list[QWidget]:
        """Return the links, likeliest first."""
        found = (self._links.itemAt(index) for index in range(self._links.count()))
        return [widget for item in found if item is not None and (widget := item.widget()) is not None]


class _Field(QWidget):
    """What a line and a choice have in common: label above, note below, a border that shows a refusal."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        edited: QLineEdit | QComboBox,
        parent: QWidget | None,
        note: RefusalNote | None = None,
    ) -> None:
        super().__init__(parent)
        self._edited = edited
        self._said = ""
        edited.setAccessibleName(title)
        self.note = note or RefusalNote(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(2))
        if title:
            layout.addWidget(ElidedLabel(title, "caption"))
        layout.addWidget(edited)
        if note is None:
            layout.addWidget(self.note)
        self.setFocusProxy(edited)

    def set_compact(self) -> None:
        """Take the height of a dense row."""
        self._edited.setProperty("kind", "compact")

    def refuse(
        self, refusal: InputRefused, repairs: tuple[Repair, ...] | None = None, *, asked: bool = False, more: str = ""
    ) -> None:
        """Show why the entry is not accepted, or asked about; the text stays.

        Parameters
        ----------
        refusal : InputRefused
        repairs : tuple of Repair, optional
            Links under the sentence; those of the refusal itself by default.
        asked : bool
            Whether it is a question that may be answered by keeping the entry.
        more : str
            A sentence behind the refusal.
        """
        what = refusal.what[:1].upper() + refusal.what[1:]
        words = f"{what}. {self.tr('Accepted')}: {refusal.accepted}." if refusal.accepted else f"{what}."
        words = f"{words} {more}".strip()
        self._said = words
        self.note.say(words, own_repairs("", refusal) if repairs is None else repairs, "warn" if asked else "bad")
        restyle(self._edited, "refused", "asked" if asked else "true")
        self._edited.setAccessibleDescription(words)

    def accept_entry(self) -> None:
        """Take the refusal away; what another field has said in a shared note stays."""
        if not self._said:
            return
        if self.note.words == self._said:
            self.note.hide()
        self._said = ""
        restyle(self._edited, "refused", "false")
        self._edited.setAccessibleDescription("")

    @property
    def refusal(self) -> str:
        """Return the sentence that is said of this field, empty when none is."""
        return self._said


class TextField(_Field):
    """A line of text with a label and room for a refusal, below it or in a note that several fields share.

    Signals
    -------
    edited()
        Something was typed.
    entered()
        Enter, or focus left after a change, or a likely repair was taken.
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
        note: RefusalNote | None = None,
    ) -> None:
        self.line = QLineEdit(text)
        super().__init__(theme, title, self.line, parent, note)
        self.line.setPlaceholderText(hint)
        self.line.setMinimumWidth(theme.px(48))
        self.line.textEdited.connect(lambda _: self._typed())
        self.line.editingFinished.connect(self.entered.emit)
        self.note.repaired.connect(self._repair)

    def _typed(self) -> None:
        self.accept_entry()
        self.edited.emit()

    def _repair(self, repair: Repair) -> None:
        """Take a repair of this very field; one that belongs to another is left to the form."""
        if not repair.field and self._said:
            self.line.setFocus()
            self.set_text(repair.text)
            self.entered.emit()

    @property
    def text(self) -> str:
        """Return what is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Show a text and forget a refusal."""
        self.line.setText(text)
        self.line.setCursorPosition(0)
        self.accept_entry()


class _Choice(QComboBox):
    """A combo box that a wheel over a list does not change unseen, and that may become narrower than its words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits of the words, and the chevron for which the style sheet leaves room."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        words = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        option.currentText = words
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        side = self._theme.px(12)
        chevron = self._theme.pixmap("chevron-down", "text2" if self.isEnabled() else "disabled", 12)
        painter.drawPixmap(self.width() - side - self._theme.px(5), (self.height() - side) // 2, chevron)
        self.setToolTip(self.currentText() if words != self.currentText() else "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("MMMM"), super().minimumSizeHint().height())


class ChoiceField(_Field):
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
        self.box = _Choice(theme)
        super().__init__(theme, title, self.box, parent)
        self.offer(entries, chosen)
        self.box.activated.connect(lambda _: self._choose())

    def _choose(self) -> None:
        self.accept_entry()
        self.chosen.emit(self.value)

    @property
    def value(self) -> str:
        """Return the id that is chosen."""
        return str(self.box.currentData() or "")

    def offer(self, entries: list[tuple[str, str]], chosen: str = "") -> None:
        """Offer other entries of (id, words), one of them chosen."""
        self.box.clear()
        for entry_id, words in entries:
            self.box.addItem(words, entry_id)
        self.choose(chosen)

    def choose(self, entry_id: str) -> None:
        """Choose without telling anybody."""
        index = self.box.findData(entry_id)
        if index >= 0:
            self.box.setCurrentIndex(index)
        self.accept_entry()
