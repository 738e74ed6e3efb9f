"""The menu of axes: the patient's own, the others that fit, and what can be done with the one that is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from endotune_desktop.ui.axes.axis_words import state_words
from endotune_desktop.workbench.axis_choice import AxisEntry
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.session import Session

MOST_KEYS = 9
"""Axes that are reached by Alt and a digit."""


class AxisMenu(QMenu):
    """Alt and a digit show an axis; adding one to the record and removing one are edits that undo takes back."""

    def __init__(self, session: Session, about: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setTitle(self.tr("A&xis"))
        self._entries: tuple[AxisEntry, ...] = ()
        self.choices = [self._choice(number) for number in range(MOST_KEYS)]
        self._others_from = self.addSeparator()
        self.addSeparator()
        self.put = self.addAction("", lambda: session.add_axis(session.axis.id))
        self.take_off = self.addAction("", lambda: session.remove_axis(session.axis.id))
        self.addSeparator()
        self.addAction(self.tr("About this model …"), about)
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        self.refresh()

    def _choice(self, number: int) -> QAction:
        action = self.addAction("", lambda: self.choose(number))
        action.setCheckable(True)
        action.setShortcut(QKeySequence(f"Alt+{number + 1}"))
        return action

    def choose(self, number: int) -> None:
        """Show the axis at a place of the menu."""
        if number < len(self._entries):
            self._session.show_axis(self._entries[number].axis.id)
        self.refresh()

    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(Topic.OPENED, Topic.AXIS, Topic.RECORD, Topic.VIEW):
            self.refresh()

    def refresh(self) -> None:
        """Write what is offered now."""
        session = self._session
        self._entries = session.axes
        own = sum(entry.own for entry in self._entries)
        for number, action in enumerate(self.choices):
            known = number < len(self._entries)
            action.setVisible(known)
            action.setEnabled(known)
            if known:
                entry = self._entries[number]
                action.setText(f"{entry.axis.title}: {state_words(entry, session.unit_system)}")
                action.setChecked(entry.axis.id == session.axis.id)
        if 0 < own < len(self._entries):
            self.insertAction(self.choices[own], self._others_from)
        self._others_from.setVisible(0 < own < len(self._entries))
        title = session.axis.title
        shown = next((entry for entry in self._entries if entry.axis.id == session.axis.id), None)
        may = shown is not None and not session.read_only
        self.put.setText(self.tr("Add {axis} to the record").format(axis=title))
        self.put.setEnabled(may and shown is not None and not shown.own)
        self.take_off.setText(self.tr("Take {axis} off the record").format(axis=title))
        self.take_off.setEnabled(may and shown is not None and shown.own and own > 1)

    def stop(self) -> None:
        """Stop listening."""
        self._unsubscribe()
