"""The row over the sheet: the patient's axes side by side, a button for the others, and how the shown one stands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from endotune_desktop.physiology.registry import AxisCard
from endotune_desktop.ui.axes.axis_menu import AxisMenu
from endotune_desktop.ui.axes.axis_words import state_words
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.pieces import ElidedLabel, button
from endotune_desktop.ui.widgets.segmented import SegmentedControl
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.session import Session

DIFFERS = " •"
"""Behind the name of an axis whose what-if differs from the record."""


class AxisRow(QWidget):
    """Arrows move among the patient's axes; the button opens the menu with all that fit.

    An axis that is looked at without being on the record stands behind the patient's own.
    """

    def __init__(self, session: Session, theme: Theme, menu: AxisMenu) -> None:
        super().__init__()
        self._session, self._theme, self._menu = session, theme, menu
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown: list[AxisCard] = []
        self._dress: object = None
        self.axes = SegmentedControl(theme, [session.axis.title], self.tr("Axis"))
        self.axes.chosen.connect(lambda index: session.show_axis(self._shown[index].id))
        self.all = button(
            self.tr("All axes"), self._open_menu, theme=theme, icon="chevron-down", kind="flat",
            name=self.tr("All axes that fit this person"), tip=self.tr("All axes (Alt 1 to 9)"),
        )  # fmt: skip
        self.state = ElidedLabel("", "caption")
        self.add = button(self.tr("Add to the record"), lambda: session.add_axis(session.axis.id), theme=theme,
                          icon="plus", kind="link")  # fmt: skip
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(4), theme.px(16), theme.px(4))
        row.setSpacing(theme.px(8))
        row.addWidget(self.axes)
        row.addWidget(self.all)
        row.addWidget(self.state, 1)
        row.addWidget(self.add)
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        self.refresh()

    def _open_menu(self) -> None:
        self._menu.popup(self.all.mapToGlobal(self.all.rect().bottomLeft()))

    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(Topic.OPENED, Topic.AXIS, Topic.RECORD, Topic.VIEW, Topic.WHATIF):
            self.refresh()

    def refresh(self) -> None:
        """Show the axes as they are now; nothing is touched when they look as before."""
        session = self._session
        entries = session.axes
        shown = [entry for entry in entries if entry.own or entry.axis.id == session.axis.id]
        words = [f"{entry.axis.title}{DIFFERS if entry.differs else ''}" for entry in shown] or [session.axis.title]
        here = next((i for i, entry in enumerate(shown) if entry.axis.id == session.axis.id), 0)
        state = state_words(shown[here], session.unit_system) if shown else ""
        may_add = bool(shown) and not shown[here].own and not session.read_only
        dress = (words, here, state, may_add, len(entries))
        if dress == self._dress:
            return
        self._dress = dress
        self._shown = [entry.axis for entry in shown]
        self.axes.set_words(words)
        self.axes.set_index(here)
        self.axes.setEnabled(bool(shown))
        self.all.setEnabled(len(entries) > 1)
        self.state.setText(state)
        self.add.setVisible(may_add)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop listening."""
        self._unsubscribe()
