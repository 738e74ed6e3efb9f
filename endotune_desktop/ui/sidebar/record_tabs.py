"""The record under the chosen patient: labs, doses, visits with vitals, symptoms; newest first, edited in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from endotune_desktop.clinic.analytes import ANALYTES
from endotune_desktop.clinic.edits import RecordChange
from endotune_desktop.clinic.records import (
    Finding,
    LabResult,
    Medication,
    PatientRecord,
    Record,
    SymptomScore,
    Visit,
    Vitals,
)
from endotune_desktop.physiology.axis import Axis
from endotune_desktop.tuning.validity import Validity
from endotune_desktop.ui.courses.target_words import standing_sentence
from endotune_desktop.ui.forms import record_forms
from endotune_desktop.ui.forms.record_form import RecordForm
from endotune_desktop.ui.shown_units import unit_written
from endotune_desktop.ui.sidebar.drafts import Drafts, Target
from endotune_desktop.ui.sidebar.record_rows import Cell, Column
from endotune_desktop.ui.sidebar.record_table import RecordTable
from endotune_desktop.ui.theme.theme import Theme
from endotune_desktop.ui.widgets.numbers import NO_BREAK, shown_dose, shown_value
from endotune_desktop.ui.widgets.symptom_boxes import SymptomBoxes
from endotune_desktop.ui.words import (
    agent_title,
    day_words,
    every_words,
    finding_words,
    range_words,
    record_words,
    unit_words,
    vitals_words,
)
from endotune_desktop.workbench.axis_choice import knows
from endotune_desktop.workbench.forms import new_id
from endotune_desktop.workbench.references import lab_reference
from endotune_desktop.workbench.session import Session

NOT_A_TARGET = "∅"
"""Behind a result that is no target: an arrow would invite to mend it."""
MOST_IN_VIEW = 3
"""Analytes that have room beside the day; more are reached by scrolling."""

LAB_PX = 56
"""Width of a column of results, pixels of the design."""


class LabTable(RecordTable):
    """Results by drawing time, one column an analyte; a cell is edited by itself, an empty one begins a result."""

    kinds = ("lab",)
    by_cell = True

    def __init__(
        self, session: Session, theme: Theme, drafts: Drafts, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, theme, drafts, name, parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def contents(self, record: PatientRecord) -> tuple[list[Column], list[list[Cell]]]:
        """Return a row for each sample; a second result of one analyte in a sample gets a row of its own."""
        analytes = lab_columns(self._session.axis, record)
        system = self._session.unit_system
        columns = [Column(self.tr("Drawn"), 0 if len(analytes) <= MOST_IN_VIEW else 58)]
        for analyte in analytes:
            known = ANALYTES[analyte]
            columns.append(Column(f"{self._head(known.brief)}\n{unit_written(known.shown_in(system).id)}", LAB_PX))
        samples: dict[tuple[datetime, int], dict[str, LabResult]] = {}
        for lab in record.labs:
            again = 0
            while lab.analyte in samples.get((lab.drawn_at, again), {}):
                again += 1
            samples.setdefault((lab.drawn_at, again), {})[lab.analyte] = lab
        rows = []
        for moment, again in sorted(samples, key=lambda key: (key[0], -key[1]), reverse=True):
            found = samples[moment, again]
            row = [Cell(self._moment(moment), spoken=f"{moment:%-d %b %Y}")]
            row += [self._cell(record, analyte, moment, found.get(analyte)) for analyte in analytes]
            rows.append(row)
        return columns, rows

    def _head(self, title: str) -> str:
        """Return as much of a title as fits over its column: a header cuts where a word begins, not where it ends."""
        metrics, room = self._theme.metrics("caption", 500), self._theme.px(LAB_PX - 13)
        return metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)

    def _moment(self, moment: datetime) -> str:
        same_year = moment.year == self._session.today().year
        return f"{moment:%-d %b}" if same_year else f"{moment:%-d %b %y}"

    def _cell(self, record: PatientRecord, analyte: str, moment: datetime, lab: LabResult | None) -> Cell:
        known = ANALYTES[analyte]
        if lab is None:
            words = self.tr("{analyte}, {day}: none; Enter adds one")
            spoken = words.format(analyte=known.title, day=f"{moment:%-d %b %Y}")
            return Cell("", spoken=spoken, target=Target("lab", "", analyte, moment, short=True))
        held = lab_reference(record, lab, self._session.course)
        arrow = f" {found}" if (found := held.arrow(lab.value)) else ""
        unit = known.shown_in(self._session.unit_system)
        value = shown_value(lab.analyte, lab.value, factor=unit.factor)
        drawn = f"{lab.drawn_at:%-d %b %Y %H:%M}" if lab.clock_known else f"{lab.drawn_at:%-d %b %Y}"
        parts = [f"{known.title} {lab.entered_text}{NO_BREAK}{lab.entered_unit}", drawn, lab.laboratory]
        if limits := range_words(held, unit):
            parts.append(limits)
        if arrow:
            parts.append(self.tr("above") if "↑" in arrow else self.tr("below"))
        standing = self._session.targets.of_lab(record, self._session.axis, lab, self._session.course)
        if words := standing_sentence(standing, lab.drawn_at.date()):
            parts.append(words)
        if lab.set_aside:
            parts.append(self.tr("set aside"))
        no_target = standing.validity is Validity.INVALID
        mark = f" {NOT_A_TARGET}" if no_target else "" if lab.comparator else arrow
        text = f"{lab.comparator}{value}{mark}"
        return Cell(
            text, lab, bool(arrow) and not no_target, quiet=no_target, spoken=", ".join(part for part in parts if part)
        )

    def form_of(self, record: PatientRecord, target: Target, before: Record | None) -> RecordForm:
        """Return the form of a result; a new one in a row is of the row's sample."""
        lab = before if isinstance(before, LabResult) else None
        sample = next((held for held in record.labs if held.drawn_at == target.moment), None)
        return record_forms.lab_form(self._session, record, lab, target.analyte, sample)

    def target_of(self, record: Record) -> Target:
        """Return a target that begins with the value alone."""
        return Target("lab", record.id, short=True)

    def held(self, record: PatientRecord) -> Sequence[Record]:
        """Return the results."""
        return record.labs

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """X sets a result aside, or takes it back."""
        if Qt.Key(event.key()) == Qt.Key.Key_X and not event.modifiers():
            self.set_aside(self.record_at(self.currentRow(), self.currentColumn()))
        else:
            super().keyPressEvent(event)

    def set_aside(self, record: Record | None) -> None:
        """Set a result aside, or take it back into use."""
        if isinstance(record, LabResult):
            words = self.tr("Use {name} again") if record.set_aside else self.tr("Set {name} aside")
            words = words.format(name=record_words(self._session.axis, record))
            self.do(words, RecordChange(record, replace(record, set_aside=not record.set_aside)))

    def more_actions(self, menu: QMenu, record: Record) -> None:
        """Add setting aside."""
        if isinstance(record, LabResult):
            words = self.tr("Use again\tX") if record.set_aside else self.tr("Set aside\tX")
            menu.addAction(words).triggered.connect(lambda: self.set_aside(record))


class OrderTable(RecordTable):
    """Orders, newest first: what is given, and under it when."""

    kinds = ("order",)

    def contents(self, record: PatientRecord) -> tuple[list[Column], list[list[Cell]]]:
        """Return a row for each order."""
        axis, today = self._session.axis, self._session.today()
        rows = []
        for order in record.medication:
            dose = shown_dose(order.dose, unit_words(order.unit))
            first = f"{agent_title(axis, order.agent)} {dose} {every_words(order.every_days)}"
            times = " ".join(order.clock_times)
            if order.stop is None:
                span = self.tr("since {day}").format(day=day_words(order.start))
            else:
                span = f"{order.start:%-d %b %y} – {order.stop:%-d %b %y}"
            taken = f" · {100 * order.fraction_taken:g}{NO_BREAK}%" if order.fraction_taken < 1.0 else ""
            missed = f" · {len(order.missed)} {self.tr('missed')}" if order.missed else ""
            current = order.stop is None or order.stop > today
            second = f"{times} · {span}{taken}{missed}"
            state = self.tr("in force") if current else self.tr("ended")
            elsewhere = not knows(axis, order.agent)
            if elsewhere:
                second = f"{self.tr('acts on another axis')} · {second}"
            rows.append([Cell(first, order, current and not elsewhere, second, f"{first}, {second}, {state}",
                              quiet=elsewhere)])  # fmt: skip
        return [Column("")], rows

    def form_of(self, record: PatientRecord, target: Target, before: Record | None) -> RecordForm:
        """Return the form of an order."""
        return record_forms.medication_form(self._session, record, before if isinstance(before, Medication) else None)

    def target_of(self, record: Record) -> Target:
        """Return the order as a target."""
        return Target("order", record.id)

    def held(self, record: PatientRecord) -> Sequence[Record]:
        """Return the orders."""
        return record.medication


class VisitTable(RecordTable):
    """Visits, and findings, weight, pulse and pressure among them, newest first; what has long been so comes last."""

    kinds = ("visit", "vitals", "finding")

    def contents(self, record: PatientRecord) -> tuple[list[Column], list[list[Cell]]]:
        """Return a row for each visit, for each time that something was measured, and for each finding."""
        today = self._session.today()
        entries: list[tuple[date, int, str, Record]] = [(v.on, 2, v.words, v) for v in record.visits]
        entries += [(v.on, 1, vitals_words(v), v) for v in record.vitals]
        entries += [(f.since or date.min, 0, finding_words(f), f) for f in record.findings]
        entries.sort(key=lambda entry: entry[:2], reverse=True)
        rows, former = [], None
        for day, _, words, held in entries:
            long = day == date.min
            shown = "" if day == former else self.tr("long") if long else f"{day:%-d %b %y}"
            spoken = f"{self.tr('has long been so') if long else day_words(day)}: {words}"
            finding = held if isinstance(held, Finding) else None
            ended = finding is not None and not finding.holds_on(today)
            bold = finding is not None and not ended
            rows.append([Cell(shown, held, spoken=spoken), Cell(words, held, bold, spoken=spoken, quiet=ended)])
            former = day
        return [Column("", 70), Column("", wraps=True)], rows

    def form_of(self, record: PatientRecord, target: Target, before: Record | None) -> RecordForm:
        """Return the form of a visit, of vitals, or of a finding."""
        if target.kind == "finding":
            return record_forms.finding_form(self._session, record, before if isinstance(before, Finding) else None)
        if target.kind == "vitals":
            return record_forms.vitals_form(self._session, record, before if isinstance(before, Vitals) else None)
        return record_forms.visit_form(self._session, record, before if isinstance(before, Visit) else None)

    def target_of(self, record: Record) -> Target:
        """Return the visit, the vitals or the finding as a target."""
        kind = "finding" if isinstance(record, Finding) else "vitals" if isinstance(record, Vitals) else "visit"
        return Target(kind, record.id)

    def held(self, record: PatientRecord) -> Sequence[Record]:
        """Return visits, vitals and findings."""
        return (*record.visits, *record.vitals, *record.findings)


class SymptomTable(RecordTable):
    """Symptoms, newest first; a digit, left, right or a click on a box scores one in place."""

    kinds = ("symptom",)

    def contents(self, record: PatientRecord) -> tuple[list[Column], list[list[Cell]]]:
        """Return a row for each score."""
        rows = []
        for score in record.symptoms:
            spoken = f"{score.symptom}, {score.score}/10, {day_words(score.on)}"
            rows.append([
                Cell(score.symptom, score, second=f"{score.on:%-d %b %y}", spoken=spoken),
                Cell("", score, spoken=spoken),
                Cell(f"{score.score}/10", score, spoken=spoken),
            ])  # fmt: skip
        return [Column(""), Column("", 96), Column("", 46)], rows

    def form_of(self, record: PatientRecord, target: Target, before: Record | None) -> RecordForm:
        """Return the form of a symptom."""
        return record_forms.symptom_form(self._session, record, before if isinstance(before, SymptomScore) else None)

    def target_of(self, record: Record) -> Target:
        """Return the score as a target."""
        return Target("symptom", record.id)

    def held(self, record: PatientRecord) -> Sequence[Record]:
        """Return the scores."""
        return record.symptoms

    def cell_widget(self, cell: Cell, column: int, former: QWidget | None) -> QWidget | None:
        """Return the ten boxes; the keys reach them through the row."""
        if column != 1 or not isinstance(cell.record, SymptomScore):
            return None
        score = cell.record
        if isinstance(former, SymptomBoxes):
            former.show_score(score.symptom, score.score)
            return former
        boxes = SymptomBoxes(self._theme, score.symptom, score.score)
        boxes.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        boxes.scored.connect(lambda value: self._scored(boxes, value))
        return boxes

    def _scored(self, boxes: SymptomBoxes, value: int) -> None:
        """Write a new score of the row in which the boxes stand."""
        for row in range(self.rowCount()):
            record = self.record_at(row, 1)
            if self.cellWidget(row, 1) is boxes and isinstance(record, SymptomScore):
                self._rescore(record, value)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand digits, left and right to the boxes of the row."""
        boxes = self.cellWidget(self.currentRow(), 1)
        stepping = Qt.Key(event.key()) in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if isinstance(boxes, SymptomBoxes) and (stepping or event.text().isdigit()):
            QApplication.sendEvent(boxes, event)
            event.accept()
        else:
            super().keyPressEvent(event)

    def _rescore(self, score: SymptomScore, value: int) -> None:
        """Write a new score: of today, when the old one is of another day."""
        today = self._session.today()
        if score.on == today:
            change = RecordChange(score, replace(score, score=value))
        else:
            change = RecordChange(None, replace(score, id=new_id(), on=today, score=value))
        self.do(f"{score.symptom} {value}/10", change)
        if self._record is not None and change.after is not None:
            self.select_record(change.after.id)


def lab_columns(axis: Axis, record: PatientRecord) -> list[str]:
    """Return the analytes that have a column: measured ones of the axis, then others; its own fill up what is left.

    Parameters
    ----------
    axis : Axis
        The one that is shown.
    record : PatientRecord
    """
    measured = {lab.analyte for lab in record.labs}
    plotted = list(dict.fromkeys(m.analyte for m in axis.markers if m.plotted and m.analyte))
    own = list(dict.fromkeys(m.analyte for m in axis.markers if m.analyte))
    found = [a for a in plotted if a in measured] + [a for a in own if a in measured and a not in plotted]
    found.sort(key=own.index)
    found += sorted(measured - set(found), key=list(ANALYTES).index)
    more = [analyte for analyte in plotted if analyte not in found]
    return found + more[: max(MOST_IN_VIEW - len(found), 0)]
