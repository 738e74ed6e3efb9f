"""The right side of the window: the what-if, apart from the record until it is adopted."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from endotune_desktop.ui.relay import Relay, Relayed
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.whatif.adopt_dialog import AdoptDialog
from endotune_desktop.ui.whatif.agent_card import AgentCard
from endotune_desktop.ui.whatif.physiology_card import PhysiologyCard
from endotune_desktop.ui.whatif.scenario_table import ScenarioTable
from endotune_desktop.ui.whatif.served_card import kind_of
from endotune_desktop.ui.widgets.pieces import button, chip, hairline, label, restyle
from endotune_desktop.ui.words import plan_words
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.session import Session


class WhatIfPanel(QWidget, Relayed):
    """Agent cards, physiology, scenarios, and a foot with Reset and Adopt.

    Another patient's plan is shown one part an event, so that no event is long; what the hand does is shown at once.

    Signals
    -------
    adopted(str)
        A plan was written to the record, in words.
    """

    adopted = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._slots: list[AgentCard] = []
        self._relay = Relay(self)
        self._build()
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        theme.changed.connect(self._restyle)
        self.refresh()

    def _build(self) -> None:
        theme = self._theme
        self.state = chip("", "whatif")
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(6))
        head.addWidget(label(self.tr("What if"), "strong"))
        head.addStretch(1)
        head.addWidget(self.state)
        inner = QWidget()
        inner.setProperty("kind", "panel")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(theme.px(8))
        self.physiology = PhysiologyCard(self._session, theme)
        self.scenarios = ScenarioTable(self._session, theme)
        self.add = button(self.tr("Add agent"), self._show_add, theme=theme, icon="plus", kind="link")
        self.keep = button(self.tr("Keep"), self.keep_scenario, theme=theme, icon="plus", kind="compact")
        table_head = QHBoxLayout()
        table_head.addWidget(label(self.tr("Scenarios, settled after 12 weeks"), "head"))
        table_head.addStretch(1)
        table_head.addWidget(self.keep)
        column = QVBoxLayout(inner)
        column.setContentsMargins(theme.px(12), 0, theme.px(12), theme.px(8))
        column.setSpacing(theme.px(8))
        column.addLayout(self._cards)
        column.addWidget(self.add)
        column.addWidget(self.physiology)
        column.addLayout(table_head)
        column.addWidget(self.scenarios)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setProperty("kind", "panel")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inner)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.area, 1)
        layout.addWidget(hairline())
        layout.addLayout(self._foot())

    def _foot(self) -> QVBoxLayout:
        theme = self._theme
        self.reset = button(self.tr("Reset"), lambda: self._session.whatif.reset(self.tr("Reset what-if")))
        self.adopt = button(self.tr("Adopt as plan …"), self.ask_adopt, theme=theme, icon="check", kind="primary")
        self.reason = label("", "caption")
        self.reason.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.reset, 2)
        row.addWidget(self.adopt, 3)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(8))
        foot.setSpacing(theme.px(6))
        foot.addLayout(row)
        foot.addWidget(self.reason)
        return foot

    def _restyle(self) -> None:
        """Make the cards anew in the theme's sizes."""
        self._drop(list(self._slots))
        self.refresh()

    # ---- showing ---------------------------------------------------------------------------------------------------
    @property
    def cards(self) -> list[AgentCard]:
        """Return the cards that are built, from the top."""
        return [card for card in self._slots if card.complete]

    def _on_changes(self, changes: Changes) -> None:
        if changes.touch(Topic.OPENED, Topic.AXIS):
            self.physiology.leave()
            self._ask()
        elif changes.touch(Topic.WHATIF, Topic.RECORD, Topic.MARKET):
            self.refresh()

    def refresh(self) -> None:
        """Show the plan now; cards are made anew only when the agents are others.

        While a drag goes on the card under the hand writes its own words and no other card changes.
        """
        self._ask()
        self._relay.finish()

    def _ask(self) -> None:
        """Ask for every part in an event of its own."""
        if not self._session.whatif.dragging:
            self._relay.ask("cards", self._arrange_cards)
        self._relay.ask("physiology", self.physiology.refresh)
        self._relay.ask("foot", self._show_foot)

    def _arrange_cards(self) -> None:
        """Find a card for every regimen, the former ones where they fit; the others go at once."""
        session = self._session
        regimens = session.whatif.regimens if session.record is not None else ()
        free = [card for card in self._slots if card.complete and (card.idle or not card.of_another)]
        wanted = [kind_of(session, regimen) for regimen in regimens]
        found = []
        for kind in wanted:
            fitting = next((card for card in free if card.kind == kind), None)
            if fitting is not None:
                free.remove(fitting)
            found.append(fitting)
        self._drop([card for card in self._slots if card not in found])
        self._slots = []
        for index, former in enumerate(found):
            card = former or AgentCard(session, self._theme, index)
            if former is not None:
                card.serve(index)
            if self._cards.indexOf(card) != index:
                self._cards.removeWidget(card)
                self._cards.insertWidget(index, card)
            self._slots.append(card)
            self._relay.ask(card, partial(self._go_on, card))

    def _go_on(self, card: AgentCard) -> None:
        """Build a card a step further, and show it once it is complete; not one that has been dropped meanwhile."""
        if card not in self._slots:
            return
        if not card.complete and not card.build_on():
            self._relay.ask(card, partial(self._go_on, card))
            return
        card.refresh()
        card.show()

    def _drop(self, cards: list[AgentCard]) -> None:
        for card in cards:
            self._slots.remove(card)
            self._cards.removeWidget(card)
            card.hide()
            card.setParent(None)
            card.deleteLater()

    def _show_foot(self) -> None:
        open_now = self._session.record is not None
        for widget in (self.physiology, self.add, self.scenarios, self.keep):
            widget.setEnabled(open_now)
        differs = open_now and self._session.whatif.differs
        self.state.setText(self.tr("differs from the record") if differs else self.tr("same as the record"))
        restyle(self.state, "tone", "whatif" if differs else "")
        self.reset.setEnabled(differs)
        self.adopt.setEnabled(differs and not self._session.read_only)
        record = self._session.record
        sandbox = record is not None and record.patient.sandbox
        self.adopt.setText(self.tr("Adopt in the sandbox …") if sandbox else self.tr("Adopt as plan …"))
        if not open_now:
            words = self.tr("No patient is chosen.")
        elif self._session.read_only:
            words = self._session.read_only
        elif not differs:
            words = self.tr("Nothing differs from the record yet.")
        else:
            words = self.tr("Nothing reaches the record until it is adopted.")
        self.reason.setText(words)

    # ---- hands -----------------------------------------------------------------------------------------------------
    def _show_add(self) -> None:
        menu = self.add_menu()
        menu.exec(self.add.mapToGlobal(self.add.rect().bottomLeft()))
        menu.deleteLater()

    def add_menu(self) -> QMenu:
        """Return the agents that are given as a regimen on this axis."""
        whatif = self._session.whatif
        menu = QMenu(self)
        for entry in self._session.axis.agents:
            if entry.chronic:
                words = self.tr("Add {name}").format(name=entry.agent.title)
                menu.addAction(entry.agent.title).triggered.connect(
                    lambda _=False, e=entry, w=words: whatif.commit(whatif.with_new_order(e), w)
                )
        return menu

    def keep_scenario(self) -> None:
        """Keep the what-if under the next letter, named by its doses."""
        if self._session.record is not None:
            self._session.kept.keep(plan_words(self._session.whatif.plan))

    def ask_adopt(self) -> None:
        """Show the order in words and adopt it when it is confirmed."""
        dialog = AdoptDialog(self._session, self._theme, self)
        if dialog.exec() == AdoptDialog.DialogCode.Accepted:
            day = dialog.first_day()
            words = plan_words(self._session.whatif.plan)
            said = self.tr("{plan} adopted from {day:%d %b %Y}").format(plan=words, day=day)
            self._session.kept.adopt(day, lambda: self.adopted.emit(said))
        dialog.deleteLater()

    def closeEvent(self, event: object) -> None:
        """Stop listening."""
        self._unsubscribe()
        self._relay.forget()
