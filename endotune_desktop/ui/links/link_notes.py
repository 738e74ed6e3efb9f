"""A line under the plots: the weightiest link to another axis, and a window with all of them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from endotune_desktop.tuning.cross_axis import Links
from endotune_desktop.ui.links.link_words import (
    applied_words,
    level_tone,
    level_words,
    rule_details,
    rule_words,
    unapplied_words,
)
from endotune_desktop.ui.relay import Relay
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import ElidedLabel, button, chip, label, restyle
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.cross_axis import CrossAxis
from endotune_desktop.workbench.session import Session


class LinkNotes(QWidget):
    """Hidden when nothing of another axis concerns the shown one, and until the table of the links was read.

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

    @property
    def busy(self) -> bool:
        """Return whether the links of the open patient are not shown yet."""
        return self._relay.busy

    def finish(self) -> None:
        """Show now what waits."""
        self._relay.finish()

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
            many = self.tr("{n} links to other axes") if len(lines) > 1 else self.tr("one link to another axis")
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
        dialog = LinkDialog(self, self._theme)
        dialog.exec()
        dialog.deleteLater()

    def closeEvent(self, event: object) -> None:
        """Stop listening."""
        self._unsubscribe()
        self._relay.forget()


class LinkDialog(QDialog):
    """A page to read: every link of the shown axis with its size and source."""

    def __init__(self, notes: LinkNotes, theme: Theme) -> None:
        super().__init__(notes)
        self.setWindowTitle(self.tr("Links to other axes"))
        page = QWidget()
        page.setProperty("kind", "sheet")
        column = QVBoxLayout(page)
        column.setSpacing(theme.px(6))
        for rule in notes.links.rules:
            row = QHBoxLayout()
            row.addWidget(chip(level_words(rule.level), level_tone(rule.level)))
            row.addWidget(label(rule_words(rule), "strong", wrap=True), 1)
            column.addLayout(row)
            column.addWidget(label(rule_details(rule), "caption", wrap=True))
        for change in notes.links.applied:
            column.addWidget(label(applied_words(change), wrap=True))
            column.addWidget(label(change.effect.source, "caption", wrap=True))
        for entry in notes.links.said:
            column.addWidget(label(unapplied_words(entry), wrap=True))
            column.addWidget(label(entry.effect.source, "caption", wrap=True))
        column.addWidget(label(self.tr("Options; the clinician decides."), "strong"))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(area, 1)
        layout.addWidget(buttons)
        self.resize(theme.px(620), theme.px(480))
