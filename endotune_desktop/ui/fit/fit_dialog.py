"""The fit card: how far from typical, what labs taught, each result against the course, what makes the band wide."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.edits import Edit, RecordChange
from endotune_desktop.clinic.records import LabResult
from endotune_desktop.tuning.explaining import Result
from endotune_desktop.tuning.fit_card import FitCard, distance_of, words_of
from endotune_desktop.ui.dialogs.reading_dialog import ReadingDialog
from endotune_desktop.ui.fit.band_box import BandBox
from endotune_desktop.ui.fit.bars import LearnedBar, ResidualBar
from endotune_desktop.ui.fit.fit_words import (
    alike_words,
    cycle_words,
    former_words,
    pull_words,
    reason_words,
    residual_words,
    result_words,
    state_words,
    told_words,
    tr,
    value_words,
)
from endotune_desktop.ui.relay import Relay, Relayed
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import DASH
from endotune_desktop.ui.widgets.pieces import button, chip, clear_layout, label, restyle
from endotune_desktop.workbench.changes import Changes, Topic
from endotune_desktop.workbench.session import Session


class FitDialog(ReadingDialog, Relayed):
    """Stays open beside the plots and follows record, course and crosshair."""

    follows = True

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Fit of this patient"), (780, 900), parent)
        self._session = session
        self._said: tuple[object, ...] = ()
        self._whose = ("", "")
        self.state = chip("")
        self.former = label("", "second")
        self.distance = label("", "strong", wrap=True)
        self._upper_part, self._lower_part = QWidget(), QWidget()
        self._body, self._lower = QVBoxLayout(self._upper_part), QVBoxLayout(self._lower_part)
        for layout in (self._body, self._lower):
            layout.setContentsMargins(0, theme.px(8), 0, theme.px(8))
            layout.setSpacing(theme.px(6))
        self.bands = BandBox(session, theme)
        head = QHBoxLayout()
        head.addWidget(self.state)
        head.addWidget(self.former)
        head.addStretch(1)
        self.column.addLayout(head)
        for part in (self.distance, self._upper_part, self.bands, self._lower_part):
            self.add(part)
        self.end()
        self._relay = Relay(self)
        self._unsubscribe = session.subscribe(self._on_changes)
        self.destroyed.connect(self._unsubscribe)
        self.refresh()
        session.want_parts(True)

    def _on_changes(self, changes: Changes) -> None:
        if self._session.whatif.dragging:
            return
        if changes.touch(Topic.OPENED, Topic.AXIS, Topic.RECORD, Topic.COURSE, Topic.VIEW):
            self._relay.ask("card", self.refresh)
        elif changes.touch(Topic.CROSSHAIR):
            self._relay.ask("bands", self.bands.refresh)

    def refresh(self) -> None:
        """Show the newest fit; what is said already stays as it is."""
        session, view = self._session, self._session.course
        tone, words, under_way = state_words(session)
        self.state.setText(words)
        restyle(self.state, "tone", tone)
        card = view.card if view is not None else None
        whose = "" if session.record is None else session.record.patient.id
        # What a newer fit is about to replace stays, out of reach, instead of going and coming back.
        former = former_words(session)
        self.former.setText(former)
        self.former.setVisible(bool(former))
        replaced = bool(former) or (card is None and under_way)
        for part in (self._upper_part, self._lower_part):
            part.setEnabled(not replaced)
        if replaced and (whose, session.axis.id) == self._whose:
            self.bands.refresh()
            return
        said, self._whose = (card, session.record, session.unit_system), (whose, session.axis.id)
        if any(now is not before for now, before in zip(said, self._said or (object(),) * 3, strict=True)):
            self._said = said
            clear_layout(self._body)
            clear_layout(self._lower)
            self.distance.setText(tr(distance_of(card)) if card is not None else "")
            if card is not None:
                self._say(card)
        self.bands.refresh()

    def _say(self, card: FitCard) -> None:
        if card.uncertain:
            line = QHBoxLayout()
            line.addWidget(chip(tr("Uncertain"), "warn"))
            line.addWidget(label(tr(card.uncertain), wrap=True), 1)
            self._body.addLayout(line)
        self._body.addWidget(label(tr("How far from typical, and who says so"), "head"))
        self._body.addWidget(label(told_words(card), "second", wrap=True))
        self._body.addLayout(self._person(card))
        if cycle_words(card):
            self._body.addWidget(label(cycle_words(card), "second", wrap=True))
        for first, second, rho in card.alike:
            self._body.addWidget(label(alike_words(first, second, rho), "second", wrap=True))
        self._lower.addWidget(label(tr("Each result against this patient's course"), "head"))
        bars = tr("Bars lead from the course to the result; thin lines stand three standard deviations away.")
        self._lower.addWidget(label(bars, "caption", wrap=True))
        self._lower.addLayout(self._results(card))
        posterior = card.fit.posterior
        if posterior is not None:
            words = tr("Draws: {count}, {way}; effective {effective}; k {k}; seed fixed").format(
                count=posterior.z.shape[0], way=posterior.way, effective=f"{posterior.effective:.0f}",
                k=f"{posterior.k:.2f}" if math.isfinite(posterior.k) else DASH,
            )  # fmt: skip
            self._lower.addWidget(label(words, "caption", wrap=True))

    def _person(self, card: FitCard) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._theme.px(12))
        heads = ("", tr("estimate (90 % interval)"), tr("against typical"), tr("learned from these labs"))
        for place, words in enumerate(heads):
            grid.addWidget(label(words, "caption"), 0, place, 1, 2 if place == len(heads) - 1 else 1)
        for row, estimate in enumerate(card.person, start=1):
            grid.addWidget(label(words_of(estimate), wrap=True), row, 0)
            grid.addWidget(label(value_words(card, estimate), "second"), row, 1)
            grid.addWidget(label(tr(estimate.distance), "second"), row, 2)
            learned = tr("{n} % learned from these labs").format(n=f"{100.0 * max(estimate.learned, 0.0):.0f}")
            grid.addWidget(LearnedBar(self._theme, estimate.learned, learned), row, 3)
            grid.addWidget(label(tr(estimate.taught), "caption"), row, 4)
        grid.setColumnStretch(0, 1)
        return grid

    def _results(self, card: FitCard) -> QGridLayout:
        grid, row = QGridLayout(), 0
        grid.setHorizontalSpacing(self._theme.px(12))
        record = self._session.record
        labs = {lab.id: lab for lab in record.labs} if record is not None else {}
        for result in sorted(card.results, key=lambda result: not result.doubtful):
            seen = card.fit.observations[result.index]
            lab = labs.get(seen.id)
            if lab is not None and lab.value == seen.value:  # else it was changed since, and is being fitted again
                row = self._result(grid, row, card, result, lab)
        for lab in labs.values():
            if lab.set_aside and lab.analyte in {marker.analyte for marker in self._session.axis.markers}:
                grid.addWidget(label(_named(lab)), row, 0)
                grid.addWidget(label(tr("set aside, not used"), "second"), row, 1)
                grid.addWidget(self._aside(lab, tr("Use again")), row, 4)
                row += 1
        grid.setColumnStretch(0, 1)
        return grid

    def _result(self, grid: QGridLayout, row: int, card: FitCard, result: Result, lab: LabResult) -> int:
        """Put a result into a row, its doubts into the next one; return the row after."""
        grid.addWidget(label(_named(lab)), row, 0)
        grid.addWidget(label(result_words(self._session, lab, result), "second"), row, 1)
        grid.addWidget(ResidualBar(self._theme, result.residual, residual_words(result)), row, 2)
        if result.index == card.strongest:
            grid.addWidget(label(pull_words(result), "caption", wrap=True), row, 3)
        grid.addWidget(self._aside(lab, tr("Set aside")), row, 4)
        if not result.doubtful:
            return row + 1
        doubt = QHBoxLayout()
        doubt.setContentsMargins(0, 0, 0, self._theme.px(6))
        doubt.setSpacing(self._theme.px(8))
        doubt.addWidget(chip(tr("?"), "warn"), 0, Qt.AlignmentFlag.AlignTop)
        doubt.addWidget(label(reason_words(result), wrap=True), 1)
        grid.addLayout(doubt, row + 1, 0, 1, 5)
        return row + 2

    def _aside(self, lab: LabResult, words: str) -> QWidget:
        found = button(words, lambda: self.turn(lab), kind="link", name=f"{words}: {_named(lab)}")
        found.setEnabled(not self._session.read_only)
        return found

    def turn(self, lab: LabResult) -> None:
        """Set a result aside, or take it back in; undoable."""
        title = ANALYTES[lab.analyte].title
        words = tr("Use {name} again") if lab.set_aside else tr("Set {name} aside")
        after = replace(lab, set_aside=not lab.set_aside)
        self._session.edit(Edit(words.format(name=title), (RecordChange(lab, after),)))

    def done(self, result: int) -> None:
        """Stop listening."""
        self._unsubscribe()
        self._relay.forget()
        self._session.want_parts(False)
        super().done(result)


def _named(lab: LabResult) -> str:
    return f"{ANALYTES[lab.analyte].title}, {lab.drawn_at:%-d %b %Y}"
