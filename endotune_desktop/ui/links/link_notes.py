"""A line under the plots: the weightiest link to another axis, and a window with all of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from endotune_desktop.tuning.cross_axis import Links
from endotune_desktop.ui.links.link_dialog import LinkDialog
from endotune_desktop.ui.links.link_words import (
    applied_words,
    level_tone,
    level_words,
    rule_words,
    unapplied_words,
)
from endotune_desktop.ui.relay import Relay, Relayed
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import ElidedLabel, button, chip, restyle
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.cross_axis import CrossAxis
from endotune_desktop.workbench.session import Session


class LinkNotes(QWidget, Relayed):
    """Hidden when no other axis and no finding concerns the shown one, and until the table of the links was read.

    The table names markers and agents of every axis: reading it takes a tenth of a second, which is not spent on the
    window's thread. Who has read it elsewhere calls `refresh`.

    Attributes
    ----------
    links : Links
        Of the shown axis.
    """

    def __init__(self, session: Session, cross_axis: CrossAxis, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._cross_axis, self._theme = session, cross_axis, theme
        self.links = Links((), (), ())
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.level = chip("")
        self.words = ElidedLabel("")
        self.more = button("", self.show_all, theme=theme, icon="link", kind="flat")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(4))
        row.setSpacing(theme.px(8))
        row.addWidget(self.level)
        row.addWidget(self.words, 1)
        row.addWidget(self.more)
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        self._relay = Relay(self)
        self.refresh()

    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(Topic.OPENED, Topic.AXIS, Topic.RECORD, Topic.WHATIF) and not self._session.whatif.dragging:
            self._relay.ask("links", self.refresh)

    def refresh(self) -> None:
        """Look at the record and the plan anew."""
        session = self._session
        if session.record is None or not self._cross_axis.read:
            self.links = Links((), (), ())
        else:
            plan = session.whatif.plan if session.whatif.differs else None
            whole = self._cross_axis.links(session.record, session.today(), session.axis, plan)
            self.links = whole.for_axis(session.axis.id)
        lines = self.lines()
        self.setVisible(bool(lines))
        if lines:
            tone, head, words = lines[0]
            self.level.setText(head)
            restyle(self.level, "tone", tone)
            self.words.setText(words)
            many = self.tr("{n} notes") if len(lines) > 1 else self.tr("one note")
            self.more.setText(many.format(n=len(lines)))
            self.more.setAccessibleName(f"{head}: {words}. {self.more.text()}")

    def lines(self) -> list[tuple[str, str, str]]:
        """Return tone, head and words of every link, the weightiest first."""
        found = [(level_tone(rule.level), level_words(rule.level), rule_words(rule)) for rule in self.links.rules]
        found += [("whatif", self.tr("Applied"), applied_words(change)) for change in self.links.applied]
        found += [("", self.tr("Said"), unapplied_words(entry)) for entry in self.links.said]
        return found

    def show_all(self) -> None:
        """Open the window with all links."""
        dialog = self.dialog()
        dialog.exec()
        dialog.deleteLater()

    def dialog(self) -> LinkDialog:
        """Return the window with all links, not shown yet."""
        return LinkDialog(self.links, self._session.axis.title, self._theme, self)

    def closeEvent(self, event: object) -> None:
        """Stop listening."""
        self._unsubscribe()
        self._relay.forget()
