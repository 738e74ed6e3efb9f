"""Every link of the shown axis to another one, with its size and source."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from endotune_desktop.tuning.cross_axis import Links
from endotune_desktop.ui.dialogs.reading_dialog import ReadingDialog
from endotune_desktop.ui.links.link_words import (
    applied_words,
    level_tone,
    level_words,
    rule_details,
    rule_words,
    unapplied_words,
)
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import chip, label


class LinkDialog(ReadingDialog):
    """A page to read: rules first, then what is in the curves, then what is not and why."""

    def __init__(self, links: Links, axis_title: str, theme: Theme, parent: QWidget | None = None) -> None:
        title = self.tr("{axis}: other axes and findings").format(axis=axis_title)
        super().__init__(theme, title, (680, 900), parent)
        if links.rules:
            self.add_head(self.tr("What to mind"))
        for rule in links.rules:
            self._entry(level_words(rule.level), level_tone(rule.level), rule_words(rule), rule_details(rule))
        if links.applied:
            self.add_head(self.tr("In the curves"))
        for change in links.applied:
            self._entry(self.tr("Applied"), "whatif", applied_words(change, short=True), change.effect.source)
        if links.said:
            self.add_head(self.tr("Not in the curves"))
        for entry in links.said:
            self._entry(self.tr("Said"), "", unapplied_words(entry, short=True), entry.effect.source)
        self.end()

    def _entry(self, head: str, tone: str, words: str, source: str) -> None:
        """Put the chip at the left, and right of it the words over their source."""
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(10))
        mark = chip(head, tone)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        mark.setMinimumWidth(self._theme.px(72))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        beside.setSpacing(self._theme.px(2))
        beside.addWidget(label(words, wrap=True))
        beside.addWidget(label(source, "caption", wrap=True))
        row.addLayout(beside, 1)
        self.column.addLayout(row)
